//! Guards of the source: register tables are written in one place, and one folder alone knows which engine it is on.

use std::path::{Path, PathBuf};

use store::tables::{Kind, TABLES};

fn crates() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_path_buf()
}

fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            walk(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
}

/// The source of every room, without tests, by its path from `crates`; white space folded, so that a statement over
/// several lines is one.
pub fn sources() -> Vec<(String, String)> {
    let mut files = Vec::new();
    for room in std::fs::read_dir(crates()).unwrap() {
        let source = room.unwrap().path().join("src");
        if source.is_dir() {
            walk(&source, &mut files);
        }
    }
    let sources: Vec<(String, String)> = files
        .iter()
        .filter(|file| file.file_name().is_some_and(|n| n != "tests.rs"))
        .map(|file| {
            let text = std::fs::read_to_string(file).unwrap();
            let code = text.split("#[cfg(test)]").next().unwrap_or_default().replace('\\', " ");
            let name = file.strip_prefix(crates()).unwrap().to_string_lossy().into_owned();
            (name, code.split_whitespace().collect::<Vec<_>>().join(" "))
        })
        .collect();
    assert!(sources.iter().any(|(name, _)| name == "store/src/apply.rs"), "the sources were not found");
    sources
}

/// What of a text writes a register table: the words that do it.
fn writes(text: &str) -> Vec<String> {
    let folded = text.to_lowercase();
    let mut found = Vec::new();
    for table in TABLES.iter().filter(|t| t.kind == Kind::Register).map(|t| t.name) {
        for verb in ["insert into", "update", "delete from", "replace into", "truncate", "truncate table"] {
            for after in [' ', '(', '"', ';'] {
                let words = format!("{verb} {table}{after}");
                if folded.contains(&words) {
                    found.push(words);
                }
            }
        }
        for call in ["insert_many(", "insert("] {
            for space in ["", " "] {
                let words = format!("{call}{space}\"{table}\"");
                if folded.contains(&words) {
                    found.push(words);
                }
            }
        }
    }
    // A name of a table that is put together at run time may be any.
    for words in ["insert into {", "update {", "delete from {", "truncate {", "drop table"] {
        if folded.contains(words) {
            found.push(words.to_owned());
        }
    }
    found
}

/// Who may: the facts' own room, the transaction that carries its rows, the rebuild, and the layer that puts an
/// insert together for them.
const WRITERS: [&str; 22] = [
    "store/src/apply.rs",
    "store/src/apply/authorisation.rs",
    "store/src/apply/booked.rs",
    "store/src/apply/cases.rs",
    "store/src/apply/class.rs",
    "store/src/apply/corrected.rs",
    "store/src/apply/custody.rs",
    "store/src/apply/mustered.rs",
    "store/src/apply/numbered.rs",
    "store/src/apply/filing.rs",
    "store/src/apply/handled.rs",
    "store/src/apply/house.rs",
    "store/src/apply/intake.rs",
    "store/src/apply/old.rs",
    "store/src/apply/organisation.rs",
    "store/src/apply/registered.rs",
    "store/src/apply/ring.rs",
    "store/src/apply/version.rs",
    "store/src/apply/person.rs",
    "store/src/transaction.rs",
    "store/src/proof.rs",
    "store/src/sql/mod.rs",
];

#[test]
fn register_tables_are_written_by_apply_and_the_rebuild_only() {
    let mut found = Vec::new();
    for (name, text) in sources() {
        if !WRITERS.contains(&name.as_str()) {
            found.extend(writes(&text).iter().map(|words| format!("{name}: {words}")));
        }
    }
    assert!(found.is_empty(), "register tables are written elsewhere:\n{}", found.join("\n"));
}

#[test]
fn the_guard_sees_what_it_looks_for() {
    for bad in [
        "\"INSERT INTO document (registry_id) VALUES ($1)\"",
        "\"update person set name = $1\"",
        "\"DELETE FROM series\"",
        "conn.insert_many( \"version\", &[], rows, \"\")",
        "format!(\"DELETE FROM {}\", table)",
    ] {
        assert!(!writes(bad).is_empty(), "{bad}");
    }
    for good in [
        "\"SELECT * FROM document\"",
        "\"INSERT INTO session (registry_id) VALUES ($1)\"",
        "\"DELETE FROM credential WHERE registry_id = $1\"",
        "\"UPDATE documents\"",
        "map.insert(document, 1)",
    ] {
        assert_eq!(writes(good), Vec::<String>::new(), "{good}");
    }
}

#[test]
fn only_the_sql_layer_asks_which_engine_it_is_on() {
    let words = [
        "Kind::Sqlite",
        "Kind::Postgres",
        "Engine::Sqlite",
        "Engine::Postgres",
        "lock_clause",
        "FOR UPDATE",
        "FOR SHARE",
    ];
    let mut found = Vec::new();
    for (name, text) in sources() {
        if name.starts_with("store/src/sql/") {
            continue;
        }
        // A key store of its own beside the tables is a SQLite file whatever the tables are.
        found.extend(words.iter().filter(|w| text.contains(**w)).map(|w| format!("{name}: {w}")));
    }
    assert!(found.is_empty(), "these ask for the engine:\n{}", found.join("\n"));
}

#[test]
fn only_the_store_speaks_to_a_database() {
    let mut found = Vec::new();
    for (name, text) in sources() {
        let speaks = text.contains("sqlx::") || text.contains("use sqlx");
        let may = ["store/src/sql/", "store/src/vault/", "store/src/error.rs"]
            .iter()
            .any(|room| name.starts_with(room));
        if speaks && !may {
            found.push(name);
        }
    }
    assert!(found.is_empty(), "these know the driver: {found:?}");
}
