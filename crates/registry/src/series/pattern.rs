//! Owns the small language in which a series says how its references are written, and what follows from a pattern:
//! how a reference is written with it, and which runs of letters and figures one is made of. Must not know files.
//!
//! ```text
//! C-M({yyyy}){n4}              text stands for itself; {yyyy} or {yy} the year, {n} the number, {n4} in four figures
//! AC/{body}[(SC/{sub})]-{paper}({yyyy}){n4}     [ ] is left out where the reference has nothing to put in it
//! ```
//!
//! Fields: `yy`, `yyyy`, `n` (`n2` to `n9`), `body`, `sub`, `paper`, `division`, `stroke`.

use super::{
    parsed::ParsedReference,
    tokens::{Run, bare, tokens},
};

/// A part of a reference that differs from one to the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// The number of the committee or body.
    Body,
    /// The number of a sub-committee.
    SubBody,
    /// The kind of paper: document, working paper, notice.
    Paper,
    /// The division of a staff.
    Division,
    /// The year.
    Year,
    /// The number.
    Number,
    /// The figure after a stroke: `MC 14/3`.
    Stroke,
}

impl Field {
    fn named(name: &str) -> Option<(Field, usize)> {
        Some(match name {
            "yy" => (Field::Year, 2),
            "yyyy" => (Field::Year, 4),
            "n" => (Field::Number, 1),
            "body" => (Field::Body, 1),
            "sub" => (Field::SubBody, 1),
            "paper" => (Field::Paper, 1),
            "division" => (Field::Division, 1),
            "stroke" => (Field::Stroke, 1),
            _ => {
                let width = name.strip_prefix('n')?.parse().ok()?;
                return (2..=9).contains(&width).then_some((Field::Number, width));
            }
        })
    }
    /// True for a field that is made of letters.
    pub(super) const fn is_letters(self) -> bool {
        matches!(self, Field::Paper | Field::Division)
    }
}

/// What is wrong with a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PatternFault {
    /// Empty or over 80 characters.
    #[error("a pattern has 1 to 80 characters")]
    Length,
    /// A character that a pattern can't have.
    #[error("a pattern is written with unaccented letters, figures, blanks and - / ( ) . & , :")]
    Character,
    /// A brace or bracket without its fellow, or one inside another.
    #[error("a brace or bracket is not closed, or stands in another")]
    Unclosed,
    /// A field that there is not.
    #[error("a field is one of yy, yyyy, n, n2 to n9, body, sub, paper, division, stroke")]
    Field,
    /// A field twice.
    #[error("a field stands twice")]
    Twice,
    /// No number.
    #[error("a pattern needs the number")]
    NoNumber,
    /// Optional year or number, a group without a field or with two, or more than three groups.
    #[error("an optional group has one field, neither year nor number, and there are at most three")]
    Group,
    /// Two runs of figures, or letters and a field of letters, without anything between them.
    #[error("nothing separates two fields")]
    Glued,
    /// It begins with neither a letter nor a kind of paper or division from a list.
    #[error("a pattern begins with a letter, or with a paper or division from a list")]
    Beginning,
}

/// A piece of a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Text(String),
    Field(Field, usize),
    Group(Vec<Piece>),
}

/// One way in which a series has written its references in some years.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    /// As the data give it.
    pub pattern: String,
    /// The first year of this form; none: from the beginning of the series.
    pub from: Option<i16>,
    /// The last year of this form; none: to the end of the series.
    pub until: Option<i16>,
    pieces: Vec<Piece>,
}

/// What the runs of a reference are, in order.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Element {
    /// These letters, in one run or in several; whether blanks may stand between the runs.
    Letters { joined: String, spaced: bool, runs: Vec<String> },
    /// These figures, without leading zeros.
    Figures(String),
    /// A field.
    One(Field),
}

/// A form with some of its optional groups, for recognising: year and number in whatever width.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Variant {
    pub elements: Vec<Element>,
    /// First and last year of each form that writes it; open ends are the ends of the calendar.
    pub years: Vec<(i16, i16)>,
}

impl Variant {
    pub(super) fn has(&self, field: Field) -> bool {
        self.elements.contains(&Element::One(field))
    }
    /// True when it says the same things as the other.
    pub(super) fn same_fields(&self, other: &Variant) -> bool {
        FIELDS.iter().all(|f| self.has(*f) == other.has(*f))
    }
    /// The same fields in the same places, whatever the letters look like.
    pub(super) fn like(&self, other: &Variant) -> bool {
        self.elements.len() == other.elements.len()
            && self.elements.iter().zip(&other.elements).all(|pair| match pair {
                (Element::Letters { joined: a, .. }, Element::Letters { joined: b, .. }) => a == b,
                (a, b) => a == b,
            })
    }
}

