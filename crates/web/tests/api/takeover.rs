//! A register of old brought, looked at and taken over by a program.

use std::time::Duration;

use registry::authorisation::{Grant, Role};
use serde_json::{Value, json};

use crate::support::{World, multipart};

const REGISTER: &[u8] = b"No;Subject;Classification;Copy no;Holder\n1;Roads;NATO CONFIDENTIAL;1 of 2;Cell\n1;Roads;NATO CONFIDENTIAL;2 of 2;Plans\n3;Ports;;;\n";

async fn controller(world: &World) -> String {
    let head = world.adds("head", "BEL").await;
    world.gives(head, Grant::Role { role: Role::Controller, registry: Some(world.registry) }).await;
    world.token("head").await
}

async fn brought(
    world: &World,
    token: &str,
    key: u64,
    settings: &Value,
    file: &[u8],
) -> crate::support::Reply {
    let body = multipart(settings, "old.csv", file, None, true);
    let call = world.post("/api/v1/registries/REG/old-registers").by(token).key(key);
    call.raw("multipart/form-data; boundary=edge", &body).send().await
}

#[tokio::test]
async fn a_program_takes_a_register_over_and_is_told_what_became_of_each_row() {
    let world = World::founded().await;
    let head = controller(&world).await;
    let told = brought(&world, &head, 1, &json!({}), REGISTER).await.good(201);
    assert_eq!(
        (&told["state"], &told["plan"]["documents"], &told["plan"]["waiting"]),
        (&json!("open"), &json!(2), &json!(2))
    );
    assert_eq!(told["plan"]["page_of_documents"][0]["copies"][1]["holder"], "Plans");
    assert_eq!(told["plan"]["counts"][0]["last"], 3);
    let codes: Vec<&str> = told["plan"]["page_of_problems"]
        .as_array()
        .unwrap()
        .iter()
        .map(|p| p["code"].as_str().unwrap())
        .collect();
    assert_eq!(codes, ["no-marking", "gap"]);
    let id = told["id"].as_str().unwrap();
    // The same key brings the same workbook.
    assert_eq!(brought(&world, &head, 1, &json!({}), REGISTER).await.good(201)["id"], id);

    let at = format!("/api/v1/old-registers/{id}");
    let settings = json!({"mapping": {"heading_row": 1, "columns": {"0": "number"}}});
    let read = world.post(&format!("{at}/settings")).by(&head).key(2).json(&settings).send().await.good(200);
    assert_eq!((&read["unusable"], &read["plan"]), (&json!("mapping"), &Value::Null));
    let run = |key| world.post(&format!("{at}/runs")).by(&head).key(key).json(&json!({}));
    run(3).send().await.refused(422, "no-subject-column", Some("mapping"));
    let settings = json!({"label": {"policy": "NATO", "level": "RESTRICTED"}, "kind": "letter"});
    world.post(&format!("{at}/settings")).by(&head).key(4).json(&settings).send().await.good(200);
    run(5).send().await.good(202);
    let mut told = Value::Null;
    for _ in 0..200 {
        told = world.get(&at).by(&head).send().await.good(200);
        if told["state"] == "done" {
            break;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    assert_eq!((&told["progress"]["registered"], &told["plan"]["waiting"]), (&json!(2), &json!(0)));
    assert_eq!(told["plan"]["page_of_documents"][1]["reference"], "REG-2026-2");

    // It is its owner's: for another controller it is not there, for a clerk the way is shut.
    let other = world.adds("other", "NOR").await;
    world.gives(other, Grant::Role { role: Role::Controller, registry: Some(world.registry) }).await;
    let other = world.token("other").await;
    world.get(&at).by(&other).send().await.refused(404, "not-found", None);
    let (_, clerk) = world.clerk().await;
    world.get(&at).by(&clerk).send().await.refused(403, "forbidden", None);
}

#[tokio::test]
async fn what_is_no_register_is_refused_with_its_reason() {
    let world = World::founded().await;
    let head = controller(&world).await;
    brought(&world, &head, 1, &json!({}), b"").await.refused(422, "empty-content", Some("content"));
    brought(&world, &head, 2, &json!({}), b"; ;\n").await.refused(422, "workbook-empty", Some("content"));
    brought(&world, &head, 3, &json!({}), b"\x89PNG\r\n\x1a\n").await.refused(
        422,
        "workbook-unreadable",
        Some("content"),
    );
    brought(&world, &head, 4, &json!({"surprise": 1}), REGISTER).await.refused(
        422,
        "request-form",
        Some("document"),
    );
    let policy = json!({"policy": "NONE"});
    brought(&world, &head, 5, &policy, REGISTER).await.refused(422, "unknown-policy", Some("policy"));
    let mapping = json!({"mapping": {"columns": {"first": "number"}}});
    brought(&world, &head, 6, &mapping, REGISTER).await.refused(422, "not-offered", Some("mapping"));
}
