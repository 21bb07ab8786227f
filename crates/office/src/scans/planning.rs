//! What a person changes in the plan of a scan: each change is of the plan as it stood at a version, so that of two who work on
//! one scan the later is told. What a plan is stands in `plan`.

use registry::{Code, ObjectId, Refusal};
use store::{StoreError, values};

use super::{
    Scan, Seen, damaged,
    plan::{Blanks, Change, Found, Plan},
};
use crate::{failure::Failure, office::Office, signin::Session};

impl Office {
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
}
