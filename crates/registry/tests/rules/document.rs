//! Registering a document: each refusal by its code and field, and what is written down in one form only.

use jiff::civil::date;
use proptest::prelude::*;
use registry::{
    Code, DocumentDate, Fact, GroupId, ObjectId, Refusal, RegistryId,
    authorisation::Role,
    document::{Direction, ReadingOutcome, Register, RegisterNeeds, StagedContent, StagedText, register},
    fact::DocumentFact,
    formal::Formal,
    id::Digest,
    old::{OldCopy, OldEntry},
    reference::{Reference, ReferenceKind},
};

use crate::support::*;

fn letter() -> Register {
    Register {
        direction: Direction::Incoming,
        kind: "letter".into(),
        date: Some(DocumentDate::day(date(2026, 3, 10))),
        language: "en".into(),
        originator: None,
        references: vec![],
        preferred: None,
        relations: Vec::new(),
        number: None,
        subject: "Winter stocks".into(),
        subject_label: None,
        label: Some(label(&house(), "NATO", "SECRET", &[])),
        action: vec![],
        info: vec![],
        need_to_know: vec![],
        access_list: vec![],
        held_elsewhere: Some("safe 4".into()),
        content: None,
        old: None,
        formal: Formal::default(),
        files: Vec::new(),
    }
}

fn content() -> StagedContent {
    StagedContent {
        object: ObjectId::new([1; 16]),
        digest: Digest([2; 32]),
        size: 10,
        media_type: "text/plain".into(),
        file_name: "stocks.txt".into(),
        reading: ReadingOutcome::Text,
        text: Some(StagedText { object: ObjectId::new([3; 16]), digest: Digest([4; 32]), size: 9 }),
        enclosures: Vec::new(),
    }
}

fn registers_at(at: RegistryId, asked: &Register, needs: &RegisterNeeds) -> Result<Vec<Fact>, Refusal> {
    let house = house();
    let clerk = caller(1, &[role(Role::Clerk, Some(HQ)), role(Role::Controller, Some(LOW))]);
    deciding(&house, at, |context| register(&clerk, context, asked, needs))
}

fn registers(asked: &Register) -> Result<Vec<Fact>, Refusal> {
    registers_at(HQ, asked, &RegisterNeeds { next_number: 17, duplicate: None, ..RegisterNeeds::default() })
}

fn registered(asked: &Register) -> DocumentFact {
    match registers(asked).unwrap().into_iter().next() {
        Some(Fact::DocumentRegistered { document }) => *document,
        other => panic!("{other:?}"),
    }
}

fn but(change: impl FnOnce(&mut Register)) -> (&'static str, Code) {
    let mut asked = letter();
    change(&mut asked);
    let refusal = registers(&asked).unwrap_err();
    (refusal.field.unwrap_or_default(), refusal.code)
}

#[test]
fn only_clerks_and_controllers_of_the_registry_register() {
    let house = house();
    let needs = RegisterNeeds { next_number: 1, duplicate: None, ..RegisterNeeds::default() };
    let tries = |caller: &registry::Caller, at| {
        deciding(&house, at, |context| register(caller, context, &letter(), &needs)).map_err(|r| r.code)
    };
    for given in [Role::Clerk, Role::Controller] {
        assert!(tries(&caller(1, &[role(given, Some(HQ))]), HQ).is_ok());
        assert_eq!(tries(&caller(1, &[role(given, Some(HQ))]), LOW), Err(Code::Forbidden));
    }
    for given in [Role::Assistant, Role::SecurityOfficer, Role::Administrator, Role::Inspector] {
        assert_eq!(tries(&caller(1, &[role(given, Some(HQ))]), HQ), Err(Code::Forbidden), "{given:?}");
        assert_eq!(tries(&caller(1, &[role(given, None)]), HQ), Err(Code::Forbidden), "{given:?}");
    }
    assert!(tries(&operator(), HQ).is_ok());
    assert_eq!(tries(&by_operator(caller(1, &[])), HQ), Err(Code::Forbidden));
    assert_eq!(tries(&operator(), RegistryId::new([99; 16])), Err(Code::RegistryUnknown));
    assert_eq!(tries(&operator(), registry::HOUSE), Err(Code::RegistryUnknown));
}

