//! Each mistake by an example: a definition with something changed, in which `#! code` marks the line that is to be told.

use std::collections::BTreeSet;

use procedure::{Code, Procedures};

use crate::{pairs, shipped};

pub const BASE: &str = include_str!("base.toml");

/// The base with things changed, each of which must be there once or more; the first is.
pub fn changed(changes: &[(&str, &str)]) -> String {
    let mut text = BASE.to_owned();
    for (from, to) in changes {
        assert!(text.contains(from), "{from}");
        text = text.replacen(from, to, 1);
    }
    text
}

/// What is marked in some files.
fn marked(files: &[(String, String)]) -> BTreeSet<(String, usize, String)> {
    let mut all = BTreeSet::new();
    for (name, text) in files {
        for (at, line) in text.lines().enumerate() {
            let marks = line.split_once("#!").map(|(_, marks)| marks).unwrap_or_default();
            all.extend(marks.split_whitespace().map(|code| (name.clone(), at + 1, code.to_owned())));
        }
    }
    all
}

pub fn told(files: &[(String, String)]) -> BTreeSet<(String, usize, String)> {
    let faults = Procedures::load(pairs(files)).err().unwrap_or_default();
    let of = |fault: &procedure::Fault| (fault.file.clone(), fault.line, fault.code.to_string());
    faults.iter().map(of).collect()
}

pub fn check_files(files: &[(&str, String)]) {
    let files: Vec<(String, String)> =
        files.iter().map(|(name, text)| ((*name).to_owned(), text.clone())).collect();
    let marked = marked(&files);
    assert!(!marked.is_empty());
    let faults = Procedures::load(pairs(&files)).err().unwrap_or_default();
    let lines: Vec<String> = faults.iter().map(|fault| format!("{fault} [{}]", fault.code)).collect();
    assert_eq!(told(&files), marked, "{}", lines.join("\n"));
}

fn check(changes: &[(&str, &str)]) {
    check_files(&[("leave.toml", changed(changes))]);
}

#[test]
fn the_base_is_whole() {
    assert!(
        told(&[("base.toml".to_owned(), BASE.to_owned())]).is_empty(),
        "{:?}",
        Procedures::load([("b", BASE)]).err()
    );
}

#[test]
fn forms_are_strict() {
    check(&[
        ("type = \"number\"\n", "type = \"number\"\nminimum = 2 #! unknown-key\n"),
        ("to = \"granted\"", "too = 1 #! unknown-key\nto = \"granted\""),
    ]);
    check(&[("version = 1", "version = \"one\" #! wrong-type")]);
    check(&[("version = 1", "version = 0 #! limits")]);
    check(&[("opens = [\"anyone\"]", "opens = [\"anybody\", 5] #! who-text wrong-type")]);
    check(&[("opens = [\"anyone\"]", "opens = [] #! missing-key")]);
    check(&[("code = \"until\"", "code = \"Until\" #! code-form"), ("columns = [\"until\"]\n", "")]);
    check(&[("code = \"leave\"", "code = \"Leave\" #! code-form")]);
    check(&[("type = \"number\"", "type = \"figure\" #! word")]);
    check(&[(
        "required = true\n\n[[field]]\ncode = \"from\"",
        "required = yes #! toml\n\n[[field]]\ncode = \"from\"",
    )]);
    check(&[
        ("[[stage.step]]\ncode = \"ask\"", "[[stage.step]] #! missing-key\ncode = \"ask\""),
        ("to = \"decision\"\n", ""),
    ]);
    check(&[("number = \"LV-{year}-{serial:4}\"", "number = \"LV-{year}\" #! number")]);
    check(&[("key = \"a\"", "key = \"alt\" #! word")]);
    check(&[("remind = [2, 0]", "remind = [0, 2] #! limits")]);
    check(&[("type = \"line\"\nrequired", "type = \"line\"\nlongest = 30000 #! limits\nrequired")]);
    // The first line tells what the whole file lacks.
    let faults = Procedures::load([("empty.toml", "")]).unwrap_err();
    assert!(faults.iter().all(|fault| fault.line == 1));
    for key in ["code", "version", "names", "about", "number", "calendar", "opens", "title", "field", "stage"]
    {
        assert!(faults.iter().any(|fault| fault.what == format!("`{key}` is missing")), "{key}");
    }
    let large = "#".repeat(procedure::LARGEST_FILE + 1);
    assert_eq!(Procedures::load([("large", large.as_str())]).unwrap_err()[0].code, Code::TooMany);
}

