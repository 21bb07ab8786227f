//! Reminders: made by the follower when they come due, once each; seen by whomever they are for, until he puts them aside or
//! the task is done.

use std::{collections::HashSet, sync::LazyLock};

use calendar::{ReminderKind, Settings};
use procedure::Definition;
use registry::{
    CASES, Code, HOUSE, TaskId, Timestamp,
    cases::{Case, remind::Reminding, takes_part, values},
    house::House,
    organisation::Organisation,
};
use store::{
    StoreError,
    reminders::{Open, Reminded},
};

use super::{CaseRow, DoerName, Eyes, TaskRow};
use crate::{failure::Failure, office::Office, reading::Reading, shipped};

/// Tasks looked at in one go.
const PART: u32 = 500;
/// Seconds of a day.
const DAY: i64 = 86_400;
/// Most reminders that somebody is shown at once.
const MOST: usize = 200;

/// As the house reminds. What ships is tested.
static SETTINGS: LazyLock<Settings> =
    LazyLock::new(|| toml::from_str(shipped::REMINDERS).unwrap_or_default());

/// As the house reminds, and what counts as at risk.
pub(super) fn settings() -> &'static Settings {
    &SETTINGS
}

/// A reminder as whoever it is for sees it.
#[derive(Debug, Clone)]
pub struct ReminderRow {
    /// The case.
    pub row: CaseRow,
    /// The task.
    pub task: TaskRow,
    /// What it says.
    pub kind: ReminderKind,
    /// When it was made.
    pub made: Timestamp,
    /// As whom its reader was reminded.
    pub doer: DoerName,
}

/// When one last looked, and when one has to look again.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Looked {
    /// How many entries house and cases had.
    sizes: [u64; 2],
    next: Timestamp,
}

/// With what one is reminded.
struct With<'a> {
    house: &'a House,
    organisation: &'a Organisation,
    now: Timestamp,
}

impl<'a> With<'a> {
    fn about<T>(
        &self,
        case: &Case,
        definition: &Definition,
        tell: impl FnOnce(&Reminding<'_>) -> Option<T>,
    ) -> Option<T> {
        let values = values::read(definition, &case.values).ok()?;
        let calendar = self.house.calendars().get(&definition.calendar)?;
        tell(&Reminding {
            case,
            definition,
            values: &values,
            organisation: self.organisation,
            calendar,
            house: &settings().reminders,
            day: self.now.date(&self.house.zone),
        })
    }

    /// What is to be said of a task now, and when one has to look again.
    fn come_due(&self, open: &Open) -> Option<(Vec<Reminded>, Option<Timestamp>)> {
        let procedures = self.house.procedures();
        let definition = procedures.version(&open.case.procedure, open.case.version)?;
        let task = open.case.task(open.task)?;
        self.about(&open.case, definition, |about| {
            let since =
                open.reminded.unwrap_or(Timestamp::from_micros(i64::MIN)).max(Reminding::begins(task));
            let told = about.come_due(task, since, self.now).ok()?;
            let (due, set) = (about.due(task), about.settings(task));
            let next = calendar::next_look(&due, self.now.jiff(), &set, about.calendar).ok()?.value;
            let made = told.into_iter().map(|told| Reminded {
                case: open.case.id,
                task: open.task,
                name: told.reminder.id.to_string(),
                doer: told.doer,
                kind: kind_text(told.reminder.id.kind).to_owned(),
                due: task.due_now(),
                made: self.now,
            });
            Some((made.collect(), next.map(Timestamp::from)))
        })
    }

    /// How far ahead anybody is reminded of anything.
    fn horizon(&self) -> Timestamp {
        let stages = self.house.procedures().iter().flat_map(|definition| &definition.stages);
        let said = stages.flat_map(|stage| stage.remind.iter().flatten());
        let most = said.chain(&settings().reminders.before).max().copied().unwrap_or(0);
        // Working days are never so rare that twice as many days and a month hold too few of them.
        self.now.plus_seconds((2 * i64::from(most) + 31) * DAY)
    }
}

const KINDS: [(&str, ReminderKind); 3] = [
    ("before", ReminderKind::Before),
    ("after", ReminderKind::After),
    ("escalation", ReminderKind::Escalation),
];

fn kind_text(kind: ReminderKind) -> &'static str {
    KINDS.iter().find(|(_, known)| *known == kind).map_or("", |(text, _)| text)
}

fn kind_of(text: &str) -> Option<ReminderKind> {
    KINDS.iter().find(|(known, _)| *known == text).map(|(_, kind)| *kind)
}

impl Office {
    /// Makes the reminders that have come due since one last looked, each once. How many there were.
    ///
    /// # Errors
    /// When the tables fail.
    pub async fn remind(&self) -> Result<usize, StoreError> {
        self.remind_until(self.now()).await.map(|(made, _)| made)
    }

