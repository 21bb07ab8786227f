//! The register is a view of the ledger: any row edited, deleted or added by hand is found and named, and rebuilding
//! mends it.

use std::collections::BTreeMap;

use ledger::SigningKey;
use registry::HOUSE;
use store::{
    proof,
    sql::{Conn, Value, built},
    tables::{Kind, SCHEMA, TABLES, Table},
    transaction::Write,
    values,
};

use crate::{
    engines::{Place, on_each_engine},
    facts::{FIRST, HQ, Pen, document_with_content, group, small_world},
};

fn register_tables() -> impl Iterator<Item = &'static Table> {
    TABLES.iter().filter(|t| t.kind == Kind::Register)
}

async fn differences(place: &Place) -> Vec<String> {
    let scratch = place.folder.path().join("scratch");
    let (applied, found) = proof::compare(&place.database, &place.url, &scratch).await.unwrap();
    assert!(applied > 20);
    // What was built for the comparison is a second register in clear: it does not stay.
    let left: Vec<_> = std::fs::read_dir(place.folder.path())
        .unwrap()
        .map(|f| f.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.starts_with("scratch"))
        .collect();
    assert!(left.is_empty(), "{left:?}");
    if place.is_postgres() {
        let sql = "SELECT COUNT(*) FROM information_schema.schemata WHERE schema_name LIKE 'chancery%'";
        let row = place.reads().await.one(sql, vec![]).await.unwrap().unwrap();
        assert_eq!(row.number(0).unwrap(), 0, "the scratch schema stays");
    }
    found
}

/// The first row of a table by its key: its columns and values.
async fn first_row(conn: &mut Conn, table: &Table) -> (Vec<String>, Vec<Value>) {
    let columns: Vec<String> =
        conn.columns(table.name).await.unwrap().into_iter().map(|(name, _)| name).collect();
    let sql = format!("SELECT {} FROM {} ORDER BY {} LIMIT 1", columns.join(", "), table.name, table.key);
    let row = conn.one(built(sql), vec![]).await.unwrap().unwrap();
    let values = (0..columns.len()).map(|c| row.any(c).unwrap()).collect();
    (columns, values)
}

fn is_key(table: &Table, column: &str) -> bool {
    table.key.split(", ").any(|k| k == column)
}

/// Another value of the same type; of what is absent, which has lost its type here, none.
fn other(value: &Value) -> Value {
    match value {
        Value::Int(n) => Value::Int(n.map(|n| n + 100_000)),
        Value::Text(t) => Value::Text(t.clone().map(|t| format!("{t}~"))),
        Value::Bytes(b) => Value::Bytes(b.clone().map(|b| b.iter().map(|b| !b).collect())),
    }
}

fn is_absent(value: &Value) -> bool {
    matches!(value, Value::Int(None) | Value::Text(None) | Value::Bytes(None))
}

fn condition(table: &Table, columns: &[String], values: &[Value], first: usize) -> (String, Vec<Value>) {
    let key: Vec<(&String, &Value)> = columns.iter().zip(values).filter(|(c, _)| is_key(table, c)).collect();
    let text = (first..).zip(&key).map(|(n, (c, _))| format!("{c} = ${n}")).collect::<Vec<_>>().join(" AND ");
    (text, key.into_iter().map(|(_, v)| v.clone()).collect())
}

#[tokio::test]
async fn the_tables_are_those_of_the_list_on_each_engine() {
    on_each_engine(|place| async move {
        let mut conn = place.reads().await;
        for table in TABLES {
            let columns = conn.columns(table.name).await.unwrap();
            let text = SCHEMA.lines().find(|l| l.starts_with(&format!("CREATE TABLE {} (", table.name))).unwrap();
            let inside = text.split_once('(').unwrap().1;
            let wanted: Vec<&str> = inside
                .split(", PRIMARY KEY")
                .next()
                .unwrap()
                .split(", ")
                .filter_map(|column| column.split(' ').next())
                .collect();
            let names: Vec<&str> = columns.iter().map(|(name, _)| name.as_str()).collect();
            assert_eq!(names, wanted, "{}", table.name);
        }
        let sql = if place.is_postgres() {
            "SELECT table_name::text FROM information_schema.tables WHERE table_schema = current_schema() ORDER BY 1"
        } else {
            // Beside ours stand the figures by which SQLite plans.
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!' ORDER BY 1"
        };
        let found: Vec<String> = conn.all(sql, vec![]).await.unwrap().iter().map(|r| r.text(0).unwrap()).collect();
        let mut listed: Vec<&str> = TABLES.iter().map(|t| t.name).collect();
        listed.sort_unstable();
        assert_eq!(found, listed);
    })
    .await;
}

