//! What the lists of receipts, certificates, incidents and containers have in common: what is asked of them, which part is
//! shown and in which order, where the same list is as a file, and the copies of a row in a few words.

use label::Label;
use maud::{Markup, html};
use office::{Reading, custody::Listed, texts::Voice};
use serde::Deserialize;
use store::{
    Visible,
    custody::seen::{CopyView, Slice},
    visible::EntryView,
};

use super::common::{Part, counted};
use crate::{
    export::Line,
    frame,
    look::{Cell, Column, Empty, Facet, Paging, Row, Sort, SortLink, Table, pills, reference, table},
};

/// Rows of a page.
const PAGE: usize = 50;
/// Copies that a row names; the rest is counted.
const NAMED: usize = 3;

/// What is asked of a list.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub struct Asking {
    /// The code of the registry.
    pub registry: String,
    /// Which state.
    pub state: String,
    /// Which kind.
    pub kind: String,
    /// Newest or oldest first.
    pub order: String,
    /// Rows passed over.
    pub from: String,
    /// What was just done.
    pub done: String,
}

impl Asking {
    /// Whether the newest stands first; where nothing is asked, as the list has it.
    pub fn newest(&self, usual: bool) -> bool {
        match self.order.as_str() {
            "newest" => true,
            "oldest" => false,
            _ => usual,
        }
    }

    fn begin(&self) -> usize {
        self.from.parse().unwrap_or(0)
    }

    /// The page that is asked for.
    pub fn page(&self, newest: bool) -> Slice {
        Slice { from: self.begin(), most: PAGE, backwards: newest }
    }

    /// An address of the list with one part of it changed, from its beginning.
    pub fn with(&self, path: &str, name: &str, value: &str) -> String {
        let parts: Vec<String> = [
            ("registry", self.registry.as_str()),
            ("state", self.state.as_str()),
            ("kind", self.kind.as_str()),
            ("order", self.order.as_str()),
            ("from", ""),
        ]
        .into_iter()
        .map(|(key, own)| (key, if key == name { value } else { own }))
        .filter(|(_, value)| !value.is_empty())
        .map(|(key, value)| format!("{key}={}", frame::escaped(value)))
        .collect();
        if parts.is_empty() { path.to_owned() } else { format!("{path}?{}", parts.join("&")) }
    }
}

/// All of a list, from one end or the other.
pub const fn whole(newest: bool) -> Slice {
    Slice { backwards: newest, ..Slice::ALL }
}

/// A part of rows that were chosen here from all that there are.
pub fn cut<T>(rows: Vec<T>, part: Slice) -> Listed<T> {
    let all = rows.len();
    Listed { rows: rows.into_iter().skip(part.from).take(part.most).collect(), all }
}

/// A row of a list.
pub struct Shown {
    /// What it is called.
    pub name: String,
    /// Whether it wants to be noticed.
    pub strong: bool,
    /// Its cells.
    pub cells: Vec<Markup>,
}

/// A list of the staff's.
pub struct List<'a> {
    /// Which.
    pub part: Part,
    /// What is asked of it.
    pub asking: &'a Asking,
    /// Its columns by the keys of their heads; by the first it is sorted.
    pub columns: &'a [(&'static str, Cell)],
    /// The rows of the page.
    pub rows: Vec<Shown>,
    /// How many there are in all.
    pub all: usize,
    /// Whether the newest stands first; none: it has one order.
    pub newest: Option<bool>,
    /// Caption, what is said where there is nothing, and what would be there.
    pub words: [String; 3],
}

impl List<'_> {
    /// As it stands on its page.
    pub fn shown(&self, say: Voice<'_>) -> Markup {
        let path = self.part.path();
        let heads: Vec<String> = self.columns.iter().map(|(key, _)| say.t(key)).collect();
        let turned =
            self.asking.with(path, "order", if self.newest == Some(true) { "oldest" } else { "newest" });
        let now = self.newest.map(|newest| if newest { Sort::Descending } else { Sort::Ascending });
        let columns: Vec<Column<'_>> = heads
            .iter()
            .zip(self.columns)
            .enumerate()
            .map(|(place, (head, (_, cell)))| Column {
                head,
                cell: *cell,
                sort: now.filter(|_| place == 0).map(|now| SortLink { href: &turned, now: Some(now) }),
            })
            .collect();
        let rows: Vec<Row<'_>> = self
            .rows
            .iter()
            .map(|row| Row { value: None, name: &row.name, strong: row.strong, cells: row.cells.clone() })
            .collect();
        let begin = self.asking.begin();
        let at = |from: usize| self.asking.with(path, "from", &from.to_string());
        let previous = (begin > 0).then(|| match begin.saturating_sub(PAGE) {
            0 => self.asking.with(path, "from", ""),
            from => at(from),
        });
        let next = (self.all > begin + PAGE).then(|| at(begin + PAGE));
        let shown = counted(say, begin, rows.len(), self.all);
        let file = |ending: &str| self.asking.with(&format!("{path}.{ending}"), "from", "");
        let (values, workbook) = (file("csv"), file("xlsx"));
        let exports = [("CSV", values.as_str()), ("XLSX", workbook.as_str())];
        let [caption, none, would] = &self.words;
        table(
            say,
            &Table {
                caption,
                columns: &columns,
                rows: &rows,
                many: None,
                paging: Paging { previous: previous.as_deref(), next: next.as_deref(), shown: &shown },
                exports: if rows.is_empty() { &[] } else { &exports },
                empty: Empty { title: none, would, begin: None },
            },
        )
    }
}

/// A view of a list: its value in the address, its name, how many there are.
pub type View = (&'static str, String, Option<u64>);

/// The views of a list by one part of its address; `now` is the one that is shown.
pub fn views(
    say: Voice<'_>,
    asking: &Asking,
    part: Part,
    (name, label): (&str, &str),
    views: &[View],
    now: &str,
) -> Markup {
    let hrefs: Vec<String> = views.iter().map(|(value, ..)| asking.with(part.path(), name, value)).collect();
    let values: Vec<Facet<'_>> = views
        .iter()
        .zip(&hrefs)
        .map(|((value, label, count), href)| Facet {
            label,
            marking: None,
            count: *count,
            href,
            on: *value == now,
        })
        .collect();
    pills(label, &values, say)
}

/// The names of copies, the first few of many.
pub fn named(say: Voice<'_>, copies: &[CopyView]) -> Markup {
    let left = copies.len().saturating_sub(NAMED);
    html! {
        @for copy in copies.iter().take(NAMED) { div { (reference(&copy.name())) } }
        @if left > 0 { div.quiet { (say.tr("receipt-more-copies", &[("n", left.into())])) } }
    }
}

/// The names of copies, all of them in one cell.
pub fn names(copies: &[CopyView]) -> String {
    copies.iter().map(CopyView::name).collect::<Vec<_>>().join("; ")
}

/// The labels under which references stand of which no subject is shown.
pub fn bare<'a>(reading: &Reading, entries: impl IntoIterator<Item = &'a Visible<EntryView>>) -> Vec<Label> {
    entries
        .into_iter()
        .filter_map(|entry| entry.label.as_ref().and_then(|label| reading.house.entry_label(label)))
        .collect()
}

/// A row of a file in which papers are named by copies and references alone.
pub fn line<'a>(
    reading: &Reading,
    entries: impl IntoIterator<Item = &'a Visible<EntryView>> + Clone,
    cells: impl IntoIterator<Item = String>,
) -> Line {
    let undetermined = entries.clone().into_iter().any(|entry| entry.label.is_none());
    Line { labels: bare(reading, entries), undetermined, ..Line::plain(cells) }
}
