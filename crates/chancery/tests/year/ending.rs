//! How copies end in the year: released when their papers are regraded, destroyed by two; what is refused on the way; and that
//! at its end every one is accounted for.

use serde_json::{Value, json};

use crate::{
    copies::{To, send},
    house::{CLERKS, CODES, CONTROLLER, READERS, UNCLEARED, Year},
    model::State,
};

/// What is regraded: log, how many papers, to which level of which policy.
const REGRADED: [(&str, usize, &str, &str); 3] = [
    ("NS", 20, "NATO", "CONFIDENTIAL"),
    ("S-UE", 8, "EU", "RESTRICTED"),
    ("TS-US", 20, "US-HISTORIC", "SECRET"),
];
/// What is destroyed: registry, log, how many copies on each of how many certificates.
const DESTROYED: [(&str, &str, usize, usize); 4] =
    [("REG", "NS", 40, 2), ("REG", "TS-US", 60, 3), ("REG", "S-UE", 10, 1), ("COS", "CTS", 15, 1)];

impl Year {
    /// Papers are regraded below what is accountable: then their copies are released, wherever they are.
    pub async fn regrades(&mut self) -> usize {
        let ana = CLERKS[0];
        let mut released = 0;
        for (log, many, policy, level) in REGRADED {
            let papers: Vec<usize> = self.papers_of(log, "received").into_iter().skip(3).take(many).collect();
            let ids: Vec<&str> = papers.iter().map(|n| self.papers[*n].id.as_str()).collect();
            let open = self.model.that(|copy| {
                let can = matches!(copy.state, State::Held | State::Missing) && !copy.drawn_up;
                can && ids.contains(&copy.paper.as_str())
            });
            let act =
                json!({"act": "release", "copies": open, "words": "Regraded by the originator, note 12"});
            let documents: Vec<Value> = ids.iter().map(|id| json!({"document": id})).collect();
            let correction = json!({
                "reason": "Regraded by the originator, note 12", "label": {"policy": policy, "level": level},
            });
            let body = json!({"documents": documents, "correction": correction});
            self.refuses(ana, "REG", &act, "still-accountable").await;
            let done = self.hand(CONTROLLER).await.changes("corrections", &body).await;
            assert!(done["items"].as_array().unwrap().iter().all(|item| item["done"] == true), "{done}");
            self.holders_are_told(&papers).await;
            let done = self.does(ana, "REG", &act).await;
            assert_eq!(done["copies"], open.len());
            self.model.released(&open);
            released += open.len();
            let gone = json!({"act": "keep", "copies": open[..1]});
            self.refuses(ana, "REG", &gone, "copy-released").await;
        }
        released
    }

    /// Certificates are drawn up and signed by destroyer and witness, each in his own name and just signed in.
    pub async fn destroys(&mut self) {
        let [ana, boris, ..] = CLERKS;
        for (code, log, many, times) in DESTROYED {
            for (n, reader) in READERS.into_iter().enumerate().take(times) {
                let copies = self.own_to_destroy(code, log, many);
                let certificate = self.draws_up(ana, code, &copies).await;
                let sign = |hand: &str| json!({"act": "sign", "certificate": certificate, "hand": hand});
                let go = send(&copies[..1], To::Person("haas"));
                self.refuses(ana, code, &go, "copy-drawn-up").await;
                let done = self.does(ana, code, &sign("destroyer")).await;
                assert_eq!(done["destroyed"], 0, "one signature destroys nothing");
                self.refuses(ana, code, &sign("witness"), "same-person").await;
                self.refuses(boris, code, &sign("destroyer"), "signed-already").await;
                // The witness is of the staff, or whoever may read the papers.
                let witness = if n % 2 == 0 { boris } else { reader };
                let done = self.does(witness, code, &sign("witness")).await;
                assert_eq!(done["destroyed"], copies.len());
                self.model.destroyed(&copies);
                self.figures.certificates += 1;
            }
        }
        self.destroys_alone().await;
        self.takes_a_certificate_back().await;
        // What another registry issued is destroyed by that one.
        let received = self.papers_of("CTS", "received");
        let mut first = received.iter().map(|paper| &self.papers[*paper].copies[0]);
        let here = first.find(|copy| self.model.copies[*copy].is_in("COS")).unwrap();
        let asked = json!({"act": "draw-up", "copies": [here], "method": "Burned"});
        self.refuses(ana, "COS", &asked, "issuer-alone").await;
    }

