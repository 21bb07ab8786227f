//! By the API: a paper distributed in one act, holders told to mark their copies anew, copies lent until a day.

use serde_json::{Value, json};

use crate::custody::{Custody, ids};

fn person(login: &str) -> Value {
    json!({"is": "person", "person": login})
}

impl Custody {
    /// What is open of a book.
    async fn open(&self, book: &str) -> Vec<String> {
        ids(&self.asks(&self.clerk, &format!("registries/REG/books/{book}?state=open")).await["items"])
    }

    fn distribution(&self, lines: &[Value]) -> Value {
        json!({"act": "distribute", "document": self.paper, "lines": lines, "words": "For the exercise"})
    }
}

#[tokio::test]
async fn a_paper_is_distributed_in_one_act_and_followed_until_nothing_is_awaited() {
    let house = Custody::founded().await;
    let copies = house.numbers(3).await;
    house.world.reader().await;
    let line = |to: Value, by: Value| json!({"to": to, "purpose": "action", "by": by});
    let (copy, here) = (json!({"how": "copy"}), json!({"how": "electronic"}));
    let good = line(person("holder"), copy.clone());
    let mission = json!({"is": "elsewhere", "name": "The mission"});
    for (key, (bad, code, field)) in (1..).zip([
        (line(person("reader"), copy.clone()), "receiver-clearance", "lines.2.to"),
        (line(person("reader"), here.clone()), "reader-not-admitted", "lines.2.to"),
        (line(mission.clone(), here.clone()), "electronic-person", "lines.2.to"),
        (line(person("holder"), json!({"how": "copy", "number": 9})), "copy-unknown", "lines.2.copy"),
    ]) {
        let refused = house.acts(&house.clerk, key, &house.distribution(&[good.clone(), bad])).await;
        refused.refused(422, code, Some(field));
    }
    let none = house.asks(&house.clerk, "dispatches?registry=REG").await;
    assert_eq!((house.open("distributions").await, &none["total"]), (Vec::new(), &json!(0)));
    house.acts(&house.holder, 9, &house.distribution(std::slice::from_ref(&good))).await.refused(
        404,
        "not-found",
        None,
    );

    let lines = [good, line(mission, json!({"how": "copy", "number": 3})), line(person("controller"), here)];
    let done = house.does(&house.clerk, 10, &house.distribution(&lines)).await;
    let item = done["item"].as_str().unwrap().to_owned();
    assert_eq!((&done["did"], house.open("distributions").await), (&json!("booked"), vec![item.clone()]));
    let whole = house.asks(&house.clerk, &format!("books/{item}")).await;
    assert_eq!((&whole["words"], &whole["item"]), (&json!("For the exercise"), &json!("DI-0001/2026")));
    let told = whole["details"]["lines"].as_array().unwrap().clone();
    let by = |line: &Value| [line["how"].clone(), line["copy"].clone(), line["done"].clone()];
    assert_eq!(by(&told[0]), [json!("copy"), json!(copies[0]), json!(false)]);
    assert_eq!(by(&told[1]), [json!("copy"), json!(copies[2]), json!(false)]);
    assert_eq!(by(&told[2]), [json!("electronic"), Value::Null, json!(false)]);

    let receipt = |n: usize, signed: &str| json!({"act": "receipt", "dispatch": told[n]["dispatch"], "signed": signed, "by": "A. Addressee"});
    house.does(&house.holder, 11, &receipt(0, "screen")).await;
    house.does(&house.clerk, 12, &receipt(1, "paper")).await;
    let read = json!({"act": "step", "item": item, "step": {"step": "read"}});
    house.acts(&house.holder, 13, &read).await.refused(422, "item-stage", None);
    house.does(&house.controller, 14, &read).await;
    let whole = house.asks(&house.clerk, &format!("books/{item}")).await;
    assert_eq!((&whole["state"], &whole["steps"][0]["step"]), (&json!("closed"), &json!("read")));
    let told = whole["details"]["lines"].as_array().unwrap();
    assert!(told.iter().all(|line| line["done"] == true) && told[2]["read"].is_string(), "{whole}");
    assert_eq!(house.open("distributions").await, Vec::<String>::new());
}

