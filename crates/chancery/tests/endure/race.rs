//! Many at once: numbers are each given once and without a gap, one file becomes one paper, one command one effect, of many
//! who want the same one gets it and the others are told, copies of one authority bear a number each, and who loses a
//! clearance does nothing more with it.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::{
    engines::{Kind, kinds},
    full, run,
    served::{Act, Client, Installation, Said},
};

const CLERKS: usize = 12;

#[test]
#[ignore = "run by cargo xtask prove"]
fn race_gives_each_number_once_and_tells_every_conflict() {
    run(async {
        for kind in kinds() {
            let house = Installation::founded(kind.fresh().await, CLERKS).await;
            let serving = house.serve();
            let clients: Vec<Client> = house.tokens.iter().map(|token| serving.client(token)).collect();
            numbers(&kind, &clients);
            one_command(&kind, &clients);
            one_file(&kind, &clients);
            one_paper(&kind, &clients);
            continuity(&clients[0]);
            serving.stop();
            revoked(&house, &kind).await;
            crate::stamps::copies_bear_their_own_numbers(&house, &kind).await;
            assert_eq!(house.examined().await, Vec::<String>::new());
            house.engine.give_back().await;
        }
    });
}

/// What every clerk gets for his act, sent at one moment.
fn at_once(clients: &[Client], act: impl Fn(usize) -> Act + Sync) -> Vec<Said> {
    let ready = std::sync::Barrier::new(clients.len());
    std::thread::scope(|scope| {
        let sent: Vec<_> = clients
            .iter()
            .enumerate()
            .map(|(clerk, client)| {
                let (act, ready) = (act(clerk), &ready);
                scope.spawn(move || {
                    ready.wait();
                    client.send(&act).unwrap()
                })
            })
            .collect();
        sent.into_iter().map(|one| one.join().unwrap()).collect()
    })
}

fn numbers(kind: &Kind, clients: &[Client]) {
    let rounds = if full() { 50 } else { 12 };
    let mut given = BTreeMap::<String, BTreeSet<u64>>::new();
    for round in 0..rounds {
        for said in at_once(clients, |clerk| {
            let key = 1 + round * 100 + clerk as u64;
            // Papers in the registry's own count, and numbers of a series kept for papers to come.
            match clerk % 2 {
                0 => Act::json(key, "/api/v1/series/MCM/reservations", json!({"purpose": "a paper to come"})),
                _ => Act::paper(key, &format!("Convoy {key}"), &format!("Words of paper {key}")),
            }
        }) {
            assert_eq!(said.status, 201, "{}", said.body);
            let reference = said.body["reference"].as_str().unwrap();
            let mut parts = reference.split('-');
            let (series, rest) = (parts.next().unwrap().to_owned(), parts.collect::<Vec<_>>());
            // REG-2026-17, MCM-0017-2026.
            let at = if series == "REG" { rest[1] } else { rest[0] };
            let number: u64 = at.parse().unwrap();
            assert!(given.entry(series).or_default().insert(number), "{reference} was given twice");
        }
    }
    assert_eq!(given.len(), 2);
    for (series, given) in given {
        let wanted: BTreeSet<u64> = (1..=given.len() as u64).collect();
        assert_eq!(given, wanted, "without a gap");
        println!(
            "  {}: {} numbers of {series} to {CLERKS} clerks, each once, no gap",
            kind.name(),
            given.len()
        );
    }
}

fn continuity(client: &Client) {
    let report = client.get("/api/v1/series/MCM/continuity").unwrap();
    assert_eq!(report.status, 200, "{}", report.body);
    let counts = report.body["counts"].as_array().unwrap();
    assert!(!counts.is_empty() && counts.iter().all(|count| count["whole"] == true), "{}", report.body);
}

/// How often each outcome came.
fn tally(said: &[Said]) -> BTreeMap<(u16, String), usize> {
    let mut tally = BTreeMap::new();
    for one in said {
        *tally.entry((one.status, one.code().to_owned())).or_default() += 1;
    }
    tally
}

/// One command sent by one clerk from many places.
fn one_command(kind: &Kind, clients: &[Client]) {
    let before = clients[0].total();
    let same: Vec<Client> = vec![clients[0].clone(); CLERKS];
    let said = at_once(&same, |_| Act::paper(70_001, "Sent many times", "The same words"));
    let done: Vec<&Said> = said.iter().filter(|one| one.status == 201).collect();
    assert!(!done.is_empty() && done.iter().all(|one| *one == done[0]), "{:?}", tally(&said));
    // Whoever came while it was being done is told so, and is answered alike afterwards.
    assert!(said.iter().all(|one| one.status == 201 || one.status == 409), "{:?}", tally(&said));
    assert_eq!(clients[0].does(&Act::paper(70_001, "Sent many times", "The same words")), *done[0]);
    assert_eq!(clients[0].total(), before + 1);
    let other = clients[0].send(&Act::paper(70_001, "Other words", "The same words")).unwrap();
    assert_eq!(other.code(), "command-id-reused", "{}", other.body);
    println!("  {}: one command {CLERKS} times: {:?}", kind.name(), tally(&said));
}

