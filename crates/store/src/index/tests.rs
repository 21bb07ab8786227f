//! The index against a plain reading of the same rules: every document looked at, one after the other.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use registry::{
    DocumentId, RegistryId,
    query::{Filter, Query},
    words::{FREQUENCY_BASE, TextLanguage, fold_value, words},
};
use roaring::RoaringBitmap;

use super::*;

const FIRST: RegistryId = RegistryId::new([1; 16]);
const SECOND: RegistryId = RegistryId::new([2; 16]);

fn document(n: u8) -> IndexDocument {
    IndexDocument {
        registry: if n.is_multiple_of(3) { SECOND } else { FIRST },
        class: u32::from(n % 4),
        document: DocumentId::new([n; 16]),
        day: Some(i64::from(n)),
        year: Some(1970),
        language: TextLanguage::English,
        subject: String::new(),
        body: String::new(),
        originator: String::new(),
        addressees: Vec::new(),
        reference_keys: Vec::new(),
        cites: Vec::new(),
        kind: "letter".into(),
        marking: String::new(),
        level_names: Vec::new(),
    }
}

fn whole_scope() -> IndexScope {
    let mut scope = IndexScope::new();
    scope.allow(FIRST, "HQR", (0..4).collect::<RoaringBitmap>());
    scope.allow(SECOND, "SEC", (0..4).collect::<RoaringBitmap>());
    scope
}

fn ask(index: &Index, query: &str) -> Found {
    index.search(&Query::parse(query).unwrap(), &whole_scope(), 20, None).unwrap()
}

fn numbers(found: &Found) -> Vec<u8> {
    found.hits.iter().map(|hit| hit.document.bytes()[0]).collect()
}

// The plain reading.

fn stems(document: &IndexDocument, text: &str) -> Vec<String> {
    words(text).map(|w| document.language.stem(&w.folded).into_owned()).collect()
}

fn holds(document: &IndexDocument, run: &[String]) -> bool {
    let run: Vec<String> = run.iter().map(|w| document.language.stem(w).into_owned()).collect();
    [&document.subject, &document.body]
        .iter()
        .any(|text| stems(document, text).windows(run.len()).any(|w| w == run))
}

fn matches(document: &IndexDocument, code: &str, query: &Query) -> bool {
    let all_in = |asked: &[String], texts: &[&String]| {
        let there: BTreeSet<String> =
            texts.iter().flat_map(|t| words(t)).map(|w| w.folded.into_owned()).collect();
        asked.iter().all(|w| there.contains(w))
    };
    let passes = |filter: &Filter| match filter {
        Filter::From(text) => all_in(text.words(), &[&document.originator]),
        Filter::To(text) => all_in(text.words(), &document.addressees.iter().collect::<Vec<_>>()),
        Filter::Marking(value) => std::iter::once(&document.marking)
            .chain(&document.level_names)
            .any(|name| fold_value(name) == fold_value(value)),
        Filter::Before(period) => document.day.is_some_and(|day| day < period.first_number()),
        Filter::After(period) => document.day.is_some_and(|day| day > period.last_number()),
        Filter::Reference(value) => document.reference_keys.contains(&registry::reference::key(value)),
        Filter::Cites(value) => document.cites.contains(&registry::reference::key(value)),
        Filter::Kind(value) => fold_value(&document.kind) == fold_value(value),
        Filter::Year(year) => document.year == Some(*year),
        Filter::Registry(value) => fold_value(code) == fold_value(value),
        Filter::File(_) => true,
    };
    query.required().all(|word| holds(document, &[word.to_owned()]))
        && query.phrases().all(|phrase| holds(document, phrase))
        && !query.excluded().any(|run| holds(document, run))
        && query.filters().all(passes)
}

fn score(document: &IndexDocument, query: &Query) -> i64 {
    let mut text = stems(document, &document.subject);
    text.extend(stems(document, &document.body));
    let len = text.len() as f64;
    let mut sum = 0.0;
    for stem in query.stems(document.language) {
        let df = f64::from(document.language.frequency(&stem));
        let tf = text.iter().filter(|w| **w == stem).count() as f64;
        let idf = (1.0 + (f64::from(FREQUENCY_BASE) - df + 0.5) / (df + 0.5)).ln();
        sum += idf * tf * (1.2 + 1.0) / (tf + 1.2 * (1.0 - 0.75 + 0.75 * len / 400.0));
    }
    (sum * 1e6).round() as i64
}