#[test]
fn a_near_miss_is_guessed() {
    let text = changed(&[("remind = [2, 0]", "remnd = [2, 0]")]);
    let faults = Procedures::load([("x", text.as_str())]).unwrap_err();
    assert!(
        faults[0].to_string().ends_with("`remnd` is not known here: did you mean `remind`?"),
        "{}",
        faults[0]
    );
}

#[test]
fn all_mistakes_are_told_at_once() {
    check(&[
        ("{ en = \"Leave\", fr = \"Congé\" }", "{ en = \"Leave\" } #! names"),
        ("type = \"number\"", "type = \"number\"\nsize = 2 #! unknown-key"),
        ("when = 'field:granted is yes'", "when = 'field:granted was yes' #! cond-text"),
        ("due = \"3 working days\"", "due = \"3 workdays\" #! rule-text"),
        ("owner = \"opener\"", "owner = \"the opener\" #! who-text"),
    ]);
}

#[test]
fn texts_stand_in_both_languages() {
    check(&[("fr = \"Accorder\" }", "fr = \" \" } #! names")]);
    check(&[
        ("names = { en = \"Form\", fr = \"Formulaire\" }", "names = { fr = \"Formulaire\" }"),
        (
            "{ code = \"form\", names = { fr = \"Formulaire\" } },",
            "{ code = \"form\", names = { fr = \"Formulaire\" } }, #! names",
        ),
    ]);
    check(&[(
        "[[stage]]\ncode = \"granted\"\nnames = { en = \"Granted\", fr = \"Accordé\" }",
        "[[stage]] #! names\ncode = \"granted\"",
    )]);
}

#[test]
fn codes_are_one_of_a_kind() {
    check(&[("code = \"days\"", "code = \"kind\" #! twice")]);
    check(&[
        ("code = \"special\", names", "code = \"annual\", names"),
        ("fr = \"Exceptionnel\" } },", "fr = \"Exceptionnel\" } }, #! twice"),
    ]);
    check(&[("code = \"dropped\"", "code = \"refused\" #! twice")]);
    check(&[("code = \"drop\"", "code = \"ask\" #! twice")]);
    check(&[("to = \"dropped\"", "to = \"dropped\"\nkey = \"a\" #! twice")]);
    check(&[("code = \"ill\"", "code = \"well\""), ("counts = \"no\" },", "counts = \"no\" }, #! twice")]);
    // `opening` is taken: it is the form with which a case begins.
    check(&[("code = \"request\"", "code = \"opening\" #! twice")]);
    let again = BASE.replacen("version = 1", "version = 1 #! twice", 1);
    check_files(&[("a.toml", BASE.to_owned()), ("b.toml", again)]);
}

#[test]
fn fields_agree() {
    check(&[("after = \"field:from\"", "after = \"field:kind\" #! limits")]);
    check(&[("after = \"field:from\"", "after = \"field:nothing\" #! unknown-field")]);
    check(&[("after = \"field:from\"", "after = \"from\" #! word")]);
    check(&[("after = \"field:from\"", "min = 3 #! limits")]);
    check(&[("max = 30", "max = 0 #! limits")]);
    check(&[
        ("most = 3", "most = 600"),
        ("type = \"posts\"", "type = \"posts\""),
        ("[[field]]\ncode = \"colleagues\"", "[[field]] #! limits\ncode = \"colleagues\""),
    ]);
    check(&[("max = 30", "max = 30\ninitial = \"31\" #! value")]);
    check(&[("max = 30", "max = 30\ninitial = \"many\" #! value")]);
    check(&[(
        "max = 30",
        "max = 30\nchoices = [{ code = \"a\", names = { en = \"A\", fr = \"A\" } }] #! limits",
    )]);
    check(&[
        ("  { code = \"special\", names = { en = \"Special\", fr = \"Exceptionnel\" } },\n", ""),
        ("choices = [", "choices = [ #! limits"),
    ]);
    check(&[
        ("asked_in = [\"decision\"]", "asked_in = [\"granted\"] #! unknown-stage"),
        ("when = 'field:granted is yes'", "when = 'field:kind is \"annual\"'"),
    ]);
    check(&[
        ("asked_in = [\"decision\"]", "asked_in = [\"later\"] #! unknown-stage"),
        ("when = 'field:granted is yes'", "when = 'field:kind is \"annual\"'"),
    ]);
    check(&[("columns = [\"until\"]", "columns = [\"when\"] #! unknown-field")]);
    check(&[("max = 30", "max = 30\nwhen = 'field:granted is yes' #! cond-type")]);
    check(&[("max = 30", "max = 30\nwhen = 'some reply of opinions counts no' #! cond-type")]);
    check(&[("type = \"line\"", "type = \"line\"\npattern = \"---\" #! limits")]);
}

