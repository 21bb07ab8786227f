//! What is done with a case through its forms. What is refused comes back with the page, beside its field, with what was typed.

use axum::{
    extract::Path,
    response::{IntoResponse, Redirect, Response},
};
use office::{Failure, Reading, cases::CaseView, texts::Voice};
use procedure::{Field as Asked, Values};
use registry::{
    Code, Command, Refusal, TaskId,
    cases::{Act, Filled, TaskAct},
};

use super::{
    TASKS, address, field_of,
    input::{self, Around, name_of},
    one::{self, Returned, has_field},
    spoken, tasks, typed_day,
};
use crate::{
    answer::WebError,
    pages::{
        draft,
        visit::{Posted, Wrong, refused},
    },
};

/// A form that was sent about a case.
struct Doing {
    posted: Posted,
    reading: Reading,
    view: CaseView,
    around: Around,
    /// How the form is called: what its identifiers begin with.
    form: String,
    wrong: Wrong,
}

impl Doing {
    async fn of(posted: Posted, which: &str, form: String) -> Result<Self, WebError> {
        let mut reading = posted.read().await?;
        let id = reading.case_named(which).await?;
        let view = reading.case(id).await?;
        let around = one::around(&mut reading, &view).await?;
        Ok(Self { posted, reading, view, around, form, wrong: Wrong::default() })
    }

    fn get(&self, name: &str) -> &str {
        self.posted.sent.get(name)
    }

    /// What was typed for a field that may stay empty.
    fn some(&self, name: &str) -> Option<String> {
        Some(self.get(name).trim().to_owned()).filter(|text| !text.is_empty())
    }

    /// What was typed into some fields of the procedure, where it is another than what stands in them.
    async fn filled(&mut self, fields: &[Asked]) -> Result<Filled, Failure> {
        let (app, before) = (self.posted.app.clone(), self.view.row.values.clone());
        let say = self.posted.asked.voice_for(&app, &self.reading);
        let (texts, given) = (app.texts.clone(), (self.form.as_str(), &self.posted.sent));
        let of: (&[Asked], &Values) = (fields, &before);
        input::read(say, &texts, &mut self.reading, &self.around, of, given, &mut self.wrong).await
    }

    fn refuse(&mut self, refusal: &Refusal) {
        let app = self.posted.app.clone();
        let say = self.posted.asked.voice_for(&app, &self.reading);
        place(say, &self.view, &self.form, refusal, &mut self.wrong);
    }

    /// What a reading refused, put beside its field.
    fn hold<T>(&mut self, read: Result<T, Failure>) -> Result<Option<T>, Failure> {
        match read {
            Ok(value) => Ok(Some(value)),
            Err(Failure::Refused(refusal)) => {
                self.refuse(&refusal);
                Ok(None)
            }
            Err(failure) => Err(failure),
        }
    }

    /// Does it, and leads on; or shows the page again.
    async fn finish(mut self, act: Option<Act>, done: &str) -> Result<Response, WebError> {
        let mut code = Code::Required;
        if let Some(act) = act.filter(|_| self.wrong.is_empty()) {
            let (app, sender) = (self.posted.app.clone(), self.posted.sender());
            let command = Command::Case { act: Box::new(act) };
            match app.office.command(sender, self.posted.sent.command(&app), command).await {
                Ok(_) => {
                    let at = match self.get("back") {
                        TASKS => TASKS.to_owned(),
                        _ => address(&self.view.row.case.number),
                    };
                    return Ok(Redirect::to(&format!("{at}?done={done}")).into_response());
                }
                Err(Failure::Refused(refusal)) => {
                    self.refuse(&refusal);
                    code = refusal.code;
                    // It may stand otherwise by now.
                    self.reading = self.posted.read().await?;
                    self.view = self.reading.case(self.view.row.case.id).await?;
                }
                Err(failure) => return Err(failure.into()),
            }
        }
        let plain = self.wrong.is_empty();
        let Self { posted, mut reading, view, form, wrong, .. } = self;
        let back = Returned { form, wrong, sent: posted.sent };
        let token = &posted.signed.form_token;
        let page = one::page(&posted.app, &posted.asked, token, &mut reading, &view, &back, "").await?;
        Ok(if plain { page } else { refused(page, code) })
    }
}