fn plainly(
    documents: &BTreeMap<DocumentId, IndexDocument>,
    query: &Query,
    scope: &[(RegistryId, &str, RoaringBitmap)],
) -> Found {
    let mut found = Found::default();
    let mut facets: [BTreeMap<String, u64>; 5] = Default::default();
    for document in documents.values() {
        let Some((_, code, _)) =
            scope.iter().find(|(id, _, read)| *id == document.registry && read.contains(document.class))
        else {
            continue;
        };
        if !matches(document, code, query) {
            continue;
        }
        found.total += 1;
        let year = document.year.map(|y| y.to_string()).unwrap_or_default();
        let values = [&document.marking, &document.kind, &document.originator, &year, &(*code).to_owned()]
            .map(Clone::clone);
        for (facet, value) in facets.iter_mut().zip(values).filter(|(_, value)| !value.is_empty()) {
            *facet.entry(value).or_default() += 1;
        }
        found.hits.push(Hit {
            registry: document.registry,
            document: document.document,
            score_micro: score(document, query),
            day: document.day,
        });
    }
    found.hits.sort_by_key(|hit| {
        (-hit.score_micro, hit.day.is_none(), hit.day.map(|day| -day), hit.document, hit.registry)
    });
    let [marking, kind, originator, year, registry] = facets.map(|facet| {
        let mut list: Vec<_> = facet.into_iter().collect();
        list.sort_by_key(|(name, count)| (u64::MAX - count, name.clone()));
        list.truncate(20);
        list
    });
    found.facets = Facets { marking, kind, originator, year, registry };
    found
}

// Things that happen.

#[derive(Debug, Clone)]
enum Step {
    Add(Box<IndexDocument>),
    Remove(u8),
    Commit,
    Purge,
}

fn text() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "nation",
        "nations",
        "Nationale",
        "nationales",
        "the",
        "of",
        "berlin",
        "Bérlin",
        "treaty",
        "traités",
        "U.S.",
    ]);
    prop::collection::vec(word, 0..8).prop_map(|words| words.join(" "))
}

fn some_document() -> impl Strategy<Value = IndexDocument> {
    let name = || prop::sample::select(vec!["", "Acting Secretary", "Dean Acheson", "Secretary Dean"]);
    (
        (
            0_u8..24,
            0_u32..4,
            prop::option::of(-400_i64..400),
            prop::sample::select(TextLanguage::ALL.to_vec()),
        ),
        (text(), text(), name(), prop::collection::vec(name(), 0..3)),
        (
            prop::sample::select(vec!["letter", "Télégramme", ""]),
            prop::sample::select(vec!["NATO SECRET", "", "SECRET; LIMDIS"]),
        ),
    )
        .prop_map(|((n, class, day, language), (subject, body, originator, to), (kind, marking))| {
            IndexDocument {
                class,
                day,
                year: day.map(|day| if day < 0 { 1969 } else { 1970 }),
                language,
                subject,
                body,
                originator: originator.into(),
                addressees: to.into_iter().map(String::from).collect(),
                reference_keys: vec![format!("HQR 2026 {n}")],
                kind: kind.into(),
                marking: marking.into(),
                level_names: if marking.is_empty() { Vec::new() } else { vec!["SECRET".into(), "S".into()] },
                ..document(n)
            }
        })
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        12 => some_document().prop_map(|document| Step::Add(Box::new(document))),
        2 => (0_u8..24).prop_map(Step::Remove),
        3 => Just(Step::Commit),
        1 => Just(Step::Purge),
    ]
}

const QUERIES: &[&str] = &[
    "",
    "nation",
    "nations the",
    "the berlin treaty",
    "\"the nation\"",
    "\"of the\" -berlin",
    "-\"the of\" -treaty",
    "-u.s.",
    "u.s.",
    "\"nation nation\"",
    "nationales kind:telegramme",
    "from:secretary",
    "from:\"dean acheson\" the",
    "to:\"acting acheson\"",
    "marking:s",
    "marking:\"secret; limdis\"",
    "before:1970",
    "after:1969 -the",
    "after:1970-02-01 before:1970-06",
    "ref:hqr/2026/007",
    "registry:sec nation",
    "year:1969",
    "kind:letter year:1970",
    "absent",
    "the the nation nations berlin of treaty",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, max_shrink_iters: 200, ..ProptestConfig::default() })]

    #[test]
    fn every_answer_is_that_of_the_plain_reading_however_the_index_came_about(
        steps in prop::collection::vec(step(), 1..80),
        first in prop::collection::btree_set(0_u32..4, 0..5),
        second in prop::option::of(prop::collection::btree_set(0_u32..4, 0..5)),
        limit in 1_usize..12,
    ) {
        let folder = tempfile::tempdir().unwrap();
        let (index, _) = Index::open(folder.path()).unwrap();
        let mut documents: BTreeMap<DocumentId, IndexDocument> = BTreeMap::new();
        let mut at = 0;
        for step in steps.into_iter().chain([Step::Commit]) {
            match step {
                Step::Add(document) => {
                    index.add(std::slice::from_ref(&*document)).unwrap();
                    documents.insert(document.document, *document);
                }
                Step::Remove(n) => {
                    let id = DocumentId::new([n; 16]);
                    documents.remove(&id);
                    index.remove(document(n).registry, id).unwrap();
                }
                Step::Commit => {
                    at += 1;
                    index.commit(&BTreeMap::from([(FIRST, at)])).unwrap();
                }
                Step::Purge => index.purge().unwrap(),
            }
        }
        let mut allowed = vec![(FIRST, "HQR", first.into_iter().collect::<RoaringBitmap>())];
        allowed.extend(second.map(|read| (SECOND, "SEC", read.into_iter().collect())));
        let mut scope = IndexScope::new();
        for (id, code, read) in &allowed {
            scope.allow(*id, *code, read.clone());
        }
        for text in QUERIES {
            let query = Query::parse(text).unwrap();
            let wanted = plainly(&documents, &query, &allowed);
            let all = index.search(&query, &scope, 100, None).unwrap();
            prop_assert_eq!(&all, &wanted, "{}", text);
            // By pages, each with the same totals and facets.
            let mut hits = Vec::new();
            let mut after = None;
            loop {
                let page = index.search(&query, &scope, limit, after.as_ref()).unwrap();
                prop_assert_eq!((page.total, &page.facets), (wanted.total, &wanted.facets));
                hits.extend(page.hits.iter().copied());
                after = page.hits.last().map(Hit::key);
                if !page.more {
                    break;
                }
                prop_assert_eq!(page.hits.len(), limit);
            }
            prop_assert_eq!(&hits, &wanted.hits, "{}", text);
        }
        prop_assert_eq!(index.positions(), BTreeMap::from([(FIRST, at)]));
    }
}

