//! The file plan as the register tables hold it: all of it for whoever decides; for a viewer the files that he sees,
//! and of what is filed in them the documents that he may read.

use std::collections::{BTreeMap, HashMap, HashSet};

use registry::{
    AccessRule, DocumentId, FileId, PersonId, RegistryId, RegistryScope, Timestamp,
    filing::{
        Branch, Chain, DEPTH, DocumentState, FileFact, FileKind, FileState, FilingNeeds, PlanNeeds, arranged,
    },
    house::Names,
};

use crate::{
    apply::FILE_FACET,
    classes::rule,
    documents::{self, COLUMNS, Order, Place},
    error::StoreError,
    planted::{Leak, leaks},
    sql::{Conn, Row, Value, among, built},
    transaction::Write,
    values,
    visible::{EntryView, Page, PageKey, Visible},
};

const FILE: &str = "SELECT f.file_id, f.kind, f.code, f.name_en, f.name_fr, f.parent_id, f.owner, f.words, f.originators, f.place, f.status, f.opened_on, f.closed_on, f.volumes, f.open_volume, c.rule FROM plan_file f LEFT JOIN access_class c ON c.registry_id = f.registry_id AND c.class_no = f.file_class WHERE f.registry_id = $1";

fn day(text: String) -> Result<jiff::civil::Date, StoreError> {
    text.parse().map_err(StoreError::damaged)
}

fn state(row: &Row) -> Result<FileState, StoreError> {
    let list = |text: String| serde_json::from_str::<Vec<String>>(&text).map_err(StoreError::damaged);
    let number = |n: u64| u32::try_from(n).map_err(StoreError::damaged);
    let kind = row.text(1)?;
    let access: Option<AccessRule> =
        row.opt_text(15)?.map(|text| serde_json::from_str(&text).map_err(StoreError::damaged)).transpose()?;
    Ok(FileState {
        file: FileFact {
            id: row.id(0)?,
            is: FileKind::ALL
                .into_iter()
                .find(|k| k.as_str() == kind)
                .ok_or_else(|| StoreError::damaged(format!("file {kind}")))?,
            code: row.text(2)?,
            names: Names { en: row.text(3)?, fr: row.text(4)? },
            parent: row.opt_id(5)?,
            owner: row.opt_text(6)?,
            words: list(row.text(7)?)?,
            originators: list(row.text(8)?)?,
            place: row.opt_text(9)?,
            status: row.opt_text(10)?,
            access,
        },
        opened_on: day(row.text(11)?)?,
        closed_on: row.opt_text(12)?.map(day).transpose()?,
        volumes: number(row.number(13)?)?,
        open_volume: row.opt_int(14)?.map(|n| u32::try_from(n).map_err(StoreError::damaged)).transpose()?,
    })
}

/// Every file of a plan, for whoever decides who sees which; they have passed no scope.
pub async fn plan(conn: &mut Conn, registry: RegistryId) -> Result<Vec<FileState>, StoreError> {
    conn.all(FILE, values![registry]).await?.iter().map(state).collect()
}

/// What a change of the plan needs to know.
pub(crate) async fn plan_needs(
    write: &mut Write,
    registry: RegistryId,
    turned: Option<FileId>,
) -> Result<PlanNeeds, StoreError> {
    let conn = write.conn().await?;
    let files = plan(conn, registry).await?;
    let volume_since = match turned {
        None => None,
        Some(file) => {
            let row = conn
                .one(
                    "SELECT COALESCE(closed_on, opened_on) FROM plan_volume WHERE registry_id = $1 AND file_id = $2 ORDER BY number DESC LIMIT 1",
                    values![registry, file],
                )
                .await?;
            row.map(|row| day(row.text(0)?)).transpose()?
        }
    };
    Ok(PlanNeeds { files, volume_since })
}

