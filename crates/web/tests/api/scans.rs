//! Scans by program: brought once, planned by version, and nobody's but those who work on the tray. There is no child here that
//! looks at pages; what it would have found is written by hand.

use serde_json::{Value, json};

use crate::support::{Reply, World, multipart};

const SCANS: &str = "/api/v1/registries/REG/scans";

async fn brings(world: &World, token: &str, key: u64, bytes: &[u8]) -> Reply {
    let body = multipart(&json!({"blanks": "begin"}), "morning.pdf", bytes, Some(bytes.len()), true);
    world.post(SCANS).by(token).key(key).raw("multipart/form-data; boundary=edge", &body).send().await
}

/// Brings a scan and waits until its pages were looked at.
async fn open(world: &World, token: &str, key: u64, bytes: &[u8]) -> (String, Value) {
    let brought = brings(world, token, key, bytes).await.good(201);
    let own = format!("/api/v1/scans/{}", brought["scan"].as_str().unwrap());
    for _ in 0..400 {
        let shown = world.get(&own).by(token).send().await.good(200);
        if shown["standing"] == "open" {
            return (own, shown);
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    panic!("nobody looked at it");
}

#[tokio::test]
async fn a_scan_is_put_into_the_tray_whole_or_dismissed_and_is_then_gone() {
    let world = World::founded().await;
    let (_, token) = world.clerk().await;
    let (own, _) = open(&world, &token, 1, b"%PDF-1.7 pages").await;
    // Its pages were never drawn.
    let page = format!("{own}/pages/1");
    for address in [page.clone(), format!("{page}?size=small"), format!("{own}/pages/0")] {
        world.get(&address).by(&token).send().await.refused(404, "not-found", None);
    }
    let whole = format!("{own}/whole");
    let late = json!({"version": 4});
    world.post(&whole).by(&token).key(2).json(&late).send().await.refused(409, "conflict", None);
    let kept = world.post(&whole).by(&token).key(3).json(&json!({"version": 0})).send().await.good(201);
    let item = kept["item"].as_str().unwrap();
    let content = world.get(&format!("/api/v1/tray/{item}/content/0")).by(&token).send().await;
    assert_eq!((content.status.as_u16(), content.bytes.as_slice()), (200, b"%PDF-1.7 pages".as_slice()));
    world.get(&own).by(&token).send().await.refused(409, "scan-settled", None);

    let (own, _) = open(&world, &token, 4, b"%PDF-1.7 an advertisement").await;
    let dismissals = format!("{own}/dismissals");
    let (other, spam) = (json!({"reason": "other"}), json!({"reason": "spam"}));
    world.post(&dismissals).by(&token).key(5).json(&other).send().await.refused(
        422,
        "required",
        Some("words"),
    );
    world.post(&dismissals).by(&token).key(6).json(&spam).send().await.good(201);
    world.get(&own).by(&token).send().await.refused(409, "scan-settled", None);
    let list = world.get("/api/v1/scans?registry=REG").by(&token).send().await.good(200);
    assert_eq!(list["scans"], json!([]));

    let (_, reader) = world.reader().await;
    world.get(&page).by(&reader).send().await.refused(403, "forbidden", None);
}

#[tokio::test]
async fn a_scan_is_brought_once_and_planned_by_version() {
    let world = World::founded().await;
    let (clerk, token) = world.clerk().await;
    brings(&world, &token, 1, b"Words.").await.refused(422, "not-a-scan", Some("content"));
    let (own, shown) = open(&world, &token, 2, b"%PDF-1.7 pages").await;
    let again = brings(&world, &token, 3, b"%PDF-1.7 pages").await.good(201);
    assert_eq!((&again["outcome"], &again["scan"]), (&json!("waits-already"), &shown["id"]));
    assert_eq!((&shown["trouble"], &shown["blanks"]), (&json!("scan.no-reader"), &json!("begin")));
    assert_eq!(shown["brought_by"], clerk.to_string());
    let list = world.get("/api/v1/scans?registry=REG").by(&token).send().await.good(200);
    assert_eq!(list["scans"], json!([shown]));

    let plan = |version: u64, pages: Value| json!({"version": version, "documents": pages});
    let plans = format!("{own}/plans");
    let nothing = plan(0, json!([[{"page": 1}]]));
    world.post(&plans).by(&token).key(4).json(&nothing).send().await.refused(
        422,
        "not-offered",
        Some("documents"),
    );
    world
        .office
        .edit_by_hand(
            r#"UPDATE scan SET said = 'null', seen = '[{},{"blank":true},{}]', plan = '[[{"page":0},{"page":1,"out":true},{"page":2}]]'"#,
        )
        .await;
    let pages = json!([[{"page": 3, "turn": "left"}], [{"page": 2, "out": true}, {"page": 1}]]);
    let planned = world.post(&plans).by(&token).key(5).json(&plan(0, pages.clone())).send().await.good(201);
    assert_eq!(planned["version"], 1);
    assert_eq!(planned["documents"][0], json!([{"page": 3, "turn": "left", "out": false}]));
    world.post(&plans).by(&token).key(6).json(&plan(0, pages)).send().await.refused(409, "conflict", None);
    let twice = plan(1, json!([[{"page": 1}, {"page": 1}, {"page": 2}]]));
    world.post(&plans).by(&token).key(7).json(&twice).send().await.refused(
        422,
        "not-offered",
        Some("documents"),
    );

    // Without the child no document is made, and the scan waits on with the reason.
    let make = format!("{own}/documents");
    let made = world.post(&make).by(&token).key(8).json(&json!({"version": 1})).send().await.good(201);
    assert_eq!(made["standing"], "open");
    assert_eq!(world.get(&own).by(&token).send().await.good(200)["trouble"], "scan.no-reader");

    let (_, reader) = world.reader().await;
    world.get(&own).by(&reader).send().await.refused(403, "forbidden", None);
    world.get("/api/v1/scans?registry=REG").by(&reader).send().await.refused(403, "forbidden", None);
}
