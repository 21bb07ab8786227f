//! Numbered copies in the worlds: the books of three registries, of papers that are there in every world; and after them,
//! where something is hidden, the same books once more of hidden papers. What is hidden comes last, so that whatever is
//! visible has the same numbers everywhere.

use std::collections::BTreeMap;

use office::Sender;
use registry::{
    Answer, Command, CopyId, DispatchId, DocumentId,
    custody::{
        Act, Numbered,
        book::Book,
        copy::{Medium, Origin},
        fact::{Addressee, Despite, Hand, IncidentKind, Signed},
        muster::MusterKind,
    },
    id::{BookItemId, CertificateId, ContainerId, IncidentId, MusterId},
};
use store::custody::seen::Slice;

use super::{Filling, World};
use crate::papers;

/// A registry, two papers of it, and two readers.
type Place = (&'static str, [usize; 2], [Option<&'static str>; 2]);

/// The registries with books: their accountable paper, one that is sent round, who has a copy of it and who is sent one.
/// In the first and the last of them callers are of the staff.
const VISIBLE: [Place; 3] = [
    ("HQR", [22, 12], [Some("clerk"), Some("french")]),
    ("ARC", [23, 33], [Some("french"), Some("partner")]),
    ("COS", [34, 19], [None, None]),
];
/// To whom copies of hidden papers went, none of whom may have them.
const HIDDEN: [[Option<&str>; 2]; 3] = [
    [Some("french"), Some("clerk")],
    [Some("partner"), Some("clerk")],
    [Some("assistant"), Some("controller")],
];
/// A paper that nearly everybody may read, for copies that anybody is sent.
const OPEN: usize = 16;
/// Copies of each paper.
const MANY: u32 = 6;
/// Seconds of a day.
const DAY: i64 = 86_400;

/// The counts that all of a registry share, by the letters before their numbers: receipts, certificates, incidents and musters;
/// packages and couriers, of which there are as many hidden ones in each registry, but no courier where nobody may carry papers.
pub const COUNTS: [&str; 6] = ["R", "D", "I", "M", "P", "CC"];
/// Those of them that are given away one by one until they stand alike.
const EVENED: usize = 4;

/// The books of two papers. What stands at which place is the same in all of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Books {
    pub code: &'static str,
    pub container: ContainerId,
    /// The accountable one, and the one that is sent round.
    pub papers: [DocumentId; 2],
    /// Of the first: 0 under way, 1 drawn up for destruction, 2 at the desk, 3 missing, 4 and 5 in the container. Of the
    /// second: 6 with a reader, 7 on its way to another, 8 to another registry, 9 on its way back, 10 destroyed where one
    /// signature is enough, 11 in the container.
    pub copies: Vec<CopyId>,
    /// The same, as they are printed.
    pub names: Vec<String>,
    /// 0 late and traced, 1 given, 2 due from a reader, 3 due from another registry, 4 given, 5 due at the desk. Where no
    /// reader is sent any, what he would be goes to somebody outside.
    pub dispatches: Vec<DispatchId>,
    /// 0 not signed, 1 signed by the destroyer, 2 taken back.
    pub certificates: Vec<CertificateId>,
    /// 0 open, 1 closed.
    pub incidents: Vec<IncidentId>,
    /// 0 is counted, 1 can be closed, 2 is closed, 3 is closed and signed by two, one of whom is a reader.
    pub musters: Vec<MusterId>,
    /// 0 a package with what is late, 1 the certificate of its courier, where papers may be carried by hand.
    pub parcels: Vec<BookItemId>,
    /// 0 a safe, 1 a disk with who has a copy, 2 data that wait for a second person, 3 a correspondent, 4 a route, 5 an
    /// appointment. None where papers are hidden: these are of no paper.
    pub items: Vec<BookItemId>,
    /// Of the second paper: 0 a distribution that waits for a reader, or an amendment where nobody may read, 1 an amendment that
    /// waits for holders; of the first, 2 a recall.
    pub told: Vec<BookItemId>,
}

