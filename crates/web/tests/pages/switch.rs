//! A shared counter: another takes the seat in one step; what the first had typed is his alone, and is back with him.

use axum::http::StatusCode;
use registry::Timestamp;

use crate::browser::{Browser, MORNING, PHRASE, Page, World};

const TYPED: &str = r#"{"path":"/register/new","forms":[{"action":"/register/new","fields":[["subject","Stocks of the winter"],["references","A 1\nB 2"],["level","SECRET"]]}]}"#;

/// Changes the seat as the script does; the answer.
async fn change(browser: &mut Browser, login: &str, password: &str, draft: &str) -> Page {
    let page = browser.get("/change-user").await.good();
    browser.added = vec![("accept", "application/json".to_owned())];
    let fields = [("change_login", login), ("change_password", password), ("draft", draft)];
    let answer = browser.answer(&page, "/change-user", &fields).await;
    browser.added.clear();
    answer
}

fn session(browser: &Browser) -> String {
    browser.cookie("__Host-session").unwrap_or_default()
}

#[tokio::test]
async fn the_seat_changes_in_one_step_and_what_was_typed_comes_back_to_its_owner_alone() {
    let world = World::founded().await;
    let second = world.adds("second").await;
    world.clears(second, "SECRET").await;
    let role = registry::Command::AssignRole {
        person: second,
        role: registry::authorisation::Role::Clerk,
        registry: world.registry,
    };
    world.does(world.officers[0], role).await;
    let mut counter = world.browser("clerk").await;
    let first = session(&counter);

    // Who is not let in changes nothing, and is told in words.
    let refused = change(&mut counter, "second", "not the password", TYPED).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    refused.shows("Name and password do not go together.");
    assert_eq!(session(&counter), first);
    counter.get("/drafts").await.good().shows("Nothing is left half filled");

    let changed = change(&mut counter, "second", PHRASE, TYPED).await.good();
    assert_eq!(changed.text, r#"{"to":"/change-user?go=on"}"#);
    // A session of its own, and the first's is open nowhere any more.
    assert_ne!(session(&counter), first);
    let mut thief = world.stranger();
    thief.keeps("__Host-session", &first);
    assert_eq!(thief.get("/desk").await.status, StatusCode::SEE_OTHER);
    assert_eq!(counter.get("/change-user?go=on").await.to(), "/desk");
    for path in ["/drafts", "/drafts?path=/register/new", "/register/new", "/desk"] {
        let page = counter.get(path).await.good();
        page.hides("Stocks of the winter").hides("half filled in").hides("forms are left");
    }
    counter.get("/desk").await.good().shows("Person called second");

    // The second leaves something of his own, and the first comes back to his.
    let own = TYPED.replace("winter", "summer");
    change(&mut counter, "clerk", PHRASE, &own).await.good();
    assert_eq!(counter.get("/change-user?go=on").await.to(), "/register/new#typed");
    let kept = counter.get("/drafts?path=/register/new").await.good();
    kept.shows("data-value=\"Stocks of the winter\"").shows("data-value=\"A 1\nB 2\"").hides("summer");
    assert_eq!(kept.banner(), "Marking undetermined");
    counter.get("/desk").await.good().shows("A form is left half filled.");
    counter.get("/drafts").await.good().shows("Register a document").hides("Stocks");
    // On another browser too, and in French.
    let mut elsewhere = world.browser("clerk").await;
    elsewhere.speaks("fr").await;
    elsewhere.get("/drafts").await.good().shows("Laissé à moitié rempli");
    elsewhere.get("/change-user").await.good().shows("Changer d’utilisateur");
    elsewhere.get("/drafts?path=/register/new").await.good().shows("Stocks of the winter");

    // Sent, it is erased.
    let page = counter.get("/register/new").await.good();
    let (token, command) = (page.hidden("token"), page.hidden("command"));
    let fields = [
        ("token", token.as_str()),
        ("command", command.as_str()),
        ("registry", "REG"),
        ("direction", "incoming"),
        ("kind", "memorandum"),
        ("held_elsewhere", "safe 4"),
        ("subject", "Stocks of the winter"),
        ("policy", "NATO"),
        ("levels_of", "NATO"),
        ("level", "SECRET"),
        ("language", "en"),
    ];
    let registered = counter.multipart("/register/new", &fields, None).await;
    assert_eq!(registered.status, StatusCode::SEE_OTHER, "{}", registered.text);
    counter.get("/drafts").await.good().shows("Nothing is left half filled");
    world.after(24 * 60 + 1);
    assert_eq!(world.office.sweep_drafts().await.unwrap(), 1, "that of the second");
}

#[tokio::test]
async fn what_is_kept_is_little_short_lived_and_only_for_who_may_still_see_it() {
    let world = World::founded().await;
    let mut clerk = world.browser("clerk").await;
    // Too much, or nothing a page would send: refused, and nobody is signed out.
    let long = TYPED.replace("winter", &"x".repeat(300_000));
    assert_eq!(change(&mut clerk, "reader", PHRASE, &long).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(change(&mut clerk, "reader", PHRASE, "{}").await.status, StatusCode::UNPROCESSABLE_ENTITY);
    clerk.get("/desk").await.good().shows("Person called clerk");

    // Twelve pages: the last ten are kept.
    for n in 0..12 {
        world.clock.set(MORNING.plus_seconds(n));
        let typed =
            TYPED.replace("\"/register/new\",\"forms\"", &format!("\"/register/new?item={n}\",\"forms\""));
        change(&mut clerk, "clerk", PHRASE, &typed).await.good();
    }
    let (token, card) = (session(&clerk), office::doors::certificate::Card::None);
    let open = world.office.session_with(&token, &card).await.unwrap().unwrap();
    let kept = world.office.drafts(&open).await.unwrap();
    let paths: Vec<&str> = kept.iter().map(|one| one.typed.path.as_str()).collect();
    assert_eq!((paths.len(), paths[0], paths[9]), (10, "/register/new?item=11", "/register/new?item=2"));

    // Only leave: the front door, and the form is kept.
    let page = clerk.get("/change-user").await.good();
    let left = clerk.answer(&page, "/change-user", &[("act", "leave"), ("draft", TYPED)]).await;
    assert_eq!((left.status, left.to()), (StatusCode::SEE_OTHER, "/sign-in"));
    assert_eq!(clerk.get("/desk").await.to(), "/sign-in?back=%2Fdesk");
    let mut clerk = world.browser("clerk").await;
    clerk.get("/drafts?path=/register/new").await.good().shows("Stocks of the winter");
    // A session that shows less than that in which it was typed shows none of it.
    let low = label::NamedClearance {
        policy: "NATO".into(),
        level: "RESTRICTED".into(),
        categories: Default::default(),
    };
    let kind = office::signin::SessionKind::Browser;
    let (_, low) = world.office.sign_in_under("clerk", PHRASE, kind, "", Some(&low)).await.unwrap();
    let mut under = world.stranger();
    under.keeps("__Host-session", &low);
    under.get("/drafts?path=/register/new").await.good().hides("Stocks of the winter");
    // Thrown away by its owner; another's word changes nothing.
    let mut reader = world.browser("reader").await;
    let page = reader.get("/drafts").await.good();
    reader.answer(&page, "/drafts/drop", &[("path", "/register/new?item=11")]).await;
    let page = clerk.get("/drafts").await.good();
    clerk.answer(&page, "/drafts/drop", &[("path", "/register/new")]).await;
    clerk.get("/drafts?path=/register/new").await.good().hides("Stocks of the winter");
    clerk.get("/drafts?path=/register/new%3Fitem%3D11").await.good().shows("Stocks of the winter");

    // A day later there is nothing, and the sweep leaves nothing behind.
    let later: Timestamp = MORNING.plus_seconds(86_400 + 60);
    world.clock.set(later);
    let mut clerk = world.browser("clerk").await;
    clerk.get("/drafts").await.good().shows("Nothing is left half filled");
    assert_eq!(world.office.sweep_drafts().await.unwrap(), 9);
    assert_eq!(world.office.sweep_drafts().await.unwrap(), 0);
}

#[tokio::test]
async fn five_wrong_passwords_at_the_counter_lock_as_at_the_front_door() {
    let world = World::founded().await;
    let mut clerk = world.browser("clerk").await;
    for _ in 0..5 {
        let refused = change(&mut clerk, "reader", "not the password", "").await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let locked = change(&mut clerk, "reader", PHRASE, "").await;
    assert_eq!(locked.status, StatusCode::TOO_MANY_REQUESTS);
    // A form that another site made, or another session's: nothing.
    let forged = clerk.form("/change-user", &[("token", "x"), ("change_login", "reader")]).await;
    assert_eq!(forged.status, StatusCode::FORBIDDEN);
    clerk.get("/desk").await.good().shows("Person called clerk");
}
