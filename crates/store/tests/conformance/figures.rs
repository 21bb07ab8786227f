//! Figures of cases are what a recount of the ledger makes, the lists behind them hold what they count, and of very many cases
//! they are made quickly.

use std::{collections::BTreeMap, time::Instant};

use registry::{
    CASES, CaseId, Entry, Fact, TaskId, Timestamp,
    cases::{Case, Doer, Ending, Event, Filled, Stepped, Task, TaskState, Written},
    id::PostId,
};
use roaring::RoaringBitmap;
use store::{
    cases::Wanted,
    figures::{self, Dues, Kept, MoreTime, TaskOrder, TasksWanted},
    sql::Conn,
    transaction::Write,
    values,
};

use crate::{
    engines::{Place, on_each_engine},
    facts::{Pen, READER, SECOND, label, sixteen, small_world},
    facts_cases::{case_id, opened},
};

const EVER: (Timestamp, Timestamp) = (Timestamp::from_micros(1), Timestamp::from_micros(i64::MAX));

/// More cases, some with more time, some ended, of two markings.
async fn more_cases(place: &Place) {
    let mut write = Write::begin(&place.database).await.unwrap();
    let mut pen = Pen::default();
    for _ in 0..600 {
        pen.stamp(CASES, SECOND);
    }
    for n in 3..=12 {
        let (case, task) = (case_id(n), TaskId::new(sixteen(1_110 + n * 10)));
        let mut facts = vec![opened(n, label(if n % 2 == 0 { "1" } else { "2" }), None)];
        let moved = |event| Fact::TaskMoved { case, task, event, parties: vec![] };
        if n % 3 == 0 {
            let until = Timestamp::from_micros(1_774_962_000_000_000).plus_seconds(86_400);
            facts.push(moved(Event::TimeAsked { until, reason: "As agreed".into() }));
        }
        if n % 6 == 0 {
            facts.push(moved(Event::TimeDecided { granted: true, reason: None }));
        }
        if n % 5 == 0 {
            facts.push(moved(Event::Refused { reason: "Not ours".into() }));
        }
        if n % 4 == 0 {
            facts.push(ends(case));
        }
        for fact in facts {
            pen.appends_as(&mut write, CASES, READER, fact).await.unwrap();
        }
    }
    write.commit().await.unwrap();
}

fn ends(case: CaseId) -> Fact {
    Fact::CaseStepped {
        step: Box::new(Stepped {
            case,
            from: "draft".into(),
            step: "close".into(),
            to: "closed".into(),
            end: Some(Ending::Done),
            values: Filled::new(),
            reason: None,
            tasks: vec![],
            parties: vec![],
        }),
    }
}

/// Every case as its entries make it.
async fn recounted(conn: &mut Conn) -> Vec<Case> {
    let sql = "SELECT header, payload FROM ledger_entry WHERE registry_id = $1 ORDER BY sequence";
    let mut made: BTreeMap<CaseId, Case> = BTreeMap::new();
    for row in conn.all(sql, values![CASES]).await.unwrap() {
        let header = ledger::Header::from_bytes(&row.bytes(0).unwrap()).unwrap();
        let entry = Entry::decode(&header.kind, header.version, &row.bytes(1).unwrap()).unwrap();
        let written = Written {
            at: Timestamp::from_micros(header.time),
            by: registry::PersonId::new(header.actor),
            sequence: header.sequence,
        };
        match &entry.fact {
            Fact::CaseOpened { case } => {
                made.insert(case.id, Case::opened(case, written));
            }
            fact => made.values_mut().filter(|case| about(fact) == Some(case.id)).for_each(|case| {
                case.apply(fact, written);
            }),
        }
    }
    made.into_values().collect()
}

fn about(fact: &Fact) -> Option<CaseId> {
    let json = serde_json::to_value(fact).unwrap();
    let case = json.get("case").or_else(|| json.get("step")?.get("case"));
    let case = case.or_else(|| json.as_object()?.values().find_map(|inner| inner.get("case")));
    case.or_else(|| json.as_object()?.values().find_map(|inner| inner.get("step")?.get("case")))?
        .as_str()?
        .parse()
        .ok()
}

