//! That what was answered is on disk rests on settings of the engines: here they are read back.

use crate::engines::{on_each_engine, on_sqlite};

#[tokio::test]
async fn the_writer_of_sqlite_flushes_and_overwrites() {
    let place = on_sqlite().await;
    let mut conn = place.database.begin_write().await.unwrap();
    for (pragma, wanted) in [("PRAGMA synchronous", 2), ("PRAGMA secure_delete", 1)] {
        let row = conn.one(pragma, vec![]).await.unwrap().unwrap();
        assert_eq!(row.int(0).unwrap(), wanted, "{pragma}");
    }
    let row = conn.one("PRAGMA journal_mode", vec![]).await.unwrap().unwrap();
    assert_eq!(row.text(0).unwrap(), "wal");
    drop(conn);
    // No reader can be turned into a writer by mistake.
    let row = place.reads().await.one("PRAGMA query_only", vec![]).await.unwrap().unwrap();
    assert_eq!(row.int(0).unwrap(), 1);
}

#[tokio::test]
async fn every_connection_to_postgresql_waits_for_the_flush() {
    on_each_engine(|place| async move {
        if !place.is_postgres() {
            return;
        }
        // Several at once, so that they are several connections.
        let mut open = Vec::new();
        for _ in 0..4 {
            open.push(place.database.begin_write().await.unwrap());
        }
        for mut conn in open {
            for (setting, wanted) in [
                ("synchronous_commit", "on"),
                ("fsync", "on"),
                ("full_page_writes", "on"),
                ("server_encoding", "UTF8"),
                ("client_encoding", "UTF8"),
            ] {
                let sql = "SELECT current_setting($1)";
                let row = conn.one(sql, store::values![setting]).await.unwrap().unwrap();
                assert_eq!(row.text(0).unwrap(), wanted, "{setting}");
            }
        }
    })
    .await;
}

/// What was deleted leaves no byte in the file once the log is folded in.
#[tokio::test]
async fn what_is_deleted_from_sqlite_is_overwritten() {
    let place = on_sqlite().await;
    place
        .database
        .create("CREATE TABLE thing (registry_id BIGINT NOT NULL, t TEXT, PRIMARY KEY (registry_id))")
        .await
        .unwrap();
    let word = "quinquagesima-planted-word";
    place.does("INSERT INTO thing (registry_id, t) VALUES (1, $1)", store::values![word.repeat(50)]).await;
    place.does("DELETE FROM thing", vec![]).await;
    place.database.close().await;
    let mut looked_at = 0;
    for file in std::fs::read_dir(place.folder.path()).unwrap() {
        let bytes = std::fs::read(file.unwrap().path()).unwrap();
        looked_at += bytes.len();
        assert!(!bytes.windows(word.len()).any(|w| w == word.as_bytes()));
    }
    assert!(looked_at > 4096);
}
