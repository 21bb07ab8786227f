//! Where a document is filed: what its page says of it, and the page on which it is put into files and taken out.

use axum::{
    extract::Path,
    response::{IntoResponse, Redirect, Response},
};
use maud::{Markup, html};
use office::{
    Failure, Reading,
    filing::{Plan, proposed},
    texts::Voice,
};
use registry::{
    Code, Command, DocumentId, FileId,
    filing::{Proposed, Why},
};
use store::{
    Visible,
    filing::Filing,
    visible::{DocumentView, SightMark},
};

use crate::{
    answer::WebError,
    frame::{self, Sheet},
    look::{Button, Crumb, Event, Form, Section, buttons, card, crumbs, form, heading, reference, timeline},
    pages::{
        marking_form, plan, shown,
        visit::{Posted, Sent, Visit, Wrong, id, labelled, refused},
    },
    signed::Signed,
};

/// The fields with the keys of their labels.
const FIELDS: [(&str, &str); 3] =
    [("file", "filing-file"), ("from", "filing-from"), ("reason", "correct-reason")];

/// What is said of a document's files.
pub struct Told {
    plan: Plan,
    filings: Vec<Visible<Filing>>,
    proposed: Vec<Proposed>,
    /// Who filed and who took out, in the order of the filings.
    names: Vec<(String, String)>,
    /// Whether the reader may file it.
    files: bool,
}

impl Told {
    /// Reads where a document is filed.
    pub async fn of(reading: &mut Reading, view: &DocumentView) -> Result<Self, WebError> {
        let (plan, filings) = reading.filed_in(view).await?;
        let files = reading.viewer().registers(view.entry.registry);
        let proposed = if files { proposed(&plan, view, &filings) } else { Vec::new() };
        let mut names = Vec::new();
        for filing in &filings {
            let by = reading.name_of(filing.by).await?.unwrap_or_default();
            let out = match &filing.taken {
                Some((_, by, _)) => reading.name_of(*by).await?.unwrap_or_default(),
                None => String::new(),
            };
            names.push((by, out));
        }
        Ok(Self { plan, filings, proposed, names, files })
    }

    /// The labels of the files that are named.
    pub fn labels(&self) -> Vec<&label::Label> {
        let named = self.filings.iter().map(|f| f.file).chain(self.proposed.iter().map(|p| p.file));
        plan::labels(named.filter_map(|id| self.plan.file(id)))
    }

    fn now(&self) -> impl Iterator<Item = &Visible<Filing>> {
        self.filings.iter().filter(|filing| filing.taken.is_none())
    }

    fn called(&self, say: Voice<'_>, file: FileId) -> String {
        self.plan.file(file).map(|f| plan::called(say, f)).unwrap_or_default()
    }
}

fn address(document: DocumentId) -> String {
    format!("/documents/{document}/files")
}

/// What the page of a document says: its files, and for those who file, which are proposed.
pub fn told(say: Voice<'_>, signed: &Signed, command: &str, view: &DocumentView, told: &Told) -> Markup {
    if told.now().next().is_none() && !told.files {
        return html! {};
    }
    let more = say.t("filing-more");
    card(
        &say.t("filing-title"),
        &html! {
            (list(say, told))
            @if told.files {
                (proposals(say, signed, command, view.entry.document, told))
                (buttons(&[Button::plain(&more).to(&address(view.entry.document)).key("f")]))
            }
        },
    )
}

fn list(say: Voice<'_>, told: &Told) -> Markup {
    html! {
        @if told.now().next().is_none() { p.quiet { (say.t("filing-none")) } }
        ul.stack {
            @for filing in told.now() {
                li {
                    a href=(plan::address(filing.file)) { (told.called(say, filing.file)) }
                    div.quiet { (say.tr("plan-volume", &[("n", filing.volume.into())])) }
                }
            }
        }
    }
}

fn why(say: Voice<'_>, proposed: &Proposed) -> String {
    let reasons = proposed.why.iter().take(3).map(|why| match why {
        Why::Originator(name) => say.tr("filing-by-originator", &[("name", name.as_str().into())]),
        Why::Word(word) => say.tr("filing-by-word", &[("word", word.as_str().into())]),
    });
    reasons.collect::<Vec<_>>().join(&format!("{} ", say.t("semicolon")))
}

