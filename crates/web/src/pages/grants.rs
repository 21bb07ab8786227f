//! What people are authorised to, changed: proposed, confirmed by another, ended; and the roles that one person gives.

use axum::{
    extract::{FromRequest, Multipart, Path, Query, Request, State},
    http::header,
    response::{IntoResponse, Redirect, Response},
};
use maud::{Markup, html};
use office::{Failure, Reading, Sender, specimen, texts::Voice};
use registry::{
    Code, Command, PersonId, Refusal, RegistryId,
    authorisation::{Authorisation, Grant, Role, Standing},
    id::Digest,
    person::Person,
};
use serde::Deserialize;

use crate::{
    answer::WebError,
    app::App,
    frame::{self, Sheet},
    look::{Button, Crumb, Facet, Field, Form, SEND, Section, buttons, crumbs, form, heading, pills},
    pages::{
        door::same_person,
        grant_form::{self, Kind},
        proving::{self, Again},
        receiving::words,
        shown,
        visit::{Posted, Sent, Visit, Wrong, id, refused},
    },
    signed::{Asked, Signed},
};

/// What shall be proposed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asking {
    is: String,
    policy: String,
    of: String,
    group: String,
    role: String,
    registry: String,
}

/// The form for a proposal.
pub async fn form_page(
    visit: Visit,
    Path(person): Path<String>,
    Query(asking): Query<Asking>,
) -> Result<Response, WebError> {
    let Visit { app, signed, asked, mut reading, .. } = visit;
    let say = asked.voice_for(&app, &reading);
    let person = proposable(&mut reading, &person).await?;
    let mut sent = Sent::default();
    sent.push("is", Kind::of(&asking.is).as_str());
    sent.push("policy", if asking.policy.is_empty() { newest_policy(&person) } else { asking.policy });
    sent.push("of", asking.of);
    sent.push("group", asking.group);
    sent.push("role", asking.role);
    sent.push("registry", asking.registry);
    sent.push("command", app.office.new_command().to_string());
    Ok(page(say, &reading, &signed, &person, &sent, &Wrong::default()))
}

/// The policy of the clearance that was confirmed last: what is proposed next is most often of the same.
fn newest_policy((_, held): &File) -> String {
    let clearances = held.iter().filter(|held| held.standing == Standing::Confirmed);
    let newest = clearances
        .filter_map(|held| match &held.grant {
            Grant::Clearance { clearance, .. } => Some((held.confirmed_at, clearance.policy.to_string())),
            _ => None,
        })
        .max_by_key(|(at, _)| *at);
    newest.map(|(_, policy)| policy).unwrap_or_default()
}

/// The person whom a proposal would be about. Whoever may not see the person is told that there is none; whoever may
/// see him and not propose is told so.
async fn proposable(reading: &mut Reading, person: &str) -> Result<File, WebError> {
    let file = reading.person_file(id(person)?).await?;
    if !reading.sees_authorisations() {
        return Err(WebError::page(Code::Forbidden));
    }
    Ok(file)
}

/// A person with what he holds.
type File = (Person, Vec<Authorisation>);

/// An authorisation, for an officer. Others are told that they may not where it is their own, else that it is not
/// there.
async fn authorised(reading: &mut Reading, authorisation: &str) -> Result<Authorisation, WebError> {
    let held = reading.authorisation(id(authorisation)?).await?;
    if !reading.sees_authorisations() {
        return Err(WebError::page(Code::Forbidden));
    }
    Ok(held)
}

fn page(
    say: Voice<'_>,
    reading: &Reading,
    signed: &Signed,
    (person, held): &File,
    sent: &Sent,
    wrong: &Wrong,
) -> Response {
    let kind = Kind::of(sent.get("is"));
    let path = format!("/people/{}/propose?is={}", person.id, kind.as_str());
    // A picture is sent as a file.
    let files = kind == Kind::Specimen;
    let action = format!("/people/{}/{}", person.id, if files { "specimen" } else { "propose" });
    let title = say.t(kind.title());
    let (back, go, cancel) = (say.t("people-title"), say.t("person-propose-go"), say.t("form-cancel"));
    let own = format!("/people/{}", person.id);
    let labels = grant_form::FIELDS.map(|(name, key)| (name, say.t(key)));
    let body = html! {
        (wrong.shown(say, &labels))
        (crumbs(say, &[Crumb { label: &back, href: "/people" }, Crumb { label: &person.name, href: &own }]))
        (heading(&title, &html! { p { (say.tr("person-propose-text", &[("name", person.name.as_str().into())])) } }))
        (kinds(say, person, kind))
        (form(Form { action: &action, token: Some(&signed.form_token), command: Some(sent.get("command")), files, guard: true }, &html! {
            input type="hidden" name="is" value=(kind.as_str());
            (grant_form::fields(say, reading, kind, held, sent, wrong, &labels))
            (buttons(&[Button::main(&go).key(SEND), Button::plain(&cancel).to(&own)]))
        }))
    };
    frame::page(say, reading, &signed.form_token, Sheet::plain(&title, &path, Some(Section::People), body))
}

