//! How SQLite weighs its ways to rows: figures that are set, not counted, so that a query runs the same way in the first
//! register and in one of a million papers. Left alone it takes a register for ten rows and reads all of it.

use super::{Conn, SqlError};
use crate::values;

/// The rows that every table is taken to have, and every registry in it.
const ROWS: u64 = 1_000_000;
/// How many of them share the first columns of an index: the registry, one more, one more again.
const SHARING: [u64; 5] = [ROWS, 50, 10, 5, 3];

/// An index as its figures need it.
const INDEXES: &str = "SELECT t.name, i.name, i.origin, i.\"unique\", (SELECT COUNT(*) FROM pragma_index_info(i.name)), (SELECT name FROM pragma_index_info(i.name) WHERE seqno = 0) FROM sqlite_schema t, pragma_index_list(t.name) i WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite!_%' ESCAPE '!'";

/// Sets the figures of every table, as its indexes are now.
pub(super) async fn settle(conn: &mut Conn) -> Result<(), SqlError> {
    // Of a table of its own it counts nothing, and makes the table of the figures.
    conn.execute("ANALYZE sqlite_schema", Vec::new()).await?;
    conn.execute("DELETE FROM sqlite_stat1", Vec::new()).await?;
    let mut figures = Vec::new();
    for index in conn.all(INDEXES, Vec::new()).await? {
        let (table, name) = (index.text(0)?, index.text(1)?);
        // The key of a table that has no row numbers goes by the name of the table.
        let name = if index.text(2)? == "pk" { table.clone() } else { name };
        let figure = figure(index.number(4)?, index.number(3)? == 1, index.text(5)? == "registry_id");
        figures.push(values![table, name, figure]);
    }
    conn.insert_many("sqlite_stat1", &["tbl", "idx", "stat"], figures, "").await?;
    conn.execute("ANALYZE sqlite_schema", Vec::new()).await.map(|_| ())
}

/// Whether figures were set for so many tables.
pub(super) async fn settled(conn: &mut Conn) -> Result<bool, SqlError> {
    let kept = "SELECT 1 FROM sqlite_schema WHERE name = 'sqlite_stat1'";
    if conn.one(kept, Vec::new()).await?.is_none() {
        return Ok(false);
    }
    let missing = "SELECT 1 FROM sqlite_schema t, pragma_index_list(t.name) i WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite!_%' ESCAPE '!' AND NOT EXISTS (SELECT 1 FROM sqlite_stat1 s WHERE s.tbl = t.name AND s.idx = CASE i.origin WHEN 'pk' THEN t.name ELSE i.name END) LIMIT 1";
    Ok(conn.one(missing, Vec::new()).await?.is_none())
}

/// The rows of a table, then how many share the first column of an index, the first two, and so on.
fn figure(columns: u64, unique: bool, by_registry: bool) -> String {
    let mut figure = ROWS.to_string();
    for n in 0..columns {
        let sharing = match usize::try_from(n) {
            Ok(n) if by_registry => SHARING.get(n).copied().unwrap_or(2),
            Ok(n) => SHARING.get(n + 1).copied().unwrap_or(2),
            Err(_) => 2,
        };
        let alone = unique && n + 1 == columns;
        figure.push_str(&format!(" {}", if alone { 1 } else { sharing }));
    }
    figure
}

#[cfg(test)]
mod tests {
    use super::figure;

    #[test]
    fn a_registry_holds_all_rows_and_a_unique_key_one() {
        assert_eq!(figure(3, true, true), "1000000 1000000 50 1");
        assert_eq!(figure(2, false, true), "1000000 1000000 50");
        assert_eq!(figure(1, true, true), "1000000 1");
        assert_eq!(figure(3, false, false), "1000000 50 10 5");
    }
}
