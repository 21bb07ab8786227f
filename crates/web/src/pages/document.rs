//! A document: its text, its versions, all that is known of it; or, for those who may only handle it, its entry.

use axum::extract::{Path, Query};
use axum::response::Response;
use maud::{Markup, html};
use office::{Failure, Reading, content::TextShown, own::Opened, texts::Voice};
use registry::{DocumentId, document::ReadingOutcome, reference::ReferenceKind};
use serde::Deserialize;
use store::visible::{DocumentView, InsideView, VersionView};

use crate::{
    answer::WebError,
    frame::{self, Sheet},
    look::{
        Button, Cell, Column, Crumb, Empty, Fact, Notice, PageView, Paging, Row, Section, Tab, Table, Tone,
        buttons, card, crumbs, empty, facts, heading, page_view, reference, reference_link, table, tabs,
    },
    pages::{
        comparing, correcting, enclosures, filing,
        history::{Named, history},
        old, quality, record,
        relations::Related,
        shown,
        visit::{Visit, done, id, told as told_words},
        why, working,
    },
    words::{self, Marked},
};

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
    let mut named: Vec<label::Label> = Vec::new();
    let out = reading.out(&view.entry).await?;
    notices.extend(out.as_ref().map(|out| working::notice(say, &reading, out)));
    let inner = match &view.inside {
        None => handled(say, &reading, &view),
        Some(inside) => {
            if inside.versions.iter().any(|v| v.reading == ReadingOutcome::Quarantined) {
                let words = html! { p { (say.t("document-quarantined")) } };
                notices.push(Notice { tone: Tone::Late, words });
            }
            if view.entry.label.is_none() {
                let words = html! { p { (say.t("document-undetermined-text")) } };
                notices.push(Notice { tone: Tone::Soon, words });
            }
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
                // That he opens it stands in its record before he sees a word of it.
                _ => match inside.versions.iter().find(|v| v.text.is_some()).map(|v| v.number) {
                    Some(version) => {
                        let before = reading.opens(&view, version).await?;
                        match reading.text_of(&view, &before).await {
                            // The entry is there all the same.
                            Err(Failure::Refused(lost)) => {
                                let words = html! { p { (told_words(say, &lost)) } };
                                notices.push(Notice { tone: Tone::Late, words });
                                None
                            }
                            text => text?,
                        }
                    }
                    None => None,
                },
            };
            let related = Related::of(&mut reading, &view, text.as_ref()).await?;
            let rung = match reading.rung(&view).await? {
                Some(rung) => Some(match rung.noted {
                    Some((at, by)) => {
                        let who = reading.name_of(by).await?.unwrap_or_default();
                        let when = shown::moment(say, &reading, at);
                        say.tr("ring-noted", &[("who", who.into()), ("when", when.into())])
                    }
                    None => say.t("ring-rings"),
                }),
                None => None,
            };
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
            html! { (views(say, document, &asking.tab, inside)) (shown) }
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

fn views(say: Voice<'_>, document: DocumentId, tab: &str, inside: &InsideView) -> Markup {
    let now = if matches!(tab, "versions" | "about") { tab } else { "read" };
    let words = ["document-read", "document-versions", "document-about"].map(|key| say.t(key));
    let names = ["read", "versions", "about"];
    let hrefs = names.map(|name| format!("/documents/{document}?tab={name}"));
    let counts = [None, u64::try_from(inside.versions.len()).ok(), None];
    let list: Vec<Tab<'_>> = words
        .iter()
        .zip(names)
        .zip(&hrefs)
        .zip(counts)
        .map(|(((label, name), href), count)| Tab { label, href, count, current: name == now })
        .collect();
    tabs(say, &say.t("document-views"), &list)
}

/// What registry staff see who may not read it.
fn handled(say: Voice<'_>, reading: &Reading, view: &DocumentView) -> Markup {
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
            aside.stack { (card(&say.t("document-about"), &facts(&known))) }
        }
    }
}

