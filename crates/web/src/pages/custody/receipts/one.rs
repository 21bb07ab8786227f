//! One receipt: what went, to whom, how it stands, what came back. The part that is printed and signed on paper names copies
//! and references, never a subject.

use axum::{
    extract::{Path, Query},
    response::Response,
};
use maud::{Markup, html};
use office::{Reading, custody::DispatchRow, texts::Voice};
use registry::{
    Refusal,
    custody::fact::{Scanned, Signed as How},
};

use super::{
    address,
    form::{OnScreen, due, fields, is_his, on_screen},
    state, traced,
};
use crate::{
    answer::WebError,
    app::App,
    frame::{self, Sheet},
    look::{
        Button, Event, Fact, Form, Section, Width, button, buttons, card, facts, form, heading_with_acts,
        reference, timeline,
    },
    pages::{
        custody::{
            books,
            common::{Part, holder, way},
            lists::{Asking, bare},
            told::{self, Told},
        },
        shown,
        visit::{Sent, Visit, Wrong, done, id, labelled},
    },
    signed::Signed,
    words::registry_name,
};

/// Most copies that are named in an address.
const IN_ADDRESS: usize = 40;
/// The fields of the staff's forms with the keys of their labels.
pub(super) const FIELDS: [(&str, &str); 4] = [
    ("by", "receipt-signed-by"),
    ("at", "receipt-signed-at"),
    ("content", "receipt-scan"),
    ("words", "receipt-trace-words"),
];

/// What was sent to the page, and what is wrong with it.
#[derive(Debug, Default)]
pub(super) struct Said {
    pub sent: Sent,
    pub wrong: Wrong,
    pub refusal: Option<Refusal>,
}

/// The page.
pub async fn receipt(
    visit: Visit,
    Path(dispatch): Path<String>,
    Query(asking): Query<Asking>,
) -> Result<Response, WebError> {
    let Visit { app, signed, asked, mut reading, .. } = visit;
    let say = asked.voice_for(&app, &reading);
    let row = reading.dispatch(id(&dispatch)?).await?;
    page(say, &app, &mut reading, &signed, &row, &Said::default(), &asking.done).await
}

pub(super) async fn page(
    say: Voice<'_>,
    app: &App,
    reading: &mut Reading,
    signed: &Signed,
    row: &DispatchRow,
    said: &Said,
    did: &str,
) -> Result<Response, WebError> {
    let history = history(say, reading, row).await?;
    let staff = reading.viewer().handles(row.registry);
    let package = if staff { books::package_of(say, reading, row).await? } else { None };
    let labels = FIELDS.map(|(name, key)| (name, say.t(key)));
    let (title, path) = (row.view.dispatch.receipt(), address(row));
    let waits = due(row).len();
    let body = html! {
        (said.wrong.shown(say, &labels))
        (way(say, reading, row.registry, (Part::Receipts, "receipt-list-title")))
        (heading_with_acts(&say.tr("receipt-title", &[("receipt", title.as_str().into())]), &html! {
            span.screen-only { (state(say, row.late)) }
            @if waits > 0 && waits < row.view.copies.len() {
                p { (say.tr("receipt-still-due", &[("n", waits.into()), ("of", row.view.copies.len().into())])) }
            }
        }, &[Button::plain(&say.t("paper-pdf")).to(&format!("{path}/receipt.pdf"))]))
        div.cols {
            div.stack {
                (card(&say.t("receipt-card"), &html! {
                    div.stack { (about(say, reading, row, package)) (copies(say, reading, row, staff)) (on_paper(say)) }
                }))
            }
            aside.stack.screen-only {
                (acts(say, app, reading, signed, row, said, &labels))
                (card(&say.t("receipt-history"), &history))
            }
        }
    };
    let marks = bare(reading, &row.entries);
    let sheet = Sheet {
        shown: marks.iter().collect(),
        undetermined: shown::any_undetermined(row.entries.iter().map(|entry| &**entry)),
        notices: done(say, did),
        ..Sheet::plain(&title, &path, Some(Section::Custody), body)
    };
    Ok(frame::page(say, reading, &signed.form_token, sheet))
}