/// Of what books are made.
pub(super) struct Plan {
    /// Begins the names of the steps.
    pub(super) name: String,
    pub(super) code: &'static str,
    papers: [DocumentId; 2],
    /// One that is there; none: one of their own.
    container: Option<ContainerId>,
    /// The number of the first copy of each paper.
    first: u32,
    /// Who has a copy, and who is sent one; none: somebody outside of the house.
    pub(super) to: [Option<&'static str>; 2],
    /// Whether they may not have them: then it is written down that they had.
    pub(super) despite: bool,
}

impl Plan {
    /// The registry to which papers go.
    pub(super) fn other(&self) -> &'static str {
        if self.code == "ARC" { "HQR" } else { "ARC" }
    }
}

impl World {
    /// Makes all books, in the last minutes of the day.
    pub(super) async fn custody(&mut self, filling: Filling) {
        let evening = super::EVENING.seconds_since(super::MORNING);
        *self.tick.lock().unwrap() = evening - 590;
        for (code, papers, to) in VISIBLE {
            let papers = papers.map(|n| self.visible[n].0);
            let name = format!("books of {code}");
            let plan = Plan { name, code, papers, container: None, first: 1, to, despite: false };
            let books = self.books_of(&plan).await;
            self.books.push(books);
        }
        *self.tick.lock().unwrap() = evening - 450;
        let moment = self.next_moment();
        self.keeps_copies(moment).await;
        *self.tick.lock().unwrap() = evening - 440;
        self.evens("visible", &self.books).await;
        if let Filling::Hidden(_) = filling {
            *self.tick.lock().unwrap() = evening - 380;
            let moment = self.next_moment();
            self.keeps_hidden_copies(moment).await;
            self.hidden_custody().await;
            self.evens("hidden", &self.hidden_books).await;
        }
        let mut given = self.last_numbers().await;
        let own = given["HQR"];
        given.get_mut("COS").unwrap()[5] = own[5];
        assert!(given.values().all(|numbers| *numbers == own), "{given:?}");
        self.given = COUNTS.into_iter().zip(own).collect();
    }

    async fn hidden_custody(&mut self) {
        // The last papers that are registered are of both registries whose lists are gone on with from hidden ones.
        for code in ["COS", "HQR", "ARC"] {
            let at = VISIBLE.iter().position(|(own, ..)| *own == code).unwrap();
            let mut ids = Vec::new();
            for accountable in [true, false] {
                let step = format!("hidden paper with copies {code} {accountable}");
                let moment = self.next_moment();
                let paper = self.registers(&step, moment, papers::in_custody(code, accountable)).await;
                ids.push(paper.0);
                self.hidden.push(paper);
            }
            let plan = Plan {
                name: format!("hidden books of {code}"),
                code: VISIBLE[at].0,
                papers: [ids[0], ids[1]],
                container: Some(self.books[at].container),
                first: 1,
                to: HIDDEN[at],
                despite: true,
            };
            let books = self.books_of(&plan).await;
            self.hidden_books.push(books);
        }
        // In the order of the visible ones.
        self.hidden_books.rotate_left(1);
    }

    /// New books of the headquarters for one who shall have a copy and is sent one that he may have.
    pub async fn fresh_books(&self, login: &'static str, salt: &str, first: u32) -> Books {
        let papers = [VISIBLE[0].1[0], OPEN].map(|n| self.visible[n].0);
        let plan = Plan {
            name: format!("fresh books {salt}"),
            code: "HQR",
            papers,
            container: None,
            first,
            to: [Some(login); 2],
            despite: false,
        };
        self.books_of(&plan).await
    }

