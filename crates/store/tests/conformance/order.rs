//! The order of texts and of what is absent: one order on both engines, whatever the server's language.

use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};
use store::{
    sql::{Database, DatabaseUrl},
    tables::SCHEMA,
    values,
};

use crate::engines::{address, fresh_name, on_each_engine, server};

const TABLE: &str =
    "CREATE TABLE thing (registry_id BIGINT NOT NULL, n BIGINT, t TEXT, PRIMARY KEY (registry_id))";

/// Words whose order differs between a language's and that of bytes.
const WORDS: [&str; 14] = ["", " a", "-a", "A", "Z", "_", "a", "a b", "a-b", "ab", "z", "É", "é", "𝄞"];

async fn ordered(database: &Database) -> (Vec<String>, Vec<String>, bool) {
    let mut conn = database.begin_write().await.unwrap();
    let mut shuffled = WORDS.to_vec();
    shuffled.rotate_left(5);
    shuffled.reverse();
    let rows = (0_i64..).zip(shuffled).map(|(n, word)| values![n, word]).collect();
    conn.insert_many("thing", &["registry_id", "t"], rows, "").await.unwrap();
    let texts = async |conn: &mut store::sql::Conn, sql: &'static str| -> Vec<String> {
        conn.all(sql, vec![]).await.unwrap().iter().map(|r| r.text(0).unwrap()).collect()
    };
    let up = texts(&mut conn, "SELECT t FROM thing ORDER BY t").await;
    let down = texts(&mut conn, "SELECT t FROM thing ORDER BY t DESC").await;
    let less = conn.one("SELECT COUNT(*) FROM thing WHERE t < $1", values!["a"]).await.unwrap().unwrap();
    let less = less.number(0).unwrap() == WORDS.iter().filter(|w| **w < "a").count() as u64;
    conn.rollback().await.unwrap();
    (up, down, less)
}

async fn is_that_of_bytes(database: &Database) {
    let (up, down, less) = ordered(database).await;
    let mut bytes = WORDS.to_vec();
    bytes.sort_unstable();
    assert_eq!(up, bytes);
    bytes.reverse();
    assert_eq!(down, bytes);
    assert!(less);
}

#[tokio::test]
async fn texts_are_ordered_by_their_bytes() {
    on_each_engine(|place| async move {
        place.database.create(TABLE).await.unwrap();
        is_that_of_bytes(&place.database).await;
    })
    .await;
}

/// An administrator's database may be of any language: the tables bring their own order.
#[tokio::test]
async fn texts_are_ordered_by_their_bytes_in_a_database_of_a_language() {
    let Some(server) = server() else { return };
    let mut admin = PgConnection::connect(&server).await.unwrap();
    let name = fresh_name();
    let made = admin
        .execute(AssertSqlSafe(format!(
            "CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8' LOCALE_PROVIDER icu ICU_LOCALE 'en' LC_COLLATE 'C' LC_CTYPE 'C'"
        )))
        .await;
    if let Err(why) = made {
        println!("skipped: this server knows no languages ({why})");
        return;
    }
    let url = DatabaseUrl::parse(&address(&server, &name)).unwrap();
    let database = Database::open(&url).await.unwrap();
    database.create(SCHEMA).await.unwrap();
    database.create(TABLE).await.unwrap();
    is_that_of_bytes(&database).await;
    database.close().await;
    admin.execute(AssertSqlSafe(format!("DROP DATABASE {name} WITH (FORCE)"))).await.unwrap();
}

/// Characters would be changed on the way: such a database is refused before anything is kept in it.
#[tokio::test]
async fn a_database_of_another_encoding_is_refused() {
    let Some(server) = server() else { return };
    let mut admin = PgConnection::connect(&server).await.unwrap();
    let name = fresh_name();
    admin
        .execute(AssertSqlSafe(format!(
            "CREATE DATABASE {name} TEMPLATE template0 ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C'"
        )))
        .await
        .unwrap();
    let url = DatabaseUrl::parse(&address(&server, &name)).unwrap();
    let opened = Database::open(&url).await;
    assert!(matches!(opened, Err(store::sql::SqlError::Address(_))), "{opened:?}");
    admin.execute(AssertSqlSafe(format!("DROP DATABASE {name} WITH (FORCE)"))).await.unwrap();
}

#[tokio::test]
async fn what_is_absent_comes_last_and_bytes_and_numbers_have_one_order() {
    on_each_engine(|place| async move {
        place.database.create(TABLE).await.unwrap();
        let mut conn = place.database.begin_write().await.unwrap();
        let numbers = [None, Some(0), Some(i64::MIN), None, Some(i64::MAX), Some(-1)];
        let rows = (0_i64..).zip(numbers).map(|(id, n)| values![id, n]).collect();
        conn.insert_many("thing", &["registry_id", "n"], rows, "").await.unwrap();
        for (sql, wanted) in [
            ("SELECT registry_id FROM thing ORDER BY n NULLS LAST, registry_id", [2, 5, 1, 4, 0, 3]),
            (
                "SELECT registry_id FROM thing ORDER BY n DESC NULLS LAST, registry_id DESC",
                [4, 1, 5, 2, 3, 0],
            ),
        ] {
            let found: Vec<i64> =
                conn.all(sql, vec![]).await.unwrap().iter().map(|r| r.int(0).unwrap()).collect();
            assert_eq!(found, wanted);
        }
        // Pairs are compared as pairs, the first part first.
        let below = "SELECT COUNT(*) FROM thing WHERE (n, registry_id) < ($1, $2)";
        let row = conn.one(below, values![0_i64, 1_i64]).await.unwrap().unwrap();
        assert_eq!(row.number(0).unwrap(), 2);
    })
    .await;
}

/// Every statement of the product that orders texts that may be absent says where those stand.
#[test]
fn the_only_columns_that_are_ordered_are_never_absent() {
    // SQLite puts what is absent first, PostgreSQL last: an order by a column that may be absent must say.
    let nullable: Vec<&str> = SCHEMA
        .split("CREATE TABLE ")
        .skip(1)
        .flat_map(|table| table.split(['(', ',']).skip(1))
        .map(str::trim)
        .filter(|column| ["BYTEA", "TEXT", "BIGINT"].iter().any(|kind| column.ends_with(kind)))
        .filter_map(|column| column.split(' ').next())
        .collect();
    assert!(nullable.contains(&"originator") && !nullable.contains(&"day"), "{nullable:?}");
    let mut found = Vec::new();
    for (file, text) in crate::guards::sources() {
        for after in text.split("ORDER BY ").skip(1) {
            let list: String = after.chars().take_while(|c| !"\")".contains(*c)).collect();
            for item in list.split(',') {
                let mut words = item.split_whitespace();
                let column = words.next().and_then(|c| c.rsplit('.').next()).unwrap_or_default();
                if nullable.contains(&column) && !item.contains("NULLS") {
                    found.push(format!("{file}: ORDER BY {item}"));
                }
            }
        }
    }
    assert!(found.is_empty(), "these do not say where the absent stand:\n{}", found.join("\n"));
}
