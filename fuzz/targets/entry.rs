//! An entry of a ledger: its header, its payload, and an export of a ledger. The first byte says which. Exactly one sequence of
//! bytes is a header; a payload that is read is written and read again as it was; an export is verified or no export.
#![no_main]

use std::io::Cursor;

use ledger::{Checkpoint, Header, HeaderView, Note, verify_export};
use libfuzzer_sys::fuzz_target;
use registry::fact::{Entry, Fact};

fuzz_target!(|bytes: &[u8]| {
    let Some((which, rest)) = bytes.split_first() else { return };
    match which % 4 {
        0 => {
            let Ok(header) = HeaderView::decode(rest) else { return };
            assert_eq!(header.encode().expect("what was read is well formed"), rest);
            assert_eq!(Header::from_bytes(rest).expect("the same").encode().expect("the same"), rest);
        }
        1 => {
            // The kind stands on a line before the payload.
            let Some(at) = rest.iter().position(|byte| *byte == b'\n') else { return };
            let (kind, payload) = (String::from_utf8_lossy(&rest[..at]), &rest[at + 1..]);
            let Some((kind, version)) = Fact::KINDS.iter().find(|(known, _)| *known == kind) else { return };
            let Ok(entry) = Entry::decode(kind, *version, payload) else { return };
            let (again, newest, written) = entry.encode().expect("what was read can be written");
            assert_eq!(again, *kind);
            assert_eq!(Entry::decode(again, newest, &written).expect("what we write we read"), entry);
        }
        2 => {
            let _ = verify_export(Cursor::new(rest), &[]);
        }
        _ => {
            let Ok(text) = std::str::from_utf8(rest) else { return };
            let _ = Note::parse(text);
            if let Ok(checkpoint) = Checkpoint::parse(text) {
                assert_eq!(
                    checkpoint.to_text().expect("what was read can be written"),
                    text,
                    "exactly one text is a checkpoint"
                );
            }
        }
    }
});
