//! A file of the plan: what it is, its volumes, what stands below it, the documents in it; and, for those who keep the
//! plan, what can be done with it.

use axum::{
    extract::{Path, Query},
    response::{IntoResponse, Redirect, Response},
};
use maud::{Markup, html};
use office::{
    Failure, Reading,
    filing::{Leaf, Plan},
    texts::{Language, Texts, Voice},
};
use registry::{Answer, Code, Command, DocumentId, FileId, Refusal, filing::Turn, house::Registry};
use serde::Deserialize;
use std::sync::Arc;
use store::{
    Visible,
    documents::Order,
    filing::{PlanFile, Volume},
    visible::{EntryView, PageKey},
};

use crate::{
    answer::WebError,
    frame::{self, Sheet},
    look::{
        Button, Cell, Column, Crumb, Empty, Facet, Fact, Notice, Paging, Row, Section, Sort, SortLink, Table,
        Tone, buttons, card, crumbs, facts, heading, pills, table,
    },
    pages::{
        plan, plan_acts,
        register::{key, key_text, name_of},
        shown,
        visit::{Posted, Sent, Visit, Wrong, done, id, refused, told},
    },
    signed::Signed,
};

/// Rows of a page.
const PAGE: usize = 50;
/// Rows that an export reads at once.
const CHUNK: usize = 500;

/// What is asked of the page.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asking {
    volume: String,
    order: String,
    after: String,
    before: String,
    done: String,
}

impl Asking {
    fn order(&self) -> Order {
        match self.order.as_str() {
            "oldest" => Order::Oldest,
            "registered" => Order::LastRegistered,
            "first" => Order::FirstRegistered,
            _ => Order::Newest,
        }
    }
    fn volume(&self) -> Option<u32> {
        self.volume.parse().ok()
    }
}

/// A file with all that its page needs.
pub struct Opened {
    /// In whose plan.
    pub registry: Registry,
    /// The plan.
    pub plan: Plan,
    /// The file.
    pub file: Visible<PlanFile>,
    /// Its volumes.
    pub volumes: Vec<Visible<Volume>>,
}

impl Opened {
    /// Reads a file. One that is not there and one that is not for the reader are refused alike.
    pub async fn of(reading: &mut Reading, asked: &str) -> Result<Self, WebError> {
        let id: FileId = id(asked)?;
        let (registry, plan) = reading.file(id).await?;
        let file = plan.file(id).cloned().ok_or_else(|| WebError::page(Code::NotFound))?;
        let volumes = reading.volumes(&file).await?;
        Ok(Self { registry, plan, file, volumes })
    }

    /// Its identifier.
    pub fn id(&self) -> FileId {
        self.file.state.file.id
    }

    /// The same for one who may change it.
    pub async fn kept(reading: &mut Reading, asked: &str) -> Result<Self, WebError> {
        let opened = Self::of(reading, asked).await?;
        if reading.viewer().registers(opened.registry.id) {
            Ok(opened)
        } else {
            Err(WebError::page(Code::Forbidden))
        }
    }
}

/// The page of a file.
pub async fn file(
    visit: Visit,
    Path(asked_id): Path<String>,
    Query(asking): Query<Asking>,
) -> Result<Response, WebError> {
    let Visit { app, signed, asked, path, mut reading } = visit;
    let say = asked.voice_for(&app, &reading);
    let opened = Opened::of(&mut reading, &asked_id).await?;
    reading.note_opened(office::own::Opened::File(opened.id())).await;
    let mut sent = Sent::default();
    sent.push("command", app.office.new_command().to_string());
    let said = Said { notices: done(say, &asking.done), ..Said::default() };
    page(say, &mut reading, &signed, &opened, &asking, &path, &sent, said).await
}

/// What a page says beside the file itself.
#[derive(Default)]
struct Said {
    wrong: Wrong,
    notices: Vec<Notice>,
}

