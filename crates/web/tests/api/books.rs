//! A registry's other books by the API: each is entered and listed, steps are taken by those whose they are, and whoever is
//! not of the staff finds only what is with him.

use registry::authorisation::{Grant, Role};
use serde_json::{Value, json};

use crate::support::{Reply, World};

const ACTS: &str = "/api/v1/registries/REG/copy-acts";

/// A house with a clerk, a controller, one who reads SECRET, and a receipt that is due: their tokens, and the dispatch.
struct Books {
    world: World,
    clerk: String,
    controller: String,
    courier: String,
    dispatch: String,
}

impl Books {
    async fn founded() -> Self {
        let world = World::founded().await;
        let (_, clerk) = world.clerk().await;
        let controller = world.adds("controller", "BEL").await;
        world.clears(controller, "SECRET").await;
        world.gives(controller, Grant::Role { role: Role::Controller, registry: Some(world.registry) }).await;
        let courier = world.adds("courier", "BEL").await;
        world.clears(courier, "SECRET").await;
        let (controller, courier) = (world.token("controller").await, world.token("courier").await);
        let (paper, _) = world.paper(&clerk, 900, "SECRET", "Winter stocks").await;
        let mut books = Self { world, clerk, controller, courier, dispatch: String::new() };
        let copies = json!([{"number": 1, "pages": 4, "medium": "paper"}]);
        let record = json!({"act": "record", "document": paper, "origin": "received", "copies": copies});
        let copies = books.does(&books.clerk, 901, &record).await["copies"].clone();
        let to = json!({"is": "elsewhere", "name": "Mission of Lund"});
        let sent = books.does(&books.clerk, 902, &json!({"act": "send", "copies": copies, "to": to})).await;
        books.dispatch = sent["dispatch"].as_str().unwrap().to_owned();
        books
    }

    async fn acts(&self, by: &str, key: u64, act: &Value) -> Reply {
        self.world.post(ACTS).by(by).key(key).json(act).send().await
    }

    async fn does(&self, by: &str, key: u64, act: &Value) -> Value {
        self.acts(by, key, act).await.good(201)
    }

    async fn enters(&self, by: &str, key: u64, details: Value) -> Reply {
        self.acts(by, key, &json!({"act": "enter", "details": details})).await
    }

    /// The identifier of what is entered.
    async fn entered(&self, by: &str, key: u64, details: Value) -> String {
        let done = self.enters(by, key, details).await.good(201);
        assert_eq!(done["did"], "booked");
        done["item"].as_str().unwrap().to_owned()
    }

    async fn steps(&self, by: &str, key: u64, item: &str, step: Value, words: &str) -> Reply {
        self.acts(by, key, &json!({"act": "step", "item": item, "step": step, "words": words})).await
    }

    async fn asks(&self, by: &str, path: &str) -> Value {
        self.world.get(&format!("/api/v1/{path}")).by(by).send().await.good(200)
    }

    fn package(&self, by: &str) -> Value {
        json!({
            "book": "packages", "dispatches": [self.dispatch], "inner": "Mission of Lund", "outer": "12 Harbour Street",
            "seals": ["A-17"], "by": by,
        })
    }
}

fn safe(mark: &str) -> Value {
    json!({
        "book": "equipment", "is": "safe", "mark": mark, "serial": "Fichet 17", "place": "Room 2",
        "level": {"policy": "NATO", "level": "CONFIDENTIAL"}, "known_to": ["clerk"],
    })
}

fn step(name: &str) -> Value {
    json!({"step": name})
}

