//! Owns the tests of the verifier: what it accepts, and that it names what was changed.

use ledger::*;
use proptest::prelude::*;

use crate::help::{
    Entry, ORIGIN, REGISTRY, checkpoint, checkpoint_of, entries, entries_of, export, export_of, key, keys,
};

fn faults(report: &Report) -> Vec<(Option<u64>, Fault)> {
    report.findings.listed().iter().map(|finding| (finding.sequence, finding.fault.clone())).collect()
}

/// The findings of an export in which `written` stands under a checkpoint of `signed`.
fn verify(mode: Mode, written: &[Entry], signed: &[Entry]) -> Vec<(Option<u64>, Fault)> {
    faults(&verify_export(export(mode, written, signed).as_slice(), &keys()).unwrap())
}

fn rewrite(entry: &mut Entry, change: impl FnOnce(&mut Header)) {
    let mut header = Header::from_bytes(&entry.header).unwrap();
    change(&mut header);
    entry.header = header.encode().unwrap();
}

#[test]
fn an_honest_export_is_sound() {
    for mode in [Mode::Full, Mode::Proof] {
        let mut entries = entries(40);
        entries[7].payload = None;
        let report = verify_export(export(mode, &entries, &entries).as_slice(), &keys()).unwrap();
        assert_eq!(faults(&report), []);
        let ledger = &report.ledgers[0];
        assert_eq!((ledger.entries, ledger.registry, ledger.origin.as_str()), (40, REGISTRY, ORIGIN));
        let checked = if mode == Mode::Full { (39, 1) } else { (0, 0) };
        assert_eq!((ledger.payloads, ledger.erased), checked);
        assert_eq!(ledger.checkpoint, Some(checkpoint(&entries)));
        assert_eq!(ledger.signers, [ORIGIN]);
    }
}

#[test]
fn an_empty_ledger_and_an_empty_installation_are_sound() {
    assert_eq!(verify(Mode::Full, &[], &[]), []);
    let report = verify_export(export_of(Mode::Proof, &[]).as_slice(), &keys()).unwrap();
    assert!(report.is_sound() && report.ledgers.is_empty());
}

#[test]
fn every_changed_payload_is_named_first_first() {
    let signed = entries(30);
    let mut written = signed.clone();
    for index in [17, 23] {
        written[index].payload.as_mut().unwrap()[3] ^= 1;
    }
    written[29].salt[0] ^= 1;
    let expected = [17, 23, 29].map(|index| (Some(index), Fault::Commitment));
    assert_eq!(verify(Mode::Full, &written, &signed), expected);
    let report = verify_export(export(Mode::Full, &written, &signed).as_slice(), &keys()).unwrap();
    let first = report.findings.listed()[0].to_string();
    let ledger = "ledger 7265676973747279206f662074657374";
    assert_eq!(first, format!("{ledger} entry 17 (line 20): payload does not match its commitment"));
}

#[test]
fn a_header_changed_with_its_check_breaks_the_root() {
    let signed = entries(10);
    let mut written = signed.clone();
    rewrite(&mut written[4], |header| header.actor = [0xbb; 16]);
    assert_eq!(verify(Mode::Full, &written, &signed), [(None, Fault::Root)]);
    assert_eq!(verify(Mode::Proof, &written, &signed), [(None, Fault::Root)]);
}

#[test]
fn a_damaged_header_is_named_by_the_hash_kept_beside_it() {
    let signed = entries(10);
    let mut changed = signed.clone();
    rewrite(&mut changed[4], |header| header.version = 2);
    let (good, bad) = (export(Mode::Proof, &signed, &signed), export(Mode::Proof, &changed, &signed));
    // The header of the one file with the check of the other: what a failing disk leaves.
    let lines: Vec<String> = std::str::from_utf8(&good)
        .unwrap()
        .lines()
        .zip(std::str::from_utf8(&bad).unwrap().lines())
        .map(|(good, bad)| match (good.rsplit_once(' '), bad.rsplit_once(' ')) {
            (Some((_, check)), Some((header, _))) if good.starts_with("e ") => format!("{header} {check}\n"),
            _ => format!("{good}\n"),
        })
        .collect();
    let report = verify_export(lines.concat().as_bytes(), &keys()).unwrap();
    assert_eq!(faults(&report), [(Some(4), Fault::LeafHash), (None, Fault::Root)]);
}

#[test]
fn a_missing_entry_is_one_finding_and_those_after_keep_their_names() {
    let signed = entries(30);
    let mut written = signed.clone();
    written.remove(17);
    written[22].payload = Some(b"other".to_vec());
    assert_eq!(
        verify(Mode::Full, &written, &signed),
        [
            (Some(17), Fault::Sequence { expected: 17, found: 18 }),
            (Some(23), Fault::Commitment),
            (None, Fault::Size { signed: 30, found: 29 }),
        ]
    );
}

