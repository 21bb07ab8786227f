//! What is filled in: read by the procedure's fields, and held against what there is in the house.

use std::collections::BTreeSet;

use procedure::{Definition, Field, Kind, Now, Value, ValueCode, ValueFault, Values};

use super::{Filled, decide::Desk};
use crate::refusal::{Code, Refusal};

/// What a case holds, by its procedure's fields.
///
/// # Errors
/// When it isn't what the fields take: the definition is another one.
pub fn read(definition: &Definition, filled: &Filled) -> Result<Values, Refusal> {
    let given = filled.iter().filter(|(_, value)| !value.is_null());
    let json = given.map(|(field, value)| (field.clone(), value.clone())).collect();
    definition.read_values(&json).map_err(|faults| first(&faults))
}

/// The first fault as a refusal: `of` is the field.
pub(super) fn first(faults: &[ValueFault]) -> Refusal {
    faults.first().map_or_else(|| Code::Conflict.into(), told)
}

pub(super) fn told(fault: &ValueFault) -> Refusal {
    let on = |code| Refusal::on("values", code).with("of", &fault.field);
    match &fault.code {
        ValueCode::Missing => on(Code::Required),
        ValueCode::Unknown => on(Code::NotOffered),
        ValueCode::Choice(value) => on(Code::NotOffered).with("value", value),
        ValueCode::Type(kind) => on(Code::ValueForm).with("form", kind.text()),
        ValueCode::Pattern(picture) => on(Code::ValueForm).with("form", picture),
        ValueCode::TooLong(limit) => on(Code::TooLong).with("limit", limit),
        ValueCode::TooMany(limit) => on(Code::TooManyChosen).with("limit", limit),
        ValueCode::Twice(value) => on(Code::ValueTwice).with("value", value),
        ValueCode::TooSmall(limit) => on(Code::ValueTooSmall).with("limit", limit),
        ValueCode::TooLarge(limit) => on(Code::ValueTooLarge).with("limit", limit),
        ValueCode::NotAfter(other) | ValueCode::Before(other) => on(Code::ValueBefore).with("other", other),
        ValueCode::Past => on(Code::ValuePast),
    }
}

impl Desk<'_> {
    /// The moment, and its day where the house is.
    pub(super) fn now(&self) -> Now {
        Now { at: self.context.now.jiff(), day: self.context.today }
    }

    /// Refused where something that is given names what there isn't, or what the caller doesn't see: the two look alike.
    /// What stood there before may stay.
    fn exist(&self, definition: &Definition, before: &Values, given: &Values) -> Result<(), Refusal> {
        for (code, value) in given {
            let Some(field) = definition.field(code) else { continue };
            let kind = field.kind.each().unwrap_or(field.kind);
            let stood = before.get(code).map_or_else(Vec::new, Value::entries);
            let new = value.entries().into_iter().filter(|id| !stood.contains(id));
            if let Some(unknown) = new.into_iter().find(|id| !self.exists(kind, id)) {
                return Err(Refusal::on("values", Code::NotOffered).with("of", code).with("value", unknown));
            }
        }
        Ok(())
    }

    fn exists(&self, kind: Kind, id: &str) -> bool {
        let (organisation, today) = (&self.needs.organisation, self.context.today);
        match kind {
            Kind::Person => id
                .parse()
                .is_ok_and(|id| self.needs.people.contains(&id) && !organisation.has_left(id, today)),
            Kind::Post => {
                id.parse().ok().and_then(|id| organisation.post(id)).is_some_and(|post| post.days.has(today))
            }
            Kind::Unit => {
                id.parse().ok().and_then(|id| organisation.unit(id)).is_some_and(|unit| unit.days.has(today))
            }
            Kind::Document => id.parse().is_ok_and(|id| self.needs.documents.contains(&id)),
            Kind::Case => id.parse().is_ok_and(|id| self.needs.cases.contains(&id)),
            Kind::Country => id.len() == 3 && id.bytes().all(|byte| byte.is_ascii_uppercase()),
            _ => true,
        }
    }

    /// What stands in the fields after what is given: given alone is checked, and all of it for what it must go with.
    pub(super) fn filled(
        &self,
        definition: &Definition,
        before: &Values,
        given: &Filled,
    ) -> Result<Values, Refusal> {
        let read = read(definition, given)?;
        self.exist(definition, before, &read)?;
        let mut values = before.clone();
        for (field, value) in given {
            if value.is_null() {
                values.remove(field);
            }
        }
        values.extend(read);
        let faults = definition.check_given(&values, self.now());
        let touched = |fault: &&ValueFault| given.contains_key(&fault.field);
        let faults: Vec<ValueFault> = faults.iter().filter(touched).cloned().collect();
        if faults.is_empty() { Ok(values) } else { Err(first(&faults)) }
    }

    /// Refused where a field is given that may not be.
    pub(super) fn may_fill(
        &self,
        definition: &Definition,
        given: &Filled,
        may: impl Fn(&Field) -> bool,
    ) -> Result<(), Refusal> {
        let known: BTreeSet<&str> =
            definition.fields.iter().filter(|field| may(field)).map(|field| field.code.as_str()).collect();
        match given.keys().find(|code| !known.contains(code.as_str())) {
            Some(code) => Err(Refusal::on("values", Code::NotOffered).with("of", code)),
            None => Ok(()),
        }
    }
}

/// Values as they are written down.
pub(super) fn written(values: &Values) -> Filled {
    values.iter().map(|(field, value)| (field.clone(), json(value))).collect()
}

fn json(value: &Value) -> serde_json::Value {
    serde_json::to_value(value).unwrap_or_default()
}
