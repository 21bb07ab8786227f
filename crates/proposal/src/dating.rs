//! Which of the dates of a document is its own. Owns the choice; must not know how dates are written.

use crate::Page;
use crate::date::{self, Form, Found, PartialDate};
use crate::lines::Line;
use crate::title;
use crate::tokens::{gap, words};
use crate::value::{Best, Confidence, Proposed, Where};
use crate::words::Field;

/// In how many written lines the dateline of the document itself stands; further down are those of enclosures.
const DATELINE: usize = 30;
/// How many written lines are looked at for a date in running text.
const RUNNING: usize = 12;
/// The most words of a place.
const PLACE: usize = 9;
/// The longest dateline, in bytes.
const LONGEST: usize = 140;

pub(crate) fn propose(page: &Page<'_>) -> Vec<Proposed<PartialDate>> {
    let mut best = Best::new();
    if let Some(group) = page.message.as_ref().map(|message| &message.group)
        && let Some(value) = PartialDate::of(group.value.local().date())
    {
        let (place, written) = (group.place.clone(), group.written.clone());
        best.add(Proposed { value, confidence: Confidence::Sure, place, written });
    }
    from_mail(page, &mut best);
    from_headings(page, &mut best);
    if let Some(group) = page.headings.group() {
        let place = page.lines.place(group.bytes.clone());
        // The group was read without the day of registration; its own reading of the year follows it.
        let written = page.lines.at(&group.bytes).to_owned();
        let value = date::find(&written, page.source.registered).first().map_or(group.value, |f| f.value);
        best.add(Proposed { value, confidence: Confidence::Sure, place, written });
    }
    from_lines(page, &mut best);
    from_title(page, &mut best);
    from_elsewhere(page, &mut best);
    best.ranked()
}

type Dates = Best<PartialDate>;

fn from_mail(page: &Page<'_>, best: &mut Dates) {
    let Some(text) = page.source.mail.as_ref().and_then(|mail| mail.date) else { return };
    if let Some(found) = date::find(bounded(text), page.source.registered).into_iter().next() {
        let place = Where::Header("Date");
        let written = bounded(text).to_owned();
        best.add(Proposed { value: found.value, confidence: Confidence::Sure, place, written });
    }
}

fn from_headings(page: &Page<'_>, best: &mut Dates) {
    for heading in page.headings.of(Field::Date) {
        let (bytes, text) = page.headings.span(heading);
        let found = date::find(bounded(text), page.source.registered);
        match found.into_iter().next() {
            Some(found) => {
                let confidence = if found.other.is_some() { Confidence::Likely } else { Confidence::Sure };
                add(page, bytes.start, found, confidence, best);
            }
            None => {
                if let Some(value) = date::year_alone(text) {
                    let place = page.lines.place(bytes);
                    let written = text.to_owned();
                    best.add(Proposed { value, confidence: Confidence::Sure, place, written });
                }
            }
        }
    }
}

/// Datelines, and dates in the first lines of running text.
fn from_lines(page: &Page<'_>, best: &mut Dates) {
    for (nth, (index, line)) in page.lines.written().enumerate() {
        for found in date::find(line.text, page.source.registered) {
            let confidence = if is_dateline(line, &found) {
                let unusual = matches!(found.form, Form::IsoMonth | Form::Compact);
                // Further down stand the datelines of enclosures.
                let usual = nth < DATELINE && found.other.is_none() && !unusual;
                if usual { Confidence::Sure } else { Confidence::Likely }
            } else if nth < RUNNING && index < 2 * RUNNING && found.form != Form::IsoMonth {
                Confidence::Weak
            } else {
                continue;
            };
            add(page, line.start, found, confidence, best);
        }
    }
    // A letter may be dated below its signature.
    for line in &page.lines.tail {
        for found in date::find(line.text, page.source.registered) {
            if is_dateline(line, &found) {
                add(page, line.start, found, Confidence::Likely, best);
            }
        }
    }
}

