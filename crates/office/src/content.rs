//! Content on its way out: the text of a document and the bytes of a version, for those who may read it.

use registry::{Code, DocumentId, ObjectId, RegistryId, document::ReadingOutcome};
use store::{
    StoreError,
    vault::Unsealing,
    visible::{DocumentView, EnclosureView, EntryView, SightMark, VersionView},
};

use crate::{door::Sender, failure::Failure, handling::Before, office::Office, reading::Reading};

/// Longest text that a page shows (bytes).
pub const SHOWN: u64 = 2 << 20;

/// The text of a version as a machine read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextShown {
    /// The text, or its beginning.
    pub text: String,
    /// True when more follows than is shown.
    pub cut: bool,
}

/// A version that is being given out.
#[derive(Debug)]
pub struct Opened {
    /// Which.
    pub version: VersionView,
    /// Its bytes, chunk by chunk; reading them may block.
    pub bytes: Unsealing,
}

/// Something attached that is being given out.
#[derive(Debug)]
pub struct OpenedEnclosure {
    /// Which.
    pub enclosure: EnclosureView,
    /// Its bytes, chunk by chunk; reading them may block.
    pub bytes: Unsealing,
}

impl Reading {
    /// The text of a version of a document; none when nothing could be read from it. It takes the proof that what must be
    /// recorded of the reader is.
    pub async fn text_of(
        &mut self,
        view: &DocumentView,
        before: &Before,
    ) -> Result<Option<TextShown>, Failure> {
        if before.document != view.entry.document {
            return Ok(None);
        }
        self.read_text(view, before.version).await
    }

    /// The text of a version, given to a program or a terminal: a copy of it. What has no text uses none up.
    pub async fn takes_text(
        &mut self,
        sender: Sender,
        view: &DocumentView,
        version: u32,
    ) -> Result<Option<TextShown>, Failure> {
        let shown = self.read_text(view, version).await?;
        if shown.is_some() {
            self.takes_away(sender, view, version, None).await?;
        }
        Ok(shown)
    }

    async fn read_text(&mut self, view: &DocumentView, version: u32) -> Result<Option<TextShown>, Failure> {
        let Some(inside) = view.inside.as_ref() else { return Ok(None) };
        let version = inside.versions.iter().find(|v| v.number == version);
        let Some((object, size)) = version.and_then(|v| v.text) else { return Ok(None) };
        let mut unsealing =
            self.office().vault().unseal(view.entry.registry, object).await.map_err(not_opened)?;
        let mut bytes = Vec::new();
        while (bytes.len() as u64) < SHOWN {
            match unsealing.next_chunk().map_err(not_opened)? {
                Some(chunk) => bytes.extend_from_slice(&chunk),
                None => break,
            }
        }
        let cut = size > SHOWN;
        if cut {
            bytes.truncate(usize::try_from(SHOWN).unwrap_or(usize::MAX));
        }
        Ok(Some(TextShown { text: String::from_utf8_lossy(&bytes).into_owned(), cut }))
    }

    /// Opens a version of a document for giving it out. What attacks whoever opens it stays where it is.
    /// An accountable one takes an authority, of which a copy is used up.
    pub async fn open_version(&mut self, document: DocumentId, number: u32) -> Result<Opened, Failure> {
        let view = self.document(document).await?;
        let inside = view.inside.as_ref().ok_or(Code::NotFound)?;
        let version = inside.versions.iter().find(|v| v.number == number).ok_or(Code::NotFound)?.clone();
        if version.reading == ReadingOutcome::Quarantined {
            return Err(Code::Quarantined.into());
        }
        let bytes =
            self.office().vault().unseal(view.entry.registry, version.object).await.map_err(not_opened)?;
        self.takes_away(Sender::person(self.person().id), &view, number, None).await?;
        Ok(Opened { version, bytes })
    }

    /// Opens what is attached to a version of a document, by its place from 1, for giving it out. Nothing of a version
    /// that is held back is given out.
    pub async fn open_enclosure(
        &mut self,
        document: DocumentId,
        number: u32,
        position: u32,
    ) -> Result<OpenedEnclosure, Failure> {
        let view = self.document(document).await?;
        let inside = view.inside.as_ref().ok_or(Code::NotFound)?;
        let version = inside.versions.iter().find(|v| v.number == number).ok_or(Code::NotFound)?;
        let enclosure =
            version.enclosures.iter().find(|e| e.position == position).ok_or(Code::NotFound)?.clone();
        if [version.reading, enclosure.reading].contains(&ReadingOutcome::Quarantined) {
            return Err(Code::Quarantined.into());
        }
        let bytes =
            self.office().vault().unseal(view.entry.registry, enclosure.object).await.map_err(not_opened)?;
        self.takes_away(Sender::person(self.person().id), &view, number, Some(position)).await?;
        Ok(OpenedEnclosure { enclosure, bytes })
    }

    /// The text of a document of which the entry is at hand; empty when there is none, and of one whose every opening is
    /// recorded: a list opens nothing.
    pub(crate) async fn text_for_snippet(
        &mut self,
        entry: &EntryView,
        limit: u64,
    ) -> Result<String, Failure> {
        if entry.sight != SightMark::Read || self.is_recorded(entry.label.as_ref()) {
            return Ok(String::new());
        }
        let objects = store::documents::text_objects(self.conn(), entry.registry, entry.document).await?;
        match joined(self.office(), entry.registry, &objects, limit).await.map_err(not_opened) {
            // The others on the list are found all the same.
            Err(Failure::Refused(_)) => Ok(String::new()),
            text => text,
        }
    }
}

/// Why content could not be opened, for whoever asked for it.
pub(crate) fn not_opened(error: StoreError) -> Failure {
    match error {
        StoreError::KeyDestroyed => Code::ContentDestroyed.into(),
        StoreError::Damaged(_) | StoreError::File { .. } if error.plight().is_none() => {
            tracing::error!(%error, "content could not be opened");
            Code::ContentDamaged.into()
        }
        other => other.into(),
    }
}

/// The texts of a document as one: its own and those of what is attached to it, a line apart, in their order. The index
/// and the snippets read the same. A text over the limit (bytes, of all together) ends them.
pub(crate) async fn joined(
    office: &Office,
    registry: RegistryId,
    objects: &[ObjectId],
    limit: u64,
) -> Result<String, StoreError> {
    let mut all = String::new();
    for object in objects {
        let room = limit.saturating_sub(all.len() as u64);
        let fresh = office.follower().and_then(|follower| follower.take_fresh(*object));
        let text = match fresh {
            Some(text) => text,
            None => match office.vault().read(registry, *object, limit).await {
                Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
                // Its key was destroyed: there is nothing to find any more.
                Err(StoreError::KeyDestroyed) => continue,
                Err(e) => return Err(e),
            },
        };
        if text.len() as u64 > room {
            break;
        }
        if !all.is_empty() {
            all.push('\n');
        }
        all.push_str(&text);
    }
    Ok(all)
}
