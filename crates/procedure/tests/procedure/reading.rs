//! Texts that are read: what is read is written the same, and nothing that is read panics.

use procedure::{Cond, Counts, Kind, Number, Opens, Picture, Replies, Value, Values, Who};
use proptest::prelude::*;

fn values(all: &[(&str, Kind, &str)]) -> Values {
    all.iter()
        .map(|(code, kind, text)| ((*code).to_owned(), kind.read_text(text).unwrap().unwrap()))
        .collect()
}

#[test]
fn conditions_hold() {
    let values = values(&[
        ("yes", Kind::YesNo, "yes"),
        ("kind", Kind::Choice, "loan"),
        ("cost", Kind::Money, "5000.50 EUR"),
        ("count", Kind::Number, "20"),
        ("from", Kind::Date, "2026-12-24"),
        ("nations", Kind::Countries, "BEL,FRA"),
    ]);
    let mut replies = Replies::default();
    replies.open("support", 2);
    replies.reply("support", "concur", Counts::Yes);
    replies.reply("support", "no_comment", Counts::Neither);
    let so = [
        "field:yes is yes",
        "not field:yes is no",
        "field:kind is \"loan\"",
        "field:kind in (\"copy\", \"loan\")",
        "field:cost > \"5000 EUR\"",
        "not field:cost > \"5000 USD\" and not field:cost <= \"5000 USD\"",
        "field:count >= 20 and field:count <= 20 and not field:count < 20",
        "field:from < 2026-12-25 and field:from > \"2026-12-23\"",
        "field:nations has \"BEL\" and not field:nations has \"DEU\"",
        "field:other is missing and not field:other is \"x\"",
        "some reply of support counts yes and not every reply of support counts yes",
        "no reply of support counts no",
        "some reply of support is \"no_comment\"",
        "every reply of nobody counts no and no reply of nobody counts no",
        "not some reply of nobody counts yes",
        "field:yes is no or field:count is given and field:yes is yes",
        "(field:yes is no or field:count is given) and field:yes is yes",
    ];
    for text in so {
        assert!(Cond::read(text).unwrap_or_else(|e| panic!("{e}")).holds(&values, &replies), "{text}");
    }
}

#[test]
fn a_condition_that_is_wrong_says_where() {
    for (text, near, expected) in [
        ("", "the end", "`field:code`"),
        ("field:x is", "the end", "a value"),
        ("field:x equals 5", "`equals`", "`is`"),
        ("field:x is yes field:y is no", "`field:y`", "`and`, `or` or the end"),
        ("every reply of support counts maybe", "`maybe`", "`yes`, `no` or `neither`"),
        ("(field:x is yes", "the end", "`)`"),
        ("field:x is \"open", "`\"open`", "a quotation mark"),
        ("field:X is yes", "`field:X`", "lower-case"),
    ] {
        let error = Cond::read(text).unwrap_err();
        assert_eq!(error.near, near, "{text}");
        assert!(error.expected.contains(expected), "{text}: {}", error.expected);
    }
    let deep = format!("{}field:x is yes{}", "(".repeat(200), ")".repeat(200));
    assert!(Cond::read(&deep).unwrap_err().expected.contains("24"));
}

#[test]
fn somebody_is_read() {
    for text in [
        "anyone",
        "opener",
        "owner",
        "each",
        "post:COS",
        "unit:J4/LOG",
        "role:security-officer",
        "field:lead",
        "head-of field:person",
        "who did review",
        "contributors of support",
    ] {
        assert_eq!(Who::read(text).unwrap().to_string(), text);
    }
    for text in ["", "nobody", "post:", "field:Lead", "head-of lead", "who did", "role:Clerk", "post:A B"] {
        assert!(Who::read(text).is_err(), "{text}");
    }
    assert!(Opens::read("field:x").is_err());
}

