//! Correcting by the API: what is given is changed, the old value is told to those who could read it.

use serde_json::json;

use crate::support::World;

#[tokio::test]
async fn a_correction_changes_what_it_gives_and_tells_what_it_was() {
    let world = World::founded().await;
    let (clerk, token) = world.clerk().await;
    let (id, reference) = world.paper(&token, 1, "SECRET", "Winter stocks").await;
    let path = format!("/api/v1/documents/{id}/corrections");
    let before = world.get(&path).by(&token).send().await.good(200);
    assert_eq!(before["corrections"], json!([]));
    let body = json!({
        "reason": "A slip of the pen", "mark": before["mark"], "subject": "Summer stocks",
        "date": "1955-06", "action": ["Plans"],
    });
    let send = |key: u64, body: &serde_json::Value| world.post(&path).by(&token).key(key).json(body).send();
    assert_eq!(send(2, &body).await.good(201), json!({"id": id}));
    assert_eq!(send(2, &body).await.good(201), json!({"id": id}), "the same key has one effect");
    // Somebody else had the form open: the mark tells.
    send(3, &body).await.refused(409, "conflict", None);
    let now = world.get(&format!("/api/v1/documents/{id}")).by(&token).send().await.good(200);
    assert_eq!((&now["subject"], &now["date"]), (&json!("Summer stocks"), &json!("1955-06")));
    assert_eq!((&now["reference"], &now["action"]), (&json!(reference), &json!(["Plans"])));
    let after = world.get(&path).by(&token).send().await.good(200);
    assert_ne!(after["mark"], before["mark"]);
    let [one] = after["corrections"].as_array().unwrap().as_slice() else { panic!("{after}") };
    assert_eq!(one["by"], json!(clerk.to_string()));
    assert_eq!(one["from"]["subject"], "Winter stocks");
    assert_eq!(one["to"]["subject"], "Summer stocks");
    assert_eq!(one["to"].as_object().unwrap().len(), 3);
}

#[tokio::test]
async fn a_correction_is_refused_with_its_field() {
    let world = World::founded().await;
    let (_, token) = world.clerk().await;
    let (_, reader) = world.reader().await;
    let (id, _) = world.paper(&token, 1, "CONFIDENTIAL", "Winter stocks").await;
    let path = format!("/api/v1/documents/{id}/corrections");
    let nato = |level: &str| json!({"policy": "NATO", "level": level});
    let cases = [
        (json!({"subject": "S"}), 422, "request-form", Some("body")),
        (json!({"reason": "", "subject": "S"}), 422, "required", Some("reason")),
        (json!({"reason": "r", "subject": "Winter stocks"}), 422, "nothing-changed", None),
        (json!({"reason": "r", "date": "1955-02-31"}), 422, "impossible-date", Some("date")),
        (json!({"reason": "r", "direction": "sideways"}), 422, "not-offered", Some("direction")),
        (json!({"reason": "r", "label": nato("VIOLET")}), 422, "invalid-label", Some("label")),
        (
            json!({"reason": "r", "label": {"policy": "NONE", "level": "X"}}),
            422,
            "unknown-policy",
            Some("label"),
        ),
        (json!({"reason": "r", "label": nato("SECRET")}), 403, "forbidden", Some("label")),
        (json!({"reason": "r", "need_to_know": [["nobody"]]}), 422, "group-unknown", Some("need_to_know")),
        (json!({"reason": "r", "held_elsewhere": ""}), 422, "no-content", Some("held_elsewhere")),
    ];
    for (key, (body, status, code, field)) in (10..).zip(cases) {
        let reply = world.post(&path).by(&token).key(key).json(&body).send().await;
        reply.refused(status, code, field);
    }
    // Who reads and registers nowhere may not; who sees nothing of it finds nothing.
    let body = json!({"reason": "r", "subject": "S"});
    world.post(&path).by(&reader).key(50).json(&body).send().await.refused(403, "forbidden", None);
    world.adds("outsider", "BEL").await;
    let outsider = world.token("outsider").await;
    world.post(&path).by(&outsider).key(51).json(&body).send().await.refused(404, "not-found", None);
    world.get(&path).by(&outsider).send().await.refused(404, "not-found", None);
}
