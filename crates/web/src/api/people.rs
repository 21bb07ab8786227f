//! People: who they are, what they are authorised to; one proposes, another confirms. Says in words what the rules
//! take in codes; decides nothing.

use axum::{
    Json as Out,
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use label::NamedClearance;
use office::{Failure, Reading, Sender};
use registry::{
    Answer, AuthorisationId, Code, Command, CommandId, PersonId, Refusal,
    authorisation::{Grant, Role},
    house::House,
    id::Digest,
    person::{Change, Changed, NewPerson, Particulars},
};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    api::{
        Problem,
        request::{Json, Key, Named, Nothing, Parameters, day, form, label_refusal, limit},
        view,
    },
    app::App,
    signed::Token,
};

/// Which part of the list.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PeopleAsked {
    login: Option<String>,
    after: Option<String>,
    limit: Option<usize>,
}

/// Everyone, by name, page by page: for those who keep the list.
pub async fn list(
    State(app): State<App>,
    token: Token,
    Parameters(asked): Parameters<PeopleAsked>,
) -> Result<Out<Value>, Problem> {
    let mut reading = app.office.read_as(&token.session).await?;
    let mut people = reading.people().await?;
    if let Some(login) = &asked.login {
        people.retain(|p| p.login.eq_ignore_ascii_case(login.trim()));
    }
    let limit = limit(asked.limit)?;
    let begin = match &asked.after {
        None => 0,
        Some(text) => {
            let last: PersonId = text.parse().map_err(|_| form("after", "not a place of this list"))?;
            let at = people.iter().position(|p| p.id == last);
            at.ok_or_else(|| form("after", "not a place of this list"))? + 1
        }
    };
    let page: Vec<_> = people.iter().skip(begin).take(limit).collect();
    let next = page.last().filter(|_| begin + page.len() < people.len()).map(|p| p.id.to_string());
    let rows: Vec<Value> = page.iter().map(|p| view::person(p, &reading.house)).collect();
    Ok(Out(json!({"total": people.len(), "people": rows, "next": next})))
}

/// A person: for those who keep the list, and for himself. What he is authorised to only security officers see.
pub async fn one(
    State(app): State<App>,
    token: Token,
    Named(id): Named<PersonId>,
    Parameters(Nothing {}): Parameters<Nothing>,
) -> Result<Out<Value>, Problem> {
    let mut reading = app.office.read_as(&token.session).await?;
    let (person, held) = reading.person_file(id).await?;
    let house = &reading.house;
    let mut shown = view::person(&person, house);
    let seen = reading.sees_authorisations() || id == token.session.person;
    let held: Option<Vec<Value>> =
        seen.then(|| held.iter().map(|a| view::authorisation(a, &held, house, reading.today())).collect());
    let changes: Vec<Value> =
        reading.person_changes(id).await?.iter().map(|c| changed(c, &reading.house)).collect();
    if let Some(fields) = shown.as_object_mut() {
        fields.insert("authorisations".to_owned(), json!(held));
        fields.insert("changes".to_owned(), json!(changes));
    }
    Ok(Out(shown))
}

/// What was changed of a person.
fn changed(one: &Changed, house: &House) -> Value {
    let told = |p: &Particulars| {
        json!({
            "name": p.name, "language": p.language, "title": p.title,
            "body": p.body.and_then(|b| house.body(b)).map(|b| b.code.as_str()),
            "left": p.left,
        })
    };
    let (from, to) = match &one.change {
        Change::Particulars { from, to } => (told(from), told(to)),
        Change::Nationality { from, to } => (json!({"nationality": from}), json!({"nationality": to})),
    };
    json!({"at": one.at.to_string(), "by": one.by, "reason": one.reason, "from": from, "to": to})
}

/// What is to be changed of a person: what is given, the rest stays. An empty `body` or `left` takes it away.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChangeAsked {
    reason: String,
    name: Option<String>,
    language: Option<String>,
    title: Option<String>,
    body: Option<String>,
    left: Option<String>,
}

