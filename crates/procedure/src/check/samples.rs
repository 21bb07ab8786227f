//! What makes a difference to conditions: of each field and branch that they ask about, one value of each sort.

use std::collections::BTreeMap;

use jiff::Span;

use super::Check;
use crate::{
    cond::{Cond, Counts},
    field::Field,
    running::Replies,
    stage::{Branch, ENDS, Stage},
    value::{Kind, Money, Value, Values, alone},
};

/// The most of which all subsets are looked at.
const MOST_SUBSETS: usize = 6;

/// One sort of what is filled in or replied.
pub(super) struct Sample {
    /// In words.
    pub(super) told: String,
    what: What,
}

enum What {
    Missing,
    Value(String, Value),
    Replies(String, Vec<(String, Counts)>),
}

impl Sample {
    pub(super) fn into(&self, values: &mut Values, replies: &mut Replies) {
        match &self.what {
            What::Missing => {}
            What::Value(code, value) => _ = values.insert(code.clone(), value.clone()),
            What::Replies(branch, given) => {
                replies.open(branch, given.len());
                given.iter().for_each(|(reply, counts)| replies.reply(branch, reply, *counts));
            }
        }
    }
}

/// The samples of all that some conditions of a stage ask about: when it is left, or when a case comes into it.
pub(super) fn samples(
    check: &Check<'_>,
    stage: &Stage,
    conditions: &[&Cond],
    coming: bool,
) -> Vec<Vec<Sample>> {
    let mut fields: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let mut branches: BTreeMap<&str, ()> = BTreeMap::new();
    for atom in conditions.iter().flat_map(|cond| cond.atoms()) {
        match atom {
            Cond::Field { field, test } => fields.entry(field).or_default().extend(test.literals()),
            Cond::Reply { branch, .. } => _ = branches.insert(branch, ()),
            _ => {}
        }
    }
    let mut all = Vec::new();
    for (code, literals) in fields {
        let Some(field) = check.def.field(code) else { continue };
        let asked = field.required && field.when.is_none() && field.asked_in.contains(&stage.code);
        let certain = check.certain(field, &stage.code) || asked && !coming;
        all.push(of_field(field, &literals, certain));
    }
    for code in branches.keys() {
        let Some((of, branch)) = check.def.branch(code) else { continue };
        let each = branch.for_each.as_ref().and_then(|code| check.def.field(code));
        let somebody =
            branch.for_each.is_none() || each.is_some_and(|field| check.certain(field, &stage.code));
        // Where replies are outstanding nothing is stuck: it waits.
        let waits = of.code == stage.code && !branch.optional && branch.when.is_none() && somebody;
        all.push(of_branch(branch, waits));
    }
    all
}

fn of_field(field: &Field, literals: &[&str], certain: bool) -> Vec<Sample> {
    let mut values = Vec::new();
    match field.kind {
        Kind::YesNo => values.extend([Value::YesNo(true), Value::YesNo(false)]),
        Kind::Choice => values.extend(field.choices.iter().map(|choice| Value::Choice(choice.code.clone()))),
        Kind::Rating => values.extend((1..=5).map(Value::Rating)),
        kind if kind.is_many() => {
            let mut known: Vec<String> = literals.iter().map(|text| (*text).to_owned()).collect();
            known.sort();
            known.dedup();
            known.truncate(MOST_SUBSETS);
            let other = field.choices.iter().find(|choice| !known.contains(&choice.code));
            let other = other.map_or_else(|| "another".to_owned(), |choice| choice.code.clone());
            if kind != Kind::Choices || field.choices.iter().any(|choice| choice.code == other) {
                known.push(other);
            }
            let list = |list| if kind == Kind::Choices { Value::Choices(list) } else { Value::Refs(list) };
            values.extend(subsets(&known).into_iter().map(list));
        }
        kind => values.extend(around(kind, literals)),
    }
    if field.kind.is_ordered() {
        values.retain(|value| alone(field, value).is_empty());
    }
    let mut all: Vec<Sample> = values
        .into_iter()
        .map(|value| Sample {
            told: format!("field:{} is \"{value}\"", field.code),
            what: What::Value(field.code.clone(), value),
        })
        .collect();
    if !certain || all.is_empty() {
        all.push(Sample { told: format!("field:{} is missing", field.code), what: What::Missing });
    }
    all
}

/// Each value that is asked about, and those beside it.
fn around(kind: Kind, literals: &[&str]) -> Vec<Value> {
    let mut all: Vec<Value> = Vec::new();
    for value in literals.iter().filter_map(|text| kind.read_text(text).ok().flatten()) {
        let beside = match &value {
            Value::Number(n) => vec![Value::Number(n.saturating_sub(1)), Value::Number(n.saturating_add(1))],
            Value::Money(money) => [-1, 1]
                .into_iter()
                .map(|by| Value::Money(Money { hundredths: money.hundredths.saturating_add(by), ..*money }))
                .collect(),
            Value::Date(day) => {
                [day.yesterday(), day.tomorrow()].into_iter().flatten().map(Value::Date).collect()
            }
            Value::Moment(at) => {
                let by = |seconds| at.checked_add(Span::new().seconds(seconds)).ok();
                [by(-1), by(1)].into_iter().flatten().map(Value::Moment).collect()
            }
            _ => Vec::new(),
        };
        all.push(value);
        all.extend(beside);
    }
    let other = match kind {
        Kind::Line | Kind::Text => Some("…"),
        Kind::Number => Some("0"),
        Kind::Money => Some("0 EUR"),
        Kind::Date => Some("2026-01-01"),
        Kind::Moment => Some("2026-01-01T00:00:00Z"),
        Kind::Country => Some("ZZZ"),
        _ => Some("another"),
    };
    all.extend(other.and_then(|text| kind.read_text(text).ok().flatten()));
    all.dedup();
    all
}

fn of_branch(branch: &Branch, waits: bool) -> Vec<Sample> {
    let known: Vec<(String, Counts)> = match branch.procedure {
        Some(_) => ENDS.iter().map(|(text, end)| ((*text).to_owned(), end.counts())).collect(),
        None => branch.replies.iter().map(|reply| (reply.code.clone(), reply.counts)).collect(),
    };
    let mut sets = match branch.for_each {
        None => known.iter().map(|reply| vec![reply.clone()]).collect(),
        Some(_) => subsets(&known),
    };
    if !waits {
        sets.push(Vec::new());
    }
    sets.into_iter()
        .map(|set| {
            let codes: Vec<&str> = set.iter().map(|(code, _)| code.as_str()).collect();
            let told = match codes.as_slice() {
                [] => format!("nobody replied in branch {}", branch.code),
                codes => format!("branch {} has the replies {}", branch.code, codes.join(", ")),
            };
            Sample { told, what: What::Replies(branch.code.clone(), set) }
        })
        .collect()
}

/// All subsets but the empty one; of many, those of one and all.
fn subsets<T: Clone>(all: &[T]) -> Vec<Vec<T>> {
    if all.len() > MOST_SUBSETS + 1 {
        return all.iter().map(|one| vec![one.clone()]).chain([all.to_vec()]).collect();
    }
    (1_usize..1 << all.len())
        .map(|set| {
            all.iter().enumerate().filter(|(n, _)| set & (1 << n) != 0).map(|(_, one)| one.clone()).collect()
        })
        .collect()
}
