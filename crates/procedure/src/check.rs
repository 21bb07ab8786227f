//! Whether a procedure can be worked with: every check that needs more than one line of a file.

mod across;
mod conds;
mod dues;
mod fields;
mod migrations;
mod samples;
mod stages;
mod stuck;
mod ways;

use crate::{
    definition::Definition,
    fault::{Code, Fault, told},
    field::Field,
    read::Lines,
};

pub(crate) use self::across::across;

/// A procedure that is being checked.
pub(crate) struct Check<'a> {
    file: &'a str,
    lines: &'a Lines,
    def: &'a Definition,
    faults: Vec<Fault>,
}

/// Every mistake of one procedure by itself.
pub(crate) fn alone(file: &str, lines: &Lines, def: &Definition) -> Vec<Fault> {
    let mut check = Check { file, lines, def, faults: Vec::new() };
    check.fields();
    check.stages();
    // Where a step leads nowhere, what can be reached can't be said.
    if check.ways() {
        check.owners();
        check.dues();
        check.stuck();
    }
    check.faults
}

impl<'a> Check<'a> {
    fn fault(&mut self, path: &str, code: Code, what: impl Into<String>, remedy: impl Into<String>) {
        let line = self.lines.of(path);
        let fault =
            Fault { file: self.file.to_owned(), line, code, what: what.into(), remedy: remedy.into() };
        if !self.faults.contains(&fault) {
            self.faults.push(fault);
        }
    }

    /// A field, or the mistake that there is none.
    fn known_field(&mut self, path: &str, code: &str) -> Option<&'a Field> {
        let field = self.def.field(code);
        if field.is_none() {
            let what = format!("there is no field `{}`", told(code));
            self.fault(
                path,
                Code::UnknownField,
                what,
                "write the code of a field of this file, or add the field",
            );
        }
        field
    }
}
