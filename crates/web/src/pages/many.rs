//! One act on many documents: what is asked, a page in between that shows what would change item by item, and the answer
//! with what was done and what was refused. The documents are chosen on the lists.

use axum::response::Response;
use maud::{Markup, html};
use office::{
    Failure, Reading,
    many::{AT_ONCE, Change, Chosen, Item},
    texts::Voice,
};
use registry::{Code, DocumentId};
use store::{
    Visible,
    visible::{EntryView, SightMark},
};

use crate::{
    App,
    answer::WebError,
    export::{self, Line, Ready},
    frame::{self, Sheet, local},
    look::{
        Button, Cell, Column, Crumb, Empty, Form, Paging, Row, SEND, Section, SelectMany, Table, Tone,
        buttons, card, chip, crumbs, empty, form, heading, table,
    },
    pages::{
        history,
        many_form::{self, Doing},
        shown,
        visit::{Posted, Sent, Visit, Wrong, refused, told},
    },
    signed::Signed,
};

const PATH: &str = "/many";

/// What can be done with the rows chosen of a list of documents that stands at `back`.
pub fn acts<'a>(
    reading: &Reading,
    signed: &'a Signed,
    back: &'a str,
    words: &'a [(Doing, String)],
) -> SelectMany<'a> {
    let offered = words.iter().filter(|(doing, _)| doing.is_for(reading));
    SelectMany {
        action: PATH,
        name: "document",
        token: Some(&signed.form_token),
        acts: offered.map(|(doing, words)| Button::plain(words).named("do", doing.as_str())).collect(),
        lead: "",
        chosen: &[],
        kept: Some((back, AT_ONCE)),
        back: None,
    }
}

/// The acts in words, as they stand on buttons.
pub fn words(say: Voice<'_>) -> Vec<(Doing, String)> {
    Doing::ALL.into_iter().map(|doing| (doing, say.t(&format!("many-{}", doing.as_str())))).collect()
}

/// Where it begins: documents are chosen on the lists.
pub async fn begin(visit: Visit) -> Result<Response, WebError> {
    let Visit { app, signed, asked, path, reading } = visit;
    let say = asked.voice_for(&app, &reading);
    Ok(none_chosen(say, &reading, &signed, &path))
}

fn none_chosen(say: Voice<'_>, reading: &Reading, signed: &Signed, back: &str) -> Response {
    let (title, would, go) = (say.t("many-title"), say.t("many-none-would"), say.t("register-title"));
    let none = say.t("many-none");
    let to = if back.starts_with("/register") || back.starts_with("/search") { back } else { "/register" };
    let body = html! {
        (heading(&title, &html! {}))
        div.card { (empty(&Empty { title: &none, would: &would, begin: Some(Button::plain(&go).to(to)) })) }
    };
    frame::page(say, reading, &signed.form_token, Sheet::plain(&title, PATH, Some(Section::Register), body))
}

/// An act on many: asked for, looked at, done.
pub async fn many(posted: Posted) -> Result<Response, WebError> {
    let Posted { app, signed, asked, sent } = &posted;
    let mut reading = posted.read().await?;
    let say = asked.voice_for(app, &reading);
    let doing = Doing::named(sent.get("do")).filter(|doing| doing.is_for(&reading));
    let doing = doing.ok_or_else(|| WebError::page(Code::Forbidden))?;
    let chosen = match many_form::chosen(sent) {
        Ok(chosen) => chosen,
        Err(refusal) if refusal.code == Code::Required => {
            let back = local(sent.get("back")).to_owned();
            return Ok(refused(none_chosen(say, &reading, signed, &back), refusal.code));
        }
        Err(refusal) => return Err(Failure::from(refusal).into()),
    };
    if matches!(doing, Doing::Values | Doing::Workbook) {
        return exported(app, say, reading, doing, &chosen).await;
    }
    let mut asked = Asked { say, signed, doing, sent, wrong: Wrong::default() };
    let step = if sent.get("act") == "policy" { "" } else { sent.get("step") };
    if !matches!(step, "look" | "go") {
        return asked.form(&mut reading, &chosen).await;
    }
    let act = many_form::act(say, app, &mut reading, doing, sent, &mut asked.wrong).await?;
    let Some(act) = act else {
        return Ok(refused(asked.form(&mut reading, &chosen).await?, Code::Required));
    };
    if step == "look" {
        return match reading.would(&act, &chosen).await {
            Ok(items) => Ok(asked.preview(app, &reading, &items)),
            Err(Failure::Refused(refusal)) => {
                many_form::place(say, &refusal, &mut asked.wrong);
                Ok(refused(asked.form(&mut reading, &chosen).await?, refusal.code))
            }
            Err(failure) => Err(failure.into()),
        };
    }
    match app.office.many(reading, posted.sender(), sent.command(app), &act, &chosen).await {
        Ok(items) => Ok(asked.done(app, &posted.read().await?, &items)),
        Err(Failure::Refused(refusal)) => {
            many_form::place(say, &refusal, &mut asked.wrong);
            let mut reading = posted.read().await?;
            Ok(refused(asked.form(&mut reading, &chosen).await?, refusal.code))
        }
        Err(failure) => Err(failure.into()),
    }
}

