//! Cases by script: a procedure as data, a tasker from opening to a reply, and what is refused.

use registry::authorisation::{Grant, Role};
use serde_json::{Value, json};

use crate::support::World;

const ACTS: &str = "/api/v1/case-acts";

/// A headquarters with a lead office and one in support; answers with the posts' units.
async fn organised(world: &World, people: [(&str, registry::PersonId); 2]) -> Vec<String> {
    let admin = world.adds("keeper", "LVA").await;
    world.gives(admin, Grant::Role { role: Role::Administrator, registry: None }).await;
    let token = world.token("keeper").await;
    let mut key = 700;
    let mut does = async |act: Value| {
        key += 1;
        let call = world.post("/api/v1/organisation/acts").by(&token).key(key).json(&act);
        call.send().await.good(201)["id"].as_str().unwrap().to_owned()
    };
    let names = json!({"en": "Office", "fr": "Bureau"});
    let mut units = Vec::new();
    for (code, person) in people {
        let terms = json!({"names": names, "is": "division", "begins": "2026-01-01"});
        let unit = does(json!({"act": "establish-unit", "code": code, "terms": terms})).await;
        let terms = json!({"titles": names, "unit": unit, "head": true, "begins": "2026-01-01"});
        let post = does(json!({"act": "establish-post", "code": format!("{code}-1"), "terms": terms})).await;
        does(json!({"act": "take-up", "post": post, "person": person, "from": "2026-01-01"})).await;
        units.push(unit);
        units.push(post);
    }
    units
}

#[tokio::test]
async fn a_tasker_is_opened_issued_and_replied_to_by_those_whose_it_is() {
    let world = World::founded().await;
    let (clerk, opens) = world.clerk().await;
    let (reader, leads) = world.reader().await;
    let units = organised(&world, [("OPS", clerk), ("LOG", reader)]).await;
    let outside = world.adds("outside", "BEL").await;
    world.clears(outside, "SECRET").await;
    let outside = world.token("outside").await;

    let offered = world.get("/api/v1/procedures").by(&opens).send().await.good(200);
    assert!(offered["procedures"].as_array().unwrap().iter().any(|one| one["code"] == "tasker"));
    let tasker = world.get("/api/v1/procedures/tasker").by(&opens).send().await.good(200);
    assert_eq!(tasker["suspense"], "internal_suspense");
    world.get("/api/v1/procedures/none").by(&opens).send().await.refused(404, "not-found", None);

    let mut open = json!({
        "act": "open", "procedure": "tasker", "label": {"policy": "NATO", "level": "RESTRICTED"},
        "values": {
            "subject": "Winter fuel", "issuing_authority": units[1], "lead": units[2],
            "instruction": "Say how much.", "deliverable": "A letter", "internal_suspense": "2026-12-18",
        },
    });
    open["values"]["buffer"] = json!(99);
    let wrong = world.post(ACTS).by(&opens).key(1).json(&open).send().await;
    let told = wrong.refused(422, "value-too-large", Some("values"));
    assert!(told.to_string().contains("20"), "{told}");
    open["values"]["buffer"] = json!(2);
    let opened = world.post(ACTS).by(&opens).key(2).json(&open).send().await.good(201);
    let (case, number) = (opened["case"].as_str().unwrap(), opened["number"].as_str().unwrap());
    assert_eq!(number, "TT-2026-0001");
    // The same request sent again is answered alike.
    assert_eq!(world.post(ACTS).by(&opens).key(2).json(&open).send().await.good(201), opened);

    let address = format!("/api/v1/cases/{number}");
    world.get(&address).by(&outside).send().await.refused(404, "not-found", None);
    // Whoever leads it sees it when it is issued to him.
    world.get(&address).by(&leads).send().await.refused(404, "not-found", None);
    let step = |stage: &str, step: &str| json!({"act": "step", "case": case, "stage": stage, "step": step});
    world.post(ACTS).by(&opens).key(3).json(&step("draft", "issue")).send().await.good(201);
    let whole = world.get(&address).by(&leads).send().await.good(200);
    assert_eq!(whole["case"]["stage"], "issued");
    assert_eq!(whole["case"]["marking"], "NATO RESTRICTED");
    assert_eq!(whole["steps"][0]["step"], "begin");
    assert_eq!(whole["case"]["with"][0]["person"]["id"], reader.to_string());
    world.post(ACTS).by(&opens).key(4).json(&step("draft", "issue")).send().await.refused(
        409,
        "case-moved-on",
        Some("step"),
    );
    world.post(ACTS).by(&opens).key(5).json(&step("issued", "begin")).send().await.refused(
        403,
        "not-yours",
        Some("step"),
    );
    let own = world.get("/api/v1/tasks").by(&leads).send().await.good(200);
    assert_eq!((own["total"].clone(), own["tasks"][0]["case"]["number"].clone()), (json!(1), json!(number)));
    let task = &own["tasks"][0]["task"]["id"];
    let acknowledge = json!({"act": "task", "case": case, "task": task, "does": {"what": "acknowledge"}});
    world.post(ACTS).by(&leads).key(6).json(&acknowledge).send().await.good(201);
    world.post(ACTS).by(&leads).key(7).json(&acknowledge).send().await.refused(409, "task-stands", None);
    assert_eq!(world.get("/api/v1/cases").by(&leads).send().await.good(200)["total"], 1);
    let late = world.get("/api/v1/cases?runs=late").by(&opens).send().await.good(200);
    assert_eq!((late["total"].clone(), late["next"].clone()), (json!(0), Value::Null));
    assert_eq!(world.get("/api/v1/cases?q=fuel").by(&outside).send().await.good(200)["total"], 0);
    let figures = world.get("/api/v1/cases/figures").by(&leads).send().await.good(200);
    assert_eq!((&figures["all"]["opened"], &figures["all"]["running"]), (&json!(1), &json!(1)));
    assert_eq!(figures["procedures"][0]["procedure"], "tasker");
    let none = world.get("/api/v1/cases/figures").by(&outside).send().await.good(200);
    assert_eq!((&none["all"]["opened"], &none["procedures"]), (&json!(0), &json!([])));
    let wrong = world.get("/api/v1/cases/figures?unit=nothing").by(&leads).send().await;
    wrong.refused(422, "not-offered", Some("unit"));
    world.get("/api/v1/cases?q=%00").by(&opens).send().await.refused(422, "text-form", None);
    world.get("/api/v1/cases?order=colour").by(&opens).send().await.refused(
        422,
        "not-offered",
        Some("order"),
    );
}

