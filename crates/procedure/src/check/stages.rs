//! Stages, branches and steps: that each is owned and timed, and that its keys go together.

use super::Check;
use crate::{
    fault::{Code, told},
    stage::{Branch, Order, Stage, Step, Waits},
    value::Kind,
    who::Who,
};

/// For what somebody is told.
#[derive(Clone, Copy)]
pub(super) enum Use<'a> {
    /// Answers for a stage.
    Owns,
    /// Does a branch; whether it has entries that are somebody.
    Does { each: bool },
    /// Takes a step of a stage.
    Takes(&'a Stage),
    /// Sees or changes something.
    Sees,
}

impl Check<'_> {
    pub(super) fn stages(&mut self) {
        let def = self.def;
        for stage in &def.stages {
            let path = format!("stage.{}", stage.code);
            if stage.end.is_some() {
                self.end(stage, &path);
                continue;
            }
            self.owned(stage, &path);
            for branch in &stage.branches {
                self.branch(stage, branch, &format!("{path}.branch.{}", branch.code));
            }
            for step in &stage.steps {
                self.step(stage, step, &format!("{path}.step.{}", step.code));
            }
            let conditions = stage.steps.iter().any(|step| step.when.is_some());
            if let Some(step) = stage.steps.iter().find(|step| step.otherwise && !conditions) {
                let what = "`otherwise`, and no other step has a condition";
                let path = format!("{path}.step.{}.otherwise", step.code);
                self.fault(&path, Code::CondType, what, "leave it out, or write `when` on another step");
            }
        }
    }

    fn end(&mut self, stage: &Stage, path: &str) {
        let has = [
            ("owner", stage.owner.is_some()),
            ("due", !stage.due.0.is_empty()),
            ("remind", stage.remind.is_some()),
            ("escalate", stage.escalate.is_some()),
            ("evidence", !stage.evidence.is_empty()),
            ("product", stage.product.is_some()),
            ("branch", !stage.branches.is_empty()),
            ("step", !stage.steps.is_empty()),
        ];
        for (key, _) in has.into_iter().filter(|(_, has)| *has) {
            let what = format!("`{}` is an end and has `{key}`", stage.code);
            let remedy = "leave it out: with an end the case is over";
            self.fault(&format!("{path}.{key}"), Code::EndHas, what, remedy);
        }
    }

    fn owned(&mut self, stage: &Stage, path: &str) {
        match &stage.owner {
            Some(owner) => self.who(&format!("{path}.owner"), owner, Use::Owns),
            None => {
                let what = format!("nobody answers for `{}`", stage.code);
                self.fault(
                    path,
                    Code::NotOwned,
                    what,
                    "write `owner = \"…\"`, or `end = \"…\"` if it is an end",
                );
            }
        }
        if stage.due.0.is_empty() {
            let what = format!("`{}` is never due", stage.code);
            self.fault(path, Code::NotOwned, what, "write `due = \"5 working days\"`, or another time");
        }
        if let Some(escalate) = &stage.escalate {
            self.who(&format!("{path}.escalate.to"), &escalate.to, Use::Owns);
            let counted = matches!(
                escalate.after.what(),
                calendar::What::Count {
                    of: calendar::Anchor::Start,
                    direction: calendar::Direction::After,
                    ..
                }
            );
            if !counted {
                let what = format!("`{}` is no time after a due", escalate.after);
                let remedy = "write how long after: `2 working days`";
                self.fault(&format!("{path}.escalate.after"), Code::RuleUse, what, remedy);
            }
        }
    }

    fn branch(&mut self, stage: &Stage, branch: &Branch, path: &str) {
        let mut each = false;
        let mut most = Some(1);
        if let Some(code) = &branch.for_each
            && let Some(field) = self.known_field(&format!("{path}.for_each"), code)
        {
            each = field.kind.is_somebody();
            most = field.most;
            if !field.kind.is_many() {
                let what = format!("`{code}` is no list");
                self.fault(
                    &format!("{path}.for_each"),
                    Code::Branch,
                    what,
                    "name a field of type people, posts, units, …",
                );
            }
        }
        self.who(&format!("{path}.owner"), &branch.owner, Use::Does { each });
        if branch.due.0.is_empty() {
            let what = format!("branch `{}` is never due", branch.code);
            self.fault(path, Code::NotOwned, what, "write `due = \"5 working days\"`, or another time");
        }
        if let Waits::Some(least) = branch.waits
            && most.is_some_and(|most| least > most)
        {
            let what = format!(
                "branch `{}` waits for {least} replies and can have {}",
                branch.code,
                most.unwrap_or(0)
            );
            self.fault(&format!("{path}.waits"), Code::Waits, what, "wait for fewer, `any` or `all`");
        }
        if let Some(when) = &branch.when {
            self.condition(&format!("{path}.when"), when, &stage.code);
        }
        self.order(branch, path);
        let wrong = match (&branch.procedure, branch.replies.is_empty()) {
            (None, true) => Some("has no replies and starts no procedure: write one of both"),
            (Some(_), false) => {
                Some("has replies and starts a procedure, whose end is the reply: leave one out")
            }
            (Some(_), true) if branch.matrix => {
                Some("starts a procedure and has a table of comments: leave it out")
            }
            (None, false)
                if !branch.matrix && branch.replies.iter().any(|reply| reply.comments.is_some()) =>
            {
                Some("wants comments with a reply and has no table of them: write `matrix = true`")
            }
            (None, false) if !branch.passes.is_empty() => {
                Some("hands something to no procedure: leave `passes` out")
            }
            _ => None,
        };
        if let Some((what, remedy)) = wrong.and_then(|wrong| wrong.split_once(": ")) {
            self.fault(path, Code::Branch, format!("branch `{}` {what}", branch.code), remedy);
        }
    }

    fn order(&mut self, branch: &Branch, path: &str) {
        let path = format!("{path}.order");
        let Order::Field(code) = &branch.order else {
            if branch.order == Order::InTurn && branch.for_each.is_none() {
                let what = format!("branch `{}` is opened once, and for each in turn", branch.code);
                self.fault(&path, Code::Branch, what, "write `for_each`, or leave `order` out");
            }
            return;
        };
        let Some(field) = self.known_field(&path, code) else { return };
        let mut codes: Vec<&str> = field.choices.iter().map(|choice| choice.code.as_str()).collect();
        codes.sort_unstable();
        if field.kind != Kind::Choice || codes != ["in-turn", "together"] {
            let what = format!("`{code}` can't tell an order");
            self.fault(
                &path,
                Code::Branch,
                what,
                "give it the type `choice`, and the choices `together` and `in-turn`",
            );
        }
    }

    fn step(&mut self, stage: &Stage, step: &Step, path: &str) {
        if let Some(by) = &step.by {
            self.who(&format!("{path}.by"), by, Use::Takes(stage));
        }
        if let Some(when) = &step.when {
            self.condition(&format!("{path}.when"), when, &stage.code);
        }
        for code in &step.needs {
            self.known_field(&format!("{path}.needs"), code);
        }
    }

    /// Whether somebody can be told so, for this.
    pub(super) fn who(&mut self, path: &str, who: &Who, for_: Use<'_>) {
        let fits = match (who, for_) {
            (Who::Anyone, Use::Sees) => true,
            (Who::Anyone, _) => false,
            (Who::Each, Use::Does { each }) => each,
            (Who::Each, _) => false,
            (Who::Owner, Use::Owns) => false,
            (Who::Contributors(branch), Use::Takes(stage)) => {
                stage.branches.iter().any(|b| b.code == *branch)
            }
            (Who::Contributors(branch), Use::Sees) => self.def.branch(branch).is_some(),
            (Who::Contributors(_), _) => false,
            _ => true,
        };
        if !fits {
            let remedy = match who {
                Who::Contributors(_) => "name a branch of this stage",
                Who::Each => {
                    "`each` stands for the entry of a branch with `for_each` of people, posts or units"
                }
                _ => "name a post, a unit, a role, a field, `opener` or `who did STAGE`",
            };
            self.fault(path, Code::WhoUse, format!("`{who}` can't stand here"), remedy);
        }
        if let Who::Did(code) = who
            && self.def.stage(code).is_none_or(|stage| stage.end.is_some())
        {
            let what = format!("there is no stage `{}` that somebody did", told(code));
            self.fault(
                path,
                Code::UnknownStage,
                what,
                "write the code of a stage of this file that is no end",
            );
        }
        let Some(field) = who.field().and_then(|code| self.known_field(path, code)) else { return };
        let one = matches!(field.kind, Kind::Person | Kind::Post | Kind::Unit);
        if !(one || matches!(for_, Use::Sees) && field.kind.is_somebody()) {
            let what = format!("`{}` is a {}, which is nobody", field.code, field.kind.text());
            let remedy = if field.kind.is_somebody() {
                "one must be answerable: name a field that holds only one"
            } else {
                "name a field of type person, post or unit"
            };
            self.fault(path, Code::WhoUse, what, remedy);
        }
    }

    /// Whether who is needed is certainly known by then.
    pub(super) fn owners(&mut self) {
        let def = self.def;
        for stage in def.stages.iter().filter(|stage| stage.end.is_none()) {
            let path = format!("stage.{}", stage.code);
            if let Some(owner) = &stage.owner {
                self.there(&format!("{path}.owner"), owner, &stage.code);
            }
            if let Some(escalate) = &stage.escalate {
                self.there(&format!("{path}.escalate.to"), &escalate.to, &stage.code);
            }
            for branch in &stage.branches {
                if branch.owner.field().is_some_and(|field| branch.only_where_given(field)) {
                    continue;
                }
                self.there(&format!("{path}.branch.{}.owner", branch.code), &branch.owner, &stage.code);
            }
            for step in &stage.steps {
                if let Some(by) = &step.by {
                    self.there(&format!("{path}.step.{}.by", step.code), by, &stage.code);
                }
            }
        }
    }

    fn there(&mut self, path: &str, who: &Who, stage: &str) {
        if let Who::Did(through) = who
            && self.def.stage(through).is_some_and(|stage| stage.end.is_none())
            && !self.passed(through, stage)
        {
            let what = format!("a case can come to `{stage}` without having been through `{through}`");
            self.fault(path, Code::WhoMissing, what, "name somebody who is there on every way");
        }
        if let Some(field) = who.field().and_then(|code| self.def.field(code))
            && !self.certain(field, stage)
        {
            let what = format!("`{}` may not be filled in when a case comes to `{stage}`", field.code);
            let remedy =
                "make it required where it is asked, or write it in `needs` of the steps that lead here";
            self.fault(path, Code::WhoMissing, what, remedy);
        }
    }
}
