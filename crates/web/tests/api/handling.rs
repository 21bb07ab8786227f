//! What is done with documents, by the API: taken out and given back, opened and reproduced, told of when they change.

use registry::authorisation::{Grant, Role};
use serde_json::{Value, json};

use crate::support::{PHRASE, World, letter};

/// A world with a paper of a level, its clerk, and a controller who may read it: the paper, and their tokens.
async fn world(level: &str) -> (World, String, String, String) {
    let world = World::founded().await;
    let (_, clerk) = world.clerk().await;
    let controller = world.adds("controller", "BEL").await;
    world.clears(controller, "SECRET").await;
    world.gives(controller, Grant::Role { role: Role::Controller, registry: Some(world.registry) }).await;
    let controller = world.token("controller").await;
    let call = world.post("/api/v1/registries/REG/documents").by(&clerk).key(900);
    let paper = call.parts(&letter(level, "Winter stocks"), b"The winter stocks are in hall four.");
    let paper = paper.send().await.good(201)["id"].as_str().unwrap().to_owned();
    (world, paper, clerk, controller)
}

/// Gives a document back with a file.
async fn gives_back(world: &World, paper: &str, by: &str, key: u64, file: &[u8]) -> crate::support::Reply {
    let path = format!("/api/v1/documents/{paper}/check-ins");
    world.post(&path).by(by).key(key).parts(&json!({}), file).send().await
}

#[tokio::test]
async fn a_document_that_is_out_is_locked_for_others_and_its_lock_is_seen() {
    let (world, paper, clerk, controller) = world("CONFIDENTIAL").await;
    let (_, reader) = world.reader().await;
    let outs = format!("/api/v1/documents/{paper}/check-outs");
    let take =
        |by: &str, key: u64| world.post(&outs).by(by).key(key).json(&json!({"reason": "Annex B"})).send();
    assert_eq!(world.get(&outs).by(&reader).send().await.good(200)["out"], Value::Null);
    take(&reader, 1).await.refused(403, "forbidden", None);
    take(&clerk, 2).await.good(201);
    take(&clerk, 2).await.good(201);
    take(&controller, 3).await.refused(409, "checked-out", None);
    // Who sees the document sees who has it; who does not, not even that it is there.
    let seen = world.get(&outs).by(&reader).send().await.good(200);
    assert_eq!(
        (&seen["out"]["name"], &seen["out"]["reason"]),
        (&json!("clerk of the house"), &json!("Annex B"))
    );
    world.adds("outsider", "NOR").await;
    let outsider = world.token("outsider").await;
    world.get(&outs).by(&outsider).send().await.refused(404, "not-found", None);

    // Nobody else adds a version or corrects the entry meanwhile.
    gives_back(&world, &paper, &controller, 4, b"Another text.").await.refused(409, "checked-out", None);
    let correct = format!("/api/v1/documents/{paper}/corrections");
    let correction = json!({"reason": "A slip", "subject": "Summer stocks"});
    let mend = |by: &str, key: u64| world.post(&correct).by(by).key(key).json(&correction).send();
    mend(&controller, 5).await.refused(409, "checked-out", None);
    let breaks = format!("/api/v1/documents/{paper}/lock-breaks");
    let break_it = |by: &str, key: u64, why: &str| {
        world.post(&breaks).by(by).key(key).json(&json!({"reason": why})).send()
    };
    break_it(&clerk, 6, "mine").await.refused(403, "forbidden", None);
    break_it(&controller, 7, " ").await.refused(422, "required", Some("reason"));
    break_it(&controller, 8, "On leave").await.good(201);
    gives_back(&world, &paper, &clerk, 9, b"Too late.").await.refused(409, "not-checked-out", None);
    mend(&controller, 10).await.good(201);
}

#[tokio::test]
async fn what_is_given_back_is_a_new_version_or_as_it_was() {
    let (world, paper, clerk, _) = world("CONFIDENTIAL").await;
    let outs = format!("/api/v1/documents/{paper}/check-outs");
    let take = |key: u64| world.post(&outs).by(&clerk).key(key).json(&json!({})).send();
    take(1).await.good(201);
    let same = gives_back(&world, &paper, &clerk, 2, b"The winter stocks are in hall four.").await;
    same.refused(422, "nothing-changed", Some("content"));
    assert_eq!(world.vault().0, 0, "what was not taken in is not kept");
    let given = gives_back(&world, &paper, &clerk, 3, b"The winter stocks are in hall five.").await.good(201);
    assert_eq!(given["version"], 2);
    let again = gives_back(&world, &paper, &clerk, 3, b"The winter stocks are in hall five.").await.good(201);
    assert_eq!(again["version"], 2, "the same key has one effect");
    let document = world.get(&format!("/api/v1/documents/{paper}")).by(&clerk).send().await.good(200);
    assert_eq!(document["versions"].as_array().unwrap().len(), 2);
    let text = world.get(&format!("/api/v1/documents/{paper}/text")).by(&clerk).send().await.good(200);
    assert_eq!(text["text"].as_str().unwrap().trim_end(), "The winter stocks are in hall five.");
    let found = |word: &str| world.get(&format!("/api/v1/search?q={word}&registry=REG")).by(&clerk).send();
    assert_eq!(found("five").await.good(200)["total"], 1, "the index follows the new text");
    assert_eq!(found("four").await.good(200)["total"], 0);
    // As it was: a part without a file.
    take(4).await.good(201);
    let body = "--edge\r\nContent-Disposition: form-data; name=\"document\"\r\n\r\n{}\r\n--edge--\r\n";
    let path = format!("/api/v1/documents/{paper}/check-ins");
    let back = world.post(&path).by(&clerk).key(5).raw("multipart/form-data; boundary=edge", body.as_bytes());
    assert_eq!(back.send().await.good(201)["version"], Value::Null);
    assert_eq!(world.get(&outs).by(&clerk).send().await.good(200)["out"], Value::Null);
}

