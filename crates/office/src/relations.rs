//! What a paper is to others, as one reader may know it: by what their references say, by what was stated, and by what
//! stands in the texts. Everything is found anew at each look, so that a link heals when its target arrives, and a
//! paper that the reader may not open is nowhere.

use std::collections::{BTreeMap, BTreeSet};

use registry::{
    DocumentId, RegistryId,
    query::Query,
    reference::{Reference, ReferenceKind, key},
    relation::RelationKind,
    series::{Catalogue, ParsedReference},
};
use store::{
    Visible,
    relations::{self, By},
    visible::{DocumentView, EntryView},
};

use crate::{failure::Failure, reading::Reading};

/// Most references of one text that are looked up.
pub const CITED: usize = 200;
/// Most references of one paper of which it is asked who cites them.
const ASKED: usize = 8;
/// Most papers that are named as citing one.
pub const CITING: usize = 50;

/// What a document is to another.
#[derive(Debug, Clone)]
pub struct Tie {
    /// What the one is to the other.
    pub kind: RelationKind,
    /// True: the document that was asked for is this to the other. False: the other is this to it.
    pub outward: bool,
    /// True where somebody stated it, false where the references say it.
    pub stated: bool,
    /// The other's reference, as written.
    pub reference: String,
    /// The other, where it is here for the reader.
    pub entry: Option<Visible<EntryView>>,
}

/// A reference that stands in a text.
#[derive(Debug, Clone)]
pub struct Cited {
    /// As written there, the first time.
    pub reference: String,
    /// In which line that was, from 1.
    pub line: usize,
    /// The papers that bear it, for the reader.
    pub entries: Vec<Visible<EntryView>>,
}

impl Reading {
    fn places(&self) -> Vec<RegistryId> {
        self.house.registries().iter().map(|r| r.id).collect()
    }

    /// What a document is to others, and they to it. Nothing for who only handles it.
    pub async fn ties(&mut self, view: &DocumentView) -> Result<Vec<Tie>, Failure> {
        let Some(inside) = &view.inside else { return Ok(Vec::new()) };
        let house = self.house.clone();
        let borne = borne(view, &inside.references);
        let keys: Vec<String> = unique(borne.iter().map(Reference::key));
        let families: Vec<String> = unique(borne.iter().map(Reference::family));
        let parsed: Vec<ParsedReference> =
            borne.iter().filter_map(|r| house.catalogue().parse(&r.text).reference().cloned()).collect();
        let stated: Vec<String> = unique(inside.relations.iter().map(|r| r.key()));
        let (mut ties, mut named): (Vec<Tie>, BTreeMap<String, Vec<Visible<EntryView>>>) =
            (Vec::new(), BTreeMap::new());
        for registry in self.places() {
            let Some((conn, place)) = self.at(registry) else { continue };
            for bearer in relations::bearers(conn, place, By::Family, &families).await? {
                if bearer.entry.document != view.entry.document {
                    ties.extend(by_reference(house.catalogue(), &parsed, &bearer));
                }
            }
            for bearer in relations::bearers(conn, place, By::Key, &stated).await? {
                named.entry(bearer.key).or_default().push(bearer.entry);
            }
            for stater in relations::staters(conn, place, &keys).await? {
                if stater.entry.document != view.entry.document {
                    let reference = called(&stater.entry);
                    let entry = Some(stater.entry);
                    ties.push(Tie { kind: stater.kind, outward: false, stated: true, reference, entry });
                }
            }
        }
        for relation in &inside.relations {
            let found = named.get(&relation.key()).and_then(|entries| entries.first()).cloned();
            ties.push(Tie {
                kind: relation.kind,
                outward: true,
                stated: true,
                reference: relation.text.clone(),
                entry: found,
            });
        }
        Ok(ordered(ties))
    }

    /// The references that stand in a text, each once, with the papers that bear them. Those of the document itself
    /// are left out.
    pub async fn cites(&mut self, view: &DocumentView, text: &str) -> Result<Vec<Cited>, Failure> {
        let Some(inside) = &view.inside else { return Ok(Vec::new()) };
        let own = borne(view, &inside.references).iter().map(Reference::key).collect();
        self.cited_in(text, &own).await
    }

