//! The registry's other books through their pages: what is entered, what is refused and kept as it was typed, what happens to
//! items until they are past, lists and files; and that whoever is not of the staff finds none of it but what he has himself.

use axum::http::StatusCode;
use registry::{
    Answer, Command,
    custody::{Act, fact::Addressee},
};

use crate::{
    browser::{Browser, Page},
    receipts::{Desk, sends},
};

const DAY: i64 = 24 * 60;
const MISSION: &str = "Mission of Lund";

/// Sends copies of the desk, named a line each, to somebody outside: the dispatch.
async fn sent(desk: &Desk, names: &str) -> String {
    let world = &desk.world;
    let clerk = world.office.person_named("clerk").await.unwrap();
    let mut reading = world.office.read_as(clerk).await.unwrap();
    let rows = reading.copies_named(world.registry, names).await.unwrap();
    drop(reading);
    let act = Act::Send {
        back_by: None,
        copies: rows.iter().map(|row| row.view.copy.id).collect(),
        to: Addressee::Elsewhere { name: MISSION.into() },
        bearer: String::new(),
        at: None,
        despite: None,
        words: String::new(),
    };
    let command = Command::Custody { registry: world.registry, act: Box::new(act) };
    let Answer::Sent { dispatch, .. } = world.does(clerk, command).await else { panic!() };
    dispatch.to_string()
}

/// The form of a book.
async fn form(browser: &mut Browser, book: &str) -> Page {
    browser.get(&format!("/custody/books/{book}/new?registry=REG")).await.good()
}

/// Enters something from a form: what came back.
async fn enters(browser: &mut Browser, page: &Page, book: &str, fields: &[(&str, &str)]) -> Page {
    let mut all = vec![("registry", "REG")];
    all.extend_from_slice(fields);
    sends(browser, page, &format!("/custody/books/{book}"), &all).await
}

/// Where what was entered is.
fn at(entered: &Page) -> String {
    let (path, done) = entered.to().split_once('?').unwrap_or_else(|| panic!("{}", entered.text));
    assert_eq!(done, "done=book-entered");
    path.to_owned()
}

/// Says on the page of an item that something happened to it: what came back.
async fn steps(browser: &mut Browser, path: &str, step: &str, fields: &[(&str, &str)]) -> Page {
    let page = browser.get(path).await.good();
    let mut all = vec![("step", step)];
    all.extend_from_slice(fields);
    sends(browser, &page, &format!("{path}/steps"), &all).await
}

/// The same, where it is done.
async fn stepped(browser: &mut Browser, path: &str, step: &str, fields: &[(&str, &str)]) -> Page {
    let done = steps(browser, path, step, fields).await;
    assert_eq!(done.to(), format!("{path}?done=book-stepped"), "{step}: {}", done.text);
    browser.get(done.to()).await.good()
}

fn refused(page: &Page, field: &str) {
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", page.text);
    page.shows(&format!("#field-{field}")).shows(&format!("id=\"field-{field}\""));
}

