//! What a command needs to know before it can be decided, read inside its own transaction.

use std::collections::HashSet;

use registry::{
    AccessRule, CommandId, DocumentId, PersonId, RegistryId, Sight,
    authorisation::{Authorisation, Grant, ProposalNeeds, Standing},
    command::{Command, Needs},
    correction::{CorrectNeeds, Correction},
    disclosure::Piece,
    document::{Register, RegisterNeeds},
    house::House,
    id::Digest,
    numbering::{self, NumberNeeds},
    person::ChangeNeeds,
};

use crate::{
    cases, custody, description,
    error::StoreError,
    filing, handling, house as people, numbers, organisation,
    planted::{Leak, leaks},
    sql::{Conn, among, built},
    transaction::Write,
    values,
};

/// Loads what a command needs. `sees` tells what the caller sees of documents of a rule, for telling him
/// of a duplicate only where he may know of it; `about` is what the office knows beside it.
pub async fn load(
    write: &mut Write,
    command: &Command,
    actor: PersonId,
    house: &House,
    today: jiff::civil::Date,
    sees: &(dyn Fn(&AccessRule) -> Sight + Sync),
    about: &cases::About<'_>,
) -> Result<Needs, StoreError> {
    let number = match numbering::wanted(command, house, today) {
        Some(wanted) => numbers::needs(write.conn().await?, command.ledger(), &wanted).await?,
        None => NumberNeeds::default(),
    };
    Ok(match command {
        Command::EstablishBody { .. }
        | Command::OpenRegistry { .. }
        | Command::ChangeRegistry { .. }
        | Command::FormGroup { .. } => Needs::Nothing,
        Command::AdoptSeries { .. } | Command::EntrustSeries { .. } => {
            Needs::Series(numbers::used(write.conn().await?).await?)
        }
        Command::ReserveNumber { .. }
        | Command::VoidNumber { .. }
        | Command::OpenCount { .. }
        | Command::CloseCounts { .. } => Needs::Number(number),
        Command::AddPerson { person } => {
            let taken = people::person_by_login(write.conn().await?, &person.login).await?.is_some();
            Needs::Login { taken }
        }
        Command::AssignRole { person, .. } => {
            let here = people::person(write.conn().await?, *person).await?.is_some();
            Needs::Person { here }
        }
        Command::Propose { person, grant } => {
            Needs::Proposal(Box::new(proposal(write, *person, grant).await?))
        }
        Command::ChangePerson { person, .. } => {
            let conn = write.conn().await?;
            let known = people::person(conn, *person).await?;
            let holds = people::authorisations(conn, *person).await?.iter().any(by_two);
            Needs::Change(Box::new(ChangeNeeds { person: known, holds }))
        }
        Command::Confirm { authorisation, .. } | Command::Revoke { authorisation, .. } => {
            Needs::Authorisation(
                people::authorisation(write.conn().await?, *authorisation).await?.map(Box::new),
            )
        }
        Command::Register { registry, document } => {
            let needs = register(write, *registry, document, today, sees).await?;
            Needs::Register(RegisterNeeds { number, ..needs })
        }
        Command::Correct { registry, document, correction } => {
            Needs::Correct(correct(write, *registry, *document, correction, today).await?)
        }
        Command::CheckOut { registry, document, .. }
        | Command::BreakLock { registry, document, .. }
        | Command::Disclose { registry, piece: Piece { document, .. }, .. } => {
            Needs::Handling(Box::new(handling::needs(write, *registry, *document, actor, None, sees).await?))
        }
        Command::CheckIn { registry, document, content } => {
            let digest = content.as_ref().map(|content| content.digest);
            let needs = handling::needs(write, *registry, *document, actor, digest, sees).await?;
            Needs::Handling(Box::new(needs))
        }
        Command::AuthoriseReproduction { registry, document, authority } => {
            let needs = handling::needs(write, *registry, *document, authority.person, None, sees).await?;
            Needs::Handling(Box::new(needs))
        }
        Command::Tell { registry, document, person, .. } => {
            let needs = handling::needs(write, *registry, *document, *person, None, sees).await?;
            Needs::Handling(Box::new(needs))
        }
        Command::OpenFile { registry, .. } => Needs::Plan(filing::plan_needs(write, *registry, None).await?),
        Command::ChangeFile { registry, file, .. } | Command::TurnFile { registry, file, .. } => {
            Needs::Plan(filing::plan_needs(write, *registry, Some(*file)).await?)
        }
        Command::FileDocuments { registry, files, documents } => {
            Needs::Filing(filing::filing_needs(write, *registry, files, documents).await?)
        }
        Command::TakeOut { registry, file, document, .. } => {
            Needs::Filing(filing::filing_needs(write, *registry, &[*file], &[*document]).await?)
        }
        Command::TakeNote { registry, document } => {
            Needs::Ring(crate::ringing::needs(write.conn().await?, *registry, *document).await?)
        }
        Command::Custody { registry, act } => {
            Needs::Custody(Box::new(custody::needs(write, *registry, act, house, today).await?))
        }
        Command::Organise { act } => {
            Needs::Organisation(Box::new(organisation::needs(write.conn().await?, act).await?))
        }
        Command::Case { act } => Needs::Case(Box::new(cases::needs(write, act, house, today, about).await?)),
        Command::AdoptRoutine { .. } | Command::Dismiss { .. } => Needs::Nothing,
    })
}

