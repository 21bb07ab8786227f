//! Numbers given, kept and struck out: never one twice, every one accounted for.

use jiff::civil::{Date, date};
use proptest::prelude::*;
use registry::series::{
    Catalogue, ParsedReference, Series,
    allot::{
        Counter, HIGHEST, Moment, NumberFact, NumberRefusal, Runs, SeriesState, allot, at, counter, next,
        open, reference, reserve, roll_over, take, void,
    },
    continuity::{Used, report},
};

use crate::series::{parsed, shipped};

const DAY: Date = date(2026, 3, 12);

/// A series and its numbers, as a registry keeps them.
struct Book {
    catalogue: &'static Catalogue,
    code: &'static str,
    state: SeriesState,
    facts: Vec<NumberFact>,
}

impl Book {
    fn of(code: &'static str) -> Self {
        Self { catalogue: shipped(), code, state: SeriesState::default(), facts: Vec::new() }
    }
    fn series(&self) -> Series {
        self.catalogue.get(self.code).unwrap().clone()
    }
    fn year(&self, year: i16) -> Counter {
        Counter { year: Some(year), ..Counter::default() }
    }
    fn keep(&mut self, fact: Option<NumberFact>) {
        if let Some(fact) = fact {
            self.state.apply(&fact);
            self.facts.push(fact);
        }
    }
    fn allots(&mut self, year: i16, holder: &str) -> Result<u64, NumberRefusal> {
        let (number, fact) = allot(&self.series(), &self.state, &self.year(year), holder, DAY)?;
        self.keep(fact);
        Ok(number)
    }
    fn reserves(&mut self, year: i16, holder: &str) -> Result<u64, NumberRefusal> {
        let (number, fact) =
            reserve(&self.series(), &self.state, &self.year(year), holder, "for the Council", DAY)?;
        self.keep(fact);
        Ok(number)
    }
    fn voids(&mut self, year: i16, number: u64, reason: &str) -> Result<(), NumberRefusal> {
        let fact = void(&self.series(), &self.state, &self.year(year), number, reason)?;
        self.keep(fact);
        Ok(())
    }
    fn takes(&mut self, year: i16, number: u64, holder: &str) -> Result<u64, NumberRefusal> {
        let (number, fact) = take(&self.series(), &self.state, &self.year(year), number, holder)?;
        self.keep(fact);
        Ok(number)
    }
    fn turns_to(&mut self, year: i16) -> usize {
        let facts = roll_over(&self.series(), &self.state, year);
        let many = facts.len();
        facts.into_iter().for_each(|fact| self.keep(Some(fact)));
        many
    }
}

#[test]
fn numbers_follow_each_other_and_each_year_begins_anew() {
    let mut book = Book::of("MCM");
    assert_eq!(
        [book.allots(2025, "a"), book.allots(2025, "b"), book.allots(2026, "c")],
        [Ok(1), Ok(2), Ok(1)]
    );
    assert_eq!(book.allots(2025, "a"), Ok(1), "asked again, the same answer");
    assert_eq!(book.facts.len(), 3, "and nothing new");
    assert_eq!(book.turns_to(2026), 1);
    assert_eq!(book.turns_to(2026), 0, "once is enough");
    assert_eq!(book.allots(2025, "d"), Err(NumberRefusal::Closed));
    assert_eq!(book.allots(2026, "d"), Ok(2));
}

#[test]
fn a_reserved_number_waits_for_its_paper_over_the_turn_of_the_year() {
    let mut book = Book::of("MCM");
    assert_eq!(book.reserves(2025, "draft"), Ok(1));
    assert_eq!(book.reserves(2025, "draft"), Ok(1));
    assert_eq!(book.allots(2025, "other"), Ok(2));
    book.turns_to(2026);
    assert_eq!(book.allots(2026, "draft"), Ok(1), "the number of 2025");
    assert!(
        matches!(book.facts.last(), Some(NumberFact::Allotted { counter, number: 1, .. }) if counter.year == Some(2025))
    );
    assert_eq!(book.allots(2026, "third"), Ok(1));
}

#[test]
fn a_number_struck_out_is_never_given_again() {
    let mut book = Book::of("MCM");
    book.reserves(2026, "draft").unwrap();
    assert_eq!(book.voids(2026, 1, " "), Err(NumberRefusal::Words));
    assert_eq!(book.voids(2026, 2, "not needed"), Err(NumberRefusal::NeverGiven));
    assert_eq!(book.voids(2026, 1, "not needed"), Ok(()));
    assert_eq!(book.voids(2026, 1, "said twice"), Ok(()));
    assert_eq!(book.facts.len(), 2);
    assert_eq!(book.allots(2026, "draft"), Ok(2), "the draft is free to take another");
    assert_eq!(book.voids(2026, 2, "too late"), Err(NumberRefusal::Taken));
    assert_eq!(book.takes(2026, 1, "old"), Err(NumberRefusal::Void));
}

