//! A document is distributed in one step, and holders are told what to do with their copies: what is refused and of which line,
//! that nothing is sent then, who says that he read it and that it is done, and when nothing more is awaited.

use registry::{
    Caller, Code, Context, CopyId, DocumentId, Fact, IdSource, Refusal, RegistryId,
    authorisation::Role,
    correction::{CorrectNeeds, Correction, Description, correct},
    custody::{
        Act,
        book::{
            Alert, Amendment, Correspondent, Details, Distribution, Doing, How, Instruction, InstructionKind,
            Item, Means, Purpose, Stage, Step, Wanted,
        },
        copy::Standing,
        fact::Addressee,
    },
    house::House,
    id::BookItemId,
};

use crate::{
    books::{Books, clerk, copies_of, house, keep, made, paper_receipt, refused, rule, screen, send, to},
    support::{HQ, LOW, NOW, TODAY, caller, cleared, label, person, role},
};

const DAY: i64 = 86_400;

/// An instruction as it is asked for.
pub fn told(document: DocumentId, is: InstructionKind) -> Instruction {
    let amendment = Amendment { serial: "COR 8".into(), insert: Some("4a".into()), destroy: None };
    Instruction {
        document,
        is,
        authority: "Letter 9 of the originator".into(),
        words: None,
        amendment: (is == InstructionKind::Amend).then_some(amendment),
        leaves_log: false,
        copies: Vec::new(),
        posted: Vec::new(),
    }
}

fn by_copy(to: Addressee, number: Option<u32>) -> Wanted {
    Wanted { to, purpose: Purpose::Action, by: Means::Copy { number } }
}

fn here(n: u8) -> Wanted {
    Wanted { to: to(n), purpose: Purpose::Information, by: Means::Electronic }
}

fn mission() -> Addressee {
    Addressee::Elsewhere { name: "The mission".into() }
}

struct Desk {
    house: House,
    books: Books,
    clerk: Caller,
    document: DocumentId,
    copies: Vec<CopyId>,
}

impl Desk {
    fn with(level: &str) -> Self {
        let house = house();
        let (mut books, document) = Books::with(&house, level);
        let clerk = clerk(&house, 1);
        let copies = copies_of(&books.does(&house, &clerk, NOW, &made(document, &[1, 2, 3, 4])).unwrap());
        Self { house, books, clerk, document, copies }
    }
    fn does(&mut self, act: &Act) -> Result<Vec<Fact>, Refusal> {
        self.by(&self.clerk.clone(), act)
    }
    fn by(&mut self, caller: &Caller, act: &Act) -> Result<Vec<Fact>, Refusal> {
        self.books.does(&self.house, caller, NOW, act)
    }
    fn person(&self, n: u8) -> Caller {
        let level = if n == 52 { "CONFIDENTIAL" } else { "TOP SECRET" };
        caller(n, &cleared(&self.house, level))
    }
    fn officer(&self) -> Caller {
        let mut grants = cleared(&self.house, "TOP SECRET");
        grants.extend([role(Role::Clerk, Some(HQ)), role(Role::Controller, Some(HQ))]);
        caller(2, &grants)
    }
    fn gives(&mut self, lines: &[Wanted]) -> Result<Vec<Fact>, Refusal> {
        let document = self.document;
        self.does(&distribute(document, lines))
    }
    /// A refusal of a distribution, of which nothing is left.
    fn refuses(&mut self, lines: &[Wanted]) -> (Code, Option<&'static str>) {
        let before = self.books.clone();
        let refusal = self.gives(lines).unwrap_err();
        assert_eq!(self.books.dispatches, before.dispatches);
        assert_eq!(self.books.copies, before.copies);
        assert_eq!(self.books.items, before.items);
        (refusal.code, refusal.field)
    }
    fn tells(&mut self, is: InstructionKind) -> Item {
        let act = Act::Enter {
            details: Box::new(Details::Instructions(told(self.document, is))),
            words: String::new(),
        };
        item(&self.does(&act).unwrap())
    }
    fn now(&self, id: BookItemId) -> Item {
        self.books.items[&id].0.clone()
    }
    /// Copies with a person, who has signed.
    fn hands(&mut self, copy: usize, n: u8) {
        let copy = self.copies[copy];
        let sent = crate::books::dispatched(&self.does(&send(&[copy], to(n))).unwrap());
        self.by(&self.person(n), &screen(sent)).unwrap();
    }
}

