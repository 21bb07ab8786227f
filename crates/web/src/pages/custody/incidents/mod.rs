//! Incidents with copies: the list for the staff, what is open first; one of them, and what is added to it, stand beside.

mod one;

use maud::{Markup, html};
use office::{
    Failure, Reading,
    custody::{IncidentRow, Listed},
    texts::Voice,
};
use registry::custody::fact::IncidentKind;
use store::{Visible, custody::seen::Slice, visible::EntryView};

use super::{
    common::{Part, day_by},
    lists::{Acts, Asking, Columns, NONE, Shown, Sought, View, cut, many, named, names, views, whole},
};
use crate::look::{Cell, Tone, chip};

pub use one::{follow, incident};

/// Which incidents are listed.
#[derive(Debug, Clone, Copy)]
struct Filter {
    /// Open, closed, or all.
    open: Option<bool>,
    /// Of which kind; none: of any.
    kind: Option<IncidentKind>,
}

impl Filter {
    fn of(asking: &Asking) -> Self {
        let open = match asking.state.as_str() {
            "all" => None,
            "closed" => Some(false),
            _ => Some(true),
        };
        Self { open, kind: IncidentKind::ALL.into_iter().find(|kind| kind.as_str() == asking.kind) }
    }

    const fn as_str(self) -> &'static str {
        match self.open {
            Some(true) => "open",
            Some(false) => "closed",
            None => "all",
        }
    }
}

impl Acts for IncidentRow {
    const PART: Part = Part::Incidents;
    const WORDS: [&'static str; 5] = [
        "incident-list-title",
        "incident-list-text",
        "incident-list-caption",
        "incident-list-none",
        "incident-list-would",
    ];
    const COLUMNS: &'static Columns = &[
        ("copies-incident", Cell::Short),
        ("copies-kind", Cell::Text),
        ("copies-many", Cell::Short),
        ("incident-words", Cell::Main),
        ("copies-opened-on", Cell::Text),
        ("copies-days", Cell::Number),
        ("column-state", Cell::Short),
    ];
    const HEADS: &'static [(&'static str, f64)] = &[
        ("copies-incident", 14.0),
        ("copies-kind", 28.0),
        ("copies-many", 48.0),
        ("incident-words", 64.0),
        ("copies-opened-on", 24.0),
        ("incident-opened-by", 28.0),
        ("copies-days", 8.0),
        ("column-state", 14.0),
        ("incident-closed", 24.0),
    ];

    /// Where what is past is looked up.
    fn newest(asking: &Asking) -> bool {
        asking.newest(Filter::of(asking).open != Some(true))
    }

    async fn rows(of: &mut Sought<'_>, part: Slice) -> Result<Listed<Self>, Failure> {
        let Filter { open, kind } = Filter::of(of.asking);
        let Some(kind) = kind else { return of.reading.incidents(of.registry, open, part).await };
        let found = of.reading.incidents(of.registry, open, whole(part.backwards)).await?;
        Ok(cut(found, part, |row| row.view.incident.is == kind))
    }

    /// By state, and by kind where there are several in the state.
    async fn narrowed(say: Voice<'_>, of: &mut Sought<'_>) -> Result<Markup, Failure> {
        let filter = Filter::of(of.asking);
        let all = of.reading.incidents(of.registry, filter.open, Slice::ALL).await?.rows;
        let open = of.reading.incidents(of.registry, Some(true), NONE).await?.all;
        let states: [View; 3] = [
            ("open", say.t("incident-state-open"), Some(many(open))),
            ("closed", say.t("incident-state-closed"), None),
            ("all", say.t("incident-view-all"), None),
        ];
        let mut kinds: Vec<View> = vec![("", say.t("incident-view-any-kind"), Some(many(all.len())))];
        for kind in IncidentKind::ALL {
            let count = all.iter().filter(|row| row.view.incident.is == kind).count();
            if count > 0 || filter.kind == Some(kind) {
                kinds.push((kind.as_str(), kind_words(say, kind), Some(many(count)).filter(|n| *n > 0)));
            }
        }
        let (by_state, by_kind) = (say.t("incident-views"), say.t("copies-kind"));
        let kind = filter.kind.map_or("", IncidentKind::as_str);
        Ok(html! {
            (views(say, of.asking, Self::PART, ("state", &by_state), &states, filter.as_str()))
            @if kinds.len() > 2 || filter.kind.is_some() {
                (views(say, of.asking, Self::PART, ("kind", &by_kind), &kinds, kind))
            }
        })
    }

    fn entries(&self) -> &[Visible<EntryView>] {
        &self.entries
    }

    fn shown(&self, say: Voice<'_>, reading: &Reading) -> Shown {
        let name = self.view.incident.text();
        Shown {
            strong: false,
            cells: vec![
                html! { a.lead href=(address(self)) { (name) } },
                html! { (kind_words(say, self.view.incident.is)) },
                named(say, &self.view.copies),
                html! { (self.view.incident.words) },
                day_by(say, reading, self.view.opened_at, &self.opened_by),
                html! { (say.integer(self.days)) },
                state(say, self),
            ],
            name,
        }
    }

    fn cells(&self, say: Voice<'_>, _: &Reading) -> Vec<String> {
        vec![
            self.view.incident.text(),
            kind_words(say, self.view.incident.is),
            names(&self.view.copies),
            self.view.incident.words.clone(),
            self.view.opened_at.to_string(),
            self.opened_by.clone(),
            self.days.to_string(),
            state_words(say, self),
            self.view.closed_at.map(|at| at.to_string()).unwrap_or_default(),
        ]
    }
}

/// Where an incident is.
pub fn address(row: &IncidentRow) -> String {
    format!("/custody/incidents/{}", row.view.incident.id)
}

/// A kind of incident in words.
pub fn kind_words(say: Voice<'_>, kind: IncidentKind) -> String {
    say.t(&format!("copies-incident-{}", kind.as_str()))
}

/// Whether it is open, in words.
pub fn state_words(say: Voice<'_>, row: &IncidentRow) -> String {
    say.t(if row.view.closed_at.is_some() { "incident-state-closed" } else { "incident-state-open" })
}

/// Whether it is open.
pub fn state(say: Voice<'_>, row: &IncidentRow) -> Markup {
    let tone = if row.view.closed_at.is_some() { Tone::Good } else { Tone::Late };
    chip(tone, &state_words(say, row))
}