/// What stands around a document: who registered it, why the reader sees it, what it is to others, where it is filed.
struct Around<'a> {
    registrar: &'a str,
    why: &'a Markup,
    related: &'a Related,
    filed: &'a Markup,
    /// Since when it rings or rang, in words, where it does.
    rung: Option<String>,
    lacks: Option<&'a Markup>,
    worked: &'a Markup,
    accountable: bool,
    /// Whether a file of it would be given out to the reader.
    copies: bool,
}

/// The text, with what one wants to know while reading it.
fn read(
    say: Voice<'_>,
    reading: &Reading,
    view: &DocumentView,
    inside: &InsideView,
    text: Option<&TextShown>,
    around: &Around<'_>,
) -> Markup {
    let language = words::document_language(view.entry.language.as_deref(), say);
    let marked = Marked::of(view.entry.label.as_ref(), &reading.house.policies, say, language);
    let newest = inside.versions.first();
    let href = newest.map(|v| file_address(view.entry.document, v));
    let download = say.t("document-download");
    let given_out = newest.is_some_and(|v| v.reading != ReadingOutcome::Quarantined);
    html! {
        div.cols {
            div {
                @if newest.is_some_and(|v| v.reading == ReadingOutcome::Recognised) {
                    p.notice { (say.t("reading-recognised")) }
                }
                @match text {
                    Some(text) => {
                        (record::unprinted(say, around.accountable, &page_view(say, &PageView {
                            marking: Some(marked.as_marking()),
                            text: &text.text,
                            hits: &[],
                            language,
                            lines_matter: matches!(view.entry.kind.as_deref(), Some("message" | "telegram")),
                        })))
                        @if text.cut { p.foot.quiet { (say.t("document-text-cut")) } }
                    },
                    None => (without_text(say, view, newest)),
                }
            }
            aside.stack {
                @if let Some(href) = href.as_deref().filter(|_| given_out) {
                    @if around.copies {
                        (buttons(&[Button::plain(&download).to(href).key("d")]))
                    } @else {
                        p.quiet { a href={ "/documents/" (view.entry.document) "/record" } { (say.t("record-copies-need")) } }
                    }
                }
                (correct_button(say, reading, view))
                (around.worked)
                (around.related.beside(say, view))
                (enclosures::attached(say, view.entry.document, newest))
                (old::told(say, inside))
                (around.filed)
                (card(&say.t("document-entry"), &listed(&entry_facts(say, reading, view, inside, around))))
            }
        }
    }
}

/// The way to the form of correction, for those who may correct.
fn correct_button(say: Voice<'_>, reading: &Reading, view: &DocumentView) -> Markup {
    if !correcting::may_correct(reading, &view.entry) {
        return html! {};
    }
    let href = format!("/documents/{}/correct", view.entry.document);
    if view.entry.label.is_none() {
        let decide = say.t("document-decide-marking");
        return buttons(&[Button::main(&decide).to(&href).key("e")]);
    }
    let correct = say.t("document-correct");
    buttons(&[Button::plain(&correct).to(&href).key("e")])
}

/// The corrections with the names of those who made them.
async fn corrections(reading: &mut Reading, document: DocumentId) -> Result<Vec<Named>, WebError> {
    let mut named = Vec::new();
    for corrected in reading.history(document).await? {
        let name = reading.name_of(corrected.by).await?.unwrap_or_default();
        named.push((corrected, name));
    }
    Ok(named)
}

/// Why there is no text to be shown.
fn without_text(say: Voice<'_>, view: &DocumentView, newest: Option<&VersionView>) -> Markup {
    let (title, would) = match (newest, &view.entry.held_elsewhere) {
        (None, Some(place)) => (
            say.t("document-elsewhere"),
            say.tr("document-elsewhere-text", &[("place", place.as_str().into())]),
        ),
        (Some(version), _) => (say.t("document-no-text"), outcome(say, version.reading)),
        (None, None) => (say.t("document-no-text"), String::new()),
    };
    html! { div.card.list { (empty(&Empty { title: &title, would: &would, begin: None })) } }
}

