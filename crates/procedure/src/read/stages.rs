//! The stages of a file.

use std::collections::{BTreeMap, BTreeSet};

use calendar::Rule;

use super::{
    Source, Table, Text,
    file::{LONGEST_ABOUT, LONGEST_NAME, own_code},
};
use crate::{
    cond::{COUNTS, Cond},
    fault::{Code, told},
    field::OPENING,
    stage::{
        Branch, Dues, ENDS, Escalation, Evidence, Order, Product, Reply, Severity, Shown, Stage, Step, Waits,
    },
    value::Value,
    who::Who,
};

const SHOWN: [(&str, Shown); 2] = [("document", Shown::Document), ("words", Shown::Words)];

pub(super) fn stages(table: &mut Table<'_, '_>, source: &mut Source) -> Vec<Stage> {
    let (mut known, mut branches) = (BTreeSet::from([OPENING.to_owned()]), BTreeSet::new());
    let tables = table.tables(source, "stage");
    if tables.is_empty() {
        table.missing(source, "stage", "`[[stage]]` for each stage and each end, at least one of both");
    }
    let mut all = Vec::new();
    for mut given in tables {
        all.extend(stage(&mut given, source, &mut known, &mut branches));
        given.done(source);
    }
    all
}

fn stage(
    table: &mut Table<'_, '_>,
    source: &mut Source,
    known: &mut BTreeSet<String>,
    known_branches: &mut BTreeSet<String>,
) -> Option<Stage> {
    let code = own_code(table, source, known);
    let path = match &code {
        Some(code) => format!("stage.{code}"),
        None => format!("stage.#{}", table.line),
    };
    table.called(source, path.clone());
    let names = table.need_names(source, "names", LONGEST_NAME);
    let about = table.names(source, "about", LONGEST_ABOUT);
    let end = table.word(source, "end", &ENDS);
    let owner = table.parsed(source, "owner", Code::WhoText, Who::read);
    let due = dues(table, source);
    let remind = remind(table, source);
    let escalate = table.table(source, "escalate").and_then(|given| escalation(given, source, &path));
    let evidence = evidence(table, source);
    let product = table.table(source, "product").map(|mut given| {
        let names = given.need_names(source, "names", LONGEST_NAME);
        let template = given.text(source, "template").map(|(text, _)| text);
        given.done(source);
        Product { names, template }
    });
    let mut branches = Vec::new();
    for mut given in table.tables(source, "branch") {
        branches.extend(branch(&mut given, source, &path, known_branches));
        given.done(source);
    }
    let (mut known_steps, mut steps) = (BTreeSet::new(), Vec::new());
    for mut given in table.tables(source, "step") {
        let step = step(&mut given, source, &path, &mut known_steps);
        given.done(source);
        if let Some(step) = step {
            taken(&step, &steps, source, &path);
            steps.push(step);
        }
    }
    let code = code?;
    Some(Stage { code, names, about, end, owner, due, remind, escalate, evidence, product, branches, steps })
}

/// Two steps can't have one key.
fn taken(step: &Step, before: &[Step], source: &mut Source, path: &str) {
    if let Some(other) = before.iter().find(|other| step.key.is_some() && other.key == step.key) {
        let line = source.lines.of(&format!("{path}.step.{}.key", step.code));
        let what = format!("`{}` and `{}` have the same key", other.code, step.code);
        source.note(line, Code::Twice, what, "give each step of a stage a key of its own, or none");
    }
}

fn dues(table: &mut Table<'_, '_>, source: &mut Source) -> Dues {
    Dues(table.all_parsed(source, "due", Code::RuleText, Rule::read).unwrap_or_default())
}

fn remind(table: &mut Table<'_, '_>, source: &mut Source) -> Option<Vec<u16>> {
    let value = table.get("remind")?;
    let line = source.line(value.span().start);
    let days: Option<Vec<u16>> = value.get_ref().as_array().and_then(|list| {
        let day = |entry: &toml::Spanned<toml::de::DeValue<'_>>| {
            super::integer(entry.get_ref()).and_then(|n| u16::try_from(n).ok()).filter(|n| *n <= 250)
        };
        list.iter().map(day).collect()
    });
    let falling = |days: &Vec<u16>| days.is_sorted_by(|a, b| a > b);
    let days = days.filter(falling);
    if days.is_none() {
        let what = "`remind` can't be read".to_owned();
        source.fault(
            line,
            Code::Limits,
            what,
            "write working days before the due, the most first: `[5, 2, 0]`",
        );
    }
    days
}

fn escalation(mut table: Table<'_, '_>, source: &mut Source, path: &str) -> Option<Escalation> {
    table.called(source, format!("{path}.escalate"));
    for key in ["after", "to"] {
        if !table.table.contains_key(key) {
            table.missing(source, key, "`escalate = { after = \"2 working days\", to = \"post:COS\" }`");
        }
    }
    let after = table.parsed(source, "after", Code::RuleText, Rule::read);
    let to = table.parsed(source, "to", Code::WhoText, Who::read);
    table.done(source);
    Some(Escalation { after: after?, to: to? })
}

fn evidence(table: &mut Table<'_, '_>, source: &mut Source) -> Vec<Evidence> {
    let mut known = BTreeSet::new();
    let mut all = Vec::new();
    for mut given in table.tables(source, "evidence") {
        let code = own_code(&mut given, source, &mut known);
        let names = given.need_names(source, "names", LONGEST_NAME);
        let kind = given.word(source, "kind", &SHOWN).unwrap_or(Shown::Document);
        let required = given.flag(source, "required");
        given.done(source);
        all.extend(code.map(|code| Evidence { code, names, kind, required }));
    }
    all
}

