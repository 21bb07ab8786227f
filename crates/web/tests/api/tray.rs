//! Files put into an in-tray: each waits once, says who brought it and where it lay, and tells nobody of a paper that he
//! may not read.

use serde_json::{Value, json};

use crate::support::{Reply, World, letter, multipart};

const TRAY: &str = "/api/v1/registries/REG/tray";

async fn brings(world: &World, token: &str, key: u64, said: &Value, name: &str, bytes: &[u8]) -> Reply {
    let body = multipart(said, name, bytes, Some(bytes.len()), true);
    world.post(TRAY).by(token).key(key).raw("multipart/form-data; boundary=edge", &body).send().await
}

async fn registers(world: &World, token: &str, key: u64, item: &str, level: &str) -> Reply {
    let path = format!("/api/v1/tray/{item}/registrations");
    world.post(&path).by(token).key(key).json(&letter(level, "Winter stocks")).send().await
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

#[tokio::test]
async fn a_file_waits_once_and_is_told_of_until_it_is_settled() {
    let world = World::founded().await;
    let (clerk, token) = world.clerk().await;
    let said = json!({"folder": "/../Exercise\\Norway/\u{202e}2026", "direction": "outgoing"});
    let name = "..\\..\\stocks\u{202e}fdp.txt";
    let first = brings(&world, &token, 1, &said, name, b"The winter stocks.").await.good(201);
    assert_eq!(first["outcome"], "waits");
    let item = text(&first["item"]).to_owned();
    let shown = world.get(&format!("/api/v1/tray/{item}")).by(&token).send().await.good(200);
    assert_eq!(shown["source"], "drop");
    assert_eq!(shown["origin"], "Exercise/Norway/2026");
    assert_eq!(shown["file_name"], "stocksfdp.txt");
    assert_eq!(shown["direction"], "outgoing");
    assert_eq!(shown["reading"], "text");
    assert_eq!(shown["brought_by"], clerk.to_string());
    // The same bytes under another name and by another command: nothing is put beside the first.
    let vault = world.vault();
    let again = brings(&world, &token, 2, &json!({}), "copy.txt", b"The winter stocks.").await.good(201);
    assert_eq!((&again["outcome"], &again["item"]), (&json!("waits-already"), &first["item"]));
    assert_eq!(world.vault(), vault);
    let list = world.get("/api/v1/tray?registry=REG").by(&token).send().await.good(200);
    assert_eq!(list["total"], 1);

    let done = registers(&world, &token, 3, &item, "SECRET").await.good(201);
    let known = brings(&world, &token, 4, &json!({}), "copy.txt", b"The winter stocks.").await.good(201);
    assert_eq!(known["outcome"], "registered");
    assert_eq!((&known["document"], &known["reference"]), (&done["id"], &done["reference"]));

    let other = brings(&world, &token, 5, &json!({}), "menu.txt", b"Soup.").await.good(201);
    let gone = json!({"items": [other["item"]], "reason": "ephemeral"});
    let path = "/api/v1/registries/REG/dismissals";
    world.post(path).by(&token).key(6).json(&gone).send().await.good(201);
    let known = brings(&world, &token, 7, &json!({}), "menu.txt", b"Soup.").await.good(201);
    assert_eq!((&known["outcome"], &known["item"]), (&json!("dismissed"), &Value::Null));
    assert_eq!(world.get("/api/v1/tray?registry=REG").by(&token).send().await.good(200)["total"], 0);
    let (_, wrong) = world.office.fixity().await.unwrap();
    assert_eq!(wrong, Vec::<String>::new());
}

#[tokio::test]
async fn a_file_in_the_hand_is_no_question_about_a_paper_that_one_may_not_read() {
    let world = World::founded().await;
    let (_, token) = world.clerk().await;
    let bytes = b"The winter stocks.";
    let first = brings(&world, &token, 1, &json!({}), "a.txt", bytes).await.good(201);
    // He registers above himself: from then on it is not his to read.
    registers(&world, &token, 2, text(&first["item"]), "COSMIC TOP SECRET").await.good(201);
    let strange = brings(&world, &token, 3, &json!({}), "b.txt", b"Something new.").await.good(201);
    let same = brings(&world, &token, 4, &json!({}), "c.txt", bytes).await.good(201);
    for outcome in [&strange, &same] {
        assert_eq!(outcome["outcome"], "waits");
        assert_eq!((&outcome["document"], &outcome["reference"]), (&Value::Null, &Value::Null));
    }
    // And so it goes on, as for any bytes that are new.
    for (key, one, name, bytes) in
        [(5, &strange, "b.txt", b"Something new.".as_slice()), (6, &same, "c.txt", bytes)]
    {
        let again = brings(&world, &token, key, &json!({}), name, bytes).await.good(201);
        assert_eq!((&again["outcome"], &again["item"]), (&json!("waits-already"), &one["item"]));
        let path = "/api/v1/registries/REG/dismissals";
        let gone = json!({"items": [one["item"]], "reason": "misdirected"});
        world.post(path).by(&token).key(key + 10).json(&gone).send().await.good(201);
        let known = brings(&world, &token, key + 20, &json!({}), name, bytes).await.good(201);
        assert_eq!(known["outcome"], "dismissed");
    }
    // The paper of the first keeps its content, whatever became of what came after it.
    let (checked, wrong) = world.office.fixity().await.unwrap();
    assert_eq!(wrong, Vec::<String>::new());
    assert!(checked >= 1);
}

#[tokio::test]
async fn what_cannot_wait_is_refused_with_the_reason_and_nothing_is_kept_of_it() {
    let world = World::founded().await;
    let (_, token) = world.clerk().await;
    let vault = world.vault();
    brings(&world, &token, 1, &json!({}), "a.txt", b"").await.refused(422, "empty-content", Some("content"));
    let cut = multipart(&json!({}), "a.txt", b"The winter", Some(400), true);
    let call = world.post(TRAY).by(&token).key(2);
    let reply = call.raw("multipart/form-data; boundary=edge", &cut).send().await;
    reply.refused(422, "truncated-upload", Some("content"));
    let odd = brings(&world, &token, 3, &json!({"direction": "sideways"}), "a.txt", b"x").await;
    assert_eq!(odd.status.as_u16(), 422);
    let (_, reader) = world.reader().await;
    world.paper(&token, 4, "CONFIDENTIAL", "Winter stocks").await;
    brings(&world, &reader, 5, &json!({}), "a.txt", b"mine").await.refused(403, "forbidden", None);
    assert_eq!(world.vault(), vault);
    // A name longer than any may be loses its middle, and is registered all the same.
    let name = format!("{}.txt", "n".repeat(900));
    let long = brings(&world, &token, 6, &json!({}), &name, b"Long.").await.good(201);
    let item = text(&long["item"]).to_owned();
    let shown = world.get(&format!("/api/v1/tray/{item}")).by(&token).send().await.good(200);
    assert!(text(&shown["file_name"]).ends_with("….txt"), "{}", shown["file_name"]);
    registers(&world, &token, 7, &item, "SECRET").await.good(201);
}
