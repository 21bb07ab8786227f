//! What it is about. Owns the order of the places that say so.

use crate::Page;
use crate::title;
use crate::tokens::{stands, words};
use crate::value::{Best, Confidence, Marking, Proposed, Where, tidy};
use crate::vocabulary::{Portion, Vocabulary};
use crate::words::Field;

/// How many written lines may have "Subject:" inside.
const INSIDE: usize = 12;
/// How far into a line it may stand, in bytes.
const DEEP: usize = 160;

pub(crate) fn propose(
    page: &Page<'_>,
    vocabulary: &Vocabulary,
) -> (Vec<Proposed<String>>, Vec<Proposed<Marking>>) {
    let mut best = Best::new();
    let mut marked = Best::new();
    for mut subject in subjects(page, vocabulary) {
        if let Some(Portion { labels, mark, rest }) = vocabulary.portion(&subject.value) {
            for (label, whole) in labels {
                let unknown = if whole { Vec::new() } else { vec![mark.to_owned()] };
                let confidence = if whole { subject.confidence } else { Confidence::Weak };
                let (place, written) = (subject.place.clone(), subject.written.clone());
                marked.add(Proposed {
                    value: Marking { label: Some(label), unknown },
                    confidence,
                    place,
                    written,
                });
            }
            match tidy(rest) {
                Some(value) => subject.value = value,
                None => continue,
            }
        }
        best.add(subject);
    }
    (best.ranked(), marked.ranked())
}

fn subjects(page: &Page<'_>, vocabulary: &Vocabulary) -> Vec<Proposed<String>> {
    let mut best = Best::new();
    if let Some(said) = page.message.as_ref().and_then(|message| message.subject.clone()) {
        best.add(said);
    }
    if let Some(written) = page.source.mail.as_ref().and_then(|mail| mail.subject)
        && let Some(value) = tidy(written)
    {
        let place = Where::Header("Subject");
        best.add(Proposed { value, confidence: Confidence::Sure, place, written: written.to_owned() });
    }
    for heading in page.headings.of(Field::Subject).filter(|heading| !heading.at_end) {
        let (bytes, written) = page.headings.span(heading);
        let items = heading.items.iter().filter_map(|item| tidy(page.lines.at(item)));
        let value = items.collect::<Vec<_>>().join("; ");
        if let Some(value) = tidy(&value) {
            let place = page.lines.place(bytes);
            best.add(Proposed { value, confidence: Confidence::Sure, place, written: written.to_owned() });
        }
    }
    inside_a_line(page, &mut best);
    if let Some(written) = page.source.properties.title
        && let Some(value) = tidy(written)
    {
        let place = Where::Property("title");
        best.add(Proposed { value, confidence: Confidence::Likely, place, written: written.to_owned() });
    }
    from_title(page, vocabulary, &mut best);
    if let Some(name) = page.source.file_name {
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem).replace('_', " ");
        if let Some(value) = tidy(&stem) {
            let place = Where::FileName;
            best.add(Proposed { value, confidence: Confidence::Weak, place, written: name.to_owned() });
        }
    }
    best.ranked()
}

/// "Polto 2249. Cotel. Subject: NATO Ministerial Meeting, May 9."
fn inside_a_line(page: &Page<'_>, best: &mut Best<String>) {
    for (_, line) in page.lines.written().take(INSIDE) {
        if page.headings.is_on(line.number) {
            continue;
        }
        let tokens = words(line.text);
        let announced = (0..tokens.len()).find_map(|at| {
            let (phrase, _) = page.words.fields.iter().find(|(phrase, field)| {
                *field == Field::Subject && phrase.len() == 1 && stands(&tokens, at, phrase)
            })?;
            let last = tokens.get(at + phrase.len() - 1).filter(|last| last.end <= DEEP)?;
            let begin = line.text.get(last.end..)?.strip_prefix(':')?;
            Some(line.text.len() - begin.len())
        });
        let Some(start) = announced else { continue };
        let rest = line.text.get(start..).unwrap_or_default();
        let length = end_of_sentence(rest);
        let begin = start + (rest.len() - rest.trim_start().len());
        let bytes = line.bytes(begin..(start + length).max(begin));
        let written = page.lines.at(&bytes);
        if let Some(value) = tidy(written.trim_end_matches('.')) {
            let place = page.lines.place(bytes.clone());
            best.add(Proposed { value, confidence: Confidence::Likely, place, written: written.to_owned() });
        }
    }
}

/// Where the first sentence ends: at a stop and a blank after a word that is no abbreviation.
fn end_of_sentence(text: &str) -> usize {
    let mut from = 0;
    while let Some(at) = text.get(from..).and_then(|rest| rest.find(". ")) {
        let end = from + at;
        let word = text.get(..end).and_then(|before| before.rsplit([' ', '.']).next()).unwrap_or_default();
        let abbreviation = word.len() <= 2 && word.starts_with(char::is_uppercase);
        if !abbreviation {
            return end;
        }
        from = end + 2;
    }
    text.len()
}

/// The title, or the first paragraph in its place.
fn from_title(page: &Page<'_>, vocabulary: &Vocabulary, best: &mut Best<String>) {
    let blocks = title::blocks(&page.lines);
    let titled = page.title.as_ref().map(|title| title.bytes.clone());
    let first = blocks.into_iter().find(|(line, bytes)| {
        let text = page.lines.at(bytes);
        !page.headings.is_on(*line) && text.lines().all(|line| vocabulary.readings(line).is_empty())
    });
    for bytes in [titled, first.map(|(_, bytes)| bytes)].into_iter().flatten() {
        let written = page.lines.at(&bytes);
        if let Some(value) = tidy(written) {
            let place = page.lines.place(bytes);
            best.add(Proposed { value, confidence: Confidence::Weak, place, written: written.to_owned() });
        }
    }
}
