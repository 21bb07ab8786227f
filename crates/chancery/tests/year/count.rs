//! Somebody who counts copies for a muster: he scans what he finds, batch by batch, and does what he is told where something is
//! not as the books say. What he knows is what lies before him.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::{
    browser::Browser,
    hand::{Hand, key},
};

/// Copies that are scanned before they are sent.
const BATCH: usize = 20;
/// Of so many batches one is sent twice, for the connection was lost before the answer came.
const AGAIN: usize = 5;
/// What is said where pages are not as many as the books say.
const DIFFERENT: &str = "The pages are not as many as the books say";

/// A copy that lies there: its name as it is printed, and how many pages it has.
#[derive(Debug, Clone)]
pub struct Found {
    pub name: String,
    pub pages: u64,
}

/// What came of the scans of one who counts.
#[derive(Debug, Default)]
pub struct Scanned {
    /// Those that counted, and those of copies that had been seen.
    pub taken: usize,
    pub doubles: usize,
    /// Copies that were put aside, with the reason why.
    pub strange: Vec<(String, String)>,
}

pub struct Counter {
    pub hand: Hand,
    pub code: &'static str,
    pub muster: String,
    /// What he finds, in the order in which he comes upon it.
    pub finds: Vec<Found>,
    /// A browser and how many of his finds he scans with the page of counting.
    pub page: Option<(Browser, usize)>,
}

impl Counter {
    pub async fn counts(mut self) -> Scanned {
        let mut scanned = Scanned::default();
        let mut rest = self.finds.clone();
        if let Some((mut browser, many)) = self.page.take() {
            let later = rest.split_off(many.min(rest.len()));
            for found in rest {
                self.scans_on_the_page(&mut browser, &found, &mut scanned).await;
            }
            rest = later;
        }
        for (n, batch) in rest.chunks(BATCH).enumerate() {
            self.sends(batch.to_vec(), n.is_multiple_of(AGAIN), &mut scanned).await;
        }
        scanned
    }

    /// Sends a batch until it is taken, without what cannot be.
    async fn sends(&self, mut batch: Vec<Found>, again: bool, scanned: &mut Scanned) {
        let mut words = "";
        while !batch.is_empty() {
            let sightings: Vec<Value> =
                batch.iter().map(|found| json!({"copy": found.name, "pages": found.pages})).collect();
            let act = json!({"act": "sight", "muster": self.muster, "sightings": sightings, "words": words});
            let key = key();
            let (status, said) = self.hand.tries(self.code, &key, &act).await;
            match (status, said["code"].as_str()) {
                (StatusCode::CREATED, _) => {
                    let taken = usize::try_from(said["copies"].as_u64().unwrap()).unwrap();
                    scanned.taken += taken;
                    scanned.doubles += batch.len() - taken;
                    if again {
                        let (_, same) = self.hand.tries(self.code, &key, &act).await;
                        assert_eq!(same, said, "the same scans once more");
                    }
                    return;
                }
                (_, Some("sighted-already")) => {
                    scanned.doubles += batch.len();
                    return;
                }
                (_, Some("required")) if said["field"] == "words" && words.is_empty() => words = DIFFERENT,
                (_, Some(why @ ("copy-unknown" | "copy-transferred"))) => {
                    let name = said["arguments"]["copy"].as_str().unwrap();
                    let before = batch.len();
                    batch.retain(|found| !found.name.ends_with(name));
                    assert_eq!(batch.len() + 1, before, "{said}");
                    scanned.strange.push((name.rsplit(':').next().unwrap().to_owned(), why.to_owned()));
                }
                _ => panic!("{act}: {status} {said}"),
            }
        }
    }

    /// Scans one copy with the page of counting.
    async fn scans_on_the_page(&self, browser: &mut Browser, found: &Found, scanned: &mut Scanned) {
        let page = browser.get(&format!("/custody/musters/{}/count", self.muster)).await.good();
        let path = format!("/custody/musters/{}/sight", self.muster);
        let pages = found.pages.to_string();
        let mut fields = vec![("scan", &*found.name), ("pages", &*pages)];
        for _ in 0..2 {
            let command = key();
            let mut all = vec![("command", &*command)];
            all.extend_from_slice(&fields);
            let answer = browser.answer(&page, &path, &all).await;
            if answer.status == StatusCode::SEE_OTHER {
                scanned.taken += 1;
                return;
            }
            if answer.text.contains("sighted in this muster already") {
                scanned.doubles += 1;
                return;
            }
            let strange =
                [("There is no copy", "copy-unknown"), ("Another registry answers", "copy-transferred")];
            if let Some((_, why)) = strange.iter().find(|(words, _)| answer.text.contains(words)) {
                let name = found.name.rsplit(':').next().unwrap();
                scanned.strange.push((name.to_owned(), (*why).to_owned()));
                return;
            }
            answer.shows("field-words-error");
            fields.push(("words", DIFFERENT));
        }
        panic!("{} is not taken", found.name);
    }
}
