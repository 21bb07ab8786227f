//! The file plans of the demo headquarters: opened before its papers come, which are put where they are proposed for;
//! then what happens to files in their lives.

use std::collections::HashMap;

use jiff::civil::Date;
use label::NamedLabel;
use registry::{
    Answer, Command, DocumentId, FileId, PersonId, RegistryId,
    filing::{FileChange, FileKind, FileState, NewFile, Turn, propose},
    house::Names,
};
use serde::Deserialize;

use super::{Builder, damaged};
use crate::{door::Sender, failure::Failure, shipped};

/// The least score of a proposal that the demo's clerks take without looking further.
const SURE: u32 = 3;

#[derive(Debug, Default, Deserialize)]
struct Plans {
    file: Vec<FileData>,
    collected: Vec<Collected>,
    taken_out: Vec<TakenOut>,
    changed: Vec<Changed>,
    closed: Vec<Turned>,
    reopened: Vec<Turned>,
}

#[derive(Debug, Deserialize)]
struct FileData {
    registry: String,
    code: String,
    name: Names,
    #[serde(default)]
    is: FileKind,
    parent: Option<String>,
    #[serde(default)]
    owner: String,
    #[serde(default)]
    words: Vec<String>,
    #[serde(default)]
    originators: Vec<String>,
    #[serde(default)]
    place: String,
    #[serde(default)]
    status: String,
    label: Option<NamedLabel>,
    #[serde(default)]
    need_to_know: Vec<Vec<String>>,
    on: Date,
    /// The days on which a volume ended and the next began.
    #[serde(default)]
    volumes: Vec<Date>,
    by: Option<String>,
}

/// Papers that are put into a file beside the one for which they were proposed.
#[derive(Debug, Deserialize)]
struct Collected {
    registry: String,
    file: String,
    by: String,
    references: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct TakenOut {
    registry: String,
    file: String,
    by: String,
    reference: String,
    reason: String,
}

#[derive(Debug, Deserialize)]
struct Changed {
    registry: String,
    file: String,
    by: String,
    status: String,
    reason: String,
}

#[derive(Debug, Deserialize)]
struct Turned {
    registry: String,
    file: String,
    by: String,
    reason: String,
}

/// The plans as far as they are opened.
#[derive(Debug, Default)]
pub(super) struct Files {
    plans: Plans,
    ids: HashMap<(String, String), FileId>,
    open: HashMap<String, Vec<FileState>>,
}

impl Files {
    /// Where a paper is put when it is registered.
    pub(super) fn for_paper(
        &self,
        registry: &str,
        originator: &str,
        subject: &str,
        kind: &str,
    ) -> Vec<FileId> {
        let Some(plan) = self.open.get(registry) else { return Vec::new() };
        let best = propose(plan, Some(originator), subject, Some(kind)).into_iter().next();
        best.filter(|best| best.score >= SURE).map(|best| best.file).into_iter().collect()
    }
}

impl Builder {
    fn place(&self, registry: &str) -> Result<RegistryId, Failure> {
        self.ids.registries.get(registry).copied().ok_or_else(|| damaged(registry))
    }

    fn member(&self, login: &str) -> Result<PersonId, Failure> {
        self.ids.people.get(login).copied().ok_or_else(|| damaged(login))
    }

    fn planned(&self, registry: &str, code: &str) -> Result<FileId, Failure> {
        let key = (registry.to_owned(), code.to_owned());
        self.files.ids.get(&key).copied().ok_or_else(|| damaged(format!("file {code}")))
    }