fn kinds(say: Voice<'_>, person: &Person, now: Kind) -> Markup {
    let each: Vec<(String, String, bool)> = Kind::ALL
        .iter()
        .map(|kind| {
            let href = format!("/people/{}/propose?is={}", person.id, kind.as_str());
            (say.t(kind.short()), href, *kind == now)
        })
        .collect();
    let values: Vec<Facet<'_>> = each
        .iter()
        .map(|(label, href, on)| Facet { label, marking: None, count: None, href, on: *on })
        .collect();
    pills(&say.t("person-what"), &values, say)
}

/// Proposes what the form says.
pub async fn propose(Path(person): Path<String>, posted: Posted) -> Result<Response, WebError> {
    let Posted { app, signed, asked, sent } = &posted;
    let mut reading = posted.read().await?;
    let say = asked.voice_for(app, &reading);
    let person = proposable(&mut reading, &person).await?;
    let mut wrong = Wrong::default();
    if sent.get("act") == "policy" {
        return Ok(page(say, &reading, signed, &person, sent, &wrong));
    }
    let grant = grant_form::read(say, &app.texts, &reading.house, sent, &mut wrong);
    let Some(grant) = grant.filter(|_| wrong.is_empty()) else {
        return Ok(refused(page(say, &reading, signed, &person, sent, &wrong), Code::Required));
    };
    drop(reading);
    let command = Command::Propose { person: person.0.id, grant };
    match app.office.command(posted.sender(), sent.command(app), command).await {
        Ok(_) => Ok(to_person(person.0.id, "proposed")),
        Err(Failure::Refused(refusal)) => again(&posted, &person, &refusal).await,
        Err(failure) => Err(failure.into()),
    }
}

/// The form once more, with what was refused and what was typed.
async fn again(posted: &Posted, person: &File, refusal: &Refusal) -> Result<Response, WebError> {
    let Posted { app, signed, asked, sent } = posted;
    let reading = posted.read().await?;
    let say = asked.voice_for(app, &reading);
    let mut wrong = Wrong::default();
    match grant_form::field_of(refusal) {
        Some(field) => wrong.on(say, field, refusal),
        None => wrong.whole.push(refusal.clone()),
    }
    Ok(refused(page(say, &reading, signed, person, sent, &wrong), refusal.code))
}

/// Proposes the picture of a signature as a person's.
pub async fn propose_specimen(
    State(app): State<App>,
    signed: Signed,
    asked: Asked,
    Path(person): Path<String>,
    request: Request,
) -> Result<Response, WebError> {
    let parts = Multipart::from_request(request, &()).await.map_err(|_| WebError::page(Code::RequestForm))?;
    let (mut sent, bytes) = picture(&signed, parts).await?;
    let mut reading = app.office.read_as(&signed.open).await?;
    let person = proposable(&mut reading, &person).await?;
    drop(reading);
    sent.set("is", Kind::Specimen.as_str().to_owned());
    let posted = Posted { app, signed, asked, sent };
    let (app, sent) = (&posted.app, &posted.sent);
    let grant = match app.office.keep_specimen(&bytes).await {
        Ok(grant) => grant,
        Err(Failure::Refused(refusal)) => return again(&posted, &person, &refusal).await,
        Err(failure) => return Err(failure.into()),
    };
    let command = Command::Propose { person: person.0.id, grant: grant.clone() };
    match app.office.command(posted.sender(), sent.command(app), command).await {
        Ok(_) => Ok(to_person(person.0.id, "proposed")),
        Err(Failure::Refused(refusal)) => {
            app.office.discard_specimen(&grant).await?;
            again(&posted, &person, &refusal).await
        }
        Err(failure) => Err(failure.into()),
    }
}

