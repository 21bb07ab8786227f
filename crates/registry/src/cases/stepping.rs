//! How a case goes on: steps, what is filled in, what is shown and said, and how it is taken up again.

use label::Label;
use procedure::{Hindrance, Step, Values, Way};

use super::{
    Case, Ending, Filled, Moved, Reply, Stepped,
    decide::{Desk, Seen, ways},
    opening::{For, Given},
    reckon::Reckoning,
    task::Event,
    values::{told, written},
};
use crate::{
    fact::Fact,
    id::{CaseId, DocumentId, PersonId},
    refusal::{Code, Refusal},
};

/// The most persons whom a note mentions.
const MENTIONS: usize = 50;

impl<'a> Desk<'a> {
    /// The case of which the one at hand is a part, or shall be.
    pub(super) fn parent(&self, case: CaseId) -> Result<Seen<'a>, Refusal> {
        let case = self.needs.parent.as_ref().filter(|known| known.id == case).ok_or(Code::NotFound)?;
        if !self.sees(case) {
            return Err(Code::NotFound.into());
        }
        let definition = self.definition(case)?;
        Ok(Seen { case, definition, values: super::values::read(definition, &case.values)? })
    }

    pub(super) fn step(
        &self,
        case: CaseId,
        stage: &str,
        code: &str,
        given: &Filled,
        reason: Option<&str>,
    ) -> Result<Vec<Fact>, Refusal> {
        let seen = self.running(case)?;
        let (case, definition) = (seen.case, seen.definition);
        if case.stage != stage {
            return Err(self.moved_on(&seen));
        }
        let step = definition.step(stage, code).ok_or(Refusal::on("step", Code::NotOffered))?;
        let hand = self.hand(&seen);
        if !hand.takes(step) {
            return Err(Refusal::on("step", Code::NotYours));
        }
        let (owns, relations) = (hand.owns(), hand.relations());
        let asked = |field: &procedure::Field| {
            let asked = owns && field.asked_in.iter().any(|in_| in_ == stage);
            field.seen(&relations) && (asked || step.needs.contains(&field.code))
        };
        self.may_fill(definition, given, asked)?;
        let mut values = self.filled(definition, &seen.values, given)?;
        let ways = ways(case, definition, &values, self.now());
        let way = ways.iter().find(|way| way.step.code == code);
        let way = way.ok_or_else(|| Refusal::on("step", Code::StepClosed))?;
        hindered(definition, way)?;
        let reason = if step.reason {
            Some(self.need_words("reason", reason)?)
        } else {
            self.words("reason", reason)?
        };
        values.extend(step.sets.clone());
        self.stepped(&seen, step, &values, given, reason)
    }

    fn stepped(
        &self,
        seen: &Seen<'_>,
        step: &Step,
        values: &Values,
        given: &Filled,
        reason: Option<String>,
    ) -> Result<Vec<Fact>, Refusal> {
        let (case, definition) = (seen.case, seen.definition);
        let to = definition.stage(&step.to).ok_or(Code::Conflict)?;
        let of = For {
            id: case.id,
            definition,
            values,
            opener: case.opener,
            label: &case.label,
            case: Some(case),
        };
        let Given { tasks, parties, started } = self.give(of, to)?;
        let mut filled = given.clone();
        filled.extend(written(&step.sets));
        let parties = parties.into_iter().filter(|party| !case.parties.contains(party)).collect();
        let end = to.end.map(Ending::from);
        let stepped = Stepped {
            case: case.id,
            from: case.stage.clone(),
            step: step.code.clone(),
            to: to.code.clone(),
            end,
            values: filled,
            reason,
            tasks,
            parties,
        };
        let mut facts = vec![Fact::CaseStepped { step: Box::new(stepped) }];
        facts.extend(started);
        facts.extend(end.and_then(|end| self.answers(case, end)));
        Ok(facts)
    }

    /// The end of a case that a branch started is the reply to that branch, where anybody still waits for it.
    fn answers(&self, case: &Case, end: Ending) -> Option<Fact> {
        let part = case.part_of.filter(|part| part.replies)?;
        let parent = self.needs.parent.as_ref().filter(|known| known.id == part.case)?;
        parent.task(part.task).filter(|task| task.state.is_open() && parent.is_open())?;
        let reply = Reply { reply: end.text().to_owned(), words: None };
        Some(Fact::TaskMoved {
            case: part.case,
            task: part.task,
            event: Event::Replied { reply },
            parties: Vec::new(),
        })
    }

    fn moved_on(&self, seen: &Seen<'_>) -> Refusal {
        let names = seen.definition.stage(&seen.case.stage).map(|stage| &stage.names);
        let refusal = Refusal::on("step", Code::CaseMovedOn).with("number", &seen.case.number);
        names.map_or(refusal.clone(), |names| refusal.with("stage_en", &names.en).with("stage_fr", &names.fr))
    }

    pub(super) fn change(
        &self,
        case: CaseId,
        given: &Filled,
        label: Option<&Label>,
        reason: Option<&str>,
    ) -> Result<Vec<Fact>, Refusal> {
        let seen = self.running(case)?;
        let relations = self.hand(&seen).relations();
        self.may_fill(seen.definition, given, |field| {
            seen.definition.may_change(field, &seen.case.stage, &relations)
        })?;
        let values = self.filled(seen.definition, &seen.values, given)?;
        let label = label.filter(|label| **label != seen.case.label);
        if let Some(label) = label {
            if !self.hand(&seen).marks() {
                return Err(Refusal::on("label", Code::NotYours));
            }
            self.label(label)?;
        }
        if values == seen.values && label.is_none() {
            return Err(Code::NothingChanged.into());
        }
        let reason = if label.is_some() {
            Some(self.need_words("reason", reason)?)
        } else {
            self.words("reason", reason)?
        };
        let changed = given.iter().filter(|(field, value)| seen.case.values.get(*field) != Some(value));
        Ok(vec![Fact::CaseChanged {
            case: seen.case.id,
            values: changed.map(|(field, value)| (field.clone(), value.clone())).collect(),
            label: label.cloned(),
            reason,
            dues: self.moved_dues(&seen, &values)?,
            parties: Vec::new(),
        }])
    }

    /// The task of the stage that runs is due by what is filled in from now on.
    fn moved_dues(&self, seen: &Seen<'_>, values: &Values) -> Result<Vec<Moved>, Refusal> {
        let Some(main) = seen.case.main().filter(|task| task.state.is_open()) else { return Ok(Vec::new()) };
        let Some(stage) = seen.definition.stage(&seen.case.stage) else { return Ok(Vec::new()) };
        let reckon = |values| {
            let house = self.context.house;
            Reckoning::new(house, seen.definition, values, seen.case.since)?.stage(stage)
        };
        let (before, after) = (reckon(&seen.values)?, reckon(values)?);
        Ok(if before == after { Vec::new() } else { vec![Moved { task: main.id, until: after }] })
    }

    pub(super) fn show(
        &self,
        case: CaseId,
        evidence: Option<&str>,
        document: Option<DocumentId>,
        words: Option<&str>,
    ) -> Result<Vec<Fact>, Refusal> {
        let seen = self.running(case)?;
        if !self.hand(&seen).owns() {
            return Err(Code::NotYours.into());
        }
        let stage = seen.definition.stage(&seen.case.stage).ok_or(Code::Conflict)?;
        let by_document = match evidence {
            None if stage.product.is_none() => return Err(Refusal::on("evidence", Code::NotOffered)),
            None => true,
            Some(code) => {
                let known = stage.evidence.iter().find(|known| known.code == code);
                let known = known.ok_or(Refusal::on("evidence", Code::NotOffered))?;
                known.kind == procedure::Shown::Document
            }
        };
        if by_document {
            let document = document.ok_or(Refusal::on("document", Code::Required))?;
            if !self.needs.documents.contains(&document) {
                return Err(Refusal::on("document", Code::NotOffered));
            }
        }
        let words =
            if by_document { self.words("words", words)? } else { Some(self.need_words("words", words)?) };
        Ok(vec![Fact::CaseShown {
            case: seen.case.id,
            stage: stage.code.clone(),
            evidence: evidence.map(str::to_owned),
            document: document.filter(|_| by_document),
            words,
        }])
    }

    pub(super) fn note(
        &self,
        case: CaseId,
        words: &str,
        mentions: &[PersonId],
    ) -> Result<Vec<Fact>, Refusal> {
        let seen = self.seen(case)?;
        let words = self.need_words("words", Some(words))?;
        if mentions.len() > MENTIONS {
            return Err(Refusal::on("mentions", Code::TooManyChosen).with("limit", MENTIONS));
        }
        let mut mentions = mentions.to_vec();
        mentions.sort_unstable();
        mentions.dedup();
        if mentions.iter().any(|person| !self.needs.people.contains(person)) {
            return Err(Refusal::on("mentions", Code::NotOffered));
        }
        Ok(vec![Fact::CaseNoted { case: seen.case.id, words, mentions }])
    }

    pub(super) fn reopen(&self, case: CaseId, stage: &str, reason: &str) -> Result<Vec<Fact>, Refusal> {
        let seen = self.seen(case)?;
        let (case, definition) = (seen.case, seen.definition);
        if case.is_open() {
            return Err(Refusal::on("stage", Code::CaseRuns).with("number", &case.number));
        }
        let hand = self.hand(&seen);
        let stages = hand.reopens();
        if stages.is_empty() {
            return Err(Refusal::on("stage", Code::NotYours));
        }
        let to = definition.stage(stage).filter(|stage| stages.contains(&stage.code.as_str()));
        let to = to.ok_or(Refusal::on("stage", Code::NotOffered))?;
        let reason = self.need_words("reason", Some(reason))?;
        let (values, label) = (&seen.values, &case.label);
        let of = For { id: case.id, definition, values, opener: case.opener, label, case: Some(case) };
        let Given { tasks, parties, started } = self.give(of, to)?;
        let mut facts =
            vec![Fact::CaseReopened { case: case.id, stage: to.code.clone(), reason, tasks, parties }];
        facts.extend(started);
        Ok(facts)
    }
}

/// Refused with the first thing that stands in the way of a step.
fn hindered(definition: &procedure::Definition, way: &Way<'_>) -> Result<(), Refusal> {
    let Some(first) = way.hindrances.first() else { return Ok(()) };
    let branch_of = |refusal: Refusal, code: &str| match definition.branch(code) {
        Some((_, branch)) => refusal.with("name_en", &branch.names.en).with("name_fr", &branch.names.fr),
        None => refusal,
    };
    Err(match first {
        Hindrance::Value(fault) => told(fault),
        Hindrance::Replies { branch, given, of } => {
            let refusal = Refusal::on("step", Code::RepliesOutstanding).with("given", given).with("all", of);
            branch_of(refusal, branch)
        }
        Hindrance::NotOpened { branch } => branch_of(Refusal::on("step", Code::BranchNotOpened), branch),
        Hindrance::Evidence { evidence } => {
            let all = definition.stages.iter().flat_map(|stage| &stage.evidence);
            let refusal = Refusal::on("step", Code::EvidenceMissing);
            match all.into_iter().find(|known| known.code == *evidence) {
                Some(known) => refusal.with("name_en", &known.names.en).with("name_fr", &known.names.fr),
                None => refusal,
            }
        }
    })
}
