//! The process is killed at any moment, again and again, while clerks work and while files are imported: what was
//! acknowledged is there, once; what was not is there whole or not at all; ledger, tables and index agree.

use std::{
    collections::{BTreeMap, BTreeSet},
    process::Stdio,
    sync::{
        Mutex,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use serde_json::{Value, json};

use crate::{
    Chance,
    engines::{Kind, kinds},
    full, run,
    served::{Act, Client, Installation, Said},
};

/// Clerks at work at once.
const CLERKS: usize = 6;
/// Files of one folder that is imported.
const FILES: usize = 500;
/// Every so many rounds everything is verified.
const EXAMINED: u64 = 25;

#[test]
#[ignore = "run by cargo xtask prove"]
fn crash_loses_nothing_that_was_acknowledged() {
    run(async {
        for kind in kinds() {
            rounds(&kind, if full() { 200 } else { 12 }).await;
        }
    });
}

async fn rounds(kind: &Kind, rounds: u64) {
    let house = Installation::founded(kind.fresh().await, CLERKS).await;
    let mut chance = Chance::of(20_261_122);
    let (mut work, mut imports) = (Work::default(), Imports::default());
    for round in 0..rounds {
        // Of four rounds one kills an import.
        if round % 4 == 3 {
            imports.killed(&house, &mut chance);
        } else {
            work.killed(&house, &mut chance);
        }
        if (round + 1) % EXAMINED == 0 {
            assert_eq!(house.examined().await, Vec::<String>::new(), "after {} rounds", round + 1);
        }
    }
    imports.concluded(&house);
    work.concluded(&house, imports.names.len() as u64);
    assert_eq!(house.examined().await, Vec::<String>::new());
    println!(
        "  {}: {rounds} kills; {} acts acknowledged and {} under way, {} files imported of which {} acknowledged before a kill; all there, once",
        kind.name(),
        work.kept.len(),
        work.under_way,
        imports.names.len(),
        imports.acknowledged.len()
    );
    house.engine.give_back().await;
}

/// What clerks did over HTTP.
#[derive(Default)]
struct Work {
    /// Every act that was acknowledged, by its key.
    kept: BTreeMap<u64, (usize, Act, Said)>,
    /// Those of the last round.
    fresh: Vec<u64>,
    /// Those that nobody answered: done or not.
    open: Vec<(usize, Act)>,
    under_way: usize,
    keys: AtomicU64,
}

impl Work {
    fn killed(&mut self, house: &Installation, chance: &mut Chance) {
        let serving = house.serve();
        let clients: Vec<Client> = house.tokens.iter().map(|token| serving.client(token)).collect();
        self.answered_again(&clients);
        let (done, open) = (Mutex::new(Vec::new()), Mutex::new(Vec::new()));
        let keys = &self.keys;
        let wait = Duration::from_millis(20 + chance.below(500));
        std::thread::scope(|scope| {
            for (clerk, client) in clients.iter().enumerate() {
                let (done, open) = (&done, &open);
                scope.spawn(move || {
                    let mut last: Option<String> = None;
                    loop {
                        let key = keys.fetch_add(1, Ordering::Relaxed) + 1;
                        let act = act(key, last.as_deref());
                        match client.send(&act) {
                            Ok(said) => {
                                assert_eq!(said.status, 201, "{act:?}: {}", said.body);
                                last = said.body["id"].as_str().map(ToOwned::to_owned);
                                done.lock().unwrap().push((clerk, act, said));
                            }
                            Err(_) => return open.lock().unwrap().push((clerk, act)),
                        }
                    }
                });
            }
            std::thread::sleep(wait);
            serving.kill();
        });
        for (clerk, act, said) in done.into_inner().unwrap() {
            self.fresh.push(act.key);
            self.kept.insert(act.key, (clerk, act, said));
        }
        self.open = open.into_inner().unwrap();
        self.under_way += self.open.len();
    }

    /// What the last round did is sent once more: an act that was acknowledged is answered as it was, and one that was under
    /// way is done now or was done then.
    fn answered_again(&mut self, clients: &[Client]) {
        for key in std::mem::take(&mut self.fresh) {
            let (clerk, act, said) = &self.kept[&key];
            assert_eq!(clients[*clerk].send(act).unwrap(), *said, "{act:?}");
        }
        for (clerk, act) in std::mem::take(&mut self.open) {
            let said = clients[clerk].does(&act);
            self.kept.insert(act.key, (clerk, act, said));
        }
    }

    fn concluded(&mut self, house: &Installation, imported: u64) {
        let serving = house.serve();
        let clients: Vec<Client> = house.tokens.iter().map(|token| serving.client(token)).collect();
        self.answered_again(&clients);
        let papers: Vec<_> = self.kept.values().filter(|(_, act, _)| act.content.is_some()).collect();
        assert_eq!(clients[0].total(), papers.len() as u64 + imported);
        let references: BTreeSet<&str> =
            papers.iter().filter_map(|(_, _, said)| said.body["reference"].as_str()).collect();
        assert_eq!(references.len(), papers.len(), "two papers bear one number");
        for (clerk, act, said) in papers {
            let path = format!("/api/v1/documents/{}/versions/1/content", said.id());
            assert_eq!(Some(clients[*clerk].text(&path)), act.content, "{act:?}");
        }
        serving.stop();
    }
}

/// Papers, corrections of them, numbers kept.
fn act(key: u64, last: Option<&str>) -> Act {
    match (key % 5, last) {
        (3, Some(document)) => Act::json(
            key,
            format!("/api/v1/documents/{document}/corrections"),
            json!({"reason": "a slip of the pen", "subject": format!("Corrected by {key}")}),
        ),
        _ => Act::paper(
            key,
            &format!("Convoy {key}"),
            &format!("Words of paper {key}. {}", "ballast ".repeat(40)),
        ),
    }
}

/// What was imported.
#[derive(Default)]
struct Imports {
    folders: usize,
    /// The names of all files.
    names: BTreeSet<String>,
    /// Those that an import said it had registered before it was killed.
    acknowledged: BTreeSet<String>,
}

impl Imports {
    fn killed(&mut self, house: &Installation, chance: &mut Chance) {
        let patience = if house.engine.database.is_some() { 2_500 } else { 600 };
        let name = format!("files-{}", self.folders);
        self.folders += 1;
        let folder = house.path(&name);
        std::fs::create_dir(&folder).unwrap();
        for n in 0..FILES {
            let file = format!("{name}-{n}.txt");
            std::fs::write(folder.join(&file), format!("Paper {n} of {name}\n\n{}", "cargo ".repeat(200)))
                .unwrap();
            self.names.insert(file);
        }
        let mut child = import(house, &name).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let out = child.stdout.take().unwrap();
        std::thread::sleep(Duration::from_millis(60 + chance.below(patience)));
        child.kill().unwrap();
        child.wait().unwrap();
        for line in std::io::read_to_string(out).unwrap().lines() {
            // The last may be cut.
            if let Ok(said) = serde_json::from_str::<Value>(line)
                && said["ended"] == "registered"
            {
                self.acknowledged.insert(said["item"].as_str().unwrap().to_owned());
            }
        }
    }

    /// Each folder is imported to its end: nothing that was acknowledged is registered again.
    fn concluded(&self, house: &Installation) {
        for n in 0..self.folders {
            let said = crate::served::Ran(import(house, &format!("files-{n}")).output().unwrap()).good();
            for line in said.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok()) {
                if let (Some(item), Some(ended)) = (line["item"].as_str(), line["ended"].as_str()) {
                    assert!(
                        ended == "already" || !self.acknowledged.contains(item),
                        "{item} was acknowledged and is not there"
                    );
                }
            }
        }
    }
}

fn import(house: &Installation, folder: &str) -> std::process::Command {
    house.command(&["import"], &[folder, "--marking", "NATO UNCLASSIFIED", "--as", "clerk0", "--json"])
}
