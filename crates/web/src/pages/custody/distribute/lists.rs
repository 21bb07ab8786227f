//! Fills the form from a list of the house.

use office::{
    Failure, Reading,
    custody::lists::{By, To},
};

use super::{Subject, form};
use crate::pages::visit::Sent;

/// Puts the lines of the list that was chosen after those that are filled; whom it names by login is called by his name.
pub(super) async fn fill(reading: &mut Reading, subject: &Subject, sent: &mut Sent) -> Result<(), Failure> {
    let chosen = sent.get("list").to_owned();
    let Some(list) = subject.lists.iter().find(|list| list.name == chosen) else { return Ok(()) };
    let mut row = form::last(sent);
    for line in &list.line {
        row += 1;
        let (is, to) = match &line.to {
            To::Person(login) => {
                let known = reading.receiver(subject.entry.registry, login).await;
                let name = match known {
                    Ok(person) => reading.name_of(person).await?,
                    Err(Failure::Refused(_)) => None,
                    Err(failure) => return Err(failure),
                };
                ("person", name.unwrap_or_else(|| login.clone()))
            }
            To::Registry(code) => ("registry", code.clone()),
            To::Elsewhere(name) => ("elsewhere", name.clone()),
        };
        let by = match line.by {
            By::Copy => "copy",
            By::Electronic => "electronic",
        };
        for (part, value) in [("is", is), ("to", to.as_str()), ("purpose", line.purpose.as_str()), ("by", by)]
        {
            if let Some(field) = form::field(row, part) {
                sent.set(field, value.to_owned());
            }
        }
    }
    sent.set("rows", row.max(form::FEW).to_string());
    Ok(())
}
