//! Owns the tests of the Merkle tree against figures of a second implementation, and its properties.

use ledger::*;
use proptest::prelude::*;

use crate::help::hash;

fn leaves(count: u64) -> Vec<Hash> {
    (0..count).map(|index| leaf_hash(&[index as u8])).collect()
}

fn hashes(digits: &[&str]) -> Vec<Hash> {
    digits.iter().map(|digits| hash(digits)).collect()
}

#[test]
fn roots_are_those_of_the_second_implementation() {
    for (size, root) in [
        (0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        (1, "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7"),
        (2, "a20bf9a7cc2dc8a08f5f415a71b19f6ac427bab54d24eec868b5d3103449953a"),
        (3, "3b6cccd7e3e023ff393006f030315ee7ad9eb111b022b41fba7e5b7a3973f688"),
        (7, "3560191803028444b232018ac047fdb561c09c23a7a6876c85e08b5e4d48e9f3"),
        (8, "ef7f49b620f6c7ea9b963a214da34b5021c6ded8ed57734380a311ab726aa907"),
        (13, "df5ee130e5a247600d190c31074458de3c0dc58f0b0d8a6a2b3dd4fd7e569501"),
    ] {
        assert_eq!(root_of(&leaves(size)), hash(root), "size {size}");
    }
}

#[test]
fn proofs_are_those_of_the_second_implementation() {
    let leaves = leaves(13);
    let of_six = hashes(&[
        "2ecd8a6b7d2845546659ad4cf443533cf921b19dc81fa83934e83821b4dfdcb7",
        "4b8c129ed14cce2c08cfc6766db7f8cdb133b5f698b8de3d5890ea7ff7f0a8d1",
        "9bcd51240af4005168f033121ba85be5a6ed4f0e6a5fac262066729b8fbfdecb",
        "cc7376d91fe7b67209b305915b21ab4a0f0070b40582c74ec402e8074912a51d",
    ]);
    let of_twelve = hashes(&[
        "4e2757c82865d7d2cc00fed50a28e94713285335d78cd6f31d3fe84f11ae0e66",
        "ef7f49b620f6c7ea9b963a214da34b5021c6ded8ed57734380a311ab726aa907",
    ]);
    let from_six = hashes(&[
        "4b8c129ed14cce2c08cfc6766db7f8cdb133b5f698b8de3d5890ea7ff7f0a8d1",
        "bbb0feb32f648c73fe170518bcec1f675af1b780dc23d6fbf30b745c1ca5fa11",
        "9bcd51240af4005168f033121ba85be5a6ed4f0e6a5fac262066729b8fbfdecb",
        "cc7376d91fe7b67209b305915b21ab4a0f0070b40582c74ec402e8074912a51d",
    ]);
    assert_eq!(inclusion_proof(&leaves, 6, 13), Ok(of_six));
    assert_eq!(inclusion_proof(&leaves, 12, 13), Ok(of_twelve));
    assert_eq!(consistency_proof(&leaves, 6, 13), Ok(from_six));
}

#[test]
fn every_proof_of_small_trees_holds_and_only_there() {
    let leaves = leaves(20);
    let roots: Vec<Hash> = (0..=20).map(|size| root_of(&leaves[..size])).collect();
    for size in 1..=20u64 {
        let root = &roots[size as usize];
        for index in 0..size {
            let leaf = &leaves[index as usize];
            let proof = inclusion_proof(&leaves, index, size).unwrap();
            assert_eq!(verify_inclusion(leaf, index, size, &proof, root), Ok(()));
            for other in (0..=size).filter(|other| *other != index) {
                assert!(
                    verify_inclusion(leaf, other, size, &proof, root).is_err(),
                    "{index} as {other} of {size}"
                );
            }
        }
        for first in 1..=size {
            let proof = consistency_proof(&leaves, first, size).unwrap();
            let old = &roots[first as usize];
            assert_eq!(verify_consistency(first, size, old, root, &proof), Ok(()));
            for other in (0..=size + 1).filter(|other| *other != first) {
                assert!(
                    verify_consistency(other, size, old, root, &proof).is_err(),
                    "{first} as {other} to {size}"
                );
            }
        }
    }
}

#[test]
fn proofs_that_cannot_be_are_not_made() {
    let leaves = leaves(4);
    assert_eq!(inclusion_proof(&leaves, 4, 4), Err(RangeError::Index { index: 4, size: 4 }));
    assert_eq!(inclusion_proof(&leaves, 0, 0), Err(RangeError::Index { index: 0, size: 0 }));
    assert_eq!(inclusion_proof(&leaves, 0, 9), Err(RangeError::Leaves));
    assert_eq!(consistency_proof(&leaves, 0, 4), Err(RangeError::Sizes { first: 0, second: 4 }));
    assert_eq!(consistency_proof(&leaves, 3, 2), Err(RangeError::Sizes { first: 3, second: 2 }));
    assert!(inclusion_ranges(0, u64::MAX).is_err());
    assert_eq!(inclusion_ranges(MAX_SIZE - 1, MAX_SIZE).unwrap().len(), 62);
    assert!(verify_inclusion(&leaves[0], u64::MAX - 1, u64::MAX, &leaves, &leaves[0]).is_err());
    assert!(verify_consistency(1, u64::MAX, &leaves[0], &leaves[0], &leaves).is_err());
}

#[test]
fn a_frontier_of_the_wrong_length_is_refused() {
    let mut frontier = Frontier::new();
    for leaf in leaves(5) {
        frontier.append(leaf);
    }
    let bytes = frontier.to_bytes();
    assert_eq!(bytes.len(), 8 + 2 * 32);
    for length in 0..bytes.len() {
        assert_eq!(Frontier::from_bytes(&bytes[..length]), Err(FrontierError));
    }
    assert_eq!(Frontier::from_bytes(&[bytes.as_slice(), &[0; 32]].concat()), Err(FrontierError));
    let mut huge = vec![0xff; 8];
    huge.extend_from_slice(&[0; 64 * 32]);
    assert_eq!(Frontier::from_bytes(&huge), Err(FrontierError));
}

proptest! {
    #[test]
    fn a_frontier_may_be_kept_and_taken_up_at_any_size(first in 0u64..200, more in 0u64..60) {
        let leaves = leaves(first + more);
        let mut frontier = Frontier::new();
        for leaf in &leaves[..first as usize] {
            frontier.append(*leaf);
        }
        let mut taken_up = Frontier::from_bytes(&frontier.to_bytes()).unwrap();
        prop_assert_eq!(&taken_up, &frontier);
        for leaf in &leaves[first as usize..] {
            taken_up.append(*leaf);
        }
        prop_assert_eq!(taken_up.size(), first + more);
        prop_assert_eq!(taken_up.root(), root_of(&leaves));
    }

    #[test]
    fn a_flipped_bit_in_a_proof_is_noticed(size in 2u64..300, index: u64, bit: usize) {
        let leaves = leaves(size);
        let (index, root) = (index % size, root_of(&leaves));
        let mut proof = inclusion_proof(&leaves, index, size).unwrap();
        let bit = bit % (proof.len() * 256);
        proof[bit / 256][bit % 256 / 8] ^= 1 << (bit % 8);
        let checked = verify_inclusion(&leaves[index as usize], index, size, &proof, &root);
        prop_assert_eq!(checked, Err(ProofError::Root));
    }
}
