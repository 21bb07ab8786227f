//! What takes a fresh sign-in by token, and tokens that show no more than a ceiling.

use office::Sender;
use registry::{
    Answer, Command, PersonId,
    authorisation::{Grant, Role},
};
use serde_json::{Value, json};

use crate::support::{PHRASE, World};

/// A proposal of the first officer for somebody: the path of its confirmations and what they send.
async fn proposal(world: &World, person: PersonId) -> (String, Value) {
    let grant = Grant::Role { role: Role::Inspector, registry: None };
    let command = Command::Propose { person, grant };
    let Answer::Proposed { authorisation, proposal } = world.does(world.officers[0], command).await else {
        panic!()
    };
    let path = format!("/api/v1/proposals/{authorisation}/confirmations");
    (path, json!({"proposal": proposal.to_string()}))
}

async fn proves(world: &World, token: &str, password: &str) -> crate::support::Reply {
    world.post("/api/v1/sign-in/proof").by(token).json(&json!({"password": password})).send().await
}

#[tokio::test]
async fn a_token_confirms_in_its_first_quarter_and_after_the_password_once_more() {
    let world = World::founded().await;
    let person = world.adds("person", "BEL").await;
    let (first, second) = (proposal(&world, person).await, proposal(&world, person).await);
    let officer = world.token("officer2").await;
    let confirm = async |(path, body): &(String, Value), key| {
        world.post(path).by(&officer).key(key).json(body).send().await
    };
    world.after(14);
    confirm(&first, 1).await.good(201);
    world.after(16);
    confirm(&second, 2).await.refused(403, "sign-in-not-fresh", None);
    let give =
        async || world.post(&format!("/api/v1/people/{person}/one-time-code")).by(&officer).send().await;
    give().await.refused(403, "sign-in-not-fresh", None);
    // What one may not do at all is refused as that, not with a call for the password.
    let own = world.token("officer1").await;
    world.after(32);
    let reply = world.post(&second.0).by(&own).key(3).json(&second.1).send().await;
    reply.refused(403, "same-person", None);

    proves(&world, &officer, "not the password").await.refused(422, "password-wrong", Some("password"));
    confirm(&second, 4).await.refused(403, "sign-in-not-fresh", None);
    let proven = proves(&world, &officer, PHRASE).await.good(200);
    assert_eq!(proven["fresh_until"], "2026-03-12T09:47:00Z");
    let me = world.get("/api/v1/me").by(&officer).send().await.good(200);
    assert_eq!((&me["fresh_until"], &me["ceiling"]), (&proven["fresh_until"], &Value::Null));
    // The same key again: nothing had been done under it.
    confirm(&second, 2).await.good(201);
    give().await.good(201);
    // It is this token that proved it, and no other.
    confirm(&proposal(&world, person).await, 5).await.good(201);
    let other = proposal(&world, person).await;
    world.after(60);
    confirm(&other, 6).await.refused(403, "sign-in-not-fresh", None);
}

#[tokio::test]
async fn wrong_passwords_lock_the_name_wherever_they_are_given() {
    let world = World::founded().await;
    let officer = world.token("officer2").await;
    for _ in 0..5 {
        proves(&world, &officer, "not the password").await.refused(422, "password-wrong", Some("password"));
    }
    proves(&world, &officer, PHRASE).await.refused(429, "locked-out", None);
    let body = json!({"login": "officer2", "password": PHRASE});
    world.post("/api/v1/sign-in").json(&body).send().await.refused(429, "locked-out", None);
    world.after(16);
    proves(&world, &officer, PHRASE).await.good(200);
    world.post("/api/v1/sign-in/proof").json(&json!({"password": PHRASE})).send().await.refused(
        401,
        "not-signed-in",
        None,
    );
}

