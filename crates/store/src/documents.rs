//! Documents as the register tables hold them, each through a scope.

use std::collections::BTreeMap;

use registry::{
    AccessRule, DocumentDate, DocumentId, RegistryId, RegistryScope, Sight, VersionId,
    document::{Direction, ReadingOutcome},
    formal::{Formal, Precedence},
    id::Digest,
    reference::ReferenceKind,
};
use roaring::RoaringBitmap;

use crate::{
    classes::{Rules, rule},
    description,
    error::StoreError,
    old,
    planted::{Leak, leaks},
    sql::{Conn, Row, Value, built, places},
    values,
    visible::{
        DocumentView, EnclosureView, EntryView, InsideView, Page, PageKey, SightMark, VersionView, Visible,
    },
};

/// The order of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Order {
    /// By the date of the document, newest first, the undated last.
    #[default]
    Newest,
    /// By the date of the document, oldest first.
    Oldest,
    /// As registered, last first.
    LastRegistered,
    /// As registered, first first.
    FirstRegistered,
}

impl Order {
    /// The same list from its other end.
    #[must_use]
    pub const fn reversed(self) -> Self {
        match self {
            Order::Newest => Order::Oldest,
            Order::Oldest => Order::Newest,
            Order::LastRegistered => Order::FirstRegistered,
            Order::FirstRegistered => Order::LastRegistered,
        }
    }
    /// True when its keys are of one registry and mean nothing in another.
    pub const fn is_of_a_registry(self) -> bool {
        matches!(self, Order::LastRegistered | Order::FirstRegistered)
    }
    const fn column(self) -> &'static str {
        match self {
            Order::Newest | Order::Oldest => "day",
            Order::LastRegistered | Order::FirstRegistered => "sequence",
        }
    }
    /// True when the largest key stands first.
    pub const fn falls(self) -> bool {
        matches!(self, Order::Newest | Order::LastRegistered)
    }
}

/// One registry as a viewer sees it.
#[derive(Debug, Clone, Copy)]
pub struct Place<'a> {
    /// Which.
    pub registry: RegistryId,
    /// What the viewer may see in it.
    pub scope: &'a RegistryScope,
    /// The rules of its classes.
    pub rules: &'a Rules,
}

impl Place<'_> {
    fn sight(&self, class: u32) -> Sight {
        Sight {
            read: self.scope.read.contains(class),
            subject: self.scope.subject.contains(class),
            handle: self.scope.handle.contains(class),
        }
    }
}

pub(crate) const COLUMNS: &str = "document_id, class_no, reference, direction, kind, day, date_civil, date_written, language, originator, subject, held_elsewhere, registered_at, sequence, preferred, precedence, info_precedence, dtg";

/// A page of a registry in an order, beginning after a key.
pub async fn list(
    conn: &mut Conn,
    place: Place<'_>,
    order: Order,
    after: Option<PageKey>,
    limit: usize,
) -> Result<Page<EntryView>, StoreError> {
    let classes = place.scope.seen();
    if classes.is_empty() {
        return Ok(Page { rows: Vec::new(), more: false });
    }
    let after = match after {
        Some(key) if order.is_of_a_registry() => match sequenced(conn, place, key).await? {
            Some(key) => Some(key),
            None => return Ok(Page { rows: Vec::new(), more: false }),
        },
        after => after,
    };
    let counts = counts(conn, place.registry).await?;
    let all: u64 = counts.iter().map(|(_, n)| n).sum();
    let seen: u64 = counts.iter().filter(|(class, _)| classes.contains(*class)).map(|(_, n)| n).sum();
    // Walking the whole register for one page is cheap when every second row is shown and dear when one in a
    // thousand is; there each class is read from its own index.
    let rows = if seen.saturating_mul(20) >= all {
        wide(conn, place.registry, &classes, order, after, limit + 1).await?
    } else {
        narrow(conn, place.registry, &classes, order, after, limit + 1).await?
    };
    let mut rows =
        rows.iter().filter_map(|row| entry(&place, order, row).transpose()).collect::<Result<Vec<_>, _>>()?;
    let more = rows.len() > limit;
    rows.truncate(limit);
    Ok(Page { rows, more })
}

