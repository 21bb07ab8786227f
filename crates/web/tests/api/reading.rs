//! Reading: pages by key, tags, search, and that what one may not see is not there.

use std::collections::BTreeSet;

use registry::{Command, DocumentDate, document::Register};
use serde_json::{Value, json};

use crate::support::{World, letter};

fn entry(subject: &str, date: Option<DocumentDate>, label: Option<label::Label>) -> Register {
    Register {
        direction: registry::document::Direction::Incoming,
        kind: "letter".into(),
        date,
        language: "en".into(),
        originator: None,
        references: vec![],
        preferred: None,
        relations: Vec::new(),
        number: None,
        subject: subject.into(),
        subject_label: None,
        label,
        action: vec![],
        info: vec![],
        need_to_know: vec![],
        access_list: vec![],
        held_elsewhere: None,
        content: None,
        old: None,
        formal: registry::formal::Formal::default(),
        files: Vec::new(),
    }
}

async fn hundred_and_twenty(world: &World, clerk: registry::PersonId) {
    let house = world.office.house().await.unwrap();
    let label = |level: &str| {
        let named = serde_json::from_value(json!({"policy": "NATO", "level": level})).unwrap();
        house.policies.resolve(&named).unwrap()
    };
    let papers = (0..120_u32).map(|n| {
        // Many of one day, some undated, a third of them above the reader.
        let date = match n % 7 {
            0 => None,
            d => Some(DocumentDate::parse(&format!("2026-01-{:02}", d)).unwrap()),
        };
        let level = if n % 3 == 0 { "SECRET" } else { "CONFIDENTIAL" };
        let document = entry(&format!("Paper {n}"), date, Some(label(level)));
        let document = Register { held_elsewhere: Some("safe".into()), ..document };
        world.does(clerk, Command::Register { registry: world.registry, document: Box::new(document) })
    });
    futures::future::join_all(papers).await;
}

#[tokio::test]
async fn a_registry_is_read_page_by_page_without_loss_or_double() {
    let world = World::founded().await;
    let (clerk, _) = world.clerk().await;
    let (_, token) = world.reader().await;
    hundred_and_twenty(&world, clerk).await;
    assert_eq!(world.total(&token).await, 80);
    for order in ["newest", "oldest", "registered", "first"] {
        let (mut seen, mut ids, mut after) = (Vec::new(), BTreeSet::new(), String::new());
        loop {
            let path = format!("/api/v1/documents?registry=reg&order={order}&limit=7{after}");
            let page = world.get(&path).by(&token).send().await.good(200);
            assert_eq!(page["total"], 80);
            for row in page["documents"].as_array().unwrap() {
                assert_eq!(row["marking"], "NATO CONFIDENTIAL");
                assert!(ids.insert(row["id"].as_str().unwrap().to_owned()), "twice in {order}");
                seen.push(row.clone());
            }
            match page["next"].as_str() {
                Some(next) => after = format!("&after={next}"),
                None => break,
            }
        }
        assert_eq!(seen.len(), 80, "{order}");
        let number = |row: &Value| -> i64 {
            row["reference"].as_str().unwrap().rsplit('-').next().unwrap().parse().unwrap()
        };
        // The undated stand last in both orders by date.
        let day = |row: &Value| (row["date"].is_null(), row["date"].as_str().unwrap_or("").to_owned());
        match order {
            "first" => assert!(seen.is_sorted_by_key(number)),
            "registered" => assert!(seen.is_sorted_by_key(|r| -number(r))),
            "oldest" => assert!(seen.iter().filter(|r| !day(r).0).is_sorted_by_key(&day)),
            _ => {
                let dated: Vec<_> = seen.iter().map(day).take_while(|d| !d.0).collect();
                assert!(dated.iter().rev().is_sorted() && dated.len() > 60);
            }
        }
    }
    let first = world.get("/api/v1/documents?registry=REG&order=newest&limit=7").by(&token).send().await;
    let next = first.json()["next"].as_str().unwrap().to_owned();
    let path = format!("/api/v1/documents?registry=REG&order=first&after={next}");
    world.get(&path).by(&token).send().await.refused(422, "request-form", Some("after"));
}

