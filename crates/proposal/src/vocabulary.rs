//! The words in which the adopted policies mark: made by asking each policy for the marking of every level and category
//! and looking at what it adds. Owns reading a line as a marking; must not know where on a page markings count.

use std::collections::{BTreeMap, BTreeSet};

use label::{CategoryKey, Code, Label, Language, Policies, Policy, PolicyId};

use crate::tokens::{Token, gap, stands, words};
use crate::words::Words;

/// The most words of a line that is read as a marking.
const LONGEST: usize = 28;
/// The most words of a marking that no policy knows and that are still taken as part of it.
const UNKNOWN: usize = 8;
/// The most words of a line that begins with caveats and goes on.
const CAVEATS: usize = 6;
/// The fewest letters that are a word written letter by letter: "S E C R E T".
const SPACED: usize = 3;
const LANGUAGES: [Language; 2] = [Language::English, Language::French];

/// The words of markings of all adopted policies. Made once for a set of policies; a few milliseconds for a policy of
/// several hundred categories.
#[derive(Debug, Clone)]
pub struct Vocabulary {
    policies: Policies,
    each: Vec<OfPolicy>,
    /// Marks of portions with the label of each level.
    portions: Vec<(String, Label)>,
    synonyms: Vec<(Vec<String>, Vec<String>)>,
    furniture: Vec<String>,
}

/// The words of one policy.
#[derive(Debug, Clone)]
struct OfPolicy {
    id: PolicyId,
    /// By first word, longest first.
    bases: BTreeMap<String, Vec<Base>>,
    tags: Vec<Tag>,
}

/// Words that say the level, and what else they say.
#[derive(Debug, Clone)]
struct Base {
    words: Vec<String>,
    level: Code,
    with: Vec<CategoryKey>,
    /// All that the policy asks for; else the policy's own name is not in it.
    whole: bool,
}

/// Categories that are written in one way: "RELEASABLE TO" before them, " ONLY" after them.
#[derive(Debug, Clone)]
struct Tag {
    prefix: Vec<String>,
    suffix: Vec<String>,
    /// By first word, longest first.
    cores: BTreeMap<String, Vec<(Vec<String>, CategoryKey)>>,
}

/// A line, or its beginning, read as a marking under one policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Reading {
    pub(crate) label: Label,
    pub(crate) unknown: Vec<String>,
    /// Every word is accounted for.
    pub(crate) complete: bool,
    /// The policy's own name stands where it should.
    pub(crate) whole: bool,
    /// How many words say the level: more are more certain.
    pub(crate) weight: usize,
    /// The byte after the last word that was understood.
    pub(crate) end: usize,
}

/// A mark of portion at the beginning of a text.
#[derive(Debug)]
pub(crate) struct Portion<'a> {
    /// The labels of which it can be the mark, and whether it is all of the mark.
    pub(crate) labels: Vec<(Label, bool)>,
    /// What stands in the brackets.
    pub(crate) mark: &'a str,
    /// The text after it.
    pub(crate) rest: &'a str,
}

impl Vocabulary {
    /// The vocabulary of these policies, with the house's other spellings.
    pub fn new(policies: &Policies, house: &Words) -> Self {
        let synonyms = house.synonyms.clone();
        let each = policies.iter().map(|policy| OfPolicy::new(policy, &synonyms)).collect();
        let mut portions: Vec<(String, Label)> = Vec::new();
        for (policy, level) in
            policies.iter().flat_map(|policy| policy.levels().iter().map(move |level| (policy, level)))
        {
            let label = Label::plain(policy.id().clone(), level.code.clone());
            for mark in LANGUAGES.iter().filter_map(|language| policy.portion_mark(&label, *language).ok()) {
                if !mark.is_empty() && !portions.contains(&(mark.clone(), label.clone())) {
                    portions.push((mark, label.clone()));
                }
            }
        }
        Vocabulary {
            policies: policies.clone(),
            each,
            portions,
            synonyms,
            furniture: house.furniture.clone(),
        }
    }

