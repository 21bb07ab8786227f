//! What goes in and what comes out: the source, a proposal, its place and its confidence. Owns the types and the order
//! of proposals; must not know how anything is found.

use std::ops::Range;

use jiff::civil::Date;
use label::{Label, Language};

use crate::date::PartialDate;
use crate::message::Message;

/// The most proposals for one field.
const MOST: usize = 5;
/// The most characters of a value that a proposal gives; a longer one is cut at a word.
const LONGEST_VALUE: usize = 500;

/// What is looked at.
#[derive(Debug, Clone, Default)]
pub struct Source<'a> {
    /// The text, as the reader gives it.
    pub text: &'a str,
    /// The file's name without folders.
    pub file_name: Option<&'a str>,
    /// The head of a message, if it is one.
    pub mail: Option<Mail<'a>>,
    /// What an office file says of itself.
    pub properties: Properties<'a>,
    /// The day of registration. Years of two digits are the latest that are not after it; without it `49` to `99`
    /// are of the twentieth century (the Alliance begins in 1949), `00` to `48` of the twenty-first.
    pub registered: Option<Date>,
}

/// The head of a message.
#[derive(Debug, Clone, Copy, Default)]
pub struct Mail<'a> {
    /// Authors: `Name <address>`, or the address alone.
    pub from: &'a [String],
    /// Recipients.
    pub to: &'a [String],
    /// Those who get a copy.
    pub cc: &'a [String],
    /// The subject.
    pub subject: Option<&'a str>,
    /// When it was sent (RFC 3339).
    pub date: Option<&'a str>,
}

/// What an office file says of itself, unchecked.
#[derive(Debug, Clone, Copy, Default)]
pub struct Properties<'a> {
    /// Its title.
    pub title: Option<&'a str>,
    /// Its author.
    pub author: Option<&'a str>,
    /// When it was made; begins with an ISO date.
    pub created: Option<&'a str>,
}

/// How far a proposal can be relied on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Confidence {
    /// It stands where this field stands: a heading of its name, a dateline, a marking at the top of a page.
    Sure,
    /// It stands nearly there, or two readings are possible and this is the more usual.
    Likely,
    /// A guess that saves typing when it is right.
    Weak,
}

/// Where something was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Where {
    /// In the text.
    Text {
        /// The line in which it begins, counted from one.
        line: usize,
        /// Its bytes in the text.
        bytes: Range<usize>,
    },
    /// In the head of the message, under this name (`From`, `Subject`, ...).
    Header(&'static str),
    /// In the file's properties, under this name (`title`, `author`, `created`).
    Property(&'static str),
    /// In the file's name.
    FileName,
}

/// Something proposed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposed<T> {
    /// What.
    pub value: T,
    /// How far it can be relied on.
    pub confidence: Confidence,
    /// Where it was read.
    pub place: Where,
    /// As it stands there.
    pub written: String,
}

/// A marking that stands on the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marking {
    /// What it means under an adopted policy; none where no adopted policy has these words. Not yet validated: the
    /// page may bear a combination that its policy forbids.
    pub label: Option<Label>,
    /// Words that stand in the marking and that the policy does not know, such as a caveat of another service. The
    /// clerk must decide on them.
    pub unknown: Vec<String>,
}

/// All that is proposed: for each field at most five, best first, none twice.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Proposals {
    /// When it was written.
    pub date: Vec<Proposed<PartialDate>>,
    /// Its marking as a whole; marks of portions do not count.
    pub marking: Vec<Proposed<Marking>>,
    /// What it is about, without a mark of portion.
    pub subject: Vec<Proposed<String>>,
    /// The marking of the subject itself, where a mark of portion stands before it ("(NR) Air policing"). Unknown words
    /// are a mark that says more than a level.
    pub subject_marking: Vec<Proposed<Marking>>,
    /// Who wrote it.
    pub originator: Vec<Proposed<String>>,
    /// To whom it goes for action: each proposal is a whole list.
    pub action: Vec<Proposed<Vec<String>>>,
    /// To whom it goes for information: each proposal is a whole list.
    pub info: Vec<Proposed<Vec<String>>>,
    /// The serial number in its own heading, as written.
    pub number: Vec<Proposed<String>>,
    /// The precedence of a formal message, in the house's word.
    pub precedence: Vec<Proposed<String>>,
    /// The precedence for those who are only informed, where the message gives two.
    pub info_precedence: Vec<Proposed<String>>,
    /// The formal message that the text is, if it is one. What it says is proposed in the fields above too, first.
    pub message: Option<Message>,
    /// What kind of document it is, in the house's word.
    pub kind: Vec<Proposed<String>>,
    /// Its language.
    pub language: Vec<Proposed<Language>>,
}

/// Collects proposals of one field.
pub(crate) struct Best<T>(Vec<Proposed<T>>);

impl<T: PartialEq> Best<T> {
    pub(crate) fn new() -> Self {
        Best(Vec::new())
    }

    /// Adds one; of two of one value the better stays, of equals the first.
    pub(crate) fn add(&mut self, proposed: Proposed<T>) {
        match self.0.iter_mut().find(|known| known.value == proposed.value) {
            Some(known) if proposed.confidence < known.confidence => *known = proposed,
            Some(_) => {}
            None => self.0.push(proposed),
        }
    }

    /// Best first; of equals in the order in which they were added.
    pub(crate) fn ranked(mut self) -> Vec<Proposed<T>> {
        self.0.sort_by_key(|proposed| proposed.confidence);
        self.0.truncate(MOST);
        self.0
    }
}

/// A value as it is given: blanks folded, bullets and stray stops at its ends removed, not too long. None if nothing
/// is left.
pub(crate) fn tidy(text: &str) -> Option<String> {
    let folded = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let bare = folded.trim_start_matches(['-', '•', '–', '—', '*', ',', ':', ' ']);
    let bare = bare.trim_end_matches([',', ';', ':', ' ']);
    if !bare.chars().any(char::is_alphanumeric) {
        return None;
    }
    match bare.char_indices().nth(LONGEST_VALUE) {
        None => Some(bare.to_owned()),
        Some((end, _)) => {
            let cut = bare.get(..end).unwrap_or_default();
            Some(cut.rsplit_once(' ').map_or(cut, |(words, _)| words).to_owned())
        }
    }
}
