//! Content on its way in: streamed, hashed and sealed at once, its text read, all before a command is given.
//!
//! No plain byte touches the disk. What a machine reads from a file is content too: a sealed rendition.

use reader::{Outcome, Part, Reading};
use registry::{
    Code, Refusal, RegistryId,
    document::{ReadingOutcome, StagedContent, StagedEnclosure, StagedText},
};
use store::{
    StoreError,
    vault::{Batch, Sealed, Sealing},
};

use crate::{failure::Failure, office::Office};

/// Largest file that is taken in where an installation does not say otherwise (bytes): 2 GB.
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
    /// What is attached by whoever makes the file, beside what the reader finds in it.
    enclosed: Vec<Part>,
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
        let (office, plain, enclosed) = (self.clone(), Some(Vec::new()), Vec::new());
        Ok(Upload { office, registry, batch, sealing, name, plain, enclosed })
    }

    /// Makes staged files durable, before the commands that name them.
    pub async fn keep(&self, sealed: Vec<Sealed>) -> Result<(), Failure> {
        Ok(self.vault().keep(sealed).await?)
    }

    /// Throws away what refused commands had named.
    pub async fn discard(&self, registry: RegistryId, contents: &[StagedContent]) -> Result<(), Failure> {
        let objects: Vec<_> = contents.iter().flat_map(StagedContent::objects).collect();
        if let Some(follower) = self.follower() {
            follower.forget_fresh(&objects);
        }
        Ok(self.vault().discard(registry, &objects).await?)
    }
}

impl Upload {
    /// Takes more bytes. Refused when the file grows over the limit.
    pub fn write(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        let limit = self.office.largest();
        if self.sealing.size() + bytes.len() as u64 > limit {
            return Err(Refusal::on("content", Code::OverSize).with("limit", limit).into());
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

    /// How much of it has come (bytes).
    pub fn size(&self) -> u64 {
        self.sealing.size()
    }

    /// Attaches a file that comes beside this one and not inside it.
    pub fn enclose(&mut self, name: &str, bytes: &[u8]) {
        let kind = reader::sniff::sniff(bytes.get(..bytes.len().min(8192)).unwrap_or_default(), name);
        let size = bytes.len() as u64;
        let part = Part { name: name.to_owned(), kind, size, bytes: bytes.to_vec(), ..Part::default() };
        self.enclosed.push(part);
    }

    /// The file is all here, and nothing of it is read yet: it is sealed, and what it is is told by its first bytes.
    pub(crate) fn sealed(self, announced: Option<u64>) -> Result<(StagedContent, Sealed), Failure> {
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
        let head = self.plain.as_deref().map(|plain| plain.get(..plain.len().min(8192)).unwrap_or_default());
        let kind = head.map_or(reader::MediaType::Unknown, |head| reader::sniff::sniff(head, &self.name));
        let sealed = self.sealing.finish()?;
        let content = StagedContent {
            object: sealed.object,
            digest: sealed.digest,
            size: sealed.size,
            media_type: kind.mime().to_owned(),
            file_name: self.name,
            reading: ReadingOutcome::NotRead,
            text: None,
            enclosures: Vec::new(),
        };
        Ok((content, sealed))
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
        let Self { office, registry, batch, sealing, name, plain, enclosed } = self;
        let sealer = Sealer { office: &office, registry, batch };
        let (kind, mut outcome, mut reading) = match &plain {
            Some(plain) => read(&office, &name, plain)?,
            None => ("application/octet-stream".to_owned(), ReadingOutcome::OverLimit, None),
        };
        let mut all = Vec::new();
        let mut parts =
            reading.as_mut().map(|reading| std::mem::take(&mut reading.parts)).unwrap_or_default();
        parts.extend(enclosed);
        let enclosures = sealer.enclosures(parts, &mut all)?;
        if enclosures.iter().any(|enclosure| enclosure.reading == ReadingOutcome::Quarantined) {
            // Whoever opens the message has what it carries: neither is given out, and nothing of it is read.
            outcome = ReadingOutcome::Quarantined;
            reading = None;
        }
        let sealed = sealing.finish()?;
        let own = StagedText { object: sealed.object, digest: sealed.digest, size: sealed.size };
        all.push(sealed);
        let text = match &reading {
            Some(reading) => sealer.text(&reading.text, plain.as_deref(), &own, &mut all)?,
            None => None,
        };
        let content = StagedContent {
            object: own.object,
            digest: own.digest,
            size: own.size,
            media_type: kind,
            file_name: name,
            reading: outcome,
            text,
            enclosures,
        };
        Ok(Staged { content, reading, sealed: all })
    }
}

/// Most files attached to one that are read; those after them are kept unread. Reading one may take the child's whole
/// deadline, and who sends a thousand must not hold the registry for a day.
const READ_ENCLOSURES: usize = 50;
/// Longest name of an attached file that is kept (characters): what a registration takes.
const ENCLOSURE_NAME: usize = 400;

/// Seals what was read of one file, to be kept together with it.
struct Sealer<'a> {
    office: &'a Office,
    registry: RegistryId,
    batch: Batch,
}

impl Sealer<'_> {
    /// Seals a text, unless it is `plain` byte for byte: then it is not sealed twice, and the rendition names the
    /// content's own object. They could not live apart anyway, for whoever has the one has the other.
    fn text(
        &self,
        text: &str,
        plain: Option<&[u8]>,
        own: &StagedText,
        all: &mut Vec<Sealed>,
    ) -> Result<Option<StagedText>, Failure> {
        if text.trim().is_empty() {
            return Ok(None);
        }
        let staged =
            if plain == Some(text.as_bytes()) { own.clone() } else { self.bytes(text.as_bytes(), all)? };
        if let Some(follower) = self.office.follower() {
            follower.keep_fresh(staged.object, text);
        }
        Ok(Some(staged))
    }

