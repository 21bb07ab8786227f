//! Certificates of destruction: the list for the staff, what waits for a signature first; one of them, and signing it, stand
//! beside.

mod acts;
mod export;
mod one;

use axum::{extract::Query, response::Response};
use maud::{Markup, html};
use office::{
    Failure, Reading,
    custody::{CertificateRow, Listed},
    texts::Voice,
};
use registry::{RegistryId, custody::fact::Hand};
use store::custody::seen::{CertificateView, Slice};

use super::{
    common::{Kept, Part, day, ways},
    lists::{Asking, List, Shown, bare, cut, named, views, whole},
};
use crate::{
    answer::WebError,
    frame::{self, Sheet},
    look::{Cell, Section, Tone, chip, heading},
    pages::{
        shown,
        visit::{Visit, done},
    },
};

pub use acts::{sign, withdraw};
pub use export::{values, workbook};
pub use one::certificate;

/// How it stands with a certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// A signature is missing.
    Waits,
    /// All have signed.
    Destroyed,
    /// It was taken back.
    Withdrawn,
}

impl State {
    const ALL: [State; 3] = [State::Waits, State::Destroyed, State::Withdrawn];

    /// Of a certificate.
    pub const fn of(view: &CertificateView) -> Self {
        match (&view.withdrawn, view.ended_at) {
            (Some(_), _) => State::Withdrawn,
            (None, Some(_)) => State::Destroyed,
            (None, None) => State::Waits,
        }
    }

    const fn as_str(self) -> &'static str {
        match self {
            State::Waits => "waits",
            State::Destroyed => "destroyed",
            State::Withdrawn => "withdrawn",
        }
    }

    /// In words.
    pub fn words(self, say: Voice<'_>) -> String {
        say.t(&format!("destruction-state-{}", self.as_str()))
    }

    /// In a word or three.
    pub fn chip(self, say: Voice<'_>) -> Markup {
        let tone = match self {
            State::Waits => Tone::Soon,
            State::Destroyed => Tone::Good,
            State::Withdrawn => Tone::Plain,
        };
        chip(tone, &self.words(say))
    }
}

/// Which are listed; none: all.
fn filter(asking: &Asking) -> Option<State> {
    match asking.state.as_str() {
        "all" => None,
        other => Some(State::ALL.into_iter().find(|one| one.as_str() == other).unwrap_or(State::Waits)),
    }
}

/// The newest first where what is past is looked up.
fn newest(asking: &Asking) -> bool {
    asking.newest(filter(asking) != Some(State::Waits))
}

async fn rows(
    reading: &mut Reading,
    registry: RegistryId,
    filter: Option<State>,
    part: Slice,
) -> Result<Listed<CertificateRow>, Failure> {
    match filter {
        None => reading.certificates(registry, None, part).await,
        Some(State::Waits) => reading.certificates(registry, Some(true), part).await,
        Some(state) => {
            let mut found = reading.certificates(registry, Some(false), whole(part.backwards)).await?.rows;
            found.retain(|row| State::of(&row.view) == state);
            Ok(cut(found, part))
        }
    }
}

/// The list.
pub async fn list(visit: Visit, Query(asking): Query<Asking>) -> Result<Response, WebError> {
    let Visit { app, signed, asked, path, mut reading } = visit;
    let say = asked.voice_for(&app, &reading);
    let kept = Kept::of(&reading, &asking.registry)?;
    let (filter, newest) = (filter(&asking), newest(&asking));
    let found = rows(&mut reading, kept.chosen.id, filter, asking.page(newest)).await?;
    let none = Slice { most: 0, ..Slice::ALL };
    let waits = reading.certificates(kept.chosen.id, Some(true), none).await?.all;
    let mut list: Vec<_> = State::ALL
        .into_iter()
        .map(|state| {
            let count = (state == State::Waits).then(|| u64::try_from(waits).unwrap_or(u64::MAX));
            (state.as_str(), state.words(say), count)
        })
        .collect();
    list.push(("all", say.t("destruction-view-all"), None));
    let now = filter.map_or("all", State::as_str);
    let pills = views(say, &asking, Part::Destruction, ("state", &say.t("destruction-views")), &list, now);
    let title = say.t("destruction-list-title");
    let labels = bare(&reading, found.rows.iter().flat_map(|row| &row.entries));
    let list = List {
        part: Part::Destruction,
        asking: &asking,
        columns: &[
            ("copies-certificate", Cell::Main),
            ("copies-drawn-on", Cell::Text),
            ("destruction-method", Cell::Text),
            ("copies-many", Cell::Short),
            ("copies-signatures", Cell::Text),
            ("column-state", Cell::Short),
        ],
        rows: found.rows.iter().map(|row| line(say, &reading, row)).collect(),
        all: found.all,
        newest: Some(newest),
        words: ["destruction-list-caption", "destruction-list-none", "destruction-list-would"]
            .map(|key| say.t(key)),
    };
    let body = html! {
        (heading(&title, &html! { p { (kept.name(say)) } p.quiet { (say.t("destruction-list-text")) } }))
        (ways(say, &kept, Part::Destruction))
        (pills)
        (list.shown(say))
    };
    let entries = found.rows.iter().flat_map(|row| &row.entries).map(|entry| &**entry);
    let sheet = Sheet {
        shown: labels.iter().collect(),
        undetermined: shown::any_undetermined(entries),
        notices: done(say, &asking.done),
        ..Sheet::plain(&title, &path, Some(Section::Custody), body)
    };
    Ok(frame::page(say, &reading, &signed.form_token, sheet))
}

fn line(say: Voice<'_>, reading: &Reading, row: &CertificateRow) -> Shown {
    let name = row.view.certificate.text();
    Shown {
        strong: false,
        cells: vec![
            html! { a.lead href=(address(row)) { (name) } },
            html! {
                (day(say, reading, row.view.drawn_at))
                div.quiet { (say.tr("receipt-by", &[("name", row.drawn_by.as_str().into())])) }
            },
            html! { (row.view.certificate.method) },
            named(say, &row.view.copies),
            html! { @for words in signatures(say, row) { div { (words) } } },
            State::of(&row.view).chip(say),
        ],
        name,
    }
}

/// Where a certificate is.
pub fn address(row: &CertificateRow) -> String {
    format!("/custody/destruction/{}", row.view.certificate.id)
}

/// As whom one signs, in words.
pub fn hand(say: Voice<'_>, hand: Hand) -> String {
    say.t(&format!("destruction-hand-{}", hand.as_str()))
}

/// The signatures that a certificate takes.
pub fn hands(row: &CertificateRow) -> Vec<Hand> {
    let all = [Hand::Destroyer, Hand::Witness];
    all.into_iter().take(row.view.certificate.signatures()).collect()
}

/// Who has signed as what, a line each.
fn signatures(say: Voice<'_>, row: &CertificateRow) -> Vec<String> {
    let signed = row.view.signed.iter().zip(&row.signed);
    signed
        .map(|((as_whom, ..), name)| {
            let hand = hand(say, *as_whom);
            say.tr("destruction-signed-as", &[("hand", hand.into()), ("name", name.as_str().into())])
        })
        .collect()
}
