//! Owns finding references in running text, English or French. Stricter than reading what somebody typed as a
//! reference: letters in the case of the series or in capitals, nothing between the parts that a writer would not
//! put there, no figure that goes on as a date, an amount or a telephone number. Must not know documents.
//!
//! The time is in proportion to the text: at each word that can begin a reference at most [`MAIN`] characters are
//! looked at, and once more [`BEHIND`] behind a reference found.

use std::{collections::BTreeSet, ops::Range};

use super::{
    Catalogue, Field, InText, ParsedReference, Series,
    parsed::{Found, MOST_SUFFIXES, Role, begins},
    pattern::{Element, Variant},
    suffix,
    tokens::{Run, Token, tokens_from},
};

/// The most citations of one text; what comes after is not looked for.
pub const MOST_CITATIONS: usize = 10_000;

/// How many characters a reference without suffixes may have in running text, and how many runs.
const MAIN: (usize, usize) = (48, 14);
/// How many characters its suffixes may have, and how many runs.
const BEHIND: (usize, usize) = (96, 24);
/// The most numbers behind one plural.
const LISTED: usize = 50;

/// A reference that stands in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citation {
    /// Where, in bytes.
    pub range: Range<usize>,
    /// Which.
    pub reference: ParsedReference,
    /// As written there.
    pub written: String,
}

/// The first runs of letters of every series that is looked for, as a text may write them.
pub(super) fn openings(all: &[Series]) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut add = |text: &str| {
        found.insert(text.to_owned());
        found.insert(text.to_ascii_uppercase());
    };
    for series in all.iter().filter(|s| s.in_text != InText::Never) {
        if let Some(plural) = &series.plural {
            add(plural);
        }
        for variant in &series.variants {
            match variant.elements.first() {
                Some(Element::Letters { runs, .. }) => joinings(runs.iter().map(String::as_str), &mut add),
                Some(Element::One(field)) => {
                    let list = if *field == Field::Paper { &series.papers } else { &series.divisions };
                    for (entry, _) in list {
                        joinings(entry.split(|c: char| !c.is_ascii_alphabetic()), &mut add);
                    }
                }
                _ => {}
            }
        }
    }
    found
}

/// `C`, `CM` for the runs of `C-M`: what the first run can be, whichever of the separators are left out.
fn joinings<'a>(runs: impl Iterator<Item = &'a str>, add: &mut impl FnMut(&str)) {
    let mut joined = String::new();
    for run in runs {
        joined.push_str(run);
        add(&joined);
    }
}

impl Catalogue {
    /// The references that stand in a text, in its order, none within another; at most [`MOST_CITATIONS`].
    pub fn citations(&self, text: &str) -> Vec<Citation> {
        let mut found: Vec<Citation> = Vec::new();
        let mut free = 0;
        let mut before = b' ';
        for (at, byte) in text.bytes().enumerate() {
            let word = byte.is_ascii_uppercase() && !before.is_ascii_alphanumeric();
            before = byte;
            if !word || at < free || !self.may_begin(text, at) {
                continue;
            }
            free = self.cited(text, at, &mut found).unwrap_or(free);
            if found.len() >= MOST_CITATIONS {
                found.truncate(MOST_CITATIONS);
                break;
            }
        }
        found
    }

    fn may_begin(&self, text: &str, at: usize) -> bool {
        let rest = text.get(at..).unwrap_or_default();
        let length = rest.bytes().take(25).take_while(u8::is_ascii_alphabetic).count();
        rest.get(..length).is_some_and(|run| self.openings.contains(run))
            && !text.get(..at).and_then(|t| t.chars().next_back()).is_some_and(|c| {
                c.is_alphanumeric()
                    || dash(c) && c != '\u{2014}'
                    || matches!(c, '/' | '.' | '_' | '@' | '#' | '&')
            })
    }

    /// Adds what begins here; the byte behind it.
    fn cited(&self, text: &str, at: usize, found: &mut Vec<Citation>) -> Option<usize> {
        let tokens = tokens_from(text, at, MAIN.0, MAIN.1);
        let first = tokens.first()?.letters()?;
        let mut best: Option<(usize, ParsedReference)> = None;
        for (series, variant) in self.beginning_with(first) {
            if series.in_text == InText::Never {
                continue;
            }
            let here = begins(series, variant, &tokens)
                .and_then(|main| as_written(text, series, variant, &tokens, main));
            if let Some((end, reference)) = here
                && best.as_ref().is_none_or(|(most, _)| end > *most)
            {
                best = Some((end, reference));
            }
        }
        if let Some((end, reference)) = best {
            let written = text.get(at..end)?.to_owned();
            found.push(Citation { range: at..end, reference, written });
            return Some(end);
        }
        let word = tokens.first()?.range.clone();
        let series = self.plurals.get(text.get(word.clone())?).and_then(|at| self.all.get(*at))?;
        several(text, series, word.end, found)
    }
}

