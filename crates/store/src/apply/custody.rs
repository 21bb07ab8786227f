//! Copies in the register tables: where each stands, its chain, receipts, certificates, incidents, counts.

use registry::{
    CopyId, Fact, Timestamp,
    custody::{
        self,
        copy::{Copy, Event, Holder, Standing},
        fact::{Certificate, Control, Dispatch, Hand, Incident, Recorded, Report},
        happening,
    },
    id::{CertificateId, DispatchId},
};
use serde::Serialize;

use super::{At, booked};
use crate::{custody as kept, error::StoreError, sql::Value, transaction::Write, values};

/// What a fact says of copies.
pub(super) async fn apply(write: &mut Write, at: &At, fact: &Fact) -> Result<(), StoreError> {
    if let Some((copies, event, when)) = happening(fact) {
        let words = match fact {
            Fact::CopiesKept { words, .. } => words.clone(),
            Fact::CopiesReleased { words, .. } | Fact::LoanProlonged { words, .. } => Some(words.clone()),
            _ => None,
        };
        for copy in &copies {
            happened(write, at, *copy, &event, when, words.as_deref()).await?;
        }
        booked::reconsidered(write, at, &copies).await?;
    }
    match fact {
        Fact::ContainerFurnished { container } => write.rows.insert(
            "container",
            &["registry_id", "container_id", "name", "place", "approved", "furnished_at"],
            values![
                at.registry,
                container.id,
                &container.name,
                &container.location,
                json(&container.approved)?,
                at.time
            ],
        ),
        Fact::CopiesRecorded { recorded } => copies_recorded(write, at, recorded).await?,
        Fact::CopiesSent { dispatch } => sent(write, at, dispatch).await?,
        Fact::ReceiptRecorded { receipt } => write.rows.insert(
            "receipt",
            &[
                "registry_id",
                "dispatch_id",
                "sequence",
                "content",
                "scan_object",
                "scan_digest",
                "scan_size",
                "time",
                "actor",
            ],
            values![
                at.registry,
                receipt.dispatch,
                at.sequence,
                json(receipt)?,
                receipt.scan,
                receipt.scanned.as_ref().map(|scanned| scanned.digest.0),
                receipt.scanned.as_ref().and_then(|scanned| i64::try_from(scanned.size).ok()),
                at.time,
                at.actor
            ],
        ),
        Fact::DispatchTraced { dispatch, .. } => {
            let sql = "UPDATE dispatch SET traced_at = $3, traces = traces + 1 WHERE registry_id = $1 AND dispatch_id = $2";
            one(write, at, sql, values![at.registry, *dispatch, at.time]).await?;
        }
        Fact::DestructionDrawnUp { certificate } => drawn_up(write, at, certificate).await?,
        Fact::DestructionSigned { certificate, hand, at: when, destroyed } => {
            signed(write, at, *certificate, *hand, *when, !destroyed.is_empty()).await?;
        }
        Fact::DestructionWithdrawn { certificate, words } => {
            withdrawn(write, at, *certificate, words).await?;
        }
        Fact::IncidentOpened { incident } => opened(write, at, incident).await?,
        Fact::IncidentFollowed { incident, words, report, closes } => {
            write.rows.insert(
                "incident_note",
                &["registry_id", "incident_id", "sequence", "words", "report", "closes", "time", "actor"],
                values![
                    at.registry,
                    *incident,
                    at.sequence,
                    words,
                    report.map(Report::as_str),
                    *closes,
                    at.time,
                    at.actor
                ],
            );
            if *closes {
                let sql = "UPDATE incident SET closed_at = $3 WHERE registry_id = $1 AND incident_id = $2 AND closed_at IS NULL";
                one(write, at, sql, values![at.registry, *incident, at.time]).await?;
            }
        }
        _ => {}
    }
    Ok(())
}

pub(super) fn json(value: &impl Serialize) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(StoreError::damaged)
}

/// A change of exactly one row; anything else is a damaged ledger.
pub(super) async fn one(
    write: &mut Write,
    at: &At,
    sql: &'static str,
    values: Vec<Value>,
) -> Result<(), StoreError> {
    match write.conn().await?.execute(sql, values).await? {
        1 => Ok(()),
        _ => Err(StoreError::damaged(format!("entry {}: of what is not there, or ended", at.sequence))),
    }
}

