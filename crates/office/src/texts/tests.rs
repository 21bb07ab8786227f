//! Proves that English and French say the same things, that every text that the code asks for exists, and that dates,
//! numbers and sizes are written as each language writes them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use jiff::civil::date;
use jiff::tz::TimeZone;
use proptest::prelude::*;

use super::{shipped::SOURCES, *};

/// Made once, as in the product: it is shared by every request, so it must be fit to be shared by threads.
fn texts() -> &'static Texts {
    static TEXTS: LazyLock<Texts> = LazyLock::new(|| Texts::new().unwrap());
    &TEXTS
}

/// Every message of a language with the names of its arguments, read from the sources without the Fluent library.
fn messages(language: Language) -> BTreeMap<String, BTreeSet<String>> {
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (_, english, french) in SOURCES {
        let source = match language {
            Language::En => english,
            Language::Fr => french,
        };
        let mut current = String::new();
        for line in source.lines().filter(|line| !line.starts_with('#')) {
            if let Some((key, _)) = line.split_once(" =")
                && line.starts_with(|first: char| first.is_ascii_lowercase())
            {
                key.clone_into(&mut current);
                assert!(
                    found.insert(current.clone(), BTreeSet::new()).is_none(),
                    "{language}: {key} stands twice"
                );
            }
            for piece in line.split("{ $").skip(1) {
                let name: String =
                    piece.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
                found.entry(current.clone()).or_default().insert(name);
            }
        }
    }
    found
}

#[test]
fn both_languages_have_the_same_texts_with_the_same_arguments() {
    let (english, french) = (messages(Language::En), messages(Language::Fr));
    for (key, args) in &english {
        assert_eq!(french.get(key), Some(args), "{key} differs in French");
    }
    for key in french.keys() {
        assert!(english.contains_key(key), "{key} is only in French");
    }
    assert!(english.len() > 200);
}

#[test]
fn every_refusal_has_its_remedy() {
    let english = messages(Language::En);
    for key in english.keys().filter(|key| key.starts_with("refusal-")) {
        if key == "refusal-code" || key.ends_with("-remedy") {
            continue;
        }
        assert!(english.contains_key(&format!("{key}-remedy")), "{key} has no remedy");
    }
}

/// Read from the source: the codes are the registry's, and it must not know that they have texts.
#[test]
fn every_code_of_the_registry_has_its_words() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../registry/src/refusal.rs");
    let source = std::fs::read_to_string(path).unwrap();
    let codes: Vec<&str> = source
        .lines()
        .filter_map(|line| line.trim().strip_suffix("\","))
        .filter_map(|line| line.split_once(" = \"").map(|(_, code)| code))
        .collect();
    assert!(codes.len() >= 30, "the codes are not where they were: {codes:?}");
    let known = messages(Language::En);
    for code in codes {
        assert!(known.contains_key(&format!("refusal-{code}")), "{code} has no words");
    }
}

#[test]
fn no_text_is_shown_with_a_hole_in_it() {
    let texts = texts();
    for language in Language::ALL {
        for (key, names) in messages(language) {
            for number in [0, 1, 2, 21, 1_000_000] {
                let args: Vec<(&str, Arg)> = names
                    .iter()
                    .map(|name| (name.as_str(), if name == "n" { number.into() } else { "x".into() }))
                    .collect();
                let shown = texts.get(language, &key, &args);
                assert!(!shown.contains("{$") && shown != key, "{language} {key}: {shown}");
                assert!(!shown.contains('\u{2068}'), "{language} {key} carries isolation marks");
            }
        }
    }
}

#[test]
fn french_signs_stand_off_as_french_signs_do() {
    for (file, _, french) in SOURCES {
        for line in french.lines() {
            for wrong in [" ;", " !", " ?", " »", "« "] {
                assert!(!line.contains(wrong), "{file}: {wrong:?} breaks in {line:?}");
            }
            let shown = line.split_once(" = ").map_or(line, |(_, text)| text);
            assert!(!shown.contains(" : ") && !shown.ends_with(" :"), "{file}: {line:?}");
            assert!(!shown.contains('\''), "{file}: a straight apostrophe in {line:?}");
        }
    }
}

