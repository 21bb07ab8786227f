//! The house, kept by programs.

use registry::authorisation::{Grant, Role};
use serde_json::json;

use crate::support::World;

#[tokio::test]
async fn a_house_is_built_and_changed_by_those_who_keep_it() {
    let world = World::founded().await;
    let keeper = world.adds("keeper", "BEL").await;
    world.gives(keeper, Grant::Role { role: Role::Administrator, registry: None }).await;
    let keeper = world.token("keeper").await;
    let (_, clerk) = world.clerk().await;
    world.get("/api/v1/house").by(&clerk).send().await.refused(404, "not-found", None);
    let names = |en: &str| json!({"en": en, "fr": format!("{en} fr")});
    let make = |path: &str, key: u64, body: serde_json::Value| {
        world.post(path).by(&keeper).key(key).json(&body).send()
    };

    make("/api/v1/bodies", 1, json!({"code": "IMS", "names": names("Staff")})).await.good(201);
    make("/api/v1/bodies", 1, json!({"code": "IMS", "names": names("Staff")})).await.good(201);
    make("/api/v1/bodies", 2, json!({"code": "IMS", "names": names("Other")})).await.refused(
        409,
        "code-taken",
        Some("code"),
    );
    make("/api/v1/groups", 3, json!({"code": "AIR", "names": names("Air")})).await.good(201);
    let secret = json!({"policy": "NATO", "level": "SECRET", "categories": {}});
    let registry =
        json!({"code": "SUB", "names": names("Sub-registry"), "body": "ims", "ceilings": [secret]});
    make("/api/v1/registries", 4, registry.clone()).await.good(201);
    let mut nowhere = registry.clone();
    nowhere["body"] = "NONE".into();
    make("/api/v1/registries", 5, nowhere).await.refused(422, "not-offered", Some("body"));
    let mut unknown = registry.clone();
    unknown["ceilings"][0]["level"] = "VERY SECRET".into();
    make("/api/v1/registries", 6, unknown).await.refused(422, "not-offered", Some("ceilings"));
    let change = json!({"names": names("Sub-registry South"), "ceilings": [], "reason": "Moved"});
    make("/api/v1/registries/SUB/changes", 7, change.clone()).await.good(201);
    make("/api/v1/registries/NONE/changes", 8, change).await.refused(404, "not-found", None);
    make("/api/v1/series", 9, json!({"name": "own", "toml": "broken = ["})).await.refused(
        422,
        "series-unusable",
        Some("toml"),
    );

    let house = world.get("/api/v1/house").by(&keeper).send().await.good(200);
    let sub = house["registries"].as_array().unwrap().iter().find(|r| r["code"] == "SUB").unwrap();
    assert_eq!((&sub["names"]["en"], &sub["ceilings"]), (&json!("Sub-registry South"), &json!([])));
    assert!(house["groups"].as_array().unwrap().iter().any(|g| g["names"]["en"] == "Air"));
    // The security officer forms groups, and nothing else of it.
    let officer = world.token("officer1").await;
    let forms = |path: &str, key: u64| {
        world.post(path).by(&officer).key(key).json(&json!({"code": "SEA", "names": names("Sea")})).send()
    };
    forms("/api/v1/groups", 20).await.good(201);
    forms("/api/v1/bodies", 21).await.refused(403, "forbidden", None);
}

#[tokio::test]
async fn where_no_directory_is_set_nothing_differs_and_officers_alone_are_told() {
    let world = World::founded().await;
    let officer = world.token("officer1").await;
    let told = world.get("/api/v1/people/directory").by(&officer).send().await.good(200);
    assert_eq!((&told["server"], &told["differences"]), (&json!(null), &json!([])));
    let (_, clerk) = world.clerk().await;
    world.get("/api/v1/people/directory").by(&clerk).send().await.refused(404, "not-found", None);
}
