//! Which date is the document's own.

use crate::support::{VOCABULARY, WORDS, of_mail, of_text};
use jiff::civil::date;
use proposal::{Confidence, Mail, Properties, Source, Where, propose};

fn first(text: &str) -> (String, Confidence) {
    let proposals = of_text(text);
    let best = proposals.date.first().unwrap_or_else(|| panic!("no date in {text:?}"));
    (best.value.to_string(), best.confidence)
}

#[test]
fn datelines_in_english_and_french() {
    for (line, wanted) in [
        ("Washington, October 4, 1961, 3 p.m.", "1961-10-04"),
        ("Paris, le 4 octobre 1961", "1961-10-04"),
        ("Bruxelles, le 1er février 2019 à 15h30", "2019-02-01"),
        ("London, May 9, 1955—8 p.m.", "1955-05-09"),
        ("New York, September 16, 1964, 1432Z.", "1964-09-16"),
        ("Paris, December 11, 1956—midnight", "1956-12-11"),
        ("[Washington,] August 21, 1952.", "1952-08-21"),
        ("St. Louis, U.S.A., 2 January 1950", "1950-01-02"),
        ("4 October 1961", "1961-10-04"),
        ("2019-02-13", "2019-02-13"),
        ("Washington, June 1955.", "1955-06"),
        ("Geneva, July 30/31, 1957", "1957-07-30"),
    ] {
        let text = format!("LETTER\n\n{line}\n\nYour note of March 3, 1949 has been received.\n");
        assert_eq!(first(&text), (wanted.to_owned(), Confidence::Sure), "{line}");
    }
}

#[test]
fn a_date_in_running_text_is_only_a_guess() {
    let (value, confidence) = first("LETTER\n\nI thank you for your letter of May 3, 1949 on this matter.\n");
    assert_eq!((value.as_str(), confidence), ("1949-05-03", Confidence::Weak));
}

#[test]
fn headings_groups_and_numeric_dates() {
    assert_eq!(first("Date: 13 February 2019\nTo: All\n"), ("2019-02-13".into(), Confidence::Sure));
    assert_eq!(first("Date : 1961\n"), ("1961".into(), Confidence::Sure));
    assert_eq!(first("O 041530Z OCT 61\nFM SHAPE\nTO SACLANT\n"), ("1961-10-04".into(), Confidence::Sure));
    let text = "NOTE\n\nParis, le 04.10.1961\n";
    assert_eq!(first(text), ("1961-10-04".into(), Confidence::Likely));
    let all: Vec<String> = of_text(text).date.iter().map(|one| one.value.to_string()).collect();
    assert_eq!(all, ["1961-10-04", "1961-04-10"], "the other reading is offered too");
}

#[test]
fn the_documents_own_dateline_comes_before_that_of_an_enclosure() {
    let text = "LETTER\n\nWashington, June 8, 1953.\n\nText.\n\nMEMORANDUM\n\nWashington, June 5, 1953.\n";
    let all: Vec<String> = of_text(text).date.iter().map(|one| one.value.to_string()).collect();
    assert_eq!(all, ["1953-06-08", "1953-06-05"]);
}

#[test]
fn a_date_is_cut_out_of_a_title_a_message_a_file_and_its_name() {
    let text = "Diary Entry by the President,\nOctober 29, 1957\n\nI was visited by Professor Rabi.\n";
    assert_eq!(first(text).0, "1957-10-29");
    let mail = Mail { date: Some("2019-02-13T10:11:12+01:00"), ..Mail::default() };
    let proposals = of_mail(mail);
    assert_eq!(
        (proposals.date[0].value.to_string().as_str(), &proposals.date[0].place),
        ("2019-02-13", &Where::Header("Date"))
    );
    let source = Source {
        text: "nothing",
        file_name: Some("20190213_report_v2.docx"),
        properties: Properties { created: Some("2019-02-10T08:00:00Z"), ..Properties::default() },
        ..Source::default()
    };
    let got = propose(&source, &WORDS, &VOCABULARY).date;
    let shown: Vec<_> =
        got.iter().map(|one| (one.value.to_string(), one.confidence, one.place.clone())).collect();
    assert_eq!(
        shown,
        [
            ("2019-02-13".into(), Confidence::Weak, Where::FileName),
            ("2019-02-10".into(), Confidence::Weak, Where::Property("created")),
        ]
    );
}

#[test]
fn the_day_of_registration_decides_the_century() {
    let of = |registered| {
        let source = Source { text: "R 012139Z FEB 76\nFM A\nTO B\n", registered, ..Source::default() };
        propose(&source, &WORDS, &VOCABULARY).date[0].value.to_string()
    };
    assert_eq!(of(Some(date(2026, 11, 1))), "1976-02-01");
    assert_eq!(of(Some(date(2077, 11, 1))), "2076-02-01");
    assert_eq!(of(None), "1976-02-01");
}
