//! Values of every type, many rows at once, and what a transaction keeps.

use proptest::prelude::*;
use store::{
    sql::{Conn, SqlError, Value, built},
    values,
};

use crate::engines::{Place, count, on_each_engine, on_sqlite};

const TABLE: &str =
    "CREATE TABLE thing (registry_id BIGINT NOT NULL, n BIGINT, t TEXT, b BYTEA, PRIMARY KEY (registry_id))";

async fn keeps(conn: &mut Conn, id: i64, row: &[Value; 3]) {
    let [n, t, b] = row.clone();
    let all = vec![Value::from(id), n, t, b];
    conn.execute("INSERT INTO thing (registry_id, n, t, b) VALUES ($1, $2, $3, $4)", all).await.unwrap();
}

async fn kept(conn: &mut Conn, id: i64) -> [Value; 3] {
    let row =
        conn.one("SELECT n, t, b FROM thing WHERE registry_id = $1", values![id]).await.unwrap().unwrap();
    [
        Value::Int(row.opt_int(0).unwrap()),
        Value::Text(row.opt_text(1).unwrap()),
        Value::Bytes(row.opt_bytes(2).unwrap()),
    ]
}

fn long_text() -> String {
    "e\u{301}é€𝄞 \u{10ffff}\r\n\t'\"\\%_$1;--".repeat(20_000)
}

#[tokio::test]
async fn every_value_comes_back_as_it_went() {
    on_each_engine(|place| async move {
        place.database.create(TABLE).await.unwrap();
        let rows = [
            [Value::Int(None), Value::Text(None), Value::Bytes(None)],
            [Value::Int(Some(0)), Value::Text(Some(String::new())), Value::Bytes(Some(vec![]))],
            [Value::from(i64::MAX), Value::from("a"), Value::from(vec![0_u8])],
            [
                Value::from(i64::MIN),
                Value::from("\u{1}\u{7f}\u{feff}"),
                Value::from((0..=255).collect::<Vec<u8>>()),
            ],
            [Value::from(-1_i64), Value::from(long_text()), Value::from(vec![0xff; 1 << 20])],
            [Value::from(u64::MAX), Value::from("NULL"), Value::from([0_u8; 16])],
            [Value::from(true), Value::from("1e3"), Value::from(b"text".as_slice())],
        ];
        let mut conn = place.database.begin_write().await.unwrap();
        for (id, row) in (0..).zip(&rows) {
            keeps(&mut conn, id, row).await;
        }
        conn.commit().await.unwrap();
        let mut conn = place.reads().await;
        for (id, row) in (0..).zip(&rows) {
            assert_eq!(kept(&mut conn, id).await, *row, "row {id}");
        }
        // A number over what a table holds is held at its limit.
        assert_eq!(kept(&mut conn, 5).await[0], Value::from(i64::MAX));
        // Empty is not absent, and equality is by bytes.
        let of = async |conn: &mut Conn, sql: &'static str, values| {
            conn.one(sql, values).await.unwrap().unwrap().number(0).unwrap()
        };
        assert_eq!(of(&mut conn, "SELECT COUNT(*) FROM thing WHERE t IS NULL", vec![]).await, 1);
        assert_eq!(of(&mut conn, "SELECT COUNT(*) FROM thing WHERE t = $1", values![""]).await, 1);
        assert_eq!(of(&mut conn, "SELECT COUNT(*) FROM thing WHERE t = $1", values!["A"]).await, 0);
        assert_eq!(of(&mut conn, "SELECT COUNT(*) FROM thing WHERE b = $1", values![vec![0_u8]]).await, 1);
    })
    .await;
}

#[tokio::test]
async fn what_has_not_the_asked_shape_is_an_error_and_no_guess() {
    on_each_engine(|place| async move {
        place.database.create(TABLE).await.unwrap();
        let mut conn = place.database.begin_write().await.unwrap();
        keeps(&mut conn, 1, &[Value::from(-5_i64), Value::from("text"), Value::from([1_u8; 15])]).await;
        keeps(&mut conn, 2, &[Value::Int(None), Value::Text(None), Value::Bytes(None)]).await;
        let sql = "SELECT n, t, b FROM thing WHERE registry_id = $1";
        let full = conn.one(sql, values![1_i64]).await.unwrap().unwrap();
        let shape = |e: SqlError| assert!(matches!(e, SqlError::Shape { .. }), "{e}");
        shape(full.int(1).unwrap_err());
        shape(full.number(0).unwrap_err());
        shape(full.text(0).unwrap_err());
        shape(full.bytes(0).unwrap_err());
        shape(full.array::<16>(2).unwrap_err());
        shape(full.id::<registry::PersonId>(2).unwrap_err());
        shape(full.opt_id::<registry::PersonId>(2).unwrap_err());
        shape(full.int(3).unwrap_err());
        let absent = conn.one(sql, values![2_i64]).await.unwrap().unwrap();
        shape(absent.int(0).unwrap_err());
        shape(absent.text(1).unwrap_err());
        shape(absent.bytes(2).unwrap_err());
        assert_eq!(absent.opt_id::<registry::PersonId>(2).unwrap(), None);
        assert_eq!(absent.opt_time(0).unwrap(), None);
        assert!(conn.one(sql, values![3_i64]).await.unwrap().is_none());
        // A table takes no value of another type.
        let wrong =
            conn.execute("INSERT INTO thing (registry_id, n) VALUES ($1, $2)", values![4_i64, "four"]).await;
        assert!(wrong.is_err());
    })
    .await;
}