#[test]
fn each_field_is_refused_by_its_name() {
    let long = || "x".repeat(401);
    let other = |text: &str| Reference::new(ReferenceKind::Other, text);
    for kind in ["", " ", "a letter", "lettre-à", &"x".repeat(41)] {
        assert_eq!(but(|r| r.kind = kind.to_owned()), ("kind", Code::NotOffered), "{kind}");
    }
    for language in ["", "e", "eng", "é", "1a"] {
        assert_eq!(but(|r| r.language = language.into()), ("language", Code::NotOffered), "{language}");
    }
    assert_eq!(but(|r| r.subject = " \0\n ".into()), ("subject", Code::Required));
    assert_eq!(but(|r| r.subject = "x".repeat(1_001)), ("subject", Code::TooLong));
    assert_eq!(but(|r| r.originator = Some(long())), ("originator", Code::TooLong));
    assert_eq!(but(|r| r.references = vec![other(&long())]), ("references", Code::TooLong));
    assert_eq!(but(|r| r.references = vec![other("x"); 501]), ("references", Code::TooLong));
    assert_eq!(but(|r| r.action = vec![long()]), ("action", Code::TooLong));
    assert_eq!(but(|r| r.info = vec!["x".into(); 501]), ("info", Code::TooLong));
    assert_eq!(but(|r| r.held_elsewhere = Some(long())), ("held_elsewhere", Code::TooLong));
    assert_eq!(but(|r| r.held_elsewhere = None), ("content", Code::NoContent));
    assert_eq!(but(|r| r.held_elsewhere = Some(" ".into())), ("content", Code::NoContent));
    let nobody = GroupId::new([99; 16]);
    assert_eq!(but(|r| r.need_to_know = vec![vec![AIR, nobody]]), ("need_to_know", Code::GroupUnknown));
    assert_eq!(but(|r| r.need_to_know = vec![vec![AIR]; 501]), ("need_to_know", Code::TooLong));
    assert_eq!(but(|r| r.need_to_know = vec![vec![AIR; 501]]), ("need_to_know", Code::TooLong));
    assert_eq!(but(|r| r.access_list = vec![person(1); 501]), ("access_list", Code::TooLong));
}

#[test]
fn a_date_that_came_past_the_form_is_checked_all_the_same() {
    let dated = |civil, written: Option<&str>| DocumentDate { civil, written: written.map(str::to_owned) };
    for year in [999, 3000] {
        assert_eq!(
            but(|r| r.date = Some(DocumentDate::day(date(year, 1, 1)))),
            ("date", Code::ImpossibleDate)
        );
    }
    let long = dated(None, Some(&"x".repeat(401)));
    assert_eq!(but(|r| r.date = Some(long)), ("date", Code::TooLong));
    let asked = Register { date: Some(dated(None, Some(" June\0 1955\n"))), ..letter() };
    assert_eq!(registered(&asked).date, dated(None, Some("June 1955")));
    let asked = Register { date: Some(dated(None, Some(" "))), ..letter() };
    assert_eq!(registered(&asked).date, dated(None, None));
}

#[test]
fn labels_are_those_of_the_policy() {
    let house = house();
    let mut foreign = label(&house, "NATO", "SECRET", &[]);
    foreign.policy = label::PolicyId::new("1.2.3").unwrap();
    let mut unknown = label(&house, "NATO", "SECRET", &[]);
    unknown.level = label::Code::number(99);
    assert_eq!(but(|r| r.label = Some(foreign.clone())), ("label", Code::UnknownPolicy));
    assert_eq!(but(|r| r.label = Some(unknown.clone())), ("label", Code::InvalidLabel));
    assert_eq!(but(|r| r.subject_label = Some(foreign)), ("subject_label", Code::UnknownPolicy));
    assert_eq!(but(|r| r.subject_label = Some(unknown)), ("subject_label", Code::InvalidLabel));
    // While the marking is open, so is that of its subject.
    let open = |r: &mut Register| {
        r.subject_label = r.label.take();
    };
    assert_eq!(but(open), ("subject_label", Code::InvalidLabel));
    let undetermined = registered(&Register { label: None, ..letter() });
    assert_eq!((undetermined.label, undetermined.entry_label), (None, None));

    // An obsolete value is kept on what comes, refused on what is made here.
    let old = label(&house, "NATO", "RESTRICTED", &[("Releasable To", "ISAF")]);
    for (direction, allowed) in [
        (Direction::Incoming, true),
        (Direction::Internal, true),
        (Direction::Outgoing, false),
        (Direction::Created, false),
    ] {
        let asked = Register { direction, label: Some(old.clone()), ..letter() };
        assert_eq!(registers(&asked).is_ok(), allowed, "{direction:?}");
    }
}