/// A place in the order of registering, with the sequence by which the tables know it. Keys do not carry it: a
/// sequence counts every entry of the ledger, and whoever pages through his own would learn how many there are that he
/// does not see. A document that is not for the viewer is no place in his list.
pub(crate) async fn sequenced(
    conn: &mut Conn,
    place: Place<'_>,
    key: PageKey,
) -> Result<Option<PageKey>, StoreError> {
    let row = conn
        .one(
            "SELECT sequence, class_no FROM document WHERE registry_id = $1 AND document_id = $2",
            values![place.registry, key.document],
        )
        .await?;
    let Some(row) = row else { return Ok(None) };
    let class = u32::try_from(row.number(1)?).map_err(StoreError::damaged)?;
    let seen = place.sight(class).read || place.sight(class).handle || leaks(Leak::Place);
    Ok(if seen { Some(PageKey { order: row.int(0)?, document: key.document }) } else { None })
}

async fn wide(
    conn: &mut Conn,
    registry: RegistryId,
    classes: &RoaringBitmap,
    order: Order,
    after: Option<PageKey>,
    limit: usize,
) -> Result<Vec<Row>, StoreError> {
    if classes.len() <= MOST_CLASSES {
        return straight(conn, registry, Some(classes), order, after, limit).await;
    }
    // Every access list is a class: there may be more than a statement takes values. Then the register is walked as it
    // lies, which is short, for a good part of it is shown.
    let position = if order.column() == "day" { 5 } else { 13 };
    let mut after = after;
    let mut found = Vec::new();
    loop {
        let rows = straight(conn, registry, None, order, after, STRIDE).await?;
        let ended = rows.len() < STRIDE;
        for row in rows {
            after = Some(PageKey { order: row.int(position)?, document: row.id(0)? });
            if classes.contains(u32::try_from(row.number(1)?).map_err(StoreError::damaged)?) {
                found.push(row);
            }
            if found.len() == limit {
                return Ok(found);
            }
        }
        if ended {
            return Ok(found);
        }
    }
}

/// Most classes that are named in one statement: SQLite takes 32,766 values, and few statements of many sizes are kept.
const MOST_CLASSES: u64 = 8_192;
/// Rows that are read at a time where the statement can't name the classes.
const STRIDE: usize = 1_000;

/// Rows of a registry in an order; of some classes, or of all.
async fn straight(
    conn: &mut Conn,
    registry: RegistryId,
    classes: Option<&RoaringBitmap>,
    order: Order,
    after: Option<PageKey>,
    limit: usize,
) -> Result<Vec<Row>, StoreError> {
    let (column, direction, sign) = words(order);
    let mut values = values![registry, limit_of(limit)];
    let mut sql = format!("SELECT {COLUMNS} FROM document WHERE registry_id = $1");
    if let Some(after) = after {
        sql.push_str(&format!(" AND ({column}, document_id) {sign} ($3, $4)"));
        values.extend(values![after.order, after.document]);
    }
    if let Some(classes) = classes {
        let numbers = padded(classes.iter());
        sql.push_str(&format!(" AND class_no IN ({})", places(values.len() + 1, numbers.len())));
        values.extend(numbers);
    }
    sql.push_str(&format!(" ORDER BY {column} {direction}, document_id {direction} LIMIT $2"));
    Ok(conn.all(built(sql), values).await?)
}

