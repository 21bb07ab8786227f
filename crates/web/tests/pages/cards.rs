//! Smart cards that a server before this one has seen: whose card opens, and what a thief tries who writes the header himself.

use crate::browser::{Browser, World};
use axum::http::StatusCode;
use office::doors::Doors;
use registry::authorisation::Grant;

const CARD: &str = "4A17 CN=Cards of the staff,O=Headquarters";
const OTHER: &str = "4A18 CN=Cards of the staff,O=Headquarters";

/// A house behind a server at 10.0.0.1.
async fn house() -> World {
    let world = World::founded().await;
    let file = world.office.folder().root().join("sign-in.toml");
    std::fs::write(&file, "[certificate]\nheader = \"X-Card\"\nproxies = [\"10.0.0.1\"]\n").unwrap();
    let (doors, problems) = Doors::read(world.office.folder());
    assert_eq!(problems, Vec::<String>::new());
    world.office.open_doors(doors);
    for (login, certificate) in [("clerk", CARD), ("reader", OTHER)] {
        let person = world.office.person_named(login).await.unwrap();
        world.gives(person, Grant::Certificate { certificate: certificate.into() }).await;
    }
    world
}

/// A browser behind that server, with cards in its reader.
fn behind(world: &World, cards: &[&str]) -> Browser {
    let mut browser = world.stranger();
    browser.from = Some("10.0.0.1:4711".parse().unwrap());
    browser.added = cards.iter().map(|card| ("x-card", (*card).to_owned())).collect();
    browser
}

#[tokio::test]
async fn a_card_opens_for_its_person_and_shuts_when_it_is_drawn() {
    let world = house().await;
    let mut clerk = behind(&world, &[CARD]);
    clerk.get("/sign-in").await.good().shows("Sign in with your card");
    let entered = clerk.form("/sign-in/card", &[("back", "/account")]).await;
    assert_eq!((entered.status, entered.to()), (StatusCode::SEE_OTHER, "/account"), "{}", entered.text);
    let account = clerk.get("/account").await.good();
    account.shows("Person called clerk");
    // Another's card with this session, two cards, no card: not signed in. The own one again: signed in.
    for cards in [&[OTHER][..], &[CARD, OTHER], &[CARD, CARD], &[], &["5B00 CN=Nobody"]] {
        clerk.added = cards.iter().map(|card| ("x-card", (*card).to_owned())).collect();
        assert_eq!(clerk.get("/account").await.status, StatusCode::SEE_OTHER, "{cards:?}");
        let sent = clerk.answer(&account, "/account/token", &[("name", "theft")]).await;
        assert!(sent.to().starts_with("/sign-in"), "{cards:?}");
    }
    clerk.added = vec![("x-card", CARD.to_owned())];
    clerk.get("/account").await.good();
    world.browser("officer1").await.get("/desk").await.good().shows("Another’s card was shown");
}

#[tokio::test]
async fn a_header_from_elsewhere_says_nothing() {
    let world = house().await;
    for from in [None, Some("10.0.0.2:4711".parse().unwrap()), Some("127.0.0.1:80".parse().unwrap())] {
        let mut thief = behind(&world, &[CARD]);
        thief.from = from;
        let refused = thief.form("/sign-in/card", &[]).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN);
        refused.shows("No card was seen");
    }
    let twice = behind(&world, &[CARD, OTHER]).form("/sign-in/card", &[]).await;
    assert_eq!(twice.status, StatusCode::FORBIDDEN);
    let unknown = behind(&world, &["5B00 CN=Nobody"]).form("/sign-in/card", &[]).await;
    assert_eq!(unknown.status, StatusCode::FORBIDDEN);
    unknown.shows("nobody’s here");
    world.browser("officer1").await.get("/desk").await.good().shows("5B00 CN=Nobody");
    // With a password one comes in whatever the header says elsewhere; but not past another's card.
    let mut reader = world.browser("reader").await;
    reader.added = vec![("x-card", CARD.to_owned())];
    reader.get("/account").await.good();
    reader.from = Some("10.0.0.1:4711".parse().unwrap());
    assert_eq!(reader.get("/account").await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_card_counts_from_the_second_officer_until_it_is_revoked_and_proves_nothing_anew() {
    let world = house().await;
    let person = world.office.person_named("nobody").await.unwrap();
    let mut officer = world.browser("officer1").await;
    let form = officer.get(&format!("/people/{person}/propose?is=certificate")).await.good();
    let key = form.hidden("command");
    let fields = [("is", "certificate"), ("certificate", "7F  CN=Cards "), ("command", key.as_str())];
    let sent = officer.answer(&form, &format!("/people/{person}/propose"), &fields).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text);
    let mut card = behind(&world, &["7F CN=Cards"]);
    assert_eq!(card.form("/sign-in/card", &[]).await.status, StatusCode::FORBIDDEN);
    let mut second = world.browser("officer2").await;
    let file = second.get(&format!("/people/{person}")).await.good();
    file.shows("Smart card 7F CN=Cards");
    let at = file.text.find("/proposals/").unwrap();
    let path = file.text[at..].split('"').next().unwrap().to_owned();
    let fields = [("proposal", file.hidden("proposal")), ("command", file.hidden("command"))];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (*n, v.as_str())).collect();
    let done = second.answer(&file, &path, &fields).await;
    assert_eq!(done.to(), format!("/people/{person}?done=confirmed"), "{}", done.text);
    assert_eq!(card.form("/sign-in/card", &[]).await.to(), "/desk");
    card.get("/desk").await.good();
    // Held by two, it is nobody's.
    let clerk = world.office.person_named("clerk").await.unwrap();
    world.gives(clerk, Grant::Certificate { certificate: "7F CN=Cards".into() }).await;
    assert_eq!(card.get("/desk").await.status, StatusCode::SEE_OTHER);
    // An officer's card opens, and he proves who he is all the same.
    let own = world.officers[1];
    let held = world.adds("officer3").await;
    let role = registry::authorisation::Role::SecurityOfficer;
    world.gives(held, Grant::Role { role, registry: None }).await;
    let grant = Grant::Certificate { certificate: "80 CN=Cards".into() };
    world.gives(held, grant).await;
    let mut third = behind(&world, &["80 CN=Cards"]);
    third.form("/sign-in/card", &[]).await;
    let file = third.get(&format!("/people/{own}")).await.good();
    let asks = third.answer(&file, &format!("/people/{clerk}/code"), &[]).await;
    assert_eq!(asks.status, StatusCode::FORBIDDEN);
    asks.shows("name=\"password\"");
}

#[tokio::test]
async fn without_settings_the_header_means_nothing_and_half_settings_shut_the_door() {
    let world = World::founded().await;
    let mut browser = behind(&world, &[CARD]);
    assert_eq!(browser.form("/sign-in/card", &[]).await.status, StatusCode::NOT_FOUND);
    let file = world.office.folder().root().join("sign-in.toml");
    for (text, told) in [
        ("[certificate]\nheader = \"X-Card\"\n", "anybody could write the header"),
        ("[certificate]\nheader = \"X Card\"\nproxies = [\"10.0.0.1\"]\n", "names no header"),
        ("[certificate]\nheader = \"X-Card\"\nsecret_header = \"X-Secret\"\n", "go together"),
        ("[certificate]\nheader = \"X-Card\"\nproxies = [\"everywhere\"]\n", "invalid IP address"),
    ] {
        std::fs::write(&file, text).unwrap();
        let (doors, problems) = Doors::read(world.office.folder());
        assert!(doors.certificate.is_none());
        assert!(problems.len() == 1 && problems[0].contains(told), "{text}: {problems:?}");
    }
}
