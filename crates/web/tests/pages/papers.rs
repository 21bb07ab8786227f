//! Forms as PDF: given to whoever sees the page that they belong to and to nobody else, in both languages, the same for the same
//! record; and found again by the numbers that stand on them.

use std::{
    io::Write as _,
    process::{Command as Process, Stdio},
};

use axum::http::StatusCode;
use registry::{
    Answer, Command, PersonId,
    custody::{
        Act,
        book::{
            Appointment, Carriage, Correspondent, Courier, Details, Equipment, EquipmentKind, Function,
            Journey, Package, Step,
        },
        fact::{Addressee, Hand, Signed},
        muster::{HandOver, MusterKind},
    },
};

use crate::{
    browser::{Browser, Page},
    receipts::Desk,
};

/// Who finds none of the forms.
const STRANGERS: [&str; 2] = ["reader", "nobody"];

/// The words of a form; none where the machine cannot tell them.
fn words(page: &Page) -> Option<String> {
    assert_eq!(page.status, StatusCode::OK, "{}", page.text);
    assert_eq!(page.header("content-type"), "application/pdf");
    assert_eq!(page.header("cache-control"), "no-store");
    assert!(page.header("content-disposition").starts_with("inline; filename=\""));
    assert!(page.bytes.starts_with(b"%PDF"));
    let mut told = Process::new("pdftotext");
    told.args(["-layout", "-", "-"]).stdin(Stdio::piped()).stdout(Stdio::piped());
    let Ok(mut asked) = told.spawn() else {
        println!("pdftotext is not there: the words of a form are not looked at");
        return None;
    };
    asked.stdin.take().unwrap().write_all(&page.bytes).unwrap();
    Some(String::from_utf8(asked.wait_with_output().unwrap().stdout).unwrap())
}

/// That a form says some words and does not say others.
fn says(page: &Page, all: &[&str], none: &[&str]) {
    let Some(text) = words(page) else { return };
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    for wanted in all {
        assert!(text.contains(wanted), "{wanted:?} is not on the form:\n{text}");
    }
    for odd in none {
        assert!(!text.contains(odd), "{odd:?} is on the form:\n{text}");
    }
}

/// That a form is nobody's of whom it says nothing, and no form of nothing.
async fn is_hidden(desk: &Desk, path: &str) {
    for login in STRANGERS {
        let mut browser = desk.world.browser(login).await;
        assert_eq!(browser.get(path).await.status, StatusCode::NOT_FOUND, "{login} {path}");
    }
    assert_eq!(desk.world.stranger().get(path).await.status, StatusCode::SEE_OTHER, "{path}");
}

struct People {
    clerk: PersonId,
    controller: PersonId,
    deputy: PersonId,
}

impl People {
    async fn of(desk: &Desk) -> Self {
        let named = |login| desk.world.office.person_named(login);
        Self {
            clerk: named("clerk").await.unwrap(),
            controller: named("controller").await.unwrap(),
            deputy: named("deputy").await.unwrap(),
        }
    }
}

async fn does(desk: &Desk, who: PersonId, act: Act) -> Answer {
    let command = Command::Custody { registry: desk.world.registry, act: Box::new(act) };
    desk.world.does(who, command).await
}

/// The copies of the desk by their own numbers.
async fn copies(desk: &Desk, numbers: &[u32]) -> Vec<registry::CopyId> {
    let clerk = desk.world.office.person_named("clerk").await.unwrap();
    let mut reading = desk.world.office.read_as(clerk).await.unwrap();
    let names: Vec<String> = numbers.iter().map(|n| format!("NS-0001/2026/{n}")).collect();
    let rows = reading.copies_named(desk.world.registry, &names.join("\n")).await.unwrap();
    rows.iter().map(|row| row.view.copy.id).collect()
}

async fn sends(desk: &Desk, numbers: &[u32], to: Addressee) -> registry::DispatchId {
    let act = Act::Send {
        back_by: None,
        copies: copies(desk, numbers).await,
        to,
        bearer: "Corporal Vos".into(),
        at: None,
        despite: None,
        words: String::new(),
    };
    let Answer::Sent { dispatch, .. } = does(desk, People::of(desk).await.clerk, act).await else { panic!() };
    dispatch
}