#[test]
fn a_missing_text_shows_its_key() {
    let texts = texts();
    assert_eq!(texts.get(Language::En, "no-such-text", &[]), "no-such-text");
    assert!(!texts.has(Language::En, "no-such-text"));
    assert_eq!(texts.voice(Language::Fr).maybe("no-such-text", &[]), None);
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return;
    };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// The literals after `.t(`, `.tr(` and `t!(` in a source, wherever rustfmt has put them.
fn keys_asked_for(source: &str) -> Vec<String> {
    let mut keys = Vec::new();
    for call in [".t(", ".tr(", "t!("] {
        for (place, _) in source.match_indices(call) {
            let before = source.get(..place).and_then(|text| text.chars().next_back());
            let word = |c: char| c.is_ascii_alphanumeric() || c == '_';
            if call == "t!(" && before.is_some_and(word) {
                continue; // another macro, such as assert!(
            }
            let rest = source.get(place + call.len()..).unwrap_or_default().trim_start();
            if let Some(key) = rest.strip_prefix('"').and_then(|rest| rest.split('"').next()) {
                keys.push(key.to_owned());
            }
        }
    }
    keys
}

#[test]
fn every_text_that_the_code_asks_for_exists() {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let known = messages(Language::En);
    let mut asked = 0;
    for part in ["web/src", "web/examples", "office/src", "chancery/src"] {
        let mut files = Vec::new();
        sources(&crates.join(part), &mut files);
        // This file asks for keys that must not exist.
        for file in files.into_iter().filter(|file| !file.ends_with("texts/tests.rs")) {
            let source = std::fs::read_to_string(&file).unwrap();
            for key in keys_asked_for(&source) {
                asked += 1;
                assert!(known.contains_key(&key), "{} asks for {key:?}", file.display());
            }
        }
    }
    assert!(asked > 60, "the scan found only {asked} keys: has the way to ask changed?");
}

#[test]
fn the_scan_finds_keys_as_they_are_written() {
    let found = keys_asked_for("say.t(\"a\") x.tr(\n   \"b-c\", &[]) assert!(\"no\") t!(\"d\") say.t(key)");
    assert_eq!(found, ["a", "b-c", "d"]);
}

#[test]
fn dates_are_written_as_each_language_writes_them() {
    let texts = texts();
    let (english, french) = (texts.voice(Language::En), texts.voice(Language::Fr));
    let day = date(2026, 3, 12);
    assert_eq!(english.date(day), "12 March 2026");
    assert_eq!(french.date(day), "12 mars 2026");
    assert_eq!(french.date(date(2026, 8, 1)), "1er août 2026");
    assert_eq!(english.date(date(2026, 8, 1)), "1 August 2026");
    assert_eq!(english.date_long(date(2026, 11, 21)), "Saturday 21 November 2026");
    assert_eq!(french.date_long(date(2026, 11, 21)), "samedi 21 novembre 2026");
    assert_eq!(english.date_short(day), "12 March");
}

#[test]
fn dates_are_read_as_people_type_them() {
    let texts = texts();
    let cases = [
        ("12 March 2026", "2026-03-12"),
        (" 1er  mars 2026", "2026-03-01"),
        ("12 MAR 2026", "2026-03-12"),
        ("4 aout 1955", "1955-08-04"),
        ("4 févr. 1955", "1955-02-04"),
        ("June 1961", "1961-06"),
        ("31 June 2026", "2026-06-31"),
    ];
    for (typed, form) in cases {
        assert_eq!(texts.typed_date(typed).as_deref(), Some(form), "{typed}");
    }
    for unread in [
        "",
        "2026",
        "2026-03-12",
        "3/12/2026",
        "12 ma 2026",
        "12 jui 2026",
        "12 March 26",
        "x March 2026",
        "a b c d e",
    ] {
        assert_eq!(texts.typed_date(unread), None, "{unread}");
    }
}

#[test]
fn times_carry_their_zone() {
    let texts = texts();
    let brussels = TimeZone::get("Europe/Brussels").unwrap();
    let moment = date(2026, 3, 12).at(16, 5, 0, 0).to_zoned(brussels).unwrap();
    assert_eq!(texts.voice(Language::En).moment(&moment), "12 March 2026, 16:05 CET");
    assert_eq!(texts.voice(Language::Fr).moment(&moment), "12 mars 2026, 16\u{a0}h\u{a0}05 CET");
}

