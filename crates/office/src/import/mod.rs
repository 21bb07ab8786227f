//! Bulk registration: a folder, or a manifest with its map. Can be stopped and run again; every item that failed is
//! reported with its reason, and none stops the others.
//!
//! Three stages work at once, each on a batch of its own: one reads and seals, one makes durable, one registers. What
//! is durable and in the end named by no document is thrown away, also when the import is stopped.

mod filing;
mod sources;

use std::{
    collections::BTreeMap,
    ops::ControlFlow,
    path::PathBuf,
    sync::atomic::{AtomicUsize, Ordering},
};

use label::Label;
use registry::{
    Answer, Code, Command, CommandId, DocumentDate, RegistryId,
    document::{Register, StagedContent},
    reference::{Reference, ReferenceKind},
};
use store::{StoreError, vault::Sealed};
use tokio::sync::mpsc;

use crate::{
    door::{Carried, Sender},
    failure::Failure,
    intake::Staged,
    map::Map,
    office::Office,
};
use sources::{Waiting, folder_items, manifest_items};

/// Most items that are sealed, kept and committed together.
const BATCH: usize = 200;
/// Bytes of files after which a batch is full.
const BATCH_BYTES: u64 = 64 << 20;
/// Sealed files of a batch that stay open until they are flushed; more are opened again. Three batches are on their way
/// at once, and a process may have a thousand files open where nobody allowed it more.
const OPEN: usize = 200;
/// Most threads that read and seal.
const SEALERS: usize = 8;

/// What is imported.
#[derive(Debug, Clone)]
pub enum Source {
    /// Every file of a folder and its folders, or one file.
    Folder {
        /// Where.
        path: PathBuf,
        /// The marking of all of them; none: undetermined.
        label: Option<Label>,
    },
    /// The items of a manifest.
    Manifest {
        /// The manifest.
        manifest: PathBuf,
        /// The folder to which its paths are relative.
        root: PathBuf,
        /// How its items become registrations.
        map: Box<Map>,
    },
}

/// How one item ended.
#[derive(Debug, Clone)]
pub enum Ended {
    /// It is registered now.
    Registered {
        /// Its reference.
        reference: String,
    },
    /// It was registered before.
    Already,
    /// It was not registered.
    Failed {
        /// The code of the refusal, or `failed`.
        code: String,
        /// In words.
        why: String,
    },
}

/// What an import did.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// Newly registered.
    pub registered: u64,
    /// Registered before.
    pub already: u64,
    /// Items that failed, each with its code and reason.
    pub failed: Vec<(String, String, String)>,
    /// Registered with a flag: what the reader could not read, by outcome.
    pub flagged: BTreeMap<&'static str, u64>,
    /// True when whoever was told of the progress stopped it before its end.
    pub stopped: bool,
}

/// What whoever is told of the progress answers: `()` to go on always, or a [`ControlFlow`] of which `Break` stops the
/// import after the batch in hand.
pub trait Heard {
    /// Whether to go on.
    fn flow(self) -> ControlFlow<()>;
}

impl Heard for () {
    fn flow(self) -> ControlFlow<()> {
        ControlFlow::Continue(())
    }
}

impl Heard for ControlFlow<()> {
    fn flow(self) -> ControlFlow<()> {
        self
    }
}

/// An item with its sealed content, if it has any.
type Prepared = (Waiting, Result<Option<Staged>, Failure>);

/// A batch that is durable.
struct Kept {
    registry: RegistryId,
    /// Items whose command was carried out by an earlier run.
    already: Vec<String>,
    /// The others.
    items: Vec<Ready>,
}

/// An item of which everything is done but its command.
struct Ready {
    identifier: String,
    asked: Result<(CommandId, Box<Register>), Ended>,
}

impl Kept {
    fn contents(&self) -> Vec<StagedContent> {
        let documents = self.items.iter().filter_map(|item| item.asked.as_ref().ok());
        documents.filter_map(|(_, document)| document.content.clone()).collect()
    }
}