    fn bytes(&self, bytes: &[u8], all: &mut Vec<Sealed>) -> Result<StagedText, Failure> {
        let sealed = self.office.vault().seal_bytes(self.batch, self.registry, bytes)?;
        let staged = StagedText { object: sealed.object, digest: sealed.digest, size: sealed.size };
        all.push(sealed);
        Ok(staged)
    }

    /// Seals what is attached, and reads each like a file that came by itself. What is attached to an attachment stays
    /// inside it.
    fn enclosures(&self, parts: Vec<Part>, all: &mut Vec<Sealed>) -> Result<Vec<StagedEnclosure>, Failure> {
        let (mut enclosures, mut spent) = (Vec::with_capacity(parts.len()), false);
        for (n, part) in parts.into_iter().enumerate() {
            let name: String = part.name.trim().chars().take(ENCLOSURE_NAME).collect();
            let (media_type, reading, said) = if part.bytes.is_empty() {
                (part.kind.mime().to_owned(), ReadingOutcome::NoText, None)
            } else if spent || n >= READ_ENCLOSURES {
                (part.kind.mime().to_owned(), ReadingOutcome::OverLimit, None)
            } else {
                read(self.office, &name, &part.bytes)?
            };
            // One that cost all that may be spent is enough for a message; so is a scan of which pages had to be left out.
            let cut = said.as_ref().is_some_and(|said| {
                let scan = [reader::Flag::Recognised, reader::Flag::NoWords];
                said.flags.contains(&reader::Flag::PartlyRead)
                    && scan.iter().any(|flag| said.flags.contains(flag))
            });
            spent |= cut || reading == ReadingOutcome::OverLimit;
            let own = self.bytes(&part.bytes, all)?;
            let text = match said {
                Some(said) => self.text(&said.text, Some(&part.bytes), &own, all)?,
                None => None,
            };
            let StagedText { object, digest, size } = own;
            let file_name = if name.is_empty() { format!("attachment-{}", n + 1) } else { name };
            enclosures.push(StagedEnclosure { object, digest, size, media_type, file_name, reading, text });
        }
        Ok(enclosures)
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
        Outcome::Text(reading) if reading.flags.contains(&reader::Flag::Recognised) => {
            ReadingOutcome::Recognised
        }
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
