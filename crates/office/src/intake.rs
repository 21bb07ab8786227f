//! Content on its way in: streamed, hashed and sealed at once, its text read, all before a command is given.
//!
//! No plain byte touches the disk. What a machine reads from a file is content too: a sealed rendition.

use reader::{Outcome, Reading};
use registry::{
    Code, Refusal, RegistryId,
    document::{ReadingOutcome, StagedContent, StagedText},
};
use store::{
    StoreError,
    vault::{Batch, Sealed, Sealing},
};

use crate::{failure::Failure, office::Office};

/// Largest file that is taken in (bytes): 2 GB.
pub const LARGEST: u64 = 2_000_000_000;

/// A file that is sealed and not yet kept, with what was read of it.
#[derive(Debug)]
pub struct Staged {
    /// As a registration names it.
    pub content: StagedContent,
    /// What the reader found, for proposing fields.
    pub reading: Option<Box<Reading>>,
    /// What must be kept before the command is given.
    pub sealed: Vec<Sealed>,
}

/// A file that is coming in.
#[derive(Debug)]
pub struct Upload {
    office: Office,
    registry: RegistryId,
    batch: Batch,
    sealing: Sealing,
    name: String,
    /// The bytes for the reader, as long as they are within its limit.
    plain: Option<Vec<u8>>,
}

/// Beyond this nothing is kept in memory for the reader (bytes).
const READABLE: usize = 64 << 20;

impl Office {
    /// Begins to take in a file of a name, for a registry.
    pub fn upload(&self, registry: RegistryId, name: &str) -> Result<Upload, Failure> {
        let batch = self.vault().batch();
        self.upload_in(batch, registry, name)
    }

    /// The same, kept together with others.
    pub(crate) fn upload_in(
        &self,
        batch: Batch,
        registry: RegistryId,
        name: &str,
    ) -> Result<Upload, Failure> {
        let sealing = self.vault().seal(batch, registry)?;
        let name = name.rsplit(['/', '\\']).next().unwrap_or(name).trim().to_owned();
        let name = if name.is_empty() { "content".to_owned() } else { name };
        Ok(Upload { office: self.clone(), registry, batch, sealing, name, plain: Some(Vec::new()) })
    }

    /// Makes staged files durable, before the commands that name them.
    pub async fn keep(&self, sealed: Vec<Sealed>) -> Result<(), Failure> {
        Ok(self.vault().keep(sealed).await?)
    }

    /// Throws away what a refused command had named.
    pub async fn discard(&self, registry: RegistryId, content: &StagedContent) -> Result<(), Failure> {
        let mut objects = vec![content.object];
        objects.extend(content.text.as_ref().map(|t| t.object));
        Ok(self.vault().discard(registry, &objects).await?)
    }
}

impl Upload {
    /// Takes more bytes. Refused when the file grows over the limit.
    pub fn write(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        if self.sealing.size() + bytes.len() as u64 > LARGEST {
            return Err(Refusal::on("content", Code::OverSize).with("limit", LARGEST).into());
        }
        if let Some(plain) = &mut self.plain {
            if plain.len() + bytes.len() <= READABLE {
                plain.extend_from_slice(bytes);
            } else {
                self.plain = None;
            }
        }
        Ok(self.sealing.write(bytes)?)
    }

    /// The file is all here, or so it seems: `announced` is the length that was promised. Reads its text.
    ///
    /// May take seconds: call it where blocking is allowed.
    pub fn finish(self, announced: Option<u64>) -> Result<Staged, Failure> {
        let size = self.sealing.size();
        if size == 0 {
            return Err(Refusal::on("content", Code::EmptyContent).into());
        }
        if announced.is_some_and(|announced| announced != size) {
            return Err(Refusal::on("content", Code::TruncatedUpload)
                .with("received", size)
                .with("announced", announced.unwrap_or(0))
                .into());
        }
        let (kind, outcome, reading) = match &self.plain {
            Some(plain) => read(&self.office, &self.name, plain)?,
            None => ("application/octet-stream".to_owned(), ReadingOutcome::OverLimit, None),
        };
        let sealed = self.sealing.finish()?;
        let mut content = StagedContent {
            object: sealed.object,
            digest: sealed.digest,
            size: sealed.size,
            media_type: kind,
            file_name: self.name,
            reading: outcome,
            text: None,
        };
        let mut all = vec![sealed];
        if let Some(reading) = reading.as_ref().filter(|r| !r.text.trim().is_empty()) {
            let text = self.office.vault().seal_bytes(self.batch, self.registry, reading.text.as_bytes())?;
            if let Some(follower) = self.office.follower() {
                follower.keep_fresh(text.object, &reading.text);
            }
            content.text = Some(StagedText { object: text.object, digest: text.digest, size: text.size });
            all.push(text);
        }
        Ok(Staged { content, reading, sealed: all })
    }
}

type Read = (String, ReadingOutcome, Option<Box<Reading>>);

fn read(office: &Office, name: &str, bytes: &[u8]) -> Result<Read, StoreError> {
    let outcome = match office.reader() {
        Some(reader) => reader.read(name, bytes).map_err(StoreError::damaged)?,
        None => plain_only(name, bytes),
    };
    let by_content = reader::sniff::sniff(bytes.get(..bytes.len().min(8192)).unwrap_or_default(), name);
    let kind = match &outcome {
        Outcome::Text(reading) => reading.kind,
        Outcome::Mislabelled { found, .. } => *found,
        Outcome::Encrypted { kind } | Outcome::Damaged { kind, .. } | Outcome::Unsupported { kind } => *kind,
        Outcome::OverLimit { .. } | Outcome::Hostile { .. } => by_content,
    };
    let said = match &outcome {
        Outcome::Text(reading) if reading.text.trim().is_empty() => ReadingOutcome::NoText,
        Outcome::Text(_) => ReadingOutcome::Text,
        Outcome::Encrypted { .. } => ReadingOutcome::Encrypted,
        Outcome::Damaged { .. } => ReadingOutcome::Damaged,
        Outcome::OverLimit { .. } => ReadingOutcome::OverLimit,
        Outcome::Mislabelled { .. } => ReadingOutcome::Mislabelled,
        Outcome::Hostile { .. } => ReadingOutcome::Quarantined,
        Outcome::Unsupported { .. } => ReadingOutcome::NotRead,
    };
    Ok((kind.mime().to_owned(), said, outcome.into_reading().map(Box::new)))
}

/// Without a limited child only plain text is read; everything else is kept unread.
fn plain_only(name: &str, bytes: &[u8]) -> Outcome {
    let kind = reader::sniff::sniff(bytes.get(..bytes.len().min(8192)).unwrap_or_default(), name);
    if !kind.is_plain() {
        return Outcome::Unsupported { kind };
    }
    match reader::text::decode(bytes, READABLE) {
        Ok(decoded) => Outcome::Text(Box::new(Reading { kind, text: decoded.text, ..Reading::default() })),
        Err(_) => Outcome::Unsupported { kind },
    }
}
