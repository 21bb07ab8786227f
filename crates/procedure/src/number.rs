//! How the cases of a procedure are numbered: `RFI-{year}-{serial:4}`. Owns that a number is of one procedure only.

use std::{collections::BTreeSet, fmt};

use serde::{Serialize, Serializer};

/// A pattern of numbers. What is in braces is filled in, everything else stands as it is.
///
/// `{serial:4}` is the serial number in at least so many figures, `{year}` the year in four, `{body}` the code of the body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Number {
    parts: Vec<Part>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Text(String),
    Year,
    Serial(u8),
    Body,
}

/// What a number says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Numbered {
    /// The year, where the pattern has one.
    pub year: Option<u16>,
    /// The serial number, from 1.
    pub serial: u64,
    /// The code of the body, where the pattern has one.
    pub body: Option<String>,
}

/// The longest pattern (bytes).
const LONGEST: usize = 60;
/// The longest code of a body (characters).
const LONGEST_BODY: usize = 12;

impl Number {
    /// Reads a pattern; refused with what is expected.
    pub fn read(text: &str) -> Result<Self, &'static str> {
        let mut parts = Vec::new();
        let mut rest = text;
        if text.len() > LONGEST {
            return Err("at most 60 characters");
        }
        while !rest.is_empty() {
            let (before, inside) = match rest.split_once('{') {
                None => (rest, None),
                Some((before, after)) => (before, Some(after)),
            };
            if !before.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || "-/. ()".contains(c)) {
                return Err("upper-case letters, figures and `-/. ()` around what is in braces");
            }
            if !before.is_empty() {
                parts.push(Part::Text(before.to_owned()));
            }
            let Some(after) = inside else { break };
            let (name, after) = after.split_once('}').ok_or("a closing brace")?;
            let part = part(name).ok_or("`{year}`, `{serial:4}` (1 to 8 figures) or `{body}` in braces")?;
            if parts.contains(&part) {
                return Err("each in braces only once");
            }
            parts.push(part);
            rest = after;
        }
        Self { parts }.checked()
    }

    fn checked(self) -> Result<Self, &'static str> {
        if self.parts.iter().filter(|part| matches!(part, Part::Serial(_))).count() != 1 {
            return Err("`{serial:4}` once");
        }
        if !matches!(self.parts.first(), Some(Part::Text(text)) if text.starts_with(|c: char| c.is_ascii_uppercase()))
            && !matches!(self.parts.first(), Some(Part::Body))
        {
            return Err("a letter first, or `{body}`");
        }
        let open = |part: &Part| !matches!(part, Part::Text(_));
        let digits = |text: &str, last: bool| {
            let edge = if last { text.chars().last() } else { text.chars().next() };
            edge.is_some_and(|c| c.is_ascii_alphanumeric())
        };
        let touching = self.parts.windows(2).any(|pair| match pair {
            [Part::Text(text), next] => open(next) && digits(text, true) && !matches!(next, Part::Year),
            [before, Part::Text(text)] => {
                open(before) && digits(text, false) && !matches!(before, Part::Year)
            }
            _ => true,
        });
        if touching { Err("`-`, `/`, `.`, a space or a bracket between its parts") } else { Ok(self) }
    }

    /// Whether numbers start anew every year.
    pub fn has_year(&self) -> bool {
        self.parts.contains(&Part::Year)
    }

    /// Whether every body has numbers of its own.
    pub fn has_body(&self) -> bool {
        self.parts.contains(&Part::Body)
    }

    /// The number as it is written.
    pub fn write(&self, serial: u64, year: u16, body: &str) -> String {
        let mut text = String::new();
        for part in &self.parts {
            match part {
                Part::Text(own) => text.push_str(own),
                Part::Year => text.push_str(&format!("{year:04}")),
                Part::Serial(figures) => {
                    text.push_str(&format!("{serial:0width$}", width = usize::from(*figures)))
                }
                Part::Body => text.push_str(body),
            }
        }
        text
    }

    /// What a number says, if it is one of these; case doesn't matter.
    pub fn parse(&self, text: &str) -> Option<Numbered> {
        let upper = text.trim().to_ascii_uppercase();
        let mut found = Numbered { year: None, serial: 0, body: None };
        let mut rest = upper.as_str();
        for part in &self.parts {
            match part {
                Part::Text(own) => rest = rest.strip_prefix(own.as_str())?,
                Part::Year => {
                    let (year, after) = rest.split_at_checked(4)?;
                    found.year = Some(figures(year)?.parse().ok()?);
                    rest = after;
                }
                Part::Serial(least) => {
                    let (serial, after) = cut(rest, |c| c.is_ascii_digit());
                    let padded = serial.len() > usize::from(*least) && serial.starts_with('0');
                    if serial.len() < usize::from(*least) || padded {
                        return None;
                    }
                    found.serial = figures(serial)?.parse().ok().filter(|serial| *serial > 0)?;
                    rest = after;
                }
                Part::Body => {
                    let (body, after) = cut(rest, |c| c.is_ascii_alphanumeric());
                    if !(1..=LONGEST_BODY).contains(&body.len()) {
                        return None;
                    }
                    found.body = Some(body.to_owned());
                    rest = after;
                }
            }
        }
        rest.is_empty().then_some(found)
    }

    /// A number that could be of both, as a pattern of it: `#` for a figure.
    pub(crate) fn collides(&self, other: &Self) -> Option<String> {
        let (ours, theirs) = (self.letters(), other.letters());
        let mut seen = BTreeSet::from([(0, 0)]);
        let mut open = vec![(0, 0, String::new())];
        while let Some((i, j, text)) = open.pop() {
            if i == ours.len() && j == theirs.len() {
                return Some(text);
            }
            // What may be repeated is stood on, and left without a letter.
            let left = [(ours.get(i), (i + 1, j)), (theirs.get(j), (i, j + 1))];
            for next in
                left.into_iter().filter(|(letter, _)| letter.is_some_and(|l| l.more)).map(|(_, next)| next)
            {
                if seen.insert(next) {
                    open.push((next.0, next.1, text.clone()));
                }
            }
            let (Some(one), Some(two)) = (ours.get(i), theirs.get(j)) else { continue };
            if let Some(letter) = one.meets(two) {
                let next = (if one.more { i } else { i + 1 }, if two.more { j } else { j + 1 });
                if seen.insert(next) {
                    open.push((next.0, next.1, format!("{text}{letter}")));
                }
            }
        }
        None
    }

    fn letters(&self) -> Vec<Letter> {
        let mut all = Vec::new();
        let once = |kind| Letter { kind, more: false };
        for part in &self.parts {
            match part {
                Part::Text(text) => all.extend(text.chars().map(|c| once(Kind::Only(c)))),
                Part::Year => all.extend(std::iter::repeat_n(once(Kind::Figure), 4)),
                Part::Serial(figures) => {
                    all.extend(std::iter::repeat_n(once(Kind::Figure), usize::from(*figures)));
                    all.push(Letter { kind: Kind::Figure, more: true });
                }
                Part::Body => all.extend([once(Kind::Any), Letter { kind: Kind::Any, more: true }]),
            }
        }
        all
    }
}

