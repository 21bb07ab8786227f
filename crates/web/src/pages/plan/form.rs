//! The form of a file: opening one, changing what the plan says of one.

use axum::{
    extract::{Path, Query},
    response::{IntoResponse, Redirect, Response},
};
use label::NamedLabel;
use maud::{Markup, html};
use office::{Failure, Reading, filing::Plan, texts::Voice};
use registry::{
    Answer, Code, Command, FileId, Refusal,
    authorisation::{Grant, Role},
    filing::{FileChange, FileFact, FileKind, NewFile},
    house::Registry,
    id::Digest,
};
use serde::Deserialize;

use crate::{
    answer::WebError,
    frame::{self, Sheet},
    look::{Button, Crumb, Field, Form, SEND, Section, Width, buttons, crumbs, form, heading},
    pages::{
        marking_form, need_to_know,
        plan::{
            self,
            file::{Opened, forms as acts},
        },
        visit::{Posted, Sent, Visit, Wrong, id, labelled, refused},
    },
    signed::Signed,
};

/// The fields with the keys of their labels, in the order of the form.
const FIELDS: [(&str, &str); 15] = [
    ("is", "plan-kind"),
    ("code", "plan-code"),
    ("parent", "plan-parent"),
    ("name_en", "plan-name-en"),
    ("name_fr", "plan-name-fr"),
    ("owner", "plan-owner"),
    ("status", "plan-status"),
    ("place", "plan-place"),
    ("words", "plan-words"),
    ("originators", "plan-originators"),
    ("on", "plan-on"),
    ("policy", "form-policy"),
    ("level", "form-level"),
    ("group", "form-groups"),
    ("reason", "correct-reason"),
];

/// The value of a marking that is none: the file is open to all who see the registry.
const OPEN: &str = "open";

fn field_of(refusal: &Refusal) -> Option<&'static str> {
    let field = match refusal.field? {
        "label" => "level",
        "need_to_know" => "group",
        other => other,
    };
    FIELDS.iter().map(|(name, _)| *name).find(|name| *name == field)
}

/// What a form is about.
struct Subject {
    registry: Registry,
    plan: Plan,
    /// The file that is changed; none: one is opened.
    now: Option<FileFact>,
    /// Whether the reader may say how the file is seen.
    controls: bool,
}

impl Subject {
    fn action(&self) -> String {
        match &self.now {
            Some(file) => format!("/files/{}/change", file.id),
            None => "/files/new".to_owned(),
        }
    }
    fn back(&self) -> String {
        match &self.now {
            Some(file) => plan::address(file.id),
            None => format!("/files?registry={}", self.registry.code),
        }
    }

    /// A file to be changed.
    async fn of(reading: &mut Reading, asked: &str) -> Result<Self, WebError> {
        let opened = Opened::kept(reading, asked).await?;
        let controls = reading.viewer().has(Role::Controller, Some(opened.registry.id));
        let now = Some(opened.file.state.file.clone());
        Ok(Self { registry: opened.registry, plan: opened.plan, now, controls })
    }

    /// A new file, in a registry whose plan the reader keeps. One that is not offered looks like one that is not there.
    async fn new(reading: &mut Reading, code: &str) -> Result<Self, WebError> {
        let house = reading.house.clone();
        let kept: Vec<&Registry> =
            house.registries().into_iter().filter(|r| reading.viewer().registers(r.id)).collect();
        let first = kept.first().ok_or_else(|| WebError::page(Code::Forbidden))?;
        let registry = match code.trim() {
            "" => *first,
            code => *kept
                .iter()
                .find(|r| r.code.eq_ignore_ascii_case(code))
                .ok_or_else(|| WebError::page(Code::NotFound))?,
        };
        let plan = reading.plan(registry.id).await?;
        Ok(Self { registry: registry.clone(), plan, now: None, controls: true })
    }
}

/// What is asked of an empty form.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asking {
    registry: String,
    parent: String,
}

