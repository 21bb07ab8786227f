//! One row read by the mapping: its values, the cells from which they come, and what is wrong with them. Owns how each
//! field is read; must not know other rows.

use std::collections::BTreeMap;

use label::Label;
use proposal::{DateOrder, PartialDate, read_date};
use registry::DocumentDate;
use registry::document::{LONGEST_NAME, LONGEST_SUBJECT};
use registry::id::Digest;
use registry::old::LONGEST_REMARK;
use registry::reference::{Reference, ReferenceKind};
use registry::series::allot::HIGHEST;

use crate::cell::{copies, count, line, names};
use crate::column::{Field, Mapping};
use crate::number;
use crate::plan::{Copy, Settings};
use crate::problem::{Code, Problem};
use crate::table::{Cell, Row};

/// The most names of one list, as in the register.
const MOST_NAMES: usize = 500;
/// The most pages of a document.
const MOST_PAGES: u32 = 1_000_000;

/// What a row says.
pub(crate) struct Draft {
    pub(crate) row: u32,
    pub(crate) source: Digest,
    pub(crate) written: Option<String>,
    pub(crate) number: Option<number::Read>,
    pub(crate) year: Option<i16>,
    pub(crate) date: Option<DocumentDate>,
    pub(crate) received: Option<DocumentDate>,
    pub(crate) originator: Option<String>,
    pub(crate) references: Vec<Reference>,
    pub(crate) action: Vec<String>,
    pub(crate) info: Vec<String>,
    pub(crate) subject: Option<String>,
    pub(crate) label: Option<Label>,
    pub(crate) marking: Option<String>,
    pub(crate) copies: Vec<Copy>,
    pub(crate) copies_in_all: Option<u32>,
    pub(crate) pages: Option<u32>,
    pub(crate) remarks: Vec<String>,
    pub(crate) from: BTreeMap<Field, Vec<Cell>>,
    pub(crate) problems: Vec<Problem>,
}

pub(crate) struct Reader<'a> {
    pub(crate) mapping: &'a Mapping,
    pub(crate) settings: &'a Settings<'a>,
    /// The order of dates in numbers, by column.
    pub(crate) orders: &'a BTreeMap<u32, DateOrder>,
    /// The row of the headings.
    pub(crate) headings: Option<&'a Row>,
}

impl Draft {
    /// Nothing yet, of a row.
    fn of(row: &Row) -> Self {
        Draft {
            row: row.number,
            source: source(row),
            written: None,
            number: None,
            year: None,
            date: None,
            received: None,
            originator: None,
            references: Vec::new(),
            action: Vec::new(),
            info: Vec::new(),
            subject: None,
            label: None,
            marking: None,
            copies: Vec::new(),
            copies_in_all: None,
            pages: None,
            remarks: Vec::new(),
            from: BTreeMap::new(),
            problems: Vec::new(),
        }
    }
}

/// What a row says, cell by cell, whatever is read into it.
fn source(row: &Row) -> Digest {
    let mut all = String::from("row of an old register");
    for cell in &row.cells {
        all.push('\u{1f}');
        all.push_str(cell.trim());
    }
    Digest::of(all.trim_end_matches('\u{1f}').as_bytes())
}

/// A dash says nothing.
pub(crate) fn is_blank(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || matches!(c, '-' | '–' | '—' | '_' | '.'))
}