async fn narrow(
    conn: &mut Conn,
    registry: RegistryId,
    classes: &RoaringBitmap,
    order: Order,
    after: Option<PageKey>,
    limit: usize,
) -> Result<Vec<Row>, StoreError> {
    let (column, direction, sign) = words(order);
    let position = if column == "day" { 5 } else { 13 };
    let numbers: Vec<u32> = classes.iter().collect();
    let mut found: Vec<((i64, [u8; 16]), Row)> = Vec::new();
    for chunk in numbers.chunks(32) {
        let mut values = values![registry, limit_of(limit)];
        let beyond = match after {
            Some(after) => {
                values.extend(values![after.order, after.document]);
                format!(" AND ({column}, document_id) {sign} ($3, $4)")
            }
            None => String::new(),
        };
        let mut parts = Vec::new();
        for class in chunk {
            values.push(Value::from(*class));
            parts.push(format!(
                "SELECT * FROM (SELECT {COLUMNS} FROM document WHERE registry_id = $1 AND class_no = ${}{beyond} ORDER BY {column} {direction}, document_id {direction} LIMIT $2) AS c{}",
                values.len(),
                values.len()
            ));
        }
        for row in conn.all(built(parts.join(" UNION ALL ")), values).await? {
            found.push(((row.int(position)?, row.array::<16>(0)?), row));
        }
    }
    found.sort_by(|a, b| if order.falls() { b.0.cmp(&a.0) } else { a.0.cmp(&b.0) });
    found.truncate(limit);
    Ok(found.into_iter().map(|(_, row)| row).collect())
}

pub(crate) fn words(order: Order) -> (&'static str, &'static str, &'static str) {
    if order.falls() { (order.column(), "DESC", "<") } else { (order.column(), "ASC", ">") }
}

pub(crate) fn limit_of(limit: usize) -> i64 {
    i64::try_from(limit).unwrap_or(i64::MAX)
}

/// Class numbers as values, the list filled up to a power of two, so that few statements are prepared.
pub(crate) fn padded(classes: impl Iterator<Item = u32>) -> Vec<Value> {
    let mut numbers: Vec<Value> = classes.map(Value::from).collect();
    let length = numbers.len().next_power_of_two();
    if let Some(last) = numbers.last().cloned() {
        numbers.resize(length, last);
    }
    numbers
}

pub(crate) fn entry(
    place: &Place<'_>,
    order: Order,
    row: &Row,
) -> Result<Option<Visible<EntryView>>, StoreError> {
    let class = u32::try_from(row.number(1)?).map_err(StoreError::damaged)?;
    let sight = place.sight(class);
    if !sight.read && !sight.handle {
        return Ok(None);
    }
    let document: DocumentId = row.id(0)?;
    let told = !order.is_of_a_registry();
    let at = if told {
        row.int(5)?
    } else if leaks(Leak::Id) {
        row.int(13)?
    } else {
        0
    };
    Ok(Some(Visible::new(EntryView {
        registry: place.registry,
        document,
        reference: row.text(2)?,
        direction: direction(&row.text(3)?)?,
        date: date(row.opt_text(6)?, row.opt_text(7)?)?,
        registered_at: row.time(12)?,
        label: rule_of(place.rules, class)?.content.clone(),
        subject_label: rule_of(place.rules, class)?.subject.clone(),
        held_elsewhere: row.opt_text(11)?,
        sight: SightMark::from(sight),
        preferred: if sight.read { row.opt_text(14)? } else { None },
        subject: if sight.subject { Some(row.text(10)?) } else { None },
        kind: if sight.read { Some(row.text(4)?) } else { None },
        originator: if sight.read { row.opt_text(9)? } else { None },
        language: if sight.read { Some(row.text(8)?) } else { None },
        formal: match sight.read {
            true => formal(row.opt_text(15)?, row.opt_text(16)?, row.opt_text(17)?)?,
            false => Formal::default(),
        },
        key: PageKey { order: at, document },
    })))
}

fn rule_of(rules: &Rules, class: u32) -> Result<&AccessRule, StoreError> {
    rule(rules, class)
        .map(AsRef::as_ref)
        .ok_or_else(|| StoreError::damaged(format!("access class {class} is not there")))
}