/// The form for a new file.
pub async fn open_page(visit: Visit, Query(asking): Query<Asking>) -> Result<Response, WebError> {
    let Visit { app, signed, asked, mut reading, .. } = visit;
    let say = asked.voice_for(&app, &reading);
    let subject = Subject::new(&mut reading, &asking.registry).await?;
    let mut sent = Sent::default();
    let parent = asking.parent.parse::<FileId>().ok().filter(|id| subject.plan.file(*id).is_some());
    sent.push("parent", parent.map(|id| id.to_string()).unwrap_or_default());
    sent.push("code", subject.plan.next_code(parent));
    sent.push("is", FileKind::Subject.as_str());
    sent.push("level", OPEN);
    sent.push("policy", usual_policy(&reading));
    sent.push("command", app.office.new_command().to_string());
    Ok(page(say, &reading, &signed, &subject, &sent, &Wrong::default()))
}

fn usual_policy(reading: &Reading) -> String {
    let own = reading.own_grants().find_map(|grant| match grant {
        Grant::Clearance { clearance, .. } => reading.house.policies.get(&clearance.policy),
        _ => None,
    });
    own.or_else(|| reading.house.policies.iter().next()).map(|p| p.name().to_owned()).unwrap_or_default()
}

/// Opens a file.
pub async fn open(posted: Posted) -> Result<Response, WebError> {
    let mut reading = posted.read().await?;
    let subject = Subject::new(&mut reading, posted.sent.get("registry")).await?;
    send(&posted, reading, subject).await
}

/// The form of a file, filled with what the plan says.
pub async fn change_page(visit: Visit, Path(asked_id): Path<String>) -> Result<Response, WebError> {
    let Visit { app, signed, asked, mut reading, .. } = visit;
    let say = asked.voice_for(&app, &reading);
    let subject = Subject::of(&mut reading, &asked_id).await?;
    let mut sent = filled(&reading, &subject);
    sent.push("command", app.office.new_command().to_string());
    Ok(page(say, &reading, &signed, &subject, &sent, &Wrong::default()))
}

/// Changes a file.
pub async fn change(Path(asked_id): Path<String>, posted: Posted) -> Result<Response, WebError> {
    let mut reading = posted.read().await?;
    let subject = Subject::of(&mut reading, &asked_id).await?;
    send(&posted, reading, subject).await
}

fn filled(reading: &Reading, subject: &Subject) -> Sent {
    let mut sent = Sent::default();
    let Some(file) = &subject.now else { return sent };
    let now = NewFile::of(file);
    sent.push("mark", file.mark().to_string());
    sent.push("is", now.is.as_str());
    sent.push("parent", now.parent.map(|id| id.to_string()).unwrap_or_default());
    for (name, value) in [
        ("code", &now.code),
        ("name_en", &now.name_en),
        ("name_fr", &now.name_fr),
        ("owner", &now.owner),
        ("status", &now.status),
        ("place", &now.place),
    ] {
        sent.push(name, value.clone());
    }
    sent.push("words", now.words.join("\n"));
    sent.push("originators", now.originators.join("\n"));
    match now.label.as_ref().and_then(|label| reading.house.policies.name(label).ok()) {
        Some(named) => {
            sent.push("policy", &*named.policy);
            sent.push("level", &*named.level);
            marking_form::choose(&mut sent, &named.categories);
        }
        None => {
            sent.push("policy", usual_policy(reading));
            sent.push("level", OPEN);
        }
    }
    need_to_know::choose(&mut sent, &now.need_to_know);
    sent
}

/// What was typed, as a file.
fn read(
    say: Voice<'_>,
    app: &crate::App,
    reading: &Reading,
    subject: &Subject,
    sent: &Sent,
    wrong: &mut Wrong,
) -> NewFile {
    let kept = subject.now.as_ref().map(NewFile::of).unwrap_or_default();
    if sent.get("name_en").trim().is_empty() && sent.get("name_fr").trim().is_empty() {
        wrong.add(say, "name_en", Code::Required);
    }
    let parent = match sent.get("parent").trim() {
        "" => None,
        typed => match id::<FileId>(typed) {
            Ok(parent) => Some(parent),
            Err(_) => {
                wrong.add(say, "parent", Code::NotFound);
                None
            }
        },
    };
    let on = if subject.now.is_none() { acts::day(say, &app.texts, sent, wrong) } else { None };
    let mut file = NewFile {
        is: FileKind::ALL.into_iter().find(|k| k.as_str() == sent.get("is")).unwrap_or_default(),
        code: sent.get("code").to_owned(),
        name_en: sent.get("name_en").to_owned(),
        name_fr: sent.get("name_fr").to_owned(),
        parent,
        owner: sent.get("owner").to_owned(),
        words: sent.lines("words"),
        originators: sent.lines("originators"),
        place: sent.get("place").to_owned(),
        status: sent.get("status").to_owned(),
        label: kept.label,
        need_to_know: kept.need_to_know,
        on,
    };
    if subject.controls {
        access(say, reading, sent, wrong, &mut file);
    }
    file
}

