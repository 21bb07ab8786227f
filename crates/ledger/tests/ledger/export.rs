//! Owns the tests of the export file as a text: how it is written and what a reader makes of it.

use std::io::{BufReader, Read};

use ledger::*;
use proptest::prelude::*;

use crate::help::{ORIGIN, REGISTRY, checkpoint, checkpoint_of, entries, export, export_of, key, keys};

#[test]
fn an_export_is_the_text_that_the_format_describes() {
    let mut entries = entries(2);
    entries[1].payload = None;
    let text = String::from_utf8(export(Mode::Full, &entries, &entries)).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines[0], "chancery-export 1 full");
    assert_eq!(lines[1], "ledger 7265676973747279206f662074657374 registry.example/test");
    assert_eq!(lines[2].split(' ').count(), 5);
    assert!(lines[2].starts_with("e Q0xFM") && lines[3].ends_with(" -"));
    assert_eq!(&lines[4..6], ["|registry.example/test", "|2"]);
    assert_eq!(lines[7], "|time 1763761300000000");
    assert_eq!(lines[8], "|");
    assert!(lines[9].starts_with("|\u{2014} registry.example/test "));
    assert_eq!(&lines[10..], ["end 2", "close 1"]);
}

/// Three entries, the second erased, and an empty ledger; cosigned by a witness.
fn golden(mode: Mode) -> Vec<u8> {
    let mut entries = entries(3);
    entries[1].payload = None;
    let mut note = checkpoint(&entries).sign(&key()).unwrap();
    note.cosign(&SigningKey::from_seed([9; 32], "witness.example/w1").unwrap()).unwrap();
    let empty = checkpoint_of("registry.example/empty", &[]).sign(&key()).unwrap();
    export_of(mode, &[(REGISTRY, ORIGIN, &entries, &note), ([0; 16], "registry.example/empty", &[], &empty)])
}

/// Files of every version ever written must stay readable, so these are never made anew: a new format has new files.
#[test]
fn the_golden_exports_are_written_and_verified_as_on_the_first_day() {
    let full: &[u8] = include_bytes!("../golden/export-1-full.txt");
    let proof: &[u8] = include_bytes!("../golden/export-1-proof.txt");
    let key = "registry.example/test+2a023652+AepKbGPinFIKvvVQexMuxfmVR3auvr57kkIe6mkURtIs";
    for (mode, file) in [(Mode::Full, full), (Mode::Proof, proof)] {
        assert_eq!(golden(mode), file);
        assert!(verify_export(file, &[VerifierKey::parse(key).unwrap()]).unwrap().is_sound());
    }
}

#[test]
fn a_proof_holds_neither_payload_nor_salt() {
    let entries = entries(3);
    let text = String::from_utf8(export(Mode::Proof, &entries, &entries)).unwrap();
    assert!(text.lines().filter(|line| line.starts_with("e ")).all(|line| line.split(' ').count() == 3));
}

#[test]
fn what_is_written_is_read_again() {
    let entries = entries(3);
    let file = export(Mode::Full, &entries, &entries);
    let mut reader = ExportReader::new(file.as_slice()).unwrap();
    assert_eq!(reader.mode(), Mode::Full);
    assert_eq!(reader.next_record().unwrap(), Some(Record::Ledger { registry: REGISTRY, origin: ORIGIN }));
    for entry in &entries {
        let Some(Record::Entry { header, body, .. }) = reader.next_record().unwrap() else {
            panic!("an entry")
        };
        assert_eq!((header, body), (entry.header.as_slice(), entry.body()));
    }
    let note = checkpoint(&entries).sign(&key()).unwrap().to_string();
    assert_eq!(reader.next_record().unwrap(), Some(Record::Checkpoint(note.as_bytes())));
    assert_eq!(reader.next_record().unwrap(), Some(Record::End { declared: 3, found: 3 }));
    assert_eq!(reader.next_record().unwrap(), Some(Record::Close { declared: 1, found: 1 }));
    assert_eq!(reader.next_record().unwrap(), None);
}

#[test]
fn the_writer_refuses_what_a_reader_would() {
    let entry = entries(1).remove(0);
    let mut export = ExportWriter::new(Vec::new(), Mode::Full).unwrap();
    assert!(matches!(export.ledger(REGISTRY, "two\nlines"), Err(WriteError::Origin)));
    let mut section = export.ledger(REGISTRY, ORIGIN).unwrap();
    assert!(matches!(section.entry(&entry.header, Body::HeaderOnly), Err(WriteError::Payload)));
    assert!(matches!(section.entry(&[0; 168], Body::Erased), Err(WriteError::TooLong)));
    let payload = vec![0; MAX_PAYLOAD + 1];
    let body = Body::Payload { salt: &entry.salt, payload: &payload };
    assert!(matches!(section.entry(&entry.header, body), Err(WriteError::TooLong)));
}

#[test]
fn the_largest_payload_passes_and_an_empty_one() {
    for length in [0, MAX_PAYLOAD] {
        let (salt, payload) = ([3; 32], vec![b'x'; length]);
        let header = crate::help::header(REGISTRY, 0, &salt, &payload).encode().unwrap();
        let entries = [crate::help::Entry { header, salt, payload: Some(payload) }];
        let file = export(Mode::Full, &entries, &entries);
        assert!(verify_export(file.as_slice(), &keys()).unwrap().is_sound());
    }
}

#[test]
fn a_line_without_end_takes_no_more_memory_than_the_longest_line() {
    let endless = b"chancery-export 1 full\n".chain(std::io::repeat(b'e'));
    let mut reader = ExportReader::new(BufReader::new(endless)).unwrap();
    assert!(matches!(reader.next_record(), Err(ExportError::TooLong { line: 2 })));
    let no_export = BufReader::new(std::io::repeat(b'x'));
    assert!(matches!(ExportReader::new(no_export), Err(ExportError::NotAnExport)));
}

#[test]
fn a_note_without_end_is_refused() {
    let mut file = b"chancery-export 1 full\nledger 7265676973747279206f662074657374 o\n".to_vec();
    file.extend_from_slice(&b"|\n".repeat(MAX_NOTE + 1));
    let mut reader = ExportReader::new(file.as_slice()).unwrap();
    reader.next_record().unwrap();
    assert!(matches!(reader.next_record(), Err(ExportError::TooLong { .. })));
}

proptest! {
    #[test]
    fn hostile_files_never_panic_and_never_verify(
        lines in prop::collection::vec("(e |\\||end |close |ledger |-|=|[a-f0-9]{8}|[ -~é]){0,20}", 0..12)
    ) {
        let file = format!("chancery-export 1 full\n{}", lines.concat());
        prop_assert!(!verify_export(file.as_bytes(), &keys()).unwrap().is_sound());
        let file = format!("chancery-export 1 proof\nledger {} o\n{}\n", "0".repeat(32), lines.join("\n"));
        prop_assert!(!verify_export(file.as_bytes(), &keys()).unwrap().is_sound());
    }
}