/// A file with those above it. What a transaction writes of a plan it writes at once, so nothing waits to be seen.
pub(crate) async fn chain(
    write: &mut Write,
    registry: RegistryId,
    file: FileId,
) -> Result<Chain, StoreError> {
    if let Some(known) = write.rows.chains.get(&(registry, file)) {
        return Ok(known.clone());
    }
    let mut chain = Chain::new();
    let mut next = Some(file);
    while let Some(id) = next {
        // Deeper than any plan becomes, even by files that were moved among hidden ones: a circle.
        if chain.len() > DEPTH * 4 {
            return Err(StoreError::damaged("a file that stands under itself"));
        }
        let sql = built(format!("{FILE} AND f.file_id = $2"));
        let Some(row) = write.conn_as_is().one(sql, values![registry, id]).await? else {
            chain.clear();
            break;
        };
        let state = state(&row)?;
        next = state.file.parent;
        chain.push(state);
    }
    write.rows.chains.insert((registry, file), chain.clone());
    Ok(chain)
}

/// The same for several.
pub(crate) async fn chains(
    write: &mut Write,
    registry: RegistryId,
    files: &[FileId],
) -> Result<Vec<(FileId, Chain)>, StoreError> {
    let mut all = Vec::new();
    // One more than may be asked for is enough to refuse.
    for file in files.iter().take(registry::filing::FILES + 1) {
        all.push((*file, chain(write, registry, *file).await?));
    }
    Ok(all)
}

/// What filing needs to know.
pub(crate) async fn filing_needs(
    write: &mut Write,
    registry: RegistryId,
    files: &[FileId],
    documents: &[DocumentId],
) -> Result<FilingNeeds, StoreError> {
    let files = chains(write, registry, files).await?;
    let mut states = Vec::new();
    for document in documents.iter().take(registry::filing::AT_ONCE + 1) {
        let conn = write.conn().await?;
        let row = conn
            .one(
                "SELECT c.rule FROM document d JOIN access_class c ON c.registry_id = d.registry_id AND c.class_no = d.class_no WHERE d.registry_id = $1 AND d.document_id = $2",
                values![registry, *document],
            )
            .await?;
        let access =
            row.map(|row| serde_json::from_str(&row.text(0)?).map_err(StoreError::damaged)).transpose()?;
        let rows = conn
            .all(
                "SELECT file_id FROM plan_filing WHERE registry_id = $1 AND document_id = $2 AND taken_at IS NULL",
                values![registry, *document],
            )
            .await?;
        let files = rows.iter().map(|row| Ok(row.id(0)?)).collect::<Result<Vec<FileId>, StoreError>>()?;
        states.push(DocumentState { document: *document, access, files });
    }
    Ok(FilingNeeds { files, documents: states })
}

/// A file in a plan as a viewer sees it.
#[derive(Debug, Clone, PartialEq)]
pub struct PlanFile {
    /// In whose plan.
    pub registry: RegistryId,
    /// What the plan says of it.
    pub state: FileState,
    /// How many files stand above it.
    pub depth: usize,
    /// How many documents in it the viewer may read, without those of the files below.
    pub documents: u64,
}

/// The plan as a viewer sees it, each file after the one that it stands under, in the order of codes. A file without a
/// rule is seen by whoever is let into the registry, which its caller has found out.
pub async fn seen(conn: &mut Conn, place: Place<'_>) -> Result<Vec<Visible<PlanFile>>, StoreError> {
    let files = plan(conn, place.registry).await?;
    let mut numbers: HashMap<&AccessRule, u32> = HashMap::new();
    for (number, rule) in (0..).zip(place.rules.iter()) {
        numbers.insert(rule, number);
    }
    let sees = |file: &FileFact| match &file.access {
        None => true,
        Some(rule) => numbers.get(rule).is_some_and(|n| place.scope.read.contains(*n)) || leaks(Leak::File),
    };
    let counts = counts(conn, place).await?;
    let branches = arranged(&files, sees);
    let shown = branches.into_iter().map(|Branch { depth, state }| {
        let documents = counts.get(&state.file.id).copied().unwrap_or(0);
        Visible::new(PlanFile { registry: place.registry, state: state.clone(), depth, documents })
    });
    Ok(shown.collect())
}