pub(crate) fn formal(
    precedence: Option<String>,
    info_precedence: Option<String>,
    dtg: Option<String>,
) -> Result<Formal, StoreError> {
    let named = |word: Option<String>| {
        word.map(|word| {
            Precedence::named(&word).ok_or_else(|| StoreError::damaged(format!("precedence {word}")))
        })
        .transpose()
    };
    Ok(Formal { precedence: named(precedence)?, info_precedence: named(info_precedence)?, dtg })
}

pub(crate) fn date(civil: Option<String>, written: Option<String>) -> Result<DocumentDate, StoreError> {
    let civil = civil.map(|text| text.parse()).transpose().map_err(StoreError::damaged)?;
    Ok(DocumentDate { civil, written })
}

pub(crate) fn direction(text: &str) -> Result<Direction, StoreError> {
    Direction::ALL
        .into_iter()
        .find(|d| d.as_str() == text)
        .ok_or_else(|| StoreError::damaged(format!("direction {text}")))
}

/// Documents of a registry, by class: how many there are. For choosing a plan and for totals.
async fn counts(conn: &mut Conn, registry: RegistryId) -> Result<Vec<(u32, u64)>, StoreError> {
    let rows = conn
        .all(
            "SELECT class_no, documents FROM facet_count WHERE registry_id = $1 AND facet = '' ORDER BY class_no",
            values![registry],
        )
        .await?;
    rows.iter()
        .map(|row| Ok((u32::try_from(row.number(0)?).map_err(StoreError::damaged)?, row.number(1)?)))
        .collect()
}

/// How many entries of a registry the viewer sees.
pub async fn total(conn: &mut Conn, place: Place<'_>) -> Result<Visible<u64>, StoreError> {
    let seen = place.scope.seen();
    let counts = counts(conn, place.registry).await?;
    Ok(Visible::new(
        counts
            .iter()
            .filter(|(class, _)| seen.contains(*class) || leaks(Leak::ListCount))
            .map(|(_, n)| n)
            .sum(),
    ))
}

/// A document by its identifier.
pub async fn by_id(
    conn: &mut Conn,
    place: Place<'_>,
    document: DocumentId,
) -> Result<Option<Visible<DocumentView>>, StoreError> {
    let row = conn
        .one(
            built(format!("SELECT {COLUMNS} FROM document WHERE registry_id = $1 AND document_id = $2")),
            values![place.registry, document],
        )
        .await?;
    let Some(row) = row else { return Ok(None) };
    let Some(entry) = entry(&place, Order::Newest, &row)? else { return Ok(None) };
    let inside = match entry.sight {
        SightMark::Handle => None,
        SightMark::Read => Some(inside(conn, place, document, &row).await?),
    };
    Ok(Some(Visible::new(DocumentView { entry: entry.into_inner(), inside })))
}

/// The entries of several documents at once, in no order: for the hits of a search.
pub async fn by_ids(
    conn: &mut Conn,
    place: Place<'_>,
    documents: &[DocumentId],
) -> Result<Vec<Visible<EntryView>>, StoreError> {
    let mut found = Vec::with_capacity(documents.len());
    for chunk in documents.chunks(64) {
        let mut wanted: Vec<Value> = chunk.iter().map(|d| Value::from(*d)).collect();
        let length = wanted.len().next_power_of_two();
        if let Some(last) = wanted.last().cloned() {
            wanted.resize(length, last);
        }
        let sql = format!(
            "SELECT {COLUMNS} FROM document WHERE registry_id = $1 AND document_id IN ({})",
            places(2, wanted.len())
        );
        let mut values = values![place.registry];
        values.extend(wanted);
        for row in conn.all(built(sql), values).await? {
            found.extend(entry(&place, Order::Newest, &row)?);
        }
    }
    Ok(found)
}

