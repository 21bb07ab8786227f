//! Lists as files: the workbook has the cells of the comma-separated values, its marking on top, and no more rows than
//! its reader may see.

use std::io::Cursor;

use axum::http::StatusCode;
use calamine::{Data, Reader, Xlsx};

use crate::browser::{Page, World};

const KIND: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// The rows of a workbook as text: the marking, the heads, the entries.
fn rows(page: &Page) -> Vec<Vec<String>> {
    assert_eq!((page.status, page.header("content-type")), (StatusCode::OK, KIND), "{}", page.text);
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(&page.bytes)).unwrap();
    let names = book.sheet_names().to_vec();
    let range = book.worksheet_range(&names[0]).unwrap();
    let text = |cell: &Data| match cell {
        Data::String(text) => text.clone(),
        Data::DateTime(day) => {
            let (year, month, day, ..) = day.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        Data::Empty => String::new(),
        other => panic!("{other:?}"),
    };
    range.rows().map(|row| row.iter().map(text).collect()).collect()
}

/// The rows of comma-separated values, without the apostrophe before what looks like a formula.
fn values(page: &Page) -> Vec<Vec<String>> {
    let mut lines = csv::ReaderBuilder::new().has_headers(false).from_reader(page.text.as_bytes());
    let bare = |cell: &str| match cell.strip_prefix('\'') {
        Some(rest) if rest.starts_with(['=', '+', '-', '@']) => rest.to_owned(),
        _ => cell.to_owned(),
    };
    lines.records().map(|line| line.unwrap().iter().map(bare).collect()).collect()
}

#[tokio::test]
async fn the_workbook_of_a_list_has_the_cells_of_its_values() {
    let world = World::founded().await;
    world
        .paper(Some("SECRET"), "=HYPERLINK(\"http://x\") of stocks", "Depots count their winter stocks.")
        .await;
    world.paper(Some("CONFIDENTIAL"), "Summer stocks", "Depots count their stocks in summer.").await;
    world.paper(Some("RESTRICTED"), "-REV of \"stocks\", & more", "Stocks.").await;
    world.office.catch_up().await.unwrap();
    let mut clerk = world.browser("clerk").await;
    for (page, list) in
        [("/register", "/register.{}?registry=REG&order=first"), ("/search?q=stocks", "/search.{}?q=stocks")]
    {
        clerk.get(page).await.good().shows(">CSV</a>").shows(">XLSX</a>").shows(".xlsx?");
        let workbook = clerk.get(&list.replace("{}", "xlsx")).await;
        let listed = clerk.get(&list.replace("{}", "csv")).await.good();
        let got = rows(&workbook);
        assert_eq!(got[0][0], "NATO SECRET");
        assert_eq!(got[1..], values(&listed), "{list}");
        assert_eq!(got.len(), 5);
        let again = clerk.get(&list.replace("{}", "xlsx")).await;
        assert_eq!(workbook.bytes, again.bytes, "the same list, the same bytes");
        assert!(workbook.header("content-disposition").ends_with(".xlsx\""));
    }

    // Who may see less gets less, under a lower marking.
    let mut reader = world.browser("reader").await;
    let got = rows(&reader.get("/search.xlsx?q=stocks").await);
    assert_eq!((got[0][0].as_str(), got.len()), ("NATO CONFIDENTIAL", 4));
    let none = rows(&reader.get("/search.xlsx?q=nothing").await);
    assert_eq!(none.len(), 2, "its marking and its heads");
    // What cannot be read is refused like the page of it.
    reader.get("/register.xlsx?registry=NONE").await.shows("not");
    let mut stranger = world.stranger();
    assert_eq!(stranger.get("/register.xlsx").await.status, StatusCode::SEE_OTHER);
}
