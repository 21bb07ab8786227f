//! The organisation for programs: the units and posts of a day, what somebody answers for, contacts, distribution lists, and
//! the acts. It is one for whoever is signed in, as on the pages.

use axum::{
    Json as Out,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use jiff::civil::Date;
use office::{
    Reading, Sender,
    organisation::{Named as Who, PostRow, UnitRow},
};
use registry::{
    Answer, Code, Command, PersonId,
    house::{House, Names},
    id::ContactId,
    organisation::{
        Act, Because, Contact, DistributionList, For, Leave, Organisation, StandIn, Thing,
        lists::{Addressee, Receiver},
    },
};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    api::{
        Problem,
        request::{self, Json, Key, Named, Nothing, Parameters},
        view,
    },
    app::App,
    signed::Token,
};

/// Of which day.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DayAsked {
    day: Option<String>,
}

impl DayAsked {
    /// The day that is asked for; else today.
    fn day(&self, reading: &Reading) -> Result<Date, Problem> {
        match self.day.as_deref() {
            Some(text) => Ok(request::day("day", text)?),
            None => Ok(reading.today()),
        }
    }
}

fn both(names: &Names) -> Value {
    json!({"en": names.en, "fr": names.fr})
}

fn person(who: &Who) -> Value {
    json!({"id": who.person, "name": who.name})
}

fn because(why: Option<Because>) -> Option<&'static str> {
    why.map(|why| match why {
        Because::Leave => "leave",
        Because::Vacant => "vacant",
    })
}

fn unit(row: &UnitRow, organisation: &Organisation, house: &House, day: Date) -> Value {
    let head = organisation.head(row.unit.id, day);
    let of = |head: &registry::organisation::Head| {
        json!({
            "unit": organisation.unit(head.unit).map(|unit| &unit.code),
            "post": organisation.post(head.post).map(|post| &post.code),
            "person": row.head.as_ref().map(person),
            "because": because(head.acting.because),
        })
    };
    json!({
        "id": row.unit.id,
        "code": row.unit.code,
        "names": both(&row.unit.names),
        "is": row.unit.is,
        "parent": row.unit.parent.and_then(|id| organisation.unit(id)).map(|unit| &unit.code),
        "registry": organisation.registry_of(row.unit.id).and_then(|id| view::code(id, house)),
        "from": row.unit.days.from,
        "until": row.unit.days.until,
        "depth": row.depth,
        "head": head.as_ref().map(of),
        "posts": row.posts,
        "vacant": row.vacant,
    })
}

fn post(row: &PostRow) -> Value {
    json!({
        "id": row.post.id,
        "code": row.post.code,
        "titles": both(&row.post.titles),
        "unit": row.unit,
        "head": row.post.head,
        "from": row.post.days.from,
        "until": row.post.days.until,
        "holder": row.holder.as_ref().map(person),
        "held_until": row.held_until,
        "acting": row.acting.as_ref().map(person),
        "because": because(row.because),
    })
}

/// Whoever is called by name where an identifier stands.
struct Called<'a> {
    organisation: &'a Organisation,
    people: &'a std::collections::HashMap<PersonId, String>,
}

impl Called<'_> {
    fn person(&self, id: PersonId) -> Value {
        json!({"id": id, "name": self.people.get(&id)})
    }

    fn stand_in(&self, one: &StandIn) -> Value {
        let (post, person) = match one.of {
            For::Post { post } => (self.organisation.post(post).map(|post| post.code.clone()), None),
            For::Person { person } => (None, Some(self.person(person))),
        };
        json!({
            "id": one.id, "for_post": post, "for_person": person,
            "by": self.person(one.by), "from": one.from, "until": one.until,
        })
    }
}

fn leave(one: &Leave) -> Value {
    json!({"id": one.id, "from": one.from, "until": one.until})
}

/// The units and posts of a day.
pub async fn tree(
    State(app): State<App>,
    token: Token,
    Parameters(asked): Parameters<DayAsked>,
) -> Result<Out<Value>, Problem> {
    let mut reading = app.office.read_as(&token.session).await?;
    let day = asked.day(&reading)?;
    let (organisation, units) = (reading.organisation().await?, reading.units(day).await?);
    let units: Vec<Value> = units.iter().map(|row| unit(row, &organisation, &reading.house, day)).collect();
    let posts: Vec<Value> = reading.posts(None, day).await?.iter().map(post).collect();
    Ok(Out(json!({"day": day, "units": units, "posts": posts})))
}

