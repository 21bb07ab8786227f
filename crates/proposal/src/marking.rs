//! The marking of the whole document: the highest of the headings of its pages. Owns where a marking counts; the words
//! are the vocabulary's.
//!
//! A marking counts where it stands alone: on a line of its own, after "Classification:", at the beginning of a
//! message's subject. Marks of portions ("(S) The meeting ...") and words in running text do not count.

use std::ops::Range;

use label::{Label, PolicyId};

use crate::Page;
use crate::lines::Line;
use crate::value::{Best, Confidence, Marking, Proposed, Where};
use crate::vocabulary::{Reading, Vocabulary};
use crate::words::Field;

/// The longest line that is read as a marking, in bytes.
const LONGEST: usize = 160;
/// Within so many lines of a marking a line of caveats belongs to it.
const NEAR: usize = 3;
/// Among the first so many lines stands the marking of the first page.
const TOP: usize = 20;
/// Among the last so many lines stands the marking of the last page.
const BOTTOM: usize = 6;
/// The longest line that may be a marking of a policy that is not adopted, in bytes.
const FOREIGN: usize = 60;

/// A marking on a line.
struct Heading {
    reading: Reading,
    confidence: Confidence,
    line: usize,
    bytes: Range<usize>,
}

pub(crate) fn propose(page: &Page<'_>, vocabulary: &Vocabulary) -> Vec<Proposed<Marking>> {
    let mut headings = on_lines(page, vocabulary);
    add_caveats(page, vocabulary, &mut headings);
    let mut best = Ranked::new();
    let mut marked: Vec<usize> = headings.iter().map(|heading| heading.line).collect();
    marked.sort_unstable();
    marked.dedup();
    for policy in vocabulary.policies().iter() {
        let of_policy: Vec<&Heading> =
            headings.iter().filter(|h| h.reading.label.policy == *policy.id()).collect();
        let reads_all = marked.iter().all(|line| of_policy.iter().any(|heading| heading.line == *line));
        of_pages(page, vocabulary, policy.id(), &of_policy, reads_all, &mut best);
    }
    if let Some(subject) = page.source.mail.as_ref().and_then(|mail| mail.subject) {
        let begun = subject.trim_start_matches(|c: char| !c.is_alphanumeric());
        for reading in vocabulary.beginnings(begun) {
            let value = Marking { label: Some(reading.label), unknown: reading.unknown };
            let written = begun.get(..reading.end).unwrap_or_default().to_owned();
            let place = Where::Header("Subject");
            best.add(reading.weight, Proposed { value, confidence: Confidence::Likely, place, written });
        }
    }
    let mut best = of_message(page, vocabulary, best.into_best());
    if headings.is_empty()
        && let Some(foreign) = foreign(page)
    {
        best.add(foreign);
    }
    best.ranked()
}

/// Proposals with the weight of their words: of equals in confidence the one of more words comes first.
struct Ranked(Vec<(usize, Proposed<Marking>)>);

impl Ranked {
    fn new() -> Self {
        Ranked(Vec::new())
    }

    fn add(&mut self, weight: usize, proposed: Proposed<Marking>) {
        self.0.push((weight, proposed));
    }

    fn into_best(mut self) -> Best<Marking> {
        self.0.sort_by_key(|(weight, _)| std::cmp::Reverse(*weight));
        let mut best = Best::new();
        self.0.into_iter().for_each(|(_, proposed)| best.add(proposed));
        best
    }
}

/// The classification of a formal message comes first where an indicator code on its line makes the line look unlike
/// a marking.
fn of_message(page: &Page<'_>, vocabulary: &Vocabulary, best: Best<Marking>) -> Best<Marking> {
    let Some(said) = page.message.as_ref().and_then(|message| message.classification.as_ref()) else {
        return best;
    };
    let all = best.ranked();
    let open = all.first().is_none_or(|first| !first.value.unknown.is_empty() || first.value.label.is_none());
    let mut out = Best::new();
    for reading in vocabulary.readings(&said.written).into_iter().filter(|r| open && r.complete && r.whole) {
        let value = Marking { label: Some(reading.label), unknown: reading.unknown };
        let (place, written) = (said.place.clone(), said.written.clone());
        out.add(Proposed { value, confidence: Confidence::Sure, place, written });
    }
    all.into_iter().for_each(|one| out.add(one));
    out
}

