//! What a thing in a tray says of itself, in bounds: what the list shows, what a form is filled with, by what an answer finds
//! its thread. Knows what the reader made of a file, and no tables.

use registry::PersonId;
use serde::{Deserialize, Serialize};

use super::Said;

/// Longest piece of a message's head that is kept (characters).
const LONGEST: usize = 1_000;

/// Most addressees and ids of a message's head that are kept.
const MANY: usize = 100;

/// What a thing says of itself: what the list shows, and what a form is filled with.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Head {
    /// The head of a message.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mail: Option<reader::Mail>,
    /// What an office file says of itself: title, author, when it was made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Its author.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub author: Option<String>,
    /// When it was made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub created: Option<String>,
    /// The marking that stands in it, as a policy of the house knows it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub marking: Option<label::Label>,
    /// The precedence of a formal message, in the house's word.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub precedence: Option<String>,
    /// Who brought it, where it was a person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub brought_by: Option<PersonId>,
    /// What whoever registers it ought to know of its file: macros, content from outside, names that climb.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub flags: Vec<String>,
    /// Why there is no content.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trouble: Option<Said>,
}

/// What is told of a file before it is registered, for it bears on who may be given the file, or on what was read of it:
/// by the stable words of the texts.
pub(super) fn flags(reading: &reader::Reading) -> Vec<String> {
    use reader::Flag;
    let word = |flag: &Flag| match flag {
        Flag::Macros => Some("macros"),
        Flag::ExternalContent => Some("external-content"),
        Flag::EmbeddedFiles => Some("embedded-files"),
        Flag::UnsafeNames => Some("unsafe-names"),
        Flag::HiddenText => Some("hidden-text"),
        Flag::TrackedDeletions => Some("tracked-deletions"),
        Flag::Comments => Some("comments"),
        Flag::PartlyRead => Some("partly-read"),
        Flag::Sealed => Some("sealed"),
        _ => None,
    };
    reading.flags.iter().filter_map(word).map(str::to_owned).collect()
}

/// A piece of a head, in bounds.
pub(super) fn short(words: &str) -> String {
    words.chars().filter(|c| !c.is_control()).take(LONGEST).collect()
}

/// A message's head, in bounds.
pub(super) fn bounded(mail: &reader::Mail) -> reader::Mail {
    let all = |list: &[String]| list.iter().take(MANY).map(|words| short(words)).collect();
    reader::Mail {
        from: all(&mail.from),
        to: all(&mail.to),
        cc: all(&mail.cc),
        bcc: all(&mail.bcc),
        subject: mail.subject.as_deref().map(short),
        date: mail.date.as_deref().map(short),
        message_id: mail.message_id.as_deref().map(short),
        in_reply_to: mail.in_reply_to.as_deref().map(short),
        references: all(&mail.references),
    }
}

/// The ids by which a message knows those before it, the nearest first; and its own.
pub(super) fn thread(mail: &reader::Mail) -> mailbox::thread::Head {
    let answered: Vec<&str> = mail.in_reply_to.as_deref().into_iter().collect();
    let before: Vec<&str> = mail.references.iter().map(String::as_str).collect();
    mailbox::thread::Head::new(mail.message_id.as_deref(), &answered, &before, mail.subject.as_deref())
}

/// The name of the file that a message of this subject is kept as; none where the subject has no letter.
pub(super) fn file_name(subject: &str) -> Option<String> {
    let plain: String = subject
        .chars()
        .map(|c| if c.is_control() || "/\\:*?\"<>|".contains(c) { ' ' } else { c })
        .take(120)
        .collect();
    let plain = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    plain.chars().any(char::is_alphanumeric).then(|| format!("{plain}.eml"))
}
