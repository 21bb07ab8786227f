//! Custody: what may be done with copies, what is refused and why, and that whatever is done every copy has one holder and
//! an unbroken chain.

use proptest::prelude::*;
use registry::{
    Code, CopyId, DocumentId, Fact, Timestamp,
    authorisation::{Grant, Role},
    custody::{
        Act,
        book::{Details, InstructionKind, Means, Purpose, Step, Wanted},
        copy::{Holder, Origin, Standing},
        fact::{Addressee, Despite, Discrepancy, Hand, IncidentKind},
        muster::{HandOver, MusterKind, Seen},
    },
    id::{ContainerId, MusterId},
};

use crate::{
    books::{
        Books, assistant, clerk, copies_of, dispatched, house, keep, made, paper_receipt, record, refused,
        rule, screen, send, to,
    },
    counted::{Counted, mustered},
    support::{HQ, LOW, NOW, by_operator, caller, cleared, label, operator, person, role, stale},
};

#[test]
fn a_marking_has_its_log_and_each_log_its_numbers() {
    let house = house();
    for (level, categories, log) in [
        ("TOP SECRET", &[][..], "CTS"),
        ("SECRET", &[], "NS"),
        ("SECRET", &[("Additional Sensitivity", "ATOMAL")], "ATOMAL"),
        ("CONFIDENTIAL", &[], "NATO"),
    ] {
        let label = label(&house, "NATO", level, categories);
        assert_eq!(house.custody.log(&label, &house.policies).unwrap().code, log);
    }
    let (mut books, document) = Books::with(&house, "SECRET");
    let clerk = clerk(&house, 1);
    let facts = books.does(&house, &clerk, NOW, &record(document, &[3, 4])).unwrap();
    let Fact::CopiesRecorded { recorded } = &facts[0] else { panic!() };
    assert_eq!(recorded.control.text(), "NS-0001/2026");
    // The document has its number; the next copies come under it.
    let facts = books.does(&house, &clerk, NOW, &record(document, &[5])).unwrap();
    let Fact::CopiesRecorded { recorded } = &facts[0] else { panic!() };
    assert_eq!(recorded.control.text(), "NS-0001/2026");
    assert_eq!(refused(books.does(&house, &clerk, NOW, &record(document, &[5]))), Code::CopyNumberTaken);
    assert_eq!(refused(books.does(&house, &clerk, NOW, &record(document, &[0]))), Code::CopyNumber);
    books.check();
}

#[test]
fn staff_handles_what_it_may_not_read_and_a_stranger_sees_nothing() {
    let house = house();
    let (mut books, document) = Books::with(&house, "SECRET");
    let copies = copies_of(&books.does(&house, &assistant(&house, 2), NOW, &record(document, &[1])).unwrap());
    let reader = caller(3, &cleared(&house, "SECRET"));
    assert_eq!(refused(books.does(&house, &reader, NOW, &keep(&copies))), Code::Forbidden);
    let stranger = caller(4, &cleared(&house, "CONFIDENTIAL"));
    assert_eq!(refused(books.does(&house, &stranger, NOW, &keep(&copies))), Code::NotFound);
    assert_eq!(refused(books.does(&house, &stranger, NOW, &record(document, &[2]))), Code::NotFound);
}

