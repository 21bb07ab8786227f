//! The procedures that are shipped: they load, are written well in both languages, and can be walked through to an end.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
};

use procedure::{
    Counts, Definition, Field, Kind, Names, OPENING, Procedures, Replies, Standing, Value, ValueCode, Values,
};
use proptest::prelude::*;

use crate::{now, pairs, shipped};

pub fn load() -> &'static Procedures {
    static LOADED: LazyLock<Procedures> = LazyLock::new(|| {
        Procedures::load(pairs(&shipped())).unwrap_or_else(|faults| {
            let all: Vec<String> = faults.iter().map(ToString::to_string).collect();
            panic!("{}", all.join("\n"))
        })
    });
    &LOADED
}

#[test]
fn all_thirteen_load() {
    let procedures = load();
    let codes: Vec<&str> = procedures.iter().map(|def| def.code.as_str()).collect();
    assert_eq!(
        codes,
        [
            "call-for-contributions",
            "conference",
            "follow-up",
            "inspection",
            "off-boarding",
            "on-boarding",
            "personal-data",
            "retrieval",
            "rfi",
            "suggestion",
            "tasker",
            "training",
            "visit"
        ]
    );
    assert_eq!(procedures.of_number("rfi-2025-0001").unwrap().code, "rfi");
    for (name, _) in shipped() {
        assert!(
            procedures.get(name.trim_end_matches(".toml")).is_some(),
            "{name} is called as its procedure"
        );
    }
}

#[test]
fn its_calendars_and_roles_are_there() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../house/calendars");
    let calendars = std::fs::read_dir(folder).unwrap();
    let stem = |path: std::path::PathBuf| path.file_stem().unwrap().to_string_lossy().into_owned();
    let roles = ["clerk", "controller", "assistant", "security-officer", "administrator", "inspector"];
    let house = procedure::House {
        calendars: Some(calendars.map(|entry| stem(entry.unwrap().path())).collect()),
        roles: Some(roles.iter().map(|role| (*role).to_owned()).collect()),
        templates: Some(["inspection-report".to_owned()].into()),
        ..procedure::House::default()
    };
    assert_eq!(load().check_house(&house), []);
    let none = procedure::House { posts: Some(BTreeSet::new()), ..procedure::House::default() };
    assert!(load().check_house(&none).iter().any(|fault| fault.what.contains("post `DPO`")));
}