/// The documents that bear a reference, by whatever way of writing it.
///
/// `key` is what the series make of what was typed.
pub async fn by_reference(
    conn: &mut Conn,
    place: Place<'_>,
    key: &str,
) -> Result<Vec<Visible<EntryView>>, StoreError> {
    let seen = place.scope.seen();
    if seen.is_empty() {
        return Ok(Vec::new());
    }
    // A handler sees the register's own reference only: the others are the reader's. The bound is on what the viewer is
    // answered: neither documents of others nor foreign references of what he only handles push any of his out.
    let handled = &seen - &place.scope.read;
    let mut wanted: Vec<DocumentId> = Vec::new();
    for (classes, own) in [(&place.scope.read, false), (&handled, true)] {
        let classes: Vec<u32> = classes.iter().collect();
        for some in classes.chunks(usize::try_from(MOST_CLASSES).unwrap_or(1)) {
            let mut values = values![place.registry, key];
            let mut among = String::new();
            if own && !leaks(Leak::Bound) {
                among.push_str(" AND r.kind = 'register'");
            }
            if !leaks(Leak::Bound) {
                let numbers = padded(some.iter().copied());
                among.push_str(&format!(" AND d.class_no IN ({})", places(values.len() + 1, numbers.len())));
                values.extend(numbers);
            }
            let sql = format!(
                "SELECT DISTINCT r.document_id FROM document_reference r JOIN document d ON d.registry_id = r.registry_id AND d.document_id = r.document_id WHERE r.registry_id = $1 AND r.reference_key = $2{among} ORDER BY r.document_id LIMIT 1000"
            );
            for row in conn.all(built(sql), values).await? {
                wanted.push(row.id(0)?);
            }
        }
    }
    let mut found = by_ids(conn, place, &wanted).await?;
    found.sort_by_key(|entry| (std::cmp::Reverse(entry.key.order), entry.document));
    Ok(found)
}

async fn inside(
    conn: &mut Conn,
    place: Place<'_>,
    document: DocumentId,
    row: &Row,
) -> Result<InsideView, StoreError> {
    let registry = place.registry;
    let class = u32::try_from(row.number(1)?).map_err(StoreError::damaged)?;
    let by = conn
        .one(
            "SELECT registered_by FROM document WHERE registry_id = $1 AND document_id = $2",
            values![registry, document],
        )
        .await?
        .ok_or_else(|| StoreError::damaged("document vanished"))?;
    let (references, action, info) = description::lists(conn, registry, document).await?;
    Ok(InsideView {
        registered_by: by.id(0)?,
        references,
        action,
        info,
        versions: versions(conn, registry, document).await?,
        relations: crate::relations::stated(conn, registry, document).await?,
        need_to_know: rule(place.rules, class).map(|r| r.need_to_know.clone()).unwrap_or_default(),
        old: old::of(conn, registry, document).await?,
    })
}

/// What a reference is, by the word of its column.
pub(crate) fn reference_kind(text: &str) -> ReferenceKind {
    match text {
        "register" => ReferenceKind::Register,
        "originator" => ReferenceKind::Originator,
        _ => ReferenceKind::Other,
    }
}

async fn versions(
    conn: &mut Conn,
    registry: RegistryId,
    document: DocumentId,
) -> Result<Vec<VersionView>, StoreError> {
    let rows = conn
        .all(
            "SELECT v.version_id, v.number, v.object_id, v.digest, v.size, v.media_type, v.file_name, v.reading, v.added_at, r.object_id, r.size FROM version v LEFT JOIN rendition r ON r.registry_id = v.registry_id AND r.version_id = v.version_id AND r.kind = 'text' WHERE v.registry_id = $1 AND v.document_id = $2 ORDER BY v.number DESC",
            values![registry, document],
        )
        .await?;
    let mut enclosed = enclosures(conn, registry, document).await?;
    rows.iter()
        .map(|row| {
            let id = row.id(0)?;
            Ok(VersionView {
                id,
                number: u32::try_from(row.number(1)?).map_err(StoreError::damaged)?,
                object: row.id(2)?,
                digest: Digest(row.array(3)?),
                size: row.number(4)?,
                media_type: row.text(5)?,
                file_name: row.text(6)?,
                reading: outcome(&row.text(7)?)?,
                added_at: row.time(8)?,
                text: match row.opt_id(9)? {
                    Some(object) => Some((object, row.number(10)?)),
                    None => None,
                },
                enclosures: enclosed.remove(&id).unwrap_or_default(),
            })
        })
        .collect()
}