impl Office {
    /// Imports into a registry in a sender's name. `progress` is told of each item and of the whole number; where it
    /// answers [`ControlFlow::Break`] the import ends after the batch in hand, and the same import run again goes on.
    ///
    /// # Errors
    /// When the source can't be read at all, or vault and tables fail. An item that fails is no error: the report
    /// names it.
    pub async fn import<Answered: Heard>(
        &self,
        sender: Sender,
        registry: RegistryId,
        source: &Source,
        mut progress: impl FnMut(&str, &Ended, u64, u64) -> Answered + Send,
    ) -> Result<Report, Failure> {
        let house = self.house().await?;
        let mut waiting = match source {
            Source::Folder { path, label } => folder_items(path, label.as_ref(), registry)?,
            Source::Manifest { manifest, root, map } => {
                let space = format!("{registry} manifest");
                manifest_items(manifest, root, map, &house, &space)?
            }
        };
        self.lay_out(sender, registry, &registry.to_string(), &mut waiting).await?;
        let total = waiting.len() as u64;
        let mut report = Report::default();
        let mut done = 0;
        let (send, sealed) = mpsc::channel(1);
        let sealing = tokio::spawn(self.clone().seal_all(sender, registry, waiting, send));
        let (send, mut kept) = mpsc::channel(1);
        let keeping = tokio::spawn(self.clone().keep_all(registry, sealed, send));
        while let Some(batch) = kept.recv().await {
            if report.stopped {
                // It was durable already, and nobody will name it.
                self.discard(registry, &batch.contents()).await?;
                continue;
            }
            for (identifier, ended, flag) in self.register_batch(sender, batch).await? {
                done += 1;
                match &ended {
                    Ended::Registered { .. } => {
                        report.registered += 1;
                        if let Some(flag) = flag {
                            *report.flagged.entry(flag).or_default() += 1;
                        }
                    }
                    Ended::Already => report.already += 1,
                    Ended::Failed { code, why } => {
                        report.failed.push((identifier.clone(), code.clone(), why.clone()));
                    }
                }
                report.stopped |= progress(&identifier, &ended, done, total).flow().is_break();
            }
            if report.stopped {
                kept.close();
            }
        }
        // Its last item was the last of all: there was nothing left to stop.
        report.stopped &= done < total;
        keeping.await.map_err(StoreError::damaged)??;
        sealing.await.map_err(StoreError::damaged)??;
        Ok(report)
    }

    /// The first stage: reads and seals batch after batch, leaving out what an earlier run registered.
    async fn seal_all(
        self,
        sender: Sender,
        registry: RegistryId,
        waiting: Vec<Waiting>,
        next: mpsc::Sender<(Vec<String>, Vec<Prepared>)>,
    ) -> Result<(), Failure> {
        let mut waiting = waiting.into_iter().peekable();
        while waiting.peek().is_some() {
            let (mut part, mut bytes) = (Vec::new(), 0);
            while part.len() < BATCH && bytes < BATCH_BYTES {
                let Some(item) = waiting.next() else { break };
                // A file that is not there fails when it is read, with its reason.
                bytes += item.file.as_ref().and_then(|f| f.metadata().ok()).map_or(0, |m| m.len());
                part.push(item);
            }
            let commands: Vec<CommandId> = part.iter().map(|item| item.command).collect();
            let mut conn = self.database().begin_read().await?;
            let earlier = store::load::carried_out(&mut conn, registry, sender.person, &commands).await?;
            drop(conn);
            let (already, part): (Vec<_>, Vec<_>) =
                part.into_iter().partition(|item| item.document.is_ok() && earlier.contains(&item.command));
            let office = self.clone();
            let sealing = tokio::task::spawn_blocking(move || office.seal_batch(registry, part));
            let prepared = sealing.await.map_err(StoreError::damaged)?;
            let already = already.into_iter().map(|item| item.identifier).collect();
            if next.send((already, prepared)).await.is_err() {
                // Stopped: what was sealed and not kept goes by itself.
                break;
            }
        }
        Ok(())
    }

    /// The second stage: makes batch after batch durable.
    async fn keep_all(
        self,
        registry: RegistryId,
        mut sealed: mpsc::Receiver<(Vec<String>, Vec<Prepared>)>,
        next: mpsc::Sender<Kept>,
    ) -> Result<(), Failure> {
        while let Some((already, prepared)) = sealed.recv().await {
            if next.is_closed() {
                break;
            }
            let mut objects: Vec<Sealed> = Vec::new();
            let items = prepared.into_iter().map(|item| ready(item, &mut objects)).collect();
            self.keep(objects).await?;
            if let Err(refused) = next.send(Kept { registry, already, items }).await {
                self.discard(registry, &refused.0.contents()).await?;
                break;
            }
        }
        Ok(())
    }