#[expect(clippy::too_many_arguments, reason = "a page is made of them")]
async fn page(
    say: Voice<'_>,
    reading: &mut Reading,
    signed: &Signed,
    opened: &Opened,
    asking: &Asking,
    path: &str,
    sent: &Sent,
    said: Said,
) -> Result<Response, WebError> {
    let part = part(reading, &opened.file, asking).await?;
    let keeps = reading.viewer().registers(opened.registry.id);
    let title = plan::called(say, &opened.file);
    let below = opened.plan.under(opened.id());
    let labels: Vec<_> = part.rows.iter().filter_map(|e| shown::shown_of(&reading.house, e)).collect();
    let marked = [&opened.file].into_iter().chain(below.iter().copied());
    let above = opened.plan.above(opened.id());
    let marked = plan::labels(marked.chain(above.iter().copied()));
    let body = html! {
        (said.wrong.shown(say, &plan_acts::labels(say).iter().map(|(n, l)| (*n, l.as_str())).collect::<Vec<_>>()))
        (way(say, opened))
        (heading(&title, &html! {
            (plan::chips(say, reading, &opened.file))
            @if let Some(status) = &opened.file.state.file.status { span { (status) } }
            span.quiet { (say.tr("plan-documents", &[("n", opened.file.documents.into())])) }
        }))
        div.cols.roomy {
            div {
                (volume_pills(say, opened, asking))
                (list(say, reading, opened, asking, &part))
            }
            aside.stack {
                @if keeps {
                    @let change = say.t("plan-change");
                    (buttons(&[Button::plain(&change).to(&format!("/files/{}/change", opened.id())).key("e")]))
                }
                (card(&say.t("plan-about"), &particulars(say, opened)))
                (volumes(say, opened))
                (files_below(say, reading, &below))
                @if keeps { (plan_acts::forms(say, signed, opened, sent, &said.wrong)) }
            }
        }
    };
    let sheet = Sheet {
        shown: labels.iter().chain(marked).collect(),
        undetermined: shown::any_undetermined(part.rows.iter().map(|e| &**e)),
        notices: said.notices,
        ..Sheet::plain(&title, path, Some(Section::Files), body)
    };
    Ok(frame::page(say, reading, &signed.form_token, sheet))
}

/// The way to a file: its registry's plan, and the files above it.
pub fn way(say: Voice<'_>, opened: &Opened) -> Markup {
    let top = say.t("rail-files");
    let plan = format!("/files?registry={}", opened.registry.code);
    let name = opened.registry.names.in_language(say.language().tag());
    let above: Vec<(String, String)> = opened
        .plan
        .above(opened.id())
        .iter()
        .map(|f| (plan::called(say, f), plan::address(f.state.file.id)))
        .collect();
    let mut steps = vec![Crumb { label: &top, href: "/files" }, Crumb { label: name, href: &plan }];
    steps.extend(above.iter().map(|(label, href)| Crumb { label, href }));
    crumbs(say, &steps)
}

fn particulars(say: Voice<'_>, opened: &Opened) -> Markup {
    let state = &opened.file.state;
    let day = |day: jiff::civil::Date| html! { time datetime=(day) { (say.date(day)) } };
    let mut known: Vec<(String, Markup)> =
        vec![(say.t("plan-kind"), html! { (plan::kind(say, state.file.is)) })];
    for (key, value) in [
        ("plan-owner", &state.file.owner),
        ("plan-status", &state.file.status),
        ("plan-place", &state.file.place),
    ] {
        if let Some(value) = value {
            known.push((say.t(key), html! { (value) }));
        }
    }
    known.push((say.t("plan-opened-on"), day(state.opened_on)));
    if let Some(closed) = state.closed_on {
        known.push((say.t("plan-closed-on"), day(closed)));
    }
    for (key, list) in [("plan-words", &state.file.words), ("plan-originators", &state.file.originators)] {
        if !list.is_empty() {
            known.push((say.t(key), html! { @for one in list { div { (one) } } }));
        }
    }
    let list: Vec<Fact<'_>> =
        known.iter().map(|(label, value)| Fact { label, value: value.clone() }).collect();
    facts(&list)
}

