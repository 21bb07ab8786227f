//! What the lists of receipts, certificates, incidents, musters and containers have in common: what is asked of them, which
//! part is shown and in which order, where the same list is as a file, and the copies of a row in a few words.

use std::future::Future;

use axum::{extract::Query, response::Response};
use label::Label;
use maud::{Markup, html};
use office::{Failure, Reading, custody::Listed, texts::Voice};
use registry::RegistryId;
use serde::Deserialize;
use store::{
    Visible,
    custody::seen::{CopyView, Slice},
    visible::EntryView,
};

use super::common::{Kept, Part, counted, ways};
use crate::{
    answer::WebError,
    export::{self, Line, Ready},
    frame::{self, Sheet},
    look::{
        Button, Cell, Column, Empty, Facet, Paging, Row, Section, Sort, SortLink, Table, heading,
        heading_with_acts, pills, reference, table,
    },
    pages::{
        shown,
        visit::{Visit, done},
    },
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
    /// Words that stand in it.
    pub q: String,
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
        let parts = [
            ("registry", self.registry.as_str()),
            ("state", self.state.as_str()),
            ("kind", self.kind.as_str()),
            ("q", self.q.as_str()),
            ("order", self.order.as_str()),
            ("from", ""),
        ];
        changed(path, &parts, name, value)
    }
}

/// An address with the parts of a query that say something, one of them changed.
pub fn changed(path: &str, parts: &[(&str, &str)], name: &str, value: &str) -> String {
    let parts: Vec<String> = parts
        .iter()
        .map(|(key, own)| (key, if *key == name { value } else { own }))
        .filter(|(_, value)| !value.is_empty())
        .map(|(key, value)| format!("{key}={}", frame::escaped(value)))
        .collect();
    if parts.is_empty() { path.to_owned() } else { format!("{path}?{}", parts.join("&")) }
}

/// All of a list, from one end or the other.
pub const fn whole(newest: bool) -> Slice {
    Slice { backwards: newest, ..Slice::ALL }
}

/// Nothing of a list but how long it is.
pub const NONE: Slice = Slice { most: 0, ..Slice::ALL };

/// A part of the rows that are chosen here from all that there are.
pub fn cut<T>(mut found: Listed<T>, part: Slice, fits: impl Fn(&T) -> bool) -> Listed<T> {
    found.rows.retain(fits);
    let all = found.rows.len();
    Listed { rows: found.rows.into_iter().skip(part.from).take(part.most).collect(), all }
}

/// How many there are, as a view says it.
pub fn many(n: usize) -> u64 {
    u64::try_from(n).unwrap_or(u64::MAX)
}

/// Columns by the keys of their heads.
pub type Columns = [(&'static str, Cell)];

/// A row of a list.
pub struct Shown {
    /// What it is called.
    pub name: String,
    /// Whether it wants to be noticed.
    pub strong: bool,
    /// Its cells.
    pub cells: Vec<Markup>,
}

impl Shown {
    fn row(&self) -> Row<'_> {
        Row { value: None, name: &self.name, strong: self.strong, cells: self.cells.clone() }
    }
}

/// A list of the staff's.
pub struct List<'a> {
    /// Which.
    pub part: Part,
    /// What is asked of it.
    pub asking: &'a Asking,
    /// Its columns by the keys of their heads; by the first it is sorted.
    pub columns: &'a Columns,
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
        let rows: Vec<Row<'_>> = self.rows.iter().map(Shown::row).collect();
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

/// Rows that are all there is: on one page, and on a page of something else.
pub fn few(say: Voice<'_>, caption: &str, columns: &Columns, rows: &[Shown]) -> Markup {
    let heads: Vec<(String, Cell)> = columns.iter().map(|(key, cell)| (say.t(key), *cell)).collect();
    let columns: Vec<Column<'_>> =
        heads.iter().map(|(head, cell)| Column { head, cell: *cell, sort: None }).collect();
    let rows: Vec<Row<'_>> = rows.iter().map(Shown::row).collect();
    table(
        say,
        &Table {
            caption,
            columns: &columns,
            rows: &rows,
            many: None,
            paging: Paging::default(),
            exports: &[],
            empty: Empty { title: caption, would: "", begin: None },
        },
    )
}

/// What is asked of a list, and of which registry.
pub struct Sought<'a> {
    /// Who asks.
    pub reading: &'a mut Reading,
    /// Of which registry.
    pub registry: RegistryId,
    /// For what.
    pub asking: &'a Asking,
}

