//! A ledger that nobody touched is good, from the tables and from exports of either kind; one that was touched in any
//! of the ways in which one can be is found out, and the finding says where.

use std::{collections::HashMap, io::Cursor};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use ledger::{
    Body, Checkpoint, ExportReader, ExportWriter, Frontier, Header, Mode, Note, Record, Report, SigningKey,
    VerifierKey, VerifyOptions, commitment, leaf_hash, verify_export_with,
};
use office::folder::{read_key, signing_key};
use registry::{Entry, Fact};

use crate::{
    engines::engines,
    house::{NAME, Proven, built},
    run,
};

fn verified(export: &[u8], key: &VerifierKey) -> Result<Report, String> {
    let mut audits = HashMap::<[u8; 16], registry::audit::Audit>::new();
    let mut rule = |header: &ledger::HeaderView<'_>, payload: Option<&[u8]>| {
        audits.entry(header.registry).or_default().entry(header, payload)
    };
    let keys = [key.clone()];
    let options = VerifyOptions { keys: &keys, held: &[], rule: Some(&mut rule) };
    verify_export_with(Cursor::new(export), options).map_err(|e| e.to_string())
}

/// What is found in an export, as text.
fn found(export: &str, key: &VerifierKey) -> Vec<String> {
    match verified(export.as_bytes(), key) {
        Ok(report) => report.findings.listed().iter().map(ToString::to_string).collect(),
        Err(why) => vec![why],
    }
}

/// The lines of an export with one of them changed.
fn with_line(export: &str, at: usize, change: impl FnOnce(&str) -> String) -> String {
    let mut lines: Vec<String> = export.lines().map(ToOwned::to_owned).collect();
    lines[at] = change(&lines[at]);
    lines.join("\n") + "\n"
}

/// Changes one bit in the middle of a field of an entry's line.
fn flipped(line: &str, field: usize) -> String {
    let mut fields: Vec<String> = line.split(' ').map(ToOwned::to_owned).collect();
    let mut bytes = STANDARD.decode(&fields[field]).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fields[field] = STANDARD.encode(bytes);
    fields.join(" ")
}

fn entries(export: &str) -> Vec<usize> {
    export.lines().enumerate().filter(|(_, l)| l.starts_with("e ")).map(|(n, _)| n).collect()
}

fn assert_found(what: &str, findings: &[String], words: &[&str]) {
    let named = findings.iter().any(|f| words.iter().all(|word| f.contains(word)));
    assert!(named, "{what}: nothing names {words:?} in {findings:?}");
    let first = findings.iter().find(|f| words.iter().all(|word| f.contains(word))).unwrap();
    println!("  {what}: {first}");
}

#[expect(clippy::disallowed_methods, reason = "measures how fast a ledger is verified")]
fn now() -> std::time::Instant {
    std::time::Instant::now()
}

fn rate(entries: u64, begun: std::time::Instant) -> String {
    format!("{:.0} entries/s", entries as f64 / begun.elapsed().as_secs_f64())
}

#[test]
#[ignore = "run by cargo xtask prove"]
fn verify_finds_a_good_ledger_good_and_each_way_of_touching_it() {
    run(async {
        for engine in engines().await {
            println!("{}", engine.name);
            let proven = built(&engine).await;
            let begun = now();
            let verified = proven.office.verify().await.unwrap();
            assert_eq!(verified.faults, Vec::<String>::new());
            let entries: u64 = verified.ledgers.iter().map(|l| l.entries).sum();
            println!(
                "  {entries} entries of {} ledgers from the tables: {}",
                verified.ledgers.len(),
                rate(entries, begun)
            );
            exports(&proven, entries).await;
            tables(&proven).await;
            proven.office.close().await;
            engine.give_back().await;
        }
    });
}

async fn exports(proven: &Proven, entries: u64) {
    let key =
        VerifierKey::parse(std::fs::read_to_string(proven.folder.public_key_file()).unwrap().trim()).unwrap();
    let mut texts = Vec::new();
    for (name, mode) in [("full", Mode::Full), ("proof", Mode::Proof)] {
        let file = proven.dir.path().join(format!("{name}.export"));
        assert_eq!(proven.office.export(&file, mode).await.unwrap(), entries);
        let text = std::fs::read_to_string(&file).unwrap();
        let begun = now();
        let report = verified(text.as_bytes(), &key).unwrap();
        assert!(report.is_sound(), "{:?}", report.findings.listed().first());
        assert_eq!(report.entries(), entries);
        println!("  {entries} entries from an export ({name}): {}", rate(entries, begun));
        texts.push(text);
    }
    let stranger = SigningKey::from_seed([9; 32], NAME).unwrap();
    assert!(
        !found(&texts[1], stranger.verifier_key()).is_empty(),
        "a stranger's key is no key of this house"
    );
    touched_exports(&texts[0], &texts[1], &key);
    forged(proven, &texts[0], &key);
}

