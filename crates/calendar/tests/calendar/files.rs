//! Calendars as they are written: what is refused, on which line, with which words.

use calendar::Calendars;

use crate::support::{BELGIUM, HEAD, NATO, SHIPPED};

fn says(text: &str) -> String {
    match Calendars::read([("own.toml", text)]) {
        Ok(_) => "read".to_owned(),
        Err(error) => error.to_string(),
    }
}

/// The head, with what stands on a line instead of something, and what follows.
fn head(instead_of: &str, this: &str) -> String {
    assert!(HEAD.contains(instead_of), "{instead_of}");
    says(&HEAD.replace(instead_of, this))
}

fn holiday(rest: &str) -> String {
    says(&format!("{HEAD}[[holiday]]\nid = \"one\"\nnames = {{ en = \"a\", fr = \"a\" }}\n{rest}\n"))
}

#[test]
fn the_shipped_calendars_are_there() {
    let codes: Vec<&str> = SHIPPED.iter().map(|calendar| calendar.code()).collect();
    assert_eq!(codes, ["belgium", "nato-hq"]);
    let nato = SHIPPED.get("nato-hq").unwrap();
    assert_eq!((nato.covers(), nato.zone().iana_name()), ((2026, 2027), Some("Europe/Brussels")));
    assert!(nato.names().en.contains("example") && NATO.starts_with("# EXAMPLE"));
    assert!(SHIPPED.get("none").is_none());
}

#[test]
fn a_file_that_is_no_calendar_is_refused_on_its_line() {
    assert_eq!(
        head("code = \"own\"", "code = \"Own\""),
        "own.toml, line 2: `Own` can't be a code: expected 2 to 32 lower-case letters, digits and \"-\", the first a letter"
    );
    assert_eq!(
        head("covers", "cover"),
        "own.toml, line 4: unknown field `cover`, expected one of `code`, `names`, `covers`, `extends`, `without`, `zone`, `week`, `hours`, `holiday`"
    );
    assert_eq!(
        head("Europe/Brussels", "Europe/Bruges"),
        "own.toml, line 5: `Europe/Bruges` is no zone: expected a name such as `Europe/Brussels`"
    );
    assert_eq!(
        head("\"friday\"", "\"freitag\""),
        "own.toml, line 6: `freitag`: expected days of the week, `monday` to `sunday`, each once and at least one"
    );
    assert_eq!(
        head("\"friday\"", "\"monday\""),
        "own.toml, line 6: `monday`: expected days of the week, `monday` to `sunday`, each once and at least one"
    );
    assert_eq!(
        head("closes = \"17:00\"", "closes = \"5 pm\""),
        "own.toml, line 9: `5 pm`: expected a time such as `08:30`"
    );
    assert_eq!(
        head("closes = \"17:00\"", "closes = \"08:00\""),
        "own.toml, line 9: closes at 08:00 and opens at 09:00: expected to open before it closes"
    );
    assert_eq!(
        head("until = 2030", "until = 2019"),
        "own.toml, line 4: covers 2020 to 2019: expected years from 1900 to 2200, the last not before the first, at most 200"
    );
    assert_eq!(
        head("fr = \"Propre\"", "fr = \" \""),
        "own.toml, line 3: a name is missing, or can't be used: expected 1 to 200 characters in `en` and in `fr`"
    );
    assert_eq!(
        head("zone = \"Europe/Brussels\"\n", ""),
        "own.toml, line 2: `zone` is missing: expected here, or `extends` with the code of the calendar from which it is taken"
    );
    assert_eq!(
        says(&format!("{HEAD}[hours.sunday]\ncloses = \"12:00\"\n")),
        "own.toml, line 10: hours of a sunday, which is not in `week`"
    );
    assert_eq!(
        head("code = \"own\"", "code = "),
        "own.toml, line 2: string values must be quoted, expected literal string"
    );
}