#[tokio::test]
async fn nothing_of_an_accountable_paper_leaves_without_authority_and_every_copy_is_a_line() {
    let (world, paper, clerk, controller) = world("SECRET").await;
    let at = |tail: &str| format!("/api/v1/documents/{paper}{tail}");
    for tail in ["/text", "/versions/1/content"] {
        let refused = world.get(&at(tail)).by(&clerk).send().await;
        let problem = refused.refused(403, "reproduction-unauthorised", None);
        assert!(problem["remedy"].as_str().unwrap().contains("authorise"), "{problem}");
        assert!(!problem.to_string().contains("hall four"));
    }
    // Neither does a search quote it.
    let found = world.get("/api/v1/search?q=hall&registry=REG").by(&clerk).send().await.good(200);
    assert_eq!(found["total"], 1);
    assert!(!found.to_string().contains("hall four"), "{found}");
    let record = |by: &str| world.get(&at("/disclosures")).by(by).send();
    let none = record(&clerk).await.good(200);
    assert_eq!((&none["accountable"], &none["disclosures"]), (&json!(true), &json!([])), "nothing left");

    let ask = |by: &str, key: u64, person: &str, copies: u32| {
        let until = "2026-04-30";
        let body =
            json!({"person": person, "version": 1, "purpose": "Exercise", "copies": copies, "until": until});
        world.post(&at("/reproductions")).by(by).key(key).json(&body).send()
    };
    let clerk_id = world.office.person_named("clerk").await.unwrap().to_string();
    let own = world.office.person_named("controller").await.unwrap().to_string();
    let (stranger, _) = world.reader().await;
    ask(&clerk, 1, &own, 1).await.refused(403, "forbidden", None);
    ask(&controller, 2, &own, 1).await.refused(403, "same-person", Some("person"));
    ask(&controller, 3, &stranger.to_string(), 1).await.refused(422, "not-admitted", Some("person"));
    ask(&controller, 4, &clerk_id, 0).await.refused(422, "not-offered", Some("copies"));
    ask(&controller, 5, &clerk_id, 1).await.good(201);
    let given = world.get(&at("/versions/1/content")).by(&clerk).send().await;
    assert_eq!(
        (given.status.as_u16(), given.bytes.as_slice()),
        (200, b"The winter stocks are in hall four.".as_slice())
    );
    // It is used up, it was his alone, and it is written down.
    let again = world.get(&at("/versions/1/content")).by(&clerk).send().await;
    again.refused(403, "reproduction-unauthorised", None);
    let other = world.get(&at("/versions/1/content")).by(&controller).send().await;
    other.refused(403, "reproduction-unauthorised", None);
    let all = record(&controller).await.good(200);
    let [line] = all["disclosures"].as_array().unwrap().as_slice() else { panic!("{all}") };
    assert_eq!((&line["person"], &line["means"]), (&json!(clerk_id), &json!("reproduction")));
    assert_eq!((&all["authorities"][0]["used"], &all["authorities"][0]["copies"]), (&json!(1), &json!(1)));
    assert_eq!(line["authority"], all["authorities"][0]["id"]);
}

#[tokio::test]
async fn an_authority_ends_with_its_day() {
    let (world, paper, clerk, controller) = world("SECRET").await;
    let at = |tail: &str| format!("/api/v1/documents/{paper}{tail}");
    let person = world.office.person_named("clerk").await.unwrap();
    let body =
        json!({"person": person, "version": 1, "purpose": "Exercise", "copies": 9, "until": "2026-03-12"});
    world.post(&at("/reproductions")).by(&controller).key(1).json(&body).send().await.good(201);
    world.get(&at("/text")).by(&clerk).send().await.good(200);
    world.after(24 * 60);
    let clerk = world.token("clerk").await;
    world.get(&at("/text")).by(&clerk).send().await.refused(403, "reproduction-unauthorised", None);
}