/// Codes of units or of posts of the demo headquarters.
fn of_the_demo(what: &str) -> BTreeSet<String> {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../house/demo/organisation.toml");
    let all: toml::Table = std::fs::read_to_string(path).unwrap().parse().unwrap();
    let named = all[what].as_array().unwrap().iter();
    named.map(|one| one["code"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn the_demo_has_the_posts_and_units_that_they_name() {
    let house = procedure::House {
        posts: Some(of_the_demo("post")),
        units: Some(of_the_demo("unit")),
        ..procedure::House::default()
    };
    assert_eq!(load().check_house(&house), []);
}

fn texts(def: &Definition) -> Vec<&Names> {
    let mut all = vec![&def.names, &def.about];
    for field in &def.fields {
        all.push(&field.names);
        all.extend(&field.hint);
        all.extend(field.choices.iter().map(|choice| &choice.names));
    }
    for stage in &def.stages {
        all.push(&stage.names);
        all.extend(&stage.about);
        all.extend(stage.evidence.iter().map(|evidence| &evidence.names));
        all.extend(stage.product.iter().map(|product| &product.names));
        all.extend(stage.steps.iter().map(|step| &step.names));
        for branch in &stage.branches {
            all.push(&branch.names);
            all.extend(branch.replies.iter().map(|reply| &reply.names));
        }
    }
    all
}

#[test]
fn french_is_set_as_french() {
    for def in load().iter() {
        for names in texts(def) {
            let fr = &names.fr;
            assert!(!fr.contains('\'') && !names.en.contains('\''), "{}: {fr} / {}", def.code, names.en);
            for (at, mark) in fr.char_indices().filter(|(_, c)| ":;!?»".contains(*c)) {
                assert_eq!(fr[..at].chars().last(), Some('\u{a0}'), "{}: before {mark} in {fr}", def.code);
            }
        }
    }
}

#[test]
fn a_definition_is_told_in_json() {
    let procedures = load();
    let json = serde_json::to_value(procedures.get("tasker").unwrap()).unwrap();
    assert_eq!(json["number"], "TT-{year}-{serial:4}");
    assert_eq!(json["fields"][1]["type"], "post");
    assert_eq!(json["stages"][2]["branches"][0]["owner"], "each");
    assert_eq!(json["stages"][2]["due"][0], "close of business on field:internal_suspense");
    assert_eq!(
        json["stages"][3]["steps"][0]["when"],
        "no reply of support counts no or field:adjudication is given"
    );
}

/// Some value that a field takes.
fn value(field: &Field, seed: u64) -> Value {
    let pick = |n: usize| usize::try_from(seed).unwrap_or(0) % n;
    let text = match field.kind {
        Kind::Line => match &field.pattern {
            Some(pattern) => pattern.to_string().replace('A', "B").replace('9', "7"),
            None => "some words".to_owned(),
        },
        Kind::Text => "some words\nand others".to_owned(),
        Kind::Number => (field.min.unwrap_or(0) + i64::try_from(pick(3)).unwrap()).to_string(),
        Kind::Money => ["0 EUR", "100 EUR", "2500.50 USD"][pick(3)].to_owned(),
        Kind::Date => "2027-03-15".to_owned(),
        Kind::Moment => "2027-03-15T12:00:00Z".to_owned(),
        Kind::YesNo => ["yes", "no"][pick(2)].to_owned(),
        Kind::Choice | Kind::Choices => field.choices[pick(field.choices.len())].code.clone(),
        Kind::Country => "BEL".to_owned(),
        Kind::Countries => ["BEL", "BEL,FRA"][pick(2)].to_owned(),
        Kind::Rating => (1 + pick(5)).to_string(),
        kind if kind.is_many() => ["one", "one,two", "one,two,three"][pick(3)].to_owned(),
        _ => "one".to_owned(),
    };
    field.kind.read_text(&text).unwrap().unwrap()
}

/// Fills in what is asked: what is required and some of the rest.
fn fill(def: &Definition, stage: &str, values: &mut Values, random: &mut impl FnMut() -> u64) {
    for field in &def.fields {
        let asked = field.asked_in.iter().any(|asked| asked == stage);
        let wanted = field.required && field.applies(values) || random().is_multiple_of(2);
        if asked && wanted {
            let later = matches!(field.kind, Kind::Date) && field.after.is_some();
            let value =
                if later { Value::Date("2027-04-30".parse().unwrap()) } else { value(field, random()) };
            values.insert(field.code.clone(), value);
        }
    }
}

/// What others reply.
fn reply(
    def: &Definition,
    stage: &str,
    values: &Values,
    replies: &mut Replies,
    random: &mut impl FnMut() -> u64,
) {
    let openings: Vec<_> = def.branches(stage, values, replies);
    let mut told = Vec::new();
    for opening in &openings {
        let branch = opening.branch;
        let known: Vec<(String, Counts)> = if branch.procedure.is_some() {
            vec![
                ("done".into(), Counts::Yes),
                ("refused".into(), Counts::No),
                ("cancelled".into(), Counts::Neither),
            ]
        } else {
            branch.replies.iter().map(|reply| (reply.code.clone(), reply.counts)).collect()
        };
        assert!(opening.due.is_some(), "{} {}: no due", def.code, branch.code);
        let pick = |random: &mut dyn FnMut() -> u64| {
            known[usize::try_from(random()).unwrap_or(0) % known.len()].clone()
        };
        let given: Vec<(String, Counts)> = (0..opening.count()).map(|_| pick(random)).collect();
        told.push((branch.code.clone(), opening.count(), given));
    }
    for (branch, count, given) in told {
        replies.open(&branch, count);
        given.into_iter().for_each(|(code, counts)| replies.reply(&branch, &code, counts));
    }
}

/// Walks from the opening until an end; what is missing on the way is filled in. Where it has been.
fn walk<'a>(def: &'a Definition, random: &mut impl FnMut() -> u64) -> BTreeSet<&'a str> {
    let mut been = BTreeSet::new();
    let (mut values, mut replies) = (def.initial(), Replies::default());
    fill(def, OPENING, &mut values, random);
    assert_eq!(def.check_values(OPENING, &values, now()), [], "{} at the opening", def.code);
    let mut at = def.first().unwrap();
    for _ in 0..60 {
        been.insert(at.code.as_str());
        if at.end.is_some() {
            return been;
        }
        assert!(at.due.rule(&values).is_some(), "{} {}: no due", def.code, at.code);
        fill(def, &at.code, &mut values, random);
        reply(def, &at.code, &values, &mut replies, random);
        // A condition of a branch may have come to be so by what was filled in.
        let evidence: BTreeSet<String> = at.evidence.iter().map(|evidence| evidence.code.clone()).collect();
        for code in at.steps.iter().flat_map(|step| &step.needs) {
            let field = def.field(code).unwrap();
            values.entry(code.clone()).or_insert_with(|| match field.after {
                Some(_) => Value::Date("2027-04-30".parse().unwrap()),
                None => value(field, 0),
            });
        }
        let case = Standing { stage: &at.code, values: &values, replies: &replies, evidence: &evidence };
        let ways = def.steps(case, now());
        let open: Vec<_> = ways.iter().filter(|way| way.hindrances.is_empty()).collect();
        assert!(!open.is_empty(), "{} {}: no step with {values:?}: {ways:?}", def.code, at.code);
        let forward: Vec<_> = open.iter().filter(|way| !way.step.back).collect();
        let choices =
            if forward.is_empty() || random().is_multiple_of(4) { open.iter().collect() } else { forward };
        let step = choices[usize::try_from(random()).unwrap_or(0) % choices.len()].step;
        values.extend(step.sets.clone());
        at = def.stage(&step.to).unwrap();
    }
    been
}

fn dice(seed: u64) -> impl FnMut() -> u64 {
    let mut state = seed | 1;
    move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        state >> 33
    }
}

