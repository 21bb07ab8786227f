//! One module a format, each a function from bytes to a reading or a reason. Runs only in the child: these parsers meet hostile bytes and may panic there. Owns what
//! all of them share: the reasons to stop, the bounded text. Must not know processes.

mod archive;
mod container;
mod docx;
mod html;
mod mail;
mod markup;
mod odf;
mod office;
mod outlook;
pub(crate) mod pdf;
pub(crate) mod picture;
pub(crate) mod repair;
mod rtf;
mod sheet;
mod slides;
mod tables;
mod xml;

use std::panic::catch_unwind;

use crate::parent::{judge, kind_of};
use crate::{Damage, Flag, Limit, Limits, MediaType, Outcome, Reading, Threat, language, text};

/// Why a reading stops short.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stop {
    Encrypted,
    Damaged(Damage),
    OverLimit(Limit),
    Hostile(Threat),
    Unsupported,
}

impl Stop {
    /// What a file of a kind ends in.
    pub(crate) const fn outcome(self, kind: MediaType) -> Outcome {
        match self {
            Stop::Encrypted => Outcome::Encrypted { kind },
            Stop::Damaged(reason) => Outcome::Damaged { kind, reason },
            Stop::OverLimit(limit) => Outcome::OverLimit { limit },
            Stop::Hostile(threat) => Outcome::Hostile { threat },
            Stop::Unsupported => Outcome::Unsupported { kind },
        }
    }
}

pub(crate) type Read<T> = Result<T, Stop>;

/// Reads a whole file of whatever kind.
pub(crate) fn read(bytes: &[u8], claimed: Option<MediaType>, limits: &Limits, with_tables: bool) -> Outcome {
    let kind = kind_of(bytes, claimed);
    // A parser that panics has met what it did not expect. The child may die of it; the kind is worth keeping.
    let done = catch_unwind(|| by_kind(bytes, kind, limits, with_tables))
        .unwrap_or(Err(Stop::Damaged(Damage::ReaderFailed)));
    let outcome = match done {
        Ok(mut reading) => {
            reading.kind = kind;
            reading.language = language::guess(&reading.text);
            if reading.text.trim().is_empty()
                && matches!(
                    kind,
                    MediaType::Pdf | MediaType::Docx | MediaType::Odt | MediaType::Pptx | MediaType::Odp
                )
            {
                reading.flags.insert(Flag::NoWords);
            }
            Outcome::Text(Box::new(reading))
        }
        Err(stop) => stop.outcome(kind),
    };
    judge(outcome, claimed, kind)
}

fn by_kind(bytes: &[u8], kind: MediaType, limits: &Limits, with_tables: bool) -> Read<Reading> {
    let mut reading = words_of(bytes, kind, limits)?;
    if with_tables {
        match tables::read(bytes, kind, limits) {
            Ok(sheets) => reading.sheets = sheets,
            other => office::passed(other.map(|_| ()), &mut reading)?,
        }
    }
    Ok(reading)
}

fn words_of(bytes: &[u8], kind: MediaType, limits: &Limits) -> Read<Reading> {
    use MediaType as M;
    match kind {
        M::Docx => docx::read(bytes, limits),
        M::Xlsx => sheet::read(bytes, limits),
        M::Pptx => slides::read(bytes, limits),
        M::Odt | M::Ods | M::Odp => odf::read(bytes, limits),
        M::Zip | M::Epub | M::Xlsb => archive::read(bytes, kind, limits),
        M::Pdf => pdf::read(bytes, limits),
        M::Eml => mail::read(bytes, limits),
        M::Html => html::read(bytes, limits),
        M::Xml => xml::read(bytes, limits),
        M::Rtf => rtf::read(bytes, limits),
        M::Msg => outlook::read(bytes, limits),
        M::Xls => tables::read_legacy(bytes, limits),
        M::Png | M::Jpeg | M::Tiff | M::Bmp | M::Webp | M::Gif => picture::read(bytes, kind, limits),
        M::EncryptedOffice => Err(Stop::Encrypted),
        M::Text | M::Csv | M::Markdown | M::Json | M::Mbox => plain(bytes, limits),
        M::Empty => Err(Stop::Damaged(Damage::Empty)),
        _ => Err(Stop::Unsupported),
    }
}

