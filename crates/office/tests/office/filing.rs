//! The file plan from the two doors: made by an import and not twice, told to those who see it, rebuilt the same.

use std::path::Path;

use office::{Sender, import::Source, map::Map};
use registry::{
    Answer, Command, FileId, PersonId,
    command::OPERATOR,
    filing::{NewFile, Turn},
};

use crate::engines::{House, on_each_engine};

const MAP: &str = include_str!("../../../../house/maps/frus.toml");

fn manifest(folder: &Path, items: &[(u32, &[&str])]) -> Source {
    let lines: Vec<String> = items
        .iter()
        .map(|(n, path)| {
            let file = format!("d{n}.txt");
            std::fs::write(folder.join(&file), format!("The text of paper {n}.")).unwrap();
            serde_json::json!({
                "id": format!("vol/d{n}"), "title": format!("{n}. Letter"), "subject": "Berlin", "kind": "LETTER",
                "date": "1961-08-13", "from": "Nobody", "classification": "NO MARKING", "caveats": [], "file": file,
                "path": path,
            })
            .to_string()
        })
        .collect();
    let manifest = folder.join("index.jsonl");
    std::fs::write(&manifest, lines.join("\n")).unwrap();
    Source::Manifest { manifest, root: folder.to_owned(), map: Box::new(Map::parse(MAP).unwrap()) }
}

/// Codes, English names and documents of the plan, as a person sees it.
async fn told(house: &House, person: PersonId) -> Vec<(String, String, u64)> {
    let mut reading = house.office.read_as(person).await.unwrap();
    let plan = reading.plan(house.registry).await.unwrap();
    let row = |f: &store::Visible<store::filing::PlanFile>| {
        (f.state.file.code.clone(), f.state.file.names.en.clone(), f.documents)
    };
    plan.files.iter().map(row).collect()
}

fn rows(list: &[(&str, &str, u64)]) -> Vec<(String, String, u64)> {
    list.iter().map(|(code, name, n)| ((*code).to_owned(), (*name).to_owned(), *n)).collect()
}

#[tokio::test]
async fn the_paths_of_an_import_become_a_plan_once() {
    on_each_engine(|house| async move {
        let folder = tempfile::tempdir().unwrap();
        let clerk = house.adds("clerk", "USA").await;
        house.makes_clerk(clerk).await;
        let imports = async |source: &Source| {
            let by = Sender::operator_as(OPERATOR);
            house.office.import(by, house.registry, source, |_, _, _, _| {}).await.unwrap()
        };
        let deep: Vec<&str> = vec!["Deep"; 13];
        let source = manifest(
            folder.path(),
            &[
                (1, &["Europe", "Berlin"]),
                (2, &["Asia"]),
                // Another way of writing the same.
                (3, &["EUROPE", " berlin "]),
                (4, &["Europe"]),
                (5, &deep),
                (6, &[]),
            ],
        );
        let report = imports(&source).await;
        assert_eq!(report.registered, 5);
        assert_eq!(report.failed.len(), 1, "{:?}", report.failed);
        assert!(report.failed[0].2.contains("levels"), "{:?}", report.failed);
        let made = told(&house, clerk).await;
        let wanted = rows(&[("1", "Europe", 1), ("1.1", "Berlin", 2), ("2", "Asia", 1)]);
        assert_eq!(made, wanted);

        let again = imports(&source).await;
        assert_eq!((again.registered, again.already), (0, 5));
        assert_eq!(told(&house, clerk).await, wanted, "nothing twice");

        // A closed file takes no more, and says so; the others are done.
        let mut reading = house.office.read_as(clerk).await.unwrap();
        let plan = reading.plan(house.registry).await.unwrap();
        let asia = plan.files.iter().find(|f| f.state.file.names.en == "Asia").unwrap().state.file.id;
        drop(reading);
        let turn = Turn::Close { on: None, reason: "ended".into() };
        house.does(clerk, Command::TurnFile { registry: house.registry, file: asia, turn }).await.unwrap();
        let more = manifest(folder.path(), &[(7, &["Asia"]), (8, &["Europe", "Bonn"])]);
        let report = imports(&more).await;
        assert_eq!(report.registered, 1);
        assert_eq!(report.failed[0].1, "file-closed");
        assert!(told(&house, clerk).await.contains(&("1.2".to_owned(), "Bonn".to_owned(), 1)));
        let (_, differences) = house.office.compare_rebuilt().await.unwrap();
        assert_eq!(differences, Vec::<String>::new());
    })
    .await;
}

#[tokio::test]
async fn files_are_told_apart_by_their_codes_and_a_hidden_one_is_no_one() {
    on_each_engine(|house| async move {
        let clerk = house.adds("clerk", "USA").await;
        house.makes_clerk(clerk).await;
        let open = async |name: &str, parent: Option<FileId>| {
            let file = Box::new(NewFile { name_en: name.into(), parent, ..NewFile::default() });
            match house.does(clerk, Command::OpenFile { registry: house.registry, file }).await.unwrap() {
                Answer::FileOpened { file } => file,
                other => panic!("{other:?}"),
            }
        };
        let first = open("One", None).await;
        let below = open("Below", Some(first)).await;
        let mut reading = house.office.read_as(clerk).await.unwrap();
        let plan = reading.plan(house.registry).await.unwrap();
        let typed = |text: &str| office::Reading::typed_file(&plan, text);
        assert_eq!(
            (typed("1"), typed("1.1 Below"), typed(&below.to_string())),
            (Ok(first), Ok(below), Ok(below))
        );
        assert!(typed("7").is_err() && typed(" ").is_err());
        assert_eq!(plan.above(below).len(), 1);
        assert_eq!(plan.next_code(Some(first)), "1.2");
        drop(reading);
        // Who is let into no registry is told of no file.
        let outsider = house.adds("outsider", "USA").await;
        let mut reading = house.office.read_as(outsider).await.unwrap();
        assert!(reading.plan(house.registry).await.unwrap().files.is_empty());
        assert!(reading.file(first).await.is_err());
    })
    .await;
}
