//! The file of a document: sealed already, waiting to belong to one; what is checked of it, and the facts by which it
//! becomes a version. Knows neither bytes nor the vault, only what was said of them.

use label::Label;
use serde::{Deserialize, Serialize};

use crate::{
    command::Context,
    fact::{EnclosureFact, Fact, RenditionFact, RenditionKind, VersionFact},
    house::Registry,
    id::{Digest, DocumentId, ObjectId, VersionId},
    line::{NAME, line},
    refusal::{Code, Refusal},
};

/// What the reader could do with a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReadingOutcome {
    /// Its text was read.
    Text,
    /// Its words were recognised in the picture of a scan; some may be wrong.
    Recognised,
    /// It was read and says nothing.
    NoText,
    /// It is locked with a password.
    Encrypted,
    /// It is broken.
    Damaged,
    /// It is larger or more intricate than the reader's limits.
    OverLimit,
    /// Its content is not what its name says.
    Mislabelled,
    /// It attacks whoever opens it: kept, never opened again without a decision.
    Quarantined,
    /// A kind of file of which nothing is read.
    NotRead,
}

impl ReadingOutcome {
    /// Every outcome.
    pub const ALL: [ReadingOutcome; 9] = [
        ReadingOutcome::Text,
        ReadingOutcome::Recognised,
        ReadingOutcome::NoText,
        ReadingOutcome::Encrypted,
        ReadingOutcome::Damaged,
        ReadingOutcome::OverLimit,
        ReadingOutcome::Mislabelled,
        ReadingOutcome::Quarantined,
        ReadingOutcome::NotRead,
    ];
    /// As it stands in data.
    pub const fn as_str(self) -> &'static str {
        match self {
            ReadingOutcome::Text => "text",
            ReadingOutcome::Recognised => "recognised",
            ReadingOutcome::NoText => "no-text",
            ReadingOutcome::Encrypted => "encrypted",
            ReadingOutcome::Damaged => "damaged",
            ReadingOutcome::OverLimit => "over-limit",
            ReadingOutcome::Mislabelled => "mislabelled",
            ReadingOutcome::Quarantined => "quarantined",
            ReadingOutcome::NotRead => "not-read",
        }
    }
}

/// A sealed rendition of a version: its text as a machine read it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StagedText {
    /// Where it lies in the vault.
    pub object: ObjectId,
    /// Digest of the text.
    pub digest: Digest,
    /// Length in bytes.
    pub size: u64,
}

/// A file that is already sealed in the vault, waiting to belong to a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StagedContent {
    /// Where it lies in the vault.
    pub object: ObjectId,
    /// Digest of the bytes.
    pub digest: Digest,
    /// Length in bytes.
    pub size: u64,
    /// By content, not by name.
    pub media_type: String,
    /// As it came, without any folder.
    pub file_name: String,
    /// What the reader could do with it.
    pub reading: ReadingOutcome,
    /// Its text, when there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<StagedText>,
    /// What is attached to it, in its order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub enclosures: Vec<StagedEnclosure>,
}

impl StagedContent {
    /// Takes out the names that the vault drew for an upload, for comparing two requests.
    pub(crate) fn forget_objects(&mut self) {
        self.object = ObjectId::new([0; 16]);
        let mut texts: Vec<&mut StagedText> = self.text.iter_mut().collect();
        for enclosure in &mut self.enclosures {
            enclosure.object = ObjectId::new([0; 16]);
            texts.extend(&mut enclosure.text);
        }
        for text in texts {
            text.object = ObjectId::new([0; 16]);
        }
    }
    /// Every object of the vault that it names, each once.
    pub fn objects(&self) -> Vec<ObjectId> {
        let own = std::iter::once(self.object).chain(self.text.as_ref().map(|t| t.object));
        let enclosed = self.enclosures.iter();
        let enclosed =
            enclosed.flat_map(|e| std::iter::once(e.object).chain(e.text.as_ref().map(|t| t.object)));
        let mut objects: Vec<ObjectId> = own.chain(enclosed).collect();
        objects.sort();
        objects.dedup();
        objects
    }
}

/// Something attached to a file, sealed in the vault like it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StagedEnclosure {
    /// Where it lies in the vault.
    pub object: ObjectId,
    /// Digest of its bytes.
    pub digest: Digest,
    /// Length in bytes.
    pub size: u64,
    /// By content, not by name.
    pub media_type: String,
    /// As it came, without any folder.
    pub file_name: String,
    /// What the reader could do with it.
    pub reading: ReadingOutcome,
    /// Its text, when there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<StagedText>,
}

/// Most files attached to one.
const ENCLOSURES: usize = 1_000;

/// A content must have bytes, not too much attached to it, and be what the registry may hold.
pub(crate) fn check_content(
    context: &Context<'_>,
    registry: &Registry,
    label: Option<&Label>,
    content: &StagedContent,
) -> Result<(), Refusal> {
    if content.size == 0 {
        return Err(Refusal::on("content", Code::EmptyContent));
    }
    if content.enclosures.len() > ENCLOSURES {
        return Err(Refusal::on("content", Code::TooLong).with("limit", ENCLOSURES));
    }
    if let Some(label) = label {
        context.house.may_hold(registry, label).map_err(|code| Refusal::on("content", code))?;
    }
    Ok(())
}

/// The facts by which a content becomes a version: itself, its text, what is attached to it.
pub(crate) fn version_of(
    context: &Context<'_>,
    document: DocumentId,
    number: u32,
    content: &StagedContent,
) -> Result<Vec<Fact>, Refusal> {
    let id = VersionId::new(context.new_id(1));
    let mut facts = vec![Fact::VersionAdded {
        version: VersionFact {
            id,
            document,
            number,
            object: content.object,
            digest: content.digest,
            size: content.size,
            media_type: content.media_type.clone(),
            file_name: line("file_name", &content.file_name, NAME)?.unwrap_or_default(),
            reading: content.reading,
        },
    }];
    if let Some(text) = &content.text {
        facts.push(Fact::RenditionAdded {
            rendition: RenditionFact {
                version: id,
                document,
                is: RenditionKind::Text,
                object: text.object,
                digest: text.digest,
                size: text.size,
            },
        });
    }
    for (position, enclosure) in (1_u32..).zip(&content.enclosures) {
        facts.push(Fact::EnclosureAdded {
            enclosure: Box::new(EnclosureFact {
                version: id,
                document,
                position,
                object: enclosure.object,
                digest: enclosure.digest,
                size: enclosure.size,
                media_type: enclosure.media_type.clone(),
                file_name: line("file_name", &enclosure.file_name, NAME)?.unwrap_or_default(),
                reading: enclosure.reading,
                text: enclosure.text.clone(),
            }),
        });
    }
    Ok(facts)
}
