//! A document: its text, its versions, all that is known of it; or, for those who may only handle it, its entry.

mod about;
mod around;
mod read;
mod versions;

use axum::extract::{Path, Query};
use axum::response::Response;
use maud::{Markup, html};
use office::{Failure, Reading, content::TextShown, own::Opened, texts::Voice};
use registry::{DocumentId, document::ReadingOutcome};
use serde::Deserialize;
use store::visible::{DocumentView, InsideView};

use crate::{
    answer::WebError,
    frame::{self, Sheet},
    look::{
        Crumb, Empty, Fact, Notice, Section, Tab, Tone, card, crumbs, empty, facts, heading, reference, tabs,
    },
    pages::{
        custody::paper,
        filing, quality, record,
        relations::Related,
        shown,
        visit::{Visit, done, id, told as told_words},
        why, working,
    },
    words,
};

use about::{about, corrections};
use around::Around;
use read::read;
use versions::versions;

/// What is asked of the page.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asking {
    tab: String,
    done: String,
}

/// The page of a document.
pub async fn document(
    visit: Visit,
    Path(asked_id): Path<String>,
    Query(asking): Query<Asking>,
) -> Result<Response, WebError> {
    let Visit { app, signed, asked, path, mut reading } = visit;
    let say = asked.voice_for(&app, &reading);
    let document: DocumentId = id(&asked_id)?;
    let view = reading.document(document).await?.into_inner();
    reading.note_opened(Opened::Document(view.entry.registry, document)).await;
    let mut notices = match asking.done.as_str() {
        "registered" => vec![registered(say, &view)],
        other => done(say, other),
    };
    let title = view.entry.subject.clone().unwrap_or_else(|| view.entry.reference.clone());
    let label = match &view.inside {
        Some(_) => view.entry.label.clone(),
        None => shown::shown_of(&reading.house, &view.entry),
    };
    let copies_way = paper::way(&mut reading, &view).await?;
    let mut named: Vec<label::Label> = Vec::new();
    let out = reading.out(&view.entry).await?;
    notices.extend(out.as_ref().map(|out| working::notice(say, &reading, out)));
    let inner = match &view.inside {
        None => handled(say, &reading, &view, copies_way.as_ref()),
        Some(inside) => {
            notices.extend(warnings(say, &view, inside));
            let registrar = reading.name_of(inside.registered_by).await?.unwrap_or_default();
            let asked_why = reading.why(document, None).await?;
            let why = why::reasons(say, &reading, &asked_why, document);
            let told = filing::Told::of(&mut reading, &view).await?;
            let command = app.office.new_command().to_string();
            let filed = filing::told(say, &signed, &command, &view, &told);
            named.extend(told.labels().into_iter().cloned());
            let corrects = asking.tab == "about" && reading.viewer().registers(view.entry.registry);
            let lacks = match corrects {
                true => reading.lacking(view.entry.registry, document).await?,
                false => None,
            };
            let lacks = lacks.map(|l| quality::lacking(say, &l, &view.entry));
            let text = match asking.tab.as_str() {
                "versions" | "about" => None,
                _ => text(say, &mut reading, &view, inside, &mut notices).await?,
            };
            let related = Related::of(&mut reading, &view, text.as_ref()).await?;
            let rung = rung(say, &mut reading, &view).await?;
            let accountable = reading.is_accountable(view.entry.label.as_ref());
            if accountable && text.is_some() {
                notices.push(Notice { tone: Tone::Plain, words: record::told(say, document) });
            }
            let newest = inside.versions.first().map_or(0, |v| v.number);
            let copies = !accountable || reading.may_take_away(&view, newest).await?;
            let worked = working::button(say, &reading, &view.entry, out.as_ref());
            let around = Around {
                registrar: &registrar,
                why: &why,
                related: &related,
                filed: &filed,
                lacks: lacks.as_ref(),
                rung,
                worked: &worked,
                accountable,
                copies,
            };
            let shown = match asking.tab.as_str() {
                "versions" => versions(say, &reading, document, inside),
                "about" => {
                    let corrections = corrections(&mut reading, document).await?;
                    about(say, &reading, &view, inside, &around, &corrections)
                }
                _ => read(say, &reading, &view, inside, text.as_ref(), &around),
            };
            notices.extend(related.notices(say));
            html! { (views(say, document, &asking.tab, inside, copies_way.as_ref())) (shown) }
        }
    };
    let body = html! {
        (way(say, &reading, &view))
        (heading(&title, &html! {
            @if let Some(preferred) = &view.entry.preferred { (reference(preferred)) }
            (reference(&view.entry.reference))
            (shown::marking(say, &reading.house, &view.entry))
            span.quiet { (shown::dated(say, &view.entry)) }
        }))
        (inner)
    };
    let heading = format!("{} · {title}", view.entry.reference);
    let sheet = Sheet {
        shown: label.iter().chain(&named).collect(),
        undetermined: view.entry.label.is_none(),
        notices,
        ..Sheet::plain(&heading, &path, Some(Section::Register), body)
    };
    Ok(frame::page(say, &reading, &signed.form_token, sheet))
}

