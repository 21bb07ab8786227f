//! How the lines of a formal message are understood: the forms of ACP 127 and 128 and the plain ones ("FM", "TO",
//! "INFO"; "DE", "POUR", "INFO"). Owns the order of the lines; the words are the house's.
//!
//! A text is a message only if its heading begins near the top, nothing but short lines stands before it, and group,
//! originator and an addressee follow one another in it. A letter that quotes a message is none.

use std::ops::Range;

use jiff::civil::Date;

use super::{DateTimeGroup, Message};
use crate::date::{self, Form};
use crate::lines::{Line, Lines};
use crate::tokens::{Token, gap, stands, words};
use crate::value::{Confidence, Proposed, tidy};
use crate::vocabulary::Vocabulary;
use crate::words::{Field, Words};

/// The most written lines before the heading, and the most words of one of them that is not all in capitals.
const PRELUDE: usize = 15;
const PRELUDE_WORDS: usize = 6;
/// The most lines that say nothing to us inside a heading (`ZNY CCCCC`).
const STRANGE: usize = 4;
/// The most addressees of one list.
const ADDRESSEES: usize = 100;
/// The longest line of a heading, in bytes.
const HEADING: usize = 160;
/// How many written lines after the heading are looked at.
const BODY: usize = 60;
/// How many lines a subject may run over.
const SUBJECT: usize = 4;
/// The most references, and the most indicator codes.
const REFERENCES: usize = 26;
const CODES: usize = 8;

/// Reads the message that the text is, if it is one.
pub(crate) fn read(
    lines: &Lines<'_>,
    house: &Words,
    vocabulary: &Vocabulary,
    registered: Option<Date>,
) -> Option<Message> {
    let mut reader = Reader::new(lines, house, vocabulary, registered);
    let mut body = None;
    for (index, line) in lines.head.iter().enumerate() {
        if line.is_blank() {
            reader.open = None;
            continue;
        }
        match reader.heading(line) {
            Step::On => {}
            Step::Text => {
                body = Some(index);
                break;
            }
            Step::None => return None,
        }
    }
    if !reader.is_complete() {
        return None;
    }
    let rest = lines.head.get(body.unwrap_or(lines.head.len())..).unwrap_or_default();
    reader.body(rest);
    Some(Message {
        group: reader.group?,
        precedence: reader.precedence,
        info_precedence: reader.info_precedence,
        originator: reader.originator?.0,
        action: reader.action,
        info: reader.info,
        exempt: reader.exempt,
        classification: reader.classification,
        sic: reader.sic,
        subject: reader.subject,
        references: reader.references,
    })
}

/// What a line was.
enum Step {
    /// Of the heading.
    On,
    /// The first of the text.
    Text,
    /// Of no message.
    None,
}

/// A word that announces what stands after it on its line.
struct Label {
    field: Field,
    /// Where the value begins.
    value: usize,
    /// The folded first word.
    word: String,
}

struct Reader<'a> {
    lines: &'a Lines<'a>,
    house: &'a Words,
    vocabulary: &'a Vocabulary,
    registered: Option<Date>,
    prelude: usize,
    strange: usize,
    /// The list that the next line may go on with.
    open: Option<Field>,
    group: Option<Proposed<DateTimeGroup>>,
    precedence: Option<Proposed<String>>,
    info_precedence: Option<Proposed<String>>,
    /// With the word that announced it: "DE" may be of the procedure, then "FM" counts.
    originator: Option<(Proposed<String>, String)>,
    action: Vec<Proposed<String>>,
    info: Vec<Proposed<String>>,
    exempt: Vec<Proposed<String>>,
    classification: Option<Proposed<String>>,
    sic: Vec<Proposed<String>>,
    subject: Option<Proposed<String>>,
    references: Vec<Proposed<String>>,
}

impl<'a> Reader<'a> {
    fn new(
        lines: &'a Lines<'a>,
        house: &'a Words,
        vocabulary: &'a Vocabulary,
        registered: Option<Date>,
    ) -> Self {
        Reader {
            lines,
            house,
            vocabulary,
            registered,
            prelude: 0,
            strange: 0,
            open: None,
            group: None,
            precedence: None,
            info_precedence: None,
            originator: None,
            action: Vec::new(),
            info: Vec::new(),
            exempt: Vec::new(),
            classification: None,
            sic: Vec::new(),
            subject: None,
            references: Vec::new(),
        }
    }

