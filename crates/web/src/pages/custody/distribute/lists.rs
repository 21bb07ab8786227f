//! Fills the form from a distribution list of the organisation: with whom its lines mean today.

use office::{Failure, Reading};
use registry::organisation::lists::{Addressee, Receiver};

use super::{Subject, form};
use crate::pages::visit::Sent;

/// Puts whom the chosen list means today after the lines that are filled. Persons read here what is kept here, others are
/// given copies; the registry that distributes has the paper. Lines behind which nobody is are remembered.
pub(super) async fn fill(
    reading: &mut Reading,
    subject: &mut Subject,
    sent: &mut Sent,
) -> Result<(), Failure> {
    let chosen = sent.get("list").to_owned();
    let Some(list) = subject.lists.iter().find(|list| list.code == chosen).cloned() else { return Ok(()) };
    let (meant, nobody) = reading.meant_by(list.id, reading.today()).await?;
    let here = subject.entry.held_elsewhere.is_none();
    let mut row = form::last(sent);
    for one in meant {
        let (is, by) = match one.receiver {
            Receiver::Registry(registry) if registry == subject.entry.registry => continue,
            Receiver::Person(_) if here => ("person", "electronic"),
            Receiver::Person(_) => ("person", "copy"),
            Receiver::Registry(_) => ("registry", "copy"),
            Receiver::Contact(_) => ("elsewhere", "copy"),
        };
        row += 1;
        for (part, value) in [("is", is), ("to", &one.name), ("purpose", one.purpose.as_str()), ("by", by)] {
            if let Some(field) = form::field(row, part) {
                sent.set(field, value.to_owned());
            }
        }
    }
    let organisation = reading.organisation().await?;
    let code = |addressee: Addressee| match addressee {
        Addressee::Post { post } => organisation.post(post).map(|post| post.code.clone()),
        Addressee::Unit { unit } => organisation.unit(unit).map(|unit| unit.code.clone()),
        Addressee::Contact { contact } => organisation.contact(contact).map(|contact| contact.name.clone()),
        Addressee::Person { .. } | Addressee::Registry { .. } => None,
    };
    let empty = nobody.into_iter().filter_map(|place| list.lines.get(place));
    subject.nobody = empty.filter_map(|line| code(line.addressee)).collect();
    sent.set("rows", row.max(form::FEW).to_string());
    Ok(())
}
