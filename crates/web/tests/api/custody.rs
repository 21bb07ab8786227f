//! Numbered copies by the API: put into their log, sent and received, missed and found, destroyed by two; and that whoever is
//! not of the staff finds only what is his.

use registry::authorisation::{Grant, Role};
use serde_json::{Value, json};

use crate::support::{Reply, World};

const ACTS: &str = "/api/v1/registries/REG/copy-acts";

/// A house with a clerk, a controller, one who reads SECRET, and a paper of that level: their tokens, and the paper.
pub struct Custody {
    pub world: World,
    pub clerk: String,
    pub controller: String,
    pub holder: String,
    pub paper: String,
}

impl Custody {
    pub async fn founded() -> Self {
        let world = World::founded().await;
        let (_, clerk) = world.clerk().await;
        let controller = world.adds("controller", "BEL").await;
        world.clears(controller, "SECRET").await;
        world.gives(controller, Grant::Role { role: Role::Controller, registry: Some(world.registry) }).await;
        let holder = world.adds("holder", "BEL").await;
        world.clears(holder, "SECRET").await;
        let (controller, holder) = (world.token("controller").await, world.token("holder").await);
        let (paper, _) = world.paper(&clerk, 900, "SECRET", "Winter stocks").await;
        Self { world, clerk, controller, holder, paper }
    }

    pub async fn acts(&self, by: &str, key: u64, act: &Value) -> Reply {
        self.world.post(ACTS).by(by).key(key).json(act).send().await
    }

    pub async fn does(&self, by: &str, key: u64, act: &Value) -> Value {
        self.acts(by, key, act).await.good(201)
    }

    pub async fn asks(&self, by: &str, path: &str) -> Value {
        self.world.get(&format!("/api/v1/{path}")).by(by).send().await.good(200)
    }

    /// Copies of the paper, numbered from one.
    pub async fn numbers(&self, many: u32) -> Vec<String> {
        let copies: Vec<Value> =
            (1..=many).map(|n| json!({"number": n, "pages": 4, "medium": "paper"})).collect();
        let act = json!({"act": "record", "document": self.paper, "origin": "received", "of": many, "copies": copies});
        let done = self.does(&self.clerk, 901, &act).await;
        assert_eq!((&done["did"], &done["control"]), (&json!("recorded"), &json!("NS-0001/2026")));
        texts(&done["copies"])
    }

    /// The clerk sends to the holder: the dispatch.
    pub async fn sends(&self, key: u64, copies: &[String]) -> String {
        let to = json!({"is": "person", "person": "holder"});
        let done = self.does(&self.clerk, key, &json!({"act": "send", "copies": copies, "to": to})).await;
        done["dispatch"].as_str().unwrap().to_owned()
    }

    async fn copy(&self, id: &str) -> Value {
        self.asks(&self.clerk, &format!("copies/{id}")).await
    }
}

pub fn texts(list: &Value) -> Vec<String> {
    list.as_array().unwrap().iter().map(|text| text.as_str().unwrap().to_owned()).collect()
}

