//! Large registers made up for trials: papers that are at hand, each many times over with a date, a reference, a marking and a text
//! of its own. Owns how one paper becomes many; what it registers goes in by the import like anything else.

use std::{
    fs,
    path::{Path, PathBuf},
};

use registry::{Code, Refusal, RegistryId, id::Digest};
use serde_json::{Map as Item, Value};
use store::StoreError;

use crate::{door::Sender, failure::Failure, import::Source, map::Map, office::Office, shipped};

/// Papers that are written and imported at once.
const PART: u64 = 5_000;
/// How many days a date is moved at most, back or forth.
const DAYS: i64 = 3_650;

/// Papers of which many are made.
#[derive(Debug)]
pub struct Papers {
    items: Vec<(Item<String, Value>, String)>,
    map: Map,
}

impl Papers {
    /// Those of a manifest whose items have a file.
    pub fn of_manifest(manifest: &Path, root: &Path, map: Map) -> Result<Self, Failure> {
        let failed = |path: &Path| {
            let path = path.display().to_string();
            move |e| StoreError::file(path, e)
        };
        let mut items = Vec::new();
        for line in fs::read_to_string(manifest).map_err(failed(manifest))?.lines() {
            let item: Item<String, Value> = serde_json::from_str(line).map_err(StoreError::damaged)?;
            if let Some(file) = item.get("file").and_then(Value::as_str) {
                let file = root.join(file);
                items.push((item, fs::read_to_string(&file).map_err(failed(&file))?));
            }
        }
        Self::of(items, map)
    }

    /// Those that ship with the demo and are marked by NATO's policy.
    pub fn shipped() -> Result<Self, Failure> {
        let mut items = Vec::new();
        for (n, line) in shipped::DEMO.1.lines().enumerate() {
            let paper: Value = serde_json::from_str(line).map_err(StoreError::damaged)?;
            if paper.pointer("/label/policy").and_then(Value::as_str) != Some("NATO") {
                continue;
            }
            let mut item = Item::new();
            item.insert("id".to_owned(), format!("demo {n}").into());
            for (name, from) in [
                ("number", "/reference"),
                ("title", "/subject"),
                ("date", "/date"),
                ("from", "/originator"),
                ("to", "/to"),
                ("kind", "/kind"),
                ("classification", "/label/level"),
            ] {
                item.insert(name.to_owned(), paper.pointer(from).cloned().unwrap_or_default());
            }
            let body = paper.get("body").and_then(Value::as_str).unwrap_or_default().to_owned();
            items.push((item, body));
        }
        let map = Map::parse(shipped::SYNTH_MAP).map_err(StoreError::damaged)?;
        Self::of(items, map)
    }

    fn of(items: Vec<(Item<String, Value>, String)>, map: Map) -> Result<Self, Failure> {
        if items.is_empty() {
            return Err(Refusal::new(Code::Required).into());
        }
        Ok(Self { items, map })
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// True when there is none, which never is.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// The paper of a number, with its text. The same number gives the same paper.
    pub fn paper(&self, n: u64) -> (Item<String, Value>, String) {
        let count = u64::try_from(self.items.len()).unwrap_or(u64::MAX).max(1);
        let (at, round) = (usize::try_from(n % count).unwrap_or(0), n / count);
        let Some((item, body)) = self.items.get(at) else { return Default::default() };
        let mut item = item.clone();
        for name in ["id", "number"] {
            if let Some(text) = item.get(name).and_then(Value::as_str).filter(|text| !text.is_empty()) {
                let text = format!("{text}/{round}");
                item.insert(name.to_owned(), text.into());
            }
        }
        let chance = chance(n);
        let date =
            item.get("date").and_then(Value::as_str).and_then(|date| date.parse::<jiff::civil::Date>().ok());
        if let Some(date) = date {
            let days = i64::try_from(chance % (2 * DAYS.unsigned_abs())).unwrap_or(0) - DAYS;
            let moved = date.saturating_add(jiff::Span::new().days(days));
            item.insert("date".to_owned(), moved.to_string().into());
        }
        // Marked as another of them is.
        let marked = usize::try_from((chance >> 20) % count).ok().and_then(|at| self.items.get(at));
        for name in ["classification", "caveats"] {
            if let Some(word) = marked.and_then(|(marked, _)| marked.get(name)) {
                item.insert(name.to_owned(), word.clone());
            }
        }
        item.insert("file".to_owned(), format!("{n}.txt").into());
        (item, turned(body, n, chance))
    }
}

/// A number that looks like chance.
fn chance(n: u64) -> u64 {
    let digest = Digest::of(&n.to_be_bytes());
    digest.0.first_chunk::<8>().map_or(0, |bytes| u64::from_be_bytes(*bytes))
}

/// The paragraphs of a text, begun elsewhere, with a line that stands in no other.
fn turned(body: &str, n: u64, chance: u64) -> String {
    let mut parts: Vec<&str> = body.split("\n\n").collect();
    let by = usize::try_from(chance).unwrap_or(0) % parts.len().max(1);
    parts.rotate_left(by);
    format!("{}\n\nMade-up paper {n}, {chance:x}.\n", parts.join("\n\n"))
}

impl Office {
    /// Registers made-up papers up to a number, those that are there already passed over. How many were registered.
    pub async fn synth(
        &self,
        sender: Sender,
        registry: RegistryId,
        papers: &Papers,
        documents: u64,
        mut told: impl FnMut(u64, u64) + Send,
    ) -> Result<u64, Failure> {
        let place = self.folder().root().join("synth");
        let mut registered = 0;
        let mut from = 0;
        while from < documents {
            let to = (from + PART).min(documents);
            let manifest = written(papers, from..to, &place)?;
            let source =
                Source::Manifest { manifest, root: place.clone(), map: Box::new(papers.map.clone()) };
            let imported =
                self.import(sender, registry, &source, |_, _, done, _| told(from + done, documents)).await;
            fs::remove_dir_all(&place).map_err(|e| StoreError::file("synth", e))?;
            let report = imported?;
            if let Some((item, code, why)) = report.failed.first() {
                return Err(StoreError::damaged(format!("{item}: {code}: {why}")).into());
            }
            registered += report.registered;
            from = to;
        }
        Ok(registered)
    }
}

/// Writes papers and their manifest into a folder of their own.
fn written(papers: &Papers, which: std::ops::Range<u64>, place: &Path) -> Result<PathBuf, StoreError> {
    let failed = |e| StoreError::file(place.display().to_string(), e);
    fs::create_dir_all(place).map_err(failed)?;
    let mut lines = String::new();
    for n in which {
        let (item, body) = papers.paper(n);
        fs::write(place.join(format!("{n}.txt")), body).map_err(failed)?;
        lines.push_str(&Value::Object(item).to_string());
        lines.push('\n');
    }
    let manifest = place.join("index.jsonl");
    fs::write(&manifest, lines).map_err(failed)?;
    Ok(manifest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_gives_the_same_paper_and_another_gives_another() {
        let papers = Papers::shipped().unwrap();
        let many = u64::try_from(papers.len()).unwrap() * 3;
        let mut bodies = std::collections::BTreeSet::new();
        let mut names = std::collections::BTreeSet::new();
        for n in 0..many {
            let (item, body) = papers.paper(n);
            assert_eq!(papers.paper(n), (item.clone(), body.clone()));
            assert!(bodies.insert(body), "{n} has the text of another");
            assert!(names.insert(item["id"].as_str().unwrap().to_owned()), "{n} is called like another");
        }
    }
}