/// One file brought by all, and registered by all.
fn one_file(kind: &Kind, clients: &[Client]) {
    let before = clients[0].total();
    let brought = at_once(clients, |clerk| Act {
        key: 71_000 + clerk as u64,
        path: "/api/v1/registries/REG/tray".into(),
        body: json!({}),
        content: Some("A letter that came once".into()),
    });
    assert!(brought.iter().all(|said| said.status == 201), "{:?}", tally(&brought));
    let items: BTreeSet<&str> = brought.iter().filter_map(|said| said.body["item"].as_str()).collect();
    assert_eq!(items.len(), 1, "{:?}", brought.iter().map(|said| &said.body).collect::<Vec<&Value>>());
    let waits = brought.iter().filter(|said| said.body["outcome"] == "waits").count();
    assert_eq!(waits, 1, "it waits once");
    let item = items.into_iter().next().unwrap();
    let registered = at_once(clients, |clerk| {
        let path = format!("/api/v1/tray/{item}/registrations");
        let mut entry = crate::served::entry("The letter that came once");
        entry["registry"] = "REG".into();
        Act::json(72_000 + clerk as u64, path, entry)
    });
    let outcomes = tally(&registered);
    assert_eq!(outcomes.get(&(201, String::new())), Some(&1), "{outcomes:?}");
    assert!(outcomes.keys().all(|(status, _)| [201, 409].contains(status)), "{outcomes:?}");
    assert_eq!(clients[0].total(), before + 1);
    println!("  {}: one file by {CLERKS} clerks: {outcomes:?}", kind.name());
}

/// One paper taken out, and corrected, by all.
fn one_paper(kind: &Kind, clients: &[Client]) {
    let paper = clients[0].does(&Act::paper(73_000, "Wanted by all", "Words"));
    let path = format!("/api/v1/documents/{}/check-outs", paper.id());
    let outs = at_once(clients, |clerk| Act::json(73_100 + clerk as u64, &path, json!({})));
    let outcomes = tally(&outs);
    assert_eq!(outcomes.get(&(201, String::new())), Some(&1), "{outcomes:?}");
    assert!(outcomes.keys().all(|(status, _)| [201, 409, 422].contains(status)), "{outcomes:?}");
    println!("  {}: one paper taken out by {CLERKS} clerks: {outcomes:?}", kind.name());

    // Corrections of one field all stand in its history, one after the other; the last is what it is.
    let paper = clients[0].does(&Act::paper(73_500, "Corrected by all", "Other words"));
    let path = format!("/api/v1/documents/{}/corrections", paper.id());
    let corrected = at_once(clients, |clerk| {
        let body = json!({"reason": "a slip", "subject": format!("Subject of clerk {clerk}")});
        Act::json(74_000 + clerk as u64, &path, body)
    });
    let done = corrected.iter().filter(|said| said.status == 201).count();
    let told = corrected.iter().filter(|said| said.status == 409 || said.status == 422).count();
    assert!(done >= 1 && done + told == CLERKS, "{:?}", tally(&corrected));
    let history = clients[0].get(&path).unwrap();
    assert_eq!(history.body["corrections"].as_array().unwrap().len(), done, "{}", history.body);
    println!("  {}: one paper corrected by {CLERKS} clerks: {:?}", kind.name(), tally(&corrected));
}

/// While a clerk registers without pause his role is taken away: what he sends afterwards is refused, and the ledger has
/// nothing of his behind the entry that took it.
async fn revoked(house: &Installation, kind: &Kind) {
    let office = house.open().await;
    let clerk = office.person_named("clerk1").await.unwrap();
    let roles = {
        let mut reading = office.read_as(house.officers[0]).await.unwrap();
        let (_, held) = reading.person_file(clerk).await.unwrap();
        held.into_iter().map(|one| one.id).collect::<Vec<_>>()
    };
    let (_, officer) = house.signs_in(&office, "officer1").await;
    office.close().await;
    let serving = house.serve();
    let client = serving.client(&house.tokens[1]);
    let revoker = serving.client(&officer);
    let (done, refused) = std::thread::scope(|scope| {
        let working = scope.spawn(|| {
            let (mut done, mut key) = (0, 80_000);
            loop {
                key += 1;
                let said =
                    client.send(&Act::paper(key, "While it lasts", &format!("Words of {key}"))).unwrap();
                match said.status {
                    201 => done += 1,
                    _ => return (done, said),
                }
                assert!(done < 5_000, "nobody takes it away");
            }
        });
        std::thread::sleep(std::time::Duration::from_millis(300));
        for (n, role) in roles.iter().enumerate() {
            let path = format!("/api/v1/authorisations/{role}/revocations");
            revoker.does(&Act::json(81_000 + n as u64, path, json!({"reason": "left the post"})));
        }
        // From here on nothing that is begun is done.
        let after = client.send(&Act::paper(89_999, "Too late", "Late words")).unwrap();
        assert_ne!(after.status, 201, "{}", after.body);
        working.join().unwrap()
    });
    assert!(done > 0 && [403, 404, 422].contains(&refused.status), "{done}: {}", refused.body);
    serving.stop();
    println!("  {}: {done} papers until the role was taken away, none after", kind.name());
}
