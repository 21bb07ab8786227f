//! Owns the Merkle tree of RFC 9162, section 2: hashes, the frontier that grows it, proofs and their checks. Must not
//! know what a leaf stands for.

use std::ops::Range;

use sha2::{Digest, Sha256};

use crate::header::Hash;

/// The largest tree: sizes fit the signed 64-bit columns in which tables keep them.
pub const MAX_SIZE: u64 = i64::MAX as u64;

/// The leaf hash of an entry, `SHA-256(0x00 ‖ header bytes)` (RFC 9162, 2.1.1).
#[must_use]
pub fn leaf_hash(header: &[u8]) -> Hash {
    Sha256::new().chain_update([0u8]).chain_update(header).finalize().into()
}

/// The hash of an inner node, `SHA-256(0x01 ‖ left ‖ right)` (RFC 9162, 2.1.1).
#[must_use]
pub fn node_hash(left: &Hash, right: &Hash) -> Hash {
    Sha256::new().chain_update([1u8]).chain_update(left).chain_update(right).finalize().into()
}

/// The root of a tree without leaves: the SHA-256 of nothing (RFC 9162, 2.1.1).
#[must_use]
pub fn empty_root() -> Hash {
    Sha256::digest([]).into()
}

/// The root over these leaf hashes.
#[must_use]
pub fn root_of(leaves: &[Hash]) -> Hash {
    let mut frontier = Frontier::new();
    for leaf in leaves {
        frontier.append(*leaf);
    }
    frontier.root()
}

/// The right edge of a tree: the roots of its full subtrees, largest first. It is all that is needed to append a leaf
/// and to know the root, so the head of a ledger stays a row of at most 2 KiB.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Frontier {
    size: u64,
    peaks: Vec<Hash>,
}

/// The bytes given were not those of a frontier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("these are not the bytes of a frontier")]
pub struct FrontierError;

impl Frontier {
    /// The frontier of the empty tree.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// How many leaves the tree has; the next leaf's index.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Appends one leaf hash: one node hash on average, 63 at most.
    pub fn append(&mut self, leaf: Hash) {
        // Every trailing one of the old size is a full subtree that the new leaf completes into a larger one.
        let mut node = leaf;
        for _ in 0..self.size.trailing_ones() {
            let Some(left) = self.peaks.pop() else { break };
            node = node_hash(&left, &node);
        }
        self.peaks.push(node);
        self.size = self.size.saturating_add(1);
    }

    /// The root of the tree (RFC 9162, 2.1.1).
    #[must_use]
    pub fn root(&self) -> Hash {
        let mut smallest_first = self.peaks.iter().rev();
        match smallest_first.next() {
            None => empty_root(),
            Some(smallest) => smallest_first.fold(*smallest, |right, left| node_hash(left, &right)),
        }
    }

    /// Size as eight bytes, big end first, then the peaks, largest first.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(8 + 32 * self.peaks.len());
        bytes.extend_from_slice(&self.size.to_be_bytes());
        for peak in &self.peaks {
            bytes.extend_from_slice(peak);
        }
        bytes
    }

    /// Reads what [`Frontier::to_bytes`] wrote.
    ///
    /// # Errors
    /// [`FrontierError`] when the number of peaks does not follow from the size, or the size exceeds [`MAX_SIZE`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, FrontierError> {
        let (size, rest) = bytes.split_first_chunk::<8>().ok_or(FrontierError)?;
        let size = u64::from_be_bytes(*size);
        let (peaks, remainder) = rest.as_chunks::<32>();
        let expected = usize::try_from(size.count_ones()).map_err(|_| FrontierError)?;
        if size > MAX_SIZE || peaks.len() != expected || !remainder.is_empty() {
            return Err(FrontierError);
        }
        Ok(Self { size, peaks: peaks.to_vec() })
    }
}

/// Why a proof could not be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RangeError {
    /// The leaf asked for is not in the tree.
    #[error("leaf {index} is not in a tree of {size}")]
    Index {
        /// The leaf asked for.
        index: u64,
        /// The size of the tree.
        size: u64,
    },
    /// Consistency runs from a tree that is not empty to one that is not smaller, at most [`MAX_SIZE`].
    #[error("no consistency proof leads from size {first} to size {second}")]
    Sizes {
        /// The earlier size.
        first: u64,
        /// The later size.
        second: u64,
    },
    /// Fewer leaf hashes were given than the tree has.
    #[error("fewer leaf hashes were given than the tree has")]
    Leaves,
}

/// The subtrees whose roots make an inclusion proof, in the proof's order (RFC 9162, 2.1.3.1). Ranges are of leaf
/// indices, so that tables or tiles can give each root without holding all leaves in memory.
///
/// # Errors
/// [`RangeError::Index`] when the leaf is not in the tree.
pub fn inclusion_ranges(index: u64, size: u64) -> Result<Vec<Range<u64>>, RangeError> {
    if index >= size || size > MAX_SIZE {
        return Err(RangeError::Index { index, size });
    }
    let mut ranges = Vec::new();
    let mut tree = 0..size;
    while tree.end - tree.start > 1 {
        let middle = tree.start + split_point(tree.end - tree.start);
        if index < middle {
            ranges.push(middle..tree.end);
            tree.end = middle;
        } else {
            ranges.push(tree.start..middle);
            tree.start = middle;
        }
    }
    ranges.reverse();
    Ok(ranges)
}