fn on_lines(page: &Page<'_>, vocabulary: &Vocabulary) -> Vec<Heading> {
    let last = page.lines.iter().filter(|line| !line.is_blank()).last().map_or(0, |line| line.number);
    let mut out = Vec::new();
    for line in page.lines.iter() {
        for reading in line_text(line).map(|text| vocabulary.readings(text)).unwrap_or_default() {
            let at_edge = line.number <= TOP || line.number + BOTTOM > last;
            let confidence = match (reading.complete, reading.whole) {
                (true, true) if at_edge => Confidence::Sure,
                (true, true) => Confidence::Likely,
                (false, true) if at_edge && !reading.unknown.is_empty() => Confidence::Likely,
                // "SECRET STATE 024976" heads a message, wherever the text of the message begins.
                (false, true) if line.text.contains(|c: char| c.is_ascii_digit()) => Confidence::Likely,
                _ => Confidence::Weak,
            };
            out.push(Heading { reading, confidence, line: line.number, bytes: line.all() });
        }
    }
    for heading in page.headings.of(Field::Marking) {
        let (bytes, text) = page.headings.span(heading);
        for reading in vocabulary.readings(text.get(..text.len().min(LONGEST)).unwrap_or(text)) {
            let confidence = if reading.whole { Confidence::Sure } else { Confidence::Likely };
            out.push(Heading { reading, confidence, line: heading.line, bytes: bytes.clone() });
        }
    }
    // Said again on another page it is surely the heading of pages.
    let again = |one: &Heading| {
        out.iter().any(|other| {
            other.line != one.line && other.reading.label == one.reading.label && other.reading.complete
        })
    };
    let repeated: Vec<bool> =
        out.iter().map(|one| one.reading.complete && one.reading.whole && again(one)).collect();
    for (heading, _) in out.iter_mut().zip(repeated).filter(|(_, repeated)| *repeated) {
        heading.confidence = Confidence::Sure;
    }
    out
}

/// A line that may be a marking, without the dashes and brackets that set it off. None for items of a list, for lines
/// that begin with a mark of portion, and for those too long.
fn line_text<'a>(line: &Line<'a>) -> Option<&'a str> {
    let text = line.text;
    if line.cut || text.len() > LONGEST || text.is_empty() {
        return None;
    }
    if text.starts_with(['-', '–', '—', '•', '*']) {
        let closed = text.len() > 2 && text.ends_with(['-', '–', '—', '*']);
        return closed.then_some(text);
    }
    // "(S/NF)" and "(SECRET)" are marks of what follows them.
    if text.starts_with('(') { None } else { Some(text) }
}

/// "Top Secret" above "Eyes Only": a line of nothing but caveats near a marking belongs to it.
fn add_caveats(page: &Page<'_>, vocabulary: &Vocabulary, headings: &mut [Heading]) {
    if headings.is_empty() {
        return;
    }
    let policies: Vec<PolicyId> = vocabulary.policies().iter().map(|policy| policy.id().clone()).collect();
    for line in page.lines.iter() {
        let Some(text) = line_text(line) else { continue };
        let near: Vec<usize> = headings
            .iter()
            .enumerate()
            .filter(|(_, heading)| heading.line != line.number && heading.line.abs_diff(line.number) <= NEAR)
            .map(|(index, _)| index)
            .collect();
        if near.is_empty() {
            continue;
        }
        for policy in &policies {
            let Some((caveats, rest)) = vocabulary.caveats(text, policy) else { continue };
            for index in &near {
                if let Some(heading) = headings.get_mut(*index).filter(|h| h.reading.label.policy == *policy)
                {
                    heading.reading.label.categories.extend(caveats.iter().cloned());
                    heading.reading.unknown.extend(rest.clone());
                    heading.bytes =
                        heading.bytes.start.min(line.all().start)..heading.bytes.end.max(line.all().end);
                }
            }
        }
    }
}