/// The files that are proposed, a button each.
fn proposals(say: Voice<'_>, signed: &Signed, command: &str, document: DocumentId, told: &Told) -> Markup {
    if told.proposed.is_empty() {
        return html! {};
    }
    let action = address(document);
    html! {
        h3 { (say.t("filing-proposed")) }
        (form(
            Form { action: &action, token: Some(&signed.form_token), command: Some(command), files: false, guard: false },
            &html! {
                ul.stack {
                    @for one in &told.proposed {
                        li {
                            @let name = told.called(say, one.file);
                            @let value = one.file.to_string();
                            button.button.small type="submit" name="file" value=(value) data-action=(name) { (name) }
                            div.quiet { (why(say, one)) }
                        }
                    }
                }
            },
        ))
    }
}

/// A document that the reader may file.
async fn view_of(reading: &mut Reading, asked: &str) -> Result<DocumentView, WebError> {
    let document: DocumentId = id(asked)?;
    let view = reading.document(document).await?.into_inner();
    if reading.viewer().registers(view.entry.registry) {
        Ok(view)
    } else {
        Err(WebError::page(Code::Forbidden))
    }
}

/// The page on which a document is filed.
pub async fn files(visit: Visit, Path(asked_id): Path<String>) -> Result<Response, WebError> {
    let Visit { app, signed, asked, mut reading, .. } = visit;
    let say = asked.voice_for(&app, &reading);
    let view = view_of(&mut reading, &asked_id).await?;
    let mut sent = Sent::default();
    sent.push("command", app.office.new_command().to_string());
    page(say, &mut reading, &signed, &view, &sent, &Wrong::default()).await
}

/// Puts a document into a file, or takes it out of one.
pub async fn file(Path(asked_id): Path<String>, posted: Posted) -> Result<Response, WebError> {
    let Posted { app, signed, asked, sent } = &posted;
    let mut reading = posted.read().await?;
    let say = asked.voice_for(app, &reading);
    let view = view_of(&mut reading, &asked_id).await?;
    let (registry, document) = (view.entry.registry, view.entry.document);
    let mut wrong = Wrong::default();
    let out = sent.get("act") == "take-out";
    let typed = if out { sent.get("from") } else { sent.get("file") };
    let place = if out { "from" } else { "file" };
    // Who only handles a document chooses among the files that he sees, like everyone.
    let plan = reading.plan(registry).await?;
    let file = match Reading::typed_file(&plan, typed) {
        Ok(file) => Some(file),
        Err(refusal) => {
            wrong.on(say, place, &refusal);
            None
        }
    };
    if out && sent.get("reason").trim().is_empty() {
        wrong.add(say, "reason", Code::Required);
    }
    let Some(file) = file.filter(|_| wrong.is_empty()) else {
        let shown = page(say, &mut reading, signed, &view, sent, &wrong).await?;
        return Ok(refused(shown, Code::Required));
    };
    drop(reading);
    let (command, word) = if out {
        let reason = sent.get("reason").to_owned();
        (Command::TakeOut { registry, file, document, reason }, "taken-out")
    } else {
        (Command::FileDocuments { registry, files: vec![file], documents: vec![document] }, "filed")
    };
    match app.office.command(posted.sender(), sent.command(app), command).await {
        Ok(_) => Ok(Redirect::to(&format!("/documents/{document}?done={word}")).into_response()),
        Err(Failure::Refused(refusal)) => {
            let mut reading = posted.read().await?;
            let view = view_of(&mut reading, &asked_id).await?;
            match refusal.field {
                Some("reason") => wrong.on(say, "reason", &refusal),
                Some(_) => wrong.on(say, place, &refusal),
                None => wrong.whole.push(refusal.clone()),
            }
            let shown = page(say, &mut reading, signed, &view, sent, &wrong).await?;
            Ok(refused(shown, refusal.code))
        }
        Err(failure) => Err(failure.into()),
    }
}