/// The subtrees whose roots make a consistency proof, in the proof's order (RFC 9162, 2.1.4.1).
///
/// # Errors
/// [`RangeError::Sizes`] unless `0 < first <= second`.
pub fn consistency_ranges(first: u64, second: u64) -> Result<Vec<Range<u64>>, RangeError> {
    if first == 0 || first > second || second > MAX_SIZE {
        return Err(RangeError::Sizes { first, second });
    }
    let mut ranges = Vec::new();
    let mut tree = 0..second;
    while first < tree.end {
        let middle = tree.start + split_point(tree.end - tree.start);
        if first <= middle {
            ranges.push(middle..tree.end);
            tree.end = middle;
        } else {
            ranges.push(tree.start..middle);
            tree.start = middle;
        }
    }
    // The old tree itself needs no node of its own in the proof: whoever checks it has its root.
    if tree.start > 0 {
        ranges.push(tree);
    }
    ranges.reverse();
    Ok(ranges)
}

/// The inclusion proof of one leaf in the tree over the first `size` leaf hashes.
///
/// # Errors
/// [`RangeError`] when the leaf is not in the tree or leaves are missing.
pub fn inclusion_proof(leaf_hashes: &[Hash], index: u64, size: u64) -> Result<Vec<Hash>, RangeError> {
    roots_of(leaf_hashes, inclusion_ranges(index, size)?)
}

/// The proof that the tree of `second` leaves begins with that of `first`.
///
/// # Errors
/// [`RangeError`] when the sizes are not in order or leaves are missing.
pub fn consistency_proof(leaf_hashes: &[Hash], first: u64, second: u64) -> Result<Vec<Hash>, RangeError> {
    roots_of(leaf_hashes, consistency_ranges(first, second)?)
}

/// A proof did not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ProofError {
    /// The index or the sizes cannot occur, or the proof has not the length that they ask for.
    #[error("the proof has not the shape that its sizes ask for")]
    Shape,
    /// The root that follows from the proof is another.
    #[error("the proof leads to another root")]
    Root,
}

/// Checks an inclusion proof (RFC 9162, 2.1.3.2).
///
/// # Errors
/// [`ProofError`] when the leaf at `index` is not shown to be in the tree of `size` leaves with this `root`.
pub fn verify_inclusion(
    leaf: &Hash,
    index: u64,
    size: u64,
    proof: &[Hash],
    root: &Hash,
) -> Result<(), ProofError> {
    if index >= size {
        return Err(ProofError::Shape);
    }
    let (mut position, mut last) = (index, size - 1);
    let mut node = *leaf;
    for sibling in proof {
        if last == 0 {
            return Err(ProofError::Shape);
        }
        if position & 1 == 1 || position == last {
            node = node_hash(sibling, &node);
            // On the right edge, levels where this node has no sibling are passed over.
            while position & 1 == 0 && position != 0 {
                position >>= 1;
                last >>= 1;
            }
        } else {
            node = node_hash(&node, sibling);
        }
        position >>= 1;
        last >>= 1;
    }
    if last != 0 {
        return Err(ProofError::Shape);
    }
    if node == *root { Ok(()) } else { Err(ProofError::Root) }
}

/// Checks a consistency proof (RFC 9162, 2.1.4.2). Two equal sizes ask for an empty proof and equal roots. Of an empty
/// earlier tree nothing can be proved, so `first` = 0 is refused.
///
/// # Errors
/// [`ProofError`] when the tree of `second` leaves is not shown to begin with that of `first`.
pub fn verify_consistency(
    first: u64,
    second: u64,
    first_root: &Hash,
    second_root: &Hash,
    proof: &[Hash],
) -> Result<(), ProofError> {
    if first == 0 || first > second {
        return Err(ProofError::Shape);
    }
    if first == second {
        return match proof {
            [] if first_root == second_root => Ok(()),
            [] => Err(ProofError::Root),
            _ => Err(ProofError::Shape),
        };
    }
    let mut steps = proof.iter();
    let start = if first.is_power_of_two() { *first_root } else { *steps.next().ok_or(ProofError::Shape)? };
    let (mut position, mut last) = (first - 1, second - 1);
    while position & 1 == 1 {
        position >>= 1;
        last >>= 1;
    }
    let (mut old, mut new) = (start, start);
    for step in steps {
        if last == 0 {
            return Err(ProofError::Shape);
        }
        if position & 1 == 1 || position == last {
            old = node_hash(step, &old);
            new = node_hash(step, &new);
            while position & 1 == 0 && position != 0 {
                position >>= 1;
                last >>= 1;
            }
        } else {
            new = node_hash(&new, step);
        }
        position >>= 1;
        last >>= 1;
    }
    if last != 0 {
        return Err(ProofError::Shape);
    }
    if old == *first_root && new == *second_root { Ok(()) } else { Err(ProofError::Root) }
}

/// The largest power of two smaller than `size`, which is at least 2.
fn split_point(size: u64) -> u64 {
    1 << (size - 1).ilog2()
}

fn roots_of(leaf_hashes: &[Hash], ranges: Vec<Range<u64>>) -> Result<Vec<Hash>, RangeError> {
    ranges
        .into_iter()
        .map(|range| {
            let start = usize::try_from(range.start).map_err(|_| RangeError::Leaves)?;
            let end = usize::try_from(range.end).map_err(|_| RangeError::Leaves)?;
            leaf_hashes.get(start..end).map(root_of).ok_or(RangeError::Leaves)
        })
        .collect()
}