#[tokio::test]
async fn whoever_read_a_paper_is_told_when_it_changes_and_says_that_he_knows() {
    let (world, paper, clerk, controller) = world("RESTRICTED").await;
    let (_, reader) = world.reader().await;
    let notices = |by: &str| world.get("/api/v1/notices").by(by).send();
    world.get(&format!("/api/v1/documents/{paper}/text")).by(&reader).send().await.good(200);
    assert_eq!(notices(&reader).await.good(200)["notices"], json!([]));
    world.after(5);
    let body = json!({"reason": "The letter says so", "label": {"policy": "NATO", "level": "CONFIDENTIAL"}});
    let correct = format!("/api/v1/documents/{paper}/corrections");
    world.post(&correct).by(&controller).key(1).json(&body).send().await.good(201);
    let told = notices(&reader).await.good(200);
    let [notice] = told["notices"].as_array().unwrap().as_slice() else { panic!("{told}") };
    assert_eq!((&notice["document"], &notice["change"]), (&json!(paper), &json!(1)));
    assert_eq!(notice["was"]["level"], "RESTRICTED");
    // Who never opened it, and who changed it, is told nothing.
    assert_eq!(notices(&clerk).await.good(200)["notices"], json!([]));
    assert_eq!(notices(&controller).await.good(200)["notices"], json!([]));

    let knows = format!("/api/v1/documents/{paper}/acknowledgements");
    let know = |key: u64, change: u64| {
        world.post(&knows).by(&reader).key(key).json(&json!({"change": change})).send()
    };
    know(2, 2).await.refused(422, "not-offered", Some("change"));
    know(3, 1).await.good(201);
    know(4, 1).await.refused(422, "nothing-changed", None);
    assert_eq!(notices(&reader).await.good(200)["notices"], json!([]));
    // Beyond him it is: no notice tells what it is.
    world.after(10);
    let body = json!({"reason": "The annex says so", "label": {"policy": "NATO", "level": "SECRET"}});
    world.post(&correct).by(&controller).key(5).json(&body).send().await.good(201);
    assert_eq!(notices(&reader).await.good(200)["notices"], json!([]));
    know(6, 1).await.refused(404, "not-found", None);
}

#[tokio::test]
async fn a_marking_lowered_for_a_moment_leaves_a_line_of_what_was_taken_then() {
    let (world, paper, clerk, controller) = world("SECRET").await;
    let (_, reader) = world.reader().await;
    let at = |tail: &str| format!("/api/v1/documents/{paper}{tail}");
    let marked = |key: u64, level: &str| {
        let body = json!({"reason": "A slip", "label": {"policy": "NATO", "level": level}});
        world.post(&at("/corrections")).by(&controller).key(key).json(&body).send()
    };
    marked(1, "CONFIDENTIAL").await.good(201);
    // Nobody asks without taking anything.
    let head = world.call("HEAD", &at("/versions/1/content")).by(&controller).send().await;
    assert_eq!(head.status.as_u16(), 405);
    let taken = world.get(&at("/versions/1/content")).by(&controller).send().await;
    assert_eq!(taken.status.as_u16(), 200);
    world.get(&at("/text")).by(&reader).send().await.good(200);
    let lines = |by: &str| world.get(&at("/disclosures")).by(by).send();
    // Whoever could not have read it before learns nothing of that from his own lines.
    assert_eq!(lines(&reader).await.good(200)["disclosures"], json!([]));
    marked(2, "SECRET").await.good(201);
    let kept = lines(&controller).await.good(200);
    let means: Vec<&Value> = kept["disclosures"].as_array().unwrap().iter().map(|l| &l["means"]).collect();
    assert_eq!(means, ["file", "file"]);
    let again = world.get(&at("/versions/1/content")).by(&clerk).send().await;
    again.refused(403, "reproduction-unauthorised", None);
}

#[tokio::test]
async fn a_link_of_another_site_takes_nothing_away() {
    let (world, paper, clerk, controller) = world("SECRET").await;
    let at = |tail: &str| format!("/api/v1/documents/{paper}{tail}");
    let person = world.office.person_named("clerk").await.unwrap();
    let body =
        json!({"person": person, "version": 1, "purpose": "Exercise", "copies": 1, "until": "2026-03-12"});
    world.post(&at("/reproductions")).by(&controller).key(1).json(&body).send().await.good(201);
    let (_, session) =
        world.office.sign_in("clerk", PHRASE, office::signin::SessionKind::Browser, "").await.unwrap();
    let cookie = format!("__Host-session={session}");
    let asks = |path: &str, site: &str| {
        world.call("GET", path).header("cookie", &cookie).header("sec-fetch-site", site).send()
    };
    let page = format!("/documents/{paper}/file/1");
    let led = asks(&page, "cross-site").await;
    assert_eq!((led.status.as_u16(), led.header("location")), (303, format!("/documents/{paper}").as_str()));
    asks(&at("/versions/1/content"), "cross-site").await.refused(401, "not-signed-in", None);
    assert_eq!(world.get(&at("/disclosures")).by(&clerk).send().await.good(200)["disclosures"], json!([]));
    assert_eq!(asks(&page, "same-origin").await.status.as_u16(), 200);
    let lines = world.get(&at("/disclosures")).by(&clerk).send().await.good(200);
    assert_eq!(lines["disclosures"][0]["means"], "reproduction");
}