    /// So many copies that the registry may destroy.
    fn own_to_destroy(&self, code: &str, log: &str, many: usize) -> Vec<String> {
        let made = self.papers_of("CTS", "made");
        let may = |paper: &str| log != "CTS" || made.iter().any(|n| self.papers[*n].id == paper);
        let mut found = self.model.that(|copy| copy.is_in(code) && copy.log == log && may(&copy.paper));
        found.truncate(many);
        assert_eq!(found.len(), many, "{log}");
        found
    }

    /// Of a log that asks for no witness one signs, and none else can.
    async fn destroys_alone(&mut self) {
        let [ana, boris, ..] = CLERKS;
        let copies = self.own_to_destroy("REG", "C-UE", 10);
        let certificate = self.draws_up(ana, "REG", &copies).await;
        let sign = |hand: &str| json!({"act": "sign", "certificate": certificate, "hand": hand});
        self.refuses(boris, "REG", &sign("witness"), "not-offered").await;
        self.at(self.day, 20);
        self.refuses(boris, "REG", &sign("destroyer"), "sign-in-not-fresh").await;
        self.on(self.day + 1);
        let done = self.does(boris, "REG", &sign("destroyer")).await;
        assert_eq!(done["destroyed"], copies.len());
        self.model.destroyed(&copies);
        self.figures.certificates += 1;
    }

    async fn takes_a_certificate_back(&mut self) {
        let ana = CLERKS[0];
        let copies = self.own_to_destroy("REG", "NS", 5);
        let certificate = self.draws_up(ana, "REG", &copies).await;
        let twice = json!({"act": "draw-up", "copies": copies[..1], "method": "Burned"});
        self.refuses(ana, "REG", &twice, "copy-drawn-up").await;
        let back = json!({"act": "withdraw", "certificate": certificate, "words": "They are wanted"});
        self.does(ana, "REG", &back).await;
        self.model.drawn_up(&copies, false);
        let sign = json!({"act": "sign", "certificate": certificate, "hand": "destroyer"});
        self.refuses(ana, "REG", &sign, "not-found").await;
    }

    /// What cannot be is refused, in words, and nothing is changed.
    pub async fn refuses_what_cannot_be(&mut self) {
        self.agrees().await;
        self.refuses_of_names().await;
        self.refuses_of_days_and_receivers().await;
        self.refuses_of_what_has_ended().await;
        self.agrees().await;
    }

    /// Names of another registry's copies, of none, and what is no name; copies of another registry by identifier.
    async fn refuses_of_names(&mut self) {
        let ana = CLERKS[0];
        let [ours, theirs] =
            [("REG", "NS"), ("COS", "CTS")].map(|(code, log)| self.model.stock(code, log, 1)[0].clone());
        let name = |year: &Year, copy: &str| year.model.copies[copy].name.clone();
        let (own, other) = (name(self, &ours), name(self, &theirs));
        for (code, named, why) in [
            ("REG", format!("COS:{other}"), "copy-elsewhere"),
            ("COS", format!("REG:{own}"), "copy-elsewhere"),
            ("REG", other, "copy-unknown"),
            ("REG", "NS-0001/1999/1".to_owned(), "copy-unknown"),
            ("REG", "a shopping list".to_owned(), "copy-name"),
            ("REG", theirs, "not-found"),
        ] {
            let act = json!({"act": "keep", "copies": [named], "container": self.safes["Safe 2"]});
            self.refuses(ana, code, &act, why).await;
        }
        let twice = json!({"act": "keep", "copies": [ours, ours], "container": self.safes["Safe 2"]});
        self.refuses(ana, "REG", &twice, "copy-twice").await;
    }

    async fn refuses_of_days_and_receivers(&mut self) {
        let ana = CLERKS[0];
        let copy = self.model.stock("REG", "NS", 1);
        let haas = || send(&copy, To::Person("haas"));
        for (day, why) in [(-400, "copy-before"), (-1, "copy-before"), (self.day + 1, "not-yet")] {
            let mut act = haas();
            act["at"] = json!(self.moment(day));
            self.refuses(ana, "REG", &act, why).await;
        }
        // The receipt of what goes today cannot have been signed a month ago.
        let others = self.model.stock("REG", "TS-US", 3);
        let dispatch = self.sends(ana, "REG", &others, To::Elsewhere("Mission in Bern")).await;
        let early = json!({
            "act": "receipt", "dispatch": dispatch, "signed": "paper", "by": "A. Addressee",
            "at": self.moment(self.day - 30),
        });
        self.refuses(ana, "REG", &early, "copy-before").await;
        self.refuses(ana, "REG", &send(&others, To::Person("haas")), "copy-under-way").await;
        self.takes_receipt(ana, "REG", &dispatch, &[]).await;
        self.refuses(ana, "REG", &send(&others, To::Person("haas")), "copy-transferred").await;

        self.refuses(ana, "REG", &send(&copy, To::Person(UNCLEARED)), "receiver-clearance").await;
        self.refuses(ana, "REG", &send(&copy, To::Person("nobody at all")), "person-unknown").await;
        self.refuses(ana, "REG", &send(&copy, To::Registry("XYZ")), "registry-unknown").await;
        let low = json!({"act": "keep", "copies": copy, "container": self.safes["Cabinet"]});
        self.refuses(ana, "REG", &low, "container-not-approved").await;
        self.refuses(READERS[0], "REG", &haas(), "forbidden").await;
    }