fn distribute(document: DocumentId, lines: &[Wanted]) -> Act {
    Act::Distribute { document, lines: lines.to_vec(), bearer: String::new(), words: String::new() }
}

fn item(facts: &[Fact]) -> Item {
    match &facts[0] {
        Fact::BookEntered { item, .. } => (**item).clone(),
        other => panic!("{other:?}"),
    }
}

fn distribution(item: &Item) -> &Distribution {
    match &item.details {
        Details::Distributions(distribution) => distribution,
        other => panic!("{other:?}"),
    }
}

fn step(item: BookItemId, step: Step, words: &str) -> Act {
    Act::Step { item, step: Box::new(step), at: None, words: words.into() }
}

fn post(item: BookItemId, copies: &[CopyId], words: &str) -> Act {
    step(item, Step::Post { copies: copies.to_vec() }, words)
}

#[test]
fn one_act_sends_the_copies_and_says_who_reads_it_here() {
    let mut desk = Desk::with("SECRET");
    let lines = [by_copy(to(50), None), by_copy(mission(), Some(1)), by_copy(mission(), None), here(51)];
    let facts = desk.gives(&lines).unwrap();
    let entered = item(&facts);
    assert_eq!(entered.text(), "DI-0001/2026");
    // One receipt an addressee; the number that is named is nobody else's.
    let dispatches: Vec<_> = desk.books.dispatches.values().collect();
    assert_eq!((facts.len(), dispatches.len()), (3, 2));
    let lines = &distribution(&entered).lines;
    let copies = desk.books.copies.clone();
    let number = |n: usize| match lines[n].by {
        How::Copy { copy, dispatch } => Some((copies[&copy].0.number, dispatch)),
        How::Electronic {} => None,
    };
    assert_eq!([0, 1, 2].map(|n| number(n).unwrap().0), [2, 1, 3]);
    assert_eq!(number(1).unwrap().1, number(2).unwrap().1);
    assert_eq!(number(3), None);
    let numbers: Vec<u64> = facts
        .iter()
        .filter_map(|fact| match fact {
            Fact::CopiesSent { dispatch } => Some(dispatch.number),
            _ => None,
        })
        .collect();
    assert_eq!(numbers, [1, 2]);
    // It is open until each has read it and each receipt is back.
    let read = step(entered.id, Step::Read { person: person(51) }, "");
    desk.by(&desk.person(51), &read).unwrap();
    let first = number(0).unwrap().1;
    let second = number(1).unwrap().1;
    desk.by(&desk.person(50), &screen(first)).unwrap();
    assert!(desk.now(entered.id).is_open());
    desk.does(&paper_receipt(second)).unwrap();
    assert_eq!(desk.now(entered.id).stage, Stage::Done);
    desk.books.check();
}