/// What the receipt says of the dispatch.
fn about(say: Voice<'_>, reading: &Reading, row: &DispatchRow, package: Option<Markup>) -> Markup {
    let dispatch = &row.view.dispatch;
    let heads = [
        "copies-receipt",
        "receipt-from",
        "copies-to",
        "copies-sent-on",
        "receipt-sender",
        "copies-bearer",
        "book-package",
        "copies-back-by",
    ]
    .map(|key| say.t(key));
    let [number, from, to, sent, sender, bearer, within, back] = &heads;
    let mut list = vec![
        Fact { label: number, value: reference(&dispatch.receipt()) },
        Fact { label: from, value: html! { (registry_name(reading, row.registry, say)) } },
        Fact { label: to, value: html! { (holder(say, reading, &row.to)) } },
        Fact {
            label: sent,
            value: html! { time datetime=(dispatch.at) { (shown::moment(say, reading, dispatch.at)) } },
        },
        Fact { label: sender, value: html! { (row.sent_by) } },
    ];
    if let Some(name) = &dispatch.bearer {
        list.push(Fact { label: bearer, value: html! { (name) } });
    }
    if let Some(back_by) = dispatch.back_by {
        list.push(Fact { label: back, value: html! { (say.date(back_by)) } });
    }
    list.extend(package.map(|value| Fact { label: within, value }));
    facts(&list)
}

/// The copies that went: by name, reference, date and pages.
fn copies(say: Voice<'_>, reading: &Reading, row: &DispatchRow, staff: bool) -> Markup {
    let told = [Told::name(staff), Told::Reference, Told::Date, Told::Pages];
    told::copies(say, reading, &say.t("receipt-what"), &told, &row.view.copies, &row.entries)
}

/// Where one signs on the sheet; on the screen, that the page can be printed.
fn on_paper(say: Voice<'_>) -> Markup {
    html! {
        p.quiet.screen-only { (say.t("receipt-print")) }
        div.on-paper {
            p { (say.t("receipt-paper-text")) }
            @for key in ["receipt-paper-name", "receipt-paper-date", "receipt-paper-signature"] {
                p.blank { (say.t(key)) }
            }
        }
    }
}