async fn page(
    say: Voice<'_>,
    reading: &mut Reading,
    signed: &Signed,
    view: &DocumentView,
    sent: &Sent,
    wrong: &Wrong,
) -> Result<Response, WebError> {
    let told = Told::of(reading, view).await?;
    let plan = reading.plan(view.entry.registry).await?;
    let labels = FIELDS.map(|(name, key)| (name, say.t(key)));
    let field = |name: &'static str| labelled(&labels, name).value(sent.get(name)).error(wrong.at(name));
    let filed: Vec<FileId> = told.now().map(|f| f.file).collect();
    let open: Vec<(String, String)> = plan
        .files
        .iter()
        .filter(|f| f.state.closed_on.is_none() && f.state.open_volume.is_some())
        .filter(|f| !filed.contains(&f.state.file.id))
        .map(|f| (f.state.file.id.to_string(), plan::called(say, f)))
        .collect();
    let own = format!("/documents/{}", view.entry.document);
    let action = address(view.entry.document);
    let (title, top) = (say.t("filing-page"), say.t("register-title"));
    let (go, out) = (say.t("filing-go"), say.t("filing-out"));
    let frame = Form {
        action: &action,
        token: Some(&signed.form_token),
        command: Some(sent.get("command")),
        files: false,
        guard: false,
    };
    let here: Vec<(String, String)> =
        filed.iter().map(|id| (id.to_string(), told.called(say, *id))).collect();
    let what = view.entry.subject.clone().unwrap_or_default();
    let body = html! {
        (wrong.shown(say, &labels))
        (crumbs(say, &[Crumb { label: &top, href: "/register" }, Crumb { label: &view.entry.reference, href: &own }]))
        (heading(&title, &html! {
            (reference(&view.entry.reference))
            (shown::marking(say, &reading.house, &view.entry))
            p { (what) }
            @if view.entry.sight == SightMark::Handle { p.quiet { (say.t("filing-blind")) } }
        }))
        div.cols {
            div.stack {
                (card(&say.t("filing-into"), &html! {
                    (proposals(say, signed, sent.get("command"), view.entry.document, &told))
                    @if open.is_empty() {
                        p.quiet { (say.t("filing-no-files")) }
                    } @else {
                        (form(frame, &html! {
                            (field("file").select(say, &marking_form::choices(&open)))
                            (buttons(&[Button::main(&go)]))
                        }))
                    }
                }))
                @if !here.is_empty() {
                    (card(&say.t("filing-out-title"), &form(frame, &html! {
                        input type="hidden" name="act" value="take-out";
                        (field("from").radios(say, &marking_form::choices(&here)))
                        (field("reason").long(say, 2))
                        (buttons(&[Button::plain(&out)]))
                    })))
                }
            }
            aside.stack {
                (card(&say.t("filing-title"), &list(say, &told)))
                @if !told.filings.is_empty() { (card(&say.t("document-history"), &history(say, reading, &told))) }
            }
        }
    };
    let label = match view.entry.sight {
        SightMark::Read => view.entry.label.clone(),
        SightMark::Handle => shown::shown_of(&reading.house, &view.entry),
    };
    let marked = plan::labels(&plan.files);
    let sheet = Sheet {
        shown: label.iter().chain(marked).collect(),
        undetermined: view.entry.label.is_none(),
        ..Sheet::plain(&title, &action, Some(Section::Register), body)
    };
    Ok(frame::page(say, reading, &signed.form_token, sheet))
}

/// What happened: put in and taken out, by whom, and why out.
fn history(say: Voice<'_>, reading: &Reading, told: &Told) -> Markup {
    let mut moments = Vec::new();
    for (filing, (by, out)) in told.filings.iter().zip(&told.names) {
        let name = told.called(say, filing.file);
        if let Some((at, _, reason)) = &filing.taken {
            let what = say.tr("filing-was-taken", &[("file", name.as_str().into())]);
            moments.push((*at, what, html! { (out) div.quiet { (reason) } }));
        }
        let what = say.tr("filing-was-put", &[("file", name.as_str().into())]);
        moments.push((filing.at, what, html! { (by) }));
    }
    moments.sort_by_key(|(at, ..)| std::cmp::Reverse(*at));
    let whens: Vec<(String, String)> =
        moments.iter().map(|(at, ..)| (shown::moment(say, reading, *at), at.to_string())).collect();
    let events: Vec<Event<'_>> = moments
        .iter()
        .zip(&whens)
        .enumerate()
        .map(|(place, ((_, what, detail), (when, machine)))| Event {
            what: html! { (what) },
            when,
            datetime: Some(machine),
            detail: Some(detail.clone()),
            now: place == 0,
        })
        .collect();
    timeline(&events)
}