#[test]
fn numbers_are_written_and_read() {
    let number = Number::read("RFI-{year}-{serial:4}").unwrap();
    assert_eq!(number.write(7, 2025, ""), "RFI-2025-0007");
    assert_eq!(number.parse("rfi-2025-12345").unwrap().serial, 12345);
    for wrong in ["RFI-2025-7", "RFI-2025-0000", "RFI-2025-00007", "RFJ-2025-0007", "RFI-25-0007", ""] {
        assert!(number.parse(wrong).is_none(), "{wrong}");
    }
    let body = Number::read("{body}-TT-{year}-{serial:4}").unwrap();
    assert_eq!(body.parse("HQ-TT-2025-0001").unwrap().body.as_deref(), Some("HQ"));
    for wrong in [
        "",
        "RFI",
        "{serial}",
        "RFI-{year}",
        "RFI-{serial}-{serial:2}",
        "RFI-{serial:9}",
        "rfi-{serial}",
        "R{serial}",
        "R-{x}",
        "R-{year",
    ] {
        assert!(Number::read(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn values_have_one_form() {
    for (kind, text, canonical) in [
        (Kind::Money, "12.5 EUR", "12.50 EUR"),
        (Kind::Money, "-3 USD", "-3.00 USD"),
        (Kind::Number, "-7", "-7"),
        (Kind::Line, "  two words ", "two words"),
        (Kind::Text, "a\r\nb\n", "a\nb"),
        (Kind::Moment, "2026-11-23T12:00:00+01:00", "2026-11-23T11:00:00Z"),
        (Kind::Countries, "FRA, BEL", "FRA,BEL"),
        (Kind::Choices, "b,a", "a,b"),
    ] {
        assert_eq!(kind.read_text(text).unwrap().unwrap().to_string(), canonical);
    }
    for (kind, text) in [
        (Kind::Money, "12"),
        (Kind::Money, "12 eur"),
        (Kind::Money, "1.234 EUR"),
        (Kind::Number, "1.5"),
        (Kind::Number, "007"),
        (Kind::Number, "9007199254740992"),
        (Kind::Date, "23/11/2026"),
        (Kind::Date, "2026-02-30"),
        (Kind::YesNo, "true"),
        (Kind::Rating, "6"),
        (Kind::Country, "be"),
        (Kind::Posts, "a,a"),
        (Kind::Line, "a\nb"),
        (Kind::Person, "a b"),
    ] {
        assert!(kind.read_text(text).is_err(), "{kind:?} {text}");
    }
    assert_eq!(Kind::Posts.read_text(" , ").unwrap(), None);
}

#[test]
fn pictures_are_kept_to() {
    let picture = Picture::read("A99-X.").unwrap();
    assert!(picture.matches("B07-Z.") && picture.matches("B07-1."));
    assert!(!picture.matches("b07-Z.") && !picture.matches("B07-Z") && !picture.matches("B07-Z.."));
    assert_eq!(picture.html(), "[A-Z][0-9][0-9]\\x2D[A-Z0-9]\\x2E");
    assert!(Picture::read("---").is_none());
}

pub fn kind() -> impl Strategy<Value = Kind> {
    prop::sample::select(vec![
        Kind::Line,
        Kind::Text,
        Kind::Number,
        Kind::Money,
        Kind::Date,
        Kind::Moment,
        Kind::YesNo,
        Kind::Choice,
        Kind::Choices,
        Kind::Person,
        Kind::People,
        Kind::Unit,
        Kind::Units,
        Kind::Country,
        Kind::Countries,
        Kind::Rating,
    ])
}

fn test() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("is yes".to_owned()),
        Just("is missing".to_owned()),
        "is \"[a-z ]{1,6}\"",
        "in \\(\"[a-z]{1,3}\", \"[a-z]{1,3}\"\\)",
        "(<|<=|>|>=) [0-9]{1,4}",
        "has \"[A-Z]{3}\"",
    ]
}

fn condition() -> impl Strategy<Value = String> {
    let atom = prop_oneof![
        ("[a-z]{1,4}", test()).prop_map(|(field, test)| format!("field:{field} {test}")),
        ("(every|some|no)", "[a-z]{1,4}", "(counts yes|counts no|counts neither|is \"[a-z]{1,4}\")")
            .prop_map(|(many, branch, reply)| format!("{many} reply of {branch} {reply}")),
    ];
    atom.prop_recursive(4, 16, 3, |inner| {
        prop_oneof![
            inner.clone().prop_map(|one| format!("not ({one})")),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a}) and {b}")),
            (inner.clone(), inner).prop_map(|(a, b)| format!("{a} or ({b})")),
        ]
    })
}

proptest! {
    #[test]
    fn no_text_panics(text in ".{0,200}", kind in kind()) {
        let _ = Cond::read(&text);
        let _ = Who::read(&text);
        let _ = Opens::read(&text);
        let _ = Picture::read(&text);
        if let Ok(number) = Number::read(&text) {
            prop_assert_eq!(number.to_string(), text.replace("{serial}", "{serial:1}"));
        }
        let _ = kind.read_text(&text);
        let _ = procedure::Procedures::load([("any", text.as_str())]);
    }

    #[test]
    fn no_words_panic(words in prop::collection::vec(prop::sample::select(vec![
        "field:x", "is", "yes", "in", "(", ")", "\"a\"", ",", "<", ">=", "5", "and", "or", "not", "every", "reply", "of", "b",
        "counts", "no", "é", "\"", "2026-01-01",
    ]), 0..40)) {
        let text = words.join(" ");
        if let Ok(cond) = Cond::read(&text) {
            prop_assert_eq!(Cond::read(&cond.to_string()).unwrap(), cond);
        }
    }

    #[test]
    fn a_condition_is_written_as_it_is_read(text in condition()) {
        let cond = Cond::read(&text).unwrap();
        let again = Cond::read(&cond.to_string()).unwrap();
        prop_assert_eq!(again, cond);
    }

    #[test]
    fn a_value_is_written_as_it_is_read(kind in kind(), text in prop_oneof![
        "[a-z-]{1,8}(,[a-z]{1,5}){0,3}", "-?[0-9]{1,6}", "-?[0-9]{1,6}(\\.[0-9]{1,2})? [A-Z]{3}", "20[0-9]{2}-0[1-9]-[0-2][0-9]",
        "20[0-9]{2}-0[1-9]-1[0-9]T0[0-9]:00:00Z", "(yes|no)", "[A-Z]{3}(,[A-Z]{3})?", ".{0,40}", "[1-5]",
    ]) {
        if let Ok(Some(value)) = kind.read_text(&text) {
            prop_assert_eq!(kind.read_text(&value.to_string()), Ok(Some(value.clone())));
            let json = serde_json::to_value(&value).unwrap();
            prop_assert_eq!(kind.read_json(&json), Ok(Some(value.clone())));
            if let Value::Number(_) = value { prop_assert!(json.is_i64()); }
        }
    }

    #[test]
    fn a_number_is_read_as_it_is_written(
        form in prop::sample::select(vec!["RFI-{year}-{serial:4}", "A {serial:2}", "{body}-TT-{year}-{serial:4}", "X/{serial}/{year}"]),
        serial in 1_u64..10_000_000, year in 1000_u16..9999, body in "[A-Z0-9]{1,12}",
    ) {
        let number = Number::read(form).unwrap();
        let read = number.parse(&number.write(serial, year, &body)).unwrap();
        prop_assert_eq!(read.serial, serial);
        prop_assert_eq!(read.year.unwrap_or(year), year);
        prop_assert_eq!(read.body.unwrap_or(body.clone()), body);
    }
}