fn volumes(say: Voice<'_>, opened: &Opened) -> Markup {
    let day = |day: jiff::civil::Date| html! { time datetime=(day) { (say.date(day)) } };
    card(
        &say.t("plan-volumes"),
        &html! {
            ul.stack {
                @for volume in &opened.volumes {
                    li {
                        (say.tr("plan-volume", &[("n", volume.number.into())]))
                        @if volume.closed_on.is_none() { " " span.quiet { (say.t("plan-volume-open")) } }
                        div.quiet {
                            (day(volume.opened_on))
                            @if let Some(closed) = volume.closed_on { " – " (day(closed)) }
                            @if let Some(place) = &volume.place { " · " (place) }
                            " · " (say.tr("plan-documents", &[("n", volume.documents.into())]))
                        }
                    }
                }
            }
        },
    )
}

fn files_below(say: Voice<'_>, reading: &Reading, below: &[&Visible<PlanFile>]) -> Markup {
    if below.is_empty() {
        return html! {};
    }
    card(
        &say.t("plan-files-below"),
        &html! {
            ul.stack {
                @for file in below {
                    li {
                        a href=(plan::address(file.state.file.id)) { (plan::called(say, file)) }
                        (plan::chips(say, reading, file))
                        div.quiet { (say.tr("plan-documents", &[("n", file.documents.into())])) }
                    }
                }
            }
        },
    )
}

fn link(file: FileId, volume: Option<u32>, order: Order, rest: &str) -> String {
    let volume = volume.map(|n| format!("volume={n}&")).unwrap_or_default();
    format!("/files/{file}?{volume}order={}{rest}", name_of(order))
}

fn volume_pills(say: Voice<'_>, opened: &Opened, asking: &Asking) -> Markup {
    if opened.volumes.len() < 2 {
        return html! {};
    }
    let (file, order, now) = (opened.id(), asking.order(), asking.volume());
    let all = (say.t("plan-all-volumes"), link(file, None, order, ""), opened.file.documents, now.is_none());
    let each = opened.volumes.iter().map(|v| {
        let label = say.tr("plan-volume", &[("n", v.number.into())]);
        (label, link(file, Some(v.number), order, ""), v.documents, now == Some(v.number))
    });
    let views: Vec<(String, String, u64, bool)> = std::iter::once(all).chain(each).collect();
    let values: Vec<Facet<'_>> = views
        .iter()
        .map(|(label, href, count, on)| Facet { label, marking: None, count: Some(*count), href, on: *on })
        .collect();
    pills(&say.t("plan-volumes"), &values, say)
}

/// A page of the list, and whether there is something before and after it.
struct Part {
    rows: Vec<Visible<EntryView>>,
    previous: bool,
    next: bool,
}

async fn part(reading: &mut Reading, file: &Visible<PlanFile>, asking: &Asking) -> Result<Part, Failure> {
    let (volume, order, limit) = (asking.volume(), asking.order(), PAGE);
    if let Some(before) = key(&asking.before) {
        let leaf = Leaf { volume, order: order.reversed(), after: Some(before), limit };
        let page = reading.in_file(file, leaf).await?;
        if page.rows.len() == PAGE {
            let mut rows = page.rows;
            rows.reverse();
            return Ok(Part { rows, previous: page.more, next: true });
        }
    }
    let after = key(&asking.after);
    let page = reading.in_file(file, Leaf { volume, order, after, limit }).await?;
    Ok(Part { rows: page.rows, previous: after.is_some(), next: page.more })
}

