//! Scans that wait to be divided into documents: a file of many pages, each page seen small, and a plan of what becomes of them.
//! Whoever may register in the registry sees and changes it; then its documents are made and wait in the in-tray. Owns the row
//! of a scan; looking at its pages and making its documents are errands that go on where they were broken off.
//!
//! The scan stays sealed as it came until all its documents are in the tray, and its pictures are sealed as it is: both are
//! content. What was settled leaves its digest here, by which a scanner's file is known that comes once more.

mod bringing;
pub mod folder;
mod looking;
mod making;
pub mod plan;
mod planning;
mod shown;

use std::{
    collections::HashSet,
    sync::{Arc, Mutex},
};

use registry::{
    ObjectId, PersonId, RegistryId, Timestamp,
    document::{Direction, StagedContent},
};
use serde::{Deserialize, Serialize};
use store::{StoreError, values};

use crate::{failure::Failure, office::Office, tray::Said};
use plan::{Blanks, Found, Plan};
use shown::{COLUMNS, one, scan};

pub use bringing::{Brought, Coming};
pub use reader::scan::{Turn, sheet};

/// Most scans of one registry that wait.
const MOST: i64 = 500;

/// The scans at which an errand of this process is.
#[derive(Debug, Default, Clone)]
pub(crate) struct Errands(Arc<Mutex<HashSet<ObjectId>>>);

/// An errand, for as long as it goes on.
#[derive(Debug)]
struct OnErrand {
    errands: Errands,
    scan: ObjectId,
}

impl Errands {
    /// Begins an errand at a scan; none: one is at it.
    fn begin(&self, scan: ObjectId) -> Option<OnErrand> {
        let new = self.0.lock().is_ok_and(|mut all| all.insert(scan));
        new.then(|| OnErrand { errands: self.clone(), scan })
    }
}

impl Drop for OnErrand {
    fn drop(&mut self) {
        if let Ok(mut all) = self.errands.0.lock() {
            all.remove(&self.scan);
        }
    }
}

/// Where a scan stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Its pages are being looked at.
    Looking,
    /// It waits to be divided.
    Open,
    /// Its documents are being made.
    Making,
    /// Somebody says why it becomes no document.
    Dismissing,
    /// Its documents were made.
    Made,
    /// It was dismissed.
    Dismissed,
}

impl Standing {
    const ALL: [Standing; 6] = [
        Standing::Looking,
        Standing::Open,
        Standing::Making,
        Standing::Dismissing,
        Standing::Made,
        Standing::Dismissed,
    ];
    /// As it stands in data.
    pub const fn as_str(self) -> &'static str {
        match self {
            Standing::Looking => "looking",
            Standing::Open => "open",
            Standing::Making => "making",
            Standing::Dismissing => "dismissing",
            Standing::Made => "made",
            Standing::Dismissed => "dismissed",
        }
    }
}

/// What was seen on a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// Whether nothing stands on it.
    #[serde(default)]
    pub blank: bool,
    /// Whether it is a separator sheet.
    #[serde(default)]
    pub separator: bool,
    /// Its sealed picture; none: it could not be drawn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub picture: Option<ObjectId>,
}

impl Seen {
    fn found(&self) -> Found {
        match (self.separator, self.blank) {
            (true, _) => Found::Separator,
            (false, true) => Found::Blank,
            (false, false) => Found::Page,
        }
    }
}

/// A scan.
#[derive(Debug, Clone)]
pub struct Scan {
    /// In whose tray its documents come.
    pub registry: RegistryId,
    /// Its name.
    pub id: ObjectId,
    /// Where it came from, in words for people.
    pub origin: String,
    /// The way of the papers that it will be.
    pub direction: Direction,
    /// The scan as it came; none: it is settled.
    pub content: Option<StagedContent>,
    /// What was seen on each page.
    pub seen: Vec<Seen>,
    /// What becomes of them.
    pub plan: Plan,
    /// What became of blank pages.
    pub blanks: Blanks,
    /// How often it was changed: who changes an older one is told.
    pub version: u64,
    /// Where it stands.
    pub standing: Standing,
    /// What is to be known of it: why it cannot be divided, or why its pages are not shown.
    pub said: Option<Said>,
    /// How many documents were made of it.
    pub made: u64,
    /// When it came.
    pub arrived: Timestamp,
    /// Who brought it; none: the scanner.
    pub brought_by: Option<PersonId>,
    /// When it was changed last.
    pub changed: Timestamp,
    /// Who changed it last.
    pub changed_by: Option<PersonId>,
}

impl Scan {
    /// The name of its file.
    pub fn file_name(&self) -> &str {
        self.content.as_ref().map_or("", |content| content.file_name.as_str())
    }

    /// Whether it can be divided: its pages are known.
    pub fn divides(&self) -> bool {
        self.standing == Standing::Open && !self.seen.is_empty()
    }

    /// What is sealed for it: the scan and its pictures.
    fn objects(&self) -> Vec<ObjectId> {
        let content = self.content.iter().flat_map(StagedContent::objects);
        content.chain(self.seen.iter().filter_map(|seen| seen.picture)).collect()
    }
}

fn damaged(error: impl std::fmt::Display) -> Failure {
    StoreError::damaged(error.to_string()).into()
}

impl Office {
    /// Settles a scan: what was sealed is thrown away, and only its digest is left. Done again where it was broken off.
    async fn settle_scan(&self, scan: &Scan, standing: Standing) -> Result<(), Failure> {
        self.vault().discard(scan.registry, &scan.objects()).await?;
        let mut conn = self.database().begin_write().await?;
        conn.execute(
            "UPDATE scan SET standing = $1, content = NULL, seen = '[]', plan = '[]', said = 'null', changed_at = $2 WHERE registry_id = $3 AND scan_id = $4",
            values![standing.as_str(), self.now(), scan.registry, scan.id],
        )
        .await?;
        Ok(conn.commit().await.map_err(StoreError::from)?)
    }

    /// Goes on with what was broken off: pages that nobody looked at, documents that were not made, dismissals. How much.
    pub async fn sweep_scans(&self) -> Result<usize, Failure> {
        let mut conn = self.database().begin_read().await?;
        let sql = format!(
            "SELECT {COLUMNS} FROM scan WHERE standing IN ('looking', 'making', 'dismissing') ORDER BY arrived_at LIMIT 1000"
        );
        let rows = conn.all(store::sql::built(sql), values![]).await?;
        drop(conn);
        for row in &rows {
            let scan = scan(row)?;
            match scan.standing {
                Standing::Looking => self.begin_looking(scan.registry, scan.id),
                Standing::Making => self.begin_making(scan.registry, scan.id),
                _ => self.settle_dismissal(&scan).await?,
            }
        }
        Ok(rows.len())
    }
}
