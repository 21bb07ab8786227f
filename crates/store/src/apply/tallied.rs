//! What is counted of musters: their lines by the class of the paper and by outcome, kept as lines and copies change, so that
//! neither who sees all of a muster nor how it stands is asked of every line.

use registry::{
    CopyId, DocumentId,
    custody::{copy::Standing, muster::Outcome},
    id::MusterId,
};

use super::At;
use crate::{
    custody::AT_ONCE,
    error::StoreError,
    sql::{Row, among, built},
    transaction::Write,
    values,
};

/// Counts lines in, or out again.
fn count(write: &mut Write, at: &At, muster: MusterId, class: u32, outcome: Outcome, by: i64) {
    *write.rows.musters.entry((at.registry, muster, class, outcome.as_str())).or_default() += by;
}

/// Copies are put on the list.
pub(super) async fn listed(
    write: &mut Write,
    at: &At,
    muster: MusterId,
    copies: &[CopyId],
) -> Result<(), StoreError> {
    for some in copies.chunks(AT_ONCE) {
        let mut values = values![at.registry];
        let names = among(&mut values, some.iter().copied());
        let sql = format!(
            "SELECT d.class_no, c.standing, COUNT(*) FROM paper_copy c JOIN document d ON d.registry_id = c.registry_id AND d.document_id = c.document_id WHERE c.registry_id = $1 AND c.copy_id IN ({names}) GROUP BY d.class_no, c.standing"
        );
        for row in write.conn().await?.all(built(sql), values).await? {
            let outcome = Outcome::of(true, false, &row.text(1)?);
            count(write, at, muster, class(&row, 0)?, outcome, row.int(2)?);
        }
    }
    Ok(())
}

/// A copy is about to be sighted: on the list, or beside it.
pub(super) async fn sighted(
    write: &mut Write,
    at: &At,
    muster: MusterId,
    copy: CopyId,
) -> Result<(), StoreError> {
    let sql = "SELECT d.class_no, c.standing, l.listed FROM paper_copy c JOIN document d ON d.registry_id = c.registry_id AND d.document_id = c.document_id LEFT JOIN muster_line l ON l.registry_id = c.registry_id AND l.copy_id = c.copy_id AND l.muster_id = $3 WHERE c.registry_id = $1 AND c.copy_id = $2";
    let Some(row) = write.conn().await?.one(sql, values![at.registry, copy, muster]).await? else {
        return Ok(());
    };
    let (class, is_listed) = (class(&row, 0)?, row.opt_int(2)? == Some(1));
    if is_listed {
        count(write, at, muster, class, Outcome::of(true, false, &row.text(1)?), -1);
    }
    count(write, at, muster, class, Outcome::of(is_listed, true, ""), 1);
    Ok(())
}

/// A copy stands otherwise than before: so do its lines that wait.
pub(super) async fn stands(
    write: &mut Write,
    at: &At,
    copy: CopyId,
    was: &Standing,
    is: &Standing,
) -> Result<(), StoreError> {
    let of = |standing: &Standing| Outcome::of(true, false, standing.as_str());
    if of(was) == of(is) {
        return Ok(());
    }
    let sql = "SELECT l.muster_id, d.class_no FROM muster_line l JOIN paper_copy c ON c.registry_id = l.registry_id AND c.copy_id = l.copy_id JOIN document d ON d.registry_id = c.registry_id AND d.document_id = c.document_id WHERE l.registry_id = $1 AND l.copy_id = $2 AND l.sighted_at IS NULL AND l.outcome IS NULL";
    for row in write.conn().await?.all(sql, values![at.registry, copy]).await? {
        let (muster, class) = (row.id(0)?, class(&row, 1)?);
        count(write, at, muster, class, of(was), -1);
        count(write, at, muster, class, of(is), 1);
    }
    Ok(())
}

/// A paper is seen under another class: so are the lines of its copies.
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
    let sql = "SELECT l.muster_id, l.listed, l.sighted_at, c.standing, l.outcome FROM paper_copy c JOIN muster_line l ON l.registry_id = c.registry_id AND l.copy_id = c.copy_id WHERE c.registry_id = $1 AND c.document_id = $2";
    for row in write.conn().await?.all(sql, values![at.registry, document]).await? {
        let outcome = match row.opt_text(4)? {
            Some(kept) => crate::custody::word(&Outcome::ALL, Outcome::as_str, &kept)?,
            None => Outcome::of(row.int(1)? == 1, row.opt_time(2)?.is_some(), &row.text(3)?),
        };
        let muster = row.id(0)?;
        count(write, at, muster, from, outcome, -1);
        count(write, at, muster, to, outcome, 1);
    }
    Ok(())
}

fn class(row: &Row, column: usize) -> Result<u32, StoreError> {
    u32::try_from(row.number(column)?).map_err(StoreError::damaged)
}
