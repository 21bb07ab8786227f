//! Owns the tests of keys, signed notes and checkpoints, with the examples of the C2SP texts.

use ledger::*;
use proptest::prelude::*;

use crate::help::{ORIGIN, checkpoint, entries, key, keys};

/// The example of c2sp.org/tlog-checkpoint.
const C2SP_CHECKPOINT: &str = "example.com/behind-the-sofa\n20852163\n\
    CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n\
    \u{2014} example.com/behind-the-sofa \
    Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n";

/// The key and the note with which Go's `sumdb/note` documents itself: made by another implementation.
const OTHERS_KEY: &str = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
const OTHERS_NOTE: &str = "If you think cryptography is the answer to your problem,\n\
    then you don't know what your problem is.\n\n\
    \u{2014} PeterNeumann \
    x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";

fn signed() -> Note {
    checkpoint(&entries(5)).sign(&key()).unwrap()
}

#[test]
fn the_checkpoint_of_the_c2sp_text_is_read_and_written_alike() {
    let note = Note::parse(C2SP_CHECKPOINT).unwrap();
    assert_eq!(note.to_string(), C2SP_CHECKPOINT);
    assert_eq!(note.signatures()[0].id, [0x03, 0x3d, 0xe0, 0xae]);
    assert_eq!(note.signatures()[0].bytes.len(), 64);
    let checkpoint = Checkpoint::parse(note.unverified_text()).unwrap();
    assert_eq!((checkpoint.origin.as_str(), checkpoint.size), ("example.com/behind-the-sofa", 20_852_163));
    assert_eq!(checkpoint.time, None);
    assert_eq!(checkpoint.to_text().unwrap(), note.unverified_text());
    assert_eq!(note.verify(&keys()), Err(NoteError::UnknownSigners));
}

#[test]
fn a_text_may_hold_empty_lines_as_in_the_c2sp_text() {
    let text = "Ognuno sta solo sul cuor della terra\ntrafitto da un raggio di sole:\n\ned è subito sera.\n";
    let line = "\u{2014} quasimodo.example/salvatore \
        NnugSzTjtVAewIS+Z/iJhUPeFDkO/5QQ2i5ddnGITLlC+EhfLW9oJKONrMouFSQU0xMcXxj99ihAQwaqP3ZekRwNtIc=\n";
    let note = Note::parse(&format!("{text}\n{line}")).unwrap();
    assert_eq!(note.unverified_text(), text);
    assert_eq!(note.signatures()[0].name, "quasimodo.example/salvatore");
}

#[test]
fn the_signature_of_another_implementation_holds() {
    let key = VerifierKey::parse(OTHERS_KEY).unwrap();
    assert_eq!(key.to_string(), OTHERS_KEY);
    let note = Note::parse(OTHERS_NOTE).unwrap();
    let known = [key.clone()];
    assert_eq!(note.signers(&known), Ok(vec![&key]));
    let changed = Note::parse(&OTHERS_NOTE.replace("answer", "cause")).unwrap();
    assert_eq!(changed.signers(&known), Err(NoteError::Signature { name: "PeterNeumann".to_owned() }));
    let not_a_checkpoint = NoteError::Checkpoint(CheckpointError::Lines);
    assert_eq!(note.verify(&known), Err(not_a_checkpoint));
}

#[test]
fn a_checkpoint_survives_signing_printing_and_reading() {
    let note = Note::parse(&signed().to_string()).unwrap();
    assert_eq!(note, signed());
    assert_eq!(note.verify(&keys()), Ok(checkpoint(&entries(5))));
    let key = VerifierKey::parse(&key().verifier_key().to_string()).unwrap();
    assert_eq!(vec![key], keys());
}

#[test]
fn cosignatures_are_kept_and_passed_over_until_their_key_is_known() {
    let witness = SigningKey::from_seed([9; 32], "witness.example/w1").unwrap();
    let mut note = signed();
    note.cosign(&witness).unwrap();
    note.cosign(&witness).unwrap();
    let read = Note::parse(&note.to_string()).unwrap();
    assert_eq!(read.signatures().len(), 2);
    assert!(read.verify(&keys()).is_ok());
    let both = [keys(), vec![witness.verifier_key().clone()]].concat();
    assert_eq!(read.signers(&both).unwrap().len(), 2);
    // The same name with another key is an unknown signer, not a wrong signature.
    let namesake = SigningKey::from_seed([10; 32], ORIGIN).unwrap();
    assert_eq!(read.verify(&[namesake.verifier_key().clone()]), Err(NoteError::UnknownSigners));
}

#[test]
fn one_wrong_signature_of_a_known_key_refuses_the_note() {
    let other = SigningKey::from_seed([9; 32], "witness.example/w1").unwrap();
    let elsewhere = checkpoint(&entries(4)).sign(&other).unwrap().to_string();
    let stolen = elsewhere.lines().last().unwrap();
    let note = Note::parse(&format!("{}{stolen}\n", signed())).unwrap();
    assert!(note.verify(&keys()).is_ok(), "unknown, so passed over");
    let both = [keys(), vec![other.verifier_key().clone()]].concat();
    assert_eq!(note.verify(&both), Err(NoteError::Signature { name: "witness.example/w1".to_owned() }));
}

