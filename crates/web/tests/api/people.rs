//! People by script: added, given a code, proposed by one officer, confirmed by another; what inspectors verify.

use registry::authorisation::{Grant, Role};
use serde_json::{Value, json};

use crate::support::{PHRASE, World};

#[tokio::test]
async fn it_takes_three_people_to_clear_one() {
    let world = World::founded().await;
    let (_, clerk) = world.clerk().await;
    let (id, _) = world.paper(&clerk, 1, "SECRET", "Winter stocks").await;
    let [first, second] = [world.token("officer1").await, world.token("officer2").await];

    let body = json!({"login": "mdubois", "name": "Marie Dubois", "nationality": "BEL", "language": "fr"});
    let add = async |key| world.post("/api/v1/people").by(&first).key(key).json(&body).send().await;
    let added = add(1).await.good(201);
    assert_eq!(add(1).await.good(201), added, "the same key, one person");
    add(2).await.refused(409, "login-taken", Some("login"));
    let person = added["person"].as_str().unwrap();
    let code =
        world.post(&format!("/api/v1/people/{person}/one-time-code")).by(&first).send().await.good(201);
    world.office.set_password("mdubois", code["code"].as_str().unwrap(), PHRASE).await.unwrap();
    let token = world.token("mdubois").await;
    let document = format!("/api/v1/documents/{id}");
    world.get(&document).by(&token).send().await.refused(404, "not-found", None);

    let propose = async |by: &str, about: &str, key, grant: &Value| {
        world.post(&format!("/api/v1/people/{about}/proposals")).by(by).key(key).json(grant).send().await
    };
    let clearance = json!({
        "is": "clearance", "clearance": {"policy": "NATO", "level": "NATO SECRET"},
        "authority": "National Security Authority", "from": "2026-01-01", "until": "2030-12-31",
    });
    let briefing = json!({"is": "briefing", "policy": "nato", "subject": "NS", "on": "2026-01-15"});
    let own = world.officers[0].to_string();
    propose(&first, &own, 3, &clearance).await.refused(403, "own-clearance", None);
    propose(&token, person, 4, &clearance).await.refused(403, "forbidden", None);
    let one = propose(&first, person, 5, &clearance).await.good(201);
    let two = propose(&first, person, 6, &briefing).await.good(201);

    let waiting = world.get("/api/v1/proposals").by(&second).send().await.good(200);
    let waiting = waiting["proposals"].as_array().unwrap().clone();
    assert_eq!(waiting.len(), 2);
    assert_eq!(waiting[0]["about"]["login"], "mdubois");
    world.get("/api/v1/proposals").by(&token).send().await.refused(404, "not-found", None);

    let confirm = async |by: &str, key, of: &Value, digest: &Value| {
        let path = format!("/api/v1/proposals/{}/confirmations", of["authorisation"].as_str().unwrap());
        world.post(&path).by(by).key(key).json(&json!({"proposal": digest})).send().await
    };
    confirm(&first, 7, &one, &one["proposal"]).await.refused(403, "same-person", None);
    confirm(&token, 8, &one, &one["proposal"]).await.refused(403, "forbidden", None);
    confirm(&second, 9, &one, &two["proposal"]).await.refused(409, "proposal-changed", None);
    world.get(&document).by(&token).send().await.refused(404, "not-found", None);
    for (key, given) in [(10, &one), (11, &two)] {
        let row = waiting.iter().find(|w| w["id"] == given["authorisation"]).unwrap();
        confirm(&second, key, given, &row["proposal"]).await.good(201);
    }
    confirm(&second, 12, &one, &one["proposal"]).await.refused(409, "no-proposal", None);
    let seen = world.get(&document).by(&token).send().await.good(200);
    assert_eq!(seen["subject"], "Winter stocks");

    // What he holds, he and the officers see; and one officer is enough to take it away.
    let file = world.get(&format!("/api/v1/people/{person}")).by(&token).send().await.good(200);
    let held = file["authorisations"].as_array().unwrap();
    assert!(held.len() == 2 && held.iter().all(|a| a["in_force"] == true));
    let clearance = held.iter().find(|a| a["grant"]["is"] == "clearance").unwrap();
    assert_eq!(clearance["grant"]["clearance"], json!({"policy": "NATO", "level": "SECRET"}));
    let path = format!("/api/v1/authorisations/{}/revocations", one["authorisation"].as_str().unwrap());
    let why = json!({"reason": "left the post"});
    world.post(&path).by(&first).key(13).json(&json!({"reason": " "})).send().await.refused(
        422,
        "required",
        Some("reason"),
    );
    world.post(&path).by(&first).key(14).json(&why).send().await.good(201);
    world.get(&document).by(&token).send().await.refused(404, "not-found", None);
    let file = world.get(&format!("/api/v1/people/{person}")).by(&token).send().await.good(200);
    let ended = file["authorisations"].as_array().unwrap().iter().find(|a| a["id"] == one["authorisation"]);
    let ended = ended.unwrap();
    assert_eq!(
        (&ended["standing"], &ended["revoked_by"], &ended["revoked_because"]),
        (&json!("revoked"), &json!(own), &json!("left the post"))
    );
    assert!(ended["revoked_at"].as_str().unwrap().starts_with("2026-03-12T09:00"), "{ended}");
}

