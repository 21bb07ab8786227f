//! Papers that are distributed in one act: copies to those who act on them, to those outside who shall know of them, and to be
//! read here; what is refused of one line lets nothing go.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::{
    copies::id,
    house::{CLERKS, READERS, UNCLEARED, Year},
    model::With,
};

/// How many papers are distributed.
const PAPERS: usize = 24;
/// To whom outside.
const MISSION: &str = "Mission in Bergen";

fn person(login: &str) -> Value {
    json!({"is": "person", "person": login})
}

fn line(to: &Value, purpose: &str, by: &Value) -> Value {
    json!({"to": to, "purpose": purpose, "by": by})
}

/// The number of a copy, from its name.
fn number(name: &str) -> u32 {
    name.rsplit('/').next().unwrap().parse().unwrap()
}

impl Year {
    /// The copies of a paper that lie in the registry, by their numbers.
    fn free(&self, paper: usize) -> Vec<(u32, String)> {
        let filed = &self.papers[paper];
        let mut free: Vec<(u32, String)> = filed
            .copies
            .iter()
            .filter(|copy| self.model.copies[*copy].is_in(filed.kind.registry))
            .map(|copy| (number(&self.model.copies[copy].name), copy.clone()))
            .collect();
        free.sort();
        free
    }

    pub async fn gives_whole_papers(&mut self) {
        let mut papers = self.papers_of("NS", "received");
        papers.retain(|paper| self.free(*paper).len() >= 3);
        papers.truncate(PAPERS);
        assert_eq!(papers.len(), PAPERS);
        self.lets_nothing_go(papers[0]).await;
        let mut open = BTreeSet::new();
        for (n, paper) in papers.into_iter().enumerate() {
            open.insert(self.gives(paper, n).await);
        }
        let hand = self.hand(CLERKS[0]).await;
        let told = hand.all("registries/REG/books/distributions?state=open", "items").await;
        assert_eq!(told.iter().map(|item| id(item, "id")).collect::<BTreeSet<_>>(), open);
        for (n, item) in open.iter().enumerate() {
            self.is_followed(item, n).await;
        }
        assert!(hand.all("registries/REG/books/distributions?state=open", "items").await.is_empty());
        let closed = hand.all("registries/REG/books/distributions?state=closed", "items").await;
        assert_eq!(closed.len(), PAPERS);
    }

    /// The last line is of somebody who may not have the paper: the others do not go either.
    async fn lets_nothing_go(&mut self, paper: usize) {
        let document = &self.papers[paper].id.clone();
        let (copy, here) = (json!({"how": "copy"}), json!({"how": "electronic"}));
        let good = line(&person("haas"), "action", &copy);
        for (bad, field, why) in [
            (line(&person(UNCLEARED), "action", &copy), "lines.2.to", "receiver-clearance"),
            (line(&person(UNCLEARED), "information", &here), "lines.2.to", "reader-not-admitted"),
            (
                line(&person("ivers"), "action", &json!({"how": "copy", "number": 77})),
                "lines.2.copy",
                "copy-unknown",
            ),
        ] {
            let act = json!({"act": "distribute", "document": document, "lines": [good, bad]});
            let said = self.refuses(CLERKS[0], "REG", &act, why).await;
            assert_eq!(said["field"], field, "{said}");
        }
        let every = vec![good; self.free(paper).len() + 1];
        let act = json!({"act": "distribute", "document": document, "lines": every});
        self.refuses(CLERKS[0], "REG", &act, "no-free-copy").await;
    }

    /// A paper is distributed: the item.
    async fn gives(&mut self, paper: usize, n: usize) -> String {
        let free = self.free(paper);
        let (first, last) = (free.first().unwrap().clone(), free.last().unwrap().clone());
        let (actor, reader) = (READERS[n % READERS.len()], READERS[(n + 3) % READERS.len()]);
        let lines = json!([
            line(&person(actor), "action", &json!({"how": "copy"})),
            line(
                &json!({"is": "elsewhere", "name": MISSION}),
                "information",
                &json!({"how": "copy", "number": last.0})
            ),
            line(&person(reader), "information", &json!({"how": "electronic"})),
        ]);
        let act = json!({
            "act": "distribute", "document": self.papers[paper].id, "lines": lines, "bearer": "The messenger",
        });
        let done = self.does(CLERKS[n % CLERKS.len()], "REG", &act).await;
        let item = id(&done, "item");
        let lines = self.lines_of(&item).await;
        for (line, copy, with) in [
            (&lines[0], first.1, self.person(actor)),
            (&lines[1], last.1, With::Elsewhere(MISSION.to_owned())),
        ] {
            assert_eq!(line["copy"], copy, "{line}");
            self.model.sent(&[copy], &id(line, "dispatch"), with, self.day);
            self.figures.dispatches += 1;
        }
        assert_eq!((&lines[2]["copy"], &lines[2]["read"]), (&Value::Null, &Value::Null));
        self.figures.distributed += 1;
        item
    }

    async fn lines_of(&mut self, item: &str) -> Vec<Value> {
        let item = self.hand(CLERKS[0]).await.get(&format!("books/{item}")).await;
        item["details"]["lines"].as_array().unwrap().clone()
    }

    /// The receipts come, and the reader reads, or the registry ends his line.
    async fn is_followed(&mut self, item: &str, n: usize) {
        let lines = self.lines_of(item).await;
        assert!(lines.iter().all(|line| line["done"] == false), "{lines:?}");
        let login = |year: &Year, line: &Value| {
            let with = With::Person(id(&line["to"]["person"], "id"));
            READERS.into_iter().find(|login| year.person(login) == with).unwrap()
        };
        let (actor, reader) = (login(self, &lines[0]), login(self, &lines[2]));
        self.signs_for(actor, "REG", &id(&lines[0], "dispatch"), &[]).await;
        self.takes_receipt(CLERKS[0], "REG", &id(&lines[1], "dispatch"), &[]).await;
        let read = json!({"act": "step", "item": item, "step": {"step": "read"}});
        self.refuses(actor, "REG", &read, "item-stage").await;
        let done = match n % 4 {
            0 => {
                let end = json!({"act": "step", "item": item, "step": {"step": "end-lines", "lines": [3]}, "words": "He has left"});
                self.does(CLERKS[0], "REG", &end).await;
                "ended"
            }
            _ => {
                self.does(reader, "REG", &read).await;
                "read"
            }
        };
        let lines = self.lines_of(item).await;
        assert!(lines.iter().all(|line| line["done"] == true) && lines[2][done].is_string(), "{lines:?}");
    }
}
