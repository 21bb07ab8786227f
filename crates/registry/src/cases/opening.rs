//! How a case is opened: by whom, in whose name, under which number; and what a stage gives when a case comes into it.

use jiff::civil::Date;
use label::Label;
use procedure::{Definition, OPENING, Opens, Stage, Value, Values};

use super::{
    Case, Doer, NewCase, NewTask, Opening, PartOf,
    decide::Desk,
    reckon::Reckoning,
    values::{first, written},
};
use crate::{
    command::Caller,
    fact::Fact,
    id::{CaseId, PostId, TaskId},
    organisation::Organisation,
    refusal::{Code, Refusal},
};

/// Whether somebody may open a case of a procedure on a day.
pub fn may_open(definition: &Definition, caller: &Caller, organisation: &Organisation, day: Date) -> bool {
    let posts = organisation.posts_of(caller.person, day);
    definition.opens.iter().any(|opens| match opens {
        Opens::Anyone => true,
        Opens::Role(name) => caller.viewer.roles().iter().any(|(role, _)| role.as_str() == name),
        Opens::Post(code) => {
            let post = organisation.post_by_code(code);
            post.is_some_and(|post| posts.iter().any(|duty| duty.post == post.id))
        }
        Opens::Unit(code) => organisation.unit_by_code(code).is_some_and(|unit| {
            let below = organisation.below(unit.id);
            let mut units =
                posts.iter().filter_map(|duty| organisation.post(duty.post)).map(|post| post.unit);
            units.any(|unit| below.contains(&unit))
        }),
    })
}

/// What a stage gives: tasks, those who see the case for it, and the cases that it starts.
#[derive(Default)]
pub(super) struct Given {
    pub(super) tasks: Vec<NewTask>,
    pub(super) parties: Vec<Doer>,
    pub(super) started: Vec<Fact>,
}

/// For whom a stage gives: a case that is, or one that is being opened.
#[derive(Clone, Copy)]
pub(super) struct For<'a> {
    pub(super) id: CaseId,
    pub(super) definition: &'a Definition,
    pub(super) values: &'a Values,
    pub(super) opener: Doer,
    pub(super) label: &'a Label,
    pub(super) case: Option<&'a Case>,
}

