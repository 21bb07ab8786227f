//! The scenario's files hold what they promise: eight people, forty queries in four groups, a map in which every
//! word has one fate, a policy that says what the oracle believes. What needs the papers is skipped without them.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "helpers of tests fail like tests")]

use std::{
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
};

use oracle::{
    compare::{Answered, differences},
    corpus::Corpus,
    marking::{CAPTIONS, HANDLING, Level, SYNONYMS},
    people,
    query::Query,
    report::{Answer, Oracle, Registry, load_queries},
    words::Frequencies,
};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The papers, where this machine has them.
fn papers() -> Option<PathBuf> {
    let folder = root().join("../shared/data/frus");
    if folder.join("index.jsonl").is_file() {
        return Some(folder);
    }
    eprintln!("skipped: the FRUS papers are not there (../shared/data/frus, beside the project)");
    None
}

/// The queries by the first word of the comment above them.
fn groups() -> BTreeMap<String, Vec<String>> {
    let text = std::fs::read_to_string(root().join("tests/frus/queries.txt")).unwrap();
    let mut groups: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut group = String::new();
    let mut above = "";
    for line in text.lines() {
        match line.strip_prefix("# ") {
            Some(comment) if above.is_empty() => {
                group = comment.split(|c: char| !c.is_alphabetic()).next().unwrap().to_owned();
            }
            None if !line.is_empty() => groups.entry(group.clone()).or_default().push(line.to_owned()),
            _ => {}
        }
        above = line;
    }
    groups
}

fn load(folder: &std::path::Path, wrong: bool) -> Oracle {
    let people = people::load(&root().join("tests/frus/people.toml")).unwrap();
    let corpus = Corpus::load(folder).unwrap();
    // Totals and scopes do not depend on weights, so this test does not need the table of frequencies.
    Oracle::new(
        corpus,
        Frequencies::default(),
        people,
        Registry::new("FRUS", "Papers", 2026),
        BTreeMap::new(),
        wrong,
    )
}

fn totals(answers: &[Answer]) -> Vec<u64> {
    answers.iter().map(|answer| answer.total).collect()
}

#[test]
fn there_are_eight_people_and_forty_queries_in_four_groups() {
    let people = people::load(&root().join("tests/frus/people.toml")).unwrap();
    assert_eq!(people.len(), 8);
    let queries = load_queries(&root().join("tests/frus/queries.txt")).unwrap();
    assert_eq!(queries.iter().collect::<BTreeSet<_>>().len(), 40);
    let groups = groups();
    assert_eq!(groups.keys().collect::<Vec<_>>(), ["Mixed", "Narrow", "Phrases", "Wide"]);
    for (group, queries) in &groups {
        assert_eq!(queries.len(), 10, "{group}");
        for query in queries {
            let read = Query::parse(query).unwrap();
            match group.as_str() {
                "Phrases" => assert!(read.wanted.iter().any(|words| words.len() > 1), "{query}"),
                "Mixed" => assert!(!read.filters.is_empty(), "{query}"),
                _ => {}
            }
        }
    }
    let mixed = groups["Mixed"].join(" ");
    for filter in ["from:", "to:", "marking:", "before:", "after:", "ref:"] {
        assert!(mixed.contains(filter), "{filter}");
    }
}

#[test]
fn each_group_of_queries_finds_what_it_promises() {
    let Some(folder) = papers() else { return };
    let mut oracle = load(&folder, false);
    for (group, queries) in groups() {
        for query in queries {
            let totals = totals(&oracle.answers(&query).unwrap());
            assert!(totals.iter().any(|total| *total > 0), "{query}: {totals:?}");
            match group.as_str() {
                "Narrow" => assert!(totals.iter().all(|total| *total <= 10), "{query}: {totals:?}"),
                "Wide" => assert_eq!(totals.iter().collect::<BTreeSet<_>>().len(), 8, "{query}: {totals:?}"),
                _ => {}
            }
        }
    }
}

#[test]
fn a_wrong_scope_changes_the_answers_of_everybody_who_does_not_read_all() {
    let Some(folder) = papers() else { return };
    let (mut right, mut wrong) = (load(&folder, false), load(&folder, true));
    let all = totals(&right.answers("").unwrap());
    assert_eq!(all.first(), Some(&3_363), "the first of them reads everything");
    let mut wronged = BTreeSet::new();
    // Three of the wide ones tell; the others would only cost time.
    for query in groups()["Wide"].iter().take(3) {
        let planted = wrong.answers(query).unwrap();
        let key = |answer: &Answer| (answer.person.clone(), answer.query.clone());
        let mut answered: Answered =
            planted.iter().map(|answer| (key(answer), serde_json::to_value(answer).unwrap())).collect();
        for answer in right.answers(query).unwrap() {
            if !differences(&answer, &mut answered).is_empty() {
                wronged.insert(answer.person);
            }
        }
    }
    assert_eq!(wronged.len(), 7, "{wronged:?}");
}

