//! Reading a file of a procedure: what it says, and every mistake of form at once. Owns on which line what stands.

mod fields;
mod file;
mod stages;

use std::collections::BTreeMap;

use calendar::TextError;
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

pub(crate) use self::file::{Loaded, read};
use crate::{
    fault::{Code, Fault, told},
    names::{Names, fits},
};

/// The most bytes of one file.
pub const LARGEST_FILE: usize = 256 * 1024;
/// The most entries of one list: fields, stages, steps, words.
const MOST: usize = 200;

/// A file that is being read.
pub(crate) struct Source {
    file: String,
    /// The byte with which each line begins.
    starts: Vec<usize>,
    pub(crate) faults: Vec<Fault>,
    pub(crate) lines: Lines,
    /// Whether something was left out that other checks would miss.
    pub(crate) lossy: bool,
}

/// Where everything stands: the line of `stage.draft.step.issue.when`.
#[derive(Debug, Clone, Default)]
pub(crate) struct Lines(BTreeMap<String, usize>);

impl Lines {
    /// The line of something, or of the nearest thing around it.
    pub(crate) fn of(&self, path: &str) -> usize {
        let mut path = path;
        loop {
            if let Some(line) = self.0.get(path) {
                return *line;
            }
            match path.rsplit_once('.') {
                Some((around, _)) => path = around,
                None => return 1,
            }
        }
    }
}

impl Source {
    fn new(file: &str, text: &str) -> Self {
        let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let starts = std::iter::once(0).chain(ends.map(|(at, _)| at + 1)).collect();
        Self { file: file.to_owned(), starts, faults: Vec::new(), lines: Lines::default(), lossy: false }
    }

    /// The line of a byte, from 1.
    fn line(&self, byte: usize) -> usize {
        self.starts.partition_point(|start| *start <= byte).max(1)
    }

    /// Notes a mistake by which nothing is lost.
    fn note(&mut self, line: usize, code: Code, what: impl Into<String>, remedy: impl Into<String>) {
        let fault = Fault { file: self.file.clone(), line, code, what: what.into(), remedy: remedy.into() };
        self.faults.push(fault);
    }

    /// Notes a mistake by which something is lost.
    fn fault(&mut self, line: usize, code: Code, what: impl Into<String>, remedy: impl Into<String>) {
        self.lossy = true;
        self.note(line, code, what, remedy);
    }

    /// Keeps what could be read of a text, or notes why it could not.
    fn keep<T>(&mut self, line: usize, code: Code, read: Result<T, TextError>) -> Option<T> {
        read.map_err(|error| {
            let what = format!("`{}`: at {}, character {}", error.text, error.near, error.place);
            self.fault(line, code, what, format!("expected {}", error.expected));
        })
        .ok()
    }
}

/// A table that is being read. What isn't asked for is unknown.
pub(crate) struct Table<'t, 'i> {
    table: &'t DeTable<'i>,
    line: usize,
    path: String,
    asked: Vec<&'static str>,
}

/// A text, and its line.
type Text = (String, usize);

impl<'t, 'i> Table<'t, 'i> {
    fn new(table: &'t DeTable<'i>, line: usize, path: &str) -> Self {
        Self { table, line, path: path.to_owned(), asked: Vec::new() }
    }

    /// Names the place of the table by the code that it has, so that what is in it is found again.
    fn called(&mut self, source: &mut Source, path: String) {
        source.lines.0.entry(path.clone()).or_insert(self.line);
        for (key, value) in self.table.iter() {
            let line = source.line(value.span().start);
            source.lines.0.entry(format!("{path}.{}", key.get_ref())).or_insert(line);
        }
        self.path = path;
    }

    fn get(&mut self, key: &'static str) -> Option<&'t Spanned<DeValue<'i>>> {
        self.asked.push(key);
        self.table.get(key)
    }

    fn wrong(&self, source: &mut Source, key: &str, value: &Spanned<DeValue<'_>>, expected: &str) {
        let line = source.line(value.span().start);
        let what = format!("`{key}` is of type {}", value.get_ref().type_str());
        source.fault(line, Code::WrongType, what, format!("write {expected}"));
    }

    fn missing(&self, source: &mut Source, key: &str, expected: &str) {
        source.fault(self.line, Code::MissingKey, format!("`{key}` is missing"), format!("write {expected}"));
    }

    fn text(&mut self, source: &mut Source, key: &'static str) -> Option<Text> {
        let value = self.get(key)?;
        let line = source.line(value.span().start);
        match value.get_ref() {
            DeValue::String(text) => Some((text.to_string(), line)),
            // A date may stand without quotation marks.
            DeValue::Datetime(date) => Some((date.to_string(), line)),
            _ => {
                self.wrong(source, key, value, "a text in quotation marks");
                None
            }
        }
    }

