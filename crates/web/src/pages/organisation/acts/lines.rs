//! The lines of a distribution list in its form: whom a line names, by code or by name, and for what.

use std::sync::LazyLock;

use maud::{Markup, html};
use office::{Failure, Reading, texts::Voice};
use registry::{
    Code, Refusal,
    custody::book::Purpose,
    organisation::{
        DistributionList,
        lists::{Addressee, ListLine},
    },
    reference::sort_key,
};

use super::super::{Look, proposed};
use crate::{
    look::{Button, Cell, buttons},
    pages::{
        custody::lists::{Shown, few},
        visit::{Sent, Wrong},
    },
};

/// Lines in sight before any is filled, and how many more are given at once.
const FEW: usize = 5;
/// Most lines.
const MOST: usize = registry::organisation::lists::MANY;
/// The parts of a line.
const PARTS: [&str; 3] = ["is", "to", "purpose"];
/// What a line names.
const IS: [&str; 5] = ["post", "unit", "person", "registry", "contact"];
/// The names that are proposed for all lines.
const PROPOSED: &str = "names-lines";

/// The names of the fields, line by line from 1.
static NAMES: LazyLock<Vec<[String; 3]>> =
    LazyLock::new(|| (1..=MOST).map(|n| PARTS.map(|part| format!("lines.{n}.{part}"))).collect());

/// What is proposed while one types: codes and names, with what they are.
#[derive(Default)]
pub struct Offered(Vec<(String, String)>);

impl Offered {
    /// Posts, units, registries, people and contacts of today.
    pub async fn of(look: &Look<'_>, reading: &mut Reading) -> Result<Self, Failure> {
        let all = &look.organisation;
        let posts = all.posts().into_iter().filter(|post| post.days.has(look.today));
        let units = all.units().into_iter().filter(|unit| unit.days.has(look.today));
        let mut found: Vec<(String, String)> = Vec::new();
        found.extend(posts.map(|post| (post.code.clone(), look.words(&post.titles).to_owned())));
        found.extend(units.map(|unit| (unit.code.clone(), look.words(&unit.names).to_owned())));
        found.extend(reading.house.registries().iter().map(|registry| {
            let name = registry.names.in_language(look.say.language().tag()).to_owned();
            (registry.code.clone(), name)
        }));
        found.extend(reading.offered(look.today).await?.into_iter().map(|one| (one.name.clone(), one.name)));
        let contacts = all.contacts("").into_iter().filter(|contact| contact.is_on(look.today));
        found.extend(contacts.map(|contact| (contact.name.clone(), contact.organisation.clone())));
        Ok(Self(found))
    }
}

/// The field of a part of a line, from 1.
fn field(row: usize, part: &str) -> Option<&'static str> {
    let place = PARTS.iter().position(|known| *known == part)?;
    Some(NAMES.get(row.checked_sub(1)?)?.get(place)?.as_str())
}

fn get<'a>(sent: &'a Sent, row: usize, part: &str) -> &'a str {
    field(row, part).map(|field| sent.get(field)).unwrap_or_default()
}

fn last(sent: &Sent) -> usize {
    (1..=MOST).rev().find(|row| !get(sent, *row, "to").trim().is_empty()).unwrap_or(0)
}

fn rows(sent: &Sent) -> usize {
    sent.get("rows").parse().unwrap_or(FEW).max(last(sent)).clamp(FEW, MOST)
}

/// Gives more lines.
pub fn more(sent: &mut Sent) {
    let rows = rows(sent).saturating_add(FEW);
    sent.set("rows", rows.to_string());
}

/// Puts the lines of a list into the form.
pub fn fill(look: &Look<'_>, list: &DistributionList, sent: &mut Sent) {
    let all = &look.organisation;
    for (row, line) in (1..).zip(&list.lines) {
        let (is, to) = match line.addressee {
            Addressee::Post { post } => ("post", all.post(post).map(|post| post.code.clone())),
            Addressee::Unit { unit } => ("unit", all.unit(unit).map(|unit| unit.code.clone())),
            Addressee::Person { person } => ("person", Some(look.name(person).to_owned())),
            Addressee::Registry { registry } => ("registry", look.registries.get(&registry).cloned()),
            Addressee::Contact { contact } => ("contact", all.contact(contact).map(|c| c.name.clone())),
        };
        let values = [("is", is.to_owned()), ("to", to.unwrap_or_default())];
        for (part, value) in values.into_iter().chain([("purpose", line.purpose.as_str().to_owned())]) {
            if let Some(field) = field(row, part) {
                sent.set(field, value);
            }
        }
    }
    sent.set("rows", list.lines.len().saturating_add(2).to_string());
}

