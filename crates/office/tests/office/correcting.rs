//! Stories of correcting: a field, a marking, what was undetermined; who may, who sees what it was, and that search
//! and rebuild follow.

use jiff::civil::date;
use label::Label;
use registry::{
    Answer, Code, Command, DocumentDate, DocumentId, PersonId,
    authorisation::{Grant, Role},
    correction::{Correction, Description},
    document::{Direction, Register},
};

use crate::engines::{House, on_each_engine};

struct Staff {
    clerk: PersonId,
    controller: PersonId,
    reader: PersonId,
}

async fn staff(house: &House) -> Staff {
    let clerk = house.adds("clerk", "BEL").await;
    house.makes_clerk(clerk).await;
    house.clears(clerk, "CONFIDENTIAL").await;
    let controller = house.adds("controller", "FRA").await;
    house.gives(controller, Grant::Role { role: Role::Controller, registry: Some(house.registry) }).await;
    house.clears(controller, "SECRET").await;
    let reader = house.adds("reader", "NOR").await;
    house.clears(reader, "CONFIDENTIAL").await;
    Staff { clerk, controller, reader }
}

fn paper(label: Option<Label>) -> Register {
    Register {
        direction: Direction::Incoming,
        kind: "letter".into(),
        date: Some(DocumentDate::day(date(2026, 3, 10))),
        language: "en".into(),
        originator: Some("Operations".into()),
        references: Vec::new(),
        preferred: None,
        relations: Vec::new(),
        number: None,
        subject: "Winter stocks".into(),
        subject_label: None,
        label,
        action: vec!["Logistics".into()],
        info: Vec::new(),
        need_to_know: Vec::new(),
        access_list: Vec::new(),
        held_elsewhere: Some("safe 4".into()),
        content: None,
        old: None,
        formal: registry::formal::Formal::default(),
        files: Vec::new(),
    }
}

async fn registered(house: &House, by: PersonId, document: Register) -> DocumentId {
    let command = Command::Register { registry: house.registry, document: Box::new(document) };
    match house.does(by, command).await.unwrap() {
        Answer::Registered { document, .. } => document,
        other => panic!("{other:?}"),
    }
}

async fn corrects(
    house: &House,
    by: PersonId,
    document: DocumentId,
    correction: Correction,
) -> Result<(), Code> {
    let correction = Box::new(Correction { reason: "A slip of the pen".into(), ..correction });
    let command = Command::Correct { registry: house.registry, document, correction };
    match house.does(by, command).await {
        Ok(answer) => {
            assert_eq!(answer, Answer::Corrected { document });
            Ok(())
        }
        Err(office::Failure::Refused(refusal)) => Err(refusal.code),
        Err(failed) => panic!("{failed}"),
    }
}

async fn found(house: &House, by: PersonId, query: &str) -> u64 {
    let query = office::search::query(query).unwrap();
    house.office.read_as(by).await.unwrap().search(&query, 10, None, true).await.unwrap().total
}

async fn says(house: &House, by: PersonId, document: DocumentId) -> Option<Description> {
    let mut reading = house.office.read_as(by).await.unwrap();
    reading.description(document).await.ok().map(store::Visible::into_inner)
}

async fn rebuilt_equal(house: &House) {
    let (_, differences) = house.office.compare_rebuilt().await.unwrap();
    assert_eq!(differences, Vec::<String>::new());
}

#[tokio::test]
async fn a_field_is_corrected_and_what_it_was_stays_in_the_history() {
    on_each_engine(|house| async move {
        let staff = staff(&house).await;
        let label = house.label("CONFIDENTIAL").await;
        let document = registered(&house, staff.clerk, paper(Some(label))).await;
        let correction = Correction {
            subject: Some("Summer stocks".into()),
            originator: Some(String::new()),
            date: Some(DocumentDate { civil: None, written: Some("June 1955".into()) }),
            action: Some(vec!["Plans".into(), "Operations".into()]),
            ..Correction::default()
        };
        corrects(&house, staff.clerk, document, correction).await.unwrap();

        let now = says(&house, staff.reader, document).await.unwrap();
        assert_eq!((now.subject.as_str(), now.originator.as_str()), ("Summer stocks", ""));
        assert_eq!(now.action, ["Plans", "Operations"]);
        assert_eq!(now.date.civil, None);
        let mut reading = house.office.read_as(staff.reader).await.unwrap();
        let history = reading.history(document).await.unwrap();
        assert_eq!(history.len(), 1);
        assert_eq!(history[0].from.subject.as_deref(), Some("Winter stocks"));
        assert_eq!(history[0].to.fields(), ["date", "originator", "subject", "action"]);
        assert_eq!((history[0].by, history[0].reason.as_str()), (staff.clerk, "A slip of the pen"));
        drop(reading);

        house.office.catch_up().await.unwrap();
        assert_eq!(found(&house, staff.reader, "summer").await, 1);
        assert_eq!(found(&house, staff.reader, "winter").await, 0);
        rebuilt_equal(&house).await;
    })
    .await;
}

