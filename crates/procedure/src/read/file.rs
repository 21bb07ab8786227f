//! A whole file.

use std::collections::{BTreeMap, BTreeSet};

use toml::de::DeTable;

use super::{LARGEST_FILE, Lines, Source, Table, Text};
use crate::{
    definition::Definition,
    fault::{Code, Fault, told},
    field::Field,
    migrate::Migration,
    names::{is_code, is_long_code},
    number::Number,
    stage::Stage,
    who::{Opens, Who},
};

/// The most characters of what a procedure is for.
pub(super) const LONGEST_ABOUT: usize = 1_000;
/// The most characters of a name.
pub(super) const LONGEST_NAME: usize = 120;
/// What a code within a procedure is.
pub(super) const CODE: &str = "1 to 64 lower-case letters, figures and `_`, the first a letter";

/// A file as it was read.
pub(crate) struct Loaded {
    pub(crate) file: String,
    pub(crate) lines: Lines,
    /// Its code, wherever it could be read: others may name it.
    pub(crate) code: Option<String>,
    /// None where something was lost.
    pub(crate) definition: Option<Definition>,
}

/// Reads a file, and tells every mistake of form in it.
pub(crate) fn read(file: &str, text: &str) -> (Loaded, Vec<Fault>) {
    let mut source = Source::new(file, text);
    let mut loaded = Loaded { file: file.to_owned(), lines: Lines::default(), code: None, definition: None };
    if text.len() > LARGEST_FILE {
        source.fault(1, Code::TooMany, "over 256 KiB", "divide the procedure, or shorten its texts");
        return (loaded, source.faults);
    }
    let (table, errors) = DeTable::parse_recoverable(text);
    for error in errors {
        let line = source.line(error.span().map_or(0, |span| span.start));
        source.fault(line, Code::Toml, told(error.message()), "write it as TOML asks");
    }
    if source.lossy {
        return (loaded, source.faults);
    }
    let mut table = Table::new(table.get_ref(), 1, "");
    let definition = definition(&mut table, &mut source);
    table.done(&mut source);
    loaded.code = definition.as_ref().map(|definition| definition.code.clone());
    loaded.definition = definition.filter(|_| !source.lossy);
    loaded.lines = source.lines;
    (loaded, source.faults)
}

fn definition(table: &mut Table<'_, '_>, source: &mut Source) -> Option<Definition> {
    // The keys of the file itself are found under their own names.
    for (key, value) in table.table.iter() {
        let line = source.line(value.span().start);
        source.lines.0.insert(key.get_ref().to_string(), line);
    }
    let long = "1 to 64 lower-case letters, figures, `-` and `_`, the first a letter";
    let code = table.code(source, is_long_code, long).map(|(code, _)| code);
    let version = match table.get("version") {
        Some(_) => table.count(source, "version"),
        None => {
            table.missing(source, "version", "`version = 1`, and one more with every change");
            None
        }
    };
    let names = table.need_names(source, "names", LONGEST_NAME);
    let about = table.need_names(source, "about", LONGEST_ABOUT);
    let number = number(table, source);
    let calendar = table.need(source, "calendar", "`calendar = \"…\"`, the code of a calendar of the house");
    let opens = opens(table, source);
    let seen_by = table.all_parsed(source, "seen_by", Code::WhoText, Who::read).unwrap_or_default();
    let title = table.need(source, "title", "`title = \"…\"`, the field by which a case is called");
    let suspense = table.text(source, "suspense").map(|(field, _)| field);
    let buffer = table.text(source, "buffer").map(|(field, _)| field);
    let columns = table.texts(source, "columns").unwrap_or_default();
    let migrates = migrations(table, source);
    let fields = super::fields::fields(table, source);
    let mut stages = super::stages::stages(table, source);
    if !source.lossy {
        settle(&mut stages, &fields, source);
    }
    let code = code?;
    let (version, number, calendar, title) = match (version, number, calendar, title) {
        (Some(version), Some(number), Some((calendar, _)), Some((title, _))) => {
            (version, number, calendar, title)
        }
        _ => {
            source.lossy = true;
            // Others may name it: its code counts.
            (0, Number::read("X-{serial}").ok()?, String::new(), String::new())
        }
    };
    let columns = columns.into_iter().map(|(column, _)| column).collect();
    Some(Definition {
        code,
        version,
        names,
        about,
        number,
        calendar,
        opens,
        seen_by,
        title,
        suspense,
        buffer,
        columns,
        migrates,
        fields,
        stages,
    })
}