/// A package with two copies, by courier.
async fn packed(desk: &Desk, clerk: &mut Browser) -> String {
    let dispatch = sent(desk, "NS-0001/2026/1\nNS-0001/2026/2").await;
    let receipt = format!("/custody/receipts/{dispatch}");
    let pack = format!("/custody/books/packages/new?registry=REG&amp;dispatch={dispatch}");
    clerk.get(&receipt).await.good().shows(&pack);
    let page = clerk.get(&pack.replace("&amp;", "&")).await.good();
    page.shows("R-0001/2026").shows("to Mission of Lund, 2 copies").shows("value=\"Mission of Lund\"");
    page.shows(&format!("value=\"{dispatch}\" checked"));
    let good =
        [("dispatches", dispatch.as_str()), ("by", "courier"), ("inner", MISSION), ("seals", "A-17\nA-18")];
    for (outer, says) in
        [("", "This is empty."), ("NATO SECRET, 12 Harbour Street", "The outer wrapping would say")]
    {
        let mut fields = good.to_vec();
        fields.push(("outer", outer));
        let back = enters(clerk, &page, "packages", &fields).await;
        refused(&back, "outer");
        back.shows(says).shows("A-17\nA-18").shows(&format!("value=\"{dispatch}\" checked"));
    }
    let mut fields = good.to_vec();
    fields.push(("outer", "12 Harbour Street"));
    let path = at(&enters(clerk, &page, "packages", &fields).await);
    clerk.get(&receipt).await.good().shows("P-0001/2026").hides("Pack it");
    clerk.get(&pack.replace("&amp;", "&")).await.good().shows("No receipt waits to be packed");
    let page = clerk.get(&path).await.good();
    page.shows("Package P-0001/2026").shows("Sealed").shows("A-17, A-18").shows("R-0001/2026");
    page.shows("the outer wrapping bears the address and nothing else").hides("Rotation").hides("Has left");
    path
}

#[tokio::test]
async fn a_package_goes_with_one_courier_on_one_journey_and_the_certificate_comes_back() {
    let desk = Desk::set().await;
    let mut clerk = desk.world.browser("clerk").await;
    clerk.get("/custody/books/packages").await.good().shows("No such package").hides("items.csv");
    let package = packed(&desk, &mut clerk).await;

    let page = form(&mut clerk, "journeys").await;
    page.shows("P-0001/2026").shows("Mission of Lund – 12 Harbour Street").hides("Why so late");
    let id = package.rsplit('/').next().unwrap().to_owned();
    let good = [
        ("packages", id.as_str()),
        ("courier", "house"),
        ("person", "deputy"),
        ("document", "Pass 1177"),
        ("from", "Headquarters"),
        ("to", "Lund"),
        ("leaves", "13 March 2026, 10:00"),
        ("expected", "13 March 2026, 18:00"),
    ];
    let late = enters(&mut clerk, &page, "journeys", &good).await;
    refused(&late, "urgent");
    late.shows("The rules want 5 working days").shows("Why so late").shows("value=\"Pass 1177\"");
    late.shows(&format!("value=\"{id}\" checked")).shows("13 March 2026, 18:00");
    let with = |name: &'static str, value: &'static str| {
        let mut fields = good.to_vec();
        fields.retain(|(own, _)| *own != name);
        fields.extend([(name, value), ("urgent", "The exercise was moved")]);
        fields
    };
    for (name, value, field) in [
        ("person", "nobody of that name", "person"),
        ("leaves", "", "leaves"),
        ("leaves", "soon", "leaves"),
        ("leaves", "1 March 2026, 10:00", "leaves"),
        ("expected", "13 March 2026, 09:00", "expected"),
        ("document", "", "document"),
    ] {
        let back = enters(&mut clerk, &late, "journeys", &with(name, value)).await;
        refused(&back, field);
        back.shows("The exercise was moved");
    }
    let stranger = enters(&mut clerk, &late, "journeys", &with("courier", "other")).await;
    refused(&stranger, "name");
    let journey = at(&enters(&mut clerk, &late, "journeys", &with("way", "Malmö")).await);
    let page = clerk.get(&journey).await.good();
    page.shows("CC-0001/2026").shows("Asked for").shows("Malmö").shows("The exercise was moved");
    page.shows("for one journey").shows("P-0001/2026").shows("The next step is another person’s");
    clerk.get(&package).await.good().shows("With a courier’s certificate").hides("Open it again");

    journeys(&desk, &mut clerk, &journey, &package).await;
}

