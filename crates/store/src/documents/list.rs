//! Lists of documents: a page of a registry in an order, and how many there are. Two plans, chosen by how much of the register
//! the viewer sees. Knows rows only as they are read in `row`.

use registry::RegistryId;
use roaring::RoaringBitmap;

use super::{
    Place,
    row::{COLUMNS, entry},
};
use crate::{
    error::StoreError,
    planted::{Leak, leaks},
    sql::{Conn, Row, Value, among, built},
    values,
    visible::{EntryView, Page, PageKey, Visible},
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
    // thousand is; there each class is read from its own index, and where the classes are few it is always cheap.
    let rows = if classes.len() > FEW_CLASSES && seen.saturating_mul(20) >= all {
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

/// Rows in an order where a good part of the register is shown: it is walked by its order.
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

/// So many classes are read each from its own index, however many rows are in them.
const FEW_CLASSES: u64 = 64;

/// Most classes that are named in one statement: SQLite takes 32,766 values, and few statements of many sizes are kept.
pub(super) const MOST_CLASSES: u64 = 8_192;

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
        let numbers = among(&mut values, classes.iter());
        // By its order, not class by class: all rows of the classes would be sorted for one page.
        sql.push_str(&format!(" AND +class_no IN ({numbers})"));
    }
    sql.push_str(&format!(" ORDER BY {column} {direction}, document_id {direction} LIMIT $2"));
    Ok(conn.all(built(sql), values).await?)
}

/// Rows in an order where little of the register is shown: each class is read from its own index, and merged.
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

/// How an order is said in a statement: its column, its direction, what is beyond a key.
pub(crate) fn words(order: Order) -> (&'static str, &'static str, &'static str) {
    if order.falls() { (order.column(), "DESC", "<") } else { (order.column(), "ASC", ">") }
}

/// A limit as a value.
pub(crate) fn limit_of(limit: usize) -> i64 {
    i64::try_from(limit).unwrap_or(i64::MAX)
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