#[test]
fn a_refusal_names_the_line_and_nothing_is_sent() {
    let mut desk = Desk::with("SECRET");
    let good = || by_copy(to(50), None);
    assert_eq!(desk.refuses(&[]), (Code::Required, Some("lines")));
    assert_eq!(
        desk.refuses(&[good(), good(), by_copy(to(52), None)]),
        (Code::ReceiverClearance, Some("lines.3.to"))
    );
    assert_eq!(desk.refuses(&[good(), here(52)]), (Code::ReaderNotAdmitted, Some("lines.2.to")));
    assert_eq!(desk.refuses(&[good(), here(99)]), (Code::PersonUnknown, Some("lines.2.to")));
    assert_eq!(desk.refuses(&[by_copy(to(99), None)]), (Code::PersonUnknown, Some("lines.1.to")));
    assert_eq!(desk.refuses(&[here(50), here(50)]), (Code::NamedTwice, Some("lines.2.to")));
    let elsewhere = Wanted { to: mission(), ..here(50) };
    assert_eq!(desk.refuses(&[elsewhere]), (Code::ElectronicPerson, Some("lines.1.to")));
    assert_eq!(desk.refuses(&[by_copy(Addressee::Desk, None)]), (Code::NotOffered, Some("lines.1.to")));
    assert_eq!(desk.refuses(&[by_copy(to(50), Some(9))]), (Code::CopyUnknown, Some("lines.1.copy")));
    assert_eq!(
        desk.refuses(&[by_copy(to(50), Some(2)), by_copy(to(51), Some(2))]),
        (Code::CopyTwice, Some("lines.2.copy"))
    );
    let five: Vec<Wanted> = (0..5).map(|_| good()).collect();
    assert_eq!(desk.refuses(&five), (Code::NoFreeCopy, Some("lines.5.copy")));
    let low = Addressee::Registry { registry: LOW };
    assert!(desk.refuses(&[good(), by_copy(low, None)]).1 == Some("lines.2.to"));
    let nowhere = Addressee::Registry { registry: RegistryId::new([0x77; 16]) };
    assert_eq!(desk.refuses(&[by_copy(nowhere, None)]), (Code::RegistryUnknown, Some("lines.1.to")));
    // What is drawn up for destruction or out is not free, and refused where it is named.
    let last = desk.copies[3];
    desk.does(&Act::DrawUp { copies: vec![last], method: "Shredded".into() }).unwrap();
    assert_eq!(desk.refuses(&[by_copy(to(50), Some(4))]), (Code::CopyDrawnUp, Some("lines.1.copy")));
    let first = desk.copies[..1].to_vec();
    desk.does(&send(&first, to(50))).unwrap();
    assert_eq!(desk.refuses(&[by_copy(to(51), Some(1))]), (Code::CopyUnderWay, Some("lines.1.copy")));
    // Who is not staff gives nothing, and who sees nothing is told that there is nothing.
    let act = distribute(desk.document, &[good()]);
    assert_eq!(refused(desk.by(&desk.person(50), &act)), Code::Forbidden);
    let nobody = distribute(DocumentId::new([9; 16]), &[good()]);
    assert_eq!(refused(desk.does(&nobody)), Code::NotFound);
    let stranger = caller(60, &[]);
    assert_eq!(refused(desk.by(&stranger, &act)), Code::NotFound);
    let entered = Details::Distributions(Distribution { document: desk.document, lines: Vec::new() });
    let act = Act::Enter { details: Box::new(entered), words: String::new() };
    assert_eq!(refused(desk.does(&act)), Code::NotOffered);
}

#[test]
fn a_route_and_a_correspondent_count_for_each_line() {
    let mut desk = Desk::with("TOP SECRET");
    assert_eq!(
        desk.refuses(&[here(50), by_copy(Addressee::Registry { registry: LOW }, None)]).1,
        Some("lines.2.to")
    );
    let mut desk = Desk::with("SECRET");
    let confidential = crate::support::clearance(&desk.house, "CONFIDENTIAL");
    let known = Correspondent {
        name: "The mission".into(),
        address: "12 Harbour Street".into(),
        approved: vec![confidential],
        officers: Vec::new(),
    };
    let act = Act::Enter { details: Box::new(Details::Correspondents(known)), words: String::new() };
    desk.does(&act).unwrap();
    let lines = [by_copy(Addressee::Elsewhere { name: " The mission ".into() }, None)];
    assert_eq!(desk.refuses(&lines), (Code::ReceiverClearance, Some("lines.1.to")));
}

