//! Columns of the lists of documents: which there are, what a row shows in each, on a page and in a file; and the view of
//! a list (columns, rows of a page, density), which its address carries, so that a link shows the list as it was seen.

use std::collections::HashMap;

use maud::{Markup, html};
use office::{Failure, Reading, columns::More, texts::Voice};
use registry::DocumentId;
use store::{Visible, visible::EntryView};

use crate::{
    export::{self, Head, Line},
    look::Cell,
    pages::shown,
    words,
};

/// A column of a list of documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Col {
    /// The subject line.
    Subject,
    /// The registry's own reference.
    Number,
    /// The reference by which the paper is called.
    Preferred,
    /// The marking.
    Marking,
    /// The date.
    Date,
    /// Who wrote or sent it.
    Originator,
    /// To whom it went.
    Addressee,
    /// What kind of paper it is.
    Kind,
    /// Which way it went.
    Direction,
    /// The language of its text.
    Language,
    /// When it was registered.
    Registered,
    /// Who registered it.
    RegisteredBy,
    /// The files that it is in.
    File,
    /// Where it is held.
    Held,
    /// Where it is registered.
    Registry,
}

use Col::{
    Addressee, Date, Direction, File, Held, Kind, Language, Marking, Number, Originator, Preferred,
    Registered, RegisteredBy, Registry, Subject,
};

impl Col {
    /// Every one.
    pub const ALL: [Col; 15] = [
        Subject,
        Number,
        Preferred,
        Marking,
        Date,
        Originator,
        Addressee,
        Kind,
        Direction,
        Language,
        Registered,
        RegisteredBy,
        File,
        Held,
        Registry,
    ];

    /// As it stands in addresses.
    pub const fn name(self) -> &'static str {
        match self {
            Subject => "subject",
            Number => "number",
            Preferred => "preferred",
            Marking => "marking",
            Date => "date",
            Originator => "originator",
            Addressee => "addressee",
            Kind => "kind",
            Direction => "direction",
            Language => "language",
            Registered => "registered",
            RegisteredBy => "registered-by",
            File => "file",
            Held => "held",
            Registry => "registry",
        }
    }

    /// The key of its head.
    pub const fn title(self) -> &'static str {
        match self {
            Subject => "column-subject",
            Number => "column-reference",
            Preferred => "column-preferred",
            Marking => "column-marking",
            Date => "column-date",
            Originator => "column-originator",
            Addressee => "column-addressee",
            Kind => "column-kind",
            Direction => "column-direction",
            Language => "column-language",
            Registered => "column-registered",
            RegisteredBy => "column-registered-by",
            File => "column-file",
            Held => "column-held",
            Registry => "column-registry",
        }
    }

    const fn width(self) -> f64 {
        match self {
            Subject => 64.0,
            Number | Preferred | Registered => 22.0,
            Marking | Originator | Addressee => 34.0,
            Date | Direction | Language | File => 12.0,
            Kind => 20.0,
            RegisteredBy | Held | Registry => 28.0,
        }
    }

    /// What its cells hold; the subject, or where it is not shown the number, is the head of its row.
    pub fn cell(self, all: &[Col]) -> Cell {
        match self {
            Subject => Cell::Main,
            Number if !all.contains(&Subject) => Cell::Main,
            Number | Preferred | Marking | Date | Direction | Language | Registered | File => Cell::Short,
            Originator | Addressee | Kind | RegisteredBy | Held | Registry => Cell::Text,
        }
    }

    const fn is_beside(self) -> bool {
        matches!(self, Addressee | RegisteredBy | File)
    }
}

/// The columns of a file when nothing is said of them.
pub const OF_FILE: [Col; 7] = [Number, Subject, Marking, Date, Originator, Kind, Registry];
/// The columns of the register.
pub const OF_REGISTER: [Col; 6] = [Subject, Number, Marking, Date, Originator, Kind];
/// The columns of what a search finds.
pub const OF_SEARCH: [Col; 4] = [Subject, Number, Marking, Date];
/// How many rows a page may have.
pub const ROWS: [usize; 5] = [20, 25, 50, 100, 200];

/// How a list is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    /// Its columns in their order; never without a number or subject.
    pub cols: Vec<Col>,
    /// Rows of a page.
    pub rows: usize,
    /// Whether rows stand close.
    pub tight: bool,
    /// Whether columns were asked for.
    pub asked: bool,
    usual_rows: usize,
}

impl View {
    /// Reads what an address says; what it does not say is as usual.
    pub fn read(cols: &str, rows: &str, density: &str, usual: &[Col], usual_rows: usize) -> Self {
        let mut chosen: Vec<Col> = Vec::new();
        for name in cols.split(',').take(Col::ALL.len() * 2) {
            if let Some(col) = Col::ALL.into_iter().find(|col| col.name() == name.trim())
                && !chosen.contains(&col)
            {
                chosen.push(col);
            }
        }
        let asked = !chosen.is_empty();
        if !asked {
            chosen = usual.to_vec();
        }
        if !chosen.contains(&Subject) && !chosen.contains(&Number) {
            chosen.insert(0, Number);
        }
        let rows = rows.parse().ok().filter(|n| ROWS.contains(n)).unwrap_or(usual_rows);
        Self { cols: chosen, rows, tight: density == "tight", asked, usual_rows }
    }

    /// The part of an address that says it; begins with `&` where it says anything.
    pub fn part(&self) -> String {
        let mut part = String::new();
        if self.asked {
            part.push_str(&format!("&{}", self.columns()));
        }
        if self.rows != self.usual_rows {
            part.push_str(&format!("&rows={}", self.rows));
        }
        if self.tight {
            part.push_str("&density=tight");
        }
        part
    }

