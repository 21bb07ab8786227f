//! Why one may read and why another may not, what ends soon, and what is changed of people: by script.

use registry::authorisation::{Grant, Role};
use serde_json::{Value, json};

use crate::support::World;

fn failed(why: &Value) -> Vec<&str> {
    let tests = why["tests"].as_array().unwrap();
    tests.iter().filter(|t| t["passed"] == false).map(|t| t["test"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn a_reader_asks_for_himself_and_a_controller_for_others() {
    let world = World::founded().await;
    let (_, clerk) = world.clerk().await;
    let (reader, reading) = world.reader().await;
    let (id, _) = world.paper(&clerk, 1, "SECRET", "Winter stocks").await;
    let path = format!("/api/v1/documents/{id}/why");
    let why = world.get(&path).by(&clerk).send().await.good(200);
    assert_eq!((&why["reads"], failed(&why)), (&json!(true), vec![]));
    let level = why["tests"].as_array().unwrap().iter().find(|t| t["test"] == "level").unwrap();
    assert_eq!(level["found"], "Certificate for NATO SECRET, until 31 December 2029.");
    let nation = why["tests"].as_array().unwrap().iter().find(|t| t["test"] == "nationality").unwrap();
    assert!(nation["found"].as_str().unwrap().contains("read as of today (12 March 2026)"), "{nation}");

    // Who may not read it is told what he is told of anything that is not there.
    let absent = format!("/api/v1/documents/{}/why", "0".repeat(32));
    let (hidden, nothing) =
        (world.get(&path).by(&reading).send().await, world.get(&absent).by(&reading).send().await);
    assert_eq!((hidden.status, &hidden.bytes), (nothing.status, &nothing.bytes));
    hidden.refused(404, "not-found", None);
    let asked = format!("{path}?person={reader}");
    world.get(&asked).by(&reading).send().await.refused(404, "not-found", None);
    // A clerk reads it and controls nothing.
    world.get(&asked).by(&clerk).send().await.refused(403, "forbidden", None);

    let controller = world.adds("controller", "BEL").await;
    world.clears(controller, "SECRET").await;
    world.gives(controller, Grant::Role { role: Role::Controller, registry: Some(world.registry) }).await;
    let token = world.token("controller").await;
    let why = world.get(&asked).by(&token).send().await.good(200);
    assert_eq!(why["reads"], false);
    assert_eq!(failed(&why), ["level", "briefing"]);
    let level = &why["tests"][0];
    assert_eq!(level["needed"], "a certificate for NATO SECRET or higher");
    assert!(level["found"].as_str().unwrap().contains("NATO CONFIDENTIAL"), "{level}");
    let french = world.get(&asked).by(&token).header("accept-language", "fr").send().await.good(200);
    assert_eq!(french["tests"][0]["needed"], "un certificat pour NATO SECRET ou au-dessus");
    let nobody = format!("{path}?person={}", "ab".repeat(16));
    world.get(&nobody).by(&token).send().await.refused(422, "person-unknown", None);
    // What it says is what is: after what is needed was given, the same person reads it.
    world.clears(reader, "SECRET").await;
    assert_eq!(world.get(&asked).by(&token).send().await.good(200)["reads"], true);
    world.get(&path).by(&reading).send().await.good(200);
}

#[tokio::test]
async fn what_ends_is_told_to_officers_page_by_page() {
    let world = World::founded().await;
    let (_, clerk) = world.clerk().await;
    let officer = world.token("officer1").await;
    let person = world.adds("person", "BEL").await;
    let house = world.office.house().await.unwrap();
    let named = serde_json::from_value(json!({"policy": "NATO", "level": "SECRET"})).unwrap();
    let clearance = house.policies.resolve_clearance(&named).unwrap();
    for (n, until) in
        ["2026-03-01", "2026-03-31", "2026-05-31", "2026-08-31", "2027-03-31"].iter().enumerate()
    {
        let about = if n == 0 { person } else { world.adds(&format!("person{n}"), "BEL").await };
        let grant = Grant::Clearance {
            clearance: clearance.clone(),
            authority: "National authority".into(),
            number: None,
            from: "2020-01-01".parse().unwrap(),
            until: until.parse().unwrap(),
        };
        world.gives(about, grant).await;
    }
    let list = world.get("/api/v1/endings").by(&officer).send().await.good(200);
    let bands: Vec<&str> =
        list["endings"].as_array().unwrap().iter().map(|e| e["band"].as_str().unwrap()).collect();
    assert_eq!(bands, ["ended", "30", "90", "180"]);
    let near = world.get("/api/v1/endings?within=30").by(&officer).send().await.good(200);
    assert_eq!(near["total"], 2);
    let first = world.get("/api/v1/endings?limit=3").by(&officer).send().await.good(200);
    let next = first["next"].as_str().unwrap();
    let rest =
        world.get(&format!("/api/v1/endings?limit=3&after={next}")).by(&officer).send().await.good(200);
    assert_eq!((rest["endings"].as_array().unwrap().len(), &rest["next"]), (1, &Value::Null));
    world.get("/api/v1/endings?after=x").by(&officer).send().await.refused(
        422,
        "request-form",
        Some("after"),
    );
    world.get("/api/v1/endings").by(&clerk).send().await.refused(404, "not-found", None);

    // Extended, it moves to another place.
    let file = world.get(&format!("/api/v1/people/{person}")).by(&officer).send().await.good(200);
    let of = file["authorisations"][0]["id"].as_str().unwrap().to_owned();
    let path = format!("/api/v1/people/{person}/proposals");
    let extension = |of: &str, until: &str| json!({"is": "extension", "of": of, "until": until, "authority": "NSA", "reason": "being renewed"});
    for (key, body, code, field) in [
        (1, extension(&of, "2026-02-01"), "not-later", "until"),
        (2, extension(&of, "2029-02-01"), "extension-too-long", "until"),
        (3, extension(&"ab".repeat(16), "2026-06-01"), "not-found", "of"),
    ] {
        let status = if code == "not-found" { 404 } else { 422 };
        world.post(&path).by(&officer).key(key).json(&body).send().await.refused(status, code, Some(field));
    }
    let long = json!({
        "is": "clearance", "clearance": {"policy": "NATO", "level": "TOP SECRET"}, "authority": "NSA",
        "number": "17", "from": "2026-01-01", "until": "2032-01-01",
    });
    let refused = world.post(&path).by(&officer).key(4).json(&long).send().await;
    let problem = refused.refused(422, "period-too-long", Some("until"));
    assert!(problem["remedy"].as_str().unwrap().contains("1 January 2031"), "{problem}");
    let second = world.token("officer2").await;
    let given =
        world.post(&path).by(&officer).key(5).json(&extension(&of, "2026-04-30")).send().await.good(201);
    let confirm = format!("/api/v1/proposals/{}/confirmations", given["authorisation"].as_str().unwrap());
    let digest = json!({"proposal": given["proposal"]});
    world.post(&confirm).by(&second).key(6).json(&digest).send().await.good(201);
    let list = world.get("/api/v1/endings").by(&officer).send().await.good(200);
    let moved = list["endings"].as_array().unwrap().iter().find(|e| e["authorisation"] == json!(of)).unwrap();
    assert_eq!((&moved["last_day"], &moved["extended"]), (&json!("2026-04-30"), &json!(true)));
}

#[tokio::test]
async fn what_is_known_of_a_person_is_changed_with_a_reason_and_kept() {
    let world = World::founded().await;
    let (reader, reading) = world.reader().await;
    let officer = world.token("officer1").await;
    let path = format!("/api/v1/people/{reader}/changes");
    let change =
        async |by: &str, key, body: &Value| world.post(&path).by(by).key(key).json(body).send().await;
    let title = json!({"reason": "promoted", "title": "Colonel"});
    change(&reading, 1, &title).await.refused(403, "forbidden", None);
    change(&officer, 2, &title).await.good(201);
    change(&officer, 3, &title).await.refused(422, "nothing-changed", None);
    change(&officer, 4, &json!({"reason": " ", "title": "Major"})).await.refused(
        422,
        "required",
        Some("reason"),
    );
    change(&officer, 5, &json!({"reason": "x", "body": "NONE"})).await.refused(
        422,
        "not-offered",
        Some("body"),
    );
    change(&officer, 6, &json!({"reason": "x", "nationality": "CHE"})).await.refused(
        422,
        "request-form",
        Some("body"),
    );
    let left = json!({"reason": "end of tour", "left": "2026-03-11"});
    change(&officer, 7, &left).await.good(201);
    // Gone: his token opens nothing, and nobody brings him back alone.
    world.get("/api/v1/me").by(&reading).send().await.refused(401, "not-signed-in", None);
    let back = json!({"reason": "came back", "left": ""});
    change(&officer, 8, &back).await.refused(422, "still-holds", Some("left"));
    let file = world.get(&format!("/api/v1/people/{reader}")).by(&officer).send().await.good(200);
    let changes = file["changes"].as_array().unwrap();
    assert_eq!(changes.len(), 2);
    assert_eq!(
        (&changes[0]["reason"], &changes[0]["to"]["left"]),
        (&json!("end of tour"), &json!("2026-03-11"))
    );
    assert_eq!((&changes[1]["from"]["title"], &changes[1]["to"]["title"]), (&json!(""), &json!("Colonel")));
}
