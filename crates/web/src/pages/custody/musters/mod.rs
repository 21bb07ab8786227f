//! Musters: the list for the staff with the form that opens one; its result, counting and signing stand beside.

mod acts;
mod count;
mod export;
mod one;
mod opening;

use axum::{extract::Query, response::Response};
use maud::{Markup, html};
use office::{
    Failure, Reading,
    custody::{
        Listed,
        musters::{MusterLine, MusterRow},
    },
    texts::Voice,
};
use registry::{RegistryId, custody::muster::Outcome};
use store::custody::seen::Slice;

use super::{
    common::{Kept, Part, day, ways},
    lists::{Asking, List, Shown, views},
};
use crate::{
    answer::WebError,
    frame::{self, Sheet},
    look::{Button, Cell, Section, Tone, chip, heading_with_acts},
    pages::visit::{Visit, done},
};

pub use acts::{abandon, close, sign};
pub use count::{count, sight};
pub use export::{line_values, line_workbook, values, workbook};
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

async fn rows(
    reading: &mut Reading,
    registry: RegistryId,
    asking: &Asking,
    part: Slice,
) -> Result<Listed<MusterRow>, Failure> {
    let mut found = reading.musters(registry, None, Slice::ALL).await?.rows;
    if let Some(state) = filter(asking) {
        found.retain(|row| State::of(row) == state);
    }
    // They come the last first.
    if !part.backwards {
        found.reverse();
    }
    Ok(super::lists::cut(found, part))
}

/// The list.
pub async fn list(visit: Visit, Query(asking): Query<Asking>) -> Result<Response, WebError> {
    let Visit { app, signed, asked, path, mut reading } = visit;
    let say = asked.voice_for(&app, &reading);
    let kept = Kept::of(&reading, &asking.registry)?;
    let newest = asking.newest(true);
    let found = rows(&mut reading, kept.chosen.id, &asking, asking.page(newest)).await?;
    let mut list: Vec<_> =
        State::ALL.into_iter().map(|state| (state.as_str(), state.words(say), None)).collect();
    list.insert(0, ("", say.t("muster-view-all"), None));
    let now = filter(&asking).map_or("", State::as_str);
    let pills = views(say, &asking, Part::Musters, ("state", &say.t("muster-views")), &list, now);
    let (title, open) = (say.t("muster-list-title"), say.t("muster-open"));
    let list = List {
        part: Part::Musters,
        asking: &asking,
        columns: &[
            ("muster-number", Cell::Main),
            ("muster-kind", Cell::Text),
            ("muster-opened", Cell::Text),
            ("muster-listed", Cell::Number),
            ("muster-accounted", Cell::Number),
            ("muster-missing", Cell::Number),
            ("column-state", Cell::Short),
        ],
        rows: found.rows.iter().map(|row| line(say, &reading, row)).collect(),
        all: found.all,
        newest: Some(newest),
        words: ["muster-list-caption", "muster-list-none", "muster-list-would"].map(|key| say.t(key)),
    };
    let new = kept.address("/custody/musters/new");
    let body = html! {
        (heading_with_acts(
            &title,
            &html! { p { (kept.name(say)) } p.quiet { (say.t("muster-list-text")) } },
            &[Button::main(&open).to(&new)],
        ))
        (ways(say, &kept, Part::Musters))
        (pills)
        (list.shown(say))
    };
    let sheet = Sheet {
        notices: done(say, &asking.done),
        ..Sheet::plain(&title, &path, Some(Section::Custody), body)
    };
    Ok(frame::page(say, &reading, &signed.form_token, sheet))
}

fn line(say: Voice<'_>, reading: &Reading, row: &MusterRow) -> Shown {
    let name = row.view.muster.text();
    let (accounted, listed) = row.progress();
    Shown {
        strong: false,
        cells: vec![
            html! { a.lead.ref translate="no" href=(address(row)) { (name) } },
            html! { (kind(say, row)) },
            html! {
                (day(say, reading, row.view.opened_at))
                div.quiet { (say.tr("receipt-by", &[("name", row.opened_by.as_str().into())])) }
            },
            html! { (say.integer(listed)) },
            html! { (say.integer(accounted)) },
            html! { (say.integer(row.view.tally.missing)) },
            State::of(row).chip(say),
        ],
        name,
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
