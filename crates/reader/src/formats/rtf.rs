//! Rich text (RTF 1.9.1): its words and what it says of itself. A scan with a stack of groups, bounded; nothing recurses.

use encoding_rs::{Encoding, WINDOWS_1252};

use super::{Read, Stop, Words, short};
use crate::{Damage, Flag, Limits, Reading, Threat};

/// Destinations whose words are not the document's.
const SILENT: &[&str] = &[
    "fonttbl",
    "colortbl",
    "stylesheet",
    "listtable",
    "listoverridetable",
    "rsidtbl",
    "generator",
    "pict",
    "object",
    "objdata",
    "themedata",
    "colorschememapping",
    "latentstyles",
    "datastore",
    "xmlnstbl",
    "fldinst",
    "filetbl",
    "revtbl",
    "mmathPr",
    "wgrffmtfilter",
    "bkmkstart",
    "bkmkend",
    "panose",
    "falt",
    "nonshppict",
    "sp",
    "info",
    "operator",
    "company",
    "doccomm",
    "keywords",
    "subject",
    "category",
    "manager",
];

/// Where the words of a group go.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Destination {
    Document,
    Silent,
    Title,
    Author,
}

#[derive(Clone, Copy)]
struct Group {
    destination: Destination,
    /// How many characters stand in for one that is given by its code (`\ucN`).
    stand_ins: usize,
    /// Words of deleted text.
    deleted: bool,
}

pub(crate) fn read(bytes: &[u8], limits: &Limits) -> Read<Reading> {
    let mut scan = Scan {
        rest: bytes,
        groups: vec![Group { destination: Destination::Document, stand_ins: 1, deleted: false }],
        skip: 0,
        encoding: WINDOWS_1252,
        pending: Vec::new(),
        high: None,
        words: Words::new(limits),
        reading: Reading::default(),
        title: String::new(),
        author: String::new(),
        limits,
    };
    scan.run()?;
    let mut reading = scan.reading;
    reading.title = short(&scan.title);
    reading.author = short(&scan.author);
    reading.text = scan.words.finish();
    Ok(reading)
}

struct Scan<'bytes> {
    rest: &'bytes [u8],
    groups: Vec<Group>,
    /// Characters still to be skipped behind `\u`.
    skip: usize,
    encoding: &'static Encoding,
    /// Bytes of the document's code page not decoded yet: a character may have two.
    pending: Vec<u8>,
    /// The first half of a character beyond the basic plane.
    high: Option<u16>,
    words: Words,
    reading: Reading,
    title: String,
    author: String,
    limits: &'bytes Limits,
}

impl<'bytes> Scan<'bytes> {
    fn run(&mut self) -> Read<()> {
        while let Some((&byte, rest)) = self.rest.split_first() {
            self.rest = rest;
            match byte {
                b'{' => {
                    self.flush()?;
                    let group = self.group();
                    if self.groups.len() > self.limits.depth {
                        return Err(Stop::Hostile(Threat::NestedTooDeep));
                    }
                    self.groups.push(group);
                    self.skip = 0;
                }
                b'}' => {
                    self.flush()?;
                    self.groups.pop();
                    self.skip = 0;
                    if self.groups.is_empty() {
                        return Err(Stop::Damaged(Damage::Structure));
                    }
                }
                b'\\' => self.control()?,
                b'\r' | b'\n' | 0 => {}
                byte => self.byte(byte),
            }
        }
        self.flush()?;
        // The outermost group of the file lies within the one that we began with.
        if self.groups.len() > 1 { Err(Stop::Damaged(Damage::Truncated)) } else { Ok(()) }
    }

    fn group(&self) -> Group {
        self.groups.last().copied().unwrap_or(Group {
            destination: Destination::Silent,
            stand_ins: 1,
            deleted: false,
        })
    }

    fn change(&mut self, change: impl FnOnce(&mut Group)) {
        if let Some(group) = self.groups.last_mut() {
            change(group);
        }
    }

