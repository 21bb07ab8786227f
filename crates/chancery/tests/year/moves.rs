//! Copies go out and come back: receipts on screen and on paper, what is wrong on arrival, what never comes back, what is made
//! of a copy.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::{
    copies::{To, id, send},
    hand::key,
    house::{CLERKS, CODES, CONTROLLER, READERS, Year},
    model::With,
};

/// What was given to each reader of the first papers: how many copies of which log.
const GIVEN: [(&str, usize); 4] = [("NS", 12), ("S-UE", 10), ("C-UE", 8), ("TS-US", 12)];
/// To whom goes what never comes back by itself.
const SLOW: [To<'static>; 6] = [
    To::Elsewhere("Mission in Rome"),
    To::Elsewhere("Mission in Oslo"),
    To::Person("olsen"),
    To::Elsewhere("Mission in Lisbon"),
    To::Elsewhere("Mission in Ankara"),
    To::Registry("COS"),
];

/// The registry of a member state that takes COSMIC papers.
pub const NATIONAL: &str = "National COSMIC registry";

/// What went out on a day.
pub struct Round {
    /// To readers: registry, to whom, with which dispatch.
    to_readers: Vec<(&'static str, &'static str, String)>,
    /// From one registry to the other, and elsewhere.
    to_registry: Vec<String>,
    elsewhere: Vec<(&'static str, String)>,
    /// As [`SLOW`] says.
    slow: Vec<String>,
}

impl Year {
    pub async fn distributes(&mut self) -> Round {
        let [ana, boris, ..] = CLERKS;
        let mut round = Round {
            to_readers: Vec::new(),
            to_registry: Vec::new(),
            elsewhere: Vec::new(),
            slow: Vec::new(),
        };
        for login in READERS {
            for (log, many) in GIVEN {
                let copies = self.model.stock("REG", log, many);
                let sent = self.sends(ana, "REG", &copies, To::Person(login)).await;
                round.to_readers.push(("REG", login, sent));
            }
        }
        for login in &READERS[..4] {
            let copies = self.model.stock("COS", "CTS", 10);
            round.to_readers.push(("COS", login, self.sends(boris, "COS", &copies, To::Person(login)).await));
        }
        for _ in 0..4 {
            let copies = self.model.stock("REG", "NS", 15);
            round.to_registry.push(self.sends(ana, "REG", &copies, To::Registry("COS")).await);
            let copies = self.model.stock("REG", "TS-US", 15);
            let mission = To::Elsewhere("Mission in Madrid");
            round.elsewhere.push(("REG", self.sends(ana, "REG", &copies, mission).await));
        }
        // COSMIC papers go only to where the central registry has a correspondent.
        let copies = self.model.stock("COS", "CTS", 5);
        let national = To::Elsewhere(NATIONAL);
        self.refuses(boris, "COS", &send(&copies, national), "route-not-approved").await;
        let correspondent =
            json!({"book": "correspondents", "name": NATIONAL, "address": "12 Harbour Street"});
        self.does(boris, "COS", &json!({"act": "enter", "details": correspondent})).await;
        round.elsewhere.push(("COS", self.sends(boris, "COS", &copies, national).await));
        for to in SLOW {
            let copies = self.model.stock("REG", "NS", 5);
            round.slow.push(self.sends(ana, "REG", &copies, to).await);
        }
        round
    }

    /// Whoever was sent copies signs: on screen himself, or on paper that comes back; three find that something is wrong.
    pub async fn receipts_come_back(&mut self, round: &Round) {
        let [ana, boris, ..] = CLERKS;
        for (n, (code, login, dispatch)) in round.to_readers.iter().enumerate() {
            let due = self.model.due(dispatch);
            // What is wrong with COSMIC copies is never made good: they are on their way when the year ends.
            let wrong: Vec<(&str, &str)> = match (*login, n % GIVEN.len()) {
                ("haas", 0) => vec![(&due[0], "It was not in the envelope")],
                ("ivers", 1) => vec![(&due[0], "The envelope was open")],
                ("lopez", 3) => vec![(&due[0], "Page 3 is missing"), (&due[1], "It was not there")],
                _ => Vec::new(),
            };
            match n % GIVEN.len() {
                0 if *login == "kuhn" => self.signs_on_the_page(login, dispatch).await,
                3 => self.takes_receipt(ana, code, dispatch, &wrong).await,
                _ => self.signs_for(login, code, dispatch, &wrong).await,
            }
        }
        for (n, dispatch) in round.to_registry.iter().enumerate() {
            // The other registry signs on screen, whoever of its staff; or its paper comes back.
            match n % 2 {
                0 => self.signs_for(boris, "REG", dispatch, &[]).await,
                _ => self.takes_receipt(ana, "REG", dispatch, &[]).await,
            }
        }
        for (code, dispatch) in &round.elsewhere {
            self.takes_receipt(ana, code, dispatch, &[]).await;
        }
        self.what_was_wrong_is_followed(round).await;
    }

