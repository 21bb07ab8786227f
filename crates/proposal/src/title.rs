//! The title of a document: the kind that it begins with, and who writes to whom. Owns the grammar of titles; must not
//! know fields with headings of their own.

use std::ops::Range;

use crate::date;
use crate::lines::Lines;
use crate::tokens::{Token, gap, stands, words};
use crate::value::tidy;
use crate::words::Words;

/// How many paragraphs from the beginning may be the title.
const BLOCKS: usize = 8;
/// How many lines a title may run over.
const MOST_LINES: usize = 5;
/// How many bytes a title may have.
const LONGEST: usize = 600;
/// How many words may stand before the kind: "National Security Council Report".
const BEFORE: usize = 4;

/// A title.
#[derive(Debug)]
pub(crate) struct Title<'a> {
    /// The house's word for the kind, and the bytes of the words that say so.
    pub(crate) kind: Option<(String, Range<usize>)>,
    /// The kind is the first word and the title the first paragraph but for a marking or letterhead.
    pub(crate) plain: bool,
    /// The line in which it begins, counted from one.
    pub(crate) line: usize,
    /// Its bytes in the whole text.
    pub(crate) bytes: Range<usize>,
    text: &'a str,
    tokens: Vec<Token>,
    /// The first token after the kind.
    rest: usize,
}

/// A name in a title: its value and its bytes in the whole text.
pub(crate) type Name = (String, Range<usize>);

/// Who writes to whom, as far as the title says; and how sure the cut between them is.
#[derive(Debug, Default)]
pub(crate) struct Parties {
    pub(crate) from: Option<Name>,
    pub(crate) to: Option<Name>,
    pub(crate) unsure: bool,
}

/// The title, if one of the first paragraphs has the form of one.
pub(crate) fn read<'a>(lines: &Lines<'a>, house: &Words) -> Option<Title<'a>> {
    let mut best: Option<Title<'a>> = None;
    for (index, (line, bytes)) in blocks(lines).into_iter().take(BLOCKS).enumerate() {
        let text = lines.at(&bytes);
        let tokens = words(text);
        let Some((kind, at, next)) = kind_in(text, &tokens, house, index) else {
            // "The Secretary of Defense (Lovett) to the President", directly above a dateline.
            if index == 0 && best.is_none() && begins_with_article(text) {
                best = Some(Title { kind: None, plain: false, line, bytes, text, tokens, rest: 0 });
            }
            continue;
        };
        let start = tokens.get(at).map_or(0, |token| token.start);
        let end = tokens.get(next.saturating_sub(1)).map_or(start, |token| token.end);
        let kind = Some((kind, bytes.start + start..bytes.start + end));
        return Some(Title { kind, plain: at == 0 && index < 4, line, bytes, text, tokens, rest: next });
    }
    best
}

/// The first paragraphs: the line in which each begins and its bytes.
pub(crate) fn blocks(lines: &Lines<'_>) -> Vec<(usize, Range<usize>)> {
    let mut out: Vec<(usize, Range<usize>, usize)> = Vec::new();
    let mut open = false;
    for line in &lines.head {
        if line.is_blank() {
            open = false;
            continue;
        }
        match out.last_mut().filter(|_| open) {
            Some((_, bytes, count)) => {
                bytes.end = line.all().end;
                *count += 1;
            }
            None => {
                if out.len() == BLOCKS {
                    break;
                }
                out.push((line.number, line.all(), 1));
            }
        }
        open = !line.cut;
    }
    let fits =
        |(_, bytes, count): &(usize, Range<usize>, usize)| *count <= MOST_LINES && bytes.len() <= LONGEST;
    out.into_iter()
        .map(|block| {
            // Of a paragraph that is no title the first line may still be one.
            if fits(&block) { block } else { first_line(lines, &block) }
        })
        .map(|(line, bytes, _)| (line, bytes))
        .collect()
}

fn first_line(lines: &Lines<'_>, block: &(usize, Range<usize>, usize)) -> (usize, Range<usize>, usize) {
    let line = lines.head.iter().find(|line| line.number == block.0);
    (block.0, line.map_or(0..0, |line| line.all()), 1)
}

fn begins_with_article(text: &str) -> bool {
    text.starts_with("The ") && !text.ends_with(['.', ':', ';'])
}

