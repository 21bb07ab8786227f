//! Headings with a name: "Subject: ...", "À : ...", "SUBJECT" above a list, "FM SHAPE", and the date-time group of a
//! formal message. Owns where the value of a heading begins and ends; must not know what it is used for.

use std::ops::Range;

use crate::Page;
use crate::date::{self, Form, PartialDate};
use crate::lines::{Line, Lines};
use crate::tokens::{Token, gap, stands, words};
use crate::words::{Field, Words};

/// Headings stand in the first lines; further down they are those of enclosures.
const DEEP: usize = 80;
/// How many lines a list under a heading may have.
const LIST: usize = 20;
/// How many lines a subject may run over.
const SUBJECT: usize = 4;
/// A line of at least this many bytes may have been wrapped.
const WRAPPED: usize = 48;
/// In how many written lines a letter must have greeted.
const GREETING: usize = 16;

/// A heading and what it announces.
#[derive(Debug)]
pub(crate) struct Heading {
    pub(crate) field: Field,
    /// The line of the heading, counted from one.
    pub(crate) line: usize,
    /// Its values, each the bytes of one item.
    pub(crate) items: Vec<Range<usize>>,
    /// It stands among the last lines.
    pub(crate) at_end: bool,
    bare: bool,
}

/// The date-time group of a formal message.
#[derive(Debug)]
pub(crate) struct Group {
    pub(crate) value: PartialDate,
    pub(crate) bytes: Range<usize>,
}

/// All headings, in order.
#[derive(Debug)]
pub(crate) struct Headings<'a> {
    all: Vec<Heading>,
    group: Option<Group>,
    whole: &'a str,
}

impl<'a> Headings<'a> {
    /// Those of a field that have a value.
    pub(crate) fn of(&self, field: Field) -> impl Iterator<Item = &Heading> {
        self.all.iter().filter(move |heading| heading.field == field && !heading.items.is_empty())
    }

    pub(crate) fn group(&self) -> Option<&Group> {
        self.group.as_ref()
    }

    /// True if a heading stands on this line.
    pub(crate) fn is_on(&self, line: usize) -> bool {
        self.all.iter().any(|heading| heading.line == line)
    }

    /// From the first byte of the first item to the last of the last, and what stands there.
    pub(crate) fn span(&self, heading: &Heading) -> (Range<usize>, &'a str) {
        let start = heading.items.first().map_or(0, |item| item.start);
        let end = heading.items.last().map_or(start, |item| item.end);
        (start..end, self.whole.get(start..end).unwrap_or_default())
    }
}

/// A heading's words on a line: the field, and where its value may begin in the line.
struct Label {
    field: Field,
    value: usize,
    /// Nothing stands after it.
    alone: bool,
    bare: bool,
}

pub(crate) fn read<'a>(lines: &Lines<'a>, house: &Words) -> Headings<'a> {
    let mut all = Vec::new();
    let head = lines.head.get(..DEEP.min(lines.head.len())).unwrap_or_default();
    read_lines(lines, head, house, false, &mut all);
    let end =
        if lines.tail.is_empty() { lines.head.get(head.len()..).unwrap_or_default() } else { &lines.tail };
    read_lines(lines, end, house, true, &mut all);

    let group = head.iter().take(DEEP / 2).find_map(|line| group_on(line, house));
    // "TO ..." without a colon is a heading only of a formal message, which says from whom it is.
    let formal = all.iter().any(|h: &Heading| h.bare && h.field == Field::From) && group.is_some();
    all.retain(|heading| formal || !heading.bare);
    Headings { all, group, whole: lines.whole }
}

fn read_lines(lines: &Lines<'_>, part: &[Line<'_>], house: &Words, at_end: bool, all: &mut Vec<Heading>) {
    for (index, line) in part.iter().enumerate().filter(|(_, line)| !line.is_blank()) {
        let labels = labels_on(line.text, house);
        for (nth, label) in labels.iter().enumerate() {
            let until = labels.get(nth + 1).map_or(line.text.len(), |next| next.start);
            let last = nth + 1 == labels.len();
            let mut items = Vec::new();
            let own = trimmed(line, label.label.value..until.max(label.label.value));
            if !own.is_empty() {
                items.push(own);
            }
            if last {
                let below = part.get(index + 1..).unwrap_or_default();
                follow(lines, line, below, &label.label, house, &mut items);
            }
            let Label { field, bare, .. } = label.label;
            all.push(Heading { field, line: line.number, items, at_end, bare });
        }
    }
}

/// A label and where it begins in its line.
struct Placed {
    start: usize,
    label: Label,
}

/// The labels of a line: one at its beginning, and those further on that stand apart ("TO: A    DATE: B").
fn labels_on(text: &str, house: &Words) -> Vec<Placed> {
    let tokens = words(text.get(..text.len().min(400)).unwrap_or(text));
    let mut out = Vec::new();
    let leading = gap(text, &tokens, 0);
    if !leading.chars().all(|c| c.is_whitespace() || matches!(c, '-' | '•' | '*' | '–')) {
        return out;
    }
    let Some(first) = label_at(text, &tokens, 0, house) else { return out };
    out.push(Placed { start: 0, label: first });
    for at in 1..tokens.len() {
        let before = gap(text, &tokens, at);
        let apart = before.contains('\t') || before.contains("  ");
        if apart
            && let Some(label) = label_at(text, &tokens, at, house)
            && !label.bare
            && text.get(..label.value).is_some_and(|shown| shown.trim_end().ends_with(':'))
        {
            out.push(Placed { start: tokens.get(at).map_or(0, |token| token.start), label });
        }
    }
    out
}