/// The certificate is issued, the courier leaves, arrives and gives it back.
async fn journeys(desk: &Desk, clerk: &mut Browser, journey: &str, package: &str) {
    let own = steps(clerk, journey, "issue", &[]).await;
    assert_eq!(own.status, StatusCode::FORBIDDEN, "{}", own.text);
    let mut deputy = desk.world.browser("deputy").await;
    deputy.get("/holdings").await.good().shows("Also with you").shows("CC-0001/2026");
    let his = deputy.get(journey).await.good();
    his.shows("Pass 1177").hides("Has left").hides(package);
    assert_eq!(deputy.get(package).await.status, StatusCode::NOT_FOUND);
    let mut controller = desk.world.browser("controller").await;
    stepped(&mut controller, journey, "issue", &[]).await.shows("Issued");
    stepped(clerk, journey, "advise", &[("words", "By telephone")]).await.shows("By telephone");

    desk.world.after(2 * DAY);
    let mut clerk = desk.world.browser("clerk").await;
    clerk.get("/custody").await.good().shows("To be done in the books").shows("Should have left");
    let early = steps(&mut clerk, journey, "depart", &[("at", "1 March 2026, 09:00")]).await;
    refused(&early, "at");
    early.shows("1 March 2026, 09:00");
    stepped(&mut clerk, journey, "depart", &[("at", "13 March 2026, 12:00")]).await.shows("Under way");
    clerk.get(package).await.good().shows("Under way").hides("Has arrived");
    clerk.get("/custody/books/journeys").await.good().shows("Should have arrived");
    stepped(&mut clerk, journey, "arrive", &[]).await.shows("Certificate to be given back");
    clerk.get(package).await.good().shows("Delivered");
    let back = stepped(&mut clerk, journey, "give-back", &[]).await;
    back.shows("Given back").hides(&format!("{journey}/steps"));
    let again = clerk.answer(&back, &format!("{journey}/steps"), &[("step", "depart")]).await;
    again.shows("certificate is for one journey");
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    let mut deputy = desk.world.browser("deputy").await;
    deputy.get("/holdings").await.good().hides("CC-0001/2026");

    clerk.get("/custody/books/journeys?state=closed").await.good().shows("CC-0001/2026").shows("1 to 1 of 1");
    let list = "/custody/books/packages?state=all";
    clerk.get(&format!("{list}&q=lund")).await.good().shows("P-0001/2026");
    clerk.get(&format!("{list}&q=oslo")).await.good().hides("P-0001/2026");
    let file = clerk.get("/custody/books/packages/items.csv?state=all&order=name").await.good();
    file.shows(
        "P-0001/2026,Mission of Lund,12 Harbour Street,Courier with a certificate,1,\"A-17, A-18\",Delivered",
    );
    clerk.get("/custody/books/journeys/items.xlsx?state=all").await.good();
}

#[tokio::test]
async fn a_journey_is_cancelled_and_its_package_opened_again() {
    let desk = Desk::set().await;
    let mut clerk = desk.world.browser("clerk").await;
    let package = packed(&desk, &mut clerk).await;
    let page = form(&mut clerk, "journeys").await;
    let id = package.rsplit('/').next().unwrap();
    let fields = [
        ("packages", id),
        ("courier", "other"),
        ("name", "A. Courier"),
        ("document", "Passport 17"),
        ("from", "Headquarters"),
        ("to", "Lund"),
        ("leaves", "2 April 2026, 10:00"),
        ("expected", "2 April 2026, 18:00"),
    ];
    let journey = at(&enters(&mut clerk, &page, "journeys", &fields).await);
    form(&mut clerk, "journeys").await.shows("No package waits for a courier");
    let silent = steps(&mut clerk, &journey, "cancel", &[("words", "")]).await;
    refused(&silent, "words");
    stepped(&mut clerk, &journey, "cancel", &[("words", "Storm")]).await.shows("Cancelled").shows("Storm");
    clerk.get(&package).await.good().shows("Taken off the courier’s certificate").shows("Sealed");
    stepped(&mut clerk, &package, "unpack", &[("words", "A seal was broken")]).await.shows("Opened again");
    form(&mut clerk, "packages").await.shows("R-0001/2026");
}