#[tokio::test]
async fn a_package_goes_with_a_courier_and_its_certificate_comes_back() {
    let house = Books::founded().await;
    let marked = json!({
        "book": "packages", "dispatches": [house.dispatch], "inner": "x", "outer": "To NATO SECRET registry", "by": "mail",
    });
    house.enters(&house.clerk, 1, marked).await.refused(422, "outer-marked", Some("outer"));
    let package = house.entered(&house.clerk, 2, house.package("courier")).await;
    house.enters(&house.clerk, 3, house.package("mail")).await.refused(422, "packed", Some("dispatches"));

    let journey = |leaves: &str, urgent: Value| {
        json!({
            "book": "journeys", "courier": {"person": "Courier", "document": "Pass 1177"}, "from": "Headquarters",
            "to": "Lund", "leaves": leaves, "expected": "2026-03-20T18:00:00Z", "packages": [package], "urgent": urgent,
        })
    };
    let none = Value::Null;
    let odd = house.enters(&house.clerk, 4, journey("tomorrow", none.clone())).await;
    odd.refused(422, "impossible-date", Some("leaves"));
    let past = house.enters(&house.clerk, 5, journey("2026-03-01T10:00:00Z", none.clone())).await;
    past.refused(422, "already-past", Some("leaves"));
    let after = house.enters(&house.clerk, 6, journey("2026-03-20T19:00:00Z", none.clone())).await;
    after.refused(422, "before-it-leaves", Some("expected"));
    let late = house.enters(&house.clerk, 7, journey("2026-03-13T10:00:00+01:00", none)).await;
    let problem = late.refused(422, "short-notice", Some("urgent"));
    assert_eq!(problem["arguments"], json!({"days": "1", "wanted": "5"}));
    let certificate =
        house.entered(&house.clerk, 8, journey("2026-03-13T10:00:00+01:00", json!("Exercise"))).await;

    // The courier sees his certificate, with his packages; the certificate is another's to issue.
    let own = house.asks(&house.courier, &format!("books/{certificate}")).await;
    assert_eq!((&own["item"], &own["stage"]), (&json!("CC-0001/2026"), &json!("requested")));
    assert_eq!(own["details"]["leaves"], "2026-03-13T09:00:00Z");
    assert_eq!(own["packages"][0]["stage"], "assigned");
    house.steps(&house.clerk, 9, &certificate, step("issue"), "").await.refused(403, "forbidden", None);
    house.steps(&house.courier, 10, &certificate, step("advise"), "").await.refused(404, "not-found", None);
    house.steps(&house.controller, 11, &certificate, step("issue"), "").await.good(201);
    for (key, name) in [(12, "depart"), (13, "arrive"), (14, "give-back")] {
        house.steps(&house.clerk, key, &certificate, step(name), "").await.good(201);
    }
    house.steps(&house.clerk, 15, &certificate, step("depart"), "").await.refused(422, "one-journey", None);
    let told = house.asks(&house.clerk, &format!("books/{certificate}")).await;
    let names: Vec<&Value> = told["steps"].as_array().unwrap().iter().map(|step| &step["step"]).collect();
    assert_eq!(names, ["issue", "depart", "arrive", "give-back"]);
    let told = house.asks(&house.clerk, &format!("books/{package}")).await;
    assert_eq!((&told["stage"], &told["state"]), (&json!("delivered"), &json!("closed")));
    assert_eq!(told["dispatches"][0]["receipt"], "R-0001/2026");
    assert!(!told.to_string().contains("Winter"), "{told}");
    let gone = house.world.get(&format!("/api/v1/books/{package}")).by(&house.courier).send().await;
    gone.refused(404, "not-found", None);
}

#[tokio::test]
async fn each_book_is_entered_and_listed_page_by_page() {
    let house = Books::founded().await;
    let correspondent = json!({
        "book": "correspondents", "name": "Mission of Lund", "address": "12 Harbour Street",
        "approved": [{"policy": "NATO", "level": "SECRET"}], "officers": [{"name": "A. Silva", "function": "deputy"}],
    });
    house.entered(&house.clerk, 1, correspondent.clone()).await;
    house.enters(&house.clerk, 2, correspondent).await.refused(422, "name-taken", Some("name"));
    let to = json!({"is": "elsewhere", "name": "Mission of Lund"});
    let route = json!({
        "book": "routes", "from": "REG", "to": to, "logs": ["CTS"], "until": "2026-12-31", "reference": "REG-17",
    });
    house.enters(&house.clerk, 3, route.clone()).await.refused(403, "forbidden", None);
    let id = house.entered(&house.controller, 4, route).await;
    let told = house.asks(&house.clerk, &format!("books/{id}")).await;
    assert_eq!((&told["details"]["from"], &told["details"]["to"]), (&json!("REG"), &to));
    let appointment = |person: &str| {
        json!({
            "book": "appointments", "person": person, "function": "deputy", "from": "2026-03-12", "reference": "Letter 4",
        })
    };
    let own = house.enters(&house.controller, 5, appointment("controller")).await;
    own.refused(403, "same-person", Some("person"));
    let nobody = house.enters(&house.controller, 6, appointment("nobody")).await;
    nobody.refused(422, "person-unknown", Some("person"));
    house.entered(&house.controller, 7, appointment("courier")).await;
    let transfer = json!({
        "book": "transfers", "what": "Charts", "from": "Internet", "to": "Mission network", "authorised_by": "controller",
        "why": "Exercise", "how": "By disk", "scan": {"tool": "Two engines", "result": "clean"},
    });
    let transfer = house.entered(&house.clerk, 8, transfer).await;
    let same = house.steps(&house.clerk, 9, &transfer, step("confirm"), "").await;
    same.refused(403, "same-person", None);
    house.steps(&house.controller, 10, &transfer, step("confirm"), "").await.good(201);

    for (key, mark) in (20..).zip(["Safe 1", "Safe 2", "Safe 3"]) {
        house.entered(&house.clerk, key, safe(mark)).await;
    }
    let list = |query: &str| format!("registries/REG/books/equipment?limit=2{query}");
    let marks = |page: &Value| -> Vec<String> {
        let items = page["items"].as_array().unwrap().iter();
        items.map(|item| item["details"]["mark"].as_str().unwrap().to_owned()).collect()
    };
    let page = house.asks(&house.clerk, &list("")).await;
    assert_eq!((marks(&page), &page["total"]), (vec!["Safe 1".to_owned(), "Safe 2".to_owned()], &json!(3)));
    let after = format!("&after={}", page["next"].as_str().unwrap());
    let page = house.asks(&house.clerk, &list(&after)).await;
    assert_eq!((marks(&page), &page["next"]), (vec!["Safe 3".to_owned()], &Value::Null));
    let page = house.asks(&house.clerk, &list("&order=newest&state=open")).await;
    assert_eq!(marks(&page), ["Safe 3", "Safe 2"]);
    assert_eq!(house.asks(&house.clerk, &list("&state=closed")).await["total"], 0);
    for (book, many) in
        [("correspondents", 1), ("routes", 1), ("appointments", 1), ("transfers", 1), ("packages", 0)]
    {
        assert_eq!(house.asks(&house.clerk, &format!("registries/REG/books/{book}")).await["total"], many);
    }
    let ask = |path: &str| house.world.get(&format!("/api/v1/{path}")).by(&house.clerk).send();
    ask(&list("&state=lost")).await.refused(422, "not-offered", Some("state"));
    ask("registries/REG/books/nothing").await.refused(404, "not-found", None);
    ask("registries/XYZ/books/equipment").await.refused(404, "not-found", None);
}

