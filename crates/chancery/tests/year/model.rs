//! What the test itself knows of every copy: who has it, in what state, what happened to it. It shares no rule with the
//! product, and is held against what the product says.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

/// Who has a copy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum With {
    Desk,
    Container(String),
    Person(String),
    Elsewhere(String),
}

/// In what state it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    Held,
    UnderWay,
    Missing,
    Transferred,
    Released,
    Destroyed,
}

impl State {
    pub const ALL: [State; 6] =
        [State::Held, State::UnderWay, State::Missing, State::Transferred, State::Released, State::Destroyed];

    pub const fn as_str(self) -> &'static str {
        match self {
            State::Held => "held",
            State::UnderWay => "under-way",
            State::Missing => "missing",
            State::Transferred => "transferred",
            State::Released => "released",
            State::Destroyed => "destroyed",
        }
    }

    /// While the books must say where it is.
    pub const fn is_open(self) -> bool {
        matches!(self, State::Held | State::UnderWay | State::Missing)
    }
}

/// A copy as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stands {
    pub registry: String,
    pub name: String,
    pub log: String,
    pub paper: String,
    pub pages: u64,
    pub with: With,
    pub state: State,
    /// The dispatch with which it went and for which no receipt is there.
    pub sent: Option<String>,
    /// The day by which it is to be back, where it is lent.
    pub back_by: Option<String>,
    /// Whether it waits for its destruction.
    pub drawn_up: bool,
}

impl Stands {
    /// As the product tells it.
    fn told(row: &Value) -> Self {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let holder = &row["holder"];
        let with = match holder["is"].as_str() {
            Some("desk") => With::Desk,
            Some("container") => With::Container(text(&holder["id"])),
            Some("person") => With::Person(text(&holder["id"])),
            _ => With::Elsewhere(text(&holder["name"])),
        };
        let state = State::ALL.into_iter().find(|state| row["state"] == state.as_str());
        Stands {
            registry: text(&row["registry"]),
            name: text(&row["name"]),
            log: text(&row["log"]),
            paper: text(&row["entry"]["id"]),
            pages: row["pages"].as_u64().unwrap_or_default(),
            with,
            state: state.unwrap_or_else(|| panic!("{row}")),
            sent: row["sent"]["dispatch"].as_str().map(str::to_owned),
            back_by: row["back_by"].as_str().map(str::to_owned),
            drawn_up: row["drawn_up"] == true,
        }
    }

    /// Whether it lies in the registry and can go anywhere.
    pub fn is_in(&self, code: &str) -> bool {
        let here = matches!(self.with, With::Desk | With::Container(_));
        self.registry == code && self.state == State::Held && here && !self.drawn_up
    }
}

/// Every copy by its identifier.
#[derive(Debug, Default)]
pub struct Model {
    pub copies: BTreeMap<String, Stands>,
    /// What happened to each, in order.
    pub life: BTreeMap<String, Vec<&'static str>>,
    /// To whom each dispatch went, and on which day.
    to: BTreeMap<String, (With, i64)>,
}

impl Model {
    pub fn recorded(&mut self, copies: impl IntoIterator<Item = (String, Stands)>) {
        for (id, stands) in copies {
            assert!(self.copies.insert(id.clone(), stands).is_none(), "an identifier twice");
            self.life.insert(id, Vec::new());
        }
    }

    fn change(&mut self, ids: &[String], what: &'static str, mut change: impl FnMut(&mut Stands)) {
        for id in ids {
            change(self.copies.get_mut(id).unwrap());
            self.life.get_mut(id).unwrap().push(what);
        }
    }

    pub fn sent(&mut self, ids: &[String], dispatch: &str, to: With, day: i64) {
        self.change(ids, "sent", |copy| {
            copy.state = State::UnderWay;
            copy.sent = Some(dispatch.to_owned());
        });
        self.to.insert(dispatch.to_owned(), (to, day));
    }

    /// The copies of a dispatch for which no receipt is there.
    pub fn due(&self, dispatch: &str) -> Vec<String> {
        let due = self.copies.iter().filter(|(_, copy)| copy.sent.as_deref() == Some(dispatch));
        due.map(|(id, _)| id.clone()).collect()
    }

