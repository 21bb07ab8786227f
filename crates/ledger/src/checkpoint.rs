//! Owns checkpoints (c2sp.org/tlog-checkpoint): what a ledger commits to at one size, and how that is signed. Must not
//! know entries.

use base64::{Engine, engine::general_purpose::STANDARD as BASE64};

use crate::header::Hash;
use crate::note::{Note, NoteError, SigningKey, VerifierKey};

/// The most bytes that an origin may have.
pub const MAX_ORIGIN: usize = 255;

/// The most extension lines that a checkpoint may have.
pub const MAX_EXTENSIONS: usize = 16;

/// What a ledger commits to at one size.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// The identity of the ledger, for example `registry.example.int/ns-1`: one line.
    pub origin: String,
    /// Number of entries.
    pub size: u64,
    /// Root of the tree over these entries.
    pub root: Hash,
    /// When it was signed, by the signer's clock: microseconds since 1970-01-01T00:00:00Z.
    pub time: Option<i64>,
    /// Further lines of other issuers, as they stand.
    pub extensions: Vec<String>,
}

/// Why a text is not a checkpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CheckpointError {
    /// Lines are missing, empty, too many, or not ended by a newline.
    #[error("a checkpoint is at least three lines, none of them empty")]
    Lines,
    /// The origin is empty, too long or holds a control character.
    #[error("the origin of the checkpoint is empty, too long, or holds a control character")]
    Origin,
    /// The size is not a decimal number without leading zeros.
    #[error("the size in the checkpoint is not a decimal number")]
    Size,
    /// The root is not the base64 of 32 bytes.
    #[error("the root in the checkpoint is not 32 bytes of base64")]
    Root,
    /// The line `time` does not hold a whole number of microseconds, or there are two of them.
    #[error("the time in the checkpoint is not a number of microseconds")]
    Time,
}

impl Checkpoint {
    /// The text that is signed: origin, size, root, then `time` and other extensions, a line each.
    ///
    /// # Errors
    /// [`CheckpointError`] when the origin or an extension cannot stand on a line.
    pub fn to_text(&self) -> Result<String, CheckpointError> {
        let mut text = format!("{}\n{}\n{}\n", self.origin, self.size, BASE64.encode(self.root));
        if let Some(time) = self.time {
            text.push_str(&format!("time {time}\n"));
        }
        for line in &self.extensions {
            text.push_str(line);
            text.push('\n');
        }
        // Reading it back refuses an origin or an extension that would be read as something else.
        if Self::parse(&text)? == *self { Ok(text) } else { Err(CheckpointError::Lines) }
    }

    /// Reads the text of a checkpoint; every checkpoint has one text.
    ///
    /// # Errors
    /// [`CheckpointError`] names the line that is wrong.
    pub fn parse(text: &str) -> Result<Self, CheckpointError> {
        let mut lines = text.strip_suffix('\n').ok_or(CheckpointError::Lines)?.split('\n');
        let (Some(origin), Some(size), Some(root)) = (lines.next(), lines.next(), lines.next()) else {
            return Err(CheckpointError::Lines);
        };
        if !origin_is_well_formed(origin) {
            return Err(CheckpointError::Origin);
        }
        let root = BASE64.decode(root).map_err(|_| CheckpointError::Root)?;
        let mut checkpoint = Self {
            origin: origin.to_owned(),
            size: decimal(size).ok_or(CheckpointError::Size)?,
            root: root.try_into().map_err(|_| CheckpointError::Root)?,
            time: None,
            extensions: Vec::new(),
        };
        for (count, line) in lines.enumerate() {
            if line.is_empty() || line.contains(char::is_control) || count >= MAX_EXTENSIONS {
                return Err(CheckpointError::Lines);
            }
            match line.strip_prefix("time ") {
                Some(time) if count == 0 => {
                    let time = decimal::<i64>(time).ok_or(CheckpointError::Time)?;
                    checkpoint.time = Some(time);
                }
                Some(_) => return Err(CheckpointError::Time),
                None => checkpoint.extensions.push(line.to_owned()),
            }
        }
        Ok(checkpoint)
    }

    /// Signs the checkpoint. Whoever signs must never sign two that are inconsistent with each other.
    ///
    /// # Errors
    /// [`NoteError`] when the checkpoint has no text.
    pub fn sign(&self, key: &SigningKey) -> Result<Note, NoteError> {
        Note::sign(&self.to_text()?, key)
    }
}

impl Note {
    /// The checkpoint that this note holds, when at least one of these keys has signed it and none of them is
    /// misused; see [`Note::signers`].
    ///
    /// # Errors
    /// [`NoteError`] when the signatures are not in order or the text is not a checkpoint.
    pub fn verify(&self, keys: &[VerifierKey]) -> Result<Checkpoint, NoteError> {
        self.signers(keys)?;
        Ok(Checkpoint::parse(self.unverified_text())?)
    }
}

/// One line, not empty, of at most [`MAX_ORIGIN`] bytes, without control characters.
pub(crate) fn origin_is_well_formed(origin: &str) -> bool {
    !origin.is_empty() && origin.len() <= MAX_ORIGIN && !origin.contains(char::is_control)
}

/// A decimal number in its one canonical spelling.
pub(crate) fn decimal<N: std::str::FromStr + ToString>(digits: &str) -> Option<N> {
    let number = digits.parse::<N>().ok()?;
    (number.to_string() == digits).then_some(number)
}
