//! The house of the year: two registries, their staff, those who are given copies, and the days that pass.

use std::collections::BTreeMap;

use registry::{
    PersonId,
    authorisation::{Grant, Role},
};
use serde_json::{Value, json};

use crate::{
    browser::{MORNING, World},
    hand::Hand,
    model::{Model, State, With},
    papers::{Kind, Paper},
};

/// Clerks of both registries, who count together.
pub const CLERKS: [&str; 4] = ["ana", "boris", "cecile", "dmitri"];
/// The controller of both registries.
pub const CONTROLLER: &str = "elena";
/// Those who are given copies.
pub const READERS: [&str; 8] = ["haas", "ivers", "jonas", "kuhn", "lopez", "meyer", "nagy", "olsen"];
/// Somebody who may not have them.
pub const UNCLEARED: &str = "reader";
/// The registries.
pub const CODES: [&str; 2] = ["REG", "COS"];
/// What may be seen by whoever works with copies: a policy, its highest level, the levels for which there are briefings.
const CLEARED: [(&str, &str, &[&str]); 3] = [
    ("NATO", "TOP SECRET", &["RESTRICTED", "CONFIDENTIAL", "SECRET", "TOP SECRET"]),
    ("EU", "SECRET", &["RESTRICTED", "CONFIDENTIAL", "SECRET"]),
    ("US-HISTORIC", "TOP SECRET", &[]),
];
/// Levels by policy.
type Levels = &'static [(&'static str, &'static str)];
/// Containers: registry, name, what they may hold.
const SAFES: [(&str, &str, Levels); 4] = [
    ("REG", "Safe 1", &[("NATO", "SECRET"), ("EU", "SECRET"), ("US-HISTORIC", "TOP SECRET")]),
    ("REG", "Safe 2", &[]),
    ("REG", "Cabinet", &[("NATO", "CONFIDENTIAL")]),
    ("COS", "Vault", &[("NATO", "TOP SECRET")]),
];

/// A paper that was registered.
pub struct Filed {
    pub id: String,
    pub kind: &'static Kind,
    /// Its number in the log.
    pub control: String,
    pub pages: u32,
    pub copies: Vec<String>,
}

/// What is counted for the line of figures.
#[derive(Debug, Default)]
pub struct Figures {
    pub dispatches: usize,
    pub receipts: usize,
    pub refusals: usize,
    pub sightings: usize,
    pub doubles: usize,
    pub certificates: usize,
    pub distributed: usize,
    pub lent: usize,
    pub marked: usize,
}

/// A year in the making.
pub struct Year {
    pub world: World,
    pub people: BTreeMap<String, PersonId>,
    pub model: Model,
    pub papers: Vec<Filed>,
    pub safes: BTreeMap<&'static str, String>,
    pub figures: Figures,
    /// Days since the first.
    pub day: i64,
    hands: BTreeMap<String, (i64, Hand)>,
}

impl Year {
    pub async fn begun(world: World) -> Self {
        let mut year = Year {
            world,
            people: BTreeMap::new(),
            model: Model::default(),
            papers: Vec::new(),
            safes: BTreeMap::new(),
            figures: Figures::default(),
            day: 0,
            hands: BTreeMap::new(),
        };
        year.opens_the_cosmic_registry().await;
        for login in CLERKS.into_iter().chain([CONTROLLER]).chain(READERS) {
            let person = year.world.adds(login).await;
            year.clears(person).await;
            year.people.insert(login.to_owned(), person);
        }
        for login in [UNCLEARED, "inspector"] {
            let person = year.world.office.person_named(login).await.unwrap();
            year.people.insert(login.to_owned(), person);
        }
        year.appoints().await;
        for (code, name, approved) in SAFES {
            let approved: Vec<Value> =
                approved.iter().map(|(policy, level)| json!({"policy": policy, "level": level})).collect();
            let act = json!({"act": "furnish", "name": name, "place": "Room 210", "approved": approved});
            let done = year.does(CLERKS[0], code, &act).await;
            year.safes.insert(name, done["container"].as_str().unwrap().to_owned());
        }
        year
    }

    async fn opens_the_cosmic_registry(&mut self) {
        let body = json!({
            "code": "COS", "names": {"en": "COSMIC registry", "fr": "Bureau d’ordre COSMIC"},
            "ceilings": [{"policy": "NATO", "level": "TOP SECRET"}],
        });
        self.hand("keeper").await.changes("registries", &body).await;
    }

    async fn clears(&self, person: PersonId) {
        let house = self.world.office.house().await.unwrap();
        let day = |text: &str| text.parse().unwrap();
        for (policy, level, briefings) in CLEARED {
            let named = label::NamedClearance {
                policy: policy.into(),
                level: level.into(),
                categories: Default::default(),
            };
            let grant = Grant::Clearance {
                clearance: house.policies.resolve_clearance(&named).unwrap(),
                authority: "National authority".into(),
                number: None,
                from: day("2025-01-01"),
                until: day("2029-12-31"),
            };
            self.world.gives(person, grant).await;
            for subject in briefings {
                let (policy, subject) = (policy.to_owned(), (*subject).to_owned());
                let on = day("2026-01-15");
                self.world.gives(person, Grant::Briefing { policy, subject, on, refresh: None }).await;
            }
        }
    }

    async fn appoints(&self) {
        let house = self.world.office.house().await.unwrap();
        for code in CODES {
            let registry = house.registry_by_code(code).unwrap().id;
            for login in CLERKS {
                let person = self.people[login];
                let command = registry::Command::AssignRole { person, role: Role::Clerk, registry };
                self.world.does(self.world.officers[0], command).await;
            }
            let grant = Grant::Role { role: Role::Controller, registry: Some(registry) };
            self.world.gives(self.people[CONTROLLER], grant).await;
        }
    }

