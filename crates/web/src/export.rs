//! Lists as files for other programs: comma-separated values and workbooks, made of the same rows, so that they cannot
//! differ. Owns the rows of a list of entries and how a file of them is answered; [`workbook`] owns the workbook.
//!
//! A cell that a spreadsheet would read as a formula is preceded by an apostrophe in the values, for subjects are other
//! people's words; in a workbook it is text and needs none.

pub mod document;
mod workbook;

use std::{future::Future, sync::Arc};

use axum::{
    body::{Body, Bytes},
    http::header,
    response::{IntoResponse, Response},
};
use futures::stream::try_unfold;
use jiff::civil::Date;
use label::Label;
use office::{
    Failure, Reading,
    texts::{Language, Texts, Voice},
};
use registry::{Code, Refusal};
use store::{StoreError, visible::EntryView};

use crate::{
    answer::WebError,
    app::App,
    pages::shown,
    words::{self, Marked},
};

/// The most rows of a workbook: it is made in memory. Values are sent as they are read and have no such bound.
pub const MOST_ROWS: usize = 100_000;

/// A cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Words.
    Text(String),
    /// A day.
    Day(Date),
    /// A number.
    Number(u32),
}

impl Cell {
    /// As it stands among comma-separated values.
    pub fn text(&self) -> String {
        match self {
            Cell::Text(text) => text.clone(),
            Cell::Day(day) => day.to_string(),
            Cell::Number(number) => number.to_string(),
        }
    }
}

/// A row of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Its cells, one for each column.
    pub cells: Vec<Cell>,
    /// The labels under which what it shows stands.
    pub labels: Vec<Label>,
    /// True when it shows something whose marking is undetermined.
    pub undetermined: bool,
}

impl Line {
    /// A row of nothing marked.
    pub fn plain(cells: impl IntoIterator<Item = String>) -> Self {
        let cells = cells.into_iter().map(Cell::Text).collect();
        Self { cells, labels: Vec::new(), undetermined: false }
    }

    /// The row of an entry. What the reader may not see of it is empty.
    pub fn of(say: Voice<'_>, reading: &Reading, entry: &EntryView) -> Self {
        let language = words::document_language(entry.language.as_deref(), say);
        let marking = match &entry.label {
            Some(label) => words::marking(label, &reading.house.policies, language),
            None => say.t("document-undetermined"),
        };
        let date = match entry.date.civil {
            Some(day) => Cell::Day(day),
            None => Cell::Text(entry.date.written.clone().unwrap_or_default()),
        };
        let cells = vec![
            Cell::Text(entry.reference.clone()),
            Cell::Text(entry.subject.clone().unwrap_or_default()),
            Cell::Text(marking),
            date,
            Cell::Text(entry.originator.clone().unwrap_or_default()),
            Cell::Text(entry.kind.as_deref().map(|k| words::kind(say, k)).unwrap_or_default()),
            Cell::Text(words::registry_name(reading, entry.registry, say)),
        ];
        let labels = shown::shown_of(&reading.house, entry).into_iter().collect();
        Self { cells, labels, undetermined: entry.label.is_none() }
    }
}

/// The head of a column, and how many characters wide a workbook shows the column.
pub type Head = (String, f64);

/// The heads of a list of entries.
pub fn heads(say: Voice<'_>) -> Vec<Head> {
    [
        ("column-reference", 22.0),
        ("column-subject", 64.0),
        ("column-marking", 34.0),
        ("column-date", 12.0),
        ("column-originator", 34.0),
        ("column-kind", 20.0),
        ("column-registry", 28.0),
    ]
    .map(|(key, width)| (say.t(key), width))
    .to_vec()
}

/// A list that is read piece by piece.
pub trait List: Send + Sized + 'static {
    /// The next rows; none when all were given.
    fn lines(&mut self) -> impl Future<Output = Result<Option<Vec<Line>>, Failure>> + Send;
    /// The heads of its columns.
    fn heads(&self) -> Vec<Head> {
        heads(self.voice())
    }
    /// The reader, whose house says what markings mean.
    fn reading(&self) -> &Reading;
    /// The words of the language in which the list is shown.
    fn voice(&self) -> Voice<'_>;
}