fn wanted(party: Doer, open: Option<bool>) -> TasksWanted {
    TasksWanted {
        classes: (0..100).collect(),
        parties: vec![party.to_string()],
        open,
        ..TasksWanted::default()
    }
}

fn tasks_of(cases: &[Case], party: Doer) -> Vec<&Task> {
    cases.iter().filter(|case| case.parties.contains(&party)).flat_map(|case| &case.tasks).collect()
}

#[tokio::test]
async fn figures_are_what_a_recount_of_the_entries_makes() {
    on_each_engine(|place| async move {
        small_world(&place).await;
        more_cases(&place).await;
        let mut conn = place.reads().await;
        let cases = recounted(&mut conn).await;
        assert_eq!(cases.len(), 12);
        for party in [Doer::Person(READER), Doer::Person(SECOND), Doer::Anyone] {
            let tasks = tasks_of(&cases, party);
            let open = figures::open(&mut conn, &wanted(party, Some(true))).await.unwrap();
            let waits = |task: &&&Task| task.state.is_open() && task.state != TaskState::Waiting;
            let mut count: BTreeMap<(String, i64), u64> = BTreeMap::new();
            for task in tasks.iter().filter(waits) {
                *count.entry((task.doer().to_string(), task.due_now().micros())).or_default() += 1;
            }
            let told: BTreeMap<_, _> =
                open.iter().map(|one| ((one.doer.clone(), one.due.micros()), one.count)).collect();
            assert_eq!(told, count, "{party}");

            let over = TasksWanted { over: Some(EVER), ..wanted(party, Some(false)) };
            let done = figures::done(&mut conn, &over).await.unwrap();
            let was = |by: &dyn Fn(&Task) -> bool| {
                let done = tasks.iter().filter(|task| task.state == TaskState::Done && by(task));
                u64::try_from(done.count()).unwrap()
            };
            let sum = |of: &dyn Fn(&figures::Done) -> u64| done.iter().map(of).sum::<u64>();
            assert_eq!(sum(&|done| done.count), was(&|_| true), "{party}");
            assert_eq!(sum(&|done| done.first), was(&|task| task.over.unwrap() <= task.due));
            assert_eq!(sum(&|done| done.approved), was(&|task| task.over.unwrap() <= task.due_now()));
            assert_eq!(sum(&|done| done.asked), was(&|task| !task.extensions.is_empty()));
            let granted = |task: &Task| task.extensions.iter().any(|asked| asked.granted == Some(true));
            assert_eq!(sum(&|done| done.granted), was(&granted));

            // What is counted is what is listed.
            let late = TasksWanted { kept: Some(Kept::Late), ..over.clone() };
            let asked = TasksWanted { time: Some(MoreTime::Asked), ..over.clone() };
            for (wanted, count) in [
                (&over, sum(&|done| done.count)),
                (&late, sum(&|done| done.count - done.approved)),
                (&asked, sum(&|done| done.asked)),
            ] {
                let (listed, all) = figures::tasks(&mut conn, wanted, TaskOrder::Over, 0, 100).await.unwrap();
                assert_eq!((u64::try_from(listed.len()).unwrap(), all), (count, count));
            }
            let dues = |code: &str| {
                let procedures = vec![code.to_owned()];
                TasksWanted {
                    dues: Some(vec![Dues { procedures, from: EVER.0, until: EVER.1 }]),
                    ..wanted(party, Some(true))
                }
            };
            for (code, count) in [("tasker", count.values().sum()), ("rfi", 0)] {
                let due = figures::tasks(&mut conn, &dues(code), TaskOrder::Due, 0, 100).await.unwrap();
                assert_eq!(due.1, count, "{party}");
            }
            spans_are_right(&mut conn, &cases, party).await;
        }
        let few = TasksWanted { classes: RoaringBitmap::new(), ..wanted(Doer::Person(READER), None) };
        assert!(figures::open(&mut conn, &few).await.unwrap().is_empty());
        what_stands_on_a_desk(&mut conn, &cases).await;
    })
    .await;
}