/// The kind, and the tokens that say so.
fn kind_in(text: &str, tokens: &[Token], house: &Words, index: usize) -> Option<(String, usize, usize)> {
    if text.len() > LONGEST || (index > 1 && text.ends_with('.')) {
        return None;
    }
    for at in 0..=BEFORE.min(tokens.len().saturating_sub(1)) {
        let fitting = house.kinds.iter().find(|(phrase, _)| stands(tokens, at, phrase));
        if let Some((phrase, kind)) = fitting {
            let next = at + phrase.len();
            return follows_a_kind(text, tokens, next).then(|| (kind.clone(), at, next));
        }
        // Only names stand before a kind, and no stop: "National Security Council Report".
        let token = tokens.get(at)?;
        let named = text.get(token.start..).is_some_and(|t| t.starts_with(|c: char| c.is_uppercase()));
        let joined = matches!(token.folded.as_str(), "OF" | "THE" | "DE" | "DU" | "FROM" | "TO") && at > 0;
        // "Text of Telegram" is a telegram.
        let copied = joined && at == 1 && house.kinds.iter().any(|(phrase, _)| stands(tokens, 2, phrase));
        let run_on = gap(text, tokens, at + 1).chars().all(|c| c.is_whitespace() || c == '-');
        if !copied && (!named || joined || !run_on) {
            return None;
        }
    }
    None
}

/// What may stand after the kind in a title.
fn follows_a_kind(text: &str, tokens: &[Token], next: usize) -> bool {
    let Some(token) = tokens.get(next) else { return true };
    let between = gap(text, tokens, next);
    if between.contains([':', '.', ';', '?']) {
        return false;
    }
    let capital = text.get(token.start..).is_some_and(|t| t.starts_with(|c: char| !c.is_lowercase()));
    let keyword = matches!(
        token.folded.as_str(),
        "FROM"
            | "BY"
            | "TO"
            | "FOR"
            | "OF"
            | "ON"
            | "AT"
            | "WITH"
            | "IN"
            | "AMONG"
            | "REGARDING"
            | "CONCERNING"
            | "BETWEEN"
            | "PREPARED"
            | "SUBMITTED"
            | "DRAFTED"
            | "WRITTEN"
            | "DE"
            | "DU"
            | "DES"
            | "A"
            | "AU"
            | "AUX"
            | "POUR"
            | "SUR"
            | "NO"
            | "NR"
    );
    // "Letter Box ..." is no letter; "Memorandum No. 5", "Report, Paris" and "Estimate NIE-99" are.
    keyword
        || token.has_digit()
        || between.contains(',')
        || between.contains('\n')
        || (capital && text.len() < 60)
}

const OFFICES: &[&str] = &[
    "ASSISTANT",
    "ASSISTANTS",
    "ADVISER",
    "ADVISOR",
    "ADVISERS",
    "AMBASSADOR",
    "REPRESENTATIVE",
    "REPRESENTATIVES",
    "MISSION",
    "DELEGATION",
    "DELEGATE",
    "COUNSELOR",
    "COUNSELLOR",
    "DEPUTY",
    "LIAISON",
    "CONSUL",
    "MINISTER",
    "OFFICER",
    "OBSERVER",
    "AIDE",
    "OFFICE",
    "COORDINATOR",
    "CONSULTANT",
    "SECRETARY",
    "ENVOY",
    "ALTERNATE",
];

