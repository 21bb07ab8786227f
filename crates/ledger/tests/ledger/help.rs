//! Owns a small ledger to test with. Must not test anything.

use ledger::*;

pub const REGISTRY: [u8; 16] = *b"registry of test";
pub const ORIGIN: &str = "registry.example/test";

/// An entry with its payload, as tables keep it.
#[derive(Clone)]
pub struct Entry {
    pub header: Vec<u8>,
    pub salt: [u8; 32],
    /// None when erased.
    pub payload: Option<Vec<u8>>,
}

impl Entry {
    pub fn body(&self) -> Body<'_> {
        match &self.payload {
            None => Body::Erased,
            Some(payload) => Body::Payload { salt: &self.salt, payload },
        }
    }
}

pub fn key() -> SigningKey {
    SigningKey::from_seed([7; 32], ORIGIN).unwrap()
}

pub fn keys() -> Vec<VerifierKey> {
    vec![key().verifier_key().clone()]
}

pub fn header(registry: [u8; 16], sequence: u64, salt: &[u8; 32], payload: &[u8]) -> Header {
    Header {
        registry,
        sequence,
        time: 1_763_761_200_000_000 + sequence as i64,
        actor: [0xaa; 16],
        command: [0xcc; 16],
        commitment: commitment(salt, payload),
        version: 1,
        kind: "document.registered".to_owned(),
    }
}

pub fn entries_of(registry: [u8; 16], count: u64) -> Vec<Entry> {
    (0..count)
        .map(|sequence| {
            let salt = leaf_hash(&sequence.to_be_bytes());
            let payload = format!("{{\"subject\":\"entry {sequence}\"}}").into_bytes();
            let header = header(registry, sequence, &salt, &payload).encode().unwrap();
            Entry { header, salt, payload: Some(payload) }
        })
        .collect()
}

pub fn entries(count: u64) -> Vec<Entry> {
    entries_of(REGISTRY, count)
}

pub fn checkpoint_of(origin: &str, entries: &[Entry]) -> Checkpoint {
    let leaves: Vec<Hash> = entries.iter().map(|entry| leaf_hash(&entry.header)).collect();
    Checkpoint {
        origin: origin.to_owned(),
        size: entries.len() as u64,
        root: root_of(&leaves),
        time: Some(1_763_761_300_000_000),
        extensions: Vec::new(),
    }
}

pub fn checkpoint(entries: &[Entry]) -> Checkpoint {
    checkpoint_of(ORIGIN, entries)
}

/// An export of several ledgers, each with the checkpoint given.
pub fn export_of(mode: Mode, ledgers: &[([u8; 16], &str, &[Entry], &Note)]) -> Vec<u8> {
    let mut export = ExportWriter::new(Vec::new(), mode).unwrap();
    for (registry, origin, entries, note) in ledgers {
        let mut section = export.ledger(*registry, origin).unwrap();
        for entry in *entries {
            section.entry(&entry.header, entry.body()).unwrap();
        }
        section.end(note).unwrap();
    }
    export.close().unwrap()
}

/// An export of one ledger, signed for what `signed` holds, which may differ from what is written.
pub fn export(mode: Mode, written: &[Entry], signed: &[Entry]) -> Vec<u8> {
    let note = checkpoint(signed).sign(&key()).unwrap();
    export_of(mode, &[(REGISTRY, ORIGIN, written, &note)])
}

pub fn unhex(digits: &str) -> Vec<u8> {
    (0..digits.len()).step_by(2).map(|at| u8::from_str_radix(&digits[at..at + 2], 16).unwrap()).collect()
}

pub fn hash(digits: &str) -> Hash {
    unhex(digits).try_into().unwrap()
}
