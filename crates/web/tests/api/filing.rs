//! The file plan by the API: opened, changed, closed; documents put in, told of and taken out.

use serde_json::{Value, json};

use crate::support::World;

/// Opens a file; its identifier.
async fn opens(world: &World, token: &str, key: u64, rest: Value) -> String {
    let mut body = json!({"registry": "REG", "name_en": "Winter stocks"});
    body.as_object_mut().unwrap().extend(rest.as_object().unwrap().clone());
    let answer = world.post("/api/v1/files").by(token).key(key).json(&body).send().await.good(201);
    answer["id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_plan_is_made_and_told_in_the_order_of_codes() {
    let world = World::founded().await;
    let (_, token) = world.clerk().await;
    let first = opens(&world, &token, 1, json!({"code": "3"})).await;
    assert_eq!(opens(&world, &token, 1, json!({"code": "3"})).await, first, "the same key has one effect");
    let ten = opens(&world, &token, 2, json!({"code": "3.10", "parent": first})).await;
    let nine = opens(&world, &token, 3, json!({"code": "3.9", "parent": first, "name_fr": "Hiver"})).await;
    let plan = world.get("/api/v1/files?registry=REG").by(&token).send().await.good(200);
    let ids: Vec<&str> =
        plan["files"].as_array().unwrap().iter().map(|f| f["id"].as_str().unwrap()).collect();
    assert_eq!(ids, [&first, &nine, &ten]);
    assert_eq!((&plan["total"], &plan["next"]), (&json!(3), &Value::Null));
    let page = world.get("/api/v1/files?registry=REG&limit=2").by(&token).send().await.good(200);
    let rest = format!("/api/v1/files?registry=REG&limit=2&after={}", page["next"].as_str().unwrap());
    assert_eq!(world.get(&rest).by(&token).send().await.good(200)["files"][0]["id"], json!(ten));

    let path = format!("/api/v1/files/{nine}");
    let change = json!({"reason": "A new owner", "owner": "Plans", "parent": null, "words": ["winter"]});
    let send =
        |key: u64, body: &Value| world.post(&format!("{path}/changes")).by(&token).key(key).json(body).send();
    send(4, &change).await.good(201);
    let now = world.get(&path).by(&token).send().await.good(200);
    assert_eq!(
        (&now["owner"], &now["parent"], &now["name_fr"]),
        (&json!("Plans"), &Value::Null, &json!("Hiver"))
    );
    let stale = json!({"reason": "r", "owner": "Staff", "mark": "0".repeat(64)});
    send(5, &stale).await.refused(409, "conflict", None);
    send(6, &json!({"reason": "r", "owner": "Plans"})).await.refused(422, "nothing-changed", None);
    send(7, &json!({"owner": "Staff"})).await.refused(422, "required", Some("reason"));
}

#[tokio::test]
async fn what_can_not_stand_is_refused_with_its_field() {
    let world = World::founded().await;
    let (_, token) = world.clerk().await;
    let (_, reader) = world.reader().await;
    let first = opens(&world, &token, 1, json!({"code": "1"})).await;
    let below = opens(&world, &token, 2, json!({"parent": first})).await;
    let stranger = "0".repeat(32);
    let nato = |level: &str| json!({"policy": "NATO", "level": level});
    let cases = [
        (json!({"code": "1"}), 409, "file-code-taken", Some("code")),
        (json!({"code": "one two"}), 422, "file-code-form", Some("code")),
        (json!({"parent": stranger}), 404, "not-found", Some("parent")),
        (json!({"name_en": " "}), 422, "required", Some("name_en")),
        (json!({"label": nato("TOP SECRET")}), 403, "forbidden", Some("label")),
        (json!({"label": nato("VIOLET")}), 422, "invalid-label", Some("label")),
        (json!({"need_to_know": [["nobody"]]}), 422, "group-unknown", Some("need_to_know")),
        (json!({"on": "2030-01-01"}), 422, "impossible-date", Some("on")),
        (json!({"registry": "NONE"}), 422, "registry-unknown", Some("registry")),
        (json!({"surprise": 1}), 422, "request-form", Some("body")),
    ];
    for (key, (rest, status, code, field)) in (10..).zip(cases) {
        let mut body = json!({"registry": "REG", "name_en": "Winter stocks"});
        body.as_object_mut().unwrap().extend(rest.as_object().unwrap().clone());
        let reply = world.post("/api/v1/files").by(&token).key(key).json(&body).send().await;
        reply.refused(status, code, field);
    }
    let change = json!({"reason": "r", "parent": below});
    let looped =
        world.post(&format!("/api/v1/files/{first}/changes")).by(&token).key(30).json(&change).send().await;
    looped.refused(422, "file-loop", Some("parent"));

    let turn = |file: &str, key: u64, body: Value| {
        let path = format!("/api/v1/files/{file}/turns");
        let token = token.clone();
        let world = &world;
        async move { world.post(&path).by(&token).key(key).json(&body).send().await }
    };
    let close = json!({"turn": "close", "reason": "ended"});
    turn(&first, 31, close.clone()).await.refused(409, "file-has-open-files", None);
    turn(&below, 32, json!({"turn": "open-volume"})).await.refused(409, "volume-open", None);
    turn(&below, 33, json!({"turn": "close", "reason": "e", "on": "1999-01-01"})).await.refused(
        422,
        "impossible-period",
        Some("on"),
    );
    turn(&below, 34, close.clone()).await.good(201);
    turn(&below, 35, close).await.refused(409, "file-closed", None);
    let (paper, _) = world.paper(&token, 36, "SECRET", "Winter stocks").await;
    let put = json!({"documents": [paper]});
    let path = format!("/api/v1/files/{below}/documents");
    world.post(&path).by(&token).key(37).json(&put).send().await.refused(409, "file-closed", Some("file"));
    turn(&below, 38, json!({"turn": "reopen", "reason": "not ended"})).await.good(201);
    turn(&below, 39, json!({"turn": "close-volume"})).await.good(201);
    world.post(&path).by(&token).key(40).json(&put).send().await.refused(409, "no-open-volume", Some("file"));

    // Who keeps no plan changes none; a file that is not there is one answer for everyone.
    let body = json!({"registry": "REG", "name_en": "Mine"});
    let (readable, _) = world.paper(&token, 41, "CONFIDENTIAL", "Readable").await;
    assert!(!readable.is_empty());
    world.post("/api/v1/files").by(&reader).key(50).json(&body).send().await.refused(403, "forbidden", None);
    world.post(&path).by(&reader).key(51).json(&put).send().await.refused(403, "forbidden", None);
    world.get(&format!("/api/v1/files/{stranger}")).by(&token).send().await.refused(404, "not-found", None);
}

#[tokio::test]
async fn documents_are_filed_many_at_once_told_to_those_who_read_them_and_taken_out() {
    let world = World::founded().await;
    let (clerk, token) = world.clerk().await;
    let (_, reader) = world.reader().await;
    let open = opens(&world, &token, 1, json!({"code": "1", "words": ["stocks"]})).await;
    let group = json!({"label": {"policy": "NATO", "level": "SECRET"}});
    let secret = opens(&world, &token, 2, group).await;
    let (low, _) = world.paper(&token, 3, "CONFIDENTIAL", "Winter stocks").await;
    let (high, _) = world.paper(&token, 4, "SECRET", "Winter stocks").await;

    let told = world.get(&format!("/api/v1/documents/{low}/files")).by(&token).send().await.good(200);
    assert_eq!(told["files"], json!([]));
    assert_eq!(told["proposed"][0]["file"], json!(open));
    assert_eq!(told["proposed"][0]["why"][0], json!({"by": "word", "text": "stocks"}));

    let stranger = "0".repeat(32);
    let put = |file: &str, key: u64, documents: Value| {
        let (path, token) = (format!("/api/v1/files/{file}/documents"), token.clone());
        let world = &world;
        async move { world.post(&path).by(&token).key(key).json(&json!({"documents": documents})).send().await }
    };
    let filed = put(&open, 5, json!([low, high, stranger])).await.good(201);
    assert_eq!(filed["documents"], json!([low, high]));
    assert_eq!(filed["refused"], json!([{"document": stranger, "code": "not-found"}]));
    put(&open, 6, json!([low])).await.refused(409, "already-filed", Some("documents"));
    put(&open, 7, json!([])).await.refused(422, "required", Some("documents"));
    put(&open, 8, json!(vec![low.clone(); 501])).await.refused(422, "too-long", Some("documents"));
    put(&secret, 9, json!([low])).await.good(201);

    // The reader sees the file that is open and his own paper in it; of the other file nothing at all.
    let list = format!("/api/v1/files/{open}/documents");
    let (all, his) = (
        world.get(&list).by(&token).send().await.good(200),
        world.get(&list).by(&reader).send().await.good(200),
    );
    assert_eq!((&all["total"], &his["total"]), (&json!(2), &json!(1)));
    assert_eq!(his["documents"][0]["id"], json!(low));
    let told = world.get(&format!("/api/v1/documents/{low}/files")).by(&reader).send().await.good(200);
    assert_eq!(told["files"].as_array().unwrap().len(), 1);
    assert_eq!((&told["files"][0]["file"], &told["proposed"]), (&json!(open), &json!([])));
    world.get(&format!("/api/v1/files/{secret}")).by(&reader).send().await.refused(404, "not-found", None);
    let plan = world.get("/api/v1/files?registry=REG").by(&reader).send().await.good(200);
    assert_eq!((&plan["total"], &plan["files"][0]["documents"]), (&json!(1), &json!(1)));
    world.get(&format!("/api/v1/documents/{high}/files")).by(&reader).send().await.refused(
        404,
        "not-found",
        None,
    );

    let removals = format!("/api/v1/files/{open}/removals");
    let out = |key: u64, body: Value| world.post(&removals).by(&token).key(key).json(&body).send();
    out(10, json!({"document": low, "reason": ""})).await.refused(422, "required", Some("reason"));
    out(11, json!({"document": low, "reason": "By mistake"})).await.good(201);
    out(12, json!({"document": low, "reason": "By mistake"})).await.refused(409, "not-filed", Some("file"));
    let told = world.get(&format!("/api/v1/documents/{low}/files")).by(&token).send().await.good(200);
    let gone = told["files"].as_array().unwrap().iter().find(|f| f["file"] == json!(open)).unwrap();
    assert_eq!((&gone["reason"], &gone["taken_by"]), (&json!("By mistake"), &json!(clerk.to_string())));
    assert_eq!(world.get(&list).by(&token).send().await.good(200)["total"], 1);
}

#[tokio::test]
async fn a_registration_names_its_files() {
    let world = World::founded().await;
    let (_, token) = world.clerk().await;
    let file = opens(&world, &token, 1, json!({})).await;
    let mut paper = crate::support::paper("SECRET", "Winter stocks");
    paper["files"] = json!(["0".repeat(32)]);
    let send = |key: u64, body: &Value| world.post("/api/v1/documents").by(&token).key(key).json(body).send();
    send(2, &paper).await.refused(404, "not-found", Some("files"));
    paper["files"] = json!([file]);
    send(3, &paper).await.good(201);
    let list = world.get(&format!("/api/v1/files/{file}/documents")).by(&token).send().await.good(200);
    assert_eq!(list["total"], 1);
}
