//! Which documents of a segment match, and how well. Walks the lists of the words itself: every match is visited
//! once, in the order of the segment, and its score is summed in the order of the query.

use registry::{
    query::{Filter, Query},
    reference::key,
    words::{FREQUENCY_BASE, TextLanguage, fold_value},
};
use tantivy::{
    DocId, DocSet, TERMINATED,
    postings::{Postings, SegmentPostings, TermInfo},
    schema::{Field, IndexRecordOption},
};

use super::{
    collect::Gathered,
    document::year_text,
    fields::{Fields, day_key},
    found::IndexScope,
    segment::Segment,
};
use crate::planted::{Leak, leaks};

/// The formula's constants: how soon more occurrences stop counting, how much length counts, and the length that
/// is held to be the usual one.
const K1: f64 = 1.2;
const B: f64 = 0.75;
const USUAL_LENGTH: f64 = 400.0;

/// A query made ready for segments.
pub(super) struct Plan {
    texts: Vec<TextPlan>,
    asks_words: bool,
    /// All of these must be listed.
    values: Vec<(Field, Vec<u8>)>,
    /// The smallest and the greatest day that pass; undated passes only without either filter.
    days: Option<(u64, u64)>,
    /// Folded codes, all of which the registry must have.
    registries: Vec<String>,
}

/// What is asked of the texts in one language.
struct TextPlan {
    field: Field,
    /// Distinct stems in the order of the query, each with its weight.
    stems: Vec<(String, f64)>,
    /// Phrases as places in `stems`.
    phrases: Vec<Vec<usize>>,
    /// Stems that must not stand in a row.
    excluded: Vec<Vec<String>>,
}

/// The weight of a stem: how much more a rare one says.
fn weight(language: TextLanguage, stem: &str) -> f64 {
    let all = f64::from(FREQUENCY_BASE);
    let df = f64::from(language.frequency(stem));
    (1.0 + (all - df + 0.5) / (df + 0.5)).ln()
}

/// The part of a score that one word gives.
fn part(weight: f64, occurrences: u32, length: f64) -> f64 {
    let tf = f64::from(occurrences);
    weight * tf * (K1 + 1.0) / (tf + K1 * (1.0 - B + B * length / USUAL_LENGTH))
}

/// A sum of parts in millionths, half away from zero.
fn micro(sum: f64) -> i64 {
    #[expect(clippy::cast_possible_truncation, reason = "a score is at most some thousands")]
    let rounded = (sum * 1e6).round() as i64;
    rounded
}

impl TextPlan {
    fn new(query: &Query, fields: &Fields, language: TextLanguage) -> Self {
        let stems = query.stems(language);
        let place = |word: &String| {
            let stem = language.stem(word);
            stems.iter().position(|s| *s == stem)
        };
        let phrases = query.phrases().filter(|phrase| phrase.len() > 1);
        let all = |phrase: &[String]| phrase.iter().map(|w| language.stem(w).into_owned()).collect();
        Self {
            field: fields.text(language),
            phrases: phrases.map(|phrase| phrase.iter().filter_map(place).collect()).collect(),
            excluded: query.excluded().map(all).collect(),
            stems: stems.iter().map(|stem| (stem.clone(), weight(language, stem))).collect(),
        }
    }
}

