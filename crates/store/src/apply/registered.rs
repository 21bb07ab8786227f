//! A document that is registered, in the register tables: its row, its references, what it is to other papers, its
//! addressees.

use registry::{
    DocumentId,
    fact::DocumentFact,
    reference::{Reference, ReferenceKind},
    relation::Stated,
    series::Recognised,
};

use super::{
    At, UNDATED,
    class::class_of,
    counts::{Counted, count},
    day_number, old, ring,
};
use crate::{error::StoreError, sql::Value, transaction::Write, values};

/// Writes the row of a document and all that belongs to it but its versions.
pub(super) async fn document(write: &mut Write, at: &At, document: &DocumentFact) -> Result<(), StoreError> {
    // A number at the end of what a table holds is nobody's; without this it would be held at the limit unseen.
    let next =
        document.number.checked_add(1).filter(|next| i64::try_from(*next).is_ok()).ok_or_else(|| {
            StoreError::damaged(format!("entry {}: number {}", at.sequence, document.number))
        })?;
    let class = class_of(write, at.registry, &document.access_rule()).await?;
    let day = document.date.civil.map_or(UNDATED, day_number);
    write.rows.insert(
        "document",
        &[
            "registry_id",
            "document_id",
            "class_no",
            "year",
            "number",
            "reference",
            "direction",
            "kind",
            "day",
            "date_civil",
            "date_written",
            "language",
            "originator",
            "subject",
            "preferred",
            "held_elsewhere",
            "precedence",
            "info_precedence",
            "dtg",
            "registered_at",
            "registered_by",
            "sequence",
            "changed",
        ],
        values![
            at.registry,
            document.id,
            class,
            i64::from(document.year),
            document.number,
            &document.reference,
            document.direction.as_str(),
            &document.kind,
            day,
            document.date.iso(),
            document.date.written.clone(),
            &document.language,
            document.originator.clone(),
            &document.subject,
            document.preferred.clone(),
            document.held_elsewhere.clone(),
            document.formal.precedence.map(|p| p.as_str()),
            document.formal.info_precedence.map(|p| p.as_str()),
            document.formal.dtg.clone(),
            at.time,
            at.actor,
            at.sequence,
            at.sequence
        ],
    );
    if document.formal.rings() {
        ring::rings(write, at, document.id);
    }
    write.rows.series.insert((at.registry, document.year), next);
    write.rows.fresh.insert((at.registry, document.id), class);
    references_borne(write, at, document.id, &document.reference, &document.references);
    relations_stated(write, at, document.id, &document.relations);
    if let Some(old) = &document.old {
        old::kept(write, at, document.id, old)?;
    }
    for (role, names) in [("action", &document.action), ("info", &document.info)] {
        addressed(write, at, document.id, role, names);
    }
    let counted = Counted {
        class,
        kind: document.kind.clone(),
        direction: document.direction.as_str().to_owned(),
        originator: document.originator.clone(),
        year: document.date.civil.map(|d| d.year()),
    };
    count(write, at.registry, &counted, 1);
    Ok(())
}

/// The references that a document bears, its own first.
pub(super) fn references_borne(
    write: &mut Write,
    at: &At,
    document: DocumentId,
    own: &str,
    others: &[Reference],
) {
    let own = Reference::new(ReferenceKind::Register, own);
    for (position, reference) in (0_i64..).zip(std::iter::once(&own).chain(others)) {
        let [series, counter, number] = counted(reference.read.as_deref());
        write.rows.insert(
            "document_reference",
            &[
                "registry_id",
                "document_id",
                "position",
                "kind",
                "reference",
                "reference_key",
                "family_key",
                "of_series",
                "of_counter",
                "of_number",
            ],
            values![
                at.registry,
                document,
                position,
                reference.kind.as_str(),
                &reference.text,
                reference.key(),
                reference.family(),
                series,
                counter,
                number
            ],
        );
    }
}

/// Series, count and number of a reference that a series knows.
fn counted(read: Option<&Recognised>) -> [Value; 3] {
    match read {
        Some(read) => {
            [Value::from(&read.series), Value::from(read.counter.canonical()), Value::from(read.number)]
        }
        None => [Value::from(None::<String>), Value::from(None::<String>), Value::from(None::<i64>)],
    }
}

/// What a clerk stated that a document is to others.
pub(super) fn relations_stated(write: &mut Write, at: &At, document: DocumentId, stated: &[Stated]) {
    for (position, one) in (0_i64..).zip(stated) {
        let [series, counter, number] = counted(one.read.as_deref());
        let family = one.read.as_ref().map_or_else(|| one.key(), |read| read.family.clone());
        write.rows.insert(
            "document_relation",
            &[
                "registry_id",
                "document_id",
                "position",
                "kind",
                "reference",
                "reference_key",
                "family_key",
                "of_series",
                "of_counter",
                "of_number",
            ],
            values![
                at.registry,
                document,
                position,
                one.kind.as_str(),
                &one.text,
                one.key(),
                family,
                series,
                counter,
                number
            ],
        );
    }
}

/// To whom a document goes, for action or information.
pub(super) fn addressed(
    write: &mut Write,
    at: &At,
    document: DocumentId,
    role: &'static str,
    names: &[String],
) {
    for (position, name) in (0_i64..).zip(names) {
        write.rows.insert(
            "addressee",
            &["registry_id", "document_id", "role", "position", "name"],
            values![at.registry, document, role, position, name],
        );
    }
}
