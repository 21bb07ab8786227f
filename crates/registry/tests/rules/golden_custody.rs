//! Examples of what is done with copies, for the golden files.

use registry::{
    CopyId, DispatchId, DocumentId, Fact, ObjectId, PersonId, ReproductionId,
    custody::{
        Container,
        book::{
            Amendment, Appointment, Carriage, Changed, Correspondent, Courier, Destination, Details,
            Distribution, Equipment, EquipmentKind, Function, How, Instruction, InstructionKind, Item,
            Journey, Line, Officer, Package, Posted, Purpose, Route, Scan, ScanResult, Stage, Step, Transfer,
        },
        copy::{Holder, Medium, Origin},
        fact::{
            Addressee, Certificate, Control, Despite, Discrepancy, Dispatch, Hand, Incident, IncidentKind,
            NewCopy, Receipt, Recorded, Report, Scanned, Signed,
        },
        muster::{HandOver, Muster, MusterKind, Sample, Sighting, Tally},
    },
    disclosure::Reproduction,
    id::{BookItemId, CertificateId, ContainerId, Digest, IncidentId, MusterId},
};

use crate::support::NOW;

const COPY: CopyId = CopyId::new([0x81; 16]);
const DISPATCH: DispatchId = DispatchId::new([0x82; 16]);
const CERTIFICATE: CertificateId = CertificateId::new([0x83; 16]);
const INCIDENT: IncidentId = IncidentId::new([0x84; 16]);
const MUSTER: MusterId = MusterId::new([0x87; 16]);
const CONTAINER: ContainerId = ContainerId::new([0x85; 16]);
const PERSON: PersonId = PersonId::new([0x13; 16]);

const ITEM: BookItemId = BookItemId::new([0x88; 16]);

fn entered(stage: Stage, details: Details) -> Fact {
    let item = Item { id: ITEM, number: 3, year: 2026, stage, since: NOW, details };
    Fact::BookEntered { item: Box::new(item), words: Some("As agreed".into()) }
}

fn package() -> Details {
    Details::Packages(Package {
        dispatches: vec![DISPATCH],
        inner: "Sub-registry of the mission".into(),
        outer: "12 Harbour Street".into(),
        warning: Some("To be opened by the control officer".into()),
        seals: vec!["A 4711".into()],
        by: Carriage::Courier,
    })
}

fn stepped(step: Step) -> Fact {
    Fact::BookStepped { item: ITEM, step: Box::new(step), at: NOW, words: Some("By letter 9".into()) }
}

fn distribution() -> Distribution {
    Distribution {
        document: DocumentId::new([0x61; 16]),
        lines: vec![
            Line {
                to: Addressee::Elsewhere { name: "The mission".into() },
                purpose: Purpose::Action,
                by: How::Copy { copy: COPY, dispatch: DISPATCH },
                read: Some(NOW),
                ended: Some(NOW),
            },
            Line {
                to: Addressee::Person { person: PERSON },
                purpose: Purpose::Information,
                by: How::Electronic {},
                read: Some(NOW),
                ended: Some(NOW),
            },
        ],
    }
}

fn instruction() -> Instruction {
    Instruction {
        document: DocumentId::new([0x61; 16]),
        is: InstructionKind::Amend,
        authority: "Letter 9 of the originator".into(),
        words: Some("Before the exercise".into()),
        amendment: Some(Amendment {
            serial: "COR 8".into(),
            insert: Some("4a, 4b".into()),
            destroy: Some("4".into()),
        }),
        leaves_log: true,
        copies: vec![COPY],
        posted: vec![Posted { copy: COPY, at: NOW }],
    }
}

