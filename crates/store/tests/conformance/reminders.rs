//! A reminder is kept once, whoever makes it and however often; it is shown to whom it is for until he puts it aside, and is
//! thrown away with its task.

use registry::{TaskId, Timestamp, cases::Doer};
use store::reminders::{Reminded, keep, open, own, put_aside, sweep};

use crate::{
    engines::{Place, on_each_engine},
    facts::{READER, SECOND, small_world},
};

const FAR: Timestamp = Timestamp::from_micros(i64::MAX);
const BEGIN: (Timestamp, TaskId) = (Timestamp::from_micros(i64::MIN), TaskId::new([0; 16]));

fn reminded(of: &store::reminders::Open, doer: Doer, name: &str, made: i64) -> Reminded {
    Reminded {
        case: of.case.id,
        task: of.task,
        name: name.into(),
        doer,
        kind: "after".into(),
        due: of.due,
        made: Timestamp::from_micros(made),
    }
}

async fn keeps(place: &Place, made: &[Reminded]) {
    let mut conn = place.again().await.begin_write().await.unwrap();
    keep(&mut conn, made).await.unwrap();
    conn.commit().await.unwrap();
}

#[tokio::test]
async fn a_reminder_is_kept_once_shown_until_it_is_put_aside_and_goes_with_its_task() {
    on_each_engine(|place| async move {
        small_world(&place).await;
        let mut conn = place.reads().await;
        let all = open(&mut conn, FAR, BEGIN, 100).await.unwrap();
        assert_eq!(all.len(), 2);
        assert!(all.iter().all(|open| open.reminded.is_none()));
        let first = open(&mut conn, FAR, BEGIN, 1).await.unwrap().remove(0);
        let after = (first.due, first.task);
        let second = open(&mut conn, FAR, after, 100).await.unwrap().remove(0);
        assert_eq!((first.task, second.task), (all[0].task, all[1].task));
        assert!(open(&mut conn, first.due, BEGIN, 100).await.unwrap().is_empty());
        drop(conn);

        // Twice at once, as two processes would.
        let doer = first.case.task(first.task).unwrap().owner;
        let made = [reminded(&first, doer, "1/after/1", 5), reminded(&second, doer, "1/after/1", 5)];
        tokio::join!(keeps(&place, &made), keeps(&place, &made));
        keeps(&place, &[reminded(&first, doer, "1/after/1", 6)]).await;
        assert_eq!(place.count("case_reminder").await, 2);
        let mut conn = place.reads().await;
        let again = open(&mut conn, FAR, BEGIN, 1).await.unwrap().remove(0);
        assert_eq!(again.reminded, Some(Timestamp::from_micros(5)));

        // Seen by whom it is for, in his classes.
        let classes: roaring::RoaringBitmap = (0..100).collect();
        let doers = [doer.to_string()];
        let shown = own(&mut conn, &classes, &doers, READER).await.unwrap();
        assert_eq!(shown.iter().map(|(_, one)| one.clone()).collect::<Vec<_>>(), made);
        let other = [Doer::Person(SECOND).to_string()];
        assert!(own(&mut conn, &classes, &other, READER).await.unwrap().is_empty());
        assert!(own(&mut conn, &Default::default(), &doers, READER).await.unwrap().is_empty());
        drop(conn);

        // Put aside by one alone, and only up to what was said.
        let mut conn = place.database.begin_write().await.unwrap();
        for made in [5, 3] {
            put_aside(&mut conn, READER, first.task, Timestamp::from_micros(made)).await.unwrap();
        }
        conn.commit().await.unwrap();
        let tasks = async |person| -> Vec<TaskId> {
            let mut conn = place.reads().await;
            let own = own(&mut conn, &classes, &doers, person).await.unwrap();
            own.into_iter().map(|(_, one)| one.task).collect()
        };
        assert_eq!(tasks(READER).await, [second.task]);
        assert_eq!(tasks(SECOND).await, [first.task, second.task]);
        keeps(&place, &[reminded(&first, doer, "1/after/2", 7)]).await;
        assert_eq!(tasks(READER).await, [first.task, second.task]);

        // What was said before the last goes; the last is known still.
        let mut conn = place.database.begin_write().await.unwrap();
        assert_eq!(sweep(&mut conn).await.unwrap(), 1);
        conn.commit().await.unwrap();
        assert_eq!(tasks(READER).await, [first.task, second.task]);
        let again = open(&mut place.reads().await, FAR, BEGIN, 1).await.unwrap().remove(0);
        assert_eq!(again.reminded, Some(Timestamp::from_micros(7)));

        // A due that is moved has reminders of its own; a task that is over has none.
        place
            .does(
                "UPDATE case_task SET last_due = last_due + 1 WHERE task_id = $1",
                store::values![second.task],
            )
            .await;
        assert_eq!(tasks(SECOND).await, [first.task]);
        place.does("UPDATE case_task SET open = 0 WHERE task_id = $1", store::values![first.task]).await;
        assert!(tasks(SECOND).await.is_empty());
        let mut conn = place.database.begin_write().await.unwrap();
        assert_eq!(sweep(&mut conn).await.unwrap(), 2);
        conn.commit().await.unwrap();
        assert_eq!(place.count("case_reminder").await, 1);
    })
    .await;
}