/// Puts a refusal beside the field that it is about.
fn place(say: Voice<'_>, view: &CaseView, form: &str, refusal: &Refusal, wrong: &mut Wrong) {
    let definition = &view.row.definition;
    let told = spoken(say, definition, refusal);
    match (field_of(refusal), refusal.field) {
        (Some(code), _) if definition.field(code).is_some() => {
            wrong.beside(say, format!("{form}{}", name_of(code)).into(), &told);
        }
        (_, Some("label")) => wrong.on(say, "level", &told),
        (_, Some(name)) if has_field(name) => wrong.beside(say, format!("{form}{name}").into(), &told),
        _ => wrong.whole.push(told),
    }
}

/// Takes a step.
pub async fn step(Path(which): Path<String>, posted: Posted) -> Result<Response, WebError> {
    let code = posted.sent.get("step").to_owned();
    let mut doing = Doing::of(posted, &which, format!("step-{code}-")).await?;
    let stage = doing.get("at").to_owned();
    let step = doing.view.row.definition.step(&stage, &code).cloned();
    let needs = step.map(|step| step.needs).unwrap_or_default();
    let asked = |field: &&Asked| {
        let in_stage = field.asked_in.contains(&stage) || needs.contains(&field.code);
        // What the form did not have stays as it is.
        in_stage && doing.posted.sent.pairs().iter().any(|(name, _)| *name == name_of(&field.code))
    };
    let fields: Vec<Asked> = doing.view.row.definition.fields.iter().filter(asked).cloned().collect();
    let values = doing.filled(&fields).await?;
    let (case, reason) = (doing.view.row.case.id, doing.some("reason"));
    let act = Act::Step { case, stage, step: code, values, reason };
    doing.finish(Some(act), "case-stepped").await
}

/// Fills fields in anew, or marks a case otherwise.
pub async fn change(Path(which): Path<String>, posted: Posted) -> Result<Response, WebError> {
    let marks = !posted.sent.get("marking").is_empty();
    let form = if marks { "mark-" } else { "change-" };
    let mut doing = Doing::of(posted, &which, form.to_owned()).await?;
    if doing.get("act") == "policy" {
        return doing.finish(None, "").await;
    }
    let (case, reason) = (doing.view.row.case.id, doing.some("reason"));
    let (mut values, mut label) = (Filled::new(), None);
    if marks {
        let app = doing.posted.app.clone();
        let say = doing.posted.asked.voice_for(&app, &doing.reading);
        let read = draft::labels(say, &doing.reading.house, &doing.posted.sent, &mut doing.wrong);
        label = read.and_then(|(label, _)| label);
        if label.is_none() {
            doing.wrong.add(say, "level", Code::Required);
        }
    } else {
        let (definition, changes) = (&doing.view.row.definition, &doing.view.changes);
        let may = |field: &&Asked| changes.contains(&field.code);
        let fields: Vec<Asked> = definition.fields.iter().filter(may).cloned().collect();
        values = doing.filled(&fields).await?;
    }
    doing.finish(Some(Act::Change { case, values, label, reason }), "case-changed").await
}

/// Does something with a task.
pub async fn task(Path((which, task)): Path<(String, String)>, posted: Posted) -> Result<Response, WebError> {
    let does = posted.sent.get("does").to_owned();
    let mut doing = Doing::of(posted, &which, String::new()).await?;
    let id: TaskId = crate::pages::visit::id(&task)?;
    let known = doing.view.row.case.task(id).ok_or_else(|| WebError::page(Code::NotFound))?;
    doing.form = tasks::form_name(known, &does);
    let case = doing.view.row.case.id;
    let asked = task_act(&mut doing, &does).await?;
    let act = asked.map(|does| Act::Task { case, task: id, does });
    doing.finish(act, &format!("task-{does}")).await
}

