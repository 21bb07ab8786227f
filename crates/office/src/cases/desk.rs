//! What of cases stands on somebody's desk beside his tasks: what only he can decide, and what he leads while another has the
//! ball.

use super::{CaseRow, Doer, Eyes, Reading, TaskRow};
use crate::failure::Failure;
use registry::{Timestamp, cases::TaskState};

/// The most that is looked through for a desk.
const MOST: u64 = 500;

/// The acts with a task that only whoever gave it can do.
const GIVER: [&str; 3] = ["decide-time", "answer", "assign"];

/// A case that somebody leads while another has the ball.
#[derive(Debug, Clone)]
pub struct Away {
    /// The case: `with` of it says who has the ball.
    pub row: CaseRow,
    /// Since when.
    pub since: Timestamp,
}

impl Reading {
    /// Tasks with which only the reader can go on: a question, a refusal, more time that is asked for. The first due first.
    pub async fn own_decisions(&mut self) -> Result<Vec<(CaseRow, TaskRow)>, Failure> {
        let eyes = self.eyes().await?;
        let (classes, parties) = (self.classes(), self.parties(&eyes));
        let found = store::figures::back(self.conn(), &classes, &parties, MOST).await?;
        let rows = found.into_iter().filter_map(|(case, task)| {
            let row = self.row(&eyes, case)?;
            let task = self.task_row(&eyes, &row, task)?;
            let refused = task.task.state == TaskState::Refused;
            let his = |what: &str| GIVER.contains(&what) && (what != "assign" || refused);
            task.does.iter().any(|what| his(what)).then_some((row, task))
        });
        Ok(rows.collect())
    }

    /// Cases that run and that the reader opened, or of whose stage he answers, while others have the ball.
    pub async fn own_away(&mut self) -> Result<Vec<Away>, Failure> {
        let eyes = self.eyes().await?;
        let own = self.own_doers(&eyes);
        let doers: Vec<String> = own.iter().map(ToString::to_string).collect();
        let classes = self.classes();
        let found = store::figures::led(self.conn(), &classes, &doers, MOST).await?;
        let his = |doer: &Doer| own.contains(doer);
        let others = found.into_iter().filter(|case| !case.with().iter().any(his));
        let rows = others.filter_map(|case| {
            let row = self.seen_row(&eyes, case)?;
            let with = row.case.with();
            let held = row.case.current().filter(|task| task.state.is_open() && with.contains(&task.doer()));
            let since = held.map(|task| task.issued).min().unwrap_or(row.case.since);
            Some(Away { since, row })
        });
        Ok(rows.collect())
    }

    fn seen_row(&self, eyes: &Eyes, case: store::Visible<registry::cases::Case>) -> Option<CaseRow> {
        registry::cases::decide::takes_part(&case, &eyes.caller, &eyes.organisation, eyes.day)
            .then(|| self.row(eyes, case))
            .flatten()
    }
}
