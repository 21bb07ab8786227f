//! A case as it stands: what has been replied, what can be done now, what is opened.

use std::collections::{BTreeMap, BTreeSet};

use calendar::Rule;
use serde::Serialize;

use crate::{
    cond::Counts,
    definition::Definition,
    field::OPENING,
    stage::{Branch, Order, Step},
    value::{Now, Value, ValueCode, ValueFault, Values},
};

/// What has been replied, by branch: of each the last time that it was opened.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Replies(BTreeMap<String, Opened>);

/// A branch that is opened.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Opened {
    /// To how many.
    pub to: usize,
    /// What they replied.
    pub given: Vec<Given>,
}

/// A reply that was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    /// Its code; of a procedure that was started, how it ended.
    pub reply: String,
    /// How it counts.
    pub counts: Counts,
}

/// A case as it stands.
#[derive(Debug, Clone, Copy)]
pub struct Standing<'a> {
    /// Its stage.
    pub stage: &'a str,
    /// What is filled in.
    pub values: &'a Values,
    /// What has been replied.
    pub replies: &'a Replies,
    /// The codes of the evidence that this stage was shown.
    pub evidence: &'a BTreeSet<String>,
}

/// A step whose condition is so, and what stands in its way.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Way<'a> {
    /// The step.
    pub step: &'a Step,
    /// What must be done first; nothing: it can be taken.
    pub hindrances: Vec<Hindrance>,
}

/// What stands in the way of a step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "hindrance", rename_all = "kebab-case")]
pub enum Hindrance {
    /// A value is missing or wrong.
    Value(ValueFault),
    /// Replies are outstanding.
    Replies {
        /// The branch.
        branch: String,
        /// How many there are.
        given: usize,
        /// For how many it is waited.
        of: usize,
    },
    /// A branch that must be opened is not.
    NotOpened {
        /// The branch.
        branch: String,
    },
    /// Evidence is missing.
    Evidence {
        /// Its code.
        evidence: String,
    },
}

/// A branch that is to be opened.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Opening<'a> {
    /// The branch.
    pub branch: &'a Branch,
    /// The entries for which it is opened, in their order; none: it is opened once, and for nobody in particular.
    pub each: Option<Vec<String>>,
    /// Whether one begins when the one before has replied.
    pub in_turn: bool,
    /// When it is due, as long as the stage isn't due before.
    pub due: Option<&'a Rule>,
    /// What is handed to the procedure that is started, for each entry.
    pub passes: Vec<Values>,
}

impl Opening<'_> {
    /// To how many it is opened.
    pub fn count(&self) -> usize {
        self.each.as_ref().map_or(1, Vec::len)
    }
}

impl Replies {
    /// Notes that a branch is opened to so many, in the place of any time before.
    pub fn open(&mut self, branch: &str, to: usize) {
        self.0.insert(branch.to_owned(), Opened { to, given: Vec::new() });
    }

    /// Notes a reply.
    pub fn reply(&mut self, branch: &str, reply: &str, counts: Counts) {
        let given = Given { reply: reply.to_owned(), counts };
        self.0.entry(branch.to_owned()).or_default().given.push(given);
    }

    /// A branch, if it was opened.
    pub fn of(&self, branch: &str) -> Option<&Opened> {
        self.0.get(branch)
    }

    /// What was replied in a branch.
    pub fn given(&self, branch: &str) -> impl Iterator<Item = &Given> {
        self.0.get(branch).into_iter().flat_map(|opened| &opened.given)
    }

    /// Forgets a branch.
    pub(crate) fn forget(&mut self, branch: &str) {
        self.0.remove(branch);
    }
}