impl Form {
    /// Reads a pattern.
    pub(super) fn new(pattern: &str, from: Option<i16>, until: Option<i16>) -> Result<Self, PatternFault> {
        if pattern.is_empty() || pattern.len() > 80 {
            return Err(PatternFault::Length);
        }
        let pieces = pieces(pattern)?;
        let form = Self { pattern: pattern.to_owned(), from, until, pieces };
        form.check()?;
        Ok(form)
    }

    fn check(&self) -> Result<(), PatternFault> {
        let mut seen: Vec<Field> = Vec::new();
        let mut groups = 0;
        let mut see = |field: Field| match seen.contains(&field) {
            true => Err(PatternFault::Twice),
            false => {
                seen.push(field);
                Ok(())
            }
        };
        for piece in &self.pieces {
            match piece {
                Piece::Text(_) => {}
                Piece::Field(field, _) => see(*field)?,
                Piece::Group(inner) => {
                    groups += 1;
                    let fields: Vec<Field> = inner.iter().filter_map(Piece::field).collect();
                    match fields.as_slice() {
                        [field] if !matches!(field, Field::Year | Field::Number) => see(*field)?,
                        _ => return Err(PatternFault::Group),
                    }
                }
            }
        }
        if groups > 3 {
            return Err(PatternFault::Group);
        }
        if !seen.contains(&Field::Number) {
            return Err(PatternFault::NoNumber);
        }
        self.variants().iter().try_for_each(|variant| match variant.elements.first() {
            Some(Element::Letters { .. }) => Ok(()),
            Some(Element::One(field)) if field.is_letters() => Ok(()),
            _ => Err(PatternFault::Beginning),
        })?;
        self.choices().iter().try_for_each(|chosen| unglued(chosen))
    }

    /// The pieces with each choice of the optional groups, most pieces first.
    fn choices(&self) -> Vec<Vec<&Piece>> {
        let mut all: Vec<Vec<&Piece>> = vec![Vec::new()];
        for piece in &self.pieces {
            match piece {
                Piece::Group(inner) => {
                    let without = all.clone();
                    all.iter_mut().for_each(|pieces| pieces.extend(inner));
                    all.extend(without);
                }
                piece => all.iter_mut().for_each(|pieces| pieces.push(piece)),
            }
        }
        all.sort_by_key(|pieces| std::cmp::Reverse(pieces.len()));
        all
    }

    /// Keeps a form that writes two figures of the year to the hundred years that two figures can mean. False when
    /// none of its years is left.
    pub(super) fn keep_to(&mut self, hundred: (i16, i16)) -> bool {
        if self.pieces.iter().any(|piece| matches!(piece, Piece::Field(Field::Year, 2))) {
            self.from = Some(self.from.unwrap_or(hundred.0).max(hundred.0));
            self.until = Some(self.until.unwrap_or(hundred.1).min(hundred.1));
        }
        self.from.zip(self.until).is_none_or(|(from, until)| from <= until)
    }

    /// What to look for, longest first.
    pub(super) fn variants(&self) -> Vec<Variant> {
        let years = (self.from.unwrap_or(i16::MIN), self.until.unwrap_or(i16::MAX));
        self.choices()
            .iter()
            .map(|chosen| Variant { elements: elements(chosen), years: vec![years] })
            .collect()
    }

    /// True when references of this year (none: without a year) are written so.
    pub(super) fn covers(&self, year: Option<i16>) -> bool {
        match (self.has(Field::Year), year) {
            (true, Some(year)) => {
                self.from.is_none_or(|from| from <= year) && self.until.is_none_or(|until| year <= until)
            }
            (false, None) => true,
            _ => false,
        }
    }

    /// True when the field stands in it, in a group or not.
    pub(super) fn has(&self, field: Field) -> bool {
        self.pieces.iter().any(|piece| match piece {
            Piece::Group(inner) => inner.iter().any(|p| p.field() == Some(field)),
            piece => piece.field() == Some(field),
        })
    }
    /// True when the field stands in it outside of every group.
    pub(super) fn always_has(&self, field: Field) -> bool {
        self.pieces.iter().any(|piece| piece.field() == Some(field))
    }

    /// The reference so written, without suffixes; none when the form has no place for what the reference says, or a
    /// place for what it doesn't say.
    pub(super) fn write(&self, reference: &ParsedReference) -> Option<String> {
        if !self.covers(reference.year) || FIELDS.iter().any(|f| reference.has(*f) && !self.has(*f)) {
            return None;
        }
        let mut text = String::new();
        for piece in &self.pieces {
            match piece {
                Piece::Group(inner) => {
                    if inner.iter().filter_map(Piece::field).all(|field| reference.has(field)) {
                        inner.iter().try_for_each(|piece| piece.write(reference, &mut text))?;
                    }
                }
                piece => piece.write(reference, &mut text)?,
            }
        }
        Some(text)
    }
}

/// Every field.
pub(super) const FIELDS: [Field; 7] =
    [Field::Body, Field::SubBody, Field::Paper, Field::Division, Field::Year, Field::Number, Field::Stroke];