async fn signs(desk: &Desk, dispatch: registry::DispatchId) {
    let signed = Signed::Screen;
    let by = String::new();
    let act = Act::Receipt { dispatch, signed, by, scan: None, at: None, discrepancies: Vec::new() };
    does(desk, People::of(desk).await.deputy, act).await;
}

async fn enters(desk: &Desk, who: PersonId, details: Details) -> String {
    let act = Act::Enter { details: Box::new(details), words: String::new() };
    match does(desk, who, act).await {
        Answer::Booked { item } => item.to_string(),
        other => panic!("{other:?}"),
    }
}

/// That a number leads to a page, alone and with the code of its registry, and to nothing elsewhere.
async fn leads(clerk: &mut Browser, number: &str, to: &str) {
    for typed in [number.to_owned(), format!("REG {number}"), format!("reg:{}", number.to_lowercase())] {
        let found = clerk.get(&format!("/custody/find?q={}", web::frame::escaped(&typed))).await;
        assert_eq!((found.status, found.to()), (StatusCode::SEE_OTHER, to), "{typed}: {}", found.text);
    }
}

#[tokio::test]
async fn papers_receipts_go_to_the_staff_and_to_whom_they_are_addressed_and_name_no_subject() {
    let desk = Desk::set().await;
    let people = People::of(&desk).await;
    let dispatch = sends(&desk, &[1, 2], Addressee::Person { person: people.deputy }).await;
    let page = format!("/custody/receipts/{dispatch}");
    let form = format!("{page}/receipt.pdf");
    let mut clerk = desk.world.browser("clerk").await;
    clerk.get(&page).await.good().shows(&format!("href=\"{form}\"")).shows(">PDF</a>");
    let first = clerk.get(&form).await;
    let told =
        ["R-0001/2026", "REG R-0001/2026", "NS-0001/2026", "Corporal Vos", "12 March 2026", "11 April 2026"];
    says(&first, &told, &["Rotation", "three copies"]);
    says(&first, &["Receipt", "1 of 4", "Person called deputy", "English"], &["Signed on screen"]);
    let mut deputy = desk.world.browser("deputy").await;
    let french = deputy.get(&format!("{form}?lang=fr")).await;
    says(&french, &["Récépissé", "12 mars 2026", "1 sur 4"], &["Receipt", "Rotation"]);
    is_hidden(&desk, &form).await;

    desk.world.after(180);
    let mut clerk = desk.world.browser("clerk").await;
    assert_eq!(clerk.get(&form).await.bytes, first.bytes, "the same record, the same bytes");
    signs(&desk, dispatch).await;
    says(&clerk.get(&form).await, &["Signed on screen", "12 March 2026, 13:00 CET"], &["Rotation"]);
    // To outside in somebody's hands, in three copies.
    let outside = sends(&desk, &[3], Addressee::Elsewhere { name: "Mission of Lund".into() }).await;
    let outside = format!("/custody/receipts/{outside}/receipt.pdf");
    says(&clerk.get(&outside).await, &["Mission of Lund", "three copies"], &[]);
    let mut deputy = desk.world.browser("deputy").await;
    assert_eq!(deputy.get(&outside).await.status, StatusCode::NOT_FOUND);

    leads(&mut clerk, "R-0001/2026", &page).await;
    for missing in ["R-0009/2026", "R-0001/2025", "D-0001/2026", "ARC R-0001/2026"] {
        let none = clerk.get(&format!("/custody/find?q={}", web::frame::escaped(missing))).await;
        assert_eq!(none.status, StatusCode::NOT_FOUND, "{missing}");
        none.shows("There is no such thing here").shows(&format!("value=\"{missing}\""));
    }
    is_hidden(&desk, "/custody/find?q=R-0001/2026").await;
}

