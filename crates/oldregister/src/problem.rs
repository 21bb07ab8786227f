//! What is wrong with a row, in codes that do not change; the words are a page's. Owns the codes and whether the row can
//! be taken over nevertheless.

use serde::Serialize;

/// The longest piece of a cell that a problem shows, in characters.
const SHOWN: usize = 80;

/// What is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Code {
    /// None of its columns that are read says anything.
    RowEmpty,
    /// It repeats the headings, as printed registers do on each page.
    HeadingsAgain,
    /// It is not shown in the workbook, and is taken over like any other.
    RowHidden,
    /// No subject: nothing can be registered.
    NoSubject,
    /// A value is longer than the register takes.
    TooLong,
    /// No number of its own.
    NoNumber,
    /// A number of which series, year and figure cannot be told; kept as a reference as it is written.
    NumberUnclear,
    /// A number higher than any series counts; kept as a reference as it is written.
    NumberBeyond,
    /// Its number stands on an earlier row, which `other_row` names.
    DuplicateNumber,
    /// Numbers are missing before the one of this row: `detail` says which.
    Gap,
    /// The date is none, or is not understood; kept as it is written.
    ImpossibleDate,
    /// The date is one with the day first and another with the month first; `detail` is the order that was chosen.
    AmbiguousDate,
    /// The date lies after the day of taking over.
    DateInFuture,
    /// No marking: it would be registered with its marking undetermined.
    NoMarking,
    /// Words that no adopted policy knows: the marking would be undetermined.
    UnknownMarking,
    /// A marking of several policies, none of which was named: it would be undetermined.
    MarkingUnclear,
    /// A copy number that is not understood.
    CopyUnclear,
    /// A copy number higher than the number of copies.
    CopyBeyondCopies,
    /// The table lists more copies than can be taken over at once: those of this row are left out.
    TooManyCopies,
    /// A number of copies or pages that is none.
    CountUnclear,
    /// Two columns that were said to be one thing say two.
    ColumnsDisagree,
    /// Rows of one number that are copies of one document say different things of it; the first row counts.
    CopiesDisagree,
    /// The table has more rows or columns than were read.
    TableCut,
}

impl Code {
    /// All of them, in their order.
    pub const ALL: [Code; 23] = [
        Code::RowEmpty,
        Code::HeadingsAgain,
        Code::RowHidden,
        Code::NoSubject,
        Code::TooLong,
        Code::NoNumber,
        Code::NumberUnclear,
        Code::NumberBeyond,
        Code::DuplicateNumber,
        Code::Gap,
        Code::ImpossibleDate,
        Code::AmbiguousDate,
        Code::DateInFuture,
        Code::NoMarking,
        Code::UnknownMarking,
        Code::MarkingUnclear,
        Code::CopyUnclear,
        Code::CopyBeyondCopies,
        Code::TooManyCopies,
        Code::CountUnclear,
        Code::ColumnsDisagree,
        Code::CopiesDisagree,
        Code::TableCut,
    ];

    /// As it stands in answers and in the keys of texts.
    pub const fn as_str(self) -> &'static str {
        match self {
            Code::RowEmpty => "row-empty",
            Code::HeadingsAgain => "headings-again",
            Code::RowHidden => "row-hidden",
            Code::NoSubject => "no-subject",
            Code::TooLong => "too-long",
            Code::NoNumber => "no-number",
            Code::NumberUnclear => "number-unclear",
            Code::NumberBeyond => "number-beyond",
            Code::DuplicateNumber => "duplicate-number",
            Code::Gap => "gap",
            Code::ImpossibleDate => "impossible-date",
            Code::AmbiguousDate => "ambiguous-date",
            Code::DateInFuture => "date-in-future",
            Code::NoMarking => "no-marking",
            Code::UnknownMarking => "unknown-marking",
            Code::MarkingUnclear => "marking-unclear",
            Code::CopyUnclear => "copy-unclear",
            Code::CopyBeyondCopies => "copy-beyond-copies",
            Code::TooManyCopies => "too-many-copies",
            Code::CountUnclear => "count-unclear",
            Code::ColumnsDisagree => "columns-disagree",
            Code::CopiesDisagree => "copies-disagree",
            Code::TableCut => "table-cut",
        }
    }

    /// True if the row is not taken over.
    pub fn stops(self) -> bool {
        matches!(
            self,
            Code::RowEmpty | Code::HeadingsAgain | Code::NoSubject | Code::TooLong | Code::DuplicateNumber
        )
    }
}

/// What is wrong with a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// The row, counted from one.
    pub row: u32,
    /// The column, counted from nought, where it is of one cell.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<u32>,
    /// What.
    pub code: Code,
    /// What stands there, cut.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub found: String,
    /// What the code says stands here.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// The other row that it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub other_row: Option<u32>,
}

impl Problem {
    pub(crate) fn of(row: u32, column: Option<u32>, code: Code, found: &str) -> Self {
        let found = found.chars().take(SHOWN).collect();
        Problem { row, column, code, found, detail: None, other_row: None }
    }

    pub(crate) fn with(mut self, detail: String) -> Self {
        self.detail = Some(detail);
        self
    }

    pub(crate) fn beside(mut self, row: u32) -> Self {
        self.other_row = Some(row);
        self
    }
}