    pub(crate) fn policies(&self) -> &Policies {
        &self.policies
    }

    /// The line as a marking, under each policy that can read it.
    pub(crate) fn readings(&self, text: &str) -> Vec<Reading> {
        let Some(tokens) = self.tokens(text) else { return Vec::new() };
        self.each.iter().filter_map(|policy| self.line(policy, text, &tokens)).collect()
    }

    /// The marking with which a longer line begins ("[NATO RESTRICTED] Agenda"), under each policy.
    pub(crate) fn beginnings(&self, text: &str) -> Vec<Reading> {
        let end = text.char_indices().nth(200).map_or(text.len(), |(end, _)| end);
        let text = text.get(..end).unwrap_or_default();
        let tokens = synonymous(words(text), &self.synonyms);
        let read = |policy: &OfPolicy| {
            let base = policy.base(&tokens, 0).filter(|base| base.whole)?;
            let (with, next) = policy.categories(&tokens, base.words.len());
            let ends = next >= tokens.len()
                || gap(text, &tokens, next).contains(['-', '–', '—', ':', ']', ')', '|', '/']);
            let end = tokens.get(next.checked_sub(1)?)?.end;
            let label = policy.label(base, with);
            let weight = base.words.len();
            ends.then_some(Reading { label, unknown: Vec::new(), complete: true, whole: true, weight, end })
        };
        self.each.iter().filter_map(read).collect()
    }

    /// Categories of this policy with which a line begins that says nothing else, or little else and all in capitals
    /// ("EXDIS FOR AMBASSADOR"); what else it says is the second part.
    pub(crate) fn caveats(
        &self,
        text: &str,
        policy: &PolicyId,
    ) -> Option<(BTreeSet<CategoryKey>, Option<String>)> {
        let tokens = self.tokens(text)?;
        let policy = self.each.iter().find(|each| each.id == *policy)?;
        let (found, next) = policy.categories(&tokens, 0);
        if found.is_empty() {
            return None;
        }
        let Some(rest) = tokens.get(next) else { return Some((found, None)) };
        let loud = tokens.len() <= CAVEATS && !text.contains(char::is_lowercase);
        let rest = text.get(rest.start..).filter(|_| loud)?;
        Some((found, Some(rest.to_owned())))
    }

    /// The mark of portion with which a text begins ("(NR) Air policing"). Marks that name more than a level ("NS-A") are known by their level, and say so.
    pub(crate) fn portion<'a>(&self, text: &'a str) -> Option<Portion<'a>> {
        let (mark, rest) = text.trim_start().strip_prefix('(')?.split_once(')')?;
        if mark.len() > 40 || mark.contains(char::is_lowercase) {
            return None;
        }
        let is_part =
            |known: &str| mark.strip_prefix(known).is_some_and(|more| more.starts_with(['-', ' ', '/']));
        let all = self.portions.iter().filter(|(known, _)| known == mark || is_part(known));
        let labels: Vec<(Label, bool)> = all.map(|(known, label)| (label.clone(), known == mark)).collect();
        (!labels.is_empty()).then_some(Portion { labels, mark, rest })
    }

    fn tokens(&self, text: &str) -> Option<Vec<Token>> {
        if text.len() > 300 {
            return None;
        }
        let tokens = synonymous(closed_up(text, words(text)), &self.synonyms);
        (!tokens.is_empty() && tokens.len() <= LONGEST).then_some(tokens)
    }

    fn is_furniture(&self, token: &Token) -> bool {
        token.is_digits() || self.furniture.contains(&token.folded)
    }

    fn line(&self, policy: &OfPolicy, text: &str, tokens: &[Token]) -> Option<Reading> {
        let mut at = 0;
        let mut before = BTreeSet::new();
        let base = loop {
            let token = tokens.get(at)?;
            if let Some(base) = policy.base(tokens, at) {
                break base;
            }
            let (found, next) = policy.categories(tokens, at);
            if next > at {
                before.extend(found);
                at = next;
            } else if self.is_furniture(token) || is_joint(&token.folded) {
                at += 1;
            } else {
                return None;
            }
        };
        at += base.words.len();
        let mut unknown = Vec::new();
        let mut complete = true;
        let mut end = tokens.get(at.checked_sub(1)?)?.end;
        while let Some(token) = tokens.get(at) {
            let (found, next) = policy.categories(tokens, at);
            if next > at {
                before.extend(found);
                at = next;
                end = tokens.get(at.checked_sub(1)?)?.end;
            } else if self.is_furniture(token) {
                at += 1;
            } else {
                let (words, next) = unknown_at(text, tokens, at)?;
                unknown.extend(words);
                complete = false;
                at = next;
            }
        }
        if !complete && text.ends_with(['.', ':', '?', ',']) {
            return None;
        }
        let label = policy.label(base, before);
        Some(Reading { label, unknown, complete, whole: base.whole, weight: base.words.len(), end })
    }
}