/// The marking and who needs to know.
fn access(say: Voice<'_>, reading: &Reading, sent: &Sent, wrong: &mut Wrong, file: &mut NewFile) {
    let level = sent.get("level");
    if level.is_empty() || level == OPEN {
        file.label = None;
    } else if sent.get("policy") != sent.get("levels_of") {
        // Another policy was chosen and its levels were not shown yet.
        wrong.add(say, "level", Code::NotOffered);
    } else {
        let named = NamedLabel {
            policy: sent.get("policy").to_owned(),
            level: level.to_owned(),
            categories: marking_form::chosen(sent),
            privacy_mark: None,
        };
        match reading.house.policies.resolve(&named) {
            Ok(label) => file.label = Some(label),
            Err(_) => wrong.add(say, "level", Code::InvalidLabel),
        }
    }
    // More lists than a form shows, as a program may give them, stay.
    if need_to_know::fits(&file.need_to_know) {
        file.need_to_know = need_to_know::chosen(sent);
    }
}

async fn send(posted: &Posted, reading: Reading, subject: Subject) -> Result<Response, WebError> {
    let Posted { app, signed, asked, sent } = posted;
    let say = asked.voice_for(app, &reading);
    let mut wrong = Wrong::default();
    if sent.get("act") == "policy" {
        return Ok(page(say, &reading, signed, &subject, sent, &wrong));
    }
    let file = read(say, app, &reading, &subject, sent, &mut wrong);
    if subject.now.is_some() && sent.get("reason").trim().is_empty() {
        wrong.add(say, "reason", Code::Required);
    }
    if !wrong.is_empty() {
        return Ok(refused(page(say, &reading, signed, &subject, sent, &wrong), Code::Required));
    }
    drop(reading);
    let registry = subject.registry.id;
    let command = match &subject.now {
        None => Command::OpenFile { registry, file: Box::new(file) },
        Some(now) => Command::ChangeFile {
            registry,
            file: now.id,
            change: Box::new(FileChange {
                reason: sent.get("reason").to_owned(),
                mark: registry::id::unhex::<32>(sent.get("mark")).map(Digest),
                file,
            }),
        },
    };
    let answer = app.office.command(posted.sender(), sent.command(app), command).await;
    match answer {
        Ok(Answer::FileOpened { file }) => {
            Ok(Redirect::to(&format!("/files/{file}?done=file-opened")).into_response())
        }
        Ok(_) => Ok(Redirect::to(&format!("{}?done=file-changed", subject.back())).into_response()),
        Err(Failure::Refused(refusal)) => {
            let reading = posted.read().await?;
            match field_of(&refusal) {
                Some(field) => wrong.on(say, field, &refusal),
                None => wrong.whole.push(refusal.clone()),
            }
            Ok(refused(page(say, &reading, signed, &subject, sent, &wrong), refusal.code))
        }
        Err(failure) => Err(failure.into()),
    }
}

fn page(
    say: Voice<'_>,
    reading: &Reading,
    signed: &Signed,
    subject: &Subject,
    sent: &Sent,
    wrong: &Wrong,
) -> Response {
    let labels = FIELDS.map(|(name, key)| (name, say.t(key)));
    let title = say.t(if subject.now.is_some() { "plan-change" } else { "plan-open" });
    let (top, here) = (say.t("rail-files"), format!("/files?registry={}", subject.registry.code));
    let name = subject.registry.names.in_language(say.language().tag());
    let mut steps = vec![Crumb { label: &top, href: "/files" }, Crumb { label: name, href: &here }];
    let own = subject.now.as_ref().map(|file| {
        (format!("{} {}", file.code, file.names.in_language(say.language().tag())), plan::address(file.id))
    });
    if let Some((label, href)) = &own {
        steps.push(Crumb { label, href });
    }
    let action = subject.action();
    let body = html! {
        (wrong.shown(say, &labels))
        (crumbs(say, &steps))
        (heading(&title, &html! { p { (say.t("plan-form-text")) } }))
        (form(
            Form {
                action: &action,
                token: Some(&signed.form_token),
                command: Some(sent.get("command")),
                files: false,
                guard: true,
            },
            &fields(say, reading, subject, sent, wrong, &labels),
        ))
    };
    let sheet = Sheet {
        // The list of parents names every file of the plan.
        shown: plan::labels(&subject.plan.files),
        ..Sheet::plain(&title, &action, Some(Section::Files), body)
    };
    frame::page(say, reading, &signed.form_token, sheet)
}

