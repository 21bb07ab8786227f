//! The form by which copies of a paper are put into the log, and what was typed into it as the act.

use maud::{Markup, html};
use office::{Failure, Reading, texts::Voice};
use registry::{
    Code, CopyId, Refusal, RegistryId,
    custody::{
        Act, MANY, Numbered,
        copy::{Medium, Origin},
    },
    document::Direction,
};
use store::visible::EntryView;

use super::{
    super::common::{DESK, container, places, typed_moment},
    Subject,
};
use crate::{
    answer::WebError,
    app::App,
    look::{Button, Form, SEND, Width, buttons, form},
    pages::{
        marking_form,
        visit::{Sent, Wrong, labelled},
    },
    signed::Signed,
};

/// The fields with the keys of their labels, in the order of the form.
const FIELDS: [(&str, &str); 10] = [
    ("origin", "copies-origin"),
    ("numbers", "copies-numbers"),
    ("of", "copies-of"),
    ("pages", "copies-pages"),
    ("medium", "copies-medium"),
    ("from", "copies-from"),
    ("container", "copies-container"),
    ("shelf", "copies-shelf"),
    ("at", "copies-at"),
    ("words", "copies-words"),
];
/// How copies come into the books by this form; those of a register of old are taken over with it.
const ORIGINS: [Origin; 6] =
    [Origin::Received, Origin::Made, Origin::Reproduced, Origin::Extract, Origin::Translation, Origin::Found];

/// The fields with their labels.
pub(super) fn labels(say: Voice<'_>) -> [(&'static str, String); 10] {
    FIELDS.map(|(name, key)| (name, say.t(key)))
}

/// Puts a refusal beside the field that it is about.
pub(super) fn place(say: Voice<'_>, refusal: &Refusal, wrong: &mut Wrong) {
    let field = match refusal.field {
        Some("copies") => "numbers",
        Some(field) => field,
        None => "",
    };
    match FIELDS.iter().find(|(name, _)| *name == field) {
        Some((field, _)) => wrong.on(say, field, refusal),
        None => wrong.whole.push(refusal.clone()),
    }
}

/// The act that was typed; none: something is wrong with it.
pub(super) async fn act(
    say: Voice<'_>,
    app: &App,
    reading: &mut Reading,
    entry: &EntryView,
    sent: &Sent,
    wrong: &mut Wrong,
) -> Result<Option<Act>, WebError> {
    let mut settle = |field: &'static str, refusal: &Refusal| wrong.on(say, field, refusal);
    let origin = ORIGINS.into_iter().find(|origin| origin.as_str() == sent.get("origin"));
    let medium = Medium::ALL.into_iter().find(|medium| medium.as_str() == sent.get("medium"));
    for (field, chosen) in [("origin", origin.is_some()), ("medium", medium.is_some())] {
        if !chosen {
            let code = if sent.get(field).is_empty() { Code::Required } else { Code::NotOffered };
            settle(field, &code.into());
        }
    }
    let numbers = numbers(sent.get("numbers")).map_err(|refusal| settle("numbers", &refusal)).ok();
    let of = count(sent.get("of"), Code::CopyNumber).map_err(|refusal| settle("of", &refusal)).ok();
    let pages = count(sent.get("pages"), Code::NotOffered).map_err(|refusal| settle("pages", &refusal)).ok();
    let at = typed_moment(reading, &app.texts, "at", sent.get("at"));
    let at = at.map_err(|refusal| settle("at", &refusal)).ok();
    let container = container(sent).map_err(|refusal| settle("container", &refusal)).ok();
    let from = match made_from(reading, entry.registry, sent.get("from")).await? {
        Ok(from) => Some(from),
        Err(refusal) => {
            settle("from", &refusal);
            None
        }
    };
    let (Some(origin), Some(medium), Some(numbers)) = (origin, medium, numbers) else { return Ok(None) };
    let (Some(of), Some(pages), Some(at), Some(container), Some(from)) = (of, pages, at, container, from)
    else {
        return Ok(None);
    };
    Ok(Some(Act::Record {
        document: entry.document,
        origin,
        from,
        copies: numbers.into_iter().map(|number| Numbered { number, pages, medium }).collect(),
        of,
        container,
        shelf: sent.get("shelf").to_owned(),
        at,
        words: sent.get("words").to_owned(),
    }))
}

/// The numbers of copies as they are typed: `1-6, 9`.
fn numbers(typed: &str) -> Result<Vec<u32>, Refusal> {
    let mut numbers = Vec::new();
    let parts = typed.split([',', ';', ' ', '\n', '\t', '\u{a0}']).map(str::trim);
    // A dash with room about it parts nothing.
    for part in joined(parts) {
        let odd = || Refusal::on("copies", Code::CopyNumber).with("number", &part);
        let (first, last) = part.split_once('-').unwrap_or((part.as_str(), part.as_str()));
        let (first, last) = (figures(first).ok_or_else(odd)?, figures(last).ok_or_else(odd)?);
        if last < first {
            return Err(odd());
        }
        let room = u32::try_from(MANY.saturating_sub(numbers.len())).unwrap_or(0);
        if last - first >= room {
            return Err(Refusal::on("copies", Code::TooLong).with("limit", MANY));
        }
        numbers.extend(first..=last);
    }
    if numbers.is_empty() { Err(Refusal::on("copies", Code::Required)) } else { Ok(numbers) }
}