fn branch(
    table: &mut Table<'_, '_>,
    source: &mut Source,
    path: &str,
    known: &mut BTreeSet<String>,
) -> Option<Branch> {
    let code = own_code(table, source, known);
    if let Some(code) = &code {
        table.called(source, format!("{path}.branch.{code}"));
    }
    let names = table.need_names(source, "names", LONGEST_NAME);
    let for_each = super::fields::reference(table, source, "for_each");
    if !table.table.contains_key("owner") {
        table.missing(source, "owner", "`owner = \"…\"`, who does it");
    }
    let owner = table.parsed(source, "owner", Code::WhoText, Who::read);
    let due = dues(table, source);
    let order = order(table, source);
    let replies = replies(table, source);
    let matrix = table.flag(source, "matrix");
    let when = table.parsed(source, "when", Code::CondText, Cond::read);
    let procedure = table.text(source, "procedure").map(|(text, _)| text);
    let passes: BTreeMap<String, String> = table
        .pairs(source, "passes")
        .into_iter()
        .map(|(theirs, (ours, _))| (theirs, ours.strip_prefix("field:").unwrap_or(&ours).to_owned()))
        .collect();
    let waits = waits(table, source);
    let optional = table.flag(source, "optional");
    Some(Branch {
        code: code?,
        names,
        for_each,
        owner: owner?,
        due,
        order: order?,
        replies,
        matrix,
        when,
        procedure,
        passes,
        waits: waits?,
        optional,
    })
}

fn order(table: &mut Table<'_, '_>, source: &mut Source) -> Option<Order> {
    let Some((text, line)) = table.text(source, "order") else { return Some(Order::Together) };
    let order = match text.as_str() {
        "together" => Some(Order::Together),
        "in-turn" => Some(Order::InTurn),
        other => other
            .strip_prefix("field:")
            .filter(|code| crate::names::is_code(code))
            .map(|code| Order::Field(code.to_owned())),
    };
    if order.is_none() {
        let what = format!("`order` can't be `{}`", told(&text));
        source.fault(
            line,
            Code::Word,
            what,
            "write `together`, `in-turn` or `field:` and the code of a choice",
        );
    }
    order
}

fn waits(table: &mut Table<'_, '_>, source: &mut Source) -> Option<Waits> {
    let Some(value) = table.table.get("waits") else {
        table.asked.push("waits");
        return Some(Waits::All);
    };
    if value.get_ref().is_integer() {
        return table.count(source, "waits").map(Waits::Some);
    }
    table.word(source, "waits", &[("all", Waits::All), ("any", Waits::Any)])
}

fn replies(table: &mut Table<'_, '_>, source: &mut Source) -> Vec<Reply> {
    let mut known = BTreeSet::new();
    let mut all = Vec::new();
    for mut given in table.tables(source, "replies") {
        let code = own_code(&mut given, source, &mut known);
        let names = given.need_names(source, "names", LONGEST_NAME);
        if !given.table.contains_key("counts") {
            given.missing(source, "counts", "`counts = \"yes\"`, `\"no\"` or `\"neither\"`");
        }
        let counts = given.word(source, "counts", &COUNTS);
        let words = given.flag(source, "words");
        let severities = Severity::ALL.map(|severity| (severity.text(), severity));
        let comments = given.word(source, "comments", &severities);
        given.done(source);
        all.extend(code.zip(counts).map(|(code, counts)| Reply { code, names, counts, words, comments }));
    }
    all
}

fn step(
    table: &mut Table<'_, '_>,
    source: &mut Source,
    path: &str,
    known: &mut BTreeSet<String>,
) -> Option<Step> {
    let code = own_code(table, source, known);
    if let Some(code) = &code {
        table.called(source, format!("{path}.step.{code}"));
    }
    let names = table.need_names(source, "names", LONGEST_NAME);
    let to = table.need(source, "to", "`to = \"…\"`, the stage to which it leads");
    let by = table.parsed(source, "by", Code::WhoText, Who::read);
    let when = table.parsed(source, "when", Code::CondText, Cond::read);
    let otherwise = table.flag(source, "otherwise");
    let needs: Vec<Text> = table.texts(source, "needs").unwrap_or_default();
    let reason = table.flag(source, "reason");
    let back = table.flag(source, "back");
    let at_once = table.flag(source, "at_once");
    // Kept as text until the fields are known.
    let sets = table
        .pairs(source, "sets")
        .into_iter()
        .map(|(field, (text, _))| (field, Value::Text(text)))
        .collect();
    let key = key(table, source);
    let (to, _) = to?;
    let needs = needs.into_iter().map(|(need, _)| need).collect();
    if otherwise && when.is_some() {
        let what = "`otherwise` and `when` on one step";
        source.fault(table.line, Code::CondType, what, "leave one of them out");
    }
    Some(Step { code: code?, names, to, by, when, otherwise, needs, reason, back, at_once, sets, key })
}

fn key(table: &mut Table<'_, '_>, source: &mut Source) -> Option<char> {
    let (text, line) = table.text(source, "key")?;
    let mut letters = text.chars();
    let key = letters.next().filter(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
    if key.is_none() || letters.next().is_some() {
        let what = format!("`{}` can't be a key", told(&text));
        source.fault(line, Code::Word, what, "write one lower-case letter or figure");
        return None;
    }
    key
}