    fn is_complete(&self) -> bool {
        let addressed = !self.action.is_empty() || !self.info.is_empty();
        self.group.is_some() && self.originator.is_some() && addressed
    }

    fn has_begun(&self) -> bool {
        self.group.is_some() || self.originator.is_some()
    }

    /// What stands at these bytes of a line, as a value.
    fn said(&self, line: &Line<'_>, inside: Range<usize>) -> Option<Proposed<String>> {
        let part = line.text.get(inside.clone())?;
        let blank = |c: char| c.is_whitespace() || matches!(c, ':' | '/' | ';' | ',');
        let begun = part.trim_start_matches(blank);
        let start = inside.start + (part.len() - begun.len());
        let bytes = line.bytes(start..start + begun.trim_end_matches(blank).len());
        let written = self.lines.at(&bytes).to_owned();
        let value = tidy(&written)?;
        Some(Proposed { value, confidence: Confidence::Sure, place: self.lines.place(bytes), written })
    }

    fn heading(&mut self, line: &Line<'_>) -> Step {
        let otherwise = |complete: bool| if complete { Step::Text } else { Step::None };
        if line.cut || line.text.len() > HEADING {
            return otherwise(self.is_complete());
        }
        // "BT" parts the heading from the text.
        if line.text == "BT" {
            return otherwise(self.is_complete());
        }
        if self.group_on(line) {
            self.open = None;
            return Step::On;
        }
        if let Some(label) = label(line.text, self.house) {
            return self.labelled(line, &label);
        }
        if self.precedence_on(line) {
            return if self.is_complete() { Step::Text } else { Step::On };
        }
        if !self.vocabulary.readings(line.text).is_empty() || is_codes(line.text) {
            if self.is_complete() {
                return Step::Text;
            }
            self.classified(line);
            return Step::On;
        }
        if let Some(field) = self.open
            && is_addressee(line.text)
        {
            self.addressees(line, 0, field);
            return Step::On;
        }
        if self.is_complete() {
            return Step::Text;
        }
        if self.has_begun() {
            self.strange += 1;
            let shouted = !line.text.contains(char::is_lowercase) && line.text.len() <= 70;
            return if shouted && self.strange <= STRANGE { Step::On } else { Step::None };
        }
        self.prelude += 1;
        if self.prelude <= PRELUDE && self.is_prelude(line.text) { Step::On } else { Step::None }
    }

    /// What may stand above the heading: names, numbers, procedure; no sentence and no greeting.
    fn is_prelude(&self, text: &str) -> bool {
        let tokens = words(text);
        let loud = !text.contains(char::is_lowercase);
        let greets = self.house.salutations.iter().any(|(phrase, ())| stands(&tokens, 0, phrase));
        (loud && tokens.len() <= 3 * PRELUDE_WORDS)
            || (tokens.len() <= PRELUDE_WORDS && !greets && !text.ends_with([',', '.', ';', ':', '?', '!']))
    }

    fn labelled(&mut self, line: &Line<'_>, label: &Label) -> Step {
        let all = label.value..line.text.len();
        self.open = None;
        match label.field {
            Field::From if self.is_complete() => return Step::Text,
            Field::From => {
                let again = self.originator.as_ref().is_some_and(|(_, word)| word != "DE");
                if again || !self.action.is_empty() || !self.info.is_empty() {
                    return Step::None;
                }
                if let Some(said) = self.said(line, all) {
                    self.originator = Some((without_routing(said), label.word.clone()));
                }
            }
            Field::To | Field::Info | Field::Exempt => {
                if self.originator.is_none() {
                    return Step::None;
                }
                self.open = Some(label.field);
                self.addressees(line, label.value, label.field);
            }
            Field::Precedence => {
                let value = self.precedence_at(line, label.value);
                self.precedence = self.precedence.take().or(value);
            }
            Field::PrecedenceInfo => {
                let value = self.precedence_at(line, label.value);
                self.info_precedence = self.info_precedence.take().or(value);
            }
            Field::Marking => self.classification = self.classification.take().or(self.said(line, all)),
            // "MESSAGE NO 12" may stand anywhere above the text.
            Field::Number if !self.is_complete() => {}
            _ if self.is_complete() => return Step::Text,
            _ => return Step::None,
        }
        Step::On
    }