#[test]
fn a_damaged_sequence_is_one_finding() {
    let signed = entries(30);
    let mut written = signed.clone();
    rewrite(&mut written[17], |header| header.sequence ^= 1 << 40);
    let found = 17 ^ (1 << 40);
    let expected = [(Some(17), Fault::Sequence { expected: 17, found }), (None, Fault::Root)];
    assert_eq!(verify(Mode::Proof, &written, &signed), expected);
}

#[test]
fn swapped_doubled_and_cut_entries_are_found() {
    let signed = entries(6);
    let mut swapped = signed.clone();
    swapped.swap(2, 3);
    assert!(
        verify(Mode::Proof, &swapped, &signed)
            .contains(&(Some(2), Fault::Sequence { expected: 2, found: 3 }))
    );
    let mut doubled = signed.clone();
    doubled.insert(3, doubled[2].clone());
    assert!(
        verify(Mode::Proof, &doubled, &signed)
            .contains(&(Some(3), Fault::Sequence { expected: 3, found: 2 }))
    );
    assert_eq!(verify(Mode::Proof, &signed[..5], &signed), [(None, Fault::Size { signed: 6, found: 5 })]);
}

#[test]
fn entries_that_are_wrong_though_signed_are_named() {
    let mut written = entries(6);
    rewrite(&mut written[2], |header| header.registry = [9; 16]);
    rewrite(&mut written[4], |header| header.time -= 2);
    let (previous, found) = (1_763_761_200_000_003, 1_763_761_200_000_002);
    let expected =
        [(Some(2), Fault::Registry { found: [9; 16] }), (Some(4), Fault::TimeWentBack { previous, found })];
    assert_eq!(verify(Mode::Full, &written, &written), expected);
    let mut garbled = entries(3);
    garbled[1].header[0] = b'X';
    assert_eq!(verify(Mode::Full, &garbled, &garbled)[0], (Some(1), Fault::Header(HeaderError::Magic)));
}

#[test]
fn a_checkpoint_of_a_stranger_or_of_another_ledger_is_refused() {
    let entries = entries(4);
    let stranger = SigningKey::from_seed([8; 32], ORIGIN).unwrap();
    let note = checkpoint(&entries).sign(&stranger).unwrap();
    let file = export_of(Mode::Proof, &[(REGISTRY, ORIGIN, &entries, &note)]);
    let report = verify_export(file.as_slice(), &keys()).unwrap();
    assert_eq!(faults(&report), [(None, Fault::Note(NoteError::UnknownSigners))]);
    assert_eq!(report.ledgers[0].checkpoint, None, "what nobody known has signed is not reported as signed");
    let note = checkpoint_of("registry.example/other", &entries).sign(&key()).unwrap();
    let file = export_of(Mode::Proof, &[(REGISTRY, ORIGIN, &entries, &note)]);
    let found = faults(&verify_export(file.as_slice(), &keys()).unwrap());
    assert_eq!(found, [(None, Fault::Origin { found: "registry.example/other".to_owned() })]);
}

#[test]
fn several_ledgers_are_verified_each_by_itself() {
    let (first, second) = (entries(5), entries_of([2; 16], 7));
    let mut changed = second.clone();
    changed[6].payload = Some(Vec::new());
    let notes = [
        checkpoint(&first).sign(&key()).unwrap(),
        checkpoint_of("registry.example/second", &second).sign(&key()).unwrap(),
    ];
    let sections: [([u8; 16], &str, &[Entry], &Note); 2] =
        [(REGISTRY, ORIGIN, &first, &notes[0]), ([2; 16], "registry.example/second", &changed, &notes[1])];
    let report = verify_export(export_of(Mode::Full, &sections).as_slice(), &keys()).unwrap();
    assert_eq!(report.entries(), 12);
    assert_eq!(faults(&report), [(Some(6), Fault::Commitment)]);
    assert_eq!(report.findings.listed()[0].registry, Some([2; 16]));
    assert_eq!(report.ledgers.iter().map(|ledger| ledger.findings).collect::<Vec<_>>(), [0, 1]);
    let twice = [sections[0], sections[0]];
    let report = verify_export(export_of(Mode::Full, &twice).as_slice(), &keys()).unwrap();
    assert_eq!(faults(&report), [(None, Fault::Repeated)]);
}