    fn byte(&mut self, byte: u8) {
        if self.skip > 0 {
            self.skip -= 1;
        } else {
            self.pending.push(byte);
        }
    }

    /// Decodes what is pending and says it.
    fn flush(&mut self) -> Read<()> {
        if self.pending.is_empty() {
            return Ok(());
        }
        let pending = std::mem::take(&mut self.pending);
        let (text, _) = self.encoding.decode_without_bom_handling(&pending);
        self.say(&text)
    }

    fn say(&mut self, text: &str) -> Read<()> {
        let group = self.group();
        if group.deleted {
            return Ok(());
        }
        match group.destination {
            Destination::Document => self.words.push(text)?,
            Destination::Title if self.title.len() < 4_000 => self.title.push_str(text),
            Destination::Author if self.author.len() < 4_000 => self.author.push_str(text),
            _ => {}
        }
        Ok(())
    }

    fn control(&mut self) -> Read<()> {
        let Some((&first, rest)) = self.rest.split_first() else { return Ok(()) };
        if !first.is_ascii_alphabetic() {
            self.rest = rest;
            match first {
                b'\'' => {
                    let code = rest
                        .get(..2)
                        .and_then(|digits| std::str::from_utf8(digits).ok())
                        .and_then(|digits| u8::from_str_radix(digits, 16).ok());
                    self.rest = rest.get(2..).unwrap_or_default();
                    if let Some(code) = code {
                        self.byte(code);
                    }
                }
                b'\\' | b'{' | b'}' => self.byte(first),
                b'~' => self.byte(b' '),
                b'_' => self.byte(b'-'),
                b'\r' | b'\n' => self.layout("par")?,
                // An optional destination: whoever does not know it passes over it. We know those that carry the document's words by their names.
                b'*' => self.change(|group| group.destination = Destination::Silent),
                _ => {}
            }
            return Ok(());
        }
        let length = self.rest.iter().take(32).take_while(|byte| byte.is_ascii_alphabetic()).count();
        let (word, rest) = self.rest.split_at(length);
        let digits = rest
            .iter()
            .take(11)
            .enumerate()
            .take_while(|(at, byte)| byte.is_ascii_digit() || (*at == 0 && **byte == b'-'))
            .count();
        let (number, rest) = rest.split_at(digits);
        self.rest = rest.strip_prefix(b" ").unwrap_or(rest);
        let word = std::str::from_utf8(word).unwrap_or_default();
        let number: Option<i64> = std::str::from_utf8(number).ok().and_then(|number| number.parse().ok());
        self.word(word, number)
    }

    fn word(&mut self, word: &str, number: Option<i64>) -> Read<()> {
        if word != "u" {
            self.high = None;
        }
        match word {
            "u" => {
                self.flush()?;
                self.unicode(number.unwrap_or(0))?;
                self.skip = self.group().stand_ins;
            }
            "uc" => {
                let count = number.and_then(|count| usize::try_from(count).ok()).unwrap_or(1).min(16);
                self.change(|group| group.stand_ins = count);
            }
            "ansicpg" => {
                self.flush()?;
                let label = format!("windows-{}", number.unwrap_or(1252));
                self.encoding = Encoding::for_label(label.as_bytes()).unwrap_or(WINDOWS_1252);
            }
            "bin" => {
                // Raw bytes follow, which may look like anything.
                let count = number.and_then(|count| usize::try_from(count).ok()).unwrap_or(0);
                self.rest = self.rest.get(count..).unwrap_or_default();
            }
            "par" | "line" | "sect" | "page" | "row" | "tab" | "cell" | "nestcell" | "nestrow" => {
                self.flush()?;
                self.layout(word)?;
            }
            "emdash" => self.say_now("—")?,
            "endash" => self.say_now("–")?,
            "lquote" => self.say_now("‘")?,
            "rquote" => self.say_now("’")?,
            "ldblquote" => self.say_now("“")?,
            "rdblquote" => self.say_now("”")?,
            "bullet" => self.say_now("•")?,
            "emspace" | "enspace" | "qmspace" => self.say_now(" ")?,
            "title" => self.change(|group| group.destination = Destination::Title),
            "author" => self.change(|group| group.destination = Destination::Author),
            "annotation" => {
                self.reading.flags.insert(Flag::Comments);
                self.change(|group| group.destination = Destination::Silent);
            }
            "deleted" => {
                self.flush()?;
                self.reading.flags.insert(Flag::TrackedDeletions);
                self.change(|group| group.deleted = number != Some(0));
            }
            "revised" if number != Some(0) => {
                self.reading.flags.insert(Flag::TrackedInsertions);
            }
            "v" if number != Some(0) => {
                self.reading.flags.insert(Flag::HiddenText);
            }
            // A shape's text stands in an optional destination, yet is the document's.
            "shptxt" | "footnote" | "header" | "footer" => {
                self.change(|group| group.destination = Destination::Document)
            }
            word if SILENT.contains(&word) => {
                self.flush()?;
                if word == "object" {
                    self.reading.flags.insert(Flag::EmbeddedFiles);
                }
                self.change(|group| group.destination = Destination::Silent);
            }
            _ => {}
        }
        Ok(())
    }