fn list(say: Voice<'_>, reading: &Reading, opened: &Opened, asking: &Asking, part: &Part) -> Markup {
    let (file, volume, order) = (opened.id(), asking.volume(), asking.order());
    let heads = ["column-subject", "column-reference", "column-marking", "column-date"].map(|key| say.t(key));
    let [subject, number, marking, dated] = &heads;
    let by = |falling: Order, rising: Order| {
        let now = [(falling, Sort::Descending), (rising, Sort::Ascending)];
        let now = now.into_iter().find(|(o, _)| *o == order).map(|(_, s)| s);
        (link(file, volume, if order == falling { rising } else { falling }, ""), now)
    };
    let (date_href, date_now) = by(Order::Newest, Order::Oldest);
    let (number_href, number_now) = by(Order::LastRegistered, Order::FirstRegistered);
    let column = |head, cell, sort| Column { head, cell, sort };
    let columns = [
        column(subject, Cell::Main, None),
        column(number, Cell::Short, Some(SortLink { href: &number_href, now: number_now })),
        column(marking, Cell::Short, None),
        column(dated, Cell::Short, Some(SortLink { href: &date_href, now: date_now })),
    ];
    let rows: Vec<Row<'_>> = part
        .rows
        .iter()
        .map(|entry| Row {
            value: None,
            name: &entry.reference,
            strong: false,
            cells: vec![
                shown::lead(say, entry),
                shown::number(entry),
                shown::marking(say, &reading.house, entry),
                shown::dated(say, entry),
            ],
        })
        .collect();
    let beyond = |entry: &Visible<EntryView>, word: &str| {
        link(file, volume, order, &format!("&{word}={}", key_text(entry.key)))
    };
    let previous = part.rows.first().filter(|_| part.previous).map(|e| beyond(e, "before"));
    let next = part.rows.last().filter(|_| part.next).map(|e| beyond(e, "after"));
    let total = match volume {
        None => opened.file.documents,
        Some(n) => opened.volumes.iter().find(|v| v.number == n).map_or(0, |v| v.documents),
    };
    let shown_words = if part.previous || rows.is_empty() {
        String::new()
    } else {
        let to = u64::try_from(rows.len()).unwrap_or(0);
        say.tr("paging-shown", &[("from", 1.into()), ("to", to.into()), ("total", total.into())])
    };
    let export = |ending: &str| {
        let to = format!("/files/{file}/documents.{ending}?");
        link(file, volume, order, "").replacen(&format!("/files/{file}?"), &to, 1)
    };
    let (values, workbook) = (export("csv"), export("xlsx"));
    let exports = [("CSV", values.as_str()), ("XLSX", workbook.as_str())];
    let (caption, back) = (say.t("plan-list"), say.t("register-first-page"));
    let beginning = link(file, None, order, "");
    let turned = part.previous || volume.is_some();
    let (title, would) = if turned {
        (say.t("register-none-match"), say.t("register-none-beyond"))
    } else {
        (say.t("plan-file-empty"), say.t("plan-file-empty-would"))
    };
    let begin = turned.then(|| Button::plain(&back).to(&beginning));
    table(
        say,
        &Table {
            caption: &caption,
            columns: &columns,
            rows: &rows,
            many: None,
            paging: Paging { previous: previous.as_deref(), next: next.as_deref(), shown: &shown_words },
            exports: if rows.is_empty() { &[] } else { &exports },
            empty: Empty { title: &title, would: &would, begin },
        },
    )
}

/// The documents of a file as a table for other programs.
pub async fn export(
    visit: Visit,
    Path(asked_id): Path<String>,
    Query(asking): Query<Asking>,
) -> Result<Response, WebError> {
    let (name, list) = exported(visit, &asked_id, &asking).await?;
    Ok(crate::export::values(list, &name))
}

/// The same rows as a workbook.
pub async fn workbook(
    visit: Visit,
    Path(asked_id): Path<String>,
    Query(asking): Query<Asking>,
) -> Result<Response, WebError> {
    let (name, list) = exported(visit, &asked_id, &asking).await?;
    crate::export::workbook(list, &name).await
}

