//! Whatever rots is found, and the finding names it: a bit flipped, a file cut, two changed about, one missing; in the
//! sealed content, in the tables, in the ledger, in a checkpoint, in the store of keys. And an old copy of the whole folder
//! is recognised by whoever kept a checkpoint elsewhere.

use std::path::{Path, PathBuf};

use crate::{
    backup::{copied, flipped},
    engines::Kind,
    run,
    served::{Act, Installation, Ran, files, program},
};

/// A word of a subject that stands nowhere else.
const WORD: &str = "Zwischenlandeplatz";

#[test]
#[ignore = "run by cargo xtask prove"]
fn rot_is_found_and_named_wherever_it_is() {
    run(async {
        let house = Installation::founded(Kind::Sqlite.fresh().await, 1).await;
        let serving = house.serve();
        let client = serving.client(&house.tokens[0]);
        for key in 1..=12 {
            client.does(&Act::paper(
                key,
                &format!("{WORD} {key}"),
                &format!("Paper {key}: {}", "ballast ".repeat(20_000)),
            ));
        }
        serving.stop();
        house.run(&["checkpoint"], &["heads"]).good();
        let sound = Rotten::of(&house);
        sound.seen(&["verify"], &["--content"]).good();
        sound.seen(&["rebuild"], &["--compare"]).good();
        content(&house);
        tables(&house);
        keys(&house);
        old_copy(&house);
    });
}

/// A copy of the folder in which something rots.
struct Rotten {
    data: PathBuf,
    key: String,
    heads: PathBuf,
    _dir: tempfile::TempDir,
}

impl Rotten {
    fn of(house: &Installation) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let data = dir.path().join("data");
        copied(&house.data, &data);
        Self { data, key: format!("{}.key", house.data.display()), heads: house.path("heads"), _dir: dir }
    }

    fn seen(&self, first: &[&str], rest: &[&str]) -> Ran {
        let mut command = program(first);
        command.arg(&self.data).args(["--key", &self.key]).args(rest);
        Ran(command.output().unwrap())
    }

    /// A command finds it, and says where.
    fn named(&self, what: &str, first: &[&str], rest: &[&str], words: &[&str]) {
        let said = self.seen(first, rest).failed(1, words);
        let line = said.lines().find(|line| words.iter().all(|word| line.contains(word)));
        println!("  {what}: {}", line.unwrap_or_else(|| panic!("no one line names {words:?}: {said}")));
    }

    /// It is not even opened, and says why.
    fn refused(&self, what: &str, words: &[&str]) {
        let said = self.seen(&["verify"], &["--content"]).failed(2, words);
        println!("  {what}: {}", said.lines().next().unwrap_or_default());
    }

    fn objects(&self) -> Vec<PathBuf> {
        files(&self.data.join("vault"))
    }
}

fn name(path: &Path) -> &str {
    path.file_name().unwrap().to_str().unwrap()
}

fn content(house: &Installation) {
    let rotten = Rotten::of(house);
    let objects = rotten.objects();
    flipped(&objects[0]);
    let half = std::fs::metadata(&objects[1]).unwrap().len() / 2;
    std::fs::File::options().write(true).open(&objects[1]).unwrap().set_len(half).unwrap();
    // Cut where one sealed part ends, so that what is left is whole in itself.
    std::fs::File::options().write(true).open(&objects[2]).unwrap().set_len(8 + (64 << 10) + 16).unwrap();
    std::fs::rename(&objects[3], rotten.data.join("kept")).unwrap();
    std::fs::copy(&objects[4], &objects[3]).unwrap();
    std::fs::rename(rotten.data.join("kept"), &objects[4]).unwrap();
    std::fs::remove_file(&objects[5]).unwrap();
    for (at, what) in [
        (0, "a bit of a sealed file"),
        (1, "a sealed file cut in a part"),
        (2, "a sealed file cut between parts"),
        (3, "two sealed files changed about"),
        (4, "the other of the two"),
        (5, "a sealed file missing"),
    ] {
        rotten.named(what, &["verify"], &["--content"], &["FAULT object", name(&objects[at])]);
    }
    let said = rotten.seen(&["verify"], &["--content"]).failed(1, &["6 faults"]);
    assert!(!said.contains(name(&objects[6])), "what is whole is not named: {said}");
}

/// The places of a word in a file.
fn places(bytes: &[u8], word: &[u8]) -> Vec<usize> {
    bytes.windows(word.len()).enumerate().filter(|(_, window)| *window == word).map(|(at, _)| at).collect()
}