fn label_at(text: &str, tokens: &[Token], at: usize, house: &Words) -> Option<Label> {
    for (phrase, field) in house.fields.iter().filter(|(phrase, _)| stands(tokens, at, phrase)) {
        let next = at + phrase.len();
        let after = gap(text, tokens, next);
        let begin = tokens.get(next - 1).map_or(0, |token| token.end);
        let first = tokens.get(at)?;
        let loud = text.get(first.start..begin).is_some_and(|words| !words.contains(char::is_lowercase));
        let alone = next >= tokens.len();
        // "Subject:", "Objet :", "SUBJECT(S):".
        let stop = after.find(':').filter(|colon| {
            after
                .get(..*colon)
                .is_some_and(|b| b.chars().all(|c| c.is_whitespace() || matches!(c, '.' | ')')))
        });
        if let Some(colon) = stop {
            return Some(Label { field: *field, value: begin + colon + 1, alone, bare: false });
        }
        if alone && loud && after.trim().is_empty() && phrase.iter().map(String::len).sum::<usize>() > 1 {
            return Some(Label { field: *field, value: text.len(), alone: true, bare: false });
        }
        let formal = matches!(field, Field::From | Field::To | Field::Info) && phrase.len() == 1;
        if formal && loud && at == 0 && after == " " && !text.contains(char::is_lowercase) {
            return Some(Label { field: *field, value: begin, alone: false, bare: true });
        }
    }
    None
}

/// Adds what stands on the lines below a heading and belongs to it.
fn follow(
    lines: &Lines<'_>,
    line: &Line<'_>,
    below: &[Line<'_>],
    label: &Label,
    house: &Words,
    items: &mut Vec<Range<usize>>,
) {
    let list = matches!(label.field, Field::To | Field::Info | Field::From);
    let most = if list { LIST } else { SUBJECT };
    let mut previous = line;
    // One blank line may stand between "SUBJECT" and its value.
    let skip = usize::from(items.is_empty() && label.alone && below.first().is_some_and(Line::is_blank));
    for next in below.iter().skip(skip).take(most) {
        if next.is_blank() || !labels_on(next.text, house).is_empty() || next.cut {
            return;
        }
        let bullet = next.text.starts_with(['-', '•', '*', '–']);
        let indented = lines.whole.get(..next.start).is_some_and(|before| before.ends_with([' ', '\t']));
        let wrapped = previous.text.len() >= WRAPPED && !bullet;
        let lower = next.text.starts_with(char::is_lowercase);
        match items.last_mut() {
            None if label.alone => items.push(trimmed(next, 0..next.text.len())),
            None => return,
            // The rest of what was begun on the line before.
            Some(last)
                if !bullet
                    && (lower || (wrapped && !begins_a_paragraph(next.text)) || (indented && !list)) =>
            {
                last.end = next.all().end;
            }
            Some(_) if bullet || (list && (indented || label.alone)) => {
                items.push(trimmed(next, 0..next.text.len()));
            }
            Some(_) => return,
        }
        previous = next;
    }
}

/// "1. The Committee ...", "(a) ...".
fn begins_a_paragraph(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit() || c == '(')
}

/// The bytes of the whole text of a part of a line, without bullets, brackets of nothing and blanks.
fn trimmed(line: &Line<'_>, inside: Range<usize>) -> Range<usize> {
    let part = line.text.get(inside.clone()).unwrap_or_default();
    let is_stop = |c: char| c.is_whitespace() || matches!(c, '-' | '•' | '*' | '–' | ':');
    let begun = part.trim_start_matches(is_stop);
    let start = inside.start.min(line.text.len()) + (part.len() - begun.len());
    line.bytes(start..start + begun.trim_end().len())
}

/// A date-time group on a line that says nothing else but precedences and other groups of capitals.
fn group_on(line: &Line<'_>, house: &Words) -> Option<Group> {
    if line.cut || line.text.len() > 120 {
        return None;
    }
    let found = date::find(line.text, None).into_iter().find(|found| found.form == Form::Group)?;
    let before = words(line.text.get(..found.bytes.start)?);
    let is_known = |word: &String| {
        let precedence = house.precedences.iter().any(|(phrase, _)| phrase.contains(word));
        precedence || house.fields.iter().any(|(phrase, f)| *f == Field::Date && phrase.iter().eq([word]))
    };
    let heading = labels_on(line.text, house).iter().any(|placed| placed.label.field == Field::Date);
    let plain = before.len() <= 4 && before.iter().all(|t| is_known(&t.folded));
    (heading || plain).then(|| Group { value: found.value, bytes: line.bytes(found.bytes) })
}

/// How a letter greets: the bytes of "Dear Mr. President".
pub(crate) fn salutation(page: &Page<'_>) -> Option<Range<usize>> {
    page.lines.written().take(GREETING).find_map(|(_, line)| {
        let begin = line.text.get(..line.text.len().min(120)).unwrap_or(line.text);
        let tokens = words(begin);
        let (phrase, ()) = page.words.salutations.iter().find(|(phrase, ())| stands(&tokens, 0, phrase))?;
        if !gap(begin, &tokens, 0).is_empty() || tokens.len() == phrase.len() {
            return None;
        }
        let end = match begin.find(':') {
            Some(colon) if colon < 80 => colon,
            _ => begin.strip_suffix([',', ':', '—']).filter(|text| text.len() < 80)?.len(),
        };
        Some(line.bytes(0..end))
    })
}
