//! Bulk registration: a folder, or a manifest with its map. Can be stopped and run again; every item that failed is
//! reported with its reason, and none stops the others.

use std::{
    path::{Component, Path, PathBuf},
    sync::Arc,
};

use label::Label;
use registry::{
    Answer, Code, Command, CommandId, DocumentDate, RegistryId,
    document::{Direction, Register},
    house::House,
    id::Digest,
    reference::{Reference, ReferenceKind},
};
use store::{StoreError, vault::Sealed};

use crate::{
    door::Sender,
    failure::Failure,
    intake::Staged,
    map::{Format, Item, Map, Mapped},
    office::Office,
};

/// Items that are sealed and committed together.
const BATCH: usize = 200;

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
    pub flagged: std::collections::BTreeMap<&'static str, u64>,
}

/// One item before it is sealed.
struct Waiting {
    identifier: String,
    command: CommandId,
    file: Option<PathBuf>,
    document: Result<Register, String>,
}

impl Office {
    /// Imports into a registry in a sender's name. `progress` is told of each item and of the whole number.
    pub async fn import(
        &self,
        sender: Sender,
        registry: RegistryId,
        source: &Source,
        mut progress: impl FnMut(&str, &Ended, u64, u64) + Send,
    ) -> Result<Report, Failure> {
        let house = self.house().await?;
        let waiting = match source {
            Source::Folder { path, label } => folder_items(path, label.as_ref(), registry)?,
            Source::Manifest { manifest, root, map } => {
                let space = format!("{registry} manifest");
                manifest_items(manifest, root, map, &house, &space)?
            }
        };
        let total = waiting.len() as u64;
        let mut report = Report::default();
        let mut done = 0;
        let mut waiting = waiting.into_iter();
        // While one batch commits the next is being read and sealed.
        let (send, mut receive) =
            tokio::sync::mpsc::channel::<Vec<(Waiting, Result<Option<Staged>, Failure>)>>(1);
        let office = self.clone();
        let sealing = tokio::task::spawn_blocking(move || {
            loop {
                let part: Vec<Waiting> = waiting.by_ref().take(BATCH).collect();
                if part.is_empty() {
                    return;
                }
                if send.blocking_send(office.seal_batch(registry, part)).is_err() {
                    return;
                }
            }
        });
        while let Some(batch) = receive.recv().await {
            for (identifier, ended, flag) in self.register_batch(sender, registry, batch).await? {
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
                progress(&identifier, &ended, done, total);
            }
        }
        sealing.await.map_err(StoreError::damaged)?;
        Ok(report)
    }

    /// Seals the files of a batch and reads their text, on two threads.
    fn seal_batch(
        &self,
        registry: RegistryId,
        part: Vec<Waiting>,
    ) -> Vec<(Waiting, Result<Option<Staged>, Failure>)> {
        let batch = self.vault().batch();
        let one = |item: &Waiting| -> Result<Option<Staged>, Failure> {
            let (Some(path), Ok(_)) = (&item.file, &item.document) else { return Ok(None) };
            let failed = |e| StoreError::file(path.display().to_string(), e);
            let mut file = std::fs::File::open(path).map_err(failed)?;
            let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
            let mut upload = self.upload_in(batch, registry, &name)?;
            let mut buffer = vec![0; 256 * 1024];
            loop {
                let read = std::io::Read::read(&mut file, &mut buffer).map_err(failed)?;
                if read == 0 {
                    break;
                }
                upload.write(buffer.get(..read).unwrap_or_default())?;
            }
            upload.finish(None).map(Some)
        };
        let half = part.len().div_ceil(2).max(1);
        let staged: Vec<Result<Option<Staged>, Failure>> = std::thread::scope(|scope| {
            let threads: Vec<_> = part
                .chunks(half)
                .map(|items| scope.spawn(move || items.iter().map(one).collect::<Vec<_>>()))
                .collect();
            threads.into_iter().flat_map(|t| t.join().unwrap_or_default()).collect()
        });
        part.into_iter().zip(staged).collect()
    }

