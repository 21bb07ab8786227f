//! A procedure, as its file defines it.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::{
    field::{Field, OPENING},
    migrate::Migration,
    names::Names,
    number::Number,
    stage::{Branch, End, Stage, Step},
    value::{Now, ValueCode, ValueFault, Values, check_one},
    who::{Opens, Who},
};

/// A procedure, checked. As JSON it is what forms, lists and boards are made of; it is never read from there, so that
/// there is none that wasn't checked: who keeps a version keeps its file.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Definition {
    /// Its code, one of a kind in the house.
    pub code: String,
    /// From 1.
    pub version: u32,
    /// How it is called.
    pub names: Names,
    /// What it is for.
    pub about: Names,
    /// How its cases are numbered.
    pub number: Number,
    /// The calendar by which its deadlines are reckoned.
    pub calendar: String,
    /// Who may open a case.
    pub opens: Vec<Opens>,
    /// Who sees its cases apart from those who take part; what a label hides stays hidden.
    pub seen_by: Vec<Who>,
    /// The field by which a case is called.
    pub title: String,
    /// The day by which the whole is expected, where a field says it.
    pub suspense: Option<String>,
    /// The number of working days that a part is due before the whole, where a field says it.
    pub buffer: Option<String>,
    /// The fields that lists show.
    pub columns: Vec<String>,
    /// How cases of older versions go on with this one.
    pub migrates: Vec<Migration>,
    /// What it asks for, in the order of forms.
    pub fields: Vec<Field>,
    /// Its stages and ends; the first is that in which a case begins.
    pub stages: Vec<Stage>,
}

impl Definition {
    /// A field by its code.
    pub fn field(&self, code: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.code == code)
    }

    /// A stage or an end by its code.
    pub fn stage(&self, code: &str) -> Option<&Stage> {
        self.stages.iter().find(|stage| stage.code == code)
    }

    /// The stage in which a case begins.
    pub fn first(&self) -> Option<&Stage> {
        self.stages.first()
    }

    /// A branch by its code, and its stage.
    pub fn branch(&self, code: &str) -> Option<(&Stage, &Branch)> {
        let of = |stage: &'_ Stage| -> Option<usize> { stage.branches.iter().position(|b| b.code == code) };
        self.stages.iter().find_map(|stage| of(stage).and_then(|at| Some((stage, stage.branches.get(at)?))))
    }

    /// A step of a stage.
    pub fn step(&self, stage: &str, code: &str) -> Option<&Step> {
        self.stage(stage)?.steps.iter().find(|step| step.code == code)
    }

    /// The fields that are asked in a stage, or, with [`OPENING`], when a case is opened. Those that don't apply are among them.
    pub fn asked(&self, stage: &str) -> impl Iterator<Item = &Field> {
        self.fields.iter().filter(move |field| field.asked_in.iter().any(|in_| in_ == stage))
    }

    /// The fields that somebody sees who is all these to a case, where he sees the case.
    pub fn visible(&self, relations: &BTreeSet<Who>) -> Vec<&Field> {
        self.fields.iter().filter(|field| field.seen(relations)).collect()
    }

    /// Whether somebody who is all these to a case in a stage may change a field. Who owns the stage in which it is asked may, and
    /// who opens the case at the opening, as long as a draft of it stands with him, and whoever the field says.
    pub fn may_change(&self, field: &Field, stage: &str, relations: &BTreeSet<Who>) -> bool {
        let drafted =
            self.first().is_some_and(|first| first.code == stage && first.owner == Some(Who::Opener));
        let asked = field.asked_in.iter().any(|asked| asked == stage || drafted && asked == OPENING);
        let asks = if stage == OPENING { Who::Opener } else { Who::Owner };
        let named = field.changed_by.iter().any(|who| *who == Who::Anyone || relations.contains(who));
        field.seen(relations) && (named || asked && relations.contains(&asks))
    }

    /// What is wrong with what is filled in, at the opening or in a stage: each value by itself, and what is missing of what is
    /// required there or was at the opening.
    pub fn check_values(&self, stage: &str, values: &Values, now: Now) -> Vec<ValueFault> {
        let mut all = self.check_given(values, now);
        for field in &self.fields {
            let asked = field.asked_in.iter().any(|asked| asked == stage || asked == OPENING);
            if field.required && asked && !values.contains_key(&field.code) && field.applies(values) {
                all.push(ValueFault { field: field.code.clone(), code: ValueCode::Missing });
            }
        }
        all
    }

    /// The same of what is given alone. For a change, pass the values as they will be, and keep of the faults those of the
    /// fields that are changed: a day that has passed since it was filled in is no fault.
    pub fn check_given(&self, values: &Values, now: Now) -> Vec<ValueFault> {
        let mut all = Vec::new();
        for (code, value) in values {
            let faults = match self.field(code) {
                None => vec![ValueCode::Unknown],
                Some(field) => check_one(field, value, values, now),
            };
            all.extend(faults.into_iter().map(|fault| ValueFault { field: code.clone(), code: fault }));
        }
        all
    }

    /// Values from JSON, by field; every mistake at once.
    pub fn read_values(
        &self,
        json: &serde_json::Map<String, serde_json::Value>,
    ) -> Result<Values, Vec<ValueFault>> {
        let mut values = Values::new();
        let mut faults = Vec::new();
        for (code, json) in json {
            let read =
                self.field(code).ok_or(ValueCode::Unknown).and_then(|field| field.kind.read_json(json));
            match read {
                Ok(Some(value)) => _ = values.insert(code.clone(), value),
                Ok(None) => {}
                Err(fault) => faults.push(ValueFault { field: code.clone(), code: fault }),
            }
        }
        if faults.is_empty() { Ok(values) } else { Err(faults) }
    }

    /// What stands in the fields of a new case.
    pub fn initial(&self) -> Values {
        let initial = |field: &Field| Some((field.code.clone(), field.initial.clone()?));
        self.fields.iter().filter_map(initial).collect()
    }

    /// Whether a step waits for replies, evidence and what is required: it doesn't when it sends back, calls off or refuses.
    pub fn binds(&self, step: &Step) -> bool {
        let ends = self.stage(&step.to).and_then(|stage| stage.end);
        !step.back && !step.at_once && !matches!(ends, Some(End::Cancelled | End::Refused))
    }
}