impl Plan {
    pub fn new(query: &Query, fields: &Fields) -> Self {
        let mut values: Vec<(Field, Vec<u8>)> = Vec::new();
        let mut days: Option<(u64, u64)> = None;
        let mut registries = Vec::new();
        for filter in query.filters() {
            let mut look_up = |field, value: &str| values.push((field, value.as_bytes().to_vec()));
            match filter {
                Filter::From(text) => text.words().iter().for_each(|word| look_up(fields.from, word)),
                Filter::To(text) => text.words().iter().for_each(|word| look_up(fields.to, word)),
                Filter::Marking(value) => look_up(fields.marking, &fold_value(value)),
                Filter::Kind(value) => look_up(fields.kind, &fold_value(value)),
                Filter::Reference(value) => look_up(fields.reference, &key(value)),
                Filter::Cites(value) => look_up(fields.cites, &key(value)),
                Filter::Year(year) => look_up(fields.year, &year_text(*year)),
                Filter::Registry(value) => registries.push(fold_value(value)),
                // Where papers are filed the tables know; whoever asks gives the documents that are.
                Filter::File(_) => {}
                Filter::Before(period) => {
                    let (_, last) = days.get_or_insert((1, u64::MAX));
                    *last = (*last).min(day_key(Some(period.first_number())).saturating_sub(1));
                }
                Filter::After(period) => {
                    let (first, _) = days.get_or_insert((1, u64::MAX));
                    *first = (*first).max(day_key(Some(period.last_number())) + 1);
                }
            }
        }
        values.sort_unstable();
        values.dedup();
        Self {
            texts: TextLanguage::ALL.map(|language| TextPlan::new(query, fields, language)).into(),
            asks_words: query.required().next().is_some(),
            values,
            days,
            registries,
        }
    }
}

/// Takes every match of a segment in scope.
pub(super) fn search(
    segment: &Segment,
    fields: &Fields,
    plan: &Plan,
    scope: &IndexScope,
    gathered: &mut Gathered<'_>,
) -> tantivy::Result<()> {
    let classes = Classes::new(segment, plan, scope);
    if classes.documents == 0 {
        return Ok(());
    }
    let mut tally = Gathered::tally(segment);
    if plan.asks_words {
        // A document has text in one language only, so no match comes twice.
        for text in &plan.texts {
            if let Some(walk) = Walk::open(segment, fields, plan, Some(text), &classes)? {
                walk.run(segment, plan, &classes, gathered, &mut tally);
            }
        }
    } else if let Some(walk) = Walk::open(segment, fields, plan, None, &classes)? {
        walk.run(segment, plan, &classes, gathered, &mut tally);
    }
    gathered.close(&tally, &segment.columns);
    Ok(())
}

/// Which classes of a segment are in scope.
struct Classes<'a> {
    read: Vec<bool>,
    every: bool,
    lists: Vec<&'a TermInfo>,
    /// How many documents they hold, removed ones too.
    documents: u64,
}

impl<'a> Classes<'a> {
    fn new(segment: &'a Segment, plan: &Plan, scope: &IndexScope) -> Self {
        let codes = |id| scope.registries.get(id).map(|reach| fold_value(&reach.code)).unwrap_or_default();
        let mut out = Self { read: Vec::new(), every: true, lists: Vec::new(), documents: 0 };
        for class in &segment.columns.classes {
            let read = class.as_ref().is_some_and(|(registry, class, _)| {
                scope.reads(*registry, *class)
                    && (plan.registries.is_empty() || {
                        let code = codes(registry);
                        plan.registries.iter().all(|asked| *asked == code)
                    })
            });
            out.read.push(read);
            out.every &= read;
            if let (true, Some((_, _, list))) = (read, class) {
                out.lists.push(list);
                out.documents += u64::from(list.doc_freq);
            }
        }
        out
    }
}

/// A walk over the documents of a segment that may match.
struct Walk<'a> {
    /// The documents in scope, when they are few; none: all are walked through.
    few: Option<Vec<DocId>>,
    /// All of these must list a document; the shortest first.
    required: Vec<SegmentPostings>,
    /// Where the words stand in `required`, with their weights, in the order of the query.
    scored: Vec<(usize, f64)>,
    /// Phrases, as places in `required`.
    phrases: Vec<Vec<usize>>,
    /// None of these may list a document; of several, in a row.
    excluded: Vec<Vec<SegmentPostings>>,
    segment: &'a Segment,
}

/// One document in so many of those of a segment is few enough for a list of them to be made.
const FEW: u64 = 4;