#[test]
fn the_sender_answers_until_the_receipt_is_there() {
    let house = house();
    let (mut books, document) = Books::with(&house, "SECRET");
    let clerk = clerk(&house, 1);
    let copies = copies_of(&books.does(&house, &clerk, NOW, &record(document, &[1, 2])).unwrap());
    let sent = dispatched(&books.does(&house, &clerk, NOW, &send(&copies, to(50))).unwrap());
    assert_eq!(books.copies[&copies[0]].0.holder, Holder::Registry);
    // Nobody gives another's receipt on screen; whoever does not see the papers learns nothing of it.
    let other = caller(51, &cleared(&house, "TOP SECRET"));
    assert_eq!(refused(books.does(&house, &other, NOW, &screen(sent))), Code::Forbidden);
    let stranger = caller(52, &cleared(&house, "CONFIDENTIAL"));
    assert_eq!(refused(books.does(&house, &stranger, NOW, &screen(sent))), Code::NotFound);
    let addressee = caller(50, &cleared(&house, "TOP SECRET"));
    assert_eq!(
        refused(books.does(&house, &by_operator(addressee.clone()), NOW, &screen(sent))),
        Code::Forbidden
    );
    // One of the two has not come.
    let mut receipt = screen(sent);
    if let Act::Receipt { discrepancies, .. } = &mut receipt {
        discrepancies.push(Discrepancy { copy: copies[1], words: "Not in the envelope".into() });
    }
    books.does(&house, &addressee, NOW, &receipt).unwrap();
    assert_eq!(books.copies[&copies[0]].0.holder, Holder::Person { person: person(50) });
    assert_eq!(books.copies[&copies[1]].0.standing, Standing::UnderWay { dispatch: sent });
    assert_eq!(books.incidents[0].is, IncidentKind::Discrepancy);
    // It is found in the post room and comes back; then no receipt is due any more.
    books.does(&house, &clerk, NOW, &keep(&copies[1..])).unwrap();
    assert_eq!(refused(books.does(&house, &clerk, NOW, &paper_receipt(sent))), Code::ReceiptGiven);
    books.check();
}

#[test]
fn a_movement_is_refused_by_what_the_receiver_lacks_and_written_down_when_it_has_happened() {
    let house = house();
    let (mut books, document) = Books::with(&house, "SECRET");
    let clerk = clerk(&house, 1);
    let copies = copies_of(&books.does(&house, &clerk, NOW, &record(document, &[1])).unwrap());
    assert_eq!(refused(books.does(&house, &clerk, NOW, &send(&copies, to(52)))), Code::ReceiverClearance);
    books.people.get_mut(&person(50)).unwrap().retain(|g| !matches!(g, Grant::Briefing { .. }));
    assert_eq!(refused(books.does(&house, &clerk, NOW, &send(&copies, to(50)))), Code::ReceiverBriefing);
    assert_eq!(refused(books.does(&house, &clerk, NOW, &send(&copies, to(99)))), Code::PersonUnknown);
    let low = Addressee::Registry { registry: LOW };
    assert_eq!(refused(books.does(&house, &clerk, NOW, &send(&copies, low))), Code::AboveCeiling);
    let mut happened = send(&copies, to(52));
    if let Act::Send { despite, .. } = &mut happened {
        *despite = Some(Despite::Happened);
    }
    assert_eq!(refused(books.does(&house, &clerk, NOW, &happened)), Code::Required);
    if let Act::Send { words, .. } = &mut happened {
        *words = "Handed over at the counter by mistake".into();
    }
    // Nobody has handed anything over to one who is not there.
    for (nobody, code) in [
        (to(99), Code::PersonUnknown),
        (Addressee::Registry { registry: registry::RegistryId::new([99; 16]) }, Code::RegistryUnknown),
    ] {
        let mut act = happened.clone();
        if let Act::Send { to, .. } = &mut act {
            *to = nobody;
        }
        assert_eq!(refused(books.does(&house, &clerk, NOW, &act)), code);
    }
    let sent = dispatched(&books.does(&house, &clerk, NOW, &happened).unwrap());
    assert_eq!(books.incidents[0].is, IncidentKind::Irregular);
    assert_eq!(books.dispatches[&sent].despite, Some(Despite::Happened));
    // It comes back, whatever was wrong.
    books.does(&house, &clerk, NOW, &keep(&copies)).unwrap();
    books.check();
}