#[tokio::test]
async fn a_marking_is_raised_for_all_at_once_and_what_was_read_before_stays_with_its_readers() {
    on_each_engine(|house| async move {
        let staff = staff(&house).await;
        let document = registered(&house, staff.clerk, paper(Some(house.label("CONFIDENTIAL").await))).await;
        house.office.catch_up().await.unwrap();
        assert_eq!(found(&house, staff.reader, "winter").await, 1);
        let raise = Correction { label: Some(house.label("SECRET").await), ..Correction::default() };
        // A clerk mends words; how a paper is seen is the controller's.
        assert_eq!(corrects(&house, staff.clerk, document, raise.clone()).await, Err(Code::Forbidden));
        corrects(&house, staff.controller, document, raise).await.unwrap();
        // On the next request, whether the index knows of it already or not.
        assert_eq!(found(&house, staff.reader, "winter").await, 0);
        assert!(says(&house, staff.reader, document).await.is_none());
        house.office.catch_up().await.unwrap();
        assert_eq!(found(&house, staff.reader, "winter").await, 0);
        assert_eq!(found(&house, staff.controller, "winter").await, 1);

        // And back: the reader sees the paper again, and nothing of what it was called while it was not his.
        let secret = Correction { subject: Some("Secret depots".into()), ..Correction::default() };
        corrects(&house, staff.controller, document, secret).await.unwrap();
        let lower = Correction {
            label: Some(house.label("CONFIDENTIAL").await),
            subject: Some("Winter stocks".into()),
            ..Correction::default()
        };
        corrects(&house, staff.controller, document, lower).await.unwrap();
        let mut reading = house.office.read_as(staff.reader).await.unwrap();
        assert_eq!(reading.history(document).await.unwrap().len(), 0);
        let mut reading = house.office.read_as(staff.controller).await.unwrap();
        assert_eq!(reading.history(document).await.unwrap().len(), 3);
        drop(reading);
        rebuilt_equal(&house).await;
    })
    .await;
}

#[tokio::test]
async fn a_controller_decides_what_was_undetermined() {
    on_each_engine(|house| async move {
        let staff = staff(&house).await;
        let document = registered(&house, staff.clerk, paper(None)).await;
        assert!(says(&house, staff.reader, document).await.is_none());
        let decide = Correction { label: Some(house.label("CONFIDENTIAL").await), ..Correction::default() };
        assert_eq!(corrects(&house, staff.reader, document, decide.clone()).await, Err(Code::NotFound));
        corrects(&house, staff.controller, document, decide).await.unwrap();
        assert_eq!(says(&house, staff.reader, document).await.unwrap().subject, "Winter stocks");
        rebuilt_equal(&house).await;
    })
    .await;
}

#[tokio::test]
async fn a_correction_is_refused_with_its_reason() {
    on_each_engine(|house| async move {
        let staff = staff(&house).await;
        let document = registered(&house, staff.clerk, paper(Some(house.label("CONFIDENTIAL").await))).await;
        let with = |subject: &str| Correction { subject: Some(subject.into()), ..Correction::default() };
        let refused = [
            (staff.clerk, with("Winter stocks"), Code::NothingChanged),
            (staff.clerk, with("  "), Code::Required),
            (staff.clerk, with(&"x".repeat(1_001)), Code::TooLong),
            (staff.reader, with("Mine"), Code::Forbidden),
            (house.officers[0], with("Mine"), Code::NotFound),
            (
                staff.clerk,
                Correction { held_elsewhere: Some(String::new()), ..Correction::default() },
                Code::NoContent,
            ),
            (
                staff.controller,
                Correction { access_list: Some(vec![PersonId::new([9; 16])]), ..Correction::default() },
                Code::PersonUnknown,
            ),
        ];
        for (by, correction, code) in refused {
            assert_eq!(corrects(&house, by, document, correction.clone()).await, Err(code), "{correction:?}");
        }
        let now = says(&house, staff.clerk, document).await.unwrap();
        let first = Correction { mark: Some(now.mark()), ..with("First") };
        let second = Correction { mark: Some(now.mark()), ..with("Second") };
        corrects(&house, staff.clerk, document, first).await.unwrap();
        assert_eq!(corrects(&house, staff.clerk, document, second).await, Err(Code::Conflict));
        let missing = Command::Correct {
            registry: house.registry,
            document: DocumentId::new([7; 16]),
            correction: Box::new(with("Ghost")),
        };
        let refusal = house.does(staff.clerk, missing).await.unwrap_err();
        assert_eq!(refusal.refusal().unwrap().code, Code::NotFound);
    })
    .await;
}

/// The index never hears of a colleague who was entered: whoever entered him does not wait for it.
#[tokio::test]
async fn who_did_what_no_search_knows_is_not_behind() {
    on_each_engine(|house| async move {
        let clerk = house.officers[0];
        house.adds("reader", "NOR").await;
        let query = office::search::query("winter").unwrap();
        let found = house.office.read_as(clerk).await.unwrap().search(&query, 10, None, true).await.unwrap();
        assert!(!found.behind, "told that the index is behind what was done");
    })
    .await;
}