#[test]
fn a_checkpoint_from_the_safe_reveals_an_old_a_rewritten_and_a_missing_ledger() {
    let today = entries(20);
    let held = [checkpoint(&today[..8]), checkpoint(&[]), checkpoint(&today)];
    let with = |file: &[u8], held: &[Checkpoint]| {
        verify_export_with(file, VerifyOptions { keys: &keys(), held, rule: None }).unwrap()
    };
    let report = with(&export(Mode::Proof, &today, &today), &held);
    assert_eq!((faults(&report), report.ledgers[0].confirmed), (vec![], 3));
    let old = &today[..12];
    assert_eq!(faults(&with(&export(Mode::Proof, old, old), &held)), [(None, Fault::Shortened { size: 20 })]);
    let mut other = today.clone();
    rewrite(&mut other[3], |header| header.actor = [1; 16]);
    let report = with(&export(Mode::Proof, &other, &other), &held[..1]);
    assert_eq!(faults(&report), [(None, Fault::Rewritten { size: 8 })]);
    let report = with(&export_of(Mode::Proof, &[]), &held[..1]);
    assert_eq!(faults(&report), [(None, Fault::Missing { origin: ORIGIN.to_owned() })]);
}

#[test]
fn a_rule_sees_every_good_or_erased_payload_and_names_its_entries() {
    let signed = entries(6);
    let mut written = signed.clone();
    written[1].payload = None;
    written[2].payload = Some(b"changed".to_vec());
    let mut seen = Vec::new();
    let mut rule = |header: &HeaderView<'_>, payload: Option<&[u8]>| {
        seen.push((header.sequence, payload.is_some()));
        if header.sequence == 4 { Err("x".repeat(1_000)) } else { Ok(()) }
    };
    let file = export(Mode::Full, &written, &signed);
    let options = VerifyOptions { keys: &keys(), held: &[], rule: Some(&mut rule) };
    let report = verify_export_with(file.as_slice(), options).unwrap();
    let words = Fault::Rule(format!("{}…", "x".repeat(300)));
    assert_eq!(faults(&report), [(Some(2), Fault::Commitment), (Some(4), words)]);
    assert_eq!(seen, [(0, true), (1, false), (3, true), (4, true), (5, true)]);
}

#[test]
fn entries_from_tables_are_verified_one_by_one() {
    let signed = entries(9);
    let leaves: Vec<Hash> = signed.iter().map(|entry| leaf_hash(&entry.header)).collect();
    let mut changed = signed.clone();
    rewrite(&mut changed[5], |header| header.command = [0; 16]);
    for (table, expected) in
        [(&signed, vec![]), (&changed, vec![(Some(5), Fault::LeafHash), (None, Fault::Root)])]
    {
        let mut count = 0;
        let mut verifier = Verifier::new(REGISTRY, ORIGIN).with_rule(|_, _| {
            count += 1;
            Ok(())
        });
        for (entry, leaf) in table.iter().zip(&leaves) {
            verifier.push(&entry.header, entry.body(), Some(leaf));
        }
        let (report, findings) = verifier.finish(&checkpoint(&signed));
        let found: Vec<_> = findings.listed().iter().map(|f| (f.sequence, f.fault.clone())).collect();
        assert_eq!((found, report.entries, count), (expected, 9, 9));
    }
}

#[test]
fn findings_are_bounded_and_counted() {
    let signed = entries(1_500);
    let mut written = signed.clone();
    for entry in &mut written {
        entry.payload = Some(Vec::new());
    }
    let report = verify_export(export(Mode::Full, &written, &signed).as_slice(), &keys()).unwrap();
    assert_eq!((report.findings.listed().len(), report.findings.total()), (MAX_FINDINGS, 1_500));
}

#[test]
fn an_export_cut_at_any_byte_is_never_sound() {
    let entries = entries(3);
    let file = export(Mode::Full, &entries, &entries);
    for length in 0..file.len() {
        let sound = verify_export(&file[..length], &keys()).is_ok_and(|report| report.is_sound());
        assert!(!sound, "cut to {length}");
    }
    let longer = [file.as_slice(), b"\n"].concat();
    assert!(!verify_export(longer.as_slice(), &keys()).unwrap().is_sound());
}

#[test]
fn any_flipped_bit_of_an_export_is_found_and_in_an_entry_named() {
    let entries = entries(5);
    let file = export(Mode::Full, &entries, &entries);
    let mut line = 1;
    for at in 0..file.len() {
        for bit in 0..8 {
            let mut changed = file.clone();
            changed[at] ^= 1 << bit;
            let Ok(report) = verify_export(changed.as_slice(), &keys()) else { continue };
            assert!(!report.is_sound(), "byte {at} bit {bit}");
            let named = report
                .findings
                .listed()
                .iter()
                .any(|f| f.line == Some(line) && f.sequence == line.checked_sub(3));
            assert!(named || !(3..8).contains(&line), "byte {at} bit {bit} of line {line}: {report:?}");
        }
        line += u64::from(file[at] == b'\n');
    }
}

proptest! {
    #[test]
    fn an_honest_ledger_of_any_size_is_sound(size in 0u64..150, erased in prop::collection::vec(0usize..150, 0..5)) {
        let mut entries = entries(size);
        for index in erased {
            if let Some(entry) = entries.get_mut(index) {
                entry.payload = None;
            }
        }
        prop_assert_eq!(verify(Mode::Full, &entries, &entries), []);
    }
}