#[test]
fn content_is_kept_where_it_may_lie_and_once() {
    let with = |label: &[(&str, &str)], level: &str| Register {
        label: Some(super::support::label(&house(), "NATO", level, label)),
        content: Some(content()),
        held_elsewhere: None,
        ..letter()
    };
    let needs = RegisterNeeds { next_number: 1, duplicate: None, ..RegisterNeeds::default() };
    let code = |at, asked: &Register, needs| {
        registers_at(at, asked, needs).map(|facts| facts.len()).map_err(|r| r.code)
    };
    assert_eq!(code(HQ, &with(&[], "SECRET"), &needs), Ok(3));
    assert_eq!(code(LOW, &with(&[], "SECRET"), &needs), Err(Code::AboveCeiling));
    assert_eq!(
        code(HQ, &with(&[("Additional Sensitivity", "CRYPTO")], "SECRET"), &needs),
        Err(Code::ExistenceOnly)
    );
    // As an entry only, "held elsewhere", either may be registered.
    assert_eq!(code(LOW, &letter(), &needs), Ok(1));
    let taken =
        RegisterNeeds { next_number: 1, duplicate: Some("HQR-2026-1".into()), ..RegisterNeeds::default() };
    assert_eq!(code(HQ, &with(&[], "SECRET"), &taken), Err(Code::DuplicateInScope));
    let empty = Register { content: Some(StagedContent { size: 0, ..content() }), ..with(&[], "SECRET") };
    assert_eq!(code(HQ, &empty, &needs), Err(Code::EmptyContent));
    let long = StagedContent { file_name: "x".repeat(401), ..content() };
    let long = Register { content: Some(long), ..with(&[], "SECRET") };
    assert_eq!(code(HQ, &long, &needs), Err(Code::TooLong));
}

#[test]
fn a_file_name_carries_no_line_break_into_the_ledger() {
    let named = StagedContent { file_name: "a\r\nX-Header: b\0.txt".into(), ..content() };
    let facts = registers(&Register { content: Some(named), ..letter() }).unwrap();
    let [_, Fact::VersionAdded { version }, Fact::RenditionAdded { rendition }] = &facts[..] else {
        panic!()
    };
    assert_eq!(version.file_name, "a X-Header: b .txt");
    assert_eq!((rendition.version, rendition.document), (version.id, version.document));
}

#[test]
fn what_is_asked_in_several_ways_is_written_in_one() {
    let asked = Register {
        kind: " Letter ".into(),
        language: "FR".into(),
        subject: " Winter\tstocks\n".into(),
        originator: Some(" ".into()),
        references: vec![
            Reference::new(ReferenceKind::Register, "MCM-0041-2010"),
            Reference::new(ReferenceKind::Originator, "mcm 41/2010"),
            Reference::new(ReferenceKind::Originator, " "),
        ],
        action: vec!["One".into(), " One ".into(), "".into(), "Two".into()],
        need_to_know: vec![vec![SEA, AIR, SEA], vec![], vec![LAND], vec![AIR, SEA]],
        access_list: vec![person(3), person(2), person(3)],
        ..letter()
    };
    let document = registered(&asked);
    assert_eq!((document.reference.as_str(), document.number, document.year), ("HQR-2026-17", 17, 2026));
    assert_eq!((document.kind.as_str(), document.language.as_str()), ("letter", "fr"));
    assert_eq!((document.subject.as_str(), document.originator), ("Winter stocks", None));
    // Only a registry allots numbers of its series; two ways of writing one reference are one.
    assert_eq!(document.references, [Reference::new(ReferenceKind::Other, "MCM-0041-2010")]);
    assert_eq!(document.action, ["One", "Two"]);
    assert_eq!(document.need_to_know, [vec![AIR, SEA], vec![LAND]]);
    assert_eq!(document.access_list, [person(2), person(3)]);
    let lowest = label(&house(), "NATO", "UNCLASSIFIED", &[]);
    assert_eq!(document.entry_label, Some(lowest));
}

