//! Registering: numbered, seen under clearance, the same when sent twice, rebuilt equal.

use office::Sender;
use registry::{
    Answer, Code, Command,
    document::{Direction, Register},
};
use store::documents::Order;

use crate::engines::{House, on_each_engine};

pub async fn paper(house: &House, level: &str, subject: &str) -> Register {
    Register {
        direction: Direction::Incoming,
        kind: "memorandum".into(),
        date: Some(registry::DocumentDate::parse("2026-03-10").unwrap()),
        language: "en".into(),
        originator: Some("Operations Division".into()),
        references: vec![],
        preferred: None,
        relations: Vec::new(),
        number: None,
        subject: subject.into(),
        subject_label: None,
        label: Some(house.label(level).await),
        action: vec!["Military Committee".into()],
        info: vec![],
        need_to_know: vec![],
        access_list: vec![],
        held_elsewhere: Some("on paper, safe 4".into()),
        content: None,
        old: None,
        formal: registry::formal::Formal::default(),
        files: Vec::new(),
    }
}

async fn registers(house: &House, by: registry::PersonId, document: Register) -> String {
    let command = Command::Register { registry: house.registry, document: Box::new(document) };
    match house.does(by, command).await.unwrap() {
        Answer::Registered { reference, .. } => reference,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn what_is_registered_is_numbered_seen_by_those_who_may_and_rebuilt_equal() {
    on_each_engine(|house| async move {
        let clerk = house.adds("clerk", "BEL").await;
        house.makes_clerk(clerk).await;
        house.clears(clerk, "SECRET").await;
        let officer = house.adds("reader", "NOR").await;
        house.clears(officer, "CONFIDENTIAL").await;
        let one = registers(&house, clerk, paper(&house, "CONFIDENTIAL", "Air policing").await).await;
        let two = registers(&house, clerk, paper(&house, "SECRET", "Winter stocks").await).await;
        assert_eq!((one.as_str(), two.as_str()), ("REG-2026-1", "REG-2026-2"));

        let mut clerk_reads = house.office.read_as(clerk).await.unwrap();
        let page = clerk_reads.list(house.registry, Order::LastRegistered, None, 10).await.unwrap();
        let seen: Vec<_> = page.rows.iter().map(|r| (r.reference.as_str(), r.subject.as_deref())).collect();
        assert_eq!(seen, [("REG-2026-2", Some("Winter stocks")), ("REG-2026-1", Some("Air policing"))]);
        drop(clerk_reads);

        let mut reads = house.office.read_as(officer).await.unwrap();
        let page = reads.list(house.registry, Order::Newest, None, 10).await.unwrap();
        assert_eq!(page.rows.len(), 1);
        assert_eq!(reads.total(house.registry).await.unwrap(), 1);
        let hidden = reads.by_reference("REG-2026-2").await.unwrap();
        assert!(hidden.is_empty());
        assert_eq!(reads.by_reference("reg 2026 001").await.unwrap().len(), 1);
        drop(reads);

        let (applied, differences) = house.office.compare_rebuilt().await.unwrap();
        assert_eq!(differences, Vec::<String>::new());
        assert!(applied > 10);
        let verified = house.office.verify().await.unwrap();
        assert!(verified.faults.is_empty(), "{:?}", verified.faults);
    })
    .await;
}

#[tokio::test]
async fn a_row_edited_by_hand_is_found_by_the_rebuild() {
    on_each_engine(|house| async move {
        let clerk = house.adds("clerk", "BEL").await;
        house.makes_clerk(clerk).await;
        registers(&house, clerk, paper(&house, "UNCLASSIFIED", "Air policing").await).await;
        house.office.edit_by_hand("UPDATE document SET subject = 'Other'").await;
        let (_, differences) = house.office.compare_rebuilt().await.unwrap();
        assert_eq!(differences, ["document: row 0 differs in subject"]);
    })
    .await;
}

#[tokio::test]
async fn the_same_command_twice_has_one_effect_and_another_body_is_refused() {
    on_each_engine(|house| async move {
        let clerk = house.adds("clerk", "BEL").await;
        house.makes_clerk(clerk).await;
        let id = house.office.new_command();
        let document = paper(&house, "UNCLASSIFIED", "Air policing").await;
        let command = Command::Register { registry: house.registry, document: Box::new(document.clone()) };
        let first = house.office.command(Sender::person(clerk), id, command.clone()).await.unwrap();
        let again = house.office.command(Sender::person(clerk), id, command).await.unwrap();
        assert_eq!(first, again);
        let other = Register { subject: "Another".into(), ..document };
        let command = Command::Register { registry: house.registry, document: Box::new(other) };
        let refused = house.office.command(Sender::person(clerk), id, command).await.unwrap_err();
        assert_eq!(refused.refusal().unwrap().code, Code::CommandIdReused);
        assert_eq!(house.office.read_as(clerk).await.unwrap().total(house.registry).await.unwrap(), 1);
    })
    .await;
}

#[tokio::test]
async fn sixteen_clerks_at_once_take_numbers_without_gap_or_duplicate() {
    on_each_engine(|house| async move {
        let clerk = house.adds("clerk", "BEL").await;
        house.makes_clerk(clerk).await;
        let document = paper(&house, "UNCLASSIFIED", "Air policing").await;
        let many = (0..160).map(|n| {
            let document = Register { subject: format!("Paper {n}"), ..document.clone() };
            registers(&house, clerk, document)
        });
        let mut numbers: Vec<u64> = futures::future::join_all(many)
            .await
            .iter()
            .map(|reference| reference.rsplit('-').next().unwrap().parse().unwrap())
            .collect();
        numbers.sort_unstable();
        assert_eq!(numbers, (1..=160).collect::<Vec<u64>>());
        let (_, differences) = house.office.compare_rebuilt().await.unwrap();
        assert_eq!(differences, Vec::<String>::new());
    })
    .await;
}