impl Definition {
    /// The steps that a case has now: those whose condition is so, each with what stands in its way; where no condition is so,
    /// those for that. None at an end.
    pub fn steps(&self, case: Standing<'_>, now: Now) -> Vec<Way<'_>> {
        let steps = self.stage(case.stage).map_or(&[][..], |stage| &stage.steps);
        let so = |step: &&Step| step.when.as_ref().is_some_and(|when| when.holds(case.values, case.replies));
        let any = steps.iter().any(|step| so(&step));
        let open = steps.iter().filter(|step| match (&step.when, step.otherwise) {
            (None, false) => true,
            (None, true) => !any,
            (Some(_), _) => so(step),
        });
        open.map(|step| Way { step, hindrances: self.hindrances(step, case, now) }).collect()
    }

    fn hindrances(&self, step: &Step, case: Standing<'_>, now: Now) -> Vec<Hindrance> {
        let mut all = Vec::new();
        let binds = self.binds(step);
        for field in &self.fields {
            let asked = field.asked_in.iter().any(|asked| asked == case.stage || asked == OPENING);
            let required = binds && field.required && asked && field.applies(case.values);
            let missing = !case.values.contains_key(&field.code) && !step.sets.contains_key(&field.code);
            if missing && (required || step.needs.contains(&field.code)) {
                let fault = ValueFault { field: field.code.clone(), code: ValueCode::Missing };
                all.push(Hindrance::Value(fault));
            }
        }
        if !binds {
            return all;
        }
        // What has become past since is no fault of what was filled in.
        let wrong =
            self.check_given(case.values, now).into_iter().filter(|fault| fault.code != ValueCode::Past);
        all.extend(wrong.map(Hindrance::Value));
        let Some(stage) = self.stage(case.stage) else { return all };
        for branch in stage.branches.iter().filter(|branch| !branch.optional) {
            all.extend(outstanding(branch, case));
        }
        let lacking = stage.evidence.iter().filter(|one| one.required && !case.evidence.contains(&one.code));
        all.extend(lacking.map(|one| Hindrance::Evidence { evidence: one.code.clone() }));
        all
    }

    /// The branches that open when a case comes into a stage.
    pub fn branches(&self, stage: &str, values: &Values, replies: &Replies) -> Vec<Opening<'_>> {
        let branches = self.stage(stage).map_or(&[][..], |stage| &stage.branches);
        let open = branches.iter().filter(|b| b.when.as_ref().is_none_or(|when| when.holds(values, replies)));
        open.map(|branch| self.opening(branch, values)).collect()
    }

    fn opening<'a>(&'a self, branch: &'a Branch, values: &Values) -> Opening<'a> {
        let each =
            branch.for_each.as_ref().map(|field| values.get(field).map_or_else(Vec::new, Value::entries));
        let in_turn = match &branch.order {
            Order::Together => false,
            Order::InTurn => true,
            Order::Field(field) => values.get(field) == Some(&Value::Choice("in-turn".to_owned())),
        };
        let alone = [None];
        let entries: Vec<Option<&String>> = match &each {
            Some(all) => all.iter().map(Some).collect(),
            None => alone.to_vec(),
        };
        let passes = match &branch.procedure {
            None => Vec::new(),
            Some(_) => entries.iter().map(|entry| passed(branch, values, *entry)).collect(),
        };
        Opening { branch, each, in_turn, due: branch.due.rule(values), passes }
    }
}

fn passed(branch: &Branch, values: &Values, entry: Option<&String>) -> Values {
    let value = |ours: &String| match (ours.as_str(), entry) {
        ("each", Some(entry)) => Some(Value::Ref(entry.clone())),
        _ => values.get(ours).cloned(),
    };
    branch.passes.iter().filter_map(|(theirs, ours)| Some((theirs.clone(), value(ours)?))).collect()
}

fn outstanding(branch: &Branch, case: Standing<'_>) -> Option<Hindrance> {
    match case.replies.of(&branch.code) {
        Some(opened) => {
            let (given, of) = (opened.given.len(), branch.waits.of(opened.to));
            (given < of).then(|| Hindrance::Replies { branch: branch.code.clone(), given, of })
        }
        // It may have been closed to it when the stage began, and what it depends on changed since.
        None => {
            let due = branch.when.as_ref().is_none_or(|when| when.holds(case.values, case.replies));
            due.then(|| Hindrance::NotOpened { branch: branch.code.clone() })
        }
    }
}