/// The fields of a form with one picture, of which no more than one byte over the limit is kept.
async fn picture(signed: &Signed, mut parts: Multipart) -> Result<(Sent, Vec<u8>), WebError> {
    let broken = |_| WebError::page(Code::RequestForm);
    let (mut sent, mut bytes, mut proved) = (Sent::default(), Vec::new(), false);
    while let Some(mut field) = parts.next_field().await.map_err(broken)? {
        let name = field.name().unwrap_or_default().to_owned();
        if name == "content" && proved {
            while let Some(chunk) = field.chunk().await.map_err(broken)? {
                let room = (specimen::LARGEST + 1).saturating_sub(bytes.len());
                bytes.extend_from_slice(chunk.get(..chunk.len().min(room)).unwrap_or_default());
            }
            continue;
        }
        let text = words(&mut field).await?;
        match name.as_str() {
            "token" => {
                same_person(signed, &text)?;
                proved = true;
            }
            "command" if proved => sent.push(name, text),
            _ => {}
        }
    }
    if proved { Ok((sent, bytes)) } else { Err(WebError::page(Code::Forbidden)) }
}

/// A specimen, to be looked at beside the signature that was given.
pub async fn specimen(visit: Visit, Path((_, held)): Path<(String, String)>) -> Result<Response, WebError> {
    let mut reading = visit.reading;
    authorised(&mut reading, &held).await?;
    let specimen = reading.specimen(id(&held)?).await?;
    Ok(picture_of(specimen).await?.into_response())
}

/// A picture as it is answered.
pub async fn picture_of(
    specimen: office::specimen::Specimen,
) -> Result<([(header::HeaderName, String); 2], Vec<u8>), WebError> {
    let office::specimen::Specimen { media_type, bytes: mut unsealing } = specimen;
    let mut bytes = Vec::new();
    while let Some(chunk) = unsealing.next_chunk()? {
        bytes.extend_from_slice(&chunk);
    }
    // Drawn where an <img> asks for it; opened by itself it can do nothing.
    let alone = "default-src 'none'; sandbox".to_owned();
    Ok(([(header::CONTENT_TYPE, media_type), (header::CONTENT_SECURITY_POLICY, alone)], bytes))
}

/// Back to the file of a person, which says what was done.
pub fn to_person(person: PersonId, done: &str) -> Response {
    Redirect::to(&format!("/people/{person}?done={done}")).into_response()
}

/// Confirms what another proposed, bound to what was read. Where nobody proved for a while who sits here, the password
/// is asked for, and what was sent is sent again with it.
pub async fn confirm(Path(proposal): Path<String>, posted: Posted) -> Result<Response, WebError> {
    let Posted { app, sent, .. } = &posted;
    let waiting = authorised(&mut posted.read().await?, &proposal).await?;
    let digest = registry::id::unhex::<32>(sent.get("proposal")).map(Digest);
    let digest = digest.ok_or_else(|| WebError::page(Code::RequestForm))?;
    let command = Command::Confirm { authorisation: waiting.id, proposal: digest };
    let key = sent.command(app);
    let confirmed = match posted.proven().await {
        Ok(session) => app.office.command(Sender::of(&session), key, command).await,
        Err(failure) => Err(failure),
    };
    match confirmed {
        Ok(_) => Ok(to_person(waiting.person, "confirmed")),
        Err(Failure::Refused(refusal)) if proving::answers(&refusal) => {
            let fields = [("proposal", digest.to_string()), ("command", key.to_string())];
            confirm_again(&posted, &waiting, &fields, &refusal).await
        }
        Err(failure) => Err(failure.into()),
    }
}

async fn confirm_again(
    posted: &Posted,
    waiting: &Authorisation,
    fields: &[(&str, String)],
    refusal: &Refusal,
) -> Result<Response, WebError> {
    let mut reading = posted.read().await?;
    let say = posted.asked.voice_for(&posted.app, &reading);
    let (person, _) = reading.person_file(waiting.person).await?;
    let by = match waiting.proposed_by {
        Some(by) => reading.name_of(by).await?.unwrap_or_default(),
        None => String::new(),
    };
    let (title, go) = (say.t("confirm-title"), say.t("person-confirm"));
    let what = shown::grant(say, &reading.house, &waiting.grant);
    let named = say.tr("confirm-what", &[("what", what.into()), ("name", person.name.as_str().into())]);
    let when = say.date(waiting.proposed_at.date(&reading.house.zone));
    let again = Again {
        title: &title,
        about: (&person.name, &format!("/people/{}", person.id)),
        what: html! {
            p { strong { (named) } }
            p.quiet { (say.tr("person-proposed-by", &[("name", by.into()), ("when", when.into())])) }
        },
        action: &format!("/proposals/{}/confirm", waiting.id),
        fields: &fields.iter().map(|(name, value)| (*name, value.as_str())).collect::<Vec<_>>(),
        go: &go,
    };
    Ok(proving::page(say, &reading, &posted.signed, &again, refusal))
}