/// Changes what is known of a person.
pub async fn change(
    State(app): State<App>,
    token: Token,
    Named(person): Named<PersonId>,
    Parameters(Nothing {}): Parameters<Nothing>,
    Key(id): Key,
    Json(asked): Json<ChangeAsked>,
) -> Result<Response, Problem> {
    let house = acting(&app, &token, person, Reading::sees_people).await?;
    let (known, _) = app.office.read_as(&token.session).await?.person_file(person).await?;
    let now = known.particulars();
    let to = Particulars {
        name: asked.name.unwrap_or(now.name),
        language: asked.language.unwrap_or(now.language),
        title: asked.title.unwrap_or(now.title),
        body: match asked.body.as_deref().map(str::trim) {
            None => now.body,
            Some("") => None,
            Some(code) => Some(body_coded(code, &house)?),
        },
        left: match asked.left.as_deref().map(str::trim) {
            None => now.left,
            Some("") => None,
            Some(text) => Some(day("left", text)?),
        },
    };
    match done(&app, &token, id, Command::ChangePerson { person, to, reason: asked.reason }).await? {
        Answer::Changed { person } => Ok(created(None, json!({"person": person}))),
        _ => Err(Problem::of(Code::Conflict)),
    }
}

fn body_coded(code: &str, house: &House) -> Result<registry::BodyId, Refusal> {
    let body = house.bodies().find(|b| b.code.eq_ignore_ascii_case(code.trim()));
    body.map(|b| b.id).ok_or_else(|| Refusal::on("body", Code::NotOffered).with("value", code))
}

async fn done(app: &App, token: &Token, id: CommandId, command: Command) -> Result<Answer, Problem> {
    Ok(app.office.command(Sender::of(&token.session), id, command).await?)
}

fn created(location: Option<String>, body: Value) -> Response {
    let mut response = (StatusCode::CREATED, Out(body)).into_response();
    if let Some(value) = location.and_then(|l| header::HeaderValue::from_str(&l).ok()) {
        response.headers_mut().insert(header::LOCATION, value);
    }
    response
}

/// Who is added.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PersonAsked {
    login: String,
    name: String,
    nationality: String,
    #[serde(default = "english")]
    language: String,
    #[serde(default)]
    title: String,
    body: Option<String>,
}

fn english() -> String {
    "en".to_owned()
}

/// Adds a person, who can do nothing yet.
pub async fn add(
    State(app): State<App>,
    token: Token,
    Parameters(Nothing {}): Parameters<Nothing>,
    Key(id): Key,
    Json(asked): Json<PersonAsked>,
) -> Result<Response, Problem> {
    let reading = app.office.read_as(&token.session).await?;
    // For others there is no list, and the answer does not tell which bodies there are.
    if !reading.sees_people() {
        return Err(Problem::of(Code::NotFound));
    }
    let body = match &asked.body {
        None => None,
        Some(code) => Some(body_coded(code, &reading.house)?),
    };
    drop(reading);
    let person = NewPerson {
        login: asked.login,
        name: asked.name,
        nationality: asked.nationality,
        language: asked.language,
        title: asked.title,
        body,
    };
    match done(&app, &token, id, Command::AddPerson { person }).await? {
        Answer::Added { person } => {
            Ok(created(Some(format!("/api/v1/people/{person}")), json!({"person": person})))
        }
        _ => Err(Problem::of(Code::Conflict)),
    }
}

/// What is proposed, in words.
#[derive(Debug, Deserialize)]
#[serde(tag = "is", rename_all = "kebab-case", deny_unknown_fields)]
pub enum GrantAsked {
    /// A clearance certificate.
    Clearance {
        /// Level and categories.
        clearance: NamedClearance,
        /// Who issued the certificate.
        authority: String,
        /// The number that its issuer gave it.
        number: Option<String>,
        /// First day.
        from: String,
        /// Last day.
        until: String,
    },
    /// A briefing.
    Briefing {
        /// The policy.
        policy: String,
        /// The level or category.
        subject: String,
        /// The day of the briefing.
        on: String,
        /// The day by which it is to be refreshed; the house says when nobody does.
        refresh: Option<String>,
    },
    /// A role.
    Role {
        /// Which.
        role: String,
        /// Where, by code, for roles of a registry.
        registry: Option<String>,
    },
    /// Membership of a need-to-know group.
    Membership {
        /// Which, by code.
        group: String,
    },
    /// A later end of a clearance.
    Extension {
        /// Which.
        of: AuthorisationId,
        /// Last day.
        until: String,
        /// Who says that it may be so.
        authority: String,
        /// Why.
        reason: String,
    },
    /// Another nationality.
    Nationality {
        /// ISO 3166, three letters.
        nationality: String,
        /// By what it is known.
        reason: String,
    },
    /// A certificate of a smart card.
    Certificate {
        /// As the server before this one names it.
        certificate: String,
    },
    /// A specimen of the person's signature.
    Specimen {
        /// The picture, PNG or JPEG, in Base64.
        picture: String,
    },
}

