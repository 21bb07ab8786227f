//! Files that a person drops into an in-tray, one by one or a folder of them. Each waits like what a mailbox brings; the
//! same bytes are known and come once, and whoever brings them is told what became of the first.
//!
//! He is told only what he may see. Where the bytes are those of a paper that is not his to read they come in as if they
//! were new, else a file in his hand would be a question that the register answers.

use registry::{Code, DocumentId, ObjectId, Refusal, RegistryId, document::Direction, id::Digest};
use store::{StoreError, values};

use super::{Arriving, Source, shown::MOST_SHOWN};
use crate::{failure::Failure, intake::Upload, office::Office, reading::Reading, signin::Session};

/// Longest name of a file that is kept (characters): more than any file system has.
const LONGEST_NAME: usize = 255;
/// Longest path of a folder that is kept (characters).
const LONGEST_FOLDER: usize = 500;

/// What became of a file that was dropped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Dropped {
    /// It waits.
    Waits(ObjectId),
    /// The same bytes wait already.
    WaitsAlready(ObjectId),
    /// The same bytes came before and were registered: as this paper, by this reference.
    Registered(DocumentId, String),
    /// The same bytes came before, and somebody said why they are not registered.
    Dismissed,
}

/// Where a file lay, as a browser or a program tells it: the folder, from the one that was dropped, and its own name. Both
/// are words for people: nothing is ever opened by them.
pub fn place(path: &str) -> (String, String) {
    let mut parts: Vec<String> = path.split(['/', '\\']).map(plain).filter(|part| !part.is_empty()).collect();
    let name = parts.pop().unwrap_or_default();
    parts.retain(|part| part != "." && part != "..");
    let folder = parts.join("/").chars().take(LONGEST_FOLDER).collect();
    (folder, shortened(&name))
}

/// A name without what moves or hides letters of it.
fn plain(part: &str) -> String {
    let hides = |c: char| matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}');
    part.chars().filter(|c| !c.is_control() && !hides(*c)).collect::<String>().trim().to_owned()
}

/// A name that is too long loses its middle and keeps its ending, which tells what it is.
fn shortened(name: &str) -> String {
    if name.chars().count() <= LONGEST_NAME {
        return name.to_owned();
    }
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    let ending = if ending.chars().count() < 12 { ending } else { "" };
    let begin: String = name.chars().take(LONGEST_NAME - 14).collect();
    if ending.is_empty() { format!("{begin}…") } else { format!("{begin}….{ending}") }
}

/// What is known of bytes.
enum Known {
    No,
    /// They wait, or somebody is settling them now.
    Waits(ObjectId),
    Dismissed,
    Registered(DocumentId, String),
    /// They were registered as a paper that is not the reader's.
    Hidden,
}

impl Office {
    /// Puts a file that came in into the tray of a registry. It is durable when this returns. Refused to whoever does not
    /// work on that tray, and where it is full.
    pub async fn tray_drop(
        &self,
        session: &Session,
        registry: RegistryId,
        folder: &str,
        direction: Direction,
        (upload, announced): (Upload, Option<u64>),
    ) -> Result<Dropped, Failure> {
        let mut reading = self.read_as(session).await?;
        if !reading.works_on_tray(registry) {
            return Err(Code::Forbidden.into());
        }
        if reading.tray_count(registry).await? >= u64::try_from(MOST_SHOWN).unwrap_or(u64::MAX) {
            return Err(Refusal::on("content", Code::TrayFull).with("limit", MOST_SHOWN).into());
        }
        // Nothing is held open while it is read, which may take a minute.
        drop(reading);
        let finished = tokio::task::spawn_blocking(move || upload.finish(announced));
        let staged = finished.await.map_err(StoreError::damaged)??;
        let (digest, name) = (staged.content.digest, place(&staged.content.file_name).1);
        let known = self.read_as(session).await?.known(registry, digest).await?;
        if let Some(told) = told(&known) {
            if let Some(follower) = self.follower() {
                follower.forget_fresh(&staged.content.objects());
            }
            return Ok(told);
        }
        let mut put = self.tray_read(staged).await?;
        if let Some(content) = &mut put.content {
            // Also a message keeps the name that it lay under.
            content.file_name = if name.is_empty() { "content".to_owned() } else { name };
        }
        put.head.brought_by = Some(session.person);
        let origin = folder.to_owned();
        let arriving = Arriving { source: Source::Drop, origin, direction, received: None };
        let mut conn = self.database().begin_write().await?;
        if matches!(known, Known::Hidden) {
            // From now on the bytes are known by what waits: a mailbox that brings them again brings nothing new either.
            conn.execute(
                "UPDATE tray SET digest = NULL WHERE registry_id = $1 AND digest = $2 AND standing = 'registered'",
                values![registry, digest.0],
            )
            .await?;
        }
        let id = self.tray_insert(&mut conn, registry, &arriving, &put).await?;
        conn.commit().await.map_err(StoreError::from)?;
        self.tray_kept(registry, put, id.is_some()).await?;
        if let Some(id) = id {
            return Ok(Dropped::Waits(id));
        }
        // Somebody else brought the same in this moment.
        let known = self.read_as(session).await?.known(registry, digest).await?;
        told(&known).ok_or_else(|| Code::Conflict.into())
    }
}

/// What a person is told of bytes that are known. None: they come in.
fn told(known: &Known) -> Option<Dropped> {
    match known {
        Known::No | Known::Hidden => None,
        Known::Waits(item) => Some(Dropped::WaitsAlready(*item)),
        Known::Dismissed => Some(Dropped::Dismissed),
        Known::Registered(document, reference) => Some(Dropped::Registered(*document, reference.clone())),
    }
}

impl Reading {
    /// What is known of bytes in a tray of the reader's.
    async fn known(&mut self, registry: RegistryId, digest: Digest) -> Result<Known, Failure> {
        let row = self
            .conn()
            .one(
                "SELECT item_id, standing, registered_as FROM tray WHERE registry_id = $1 AND digest = $2",
                values![registry, digest.0],
            )
            .await?;
        let Some(row) = row else { return Ok(Known::No) };
        let item: ObjectId = row.id(0)?;
        Ok(match (row.text(1)?.as_str(), row.opt_id::<DocumentId>(2)?) {
            ("dismissed", _) => Known::Dismissed,
            ("registered", Some(document)) => match self.document(document).await {
                Ok(view) if view.inside.is_some() => {
                    Known::Registered(document, view.entry.reference.clone())
                }
                Ok(_) | Err(Failure::Refused(_)) => Known::Hidden,
                Err(failure) => return Err(failure),
            },
            ("registered", None) => Known::Hidden,
            _ => Known::Waits(item),
        })
    }
}
