//! The fields of the form of registration, in their order.

use maud::{Markup, html};
use office::{Reading, relations::Cited, texts::Voice};
use registry::series::Field as Part;

use super::{Around, KINDS, Kept, offered};
use crate::{
    look::{Button, Field, SEND, Width, buttons, reference, reference_link},
    pages::{
        formal,
        marking_form::{self, UNDETERMINED},
        need_to_know, shown,
        visit::{Sent, Wrong, labelled},
    },
    words,
};

/// Most papers of a file's text that the form names.
const CITED: usize = 12;

/// The papers that the file names, each with where it was read; those of the register lead there.
fn cited(say: Voice<'_>, cited: &[Cited]) -> Markup {
    let left = cited.len().saturating_sub(CITED);
    html! {
        @if !cited.is_empty() {
            p.cited {
                (say.t("cites-title")) (say.t("colon")) " "
                @for (n, one) in cited.iter().take(CITED).enumerate() {
                    @if n > 0 { (say.t("semicolon")) " " }
                    @match one.entries.first() {
                        Some(entry) => (reference_link(&one.reference, &shown::address(entry))),
                        None => (reference(&one.reference)),
                    }
                    span.quiet { " " (say.tr("read-line", &[("n", one.line.into())])) }
                }
                @if left > 0 { span.quiet { " " (say.tr("cites-more", &[("n", left.into())])) } }
            }
        }
    }
}

/// The file: one to be chosen, or the one that waits.
fn content(say: Voice<'_>, sent: &Sent, around: &Around<'_>, field: &Field<'_>) -> Markup {
    let read = say.t("form-file-read");
    if around.letter.is_some() {
        return html! {
            input type="hidden" name="item" value=(sent.get("item"));
            @if !around.read.is_empty() {
                p.notice { (say.tr("form-file-proposed", &[("n", around.read.len().into())])) }
            }
            (cited(say, &around.cited))
        };
    }
    html! {
        @if let Some((name, size)) = &around.file {
            div.notice {
                p {
                    strong { (name) } " · " (say.size(*size))
                    div.quiet {
                        @if !around.read.is_empty() {
                            (say.tr("form-file-proposed", &[("n", around.read.len().into())])) " "
                        }
                        (say.t("form-file-waits"))
                    }
                }
                (cited(say, &around.cited))
                input type="hidden" name="stage" value=(sent.get("stage"));
            }
        }
        div.with-button {
            (field.optional().file(say, true))
            button.button type="submit" name="act" value="read" data-action=(read) { (read) }
        }
    }
}