#[tokio::test]
async fn equipment_is_raised_handed_out_and_destroyed() {
    let house = Books::founded().await;
    let id = house.entered(&house.clerk, 1, safe("Safe 1")).await;
    let level = |level: &str| json!({"step": "raise", "level": {"policy": "NATO", "level": level}});
    let lower = house.steps(&house.clerk, 2, &id, level("RESTRICTED"), "").await;
    lower.refused(422, "not-higher", Some("level"));
    let odd = house.steps(&house.clerk, 3, &id, level("VERY SECRET"), "").await;
    odd.refused(422, "invalid-label", Some("level"));
    house.steps(&house.clerk, 4, &id, level("SECRET"), "").await.good(201);
    let out = json!({"step": "hand-out", "person": "courier"});
    house.steps(&house.clerk, 5, &id, out, "").await.good(201);
    let own = house.asks(&house.courier, &format!("books/{id}")).await;
    assert_eq!(own["details"]["with"]["name"], "courier of the house");
    house.steps(&house.clerk, 6, &id, step("destroy"), "").await.refused(422, "request-form", Some("body"));
    let destroy = json!({"step": "destroy", "method": "Cut up"});
    house.steps(&house.clerk, 7, &id, destroy.clone(), "").await.refused(422, "item-stage", None);
    house.steps(&house.clerk, 8, &id, step("take-back"), "").await.good(201);
    let change = json!({"step": "change-combination", "why": "departure", "known_to": ["controller"]});
    house.steps(&house.clerk, 9, &id, change, "").await.good(201);
    let early = json!({"act": "step", "item": id, "step": {"step": "miss"}, "at": "2026-03-01T10:00:00Z", "words": "Gone"});
    house.acts(&house.clerk, 10, &early).await.refused(422, "item-before", Some("at"));
    house.steps(&house.clerk, 11, &id, step("miss"), "").await.refused(422, "required", Some("words"));
    house.steps(&house.clerk, 12, &id, destroy, "").await.good(201);
    let told = house.asks(&house.clerk, &format!("books/{id}")).await;
    assert_eq!((&told["state"], &told["steps"][4]["method"]), (&json!("closed"), &json!("Cut up")));
    assert_eq!(told["steps"][3]["people"], json!(["controller of the house"]));
}

#[tokio::test]
async fn who_is_not_of_the_staff_finds_no_book() {
    let house = Books::founded().await;
    let (_, reader) = house.world.reader().await;
    let package = house.entered(&house.clerk, 1, house.package("bag")).await;
    for by in [&house.courier, &reader] {
        let one = |path: &str| house.world.get(&format!("/api/v1/{path}")).by(by).send();
        one("registries/REG/books/packages").await.refused(404, "not-found", None);
        one(&format!("books/{package}")).await.refused(404, "not-found", None);
        house.enters(by, 2, safe("Mine")).await.refused(404, "not-found", None);
        house.steps(by, 3, &package, step("unpack"), "x").await.refused(404, "not-found", None);
    }
}