#[test]
fn the_setting_decides_whether_a_draft_has_a_number() {
    let mut draft = Book::of("MCM");
    let counter = draft.year(2026);
    let asks = |book: &Book, moment| {
        at(moment, &book.series(), &book.state, &counter, "paper", "memorandum", DAY).unwrap()
    };
    let (number, fact) = asks(&draft, Moment::Draft).unwrap();
    assert!(matches!(fact, Some(NumberFact::Reserved { .. })));
    draft.keep(fact);
    let (signed, fact) = asks(&draft, Moment::Signature).unwrap();
    assert_eq!(signed, number);
    assert!(matches!(fact, Some(NumberFact::Allotted { .. })));

    let signature = Book::of("C-M");
    assert_eq!(asks(&signature, Moment::Draft), None);
    assert!(matches!(asks(&signature, Moment::Signature), Some((1, Some(NumberFact::Allotted { .. })))));
}

#[test]
fn an_old_register_is_taken_over_with_its_gaps() {
    let mut book = Book::of("MCM");
    assert_eq!(book.takes(2026, 7, "seven"), Ok(7));
    assert_eq!(book.takes(2026, 3, "three"), Ok(3));
    assert_eq!(book.takes(2026, 3, "three"), Ok(3));
    assert_eq!(book.takes(2026, 3, "another"), Err(NumberRefusal::Taken));
    assert_eq!(book.takes(2026, 4, "three"), Err(NumberRefusal::HasAnother { number: 3 }));
    assert_eq!(book.takes(2026, HIGHEST + 1, "x"), Err(NumberRefusal::OutOfRange));
    assert_eq!(book.allots(2026, "new"), Ok(8), "never one from a gap");
    book.voids(2026, 5, "page torn out").unwrap();
    let whole = &report(&book.series(), &book.state, [])[0];
    assert_eq!(whole.gaps, [(1, 2), (4, 4), (6, 6)]);
    assert_eq!(whole.without_paper, [(3, 3), (7, 8)]);
}

#[test]
fn a_count_can_begin_behind_the_last_of_the_old_register() {
    let mut book = Book::of("MCM");
    let fact = open(&book.series(), &book.state, &book.year(2026), 413).unwrap();
    book.keep(fact);
    assert_eq!(open(&book.series(), &book.state, &book.year(2026), 413), Ok(None));
    assert_eq!(open(&book.series(), &book.state, &book.year(2026), 1), Err(NumberRefusal::Begun));
    assert_eq!(book.allots(2026, "a"), Ok(413));
    assert_eq!(report(&book.series(), &book.state, [])[0].gaps, []);
}

#[test]
fn a_count_is_kept_for_each_committee_kind_and_division() {
    let catalogue = shipped();
    let committee = catalogue.get("AC").unwrap();
    let paper = parsed(catalogue, "AC/35-D(2014)0010");
    let own = counter(committee, &paper, DAY).unwrap();
    assert_eq!((own.body, own.paper.as_deref(), own.year), (Some(35), Some("D"), Some(2026)));
    let reference = reference(committee, &own, 11, &ParsedReference { year: None, ..paper.clone() });
    assert_eq!(catalogue.format(&reference).as_deref(), Some("AC/35-D(2026)0011"));
    let nobody = ParsedReference { body: None, ..paper.clone() };
    assert!(matches!(counter(committee, &nobody, DAY), Err(NumberRefusal::Counter(_))));
    let strange = ParsedReference { paper: Some("ZZ".into()), ..paper };
    assert!(matches!(counter(committee, &strange, DAY), Err(NumberRefusal::NotKnown(_))));
}

#[test]
fn numbers_of_others_and_of_closed_series_are_not_given() {
    let catalogue = shipped();
    let (state, none) = (SeriesState::default(), Counter::default());
    let foreign = catalogue.get("US-NSC").unwrap();
    assert_eq!(allot(foreign, &state, &none, "a", DAY), Err(NumberRefusal::Foreign));
    assert_eq!(take(foreign, &state, &none, 1, "a"), Err(NumberRefusal::Foreign));
    let mut closed = catalogue.get("PDN").unwrap().clone();
    closed.valid_to = Some(date(2020, 12, 31));
    assert_eq!(allot(&closed, &state, &none, "a", DAY), Err(NumberRefusal::NotInForce));
    assert_eq!(allot(&closed, &state, &none, " ", DAY), Err(NumberRefusal::Words));
}

#[test]
fn the_continuity_report_accounts_for_every_number() {
    let mut book = Book::of("MCM");
    for holder in ["a", "b", "c", "d"] {
        book.allots(2026, holder).unwrap();
    }
    book.reserves(2026, "e").unwrap();
    book.reserves(2026, "f").unwrap();
    book.voids(2026, 6, "withdrawn").unwrap();
    let used = |number, paper: &str| Used { counter: book.year(2026), number, paper: paper.into() };
    let papers = [
        used(1, "a"),
        used(2, "b"),
        used(2, "b again"),
        used(4, "d"),
        used(6, "void one"),
        used(9, "stranger"),
    ];
    let found = report(&book.series(), &book.state, papers);
    let [only] = found.as_slice() else { panic!("one count") };
    assert_eq!((only.first, only.last, only.used), (1, Some(9), 5));
    assert_eq!(only.gaps, [(7, 8)]);
    assert_eq!(only.without_paper, [(3, 3)]);
    assert_eq!(only.duplicates.get(&2).map(Vec::len), Some(2));
    assert_eq!(only.voids.get(&6).map(String::as_str), Some("withdrawn"));
    assert!(only.void_in_use.contains_key(&6));
    assert_eq!(only.reservations.get(&5).map(|r| r.holder.as_str()), Some("e"));
    assert_eq!(only.never_given.keys().copied().collect::<Vec<_>>(), [9]);
    assert!(!only.is_whole());
}