#[tokio::test]
async fn comments_are_made_and_settled_row_by_row() {
    let world = World::founded().await;
    let (clerk, asked) = world.clerk().await;
    let (reader, leads) = world.reader().await;
    let units = organised(&world, [("OPS", clerk), ("LOG", reader)]).await;
    let open = json!({
        "act": "open", "procedure": "tasker", "label": {"policy": "NATO", "level": "RESTRICTED"},
        "values": {
            "subject": "Winter fuel", "issuing_authority": units[1], "lead": units[2], "support": [units[0]],
            "instruction": "Say how much.", "deliverable": "A letter", "internal_suspense": "2026-12-18",
        },
    });
    let opened = world.post(ACTS).by(&asked).key(1).json(&open).send().await.good(201);
    let (case, number) = (&opened["case"], opened["number"].as_str().unwrap());
    let step = |stage: &str, step: &str| json!({"act": "step", "case": case, "stage": stage, "step": step});
    world.post(ACTS).by(&asked).key(2).json(&step("draft", "issue")).send().await.good(201);
    world.post(ACTS).by(&leads).key(3).json(&step("issued", "begin")).send().await.good(201);
    let own = world.get("/api/v1/tasks").by(&asked).send().await.good(200);
    let task = &own["tasks"][0]["task"]["id"];
    let reply =
        json!({"act": "task", "case": case, "task": task, "does": {"what": "reply", "reply": "non_concur"}});
    world.post(ACTS).by(&asked).key(4).json(&reply).send().await.refused(
        422,
        "comments-missing",
        Some("reply"),
    );
    let rows = json!([
        {"severity": "critical", "page": "4", "comment": "Too few.", "proposal": "Sixty days."},
        {"severity": "administrative", "comment": "Spelling."},
    ]);
    let says = json!({"act": "comment", "case": case, "task": task, "rows": rows});
    world.post(ACTS).by(&asked).key(5).json(&says).send().await.good(201);
    let address = format!("/api/v1/cases/{number}/comments");
    let table = world.get(&address).by(&leads).send().await.good(200);
    assert_eq!((table["total"].clone(), table["comments"][0]["settles"].clone()), (json!(2), json!(false)));
    let ids = [&table["comments"][0]["id"], &table["comments"][1]["id"]];
    let settle = json!({"act": "adjudicate", "case": case, "comments": ids, "outcome": "accepted"});
    world.post(ACTS).by(&leads).key(6).json(&settle).send().await.refused(
        409,
        "comments-open",
        Some("comments"),
    );
    let row = json!({"severity": "administrative", "comment": "Say litres."});
    let change = json!({"act": "change-comment", "case": case, "comment": ids[1], "row": row});
    world.post(ACTS).by(&asked).key(7).json(&change).send().await.good(201);
    world.post(ACTS).by(&asked).key(8).json(&reply).send().await.good(201);
    world.post(ACTS).by(&leads).key(9).json(&settle).send().await.good(201);
    let query = format!("{address}?severity=administrative&office=OPS-1&state=settled");
    let table = world.get(&query).by(&leads).send().await.good(200);
    assert_eq!(
        (table["total"].clone(), table["comments"][0]["state"].clone()),
        (json!(1), json!("accepted"))
    );
    assert_eq!(table["comments"][0]["comment"], "Say litres.");
    let page = world.get(&format!("{address}?limit=1")).by(&leads).send().await.good(200);
    assert_eq!(page["next"], "1");
    let rest = world.get(&format!("{address}?after=1")).by(&leads).send().await.good(200);
    assert_eq!((rest["comments"][0]["number"].clone(), rest["next"].clone()), (json!(2), Value::Null));
    world.get(&format!("{address}?state=new")).by(&leads).send().await.refused(
        422,
        "not-offered",
        Some("state"),
    );
    let outside = world.adds("outside", "BEL").await;
    world.clears(outside, "SECRET").await;
    let outside = world.token("outside").await;
    world.get(&address).by(&outside).send().await.refused(404, "not-found", None);
}
