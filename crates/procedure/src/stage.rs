//! Through what a case goes: stages, their branches, and the steps between them.

use std::collections::BTreeMap;

use calendar::Rule;
use serde::Serialize;

use crate::{
    cond::{Cond, Counts, Test},
    names::Names,
    value::{Value, Values},
    who::Who,
};

/// A stage of a procedure, or one of its ends.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Stage {
    /// Its code.
    pub code: String,
    /// How it is called.
    pub names: Names,
    /// What is done in it.
    pub about: Option<Names>,
    /// How the case ends with it; none: it goes on.
    pub end: Option<End>,
    /// Who answers for it; an end has none.
    pub owner: Option<Who>,
    /// When it is due: by the first of these of which the field is filled in. An end has none.
    pub due: Dues,
    /// Working days before the due on which the owner is reminded; none: as the house does.
    pub remind: Option<Vec<u16>>,
    /// When it goes to somebody higher; none: as the house does.
    pub escalate: Option<Escalation>,
    /// What must be shown before it is left.
    pub evidence: Vec<Evidence>,
    /// What comes of it.
    pub product: Option<Product>,
    /// What others do meanwhile.
    pub branches: Vec<Branch>,
    /// How it is left.
    pub steps: Vec<Step>,
}

/// How a case ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum End {
    /// Done.
    Done,
    /// Called off.
    Cancelled,
    /// Refused.
    Refused,
}

pub(crate) const ENDS: [(&str, End); 3] =
    [("done", End::Done), ("cancelled", End::Cancelled), ("refused", End::Refused)];

impl End {
    /// As it is written in files, and how a procedure started by a branch replies.
    pub const fn text(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Cancelled => "cancelled",
            Self::Refused => "refused",
        }
    }

    /// How a procedure that ends so counts as a reply.
    pub const fn counts(self) -> Counts {
        match self {
            Self::Done => Counts::Yes,
            Self::Refused => Counts::No,
            Self::Cancelled => Counts::Neither,
        }
    }
}

/// Deadlines of which the first that can be reckoned counts.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[serde(transparent)]
pub struct Dues(pub Vec<Rule>);

impl Dues {
    /// The one that counts: the first whose field is filled in, or that needs none.
    pub fn rule(&self, values: &Values) -> Option<&Rule> {
        self.0.iter().find(|rule| rule.field().is_none_or(|field| values.contains_key(field)))
    }
}

/// When a stage that is late goes to somebody higher.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Escalation {
    /// How long after it was due.
    pub after: Rule,
    /// To whom.
    pub to: Who,
}

/// What must be shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Evidence {
    /// Its code.
    pub code: String,
    /// What it is.
    pub names: Names,
    /// In what form.
    pub kind: Shown,
    /// Whether the stage can't be left without.
    pub required: bool,
}

/// In what form something is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Shown {
    /// By a registered document.
    Document,
    /// In words.
    Words,
}

/// What comes of a stage: a document that is registered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Product {
    /// How it is called.
    pub names: Names,
    /// The form from which it is made, by name.
    pub template: Option<String>,
}

/// What others do while a stage runs.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Branch {
    /// Its code, one of a kind in the procedure.
    pub code: String,
    /// How it is called.
    pub names: Names,
    /// The field for each entry of which it is opened; none: it is opened once.
    pub for_each: Option<String>,
    /// Who does it.
    pub owner: Who,
    /// When it is due; never after the stage of which it is a part.
    pub due: Dues,
    /// Whether all begin at once.
    pub order: Order,
    /// What can be replied.
    pub replies: Vec<Reply>,
    /// Whether a reply can come with a table of comments.
    pub matrix: bool,
    /// When it is opened; none: always.
    pub when: Option<Cond>,
    /// The procedure that is started; its end is the reply.
    pub procedure: Option<String>,
    /// What is handed to it: its field, and ours, or `each` for the entry for which the branch is opened.
    pub passes: BTreeMap<String, String>,
    /// For how many replies the stage waits.
    pub waits: Waits,
    /// Whether the stage can be left without any.
    pub optional: bool,
}

impl Branch {
    /// Whether it is only opened where a field is filled in.
    pub(crate) fn only_where_given(&self, field: &str) -> bool {
        let given = |cond: &Cond| matches!(cond, Cond::Field { field: of, test } if of == field && *test != Test::Missing);
        match &self.when {
            Some(Cond::All(all)) => all.iter().any(given),
            Some(cond) => given(cond),
            None => false,
        }
    }
}

/// In what order a branch goes to several.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Order {
    /// To all at once.
    Together,
    /// To one when the one before has replied.
    InTurn,
    /// As a choice field says, of which the choices are `together` and `in-turn`.
    Field(String),
}

/// What can be replied.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reply {
    /// Its code.
    pub code: String,
    /// How it is called.
    pub names: Names,
    /// How it counts.
    pub counts: Counts,
    /// Whether it must say why.
    pub words: bool,
    /// How heavy at least one of the comments must be that come with it; none: it needs none.
    pub comments: Option<Severity>,
}

/// How much hangs on a comment, the most first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Without it one can't concur.
    Critical,
    /// What is said would be wrong, incomplete or not understood.
    Substantive,
    /// Spelling, form, style.
    Administrative,
}

impl Severity {
    /// Every severity, the heaviest first.
    pub const ALL: [Self; 3] = [Self::Critical, Self::Substantive, Self::Administrative];
    /// As it is written in files, answers and texts.
    pub const fn text(self) -> &'static str {
        match self {
            Self::Critical => "critical",
            Self::Substantive => "substantive",
            Self::Administrative => "administrative",
        }
    }
    /// From a file or a form.
    pub fn read(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.text() == text)
    }
}

/// For how many replies a stage waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Waits {
    /// For all.
    All,
    /// For one.
    Any,
    /// For so many, or all where there are fewer.
    Some(u32),
}

impl Waits {
    /// Of so many that are opened, for how many it waits.
    pub fn of(self, opened: usize) -> usize {
        match self {
            Self::All => opened,
            Self::Any => opened.min(1),
            Self::Some(least) => usize::try_from(least).unwrap_or(usize::MAX).min(opened),
        }
    }
}

/// How a stage is left.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Step {
    /// Its code.
    pub code: String,
    /// How it is called: what the button says.
    pub names: Names,
    /// To which stage.
    pub to: String,
    /// Who takes it; none: the owner of the stage.
    pub by: Option<Who>,
    /// When it can be taken; none: always.
    pub when: Option<Cond>,
    /// Whether it can be taken where none of those can that have a condition.
    pub otherwise: bool,
    /// The fields that must be filled in.
    pub needs: Vec<String>,
    /// Whether a reason is given.
    pub reason: bool,
    /// Whether it sends back.
    pub back: bool,
    /// Whether it waits for nothing: no replies, no evidence, no required fields but those that it needs.
    pub at_once: bool,
    /// What it fills in.
    pub sets: BTreeMap<String, Value>,
    /// The key that takes it.
    pub key: Option<char>,
}
