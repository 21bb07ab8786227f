//! Owns signed notes (c2sp.org/signed-note) and the keys that sign and check them, Ed25519 only. Must not know what a
//! note says.

use std::fmt;

use base64::{Engine, engine::general_purpose::STANDARD as BASE64};
use ed25519_dalek::Signer;
use sha2::{Digest, Sha256};

/// The most bytes that a note may have: room for well over sixteen signatures, the longest known being 5 kB.
pub const MAX_NOTE: usize = 256 * 1024;

/// The most signatures that a note may bear.
pub const MAX_SIGNATURES: usize = 64;

/// The most bytes that the name of a key may have.
pub const MAX_NAME: usize = 255;

/// The signature type byte of Ed25519 over the note's text.
const ED25519: u8 = 0x01;

/// An em dash and a space: what every signature line begins with.
const SIGNATURE_PREFIX: &str = "\u{2014} ";

/// Why a key was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// Empty, too long, or holding a space, a plus or a control character.
    #[error("the name of the key is empty, too long, or holds a space, a plus or a control character")]
    Name,
    /// The text is not `name+hash+base64`.
    #[error("a key is written as its name, eight hexadecimal digits and base64, joined by a plus")]
    Form,
    /// The type byte is another than Ed25519's.
    #[error("the key is not an Ed25519 key")]
    Algorithm,
    /// The point is not a public key, or one of those that would accept forged signatures.
    #[error("these bytes are not a usable public key")]
    Point,
    /// The hash does not follow from name and key: one of them was changed or mistyped.
    #[error("the hash in the key does not belong to its name and bytes")]
    Hash,
}

/// Why a note was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoteError {
    /// More than [`MAX_NOTE`] bytes.
    #[error("the note is too long")]
    TooLong,
    /// A control character other than a newline.
    #[error("the note holds a control character")]
    Control,
    /// There is no text, blank line and signatures, each ended by a newline.
    #[error("the note is not a text, a blank line and signatures")]
    Form,
    /// A signature line is not dash, name and base64.
    #[error("a signature line of the note is not well formed")]
    SignatureLine,
    /// More than [`MAX_SIGNATURES`].
    #[error("the note bears too many signatures")]
    TooManySignatures,
    /// None of the keys given has signed.
    #[error("the note bears no signature of a known key")]
    UnknownSigners,
    /// A signature in the name of a known key is not that key's over this text.
    #[error("the signature of {name} does not match the note")]
    Signature {
        /// The name of the known key.
        name: String,
    },
    /// The text is signed, but is not a checkpoint.
    #[error("the signed text is not a checkpoint: {0}")]
    Checkpoint(#[from] crate::checkpoint::CheckpointError),
}

/// A public key with the name under which it signs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifierKey {
    name: String,
    id: [u8; 4],
    key: ed25519_dalek::VerifyingKey,
}

impl VerifierKey {
    /// Reads `name+hash+base64`, as [`VerifierKey`] displays.
    ///
    /// # Errors
    /// [`KeyError`] when the text is not that of a usable Ed25519 key or its hash is not its own.
    pub fn parse(text: &str) -> Result<Self, KeyError> {
        let mut parts = text.splitn(3, '+');
        let (Some(name), Some(id), Some(key)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(KeyError::Form);
        };
        if key.len() > 64 {
            return Err(KeyError::Form);
        }
        let key = BASE64.decode(key).map_err(|_| KeyError::Form)?;
        let (algorithm, key) = key.split_first().ok_or(KeyError::Form)?;
        if *algorithm != ED25519 {
            return Err(KeyError::Algorithm);
        }
        let key = Self::from_public_key(name, key.try_into().map_err(|_| KeyError::Form)?)?;
        if hex(&key.id) == id { Ok(key) } else { Err(KeyError::Hash) }
    }

    /// The key of these 32 bytes (RFC 8032, 5.1.5) under this name.
    ///
    /// # Errors
    /// [`KeyError`] when the name or the bytes cannot be used.
    pub fn from_public_key(name: &str, bytes: &[u8; 32]) -> Result<Self, KeyError> {
        check_name(name)?;
        let key = ed25519_dalek::VerifyingKey::from_bytes(bytes).map_err(|_| KeyError::Point)?;
        if key.is_weak() {
            return Err(KeyError::Point);
        }
        Ok(Self { name: name.to_owned(), id: key_id(name, bytes), key })
    }

