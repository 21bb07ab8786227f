//! Many documents in one request: an answer of its own for each, in the time of one.

use std::time::Instant;

use office::Sender;
use registry::{
    Answer, Command, DocumentId,
    authorisation::Role,
    house::{Names, Terms},
};
use serde_json::{Value, json};

use crate::support::World;

async fn papers(world: &World, token: &str, n: u64) -> Vec<String> {
    let mut ids = Vec::new();
    for key in 0..n {
        ids.push(world.paper(token, 1_000 + key, "CONFIDENTIAL", &format!("Paper {key}")).await.0);
    }
    ids
}

fn chosen(ids: &[String]) -> Vec<Value> {
    ids.iter().map(|id| json!({"document": id})).collect()
}

#[tokio::test]
async fn each_is_done_or_refused_and_what_is_not_for_the_caller_is_not_there() {
    let world = World::founded().await;
    let (_, token) = world.clerk().await;
    let ids = papers(&world, &token, 3).await;
    // Somebody who registers, elsewhere, and is not cleared for these papers.
    let other = world.adds("second", "BEL").await;
    let names = Names { en: "Archive".into(), fr: "Archives".into() };
    let opened = Command::OpenRegistry { code: "ARC".into(), terms: Terms::of(names) };
    let operator = Sender::operator_as(registry::command::OPERATOR);
    let opened = world.office.command(operator, world.office.new_command(), opened).await.unwrap();
    let Answer::Opened { registry } = opened else { panic!("no registry") };
    let command = Command::AssignRole { person: other, role: Role::Clerk, registry };
    world.does(world.officers[0], command).await;
    let second = world.token("second").await;
    let absent = "0".repeat(32);
    let body = json!({
        "documents": chosen(&[ids[0].clone(), ids[1].clone(), absent.clone(), ids[0].clone()]),
        "correction": {"reason": "The division has another name", "originator": "Plans Division"},
    });
    let send = |token: &str, key: u64, body: &Value| {
        world.post("/api/v1/corrections").by(token).key(key).json(body).send()
    };
    let answer = send(&token, 1, &body).await.good(200);
    let items = answer["items"].as_array().unwrap();
    assert_eq!(items.len(), 3, "each once: {answer}");
    assert_eq!(items[0], json!({"document": ids[0], "done": true, "refused": null}));
    assert_eq!(items[2]["refused"]["code"], "not-found");
    assert!(items[2]["refused"]["remedy"].as_str().unwrap().len() > 5);
    // The same key has one effect; a second act finds nothing to change.
    assert_eq!(send(&token, 1, &body).await.good(200), answer);
    let again = send(&token, 2, &body).await.good(200);
    assert_eq!(again["items"][0]["refused"]["code"], "nothing-changed");
    let history = world.get(&format!("/api/v1/documents/{}/corrections", ids[0])).by(&token).send().await;
    assert_eq!(history.good(200)["corrections"].as_array().unwrap().len(), 1);
    // What the second may not see answers like what is nowhere, byte for byte.
    let ask =
        |id: &str| json!({"documents": [{"document": id}], "correction": {"reason": "r", "kind": "note"}});
    let hidden = send(&second, 3, &ask(&ids[0])).await.good(200).to_string().replace(&ids[0], "@");
    let nowhere = send(&second, 4, &ask(&absent)).await.good(200).to_string().replace(&absent, "@");
    assert_eq!(hidden, nowhere);
    assert!(nowhere.contains("not-found"));
    // A marking is a controller's, item by item; a mark that is another by now is a conflict.
    let secret = json!({"policy": "NATO", "level": "SECRET"});
    let marking = json!({"documents": chosen(&ids[2..]), "correction": {"reason": "r", "label": secret}});
    assert_eq!(send(&token, 5, &marking).await.good(200)["items"][0]["refused"]["field"], "label");
    let stale = json!({
        "documents": [{"document": ids[2], "mark": "0".repeat(64)}],
        "correction": {"reason": "r", "kind": "note"},
    });
    assert_eq!(send(&token, 6, &stale).await.good(200)["items"][0]["refused"]["code"], "conflict");
    // A relation is added to those that stand there.
    for (key, reference) in [(7, "MCM-0041-2010"), (8, "MCM-0042-2010")] {
        let also = json!([{"kind": "see-also", "reference": reference}]);
        let body = json!({"documents": chosen(&ids[2..]), "correction": {"reason": "r", "also": also}});
        assert_eq!(send(&token, key, &body).await.good(200)["items"][0]["done"], true);
    }
    let history = world.get(&format!("/api/v1/documents/{}/corrections", ids[2])).by(&token).send().await;
    let newest = &history.good(200)["corrections"][0];
    assert_eq!(newest["from"]["relations"].as_array().unwrap().len(), 1);
    assert_eq!(newest["to"]["relations"].as_array().unwrap().len(), 2);
}

#[tokio::test]
#[expect(clippy::disallowed_methods, reason = "a figure is measured")]
async fn two_hundred_are_one_transaction_and_no_more_are_taken() {
    let world = World::founded().await;
    let (_, token) = world.clerk().await;
    let mut ids = papers(&world, &token, 200).await;
    let body = |ids: &[String]| json!({"documents": chosen(ids), "correction": {"reason": "Another name", "originator": "Plans"}});
    let begun = Instant::now();
    let answer = world.post("/api/v1/corrections").by(&token).key(1).json(&body(&ids)).send().await.good(200);
    let took = begun.elapsed();
    println!("200 corrected in {took:?}");
    assert!(answer["items"].as_array().unwrap().iter().all(|item| item["done"] == true), "{answer}");
    assert!(took.as_secs() < 10, "even in a debug build on a busy machine: {took:?}");
    ids.push(DocumentId::new([7; 16]).to_string());
    let refused = world.post("/api/v1/corrections").by(&token).key(2).json(&body(&ids)).send().await;
    assert_eq!(refused.refused(422, "too-many-chosen", Some("documents"))["arguments"]["limit"], "200");
    let none = world.post("/api/v1/corrections").by(&token).key(3).json(&body(&[])).send().await;
    none.refused(422, "required", Some("documents"));
}
