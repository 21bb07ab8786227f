//! Whether every running case of an older version finds its place in a newer one.

use super::Check;
use crate::{
    definition::Definition,
    fault::{Code, told},
    field::Field,
    migrate::Migration,
    read::Loaded,
    stage::{Branch, Stage},
    value::Kind,
};

impl Check<'_> {
    pub(super) fn migrations(&mut self, whole: &[(&Loaded, &Definition)]) {
        let def = self.def;
        for rule in &def.migrates {
            let path = format!("migrates.{}", rule.from);
            let older = whole.iter().find(|(_, other)| other.code == def.code && other.version == rule.from);
            match older {
                Some((_, older)) if rule.from < def.version => {
                    self.places(rule, older, &path);
                    self.kept(rule, older, &path);
                    self.replies(rule, older, &path);
                }
                _ => {
                    let what = format!("there is no older version {} of `{}`", rule.from, def.code);
                    let remedy = "give its file as well, beside this one, or leave the rule out";
                    self.fault(&format!("{path}.from"), Code::Migration, what, remedy);
                }
            }
        }
    }

    fn places(&mut self, rule: &Migration, older: &Definition, path: &str) {
        let path = format!("{path}.stages");
        for (old, new) in &rule.stages {
            if older.stage(old).is_none() {
                let what = format!("version {} has no stage `{}`", rule.from, told(old));
                self.fault(
                    &path,
                    Code::Migration,
                    what,
                    "write a stage of the older version, then one of this",
                );
            }
            if self.def.stage(new).is_none_or(|stage| stage.end.is_some()) {
                let what = format!("there is no stage `{}` in which a case goes on", told(new));
                self.fault(&path, Code::Migration, what, "write a stage of this version that is no end");
            }
        }
        for stage in older.stages.iter().filter(|stage| stage.end.is_none()) {
            let stays = self.def.stage(&stage.code).is_some_and(|stage| stage.end.is_none());
            if !stays && !rule.stages.contains_key(&stage.code) {
                let what = format!("cases of version {} in `{}` find no stage", rule.from, stage.code);
                self.fault(
                    &path,
                    Code::Migration,
                    what,
                    format!("write `stages = {{ {} = \"…\" }}`", stage.code),
                );
            }
        }
    }

    fn kept(&mut self, rule: &Migration, older: &Definition, path: &str) {
        let path = format!("{path}.drop");
        for code in rule.drop.iter().filter(|code| older.field(code).is_none()) {
            let what = format!("version {} has no field `{}`", rule.from, told(code));
            self.fault(&path, Code::Migration, what, "leave it out");
        }
        for field in older.fields.iter().filter(|field| !rule.drop.contains(&field.code)) {
            let fits = self.def.field(&field.code).is_some_and(|new| takes(new, field));
            if !fits {
                let what = format!(
                    "`{}` of version {} has no field that takes what is in it",
                    field.code, rule.from
                );
                let remedy =
                    format!("write `drop = [\"{}\"]` if it need not be kept, or keep the field", field.code);
                self.fault(&path, Code::Migration, what, remedy);
            }
        }
    }

    fn replies(&mut self, rule: &Migration, older: &Definition, path: &str) {
        let path = format!("{path}.drop_branches");
        for code in rule.drop_branches.iter().filter(|code| older.branch(code).is_none()) {
            let what = format!("version {} has no branch `{}`", rule.from, told(code));
            self.fault(&path, Code::Migration, what, "leave it out");
        }
        for stage in &older.stages {
            let new = rule.stages.get(&stage.code).unwrap_or(&stage.code);
            // Where a case finds no stage, that has been told.
            let Some(new) = self.def.stage(new).filter(|stage| stage.end.is_none()) else { continue };
            for branch in stage.branches.iter().filter(|branch| !rule.drop_branches.contains(&branch.code)) {
                if !answers(new, branch) {
                    let what = format!(
                        "branch `{}` of version {} has no place for its replies",
                        branch.code, rule.from
                    );
                    let remedy =
                        format!("write `drop_branches = [\"{}\"]`, or keep it with its replies", branch.code);
                    self.fault(&path, Code::Migration, what, remedy);
                }
            }
        }
    }
}

/// Whether a field takes what is in an older one.
fn takes(new: &Field, old: &Field) -> bool {
    let kind = new.kind == old.kind || (old.kind, new.kind) == (Kind::Line, Kind::Text);
    kind && old.choices.iter().all(|choice| new.choices.iter().any(|other| other.code == choice.code))
}

/// Whether a stage has a branch that takes the replies of an older one.
fn answers(new: &Stage, old: &Branch) -> bool {
    new.branches.iter().filter(|branch| branch.code == old.code).any(|branch| {
        let known = |code: &str| branch.replies.iter().any(|reply| reply.code == code);
        branch.procedure == old.procedure && old.replies.iter().all(|reply| known(&reply.code))
    })
}
