//! Loans: who lends to whom until when, how a loan becomes longer and how it ends; the shelf on which a copy lies.

use jiff::civil::{Date, date};
use registry::{
    Code, CopyId, Fact,
    custody::{
        Act,
        copy::{Holder, Standing},
        fact::Addressee,
    },
};

use crate::{
    books::{
        Books, assistant, clerk, copies_of, dispatched, house, keep, paper_receipt, record, refused, screen,
        send, to,
    },
    support::{LOW, NOW, caller, cleared, person},
};

const BACK: Date = date(2026, 4, 1);

fn lend(copies: &[CopyId], to: Addressee, day: Date) -> Act {
    let mut act = send(copies, to);
    if let Act::Send { back_by, .. } = &mut act {
        *back_by = Some(day);
    }
    act
}

fn prolong(copies: &[CopyId], back_by: Date) -> Act {
    Act::Prolong { copies: copies.to_vec(), back_by, words: "It is wanted longer".into() }
}

fn put(copies: &[CopyId], safe: registry::id::ContainerId, on: &str) -> Act {
    let mut act = keep(copies);
    if let Act::Keep { container, shelf, .. } = &mut act {
        *container = Some(safe);
        *shelf = on.to_owned();
    }
    act
}

#[test]
fn a_loan_has_a_day_goes_on_with_the_copy_and_ends_when_it_is_back() {
    let house = house();
    let (mut books, document) = Books::with(&house, "SECRET");
    let (clerk, borrower) = (clerk(&house, 1), caller(50, &cleared(&house, "TOP SECRET")));
    let copies = copies_of(&books.does(&house, &clerk, NOW, &record(document, &[1, 2])).unwrap());
    let sent = dispatched(&books.does(&house, &clerk, NOW, &lend(&copies[..1], to(50), BACK)).unwrap());
    assert_eq!(books.dispatches[&sent].back_by, Some(BACK));
    books.does(&house, &clerk, NOW, &paper_receipt(sent)).unwrap();
    assert_eq!(books.copies[&copies[0]].0.back_by, Some(BACK));
    // What is not on loan is not lent for longer; nor is any loan shortened, or lengthened by who has it.
    assert_eq!(
        refused(books.does(&house, &clerk, NOW, &prolong(&copies, date(2026, 5, 1)))),
        Code::NotOnLoan
    );
    assert_eq!(refused(books.does(&house, &clerk, NOW, &prolong(&copies[..1], BACK))), Code::LoanNotLonger);
    let past = prolong(&copies[..1], date(2026, 3, 11));
    assert_eq!(refused(books.does(&house, &clerk, NOW, &past)), Code::AlreadyPast);
    let mut unsaid = prolong(&copies[..1], date(2026, 5, 1));
    if let Act::Prolong { words, .. } = &mut unsaid {
        words.clear();
    }
    assert_eq!(refused(books.does(&house, &clerk, NOW, &unsaid)), Code::Required);
    let since = books.copies[&copies[0]].0.since;
    books.does(&house, &clerk, NOW, &prolong(&copies[..1], date(2026, 5, 1))).unwrap();
    let copy = &books.copies[&copies[0]].0;
    assert_eq!((copy.back_by, copy.since), (Some(date(2026, 5, 1)), since));
    // Whoever hands it on hands on the day; nobody outside of the staff sets one.
    let later = NOW.plus_seconds(120);
    let act = lend(&copies[..1], to(51), date(2026, 6, 1));
    assert_eq!(refused(books.does(&house, &borrower, later, &act)), Code::Forbidden);
    books.does(&house, &clerk, later, &keep(&copies[..1])).unwrap();
    let copy = &books.copies[&copies[0]].0;
    assert_eq!((copy.back_by, copy.standing), (None, Standing::Held));
    assert_eq!(refused(books.does(&house, &clerk, later, &prolong(&copies[..1], BACK))), Code::NotOnLoan);
    books.check();
}

#[test]
fn nobody_lends_to_a_registry_nor_for_a_day_before() {
    let house = house();
    let (mut books, document) = Books::with(&house, "CONFIDENTIAL");
    let clerk = clerk(&house, 1);
    let copies = copies_of(&books.does(&house, &clerk, NOW, &record(document, &[1])).unwrap());
    let low = Addressee::Registry { registry: LOW };
    for to in [low, Addressee::Desk] {
        assert_eq!(refused(books.does(&house, &clerk, NOW, &lend(&copies, to, BACK))), Code::NoLoanThere);
    }
    let before = lend(&copies, to(50), date(2026, 3, 11));
    assert_eq!(refused(books.does(&house, &clerk, NOW, &before)), Code::BackBeforeSent);
    // Of the day itself is well; somebody outside has it on loan too, and answers for it meanwhile.
    let mission = Addressee::Elsewhere { name: "The mission".into() };
    let sent =
        dispatched(&books.does(&house, &clerk, NOW, &lend(&copies, mission, date(2026, 3, 12))).unwrap());
    books.does(&house, &clerk, NOW, &paper_receipt(sent)).unwrap();
    let copy = &books.copies[&copies[0]].0;
    assert_eq!((copy.standing, copy.is_lent()), (Standing::Transferred, true));
    books.does(&house, &clerk, NOW, &prolong(&copies, BACK)).unwrap();
    books.does(&house, &clerk, NOW, &keep(&copies)).unwrap();
    assert!(!books.copies[&copies[0]].0.is_lent());
    books.check();
}

#[test]
fn a_copy_keeps_its_place_while_it_is_out() {
    let house = house();
    let (mut books, document) = Books::with(&house, "SECRET");
    let (clerk, helper) = (clerk(&house, 1), assistant(&house, 3));
    let copies = copies_of(&books.does(&house, &clerk, NOW, &record(document, &[1])).unwrap());
    let furnish = Act::Furnish { name: "Safe 4".into(), place: "Room 210".into(), approved: Vec::new() };
    let facts = books.does(&house, &clerk, NOW, &furnish).unwrap();
    let Fact::ContainerFurnished { container } = &facts[0] else { panic!() };
    let safe = container.id;
    let mut desk = keep(&copies);
    if let Act::Keep { shelf, .. } = &mut desk {
        *shelf = "Shelf 2".into();
    }
    assert_eq!(refused(books.does(&house, &clerk, NOW, &desk)), Code::ShelfOfNothing);
    books.does(&house, &helper, NOW, &put(&copies, safe, " Shelf 2 ")).unwrap();
    let place = Holder::Container { container: safe, shelf: Some("Shelf 2".into()) };
    assert_eq!(books.copies[&copies[0]].0.holder, place);
    assert_eq!(
        refused(books.does(&house, &helper, NOW, &put(&copies, safe, "Shelf 2"))),
        Code::NothingChanged
    );
    let sent = dispatched(&books.does(&house, &clerk, NOW, &lend(&copies, to(50), BACK)).unwrap());
    books.does(&house, &caller(50, &cleared(&house, "TOP SECRET")), NOW, &screen(sent)).unwrap();
    let copy = &books.copies[&copies[0]].0;
    assert_eq!(copy.holder, Holder::Person { person: person(50) });
    assert_eq!(copy.home, Some(place));
    books.does(&house, &clerk, NOW, &put(&copies, safe, "Shelf 3")).unwrap();
    assert_eq!(books.copies[&copies[0]].0.home, None);
    books.check();
}
