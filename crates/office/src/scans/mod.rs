//! Scans that wait to be divided into documents: a file of many pages, each page seen small, and a plan of what becomes of them.
//! Whoever may register in the registry sees and changes it; then its documents are made and wait in the in-tray. Owns the row
//! of a scan; looking at its pages and making its documents are errands that go on where they were broken off.
//!
//! The scan stays sealed as it came until all its documents are in the tray, and its pictures are sealed as it is: both are
//! content. What was settled leaves its digest here, by which a scanner's file is known that comes once more.

pub mod folder;
mod looking;
mod making;
pub mod plan;

use std::{
    collections::HashSet,
    sync::{Arc, Mutex},
};

use registry::{
    Code, ObjectId, PersonId, Refusal, RegistryId, Timestamp,
    document::{Direction, StagedContent},
    id::Digest,
};
use serde::{Deserialize, Serialize};
use store::{
    StoreError,
    sql::{Conn, Row},
    values,
    vault::Sealed,
};

use crate::{
    failure::Failure, intake::Upload, office::Office, reading::Reading, signin::Session, tray::Said,
};
use plan::{Blanks, Change, Found, Plan};

pub use reader::scan::{Turn, sheet};

/// Most scans of one registry that wait.
const MOST: i64 = 500;
/// The columns of a row, in the order in which it is read.
const COLUMNS: &str = "registry_id, scan_id, origin, direction, content, seen, plan, blanks, version, standing, said, made, arrived_at, brought_by, changed_at, changed_by";

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

/// What became of a scan that was brought.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Brought {
    /// It waits.
    Waits(ObjectId),
    /// The same file waits already.
    WaitsAlready(ObjectId),
    /// The same file came before and is settled.
    Settled,
}

/// A scan that comes.
#[derive(Debug, Clone)]
pub struct Coming {
    /// For which registry.
    pub registry: RegistryId,
    /// Where from, in words for people.
    pub origin: String,
    /// The way of the papers that it will be.
    pub direction: Direction,
    /// What becomes of blank pages.
    pub blanks: Blanks,
    /// Who brings it; none: a scanner.
    pub by: Option<PersonId>,
}

fn damaged(error: impl std::fmt::Display) -> Failure {
    StoreError::damaged(error.to_string()).into()
}

fn scan(row: &Row) -> Result<Scan, StoreError> {
    fn read<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, StoreError> {
        serde_json::from_str(text).map_err(StoreError::damaged)
    }
    let (direction, standing) = (row.text(3)?, row.text(9)?);
    let standing = Standing::ALL.into_iter().find(|one| one.as_str() == standing);
    Ok(Scan {
        registry: row.id(0)?,
        id: row.id(1)?,
        origin: row.text(2)?,
        direction: Direction::ALL
            .into_iter()
            .find(|way| way.as_str() == direction)
            .unwrap_or(Direction::Incoming),
        content: row.opt_text(4)?.map(|text| read(&text)).transpose()?,
        seen: read(&row.text(5)?)?,
        plan: read(&row.text(6)?)?,
        blanks: Blanks::named(&row.text(7)?).unwrap_or_default(),
        version: row.number(8)?,
        standing: standing.ok_or_else(|| StoreError::damaged("a scan stands nowhere"))?,
        said: read(&row.text(10)?)?,
        made: row.number(11)?,
        arrived: row.time(12)?,
        brought_by: row.opt_id(13)?,
        changed: row.time(14)?,
        changed_by: row.opt_id(15)?,
    })
}

async fn one(conn: &mut Conn, registry: RegistryId, id: ObjectId) -> Result<Option<Scan>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM scan WHERE registry_id = $1 AND scan_id = $2");
    let row = conn.one(store::sql::built(sql), values![registry, id]).await?;
    row.map(|row| scan(&row)).transpose()
}

/// What is known of a file by its digest: the scan and where it stands.
async fn by_digest(
    conn: &mut Conn,
    registry: RegistryId,
    digest: Digest,
) -> Result<Option<(ObjectId, bool)>, StoreError> {
    let row = conn
        .one(
            "SELECT scan_id, standing FROM scan WHERE registry_id = $1 AND digest = $2",
            values![registry, digest.0],
        )
        .await?;
    let Some(row) = row else { return Ok(None) };
    let settled = matches!(row.text(1)?.as_str(), "made" | "dismissed");
    Ok(Some((row.id(0)?, settled)))
}