/// What is asked of a task; none: something is wrong with the form.
async fn task_act(doing: &mut Doing, does: &str) -> Result<Option<TaskAct>, WebError> {
    let (words, reason) = (doing.get("words").to_owned(), doing.get("reason").to_owned());
    Ok(Some(match does {
        "acknowledge" => TaskAct::Acknowledge,
        "ask" => TaskAct::Ask { words },
        "answer" => TaskAct::Answer { words },
        "refuse" => TaskAct::Refuse { reason },
        "assign" | "delegate" => {
            let to = match doing.some("to") {
                None => None,
                Some(typed) => {
                    let found = doing.around.doer(&mut doing.reading, &typed).await;
                    let Some(found) = doing.hold(found)? else { return Ok(None) };
                    Some(found)
                }
            };
            if does == "assign" {
                TaskAct::Assign { to, reason }
            } else {
                TaskAct::Delegate { to, words: doing.some("words") }
            }
        }
        "ask-for-time" => {
            let texts = doing.posted.app.texts.clone();
            let until = typed_day(&texts, "until", doing.get("until")).map_err(Failure::from);
            let Some(until) = doing.hold(until)? else { return Ok(None) };
            TaskAct::AskForTime { until, reason }
        }
        "decide-time" => match doing.get("granted") {
            said @ ("yes" | "no") => {
                TaskAct::DecideTime { granted: said == "yes", reason: doing.some("reason") }
            }
            _ => {
                doing.refuse(&Refusal::on("granted", Code::Required));
                return Ok(None);
            }
        },
        "reply" if doing.some("reply").is_none() => {
            doing.refuse(&Refusal::on("reply", Code::Required));
            return Ok(None);
        }
        "reply" => TaskAct::Reply { reply: doing.get("reply").to_owned(), words: doing.some("words") },
        _ => return Err(WebError::page(Code::NotFound)),
    }))
}

/// Shows what a stage must be shown, or its product.
pub async fn show(Path(which): Path<String>, posted: Posted) -> Result<Response, WebError> {
    let form = format!("show-{}-", posted.sent.get("evidence"));
    let mut doing = Doing::of(posted, &which, form).await?;
    let mut document = None;
    if let Some(typed) = doing.some("document") {
        let found = doing.reading.by_reference(&typed).await?;
        document = match found.as_slice() {
            [only] => Some(only.document),
            _ => {
                doing.refuse(&Refusal::on("document", Code::NotOffered).with("value", &typed));
                None
            }
        };
    }
    let (case, evidence, words) = (doing.view.row.case.id, doing.some("evidence"), doing.some("words"));
    doing.finish(Some(Act::Show { case, evidence, document, words }), "case-shown").await
}

/// Says something to those who take part.
pub async fn note(Path(which): Path<String>, posted: Posted) -> Result<Response, WebError> {
    let mut doing = Doing::of(posted, &which, "note-".to_owned()).await?;
    let mut mentions = Vec::new();
    for name in doing.posted.sent.lines("mentions") {
        let found = doing.reading.colleague("mentions", &name).await;
        mentions.extend(doing.hold(found)?);
    }
    let (case, words) = (doing.view.row.case.id, doing.get("words").to_owned());
    doing.finish(Some(Act::Note { case, words, mentions }), "case-noted").await
}

/// Takes up again what has ended.
pub async fn reopen(Path(which): Path<String>, posted: Posted) -> Result<Response, WebError> {
    let doing = Doing::of(posted, &which, "reopen-".to_owned()).await?;
    let case = doing.view.row.case.id;
    let act =
        Act::Reopen { case, stage: doing.get("stage").to_owned(), reason: doing.get("reason").to_owned() };
    doing.finish(Some(act), "case-reopened").await
}