#[tokio::test]
async fn correspondents_approvals_and_control_officers_are_entered_and_ended() {
    let desk = Desk::set().await;
    let mut clerk = desk.world.browser("clerk").await;
    let page = form(&mut clerk, "correspondents").await;
    let officers = [
        ("approved", "bounded"),
        ("level-0", "-"),
        ("address", "12 Harbour Street"),
        ("officer-0", "A. Silva"),
        ("function-0", "control-officer"),
        ("officer-1", "B. Lind"),
    ];
    let mut fields = officers.to_vec();
    fields.push(("name", MISSION));
    let back = enters(&mut clerk, &page, "correspondents", &fields).await;
    refused(&back, "function-1");
    back.shows("#field-approved").shows("value=\"B. Lind\"");
    let mut fields = officers[2..].to_vec();
    fields.extend([("approved", "anything"), ("function-1", "deputy"), ("name", "")]);
    let back = enters(&mut clerk, &page, "correspondents", &fields).await;
    refused(&back, "name");
    back.shows("value=\"A. Silva\"");
    fields.pop();
    fields.push(("name", MISSION));
    let path = at(&enters(&mut clerk, &page, "correspondents", &fields).await);
    let one = clerk.get(&path).await.good();
    one.shows("CO-0001/2026")
        .shows("A. Silva (Control officer)")
        .shows("B. Lind (Deputy)")
        .shows("Nothing was said");
    let page = form(&mut clerk, "correspondents").await;
    let twice = enters(&mut clerk, &page, "correspondents", &fields).await;
    refused(&twice, "name");
    // Where there is one of that name, his address stands in the form of a package.
    let dispatch = sent(&desk, "NS-0001/2026/1").await;
    let pack = format!("/custody/books/packages/new?registry=REG&dispatch={dispatch}");
    clerk.get(&pack).await.good().shows("value=\"12 Harbour Street\"");
    stepped(&mut clerk, &path, "end", &[("words", "The mission was closed")]).await.shows("Ended");
    clerk.get("/custody/books/correspondents").await.good().shows("No such correspondent");

    // Approvals and appointments are the control officer's.
    for book in ["routes", "appointments"] {
        let path = format!("/custody/books/{book}");
        clerk.get(&path).await.good().hides(&format!("{path}/new"));
        assert_eq!(clerk.get(&format!("{path}/new")).await.status, StatusCode::NOT_FOUND);
    }
    routes_and_appointments(&desk).await;
}

async fn routes_and_appointments(desk: &Desk) {
    let mut controller = desk.world.browser("controller").await;
    let page = form(&mut controller, "routes").await;
    let good = [
        ("from", "REG"),
        ("to", "elsewhere"),
        ("elsewhere", MISSION),
        ("logs", "CTS"),
        ("reference", "HQR-17"),
    ];
    let mut fields = good.to_vec();
    fields.push(("until", "1 January 2026"));
    let past = enters(&mut controller, &page, "routes", &fields).await;
    refused(&past, "until");
    past.shows("value=\"1 January 2026\"").shows("value=\"CTS\" checked").shows(MISSION);
    let mut unsaid = good.to_vec();
    unsaid.retain(|(name, _)| *name != "elsewhere");
    refused(&enters(&mut controller, &page, "routes", &unsaid).await, "elsewhere");
    fields.pop();
    fields.push(("until", "31 March 2026"));
    let route = at(&enters(&mut controller, &page, "routes", &fields).await);
    controller.get(&route).await.good().shows("RA-0001/2026").shows("CTS").shows("31 March 2026");

    let page = form(&mut controller, "appointments").await;
    let good = [("function", "deputy"), ("from", "12 March 2026"), ("reference", "Letter 4")];
    for (person, status) in [("controller", StatusCode::FORBIDDEN), ("", StatusCode::UNPROCESSABLE_ENTITY)] {
        let mut fields = good.to_vec();
        fields.push(("person", person));
        let back = enters(&mut controller, &page, "appointments", &fields).await;
        assert_eq!(back.status, status, "{}", back.text);
        back.shows("#field-person").shows("value=\"Letter 4\"");
    }
    let mut fields = good.to_vec();
    fields.push(("person", "deputy"));
    let appointment = at(&enters(&mut controller, &page, "appointments", &fields).await);
    controller.get(&appointment).await.good().shows("Person called deputy").shows("In force");

    desk.world.after(30 * DAY);
    let mut clerk = desk.world.browser("clerk").await;
    clerk.get("/custody/books/routes").await.good().shows("Has run out");
    clerk.get(&route).await.good().hides("End it");
    let mut controller = desk.world.browser("controller").await;
    stepped(&mut controller, &route, "end", &[("words", "Run out")]).await.shows("Ended");
}

