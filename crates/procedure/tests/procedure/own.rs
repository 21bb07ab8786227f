//! A procedure of a house's own: a new file and nothing else.

use std::collections::BTreeSet;

use procedure::{Counts, Hindrance, OPENING, Procedures, Replies, Standing, Who};
use serde_json::json;

use crate::{now, pairs, shipped};

const OWN: &str = r#"
code = "parking"
version = 1
names = { en = "Parking place", fr = "Place de stationnement" }
about = { en = "Asks for a parking place.", fr = "Demande une place de stationnement." }
number = "PARK-{year}-{serial:3}"
calendar = "belgium"
opens = ["anyone"]
title = "plate"

[[field]]
code = "plate"
names = { en = "Registration plate", fr = "Plaque" }
type = "line"
pattern = "9-AAA-999"
required = true

[[field]]
code = "reason"
names = { en = "Medical reason", fr = "Motif médical" }
type = "text"
personal = true
seen_by = ["opener", "post:DOCTOR"]

[[field]]
code = "neighbours"
names = { en = "Neighbours", fr = "Voisins" }
type = "people"

[[field]]
code = "place"
names = { en = "Place", fr = "Emplacement" }
type = "number"
min = 1
max = 400
required = true
asked_in = ["allotment"]

[[stage]]
code = "allotment"
names = { en = "Allotment", fr = "Attribution" }
owner = "post:FACILITIES"
due = "3 working days"
evidence = [{ code = "sketch", names = { en = "Sketch", fr = "Croquis" }, required = true }]

[[stage.branch]]
code = "opinion"
names = { en = "Neighbours", fr = "Voisins" }
for_each = "field:neighbours"
owner = "each"
due = "1 working day"
waits = "any"
order = "in-turn"
replies = [
  { code = "fine", names = { en = "Fine", fr = "Bien" }, counts = "yes" },
  { code = "noise", names = { en = "Too loud", fr = "Trop bruyant" }, counts = "no", words = true },
]

[[stage.step]]
code = "allot"
names = { en = "Allot", fr = "Attribuer" }
to = "allotted"
when = 'no reply of opinion counts no'
key = "a"

[[stage.step]]
code = "decline"
names = { en = "Decline", fr = "Refuser" }
to = "declined"
reason = true

[[stage]]
code = "allotted"
names = { en = "Allotted", fr = "Attribuée" }
end = "done"

[[stage]]
code = "declined"
names = { en = "Declined", fr = "Refusée" }
end = "refused"
"#;

fn load() -> Procedures {
    let mut files = shipped();
    files.push(("parking.toml".to_owned(), OWN.to_owned()));
    Procedures::load(pairs(&files)).unwrap()
}

#[test]
fn it_works_beside_those_that_are_shipped() {
    let procedures = load();
    assert_eq!(procedures.iter().count(), 14);
    let def = procedures.get("parking").unwrap();
    let json = json!({ "plate": "1-ABC-234", "neighbours": ["ann", "bob"], "reason": "a knee" });
    let mut values = def.read_values(json.as_object().unwrap()).unwrap();
    assert_eq!(def.check_values(OPENING, &values, now()), []);
    assert_eq!(def.first().unwrap().code, "allotment");

    let openings = def.branches("allotment", &values, &Replies::default());
    assert_eq!(openings[0].each.as_deref(), Some(&["ann".to_owned(), "bob".to_owned()][..]));
    assert!(openings[0].in_turn);
    assert_eq!(openings[0].due.unwrap().to_string(), "1 working day");

    let mut replies = Replies::default();
    replies.open("opinion", 2);
    let nothing = BTreeSet::new();
    let case = Standing { stage: "allotment", values: &values, replies: &replies, evidence: &nothing };
    let ways = def.steps(case, now());
    assert_eq!(ways.iter().map(|way| way.step.code.as_str()).collect::<Vec<_>>(), ["allot", "decline"]);
    assert_eq!(ways[1].hindrances, [], "refusing waits for nothing");
    assert!(matches!(&ways[0].hindrances[0], Hindrance::Value(fault) if fault.field == "place"));
    assert_eq!(ways[0].hindrances[1], Hindrance::Replies { branch: "opinion".into(), given: 0, of: 1 });
    assert_eq!(ways[0].hindrances[2], Hindrance::Evidence { evidence: "sketch".into() });

    let json = serde_json::to_value(&ways[0].hindrances).unwrap();
    assert_eq!(json[0], json!({ "hindrance": "value", "field": "place", "fault": "missing" }));
    assert_eq!(json[1], json!({ "hindrance": "replies", "branch": "opinion", "given": 0, "of": 1 }));

    values.insert("place".into(), procedure::Value::Number(7));
    replies.reply("opinion", "fine", Counts::Yes);
    let shown = BTreeSet::from(["sketch".to_owned()]);
    let case = Standing { stage: "allotment", values: &values, replies: &replies, evidence: &shown };
    assert_eq!(def.steps(case, now())[0].hindrances, []);

    replies.reply("opinion", "noise", Counts::No);
    let case = Standing { stage: "allotment", values: &values, replies: &replies, evidence: &shown };
    assert_eq!(
        def.steps(case, now()).iter().map(|way| way.step.code.as_str()).collect::<Vec<_>>(),
        ["decline"]
    );
    let case = Standing { stage: "allotted", ..case };
    assert_eq!(def.steps(case, now()), []);
}

