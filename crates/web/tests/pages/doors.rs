//! Who may enter which page, in both languages; and that a form must come from a page of one's own.

use axum::http::StatusCode;
use office::texts::{Language, Texts};
use web::routes::{Access, ROUTES, Surface};

use crate::browser::{Page, World};

const PAGES: [&str; 10] = [
    "/desk",
    "/register",
    "/register/new",
    "/search",
    "/people",
    "/people/new",
    "/ledger",
    "/account",
    "/custody",
    "/holdings",
];

/// For each person, which of the pages open.
const MAY: [(&str, [bool; 10]); 6] = [
    ("clerk", [true, true, true, true, false, false, false, true, true, true]),
    ("reader", [true, true, false, true, false, false, false, true, false, true]),
    ("officer1", [true, true, false, true, true, true, false, true, false, true]),
    ("keeper", [true, true, false, true, true, true, false, true, false, true]),
    ("inspector", [true, true, false, true, false, false, true, true, false, true]),
    ("nobody", [true, true, false, true, false, false, false, true, false, true]),
];

#[tokio::test]
async fn each_page_opens_for_those_whose_it_is_in_both_languages_and_is_not_there_for_others() {
    let world = World::founded().await;
    world.paper(Some("UNCLASSIFIED"), "Opening hours", "The reading room opens at nine.").await;
    let texts = Texts::new().unwrap();
    for (login, may) in MAY {
        let mut browser = world.browser(login).await;
        for language in Language::ALL {
            browser.speaks(language.tag()).await;
            for (path, open) in PAGES.iter().zip(may) {
                let page = browser.get(path).await;
                // That documents are registered is no secret; everything else that is not his is not there.
                let shut =
                    if *path == "/register/new" { StatusCode::FORBIDDEN } else { StatusCode::NOT_FOUND };
                let wanted = if open { StatusCode::OK } else { shut };
                assert_eq!(page.status, wanted, "{login} {path}");
                page.shows(&format!("<html lang=\"{}\"", language.tag()));
                if wanted == StatusCode::NOT_FOUND {
                    page.shows(&texts.voice(language).t("not-found-title"));
                }
                assert_eq!(page.header("cache-control"), "no-store");
            }
        }
    }
}

#[tokio::test]
async fn no_page_shows_a_key_in_place_of_words_or_anything_inline() {
    let world = World::founded().await;
    let paper = world.paper(Some("SECRET"), "Winter stocks", "Stocks are to be counted.").await;
    let person = world.office.person_named("reader").await.unwrap();
    let mut paths: Vec<String> = PAGES.iter().map(|p| (*p).to_owned()).collect();
    paths.extend(["", "?tab=versions", "?tab=about"].map(|tab| format!("/documents/{paper}{tab}")));
    paths.push(format!("/people/{person}"));
    for is in ["clearance", "briefing", "role", "membership"] {
        paths.push(format!("/people/{person}/propose?is={is}&policy=NATO"));
    }
    paths.push("/search?q=stocks".to_owned());
    let begins = [
        "desk", "register", "document", "form", "person", "people", "held", "role", "ledger", "account",
        "kind", "copies", "holdings", "receipt", "custody",
    ];
    let key = |text: &str| {
        let mut words = text.split('-');
        text.contains('-')
            && begins.contains(&text.split('-').next().unwrap_or_default())
            && words.all(|w| !w.is_empty() && w.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()))
    };
    for login in ["clerk", "officer1", "inspector"] {
        let mut browser = world.browser(login).await;
        for language in ["en", "fr"] {
            browser.speaks(language).await;
            for path in &paths {
                let page = browser.get(path).await;
                for piece in
                    page.text.split('<').filter_map(|p| p.split_once('>')).map(|(_, text)| text.trim())
                {
                    assert!(!key(piece), "{login} {path} shows {piece:?}");
                    assert!(!piece.contains("{$"), "{login} {path} shows {piece:?}");
                }
                for wrong in [" style=", "onclick", "<style", "javascript:"] {
                    page.hides(wrong);
                }
            }
        }
    }
}

