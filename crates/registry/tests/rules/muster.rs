//! Musters: the list is frozen, what is seen counts once, what is not there is covered, on its way or missing, and two people
//! answer for the result.

use proptest::prelude::*;
use registry::{
    Code, CopyId, DocumentId, Fact, Refusal,
    custody::{
        Act,
        fact::{Addressee, IncidentKind},
        muster::{HandOver, MusterKind, Outcome, Seen, Tally, sample},
    },
    id::MusterId,
};

use crate::{
    books::{
        Books, assistant, clerk, copies_of, dispatched, house, keep, made, paper_receipt, refused, send, to,
    },
    support::{NOW, by_operator, caller, cleared, person, stale},
};

fn open(is: MusterKind) -> Act {
    Act::OpenMuster {
        is,
        logs: Vec::new(),
        container: None,
        sample: None,
        seed: None,
        hand_over: None,
        words: String::new(),
    }
}

fn opened(facts: &[Fact]) -> MusterId {
    match &facts[0] {
        Fact::MusterOpened { muster } => muster.id,
        other => panic!("{other:?}"),
    }
}

fn listed(facts: &[Fact]) -> Vec<CopyId> {
    let lists = facts.iter().filter_map(|fact| match fact {
        Fact::MusterListed { copies, .. } => Some(copies.clone()),
        _ => None,
    });
    lists.flatten().collect()
}

fn sight(muster: MusterId, copies: &[CopyId], pages: Option<u32>) -> Act {
    let sightings = copies.iter().map(|copy| Seen { copy: *copy, pages, at: None }).collect();
    Act::Sight { muster, sightings, words: String::new() }
}

fn close(muster: MusterId) -> Act {
    Act::CloseMuster { muster, words: String::new() }
}

