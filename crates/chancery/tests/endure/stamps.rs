//! Many take copies of an accountable paper at once under one authority: each bears a number of its own in its margin, none is
//! given past the last, and the register knows of each that was given.

use std::{collections::BTreeMap, sync::Barrier};

use jiff::civil::Date;
use office::{Office, Sender};
use registry::{
    Answer, Command, PersonId,
    authorisation::{Grant, Role},
};
use serde_json::json;

use crate::{
    engines::Kind,
    served::{Act, Client, Installation},
};

/// How many may be made.
const COPIES: u32 = 8;
/// How many are asked for, all at one moment.
const ASKED: u32 = 11;

/// Given by both officers.
async fn gives(house: &Installation, office: &Office, person: PersonId, grant: Grant) {
    let by = |n: usize| Sender::proven(house.officers[n], office.now());
    let proposed = Command::Propose { person, grant };
    let answer = office.command(by(0), office.new_command(), proposed).await.unwrap();
    let Answer::Proposed { authorisation, proposal } = answer else { panic!("{answer:?}") };
    let confirmed = Command::Confirm { authorisation, proposal };
    office.command(by(1), office.new_command(), confirmed).await.unwrap();
}

fn later(today: Date) -> Date {
    today.saturating_add(jiff::Span::new().days(30))
}

async fn clears(house: &Installation, office: &Office, person: PersonId) {
    let today = office.now().date(&jiff::tz::TimeZone::UTC);
    let (from, until) = (today.saturating_sub(jiff::Span::new().days(60)), later(today));
    let named = label::NamedClearance {
        policy: "NATO".into(),
        level: "SECRET".into(),
        categories: Default::default(),
    };
    let clearance = office.house().await.unwrap().policies.resolve_clearance(&named).unwrap();
    let (policy, subject) = ("NATO".to_owned(), "SECRET".to_owned());
    gives(house, office, person, Grant::Briefing { policy, subject, on: from, refresh: None }).await;
    let authority = "National authority".into();
    gives(house, office, person, Grant::Clearance { clearance, authority, number: None, from, until }).await;
}

/// A PDF of one page.
fn pdf() -> String {
    let drawing = "BT /F1 12 Tf 20 200 Td (Rotation of the detachment) Tj ET";
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>"
            .to_owned(),
        format!("<< /Length {} >>\nstream\n{drawing}\nendstream", drawing.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_owned(),
    ];
    let (mut text, mut table) = ("%PDF-1.4\n".to_owned(), String::new());
    for (n, object) in objects.iter().enumerate() {
        table += &format!("{:010} 00000 n \n", text.len());
        text += &format!("{} 0 obj\n{object}\nendobj\n", n + 1);
    }
    let (place, size) = (text.len(), objects.len() + 1);
    text + &format!(
        "xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{place}\n%%EOF\n"
    )
}

/// The number of the copy in the margin: letters stand there as their codes.
fn number(pdf: &[u8]) -> u32 {
    let text = String::from_utf8_lossy(pdf);
    let coded = |words: &str| words.bytes().map(|letter| format!("{letter:02x}")).collect::<String>();
    let bears = |n: &u32| text.contains(&coded(&format!("REPRODUCTION {n} of {COPIES} ")));
    (1..=ASKED).find(bears).unwrap_or_else(|| panic!("no number: {text}"))
}

/// Copies of one authority, taken at one moment by one person from many places.
pub async fn copies_bear_their_own_numbers(house: &Installation, kind: &Kind) {
    let office = house.open().await;
    let reg = office.house().await.unwrap().registry_by_code("REG").unwrap().id;
    let until = later(office.now().date(&jiff::tz::TimeZone::UTC));
    let mut tokens = Vec::new();
    for login in ["clerk2", "clerk3"] {
        let person = office.person_named(login).await.unwrap();
        clears(house, &office, person).await;
        if login == "clerk3" {
            gives(house, &office, person, Grant::Role { role: Role::Controller, registry: Some(reg) }).await;
        }
        tokens.push(house.signs_in(&office, login).await);
    }
    office.close().await;
    let serving = house.serve();
    let (taker, controller) = (serving.client(&tokens[0].1), serving.client(&tokens[1].1));
    let mut entry = crate::served::entry("Rotation");
    entry["label"]["level"] = "SECRET".into();
    let path = "/api/v1/registries/REG/documents".to_owned();
    let paper = taker.does(&Act { key: 90_000, path, body: entry, content: Some(pdf()) });
    let path = format!("/api/v1/documents/{}/reproductions", paper.id());
    let asked = json!({
        "person": tokens[0].0, "version": 1, "purpose": "For the members of the board", "copies": COPIES,
        "until": until,
    });
    controller.does(&Act::json(90_001, path, asked));

    let path = format!("/api/v1/documents/{}/versions/1/content", paper.id());
    let outcomes = all_at_once(&taker, &path);
    let mut numbers: Vec<u32> =
        outcomes.iter().filter(|(status, _)| *status == 200).map(|(_, file)| number(file)).collect();
    numbers.sort_unstable();
    assert_eq!(numbers, (1..=COPIES).collect::<Vec<_>>(), "each number once");
    let mut tally = BTreeMap::new();
    for (status, _) in &outcomes {
        *tally.entry(*status).or_insert(0) += 1;
    }
    assert!(tally.keys().all(|status| [200, 403, 409, 422].contains(status)), "{tally:?}");
    let record = controller.get(&format!("/api/v1/documents/{}/disclosures", paper.id())).unwrap();
    let lines = record.body["disclosures"].as_array().unwrap_or_else(|| panic!("{}", record.body));
    let made = lines.iter().filter(|line| line["means"] == "reproduction").count();
    assert_eq!(made, numbers.len(), "{}", record.body);
    serving.stop();
    println!("  {}: {ASKED} copies of {COPIES} at one moment: {tally:?}, each number once", kind.name());
}

fn all_at_once(client: &Client, path: &str) -> Vec<(u16, Vec<u8>)> {
    let ready = Barrier::new(ASKED as usize);
    std::thread::scope(|scope| {
        let asked: Vec<_> = (0..ASKED)
            .map(|_| {
                scope.spawn(|| {
                    ready.wait();
                    client.file(path)
                })
            })
            .collect();
        asked.into_iter().map(|one| one.join().unwrap()).collect()
    })
}
