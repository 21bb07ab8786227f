//! A certificate of destruction as it is read, signed and printed: which copies, by which method, who signed as what and when.
//! Like a receipt it names copies and references, never a subject.

use axum::{
    extract::{Path, Query},
    response::Response,
};
use maud::{Markup, html};
use office::{Reading, custody::CertificateRow, texts::Voice};
use registry::{Refusal, custody::fact::Hand};

use super::{State, address, hand, hands};
use crate::{
    answer::WebError,
    app::App,
    frame::{self, Sheet},
    look::{
        Button, Choice, Fact, Form, Section, Width, button, buttons, card, facts, form, heading_with_acts,
        reference, summary,
    },
    pages::{
        custody::{
            common::{Part, way},
            lists::{Asking, bare},
            told::{self, Told},
        },
        proving, shown,
        visit::{Sent, Visit, Wrong, done, id, labelled},
    },
    signed::Signed,
    words::registry_name,
};

/// The fields of the forms with the keys of their labels.
pub(super) const FIELDS: [(&str, &str); 4] = [
    ("hand", "destruction-hand"),
    ("number", "destruction-type-number"),
    ("password", "prove-password"),
    ("words", "destruction-why"),
];

/// What was sent to the page, and what is wrong with it.
#[derive(Debug, Default)]
pub(super) struct Said {
    pub sent: Sent,
    pub wrong: Wrong,
    /// The number of the certificate was not typed as it stands there.
    pub other_number: bool,
    /// Who sits here is to be proven once more.
    pub prove: Option<Refusal>,
}

/// The page.
pub async fn certificate(
    visit: Visit,
    Path(certificate): Path<String>,
    Query(asking): Query<Asking>,
) -> Result<Response, WebError> {
    let Visit { app, signed, asked, mut reading, .. } = visit;
    let say = asked.voice_for(&app, &reading);
    let row = reading.certificate(id(&certificate)?).await?;
    Ok(page(say, &app, &reading, &signed, &row, &Said::default(), &asking.done))
}

pub(super) fn page(
    say: Voice<'_>,
    app: &App,
    reading: &Reading,
    signed: &Signed,
    row: &CertificateRow,
    said: &Said,
    did: &str,
) -> Response {
    let labels = FIELDS.map(|(name, key)| (name, say.t(key)));
    let number = row.view.certificate.text();
    let title = say.tr("destruction-title", &[("number", number.as_str().into())]);
    let other = say.tr("destruction-type-wrong", &[("number", number.as_str().into())]);
    let command = app.office.new_command().to_string();
    let proof = said.prove.as_ref().map(|refusal| proving::said(say, refusal));
    let (form, file) = (say.t("paper-pdf"), format!("{}/certificate.pdf", address(row)));
    let pdf = Button::plain(&form).to(&file);
    let body = html! {
        (said.wrong.shown(say, &labels))
        @if let Some(proof) = &proof { (proof.shown(say, &labels)) }
        @if said.other_number { (summary(say, &[("number", &say.t("destruction-type-number"), &other)])) }
        (way(say, reading, row.registry, (Part::Destruction, "destruction-list-title")))
        (heading_with_acts(&title, &html! { (State::of(&row.view).chip(say)) }, &[pdf]))
        div.cols {
            div.stack {
                (card(&say.t("destruction-card"), &html! {
                    div.stack { (about(say, reading, row)) (copies(say, reading, row)) }
                }))
                (card(&say.t("copies-signatures"), &signatures(say, reading, row)))
            }
            aside.stack.screen-only {
                @if State::of(&row.view) == State::Waits {
                    (sign_form(say, reading, signed, row, said, &labels, &command))
                    @if reading.viewer().handles(row.registry) {
                        (withdraw_form(say, signed, row, said, &labels, &app.office.new_command().to_string()))
                    }
                } @else {
                    p.quiet { (say.t("destruction-print")) }
                }
            }
        }
    };
    let marks = bare(reading, &row.entries);
    let path = address(row);
    let sheet = Sheet {
        shown: marks.iter().collect(),
        undetermined: shown::any_undetermined(row.entries.iter().map(|entry| &**entry)),
        notices: done(say, did),
        ..Sheet::plain(&title, &path, Some(Section::Custody), body)
    };
    frame::page(say, reading, &signed.form_token, sheet)
}

fn about(say: Voice<'_>, reading: &Reading, row: &CertificateRow) -> Markup {
    let view = &row.view;
    let heads = [
        "copies-certificate",
        "column-registry",
        "destruction-method",
        "copies-drawn-on",
        "destruction-drawn-by",
        "destruction-ended",
        "destruction-why",
    ]
    .map(|key| say.t(key));
    let [number, registry, method, drawn, by, ended, why] = &heads;
    let moment = |at: registry::Timestamp| html! { time datetime=(at) { (shown::moment(say, reading, at)) } };
    let mut list = vec![
        Fact { label: number, value: reference(&view.certificate.text()) },
        Fact { label: registry, value: html! { (registry_name(reading, row.registry, say)) } },
        Fact { label: method, value: html! { (view.certificate.method) } },
        Fact { label: drawn, value: moment(view.drawn_at) },
        Fact { label: by, value: html! { (row.drawn_by) } },
    ];
    if let Some(at) = view.ended_at {
        list.push(Fact { label: ended, value: html! { (State::of(view).words(say)) ", " (moment(at)) } });
    }
    if let Some(words) = &view.withdrawn {
        list.push(Fact { label: why, value: html! { (words) } });
    }
    facts(&list)
}

