//! What is given to whom, what holders are told to do, and what is lent until when: read back from the tables as it was
//! written, followed by itself when something happens to a copy, and seen by whoever sees the paper alone.

use std::sync::Arc;

use jiff::civil::{Date, date};
use registry::{
    CopyId, DispatchId, DocumentId, Fact, RegistryScope, Timestamp,
    custody::{
        book::{Book, Details, Instruction, InstructionKind, Item, Posted, Stage, Step},
        copy::{Event, Holder},
        fact::{Addressee, Dispatch, Receipt, Signed},
    },
    id::BookItemId,
};
use roaring::RoaringBitmap;
use store::{
    classes::{Classes, Rules},
    custody::{
        booked::{self, BookView},
        seen::{self, Loan, Order, Slice, Wanted},
    },
    documents::Place as View,
    sql::Conn,
    transaction::Write,
    visible::Visible,
};

use crate::{
    engines::{Place, on_each_engine},
    facts::{FIRST, HQ, Pen, READER, SECOND, sixteen, small_world},
};

const LATER: Timestamp = Timestamp::from_micros(1_773_320_000_000_000);

fn copy(n: u64) -> CopyId {
    CopyId::new(sixteen(800 + n))
}

fn item(n: u64) -> BookItemId {
    BookItemId::new(sixteen(870 + n))
}

/// A place with its rules, and a pen that writes after all that stands there.
struct Told {
    place: Arc<Place>,
    rules: Rules,
    scope: RegistryScope,
    pen: Pen,
}

impl Told {
    async fn of(place: Arc<Place>) -> Self {
        small_world(&place).await;
        let rules = Classes::default().of(&mut place.reads().await, HQ).await.unwrap();
        let all: RoaringBitmap = (0..u32::try_from(rules.iter().count()).unwrap()).collect();
        let scope = RegistryScope { read: all.clone(), subject: all, handle: RoaringBitmap::new() };
        let mut pen = Pen::default();
        for _ in 0..500 {
            pen.stamp(HQ, FIRST);
        }
        Told { place, rules, scope, pen }
    }

    fn view(&self) -> View<'_> {
        View { registry: HQ, scope: &self.scope, rules: &self.rules }
    }

    async fn reads(&self) -> Conn {
        self.place.reads().await
    }

    async fn writes(&mut self, fact: Fact) {
        let mut write = Write::begin(&self.place.database).await.unwrap();
        self.pen.appends(&mut write, HQ, fact).await.unwrap();
        write.commit().await.unwrap();
    }

    async fn book(&self, book: Book, open: Option<bool>) -> Vec<BookItemId> {
        let found =
            booked::items(&mut self.reads().await, self.view(), book, open, Slice::ALL).await.unwrap();
        assert_eq!(found.all, found.rows.len());
        ids(&found.rows)
    }

    async fn one(&self, id: BookItemId) -> Item {
        let found = booked::one(&mut self.reads().await, self.view(), id).await.unwrap();
        found.unwrap().into_inner().item
    }

    async fn lent(&self, loan: Loan) -> Vec<CopyId> {
        let wanted = Wanted { loan: Some(loan), ..Wanted::default() };
        let mut conn = self.reads().await;
        let found = seen::copies(&mut conn, self.view(), &wanted, Order::BackBy, Slice::ALL).await.unwrap();
        let counted = seen::loans(&mut conn, self.view(), [loan]).await.unwrap();
        assert_eq!(counted, [found.rows.len() as u64]);
        found.rows.iter().map(|row| row.copy.id).collect()
    }
}

fn ids(rows: &[Visible<BookView>]) -> Vec<BookItemId> {
    rows.iter().map(|row| row.item.id).collect()
}

