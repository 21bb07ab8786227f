//! Who is reminded of a task, and who is told when it is late. Owns whom a reminder means; when one comes due is reckoned by
//! the calendar, and what was told is kept by others.

use calendar::{At, Calendar, Covered, Due, Reminder, ReminderKind, Reminders, Unreckonable};
use jiff::civil::Date;
use procedure::{Definition, Values};

use super::{Case, Doer, Task, TaskState, whom::Whom};
use crate::{id::UnitId, organisation::Organisation, time::Timestamp};

/// A case of whose tasks somebody is to be reminded.
#[derive(Debug, Clone, Copy)]
pub struct Reminding<'a> {
    /// The case.
    pub case: &'a Case,
    /// The version of the procedure by which it goes.
    pub definition: &'a Definition,
    /// What is filled in, as its fields read it.
    pub values: &'a Values,
    /// The organisation.
    pub organisation: &'a Organisation,
    /// The calendar of the procedure.
    pub calendar: &'a Calendar,
    /// How the house reminds.
    pub house: &'a Reminders,
    /// The day.
    pub day: Date,
}

/// A reminder, and whom it is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Told {
    /// Whom; whoever acts for him is told too.
    pub doer: Doer,
    /// What.
    pub reminder: Reminder,
}

impl Reminding<'_> {
    /// The due of a task, as reminders are counted from it.
    pub fn due(&self, task: &Task) -> Due {
        let at = task.due_now().jiff();
        Due { day: self.calendar.date_of(at), at, moved_from: None, covered: Covered::Yes }
    }

    /// How one is reminded of a task: the task of a stage as its procedure says, anything that it leaves out as the house does.
    pub fn settings(&self, task: &Task) -> Reminders {
        let mut set = self.house.clone();
        let stage = self.definition.stage(&task.stage).filter(|_| task.branch.is_none());
        if let Some(before) = stage.and_then(|stage| stage.remind.clone()) {
            set.before = before;
        }
        let escalation = stage.and_then(|stage| stage.escalate.as_ref());
        if let Some(days) = escalation.and_then(|escalation| self.days_after(task, &escalation.after)) {
            set.escalate_after = vec![days];
        }
        set
    }

    /// A time after the due in working days, from 1.
    fn days_after(&self, task: &Task, after: &calendar::Rule) -> Option<u16> {
        let due = self.due(task);
        let later = after.due(due.at, &|_: &str| None::<At>, self.calendar).ok()?;
        let days = self.calendar.working_between(due.day, later.day).ok()?.value;
        u16::try_from(days.clamp(1, 250)).ok()
    }

    /// Whom a reminder of a task means today; nobody: nothing is to be done with it, or there is nobody.
    pub fn meant(&self, task: &Task, kind: ReminderKind) -> Vec<Doer> {
        let current = self.case.is_open() && task.round == self.case.round && task.state.is_open();
        if !current || task.state == TaskState::Waiting {
            return Vec::new();
        }
        let mut meant = match kind {
            ReminderKind::Escalation => self.above(task),
            // Whoever gave a task that was asked about or refused has the ball.
            _ if !task.state.is_with_doer() => vec![self.gave(task)],
            ReminderKind::Before => vec![task.doer()],
            // He answers for it, whomever he gave it to.
            ReminderKind::After => vec![task.doer(), task.owner],
        };
        meant.retain(|doer| *doer != Doer::Anyone);
        meant.sort_unstable();
        meant.dedup();
        meant
    }

    fn gave(&self, task: &Task) -> Doer {
        let main = self.case.main().filter(|_| task.branch.is_some());
        main.map_or(self.case.opener, Task::doer)
    }

    /// To whom a task that is late goes: as its stage says, else to the head of the unit whose it is, or the next above him.
    fn above(&self, task: &Task) -> Vec<Doer> {
        let stage = self.definition.stage(&task.stage).filter(|_| task.branch.is_none());
        if let Some(escalation) = stage.and_then(|stage| stage.escalate.as_ref()) {
            let whom = Whom {
                organisation: self.organisation,
                definition: self.definition,
                values: self.values,
                opener: self.case.opener,
                case: Some(self.case),
                each: None,
                day: self.day,
            };
            return whom.meant(&escalation.to);
        }
        let organisation = self.organisation;
        let post = match task.owner {
            Doer::Post(post) => Some(post),
            Doer::Person(person) => organisation.held_by(person, self.day).first().copied(),
            Doer::Role(_) | Doer::Anyone => None,
        };
        let Some(unit) = post.and_then(|post| organisation.post(post)).map(|post| post.unit) else {
            return Vec::new();
        };
        let head = |unit: UnitId| organisation.head_post(unit, self.day).map(|head| head.id);
        let above = organisation.path(unit).into_iter().filter_map(head).find(|head| Some(*head) != post);
        above.map(Doer::Post).into_iter().collect()
    }

    /// What is to be said of a task now, and to whom: what came due after one last looked. None: nobody is meant, or nothing has
    /// come due.
    ///
    /// # Errors
    /// When the due can't be reckoned with.
    pub fn come_due(&self, task: &Task, since: Timestamp, now: Timestamp) -> Result<Vec<Told>, Unreckonable> {
        let (due, set) = (self.due(task), self.settings(task));
        let come = calendar::come_due(&due, since.jiff(), now.jiff(), &set, self.calendar)?.value;
        let all = come.into_iter().flat_map(|reminder| {
            let meant = self.meant(task, reminder.id.kind);
            meant.into_iter().map(move |doer| Told { doer, reminder })
        });
        Ok(all.collect())
    }

    /// From when on one looks for reminders of a task of which nothing was said yet: when it was given, or when its due was last
    /// asked to be moved.
    pub fn begins(task: &Task) -> Timestamp {
        let granted = task.extensions.iter().rev().find(|asked| asked.granted == Some(true));
        granted.map_or(task.issued, |asked| asked.at.max(task.issued))
    }
}