    /// What is destroyed goes nowhere, is not found and is not counted.
    async fn refuses_of_what_has_ended(&mut self) {
        let ana = CLERKS[0];
        let gone =
            self.model.that(|copy| copy.registry == "REG" && copy.state == State::Destroyed)[..1].to_vec();
        let stands = self.model.copies[&gone[0]].clone();
        let named = json!([format!("REG:{}", stands.name)]);
        for act in [
            send(&gone, To::Person("haas")),
            json!({"act": "keep", "copies": named}),
            json!({"act": "miss", "copies": named, "words": "Gone"}),
            json!({"act": "draw-up", "copies": named, "method": "Burned"}),
        ] {
            self.refuses(ana, "REG", &act, "copy-destroyed").await;
        }
        let taken = json!({
            "act": "record", "document": stands.paper, "origin": "received",
            "copies": [{"number": 1, "pages": 1, "medium": "paper"}],
        });
        self.refuses(ana, "REG", &taken, "copy-number-taken").await;
        let safe = self.safes["Safe 2"].clone();
        let open = json!({"act": "open-muster", "is": "spot-check", "container": safe, "sample": 5});
        let done = self.does(ana, "REG", &open).await;
        let muster = crate::copies::id(&done, "muster");
        let sight = json!({"act": "sight", "muster": muster, "sightings": [{"copy": named[0]}]});
        self.refuses(ana, "REG", &sight, "copy-destroyed").await;
        let given_up = json!({"act": "abandon-muster", "muster": muster, "words": "The fire alarm went"});
        self.does(ana, "REG", &given_up).await;
        self.refuses(ana, "REG", &sight, "muster-closed").await;
    }

    /// Closed and opened again, the house says of every copy what the test knows; nobody has one that he is not told of, every
    /// chain is what happened; the ledger is good and the register is what its ledger says.
    pub async fn whole_at_its_end(self) -> Self {
        let mut year = self.reopened().await;
        year.agrees().await;
        let clerk = year.hand(CLERKS[0]).await;
        let mut sum = 0;
        for code in CODES {
            let told = clerk.get(&format!("custody?registry={code}")).await["copies"].clone();
            sum += told.as_object().unwrap().values().map(|n| n.as_u64().unwrap()).sum::<u64>();
        }
        assert_eq!(sum, year.model.copies.len() as u64, "every copy is in one state");
        for login in READERS {
            let own = year.hand(login).await.get("holdings").await;
            let mut told: Vec<String> =
                own["held"].as_array().unwrap().iter().map(|copy| crate::copies::id(copy, "id")).collect();
            told.sort();
            let with = year.person(login);
            let mut known = year.model.that(|copy| copy.with == with && copy.state.is_open());
            known.sort();
            assert_eq!(told, known, "{login}");
        }
        let long = year.model.life.iter().enumerate();
        let looked: Vec<&String> =
            long.filter(|(n, (_, life))| n % 25 == 0 || life.len() > 3).map(|(_, (id, _))| id).collect();
        for id in looked {
            let chain = clerk.get(&format!("copies/{id}")).await["chain"].clone();
            let chain = chain.as_array().unwrap();
            let what: Vec<&str> = chain.iter().map(|link| link["what"].as_str().unwrap()).collect();
            assert_eq!(what, year.model.life[id]);
            assert!(chain.is_sorted_by_key(|link| link["at"].as_str().unwrap()), "{chain:?}");
        }
        let verified = year.world.office.verify().await.unwrap();
        assert_eq!(verified.faults, Vec::<String>::new());
        let (entries, differences) = year.world.office.compare_rebuilt().await.unwrap();
        assert!(entries as usize > year.papers.len() * 2, "{entries}");
        assert_eq!(differences, Vec::<String>::new());
        year
    }
}