#[test]
fn the_day_of_release_is_kept_where_a_community_is_read_by_it() {
    let house = house();
    let to = |name: &str, day| Register {
        label: Some(label(&house, "NATO", "RESTRICTED", &[("Releasable To", name)])),
        date: day,
        ..letter()
    };
    let written = Some(DocumentDate::day(date(2010, 5, 1)));
    assert_eq!(registered(&to("UKR", written.clone())).released_on, None);
    assert_eq!(registered(&to("EAPC", written)).released_on, Some(date(2010, 5, 1)));
    assert_eq!(registered(&to("EAPC", None)).released_on, Some(TODAY));
}

proptest! {
    /// Whatever is typed: no panic, and nothing that a table or a header line cannot carry is written down.
    #[test]
    fn no_text_brings_a_control_character_into_an_entry(
        subject in "\\PC*|[\\x00-\\x1f a-z]{0,40}", name in "[\\x00-\\x1fa-z\u{85}\u{2028} ]{0,20}",
    ) {
        let asked = Register {
            subject,
            originator: Some(name.clone()),
            references: vec![Reference::new(ReferenceKind::Other, name.clone())],
            action: vec![name.clone()],
            held_elsewhere: Some(name.clone()),
            date: Some(DocumentDate { civil: None, written: Some(name.clone()) }),
            content: Some(StagedContent { file_name: name, ..content() }),
            files: Vec::new(),
            ..letter()
        };
        for fact in registers(&asked).into_iter().flatten() {
            let value = serde_json::to_value(&fact).unwrap();
            prop_assert!(super::golden::texts(&value).iter().all(|t| !t.contains(char::is_control)), "{value}");
        }
    }
}

/// A paper as a register of old had it.
fn taken_over() -> Register {
    let old = OldEntry {
        register: "Register 1999.xlsx".into(),
        source: Digest([9; 32]),
        number: Some(" 45/99 ".into()),
        received: None,
        marking: Some("NATO\nSECRET".into()),
        pages: Some(12),
        copies_in_all: Some(5),
        copies: vec![OldCopy {
            number: Some(2),
            holder: Some("Plans\u{7} Division".into()),
            ..OldCopy::default()
        }],
        remarks: vec!["  ".into(), "Box 12".into()],
    };
    Register {
        old: Some(Box::new(old)),
        held_elsewhere: Some("Old register".into()),
        content: None,
        ..letter()
    }
}

#[test]
fn what_an_old_register_said_is_kept_with_the_registration_in_clean_lines() {
    let house = house();
    let needs = RegisterNeeds { next_number: 17, ..RegisterNeeds::default() };
    let by = |caller: &registry::Caller, needs: &RegisterNeeds, asked: &Register| {
        deciding(&house, HQ, |context| register(caller, context, asked, needs))
    };
    let controller = caller(1, &[role(Role::Controller, Some(HQ))]);
    let Fact::DocumentRegistered { document } = by(&controller, &needs, &taken_over()).unwrap().remove(0)
    else {
        panic!()
    };
    let old = document.old.unwrap();
    assert_eq!((old.number.as_deref(), old.marking.as_deref()), (Some("45/99"), Some("NATO SECRET")));
    assert_eq!(old.copies[0].holder.as_deref(), Some("Plans Division"));
    assert_eq!(old.remarks, ["Box 12"]);

    // A clerk registers, but does not take a register over.
    let clerk = caller(1, &[role(Role::Clerk, Some(HQ))]);
    assert_eq!(by(&clerk, &needs, &taken_over()).unwrap_err().code, Code::Forbidden);
    assert!(by(&operator(), &needs, &taken_over()).is_ok());

    let known = RegisterNeeds { duplicate: Some("HQR-2026-3".into()), ..needs.clone() };
    let refusal = by(&controller, &known, &taken_over()).unwrap_err();
    assert_eq!((refusal.code, refusal.arguments[0].1.as_str()), (Code::TakenOver, "HQR-2026-3"));

    let mut long = taken_over();
    long.old.as_mut().unwrap().remarks.push("x".repeat(4_001));
    assert_eq!(by(&controller, &needs, &long).unwrap_err().code, Code::TooLong);
    let mut many = taken_over();
    many.old.as_mut().unwrap().copies = vec![OldCopy::default(); 1_001];
    assert_eq!(by(&controller, &needs, &many).unwrap_err().code, Code::TooLong);
}
