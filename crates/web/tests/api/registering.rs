//! Registering: once however often it is sent, whole or not at all.

use axum::body::{Body, Bytes};
use futures::{StreamExt, stream};
use registry::{Command, authorisation::Role};
use serde_json::json;

use crate::support::{World, letter, multipart, paper};

#[tokio::test]
async fn the_same_key_twice_has_one_effect_and_one_answer_and_another_body_is_refused() {
    let world = World::founded().await;
    let (_, token) = world.clerk().await;
    let body = paper("SECRET", "Winter stocks");
    let key = "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0";
    let send = async |body: &serde_json::Value, key: &str| {
        world.post("/api/v1/documents").by(&token).header("idempotency-key", key).json(body).send().await
    };
    let first = send(&body, key).await;
    let again = send(&body, &key.to_uppercase().replace('-', "")).await;
    assert_eq!((first.status, &first.bytes, &first.headers), (again.status, &again.bytes, &again.headers));
    first.good(201);
    assert_eq!(world.total(&token).await, 1);
    let other = send(&paper("SECRET", "Something else"), key).await;
    other.refused(409, "command-id-reused", None);
    assert_eq!(world.total(&token).await, 1);
    // The key is the sender's own: the same from another person is another.
    let second = world.adds("second", "BEL").await;
    let command = Command::AssignRole { person: second, role: Role::Clerk, registry: world.registry };
    world.does(world.officers[0], command).await;
    let theirs = world.token("second").await;
    let call = world.post("/api/v1/documents").by(&theirs).header("idempotency-key", key);
    let theirs = call.json(&paper("UNCLASSIFIED", "Theirs")).send().await.good(201);
    assert_eq!(theirs["reference"], "REG-2026-2");
    for bad in ["", "17", "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1fg"] {
        send(&body, bad).await.refused(422, "request-form", Some("Idempotency-Key"));
    }
    let none = world.post("/api/v1/documents").by(&token).json(&body).send().await;
    none.refused(422, "required", Some("Idempotency-Key"));
}

#[tokio::test]
async fn an_upload_sent_twice_is_kept_once() {
    let world = World::founded().await;
    let (_, token) = world.clerk().await;
    let path = "/api/v1/registries/REG/documents";
    let (body, file) = (letter("SECRET", "Winter stocks"), b"The winter stocks are in hall four.");
    let first = world.post(path).by(&token).key(1).parts(&body, file).send().await;
    let kept = world.vault();
    assert_eq!(kept, (0, 1), "the file, which is its own text");
    let again = world.post(path).by(&token).key(1).parts(&body, file).send().await;
    assert_eq!((first.status, &first.bytes), (again.status, &again.bytes));
    first.good(201);
    assert_eq!(world.vault(), kept);
    assert_eq!(world.total(&token).await, 1);
    let other = world.post(path).by(&token).key(1).parts(&body, b"Other content").send().await;
    other.refused(409, "command-id-reused", None);
    assert_eq!(world.vault(), kept);
    let (read, wrong) = world.office.fixity().await.unwrap();
    assert_eq!((read, wrong), (1, vec![]));
}

#[tokio::test]
async fn an_entry_tells_all_that_was_said_of_it() {
    let world = World::founded().await;
    let (clerk, token) = world.clerk().await;
    let mut body = paper("CONFIDENTIAL", "  Winter   stocks ");
    let more = json!({
        "date": "1955-06", "language": "fr", "info": ["Air Staff"], "access_list": [clerk.to_string()],
        "label": {"policy": "nato", "level": "NC", "categories": {"Releasable To": ["UKR"]}},
        "subject_label": {"policy": "NATO", "level": "UNCLASSIFIED"},
    });
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    let answer = world.post("/api/v1/documents").by(&token).key(1).json(&body).send().await.good(201);
    let path = format!("/api/v1/documents/{}", answer["id"].as_str().unwrap());
    let document = world.get(&path).by(&token).send().await.good(200);
    let said = |name: &str| document[name].as_str().unwrap_or("").to_owned();
    assert_eq!(
        (said("subject"), said("date"), said("language")),
        ("Winter stocks".into(), "1955-06".into(), "fr".into())
    );
    assert_eq!(document["label"]["level"], "CONFIDENTIAL");
    assert_eq!(document["label"]["categories"], json!({"Releasable To": ["UKR"]}));
    assert!(said("marking").starts_with("NATO CONFIDENTIAL"), "{document}");
    assert!(said("marking_fr").starts_with("NATO CONFIDENTIEL"), "{document}");
    assert_eq!(document["subject_label"]["level"], "UNCLASSIFIED");
    assert_eq!(
        (&document["action"], &document["info"]),
        (&json!(["Military Committee"]), &json!(["Air Staff"]))
    );
    assert_eq!(document["references"], json!([{"kind": "originator", "text": "MCM-0041-2010"}]));
    assert_eq!(said("held_elsewhere"), "on paper, safe 4");
    assert_eq!(document["versions"], json!([]));
    // Whoever is not on the list does not see it, cleared or not.
    let (_, reader) = world.reader().await;
    world.get(&path).by(&reader).send().await.refused(404, "not-found", None);
}