    /// The same where there may be any: something was entered, or a moment has come for which one waited.
    pub(crate) async fn remind_if_due(&self, looked: &mut Option<Looked>) -> Result<(), StoreError> {
        let now = self.now();
        let mut conn = self.database().begin_read().await?;
        let sizes =
            [store::house::size(&mut conn, HOUSE).await?, store::house::size(&mut conn, CASES).await?];
        drop(conn);
        if looked.is_some_and(|looked| looked.sizes == sizes && now < looked.next) {
            return Ok(());
        }
        let (_, next) = self.remind_until(now).await?;
        *looked = Some(Looked { sizes, next });
        Ok(())
    }

    async fn remind_until(&self, now: Timestamp) -> Result<(usize, Timestamp), StoreError> {
        let house = self.house().await?;
        let mut conn = self.database().begin_read().await?;
        let organisation = self.organisation_in(&mut conn).await?;
        drop(conn);
        let with = With { house: &house, organisation: &organisation, now };
        let (mut after, mut count) = ((Timestamp::from_micros(i64::MIN), TaskId::new([0; 16])), 0);
        let mut next = now.plus_seconds(DAY);
        loop {
            let mut conn = self.database().begin_read().await?;
            let part = store::reminders::open(&mut conn, with.horizon(), after, PART).await?;
            drop(conn);
            let Some(last) = part.last() else { break };
            after = (last.due, last.task);
            let mut made = Vec::new();
            for (told, again) in part.iter().filter_map(|open| with.come_due(open)) {
                made.extend(told);
                next = again.map_or(next, |again| again.min(next));
            }
            if !made.is_empty() {
                let mut conn = self.database().begin_write().await?;
                store::reminders::keep(&mut conn, &made).await?;
                conn.commit().await?;
            }
            count += made.len();
        }
        Ok((count, next))
    }

    /// Throws away what was said of tasks that are over.
    pub(crate) async fn sweep_reminders(&self) -> Result<(), StoreError> {
        let mut conn = self.database().begin_write().await?;
        store::reminders::sweep(&mut conn).await?;
        Ok(conn.commit().await?)
    }
}

impl Reading {
    /// What the reader is reminded of, of each task the newest, the first due first: his own, what he is told because it is late,
    /// and those of whom he stands in for.
    pub async fn reminders(&mut self) -> Result<Vec<ReminderRow>, Failure> {
        let eyes = self.eyes().await?;
        let doers: Vec<String> = self.own_doers(&eyes).iter().map(ToString::to_string).collect();
        let (classes, person) = (self.classes(), self.person().id);
        let own = store::reminders::own(self.conn(), &classes, &doers, person).await?;
        let house = self.house.clone();
        let with = With { house: &house, organisation: &eyes.organisation, now: eyes.now };
        let mut said: HashSet<TaskId> = HashSet::new();
        let mut rows = Vec::new();
        for (case, reminded) in own {
            if said.contains(&reminded.task) || rows.len() >= MOST {
                continue;
            }
            let seen = takes_part(&case, &eyes.caller, &eyes.organisation, eyes.day);
            let Some(row) = seen.then(|| self.row(&eyes, case)).flatten() else { continue };
            let one = self.reminder_row(&eyes, &with, row, &reminded);
            rows.extend(one.inspect(|_| {
                said.insert(reminded.task);
            }));
        }
        Ok(rows)
    }

    /// A reminder where it still means whom it was for.
    fn reminder_row(
        &self,
        eyes: &Eyes,
        with: &With<'_>,
        row: CaseRow,
        reminded: &Reminded,
    ) -> Option<ReminderRow> {
        let kind = kind_of(&reminded.kind)?;
        let task = row.case.task(reminded.task)?;
        let means = |about: &Reminding<'_>| about.meant(task, kind).contains(&reminded.doer).then_some(());
        with.about(&row.case, &row.definition, means)?;
        let task = self.task_row(eyes, &row, reminded.task)?;
        Some(ReminderRow { doer: eyes.name(reminded.doer), kind, made: reminded.made, task, row })
    }

    /// Puts aside what the reader was reminded of a task up to a moment. Refused where he wasn't.
    pub async fn put_reminder_aside(&mut self, task: TaskId, made: Timestamp) -> Result<(), Failure> {
        let known =
            self.reminders().await?.into_iter().any(|one| one.task.task.id == task && one.made == made);
        if !known {
            return Err(Code::NotFound.into());
        }
        let (office, person) = (self.office().clone(), self.person().id);
        let mut conn = office.database().begin_write().await?;
        store::reminders::put_aside(&mut conn, person, task, made).await?;
        Ok(conn.commit().await.map_err(StoreError::from)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_ships_is_read_and_is_what_the_calendar_has_without_it() {
        assert_eq!(toml::from_str::<Settings>(shipped::REMINDERS).unwrap(), Settings::default());
    }
}