fn is_joint(word: &str) -> bool {
    matches!(word, "AND" | "ET")
}

/// Words after a marking that the policy does not know. Those set apart by a stop stand in the marking; those that
/// merely follow are a reference ("NSC 135/1") or what else the line holds. None where the line is running text.
fn unknown_at(text: &str, tokens: &[Token], at: usize) -> Option<(Option<String>, usize)> {
    let first = tokens.get(at)?;
    let rest = text.get(first.start..)?;
    let left = tokens.len().checked_sub(at)?;
    let before = gap(text, tokens, at);
    if before.contains(['.', ':', ',', '?', '!']) || left > UNKNOWN {
        return None;
    }
    if before.contains([';', '/', '–', '—', '(', '"', '“', '\'', '-', '|', '['])
        && !before.starts_with(['\'', '’'])
    {
        let stop = rest.find(';').map_or(text.len(), |stop| first.start + stop);
        let next = (at..tokens.len())
            .find(|i| tokens.get(*i).is_some_and(|t| t.start >= stop))
            .unwrap_or(tokens.len());
        let words = text.get(first.start..stop)?.trim_matches(|c: char| !c.is_alphanumeric());
        let is_number = tokens.get(at..next)?.iter().any(Token::has_digit);
        return Some(((!is_number).then(|| words.to_owned()), next));
    }
    let loud = !rest.contains(char::is_lowercase);
    let numbered = tokens.iter().skip(at).take(3).any(Token::has_digit);
    let named = tokens.iter().skip(at).all(|token| {
        let shown = text.get(token.start..);
        shown.is_some_and(|shown| !shown.starts_with(char::is_lowercase))
    });
    let quoted = before.contains("''");
    ((loud && (numbered || left <= 2)) || (numbered && named) || quoted).then_some((None, tokens.len()))
}

/// The tokens with words that are written letter by letter ("S E C R E T", as teleprinters did for emphasis) made whole.
fn closed_up(text: &str, tokens: Vec<Token>) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::with_capacity(tokens.len());
    let is_letter = |at: usize| tokens.get(at).is_some_and(|t| t.folded.len() == 1 && !t.is_digits());
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        let mut next = at + 1;
        while is_letter(at) && is_letter(next) && gap(text, &tokens, next) == " " {
            next += 1;
        }
        match tokens.get(at..next).filter(|run| run.len() >= SPACED) {
            Some(run) => {
                let folded = run.iter().map(|letter| letter.folded.as_str()).collect();
                let end = run.last().map_or(token.end, |last| last.end);
                out.push(Token { start: token.start, end, folded });
                at = next;
            }
            None => {
                out.push(token.clone());
                at += 1;
            }
        }
    }
    out
}

