//! The musters of the year: what lies on the shelves is not what the books say, in places that the test has chosen; four people
//! count at once, each finds a part and something of the next one's, and every difference is found, once.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::{
    copies::{To, id},
    count::{Counter, Found, Scanned},
    house::{CLERKS, CONTROLLER, Year},
    model::{State, With},
    moves::NATIONAL,
};

/// How many differences are planted in a muster.
#[derive(Clone, Copy, Default)]
pub struct Differences {
    /// Copies taken away.
    pub away: usize,
    /// Copies with a page too few.
    pub wrong: usize,
    /// Copies that stand in no books.
    pub unknown: usize,
    /// Copies that went elsewhere and lie here.
    pub elsewhere: usize,
    /// Copies that are sent off while they are counted.
    pub leaving: usize,
}

/// What was planted.
#[derive(Default)]
struct Planted {
    away: BTreeSet<String>,
    wrong: BTreeSet<String>,
    /// Papers of which there is a copy that stands in no books.
    unknown: Vec<usize>,
    elsewhere: Vec<String>,
    /// Copies that go off while it is counted: of the first receipts come, of the last none.
    leaving: Vec<String>,
    /// What lies on the shelves, in the safes, on desks.
    shelf: Vec<Found>,
}

/// Every so many names apart.
fn spread(from: &[String], many: usize) -> Vec<String> {
    let step = (from.len() / many.max(1)).max(1);
    from.iter().skip(step / 2).step_by(step).take(many).cloned().collect()
}

impl Year {
    fn printed(&self, copy: &str) -> String {
        let stands = &self.model.copies[copy];
        format!("{}:{}", stands.registry, stands.name)
    }

    fn plants(&self, code: &str, many: Differences) -> Planted {
        let held = self.model.that(|copy| copy.registry == code && copy.state == State::Held);
        let away: BTreeSet<String> = spread(&held, many.away).into_iter().collect();
        let foremost = if code == "COS" { "CTS" } else { "NS" };
        let here = self.model.that(|copy| copy.is_in(code) && copy.log == foremost);
        let here: Vec<String> = here.into_iter().filter(|copy| !away.contains(copy)).collect();
        let leaving = spread(&here, many.leaving);
        let is_there = |copy: &String| !away.contains(copy) && !leaving.contains(copy);
        let there: Vec<String> = held.into_iter().filter(is_there).collect();
        let wrong: BTreeSet<String> = spread(&there, many.wrong).into_iter().collect();
        let gone = self.model.that(|copy| copy.registry == code && copy.state == State::Transferred);
        let elsewhere = spread(&gone, many.elsewhere);
        let own = (0..self.papers.len()).filter(|n| self.papers[*n].kind.registry == code);
        let unknown: Vec<usize> = own.step_by(11).take(many.unknown).collect();
        assert_eq!(
            [away.len(), wrong.len(), unknown.len(), elsewhere.len(), leaving.len()],
            [many.away, many.wrong, many.unknown, many.elsewhere, many.leaving]
        );
        let mut shelf: Vec<Found> = there
            .iter()
            .chain(&elsewhere)
            .map(|copy| {
                let pages = self.model.copies[copy].pages;
                let pages = if wrong.contains(copy) { pages + 1 } else { pages };
                Found { name: self.printed(copy), pages }
            })
            .collect();
        shelf.extend(unknown.iter().map(|paper| {
            let filed = &self.papers[*paper];
            let name = format!("{code}:{}/{}", filed.control, self.next_number(*paper));
            Found { name, pages: filed.pages.into() }
        }));
        // They do not lie in the order of the books.
        shelf.sort_by_key(|found| found.name.chars().rev().collect::<String>());
        Planted { away, wrong, unknown, elsewhere, leaving, shelf }
    }

    async fn opens(&mut self, code: &str, act: &Value) -> String {
        id(&self.does(CLERKS[0], code, act).await, "muster")
    }

