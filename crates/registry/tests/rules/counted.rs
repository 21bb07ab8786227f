//! Musters counted once more, from what the facts say and apart from the books: which copies are on a list, which were seen,
//! what it comes to. What a muster says of itself is held against it.

use std::collections::{BTreeMap, BTreeSet};

use registry::{
    CopyId, Fact,
    custody::{
        Act,
        copy::Standing,
        muster::{Mustered, Tally},
    },
    id::MusterId,
};

use crate::books::Books;

/// The muster with its lines as the copies stand now.
pub fn mustered(books: &Books, muster: MusterId) -> Mustered {
    books.needs(&Act::SignMuster { muster }).muster.unwrap()
}

/// What the facts of musters say, kept apart from the books.
#[derive(Default)]
pub struct Counted {
    lists: BTreeMap<MusterId, BTreeSet<CopyId>>,
    seen: BTreeMap<MusterId, BTreeSet<CopyId>>,
    /// Those that are closed or given up.
    ended: BTreeSet<MusterId>,
}

impl Counted {
    /// Takes what was decided: no copy is on a list twice, none is sighted twice, nothing is counted after the end, and a
    /// muster is closed with what its lines came to.
    pub fn take(&mut self, books: &Books, facts: &[Fact]) {
        for fact in facts {
            match fact {
                Fact::MusterListed { muster, copies } => {
                    let list = self.lists.entry(*muster).or_default();
                    assert!(copies.iter().all(|copy| list.insert(*copy)), "a copy is on a list twice");
                }
                Fact::CopiesSighted { muster, sightings } => {
                    assert!(!self.ended.contains(muster), "a muster that has ended takes a sighting");
                    let seen = self.seen.entry(*muster).or_default();
                    assert!(sightings.iter().all(|s| seen.insert(s.copy)), "a line is sighted twice");
                }
                Fact::MusterClosed { muster, tally, .. } => {
                    assert!(self.ended.insert(*muster), "a muster ends twice");
                    assert_eq!((*tally, tally.open), (self.tally(books, *muster), 0));
                }
                Fact::MusterAbandoned { muster, .. } => {
                    assert!(self.ended.insert(*muster), "a muster ends twice");
                }
                _ => {}
            }
        }
    }

    /// What a muster comes to, by what was listed, what was seen and where the rest is.
    fn tally(&self, books: &Books, muster: MusterId) -> Tally {
        let none = BTreeSet::new();
        let (list, seen) = (&self.lists[&muster], self.seen.get(&muster).unwrap_or(&none));
        let size = |n: usize| u32::try_from(n).unwrap();
        let mut tally = Tally {
            sighted: size(list.intersection(seen).count()),
            surplus: size(seen.difference(list).count()),
            ..Tally::default()
        };
        for copy in list.difference(seen) {
            let count = match books.copies[copy].0.standing {
                Standing::Held => &mut tally.open,
                Standing::UnderWay { .. } => &mut tally.under_way,
                Standing::Missing { .. } => &mut tally.missing,
                Standing::Transferred | Standing::Released | Standing::Destroyed { .. } => &mut tally.covered,
            };
            *count += 1;
        }
        tally
    }

    /// The list stays as it was frozen, its outcomes add up to it and to what was seen besides, and who signed is two.
    pub fn check(&self, books: &Books) {
        assert!(self.lists.keys().eq(books.musters.keys()));
        for id in books.musters.keys() {
            let Mustered { muster, closed, abandoned, signed, lines, .. } = mustered(books, *id);
            let listed: BTreeSet<CopyId> = lines.iter().filter(|l| l.listed).map(|l| l.copy).collect();
            assert_eq!((&listed, listed.len()), (&self.lists[id], muster.listed as usize));
            let tally = Tally::of(&lines);
            assert_eq!(tally, self.tally(books, *id));
            let Tally { sighted, covered, under_way, missing, open, surplus } = tally;
            assert_eq!(sighted + covered + under_way + missing + open, muster.listed);
            assert_eq!((muster.listed + surplus) as usize, lines.len());
            assert_eq!(closed || abandoned, self.ended.contains(id));
            assert!(!(closed && abandoned), "closed and given up");
            let who: BTreeSet<_> = signed.iter().collect();
            assert!(who.len() == signed.len() && signed.len() <= usize::from(muster.signatures));
            assert!(signed.is_empty() || closed, "signed before its end");
        }
    }

    /// Whether an act would count, end or give up a muster that has ended.
    pub fn comes_late(&self, act: &Act) -> bool {
        !matches!(act, Act::SignMuster { .. }) && act.muster().is_some_and(|id| self.ended.contains(&id))
    }
}
