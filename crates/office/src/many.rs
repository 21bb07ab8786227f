//! One act on many documents: what would come of it, item by item, and doing it. Every document is a command of its own
//! with its own entry; they wait in line together, so that they share transactions. Filing goes the way of bulk filing.
//!
//! A document that is not there and one that is not for the one who asks are the same item.

use std::collections::{BTreeMap, HashMap, HashSet};

use registry::{
    Caller, Code, Command, CommandId, DocumentId, FileId, Refusal, RegistryId,
    command::{Answer, Channel, Context},
    correction::{Correction, Details, correct},
    fact::Fact,
    id::Digest,
};
use store::{
    Visible, description, filing,
    visible::{EntryView, SightMark},
};

use crate::{door::Sender, failure::Failure, office::Office, reading::Reading};

/// Most documents of one act: as many as share a transaction.
pub const AT_ONCE: usize = store::commit::MOST;

/// What is done with each.
#[derive(Debug, Clone)]
pub enum Act {
    /// The register says otherwise of it: the same of each.
    Correct(Box<Correction>),
    /// It is put into a file.
    File(FileId),
}

/// A document that is to be acted upon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Chosen {
    /// Which.
    pub document: DocumentId,
    /// The mark under which it was looked at; another one by now: refused as a conflict.
    pub mark: Option<Digest>,
}

/// What would become of a document.
#[derive(Debug, Clone)]
pub enum Change {
    /// It would be corrected.
    Corrected {
        /// What would be changed, as it is.
        from: Box<Details>,
        /// As it would be.
        to: Box<Details>,
        /// The mark of how it stands.
        mark: Digest,
    },
    /// It would be filed.
    Filed,
}

/// One of the documents, with what became of it or would.
#[derive(Debug)]
pub struct Item<T> {
    /// Which.
    pub document: DocumentId,
    /// Its entry before the act, where it is seen.
    pub entry: Option<Visible<EntryView>>,
    /// What came of it.
    pub outcome: Result<T, Refusal>,
}

/// Each document once, at most as many as one act takes.
pub fn checked(documents: impl IntoIterator<Item = Chosen>) -> Result<Vec<Chosen>, Refusal> {
    let mut seen = HashSet::new();
    let each: Vec<Chosen> = documents.into_iter().filter(|c| seen.insert(c.document)).collect();
    if each.is_empty() {
        return Err(Refusal::on("documents", Code::Required));
    }
    if each.len() > AT_ONCE {
        return Err(Refusal::on("documents", Code::TooManyChosen).with("limit", AT_ONCE));
    }
    Ok(each)
}

/// The command of one document of an act: the same act sent again is the same commands.
fn command_of(act: CommandId, document: DocumentId) -> CommandId {
    let mut text = b"many\n".to_vec();
    text.extend(act.bytes());
    text.extend(document.bytes());
    let mut id = [0; 16];
    id.iter_mut().zip(Digest::of(&text).0).for_each(|(to, from)| *to = from);
    CommandId::new(id)
}

impl Reading {
    /// What would become of each document if the reader did it now. Nothing is written.
    ///
    /// # Errors
    /// What is refused of all of them: a file that is not there or takes nothing.
    pub async fn would(&mut self, act: &Act, documents: &[Chosen]) -> Result<Vec<Item<Change>>, Failure> {
        let ids: Vec<DocumentId> = documents.iter().map(|c| c.document).collect();
        let mut entries = self.entries_of(&ids).await?;
        let place = match act {
            Act::File(file) => Some((self.takes(*file).await?, *file)),
            Act::Correct(_) => None,
        };
        let stranger = match act {
            Act::Correct(asked) => self.stranger(asked).await?,
            Act::File(_) => None,
        };
        let mut items = Vec::with_capacity(ids.len());
        for document in ids {
            let entry = entries.remove(&document);
            let outcome = match (&entry, act) {
                (None, _) => Err(Code::NotFound.into()),
                (Some(entry), Act::Correct(asked)) => self.would_correct(entry, asked, stranger).await?,
                (Some(entry), Act::File(_)) => match place {
                    Some((registry, file)) => self.would_file(entry, registry, file).await?,
                    None => Err(Code::NotFound.into()),
                },
            };
            items.push(Item { document, entry, outcome });
        }
        Ok(items)
    }