    fn need(&mut self, source: &mut Source, key: &'static str, expected: &str) -> Option<Text> {
        if !self.table.contains_key(key) {
            self.asked.push(key);
            self.missing(source, key, expected);
            return None;
        }
        self.text(source, key)
    }

    fn flag(&mut self, source: &mut Source, key: &'static str) -> bool {
        let Some(value) = self.get(key) else { return false };
        value.get_ref().as_bool().unwrap_or_else(|| {
            self.wrong(source, key, value, "`true` or `false`");
            false
        })
    }

    fn integer(&mut self, source: &mut Source, key: &'static str) -> Option<i64> {
        let value = self.get(key)?;
        let read = integer(value.get_ref());
        if read.is_none() {
            self.wrong(source, key, value, "a whole number");
        }
        read
    }

    /// A number that is counted: from 1.
    fn count(&mut self, source: &mut Source, key: &'static str) -> Option<u32> {
        let line = source.line(self.table.get(key)?.span().start);
        let number = self.integer(source, key)?;
        let count = u32::try_from(number).ok().filter(|count| *count > 0);
        if count.is_none() {
            source.fault(line, Code::Limits, format!("`{key}` is {number}"), "write a number from 1");
        }
        count
    }

    /// One text or several in brackets; none where the key isn't there.
    fn texts(&mut self, source: &mut Source, key: &'static str) -> Option<Vec<Text>> {
        let value = self.get(key)?;
        let mut all = Vec::new();
        match value.get_ref() {
            DeValue::String(text) => all.push((text.to_string(), source.line(value.span().start))),
            DeValue::Array(list) if list.len() <= MOST => {
                for entry in list {
                    match entry.get_ref() {
                        DeValue::String(text) => {
                            all.push((text.to_string(), source.line(entry.span().start)))
                        }
                        _ => self.wrong(source, key, entry, "texts in quotation marks"),
                    }
                }
            }
            DeValue::Array(_) => self.many(source, key, value),
            _ => self.wrong(source, key, value, "texts in quotation marks and brackets"),
        }
        Some(all)
    }

    fn many(&self, source: &mut Source, key: &str, value: &Spanned<DeValue<'_>>) {
        let line = source.line(value.span().start);
        source.fault(line, Code::TooMany, format!("`{key}` has more than {MOST} entries"), "divide it");
    }

    fn tables(&mut self, source: &mut Source, key: &'static str) -> Vec<Table<'t, 'i>> {
        let Some(value) = self.get(key) else { return Vec::new() };
        let Some(list) = value.get_ref().as_array() else {
            self.wrong(source, key, value, &format!("`[[…{key}]]`, or tables in brackets"));
            return Vec::new();
        };
        if list.len() > MOST {
            self.many(source, key, value);
            return Vec::new();
        }
        let mut all = Vec::new();
        for entry in list {
            let line = source.line(entry.span().start);
            match entry.get_ref() {
                DeValue::Table(table) => all.push(Table::new(table, line, &format!("{}.{key}", self.path))),
                _ => self.wrong(source, key, entry, "tables in brackets"),
            }
        }
        all
    }

    fn table(&mut self, source: &mut Source, key: &'static str) -> Option<Table<'t, 'i>> {
        let value = self.get(key)?;
        let line = source.line(value.span().start);
        match value.get_ref() {
            DeValue::Table(table) => Some(Table::new(table, line, &format!("{}.{key}", self.path))),
            _ => {
                self.wrong(source, key, value, "`{ key = \"value\" }`");
                None
            }
        }
    }

    /// Pairs of a key and a text, each with its line.
    fn pairs(&mut self, source: &mut Source, key: &'static str) -> Vec<(String, Text)> {
        let Some(table) = self.table(source, key) else { return Vec::new() };
        let mut all = Vec::new();
        for (name, value) in table.table.iter() {
            let line = source.line(value.span().start);
            let text = match value.get_ref() {
                DeValue::String(text) => text.to_string(),
                DeValue::Integer(_) => integer(value.get_ref()).map(|n| n.to_string()).unwrap_or_default(),
                DeValue::Boolean(yes) => (if *yes { "yes" } else { "no" }).to_owned(),
                DeValue::Datetime(date) => date.to_string(),
                _ => {
                    table.wrong(source, name.get_ref(), value, "a text in quotation marks");
                    continue;
                }
            };
            all.push((name.get_ref().to_string(), (text, line)));
        }
        all
    }