/// The lines that were typed; what is wrong with one stands beside it.
pub async fn read(
    look: &Look<'_>,
    reading: &mut Reading,
    sent: &Sent,
    wrong: &mut Wrong,
) -> Result<Vec<ListLine>, Failure> {
    let mut lines = Vec::new();
    for row in 1..=last(sent) {
        let typed = get(sent, row, "to").trim();
        if typed.is_empty() {
            continue;
        }
        let purpose = Purpose::ALL.into_iter().find(|one| one.as_str() == get(sent, row, "purpose"));
        let purpose = purpose.unwrap_or(Purpose::Action);
        match addressee(look, reading, get(sent, row, "is"), typed).await? {
            Ok(addressee) => lines.push(ListLine { addressee, purpose }),
            Err(refusal) => {
                if let Some(field) = field(row, "to") {
                    wrong.on(look.say, field, &refusal);
                }
            }
        }
    }
    Ok(lines)
}

async fn addressee(
    look: &Look<'_>,
    reading: &mut Reading,
    is: &str,
    typed: &str,
) -> Result<Result<Addressee, Refusal>, Failure> {
    let all = &look.organisation;
    let unknown = || Refusal::new(Code::NotOffered).with("value", typed);
    Ok(match is {
        "post" => all.post_by_code(typed).map(|post| Addressee::Post { post: post.id }).ok_or_else(unknown),
        "unit" => all.unit_by_code(typed).map(|unit| Addressee::Unit { unit: unit.id }).ok_or_else(unknown),
        "registry" => {
            let found = reading.house.registry_by_code(typed);
            let missing = || Refusal::new(Code::RegistryUnknown).with("code", typed);
            found.map(|registry| Addressee::Registry { registry: registry.id }).ok_or_else(missing)
        }
        "contact" => {
            let wanted = sort_key(typed);
            let mut found = all.contacts("").into_iter().filter(|one| sort_key(&one.name) == wanted);
            let current = found.find(|one| one.is_on(look.today));
            current.map(|one| Addressee::Contact { contact: one.id }).ok_or_else(unknown)
        }
        _ => match reading.colleague("lines", typed).await {
            Ok(person) => Ok(Addressee::Person { person }),
            Err(Failure::Refused(refusal)) => Err(refusal),
            Err(failure) => return Err(failure),
        },
    })
}

/// The fields with their labels, for what stands above the form.
pub fn labels(say: Voice<'_>) -> Vec<(&'static str, String)> {
    let each = (1..=MOST).filter_map(|row| Some((field(row, "to")?, label(say, row, "to"))));
    each.collect()
}

fn label(say: Voice<'_>, row: usize, part: &str) -> String {
    let part = say.t(&format!("org-line-{part}"));
    say.tr("distribute-line", &[("n", row.into()), ("part", part.into())])
}

/// A line for each addressee.
pub fn shown(say: Voice<'_>, sent: &Sent, wrong: &Wrong, offered: &Offered) -> Markup {
    let columns =
        [("org-line-is", Cell::Short), ("org-line-to", Cell::Main), ("org-line-purpose", Cell::Short)];
    let rows = rows(sent);
    let (title, more) = (say.t("org-lines"), say.t("distribute-more"));
    let lines: Vec<Shown> = (1..=rows)
        .map(|row| Shown {
            name: row.to_string(),
            strong: false,
            cells: vec![
                select(say, sent, row, "is", &IS),
                text(say, sent, wrong, row),
                select(say, sent, row, "purpose", &Purpose::ALL.map(Purpose::as_str)),
            ],
        })
        .collect();
    html! {
        div.field.wrong[wrong.at("lines").is_some()] id="field-lines" tabindex="-1" {
            p { strong { (title) } }
            p.hint { (say.t("org-lines-hint")) }
            @if let Some(error) = wrong.at("lines") { p.error { (error) } }
            input type="hidden" name="rows" value=(rows);
            (few(say, &title, &columns, &lines))
            (proposed(PROPOSED, offered.0.iter().cloned()))
            @if rows < MOST { (buttons(&[Button::plain(&more).named("go", "more")])) }
        }
    }
}

fn select(say: Voice<'_>, sent: &Sent, row: usize, part: &str, values: &[&str]) -> Markup {
    let chosen = get(sent, row, part);
    let name = field(row, part).unwrap_or_default();
    html! {
        select.short id={ "field-" (name) } name=(name) aria-label=(label(say, row, part)) {
            @for value in values {
                option value=(value) selected[*value == chosen] { (say.t(&format!("org-line-{part}-{value}"))) }
            }
        }
    }
}

fn text(say: Voice<'_>, sent: &Sent, wrong: &Wrong, row: usize) -> Markup {
    let value = get(sent, row, "to");
    let name = field(row, "to").unwrap_or_default();
    html! {
        input.medium type="text" id={ "field-" (name) } name=(name) value=[(!value.is_empty()).then_some(value)]
            list=(PROPOSED) autocomplete="off" spellcheck="false" aria-label=(label(say, row, "to"))
            aria-invalid=[wrong.at(name).map(|_| "true")];
        @if let Some(error) = wrong.at(name) { p.error { (error) } }
    }
}
