//! What an entry makes of a case. Decides nothing: what is wrong here was written wrong.

use super::{Case, Doer, Ended, Event, Extension, NewCase, NewTask, Shown, Task, TaskState};
use crate::{fact::Fact, id::PersonId, time::Timestamp};

/// Where an entry of a case stands.
#[derive(Debug, Clone, Copy)]
pub struct Written {
    /// When it was written.
    pub at: Timestamp,
    /// By whom.
    pub by: PersonId,
    /// Its place in the ledger.
    pub sequence: u64,
}

impl Case {
    /// A case as it is opened.
    pub fn opened(new: &NewCase, written: Written) -> Self {
        let mut case = Self {
            id: new.id,
            procedure: new.procedure.clone(),
            version: new.version,
            number: new.number.clone(),
            label: new.label.clone(),
            opener: new.opener,
            opened_by: written.by,
            opened_at: written.at,
            part_of: new.part_of,
            title: new.title.clone(),
            suspense: new.suspense.clone(),
            values: new.values.clone(),
            stage: new.stage.clone(),
            since: written.at,
            round: 1,
            ended: None,
            tasks: Vec::new(),
            shown: Vec::new(),
            did: Default::default(),
            parties: new.parties.iter().copied().collect(),
            changed: written.sequence,
        };
        case.give(&new.tasks, written.at);
        case
    }

    /// The case after an entry about it. Entries about anything else change nothing.
    pub fn apply(&mut self, fact: &Fact, written: Written) {
        let at = written.at;
        match fact {
            Fact::CaseChanged { values, label, parties, dues, .. } => {
                self.fill(values);
                self.join(parties);
                if let Some(label) = label {
                    self.label = label.clone();
                }
                for due in dues {
                    if let Some(task) = self.tasks.iter_mut().find(|task| task.id == due.task) {
                        task.extended = Some(due.until);
                    }
                }
            }
            Fact::CaseStepped { step } => {
                self.fill(&step.values);
                self.join(&step.parties);
                self.leave(at);
                self.did.insert(step.from.clone(), written.by);
                self.enter(&step.to, &step.tasks, at);
                self.ended = step.end.map(|how| Ended { at, by: written.by, how });
            }
            Fact::CaseReopened { stage, tasks, parties, .. } => {
                self.join(parties);
                self.ended = None;
                self.enter(stage, tasks, at);
            }
            Fact::TaskMoved { task, event, parties, .. } => {
                self.join(parties);
                self.moved(*task, event, written);
            }
            Fact::CaseShown { stage, evidence, document, words, .. } => self.shown.push(Shown {
                stage: stage.clone(),
                evidence: evidence.clone(),
                document: *document,
                words: words.clone(),
                by: written.by,
                at,
            }),
            Fact::CaseNoted { mentions, .. } => {
                self.parties.extend(mentions.iter().map(|person| Doer::Person(*person)));
            }
            // The table of comments stands beside the case.
            Fact::CaseCommented { .. } => {}
            _ => return,
        }
        self.changed = written.sequence;
    }

    fn fill(&mut self, values: &super::Filled) {
        for (field, value) in values {
            if value.is_null() {
                self.values.remove(field);
            } else {
                self.values.insert(field.clone(), value.clone());
            }
        }
    }

    fn join(&mut self, parties: &[Doer]) {
        self.parties.extend(parties.iter().copied());
    }

    /// What the stage that is left gave is over: done by whoever answered for it, else no longer wanted.
    fn leave(&mut self, at: Timestamp) {
        let round = self.round;
        for task in self.tasks.iter_mut().filter(|task| task.round == round && task.state.is_open()) {
            let done = task.branch.is_none();
            task.state = if done { TaskState::Done } else { TaskState::Withdrawn };
            task.over = Some(at);
            task.drop_request();
        }
    }

    fn enter(&mut self, stage: &str, tasks: &[NewTask], at: Timestamp) {
        stage.clone_into(&mut self.stage);
        self.since = at;
        self.round = self.round.saturating_add(1);
        self.give(tasks, at);
    }

    fn give(&mut self, tasks: &[NewTask], at: Timestamp) {
        let (stage, round) = (self.stage.clone(), self.round);
        self.tasks.extend(tasks.iter().map(|new| Task {
            id: new.id,
            stage: stage.clone(),
            round,
            branch: new.branch.clone(),
            each: new.each.clone(),
            owner: new.owner,
            given_to: None,
            issued: at,
            due: new.due,
            extended: None,
            state: if new.waits { TaskState::Waiting } else { TaskState::Issued },
            acknowledged: None,
            extensions: Vec::new(),
            reply: None,
            over: None,
        }));
    }

    fn moved(&mut self, task: crate::id::TaskId, event: &Event, written: Written) {
        let Some(place) = self.tasks.iter().position(|known| known.id == task) else { return };
        let Some(task) = self.tasks.get_mut(place) else { return };
        task.happened(event, written);
        if let (Event::Replied { .. }, Some(branch), round) = (event, task.branch.clone(), task.round) {
            let same = |other: &&mut Task| other.round == round && other.branch.as_deref() == Some(&branch);
            let next = self.tasks.iter_mut().filter(same).find(|task| task.state == TaskState::Waiting);
            if let Some(next) = next {
                next.state = TaskState::Issued;
                next.issued = written.at;
            }
        }
    }
}

impl Task {
    /// More time that was asked for is not granted when the task is another's, or over.
    fn drop_request(&mut self) {
        if let Some(asked) = self.extensions.last_mut() {
            asked.granted.get_or_insert(false);
        }
    }

    fn happened(&mut self, event: &Event, written: Written) {
        let at = written.at;
        match event {
            Event::Acknowledged {} => {
                self.state = TaskState::Acknowledged;
                self.acknowledged = Some(at);
            }
            Event::Asked { .. } => self.state = TaskState::Clarification,
            Event::Answered { .. } => {
                let acknowledged = self.acknowledged.is_some();
                self.state = if acknowledged { TaskState::Acknowledged } else { TaskState::Issued };
            }
            Event::Refused { .. } => self.state = TaskState::Refused,
            Event::Assigned { to, .. } => {
                self.owner = *to;
                self.given_to = None;
                self.acknowledged = None;
                self.drop_request();
                // Whoever waits for his turn still does.
                if self.state != TaskState::Waiting {
                    self.state = TaskState::Issued;
                }
            }
            Event::Delegated { to, .. } => self.given_to = *to,
            Event::TimeAsked { until, reason } => self.extensions.push(Extension {
                until: *until,
                reason: reason.clone(),
                by: written.by,
                at,
                granted: None,
            }),
            Event::TimeDecided { granted, .. } => {
                if let Some(asked) = self.extensions.last_mut() {
                    asked.granted = Some(*granted);
                    if *granted {
                        self.extended = Some(asked.until);
                    }
                }
            }
            Event::Replied { reply } => {
                self.reply = Some(reply.clone());
                self.state = TaskState::Done;
                self.over = Some(at);
            }
        }
    }
}