/// Something happened to a copy: what it is now, and one more link of its chain.
async fn happened(
    write: &mut Write,
    at: &At,
    id: CopyId,
    event: &Event,
    when: Timestamp,
    words: Option<&str>,
) -> Result<(), StoreError> {
    let before = kept::copy(write.conn().await?, at.registry, id).await?;
    let unfit = || StoreError::damaged(format!("entry {}: what cannot happen to copy {id}", at.sequence));
    let before = before.ok_or_else(unfit)?;
    let copy = before.after(event, when).map_err(|_| unfit())?;
    let (person, container) = holds(&copy.holder);
    // A certificate that waits stays with its copy, wherever it goes meanwhile.
    let (standing, dispatch) = (copy.standing.as_str(), copy.standing.sent_with());
    let sql = "UPDATE paper_copy SET holder = $3, held_by = $4, container_id = $5, standing = $6, dispatch_id = $7, since = $8, back_by = $9, home = $10 WHERE registry_id = $1 AND copy_id = $2";
    let values = values![
        at.registry,
        id,
        json(&copy.holder)?,
        person,
        container,
        standing,
        dispatch,
        copy.since,
        copy.back_by.map(super::day_number),
        copy.home.as_ref().map(json).transpose()?
    ];
    one(write, at, sql, values).await?;
    super::tallied::stands(write, at, id, &before.standing, &copy.standing).await?;
    if let Some(was) = before.standing.sent_with()
        && dispatch.is_none()
    {
        settled(write, at, was).await?;
    }
    link(write, at, id, event, when, words)
}

/// A receipt is due while a copy that went with it has neither arrived nor come back.
async fn settled(write: &mut Write, at: &At, dispatch: DispatchId) -> Result<(), StoreError> {
    let sql = "UPDATE dispatch SET due = 0 WHERE registry_id = $1 AND dispatch_id = $2 AND NOT EXISTS (SELECT 1 FROM paper_copy c WHERE c.registry_id = $1 AND c.dispatch_id = $2)";
    write.conn().await?.execute(sql, values![at.registry, dispatch]).await?;
    Ok(())
}

fn link(
    write: &mut Write,
    at: &At,
    id: CopyId,
    event: &Event,
    when: Timestamp,
    words: Option<&str>,
) -> Result<(), StoreError> {
    write.rows.insert(
        "copy_event",
        &["registry_id", "copy_id", "sequence", "event", "at", "time", "actor", "words"],
        values![at.registry, id, at.sequence, json(event)?, when, at.time, at.actor, words],
    );
    Ok(())
}

/// The columns by which a holder is looked for.
fn holds(holder: &Holder) -> (Option<registry::PersonId>, Option<registry::id::ContainerId>) {
    match holder {
        Holder::Person { person } => (Some(*person), None),
        Holder::Container { container, .. } => (None, Some(*container)),
        Holder::Registry | Holder::Elsewhere { .. } => (None, None),
    }
}

async fn copies_recorded(write: &mut Write, at: &At, recorded: &Recorded) -> Result<(), StoreError> {
    control(write, at, recorded).await?;
    for new in &recorded.copies {
        let copy = Copy {
            id: new.id,
            document: recorded.document,
            number: new.number,
            pages: new.pages,
            medium: new.medium,
            origin: recorded.origin,
            holder: recorded.holder.clone(),
            standing: Standing::Held,
            back_by: None,
            home: None,
            since: recorded.at,
        };
        let (person, container) = holds(&copy.holder);
        write.rows.insert(
            "paper_copy",
            &[
                "registry_id",
                "copy_id",
                "document_id",
                "number",
                "pages",
                "medium",
                "origin",
                "made_from",
                "holder",
                "held_by",
                "container_id",
                "standing",
                "since",
                "recorded_at",
                "recorded_by",
                "words",
            ],
            values![
                at.registry,
                copy.id,
                copy.document,
                copy.number,
                copy.pages.map(i64::from),
                copy.medium.as_str(),
                copy.origin.as_str(),
                recorded.from,
                json(&copy.holder)?,
                person,
                container,
                copy.standing.as_str(),
                copy.since,
                at.time,
                at.actor,
                recorded.words.as_deref()
            ],
        );
    }
    Ok(())
}

/// The number of the document in its log: the first copies bring it, the later stand under it.
async fn control(write: &mut Write, at: &At, recorded: &Recorded) -> Result<(), StoreError> {
    let Control { log, year, serial } = &recorded.control;
    let in_all = recorded.of.map(i64::from);
    match kept::control(write.conn().await?, at.registry, recorded.document).await? {
        Some(known) if known == recorded.control => {
            let sql = "UPDATE control SET copies_in_all = COALESCE($3, copies_in_all) WHERE registry_id = $1 AND document_id = $2";
            one(write, at, sql, values![at.registry, recorded.document, in_all]).await
        }
        Some(_) => Err(StoreError::damaged(format!("entry {}: a second number in the logs", at.sequence))),
        None => {
            write.rows.insert(
                "control",
                &["registry_id", "document_id", "log", "year", "serial", "copies_in_all"],
                values![at.registry, recorded.document, log, i64::from(*year), *serial, in_all],
            );
            counted(write, at, log, *year, *serial).await
        }
    }
}