fn outcome(text: &str) -> Result<ReadingOutcome, StoreError> {
    ReadingOutcome::ALL
        .into_iter()
        .find(|r| r.as_str() == text)
        .ok_or_else(|| StoreError::damaged(format!("reading {text}")))
}

/// What is attached to the versions of a document.
async fn enclosures(
    conn: &mut Conn,
    registry: RegistryId,
    document: DocumentId,
) -> Result<BTreeMap<VersionId, Vec<EnclosureView>>, StoreError> {
    let rows = conn
        .all(
            "SELECT e.version_id, e.position, e.object_id, e.digest, e.size, e.media_type, e.file_name, e.reading, e.text_object, e.text_size FROM version v CROSS JOIN enclosure e WHERE e.registry_id = v.registry_id AND e.version_id = v.version_id AND v.registry_id = $1 AND v.document_id = $2 ORDER BY e.version_id, e.position",
            values![registry, document],
        )
        .await?;
    let mut found: BTreeMap<VersionId, Vec<EnclosureView>> = BTreeMap::new();
    for row in rows {
        found.entry(row.id(0)?).or_default().push(EnclosureView {
            position: u32::try_from(row.number(1)?).map_err(StoreError::damaged)?,
            object: row.id(2)?,
            digest: Digest(row.array(3)?),
            size: row.number(4)?,
            media_type: row.text(5)?,
            file_name: row.text(6)?,
            reading: outcome(&row.text(7)?)?,
            text: match row.opt_id(8)? {
                Some(object) => Some((object, row.number(9)?)),
                None => None,
            },
        });
    }
    Ok(found)
}

/// Every sealed object of a document: its versions, what was read from them, what is attached to them.
pub async fn objects(
    conn: &mut Conn,
    registry: RegistryId,
    document: DocumentId,
) -> Result<Vec<registry::ObjectId>, StoreError> {
    let sql = "SELECT v.object_id FROM version v WHERE v.registry_id = $1 AND v.document_id = $2 UNION SELECT r.object_id FROM version v JOIN rendition r ON r.registry_id = v.registry_id AND r.version_id = v.version_id WHERE v.registry_id = $1 AND v.document_id = $2 UNION SELECT e.object_id FROM version v JOIN enclosure e ON e.registry_id = v.registry_id AND e.version_id = v.version_id WHERE v.registry_id = $1 AND v.document_id = $2 UNION SELECT e.text_object FROM version v JOIN enclosure e ON e.registry_id = v.registry_id AND e.version_id = v.version_id WHERE v.registry_id = $1 AND v.document_id = $2 AND e.text_object IS NOT NULL";
    let rows = conn.all(sql, values![registry, document]).await?;
    rows.iter().map(|row| Ok(row.id(0)?)).collect()
}

/// Where the texts of a document's newest version that has any lie: its own, then those of what is attached to it. For
/// documents that have passed a scope already.
pub async fn text_objects(
    conn: &mut Conn,
    registry: RegistryId,
    document: DocumentId,
) -> Result<Vec<registry::ObjectId>, StoreError> {
    let newest = versions(conn, registry, document).await?;
    Ok(newest.into_iter().map(|version| version.texts()).find(|texts| !texts.is_empty()).unwrap_or_default())
}