    /// The dispatches of a registry for which a receipt is due, and how late each is on a day.
    pub fn late(&self, code: &str, day: i64) -> BTreeMap<String, &'static str> {
        let own = self.copies.values().filter(|copy| copy.registry == code);
        let late = |dispatch: &String| match day - self.to[dispatch].1 {
            45.. => "escalate",
            30..45 => "trace",
            _ => "waiting",
        };
        own.filter_map(|copy| copy.sent.clone()).map(|dispatch| (dispatch.clone(), late(&dispatch))).collect()
    }

    /// All that is due of a dispatch has arrived but some: how many have.
    pub fn received(&mut self, dispatch: &str, but: &[String]) -> usize {
        let arrived: Vec<String> = self.due(dispatch).into_iter().filter(|id| !but.contains(id)).collect();
        let with = self.to[dispatch].0.clone();
        self.change(&arrived, "received", |copy| {
            copy.state = match with {
                With::Elsewhere(_) => State::Transferred,
                _ => State::Held,
            };
            copy.with = with.clone();
            copy.sent = None;
            if with == With::Desk {
                copy.back_by = None;
            }
        });
        arrived.len()
    }

    pub fn kept(&mut self, ids: &[String], with: &With) {
        self.change(ids, "kept", |copy| {
            copy.state = State::Held;
            copy.with = with.clone();
            copy.sent = None;
            copy.back_by = None;
        });
    }

    /// Copies that went are to be back by a day.
    pub fn lent(&mut self, ids: &[String], back_by: &str) {
        for id in ids {
            self.copies.get_mut(id).unwrap().back_by = Some(back_by.to_owned());
        }
    }

    pub fn prolonged(&mut self, ids: &[String], back_by: &str) {
        self.change(ids, "prolonged", |copy| copy.back_by = Some(back_by.to_owned()));
    }

    pub fn missed(&mut self, ids: &[String]) {
        self.change(ids, "missed", |copy| copy.state = State::Missing);
    }

    pub fn released(&mut self, ids: &[String]) {
        self.change(ids, "released", |copy| {
            copy.state = State::Released;
            copy.sent = None;
            copy.back_by = None;
        });
    }

    pub fn drawn_up(&mut self, ids: &[String], drawn_up: bool) {
        for id in ids {
            self.copies.get_mut(id).unwrap().drawn_up = drawn_up;
        }
    }

    pub fn destroyed(&mut self, ids: &[String]) {
        self.drawn_up(ids, false);
        self.change(ids, "destroyed", |copy| {
            copy.state = State::Destroyed;
            copy.back_by = None;
        });
    }

    /// The copies of which something is true, in the order of their names.
    pub fn that(&self, is: impl Fn(&Stands) -> bool) -> Vec<String> {
        let mut found: Vec<(&String, &Stands)> = self.copies.iter().filter(|(_, copy)| is(copy)).collect();
        found.sort_by(|(_, a), (_, b)| a.name.cmp(&b.name));
        found.into_iter().map(|(id, _)| id.clone()).collect()
    }

    /// So many copies of a log that lie in a registry.
    pub fn stock(&self, code: &str, log: &str, many: usize) -> Vec<String> {
        let mut found = self.that(|copy| copy.is_in(code) && copy.log == log);
        found.truncate(many);
        assert_eq!(found.len(), many, "so many of {log} are not in {code}");
        found
    }

    /// How many copies of a registry are in each state.
    pub fn counts(&self, code: &str) -> BTreeMap<&'static str, u64> {
        let mut counts: BTreeMap<&'static str, u64> = State::ALL.map(|state| (state.as_str(), 0)).into();
        for copy in self.copies.values().filter(|copy| copy.registry == code) {
            *counts.get_mut(copy.state.as_str()).unwrap() += 1;
        }
        counts
    }

    /// What the product says otherwise of the copies of a registry.
    pub fn differences(&self, code: &str, rows: &[Value]) -> Vec<String> {
        let mut differences = Vec::new();
        let mut told = BTreeSet::new();
        for row in rows {
            let id = row["id"].as_str().unwrap_or_default();
            let says = Stands::told(row);
            if !told.insert(id) {
                differences.push(format!("{} is listed twice", says.name));
            }
            match self.copies.get(id) {
                Some(known) if *known == says => {}
                known => differences.push(format!("said: {says:?}; known: {known:?}")),
            }
        }
        let ours = self.copies.iter().filter(|(_, copy)| copy.registry == code);
        let silent = ours.filter(|(id, _)| !told.contains(id.as_str()));
        differences.extend(silent.map(|(_, copy)| format!("{} is not listed", copy.name)));
        differences
    }
}