#[test]
fn an_electronic_line_is_its_readers_own_and_read_once() {
    let mut desk = Desk::with("SECRET");
    let given = item(&desk.gives(&[here(50), here(51)]).unwrap());
    let read = |n| step(given.id, Step::Read { person: person(n) }, "");
    // The clerk says it of nobody, nobody of another, nor twice.
    assert_eq!(refused(desk.does(&read(50))), Code::Forbidden);
    assert_eq!(refused(desk.by(&desk.person(51), &read(50))), Code::Forbidden);
    desk.by(&desk.person(50), &read(50)).unwrap();
    assert_eq!(refused(desk.by(&desk.person(50), &read(50))), Code::ItemStage);
    // Who may not open it any more has not read it.
    let fallen = caller(51, &cleared(&desk.house, "CONFIDENTIAL"));
    assert!(matches!(refused(desk.by(&fallen, &read(51))), Code::Forbidden | Code::NotFound));
    // After some days it is told; a line ends without it only with words, and then it is done.
    let at = |days: i64| Alert::of(&desk.now(given.id), NOW.plus_seconds(days * DAY), &desk.house);
    assert_eq!((at(4), at(5)), (None, Some(Alert::Unread)));
    let end = |words: &str| step(given.id, Step::EndLines { lines: vec![2] }, words);
    assert_eq!(refused(desk.does(&end(""))), Code::Required);
    assert_eq!(refused(desk.by(&desk.person(51), &end("I am away"))), Code::Forbidden);
    assert_eq!(
        refused(desk.does(&step(given.id, Step::EndLines { lines: vec![1] }, "Again"))),
        Code::ItemStage
    );
    assert_eq!(refused(desk.does(&step(given.id, Step::EndLines { lines: vec![7] }, "No"))), Code::ItemStage);
    desk.does(&end("He has left")).unwrap();
    assert_eq!(desk.now(given.id).stage, Stage::Done);
}

#[test]
fn a_paper_without_numbered_copies_is_given_to_be_read_here() {
    let house = house();
    let (mut books, document) = Books::with(&house, "RESTRICTED");
    let clerk = clerk(&house, 1);
    let given = books.does(&house, &clerk, NOW, &distribute(document, &[here(50)])).unwrap();
    assert_eq!(given.len(), 1);
    let none = books.does(&house, &clerk, NOW, &distribute(document, &[by_copy(to(50), None)]));
    assert_eq!(refused(none), Code::NoFreeCopy);
}

#[test]
fn a_recall_is_done_of_itself_when_each_copy_is_back_or_closed() {
    let mut desk = Desk::with("SECRET");
    desk.hands(0, 50);
    desk.hands(1, 51);
    let third = desk.copies[2..3].to_vec();
    let sent = crate::books::dispatched(&desk.does(&send(&third, mission())).unwrap());
    desk.does(&paper_receipt(sent)).unwrap();
    let recall = desk.tells(InstructionKind::Recall);
    let instruction = |item: &Item| match &item.details {
        Details::Instructions(instruction) => instruction.clone(),
        other => panic!("{other:?}"),
    };
    let doing = |desk: &Desk, n: usize| {
        instruction(&desk.now(recall.id)).doing(&desk.books.copies[&desk.copies[n]].0)
    };
    assert_eq!(instruction(&recall).copies.len(), 4);
    assert_eq!([0, 1, 2, 3].map(|n| doing(&desk, n)), [Doing::Open, Doing::Open, Doing::Open, Doing::Back]);
    // It is done when it is back, not when somebody says so; of what is elsewhere the letter is named.
    let (first, second, third) = (desk.copies[0], desk.copies[1], desk.copies[2]);
    assert_eq!(refused(desk.by(&desk.person(50), &post(recall.id, &[first], ""))), Code::RecallReturns);
    assert_eq!(refused(desk.does(&post(recall.id, &[third], " "))), Code::LetterNeeded);
    desk.does(&post(recall.id, &[third], "Letter 12 of the mission")).unwrap();
    desk.does(&keep(&[first])).unwrap();
    assert_eq!(doing(&desk, 0), Doing::Back);
    assert!(desk.now(recall.id).is_open());
    desk.does(&Act::Miss { copies: vec![second], words: "Gone".into() }).unwrap();
    assert_eq!(doing(&desk, 1), Doing::Nothing);
    assert_eq!(desk.now(recall.id).stage, Stage::Done);
    // What is found with somebody again is to come back after all.
    desk.does(&keep(&[second])).unwrap();
    assert_eq!(desk.now(recall.id).stage, Stage::Done);
    desk.hands(1, 51);
    assert_eq!(desk.now(recall.id).stage, Stage::Current);
    // It is called off by the control officer, with words.
    let end = |words: &str| step(recall.id, Step::End, words);
    assert_eq!(refused(desk.does(&end("Called off"))), Code::Forbidden);
    assert_eq!(refused(desk.by(&desk.officer(), &end(""))), Code::Required);
    desk.by(&desk.officer(), &end("Called off")).unwrap();
    assert_eq!(desk.now(recall.id).stage, Stage::Ended);
    desk.books.check();
}

