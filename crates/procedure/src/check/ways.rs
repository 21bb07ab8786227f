//! Where a case can go: whether every stage is reached, whether it ends, and what is certain when it gets somewhere.

use std::collections::BTreeSet;

use super::Check;
use crate::{
    definition::Definition,
    fault::{Code, told},
    field::{Field, OPENING},
    stage::{End, Stage, Step},
};

impl<'a> Check<'a> {
    /// Whether all steps lead somewhere; if they do, whether all stages are reached, and reach an end.
    pub(super) fn ways(&mut self) -> bool {
        let def = self.def;
        let mut whole = true;
        for stage in &def.stages {
            for step in stage.steps.iter().filter(|step| def.stage(&step.to).is_none()) {
                let path = format!("stage.{}.step.{}.to", stage.code, step.code);
                let what = format!("there is no stage `{}`", told(&step.to));
                self.fault(
                    &path,
                    Code::UnknownStage,
                    what,
                    "write the code of a stage of this file, or add it",
                );
                whole = false;
            }
        }
        if !whole {
            return false;
        }
        let Some(first) = def.first() else { return false };
        if first.end.is_some() {
            let what = format!("`{}`, with which a case begins, is an end", first.code);
            self.fault(&format!("stage.{}.end", first.code), Code::Unreachable, what, "put a stage first");
            return false;
        }
        if !def.stages.iter().any(|stage| stage.end == Some(End::Done)) {
            let path = format!("stage.{}", first.code);
            self.fault(
                &path,
                Code::DeadEnd,
                "no case ever ends as done",
                "add a stage with `end = \"done\"`",
            );
        }
        let reached = self.reached(&first.code, |_, _| true);
        for stage in &def.stages {
            let path = format!("stage.{}", stage.code);
            if !reached.contains(stage.code.as_str()) {
                let what = format!("`{}` is never reached from `{}`", stage.code, first.code);
                self.fault(&path, Code::Unreachable, what, "add a step that leads to it, or leave it out");
            }
            let ahead = self.reached(&stage.code, |_, _| true);
            if !def.stages.iter().any(|end| end.end.is_some() && ahead.contains(end.code.as_str())) {
                let what = format!("from `{}` no end is reached", stage.code);
                self.fault(&path, Code::DeadEnd, what, "add a step that leads on to an end");
            }
        }
        true
    }

    /// The stages to which a stage leads by such steps, and itself.
    fn reached(&self, from: &str, along: impl Fn(&Stage, &Step) -> bool) -> BTreeSet<&'a str> {
        let mut seen = BTreeSet::new();
        let def: &'a Definition = self.def;
        let mut open: Vec<&'a Stage> = def.stage(from).into_iter().collect();
        while let Some(stage) = open.pop() {
            if seen.insert(stage.code.as_str()) {
                let next = stage.steps.iter().filter(|step| along(stage, step));
                open.extend(next.filter_map(|step| def.stage(&step.to)));
            }
        }
        seen
    }

    /// Whether a stage leads to another.
    pub(super) fn leads(&self, from: &str, to: &str) -> bool {
        let steps = self.def.stage(from).map_or(&[][..], |stage| &stage.steps);
        steps.iter().any(|step| self.reached(&step.to, |_, _| true).contains(to))
    }

    /// Whether a field is certainly filled in when a case comes into a stage.
    pub(super) fn certain(&self, field: &Field, stage: &str) -> bool {
        let at = |place: &str| {
            field.required && field.when.is_none() && field.asked_in.iter().any(|asked| asked == place)
        };
        if at(OPENING) {
            return true;
        }
        let fills = |from: &Stage, step: &Step| {
            step.needs.contains(&field.code)
                || step.sets.contains_key(&field.code)
                || self.def.binds(step) && at(&from.code)
        };
        let Some(first) = self.def.first() else { return false };
        !self.reached(&first.code, |from, step| !fills(from, step)).contains(stage)
    }

    /// Whether a case that is in a stage has certainly been through another.
    pub(super) fn passed(&self, through: &str, stage: &str) -> bool {
        let Some(first) = self.def.first() else { return false };
        !self.reached(&first.code, |from, _| from.code != through).contains(stage)
    }
}
