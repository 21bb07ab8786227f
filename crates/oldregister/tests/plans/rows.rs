//! What rows become, and what is said against them.

use crate::support::{HEADINGS, POLICIES, planned, settings, table, told};
use label::Language;
use oldregister::{Code, Counting, DateOrder, Field, plan, propose};
use registry::reference::ReferenceKind;

const HEAD: &str = "No|Reference|Date|Received|Originator|To|Subject|Classification|Copy No|Copies|Pages|Holder|Receipt|Remarks|Destroyed on\n";

#[test]
fn a_row_becomes_a_registration_and_says_from_which_cells() {
    let got = planned(&format!(
        "{HEAD}45|MCM-0041-1999; IMSM-12-99|1999-03-04|8 March 1999|SHAPE|IMS\\nDG IMS|Fuel stocks|NATO SECRET|2 of 5||12|Plans Division|10 March 1999|Read by DG|\n"
    ));
    assert_eq!(told(&got), [""; 0]);
    let [one] = got.planned.as_slice() else { panic!("{got:?}") };
    let register = &one.register;
    assert_eq!((register.subject.as_str(), register.originator.as_deref()), ("Fuel stocks", Some("SHAPE")));
    assert_eq!(register.date.as_ref().unwrap().iso().as_deref(), Some("1999-03-04"));
    assert_eq!(register.action, ["IMS", "DG IMS"]);
    let references: Vec<_> = register.references.iter().map(|r| (r.kind, r.text.as_str())).collect();
    assert_eq!(
        references,
        [
            (ReferenceKind::Other, "45"),
            (ReferenceKind::Originator, "MCM-0041-1999"),
            (ReferenceKind::Other, "IMSM-12-99")
        ]
    );
    let label = register.label.as_ref().unwrap();
    let words = POLICIES.of(label).unwrap().marking(label, Language::English).unwrap();
    assert_eq!(words, "NATO SECRET");
    assert_eq!(register.held_elsewhere.as_deref(), Some("Old register, strong room"));
    let copy = &one.copies[0];
    assert_eq!(
        (copy.number, copy.holder.as_deref(), one.copies_in_all),
        (Some(2), Some("Plans Division"), Some(5))
    );
    assert_eq!(copy.receipted.as_ref().unwrap().iso().as_deref(), Some("1999-03-10"));
    assert_eq!(
        (copy.destroyed.as_ref(), one.pages, one.remarks.as_slice()),
        (None, Some(12), ["Read by DG".to_owned()].as_slice())
    );
    assert_eq!(one.received.as_ref().unwrap().iso().as_deref(), Some("1999-03-08"));
    let from = |field: Field| one.from[&field].iter().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(
        (from(Field::Subject), from(Field::CopyNumber)),
        (vec!["G2".to_owned()], vec!["I2".to_owned()])
    );
    assert_eq!(got.report(10, 10).copies, 1);
    // The dry run can be sent as it is.
    let shown = serde_json::to_value(got.report(10, 1)).unwrap();
    assert_eq!((&shown["documents"], &shown["samples"][0]["from"]["subject"][0]), (&1.into(), &"G2".into()));
}

#[test]
fn rows_of_one_number_that_list_copies_are_one_document() {
    let got = planned(
        "No|Subject|Classification|Copy No|Holder|Destroyed on\n7|Fuel|NATO SECRET|1 of 3|Registry|\n7|Fuel|NATO SECRET|2 of 3|Plans|2001-02-03\n|||3 of 3|Logistics|\n8|Guard|NATO SECRET|1|Registry|\n8|Guard|NATO SECRET|1|Plans|\n8|Other|NATO SECRET|2|Plans|\n9|Water|NATO SECRET|1-2|A; B|\n",
    );
    assert_eq!(
        told(&got),
        ["A6 duplicate-number of 5", "A7 duplicate-number of 5"],
        "the same copy twice, and another subject"
    );
    let rows: Vec<_> = got.planned.iter().map(|one| one.rows.clone()).collect();
    assert_eq!(rows, [vec![2, 3, 4], vec![5], vec![8]]);
    let holders =
        |at: usize| got.planned[at].copies.iter().map(|c| (c.number, c.holder.clone())).collect::<Vec<_>>();
    let copy = |number, holder: &str| (Some(number), Some(holder.to_owned()));
    assert_eq!(holders(0), [copy(1, "Registry"), copy(2, "Plans"), copy(3, "Logistics")]);
    assert_eq!(holders(2), [copy(1, "A"), copy(2, "B")]);
    assert!(got.planned[0].copies[1].destroyed.is_some() && got.planned[0].copies[0].destroyed.is_none());
    assert_eq!((got.stopped, got.counts[0].last, got.counts[0].next), (2, 9, 10));
}

