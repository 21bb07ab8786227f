//! Cases in the tables are what their entries make of them, and nothing is changed that is not there.

use registry::{
    CASES, Entry, Fact,
    cases::{Case, Doer, Written},
};
use store::{
    cases::{Order, Wanted, case, comments, list, numbered, tasks},
    transaction::Write,
};

use crate::{
    engines::on_each_engine,
    facts::{Pen, READER, SECOND, small_world},
    facts_cases::case_id,
};

#[tokio::test]
async fn cases_that_are_loaded_are_those_that_the_entries_make() {
    on_each_engine(|place| async move {
        small_world(&place).await;
        let mut conn = place.reads().await;
        let sql = "SELECT header, payload FROM ledger_entry WHERE registry_id = $1 ORDER BY sequence";
        let mut made: Vec<Case> = Vec::new();
        for row in conn.all(sql, store::values![CASES]).await.unwrap() {
            let header = ledger::Header::from_bytes(&row.bytes(0).unwrap()).unwrap();
            let entry = Entry::decode(&header.kind, header.version, &row.bytes(1).unwrap()).unwrap();
            let written = Written {
                at: registry::Timestamp::from_micros(header.time),
                by: registry::PersonId::new(header.actor),
                sequence: header.sequence,
            };
            match &entry.fact {
                Fact::CaseOpened { case } => made.push(Case::opened(case, written)),
                fact => made[0].apply(fact, written),
            }
        }
        let all: roaring::RoaringBitmap = (0..100).collect();
        for known in &made {
            let kept = case(&mut conn, &all, known.id).await.unwrap().unwrap().into_inner();
            assert_eq!(kept, *known);
        }
        assert_eq!(numbered(&mut conn, "TT-2026-0001").await.unwrap(), Some(case_id(1)));

        // Whoever takes part sees it, as far as its class lets him; nobody else does.
        let wanted = |party: Doer, classes: &roaring::RoaringBitmap| Wanted {
            classes: classes.clone(),
            parties: vec![party.to_string()],
            ..Wanted::default()
        };
        let mut numbers = async |wanted: Wanted| -> Vec<String> {
            let (cases, count) = list(&mut conn, &wanted, Order::Number, 0, 10).await.unwrap();
            assert_eq!(usize::try_from(count).unwrap(), cases.len());
            cases.iter().map(|case| case.number.clone()).collect()
        };
        let reader = wanted(Doer::Person(READER), &all);
        assert_eq!(numbers(reader.clone()).await, ["TT-2026-0002", "TT-2026-0001"]);
        assert_eq!(numbers(wanted(Doer::Person(SECOND), &all)).await, ["TT-2026-0001"]);
        assert_eq!(numbers(wanted(Doer::Anyone, &all)).await, Vec::<String>::new());
        let first: roaring::RoaringBitmap = (0..1).collect();
        assert_eq!(numbers(wanted(Doer::Person(READER), &first)).await, ["TT-2026-0002"]);
        let words = |words: &str| Wanted { words: Some(words.to_owned()), ..reader.clone() };
        assert_eq!(numbers(words("summer")).await, ["TT-2026-0001"]);
        assert_eq!(numbers(words("t-2026-0002")).await, ["TT-2026-0002"]);
        assert_eq!(numbers(words("%")).await, Vec::<String>::new());
        let ended = Wanted { ended: Some(true), ..reader.clone() };
        assert_eq!(numbers(ended).await, Vec::<String>::new());
        let parts = Wanted { part_of: Some(case_id(1)), ..reader };
        assert_eq!(numbers(parts).await, ["TT-2026-0002"]);

        let doers = [made[0].main().unwrap().owner.to_string()];
        let (open, count) = tasks(&mut conn, &all, &doers, 10).await.unwrap();
        assert_eq!((open.len(), count), (2, 2));
        assert!(tasks(&mut conn, &all, &[Doer::Person(SECOND).to_string()], 10).await.unwrap().0.is_empty());
    })
    .await;
}

#[tokio::test]
async fn entries_about_cases_that_are_not_there_are_not_applied() {
    on_each_engine(|place| async move {
        small_world(&place).await;
        let mut write = Write::begin(&place.database).await.unwrap();
        let mut pen = Pen::default();
        for _ in 0..500 {
            pen.stamp(CASES, SECOND);
        }
        let forged = Fact::CaseNoted { case: case_id(77), words: "Here?".into(), mentions: vec![] };
        assert!(pen.appends_as(&mut write, CASES, READER, forged).await.is_err());
    })
    .await;
}

#[tokio::test]
async fn the_rows_of_a_table_of_comments_are_those_that_the_entries_make() {
    on_each_engine(|place| async move {
        small_world(&place).await;
        let mut conn = place.reads().await;
        let all: roaring::RoaringBitmap = (0..100).collect();
        let seen = case(&mut conn, &all, case_id(1)).await.unwrap().unwrap();
        let rows = comments(&mut conn, &seen).await.unwrap();
        // The second was taken back; the first says what it was changed to; both that are left were settled.
        let told: Vec<(u64, &str, &str)> =
            rows.iter().map(|row| (row.number, row.row.severity.text(), row.state())).collect();
        assert_eq!(told, [(1, "administrative", "partly"), (3, "substantive", "partly")]);
        let other = case(&mut conn, &all, case_id(2)).await.unwrap().unwrap();
        assert!(comments(&mut conn, &other).await.unwrap().is_empty());
    })
    .await;
}
