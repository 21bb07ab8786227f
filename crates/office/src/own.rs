//! What a person keeps for himself: searches under a name, views of lists, profiles by which papers are flagged, and
//! what he opened last. Settings of a person, outside of the ledger; what they lead to passes his scope at each look.
//!
//! What came since somebody last looked is told by places in the ledgers, which are kept here and never shown.

use std::collections::{BTreeMap, HashMap, HashSet};

use registry::{
    Code, DocumentId, FileId, HOUSE, PersonId, Refusal, RegistryId, query::Query, reference::sort_key,
};
use serde::{Deserialize, Serialize};
use store::{Visible, changed, sql::Conn, values, visible::EntryView};

use crate::{failure::Failure, office::Office, reading::Reading, search::Found};

/// Most things of one sort that a person keeps.
pub const MOST_KEPT: usize = 50;
/// Longest name, in characters.
pub const NAME: usize = 80;
/// Longest description of a view (bytes).
const VIEW: usize = 600;
/// Most papers that count as new at one look.
pub const MOST_NEW: usize = 1_000;
/// Most papers that somebody has put aside of one profile; the oldest go first.
const MOST_ASIDE: usize = 500;
/// How many of the things that a person opened are remembered.
pub const RECENT: usize = 20;
/// The name under which they are.
const OPENED: &str = "recent";

/// The sorts of what is kept under a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keeping {
    /// A search.
    Search,
    /// How a list is shown.
    View,
    /// A profile that flags papers.
    Watch,
}

impl Keeping {
    const fn prefix(self) -> &'static str {
        match self {
            Keeping::Search => "search/",
            Keeping::View => "view/",
            Keeping::Watch => "watch/",
        }
    }
    fn key(self, number: u32) -> String {
        format!("{}{number:06}", self.prefix())
    }
}

/// Something kept under a name.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Kept {
    /// Which of its sort.
    #[serde(skip)]
    pub number: u32,
    /// How its keeper calls it.
    pub name: String,
    /// The query; of a view, the list that it is of.
    pub query: String,
    /// How the list is shown, as its address says.
    #[serde(default)]
    pub view: String,
    /// Whether the list is shown so when nothing is said.
    #[serde(default)]
    pub usual: bool,
    /// Up to where the ledgers had been followed when its keeper last looked.
    since: BTreeMap<RegistryId, u64>,
    /// Papers that were put aside, with the place of their last change.
    #[serde(default)]
    aside: Vec<(DocumentId, u64)>,
}

/// Something that a person opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Opened {
    /// A document, with its registry.
    Document(RegistryId, DocumentId),
    /// A file of a plan.
    File(FileId),
    /// A person.
    Person(PersonId),
}

/// Something that a person opened, as he may see it now.
#[derive(Debug)]
pub enum Recent {
    /// A document.
    Document(Visible<EntryView>),
    /// A file of a plan.
    File(Visible<store::filing::PlanFile>),
    /// A person: identifier and name.
    Person(PersonId, String),
}

async fn rows(conn: &mut Conn, person: PersonId, what: Keeping) -> Result<Vec<Kept>, Failure> {
    let prefix = what.prefix();
    let end = prefix.replace('/', "0");
    let rows = conn
        .all(
            "SELECT name, setting FROM preference WHERE registry_id = $1 AND person_id = $2 AND name >= $3 AND name < $4 ORDER BY name",
            values![HOUSE, person, prefix, end],
        )
        .await
        .map_err(store::StoreError::from)?;
    let mut all = Vec::new();
    for row in rows {
        let (key, setting) =
            (row.text(0).map_err(store::StoreError::from)?, row.text(1).map_err(store::StoreError::from)?);
        // What an older version kept in another form is not there.
        let read =
            (key.strip_prefix(prefix).and_then(|n| n.parse().ok()), serde_json::from_str::<Kept>(&setting));
        if let (Some(number), Ok(kept)) = read {
            all.push(Kept { number, ..kept });
        }
    }
    all.sort_by_cached_key(|kept| (sort_key(&kept.name), kept.number));
    Ok(all)
}

async fn put(conn: &mut Conn, person: PersonId, name: &str, setting: &impl Serialize) -> Result<(), Failure> {
    let setting = serde_json::to_string(setting).map_err(store::StoreError::damaged)?;
    conn.execute(
        "INSERT INTO preference (registry_id, person_id, name, setting) VALUES ($1, $2, $3, $4) ON CONFLICT (registry_id, person_id, name) DO UPDATE SET setting = excluded.setting",
        values![HOUSE, person, name, setting],
    )
    .await
    .map_err(store::StoreError::from)?;
    Ok(())
}

