//! What has been read so far, folder by folder. Owns the marks and how they move; the caller keeps them.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

/// What has been read of one account. Given to each poll and taken from it again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct State {
    /// A mark for each folder that was opened once, by the name of the account's settings.
    pub folders: BTreeMap<String, Mark>,
}

/// How far one folder has been read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// The server's word that its numbers still mean the same messages (UIDVALIDITY).
    pub validity: u32,
    /// Every message up to this number (UID) is settled.
    pub last: u32,
    /// Messages that are registered and for which the server has not yet done what the folder asks for.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub owed: BTreeSet<u32>,
}

/// A folder that owes more than this is not read on: what should be done at its server is refused there, and somebody
/// must look.
pub(crate) const OWED_AT_MOST: usize = 10_000;

impl State {
    /// The folder's mark, if it was opened once.
    #[must_use]
    pub fn mark(&self, folder: &str) -> Option<&Mark> {
        self.folders.get(folder)
    }

    pub(crate) fn begin(&mut self, folder: &str, validity: u32) {
        self.folders.insert(folder.to_owned(), Mark { validity, ..Mark::default() });
    }

    pub(crate) fn pass(&mut self, folder: &str, uid: u32, owes: bool) {
        if let Some(mark) = self.folders.get_mut(folder) {
            mark.last = mark.last.max(uid);
            if owes {
                mark.owed.insert(uid);
            }
        }
    }

    pub(crate) fn paid(&mut self, folder: &str, uids: &BTreeSet<u32>) {
        if let Some(mark) = self.folders.get_mut(folder) {
            mark.owed.retain(|uid| !uids.contains(uid));
        }
    }
}
