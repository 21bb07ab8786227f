//! The copies of a registry as a list, for its staff: by log and state and holder, in an order, page by page, and as files.

mod export;
mod list;

use axum::{extract::Query, response::Response};
use maud::{Markup, html};
use office::{
    Reading,
    custody::{CopyRow, Listed, OPEN},
};
use registry::{DocumentId, PersonId, RegistryId, id::ContainerId};
use serde::Deserialize;
use store::custody::seen::{Order, Slice, Wanted, With};

use super::{
    common::{Kept, Part, ways},
    lists::changed,
};
use crate::{
    answer::WebError,
    frame::{self, Sheet},
    look::{Section, heading},
    pages::{
        shown,
        visit::{Visit, done},
    },
};

pub use export::{values, workbook};
pub(super) use list::buttons_of;

/// Where the list is.
pub const PATH: &str = "/custody/copies";
/// Rows of a page.
const PAGE: usize = 50;
/// The states that can be asked for, one at a time.
const STATES: [&str; 6] = ["held", "under-way", "missing", "transferred", "released", "destroyed"];

/// What is asked of the list.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub struct Asking {
    pub(super) registry: String,
    log: String,
    state: String,
    person: String,
    container: String,
    document: String,
    loan: String,
    order: String,
    from: String,
    done: String,
}

impl Asking {
    /// The list's address with one part of it changed, from its beginning.
    fn with(&self, path: &str, name: &str, value: &str) -> String {
        let parts = [
            ("registry", self.registry.as_str()),
            ("log", self.log.as_str()),
            ("state", self.state.as_str()),
            ("person", self.person.as_str()),
            ("container", self.container.as_str()),
            ("document", self.document.as_str()),
            ("loan", self.loan.as_str()),
            ("order", self.order.as_str()),
            ("from", ""),
        ];
        changed(path, &parts, name, value)
    }

    fn begin(&self) -> usize {
        self.from.parse().unwrap_or(0)
    }

    /// The address of the part that begins at a row.
    fn at(&self, begin: usize) -> String {
        let from = if begin > 0 { begin.to_string() } else { String::new() };
        self.with(PATH, "from", &from)
    }

    /// By what the list is ordered, and whether from its end.
    fn order(&self) -> (Order, bool) {
        match self.order.as_str() {
            "number-down" => (Order::Number, true),
            "since" => (Order::Since, false),
            "since-down" => (Order::Since, true),
            "back" => (Order::BackBy, false),
            "back-down" => (Order::BackBy, true),
            _ => (Order::Number, false),
        }
    }

    /// The states that are asked for; of loans all, for one outside of the house answers for what he has borrowed.
    fn states(&self) -> Vec<&'static str> {
        match self.state.as_str() {
            "" if !self.loan.is_empty() => Vec::new(),
            "" => OPEN.to_vec(),
            "all" => Vec::new(),
            one => STATES.into_iter().filter(|state| *state == one).collect(),
        }
    }

    /// Whether it is narrowed by anything but the state.
    fn is_narrow(&self) -> bool {
        [&self.log, &self.person, &self.container, &self.document, &self.loan]
            .iter()
            .any(|part| !part.is_empty())
    }

    async fn rows(
        &self,
        reading: &mut Reading,
        registry: RegistryId,
        slice: Slice,
    ) -> Result<Listed<CopyRow>, WebError> {
        let nothing = Listed { rows: Vec::new(), all: 0 };
        let person: Option<PersonId> = self.person.parse().ok();
        let container: Option<ContainerId> = self.container.parse().ok();
        let document: Option<DocumentId> = self.document.parse().ok();
        // What is no identifier names nobody and nothing.
        let named = [
            (&self.person, person.is_some()),
            (&self.container, container.is_some()),
            (&self.document, document.is_some()),
        ];
        if named.iter().any(|(text, read)| !text.is_empty() && !read) {
            return Ok(nothing);
        }
        let (order, backwards) = self.order();
        let states = self.states();
        // A loan may be in any state: a copy lent to somebody outside is his.
        let any = self.state == "all" || (self.state.is_empty() && !self.loan.is_empty());
        if states.is_empty() && !any {
            return Ok(nothing);
        }
        let loan = reading.loan_named(&self.loan);
        if loan.is_none() && !self.loan.is_empty() {
            return Ok(nothing);
        }
        let wanted = Wanted {
            standings: &states,
            with: person.map(With::Person).or(container.map(With::Container)),
            log: Some(self.log.as_str()).filter(|log| !log.is_empty()),
            document,
            loan,
            ..Wanted::default()
        };
        Ok(reading.copies(registry, &wanted, order, Slice { backwards, ..slice }).await?)
    }
}

/// The list.
pub async fn copies(visit: Visit, Query(asking): Query<Asking>) -> Result<Response, WebError> {
    let Visit { app, signed, asked, path, mut reading } = visit;
    let say = asked.voice_for(&app, &reading);
    let kept = Kept::of(&reading, &asking.registry)?;
    let registry = kept.chosen.id;
    let begin = asking.begin();
    let slice = Slice { from: begin, most: PAGE, backwards: false };
    let found = asking.rows(&mut reading, registry, slice).await?;
    let counts = match asking.is_narrow() {
        true => None,
        false => Some(reading.standings(registry).await?),
    };
    let loans = reading.loan_counts(registry).await?;
    let containers = reading.containers(registry).await?;
    let narrowed = list::narrowed(say, &asking, &found.rows, &containers);
    let shown = list::Shown { asking: &asking, rows: &found.rows, all: found.all };
    let title = say.tr("copies-title", &[("registry", kept.name(say).into())]);
    let labels: Vec<label::Label> =
        found.rows.iter().filter_map(|row| shown::shown_of(&reading.house, &row.entry)).collect();
    let body: Markup = html! {
        (heading(&title, &html! { p { (say.t("copies-text")) } }))
        (ways(say, &kept, Part::Copies))
        (list::states(say, &asking, counts.as_ref()))
        (list::loans(say, &asking, loans))
        (list::logs(say, &reading, &asking))
        (list::register(say, &reading, &kept, &asking))
        (narrowed)
        (list::table_of(say, &reading, &signed, &kept, &shown))
    };
    let sheet = Sheet {
        shown: labels.iter().collect(),
        undetermined: shown::any_undetermined(found.rows.iter().map(|row| &*row.entry)),
        notices: done(say, &asking.done),
        ..Sheet::plain(&title, &path, Some(Section::Custody), body)
    };
    Ok(frame::page(say, &reading, &signed.form_token, sheet))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_changed_of_a_list_begins_anew_and_keeps_the_rest() {
        let asking =
            Asking { registry: "HQR".into(), state: "held".into(), from: "50".into(), ..Asking::default() };
        assert_eq!(asking.with(PATH, "log", "TS-UE"), "/custody/copies?registry=HQR&log=TS-UE&state=held");
        assert_eq!(asking.with(PATH, "state", ""), "/custody/copies?registry=HQR");
        assert_eq!(asking.at(100), "/custody/copies?registry=HQR&state=held&from=100");
    }

    #[test]
    fn a_list_shows_what_the_books_must_account_for_unless_asked_otherwise() {
        let states = |state: &str| Asking { state: state.into(), ..Asking::default() }.states();
        assert_eq!(states(""), OPEN);
        assert_eq!(states("destroyed"), ["destroyed"]);
        assert!(states("all").is_empty());
        assert!(states("lost").is_empty());
    }
}