#[test]
fn further_rows_that_say_something_else_are_told() {
    let got = planned(
        "No|Subject|Classification|Copy No|Pages\n7|Fuel|NATO SECRET|1|12\n7|Fuel|NATO SECRET|2|14\n",
    );
    assert_eq!(told(&got), ["E3 copies-disagree of 2"]);
    assert_eq!((got.planned.len(), got.planned[0].pages), (1, Some(12)));
}

#[test]
fn what_stops_a_row_and_what_does_not() {
    let long = "x".repeat(1_001);
    let got = planned(&format!(
        "{HEAD}1||1999-01-01||||Fuel|NATO SECRET|||||||\n|||||| |||||||| \n2||31/02/1999||||Guard|TOP FRET|||12a||||\nNo|Reference|Date|||||||||||\n3||||||-|NATO SECRET||||||\n4||||||{long}|NATO SECRET||||||\n||2030-01-01||||Water|||||||\nmany||||||Air|NATO SECRET|master|||||\n5||||||Sea|NATO SECRET|4 of 3|||||\n6||||||Sky|NATO SECRET|1 of 3|5||||\n7||||||Ice|NATO SECRET|1-3|||A;B||\n"
    ));
    assert_eq!(
        told(&got),
        [
            "3 row-empty",
            "C4 impossible-date",
            "H4 unknown-marking",
            "K4 count-unclear",
            "5 headings-again",
            "6 no-subject",
            "G7 too-long",
            "8 no-number",
            "8 no-marking",
            "C8 date-in-future",
            "A9 number-unclear",
            "I9 copy-unclear",
            "10 copy-beyond-copies 3",
            "J11 columns-disagree 3",
            "12 copy-unclear 3 copies, 2 holders",
        ]
    );
    assert_eq!((got.stopped, got.planned.len(), got.rows), (4, 7, 11));
    // What is no date is kept as it is written, and orders nothing.
    let kept = got.planned[1].register.date.as_ref().unwrap();
    assert_eq!((kept.civil, kept.written.as_deref()), (None, Some("31/02/1999")));
    assert!(got.planned[1].register.label.is_none());
    assert_eq!(got.planned[3].register.references[0].text, "many");
    assert_eq!(got.report(3, 2).problems.len(), 3);
    assert_eq!(got.report(3, 2).undetermined, 2);
    assert_eq!(got.told[&Code::CopyUnclear], 2);
}

#[test]
fn a_date_of_two_readings_is_told_with_the_rule_and_a_column_shows_its_own() {
    let dates = |rows: &str| planned(&format!("No|Subject|Marking|Date|Received\n{rows}"));
    let days = |got: &oldregister::Plan| {
        got.planned.iter().map(|one| one.register.date.as_ref().unwrap().iso().unwrap()).collect::<Vec<_>>()
    };
    let got = dates("1|a|NATO SECRET|04/03/1999|\n");
    assert_eq!(
        (days(&got), told(&got)),
        (vec!["1999-03-04".into()], vec!["D2 ambiguous-date day-first".to_owned()])
    );
    // The column shows by another row that the month stands first.
    let got = dates("1|a|NATO SECRET|04/03/1999|\n2|b|NATO SECRET|12/25/1999|\n");
    assert_eq!(days(&got), ["1999-04-03", "1999-12-25"]);
    assert_eq!(
        (told(&got), got.orders[&3]),
        (vec!["D2 ambiguous-date month-first".to_owned()], DateOrder::MonthFirst)
    );
    // Another column shows it, where the column itself does not.
    let got = dates("1|a|NATO SECRET|04/03/1999|12/25/1999\n");
    assert_eq!(days(&got), ["1999-04-03"]);
    // Both ways in one column: the rule of the field.
    let got =
        dates("1|a|NATO SECRET|04/03/1999|\n2|b|NATO SECRET|12/25/1999|\n3|c|NATO SECRET|25/12/1999|\n");
    assert_eq!(days(&got)[0], "1999-03-04");
    // A person says otherwise.
    let lines = table("No|Subject|Marking|Date\n1|a|NATO SECRET|04/03/1999\n");
    let mut mapping = propose(&lines, &crate::support::HEADINGS);
    mapping.orders.insert(3, DateOrder::MonthFirst);
    assert_eq!(days(&plan(&lines, &mapping, &settings()).unwrap()), ["1999-04-03"]);
}

