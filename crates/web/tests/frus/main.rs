//! The scenario of the historic papers, over HTTP: eight people ask forty queries, and see exactly what a separate
//! program, which shares no code with the product, says that they must see: totals, hits, facets, snippets and the file
//! that the page exports.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, reason = "tests")]

#[allow(dead_code, reason = "a house of the office's tests, of which this one needs a part")]
#[path = "../../../office/tests/office/engines.rs"]
mod engines;

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
    sync::Arc,
};

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{Request, header},
};
use label::NamedClearance;
use office::{Sender, import::Source, map::Map, texts::Texts};
use oracle::{
    compare::{Answered, differences},
    corpus::Corpus,
    people,
    report::{Oracle, Registry, load_queries},
    words::Frequencies,
};
use registry::{
    AuthorisationId, Command, PersonId,
    authorisation::{Grant, Role},
    command::OPERATOR,
};
use serde_json::{Value, json};
use tower::ServiceExt;

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
                number: None,
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

/// Those who ask, each with a session, and what their answers are compared by.
struct Asking {
    house: House,
    router: Router,
    folder: PathBuf,
    people: BTreeMap<String, (PersonId, Option<AuthorisationId>)>,
    sessions: BTreeMap<String, String>,
    /// Identifiers that the product drew, by foreign reference.
    ids: BTreeMap<String, String>,
    /// The registry's own references, by foreign reference.
    numbers: BTreeMap<String, String>,
    /// Foreign references by identifier.
    papers: BTreeMap<String, String>,
}

impl Asking {
    async fn of(house: House, folder: PathBuf) -> Self {
        let people = eight(&house).await;
        import(&house, &folder).await;
        let mut sessions = BTreeMap::new();
        for (login, (person, _)) in &people {
            let session = office::Session::assumed(*person, house.office.now());
            let secret = house.office.new_token(&session, "scenario", None).await.unwrap();
            sessions.insert(login.clone(), secret);
        }
        let texts = Arc::new(Texts::new().unwrap());
        let router = web::app::router(web::App { office: house.office.clone(), texts, greeting: None });
        let mut reading = house.office.read_as(people["wade.archer"].0).await.unwrap();
        let (mut ids, mut papers, mut numbers) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        for paper in &Corpus::load(&folder).unwrap().documents {
            let found = reading.by_reference(&paper.id).await.unwrap();
            let id = found[0].document.to_string();
            ids.insert(paper.id.clone(), id.clone());
            numbers.insert(paper.id.clone(), found[0].reference.clone());
            papers.insert(id, paper.id.clone());
        }
        drop(reading);
        // Which paper got which number is the import's; that they are the first of their year without a gap is checked.
        let given: BTreeSet<&str> = numbers.values().map(String::as_str).collect();
        assert_eq!(given.len(), 3363);
        assert!((1..=3363).all(|n| given.contains(format!("REG-2026-{n}").as_str())));
        Self { house, router, folder, people, sessions, ids, numbers, papers }
    }

    /// What somebody who is signed in gets from an address.
    async fn get(&self, login: &str, path: &str) -> Vec<u8> {
        let cookie = format!("{}={}; language=en", web::signed::SESSION, self.sessions[login]);
        let request = Request::get(path).header(header::COOKIE, cookie).body(Body::empty()).unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        assert_eq!(response.status(), 200, "{path}");
        to_bytes(response.into_body(), 64 << 20).await.unwrap().to_vec()
    }

    /// What the product answers to a query, in the oracle's form.
    async fn answer(&self, login: &str, query: &str) -> Value {
        let path = format!("/api/v1/search?limit=20&q={}", web::frame::escaped(query));
        let mut said: Value = serde_json::from_slice(&self.get(login, &path).await).unwrap();
        for hit in said["hits"].as_array_mut().unwrap() {
            let paper = &self.papers[hit["id"].as_str().unwrap()];
            hit["id"] = json!(paper);
        }
        said["person"] = json!(login);
        said["query"] = json!(query);
        said
    }

    /// The file that the page exports.
    async fn csv(&self, login: &str, query: &str) -> String {
        let path = format!("/search.csv?q={}", web::frame::escaped(query));
        String::from_utf8(self.get(login, &path).await).unwrap()
    }

