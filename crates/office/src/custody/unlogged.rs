//! Papers of accountable marking that stand in no log, for the staff of a registry: working papers with the day on which they
//! must be in one, and others.

use jiff::civil::Date;
use registry::{Code, RegistryId};
pub use store::custody::unlogged::Which;
use store::{
    Visible,
    custody::{seen::Cut, unlogged},
    visible::EntryView,
};

use super::Listed;
use crate::{failure::Failure, reading::Reading};

/// A paper that stands in no log.
#[derive(Debug, Clone)]
pub struct UnloggedRow {
    /// Whose it is.
    pub registry: RegistryId,
    /// Its entry.
    pub entry: Visible<EntryView>,
    /// Since when it is.
    pub since: Date,
    /// Days since.
    pub days: i64,
    /// Of a working paper: the last day on which it may stand in no log.
    pub until: Option<Date>,
    /// Days until then; less than none: it is late. None: it is no working paper.
    pub left: Option<i64>,
}

/// How many working papers stand in no log.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct UnloggedCounts {
    /// Those that still may.
    pub due: usize,
    /// Those that have done so for too long.
    pub overdue: usize,
}

impl UnloggedRow {
    /// How it stands with it, as texts and addresses say it.
    pub fn state(&self) -> &'static str {
        match self.left {
            None => "not-in-log",
            Some(left) if left < 0 => "overdue",
            Some(_) => "due",
        }
    }
}

impl Reading {
    /// Papers of accountable marking in no log, the oldest first; for the staff.
    pub async fn unlogged(
        &mut self,
        registry: RegistryId,
        which: Which,
        cut: impl Into<Cut>,
    ) -> Result<Listed<UnloggedRow>, Failure> {
        self.keeps(registry)?;
        let (house, today) = (self.house.clone(), self.today());
        let Some((conn, place)) = self.at(registry) else { return Err(Code::NotFound.into()) };
        let found = unlogged::unlogged(conn, place, (&house, today), which, cut).await?;
        let documents: Vec<_> = found.rows.iter().map(|one| one.document).collect();
        let entries = self.entries_of(&documents).await?;
        let row = |one: Visible<unlogged::Unlogged>| {
            let days = |from: Date, to: Date| i64::from((to - from).get_days());
            Some(UnloggedRow {
                registry,
                entry: entries.get(&one.document).cloned()?,
                since: one.since,
                days: days(one.since, today).max(0),
                until: one.until,
                left: one.until.map(|until| days(today, until)),
            })
        };
        Ok(Listed { rows: found.rows.into_iter().filter_map(row).collect(), all: found.all })
    }

    /// How many working papers of a registry stand in no log; for its staff.
    pub async fn unlogged_counts(&mut self, registry: RegistryId) -> Result<UnloggedCounts, Failure> {
        let none = super::Slice { most: 0, ..super::Slice::ALL };
        Ok(UnloggedCounts {
            due: self.unlogged(registry, Which::Due, none).await?.all,
            overdue: self.unlogged(registry, Which::Overdue, none).await?.all,
        })
    }
}