    async fn stranger(&mut self, asked: &Correction) -> Result<Option<registry::PersonId>, Failure> {
        for person in asked.access_list.iter().flatten() {
            if store::house::person(self.conn(), *person).await?.is_none() {
                return Ok(Some(*person));
            }
        }
        Ok(None)
    }

    async fn would_correct(
        &mut self,
        entry: &EntryView,
        asked: &Correction,
        stranger: Option<registry::PersonId>,
    ) -> Result<Result<Change, Refusal>, Failure> {
        let (registry, document) = (entry.registry, entry.document);
        let (now, today, house) = (self.office().now(), self.today(), self.house.clone());
        let ids = self.office().ids(registry);
        let caller = Caller {
            person: self.person().id,
            channel: Channel::Person,
            fresh: false,
            viewer: self.viewer().clone(),
        };
        let needs = match self.at(registry) {
            Some((conn, place)) => description::needs(conn, place, document, stranger).await?,
            None => None,
        };
        // Who handles it and may not read it corrects nothing of it.
        let Some(needs) = needs else { return Ok(Err(Code::Forbidden.into())) };
        let Some(mark) = needs.now.as_ref().map(|now| now.mark()) else {
            return Ok(Err(Code::NotFound.into()));
        };
        let actor = caller.person;
        let command = CommandId::new([0; 16]);
        let context = Context { registry, actor, command, now, today, house: &house, ids: &ids };
        let facts = match correct(&caller, &context, document, asked, &needs) {
            Ok(facts) => facts,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let corrected = facts.into_iter().find_map(|fact| match fact {
            Fact::DocumentCorrected { correction } => Some(correction),
            _ => None,
        });
        Ok(match corrected {
            Some(fact) => Ok(Change::Corrected { from: Box::new(fact.from), to: Box::new(fact.to), mark }),
            None => Err(Code::NothingChanged.into()),
        })
    }

    /// The registry of a file that takes documents from the reader.
    async fn takes(&mut self, file: FileId) -> Result<RegistryId, Failure> {
        let missing = |_| Failure::from(Refusal::on("file", Code::NotFound));
        let (registry, plan) = self.file(file).await.map_err(missing)?;
        if !self.viewer().registers(registry.id) {
            return Err(Refusal::on("file", Code::Forbidden).into());
        }
        let state = &plan.file(file).ok_or(Refusal::on("file", Code::NotFound))?.state;
        if state.closed_on.is_some() {
            return Err(Refusal::on("file", Code::FileClosed).with("code", &state.file.code).into());
        }
        if state.open_volume.is_none() {
            return Err(Refusal::on("file", Code::NoOpenVolume).with("code", &state.file.code).into());
        }
        Ok(registry.id)
    }

    async fn would_file(
        &mut self,
        entry: &EntryView,
        registry: RegistryId,
        file: FileId,
    ) -> Result<Result<Change, Refusal>, Failure> {
        if entry.registry != registry {
            return Ok(Err(Code::OtherRegistry.into()));
        }
        // Who may not read it is not told where it is.
        if entry.sight == SightMark::Read
            && let Some((conn, place)) = self.at(registry)
        {
            let filings = filing::of_document(conn, place, entry.document, &HashSet::from([file])).await?;
            if filings.iter().any(|filing| filing.taken.is_none()) {
                return Ok(Err(Code::AlreadyFiled.into()));
            }
        }
        Ok(Ok(Change::Filed))
    }
}

impl Office {
    /// Does it, as far as it is not refused; the items in the order of the documents.
    ///
    /// The reading is the sender's, begun before: what he does not see in it is not there for him.
    pub async fn many(
        &self,
        mut reading: Reading,
        sender: Sender,
        id: CommandId,
        act: &Act,
        documents: &[Chosen],
    ) -> Result<Vec<Item<()>>, Failure> {
        let ids: Vec<DocumentId> = documents.iter().map(|c| c.document).collect();
        let mut entries = reading.entries_of(&ids).await?;
        let file = match act {
            Act::File(file) => {
                Some(reading.file(*file).await.map_err(|_| Refusal::on("file", Code::NotFound))?.0.id)
            }
            Act::Correct(_) => None,
        };
        drop(reading);
        let mut done = match (act, file) {
            (Act::File(file), Some(registry)) => {
                self.file_many(sender, id, *file, registry, documents, &entries).await?
            }
            (Act::Correct(asked), _) => self.correct_many(sender, id, asked, documents, &entries).await?,
            (Act::File(_), None) => HashMap::new(),
        };
        Ok(ids
            .into_iter()
            .map(|document| Item {
                document,
                entry: entries.remove(&document),
                outcome: done.remove(&document).unwrap_or_else(|| Err(Code::NotFound.into())),
            })
            .collect())
    }