    fn say_now(&mut self, text: &str) -> Read<()> {
        self.flush()?;
        self.say(text)
    }

    fn layout(&mut self, word: &str) -> Read<()> {
        self.flush()?;
        if self.group().destination == Destination::Document {
            match word {
                "tab" | "cell" | "nestcell" => self.words.tab(),
                _ => self.words.line(),
            }
        }
        Ok(())
    }

    /// A character by its UTF-16 code, signed as RTF writes it.
    fn unicode(&mut self, number: i64) -> Read<()> {
        let Ok(unit) = u16::try_from(number & 0xffff) else { return Ok(()) };
        let units: Vec<u16> = self.high.take().into_iter().chain([unit]).collect();
        if units.len() == 1 && (0xd800..0xdc00).contains(&unit) {
            self.high = Some(unit);
            return Ok(());
        }
        let text: String = char::decode_utf16(units).filter_map(Result::ok).collect();
        self.say(&text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn reading(rtf: &[u8]) -> Reading {
        read(rtf, &Limits::default()).unwrap()
    }

    #[test]
    fn words_come_without_the_tables_of_the_head() {
        let rtf = br"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}}{\info{\title A title}{\author J. Doe}}\f0 Caf\'e9 \u8364?5\par next\tab line}";
        let reading = reading(rtf);
        assert_eq!(reading.text, "Café €5\nnext\tline");
        assert_eq!((reading.title.as_deref(), reading.author.as_deref()), (Some("A title"), Some("J. Doe")));
    }

    #[test]
    fn deletions_are_flagged_and_silent() {
        let reading = reading(br"{\rtf1 kept {\deleted gone} kept}");
        assert_eq!(reading.text, "kept  kept");
        assert!(reading.flags.contains(&Flag::TrackedDeletions));
    }

    #[test]
    fn a_character_beyond_the_basic_plane_has_two_codes() {
        assert_eq!(reading(br"{\rtf1\uc1 \u-10179?\u-8704?}").text, "😀");
    }

    #[test]
    fn groups_too_deep_are_an_attack_and_an_open_one_is_damage() {
        let deep = [b"{\\rtf1".to_vec(), vec![b'{'; 100_000]].concat();
        assert_eq!(read(&deep, &Limits::default()).err(), Some(Stop::Hostile(Threat::NestedTooDeep)));
        assert_eq!(read(b"{\\rtf1 cut", &Limits::default()).err(), Some(Stop::Damaged(Damage::Truncated)));
    }

    proptest! {
        #[test]
        fn any_bytes_end(bytes in proptest::collection::vec(prop_oneof![Just(b'\\'), Just(b'{'), Just(b'}'), Just(b'u'), Just(b'\''), any::<u8>()], 0..300)) {
            let _ = read(&bytes, &Limits::default());
        }
    }
}
