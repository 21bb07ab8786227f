//! Deadlines: that each can be reckoned, and that none is after the one of which it is a part.

use calendar::{Anchor, Direction, Rule, Unit, What};

use super::Check;
use crate::{
    fault::Code,
    stage::{Branch, Dues, Stage},
    value::Kind,
};

/// From where a deadline is counted, and how far from there (in hours, as an ordinary week has them).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reach {
    /// The field from which it is counted; none: from when it begins to run.
    pub(super) field: Option<String>,
    pub(super) tenths: i64,
}

/// How far a rule reaches; none where that depends on the day.
pub(super) fn reach(rule: &Rule) -> Option<Reach> {
    match rule.what() {
        What::Count { n, unit, direction, of } => {
            let tenths = i64::from(*n) * tenths(*unit);
            let field = match of {
                Anchor::Start => None,
                Anchor::Field(field) => Some(field.clone()),
            };
            Some(Reach { field, tenths: if *direction == Direction::Before { -tenths } else { tenths } })
        }
        What::Today => Some(Reach { field: None, tenths: 0 }),
        What::On { field } => Some(Reach { field: Some(field.clone()), tenths: 0 }),
        _ => None,
    }
}

/// Tenths of an hour: five working days, of eight hours each, are a week.
const fn tenths(unit: Unit) -> i64 {
    match unit {
        Unit::Hours => 10,
        Unit::WorkingHours => 42,
        Unit::WorkingDays => 336,
        Unit::Days => 240,
        Unit::Weeks => 1_680,
        Unit::Months => 7_300,
        Unit::Years => 87_600,
    }
}

impl Reach {
    /// Whether it is after another that is counted from the same.
    pub(super) fn after(&self, other: &Self) -> bool {
        self.field == other.field && self.tenths > other.tenths
    }

    /// Both, one after the other.
    pub(super) fn and(&self, other: &Self) -> Self {
        Self { field: self.field.clone(), tenths: self.tenths + other.tenths }
    }
}

impl Check<'_> {
    pub(super) fn dues(&mut self) {
        let def = self.def;
        for stage in def.stages.iter().filter(|stage| stage.end.is_none()) {
            let path = format!("stage.{}", stage.code);
            self.reckonable(&stage.due, &format!("{path}.due"), &stage.code, None);
            for branch in &stage.branches {
                let path = format!("{path}.branch.{}.due", branch.code);
                self.reckonable(&branch.due, &path, &stage.code, Some(branch));
                self.within(&branch.due, stage, &path);
            }
        }
    }

    fn reckonable(&mut self, dues: &Dues, path: &str, stage: &str, branch: Option<&Branch>) {
        let last = dues.0.len().saturating_sub(1);
        for (n, rule) in dues.0.iter().enumerate() {
            let Some(code) = rule.field() else {
                if n < last {
                    let what = format!("`{rule}` can always be reckoned, and others follow it");
                    self.fault(path, Code::RuleUse, what, "put it last");
                }
                continue;
            };
            let Some(field) = self.known_field(path, code) else { continue };
            if !matches!(field.kind, Kind::Date | Kind::Moment) {
                let what = format!("`{rule}`: `{code}` is a {}", field.kind.text());
                self.fault(path, Code::RuleUse, what, "name a field of type date or moment");
            } else if n == last
                && !self.certain(field, stage)
                && !branch.is_some_and(|b| b.only_where_given(code))
            {
                let what = format!("`{rule}`: `{code}` may not be filled in when a case comes to `{stage}`");
                let remedy = "make it required where it is asked, or give a second time: `due = [\"…\", \"5 working days\"]`";
                self.fault(path, Code::RuleMissing, what, remedy);
            }
        }
    }

    fn within(&mut self, dues: &Dues, stage: &Stage, path: &str) {
        for rule in &dues.0 {
            let Some(ours) = reach(rule) else { continue };
            if let Some(parent) =
                stage.due.0.iter().find(|parent| reach(parent).is_some_and(|p| ours.after(&p)))
            {
                let what = format!("`{rule}` is after `{parent}`, when `{}` is due", stage.code);
                self.fault(path, Code::DueAfterParent, what, "give the branch less time, or the stage more");
            }
        }
    }
}