/// `Embtels 1779, 1780 and 1795`: a citation for each number.
fn several(text: &str, series: &Series, from: usize, found: &mut Vec<Citation>) -> Option<usize> {
    let simple = series
        .variants
        .iter()
        .any(|v| matches!(v.elements.as_slice(), [Element::Letters { .. }, Element::One(Field::Number)]));
    if !simple {
        return None;
    }
    let mut end = None;
    let mut at = from;
    for n in 0..LISTED {
        let rest = text.get(at..)?;
        let gap = rest.len() - rest.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '(').len();
        let mut skip = gap;
        if n > 0 {
            let separator = rest.get(..gap).unwrap_or_default();
            let after = rest.get(gap..).unwrap_or_default();
            let joint = ["and ", "et ", "through ", "to "].iter().find(|word| after.starts_with(**word));
            let fits = separator.chars().count() <= 2
                && (separator.starts_with(',') || joint.is_some() || separator == " & ")
                && separator.chars().all(|c| matches!(c, ',' | ' ' | '\n' | '&'));
            if !fits {
                break;
            }
            skip += joint.map_or(0, |word| word.len());
        } else if !rest
            .get(..gap)
            .is_some_and(|g| !g.is_empty() && g.chars().all(|c| " \n\u{a0}".contains(c)))
        {
            break;
        }
        let start = at + skip;
        let figures = text.get(start..)?.bytes().take(13).take_while(u8::is_ascii_digit).count();
        let stop = start + figures;
        let number: Option<u64> =
            text.get(start..stop).filter(|f| f.len() <= 12).and_then(|f| f.parse().ok());
        let (Some(number), Some(written)) = (number, text.get(start..stop)) else { break };
        if !ends(text, stop, series, &ParsedReference::numbered(&series.code, number), true) {
            break;
        }
        let reference = ParsedReference::numbered(&series.code, number);
        found.push(Citation { range: start..stop, reference, written: written.to_owned() });
        end = Some(stop);
        at = stop;
    }
    end
}

fn dash(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

/// The end of the reference and the reference, when it is written as in running text.
fn as_written(
    text: &str,
    series: &Series,
    variant: &Variant,
    tokens: &[Token],
    main: Found,
) -> Option<(usize, ParsedReference)> {
    let careful = series.in_text == InText::Careful;
    let used = tokens.get(..main.roles.len())?;
    if !case_fits(text, series, variant, used, &main.roles) {
        return None;
    }
    let mut open = 0;
    for ((left, right), role) in used.iter().zip(used.iter().skip(1)).zip(main.roles.iter().skip(1)) {
        let gap = text.get(left.range.end..right.range.start)?;
        if !gap_fits(gap, (left, right), *role, careful) {
            return None;
        }
        open = parentheses(gap, open)?;
    }
    if open != 0 {
        return None;
    }
    let mut reference = main.reference;
    let end = suffixes(text, series, &mut reference, used.last()?.range.end);
    ends(text, end, series, &reference, false).then_some((end, reference))
}

fn parentheses(gap: &str, mut open: i32) -> Option<i32> {
    for c in gap.chars() {
        match c {
            '(' => open += 1,
            ')' => open -= 1,
            _ => {}
        }
        if !(0..=1).contains(&open) {
            return None;
        }
    }
    Some(open)
}

fn case_fits(text: &str, series: &Series, variant: &Variant, tokens: &[Token], roles: &[Role]) -> bool {
    let mut words: Vec<String> = Vec::new();
    for (token, role) in tokens.iter().zip(roles) {
        let raw = text.get(token.range.clone()).unwrap_or_default();
        match role {
            Role::Begins(_) => words.push(raw.to_owned()),
            Role::Goes { .. } => {
                if let Some(word) = words.last_mut() {
                    word.push_str(raw);
                }
            }
            Role::NumberSign => {}
        }
    }
    variant.elements.iter().zip(&words).all(|(element, word)| {
        let own = match element {
            Element::Letters { runs, .. } => runs.concat() == *word,
            Element::One(field) if field.is_letters() => {
                let list = if *field == Field::Paper { &series.papers } else { &series.divisions };
                list.iter().any(|(entry, _)| entry.chars().filter(char::is_ascii_alphabetic).eq(word.chars()))
            }
            _ => true,
        };
        own || !word.chars().any(char::is_lowercase)
    })
}

/// True when a writer would put this between two parts.
fn gap_fits(gap: &str, (left, right): (&Token, &Token), role: Role, careful: bool) -> bool {
    let blank = |c: char| matches!(c, ' ' | '\n' | '\r' | '\u{a0}');
    let length = gap.chars().count();
    if gap.chars().filter(|c| *c == '\n').count() > 1 {
        return false;
    }
    match role {
        Role::Goes { spaced } => {
            length <= 3
                && gap.chars().any(|c| !blank(c) || spaced)
                && gap.chars().all(|c| {
                    dash(c) || matches!(c, '/' | '.' | '&') || (blank(c) && (spaced || gap.contains('&')))
                })
        }
        Role::NumberSign => length <= 2 && gap.chars().all(blank),
        Role::Begins(field) => {
            let sign = left.run == Run::Letters && matches!(left.text.as_str(), "NO" | "NOS" | "NR" | "N");
            let bracket = matches!(field, Some(Field::Year | Field::Division)) || right.run == Run::Letters;
            let figures = left.run == Run::Figures && right.run == Run::Figures;
            let spaced_dash = gap.chars().any(dash) && gap.chars().any(blank);
            length <= 3
                && gap.chars().all(|c| {
                    blank(c)
                        || dash(c)
                        || c == ')'
                        // MC/10 is a memorandum of conversation, MC 10 one of the Committee's papers.
                        || (c == '/' && !(careful && left.run == Run::Letters))
                        || (c == '(' && bracket)
                        || (sign && matches!(c, '.' | '\u{b0}' | '\u{ba}'))
                })
                && !(figures && gap.chars().all(blank))
                && !(careful && spaced_dash)
        }
    }
}

/// Takes what stands behind the reference as far as it is suffixes, and answers where they end.
fn suffixes(text: &str, series: &Series, reference: &mut ParsedReference, main_end: usize) -> usize {
    let mut end = main_end;
    let tokens = tokens_from(text, main_end, BEHIND.0, BEHIND.1);
    let mut rest = tokens.as_slice();
    let mut open = 0;
    while reference.suffixes.len() < MOST_SUFFIXES {
        let Some((rule, suffix, used)) = suffix::first(&series.suffixes, rest) else { break };
        let (Some(taken), Some(first)) = (rest.get(..used), rest.first()) else { break };
        let Some(last) = taken.last() else { break };
        let gap = text.get(end..first.range.start).unwrap_or_default();
        let separators = gap.chars().count() <= 3
            && gap.chars().all(|c| c == ' ' || c == '\u{a0}' || dash(c) || matches!(c, '(' | ')' | '/'));
        let Some(now) = parentheses(gap, open).filter(|_| separators) else { break };
        // Behind nothing but a blank only what the body writes so, or a word in capitals with its number.
        let capitals = taken
            .iter()
            .filter_map(|t| text.get(t.range.clone()))
            .all(|raw| !raw.contains(char::is_lowercase));
        let blanks = gap.chars().all(|c| c == ' ' || c == '\u{a0}');
        let as_body =
            rule.write(suffix.number).is_some_and(|own| text.get(end..).is_some_and(|t| t.starts_with(&own)));
        if blanks && !as_body && !(capitals && suffix.number.is_some() && !gap.is_empty()) {
            break;
        }
        let inner = taken.iter().zip(taken.iter().skip(1)).all(|(a, b)| {
            let gap = text.get(a.range.end..b.range.start).unwrap_or_default();
            gap.chars().count() <= 2 && gap.chars().all(|c| c == ' ' || c == '.' || c == '\u{a0}' || dash(c))
        });
        let behind = text.get(last.range.end..).and_then(|t| t.chars().next());
        if !inner || behind.is_some_and(char::is_alphanumeric) || (now == 1 && behind != Some(')')) {
            break;
        }
        open = now;
        end = last.range.end;
        if open == 1 {
            end += 1;
            open = 0;
        }
        reference.suffixes.push(suffix);
        rest = rest.get(used..).unwrap_or_default();
    }
    end
}

const MONTHS: [&str; 24] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
    "janvier",
    "f\u{e9}vrier",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "ao\u{fb}t",
    "septembre",
    "octobre",
    "novembre",
    "d\u{e9}cembre",
];

