//! What becomes of the pages of a scan: which belong together as one document, in which order, how each is turned, and which
//! are left out. Pure: every change gives a plan in which each page of the scan stands once.

use reader::scan::{Leaf, Turn};
use serde::{Deserialize, Serialize};

/// What becomes of blank pages.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Blanks {
    /// They are left out.
    #[default]
    Out,
    /// They are left out, and a new document begins behind each.
    Begin,
    /// They are pages like others.
    Kept,
}

impl Blanks {
    /// Every way.
    pub const ALL: [Blanks; 3] = [Blanks::Out, Blanks::Begin, Blanks::Kept];
    /// As it stands in data.
    pub const fn as_str(self) -> &'static str {
        match self {
            Blanks::Out => "out",
            Blanks::Begin => "begin",
            Blanks::Kept => "kept",
        }
    }
    /// The way with this word.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|way| way.as_str() == word)
    }
}

/// What was found on a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    /// Something.
    Page,
    /// Nothing.
    Blank,
    /// It is a separator sheet.
    Separator,
}

/// A page in a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Placed {
    /// Which page of the scan, from nought.
    pub page: usize,
    /// How it is turned.
    #[serde(default, skip_serializing_if = "is_none")]
    pub turn: Turn,
    /// Whether it is left out.
    #[serde(default, skip_serializing_if = "is_false")]
    pub out: bool,
}

fn is_none(turn: &Turn) -> bool {
    *turn == Turn::None
}

fn is_false(out: &bool) -> bool {
    !*out
}

/// What is changed of a plan. Pages are named by their place in the scan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// A page is turned, on top of how it is turned already.
    Turn(usize, Turn),
    /// A page is left out.
    LeaveOut(usize),
    /// A page is taken in again.
    TakeIn(usize),
    /// A new document begins with a page.
    Begin(usize),
    /// The document with a page is joined to the one before.
    Join(usize),
    /// A page goes before the one before it; the first of a document goes to the end of the one before.
    Earlier(usize),
    /// A page goes behind the next; the last of a document goes to the beginning of the next.
    Later(usize),
}

impl Change {
    /// The change of this word.
    pub fn named(word: &str, page: usize) -> Option<Self> {
        Some(match word {
            "right" => Change::Turn(page, Turn::Right),
            "left" => Change::Turn(page, Turn::Left),
            "half" => Change::Turn(page, Turn::Half),
            "out" => Change::LeaveOut(page),
            "in" => Change::TakeIn(page),
            "begin" => Change::Begin(page),
            "join" => Change::Join(page),
            "earlier" => Change::Earlier(page),
            "later" => Change::Later(page),
            _ => return None,
        })
    }

    /// The page that it is about.
    pub const fn page(self) -> usize {
        match self {
            Change::Turn(page, _)
            | Change::LeaveOut(page)
            | Change::TakeIn(page)
            | Change::Begin(page)
            | Change::Join(page)
            | Change::Earlier(page)
            | Change::Later(page) => page,
        }
    }
}

/// The pages of a scan as documents to be. No group is empty; one of which every page is left out becomes no document.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Plan {
    /// The groups, each with its pages in order.
    pub groups: Vec<Vec<Placed>>,
}

impl Plan {
    /// What separator sheets and blank pages say. A separator sheet begins a document and is left out; several in a row, and
    /// those before the first page, begin one.
    pub fn proposed(found: &[Found], blanks: Blanks) -> Self {
        let mut groups: Vec<Vec<Placed>> = Vec::new();
        for (page, found) in found.iter().enumerate() {
            let (begins, out) = match (found, blanks) {
                (Found::Separator, _) | (Found::Blank, Blanks::Begin) => (true, true),
                (Found::Blank, Blanks::Out) => (false, true),
                (Found::Blank, Blanks::Kept) | (Found::Page, _) => (false, false),
            };
            let placed = Placed { page, turn: Turn::None, out };
            match groups.last_mut() {
                Some(last) if !begins || last.iter().all(|one| one.out) => last.push(placed),
                _ => groups.push(vec![placed]),
            }
        }
        Self { groups }
    }