#[tokio::test]
async fn papers_of_one_copy_say_who_had_it_and_labels_and_the_log_name_all() {
    let desk = Desk::set().await;
    let people = People::of(&desk).await;
    let id = copies(&desk, &[2]).await[0];
    let page = format!("/custody/copies/{id}");
    let (record, card) = (format!("{page}/disclosures.pdf"), format!("{page}/out-card.pdf"));
    let mut clerk = desk.world.browser("clerk").await;
    clerk.get(&page).await.good().shows(&record).hides(&card);
    assert_eq!(clerk.get(&card).await.status, StatusCode::NOT_FOUND);
    says(&clerk.get(&record).await, &["NS-0001/2026/2", "NATO SECRET"], &["Rotation", "Held the copy"]);
    let dispatch = sends(&desk, &[2], Addressee::Person { person: people.deputy }).await;
    signs(&desk, dispatch).await;
    clerk.get(&page).await.good().shows(&card);
    let mut deputy = desk.world.browser("deputy").await;
    for browser in [&mut clerk, &mut deputy] {
        let told = ["REG:NS-0001/2026/2", "Person called deputy", "Held the copy", "Signed on screen"];
        says(&browser.get(&record).await, &told, &["Rotation"]);
        says(&browser.get(&card).await, &["OUT", "Person called deputy", "12 March 2026"], &["Rotation"]);
    }
    for form in [&record, &card] {
        is_hidden(&desk, form).await;
    }

    let list = clerk.get("/custody/copies?log=NS").await.good();
    list.shows("Print labels").shows("/custody/log.pdf").shows("value=\"2026\"");
    let chosen = [("act", "labels"), ("copies", "NS-0001/2026/1"), ("copies", "NS-0001/2026/3")];
    let labels = clerk.answer(&list, "/custody/chosen?registry=REG", &chosen).await;
    assert!(
        labels.to().starts_with("/custody/labels.pdf?registry=REG&copies=NS-0001%2F2026%2F1"),
        "{}",
        labels.to()
    );
    let labels = labels.to().to_owned();
    says(&clerk.get(&labels).await, &["REG NS-0001/2026/1", "REG NS-0001/2026/3"], &["/2026/2", "SECRET"]);
    clerk.get(&format!("{labels}&used=5")).await.good();
    is_hidden(&desk, &labels).await;
    let odd = clerk.get("/custody/labels.pdf?registry=REG&copies=NS-0009/2026/1").await;
    odd.shows("There is no copy NS-0009/2026/1");
    assert_eq!(clerk.get("/custody/labels.pdf").await.status, StatusCode::NOT_FOUND);

    let log = "/custody/log.pdf?registry=REG&log=NS&year=2026";
    let told = [
        "NATO SECRET log",
        "NS-0001/2026",
        "3–4",
        "Person called deputy",
        "12.03.2026 Operations REG-2026-1 10.03.2026",
    ];
    says(&clerk.get(log).await, &told, &["Rotation"]);
    says(&clerk.get(&format!("{log}&lang=fr")).await, &["Registre", "Établi le 12 mars 2026"], &["Rotation"]);
    says(&clerk.get(&log.replace("2026", "2025")).await, &["None"], &["NS-0001"]);
    for odd in ["log=NONE&year=2026", "log=NS&year=soon", "log=NS"] {
        let path = format!("/custody/log.pdf?registry=REG&{odd}");
        assert_eq!(clerk.get(&path).await.status, StatusCode::NOT_FOUND, "{odd}");
    }
    for login in ["reader", "nobody", "deputy"] {
        let mut browser = desk.world.browser(login).await;
        assert_eq!(browser.get(log).await.status, StatusCode::NOT_FOUND, "{login}");
    }
}