impl Office {
    /// Takes a scan in that a person brings: sealed and durable when this returns, its pages being looked at. Refused where
    /// he does not work on the tray, where too many wait, and where the file is no scan.
    pub async fn bring_scan(
        &self,
        session: &Session,
        coming: Coming,
        upload: Upload,
        announced: Option<u64>,
    ) -> Result<Brought, Failure> {
        let mut reading = self.read_as(session).await?;
        if !reading.works_on_tray(coming.registry) {
            return Err(Code::Forbidden.into());
        }
        if reading.scan_count(coming.registry).await? >= u64::try_from(MOST).unwrap_or(u64::MAX) {
            return Err(Refusal::on("content", Code::TrayFull).with("limit", MOST).into());
        }
        drop(reading);
        let finished = tokio::task::spawn_blocking(move || upload.sealed(announced));
        let (content, sealed) = finished.await.map_err(damaged)??;
        let kind = [
            reader::MediaType::Pdf,
            reader::MediaType::Tiff,
            reader::MediaType::Jpeg,
            reader::MediaType::Png,
        ];
        // What is too large to be looked at is told apart later, and can be put into the tray as it is.
        let unknown = content.media_type == reader::MediaType::Unknown.mime();
        if !unknown && !kind.iter().any(|kind| kind.mime() == content.media_type) {
            return Err(Refusal::on("content", Code::NotAScan).into());
        }
        let coming = Coming { by: Some(session.person), ..coming };
        self.take_scan(&coming, content, sealed, true).await
    }

    /// Keeps a scan, unless its bytes are known. `again`: one that is settled comes anew.
    async fn take_scan(
        &self,
        coming: &Coming,
        content: StagedContent,
        sealed: Sealed,
        again: bool,
    ) -> Result<Brought, Failure> {
        let (registry, digest) = (coming.registry, content.digest);
        let mut conn = self.database().begin_read().await?;
        let known = by_digest(&mut conn, registry, digest).await?;
        drop(conn);
        match known {
            Some((id, false)) => return Ok(Brought::WaitsAlready(id)),
            Some((_, true)) if !again => return Ok(Brought::Settled),
            _ => {}
        }
        self.keep(vec![sealed]).await?;
        let mut id = [0; 16];
        self.entropy()(&mut id);
        let id = ObjectId::new(id);
        let text = serde_json::to_string(&content).map_err(damaged)?;
        let mut conn = self.database().begin_write().await?;
        conn.execute(
            "DELETE FROM scan WHERE registry_id = $1 AND digest = $2 AND standing IN ('made', 'dismissed')",
            values![registry, digest.0],
        )
        .await?;
        let written = conn
            .execute(
                "INSERT INTO scan (registry_id, scan_id, digest, origin, direction, content, seen, plan, blanks, version, standing, said, made, arrived_at, brought_by, changed_at) VALUES ($1, $2, $3, $4, $5, $6, '[]', '[]', $7, 0, 'looking', 'null', 0, $8, $9, $8) ON CONFLICT (registry_id, digest) DO NOTHING",
                values![
                    registry,
                    id,
                    digest.0,
                    &coming.origin,
                    coming.direction.as_str(),
                    text,
                    coming.blanks.as_str(),
                    self.now(),
                    coming.by
                ],
            )
            .await?;
        conn.commit().await.map_err(StoreError::from)?;
        if written == 1 {
            self.begin_looking(registry, id);
            return Ok(Brought::Waits(id));
        }
        // Somebody else brought the same in this moment.
        self.discard(registry, &[content]).await?;
        let mut conn = self.database().begin_read().await?;
        let known = by_digest(&mut conn, registry, digest).await?;
        known.map(|(id, _)| Brought::WaitsAlready(id)).ok_or_else(|| Code::Conflict.into())
    }

    /// A scan that waits in a tray on which a person works.
    async fn waiting_scan(&self, session: &Session, id: ObjectId) -> Result<Scan, Failure> {
        let mut reading = self.read_as(session).await?;
        Ok(reading.scan(id).await?.ok_or(Code::ScanSettled)?)
    }

    /// Changes the plan of a scan as it stood at a version. Refused where somebody has changed it since.
    pub async fn change_scan(
        &self,
        session: &Session,
        id: ObjectId,
        version: u64,
        change: Change,
    ) -> Result<u64, Failure> {
        let mut scan = self.waiting_scan(session, id).await?;
        scan.plan.change(change);
        self.write_plan(session, &scan, version).await
    }

