//! Owns the bytes of an entry's header and the commitment to its payload. Must not know what a kind means, what a
//! payload says, or how entries are hashed into a tree.

use sha2::{Digest, Sha256};

/// A SHA-256 value: a leaf, a node, a root or a commitment.
pub type Hash = [u8; 32];

/// The first four bytes of every header: the format and its version.
pub const MAGIC: [u8; 4] = *b"CLE1";

/// The most bytes that a kind may have.
pub const MAX_KIND: usize = 64;

/// The most bytes that an encoded header may have: 103 of fixed width and the kind.
pub const MAX_HEADER: usize = 103 + MAX_KIND;

/// Bytes of salt in a commitment. The width is fixed so that no payload can pass for part of a salt.
pub const SALT_LEN: usize = 32;

/// What a ledger says of one entry without its payload. It holds no classified word, so that an inspector without a
/// clearance may check the whole chain.
///
/// `K` is the form of the kind: `String` when owned, `&str` when it lies in the bytes that were decoded (see
/// [`HeaderView`]).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Header<K = String> {
    /// The registry whose ledger this is; the same in every entry of a ledger.
    pub registry: [u8; 16],
    /// Position in the ledger, from 0, without gaps. It equals the index of the leaf.
    pub sequence: u64,
    /// Security time of the entry in microseconds since 1970-01-01T00:00:00Z. Never earlier than the entry before.
    pub time: i64,
    /// The person or service that gave the command.
    pub actor: [u8; 16],
    /// The command that this entry came from; several entries may share one.
    pub command: [u8; 16],
    /// [`commitment`] of salt and payload.
    pub commitment: Hash,
    /// Version of the payload's form under this kind.
    pub version: u16,
    /// What happened, for example `document.registered`: words of `a` to `z`, joined by single dots or hyphens.
    pub kind: K,
}

/// A header whose kind is borrowed from the encoded bytes: decoding allocates nothing.
pub type HeaderView<'a> = Header<&'a str>;

/// Why a header was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum HeaderError {
    /// The bytes do not begin with [`MAGIC`].
    #[error("the header is not of the format CLE1")]
    Magic,
    /// The bytes end before the header does.
    #[error("the header is cut short")]
    Short,
    /// There are bytes after the kind.
    #[error("bytes follow the end of the header")]
    Trailing,
    /// The kind is empty, too long, or not words of lower-case letters joined by single dots or hyphens.
    #[error("the header's kind is not well formed")]
    Kind,
}

impl<K: AsRef<str>> Header<K> {
    /// The header's bytes, as hashed into the tree.
    ///
    /// # Errors
    /// [`HeaderError::Kind`] when the kind is not well formed.
    pub fn encode(&self) -> Result<Vec<u8>, HeaderError> {
        let mut bytes = Vec::with_capacity(MAX_HEADER);
        self.encode_into(&mut bytes)?;
        Ok(bytes)
    }

    /// Appends the header's bytes to `out`, which stays as it was on an error.
    ///
    /// # Errors
    /// [`HeaderError::Kind`] when the kind is not well formed.
    pub fn encode_into(&self, out: &mut Vec<u8>) -> Result<(), HeaderError> {
        let kind = self.kind.as_ref().as_bytes();
        let length = u8::try_from(kind.len()).map_err(|_| HeaderError::Kind)?;
        if !kind_is_well_formed(kind) {
            return Err(HeaderError::Kind);
        }
        out.extend_from_slice(&MAGIC);
        out.extend_from_slice(&self.registry);
        out.extend_from_slice(&self.sequence.to_be_bytes());
        out.extend_from_slice(&self.time.to_be_bytes());
        out.extend_from_slice(&self.actor);
        out.extend_from_slice(&self.command);
        out.extend_from_slice(&self.commitment);
        out.extend_from_slice(&self.version.to_be_bytes());
        out.push(length);
        out.extend_from_slice(kind);
        Ok(())
    }
}

impl<'a> Header<&'a str> {
    /// Reads a header without allocating. Exactly one sequence of bytes decodes to each header.
    ///
    /// # Errors
    /// [`HeaderError`] names the first thing that is wrong.
    pub fn decode(bytes: &'a [u8]) -> Result<Self, HeaderError> {
        let (magic, rest) = take::<4>(bytes)?;
        if magic != MAGIC {
            return Err(HeaderError::Magic);
        }
        let (registry, rest) = take::<16>(rest)?;
        let (sequence, rest) = take::<8>(rest)?;
        let (time, rest) = take::<8>(rest)?;
        let (actor, rest) = take::<16>(rest)?;
        let (command, rest) = take::<16>(rest)?;
        let (commitment, rest) = take::<32>(rest)?;
        let (version, rest) = take::<2>(rest)?;
        let ([length], rest) = take::<1>(rest)?;
        let length = usize::from(length);
        let kind = rest.get(..length).ok_or(HeaderError::Short)?;
        if rest.len() != length {
            return Err(HeaderError::Trailing);
        }
        if !kind_is_well_formed(kind) {
            return Err(HeaderError::Kind);
        }
        Ok(Header {
            registry,
            sequence: u64::from_be_bytes(sequence),
            time: i64::from_be_bytes(time),
            actor,
            command,
            commitment,
            version: u16::from_be_bytes(version),
            kind: std::str::from_utf8(kind).map_err(|_| HeaderError::Kind)?,
        })
    }

    /// The same header, with a kind of its own.
    #[must_use]
    pub fn to_owned_header(&self) -> Header {
        Header {
            registry: self.registry,
            sequence: self.sequence,
            time: self.time,
            actor: self.actor,
            command: self.command,
            commitment: self.commitment,
            version: self.version,
            kind: self.kind.to_owned(),
        }
    }
}

impl Header<String> {
    /// Reads a header into a value of its own; see [`HeaderView`]'s `decode`.
    ///
    /// # Errors
    /// [`HeaderError`] names the first thing that is wrong.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, HeaderError> {
        HeaderView::decode(bytes).map(|view| view.to_owned_header())
    }
}

/// Binds a payload to its header: `SHA-256(salt ‖ payload)`. The salt keeps a payload that could be guessed from
/// being confirmed by whoever holds the headers only; it is destroyed together with an erased payload.
#[must_use]
pub fn commitment(salt: &[u8; SALT_LEN], payload: &[u8]) -> Hash {
    Sha256::new().chain_update(salt).chain_update(payload).finalize().into()
}

fn take<const N: usize>(bytes: &[u8]) -> Result<([u8; N], &[u8]), HeaderError> {
    bytes.split_first_chunk::<N>().map(|(head, rest)| (*head, rest)).ok_or(HeaderError::Short)
}

fn kind_is_well_formed(kind: &[u8]) -> bool {
    (1..=MAX_KIND).contains(&kind.len())
        && kind
            .split(|byte| matches!(byte, b'.' | b'-'))
            .all(|word| !word.is_empty() && word.iter().all(u8::is_ascii_lowercase))
}