async fn spans_are_right(conn: &mut Conn, cases: &[Case], party: Doer) {
    let of = |over, unit| Wanted {
        classes: (0..100).collect(),
        parties: vec![party.to_string()],
        over,
        unit,
        ..Wanted::default()
    };
    let mine = cases.iter().filter(|case| case.parties.contains(&party));
    let mut expected: Vec<_> = mine
        .map(|case| (case.opened_at, case.ended.map_or(Timestamp::from_micros(0), |ended| ended.at)))
        .collect();
    let times = |rows: Vec<(String, Timestamp, Timestamp)>| {
        let mut times: Vec<_> = rows.into_iter().map(|(_, opened, over)| (opened, over)).collect();
        times.sort_unstable();
        times
    };
    expected.sort_unstable();
    assert_eq!(times(figures::spans(conn, &of(None, None)).await.unwrap()), expected);
    expected.retain(|(_, over)| over.micros() > 0);
    assert_eq!(times(figures::spans(conn, &of(Some(EVER), None)).await.unwrap()), expected);
    let nobody = Doer::Post(PostId::new([9; 16])).to_string();
    assert!(figures::spans(conn, &of(None, Some(vec![nobody]))).await.unwrap().is_empty());
    assert!(figures::spans(conn, &of(None, Some(vec![]))).await.unwrap().is_empty());
}

async fn what_stands_on_a_desk(conn: &mut Conn, cases: &[Case]) {
    let all: RoaringBitmap = (0..100).collect();
    let parties = [Doer::Person(READER).to_string()];
    let back = figures::back(conn, &all, &parties, 100).await.unwrap();
    let waits = |task: &Task| {
        matches!(task.state, TaskState::Clarification | TaskState::Refused) || task.asked_for().is_some()
    };
    let tasks = tasks_of(cases, Doer::Person(READER));
    let mut expected: Vec<TaskId> =
        tasks.iter().filter(|task| task.state.is_open() && waits(task)).map(|task| task.id).collect();
    let mut told: Vec<TaskId> = back.iter().map(|(_, task)| *task).collect();
    expected.sort_unstable();
    told.sort_unstable();
    assert_eq!(told, expected);
    assert!(!told.is_empty());
    let led = figures::led(conn, &all, &parties, 100).await.unwrap();
    let runs = cases.iter().filter(|case| case.is_open() && case.opener == Doer::Person(READER));
    assert_eq!(led.len(), runs.count());
    assert!(figures::led(conn, &all, &[Doer::Person(SECOND).to_string()], 100).await.unwrap().is_empty());
}

const MANY: u64 = 100_000;
const DAY: i64 = 86_400_000_000;
const NOW: i64 = 1_795_000_000_000_000;