/// A unit of a day with its posts.
pub async fn one_unit(
    State(app): State<App>,
    token: Token,
    Path(code): Path<String>,
    Parameters(asked): Parameters<DayAsked>,
) -> Result<Out<Value>, Problem> {
    let mut reading = app.office.read_as(&token.session).await?;
    let day = asked.day(&reading)?;
    let organisation = reading.organisation().await?;
    let found = organisation.unit_by_code(&code).ok_or(Code::NotFound)?.id;
    let units = reading.units(day).await?;
    let row = units.iter().find(|row| row.unit.id == found).ok_or(Code::NotFound)?;
    let below: Vec<&str> = units
        .iter()
        .filter(|other| other.unit.parent == Some(found))
        .map(|other| other.unit.code.as_str())
        .collect();
    let posts: Vec<Value> = reading.posts(Some(found), day).await?.iter().map(post).collect();
    let own = unit(row, &organisation, &reading.house, day);
    Ok(Out(json!({"day": day, "unit": own, "posts": posts, "below": below})))
}

/// A post of a day, with who held it, holds it and will, and who is named to stand in.
pub async fn one_post(
    State(app): State<App>,
    token: Token,
    Path(code): Path<String>,
    Parameters(asked): Parameters<DayAsked>,
) -> Result<Out<Value>, Problem> {
    let mut reading = app.office.read_as(&token.session).await?;
    let day = asked.day(&reading)?;
    let (organisation, people) = (reading.organisation().await?, reading.names().await?);
    let found = organisation.post_by_code(&code).ok_or(Code::NotFound)?.clone();
    let names = Called { organisation: &organisation, people: &people };
    let posts = reading.posts(Some(found.unit), day).await?;
    let row = posts.iter().find(|row| row.post.id == found.id).ok_or(Code::NotFound)?;
    let holders: Vec<Value> = organisation
        .tenures_of(found.id)
        .into_iter()
        .map(|one| {
            json!({
                "id": one.id, "person": names.person(one.person),
                "from": one.days.from, "until": one.days.until,
            })
        })
        .collect();
    let named = organisation.stand_ins().into_iter();
    let named = named.filter(|one| one.of == For::Post { post: found.id } && one.until >= day);
    let stand_ins: Vec<Value> = named.map(|one| names.stand_in(one)).collect();
    Ok(Out(json!({"day": day, "post": post(row), "holders": holders, "stand_ins": stand_ins})))
}

/// What somebody answers for on a day.
pub async fn duties(
    State(app): State<App>,
    token: Token,
    Named(who): Named<PersonId>,
    Parameters(asked): Parameters<DayAsked>,
) -> Result<Out<Value>, Problem> {
    let mut reading = app.office.read_as(&token.session).await?;
    let day = asked.day(&reading)?;
    let row = reading.person_in_posts(who, day).await?;
    let (organisation, people) = (reading.organisation().await?, reading.names().await?);
    let names = Called { organisation: &organisation, people: &people };
    let posts: Vec<Value> = row.posts.iter().map(post).collect();
    let leaves: Vec<Value> = row.leaves.iter().map(leave).collect();
    let named = organisation.stand_ins().into_iter();
    let named = named.filter(|one| one.of == For::Person { person: who } && one.until >= day);
    let stand_ins: Vec<Value> = named.map(|one| names.stand_in(one)).collect();
    let stands_in: Vec<Value> = row.stands_in.iter().map(|one| names.stand_in(one)).collect();
    Ok(Out(json!({
        "day": day, "person": person(&row.who), "posts": posts, "leaves": leaves,
        "stand_ins": stand_ins, "stands_in": stands_in,
    })))
}

fn contact(one: &Contact) -> Value {
    json!({
        "id": one.id, "is": one.is, "name": one.name, "organisation": one.organisation,
        "nation": one.nation, "post": one.post, "address": one.address, "mail": one.mail,
        "telephone": one.telephone, "languages": one.languages, "notes": one.notes, "ends": one.ends,
    })
}

/// Which contacts.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ContactsAsked {
    q: Option<String>,
    day: Option<String>,
    after: Option<ContactId>,
    limit: Option<usize>,
}

/// The contacts of a day by name, page by page.
pub async fn contacts(
    State(app): State<App>,
    token: Token,
    Parameters(asked): Parameters<ContactsAsked>,
) -> Result<Out<Value>, Problem> {
    let mut reading = app.office.read_as(&token.session).await?;
    let day = DayAsked { day: asked.day }.day(&reading)?;
    let limit = request::limit(asked.limit)?;
    let found = reading.contacts(asked.q.as_deref().unwrap_or_default(), day).await?;
    let begin = asked.after.and_then(|after| found.iter().position(|one| one.id == after));
    let begin = begin.map_or(0, |place| place + 1);
    let part: Vec<&Contact> = found.iter().skip(begin).take(limit).collect();
    let more = found.len() > begin + part.len();
    let next = part.last().filter(|_| more).map(|one| one.id);
    let rows: Vec<Value> = part.into_iter().map(contact).collect();
    Ok(Out(json!({"total": found.len(), "contacts": rows, "next": next})))
}

