//! What a caller may do with a case that he sees: decisions are taken by it, and pages offer by it.

use std::collections::BTreeSet;

use jiff::civil::Date;
use procedure::{Definition, Field, Step, Values, Way, Who};

use super::{Case, Doer, Task, TaskState, whom::Whom};
use crate::{authorisation::Role, command::Caller, organisation::Organisation};

/// A caller before a case.
#[derive(Debug, Clone, Copy)]
pub struct Hand<'a> {
    /// The case.
    pub case: &'a Case,
    /// The version of the procedure by which it goes.
    pub definition: &'a Definition,
    /// What is filled in, as its fields read it.
    pub values: &'a Values,
    /// Who.
    pub caller: &'a Caller,
    /// The organisation.
    pub organisation: &'a Organisation,
    /// The day.
    pub day: Date,
}

impl Hand<'_> {
    fn whom(&self) -> Whom<'_> {
        Whom {
            organisation: self.organisation,
            definition: self.definition,
            values: self.values,
            opener: self.case.opener,
            case: Some(self.case),
            each: None,
            day: self.day,
        }
    }

    fn is(&self, doer: Doer) -> bool {
        doer.is(self.caller, self.organisation, self.day)
    }

    /// Everything that he is to the case, of what its procedure asks about.
    pub fn relations(&self) -> BTreeSet<Who> {
        self.whom().relations(self.caller)
    }

    /// Whether he opened it, or holds the post in whose name it was opened.
    pub fn opened(&self) -> bool {
        self.is(self.case.opener)
    }

    /// Whether he answers for the stage that runs, or was given it.
    pub fn owns(&self) -> bool {
        self.case.main().is_some_and(|task| self.has(task))
    }

    /// Whether he takes a step: the owner of the stage and to whom he gave it, or whom the step names.
    pub fn takes(&self, step: &Step) -> bool {
        match &step.by {
            None => self.owns(),
            Some(who) => self.whom().meant(who).into_iter().any(|doer| self.is(doer)),
        }
    }

    /// The steps that he takes, each with what stands in its way.
    pub fn ways(&self, now: procedure::Now) -> Vec<Way<'_>> {
        if !self.case.is_open() {
            return Vec::new();
        }
        let mut ways = super::decide::ways(self.case, self.definition, self.values, now);
        ways.retain(|way| self.takes(way.step));
        ways
    }

    /// Whether he has a task: answers for it, or was given it.
    pub fn has(&self, task: &Task) -> bool {
        self.is(task.owner) || self.is(task.doer())
    }

    /// Whether comments can be made with a task.
    pub fn has_table(&self, task: &Task) -> bool {
        let branch = task.branch.as_ref().and_then(|code| self.definition.branch(code));
        branch.is_some_and(|(_, branch)| branch.matrix)
    }

    /// Whether he makes comments with a task now.
    pub fn comments(&self, task: &Task) -> bool {
        let stands = task.state.is_open() && !matches!(task.state, TaskState::Waiting | TaskState::Refused);
        let runs = self.case.is_open() && task.round == self.case.round;
        runs && stands && self.has_table(task) && self.has(task)
    }

    /// Whether he settles the comments of a task when it is answered: whoever answers for the stage that runs, and who did
    /// for the one in which they were made.
    pub fn settles(&self, task: &Task) -> bool {
        let of = |main: &&Task| main.branch.is_none() && main.round == task.round;
        self.case.is_open() && (self.owns() || self.case.tasks.iter().find(of).is_some_and(|t| self.has(t)))
    }

    /// Whether he may give a task to another than it has: whoever answers for the stage of which it is a part, to whom the stage
    /// goes when it is late, or the head of the unit whose it is. Who opened a case alone doesn't say who decides it.
    pub fn assigns(&self, task: &Task) -> bool {
        let mut may: Vec<Doer> = Vec::new();
        if task.branch.is_some() {
            may.extend(self.case.main().into_iter().flat_map(|main| [main.owner, main.doer()]));
        }
        may.extend(self.higher());
        let heads = match task.owner {
            Doer::Post(post) => self.organisation.heads_of_post(post, self.day),
            Doer::Person(person) => self.organisation.heads_of(person, self.day),
            Doer::Role(_) | Doer::Anyone => BTreeSet::new(),
        };
        heads.contains(&self.caller.person) || may.into_iter().any(|doer| self.is(doer))
    }

    /// To whom the stage that runs goes when it is late.
    fn higher(&self) -> Vec<Doer> {
        let stage = self.definition.stage(&self.case.stage);
        let escalation = stage.and_then(|stage| stage.escalate.as_ref());
        escalation.map_or_else(Vec::new, |escalation| self.whom().meant(&escalation.to))
    }

    /// Whether he may mark the case otherwise: who opened it as long as nobody else has it, then a controller.
    pub fn marks(&self) -> bool {
        let controls = self.caller.viewer.roles().iter().any(|(role, _)| *role == Role::Controller);
        self.case.is_open() && (controls || self.opened() && self.case.round == 1)
    }

    /// The stages into which he may take up again what has ended: the last that ran, and those to which it sends back. What was
    /// refused is taken up by whoever refused it.
    pub fn reopens(&self) -> Vec<&str> {
        let Some(ended) = self.case.ended else { return Vec::new() };
        let Some(last) = self.case.tasks.iter().rev().find(|task| task.branch.is_none()) else {
            return Vec::new();
        };
        let opened = self.opened() && ended.how != super::Ending::Refused;
        if !opened && !self.is(last.owner) {
            return Vec::new();
        }
        let stage = self.definition.stage(&last.stage);
        let back = stage.into_iter().flat_map(|stage| stage.steps.iter().filter(|step| step.back));
        let stages = stage.into_iter().map(|stage| stage.code.as_str());
        let mut stages: Vec<&str> = stages.chain(back.map(|step| step.to.as_str())).collect();
        stages.dedup();
        stages
    }

    /// Whether he gave a task: of a branch whoever answers for the stage, else who opened the case, or to whom the stage
    /// goes when it is late.
    pub fn gave(&self, task: &Task) -> bool {
        let mut gave: Vec<Doer> = vec![self.case.opener];
        if task.branch.is_some() {
            gave.extend(self.case.main().into_iter().flat_map(|main| [main.owner, main.doer()]));
        }
        gave.extend(self.higher());
        gave.into_iter().any(|doer| self.is(doer))
    }

    /// The fields that he may fill in now without taking a step.
    pub fn changes(&self) -> Vec<&Field> {
        let relations = self.relations();
        let may = |field: &&Field| self.definition.may_change(field, &self.case.stage, &relations);
        let open = self.case.is_open();
        self.definition.fields.iter().filter(|field| open && may(field)).collect()
    }

    /// What he can do with a task of the stage that runs, by the names of [`super::TaskAct`].
    pub fn does(&self, task: &Task) -> Vec<&'static str> {
        use TaskState::{Acknowledged, Clarification, Issued, Refused, Waiting};
        let mut all = Vec::new();
        if !self.case.is_open() || task.round != self.case.round || !task.state.is_open() {
            return all;
        }
        let replies = task
            .branch
            .as_ref()
            .and_then(|code| self.definition.branch(code))
            .is_some_and(|(_, branch)| branch.procedure.is_none());
        let (has, gave) = (self.has(task), self.gave(task));
        let mut offer = |when: bool, what: &'static str| {
            if when {
                all.push(what);
            }
        };
        let with_doer = matches!(task.state, Issued | Acknowledged);
        offer(has && replies && with_doer, "reply");
        offer(has && task.state == Issued, "acknowledge");
        offer(has && with_doer, "ask");
        offer(self.is(task.owner) && with_doer, "delegate");
        offer(has && task.state != Waiting && task.asked_for().is_none(), "ask-for-time");
        offer(has && matches!(task.state, Issued | Acknowledged | Clarification), "refuse");
        offer(gave && task.state == Clarification, "answer");
        let asked = task.asked_for().map(|asked| asked.by);
        offer(gave && asked.is_some_and(|by| by != self.caller.person), "decide-time");
        offer(gave && task.state == Refused || !has && self.assigns(task), "assign");
        all
    }
}