    async fn signs_on_the_page(&mut self, login: &str, dispatch: &str) {
        let mut browser = self.world.browser(login).await;
        let page = browser.get("/holdings").await.good();
        page.shows(dispatch);
        let fields = [("command", &*key()), ("dispatch", dispatch), ("back", "")];
        let done = browser.answer(&page, "/holdings/receipt", &fields).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);
        self.model.received(dispatch, &[]);
        self.figures.receipts += 1;
    }

    /// Of what was wrong one copy comes a day later, two come back, one is nowhere; each incident is followed to its end.
    async fn what_was_wrong_is_followed(&mut self, round: &Round) {
        let ana = CLERKS[0];
        let of = |login: &str, nth: usize| {
            let own = round.to_readers.iter().filter(|(code, of, _)| *code == "REG" && *of == login);
            own.map(|(.., dispatch)| dispatch.clone()).nth(nth).unwrap()
        };
        let (late, open, torn) = (of("haas", 0), of("ivers", 1), of("lopez", 3));
        let incidents = self.incidents("REG").await;
        assert_eq!(incidents.len(), 3);
        let about = |copy: &String| {
            let is =
                |one: &&Value| one["copies"].as_array().unwrap().iter().any(|named| named["id"] == **copy);
            let found = incidents.iter().find(is).unwrap_or_else(|| panic!("{copy}"));
            assert_eq!(found["is"], "discrepancy", "{found}");
            id(found, "id")
        };
        let (late_due, open_due, torn_due) =
            (self.model.due(&late), self.model.due(&open), self.model.due(&torn));
        assert_eq!((late_due.len(), open_due.len(), torn_due.len()), (1, 1, 2));
        let all = [about(&late_due[0]), about(&open_due[0]), about(&torn_due[0])];

        self.follows(ana, "REG", &all[0], "The messenger was asked", false).await;
        self.signs_for("haas", "REG", &late, &[]).await;
        self.keeps(ana, "REG", &open_due, Some("Safe 1")).await;
        self.keeps(ana, "REG", &torn_due[..1], None).await;
        let missing = self.misses(ana, "REG", &torn_due[1..]).await;
        for incident in &all {
            self.follows(ana, "REG", incident, "It was found out what had happened", true).await;
        }
        self.follows(CONTROLLER, "REG", &missing, "Reported to the security authority", false).await;
        let open = self.incidents("REG").await;
        assert_eq!(open.iter().map(|one| &one["id"]).collect::<Vec<_>>(), [&json!(missing)]);
        assert_eq!(self.model.due(&torn), torn_due[1..]);
    }

    /// Holders hand on, bring back, and the registry takes what it needs.
    pub async fn copies_go_on(&mut self) {
        let [ana, boris, ..] = CLERKS;
        let of = |year: &Year, login: &str| {
            let with = year.person(login);
            let mut held =
                year.model.that(|copy| copy.with == with && copy.log == "NS" && copy.sent.is_none());
            held.truncate(5);
            held
        };
        for (from, to) in [("haas", "ivers"), ("meyer", "nagy"), ("nagy", "olsen")] {
            let copies = of(self, from);
            let sent = self.sends(from, "REG", &copies, To::Person(to)).await;
            self.signs_for(to, "REG", &sent, &[]).await;
        }
        for login in ["jonas", "lopez"] {
            let copies = of(self, login);
            let sent = self.sends(login, "REG", &copies, To::Desk).await;
            self.signs_for(boris, "REG", &sent, &[]).await;
        }
        let copies = of(self, "kuhn");
        self.keeps(ana, "REG", &copies, Some("Safe 2")).await;
    }

    /// How late each receipt is, as the product says and as the days say.
    pub async fn lateness(&mut self) {
        let hand = self.hand(CLERKS[0]).await;
        for code in CODES {
            let due = hand.all(&format!("dispatches?registry={code}&state=due"), "dispatches").await;
            let told: BTreeMap<String, String> =
                due.iter().map(|row| (id(row, "id"), id(row, "late"))).collect();
            let known = self.model.late(code, self.day);
            let known = known.into_iter().map(|(id, late)| (id, late.to_owned())).collect();
            assert_eq!(told, known, "{code}");
        }
    }

    /// How many receipts are waited for, are to be traced and are to be escalated.
    async fn receipts_are(&mut self, [waiting, trace, escalate]: [usize; 3]) {
        self.lateness().await;
        let counts = self.hand(CLERKS[0]).await.get("custody?registry=REG").await["receipts"].clone();
        assert_eq!(counts, json!({"waiting": waiting, "trace": trace, "escalate": escalate}));
    }

