//! The serial number and the precedence in a document's own heading. Owns their forms; references with a series are
//! not its business.

use crate::Page;
use crate::date::{self, Form};
use crate::lines::Line;
use crate::tokens::{Token, gap, stands, words};
use crate::value::{Best, Confidence, Proposed, tidy};
use crate::words::Field;

/// In how many written lines a number must stand.
const LINES: usize = 12;
/// The longest number with its words, in bytes: "Secto 68/3276", "EC 9-6071".
const LONGEST: usize = 28;
/// In how many written lines a precedence must stand.
const PRECEDENCE: usize = 30;

/// The serial number; of telegrams also the one with which the text begins.
pub(crate) fn number(page: &Page<'_>, telegram: bool) -> Vec<Proposed<String>> {
    let mut best = Best::new();
    for heading in page.headings.of(Field::Number).filter(|heading| !heading.at_end) {
        let (bytes, written) = page.headings.span(heading);
        if written.len() <= 60
            && written.contains(|c: char| c.is_ascii_digit())
            && let Some(value) = tidy(written)
        {
            let place = page.lines.place(bytes);
            best.add(Proposed { value, confidence: Confidence::Sure, place, written: written.to_owned() });
        }
    }
    in_title(page, &mut best);
    let mut second = false;
    for (_, line) in page.lines.written().take(LINES) {
        if let Some((start, end)) = numero(line.text) {
            add(page, line, start, end, Confidence::Sure, &mut best);
        }
        if telegram
            && !second
            && line.number > page.title.as_ref().map_or(0, |title| title.line)
            && let Some(end) = before_stop(line.text)
        {
            // A one alone is the number of the first paragraph.
            if line.text.get(..end) != Some("1") {
                add(page, line, 0, end, Confidence::Sure, &mut best);
            }
            // What follows are paragraphs.
            second = true;
        }
    }
    best.ranked()
}

fn add(
    page: &Page<'_>,
    line: &Line<'_>,
    start: usize,
    end: usize,
    confidence: Confidence,
    best: &mut Best<String>,
) {
    let bytes = line.bytes(start..end);
    let written = page.lines.at(&bytes).to_owned();
    if let Some(value) = tidy(&written) {
        let place = page.lines.place(bytes);
        best.add(Proposed { value, confidence, place, written });
    }
}

/// "Airgram A-385 From", "Telegram 1045 From", "National Security Action Memorandum No. 12".
fn in_title(page: &Page<'_>, best: &mut Best<String>) {
    let Some(title) = &page.title else { return };
    let Some((_, kind)) = &title.kind else { return };
    let rest = page.lines.at(&(kind.end..title.bytes.end));
    let tokens = words(rest);
    let skip = usize::from(tokens.first().is_some_and(|token| is_numero(&token.folded)));
    let Some(first) = tokens.get(skip) else { return };
    let mut last = skip;
    while tokens.get(last + 1).is_some() && matches!(gap(rest, &tokens, last + 1), "-" | "–" | "/") {
        last += 1;
    }
    let Some(end) = tokens.get(last).map(|token| token.end) else { return };
    let near = rest.get(..first.start).is_some_and(|before| !before.contains([',', '\n']));
    let number = tokens.get(skip..=last).is_some_and(|all| all.iter().any(Token::has_digit));
    if near && number {
        let bytes = kind.end + first.start..kind.end + end;
        let written = page.lines.at(&bytes).to_owned();
        let place = page.lines.place(bytes);
        best.add(Proposed { value: written.clone(), confidence: Confidence::Sure, place, written });
    }
}

fn is_numero(word: &str) -> bool {
    matches!(word, "NO" | "NR" | "N" | "NUMBER" | "NUMERO")
}

/// "No. 2568" alone on its line: the bytes of the number.
fn numero(text: &str) -> Option<(usize, usize)> {
    if text.len() > LONGEST {
        return None;
    }
    let tokens = words(text);
    let first = tokens.first().filter(|token| token.start == 0 && is_numero(&token.folded))?;
    let number = tokens.get(1).filter(|token| token.has_digit())?;
    let last = tokens.last().filter(|last| tokens.len() <= 4 && last.has_digit())?;
    let marked = text.get(first.end..number.start)?.contains(['.', '°', 'º', ' ']);
    marked.then_some((number.start, last.end))
}

/// The number before the first stop: "1045. Reference ...", "Polto 2249. Cotel.", "A – 15. Ref: ...".
fn before_stop(text: &str) -> Option<usize> {
    let window = text.get(..text.char_indices().nth(LONGEST).map_or(text.len(), |(end, _)| end))?;
    let stop = window.find(['.', ':'])?;
    let number = window.get(..stop)?.trim_end();
    let tokens = words(number);
    let last = tokens.last()?;
    let first = tokens.first().filter(|first| first.start == 0)?;
    let shaped = tokens.len() <= 4 && last.is_digits() && last.end == number.len();
    let capital = first.has_digit() || number.starts_with(char::is_uppercase);
    let clean = number.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '–' | '/' | '—'));
    // "June 15. ..." and "041530Z OCT 61." are dates.
    let is_month = |token: &Token| date::month_named(&token.folded).is_some();
    let is_date = tokens.iter().any(is_month);
    (shaped && capital && clean && !is_date).then_some(number.len())
}

/// The precedence: after its heading, or on a line of nothing else but a date-time group.
pub(crate) fn precedence(page: &Page<'_>) -> Vec<Proposed<String>> {
    let mut best = Best::new();
    if let Some(said) = page.message.as_ref().and_then(|message| message.precedence.clone()) {
        best.add(said);
    }
    for heading in page.headings.of(Field::Precedence).filter(|heading| !heading.at_end) {
        let (bytes, written) = page.headings.span(heading);
        let tokens = words(written.get(..written.len().min(80)).unwrap_or_default());
        if let Some(value) = precedence_at(page, &tokens, 0, false) {
            let place = page.lines.place(bytes);
            best.add(Proposed { value, confidence: Confidence::Sure, place, written: written.to_owned() });
        }
    }
    for (_, line) in page.lines.written().take(PRECEDENCE) {
        if line.text.len() > 60 {
            continue;
        }
        let group = date::find(line.text, None).into_iter().find(|found| found.form == Form::Group);
        let end = group.as_ref().map_or(line.text.len(), |found| found.bytes.start);
        let before = line.text.get(..end).unwrap_or_default();
        let tokens = words(before);
        let Some(value) = precedence_at(page, &tokens, 0, group.is_some()) else { continue };
        let all = tokens
            .iter()
            .all(|token| page.words.precedences.iter().any(|(phrase, _)| phrase.contains(&token.folded)));
        let (Some(first), Some(last)) = (tokens.first(), tokens.last()) else { continue };
        if all {
            let confidence = if group.is_some() { Confidence::Sure } else { Confidence::Likely };
            let bytes = line.bytes(first.start..last.end);
            let written = page.lines.at(&bytes).to_owned();
            best.add(Proposed { value, confidence, place: page.lines.place(bytes), written });
        }
    }
    best.ranked()
}

/// The precedence that these words say. A single letter is one only before a date-time group.
fn precedence_at(page: &Page<'_>, tokens: &[Token], at: usize, letters: bool) -> Option<String> {
    let fitting = page.words.precedences.iter().find(|(phrase, _)| {
        let letter = phrase.iter().map(String::len).sum::<usize>() == 1;
        stands(tokens, at, phrase) && (letters || !letter)
    });
    fitting.map(|(_, value)| value.clone())
}
