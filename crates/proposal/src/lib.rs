//! What a file's text says of itself, proposed to the clerk: date, marking, subject, originator, addressees, number,
//! precedence, kind and language, each with where it was read. Owns the reading of headings, datelines and markings;
//! must not know files, mail servers, clocks, tables, who asks, or what becomes of a proposal.
//!
//! # How to read this crate
//!
//! 1. [`Source`] is what is looked at: the text (its first 200 lines and its last 50, a thousand bytes of each), the
//!    head of a message, the properties of an office file, the file's name.
//! 2. [`Words`] is the house's data (`house/proposals.toml`): the words of headings, kinds, precedences.
//!    [`Vocabulary`] is made of the adopted policies: the words in which their labels are marked.
//! 3. [`propose`] gives [`Proposals`]: for each field at most five, best first, each with its [`Confidence`], its
//!    [`Where`] and the words as they stand.
//!
//! A proposal is never a decision. A marking above all is only what stands on the page: who registers must confirm it,
//! and where nothing stands there is no proposal rather than a low one.
//!
//! References and citations are left to the grammar of references: [`crate::Proposals::number`] is only the serial
//! number that a telegram or letter carries in its own heading.
//!
//! [`read_date`] and [`Vocabulary::marking`] read a field that holds nothing else, such as a cell of an old register.
//!
//! Time and memory are bounded by the length of the text; nothing here panics on any text.

mod date;
mod dating;
mod heading;
mod kind;
mod language;
mod lines;
mod marking;
mod message;
mod parties;
mod reading;
mod serial;
mod subject;
mod title;
mod tokens;
mod value;
mod vocabulary;
mod words;

pub use date::PartialDate;
pub use label::Language;
pub use message::{DateTimeGroup, Message};
pub use reading::{DateOrder, DateRead, read_date};
pub use value::{Confidence, Mail, Marking, Properties, Proposals, Proposed, Source, Where};
pub use vocabulary::Vocabulary;
pub use words::{Words, WordsError};

use heading::Headings;
use lines::Lines;
use title::Title;

/// What every field is read from.
pub(crate) struct Page<'a> {
    pub(crate) source: &'a Source<'a>,
    pub(crate) words: &'a Words,
    pub(crate) lines: Lines<'a>,
    pub(crate) headings: Headings<'a>,
    pub(crate) title: Option<Title<'a>>,
    pub(crate) message: Option<Message>,
}

/// Proposes what the source says of itself.
///
/// Linear in the length of the text; the work besides counting its lines is bounded.
pub fn propose(source: &Source<'_>, words: &Words, vocabulary: &Vocabulary) -> Proposals {
    let lines = Lines::of(source.text);
    let headings = heading::read(&lines, words);
    let title = title::read(&lines, words);
    let message = message::read(&lines, words, vocabulary, source.registered);
    let page = Page { source, words, lines, headings, title, message };
    let kind = kind::propose(&page);
    let telegram = kind.first().is_some_and(|best| words.is_numbered(&best.value));
    let (originator, action, info) = parties::propose(&page, vocabulary);
    let (subject, subject_marking) = subject::propose(&page, vocabulary);
    Proposals {
        date: dating::propose(&page),
        marking: marking::propose(&page, vocabulary),
        subject,
        subject_marking,
        originator,
        action,
        info,
        // The paragraphs of a formal message are numbered, and a date-time group is what it is known by.
        number: serial::number(&page, telegram && page.message.is_none()),
        precedence: serial::precedence(&page),
        info_precedence: page.message.iter().filter_map(|message| message.info_precedence.clone()).collect(),
        kind,
        language: language::propose(&page),
        message: page.message,
    }
}