#[tokio::test]
async fn what_may_not_be_seen_and_what_is_not_there_are_the_same_bytes() {
    let world = World::founded().await;
    let (_, clerk) = world.clerk().await;
    let (_, reader) = world.reader().await;
    let file = b"The winter stocks are in hall four.";
    let call = world.post("/api/v1/registries/REG/documents").by(&clerk).key(1);
    let hidden = call.parts(&letter("SECRET", "Winter stocks"), file).send().await.good(201);
    let id = hidden["id"].as_str().unwrap();
    for tail in ["", "/text", "/versions/1/content"] {
        let path = |id: &str| format!("/api/v1/documents/{id}{tail}");
        world.get(&path(id)).by(&clerk).send().await;
        let there = world.get(&path(id)).by(&reader).send().await;
        let absent = world.get(&path(&"ab".repeat(16))).by(&reader).send().await;
        let nonsense = world.get(&path("nonsense")).by(&reader).send().await;
        assert_eq!(
            (there.status, &there.bytes, &there.headers),
            (absent.status, &absent.bytes, &absent.headers)
        );
        assert_eq!(
            (there.status, &there.bytes, &there.headers),
            (nonsense.status, &nonsense.bytes, &nonsense.headers)
        );
        there.refused(404, "not-found", None);
    }
    // Nor does a reference, a search or a key of his own tell it; and a registry that shows him nothing is not named.
    let found = world.get("/api/v1/documents/by-reference/REG-2026-1").by(&reader).send().await.good(200);
    assert_eq!(found, json!({"documents": []}));
    let found = world.get("/api/v1/search?q=winter").by(&reader).send().await.good(200);
    assert_eq!((found["total"].as_u64(), &found["hits"]), (Some(0), &json!([])));
    let none = world.get("/api/v1/documents?registry=REG").by(&reader).send().await;
    let absent = world.get("/api/v1/documents?registry=XYZ").by(&reader).send().await;
    assert_eq!((none.status, &none.bytes), (absent.status, &absent.bytes));
    none.refused(422, "registry-unknown", Some("registry"));
    let seen = world.get("/api/v1/registries").by(&reader).send().await.good(200);
    assert_eq!(seen["registries"], json!([]));
    let seen = world.get("/api/v1/registries").by(&clerk).send().await.good(200);
    assert_eq!(seen["registries"][0]["documents"], 1);
}

#[tokio::test]
async fn a_document_is_read_with_its_text_its_bytes_and_its_tag() {
    let world = World::founded().await;
    let (clerk, token) = world.clerk().await;
    let file = "The winter stocks are in hall four.\n".repeat(5_000);
    let call = world.post("/api/v1/registries/reg/documents").by(&token).key(1);
    let answer = call.parts(&letter("CONFIDENTIAL", "Winter stocks"), file.as_bytes()).send().await;
    let location = answer.header("location").to_owned();
    answer.good(201);

    let document = world.get(&location).by(&token).send().await.good(200);
    assert_eq!(document["marking"], "NATO CONFIDENTIAL");
    assert_eq!(document["label"], json!({"policy": "NATO", "level": "CONFIDENTIAL"}));
    assert_eq!(document["registered_by"], json!({"id": clerk.to_string(), "name": "clerk of the house"}));
    assert_eq!(document["versions"][0]["reading"], "text");
    assert_eq!(document["versions"][0]["size"], file.len());
    let text = world.get(&format!("{location}/text")).by(&token).send().await.good(200);
    assert_eq!(text["text"].as_str().unwrap().trim_end(), file.trim_end());
    assert_eq!(text["cut"], false);

    let path = format!("{location}/versions/1/content");
    let bytes = world.get(&path).by(&token).send().await;
    assert_eq!(bytes.bytes, file.as_bytes());
    assert_eq!(
        bytes.header("content-disposition"),
        "attachment; filename=\"paper.txt\"; filename*=UTF-8''paper.txt"
    );
    assert_eq!(bytes.header("content-security-policy"), "default-src 'none'; sandbox");
    assert_eq!(bytes.header("x-content-type-options"), "nosniff");
    let digest = document["versions"][0]["digest"].as_str().unwrap();
    assert_eq!(bytes.header("etag"), format!("\"{digest}\""));
    let again = world.get(&path).by(&token).header("if-none-match", bytes.header("etag")).send().await;
    assert_eq!((again.status.as_u16(), again.bytes.len()), (304, 0));
    world.get(&format!("{location}/versions/2/content")).by(&token).send().await.refused(
        404,
        "not-found",
        None,
    );

    let first = world.get(&location).by(&token).send().await;
    let tag = first.header("etag").to_owned();
    assert_eq!(tag, format!("\"{}\"", registry::id::Digest::of(&first.bytes)));
    let again =
        world.get(&location).by(&token).header("if-none-match", &format!("\"x\", W/{tag}")).send().await;
    assert_eq!((again.status.as_u16(), again.header("etag")), (304, tag.as_str()));
    let list = "/api/v1/documents?registry=REG";
    let tag = world.get(list).by(&token).send().await.header("etag").to_owned();
    world.paper(&token, 2, "SECRET", "Another").await;
    world.get(list).by(&token).header("if-none-match", &tag).send().await.good(200);
}

#[tokio::test]
async fn a_clerk_handles_what_he_may_not_read() {
    let world = World::founded().await;
    let (_, clerk) = world.clerk().await;
    let (id, reference) = world.paper(&clerk, 1, "COSMIC TOP SECRET", "Beyond him").await;
    let document = world.get(&format!("/api/v1/documents/{id}")).by(&clerk).send().await.good(200);
    assert_eq!(
        (document["sight"].as_str(), document["reference"].as_str()),
        (Some("handle"), Some(reference.as_str()))
    );
    for inside in ["subject", "kind", "originator", "versions", "registered_by", "references", "action"] {
        assert!(document[inside].is_null(), "{inside}");
    }
    let text = world.get(&format!("/api/v1/documents/{id}/text")).by(&clerk).send().await;
    text.refused(404, "not-found", None);
}

