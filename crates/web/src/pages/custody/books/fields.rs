//! The fields of the forms by which something is entered into a book, book by book.

use maud::{Markup, html};
use office::{Reading, custody::DispatchRow, texts::Voice};
use registry::{
    custody::book::{Book, Carriage, EquipmentKind, Function, InstructionKind, ScanResult},
    house::Registry,
};

use super::{
    enter::Offered,
    told::{function, level},
};
use crate::{
    look::{Choice, Field, Width},
    pages::{
        custody::{
            common::{Kept, holder},
            containers::form::{ANYTHING, BOUNDED, approval},
        },
        marking_form,
        visit::{Sent, Wrong, labelled},
    },
    words,
};

/// A field with the key of its label.
type Named = (&'static str, &'static str);

/// The fields for the name of an officer and for his function; the first few are in sight.
pub(super) const OFFICERS: [(&str, &str); 8] = [
    ("officer-0", "function-0"),
    ("officer-1", "function-1"),
    ("officer-2", "function-2"),
    ("officer-3", "function-3"),
    ("officer-4", "function-4"),
    ("officer-5", "function-5"),
    ("officer-6", "function-6"),
    ("officer-7", "function-7"),
];
/// Officers in sight before any is named.
const FEW: usize = 3;

// The fields of each book with the keys of their labels, in the order of its form.
const PACKAGES: &[Named] = &[
    ("dispatches", "book-dispatches"),
    ("by", "book-by"),
    ("inner", "book-inner"),
    ("warning", "book-warning"),
    ("outer", "book-outer"),
    ("seals", "book-seals"),
    ("words", "book-words"),
];
const JOURNEYS: &[Named] = &[
    ("packages", "book-packages"),
    ("courier", "book-courier"),
    ("person", "book-courier-person"),
    ("name", "book-courier-name"),
    ("document", "book-document"),
    ("from", "book-from"),
    ("to", "book-to"),
    ("way", "book-way"),
    ("leaves", "book-leaves"),
    ("expected", "book-expected"),
    ("urgent", "book-urgent"),
    ("words", "book-words"),
];
const CORRESPONDENTS: &[Named] = &[
    ("name", "book-name"),
    ("address", "book-address"),
    ("approved", "book-approved"),
    ("words", "book-words"),
];
const ROUTES: &[Named] = &[
    ("from", "book-sender"),
    ("to", "book-to"),
    ("to_registry", "copies-registry"),
    ("elsewhere", "copies-elsewhere"),
    ("logs", "book-logs"),
    ("until", "book-until"),
    ("reference", "book-reference"),
    ("words", "book-words"),
];
const APPOINTMENTS: &[Named] = &[
    ("person", "book-person"),
    ("function", "book-function"),
    ("logs", "book-logs"),
    ("from", "book-since"),
    ("until", "book-until"),
    ("reference", "book-reference"),
    ("words", "book-words"),
];
const EQUIPMENT: &[Named] = &[
    ("is", "book-is"),
    ("mark", "book-mark"),
    ("serial", "book-serial"),
    ("place", "book-place"),
    ("level", "book-level"),
    ("known_to", "book-known-to"),
    ("words", "book-words"),
];
const TRANSFERS: &[Named] = &[
    ("what", "book-what"),
    ("from", "book-net-from"),
    ("to", "book-net-to"),
    ("at", "book-at"),
    ("authorised_by", "book-authorised-by"),
    ("why", "book-why"),
    ("how", "book-how"),
    ("tool", "book-tool"),
    ("result", "book-result"),
    ("words", "book-words"),
];
const DISTRIBUTIONS: &[Named] = &[("paper", "book-paper")];
const INSTRUCTIONS: &[Named] = &[
    ("paper", "book-paper"),
    ("is", "book-told"),
    ("authority", "book-authority"),
    ("todo", "book-todo"),
    ("serial", "book-serial-of"),
    ("insert", "book-insert"),
    ("destroy", "book-destroy-pages"),
    ("words", "book-words"),
];

const fn named(book: Book) -> &'static [Named] {
    match book {
        Book::Packages => PACKAGES,
        Book::Journeys => JOURNEYS,
        Book::Correspondents => CORRESPONDENTS,
        Book::Routes => ROUTES,
        Book::Appointments => APPOINTMENTS,
        Book::Equipment => EQUIPMENT,
        Book::Transfers => TRANSFERS,
        Book::Distributions => DISTRIBUTIONS,
        Book::Instructions => INSTRUCTIONS,
    }
}

