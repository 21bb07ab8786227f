//! Coming in: tokens, and what nobody may.

use axum::http::Method;
use serde_json::json;
use web::routes::{Access, ROUTES, Surface};

use crate::support::{PHRASE, World, paper};

fn filled(path: &str) -> String {
    path.replace("{id}", &"0".repeat(32))
        .replace("{n}", "1")
        .replace("{page}", "1")
        .replace("{code}", "REG")
        .replace("{book}", "packages")
        .replace("{number}", "TT-2019-0001")
        .replace("{reference}", "REG-2026-1")
}

#[tokio::test]
async fn a_token_opens_until_its_session_is_ended() {
    let world = World::founded().await;
    let (clerk, token) = world.clerk().await;
    let me = world.get("/api/v1/me").by(&token).send().await.good(200);
    assert_eq!(me["person"]["id"], clerk.to_string());
    assert_eq!(me["roles"], json!([{"role": "clerk", "registry": "REG"}]));
    let grants = me["grants"].as_array().unwrap();
    assert!(grants.iter().any(|g| g["is"] == "briefing" && g["subject"] == "SECRET"), "{me}");
    assert!(grants.iter().any(|g| g["is"] == "clearance" && g["marking"] == "NATO SECRET"), "{me}");

    let other = world.token("clerk").await;
    world.post("/api/v1/sign-out").by(&other).send().await.good(204);
    let gone = world.get("/api/v1/me").by(&other).send().await;
    assert_eq!(gone.header("www-authenticate"), "Bearer");
    gone.refused(401, "not-signed-in", None);
    world.get("/api/v1/me").by(&token).send().await.good(200);

    world.office.sign_out_everywhere(clerk).await.unwrap();
    world.get("/api/v1/me").by(&token).send().await.refused(401, "not-signed-in", None);
    world.get("/api/v1/me").by("no such token").send().await.refused(401, "not-signed-in", None);
}

#[tokio::test]
async fn an_unknown_login_and_a_wrong_password_are_one_answer_and_five_lock_the_account() {
    let world = World::founded().await;
    world.adds("person", "BEL").await;
    let tries = async |login: &str, password: &str| {
        let body = json!({"login": login, "password": password});
        world.post("/api/v1/sign-in").json(&body).send().await
    };
    let nobody = tries("nobody", PHRASE).await;
    let wrong = tries("person", "wrong").await;
    assert_eq!((nobody.status, nobody.bytes.clone()), (wrong.status, wrong.bytes.clone()));
    wrong.refused(401, "sign-in-failed", None);
    for _ in 0..4 {
        tries("person", "wrong").await;
    }
    let locked = tries("person", PHRASE).await;
    // A login that nobody has is locked after as many, or the lock would tell which logins there are.
    for _ in 0..4 {
        tries("Nobody", "wrong").await.refused(401, "sign-in-failed", None);
    }
    let nobody = tries("nobody", PHRASE).await;
    assert_eq!((nobody.status, nobody.bytes), (locked.status, locked.bytes.clone()));
    locked.refused(429, "locked-out", None);
    let long = "x".repeat(2_000);
    tries("person", &long).await.refused(422, "too-long", Some("password"));
}

#[tokio::test]
async fn without_a_token_nothing_answers_and_a_cookie_changes_nothing() {
    let world = World::founded().await;
    world.clerk().await;
    let mut tried = 0;
    for route in ROUTES.iter().filter(|r| r.surface == Surface::Api && r.access != Access::Anyone) {
        let path = filled(route.path);
        let call = if *route.method == Method::GET {
            world.get(&path)
        } else {
            world.post(&path).key(1).json(&json!({}))
        };
        call.send().await.refused(401, "not-signed-in", None);
        tried += 1;
    }
    assert!(tried > 15);
    // A browser's session reads, but what changes something needs the header that no other site can send.
    let browser = office::signin::SessionKind::Browser;
    let (_, session) = world.office.sign_in("clerk", PHRASE, browser, "").await.unwrap();
    let cookie = format!("__Host-session={session}");
    world.get("/api/v1/me").header("cookie", &cookie).send().await.good(200);
    let body = paper("SECRET", "Winter stocks");
    let posted = world.post("/api/v1/documents").header("cookie", &cookie).key(1).json(&body).send().await;
    posted.refused(401, "not-signed-in", None);
}

