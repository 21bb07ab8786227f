//! Correcting what the register says of a document: the form, filled with what it says now, and its answer.

use axum::{
    extract::Path,
    response::{IntoResponse, Redirect, Response},
};
use label::{Label, NamedLabel, Policies};
use maud::{Markup, html};
use office::{Failure, Reading, texts::Voice};
use registry::{
    Code, Command, DocumentDate, DocumentId, Refusal,
    authorisation::Role,
    correction::{Correction, Description, SubjectLabel},
    document::Direction,
    id::Digest,
    reference::{Reference, ReferenceKind},
};
use store::visible::EntryView;

use crate::{
    answer::WebError,
    frame::{self, Sheet},
    look::{Button, Crumb, Field, Form, SEND, Section, buttons, crumbs, form, heading, reference},
    pages::{
        draft, formal,
        marking_form::{self, UNDETERMINED},
        need_to_know, shown,
        visit::{Posted, Sent, Visit, Wrong, id, labelled, refused},
    },
    signed::Signed,
    words,
};

/// The fields with the keys of their labels, in the order of the form.
const FIELDS: [(&str, &str); 20] = [
    ("reason", "correct-reason"),
    ("subject", "form-subject"),
    ("kind", "form-kind"),
    ("direction", "form-direction"),
    ("date", "form-date"),
    ("language", "form-language"),
    ("originator", "form-originator"),
    ("originator_reference", "form-reference"),
    ("action", "form-action"),
    ("info", "form-info"),
    ("references", "form-other-references"),
    ("held_elsewhere", "form-held"),
    ("precedence", "form-precedence"),
    ("info_precedence", "form-info-precedence"),
    ("dtg", "form-dtg"),
    ("policy", "form-policy"),
    ("level", "form-level"),
    ("subject_level", "form-subject-level"),
    ("group", "form-groups"),
    ("persons", "correct-access-list"),
];

fn field_of(refusal: &Refusal) -> Option<&'static str> {
    let field = match refusal.field? {
        "label" => "level",
        "subject_label" => "subject_level",
        "need_to_know" => "group",
        "access_list" => need_to_know::PERSONS,
        other => other,
    };
    FIELDS.iter().map(|(name, _)| *name).find(|name| *name == field)
}

/// What the form is about, and what its reader may change of it.
struct Subject {
    entry: EntryView,
    now: Description,
    /// Whether he may change how it is seen.
    controls: bool,
}

impl Subject {
    /// A document that the reader may correct. Who may not see it is told that it is not there; who may see it and not
    /// correct it, that he may not.
    async fn of(reading: &mut Reading, asked: &str) -> Result<Self, WebError> {
        let document: DocumentId = id(asked)?;
        let entry = reading.document(document).await?.into_inner().entry;
        if !may_correct(reading, &entry) {
            return Err(WebError::page(Code::Forbidden));
        }
        let now = reading.description(document).await?.into_inner();
        let controls = reading.viewer().has(Role::Controller, Some(entry.registry));
        Ok(Self { entry, now, controls })
    }

    fn address(&self) -> String {
        format!("/documents/{}", self.entry.document)
    }
}

/// True when the reader may correct a document that he sees.
pub fn may_correct(reading: &Reading, entry: &EntryView) -> bool {
    entry.sight == store::visible::SightMark::Read && reading.viewer().registers(entry.registry)
}

/// The form.
pub async fn form_page(visit: Visit, Path(document): Path<String>) -> Result<Response, WebError> {
    let Visit { app, signed, asked, mut reading, .. } = visit;
    let say = asked.voice_for(&app, &reading);
    let subject = Subject::of(&mut reading, &document).await?;
    let mut sent = filled(&subject.now, &reading.house.policies);
    if subject.controls {
        let listed = reading.logins(subject.entry.registry, &subject.now.access.access_list).await?;
        sent.push(need_to_know::PERSONS, listed.join("\n"));
    }
    sent.push("command", app.office.new_command().to_string());
    Ok(page(say, &reading, &signed, &subject, &sent, &Wrong::default()))
}