#[test]
fn required_limits_are_told() {
    let procedures = load();
    let tasker = procedures.get("tasker").unwrap();
    let faults = tasker.check_values(OPENING, &tasker.initial(), now());
    let missing: Vec<&str> =
        faults.iter().filter(|f| f.code == ValueCode::Missing).map(|f| f.field.as_str()).collect();
    assert_eq!(
        missing,
        ["subject", "issuing_authority", "lead", "instruction", "deliverable", "internal_suspense"]
    );
    let json = serde_json::json!({
        "internal_suspense": "2026-12-10", "external_suspense": "2026-12-09", "buffer": 21, "priority": "urgent",
        "subject": "x".repeat(201), "nobody": 1,
    });
    let mut json = json.as_object().unwrap().clone();
    assert_eq!(tasker.read_values(&json).unwrap_err()[0].code, ValueCode::Unknown);
    json.remove("nobody");
    let values = tasker.read_values(&json).unwrap();
    let told: BTreeMap<String, ValueCode> =
        tasker.check_given(&values, now()).into_iter().map(|fault| (fault.field, fault.code)).collect();
    assert_eq!(told["external_suspense"], ValueCode::Before("internal_suspense".into()));
    assert_eq!(told["buffer"], ValueCode::TooLarge(20));
    assert_eq!(told["priority"], ValueCode::Choice("urgent".into()));
    assert_eq!(told["subject"], ValueCode::TooLong(200));
}

#[test]
fn walks_come_everywhere() {
    for def in load().iter() {
        let been: BTreeSet<&str> = (0..400).flat_map(|seed| walk(def, &mut dice(seed * 7_919))).collect();
        let all: BTreeSet<&str> = def.stages.iter().map(|stage| stage.code.as_str()).collect();
        assert_eq!(been, all, "{}", def.code);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, ..ProptestConfig::default() })]

    #[test]
    fn a_walk_ends_or_goes_on(seed in any::<u64>(), which in 0_usize..13) {
        let procedures = load();
        let def = procedures.iter().nth(which).unwrap();
        walk(def, &mut dice(seed));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, ..ProptestConfig::default() })]

    /// Bytes lost, doubled or put in the place of others, lines taken out or exchanged: refused or loaded, never a panic.
    #[test]
    fn no_corruption_panics(
        which in 0_usize..13,
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0_u8..6), 1..6),
    ) {
        let mut files = vec![shipped().swap_remove(which)];
        let text = &mut files[0].1;
        for (at, other, how) in changes {
            let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
            let (one, two) = (at.index(lines.len()), other.index(lines.len()));
            match how {
                0 => _ = lines.remove(one),
                1 => lines.swap(one, two),
                2 => lines.insert(one, lines[two].clone()),
                3 => {
                    let mut letters: Vec<char> = lines[one].chars().collect();
                    if !letters.is_empty() {
                        let place = other.index(letters.len());
                        letters[place] = ['"', '[', 'é', '0', ' ', '='][place % 6];
                    }
                    lines[one] = letters.into_iter().collect();
                }
                4 => lines[one] = lines[one].replace("field:", "role:"),
                _ => {
                    let value = lines[two].split_once('=').map(|(_, value)| value.to_owned());
                    if let (Some(value), Some((key, _))) = (value, lines[one].clone().split_once('=')) {
                        lines[one] = format!("{key}={value}");
                    }
                }
            }
            *text = lines.join("\n");
        }
        if let Err(faults) = Procedures::load(pairs(&files)) {
            for fault in faults {
                prop_assert!(fault.line >= 1 && !fault.what.is_empty() && !fault.remedy.is_empty());
                let lines = files.iter().find(|(name, _)| *name == fault.file).unwrap().1.lines().count();
                prop_assert!(fault.line <= lines + 1);
            }
        }
    }
}
