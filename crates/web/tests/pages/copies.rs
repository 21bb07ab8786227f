//! Numbered copies through the staff's pages: put into the log, found, listed, handed out, put away, missed, drawn up; and what
//! those see who are not of the registry's staff.

use axum::http::StatusCode;

use crate::browser::{Browser, Page, World};

const ONE: &str = "NS-0001/2026/1";

/// Sends the form of a page without script, with its hidden fields.
async fn sends(browser: &mut Browser, form: &Page, path: &str, fields: &[(&str, &str)]) -> Page {
    let (token, command) = (form.hidden("token"), form.hidden("command"));
    let mut all = vec![("token", token.as_str()), ("command", command.as_str())];
    all.extend_from_slice(fields);
    browser.form(path, &all).await
}

/// A house with a SECRET paper, of which the clerk has put three copies into the log.
async fn numbered() -> (World, Browser, String) {
    let world = World::founded().await;
    let paper = world.paper(Some("SECRET"), "Rotation", "The detachment rotates in March.").await;
    let mut clerk = world.browser("clerk").await;
    let path = format!("/documents/{paper}/copies");
    let form = clerk.get(&path).await.good();
    form.shows("No copy of this paper is in the log").shows("value=\"received\" selected");
    let fields = [
        ("origin", "received"),
        ("numbers", "1-3"),
        ("of", "6"),
        ("pages", "4"),
        ("medium", "paper"),
        ("container", "desk"),
        ("words", "With the courier"),
    ];
    let done = sends(&mut clerk, &form, &path, &fields).await;
    assert_eq!(
        (done.status, done.to()),
        (StatusCode::SEE_OTHER, format!("{path}?done=copies-numbered").as_str())
    );
    clerk.get(done.to()).await.good().shows("The copies are in the log.").shows(ONE).shows("NS-0001/2026/3");
    (world, clerk, paper)
}

#[tokio::test]
async fn copies_are_numbered_from_their_paper_and_what_is_wrong_stands_beside_its_field() {
    let (_world, mut clerk, paper) = numbered().await;
    let path = format!("/documents/{paper}/copies");
    clerk.get(&format!("/documents/{paper}")).await.good().shows(&format!("href=\"{path}\""));
    let form = clerk.get(&path).await.good();
    form.shows("name=\"numbers\" value=\"4\"").shows("name=\"of\" value=\"6\"");
    let wrong = [
        (("numbers", "3"), "Another copy of this paper has the number 3."),
        (("numbers", "seven"), "No copy can have the number seven."),
        (("numbers", "7"), "No copy can have the number 7."),
        (("at", "yesterday"), "There is no such date."),
        (("at", "31 December 2099"), "This moment has not come yet."),
        (("from", "NS-0009/2026/1"), "There is no copy NS-0009/2026/1 in the books of this registry."),
        (("pages", "many"), "This is not one of the values offered."),
        (("origin", "stolen"), "This is not one of the values offered."),
    ];
    for ((name, value), says) in wrong {
        let mut fields = vec![
            ("origin", "reproduced"),
            ("numbers", "4"),
            ("of", "6"),
            ("pages", ""),
            ("medium", "paper"),
            ("from", ONE),
            ("container", "desk"),
            ("at", ""),
            ("words", "For the deputy"),
        ];
        fields.retain(|(own, _)| *own != name);
        fields.push((name, value));
        let refused = sends(&mut clerk, &form, &path, &fields).await;
        assert!(refused.status.is_client_error(), "{name}={value}: {}", refused.text);
        refused.shows(says).shows(&format!("#field-{name}")).shows("For the deputy");
    }
    let fields = [
        ("origin", "reproduced"),
        ("numbers", "4, 5"),
        ("medium", "paper"),
        ("from", ONE),
        ("container", "desk"),
    ];
    assert_eq!(sends(&mut clerk, &form, &path, &fields).await.status, StatusCode::SEE_OTHER);
    clerk.get("/custody/find?q=ns-1/2026/5").await;
    let found = clerk.get("/custody/find?q=reg:ns-0001/2026/5").await;
    assert_eq!(found.status, StatusCode::SEE_OTHER, "{}", found.text);
    clerk.get(found.to()).await.good().shows("Copy NS-0001/2026/5").shows("Made from").shows(ONE);
}