    /// The name under which the key signs.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The first four bytes of the hash of name and key, by which a signature says whose it is.
    #[must_use]
    pub fn id(&self) -> [u8; 4] {
        self.id
    }

    fn verify(&self, text: &str, signature: &[u8]) -> bool {
        ed25519_dalek::Signature::from_slice(signature)
            .is_ok_and(|signature| self.key.verify_strict(text.as_bytes(), &signature).is_ok())
    }
}

impl fmt::Display for VerifierKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut key = vec![ED25519];
        key.extend_from_slice(self.key.as_bytes());
        write!(f, "{}+{}+{}", self.name, hex(&self.id), BASE64.encode(key))
    }
}

/// A private key with the name under which it signs. Its secret is never displayed and is wiped when dropped.
pub struct SigningKey {
    secret: ed25519_dalek::SigningKey,
    public: VerifierKey,
}

impl SigningKey {
    /// The key of this seed (RFC 8032, 5.1.5), which the caller has drawn at random and keeps.
    ///
    /// # Errors
    /// [`KeyError`] when the name cannot be used.
    pub fn from_seed(seed: [u8; 32], name: &str) -> Result<Self, KeyError> {
        let secret = ed25519_dalek::SigningKey::from_bytes(&seed);
        let public = VerifierKey::from_public_key(name, secret.verifying_key().as_bytes())?;
        Ok(Self { secret, public })
    }

    /// The public key, to be published.
    #[must_use]
    pub fn verifier_key(&self) -> &VerifierKey {
        &self.public
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SigningKey").field("public", &self.public).finish_non_exhaustive()
    }
}

/// A signature as a note bears it, checked or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoteSignature {
    /// The name of the key that is said to have signed.
    pub name: String,
    /// The key's id.
    pub id: [u8; 4],
    /// The signature itself, in the form of the key's algorithm.
    pub bytes: Vec<u8>,
}

/// A text with signatures. The text must not be used before [`Note::signers`] or [`Note::verify`] has accepted it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    text: String,
    signatures: Vec<NoteSignature>,
}

impl Note {
    /// Signs a text.
    ///
    /// # Errors
    /// [`NoteError`] when the text is too long, holds control characters or does not end in a newline.
    pub fn sign(text: &str, key: &SigningKey) -> Result<Self, NoteError> {
        check_characters(text)?;
        if !text.ends_with('\n') {
            return Err(NoteError::Form);
        }
        let mut note = Self { text: text.to_owned(), signatures: Vec::new() };
        note.cosign(key)?;
        Ok(note)
    }

    /// Adds the signature of one more key, unless it has signed already.
    ///
    /// # Errors
    /// [`NoteError`] when there is no room for another signature.
    pub fn cosign(&mut self, key: &SigningKey) -> Result<(), NoteError> {
        if self.signatures.iter().any(|known| known.name == key.public.name && known.id == key.public.id) {
            return Ok(());
        }
        if self.signatures.len() >= MAX_SIGNATURES {
            return Err(NoteError::TooManySignatures);
        }
        self.signatures.push(NoteSignature {
            name: key.public.name.clone(),
            id: key.public.id,
            bytes: key.secret.sign(self.text.as_bytes()).to_bytes().to_vec(),
        });
        Ok(())
    }

    /// Reads a note; nothing is verified yet.
    ///
    /// # Errors
    /// [`NoteError`] when the note is not well formed or exceeds a limit.
    pub fn parse(note: &str) -> Result<Self, NoteError> {
        check_characters(note)?;
        // The text may hold empty lines of its own: the last one in the note parts it from the signatures.
        let blank = note.rfind("\n\n").ok_or(NoteError::Form)?;
        let (text, lines) = note.split_at_checked(blank + 1).ok_or(NoteError::Form)?;
        let lines =
            lines.strip_prefix('\n').and_then(|lines| lines.strip_suffix('\n')).ok_or(NoteError::Form)?;
        let mut signatures = Vec::new();
        for line in lines.split('\n') {
            if signatures.len() >= MAX_SIGNATURES {
                return Err(NoteError::TooManySignatures);
            }
            signatures.push(parse_signature(line)?);
        }
        Ok(Self { text: text.to_owned(), signatures })
    }

