//! What a reader sees of file plans: the files of the registries that he is let into, what of his own is in them, and
//! where a document that he reads is filed.

use std::collections::HashSet;

use registry::{
    Code, DocumentId, FileId, Refusal, RegistryId,
    filing::{FileState, Proposed, next_code, propose},
    house::Registry,
};
use store::{
    Visible,
    documents::Order,
    filing::{self, Filing, PlanFile, Volume},
    visible::{DocumentView, EntryView, Page, PageKey},
};

use crate::{failure::Failure, reading::Reading};

/// A plan as its reader sees it, each file after the one that it stands under.
#[derive(Debug, Default)]
pub struct Plan {
    /// The files.
    pub files: Vec<Visible<PlanFile>>,
}

impl Plan {
    /// A file of it.
    pub fn file(&self, id: FileId) -> Option<&Visible<PlanFile>> {
        self.files.iter().find(|f| f.state.file.id == id)
    }

    /// The files above one, the highest first.
    pub fn above(&self, id: FileId) -> Vec<&Visible<PlanFile>> {
        let mut above = Vec::new();
        let mut next = self.file(id).and_then(|f| f.state.file.parent);
        while let Some(file) = next.and_then(|id| self.file(id)).filter(|_| above.len() < self.files.len()) {
            next = file.state.file.parent;
            above.push(file);
        }
        above.reverse();
        above
    }

    /// The files that stand right under one.
    pub fn under(&self, id: FileId) -> Vec<&Visible<PlanFile>> {
        self.files.iter().filter(|f| f.state.file.parent == Some(id)).collect()
    }

    /// The code that would come next under a file, or at the top.
    pub fn next_code(&self, parent: Option<FileId>) -> String {
        let branches: Vec<_> =
            self.files.iter().map(|f| registry::filing::Branch { depth: f.depth, state: &f.state }).collect();
        next_code(&branches, parent)
    }

    /// The documents in a file and in all below it.
    pub fn documents_below(&self, id: FileId) -> u64 {
        let Some(at) = self.files.iter().position(|f| f.state.file.id == id) else { return 0 };
        let depth = self.files.get(at).map_or(0, |f| f.depth);
        let own = self.files.get(at).map_or(0, |f| f.documents);
        let below = self.files.iter().skip(at + 1).take_while(|f| f.depth > depth);
        own + below.map(|f| f.documents).sum::<u64>()
    }
}

/// A page of a file: which volume, in which order, from where, how many.
#[derive(Debug, Clone, Copy)]
pub struct Leaf {
    /// One volume; none: all.
    pub volume: Option<u32>,
    /// The order.
    pub order: Order,
    /// After which place.
    pub after: Option<PageKey>,
    /// Most rows.
    pub limit: usize,
}

impl Reading {
    /// The plan of a registry that the reader is let into; one that shows him nothing has none for him.
    pub async fn plan(&mut self, registry: RegistryId) -> Result<Plan, Failure> {
        if !self.registries().await?.iter().any(|(r, _)| r.id == registry) {
            return Ok(Plan::default());
        }
        match self.at(registry) {
            Some((conn, place)) => Ok(Plan { files: filing::seen(conn, place).await? }),
            None => Ok(Plan::default()),
        }
    }

    /// A file with the plan in which it stands. What is not there and what is not for the reader are refused alike.
    pub async fn file(&mut self, id: FileId) -> Result<(Registry, Plan), Failure> {
        for (registry, _) in self.registries().await? {
            if !filing::is_of(self.conn(), registry.id, id).await? {
                continue;
            }
            let plan = self.plan(registry.id).await?;
            if plan.file(id).is_some() {
                return Ok((registry, plan));
            }
        }
        Err(Code::NotFound.into())
    }

    /// The volumes of a file, the last first.
    pub async fn volumes(&mut self, file: &Visible<PlanFile>) -> Result<Vec<Visible<Volume>>, Failure> {
        match self.at(file.registry) {
            Some((conn, place)) => Ok(filing::volumes(conn, place, file).await?),
            None => Ok(Vec::new()),
        }
    }

    /// Documents of a file that the reader may read.
    pub async fn in_file(
        &mut self,
        file: &Visible<PlanFile>,
        leaf: Leaf,
    ) -> Result<Page<EntryView>, Failure> {
        match self.at(file.registry) {
            Some((conn, place)) => {
                let Leaf { volume, order, after, limit } = leaf;
                Ok(filing::documents(conn, place, file, volume, order, after, limit).await?)
            }
            None => Ok(Page { rows: Vec::new(), more: false }),
        }
    }

    /// Where a document that the reader may read is filed and was, the newest first, with the plan of its registry. Who
    /// only handles it is not told.
    pub async fn filed_in(&mut self, view: &DocumentView) -> Result<(Plan, Vec<Visible<Filing>>), Failure> {
        if view.inside.is_none() {
            return Ok((Plan::default(), Vec::new()));
        }
        let plan = self.plan(view.entry.registry).await?;
        let seen: HashSet<FileId> = plan.files.iter().map(|f| f.state.file.id).collect();
        match self.at(view.entry.registry) {
            Some((conn, place)) => {
                let filings = filing::of_document(conn, place, view.entry.document, &seen).await?;
                Ok((plan, filings))
            }
            None => Ok((plan, Vec::new())),
        }
    }

    /// The documents of a registry that are named by their references, one for each line, in their order. A reference
    /// that names none that the reader sees, or several, is given back.
    pub async fn named(
        &mut self,
        registry: RegistryId,
        references: &[String],
    ) -> Result<(Vec<(String, DocumentId)>, Vec<String>), Failure> {
        let (mut found, mut unknown) = (Vec::new(), Vec::new());
        for reference in references {
            let bearers = self.by_reference(reference).await?;
            let here: Vec<_> = bearers.iter().filter(|e| e.registry == registry).collect();
            match here.as_slice() {
                [one] => found.push((reference.clone(), one.document)),
                _ => unknown.push(reference.clone()),
            }
        }
        Ok((found, unknown))
    }

    /// A file of a plan by what was typed: its code, or its code and name as they stand in the list.
    pub fn typed_file(plan: &Plan, typed: &str) -> Result<FileId, Refusal> {
        let typed = typed.trim();
        if typed.is_empty() {
            return Err(Refusal::on("file", Code::Required));
        }
        if let Ok(id) = typed.parse::<FileId>() {
            return Ok(id);
        }
        let code = registry::filing::code_key(typed.split_whitespace().next().unwrap_or_default());
        let mut of_code =
            plan.files.iter().filter(|f| registry::filing::code_key(&f.state.file.code) == code);
        match (of_code.next(), of_code.next()) {
            (Some(one), None) => Ok(one.state.file.id),
            _ => Err(Refusal::on("file", Code::NotFound)),
        }
    }
}

/// The files that are proposed for a document that may be read, among those of a plan in which it is not yet.
pub fn proposed(plan: &Plan, view: &DocumentView, filings: &[Visible<Filing>]) -> Vec<Proposed> {
    if view.inside.is_none() {
        return Vec::new();
    }
    let filed: HashSet<FileId> =
        filings.iter().filter(|filing| filing.taken.is_none()).map(|filing| filing.file).collect();
    let states: Vec<FileState> =
        plan.files.iter().filter(|f| !filed.contains(&f.state.file.id)).map(|f| f.state.clone()).collect();
    let subject = view.entry.subject.as_deref().unwrap_or_default();
    propose(&states, view.entry.originator.as_deref(), subject, view.entry.kind.as_deref())
}