/// Corrects as the form says.
pub async fn correct(Path(document): Path<String>, posted: Posted) -> Result<Response, WebError> {
    let Posted { app, signed, asked, sent } = &posted;
    let mut reading = posted.read().await?;
    let say = asked.voice_for(app, &reading);
    let subject = Subject::of(&mut reading, &document).await?;
    let mut wrong = Wrong::default();
    if sent.get("act") == "policy" {
        return Ok(page(say, &reading, signed, &subject, sent, &wrong));
    }
    let mut correction = asked_for(say, app, &reading, &subject, sent, &mut wrong);
    let listed = subject.controls && !sent.all(need_to_know::PERSONS).is_empty();
    if let Some(correction) = correction.as_mut().filter(|_| listed) {
        let registry = Some(subject.entry.registry);
        let listed = need_to_know::persons(say, &mut reading, registry, sent, &mut wrong).await?;
        correction.access_list = Some(listed);
    }
    let Some(correction) = correction.filter(|_| wrong.is_empty()) else {
        return Ok(refused(page(say, &reading, signed, &subject, sent, &wrong), Code::Required));
    };
    drop(reading);
    let command = Command::Correct {
        registry: subject.entry.registry,
        document: subject.entry.document,
        correction: Box::new(correction),
    };
    let answer = app.office.command(posted.sender(), sent.command(app), command).await;
    let mut reading = posted.read().await?;
    match answer {
        Ok(_) => match reading.document(subject.entry.document).await {
            Ok(_) => Ok(Redirect::to(&format!("{}?done=corrected", subject.address())).into_response()),
            // Who raised a marking above his own clearance sees the paper no more.
            Err(_) => Ok(Redirect::to("/desk?done=corrected").into_response()),
        },
        Err(Failure::Refused(refusal)) => {
            // Another person may have been quicker: the page shows how it stands now, and what was typed.
            let subject = Subject::of(&mut reading, &document).await?;
            match field_of(&refusal) {
                Some(field) => wrong.on(say, field, &refusal),
                None => wrong.whole.push(refusal.clone()),
            }
            Ok(refused(page(say, &reading, signed, &subject, sent, &wrong), refusal.code))
        }
        Err(failure) => Err(failure.into()),
    }
}

/// The form's fields as the register has them.
fn filled(now: &Description, policies: &Policies) -> Sent {
    let mut sent = Sent::default();
    sent.push("mark", now.mark().to_string());
    sent.push("subject", &*now.subject);
    sent.push("kind", &*now.kind);
    sent.push("direction", now.direction.as_str());
    sent.push("date", now.date.written.clone().or_else(|| now.date.iso()).unwrap_or_default());
    sent.push("language", &*now.language);
    sent.push("originator", &*now.originator);
    let of = |kind: ReferenceKind| {
        let texts = now.references.iter().filter(|r| r.kind == kind).map(|r| r.text.as_str());
        texts.collect::<Vec<_>>().join("\n")
    };
    sent.push("originator_reference", of(ReferenceKind::Originator));
    sent.push("references", of(ReferenceKind::Other));
    sent.push("action", now.action.join("\n"));
    sent.push("info", now.info.join("\n"));
    sent.push("held_elsewhere", &*now.held_elsewhere);
    formal::fill(&mut sent, &now.formal);
    match now.access.content.as_ref().and_then(|label| policies.name(label).ok()) {
        Some(named) => {
            sent.push("policy", &*named.policy);
            sent.push("level", &*named.level);
            marking_form::choose(&mut sent, &named.categories);
        }
        None => sent.push("level", UNDETERMINED),
    }
    if let Some(own) = own_subject(now).and_then(|label| policies.name(label).ok()) {
        sent.push("subject_level", own.level);
    }
    need_to_know::choose(&mut sent, &now.access.need_to_know);
    sent
}

fn own_subject(now: &Description) -> Option<&Label> {
    now.access.subject.as_ref().filter(|subject| Some(*subject) != now.access.content.as_ref())
}

/// What was typed, as a command: every field, for what is as it was is no correction.
fn asked_for(
    say: Voice<'_>,
    app: &crate::App,
    reading: &Reading,
    subject: &Subject,
    sent: &Sent,
    wrong: &mut Wrong,
) -> Option<Correction> {
    for field in ["reason", "subject", "kind"] {
        if sent.get(field).trim().is_empty() {
            wrong.add(say, field, Code::Required);
        }
    }
    let kept = subject.now.date.written.clone().or_else(|| subject.now.date.iso()).unwrap_or_default();
    let date = if sent.get("date").trim() == kept {
        None
    } else {
        let typed = draft::date(say, &app.texts, sent, wrong);
        Some(typed.unwrap_or(DocumentDate { civil: None, written: None }))
    };
    let references =
        [("originator_reference", ReferenceKind::Originator), ("references", ReferenceKind::Other)]
            .into_iter()
            .flat_map(|(name, kind)| sent.lines(name).into_iter().map(move |text| Reference::new(kind, text)))
            .collect();
    let mut correction = Correction {
        reason: sent.get("reason").to_owned(),
        mark: registry::id::unhex::<32>(sent.get("mark")).map(Digest),
        direction: Direction::named(sent.get("direction")),
        kind: Some(sent.get("kind").to_owned()),
        date,
        language: Some(sent.get("language").to_owned()),
        originator: Some(sent.get("originator").to_owned()),
        references: Some(references),
        subject: Some(sent.get("subject").to_owned()),
        action: Some(sent.lines("action")),
        info: Some(sent.lines("info")),
        held_elsewhere: Some(sent.get("held_elsewhere").to_owned()),
        formal: Some(formal::typed(sent)),
        ..Correction::default()
    };
    if subject.controls {
        marking(say, reading, subject, sent, wrong, &mut correction);
    }
    Some(correction)
}