pub fn ids(list: &Value) -> Vec<String> {
    list.as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn copies_are_numbered_listed_page_by_page_and_found_by_their_name() {
    let house = Custody::founded().await;
    let copies = house.numbers(5).await;
    let page = house.asks(&house.clerk, "copies?registry=REG&limit=2").await;
    assert_eq!((&page["total"], &page["registry"]), (&json!(5), &json!("REG")));
    let first = &page["copies"][0];
    assert_eq!(
        (&first["name"], &first["control"], &first["number"], &first["of"], &first["state"]),
        (&json!("NS-0001/2026/1"), &json!("NS-0001/2026"), &json!(1), &json!(5), &json!("held"))
    );
    assert_eq!(
        (&first["holder"]["is"], &first["entry"]["subject"]),
        (&json!("desk"), &json!("Winter stocks"))
    );
    // A copy that is gone from the list meanwhile hides none that comes after it.
    let held = "copies?registry=REG&state=held&limit=2";
    let page = house.asks(&house.clerk, held).await;
    assert_eq!(ids(&page["copies"]), copies[..2]);
    let missed = json!({"act": "miss", "copies": [copies[1]], "words": "Not in the safe"});
    house.does(&house.clerk, 1, &missed).await;
    let page = house.asks(&house.clerk, &format!("{held}&after={}", page["next"].as_str().unwrap())).await;
    assert_eq!((ids(&page["copies"]), &page["total"]), (copies[2..4].to_vec(), &json!(4)));
    let page = house.asks(&house.clerk, &format!("{held}&after={}", page["next"].as_str().unwrap())).await;
    assert_eq!((ids(&page["copies"]), &page["next"]), (copies[4..].to_vec(), &Value::Null));
    let mut since = Vec::new();
    let mut path = "copies?registry=REG&order=since&limit=2".to_owned();
    loop {
        let page = house.asks(&house.clerk, &path).await;
        since.extend(ids(&page["copies"]));
        let Some(next) = page["next"].as_str() else { break };
        path = format!("copies?registry=REG&order=since&limit=2&after={next}");
    }
    since.sort();
    let mut all = copies.clone();
    all.sort();
    assert_eq!(since, all);

    let by_number = house.asks(&house.clerk, "copies?registry=REG&limit=2").await;
    let next = by_number["next"].as_str().unwrap();
    let other = format!("/api/v1/copies?registry=REG&order=since&after={next}");
    let other = house.world.get(&other).by(&house.clerk).send().await;
    other.refused(422, "request-form", Some("after"));

    let named = house.asks(&house.clerk, "copies?registry=REG&name=reg:ns-1/2026/4").await;
    assert_eq!(ids(&named["copies"]), [copies[3].as_str()]);
    let ask =
        |rest: &str| house.world.get(&format!("/api/v1/copies?registry=REG&{rest}")).by(&house.clerk).send();
    ask("name=NS-1/2026/9").await.refused(422, "copy-unknown", Some("copies"));
    ask("name=four").await.refused(422, "copy-name", Some("copies"));
    ask("name=NS-1/2026/4&state=held").await.refused(422, "request-form", Some("name"));
    ask("state=lost").await.refused(422, "not-offered", Some("state"));
    ask("order=odd").await.refused(422, "not-offered", Some("order"));
    let two = format!("person={0}&container={0}", "0".repeat(32));
    ask(&two).await.refused(422, "request-form", Some("query"));
    let missing = house.asks(&house.clerk, "copies?registry=REG&state=missing").await;
    assert_eq!(ids(&missing["copies"]), [copies[1].as_str()]);
    let of_paper = house.asks(&house.clerk, &format!("copies?registry=REG&document={}", house.paper)).await;
    assert_eq!(of_paper["total"], 5);
    assert_eq!(house.asks(&house.clerk, "copies?registry=REG&log=CTS").await["total"], 0);
}

#[tokio::test]
async fn the_addressee_signs_on_screen_and_what_is_not_right_is_an_incident() {
    let house = Custody::founded().await;
    let copies = house.numbers(3).await;
    let send = json!({
        "act": "send", "copies": ["NS-0001/2026/1", "REG:NS-0001/2026/2", "ns-1/2026/1"],
        "to": {"is": "person", "person": "Holder"}, "bearer": "The messenger",
    });
    let sent = house.does(&house.clerk, 1, &send).await;
    assert_eq!((&sent["did"], &sent["receipt"]), (&json!("sent"), &json!("R-0001/2026")));
    // The same again answers alike, and nothing more goes off.
    assert_eq!(house.does(&house.clerk, 1, &send).await, sent);
    house.acts(&house.clerk, 2, &send).await.refused(409, "copy-under-way", Some("copies"));
    let other = json!({"act": "keep", "copies": copies});
    house.acts(&house.clerk, 1, &other).await.refused(409, "command-id-reused", None);

    let dispatch = sent["dispatch"].as_str().unwrap();
    let under_way = house.copy(&copies[0]).await;
    assert_eq!((&under_way["state"], &under_way["sent"]["receipt"]), (&json!("under-way"), &sent["receipt"]));
    assert_eq!(under_way["holder"]["is"], "desk", "the sender answers until the receipt is there");
    // Not a word of the subject stands on what is signed.
    let own = house.asks(&house.holder, "holdings").await;
    assert_eq!((&own["held"], ids(&own["due"])), (&json!([]), vec![dispatch.to_owned()]));
    assert!(!own["due"].to_string().contains("Winter"), "{own}");
    assert_eq!(own["due"][0]["papers"][0]["marking"], "NATO SECRET");

    let discrepancy = json!({"copy": copies[1], "words": "Page 3 is missing"});
    let receipt = json!({
        "act": "receipt", "dispatch": dispatch, "signed": "screen", "discrepancies": [discrepancy],
    });
    house.acts(&house.controller, 3, &receipt).await.refused(403, "forbidden", None);
    assert_eq!(house.does(&house.holder, 4, &receipt).await, json!({"did": "done", "copies": 1}));
    let own = house.asks(&house.holder, "holdings").await;
    assert_eq!(ids(&own["held"]), [copies[0].as_str()]);
    assert_eq!(own["due"][0]["waits_for"], json!([copies[1]]), "of the other none is given");
    let incidents = house.asks(&house.clerk, "incidents?registry=REG&state=open").await;
    assert_eq!((&incidents["total"], &incidents["incidents"][0]["is"]), (&json!(1), &json!("discrepancy")));

    let chain = house.asks(&house.holder, &format!("copies/{}", copies[0])).await;
    let what: Vec<&Value> = chain["chain"].as_array().unwrap().iter().map(|link| &link["what"]).collect();
    assert_eq!(what.last().unwrap().as_str(), Some("received"), "{chain}");
    // He brings it back; the desk takes it.
    let back = json!({"act": "send", "copies": [copies[0]], "to": {"is": "desk"}});
    let back = house.does(&house.holder, 5, &back).await;
    let taken = json!({"act": "receipt", "dispatch": back["dispatch"], "signed": "screen"});
    house.does(&house.clerk, 6, &taken).await;
    assert_eq!(house.asks(&house.holder, "holdings").await["held"], json!([]));
}

#[tokio::test]
async fn a_receipt_that_does_not_come_back_is_traced_and_taken_from_paper() {
    let house = Custody::founded().await;
    let copies = house.numbers(2).await;
    let away = json!({
        "act": "send", "copies": copies, "to": {"is": "elsewhere", "name": "Sub-registry of the mission"},
        "at": "2026-03-12T10:00:00+01:00",
    });
    let sent = house.does(&house.clerk, 1, &away).await;
    let dispatch = sent["dispatch"].as_str().unwrap().to_owned();
    house.world.after(31 * 24 * 60);
    let clerk = house.world.token("clerk").await;
    let counts = house.asks(&clerk, "custody?registry=REG").await;
    assert_eq!(counts["receipts"], json!({"waiting": 0, "trace": 1, "escalate": 0}));
    assert_eq!(counts["copies"]["under_way"], 2);
    let late = house.asks(&clerk, "dispatches?registry=REG&state=due").await;
    let row = &late["dispatches"][0];
    assert_eq!(
        (&row["late"], &row["days"], &row["at"]),
        (&json!("trace"), &json!(31), &json!("2026-03-12T09:00:00Z"))
    );
    house.does(&clerk, 2, &json!({"act": "trace", "dispatch": dispatch, "words": "By telephone"})).await;
    let unnamed = json!({"act": "receipt", "dispatch": dispatch, "signed": "paper"});
    house.acts(&clerk, 3, &unnamed).await.refused(422, "required", Some("by"));
    let paper = |at: &str| json!({"act": "receipt", "dispatch": dispatch, "signed": "paper", "by": "A. Silva", "at": at});
    house.acts(&clerk, 4, &paper("2026-03-12T06:00:00Z")).await.refused(422, "copy-before", Some("copies"));
    house.acts(&clerk, 5, &paper("2027-03-12T06:00:00Z")).await.refused(422, "not-yet", Some("at"));
    house.acts(&clerk, 6, &paper("yesterday")).await.refused(422, "impossible-date", Some("at"));
    house.does(&clerk, 7, &paper("2026-03-14T10:00:00Z")).await;
    house.acts(&clerk, 8, &paper("2026-03-14T10:00:00Z")).await.refused(409, "receipt-given", None);
    let row = house.asks(&clerk, &format!("dispatches/{dispatch}")).await;
    assert_eq!((&row["state"], &row["late"], &row["traces"]), (&json!("given"), &Value::Null, &json!(1)));
    assert_eq!(row["receipts"][0]["by"], "A. Silva");
    assert_eq!(house.asks(&clerk, &format!("copies/{}", copies[0])).await["state"], "transferred");
    assert_eq!(house.asks(&clerk, "dispatches?registry=REG&state=due").await["total"], 0);
}

#[tokio::test]
async fn a_copy_is_missed_and_found_and_the_incident_followed_until_it_is_closed() {
    let house = Custody::founded().await;
    let copies = house.numbers(1).await;
    let safe = json!({
        "act": "furnish", "name": "Safe 4", "place": "Room 2.10", "approved": [{"policy": "NATO", "level": "SECRET"}],
    });
    let safe = house.does(&house.clerk, 1, &safe).await["container"].clone();
    let missed =
        house.does(&house.clerk, 2, &json!({"act": "miss", "copies": copies, "words": "Not there"})).await;
    let incident = missed["incident"].as_str().unwrap().to_owned();
    let follow = |words: &str, closes: bool| json!({"act": "follow", "incident": incident, "words": words, "closes": closes});
    house.does(&house.clerk, 3, &follow("The last reader was asked", false)).await;
    let found = json!({"act": "keep", "copies": copies, "container": safe, "words": "In the next folder"});
    assert_eq!(house.does(&house.clerk, 4, &found).await["copies"], 1);
    house.acts(&house.clerk, 5, &found).await.refused(422, "nothing-changed", None);
    house.does(&house.controller, 6, &follow("Found", true)).await;
    house.acts(&house.clerk, 7, &follow("Once more", false)).await.refused(404, "not-found", None);
    let told = house.asks(&house.clerk, &format!("incidents/{incident}")).await;
    assert_eq!((&told["state"], &told["incident"]), (&json!("closed"), &json!("I-0001/2026")));
    assert_eq!(
        (&told["notes"][1]["closes"], &told["notes"][0]["words"]),
        (&json!(true), &json!("The last reader was asked"))
    );
    assert_eq!(house.asks(&house.clerk, "incidents?registry=REG&state=open").await["total"], 0);
    let containers = house.asks(&house.clerk, "containers?registry=REG").await;
    assert_eq!(
        (&containers["containers"][0]["copies"], &containers["containers"][0]["approved"][0]["level"]),
        (&json!(1), &json!("SECRET"))
    );
    let lies = format!("copies?registry=REG&container={}", safe.as_str().unwrap());
    assert_eq!(house.asks(&house.clerk, &lies).await["total"], 1);
    let low = json!({
        "act": "furnish", "name": "Cabinet", "place": "Room 1", "approved": [{"policy": "NATO", "level": "RESTRICTED"}],
    });
    let low = house.does(&house.clerk, 8, &low).await["container"].clone();
    let put = json!({"act": "keep", "copies": copies, "container": low});
    house.acts(&house.clerk, 9, &put).await.refused(422, "container-not-approved", Some("container"));
    let odd = json!({"act": "furnish", "name": "Box", "place": "x", "approved": [{"policy": "NARNIA", "level": "A"}]});
    house.acts(&house.clerk, 10, &odd).await.refused(422, "unknown-policy", Some("approved"));
}

#[tokio::test]
async fn destruction_takes_two_who_signed_in_a_short_while_ago() {
    let house = Custody::founded().await;
    let copies = house.numbers(2).await;
    let draw = json!({"act": "draw-up", "copies": copies, "method": "Shredded"});
    let drawn = house.does(&house.clerk, 1, &draw).await;
    let certificate = drawn["certificate"].as_str().unwrap().to_owned();
    assert_eq!(house.asks(&house.clerk, "custody?registry=REG").await["certificates_open"], 1);
    assert_eq!(house.copy(&copies[0]).await["drawn_up"], true);
    house.acts(&house.clerk, 2, &draw).await.refused(409, "copy-drawn-up", Some("copies"));
    let sign = |hand: &str| json!({"act": "sign", "certificate": certificate, "hand": hand});
    let first = house.does(&house.clerk, 3, &sign("destroyer")).await;
    assert_eq!(first["destroyed"], 0);
    house.acts(&house.clerk, 4, &sign("witness")).await.refused(403, "same-person", None);
    house.acts(&house.controller, 5, &sign("destroyer")).await.refused(409, "signed-already", None);
    house.world.after(20);
    house.acts(&house.holder, 6, &sign("witness")).await.refused(403, "sign-in-not-fresh", None);
    // Whoever sees the paper may be the witness, and finds what he signs.
    let holder = house.world.token("holder").await;
    assert_eq!(house.asks(&holder, &format!("destructions/{certificate}")).await["state"], "open");
    let last = house.does(&holder, 7, &sign("witness")).await;
    assert_eq!(last["destroyed"], 2);
    assert_eq!(house.does(&holder, 7, &sign("witness")).await, last);
    let told = house.asks(&house.clerk, &format!("destructions/{certificate}")).await;
    assert_eq!((&told["state"], &told["certificate"]), (&json!("destroyed"), &json!("D-0001/2026")));
    assert_eq!(told["signed"][1]["person"]["name"], "holder of the house");
    assert_eq!(house.copy(&copies[1]).await["state"], "destroyed");
    let keep = json!({"act": "keep", "copies": [copies[0]]});
    house.acts(&house.clerk, 8, &keep).await.refused(409, "copy-destroyed", Some("copies"));
    let listed = house.asks(&house.clerk, "destructions?registry=REG&state=ended").await;
    assert_eq!(ids(&listed["certificates"]), [certificate.as_str()]);
}

#[tokio::test]
async fn a_receiver_is_refused_for_what_he_lacks_and_what_has_happened_is_written_down() {
    let house = Custody::founded().await;
    let copies = house.numbers(2).await;
    house.world.reader().await;
    let to = |person: &str| json!({"is": "person", "person": person});
    let send = |person: &str| json!({"act": "send", "copies": [copies[0]], "to": to(person)});
    let refused = house.acts(&house.clerk, 1, &send("reader")).await;
    let problem = refused.refused(422, "receiver-clearance", Some("to"));
    assert_eq!(problem["arguments"]["copy"], "NS-0001/2026/1");
    house.acts(&house.clerk, 2, &send("nobody")).await.refused(422, "person-unknown", Some("to"));
    house.acts(&house.clerk, 3, &send(&"0".repeat(32))).await.refused(422, "person-unknown", Some("to"));
    let registry = json!({"act": "send", "copies": [copies[0]], "to": {"is": "registry", "registry": "XYZ"}});
    house.acts(&house.clerk, 4, &registry).await.refused(422, "registry-unknown", Some("to"));
    let happened = json!({
        "act": "send", "copies": [copies[0]], "to": to("reader"), "despite": "happened",
        "words": "The messenger gave it to the wrong office",
    });
    house.does(&house.clerk, 5, &happened).await;
    let incidents = house.asks(&house.clerk, "incidents?registry=REG").await;
    assert_eq!(incidents["incidents"][0]["is"], "irregular");
    // What can't be read as an act is told with its place.
    for (key, act) in (10..).zip([
        json!({"act": "eat", "copies": copies}),
        json!({"act": "keep"}),
        json!({"act": "keep", "copies": copies, "surprise": 1}),
        json!({"copies": copies}),
        json!({"act": "send", "copies": copies, "to": {"is": "moon"}}),
    ]) {
        house.acts(&house.clerk, key, &act).await.refused(422, "request-form", Some("body"));
    }
    house.acts(&house.clerk, 20, &json!({"act": "keep", "copies": []})).await.refused(
        422,
        "required",
        Some("copies"),
    );
}

#[tokio::test]
async fn who_is_not_of_the_staff_finds_no_list_and_no_copy_but_his_own() {
    let house = Custody::founded().await;
    let copies = house.numbers(2).await;
    let dispatch = house.sends(1, &copies[..1]).await;
    let (_, reader) = house.world.reader().await;
    let lists = ["copies", "dispatches", "destructions", "incidents", "containers", "custody"];
    for by in [&house.holder, &reader] {
        for list in lists {
            let at = |code: &str| house.world.get(&format!("/api/v1/{list}?registry={code}")).by(by).send();
            let (here, nowhere) = (at("REG").await, at("XYZ").await);
            assert_eq!(here.bytes, nowhere.bytes, "{list}");
            here.refused(404, "not-found", None);
        }
    }
    for list in lists {
        let unsaid = house.world.get(&format!("/api/v1/{list}")).by(&house.clerk).send().await;
        unsaid.refused(422, "required", Some("registry"));
    }
    let one = |by: &str, path: &str| house.world.get(&format!("/api/v1/{path}")).by(by).send();
    one(&house.holder, &format!("dispatches/{dispatch}")).await.good(200);
    one(&reader, &format!("dispatches/{dispatch}")).await.refused(404, "not-found", None);
    one(&house.holder, &format!("copies/{}", copies[1])).await.refused(404, "not-found", None);
    let own = json!({"act": "receipt", "dispatch": dispatch, "signed": "screen"});
    house.acts(&reader, 2, &own).await.refused(404, "not-found", None);
    house.does(&house.holder, 3, &own).await;
    one(&house.holder, &format!("copies/{}", copies[0])).await.good(200);
    one(&reader, &format!("copies/{}", copies[0])).await.refused(404, "not-found", None);

    // He does with what is his what a holder may, and nothing else.
    let keep = |id: &str| json!({"act": "keep", "copies": [id]});
    house.acts(&house.holder, 4, &keep(&copies[0])).await.refused(403, "forbidden", None);
    let named = json!({"act": "keep", "copies": ["NS-0001/2026/1"]});
    house.acts(&house.holder, 5, &named).await.refused(404, "not-found", None);
    let registry = json!({"act": "send", "copies": [copies[0]], "to": {"is": "registry", "registry": "XYZ"}});
    house.acts(&house.holder, 6, &registry).await.refused(403, "forbidden", None);
    let furnish = json!({"act": "furnish", "name": "Safe", "place": "Room"});
    house.acts(&house.holder, 7, &furnish).await.refused(404, "not-found", None);
    let nowhere = house.world.post("/api/v1/registries/XYZ/copy-acts").by(&house.clerk).key(8).json(&furnish);
    nowhere.send().await.refused(404, "not-found", None);
    // The reader sees nothing in this registry: it is none for him.
    house.acts(&reader, 9, &json!({"act": "keep", "copies": []})).await.refused(404, "not-found", None);
}