#[test]
fn an_amendment_is_posted_by_each_holder() {
    let mut desk = Desk::with("SECRET");
    desk.hands(0, 50);
    desk.hands(1, 51);
    let amend = desk.tells(InstructionKind::Amend);
    assert_eq!(amend.text(), "IN-0001/2026");
    let copies = desk.copies.clone();
    let say = |copies: &[CopyId]| post(amend.id, copies, "");
    assert_eq!(refused(desk.by(&desk.person(50), &say(&copies[1..2]))), Code::Forbidden);
    assert_eq!(refused(desk.by(&desk.person(50), &say(&[]))), Code::Required);
    assert_eq!(refused(desk.by(&desk.person(50), &say(&[copies[0], copies[0]]))), Code::CopyTwice);
    assert_eq!(refused(desk.by(&desk.person(50), &say(&[CopyId::new([7; 16])]))), Code::NotFound);
    desk.by(&desk.person(50), &say(&copies[..1])).unwrap();
    assert_eq!(refused(desk.by(&desk.person(50), &say(&copies[..1]))), Code::NotToPost);
    // The staff says it of any, and may say when.
    let early = Act::Step {
        item: amend.id,
        step: Box::new(Step::Post { copies: copies[1..2].to_vec() }),
        at: Some(NOW.plus_seconds(-DAY)),
        words: String::new(),
    };
    assert_eq!(refused(desk.does(&early)), Code::ItemBefore);
    let at = |days: i64| Alert::of(&desk.now(amend.id), NOW.plus_seconds(days * DAY), &desk.house);
    assert_eq!((at(29), at(30)), (None, Some(Alert::NotPosted)));
    desk.does(&say(&copies[1..])).unwrap();
    assert_eq!(desk.now(amend.id).stage, Stage::Done);
    assert_eq!(refused(desk.does(&say(&copies[..1]))), Code::NotToPost);
}

#[test]
fn what_holders_are_told_is_said_whole_and_to_somebody() {
    let mut desk = Desk::with("SECRET");
    let document = desk.document;
    let enter = |asked: Instruction| Act::Enter {
        details: Box::new(Details::Instructions(asked)),
        words: String::new(),
    };
    let amend = told(document, InstructionKind::Amend);
    let recall = told(document, InstructionKind::Recall);
    let nothing = Amendment { serial: "COR 8".into(), insert: None, destroy: None };
    for (asked, code) in [
        (Instruction { is: InstructionKind::Regrade, ..recall.clone() }, Code::NotOffered),
        (Instruction { authority: " ".into(), ..recall.clone() }, Code::Required),
        (Instruction { amendment: None, ..amend.clone() }, Code::Required),
        (Instruction { amendment: Some(nothing), ..amend }, Code::Required),
        (Instruction { document: DocumentId::new([9; 16]), ..recall.clone() }, Code::NotFound),
    ] {
        assert_eq!(refused(desk.does(&enter(asked))), code);
    }
    assert_eq!(refused(desk.by(&desk.person(50), &enter(recall.clone()))), Code::Forbidden);
    assert_eq!(refused(desk.by(&caller(60, &[]), &enter(recall.clone()))), Code::NotFound);
    let house = house();
    let (mut books, document) = Books::with(&house, "SECRET");
    let nobody = enter(told(document, InstructionKind::Recall));
    assert_eq!(refused(books.does(&house, &clerk(&house, 1), NOW, &nobody)), Code::NoHolders);
}