impl<'a> Walk<'a> {
    /// None when nothing can match.
    fn open(
        segment: &'a Segment,
        fields: &Fields,
        plan: &Plan,
        text: Option<&TextPlan>,
        classes: &Classes<'_>,
    ) -> tantivy::Result<Option<Self>> {
        // Each list with its place among the words of the query, if it is of one.
        let mut required: Vec<(SegmentPostings, Option<usize>)> = Vec::new();
        for (field, value) in &plan.values {
            match list(segment, *field, value, IndexRecordOption::Basic)? {
                Some(list) => required.push((list, None)),
                None => return Ok(None),
            }
        }
        if let Some(text) = text {
            for (at, (stem, _)) in text.stems.iter().enumerate() {
                let option = if text.phrases.iter().any(|phrase| phrase.contains(&at)) {
                    IndexRecordOption::WithFreqsAndPositions
                } else {
                    IndexRecordOption::WithFreqs
                };
                match list(segment, text.field, stem.as_bytes(), option)? {
                    Some(list) => required.push((list, Some(at))),
                    None => return Ok(None),
                }
            }
        }
        required.sort_by_key(|(list, _)| list.doc_freq());
        let shortest = required.first().map_or(segment.reader.max_doc(), |(list, _)| list.doc_freq());
        let few = classes.documents.saturating_mul(FEW) < u64::from(shortest);
        let place = |at: usize| required.iter().position(|(_, word)| *word == Some(at));
        let (mut scored, mut phrases) = (Vec::new(), Vec::new());
        if let Some(text) = text {
            let weights = text.stems.iter().enumerate();
            let weigh = |at: usize, frozen: f64| match required.get(at) {
                Some((list, _)) if leaks(Leak::Rank) => 1.0 / f64::from(list.doc_freq()),
                _ => frozen,
            };
            scored = weights.filter_map(|(at, (_, w))| Some((place(at)?, weigh(place(at)?, *w)))).collect();
            let places = |phrase: &Vec<usize>| phrase.iter().filter_map(|at| place(*at)).collect();
            phrases = text.phrases.iter().map(places).collect();
        }
        let mut excluded = Vec::new();
        let texts = plan.texts.iter().filter(|t| text.is_none_or(|asked| asked.field == t.field));
        for (field, run) in texts.flat_map(|t| t.excluded.iter().map(|run| (t.field, run))) {
            excluded.extend(run_lists(segment, field, run)?);
        }
        Ok(Some(Self {
            few: if few { Some(documents_of(segment, fields, &classes.lists)?) } else { None },
            required: required.into_iter().map(|(list, _)| list).collect(),
            scored,
            phrases,
            excluded,
            segment,
        }))
    }

    fn run(
        mut self,
        segment: &Segment,
        plan: &Plan,
        classes: &Classes<'_>,
        gathered: &mut Gathered<'_>,
        tally: &mut super::collect::Tally,
    ) {
        let columns = &segment.columns;
        let alive = segment.alive();
        let (mut first, mut second) = (Vec::new(), Vec::new());
        let few = self.few.take();
        let mut few = few.as_deref();
        let mut from = 0;
        while let Some(doc) = self.next(&mut few, from) {
            from = doc + 1;
            if alive.is_some_and(|alive| alive.is_deleted(doc)) {
                continue;
            }
            let class = usize::try_from(columns.class.get_val(doc)).unwrap_or(usize::MAX);
            if !classes.every && !classes.read.get(class).is_some_and(|read| *read) {
                gathered.betray(tally, columns, doc);
                continue;
            }
            let day = columns.day.get_val(doc);
            if plan.days.is_some_and(|(first, last)| !(first..=last).contains(&day)) {
                continue;
            }
            let Self { required, phrases, excluded, scored, .. } = &mut self;
            if !phrases.iter().all(|phrase| in_a_row(required, phrase, &mut first, &mut second)) {
                continue;
            }
            if excluded.iter_mut().any(|run| stands(run, doc, &mut first, &mut second)) {
                continue;
            }
            let mut score = 0;
            if !scored.is_empty() {
                #[expect(clippy::cast_precision_loss, reason = "no text has so many words")]
                let length = columns.length.get_val(doc) as f64;
                let frequency = |at: usize| required.get(at).map_or(0, Postings::term_freq);
                score = micro(scored.iter().fold(0.0, |sum, (at, w)| sum + part(*w, frequency(*at), length)));
            }
            gathered.take(tally, columns, doc, class, day, score);
        }
    }