/// What must be known of a document before anything else of it.
fn warnings(say: Voice<'_>, view: &DocumentView, inside: &InsideView) -> Vec<Notice> {
    let mut notices = Vec::new();
    if inside.versions.iter().any(|v| v.reading == ReadingOutcome::Quarantined) {
        let words = html! { p { (say.t("document-quarantined")) } };
        notices.push(Notice { tone: Tone::Late, words });
    }
    if view.entry.label.is_none() {
        let words = html! { p { (say.t("document-undetermined-text")) } };
        notices.push(Notice { tone: Tone::Soon, words });
    }
    notices
}

/// The text of the newest version that has any. That he opens it stands in its record before he sees a word of it.
async fn text(
    say: Voice<'_>,
    reading: &mut Reading,
    view: &DocumentView,
    inside: &InsideView,
    notices: &mut Vec<Notice>,
) -> Result<Option<TextShown>, WebError> {
    let Some(version) = inside.versions.iter().find(|v| v.text.is_some()).map(|v| v.number) else {
        return Ok(None);
    };
    let before = reading.opens(view, version).await?;
    match reading.text_of(view, &before).await {
        // The entry is there all the same.
        Err(Failure::Refused(lost)) => {
            let words = html! { p { (told_words(say, &lost)) } };
            notices.push(Notice { tone: Tone::Late, words });
            Ok(None)
        }
        text => Ok(text?),
    }
}

/// Whether a message that could not wait rings, or who took note of it, in words.
async fn rung(
    say: Voice<'_>,
    reading: &mut Reading,
    view: &DocumentView,
) -> Result<Option<String>, WebError> {
    let Some(rung) = reading.rung(view).await? else { return Ok(None) };
    let Some((at, by)) = rung.noted else { return Ok(Some(say.t("ring-rings"))) };
    let who = reading.name_of(by).await?.unwrap_or_default();
    let when = shown::moment(say, reading, at);
    Ok(Some(say.tr("ring-noted", &[("who", who.into()), ("when", when.into())])))
}

fn registered(say: Voice<'_>, view: &DocumentView) -> Notice {
    let words = say.tr("document-registered-as", &[("reference", view.entry.reference.as_str().into())]);
    Notice { tone: Tone::Good, words: html! { p { (words) } } }
}

fn way(say: Voice<'_>, reading: &Reading, view: &DocumentView) -> Markup {
    let Some(registry) = reading.house.registry(view.entry.registry) else { return html! {} };
    let (top, name) = (say.t("register-title"), registry.names.in_language(say.language().tag()));
    let href = format!("/register?registry={}", registry.code);
    crumbs(say, &[Crumb { label: &top, href: "/register" }, Crumb { label: name, href: &href }])
}

fn views(
    say: Voice<'_>,
    document: DocumentId,
    tab: &str,
    inside: &InsideView,
    copies: Option<&(String, u64)>,
) -> Markup {
    let now = if matches!(tab, "versions" | "about") { tab } else { "read" };
    let words = ["document-read", "document-versions", "document-about"].map(|key| say.t(key));
    let names = ["read", "versions", "about"];
    let hrefs = names.map(|name| format!("/documents/{document}?tab={name}"));
    let counts = [None, u64::try_from(inside.versions.len()).ok(), None];
    let mut list: Vec<Tab<'_>> = words
        .iter()
        .zip(names)
        .zip(&hrefs)
        .zip(counts)
        .map(|(((label, name), href), count)| Tab { label, href, count, current: name == now })
        .collect();
    let label = say.t("copies-part-copies");
    list.extend(copies.map(|(href, n)| Tab { label: &label, href, count: Some(*n), current: false }));
    tabs(say, &say.t("document-views"), &list)
}

/// What registry staff see who may not read it.
fn handled(say: Voice<'_>, reading: &Reading, view: &DocumentView, copies: Option<&(String, u64)>) -> Markup {
    let labels =
        ["document-dated", "document-registry", "document-elsewhere", "document-why"].map(|k| say.t(k));
    let [dated, registry, elsewhere, why] = &labels;
    let mut known = vec![
        Fact { label: dated, value: shown::dated(say, &view.entry) },
        Fact { label: registry, value: html! { (words::registry_name(reading, view.entry.registry, say)) } },
    ];
    if let Some(place) = &view.entry.held_elsewhere {
        known.push(Fact { label: elsewhere, value: html! { (place) } });
    }
    known.push(Fact { label: why, value: html! { (say.t("document-why-handle")) } });
    let (title, text) = (say.t("document-handle-title"), say.t("document-handle-text"));
    html! {
        div.cols {
            div.card.list { (empty(&Empty { title: &title, would: &text, begin: None })) }
            aside.stack {
                (card(&say.t("document-about"), &facts(&known)))
                @if let Some((href, n)) = copies {
                    p { a href=(href) { (say.t("copies-part-copies")) } " " span.n { (say.count(*n)) } }
                }
            }
        }
    }
}