/// "Memorandum of a Conversation, White House, Washington, September 11, 1956".
fn from_title(page: &Page<'_>, best: &mut Dates) {
    for (_, bytes) in title::blocks(&page.lines).into_iter().take(2) {
        let text = page.lines.at(&bytes);
        if let Some(found) = date::find(text, page.source.registered).pop()
            && after_is_time(text.get(found.bytes.end..).unwrap_or_default())
        {
            add(page, bytes.start, found, Confidence::Likely, best);
        }
    }
}

fn from_elsewhere(page: &Page<'_>, best: &mut Dates) {
    if let Some(text) = page.source.file_name.map(bounded)
        && let Some(found) = date::find(text, page.source.registered).into_iter().next()
    {
        let written = text.get(found.bytes).unwrap_or_default().to_owned();
        let place = Where::FileName;
        best.add(Proposed { value: found.value, confidence: Confidence::Weak, place, written });
    }
    if let Some(text) = page.source.properties.created.map(bounded)
        && let Some(found) = date::find(text, page.source.registered).into_iter().next()
    {
        let place = Where::Property("created");
        let written = text.to_owned();
        best.add(Proposed { value: found.value, confidence: Confidence::Weak, place, written });
    }
}

fn add(page: &Page<'_>, offset: usize, found: Found, confidence: Confidence, best: &mut Dates) {
    let bytes = offset + found.bytes.start..offset + found.bytes.end;
    let written = page.lines.at(&bytes).to_owned();
    let place = page.lines.place(bytes);
    if let Some(value) = found.other {
        let (place, written) = (place.clone(), written.clone());
        best.add(Proposed { value, confidence: Confidence::Weak, place, written });
    }
    best.add(Proposed { value: found.value, confidence, place, written });
}

/// Nothing but a place before the date and an hour after it.
fn is_dateline(line: &Line<'_>, found: &Found) -> bool {
    let before = line.text.get(..found.bytes.start).unwrap_or_default();
    let after = line.text.get(found.bytes.end..).unwrap_or_default();
    !line.cut && line.text.len() <= LONGEST && before_is_place(before) && after_is_time(after)
}

fn before_is_place(before: &str) -> bool {
    let tokens = words(before);
    let small = |word: &str| {
        matches!(
            word,
            "LE" | "LA"
                | "LES"
                | "THE"
                | "OF"
                | "EN"
                | "AT"
                | "ON"
                | "DE"
                | "DU"
                | "D"
                | "L"
                | "DATED"
                | "DATE"
        )
    };
    let capital = |start: usize| before.get(start..).is_some_and(|t| !t.starts_with(char::is_lowercase));
    let stops = before.contains([':', ';', '"', '“', '=']);
    // "St. Louis" and "U.N., New York" have stops inside; a sentence ends before a blank and a long word.
    let sentence = (1..tokens.len()).any(|at| {
        let long = tokens.get(at - 1).is_some_and(|token| token.folded.len() > 3);
        long && gap(before, &tokens, at).contains(". ")
    });
    tokens.len() <= PLACE
        && !stops
        && !sentence
        && tokens.iter().all(|t| small(&t.folded) || (capital(t.start) && !t.has_digit()))
}

fn after_is_time(after: &str) -> bool {
    let tokens = crate::tokens::runs(after);
    let known = |word: &str| {
        matches!(
            word,
            "A" | "P"
                | "M"
                | "AM"
                | "PM"
                | "NOON"
                | "MIDNIGHT"
                | "H"
                | "HRS"
                | "HOURS"
                | "HEURES"
                | "Z"
                | "GMT"
                | "UTC"
                | "LOCAL"
                | "TIME"
                | "MIDI"
                | "MINUIT"
                | "AT"
                | "T"
                | "TO"
                | "EST"
                | "EDT"
        )
    };
    let open = after.contains(['(', '"', '“', '=']);
    tokens.len() <= 10
        && !open
        && tokens.iter().all(|t| known(&t.folded) || (t.is_digits() && t.folded.len() <= 4))
}

/// Foreign headers have no length.
fn bounded(text: &str) -> &str {
    match text.char_indices().nth(300) {
        Some((end, _)) => text.get(..end).unwrap_or_default(),
        None => text,
    }
}