/// What the reader can do about it.
fn acts(
    say: Voice<'_>,
    app: &App,
    reading: &Reading,
    signed: &Signed,
    row: &DispatchRow,
    said: &Said,
    labels: &[(&'static str, String)],
) -> Markup {
    if row.late.is_none() {
        return html! {};
    }
    let (his, staff) = (is_his(reading, row), reading.viewer().handles(row.registry));
    let command = || app.office.new_command().to_string();
    let screen = OnScreen {
        signed,
        back: "receipt",
        sent: &said.sent,
        refusal: said.refusal.as_ref(),
        command: command(),
    };
    html! {
        @if his { (card(&say.t("receipt-sign-title"), &on_screen(say, row, &screen))) }
        @if staff && !his { (paper_form(say, signed, row, said, labels, &command())) }
        @if staff {
            (trace_form(say, signed, row, said, labels, &command()))
            (elsewhere(say, reading, row))
        }
    }
}

/// The command of the form that was sent; of another form, a new one.
fn command_of<'a>(said: &'a Said, form: &str, fresh: &'a str) -> &'a str {
    if said.sent.get("form") == form { said.sent.get("command") } else { fresh }
}

/// The receipt has come back on paper.
fn paper_form(
    say: Voice<'_>,
    signed: &Signed,
    row: &DispatchRow,
    said: &Said,
    labels: &[(&'static str, String)],
    fresh: &str,
) -> Markup {
    let field =
        |name: &'static str| labelled(labels, name).value(said.sent.get(name)).error(said.wrong.at(name));
    let [title, go, hint, scan] =
        ["receipt-paper", "receipt-paper-go", "copies-at-hint", "receipt-scan-hint"].map(|key| say.t(key));
    let action = format!("{}/paper", address(row));
    let frame = Form {
        action: &action,
        token: Some(&signed.form_token),
        command: Some(command_of(said, "paper", fresh)),
        files: true,
        guard: true,
    };
    card(
        &title,
        &form(
            frame,
            &html! {
                input type="hidden" name="form" value="paper";
                (field("by").width(Width::Medium).text(say))
                (field("at").hint(&hint).optional().width(Width::Medium).text(say))
                (labelled(labels, "content").hint(&scan).error(said.wrong.at("content")).optional().file(say, false))
                (fields(say, row, &said.sent, said.refusal.as_ref()))
                (buttons(&[Button::main(&go)]))
            },
        ),
    )
}

/// Asking once more for the receipt.
fn trace_form(
    say: Voice<'_>,
    signed: &Signed,
    row: &DispatchRow,
    said: &Said,
    labels: &[(&'static str, String)],
    fresh: &str,
) -> Markup {
    let own = said.sent.get("form") == "trace";
    let typed = if own { said.sent.get("words") } else { "" };
    let [title, hint] = ["receipt-trace", "receipt-trace-hint"].map(|key| say.t(key));
    let action = format!("{}/trace", address(row));
    let frame = Form {
        action: &action,
        token: Some(&signed.form_token),
        command: Some(command_of(said, "trace", fresh)),
        files: false,
        guard: false,
    };
    html! {
        details.card.more open[own] {
            summary { (title) }
            (form(frame, &html! {
                input type="hidden" name="form" value="trace";
                (labelled(labels, "words").value(typed).error(said.wrong.at("words")).hint(&hint).optional().long(say, 2))
                (buttons(&[Button::plain(&title)]))
            }))
        }
    }
}

/// What else may have become of them: they came back, or nobody knows where they are.
fn elsewhere(say: Voice<'_>, reading: &Reading, row: &DispatchRow) -> Markup {
    let code = reading.house.registry(row.registry).map(|r| r.code.clone()).unwrap_or_default();
    let names: Vec<String> =
        due(row).iter().map(|view| format!("&copies={}", frame::escaped(&view.name()))).collect();
    if names.len() > IN_ADDRESS {
        return html! {};
    }
    let to = |act: &str| format!("/custody/do/{act}?registry={}{}", frame::escaped(&code), names.concat());
    let (back, missing) = (say.t("receipt-came-back"), say.t("receipt-missing"));
    card(
        &say.t("receipt-otherwise"),
        &html! {
            div.buttons {
                (button(&Button::plain(&back).to(&to("keep"))))
                (button(&Button::plain(&missing).to(&to("miss"))))
            }
        },
    )
}

/// Something that happened, with the words for it.
struct Happened {
    what: Markup,
    when: String,
    datetime: String,
    detail: Option<Markup>,
}

/// What happened to it, the newest first.
async fn history(say: Voice<'_>, reading: &mut Reading, row: &DispatchRow) -> Result<Markup, WebError> {
    let mut happened = Vec::new();
    let names: Vec<_> = row.view.copies.iter().map(|view| (view.copy.id, view.name())).collect();
    let called = |id| names.iter().find(|(copy, _)| *copy == id).map_or("", |(_, name)| name.as_str());
    for (place, (receipt, written, actor)) in row.view.receipts.iter().enumerate() {
        let actor = reading.name_of(*actor).await?.unwrap_or_default();
        let by = match (&receipt.by, receipt.signed) {
            (Some(by), How::Paper) => say.tr("receipt-was-paper", &[("name", by.as_str().into())]),
            _ => say.tr("receipt-was-screen", &[("name", actor.as_str().into())]),
        };
        let what = html! {
            (by) " " (say.tr("receipt-was-for", &[("n", receipt.copies.len().into())]))
            @for wrong in &receipt.discrepancies {
                div { (reference(called(wrong.copy))) (say.t("colon")) " " (wrong.words) }
            }
            @if let Some(scanned) = &receipt.scanned { (scan(say, row, place + 1, scanned)) }
        };
        let when = shown::moment(say, reading, *written);
        let detail = (receipt.signed == How::Paper).then(|| {
            html! {
                (say.tr("receipt-written-by", &[("name", actor.as_str().into()), ("when", when.into())]))
            }
        });
        happened.push(at(say, reading, receipt.at, what, detail));
    }
    if let (Some(last), Some(words)) = (row.view.traced_at, traced(say, reading, row)) {
        happened.push(at(say, reading, last, html! { (words) }, None));
    }
    happened.push(at(say, reading, row.view.dispatch.at, html! { (say.t("receipt-was-sent")) }, {
        Some(html! { (row.sent_by) })
    }));
    happened.sort_by(|one, other| other.datetime.cmp(&one.datetime));
    let events: Vec<Event<'_>> = happened
        .iter()
        .enumerate()
        .map(|(place, one)| Event {
            what: one.what.clone(),
            when: &one.when,
            datetime: Some(&one.datetime),
            detail: one.detail.clone(),
            now: place == 0,
        })
        .collect();
    Ok(timeline(&events))
}

/// The scan of a receipt: a picture in its place, a PDF to be taken.
fn scan(say: Voice<'_>, row: &DispatchRow, place: usize, scanned: &Scanned) -> Markup {
    let href = format!("{}/scans/{place}", address(row));
    let words = say.t("receipt-scan");
    html! {
        div {
            @if scanned.media_type == "application/pdf" {
                a href=(href) download { (words) " (PDF)" }
            } @else {
                a href=(href) { img.scan src=(href) alt=(words); }
            }
        }
    }
}

fn at(
    say: Voice<'_>,
    reading: &Reading,
    moment: registry::Timestamp,
    what: Markup,
    detail: Option<Markup>,
) -> Happened {
    Happened { what, when: shown::moment(say, reading, moment), datetime: moment.to_string(), detail }
}