#[test]
fn a_marking_is_taken_only_where_it_can_be_but_one() {
    let rows = "No|Subject|Classification\n1|a|SECRET\n2|b|NS\n3|c|NATO CONFIDENTIAL RELEASABLE TO SWEDEN\n4|d|OTAN DIFFUSION RESTREINTE\n5|e|secret stuff\n";
    let lines = table(rows);
    let mapping = propose(&lines, &crate::support::HEADINGS);
    let of = |settings: &oldregister::Settings<'_>| {
        let got = plan(&lines, &mapping, settings).unwrap();
        let shown = |one: &oldregister::Planned| {
            one.register
                .label
                .as_ref()
                .map(|label| POLICIES.of(label).unwrap().portion_mark(label, Language::English).unwrap())
        };
        (got.planned.iter().map(shown).collect::<Vec<_>>(), got.told)
    };
    let (marks, problems) = of(&settings());
    assert_eq!((marks[0].as_deref(), problems[&Code::MarkingUnclear]), (None, 1), "of two policies");
    assert_eq!(
        (marks[1].as_deref(), marks[3].as_deref(), marks[4].as_deref()),
        (Some("NS"), Some("NR"), None)
    );
    assert_eq!(problems[&Code::UnknownMarking], 1);
    let policy = POLICIES.find("NATO").unwrap().id().clone();
    let (marks, problems) = of(&oldregister::Settings { policy: Some(policy), ..settings() });
    assert_eq!((marks[0].as_deref(), problems.get(&Code::MarkingUnclear)), (Some("NS"), None));
}

#[test]
fn the_last_number_of_each_series_and_year_is_found_and_what_is_missing() {
    let got = planned(
        "No|Subject|Marking|Date\nMCM-0041-2010|a|NS|2010-05-01\nmcm 44/10|b|NS|2010-06-01\nMCM-0002-2011|c|NS|2011-01-05\nMCM-0041-2010-REV1|d|NS|2010-07-01\nHQR 12/99|e|NS|1999-03-01\nHQR 14/1999|f|NS|1999-03-02\n",
    );
    let counts: Vec<_> =
        got.counts.iter().map(|c| (c.series.as_str(), c.counter.year, c.first, c.last, c.next)).collect();
    assert_eq!(
        counts,
        [("HQR", Some(1999), 12, 14, 15), ("MCM", Some(2010), 41, 44, 45), ("MCM", Some(2011), 2, 2, 3)]
    );
    assert_eq!(told(&got), ["A3 gap 42-43", "A7 gap 13"]);
    assert_eq!(got.planned.len(), 6, "a revision is no duplicate");
    assert!(got.counts[1].known && !got.counts[0].known);
}

#[test]
fn numbers_without_a_year_begin_anew_or_go_on() {
    let yearly = planned(
        "No|Subject|Marking|Date\n1|a|NS|1998-01-01\n2|b|NS|1998-05-01\n1|c|NS|1999-01-01\n2|d|NS|1999-02-01\n2|e|NS|1999-03-01\n",
    );
    assert_eq!(told(&yearly), ["A6 duplicate-number of 5"]);
    let years: Vec<_> = yearly.counts.iter().map(|c| (c.counter.year, c.last, c.counting)).collect();
    assert_eq!(years, [(Some(1998), 2, Some(Counting::Yearly)), (Some(1999), 2, Some(Counting::Yearly))]);
    let on = planned(
        "No|Subject|Marking|Date\n1|a|NS|1998-01-01\n2|b|NS|1998-05-01\n3|c|NS|1999-01-01\n5|d|NS|1999-02-01\n",
    );
    assert_eq!((told(&on), on.counts.len()), (vec!["A5 gap 4".to_owned()], 1));
    assert_eq!((on.counts[0].counter.year, on.counts[0].counting), (None, Some(Counting::Continuous)));
}

