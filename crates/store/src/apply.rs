//! The only writer of register tables: what each fact changes in them, live and in a rebuild alike.
//!
//! Nothing here may depend on anything but the entry and what earlier entries of the ledgers made: no clock, no
//! setting, no state of the process. A write to a register table elsewhere fails a test.

mod corrected;
mod filing;
mod handled;
mod house;
mod intake;
mod numbered;
mod old;
mod person;
mod ring;

use ledger::Header;
use registry::{
    AuthorisationId, DocumentId, Entry, Fact, PersonId, RegistryId, Timestamp,
    access::AccessRule,
    authorisation::{Grant, Standing, proposal_digest},
    disclosure::Piece,
    fact::{DocumentFact, EnclosureFact, FoundingAuthorisation, RenditionFact, VersionFact},
    id::Digest,
    person::Person,
    reference::{Reference, ReferenceKind, sort_key},
    relation::Stated,
    series::Recognised,
};

use crate::{error::StoreError, sql::Value, transaction::Write, values};

pub(crate) use filing::FACET as FILE_FACET;

/// The day of a document that has none: before every other, so that it comes last where the newest come first.
pub const UNDATED: i64 = i64::MIN / 2;

/// Changes the register tables as an entry says.
pub(crate) async fn apply(write: &mut Write, header: &Header, entry: &Entry) -> Result<(), StoreError> {
    let at = At {
        registry: RegistryId::new(header.registry),
        time: Timestamp::from_micros(header.time),
        actor: PersonId::new(header.actor),
        sequence: header.sequence,
    };
    match &entry.fact {
        Fact::InstallationFounded { name, zone, officers, authorisations } => {
            founded(write, &at, name, zone, officers, authorisations)?
        }
        Fact::PolicyAdopted { name, digest, xml } => write.rows.insert(
            "policy",
            &["registry_id", "name", "digest", "xml", "adopted_at"],
            values![at.registry, name, digest.0, xml, at.time],
        ),
        Fact::CommunitiesAdopted { digest, toml } => write.rows.insert(
            "communities",
            &["registry_id", "digest", "toml", "adopted_at"],
            values![at.registry, digest.0, toml, at.time],
        ),
        Fact::SeriesAdopted { name, digest, toml } => {
            house::series_adopted(write, &at, name, digest, toml).await?;
        }
        Fact::SeriesEntrusted { series, registry } => {
            house::series_entrusted(write, &at, series, *registry).await?;
        }
        Fact::SeriesNumbered { number, reference } => {
            numbered::apply(write, &at, number, reference).await?;
        }
        Fact::BodyEstablished { body } => house::body(write, &at, body),
        Fact::GroupFormed { group } => house::group(write, &at, group),
        Fact::RegistryOpened { registry } => house::opened(write, &at, registry)?,
        Fact::RegistryChanged { registry, .. } => house::changed(write, &at, registry).await?,
        Fact::PersonAdded { person } => person_added(write, &at, person),
        Fact::PersonChanged { person, from, to, reason } => {
            person::changed(write, &at, *person, from, to, reason).await?;
        }
        Fact::RoleAssigned { authorisation, person, role, registry } => {
            // What takes two persons is not applied for one, whoever wrote the entry.
            if !role.is_given_by_one() || *person == at.actor {
                return Err(alone(&at, "a role"));
            }
            let grant = Grant::Role { role: *role, registry: Some(*registry) };
            authorised(write, &at, *authorisation, *person, &grant, Standing::Confirmed, true)?;
        }
        Fact::AuthorisationProposed { authorisation, person, grant } => {
            if entry.operator || *person == at.actor {
                return Err(alone(&at, "a proposal"));
            }
            if let Grant::Extension { of, .. } = grant {
                person::extends(write, &at, *of, *person).await?;
            }
            authorised(write, &at, *authorisation, *person, grant, Standing::Proposed, false)?;
        }
        Fact::AuthorisationConfirmed { authorisation, proposal } => {
            if entry.operator {
                return Err(alone(&at, "a confirmation"));
            }
            confirmed(write, &at, *authorisation, proposal).await?;
        }
        Fact::AuthorisationRevoked { authorisation, reason } => {
            revoked(write, &at, *authorisation, reason).await?;
        }
        Fact::DocumentRegistered { document } => document_registered(write, &at, document).await?,
        Fact::DocumentCorrected { correction } => corrected::apply(write, &at, correction).await?,
        Fact::VersionAdded { version } => version_added(write, &at, version),
        Fact::RenditionAdded { rendition } => rendition_added(write, &at, rendition),
        Fact::EnclosureAdded { enclosure } => enclosure_added(write, &at, enclosure),
        Fact::DocumentCheckedOut { document, reason, until } => {
            handled::checked_out(write, &at, *document, reason.as_deref(), *until).await?;
        }
        Fact::DocumentCheckedIn { document, version, broken } => {
            handled::checked_in(write, &at, *document, *version, broken.as_deref()).await?;
        }
        Fact::DisclosureRecorded { document, version, enclosure, means, authority } => {
            let piece = Piece { document: *document, version: *version, enclosure: *enclosure };
            handled::disclosed(write, &at, piece, *means, *authority).await?;
        }
        Fact::ReproductionAuthorised { reproduction } => handled::authorised(write, &at, reproduction)?,
        Fact::HolderTold { document, person, sequence, in_person } => {
            handled::told(write, &at, *document, *person, *sequence, *in_person)?;
        }
        Fact::FileOpened { file, on } => filing::opened(write, &at, file, *on).await?,
        Fact::FileChanged { file, .. } => filing::changed(write, &at, file).await?,
        Fact::FileClosed { file, on, .. } => filing::closed(write, &at, *file, Some(*on)).await?,
        Fact::FileReopened { file, .. } => filing::closed(write, &at, *file, None).await?,
        Fact::VolumeOpened { file, number, on, place } => {
            filing::volume_opened(write, &at, *file, *number, *on, place.as_deref()).await?;
        }
        Fact::VolumeClosed { file, number, on } => {
            filing::volume_closed(write, &at, *file, *number, *on).await?;
        }
        Fact::DocumentsFiled { file, volume, documents } => {
            filing::filed(write, &at, *file, *volume, documents).await?;
        }
        Fact::DocumentTakenOut { file, document, reason } => {
            filing::taken_out(write, &at, *file, *document, reason).await?;
        }
        Fact::DocumentNoted { document } => ring::noted(write, &at, *document).await?,
        Fact::IntakeDismissed { item, digest, reason, words } => {
            intake::dismissed(write, &at, *item, *digest, *reason, words.as_ref());
        }
    }
    Ok(())
}

