//! The group commit: few transactions for many, each answered when it is durable, one poisoned work alone in its
//! error, one effect however often it ran.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use futures::future::BoxFuture;
use registry::{CommandId, RegistryId, id::Digest};
use store::{
    StoreError,
    commit::{Committer, MOST, Work},
    load,
    sql::{Hold, SqlError},
    transaction::Write,
    values,
};
use tokio::sync::oneshot;

use crate::{
    engines::{Place, on_each_engine},
    facts::{FIRST, HQ, Pen, group, sixteen},
};

#[derive(Debug, Clone, Copy, PartialEq)]
enum Event {
    Run(u64),
    Settled(u64),
}

type Log = Arc<Mutex<Vec<Event>>>;

#[derive(Debug, Clone, Copy, PartialEq)]
enum Fault {
    None,
    /// A statement that the engine refuses.
    BadStatement,
    /// Two rows of one key, found when they are written.
    SameRowTwice,
    /// The way to the engine breaks, so many times, after the entry was appended.
    Broken(u32),
    /// The server ends the connection, once.
    Killed,
    /// A fault of the program.
    Panic,
}

struct Errand {
    registry: RegistryId,
    n: u64,
    fault: Fault,
    log: Log,
    answer: oneshot::Sender<Result<(), StoreError>>,
}

impl Work for Errand {
    fn run<'a>(&'a mut self, write: &'a mut Write) -> BoxFuture<'a, Result<(), StoreError>> {
        Box::pin(async move {
            self.log.lock().unwrap().push(Event::Run(self.n));
            write.lock_head(self.registry, Hold::Exclusive).await?;
            let command = CommandId::new(sixteen(self.n));
            if load::earlier(write, self.registry, FIRST, command).await?.is_some() {
                return Ok(());
            }
            Pen::default().appends(write, self.registry, group(self.n)).await?;
            load::remember(write, self.registry, FIRST, command, Digest([0; 32]), String::new());
            match self.fault {
                Fault::None => {}
                Fault::BadStatement => {
                    write.conn().await?.execute("INSERT INTO nowhere (n) VALUES (1)", vec![]).await?;
                }
                Fault::SameRowTwice => {
                    Pen::default().appends(write, self.registry, group(self.n)).await?;
                }
                Fault::Broken(times) => {
                    self.fault = if times > 1 { Fault::Broken(times - 1) } else { Fault::None };
                    let broken = std::io::Error::from(std::io::ErrorKind::ConnectionReset);
                    return Err(SqlError::Database(sqlx::Error::Io(broken)).into());
                }
                Fault::Killed => {
                    self.fault = Fault::None;
                    let conn = write.conn().await?;
                    conn.execute("SELECT pg_terminate_backend(pg_backend_pid())", vec![]).await?;
                    conn.execute("SELECT 1", vec![]).await?;
                }
                Fault::Panic => panic!("a fault of the program"),
            }
            Ok(())
        })
    }

    fn settle(self: Box<Self>, result: Result<(), StoreError>) {
        self.log.lock().unwrap().push(Event::Settled(self.n));
        let _ = self.answer.send(result);
    }
}

struct Line {
    committer: Committer,
    log: Log,
}

impl Line {
    fn of(place: &Place) -> Self {
        Self { committer: Committer::new(place.database.clone()), log: Log::default() }
    }

    async fn submit(&self, n: u64, fault: Fault) -> oneshot::Receiver<Result<(), StoreError>> {
        let (answer, receiver) = oneshot::channel();
        let errand = Errand { registry: HQ, n, fault, log: self.log.clone(), answer };
        self.committer.submit(HQ, Box::new(errand)).await;
        receiver
    }

    async fn all(&self, faults: &[(u64, Fault)]) -> Vec<Result<(), StoreError>> {
        // One command goes ahead and is being committed while the others gather behind it.
        let mut waiting = Vec::new();
        for (n, fault) in faults {
            waiting.push(self.submit(*n, *fault).await);
        }
        let answers = futures::future::join_all(waiting);
        let answers =
            tokio::time::timeout(Duration::from_secs(120), answers).await.expect("every work is settled");
        answers.into_iter().map(|answer| answer.unwrap_or(Err(StoreError::Stopped))).collect()
    }

    /// How many times works that ran were settled together: the transactions of a line in which nothing fails.
    fn transactions(&self) -> usize {
        let log = self.log.lock().unwrap();
        log.windows(2).filter(|pair| matches!(pair, [Event::Run(_), Event::Settled(_)])).count()
    }
}

async fn groups(place: &Place) -> Vec<[u8; 16]> {
    let mut conn = place.reads().await;
    let rows = conn.all("SELECT group_id FROM need_group ORDER BY group_id", vec![]).await.unwrap();
    rows.iter().map(|r| r.array(0).unwrap()).collect()
}