/// The parts of a row of numbers, those with a dash between them as one.
fn joined<'a>(parts: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut whole: Vec<String> = Vec::new();
    for part in parts.filter(|part| !part.is_empty()) {
        let part = part.replace(['–', '‑'], "-");
        match whole.last_mut() {
            Some(last) if part.starts_with('-') || last.ends_with('-') => last.push_str(&part),
            _ => whole.push(part),
        }
    }
    whole
}

fn figures(text: &str) -> Option<u32> {
    let plain = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if plain { text.parse().ok() } else { None }
}

/// How many, where it is typed; `code` says that it is no number.
fn count(typed: &str, code: Code) -> Result<Option<u32>, Refusal> {
    match typed.trim() {
        "" => Ok(None),
        text => figures(text).map(Some).ok_or_else(|| Refusal::new(code).with("number", text)),
    }
}

/// The copy from which others are made, by its name.
async fn made_from(
    reading: &mut Reading,
    registry: RegistryId,
    typed: &str,
) -> Result<Result<Option<CopyId>, Refusal>, WebError> {
    if typed.trim().is_empty() {
        return Ok(Ok(None));
    }
    match reading.copies_named(registry, typed).await {
        Ok(rows) => Ok(Ok(rows.first().map(|row| row.view.copy.id))),
        Err(Failure::Refused(refusal)) => Ok(Err(refusal)),
        Err(failure) => Err(failure.into()),
    }
}

/// The form.
pub(super) fn form_of(
    say: Voice<'_>,
    signed: &Signed,
    path: &str,
    subject: &Subject,
    sent: &Sent,
    wrong: &Wrong,
    labels: &[(&'static str, String)],
) -> Markup {
    let field = |name: &'static str| labelled(labels, name).value(sent.get(name)).error(wrong.at(name));
    let chosen = |name: &str, usual: &str| match sent.get(name) {
        "" => usual.to_owned(),
        own => own.to_owned(),
    };
    let came = subject.entry.direction == Direction::Incoming;
    let usual = if came { Origin::Received } else { Origin::Made };
    let origins =
        ORIGINS.map(|one| (one.as_str().to_owned(), say.t(&format!("copies-origin-{}", one.as_str()))));
    let media =
        Medium::ALL.map(|one| (one.as_str().to_owned(), say.t(&format!("copies-medium-{}", one.as_str()))));
    let places = places(say, &subject.containers);
    let hints =
        ["copies-numbers-hint", "copies-of-hint", "copies-from-hint", "copies-shelf-hint", "copies-at-hint"]
            .map(|k| say.t(k));
    let [numbers, of, from, shelf, at] = &hints;
    let go = say.t("copies-number-go");
    let (origin, medium) = (chosen("origin", usual.as_str()), chosen("medium", Medium::Paper.as_str()));
    let at_first = chosen("container", DESK);
    let frame = Form {
        action: path,
        token: Some(&signed.form_token),
        command: Some(sent.get("command")),
        files: false,
        guard: true,
    };
    form(
        frame,
        &html! {
            (field("origin").value(&origin).width(Width::Medium).select(say, &marking_form::choices(&origins)))
            div.pair {
                (field("numbers").hint(numbers).text(say))
                (field("of").hint(of).optional().text(say))
            }
            div.pair {
                (field("pages").optional().text(say))
                (field("medium").value(&medium).select(say, &marking_form::choices(&media)))
            }
            (field("from").hint(from).optional().width(Width::Medium).text(say))
            div.pair {
                (field("container").value(&at_first).select(say, &marking_form::choices(&places)))
                (field("shelf").hint(shelf).optional().text(say))
            }
            (field("at").hint(at).optional().width(Width::Medium).text(say))
            (field("words").optional().long(say, 2))
            (buttons(&[Button::main(&go).key(SEND)]))
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_they_are_typed() {
        assert_eq!(numbers("1-6, 9"), Ok(vec![1, 2, 3, 4, 5, 6, 9]));
        assert_eq!(numbers(" 3 ; 4\n7 – 8"), Ok(vec![3, 4, 7, 8]));
        assert_eq!(numbers("1-1000").map(|all| all.len()), Ok(1_000));
        for (typed, code) in [
            ("", Code::Required),
            (" , ", Code::Required),
            ("six", Code::CopyNumber),
            ("6-1", Code::CopyNumber),
            ("-3", Code::CopyNumber),
            ("1-2-3", Code::CopyNumber),
            ("1-4294967295", Code::TooLong),
            ("1-1000, 1001", Code::TooLong),
        ] {
            assert_eq!(numbers(typed).map_err(|refusal| refusal.code), Err(code), "{typed}");
        }
    }
}