#[tokio::test]
async fn a_grant_that_does_not_fit_is_refused_beside_its_field() {
    let world = World::founded().await;
    let person = world.adds("person", "BEL").await;
    let officer = world.token("officer1").await;
    let path = format!("/api/v1/people/{person}/proposals");
    let clearance = |policy: &str, level: &str, from: &str, until: &str| {
        let clearance = json!({"policy": policy, "level": level});
        json!({"is": "clearance", "clearance": clearance, "authority": "NSA", "from": from, "until": until})
    };
    let cases = [
        (clearance("NARNIA", "SECRET", "2026-01-01", "2027-01-01"), "unknown-policy", "clearance"),
        (clearance("NATO", "HUSH", "2026-01-01", "2027-01-01"), "invalid-label", "clearance"),
        (clearance("NATO", "SECRET", "2026-02-30", "2027-01-01"), "impossible-date", "from"),
        (clearance("NATO", "SECRET", "2026-01-01", "soon"), "impossible-date", "until"),
        (clearance("NATO", "SECRET", "2027-01-01", "2026-01-01"), "impossible-period", "until"),
        (
            json!({"is": "briefing", "policy": "NARNIA", "subject": "SECRET", "on": "2026-01-01"}),
            "unknown-policy",
            "policy",
        ),
        (json!({"is": "role", "role": "king"}), "not-offered", "role"),
        (json!({"is": "role", "role": "controller", "registry": "XYZ"}), "registry-unknown", "registry"),
        (json!({"is": "role", "role": "controller"}), "registry-unknown", "registry"),
        (json!({"is": "membership", "group": "none"}), "group-unknown", "group"),
        (json!({"is": "crown"}), "request-form", "body"),
    ];
    for (key, (body, code, field)) in (1..).zip(cases) {
        let reply = world.post(&path).by(&officer).key(key).json(&body).send().await;
        reply.refused(422, code, Some(field));
    }
    let nobody = format!("/api/v1/people/{}/proposals", "ab".repeat(16));
    let good = clearance("NATO", "SECRET", "2026-01-01", "2027-01-01");
    let reply = world.post(&nobody).by(&officer).key(90).json(&good).send().await;
    reply.refused(404, "not-found", None);
    let waiting = world.get("/api/v1/proposals").by(&officer).send().await.good(200);
    assert_eq!(waiting["proposals"], json!([]));
}

#[tokio::test]
async fn a_code_is_given_by_an_officer_never_for_himself_nor_for_another_officer() {
    let world = World::founded().await;
    let (clerk, token) = world.clerk().await;
    let officer = world.token("officer1").await;
    let admin = world.adds("admin", "BEL").await;
    world.gives(admin, Grant::Role { role: Role::Administrator, registry: None }).await;
    let administrator = world.token("admin").await;
    let give = async |by: &str, person: &str| {
        world.post(&format!("/api/v1/people/{person}/one-time-code")).by(by).send().await
    };
    let [own, other] = world.officers.map(|o| o.to_string());
    give(&officer, &own).await.refused(403, "own-clearance", None);
    give(&officer, &other).await.refused(403, "needs-person", None);
    give(&token, &clerk.to_string()).await.refused(403, "forbidden", None);
    // An administrator who could open the account of a cleared person would see what that person sees.
    give(&administrator, &clerk.to_string()).await.refused(403, "forbidden", None);
    give(&officer, &"ab".repeat(16)).await.refused(404, "not-found", None);
    // Nor is anybody but himself there for the clerk.
    give(&token, &own).await.refused(404, "not-found", None);
    give(&officer, &clerk.to_string()).await.good(201);
    world.get("/api/v1/me").by(&token).send().await.refused(401, "not-signed-in", None);

    // An administrator adds people and gives them the roles that show nothing; he sees no authorisations.
    let file = world.get(&format!("/api/v1/people/{clerk}")).by(&administrator).send().await.good(200);
    assert!(file["authorisations"].is_null());
    let guest = world.adds("guest", "BEL").await;
    let path = format!("/api/v1/people/{guest}/roles");
    let role = |role: &str| json!({"role": role, "registry": "REG"});
    world.post(&path).by(&administrator).key(1).json(&role("controller")).send().await.refused(
        422,
        "not-offered",
        Some("role"),
    );
    world.post(&path).by(&administrator).key(2).json(&role("clerk")).send().await.good(201);
}

