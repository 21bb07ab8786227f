//! Owns one measurement: how many entries of an export are verified in a second. Prints, asserts nothing but soundness.

use std::error::Error;
use std::time::Instant;

use ledger::{
    Body, Checkpoint, ExportWriter, Frontier, Header, Mode, SigningKey, commitment, leaf_hash, verify_export,
};

const ENTRIES: u64 = 500_000;

fn main() -> Result<(), Box<dyn Error>> {
    let key = SigningKey::from_seed([7; 32], "registry.example/speed")?;
    let keys = [key.verifier_key().clone()];
    for mode in [Mode::Full, Mode::Proof] {
        let file = export(mode, &key)?;
        #[expect(clippy::disallowed_methods, reason = "a measurement needs the real clock")]
        let begin = Instant::now();
        let report = verify_export(file.as_slice(), &keys)?;
        let seconds = begin.elapsed().as_secs_f64();
        if !report.is_sound() {
            return Err("the export made here does not verify".into());
        }
        println!(
            "{mode:?}: {ENTRIES} entries, {} MB, verified in {seconds:.2} s: {:.0} entries/s",
            file.len() / 1_000_000,
            ENTRIES as f64 / seconds
        );
    }
    Ok(())
}

/// An export of one ledger with payloads of 300 bytes.
fn export(mode: Mode, key: &SigningKey) -> Result<Vec<u8>, Box<dyn Error>> {
    let origin = "registry.example/speed";
    let mut export = ExportWriter::new(Vec::new(), mode)?;
    let mut section = export.ledger([1; 16], origin)?;
    let mut tree = Frontier::new();
    for sequence in 0..ENTRIES {
        let (salt, payload) = (leaf_hash(&sequence.to_be_bytes()), [sequence as u8; 300]);
        let header = Header {
            registry: [1; 16],
            sequence,
            time: 1_700_000_000_000_000 + i64::try_from(sequence)?,
            actor: [2; 16],
            command: [3; 16],
            commitment: commitment(&salt, &payload),
            version: 1,
            kind: "document.registered",
        }
        .encode()?;
        tree.append(leaf_hash(&header));
        section.entry(&header, Body::Payload { salt: &salt, payload: &payload })?;
    }
    let checkpoint = Checkpoint {
        origin: origin.to_owned(),
        size: tree.size(),
        root: tree.root(),
        time: Some(1_800_000_000_000_000),
        extensions: Vec::new(),
    };
    section.end(&checkpoint.sign(key)?)?;
    Ok(export.close()?)
}