#[tokio::test]
async fn distributions_and_what_holders_are_told_are_found_by_whom_they_wait_for() {
    on_each_engine(|place| async move {
        let told = Told::of(place).await;
        let (given, instructed) = (Book::Distributions, Book::Instructions);
        assert_eq!(told.book(given, None).await, [item(6), item(7)]);
        assert_eq!(told.book(given, Some(true)).await, [item(6)]);
        assert_eq!(told.book(given, Some(false)).await, [item(7)]);
        assert_eq!(told.book(instructed, Some(true)).await, [item(8)]);
        let mut conn = told.reads().await;
        let unread = booked::unread_by(&mut conn, told.view(), SECOND).await.unwrap();
        assert_eq!(ids(&unread), [item(6)]);
        assert_eq!(booked::unread_by(&mut conn, told.view(), READER).await.unwrap(), []);
        let holder = booked::told_to(&mut conn, told.view(), READER).await.unwrap();
        assert_eq!(ids(&holder), [item(8)]);
        assert_eq!(booked::told_to(&mut conn, told.view(), SECOND).await.unwrap(), []);
        let document = DocumentId::new(sixteen(1));
        let about = booked::of_document(&mut conn, told.view(), document).await.unwrap();
        assert_eq!(ids(&about), [item(6), item(7), item(8), item(9)]);
        let concerned = booked::concerned(&mut conn, told.view(), instructed, copy(2)).await.unwrap();
        assert_eq!(ids(&concerned), [item(8)]);
        let steps = booked::steps(&mut conn, HQ, &about[0]).await.unwrap();
        assert_eq!(
            steps.iter().map(|taken| &taken.step).collect::<Vec<_>>(),
            [&Step::Read { person: READER }]
        );
        // Whoever does not see the paper is told of none of it.
        let blind = RegistryScope {
            read: RoaringBitmap::new(),
            subject: RoaringBitmap::new(),
            handle: RoaringBitmap::new(),
        };
        let view = View { scope: &blind, ..told.view() };
        for book in [given, instructed] {
            let found = booked::items(&mut conn, view, book, None, Slice::ALL).await.unwrap();
            assert_eq!((found.rows.len(), found.all), (0, 0));
        }
        assert_eq!(booked::unread_by(&mut conn, view, SECOND).await.unwrap(), []);
        assert_eq!(booked::told_to(&mut conn, view, READER).await.unwrap(), []);
        assert_eq!(booked::one(&mut conn, view, item(8)).await.unwrap(), None);
    })
    .await;
}

fn regrade(copies: Vec<CopyId>) -> Item {
    Item {
        id: item(90),
        number: 7,
        year: 2026,
        stage: Stage::Current,
        since: LATER,
        details: Details::Instructions(Instruction {
            document: DocumentId::new(sixteen(1)),
            is: InstructionKind::Regrade,
            authority: "Regraded by its originator, note 14".into(),
            words: None,
            amendment: None,
            leaves_log: true,
            copies,
            posted: Vec::new(),
        }),
    }
}

fn posts(copies: Vec<CopyId>, words: Option<&str>) -> Fact {
    Fact::BookStepped {
        item: item(90),
        step: Box::new(Step::Post { copies }),
        at: LATER,
        words: words.map(str::to_owned),
    }
}

/// Of the copies one is with a reader, one elsewhere, one in a safe.
#[tokio::test]
async fn what_is_told_of_a_new_marking_stands_until_each_copy_was_marked() {
    on_each_engine(|place| async move {
        let mut told = Told::of(place).await;
        let asked = regrade(vec![copy(1), copy(2), copy(3)]);
        told.writes(Fact::BookEntered { item: Box::new(asked.clone()), words: None }).await;
        assert_eq!(told.one(item(90)).await, asked);
        assert_eq!(told.book(Book::Instructions, Some(true)).await, [item(8), item(90)]);
        told.writes(posts(vec![copy(1)], None)).await;
        let waits = told.one(item(90)).await;
        let Details::Instructions(instruction) = &waits.details else { panic!("{waits:?}") };
        assert_eq!(instruction.posted, [Posted { copy: copy(1), at: LATER }]);
        assert_eq!((waits.stage, instruction.leaves_log), (Stage::Current, true));
        told.writes(posts(vec![copy(2)], Some("Letter 31"))).await;
        assert_eq!(told.one(item(90)).await.stage, Stage::Current);
        // What is missing waits for nothing; what is found waits again.
        told.writes(Fact::CopiesMissed { copies: vec![copy(3)], at: LATER }).await;
        assert_eq!(told.one(item(90)).await.stage, Stage::Done);
        assert_eq!(told.book(Book::Instructions, Some(true)).await, [item(8)]);
        told.writes(Fact::CopiesKept {
            copies: vec![copy(3)],
            holder: Holder::Registry,
            at: LATER,
            words: None,
        })
        .await;
        assert_eq!(told.one(item(90)).await.stage, Stage::Current);
        told.writes(posts(vec![copy(3)], None)).await;
        assert_eq!(told.one(item(90)).await.stage, Stage::Done);
        let mut conn = told.reads().await;
        let whole = booked::one(&mut conn, told.view(), item(90)).await.unwrap().unwrap();
        let steps = booked::steps(&mut conn, HQ, &whole).await.unwrap();
        let said: Vec<_> = steps.iter().map(|taken| (&taken.step, taken.words.as_deref())).collect();
        let post = |n| Step::Post { copies: vec![copy(n)] };
        assert_eq!(said, [(&post(1), None), (&post(2), Some("Letter 31")), (&post(3), None)]);
    })
    .await;
}

