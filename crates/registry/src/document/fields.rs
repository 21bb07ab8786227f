//! What is checked of each field that describes a document, and how it is written: at registering, at correcting, and
//! where a file of the plan has the same field. Knows one field at a time.

use jiff::civil::Date;
use label::{Label, Purpose};

use super::Direction;
use crate::{
    command::Context,
    date::DocumentDate,
    id::{GroupId, PersonId},
    line::{NAME, line},
    reference::{Reference, ReferenceKind, key},
    refusal::{Code, Refusal},
};

/// Most addressees, references, groups or persons on one list.
const MANY: usize = 500;

/// The labels must be those of the policy, as it stands today.
pub(crate) fn labels(
    context: &Context<'_>,
    direction: Direction,
    label: Option<&Label>,
    subject_label: Option<&Label>,
) -> Result<(), Refusal> {
    // What comes from outside or from before keeps the marking that it bears; what is made here must be right.
    let purpose = match direction {
        Direction::Incoming | Direction::Internal => Purpose::Existing,
        Direction::Outgoing | Direction::Created => Purpose::New,
    };
    for (field, label) in [("label", label), ("subject_label", subject_label)] {
        let Some(label) = label else { continue };
        let policy = context
            .house
            .policies
            .of(label)
            .map_err(|_| Refusal::on(field, Code::UnknownPolicy).with("policy", &label.policy))?;
        policy
            .validate(label, purpose, context.today)
            .map_err(|why| Refusal::on(field, Code::InvalidLabel).with("why", why))?;
    }
    if label.is_none() && subject_label.is_some() {
        // While the marking is open, so is that of its subject.
        return Err(Refusal::on("subject_label", Code::InvalidLabel).with("why", "marking undetermined"));
    }
    Ok(())
}

/// A date that did not pass [`DocumentDate::parse`], for a request may carry its two parts, is held to the same
/// bounds.
pub(crate) fn date(given: Option<&DocumentDate>) -> Result<DocumentDate, Refusal> {
    let Some(given) = given else { return Ok(DocumentDate { civil: None, written: None }) };
    if let Some(civil) = given.civil
        && !DocumentDate::YEARS.contains(&civil.year())
    {
        return Err(Refusal::on("date", Code::ImpossibleDate).with("date", civil));
    }
    let written = match &given.written {
        Some(text) => line("date", text, NAME)?,
        None => None,
    };
    Ok(DocumentDate { civil: given.civil, written })
}

/// A community that is read as of release fixes the day; for all others the class needs none.
pub(crate) fn released_on(
    context: &Context<'_>,
    label: Option<&Label>,
    civil: Option<Date>,
    otherwise: Date,
) -> Option<Date> {
    context.house.names_dated_community(label?).then(|| civil.unwrap_or(otherwise))
}

/// A kind: small letters, digits and hyphens, forty at most.
pub(crate) fn kind(text: &str) -> Result<String, Refusal> {
    let kind = text.trim().to_lowercase();
    let fits = (1..=40).contains(&kind.len())
        && kind.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    if fits { Ok(kind) } else { Err(Refusal::on("kind", Code::NotOffered).with("value", text)) }
}

/// A language: two letters.
pub(crate) fn language(text: &str) -> Result<String, Refusal> {
    let language = text.trim().to_lowercase();
    if language.len() == 2 && language.chars().all(|c| c.is_ascii_lowercase()) {
        Ok(language)
    } else {
        Err(Refusal::on("language", Code::NotOffered).with("value", text))
    }
}

/// Names on a list, each once, in their order.
pub(crate) fn names(field: &'static str, given: &[String]) -> Result<Vec<String>, Refusal> {
    at_most(field, given.len())?;
    let mut names = Vec::new();
    for text in given {
        if let Some(name) = line(field, text, NAME)?
            && !names.contains(&name)
        {
            names.push(name);
        }
    }
    Ok(names)
}

/// The one of some references by which a paper is called.
pub(crate) fn preferred(given: Option<&str>, references: &[Reference]) -> Result<Option<String>, Refusal> {
    let Some(text) = line("preferred", given.unwrap_or_default(), NAME)? else { return Ok(None) };
    let same = references.iter().find(|r| r.text == text || r.key() == key(&text));
    match same {
        Some(reference) => Ok(Some(reference.text.clone())),
        None => Err(Refusal::on("preferred", Code::NotOffered).with("value", text)),
    }
}

/// The references that a paper bears, each once, read by the series of today.
pub(crate) fn references(context: &Context<'_>, given: &[Reference]) -> Result<Vec<Reference>, Refusal> {
    at_most("references", given.len())?;
    let mut kept: Vec<Reference> = Vec::new();
    for reference in given {
        let Some(text) = line("references", &reference.text, NAME)? else { continue };
        // Only a registry allots numbers of its series.
        let kind = match reference.kind {
            ReferenceKind::Register => ReferenceKind::Other,
            kind => kind,
        };
        let read = context.house.catalogue().recognised(&text).map(Box::new);
        let reference = Reference { kind, text, read };
        if !kept.iter().any(|r| r.key() == reference.key()) {
            kept.push(reference);
        }
    }
    Ok(kept)
}

/// Groups that need to know, each of the house. Equal restrictions are written equally, so that they are one class.
pub(crate) fn need_to_know(
    context: &Context<'_>,
    given: &[Vec<GroupId>],
) -> Result<Vec<Vec<GroupId>>, Refusal> {
    at_most("need_to_know", given.len())?;
    for any in given {
        at_most("need_to_know", any.len())?;
    }
    if given.iter().flatten().any(|g| context.house.group(*g).is_none()) {
        return Err(Refusal::on("need_to_know", Code::GroupUnknown));
    }
    Ok(sorted(&given.iter().filter(|any| !any.is_empty()).map(|any| sorted(any)).collect::<Vec<_>>()))
}

/// The only persons who may read, each of the house.
pub(crate) fn access_list(given: &[PersonId], stranger: Option<PersonId>) -> Result<Vec<PersonId>, Refusal> {
    at_most("access_list", given.len())?;
    match stranger {
        Some(person) => Err(Refusal::on("access_list", Code::PersonUnknown).with("person", person)),
        None => Ok(sorted(given)),
    }
}

fn at_most(field: &'static str, count: usize) -> Result<(), Refusal> {
    if count > MANY { Err(Refusal::on(field, Code::TooLong).with("limit", MANY)) } else { Ok(()) }
}

fn sorted<T: Ord + Clone>(given: &[T]) -> Vec<T> {
    let mut list = given.to_vec();
    list.sort();
    list.dedup();
    list
}
