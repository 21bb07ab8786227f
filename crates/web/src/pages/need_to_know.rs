//! The part of a form that says who needs to know: lists of groups, of each of which one is needed, and the persons of an
//! access list. Owns how both are shown and read; must not know of what.

use maud::{Markup, html};
use office::{Failure, Reading, texts::Voice};
use registry::{Code, GroupId, PersonId, Refusal, RegistryId, house::House};

use crate::{
    look::Field,
    pages::{
        marking_form,
        visit::{Sent, Wrong},
    },
};

/// The fields of the lists of groups; a document with more of them keeps them as they are.
const LISTS: [&str; 4] = ["group", "group_2", "group_3", "group_4"];
/// The field of the access list, a person a line.
pub const PERSONS: &str = "persons";

/// Whether a form can show these lists whole.
pub const fn fits(lists: &[Vec<GroupId>]) -> bool {
    lists.len() <= LISTS.len()
}

/// Ticks the groups, as a form that was sent would have them.
pub fn choose(sent: &mut Sent, lists: &[Vec<GroupId>]) {
    if fits(lists) {
        for (field, groups) in LISTS.iter().zip(lists) {
            groups.iter().for_each(|group| sent.push(*field, group.to_string()));
        }
    }
}

/// The lists of groups that were ticked, of each of which one is needed.
pub fn chosen(sent: &Sent) -> Vec<Vec<GroupId>> {
    let list = |field: &&str| sent.all(field).iter().filter_map(|group| group.parse().ok()).collect();
    LISTS.iter().map(list).filter(|groups: &Vec<GroupId>| !groups.is_empty()).collect()
}

/// The groups, a list of boxes; below it those of which one is needed as well. Nothing where the house has no group.
pub fn groups(say: Voice<'_>, house: &House, sent: &Sent, field: &Field<'_>) -> Markup {
    let offered: Vec<(String, String)> = house
        .groups()
        .map(|g| (g.id.to_string(), g.names.in_language(say.language().tag()).to_owned()))
        .collect();
    if offered.is_empty() {
        return html! {};
    }
    let boxes = marking_form::choices(&offered);
    let [first, further @ ..] = LISTS;
    let filled = further.iter().filter(|name| !sent.all(name).is_empty()).count();
    let (also, also_hint) = (say.t("form-groups-also"), say.t("form-groups-also-hint"));
    html! {
        (field.checks(say, &boxes, &sent.all(first)))
        // One group alone can't be needed beside itself.
        @if offered.len() > 1 {
            details.more open[filled > 0] {
                summary { (also) }
                @for name in further.iter().take(filled + 1) {
                    (Field::new(name, &also).hint(&also_hint).optional().checks(say, &boxes, &sent.all(name)))
                }
            }
        }
    }
}

/// The persons of an access list who are named in a form, a line each; what is wrong goes beside the field. Names are told
/// to those who control the registry alone.
pub async fn persons(
    say: Voice<'_>,
    reading: &mut Reading,
    registry: Option<RegistryId>,
    sent: &Sent,
    wrong: &mut Wrong,
) -> Result<Vec<PersonId>, Failure> {
    let mut persons = Vec::new();
    for line in sent.lines(PERSONS) {
        let meant = match registry {
            Some(registry) => reading.people_named(registry, &line).await?,
            None => Vec::new(),
        };
        match meant.as_slice() {
            [only] => persons.push(only.id),
            [] => {
                let refusal = Refusal::on(PERSONS, Code::PersonUnknown).with("person", &line);
                wrong.on(say, PERSONS, &refusal);
            }
            _ => {
                let refusal = Refusal::on(PERSONS, Code::PersonAmbiguous).with("person", &line);
                wrong.on(say, PERSONS, &refusal);
            }
        }
    }
    Ok(persons)
}