/// How many documents the viewer may read in each file.
async fn counts(conn: &mut Conn, place: Place<'_>) -> Result<HashMap<FileId, u64>, StoreError> {
    let rows = conn
        .all(
            "SELECT name, class_no, documents FROM facet_count WHERE registry_id = $1 AND facet = $2",
            values![place.registry, FILE_FACET],
        )
        .await?;
    let mut counts = HashMap::new();
    for row in rows {
        let class = u32::try_from(row.number(1)?).map_err(StoreError::damaged)?;
        if place.scope.read.contains(class) || leaks(Leak::FileCount) {
            let file: FileId = row.text(0)?.parse().map_err(StoreError::damaged)?;
            *counts.entry(file).or_default() += row.number(2)?;
        }
    }
    Ok(counts)
}

/// A volume of a file.
#[derive(Debug, Clone, PartialEq)]
pub struct Volume {
    /// From 1.
    pub number: u32,
    /// The day of its opening.
    pub opened_on: jiff::civil::Date,
    /// The day of its end.
    pub closed_on: Option<jiff::civil::Date>,
    /// Where it stands, when not where the file does.
    pub place: Option<String>,
    /// How many documents in it the viewer may read.
    pub documents: u64,
}

/// The volumes of a file that the viewer sees, the last first.
pub async fn volumes(
    conn: &mut Conn,
    place: Place<'_>,
    file: &Visible<PlanFile>,
) -> Result<Vec<Visible<Volume>>, StoreError> {
    let id = file.state.file.id;
    let mut counts: BTreeMap<u32, u64> = BTreeMap::new();
    let filed = conn
        .all(
            "SELECT p.volume, d.class_no, COUNT(*) FROM plan_filing p JOIN document d ON d.registry_id = p.registry_id AND d.document_id = p.document_id WHERE p.registry_id = $1 AND p.file_id = $2 AND p.taken_at IS NULL GROUP BY p.volume, d.class_no",
            values![place.registry, id],
        )
        .await?;
    for row in filed {
        let class = u32::try_from(row.number(1)?).map_err(StoreError::damaged)?;
        if place.scope.read.contains(class) {
            let volume = u32::try_from(row.number(0)?).map_err(StoreError::damaged)?;
            *counts.entry(volume).or_default() += row.number(2)?;
        }
    }
    let rows = conn
        .all(
            "SELECT number, opened_on, closed_on, place FROM plan_volume WHERE registry_id = $1 AND file_id = $2 ORDER BY number DESC",
            values![place.registry, id],
        )
        .await?;
    rows.iter()
        .map(|row| {
            let number = u32::try_from(row.number(0)?).map_err(StoreError::damaged)?;
            Ok(Visible::new(Volume {
                number,
                opened_on: day(row.text(1)?)?,
                closed_on: row.opt_text(2)?.map(day).transpose()?,
                place: row.opt_text(3)?,
                documents: counts.get(&number).copied().unwrap_or(0),
            }))
        })
        .collect()
}

/// Rows that are read at a time.
const STRIDE: usize = 500;
/// Most classes that one statement names.
const MOST_CLASSES: u64 = 4_096;

