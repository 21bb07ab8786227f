//! What is done with copies in the year: each act is asked of the product and told to the model.

use serde_json::{Value, json};

use crate::{
    house::Year,
    model::{Stands, State, With},
    papers::Kind,
};

/// To whom copies go.
#[derive(Clone, Copy)]
pub enum To<'a> {
    Person(&'a str),
    Registry(&'a str),
    Elsewhere(&'a str),
    Desk,
}

/// What is wrong with copies that arrived, or did not.
pub type Wrong<'a> = [(&'a str, &'a str)];

/// The texts of a list.
pub fn texts(list: &Value) -> Vec<String> {
    list.as_array().unwrap().iter().map(|text| text.as_str().unwrap().to_owned()).collect()
}

/// A copy that was put into its log.
pub fn fresh(kind: &Kind, control: &str, number: u32, paper: &str, pages: u32, with: &With) -> Stands {
    Stands {
        registry: kind.registry.to_owned(),
        name: format!("{control}/{number}"),
        log: kind.log.to_owned(),
        paper: paper.to_owned(),
        pages: pages.into(),
        with: with.clone(),
        state: State::Held,
        sent: None,
        back_by: None,
        drawn_up: false,
    }
}

/// The identifier that an answer gives.
pub fn id(answer: &Value, of: &str) -> String {
    answer[of].as_str().unwrap_or_else(|| panic!("{answer}")).to_owned()
}

impl Year {
    /// Sends copies: the dispatch.
    pub async fn sends(&mut self, by: &str, code: &str, copies: &[String], to: To<'_>) -> String {
        let done = self.does(by, code, &send(copies, to)).await;
        let dispatch = id(&done, "dispatch");
        let with = match to {
            To::Person(login) => self.person(login),
            To::Registry(name) | To::Elsewhere(name) => With::Elsewhere(name.to_owned()),
            To::Desk => With::Desk,
        };
        self.model.sent(copies, &dispatch, with, self.day);
        self.figures.dispatches += 1;
        dispatch
    }

    /// The addressee signs on screen for what is due, but for what is wrong.
    pub async fn signs_for(&mut self, login: &str, code: &str, dispatch: &str, wrong: &Wrong<'_>) {
        let act = json!({
            "act": "receipt", "dispatch": dispatch, "signed": "screen", "discrepancies": discrepancies(wrong),
        });
        self.receives_receipt(login, code, dispatch, &act, wrong).await;
    }

    /// A receipt came back on paper.
    pub async fn takes_receipt(&mut self, by: &str, code: &str, dispatch: &str, wrong: &Wrong<'_>) {
        let act = json!({
            "act": "receipt", "dispatch": dispatch, "signed": "paper", "by": "A. Addressee",
            "discrepancies": discrepancies(wrong),
        });
        self.receives_receipt(by, code, dispatch, &act, wrong).await;
    }

    async fn receives_receipt(
        &mut self,
        by: &str,
        code: &str,
        dispatch: &str,
        act: &Value,
        wrong: &Wrong<'_>,
    ) {
        let done = self.does(by, code, act).await;
        let but: Vec<String> = wrong.iter().map(|(copy, _)| (*copy).to_owned()).collect();
        let arrived = self.model.received(dispatch, &but);
        assert_eq!(done["copies"], arrived, "{done}");
        self.figures.receipts += 1;
    }

    /// Copies are put to the desk or into a container.
    pub async fn keeps(&mut self, by: &str, code: &str, copies: &[String], safe: Option<&str>) {
        let safe = safe.map(|name| self.safes[name].clone());
        let act = json!({"act": "keep", "copies": copies, "container": safe, "words": "Found at the round"});
        let done = self.does(by, code, &act).await;
        assert_eq!(done["copies"], copies.len(), "{done}");
        self.model.kept(copies, &safe.map_or(With::Desk, With::Container));
    }

    /// Copies are not where they should be: the incident.
    pub async fn misses(&mut self, by: &str, code: &str, copies: &[String]) -> String {
        let act = json!({"act": "miss", "copies": copies, "words": "Nobody knows where they are"});
        let done = self.does(by, code, &act).await;
        self.model.missed(copies);
        id(&done, "incident")
    }

    /// More is known of an incident.
    pub async fn follows(&mut self, by: &str, code: &str, incident: &str, words: &str, closes: bool) {
        let act = json!({"act": "follow", "incident": incident, "words": words, "closes": closes});
        self.does(by, code, &act).await;
    }

    /// The incidents of a registry that are open, the last first.
    pub async fn incidents(&mut self, code: &str) -> Vec<Value> {
        let hand = self.hand(crate::house::CLERKS[0]).await;
        hand.all(&format!("incidents?registry={code}&state=open&order=newest"), "incidents").await
    }

    /// Copies of a paper are made from another, or turned up: those that are new.
    pub async fn makes_more(
        &mut self,
        by: &str,
        paper: usize,
        origin: &str,
        numbers: std::ops::RangeInclusive<u32>,
    ) -> Vec<String> {
        let filed = &self.papers[paper];
        let (kind, control, document) = (filed.kind, filed.control.clone(), filed.id.clone());
        let from = (origin != "found").then(|| self.source(paper).unwrap());
        let copies: Vec<Value> =
            numbers.clone().map(|n| json!({"number": n, "pages": filed.pages, "medium": "paper"})).collect();
        let pages = filed.pages;
        let act = json!({
            "act": "record", "document": document, "origin": origin, "from": from, "copies": copies,
            "words": "As the officer said",
        });
        let done = self.does(by, kind.registry, &act).await;
        assert_eq!(done["control"], control, "the number of a paper stays");
        let ids = texts(&done["copies"]);
        let new = ids.iter().cloned().zip(numbers).map(|(id, n)| {
            let stands = fresh(kind, &control, n, &document, pages, &With::Desk);
            (id, stands)
        });
        self.model.recorded(new.collect::<Vec<_>>());
        self.papers[paper].copies.extend(ids.iter().cloned());
        ids
    }

    /// A copy of a paper that somebody has in his hands.
    pub fn source(&self, paper: usize) -> Option<String> {
        let held = |id: &&String| self.model.copies[*id].state == State::Held;
        self.papers[paper].copies.iter().find(held).cloned()
    }

    /// Copies stand on a certificate of destruction.
    pub async fn draws_up(&mut self, by: &str, code: &str, copies: &[String]) -> String {
        let act = json!({"act": "draw-up", "copies": copies, "method": "Shredded, 0.8 mm"});
        let done = self.does(by, code, &act).await;
        self.model.drawn_up(copies, true);
        id(&done, "certificate")
    }
}

/// The act of sending.
pub fn send(copies: &[String], to: To<'_>) -> Value {
    let to = match to {
        To::Person(login) => json!({"is": "person", "person": login}),
        To::Registry(code) => json!({"is": "registry", "registry": code}),
        To::Elsewhere(name) => json!({"is": "elsewhere", "name": name}),
        To::Desk => json!({"is": "desk"}),
    };
    json!({"act": "send", "copies": copies, "to": to, "bearer": "The messenger"})
}

fn discrepancies(wrong: &Wrong<'_>) -> Value {
    wrong.iter().map(|(copy, words)| json!({"copy": copy, "words": words})).collect()
}