#[test]
fn a_holiday_that_cant_be_read_is_refused_on_its_line() {
    assert!(holiday("on = \"13-01\"").starts_with(
        "own.toml, line 13: `13-01`: at `13-01`, character 1: expected `05-01`, `2026-05-15`, `easter+39`"
    ));
    assert!(
        holiday("on = \"first moonday of may\"")
            .ends_with("at `moonday`, character 7: expected a day of the week")
    );
    assert!(holiday("on = [\"05-01\", \"easter+900\"]").contains("at `easter+900`"));
    assert!(holiday("on = 5").contains("line 13") && holiday("on = 5").contains("expected a date"));
    assert!(holiday("on = []").ends_with("`on` is empty: expected a date, or several in brackets"));
    assert!(
        holiday("on = \"05-01\"\nweekend = \"monday\"")
            .ends_with("line 14: `monday`: expected `following`, `preceding` or `none`")
    );
    assert!(
        holiday("on = \"12-24 to 12-31\"\nweekend = \"following\"")
            .contains("line 14: `weekend` can't stand")
    );
    assert!(
        holiday("on = \"05-01\"\ncloses = \"12:00\"\nweekend = \"following\"")
            .contains("line 15: `weekend` can't")
    );
    assert!(holiday("on = \"05-01\"\nfrom = 2026\nuntil = 2025").contains("line 11: from 2026 until 2025"));
    assert!(
        holiday("on = \"05-01\"\ncloses = \"08:30\"").contains("line 14: closes at 08:30 and opens at 09:00")
    );
    assert!(
        holiday("on = \"2026-05-02 to 2026-05-01\"")
            .ends_with("expected a last day after the first, within a year")
    );
    assert!(
        holiday("on = \"01-01 to 12-31\"")
            .contains("more than 1000 days on end on which nobody works, in or around 2020")
    );
    let twice =
        "on = \"05-01\"\n[[holiday]]\nid = \"one\"\nnames = { en = \"a\", fr = \"a\" }\non = \"05-02\"";
    assert_eq!(holiday(twice), "own.toml, line 15: `one` stands twice");
}

#[test]
fn what_extends_another_says_which() {
    let both = |nato: &str| match Calendars::read([("belgium.toml", BELGIUM), ("nato-hq.toml", nato)]) {
        Ok(_) => "read".to_owned(),
        Err(error) => error.to_string(),
    };
    assert_eq!(both(NATO), "read");
    assert!(
        both(&NATO.replace("\"belgium\"", "\"france\""))
            .ends_with("line 8: no calendar has the code `france`")
    );
    assert!(
        both(&NATO.replace("\"belgium\"", "\"nato-hq\""))
            .ends_with("`nato-hq` extends itself, through others or not")
    );
    assert!(
        both(&NATO.replace("[\"armistice\"]", "[\"thanksgiving\"]"))
            .ends_with("line 10: `thanksgiving` is no day of the calendar that this one extends")
    );
    assert!(
        both(&NATO.replace("until = 2027", "until = 2040"))
            .ends_with("line 7: covers 2026 to 2040, and `belgium`, which it extends, does not")
    );
    assert!(both(BELGIUM).ends_with("`belgium` stands twice"));
    let (one, two) = (HEAD.replace("\"own\"", "\"one\""), HEAD.replace("\"own\"", "\"two\""));
    let circle = Calendars::read([
        ("one", one.replace("zone", "extends = \"two\"\nzone").as_str()),
        ("two", two.replace("zone", "extends = \"one\"\nzone").as_str()),
    ]);
    assert!(circle.unwrap_err().to_string().contains("extends itself"));
}

#[test]
fn bounds_are_kept() {
    assert_eq!(says(&"#".repeat(300_000)), "own.toml, line 1: over 256 KiB");
    let many: Vec<String> = (0..600).map(|_| "\"05-01\"".to_owned()).collect();
    assert!(holiday(&format!("on = [{}]", many.join(", "))).ends_with("more than 512"));
}