/// What the reader could do with a file, in words.
fn outcome(say: Voice<'_>, outcome: ReadingOutcome) -> String {
    match outcome {
        ReadingOutcome::Text => say.t("reading-text"),
        ReadingOutcome::Recognised => say.t("reading-recognised"),
        ReadingOutcome::NoText => say.t("reading-no-text"),
        ReadingOutcome::Encrypted => say.t("document-text-encrypted"),
        ReadingOutcome::Damaged => say.t("document-text-damaged"),
        ReadingOutcome::OverLimit => say.t("document-text-limits"),
        ReadingOutcome::Mislabelled => say.t("document-text-mislabelled"),
        ReadingOutcome::Quarantined => say.t("document-quarantined"),
        ReadingOutcome::NotRead => say.t("reading-not-read"),
    }
}

fn entry_facts(
    say: Voice<'_>,
    reading: &Reading,
    view: &DocumentView,
    inside: &InsideView,
    around: &Around<'_>,
) -> Vec<(String, Markup)> {
    let Around { registrar, why, rung, .. } = around;
    let mut known: Vec<(String, Markup)> = Vec::new();
    if !view.entry.formal.is_empty() {
        let words = crate::pages::formal::line(say, &view.entry.formal);
        let value = html! { (words) @if let Some(rung) = rung { div.quiet { (rung) } } };
        known.push((say.t("form-precedence"), value));
    }
    if let Some(from) = &view.entry.originator {
        known.push((say.t("document-from"), html! { (from) }));
    }
    if !inside.action.is_empty() {
        known.push((say.t("document-to"), people(&inside.action)));
    }
    if !inside.info.is_empty() {
        known.push((say.t("document-info"), people(&inside.info)));
    }
    let theirs: Vec<_> = inside.references.iter().filter(|r| r.kind == ReferenceKind::Originator).collect();
    if !theirs.is_empty() {
        let list = html! { @for other in theirs { div { (reference(&other.text)) } } };
        known.push((say.t("document-foreign-reference"), list));
    }
    if let Some(place) = &view.entry.held_elsewhere {
        known.push((say.t("document-elsewhere"), html! { (place) }));
    }
    known.push((
        say.t("document-registered-by"),
        html! { (registrar) div.quiet { (shown::moment(say, reading, view.entry.registered_at)) } },
    ));
    known.push((say.t("document-why"), (*why).clone()));
    known
}

/// Facts whose labels were made for them.
fn listed(known: &[(String, Markup)]) -> Markup {
    let list: Vec<Fact<'_>> =
        known.iter().map(|(label, value)| Fact { label, value: value.clone() }).collect();
    facts(&list)
}

fn people(names: &[String]) -> Markup {
    html! { @for name in names { div { (name) } } }
}

