//! What several procedures must agree on: their codes and numbers, and those that are started by others.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Check,
    dues::{Reach, reach},
};
use crate::{
    definition::Definition,
    fault::{Code, Fault, told},
    field::{Field, OPENING},
    read::Loaded,
    stage::{Branch, Stage},
    value::Kind,
};

/// Every mistake between procedures. Of those that couldn't be read only the codes count.
pub(crate) fn across(all: &[Loaded]) -> Vec<Fault> {
    let whole: Vec<(&Loaded, &Definition)> =
        all.iter().filter_map(|loaded| Some((loaded, loaded.definition.as_ref()?))).collect();
    let codes: BTreeSet<&str> = all.iter().filter_map(|loaded| loaded.code.as_deref()).collect();
    let newest = newest(&whole);
    let mut faults = Vec::new();
    for (at, (loaded, def)) in whole.iter().enumerate() {
        let mut check = Check { file: &loaded.file, lines: &loaded.lines, def, faults: Vec::new() };
        for (other, known) in whole.iter().take(at) {
            check.beside(&other.file, known);
        }
        check.migrations(&whole);
        let current = newest.get(def.code.as_str()).is_some_and(|newest| newest.version == def.version);
        for stage in def.stages.iter().filter(|_| current) {
            for branch in &stage.branches {
                check.started(stage, branch, &newest, &codes);
            }
        }
        faults.append(&mut check.faults);
    }
    faults
}

type Newest<'a> = BTreeMap<&'a str, &'a Definition>;

fn newest<'a>(whole: &[(&'a Loaded, &'a Definition)]) -> Newest<'a> {
    let mut all: Newest<'a> = BTreeMap::new();
    for (_, def) in whole {
        let known = all.entry(&def.code).or_insert(def);
        if known.version < def.version {
            *known = def;
        }
    }
    all
}

impl Check<'_> {
    fn beside(&mut self, file: &str, other: &Definition) {
        let def = self.def;
        if def.code == other.code {
            if def.version == other.version {
                let what = format!("`{}`, version {}, is also in {file}", def.code, def.version);
                self.fault(
                    "version",
                    Code::Twice,
                    what,
                    "give one of them another code, or the next version",
                );
            }
            return;
        }
        if let Some(number) = def.number.collides(&other.number) {
            let what = format!(
                "`{}`: a number like `{number}` could also be of `{}` ({file})",
                def.number, other.number
            );
            self.fault(
                "number",
                Code::NumberCollides,
                what,
                "begin the numbers of each procedure differently",
            );
        }
    }

    fn started(&mut self, stage: &Stage, branch: &Branch, newest: &Newest<'_>, codes: &BTreeSet<&str>) {
        let Some(code) = branch.procedure.as_deref() else { return };
        let path = format!("stage.{}.branch.{}", stage.code, branch.code);
        let Some(other) = newest.get(code) else {
            if !codes.contains(code) {
                let what = format!("there is no procedure `{}`", told(code));
                self.fault(
                    &format!("{path}.procedure"),
                    Code::UnknownProcedure,
                    what,
                    "write the code of another file",
                );
            }
            return;
        };
        if let Some(ring) = ring(&self.def.code, other, newest) {
            let what = format!("`{}` starts itself: {ring}", self.def.code);
            self.fault(&format!("{path}.procedure"), Code::Ring, what, "leave one of these branches out");
            return;
        }
        self.passes(branch, other, &format!("{path}.passes"));
        self.in_time(branch, other, &format!("{path}.procedure"));
    }

    fn passes(&mut self, branch: &Branch, other: &Definition, path: &str) {
        let def = self.def;
        for (theirs, ours) in &branch.passes {
            let Some(takes) = other.field(theirs) else {
                let what = format!("`{}` has no field `{}`", other.code, told(theirs));
                self.fault(path, Code::Passes, what, "write a field of that procedure, then one of this");
                continue;
            };
            let each = branch.for_each.as_ref().filter(|_| ours == "each");
            let from = each.unwrap_or(ours);
            let Some(field) = self.known_field(path, from) else { continue };
            let kind = if each.is_some() { field.kind.each().unwrap_or(field.kind) } else { field.kind };
            let fits = kind == takes.kind || (kind, takes.kind) == (Kind::Line, Kind::Text);
            let chosen = field.choices.iter().all(|c| takes.choices.iter().any(|other| other.code == c.code));
            if !fits || !chosen {
                let what = format!(
                    "`{from}` is a {}; `{theirs}` of `{}` takes a {}",
                    kind.text(),
                    other.code,
                    takes.kind.text()
                );
                self.fault(
                    path,
                    Code::Passes,
                    what,
                    "hand over a field of the same type, and of the same choices",
                );
            }
        }
        let asked = |field: &&Field| field.required && field.asked_in.iter().any(|asked| asked == OPENING);
        for field in other.fields.iter().filter(asked).filter(|field| field.initial.is_none()) {
            let given = branch.passes.get(&field.code);
            let stage = def.branch(&branch.code).map(|(stage, _)| stage.code.as_str()).unwrap_or_default();
            let certain = given.is_some_and(|ours| {
                ours == "each"
                    || branch.only_where_given(ours)
                    || def.field(ours).is_none_or(|ours| self.certain(ours, stage))
            });
            if !certain && field.when.is_none() {
                let what = format!("`{}` asks for `{}` when it is opened", other.code, field.code);
                let remedy = format!(
                    "hand it over: `passes = {{ {} = \"…\" }}`, a field that is certainly filled in",
                    field.code
                );
                self.fault(path, Code::Passes, what, remedy);
            }
        }
    }

    /// Whether it can be done, by its shortest way, before the branch is due.
    fn in_time(&mut self, branch: &Branch, other: &Definition, path: &str) {
        let Some(shortest) = shortest(other) else { return };
        let late = branch.due.0.iter().find(|rule| reach(rule).is_some_and(|due| shortest.after(&due)));
        let handed = |reach: Reach| match reach.field.as_ref().and_then(|field| branch.passes.get(field)) {
            Some(ours) => Reach { field: Some(ours.clone()), ..reach },
            None => reach,
        };
        let dated = other
            .stages
            .iter()
            .flat_map(|stage| &stage.due.0)
            .filter_map(reach)
            .filter(|r| r.field.is_some());
        let dated: Vec<Reach> = dated
            .map(handed)
            .filter(|r| branch.passes.values().any(|ours| r.field.as_ref() == Some(ours)))
            .collect();
        let dated_late = branch
            .due
            .0
            .iter()
            .find(|rule| reach(rule).is_some_and(|due| dated.iter().any(|r| r.after(&due))));
        if let Some(rule) = late.or(dated_late) {
            let what = format!(
                "`{}` takes longer, even by its shortest way, than `{rule}`, when branch `{}` is due",
                other.code, branch.code
            );
            self.fault(path, Code::DueAfterParent, what, "give the branch more time, or the procedure less");
        }
    }
}