/// One item of each of the other books.
pub fn books() -> Vec<(&'static str, Fact)> {
    let house = crate::support::house();
    let secret = crate::support::clearance(&house, "SECRET");
    let day = jiff::civil::date(2026, 12, 31);
    let officer =
        |function| Officer {
            name: "Ånna Clerk".into(), function, specimen: Some(ObjectId::new([0x86; 16]))
        };
    let journey = Journey {
        courier: Courier { person: Some(PERSON), name: "J. Clerk".into(), document: "Pass 12".into() },
        from: "Headquarters".into(),
        to: "The mission".into(),
        way: Some("By road".into()),
        leaves: NOW,
        expected: NOW.plus_seconds(3_600),
        packages: vec![ITEM],
        urgent: Some("The meeting was moved".into()),
        advised: Some(NOW),
        departed: Some(NOW),
        arrived: Some(NOW),
    };
    let transfer = Transfer {
        what: "Three tables".into(),
        from: "Low".into(),
        to: "High".into(),
        authorised_by: PERSON,
        why: "For the exercise".into(),
        how: "Disk EQ-0001/2026".into(),
        scan: Scan { tool: "Scanner 4".into(), result: ScanResult::Clean },
        at: NOW,
    };
    let equipment = Equipment {
        is: EquipmentKind::Safe,
        mark: "Safe 4".into(),
        serial: "Made by Strong, 17".into(),
        place: "Room 210".into(),
        level: Some(secret.clone()),
        with: Some(PERSON),
        combination: Some(NOW),
        known_to: vec![PERSON],
    };
    let route = Route {
        from: crate::support::LOW,
        to: Destination::Elsewhere { name: "The mission".into() },
        logs: vec!["CTS".into()],
        until: Some(day),
        reference: "Letter 7".into(),
    };
    let correspondent = Correspondent {
        name: "The mission".into(),
        address: "12 Harbour Street".into(),
        approved: vec![secret],
        officers: vec![officer(Function::ControlOfficer), officer(Function::Signatory)],
    };
    let appointment = Appointment {
        person: PERSON,
        function: Function::Deputy,
        logs: vec!["CTS".into()],
        from: day,
        until: Some(day),
        reference: "Letter 8".into(),
    };
    let reported = Fact::IncidentFollowed {
        incident: INCIDENT,
        words: "Told in writing".into(),
        report: Some(Report::Originator),
        closes: true,
    };
    let lent = Fact::CopiesSent {
        dispatch: Box::new(Dispatch {
            id: DISPATCH,
            number: 8,
            year: 2026,
            to: Addressee::Elsewhere { name: "The mission".into() },
            bearer: None,
            at: NOW,
            copies: vec![COPY],
            despite: None,
            back_by: Some(day),
        }),
    };
    let scanned = Fact::ReceiptRecorded {
        receipt: Box::new(Receipt {
            dispatch: DISPATCH,
            signed: Signed::Paper,
            by: Some("J. Clerk".into()),
            scan: Some(ObjectId::new([0x86; 16])),
            scanned: Some(Scanned {
                digest: Digest([0x89; 32]),
                size: 9_000,
                media_type: "application/pdf".into(),
            }),
            at: NOW,
            holder: Holder::Person { person: PERSON },
            copies: vec![COPY],
            discrepancies: Vec::new(),
        }),
    };
    let unstamped = Fact::ReproductionAuthorised {
        reproduction: Box::new(Reproduction {
            id: ReproductionId::new([0x71; 16]),
            document: DocumentId::new([0x61; 16]),
            version: 1,
            person: PERSON,
            purpose: "For the exercise".into(),
            copies: 2,
            until: day,
            unstamped: Some("The file is signed as it is".into()),
        }),
    };
    let shelved = Fact::CopiesKept {
        copies: vec![COPY],
        holder: Holder::Container { container: CONTAINER, shelf: Some("Box 7".into()) },
        at: NOW,
        words: None,
    };
    vec![
        ("report", reported),
        ("loan", lent),
        ("unstamped", unstamped),
        ("shelf", shelved),
        ("scanned", scanned),
        ("journey", entered(Stage::Requested, Details::Journeys(journey))),
        ("transfer", entered(Stage::Waiting, Details::Transfers(transfer))),
        ("equipment", entered(Stage::Kept, Details::Equipment(equipment))),
        ("route", entered(Stage::Current, Details::Routes(route))),
        ("correspondent", entered(Stage::Current, Details::Correspondents(correspondent))),
        ("appointment", entered(Stage::Current, Details::Appointments(appointment))),
        ("distribution", entered(Stage::Current, Details::Distributions(distribution()))),
        ("instruction", entered(Stage::Current, Details::Instructions(instruction()))),
        ("read", stepped(Step::Read { person: PERSON })),
        ("end-lines", stepped(Step::EndLines { lines: vec![2, 3] })),
        ("post", stepped(Step::Post { copies: vec![COPY] })),
    ]
}

