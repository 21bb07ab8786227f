//! The scenario of the historic papers: eight people ask forty queries, and see exactly what a separate program, which
//! shares no code with the product, says that they must see.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use label::{Language, NamedClearance};
use office::{Sender, import::Source, map::Map};
use oracle::{
    compare::{Answered, differences},
    corpus::Corpus,
    people,
    report::{Oracle, load_queries},
    words::Frequencies,
};
use registry::{
    AuthorisationId, Command, PersonId,
    authorisation::{Grant, Role},
    command::OPERATOR,
};
use serde_json::{Value, json};

use crate::engines::{House, on_each_engine};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn papers() -> Option<PathBuf> {
    let folder = root().join("../shared/data/frus");
    folder.join("index.jsonl").is_file().then_some(folder)
}

#[derive(serde::Deserialize)]
struct People {
    policy: String,
    set: String,
    person: Vec<PersonOfScenario>,
}

#[derive(serde::Deserialize)]
struct PersonOfScenario {
    login: String,
    nationality: String,
    #[serde(default)]
    controller: bool,
    level: Option<String>,
    #[serde(default)]
    captions: Vec<String>,
}

/// The eight with what they hold; the clearance of each by login.
async fn eight(house: &House) -> BTreeMap<String, (PersonId, Option<AuthorisationId>)> {
    let text = std::fs::read_to_string(root().join("tests/frus/people.toml")).unwrap();
    let data: People = toml::from_str(&text).unwrap();
    let policies = house.office.house().await.unwrap().policies.clone();
    let mut eight = BTreeMap::new();
    for person in data.person {
        let id = house.adds(&person.login, &person.nationality).await;
        if person.controller {
            let grant = Grant::Role { role: Role::Controller, registry: Some(house.registry) };
            house.gives(id, grant).await;
        }
        let mut held = None;
        if let Some(level) = person.level {
            let mut categories = BTreeMap::new();
            if !person.captions.is_empty() {
                categories.insert(data.set.clone(), person.captions.into_iter().collect());
            }
            let named = NamedClearance { policy: data.policy.clone(), level, categories };
            let grant = Grant::Clearance {
                clearance: policies.resolve_clearance(&named).unwrap(),
                authority: "Department".into(),
                from: "2025-01-01".parse().unwrap(),
                until: "2029-12-31".parse().unwrap(),
            };
            held = Some(house.gives(id, grant).await);
        }
        eight.insert(person.login, (id, held));
    }
    eight
}

async fn import(house: &House, folder: &Path) {
    let map = std::fs::read_to_string(root().join("house/maps/frus.toml")).unwrap();
    let source = Source::Manifest {
        manifest: folder.join("index.jsonl"),
        root: folder.to_owned(),
        map: Box::new(Map::parse(&map).unwrap()),
    };
    let sender = Sender::operator_as(OPERATOR);
    let report = house.office.import(sender, house.registry, &source, |_, _, _, _| {}).await.unwrap();
    assert_eq!((report.registered, report.failed), (3363, vec![]));
    house.office.catch_up().await.unwrap();
}

/// What the product answers, in the oracle's form.
async fn answer(house: &House, login: &str, person: PersonId, query: &str) -> Value {
    let mut reading = house.office.read_as(person).await.unwrap();
    let found = reading.search(&office::search::query(query).unwrap(), 20, None, true).await.unwrap();
    let mut hits = Vec::new();
    for hit in &found.hits {
        let view = reading.document(hit.entry.document).await.unwrap();
        let references = &view.inside.as_ref().unwrap().references;
        let id = references.iter().find(|r| r.text.starts_with("frus")).unwrap().text.clone();
        let policies = &reading.house.policies;
        let marking =
            hit.entry.label.as_ref().map(|l| policies.of(l).unwrap().marking(l, Language::English).unwrap());
        hits.push(json!({
            "id": id,
            "title": hit.entry.subject,
            "marking": marking,
            "date": hit.entry.date.iso().or_else(|| hit.entry.date.written.clone()),
            "snippet": hit.snippet.text(),
        }));
    }
    let facets = &found.facets;
    json!({
        "person": login, "query": query, "total": found.total, "hits": hits,
        "facets": {
            "marking": facets.marking, "kind": facets.kind, "originator": facets.originator,
            "year": facets.year, "registry": facets.registry,
        },
    })
}