    /// An oracle; `wrong`: with a class too many for everybody, `without`: with somebody's certificate gone.
    fn oracle(&self, wrong: bool, without: Option<&str>) -> Oracle {
        let mut people = people::load(&root().join("tests/frus/people.toml")).unwrap();
        for person in people.iter_mut().filter(|p| Some(p.login.as_str()) == without) {
            person.level = None;
            person.captions.clear();
        }
        let corpus = Corpus::load(&self.folder).unwrap();
        let frequencies = Frequencies::load(&root().join("house/search/words.tsv")).unwrap();
        let registry = Registry::new("REG", "Central Registry", 2026);
        Oracle::new(corpus, frequencies, people, registry, self.ids.clone(), wrong)
            .numbered(self.numbers.clone())
    }

    /// Where the product's answers to a query are not the oracle's, person by person; and how many rows of CSV agreed.
    async fn differing(
        &self,
        says: &mut Oracle,
        query: &str,
        of: impl Fn(&str) -> bool,
    ) -> (BTreeMap<String, Vec<String>>, usize) {
        let mut all: BTreeMap<String, Vec<String>> = BTreeMap::new();
        let mut rows = 0;
        for expected in says.answers(query).unwrap().into_iter().filter(|a| of(&a.person)) {
            let key = (expected.person.clone(), expected.query.clone());
            let mut answered = Answered::from([(key, self.answer(&expected.person, query).await)]);
            all.entry(expected.person.clone()).or_default().extend(differences(&expected, &mut answered));
        }
        for (login, expected) in says.csv(query).unwrap().into_iter().filter(|(login, _)| of(login)) {
            let found = self.csv(&login, query).await;
            rows += expected.lines().count() - 1;
            let why = unlike(&expected, &found);
            all.entry(login.clone())
                .or_default()
                .extend(why.map(|why| format!("{login} exports {query:?}: {why}")));
        }
        (all, rows)
    }
}

/// Where two files first differ; none where they are the same byte for byte.
fn unlike(expected: &str, found: &str) -> Option<String> {
    if expected == found {
        return None;
    }
    let (rows, got): (Vec<_>, Vec<_>) =
        (expected.split_inclusive("\r\n").collect(), found.split_inclusive("\r\n").collect());
    let at = rows.iter().zip(&got).take_while(|(a, b)| a == b).count();
    let row = |of: &[&str]| of.get(at).map_or("nothing".to_owned(), |row| format!("{row:?}"));
    Some(format!(
        "{} rows expected, {} found; row {at}: {} expected, {} found",
        rows.len(),
        got.len(),
        row(&rows),
        row(&got)
    ))
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
            let asking = Asking::of(house, folder).await;
            let mut says = asking.oracle(false, None);
            let queries = load_queries(&root().join("tests/frus/queries.txt")).unwrap();
            assert_eq!(queries.len(), 40);
            let mut wrong = Vec::new();
            let (mut asked, mut rows) = (0, 0);
            for query in &queries {
                let (differences, exported) = asking.differing(&mut says, query, |_| true).await;
                asked += differences.len();
                rows += exported;
                wrong.extend(differences.into_values().flatten());
            }
            println!(
                "{asked} answers and as many exports of {rows} rows compared, {} differences",
                wrong.len()
            );
            assert_eq!(asked, 320);
            assert!(rows > 10_000, "exports go beyond a page");
            assert!(wrong.is_empty(), "{}", wrong.iter().take(10).cloned().collect::<Vec<_>>().join("\n"));
            planted_scope_is_found(&asking).await;
            a_changed_clearance_counts_at_once(&asking).await;
        }
    })
    .await;
}

/// A comparison that could not fail would prove nothing.
async fn planted_scope_is_found(asking: &Asking) {
    let mut says = asking.oracle(true, None);
    let (differing, _) = asking.differing(&mut says, "Berlin", |_| true).await;
    let told = |how: &str| differing.values().filter(|all| all.iter().any(|d| d.contains(how))).count();
    let seven = "everyone but the one who reads all would be seen to have a class too many";
    assert_eq!(told(" asks \"Berlin\""), 7, "{seven}");
    assert_eq!(told(" exports \"Berlin\""), 7, "{seven}");
}

async fn a_changed_clearance_counts_at_once(asking: &Asking) {
    let (_, held) = asking.people["ruth.ellery"];
    let command = Command::Revoke { authorisation: held.unwrap(), reason: "transferred".into() };
    asking.house.does(asking.house.officers[0], command).await.unwrap();
    let mut says = asking.oracle(false, Some("ruth.ellery"));
    for query in ["Berlin", "treaty", "economic"] {
        let (differing, _) = asking.differing(&mut says, query, |login| login == "ruth.ellery").await;
        assert_eq!(differing, BTreeMap::from([("ruth.ellery".to_owned(), Vec::new())]));
    }
}