/// The highest of the headings of one policy, then each that is another.
fn of_pages(
    page: &Page<'_>,
    vocabulary: &Vocabulary,
    id: &PolicyId,
    all: &[&Heading],
    reads_all: bool,
    best: &mut Ranked,
) {
    let surest = all.iter().map(|heading| heading.confidence).min();
    let Some(surest) = surest else { return };
    // What is only perhaps a heading must not raise what surely is.
    let counted: Vec<&Heading> =
        all.iter().copied().filter(|h| h.confidence <= surest.max(Confidence::Likely)).collect();
    let labels: Vec<&Label> = counted.iter().map(|heading| &heading.reading.label).collect();
    let policy = vocabulary.policies().get(id);
    let rank = |heading: &&&Heading| {
        let level =
            policy.and_then(|policy| policy.level(&heading.reading.label.level)).map(|level| level.hierarchy);
        // The first of equals, for `max_by_key` gives the last.
        (level, std::cmp::Reverse(heading.line))
    };
    let Some(top) = counted.iter().max_by_key(rank) else { return };
    let joined = vocabulary.policies().highest(&labels).filter(|highest| !highest.no_common_reader());
    let joined = joined.and_then(|highest| match highest.labels() {
        [one] => Some(one.clone()),
        _ => None,
    });
    let label = joined.unwrap_or_else(|| top.reading.label.clone());
    let agree = counted.iter().all(|heading| heading.reading.label == label);
    let mut unknown: Vec<String> = Vec::new();
    for word in counted.iter().flat_map(|heading| heading.reading.unknown.iter()) {
        if !unknown.contains(word) && unknown.len() < 5 {
            unknown.push(word.clone());
        }
    }
    // Where the headings differ, or hold words that nobody knows, the clerk must look.
    let sure = agree && unknown.is_empty();
    let confidence = match (reads_all, sure) {
        (true, true) => surest,
        (true, false) => surest.max(Confidence::Likely),
        // A policy that cannot read the marking of every page is hardly the policy of the document.
        (false, _) => Confidence::Weak,
    };
    best.add(weight(top), proposed(page, top, Marking { label: Some(label), unknown }, confidence));
    for heading in all {
        let value =
            Marking { label: Some(heading.reading.label.clone()), unknown: heading.reading.unknown.clone() };
        let weight = if reads_all { weight(heading) } else { 0 };
        best.add(weight, proposed(page, heading, value, Confidence::Weak));
    }
}

/// Whole before bare, then by the number of words that say the level.
fn weight(heading: &Heading) -> usize {
    heading.reading.weight + if heading.reading.whole { 100 } else { 0 }
}

fn proposed(page: &Page<'_>, heading: &Heading, value: Marking, confidence: Confidence) -> Proposed<Marking> {
    let place = page.lines.place(heading.bytes.clone());
    Proposed { value, confidence, place, written: page.lines.at(&heading.bytes).to_owned() }
}

/// The same words in capitals at the very top and the very bottom: a marking of a policy that is not adopted, perhaps.
fn foreign(page: &Page<'_>) -> Option<Proposed<Marking>> {
    let mut written = page.lines.iter().filter(|line| !line.is_blank());
    let first = written.next()?;
    let last = written.last()?;
    let fits = first.text == last.text
        && first.text.len() <= FOREIGN
        && first.text.chars().filter(|c| c.is_alphabetic()).count() > 3
        && !first.text.contains(char::is_lowercase);
    fits.then(|| Proposed {
        value: Marking { label: None, unknown: vec![first.text.to_owned()] },
        confidence: Confidence::Weak,
        place: page.lines.place(first.all()),
        written: first.text.to_owned(),
    })
}