/// The tokens with the house's other spellings replaced; the places stay.
fn synonymous(tokens: Vec<Token>, synonyms: &[(Vec<String>, Vec<String>)]) -> Vec<Token> {
    let mut out = Vec::with_capacity(tokens.len());
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        match synonyms.iter().find(|(written, _)| stands(&tokens, at, written)) {
            Some((written, means)) => {
                let end = tokens.get(at + written.len() - 1).map_or(token.end, |last| last.end);
                out.extend(means.iter().map(|word| Token { start: token.start, end, folded: word.clone() }));
                at += written.len();
            }
            None => {
                out.push(token.clone());
                at += 1;
            }
        }
    }
    out
}

impl OfPolicy {
    fn new(policy: &Policy, synonyms: &[(Vec<String>, Vec<String>)]) -> Self {
        let fold = |text: &str| -> Vec<String> {
            synonymous(words(text), synonyms).into_iter().map(|token| token.folded).collect()
        };
        let mut bases: Vec<Base> = Vec::new();
        let mut tags: Vec<Tag> = Vec::new();
        for language in LANGUAGES {
            for level in policy.levels() {
                let plain = Label::plain(policy.id().clone(), level.code.clone());
                let Ok(marking) = policy.marking(&plain, language) else { continue };
                let base = |words, whole| Base { words, level: level.code.clone(), with: Vec::new(), whole };
                bases.push(base(fold(&marking), true));
                // "SECRET UE/EU SECRET" is also written by its halves.
                let halves: Vec<&str> = marking.split('/').collect();
                if halves.len() == 2 {
                    bases.extend(
                        halves.iter().map(|half| base(fold(half), true)).filter(|b| b.words.len() > 1),
                    );
                }
                bases.push(base(fold(level.words(language)), false));
                bases.push(base(fold(&level.name), false));
            }
        }
        let all = policy.tag_sets().iter().flat_map(|set| set.tags.iter());
        for category in all.flat_map(|tag| tag.categories.iter()) {
            for language in LANGUAGES {
                let alone = |level: &Code, with: bool| {
                    let mut label = Label::plain(policy.id().clone(), level.clone());
                    label.categories.extend(with.then(|| category.key.clone()));
                    policy.marking(&label, language).ok().map(|marking| fold(&marking))
                };
                for (nth, level) in policy.levels().iter().enumerate() {
                    let (Some(base), Some(with)) = (alone(&level.code, false), alone(&level.code, true))
                    else {
                        continue;
                    };
                    match with.strip_prefix(base.as_slice()) {
                        // What a category adds is the same at each level.
                        Some(added) if nth == 0 && !added.is_empty() => {
                            let core = fold(category.words(language));
                            learn(&mut tags, added, &core, &fold(&category.name), &category.key);
                        }
                        Some(_) => {}
                        None => bases.push(Base {
                            words: with,
                            level: level.code.clone(),
                            with: vec![category.key.clone()],
                            whole: true,
                        }),
                    }
                }
            }
        }
        // "T O P S E C R E T" is closed up to one word.
        let glued: Vec<Base> = bases
            .iter()
            .filter(|base| base.words.len() > 1 && base.whole)
            .map(|base| Base { words: vec![base.words.concat()], ..base.clone() })
            .collect();
        bases.extend(glued);
        OfPolicy {
            id: policy.id().clone(),
            bases: by_first_word(bases),
            tags: tags.into_iter().map(Tag::sorted).collect(),
        }
    }

    fn base(&self, tokens: &[Token], at: usize) -> Option<&Base> {
        let fitting = self.bases.get(&tokens.get(at)?.folded)?;
        fitting.iter().find(|base| stands(tokens, at, &base.words))
    }

    /// The categories that stand from here on, and the token after them.
    fn categories(&self, tokens: &[Token], mut at: usize) -> (BTreeSet<CategoryKey>, usize) {
        let mut found = BTreeSet::new();
        loop {
            let joint =
                usize::from(tokens.get(at).is_some_and(|token| is_joint(&token.folded)) && !found.is_empty());
            let longest =
                self.tags.iter().filter_map(|tag| tag.read(tokens, at + joint)).max_by_key(|(_, next)| *next);
            match longest {
                Some((keys, next)) if next > at + joint => {
                    found.extend(keys);
                    at = next;
                }
                _ => return (found, at),
            }
        }
    }