fn tally(result: Result<Vec<Fact>, Refusal>) -> Tally {
    match &result.unwrap()[0] {
        Fact::MusterClosed { tally, .. } => *tally,
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_is_not_sighted_is_covered_on_its_way_missing_or_keeps_the_muster_open() {
    let house = house();
    let (mut books, document) = Books::with(&house, "SECRET");
    let clerk = clerk(&house, 1);
    let copies = copies_of(&books.does(&house, &clerk, NOW, &made(document, &[1, 2, 3, 4, 5, 6])).unwrap());
    let muster = opened(&books.does(&house, &clerk, NOW, &open(MusterKind::Full)).unwrap());
    // What happens during the count: one goes to a mission that signs, one is still on its way, one is new.
    let mission = Addressee::Elsewhere { name: "The mission".into() };
    let sent = dispatched(&books.does(&house, &clerk, NOW, &send(&copies[..1], mission)).unwrap());
    books.does(&house, &clerk, NOW, &paper_receipt(sent)).unwrap();
    books.does(&house, &clerk, NOW, &send(&copies[1..2], to(50))).unwrap();
    let new = copies_of(&books.does(&house, &clerk, NOW, &made(document, &[7])).unwrap());
    books.does(&house, &clerk, NOW, &sight(muster, &[copies[2], copies[3], new[0]], None)).unwrap();
    assert_eq!(refused(books.does(&house, &clerk, NOW, &close(muster))), Code::MusterOpenLines);
    books.does(&house, &clerk, NOW, &sight(muster, &[copies[4]], None)).unwrap();
    let gone = Act::Miss { copies: vec![copies[5]], words: "Nobody knows".into() };
    books.does(&house, &clerk, NOW, &gone).unwrap();
    let came_to = tally(books.does(&house, &clerk, NOW, &close(muster)));
    let expected = Tally { sighted: 3, covered: 1, under_way: 1, missing: 1, surplus: 1, open: 0 };
    assert_eq!(came_to, expected);
    assert_eq!(books.incidents[0].is, IncidentKind::Missing);
    assert_eq!(refused(books.does(&house, &clerk, NOW, &close(muster))), Code::MusterClosed);
    let late = sight(muster, &copies[2..3], None);
    assert_eq!(refused(books.does(&house, &clerk, NOW, &late)), Code::MusterClosed);
}

#[test]
fn a_copy_counts_once_and_only_what_is_at_hand_is_sighted() {
    let house = house();
    let (mut books, document) = Books::with(&house, "SECRET");
    let (one, two) = (clerk(&house, 1), clerk(&house, 2));
    let copies = copies_of(&books.does(&house, &one, NOW, &made(document, &[1, 2, 3])).unwrap());
    let muster = opened(&books.does(&house, &one, NOW, &open(MusterKind::SpotCheck)).unwrap());
    books.does(&house, &one, NOW, &sight(muster, &copies[..1], None)).unwrap();
    assert_eq!(
        refused(books.does(&house, &two, NOW, &sight(muster, &copies[..1], None))),
        Code::SightedAlready
    );
    // Of what a scanner sends after its connection was lost, the new counts.
    let facts = books.does(&house, &two, NOW, &sight(muster, &copies[..2], None)).unwrap();
    let Fact::CopiesSighted { sightings, .. } = &facts[0] else { panic!("{facts:?}") };
    assert_eq!(sightings.iter().map(|s| s.copy).collect::<Vec<_>>(), [copies[1]]);
    let twice = sight(muster, &[copies[2], copies[2]], None);
    assert_eq!(refused(books.does(&house, &two, NOW, &twice)), Code::CopyTwice);
    books.does(&house, &one, NOW, &send(&copies[2..], to(50))).unwrap();
    assert_eq!(
        refused(books.does(&house, &two, NOW, &sight(muster, &copies[2..], None))),
        Code::CopyUnderWay
    );
    let miss = Act::Miss { copies: copies[2..].to_vec(), words: "Not there".into() };
    books.does(&house, &one, NOW, &miss).unwrap();
    assert_eq!(refused(books.does(&house, &two, NOW, &sight(muster, &copies[2..], None))), Code::CopyMissing);
    // Found, it is put somewhere first; then it counts.
    books.does(&house, &one, NOW, &keep(&copies[2..])).unwrap();
    books.does(&house, &two, NOW, &sight(muster, &copies[2..], None)).unwrap();
    let mut ahead = sight(muster, &copies[..1], None);
    if let Act::Sight { sightings, .. } = &mut ahead {
        sightings[0].at = Some(NOW.plus_seconds(60));
    }
    assert_eq!(refused(books.does(&house, &two, NOW, &ahead)), Code::NotYet);
    if let Act::Sight { sightings, .. } = &mut ahead {
        sightings[0].at = Some(NOW.plus_seconds(-60));
    }
    assert_eq!(refused(books.does(&house, &two, NOW, &ahead)), Code::MusterBefore);
    let stranger = caller(9, &cleared(&house, "TOP SECRET"));
    assert_eq!(
        refused(books.does(&house, &stranger, NOW, &sight(muster, &copies[..1], None))),
        Code::Forbidden
    );
}

#[test]
fn who_does_not_see_every_copy_of_a_muster_does_not_learn_of_it() {
    let house = house();
    let (mut books, document) = Books::with(&house, "SECRET");
    let clerk = clerk(&house, 1);
    let hidden = DocumentId::new([0xd1; 16]);
    let mut rule = books.documents[&document].0.clone();
    rule.entry = rule.content.clone();
    books.documents.insert(hidden, (rule, None));
    let copies = copies_of(&books.does(&house, &clerk, NOW, &made(document, &[1])).unwrap());
    books.does(&house, &clerk, NOW, &made(hidden, &[1])).unwrap();
    let muster = opened(&books.does(&house, &clerk, NOW, &open(MusterKind::Full)).unwrap());
    let abandon = Act::AbandonMuster { muster, words: "For no reason".into() };
    for act in [sight(muster, &copies, None), close(muster), Act::SignMuster { muster }, abandon] {
        assert_eq!(refused(books.does(&house, &assistant(&house, 3), NOW, &act)), Code::NotFound);
    }
    books.does(&house, &clerk, NOW, &sight(muster, &copies, None)).unwrap();
}

#[test]
fn cosmic_is_counted_page_by_page_and_a_difference_is_an_incident() {
    let house = house();
    let (mut books, document) = Books::with(&house, "TOP SECRET");
    let clerk = clerk(&house, 1);
    let copies = copies_of(&books.does(&house, &clerk, NOW, &made(document, &[1, 2])).unwrap());
    let muster = opened(&books.does(&house, &clerk, NOW, &open(MusterKind::Full)).unwrap());
    assert_eq!(
        refused(books.does(&house, &clerk, NOW, &sight(muster, &copies[..1], None))),
        Code::PagesNeeded
    );
    books.does(&house, &clerk, NOW, &sight(muster, &copies[..1], Some(4))).unwrap();
    assert!(books.incidents.is_empty());
    let mut short = sight(muster, &copies[1..], Some(3));
    assert_eq!(refused(books.does(&house, &clerk, NOW, &short)), Code::Required);
    if let Act::Sight { words, .. } = &mut short {
        *words = "Page 4 is gone".into();
    }
    books.does(&house, &clerk, NOW, &short).unwrap();
    assert_eq!(books.incidents[0].is, IncidentKind::Discrepancy);
    assert_eq!(books.incidents[0].copies, copies[1..]);
    assert_eq!(tally(books.does(&house, &clerk, NOW, &close(muster))).sighted, 2);
}

#[test]
fn two_sign_what_a_muster_came_to_and_of_a_hand_over_the_two_who_are_named() {
    let house = house();
    let (mut books, document) = Books::with(&house, "SECRET");
    let (one, two, low) = (clerk(&house, 1), clerk(&house, 2), assistant(&house, 3));
    let copies = copies_of(&books.does(&house, &one, NOW, &made(document, &[1])).unwrap());
    let muster = opened(&books.does(&house, &one, NOW, &open(MusterKind::Full)).unwrap());
    let sign = Act::SignMuster { muster };
    assert_eq!(refused(books.does(&house, &one, NOW, &sign)), Code::MusterNotClosed);
    books.does(&house, &one, NOW, &sight(muster, &copies, None)).unwrap();
    books.does(&house, &one, NOW, &close(muster)).unwrap();
    assert_eq!(refused(books.does(&house, &stale(one.clone()), NOW, &sign)), Code::SignInNotFresh);
    assert_eq!(refused(books.does(&house, &by_operator(one.clone()), NOW, &sign)), Code::NeedsPerson);
    books.does(&house, &one, NOW, &sign).unwrap();
    assert_eq!(refused(books.does(&house, &one, NOW, &sign)), Code::SamePerson);
    books.does(&house, &low, NOW, &sign).unwrap();
    assert_eq!(refused(books.does(&house, &two, NOW, &sign)), Code::SignedAlready);

    let mut over = open(MusterKind::HandOver);
    assert_eq!(refused(books.does(&house, &one, NOW, &over)), Code::Required);
    for (from, to, code) in [(50, 50, Code::SamePerson), (50, 99, Code::PersonUnknown)] {
        if let Act::OpenMuster { hand_over, .. } = &mut over {
            *hand_over = Some(HandOver { from: person(from), to: person(to) });
        }
        assert_eq!(refused(books.does(&house, &one, NOW, &over)), code);
    }
    if let Act::OpenMuster { hand_over, .. } = &mut over {
        *hand_over = Some(HandOver { from: person(50), to: person(51) });
    }
    let muster = opened(&books.does(&house, &one, NOW, &over).unwrap());
    books.does(&house, &one, NOW, &sight(muster, &copies, None)).unwrap();
    books.does(&house, &one, NOW, &close(muster)).unwrap();
    let sign = Act::SignMuster { muster };
    assert_eq!(refused(books.does(&house, &two, NOW, &sign)), Code::NotNamed);
    for n in [51, 50] {
        books.does(&house, &caller(n, &cleared(&house, "TOP SECRET")), NOW, &sign).unwrap();
    }
}

#[test]
fn a_sample_can_be_drawn_again_and_a_muster_of_nothing_is_refused() {
    let house = house();
    let (mut books, document) = Books::with(&house, "SECRET");
    let clerk = clerk(&house, 1);
    assert_eq!(refused(books.does(&house, &clerk, NOW, &open(MusterKind::Full))), Code::NothingToCount);
    let numbers: Vec<u32> = (1..=40).collect();
    books.does(&house, &clerk, NOW, &made(document, &numbers)).unwrap();
    let mut some = open(MusterKind::SpotCheck);
    if let Act::OpenMuster { sample, seed, .. } = &mut some {
        (*sample, *seed) = (Some(8), Some(20_260_312));
    }
    let first = listed(&books.does(&house, &clerk, NOW, &some).unwrap());
    let second = listed(&books.does(&house, &clerk, NOW, &some).unwrap());
    assert_eq!((first.len(), &first), (8, &second));
    if let Act::OpenMuster { seed, .. } = &mut some {
        *seed = Some(1);
    }
    assert_ne!(first, listed(&books.does(&house, &clerk, NOW, &some).unwrap()));
    if let Act::OpenMuster { logs, .. } = &mut some {
        logs.push("NOLOG".into());
    }
    assert_eq!(refused(books.does(&house, &clerk, NOW, &some)), Code::NotOffered);
}

#[test]
fn a_muster_that_is_given_up_says_why() {
    let house = house();
    let (mut books, document) = Books::with(&house, "SECRET");
    let clerk = clerk(&house, 1);
    books.does(&house, &clerk, NOW, &made(document, &[1])).unwrap();
    let muster = opened(&books.does(&house, &clerk, NOW, &open(MusterKind::Full)).unwrap());
    let abandon = |words: &str| Act::AbandonMuster { muster, words: words.into() };
    assert_eq!(refused(books.does(&house, &clerk, NOW, &abandon(" "))), Code::Required);
    books.does(&house, &clerk, NOW, &abandon("Fire alarm")).unwrap();
    assert_eq!(refused(books.does(&house, &clerk, NOW, &close(muster))), Code::MusterClosed);
}

proptest! {
    #[test]
    fn a_sample_does_not_depend_on_the_order_of_the_list(seed: u64, many in 1_usize..200, size in 0_usize..250) {
        let copies: Vec<CopyId> = (0..many).map(|n| CopyId::new([u8::try_from(n).unwrap(); 16])).collect();
        let (mut there, mut back) = (copies.clone(), copies.clone());
        back.reverse();
        sample(seed, &mut there, size);
        sample(seed, &mut back, size);
        prop_assert_eq!(&there, &back);
        prop_assert_eq!(there.len(), size.min(many));
        prop_assert!(there.iter().all(|copy| copies.contains(copy)));
    }
}

#[test]
fn every_outcome_has_a_word_of_its_own() {
    let words: std::collections::BTreeSet<&str> = Outcome::ALL.iter().map(|o| o.as_str()).collect();
    assert_eq!(words.len(), Outcome::ALL.len());
}