#[test]
fn a_date_is_told_from_today() {
    let texts = texts();
    let today = date(2026, 11, 21);
    let cases = [
        (date(2026, 11, 21), "today", "aujourd’hui"),
        (date(2026, 11, 20), "yesterday", "hier"),
        (date(2026, 11, 22), "tomorrow", "demain"),
        (date(2026, 11, 19), "2 days ago", "il y a 2 jours"),
        (date(2026, 11, 24), "in 3 days", "dans 3 jours"),
        (date(2026, 10, 31), "3 weeks ago", "il y a 3 semaines"),
        (date(2027, 5, 21), "in 6 months", "dans 6 mois"),
        (date(1976, 11, 21), "50 years ago", "il y a 50 ans"),
    ];
    for (day, english, french) in cases {
        assert_eq!(texts.voice(Language::En).relative(day, today), english);
        assert_eq!(texts.voice(Language::Fr).relative(day, today), french);
    }
}

#[test]
fn numbers_and_sizes_are_grouped_as_each_language_groups_them() {
    let texts = texts();
    let (english, french) = (texts.voice(Language::En), texts.voice(Language::Fr));
    assert_eq!(english.count(3_363), "3,363");
    assert_eq!(french.count(3_363), "3\u{202f}363");
    assert_eq!(english.integer(-1_234_567), "\u{2212}1,234,567");
    assert_eq!(english.size(1), "1 byte");
    assert_eq!(english.size(999), "999 bytes");
    assert_eq!(english.size(1_450_000), "1.4\u{a0}MB");
    assert_eq!(french.size(1_450_000), "1,4\u{a0}Mo");
    assert_eq!(english.size(23_900_000), "23\u{a0}MB");
    assert_eq!(english.size(u64::MAX), "18,446,744\u{a0}TB");
    // Counts inside texts are grouped too, and French says nought in the singular.
    let many = [("n", Arg::from(3_363))];
    assert_eq!(english.tr("register-total", &many), "3,363 documents");
    assert_eq!(french.tr("register-total", &many), "3\u{202f}363 documents");
    assert_eq!(french.tr("register-total", &[("n", 0.into())]), "0 document");
}

#[test]
fn names_are_listed_in_words() {
    let texts = texts();
    let names = ["A", "B", "C"].map(String::from);
    let english = texts.voice(Language::En);
    assert_eq!(english.list(&names), "A, B and C");
    assert_eq!(english.list(names.get(..1).unwrap()), "A");
    assert_eq!(texts.voice(Language::Fr).list(&names), "A, B et C");
}

#[test]
fn a_language_is_read_from_its_tag() {
    assert_eq!("fr-BE".parse(), Ok(Language::Fr));
    assert_eq!("EN".parse(), Ok(Language::En));
    assert!("de".parse::<Language>().is_err());
    assert!("".parse::<Language>().is_err());
}

proptest! {
    #[test]
    fn grouping_changes_no_digit(number: i64) {
        for language in Language::ALL {
            let digits: String = integer(language, number).chars().filter(char::is_ascii_digit).collect();
            prop_assert_eq!(digits, number.unsigned_abs().to_string());
        }
    }

    #[test]
    fn no_size_and_no_date_fails(bytes: u64, from in -4_000i32..4_000, to in -4_000i32..4_000) {
        let texts = texts();
        let base = date(2026, 1, 1);
        let (a, b) = (base.saturating_add(jiff::Span::new().days(from)), base.saturating_add(jiff::Span::new().days(to)));
        for language in Language::ALL {
            let say = texts.voice(language);
            prop_assert!(!say.size(bytes).is_empty());
            let told = say.relative(a, b);
            prop_assert!(!told.contains('{'), "{}", told);
        }
    }

    #[test]
    fn a_date_shown_can_be_typed(days in 0i32..200_000) {
        let texts = texts();
        let day = date(1600, 1, 1).saturating_add(jiff::Span::new().days(days));
        for language in Language::ALL {
            prop_assert_eq!(texts.typed_date(&texts.voice(language).date(day)), Some(day.to_string()));
        }
    }

    #[test]
    fn no_typed_words_make_the_reader_of_dates_fail(typed in "\\PC{0,60}") {
        let _ = texts().typed_date(&typed);
    }

    #[test]
    fn words_put_into_a_text_stay_as_they_are(words in "\\PC{0,30}") {
        let texts = texts();
        let shown = texts.get(Language::En, "applied-remove", &[("filter", words.as_str().into())]);
        prop_assert_eq!(shown, format!("Remove {words}"));
    }
}
