//! The organisation by script: established by administrators, read by whoever is signed in, one's own leave.

use registry::authorisation::{Grant, Role};
use serde_json::{Value, json};

use crate::support::World;

struct Keeper<'a> {
    world: &'a World,
    token: String,
    key: u64,
}

impl Keeper<'_> {
    async fn does(&mut self, act: &Value) -> String {
        self.key += 1;
        let call = self.world.post("/api/v1/organisation/acts").by(&self.token).key(self.key);
        let done = call.json(act).send().await.good(201);
        done["id"].as_str().unwrap().to_owned()
    }
}

#[tokio::test]
async fn it_is_established_read_and_changed() {
    let world = World::founded().await;
    let admin = world.adds("keeper", "LVA").await;
    world.gives(admin, Grant::Role { role: Role::Administrator, registry: None }).await;
    let token = world.token("keeper").await;
    let (clerk, reader) = world.clerk().await;
    let mut keeper = Keeper { world: &world, token, key: 900 };
    let names = json!({"en": "Plans", "fr": "Plans"});
    let terms = json!({"names": names, "is": "division", "begins": "2026-01-01"});
    let establish = json!({"act": "establish-unit", "code": "PLANS", "terms": terms});
    let acts = "/api/v1/organisation/acts";
    world.post(acts).by(&reader).key(1).json(&establish).send().await.refused(403, "forbidden", None);
    let unit = keeper.does(&establish).await;
    world.post(acts).by(&keeper.token).key(2).json(&establish).send().await.refused(
        409,
        "code-taken",
        Some("code"),
    );
    let odd = json!({"act": "establish-unit", "code": "X", "terms": terms, "more": 1});
    world.post(acts).by(&keeper.token).key(3).json(&odd).send().await.refused(
        422,
        "request-form",
        Some("body"),
    );
    let terms = json!({"titles": names, "unit": unit, "head": true, "begins": "2026-01-01"});
    let post = keeper.does(&json!({"act": "establish-post", "code": "PLANS-1", "terms": terms})).await;
    let act = json!({"act": "take-up", "post": post, "person": clerk, "from": "2026-02-01"});
    keeper.does(&act).await;
    let terms = json!({"is": "office", "name": "Registry of Lund", "organisation": "Mission of Lund"});
    let contact = keeper.does(&json!({"act": "enter-contact", "terms": terms})).await;
    let lines = json!([
        {"addressee": {"to": "unit", "unit": unit}, "purpose": "action"},
        {"addressee": {"to": "contact", "contact": contact}, "purpose": "information"},
    ]);
    let terms = json!({"names": names, "owner": unit, "lines": lines});
    keeper.does(&json!({"act": "draw-up-list", "code": "STAFF", "terms": terms})).await;

    let get = async |path: &str| world.get(&format!("/api/v1/organisation{path}")).by(&reader).send().await;
    let tree = get("").await.good(200);
    assert_eq!(tree["units"][0]["head"]["person"]["id"], clerk.to_string());
    assert_eq!(tree["posts"][0]["acting"]["id"], clerk.to_string());
    assert_eq!(get("?day=2020-01-01").await.good(200)["units"], json!([]));
    get("?day=soon").await.refused(422, "impossible-date", Some("day"));
    assert_eq!(get("/units/PLANS?day=2026-01-15").await.good(200)["unit"]["vacant"], 1);
    assert_eq!(get("/posts/plans-1").await.good(200)["holders"][0]["from"], "2026-02-01");
    assert_eq!(get(&format!("/people/{clerk}")).await.good(200)["posts"][0]["code"], "PLANS-1");
    assert_eq!(get("/contacts?q=lund&limit=1").await.good(200)["total"], 1);
    assert_eq!(get(&format!("/contacts/{contact}")).await.good(200)["name"], "Registry of Lund");
    assert_eq!(get("/lists").await.good(200)["lists"][0]["code"], "STAFF");
    let list = get("/lists/STAFF").await.good(200);
    assert_eq!((&list["meant"][0]["is"], &list["meant"][1]["is"]), (&json!("person"), &json!("contact")));
    for path in ["/units/NONE", "/posts/NONE", "/lists/NONE", "/contacts/none"] {
        get(path).await.refused(404, "not-found", None);
    }
    let leave = json!({"act": "record-leave", "person": clerk, "from": "2027-02-01", "until": "2027-02-14", "by": admin});
    let done = world.post(acts).by(&reader).key(10).json(&leave).send().await.good(201);
    assert_eq!(done["of"], "leave");
    let own = get(&format!("/people/{clerk}")).await.good(200);
    assert_eq!(own["leaves"][0]["until"], "2027-02-14");
    assert_eq!(own["stand_ins"][0]["by"]["id"], admin.to_string());
}