    /// A month after they went six receipts are not there, and one of which a copy is nowhere: each is asked for again.
    pub async fn asks_again(&mut self, round: &Round) {
        let [ana, ..] = CLERKS;
        let sent = 1;
        self.on(sent + 29);
        self.receipts_are([7, 0, 0]).await;
        self.on(sent + 30);
        self.receipts_are([0, 7, 0]).await;
        for dispatch in &round.slow {
            let act = json!({"act": "trace", "dispatch": dispatch, "words": "By telephone"});
            self.does(ana, "REG", &act).await;
        }
        self.on(sent + 34);
        self.takes_receipt(ana, "REG", &round.slow[0], &[]).await;
        self.takes_receipt(ana, "REG", &round.slow[1], &[]).await;
        self.signs_for("olsen", "REG", &round.slow[2], &[]).await;
        let given = json!({"act": "trace", "dispatch": round.slow[0], "words": ""});
        self.refuses(ana, "REG", &given, "receipt-given").await;
        self.on(sent + 44);
        self.receipts_are([0, 4, 0]).await;
    }

    /// After forty-five days it is a matter for the control officer. One receipt comes, one envelope is found in the post
    /// room, one is lost; of this two copies turn up at the addressee's.
    pub async fn escalates(&mut self, round: &Round) {
        let [ana, ..] = CLERKS;
        self.on(1 + 45);
        self.receipts_are([0, 0, 4]).await;
        let [.., late, lost, found] = round.slow.as_slice() else { panic!("six") };
        self.takes_receipt(ana, "REG", late, &[]).await;
        let (gone, back) = (self.model.due(lost), self.model.due(found));
        let loss = self.misses(ana, "REG", &gone).await;
        let other = self.misses(ana, "REG", &back).await;
        self.refuses(ana, "REG", &json!({"act": "miss", "copies": back, "words": "x"}), "copy-missing").await;
        self.on(1 + 50);
        self.keeps(ana, "REG", &back, Some("Safe 1")).await;
        self.follows(ana, "REG", &other, "They lay in the post room", true).await;
        let none = "Not found there either";
        let wrong: Vec<(&str, &str)> = gone[2..].iter().map(|copy| (copy.as_str(), none)).collect();
        self.takes_receipt(ana, "REG", lost, &wrong).await;
        self.follows(CONTROLLER, "REG", &loss, "Three are lost; the authority was told", true).await;
        assert_eq!(self.model.due(lost), gone[2..]);
        self.receipts_are([0, 0, 2]).await;
    }

    /// The papers of a log of which there are copies of an origin, in the order in which they came.
    pub fn papers_of(&self, log: &str, origin: &str) -> Vec<usize> {
        let is = |n: &usize| self.papers[*n].kind.log == log && self.papers[*n].kind.origin == origin;
        (0..self.papers.len()).filter(is).collect()
    }

    /// Copies of copies, extracts, translations; of what another issued only as the control officer says.
    pub async fn reproduces(&mut self) {
        let [ana, ..] = CLERKS;
        let there = |year: &Year, log: &str| -> Vec<usize> {
            let all = year.papers_of(log, "received").into_iter();
            all.filter(|paper| year.source(*paper).is_some()).collect()
        };
        let secret = there(self, "NS");
        for (n, origin) in ["reproduced", "extract", "translation"].into_iter().enumerate() {
            for paper in &secret[n * 4..n * 4 + 4] {
                let next = self.next_number(*paper);
                self.makes_more(ana, *paper, origin, next..=next + 1).await;
            }
        }
        let [cosmic, ..] = there(self, "CTS")[..] else { panic!("no paper") };
        let number = self.next_number(cosmic);
        let asked = json!({
            "act": "record", "document": self.papers[cosmic].id, "origin": "reproduced",
            "from": self.source(cosmic), "copies": [{"number": number, "pages": 1, "medium": "paper"}],
        });
        self.refuses(ana, "COS", &asked, "issuer-alone").await;
        self.makes_more(CONTROLLER, cosmic, "reproduced", number..=number).await;
        // A copy of none, and of one that somebody else was sent and has not signed for.
        let mut other = asked.clone();
        other["document"] = json!(self.papers[secret[0]].id);
        other["copies"][0]["number"] = json!(90);
        other["from"] = Value::Null;
        self.refuses(ana, "REG", &other, "required").await;
        let copies = self.model.stock("REG", "NS", 1);
        let dispatch = self.sends(ana, "REG", &copies, To::Person("haas")).await;
        let stands = &self.model.copies[&copies[0]];
        other["document"] = json!(stands.paper);
        other["from"] = json!(copies[0]);
        self.refuses(ana, "REG", &other, "copy-under-way").await;
        self.signs_for("haas", "REG", &dispatch, &[]).await;
        assert!(matches!(self.model.copies[&copies[0]].with, With::Person(_)));
    }

    /// The number of the next copy of a paper.
    pub fn next_number(&self, paper: usize) -> u32 {
        1 + u32::try_from(self.papers[paper].copies.len()).unwrap()
    }
}