    fn addressees(&mut self, line: &Line<'_>, from: usize, field: Field) {
        let mut start = from;
        for part in line.text.get(from..).unwrap_or_default().split(';') {
            let said = self.said(line, start..start + part.len()).map(without_routing);
            start += part.len() + 1;
            let list = match field {
                Field::Info => &mut self.info,
                Field::Exempt => &mut self.exempt,
                _ => &mut self.action,
            };
            if list.len() < ADDRESSEES {
                list.extend(said);
            }
        }
    }

    /// "O P 121530Z MAR 26": a group with precedences before it and operating signals after it.
    fn group_on(&mut self, line: &Line<'_>) -> bool {
        let Some(found) = date::find(line.text, self.registered).into_iter().find(|f| f.form == Form::Group)
        else {
            return false;
        };
        let before = words(line.text.get(..found.bytes.start).unwrap_or_default());
        let after = line.text.get(found.bytes.end..).unwrap_or_default();
        let signals = words(after);
        let quiet = signals.len() <= 4 && !after.contains(char::is_lowercase);
        let Some(ranks) = self.ranks(&before).filter(|_| quiet && self.group.is_none()) else { return false };
        let bytes = line.bytes(found.bytes);
        let written = self.lines.at(&bytes).to_owned();
        let Some(value) = DateTimeGroup::of(&written, found.value) else { return false };
        let place = self.lines.place(bytes);
        self.group = Some(Proposed { value, confidence: Confidence::Sure, place, written });
        self.take_ranks(line, ranks);
        true
    }

    /// A line of nothing but precedences.
    fn precedence_on(&mut self, line: &Line<'_>) -> bool {
        let tokens = words(line.text);
        if tokens.is_empty() || tokens.len() > 6 || tokens.iter().all(|token| token.folded.len() < 3) {
            return false;
        }
        match self.ranks(&tokens).filter(|ranks| !ranks.is_empty()) {
            Some(ranks) => {
                self.take_ranks(line, ranks);
                true
            }
            None => false,
        }
    }

    /// The precedences that these words are, each with its bytes and whether it is for information; none if there is
    /// any other word.
    fn ranks(&self, tokens: &[Token]) -> Option<Vec<(String, Range<usize>, bool)>> {
        let mut out = Vec::new();
        let (mut at, mut info) = (0, false);
        while let Some(token) = tokens.get(at) {
            // "OO" and "PP" are O and P said twice.
            let letter = match token.folded.as_bytes() {
                [a, b] if a == b => token.folded.get(..1).unwrap_or_default(),
                _ => token.folded.as_str(),
            };
            let known = self.house.precedences.iter().find(|(phrase, _)| {
                stands(tokens, at, phrase) || matches!(phrase.as_slice(), [one] if one == letter)
            });
            match known {
                Some((phrase, value)) => {
                    let last = tokens.get(at + phrase.len() - 1)?;
                    let second = info || !out.is_empty();
                    out.push((value.clone(), token.start..last.end, second));
                    at += phrase.len();
                }
                None => {
                    match token.folded.as_str() {
                        "INFO" => info = true,
                        "ACTION" | "DTG" | "PRECEDENCE" | "GDH" | "GROUPE" | "DATE" | "HEURE" | "TIME"
                        | "GROUP" => {}
                        _ => return None,
                    }
                    at += 1;
                }
            }
            if at > 8 {
                return None;
            }
        }
        Some(out)
    }

    fn take_ranks(&mut self, line: &Line<'_>, ranks: Vec<(String, Range<usize>, bool)>) {
        for (value, inside, info) in ranks {
            let bytes = line.bytes(inside);
            let written = self.lines.at(&bytes).to_owned();
            let place = self.lines.place(bytes);
            let said = Proposed { value, confidence: Confidence::Sure, place, written };
            let slot = if info { &mut self.info_precedence } else { &mut self.precedence };
            slot.get_or_insert(said);
        }
    }