    async fn register_batch(
        &self,
        sender: Sender,
        registry: RegistryId,
        batch: Vec<(Waiting, Result<Option<Staged>, Failure>)>,
    ) -> Result<Vec<(String, Ended, Option<&'static str>)>, Failure> {
        let mut sealed: Vec<Sealed> = Vec::new();
        let mut ready = Vec::new();
        for (item, staged) in batch {
            let mut staged = match staged {
                Ok(staged) => staged,
                Err(failure) => {
                    ready.push((item.identifier, Err(ended(failure)), None));
                    continue;
                }
            };
            let mut document = match item.document {
                Ok(document) => document,
                Err(why) => {
                    let failed = Ended::Failed { code: "map".to_owned(), why };
                    ready.push((item.identifier, Err(failed), None));
                    continue;
                }
            };
            let mut content = None;
            if let Some(staged) = &mut staged {
                sealed.append(&mut staged.sealed);
                propose(&mut document, staged);
                document.content = Some(staged.content.clone());
                content = Some(staged.content.clone());
            }
            let document = Box::new(document);
            ready.push((
                item.identifier,
                Ok((item.command, Command::Register { registry, document })),
                content,
            ));
        }
        self.keep(sealed).await?;
        let answers = ready.into_iter().map(|(identifier, command, content)| async move {
            let (id, command) = match command {
                Ok(command) => command,
                Err(ended) => return Ok((identifier, ended, None)),
            };
            let flag =
                content.as_ref().map(|c| c.reading.as_str()).filter(|r| !matches!(*r, "text" | "no-text"));
            let ended = match self.command_once(sender, id, command, content.as_ref()).await {
                Ok((reference, true)) => Ended::Registered { reference },
                Ok((_, false)) => Ended::Already,
                Err(failure) => ended(failure),
            };
            // What no document names in the end is thrown away.
            if let (Some(content), Ended::Failed { .. } | Ended::Already) = (&content, &ended) {
                self.discard(registry, content).await?;
            }
            Ok((identifier, ended, flag))
        });
        futures::future::join_all(answers).await.into_iter().collect::<Result<Vec<_>, Failure>>()
    }

    /// Registers once. The second answer tells whether this run did it, or an earlier one: then the content that is
    /// kept is not the one that was sealed now.
    async fn command_once(
        &self,
        sender: Sender,
        id: CommandId,
        command: Command,
        content: Option<&registry::document::StagedContent>,
    ) -> Result<(String, bool), Failure> {
        let registry = command.ledger();
        match self.command(sender, id, command).await {
            Ok(Answer::Registered { document, reference }) => {
                let new = match content {
                    Some(content) => self.is_kept_as(registry, document, content).await?,
                    // An entry without content leaves nothing that could be thrown away.
                    None => true,
                };
                Ok((reference, new))
            }
            Ok(_) => Err(Code::Conflict.into()),
            // The same item, changed since: it stays as it was registered.
            Err(Failure::Refused(refusal)) if refusal.code == Code::CommandIdReused => {
                Ok((String::new(), false))
            }
            Err(failure) => Err(failure),
        }
    }

    async fn is_kept_as(
        &self,
        registry: RegistryId,
        document: registry::DocumentId,
        content: &registry::document::StagedContent,
    ) -> Result<bool, Failure> {
        let mut conn = self.database().begin_read().await?;
        Ok(store::documents::names_object(&mut conn, registry, document, content.object).await?)
    }
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
    let Some(reading) = &staged.reading else { return };
    if document.subject.is_empty() {
        let mail = reading.mail.as_ref().and_then(|m| m.subject.clone());
        document.subject = mail
            .or_else(|| reading.title.clone())
            .filter(|t| !t.trim().is_empty())
            .map(|t| t.chars().take(300).collect())
            .unwrap_or_else(|| staged.content.file_name.clone());
    }
    if let Some(mail) = &reading.mail {
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
            let text = id.chars().take(300).collect();
            document.references.push(Reference { kind: ReferenceKind::Originator, text });
        }
    }
}

fn command_id(space: &str, identifier: &str) -> CommandId {
    let digest = Digest::of(format!("import\n{space}\n{identifier}").as_bytes());
    let mut id = [0; 16];
    id.iter_mut().zip(digest.0).for_each(|(to, from)| *to = from);
    CommandId::new(id)
}

