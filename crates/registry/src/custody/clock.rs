//! The reports that are due of an incident: computed from when it was opened, what was reported and the rules of the papers'
//! policies; stored nowhere.

use super::{
    fact::Report,
    settings::{PolicyRules, Settings},
};
use crate::time::Timestamp;

/// Seconds of an hour.
const HOUR: i64 = 3_600;

/// A report that is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Due {
    /// Which.
    pub report: Report,
    /// By when.
    pub by: Timestamp,
    /// Whether that is past.
    pub late: bool,
}

/// What is still due of an open incident with papers of some logs, the first first: by the strictest of their rules.
pub fn due<'a>(
    opened: Timestamp,
    made: &[Report],
    logs: impl IntoIterator<Item = &'a str>,
    rules: &Settings,
    now: Timestamp,
) -> Vec<Due> {
    let of: Vec<&PolicyRules> = logs.into_iter().filter_map(|log| rules.rules_of(log)).collect();
    let hours = |report: Report| {
        let each = of.iter().map(|rules| match report {
            Report::Initial => i64::from(rules.incident_initial_hours),
            Report::Originator => i64::from(rules.incident_originator_hours),
            Report::Final => i64::from(rules.incident_final_days) * 24,
        });
        each.min()
    };
    let missing = Report::ALL.into_iter().filter(|report| !made.contains(report));
    let mut due: Vec<Due> = missing
        .filter_map(|report| {
            let by = opened.plus_seconds(hours(report)? * HOUR);
            Some(Due { report, by, late: by < now })
        })
        .collect();
    due.sort_by_key(|due| due.by);
    due
}