#[tokio::test]
async fn somebody_without_a_role_is_shown_and_allowed_nothing_of_the_roles() {
    let world = World::founded().await;
    world.adds("guest", "BEL").await;
    let token = world.token("guest").await;
    for route in ROUTES.iter().filter(|r| r.surface == Surface::Api) {
        let Access::Roles(_) = route.access else { continue };
        let path = filled(route.path);
        let reply = if *route.method == Method::GET {
            world.get(&path).by(&token).send().await
        } else {
            let body = match route.name {
                "api-add-person" => json!({"login": "x", "name": "X", "nationality": "BEL", "body": "NONE"}),
                "api-propose" => json!({"is": "role", "role": "clerk", "registry": "NONE"}),
                "api-assign-role" => json!({"role": "clerk", "registry": "NONE"}),
                "api-change-person" => json!({"reason": "left", "left": "2026-06-30"}),
                "api-confirm" => json!({"proposal": "0".repeat(64)}),
                "api-revoke" => json!({"reason": "left"}),
                "api-keep-number" => json!({"purpose": "note"}),
                "api-void-number" => json!({"reference": "MCM-0001-2026", "reason": "gone"}),
                "api-open-file" => json!({"registry": "NONE", "name_en": "Stocks"}),
                "api-change-file" => json!({"reason": "r", "owner": "Plans"}),
                "api-turn-file" => json!({"turn": "close", "reason": "ended"}),
                "api-put-documents" => json!({"documents": ["0".repeat(32)]}),
                "api-in-tray-dismiss" => json!({"items": ["0".repeat(32)], "reason": "spam"}),
                "api-plan-scan" => json!({"version": 0, "documents": [[{"page": 1}]]}),
                "api-make-scan" | "api-scan-whole" => json!({"version": 0}),
                "api-dismiss-scan" => json!({"reason": "spam"}),
                "api-take-out" => json!({"document": "0".repeat(32), "reason": "r"}),
                "api-correct-many" => {
                    let documents = json!([{"document": "0".repeat(32)}]);
                    json!({"documents": documents, "correction": {"reason": "a slip", "subject": "Stocks"}})
                }
                "api-take-note" => json!({}),
                "api-read-old-register" => json!({"kind": "letter"}),
                "api-establish-body" | "api-form-group" => {
                    json!({"code": "AV", "names": {"en": "A", "fr": "A"}})
                }
                "api-open-registry" => {
                    json!({"code": "AV", "names": {"en": "A", "fr": "A"}, "ceilings": []})
                }
                "api-change-registry" => {
                    json!({"names": {"en": "A", "fr": "A"}, "ceilings": [], "reason": "a slip"})
                }
                "api-adopt-series" => json!({"name": "own", "toml": ""}),
                "api-entrust-series" => json!({"registry": "REG"}),
                "api-check-out" => json!({"reason": "Annex B"}),
                "api-break-lock" => json!({"reason": "on leave"}),
                "api-authorise" => json!({
                    "person": "0".repeat(32), "version": 1, "purpose": "Exercise", "copies": 1, "until": "2099-01-31",
                }),
                "api-correct" => json!({"reason": "a slip", "subject": "Stocks"}),
                _ => paper("SECRET", "Winter stocks"),
            };
            world.post(&path).by(&token).key(1).json(&body).send().await
        };
        // A registry that shows nothing to the guest looks like one that is not there.
        let code = reply.code();
        assert!(
            matches!(code.as_str(), "forbidden" | "not-found" | "registry-unknown"),
            "{}: {code}",
            route.name
        );
    }
}

#[tokio::test]
async fn unknown_parameters_paths_and_methods_are_refused_in_the_language_asked_for() {
    let world = World::founded().await;
    let (_, token) = world.clerk().await;
    for route in ROUTES.iter().filter(|r| r.surface == Surface::Api && *r.method == Method::GET) {
        let path = format!("{}?surprise=1", filled(route.path));
        world.get(&path).by(&token).send().await.refused(422, "request-form", Some("query"));
    }
    let wrong = world.get("/api/v1/documents?registry=REG&limit=x").by(&token).send().await;
    wrong.refused(422, "request-form", Some("query"));
    let many = world.get("/api/v1/documents?registry=REG&limit=5000").by(&token).send().await;
    assert_eq!(many.refused(422, "not-offered", Some("limit"))["arguments"]["limit"], "200");
    let order = world.get("/api/v1/documents?registry=REG&order=odd").by(&token).send().await;
    order.refused(422, "not-offered", Some("order"));
    let place = world.get("/api/v1/documents?registry=REG&after=%C3%A9").by(&token).send().await;
    place.refused(422, "request-form", Some("after"));
    world.get("/api/v1/nothing").by(&token).send().await.refused(404, "not-found", None);
    let method = world.post("/api/v1/me").by(&token).send().await;
    assert_eq!(method.header("allow"), "GET,HEAD");
    method.refused(405, "request-form", None);

    let ask = async |language: &str| {
        world.get("/api/v1/nothing").header("accept-language", language).send().await.json()
    };
    let (english, french) = (ask("en-GB").await, ask("fr-BE, en;q=0.5").await);
    assert_eq!(english["code"], french["code"]);
    assert_ne!(english["title"], french["title"]);
    assert_ne!(english["remedy"], french["remedy"]);
}

#[tokio::test]
async fn a_nul_in_what_is_asked_for_is_refused_and_no_fault() {
    let world = World::founded().await;
    let (_, token) = world.clerk().await;
    let description = world.get("/api/v1/openapi.json").send().await.good(200);
    let mut asked = 0;
    for (path, methods) in description["paths"].as_object().unwrap() {
        let listed = methods["get"]["parameters"].as_array().cloned().unwrap_or_default();
        let queried: Vec<_> = listed.iter().filter(|one| one["in"] == "query").collect();
        let named = |one: &serde_json::Value| one["name"].as_str().unwrap().to_owned();
        let needed: Vec<String> =
            queried.iter().filter(|one| one["required"] == true).map(|one| named(one)).collect();
        for text in queried.iter().filter(|one| one["schema"]["type"] == "string") {
            let name = named(text);
            let others = needed.iter().filter(|other| **other != name).map(|other| format!("&{other}=REG"));
            let ask = format!("{}?{name}=a%00b{}", filled(path), others.collect::<String>());
            let answer = world.get(&ask).by(&token).send().await;
            assert!(answer.status.as_u16() < 500, "{ask}: {}", answer.status);
            asked += 1;
        }
    }
    assert!(asked > 20, "{asked}");
}
