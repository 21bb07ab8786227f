//! Owns the check that no reference could be of two series: every text has at most one reading. Must not know
//! files or texts.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    CatalogueError, Field, Series,
    pattern::{Element, Variant},
};

/// The letters between two runs of figures: the words they can be; whether more letters may follow.
type Words = BTreeSet<(String, bool)>;

#[derive(Debug, Clone, PartialEq, Eq)]
enum Segment {
    Letters(Words),
    Figures(Option<String>),
}

struct Shape<'a> {
    series: &'a Series,
    segments: Vec<Segment>,
}

/// Refuses two series, or two shapes of one, of which a text could be either. On the safe side: what year a figure
/// can be is not looked at, so `X {yyyy}-{n}` and `X {n}/{stroke}` are alike.
pub(super) fn check(all: &[Series]) -> Result<(), CatalogueError> {
    let mut by_letter: BTreeMap<char, Vec<Shape<'_>>> = BTreeMap::new();
    for series in all {
        for variant in &series.variants {
            let segments = segments(series, variant);
            for letter in first_letters(series, variant) {
                let shapes = by_letter.entry(letter).or_default();
                let shape = Shape { series, segments: segments.clone() };
                if let Some(other) =
                    shapes.iter().find(|other| either(&shape, other) || either(other, &shape))
                {
                    return Err(CatalogueError::Alike {
                        one: other.series.code.clone(),
                        other: series.code.clone(),
                    });
                }
                shapes.push(shape);
            }
        }
    }
    Ok(())
}

/// The letters with which the variant can begin.
pub(super) fn first_letters(series: &Series, variant: &Variant) -> BTreeSet<char> {
    match segments(series, variant).first() {
        Some(Segment::Letters(words)) => words.iter().filter_map(|(word, _)| word.chars().next()).collect(),
        _ => BTreeSet::new(),
    }
}

fn segments(series: &Series, variant: &Variant) -> Vec<Segment> {
    let mut all: Vec<Segment> = Vec::new();
    for element in &variant.elements {
        let more: Words = match element {
            Element::Letters { joined, .. } => BTreeSet::from([(joined.clone(), false)]),
            Element::One(field) if field.is_letters() => {
                let list = if *field == Field::Paper { &series.papers } else { &series.divisions };
                match list.is_empty() {
                    true => BTreeSet::from([(String::new(), true)]),
                    false => list.iter().map(|(_, word)| (word.clone(), false)).collect(),
                }
            }
            Element::Figures(figures) => {
                all.push(Segment::Figures(Some(figures.clone())));
                continue;
            }
            Element::One(_) => {
                all.push(Segment::Figures(None));
                continue;
            }
        };
        match all.last_mut() {
            Some(Segment::Letters(words)) => {
                // Once more letters may follow, what follows them can't be told: it stays open.
                *words = words
                    .iter()
                    .flat_map(|(word, open)| {
                        more.iter().map(move |(next, ends_open)| match open {
                            true => (word.clone(), true),
                            false => (format!("{word}{next}"), *ends_open),
                        })
                    })
                    .collect();
            }
            _ => all.push(Segment::Letters(more)),
        }
    }
    all
}

fn meet(one: &Segment, other: &Segment) -> bool {
    match (one, other) {
        (Segment::Figures(Some(a)), Segment::Figures(Some(b))) => a == b,
        (Segment::Figures(_), Segment::Figures(_)) => true,
        (Segment::Letters(a), Segment::Letters(b)) => {
            let open = |words: &Words| words.iter().any(|(_, open)| *open);
            if !open(a) && !open(b) {
                return !a.is_disjoint(b);
            }
            a.iter().any(|(word, open)| {
                b.iter().any(|(next, ends_open)| match (open, ends_open) {
                    (false, false) => word == next,
                    (true, false) => next.starts_with(word.as_str()),
                    (false, true) => word.starts_with(next.as_str()),
                    (true, true) => next.starts_with(word.as_str()) || word.starts_with(next.as_str()),
                })
            })
        }
        _ => false,
    }
}

/// True when a text of the longer shape could be one of the shorter with suffixes, or of both without.
fn either(shorter: &Shape<'_>, longer: &Shape<'_>) -> bool {
    if shorter.segments.len() > longer.segments.len() {
        return false;
    }
    let begins = shorter.segments.iter().zip(&longer.segments).all(|(a, b)| meet(a, b));
    if !begins {
        return false;
    }
    match longer.segments.get(shorter.segments.len()) {
        None => true,
        Some(Segment::Figures(_)) => false,
        Some(Segment::Letters(words)) => {
            let suffixes = || shorter.series.suffixes.iter().flat_map(|rule| &rule.words);
            suffixes().any(|suffix| {
                words
                    .iter()
                    .any(|(word, open)| suffix == word || (*open && suffix.starts_with(word.as_str())))
            })
        }
    }
}