#[tokio::test]
async fn equipment_is_handed_out_raised_and_its_combination_changed_when_it_is_due() {
    let desk = Desk::set().await;
    let mut clerk = desk.world.browser("clerk").await;
    let page = form(&mut clerk, "equipment").await;
    let safe = [
        ("is", "safe"),
        ("mark", "Safe 7"),
        ("serial", "Fichet 1177"),
        ("place", "Room 2.10"),
        ("level", "NATO|CONFIDENTIAL"),
    ];
    let mut fields = safe.to_vec();
    fields.push(("known_to", "clerk\nnobody of that name"));
    let back = enters(&mut clerk, &page, "equipment", &fields).await;
    refused(&back, "known_to");
    back.shows("nobody of that name").shows("value=\"NATO|CONFIDENTIAL\" selected");
    fields.pop();
    fields.push(("known_to", "clerk\ncontroller"));
    let path = at(&enters(&mut clerk, &page, "equipment", &fields).await);
    let page = clerk.get(&path).await.good();
    page.shows("EQ-0001/2026")
        .shows("NATO CONFIDENTIAL")
        .shows("Person called controller")
        .shows("In the registry");

    let lower = steps(&mut clerk, &path, "raise", &[("level", "NATO|RESTRICTED")]).await;
    refused(&lower, "level");
    stepped(&mut clerk, &path, "raise", &[("level", "NATO|SECRET")])
        .await
        .shows("Level raised to NATO SECRET");
    for (person, says) in [("", "This is empty."), ("reader", "is not cleared")] {
        let back = steps(&mut clerk, &path, "hand-out", &[("person", person)]).await;
        refused(&back, "person");
        back.shows(says);
    }
    stepped(&mut clerk, &path, "hand-out", &[("person", "deputy")])
        .await
        .shows("Handed out to Person called deputy");
    let mut deputy = desk.world.browser("deputy").await;
    deputy.get("/holdings").await.good().shows("Also with you").shows("Safe 7");
    deputy.get(&path).await.good().hides("Take back");
    stepped(&mut clerk, &path, "take-back", &[]).await.shows("In the registry");

    desk.world.after(367 * DAY);
    let mut clerk = desk.world.browser("clerk").await;
    clerk.get("/custody/books/equipment").await.good().shows("Combination to be changed");
    let unsaid = steps(&mut clerk, &path, "change-combination", &[("known_to", "clerk")]).await;
    refused(&unsaid, "why");
    let fields = [("why", "departure"), ("known_to", "clerk")];
    let changed = stepped(&mut clerk, &path, "change-combination", &fields).await;
    changed.shows("Combination changed (Somebody who knew it left)").hides("Combination to be changed");
    stepped(&mut clerk, &path, "destroy", &[("method", "Cut up")]).await.shows("Destroyed: Cut up");
    clerk
        .get("/custody/books/equipment/items.csv?state=closed")
        .await
        .good()
        .shows("EQ-0001/2026,Safe 7,Safe");
}

