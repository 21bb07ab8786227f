//! A backup that is taken while clerks work holds whatever was acknowledged before, is put back elsewhere with the current
//! keys on either engine, and is refused or found out where it is not what was taken.

use std::{
    path::Path,
    sync::{
        Mutex,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
};

use office::{Office, Opening, folder::Folder};

use crate::{
    engines::{Kind, kinds},
    full, run,
    served::{Act, Client, Installation, Ran, Said, address, examined, files, program},
};

const CLERKS: usize = 4;

#[test]
#[ignore = "run by cargo xtask prove"]
fn backup_under_load_is_whole_and_comes_back_on_either_engine() {
    run(async {
        for kind in kinds() {
            let house = Installation::founded(kind.fresh().await, CLERKS).await;
            let kept = taken_under_load(&house);
            for target in kinds() {
                comes_back(&house, &target, &kept).await;
            }
            found_out(&house);
            println!("  {}: {} papers acknowledged before the backup, all there", kind.name(), kept.len());
            house.engine.give_back().await;
        }
    });
}

/// Takes a backup while clerks register; then a second that shares its sealed files. What was acknowledged before the first.
fn taken_under_load(house: &Installation) -> Vec<(Act, Said)> {
    let serving = house.serve();
    let clients: Vec<Client> = house.tokens.iter().map(|token| serving.client(token)).collect();
    let (enough, keys, kept) = (AtomicBool::new(false), AtomicU64::new(0), Mutex::new(Vec::new()));
    let before = if full() { 2_000 } else { 120 };
    let mut held = Vec::new();
    std::thread::scope(|scope| {
        for client in &clients {
            scope.spawn(|| {
                while !enough.load(Ordering::Relaxed) {
                    let key = keys.fetch_add(1, Ordering::Relaxed) + 1;
                    let act = Act::paper(key, &format!("Convoy {key}"), &format!("Words of paper {key}"));
                    let said = client.does(&act);
                    kept.lock().unwrap().push((act, said));
                }
            });
        }
        while kept.lock().unwrap().len() < before {
            std::thread::sleep(std::time::Duration::from_millis(5));
        }
        held.extend(kept.lock().unwrap().iter().cloned());
        let said = house.run(&["backup"], &["monday", "--keys", "wrapped-keys.db"]).good();
        assert!(said.contains("wrapped keys in wrapped-keys.db"), "{said}");
        let during = kept.lock().unwrap().len() - held.len();
        println!("  {during} papers were registered while it was taken");
        enough.store(true, Ordering::Relaxed);
    });
    // Under load or not, the second copies what is new alone.
    let second =
        house.run(&["backup"], &["tuesday", "--since", "monday", "--keys", "wrapped-keys.db"]).good();
    let shared = held.len();
    let linked: usize = second.split('(').nth(1).unwrap().split(' ').next().unwrap().parse().unwrap();
    assert!(linked >= shared, "{second}");
    house.run(&["checkpoint"], &["tuesday.heads"]).good();
    serving.stop();
    held
}

async fn comes_back(house: &Installation, target: &Kind, kept: &[(Act, Said)]) {
    let engine = target.fresh().await;
    let name = format!("again-{}", engine.name);
    let mut command = program(&["restore", "monday", &name, "--keys", "wrapped-keys.db", "--key"]);
    command.arg(format!("{}.key", house.data.display())).current_dir(house.dir.path());
    if let Some(database) = &engine.database {
        command.args(["--database", &address(database)]);
    }
    let said = Ran(command.output().unwrap()).good();
    assert!(said.contains("good\n"), "{said}");
    let folder = Folder::at(house.path(&name));
    let key = Some(format!("{}.key", house.data.display()).into());
    let office = Office::open(Opening { key, ..Opening::of(folder) }).await.unwrap();
    // Nobody is signed in there.
    assert!(office.session(&house.tokens[0]).await.unwrap().is_none());
    let clerk = office.person_named("clerk0").await.unwrap();
    for (act, said) in kept {
        let mut reading = office.read_as(clerk).await.unwrap();
        let document = said.id().parse().unwrap();
        let mut opened = reading.open_version(document, 1, &|_| Vec::new()).await.unwrap();
        let mut bytes = Vec::new();
        while let Some(chunk) = opened.bytes.next_chunk().unwrap() {
            bytes.extend_from_slice(&chunk);
        }
        assert_eq!(Some(String::from_utf8(bytes).unwrap()), act.content, "{act:?}");
    }
    assert_eq!(examined(&office).await, Vec::<String>::new());
    drop(office);
    engine.give_back().await;
}

/// What is not the backup that was taken is refused, or what is wrong with it is named.
fn found_out(house: &Installation) {
    let key = format!("{}.key", house.data.display());
    let restores = |backup: &str, to: &str, key: &str, keys: &str, more: &[&str]| {
        let mut command = program(&["restore", backup, to, "--keys", keys, "--key", key]);
        Ran(command.args(more).current_dir(house.dir.path()).output().unwrap())
    };
    // Held against a later checkpoint it is an old one.
    restores("monday", "old", &key, "wrapped-keys.db", &["--held", "tuesday.heads"]).failed(1, &["FAULT"]);
    // Never over something.
    restores("monday", "old", &key, "wrapped-keys.db", &[]).failed(2, &["not empty"]);
    restores("nowhere", "x1", &key, "wrapped-keys.db", &[]).failed(2, &["not a whole backup"]);
    restores("monday", "x1", &key, "no-keys.db", &[]).failed(2, &["no-keys.db"]);
    program(&["init", "other"]).current_dir(house.dir.path()).output().unwrap();
    restores("monday", "x1", "other.key", "wrapped-keys.db", &[]).failed(2, &["not the key"]);
    restores("monday", "x1", &key, "other/keys/keys.db", &[]).failed(1, &["FAULT object", "destroyed"]);
    house.run(&["backup"], &["monday"]).failed(2, &["monday is not empty"]);
    house.run(&["backup"], &["inside", "--keys", "inside/keys.db"]).failed(2, &["apart"]);

    let copy = |name: &str| {
        copied(&house.path("monday"), &house.path(name));
        house.path(name)
    };
    std::fs::remove_file(copy("broken-off").join("backup")).unwrap();
    restores("broken-off", "x2", &key, "wrapped-keys.db", &[]).failed(2, &["not a whole backup"]);
    flipped(&copy("rotten").join("register.db"));
    restores("rotten", "x2", &key, "wrapped-keys.db", &[]).failed(2, &["rotten/register.db is not the file"]);
    // Some of the newest are named by no row of it yet: of the others each is missed.
    let objects = files(&copy("holed").join("vault"));
    for (n, object) in objects.iter().take(12).enumerate() {
        if n % 2 == 0 {
            flipped(object);
        } else {
            std::fs::remove_file(object).unwrap();
        }
    }
    let said = restores("holed", "x2", &key, "wrapped-keys.db", &[]).failed(1, &["FAULT object"]);
    for words in ["changed, shortened or not under this key", "No such file"] {
        assert!(said.contains(words), "nothing says {words:?}: {said}");
    }
}

/// Changes one bit in the middle of a file.
pub fn flipped(file: &Path) {
    let mut bytes = std::fs::read(file).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    // A sealed file of a backup may be one with another's.
    std::fs::remove_file(file).unwrap();
    std::fs::write(file, bytes).unwrap();
}

/// Copies a folder with all that is in it.
pub fn copied(from: &Path, to: &Path) {
    for file in files(from) {
        let there = to.join(file.strip_prefix(from).unwrap());
        std::fs::create_dir_all(there.parent().unwrap()).unwrap();
        std::fs::copy(file, there).unwrap();
    }
}