/// The page that asks why an authorisation ends.
pub async fn revoke_page(visit: Visit, Path(authorisation): Path<String>) -> Result<Response, WebError> {
    let Visit { app, signed, asked, mut reading, .. } = visit;
    let say = asked.voice_for(&app, &reading);
    let held = authorised(&mut reading, &authorisation).await?;
    let mut sent = Sent::default();
    sent.push("command", app.office.new_command().to_string());
    ending_page(say, &mut reading, &signed, &held, &sent, &Wrong::default()).await
}

async fn ending_page(
    say: Voice<'_>,
    reading: &mut Reading,
    signed: &Signed,
    held: &Authorisation,
    sent: &Sent,
    wrong: &Wrong,
) -> Result<Response, WebError> {
    if held.standing == Standing::Revoked {
        return Err(WebError::page(Code::NotFound));
    }
    let (person, _) = reading.person_file(held.person).await?;
    let what = shown::grant(say, &reading.house, &held.grant);
    let action = format!("/authorisations/{}/revoke", held.id);
    let own = format!("/people/{}", person.id);
    let (title, label, go, cancel) =
        (say.t("revoke-title"), say.t("revoke-reason"), say.t("person-revoke"), say.t("form-cancel"));
    let (hint, people) = (say.t("revoke-reason-hint"), say.t("people-title"));
    let text = say.tr("revoke-text", &[("what", what.into()), ("name", person.name.as_str().into())]);
    let body = html! {
        (wrong.shown(say, &[("reason", &label)]))
        (crumbs(say, &[Crumb { label: &people, href: "/people" }, Crumb { label: &person.name, href: &own }]))
        (heading(&title, &html! { p { (text) } }))
        (form(Form { action: &action, token: Some(&signed.form_token), command: Some(sent.get("command")), files: false, guard: true }, &html! {
            (Field::new("reason", &label).hint(&hint).value(sent.get("reason")).error(wrong.at("reason")).long(say, 2))
            (buttons(&[Button::grave(&go), Button::plain(&cancel).to(&own)]))
        }))
    };
    let sheet = Sheet::plain(&title, &action, Some(Section::People), body);
    Ok(frame::page(say, reading, &signed.form_token, sheet))
}

/// Ends an authorisation at once.
pub async fn revoke(Path(authorisation): Path<String>, posted: Posted) -> Result<Response, WebError> {
    let Posted { app, signed, asked, sent } = &posted;
    let held = authorised(&mut posted.read().await?, &authorisation).await?;
    let command = Command::Revoke { authorisation: held.id, reason: sent.get("reason").to_owned() };
    match app.office.command(posted.sender(), sent.command(app), command).await {
        Ok(_) => Ok(to_person(held.person, "revoked")),
        Err(Failure::Refused(refusal)) if refusal.field == Some("reason") => {
            let mut reading = posted.read().await?;
            let say = asked.voice_for(app, &reading);
            let mut wrong = Wrong::default();
            wrong.on(say, "reason", &refusal);
            let page = ending_page(say, &mut reading, signed, &held, sent, &wrong).await?;
            Ok(refused(page, refusal.code))
        }
        Err(failure) => Err(failure.into()),
    }
}

/// Gives a role of a registry that shows no content.
pub async fn assign(Path(person): Path<String>, posted: Posted) -> Result<Response, WebError> {
    let Posted { app, sent, .. } = &posted;
    let person: PersonId = id(&person)?;
    let mut reading = posted.read().await?;
    reading.person_file(person).await?;
    if !reading.sees_people() {
        return Err(WebError::page(Code::Forbidden));
    }
    drop(reading);
    let not_offered = || WebError::page(Code::NotOffered);
    let role = Role::ALL.into_iter().find(|r| r.as_str() == sent.get("role")).ok_or_else(not_offered)?;
    let registry: RegistryId = sent.get("registry").parse().map_err(|_| not_offered())?;
    let command = Command::AssignRole { person, role, registry };
    app.office.command(posted.sender(), sent.command(app), command).await?;
    Ok(to_person(person, "assigned"))
}