/// True when the figures don't go on as something else: a decimal, a range of a longer number, a telephone number,
/// a time; for letters that are also names, a year or a day of a month.
fn ends(text: &str, end: usize, series: &Series, reference: &ParsedReference, list: bool) -> bool {
    let rest = text.get(end..).unwrap_or_default();
    let mut behind = rest.chars();
    let (next, then) = (behind.next(), behind.next());
    let figure = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let composed = reference.year.is_some() || reference.stroke.is_some();
    // NIE 11 is not what NIE 11-4 cites, though the series writes no year there.
    let longer = composed || series.variants.iter().any(|v| v.has(Field::Year) || v.has(Field::Stroke));
    match next {
        Some(c) if c.is_alphanumeric() || matches!(c, '%' | '_' | '@') => return false,
        Some('\'' | '\u{2019}') if figure(then) => return false,
        Some(',') if list => {}
        Some('/' | '.' | ',' | ':') if figure(then) => return false,
        Some(c) if dash(c) && figure(then) && (longer || c == '-') => return false,
        _ => {}
    }
    if composed {
        return true;
    }
    let careful = series.in_text == InText::Careful;
    if let Some(after) = rest.strip_prefix(' ') {
        let figures = after.bytes().take(7).take_while(u8::is_ascii_digit).count();
        let more = after.get(figures..).unwrap_or_default();
        let goes_on = more.starts_with([' ', '.', '-']) && figure(more.chars().nth(1));
        if figures > 0 && (goes_on || (careful && figures == 3)) {
            return false;
        }
    }
    if !careful {
        return true;
    }
    let month = || {
        let after = rest.trim_start_matches([' ', '\u{a0}']);
        MONTHS.iter().any(|month| after.starts_with(month))
    };
    let year = (1900..2100).contains(&reference.number);
    let day = reference.number <= 31 && month();
    !year && !day
}