#[tokio::test]
async fn papers_of_destruction_say_who_signed_as_what() {
    let desk = Desk::set().await;
    let people = People::of(&desk).await;
    let copies = copies(&desk, &[1, 2]).await;
    let document = {
        let mut reading = desk.world.office.read_as(people.clerk).await.unwrap();
        reading.copy(copies[0]).await.unwrap().0.view.copy.document
    };
    let act = Act::DrawUp { copies, method: "Shredded, 0.8 mm".into() };
    let Answer::Certified { certificate, .. } = does(&desk, people.clerk, act).await else { panic!() };
    let page = format!("/custody/destruction/{certificate}");
    let form = format!("{page}/certificate.pdf");
    let mut clerk = desk.world.browser("clerk").await;
    clerk.get(&page).await.good().shows(&form);
    let told = ["D-0001/2026", "Shredded, 0.8 mm", "NATO SECRET", "Destroyer", "Witness", "2031"];
    says(&clerk.get(&form).await, &told, &["Rotation", "Signed on screen"]);
    does(&desk, people.clerk, Act::Sign { certificate, hand: Hand::Destroyer }).await;
    does(&desk, people.deputy, Act::Sign { certificate, hand: Hand::Witness }).await;
    let mut deputy = desk.world.browser("deputy").await;
    let told = ["Person called clerk", "Person called deputy", "Signed on screen", "11:00 CET"];
    says(&deputy.get(&form).await, &told, &["Rotation"]);
    is_hidden(&desk, &form).await;
    leads(&mut clerk, "D-0001/2026", &page).await;

    // What is destroyed wants no label.
    let labels = format!("/custody/labels.pdf?document={document}");
    clerk.get(&format!("/documents/{document}/copies")).await.good().shows(&labels);
    says(&clerk.get(&labels).await, &["REG NS-0001/2026/3", "REG NS-0001/2026/4"], &["/2026/1"]);
    assert_eq!(deputy.get(&labels).await.status, StatusCode::NOT_FOUND);
    is_hidden(&desk, &labels).await;
}

#[tokio::test]
async fn papers_of_musters_are_reports_or_what_an_inspection_or_a_hand_over_asks() {
    let desk = Desk::set().await;
    let people = People::of(&desk).await;
    let between = HandOver { from: people.clerk, to: people.deputy };
    let kinds = [
        (MusterKind::Full, None, "Muster report", "M-0001/2026"),
        (MusterKind::Inspection, None, "Inspection report", "M-0002/2026"),
        (MusterKind::HandOver, Some(between), "Hand-over certificate", "M-0003/2026"),
    ];
    let mut clerk = desk.world.browser("clerk").await;
    for (is, hand_over, title, number) in kinds {
        let act = Act::OpenMuster {
            is,
            logs: vec!["NS".into()],
            container: None,
            sample: None,
            seed: None,
            hand_over,
            words: String::new(),
        };
        let Answer::Mustered { muster, .. } = does(&desk, people.clerk, act).await else { panic!() };
        let page = format!("/custody/musters/{muster}");
        let form = format!("{page}/report.pdf");
        clerk.get(&page).await.good().shows(&form);
        says(&clerk.get(&form).await, &[title, number, "NS-0001/2026/4", "REG-2026-1"], &["Rotation"]);
        is_hidden(&desk, &form).await;
        let mut deputy = desk.world.browser("deputy").await;
        let his = deputy.get(&form).await;
        if is == MusterKind::HandOver {
            says(&his, &["Person called clerk", "Person called deputy"], &["Rotation"]);
        } else {
            assert_eq!(his.status, StatusCode::NOT_FOUND);
        }
        leads(&mut clerk, number, &page).await;
    }
}

