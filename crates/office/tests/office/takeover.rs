//! A register of old on both engines: planned, carried out, stopped by the end of the process, gone on with.

use std::time::Duration;

use office::{
    Office, Sender,
    takeover::{Asked, Becomes, RowState, State},
};
use registry::{
    ObjectId, PersonId,
    authorisation::{Grant, Role},
};

use crate::engines::{House, on_each_engine};

fn lines(count: usize) -> String {
    let rows = (1..=count).map(|n| format!("{n},Paper {n},NATO RESTRICTED,Plans\n"));
    format!("Register number,Subject,Classification,Holder\n{}", rows.collect::<String>())
}

async fn brought(house: &House, person: PersonId, text: &str) -> ObjectId {
    let mut upload = house.office.upload(house.registry, "old.csv").unwrap();
    upload.write(text.as_bytes()).unwrap();
    let asked = Asked { held_elsewhere: "Old register".into(), ..Asked::default() };
    let command = house.office.new_command();
    house.office.open_takeover(person, command, house.registry, upload, asked).await.unwrap()
}

async fn ended(office: &Office, person: PersonId, id: ObjectId) -> office::takeover::Progress {
    for _ in 0..400 {
        let progress = office.takeover(person, id).await.unwrap().progress;
        if progress.state != State::Running {
            return progress;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("it does not end");
}

#[tokio::test]
async fn rows_are_registered_once_and_a_run_that_was_stopped_goes_on() {
    on_each_engine(async |house: House| {
        let head = house.adds("head", "BEL").await;
        house.gives(head, Grant::Role { role: Role::Controller, registry: Some(house.registry) }).await;
        let id = brought(&house, head, &lines(250)).await;
        house.office.take_over(Sender::person(head), id).await.unwrap();
        // A second press is refused while it runs, and a wish to stop is heard after the batch in hand.
        let again = house.office.take_over(Sender::person(head), id).await;
        house.office.stop_takeover(head, id).await.unwrap();
        let stopped = ended(&house.office, head, id).await;
        assert!(again.is_err() || stopped.state == State::Done);
        house.office.take_over(Sender::person(head), id).await.unwrap();
        let done = ended(&house.office, head, id).await;
        assert_eq!((done.state, done.done, done.refused), (State::Done, 250, 0));
        assert_eq!(done.registered + done.already, 250);
        assert_eq!(stopped.registered, done.already, "what the first run registered");

        let mut reading = house.office.read_as(head).await.unwrap();
        let takeover = house.office.takeover(head, id).await.unwrap();
        let look = reading.look_at(takeover).await.unwrap();
        assert!(look.states.iter().all(|s| matches!(s, RowState::Registered(_) | RowState::Blind)));
        assert_eq!(look.counts[0].becomes, Becomes::Elsewhere, "a number of no series");
        let page = reading.list(house.registry, store::documents::Order::FirstRegistered, None, 500).await;
        assert_eq!(page.unwrap().rows.len(), 250);
        drop(reading);

        // The same rows in another workbook: nothing is registered twice, under whatever settings.
        let other = brought(&house, head, &lines(251)).await;
        let asked = Asked { held_elsewhere: "Elsewhere".into(), rest: false, ..Asked::default() };
        house.office.change_takeover(head, other, &asked).await.unwrap();
        house.office.take_over(Sender::person(head), other).await.unwrap();
        let done = ended(&house.office, head, other).await;
        assert_eq!((done.registered, done.already), (1, 250));

        // Another controller, who never ran it: known again by the row.
        let second = house.adds("second", "NOR").await;
        house.gives(second, Grant::Role { role: Role::Controller, registry: Some(house.registry) }).await;
        let theirs = brought(&house, second, &lines(3)).await;
        house.office.take_over(Sender::person(second), theirs).await.unwrap();
        let done = ended(&house.office, second, theirs).await;
        assert_eq!((done.registered, done.already, done.refused), (0, 3, 0));
        assert!(house.office.takeover(second, id).await.is_err(), "another's workbook");

        house.office.drop_takeover(head, other).await.unwrap();
        assert!(house.office.takeover(head, other).await.is_err());
        house.clock.set(house.office.now().plus_seconds(31 * 86_400));
        assert_eq!(house.office.sweep_takeovers().await.unwrap(), 2);
        let (_, differences) = house.office.compare_rebuilt().await.unwrap();
        assert_eq!(differences, Vec::<String>::new());
    })
    .await;
}

#[tokio::test]
async fn refusals_are_told_row_by_row_and_do_not_stop_the_others() {
    on_each_engine(async |house: House| {
        let head = house.adds("head", "BEL").await;
        house.gives(head, Grant::Role { role: Role::Controller, registry: Some(house.registry) }).await;
        let long = "x".repeat(1_100);
        let text = format!("Number,Subject,Remarks\n1,Roads,a\n2,{long},b\n3,Ports,c\n");
        let id = brought(&house, head, &text).await;
        let asked = Asked { kind: "no such Kind!".into(), held_elsewhere: "Old".into(), ..Asked::default() };
        house.office.change_takeover(head, id, &asked).await.unwrap();
        house.office.take_over(Sender::person(head), id).await.unwrap();
        let done = ended(&house.office, head, id).await;
        assert_eq!((done.registered, done.refused), (0, 2), "the long one is left out");
        assert_eq!(done.refusals[0].code, "not-offered");
        assert_eq!(done.refusals[1].row, 4);
        let asked = Asked { held_elsewhere: "Old".into(), ..Asked::default() };
        house.office.change_takeover(head, id, &asked).await.unwrap();
        house.office.take_over(Sender::person(head), id).await.unwrap();
        let done = ended(&house.office, head, id).await;
        assert_eq!((done.registered, done.refused), (2, 0));
    })
    .await;
}
