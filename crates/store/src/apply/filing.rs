//! The file plan in the register tables: files, their volumes, what is filed in them, and how many of each class.

use jiff::civil::Date;
use registry::{DocumentId, FileId, filing::FileFact};

use super::{At, class::class_of};
use crate::{error::StoreError, transaction::Write, values};

/// The facet under which the documents of a file are counted.
pub const FACET: &str = "file";

fn damaged(at: &At, what: &str) -> StoreError {
    StoreError::damaged(format!("entry {}: {what}", at.sequence))
}

fn list(texts: &[String]) -> Result<String, StoreError> {
    serde_json::to_string(texts).map_err(StoreError::damaged)
}

async fn class(write: &mut Write, at: &At, file: &FileFact) -> Result<Option<i64>, StoreError> {
    // Plans are small and change seldom: what was read of one is read again.
    write.rows.chains.clear();
    match &file.access {
        None => Ok(None),
        Some(rule) => class_of(write, at.registry, rule).await.map(|class| Some(i64::from(class))),
    }
}

/// A file, with its first volume.
pub(super) async fn opened(write: &mut Write, at: &At, file: &FileFact, on: Date) -> Result<(), StoreError> {
    let class = class(write, at, file).await?;
    let (words, originators) = (list(&file.words)?, list(&file.originators)?);
    write
        .conn()
        .await?
        .execute(
            "INSERT INTO plan_file (registry_id, file_id, file_class, kind, code, name_en, name_fr, parent_id, owner, words, originators, place, status, opened_on, volumes, open_volume, opened_at, opened_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, 1, 1, $15, $16)",
            values![
                at.registry,
                file.id,
                class,
                file.is.as_str(),
                &file.code,
                &file.names.en,
                &file.names.fr,
                file.parent,
                file.owner.clone(),
                words,
                originators,
                file.place.clone(),
                file.status.clone(),
                on.to_string(),
                at.time,
                at.actor
            ],
        )
        .await?;
    volume(write, at, file.id, 1, on, None).await
}

/// What the plan says of a file, as it is now.
pub(super) async fn changed(write: &mut Write, at: &At, file: &FileFact) -> Result<(), StoreError> {
    let class = class(write, at, file).await?;
    let (words, originators) = (list(&file.words)?, list(&file.originators)?);
    let rows = write
        .conn()
        .await?
        .execute(
            "UPDATE plan_file SET file_class = $3, kind = $4, code = $5, name_en = $6, name_fr = $7, parent_id = $8, owner = $9, words = $10, originators = $11, place = $12, status = $13 WHERE registry_id = $1 AND file_id = $2",
            values![
                at.registry,
                file.id,
                class,
                file.is.as_str(),
                &file.code,
                &file.names.en,
                &file.names.fr,
                file.parent,
                file.owner.clone(),
                words,
                originators,
                file.place.clone(),
                file.status.clone()
            ],
        )
        .await?;
    if rows == 1 { Ok(()) } else { Err(damaged(at, "a change of a file that is not there")) }
}

/// A file is closed, or open again.
pub(super) async fn closed(
    write: &mut Write,
    at: &At,
    file: FileId,
    on: Option<Date>,
) -> Result<(), StoreError> {
    write.rows.chains.clear();
    let rows = write
        .conn()
        .await?
        .execute(
            "UPDATE plan_file SET closed_on = $3 WHERE registry_id = $1 AND file_id = $2",
            values![at.registry, file, on.map(|d| d.to_string())],
        )
        .await?;
    if rows == 1 { Ok(()) } else { Err(damaged(at, "a turn of a file that is not there")) }
}

async fn volume(
    write: &mut Write,
    at: &At,
    file: FileId,
    number: u32,
    on: Date,
    place: Option<&str>,
) -> Result<(), StoreError> {
    write
        .conn()
        .await?
        .execute(
            "INSERT INTO plan_volume (registry_id, file_id, number, opened_on, place) VALUES ($1, $2, $3, $4, $5)",
            values![at.registry, file, number, on.to_string(), place],
        )
        .await?;
    Ok(())
}

/// The next volume of a file.
pub(super) async fn volume_opened(
    write: &mut Write,
    at: &At,
    file: FileId,
    number: u32,
    on: Date,
    place: Option<&str>,
) -> Result<(), StoreError> {
    write.rows.chains.clear();
    let rows = write
        .conn()
        .await?
        .execute(
            "UPDATE plan_file SET volumes = $3, open_volume = $3 WHERE registry_id = $1 AND file_id = $2 AND open_volume IS NULL",
            values![at.registry, file, number],
        )
        .await?;
    if rows != 1 {
        return Err(damaged(at, "a volume beside an open one"));
    }
    volume(write, at, file, number, on, place).await
}

