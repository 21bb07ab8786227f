//! The house as the register tables hold it: policies, bodies, registries, groups, persons, authorisations.

use label::{Communities, Policies, Policy};
use registry::{
    AuthorisationId, HOUSE, PersonId,
    authorisation::{Authorisation, Grant, Revoked, Standing},
    house::{Body, Group, House, Names, Registry},
    id::Digest,
    person::{Changed, Person},
};

use crate::{
    error::StoreError,
    sql::{Conn, Row, built},
    values,
};

/// How many entries a ledger has.
pub async fn size(conn: &mut Conn, registry: registry::RegistryId) -> Result<u64, StoreError> {
    let row = conn.one("SELECT size FROM ledger_head WHERE registry_id = $1", values![registry]).await?;
    row.map_or(Ok(0), |row| Ok(row.number(0)?))
}

/// The whole house as this transaction sees it; `communities` reads the file that was adopted.
pub async fn load(
    conn: &mut Conn,
    communities: impl Fn(&str) -> Result<Communities, String>,
) -> Result<House, StoreError> {
    let sequence = size(conn, HOUSE).await?;
    let row = conn
        .one("SELECT name, zone FROM installation WHERE registry_id = $1", values![HOUSE])
        .await?
        .ok_or_else(|| StoreError::damaged("the house has no founding entry"))?;
    let name = row.text(0)?;
    let zone = row.text(1)?;
    let mut policies = Vec::new();
    for row in conn.all("SELECT xml FROM policy WHERE registry_id = $1 ORDER BY name", values![HOUSE]).await?
    {
        policies.push(Policy::parse(row.text(0)?.as_bytes()).map_err(StoreError::damaged)?);
    }
    let policies = Policies::new(policies).map_err(StoreError::damaged)?;
    let known = match conn.one("SELECT toml FROM communities WHERE registry_id = $1", values![HOUSE]).await? {
        Some(row) => communities(&row.text(0)?).map_err(StoreError::damaged)?,
        None => Communities::default(),
    };
    let mut house = House::new(sequence, name, policies, known);
    house.zone = jiff::tz::TimeZone::get(&zone).map_err(StoreError::damaged)?;
    for row in conn
        .all("SELECT body_id, code, name_en, name_fr FROM body WHERE registry_id = $1", values![HOUSE])
        .await?
    {
        house.add_body(Body { id: row.id(0)?, code: row.text(1)?, names: names(&row, 2)? });
    }
    for row in conn
        .all(
            "SELECT opened_id, code, name_en, name_fr, body_id, parent_id, ceilings FROM registry WHERE registry_id = $1",
            values![HOUSE],
        )
        .await?
    {
        house.add_registry(Registry {
            id: row.id(0)?,
            code: row.text(1)?,
            names: names(&row, 2)?,
            body: row.opt_id(4)?,
            parent: row.opt_id(5)?,
            ceilings: serde_json::from_str(&row.text(6)?).map_err(StoreError::damaged)?,
        });
    }
    for row in conn.all("SELECT name, toml FROM series_file WHERE registry_id = $1", values![HOUSE]).await? {
        house.add_series(row.text(0)?, row.text(1)?);
    }
    let routines = "SELECT what, name, toml FROM routine_file WHERE registry_id = $1";
    for row in conn.all(routines, values![HOUSE]).await? {
        let what = registry::cases::Routines::read(&row.text(0)?)
            .ok_or_else(|| StoreError::damaged("neither a procedure nor a calendar"))?;
        house.add_routine(what, row.text(1)?, row.text(2)?);
    }
    for row in conn
        .all("SELECT series, numbered_by FROM series_registry WHERE registry_id = $1", values![HOUSE])
        .await?
    {
        house.entrust(row.text(0)?, row.id(1)?);
    }
    for row in conn
        .all("SELECT group_id, code, name_en, name_fr FROM need_group WHERE registry_id = $1", values![HOUSE])
        .await?
    {
        house.add_group(Group { id: row.id(0)?, code: row.text(1)?, names: names(&row, 2)? });
    }
    Ok(house)
}

fn names(row: &Row, first: usize) -> Result<Names, StoreError> {
    Ok(Names { en: row.text(first)?, fr: row.text(first + 1)? })
}

const PERSON: &str = "person_id, login, name, nationality, language, title, body_id, left_on";

fn person_of(row: &Row) -> Result<Person, StoreError> {
    Ok(Person {
        id: row.id(0)?,
        login: row.text(1)?,
        name: row.text(2)?,
        nationality: row.text(3)?,
        language: row.text(4)?,
        title: row.text(5)?,
        body: row.opt_id(6)?,
        left: row.opt_text(7)?.map(|d| d.parse()).transpose().map_err(StoreError::damaged)?,
    })
}

/// A person by identifier.
pub async fn person(conn: &mut Conn, id: PersonId) -> Result<Option<Person>, StoreError> {
    let sql = built(format!("SELECT {PERSON} FROM person WHERE registry_id = $1 AND person_id = $2"));
    conn.one(sql, values![HOUSE, id]).await?.as_ref().map(person_of).transpose()
}

