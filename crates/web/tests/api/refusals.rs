//! Bad input: refused with code, field and remedy, and nothing half-registered.

use serde_json::{Value, json};

use crate::support::{World, letter, multipart, paper};

fn with(mut document: Value, name: &str, value: Value) -> Value {
    document.as_object_mut().unwrap().insert(name.to_owned(), value);
    document
}

#[tokio::test]
async fn an_entry_that_does_not_fit_is_refused_beside_its_field() {
    let world = World::founded().await;
    let (_, token) = world.clerk().await;
    let good = || paper("SECRET", "Winter stocks");
    let nato = |level: &str| json!({"policy": "NATO", "level": level});
    let cases: Vec<(&str, Value, &str, &str)> = vec![
        ("label", json!({"policy": "NARNIA", "level": "SECRET"}), "unknown-policy", "label"),
        ("label", nato("VERY SECRET"), "invalid-label", "label"),
        (
            "label",
            json!({"policy": "NATO", "level": "SECRET", "categories": {"Colour": ["RED"]}}),
            "invalid-label",
            "label",
        ),
        (
            "label",
            json!({"policy": "NATO", "level": "UNCLASSIFIED", "categories": {"Additional Sensitivity": ["ATOMAL"]}}),
            "invalid-label",
            "label",
        ),
        ("subject_label", json!({"policy": "NARNIA", "level": "SECRET"}), "unknown-policy", "subject_label"),
        ("date", json!("2026-02-30"), "impossible-date", "date"),
        ("date", json!("last week"), "impossible-date", "date"),
        ("direction", json!("sideways"), "not-offered", "direction"),
        ("kind", json!("no such kind!"), "not-offered", "kind"),
        ("language", json!("english"), "not-offered", "language"),
        ("subject", json!("  \n "), "required", "subject"),
        ("subject", json!("x".repeat(1_001)), "too-long", "subject"),
        ("held_elsewhere", json!(null), "no-content", "content"),
        ("need_to_know", json!([["no-such-group"]]), "group-unknown", "need_to_know"),
        ("registry", json!("XYZ"), "registry-unknown", "registry"),
        ("registry", json!(null), "required", "registry"),
    ];
    for (key, (name, value, code, field)) in (1..).zip(cases) {
        let body = with(good(), name, value);
        let reply = world.post("/api/v1/documents").by(&token).key(key).json(&body).send().await;
        reply.refused(422, code, Some(field));
    }
    assert_eq!((world.total_or_none(&token).await, world.vault()), (0, (0, 0)));
}

#[tokio::test]
async fn a_body_that_can_not_be_read_is_refused_with_its_place() {
    let world = World::founded().await;
    let (_, token) = world.clerk().await;
    let send = async |kind: &str, body: &[u8]| {
        world.post("/api/v1/documents").by(&token).key(1).raw(kind, body).send().await
    };
    let json = "application/json";
    let broken = send(json, b"{\n  \"subject\": \"x\",\n  oops").await;
    let problem = broken.refused(422, "request-form", Some("body"));
    assert_eq!((&problem["arguments"]["line"], &problem["arguments"]["column"]), (&json!("3"), &json!("3")));
    let surprise = with(paper("SECRET", "x"), "surprise", json!(1));
    let problem =
        send(json, surprise.to_string().as_bytes()).await.refused(422, "request-form", Some("body"));
    assert!(problem["detail"].as_str().unwrap().contains("surprise"), "{problem}");
    let deep = "[".repeat(100_000);
    let twice = r#"{"subject":"a","subject":"b"}"#;
    let bodies: [&[u8]; 6] =
        [b"", b"null", b"[]", deep.as_bytes(), twice.as_bytes(), b"{\"subject\":\"\xff\"}"];
    for body in bodies {
        send(json, body).await.refused(422, "request-form", Some("body"));
    }
    send("text/plain", b"{}").await.refused(422, "request-form", Some("Content-Type"));
    let large = format!("\"{}\"", "x".repeat(1 << 20));
    send(json, large.as_bytes()).await.refused(413, "over-size", Some("body"));
    assert_eq!(world.total_or_none(&token).await, 0);
}