    /// Seals the files of a batch and reads their text, on several threads.
    fn seal_batch(&self, registry: RegistryId, part: Vec<Waiting>) -> Vec<Prepared> {
        let batch = self.vault().batch();
        let one = |item: &Waiting| -> Result<Option<Staged>, Failure> {
            let (Some(path), Ok(_)) = (&item.file, &item.document) else { return Ok(None) };
            let failed = |e| StoreError::file(path.display().to_string(), e);
            let mut file = std::fs::File::open(path).map_err(failed)?;
            let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
            let mut upload = self.upload_in(batch, registry, &name)?;
            let length = file.metadata().map_err(failed)?.len();
            let mut buffer = vec![0; usize::try_from(length.clamp(1, 256 * 1024)).unwrap_or(1)];
            loop {
                let read = std::io::Read::read(&mut file, &mut buffer).map_err(failed)?;
                if read == 0 {
                    break;
                }
                upload.write(buffer.get(..read).unwrap_or_default())?;
            }
            upload.finish(None).map(Some)
        };
        let (next, open) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let work = || {
            let mut done = Vec::new();
            while let Some((n, item)) = {
                let n = next.fetch_add(1, Ordering::Relaxed);
                part.get(n).map(|item| (n, item))
            } {
                let mut staged = one(item);
                if let Ok(Some(staged)) = &mut staged {
                    let before = open.fetch_add(staged.sealed.len(), Ordering::Relaxed);
                    if before >= OPEN {
                        staged.sealed.iter_mut().for_each(Sealed::rest);
                    }
                }
                done.push((n, staged));
            }
            done
        };
        let threads = std::thread::available_parallelism().map_or(2, usize::from).clamp(2, SEALERS);
        let mut staged: BTreeMap<usize, Result<Option<Staged>, Failure>> = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
            threads.into_iter().flat_map(|thread| thread.join().unwrap_or_default()).collect()
        });
        // Each is put beside its own item, also where a thread was lost with what it had done.
        let lost = || Err(StoreError::damaged("reading it did not end").into());
        let each = |(n, item)| (item, staged.remove(&n).unwrap_or_else(lost));
        part.into_iter().enumerate().map(each).collect()
    }

    /// The third stage: gives the commands of a batch, and throws away what no document names in the end.
    async fn register_batch(
        &self,
        sender: Sender,
        batch: Kept,
    ) -> Result<Vec<(String, Ended, Option<&'static str>)>, Failure> {
        let registry = batch.registry;
        let mut results: Vec<_> =
            batch.already.into_iter().map(|identifier| (identifier, Ended::Already, None)).collect();
        let (mut commands, mut asked) = (Vec::new(), Vec::new());
        for item in batch.items {
            match item.asked {
                Ok((id, document)) => {
                    asked.push((item.identifier, document.content.clone()));
                    commands.push((id, Command::Register { registry, document }));
                }
                Err(ended) => results.push((item.identifier, ended, None)),
            }
        }
        let answers = self.carry_all(sender, registry, commands).await;
        let mut unused = Vec::new();
        for ((identifier, content), answer) in asked.into_iter().zip(answers) {
            let unclear = matches!(answer, Err(Failure::Failed(_)));
            let ended = match answer {
                Ok(Carried { answer: Answer::Registered { reference, .. }, now: true }) => {
                    Ended::Registered { reference }
                }
                Ok(Carried { now: false, .. }) => Ended::Already,
                Ok(_) => ended(Code::Conflict.into()),
                // The same item, changed since: it stays as it was registered.
                Err(Failure::Refused(refusal)) if refusal.code == Code::CommandIdReused => Ended::Already,
                Err(failure) => ended(failure),
            };
            let flag =
                content.as_ref().map(|c| c.reading.as_str()).filter(|r| !matches!(*r, "text" | "no-text"));
            // Where it is not known whether it was committed: better an object too many than a document without one.
            if !matches!(ended, Ended::Registered { .. }) && !unclear {
                unused.extend(content);
            }
            results.push((identifier, ended, flag));
        }
        self.discard(registry, &unused).await?;
        Ok(results)
    }
}

/// An item as its command will ask for it, and what must be durable before.
fn ready((item, staged): Prepared, objects: &mut Vec<Sealed>) -> Ready {
    let Waiting { identifier, command, document, .. } = item;
    let asked = match (staged, document) {
        (Err(failure), _) => Err(ended(failure)),
        (_, Err(why)) => Err(Ended::Failed { code: "map".to_owned(), why }),
        (Ok(staged), Ok(mut document)) => {
            if let Some(mut staged) = staged {
                objects.append(&mut staged.sealed);
                propose(&mut document, &staged);
                document.content = Some(staged.content);
            }
            Ok((command, Box::new(document)))
        }
    };
    Ready { identifier, asked }
}

fn ended(failure: Failure) -> Ended {
    match failure {
        Failure::Refused(refusal) => {
            let words: Vec<String> = refusal.arguments.iter().map(|(n, v)| format!("{n} {v}")).collect();
            Ended::Failed { code: refusal.code.to_string(), why: words.join(", ") }
        }
        Failure::Failed(e) => Ended::Failed { code: "failed".to_owned(), why: e.to_string() },
    }
}

/// What the file says of itself fills what nobody said.
fn propose(document: &mut Register, staged: &Staged) {
    let reading = staged.reading.as_deref();
    let mail = reading.and_then(|reading| reading.mail.as_ref());
    if document.subject.trim().is_empty() {
        let said = mail.and_then(|mail| mail.subject.as_ref()).or(reading.and_then(|r| r.title.as_ref()));
        // What can't be read, or says nothing of itself, is known by the name under which it came.
        let said = said.filter(|t| !t.trim().is_empty()).unwrap_or(&staged.content.file_name);
        document.subject = said.chars().take(300).collect();
    }
    if let Some(mail) = mail {
        if document.originator.is_none() {
            document.originator = mail.from.first().map(|f| f.chars().take(300).collect());
        }
        if document.action.is_empty() {
            document.action = mail.to.iter().take(100).map(|n| n.chars().take(300).collect()).collect();
        }
        if document.info.is_empty() {
            document.info = mail.cc.iter().take(100).map(|n| n.chars().take(300).collect()).collect();
        }
        if document.date.is_none() {
            document.date = mail.date.as_deref().and_then(|d| DocumentDate::parse(d).ok());
        }
        if let Some(id) = &mail.message_id {
            let text: String = id.chars().take(300).collect();
            document.references.push(Reference::new(ReferenceKind::Originator, text));
        }
    }
}
