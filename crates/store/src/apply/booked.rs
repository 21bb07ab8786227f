//! The registry's other books in the register tables: what was entered, how it stands, and each step.

use registry::{
    CopyId, Fact,
    custody::{
        book::{Details, Item, Step},
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
            stands(write, at, &now).await?;
            if matches!(step.as_ref(), Step::Unpack) {
                let sql = "UPDATE dispatch SET package_id = NULL WHERE registry_id = $1 AND package_id = $2";
                write.conn().await?.execute(sql, values![at.registry, *item]).await?;
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
    counted(write, at, item.book().as_str(), item.year, item.number).await?;
    let copies = match &item.details {
        Details::Packages(package) => packed(write, at, item.id, &package.dispatches).await?,
        Details::Journeys(journey) => carried(write, at, &journey.packages).await?,
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
            i64::from(item.is_open()),
            json(item)?,
            words,
            at.actor,
            at.time
        ],
    );
    concerns(write, at, (item.book().as_str(), *item.id.bytes()), &copies);
    Ok(())
}

/// How an item stands from now on.
async fn stands(write: &mut Write, at: &At, item: &Item) -> Result<(), StoreError> {
    let sql = "UPDATE book_item SET with_person = $3, open = $4, content = $5 WHERE registry_id = $1 AND item_id = $2 AND open = 1";
    let values = values![at.registry, item.id, item.details.person(), i64::from(item.is_open()), json(item)?];
    one(write, at, sql, values).await
}

/// Dispatches are in a package: each in one.
async fn packed(
    write: &mut Write,
    at: &At,
    package: BookItemId,
    dispatches: &[DispatchId],
) -> Result<Vec<CopyId>, StoreError> {
    let mut copies = Vec::new();
    for id in dispatches {
        let sql = "UPDATE dispatch SET package_id = $3 WHERE registry_id = $1 AND dispatch_id = $2 AND package_id IS NULL";
        one(write, at, sql, values![at.registry, *id, package]).await?;
        let dispatch: Option<Dispatch> = kept::dispatch(write.conn().await?, at.registry, *id).await?;
        copies.extend(dispatch.into_iter().flat_map(|dispatch| dispatch.copies));
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