impl Title<'_> {
    /// Who writes to whom.
    pub(crate) fn parties(&self, house: &Words) -> Parties {
        let Some(first) = self.word(self.rest) else { return Parties::default() };
        if self.kind.is_none() {
            return match self.split(self.rest, true) {
                Some(cut) => Parties { unsure: true, ..self.both(self.rest, cut, house) },
                None => Parties::default(),
            };
        }
        // Past a number: "Airgram A-385 From", "Memorandum No. 12 for".
        let mut at = self.rest;
        let is_keyword = |word: &str| {
            matches!(
                word,
                "FROM" | "BY" | "TO" | "FOR" | "PREPARED" | "SUBMITTED" | "DRAFTED" | "WRITTEN" | "DE" | "DU"
            )
        };
        if !is_keyword(first) {
            let further = (at..at + 8).find(|i| self.word(*i).is_some_and(is_keyword));
            match further {
                Some(found) => at = found,
                None => return Parties::default(),
            }
        }
        let begin = self.next_of(at, &["FROM", "BY", "TO", "FOR", "IN", "DE", "DU"]).unwrap_or(at);
        match (self.word(at), self.word(begin)) {
            (Some("FROM"), _) => match self.split(at + 1, true) {
                Some(cut) => self.both(at + 1, cut, house),
                None => self.only_from(at + 1),
            },
            (Some("DE" | "DU"), _) => match self.french_split(at + 1) {
                Some(cut) => Parties { unsure: true, ..self.both(at + 1, cut, house) },
                None => self.only_from(at + 1),
            },
            (Some("TO" | "FOR"), _) => match self.next_of(at + 1, &["BY", "FROM"]) {
                Some(by) => {
                    let mut parties = self.only_from(by + 1);
                    parties.to = self.addressee(at + 1, by, house);
                    // "Memorandum for the Record by X to Y" has its addressee after the author.
                    if parties.to.is_none()
                        && let Some(cut) = self.split(by + 1, false)
                    {
                        return self.both(by + 1, cut, house);
                    }
                    parties
                }
                None => {
                    Parties { to: self.addressee(at + 1, self.tokens.len(), house), ..Parties::default() }
                }
            },
            (Some(_), Some("BY" | "IN")) => match self.split(begin + 1, false) {
                Some(cut) => self.both(begin + 1, cut, house),
                None => match self.next_of(begin + 1, &["FOR"]) {
                    Some(cut) if self.word(at) != Some("BY") => self.both(begin + 1, cut, house),
                    _ => self.only_from(begin + 1),
                },
            },
            _ => Parties::default(),
        }
    }

    fn word(&self, at: usize) -> Option<&str> {
        self.tokens.get(at).map(|token| token.folded.as_str())
    }

    fn both(&self, from: usize, cut: usize, house: &Words) -> Parties {
        Parties {
            from: self.name(from, cut),
            to: self.addressee(cut + 1, self.tokens.len(), house),
            unsure: false,
        }
    }

    fn only_from(&self, from: usize) -> Parties {
        Parties { from: self.name(from, self.tokens.len()), ..Parties::default() }
    }

    /// The first of these words outside brackets, from `at` on.
    fn next_of(&self, at: usize, wanted: &[&str]) -> Option<usize> {
        self.outside().find(|i| *i >= at && self.word(*i).is_some_and(|word| wanted.contains(&word)))
    }

    /// Tokens outside brackets.
    fn outside(&self) -> impl Iterator<Item = usize> {
        let mut depth = 0_usize;
        (0..self.tokens.len()).filter(move |at| {
            for character in gap(self.text, &self.tokens, *at).chars() {
                match character {
                    '(' | '[' => depth = depth.saturating_add(1),
                    ')' | ']' => depth = depth.saturating_sub(1),
                    _ => {}
                }
            }
            depth == 0
        })
    }

    /// The "to" between writer and addressee. Offices have a "to" of their own ("Special Assistant to the
    /// President"): one that follows a name in brackets is no such, nor is the last of several.
    fn split(&self, at: usize, usual: bool) -> Option<usize> {
        let candidates: Vec<usize> =
            self.outside().filter(|i| *i > at && self.word(*i) == Some("TO")).collect();
        let after_name = |i: &&usize| gap(self.text, &self.tokens, **i).contains([')', ']']);
        if let Some(cut) = candidates.iter().find(after_name) {
            return Some(*cut);
        }
        let after_office = |i: &&usize| {
            let before = i.checked_sub(1).and_then(|before| self.word(before));
            before.is_some_and(|word| OFFICES.contains(&word))
        };
        let plain = candidates.iter().find(|i| !after_office(i)).copied();
        plain.or_else(|| candidates.last().copied().filter(|_| usual))
    }

    /// The last "à" or "au" before a title of courtesy or an article.
    fn french_split(&self, at: usize) -> Option<usize> {
        let all = self.outside().filter(|i| *i > at && matches!(self.word(*i), Some("A" | "AU" | "AUX")));
        all.last()
    }

    fn addressee(&self, from: usize, to: usize, house: &Words) -> Option<Name> {
        let nobody = house.records.iter().any(|(phrase, ())| stands(&self.tokens, from, phrase));
        if nobody { None } else { self.name(from, to) }
    }

    /// The name that these tokens make, without article, and without the place and date that may end a title.
    fn name(&self, from: usize, to: usize) -> Option<Name> {
        let mut first = self.tokens.get(from)?;
        let second = self.tokens.get(from + 1);
        if matches!(first.folded.as_str(), "THE" | "LE" | "LA" | "LES" | "L") {
            first = second?;
        }
        let end = self.tokens.get(to).map_or(self.text.len(), |token| token.start);
        // "[name not declassified] of the Office".
        let before = self.text.get(..first.start)?;
        let begin = if before.ends_with(['[', '“', '"']) {
            before.trim_end_matches(['[', '“', '"']).len()
        } else {
            first.start
        };
        let mut raw = self.text.get(begin..end)?;
        if let Some(found) = date::find(raw, None).first() {
            raw = raw.get(..found.bytes.start)?.trim_end().trim_end_matches([',', '—', '–']);
            // ", Washington" before the date.
            if let Some((before, place)) = raw.rsplit_once(',')
                && place.split_whitespace().count() <= 3
                && !before.is_empty()
            {
                raw = before;
            }
        }
        let raw = raw.trim_end().trim_end_matches([',', ';', ':', '.']).trim_end();
        let start = self.bytes.start + begin;
        Some((tidy(raw)?, start..start + raw.len()))
    }
}
