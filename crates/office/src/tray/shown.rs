//! What of an in-tray is shown, and to whom: those who may register in its registry, and nobody else.

use registry::{
    Code, DocumentId, FileId, ObjectId, RegistryId,
    document::{Direction, ReadingOutcome, StagedContent},
    house::Registry,
    id::Digest,
};
use store::{StoreError, Visible, sql::Row, values, vault::Unsealing, visible::DocumentView};

use super::{Dismissed, Head, Item, Source, head::thread};
use crate::{failure::Failure, reading::Reading, staging::Waiting};

/// Most things of one tray that a list shows, the newest.
pub(super) const MOST_SHOWN: i64 = 10_000;

/// Where a message belongs: the paper that it answers, and the files in which that one is.
#[derive(Debug)]
pub struct Thread {
    /// The paper.
    pub document: Visible<DocumentView>,
    /// What to call it by.
    pub reference: String,
    /// The files in which it is, each by id, with code and names.
    pub files: Vec<(FileId, String)>,
}

fn item(row: &Row) -> Result<Item, StoreError> {
    let (direction, head, content) = (row.text(4)?, row.text(5)?, row.opt_text(6)?);
    let content: Option<StagedContent> =
        content.map(|text| serde_json::from_str(&text)).transpose().map_err(StoreError::damaged)?;
    let head: Head = serde_json::from_str(&head).map_err(StoreError::damaged)?;
    Ok(Item {
        id: row.id(0)?,
        registry: row.id(1)?,
        source: Source::named(&row.text(2)?).unwrap_or(Source::Mailbox),
        origin: row.text(3)?,
        direction: Direction::named(&direction).unwrap_or(Direction::Incoming),
        head,
        content,
        arrived: row.time(7)?,
    })
}

impl Reading {
    /// The registries whose trays the reader works on: those in which he may register.
    pub fn trays(&self) -> Vec<Registry> {
        let house = self.house.clone();
        house.registries().into_iter().filter(|r| self.works_on_tray(r.id)).cloned().collect()
    }

    /// Whether a tray is the reader's to work on. What waits has no marking that anyone has decided: a session that shows
    /// only so much of what its person sees shows nothing of it.
    pub(crate) fn works_on_tray(&self, registry: RegistryId) -> bool {
        self.viewer().registers(registry) && self.viewer().ceiling().is_none()
    }

    /// How much waits in a tray; nothing in one that is not the reader's.
    pub async fn tray_count(&mut self, registry: RegistryId) -> Result<u64, Failure> {
        if !self.works_on_tray(registry) {
            return Ok(0);
        }
        let row = self
            .conn()
            .one(
                "SELECT COUNT(*) FROM tray WHERE standing = 'waiting' AND registry_id = $1 AND command_id IS NULL",
                values![registry],
            )
            .await?;
        Ok(row.map_or(Ok(0), |row| row.number(0))?)
    }

    /// What waits in a tray, what came last first; nothing in one that is not the reader's.
    pub async fn tray(&mut self, registry: RegistryId) -> Result<Vec<Item>, Failure> {
        if !self.works_on_tray(registry) {
            return Ok(Vec::new());
        }
        let rows = self
            .conn()
            .all(
                "SELECT item_id, registry_id, source, origin, direction, head, content, arrived_at FROM tray WHERE standing = 'waiting' AND registry_id = $1 AND command_id IS NULL ORDER BY arrived_at DESC, item_id LIMIT $2",
                values![registry, MOST_SHOWN],
            )
            .await?;
        Ok(rows.iter().map(item).collect::<Result<_, _>>()?)
    }

    /// What was dismissed of a tray, the last first; nothing in one that is not the reader's.
    pub async fn tray_dismissed(&mut self, registry: RegistryId) -> Result<Vec<Dismissed>, Failure> {
        if !self.works_on_tray(registry) {
            return Ok(Vec::new());
        }
        let rows = self
            .conn()
            .all(
                "SELECT d.item_id, d.reason, d.words, d.dismissed_at, d.dismissed_by, COALESCE(t.origin, s.origin) FROM intake_dismissed d LEFT JOIN tray t ON t.registry_id = d.registry_id AND t.item_id = d.item_id LEFT JOIN scan s ON s.registry_id = d.registry_id AND s.scan_id = d.item_id WHERE d.registry_id = $1 ORDER BY d.dismissed_at DESC, d.item_id LIMIT $2",
                values![registry, MOST_SHOWN],
            )
            .await?;
        let one = |row: &Row| -> Result<Dismissed, StoreError> {
            Ok(Dismissed {
                id: row.id(0)?,
                registry,
                reason: row.text(1)?,
                words: row.opt_text(2)?,
                at: row.time(3)?,
                by: row.id(4)?,
                origin: row.opt_text(5)?,
            })
        };
        Ok(rows.iter().map(one).collect::<Result<_, _>>()?)
    }