    /// The same with the turns that another has.
    #[must_use]
    pub fn turned_as(mut self, other: &Plan) -> Self {
        let turns: std::collections::BTreeMap<usize, Turn> =
            other.pages().map(|placed| (placed.page, placed.turn)).collect();
        for placed in self.groups.iter_mut().flatten() {
            placed.turn = turns.get(&placed.page).copied().unwrap_or_default();
        }
        self
    }

    /// Every page, in order.
    pub fn pages(&self) -> impl Iterator<Item = &Placed> {
        self.groups.iter().flatten()
    }

    /// The documents that it makes: of each the pages that are not left out.
    pub fn documents(&self) -> Vec<Vec<Leaf>> {
        let leaf = |placed: &Placed| Leaf { page: placed.page, turn: placed.turn };
        let kept = |group: &Vec<Placed>| -> Vec<Leaf> { group.iter().filter(|p| !p.out).map(leaf).collect() };
        self.groups.iter().map(kept).filter(|leaves| !leaves.is_empty()).collect()
    }

    /// Takes the first document away, when it is made.
    pub fn drop_first(&mut self) {
        let at = self.groups.iter().position(|group| group.iter().any(|placed| !placed.out));
        if let Some(at) = at {
            self.groups.drain(..=at);
        }
    }

    /// Changes something. A page that is not there, or that cannot go further, changes nothing.
    pub fn change(&mut self, change: Change) {
        let page = change.page();
        let place = self.groups.iter().enumerate().find_map(|(group, pages)| {
            pages.iter().position(|placed| placed.page == page).map(|at| (group, at))
        });
        let Some((group, at)) = place else { return };
        match change {
            Change::Turn(_, turn) => self.mark(page, |placed| placed.turn = placed.turn.and(turn)),
            Change::LeaveOut(_) => self.mark(page, |placed| placed.out = true),
            Change::TakeIn(_) => self.mark(page, |placed| placed.out = false),
            Change::Begin(_) => self.begin(group, at),
            Change::Join(_) => self.join(group),
            Change::Earlier(_) => self.earlier(group, at),
            Change::Later(_) => self.later(group, at),
        }
        self.groups.retain(|pages| !pages.is_empty());
    }

    fn mark(&mut self, page: usize, change: impl Fn(&mut Placed)) {
        self.groups.iter_mut().flatten().filter(|placed| placed.page == page).for_each(change);
    }

    fn begin(&mut self, group: usize, at: usize) {
        let Some(rest) = self.groups.get_mut(group).map(|pages| pages.split_off(at)) else { return };
        self.groups.insert(group + 1, rest);
    }

    fn join(&mut self, group: usize) {
        let Some(before) = group.checked_sub(1) else { return };
        let pages = self.groups.get_mut(group).map(std::mem::take).unwrap_or_default();
        if let Some(before) = self.groups.get_mut(before) {
            before.extend(pages);
        }
    }

    fn earlier(&mut self, group: usize, at: usize) {
        if let (Some(before), Some(pages)) = (at.checked_sub(1), self.groups.get_mut(group)) {
            pages.swap(before, at);
        } else if let Some(before) = group.checked_sub(1) {
            let page = self.groups.get_mut(group).map(|pages| pages.remove(at));
            if let Some(before) = self.groups.get_mut(before) {
                before.extend(page);
            }
        }
    }

    fn later(&mut self, group: usize, at: usize) {
        let last = self.groups.len().saturating_sub(1);
        match self.groups.get_mut(group) {
            Some(pages) if at + 1 < pages.len() => pages.swap(at, at + 1),
            Some(pages) if group < last => {
                let page = pages.remove(at);
                if let Some(next) = self.groups.get_mut(group + 1) {
                    next.insert(0, page);
                }
            }
            _ => {}
        }
    }
}

