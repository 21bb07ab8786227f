//! Copies are lent until a day, for longer, handed on with their day, late, and back.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::{
    copies::{To, id, send},
    house::{CLERKS, Year},
    model::With,
};

/// To whom copies are lent outside.
const MISSION: &str = "Mission in Madrid";

impl Year {
    /// A day, so many after the first.
    fn date(&self, day: i64) -> String {
        self.moment(day)[..10].to_owned()
    }

    /// Copies are lent and arrive.
    async fn lends_to(&mut self, copies: &[String], to: To<'_>, day: i64) {
        let back_by = self.date(day);
        let mut act = send(copies, to);
        act["back_by"] = json!(back_by);
        let done = self.does(CLERKS[0], "REG", &act).await;
        let dispatch = id(&done, "dispatch");
        let with = match to {
            To::Person(login) => self.person(login),
            To::Registry(name) | To::Elsewhere(name) => With::Elsewhere(name.to_owned()),
            To::Desk => With::Desk,
        };
        self.model.sent(copies, &dispatch, with, self.day);
        self.model.lent(copies, &back_by);
        self.figures.dispatches += 1;
        match to {
            To::Person(login) => self.signs_for(login, "REG", &dispatch, &[]).await,
            _ => self.takes_receipt(CLERKS[0], "REG", &dispatch, &[]).await,
        }
    }

    /// The loans of the registry are those that the test knows; those that are late by more than so many days, the late.
    async fn loans_are(&mut self, late: &[String], days: i64) {
        let hand = self.hand(CLERKS[0]).await;
        let ids = |rows: &[Value]| rows.iter().map(|row| id(row, "id")).collect::<BTreeSet<_>>();
        let out = hand.all("copies?registry=REG&loan=out", "copies").await;
        let known = self.model.that(|copy| copy.registry == "REG" && copy.back_by.is_some());
        assert_eq!(ids(&out), known.into_iter().collect());
        let overdue = hand.all("copies?registry=REG&loan=overdue", "copies").await;
        assert_eq!(ids(&overdue), late.iter().cloned().collect());
        assert!(overdue.iter().all(|row| row["days_late"] == days), "{overdue:?}");
    }

    pub async fn lends(&mut self) {
        let ana = CLERKS[0];
        let stock = self.model.stock("REG", "TS-US", 14);
        let (inside, outside) = (stock[..8].to_vec(), stock[8..].to_vec());
        let lend = |to, day: String| {
            let mut act = send(&inside, to);
            act["back_by"] = json!(day);
            act
        };
        let (before, after) = (self.date(self.day - 1), self.date(self.day + 20));
        self.refuses(ana, "REG", &lend(To::Person("meyer"), before), "back-before-sent").await;
        self.refuses(ana, "REG", &lend(To::Registry("COS"), after.clone()), "no-loan-there").await;
        self.lends_to(&inside, To::Person("meyer"), 130).await;
        self.lends_to(&outside, To::Elsewhere(MISSION), 130).await;
        self.loans_are(&[], 0).await;
        self.on(120);
        let longer = |copies: &[String], day: String| json!({"act": "prolong", "copies": copies, "back_by": day, "words": "It is wanted"});
        self.refuses(ana, "REG", &longer(&outside, after), "loan-not-longer").await;
        self.refuses(ana, "REG", &longer(&self.model.stock("REG", "NS", 1), self.date(150)), "not-on-loan")
            .await;
        let until = self.date(145);
        self.does(ana, "REG", &longer(&outside, until.clone())).await;
        self.model.prolonged(&outside, &until);
        // Whoever hands a copy on hands on its day.
        let on = inside[..2].to_vec();
        let sent = self.sends("meyer", "REG", &on, To::Person("nagy")).await;
        self.signs_for("nagy", "REG", &sent, &[]).await;
        self.on(135);
        self.loans_are(&inside, 5).await;
        let own = self.hand("nagy").await.get("holdings").await;
        let of =
            |copy: &String| own["held"].as_array().unwrap().iter().find(|row| row["id"] == **copy).cloned();
        assert!(on.iter().all(|copy| of(copy).is_some_and(|row| row["days_late"] == 5)), "{own}");
        let sent = self.sends("nagy", "REG", &on, To::Desk).await;
        self.signs_for(ana, "REG", &sent, &[]).await;
        self.keeps(ana, "REG", &inside[2..], Some("Safe 2")).await;
        self.loans_are(&[], 0).await;
        self.on(146);
        self.loans_are(&outside, 1).await;
        self.keeps(ana, "REG", &outside, None).await;
        self.loans_are(&[], 0).await;
        self.figures.lent += stock.len();
    }
}