    /// The last number of each count, by registry.
    async fn last_numbers(&self) -> BTreeMap<&'static str, [u64; 6]> {
        let mut reading = self.office.read_as(self.people["registrar"]).await.unwrap();
        let mut all = BTreeMap::new();
        for (code, ..) in VISIBLE {
            let registry = self.registries[code];
            let sent = reading.dispatches(registry, None, Slice::ALL).await.unwrap().rows;
            let drawn = reading.certificates(registry, None, Slice::ALL).await.unwrap().rows;
            let wrong = reading.incidents(registry, None, Slice::ALL).await.unwrap().rows;
            let counted = reading.musters(registry, None, Slice::ALL).await.unwrap().rows;
            let packed = reading.book(registry, Book::Packages, None, Slice::ALL).await.unwrap().rows;
            let carried = reading.book(registry, Book::Journeys, None, Slice::ALL).await.unwrap().rows;
            let numbers: [Vec<u64>; 6] = [
                sent.iter().map(|row| row.view.dispatch.number).collect(),
                drawn.iter().map(|row| row.view.certificate.number).collect(),
                wrong.iter().map(|row| row.view.incident.number).collect(),
                counted.iter().map(|row| row.view.muster.number).collect(),
                packed.iter().map(|row| row.view.item.number).collect(),
                carried.iter().map(|row| row.view.item.number).collect(),
            ];
            all.insert(code, numbers.map(|numbers| numbers.into_iter().max().unwrap_or(0)));
        }
        all
    }

    /// Gives numbers away where fewer are given, until each count stands alike in all registries: then a number tells by
    /// itself whether it was given before everybody began to ask, whichever registry's it is.
    async fn evens(&self, name: &str, all: &[Books]) {
        let given = self.last_numbers().await;
        for (count, letter) in COUNTS.into_iter().take(EVENED).enumerate() {
            let most = given.values().map(|numbers| numbers[count]).max().unwrap_or(0);
            for books in all {
                for n in given[books.code][count]..most {
                    self.gives_away(&format!("{name} {} {letter} {n}", books.code), letter, books).await;
                }
            }
        }
    }

    /// An act that takes a number, and one by which everything is again as it was.
    async fn gives_away(&self, step: &str, letter: &str, books: &Books) {
        let words = || "Averlund: only to be counted".to_owned();
        let copies = vec![books.copies[2]];
        let first = match letter {
            "R" => Act::Send {
                back_by: None,
                copies: copies.clone(),
                to: Addressee::Elsewhere { name: "Averlund mission".into() },
                bearer: String::new(),
                at: None,
                despite: None,
                words: String::new(),
            },
            "D" => Act::DrawUp { copies: copies.clone(), method: words() },
            "I" => Act::Report { is: IncidentKind::Emergency, copies: copies.clone(), words: words() },
            _ => Act::OpenMuster {
                is: MusterKind::SpotCheck,
                logs: Vec::new(),
                container: Some(books.container),
                sample: None,
                seed: None,
                hand_over: None,
                words: words(),
            },
        };
        let second = match self.act(books.code, step, "registrar", first).await {
            Answer::Certified { certificate, .. } => Act::Withdraw { certificate, words: words() },
            Answer::Incident { incident } => {
                Act::Follow { incident, words: words(), report: None, closes: true }
            }
            Answer::Mustered { muster, .. } => Act::AbandonMuster { muster, words: words() },
            _ => Act::Keep { shelf: String::new(), copies, container: None, at: None, words: words() },
        };
        self.act(books.code, &format!("{step} undone"), "registrar", second).await;
    }

    /// Nothing of what is hidden is anybody's among the callers; and there is something.
    pub async fn hides_custody(&self, callers: &[&str]) {
        assert_eq!(self.hidden_books.len(), VISIBLE.len());
        for login in callers {
            let mut reading = self.office.read_as(self.people[*login]).await.unwrap();
            for books in &self.hidden_books {
                for id in &books.copies {
                    assert!(reading.copy(*id).await.is_err(), "{login} sees a copy that should be hidden");
                }
                for id in &books.dispatches {
                    assert!(reading.dispatch(*id).await.is_err(), "{login} sees a hidden dispatch");
                }
                for id in &books.certificates {
                    assert!(reading.certificate(*id).await.is_err(), "{login} sees a hidden certificate");
                }
                for id in &books.incidents {
                    assert!(reading.incident(*id).await.is_err(), "{login} sees a hidden incident");
                }
                for id in &books.musters {
                    assert!(reading.muster(*id).await.is_err(), "{login} sees a hidden muster");
                }
                for id in &books.parcels {
                    assert!(
                        reading.book_item(*id).await.is_err(),
                        "{login} sees a hidden package or courier"
                    );
                }
            }
        }
    }

    async fn books_of(&self, plan: &Plan) -> Books {
        let container = match plan.container {
            Some(container) => container,
            None => self.furnishes(plan).await,
        };
        let mut books = Books {
            code: plan.code,
            container,
            papers: plan.papers,
            copies: Vec::new(),
            names: Vec::new(),
            dispatches: Vec::new(),
            certificates: Vec::new(),
            incidents: Vec::new(),
            musters: Vec::new(),
            parcels: Vec::new(),
            items: Vec::new(),
            told: Vec::new(),
        };
        if !plan.despite {
            self.corresponds(plan, &mut books).await;
        }
        for document in plan.papers {
            self.numbers(plan, document, &mut books).await;
        }
        let words = "Averlund: for the morning".to_owned();
        let desk = Act::Keep {
            shelf: String::new(),
            copies: vec![books.copies[2]],
            container: None,
            at: None,
            words,
        };
        self.acts(plan, "kept", "registrar", desk).await;
        self.sends_round(plan, &mut books).await;
        self.draws_up(plan, &mut books).await;
        self.misses(plan, &mut books).await;
        self.musters(plan, &mut books).await;
        self.packs(plan, &mut books).await;
        self.tells(plan, &mut books).await;
        books
    }

    /// An act of the plan.
    pub(super) async fn acts(&self, plan: &Plan, step: &str, login: &str, act: Act) -> Answer {
        self.act(plan.code, &format!("{} {step}", plan.name), login, act).await
    }

    /// An act on copies under its own name.
    async fn act(&self, code: &str, step: &str, login: &str, act: Act) -> Answer {
        let registry = self.registries[code];
        let sender = Sender::proven(self.people[login], self.now());
        self.does(step, sender, Command::Custody { registry, act: Box::new(act) }).await
    }

    async fn furnishes(&self, plan: &Plan) -> ContainerId {
        let name = format!("Safe of the {}", plan.name);
        let act = Act::Furnish { name, place: "Averlund, room 4".into(), approved: Vec::new() };
        match self.acts(plan, "furnished", "registrar", act).await {
            Answer::Furnished { container } => container,
            other => panic!("{other:?}"),
        }
    }

    /// The copies of a paper lie in the container since the first of January.
    async fn numbers(&self, plan: &Plan, document: DocumentId, books: &mut Books) {
        let numbers = plan.first..plan.first + MANY;
        let numbered = |number| Numbered { number, pages: Some(4), medium: Medium::Paper };
        let act = Act::Record {
            shelf: String::new(),
            document,
            origin: Origin::Made,
            from: None,
            copies: numbers.clone().map(numbered).collect(),
            of: None,
            container: Some(books.container),
            at: Some(self.now().plus_seconds(-70 * DAY)),
            words: String::new(),
        };
        match self.acts(plan, &format!("numbered {}", books.copies.len()), "registrar", act).await {
            Answer::Recorded { control, copies } => {
                books.names.extend(numbers.map(|number| format!("{control}/{number}")));
                books.copies.extend(copies);
            }
            other => panic!("{other:?}"),
        }
    }

    async fn sends_round(&self, plan: &Plan, books: &mut Books) {
        let outside = || Addressee::Elsewhere { name: "Averlund mission".into() };
        let readers = plan.to.map(|login| login.map(|l| Addressee::Person { person: self.people[l] }));
        let [holder, awaited] = readers.map(|reader| reader.unwrap_or_else(outside));
        let other = Addressee::Registry { registry: self.registries[plan.other()] };
        self.sends(plan, "registrar", 0, outside(), books).await;
        let words = "Averlund: asked by telephone".to_owned();
        self.acts(plan, "traced", "registrar", Act::Trace { dispatch: books.dispatches[0], words }).await;
        self.sends(plan, "registrar", 6, holder.clone(), books).await;
        self.receives(plan, 1, books).await;
        self.sends(plan, "registrar", 7, awaited, books).await;
        self.sends(plan, "registrar", 8, other, books).await;
        match plan.to[0] {
            Some(login) => {
                self.sends(plan, "registrar", 9, holder, books).await;
                self.receives(plan, 4, books).await;
                // Who may not have it has nothing that he could send.
                let by = if plan.despite { "registrar" } else { login };
                self.sends(plan, by, 9, Addressee::Desk, books).await;
            }
            None => {
                self.sends(plan, "registrar", 9, holder, books).await;
                self.sends(plan, "registrar", 11, outside(), books).await;
            }
        }
    }

    /// Sends a copy; the first of all two months ago.
    async fn sends(&self, plan: &Plan, by: &str, copy: usize, to: Addressee, books: &mut Books) {
        let despite = (plan.despite && to.person().is_some()).then_some(Despite::Happened);
        let late = copy == 0;
        // What goes to a person is lent: the first is late.
        let back_by = to.person().map(|_| self.now().plus_seconds(if late { -50 } else { 3 } * DAY));
        let act = Act::Send {
            back_by: back_by.map(|at| at.date(&jiff::tz::TimeZone::UTC)),
            copies: vec![books.copies[copy]],
            to,
            bearer: if late { "The morning courier".into() } else { String::new() },
            at: late.then(|| self.now().plus_seconds(-60 * DAY)),
            despite,
            words: if despite.is_some() { "Averlund: it was handed over".into() } else { String::new() },
        };
        match self.acts(plan, &format!("sent {}", books.dispatches.len()), by, act).await {
            Answer::Sent { dispatch, .. } => books.dispatches.push(dispatch),
            other => panic!("{other:?}"),
        }
    }

    /// The reader signs on screen for what he may have; outside and for all else a paper comes back.
    async fn receives(&self, plan: &Plan, dispatch: usize, books: &Books) {
        let step = format!("received {dispatch}");
        let on_screen = plan.to[0].filter(|_| !plan.despite);
        let (signed, by) = match on_screen {
            Some(_) => (Signed::Screen, String::new()),
            None => (Signed::Paper, "A. Reader".to_owned()),
        };
        let dispatch = books.dispatches[dispatch];
        let act = Act::Receipt { dispatch, signed, by, scan: None, at: None, discrepancies: Vec::new() };
        self.acts(plan, &step, on_screen.unwrap_or("registrar"), act).await;
    }

    async fn draws_up(&self, plan: &Plan, books: &mut Books) {
        for (n, copy) in [1, 10, 2].into_iter().enumerate() {
            let act = Act::DrawUp { copies: vec![books.copies[copy]], method: "Shredded, 0.8 mm".into() };
            match self.acts(plan, &format!("drawn up {n}"), "registrar", act).await {
                Answer::Certified { certificate, .. } => books.certificates.push(certificate),
                other => panic!("{other:?}"),
            }
        }
        let sign = Act::Sign { certificate: books.certificates[1], hand: Hand::Destroyer };
        self.acts(plan, "signed", "registrar", sign).await;
        let words = "Averlund: it is still wanted".to_owned();
        let withdraw = Act::Withdraw { certificate: books.certificates[2], words };
        self.acts(plan, "withdrawn", "registrar", withdraw).await;
    }

    async fn misses(&self, plan: &Plan, books: &mut Books) {
        let words = || "Averlund: not where it should be".to_owned();
        let missed = Act::Miss { copies: vec![books.copies[3]], words: words() };
        let is = IncidentKind::Compromise;
        let reported = Act::Report { is, copies: vec![books.copies[11]], words: words() };
        for (n, act) in [missed, reported].into_iter().enumerate() {
            match self.acts(plan, &format!("wrong {n}"), "registrar", act).await {
                Answer::Incident { incident } => books.incidents.push(incident),
                other => panic!("{other:?}"),
            }
        }
        let follow = Act::Follow { incident: books.incidents[1], words: words(), report: None, closes: true };
        self.acts(plan, "followed", "registrar", follow).await;
    }
}