/// PostgreSQL takes no NUL in a text, SQLite does: what the one refuses, a register of the other must not hold, or it
/// could never move.
#[tokio::test]
async fn a_text_with_nul_is_refused_on_both_engines() {
    on_each_engine(|place| async move {
        place.database.create(TABLE).await.unwrap();
        let mut conn = place.database.begin_write().await.unwrap();
        let bad = || values![1_i64, "a\0b"];
        let sql = "INSERT INTO thing (registry_id, t) VALUES ($1, $2)";
        assert!(conn.execute(sql, bad()).await.is_err());
        drop(conn);
        let mut conn = place.database.begin_write().await.unwrap();
        let many = conn.insert_many("thing", &["registry_id", "t"], vec![bad()], "").await;
        assert!(many.is_err());
        drop(conn);
        let mut conn = place.reads().await;
        let sql = "SELECT 1 FROM thing WHERE registry_id = $1 AND t = $2";
        assert!(conn.one(sql, bad()).await.is_err());
        drop(conn);
        assert!(place.reads().await.all(sql, bad()).await.is_err());
        assert_eq!(place.count("thing").await, 0);
    })
    .await;
}

#[tokio::test]
async fn many_rows_are_written_whole_at_every_size() {
    on_each_engine(|place| async move {
        place.database.create(TABLE).await.unwrap();
        let columns = &["registry_id", "n", "t", "b"];
        for size in [0, 1, 2, 3, 4, 5, 15, 16, 17, 63, 64, 65, 255, 256, 257, 341, 1_000] {
            let rows =
                (0..size).map(|n: i64| values![n, n * 7, format!("row {n}"), n.to_be_bytes()]).collect();
            let mut conn = place.database.begin_write().await.unwrap();
            conn.insert_many("thing", columns, rows, "").await.unwrap();
            let rows = conn
                .all("SELECT registry_id, n, t, b FROM thing ORDER BY registry_id", vec![])
                .await
                .unwrap();
            assert_eq!(rows.len() as i64, size);
            for (n, row) in (0_i64..).zip(&rows) {
                assert_eq!((row.int(0).unwrap(), row.int(1).unwrap()), (n, n * 7));
                assert_eq!(
                    (row.text(2).unwrap(), row.bytes(3).unwrap()),
                    (format!("row {n}"), n.to_be_bytes().to_vec())
                );
            }
            conn.rollback().await.unwrap();
        }
    })
    .await;
}

#[tokio::test]
async fn more_values_than_a_statement_takes_are_spread_over_several() {
    on_each_engine(|place| async move {
        // 200 columns: 256 rows at once would be 51,200 values; SQLite takes 32,766 of them.
        let names: Vec<String> = (0..200).map(|n| format!("c{n}")).collect();
        let columns: Vec<&str> = names.iter().map(String::as_str).collect();
        let text: Vec<String> = names.iter().map(|n| format!("{n} BIGINT NOT NULL")).collect();
        place
            .database
            .create(&format!("CREATE TABLE wide ({}, PRIMARY KEY (c0))", text.join(", ")))
            .await
            .unwrap();
        let rows = (0..300_i64).map(|r| (0..200).map(|c| Value::from(r * 1_000 + c)).collect()).collect();
        let mut conn = place.database.begin_write().await.unwrap();
        conn.insert_many("wide", &columns, rows, "").await.unwrap();
        let sum = conn
            .one("SELECT COUNT(*), MIN(c199 - c0), MAX(c199 - c0) FROM wide", vec![])
            .await
            .unwrap()
            .unwrap();
        assert_eq!([0, 1, 2].map(|c| sum.int(c).unwrap()), [300, 199, 199]);
        // What follows the values stands in each statement.
        let again = (0..300_i64).map(|r| (0..200).map(|c| Value::from(r * 1_000 + c)).collect()).collect();
        conn.insert_many(
            "wide",
            &columns,
            again,
            "ON CONFLICT (c0) DO UPDATE SET c1 = wide.c1 + excluded.c1",
        )
        .await
        .unwrap();
        let doubled =
            conn.one("SELECT COUNT(*) FROM wide WHERE c1 = 2 * (c0 + 1)", vec![]).await.unwrap().unwrap();
        assert_eq!(doubled.number(0).unwrap(), 300);
    })
    .await;
}