/// The fields of a book with their labels.
pub(super) fn labels(say: Voice<'_>, book: Book) -> Vec<(&'static str, String)> {
    let mut all: Vec<_> = named(book).iter().map(|(name, key)| (*name, say.t(key))).collect();
    if book == Book::Correspondents {
        for (name, what) in OFFICERS {
            all.push((name, say.t("book-officer-name")));
            all.push((what, say.t("book-function")));
        }
    }
    all
}

/// The levels of all policies as values and words, for equipment that held papers of them.
pub(super) fn levels(say: Voice<'_>, reading: &Reading) -> Vec<(String, String)> {
    let policies = &reading.house.policies;
    let each = policies.iter().flat_map(|policy| policy.levels().iter().map(move |one| (policy, one)));
    each.filter_map(|(policy, one)| {
        let named = label::NamedClearance {
            policy: policy.name().to_owned(),
            level: one.name.clone(),
            categories: Default::default(),
        };
        let clearance = policies.resolve_clearance(&named).ok()?;
        Some((format!("{}|{}", policy.name(), one.name), level(say, reading, &clearance)))
    })
    .collect()
}

/// Values of a kind with their words, whose keys begin alike.
fn worded<const N: usize>(say: Voice<'_>, prefix: &str, values: [&str; N]) -> Vec<(String, String)> {
    values.map(|value| (value.to_owned(), say.t(&format!("{prefix}-{value}")))).to_vec()
}

/// The logs of the house by code.
fn logs(say: Voice<'_>, reading: &Reading) -> Vec<(String, String)> {
    let tag = say.language().tag();
    let all = reading.house.custody.policy.iter().flat_map(|policy| &policy.log);
    all.map(|log| (log.code.clone(), format!("{} – {}", log.code, log.names.in_language(tag)))).collect()
}

/// A form with what was typed into it.
pub(super) struct Form<'a> {
    pub say: Voice<'a>,
    pub reading: &'a Reading,
    pub kept: &'a Kept,
    pub offered: &'a Offered,
    pub sent: &'a Sent,
    pub wrong: &'a Wrong,
    pub labels: &'a [(&'static str, String)],
}

impl<'a> Form<'a> {
    /// The fields of a book.
    pub fn fields(&self, book: Book) -> Markup {
        html! {
            @match book {
                Book::Packages => (self.package()),
                Book::Journeys => (self.journey()),
                Book::Correspondents => (self.correspondent()),
                Book::Routes => (self.route()),
                Book::Appointments => (self.appointment()),
                Book::Equipment => (self.equipment()),
                Book::Transfers => (self.transfer()),
                Book::Distributions => (self.hinted("paper", "book-paper-hint")),
                Book::Instructions => (self.instruction()),
            }
            @if book != Book::Distributions { (self.field("words").optional().long(self.say, 2)) }
        }
    }