/// The copies: by name, reference, marking and pages.
fn copies(say: Voice<'_>, reading: &Reading, row: &CertificateRow) -> Markup {
    let name = Told::name(reading.viewer().handles(row.registry));
    let told = [name, Told::Reference, Told::Date, Told::Marking, Told::Pages, Told::State];
    told::copies(say, reading, &say.t("destruction-what"), &told, &row.view.copies, &row.entries)
}

/// Who signed as what and when; whose signature is missing.
fn signatures(say: Voice<'_>, reading: &Reading, row: &CertificateRow) -> Markup {
    let labels: Vec<(Hand, String)> = hands(row).into_iter().map(|one| (one, hand(say, one))).collect();
    let list: Vec<Fact<'_>> = labels
        .iter()
        .map(|(as_whom, label)| {
            let signed = row.view.signed.iter().zip(&row.signed).find(|((one, ..), _)| one == as_whom);
            let value = html! {
                @match signed {
                    Some(((_, _, at), name)) => {
                        strong { (name) } ", " time datetime=(at) { (shown::moment(say, reading, *at)) }
                    },
                    None => span.quiet { (say.t("destruction-unsigned")) },
                }
            };
            Fact { label, value }
        })
        .collect();
    html! {
        (facts(&list))
        p.quiet { (say.t("destruction-declared")) }
    }
}

/// As whom the reader may sign now.
fn may_sign(reading: &Reading, row: &CertificateRow) -> Vec<Hand> {
    let own = reading.person().id;
    let staff = reading.viewer().handles(row.registry);
    if row.view.signed.iter().any(|(_, person, _)| *person == own) {
        return Vec::new();
    }
    let open = |one: &Hand| row.view.signed.iter().all(|(signed, ..)| signed != one);
    hands(row).into_iter().filter(open).filter(|one| staff || *one == Hand::Witness).collect()
}

/// Whether one more signature ends the copies.
pub(super) fn is_last(row: &CertificateRow) -> bool {
    row.view.signed.len() + 1 == row.view.certificate.signatures()
}

fn sign_form(
    say: Voice<'_>,
    reading: &Reading,
    signed: &Signed,
    row: &CertificateRow,
    said: &Said,
    labels: &[(&'static str, String)],
    fresh: &str,
) -> Markup {
    let offered = may_sign(reading, row);
    let title = say.t("destruction-sign");
    if offered.is_empty() {
        return card(&title, &html! { p.quiet { (say.t("destruction-signed-by-you")) } });
    }
    let own = said.sent.get("form") == "sign";
    let field = |name: &'static str| {
        let typed = if own { said.sent.get(name) } else { "" };
        labelled(labels, name).value(typed).error(said.wrong.at(name))
    };
    let words: Vec<(String, String)> =
        offered.iter().map(|one| (one.as_str().to_owned(), hand(say, *one))).collect();
    let choices: Vec<Choice<'_>> = words.iter().map(|(value, label)| Choice::new(value, label)).collect();
    let number = row.view.certificate.text();
    let (hint, other) = (
        say.tr("destruction-type-hint", &[("number", number.as_str().into())]),
        say.tr("destruction-type-wrong", &[("number", number.as_str().into())]),
    );
    let action = format!("{}/sign", address(row));
    let frame = Form {
        action: &action,
        token: Some(&signed.form_token),
        command: Some(if own { said.sent.get("command") } else { fresh }),
        files: false,
        guard: false,
    };
    let go = if is_last(row) { Button::grave(&title) } else { Button::main(&title) };
    let text = if is_last(row) { "destruction-sign-last" } else { "destruction-sign-text" };
    card(
        &title,
        &html! {
            @if said.prove.is_some() { (proving::elsewhere(say, reading, &address(row))) }
            (form(frame, &html! {
                input type="hidden" name="form" value="sign";
                p { (say.t(text)) }
                (field("hand").radios(say, &choices))
                @if is_last(row) {
                    (field("number").hint(&hint).error(said.other_number.then_some(other.as_str())).width(Width::Short).text(say))
                }
                @if let Some(refusal) = &said.prove { (proving::password(say, &proving::said(say, refusal))) }
                div.buttons {
                    (button(&go))
                    @if said.prove.is_some() { (proving::passkey(say, reading)) }
                }
            }))
        },
    )
}

fn withdraw_form(
    say: Voice<'_>,
    signed: &Signed,
    row: &CertificateRow,
    said: &Said,
    labels: &[(&'static str, String)],
    fresh: &str,
) -> Markup {
    let own = said.sent.get("form") == "withdraw";
    let typed = if own { said.sent.get("words") } else { "" };
    let title = say.t("destruction-withdraw");
    let action = format!("{}/withdraw", address(row));
    let frame = Form {
        action: &action,
        token: Some(&signed.form_token),
        command: Some(if own { said.sent.get("command") } else { fresh }),
        files: false,
        guard: false,
    };
    html! {
        details.card.more open[own] {
            summary { (title) }
            (form(frame, &html! {
                input type="hidden" name="form" value="withdraw";
                p.quiet { (say.t("destruction-withdraw-text")) }
                (labelled(labels, "words").value(typed).error(said.wrong.at("words")).long(say, 2))
                (buttons(&[Button::plain(&title)]))
            }))
        }
    }
}