#[tokio::test]
async fn what_is_not_committed_is_gone_and_the_connection_lives_on() {
    on_each_engine(|place| async move {
        place.database.create(TABLE).await.unwrap();
        for how in 0..40 {
            let mut conn = place.database.begin_write().await.unwrap();
            keeps(&mut conn, how, &[Value::from(1_i64), Value::from(""), Value::Bytes(None)]).await;
            match how % 4 {
                0 => drop(conn),
                1 => conn.rollback().await.unwrap(),
                2 => {
                    conn.execute("INSERT INTO nowhere (n) VALUES (1)", vec![]).await.unwrap_err();
                    drop(conn);
                }
                _ => {
                    let again =
                        conn.execute("INSERT INTO thing (registry_id) VALUES ($1)", values![how]).await;
                    assert!(again.unwrap_err().is_duplicate());
                    drop(conn);
                }
            }
        }
        assert_eq!(place.count("thing").await, 0);
        // A future that is dropped in the middle takes its transaction with it.
        let database = place.database.clone();
        let task = tokio::spawn(async move {
            let mut conn = database.begin_write().await.unwrap();
            keeps(&mut conn, 1, &[Value::Int(None), Value::Text(None), Value::Bytes(None)]).await;
            std::future::pending::<()>().await;
        });
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        task.abort();
        let _ = task.await;
        place.does("INSERT INTO thing (registry_id) VALUES (2)", vec![]).await;
        assert_eq!(place.count("thing").await, 1);
    })
    .await;
}

#[tokio::test]
async fn a_reader_sees_one_state_while_a_writer_commits_and_cannot_write() {
    on_each_engine(|place| async move {
        place.database.create(TABLE).await.unwrap();
        let insert =
            async |id: i64| place.does("INSERT INTO thing (registry_id) VALUES ($1)", values![id]).await;
        insert(1).await;
        let mut reader = place.reads().await;
        assert_eq!(count(&mut reader, "thing").await, 1);
        for id in 2..10 {
            insert(id).await;
            assert_eq!(count(&mut reader, "thing").await, 1, "after {id}");
        }
        assert_eq!(place.count("thing").await, 9);
        assert!(reader.execute("DELETE FROM thing", vec![]).await.is_err());
        drop(reader);
        assert_eq!(place.count("thing").await, 9);
    })
    .await;
}

#[tokio::test]
async fn a_stream_may_be_left_in_the_middle() {
    use futures::TryStreamExt;
    on_each_engine(|place| async move {
        place.database.create(TABLE).await.unwrap();
        let rows = (0..5_000_i64).map(|n| values![n]).collect();
        let mut conn = place.database.begin_write().await.unwrap();
        conn.insert_many("thing", &["registry_id"], rows, "").await.unwrap();
        conn.commit().await.unwrap();
        let mut conn = place.reads().await;
        for _ in 0..3 {
            let mut stream = conn.stream("SELECT registry_id FROM thing ORDER BY registry_id", vec![]);
            assert_eq!(stream.try_next().await.unwrap().unwrap().int(0).unwrap(), 0);
            drop(stream);
            assert_eq!(count(&mut conn, "thing").await, 5_000);
        }
    })
    .await;
}

type AnyRow = (Option<i64>, Option<String>, Option<Vec<u8>>);

/// Any value at all, as the engine's own `any` reads it.
async fn round_trip(place: &Place, rows: &[AnyRow]) {
    let mut conn = place.database.begin_write().await.unwrap();
    let given: Vec<[Value; 3]> = rows
        .iter()
        .map(|(n, t, b)| [Value::Int(*n), Value::Text(t.clone()), Value::Bytes(b.clone())])
        .collect();
    for (id, row) in (0..).zip(&given) {
        keeps(&mut conn, id, row).await;
    }
    let sql = built("SELECT n, t, b FROM thing ORDER BY registry_id".to_owned());
    let found = conn.all(sql, vec![]).await.unwrap();
    for (row, wanted) in found.iter().zip(&given) {
        for (column, wanted) in wanted.iter().enumerate() {
            let absent = matches!(wanted, Value::Int(None) | Value::Text(None) | Value::Bytes(None));
            let found = row.any(column).unwrap();
            assert!(found == *wanted || (absent && found == Value::Int(None)), "{found:?} for {wanted:?}");
        }
    }
    conn.rollback().await.unwrap();
}

#[test]
fn any_values_come_back_on_sqlite() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let place = runtime.block_on(async {
        let place = on_sqlite().await;
        place.database.create(TABLE).await.unwrap();
        place
    });
    let row = (any::<Option<i64>>(), any::<Option<String>>(), any::<Option<Vec<u8>>>());
    let rows = proptest::collection::vec(row, 0..20).prop_map(|mut rows| {
        rows.iter_mut().for_each(|(_, t, _)| *t = t.take().map(|t| t.replace('\0', "")));
        rows
    });
    let mut runner =
        proptest::test_runner::TestRunner::new(ProptestConfig { cases: 64, ..Default::default() });
    runner
        .run(&rows, |rows| {
            runtime.block_on(round_trip(&place, &rows));
            Ok(())
        })
        .unwrap();
}