/// How a procedure is started by one that it starts, if it is: `rfi, call, rfi`.
fn ring(code: &str, started: &Definition, newest: &Newest<'_>) -> Option<String> {
    let mut seen = BTreeSet::new();
    let mut open = vec![(started, format!("{code}, {}", started.code))];
    while let Some((def, way)) = open.pop() {
        if def.code == code {
            return Some(way);
        }
        if !seen.insert(def.code.as_str()) {
            continue;
        }
        let next = def.stages.iter().flat_map(|stage| &stage.branches).filter_map(|b| b.procedure.as_deref());
        let next = next.filter_map(|next| newest.get(next));
        open.extend(next.map(|next| (*next, format!("{way}, {}", next.code))));
    }
    None
}

/// The time that the stages of the shortest way to the end as done have, as far as it is counted from when each begins.
fn shortest(def: &Definition) -> Option<Reach> {
    let none = Reach { field: None, tenths: 0 };
    let mut best: BTreeMap<&str, Reach> = BTreeMap::new();
    let first = def.first()?;
    best.insert(&first.code, none.clone());
    // As many rounds as there are stages: no shortest way is longer.
    for _ in &def.stages {
        for stage in &def.stages {
            let Some(so_far) = best.get(stage.code.as_str()).cloned() else { continue };
            let own = stage.due.0.last().and_then(reach).filter(|reach| reach.field.is_none());
            let after = so_far.and(&own.unwrap_or_else(|| none.clone()));
            for step in &stage.steps {
                let known = best.get(step.to.as_str());
                if known.is_none_or(|known| known.after(&after)) {
                    best.insert(&step.to, after.clone());
                }
            }
        }
    }
    let done = def.stages.iter().filter(|stage| stage.end == Some(crate::stage::End::Done));
    done.filter_map(|stage| best.get(stage.code.as_str()))
        .cloned()
        .reduce(|one, other| if one.after(&other) { other } else { one })
}