impl GrantAsked {
    async fn resolved(self, app: &App, house: &House) -> Result<Grant, Failure> {
        Ok(match self {
            GrantAsked::Clearance { clearance: named, authority, number, from, until } => Grant::Clearance {
                clearance: house
                    .policies
                    .resolve_clearance(&named)
                    .map_err(|e| label_refusal("clearance", &named.policy, &e))?,
                authority,
                number,
                from: day("from", &from)?,
                until: day("until", &until)?,
            },
            GrantAsked::Briefing { policy, subject, on, refresh } => {
                let unknown = || Refusal::on("policy", Code::UnknownPolicy).with("policy", &policy);
                let known = house.policies.find(&policy).ok_or_else(unknown)?;
                // A briefing is looked up by the policy's own names: write it so.
                let subject = known.level_in_words(&subject).map_or(subject, |level| level.name.clone());
                let refresh = refresh.map(|text| day("refresh", &text)).transpose()?;
                let policy = known.name().to_owned();
                Grant::Briefing { policy, subject, on: day("on", &on)?, refresh }
            }
            GrantAsked::Role { role, registry } => {
                let role = role_named(&role)?;
                let registry = registry.as_deref().map(|code| registry_coded(code, house)).transpose()?;
                Grant::Role { role, registry }
            }
            GrantAsked::Membership { group } => {
                let unknown = || Refusal::on("group", Code::GroupUnknown).with("group", &group);
                Grant::Membership { group: house.group_by_code(&group).ok_or_else(unknown)?.id }
            }
            GrantAsked::Extension { of, until, authority, reason } => {
                Grant::Extension { of, until: day("until", &until)?, authority, reason }
            }
            GrantAsked::Nationality { nationality, reason } => Grant::Nationality { nationality, reason },
            GrantAsked::Certificate { certificate } => Grant::Certificate { certificate },
            GrantAsked::Specimen { picture } => {
                let form = || Refusal::on("picture", Code::RequestForm).with("form", "Base64");
                let bytes = STANDARD.decode(picture).map_err(|_| form())?;
                app.office.keep_specimen(&bytes).await?
            }
        })
    }
}

fn role_named(name: &str) -> Result<Role, Refusal> {
    Role::ALL
        .into_iter()
        .find(|r| r.as_str() == name)
        .ok_or_else(|| Refusal::on("role", Code::NotOffered).with("value", name))
}

fn registry_coded(code: &str, house: &House) -> Result<registry::RegistryId, Refusal> {
    house.registry_by_code(code).map(|r| r.id).ok_or(Refusal::on("registry", Code::RegistryUnknown))
}

/// The house, for those who may act on a person. Whoever may not see the person is told that there is none; whoever may
/// not act is told that, and not by the answer which registries and groups there are.
async fn acting(
    app: &App,
    token: &Token,
    person: PersonId,
    may: impl Fn(&Reading) -> bool,
) -> Result<std::sync::Arc<House>, Problem> {
    let mut reading = app.office.read_as(&token.session).await?;
    reading.person_file(person).await?;
    if may(&reading) { Ok(reading.house.clone()) } else { Err(Problem::of(Code::Forbidden)) }
}

/// Refuses those who may not end or confirm an authorisation: as not there where they may not see it.
async fn deciding(app: &App, token: &Token, authorisation: AuthorisationId) -> Result<(), Problem> {
    let mut reading = app.office.read_as(&token.session).await?;
    reading.authorisation(authorisation).await?;
    if reading.sees_authorisations() { Ok(()) } else { Err(Problem::of(Code::Forbidden)) }
}