    fn field(&self, name: &'static str) -> Field<'a> {
        labelled(self.labels, name).value(self.sent.get(name)).error(self.wrong.at(name))
    }

    fn text(&self, name: &'static str) -> Markup {
        self.field(name).width(Width::Medium).text(self.say)
    }

    fn hinted(&self, name: &'static str, hint: &str) -> Markup {
        self.hinting(name, &self.say.t(hint), false)
    }

    fn hinting(&self, name: &'static str, hint: &str, optional: bool) -> Markup {
        let field = self.field(name).width(Width::Medium).hint(hint);
        if optional { field.optional().text(self.say) } else { field.text(self.say) }
    }

    fn select(&self, name: &'static str, choices: &[(String, String)]) -> Markup {
        self.field(name).width(Width::Medium).select(self.say, &marking_form::choices(choices))
    }

    /// Papers of which logs; none chosen: of all.
    fn logs(&self) -> Markup {
        let (logs, hint) = (logs(self.say, self.reading), self.say.t("book-logs-hint"));
        let field = labelled(self.labels, "logs").hint(&hint).error(self.wrong.at("logs")).optional();
        field.checks(self.say, &marking_form::choices(&logs), &self.sent.all("logs"))
    }

    /// What can be chosen, or that there is nothing to choose.
    fn chosen(&self, name: &'static str, all: &[(String, String, String)], none: &str) -> Markup {
        let choices: Vec<Choice<'_>> = all
            .iter()
            .map(|(value, label, detail)| Choice { detail: Some(detail), ..Choice::new(value, label) })
            .collect();
        html! {
            @if choices.is_empty() {
                @if let Some(error) = self.wrong.at(name) { p.error id={ "field-" (name) } { (error) } }
                p.quiet { (self.say.t(none)) }
            } @else {
                (self.field(name).checks(self.say, &choices, &self.sent.all(name)))
            }
        }
    }

    fn package(&self) -> Markup {
        let say = self.say;
        let receipt = |row: &DispatchRow| {
            let to = holder(say, self.reading, &row.to);
            let args = [("to", to.into()), ("n", row.view.copies.len().into())];
            let dispatch = &row.view.dispatch;
            (dispatch.id.to_string(), dispatch.receipt(), say.tr("book-receipt-detail", &args))
        };
        let receipts: Vec<_> = self.offered.dispatches.iter().map(receipt).collect();
        let (outer, seals) = (say.t("book-outer-hint"), say.t("book-lines-hint"));
        html! {
            (self.chosen("dispatches", &receipts, "book-dispatches-none"))
            (self.select("by", &worded(say, "book-by", Carriage::ALL.map(Carriage::as_str))))
            (self.hinted("inner", "book-inner-hint"))
            (self.hinting("warning", &say.t("book-warning-hint"), true))
            (self.field("outer").hint(&outer).text(say))
            (self.field("seals").hint(&seals).optional().long(say, 2))
        }
    }

    fn journey(&self) -> Markup {
        let say = self.say;
        let package = |row: &super::BookRow| {
            let facts = super::told::facts(say, self.reading, row);
            let said =
                |key: &str| super::told::of(&facts, key).map(super::told::Told::text).unwrap_or_default();
            let detail = format!("{} – {}", said("book-inner"), said("book-outer"));
            (row.view.item.id.to_string(), row.view.item.text(), detail)
        };
        let packages: Vec<_> = self.offered.packages.iter().map(package).collect();
        let kinds = worded(say, "book-courier", ["house", "other"]);
        let courier = if self.sent.get("courier").is_empty() { "house" } else { self.sent.get("courier") };
        let person = say.t("copies-person-hint");
        let late = self.wrong.at("urgent").is_some() || !self.sent.get("urgent").is_empty();
        html! {
            (self.chosen("packages", &packages, "book-carries-none"))
            (self.field("courier").value(courier).radios(say, &marking_form::choices(&kinds)))
            div.pair {
                (self.hinting("person", &person, true))
                (self.field("name").optional().width(Width::Medium).text(say))
            }
            (self.hinted("document", "book-document-hint"))
            div.pair { (self.text("from")) (self.text("to")) }
            (self.field("way").optional().width(Width::Medium).text(say))
            div.pair { (self.hinted("leaves", "book-moment-hint")) (self.hinted("expected", "book-moment-hint")) }
            @if late { (self.field("urgent").long(say, 2)) }
        }
    }

    fn correspondent(&self) -> Markup {
        let say = self.say;
        let [unsaid, up_to] = ["book-approved-unsaid", "book-approved-up-to"].map(|key| say.t(key));
        let bounds = [Choice::new(BOUNDED, &up_to), Choice::new(ANYTHING, &unsaid)];
        let chosen = if self.sent.get("approved").is_empty() { ANYTHING } else { self.sent.get("approved") };
        let house = &self.reading.house;
        let more = OFFICERS.iter().skip(FEW);
        let open = more.clone().any(|(name, _)| !self.sent.get(name).is_empty());
        html! {
            (self.hinted("name", "book-name-hint"))
            (self.field("address").hint(&say.t("book-address-hint")).text(say))
            (self.field("approved").value(chosen).radios(say, &bounds))
            @for (number, policy) in house.policies.iter().enumerate() {
                (approval(say, house, number, policy, self.sent))
            }
            h2 { (say.t("book-officers")) }
            @for row in OFFICERS.iter().take(FEW) { (self.officer(*row)) }
            details.more open[open] {
                summary { (say.t("book-officers-more")) }
                @for row in more { (self.officer(*row)) }
            }
        }
    }

    /// A line for an officer: his name, and what he is.
    fn officer(&self, (name, what): (&'static str, &'static str)) -> Markup {
        let functions = functions(self.say);
        let what = self.field(what).optional().width(Width::Medium);
        html! {
            div.pair {
                (self.field(name).optional().width(Width::Medium).text(self.say))
                (what.select(self.say, &marking_form::choices(&functions)))
            }
        }
    }

    fn route(&self) -> Markup {
        let say = self.say;
        let house = &self.reading.house;
        let own = self.kept.chosen.id;
        let below: Vec<Registry> =
            house.registries().into_iter().filter(|r| house.above(r.id).contains(&own)).cloned().collect();
        let all: Vec<Registry> = house.registries().into_iter().cloned().collect();
        let kinds = [("registry", say.t("copies-to-registry")), ("elsewhere", say.t("copies-to-elsewhere"))];
        let kinds: Vec<Choice<'_>> = kinds.iter().map(|(value, label)| Choice::new(value, label)).collect();
        let to = if self.sent.get("to").is_empty() { "registry" } else { self.sent.get("to") };
        let others = words::registry_choices(say, &all);
        let elsewhere = say.t("copies-elsewhere-hint");
        html! {
            (self.select("from", &words::registry_choices(say, &below)))
            (self.field("to").value(to).radios(say, &kinds))
            div.pair {
                (self.field("to_registry").optional().width(Width::Medium).select(say, &marking_form::choices(&others)))
                (self.hinting("elsewhere", &elsewhere, true))
            }
            (self.logs())
            (self.field("until").optional().date(say))
            (self.hinted("reference", "book-reference-hint"))
        }
    }

    fn appointment(&self) -> Markup {
        let say = self.say;
        html! {
            (self.hinted("person", "copies-person-hint"))
            (self.select("function", &functions(say)))
            (self.logs())
            div.pair { (self.field("from").date(say)) (self.field("until").optional().date(say)) }
            (self.hinted("reference", "book-reference-hint"))
        }
    }

    fn equipment(&self) -> Markup {
        let say = self.say;
        let levels = levels(say, self.reading);
        let (hint, known) = (say.t("book-level-hint"), say.t("book-known-to-hint"));
        html! {
            (self.select("is", &worded(say, "book-is", EquipmentKind::ALL.map(EquipmentKind::as_str))))
            (self.hinted("mark", "book-mark-hint"))
            (self.text("serial"))
            (self.text("place"))
            (self.field("level").hint(&hint).optional().width(Width::Medium).select(say, &marking_form::choices(&levels)))
            (self.field("known_to").hint(&known).optional().long(say, 3))
        }
    }

    fn instruction(&self) -> Markup {
        let say = self.say;
        let kinds = [InstructionKind::Recall, InstructionKind::Amend].map(InstructionKind::as_str);
        let is = if self.sent.get("is").is_empty() { "recall" } else { self.sent.get("is") };
        html! {
            (self.hinted("paper", "book-paper-hint"))
            (self.field("is").value(is).radios(say, &marking_form::choices(&worded(say, "book-told", kinds))))
            (self.hinted("authority", "book-authority-hint"))
            (self.field("todo").optional().long(say, 3))
            fieldset {
                legend { (say.t("book-amendment")) }
                p.quiet { (say.t("book-amendment-text")) }
                (self.field("serial").optional().width(Width::Medium).text(say))
                div.pair {
                    (self.field("insert").optional().long(say, 2))
                    (self.field("destroy").optional().long(say, 2))
                }
            }
        }
    }

    fn transfer(&self) -> Markup {
        let say = self.say;
        let hint = say.t("copies-at-hint");
        html! {
            (self.field("what").long(say, 2))
            div.pair { (self.text("from")) (self.text("to")) }
            (self.hinting("at", &hint, true))
            (self.hinted("authorised_by", "copies-person-hint"))
            (self.field("why").long(say, 2))
            (self.field("how").hint(&say.t("book-how-hint")).long(say, 2))
            (self.text("tool"))
            (self.select("result", &worded(say, "book-result", ScanResult::ALL.map(ScanResult::as_str))))
        }
    }
}

/// What an officer can be.
fn functions(say: Voice<'_>) -> Vec<(String, String)> {
    Function::ALL.map(|one| (one.as_str().to_owned(), function(say, one))).to_vec()
}