#[tokio::test]
async fn papers_of_books_are_lists_of_packages_certificates_of_couriers_and_letters() {
    let desk = Desk::set().await;
    let people = People::of(&desk).await;
    let mission = "Mission of Lund";
    let dispatch = sends(&desk, &[1, 2], Addressee::Elsewhere { name: mission.into() }).await;
    let package = Package {
        dispatches: vec![dispatch],
        inner: mission.into(),
        outer: "12 Harbour Street".into(),
        warning: None,
        seals: vec!["A-17".into()],
        by: Carriage::Courier,
    };
    let package = enters(&desk, people.clerk, Details::Packages(package)).await;
    let courier = Courier {
        person: Some(people.deputy),
        name: "Person called deputy".into(),
        document: "Pass 1177".into(),
    };
    let journey = Journey {
        courier,
        from: "Headquarters".into(),
        to: "Lund".into(),
        way: Some("Malmö".into()),
        leaves: desk.world.office.now().plus_seconds(86_400),
        expected: desk.world.office.now().plus_seconds(100_000),
        packages: vec![package.parse().unwrap()],
        urgent: Some("The exercise was moved".into()),
        advised: None,
        departed: None,
        arrived: None,
    };
    let journey = enters(&desk, people.clerk, Details::Journeys(journey)).await;
    let issue = |item: &str| Act::Step {
        item: item.parse().unwrap(),
        step: Box::new(Step::Issue),
        at: None,
        words: String::new(),
    };
    does(&desk, people.controller, issue(&journey)).await;

    let (package, journey) =
        (format!("/custody/books/packages/{package}"), format!("/custody/books/journeys/{journey}"));
    let [list, certificate] = [&package, &journey].map(|path| format!("{path}/form.pdf"));
    let mut clerk = desk.world.browser("clerk").await;
    clerk.get(&package).await.good().shows(&list);
    let told = ["P-0001/2026", "12 Harbour Street", "A-17", "R-0001/2026", "CC-0001/2026", mission];
    says(&clerk.get(&list).await, &told, &["Rotation", "SECRET"]);
    let mut deputy = desk.world.browser("deputy").await;
    deputy.get(&journey).await.good().shows(&certificate);
    for browser in [&mut clerk, &mut deputy] {
        let told = ["CC-0001/2026", "Pass 1177", "Malmö", "P-0001/2026", "Person called controller"];
        says(&browser.get(&certificate).await, &told, &["Rotation", "SECRET", "R-0001"]);
    }
    assert_eq!(deputy.get(&list).await.status, StatusCode::NOT_FOUND);
    for form in [&list, &certificate] {
        is_hidden(&desk, form).await;
    }
    leads(&mut clerk, "P-0001/2026", &package).await;
    leads(&mut clerk, "CC-0001/2026", &journey).await;
    letters(&desk, &people, &mut clerk).await;
}

async fn letters(desk: &Desk, people: &People, clerk: &mut Browser) {
    let correspondent = Correspondent {
        name: "Mission of Oslo".into(),
        address: "4 Quay Street".into(),
        approved: Vec::new(),
        officers: Vec::new(),
    };
    enters(desk, people.clerk, Details::Correspondents(correspondent)).await;
    let appointment = |function| {
        Details::Appointments(Appointment {
            person: people.deputy,
            function,
            logs: vec!["NS".into()],
            from: "2026-03-12".parse().unwrap(),
            until: None,
            reference: "REG-17".into(),
        })
    };
    let letter = enters(desk, people.controller, appointment(Function::Deputy)).await;
    let letter = format!("/custody/books/appointments/{letter}/form.pdf");
    let told = ["AP-0001/2026", "Person called deputy", "NATO SECRET log", "Mission of Oslo, 4 Quay Street"];
    says(&clerk.get(&letter).await, &told, &[]);
    // The correspondents are the registry's business.
    let mut deputy = desk.world.browser("deputy").await;
    says(&deputy.get(&letter).await, &["Deputy control officer"], &["Mission of Oslo"]);
    is_hidden(desk, &letter).await;

    let signatory = enters(desk, people.controller, appointment(Function::Signatory)).await;
    let safe = Details::Equipment(Equipment {
        is: EquipmentKind::Safe,
        mark: "Safe 7".into(),
        serial: "Fichet 1177".into(),
        place: "Room 2.10".into(),
        level: None,
        with: None,
        combination: None,
        known_to: Vec::new(),
    });
    let safe = enters(desk, people.clerk, safe).await;
    for (book, item) in [("appointments", &signatory), ("equipment", &safe), ("packages", &safe)] {
        let path = format!("/custody/books/{book}/{item}/form.pdf");
        assert_eq!(clerk.get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    clerk.get(&format!("/custody/books/equipment/{safe}")).await.good().hides("form.pdf");
    leads(clerk, "EQ-0001/2026", &format!("/custody/books/equipment/{safe}")).await;
}