/// Exactly the documents chosen, in the order in which they were, as a file.
async fn exported(
    app: &App,
    say: Voice<'_>,
    mut reading: Reading,
    doing: Doing,
    chosen: &[Chosen],
) -> Result<Response, WebError> {
    let ids: Vec<DocumentId> = chosen.iter().map(|c| c.document).collect();
    let mut entries = reading.entries_of(&ids).await?;
    let lines = ids.iter().filter_map(|id| entries.remove(id));
    let lines = lines.map(|entry| Line::of(say, &reading, &entry)).collect();
    let (heads, language) = (export::heads(say), say.language());
    let list = Ready { reading, texts: app.texts.clone(), language, heads, lines: Some(lines) };
    match doing {
        Doing::Workbook => export::workbook(list, "chosen").await,
        _ => Ok(export::values(list, "chosen")),
    }
}

/// What was asked, on its way to a page.
struct Asked<'a> {
    say: Voice<'a>,
    signed: &'a Signed,
    doing: Doing,
    sent: &'a Sent,
    wrong: Wrong,
}

/// A row of a list of items: its entry, and the cells that a page adds.
struct Shown<'a> {
    entry: Option<&'a Visible<EntryView>>,
    first: Markup,
    last: Markup,
}

impl Asked<'_> {
    fn title(&self) -> String {
        self.say.t(&format!("many-{}-title", self.doing.as_str()))
    }

    fn back(&self) -> &str {
        local(self.sent.get("back"))
    }

    fn crumbs(&self) -> Markup {
        crumbs(self.say, &[Crumb { label: &self.say.t("many-back"), href: self.back() }])
    }

    fn frame<'b>(&'b self, command: Option<&'b str>, guard: bool) -> Form<'b> {
        Form { action: PATH, token: Some(&self.signed.form_token), command, files: false, guard }
    }

    /// What was typed, carried on unseen; the documents are not in it.
    fn carried(&self) -> Markup {
        let mine = |name: &str| {
            matches!(name, "token" | "command" | "step" | "act" | "document" | "left")
                || name.starts_with("mark-")
        };
        html! {
            @for (name, value) in self.sent.pairs() {
                @if !mine(name) { input type="hidden" name=(name) value=(value); }
            }
        }
    }

    fn sheet<'b>(
        &self,
        title: &'b str,
        entries: &'b [&'b EntryView],
        whole: bool,
        labels: &'b [label::Label],
        body: Markup,
    ) -> Sheet<'b> {
        Sheet {
            shown: labels.iter().collect(),
            undetermined: entries
                .iter()
                .any(|entry| entry.label.is_none() && (whole || entry.subject.is_some())),
            ..Sheet::plain(title, PATH, Some(Section::Register), body)
        }
    }

    fn list(&self, reading: &Reading, caption: &str, heads: [&str; 2], items: &[Shown<'_>]) -> Markup {
        let say = self.say;
        let (subject, number, marking) =
            (say.t("column-subject"), say.t("column-reference"), say.t("column-marking"));
        let column = |head, cell| Column { head, cell, sort: None };
        let [first, last] = heads;
        let mut columns =
            vec![column(&subject, Cell::Main), column(&number, Cell::Short), column(&marking, Cell::Short)];
        if !last.is_empty() {
            columns.push(column(last, Cell::Text));
        }
        columns.insert(0, column(first, Cell::Short));
        let rows: Vec<Row<'_>> = items
            .iter()
            .map(|item| {
                let mut cells = match item.entry {
                    Some(entry) => vec![
                        item.first.clone(),
                        shown::lead(say, entry),
                        shown::number(entry),
                        shown::marking(say, &reading.house, entry),
                    ],
                    None => vec![
                        item.first.clone(),
                        html! { span.quiet { (say.t("many-not-there")) } },
                        html! {},
                        html! {},
                    ],
                };
                if !last.is_empty() {
                    cells.push(item.last.clone());
                }
                Row { value: None, name: "", strong: false, cells }
            })
            .collect();
        let none = say.t("many-none");
        table(
            say,
            &Table {
                caption,
                columns: &columns,
                rows: &rows,
                many: None,
                paging: Paging::default(),
                exports: &[],
                empty: Empty { title: &none, would: "", begin: None },
            },
        )
    }

    /// The box by which a document takes part; with it the mark under which it is looked at.
    fn takes_part(&self, document: DocumentId, entry: Option<&EntryView>) -> Markup {
        let name = entry.map_or_else(|| self.say.t("many-not-there"), |entry| entry.reference.clone());
        html! {
            input type="checkbox" name="document" value=(document) checked
                aria-label=(self.say.tr("table-choose", &[("name", name.into())]));
        }
    }

    async fn form(&self, reading: &mut Reading, chosen: &[Chosen]) -> Result<Response, WebError> {
        let say = self.say;
        let mut ids: Vec<DocumentId> = chosen.iter().map(|c| c.document).collect();
        // Those that the page in between refused come back with the others.
        for left in self.sent.all("left").into_iter().filter_map(|text| text.parse::<DocumentId>().ok()) {
            if ids.len() < AT_ONCE && !ids.contains(&left) {
                ids.push(left);
            }
        }
        let entries = reading.entries_of(&ids).await?;
        let files =
            if self.doing == Doing::File { many_form::files(reading, say).await? } else { Vec::new() };
        let names = many_form::labels(say);
        let lines: Vec<(&str, &str)> = names.iter().map(|(name, label)| (*name, label.as_str())).collect();
        let items: Vec<Shown<'_>> = ids
            .iter()
            .map(|id| {
                let entry = entries.get(id);
                let first = self.takes_part(*id, entry.map(|e| &**e));
                Shown { entry, first, last: html! {} }
            })
            .collect();
        let (title, look, cancel) = (self.title(), say.t("many-look"), say.t("form-cancel"));
        let list = self.list(reading, &say.t("many-documents"), [&say.t("many-part"), ""], &items);
        let no_files = self.doing == Doing::File && files.is_empty();
        let body = html! {
            (self.wrong.shown(say, &lines))
            (self.crumbs())
            (heading(&title, &html! { p { (say.t(&format!("many-{}-text", self.doing.as_str()))) } }))
            (form(self.frame(None, true), &html! {
                // What Enter in a field does is to look, whatever button stands first.
                button.unseen type="submit" tabindex="-1" aria-hidden="true" name="step" value="look" {}
                input type="hidden" name="do" value=(self.doing.as_str());
                input type="hidden" name="back" value=(self.back());
                @if no_files { p.quiet { (say.t("filing-no-files")) } }
                (many_form::fields(say, reading, self.doing, self.sent, &self.wrong, &files))
                (buttons(&[Button::main(&look).named("step", "look").key(SEND), Button::plain(&cancel).to(self.back())]))
                (card(&say.tr("many-chosen", &[("n", ids.len().into())]), &list))
            }))
        };
        let seen: Vec<&EntryView> = items.iter().filter_map(|item| item.entry.map(|e| &**e)).collect();
        let labels: Vec<_> = seen.iter().filter_map(|e| shown::shown_of(&reading.house, e)).collect();
        let sheet = self.sheet(&title, &seen, false, &labels, body);
        Ok(frame::page(say, reading, &self.signed.form_token, sheet))
    }

    fn preview(&self, app: &App, reading: &Reading, items: &[Item<Change>]) -> Response {
        let say = self.say;
        let rows: Vec<Shown<'_>> = items
            .iter()
            .map(|item| {
                let (first, last) = match &item.outcome {
                    Ok(change) => {
                        let words = match change {
                            Change::Corrected { from, to, mark } => html! {
                                input type="hidden" name={ "mark-" (item.document) } value=(mark);
                                (history::changes(say, reading, from, to))
                            },
                            Change::Filed => html! { (say.t("many-would-file")) },
                        };
                        (self.takes_part(item.document, item.entry.as_deref()), words)
                    }
                    Err(refusal) => (
                        html! {
                            input type="hidden" name="left" value=(item.document);
                            (chip(Tone::Late, &say.t("many-refused")))
                        },
                        html! { (told(say, refusal)) },
                    ),
                };
                Shown { entry: item.entry.as_ref(), first, last }
            })
            .collect();
        let ready = items.iter().filter(|item| item.outcome.is_ok()).count();
        let title = self.title();
        let go = say.tr("many-go", &[("n", ready.into())]);
        let (again, cancel) = (say.t("many-change"), say.t("form-cancel"));
        let mut acts = Vec::new();
        if ready > 0 {
            acts.push(Button::main(&go).named("step", "go").key(SEND));
        }
        acts.extend([Button::plain(&again).named("step", "back"), Button::plain(&cancel).to(self.back())]);
        let list =
            self.list(reading, &say.t("many-would"), [&say.t("many-part"), &say.t("many-would")], &rows);
        let body = html! {
            (self.crumbs())
            (heading(&title, &html! {
                p { (say.tr("many-would-text", &[("n", ready.into()), ("refused", (items.len() - ready).into())])) }
                @if self.doing != Doing::File { p { (say.t("correct-reason")) (say.t("colon")) " " (self.sent.get("reason")) } }
            }))
            (form(self.frame(Some(&app.office.new_command().to_string()), false), &html! {
                (self.carried())
                (buttons(&acts))
                (list)
            }))
        };
        self.page(reading, &title, items.iter().filter_map(|item| item.entry.as_deref()).collect(), body)
    }

    fn done(&self, app: &App, reading: &Reading, items: &[Item<()>]) -> Response {
        let say = self.say;
        let rows: Vec<Shown<'_>> = items
            .iter()
            .map(|item| {
                let (first, last) = match &item.outcome {
                    Ok(()) => (chip(Tone::Good, &say.t("many-done")), html! {}),
                    Err(refusal) => {
                        (chip(Tone::Late, &say.t("many-refused")), html! { (told(say, refusal)) })
                    }
                };
                Shown { entry: item.entry.as_ref(), first, last }
            })
            .collect();
        let refused: Vec<DocumentId> =
            items.iter().filter(|item| item.outcome.is_err()).map(|item| item.document).collect();
        let done = items.len() - refused.len();
        let title = self.title();
        let (again, back) = (say.t("many-again"), say.t("many-back"));
        let list =
            self.list(reading, &say.t("many-answer"), [&say.t("column-state"), &say.t("many-why")], &rows);
        let body = html! {
            (self.crumbs())
            (heading(&title, &html! {}))
            div.notice.good[done > 0].late[done == 0] role="status" data-chosen-done {
                p { strong { (say.tr("many-answer-text", &[("n", done.into()), ("refused", refused.len().into())])) } }
            }
            @if refused.is_empty() {
                (buttons(&[Button::main(&back).to(self.back())]))
            } @else {
                (form(self.frame(Some(&app.office.new_command().to_string()), false), &html! {
                    (self.carried())
                    @for document in &refused { input type="hidden" name="document" value=(document); }
                    (buttons(&[Button::main(&again).named("step", "look"), Button::plain(&back).to(self.back())]))
                }))
            }
            (list)
        };
        self.page(reading, &title, items.iter().filter_map(|item| item.entry.as_deref()).collect(), body)
    }

    /// A page on which things stand that are inside of the documents: its banner is theirs.
    fn page(&self, reading: &Reading, title: &str, entries: Vec<&EntryView>, body: Markup) -> Response {
        let labels: Vec<label::Label> = entries
            .iter()
            .filter_map(|entry| match entry.sight {
                SightMark::Read => entry.label.clone(),
                SightMark::Handle => shown::shown_of(&reading.house, entry),
            })
            .collect();
        let sheet = self.sheet(title, &entries, true, &labels, body);
        frame::page(self.say, reading, &self.signed.form_token, sheet)
    }
}