/// The end of a volume.
pub(super) async fn volume_closed(
    write: &mut Write,
    at: &At,
    file: FileId,
    number: u32,
    on: Date,
) -> Result<(), StoreError> {
    write.rows.chains.clear();
    let conn = write.conn().await?;
    let rows = conn
        .execute(
            "UPDATE plan_file SET open_volume = NULL WHERE registry_id = $1 AND file_id = $2 AND open_volume = $3",
            values![at.registry, file, number],
        )
        .await?;
    if rows != 1 {
        return Err(damaged(at, "the end of a volume that is not open"));
    }
    conn.execute(
        "UPDATE plan_volume SET closed_on = $4 WHERE registry_id = $1 AND file_id = $2 AND number = $3",
        values![at.registry, file, number, on.to_string()],
    )
    .await?;
    Ok(())
}

/// The class of a document, and whether it is in a file.
async fn known(
    write: &mut Write,
    at: &At,
    file: FileId,
    document: DocumentId,
) -> Result<(u32, bool), StoreError> {
    let conn = write.conn().await?;
    let row = conn
        .one(
            "SELECT class_no FROM document WHERE registry_id = $1 AND document_id = $2",
            values![at.registry, document],
        )
        .await?
        .ok_or_else(|| damaged(at, "a document in a file that is not there"))?;
    let class = u32::try_from(row.number(0)?).map_err(StoreError::damaged)?;
    let filed = conn
        .one(
            "SELECT 1 FROM plan_filing WHERE registry_id = $1 AND document_id = $2 AND file_id = $3 AND taken_at IS NULL",
            values![at.registry, document, file],
        )
        .await?;
    Ok((class, filed.is_some()))
}

fn count(write: &mut Write, at: &At, class: u32, file: FileId, by: i64) {
    *write.rows.counts.entry((at.registry, class, FACET, file.to_string())).or_default() += by;
}

/// Documents are put into a file. Who may not read one may file it where it is already; then nothing changes.
pub(super) async fn filed(
    write: &mut Write,
    at: &At,
    file: FileId,
    volume: u32,
    documents: &[DocumentId],
) -> Result<(), StoreError> {
    let mut new = Vec::new();
    for document in documents {
        // One that this transaction has just registered is in no file, and need not be read.
        let fresh = write.rows.fresh.remove(&(at.registry, *document));
        match fresh {
            Some(class) => new.push((*document, class)),
            None => {
                let (class, filed) = known(write, at, file, *document).await?;
                if !filed && new.iter().all(|(before, _)| before != document) {
                    new.push((*document, class));
                }
            }
        }
    }
    for (document, class) in new {
        count(write, at, class, file, 1);
        write.rows.insert(
            "plan_filing",
            &["registry_id", "document_id", "file_id", "sequence", "volume", "filed_at", "filed_by"],
            values![at.registry, document, file, at.sequence, volume, at.time, at.actor],
        );
    }
    Ok(())
}

/// A document is taken out of a file.
pub(super) async fn taken_out(
    write: &mut Write,
    at: &At,
    file: FileId,
    document: DocumentId,
    reason: &str,
) -> Result<(), StoreError> {
    let (class, filed) = known(write, at, file, document).await?;
    if !filed {
        return Err(damaged(at, "a document taken out of a file that it is not in"));
    }
    write
        .conn()
        .await?
        .execute(
            "UPDATE plan_filing SET taken_at = $4, taken_by = $5, reason = $6, taken_class = $7 WHERE registry_id = $1 AND document_id = $2 AND file_id = $3 AND taken_at IS NULL",
            values![at.registry, document, file, at.time, at.actor, reason, class],
        )
        .await?;
    count(write, at, class, file, -1);
    Ok(())
}

/// A document came under another class: so did what is counted of it in its files.
pub(super) async fn moved(
    write: &mut Write,
    at: &At,
    document: DocumentId,
    from: u32,
    to: u32,
) -> Result<(), StoreError> {
    if from == to {
        return Ok(());
    }
    let rows = write
        .conn()
        .await?
        .all(
            "SELECT file_id FROM plan_filing WHERE registry_id = $1 AND document_id = $2 AND taken_at IS NULL",
            values![at.registry, document],
        )
        .await?;
    for row in rows {
        let file: FileId = row.id(0)?;
        count(write, at, from, file, -1);
        count(write, at, to, file, 1);
    }
    Ok(())
}