fn plain(bytes: &[u8], limits: &Limits) -> Read<Reading> {
    let decoded = text::decode(bytes, limits.text_bytes).map_err(|error| match error {
        text::NotText::Binary => Stop::Damaged(Damage::Structure),
        text::NotText::OverLimit => Stop::OverLimit(Limit::Text),
    })?;
    let mut reading = Reading { text: decoded.text, ..Reading::default() };
    if !decoded.was_utf8 {
        reading.flags.insert(Flag::Decoded);
    }
    if decoded.lost {
        reading.flags.insert(Flag::CharactersLost);
    }
    Ok(reading)
}

/// Text under the limit. Knows just enough of layout to leave no heaps of empty lines.
#[derive(Debug)]
pub(crate) struct Words {
    text: String,
    limit: usize,
}

impl Words {
    pub(crate) fn new(limits: &Limits) -> Self {
        Self { text: String::new(), limit: limits.text_bytes }
    }

    /// Appends text, without control characters.
    pub(crate) fn push(&mut self, words: &str) -> Read<()> {
        if self.text.len().saturating_add(words.len()) > self.limit {
            return Err(Stop::OverLimit(Limit::Text));
        }
        text::push_clean(words, &mut self.text);
        if self.text.len() > self.limit { Err(Stop::OverLimit(Limit::Text)) } else { Ok(()) }
    }

    /// Appends text in which any run of white space is one space, as markup means it.
    pub(crate) fn push_flowing(&mut self, words: &str) -> Read<()> {
        let mut spaced = words.starts_with(char::is_whitespace);
        for word in words.split_whitespace() {
            if spaced {
                self.space();
            }
            self.push(word)?;
            spaced = true;
        }
        if words.ends_with(char::is_whitespace) {
            self.space();
        }
        Ok(())
    }

    /// A space, unless there is white space already.
    pub(crate) fn space(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with(char::is_whitespace) {
            self.text.push(' ');
        }
    }

    /// A tab between cells.
    pub(crate) fn tab(&mut self) {
        self.text.push('\t');
    }

    /// The end of a line; two at most follow one another.
    pub(crate) fn line(&mut self) {
        while self.text.ends_with([' ', '\t']) {
            self.text.pop();
        }
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }

    /// The end of a line, unless one has just ended.
    pub(crate) fn fresh_line(&mut self) {
        while self.text.ends_with([' ', '\t']) {
            self.text.pop();
        }
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
    }

    /// Takes back the line ends since a row began: its next cell stands in the same line.
    pub(crate) fn join_row(&mut self, began: usize) {
        while self.text.len() > began && self.text.ends_with('\n') {
            self.text.pop();
        }
    }

    /// Whether the next word begins a line.
    pub(crate) fn at_line_start(&self) -> bool {
        self.text.is_empty() || self.text.ends_with('\n')
    }

    /// What was said since a place.
    pub(crate) fn since(&self, place: usize) -> Option<&str> {
        self.text.get(place..)
    }

    pub(crate) fn len(&self) -> usize {
        self.text.len()
    }

    /// The text, with white space at both ends gone.
    pub(crate) fn finish(mut self) -> String {
        self.text.truncate(self.text.trim_end().len());
        let lead = self.text.len() - self.text.trim_start().len();
        if lead > 0 {
            self.text.drain(..lead);
        }
        self.text
    }
}

/// A metadata value: one line, bounded, `None` where nothing is left.
pub(crate) fn short(value: &str) -> Option<String> {
    let mut clean = String::new();
    for word in value
        .split(|character: char| character.is_whitespace() || character.is_control())
        .filter(|word| !word.is_empty())
    {
        if clean.len() + word.len() > 1_000 {
            break;
        }
        if !clean.is_empty() {
            clean.push(' ');
        }
        clean.push_str(word);
    }
    (!clean.is_empty()).then_some(clean)
}