/// A list that is all there.
pub struct Ready {
    /// Its reader.
    pub reading: Reading,
    /// The words of all languages.
    pub texts: Arc<Texts>,
    /// The language in which it is shown.
    pub language: Language,
    /// The heads of its columns.
    pub heads: Vec<Head>,
    /// Its rows; none once they were given.
    pub lines: Option<Vec<Line>>,
}

impl Ready {
    /// Of rows under heads, which are given by their keys.
    pub fn of(app: &App, say: Voice<'_>, reading: Reading, heads: &[(&str, f64)], lines: Vec<Line>) -> Self {
        let heads = heads.iter().map(|(key, width)| (say.t(key), *width)).collect();
        Self { reading, texts: app.texts.clone(), language: say.language(), heads, lines: Some(lines) }
    }
}

impl List for Ready {
    async fn lines(&mut self) -> Result<Option<Vec<Line>>, Failure> {
        Ok(self.lines.take())
    }
    fn heads(&self) -> Vec<Head> {
        self.heads.clone()
    }
    fn reading(&self) -> &Reading {
        &self.reading
    }
    fn voice(&self) -> Voice<'_> {
        self.texts.voice(self.language)
    }
}

/// The list as comma-separated values, sent as it is read.
pub fn values(list: impl List, name: &str) -> Response {
    let body = Body::from_stream(try_unfold((list, false), |(mut list, begun)| async move {
        let Some(lines) = list.lines().await? else { return Ok::<_, Failure>(None) };
        let heading = (!begun).then(|| Line::plain(list.heads().into_iter().map(|(head, _)| head)));
        let bytes = separated(heading.iter().chain(&lines))?;
        Ok(Some((Bytes::from(bytes), (list, true))))
    }));
    answered(body, "text/csv; charset=utf-8", &format!("{name}.csv"))
}

/// The list as a workbook. Refused where it is longer than a workbook is made of.
pub async fn workbook(mut list: impl List, name: &str) -> Result<Response, WebError> {
    let mut all: Vec<Line> = Vec::new();
    while let Some(lines) = list.lines().await? {
        all.extend(lines);
        if all.len() > MOST_ROWS {
            return Err(Failure::from(Refusal::from(Code::TooManyRows).with("limit", MOST_ROWS)).into());
        }
    }
    let mut labels: Vec<&Label> = Vec::new();
    for label in all.iter().flat_map(|line| &line.labels) {
        if !labels.contains(&label) {
            labels.push(label);
        }
    }
    let say = list.voice();
    let undetermined = all.iter().any(|line| line.undetermined);
    let banner = Marked::banner(&labels, undetermined, &list.reading().house.policies, say).text;
    let (title, heads) = (say.t("export-sheet"), list.heads());
    let made = tokio::task::spawn_blocking(move || workbook::made(&title, &banner, &heads, &all));
    let bytes = made.await.map_err(StoreError::damaged)??;
    let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    Ok(answered(Body::from(bytes), kind, &format!("{name}.xlsx")))
}

fn answered(body: Body, kind: &'static str, name: &str) -> Response {
    let headers = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
    ];
    (headers, body).into_response()
}

/// Rows as comma-separated values.
pub fn separated<'a>(rows: impl Iterator<Item = &'a Line>) -> Result<Vec<u8>, StoreError> {
    let mut out = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    for row in rows {
        out.write_record(row.cells.iter().map(|cell| harmless(&cell.text()))).map_err(StoreError::damaged)?;
    }
    out.into_inner().map_err(StoreError::damaged)
}

fn harmless(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{cell}") } else { cell.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula_and_quotes_are_doubled() {
        let row = Line::plain(["=1+1", "a \"b\", c", "é"].map(str::to_owned));
        let text = String::from_utf8(separated([&row].into_iter()).unwrap()).unwrap();
        assert_eq!(text, "'=1+1,\"a \"\"b\"\", c\",é\r\n");
    }
}