    /// The same of a text that is not registered yet, whose `own` references are left out by their keys.
    pub async fn cited_in(&mut self, text: &str, own: &BTreeSet<String>) -> Result<Vec<Cited>, Failure> {
        let house = self.house.clone();
        let catalogue = house.catalogue();
        let mut order: Vec<(String, String, usize)> = Vec::new();
        for citation in catalogue.citations(text) {
            let Some(key) = catalogue.key_of(&citation.reference) else { continue };
            if !own.contains(&key) && !order.iter().any(|(k, ..)| *k == key) && order.len() < CITED {
                let before = text.get(..citation.range.start).unwrap_or_default();
                order.push((key, citation.written, before.matches('\n').count() + 1));
            }
        }
        let keys: Vec<String> = order.iter().map(|(key, ..)| key.clone()).collect();
        let mut named: BTreeMap<String, Vec<Visible<EntryView>>> = BTreeMap::new();
        for registry in self.places() {
            let Some((conn, place)) = self.at(registry) else { continue };
            for bearer in relations::bearers(conn, place, By::Key, &keys).await? {
                named.entry(bearer.key).or_default().push(bearer.entry);
            }
        }
        Ok(order
            .into_iter()
            .map(|(key, reference, line)| {
                let entries = named.remove(&key).unwrap_or_default();
                Cited { reference, line, entries }
            })
            .collect())
    }

    /// The papers in whose text a reference of this document stands, newest first: at most [`CITING`], and whether
    /// there are more.
    pub async fn cited_by(
        &mut self,
        view: &DocumentView,
    ) -> Result<(Vec<Visible<EntryView>>, bool), Failure> {
        let Some(inside) = &view.inside else { return Ok((Vec::new(), false)) };
        let keys = unique(borne(view, &inside.references).iter().map(Reference::key));
        let mut found: BTreeMap<DocumentId, Visible<EntryView>> = BTreeMap::new();
        let mut more = false;
        for key in keys.into_iter().take(ASKED) {
            let Ok(query) = Query::parse(&format!("cites:\"{key}\"")) else { continue };
            let part = self.search(&query, CITING, None, false).await?;
            more |= part.next.is_some();
            for hit in part.hits {
                if hit.entry.document != view.entry.document {
                    found.insert(hit.entry.document, hit.entry);
                }
            }
        }
        let mut entries: Vec<Visible<EntryView>> = found.into_values().collect();
        entries.sort_by_key(|entry| (std::cmp::Reverse(entry.key.order), entry.document));
        more |= entries.len() > CITING;
        entries.truncate(CITING);
        Ok((entries, more))
    }
}

/// Every reference of a document, the register's own first.
fn borne(view: &DocumentView, others: &[Reference]) -> Vec<Reference> {
    let own = Reference::new(ReferenceKind::Register, view.entry.reference.clone());
    std::iter::once(own).chain(others.iter().cloned()).collect()
}

/// How a paper is called: by the reference that it prefers, or the register's own.
pub fn called(entry: &EntryView) -> String {
    entry.preferred.clone().unwrap_or_else(|| entry.reference.clone())
}

fn unique(keys: impl Iterator<Item = String>) -> Vec<String> {
    keys.filter(|key| !key.is_empty()).collect::<BTreeSet<_>>().into_iter().collect()
}

/// What the references of two papers of one family say of them, in either direction.
fn by_reference(catalogue: &Catalogue, parsed: &[ParsedReference], other: &relations::Bearer) -> Option<Tie> {
    let theirs = catalogue.parse(&other.reference).reference()?.clone();
    let outward =
        parsed.iter().find_map(|mine| catalogue.relation_of(mine, &theirs)).map(|kind| (kind, true));
    let inward =
        || parsed.iter().find_map(|mine| catalogue.relation_of(&theirs, mine)).map(|kind| (kind, false));
    let (kind, outward) = outward.or_else(inward)?;
    Some(Tie {
        kind: kind.into(),
        outward,
        stated: false,
        reference: other.reference.clone(),
        entry: Some(other.entry.clone()),
    })
}

/// Each tie once, what was stated before what the references say; first what replaces, then what amends.
fn ordered(mut ties: Vec<Tie>) -> Vec<Tie> {
    let document = |tie: &Tie| tie.entry.as_ref().map(|entry| entry.document);
    ties.sort_by_key(|tie| {
        let place = match tie.kind {
            kind if kind.replaces() => 0,
            kind if kind.amends() => 1,
            _ => 2,
        };
        (tie.outward, place, tie.kind, document(tie), key(&tie.reference), !tie.stated)
    });
    ties.dedup_by(|a, b| {
        a.outward == b.outward && a.kind == b.kind && document(a).is_some() && document(a) == document(b)
    });
    ties
}
