//! Whether a condition asks of a field what can be asked of it.

use super::Check;
use crate::{
    cond::{Cond, ReplyTest, Test},
    fault::{Code, told},
    field::Field,
    stage::ENDS,
    value::{Kind, Value},
};

impl Check<'_> {
    /// Of a field: only fields before it may be asked about, so that none depends on itself.
    pub(super) fn field_condition(&mut self, path: &str, cond: &Cond, before: &[&str]) {
        for atom in cond.atoms() {
            match atom {
                Cond::Field { field, test } => {
                    if self.def.field(field).is_some() && !before.contains(&field.as_str()) {
                        let what = format!("`{field}` comes only later in the form");
                        self.fault(path, Code::CondType, what, "ask about fields that stand before this one");
                    }
                    self.field_test(path, field, test);
                }
                _ => self.fault(
                    path,
                    Code::CondType,
                    "a field can't depend on replies",
                    "ask about fields that stand before this one",
                ),
            }
        }
    }

    /// Of a step or a branch of a stage.
    pub(super) fn condition(&mut self, path: &str, cond: &Cond, stage: &str) {
        for atom in cond.atoms() {
            match atom {
                Cond::Field { field, test } => self.field_test(path, field, test),
                Cond::Reply { branch, reply, .. } => self.reply_test(path, branch, reply, stage),
                _ => {}
            }
        }
    }

    fn reply_test(&mut self, path: &str, code: &str, reply: &ReplyTest, stage: &str) {
        let found = self.def.branch(code);
        let Some((of, branch)) = found.filter(|(of, _)| of.code == stage || self.leads(&of.code, stage))
        else {
            let what = match found {
                Some(_) => format!("branch `{}` is only opened later", told(code)),
                None => format!("there is no branch `{}`", told(code)),
            };
            self.fault(
                path,
                Code::UnknownBranch,
                what,
                "write the code of a branch of this stage or one before",
            );
            return;
        };
        if path.contains(".branch.") && of.code == stage {
            let what = format!("branch `{}` is opened at the same time", told(code));
            self.fault(path, Code::UnknownBranch, what, "ask about a branch of a stage before");
        }
        let ReplyTest::Is(asked) = reply else { return };
        let known = match branch.procedure {
            Some(_) => ENDS.iter().any(|(text, _)| text == asked),
            None => branch.replies.iter().any(|reply| reply.code == *asked),
        };
        if !known {
            let what = format!("`{}` is no reply of branch `{code}`", told(asked));
            self.fault(path, Code::CondType, what, "write the code of one of its replies");
        }
    }

    fn field_test(&mut self, path: &str, code: &str, test: &Test) {
        let Some(field) = self.known_field(path, code) else { return };
        let kind = field.kind;
        let remedy = match test {
            Test::Given | Test::Missing => return,
            Test::Yes | Test::No if kind == Kind::YesNo => return,
            Test::Yes | Test::No => "only a field of type `yes-no` can be asked this",
            Test::Is(_) | Test::In(_) if kind == Kind::YesNo => "ask `is yes` or `is no`",
            Test::Is(_) | Test::In(_) if kind.is_many() => "ask `has \"…\"`",
            Test::Has(_) if !kind.is_many() => "ask `is \"…\"`: it holds only one",
            Test::Compare(..) if !kind.is_ordered() => {
                "only numbers, money, dates, moments and ratings can be compared"
            }
            _ => return self.literals(path, field, test),
        };
        self.fault(path, Code::CondType, format!("`{code}` is a {}: `{test}`", kind.text()), remedy);
    }

    fn literals(&mut self, path: &str, field: &Field, test: &Test) {
        for text in test.literals() {
            let kind = field.kind.each().unwrap_or(field.kind);
            let read = kind.read_text(text).ok().flatten();
            let chosen = match &read {
                Some(Value::Choice(code)) => field.choices.iter().any(|choice| choice.code == *code),
                other => other.is_some(),
            };
            if !chosen {
                let what = format!(
                    "`{}` can't be in `{}`, which is a {}",
                    told(text),
                    field.code,
                    field.kind.text()
                );
                let remedy = match kind {
                    Kind::Choice => "write the code of one of its choices",
                    Kind::Money => "write an amount and its currency, as \"5000 EUR\"",
                    Kind::Date => "write a date as 2026-11-23",
                    _ => "write a value that the field can have",
                };
                self.fault(path, Code::CondType, what, remedy);
            }
        }
    }
}
