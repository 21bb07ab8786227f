//! What a case asks for: references between fields, and that whoever is asked sees what he fills in.

use super::Check;
use crate::{
    fault::{Code, told},
    field::{Field, OPENING},
    value::Kind,
    who::Who,
};

impl Check<'_> {
    pub(super) fn fields(&mut self) {
        let def = self.def;
        for (at, field) in def.fields.iter().enumerate() {
            let path = format!("field.{}", field.code);
            self.ordered(field, &path);
            if let Some(when) = &field.when {
                let before: Vec<&str> = def.fields.iter().take(at).map(|field| field.code.as_str()).collect();
                self.field_condition(&format!("{path}.when"), when, &before);
            }
            for who in field.seen_by.iter().flatten() {
                self.who(&format!("{path}.seen_by"), who, super::stages::Use::Sees);
            }
            for who in &field.changed_by {
                self.who(&format!("{path}.changed_by"), who, super::stages::Use::Sees);
            }
            self.asked(field, &path);
            self.seen(field, &path);
        }
        for who in &def.seen_by {
            self.who("seen_by", who, super::stages::Use::Sees);
        }
        self.title();
        for column in &def.columns {
            self.known_field("columns", column);
        }
        self.of_kind("suspense", def.suspense.as_deref(), Kind::Date);
        self.of_kind("buffer", def.buffer.as_deref(), Kind::Number);
    }

    /// A field of the whole procedure that must be of one type.
    fn of_kind(&mut self, key: &str, code: Option<&str>, kind: Kind) {
        let Some(field) = code.and_then(|code| self.known_field(key, code)) else { return };
        if field.kind != kind {
            let what = format!("`{}` is of type `{}`", field.code, field.kind.text());
            self.fault(key, Code::Limits, what, format!("name a field of type `{}`", kind.text()));
        }
    }

    fn ordered(&mut self, field: &Field, path: &str) {
        for (key, other) in [("after", &field.after), ("not_before", &field.not_before)] {
            let Some(code) = other else { continue };
            let path = format!("{path}.{key}");
            let Some(other) = self.known_field(&path, code) else { continue };
            if other.kind != field.kind || other.code == field.code {
                let what = format!("`{}` can't be compared with `{code}`", field.code);
                let remedy = format!("name another field of type `{}`", field.kind.text());
                self.fault(&path, Code::Limits, what, remedy);
            }
        }
    }

    fn asked(&mut self, field: &Field, path: &str) {
        let path = format!("{path}.asked_in");
        for code in field.asked_in.iter().filter(|code| *code != OPENING) {
            match self.def.stage(code) {
                Some(stage) if stage.end.is_none() => {}
                found => {
                    let what = if found.is_some() {
                        format!("`{}` is an end, in which nothing is asked", told(code))
                    } else {
                        format!("there is no stage `{}`", told(code))
                    };
                    self.fault(&path, Code::UnknownStage, what, "write `opening` or the code of a stage");
                }
            }
        }
        let set = self
            .def
            .stages
            .iter()
            .flat_map(|stage| &stage.steps)
            .any(|step| step.sets.contains_key(&field.code));
        if field.asked_in.is_empty() && !set && field.changed_by.is_empty() {
            let what = format!("nobody is asked for `{}`", field.code);
            self.fault(&path, Code::Unseen, what, "name a stage in `asked_in`, or leave the field out");
        }
    }

    fn seen(&mut self, field: &Field, path: &str) {
        let Some(seen_by) = &field.seen_by else { return };
        let sees = |who: &Who| seen_by.contains(who) || seen_by.contains(&Who::Anyone);
        if seen_by.is_empty() {
            let what = format!("nobody sees `{}`", field.code);
            self.fault(
                &format!("{path}.seen_by"),
                Code::Unseen,
                what,
                "name somebody, or leave `seen_by` out",
            );
            return;
        }
        for asked in &field.asked_in {
            let owner = self.def.stage(asked).and_then(|stage| stage.owner.as_ref());
            let asks = if asked == OPENING {
                sees(&Who::Opener)
            } else {
                sees(&Who::Owner) || owner.is_none_or(sees)
            };
            if !asks {
                let who = if asked == OPENING {
                    "opener".to_owned()
                } else {
                    owner.map_or_else(String::new, Who::to_string)
                };
                let what = format!("`{}` is asked in `{asked}` and not seen there", field.code);
                self.fault(
                    &format!("{path}.seen_by"),
                    Code::Unseen,
                    what,
                    format!("add `{who}` to `seen_by`"),
                );
            }
        }
        for who in field.changed_by.iter().filter(|who| !sees(who)) {
            let what = format!("`{who}` changes `{}` and doesn't see it", field.code);
            self.fault(
                &format!("{path}.changed_by"),
                Code::Unseen,
                what,
                format!("add `{who}` to `seen_by`"),
            );
        }
    }

    fn title(&mut self) {
        let code = &self.def.title;
        let Some(field) = self.known_field("title", code) else { return };
        let kind = matches!(field.kind, Kind::Line | Kind::Person | Kind::Unit | Kind::Document | Kind::Case);
        let always =
            field.required && field.when.is_none() && field.asked_in.iter().any(|asked| asked == OPENING);
        if !kind || !always || field.seen_by.is_some() {
            let what = format!("a case can't be called by `{code}`");
            let remedy = "name a field of type line, person, unit, document or case that is required at the opening, \
                          without `when` and `seen_by`";
            self.fault("title", Code::Title, what, remedy);
        }
    }
}