#[test]
fn what_is_destroyed_transferred_or_from_before_is_told_apart() {
    let house = house();
    let (mut books, document) = Books::with(&house, "SECRET");
    let (one, two) = (clerk(&house, 1), clerk(&house, 2));
    let copies = copies_of(&books.does(&house, &one, NOW, &made(document, &[1, 2, 3])).unwrap());
    let yesterday = NOW.plus_seconds(-86_400);
    let mut early = keep(&copies[..1]);
    if let Act::Keep { at, container, .. } = &mut early {
        *at = Some(yesterday);
        *container = Some(ContainerId::new([0xc0; 16]));
    }
    assert_eq!(refused(books.does(&house, &one, NOW, &early)), Code::NotOffered);
    let mut early = send(&copies[..1], to(50));
    if let Act::Send { at, .. } = &mut early {
        *at = Some(yesterday);
    }
    assert_eq!(refused(books.does(&house, &one, NOW, &early)), Code::CopyBefore);
    if let Act::Send { at, .. } = &mut early {
        *at = Some(NOW.plus_seconds(60));
    }
    assert_eq!(refused(books.does(&house, &one, NOW, &early)), Code::NotYet);
    let twice = [copies[0], copies[0]];
    assert_eq!(refused(books.does(&house, &one, NOW, &send(&twice, to(50)))), Code::CopyTwice);

    let draw_up = Act::DrawUp { copies: copies[..2].to_vec(), method: "Shredded".into() };
    let facts = books.does(&house, &one, NOW, &draw_up).unwrap();
    let Fact::DestructionDrawnUp { certificate } = &facts[0] else { panic!() };
    let id = certificate.id;
    assert_eq!(refused(books.does(&house, &one, NOW, &draw_up)), Code::CopyDrawnUp);
    assert_eq!(refused(books.does(&house, &one, NOW, &send(&copies[..1], to(50)))), Code::CopyDrawnUp);
    let sign = |hand| Act::Sign { certificate: id, hand };
    assert_eq!(refused(books.does(&house, &operator(), NOW, &sign(Hand::Destroyer))), Code::NeedsPerson);
    assert_eq!(
        refused(books.does(&house, &stale(one.clone()), NOW, &sign(Hand::Destroyer))),
        Code::SignInNotFresh
    );
    books.does(&house, &one, NOW, &sign(Hand::Destroyer)).unwrap();
    assert_eq!(refused(books.does(&house, &one, NOW, &sign(Hand::Destroyer))), Code::SignedAlready);
    assert_eq!(refused(books.does(&house, &one, NOW, &sign(Hand::Witness))), Code::SamePerson);
    assert_eq!(books.copies[&copies[0]].0.standing, Standing::Held);
    books.does(&house, &two, NOW, &sign(Hand::Witness)).unwrap();
    assert_eq!(books.copies[&copies[0]].0.standing, Standing::Destroyed { certificate: id });
    assert_eq!(refused(books.does(&house, &one, NOW, &keep(&copies[..1]))), Code::CopyDestroyed);

    let elsewhere = Addressee::Elsewhere { name: "Sub-registry of the mission".into() };
    let sent = dispatched(&books.does(&house, &one, NOW, &send(&copies[2..], elsewhere)).unwrap());
    assert_eq!(refused(books.does(&house, &one, NOW, &send(&copies[2..], to(50)))), Code::CopyUnderWay);
    books.does(&house, &one, NOW, &paper_receipt(sent)).unwrap();
    assert_eq!(refused(books.does(&house, &one, NOW, &send(&copies[2..], to(50)))), Code::CopyTransferred);
    // The mission returns it.
    books.does(&house, &one, NOW, &keep(&copies[2..])).unwrap();
    books.check();
}

#[test]
fn only_the_issuer_destroys_or_copies_cosmic() {
    let house = house();
    let (mut books, document) = Books::with(&house, "TOP SECRET");
    let clerk = clerk(&house, 1);
    let copies = copies_of(&books.does(&house, &clerk, NOW, &record(document, &[7])).unwrap());
    let draw_up = Act::DrawUp { copies: copies.clone(), method: "Burned".into() };
    assert_eq!(refused(books.does(&house, &clerk, NOW, &draw_up)), Code::IssuerAlone);
    let mut copy = record(document, &[8]);
    if let Act::Record { origin, from, .. } = &mut copy {
        (*origin, *from) = (Origin::Reproduced, Some(copies[0]));
    }
    assert_eq!(refused(books.does(&house, &clerk, NOW, &copy)), Code::IssuerAlone);
    let mut grants = cleared(&house, "TOP SECRET");
    grants.push(role(Role::Controller, Some(HQ)));
    books.does(&house, &caller(9, &grants), NOW, &copy).unwrap();
    books.check();
}

