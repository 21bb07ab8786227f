//! Opening a case: the choice of a procedure, and the form that its definition makes.

use axum::{
    extract::{Path, Query},
    response::{IntoResponse, Redirect, Response},
};
use label::Label;
use maud::{Markup, html};
use office::{Failure, Reading, cases::CaseView, texts::Voice};
use procedure::{Definition, Field as Asked, Kind, OPENING};
use proposal::{Source, Vocabulary, Words};
use registry::{
    Answer, Code, Command, Refusal, TaskId,
    cases::{Act, Opening},
};
use serde::Deserialize;

use super::{
    PATH, address, field_of,
    input::{self, Around, name_of},
    named, spoken,
};
use crate::{
    answer::WebError,
    frame::{self, Sheet},
    look::{
        Button, Choice, Crumb, Empty, Field, Form, Proposal, SEND, Section, Width, buttons, crumbs, empty,
        form, heading, reference_link,
    },
    pages::{
        draft, marking_form,
        visit::{Posted, Sent, Visit, Wrong, refused},
    },
};

/// What is asked of the form.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Begin {
    part_of: String,
    policy: String,
}

/// The task of which a case is to be a part.
struct Whole {
    view: CaseView,
    task: TaskId,
}

/// Where the form of a procedure is.
fn form_path(code: &str, part_of: &str) -> String {
    let path = format!("{PATH}/new/{}", frame::escaped(code));
    if part_of.is_empty() { path } else { format!("{path}?part_of={}", frame::escaped(part_of)) }
}

/// The procedures to choose from.
pub async fn choose(visit: Visit, Query(begin): Query<Begin>) -> Result<Response, WebError> {
    let Visit { app, signed, asked, path, mut reading } = visit;
    let say = asked.voice_for(&app, &reading);
    let mut all = reading.may_open().await?;
    all.sort_by_cached_key(|definition| registry::reference::sort_key(named(say, &definition.names)));
    let title = say.t("cases-open");
    let [none, would] = ["cases-open-none", "cases-open-would"].map(|key| say.t(key));
    let body = html! {
        (crumbs(say, &[Crumb { label: &say.t("rail-cases"), href: PATH }]))
        (heading(&title, &html! { p { (say.t("cases-open-text")) } }))
        section.card {
            @if all.is_empty() { (empty(&Empty { title: &none, would: &would, begin: None })) }
            ul.stack {
                @for definition in &all {
                    li {
                        a.lead href=(form_path(&definition.code, &begin.part_of)) { (named(say, &definition.names)) }
                        div.quiet { (named(say, &definition.about)) }
                    }
                }
            }
        }
    };
    let sheet = Sheet::plain(&title, &path, Some(Section::Cases), body);
    Ok(frame::page(say, &reading, &signed.form_token, sheet))
}

async fn definition(reading: &mut Reading, code: &str) -> Result<std::sync::Arc<Definition>, WebError> {
    let found = reading.may_open().await?.into_iter().find(|definition| definition.code == code);
    found.ok_or_else(|| WebError::page(Code::NotFound))
}

/// The task that is named, where the reader sees its case; what names none is none.
async fn whole(reading: &mut Reading, named: &str) -> Result<Option<Whole>, WebError> {
    if named.is_empty() {
        return Ok(None);
    }
    let gone = || WebError::page(Code::NotFound);
    let (case, task) = named.rsplit_once(':').ok_or_else(gone)?;
    let task: TaskId = task.parse().map_err(|_| gone())?;
    let id = reading.case_named(case).await?;
    let view = reading.case(id).await?;
    view.row.case.task(task).ok_or_else(gone)?;
    Ok(Some(Whole { view, task }))
}

/// The form of a procedure.
pub async fn form_page(
    visit: Visit,
    Path(code): Path<String>,
    Query(begin): Query<Begin>,
) -> Result<Response, WebError> {
    let Visit { app, signed, asked, mut reading, .. } = visit;
    let say = asked.voice_for(&app, &reading);
    let definition = definition(&mut reading, &code).await?;
    let whole = whole(&mut reading, &begin.part_of).await?;
    let around = Around::of(&mut reading).await?;
    let mut sent = Sent::default();
    input::fill(say, &around, &definition, &definition.initial(), &mut sent);
    sent.push("command", app.office.new_command().to_string());
    sent.push("part_of", begin.part_of);
    let policy = if begin.policy.is_empty() { draft::usual_policy(&reading) } else { begin.policy };
    sent.push("policy", policy);
    if let Some(whole) = &whole {
        marked(&reading, &whole.view.row.case.label, &mut sent);
    }
    let form = Shape { say, definition: &definition, around: &around, whole: whole.as_ref() };
    Ok(form.page(&reading, &signed.form_token, &sent, &Wrong::default(), None))
}