#[tokio::test]
async fn whoever_is_not_signed_in_is_led_to_the_door_and_back() {
    let world = World::founded().await;
    let mut stranger = world.stranger();
    for path in PAGES {
        let page = stranger.get(path).await;
        assert_eq!(page.status, StatusCode::SEE_OTHER, "{path}");
        assert!(page.to().starts_with("/sign-in?back="), "{path}: {}", page.to());
    }
}

#[tokio::test]
async fn a_form_without_the_token_of_the_session_changes_nothing() {
    let world = World::founded().await;
    let person = world.office.person_named("reader").await.unwrap().to_string();
    let before = world.office.census().await.unwrap().kinds;
    for login in ["officer1", "clerk", "inspector"] {
        let mut browser = world.browser(login).await;
        for route in ROUTES.iter().filter(|r| r.surface != Surface::Api && r.method.as_str() == "POST") {
            if route.access == Access::Anyone || route.path.starts_with("/sign-out") {
                continue;
            }
            let path = route.path.replace("{id}", &person);
            for token in [&[][..], &[("token", "00000000000000000000000000000000")]] {
                let files = [
                    "/register/new",
                    "/tray/files",
                    "/scans",
                    "/documents/{id}/work",
                    "/people/{id}/specimen",
                    "/custody/receipts/{id}/paper",
                ]
                .contains(&route.path);
                let page = if files {
                    browser.multipart(&path, token, None).await
                } else {
                    browser.form(&path, token).await
                };
                assert_eq!(page.status, StatusCode::FORBIDDEN, "{login} {path}: {}", page.text);
            }
        }
    }
    assert_eq!(world.office.census().await.unwrap().kinds, before);
}

#[tokio::test]
async fn an_inspector_verifies_and_is_told_what_was_found() {
    let world = World::founded().await;
    world.paper(Some("SECRET"), "Winter stocks", "Stocks are to be counted.").await;
    world.office.checkpoint_all().await.unwrap();
    let mut inspector = world.browser("inspector").await;
    let page = inspector.get("/ledger").await.good();
    page.shows("Verify now").shows(&world.office.verifier_key().to_string()).hides("Winter stocks");
    let found = inspector.answer(&page, "/ledger/verify", &[]).await.good();
    found.shows("of 2 ledgers agree: whole and unaltered");
    world.office.edit_by_hand("UPDATE ledger_entry SET payload = salt WHERE sequence = 3").await;
    let found = inspector.answer(&page, "/ledger/verify", &[]).await.good();
    found.shows("The ledgers do not agree with themselves").hides("ledgers agree: whole");
}

#[tokio::test]
async fn what_is_not_for_one_says_whom_to_call_and_leads_back_to_the_desk() {
    let world = World::founded().await;
    let paper = world.paper(Some("SECRET"), "Winter stocks", "").await;
    let mut nobody = world.browser("nobody").await;
    let hidden = nobody.get(&format!("/documents/{paper}")).await;
    let absent = nobody.get("/documents/00112233445566778899aabbccddeeff").await;
    assert_eq!((hidden.status, absent.status), (StatusCode::NOT_FOUND, StatusCode::NOT_FOUND));
    hidden.shows("Call the registry, give the reference").shows("href=\"/desk\"").hides("/ask");
    let unnamed = |page: &Page, id: &str| page.text.replace(id, "?");
    assert_eq!(unnamed(&hidden, &paper), unnamed(&absent, "00112233445566778899aabbccddeeff"));
}

#[tokio::test]
async fn ones_own_sessions_and_tokens_are_shown_made_once_and_ended() {
    let world = World::founded().await;
    let mut clerk = world.browser("clerk").await;
    let page = clerk.get("/account").await.good();
    page.shows("this one");
    let refused = clerk.answer(&page, "/account/token", &[("name", "  ")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let made = clerk.answer(&page, "/account/token", &[("name", "monthly report")]).await.good();
    let at = made.text.find("class=\"secret\">").unwrap() + 15;
    let secret = made.text[at..].split('<').next().unwrap().to_owned();
    assert!(world.office.session(&secret).await.unwrap().is_some());
    clerk.get("/account").await.good().shows("monthly report").hides(&secret);
    clerk.answer(&page, "/sign-out-everywhere", &[]).await;
    assert!(world.office.session(&secret).await.unwrap().is_none());
    assert_eq!(clerk.get("/account").await.status, StatusCode::SEE_OTHER);
}
