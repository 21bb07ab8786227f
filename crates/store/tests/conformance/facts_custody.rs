//! Entries of copies for tests: in a safe, with a reader, with a mission, missing and found, destroyed, released.

use registry::{
    CopyId, DispatchId, DocumentId, Fact, ObjectId, PersonId, Timestamp,
    custody::{
        Container,
        book::{
            Amendment, Carriage, Changed, Correspondent, Courier, Details, Distribution, Equipment,
            EquipmentKind, How, Instruction, InstructionKind, Item, Journey, Line, Package, Purpose, Stage,
            Step,
        },
        copy::{Holder, Medium, Origin},
        fact::{
            Addressee, Certificate, Control, Dispatch, Hand, Incident, IncidentKind, NewCopy, Receipt,
            Recorded, Report, Scanned, Signed,
        },
        muster::{Muster, MusterKind, Sighting, Tally},
    },
    id::{BookItemId, CertificateId, ContainerId, Digest, IncidentId, MusterId},
};

use crate::facts::{READER, SECOND, sixteen};

const AT: Timestamp = Timestamp::from_micros(1_773_316_800_000_000);

fn copy(n: u64) -> CopyId {
    CopyId::new(sixteen(800 + n))
}

fn recorded(document: u64, serial: u64, copies: std::ops::Range<u64>) -> Fact {
    Fact::CopiesRecorded {
        recorded: Box::new(Recorded {
            document: DocumentId::new(sixteen(document)),
            control: Control { log: "NS".into(), year: 2026, serial },
            of: Some(9),
            at: AT,
            origin: Origin::Made,
            from: None,
            holder: Holder::Registry,
            copies: copies
                .map(|n| NewCopy {
                    id: copy(n),
                    number: u32::try_from(n).unwrap(),
                    pages: Some(4),
                    medium: Medium::Paper,
                })
                .collect(),
            words: None,
        }),
    }
}

fn sent(n: u64, which: u64, to: Addressee) -> Fact {
    Fact::CopiesSent {
        dispatch: Box::new(Dispatch {
            back_by: matches!(to, Addressee::Elsewhere { .. }).then(|| jiff::civil::date(2026, 8, 1)),
            id: DispatchId::new(sixteen(820 + n)),
            number: n,
            year: 2026,
            to,
            bearer: None,
            at: AT,
            copies: vec![copy(which)],
            despite: None,
        }),
    }
}

fn receipt(n: u64, which: u64, holder: Holder) -> Fact {
    Fact::ReceiptRecorded {
        receipt: Box::new(Receipt {
            dispatch: DispatchId::new(sixteen(820 + n)),
            signed: Signed::Screen,
            by: None,
            scan: Some(ObjectId::new(sixteen(895))).filter(|_| n == 2),
            scanned: (n == 2).then(|| Scanned {
                digest: Digest([7; 32]),
                size: 9,
                media_type: "image/png".into(),
            }),
            at: AT,
            holder,
            copies: vec![copy(which)],
            discrepancies: Vec::new(),
        }),
    }
}

fn drawn_up(n: u64, which: u64) -> Fact {
    Fact::DestructionDrawnUp {
        certificate: Box::new(Certificate {
            id: CertificateId::new(sixteen(830 + n)),
            number: n,
            year: 2026,
            method: "Shredded".into(),
            copies: vec![copy(which)],
            witnessed: true,
        }),
    }
}

fn incident(n: u64, which: u64) -> [Fact; 3] {
    let id = IncidentId::new(sixteen(840 + n));
    let followed = |closes: bool| Fact::IncidentFollowed {
        incident: id,
        words: "Asked the last reader".into(),
        report: closes.then_some(Report::Final),
        closes,
    };
    let opened = Incident {
        id,
        number: n,
        year: 2026,
        is: IncidentKind::Missing,
        copies: vec![copy(which)],
        words: "Not there".into(),
    };
    [Fact::IncidentOpened { incident: Box::new(opened) }, followed(false), followed(n == 1)]
}

fn muster_id(n: u64) -> MusterId {
    MusterId::new(sixteen(860 + n))
}