fn alone(at: &At, what: &str) -> StoreError {
    StoreError::damaged(format!("entry {}: {what} by one who may not alone", at.sequence))
}

/// Where an entry stands.
struct At {
    registry: RegistryId,
    time: Timestamp,
    actor: PersonId,
    sequence: u64,
}

fn founded(
    write: &mut Write,
    at: &At,
    name: &str,
    zone: &str,
    officers: &[Person],
    authorisations: &[FoundingAuthorisation],
) -> Result<(), StoreError> {
    write.rows.insert(
        "installation",
        &["registry_id", "name", "zone", "founded_at"],
        values![at.registry, name, zone, at.time],
    );
    for officer in officers {
        person_added(write, at, officer);
    }
    for given in authorisations {
        if matches!(given.grant, Grant::Extension { .. } | Grant::Nationality { .. }) {
            return Err(alone(at, "an extension or a nationality"));
        }
        // The only authorisations that nobody proposed or confirmed.
        let proposal = proposal_digest(given.id, given.person, &given.grant);
        let content = serde_json::to_string(&given.grant).unwrap_or_default();
        write.rows.insert(
            "authorisation",
            AUTHORISATION,
            values![
                at.registry,
                given.id,
                given.person,
                Standing::Confirmed.as_str(),
                content,
                proposal.0,
                None::<PersonId>,
                at.time,
                None::<PersonId>,
                Some(at.time)
            ],
        );
    }
    Ok(())
}

