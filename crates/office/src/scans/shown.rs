//! What of scans is shown, and to whom: those who work on the tray of their registry, and nobody else. Owns how a row is read.

use registry::{Code, ObjectId, RegistryId, document::Direction};
use store::{
    StoreError,
    sql::{Conn, Row},
    values,
};

use super::{MOST, Scan, Standing, plan::Blanks};
use crate::{failure::Failure, office::Office, reading::Reading, signin::Session};

/// Longest picture that is given out (bytes).
const LARGEST_PICTURE: u64 = 16 << 20;
/// The columns of a row, in the order in which it is read.
pub(super) const COLUMNS: &str = "registry_id, scan_id, origin, direction, content, seen, plan, blanks, version, standing, said, made, arrived_at, brought_by, changed_at, changed_by";

/// A row as a scan.
pub(super) fn scan(row: &Row) -> Result<Scan, StoreError> {
    fn read<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, StoreError> {
        serde_json::from_str(text).map_err(StoreError::damaged)
    }
    let (direction, standing) = (row.text(3)?, row.text(9)?);
    let standing = Standing::ALL.into_iter().find(|one| one.as_str() == standing);
    Ok(Scan {
        registry: row.id(0)?,
        id: row.id(1)?,
        origin: row.text(2)?,
        direction: Direction::named(&direction).unwrap_or(Direction::Incoming),
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

/// A scan by its name, settled or not.
pub(super) async fn one(
    conn: &mut Conn,
    registry: RegistryId,
    id: ObjectId,
) -> Result<Option<Scan>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM scan WHERE registry_id = $1 AND scan_id = $2");
    let row = conn.one(store::sql::built(sql), values![registry, id]).await?;
    row.map(|row| scan(&row)).transpose()
}

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

impl Office {
    /// A scan that waits in a tray on which a person works.
    pub(super) async fn waiting_scan(&self, session: &Session, id: ObjectId) -> Result<Scan, Failure> {
        let mut reading = self.read_as(session).await?;
        Ok(reading.scan(id).await?.ok_or(Code::ScanSettled)?)
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
}