/// One muster is counted, closed and signed, one is given up, one is being counted.
fn musters() -> Vec<Fact> {
    let opened = |n: u64| Fact::MusterOpened {
        muster: Box::new(Muster {
            id: muster_id(n),
            number: n,
            year: 2026,
            is: MusterKind::Full,
            logs: Vec::new(),
            container: None,
            sample: None,
            hand_over: None,
            listed: 2,
            signatures: 2,
            words: None,
        }),
    };
    let listed = |n| Fact::MusterListed { muster: muster_id(n), copies: vec![copy(1), copy(3)] };
    let sighted = |n, which| Fact::CopiesSighted {
        muster: muster_id(n),
        sightings: vec![Sighting { copy: copy(which), pages: Some(4), at: AT }],
    };
    let tally = Tally { sighted: 2, surplus: 1, ..Tally::default() };
    vec![
        opened(1),
        listed(1),
        sighted(1, 1),
        sighted(1, 7),
        sighted(1, 3),
        Fact::MusterClosed { muster: muster_id(1), tally, words: Some("In good order".into()) },
        Fact::MusterSigned { muster: muster_id(1), at: AT },
        opened(2),
        listed(2),
        Fact::MusterAbandoned { muster: muster_id(2), words: "Fire alarm".into() },
        opened(3),
        listed(3),
        sighted(3, 1),
    ]
}

fn item(n: u64) -> BookItemId {
    BookItemId::new(sixteen(870 + n))
}

fn entered(n: u64, number: u64, stage: Stage, details: Details) -> Fact {
    let item = Item { id: item(n), number, year: 2026, stage, since: AT, details };
    Fact::BookEntered { item: Box::new(item), words: Some("As agreed".into()) }
}

fn stepped(n: u64, step: Step) -> Fact {
    Fact::BookStepped { item: item(n), step: Box::new(step), at: AT, words: None }
}

/// A package on its way with a courier, another unpacked, a safe whose combination was changed, a correspondent that ended.
fn books() -> Vec<Fact> {
    let package = |receipt: u64| {
        Details::Packages(Package {
            dispatches: vec![DispatchId::new(sixteen(820 + receipt))],
            inner: "Sub-registry of the mission".into(),
            outer: "12 Harbour Street".into(),
            warning: None,
            seals: vec!["A 4711".into()],
            by: Carriage::Courier,
        })
    };
    let journey = Details::Journeys(Journey {
        courier: Courier { person: Some(READER), name: "Reader".into(), document: "Pass 12".into() },
        from: "Headquarters".into(),
        to: "The mission".into(),
        way: None,
        leaves: AT,
        expected: AT.plus_seconds(3_600),
        packages: vec![item(1)],
        urgent: None,
        advised: None,
        departed: None,
        arrived: None,
    });
    let safe = Details::Equipment(Equipment {
        is: EquipmentKind::Safe,
        mark: "Safe 4".into(),
        serial: "17".into(),
        place: "Room 210".into(),
        level: None,
        with: None,
        combination: Some(AT),
        known_to: Vec::new(),
    });
    let correspondent = Details::Correspondents(Correspondent {
        name: "The mission".into(),
        address: "12 Harbour Street".into(),
        approved: Vec::new(),
        officers: Vec::new(),
    });
    vec![
        entered(1, 1, Stage::Sealed, package(1)),
        entered(2, 2, Stage::Sealed, package(2)),
        stepped(2, Step::Unpack),
        entered(3, 1, Stage::Requested, journey),
        stepped(1, Step::Assign { journey: item(3) }),
        stepped(3, Step::Issue),
        stepped(3, Step::Depart),
        stepped(1, Step::Depart),
        entered(4, 1, Stage::Kept, safe),
        stepped(4, Step::ChangeCombination { why: Changed::Departure, known_to: vec![READER] }),
        entered(5, 1, Stage::Current, correspondent),
        stepped(5, Step::End),
    ]
}