#[tokio::test]
async fn the_list_is_narrowed_ordered_exported_and_leads_with_what_is_chosen_to_an_act() {
    let (world, mut clerk, paper) = numbered().await;
    let home = clerk.get("/custody").await.good();
    home.shows("Custody of").shows("No receipt is late").shows("Copies are numbered from their paper");
    let lost = clerk.get("/custody/find?q=NS-0099%2F2026%2F1").await;
    assert_eq!(lost.status, StatusCode::UNPROCESSABLE_ENTITY);
    lost.shows("There is no copy NS-0099/2026/1").shows("value=\"NS-0099/2026/1\"");
    let list = clerk.get("/custody/copies").await.good();
    list.shows(ONE).shows("Rotation").shows("Registry desk").shows("1 to 3 of 3").shows("NATO SECRET");
    let turned = clerk.get("/custody/copies?order=number-down").await.good();
    assert!(turned.text.find("2026/3</a>") < turned.text.find("2026/1</a>"), "{}", turned.text);
    clerk.get("/custody/copies?state=destroyed").await.good().shows("No copy matches").hides(ONE);
    clerk.get("/custody/copies?log=CTS").await.good().hides(ONE);
    clerk.get("/custody/copies?log=NS&state=all").await.good().shows(ONE);
    clerk.get("/custody/copies?container=none").await.good().hides(ONE);
    let file = clerk.get(&format!("/custody/copies.csv?registry=REG&document={paper}")).await.good();
    file.shows("NS-0001/2026/2").shows("Rotation").shows("Held");
    assert_eq!(file.text.lines().count(), 4);
    clerk.get("/custody/copies.xlsx").await.good();

    let chosen = [("copies", ONE), ("copies", "NS-0001/2026/3"), ("act", "keep")];
    let led = clerk.answer(&list, "/custody/chosen?registry=REG", &chosen).await;
    assert_eq!(led.status, StatusCode::SEE_OTHER, "{}", led.text);
    let form = clerk.get(led.to()).await.good();
    form.shows("NS-0001/2026/1\nNS-0001/2026/3</textarea>");
    let fields = [("registry", "REG"), ("copies", ONE), ("container", "desk"), ("at", ""), ("words", "")];
    let same = sends(&mut clerk, &form, "/custody/do/keep", &fields).await;
    assert_eq!(same.status, StatusCode::UNPROCESSABLE_ENTITY, "they lie there already");
    world.after(5);
    clerk.speaks("fr").await;
    clerk.get("/custody").await.good().shows("Exemplaires");
    clerk.get("/custody/copies").await.good().shows("Guichet du bureau d’ordre");
}

