//! The organisation in the register tables: units, posts, who holds them, stand-ins, leave, contacts, distribution lists,
//! each as it is now; and beside them what was changed, when, by whom and why.

use registry::{
    Fact,
    organisation::{Contact, DistributionList, For, Post, StandIn, Tenure, Thing, Unit},
    reference::sort_key,
};
use serde::Serialize;

use super::At;
use crate::{error::StoreError, sql::Value, transaction::Write, values};

/// What a fact says of the organisation.
pub(super) async fn apply(write: &mut Write, at: &At, fact: &Fact) -> Result<(), StoreError> {
    kept(write, at, fact)?;
    match fact {
        Fact::UnitEstablished { unit } => unit_established(write, at, unit)?,
        Fact::UnitChanged { unit, .. } => {
            let row = values![at.registry, unit.id, &unit.code, json(unit)?];
            one(write, at, UNIT, row).await?;
        }
        Fact::PostEstablished { post } => post_established(write, at, post)?,
        Fact::PostChanged { post, .. } => {
            let row = values![at.registry, post.id, &post.code, post.unit, json(post)?];
            one(write, at, POST, row).await?;
        }
        Fact::PostTakenUp { tenure } => taken_up(write, at, tenure),
        Fact::PostLeft { tenure, until, .. } => {
            one(write, at, LEFT, values![at.registry, *tenure, until.to_string()]).await?;
        }
        Fact::TenureCorrected { tenure, days: Some(days), .. } => {
            let until = days.until.map(|day| day.to_string());
            one(write, at, DAYS, values![at.registry, *tenure, days.from.to_string(), until]).await?;
        }
        Fact::TenureCorrected { tenure, days: None, .. } => {
            one(write, at, NEVER_HELD, values![at.registry, *tenure]).await?;
        }
        Fact::StandInNamed { stand_in } => named(write, at, stand_in),
        Fact::StandInEnded { stand_in, until: Some(until), .. } => {
            one(write, at, STAND_IN, values![at.registry, *stand_in, until.to_string()]).await?;
        }
        Fact::StandInEnded { stand_in, until: None, .. } => {
            one(write, at, NO_STAND_IN, values![at.registry, *stand_in]).await?;
        }
        Fact::LeaveRecorded { leave } => write.rows.insert(
            "org_leave",
            &["registry_id", "leave_id", "person_id", "from_on", "until_on"],
            values![at.registry, leave.id, leave.person, leave.from.to_string(), leave.until.to_string()],
        ),
        Fact::LeaveEnded { leave, until: Some(until), .. } => {
            one(write, at, LEAVE, values![at.registry, *leave, until.to_string()]).await?;
        }
        Fact::LeaveEnded { leave, until: None, .. } => {
            one(write, at, NO_LEAVE, values![at.registry, *leave]).await?;
        }
        Fact::ContactEntered { contact } => entered(write, at, contact)?,
        Fact::ContactChanged { contact, .. } => {
            let row = values![at.registry, contact.id, sort_key(&contact.name), json(contact)?];
            one(write, at, CONTACT, row).await?;
        }
        Fact::ListDrawnUp { list } => drawn_up(write, at, list)?,
        Fact::ListChanged { list, .. } => {
            let row = values![at.registry, list.id, &list.code, json(list)?];
            one(write, at, LIST, row).await?;
        }
        _ => {}
    }
    Ok(())
}

const UNIT: &str = "UPDATE org_unit SET content = $4 WHERE registry_id = $1 AND unit_id = $2 AND code = $3";
const POST: &str =
    "UPDATE org_post SET unit_id = $4, content = $5 WHERE registry_id = $1 AND post_id = $2 AND code = $3";
const LEFT: &str = "UPDATE org_tenure SET ends_on = $3 WHERE registry_id = $1 AND tenure_id = $2";
const DAYS: &str =
    "UPDATE org_tenure SET from_on = $3, ends_on = $4 WHERE registry_id = $1 AND tenure_id = $2";