#[tokio::test]
async fn parts_come_in_either_order_and_the_entry_may_name_its_registry() {
    let world = World::founded().await;
    let (_, token) = world.clerk().await;
    let document = letter("SECRET", "Winter stocks");
    let body = format!(
        "--edge\r\nContent-Disposition: form-data; name=\"content\"; filename=\"C:\\\\notes\\\\paper.txt\"\r\n\r\nHall four.\r\n--edge\r\nContent-Disposition: form-data; name=\"document\"\r\n\r\n{document}\r\n--edge--\r\n"
    );
    let call = world.post("/api/v1/registries/REG/documents").by(&token).key(1);
    let answer = call.raw("multipart/form-data; boundary=edge", body.as_bytes()).send().await.good(201);
    let path = format!("/api/v1/documents/{}", answer["id"].as_str().unwrap());
    let shown = world.get(&path).by(&token).send().await.good(200);
    assert_eq!(shown["versions"][0]["file_name"], "paper.txt");
    // An entry without content may come by this way too.
    let only = format!(
        "--edge\r\nContent-Disposition: form-data; name=\"document\"\r\n\r\n{}\r\n--edge--\r\n",
        paper("SECRET", "On paper")
    );
    let call = world.post("/api/v1/registries/REG/documents").by(&token).key(2);
    call.raw("multipart/form-data; boundary=edge", only.as_bytes()).send().await.good(201);
    assert_eq!(world.total(&token).await, 2);
}

#[tokio::test]
async fn the_same_upload_sent_twice_at_once_is_one_document() {
    let world = World::founded().await;
    let (_, token) = world.clerk().await;
    let body = letter("SECRET", "Winter stocks");
    let send = || {
        let call = world.post("/api/v1/registries/REG/documents").by(&token).key(1);
        call.parts(&body, b"The winter stocks are in hall four.").send()
    };
    let answers = futures::future::join_all([send(), send(), send(), send()]).await;
    let first = answers[0].bytes.clone();
    for answer in answers {
        assert_eq!(answer.bytes, first);
        answer.good(201);
    }
    assert_eq!((world.total(&token).await, world.vault()), (1, (0, 1)));
    assert_eq!(world.office.fixity().await.unwrap(), (1, vec![]));
}

#[tokio::test]
async fn a_file_larger_than_a_form_streams_in_and_out() {
    let world = World::founded().await;
    let (_, token) = world.clerk().await;
    let file: Vec<u8> = (0..9_000_000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    let call = world.post("/api/v1/registries/REG/documents").by(&token).key(1);
    let answer = call.parts(&letter("CONFIDENTIAL", "A film"), &file).send().await.good(201);
    let path = format!("/api/v1/documents/{}", answer["id"].as_str().unwrap());
    let shown = world.get(&path).by(&token).send().await.good(200);
    assert_eq!(
        (&shown["versions"][0]["size"], &shown["versions"][0]["reading"]),
        (&json!(file.len()), &json!("not-read"))
    );
    let back = world.get(&format!("{path}/versions/1/content")).by(&token).send().await;
    assert!(back.bytes == file);
    let text = world.get(&format!("{path}/text")).by(&token).send().await.good(200);
    assert!(text["text"].is_null());
}

#[tokio::test]
async fn whoever_goes_away_in_the_middle_leaves_nothing() {
    let world = World::founded().await;
    let (_, token) = world.clerk().await;
    let whole = multipart(&letter("SECRET", "Winter stocks"), "a.txt", &[b'x'; 200_000], None, false);
    let coming = stream::once(async move { Ok::<_, std::io::Error>(Bytes::from(whole)) });
    // The line stays open and nothing more comes.
    let body = Body::from_stream(coming.chain(stream::pending()));
    let path = "/api/v1/registries/REG/documents";
    let sending =
        world.post(path).by(&token).key(1).raw("multipart/form-data; boundary=edge", b"").streaming(body);
    let waited = tokio::time::timeout(std::time::Duration::from_millis(500), async {
        tokio::join!(sending, async {
            while world.vault().0 == 0 {
                tokio::time::sleep(std::time::Duration::from_millis(5)).await;
            }
        })
    });
    assert!(waited.await.is_err(), "it was still coming in");
    assert_eq!(world.vault(), (0, 0));
}