#[tokio::test]
async fn a_search_finds_what_was_registered_a_moment_ago_with_facets_and_pages() {
    let world = World::founded().await;
    let (_, token) = world.clerk().await;
    for n in 0..5_u64 {
        let text = format!("Hall {n} holds the winter stocks.");
        let call = world.post("/api/v1/registries/REG/documents").by(&token).key(n);
        call.parts(&letter("CONFIDENTIAL", &format!("Report {n}")), text.as_bytes()).send().await.good(201);
    }
    let (mut ids, mut after) = (BTreeSet::new(), String::new());
    loop {
        let path = format!("/api/v1/search?q=winter%20stocks&registry=REG&limit=2{after}");
        let found = world.get(&path).by(&token).send().await.good(200);
        assert_eq!(found["total"], 5);
        assert_eq!(found["facets"]["marking"], json!([["NATO CONFIDENTIAL", 5]]));
        for hit in found["hits"].as_array().unwrap() {
            assert!(hit["snippet"].as_str().unwrap().contains("winter stocks"));
            assert!(ids.insert(hit["id"].as_str().unwrap().to_owned()));
        }
        match found["next"].as_str() {
            Some(next) => after = format!("&after={next}"),
            None => break,
        }
    }
    assert_eq!(ids.len(), 5);
    world.get("/api/v1/search?q=%22open").by(&token).send().await.refused(422, "query-form", Some("query"));
    let by = world.get("/api/v1/documents/by-reference/reg%202026%2F003").by(&token).send().await.good(200);
    assert_eq!(by["documents"][0]["reference"], "REG-2026-3");
}

#[tokio::test]
async fn what_is_attached_is_named_and_given_out_to_readers_alone() {
    let world = World::founded().await;
    let (clerk, token) = world.clerk().await;
    world.adds("outsider", "NOR").await;
    let reader = world.token("outsider").await;
    let house = world.office.house().await.unwrap();
    let named = serde_json::from_value(json!({"policy": "NATO", "level": "CONFIDENTIAL"})).unwrap();
    let document = entry("Stocks", None, Some(house.policies.resolve(&named).unwrap()));
    let annex = b"Annex A names the depot.".as_slice();
    let mut upload = world.office.upload(world.registry, "stocks.txt").unwrap();
    upload.write(b"See the annexes.").unwrap();
    upload.enclose("annex a.txt", annex);
    upload.enclose("annex b.txt", b"Annex B is empty but for this.");
    let (id, content) = (world.office.new_command(), Some((upload, None)));
    let sender = office::Sender::person(clerk);
    let answer = world.office.register(sender, id, world.registry, document, content).await.unwrap();
    let registry::Answer::Registered { document, .. } = answer else { panic!() };

    let seen = world.get(&format!("/api/v1/documents/{document}")).by(&token).send().await.good(200);
    let enclosed = seen["versions"][0]["enclosures"].as_array().unwrap();
    assert_eq!(enclosed.len(), 2);
    let digest = registry::id::Digest::of(annex).to_string();
    let first = json!({
        "position": 1, "file_name": "annex a.txt", "media_type": "text/plain", "size": annex.len(),
        "digest": digest, "reading": "text",
    });
    assert_eq!(enclosed[0], first);

    let path = |id: &str, tail: &str| format!("/api/v1/documents/{id}/versions/{tail}");
    let at = path(&document.to_string(), "1/enclosures/1");
    let given = world.get(&at).by(&token).send().await;
    assert_eq!((given.status.as_u16(), given.bytes.as_slice()), (200, annex));
    assert_eq!(given.header("etag"), format!("\"{digest}\""));
    assert_eq!(given.header("content-length"), annex.len().to_string());
    assert_eq!(given.header("content-security-policy"), "default-src 'none'; sandbox");
    assert_eq!(given.header("x-content-type-options"), "nosniff");
    assert_eq!(
        given.header("content-disposition"),
        "attachment; filename=\"annex a.txt\"; filename*=UTF-8''annex%20a.txt"
    );
    let again = world.get(&at).by(&token).header("if-none-match", given.header("etag")).send().await;
    assert_eq!((again.status.as_u16(), again.bytes.len()), (304, 0));
    for tail in ["1/enclosures/0", "1/enclosures/3", "2/enclosures/1", "1/enclosures/-1", "x/enclosures/1"] {
        let at = path(&document.to_string(), tail);
        world.get(&at).by(&token).send().await.refused(404, "not-found", None);
    }
    // Above the reader's certificate, nowhere, and no identifier at all: the same answer.
    let hidden = world.get(&at).by(&reader).send().await;
    for other in ["ab".repeat(16), "nonsense".to_owned()] {
        let absent = world.get(&path(&other, "1/enclosures/1")).by(&reader).send().await;
        assert_eq!(
            (hidden.status, &hidden.bytes, &hidden.headers),
            (absent.status, &absent.bytes, &absent.headers)
        );
    }
    hidden.refused(404, "not-found", None);
}