/// A person by the short name for signing in.
pub async fn person_by_login(conn: &mut Conn, login: &str) -> Result<Option<Person>, StoreError> {
    let sql = built(format!("SELECT {PERSON} FROM person WHERE registry_id = $1 AND login = $2"));
    conn.one(sql, values![HOUSE, login.trim().to_lowercase()]).await?.as_ref().map(person_of).transpose()
}

/// Whose a certificate is by an authorisation in force: nobody's, one person's, or, where two were wrongly given the same
/// one, the first two.
pub async fn holders_of(conn: &mut Conn, grant: &Grant) -> Result<Vec<PersonId>, StoreError> {
    let content = serde_json::to_string(grant).map_err(StoreError::damaged)?;
    let rows = conn
        .all(
            "SELECT DISTINCT person_id FROM authorisation WHERE registry_id = $1 AND standing = 'confirmed' AND content = $2 ORDER BY person_id LIMIT 2",
            values![HOUSE, content],
        )
        .await?;
    rows.iter().map(|row| Ok(row.id(0)?)).collect()
}

/// Everyone, by name. A house has thousands of persons at most.
pub async fn persons(conn: &mut Conn) -> Result<Vec<Person>, StoreError> {
    let sql =
        built(format!("SELECT {PERSON} FROM person WHERE registry_id = $1 ORDER BY sort_key, person_id"));
    conn.all(sql, values![HOUSE]).await?.iter().map(person_of).collect()
}

/// What was changed of a person, the newest first.
pub async fn changes(conn: &mut Conn, person: PersonId) -> Result<Vec<Changed>, StoreError> {
    conn.all(
        "SELECT sequence, time, actor, reason, change FROM person_history WHERE registry_id = $1 AND person_id = $2 ORDER BY sequence DESC",
        values![HOUSE, person],
    )
    .await?
    .iter()
    .map(|row| {
        Ok(Changed {
            sequence: row.number(0)?,
            at: row.time(1)?,
            by: row.id(2)?,
            reason: row.text(3)?,
            change: serde_json::from_str(&row.text(4)?).map_err(StoreError::damaged)?,
        })
    })
    .collect()
}

const AUTHORISATION: &str = "authorisation_id, person_id, standing, content, proposal, proposed_by, proposed_at, confirmed_by, confirmed_at, revoked_by, revoked_at, reason";

fn authorisation_of(row: &Row) -> Result<Authorisation, StoreError> {
    let standing = match row.text(2)?.as_str() {
        "proposed" => Standing::Proposed,
        "confirmed" => Standing::Confirmed,
        "revoked" => Standing::Revoked,
        other => return Err(StoreError::damaged(format!("standing {other}"))),
    };
    Ok(Authorisation {
        id: row.id(0)?,
        person: row.id(1)?,
        standing,
        grant: serde_json::from_str(&row.text(3)?).map_err(StoreError::damaged)?,
        proposal: Digest(row.array(4)?),
        proposed_by: row.opt_id(5)?,
        proposed_at: row.time(6)?,
        confirmed_by: row.opt_id(7)?,
        confirmed_at: row.opt_time(8)?,
        revoked: match (row.opt_id(9)?, row.opt_time(10)?) {
            (Some(by), Some(at)) => Some(Revoked { by, at, reason: row.opt_text(11)?.unwrap_or_default() }),
            _ => None,
        },
    })
}

/// What a person was ever proposed for, oldest first.
pub async fn authorisations(conn: &mut Conn, person: PersonId) -> Result<Vec<Authorisation>, StoreError> {
    let sql = built(format!(
        "SELECT {AUTHORISATION} FROM authorisation WHERE registry_id = $1 AND person_id = $2 ORDER BY proposed_at, authorisation_id"
    ));
    conn.all(sql, values![HOUSE, person]).await?.iter().map(authorisation_of).collect()
}

/// One authorisation.
pub async fn authorisation(
    conn: &mut Conn,
    id: AuthorisationId,
) -> Result<Option<Authorisation>, StoreError> {
    let sql = built(format!(
        "SELECT {AUTHORISATION} FROM authorisation WHERE registry_id = $1 AND authorisation_id = $2"
    ));
    conn.one(sql, values![HOUSE, id]).await?.as_ref().map(authorisation_of).transpose()
}

/// All that was confirmed and has not been ended, of everyone, person by person. A house has thousands of persons at
/// most.
pub async fn standing(conn: &mut Conn) -> Result<Vec<Authorisation>, StoreError> {
    let sql = built(format!(
        "SELECT {AUTHORISATION} FROM authorisation WHERE registry_id = $1 AND standing = 'confirmed' ORDER BY person_id, proposed_at, authorisation_id"
    ));
    conn.all(sql, values![HOUSE]).await?.iter().map(authorisation_of).collect()
}

/// Proposals that wait for a second person, oldest first.
pub async fn proposals(conn: &mut Conn) -> Result<Vec<Authorisation>, StoreError> {
    let sql = built(format!(
        "SELECT {AUTHORISATION} FROM authorisation WHERE registry_id = $1 AND standing = 'proposed' ORDER BY proposed_at, authorisation_id LIMIT 1000"
    ));
    conn.all(sql, values![HOUSE]).await?.iter().map(authorisation_of).collect()
}