    /// A text in both languages, of at most so many characters.
    fn names(&mut self, source: &mut Source, key: &'static str, longest: usize) -> Option<Names> {
        let mut table = self.table(source, key)?;
        let mut text = |source: &mut Source, language: &'static str| {
            let line = table.line;
            match table.text(source, language) {
                Some((text, line)) => {
                    if !fits(&text, longest) {
                        let what = format!("`{key}` is empty in `{language}`, too long or can't be shown");
                        let remedy = format!("write 1 to {longest} characters, without spaces around them");
                        source.note(line, Code::Names, what, remedy);
                    }
                    text
                }
                None => {
                    let what = format!("`{key}` is not there in `{language}`");
                    source.note(line, Code::Names, what, format!("write `{language} = \"…\"` as well"));
                    String::new()
                }
            }
        };
        let names = Names { en: text(source, "en"), fr: text(source, "fr") };
        table.done(source);
        Some(names)
    }

    fn need_names(&mut self, source: &mut Source, key: &'static str, longest: usize) -> Names {
        if !self.table.contains_key(key) {
            self.asked.push(key);
            let what = format!("`{key}` is missing");
            source.note(
                self.line,
                Code::Names,
                what,
                format!("write `{key} = {{ en = \"…\", fr = \"…\" }}`"),
            );
        }
        let none = || Names { en: String::new(), fr: String::new() };
        self.names(source, key, longest).unwrap_or_else(none)
    }

    /// A text that is read further.
    fn parsed<T>(
        &mut self,
        source: &mut Source,
        key: &'static str,
        code: Code,
        read: impl Fn(&str) -> Result<T, TextError>,
    ) -> Option<T> {
        let (text, line) = self.text(source, key)?;
        source.keep(line, code, read(&text))
    }

    /// Texts that are read further; none where the key isn't there.
    fn all_parsed<T>(
        &mut self,
        source: &mut Source,
        key: &'static str,
        code: Code,
        read: impl Fn(&str) -> Result<T, TextError>,
    ) -> Option<Vec<T>> {
        let texts = self.texts(source, key)?;
        Some(texts.into_iter().filter_map(|(text, line)| source.keep(line, code, read(&text))).collect())
    }

    /// One of some words, or the first of them where nothing is said.
    fn word<T: Copy>(&mut self, source: &mut Source, key: &'static str, known: &[(&str, T)]) -> Option<T> {
        let (text, line) = self.text(source, key)?;
        let found = known.iter().find(|(word, _)| *word == text).map(|(_, value)| *value);
        if found.is_none() {
            let words: Vec<String> = known.iter().map(|(word, _)| format!("`{word}`")).collect();
            let what = format!("`{key}` can't be `{}`", told(&text));
            source.fault(line, Code::Word, what, format!("write one of {}", words.join(", ")));
        }
        found
    }

    /// A code that must be there and be of a form.
    fn code(&mut self, source: &mut Source, fits: impl Fn(&str) -> bool, expected: &str) -> Option<Text> {
        let (code, line) = self.need(source, "code", "`code = \"…\"`")?;
        if !fits(&code) {
            source.fault(
                line,
                Code::CodeForm,
                format!("`{}` can't be a code", told(&code)),
                format!("write {expected}"),
            );
            return None;
        }
        Some((code, line))
    }

    /// Notes what nothing is known of.
    fn done(self, source: &mut Source) {
        for (key, _) in self.table.iter() {
            let name = key.get_ref().as_ref();
            if self.asked.contains(&name) {
                continue;
            }
            let line = source.line(key.span().start);
            let near = self.asked.iter().min_by_key(|known| distance(known, name));
            let near = near.filter(|known| distance(known, name) <= 2);
            let mut known: Vec<String> = self.asked.iter().map(|known| format!("`{known}`")).collect();
            known.sort();
            let remedy = match near {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("leave it out; here can stand {}", known.join(", ")),
            };
            source.note(line, Code::UnknownKey, format!("`{}` is not known here", told(name)), remedy);
        }
    }
}

fn integer(value: &DeValue<'_>) -> Option<i64> {
    let integer = value.as_integer()?;
    i64::from_str_radix(integer.as_str(), integer.radix()).ok()
}

/// How many letters differ between two words.
fn distance(one: &str, two: &str) -> usize {
    let two: Vec<char> = two.chars().take(40).collect();
    let mut row: Vec<usize> = (0..=two.len()).collect();
    for (i, a) in one.chars().enumerate() {
        let mut next = vec![i + 1];
        for ((b, above), left_above) in two.iter().zip(row.iter().skip(1)).zip(&row) {
            let left = next.last().copied().unwrap_or(0);
            next.push((left_above + usize::from(a != *b)).min(above + 1).min(left + 1));
        }
        row = next;
    }
    row.last().copied().unwrap_or(0)
}