/// The fields in their order, with what was typed, proposed and refused.
pub(super) fn fields(
    say: Voice<'_>,
    reading: &Reading,
    sent: &Sent,
    wrong: &Wrong,
    labels: &[(&'static str, String)],
    around: &Around<'_>,
) -> Markup {
    let field = |name: &'static str| {
        labelled(labels, name).value(sent.get(name)).error(wrong.at(name)).proposal(around.read.at(name, say))
    };
    let registries = words::registry_choices(say, &offered(reading));
    let directions = words::directions(say);
    let kinds: Vec<(String, String)> =
        KINDS.iter().map(|kind| ((*kind).to_owned(), words::kind(say, kind))).collect();
    let languages: Vec<(String, String)> =
        ["en", "fr"].iter().map(|code| ((*code).to_owned(), say.t(&format!("language-{code}")))).collect();
    let hints = [
        "form-file-other",
        "form-file-hint",
        "form-held-hint",
        "form-one-a-line",
        "form-subject-hint",
        "form-reference-hint",
    ]
    .map(|key| say.t(key));
    let [again, file, held, each, subject, theirs] = &hints;
    let (needed, listed) = (say.t("form-groups-hint"), say.t("form-persons-hint"));
    // A browser never gives back a file by itself.
    let file = if around.file.is_none() { file } else { again };
    let (register, cancel) = (say.t("form-submit"), say.t("form-cancel"));
    html! {
        // What Enter in a field does is what the last button does, not the first.
        button.unseen type="submit" tabindex="-1" aria-hidden="true" {}
        div.pair {
            (field("registry").select(say, &marking_form::choices(&registries)))
            (field("kind").select(say, &marking_form::choices(&kinds)))
        }
        (field("direction").radios(say, &marking_form::choices(&directions)))
        (content(say, sent, around, &field("content").hint(file)))
        (field("held_elsewhere").hint(held).optional().text(say))
        (field("subject").hint(subject).long(say, 2))
        div.pair {
            (field("date").optional().date(say))
            (field("language").select(say, &marking_form::choices(&languages)))
        }
        div.pair {
            (field("originator").optional().text(say))
            (field("originator_reference").hint(theirs).optional().text(say))
        }
        div.pair {
            (field("action").hint(each).optional().long(say, 2))
            (field("info").hint(each).optional().long(say, 2))
        }
        (field("references").hint(each).optional().long(say, 2))
        (formal::fields(say, sent, &field))
        (thread(say, sent, around, &field))
        (numbers(say, reading, sent, around.kept, &field))
        (marking(say, reading, sent, &field))
        (need_to_know::groups(say, &reading.house, sent, &field("group").hint(&needed).optional()))
        // Names are told to those who control a registry, and to nobody else.
        @if offered(reading).iter().any(|r| reading.may_ask_why(r.id)) {
            (field(need_to_know::PERSONS).hint(&listed).optional().long(say, 2))
        }
        (buttons(&[Button::main(&register).key(SEND), Button::plain(&cancel).to("/register")]))
    }
}

/// Which paper a message answers, and the files in which that one is: where one is known, or was typed.
fn thread<'a>(
    say: Voice<'_>,
    sent: &Sent,
    around: &Around<'_>,
    field: &dyn Fn(&'static str) -> Field<'a>,
) -> Markup {
    let Some(letter) = &around.letter else {
        return html! { @if !sent.get("reply_to").is_empty() { (field("reply_to").optional().text(say)) } };
    };
    let files: Vec<(String, String)> =
        letter.files().iter().map(|(file, name)| (file.to_string(), name.clone())).collect();
    let hint = say.t("form-reply-to-hint");
    html! {
        (field("reply_to").hint(&hint).optional().text(say))
        @if !files.is_empty() {
            (field("file").optional().checks(say, &marking_form::choices(&files), &sent.all("file")))
        }
    }
}

/// The number of a series, where the reader gives any: the next one, or one that is kept.
fn numbers<'a>(
    say: Voice<'_>,
    reading: &Reading,
    sent: &Sent,
    kept: &[Kept],
    field: &dyn Fn(&'static str) -> Field<'a>,
) -> Markup {
    let numbered = reading.numbered_series();
    if numbered.is_empty() {
        return html! {};
    }
    let next = numbered.iter().map(|(series, _)| {
        let words = say.tr("form-number-next", &[("series", series.code.as_str().into())]);
        (format!("next:{}", series.code), words)
    });
    let kept =
        kept.iter().map(|(name, reference, purpose)| (name.clone(), format!("{reference} – {purpose}")));
    let choices: Vec<(String, String)> = kept.chain(next).collect();
    let hint = say.t("form-number-hint");
    let counts = |part: Part| numbered.iter().any(|(series, _)| series.counter.contains(&part));
    let parts = [
        ("division", Part::Division),
        ("paper", Part::Paper),
        ("body", Part::Body),
        ("sub_body", Part::SubBody),
    ];
    let open = parts.iter().any(|(name, _)| !sent.get(name).is_empty());
    html! {
        (field("number").hint(&hint).optional().select(say, &marking_form::choices(&choices)))
        @if parts.iter().any(|(_, part)| counts(*part)) {
            details open[open] {
                summary { (say.t("form-number-parts")) }
                div.pair {
                    @for (name, part) in parts {
                        @if counts(part) { (field(name).optional().width(Width::Short).text(say)) }
                    }
                }
            }
        }
    }
}

fn marking<'a>(
    say: Voice<'_>,
    reading: &Reading,
    sent: &Sent,
    field: &dyn Fn(&'static str) -> Field<'a>,
) -> Markup {
    let policies = &reading.house.policies;
    let Some(policy) = marking_form::policy(policies, sent.get("policy")) else { return html! {} };
    let plain = marking_form::levels(policies, policy, say);
    let mut levels = plain.clone();
    levels.push((UNDETERMINED.to_owned(), say.t("form-undetermined")));
    let as_document = say.t("form-subject-level-hint");
    html! {
        (marking_form::policy_field(say, policies, policy, &say.t("form-policy-hint")))
        div.pair {
            (field("level").select(say, &marking_form::choices(&levels)))
            (field("subject_level").hint(&as_document).optional().select(say, &marking_form::choices(&plain)))
        }
        (marking_form::categories(say, policy, sent))
    }
}