async fn ids(house: &House, reader: PersonId, corpus: &Corpus) -> BTreeMap<String, String> {
    let mut reading = house.office.read_as(reader).await.unwrap();
    let mut ids = BTreeMap::new();
    for paper in &corpus.documents {
        let found = reading.by_reference(&paper.id).await.unwrap();
        ids.insert(paper.id.clone(), found[0].document.to_string());
    }
    ids
}

#[tokio::test]
async fn eight_people_find_what_the_oracle_says() {
    let Some(folder) = papers() else {
        println!("skipped: the historic papers are not beside the project");
        return;
    };
    on_each_engine(|house| {
        let folder = folder.clone();
        async move {
            let eight = eight(&house).await;
            import(&house, &folder).await;
            let corpus = Corpus::load(&folder).unwrap();
            let ids = ids(&house, eight["wade.archer"].0, &corpus).await;
            let people = people::load(&root().join("tests/frus/people.toml")).unwrap();
            let frequencies = Frequencies::load(&root().join("house/search/words.tsv")).unwrap();
            let mut says = Oracle::new(corpus, frequencies, people, "REG", ids.clone(), false);
            let queries = load_queries(&root().join("tests/frus/queries.txt")).unwrap();
            assert_eq!(queries.len(), 40);
            let mut wrong = Vec::new();
            let mut asked = 0;
            for query in &queries {
                let mut answered = Answered::new();
                for (login, (person, _)) in &eight {
                    let key = (login.clone(), query.clone());
                    answered.insert(key, answer(&house, login, *person, query).await);
                }
                for expected in says.answers(query).unwrap() {
                    asked += 1;
                    wrong.extend(differences(&expected, &mut answered));
                }
            }
            println!("{asked} answers compared, {} differences", wrong.len());
            assert_eq!(asked, 320);
            assert!(wrong.is_empty(), "{}", wrong.iter().take(10).cloned().collect::<Vec<_>>().join("\n"));

            planted_scope_is_found(&house, &folder, &eight, &ids).await;
            a_changed_clearance_counts_at_once(&house, &folder, &eight, &ids).await;
        }
    })
    .await;
}

fn oracle_with(folder: &Path, ids: &BTreeMap<String, String>, wrong: bool, without: Option<&str>) -> Oracle {
    let mut people = people::load(&root().join("tests/frus/people.toml")).unwrap();
    for person in people.iter_mut().filter(|p| Some(p.login.as_str()) == without) {
        person.level = None;
        person.captions.clear();
    }
    let frequencies = Frequencies::load(&root().join("house/search/words.tsv")).unwrap();
    Oracle::new(Corpus::load(folder).unwrap(), frequencies, people, "REG", ids.clone(), wrong)
}

/// A comparison that could not fail would prove nothing.
async fn planted_scope_is_found(
    house: &House,
    folder: &Path,
    eight: &BTreeMap<String, (PersonId, Option<AuthorisationId>)>,
    ids: &BTreeMap<String, String>,
) {
    let mut says = oracle_with(folder, ids, true, None);
    let mut found = 0;
    for expected in says.answers("Berlin").unwrap() {
        let person = eight[&expected.person].0;
        let key = (expected.person.clone(), expected.query.clone());
        let mut answered = Answered::from([(key, answer(house, &expected.person, person, "Berlin").await)]);
        found += usize::from(!differences(&expected, &mut answered).is_empty());
    }
    assert_eq!(found, 7, "everyone but the one who reads all would be seen to have a class too many");
}

async fn a_changed_clearance_counts_at_once(
    house: &House,
    folder: &Path,
    eight: &BTreeMap<String, (PersonId, Option<AuthorisationId>)>,
    ids: &BTreeMap<String, String>,
) {
    let (person, held) = eight["ruth.ellery"];
    let command = Command::Revoke { authorisation: held.unwrap(), reason: "transferred".into() };
    house.does(house.officers[0], command).await.unwrap();
    let mut says = oracle_with(folder, ids, false, Some("ruth.ellery"));
    for query in ["Berlin", "treaty", "economic"] {
        let expected = says.answers(query).unwrap().into_iter().find(|a| a.person == "ruth.ellery").unwrap();
        let key = (expected.person.clone(), query.to_owned());
        let mut answered = Answered::from([(key, answer(house, "ruth.ellery", person, query).await)]);
        assert_eq!(differences(&expected, &mut answered), Vec::<String>::new());
    }
}