/// A kind of act on copies of which the staff has a list, on a page and as a file.
pub trait Acts: Sized + Send + Sync + 'static {
    /// Which list.
    const PART: Part;
    /// The keys of its title and of what is said under it, of its caption, of what is said where there is nothing, and of
    /// what would be there.
    const WORDS: [&'static str; 5];
    /// The columns of the page; by the first it is sorted.
    const COLUMNS: &'static Columns;
    /// The columns of the file with their widths.
    const HEADS: &'static [(&'static str, f64)];

    /// Whether the newest stands first.
    fn newest(asking: &Asking) -> bool;
    /// A part of those that are asked for.
    fn rows(of: &mut Sought<'_>, part: Slice) -> impl Future<Output = Result<Listed<Self>, Failure>> + Send;
    /// What the list can be narrowed to.
    fn narrowed(say: Voice<'_>, of: &mut Sought<'_>) -> impl Future<Output = Result<Markup, Failure>> + Send;
    /// The entries of the papers that its row names.
    fn entries(&self) -> &[Visible<EntryView>];
    /// A row of the page.
    fn shown(&self, say: Voice<'_>, reading: &Reading) -> Shown;
    /// A row of the file.
    fn cells(&self, say: Voice<'_>, reading: &Reading) -> Vec<String>;
    /// The key of what is begun here, and where.
    fn begun() -> Option<(&'static str, &'static str)> {
        None
    }
}

/// The page of a list.
pub async fn list<T: Acts>(visit: Visit, Query(asking): Query<Asking>) -> Result<Response, WebError> {
    let Visit { app, signed, asked, path, mut reading } = visit;
    let say = asked.voice_for(&app, &reading);
    let kept = Kept::of(&reading, &asking.registry)?;
    let newest = T::newest(&asking);
    let mut of = Sought { reading: &mut reading, registry: kept.chosen.id, asking: &asking };
    let found = T::rows(&mut of, asking.page(newest)).await?;
    let narrowed = T::narrowed(say, &mut of).await?;
    let [title, text, caption, none, would] = T::WORDS.map(|key| say.t(key));
    let list = List {
        part: T::PART,
        asking: &asking,
        columns: T::COLUMNS,
        rows: found.rows.iter().map(|row| row.shown(say, &reading)).collect(),
        all: found.all,
        newest: Some(newest),
        words: [caption, none, would],
    };
    let beneath = html! { p { (kept.name(say)) } p.quiet { (text) } };
    let body = html! {
        @match T::begun() {
            None => (heading(&title, &beneath)),
            Some((key, to)) => (heading_with_acts(&title, &beneath, &[Button::main(&say.t(key)).to(&kept.address(to))])),
        }
        (ways(say, &kept, T::PART))
        (narrowed)
        (list.shown(say))
    };
    let entries = || found.rows.iter().flat_map(T::entries);
    let labels = bare(&reading, entries());
    let sheet = Sheet {
        shown: labels.iter().collect(),
        undetermined: shown::any_undetermined(entries().map(|entry| &**entry)),
        notices: done(say, &asking.done),
        ..Sheet::plain(&title, &path, Some(Section::Custody), body)
    };
    Ok(frame::page(say, &reading, &signed.form_token, sheet))
}

/// The list as comma-separated values.
pub async fn values<T: Acts>(visit: Visit, Query(asking): Query<Asking>) -> Result<Response, WebError> {
    Ok(export::values(exported::<T>(visit, &asking).await?, T::PART.name()))
}

/// The same rows as a workbook.
pub async fn workbook<T: Acts>(visit: Visit, Query(asking): Query<Asking>) -> Result<Response, WebError> {
    export::workbook(exported::<T>(visit, &asking).await?, T::PART.name()).await
}

async fn exported<T: Acts>(visit: Visit, asking: &Asking) -> Result<Ready, WebError> {
    let Visit { app, asked, mut reading, .. } = visit;
    let say = asked.voice_for(&app, &reading);
    let registry = Kept::of(&reading, &asking.registry)?.chosen.id;
    let mut of = Sought { reading: &mut reading, registry, asking };
    let found = T::rows(&mut of, whole(T::newest(asking))).await?.rows;
    let lines = found.iter().map(|row| line(&reading, row.entries(), row.cells(say, &reading))).collect();
    Ok(Ready::of(&app, say, reading, T::HEADS, lines))
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