/// One of each kind.
pub fn custody() -> Vec<Fact> {
    let house = crate::support::house();
    let copies = vec![COPY];
    vec![
        Fact::ContainerFurnished {
            container: Box::new(Container {
                id: CONTAINER,
                name: "Safe 4".into(),
                location: "Room 210".into(),
                approved: vec![crate::support::clearance(&house, "SECRET")],
            }),
        },
        Fact::CopiesRecorded {
            recorded: Box::new(Recorded {
                document: DocumentId::new([0x61; 16]),
                control: Control { log: "NS".into(), year: 2026, serial: 12 },
                of: Some(20),
                at: NOW,
                origin: Origin::Reproduced,
                from: Some(CopyId::new([0x80; 16])),
                holder: Holder::Container { container: CONTAINER, shelf: None },
                copies: vec![NewCopy { id: COPY, number: 3, pages: Some(14), medium: Medium::Paper }],
                words: Some("For the exercise".into()),
            }),
        },
        Fact::CopiesKept {
            copies: copies.clone(),
            holder: Holder::Container { container: CONTAINER, shelf: None },
            at: NOW,
            words: Some("Brought back".into()),
        },
        Fact::CopiesSent {
            dispatch: Box::new(Dispatch {
                back_by: None,
                id: DISPATCH,
                number: 7,
                year: 2026,
                to: Addressee::Person { person: PERSON },
                bearer: Some("The morning courier".into()),
                at: NOW,
                copies: copies.clone(),
                despite: Some(Despite::Happened),
            }),
        },
        Fact::LoanProlonged {
            copies: copies.clone(),
            until: jiff::civil::date(2026, 12, 31),
            at: NOW,
            words: "The exercise lasts longer".into(),
        },
        Fact::ReceiptRecorded {
            receipt: Box::new(Receipt {
                dispatch: DISPATCH,
                signed: Signed::Paper,
                by: Some("J. Clerk".into()),
                scan: Some(ObjectId::new([0x86; 16])),
                scanned: None,
                at: NOW,
                holder: Holder::Person { person: PERSON },
                copies: copies.clone(),
                discrepancies: vec![Discrepancy { copy: COPY, words: "A page is torn".into() }],
            }),
        },
        Fact::DispatchTraced { dispatch: DISPATCH, words: Some("By telephone".into()) },
        Fact::CopiesMissed { copies: copies.clone(), at: NOW },
        Fact::CopiesReleased { copies: copies.clone(), at: NOW, words: "Note 12 of the originator".into() },
        Fact::DestructionDrawnUp {
            certificate: Box::new(Certificate {
                id: CERTIFICATE,
                number: 2,
                year: 2026,
                method: "Shredded".into(),
                copies: copies.clone(),
                witnessed: true,
            }),
        },
        Fact::DestructionSigned {
            certificate: CERTIFICATE,
            hand: Hand::Witness,
            at: NOW,
            destroyed: copies.clone(),
        },
        Fact::DestructionWithdrawn { certificate: CERTIFICATE, words: "One copy is wanted back".into() },
        Fact::MusterOpened {
            muster: Box::new(Muster {
                id: MUSTER,
                number: 4,
                year: 2026,
                is: MusterKind::HandOver,
                logs: vec!["CTS".into()],
                container: Some(CONTAINER),
                sample: Some(Sample { seed: 20_260_312, out_of: 40 }),
                hand_over: Some(HandOver { from: PERSON, to: PersonId::new([0x14; 16]) }),
                listed: 10,
                signatures: 2,
                words: Some("The control officer leaves".into()),
            }),
        },
        Fact::MusterListed { muster: MUSTER, copies: copies.clone() },
        Fact::CopiesSighted {
            muster: MUSTER,
            sightings: vec![Sighting { copy: COPY, pages: Some(14), at: NOW }],
        },
        Fact::MusterClosed {
            muster: MUSTER,
            tally: Tally { sighted: 8, covered: 1, under_way: 1, missing: 0, surplus: 2, open: 0 },
            words: Some("In good order".into()),
        },
        Fact::MusterSigned { muster: MUSTER, at: NOW },
        Fact::MusterAbandoned { muster: MUSTER, words: "Fire alarm".into() },
        entered(Stage::Sealed, package()),
        Fact::BookStepped {
            item: ITEM,
            step: Box::new(Step::ChangeCombination { why: Changed::Departure, known_to: vec![PERSON] }),
            at: NOW,
            words: Some("The deputy left".into()),
        },
        Fact::IncidentOpened {
            incident: Box::new(Incident {
                id: INCIDENT,
                number: 1,
                year: 2026,
                is: IncidentKind::Missing,
                copies,
                words: "Not in the safe".into(),
            }),
        },
        Fact::IncidentFollowed {
            incident: INCIDENT,
            words: "It lay in the next folder".into(),
            report: None,
            closes: true,
        },
    ]
}