const NEVER_HELD: &str = "DELETE FROM org_tenure WHERE registry_id = $1 AND tenure_id = $2";
const STAND_IN: &str = "UPDATE org_stand_in SET until_on = $3 WHERE registry_id = $1 AND stand_in_id = $2";
const NO_STAND_IN: &str = "DELETE FROM org_stand_in WHERE registry_id = $1 AND stand_in_id = $2";
const LEAVE: &str = "UPDATE org_leave SET until_on = $3 WHERE registry_id = $1 AND leave_id = $2";
const NO_LEAVE: &str = "DELETE FROM org_leave WHERE registry_id = $1 AND leave_id = $2";
const CONTACT: &str =
    "UPDATE org_contact SET sort_key = $3, content = $4 WHERE registry_id = $1 AND contact_id = $2";
const LIST: &str = "UPDATE org_list SET content = $4 WHERE registry_id = $1 AND list_id = $2 AND code = $3";

fn json(what: &impl Serialize) -> Result<String, StoreError> {
    serde_json::to_string(what).map_err(StoreError::damaged)
}

/// Changes the one row that an entry is about.
async fn one(write: &mut Write, at: &At, sql: &'static str, row: Vec<Value>) -> Result<(), StoreError> {
    if write.conn().await?.execute(sql, row).await? == 1 {
        return Ok(());
    }
    Err(StoreError::damaged(format!("entry {}: a change of what is not there", at.sequence)))
}

/// Keeps what a fact said, under what it is about.
fn kept(write: &mut Write, at: &At, fact: &Fact) -> Result<(), StoreError> {
    let Some(thing) = Thing::of(fact) else { return Ok(()) };
    write.rows.insert(
        "org_history",
        &["registry_id", "thing_id", "sequence", "time", "actor", "fact"],
        values![at.registry, *thing.bytes(), at.sequence, at.time, at.actor, json(fact)?],
    );
    Ok(())
}

fn unit_established(write: &mut Write, at: &At, unit: &Unit) -> Result<(), StoreError> {
    write.rows.insert(
        "org_unit",
        &["registry_id", "unit_id", "code", "content"],
        values![at.registry, unit.id, &unit.code, json(unit)?],
    );
    Ok(())
}

fn post_established(write: &mut Write, at: &At, post: &Post) -> Result<(), StoreError> {
    write.rows.insert(
        "org_post",
        &["registry_id", "post_id", "code", "unit_id", "content"],
        values![at.registry, post.id, &post.code, post.unit, json(post)?],
    );
    Ok(())
}

fn taken_up(write: &mut Write, at: &At, tenure: &Tenure) {
    write.rows.insert(
        "org_tenure",
        &["registry_id", "tenure_id", "post_id", "person_id", "from_on", "ends_on"],
        values![
            at.registry,
            tenure.id,
            tenure.post,
            tenure.person,
            tenure.days.from.to_string(),
            tenure.days.until.map(|day| day.to_string())
        ],
    );
}

fn named(write: &mut Write, at: &At, stand_in: &StandIn) {
    let (post, person) = match stand_in.of {
        For::Post { post } => (Some(post), None),
        For::Person { person } => (None, Some(person)),
    };
    write.rows.insert(
        "org_stand_in",
        &["registry_id", "stand_in_id", "for_post", "for_person", "by_person", "from_on", "until_on"],
        values![
            at.registry,
            stand_in.id,
            post,
            person,
            stand_in.by,
            stand_in.from.to_string(),
            stand_in.until.to_string()
        ],
    );
}

fn entered(write: &mut Write, at: &At, contact: &Contact) -> Result<(), StoreError> {
    write.rows.insert(
        "org_contact",
        &["registry_id", "contact_id", "sort_key", "content"],
        values![at.registry, contact.id, sort_key(&contact.name), json(contact)?],
    );
    Ok(())
}

fn drawn_up(write: &mut Write, at: &At, list: &DistributionList) -> Result<(), StoreError> {
    write.rows.insert(
        "org_list",
        &["registry_id", "list_id", "code", "content"],
        values![at.registry, list.id, &list.code, json(list)?],
    );
    Ok(())
}