    /// The part of an address that names the columns, for a file of exactly what is shown.
    pub fn columns(&self) -> String {
        let names: Vec<&str> = self.cols.iter().map(|col| col.name()).collect();
        format!("cols={}", names.join(","))
    }

    /// What is shown beside these entries, where a column asks for it.
    pub async fn beside(&self, reading: &mut Reading, entries: &[&EntryView]) -> Result<Beside, Failure> {
        beside(&self.cols, reading, entries).await
    }
}

/// What is shown of documents beside their entries.
pub type Beside = HashMap<DocumentId, More>;

async fn beside(cols: &[Col], reading: &mut Reading, entries: &[&EntryView]) -> Result<Beside, Failure> {
    match cols.iter().any(|col| col.is_beside()) {
        true => reading.more(entries.iter().copied()).await,
        false => Ok(Beside::new()),
    }
}

/// A cell in words: what stands on a page beyond links and colour, and in a file.
fn text(say: Voice<'_>, reading: &Reading, col: Col, entry: &EntryView, more: Option<&More>) -> String {
    let given = |text: &Option<String>| text.clone().unwrap_or_default();
    match col {
        Subject => given(&entry.subject),
        Number => entry.reference.clone(),
        Preferred => given(&entry.preferred),
        Marking => match &entry.label {
            Some(label) => {
                let language = words::document_language(entry.language.as_deref(), say);
                words::marking(label, &reading.house.policies, language)
            }
            None => say.t("document-undetermined"),
        },
        Date => words::date(say, &entry.date),
        Originator => given(&entry.originator),
        Addressee => more.map(|m| m.addressees.join("; ")).unwrap_or_default(),
        Kind => entry.kind.as_deref().map(|k| words::kind(say, k)).unwrap_or_default(),
        Direction => say.t(&format!("kind-{}", entry.direction.as_str())),
        Language => entry
            .language
            .as_deref()
            .map(|tag| say.maybe(&format!("language-{tag}"), &[]).unwrap_or_else(|| tag.to_owned()))
            .unwrap_or_default(),
        Registered => shown::moment(say, reading, entry.registered_at),
        RegisteredBy => more.map(|m| m.registered_by.clone()).unwrap_or_default(),
        File => more.map(|m| m.files.join(", ")).unwrap_or_default(),
        Held => given(&entry.held_elsewhere),
        Registry => words::registry_name(reading, entry.registry, say),
    }
}

/// A cell on a page.
pub fn cell(
    say: Voice<'_>,
    reading: &Reading,
    col: Col,
    all: &[Col],
    entry: &EntryView,
    beside: &Beside,
) -> Markup {
    let more = beside.get(&entry.document);
    match col {
        Subject => shown::lead(say, entry),
        Number if col.cell(all) == Cell::Main => {
            html! { a.lead.ref href=(shown::address(entry)) { (entry.reference) } }
        }
        Number => shown::number(entry),
        Marking => shown::marking(say, &reading.house, entry),
        Date => shown::dated(say, entry),
        _ => html! { (text(say, reading, col, entry, more)) },
    }
}

/// The row of a file: the same columns as on the page.
pub fn line(say: Voice<'_>, reading: &Reading, cols: &[Col], entry: &EntryView, beside: &Beside) -> Line {
    let more = beside.get(&entry.document);
    let cells = cols.iter().map(|col| match (col, entry.date.civil) {
        (Date, Some(day)) => export::Cell::Day(day),
        (Date, None) => export::Cell::Text(entry.date.written.clone().unwrap_or_default()),
        _ => export::Cell::Text(text(say, reading, *col, entry, more)),
    });
    Line {
        cells: cells.collect(),
        labels: shown::shown_of(&reading.house, entry).into_iter().collect(),
        undetermined: entry.label.is_none(),
    }
}

/// The rows of a file, of what a list shows.
pub async fn lines(
    say: Voice<'_>,
    reading: &mut Reading,
    cols: &[Col],
    entries: &[Visible<EntryView>],
) -> Result<Vec<Line>, Failure> {
    let plain: Vec<&EntryView> = entries.iter().map(|e| &**e).collect();
    let beside = beside(cols, reading, &plain).await?;
    Ok(plain.iter().map(|entry| line(say, reading, cols, entry, &beside)).collect())
}

/// The heads of a file.
pub fn heads(say: Voice<'_>, cols: &[Col]) -> Vec<Head> {
    cols.iter().map(|col| (say.t(col.title()), col.width())).collect()
}

/// The columns of a file as its address says them.
pub fn of_file(cols: &str) -> Vec<Col> {
    View::read(cols, "", "", &OF_FILE, 50).cols
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_says_a_view_and_reads_back() {
        let view = View::read("file,subject,nonsense,file,date", "100", "tight", &OF_REGISTER, 50);
        assert_eq!(view.cols, [File, Subject, Date]);
        assert_eq!(view.part(), "&cols=file,subject,date&rows=100&density=tight");
        let plain = View::read("", "7", "", &OF_REGISTER, 50);
        assert_eq!((plain.cols.as_slice(), plain.rows, plain.part()), (&OF_REGISTER[..], 50, String::new()));
        assert_eq!(View::read("date", "", "", &OF_REGISTER, 50).cols, [Number, Date], "a row has a name");
        let names: std::collections::HashSet<_> = Col::ALL.iter().map(|c| c.name()).collect();
        assert_eq!(names.len(), Col::ALL.len());
    }
}