    fn precedence_at(&self, line: &Line<'_>, from: usize) -> Option<Proposed<String>> {
        let said = self.said(line, from..line.text.len())?;
        let ranks = self.ranks(&words(&said.written))?;
        let (value, _, _) = ranks.into_iter().next()?;
        Some(Proposed { value, ..said })
    }

    /// A classification, alone or with indicator codes after it.
    fn classified(&mut self, line: &Line<'_>) {
        let tokens = words(line.text);
        let codes = tokens.iter().position(|token| token.folded == "SIC");
        let until = codes.and_then(|at| tokens.get(at)).map_or(line.text.len(), |token| token.start);
        if self.classification.is_none()
            && line.text.get(..until).is_some_and(|text| !self.vocabulary.readings(text).is_empty())
        {
            self.classification = self.said(line, 0..until);
        }
        if let Some(token) = codes.and_then(|at| tokens.get(at)) {
            self.codes(line, token.end);
        }
    }

    /// `SIC IAA/KIF`: codes of three letters or digits.
    fn codes(&mut self, line: &Line<'_>, from: usize) {
        let tokens = words(line.text);
        for token in tokens.iter().filter(|t| t.start >= from).take(CODES) {
            if token.folded.len() != 3 || !token.folded.is_ascii() {
                return;
            }
            if self.sic.len() < CODES {
                self.sic.extend(self.said(line, token.start..token.end));
            }
        }
    }