#[test]
fn a_case_has_a_title() {
    check(&[("title = \"subject\"", "title = \"days\" #! title")]);
    check(&[("title = \"subject\"", "title = \"nothing\" #! unknown-field")]);
}

#[test]
fn whoever_is_asked_sees() {
    check(&[("max = 30", "max = 30\nseen_by = [] #! unseen")]);
    check(&[("max = 30", "max = 30\nseen_by = [\"post:COS\"] #! unseen")]);
    check(&[("asked_in = [\"decision\"]", "asked_in = [\"decision\"]\nseen_by = [\"opener\"] #! unseen")]);
    check(&[("max = 30", "max = 30\nseen_by = [\"opener\"]\nchanged_by = [\"post:COS\"] #! unseen")]);
    check(&[("max = 30", "max = 30\nasked_in = [] #! unseen")]);
    check(&[("max = 30", "max = 30\nseen_by = [\"opener\", \"each\"] #! who-use")]);
}

#[test]
fn stages_are_owned_and_timed() {
    check(&[
        ("[[stage]]\ncode = \"request\"", "[[stage]] #! not-owned\ncode = \"request\""),
        ("owner = \"opener\"\n", ""),
    ]);
    check(&[
        ("[[stage]]\ncode = \"request\"", "[[stage]] #! not-owned\ncode = \"request\""),
        ("due = \"5 working days\"\n", ""),
    ]);
    check(&[("[[stage.branch]]\n", "[[stage.branch]] #! not-owned\n"), ("due = \"3 working days\"\n", "")]);
    check(&[("end = \"done\"", "end = \"done\"\nowner = \"opener\" #! end-has\ndue = \"1 day\" #! end-has")]);
    check(&[("owner = \"opener\"", "owner = \"owner\" #! who-use")]);
    check(&[("owner = \"opener\"", "owner = \"field:kind\" #! who-use")]);
    check(&[("owner = \"opener\"", "owner = \"field:colleagues\" #! who-use who-missing")]);
    check(&[("owner = \"opener\"", "owner = \"field:nobody\" #! unknown-field")]);
    check(&[
        ("owner = \"each\"", "owner = \"each\" #! who-use"),
        ("for_each = \"field:colleagues\"\n", ""),
        ("waits = 2", "waits = 1"),
    ]);
    check(&[("to = \"post:COS\" }", "to = \"anyone\" } #! who-use")]);
    check(&[("to = \"dropped\"", "to = \"dropped\"\nby = \"contributors of opinions\" #! who-use")]);
}

#[test]
fn who_is_needed_is_there() {
    check(&[
        ("type = \"person\"\nrequired = true", "type = \"person\""),
        ("owner = \"head-of field:deputy\"", "owner = \"head-of field:deputy\" #! who-missing"),
    ]);
    check(&[("owner = \"head-of field:deputy\"", "owner = \"who did decision\" #! who-missing")]);
    check(&[("owner = \"head-of field:deputy\"", "owner = \"who did granted\" #! unknown-stage")]);
    // The step that leads there needs it: then it is there.
    let text = changed(&[
        ("type = \"person\"\nrequired = true", "type = \"person\""),
        ("to = \"decision\"", "to = \"decision\"\nneeds = [\"deputy\"]"),
    ]);
    assert!(told(&[("a".into(), text)]).is_empty());
    let text = changed(&[("owner = \"head-of field:deputy\"", "owner = \"who did request\"")]);
    assert!(told(&[("a".into(), text)]).is_empty());
}