#[tokio::test]
async fn a_transfer_is_confirmed_by_a_second_person_and_leaves_quarantine_by_the_control_officer() {
    let desk = Desk::set().await;
    let mut clerk = desk.world.browser("clerk").await;
    let page = form(&mut clerk, "transfers").await;
    let transfer = [
        ("what", "Weather charts"),
        ("from", "Internet"),
        ("authorised_by", "controller"),
        ("why", "Exercise"),
        ("how", "By disk"),
        ("tool", "Two engines"),
    ];
    let with = |to: &'static str, result: &'static str| {
        let mut fields = transfer.to_vec();
        fields.extend([("to", to), ("result", result)]);
        fields
    };
    let same = enters(&mut clerk, &page, "transfers", &with("Internet", "clean")).await;
    refused(&same, "to");
    same.shows("Weather charts").shows("value=\"clean\" selected");
    let clean = at(&enters(&mut clerk, &page, "transfers", &with("Mission network", "clean")).await);
    let page = form(&mut clerk, "transfers").await;
    let odd = at(&enters(&mut clerk, &page, "transfers", &with("Mission network", "infected")).await);
    let list = clerk.get("/custody/books/transfers?order=newest").await.good();
    list.shows("To be confirmed").shows("In quarantine");
    assert!(list.text.find("DT-0002/2026") < list.text.find("DT-0001/2026"), "{}", list.text);
    clerk
        .get(&clean)
        .await
        .good()
        .shows("The next step is another person’s")
        .hides("You confirm what another");
    let page = clerk.get(&odd).await.good();
    let own = [("step", "clear"), ("words", "Scanned again")];
    let own = clerk.answer(&page, &format!("{odd}/steps"), &own).await;
    assert_eq!(own.status, StatusCode::FORBIDDEN, "{}", own.text);

    let mut controller = desk.world.browser("controller").await;
    stepped(&mut controller, &clean, "confirm", &[]).await.shows("Confirmed");
    let silent = steps(&mut controller, &odd, "clear", &[("words", "")]).await;
    refused(&silent, "words");
    stepped(&mut controller, &odd, "clear", &[("words", "Scanned again")])
        .await
        .shows("Cleared from quarantine");
    stepped(&mut controller, &odd, "confirm", &[]).await;
    clerk.get("/custody/books/transfers").await.good().shows("No such transfer");
}

#[tokio::test]
async fn whoever_is_not_of_the_staff_finds_no_book_and_no_item() {
    let desk = Desk::set().await;
    let mut clerk = desk.world.browser("clerk").await;
    let package = packed(&desk, &mut clerk).await;
    clerk.get("/custody").await.good().shows("/custody/books/packages?registry=REG").shows("Couriers");
    for login in ["deputy", "reader", "nobody"] {
        let mut stranger = desk.world.browser(login).await;
        for book in registry::custody::book::Book::ALL {
            for end in ["", "/new", "/items.csv", "/items.xlsx"] {
                let path = format!("/custody/books/{}{end}", book.as_str());
                assert_eq!(stranger.get(&path).await.status, StatusCode::NOT_FOUND, "{login} {path}");
            }
        }
        assert_eq!(stranger.get(&package).await.status, StatusCode::NOT_FOUND);
        let page = stranger.get("/holdings").await.good();
        let enter = [("registry", "REG"), ("mark", "Mine")];
        let entered = stranger.answer(&page, "/custody/books/equipment", &enter).await;
        assert_eq!(entered.status, StatusCode::NOT_FOUND, "{login}");
        let step = stranger.answer(&page, &format!("{package}/steps"), &[("step", "unpack")]).await;
        assert_eq!(step.status, StatusCode::NOT_FOUND, "{login}");
    }
    for path in ["/custody/books/nothing", "/custody/books/nothing/new", "/custody/books/packages/none"] {
        assert_eq!(clerk.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    let elsewhere = package.replace("/packages/", "/equipment/");
    assert_eq!(clerk.get(&elsewhere).await.status, StatusCode::NOT_FOUND);
}
