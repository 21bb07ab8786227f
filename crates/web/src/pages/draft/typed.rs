//! What was typed into the form of registration, as the command that it asks for. What is wrong goes beside its field.

use label::{Label, NamedLabel};
use office::{
    Reading,
    texts::{Texts, Voice},
};
use registry::{
    Code, DocumentDate, RegistryId,
    document::{Direction, Register},
    house::House,
    numbering::NumberAsk,
    reference::{Reference, ReferenceKind},
    relation::{RelationKind, Stated},
};

use super::offered;
use crate::pages::{
    formal,
    marking_form::{self, UNDETERMINED},
    need_to_know, series,
    visit::{Sent, Wrong},
};

/// What was typed, as a command. What is wrong goes beside its field; all of it at once, as far as it shows here.
pub fn read(
    say: Voice<'_>,
    texts: &Texts,
    reading: &Reading,
    sent: &Sent,
    wrong: &mut Wrong,
) -> Option<(RegistryId, Register)> {
    let house = &reading.house;
    // One that is not offered looks like one that is not there.
    let offered = offered(reading);
    let registry = offered.iter().find(|r| r.code.eq_ignore_ascii_case(sent.get("registry").trim()));
    if registry.is_none() {
        wrong.add(say, "registry", Code::Required);
    }
    let direction = Direction::named(sent.get("direction"));
    if direction.is_none() {
        wrong.add(say, "direction", Code::Required);
    }
    for field in ["kind", "subject", "level"] {
        if sent.get(field).trim().is_empty() {
            wrong.add(say, field, Code::Required);
        }
    }
    let date = date(say, texts, sent, wrong);
    let label = labels(say, house, sent, wrong);
    let (Some(registry), Some(direction), true) = (registry, direction, wrong.is_empty()) else {
        return None;
    };
    let (label, subject_label) = label?;
    let one = |name: &str| Some(sent.get(name).trim().to_owned()).filter(|text| !text.is_empty());
    let theirs = one("originator_reference").map(|text| Reference::new(ReferenceKind::Originator, text));
    let others = sent.lines("references").into_iter().map(|text| Reference::new(ReferenceKind::Other, text));
    let document = Register {
        date,
        language: sent.get("language").to_owned(),
        originator: one("originator"),
        references: theirs.into_iter().chain(others).collect(),
        subject_label,
        label,
        action: sent.lines("action"),
        info: sent.lines("info"),
        need_to_know: need_to_know::chosen(sent),
        held_elsewhere: one("held_elsewhere"),
        number: number(sent),
        formal: formal::typed(sent),
        relations: one("reply_to").map(|text| Stated::new(RelationKind::ReplyTo, text)).into_iter().collect(),
        files: sent.all("file").iter().filter_map(|file| file.parse().ok()).collect(),
        ..Register::plain(direction, sent.get("kind"), sent.get("subject"))
    };
    Some((registry.id, document))
}

/// The number of a series that is wanted: `next:` with the series, or `kept:` with the name of the reservation.
fn number(sent: &Sent) -> Option<NumberAsk> {
    let wanted = sent.get("number");
    if let Some(series) = wanted.strip_prefix("next:") {
        return Some(NumberAsk::Next(series::numbered(sent, series)));
    }
    wanted.strip_prefix("kept:")?.parse().ok().map(NumberAsk::Reserved)
}

/// A date as people type it; what nobody can read stays as it was typed.
pub fn date(say: Voice<'_>, texts: &Texts, sent: &Sent, wrong: &mut Wrong) -> Option<DocumentDate> {
    let typed = sent.get("date").trim();
    if typed.is_empty() {
        return None;
    }
    match DocumentDate::parse(&texts.typed_date(typed).unwrap_or_else(|| typed.to_owned())) {
        Ok(date) => Some(date),
        Err(refusal) => {
            wrong.on(say, "date", &refusal);
            None
        }
    }
}

/// The labels of content and subject. The outer none: something is wrong with them.
pub fn labels(
    say: Voice<'_>,
    house: &House,
    sent: &Sent,
    wrong: &mut Wrong,
) -> Option<(Option<Label>, Option<Label>)> {
    let named = |level: &str, categories| NamedLabel {
        policy: sent.get("policy").to_owned(),
        level: level.to_owned(),
        categories,
        privacy_mark: None,
    };
    let level = sent.get("level");
    if level == UNDETERMINED {
        return Some((None, None));
    }
    if sent.get("policy") != sent.get("levels_of") {
        // Another policy was chosen and its levels were not shown yet: what is ticked belongs to the one before.
        wrong.add(say, "level", Code::NotOffered);
        return None;
    }
    let Ok(label) = house.policies.resolve(&named(level, marking_form::chosen(sent))) else {
        wrong.add(say, "level", Code::InvalidLabel);
        return None;
    };
    let subject = sent.get("subject_level");
    if subject.is_empty() {
        return Some((Some(label), None));
    }
    match house.policies.resolve(&named(subject, Default::default())) {
        Ok(subject) => Some((Some(label), Some(subject))),
        Err(_) => {
            wrong.add(say, "subject_level", Code::InvalidLabel);
            None
        }
    }
}
