//! Owns the small words that stand in every list: markings, references, chips and keys. It must not know what a
//! marking means, only how it is written and in which class of colour.

use maud::{Markup, html};
use office::texts::{Language, Voice};

use super::colour::LevelClass;
use super::foreign;

/// A marking as a policy writes it.
#[derive(Debug, Clone, Copy)]
pub struct Marking<'a> {
    /// The words, in the document's language: `NATO SECRET`.
    pub text: &'a str,
    /// The language of the words.
    pub language: Language,
    /// The colour of its level.
    pub level: &'a LevelClass,
}

/// The marking of a thing in a list or a heading: the words, with the level's colour as an edge. The words carry the
/// meaning; the colour only repeats it.
#[must_use]
pub fn mark(say: Voice<'_>, marking: Marking<'_>) -> Markup {
    html! {
        span class={ "mark " (marking.level.as_str()) } lang=[foreign(say, marking.language)] { (marking.text) }
    }
}

/// How urgent or settled a chip sounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// A plain state.
    Plain,
    /// Done, held, in force.
    Good,
    /// Soon due, or worth a look.
    Soon,
    /// Late, missing, refused.
    Late,
}

impl Tone {
    pub(super) const fn class(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Good => "good",
            Self::Soon => "soon",
            Self::Late => "late",
        }
    }
}

/// A state in a word or three: "2 days late", "held". Its colour never stands alone.
#[must_use]
pub fn chip(tone: Tone, words: &str) -> Markup {
    html! { span class={ "chip " (tone.class()) } { (words) } }
}

/// A key, shown beside the action that it triggers. Hidden where there is no script to make it true; kept from screen
/// readers, which have keys of their own and hear it through `aria-keyshortcuts`.
#[must_use]
pub fn kbd(keys: &str) -> Markup {
    html! {
        span.keys data-needs-script aria-hidden="true" {
            @for (place, key) in keys.split(' ').enumerate() {
                @if place > 0 { " " }
                kbd { (key) }
            }
        }
    }
}

/// A key for `aria-keyshortcuts`. That attribute knows single keys and chords; a sequence such as `g r` it would read
/// as "g or r", so a sequence has none.
pub(super) fn shortcut(keys: &str) -> Option<&str> {
    match keys {
        SEND => Some("Control+Enter"),
        sequence if sequence.contains(' ') => None,
        single => Some(single),
    }
}

/// The key that sends the form in which one types; give it to the form's main button.
pub const SEND: &str = "Ctrl ↵";

/// A reference, in the type in which references are read digit by digit.
#[must_use]
pub fn reference(text: &str) -> Markup {
    html! { span.ref translate="no" { (text) } }
}

/// A reference that leads to its document.
#[must_use]
pub fn reference_link(text: &str, href: &str) -> Markup {
    html! { a.ref translate="no" href=(href) { (text) } }
}
