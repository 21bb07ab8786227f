//! A correction in the register tables: the row as it is now, the history as it was, the counters moved over.

use registry::correction::{CorrectionFact, Details};

use super::{
    At, UNDATED,
    class::class_of,
    counts::{Counted, count},
    day_number,
    registered::{addressed, references_borne, relations_stated},
};
use crate::{description, error::StoreError, transaction::Write, values};

/// Changes a document as an entry says.
pub(super) async fn apply(write: &mut Write, at: &At, fact: &CorrectionFact) -> Result<(), StoreError> {
    let document = fact.document;
    if !fact.is_whole() {
        return Err(StoreError::damaged(format!(
            "entry {}: a correction that does not say what it changed",
            at.sequence
        )));
    }
    let known = description::of(write.conn().await?, at.registry, document).await?;
    let Some((mut now, row)) = known else {
        return Err(StoreError::damaged(format!("entry {}: a correction of what is not there", at.sequence)));
    };
    let before = Counted {
        class: row.class,
        kind: now.kind.clone(),
        direction: now.direction.as_str().to_owned(),
        originator: some(&now.originator),
        year: now.date.civil.map(|d| d.year()),
    };
    fact.to.put_into(&mut now);
    let class = class_of(write, at.registry, &now.access).await?;
    let after = Counted {
        class,
        kind: now.kind.clone(),
        direction: now.direction.as_str().to_owned(),
        originator: some(&now.originator),
        year: now.date.civil.map(|d| d.year()),
    };
    write
        .conn()
        .await?
        .execute(
            "UPDATE document SET class_no = $3, direction = $4, kind = $5, day = $6, date_civil = $7, date_written = $8, language = $9, originator = $10, subject = $11, held_elsewhere = $12, changed = $13, preferred = $14, precedence = $15, info_precedence = $16, dtg = $17 WHERE registry_id = $1 AND document_id = $2",
            values![
                at.registry,
                document,
                class,
                now.direction.as_str(),
                &now.kind,
                now.date.civil.map_or(UNDATED, day_number),
                now.date.iso(),
                now.date.written.clone(),
                &now.language,
                after.originator.clone(),
                &now.subject,
                some(&now.held_elsewhere),
                at.sequence,
                some(&now.preferred),
                now.formal.precedence.map(|p| p.as_str()),
                now.formal.info_precedence.map(|p| p.as_str()),
                now.formal.dtg.clone()
            ],
        )
        .await?;
    if before != after {
        count(write, at.registry, &before, -1);
        count(write, at.registry, &after, 1);
    }
    super::filing::moved(write, at, document, before.class, after.class).await?;
    super::tallied::moved(write, at, document, before.class, after.class).await?;
    lists(write, at, fact, &row.reference).await?;
    if let Some(formal) = &fact.to.formal {
        super::ring::corrected(write, at, document, formal).await?;
    }
    let text = |details: &Details| serde_json::to_string(details).map_err(StoreError::damaged);
    write.rows.insert(
        "document_history",
        &["registry_id", "document_id", "sequence", "class_no", "time", "actor", "reason", "before", "after"],
        values![
            at.registry,
            document,
            at.sequence,
            before.class,
            at.time,
            at.actor,
            &fact.reason,
            text(&fact.from)?,
            text(&fact.to)?
        ],
    );
    Ok(())
}

/// Writes anew the lists that were corrected.
async fn lists(write: &mut Write, at: &At, fact: &CorrectionFact, own: &str) -> Result<(), StoreError> {
    let document = fact.document;
    if let Some(references) = &fact.to.references {
        write
            .conn()
            .await?
            .execute(
                "DELETE FROM document_reference WHERE registry_id = $1 AND document_id = $2",
                values![at.registry, document],
            )
            .await?;
        references_borne(write, at, document, own, references);
    }
    if let Some(relations) = &fact.to.relations {
        write
            .conn()
            .await?
            .execute(
                "DELETE FROM document_relation WHERE registry_id = $1 AND document_id = $2",
                values![at.registry, document],
            )
            .await?;
        relations_stated(write, at, document, relations);
    }
    for (role, names) in [("action", &fact.to.action), ("info", &fact.to.info)] {
        let Some(names) = names else { continue };
        write
            .conn()
            .await?
            .execute(
                "DELETE FROM addressee WHERE registry_id = $1 AND document_id = $2 AND role = $3",
                values![at.registry, document, role],
            )
            .await?;
        addressed(write, at, document, role, names);
    }
    Ok(())
}

fn some(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}