fn ids(numbers: impl IntoIterator<Item = u64>) -> Vec<[u8; 16]> {
    numbers.into_iter().map(sixteen).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_thousand_at_once_share_few_transactions_in_their_order() {
    on_each_engine(|place| async move {
        let line = Line::of(&place);
        let works: Vec<_> = (0..1_000).map(|n| (n, Fault::None)).collect();
        for answer in line.all(&works).await {
            answer.unwrap();
        }
        let transactions = line.transactions();
        assert!(
            (5..=60).contains(&transactions),
            "{transactions} transactions, of at most {MOST} works each"
        );
        let log = line.log.lock().unwrap().clone();
        let in_order = |of: fn(&Event) -> Option<u64>| log.iter().filter_map(of).eq(0..1_000);
        assert!(
            in_order(|e| if let Event::Run(n) = e { Some(*n) } else { None }),
            "each ran once, in its turn"
        );
        assert!(in_order(|e| if let Event::Settled(n) = e { Some(*n) } else { None }));
        assert_eq!(groups(&place).await, ids(0..1_000));
        let size = store::house::size(&mut place.reads().await, HQ).await.unwrap();
        assert_eq!(size, 1_000);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_has_his_answer_sees_his_row() {
    on_each_engine(|place| async move {
        let line = Arc::new(Line::of(&place));
        let other_process = place.again().await;
        let mut tasks = Vec::new();
        for n in 0..120_u64 {
            let (line, database) = (line.clone(), other_process.clone());
            tasks.push(tokio::spawn(async move {
                line.submit(n, Fault::None).await.await.unwrap().unwrap();
                let mut conn = database.begin_read().await.unwrap();
                let sql = "SELECT COUNT(*) FROM need_group WHERE group_id = $1";
                conn.one(sql, values![sixteen(n)]).await.unwrap().unwrap().number(0).unwrap()
            }));
        }
        for task in tasks {
            assert_eq!(task.await.unwrap(), 1);
        }
    })
    .await;
}

#[tokio::test]
async fn a_poisoned_work_fails_alone() {
    on_each_engine(|place| async move {
        for (first, fault) in [(0, Fault::BadStatement), (100, Fault::SameRowTwice)] {
            let line = Line::of(&place);
            let works: Vec<_> =
                (first..first + 30).map(|n| (n, if n == first + 17 { fault } else { Fault::None })).collect();
            for ((n, _), answer) in works.iter().zip(line.all(&works).await) {
                assert_eq!(answer.is_err(), *n == first + 17, "{n}: {answer:?}");
            }
            let log = line.log.lock().unwrap().clone();
            assert_eq!(
                log.iter().filter(|e| matches!(e, Event::Settled(_))).count(),
                30,
                "each is settled once"
            );
        }
        let wanted = ids((0..30).chain(100..130).filter(|n| n % 100 != 17));
        assert_eq!(groups(&place).await, wanted);
        // What failed left nothing in the ledger either.
        let size = store::house::size(&mut place.reads().await, HQ).await.unwrap();
        assert_eq!(size, 58);
    })
    .await;
}

#[tokio::test]
async fn what_broke_is_run_again_and_has_one_effect() {
    on_each_engine(|place| async move {
        let line = Line::of(&place);
        let fault = |n| match n {
            5 => Fault::Broken(1),
            9 => Fault::Broken(2),
            13 if place.is_postgres() => Fault::Killed,
            _ => Fault::None,
        };
        let works: Vec<_> = (0..20).map(|n| (n, fault(n))).collect();
        for (n, answer) in line.all(&works).await.into_iter().enumerate() {
            answer.unwrap_or_else(|e| panic!("{n}: {e}"));
        }
        assert_eq!(groups(&place).await, ids(0..20));
        assert_eq!(store::house::size(&mut place.reads().await, HQ).await.unwrap(), 20);
        // The answer was lost, not the commit: the same commands again find themselves done.
        let works: Vec<_> = (0..20).map(|n| (n, Fault::None)).collect();
        for answer in line.all(&works).await {
            answer.unwrap();
        }
        assert_eq!(store::house::size(&mut place.reads().await, HQ).await.unwrap(), 20);
        // What stays broken is said to the one whose work it is, in the end, and the others stand.
        let works = [(100, Fault::None), (101, Fault::Broken(1_000)), (102, Fault::None)];
        let answers = line.all(&works).await;
        assert_eq!(answers.iter().map(Result::is_ok).collect::<Vec<_>>(), [true, false, true]);
        assert_eq!(store::house::size(&mut place.reads().await, HQ).await.unwrap(), 22);
    })
    .await;
}

#[tokio::test]
async fn a_line_that_a_fault_of_the_program_ended_is_opened_again() {
    on_each_engine(|place| async move {
        let line = Line::of(&place);
        let lost = line.submit(1, Fault::Panic).await.await;
        assert!(lost.is_err(), "whoever waited is told that there is no answer");
        let answers = line.all(&[(2, Fault::None), (3, Fault::None)]).await;
        assert!(answers.iter().all(Result::is_ok), "{answers:?}");
        assert_eq!(groups(&place).await, ids([2, 3]));
    })
    .await;
}

#[tokio::test]
async fn lines_of_several_registries_do_not_mix() {
    on_each_engine(|place| async move {
        let line = Line::of(&place);
        let mut waiting = Vec::new();
        for n in 0..90_u64 {
            let registry = RegistryId::new([1 + (n % 3) as u8; 16]);
            let (answer, receiver) = oneshot::channel();
            let errand = Errand { registry, n, fault: Fault::None, log: line.log.clone(), answer };
            line.committer.submit(registry, Box::new(errand)).await;
            waiting.push(receiver);
        }
        for answer in futures::future::join_all(waiting).await {
            answer.unwrap().unwrap();
        }
        for n in 1..=3 {
            let size = store::house::size(&mut place.reads().await, RegistryId::new([n; 16])).await.unwrap();
            assert_eq!(size, 30);
        }
    })
    .await;
}