fn lends(n: u64, to: Addressee, back_by: Option<Date>) -> Fact {
    Fact::CopiesSent {
        dispatch: Box::new(Dispatch {
            id: DispatchId::new(sixteen(890 + n)),
            number: 90 + n,
            year: 2026,
            to,
            bearer: None,
            at: LATER,
            copies: vec![copy(3)],
            despite: None,
            back_by,
        }),
    }
}

fn arrives(n: u64, holder: Holder) -> Fact {
    Fact::ReceiptRecorded {
        receipt: Box::new(Receipt {
            dispatch: DispatchId::new(sixteen(890 + n)),
            signed: Signed::Screen,
            by: None,
            scan: None,
            scanned: None,
            at: LATER,
            holder,
            copies: vec![copy(3)],
            discrepancies: Vec::new(),
        }),
    }
}

#[tokio::test]
async fn a_loan_is_listed_by_its_day_goes_on_with_the_copy_and_ends_with_its_return() {
    on_each_engine(|place| async move {
        let mut told = Told::of(place).await;
        let (first, second) = (date(2026, 6, 1), date(2026, 9, 1));
        assert_eq!(told.lent(Loan::Out).await, [copy(2)]);
        let reader = |person| (Addressee::Person { person }, Holder::Person { person });
        let (to, holder) = reader(READER);
        told.writes(lends(1, to, Some(first))).await;
        assert_eq!(
            told.lent(Loan::Out).await,
            [copy(3), copy(2)],
            "on the way too, the next to be back first"
        );
        told.writes(arrives(1, holder)).await;
        assert_eq!(told.lent(Loan::Overdue(first)).await, []);
        assert_eq!(told.lent(Loan::Overdue(date(2026, 6, 2))).await, [copy(3)]);
        assert_eq!(told.lent(Loan::Due(first, first)).await, [copy(3)]);
        assert_eq!(told.lent(Loan::Due(first, second)).await, [copy(3), copy(2)]);
        assert_eq!(told.lent(Loan::Overdue(date(2026, 9, 2))).await, [copy(3), copy(2)]);
        // Handed on the day goes with it, prolonged it moves, brought back it ends.
        let (to, holder) = reader(SECOND);
        told.writes(lends(2, to, None)).await;
        told.writes(arrives(2, holder)).await;
        assert_eq!(told.lent(Loan::Overdue(date(2026, 6, 2))).await, [copy(3)]);
        let until = date(2026, 9, 2);
        let words = "It is wanted longer".to_owned();
        told.writes(Fact::LoanProlonged { copies: vec![copy(3)], until, at: LATER, words: words.clone() })
            .await;
        assert_eq!(told.lent(Loan::Out).await, [copy(2), copy(3)]);
        assert_eq!(told.lent(Loan::Overdue(until)).await, [copy(2)]);
        for which in [2, 3] {
            let (copies, holder) = (vec![copy(which)], Holder::Registry);
            told.writes(Fact::CopiesKept { copies, holder, at: LATER, words: None }).await;
        }
        assert_eq!(told.lent(Loan::Out).await, []);
        let mut conn = told.reads().await;
        let mut views = seen::views(&mut conn, told.view(), &[copy(3)]).await.unwrap();
        let view = views.remove(&copy(3)).unwrap();
        assert_eq!(view.copy.back_by, None);
        let chain = seen::chain(&mut conn, told.view(), &view).await.unwrap();
        let said = chain.iter().find(|link| matches!(link.event, Event::Prolonged { .. })).unwrap();
        assert_eq!((&said.event, said.words.as_deref()), (&Event::Prolonged { until }, Some(words.as_str())));
    })
    .await;
}