/// Of a paper that came from elsewhere what was reproduced here is destroyed here; what turned up here goes back to whoever
/// issued it, as what came with it does.
#[test]
fn what_this_registry_issued_of_cosmic_it_destroys() {
    let house = house();
    let (mut books, document) = Books::with(&house, "TOP SECRET");
    books.received = true;
    let mut grants = cleared(&house, "TOP SECRET");
    grants.push(role(Role::Controller, Some(HQ)));
    let officer = caller(9, &grants);
    let came = copies_of(&books.does(&house, &officer, NOW, &record(document, &[7])).unwrap());
    let of = |is: Origin, number: u32| {
        let mut act = record(document, &[number]);
        if let Act::Record { origin, from, words, .. } = &mut act {
            let made = matches!(is, Origin::Reproduced | Origin::Extract | Origin::Translation);
            (*origin, *from) = (is, made.then_some(came[0]));
            *words = "Behind the drawers of a desk".into();
        }
        act
    };
    let draw_up = |copies: &[CopyId]| Act::DrawUp { copies: copies.to_vec(), method: "Burned".into() };
    for (n, origin) in [Origin::Reproduced, Origin::Extract, Origin::Translation].into_iter().enumerate() {
        let act = of(origin, 20 + u32::try_from(n).unwrap());
        let copies = copies_of(&books.does(&house, &officer, NOW, &act).unwrap());
        books.does(&house, &officer, NOW, &draw_up(&copies)).unwrap();
    }
    let found = copies_of(&books.does(&house, &officer, NOW, &of(Origin::Found, 30)).unwrap());
    for goes_back in [&came, &found] {
        assert_eq!(refused(books.does(&house, &officer, NOW, &draw_up(goes_back))), Code::IssuerAlone);
    }
    // Of a paper of the registry's own, what turns up is its own.
    books.received = false;
    books.does(&house, &officer, NOW, &draw_up(&found)).unwrap();
    books.check();
}

#[test]
fn a_missing_copy_is_an_incident_and_comes_back_when_it_is_found() {
    let house = house();
    let (mut books, document) = Books::with(&house, "SECRET");
    let clerk = clerk(&house, 1);
    let copies = copies_of(&books.does(&house, &clerk, NOW, &record(document, &[1])).unwrap());
    let miss = Act::Miss { copies: copies.clone(), words: "Not in the safe at the muster".into() };
    books.does(&house, &clerk, NOW, &miss).unwrap();
    assert_eq!(books.incidents[0].is, IncidentKind::Missing);
    assert_eq!(refused(books.does(&house, &clerk, NOW, &miss)), Code::CopyMissing);
    assert_eq!(refused(books.does(&house, &clerk, NOW, &send(&copies, to(50)))), Code::CopyMissing);
    books.does(&house, &clerk, NOW, &keep(&copies)).unwrap();
    let release = Act::Release { copies: copies.clone(), words: "Note 12".into() };
    assert_eq!(refused(books.does(&house, &clerk, NOW, &release)), Code::StillAccountable);
    books.documents.get_mut(&document).unwrap().0 = rule(&house, "CONFIDENTIAL");
    books.does(&house, &clerk, NOW, &release).unwrap();
    assert_eq!(refused(books.does(&house, &clerk, NOW, &keep(&copies))), Code::CopyReleased);
    books.check();
}

#[test]
fn a_container_holds_only_what_it_is_approved_for() {
    let house = house();
    let (mut books, document) = Books::with(&house, "SECRET");
    let clerk = clerk(&house, 1);
    let copies = copies_of(&books.does(&house, &clerk, NOW, &record(document, &[1])).unwrap());
    let furnish = |level: &str| Act::Furnish {
        name: "Safe 4".into(),
        place: "Room 210".into(),
        approved: vec![crate::support::clearance(&house, level)],
    };
    let mut put = |level: &str| {
        let facts = books.does(&house, &clerk, NOW, &furnish(level)).unwrap();
        let Fact::ContainerFurnished { container } = &facts[0] else { panic!() };
        let id = Some(container.id);
        let act = Act::Keep {
            shelf: String::new(),
            copies: copies.clone(),
            container: id,
            at: None,
            words: String::new(),
        };
        books.does(&house, &clerk, NOW, &act)
    };
    assert_eq!(refused(put("CONFIDENTIAL")), Code::ContainerNotApproved);
    put("SECRET").unwrap();
}

/// One thing that somebody might ask, by a few numbers.
#[derive(Debug, Clone, Copy)]
struct Throw {
    what: u8,
    who: u8,
    which: u8,
    more: u8,
    late: u8,
}