#[test]
fn what_the_scope_hides_changes_nothing() {
    let mut narrow = IndexScope::new();
    narrow.allow(FIRST, "HQR", RoaringBitmap::from_iter([0]));
    let seen =
        |n: u8| IndexDocument { registry: FIRST, class: 0, body: "the berlin treaty".into(), ..document(n) };
    let hidden = |n: u8| IndexDocument {
        registry: if n.is_multiple_of(2) { FIRST } else { SECOND },
        class: 1,
        body: "berlin berlin treaty of the nations".into(),
        originator: "Hidden".into(),
        marking: "NATO SECRET".into(),
        ..document(n)
    };
    let mut answers = Vec::new();
    for with_hidden in [false, true] {
        let folder = tempfile::tempdir().unwrap();
        let (index, _) = Index::open(folder.path()).unwrap();
        if with_hidden {
            index.add(&(40..200).map(hidden).collect::<Vec<_>>()).unwrap();
            index.commit(&BTreeMap::new()).unwrap();
        }
        index.add(&(0..30).map(seen).collect::<Vec<_>>()).unwrap();
        index.commit(&BTreeMap::new()).unwrap();
        let answer = |text: &&str| {
            let found = index.search(&Query::parse(text).unwrap(), &narrow, 7, None).unwrap();
            (found.total > 0, format!("{found:?}"))
        };
        answers.push(
            ["", "berlin", "\"berlin treaty\"", "the -nations", "kind:letter"]
                .iter()
                .map(answer)
                .collect::<Vec<_>>(),
        );
    }
    assert_eq!(answers[0], answers[1]);
    assert!(answers[0].iter().all(|(some, _)| *some), "an empty answer proves nothing");
}

#[test]
fn a_removed_document_leaves_no_word_in_the_folder() {
    let folder = tempfile::tempdir().unwrap();
    let (index, _) = Index::open(folder.path()).unwrap();
    let planted = IndexDocument {
        body: "quokkaword".into(),
        originator: "Quokkaname".into(),
        marking: "Quokkamark".into(),
        reference_keys: vec!["QUOKKAREF 1".into()],
        ..document(7)
    };
    index.add(&[document(1), planted]).unwrap();
    index.commit(&BTreeMap::new()).unwrap();
    let holds_it = || {
        std::fs::read_dir(folder.path()).unwrap().any(|file| {
            let bytes = std::fs::read(file.unwrap().path()).unwrap().to_ascii_lowercase();
            bytes.windows(6).any(|window| window == b"quokka")
        })
    };
    assert!(holds_it(), "the search of the folder can't find what is there");
    index.remove(document(7).registry, document(7).document).unwrap();
    index.commit(&BTreeMap::new()).unwrap();
    assert_eq!(ask(&index, "quokkaword").total, 0);
    index.purge().unwrap();
    assert!(!holds_it());
    assert_eq!(numbers(&ask(&index, "")), [1]);
}

