//! What is decided of cases: who may do what with which of them. The rooms beside this decide it act by act.

use std::{
    cell::Cell,
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use jiff::civil::Date;
use label::{Label, Purpose};
use procedure::{Definition, Replies, Standing, Values};

use super::{Act, Case, Comment, Doer, Hand, whom::Whom};
use crate::{
    command::{Caller, Context},
    fact::Fact,
    id::{CASES, CaseId, DocumentId, PersonId},
    organisation::Organisation,
    refusal::{Code, Refusal},
};

/// The most characters of a reason, of a question, of a note.
pub const WORDS: usize = 4_000;

/// What an act needs.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Needs {
    /// The organisation.
    pub organisation: Arc<Organisation>,
    /// Everybody of the house.
    pub people: BTreeSet<PersonId>,
    /// The case that it is about.
    pub case: Option<Case>,
    /// The case of which that one is, or shall be, a part.
    pub parent: Option<Case>,
    /// Of the documents that are named, those that the caller sees.
    pub documents: BTreeSet<DocumentId>,
    /// Of the cases that are named, those that the caller sees.
    pub cases: BTreeSet<CaseId>,
    /// Whether whoever shall have a task is let through by the label of its case.
    pub admitted: bool,
    /// Rows of its table of comments: those that the act names, or all of the task that it names.
    pub comments: Vec<Comment>,
    /// How many rows that table ever had.
    pub commented: u64,
    /// The next serial numbers, by procedure and year; of those that have none yet it is 1.
    pub next: BTreeMap<(String, i16), u64>,
}

/// Decides an act.
pub fn decide(
    caller: &Caller,
    context: &Context<'_>,
    act: &Act,
    needs: &Needs,
) -> Result<Vec<Fact>, Refusal> {
    let desk = Desk { caller, context, needs, drawn: Cell::new(0), numbers: Cell::default() };
    match act {
        Act::Open(opening) => desk.open(opening),
        Act::Change { case, values, label, reason } => {
            desk.change(*case, values, label.as_ref(), reason.as_deref())
        }
        Act::Step { case, stage, step, values, reason } => {
            desk.step(*case, stage, step, values, reason.as_deref())
        }
        Act::Task { case, task, does } => desk.task(*case, *task, does),
        Act::Show { case, evidence, document, words } => {
            desk.show(*case, evidence.as_deref(), *document, words.as_deref())
        }
        Act::Note { case, words, mentions } => desk.note(*case, words, mentions),
        Act::Comment { case, task, rows } => desk.comment(*case, *task, rows),
        Act::ChangeComment { case, comment, row } => desk.change_comment(*case, *comment, row),
        Act::WithdrawComments { case, comments } => desk.withdraw_comments(*case, comments),
        Act::Adjudicate { case, comments, outcome, reason } => {
            desk.adjudicate(*case, comments, *outcome, reason.as_deref())
        }
        Act::Reopen { case, stage, reason } => desk.reopen(*case, stage, reason),
    }
}

/// What a decision has at hand.
pub(super) struct Desk<'a> {
    pub(super) caller: &'a Caller,
    pub(super) context: &'a Context<'a>,
    pub(super) needs: &'a Needs,
    /// How many identifiers this command has drawn.
    drawn: Cell<u32>,
    /// Serial numbers that this command has given beyond those that were loaded.
    numbers: Cell<BTreeMap<(String, i16), u64>>,
}

/// A case that the caller sees, with what it goes by.
pub(super) struct Seen<'a> {
    pub(super) case: &'a Case,
    pub(super) definition: &'a Definition,
    pub(super) values: Values,
}

impl<'a> Desk<'a> {
    pub(super) fn new_id(&self) -> [u8; 16] {
        let n = self.drawn.get();
        self.drawn.set(n.saturating_add(1));
        self.context.new_id(n)
    }

    /// The next serial number of a procedure in a year.
    pub(super) fn serial(&self, procedure: &str, year: i16) -> u64 {
        let key = (procedure.to_owned(), year);
        let mut given = self.numbers.take();
        let loaded = self.needs.next.get(&key).copied().unwrap_or(1);
        let serial = *given.entry(key.clone()).or_insert(loaded);
        given.insert(key, serial.saturating_add(1));
        self.numbers.set(given);
        serial
    }

    pub(super) fn is(&self, doer: Doer) -> bool {
        doer.is(self.caller, &self.needs.organisation, self.context.today)
    }

    pub(super) fn sees(&self, case: &Case) -> bool {
        let takes_part = takes_part(case, self.caller, &self.needs.organisation, self.context.today);
        takes_part && reads(&case.label, self.caller, self.context)
    }