    /// Four people count at once. Of three copies one is scanned by two of them.
    async fn four_count(&mut self, code: &'static str, muster: &str, shelf: &[Found]) -> Vec<Scanned> {
        let mut counting = Vec::new();
        for (n, login) in CLERKS.into_iter().enumerate() {
            let mine =
                |i: &usize| i % CLERKS.len() == n || (i.is_multiple_of(3) && (i + 1) % CLERKS.len() == n);
            let mut finds: Vec<Found> = (0..shelf.len()).filter(mine).map(|i| shelf[i].clone()).collect();
            if n % 2 == 1 {
                finds.reverse();
            }
            let page = if n == 3 { Some((self.world.browser(login).await, 12)) } else { None };
            let hand = self.hand(login).await;
            let counter = Counter { hand, code, muster: muster.to_owned(), finds, page };
            counting.push(tokio::spawn(counter.counts()));
        }
        let mut scanned = Vec::new();
        for one in counting {
            scanned.push(one.await.unwrap());
        }
        scanned
    }

    async fn lines(&mut self, muster: &str, outcome: &str) -> BTreeMap<String, String> {
        let hand = self.hand(CLERKS[0]).await;
        let lines = hand.all(&format!("musters/{muster}/lines?{outcome}"), "lines").await;
        let told: Vec<(String, String)> =
            lines.iter().map(|line| (id(&line["copy"], "id"), id(line, "outcome"))).collect();
        let all = told.len();
        let told: BTreeMap<String, String> = told.into_iter().collect();
        assert_eq!(told.len(), all, "a copy has one line");
        told
    }

    /// A muster of all, with differences that must be found: all of them, no others, none twice.
    pub async fn musters(&mut self, code: &'static str, many: Differences) {
        let planted = self.plants(code, many);
        let list = self.model.that(|copy| copy.registry == code && copy.state.is_open());
        let before: BTreeSet<String> = self.incidents(code).await.iter().map(|one| id(one, "id")).collect();
        let full = json!({"act": "open-muster", "is": "full", "words": "Yearly"});
        let muster = self.opens(code, &full).await;
        let sent = self.go_off(code, &planted.leaving).await;

        let scanned = self.four_count(code, &muster, &planted.shelf).await;
        let taken: usize = scanned.iter().map(|one| one.taken).sum();
        assert_eq!(taken, planted.shelf.len() - many.unknown - many.elsewhere, "each counts once");
        self.figures.sightings += taken;
        self.figures.doubles += scanned.iter().map(|one| one.doubles).sum::<usize>();
        self.puts_aside(code, &planted, &scanned);
        let surplus = self.puts_into_their_place(code, &muster, &planted).await;

        let open = self.lines(&muster, "outcome=open").await;
        assert_eq!(open.into_keys().collect::<BTreeSet<_>>(), planted.away, "what was taken away");
        let close =
            json!({"act": "close-muster", "muster": muster, "words": "In good order but for what is said"});
        let refused = self.refuses(CLERKS[0], code, &close, "muster-open-lines").await;
        assert_eq!(refused["arguments"]["n"], many.away.to_string(), "{refused}");
        let lost = self.looks_for(code, &muster, &planted).await;
        self.has_told_of(code, &before, &planted, &lost).await;

        self.does(CLERKS[0], code, &close).await;
        self.comes_to(&muster, &list, &surplus).await;
        let late = self.printed(planted.wrong.first().unwrap());
        let late = json!({"act": "sight", "muster": muster, "sightings": [{"copy": late, "pages": 1}]});
        self.refuses(CLERKS[1], code, &late, "muster-closed").await;
        self.is_signed(code, &muster, [CLERKS[0], CLERKS[1]], CONTROLLER, "signed-already").await;
        // One of the lost turns up when all is signed: what was signed stays.
        let signed = self.hand(CLERKS[0]).await.get(&format!("musters/{muster}")).await;
        let lines = self.lines(&muster, "").await;
        self.keeps(CLERKS[2], code, &lost[..1], None).await;
        let after = self.hand(CLERKS[0]).await.get(&format!("musters/{muster}")).await;
        assert_eq!((&signed["state"], &after), (&json!("signed"), &signed));
        self.takes_receipt(CLERKS[2], code, &sent, &[]).await;
        assert_eq!(self.lines(&muster, "").await, lines, "what was signed stays, line by line");
    }