#[cfg(test)]
#[allow(clippy::indexing_slicing, reason = "tests")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shape(plan: &Plan) -> Vec<Vec<usize>> {
        plan.documents().iter().map(|leaves| leaves.iter().map(|leaf| leaf.page).collect()).collect()
    }

    #[test]
    fn separators_and_blank_pages_divide_as_they_are_told_to() {
        use Found::{Blank, Page, Separator};
        let found = [Separator, Page, Blank, Page, Separator, Blank, Separator, Page, Blank];
        let plan = |blanks| shape(&Plan::proposed(&found, blanks));
        assert_eq!(plan(Blanks::Out), [vec![1, 3], vec![7]]);
        assert_eq!(plan(Blanks::Begin), [vec![1], vec![3], vec![7]]);
        assert_eq!(plan(Blanks::Kept), [vec![1, 2, 3], vec![5], vec![7, 8]]);
        assert!(plan(Blanks::Out).iter().all(|leaves| !leaves.is_empty()));
        assert!(shape(&Plan::proposed(&[], Blanks::Out)).is_empty());
    }

    #[test]
    fn pages_go_over_the_edge_of_a_document_and_documents_are_joined_and_parted() {
        let mut plan = Plan::proposed(&[Found::Page; 4], Blanks::Out);
        plan.change(Change::Begin(2));
        assert_eq!(shape(&plan), [[0, 1], [2, 3]]);
        plan.change(Change::Later(1));
        assert_eq!(shape(&plan), [vec![0], vec![1, 2, 3]]);
        plan.change(Change::Later(0));
        assert_eq!(shape(&plan), [[0, 1, 2, 3]]);
        plan.change(Change::Earlier(2));
        plan.change(Change::Begin(3));
        assert_eq!(shape(&plan), [vec![0, 2, 1], vec![3]]);
        plan.change(Change::Join(3));
        plan.change(Change::LeaveOut(2));
        plan.change(Change::Turn(1, Turn::Left));
        plan.change(Change::Turn(1, Turn::Left));
        assert_eq!(shape(&plan), [[0, 1, 3]]);
        assert_eq!(plan.documents()[0][1].turn, Turn::Half);
        plan.change(Change::TakeIn(2));
        plan.change(Change::Join(0));
        assert_eq!(shape(&plan), [[0, 2, 1, 3]]);
        plan.drop_first();
        assert_eq!(plan, Plan::default());
    }

    fn changes() -> impl Strategy<Value = Vec<(&'static str, usize)>> {
        let word = prop::sample::select(vec![
            "right", "left", "half", "out", "in", "begin", "join", "earlier", "later",
        ]);
        prop::collection::vec((word, 0_usize..14), 0..60)
    }

    fn finds() -> impl Strategy<Value = Vec<Found>> {
        let one = prop::sample::select(vec![Found::Page, Found::Page, Found::Blank, Found::Separator]);
        prop::collection::vec(one, 0..12)
    }

    proptest! {
        #[test]
        fn every_page_stands_once_whatever_is_changed(
            found in finds(),
            blanks in prop::sample::select(Blanks::ALL.to_vec()),
            changes in changes(),
        ) {
            let mut plan = Plan::proposed(&found, blanks);
            for (word, page) in changes {
                if let Some(change) = Change::named(word, page) {
                    plan.change(change);
                }
                let mut pages: Vec<usize> = plan.pages().map(|placed| placed.page).collect();
                pages.sort_unstable();
                prop_assert_eq!(pages, (0..found.len()).collect::<Vec<_>>());
                prop_assert!(plan.groups.iter().all(|group| !group.is_empty()));
            }
            let kept = plan.pages().filter(|placed| !placed.out).count();
            prop_assert_eq!(plan.documents().iter().map(Vec::len).sum::<usize>(), kept);
            let text = serde_json::to_string(&plan).unwrap_or_default();
            prop_assert_eq!(serde_json::from_str::<Plan>(&text).ok(), Some(plan.clone()));
            let mut left = plan.documents().len();
            while left > 0 {
                plan.drop_first();
                left -= 1;
                prop_assert_eq!(plan.documents().len(), left);
            }
        }

        #[test]
        fn earlier_and_later_undo_each_other_within_a_document(pages in 2_usize..8, at in 0_usize..8) {
            let at = at % (pages - 1);
            let before = Plan::proposed(&vec![Found::Page; pages], Blanks::Out);
            let mut plan = before.clone();
            plan.change(Change::Later(at));
            prop_assert!(plan != before);
            plan.change(Change::Earlier(at));
            prop_assert_eq!(plan, before);
        }
    }
}
