//! Certificates of destruction: the list for the staff, what waits for a signature first; one of them, and signing it, stand
//! beside.

mod acts;
mod one;

use maud::{Markup, html};
use office::{
    Failure, Reading,
    custody::{CertificateRow, Listed},
    texts::Voice,
};
use registry::custody::fact::Hand;
use store::{
    Visible,
    custody::seen::{CertificateView, Slice},
    visible::EntryView,
};

use super::{
    common::{Part, day_by},
    lists::{Acts, Asking, Columns, NONE, Shown, Sought, View, cut, many, named, names, views, whole},
};
use crate::look::{Cell, Tone, chip};

pub use acts::{sign, withdraw};
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

impl Acts for CertificateRow {
    const PART: Part = Part::Destruction;
    const WORDS: [&'static str; 5] = [
        "destruction-list-title",
        "destruction-list-text",
        "destruction-list-caption",
        "destruction-list-none",
        "destruction-list-would",
    ];
    const COLUMNS: &'static Columns = &[
        ("copies-certificate", Cell::Main),
        ("copies-drawn-on", Cell::Text),
        ("destruction-method", Cell::Text),
        ("copies-many", Cell::Short),
        ("copies-signatures", Cell::Text),
        ("column-state", Cell::Short),
    ];
    const HEADS: &'static [(&'static str, f64)] = &[
        ("copies-certificate", 14.0),
        ("copies-drawn-on", 24.0),
        ("destruction-drawn-by", 28.0),
        ("destruction-method", 28.0),
        ("copies-many", 48.0),
        ("copies-signatures", 48.0),
        ("column-state", 20.0),
        ("destruction-ended", 24.0),
    ];

    /// Where what is past is looked up.
    fn newest(asking: &Asking) -> bool {
        asking.newest(filter(asking) != Some(State::Waits))
    }

    async fn rows(of: &mut Sought<'_>, part: Slice) -> Result<Listed<Self>, Failure> {
        match filter(of.asking) {
            None => of.reading.certificates(of.registry, None, part).await,
            Some(State::Waits) => of.reading.certificates(of.registry, Some(true), part).await,
            Some(state) => {
                let found = of.reading.certificates(of.registry, Some(false), whole(part.backwards)).await?;
                Ok(cut(found, part, |row| State::of(&row.view) == state))
            }
        }
    }

    async fn narrowed(say: Voice<'_>, of: &mut Sought<'_>) -> Result<Markup, Failure> {
        let waits = of.reading.certificates(of.registry, Some(true), NONE).await?.all;
        let count = |state| (state == State::Waits).then(|| many(waits));
        let mut list: Vec<View> =
            State::ALL.into_iter().map(|state| (state.as_str(), state.words(say), count(state))).collect();
        list.push(("all", say.t("destruction-view-all"), None));
        let now = filter(of.asking).map_or("all", State::as_str);
        Ok(views(say, of.asking, Self::PART, ("state", &say.t("destruction-views")), &list, now))
    }

    fn entries(&self) -> &[Visible<EntryView>] {
        &self.entries
    }

    fn shown(&self, say: Voice<'_>, reading: &Reading) -> Shown {
        let name = self.view.certificate.text();
        Shown {
            strong: false,
            cells: vec![
                html! { a.lead href=(address(self)) { (name) } },
                day_by(say, reading, self.view.drawn_at, &self.drawn_by),
                html! { (self.view.certificate.method) },
                named(say, &self.view.copies),
                html! { @for words in signatures(say, self) { div { (words) } } },
                State::of(&self.view).chip(say),
            ],
            name,
        }
    }

    fn cells(&self, say: Voice<'_>, _: &Reading) -> Vec<String> {
        vec![
            self.view.certificate.text(),
            self.view.drawn_at.to_string(),
            self.drawn_by.clone(),
            self.view.certificate.method.clone(),
            names(&self.view.copies),
            signatures(say, self).join("; "),
            State::of(&self.view).words(say),
            self.view.ended_at.map(|at| at.to_string()).unwrap_or_default(),
        ]
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