/// Cases of five years, three tasks and five parties each, of which two thousand run.
async fn fill(place: &Place) {
    let mut conn = place.database.begin_write().await.unwrap();
    let id = |kind: u64, n: u64| sixteen(kind * 10_000_000 + n).to_vec();
    let post = |n: u64| Doer::Post(PostId::new(sixteen(5_000 + n % 60))).to_string();
    let (mut items, mut tasks, mut parties) = (Vec::new(), Vec::new(), Vec::new());
    for n in 0..MANY {
        let opened = NOW - i64::try_from(n).unwrap() * (5 * 365 * DAY / i64::try_from(MANY).unwrap());
        let runs = n < 2_000;
        let over = if runs { 0 } else { opened + 20 * DAY };
        let procedure = ["tasker", "rfi", "visit"][usize::try_from(n % 3).unwrap()];
        let (number, ending) = (format!("TT-2021-{n}"), if runs { "" } else { "done" });
        items.push(values![
            CASES,
            id(1, n),
            n % 4,
            procedure,
            1_u64,
            number,
            2021_u64,
            n,
            "Case",
            "case",
            "work",
            ending,
            opened,
            over,
            opened + 15 * DAY,
            id(0, 0),
            post(n),
            "{}"
        ]);
        for k in 0..3 {
            let (over, state) = if runs { (0, "issued") } else { (over - DAY, "done") };
            tasks.push(values![
                CASES,
                id(2, n * 3 + k),
                id(1, n),
                n % 4,
                procedure,
                "work",
                "",
                post(n + k),
                post(n + k),
                state,
                runs,
                opened,
                opened + 15 * DAY,
                opened + 18 * DAY,
                over,
                n % 2,
                n % 2,
                0_u64
            ]);
        }
        for k in 0..5 {
            parties.push(values![CASES, id(1, n), post(n + k), opened]);
        }
    }
    let item = [
        "registry_id",
        "case_id",
        "class_no",
        "procedure_code",
        "version",
        "number",
        "year",
        "serial",
        "called",
        "sort_key",
        "stage",
        "ending",
        "opened_at",
        "over_at",
        "due_at",
        "parent_id",
        "opener",
        "content",
    ];
    let task = [
        "registry_id",
        "task_id",
        "case_id",
        "class_no",
        "procedure_code",
        "stage",
        "branch",
        "owner",
        "doer",
        "state",
        "open",
        "issued_at",
        "first_due",
        "last_due",
        "over_at",
        "extensions",
        "asked",
        "back",
    ];
    conn.insert_many("case_item", &item, items, "").await.unwrap();
    conn.insert_many("case_task", &task, tasks, "").await.unwrap();
    conn.insert_many("case_party", &["registry_id", "case_id", "party", "since"], parties, "").await.unwrap();
    conn.commit().await.unwrap();
}

/// Everything that the page of figures asks of the tables, of a stretch of days.
async fn page(conn: &mut Conn, parties: &[String], days: i64) -> usize {
    let span = Some((Timestamp::from_micros(NOW - days * DAY), Timestamp::from_micros(NOW)));
    let of = |opened, over, ended| Wanted {
        classes: (0..4).collect(),
        parties: parties.to_vec(),
        opened,
        over,
        ended,
        ..Wanted::default()
    };
    let tasks = |open, over| TasksWanted {
        classes: (0..4).collect(),
        parties: parties.to_vec(),
        open: Some(open),
        over,
        ..TasksWanted::default()
    };
    let rows = figures::spans(conn, &of(span, None, None)).await.unwrap().len()
        + figures::spans(conn, &of(None, span, Some(true))).await.unwrap().len()
        + store::cases::by_stage(conn, &of(None, None, Some(false))).await.unwrap().len()
        + figures::open(conn, &tasks(true, None)).await.unwrap().len();
    rows + figures::done(conn, &tasks(false, span)).await.unwrap().len()
}

#[tokio::test]
#[ignore = "measures: run it by name in a release build"]
#[expect(clippy::disallowed_methods, reason = "it measures how long the tables take")]
async fn figures_of_a_hundred_thousand_cases() {
    on_each_engine(|place| async move {
        fill(&place).await;
        if place.is_postgres() {
            place.does("ANALYZE", vec![]).await;
        }
        let everybody: Vec<String> =
            (0..60).map(|n| Doer::Post(PostId::new(sixteen(5_000 + n))).to_string()).collect();
        for (who, parties) in [("all posts", &everybody[..]), ("three posts", &everybody[..3])] {
            for days in [30, 91, 365] {
                let mut took = Vec::new();
                let mut rows = 0;
                for _ in 0..11 {
                    let mut conn = place.reads().await;
                    let begin = Instant::now();
                    rows = page(&mut conn, parties, days).await;
                    took.push(begin.elapsed());
                }
                took.sort_unstable();
                println!(
                    "postgres {} {who}, {days} days: {rows} rows, p50 {:?}, worst {:?}",
                    place.is_postgres(),
                    took[5],
                    took[10]
                );
                assert!(rows > 0);
            }
        }
    })
    .await;
}
