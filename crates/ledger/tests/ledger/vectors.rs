//! Owns the tests against other people's proofs, those included that must fail. The vectors lie beside the project and
//! are no part of it.

use std::path::{Path, PathBuf};

use base64::{Engine, engine::general_purpose::STANDARD};
use ledger::{Hash, leaf_hash, verify_consistency, verify_inclusion};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Inclusion {
    leaf_idx: u64,
    tree_size: u64,
    root: String,
    leaf_hash: String,
    proof: Option<Vec<String>>,
    want_err: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Consistency {
    size1: u64,
    size2: u64,
    root1: String,
    root2: String,
    proof: Option<Vec<String>>,
    want_err: bool,
}

/// Our types hold 32 bytes only. The vectors also have roots of other lengths, cut, extended or "don't care": the hash
/// of such a value stands for it, which is equal to itself and to no root.
fn hash(text: &str) -> Hash {
    let bytes = STANDARD.decode(text).unwrap();
    bytes.as_slice().try_into().unwrap_or_else(|_| leaf_hash(&bytes))
}

fn hashes(proof: Option<Vec<String>>) -> Vec<Hash> {
    proof.unwrap_or_default().iter().map(|step| hash(step)).collect()
}

fn files(folder: &str) -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/merkle").join(folder);
    let mut found = Vec::new();
    let mut folders = vec![root];
    while let Some(folder) = folders.pop() {
        let Ok(listing) = std::fs::read_dir(&folder) else { continue };
        for path in listing.map(|item| item.unwrap().path()) {
            if path.is_dir() { folders.push(path) } else { found.push(path) }
        }
    }
    found.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
    if found.is_empty() {
        eprintln!("skipped: the {folder} vectors are not there (../shared/data/merkle)");
    }
    found
}

#[test]
fn inclusion_proofs_of_others_hold_or_fail_as_they_say() {
    for path in files("inclusion") {
        let case: Inclusion = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
        let (root, proof) = (hash(&case.root), hashes(case.proof));
        // A leaf hash of another length cannot even be asked about.
        let leaf: Option<Hash> = STANDARD.decode(&case.leaf_hash).unwrap().try_into().ok();
        let holds = leaf.is_some_and(|leaf| {
            verify_inclusion(&leaf, case.leaf_idx, case.tree_size, &proof, &root).is_ok()
        });
        assert_eq!(holds, !case.want_err, "{}", path.display());
    }
}

#[test]
fn consistency_proofs_of_others_hold_or_fail_as_they_say() {
    for path in files("consistency") {
        let case: Consistency = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
        let (old, new, proof) = (hash(&case.root1), hash(&case.root2), hashes(case.proof));
        let checked = verify_consistency(case.size1, case.size2, &old, &new, &proof);
        assert_eq!(checked.is_err(), case.want_err, "{}", path.display());
    }
}