fn touched_exports(full: &str, proof: &str, key: &VerifierKey) {
    let at = entries(full)[7];
    let payload = with_line(full, at, |line| flipped(line, 4));
    assert_found("a byte of a payload", &found(&payload, key), &["entry 7", "commitment"]);
    let salt = with_line(full, at, |line| flipped(line, 3));
    assert_found("a byte of a salt", &found(&salt, key), &["entry 7", "commitment"]);
    for (name, text) in [("full", full), ("proof", proof)] {
        let all = entries(text);
        let at = all[7];
        let header = with_line(text, at, |line| flipped(line, 1));
        assert_found(&format!("a byte of a header ({name})"), &found(&header, key), &["entry 7"]);
        // With the hash beside it made to fit, the tree still tells.
        let refitted = with_line(&header, at, |line| {
            let mut fields: Vec<String> = line.split(' ').map(ToOwned::to_owned).collect();
            let leaf = leaf_hash(&STANDARD.decode(&fields[1]).unwrap());
            fields[2] = registry::id::hex(&leaf[..4]);
            fields.join(" ")
        });
        assert_found(&format!("and its hash made to fit ({name})"), &found(&refitted, key), &["root"]);
        let mut lines: Vec<&str> = text.lines().collect();
        lines.remove(at);
        let deleted = lines.join("\n") + "\n";
        assert_found(&format!("an entry left out ({name})"), &found(&deleted, key), &["sequence 8 where 7"]);
        let mut lines: Vec<&str> = text.lines().collect();
        lines.swap(at, all[8]);
        let swapped = lines.join("\n") + "\n";
        assert_found(
            &format!("two entries changed about ({name})"),
            &found(&swapped, key),
            &["sequence 8 where 7"],
        );
        let size = text.lines().position(|l| l.starts_with('|')).unwrap() + 1;
        let edited = with_line(text, size, |line| {
            let number: u64 = line[1..].parse().unwrap();
            format!("|{}", number - 1)
        });
        assert_found(&format!("an edited checkpoint ({name})"), &found(&edited, key), &["sign"]);
        let cut = &text[..text.len() / 2];
        assert!(!found(cut, key).is_empty());
    }
}

/// One who has the key writes the ledger of the house anew, so that an officer confirms what he himself proposed:
/// hashes, tree and signature all fit, and the rule finds it.
fn forged(proven: &Proven, full: &str, key: &VerifierKey) {
    let root = read_key(&proven.folder.key_file()).unwrap();
    let signing = signing_key(&root, NAME).unwrap();
    let forged = rewritten(full, &signing);
    let findings = found(&forged, key);
    assert_eq!(findings.len(), 1, "all but the rule is made to fit: {findings:?}");
    assert_found("a confirmation by the one who proposed, signed anew", &findings, &["entry"]);
}

/// A ledger of an export: registry, origin, entries with salt and payload.
type Section = ([u8; 16], String, Vec<(Header, [u8; 32], Vec<u8>)>);

fn rewritten(full: &str, signing: &SigningKey) -> String {
    let mut reader = ExportReader::new(Cursor::new(full.as_bytes())).unwrap();
    let mut sections: Vec<Section> = Vec::new();
    while let Some(record) = reader.next_record().unwrap() {
        match record {
            Record::Ledger { registry, origin } => sections.push((registry, origin.to_owned(), Vec::new())),
            Record::Entry { header, body: Body::Payload { salt, payload }, .. } => {
                let header = Header::from_bytes(header).unwrap();
                sections.last_mut().unwrap().2.push((header, *salt, payload.to_vec()));
            }
            _ => {}
        }
    }
    let mut proposers = HashMap::new();
    let mut forged = false;
    let mut writer = ExportWriter::new(Vec::new(), Mode::Full).unwrap();
    for (registry, origin, entries) in sections {
        let mut frontier = Frontier::new();
        let mut time = None;
        let mut section = writer.ledger(registry, &origin).unwrap();
        for (mut header, salt, payload) in entries {
            match Entry::decode(&header.kind, header.version, &payload).unwrap().fact {
                Fact::AuthorisationProposed { authorisation, .. } => {
                    proposers.insert(authorisation, header.actor);
                }
                Fact::AuthorisationConfirmed { authorisation, .. } if !forged => {
                    header.actor = proposers[&authorisation];
                    forged = true;
                }
                _ => {}
            }
            header.commitment = commitment(&salt, &payload);
            let bytes = header.encode().unwrap();
            frontier.append(leaf_hash(&bytes));
            time = Some(header.time);
            section.entry(&bytes, Body::Payload { salt: &salt, payload: &payload }).unwrap();
        }
        let checkpoint = Checkpoint {
            origin: origin.clone(),
            size: frontier.size(),
            root: frontier.root(),
            time,
            extensions: Vec::new(),
        };
        let note: Note = checkpoint.sign(signing).unwrap();
        section.end(&note).unwrap();
    }
    assert!(forged, "the demo has a confirmation");
    String::from_utf8(writer.close().unwrap()).unwrap()
}

/// Rows of the ledger itself, edited by hand one after the other; each is named.
async fn tables(proven: &Proven) {
    let edits: [(&str, &'static str, &[&str]); 5] = [
        (
            "a payload in the tables",
            "UPDATE ledger_entry SET payload = salt WHERE sequence = 11 AND registry_id = (SELECT registry_id FROM installation)",
            &["entry 11", "commitment"],
        ),
        (
            "a header in the tables",
            "UPDATE ledger_entry SET header = (SELECT header FROM ledger_entry AS o WHERE o.sequence = 15 AND o.registry_id = ledger_entry.registry_id) WHERE sequence = 14 AND registry_id = (SELECT registry_id FROM installation)",
            &["entry 14"],
        ),
        (
            "a hash in the tables",
            "UPDATE ledger_entry SET leaf = salt WHERE sequence = 17 AND registry_id = (SELECT registry_id FROM installation)",
            &["entry 17", "hash"],
        ),
        (
            "an entry taken out of the tables",
            "DELETE FROM ledger_entry WHERE sequence = 20 AND registry_id = (SELECT registry_id FROM installation)",
            &["sequence 21 where 20"],
        ),
        (
            "an edited checkpoint in the tables",
            "UPDATE checkpoint SET note = REPLACE(note, 'headquarters', 'Headquarters')",
            &["checkpoint"],
        ),
    ];
    for (what, edit, words) in edits {
        proven.office.edit_by_hand(edit).await;
        let verified = proven.office.verify().await.unwrap();
        assert_found(what, &verified.faults, words);
    }
}