    fn body(&mut self, rest: &[Line<'_>]) {
        let mut written = 0;
        let mut open: Option<Field> = None;
        for line in rest {
            if line.is_blank() {
                // "REF:" may stand above its list with a blank line between.
                open = open.filter(|field| *field == Field::Reference && self.references.is_empty());
                continue;
            }
            written += 1;
            if written > BODY || is_paragraph(line.text) {
                return;
            }
            if line.cut {
                open = None;
                continue;
            }
            let label = label(line.text, self.house);
            match label.as_ref().map(|label| label.field) {
                Some(Field::Subject) if self.subject.is_none() => {
                    let from = label.map_or(0, |label| label.value);
                    self.subject = self.said(line, from..line.text.len());
                    open = Some(Field::Subject);
                }
                Some(Field::Sic) => {
                    self.codes(line, label.map_or(0, |label| label.value));
                    open = None;
                }
                Some(Field::Marking) if self.classification.is_none() => {
                    self.classification = self.said(line, label.map_or(0, |l| l.value)..line.text.len());
                    open = None;
                }
                Some(Field::Reference) => {
                    self.reference(line, label.map_or(0, |label| label.value));
                    open = Some(Field::Reference);
                }
                Some(_) => open = None,
                None if open == Some(Field::Subject) => self.more_of_subject(line, &mut open),
                None if open == Some(Field::Reference) && starts_with_letter(line.text).is_some() => {
                    self.reference(line, 0);
                }
                None => {
                    open = None;
                    if written <= 4 {
                        self.classified(line);
                    }
                }
            }
        }
    }

    /// A subject goes on with lines directly under it; each is the rest of it, up to its own end "//".
    fn more_of_subject(&mut self, line: &Line<'_>, open: &mut Option<Field>) {
        let Some(subject) = &mut self.subject else { return };
        let crate::value::Where::Text { bytes, .. } = &subject.place else { return };
        let all = bytes.start..line.all().end;
        let written = self.lines.at(&all);
        let ended = subject.written.ends_with("//") || written.matches('\n').count() >= SUBJECT;
        let marks = !self.vocabulary.readings(line.text).is_empty();
        match tidy(written).filter(|_| !ended && !marks && written.len() <= 600) {
            Some(value) => {
                subject.value = value;
                subject.written = written.to_owned();
                subject.place = self.lines.place(all);
            }
            None => *open = None,
        }
    }

    /// "A. MCM-0008-2021", also several on one line that each begin with the next letter.
    fn reference(&mut self, line: &Line<'_>, from: usize) {
        if self.references.len() >= REFERENCES {
            return;
        }
        let text = line.text.get(from..).unwrap_or_default();
        if let Some(said) = self.said(line, from..line.text.len()) {
            let bare = starts_with_letter(text.trim_start_matches([' ', ':', '/', '\t']))
                .map_or(said.value.as_str(), |rest| rest);
            let value = tidy(bare.trim_end_matches('/')).unwrap_or_default();
            if !value.is_empty() {
                self.references.push(Proposed { value, ..said });
            }
        }
    }
}

/// "A. text", "(A) text", "A) text", "A/ text": the text after the letter.
fn starts_with_letter(text: &str) -> Option<&str> {
    let inner = text.strip_prefix('(').unwrap_or(text);
    let rest = inner.strip_prefix(|c: char| c.is_ascii_uppercase())?;
    let rest = rest.strip_prefix(['.', ')', '/', ':']).or_else(|| rest.strip_prefix(" - "))?;
    (!rest.trim().is_empty()).then(|| rest.trim())
}

/// "1. ...", "1) ...": the text proper begins.
fn is_paragraph(text: &str) -> bool {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    (1..=2).contains(&digits) && text.get(digits..).is_some_and(|rest| rest.starts_with(['.', ')']))
}

/// "SIC IAA" or "NATO SECRET SIC IAA".
fn is_codes(text: &str) -> bool {
    let tokens = words(text);
    let at = tokens.iter().position(|token| token.folded == "SIC");
    let codes = at.and_then(|at| tokens.get(at + 1..)).unwrap_or_default();
    tokens.len() <= 16 && !codes.is_empty() && codes.iter().all(|code| code.folded.len() == 3)
}

/// A name in capitals on a line of its own.
fn is_addressee(text: &str) -> bool {
    let loud = !text.contains(char::is_lowercase) && text.chars().any(char::is_alphabetic);
    loud && text.len() <= 120 && !is_paragraph(text) && !text.ends_with('.') && words(text).len() <= 14
}

/// "RXFPSH/SHAPE OPS" is SHAPE OPS: the rest is the routing of a network.
fn without_routing(said: Proposed<String>) -> Proposed<String> {
    let routed = said.value.split_once('/').filter(|(before, after)| {
        let indicator = (5..=7).contains(&before.len()) && before.starts_with(['R', 'U']);
        indicator && before.bytes().all(|b| b.is_ascii_uppercase()) && !after.trim().is_empty()
    });
    match routed.and_then(|(_, name)| tidy(name)) {
        Some(value) => Proposed { value, ..said },
        None => said,
    }
}

/// The label with which a line begins: with a colon after it in any case, without one all in capitals.
fn label(text: &str, house: &Words) -> Option<Label> {
    let window = text.get(..text.char_indices().nth(80).map_or(text.len(), |(end, _)| end))?;
    let tokens = words(window);
    if !gap(window, &tokens, 0).is_empty() {
        return None;
    }
    house.fields.iter().filter(|(phrase, _)| stands(&tokens, 0, phrase)).find_map(|(phrase, field)| {
        let last = tokens.get(phrase.len() - 1)?;
        let rest = text.get(last.end..)?;
        let word = phrase.first()?.clone();
        let blank = rest.trim_start();
        let coded = matches!(field, Field::Subject | Field::Reference | Field::Sic);
        if blank.starts_with(':') || (coded && rest.starts_with('/')) {
            let value = last.end + (rest.len() - blank.len()) + 1;
            return Some(Label { field: *field, value, word });
        }
        let loud = !text.contains(char::is_lowercase);
        let apart = rest.is_empty() || rest.starts_with(char::is_whitespace);
        let short = phrase.len() == 1 || *field == Field::To;
        let plain = match field {
            Field::From | Field::To | Field::Info | Field::Exempt | Field::Sic | Field::Precedence => true,
            Field::PrecedenceInfo => true,
            Field::Subject | Field::Marking => phrase.first().is_some_and(|w| w.len() > 2),
            // "REFERENCE A APPLIES" is a sentence.
            Field::Reference => starts_with_letter(blank).is_some() || rest.is_empty(),
            Field::Date | Field::Number | Field::Other => rest.is_empty(),
        };
        (loud && apart && plain && (short || rest.is_empty())).then_some(Label {
            field: *field,
            value: last.end,
            word,
        })
    })
}