#[tokio::test]
async fn people_are_listed_page_by_page_for_those_who_keep_the_list() {
    let world = World::founded().await;
    for n in 0..9 {
        world.adds(&format!("person{n}"), "BEL").await;
    }
    let officer = world.token("officer1").await;
    let (mut logins, mut after) = (Vec::new(), String::new());
    loop {
        let path = format!("/api/v1/people?limit=4{after}");
        let page = world.get(&path).by(&officer).send().await.good(200);
        assert_eq!(page["total"], 11);
        logins.extend(
            page["people"].as_array().unwrap().iter().map(|p| p["login"].as_str().unwrap().to_owned()),
        );
        match page["next"].as_str() {
            Some(next) => after = format!("&after={next}"),
            None => break,
        }
    }
    assert_eq!(logins.len(), 11);
    let one = world.get("/api/v1/people?login=Person3").by(&officer).send().await.good(200);
    assert_eq!(one["people"][0]["login"], "person3");
    let someone = world.token("person0").await;
    world.get("/api/v1/people").by(&someone).send().await.refused(404, "not-found", None);
    let path = format!("/api/v1/people/{}", world.officers[0]);
    let other = world.get(&path).by(&someone).send().await;
    let absent = world.get(&format!("/api/v1/people/{}", "ab".repeat(16))).by(&someone).send().await;
    assert_eq!((other.status, &other.bytes, &other.headers), (absent.status, &absent.bytes, &absent.headers));
}

#[tokio::test]
async fn an_inspector_verifies_and_policies_give_the_words_of_labels() {
    let world = World::founded().await;
    let (_, clerk) = world.clerk().await;
    world.paper(&clerk, 1, "SECRET", "Winter stocks").await;
    let inspector = world.adds("inspector", "BEL").await;
    world.gives(inspector, Grant::Role { role: Role::Inspector, registry: None }).await;
    let token = world.token("inspector").await;
    // The role alone shows no figure: every paper that there is stands behind them.
    let below = world.get("/api/v1/ledgers").by(&token).send().await.refused(403, "below-ceiling", None);
    assert!(below["arguments"]["missing"].as_str().unwrap().contains("NATO TOP SECRET"), "{below}");
    let verify = world.post("/api/v1/ledgers/verifications").by(&token).send().await;
    verify.refused(403, "below-ceiling", None);
    world.reaches_the_ceiling(inspector).await;
    let ledgers = world.get("/api/v1/ledgers").by(&token).send().await.good(200);
    assert_eq!(ledgers["ledgers"].as_array().unwrap().len(), 2);
    assert_eq!(
        (&ledgers["ledgers"][1]["registry"], &ledgers["ledgers"][1]["entries"]),
        (&json!("REG"), &json!(1))
    );
    let verify = async || world.post("/api/v1/ledgers/verifications").by(&token).send().await.good(200);
    let verified = verify().await;
    assert_eq!((&verified["sound"], &verified["faults"]), (&json!(true), &json!([])));
    world.office.edit_by_hand("UPDATE ledger_entry SET payload = salt WHERE sequence = 0").await;
    assert_eq!(verify().await["sound"], false);
    world.get("/api/v1/ledgers").by(&clerk).send().await.refused(404, "not-found", None);
    world.post("/api/v1/ledgers/verifications").by(&clerk).send().await.refused(404, "not-found", None);

    let policies = world.get("/api/v1/policies").by(&clerk).send().await.good(200);
    let nato = policies["policies"].as_array().unwrap().iter().find(|p| p["name"] == "NATO").unwrap().clone();
    let secret = nato["levels"].as_array().unwrap().iter().find(|l| l["name"] == "SECRET").unwrap().clone();
    assert_eq!((&secret["marking"], &secret["marking_fr"]), (&json!("NATO SECRET"), &json!("NATO SECRET")));
    let sets: Vec<_> = nato["tag_sets"].as_array().unwrap().iter().map(|s| s["name"].clone()).collect();
    assert!(sets.contains(&json!("Releasable To")), "{sets:?}");
}
