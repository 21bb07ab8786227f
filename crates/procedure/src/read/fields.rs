//! The fields of a file.

use std::collections::BTreeSet;

use super::{
    Source, Table,
    file::{LONGEST_ABOUT, LONGEST_NAME, own_code},
};
use crate::{
    cond::Cond,
    fault::{Code, told},
    field::{Choice, Field, OPENING, Picture},
    names::is_long_code,
    value::{KINDS, Kind, LONGEST_TEXT, MOST},
    who::Who,
};

pub(super) fn fields(table: &mut Table<'_, '_>, source: &mut Source) -> Vec<Field> {
    let mut known = BTreeSet::new();
    let tables = table.tables(source, "field");
    if tables.is_empty() {
        table.missing(source, "field", "`[[field]]` for each thing that a case asks for, at least one");
    }
    let mut all = Vec::new();
    for mut given in tables {
        all.extend(field(&mut given, source, &mut known));
        given.done(source);
    }
    all
}

fn field(table: &mut Table<'_, '_>, source: &mut Source, known: &mut BTreeSet<String>) -> Option<Field> {
    let code = own_code(table, source, known);
    if let Some(code) = &code {
        table.called(source, format!("field.{code}"));
    }
    let names = table.need_names(source, "names", LONGEST_NAME);
    let hint = table.names(source, "hint", LONGEST_ABOUT);
    if table.table.get("type").is_none() {
        table.missing(source, "type", "`type = \"…\"`, what can be filled in");
    }
    let kind = table.word(source, "type", &KINDS);
    let required = table.flag(source, "required");
    let when = table.parsed(source, "when", Code::CondText, Cond::read);
    let choices = choices(table, source);
    let (min, max) = (table.integer(source, "min"), table.integer(source, "max"));
    let (longest, most) = (table.count(source, "longest"), table.count(source, "most"));
    let pattern = pattern(table, source);
    let after = reference(table, source, "after");
    let not_before = reference(table, source, "not_before");
    let not_past = table.flag(source, "not_past");
    let initial = table.text(source, "initial");
    let personal = table.flag(source, "personal");
    let seen_by = table.all_parsed(source, "seen_by", Code::WhoText, Who::read);
    let asked_in = match table.texts(source, "asked_in") {
        Some(texts) => texts.into_iter().map(|(text, _)| text).collect(),
        None => vec![OPENING.to_owned()],
    };
    let changed_by = table.all_parsed(source, "changed_by", Code::WhoText, Who::read).unwrap_or_default();
    let mut field = Field {
        code: code?,
        names,
        hint,
        kind: kind?,
        required,
        when,
        choices,
        min,
        max,
        longest,
        most,
        pattern,
        after,
        not_before,
        not_past,
        initial: None,
        personal,
        seen_by,
        asked_in,
        changed_by,
    };
    limits(&field, source);
    if let Some((text, line)) = initial {
        field.initial = value(&field, &text, line, source);
    }
    Some(field)
}

/// A value of a field that a file gives.
pub(super) fn value(
    field: &Field,
    text: &str,
    line: usize,
    source: &mut Source,
) -> Option<crate::value::Value> {
    let wrong = match field.kind.read_text(text) {
        Ok(Some(value)) => match crate::value::alone(field, &value).into_iter().next() {
            None => return Some(value),
            Some(code) => code.to_string(),
        },
        Ok(None) => "is empty".to_owned(),
        Err(code) => code.to_string(),
    };
    let what = format!("`{}` for `{}` {wrong}", told(text), field.code);
    source.fault(line, Code::Value, what, format!("write a {} that the field takes", field.kind.text()));
    None
}

fn choices(table: &mut Table<'_, '_>, source: &mut Source) -> Vec<Choice> {
    let mut known = BTreeSet::new();
    let mut all = Vec::new();
    let expected = "1 to 64 lower-case letters, figures, `-` and `_`, the first a letter";
    for mut given in table.tables(source, "choices") {
        let code = given.code(source, is_long_code, expected);
        let names = given.need_names(source, "names", LONGEST_NAME);
        given.done(source);
        let Some((code, line)) = code else { continue };
        if !known.insert(code.clone()) {
            source.fault(
                line,
                Code::Twice,
                format!("`{code}` stands twice"),
                "give each choice a code of its own",
            );
        }
        all.push(Choice { code, names });
    }
    all
}

fn pattern(table: &mut Table<'_, '_>, source: &mut Source) -> Option<Picture> {
    let (text, line) = table.text(source, "pattern")?;
    let picture = Picture::read(&text);
    if picture.is_none() {
        let remedy =
            "write `A` for a letter, `9` for a figure, `X` for either, anything else as itself; at most 40";
        source.fault(line, Code::Limits, format!("`{}` can't be a pattern", told(&text)), remedy);
    }
    picture
}

/// `field:code`, of which the code is kept.
pub(super) fn reference(table: &mut Table<'_, '_>, source: &mut Source, key: &'static str) -> Option<String> {
    let (text, line) = table.text(source, key)?;
    let code = text.strip_prefix("field:").filter(|code| crate::names::is_code(code)).map(str::to_owned);
    if code.is_none() {
        let what = format!("`{key}` can't be `{}`", told(&text));
        source.fault(line, Code::Word, what, "write `field:` and the code of a field");
    }
    code
}

/// Whether the keys of a field go with its type.
fn limits(field: &Field, source: &mut Source) {
    use Kind::{Choice, Choices, Date, Line, Moment, Money, Number, Rating, Text};
    let kind = field.kind;
    let measured = matches!(kind, Number | Money | Rating);
    let dated = matches!(kind, Date | Moment);
    let wrong = [
        ("min", field.min.is_some() && !measured, "a number, money or a rating"),
        ("max", field.max.is_some() && !measured, "a number, money or a rating"),
        ("longest", field.longest.is_some() && !matches!(kind, Line | Text), "a line or a text"),
        ("most", field.most.is_some() && !kind.is_many(), "a list"),
        ("pattern", field.pattern.is_some() && kind != Line, "a line"),
        ("after", field.after.is_some() && !dated, "a date or a moment"),
        ("not_before", field.not_before.is_some() && !dated, "a date or a moment"),
        ("not_past", field.not_past && !dated, "a date or a moment"),
        ("choices", !field.choices.is_empty() && !matches!(kind, Choice | Choices), "a choice"),
    ];
    let place = |key: &str| format!("field.{}.{key}", field.code);
    for (key, is, of) in wrong {
        if is {
            let what = format!("`{key}` of a field of type `{}`", kind.text());
            source.fault(
                source.lines.of(&place(key)),
                Code::Limits,
                what,
                format!("leave it out: only {of} has it"),
            );
        }
    }
    if matches!(kind, Choice | Choices) && field.choices.len() < 2 {
        let what = format!("`{}` has fewer than two choices", field.code);
        source.fault(source.lines.of(&place("choices")), Code::Limits, what, "write two choices or more");
    }
    if field.min.zip(field.max).is_some_and(|(min, max)| max < min) {
        let what = format!("the least of `{}` is more than its most", field.code);
        source.fault(source.lines.of(&place("max")), Code::Limits, what, "write `min` not above `max`");
    }
    if field.longest.is_some_and(|longest| longest > LONGEST_TEXT)
        || field.most.is_some_and(|most| most > MOST)
    {
        let what = format!("`{}` takes more than a field can", field.code);
        let remedy = format!("write at most {LONGEST_TEXT} characters and {MOST} entries");
        source.fault(source.lines.of(&place("longest")), Code::Limits, what, remedy);
    }
}