fn fields(
    say: Voice<'_>,
    reading: &Reading,
    subject: &Subject,
    sent: &Sent,
    wrong: &Wrong,
    labels: &[(&'static str, String)],
) -> Markup {
    let field = |name: &'static str| labelled(labels, name).value(sent.get(name)).error(wrong.at(name));
    let kinds: Vec<(String, String)> =
        FileKind::ALL.iter().map(|k| (k.as_str().to_owned(), plan::kind(say, *k))).collect();
    let own = subject.now.as_ref().map(|file| file.id);
    let parents: Vec<(String, String)> = subject
        .plan
        .files
        .iter()
        .filter(|f| {
            f.state.closed_on.is_none()
                || Some(f.state.file.id) == subject.now.as_ref().and_then(|n| n.parent)
        })
        .filter(|f| Some(f.state.file.id) != own)
        .map(|f| (f.state.file.id.to_string(), plan::called(say, f)))
        .collect();
    let hints = [
        "plan-code-hint",
        "plan-name-hint",
        "plan-words-hint",
        "form-one-a-line",
        "plan-place-hint",
        "plan-status-hint",
        "plan-today",
        "correct-reason-hint",
    ]
    .map(|key| say.t(key));
    let [code, name, words, each, place, status, today, why] = &hints;
    let (go, cancel) =
        (say.t(if own.is_some() { "plan-change-go" } else { "plan-open-go" }), say.t("form-cancel"));
    let back = subject.back();
    html! {
        input type="hidden" name="mark" value=(sent.get("mark"));
        input type="hidden" name="registry" value=(subject.registry.code);
        (field("is").radios(say, &marking_form::choices(&kinds)))
        div.pair {
            (field("code").hint(code).optional().width(Width::Short).text(say))
            (field("parent").optional().select(say, &marking_form::choices(&parents)))
        }
        div.pair {
            (field("name_en").hint(name).text(say))
            (field("name_fr").optional().text(say))
        }
        div.pair {
            (field("owner").optional().text(say))
            (field("status").hint(status).optional().text(say))
        }
        (field("place").hint(place).optional().text(say))
        div.pair {
            (field("words").hint(words).optional().long(say, 3))
            (field("originators").hint(each).optional().long(say, 3))
        }
        @if own.is_none() { (field("on").hint(today).optional().width(Width::Short).text(say)) }
        @if subject.controls { (marking(say, reading, sent, &field)) }
        @if own.is_some() { (field("reason").hint(why).long(say, 2)) }
        (buttons(&[Button::main(&go).key(SEND), Button::plain(&cancel).to(&back)]))
    }
}

fn marking<'a>(
    say: Voice<'_>,
    reading: &Reading,
    sent: &Sent,
    field: &dyn Fn(&'static str) -> Field<'a>,
) -> Markup {
    let policies = &reading.house.policies;
    let Some(policy) = marking_form::policy(policies, sent.get("policy")) else { return html! {} };
    let mut levels = vec![(OPEN.to_owned(), say.t("plan-level-open"))];
    levels.extend(marking_form::levels(policies, policy, say));
    let (hint, groups_hint) = (say.t("plan-level-hint"), say.t("plan-groups-hint"));
    html! {
        (marking_form::policy_field(say, policies, policy, &say.t("form-policy-hint")))
        (field("level").hint(&hint).select(say, &marking_form::choices(&levels)))
        (marking_form::categories(say, policy, sent))
        (need_to_know::groups(say, &reading.house, sent, &field("group").hint(&groups_hint).optional()))
    }
}