#[test]
fn facts_are_written_down_and_read_back() {
    let mut book = Book::of("MCM");
    book.reserves(2026, "draft").unwrap();
    book.voids(2026, 1, "not needed").unwrap();
    let text = serde_json::to_string(&book.facts).unwrap();
    assert!(text.contains(r#""became":"void""#), "{text}");
    assert_eq!(serde_json::from_str::<Vec<NumberFact>>(&text).unwrap(), book.facts);
}

#[derive(Debug, Clone)]
enum Act {
    Allot(u8),
    Reserve(u8),
    Take(u64, u8),
    Void(u64),
    Turn,
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        (0_u8..20).prop_map(Act::Allot),
        (0_u8..20).prop_map(Act::Reserve),
        (0_u64..25, 0_u8..20).prop_map(|(number, holder)| Act::Take(number, holder)),
        (0_u64..25).prop_map(Act::Void),
        Just(Act::Turn),
    ]
}

proptest! {
    #[test]
    fn no_number_is_given_twice_whatever_is_asked(acts in prop::collection::vec((act(), any::<bool>()), 0..80)) {
        let mut book = Book::of("MCM");
        let mut year = 2025;
        for (act, again) in acts {
            for _ in 0..=u8::from(again) {
                let before = book.facts.len();
                let _ = match &act {
                    Act::Allot(holder) => book.allots(year, &holder.to_string()),
                    Act::Reserve(holder) => book.reserves(year, &holder.to_string()),
                    Act::Take(number, holder) => book.takes(year, *number, &holder.to_string()),
                    Act::Void(number) => book.voids(year, *number, "struck").map(|()| *number),
                    Act::Turn => {
                        year = 2026;
                        book.turns_to(year);
                        Ok(0)
                    }
                };
                prop_assert!(book.facts.len() <= before + 1);
            }
        }
        // One number, one holder; what was struck out is nobody's.
        let mut owners = std::collections::BTreeMap::new();
        let mut struck = std::collections::BTreeSet::new();
        for fact in &book.facts {
            match fact {
                NumberFact::Allotted { counter, number, holder, .. } => {
                    prop_assert!(!struck.contains(&(counter.clone(), *number)));
                    let owner = owners.insert((counter.clone(), *number), holder.clone());
                    prop_assert!(owner.is_none_or(|o| o == *holder));
                }
                NumberFact::Reserved { counter, number, holder, .. } => {
                    prop_assert!(owners.insert((counter.clone(), *number), holder.clone()).is_none());
                    prop_assert!(!struck.contains(&(counter.clone(), *number)));
                }
                NumberFact::Void { counter, number, .. } => {
                    owners.remove(&(counter.clone(), *number));
                    prop_assert!(struck.insert((counter.clone(), *number)));
                }
                _ => {}
            }
        }
        // The facts again, and twice, make the same state.
        let mut rebuilt = SeriesState::default();
        book.facts.iter().for_each(|fact| rebuilt.apply(fact));
        prop_assert_eq!(&rebuilt, &book.state);
        // Every number up to the last is a gap, struck out, kept or a paper's, and only one of these.
        let series = book.series();
        for one in report(&series, &book.state, []) {
            let numbers = book.state.count(&one.counter).cloned().unwrap_or_default();
            for number in one.first..=one.last.unwrap_or(0) {
                let gap = one.gaps.iter().any(|(from, to)| (*from..=*to).contains(&number));
                let ways = u8::from(gap)
                    + u8::from(one.voids.contains_key(&number))
                    + u8::from(one.reservations.contains_key(&number))
                    + u8::from(numbers.allotted().contains(number));
                prop_assert_eq!(ways, 1, "{}", number);
            }
        }
        if let Ok(number) = next(&series, &book.state, &book.year(year)) {
            prop_assert!(!owners.contains_key(&(book.year(year), number)));
        }
    }

    #[test]
    fn runs_hold_what_was_put_in(numbers in prop::collection::btree_set(0_u64..60, 0..40), first in 0_u64..60, last in 0_u64..60) {
        let mut runs = Runs::default();
        numbers.iter().rev().for_each(|n| runs.insert(*n));
        prop_assert!((0..60).all(|n| runs.contains(n) == numbers.contains(&n)));
        prop_assert_eq!(runs.highest(), numbers.last().copied());
        let missing = runs.missing(first, last);
        let within = |n: u64| missing.iter().any(|(from, to)| (*from..=*to).contains(&n));
        prop_assert!((0..60).all(|n| within(n) == ((first..=last).contains(&n) && !numbers.contains(&n))));
    }
}