async fn exported(visit: Visit, asked_id: &str, asking: &Asking) -> Result<(String, Export), WebError> {
    let Visit { app, asked, mut reading, .. } = visit;
    let language = asked.voice_for(&app, &reading).language();
    let opened = Opened::of(&mut reading, asked_id).await?;
    let plain = |c: char| if c.is_ascii_alphanumeric() || c == '-' { c } else { '.' };
    let code: String = opened.file.state.file.code.chars().map(plain).collect();
    let name = format!("file-{}-{code}", opened.registry.code);
    let leaf = Leaf { volume: asking.volume(), order: asking.order(), after: None, limit: CHUNK };
    let (texts, file) = (app.texts.clone(), opened.file);
    Ok((name, Export { reading, texts, language, leaf, file, ended: false }))
}

struct Export {
    reading: Reading,
    texts: Arc<Texts>,
    language: Language,
    file: Visible<PlanFile>,
    leaf: Leaf,
    ended: bool,
}

impl crate::export::List for Export {
    async fn lines(&mut self) -> Result<Option<Vec<crate::export::Line>>, Failure> {
        if self.ended {
            return Ok(None);
        }
        let page = self.reading.in_file(&self.file, self.leaf).await?;
        let last: Option<PageKey> = page.rows.last().map(|e| e.key);
        self.leaf.after = last;
        self.ended = !page.more || page.rows.is_empty();
        let line = |entry| crate::export::Line::of(self.voice(), &self.reading, entry);
        Ok(Some(page.rows.iter().map(|entry| line(entry)).collect()))
    }
    fn reading(&self) -> &Reading {
        &self.reading
    }
    fn voice(&self) -> Voice<'_> {
        self.texts.voice(self.language)
    }
}

/// Closes a file or a volume, or opens one again.
pub async fn turn(Path(asked_id): Path<String>, posted: Posted) -> Result<Response, WebError> {
    let Posted { app, signed, asked, sent } = &posted;
    let mut reading = posted.read().await?;
    let say = asked.voice_for(app, &reading);
    let opened = Opened::kept(&mut reading, &asked_id).await?;
    let path = plan::address(opened.id());
    let mut said = Said::default();
    let on = plan_acts::day(say, &app.texts, sent, &mut said.wrong);
    let (reason, place) = (sent.get("reason").to_owned(), sent.get("place").to_owned());
    let (turn, word) = match sent.get("act") {
        "close" => (Turn::Close { on, reason }, "file-closed"),
        "reopen" => (Turn::Reopen { reason }, "file-reopened"),
        "open-volume" => (Turn::OpenVolume { on, place }, "volume-opened"),
        _ => (Turn::CloseVolume { on, next: sent.get("next") == "yes", place }, "volume-closed"),
    };
    let asking = Asking::default();
    if !said.wrong.is_empty() {
        let shown = page(say, &mut reading, signed, &opened, &asking, &path, sent, said).await?;
        return Ok(refused(shown, Code::ImpossibleDate));
    }
    drop(reading);
    let command = Command::TurnFile { registry: opened.registry.id, file: opened.id(), turn };
    match app.office.command(posted.sender(), sent.command(app), command).await {
        Ok(_) => Ok(Redirect::to(&format!("{path}?done={word}")).into_response()),
        Err(Failure::Refused(refusal)) => {
            let mut reading = posted.read().await?;
            let opened = Opened::kept(&mut reading, &asked_id).await?;
            plan_acts::place(say, &refusal, &mut said.wrong);
            let shown = page(say, &mut reading, signed, &opened, &asking, &path, sent, said).await?;
            Ok(refused(shown, refusal.code))
        }
        Err(failure) => Err(failure.into()),
    }
}