/// Whether something stands that two persons gave and that lets its holder do or see anything.
fn by_two(held: &Authorisation) -> bool {
    held.standing == Standing::Confirmed
        && match &held.grant {
            Grant::Role { role, .. } => !role.is_given_by_one(),
            Grant::Clearance { .. }
            | Grant::Briefing { .. }
            | Grant::Membership { .. }
            | Grant::Certificate { .. } => true,
            Grant::Extension { .. } | Grant::Nationality { .. } | Grant::Specimen { .. } => false,
        }
}

async fn proposal(write: &mut Write, person: PersonId, grant: &Grant) -> Result<ProposalNeeds, StoreError> {
    let conn = write.conn().await?;
    let known = people::person(conn, person).await?;
    let of = match grant {
        Grant::Extension { of, .. } => match people::authorisation(conn, *of).await? {
            Some(of) => {
                let held = people::authorisations(conn, of.person).await?;
                Some(Box::new((of, held)))
            }
            None => None,
        },
        _ => None,
    };
    Ok(ProposalNeeds { person: known, of })
}

async fn register(
    write: &mut Write,
    registry: RegistryId,
    asked: &Register,
    today: jiff::civil::Date,
    sees: &(dyn Fn(&AccessRule) -> Sight + Sync),
) -> Result<RegisterNeeds, StoreError> {
    let year = today.year();
    let next_number = match write.rows.series.get(&(registry, year)) {
        Some(next) => *next,
        None => {
            let row = write
                .conn_as_is()
                .one(
                    "SELECT next_number FROM series WHERE registry_id = $1 AND year = $2",
                    values![registry, i64::from(year)],
                )
                .await?;
            row.map_or(Ok(1), |row| row.number(0))?
        }
    };
    let same_content = match &asked.content {
        Some(content) => {
            let read = |sight: Sight| sight.read || leaks(Leak::Duplicate);
            duplicate(write, registry, SAME_CONTENT, content.digest, &|rule| read(sees(rule))).await?
        }
        None => None,
    };
    // Who handles an entry sees that it is there, and under which reference.
    let taken_over = match &asked.old {
        Some(old) => {
            let seen = |sight: Sight| sight.read || sight.handle;
            duplicate(write, registry, SAME_ROW, old.source, &|rule| seen(sees(rule))).await?
        }
        None => None,
    };
    let duplicate = same_content.or(taken_over);
    let stranger = stranger(write, &asked.access_list).await?;
    let files = filing::chains(write, registry, &asked.files).await?;
    Ok(RegisterNeeds { next_number, duplicate, stranger, files, ..RegisterNeeds::default() })
}

/// The first of some persons who is not of the house.
async fn stranger(write: &mut Write, persons: &[PersonId]) -> Result<Option<PersonId>, StoreError> {
    for person in persons {
        if people::person(write.conn_as_is(), *person).await?.is_none() {
            return Ok(Some(*person));
        }
    }
    Ok(None)
}