    /// The case that the act is about, where the caller sees it; else it isn't there.
    pub(super) fn seen(&self, case: CaseId) -> Result<Seen<'a>, Refusal> {
        let case = self.needs.case.as_ref().filter(|known| known.id == case).ok_or(Code::NotFound)?;
        if !self.sees(case) {
            return Err(Code::NotFound.into());
        }
        let definition = self.definition(case)?;
        Ok(Seen { case, definition, values: super::values::read(definition, &case.values)? })
    }

    pub(super) fn hand<'b>(&'b self, seen: &'b Seen<'_>) -> Hand<'b> {
        Hand {
            case: seen.case,
            definition: seen.definition,
            values: &seen.values,
            caller: self.caller,
            organisation: &self.needs.organisation,
            day: self.context.today,
        }
    }

    /// The same where something is still to be done.
    pub(super) fn running(&self, case: CaseId) -> Result<Seen<'a>, Refusal> {
        let seen = self.seen(case)?;
        match seen.case.ended {
            None => Ok(seen),
            Some(_) => Err(Refusal::new(Code::CaseEnded).with("number", &seen.case.number)),
        }
    }

    pub(super) fn definition(&self, case: &Case) -> Result<&'a Definition, Refusal> {
        let procedures = self.context.house.procedures();
        procedures.version(&case.procedure, case.version).ok_or_else(|| Code::Conflict.into())
    }

    pub(super) fn whom<'b>(
        &'b self,
        definition: &'b Definition,
        values: &'b Values,
        opener: Doer,
        case: Option<&'b Case>,
    ) -> Whom<'b> {
        let organisation = &self.needs.organisation;
        Whom { organisation, definition, values, opener, case, each: None, day: self.context.today }
    }

    /// A label that can be given today, and that lets the caller through himself.
    pub(super) fn label(&self, label: &Label) -> Result<(), Refusal> {
        let policy = self.context.house.policies.of(label);
        let policy =
            policy.map_err(|_| Refusal::on("label", Code::UnknownPolicy).with("policy", &label.policy))?;
        policy
            .validate(label, Purpose::New, self.context.today)
            .map_err(|why| Refusal::on("label", Code::InvalidLabel).with("why", why))?;
        if reads(label, self.caller, self.context) {
            Ok(())
        } else {
            Err(Refusal::on("label", Code::LabelAboveOwn))
        }
    }

    pub(super) fn words(&self, field: &'static str, given: Option<&str>) -> Result<Option<String>, Refusal> {
        text(field, given.unwrap_or_default(), WORDS)
    }

    pub(super) fn need_words(&self, field: &'static str, given: Option<&str>) -> Result<String, Refusal> {
        self.words(field, given)?.ok_or_else(|| Refusal::on(field, Code::Required))
    }
}

/// Several lines of text: what can stand in every table, without blanks around it.
pub(super) fn text(field: &'static str, given: &str, limit: usize) -> Result<Option<String>, Refusal> {
    let clean: String = given.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect();
    let clean = clean.trim();
    if clean.chars().count() > limit {
        return Err(Refusal::on(field, Code::TooLong).with("limit", limit));
    }
    Ok((!clean.is_empty()).then(|| clean.to_owned()))
}

fn reads(label: &Label, caller: &Caller, context: &Context<'_>) -> bool {
    caller.viewer.sight(&Case::rule(label), CASES, context.house, context.today).read
}

/// Whether somebody takes part in a case on a day, or is the head of somebody who does. What the label hides is asked
/// elsewhere.
pub fn takes_part(case: &Case, caller: &Caller, organisation: &Organisation, day: Date) -> bool {
    let posts = posts_seen(organisation, caller.person, day);
    case.parties.iter().any(|party| match party {
        Doer::Post(post) if posts.contains(post) => true,
        party => party.is(caller, organisation, day),
    })
}

/// The posts whose cases somebody sees on a day: those for which he answers, and all of the units of which he is the head.
pub fn posts_seen(organisation: &Organisation, person: PersonId, day: Date) -> BTreeSet<crate::id::PostId> {
    let mut posts = BTreeSet::new();
    for duty in organisation.posts_of(person, day) {
        posts.insert(duty.post);
        let Some(post) = organisation.post(duty.post).filter(|post| post.head) else { continue };
        let units = organisation.below(post.unit);
        posts.extend(units.into_iter().flat_map(|unit| organisation.posts_in(unit)).map(|post| post.id));
    }
    posts
}

/// What was replied in the stage that runs, and what it was shown.
pub fn standing(case: &Case, definition: &Definition) -> (Replies, BTreeSet<String>) {
    let mut replies = Replies::default();
    let stages = definition.stages.iter().flat_map(|stage| stage.branches.iter().map(move |b| (stage, b)));
    for (stage, branch) in stages {
        // The last time counts that the stage was entered: what was replied before is of another time.
        let entered = case.tasks.iter().filter(|task| task.branch.is_none() && task.stage == stage.code);
        let Some(round) = entered.map(|task| task.round).max() else { continue };
        let is_of =
            |task: &&super::Task| task.round == round && task.branch.as_deref() == Some(branch.code.as_str());
        let of: Vec<_> = case.tasks.iter().filter(is_of).collect();
        // Opened to nobody: nothing is outstanding.
        if of.is_empty() && branch.for_each.is_none() {
            continue;
        }
        replies.open(&branch.code, of.len());
        for reply in of.iter().filter_map(|task| task.reply.as_ref()) {
            let known = branch.replies.iter().find(|known| known.code == reply.reply);
            let ends = [procedure::End::Done, procedure::End::Cancelled, procedure::End::Refused];
            let ended = ends.into_iter().find(|end| end.text() == reply.reply);
            if let Some(counts) = known.map(|known| known.counts).or(ended.map(procedure::End::counts)) {
                replies.reply(&branch.code, &reply.reply, counts);
            }
        }
    }
    let shown = case.shown.iter().filter(|shown| shown.stage == case.stage && shown.at >= case.since);
    (replies, shown.filter_map(|shown| shown.evidence.clone()).collect())
}

/// The steps that a case has at a moment, each with what stands in its way.
pub fn ways<'d>(
    case: &Case,
    definition: &'d Definition,
    values: &Values,
    now: procedure::Now,
) -> Vec<procedure::Way<'d>> {
    let (replies, evidence) = standing(case, definition);
    let standing = Standing { stage: &case.stage, values, replies: &replies, evidence: &evidence };
    definition.steps(standing, now)
}