#[test]
fn a_corrected_marking_tells_the_holders() {
    let desk = Desk::with("SECRET");
    let officer = desk.officer();
    let corrects = |level: Option<&str>, copies: &[CopyId]| {
        let ids = IdSource::new(&[9; 32]);
        let context = Context {
            registry: HQ,
            actor: officer.person,
            command: registry::CommandId::new([0x31; 16]),
            now: NOW,
            today: TODAY,
            house: &desk.house,
            ids: &ids,
        };
        let needs = CorrectNeeds {
            now: Some(Box::new(described(&desk.house))),
            has_content: true,
            stranger: None,
            out: None,
            copies: copies.to_vec(),
            next_instruction: 7,
        };
        let asked = Correction {
            reason: "Letter 9 of the originator".into(),
            label: level.map(|level| label(&desk.house, "NATO", level, &[])),
            subject: Some("Another subject".into()),
            ..Correction::default()
        };
        correct(&officer, &context, desk.document, &asked, &needs)
    };
    // Where the marking stays, or nobody has a copy, nobody is told.
    assert_eq!(corrects(None, &desk.copies).unwrap().len(), 1);
    assert_eq!(corrects(Some("CONFIDENTIAL"), &[]).unwrap().len(), 1);
    for (level, leaves) in [("TOP SECRET", false), ("RESTRICTED", true)] {
        let facts = corrects(Some(level), &desk.copies).unwrap();
        assert!(matches!(facts[0], Fact::DocumentCorrected { .. }));
        let told = item(&facts[1..]);
        assert_eq!(told.text(), "IN-0007/2026");
        let Details::Instructions(instruction) = told.details else { panic!("no instruction") };
        assert_eq!((instruction.is, instruction.leaves_log), (InstructionKind::Regrade, leaves), "{level}");
        assert_eq!(instruction.copies, desk.copies);
        assert_eq!(instruction.authority, "Letter 9 of the originator");
    }
}

fn described(house: &House) -> Description {
    Description {
        direction: registry::document::Direction::Incoming,
        kind: "letter".into(),
        date: registry::DocumentDate { written: None, civil: None },
        language: "en".into(),
        originator: String::new(),
        references: Vec::new(),
        preferred: String::new(),
        relations: Vec::new(),
        subject: "A subject".into(),
        action: Vec::new(),
        info: Vec::new(),
        held_elsewhere: String::new(),
        formal: registry::formal::Formal::default(),
        access: rule(house, "SECRET"),
    }
}

#[test]
fn what_was_regraded_is_posted_and_may_then_be_released() {
    let mut desk = Desk::with("SECRET");
    desk.hands(0, 50);
    let amend = desk.tells(InstructionKind::Amend);
    let (own, rest) = (desk.copies[..1].to_vec(), desk.copies[1..].to_vec());
    desk.by(&desk.person(50), &post(amend.id, &own, "")).unwrap();
    // What is released or destroyed meanwhile needs nothing.
    desk.books.documents.get_mut(&desk.document).unwrap().0 = rule(&desk.house, "RESTRICTED");
    desk.does(&Act::Release { copies: rest.clone(), words: "Letter 9".into() }).unwrap();
    assert!(rest.iter().all(|copy| desk.books.copies[copy].0.standing == Standing::Released));
    assert_eq!(desk.now(amend.id).stage, Stage::Done);
}