#[tokio::test]
async fn content_that_does_not_fit_leaves_nothing_behind() {
    let world = World::founded().await;
    let (_, token) = world.clerk().await;
    let path = "/api/v1/registries/REG/documents";
    let call = world.post(path).by(&token).key(1);
    call.parts(&letter("SECRET", "First"), b"The winter stocks.").send().await.good(201);
    let (total, vault) = (world.total(&token).await, world.vault());
    let kind = "multipart/form-data; boundary=edge";
    let good = letter("SECRET", "Second");
    let body = |document: &Value, file: &[u8]| multipart(document, "a.txt", file, Some(file.len()), true);
    let over = with(good.clone(), "subject", json!("x".repeat(2 << 20)));
    let unknown_part =
        b"--edge\r\nContent-Disposition: form-data; name=\"other\"\r\n\r\nx\r\n--edge--\r\n".to_vec();
    let no_entry = b"--edge\r\nContent-Disposition: form-data; name=\"content\"; filename=\"a\"\r\n\r\nx\r\n--edge--\r\n".to_vec();
    let existence =
        json!({"policy": "NATO", "level": "SECRET", "categories": {"Additional Sensitivity": ["CRYPTO"]}});
    let cases: Vec<(Vec<u8>, u16, &str, Option<&str>)> = vec![
        (body(&good, b""), 422, "empty-content", Some("content")),
        (multipart(&good, "a.txt", b"half of it", Some(20), true), 422, "truncated-upload", Some("content")),
        (multipart(&good, "a.txt", b"half of it", Some(10), false), 422, "truncated-upload", Some("content")),
        (multipart(&good, "a.txt", b"half of it", None, false), 422, "truncated-upload", Some("content")),
        (body(&good, b"The winter stocks."), 409, "duplicate-in-scope", Some("content")),
        (
            body(&with(good.clone(), "label", json!({"policy": "X", "level": "Y"})), b"new"),
            422,
            "unknown-policy",
            Some("label"),
        ),
        (
            body(&with(good.clone(), "label", json!({"policy": "NATO", "level": "Y"})), b"new"),
            422,
            "invalid-label",
            Some("label"),
        ),
        (body(&with(good.clone(), "label", existence), b"new"), 422, "existence-only", Some("content")),
        (
            body(&with(good.clone(), "date", json!("2026-13-01")), b"new"),
            422,
            "impossible-date",
            Some("date"),
        ),
        (body(&with(good.clone(), "kind", json!("?")), b"new"), 422, "not-offered", Some("kind")),
        (body(&with(good.clone(), "surprise", json!(1)), b"new"), 422, "request-form", Some("document")),
        (
            body(&with(good.clone(), "registry", json!("OTHER")), b"new"),
            422,
            "request-form",
            Some("registry"),
        ),
        (body(&over, b"new"), 413, "over-size", Some("document")),
        (unknown_part, 422, "request-form", Some("body")),
        (no_entry, 422, "required", Some("document")),
        (b"no parts at all".to_vec(), 422, "request-form", Some("body")),
    ];
    for (key, (body, status, code, field)) in (10..).zip(cases) {
        let reply = world.post(path).by(&token).key(key).raw(kind, &body).send().await;
        let problem = reply.refused(status, code, field);
        if code == "duplicate-in-scope" {
            assert_eq!(problem["arguments"]["reference"], "REG-2026-1");
        }
        assert_eq!((world.total(&token).await, world.vault()), (total, vault), "{code}");
    }
    let reply = world.post(path).by(&token).key(90).raw("multipart/form-data", b"x").send().await;
    reply.refused(422, "request-form", Some("Content-Type"));
    // The number that the refused ones did not take is the next one.
    let call = world.post(path).by(&token).key(91);
    let next = call.parts(&letter("SECRET", "Second"), b"Something new.").send().await.good(201);
    assert_eq!(next["reference"], "REG-2026-2");
    let (_, wrong) = world.office.fixity().await.unwrap();
    assert_eq!(wrong, Vec::<String>::new());
}

#[tokio::test]
async fn a_duplicate_that_the_clerk_may_not_read_is_not_betrayed() {
    let world = World::founded().await;
    let (_, token) = world.clerk().await;
    let path = "/api/v1/registries/REG/documents";
    for (key, level) in [(1, "COSMIC TOP SECRET"), (2, "SECRET")] {
        let call = world.post(path).by(&token).key(key);
        call.parts(&letter(level, "Stocks"), b"The winter stocks.").send().await.good(201);
    }
}

#[tokio::test]
async fn who_may_not_register_is_refused_before_a_byte_is_kept() {
    let world = World::founded().await;
    let (clerk, token) = world.clerk().await;
    world.paper(&token, 1, "CONFIDENTIAL", "Winter stocks").await;
    let (_, reader) = world.reader().await;
    let body = paper("CONFIDENTIAL", "Mine");
    let reply = world.post("/api/v1/documents").by(&reader).key(1).json(&body).send().await;
    reply.refused(403, "forbidden", None);
    let call = world.post("/api/v1/registries/REG/documents").by(&reader).key(2);
    call.parts(&letter("CONFIDENTIAL", "Mine"), b"new").send().await.refused(403, "forbidden", None);
    let call = world.post("/api/v1/registries/XYZ/documents").by(&reader).key(3);
    call.parts(&letter("CONFIDENTIAL", "Mine"), b"new").send().await.refused(404, "not-found", None);
    assert_eq!((world.total(&token).await, world.vault()), (1, (0, 0)));
    let _ = clerk;
}

impl World {
    /// As [`World::total`], none where the registry shows nothing at all.
    async fn total_or_none(&self, token: &str) -> u64 {
        let seen = self.get("/api/v1/registries").by(token).send().await.good(200);
        seen["registries"].as_array().unwrap().iter().map(|r| r["documents"].as_u64().unwrap()).sum()
    }
}