/// A name as it is kept.
fn named(name: &str) -> Result<String, Refusal> {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() {
        return Err(Refusal::on("name", Code::Required));
    }
    if name.chars().count() > NAME || name.chars().any(char::is_control) {
        return Err(Refusal::on("name", Code::TooLong).with("limit", NAME));
    }
    Ok(name)
}

impl Office {
    /// Up to where the index has followed the ledgers.
    fn heads_followed(&self) -> BTreeMap<RegistryId, u64> {
        self.follower().map(|f| f.index.positions()).unwrap_or_default()
    }

    /// Keeps something under a name; what has the name already is replaced. Gives its number.
    pub async fn keep_own(
        &self,
        person: PersonId,
        what: Keeping,
        name: &str,
        query: &str,
        view: &str,
    ) -> Result<u32, Failure> {
        let name = named(name)?;
        let query = query.trim();
        if what != Keeping::View {
            let read = Query::parse(query)?;
            if read.is_empty() {
                return Err(Refusal::on("query", Code::Required).into());
            }
        }
        if view.len() > VIEW {
            return Err(Refusal::on("view", Code::TooLong).with("limit", VIEW).into());
        }
        let mut conn = self.database().begin_write().await?;
        let all = rows(&mut conn, person, what).await?;
        let same = |kept: &&Kept| {
            sort_key(&kept.name) == sort_key(&name) && (what != Keeping::View || kept.query == query)
        };
        let before = all.iter().find(same);
        if before.is_none() && all.len() >= MOST_KEPT {
            return Err(Refusal::on("name", Code::TooManyKept).with("limit", MOST_KEPT).into());
        }
        let next = all.iter().map(|kept| kept.number).max().unwrap_or(0).saturating_add(1);
        let number = before.map_or(next, |kept| kept.number);
        let kept = Kept {
            number,
            name,
            query: query.to_owned(),
            view: view.to_owned(),
            usual: before.is_some_and(|kept| kept.usual),
            since: self.heads_followed(),
            aside: Vec::new(),
        };
        put(&mut conn, person, &what.key(number), &kept).await?;
        conn.commit().await?;
        Ok(number)
    }

    /// Changes something that is kept. Not there: refused.
    async fn change_own(
        &self,
        person: PersonId,
        what: Keeping,
        number: u32,
        change: impl FnOnce(&mut Kept, &[Kept]) -> Result<(), Refusal>,
    ) -> Result<(), Failure> {
        let mut conn = self.database().begin_write().await?;
        let all = rows(&mut conn, person, what).await?;
        let mut kept = all.iter().find(|k| k.number == number).cloned().ok_or(Code::NotFound)?;
        change(&mut kept, &all)?;
        put(&mut conn, person, &what.key(number), &kept).await?;
        conn.commit().await?;
        Ok(())
    }

    /// Gives something that is kept another name, and where it is a search or a profile another query.
    pub async fn rename_own(
        &self,
        person: PersonId,
        what: Keeping,
        number: u32,
        name: &str,
        query: Option<&str>,
    ) -> Result<(), Failure> {
        let name = named(name)?;
        let query =
            query.map(|q| Query::parse(q.trim()).map(|read| (q.trim().to_owned(), read))).transpose()?;
        if query.as_ref().is_some_and(|(_, read)| read.is_empty()) {
            return Err(Refusal::on("query", Code::Required).into());
        }
        self.change_own(person, what, number, |kept, all| {
            let taken = all.iter().any(|other| {
                other.number != number
                    && sort_key(&other.name) == sort_key(&name)
                    && (what != Keeping::View || other.query == kept.query)
            });
            if taken {
                return Err(Refusal::on("name", Code::NameTaken).with("name", name.clone()));
            }
            kept.name = name;
            if let Some((query, _)) = query {
                kept.query = query;
            }
            Ok(())
        })
        .await
    }