#[test]
fn deadlines_can_be_reckoned() {
    let due = "due = \"5 working days\"\nremind";
    check(&[(due, "due = \"2 days before field:kind\" #! rule-use\nremind")]);
    check(&[(due, "due = \"2 days before field:nothing\" #! unknown-field\nremind")]);
    check(&[(due, "due = \"on field:until\" #! rule-missing\nremind")]);
    check(&[(due, "due = [\"5 working days\", \"on field:from\"] #! rule-use\nremind")]);
    check(&[
        ("after = \"2 working days\"", "after = \"2 days before field:from\""),
        ("to = \"post:COS\" }", "to = \"post:COS\" } #! rule-use"),
    ]);
    let text = changed(&[(due, "due = [\"on field:until\", \"5 working days\"]\nremind")]);
    assert!(told(&[("a".into(), text)]).is_empty());
}

#[test]
fn a_part_is_not_due_after_the_whole() {
    for due in ["6 working days", "8 days", "2 weeks", "1 month"] {
        check(&[("due = \"3 working days\"", &format!("due = \"{due}\" #! due-after-parent"))]);
    }
    check(&[
        ("due = \"5 working days\"\nremind", "due = \"3 working days before field:from\"\nremind"),
        ("due = \"3 working days\"\n", "due = \"2 working days before field:from\" #! due-after-parent\n"),
    ]);
    for due in ["5 working days", "1 week", "48 hours", "close of business", "on field:from"] {
        let text = changed(&[("due = \"3 working days\"", &format!("due = \"{due}\""))]);
        assert!(told(&[("a".into(), text)]).is_empty(), "{due}");
    }
}

#[test]
fn conditions_are_typed() {
    for when in [
        "field:granted is \"yes\"",
        "field:kind is yes",
        "field:kind is \"sick\"",
        "field:kind in (\"annual\", \"sick\")",
        "field:kind < 3",
        "field:kind has \"annual\"",
        "field:from < 5",
        "field:days > \"many\"",
        "field:colleagues is \"x\"",
        "some reply of opinions is \"maybe\"",
    ] {
        check(&[("when = 'field:granted is yes'", &format!("when = '{when}' #! cond-type"))]);
    }
    check(&[("when = 'field:granted is yes'", "when = 'field:nothing is yes' #! unknown-field")]);
    check(&[("when = 'field:granted is yes'", "when = 'some reply of nobody counts yes' #! unknown-branch")]);
    check(&[(
        "to = \"dropped\"",
        "to = \"dropped\"\nwhen = 'some reply of opinions counts yes' #! unknown-branch",
    )]);
    check(&[("waits = 2", "waits = 2\nwhen = 'some reply of opinions counts yes' #! unknown-branch")]);
    check(&[("to = \"dropped\"", "to = \"dropped\"\notherwise = true #! cond-type")]);
    check(&[
        ("otherwise = true", "otherwise = true\nwhen = 'field:granted is no'"),
        ("[[stage.step]]\ncode = \"refuse\"", "[[stage.step]] #! cond-type\ncode = \"refuse\""),
    ]);
}

#[test]
fn every_stage_is_reached_and_ends() {
    check(&[
        ("[[stage]]\ncode = \"refused\"", "[[stage]] #! unreachable\ncode = \"refused\""),
        ("to = \"refused\"", "to = \"granted\""),
    ]);
    check(&[("to = \"refused\"", "to = \"nowhere\" #! unknown-stage")]);
    let idle = "[[stage]] #! dead-end\ncode = \"idle\"\nnames = { en = \"Idle\", fr = \"Inactif\" }\nowner = \"opener\"\ndue = \"1 day\"\n\n[[stage]]\ncode = \"refused\"";
    check(&[
        ("to = \"dropped\"", "to = \"idle\""),
        ("[[stage]]\ncode = \"refused\"", idle),
        ("[[stage]]\ncode = \"dropped\"", "[[stage]] #! unreachable\ncode = \"dropped\""),
    ]);
    check(&[
        ("end = \"done\"", "end = \"refused\""),
        ("[[stage]]\ncode = \"request\"", "[[stage]] #! dead-end\ncode = \"request\""),
    ]);
    check(&[
        ("owner = \"opener\"\ndue = \"5 working days\"\n", "end = \"done\" #! unreachable\n"),
        ("[[stage.step]]\ncode = \"ask\"", "[[stage.step]] #! end-has\ncode = \"ask\""),
    ]);
    check(&[
        ("[[stage]]\ncode = \"decision\"", "[[stage]] #! stuck\ncode = \"decision\""),
        ("to = \"refused\"\notherwise = true", "to = \"dropped\""),
        ("[[stage]]\ncode = \"refused\"", "[[stage]] #! unreachable\ncode = \"refused\""),
    ]);
}

