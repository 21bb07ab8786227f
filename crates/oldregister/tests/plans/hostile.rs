//! Any table is planned without harm, in bounded time, and nothing of it is lost unsaid.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use crate::support::{HEADINGS, settings};
use oldregister::{Field, Mapping, Row, Table, plan, propose};
use proptest::prelude::*;

const CELLS: &[&str] = &[
    "",
    "-",
    "No",
    "Subject",
    "Date",
    "Copy No",
    "Holder",
    "1",
    "2",
    "45/99",
    "MCM-0041-2010",
    "HQR-1999-7",
    "04/03/1999",
    "31/02/1999",
    "1999",
    "2030-01-01",
    "NATO SECRET",
    "SECRET",
    "NS",
    "TOP FRET",
    "2 of 5",
    "1-3",
    "1-999999",
    "9 of 3",
    "a;b\nc",
    "Fuel",
    "É\u{301}",
    "\u{0}",
    "99999999999999999999",
    "１２",
    "=1+1",
    "(",
    "ß",
    "\u{2028}",
];

fn rows() -> impl Strategy<Value = Vec<Row>> {
    let cell = prop_oneof![9 => proptest::sample::select(CELLS).prop_map(str::to_owned), 1 => ".{0,30}"];
    let row = (any::<bool>(), proptest::collection::vec(cell, 0..9));
    proptest::collection::vec(row, 0..30).prop_map(|rows| {
        (1..).zip(rows).map(|(number, (hidden, cells))| Row { number, hidden, cells }).collect()
    })
}

fn any_mapping() -> impl Strategy<Value = BTreeMap<u32, Field>> {
    proptest::collection::btree_map(0_u32..9, proptest::sample::select(&Field::ALL[..]), 0..9)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_row_becomes_something_or_is_told(rows in rows(), columns in any_mapping(), cut in any::<bool>()) {
        let table = Table { name: "x".into(), cut, rows };
        let proposed = propose(&table, &HEADINGS);
        prop_assert!(proposed.columns.is_empty() || proposed.heading_row.is_some());
        for mapping in [proposed, Mapping { columns, ..Mapping::default() }] {
            let Ok(got) = plan(&table, &mapping, &settings()) else { continue };
            let used: usize = got.planned.iter().map(|one| one.rows.len()).sum();
            prop_assert_eq!(used + got.stopped, got.rows, "no row is lost");
            let stopping: usize = got.told.iter().filter(|(code, _)| code.stops()).map(|(_, count)| count).sum();
            prop_assert!(stopping >= got.stopped);
            prop_assert_eq!(got.problems.len(), got.told.values().sum::<usize>());
            for one in &got.planned {
                prop_assert!(!one.register.subject.is_empty() && one.register.subject.chars().count() <= 1_000);
                prop_assert!(one.from.contains_key(&Field::Subject));
                prop_assert!(one.copies.len() <= 1_000);
            }
            let again = plan(&table, &mapping, &settings()).unwrap();
            prop_assert_eq!(&got, &again, "the same table gives the same plan");
        }
    }
}

#[test]
#[expect(clippy::disallowed_methods, reason = "the bound on work is a time")]
fn large_tables_cost_no_more_than_their_length() {
    let head = Row {
        number: 1,
        hidden: false,
        cells: ["No", "Subject", "Date", "Copy No", "Holder"].map(String::from).into(),
    };
    let table = |most: u32, cells: &dyn Fn(u32) -> [String; 5]| {
        let rows = (2..most).map(|number| Row { number, hidden: false, cells: cells(number).into() });
        Table { name: String::new(), cut: false, rows: std::iter::once(head.clone()).chain(rows).collect() }
    };
    let tables = [
        table(60_000, &|n| {
            [format!("A{}B {n}", n % 26), "Fuel".into(), "04/03/1999".into(), String::new(), String::new()]
        }),
        table(60_000, &|n| {
            ["7".into(), "Fuel".into(), String::new(), (n % 500 + 1).to_string(), "Plans".into()]
        }),
        table(3_000, &|n| {
            [(n * 2).to_string(), "Fuel".into(), "1999".into(), "1-500".into(), "a;".repeat(200)]
        }),
    ];
    for table in &tables {
        let begun = Instant::now();
        let got = plan(table, &propose(table, &HEADINGS), &settings()).unwrap();
        let took = begun.elapsed();
        assert!(took < Duration::from_secs(30), "{took:?}");
        assert!(got.problems.len() <= 10_000);
        println!("{} rows planned in {took:?}", got.rows);
    }
}