fn opens(table: &mut Table<'_, '_>, source: &mut Source) -> Vec<Opens> {
    let given = table.texts(source, "opens");
    if given.as_ref().is_none_or(Vec::is_empty) {
        let (line, what) = match &given {
            None => (table.line, "`opens` is missing"),
            Some(_) => (source.lines.of("opens"), "nobody may open a case"),
        };
        source.fault(
            line,
            Code::MissingKey,
            what,
            "write `opens = [\"anyone\"]`, or who else may open a case",
        );
    }
    let read = |(text, line): Text| source.keep(line, Code::WhoText, Opens::read(&text));
    given.unwrap_or_default().into_iter().filter_map(read).collect()
}

/// What steps fill in is read as its fields are.
fn settle(stages: &mut [Stage], fields: &[Field], source: &mut Source) {
    for stage in stages {
        for step in &mut stage.steps {
            let line = source.lines.of(&format!("stage.{}.step.{}.sets", stage.code, step.code));
            for (code, value) in &mut step.sets {
                let read = match fields.iter().find(|field| field.code == *code) {
                    Some(field) => super::fields::value(field, &value.to_string(), line, source),
                    None => {
                        let what = format!("there is no field `{}`", told(code));
                        source.fault(
                            line,
                            Code::UnknownField,
                            what,
                            "write the code of a field of this file",
                        );
                        None
                    }
                };
                if let Some(read) = read {
                    *value = read;
                }
            }
        }
    }
}

fn number(table: &mut Table<'_, '_>, source: &mut Source) -> Option<Number> {
    let (text, line) = table.need(source, "number", "`number = \"ABC-{year}-{serial:4}\"`")?;
    let read = Number::read(&text);
    if let Err(expected) = read {
        let what = format!("cases can't be numbered `{}`", told(&text));
        source.fault(line, Code::Number, what, format!("expected {expected}"));
    }
    read.ok()
}

fn migrations(table: &mut Table<'_, '_>, source: &mut Source) -> Vec<Migration> {
    let mut all: Vec<Migration> = Vec::new();
    for mut given in table.tables(source, "migrates") {
        let line = given.line;
        let from = match given.get("from") {
            Some(_) => given.count(source, "from"),
            None => {
                given.missing(source, "from", "`from = 1`, the older version");
                None
            }
        };
        if let Some(from) = from {
            given.called(source, format!("migrates.{from}"));
            if all.iter().any(|known| known.from == from) {
                source.fault(
                    line,
                    Code::Twice,
                    format!("`from = {from}` stands twice"),
                    "write one rule for it",
                );
            }
        }
        let stages: BTreeMap<String, String> =
            given.pairs(source, "stages").into_iter().map(|(old, (new, _))| (old, new)).collect();
        let drop = given.texts(source, "drop").unwrap_or_default();
        let drop_branches = given.texts(source, "drop_branches").unwrap_or_default();
        let bare = |texts: Vec<Text>| texts.into_iter().map(|(text, _)| text).collect();
        given.done(source);
        all.extend(from.map(|from| Migration {
            from,
            stages,
            drop: bare(drop),
            drop_branches: bare(drop_branches),
        }));
    }
    all
}

/// A code within a procedure, noted where it stands twice.
pub(super) fn own_code(
    table: &mut Table<'_, '_>,
    source: &mut Source,
    known: &mut BTreeSet<String>,
) -> Option<String> {
    let (code, line) = table.code(source, is_code, CODE)?;
    if !known.insert(code.clone()) {
        source.fault(line, Code::Twice, format!("`{code}` stands twice"), "give each a code of its own");
        return None;
    }
    Some(code)
}