#[tokio::test]
async fn a_row_of_any_register_table_that_was_edited_deleted_or_added_is_found_and_named() {
    on_each_engine(|place| async move {
        small_world(&place).await;
        let rows: BTreeMap<_, _> =
            proof::row_counts(&mut place.reads().await).await.unwrap().into_iter().collect();
        assert!(rows.values().all(|n| *n > 0), "a table without an example: {rows:?}");
        assert_eq!(differences(&place).await, Vec::<String>::new());

        // Every column of one row of each table but its key.
        let mut wanted = Vec::new();
        for table in register_tables() {
            let (columns, values) = first_row(&mut place.reads().await, table).await;
            let mut edited = Vec::new();
            for (column, value) in columns.iter().zip(&values) {
                if is_key(table, column) || is_absent(value) {
                    continue;
                }
                let (which, key) = condition(table, &columns, &values, 2);
                let sql = format!("UPDATE {} SET {column} = $1 WHERE {which}", table.name);
                let all = std::iter::once(other(value)).chain(key).collect();
                assert_eq!(place.does(&sql, all).await, 1, "{}.{column}", table.name);
                edited.push(column.clone());
            }
            assert!(!edited.is_empty(), "{}", table.name);
            wanted.push(format!("{}: row 0 differs in {}", table.name, edited.join(", ")));
        }
        assert_eq!(differences(&place).await, wanted);
        proof::rebuild(&place.database).await.unwrap();
        assert_eq!(differences(&place).await, Vec::<String>::new());

        // One row less.
        let mut wanted = Vec::new();
        for table in register_tables() {
            let (columns, values) = first_row(&mut place.reads().await, table).await;
            let (which, key) = condition(table, &columns, &values, 1);
            assert_eq!(place.does(&format!("DELETE FROM {} WHERE {which}", table.name), key).await, 1);
            wanted.push(format!("{}: row 0 is in the ledger and not in the tables", table.name));
        }
        assert_eq!(differences(&place).await, wanted);
        proof::rebuild(&place.database).await.unwrap();
        assert_eq!(differences(&place).await, Vec::<String>::new());

        // One row more, each of its values another's.
        let mut wanted = Vec::new();
        for table in register_tables() {
            let (columns, values) = first_row(&mut place.reads().await, table).await;
            let present: Vec<(&String, Value)> = columns
                .iter()
                .zip(&values)
                .filter(|(_, v)| !is_absent(v))
                .map(|(c, v)| {
                    (c, if c == "registry_id" && table.key != "registry_id" { v.clone() } else { other(v) })
                })
                .collect();
            let names: Vec<&str> = present.iter().map(|(c, _)| c.as_str()).collect();
            let sql = format!(
                "INSERT INTO {} ({}) VALUES ({})",
                table.name,
                names.join(", "),
                store::sql::places(1, names.len())
            );
            assert_eq!(place.does(&sql, present.into_iter().map(|(_, v)| v).collect()).await, 1);
            wanted.push(format!("{}: row ", table.name));
        }
        let found = differences(&place).await;
        assert_eq!(found.len(), wanted.len(), "{found:?}");
        for (found, wanted) in found.iter().zip(wanted) {
            assert!(
                found.starts_with(&wanted) && found.ends_with(" is in the tables and not in the ledger"),
                "{found}"
            );
        }
        proof::rebuild(&place.database).await.unwrap();
        assert_eq!(differences(&place).await, Vec::<String>::new());
    })
    .await;
}

#[tokio::test]
async fn one_row_that_is_missing_does_not_hide_what_was_done_to_those_after_it() {
    on_each_engine(|place| async move {
        small_world(&place).await;
        place.does("DELETE FROM document WHERE number = 1", vec![]).await;
        place.does("UPDATE document SET subject = 'Other' WHERE number = 4", vec![]).await;
        place.does("DELETE FROM addressee WHERE position = 1 AND role = 'action'", vec![]).await;
        place.does("UPDATE addressee SET name = 'Nobody' WHERE role = 'info'", vec![]).await;
        let found = differences(&place).await;
        let of = |table: &str| found.iter().filter(|d| d.starts_with(table)).cloned().collect::<Vec<_>>();
        assert_eq!(
            of("document:"),
            ["document: row 0 is in the ledger and not in the tables", "document: row 2 differs in subject"]
        );
        let addressees = of("addressee:");
        assert_eq!(addressees.iter().filter(|d| d.ends_with("differs in name")).count(), 4, "{addressees:?}");
        assert_eq!(
            addressees.iter().filter(|d| d.ends_with("not in the tables")).count(),
            4,
            "{addressees:?}"
        );
    })
    .await;
}