    /// What goes off while it is counted: half of it is received, the other half waits for its receipt.
    async fn go_off(&mut self, code: &str, leaving: &[String]) -> String {
        let (first, last) = leaving.split_at(leaving.len() / 2);
        let received = self.sends(CLERKS[2], code, first, To::Elsewhere(NATIONAL)).await;
        self.takes_receipt(CLERKS[2], code, &received, &[]).await;
        self.sends(CLERKS[2], code, last, To::Elsewhere(NATIONAL)).await
    }

    /// What was put aside by those who counted is what does not stand in the books as being here, and nothing else.
    fn puts_aside(&self, code: &str, planted: &Planted, scanned: &[Scanned]) {
        let aside: BTreeSet<(&str, &str)> = scanned
            .iter()
            .flat_map(|one| &one.strange)
            .map(|(name, why)| (name.as_str(), why.as_str()))
            .collect();
        let unknown = planted.unknown.iter().map(|paper| {
            let name = format!("{}/{}", self.papers[*paper].control, self.next_number(*paper));
            (name, "copy-unknown")
        });
        let elsewhere = planted.elsewhere.iter();
        let elsewhere = elsewhere.map(|copy| (self.model.copies[copy].name.clone(), "copy-transferred"));
        let expected: Vec<(String, &str)> = unknown.chain(elsewhere).collect();
        let expected: BTreeSet<(&str, &str)> =
            expected.iter().map(|(name, why)| (name.as_str(), *why)).collect();
        assert_eq!(aside, expected, "{code}");
    }

    /// What stands in no books is put into them, what went elsewhere is taken back; then each counts, beyond the list.
    async fn puts_into_their_place(&mut self, code: &str, muster: &str, planted: &Planted) -> Vec<String> {
        let mut surplus = Vec::new();
        for paper in &planted.unknown {
            let number = self.next_number(*paper);
            surplus.extend(self.makes_more(CLERKS[2], *paper, "found", number..=number).await);
        }
        if !planted.elsewhere.is_empty() {
            self.keeps(CLERKS[2], code, &planted.elsewhere, None).await;
            surplus.extend(planted.elsewhere.iter().cloned());
        }
        self.sights(CLERKS[2], code, muster, &surplus).await;
        surplus
    }

    /// Copies are sighted with the pages that they have.
    async fn sights(&mut self, by: &str, code: &str, muster: &str, copies: &[String]) {
        let sightings: Vec<Value> =
            copies.iter().map(|copy| json!({"copy": copy, "pages": self.model.copies[copy].pages})).collect();
        let act = json!({"act": "sight", "muster": muster, "sightings": sightings});
        let done = self.does(by, code, &act).await;
        assert_eq!(done["copies"], copies.len(), "{done}");
        self.figures.sightings += copies.len();
    }

    /// What was taken away is looked for: one copy lies in the wrong folder, the others are lost.
    async fn looks_for(&mut self, code: &str, muster: &str, planted: &Planted) -> Vec<String> {
        let away: Vec<String> = planted.away.iter().cloned().collect();
        let early = json!({"copy": away[0], "pages": 1, "at": "2025-02-05T09:00:00Z"});
        let early = json!({"act": "sight", "muster": muster, "sightings": [early]});
        self.refuses(CLERKS[0], code, &early, "muster-before").await;
        self.sights(CLERKS[3], code, muster, &away[..1]).await;
        let again = json!({"act": "sight", "muster": muster, "sightings": [{"copy": away[0], "pages": 1}]});
        self.refuses(CLERKS[0], code, &again, "sighted-already").await;
        self.misses(CLERKS[0], code, &away[1..]).await;
        away[1..].to_vec()
    }

    /// The incidents that came of the muster: one for each copy whose pages differ, one for what is lost, and no more.
    async fn has_told_of(
        &mut self,
        code: &str,
        before: &BTreeSet<String>,
        planted: &Planted,
        lost: &[String],
    ) {
        let new: Vec<Value> =
            self.incidents(code).await.into_iter().filter(|one| !before.contains(&id(one, "id"))).collect();
        let of = |is: &str| -> Vec<String> {
            let told = new.iter().filter(|one| one["is"] == is);
            let mut copies: Vec<String> = told
                .flat_map(|one| one["copies"].as_array().unwrap().iter().map(|copy| id(copy, "id")))
                .collect();
            copies.sort();
            copies
        };
        assert_eq!(of("discrepancy"), planted.wrong.iter().cloned().collect::<Vec<_>>(), "wrong pages");
        assert_eq!(of("missing"), lost);
        assert!(new.iter().all(|one| ["discrepancy", "missing"].contains(&one["is"].as_str().unwrap())));
        for one in &new {
            if one["is"] == "discrepancy" {
                self.follows(CONTROLLER, code, &id(one, "id"), "A page was bound in twice", true).await;
            }
        }
    }