impl Desk<'_> {
    pub(super) fn open(&self, asked: &Opening) -> Result<Vec<Fact>, Refusal> {
        let definition = self.context.house.procedures().get(&asked.procedure);
        let definition = definition.ok_or(Refusal::on("procedure", Code::NotOffered))?;
        let opener = self.opener(asked.post)?;
        if !may_open(definition, self.caller, &self.needs.organisation, self.context.today) {
            return Err(Refusal::on("procedure", Code::Forbidden));
        }
        self.label(&asked.label)?;
        self.may_fill(definition, &asked.values, |field| field.asked_in.iter().any(|in_| in_ == OPENING))?;
        let values = self.filled(definition, &definition.initial(), &asked.values)?;
        let part_of = match asked.part_of {
            None => None,
            Some((case, task)) => Some(self.part_of(case, task, definition, &values)?),
        };
        self.opened(definition, values, opener, &asked.label, part_of)
    }

    /// The entries of a case that is opened, with those of the cases that it starts at once.
    pub(super) fn opened(
        &self,
        definition: &Definition,
        values: Values,
        opener: Doer,
        label: &Label,
        part_of: Option<PartOf>,
    ) -> Result<Vec<Fact>, Refusal> {
        let faults = definition.check_values(OPENING, &values, self.now());
        if !faults.is_empty() {
            return Err(first(&faults));
        }
        let stage = definition.first().ok_or(Code::Conflict)?;
        let id = CaseId::new(self.new_id());
        let year = self.context.today.year();
        let serial = self.serial(&definition.code, year);
        let body = self.context.house.bodies().next().map(|body| body.code.clone()).unwrap_or_default();
        let number = definition.number.write(serial, u16::try_from(year).unwrap_or_default(), &body);
        let of = For { id, definition, values: &values, opener, label, case: None };
        let Given { tasks, mut parties, started } = self.give(of, stage)?;
        parties.push(opener);
        for who in &definition.seen_by {
            parties.extend(self.whom(definition, &values, opener, None).meant(who));
        }
        parties.sort_unstable();
        parties.dedup();
        let case = NewCase {
            id,
            procedure: definition.code.clone(),
            version: definition.version,
            number,
            year,
            serial,
            label: label.clone(),
            opener,
            part_of,
            title: definition.title.clone(),
            suspense: definition.suspense.clone(),
            values: written(&values),
            stage: stage.code.clone(),
            tasks,
            parties,
        };
        let mut facts = vec![Fact::CaseOpened { case: Box::new(case) }];
        facts.extend(started);
        Ok(facts)
    }

    /// In whose name: of a post for which the caller acts, else of the first that he holds, else his own.
    fn opener(&self, post: Option<PostId>) -> Result<Doer, Refusal> {
        if let Some(post) = post {
            let known = self.needs.organisation.post(post).is_some();
            return if known && self.is(Doer::Post(post)) {
                Ok(Doer::Post(post))
            } else {
                Err(Refusal::on("post", Code::NotOffered))
            };
        }
        let held = self.needs.organisation.held_by(self.caller.person, self.context.today);
        Ok(held.first().map_or(Doer::Person(self.caller.person), |post| Doer::Post(*post)))
    }

    /// A part is given by whoever has the task, and is due before it by what the whole keeps in hand.
    fn part_of(
        &self,
        case: CaseId,
        task: TaskId,
        definition: &Definition,
        values: &Values,
    ) -> Result<PartOf, Refusal> {
        let seen = self.parent(case)?;
        let task = seen.case.task(task).filter(|task| task.state.is_open()).ok_or(Code::NotFound)?;
        if !self.is(task.owner) && !self.is(task.doer()) {
            return Err(Refusal::on("part_of", Code::NotYours));
        }
        let buffer = match seen.definition.buffer.as_ref().and_then(|field| seen.values.get(field)) {
            Some(Value::Number(days)) => i32::try_from(*days).unwrap_or(0),
            _ => 0,
        };
        let suspense = definition.suspense.as_ref().and_then(|field| Some((field, values.get(field)?)));
        if let Some((field, Value::Date(day))) = suspense {
            let reckoning =
                Reckoning::new(self.context.house, seen.definition, &seen.values, self.context.now)?;
            let whole = task.due_now().date(reckoning.calendar.zone());
            let latest = reckoning.before(whole, buffer).unwrap_or(whole);
            if *day > latest {
                let refusal = Refusal::on("values", Code::AfterParent).with("of", field);
                return Err(refusal.with("number", &seen.case.number).with("day", latest));
            }
        }
        Ok(PartOf { case, task: task.id, replies: false })
    }

    /// What a stage gives when a case comes into it. An end gives nothing.
    pub(super) fn give(&self, of: For<'_>, stage: &Stage) -> Result<Given, Refusal> {
        let mut given = Given::default();
        let Some(owner) = &stage.owner else { return Ok(given) };
        let whom = self.whom(of.definition, of.values, of.opener, of.case);
        let nobody = |who: &procedure::Who| Refusal::new(Code::NobodyThere).with("who", who);
        let owner = *whom.meant(owner).first().ok_or_else(|| nobody(owner))?;
        let reckoning = Reckoning::new(self.context.house, of.definition, of.values, self.context.now)?;
        let due = reckoning.stage(stage)?;
        let main =
            NewTask { id: TaskId::new(self.new_id()), branch: None, each: None, owner, due, waits: false };
        given.tasks.push(main);
        given.parties.push(owner);
        let higher = stage.escalate.iter().map(|escalation| &escalation.to);
        let takers = stage.steps.iter().filter_map(|step| step.by.as_ref());
        for who in higher.chain(takers).filter(|who| **who != procedure::Who::Anyone) {
            given.parties.extend(whom.meant(who));
        }
        self.give_branches(of, stage, due, &reckoning, &mut given)?;
        given.parties.sort_unstable();
        given.parties.dedup();
        Ok(given)
    }

    fn give_branches(
        &self,
        of: For<'_>,
        stage: &Stage,
        due: crate::time::Timestamp,
        reckoning: &Reckoning<'_>,
        given: &mut Given,
    ) -> Result<(), Refusal> {
        let replies = of.case.map(|case| super::decide::standing(case, of.definition).0).unwrap_or_default();
        for opening in of.definition.branches(&stage.code, of.values, &replies) {
            let branch = opening.branch;
            let field = branch.for_each.as_ref().and_then(|field| of.definition.field(field));
            let kind = field.map(|field| field.kind.each().unwrap_or(field.kind));
            let entries = match &opening.each {
                Some(entries) => entries.iter().map(|entry| Some(entry.as_str())).collect(),
                None => vec![None],
            };
            for (place, entry) in entries.into_iter().enumerate() {
                let mut whom = self.whom(of.definition, of.values, of.opener, of.case);
                whom.each = entry.zip(kind);
                let owner = whom.meant(&branch.owner).first().copied().or_else(|| {
                    // The owner of a stage that is only just beginning.
                    let of_stage = branch.owner == procedure::Who::Owner;
                    of_stage.then(|| given.tasks.first().map(|main| main.owner)).flatten()
                });
                let owner =
                    owner.ok_or_else(|| Refusal::new(Code::NobodyThere).with("who", &branch.owner))?;
                let task = NewTask {
                    id: TaskId::new(self.new_id()),
                    branch: Some(branch.code.clone()),
                    each: entry.map(str::to_owned),
                    owner,
                    due: reckoning.branch(branch, due),
                    waits: opening.in_turn && place > 0,
                };
                if let (Some(procedure), Some(passes)) = (&branch.procedure, opening.passes.get(place)) {
                    let part = PartOf { case: of.id, task: task.id, replies: true };
                    given.started.extend(self.start(procedure, passes, of, part)?);
                }
                given.parties.push(owner);
                given.tasks.push(task);
            }
        }
        Ok(())
    }

    /// A case that a branch starts: under the label of the one that starts it, in its owner's name.
    fn start(
        &self,
        procedure: &str,
        passes: &Values,
        of: For<'_>,
        part: PartOf,
    ) -> Result<Vec<Fact>, Refusal> {
        let definition = self.context.house.procedures().get(procedure).ok_or(Code::Conflict)?;
        let mut values = definition.initial();
        values.extend(passes.clone());
        self.opened(definition, values, of.opener, of.label, Some(part))
    }
}