/// A number of a count is given: the next is one higher.
pub(super) async fn counted(
    write: &mut Write,
    at: &At,
    name: &str,
    year: i16,
    number: u64,
) -> Result<(), StoreError> {
    let sql = "INSERT INTO custody_count (registry_id, name, year, next_number) VALUES ($1, $2, $3, $4) ON CONFLICT (registry_id, name, year) DO UPDATE SET next_number = excluded.next_number WHERE custody_count.next_number < excluded.next_number";
    let values = values![at.registry, name, i64::from(year), number.saturating_add(1)];
    one(write, at, sql, values).await
}

/// Of which copies a dispatch, a certificate or an incident is.
pub(super) fn concerns(write: &mut Write, at: &At, (what, act): (&str, [u8; 16]), copies: &[CopyId]) {
    for copy in copies {
        write.rows.insert(
            "copy_act",
            &["registry_id", "act_id", "copy_id", "what"],
            values![at.registry, act, *copy, what],
        );
    }
}

async fn sent(write: &mut Write, at: &At, dispatch: &Dispatch) -> Result<(), StoreError> {
    counted(write, at, custody::RECEIPTS, dispatch.year, dispatch.number).await?;
    write.rows.insert(
        "dispatch",
        &[
            "registry_id",
            "dispatch_id",
            "year",
            "number",
            "to_person",
            "due",
            "content",
            "sent_by",
            "sent_at",
            "traces",
        ],
        values![
            at.registry,
            dispatch.id,
            i64::from(dispatch.year),
            dispatch.number,
            dispatch.to.person(),
            1_i64,
            json(dispatch)?,
            at.actor,
            at.time,
            0_i64
        ],
    );
    concerns(write, at, ("dispatch", *dispatch.id.bytes()), &dispatch.copies);
    Ok(())
}

async fn drawn_up(write: &mut Write, at: &At, certificate: &Certificate) -> Result<(), StoreError> {
    counted(write, at, custody::CERTIFICATES, certificate.year, certificate.number).await?;
    write.rows.insert(
        "destruction",
        &["registry_id", "certificate_id", "year", "number", "content", "drawn_by", "drawn_at"],
        values![
            at.registry,
            certificate.id,
            i64::from(certificate.year),
            certificate.number,
            json(certificate)?,
            at.actor,
            at.time
        ],
    );
    concerns(write, at, ("destruction", *certificate.id.bytes()), &certificate.copies);
    for copy in &certificate.copies {
        let sql = "UPDATE paper_copy SET certificate_id = $3 WHERE registry_id = $1 AND copy_id = $2 AND certificate_id IS NULL";
        one(write, at, sql, values![at.registry, *copy, certificate.id]).await?;
    }
    Ok(())
}

async fn signed(
    write: &mut Write,
    at: &At,
    certificate: CertificateId,
    hand: Hand,
    when: Timestamp,
    ends: bool,
) -> Result<(), StoreError> {
    // One person signs once, whoever wrote the entry.
    let sql = match hand {
        Hand::Destroyer => {
            "UPDATE destruction SET destroyer = $3, destroyer_at = $4, ended_at = $5 WHERE registry_id = $1 AND certificate_id = $2 AND destroyer IS NULL AND ended_at IS NULL AND (witness IS NULL OR witness <> $3)"
        }
        Hand::Witness => {
            "UPDATE destruction SET witness = $3, witness_at = $4, ended_at = $5 WHERE registry_id = $1 AND certificate_id = $2 AND witness IS NULL AND ended_at IS NULL AND (destroyer IS NULL OR destroyer <> $3)"
        }
    };
    one(write, at, sql, values![at.registry, certificate, at.actor, when, ends.then_some(at.time)]).await
}

async fn withdrawn(
    write: &mut Write,
    at: &At,
    certificate: CertificateId,
    words: &str,
) -> Result<(), StoreError> {
    let sql = "UPDATE destruction SET withdrawn = $3, ended_at = $4 WHERE registry_id = $1 AND certificate_id = $2 AND ended_at IS NULL";
    one(write, at, sql, values![at.registry, certificate, words, at.time]).await?;
    let sql = "UPDATE paper_copy SET certificate_id = NULL WHERE registry_id = $1 AND certificate_id = $2";
    write.conn().await?.execute(sql, values![at.registry, certificate]).await?;
    Ok(())
}

async fn opened(write: &mut Write, at: &At, incident: &Incident) -> Result<(), StoreError> {
    counted(write, at, custody::INCIDENTS, incident.year, incident.number).await?;
    write.rows.insert(
        "incident",
        &["registry_id", "incident_id", "year", "number", "content", "opened_by", "opened_at"],
        values![
            at.registry,
            incident.id,
            i64::from(incident.year),
            incident.number,
            json(incident)?,
            at.actor,
            at.time
        ],
    );
    concerns(write, at, ("incident", *incident.id.bytes()), &incident.copies);
    Ok(())
}