    /// Lets a list be shown so when nothing is said, or no longer.
    pub async fn make_usual(&self, person: PersonId, number: u32, usual: bool) -> Result<(), Failure> {
        let mut conn = self.database().begin_write().await?;
        let all = rows(&mut conn, person, Keeping::View).await?;
        let list = all.iter().find(|k| k.number == number).map(|k| k.query.clone()).ok_or(Code::NotFound)?;
        for mut kept in all.into_iter().filter(|k| k.query == list) {
            let now = usual && kept.number == number;
            if kept.usual != now {
                kept.usual = now;
                put(&mut conn, person, &Keeping::View.key(kept.number), &kept).await?;
            }
        }
        conn.commit().await?;
        Ok(())
    }

    /// Drops something that is kept.
    pub async fn drop_own(&self, person: PersonId, what: Keeping, number: u32) -> Result<(), Failure> {
        let mut conn = self.database().begin_write().await?;
        let gone = conn
            .execute(
                "DELETE FROM preference WHERE registry_id = $1 AND person_id = $2 AND name = $3",
                values![HOUSE, person, what.key(number)],
            )
            .await
            .map_err(store::StoreError::from)?;
        conn.commit().await?;
        if gone == 0 { Err(Code::NotFound.into()) } else { Ok(()) }
    }

    /// Remembers that somebody has looked at what a search found: what was there then is new no longer.
    pub async fn looked(&self, person: PersonId, number: u32) {
        let now = self.heads_followed();
        let looked = self.change_own(person, Keeping::Search, number, |kept, _| {
            kept.since = now;
            Ok(())
        });
        if let Err(failure) = looked.await {
            tracing::warn!("that a search was looked at is not remembered: {failure}");
        }
    }
}

async fn opened_of(conn: &mut Conn, person: PersonId) -> Result<Vec<Opened>, Failure> {
    let row = conn
        .one(
            "SELECT setting FROM preference WHERE registry_id = $1 AND person_id = $2 AND name = $3",
            values![HOUSE, person, OPENED],
        )
        .await
        .map_err(store::StoreError::from)?;
    let text = row.map(|row| row.text(0)).transpose().map_err(store::StoreError::from)?;
    Ok(text.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default())
}

/// A paper that a profile flags.
#[derive(Debug)]
pub struct Flagged {
    /// The paper, with where the words stand in it.
    pub hit: crate::search::FoundHit,
    /// True when it has come, false when it was corrected.
    pub new: bool,
}

impl Reading {
    /// What the reader keeps of a sort, by name.
    pub async fn kept(&mut self, what: Keeping) -> Result<Vec<Kept>, Failure> {
        let person = self.person().id;
        rows(self.conn(), person, what).await
    }

    /// One of them.
    pub async fn kept_one(&mut self, what: Keeping, number: u32) -> Result<Kept, Failure> {
        let found = self.kept(what).await?.into_iter().find(|kept| kept.number == number);
        Ok(found.ok_or(Code::NotFound)?)
    }

    /// What came or was corrected, and may be read, since something was last looked at: the last [`MOST_NEW`], each with
    /// the place of its change, without what was put aside.
    async fn new_since(&mut self, kept: &Kept) -> Result<HashMap<DocumentId, (u64, bool)>, Failure> {
        let aside: HashMap<DocumentId, u64> = kept.aside.iter().copied().collect();
        let mut all = HashMap::new();
        for registry in self.house.clone().registries() {
            // A registry that was opened since is new from its beginning.
            let from = kept.since.get(&registry.id).copied().unwrap_or(0);
            let Some((conn, place)) = self.at(registry.id) else { continue };
            for changed in changed::since(conn, place, from, MOST_NEW).await? {
                if aside.get(&changed.document).is_none_or(|at| *at < changed.at) {
                    all.insert(changed.document, (changed.at, changed.new));
                }
            }
        }
        Ok(all)
    }

    /// Which documents are new since something was last looked at, whether they match or not.
    pub async fn new_ids(&mut self, kept: &Kept) -> Result<HashSet<DocumentId>, Failure> {
        Ok(self.new_since(kept).await?.into_keys().collect())
    }

    /// What of a search is new since it was last looked at.
    pub async fn found_new(&mut self, kept: &Kept, limit: usize, snippets: bool) -> Result<Found, Failure> {
        let query = Query::parse(&kept.query)?;
        let new = self.new_since(kept).await?.into_keys().collect();
        self.search_among(&query, limit, None, snippets, Some(&new)).await
    }

    /// How many documents a search finds, and how many of them are new.
    pub async fn counted(&mut self, kept: &Kept) -> Result<(u64, u64), Failure> {
        let query = Query::parse(&kept.query)?;
        let all = self.search_among(&query, 1, None, false, None).await?.total;
        Ok((all, self.found_new(kept, 1, false).await?.total))
    }