#[test]
fn something_can_always_be_done() {
    let stuck = ("[[stage]]\ncode = \"decision\"", "[[stage]] #! stuck\ncode = \"decision\"");
    check(&[stuck, ("otherwise = true", "when = 'field:days > 10'")]);
    let two = |one: &str, other: &str| {
        changed(&[("field:granted is yes", one), ("otherwise = true", &format!("when = '{other}'"))])
    };
    for (one, other) in [
        ("field:granted is yes", "field:granted is no"),
        ("field:kind is \"annual\"", "field:kind in (\"special\")"),
        ("field:days > 10", "not field:days > 10"),
        ("field:days > 10", "field:days <= 10 or field:days is missing"),
        ("field:from < 2027-01-01", "field:from >= 2027-01-01"),
        ("every reply of opinions counts yes", "some reply of opinions counts no"),
        ("no reply of opinions is \"ill\"", "some reply of opinions is \"ill\""),
    ] {
        assert_eq!(told(&[("a".into(), two(one, other))]), BTreeSet::new(), "{one} / {other}");
    }
    for (one, other) in [
        ("field:days > 10", "field:days <= 10"),
        ("field:days > 10", "field:days < 10 or field:days is missing"),
        ("field:from < 2027-01-01", "field:from > 2027-01-01"),
        ("some reply of opinions counts yes", "some reply of opinions counts no"),
        (
            "every reply of opinions counts yes and some reply of opinions counts yes",
            "every reply of opinions counts no",
        ),
    ] {
        let text = two(one, other).replacen(stuck.0, stuck.1, 1);
        check_files(&[("leave.toml", text)]);
    }
    let text = two("field:days > 10", "field:days <= 10");
    let faults = Procedures::load([("a", text.as_str())]).unwrap_err();
    assert!(faults[0].what.ends_with("where field:days is missing"), "{}", faults[0]);
}

#[test]
fn what_is_never_so_is_told() {
    for never in [
        "field:days > 30",
        "field:granted is missing",
        "field:granted is yes and field:granted is no",
        "field:kind is missing",
    ] {
        check(&[("when = 'field:granted is yes'", &format!("when = '{never}' #! never"))]);
    }
    check(&[("waits = 2", "waits = 2\nwhen = 'field:days < 1' #! never")]);
}

#[test]
fn branches_hold_together() {
    check(&[("waits = 2", "waits = 4 #! waits")]);
    check(&[("waits = 2", "waits = 0 #! limits")]);
    check(&[
        ("for_each = \"field:colleagues\"\nowner = \"each\"", "owner = \"opener\""),
        ("waits = 2", "waits = 2 #! waits"),
    ]);
    check(&[("waits = 2", "waits = \"both\" #! word")]);
    check(&[
        ("for_each = \"field:colleagues\"", "for_each = \"field:kind\" #! branch"),
        ("owner = \"each\"", "owner = \"opener\""),
        ("waits = 2\n", ""),
    ]);
    check(&[("order = \"together\"", "order = \"field:kind\" #! branch")]);
    check(&[("order = \"together\"", "order = \"mixed\" #! word")]);
    check(&[
        ("order = \"together\"", "passes = { a = \"days\" }"),
        ("[[stage.branch]]", "[[stage.branch]] #! branch"),
    ]);
    let sets = "to = \"dropped\"\nsets = { days = 31 } #! value";
    check(&[("to = \"dropped\"", sets)]);
    check(&[("to = \"dropped\"", "to = \"dropped\"\nsets = { nothing = 1 } #! unknown-field")]);
    check(&[("to = \"dropped\"", "to = \"dropped\"\nneeds = [\"nothing\"] #! unknown-field")]);
}

#[test]
fn every_kind_of_mistake_has_an_example() {
    let source = [include_str!("faults.rs"), include_str!("across.rs")].concat();
    for code in Code::ALL.iter().filter(|code| ![Code::TooMany, Code::UnknownInHouse].contains(code)) {
        let marks = source.lines().filter_map(|line| line.split_once("#! ")).map(|(_, marks)| marks);
        let shown = marks
            .flat_map(|marks| marks.split(|c: char| !c.is_ascii_lowercase() && c != '-'))
            .any(|word| word == code.text());
        assert!(shown, "{code}");
    }
    assert!(!shipped().is_empty());
}