fn throw() -> impl Strategy<Value = Throw> {
    (0..30_u8, 0..5_u8, any::<u8>(), any::<u8>(), 0..4_u8).prop_map(|(what, who, which, more, late)| Throw {
        what,
        who,
        which,
        more,
        late,
    })
}

impl Throw {
    /// One of several, where there are any.
    fn one<T: Copy>(self, all: impl IntoIterator<Item = T>) -> Option<T> {
        let all: Vec<T> = all.into_iter().collect();
        all.get(usize::from(self.which) % all.len().max(1)).copied()
    }

    /// One to three copies.
    fn some(self, books: &Books, many: u8) -> Vec<CopyId> {
        let ids: Vec<CopyId> = books.copies.keys().copied().collect();
        let place = |k: usize| (usize::from(self.which) + k) % ids.len().max(1);
        (0..usize::from(many % 3) + 1).filter_map(|k| ids.get(place(k)).copied()).collect()
    }

    fn act(self, books: &Books, document: DocumentId, now: Timestamp) -> Option<Act> {
        let some = |many: u8| self.some(books, many);
        let at = (self.late == 1).then(|| now.plus_seconds(-i64::from(self.more) * 600));
        let dispatch = || self.one(books.dispatches.keys().copied());
        let certificate = || self.one(books.certificates.keys().copied());
        Some(match self.what {
            0 | 1 => made(document, &[u32::from(self.which % 40) + 1, u32::from(self.more % 40) + 1]),
            2 => Act::Keep {
                shelf: String::new(),
                copies: some(self.more),
                container: None,
                at,
                words: String::new(),
            },
            3..=5 => {
                let to = match self.more % 5 {
                    0 => Addressee::Desk,
                    1 => Addressee::Elsewhere { name: "The mission".into() },
                    n => to(49 + n - 1),
                };
                let mut act = send(&some(self.more / 5), to);
                if let Act::Send { at: given, despite, words, back_by, .. } = &mut act {
                    *given = at;
                    *back_by = (self.which.is_multiple_of(3)).then(|| jiff::civil::date(2027, 1, 1));
                    *despite = (self.late == 2).then_some(Despite::Happened);
                    *words = "It had happened".into();
                }
                act
            }
            6 | 7 => {
                let mut act = if self.more.is_multiple_of(2) {
                    screen(dispatch()?)
                } else {
                    paper_receipt(dispatch()?)
                };
                if let Act::Receipt { discrepancies, dispatch, .. } = &mut act
                    && self.late == 3
                {
                    let copy = *books.dispatches[dispatch].copies.first()?;
                    discrepancies.push(Discrepancy { copy, words: "Torn".into() });
                }
                act
            }
            8 if self.late == 2 => Act::Prolong {
                copies: some(0),
                back_by: jiff::civil::date(2027, 2, 1),
                words: "Longer".into(),
            },
            8 => Act::Miss { copies: some(self.more), words: "Gone".into() },
            9 | 10 => Act::DrawUp { copies: some(self.more), method: "Shredded".into() },
            11 | 12 => {
                let hand = if self.more.is_multiple_of(2) { Hand::Destroyer } else { Hand::Witness };
                Act::Sign { certificate: certificate()?, hand }
            }
            13 => Act::Withdraw { certificate: certificate()?, words: "A mistake".into() },
            24..=29 => self.tells(books, document, at)?,
            _ => self.counts(books, at)?,
        })
    }