#[test]
fn numbers_become_those_of_the_series_that_is_named_for_them() {
    let rows = table(
        "No|Date|Subject|Classification\n1|2 March 2026|Fuel|NATO SECRET\n2|3 March 2026|Guard|NATO SECRET\nHQ 3|3 March 2026|Water|NATO SECRET\n4||Undated|NATO SECRET\nMCM-0007-2026|4 March 2026|Known|NATO SECRET\n",
    );
    let settings =
        oldregister::Settings { series: Some("MCM".into()), counting: Some(Counting::Yearly), ..settings() };
    let got = plan(&rows, &propose(&rows, &HEADINGS), &settings).unwrap();
    let references =
        |at: usize| got.planned[at].register.references.iter().map(|r| r.text.as_str()).collect::<Vec<_>>();
    assert_eq!(references(0), ["MCM-0001-2026"]);
    assert_eq!(got.planned[0].written.as_deref(), Some("1"));
    assert_eq!((references(2), references(3)), (vec!["HQ 3"], vec!["4"]), "letters of its own; no year");
    let count = got.counts.iter().find(|c| c.known).unwrap();
    assert_eq!(
        (count.series.as_str(), count.counter.year, count.last, count.next),
        ("MCM", Some(2026), 7, 8)
    );
}

#[test]
fn what_is_not_read_is_kept_as_a_remark_and_a_default_marking_only_where_there_is_none() {
    let rows = table(
        "No|Subject|Classification|Shelf|Remarks\n1|Fuel||B 12|Read\n2|Guard|GEHEIM|-|\n99999999999|Far|NATO SECRET||\n",
    );
    let secret = POLICIES.iter().next().unwrap();
    let label = label::Label::plain(secret.id().clone(), secret.levels().first().unwrap().code.clone());
    let settings = oldregister::Settings { label: Some(label.clone()), rest: true, ..settings() };
    let got = plan(&rows, &propose(&rows, &HEADINGS), &settings).unwrap();
    assert_eq!(got.planned[0].remarks, ["Read", "Shelf: B 12"]);
    assert_eq!(got.planned[0].register.label, Some(label));
    assert_eq!((&got.planned[1].register.label, got.planned[1].marking.as_deref()), (&None, Some("GEHEIM")));
    assert!(told(&got).contains(&"A4 number-beyond".to_owned()), "{:?}", told(&got));
    assert_eq!(got.planned[2].old("Register").number.as_deref(), Some("99999999999"));
}

#[test]
fn a_row_is_known_again_whatever_is_read_into_it_and_two_alike_are_two() {
    let lines = "Ref|Subject|Classification\nA|Fuel|NATO SECRET\nA|Fuel|NATO SECRET\nB|Fuel|NATO SECRET\n";
    let sources = |got: &oldregister::Plan| got.planned.iter().map(|p| p.source).collect::<Vec<_>>();
    let first = sources(&planned(lines));
    assert_eq!(first.len(), 3);
    assert!(first[0] != first[1] && first[1] != first[2]);
    let rows = table(lines);
    let mut mapping = propose(&rows, &HEADINGS);
    mapping.columns.remove(&2);
    assert_eq!(sources(&plan(&rows, &mapping, &settings()).unwrap()), first);
}

#[test]
fn codes_and_fields_are_written_as_they_are_sent() {
    for code in Code::ALL {
        assert_eq!(serde_json::to_value(code).unwrap(), code.as_str());
    }
    for field in Field::ALL {
        assert_eq!(serde_json::to_value(field).unwrap(), field.as_str());
    }
}