fn person_added(write: &mut Write, at: &At, person: &Person) {
    write.rows.insert(
        "person",
        &[
            "registry_id",
            "person_id",
            "login",
            "name",
            "sort_key",
            "nationality",
            "language",
            "title",
            "body_id",
            "left_on",
        ],
        values![
            at.registry,
            person.id,
            &person.login,
            &person.name,
            sort_key(&person.name),
            &person.nationality,
            &person.language,
            &person.title,
            person.body,
            person.left.map(|d| d.to_string())
        ],
    );
}

const AUTHORISATION: &[&str] = &[
    "registry_id",
    "authorisation_id",
    "person_id",
    "standing",
    "content",
    "proposal",
    "proposed_by",
    "proposed_at",
    "confirmed_by",
    "confirmed_at",
];

fn authorised(
    write: &mut Write,
    at: &At,
    id: AuthorisationId,
    person: PersonId,
    grant: &Grant,
    standing: Standing,
    at_once: bool,
) -> Result<(), StoreError> {
    let proposal = proposal_digest(id, person, grant);
    let content = serde_json::to_string(grant).map_err(StoreError::damaged)?;
    write.rows.insert(
        "authorisation",
        AUTHORISATION,
        values![
            at.registry,
            id,
            person,
            standing.as_str(),
            content,
            proposal.0,
            Some(at.actor),
            at.time,
            at_once.then_some(at.actor),
            at_once.then_some(at.time)
        ],
    );
    Ok(())
}

/// A confirmation changes a proposal by another person about a third; anything else is a damaged ledger.
async fn confirmed(
    write: &mut Write,
    at: &At,
    id: AuthorisationId,
    proposal: &Digest,
) -> Result<(), StoreError> {
    let changed = write
        .conn()
        .await?
        .execute(
            "UPDATE authorisation SET standing = 'confirmed', confirmed_by = $1, confirmed_at = $2 WHERE registry_id = $3 AND authorisation_id = $4 AND standing = 'proposed' AND proposal = $5 AND person_id <> $1 AND proposed_by <> $1",
            values![at.actor, at.time, at.registry, id, proposal.0],
        )
        .await?;
    if changed == 1 {
        person::confirmed(write, at, id).await
    } else {
        Err(StoreError::damaged(format!(
            "entry {}: a confirmation without a second person's proposal",
            at.sequence
        )))
    }
}

async fn revoked(write: &mut Write, at: &At, id: AuthorisationId, reason: &str) -> Result<(), StoreError> {
    person::endable(write, at, id).await?;
    let changed = write
        .conn()
        .await?
        .execute(
            "UPDATE authorisation SET standing = 'revoked', revoked_by = $1, revoked_at = $2, reason = $3 WHERE registry_id = $4 AND authorisation_id = $5 AND standing <> 'revoked'",
            values![at.actor, at.time, reason, at.registry, id],
        )
        .await?;
    if changed == 1 {
        Ok(())
    } else {
        Err(StoreError::damaged(format!("entry {}: a revocation of what is not there", at.sequence)))
    }
}

/// The number of the class of a rule, made when it is new. Numbers follow the order of the ledger, so that a
/// rebuild gives the same.
async fn class_of(write: &mut Write, registry: RegistryId, rule: &AccessRule) -> Result<u32, StoreError> {
    let text = rule.canonical();
    let digest = Digest::of(text.as_bytes());
    if let Some(number) = write.rows.classes.get(&(registry, digest)) {
        return Ok(*number);
    }
    let conn = write.conn().await?;
    let known = conn
        .one(
            "SELECT class_no FROM access_class WHERE registry_id = $1 AND digest = $2",
            values![registry, digest.0],
        )
        .await?;
    let number = match known {
        Some(row) => row.number(0)?,
        None => {
            let row = conn
                .one("SELECT COUNT(*) FROM access_class WHERE registry_id = $1", values![registry])
                .await?;
            let number = row.map_or(Ok(0), |row| row.number(0))?;
            conn.execute(
                "INSERT INTO access_class (registry_id, class_no, digest, rule) VALUES ($1, $2, $3, $4)",
                values![registry, number, digest.0, text],
            )
            .await?;
            number
        }
    };
    let number = u32::try_from(number).map_err(StoreError::damaged)?;
    write.rows.classes.insert((registry, digest), number);
    Ok(number)
}