/// Chooses a marking in a form.
pub fn marked(reading: &Reading, label: &Label, sent: &mut Sent) {
    if let Ok(named) = reading.house.policies.name(label) {
        sent.set("policy", named.policy);
        sent.set("level", named.level);
        marking_form::choose(sent, &named.categories);
    }
}

/// What the text of a form says of its own marking: put into the form where no level is chosen, with where it stands.
fn read_off(say: Voice<'_>, reading: &Reading, asked: &[Asked], sent: &mut Sent) -> Option<(String, String)> {
    if !sent.get("level").is_empty() {
        return None;
    }
    for field in asked.iter().filter(|field| matches!(field.kind, Kind::Line | Kind::Text)) {
        let text = sent.get(&name_of(&field.code)).to_owned();
        let words = Words::parse(office::shipped::PROPOSALS).ok()?;
        let vocabulary = Vocabulary::new(&reading.house.policies, &words);
        let source = Source {
            text: &text,
            file_name: None,
            mail: None,
            properties: proposal::Properties { title: None, author: None, created: None },
            registered: Some(reading.today()),
        };
        let found = proposal::propose(&source, &words, &vocabulary).marking.into_iter().next();
        let Some(found) = found.filter(|found| found.value.unknown.is_empty()) else { continue };
        let Some(label) = &found.value.label else { continue };
        marked(reading, label, sent);
        sent.set("levels_of", sent.get("policy").to_owned());
        return Some((named(say, &field.names).to_owned(), found.written.trim().to_owned()));
    }
    None
}

/// Opens a case.
pub async fn open(Path(code): Path<String>, posted: Posted) -> Result<Response, WebError> {
    let (app, mut sent) = (&posted.app, posted.sent.clone());
    let mut reading = posted.read().await?;
    let say = posted.asked.voice_for(app, &reading);
    let definition = definition(&mut reading, &code).await?;
    let whole = whole(&mut reading, posted.sent.get("part_of")).await?;
    let around = Around::of(&mut reading).await?;
    let asked: Vec<Asked> = definition.asked(OPENING).cloned().collect();
    let token = &posted.signed.form_token;
    let form = Shape { say, definition: &definition, around: &around, whole: whole.as_ref() };
    let mut wrong = Wrong::default();
    if sent.get("act") == "policy" {
        return Ok(form.page(&reading, token, &sent, &wrong, None));
    }
    let initial = definition.initial();
    let values =
        input::read(say, &app.texts, &mut reading, &around, (&asked, &initial), ("", &sent), &mut wrong)
            .await?;
    let read = read_off(say, &reading, &asked, &mut sent);
    let mut label = None;
    if read.is_some() {
        // It is confirmed before anything is opened.
    } else if sent.get("level").is_empty() {
        wrong.add(say, "level", Code::Required);
    } else {
        label = draft::labels(say, &reading.house, &sent, &mut wrong).and_then(|(label, _)| label);
    }
    let Some(label) = label.filter(|_| wrong.is_empty()) else {
        return Ok(refused(form.page(&reading, token, &sent, &wrong, read), Code::Required));
    };
    let opening = Opening {
        procedure: definition.code.clone(),
        values,
        label,
        post: sent.get("post").parse().ok(),
        part_of: whole.as_ref().map(|whole| (whole.view.row.case.id, whole.task)),
    };
    let command = Command::Case { act: Box::new(Act::Open(opening)) };
    match app.office.command(posted.sender(), sent.command(app), command).await {
        Ok(Answer::Case { case, number }) => {
            let at = number.unwrap_or_else(|| case.to_string());
            Ok(Redirect::to(&format!("{}?done=case-opened", address(&at))).into_response())
        }
        Ok(_) => Err(WebError::page(Code::Conflict)),
        Err(Failure::Refused(refusal)) => {
            let refusal = place(say, &definition, &refusal, &mut wrong);
            Ok(refused(form.page(&reading, token, &sent, &wrong, None), refusal))
        }
        Err(failure) => Err(failure.into()),
    }
}

fn place(say: Voice<'_>, definition: &Definition, refusal: &Refusal, wrong: &mut Wrong) -> Code {
    let told = spoken(say, definition, refusal);
    match (field_of(refusal), refusal.field) {
        (Some(code), _) if definition.field(code).is_some() => wrong.beside(say, name_of(code).into(), &told),
        (_, Some("label")) => wrong.on(say, "level", &told),
        (_, Some("post")) => wrong.on(say, "post", &told),
        _ => wrong.whole.push(told),
    }
    refusal.code
}