    /// Opens the files that are for everybody, with the volumes that ended before the demo begins; at the end of the
    /// demo those with a rule of their own, for whoever opens one must read what it is called on that day.
    pub(super) async fn opens_files(&mut self, ruled: bool) -> Result<(), Failure> {
        let mut plans: Plans = toml::from_str(shipped::DEMO_FILES).map_err(damaged)?;
        let house = self.office.house().await?;
        for data in std::mem::take(&mut plans.file).into_iter().filter(|f| f.label.is_some() == ruled) {
            let registry = self.place(&data.registry)?;
            let by = match &data.by {
                Some(login) => self.member(login)?,
                None => *self.ids.clerks.get(&data.registry).ok_or_else(|| damaged(&data.registry))?,
            };
            let parent = data.parent.as_ref().map(|code| self.planned(&data.registry, code)).transpose()?;
            let group = |code: &String| self.ids.groups.get(code).copied().ok_or_else(|| damaged(code));
            let need_to_know = data
                .need_to_know
                .iter()
                .map(|any| any.iter().map(group).collect::<Result<Vec<_>, _>>())
                .collect::<Result<Vec<_>, _>>()?;
            let file = NewFile {
                is: data.is,
                code: data.code.clone(),
                name_en: data.name.en,
                name_fr: data.name.fr,
                parent,
                owner: data.owner,
                words: data.words,
                originators: data.originators,
                place: data.place,
                status: data.status,
                label: data.label.as_ref().map(|l| house.policies.resolve(l)).transpose().map_err(damaged)?,
                need_to_know,
                on: Some(data.on),
            };
            let command = Command::OpenFile { registry, file: Box::new(file) };
            let answer = self.does(Sender::person(by), command).await;
            let Ok(Answer::FileOpened { file }) = answer else {
                return Err(damaged(format!("file {}: {answer:?}", data.code)));
            };
            for on in data.volumes {
                let turn = Turn::CloseVolume { on: Some(on), next: true, place: String::new() };
                self.does(Sender::person(by), Command::TurnFile { registry, file, turn }).await?;
            }
            self.files.ids.insert((data.registry, data.code), file);
        }
        self.files.plans = plans;
        for (code, registry) in self.ids.registries.clone() {
            let mut conn = self.office.database().begin_read().await?;
            let files = store::filing::plan(&mut conn, registry).await?;
            // What has a rule is not for the clerk who registers.
            let open = files.into_iter().filter(|state| state.file.access.is_none()).collect();
            self.files.open.insert(code, open);
        }
        Ok(())
    }

    async fn paper(&self, by: PersonId, reference: &str) -> Result<DocumentId, Failure> {
        let mut reading = self.office.read_as(by).await?;
        let found = reading.by_reference(reference).await?;
        found.first().map(|entry| entry.document).ok_or_else(|| damaged(reference))
    }

    /// What happens in the lives of files, once their papers are there.
    pub(super) async fn turns_files(&mut self) -> Result<(), Failure> {
        let plans = std::mem::take(&mut self.files.plans);
        for data in &plans.collected {
            let (registry, by) = (self.place(&data.registry)?, self.member(&data.by)?);
            let mut documents = Vec::new();
            for reference in &data.references {
                documents.push(self.paper(by, reference).await?);
            }
            let files = vec![self.planned(&data.registry, &data.file)?];
            self.does(Sender::person(by), Command::FileDocuments { registry, files, documents }).await?;
        }
        for data in &plans.taken_out {
            let (registry, by) = (self.place(&data.registry)?, self.member(&data.by)?);
            let file = self.planned(&data.registry, &data.file)?;
            let (document, reason) = (self.paper(by, &data.reference).await?, data.reason.clone());
            self.does(Sender::person(by), Command::TakeOut { registry, file, document, reason }).await?;
        }
        for data in &plans.changed {
            let (registry, by) = (self.place(&data.registry)?, self.member(&data.by)?);
            let file = self.planned(&data.registry, &data.file)?;
            let mut conn = self.office.database().begin_read().await?;
            let plan = store::filing::plan(&mut conn, registry).await?;
            drop(conn);
            let now = plan.iter().find(|s| s.file.id == file).ok_or_else(|| damaged(&data.file))?;
            let wanted = NewFile { status: data.status.clone(), ..NewFile::of(&now.file) };
            let change = Box::new(FileChange { reason: data.reason.clone(), mark: None, file: wanted });
            self.does(Sender::person(by), Command::ChangeFile { registry, file, change }).await?;
        }
        let close = |reason: String| Turn::Close { on: None, reason };
        let reopen = |reason: String| Turn::Reopen { reason };
        for (data, again) in
            plans.closed.iter().map(|d| (d, false)).chain(plans.reopened.iter().map(|d| (d, true)))
        {
            let (registry, by) = (self.place(&data.registry)?, self.member(&data.by)?);
            let file = self.planned(&data.registry, &data.file)?;
            let turn = if again { reopen(data.reason.clone()) } else { close(data.reason.clone()) };
            self.does(Sender::person(by), Command::TurnFile { registry, file, turn }).await?;
        }
        Ok(())
    }
}
