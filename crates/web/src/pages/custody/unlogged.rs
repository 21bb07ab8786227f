//! Papers of accountable marking that stand in no log: working papers with the day by which their copies must be numbered, and
//! others, for the staff.

use maud::{Markup, html};
use office::{
    Failure, Reading,
    custody::{
        Listed,
        unlogged::{UnloggedRow, Which},
    },
    texts::Voice,
};
use registry::DocumentId;
use store::{Visible, custody::seen::Slice, visible::EntryView};

use super::{
    common::Part,
    lists::{Acts, Asking, Columns, NONE, Shown, Sought, many, views},
};
use crate::{
    look::{Cell, Tone, chip, reference_link},
    pages::shown,
    words,
};

/// The views of the list, as they stand in addresses.
const VIEWS: [(&str, Which); 4] =
    [("all", Which::Working), ("due", Which::Due), ("overdue", Which::Overdue), ("others", Which::Others)];

fn view(asking: &Asking) -> (&'static str, Which) {
    VIEWS.into_iter().find(|(name, _)| *name == asking.state).unwrap_or(("all", Which::Working))
}

/// Where the copies of a paper are numbered.
fn numbering(document: DocumentId) -> String {
    format!("/documents/{document}/copies")
}

/// How it stands with a paper, in words.
fn state_words(say: Voice<'_>, row: &UnloggedRow) -> String {
    match row.left {
        None => say.t("unlogged-not-in-log"),
        Some(left) if left < 0 => say.tr("unlogged-overdue", &[("n", (-left).into())]),
        Some(left) => say.tr("unlogged-due", &[("n", left.into())]),
    }
}

impl Acts for UnloggedRow {
    const PART: Part = Part::Unlogged;
    const WORDS: [&'static str; 5] =
        ["unlogged-title", "unlogged-text", "unlogged-caption", "unlogged-none", "unlogged-would"];
    const COLUMNS: &'static Columns = &[
        ("unlogged-since", Cell::Short),
        ("column-reference", Cell::Main),
        ("column-kind", Cell::Text),
        ("column-marking", Cell::Short),
        ("unlogged-until", Cell::Short),
        ("column-state", Cell::Text),
        ("unlogged-do", Cell::Text),
    ];
    const HEADS: &'static [(&'static str, f64)] = &[
        ("unlogged-since", 14.0),
        ("column-reference", 24.0),
        ("column-kind", 24.0),
        ("column-marking", 34.0),
        ("copies-days", 8.0),
        ("unlogged-until", 14.0),
        ("column-state", 24.0),
    ];

    fn newest(asking: &Asking) -> bool {
        asking.newest(false)
    }

    async fn rows(of: &mut Sought<'_>, part: Slice) -> Result<Listed<Self>, Failure> {
        of.reading.unlogged(of.registry, view(of.asking).1, part).await
    }

    async fn narrowed(say: Voice<'_>, of: &mut Sought<'_>) -> Result<Markup, Failure> {
        let mut list = Vec::with_capacity(VIEWS.len());
        for (name, which) in VIEWS {
            let all = of.reading.unlogged(of.registry, which, NONE).await?.all;
            list.push((name, say.t(&format!("unlogged-view-{name}")), Some(many(all))));
        }
        let label = say.t("unlogged-views");
        Ok(views(say, of.asking, Self::PART, ("state", &label), &list, view(of.asking).0))
    }

    fn entries(&self) -> &[Visible<EntryView>] {
        std::slice::from_ref(&self.entry)
    }

    fn shown(&self, say: Voice<'_>, reading: &Reading) -> Shown {
        let name = office::relations::called(&self.entry);
        let tone = match self.left {
            Some(left) if left < 0 => Tone::Late,
            Some(_) => Tone::Plain,
            None => Tone::Soon,
        };
        let kind = self.entry.kind.as_deref().map(|kind| words::kind(say, kind)).unwrap_or_default();
        Shown {
            strong: self.state() == "overdue",
            cells: vec![
                html! { (say.date(self.since)) },
                reference_link(&name, &shown::address(&self.entry)),
                html! { (kind) },
                shown::marking(say, &reading.house, &self.entry),
                html! { @if let Some(until) = self.until { (say.date(until)) } },
                chip(tone, &state_words(say, self)),
                html! { a href=(numbering(self.entry.document)) { (say.t("copies-number-go")) } },
            ],
            name,
        }
    }

    fn cells(&self, say: Voice<'_>, reading: &Reading) -> Vec<String> {
        let language = words::document_language(self.entry.language.as_deref(), say);
        let policies = &reading.house.policies;
        vec![
            self.since.to_string(),
            office::relations::called(&self.entry),
            self.entry.kind.as_deref().map(|kind| words::kind(say, kind)).unwrap_or_default(),
            words::Marked::of(self.entry.label.as_ref(), policies, say, language).text,
            self.days.to_string(),
            self.until.map(|until| until.to_string()).unwrap_or_default(),
            state_words(say, self),
        ]
    }
}