    /// A document is distributed, holders are told something, and say that it is done.
    fn tells(self, books: &Books, document: DocumentId, at: Option<Timestamp>) -> Option<Act> {
        let item = || self.one(books.items.keys().copied());
        let step = |step: Step| {
            let words = if self.late == 3 { String::new() } else { "By letter 9".to_owned() };
            Some(Act::Step { item: item()?, step: Box::new(step), at, words })
        };
        match self.what {
            24 | 25 => {
                let line = |n: u8| Wanted {
                    to: match n % 4 {
                        0 => Addressee::Elsewhere { name: "The mission".into() },
                        n => to(49 + n),
                    },
                    purpose: Purpose::Action,
                    by: match n % 3 {
                        0 => Means::Electronic,
                        1 => Means::Copy { number: Some(u32::from(self.which % 40) + 1) },
                        _ => Means::Copy { number: None },
                    },
                };
                let lines = (0..self.more % 4).map(|n| line(self.which.wrapping_add(n))).collect();
                Some(Act::Distribute { document, lines, bearer: String::new(), words: String::new() })
            }
            26 => {
                let is = if self.more.is_multiple_of(2) {
                    InstructionKind::Recall
                } else {
                    InstructionKind::Amend
                };
                let details = Details::Instructions(crate::distribution::told(document, is));
                Some(Act::Enter { details: Box::new(details), words: String::new() })
            }
            27 => step(Step::Read { person: person(50 + self.more % 3) }),
            28 if self.late == 0 => step(Step::EndLines { lines: vec![usize::from(self.more % 4)] }),
            28 if self.more.is_multiple_of(5) => step(Step::End),
            _ => step(Step::Post { copies: self.some(books, self.more) }),
        }
    }

    /// Something that is done in a muster.
    fn counts(self, books: &Books, at: Option<Timestamp>) -> Option<Act> {
        let muster = || self.one(books.musters.keys().copied());
        let words = || "A word".to_owned();
        Some(match self.what {
            14 | 15 => {
                let over = HandOver { from: person(50), to: person(51) };
                let hand_over = (self.late == 2).then_some(over);
                let is = if hand_over.is_some() { MusterKind::HandOver } else { MusterKind::Full };
                let sample = (self.late == 3).then_some(u32::from(self.more % 5));
                Act::OpenMuster {
                    is,
                    logs: Vec::new(),
                    container: None,
                    sample,
                    seed: None,
                    hand_over,
                    words: words(),
                }
            }
            16..=19 => {
                let muster = muster()?;
                // Now and then whoever counts sees all that is there.
                let copies = if self.late < 2 { self.some(books, self.more) } else { at_hand(books, muster) };
                let pages = Some(if self.more.is_multiple_of(4) { 3 } else { 4 });
                let sightings = copies.into_iter().map(|copy| Seen { copy, pages, at }).collect();
                Act::Sight { muster, sightings, words: words() }
            }
            20 | 21 => Act::CloseMuster { muster: muster()?, words: words() },
            22 => Act::SignMuster { muster: muster()? },
            _ if self.late == 3 => Act::AbandonMuster { muster: muster()?, words: words() },
            _ => Act::SignMuster { muster: muster()? },
        })
    }
}

/// The copies of a muster that were not sighted and are at hand.
fn at_hand(books: &Books, muster: MusterId) -> Vec<CopyId> {
    let held = |copy: &CopyId| books.copies[copy].0.standing == Standing::Held;
    let lines = mustered(books, muster).lines;
    lines.into_iter().filter(|line| !line.sighted).map(|line| line.copy).filter(held).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]
    /// Whatever is asked of the books in whatever order, every copy has one holder and one state, its chain is whole, and
    /// every muster counts each copy once.
    #[test]
    fn whatever_is_asked_every_chain_is_whole(throws in proptest::collection::vec(throw(), 1..120)) {
        let house = house();
        let (mut books, document) = Books::with(&house, "SECRET");
        let callers = [
            clerk(&house, 1),
            clerk(&house, 2),
            assistant(&house, 3),
            caller(50, &cleared(&house, "TOP SECRET")),
            caller(51, &cleared(&house, "TOP SECRET")),
        ];
        let (mut now, mut counted) = (NOW, Counted::default());
        for throw in throws {
            now = now.plus_seconds(300);
            let Some(act) = throw.act(&books, document, now) else { continue };
            let before = books.clone();
            let late = counted.comes_late(&act);
            match books.does(&house, &callers[usize::from(throw.who)], now, &act) {
                Ok(facts) => {
                    prop_assert!(!late, "a muster that has ended goes on");
                    counted.take(&books, &facts);
                }
                Err(refusal) => {
                    // The last two are not of the staff.
                    let why = if throw.who < 3 { Code::MusterClosed } else { Code::Forbidden };
                    prop_assert!(!late || refusal.code == why, "{:?}", refusal);
                    let same = before.copies == books.copies && before.musters == books.musters;
                    prop_assert!(same && before.next == books.next, "a refusal changed something");
                }
            }
            books.check();
            counted.check(&books);
        }
    }
}