fn table(map: &toml::Table, name: &str) -> BTreeMap<String, String> {
    let table = map["marking"][name].as_table().unwrap();
    table.iter().map(|(word, fate)| (word.clone(), fate.as_str().unwrap().to_owned())).collect()
}

#[test]
fn the_map_gives_every_word_the_one_fate_that_the_oracle_gives_it() {
    let text = std::fs::read_to_string(root().join("house/maps/frus.toml")).unwrap();
    let map: toml::Table = toml::from_str(&text).unwrap();
    let same = |words: &[&str]| words.iter().map(|w| ((*w).to_owned(), (*w).to_owned())).collect();
    assert_eq!(table(&map, "categories"), same(&CAPTIONS));
    assert_eq!(table(&map, "handling"), same(&HANDLING));
    let synonyms =
        SYNONYMS.iter().map(|(word, caption)| ((*word).to_owned(), (*caption).to_owned())).collect();
    assert_eq!(table(&map, "synonyms"), synonyms);
    let mut levels: BTreeMap<String, String> = same(&Level::ALL.map(Level::name));
    levels.insert("NO MARKING".to_owned(), "UNCLASSIFIED".to_owned());
    assert_eq!(table(&map, "levels"), levels);

    let fates: Vec<String> = ["categories", "handling", "synonyms"]
        .iter()
        .flat_map(|name| table(&map, name).into_keys())
        .collect();
    assert_eq!(fates.iter().collect::<BTreeSet<_>>().len(), fates.len(), "a word with two fates");

    let Some(folder) = papers() else { return };
    let mut caveats = BTreeSet::new();
    let mut classifications = BTreeSet::new();
    for line in std::fs::read_to_string(folder.join("index.jsonl")).unwrap().lines() {
        let item: serde_json::Value = serde_json::from_str(line).unwrap();
        caveats.extend(item["caveats"].as_array().unwrap().iter().map(|c| c.as_str().unwrap().to_owned()));
        classifications.extend(item["classification"].as_str().map(str::to_owned));
    }
    assert_eq!(caveats.len(), 18);
    assert_eq!(caveats, fates.into_iter().collect());
    assert_eq!(classifications, levels.into_keys().collect());
}

#[test]
fn the_policy_that_ships_says_what_the_oracle_believes() {
    let policy = std::fs::read_to_string(root().join("house/policies/us-historic.xml")).unwrap();
    let attribute = |element: &str, name: &str| -> String {
        let (_, after) = element.split_once(&format!(" {name}=\"")).unwrap();
        after.split('"').next().unwrap().to_owned()
    };
    let elements = |start: &str| -> Vec<String> {
        let start = format!("<{start} ");
        let parts = policy.split(start.as_str()).skip(1);
        parts.map(|part| format!(" {}", part.split('>').next().unwrap())).collect()
    };
    let levels: BTreeMap<String, u8> = elements("securityClassification")
        .iter()
        .map(|element| (attribute(element, "name"), attribute(element, "hierarchy").parse().unwrap()))
        .collect();
    assert_eq!(levels, Level::ALL.iter().map(|level| (level.name().to_owned(), level.place())).collect());
    let rules: BTreeMap<String, (String, bool)> = elements("level")
        .iter()
        .map(|rule| {
            (attribute(rule, "name"), (attribute(rule, "short"), attribute(rule, "certificate") == "true"))
        })
        .collect();
    let believed = Level::ALL
        .iter()
        .map(|level| (level.name().to_owned(), (level.short().to_owned(), *level != Level::Unclassified)));
    assert_eq!(rules, believed.collect());
    // Captions, then words of handling, each in the order of the marking.
    let categories: Vec<String> = elements("tagCategory").iter().map(|e| attribute(e, "name")).collect();
    assert_eq!(categories, CAPTIONS.iter().chain(&HANDLING).map(|w| (*w).to_owned()).collect::<Vec<_>>());
    let kinds: Vec<String> =
        elements("securityCategoryTag").iter().map(|e| attribute(e, "tagType")).collect();
    assert_eq!(kinds, ["restrictive", "tagType7"]);
}