#[test]
fn a_field_is_seen_by_those_it_names() {
    let procedures = load();
    let def = procedures.get("parking").unwrap();
    let codes = |relations: &[Who]| -> Vec<&str> {
        let relations = relations.iter().cloned().collect();
        def.visible(&relations).iter().map(|field| field.code.as_str()).collect()
    };
    assert_eq!(codes(&[Who::Owner]), ["plate", "neighbours", "place"]);
    assert_eq!(codes(&[Who::Opener]), ["plate", "reason", "neighbours", "place"]);
    assert_eq!(codes(&[Who::Post("DOCTOR".into())]), ["plate", "reason", "neighbours", "place"]);
    let place = def.field("place").unwrap();
    assert!(def.may_change(place, "allotment", &[Who::Owner].into()));
    assert!(!def.may_change(place, "allotment", &[Who::Opener].into()));
    assert!(def.may_change(def.field("reason").unwrap(), OPENING, &[Who::Opener].into()));
    assert!(!def.may_change(def.field("reason").unwrap(), "allotment", &[Who::Owner].into()));
}

#[test]
fn a_running_case_keeps_its_version_or_is_migrated() {
    let newer = OWN
        .replace("version = 1", "version = 2")
        .replace("code = \"allotment\"", "code = \"choosing\"")
        .replace("[\"allotment\"]", "[\"choosing\"]")
        .replace("max = 400", "max = 100")
        .replacen("[[field]]", "[[migrates]]\nfrom = 1\nstages = { allotment = \"choosing\" }\ndrop = [\"reason\"]\n\n[[field]]", 1)
        .replace("\n[[field]]\ncode = \"place\"", "\n[[field]]\ncode = \"floor\"\nnames = { en = \"Floor\", fr = \"Étage\" }\ntype = \"number\"\ninitial = \"0\"\nrequired = true\n\n[[field]]\ncode = \"place\"");
    let procedures = Procedures::load([("one", OWN), ("two", newer.as_str())]).unwrap();
    let (old, new) = (procedures.version("parking", 1).unwrap(), procedures.get("parking").unwrap());
    assert_eq!((old.version, new.version), (1, 2));
    let json = json!({ "plate": "1-ABC-234", "reason": "a knee", "place": 300 });
    let values = old.read_values(json.as_object().unwrap()).unwrap();
    let mut replies = Replies::default();
    replies.open("opinion", 0);
    let migrated = new.migrate(old, "allotment", &values, &replies, now()).unwrap();
    assert_eq!(migrated.stage, "choosing");
    assert_eq!(migrated.dropped, ["reason"]);
    assert_eq!(migrated.values.keys().collect::<Vec<_>>(), ["floor", "place", "plate"]);
    assert!(migrated.replies.of("opinion").is_some());
    assert_eq!(migrated.faults.len(), 1, "{:?}", migrated.faults);
    assert_eq!(migrated.faults[0].field, "place");
    assert_eq!(old.migrate(new, "choosing", &values, &replies, now()), None, "there is no way back");
    assert_eq!(new.migrate(old, "nowhere", &values, &replies, now()), None);
}