    async fn correct_many(
        &self,
        sender: Sender,
        id: CommandId,
        asked: &Correction,
        documents: &[Chosen],
        entries: &HashMap<DocumentId, Visible<EntryView>>,
    ) -> Result<HashMap<DocumentId, Result<(), Refusal>>, Failure> {
        let mut lines: BTreeMap<RegistryId, Vec<(DocumentId, CommandId, Command)>> = BTreeMap::new();
        for Chosen { document, mark } in documents {
            let Some(entry) = entries.get(document) else { continue };
            let correction = Box::new(Correction { mark: *mark, ..asked.clone() });
            let command = Command::Correct { registry: entry.registry, document: *document, correction };
            lines.entry(entry.registry).or_default().push((*document, command_of(id, *document), command));
        }
        let mut done = HashMap::new();
        for (registry, line) in lines {
            let (ids, commands): (Vec<_>, Vec<_>) =
                line.into_iter().map(|(document, id, command)| (document, (id, command))).unzip();
            let answers = self.carry_all(sender, registry, commands).await;
            for (document, answer) in ids.into_iter().zip(answers) {
                let outcome = match answer {
                    Ok(_) => Ok(()),
                    Err(Failure::Refused(refusal)) => Err(refusal),
                    // What was done stays; the same act sent again goes on from there.
                    Err(failed) => return Err(failed),
                };
                done.insert(document, outcome);
            }
        }
        Ok(done)
    }

    async fn file_many(
        &self,
        sender: Sender,
        id: CommandId,
        file: FileId,
        registry: RegistryId,
        documents: &[Chosen],
        entries: &HashMap<DocumentId, Visible<EntryView>>,
    ) -> Result<HashMap<DocumentId, Result<(), Refusal>>, Failure> {
        let (mut done, mut here) = (HashMap::new(), Vec::new());
        for Chosen { document, .. } in documents {
            match entries.get(document) {
                Some(entry) if entry.registry == registry => here.push(*document),
                Some(_) => drop(done.insert(*document, Err(Code::OtherRegistry.into()))),
                None => {}
            }
        }
        if here.is_empty() {
            return Ok(done);
        }
        let command = Command::FileDocuments { registry, files: vec![file], documents: here.clone() };
        match self.command(sender, id, command).await {
            Ok(Answer::Filed(filed)) => {
                done.extend(filed.documents.into_iter().map(|document| (document, Ok(()))));
                done.extend(filed.refused.into_iter().map(|one| {
                    let code = Code::ALL.iter().find(|code| code.as_str() == one.code).copied();
                    (one.document, Err(code.unwrap_or(Code::Conflict).into()))
                }));
            }
            Ok(_) => return Err(Code::Conflict.into()),
            // A single one that is refused refuses the whole.
            Err(Failure::Refused(refusal)) if refusal.field == Some("documents") => {
                done.extend(here.into_iter().map(|document| (document, Err(refusal.code.into()))));
            }
            Err(failure) => return Err(failure),
        }
        Ok(done)
    }
}