    /// What a profile flags, best first: how many, and the first of them.
    pub async fn flagged(&mut self, kept: &Kept, limit: usize) -> Result<(u64, Vec<Flagged>), Failure> {
        let query = Query::parse(&kept.query)?;
        let changed = self.new_since(kept).await?;
        let new = changed.keys().copied().collect();
        let found = self.search_among(&query, limit, None, true, Some(&new)).await?;
        let one = |hit: crate::search::FoundHit| {
            let new = changed.get(&hit.entry.document).is_none_or(|(_, new)| *new);
            Flagged { hit, new }
        };
        Ok((found.total, found.hits.into_iter().map(one).collect()))
    }

    /// Puts papers aside that a profile flags; a later correction flags them again. Papers that are not flagged to the
    /// reader stay as they are. When nothing is left, the profile looks from here on.
    pub async fn put_aside(&mut self, number: u32, papers: &[DocumentId]) -> Result<(), Failure> {
        let kept = self.kept_one(Keeping::Watch, number).await?;
        let followed = self.office().heads_followed();
        let changed = self.new_since(&kept).await?;
        let (total, _) = self.flagged(&kept, 1).await?;
        let mut gone: Vec<(DocumentId, u64)> =
            papers.iter().filter_map(|id| changed.get(id).map(|(at, _)| (*id, *at))).collect();
        gone.sort_unstable();
        gone.dedup();
        let query = Query::parse(&kept.query)?;
        let among = gone.iter().map(|(id, _)| *id).collect();
        let dropped = self.search_among(&query, 1, None, false, Some(&among)).await?.total;
        let (office, person) = (self.office().clone(), self.person().id);
        office
            .change_own(person, Keeping::Watch, number, |kept, _| {
                if dropped >= total {
                    kept.since = followed;
                    kept.aside.clear();
                } else {
                    kept.aside.retain(|(id, _)| gone.iter().all(|(other, _)| other != id));
                    kept.aside.extend(gone);
                    let over = kept.aside.len().saturating_sub(MOST_ASIDE);
                    kept.aside.drain(..over);
                }
                Ok(())
            })
            .await
    }

    /// Remembers what the reader opened. Reading does not depend on it: where it cannot be written, it is not remembered.
    pub async fn note_opened(&mut self, what: Opened) {
        if let Err(failure) = self.remember(what).await {
            tracing::warn!("what was opened last is not remembered: {failure}");
        }
    }

    /// It is asked on the connection that is held already: who holds one and waits for another stops everybody.
    async fn remember(&mut self, what: Opened) -> Result<(), Failure> {
        let person = self.person().id;
        let mut all = opened_of(self.conn(), person).await?;
        if all.first() == Some(&what) {
            return Ok(());
        }
        all.retain(|other| *other != what);
        all.insert(0, what);
        all.truncate(RECENT);
        let mut conn = self.office().database().begin_write().await?;
        put(&mut conn, person, OPENED, &all).await?;
        conn.commit().await?;
        Ok(())
    }

    /// What the reader opened last, as he may see it now; what he may not see any more is not there.
    pub async fn recently(&mut self) -> Result<Vec<Recent>, Failure> {
        let person = self.person().id;
        let opened = opened_of(self.conn(), person).await?;
        let papers: Vec<_> = opened
            .iter()
            .filter_map(
                |o| if let Opened::Document(registry, id) = o { Some((*registry, *id)) } else { None },
            )
            .collect();
        let mut entries: HashMap<DocumentId, Visible<EntryView>> =
            self.entries(&papers).await?.into_iter().map(|entry| (entry.document, entry)).collect();
        let mut seen = Vec::new();
        for one in opened {
            match one {
                Opened::Document(_, id) => seen.extend(entries.remove(&id).map(Recent::Document)),
                Opened::File(id) => match self.file(id).await {
                    Ok((_, plan)) => {
                        seen.extend(plan.files.into_iter().find(|f| f.state.file.id == id).map(Recent::File));
                    }
                    Err(Failure::Refused(_)) => {}
                    Err(failure) => return Err(failure),
                },
                Opened::Person(id) => match self.person_file(id).await {
                    Ok((found, _)) => seen.push(Recent::Person(id, found.name)),
                    Err(Failure::Refused(_)) => {}
                    Err(failure) => return Err(failure),
                },
            }
        }
        Ok(seen)
    }
}