    /// Something that waits in a tray of the reader's; none where it is not there, or not his, or settled meanwhile.
    pub async fn tray_item(&mut self, id: ObjectId) -> Result<Option<Item>, Failure> {
        for registry in self.trays() {
            let row = self
                .conn()
                .one(
                    "SELECT item_id, registry_id, source, origin, direction, head, content, arrived_at FROM tray WHERE registry_id = $1 AND item_id = $2 AND standing = 'waiting' AND command_id IS NULL",
                    values![registry.id, id],
                )
                .await?;
            if let Some(row) = row {
                return Ok(Some(item(&row)?));
            }
        }
        Ok(None)
    }

    /// What waits as a file that was just read, for proposing fields: its text is unsealed. None: there is no content.
    pub async fn tray_waiting(&mut self, item: &Item) -> Result<Option<Waiting>, Failure> {
        let Some(content) = item.content.clone() else { return Ok(None) };
        let text = self.office().waiting_text(item.registry, &content).await?;
        let head = &item.head;
        let reading = reader::Reading {
            text,
            mail: head.mail.clone(),
            title: head.title.clone(),
            author: head.author.clone(),
            created: head.created.clone(),
            ..reader::Reading::default()
        };
        Ok(Some(Waiting { id: item.id, content, reading: Some(Box::new(reading)) }))
    }

    /// The paper that a message answers, where it was registered out of the same tray and the reader may read it. Ids of
    /// messages are written by their senders: it is a proposal, and shows nobody what he may not see.
    pub async fn tray_thread(&mut self, item: &Item) -> Result<Option<Thread>, Failure> {
        if !self.works_on_tray(item.registry) {
            return Ok(None);
        }
        let Some(mail) = &item.head.mail else { return Ok(None) };
        let head = thread(mail);
        for (id, _) in head.candidates() {
            let row = self
                .conn()
                .one(
                    "SELECT registered_as FROM tray WHERE registry_id = $1 AND message_id = $2 AND standing = 'registered'",
                    values![item.registry, id],
                )
                .await?;
            let Some(document) = row.map(|row| row.opt_id::<DocumentId>(0)).transpose()?.flatten() else {
                continue;
            };
            let Ok(document) = self.document(document).await else { continue };
            if document.inside.is_none() {
                continue;
            }
            let (plan, filings) = self.filed_in(&document).await?;
            let files = filings
                .iter()
                .filter(|filing| filing.taken.is_none())
                .filter_map(|filing| plan.file(filing.file))
                .filter(|file| file.state.closed_on.is_none())
                .map(|file| {
                    let names = &file.state.file.names;
                    let name = names.in_language(&self.person().language);
                    (file.state.file.id, format!("{} {name}", file.state.file.code))
                })
                .collect();
            let reference = document.entry.reference.clone();
            return Ok(Some(Thread { document, reference, files }));
        }
        Ok(None)
    }

    /// Opens something that waits, or what is attached to it by its place from 1, for giving it out. What attacks whoever
    /// opens it stays where it is.
    pub async fn open_waiting(&mut self, id: ObjectId, place: usize) -> Result<OpenedWaiting, Failure> {
        let item = self.tray_item(id).await?.ok_or(Code::TraySettled)?;
        let content = item.content.ok_or(Code::NotFound)?;
        let (file_name, media_type, size, digest, object, reading) = match place.checked_sub(1) {
            None => {
                let StagedContent { file_name, media_type, size, digest, object, reading, .. } =
                    content.clone();
                (file_name, media_type, size, digest, object, reading)
            }
            Some(at) => {
                let one = content.enclosures.get(at).ok_or(Code::NotFound)?.clone();
                (one.file_name, one.media_type, one.size, one.digest, one.object, one.reading)
            }
        };
        if [content.reading, reading].contains(&ReadingOutcome::Quarantined) {
            return Err(Code::Quarantined.into());
        }
        let bytes = self.office().vault().unseal(item.registry, object).await?;
        Ok(OpenedWaiting { file_name, media_type, size, digest, bytes })
    }
}

/// Something that waits and is being given out.
#[derive(Debug)]
pub struct OpenedWaiting {
    /// As it came.
    pub file_name: String,
    /// By content.
    pub media_type: String,
    /// Length in bytes.
    pub size: u64,
    /// Digest of its bytes.
    pub digest: Digest,
    /// Its bytes, chunk by chunk; reading them may block.
    pub bytes: Unsealing,
}
