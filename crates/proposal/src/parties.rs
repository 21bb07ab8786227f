//! Who wrote it and to whom it goes. Owns the order of the places that say so.

use crate::Page;
use crate::heading::{self, Heading};
use crate::title;
use crate::value::{Best, Confidence, Proposed, Where, tidy};
use crate::vocabulary::Vocabulary;
use crate::words::Field;

/// The most names of a list.
const NAMES: usize = 50;
/// The longest signature, in bytes.
const SIGNATURE: usize = 60;

type Names = Vec<Proposed<String>>;
type Lists = Vec<Proposed<Vec<String>>>;

/// Originator, action and information addressees.
pub(crate) fn propose(page: &Page<'_>, vocabulary: &Vocabulary) -> (Names, Lists, Lists) {
    let (mut from, mut to, mut info) = (Best::new(), Best::new(), Best::new());
    if let Some(message) = &page.message {
        from.add(message.originator.clone());
        add_addressees(page, &message.action, &mut to);
        add_addressees(page, &message.info, &mut info);
    }
    if let Some(mail) = &page.source.mail {
        if let Some(value) = mail.from.first().and_then(|name| tidy(name)) {
            let place = Where::Header("From");
            from.add(Proposed { written: value.clone(), value, confidence: Confidence::Sure, place });
        }
        for (names, place, best) in [(mail.to, "To", &mut to), (mail.cc, "Cc", &mut info)] {
            let value: Vec<String> = names.iter().take(NAMES).filter_map(|name| tidy(name)).collect();
            if !value.is_empty() {
                let place = Where::Header(place);
                best.add(Proposed { written: value.join("; "), value, confidence: Confidence::Sure, place });
            }
        }
    }
    from_title(page, &mut from, &mut to);
    for heading in page.headings.of(Field::From).filter(|heading| !heading.at_end) {
        let (bytes, written) = page.headings.span(heading);
        if let Some(value) = tidy(written) {
            let place = page.lines.place(bytes);
            from.add(Proposed { value, confidence: Confidence::Sure, place, written: written.to_owned() });
        }
    }
    for heading in page.headings.of(Field::To).filter(|heading| !heading.at_end) {
        add_list(page, heading, Confidence::Sure, &mut to);
    }
    for heading in page.headings.of(Field::Info) {
        let confidence = if heading.at_end { Confidence::Likely } else { Confidence::Sure };
        add_list(page, heading, confidence, &mut info);
    }
    if let Some(bytes) = heading::salutation(page) {
        let written = page.lines.at(&bytes).to_owned();
        let greeted = page.words.salutations.iter().find_map(|(phrase, ())| {
            let tokens = crate::tokens::words(&written);
            let begins = crate::tokens::stands(&tokens, 0, phrase);
            let first = tokens.get(phrase.len()).filter(|_| begins)?;
            tidy(written.get(first.start..)?)
        });
        if let Some(name) = greeted {
            let place = page.lines.place(bytes);
            to.add(Proposed { value: vec![name], confidence: Confidence::Weak, place, written });
        }
    }
    letterhead(page, vocabulary, &mut from);
    signature(page, vocabulary, &mut from);
    if let Some(author) = page.source.properties.author
        && let Some(value) = tidy(author)
    {
        let place = Where::Property("author");
        from.add(Proposed { written: value.clone(), value, confidence: Confidence::Weak, place });
    }
    (from.ranked(), to.ranked(), info.ranked())
}

/// The addressees of a formal message as one list, from the first to the last.
fn add_addressees(page: &Page<'_>, all: &[Proposed<String>], best: &mut Best<Vec<String>>) {
    let bytes = |one: &Proposed<String>| match &one.place {
        Where::Text { bytes, .. } => Some(bytes.clone()),
        _ => None,
    };
    if let (Some(first), Some(last)) = (all.first().and_then(bytes), all.last().and_then(bytes)) {
        let span = first.start..last.end;
        let written = page.lines.at(&span).to_owned();
        let value = all.iter().take(NAMES).map(|one| one.value.clone()).collect();
        best.add(Proposed { value, confidence: Confidence::Sure, place: page.lines.place(span), written });
    }
}