#[tokio::test]
async fn holders_are_told_of_a_new_marking_and_each_says_that_he_has_marked_his_copy() {
    let house = Custody::founded().await;
    let copies = house.numbers(3).await;
    let sent = house.sends(1, &copies[..1]).await;
    let own = json!({"act": "receipt", "dispatch": sent, "signed": "screen"});
    house.does(&house.holder, 2, &own).await;
    let to = json!({"is": "elsewhere", "name": "The mission"});
    let away = json!({"act": "send", "copies": [copies[1]], "to": to});
    let away = house.does(&house.clerk, 3, &away).await;
    let paper =
        json!({"act": "receipt", "dispatch": away["dispatch"], "signed": "paper", "by": "A. Addressee"});
    house.does(&house.clerk, 4, &paper).await;

    let label = json!({"policy": "NATO", "level": "CONFIDENTIAL"});
    let correction = json!({"reason": "Regraded by its originator, note 14", "label": label});
    let body = json!({"documents": [{"document": house.paper}], "correction": correction});
    let done = house.world.post("/api/v1/corrections").by(&house.controller).key(5).json(&body).send().await;
    let done = done.good(200);
    assert_eq!(done["items"][0]["done"], true, "{done}");
    let open = house.open("instructions").await;
    let [item] = &open[..] else { panic!("{open:?}") };
    let whole = house.asks(&house.clerk, &format!("books/{item}")).await;
    let details = &whole["details"];
    assert_eq!(
        (&details["is"], &details["authority"], &details["leaves_log"]),
        (&json!("regrade"), &json!("Regraded by its originator, note 14"), &json!(true))
    );
    let waits = |whole: &Value| -> Vec<String> {
        let copies = whole["details"]["copies"].as_array().unwrap().iter();
        copies.map(|copy| copy["state"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(waits(&whole), ["open"; 3]);

    let post = |n: usize, words: &str| {
        json!({
            "act": "step", "item": item, "step": {"step": "post", "copies": [copies[n]]}, "words": words,
        })
    };
    house.acts(&house.holder, 6, &post(2, "")).await.refused(403, "forbidden", None);
    house.does(&house.holder, 7, &post(0, "")).await;
    house.acts(&house.holder, 8, &post(0, "")).await.refused(422, "not-to-post", Some("copies"));
    house.acts(&house.clerk, 9, &post(1, "")).await.refused(422, "letter-needed", Some("words"));
    house.does(&house.clerk, 10, &post(1, "Their letter 31")).await;
    let whole = house.asks(&house.clerk, &format!("books/{item}")).await;
    assert_eq!(
        (waits(&whole), &whole["state"]),
        (vec!["posted".into(), "posted".into(), "open".into()], &json!("open"))
    );
    assert_eq!(whole["steps"][1]["words"], "Their letter 31");
    // What is not accountable any more is not marked anew.
    house.does(&house.clerk, 11, &json!({"act": "release", "copies": [copies[2]], "words": "Note 14"})).await;
    let whole = house.asks(&house.clerk, &format!("books/{item}")).await;
    assert_eq!((&waits(&whole)[2], &whole["state"]), (&"nothing".to_owned(), &json!("closed")));
}

#[tokio::test]
async fn copies_are_lent_until_a_day_for_longer_late_and_back() {
    let house = Custody::founded().await;
    let copies = house.numbers(2).await;
    let lend = |to: Value, day: &str| json!({"act": "send", "copies": copies, "to": to, "back_by": day});
    let registry = json!({"is": "desk"});
    for (key, act, code) in [
        (1, lend(person("holder"), "2026-03-11"), "back-before-sent"),
        (2, lend(registry, "2026-04-01"), "no-loan-there"),
        (3, lend(person("holder"), "soon"), "impossible-date"),
    ] {
        house.acts(&house.clerk, key, &act).await.refused(422, code, Some("back_by"));
    }
    let sent = house.does(&house.clerk, 4, &lend(person("holder"), "2026-03-20")).await;
    let own = json!({"act": "receipt", "dispatch": sent["dispatch"], "signed": "screen"});
    house.does(&house.holder, 5, &own).await;
    let loans = async |which: &str| {
        let path = format!("copies?registry=REG&loan={which}&order=back-by");
        ids(&house.asks(&house.clerk, &path).await["copies"])
    };
    let mut both = copies.clone();
    both.sort();
    assert_eq!((loans("out").await, loans("overdue").await), (both, Vec::new()), "of one day");
    let prolong = |day: &str| json!({"act": "prolong", "copies": [copies[0]], "back_by": day, "words": "The exercise lasts"});
    house.acts(&house.clerk, 6, &prolong("2026-03-20")).await.refused(
        422,
        "loan-not-longer",
        Some("back_by"),
    );
    house.acts(&house.holder, 7, &prolong("2026-04-20")).await.refused(403, "forbidden", None);
    house.does(&house.clerk, 8, &prolong("2026-04-20")).await;
    assert_eq!(loans("out").await, [copies[1].as_str(), &copies[0]], "the next to be back first");
    house.world.after(11 * 24 * 60);
    let clerk = house.world.token("clerk").await;
    let late = house.asks(&clerk, "copies?registry=REG&loan=overdue").await;
    assert_eq!(ids(&late["copies"]), [copies[1].as_str()]);
    let row = &late["copies"][0];
    assert_eq!((&row["back_by"], &row["days_late"]), (&json!("2026-03-20"), &json!(3)));
    let counts = house.asks(&clerk, "custody?registry=REG").await;
    assert_eq!(counts["loans"], json!({"out": 2, "due": 0, "overdue": 1}));
    house.does(&clerk, 9, &json!({"act": "keep", "copies": copies})).await;
    let whole = house.asks(&clerk, &format!("copies/{}", copies[0])).await;
    assert_eq!((&whole["back_by"], &whole["days_late"]), (&Value::Null, &Value::Null));
    let chain = whole["chain"].as_array().unwrap().iter();
    let what: Vec<&str> = chain.map(|link| link["what"].as_str().unwrap()).collect();
    assert_eq!(what, ["sent", "received", "prolonged", "kept"]);
    assert_eq!(house.asks(&clerk, "copies?registry=REG&loan=out").await["total"], 0);
}