    /// The next document from a place on that every list has.
    fn next(&mut self, few: &mut Option<&[DocId]>, from: DocId) -> Option<DocId> {
        let mut doc = from;
        'again: loop {
            if let Some(list) = few {
                let skipped = list.partition_point(|listed| *listed < doc);
                *list = list.get(skipped..).unwrap_or_default();
                doc = *list.first()?;
            }
            for list in &mut self.required {
                let found = advance(list, doc);
                if found > doc {
                    if found == TERMINATED {
                        return None;
                    }
                    doc = found;
                    continue 'again;
                }
            }
            return (doc < self.segment.reader.max_doc()).then_some(doc);
        }
    }
}

/// The first document of a list from `doc` on.
fn advance(list: &mut SegmentPostings, doc: DocId) -> DocId {
    if list.doc() < doc { list.seek(doc) } else { list.doc() }
}

fn list(
    segment: &Segment,
    field: Field,
    term: &[u8],
    option: IndexRecordOption,
) -> tantivy::Result<Option<SegmentPostings>> {
    let lists = segment.reader.inverted_index(field)?;
    match lists.terms().get(term)? {
        Some(info) => Ok(Some(lists.read_postings_from_terminfo(&info, option)?)),
        None => Ok(None),
    }
}

/// The lists of some stems in a row; none when one of them stands nowhere.
fn run_lists(
    segment: &Segment,
    field: Field,
    run: &[String],
) -> tantivy::Result<Option<Vec<SegmentPostings>>> {
    let option =
        if run.len() > 1 { IndexRecordOption::WithFreqsAndPositions } else { IndexRecordOption::Basic };
    let mut lists = Vec::new();
    for stem in run {
        match list(segment, field, stem.as_bytes(), option)? {
            Some(list) => lists.push(list),
            None => return Ok(None),
        }
    }
    Ok(Some(lists))
}

/// The documents of some classes, in order.
fn documents_of(segment: &Segment, fields: &Fields, classes: &[&TermInfo]) -> tantivy::Result<Vec<DocId>> {
    let lists = segment.reader.inverted_index(fields.class)?;
    let mut all = Vec::new();
    for class in classes {
        let mut list = lists.read_postings_from_terminfo(class, IndexRecordOption::Basic)?;
        while list.doc() != TERMINATED {
            all.push(list.doc());
            list.advance();
        }
    }
    all.sort_unstable();
    Ok(all)
}

/// True when a run of stems stands in a document.
fn stands(run: &mut [SegmentPostings], doc: DocId, first: &mut Vec<u32>, second: &mut Vec<u32>) -> bool {
    if !run.iter_mut().all(|list| advance(list, doc) == doc) {
        return false;
    }
    let places: Vec<usize> = (0..run.len()).collect();
    run.len() < 2 || in_a_row(run, &places, first, second)
}

/// True when words stand at positions that follow each other in the document where their lists stand.
fn in_a_row(
    lists: &mut [SegmentPostings],
    places: &[usize],
    begins: &mut Vec<u32>,
    here: &mut Vec<u32>,
) -> bool {
    for (offset, place) in (0_u32..).zip(places) {
        let Some(list) = lists.get_mut(*place) else { return false };
        if offset == 0 {
            list.positions(begins);
        } else {
            list.positions(here);
            let mut rest = here.iter().copied().peekable();
            begins.retain(|begin| {
                let wanted = begin.saturating_add(offset);
                while rest.next_if(|at| *at < wanted).is_some() {}
                rest.peek() == Some(&wanted)
            });
        }
        if begins.is_empty() {
            return false;
        }
    }
    true
}
