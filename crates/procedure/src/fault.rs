//! What is wrong with the files of procedures. Owns how a mistake is told: where, what, and what to do.

use std::fmt;

use serde::Serialize;

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $text:literal),* $(,)?) => {
        /// What kind of mistake it is.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum Code { $($(#[$doc])* $name),* }

        impl Code {
            /// Every kind there is.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// As it is written in answers: `unknown-key`.
            pub const fn text(self) -> &'static str {
                match self { $(Self::$name => $text),* }
            }
        }
    };
}

codes! {
    /// A file, a text or a list that is too large.
    TooMany = "too-many",
    /// Not TOML.
    Toml = "toml",
    /// A key that nothing is known of.
    UnknownKey = "unknown-key",
    /// A key that must be there.
    MissingKey = "missing-key",
    /// Another type of value than the key takes.
    WrongType = "wrong-type",
    /// A code that can't be one, or that means something else.
    CodeForm = "code-form",
    /// A word that isn't one of those that can stand here.
    Word = "word",
    /// A code that stands twice where it must be one of a kind.
    Twice = "twice",
    /// A text that is missing in a language, or can't be shown.
    Names = "names",
    /// A pattern of numbers that can't be used.
    Number = "number",
    /// Two procedures that could give the same number.
    NumberCollides = "number-collides",
    /// An expression for somebody that can't be read.
    WhoText = "who-text",
    /// An expression for somebody that can't stand here.
    WhoUse = "who-use",
    /// Somebody who may be nobody when he is needed.
    WhoMissing = "who-missing",
    /// A deadline that can't be read.
    RuleText = "rule-text",
    /// A deadline of something that isn't a day or a moment, or that can't stand here.
    RuleUse = "rule-use",
    /// A deadline of something that may not be filled in.
    RuleMissing = "rule-missing",
    /// A deadline after the one of which it is a part.
    DueAfterParent = "due-after-parent",
    /// A condition that can't be read.
    CondText = "cond-text",
    /// A condition that asks of something what can't be asked of it.
    CondType = "cond-type",
    /// A condition that is never so.
    Never = "never",
    /// A field that isn't there.
    UnknownField = "unknown-field",
    /// A stage that isn't there.
    UnknownStage = "unknown-stage",
    /// A branch that isn't there, or is only opened later.
    UnknownBranch = "unknown-branch",
    /// A procedure that isn't there.
    UnknownProcedure = "unknown-procedure",
    /// A calendar, role, post, unit or template that the house doesn't have.
    UnknownInHouse = "unknown-in-house",
    /// A key that the type of field doesn't take, or limits that nothing keeps.
    Limits = "limits",
    /// A value that is none of its field's.
    Value = "value",
    /// A title that isn't there from the beginning for everybody.
    Title = "title",
    /// A field that nobody sees, or not whoever is asked for it or changes it.
    Unseen = "unseen",
    /// No stage, or one that the first does not lead to.
    Unreachable = "unreachable",
    /// A stage from which no end is reached.
    DeadEnd = "dead-end",
    /// A stage without an owner or a time.
    NotOwned = "not-owned",
    /// An end with what only a stage has.
    EndHas = "end-has",
    /// A stage in which nothing may be possible.
    Stuck = "stuck",
    /// A branch that waits for more than it can have.
    Waits = "waits",
    /// A branch whose keys don't go together.
    Branch = "branch",
    /// A procedure that starts itself.
    Ring = "ring",
    /// What is handed to a procedure that it doesn't take, or not handed though it must.
    Passes = "passes",
    /// A change of version that leaves running cases nowhere.
    Migration = "migration",
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.text())
    }
}

/// A mistake in a file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, thiserror::Error)]
#[error("{file}, line {line}: {what}: {remedy}")]
pub struct Fault {
    /// The file, as it was named to the loader.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// What kind of mistake.
    pub code: Code,
    /// What is wrong.
    pub what: String,
    /// What to do.
    pub remedy: String,
}

/// As given, cut to what a message can hold.
pub(crate) fn told(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(80).collect()
}
