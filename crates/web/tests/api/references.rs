//! References by the API: one paper under every way of writing, relations both ways, numbers given, kept and struck out.

use office::Sender;
use registry::command::{Command, OPERATOR};
use serde_json::{Value, json};

use crate::support::World;

impl World {
    /// Entrusts the registry of the tests with a series.
    async fn entrusts(&self, series: &str) {
        let registry = self.office.house().await.unwrap().registry_by_code("REG").unwrap().id;
        let command = Command::EntrustSeries { series: series.into(), registry };
        let id = self.office.new_command();
        self.office.command(Sender::operator_as(OPERATOR), id, command).await.unwrap();
    }

    async fn takes(&self, token: &str, key: u64, more: Value) -> Value {
        let mut body = crate::support::paper("SECRET", "Winter stocks");
        body["references"] = json!([]);
        for (name, value) in more.as_object().unwrap() {
            body[name] = value.clone();
        }
        self.post("/api/v1/documents").by(token).key(key).json(&body).send().await.good(201)
    }
}

fn references(found: &Value) -> Vec<&str> {
    found["documents"].as_array().unwrap().iter().map(|d| d["reference"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn every_way_of_writing_a_reference_finds_the_paper() {
    let world = World::founded().await;
    let (_, token) = world.clerk().await;
    let theirs =
        json!([{"kind": "originator", "text": "MCM-0041-2010"}, {"kind": "other", "text": "Été 7/b"}]);
    world.takes(&token, 1, json!({"references": theirs, "preferred": "MCM-0041-2010"})).await;
    for written in ["mcm 41 10", "MCM-0041-2010", "mcm41/2010", "M.C.M. 41-10", "ete 7 B", "REG 2026 1"] {
        let path = format!("/api/v1/documents/by-reference/{}", web::frame::escaped(written));
        let found = world.get(&path).by(&token).send().await.good(200);
        assert_eq!(references(&found), ["REG-2026-1"], "{written}");
        assert_eq!(found["documents"][0]["preferred"], "MCM-0041-2010");
        let hits = format!("/api/v1/search?q={}", web::frame::escaped(&format!("ref:\"{written}\"")));
        assert_eq!(world.get(&hits).by(&token).send().await.good(200)["total"], 1, "{written}");
    }
    for other in ["mcm 41 11", "MCM-0410-2010", "mcm 41"] {
        let path = format!("/api/v1/documents/by-reference/{}", web::frame::escaped(other));
        assert_eq!(references(&world.get(&path).by(&token).send().await.good(200)), [""; 0], "{other}");
    }
}

#[tokio::test]
async fn what_papers_are_to_each_other_is_told_both_ways_and_heals_when_the_target_comes() {
    let world = World::founded().await;
    let (_, token) = world.clerk().await;
    let bears = |text: &str| json!([{"kind": "originator", "text": text}]);
    let reply = json!({"references": bears("C-M(2002)49-COR1"), "relations": [{"kind": "reply-to", "reference": "mcm 41 10"}]});
    let first = world.takes(&token, 1, reply).await;
    let ties = |id: &Value| {
        let path = format!("/api/v1/documents/{}/ties", id.as_str().unwrap());
        let (world, token) = (&world, &token);
        async move { world.get(&path).by(token).send().await.good(200)["ties"].clone() }
    };
    let before = ties(&first["id"]).await;
    assert_eq!(before[0]["entry"], Value::Null, "the target is not here yet: {before}");

    let target = world.takes(&token, 2, json!({"references": bears("MCM-0041-2010")})).await;
    let paper = world.takes(&token, 3, json!({"references": bears("C-M(2002)49")})).await;
    let after = ties(&first["id"]).await;
    let told: Vec<(&str, bool, &str)> = after
        .as_array()
        .unwrap()
        .iter()
        .map(|t| {
            (t["kind"].as_str().unwrap(), t["outward"] == true, t["entry"]["reference"].as_str().unwrap())
        })
        .collect();
    assert_eq!(told, [("corrigendum-to", true, "REG-2026-3"), ("reply-to", true, "REG-2026-2")]);
    let back = ties(&paper["id"]).await;
    assert_eq!((&back[0]["kind"], &back[0]["outward"]), (&json!("corrigendum-to"), &json!(false)));
    assert_eq!(ties(&target["id"]).await[0]["kind"], "reply-to");

    // Who may not read the one learns nothing of it from the other.
    let low = json!({"references": bears("PO(2020)1"), "label": {"policy": "NATO", "level": "UNCLASSIFIED"}});
    let open = world.takes(&token, 4, low).await;
    world.takes(&token, 5, json!({"relations": [{"kind": "supersedes", "reference": "PO(2020)1"}]})).await;
    assert_eq!(ties(&open["id"]).await[0]["entry"]["reference"], "REG-2026-5");
    world.adds("guest", "BEL").await;
    let guest = world.token("guest").await;
    let path = format!("/api/v1/documents/{}/ties", open["id"].as_str().unwrap());
    assert_eq!(world.get(&path).by(&guest).send().await.good(200)["ties"], json!([]));
}

#[tokio::test]
async fn numbers_are_given_kept_and_struck_out_and_the_report_accounts_for_each() {
    let world = World::founded().await;
    world.entrusts("MCM").await;
    let (_, token) = world.clerk().await;
    let post = |path: &str, key: u64, body: Value| {
        let (world, token, path) = (&world, &token, path.to_owned());
        async move { world.post(&path).by(token).key(key).json(&body).send().await }
    };
    let keeps = "/api/v1/series/MCM/reservations";
    let kept = post(keeps, 1, json!({"purpose": "Note"})).await.good(201);
    let year = &kept["reference"].as_str().unwrap()[9..];
    assert_eq!(kept["reference"], format!("MCM-0001-{year}"));
    assert_eq!(post(keeps, 1, json!({"purpose": "Note"})).await.good(201), kept, "one key, one number");
    let second = post(keeps, 2, json!({"purpose": "Another"})).await.good(201);

    let next = world.takes(&token, 3, json!({"number": {"series": "MCM"}})).await;
    assert_eq!(next["allotted"], format!("MCM-0003-{year}"));
    let signed = world.takes(&token, 4, json!({"number": {"reservation": kept["reservation"]}})).await;
    assert_eq!(signed["allotted"], kept["reference"]);
    let voids = "/api/v1/series/MCM/voids";
    let gone = json!({"reference": second["reference"], "reason": "Withdrawn"});
    post(voids, 5, gone.clone()).await.good(201);

    // What was used or struck out is not given again, and each refusal says which.
    let body = |number: Value| {
        let mut body = crate::support::paper("SECRET", "Stocks");
        body["number"] = number;
        body
    };
    for (key, reservation) in [(6, &kept["reservation"]), (7, &second["reservation"])] {
        let sent = post("/api/v1/documents", key, body(json!({"reservation": reservation}))).await;
        sent.refused(422, "no-reservation", Some("reservation"));
    }
    post(voids, 8, gone).await.refused(422, "nothing-changed", None);
    let used = json!({"reference": next["allotted"], "reason": "Mistake"});
    post(voids, 9, used).await.refused(422, "number-taken", Some("reference"));
    let ahead = json!({"reference": format!("MCM-0900-{year}"), "reason": "Mistake"});
    post(voids, 10, ahead).await.refused(422, "number-never-given", Some("reference"));
    post("/api/v1/documents", 11, body(json!({"series": "C-M"}))).await.refused(
        422,
        "series-elsewhere",
        Some("series"),
    );
    post("/api/v1/documents", 12, body(json!({"series": "NONE"}))).await.refused(
        422,
        "series-unknown",
        Some("series"),
    );
    post("/api/v1/series/C-M/reservations", 13, json!({"purpose": "Note"})).await.refused(
        404,
        "not-found",
        None,
    );

    // Another registry would count from the first number again.
    let names = registry::house::Names { en: "Other".into(), fr: "Autre".into() };
    let open = Command::OpenRegistry { code: "OTH".into(), terms: registry::house::Terms::of(names) };
    let operator = Sender::operator_as(OPERATOR);
    let opened = world.office.command(operator, world.office.new_command(), open).await.unwrap();
    let registry::Answer::Opened { registry } = opened else { panic!() };
    let entrust = Command::EntrustSeries { series: "MCM".into(), registry };
    let refused = world.office.command(operator, world.office.new_command(), entrust).await.unwrap_err();
    assert_eq!(refused.refusal().map(|r| r.code), Some(registry::Code::SeriesInUse));

    let report = world.get("/api/v1/series/MCM/continuity").by(&token).send().await.good(200);
    let [count] = report["counts"].as_array().unwrap().as_slice() else { panic!("{report}") };
    assert_eq!(count["whole"], true, "{report}");
    assert_eq!((&count["last"], &count["used"]), (&json!(3), &json!(2)));
    assert_eq!(count["voids"], json!([{"number": 2, "reason": "Withdrawn"}]));
    assert_eq!(count["reservations"], json!([]));

    // The same reference on a second paper is found, as is a number that nobody gave.
    let again = json!([{"kind": "other", "text": format!("mcm 3 {}", &year[2..])}, {"kind": "other", "text": format!("MCM-0007-{year}")}]);
    world.takes(&token, 14, json!({"references": again})).await;
    let report = world.get("/api/v1/series/MCM/continuity").by(&token).send().await.good(200);
    let count = &report["counts"][0];
    assert_eq!((&count["whole"], &count["duplicates"]), (&json!(false), &json!([3])));
    assert_eq!((&count["never_given"], &count["gaps"]), (&json!([7]), &json!([[4, 6]])));
}
