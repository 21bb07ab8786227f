//! What is done with a task: that one has it, asks, refuses, gives it on, asks for more time, replies.

use procedure::Branch;

use super::{
    Doer, Event, Reply, Task, TaskAct, TaskState,
    decide::{Desk, Seen},
    reckon::Reckoning,
};
use crate::{
    fact::Fact,
    id::{CaseId, TaskId},
    refusal::{Code, Refusal},
};

impl Desk<'_> {
    pub(super) fn task(&self, case: CaseId, task: TaskId, does: &TaskAct) -> Result<Vec<Fact>, Refusal> {
        let seen = self.running(case)?;
        let task = seen.case.task(task).ok_or(Code::NotFound)?;
        if !task.state.is_open() || task.round != seen.case.round {
            return Err(Refusal::new(Code::TaskOver).with("number", &seen.case.number));
        }
        let event = self.event(&seen, task, does)?;
        let parties = match &event {
            Event::Assigned { to, .. } | Event::Delegated { to: Some(to), .. } => vec![*to],
            _ => Vec::new(),
        };
        Ok(vec![Fact::TaskMoved { case: seen.case.id, task: task.id, event, parties }])
    }

    fn event(&self, seen: &Seen<'_>, task: &Task, does: &TaskAct) -> Result<Event, Refusal> {
        Ok(match does {
            TaskAct::Acknowledge => {
                self.has(seen, task)?;
                at(task, &[TaskState::Issued])?;
                Event::Acknowledged {}
            }
            TaskAct::Ask { words } => {
                self.has(seen, task)?;
                at(task, &[TaskState::Issued, TaskState::Acknowledged])?;
                Event::Asked { words: self.need_words("words", Some(words))? }
            }
            TaskAct::Answer { words } => {
                self.gave(seen, task)?;
                at(task, &[TaskState::Clarification])?;
                Event::Answered { words: self.need_words("words", Some(words))? }
            }
            TaskAct::Refuse { reason } => {
                self.has(seen, task)?;
                at(task, &[TaskState::Issued, TaskState::Acknowledged, TaskState::Clarification])?;
                Event::Refused { reason: self.need_words("reason", Some(reason))? }
            }
            TaskAct::Assign { to, reason } => {
                let to = self.assigned(seen, task, *to)?;
                Event::Assigned { to, reason: self.need_words("reason", Some(reason))? }
            }
            TaskAct::Delegate { to, words } => self.delegated(task, *to, words.as_deref())?,
            TaskAct::AskForTime { until, reason } => self.asked_for_time(seen, task, *until, reason)?,
            TaskAct::DecideTime { granted, reason } => {
                self.gave(seen, task)?;
                let asked = task.asked_for().ok_or(Code::NothingAsked)?;
                // Nobody grants himself more time.
                if asked.by == self.caller.person {
                    return Err(Refusal::on("granted", Code::NotYours));
                }
                if *granted {
                    self.before_the_whole(seen, task, asked.until)?;
                }
                let reason = match granted {
                    true => self.words("reason", reason.as_deref())?,
                    false => Some(self.need_words("reason", reason.as_deref())?),
                };
                Event::TimeDecided { granted: *granted, reason }
            }
            TaskAct::Reply { reply, words } => self.replied(seen, task, reply, words.as_deref())?,
        })
    }

    fn has(&self, seen: &Seen<'_>, task: &Task) -> Result<(), Refusal> {
        if self.hand(seen).has(task) { Ok(()) } else { Err(Code::NotYours.into()) }
    }

    fn gave(&self, seen: &Seen<'_>, task: &Task) -> Result<(), Refusal> {
        if self.hand(seen).gave(task) { Ok(()) } else { Err(Code::NotYours.into()) }
    }

    /// Refused where nobody of the house is meant, or where the label keeps him out.
    fn is_there(&self, field: &'static str, doer: Doer) -> Result<(), Refusal> {
        let organisation = &self.needs.organisation;
        let there = match doer {
            Doer::Post(post) => organisation.post(post).is_some_and(|post| post.days.has(self.context.today)),
            Doer::Person(person) => {
                self.needs.people.contains(&person) && !organisation.has_left(person, self.context.today)
            }
            Doer::Role(_) | Doer::Anyone => false,
        };
        if !there {
            return Err(Refusal::on(field, Code::NotOffered));
        }
        if self.needs.admitted { Ok(()) } else { Err(Refusal::on(field, Code::DoerNotAdmitted)) }
    }

    /// To whom a task is given again: to the same by whoever gave it and had it refused, to another by who may, and never to
    /// oneself.
    fn assigned(&self, seen: &Seen<'_>, task: &Task, to: Option<Doer>) -> Result<Doer, Refusal> {
        let hand = self.hand(seen);
        let same = to.is_none_or(|to| to == task.owner);
        let may = hand.assigns(task) || same && task.state == TaskState::Refused && hand.gave(task);
        let to = to.unwrap_or(task.owner);
        if !may || !same && self.is(to) {
            return Err(Refusal::on("to", Code::NotYours));
        }
        self.is_there("to", to)?;
        Ok(to)
    }

    /// A part is not due after the whole.
    fn before_the_whole(
        &self,
        seen: &Seen<'_>,
        task: &Task,
        until: crate::time::Timestamp,
    ) -> Result<(), Refusal> {
        let whole = seen.case.main().filter(|_| task.branch.is_some()).map(Task::due_now);
        let Some(whole) = whole.filter(|whole| until > *whole) else { return Ok(()) };
        let reckoning = Reckoning::new(self.context.house, seen.definition, &seen.values, self.context.now)?;
        let refusal = Refusal::on("until", Code::AfterParent).with("number", &seen.case.number);
        Err(refusal.with("day", whole.date(reckoning.calendar.zone())))
    }

    fn delegated(&self, task: &Task, to: Option<Doer>, words: Option<&str>) -> Result<Event, Refusal> {
        if !self.is(task.owner) {
            return Err(Code::NotYours.into());
        }
        at(task, &[TaskState::Issued, TaskState::Acknowledged])?;
        if let Some(to) = to {
            self.is_there("to", to)?;
        }
        if to == task.given_to || to == Some(task.owner) {
            return Err(Refusal::on("to", Code::NothingChanged));
        }
        Ok(Event::Delegated { to, words: self.words("words", words)? })
    }

    fn asked_for_time(
        &self,
        seen: &Seen<'_>,
        task: &Task,
        until: jiff::civil::Date,
        reason: &str,
    ) -> Result<Event, Refusal> {
        self.has(seen, task)?;
        at(
            task,
            &[TaskState::Issued, TaskState::Acknowledged, TaskState::Clarification, TaskState::Refused],
        )?;
        let due = task.due_now();
        let reckoning = Reckoning::new(self.context.house, seen.definition, &seen.values, self.context.now)?;
        let day = due.date(reckoning.calendar.zone());
        if self.context.now > due {
            return Err(Refusal::on("until", Code::ExtensionLate).with("day", day));
        }
        if task.asked_for().is_some() {
            return Err(Refusal::on("until", Code::ExtensionOpen));
        }
        let until = reckoning.end_of(until)?;
        if until <= due {
            return Err(Refusal::on("until", Code::ExtensionNotLater).with("day", day));
        }
        self.before_the_whole(seen, task, until)?;
        Ok(Event::TimeAsked { until, reason: self.need_words("reason", Some(reason))? })
    }

    fn replied(
        &self,
        seen: &Seen<'_>,
        task: &Task,
        reply: &str,
        words: Option<&str>,
    ) -> Result<Event, Refusal> {
        self.has(seen, task)?;
        at(task, &[TaskState::Issued, TaskState::Acknowledged])?;
        let branch: &Branch = task
            .branch
            .as_ref()
            .and_then(|code| seen.definition.branch(code))
            .map(|(_, branch)| branch)
            .filter(|branch| branch.procedure.is_none())
            .ok_or(Refusal::on("reply", Code::NotOffered))?;
        let known = branch.replies.iter().find(|known| known.code == reply);
        let known = known.ok_or(Refusal::on("reply", Code::NotOffered))?;
        self.explained(task, known.comments)?;
        // What stands in the table of comments needn't be said again.
        let needed = known.words && self.rows_of(task).next().is_none();
        let words = if needed { Some(self.need_words("words", words)?) } else { self.words("words", words)? };
        Ok(Event::Replied { reply: Reply { reply: reply.to_owned(), words } })
    }
}

/// Refused where the task stands otherwise.
fn at(task: &Task, states: &[TaskState]) -> Result<(), Refusal> {
    if states.contains(&task.state) {
        Ok(())
    } else {
        Err(Refusal::new(Code::TaskStands).with("state", task.state.text()))
    }
}