/// The comparison runs beside the work of the day: what is registered meanwhile is no difference.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_registered_during_a_comparison_is_no_difference() {
    on_each_engine(|place| async move {
        small_world(&place).await;
        let stop = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(false));
        let (writer, stopped) = (place.database.clone(), stop.clone());
        let busy = tokio::spawn(async move {
            let mut n = 10_000;
            while !stopped.load(std::sync::atomic::Ordering::Relaxed) {
                let mut write = Write::begin(&writer).await.unwrap();
                for fact in document_with_content(n) {
                    Pen::default().appends(&mut write, HQ, fact).await.unwrap();
                }
                write.commit().await.unwrap();
                n += 1;
                tokio::time::sleep(std::time::Duration::from_millis(1)).await;
            }
            n - 10_000
        });
        for _ in 0..3 {
            assert_eq!(differences(&place).await, Vec::<String>::new());
        }
        stop.store(true, std::sync::atomic::Ordering::Relaxed);
        assert!(busy.await.unwrap() > 0);
    })
    .await;
}

#[tokio::test]
async fn an_entry_that_cannot_be_applied_is_said_and_leaves_no_scratch() {
    on_each_engine(|place| async move {
        small_world(&place).await;
        place
            .does("UPDATE ledger_entry SET payload = $1 WHERE sequence = 3", values![b"{}".as_slice()])
            .await;
        let scratch = place.folder.path().join("scratch");
        let compared = proof::compare(&place.database, &place.url, &scratch).await;
        assert!(matches!(compared, Err(store::StoreError::Damaged(_))), "{compared:?}");
        assert!(!scratch.exists());
        if place.is_postgres() {
            let sql = "SELECT COUNT(*) FROM information_schema.schemata WHERE schema_name LIKE 'chancery%'";
            assert_eq!(place.reads().await.one(sql, vec![]).await.unwrap().unwrap().number(0).unwrap(), 0);
        }
    })
    .await;
}

#[tokio::test]
async fn a_ledger_that_was_tampered_with_is_found_by_its_verification() {
    on_each_engine(|place| async move {
        small_world(&place).await;
        let key = SigningKey::from_seed([5; 32], "test").unwrap();
        let keys = [key.verifier_key().clone()];
        let mut write = Write::begin(&place.database).await.unwrap();
        for registry in [HOUSE, HQ] {
            proof::checkpoint(&mut write, registry, "test", &key).await.unwrap();
            // The same head again is the same checkpoint.
            proof::checkpoint(&mut write, registry, "test", &key).await.unwrap();
        }
        write.commit().await.unwrap();
        let faults = async |registry| {
            proof::verify(&mut place.reads().await, registry, "test", &keys, &[])
                .await
                .map(|(_, faults)| faults)
        };
        for registry in [HOUSE, HQ] {
            assert_eq!(faults(registry).await.unwrap(), Vec::<String>::new());
        }
        // More entries than the checkpoint knows are well too.
        let mut write = Write::begin(&place.database).await.unwrap();
        Pen::default().appends_as(&mut write, HOUSE, FIRST, group(900)).await.unwrap();
        write.commit().await.unwrap();
        assert_eq!(faults(HOUSE).await.unwrap(), Vec::<String>::new());

        for (what, undo) in [("payload", "payload"), ("salt", "salt"), ("header", "header"), ("leaf", "leaf")]
        {
            let sql = format!("SELECT {what} FROM ledger_entry WHERE registry_id = $1 AND sequence = 2");
            let row = place.reads().await.one(built(sql), values![HQ]).await.unwrap().unwrap();
            let good = row.bytes(0).unwrap();
            let mut bad = good.clone();
            let last = bad.len() - 2;
            bad[last] ^= 1;
            let set = format!("UPDATE ledger_entry SET {undo} = $1 WHERE registry_id = $2 AND sequence = 2");
            place.does(&set, values![bad, HQ]).await;
            assert!(!faults(HQ).await.unwrap().is_empty(), "{what}");
            place.does(&set, values![good, HQ]).await;
            assert_eq!(faults(HQ).await.unwrap(), Vec::<String>::new());
        }
        place.does("DELETE FROM ledger_entry WHERE registry_id = $1 AND sequence = 4", values![HQ]).await;
        assert!(!faults(HQ).await.unwrap().is_empty());
        place.does("UPDATE checkpoint SET note = 'x' WHERE registry_id = $1", values![HOUSE]).await;
        assert!(!faults(HOUSE).await.unwrap().is_empty());
    })
    .await;
}
