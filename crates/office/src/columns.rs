//! What the columns of a list show beside entries, in words; and searches narrowed to files of a plan, which the index
//! does not know: documents are filed and taken out without a word of them changing.

use std::collections::{BTreeMap, HashMap, HashSet};

use registry::{
    DocumentId, FileId, PersonId, RegistryId,
    query::{Filter, Query},
    words::fold_value,
};
use store::{more, visible::EntryView};

use crate::{failure::Failure, reading::Reading};

/// What a list shows of a document beside its entry.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct More {
    /// The name of who registered it.
    pub registered_by: String,
    /// To whom it went.
    pub addressees: Vec<String>,
    /// The files that it is in and the reader sees, by code.
    pub files: Vec<String>,
}

/// Most documents of which is counted in which files they are.
pub const MOST_FILED: usize = 1_000;
/// Most files that are named.
const FILES: usize = 20;

/// A file among those of what was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filed {
    /// Its code.
    pub code: String,
    /// Its names, English and French.
    pub names: registry::house::Names,
    /// How many of what was found are in it.
    pub documents: u64,
}

impl Reading {
    /// What a list shows of these entries beside them; only of those that the reader may read.
    pub async fn more<'a>(
        &mut self,
        entries: impl IntoIterator<Item = &'a EntryView>,
    ) -> Result<HashMap<DocumentId, More>, Failure> {
        let mut wanted: BTreeMap<RegistryId, Vec<DocumentId>> = BTreeMap::new();
        for entry in entries {
            wanted.entry(entry.registry).or_default().push(entry.document);
        }
        let mut names: HashMap<PersonId, String> = HashMap::new();
        let mut all = HashMap::new();
        for (registry, documents) in wanted {
            let Some((conn, place)) = self.at(registry) else { continue };
            let found = more::more(conn, place, &documents).await?;
            let mut codes: HashMap<FileId, String> = HashMap::new();
            if found.values().any(|more| !more.files.is_empty()) {
                let plan = self.plan(registry).await?;
                codes = plan.files.iter().map(|f| (f.state.file.id, f.state.file.code.clone())).collect();
            }
            for (document, view) in found {
                let by = view.registered_by;
                if let std::collections::hash_map::Entry::Vacant(empty) = names.entry(by) {
                    empty.insert(self.name_of(by).await?.unwrap_or_default());
                }
                let more = More {
                    registered_by: names.get(&by).cloned().unwrap_or_default(),
                    addressees: view.addressees.clone(),
                    files: view.files.iter().filter_map(|file| codes.get(file).cloned()).collect(),
                };
                all.insert(document, more);
            }
        }
        Ok(all)
    }

    /// The documents that the files of a query let through; none: it names no file. A file that the reader does not see
    /// lets nothing through, like one that is not there.
    pub(crate) async fn in_files(&mut self, query: &Query) -> Result<Option<HashSet<DocumentId>>, Failure> {
        let codes: Vec<String> = query
            .filters()
            .filter_map(|filter| if let Filter::File(code) = filter { Some(fold_value(code)) } else { None })
            .collect();
        let mut left: Option<HashSet<DocumentId>> = None;
        for code in codes {
            let mut found = HashSet::new();
            for (registry, _) in self.registries().await? {
                let plan = self.plan(registry.id).await?;
                let mut wanted = Vec::new();
                let mut under = None;
                for file in &plan.files {
                    if under.is_some_and(|depth| file.depth <= depth) {
                        under = None;
                    }
                    if under.is_none() && fold_value(&file.state.file.code) == code {
                        under = Some(file.depth);
                    }
                    if under.is_some() {
                        wanted.push(file.state.file.id);
                    }
                }
                found.extend(more::filed_in(self.conn(), registry.id, &wanted).await?);
            }
            left = Some(match left {
                None => found,
                Some(left) => left.intersection(&found).copied().collect(),
            });
        }
        Ok(left)
    }

    /// The files in which what a search finds is filed, with how many, most first; none where it finds so much that
    /// nobody counts it.
    pub async fn files_of(&mut self, query: &Query, total: u64) -> Result<Vec<Filed>, Failure> {
        if total == 0 || total > u64::try_from(MOST_FILED).unwrap_or(0) {
            return Ok(Vec::new());
        }
        let mut counted: BTreeMap<String, Filed> = BTreeMap::new();
        let mut wanted: BTreeMap<RegistryId, Vec<DocumentId>> = BTreeMap::new();
        for (registry, document) in self.found_ids(query, MOST_FILED).await? {
            wanted.entry(registry).or_default().push(document);
        }
        for (registry, documents) in wanted {
            let Some((conn, place)) = self.at(registry) else { continue };
            let found = more::more(conn, place, &documents).await?;
            let plan = self.plan(registry).await?;
            let seen: HashMap<FileId, _> = plan.files.iter().map(|f| (f.state.file.id, f)).collect();
            for file in found.values().flat_map(|view| &view.files).filter_map(|file| seen.get(file)) {
                let state = &file.state.file;
                let one = counted.entry(state.code.clone()).or_insert_with(|| Filed {
                    code: state.code.clone(),
                    names: state.names.clone(),
                    documents: 0,
                });
                one.documents += 1;
            }
        }
        let mut all: Vec<Filed> = counted.into_values().collect();
        all.sort_by(|a, b| b.documents.cmp(&a.documents).then_with(|| a.code.cmp(&b.code)));
        all.truncate(FILES);
        Ok(all)
    }
}
