//! Two versions of a document compared, for those who may read it: what was taken out and what was put in, told by more
//! than colour, and whole paragraphs that stand in both folded up.

use axum::{
    extract::{Path, Query},
    response::Response,
};
use maud::{Markup, html};
use office::{
    Reading,
    compare::{Change, Comparison, Paragraph, compare},
    texts::Voice,
};
use registry::{Code, DocumentId};
use serde::Deserialize;
use store::visible::{DocumentView, InsideView};

use crate::{
    answer::WebError,
    frame::{self, Sheet},
    look::{Button, Crumb, Empty, Field, Section, Width, button, card, crumbs, empty, heading, reference},
    pages::{
        marking_form, shown,
        visit::{Visit, id},
    },
    words,
};

/// More paragraphs in a row that stand in both than this are folded up.
const FOLDED: usize = 4;

/// Which versions.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asking {
    from: String,
    to: String,
}

/// The choice of two versions, where there are two.
pub fn choice(say: Voice<'_>, document: DocumentId, inside: &InsideView, from: u32, to: u32) -> Markup {
    if inside.versions.len() < 2 {
        return html! {};
    }
    let versions: Vec<(String, String)> = inside
        .versions
        .iter()
        .map(|v| (v.number.to_string(), say.tr("document-version", &[("n", v.number.into())])))
        .collect();
    let (older, newer, go) = (say.t("compare-from"), say.t("compare-to"), say.t("compare-go"));
    let (from, to) = (from.to_string(), to.to_string());
    html! {
        form.form method="get" action={ "/documents/" (document) "/compare" } {
            div.pair {
                (Field::new("from", &older).value(&from).width(Width::Medium).select(say, &marking_form::choices(&versions)))
                (Field::new("to", &newer).value(&to).width(Width::Medium).select(say, &marking_form::choices(&versions)))
            }
            (button(&Button::plain(&go)))
        }
    }
}

/// The page.
pub async fn page(
    visit: Visit,
    Path(document): Path<String>,
    Query(asking): Query<Asking>,
) -> Result<Response, WebError> {
    let Visit { app, signed, asked, path, mut reading } = visit;
    let say = asked.voice_for(&app, &reading);
    let document: DocumentId = id(&document)?;
    let view = reading.document(document).await?.into_inner();
    let inside = view.inside.clone().ok_or_else(|| WebError::page(Code::NotFound))?;
    let newest = inside.versions.first().map_or(0, |v| v.number);
    let to = asking.to.parse().unwrap_or(newest);
    let from = asking.from.parse().unwrap_or_else(|_| to.saturating_sub(1).max(1));
    if ![from, to].iter().all(|n| inside.versions.iter().any(|v| v.number == *n)) {
        return Err(WebError::page(Code::NotFound));
    }
    let (old, new) = (text(&mut reading, &view, from).await?, text(&mut reading, &view, to).await?);
    let cut = [&old, &new].iter().any(|text| text.as_ref().is_some_and(|text| text.1));
    let compared = match (old, new) {
        (Some((old, _)), Some((new, _))) => {
            // It may take a moment for long texts.
            let made = tokio::task::spawn_blocking(move || compare(&old, &new)).await;
            Some(made.map_err(|e| WebError::from(store::StoreError::damaged(e)))?)
        }
        _ => None,
    };
    let own = format!("/documents/{document}");
    let title = say.tr("compare-title", &[("from", from.into()), ("to", to.into())]);
    let refused_print = reading.is_accountable(view.entry.label.as_ref());
    let body = html! {
        (crumbs(say, &[Crumb { label: &say.t("register-title"), href: "/register" }, Crumb { label: &view.entry.reference, href: &own }]))
        (heading(&title, &html! {
            (reference(&view.entry.reference))
            (shown::marking(say, &reading.house, &view.entry))
            @if let Some(subject) = &view.entry.subject { p { (subject) } }
        }))
        (choice(say, document, &inside, from, to))
        @if refused_print { p.print-refused { (say.t("record-print-refused")) } }
        div.accountable[refused_print] {
            @match &compared {
                None => div.card.list { (empty(&Empty { title: &say.t("compare-no-text"), would: &say.t("compare-no-text-would"), begin: None })) },
                Some(compared) if compared.is_same() => p.notice { (say.t("compare-same")) },
                Some(compared) => (card(&say.t("compare-found"), &differences(say, &view, compared))),
            }
        }
        @if cut || compared.as_ref().is_some_and(|c| c.cut) { p.foot.quiet { (say.t("compare-cut")) } }
    };
    let sheet = Sheet {
        shown: view.entry.label.iter().collect(),
        undetermined: view.entry.label.is_none(),
        ..Sheet::plain(&title, &path, Some(Section::Register), body)
    };
    Ok(frame::page(say, &reading, &signed.form_token, sheet))
}

async fn text(
    reading: &mut Reading,
    view: &DocumentView,
    version: u32,
) -> Result<Option<(String, bool)>, WebError> {
    let before = reading.opens(view, version).await?;
    Ok(reading.text_of(view, &before).await?.map(|shown| (shown.text, shown.cut)))
}

fn differences(say: Voice<'_>, view: &DocumentView, compared: &Comparison) -> Markup {
    let language = words::document_language(view.entry.language.as_deref(), say);
    let foreign = (language != say.language()).then(|| language.tag());
    let mut runs: Vec<&[Paragraph]> = Vec::new();
    for run in compared.paragraphs.chunk_by(|a, b| a.is_same() == b.is_same()) {
        runs.push(run);
    }
    html! {
        p.quiet { (say.t("compare-signs")) }
        div.compared lang=[foreign] {
            @for run in runs {
                @if run.first().is_some_and(Paragraph::is_same) && run.len() > FOLDED {
                    details.more {
                        summary lang=(say.language().tag()) { (say.tr("compare-folded", &[("n", run.len().into())])) }
                        @for one in run { (paragraph(say, one)) }
                    }
                } @else {
                    @for one in run { (paragraph(say, one)) }
                }
            }
        }
    }
}

fn paragraph(say: Voice<'_>, one: &Paragraph) -> Markup {
    let sign = match (one.old, one.new, one.is_same()) {
        (_, _, true) => "",
        (None, _, _) => "+",
        (_, None, _) => "−",
        _ => "±",
    };
    let (put_in, taken_out) = (say.t("compare-in"), say.t("compare-out"));
    html! {
        p.changed[!one.is_same()] {
            span.sign aria-hidden="true" { (sign) }
            @for part in &one.parts {
                @match part.change {
                    Change::Same => (part.text),
                    Change::Inserted => ins { span.unseen { (put_in) " " } (part.text) },
                    Change::Deleted => del { span.unseen { (taken_out) " " } (part.text) },
                }
            }
        }
    }
}