/// A paper given to one who read it, to one who has not, and by a copy that is received; another of which all is done. Of the
/// same paper an amendment that is posted for one copy, and a recall that is at its end.
fn told() -> Vec<Fact> {
    let line = |to: Addressee, by: How| Line { to, purpose: Purpose::Action, by, read: None, ended: None };
    let person = |person| Addressee::Person { person };
    let document = DocumentId::new(sixteen(1));
    let given = |lines| Details::Distributions(Distribution { document, lines });
    let by_copy = How::Copy { copy: copy(1), dispatch: DispatchId::new(sixteen(821)) };
    let instruction = |is, copies: Vec<CopyId>| {
        let amendment = Amendment { serial: "COR 8".into(), insert: Some("4a".into()), destroy: None };
        Details::Instructions(Instruction {
            document,
            is,
            authority: "Letter 9".into(),
            words: None,
            amendment: (is == InstructionKind::Amend).then_some(amendment),
            leaves_log: false,
            copies,
            posted: Vec::new(),
        })
    };
    vec![
        entered(
            6,
            1,
            Stage::Current,
            given(vec![
                line(person(READER), How::Electronic {}),
                line(person(SECOND), How::Electronic {}),
                line(person(READER), by_copy),
            ]),
        ),
        stepped(6, Step::Read { person: READER }),
        entered(7, 2, Stage::Current, given(vec![line(person(SECOND), How::Electronic {})])),
        stepped(7, Step::EndLines { lines: vec![1] }),
        entered(8, 1, Stage::Current, instruction(InstructionKind::Amend, vec![copy(1), copy(2)])),
        stepped(8, Step::Post { copies: vec![copy(1)] }),
        entered(9, 2, Stage::Current, instruction(InstructionKind::Recall, vec![copy(1)])),
        stepped(9, Step::End),
    ]
}

/// What is done with copies, by whom.
pub fn custody() -> Vec<(PersonId, Fact)> {
    let safe = ContainerId::new(sixteen(850));
    let furnished = |n: u64| Fact::ContainerFurnished {
        container: Box::new(Container {
            id: ContainerId::new(sixteen(850 + n)),
            name: format!("Safe {n}"),
            location: "Room 210".into(),
            approved: Vec::new(),
        }),
    };
    let kept = |which| Fact::CopiesKept {
        copies: vec![copy(which)],
        holder: Holder::Container { container: safe, shelf: Some("Shelf 2".into()) },
        at: AT,
        words: Some("From the desk".into()),
    };
    let mission = || "Sub-registry of the mission".to_owned();
    let signed = |hand, destroyed: Vec<CopyId>| Fact::DestructionSigned {
        certificate: CertificateId::new(sixteen(832)),
        hand,
        at: AT,
        destroyed,
    };
    let mut facts = vec![furnished(0), furnished(1), recorded(1, 1, 1..7), recorded(2, 2, 7..9), kept(1)];
    facts.extend([
        sent(1, 1, Addressee::Person { person: READER }),
        receipt(1, 1, Holder::Person { person: READER }),
        sent(2, 2, Addressee::Elsewhere { name: mission() }),
        Fact::DispatchTraced { dispatch: DispatchId::new(sixteen(822)), words: None },
        receipt(2, 2, Holder::Elsewhere { name: mission() }),
        Fact::LoanProlonged {
            copies: vec![copy(2)],
            until: jiff::civil::date(2026, 9, 1),
            at: AT,
            words: "It is wanted longer".into(),
        },
        Fact::CopiesMissed { copies: vec![copy(3)], at: AT },
    ]);
    facts.extend(incident(1, 3));
    facts.extend([kept(3), drawn_up(1, 4)]);
    facts.push(Fact::DestructionWithdrawn {
        certificate: CertificateId::new(sixteen(831)),
        words: "Wanted back".into(),
    });
    facts.extend([
        drawn_up(2, 4),
        signed(Hand::Destroyer, Vec::new()),
        Fact::CopiesMissed { copies: vec![copy(5)], at: AT },
    ]);
    facts.extend(incident(2, 5));
    facts.push(Fact::CopiesReleased { copies: vec![copy(6)], at: AT, words: "Note 12".into() });
    facts.extend(musters());
    facts.extend(books());
    facts.extend(told());
    let mut done: Vec<(PersonId, Fact)> = facts.into_iter().map(|fact| (READER, fact)).collect();
    done.push((SECOND, signed(Hand::Witness, vec![copy(4)])));
    done.push((SECOND, Fact::MusterSigned { muster: muster_id(1), at: AT }));
    done
}