impl Piece {
    fn field(&self) -> Option<Field> {
        match self {
            Piece::Field(field, _) => Some(*field),
            _ => None,
        }
    }

    fn write(&self, reference: &ParsedReference, text: &mut String) -> Option<()> {
        match self {
            Piece::Text(own) => text.push_str(own),
            Piece::Field(Field::Year, 2) => text.push_str(&format!("{:02}", reference.year?.rem_euclid(100))),
            Piece::Field(Field::Year, _) => text.push_str(&format!("{:04}", reference.year?)),
            Piece::Field(Field::Number, width) => text.push_str(&format!("{:0width$}", reference.number)),
            Piece::Field(field, _) => text.push_str(&reference.value(*field)?),
            Piece::Group(_) => {}
        }
        Some(())
    }
}

/// Cuts a pattern at its braces and brackets.
fn pieces(pattern: &str) -> Result<Vec<Piece>, PatternFault> {
    let mut done: Vec<Piece> = Vec::new();
    let mut group: Option<Vec<Piece>> = None;
    let mut text = String::new();
    let mut characters = pattern.chars();
    while let Some(c) = characters.next() {
        let special = matches!(c, '{' | '[' | ']');
        if !special {
            if !(c.is_ascii_alphanumeric() || " -/().&,:".contains(c)) {
                return Err(if c == '}' { PatternFault::Unclosed } else { PatternFault::Character });
            }
            text.push(c);
            continue;
        }
        let place = group.as_mut().unwrap_or(&mut done);
        if !text.is_empty() {
            place.push(Piece::Text(std::mem::take(&mut text)));
        }
        match c {
            '{' => {
                let mut name = String::new();
                loop {
                    match characters.next() {
                        Some('}') => break,
                        Some(c) if c.is_ascii_alphanumeric() => name.push(c),
                        _ => return Err(PatternFault::Unclosed),
                    }
                }
                let (field, width) = Field::named(&name).ok_or(PatternFault::Field)?;
                place.push(Piece::Field(field, width));
            }
            '[' if group.is_none() => group = Some(Vec::new()),
            ']' => done.push(Piece::Group(group.take().ok_or(PatternFault::Unclosed)?)),
            _ => return Err(PatternFault::Unclosed),
        }
    }
    if group.is_some() {
        return Err(PatternFault::Unclosed);
    }
    if !text.is_empty() {
        done.push(Piece::Text(text));
    }
    Ok(done)
}

/// The runs that pieces are made of: letters of neighbouring texts are one word.
fn elements(pieces: &[&Piece]) -> Vec<Element> {
    let mut all: Vec<Element> = Vec::new();
    for piece in pieces {
        match piece {
            Piece::Field(field, _) => all.push(Element::One(*field)),
            Piece::Group(_) => {}
            Piece::Text(text) => {
                let mut from = None;
                for token in tokens(text) {
                    let gap = from.and_then(|end| text.get(end..token.range.start)).unwrap_or_default();
                    from = Some(token.range.end);
                    match (token.run, all.last_mut()) {
                        (Run::Figures, _) => {
                            all.push(Element::Figures(token.figures().unwrap_or_default().to_owned()));
                        }
                        (Run::Letters, Some(Element::Letters { joined, spaced, runs })) => {
                            *spaced |= gap.contains(' ');
                            joined.push_str(&token.text);
                            runs.push(text.get(token.range.clone()).unwrap_or_default().to_owned());
                        }
                        (Run::Letters, _) => all.push(Element::Letters {
                            joined: token.text.clone(),
                            spaced: false,
                            runs: vec![text.get(token.range.clone()).unwrap_or_default().to_owned()],
                        }),
                    }
                }
            }
        }
    }
    all
}

/// Refuses two runs that nobody could tell apart: figures after figures, letters after letters.
fn unglued(pieces: &[&Piece]) -> Result<(), PatternFault> {
    let mut last: Option<Run> = None;
    for piece in pieces {
        match piece {
            Piece::Group(_) => {}
            Piece::Field(field, _) => {
                let run = if field.is_letters() { Run::Letters } else { Run::Figures };
                if last == Some(run) {
                    return Err(PatternFault::Glued);
                }
                last = Some(run);
            }
            Piece::Text(text) => {
                let of = |c: Option<char>| match c {
                    Some(c) if c.is_ascii_digit() => Some(Run::Figures),
                    Some(c) if c.is_ascii_alphabetic() => Some(Run::Letters),
                    _ => None,
                };
                let first = of(text.chars().next());
                if first.is_some() && first == last {
                    return Err(PatternFault::Glued);
                }
                last = of(text.chars().next_back());
            }
        }
    }
    Ok(())
}

/// The word of an entry in a list of papers or divisions, as it is compared.
pub(super) fn entry_word(entry: &str) -> String {
    bare(entry)
}