async fn correct(
    write: &mut Write,
    registry: RegistryId,
    document: DocumentId,
    asked: &Correction,
    today: jiff::civil::Date,
) -> Result<CorrectNeeds, StoreError> {
    let stranger = match &asked.access_list {
        Some(persons) => stranger(write, persons).await?,
        None => None,
    };
    let conn = write.conn().await?;
    let now = description::of(conn, registry, document).await?.map(|(now, _)| Box::new(now));
    let has_content = description::has_content(conn, registry, document).await?;
    let out = handling::out(conn, registry, document).await?;
    let (copies, next_instruction) = custody::told(conn, registry, document, today).await?;
    Ok(CorrectNeeds { now, has_content, stranger, out, copies, next_instruction })
}

/// The first document of the registry with this digest that the caller sees.
pub(crate) async fn duplicate(
    write: &mut Write,
    registry: RegistryId,
    same: &'static str,
    digest: Digest,
    sees: &(dyn Fn(&AccessRule) -> bool + Sync),
) -> Result<Option<String>, StoreError> {
    // What this transaction itself has added still waits to be written.
    if write.rows.contents.contains_key(&(registry, digest)) {
        write.flush().await?;
    }
    let same = write.conn_as_is().all(same, values![registry, digest.0]).await?;
    let mut first: Option<(i64, String)> = None;
    for row in same {
        let document: registry::DocumentId = row.id(0)?;
        let Some(row) = write.conn_as_is().one(ITS_RULE, values![registry, document]).await? else {
            continue;
        };
        let sequence = row.int(0)?;
        let rule: AccessRule = serde_json::from_str(&row.text(2)?).map_err(StoreError::damaged)?;
        let known = sees(&rule);
        if known && first.as_ref().is_none_or(|(before, _)| sequence < *before) {
            first = Some((sequence, row.text(1)?));
        }
    }
    Ok(first.map(|(_, reference)| reference))
}

/// Nearly always nobody has the same content, and that must cost one look into one index. In one statement with the
/// documents, and in their order, SQLite walks the whole registry instead.
pub(crate) const SAME_CONTENT: &str =
    "SELECT DISTINCT document_id FROM version WHERE registry_id = $1 AND digest = $2";
const SAME_ROW: &str = "SELECT document_id FROM document_old WHERE registry_id = $1 AND source = $2";
pub(crate) const ITS_RULE: &str = "SELECT d.sequence, d.reference, c.rule FROM document d JOIN access_class c ON c.registry_id = d.registry_id AND c.class_no = d.class_no WHERE d.registry_id = $1 AND d.document_id = $2";

/// What an earlier run of the same command left: the digest of its body and its answer.
pub async fn earlier(
    write: &mut Write,
    registry: RegistryId,
    actor: PersonId,
    command: CommandId,
) -> Result<Option<(Digest, String)>, StoreError> {
    if write.rows.commands.contains(&(registry, actor, command)) {
        write.flush().await?;
    }
    let row = write
        .conn_as_is()
        .one(
            "SELECT digest, answer FROM command_log WHERE registry_id = $1 AND actor = $2 AND command_id = $3",
            values![registry, actor, command],
        )
        .await?;
    row.map(|row| Ok((Digest(row.array(0)?), row.text(1)?))).transpose()
}

/// Which commands of an actor were carried out already, as a reading transaction sees it.
pub async fn carried_out(
    conn: &mut Conn,
    registry: RegistryId,
    actor: PersonId,
    commands: &[CommandId],
) -> Result<HashSet<CommandId>, StoreError> {
    let mut found = HashSet::new();
    for some in commands.chunks(256) {
        let mut values = values![registry, actor];
        let names = among(&mut values, some.iter().copied());
        let sql = format!(
            "SELECT command_id FROM command_log WHERE registry_id = $1 AND actor = $2 AND command_id IN ({names})"
        );
        for row in conn.all(built(sql), values).await? {
            found.insert(row.id(0)?);
        }
    }
    Ok(found)
}

/// Keeps that a command was carried out, in the transaction that carried it out.
pub fn remember(
    write: &mut Write,
    registry: RegistryId,
    actor: PersonId,
    command: CommandId,
    digest: Digest,
    answer: String,
) {
    write.rows.commands.insert((registry, actor, command));
    write.rows.insert(
        "command_log",
        &["registry_id", "actor", "command_id", "digest", "answer"],
        values![registry, actor, command, digest.0, answer],
    );
}