fn folder_items(path: &Path, label: Option<&Label>, registry: RegistryId) -> Result<Vec<Waiting>, Failure> {
    let mut files = Vec::new();
    gather(path, &mut files, 0)?;
    files.sort();
    Ok(files
        .into_iter()
        .map(|file| {
            let relative = file.strip_prefix(path).unwrap_or(&file).to_string_lossy().into_owned();
            let identifier = if relative.is_empty() { file.to_string_lossy().into_owned() } else { relative };
            let name = file.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
            let mail = name.to_lowercase().ends_with(".eml");
            Waiting {
                command: command_id(&format!("{registry} folder"), &identifier),
                document: Ok(Register {
                    direction: Direction::Incoming,
                    kind: if mail { "e-mail" } else { "document" }.to_owned(),
                    date: None,
                    language: "en".to_owned(),
                    originator: None,
                    references: Vec::new(),
                    subject: String::new(),
                    subject_label: None,
                    label: label.cloned(),
                    action: Vec::new(),
                    info: Vec::new(),
                    need_to_know: Vec::new(),
                    access_list: Vec::new(),
                    held_elsewhere: None,
                    content: None,
                }),
                identifier,
                file: Some(file),
            }
        })
        .collect())
}

/// Files below a folder, to a depth that no honest tree exceeds; links are not followed.
fn gather(path: &Path, files: &mut Vec<PathBuf>, depth: usize) -> Result<(), StoreError> {
    let failed = |e| StoreError::file(path.display().to_string(), e);
    let kind = std::fs::symlink_metadata(path).map_err(failed)?;
    if kind.is_file() {
        files.push(path.to_owned());
    } else if kind.is_dir() && depth < 64 {
        for entry in std::fs::read_dir(path).map_err(failed)? {
            gather(&entry.map_err(failed)?.path(), files, depth + 1)?;
        }
    }
    Ok(())
}

fn manifest_items(
    manifest: &Path,
    root: &Path,
    map: &Map,
    house: &Arc<House>,
    space: &str,
) -> Result<Vec<Waiting>, Failure> {
    let text =
        std::fs::read_to_string(manifest).map_err(|e| StoreError::file(manifest.display().to_string(), e))?;
    let items = items(&text, map.format).map_err(StoreError::damaged)?;
    Ok((1_u64..)
        .zip(items)
        .map(|(line, item)| {
            let fallback = format!("item {line}");
            let item = match item {
                Ok(item) => item,
                Err(why) => {
                    return Waiting {
                        command: command_id(space, &fallback),
                        identifier: fallback,
                        file: None,
                        document: Err(why),
                    };
                }
            };
            let identifier = map.identifier(&item).unwrap_or(fallback);
            let command = command_id(space, &identifier);
            let mapped = map.apply(&item, &house.policies).and_then(|Mapped { file, document, .. }| {
                let file = file.map(|file| below(root, &file)).transpose()?;
                Ok((file, document))
            });
            match mapped {
                Ok((file, document)) => Waiting { identifier, command, file, document: Ok(document) },
                Err(why) => Waiting { identifier, command, file: None, document: Err(why) },
            }
        })
        .collect())
}

/// A path below the manifest's folder, never above it.
fn below(root: &Path, file: &str) -> Result<PathBuf, String> {
    let path = Path::new(file);
    if path.components().all(|c| matches!(c, Component::Normal(_) | Component::CurDir)) {
        Ok(root.join(path))
    } else {
        Err(format!("path {file} leaves the folder of the manifest"))
    }
}

/// The items of a manifest; a line that can't be read is an item that failed.
fn items(text: &str, format: Format) -> Result<Vec<Result<Item, String>>, String> {
    match format {
        Format::Jsonl => Ok(text
            .lines()
            .filter(|line| !line.trim().is_empty())
            .map(|line| serde_json::from_str::<Item>(line).map_err(|e| e.to_string()))
            .collect()),
        Format::Csv => {
            let mut rows = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
            let names = rows.headers().map_err(|e| e.to_string())?.clone();
            Ok(rows
                .records()
                .map(|row| {
                    let row = row.map_err(|e| e.to_string())?;
                    let cell = |(name, value): (&str, &str)| (name.to_owned(), value.into());
                    Ok(names.iter().zip(row.iter()).map(cell).collect())
                })
                .collect())
        }
    }
}
