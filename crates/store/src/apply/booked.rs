//! The registry's other books in the register tables: what was entered, how it stands, and each step.

use registry::{
    CopyId, Fact,
    custody::{
        book::{Details, Distribution, Item, Line},
        fact::Dispatch,
    },
    id::{BookItemId, DispatchId},
};

use super::{
    At,
    custody::{concerns, counted, json, one},
};
use crate::{custody as kept, error::StoreError, transaction::Write, values};

/// What a fact says of the books.
pub(super) async fn apply(write: &mut Write, at: &At, fact: &Fact) -> Result<(), StoreError> {
    match fact {
        Fact::BookEntered { item, words } => entered(write, at, item, words.as_deref()).await,
        Fact::BookStepped { item, step, at: when, words } => {
            let was = kept::booked::item(write.conn().await?, at.registry, *item).await?;
            let now = was.and_then(|(was, _)| was.after(step, *when).ok()).ok_or_else(|| {
                StoreError::damaged(format!("entry {}: a step that cannot be taken", at.sequence))
            })?;
            let now = with_copies(write, at, &now).await?;
            stands(write, at, &now).await?;
            if let Details::Distributions(distribution) = &now.details {
                readers_stand(write, at, now.id, distribution).await?;
            }
            write.rows.insert(
                "book_step",
                &["registry_id", "item_id", "sequence", "step", "at", "words", "time", "actor"],
                values![
                    at.registry,
                    *item,
                    at.sequence,
                    json(step)?,
                    *when,
                    words.as_deref(),
                    at.time,
                    at.actor
                ],
            );
            Ok(())
        }
        _ => Ok(()),
    }
}

async fn entered(write: &mut Write, at: &At, item: &Item, words: Option<&str>) -> Result<(), StoreError> {
    // What a distribution sends goes off by the entries behind this one; copies that are recalled may be back already.
    let item = &match &item.details {
        Details::Instructions(_) => with_copies(write, at, item).await?,
        _ => item.clone(),
    };
    counted(write, at, item.book().as_str(), item.year, item.number).await?;
    let copies = match &item.details {
        Details::Packages(package) => packed(write, at, &package.dispatches).await?,
        Details::Journeys(journey) => carried(write, at, &journey.packages).await?,
        Details::Distributions(distribution) => distribution.copies(),
        Details::Instructions(instruction) => instruction.copies.clone(),
        _ => Vec::new(),
    };
    write.rows.insert(
        "book_item",
        &[
            "registry_id",
            "item_id",
            "book",
            "year",
            "number",
            "known_as",
            "with_person",
            "concerns",
            "open",
            "content",
            "words",
            "entered_by",
            "entered_at",
        ],
        values![
            at.registry,
            item.id,
            item.book().as_str(),
            i64::from(item.year),
            item.number,
            item.details.key(),
            item.details.person(),
            item.document(),
            i64::from(item.is_open()),
            json(item)?,
            words,
            at.actor,
            at.time
        ],
    );
    concerns(write, at, (item.book().as_str(), *item.id.bytes()), &copies);
    if let Details::Distributions(distribution) = &item.details {
        for person in distribution.lines.iter().filter_map(Line::reader) {
            write.rows.insert(
                "book_reader",
                &["registry_id", "item_id", "person_id", "open"],
                values![at.registry, item.id, person, 1_i64],
            );
        }
    }
    Ok(())
}

/// Who has read it, or is not awaited any more, is not asked.
async fn readers_stand(
    write: &mut Write,
    at: &At,
    item: BookItemId,
    distribution: &Distribution,
) -> Result<(), StoreError> {
    let done = distribution.lines.iter().filter(|line| !line.is_unread());
    for person in done.filter_map(Line::reader) {
        let sql =
            "UPDATE book_reader SET open = 0 WHERE registry_id = $1 AND item_id = $2 AND person_id = $3";
        one(write, at, sql, values![at.registry, item, person]).await?;
    }
    Ok(())
}

/// An item with its copies as they stand.
async fn with_copies(write: &mut Write, at: &At, item: &Item) -> Result<Item, StoreError> {
    let named = match &item.details {
        Details::Distributions(distribution) => distribution.copies(),
        Details::Instructions(instruction) => instruction.copies.clone(),
        _ => return Ok(item.clone()),
    };
    Ok(item.with(&kept::copies(write.conn().await?, at.registry, &named).await?))
}

/// Something happened to copies: whether the distributions and instructions that are about them wait for anything.
pub(super) async fn reconsidered(write: &mut Write, at: &At, copies: &[CopyId]) -> Result<(), StoreError> {
    for id in kept::booked::about(write.conn().await?, at.registry, copies).await? {
        let Some((item, _)) = kept::booked::item(write.conn().await?, at.registry, id).await? else {
            continue;
        };
        let now = with_copies(write, at, &item).await?;
        if now.stage != item.stage {
            let sql = "UPDATE book_item SET open = $3, content = $4 WHERE registry_id = $1 AND item_id = $2";
            one(write, at, sql, values![at.registry, id, i64::from(now.is_open()), json(&now)?]).await?;
        }
    }
    Ok(())
}

/// How an item stands from now on.
async fn stands(write: &mut Write, at: &At, item: &Item) -> Result<(), StoreError> {
    let sql = "UPDATE book_item SET with_person = $3, open = $4, content = $5 WHERE registry_id = $1 AND item_id = $2 AND open = 1";
    let values = values![at.registry, item.id, item.details.person(), i64::from(item.is_open()), json(item)?];
    one(write, at, sql, values).await
}

/// The copies of what is in a package.
async fn packed(write: &mut Write, at: &At, dispatches: &[DispatchId]) -> Result<Vec<CopyId>, StoreError> {
    let mut copies = Vec::new();
    for id in dispatches {
        let dispatch: Option<Dispatch> = kept::dispatch(write.conn().await?, at.registry, *id).await?;
        let dispatch = dispatch.ok_or_else(|| {
            StoreError::damaged(format!("entry {}: a package with what was not sent", at.sequence))
        })?;
        copies.extend(dispatch.copies);
    }
    distinct(&mut copies);
    Ok(copies)
}

async fn carried(write: &mut Write, at: &At, packages: &[BookItemId]) -> Result<Vec<CopyId>, StoreError> {
    let mut copies = Vec::new();
    for package in packages {
        copies.extend(kept::booked::copies_in(write.conn().await?, at.registry, *package).await?);
    }
    distinct(&mut copies);
    Ok(copies)
}

fn distinct(copies: &mut Vec<CopyId>) {
    copies.sort();
    copies.dedup();
}