/// The marking and who needs to know, where they were changed.
fn marking(
    say: Voice<'_>,
    reading: &Reading,
    subject: &Subject,
    sent: &Sent,
    wrong: &mut Wrong,
    correction: &mut Correction,
) {
    let policies = &reading.house.policies;
    let now = &subject.now;
    if sent.get("level") == UNDETERMINED {
        if now.access.content.is_some() {
            wrong.add(say, "level", Code::NotOffered);
        }
        return;
    }
    // A privacy mark is not chosen in a form; it stays where the rest of the label stays.
    let bare =
        |label: &Label| policies.name(label).ok().map(|named| NamedLabel { privacy_mark: None, ..named });
    let chosen = draft::labels(say, &reading.house, sent, wrong);
    let Some((Some(label), subject_label)) = chosen else { return };
    if now.access.content.as_ref().and_then(bare) != bare(&label) {
        correction.label = Some(label);
    }
    if own_subject(now).and_then(bare) != subject_label.as_ref().and_then(bare) {
        correction.subject_label = Some(subject_label.map_or(SubjectLabel::AsContent, SubjectLabel::Own));
    }
    if need_to_know::fits(&now.access.need_to_know) {
        correction.need_to_know = Some(need_to_know::chosen(sent));
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
    let undetermined = subject.now.access.content.is_none();
    let title = say.t(if undetermined { "document-decide-marking" } else { "document-correct" });
    let (own, action) = (subject.address(), format!("{}/correct", subject.address()));
    let body = html! {
        (wrong.shown(say, &labels))
        (crumbs(say, &[Crumb { label: &say.t("register-title"), href: "/register" }, Crumb { label: &subject.entry.reference, href: &own }]))
        (heading(&title, &html! {
            (reference(&subject.entry.reference))
            (shown::marking(say, &reading.house, &subject.entry))
            p { (say.t("correct-text")) }
        }))
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
    // All that is inside stands in the form: its banner is that of the document, not of its subject line.
    let sheet = Sheet {
        shown: subject.entry.label.iter().collect(),
        undetermined,
        ..Sheet::plain(&title, &action, Some(Section::Register), body)
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
    let own = subject.address();
    let directions = words::directions(say);
    let kinds = offered(draft::KINDS, sent.get("kind"), |kind| words::kind(say, kind));
    let languages = offered(["en", "fr"], sent.get("language"), |code| {
        say.maybe(&format!("language-{code}"), &[]).unwrap_or_else(|| code.to_owned())
    });
    let hints = ["form-one-a-line", "correct-reason-hint", "form-held-hint"].map(|key| say.t(key));
    let [each, why, held] = &hints;
    let (go, cancel) = (say.t("correct-go"), say.t("form-cancel"));
    html! {
        input type="hidden" name="mark" value=(sent.get("mark"));
        (field("subject").long(say, 2))
        div.pair {
            (field("kind").select(say, &marking_form::choices(&kinds)))
            (field("language").select(say, &marking_form::choices(&languages)))
        }
        (field("direction").radios(say, &marking_form::choices(&directions)))
        div.pair {
            (field("date").optional().date(say))
            (field("originator").optional().text(say))
        }
        div.pair {
            (field("action").hint(each).optional().long(say, 2))
            (field("info").hint(each).optional().long(say, 2))
        }
        div.pair {
            (field("originator_reference").hint(each).optional().long(say, 2))
            (field("references").hint(each).optional().long(say, 2))
        }
        (field("held_elsewhere").hint(held).optional().text(say))
        (formal::fields(say, sent, &field))
        @if subject.controls {
            (marking_fields(say, reading, subject, sent, &field))
        }
        (field("reason").hint(why).long(say, 2))
        (buttons(&[Button::main(&go).key(SEND), Button::plain(&cancel).to(&own)]))
    }
}

/// What is offered, with what stands there already where that is something else.
fn offered<const N: usize>(
    all: [&str; N],
    now: &str,
    words: impl Fn(&str) -> String,
) -> Vec<(String, String)> {
    let other = (!now.is_empty() && !all.contains(&now)).then_some(now);
    all.into_iter().chain(other).map(|value| (value.to_owned(), words(value))).collect()
}

fn marking_fields<'a>(
    say: Voice<'_>,
    reading: &Reading,
    subject: &Subject,
    sent: &Sent,
    field: &dyn Fn(&'static str) -> Field<'a>,
) -> Markup {
    let policies = &reading.house.policies;
    let Some(policy) = marking_form::policy(policies, sent.get("policy")) else { return html! {} };
    let plain = marking_form::levels(policies, policy, say);
    let mut levels = plain.clone();
    if subject.now.access.content.is_none() {
        levels.push((UNDETERMINED.to_owned(), say.t("form-undetermined")));
    }
    let as_document = say.t("form-subject-level-hint");
    let (hint, listed) = (say.t("form-groups-hint"), say.t("form-persons-hint"));
    html! {
        (marking_form::policy_field(say, policies, policy, &say.t("form-policy-hint")))
        div.pair {
            (field("level").select(say, &marking_form::choices(&levels)))
            (field("subject_level").hint(&as_document).optional().select(say, &marking_form::choices(&plain)))
        }
        (marking_form::categories(say, policy, sent))
        @if need_to_know::fits(&subject.now.access.need_to_know) {
            (need_to_know::groups(say, &reading.house, sent, &field("group").hint(&hint).optional()))
        }
        (field(need_to_know::PERSONS).hint(&listed).optional().long(say, 2))
    }
}
