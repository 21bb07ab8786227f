//! Content on its way out: the text of a document and the bytes of a version, for those who may read it.

use std::collections::{BTreeMap, HashMap};

use registry::{Code, DocumentId, ObjectId, RegistryId, disclosure::COPIES, document::ReadingOutcome};
use store::{
    StoreError, Visible,
    visible::{DocumentView, EnclosureView, EntryView, SightMark, VersionView},
};

use crate::{
    door::Sender,
    failure::Failure,
    handling::Before,
    office::Office,
    reading::Reading,
    stamping::{Bytes, Words},
};

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
    /// Its bytes; of an accountable PDF the stamped copy.
    pub bytes: Bytes,
}

/// Something attached that is being given out.
#[derive(Debug)]
pub struct OpenedEnclosure {
    /// Which.
    pub enclosure: EnclosureView,
    /// Its bytes; of an accountable PDF the stamped copy.
    pub bytes: Bytes,
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
            self.takes_away(sender, view, version, None, None).await?;
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
    pub async fn open_version(
        &mut self,
        document: DocumentId,
        number: u32,
        words: Words<'_>,
    ) -> Result<Opened, Failure> {
        let view = self.document(document).await?;
        let inside = view.inside.as_ref().ok_or(Code::NotFound)?;
        let version = inside.versions.iter().find(|v| v.number == number).ok_or(Code::NotFound)?.clone();
        if version.reading == ReadingOutcome::Quarantined {
            return Err(Code::Quarantined.into());
        }
        let lies = (version.object, version.media_type.as_str());
        let bytes = self.given_out(&view, (number, None), lies, words).await?;
        Ok(Opened { version, bytes })
    }

    /// Bytes of a version, or of what is attached to it, with the line of who was given them. The number that they bear is
    /// taken by the entry that says so: where another took it while they were stamped, they are stamped anew with the next. This
    /// asks for no further connection, which as many readings at once would wait for from each other.
    async fn given_out(
        &mut self,
        view: &DocumentView,
        (number, enclosure): (u32, Option<u32>),
        (object, media_type): (ObjectId, &str),
        words: Words<'_>,
    ) -> Result<Bytes, Failure> {
        let mut gone = Vec::new();
        for _ in 0..=COPIES {
            let sealed = self.office().vault().unseal(view.entry.registry, object).await;
            let sealed = sealed.map_err(not_opened)?;
            let (bytes, bears) = self.stamped(view, number, media_type, (sealed, &gone), words).await?;
            let sender = Sender::person(self.person().id);
            match (self.takes_away(sender, view, number, enclosure, bears).await, bears) {
                (Err(Failure::Refused(why)), Some(bears)) if why.code == Code::Conflict => {
                    gone.push(bears.authority);
                }
                (done, _) => return done.map(|()| bytes),
            }
        }
        Err(Code::Conflict.into())
    }

    /// Opens what is attached to a version of a document, by its place from 1, for giving it out. Nothing of a version
    /// that is held back is given out.
    pub async fn open_enclosure(
        &mut self,
        document: DocumentId,
        number: u32,
        position: u32,
        words: Words<'_>,
    ) -> Result<OpenedEnclosure, Failure> {
        let view = self.document(document).await?;
        let inside = view.inside.as_ref().ok_or(Code::NotFound)?;
        let version = inside.versions.iter().find(|v| v.number == number).ok_or(Code::NotFound)?;
        let enclosure =
            version.enclosures.iter().find(|e| e.position == position).ok_or(Code::NotFound)?.clone();
        if [version.reading, enclosure.reading].contains(&ReadingOutcome::Quarantined) {
            return Err(Code::Quarantined.into());
        }
        let lies = (enclosure.object, enclosure.media_type.as_str());
        let bytes = self.given_out(&view, (number, Some(position)), lies, words).await?;
        Ok(OpenedEnclosure { enclosure, bytes })
    }

    /// The beginnings of the texts of entries, for snippets: empty where the reader does not read it, or would leave a line
    /// in its disclosure record.
    pub(crate) async fn texts_for_snippets(
        &mut self,
        entries: &[Visible<EntryView>],
        limit: usize,
    ) -> Result<Vec<String>, Failure> {
        let mut asked: BTreeMap<RegistryId, Vec<DocumentId>> = BTreeMap::new();
        for entry in entries {
            if entry.sight == SightMark::Read && !self.is_recorded(entry.label.as_ref()) {
                asked.entry(entry.registry).or_default().push(entry.document);
            }
        }
        let mut texts: HashMap<DocumentId, String> = HashMap::new();
        for (registry, documents) in asked {
            let lie = store::documents::text_objects(self.conn(), registry, &documents).await?;
            let flat: Vec<(DocumentId, ObjectId)> =
                lie.iter().flat_map(|(document, of)| of.iter().map(|object| (*document, *object))).collect();
            let objects = flat.iter().map(|(_, object)| *object).collect();
            let read = self.office().vault().beginnings(registry, objects, limit).await?;
            for ((document, _), bytes) in flat.into_iter().zip(read) {
                let bytes = match bytes.map_err(not_opened) {
                    Ok(bytes) => bytes,
                    // The others on the list are found all the same.
                    Err(Failure::Refused(_)) => continue,
                    Err(failure) => return Err(failure),
                };
                let text = texts.entry(document).or_default();
                let room = limit.saturating_sub(text.len());
                let more = String::from_utf8_lossy(&bytes);
                if !text.is_empty() {
                    text.push('\n');
                }
                text.push_str(more.get(..more.floor_char_boundary(room)).unwrap_or_default());
            }
        }
        Ok(entries.iter().map(|entry| texts.remove(&entry.document).unwrap_or_default()).collect())
    }
}

/// Why content could not be opened, for whoever asked for it.
pub(crate) fn not_opened(error: StoreError) -> Failure {
    match error {
        StoreError::KeyDestroyed => Code::ContentDestroyed.into(),
        StoreError::Damaged(_) | StoreError::File { .. } | StoreError::Key(_) if error.plight().is_none() => {
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