#[test]
fn notes_that_are_not_well_formed_are_refused() {
    let good = signed().to_string();
    let (text, line) = good.split_once("\n\n").unwrap();
    for (bad, why) in [
        (String::new(), NoteError::Form),
        (text.to_owned(), NoteError::Form),
        (format!("{text}\n{line}"), NoteError::Form),
        (good.trim_end().to_owned(), NoteError::Form),
        (format!("{text}\n\n\n"), NoteError::Form),
        (good.replace('\n', "\r\n"), NoteError::Control),
        (good.replace("test", "te\u{0}st"), NoteError::Control),
        (good.replace('\u{2014}', "-"), NoteError::SignatureLine),
        (format!("{good}{}", line.replace("= ", "=")).replace("=\n", "\n"), NoteError::SignatureLine),
        (format!("{good}\u{2014} a+b AAAAAAA=\n"), NoteError::SignatureLine),
        (format!("{good}\u{2014} a AAAAAA==\n"), NoteError::SignatureLine),
        (format!("{good}\u{2014} a b AAAAAAA=\n"), NoteError::SignatureLine),
        (format!("{good}{}", "\u{2014} a AAAAAAA=\n".repeat(64)), NoteError::TooManySignatures),
        (format!("{}{good}", "x\n".repeat(MAX_NOTE / 2)), NoteError::TooLong),
    ] {
        assert_eq!(Note::parse(&bad), Err(why), "{}", bad.chars().take(300).collect::<String>());
    }
    assert!(Note::parse(&format!("{good}{}", "\u{2014} a AAAAAAA=\n".repeat(63))).is_ok());
}

#[test]
fn keys_that_are_not_well_formed_are_refused() {
    let good = key().verifier_key().to_string();
    let (name, rest) = good.split_once('+').unwrap();
    let (id, bytes) = rest.split_once('+').unwrap();
    for (bad, why) in [
        (String::new(), KeyError::Form),
        (name.to_owned(), KeyError::Form),
        (format!("{name}+{id}"), KeyError::Form),
        (format!("{name}+{id}+{}", &bytes[..40]), KeyError::Form),
        (format!("{name}+{id}+{}", bytes.repeat(3)), KeyError::Form),
        (format!("+{id}+{bytes}"), KeyError::Name),
        (format!("a b+{id}+{bytes}"), KeyError::Name),
        (format!("other+{id}+{bytes}"), KeyError::Hash),
        (format!("{name}+{}+{bytes}", id.to_uppercase()), KeyError::Hash),
        (format!("{name}+{id}+{}", bytes.replacen('A', "B", 1)), KeyError::Algorithm),
        (format!("{name}+{id}+AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"), KeyError::Point),
    ] {
        assert_eq!(VerifierKey::parse(&bad), Err(why), "{bad}");
    }
    assert_eq!(SigningKey::from_seed([1; 32], "a+b").map(|_| ()).unwrap_err(), KeyError::Name);
    assert!(!format!("{:?}", key()).contains("secret"));
}

#[test]
fn texts_that_are_no_checkpoints_are_refused() {
    let root = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=";
    for (bad, why) in [
        (String::new(), CheckpointError::Lines),
        (format!("o\n1\n{root}"), CheckpointError::Lines),
        ("o\n1\n".to_owned(), CheckpointError::Lines),
        (format!("\n1\n{root}\n"), CheckpointError::Origin),
        (format!("o\n01\n{root}\n"), CheckpointError::Size),
        (format!("o\n+1\n{root}\n"), CheckpointError::Size),
        (format!("o\n-1\n{root}\n"), CheckpointError::Size),
        (format!("o\n18446744073709551616\n{root}\n"), CheckpointError::Size),
        ("o\n1\nCsUYapGGPo4=\n".to_owned(), CheckpointError::Root),
        (format!("o\n1\n{}\n", root.trim_end_matches('=')), CheckpointError::Root),
        (format!("o\n1\n{root}\n\n"), CheckpointError::Lines),
        (format!("o\n1\n{root}\ntime 01\n"), CheckpointError::Time),
        (format!("o\n1\n{root}\ntime 1\ntime 1\n"), CheckpointError::Time),
        (format!("o\n1\n{root}\n{}", "x\n".repeat(17)), CheckpointError::Lines),
    ] {
        assert_eq!(Checkpoint::parse(&bad), Err(why), "{bad:?}");
    }
    let two_lines = Checkpoint { origin: "a\n1".to_owned(), ..checkpoint(&entries(1)) };
    assert!(two_lines.sign(&key()).is_err(), "an origin must not forge further lines");
    let disguised =
        Checkpoint { time: None, extensions: vec!["time 5".to_owned()], ..checkpoint(&entries(1)) };
    assert!(disguised.sign(&key()).is_err());
}

proptest! {
    #[test]
    fn any_changed_character_of_a_signed_text_is_noticed(at in 0usize..80, with in "[ -~]") {
        let note = signed().to_string();
        let end = note.find("\n\n").unwrap();
        let at = at % end;
        let changed = format!("{}{with}{}", &note[..at], &note[at + 1..]);
        prop_assume!(changed != note);
        let verified = Note::parse(&changed).and_then(|note| note.verify(&keys()));
        prop_assert!(verified.is_err());
    }

    #[test]
    fn hostile_texts_never_panic(text in "(\\PC|\n|\u{2014} |=|\\+){0,80}") {
        let _ = Note::parse(&text);
        let _ = VerifierKey::parse(&text);
        let _ = Checkpoint::parse(&text);
        if let Ok(note) = Note::parse(&text) {
            prop_assert_eq!(note.to_string(), text);
        }
    }
}
