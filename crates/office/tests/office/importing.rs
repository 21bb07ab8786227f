//! Importing: what is a manifest's becomes the register's, twice is once, and what fails is told.

use std::{
    ops::ControlFlow,
    path::{Path, PathBuf},
};

use office::{
    Sender,
    import::{Report, Source},
    map::Map,
};
use registry::command::OPERATOR;
use store::sql::{Database, DatabaseUrl};

use crate::engines::{House, on_each_engine};

const MAP: &str = include_str!("../../../../house/maps/frus.toml");

fn manifest(folder: &Path, lines: &[serde_json::Value]) -> Source {
    let path = folder.join("index.jsonl");
    let text: Vec<String> = lines.iter().map(ToString::to_string).collect();
    std::fs::write(&path, text.join("\n")).unwrap();
    Source::Manifest { manifest: path, root: folder.to_owned(), map: Box::new(Map::parse(MAP).unwrap()) }
}

fn item(n: u32, classification: &str, file: &str) -> serde_json::Value {
    serde_json::json!({
        "id": format!("vol/d{n}"), "title": format!("{n}. Letter From Nobody"), "subject": "Berlin", "kind": "LETTER",
        "date": "1961-08-13", "from": "Nobody", "to": "Somebody", "number": null,
        "classification": classification, "caveats": [], "file": file,
    })
}

async fn imports(house: &House, source: &Source) -> Report {
    house.office.import(Sender::operator_as(OPERATOR), house.registry, source, |_, _, _, _| {}).await.unwrap()
}

#[tokio::test]
async fn a_manifest_is_imported_once_and_what_fails_is_told() {
    on_each_engine(|house| async move {
        let folder = tempfile::tempdir().unwrap();
        for n in 1..=3 {
            std::fs::write(folder.path().join(format!("d{n}.txt")), format!("The text of paper {n}."))
                .unwrap();
        }
        std::fs::write(folder.path().join("empty.txt"), "").unwrap();
        let source = manifest(
            folder.path(),
            &[
                item(1, "SECRET", "d1.txt"),
                item(2, "NO MARKING", "d2.txt"),
                item(3, "STRANGE", "d3.txt"),
                item(4, "SECRET", "../outside.txt"),
                item(5, "SECRET", "empty.txt"),
                item(6, "SECRET", "absent.txt"),
            ],
        );
        let report = imports(&house, &source).await;
        assert_eq!((report.registered, report.already), (2, 0));
        let failed: Vec<_> = report.failed.iter().map(|(id, code, _)| (id.as_str(), code.as_str())).collect();
        assert_eq!(
            failed,
            [("vol/d3", "map"), ("vol/d4", "map"), ("vol/d5", "empty-content"), ("vol/d6", "failed")]
        );
        let again = imports(&house, &source).await;
        assert_eq!((again.registered, again.already, again.failed.len()), (0, 2, 4));
        // What was sealed for nothing has been thrown away.
        assert_eq!(objects(&house), 2);
        let (read, faults) = house.office.fixity().await.unwrap();
        assert_eq!((read, faults), (2, vec![]));

        house.office.catch_up().await.unwrap();
        let reader = house.adds("reader", "USA").await;
        let mut reading = house.office.read_as(reader).await.unwrap();
        let query = office::search::query("text paper").unwrap();
        let found = reading.search(&query, 20, None, true).await.unwrap();
        assert_eq!(found.total, 1);
        assert_eq!(found.hits[0].snippet.text(), "The text of paper 2");
        assert_eq!(reading.by_reference("vol/d2").await.unwrap().len(), 1);
        assert_eq!(reading.by_reference("vol/d1").await.unwrap().len(), 0);
    })
    .await;
}

/// Sealed files in the vault; the staging folder must be empty.
pub fn objects(house: &House) -> usize {
    let vault = house.office.folder().vault();
    let files = |folder: &Path| std::fs::read_dir(folder).unwrap().count();
    assert_eq!(files(&vault.join("staging")), 0);
    let shelves: Vec<PathBuf> = std::fs::read_dir(&vault).unwrap().map(|e| e.unwrap().path()).collect();
    shelves.iter().map(|shelf| files(shelf)).sum()
}

#[tokio::test]
async fn an_import_that_is_stopped_leaves_nothing_half_and_goes_on_where_it_stopped() {
    on_each_engine(|house| async move {
        let folder = tempfile::tempdir().unwrap();
        for n in 0..700 {
            std::fs::write(folder.path().join(format!("{n:03}.txt")), format!("Paper number {n}.")).unwrap();
        }
        let source = Source::Folder { path: folder.path().to_owned(), label: None };
        let operator = Sender::operator_as(OPERATOR);
        let first = house
            .office
            .import(operator, house.registry, &source, |_, _, done, total| {
                assert_eq!(total, 700);
                if done == 3 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            })
            .await
            .unwrap();
        assert!(first.stopped && first.failed.is_empty());
        // The batch in hand was finished, no other was begun, and what was sealed beforehand is gone.
        assert_eq!(first.registered, 200);
        assert_eq!(objects(&house), 200);
        assert_eq!(keys(&house).await, 200);
        let second = imports(&house, &source).await;
        assert_eq!((second.registered, second.already, second.stopped), (500, 200, false));
        assert_eq!((objects(&house), keys(&house).await), (700, 700));
        let (_, differences) = house.office.compare_rebuilt().await.unwrap();
        assert_eq!(differences, Vec::<String>::new());
    })
    .await;
}

/// Keys that are kept: one for each sealed file, and none for what was refused.
pub async fn keys(house: &House) -> u64 {
    let file = DatabaseUrl::Sqlite(house.office.folder().keys());
    let mut conn = Database::open(&file).await.unwrap().begin_read().await.unwrap();
    let row = conn.one("SELECT COUNT(*) FROM object_key", Vec::new()).await.unwrap();
    row.unwrap().number(0).unwrap()
}

#[tokio::test]
async fn the_historic_papers_are_imported() {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/frus");
    if !data.join("index.jsonl").is_file() {
        println!("skipped: the historic papers are not beside the project");
        return;
    }
    on_each_engine(|house| {
        let data = data.clone();
        async move {
            let source = Source::Manifest {
                manifest: data.join("index.jsonl"),
                root: data.clone(),
                map: Box::new(Map::parse(MAP).unwrap()),
            };
            #[expect(clippy::disallowed_methods, reason = "a figure is printed, not asserted")]
            let begun = std::time::Instant::now();
            let report = imports(&house, &source).await;
            let registered = begun.elapsed();
            house.office.catch_up().await.unwrap();
            println!(
                "{} papers registered in {:.2?}, indexed after {:.2?}",
                report.registered,
                registered,
                begun.elapsed()
            );
            assert_eq!((report.registered, report.failed), (3363, vec![]));
        }
    })
    .await;
}