/// Puts the documents whose references were typed into the file. Those that were refused are named with the reason; the
/// others are done.
pub async fn put(Path(asked_id): Path<String>, posted: Posted) -> Result<Response, WebError> {
    let Posted { app, signed, asked, sent } = &posted;
    let mut reading = posted.read().await?;
    let say = asked.voice_for(app, &reading);
    let opened = Opened::kept(&mut reading, &asked_id).await?;
    let path = plan::address(opened.id());
    let mut said = Said::default();
    let lines = sent.lines("references");
    if lines.is_empty() {
        said.wrong.add(say, "references", Code::Required);
    }
    if lines.len() > registry::filing::AT_ONCE {
        let limit = registry::filing::AT_ONCE;
        said.wrong.on(say, "references", &Refusal::on("references", Code::TooLong).with("limit", limit));
    }
    let asking = Asking::default();
    if !said.wrong.is_empty() {
        let shown = page(say, &mut reading, signed, &opened, &asking, &path, sent, said).await?;
        return Ok(refused(shown, Code::Required));
    }
    let (found, unknown) = reading.named(opened.registry.id, &lines).await?;
    drop(reading);
    let mut not: Vec<(String, String)> =
        unknown.into_iter().map(|reference| (reference, told(say, &Code::NotFound.into()))).collect();
    let mut filed = 0_u64;
    if !found.is_empty() {
        let documents: Vec<DocumentId> = found.iter().map(|(_, document)| *document).collect();
        let command =
            Command::FileDocuments { registry: opened.registry.id, files: vec![opened.id()], documents };
        match app.office.command(posted.sender(), sent.command(app), command).await {
            Ok(Answer::Filed(answer)) => {
                filed = u64::try_from(answer.documents.len()).unwrap_or(0);
                for one in answer.refused {
                    let typed = found.iter().find(|(_, d)| *d == one.document).map(|(r, _)| r.clone());
                    let code = Code::ALL.iter().find(|c| c.as_str() == one.code).copied();
                    let why = told(say, &code.unwrap_or(Code::Conflict).into());
                    not.push((typed.unwrap_or_default(), why));
                }
            }
            Ok(_) => return Err(WebError::page(Code::Conflict)),
            Err(Failure::Refused(refusal)) if refusal.field == Some("documents") => {
                let typed = found.first().map(|(r, _)| r.clone()).unwrap_or_default();
                not.push((typed, told(say, &refusal)));
            }
            Err(Failure::Refused(refusal)) => {
                let mut reading = posted.read().await?;
                let opened = Opened::kept(&mut reading, &asked_id).await?;
                plan_acts::place(say, &refusal, &mut said.wrong);
                let shown = page(say, &mut reading, signed, &opened, &asking, &path, sent, said).await?;
                return Ok(refused(shown, refusal.code));
            }
            Err(failure) => return Err(failure.into()),
        }
    }
    if not.is_empty() {
        return Ok(Redirect::to(&format!("{path}?done=filed")).into_response());
    }
    let mut reading = posted.read().await?;
    let opened = Opened::kept(&mut reading, &asked_id).await?;
    if filed > 0 {
        let words = say.tr("plan-filed", &[("n", filed.into())]);
        said.notices.push(Notice { tone: Tone::Good, words: html! { p { (words) } } });
    }
    let n = u64::try_from(not.len()).unwrap_or(0);
    let words = html! {
        p { (say.tr("plan-not-filed", &[("n", n.into())])) }
        ul { @for (reference, why) in &not { li { code { (reference) } (say.t("colon")) " " (why) } } }
    };
    said.notices.push(Notice { tone: Tone::Late, words });
    // What was refused stays in the field; a second sending is another command.
    let mut again = Sent::default();
    again.push("command", app.office.new_command().to_string());
    let left: Vec<&str> = not.iter().map(|(reference, _)| reference.as_str()).collect();
    again.push("references", left.join("\n"));
    let shown = page(say, &mut reading, signed, &opened, &asking, &path, &again, said).await?;
    Ok(if filed > 0 { shown } else { refused(shown, Code::Required) })
}