/// All that is known of it.
fn about(
    say: Voice<'_>,
    reading: &Reading,
    view: &DocumentView,
    inside: &InsideView,
    around: &Around<'_>,
    corrections: &[Named],
) -> Markup {
    let house = &reading.house;
    let entry = &view.entry;
    let language = words::document_language(entry.language.as_deref(), say);
    let mut known: Vec<(String, Markup)> = vec![
        (say.t("column-reference"), reference(&entry.reference)),
        (say.t("document-registry"), html! { (words::registry_name(reading, entry.registry, say)) }),
        (say.t("form-direction"), html! { (say.t(&format!("kind-{}", entry.direction.as_str()))) }),
    ];
    if let Some(kind) = &entry.kind {
        known.push((say.t("column-kind"), html! { (words::kind(say, kind)) }));
    }
    known.push((say.t("document-dated"), shown::dated(say, entry)));
    known.push((say.t("document-marking"), shown::label(say, house, entry.label.as_ref(), language)));
    if entry.subject_label != entry.label {
        let subject = shown::label(say, house, entry.subject_label.as_ref(), language);
        known.push((say.t("document-subject-marking"), subject));
    }
    if let Some(code) = &entry.language {
        let name = say.maybe(&format!("language-{code}"), &[]).unwrap_or_else(|| code.clone());
        known.push((say.t("form-language"), html! { (name) }));
    }
    if !inside.need_to_know.is_empty() {
        let groups: Vec<String> = inside
            .need_to_know
            .iter()
            .map(|any| {
                let names = any.iter().filter_map(|g| house.group(*g));
                let names: Vec<String> =
                    names.map(|g| g.names.in_language(say.language().tag()).to_owned()).collect();
                names.join(" / ")
            })
            .collect();
        known.push((say.t("document-need-to-know"), people(&groups)));
    }
    known.extend(entry_facts(say, reading, view, inside, around));
    let others: Vec<_> = inside.references.iter().filter(|r| r.kind == ReferenceKind::Other).collect();
    if !others.is_empty() {
        let list = html! {
            @for other in others {
                div { (reference_link(&other.text, &format!("/search?q={}", frame::escaped(&other.text)))) }
            }
        };
        known.push((say.t("document-other-references"), list));
    }
    html! {
        div.cols {
            (card(&say.t("document-about"), &listed(&known)))
            aside.stack {
                (correct_button(say, reading, view))
                (old::told(say, inside))
                @if let Some(lacks) = around.lacks { (card(&say.t("quality-of-paper"), lacks)) }
                (around.worked)
                p { a href={ "/documents/" (entry.document) "/record" } { (say.t("record-title")) } }
                (around.filed)
                (card(&say.t("document-history"), &history(say, reading, view, inside, around.registrar, corrections)))
            }
        }
    }
}

/// The address from which a version is given out.
fn file_address(document: DocumentId, version: &VersionView) -> String {
    format!("/documents/{document}/file/{}", version.number)
}

fn versions(say: Voice<'_>, reading: &Reading, document: DocumentId, inside: &InsideView) -> Markup {
    let heads =
        ["document-file", "column-size", "column-registered", "column-state", "document-fingerprint", ""]
            .map(|key| if key.is_empty() { String::new() } else { say.t(key) });
    let [file, size, added, state, print, act] = &heads;
    let column = |head, cell| Column { head, cell, sort: None };
    let columns = [
        column(file, Cell::Main),
        column(size, Cell::Number),
        column(added, Cell::Short),
        column(state, Cell::Text),
        column(print, Cell::Text),
        column(act, Cell::Short),
    ];
    let download = say.t("document-download");
    let rows: Vec<Row<'_>> = inside
        .versions
        .iter()
        .enumerate()
        .map(|(place, version)| {
            let held_back = version.reading == ReadingOutcome::Quarantined;
            Row {
                value: None,
                name: &version.file_name,
                strong: false,
                cells: vec![
                    html! {
                        (version.file_name)
                        div.quiet {
                            (say.tr("document-version", &[("n", version.number.into())]))
                            @if place == 0 { " · " (say.t("document-current")) }
                            " · " (words::media(say, &version.media_type))
                        }
                        (enclosures::beneath(say, document, version))
                    },
                    html! { (say.size(version.size)) },
                    html! { time { (shown::moment(say, reading, version.added_at)) } },
                    shown::reading_chip(say, version.reading),
                    html! { code.fingerprint { (version.digest) } },
                    html! {
                        @if !held_back { a href=(file_address(document, version)) { (download) } }
                    },
                ],
            }
        })
        .collect();
    let (caption, title) = (say.t("document-versions"), say.t("document-no-versions"));
    let would = say.t("document-no-versions-would");
    let newest = inside.versions.first().map_or(0, |v| v.number);
    let listed = table(
        say,
        &Table {
            caption: &caption,
            columns: &columns,
            rows: &rows,
            many: None,
            paging: Paging::default(),
            exports: &[],
            empty: Empty { title: &title, would: &would, begin: None },
        },
    );
    html! { (listed) (comparing::choice(say, document, inside, newest.saturating_sub(1), newest)) }
}