#[derive(Clone, Copy)]
struct Letter {
    kind: Kind,
    /// Any number of times, or not at all.
    more: bool,
}

#[derive(Clone, Copy)]
enum Kind {
    Only(char),
    Figure,
    Any,
}

impl Letter {
    /// A letter that both can be.
    fn meets(&self, other: &Self) -> Option<char> {
        match (self.kind, other.kind) {
            (Kind::Only(a), Kind::Only(b)) => (a == b).then_some(a),
            (Kind::Only(c), Kind::Figure) | (Kind::Figure, Kind::Only(c)) => c.is_ascii_digit().then_some(c),
            (Kind::Only(c), Kind::Any) | (Kind::Any, Kind::Only(c)) => c.is_ascii_alphanumeric().then_some(c),
            (Kind::Any, Kind::Any) => Some('A'),
            _ => Some('#'),
        }
    }
}

fn part(name: &str) -> Option<Part> {
    match name {
        "year" => Some(Part::Year),
        "body" => Some(Part::Body),
        "serial" => Some(Part::Serial(1)),
        _ => {
            let figures = name.strip_prefix("serial:").filter(|figures| figures.len() == 1)?.parse().ok()?;
            (1..=8).contains(&figures).then_some(Part::Serial(figures))
        }
    }
}

fn figures(text: &str) -> Option<&str> {
    (!text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())).then_some(text)
}

fn cut(text: &str, is: impl Fn(char) -> bool) -> (&str, &str) {
    let end = text.find(|c| !is(c)).unwrap_or(text.len());
    text.split_at_checked(end).unwrap_or((text, ""))
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for part in &self.parts {
            match part {
                Part::Text(text) => f.write_str(text)?,
                Part::Year => f.write_str("{year}")?,
                Part::Serial(figures) => write!(f, "{{serial:{figures}}}")?,
                Part::Body => f.write_str("{body}")?,
            }
        }
        Ok(())
    }
}

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
