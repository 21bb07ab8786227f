//! The organisation as the register tables hold it, and what became of each thing in it.

use jiff::civil::Date;
use registry::{
    Fact, HOUSE, PersonId, RegistryId, Timestamp,
    id::BookItemId,
    organisation::{Act, Days, For, Leave, Needs, Organisation, StandIn, Tenure, Thing},
};
use serde::de::DeserializeOwned;

use crate::{
    error::StoreError,
    house,
    sql::{Conn, Row},
    values,
};

/// What an entry said of something.
#[derive(Debug, Clone, PartialEq)]
pub struct Past {
    /// The entry.
    pub sequence: u64,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub by: PersonId,
    /// What.
    pub fact: Fact,
}

fn date(text: &str) -> Result<Date, StoreError> {
    text.parse().map_err(StoreError::damaged)
}

fn json<T: DeserializeOwned>(row: &Row, column: usize) -> Result<T, StoreError> {
    serde_json::from_str(&row.text(column)?).map_err(StoreError::damaged)
}

/// The whole organisation as a transaction sees it.
///
/// # Errors
/// When the tables fail, or hold what is no organisation.
pub async fn load(conn: &mut Conn) -> Result<Organisation, StoreError> {
    let mut all = Organisation::at(house::size(conn, HOUSE).await?);
    for row in conn.all("SELECT content FROM org_unit WHERE registry_id = $1", values![HOUSE]).await? {
        all.put_unit(json(&row, 0)?);
    }
    for row in conn.all("SELECT content FROM org_post WHERE registry_id = $1", values![HOUSE]).await? {
        all.put_post(json(&row, 0)?);
    }
    let tenures =
        "SELECT tenure_id, post_id, person_id, from_on, ends_on FROM org_tenure WHERE registry_id = $1";
    for row in conn.all(tenures, values![HOUSE]).await? {
        let until = row.opt_text(4)?.map(|text| date(&text)).transpose()?;
        let days = Days { from: date(&row.text(3)?)?, until };
        all.put_tenure(Tenure { id: row.id(0)?, post: row.id(1)?, person: row.id(2)?, days });
    }
    let stand_ins = "SELECT stand_in_id, for_post, for_person, by_person, from_on, until_on FROM org_stand_in WHERE registry_id = $1";
    for row in conn.all(stand_ins, values![HOUSE]).await? {
        all.put_stand_in(stand_in(&row)?);
    }
    let leaves = "SELECT leave_id, person_id, from_on, until_on FROM org_leave WHERE registry_id = $1";
    for row in conn.all(leaves, values![HOUSE]).await? {
        let (from, until) = (date(&row.text(2)?)?, date(&row.text(3)?)?);
        all.put_leave(Leave { id: row.id(0)?, person: row.id(1)?, from, until });
    }
    for row in conn.all("SELECT content FROM org_contact WHERE registry_id = $1", values![HOUSE]).await? {
        all.put_contact(json(&row, 0)?);
    }
    for row in conn.all("SELECT content FROM org_list WHERE registry_id = $1", values![HOUSE]).await? {
        all.put_list(json(&row, 0)?);
    }
    let left = "SELECT person_id, left_on FROM person WHERE registry_id = $1 AND left_on IS NOT NULL";
    for row in conn.all(left, values![HOUSE]).await? {
        all.put_left(row.id(0)?, Some(date(&row.text(1)?)?));
    }
    Ok(all)
}

fn stand_in(row: &Row) -> Result<StandIn, StoreError> {
    let of = match (row.opt_id(1)?, row.opt_id(2)?) {
        (Some(post), None) => For::Post { post },
        (None, Some(person)) => For::Person { person },
        _ => return Err(StoreError::damaged("a stand-in for nothing, or for two")),
    };
    let (from, until) = (date(&row.text(4)?)?, date(&row.text(5)?)?);
    Ok(StandIn { id: row.id(0)?, of, by: row.id(3)?, from, until })
}

/// What an act of the organisation needs.
pub(crate) async fn needs(conn: &mut Conn, act: &Act) -> Result<Needs, StoreError> {
    let people = house::persons(conn).await?.into_iter().map(|person| (person.id, person)).collect();
    let correspondent = match act.correspondent() {
        Some((registry, item)) => is_correspondent(conn, registry, item).await?,
        None => false,
    };
    Ok(Needs { organisation: load(conn).await?, people, correspondent })
}

async fn is_correspondent(
    conn: &mut Conn,
    registry: RegistryId,
    item: BookItemId,
) -> Result<bool, StoreError> {
    let sql = "SELECT 1 FROM book_item WHERE registry_id = $1 AND item_id = $2 AND book = 'correspondents'";
    Ok(conn.one(sql, values![registry, item]).await?.is_some())
}

/// What became of something, the first first.
///
/// # Errors
/// When the tables fail, or hold what is no entry.
pub async fn history(conn: &mut Conn, thing: Thing) -> Result<Vec<Past>, StoreError> {
    let sql = "SELECT sequence, time, actor, fact FROM org_history WHERE registry_id = $1 AND thing_id = $2 ORDER BY sequence";
    let rows = conn.all(sql, values![HOUSE, *thing.bytes()]).await?;
    let past = |row: &Row| {
        Ok(Past { sequence: row.number(0)?, at: row.time(1)?, by: row.id(2)?, fact: json(row, 3)? })
    };
    rows.iter().map(past).collect()
}