fn from_title(page: &Page<'_>, from: &mut Best<String>, to: &mut Best<Vec<String>>) {
    let Some(title) = &page.title else { return };
    let parties = title.parties(page.words);
    let confidence = match (title.plain, parties.unsure) {
        (true, false) => Confidence::Sure,
        (true, true) | (false, false) => Confidence::Likely,
        (false, true) => Confidence::Weak,
    };
    let place = |bytes: &std::ops::Range<usize>| page.lines.place(bytes.clone());
    if let Some((value, bytes)) = parties.from {
        let written = page.lines.at(&bytes).to_owned();
        from.add(Proposed { value, confidence, place: place(&bytes), written });
    }
    if let Some((value, bytes)) = parties.to {
        let written = page.lines.at(&bytes).to_owned();
        to.add(Proposed { value: vec![value], confidence, place: place(&bytes), written });
    }
}

fn add_list(page: &Page<'_>, heading: &Heading, confidence: Confidence, best: &mut Best<Vec<String>>) {
    let (bytes, written) = page.headings.span(heading);
    let items = heading.items.iter().flat_map(|item| page.lines.at(item).split(';'));
    let value: Vec<String> = items.filter_map(tidy).take(NAMES).collect();
    if !value.is_empty() {
        let place = page.lines.place(bytes);
        best.add(Proposed { value, confidence, place, written: written.to_owned() });
    }
}

/// The first line of the page that is neither marking, title, heading nor dateline: a body's name, perhaps.
fn letterhead(page: &Page<'_>, vocabulary: &Vocabulary, from: &mut Best<String>) {
    let first_title = page.title.as_ref().map_or(usize::MAX, |title| title.line);
    let head = page.lines.written().take(6).map(|(_, line)| line);
    let candidates = head.take_while(|line| line.number < first_title && !page.headings.is_on(line.number));
    for line in candidates {
        let named = line.text.len() <= 100
            && !line.text.contains(|c: char| c.is_ascii_digit())
            && !line.text.ends_with(['.', ':', ','])
            && line.text.split_whitespace().count() >= 2
            && line.text.starts_with(char::is_uppercase);
        if !named || !vocabulary.readings(line.text).is_empty() {
            continue;
        }
        // Alone at the top of a text it could as well be the title.
        if first_title == usize::MAX && page.headings.of(Field::Subject).next().is_none() {
            return;
        }
        if let Some(value) = tidy(line.text) {
            let place = page.lines.place(line.all());
            from.add(Proposed { value, confidence: Confidence::Weak, place, written: line.text.to_owned() });
        }
        return;
    }
}

/// The last line, if it looks like a name: letters and telegrams end with one.
fn signature(page: &Page<'_>, vocabulary: &Vocabulary, from: &mut Best<String>) {
    let blocks = title::blocks(&page.lines).len();
    let last = page.lines.iter().filter(|line| !line.is_blank()).last().filter(|_| blocks > 2);
    let Some(line) = last else { return };
    let words = line.text.split_whitespace().count();
    let named = line.text.len() <= SIGNATURE
        && (1..=6).contains(&words)
        && line.text.starts_with(char::is_uppercase)
        && !line.text.contains(|c: char| c.is_ascii_digit() || matches!(c, '[' | ']' | ':' | '(' | '?'))
        && line.text.split_whitespace().all(|w| !w.starts_with(char::is_lowercase) || w.len() <= 3)
        && vocabulary.readings(line.text).is_empty()
        && !page.headings.is_on(line.number);
    if named && let Some(value) = tidy(line.text) {
        let place = page.lines.place(line.all());
        from.add(Proposed { value, confidence: Confidence::Weak, place, written: line.text.to_owned() });
    }
}