/// Every place in the file of the tables where a planted word lies is flipped, one after the other.
fn tables(house: &Installation) {
    let file = house.data.join("chancery.db");
    let bytes = std::fs::read(&file).unwrap();
    let found = places(&bytes, WORD.as_bytes());
    assert!(found.len() >= 24, "the register and the ledger have it: {}", found.len());
    let mut by = std::collections::BTreeMap::<&str, usize>::new();
    for at in found {
        let rotten = Rotten::of(house);
        let mut bytes = bytes.clone();
        bytes[at] ^= 1;
        std::fs::write(rotten.data.join("chancery.db"), &bytes).unwrap();
        let verified = rotten.seen(&["verify"], &[]);
        let finding = match verified.code() {
            Some(0) => {
                let said = rotten.seen(&["rebuild"], &["--compare"]);
                assert_eq!(said.code(), Some(1), "a bit at {at} is found by nobody: {}", said.said());
                assert!(said.said().contains("DIFFERS") || said.said().contains("FAULT"), "{}", said.said());
                "the register differs from its ledger"
            }
            _ => {
                let said = verified.said();
                assert!(
                    said.contains("entry") || said.contains("damaged") || said.contains("malformed"),
                    "{said}"
                );
                "an entry of the ledger"
            }
        };
        *by.entry(finding).or_default() += 1;
    }
    for (finding, places) in &by {
        println!("  a bit of the tables' file, {places} places: {finding}");
    }
    assert_eq!(by.len(), 2, "both the ledger and the register were hit");

    let rotten = Rotten::of(house);
    let file = rotten.data.join("chancery.db");
    let note = places(&bytes, b"house.example/");
    assert!(!note.is_empty());
    for at in note {
        let mut bytes = bytes.clone();
        bytes[at] ^= 1;
        std::fs::write(&file, &bytes).unwrap();
        let verified = rotten.seen(&["verify"], &["--held", rotten.heads.to_str().unwrap()]);
        let said = verified.said();
        // The name stands in checkpoints; elsewhere it is the register's, which the rebuild compares.
        if verified.code() == Some(0) {
            rotten.seen(&["rebuild"], &["--compare"]).failed(1, &["DIFFERS"]);
        } else {
            assert!(said.contains("checkpoint") || said.contains("entry"), "{said}");
        }
    }
    println!("  a bit of a checkpoint: found");

    let rotten = Rotten::of(house);
    let size = bytes.len() as u64;
    std::fs::File::options()
        .write(true)
        .open(rotten.data.join("chancery.db"))
        .unwrap()
        .set_len(size / 2)
        .unwrap();
    let said = rotten.seen(&["verify"], &["--content"]);
    assert!(matches!(said.code(), Some(1 | 2)) && said.said().contains("malformed"), "{}", said.said());
    println!("  the tables' file cut: {}", said.said().lines().next().unwrap_or_default());
    std::fs::remove_file(rotten.data.join("chancery.db")).unwrap();
    rotten.refused("the tables' file missing", &["the tables", "chancery.db"]);
}

fn keys(house: &Installation) {
    let rotten = Rotten::of(house);
    let file = rotten.data.join("keys").join("keys.db");
    let bytes = std::fs::read(&file).unwrap();
    let objects = rotten.objects();
    let id: Vec<u8> = registry::id::unhex::<16>(name(&objects[0])).unwrap().to_vec();
    let at = places(&bytes, &id)[0];
    // Behind the name of the object lies its wrapped key.
    let mut changed = bytes.clone();
    changed[at + 20] ^= 1;
    std::fs::write(&file, &changed).unwrap();
    rotten.named("a bit of a wrapped key", &["verify"], &["--content"], &["FAULT object", name(&objects[0])]);

    let other: Vec<u8> = registry::id::unhex::<16>(name(&objects[1])).unwrap().to_vec();
    let there = places(&bytes, &other)[0];
    let mut swapped = bytes.clone();
    for n in 16..64 {
        swapped.swap(at + n, there + n);
    }
    std::fs::write(&file, &swapped).unwrap();
    for object in &objects[..2] {
        rotten.named(
            "two wrapped keys changed about",
            &["verify"],
            &["--content"],
            &["FAULT object", name(object)],
        );
    }
    std::fs::write(&file, &bytes[..bytes.len() / 2]).unwrap();
    let said = rotten.seen(&["verify"], &["--content"]);
    assert!(matches!(said.code(), Some(1 | 2)), "{}", said.said());
    println!("  the store of keys cut: {}", said.said().lines().next().unwrap_or_default());
    for end in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(rotten.data.join("keys").join(format!("keys.db{end}")));
    }
    rotten.refused("the store of keys missing", &["the store of wrapped keys", "keys.db"]);
}

/// The folder as it was a while ago is put in the place of the newer one: in itself all is well.
fn old_copy(house: &Installation) {
    let old = Rotten::of(house);
    let serving = house.serve();
    serving.client(&house.tokens[0]).does(&Act::paper(99, "After the copy", "Words"));
    serving.stop();
    house.run(&["checkpoint"], &["later"]).good();
    old.seen(&["verify"], &["--content"]).good();
    old.seen(&["verify"], &["--held", old.heads.to_str().unwrap()]).good();
    let later = house.path("later");
    old.named("an old copy of the folder", &["verify"], &["--held", later.to_str().unwrap()], &["FAULT"]);
}