    /// The text, with its final newline; unverified.
    #[must_use]
    pub fn unverified_text(&self) -> &str {
        &self.text
    }

    /// All signatures, those of unknown keys and of other algorithms too; unverified.
    #[must_use]
    pub fn signatures(&self) -> &[NoteSignature] {
        &self.signatures
    }

    /// The keys, of those given, that have signed this text. Signatures of other keys are passed over, as the format
    /// asks, so that keys can change and witnesses can cosign.
    ///
    /// # Errors
    /// [`NoteError::UnknownSigners`] when there is none, [`NoteError::Signature`] when one in the name of a known key
    /// is wrong: then the whole note is refused.
    pub fn signers<'k>(&self, keys: &'k [VerifierKey]) -> Result<Vec<&'k VerifierKey>, NoteError> {
        let mut signers: Vec<&VerifierKey> = Vec::new();
        for signature in &self.signatures {
            for key in keys.iter().filter(|key| key.name == signature.name && key.id == signature.id) {
                if !key.verify(&self.text, &signature.bytes) {
                    return Err(NoteError::Signature { name: key.name.clone() });
                }
                if !signers.contains(&key) {
                    signers.push(key);
                }
            }
        }
        if signers.is_empty() { Err(NoteError::UnknownSigners) } else { Ok(signers) }
    }
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.text)?;
        for signature in &self.signatures {
            let mut bytes = signature.id.to_vec();
            bytes.extend_from_slice(&signature.bytes);
            writeln!(f, "{SIGNATURE_PREFIX}{} {}", signature.name, BASE64.encode(bytes))?;
        }
        Ok(())
    }
}

fn parse_signature(line: &str) -> Result<NoteSignature, NoteError> {
    let (name, signature) = line
        .strip_prefix(SIGNATURE_PREFIX)
        .and_then(|rest| rest.split_once(' '))
        .ok_or(NoteError::SignatureLine)?;
    check_name(name).map_err(|_| NoteError::SignatureLine)?;
    let bytes = BASE64.decode(signature).map_err(|_| NoteError::SignatureLine)?;
    match bytes.split_first_chunk::<4>() {
        Some((id, bytes)) if !bytes.is_empty() => {
            Ok(NoteSignature { name: name.to_owned(), id: *id, bytes: bytes.to_vec() })
        }
        _ => Err(NoteError::SignatureLine),
    }
}

fn check_name(name: &str) -> Result<(), KeyError> {
    let bad = |c: char| c.is_whitespace() || c.is_control() || c == '+';
    if name.is_empty() || name.len() > MAX_NAME || name.contains(bad) { Err(KeyError::Name) } else { Ok(()) }
}

fn check_characters(text: &str) -> Result<(), NoteError> {
    if text.len() > MAX_NOTE {
        return Err(NoteError::TooLong);
    }
    if text.bytes().any(|byte| byte < 0x20 && byte != b'\n') {
        return Err(NoteError::Control);
    }
    Ok(())
}

fn key_id(name: &str, key: &[u8; 32]) -> [u8; 4] {
    let hash = Sha256::new().chain_update(name).chain_update([b'\n', ED25519]).chain_update(key).finalize();
    let hash: [u8; 32] = hash.into();
    let [a, b, c, d, ..] = hash;
    [a, b, c, d]
}

/// Lower-case hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .filter_map(|digit| char::from_digit(u32::from(digit), 16))
        .collect()
}

/// Reads exactly `N` bytes of lower-case hexadecimal digits, so that each value has one spelling.
pub(crate) fn unhex<const N: usize>(digits: &[u8]) -> Option<[u8; N]> {
    let (pairs, rest) = digits.as_chunks::<2>();
    if pairs.len() != N || !rest.is_empty() {
        return None;
    }
    let mut bytes = [0; N];
    for (byte, [high, low]) in bytes.iter_mut().zip(pairs) {
        *byte = digit(*high)? << 4 | digit(*low)?;
    }
    Some(bytes)
}

fn digit(character: u8) -> Option<u8> {
    match character {
        b'0'..=b'9' => Some(character - b'0'),
        b'a'..=b'f' => Some(character - b'a' + 10),
        _ => None,
    }
}
