//! What a person keeps for himself, by the API; and the palette.

use serde_json::json;

use crate::support::World;

#[tokio::test]
async fn searches_and_profiles_are_ones_own_and_a_name_stands_for_one() {
    let world = World::founded().await;
    let (_, clerk) = world.clerk().await;
    let (_, reader) = world.reader().await;
    world.paper(&clerk, 1, "CONFIDENTIAL", "Winter stocks").await;
    world.office.catch_up().await.unwrap();
    let ask = |name: &str, query: &str| json!({"name": name, "query": query});
    let keep = async |token: &str, body| world.post("/api/v1/searches").by(token).json(&body).send().await;
    let first = keep(&clerk, ask("Winter", "winter")).await.good(201);
    let again = keep(&clerk, ask("winter", "stocks")).await.good(201);
    assert_eq!(first["id"], again["id"]);
    let all = world.get("/api/v1/searches").by(&clerk).send().await.good(200);
    assert_eq!(
        all["searches"],
        json!([{"id": "1", "name": "winter", "query": "stocks", "total": 1, "new": 0}])
    );
    assert_eq!(world.get("/api/v1/searches").by(&reader).send().await.good(200)["searches"], json!([]));
    keep(&clerk, ask("", "winter")).await.refused(422, "required", Some("name"));
    keep(&clerk, ask("x", "\"open")).await.refused(422, "query-form", Some("query"));
    keep(&clerk, ask("x", " ")).await.refused(422, "required", Some("query"));
    for n in 0..49 {
        keep(&clerk, ask(&format!("S{n}"), "winter")).await.good(201);
    }
    keep(&clerk, ask("one more", "winter")).await.refused(422, "too-many-kept", Some("name"));
    world.post("/api/v1/searches/1/removals").by(&reader).send().await.refused(404, "not-found", None);
    world.post("/api/v1/searches/1/removals").by(&clerk).send().await.good(204);
    world.post("/api/v1/searches/1/removals").by(&clerk).send().await.refused(404, "not-found", None);

    world.post("/api/v1/watches").by(&reader).json(&ask("Stocks", "stocks")).send().await.good(201);
    let (new, _) = world.paper(&clerk, 2, "CONFIDENTIAL", "Summer stocks").await;
    world.paper(&clerk, 3, "SECRET", "Secret stocks").await;
    world.office.catch_up().await.unwrap();
    let watches = world.get("/api/v1/watches").by(&reader).send().await.good(200);
    assert_eq!(watches["watches"][0]["total"], 1, "{watches}");
    assert_eq!(watches["watches"][0]["flagged"][0]["entry"]["id"], new);
    assert_eq!(watches["watches"][0]["flagged"][0]["because"], "new");
    world
        .post("/api/v1/watches/1/aside")
        .by(&reader)
        .json(&json!({"documents": [new]}))
        .send()
        .await
        .good(204);
    let watches = world.get("/api/v1/watches").by(&reader).send().await.good(200);
    assert_eq!(watches["watches"][0]["total"], 0);
    // A correction flags it again.
    let body = json!({"reason": "A slip of the pen", "originator": "Logistics"});
    world
        .post(&format!("/api/v1/documents/{new}/corrections"))
        .by(&clerk)
        .key(9)
        .json(&body)
        .send()
        .await
        .good(201);
    world.office.catch_up().await.unwrap();
    let watches = world.get("/api/v1/watches").by(&reader).send().await.good(200);
    assert_eq!(watches["watches"][0]["flagged"][0]["because"], "corrected");
    world.post("/api/v1/watches/1/removals").by(&reader).send().await.good(204);
}

#[tokio::test]
async fn the_palette_knows_ones_pages_and_papers_by_any_reference_that_one_may_see() {
    let world = World::founded().await;
    let (_, clerk) = world.clerk().await;
    let (_, reader) = world.reader().await;
    let (_, reference) = world.paper(&clerk, 1, "SECRET", "Winter stocks").await;
    let typed =
        format!("/api/v1/palette?q={}", web::frame::escaped(&reference.to_lowercase().replace('-', " ")));
    let found = world.get(&typed).by(&clerk).send().await.good(200);
    assert_eq!(found["offers"][0]["is"], "document");
    assert_eq!(found["offers"][0]["marking"], "NATO SECRET");
    let hidden = world.get(&typed).by(&reader).send().await;
    let absent = world.get("/api/v1/palette?q=reg%202026%2099").by(&reader).send().await;
    assert_eq!(hidden.bytes, absent.bytes);
    let places = |answer: &serde_json::Value| {
        let all = answer["offers"].as_array().unwrap();
        all.iter().map(|o| o["href"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let mine = places(&world.get("/api/v1/palette").by(&clerk).send().await.good(200));
    assert!(mine.contains(&"/register/new".to_owned()) && !mine.contains(&"/people".to_owned()), "{mine:?}");
}
