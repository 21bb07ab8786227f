//! The house that is rebuilt and verified: the demo headquarters with, where they are at hand, the historic papers
//! imported into a registry of their own.

use std::path::{Path, PathBuf};

use office::{Office, Opening, Sender, folder::Folder, import::Source, map::Map};
use registry::{
    Answer, Command,
    command::OPERATOR,
    house::{Names, Terms},
};

use crate::{engines::Engine, full};

/// The name under which the demo signs.
pub const NAME: &str = "headquarters.example";
/// How many historic papers are enough for a quick proof.
const FEW: usize = 300;

/// An open house in a folder of its own.
pub struct Proven {
    pub office: Office,
    pub folder: Folder,
    pub dir: tempfile::TempDir,
}

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Builds one on an engine.
pub async fn built(engine: &Engine) -> Proven {
    let dir = tempfile::tempdir().unwrap();
    let folder = Folder::at(dir.path().join("data"));
    // What is proved here is the ledger's and the register's; the index has its own tests.
    let opening = Opening { database: engine.database.clone(), index: false, ..Opening::of(folder.clone()) };
    office::demo::build(opening.clone(), |_, _| ()).await.unwrap();
    let office = Office::open(opening).await.unwrap();
    let proven = Proven { office, folder, dir };
    proven.import().await;
    proven.office.checkpoint_all().await.unwrap();
    proven
}

impl Proven {
    async fn import(&self) {
        let papers = workspace().join("../shared/data/frus");
        if !papers.join("index.jsonl").is_file() {
            println!("  without the historic papers: ../shared/data/frus is not there");
            return;
        }
        let operator = Sender::operator_as(OPERATOR);
        let command = Command::OpenRegistry {
            code: "FRUS".into(),
            terms: Terms::of(Names { en: "Historic papers".into(), fr: "Papiers historiques".into() }),
        };
        let opened = self.office.command(operator, self.office.new_command(), command).await.unwrap();
        let Answer::Opened { registry } = opened else { panic!("{opened:?}") };
        let text = std::fs::read_to_string(papers.join("index.jsonl")).unwrap();
        let wanted = if full() { usize::MAX } else { FEW };
        let lines: Vec<&str> = text.lines().take(wanted).collect();
        let manifest = self.dir.path().join("index.jsonl");
        std::fs::write(&manifest, lines.join("\n")).unwrap();
        let map = std::fs::read_to_string(workspace().join("house/maps/frus.toml")).unwrap();
        let source = Source::Manifest { manifest, root: papers, map: Box::new(Map::parse(&map).unwrap()) };
        let report = self.office.import(operator, registry, &source, |_, _, _, _| ()).await.unwrap();
        assert!(report.failed.is_empty(), "{:?}", report.failed.first());
        assert_eq!(report.registered as usize, lines.len());
        println!("  with {} historic papers", report.registered);
    }
}