#[tokio::test]
async fn a_token_with_a_ceiling_sees_what_is_below_it_and_tells_of_nothing_above() {
    let world = World::founded().await;
    let (clerk, whole) = world.clerk().await;
    for level in ["RESTRICTED", "CONFIDENTIAL"] {
        let on = "2026-01-15".parse().unwrap();
        world
            .gives(clerk, Grant::Briefing { policy: "NATO".into(), subject: level.into(), on, refresh: None })
            .await;
    }
    let (low, _) = world.paper(&whole, 1, "RESTRICTED", "Fuel for the winter").await;
    let (high, _) = world.paper(&whole, 2, "SECRET", "Convoys for the winter").await;
    assert_eq!(world.total(&whole).await, 2);

    let body = |level: &str| json!({"login": "clerk", "password": PHRASE, "name": "terminal", "ceiling": {"policy": "NATO", "level": level}});
    world.post("/api/v1/sign-in").json(&body("HUSH")).send().await.refused(
        422,
        "not-offered",
        Some("ceiling"),
    );
    let made = world.post("/api/v1/sign-in").json(&body("CONFIDENTIAL")).send().await.good(201);
    let limited = made["token"].as_str().unwrap();
    let me = world.get("/api/v1/me").by(limited).send().await.good(200);
    assert_eq!(me["ceiling"], json!({"policy": "NATO", "level": "CONFIDENTIAL"}));
    let document = async |id: &str| world.get(&format!("/api/v1/documents/{id}")).by(limited).send().await;
    assert_eq!(document(&low).await.good(200)["sight"], "read");
    // As a clerk he handles the entry of the other, whose label is the lowest; he reads nothing of it.
    let entry = document(&high).await.good(200);
    assert_eq!((&entry["sight"], &entry["subject"]), (&json!("handle"), &Value::Null));
    world.office.catch_up().await.unwrap();
    let hits =
        async |by: &str| world.get("/api/v1/search?q=winter").by(by).send().await.good(200)["total"].clone();
    assert_eq!((hits(&whole).await, hits(limited).await), (json!(2), json!(1)));

    // A command of such a session does not tell by its answer what the session may not show: the same file that is
    // registered above the ceiling is a duplicate for the person, and new for the session.
    let letter = crate::support::letter("SECRET", "Convoys once more");
    let upload = async |by: &str, key| {
        world
            .post("/api/v1/registries/REG/documents")
            .by(by)
            .key(key)
            .parts(&letter, b"Convoys, as of today.")
            .send()
            .await
    };
    upload(&whole, 10).await.good(201);
    upload(&whole, 11).await.refused(409, "duplicate-in-scope", Some("content"));
    upload(limited, 12).await.good(201);
    // A session that has ended commands nothing.
    let session = world.office.session(limited).await.unwrap().unwrap();
    world.office.sign_out(limited).await.unwrap();
    let command =
        Command::Revoke { authorisation: registry::AuthorisationId::new([1; 16]), reason: "x".into() };
    let id = world.office.new_command();
    let ended = world.office.command(Sender::of(&session), id, command).await.unwrap_err();
    assert_eq!(ended.refusal().unwrap().code, registry::Code::NotSignedIn);
}

#[tokio::test]
async fn what_one_sees_and_may_not_do_is_forbidden_and_what_one_does_not_see_is_not_there() {
    let world = World::founded().await;
    let clerk = world.adds("clerk", "BEL").await;
    let token = world.token("clerk").await;
    let admin = world.adds("admin", "BEL").await;
    world.gives(admin, Grant::Role { role: Role::Administrator, registry: None }).await;
    let administrator = world.token("admin").await;
    let stranger = "ab".repeat(16);
    let briefing = json!({"is": "briefing", "policy": "NATO", "subject": "SECRET", "on": "2026-01-15"});
    let role = json!({"role": "clerk", "registry": "REG"});
    let mut key = 0;
    let mut asks = async |by: &str, path: String, body: &Value| {
        key += 1;
        let reply = world.post(&path).by(by).key(key).json(body).send().await;
        (reply.status.as_u16(), reply.code())
    };
    let (forbidden, absent) = ((403, "forbidden".to_owned()), (404, "not-found".to_owned()));
    let officer = world.officers[0].to_string();
    let clerk_id = clerk.to_string();
    for (about, expected) in [(&clerk_id, &forbidden), (&officer, &absent), (&stranger, &absent)] {
        assert_eq!(&asks(&token, format!("/api/v1/people/{about}/proposals"), &briefing).await, expected);
        assert_eq!(&asks(&token, format!("/api/v1/people/{about}/roles"), &role).await, expected);
    }
    // An administrator keeps the list: everyone on it is there, and to propose is not his.
    assert_eq!(
        asks(&administrator, format!("/api/v1/people/{clerk_id}/proposals"), &briefing).await,
        forbidden
    );
    assert_eq!(asks(&administrator, format!("/api/v1/people/{stranger}/proposals"), &briefing).await, absent);
    let someone = json!({"login": "new", "name": "New", "nationality": "BEL"});
    assert_eq!(asks(&token, "/api/v1/people".to_owned(), &someone).await, absent);

    let (own, body) = proposal(&world, clerk).await;
    let (other, other_body) = proposal(&world, admin).await;
    assert_eq!(asks(&token, own.clone(), &body).await, forbidden);
    assert_eq!(asks(&token, other, &other_body).await, absent);
    let nowhere = format!("/api/v1/proposals/{stranger}/confirmations");
    assert_eq!(asks(&token, nowhere, &body).await, absent);
    let why = json!({"reason": "because"});
    let revoke = own.replace("proposals", "authorisations").replace("confirmations", "revocations");
    assert_eq!(asks(&token, revoke, &why).await, forbidden);
    let nowhere = format!("/api/v1/authorisations/{stranger}/revocations");
    assert_eq!(asks(&token, nowhere.clone(), &why).await, absent);
    assert_eq!(asks(&world.token("officer1").await, nowhere, &why).await, absent);
}