    /// It is a day, counted from the first; whoever works signs in anew.
    pub fn on(&mut self, day: i64) {
        self.at(day, 0);
    }

    /// It is so many minutes later on a day.
    pub fn at(&mut self, day: i64, minutes: i64) {
        assert!(day >= self.day, "days pass");
        self.day = day;
        self.world.after(day * 24 * 60 + minutes);
    }

    /// A moment so many days after the first.
    pub fn moment(&self, day: i64) -> String {
        MORNING.plus_seconds(day * 86_400).to_string()
    }

    /// Somebody who signed in today.
    pub async fn hand(&mut self, login: &str) -> Hand {
        match self.hands.get(login) {
            Some((day, hand)) if *day == self.day => hand.clone(),
            _ => {
                let hand = Hand::of(&self.world, login).await;
                self.hands.insert(login.to_owned(), (self.day, hand.clone()));
                hand
            }
        }
    }

    /// Somebody as the registers know him.
    pub fn person(&self, login: &str) -> With {
        With::Person(self.people[login].to_string())
    }

    /// An act on copies that is done, whatever the model makes of it.
    pub async fn does(&mut self, login: &str, code: &str, act: &Value) -> Value {
        self.hand(login).await.does(code, act).await
    }

    /// How many entries there are in each ledger.
    async fn written(&self) -> Vec<u64> {
        let mut reading = self.world.office.read_as(self.people["inspector"]).await.unwrap();
        reading.ledgers().await.unwrap().iter().map(|head| head.size).collect()
    }

    /// An act that is refused, in words, and that writes nothing.
    pub async fn refuses(&mut self, login: &str, code: &str, act: &Value, why: &str) -> Value {
        let hand = self.hand(login).await;
        let before = self.written().await;
        let (status, said) = hand.tries(code, &crate::hand::key(), act).await;
        assert!(status.is_client_error() && said["code"] == why, "{act}: {why} expected: {status} {said}");
        for words in ["title", "remedy"] {
            let words = said[words].as_str().unwrap_or_default();
            assert!(!words.is_empty() && !words.starts_with("refusal-"), "{said}");
        }
        assert_eq!(self.written().await, before, "{act} wrote something");
        self.figures.refusals += 1;
        said
    }

    /// What the product says of every copy is what the test knows.
    pub async fn agrees(&mut self) {
        self.lateness().await;
        let hand = self.hand(CLERKS[0]).await;
        for code in CODES {
            let rows = hand.all(&format!("copies?registry={code}"), "copies").await;
            assert_eq!(self.model.differences(code, &rows), Vec::<String>::new());
            let told = hand.get(&format!("custody?registry={code}")).await;
            let counts = self.model.counts(code);
            for state in State::ALL {
                let said = &told["copies"][state.as_str().replace('-', "_")];
                assert_eq!(*said, counts[state.as_str()], "{code} {}", state.as_str());
            }
        }
    }

    /// Papers come: registered and their copies numbered by the four clerks, each a part.
    pub async fn receives(&mut self, papers: Vec<Paper>) {
        let mut parts: Vec<Vec<Paper>> = vec![Vec::new(); CLERKS.len()];
        for (n, paper) in papers.into_iter().enumerate() {
            parts[n % CLERKS.len()].push(paper);
        }
        let mut working = Vec::new();
        for (login, part) in CLERKS.into_iter().zip(parts) {
            let (hand, safes) = (self.hand(login).await, self.safes.clone());
            working.push(tokio::spawn(takes_in(hand, safes, part)));
        }
        for one in working {
            for (filed, with) in one.await.unwrap() {
                self.puts_into_the_books(filed, &with);
            }
        }
    }

    pub fn puts_into_the_books(&mut self, filed: Filed, with: &With) {
        let Filed { id: paper, kind, control, pages, copies } = &filed;
        let copies = (1..).zip(copies).map(|(n, id): (u32, _)| {
            (id.clone(), crate::copies::fresh(kind, control, n, paper, *pages, with))
        });
        self.model.recorded(copies);
        self.papers.push(filed);
    }

    /// The year without its house, to be opened again.
    pub async fn reopened(mut self) -> Self {
        self.hands.clear();
        Year { world: self.world.restarted().await, ..self }
    }
}

/// Registers papers and numbers their copies; where they lie.
async fn takes_in(hand: Hand, safes: BTreeMap<&str, String>, papers: Vec<Paper>) -> Vec<(Filed, With)> {
    let mut filed = Vec::new();
    for (n, paper) in papers.into_iter().enumerate() {
        let Paper { kind, copies: many, pages, .. } = paper;
        let id = hand.registers(&paper.entry(), paper.text.as_deref()).await;
        let safe = match (kind.registry, n % 3) {
            (_, 0) => None,
            ("COS", _) => Some("Vault"),
            (_, 1) => Some("Safe 1"),
            _ => Some("Safe 2"),
        };
        let safe = safe.map(|name| safes[name].clone());
        let copies: Vec<Value> =
            (1..=many).map(|n| json!({"number": n, "pages": pages, "medium": "paper"})).collect();
        let act = json!({
            "act": "record", "document": id, "origin": kind.origin, "of": many, "copies": copies, "container": safe,
        });
        let done = hand.does(kind.registry, &act).await;
        let control = done["control"].as_str().unwrap().to_owned();
        assert!(control.starts_with(&format!("{}-", kind.log)), "{control}");
        let copies = crate::copies::texts(&done["copies"]);
        filed.push((Filed { id, kind, control, pages, copies }, safe.map_or(With::Desk, With::Container)));
    }
    filed
}
