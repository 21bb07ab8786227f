//! When papers are regraded their holders are told to mark their copies anew, and each says that he has.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::{
    house::{CLERKS, CONTROLLER, READERS, Year},
    model::State,
};

/// Papers whose copies stay in their log: how many, after how many, to which level.
const STAYING: (usize, usize, &str) = (6, 12, "CONFIDENTIAL");

/// Who says that he has marked copies anew: a reader of what he has, the registry of the rest, by letter of what is elsewhere.
type By = (&'static str, bool);

impl Year {
    /// Who says it of a copy; nobody of what is ended or missing.
    fn who_marks(&self, copy: &str) -> Option<By> {
        let stands = &self.model.copies[copy];
        let reader = || READERS.into_iter().find(|login| self.person(login) == stands.with);
        match stands.state {
            State::Held => Some((reader().unwrap_or(CLERKS[1]), false)),
            State::UnderWay => Some((CLERKS[1], false)),
            State::Transferred => Some((CLERKS[1], true)),
            State::Missing | State::Released | State::Destroyed => None,
        }
    }

    /// Secret papers become confidential: their copies stay numbered, and whoever has one marks it.
    pub async fn regrades_what_stays(&mut self) {
        let (many, after, level) = STAYING;
        let papers: Vec<usize> =
            self.papers_of("S-UE", "received").into_iter().skip(after).take(many).collect();
        let documents: Vec<Value> = papers.iter().map(|n| json!({"document": self.papers[*n].id})).collect();
        let correction = json!({
            "reason": "Regraded by the originator, note 14", "label": {"policy": "EU", "level": level},
        });
        let body = json!({"documents": documents, "correction": correction});
        let done = self.hand(CONTROLLER).await.changes("corrections", &body).await;
        assert!(done["items"].as_array().unwrap().iter().all(|item| item["done"] == true), "{done}");
        self.holders_are_told(&papers).await;
    }

    /// Every copy for which somebody answers is on the instruction of its paper; each holder says that he has marked his, and
    /// then nothing is awaited.
    pub async fn holders_are_told(&mut self, papers: &[usize]) {
        let hand = self.hand(CLERKS[0]).await;
        let list = "registries/REG/books/instructions?state=open";
        let open = hand.all(list, "items").await;
        for paper in papers {
            let document = &self.papers[*paper].id;
            let found: Vec<&Value> =
                open.iter().filter(|item| item["details"]["document"] == **document).collect();
            let mut marking: BTreeMap<By, Vec<String>> = BTreeMap::new();
            for copy in &self.papers[*paper].copies {
                if let Some(by) = self.who_marks(copy) {
                    marking.entry(by).or_default().push(copy.clone());
                }
            }
            let awaited: BTreeSet<&String> = marking.values().flatten().collect();
            let [item] = found[..] else {
                assert!(found.is_empty() && awaited.is_empty(), "{found:?}");
                continue;
            };
            let waits = item["details"]["copies"].as_array().unwrap().iter();
            let waits =
                waits.filter(|copy| copy["state"] == "open").map(|copy| copy["copy"].as_str().unwrap());
            assert_eq!(waits.collect::<BTreeSet<_>>(), awaited.iter().map(|id| id.as_str()).collect());
            assert_eq!(item["details"]["is"], "regrade");
            let item = crate::copies::id(item, "id");
            self.each_marks(&item, &marking).await;
            let whole = hand.get(&format!("books/{item}")).await;
            assert_eq!(whole["state"], "closed", "{whole}");
        }
        let left = hand.all(list, "items").await;
        assert_eq!(left, Vec::<Value>::new(), "nothing is awaited");
    }

    async fn each_marks(&mut self, item: &str, marking: &BTreeMap<By, Vec<String>>) {
        let others: Vec<&str> =
            READERS.into_iter().filter(|login| !marking.contains_key(&(login, false))).collect();
        for (n, ((login, by_letter), copies)) in marking.iter().enumerate() {
            let mut act = json!({"act": "step", "item": item, "step": {"step": "post", "copies": copies}});
            if n == 0 {
                let (status, said) = self.hand(others[0]).await.tries("REG", &crate::hand::key(), &act).await;
                assert!(status.is_client_error(), "somebody else's copies: {said}");
            }
            if *by_letter {
                self.refuses(login, "REG", &act, "letter-needed").await;
                act["words"] = json!("Their letter 31");
            }
            self.does(login, "REG", &act).await;
            self.refuses(login, "REG", &act, "not-to-post").await;
            self.figures.marked += copies.len();
        }
    }
}