async fn document_registered(write: &mut Write, at: &At, document: &DocumentFact) -> Result<(), StoreError> {
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

fn references_borne(write: &mut Write, at: &At, document: DocumentId, own: &str, others: &[Reference]) {
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

fn relations_stated(write: &mut Write, at: &At, document: DocumentId, stated: &[Stated]) {
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

fn addressed(write: &mut Write, at: &At, document: DocumentId, role: &'static str, names: &[String]) {
    for (position, name) in (0_i64..).zip(names) {
        write.rows.insert(
            "addressee",
            &["registry_id", "document_id", "role", "position", "name"],
            values![at.registry, document, role, position, name],
        );
    }
}

/// What of a document is counted: in its class, by facet.
#[derive(Debug, Clone, PartialEq)]
struct Counted {
    class: u32,
    kind: String,
    direction: String,
    originator: Option<String>,
    year: Option<i16>,
}

/// Counts a document in, or out again.
fn count(write: &mut Write, registry: RegistryId, counted: &Counted, by: i64) {
    let mut one = |facet: &'static str, name: &str| {
        *write.rows.counts.entry((registry, counted.class, facet, name.to_owned())).or_default() += by;
    };
    one("", "");
    one("kind", &counted.kind);
    one("direction", &counted.direction);
    if let Some(originator) = &counted.originator {
        one("originator", originator);
    }
    if let Some(year) = counted.year {
        one("year", &year.to_string());
    }
}

/// Days since 1970-01-01.
pub fn day_number(date: jiff::civil::Date) -> i64 {
    let epoch = jiff::civil::Date::constant(1970, 1, 1);
    i64::from((date - epoch).get_days())
}

fn version_added(write: &mut Write, at: &At, version: &VersionFact) {
    write.rows.contents.insert((at.registry, version.digest), version.document);
    write.rows.insert(
        "version",
        &[
            "registry_id",
            "version_id",
            "document_id",
            "number",
            "object_id",
            "digest",
            "size",
            "media_type",
            "file_name",
            "reading",
            "added_at",
        ],
        values![
            at.registry,
            version.id,
            version.document,
            version.number,
            version.object,
            version.digest.0,
            version.size,
            &version.media_type,
            &version.file_name,
            version.reading.as_str(),
            at.time
        ],
    );
}

fn rendition_added(write: &mut Write, at: &At, rendition: &RenditionFact) {
    write.rows.insert(
        "rendition",
        &["registry_id", "version_id", "kind", "document_id", "object_id", "digest", "size"],
        values![
            at.registry,
            rendition.version,
            rendition.is.as_str(),
            rendition.document,
            rendition.object,
            rendition.digest.0,
            rendition.size
        ],
    );
}

fn enclosure_added(write: &mut Write, at: &At, enclosure: &EnclosureFact) {
    let text = enclosure.text.as_ref();
    write.rows.insert(
        "enclosure",
        &[
            "registry_id",
            "version_id",
            "position",
            "document_id",
            "object_id",
            "digest",
            "size",
            "media_type",
            "file_name",
            "reading",
            "text_object",
            "text_digest",
            "text_size",
        ],
        values![
            at.registry,
            enclosure.version,
            enclosure.position,
            enclosure.document,
            enclosure.object,
            enclosure.digest.0,
            enclosure.size,
            &enclosure.media_type,
            &enclosure.file_name,
            enclosure.reading.as_str(),
            text.map(|t| t.object),
            text.map(|t| t.digest.0),
            text.and_then(|t| i64::try_from(t.size).ok())
        ],
    );
}
