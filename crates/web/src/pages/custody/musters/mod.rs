//! Musters: the list for the staff; the form that opens one, its result, counting and signing stand beside.

mod acts;
mod count;
mod export;
mod one;
mod opening;

use maud::{Markup, html};
use office::{
    Failure, Reading,
    custody::{
        Listed,
        musters::{MusterLine, MusterRow},
    },
    texts::Voice,
};
use registry::custody::muster::Outcome;
use store::{Visible, custody::seen::Slice, visible::EntryView};

use super::{
    common::{Part, day_by},
    lists::{Acts, Asking, Columns, Shown, Sought, View, cut, views, whole},
};
use crate::look::{Cell, Tone, chip};

pub use acts::{abandon, close, sign};
pub use count::{count, sight};
pub use export::{line_values, line_workbook};
pub use one::muster;
pub use opening::{form_page, open};

/// Where the list is.
pub const PATH: &str = "/custody/musters";

/// How it stands with a muster.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Copies are being counted.
    Counts,
    /// The count has ended, a signature is missing.
    Unsigned,
    /// All have signed.
    Signed,
    /// It was given up.
    Abandoned,
}

impl State {
    const ALL: [State; 4] = [State::Counts, State::Unsigned, State::Signed, State::Abandoned];

    /// Of a muster.
    pub fn of(row: &MusterRow) -> Self {
        if row.view.abandoned.is_some() {
            State::Abandoned
        } else if row.counts() {
            State::Counts
        } else if row.unsigned() {
            State::Unsigned
        } else {
            State::Signed
        }
    }

    const fn as_str(self) -> &'static str {
        match self {
            State::Counts => "counts",
            State::Unsigned => "unsigned",
            State::Signed => "signed",
            State::Abandoned => "abandoned",
        }
    }

    /// In words.
    pub fn words(self, say: Voice<'_>) -> String {
        say.t(&format!("muster-state-{}", self.as_str()))
    }

    /// In a word or three.
    pub fn chip(self, say: Voice<'_>) -> Markup {
        let tone = match self {
            State::Counts | State::Unsigned => Tone::Soon,
            State::Signed => Tone::Good,
            State::Abandoned => Tone::Plain,
        };
        chip(tone, &self.words(say))
    }
}

/// Which are listed; none: all.
fn filter(asking: &Asking) -> Option<State> {
    State::ALL.into_iter().find(|state| state.as_str() == asking.state)
}

impl Acts for MusterRow {
    const PART: Part = Part::Musters;
    const WORDS: [&'static str; 5] = [
        "muster-list-title",
        "muster-list-text",
        "muster-list-caption",
        "muster-list-none",
        "muster-list-would",
    ];
    const COLUMNS: &'static Columns = &[
        ("muster-number", Cell::Main),
        ("muster-kind", Cell::Text),
        ("muster-opened", Cell::Text),
        ("muster-listed", Cell::Number),
        ("muster-accounted", Cell::Number),
        ("muster-missing", Cell::Number),
        ("column-state", Cell::Short),
    ];
    const HEADS: &'static [(&'static str, f64)] = &[
        ("muster-number", 14.0),
        ("muster-kind", 20.0),
        ("muster-opened", 24.0),
        ("muster-opened-by", 28.0),
        ("muster-listed", 12.0),
        ("muster-accounted", 12.0),
        ("muster-missing", 12.0),
        ("muster-closed", 24.0),
        ("column-state", 20.0),
    ];

    fn newest(asking: &Asking) -> bool {
        asking.newest(true)
    }

    async fn rows(of: &mut Sought<'_>, part: Slice) -> Result<Listed<Self>, Failure> {
        // They come the last first.
        let turned = Slice { backwards: !part.backwards, ..part };
        match filter(of.asking) {
            None => of.reading.musters(of.registry, None, turned).await,
            Some(State::Counts) => of.reading.musters(of.registry, Some(true), turned).await,
            Some(state) => {
                let found = of.reading.musters(of.registry, Some(false), whole(turned.backwards)).await?;
                Ok(cut(found, part, |row| State::of(row) == state))
            }
        }
    }

    async fn narrowed(say: Voice<'_>, of: &mut Sought<'_>) -> Result<Markup, Failure> {
        let mut list: Vec<View> = vec![("", say.t("muster-view-all"), None)];
        list.extend(State::ALL.map(|state| (state.as_str(), state.words(say), None)));
        let now = filter(of.asking).map_or("", State::as_str);
        Ok(views(say, of.asking, Self::PART, ("state", &say.t("muster-views")), &list, now))
    }

    fn entries(&self) -> &[Visible<EntryView>] {
        &[]
    }

    fn shown(&self, say: Voice<'_>, reading: &Reading) -> Shown {
        let name = self.view.muster.text();
        let (accounted, listed) = self.progress();
        Shown {
            strong: false,
            cells: vec![
                html! { a.lead.ref translate="no" href=(address(self)) { (name) } },
                html! { (kind(say, self)) },
                day_by(say, reading, self.view.opened_at, &self.opened_by),
                html! { (say.integer(listed)) },
                html! { (say.integer(accounted)) },
                html! { (say.integer(self.view.tally.missing)) },
                State::of(self).chip(say),
            ],
            name,
        }
    }

    fn cells(&self, say: Voice<'_>, _: &Reading) -> Vec<String> {
        let (accounted, all) = self.progress();
        vec![
            self.view.muster.text(),
            kind(say, self),
            self.view.opened_at.to_string(),
            self.opened_by.clone(),
            all.to_string(),
            accounted.to_string(),
            self.view.tally.missing.to_string(),
            self.view.closed.map(|(at, _)| at.to_string()).unwrap_or_default(),
            State::of(self).words(say),
        ]
    }

    fn begun() -> Option<(&'static str, &'static str)> {
        Some(("muster-open", "/custody/musters/new"))
    }
}

/// Where a muster is.
pub fn address(row: &MusterRow) -> String {
    format!("{PATH}/{}", row.view.muster.id)
}

/// Why copies are mustered, in words.
pub fn kind(say: Voice<'_>, row: &MusterRow) -> String {
    say.t(&format!("muster-kind-{}", row.view.muster.is.as_str()))
}

/// How it stands with a copy of a muster, in words.
pub fn outcome(say: Voice<'_>, outcome: Outcome) -> String {
    say.t(&format!("muster-outcome-{}", outcome.as_str()))
}

/// Who saw a copy, when, and how many pages were counted.
fn sighted(say: Voice<'_>, reading: &Reading, line: &MusterLine) -> String {
    let Some((at, name, pages)) = &line.sighted else { return String::new() };
    let at = crate::pages::shown::moment(say, reading, *at);
    match pages {
        Some(pages) => say.tr(
            "muster-sighted-pages",
            &[("name", name.as_str().into()), ("at", at.into()), ("pages", (*pages).into())],
        ),
        None => say.tr("muster-sighted-by", &[("name", name.as_str().into()), ("at", at.into())]),
    }
}