    fn label(&self, base: &Base, mut categories: BTreeSet<CategoryKey>) -> Label {
        categories.extend(base.with.iter().cloned());
        Label { policy: self.id.clone(), level: base.level.clone(), categories, privacy_mark: None }
    }
}

/// Adds what a category is called in what it adds to a marking.
fn learn(tags: &mut Vec<Tag>, added: &[String], core: &[String], name: &[String], key: &CategoryKey) {
    if core.is_empty() {
        return;
    }
    let Some(at) = added.windows(core.len()).position(|window| window == core) else { return };
    let prefix = added.get(..at).unwrap_or_default();
    let suffix = added.get(at + core.len()..).unwrap_or_default();
    let index =
        tags.iter().position(|tag| tag.prefix == prefix && tag.suffix == suffix).unwrap_or_else(|| {
            tags.push(Tag { prefix: prefix.to_vec(), suffix: suffix.to_vec(), cores: BTreeMap::new() });
            tags.len() - 1
        });
    let Some(tag) = tags.get_mut(index) else { return };
    // The name of a category (a country's code) serves only where words around it say what it is.
    let dressed = !(prefix.is_empty() && suffix.is_empty());
    for words in [Some(core), dressed.then_some(name)].into_iter().flatten() {
        let Some(first) = words.first() else { continue };
        let known = tag.cores.entry(first.clone()).or_default();
        if !known.iter().any(|(other, _)| other.as_slice() == words) {
            known.push((words.to_vec(), key.clone()));
        }
    }
}

impl Tag {
    fn sorted(mut self) -> Self {
        for cores in self.cores.values_mut() {
            cores.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
        }
        self
    }

    /// The categories of this tag that stand here, with the words around them.
    fn read(&self, tokens: &[Token], mut at: usize) -> Option<(BTreeSet<CategoryKey>, usize)> {
        if !self.prefix.is_empty() {
            if !stands(tokens, at, &self.prefix) {
                return None;
            }
            at += self.prefix.len();
        }
        let mut found = BTreeSet::new();
        loop {
            let joint =
                usize::from(tokens.get(at).is_some_and(|token| is_joint(&token.folded)) && !found.is_empty());
            let fitting = tokens.get(at + joint).and_then(|token| self.cores.get(&token.folded));
            let core =
                fitting.and_then(|all| all.iter().find(|(words, _)| stands(tokens, at + joint, words)));
            let Some((words, key)) = core else { break };
            found.insert(key.clone());
            at += joint + words.len();
        }
        if !self.suffix.is_empty() {
            if !stands(tokens, at, &self.suffix) {
                return None;
            }
            at += self.suffix.len();
        }
        (!found.is_empty()).then_some((found, at))
    }
}

/// Longest first, whole before bare; words that say two levels, or two contexts, say nothing.
fn by_first_word(bases: Vec<Base>) -> BTreeMap<String, Vec<Base>> {
    let mut out: BTreeMap<String, Vec<Base>> = BTreeMap::new();
    for base in bases {
        let Some(first) = base.words.first() else { continue };
        let known = out.entry(first.clone()).or_default();
        if !known
            .iter()
            .any(|other| other.words == base.words && other.level == base.level && other.with == base.with)
        {
            known.push(base);
        }
    }
    for known in out.values_mut() {
        let doubtful: Vec<Vec<String>> = known
            .iter()
            .filter(|base| {
                known.iter().any(|other| {
                    other.words == base.words
                        && other.whole == base.whole
                        && (other.level != base.level || other.with != base.with)
                })
            })
            .map(|base| base.words.clone())
            .collect();
        known.retain(|base| !doubtful.contains(&base.words));
        known.sort_by_key(|base| (std::cmp::Reverse(base.words.len()), !base.whole));
    }
    out
}