#[test]
fn an_index_is_opened_again_where_it_stood_and_one_of_another_format_is_built_anew() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("index");
    let positions = BTreeMap::from([(FIRST, 41), (SECOND, 7)]);
    {
        let (index, new) = Index::open(&path).unwrap();
        assert!(new && index.positions().is_empty());
        index.add(&[document(1)]).unwrap();
        index.commit(&positions).unwrap();
        // Not committed, so lost.
        index.add(&[document(2)]).unwrap();
        assert!(Index::open(&path).is_err(), "two at once");
    }
    {
        let (index, new) = Index::open(&path).unwrap();
        assert!(!new);
        assert_eq!((index.positions(), index.documents()), (positions, 1));
    }
    std::fs::write(path.join(FORMAT_FILE), "chancery index 0\n").unwrap();
    let (index, new) = Index::open(&path).unwrap();
    assert!(new && index.positions().is_empty());
    assert_eq!(index.documents(), 0);
    drop(index);
    std::fs::write(path.join("meta.json"), "{").unwrap();
    assert!(Index::open(&path).unwrap().1);
    // As a break in the midst of emptying would leave it.
    std::fs::remove_file(path.join(FORMAT_FILE)).unwrap();
    std::fs::remove_file(path.join("meta.json")).unwrap();
    assert!(Index::open(&path).unwrap().1);

    std::fs::write(folder.path().join("diary.txt"), "dear diary").unwrap();
    assert!(Index::open(folder.path()).is_err());
    assert!(folder.path().join("diary.txt").exists(), "never empty what is not ours");
}

#[test]
fn facets_have_twenty_values_and_none_for_what_is_absent() {
    let folder = tempfile::tempdir().unwrap();
    let (index, _) = Index::open(folder.path()).unwrap();
    let from = |n: u8| IndexDocument { originator: format!("o{:02}", n % 30), year: None, ..document(n) };
    index.add(&(0..31).map(from).collect::<Vec<_>>()).unwrap();
    index.commit(&BTreeMap::new()).unwrap();
    let found = ask(&index, "");
    assert_eq!((found.total, found.hits.len(), found.more), (31, 20, true));
    assert_eq!(found.facets.originator.len(), 20);
    assert_eq!(found.facets.originator[..2], [("o00".to_owned(), 2), ("o01".to_owned(), 1)]);
    assert!(found.facets.year.is_empty() && found.facets.marking.is_empty());
    assert_eq!(found.facets.registry, [("HQR".to_owned(), 20), ("SEC".to_owned(), 11)]);
}

#[test]
fn a_narrow_scope_is_walked_by_its_own_list_with_the_same_answer() {
    let folder = tempfile::tempdir().unwrap();
    let (index, _) = Index::open(folder.path()).unwrap();
    let of = |n: u8| IndexDocument {
        registry: FIRST,
        class: u32::from(n.is_multiple_of(50)),
        body: "berlin treaty".into(),
        ..document(n)
    };
    index.add(&(0..200).map(of).collect::<Vec<_>>()).unwrap();
    index.commit(&BTreeMap::new()).unwrap();
    let mut scope = IndexScope::new();
    scope.allow(FIRST, "HQR", RoaringBitmap::from_iter([1]));
    for text in ["", "berlin", "\"berlin treaty\"", "-absent"] {
        let found = index.search(&Query::parse(text).unwrap(), &scope, 20, None).unwrap();
        assert_eq!((found.total, numbers(&found)), (4, vec![150, 100, 50, 0]), "{text}");
    }
}

#[test]
fn phrases_and_dates_hold_at_their_edges() {
    let folder = tempfile::tempdir().unwrap();
    let (index, _) = Index::open(folder.path()).unwrap();
    let of = |n: u8, body: &str| IndexDocument { body: body.into(), ..document(n) };
    let across = IndexDocument { subject: "one two".into(), ..of(5, "three") };
    let documents = [
        of(1, "one two three"),
        of(2, "one two four three"),
        of(3, "one one two two three"),
        of(4, "two one two one two three two"),
        across,
        IndexDocument { day: None, year: None, ..of(6, "one, two; three") },
    ];
    index.add(&documents).unwrap();
    index.commit(&BTreeMap::new()).unwrap();
    let found = |text: &str| {
        let mut found = numbers(&ask(&index, text));
        found.sort_unstable();
        found
    };
    assert_eq!(found("\"one two three\""), [1, 4, 6]);
    assert_eq!(found("\"two one two one two\""), [4]);
    assert_eq!(found("-\"one two three\""), [2, 3, 5]);
    assert_eq!(found("-\"one two three\" -four"), [3, 5]);
    // The days are the 2nd to the 6th of January.
    assert_eq!(found("after:1970-01-03"), [3, 4, 5]);
    assert_eq!(found("before:1970-01-04"), [1, 2]);
    assert_eq!(found("after:1970-01-02 before:1970-01-05"), [2, 3]);
    assert_eq!(found("after:1969 before:1971"), [1, 2, 3, 4, 5]);
    assert_eq!(found("after:1970-01"), Vec::<u8>::new());
}
