//! Copies on a page of something else, a line each: what a page tells of them is its own choice.

use maud::{Markup, html};
use office::{Reading, texts::Voice};
use store::{Visible, custody::seen::CopyView, visible::EntryView};

use super::{
    common::{day, paper, state_chip},
    copy,
    lists::{Shown, few},
};
use crate::{
    look::{Cell, reference, reference_link},
    pages::shown,
};

/// What a column tells of a copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// Its name.
    Name,
    /// Its name, which leads to it.
    Link,
    /// The reference of its paper.
    Reference,
    /// That, and the subject where the reader sees it.
    Paper,
    /// The date of its paper.
    Date,
    /// The marking of its paper.
    Marking,
    /// In which state it is.
    State,
    /// Since when.
    Since,
    /// How many pages it has.
    Pages,
}

impl Told {
    /// The name; for the staff it leads to the copy.
    pub const fn name(staff: bool) -> Self {
        if staff { Told::Link } else { Told::Name }
    }

    /// The key of the head of the column, and what its cells are.
    pub const fn column(self) -> (&'static str, Cell) {
        match self {
            Told::Name | Told::Link => ("copies-copy", Cell::Short),
            Told::Reference => ("column-reference", Cell::Main),
            Told::Paper => ("copies-paper", Cell::Main),
            Told::Date => ("column-date", Cell::Short),
            Told::Marking => ("column-marking", Cell::Short),
            Told::State => ("column-state", Cell::Short),
            Told::Since => ("copies-since", Cell::Short),
            Told::Pages => ("copies-pages", Cell::Number),
        }
    }

    /// What is told of a copy; nothing of a paper whose entry is not there.
    pub fn cell(
        self,
        say: Voice<'_>,
        reading: &Reading,
        view: &CopyView,
        entry: Option<&EntryView>,
    ) -> Markup {
        let of_paper = |told: &dyn Fn(&EntryView) -> Markup| entry.map_or_else(|| html! {}, told);
        match self {
            Told::Name => reference(&view.name()),
            Told::Link => reference_link(&view.name(), &copy::address(view.copy.id)),
            Told::Reference => {
                of_paper(&|entry| reference_link(&office::relations::called(entry), &shown::address(entry)))
            }
            Told::Paper => of_paper(&|entry| paper(say, entry)),
            Told::Date => of_paper(&|entry| html! { (shown::dated(say, entry)) }),
            Told::Marking => of_paper(&|entry| shown::marking(say, &reading.house, entry)),
            Told::State => state_chip(say, &view.copy),
            Told::Since => day(say, reading, view.copy.since),
            Told::Pages => html! { @if let Some(pages) = view.copy.pages { (say.integer(pages)) } },
        }
    }
}

/// The copies of an act, with the entries of their papers.
pub fn copies<'a>(
    say: Voice<'_>,
    reading: &Reading,
    caption: &str,
    told: &[Told],
    copies: impl IntoIterator<Item = &'a CopyView>,
    entries: &[Visible<EntryView>],
) -> Markup {
    let columns: Vec<_> = told.iter().map(|one| one.column()).collect();
    let row = |view: &CopyView| {
        let entry = entries.iter().find(|entry| entry.document == view.copy.document).map(|entry| &**entry);
        let cells = told.iter().map(|one| one.cell(say, reading, view, entry)).collect();
        Shown { name: view.name(), strong: false, cells }
    };
    let rows: Vec<Shown> = copies.into_iter().map(row).collect();
    few(say, caption, &columns, &rows)
}