/// The form of a procedure.
struct Shape<'a> {
    say: Voice<'a>,
    definition: &'a Definition,
    around: &'a Around,
    whole: Option<&'a Whole>,
}

impl Shape<'_> {
    fn page(
        &self,
        reading: &Reading,
        token: &str,
        sent: &Sent,
        wrong: &Wrong,
        read: Option<(String, String)>,
    ) -> Response {
        let (say, definition) = (self.say, self.definition);
        let title = named(say, &definition.names);
        let path = form_path(&definition.code, sent.get("part_of"));
        let mut labels: Vec<(String, String)> = definition
            .asked(OPENING)
            .map(|field| (name_of(&field.code), named(say, &field.names).to_owned()))
            .collect();
        labels.push(("post".to_owned(), say.t("cases-in-name-of")));
        labels.push(("level".to_owned(), say.t("form-level")));
        let known: Vec<(&str, &String)> = labels.iter().map(|(name, label)| (name.as_str(), label)).collect();
        let choose = format!("{PATH}/new");
        let frame = Form {
            action: &path,
            token: Some(token),
            command: Some(sent.get("command")),
            files: false,
            guard: true,
        };
        let body = html! {
            (wrong.shown(say, &known))
            (crumbs(say, &[
                Crumb { label: &say.t("rail-cases"), href: PATH },
                Crumb { label: &say.t("cases-open"), href: &choose },
            ]))
            (heading(title, &html! { p { (named(say, &definition.about)) } }))
            (form(frame, &self.fields(reading, sent, wrong, read)))
        };
        let shown: Vec<&Label> = self.whole.iter().map(|whole| &whole.view.row.case.label).collect();
        let sheet = Sheet { shown, ..Sheet::plain(title, &path, Some(Section::Cases), body) };
        frame::page(say, reading, token, sheet)
    }

    fn fields(
        &self,
        reading: &Reading,
        sent: &Sent,
        wrong: &Wrong,
        read: Option<(String, String)>,
    ) -> Markup {
        let (say, definition) = (self.say, self.definition);
        let asked: Vec<&Asked> = definition.asked(OPENING).collect();
        let (open, cancel) = (say.t("cases-open-go"), say.t("form-cancel"));
        let proposal =
            read.as_ref().map(|(place, quote)| Proposal { place, quote, language: say.language() });
        let whole = self.whole.map(|whole| &whole.view.row.case);
        html! {
            // What Enter in a field does is what the last button does, not the first.
            button.unseen type="submit" tabindex="-1" aria-hidden="true" {}
            input type="hidden" name="part_of" value=(sent.get("part_of"));
            @if let Some(case) = whole {
                p.notice { (say.t("cases-part-of")) " " (reference_link(&case.number, &address(&case.number))) " " (case.called()) }
            }
            (self.name_of_post(reading, sent, wrong))
            @for field in &asked {
                (input::control(say, definition, field, field.required && field.when.is_none(), "", sent, wrong))
            }
            (self.around.lists(say, &input::kinds(asked.iter().copied())))
            (input::marking(say, reading, sent, wrong, proposal))
            (buttons(&[Button::main(&open).key(SEND), Button::plain(&cancel).to(PATH)]))
        }
    }

    /// In the name of which post, where the reader has several.
    fn name_of_post(&self, reading: &Reading, sent: &Sent, wrong: &Wrong) -> Markup {
        let (say, tag) = (self.say, self.say.language().tag());
        let organisation = &self.around.organisation;
        let duties = organisation.posts_of(reading.person().id, self.around.day);
        let posts: Vec<(String, String)> = duties
            .iter()
            .filter_map(|duty| organisation.post(duty.post))
            .map(|post| (post.id.to_string(), format!("{} – {}", post.code, post.titles.in_language(tag))))
            .collect();
        let label = say.t("cases-in-name-of");
        let choices: Vec<Choice<'_>> = posts.iter().map(|(id, words)| Choice::new(id, words)).collect();
        let first = posts.first().map_or("", |(id, _)| id.as_str());
        let chosen = if sent.get("post").is_empty() { first } else { sent.get("post") };
        html! {
            @match posts.as_slice() {
                [] => {},
                [(id, words)] => {
                    input type="hidden" name="post" value=(id);
                    p.quiet { (label) (say.t("colon")) " " (words) }
                },
                _ => (Field::new("post", &label).value(chosen).error(wrong.at("post")).width(Width::Medium).select(say, &choices)),
            }
        }
    }
}