impl Reader<'_> {
    pub(crate) fn read(&self, row: &Row) -> Draft {
        let mut draft = Draft::of(row);
        if row.hidden {
            draft.problems.push(Problem::of(row.number, None, Code::RowHidden, ""));
        }
        draft.date = self.date(row, Field::Date, &mut draft);
        draft.received = self.date(row, Field::Received, &mut draft);
        let year = |date: &Option<DocumentDate>| date.as_ref().and_then(year_of);
        draft.year = year(&draft.received).or_else(|| year(&draft.date));
        self.number(row, &mut draft);
        self.words(row, &mut draft);
        self.marking(row, &mut draft);
        self.custody(row, &mut draft);
        draft
    }

    /// The cells of a field that say something.
    fn cells<'r>(&self, row: &'r Row, field: Field, draft: &mut Draft) -> Vec<(u32, &'r str)> {
        let said: Vec<(u32, &str)> = self
            .mapping
            .of(field)
            .map(|column| (column, row.cell(column)))
            .filter(|(_, text)| !is_blank(text))
            .collect();
        if !said.is_empty() {
            let cells = said.iter().map(|(column, _)| Cell { row: row.number, column: *column });
            draft.from.entry(field).or_default().extend(cells);
        }
        said
    }

    fn cell<'r>(&self, row: &'r Row, field: Field, draft: &mut Draft) -> Option<(u32, &'r str)> {
        self.cells(row, field, draft).into_iter().next()
    }

    /// A date; what is none is kept as it is written, and said so.
    fn date(&self, row: &Row, field: Field, draft: &mut Draft) -> Option<DocumentDate> {
        let (column, text) = self.cell(row, field, draft)?;
        let problem = |code| Problem::of(row.number, Some(column), code, text);
        let Some(read) = read_date(text, Some(self.settings.today)) else {
            draft.problems.push(problem(Code::ImpossibleDate));
            let written = line(&text.chars().take(LONGEST_NAME).collect::<String>());
            return Some(DocumentDate { civil: None, written });
        };
        let mut value = read.value;
        if let Some(month_first) = read.month_first {
            let order = self.orders.get(&column).copied().unwrap_or(DateOrder::DayFirst);
            let (detail, chosen) = match order {
                DateOrder::DayFirst => ("day-first", read.value),
                DateOrder::MonthFirst => ("month-first", month_first),
            };
            draft.problems.push(problem(Code::AmbiguousDate).with(detail.to_owned()));
            value = chosen;
        }
        if value.civil().is_some_and(|day| day > self.settings.today) {
            draft.problems.push(problem(Code::DateInFuture));
        }
        Some(document_date(value))
    }

    fn number(&self, row: &Row, draft: &mut Draft) {
        if self.mapping.of(Field::Number).next().is_none() {
            return;
        }
        let Some((column, text)) = self.cell(row, Field::Number, draft) else {
            draft.problems.push(Problem::of(row.number, None, Code::NoNumber, ""));
            return;
        };
        self.name(row.number, column, text, draft);
        draft.written = line(text);
        draft.number = number::read(text, self.settings.catalogue, draft.year);
        if draft.number.as_ref().is_some_and(|read| read.number.number > HIGHEST) {
            draft.number = None;
            draft.problems.push(Problem::of(row.number, Some(column), Code::NumberBeyond, text));
        } else if draft.number.is_none() {
            draft.problems.push(Problem::of(row.number, Some(column), Code::NumberUnclear, text));
        }
        if let Some(text) = line(text) {
            draft.references.push(Reference::new(ReferenceKind::Other, text));
        }
    }

    fn words(&self, row: &Row, draft: &mut Draft) {
        for (column, text) in self.cells(row, Field::Reference, draft) {
            for text in self.names(row.number, column, text, draft) {
                let first = !draft.references.iter().any(|known| known.kind == ReferenceKind::Originator);
                let kind = if first { ReferenceKind::Originator } else { ReferenceKind::Other };
                draft.references.push(Reference::new(kind, text));
            }
        }
        if let Some((column, text)) = self.cell(row, Field::Originator, draft) {
            draft.originator = self.name(row.number, column, text, draft);
        }
        for (column, text) in self.cells(row, Field::Addressee, draft) {
            let names = self.names(row.number, column, text, draft);
            draft.action.extend(names);
        }
        for (column, text) in self.cells(row, Field::Info, draft) {
            let names = self.names(row.number, column, text, draft);
            draft.info.extend(names);
        }
        if let Some((column, text)) = self.cell(row, Field::Subject, draft) {
            draft.subject = line(text);
            if draft.subject.as_ref().is_some_and(|subject| subject.chars().count() > LONGEST_SUBJECT) {
                draft.problems.push(Problem::of(row.number, Some(column), Code::TooLong, text));
            }
        }
        for (_, text) in self.cells(row, Field::Remarks, draft) {
            draft.remarks.extend(line(text));
        }
        self.rest(row, draft);
        if draft.remarks.iter().any(|remark| remark.chars().count() > LONGEST_REMARK) {
            draft.problems.push(Problem::of(row.number, None, Code::TooLong, ""));
        }
    }

    /// What stands in columns that are read for nothing, under their headings.
    fn rest(&self, row: &Row, draft: &mut Draft) {
        if !self.settings.rest {
            return;
        }
        for (column, text) in (0_u32..).zip(&row.cells) {
            let read = self.mapping.columns.get(&column).is_some_and(|field| *field != Field::Unused);
            let Some(text) = line(text).filter(|text| !read && !is_blank(text)) else { continue };
            let heading = self.headings.and_then(|headings| line(headings.cell(column)));
            draft.remarks.push(match heading {
                Some(heading) => format!("{heading}: {text}"),
                None => text,
            });
        }
    }

    fn name(&self, row: u32, column: u32, text: &str, draft: &mut Draft) -> Option<String> {
        let name = line(text);
        if name.as_ref().is_some_and(|name| name.chars().count() > LONGEST_NAME) {
            draft.problems.push(Problem::of(row, Some(column), Code::TooLong, text));
        }
        name
    }

    fn names(&self, row: u32, column: u32, text: &str, draft: &mut Draft) -> Vec<String> {
        let names = names(text);
        let long = names.iter().any(|name| name.chars().count() > LONGEST_NAME) || names.len() > MOST_NAMES;
        if long {
            draft.problems.push(Problem::of(row, Some(column), Code::TooLong, text));
        }
        names
    }

    /// A marking is taken only where it can be but one.
    fn marking(&self, row: &Row, draft: &mut Draft) {
        let Some((column, text)) = self.cell(row, Field::Marking, draft) else {
            draft.problems.push(Problem::of(row.number, None, Code::NoMarking, ""));
            return;
        };
        draft.marking = line(text);
        let mut labels: Vec<Label> = Vec::new();
        for label in self.settings.vocabulary.marking(text).into_iter().filter_map(|marking| marking.label) {
            if !labels.contains(&label) {
                labels.push(label);
            }
        }
        if let Some(policy) = &self.settings.policy
            && labels.iter().any(|label| label.policy == *policy)
        {
            labels.retain(|label| label.policy == *policy);
        }
        let problem = |code| Problem::of(row.number, Some(column), code, text);
        match labels.as_slice() {
            [] => draft.problems.push(problem(Code::UnknownMarking)),
            [label] => draft.label = Some(label.clone()),
            several => {
                let policies: Vec<String> = several.iter().map(|label| label.policy.to_string()).collect();
                draft.problems.push(problem(Code::MarkingUnclear).with(policies.join(" ")));
            }
        }
    }

    /// Copies and holders. A cell of several copy numbers and one of as many holders belong together in their order.
    fn custody(&self, row: &Row, draft: &mut Draft) {
        let mut numbers = Vec::new();
        let mut of = None;
        if let Some((column, text)) = self.cell(row, Field::CopyNumber, draft) {
            match copies(text) {
                Some(read) => (numbers, of) = (read.numbers, read.of),
                None => draft.problems.push(Problem::of(row.number, Some(column), Code::CopyUnclear, text)),
            }
        }
        let counted = |field: Field, most: u32, draft: &mut Draft| {
            let (column, text) = self.cell(row, field, draft)?;
            let read = count(text, most);
            if read.is_none() {
                draft.problems.push(Problem::of(row.number, Some(column), Code::CountUnclear, text));
            }
            read.map(|count| (column, count))
        };
        let in_all = counted(Field::Copies, 100_000, draft);
        draft.pages = counted(Field::Pages, MOST_PAGES, draft).map(|(_, pages)| pages);
        if let (Some((column, in_all)), Some(of)) = (in_all, of)
            && in_all != of
        {
            let problem = Problem::of(row.number, Some(column), Code::ColumnsDisagree, &in_all.to_string());
            draft.problems.push(problem.with(of.to_string()));
        }
        draft.copies_in_all = of.or(in_all.map(|(_, count)| count));
        if let (Some(most), Some(highest)) = (draft.copies_in_all, numbers.iter().max())
            && *highest > most
        {
            let problem = Problem::of(row.number, None, Code::CopyBeyondCopies, &highest.to_string());
            draft.problems.push(problem.with(most.to_string()));
        }
        let mut holders = Vec::new();
        for (column, text) in self.cells(row, Field::Holder, draft) {
            holders.extend(self.names(row.number, column, text, draft));
        }
        let receipted = self.date(row, Field::Receipted, draft);
        let destroyed = self.date(row, Field::Destroyed, draft);
        let copy = |number: Option<u32>, holder: Option<&String>| Copy {
            row: row.number,
            number,
            holder: holder.cloned(),
            receipted: receipted.clone(),
            destroyed: destroyed.clone(),
        };
        draft.copies = match (numbers.as_slice(), holders.as_slice()) {
            ([], []) if receipted.is_none() && destroyed.is_none() => Vec::new(),
            ([], []) => vec![copy(None, None)],
            ([], holders) => holders.iter().map(|holder| copy(None, Some(holder))).collect(),
            (numbers, []) => numbers.iter().map(|number| copy(Some(*number), None)).collect(),
            (numbers, [holder]) => numbers.iter().map(|number| copy(Some(*number), Some(holder))).collect(),
            (numbers, holders) if numbers.len() == holders.len() => numbers
                .iter()
                .zip(holders)
                .map(|(number, holder)| copy(Some(*number), Some(holder)))
                .collect(),
            (numbers, holders) => {
                let detail = format!("{} copies, {} holders", numbers.len(), holders.len());
                draft.problems.push(Problem::of(row.number, None, Code::CopyUnclear, "").with(detail));
                let numbered = numbers.iter().map(|number| copy(Some(*number), None));
                numbered.chain(holders.iter().map(|holder| copy(None, Some(holder)))).collect()
            }
        };
    }
}

fn document_date(value: PartialDate) -> DocumentDate {
    match value.civil() {
        Some(day) => DocumentDate::day(day),
        None => DocumentDate { civil: None, written: Some(value.to_string()) },
    }
}

/// The year of a date that was understood.
fn year_of(date: &DocumentDate) -> Option<i16> {
    let part = || {
        let written = date.written.as_deref()?;
        DocumentDate::parse(written).ok()?;
        written.get(..4)?.parse().ok()
    };
    date.civil.map(|day| day.year()).or_else(part)
}
