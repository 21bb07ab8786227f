//! The rows of a table of comments as files: values, a workbook, and a document as it is sent round.

use axum::{
    extract::{Path, Query},
    response::Response,
};
use office::cases::comments::CommentRow;
use store::StoreError;

use super::{Asking, Returned, Shown, severity_words};
use crate::{
    answer::WebError,
    export::{self, Cell, Line, Ready, document::Paper},
    pages::{cases::doer_words, visit::Visit},
    words::Marked,
};

/// The columns of values and workbook.
const HEADS: [(&str, f64); 14] = [
    ("comments-number", 6.0),
    ("comments-office", 26.0),
    ("comments-by", 22.0),
    ("comments-severity", 16.0),
    ("comments-page", 8.0),
    ("comments-paragraph", 10.0),
    ("comments-line", 8.0),
    ("comments-text", 40.0),
    ("comments-comment", 50.0),
    ("comments-proposal", 40.0),
    ("comments-rationale", 40.0),
    ("comments-state", 16.0),
    ("comments-reason", 40.0),
    ("column-marking", 30.0),
];
/// The columns of the document, and how wide each is, in twentieths of a point.
const COLUMNS: [(&str, u32); 7] = [
    ("comments-number", 600),
    ("comments-office", 1_900),
    ("comments-severity", 1_500),
    ("comments-place", 1_300),
    ("comments-comment", 3_700),
    ("comments-proposal", 3_000),
    ("comments-adjudication", 2_500),
];

/// The table as comma-separated values.
pub async fn values(
    visit: Visit,
    Path(which): Path<String>,
    Query(asking): Query<Asking>,
) -> Result<Response, WebError> {
    Ok(export::values(exported(visit, &which, &asking).await?, "comments"))
}

/// The same rows as a workbook.
pub async fn workbook(
    visit: Visit,
    Path(which): Path<String>,
    Query(asking): Query<Asking>,
) -> Result<Response, WebError> {
    export::workbook(exported(visit, &which, &asking).await?, "comments").await
}

async fn exported(visit: Visit, which: &str, asking: &Asking) -> Result<Ready, WebError> {
    let Visit { app, signed, asked, mut reading, .. } = visit;
    let id = reading.case_named(which).await?;
    let table = reading.case_comments(id).await?;
    let say = asked.voice_for(&app, &reading);
    let back = Returned::default();
    let lines: Vec<Line> = {
        let shown = Shown {
            say,
            app: &app,
            reading: &reading,
            token: &signed.form_token,
            table: &table,
            asking,
            back: &back,
        };
        asking.chosen(say, &table.comments).into_iter().map(|row| shown.line(row)).collect()
    };
    Ok(Ready::of(&app, say, reading, &HEADS, lines))
}

/// The same rows as a document, the marking of the case on each page.
pub async fn document(
    visit: Visit,
    Path(which): Path<String>,
    Query(asking): Query<Asking>,
) -> Result<Response, WebError> {
    let Visit { app, signed, asked, mut reading, .. } = visit;
    let id = reading.case_named(&which).await?;
    let table = reading.case_comments(id).await?;
    let say = asked.voice_for(&app, &reading);
    let back = Returned::default();
    let shown = Shown {
        say,
        app: &app,
        reading: &reading,
        token: &signed.form_token,
        table: &table,
        asking: &asking,
        back: &back,
    };
    let case = &table.row.case;
    let banner = Marked::banner(&[&case.label], false, &reading.house.policies, say).text;
    let paper = Paper {
        language: say.language().tag().to_owned(),
        banner,
        title: say.tr("comments-title", &[("number", case.number.as_str().into())]),
        beneath: case.called().to_owned(),
        columns: COLUMNS.map(|(key, width)| (say.t(key), width)).to_vec(),
        rows: asking.chosen(say, &table.comments).into_iter().map(|row| shown.printed(row)).collect(),
    };
    let made = tokio::task::spawn_blocking(move || paper.made());
    let bytes = made.await.map_err(StoreError::damaged)??;
    Ok(export::document::answered(bytes, "comments"))
}

impl Shown<'_> {
    fn line(&self, row: &CommentRow) -> Line {
        let (say, comment) = (self.say, &row.comment);
        let of = |text: &Option<String>| text.clone().unwrap_or_default();
        let said = &comment.row;
        let cells = [
            comment.number.to_string(),
            doer_words(say, &row.office),
            said.author.clone().unwrap_or_else(|| row.by.clone()),
            severity_words(say, said.severity),
            of(&said.page),
            of(&said.paragraph),
            of(&said.line),
            of(&said.text),
            of(&said.comment),
            of(&said.proposal),
            of(&said.rationale),
            self.settled_words(row),
            comment.adjudication.as_ref().and_then(|settled| settled.reason.clone()).unwrap_or_default(),
            crate::pages::cases::marking_words(say, self.reading, &self.table.row),
        ];
        let labels = vec![self.table.row.case.label.clone()];
        Line { cells: cells.into_iter().map(Cell::Text).collect(), labels, undetermined: false }
    }

    /// A row as it is printed, cell by cell, each in paragraphs.
    fn printed(&self, row: &CommentRow) -> Vec<Vec<String>> {
        let (say, said) = (self.say, &row.comment.row);
        let some = |text: &Option<String>| text.iter().cloned().collect::<Vec<String>>();
        let quoted =
            said.text.as_ref().map(|text| say.tr("comments-quoted", &[("text", text.as_str().into())]));
        let why = said
            .rationale
            .as_ref()
            .map(|why| format!("{}{} {why}", say.t("comments-rationale"), say.t("colon")));
        let comment = quoted.into_iter().chain(said.comment.clone()).chain(why);
        let settled = row.comment.adjudication.as_ref();
        let reason = settled.and_then(|settled| settled.reason.clone());
        vec![
            vec![row.comment.number.to_string()],
            vec![doer_words(say, &row.office)],
            vec![severity_words(say, said.severity)],
            self.place(said),
            comment.collect(),
            some(&said.proposal),
            std::iter::once(self.settled_words(row)).chain(reason).collect(),
        ]
    }
}