/// A page of the documents of a file that the viewer may read, of one volume or of all, beginning after a key.
pub async fn documents(
    conn: &mut Conn,
    place: Place<'_>,
    file: &Visible<PlanFile>,
    volume: Option<u32>,
    order: Order,
    after: Option<PageKey>,
    limit: usize,
) -> Result<Page<EntryView>, StoreError> {
    // Who only handles a document is not told where it is filed.
    let scope = RegistryScope {
        read: place.scope.read.clone(),
        subject: place.scope.subject.clone(),
        ..Default::default()
    };
    let place = Place { scope: &scope, ..place };
    let none = Page { rows: Vec::new(), more: false };
    if scope.read.is_empty() {
        return Ok(none);
    }
    let mut after = match after {
        Some(key) if order.is_of_a_registry() => match documents::sequenced(conn, place, key).await? {
            Some(key) => Some(key),
            None => return Ok(none),
        },
        after => after,
    };
    let (column, direction, sign) = documents::words(order);
    let position = if column == "day" { 5 } else { 13 };
    let mut rows = Vec::new();
    loop {
        let mut values =
            values![place.registry, documents::limit_of(STRIDE.max(limit + 1)), file.state.file.id];
        let mut within = String::new();
        if let Some(volume) = volume {
            values.push(Value::from(volume));
            within.push_str(&format!(" AND volume = ${}", values.len()));
        }
        let mut sql = format!(
            "SELECT {COLUMNS} FROM document WHERE registry_id = $1 AND document_id IN (SELECT document_id FROM plan_filing WHERE registry_id = $1 AND file_id = $3 AND taken_at IS NULL{within})"
        );
        if let Some(key) = after {
            values.extend(values![key.order, key.document]);
            sql.push_str(&format!(
                " AND ({column}, document_id) {sign} (${}, ${})",
                values.len() - 1,
                values.len()
            ));
        }
        if scope.read.len() <= MOST_CLASSES {
            let numbers = among(&mut values, scope.read.iter());
            sql.push_str(&format!(" AND class_no IN ({numbers})"));
        }
        sql.push_str(&format!(" ORDER BY {column} {direction}, document_id {direction} LIMIT $2"));
        let read = conn.all(built(sql), values).await?;
        let ended = read.len() < STRIDE.max(limit + 1);
        for row in read {
            after = Some(PageKey { order: row.int(position)?, document: row.id(0)? });
            rows.extend(documents::entry(&place, order, &row)?);
        }
        if ended || rows.len() > limit {
            break;
        }
    }
    let more = rows.len() > limit;
    rows.truncate(limit);
    Ok(Page { rows, more })
}

/// Where a document is filed, or was.
#[derive(Debug, Clone, PartialEq)]
pub struct Filing {
    /// In which file.
    pub file: FileId,
    /// In which volume.
    pub volume: u32,
    /// When it was put there.
    pub at: Timestamp,
    /// By whom.
    pub by: PersonId,
    /// When it was taken out again, by whom and why.
    pub taken: Option<(Timestamp, PersonId, String)>,
}

/// Where a document that the viewer may read is filed and was, in files that he sees, the newest first.
pub async fn of_document(
    conn: &mut Conn,
    place: Place<'_>,
    document: DocumentId,
    files: &HashSet<FileId>,
) -> Result<Vec<Visible<Filing>>, StoreError> {
    let row = conn
        .one(
            "SELECT class_no FROM document WHERE registry_id = $1 AND document_id = $2",
            values![place.registry, document],
        )
        .await?;
    let class = row.map(|row| u32::try_from(row.number(0)?).map_err(StoreError::damaged)).transpose()?;
    if !class.is_some_and(|class| place.scope.read.contains(class) && rule(place.rules, class).is_some()) {
        return Ok(Vec::new());
    }
    let rows = conn
        .all(
            "SELECT file_id, volume, filed_at, filed_by, taken_at, taken_by, reason, taken_class FROM plan_filing WHERE registry_id = $1 AND document_id = $2 ORDER BY sequence DESC, file_id",
            values![place.registry, document],
        )
        .await?;
    let mut filings = Vec::new();
    for row in rows {
        let file: FileId = row.id(0)?;
        if !files.contains(&file) {
            continue;
        }
        // What was written of it while it was under another rule is told to those who read under that one too.
        let then = row.opt_int(7)?.map(u32::try_from).transpose().map_err(StoreError::damaged)?;
        if then.is_some_and(|class| !place.scope.read.contains(class)) {
            continue;
        }
        let taken = match row.opt_time(4)? {
            None => None,
            Some(at) => Some((at, row.id(5)?, row.text(6)?)),
        };
        let volume = u32::try_from(row.number(1)?).map_err(StoreError::damaged)?;
        filings.push(Visible::new(Filing { file, volume, at: row.time(2)?, by: row.id(3)?, taken }));
    }
    Ok(filings)
}

/// Whether a file stands in a registry's plan at all; whoever asks must look further who sees it.
pub async fn is_of(conn: &mut Conn, registry: RegistryId, file: FileId) -> Result<bool, StoreError> {
    let row = conn
        .one("SELECT 1 FROM plan_file WHERE registry_id = $1 AND file_id = $2", values![registry, file])
        .await?;
    Ok(row.is_some())
}