/// A contact.
pub async fn one_contact(
    State(app): State<App>,
    token: Token,
    Named(id): Named<ContactId>,
    Parameters(Nothing {}): Parameters<Nothing>,
) -> Result<Out<Value>, Problem> {
    let mut reading = app.office.read_as(&token.session).await?;
    let organisation = reading.organisation().await?;
    Ok(Out(contact(organisation.contact(id).ok_or(Code::NotFound)?)))
}

fn list(one: &DistributionList, names: &Called<'_>, house: &House) -> Value {
    let all = names.organisation;
    let lines: Vec<Value> = one
        .lines
        .iter()
        .map(|line| {
            let (is, called) = match line.addressee {
                Addressee::Post { post } => ("post", all.post(post).map(|post| post.code.clone())),
                Addressee::Unit { unit } => ("unit", all.unit(unit).map(|unit| unit.code.clone())),
                Addressee::Person { person } => ("person", names.people.get(&person).cloned()),
                Addressee::Registry { registry } => {
                    ("registry", view::code(registry, house).map(str::to_owned))
                }
                Addressee::Contact { contact } => {
                    ("contact", all.contact(contact).map(|contact| contact.name.clone()))
                }
            };
            json!({"is": is, "name": called, "purpose": line.purpose})
        })
        .collect();
    json!({
        "id": one.id, "code": one.code, "names": both(&one.names),
        "owner": all.unit(one.owner).map(|unit| &unit.code), "lines": lines, "ends": one.ends,
    })
}

/// The distribution lists of a day, by code.
pub async fn lists(
    State(app): State<App>,
    token: Token,
    Parameters(asked): Parameters<DayAsked>,
) -> Result<Out<Value>, Problem> {
    let mut reading = app.office.read_as(&token.session).await?;
    let day = asked.day(&reading)?;
    let found = reading.distribution_lists(day).await?;
    let (organisation, people) = (reading.organisation().await?, reading.names().await?);
    let names = Called { organisation: &organisation, people: &people };
    let rows: Vec<Value> = found.iter().map(|one| list(one, &names, &reading.house)).collect();
    Ok(Out(json!({"day": day, "lists": rows})))
}

/// A distribution list, with whom it means on a day.
pub async fn one_list(
    State(app): State<App>,
    token: Token,
    Path(code): Path<String>,
    Parameters(asked): Parameters<DayAsked>,
) -> Result<Out<Value>, Problem> {
    let mut reading = app.office.read_as(&token.session).await?;
    let day = asked.day(&reading)?;
    let (organisation, people) = (reading.organisation().await?, reading.names().await?);
    let names = Called { organisation: &organisation, people: &people };
    let found = organisation.list_by_code(&code).ok_or(Code::NotFound)?;
    let (meant, nobody) = reading.meant_by(found.id, day).await?;
    let meant: Vec<Value> = meant
        .iter()
        .map(|one| {
            let (is, id) = match one.receiver {
                Receiver::Person(id) => ("person", id.to_string()),
                Receiver::Registry(id) => ("registry", id.to_string()),
                Receiver::Contact(id) => ("contact", id.to_string()),
            };
            json!({"is": is, "id": id, "name": one.name, "purpose": one.purpose, "lines": one.lines})
        })
        .collect();
    let own = list(found, &names, &reading.house);
    Ok(Out(json!({"day": day, "list": own, "meant": meant, "nobody": nobody})))
}

/// Does something with the organisation.
pub async fn act(
    State(app): State<App>,
    token: Token,
    Key(command): Key,
    Parameters(Nothing {}): Parameters<Nothing>,
    Json(act): Json<Act>,
) -> Result<Response, Problem> {
    let sender = Sender::of(&token.session);
    match app.office.command(sender, command, Command::Organise { act: Box::new(act) }).await? {
        Answer::Organised { thing } => {
            let (is, id) = match thing {
                Thing::Unit { unit } => ("unit", unit.to_string()),
                Thing::Post { post } => ("post", post.to_string()),
                Thing::Tenure { tenure } => ("tenure", tenure.to_string()),
                Thing::StandIn { stand_in } => ("stand-in", stand_in.to_string()),
                Thing::Leave { leave } => ("leave", leave.to_string()),
                Thing::Contact { contact } => ("contact", contact.to_string()),
                Thing::List { list } => ("list", list.to_string()),
            };
            Ok((StatusCode::CREATED, Out(json!({"of": is, "id": id}))).into_response())
        }
        _ => Err(Problem::of(Code::Conflict)),
    }
}