    /// Says what becomes of every page of a scan as it stood at a version. Each page must stand in it once.
    pub async fn plan_scan(
        &self,
        session: &Session,
        id: ObjectId,
        version: u64,
        plan: Plan,
    ) -> Result<u64, Failure> {
        let mut scan = self.waiting_scan(session, id).await?;
        let sorted = |plan: &Plan| {
            let mut pages: Vec<usize> = plan.pages().map(|placed| placed.page).collect();
            pages.sort_unstable();
            pages
        };
        if sorted(&plan) != sorted(&scan.plan) || plan.groups.iter().any(Vec::is_empty) {
            return Err(Refusal::on("documents", Code::NotOffered).into());
        }
        scan.plan = plan;
        self.write_plan(session, &scan, version).await
    }

    /// Divides a scan anew as its separator sheets say, and blank pages as they are told to. Turns stay.
    pub async fn divide_anew(
        &self,
        session: &Session,
        id: ObjectId,
        version: u64,
        blanks: Blanks,
    ) -> Result<u64, Failure> {
        let mut scan = self.waiting_scan(session, id).await?;
        // Pages of which documents were made already do not come back.
        let left: Vec<usize> = scan.plan.pages().map(|placed| placed.page).collect();
        let found: Vec<Found> = scan.seen.iter().map(Seen::found).collect();
        let mut plan = Plan::proposed(&found, blanks).turned_as(&scan.plan);
        for group in &mut plan.groups {
            group.retain(|placed| left.contains(&placed.page));
        }
        plan.groups.retain(|group| !group.is_empty());
        (scan.plan, scan.blanks) = (plan, blanks);
        self.write_plan(session, &scan, version).await
    }

    async fn write_plan(&self, session: &Session, scan: &Scan, version: u64) -> Result<u64, Failure> {
        if !scan.divides() {
            return Err(Code::ScanSettled.into());
        }
        let plan = serde_json::to_string(&scan.plan).map_err(damaged)?;
        let mut conn = self.database().begin_write().await?;
        let written = conn
            .execute(
                "UPDATE scan SET plan = $1, blanks = $2, version = version + 1, changed_at = $3, changed_by = $4 WHERE registry_id = $5 AND scan_id = $6 AND version = $7 AND standing = 'open'",
                values![
                    plan,
                    scan.blanks.as_str(),
                    self.now(),
                    session.person,
                    scan.registry,
                    scan.id,
                    version
                ],
            )
            .await?;
        conn.commit().await.map_err(StoreError::from)?;
        if written == 1 { Ok(version + 1) } else { Err(Code::Conflict.into()) }
    }

    /// The picture of a page of a scan; none: it could not be drawn.
    pub async fn scan_picture(
        &self,
        session: &Session,
        id: ObjectId,
        page: usize,
    ) -> Result<Option<Vec<u8>>, Failure> {
        let scan = self.waiting_scan(session, id).await?;
        let Some(picture) = scan.seen.get(page).ok_or(Code::NotFound)?.picture else { return Ok(None) };
        Ok(Some(self.vault().read(scan.registry, picture, LARGEST_PICTURE).await?))
    }

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

/// Longest picture that is given out (bytes).
const LARGEST_PICTURE: u64 = 16 << 20;

impl Reading {
    /// How many scans wait in a registry; none in one on whose tray the reader does not work.
    pub async fn scan_count(&mut self, registry: RegistryId) -> Result<u64, Failure> {
        if !self.works_on_tray(registry) {
            return Ok(0);
        }
        let row = self
            .conn()
            .one(
                "SELECT COUNT(*) FROM scan WHERE registry_id = $1 AND standing IN ('looking', 'open', 'making')",
                values![registry],
            )
            .await?;
        Ok(row.map_or(Ok(0), |row| row.number(0))?)
    }

    /// The scans that wait in a registry, what came last first; none where the reader does not work on its tray.
    pub async fn scans(&mut self, registry: RegistryId) -> Result<Vec<Scan>, Failure> {
        if !self.works_on_tray(registry) {
            return Ok(Vec::new());
        }
        let sql = format!(
            "SELECT {COLUMNS} FROM scan WHERE registry_id = $1 AND standing IN ('looking', 'open', 'making') ORDER BY arrived_at DESC, scan_id LIMIT $2"
        );
        let rows = self.conn().all(store::sql::built(sql), values![registry, MOST]).await?;
        Ok(rows.iter().map(scan).collect::<Result<_, _>>()?)
    }

    /// A scan that waits; none where it is not there, not the reader's, or settled meanwhile.
    pub async fn scan(&mut self, id: ObjectId) -> Result<Option<Scan>, Failure> {
        for registry in self.trays() {
            if let Some(scan) = one(self.conn(), registry.id, id).await? {
                let waits = [Standing::Looking, Standing::Open, Standing::Making].contains(&scan.standing);
                return Ok(Some(scan).filter(|_| waits));
            }
        }
        Ok(None)
    }
}