#[tokio::test]
async fn copies_are_sent_missed_and_drawn_up_and_the_forms_keep_what_was_typed() {
    let (world, mut clerk, _) = numbered().await;
    let path = "/custody/do/send";
    let form = clerk.get(&format!("{path}?copies=REG%3A{}", "NS-0001%2F2026%2F1")).await.good();
    form.shows("REG:NS-0001/2026/1</textarea>");
    let deputy = world.adds("deputy").await;
    let send = |copies: &'static str, person: &'static str| {
        [
            ("registry", "REG"),
            ("copies", copies),
            ("to", "person"),
            ("person", person),
            ("bearer", "Corporal Vos"),
        ]
    };
    for (copies, person, field, says) in [
        ("", "deputy", "copies", "This is empty."),
        ("NS-1", "deputy", "copies", "is not the name of a copy"),
        ("HQ:NS-0001/2026/1", "deputy", "copies", "is a copy of another registry"),
        (ONE, "", "person", "This is empty."),
        (ONE, "Nobody at all", "person", "There is no person of that name here."),
        (ONE, "Person called", "person", "Several persons may be meant"),
        (ONE, "deputy", "person", "is not cleared for copy NS-0001/2026/1 today."),
    ] {
        let refused = sends(&mut clerk, &form, path, &send(copies, person)).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{copies} {person}: {}", refused.text);
        refused.shows(says).shows(&format!("#field-{field}")).shows("value=\"Corporal Vos\"");
    }
    world.clears(deputy, "SECRET").await;
    world.after(10);
    let sent =
        sends(&mut clerk, &form, path, &send("NS-0001/2026/1\n\nns-1/2026/2\nNS-0001/2026/1", "deputy"))
            .await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text);
    assert!(
        sent.to().starts_with("/custody/receipts/") && sent.to().ends_with("?done=copies-send"),
        "{}",
        sent.to()
    );
    let under_way = clerk.get("/custody/copies?state=under-way").await.good();
    under_way.shows("on its way to Person called deputy, receipt R-0001/2026").shows(ONE);
    let found = clerk.get("/custody/find?q=NS-0001/2026/1").await;
    let copy = clerk.get(found.to()).await.good();
    copy.shows("Sent to Person called deputy")
        .shows("R-0001/2026")
        .shows("Put into the log: Received with the paper");

    let form = clerk.get(path).await.good();
    let elsewhere =
        [("registry", "REG"), ("copies", "NS-0001/2026/3"), ("to", "elsewhere"), ("elsewhere", "")];
    sends(&mut clerk, &form, path, &elsewhere).await.shows("#field-elsewhere");
    let nowhere =
        [("registry", "REG"), ("copies", "NS-0001/2026/3"), ("to", "registry"), ("to_registry", "REG")];
    sends(&mut clerk, &form, path, &nowhere).await.shows("#field-to_registry");

    let form = clerk.get("/custody/do/draw-up").await.good();
    let fields = [("registry", "REG"), ("copies", "NS-0001/2026/3"), ("method", "")];
    sends(&mut clerk, &form, "/custody/do/draw-up", &fields)
        .await
        .shows("#field-method")
        .shows("NS-0001/2026/3");
    let fields = [("registry", "REG"), ("copies", "NS-0001/2026/3"), ("method", "Shredded")];
    let drawn = sends(&mut clerk, &form, "/custody/do/draw-up", &fields).await;
    assert!(drawn.to().starts_with("/custody/destruction/"), "{}", drawn.text);
    let form = clerk.get("/custody/do/report").await.good();
    let fields = [("registry", "REG"), ("copies", ONE), ("kind", ""), ("words", "Opened at the gate")];
    sends(&mut clerk, &form, "/custody/do/report", &fields)
        .await
        .shows("#field-kind")
        .shows("Opened at the gate");
    let form = clerk.get("/custody/do/miss").await.good();
    let fields = [("registry", "REG"), ("copies", ONE), ("words", "Never arrived")];
    let missed = sends(&mut clerk, &form, "/custody/do/miss", &fields).await;
    assert!(missed.to().starts_with("/custody/incidents/"), "{}", missed.text);
    let home = clerk.get("/custody").await.good();
    home.shows("D-0001/2026").shows("0 of 2").shows("I-0001/2026").shows("Missing");
    let form = clerk.get("/custody/do/keep").await.good();
    let fields =
        [("registry", "REG"), ("copies", ONE), ("container", "desk"), ("words", "It lay in the van")];
    let kept = sends(&mut clerk, &form, "/custody/do/keep", &fields).await;
    assert_eq!(kept.to(), "/custody/copies?registry=REG&done=copies-keep", "{}", kept.text);
    clerk.get(found.to()).await.good().shows("Put away: Registry desk").shows("It lay in the van");
    assert_eq!(clerk.get("/custody/do/burn").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn who_is_not_of_the_staff_finds_nothing_and_the_staff_without_clearance_no_subject() {
    let (world, mut clerk, paper) = numbered().await;
    let found = clerk.get("/custody/find?q=NS-0001/2026/1").await;
    let copy = found.to().to_owned();
    let mut reader = world.browser("reader").await;
    let pages = [
        "/custody",
        "/custody/copies",
        "/custody/copies.csv",
        "/custody/find?q=NS-0001/2026/1",
        "/custody/do/send",
    ];
    for path in pages.into_iter().chain([copy.as_str(), &format!("/documents/{paper}/copies")]) {
        assert_eq!(reader.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    reader.get("/desk").await.good().shows("href=\"/holdings\"").hides("href=\"/custody\"");
    clerk.get("/desk").await.good().shows("href=\"/custody\"");

    let mut controller = world.browser("controller").await;
    for path in ["/custody/copies", copy.as_str(), &format!("/documents/{paper}/copies")] {
        controller.get(path).await.good().shows(ONE).hides("Rotation");
    }
    controller.get(&format!("/documents/{paper}")).await.good().shows(&format!("/documents/{paper}/copies"));
    controller.get("/custody/copies.csv").await.good().shows(ONE).hides("Rotation");

    // Whoever holds a copy sees it and its life, and nothing of the staff's.
    let deputy = world.adds("deputy").await;
    world.clears(deputy, "SECRET").await;
    world.after(10);
    let form = clerk.get("/custody/do/send").await.good();
    let fields = [("registry", "REG"), ("copies", ONE), ("to", "person"), ("person", "deputy")];
    let sent = sends(&mut clerk, &form, "/custody/do/send", &fields).await;
    let mut holder = world.browser("deputy").await;
    assert_eq!(holder.get(&copy).await.status, StatusCode::NOT_FOUND, "he has given no receipt");
    let dispatch =
        sent.to().trim_start_matches("/custody/receipts/").split('?').next().unwrap().parse().unwrap();
    let act = registry::custody::Act::Receipt {
        dispatch,
        signed: registry::custody::fact::Signed::Screen,
        by: String::new(),
        scan: None,
        at: None,
        discrepancies: Vec::new(),
    };
    let command = registry::Command::Custody { registry: world.registry, act: Box::new(act) };
    world.does(deputy, command).await;
    let own = holder.get(&copy).await.good();
    own.shows("Rotation").shows("Received: Person called deputy").shows("href=\"/holdings\"");
    own.hides("/custody/do/").hides("/custody/receipts/");
}