    /// A muster that is closed came to what the test knows of the copies of its list.
    async fn comes_to(&mut self, muster: &str, list: &[String], surplus: &[String]) {
        let outcome = |copy: &String| match self.model.copies[copy].state {
            State::Held => "sighted",
            State::UnderWay => "under-way",
            State::Missing => "missing",
            State::Transferred | State::Released | State::Destroyed => "covered",
        };
        let mut expected: BTreeMap<String, String> =
            list.iter().map(|copy| (copy.clone(), outcome(copy).to_owned())).collect();
        expected.extend(surplus.iter().map(|copy| (copy.clone(), "surplus".to_owned())));
        assert_eq!(expected.len(), list.len() + surplus.len());
        let told = self.lines(muster, "").await;
        let others = told.iter().filter(|(copy, outcome)| expected.get(*copy) != Some(outcome));
        assert_eq!(others.collect::<Vec<_>>(), [], "of {} lines", told.len());
        assert_eq!(told.len(), expected.len());
        let row = self.hand(CLERKS[0]).await.get(&format!("musters/{muster}")).await;
        let many = |name: &str| expected.values().filter(|outcome| *outcome == name).count();
        let tally = json!({
            "sighted": many("sighted"), "covered": many("covered"), "under_way": many("under-way"),
            "missing": many("missing"), "surplus": many("surplus"), "open": 0,
        });
        assert_eq!((&row["tally"], &row["listed"]), (&tally, &json!(list.len())));
        assert_eq!(row["state"], "unsigned");
    }

    /// Two sign, each once; a third is refused, before and after.
    async fn is_signed(&mut self, code: &str, muster: &str, by: [&str; 2], third: &str, why: &str) {
        let sign = json!({"act": "sign-muster", "muster": muster});
        self.does(by[0], code, &sign).await;
        self.refuses(by[0], code, &sign, "same-person").await;
        if why == "not-named" {
            self.refuses(third, code, &sign, why).await;
        }
        self.does(by[1], code, &sign).await;
        self.refuses(third, code, &sign, "signed-already").await;
    }

    /// One clerk hands the books over to another: everything is counted, and both sign.
    pub async fn hands_over(&mut self) {
        let [ana, boris, ..] = CLERKS;
        let mut open =
            json!({"act": "open-muster", "is": "hand-over", "hand_over": {"from": ana, "to": ana}});
        self.refuses(ana, "REG", &open, "same-person").await;
        open["hand_over"]["to"] = json!(boris);
        let list = self.model.that(|copy| copy.registry == "REG" && copy.state.is_open());
        let muster = self.opens("REG", &open).await;
        let nothing = Differences::default();
        let planted = self.plants("REG", nothing);
        let scanned = self.four_count("REG", &muster, &planted.shelf).await;
        let taken: usize = scanned.iter().map(|one| one.taken).sum();
        assert_eq!(taken, planted.shelf.len());
        assert!(scanned.iter().all(|one| one.strange.is_empty()));
        self.figures.sightings += taken;
        self.figures.doubles += scanned.iter().map(|one| one.doubles).sum::<usize>();
        let sign = json!({"act": "sign-muster", "muster": muster});
        self.refuses(ana, "REG", &sign, "muster-not-closed").await;
        self.does(ana, "REG", &json!({"act": "close-muster", "muster": muster})).await;
        self.comes_to(&muster, &list, &[]).await;
        self.is_signed("REG", &muster, [ana, boris], CONTROLLER, "not-named").await;
        let with = |with: &With| matches!(with, With::Person(_));
        assert!(list.iter().any(|copy| with(&self.model.copies[copy].with)), "readers show what they have");
    }
}