/// Proposes a clearance, briefing, role or membership; it holds when another security officer confirms it.
pub async fn propose(
    State(app): State<App>,
    token: Token,
    Named(person): Named<PersonId>,
    Parameters(Nothing {}): Parameters<Nothing>,
    Key(id): Key,
    Json(asked): Json<GrantAsked>,
) -> Result<Response, Problem> {
    let house = acting(&app, &token, person, Reading::sees_authorisations).await?;
    let grant = asked.resolved(&app, &house).await?;
    let proposed = done(&app, &token, id, Command::Propose { person, grant: grant.clone() }).await;
    if proposed.is_err() {
        app.office.discard_specimen(&grant).await?;
    }
    match proposed? {
        Answer::Proposed { authorisation, proposal } => {
            Ok(created(None, json!({"authorisation": authorisation, "proposal": proposal.to_string()})))
        }
        _ => Err(Problem::of(Code::Conflict)),
    }
}

/// A role of a registry.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoleAsked {
    role: String,
    registry: String,
}

/// Gives a role that gives no sight of content: clerk, assistant.
pub async fn assign(
    State(app): State<App>,
    token: Token,
    Named(person): Named<PersonId>,
    Parameters(Nothing {}): Parameters<Nothing>,
    Key(id): Key,
    Json(asked): Json<RoleAsked>,
) -> Result<Response, Problem> {
    let house = acting(&app, &token, person, Reading::sees_people).await?;
    let (role, registry) = (role_named(&asked.role)?, registry_coded(&asked.registry, &house)?);
    let answer = done(&app, &token, id, Command::AssignRole { person, role, registry }).await?;
    confirmed(&answer)
}

fn confirmed(answer: &Answer) -> Result<Response, Problem> {
    match answer {
        Answer::Confirmed { authorisation } | Answer::Revoked { authorisation } => {
            Ok(created(None, json!({"authorisation": authorisation})))
        }
        _ => Err(Problem::of(Code::Conflict)),
    }
}

/// What waits for a second security officer.
pub async fn proposals(
    State(app): State<App>,
    token: Token,
    Parameters(Nothing {}): Parameters<Nothing>,
) -> Result<Out<Value>, Problem> {
    let mut reading = app.office.read_as(&token.session).await?;
    let waiting = reading.proposals().await?;
    let rows: Vec<Value> = waiting
        .iter()
        .map(|(proposal, person)| {
            let mut row = view::authorisation(proposal, &[], &reading.house, reading.today());
            if let Some(fields) = row.as_object_mut() {
                fields.insert("about".to_owned(), view::person(person, &reading.house));
            }
            row
        })
        .collect();
    Ok(Out(json!({"proposals": rows})))
}

/// The digest of the proposal that was read.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConfirmAsked {
    proposal: Digest,
}

/// Confirms a proposal, bound to what was read.
pub async fn confirm(
    State(app): State<App>,
    token: Token,
    Named(authorisation): Named<AuthorisationId>,
    Parameters(Nothing {}): Parameters<Nothing>,
    Key(id): Key,
    Json(asked): Json<ConfirmAsked>,
) -> Result<Response, Problem> {
    deciding(&app, &token, authorisation).await?;
    let command = Command::Confirm { authorisation, proposal: asked.proposal };
    confirmed(&done(&app, &token, id, command).await?)
}

/// Why something ends.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RevokeAsked {
    reason: String,
}

/// Ends an authorisation at once.
pub async fn revoke(
    State(app): State<App>,
    token: Token,
    Named(authorisation): Named<AuthorisationId>,
    Parameters(Nothing {}): Parameters<Nothing>,
    Key(id): Key,
    Json(asked): Json<RevokeAsked>,
) -> Result<Response, Problem> {
    deciding(&app, &token, authorisation).await?;
    let command = Command::Revoke { authorisation, reason: asked.reason };
    confirmed(&done(&app, &token, id, command).await?)
}

/// Gives a new one-time code, which ends the password and every session of the person.
pub async fn one_time_code(
    State(app): State<App>,
    token: Token,
    Named(person): Named<PersonId>,
    Parameters(Nothing {}): Parameters<Nothing>,
) -> Result<Response, Problem> {
    let code = app.office.give_code_as(&token.session, person).await?;
    Ok(created(None, json!({"person": person, "code": code})))
}
