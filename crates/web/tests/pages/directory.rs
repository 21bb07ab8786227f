//! Signing in through the organisation's directory, at a real provider: who comes in, who does not and is told why, and
//! what a thief tries. Where node or the module is not there the tests say that they are skipped.

#[allow(dead_code, reason = "the directory's own tests use the rest")]
#[path = "../../../directory/tests/provider/actors.rs"]
mod actors;

use crate::browser::{Browser, Page, World};
use actors::{Directory, SECRET, browse_to};
use axum::http::StatusCode;
use office::doors::Doors;
use registry::Timestamp;

const RETURN_TO: &str = "http://127.0.0.1/sign-in/directory/return";
const PEOPLE: &str = r#"{
    "id-1": {"preferred_username": "Clerk"}, "id-2": {"preferred_username": "clerk"},
    "id-3": {"preferred_username": "officer2"}, "id-4": {"preferred_username": "stranger"},
    "id-5": {"preferred_username": "officer1"}
}"#;

/// The hour of the provider, which is that of this machine.
#[allow(clippy::disallowed_methods, reason = "the provider's clock is the machine's")]
fn hour() -> Timestamp {
    Timestamp::from_micros(jiff::Timestamp::now().as_microsecond())
}

/// A house that lets people sign in at a provider.
async fn house() -> Option<(World, Directory)> {
    let provider = Directory::start_with(RETURN_TO, PEOPLE)?;
    let world = World::founded().await;
    world.clock.set(hour());
    let folder = world.office.folder();
    let secret = folder.root().join("directory.secret");
    std::fs::write(&secret, format!("{SECRET}\n")).unwrap();
    let settings = format!(
        "[directory]\nname = \"the staff directory\"\nissuer = \"{}\"\nclient_id = \"basic\"\nsecret_file = \"directory.secret\"\nreturn_to = \"{RETURN_TO}\"\n",
        provider.issuer
    );
    std::fs::write(folder.root().join("sign-in.toml"), settings).unwrap();
    let (shut, problems) = Doors::read(folder);
    assert!(shut.directory.is_none() && problems[0].contains("it must be 600"), "{problems:?}");
    std::fs::set_permissions(&secret, std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
    let (doors, problems) = Doors::read(folder);
    assert_eq!(problems, Vec::<String>::new());
    world.office.open_doors(doors);
    Some((world, provider))
}

/// Goes to the provider as somebody and comes back.
async fn signs_in(browser: &mut Browser, who: &str, asked: &str) -> Page {
    let away = browser.get(&format!("/sign-in/directory{asked}")).await;
    assert_eq!(away.status, StatusCode::SEE_OTHER, "{}", away.text);
    let (address, who) = (away.to().to_owned(), who.to_owned());
    let query = tokio::task::spawn_blocking(move || browse_to(&address, &who, RETURN_TO)).await.unwrap();
    browser.get(&format!("/sign-in/directory/return?{query}")).await
}

#[tokio::test]
async fn a_known_person_comes_in_and_nobody_else() {
    let Some((world, _provider)) = house().await else { return };
    let mut browser = world.stranger();
    let door = browser.get("/sign-in?back=%2Faccount").await.good();
    door.shows("Sign in with the staff directory").shows("/sign-in/directory?back=%2Faccount");
    let back = signs_in(&mut browser, "id-1", "?back=%2Faccount").await;
    assert_eq!((back.status, back.to()), (StatusCode::SEE_OTHER, "/account"), "{}", back.text);
    browser.get("/account").await.good().shows("Person called clerk");

    let mut other = world.stranger();
    let refused = signs_in(&mut other, "id-4", "").await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    refused.shows("vouches for stranger").shows("Ask a security officer");
    let declined = signs_in(&mut other, "nobody", "").await;
    assert_eq!(declined.status, StatusCode::FORBIDDEN);
    declined.shows("did not sign you in");
    other.speaks("fr").await;
    signs_in(&mut other, "id-4", "").await.shows("se porte garant de stranger");
    assert_eq!(other.get("/desk").await.status, StatusCode::SEE_OTHER);

    // Nowhere else is gone on to.
    let mut away = world.stranger();
    assert_eq!(signs_in(&mut away, "id-1", "?back=%2F%2Fevil.example").await.to(), "/desk");
}

#[tokio::test]
async fn a_login_that_was_given_anew_opens_nothing_and_the_officers_are_told() {
    let Some((world, _provider)) = house().await else { return };
    assert_eq!(signs_in(&mut world.stranger(), "id-1", "").await.to(), "/desk");
    let refused = signs_in(&mut world.stranger(), "id-2", "").await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    refused.shows("as somebody else than before");
    // Nor under the old id, once the officer lets the new one in.
    let clerk = world.office.person_named("clerk").await.unwrap();
    let mut officer = world.browser("officer1").await;
    officer.get("/desk").await.good().shows("Sign-ins to look at").shows("id-1 → id-2");
    world.browser("reader").await.get("/desk").await.good().hides("id-2");
    let file = officer.get(&format!("/people/{clerk}")).await.good();
    let released = officer.answer(&file, &format!("/people/{clerk}/doors"), &[("act", "release")]).await;
    assert_eq!(released.status, StatusCode::SEE_OTHER, "{}", released.text);
    assert_eq!(signs_in(&mut world.stranger(), "id-2", "").await.to(), "/desk");
    assert_eq!(signs_in(&mut world.stranger(), "id-1", "").await.status, StatusCode::FORBIDDEN);
    // Not for himself, and not by others.
    let own = world.officers[0];
    let refused = officer.answer(&file, &format!("/people/{own}/doors"), &[("act", "release")]).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    let mut keeper = world.browser("keeper").await;
    let page = keeper.get(&format!("/people/{clerk}")).await.good();
    let refused = keeper.answer(&page, &format!("/people/{clerk}/doors"), &[("act", "release")]).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn who_has_left_is_nobody_and_what_comes_twice_or_from_elsewhere_is_not_taken() {
    let Some((world, mut provider)) = house().await else { return };
    // Another browser brings what this one was given.
    let mut mine = world.stranger();
    let away = mine.get("/sign-in/directory").await;
    let address = away.to().to_owned();
    let query = tokio::task::spawn_blocking(move || browse_to(&address, "id-1", RETURN_TO)).await.unwrap();
    let path = format!("/sign-in/directory/return?{query}");
    let mut thief = world.stranger();
    thief.get(&path).await.shows("not begun in this browser");
    let begun_too = thief.get("/sign-in/directory").await;
    assert_eq!(begun_too.status, StatusCode::SEE_OTHER);
    thief.get(&path).await.shows("not begun in this browser");
    assert_eq!(mine.get(&path).await.to(), "/desk");
    mine.get(&path).await.shows("not begun in this browser");
    // Too late.
    let mut slow = world.stranger();
    let away = slow.get("/sign-in/directory").await.to().to_owned();
    let query = tokio::task::spawn_blocking(move || browse_to(&away, "id-1", RETURN_TO)).await.unwrap();
    world.clock.set(hour().plus_seconds(660));
    slow.get(&format!("/sign-in/directory/return?{query}")).await.shows("took too long");
    world.clock.set(hour());
    // He left yesterday.
    let mut keeper = world.browser("keeper").await;
    let clerk = world.office.person_named("clerk").await.unwrap();
    let form = keeper.get(&format!("/people/{clerk}/change")).await.good();
    let yesterday = hour().plus_seconds(-2 * 86_400).jiff().strftime("%Y-%m-%d").to_string();
    let fields = [
        ("name", "Person called clerk"),
        ("language", "en"),
        ("title", ""),
        ("left", yesterday.as_str()),
        ("reason", "left the house"),
    ];
    let changed = keeper.answer(&form, &format!("/people/{clerk}/change"), &fields).await;
    assert_eq!(changed.status, StatusCode::SEE_OTHER, "{}", changed.text);
    let refused = signs_in(&mut world.stranger(), "id-1", "").await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    refused.shows("who is nobody here");
    // The provider is gone: what it said of itself is known for ten minutes, then it is missed.
    provider.stop();
    world.clock.set(hour().plus_seconds(700));
    let gone = world.stranger().get("/sign-in/directory").await;
    assert_eq!(gone.status, StatusCode::SERVICE_UNAVAILABLE);
    gone.shows("does not answer").shows("name=\"password\"");
}

#[tokio::test]
async fn an_officer_proves_anew_at_the_directory_before_he_confirms() {
    let Some((world, _provider)) = house().await else { return };
    let person = world.office.person_named("nobody").await.unwrap();
    let mut first = world.browser("officer1").await;
    let form = first.get(&format!("/people/{person}/propose?is=role")).await.good();
    let asked = [("is", "role"), ("role", "inspector"), ("command", &form.hidden("command"))];
    let done = first.answer(&form, &format!("/people/{person}/propose"), &asked).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);

    let mut second = world.stranger();
    assert_eq!(signs_in(&mut second, "id-3", "").await.to(), "/desk");
    world.clock.set(hour().plus_seconds(14 * 60));
    second.get("/desk").await.good();
    world.clock.set(hour().plus_seconds(16 * 60));
    let file = second.get(&format!("/people/{person}")).await.good();
    let at = file.text.find("/proposals/").unwrap();
    let path = file.text[at..].split('"').next().unwrap().to_owned();
    let fields = [("proposal", file.hidden("proposal")), ("command", file.hidden("command"))];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (*n, v.as_str())).collect();
    let asks = second.answer(&file, &path, &fields).await;
    assert_eq!(asks.status, StatusCode::FORBIDDEN);
    let again = format!("?back=%2Fpeople%2F{person}&again=yes");
    asks.shows(&format!("/sign-in/directory{}", again.replace('&', "&amp;")));
    world.clock.set(hour());
    // Another signs in there: that proves nothing of this one.
    let other = signs_in(&mut second, "id-5", &again).await;
    assert_eq!(other.status, StatusCode::FORBIDDEN);
    other.shows("Another person signed in at the directory");
    let back = signs_in(&mut second, "id-3", &again).await;
    assert_eq!(back.to(), format!("/people/{person}"), "{}", back.text);
    let done = second.answer(&file, &path, &fields).await;
    assert_eq!(done.to(), format!("/people/{person}?done=confirmed"), "{}", done.text);
}

#[tokio::test]
async fn settings_that_cannot_be_used_are_told_and_shut_one_door() {
    let world = World::founded().await;
    let file = world.office.folder().root().join("sign-in.toml");
    for (text, told) in [
        ("[directory", "sign-in.toml"),
        ("[directory]\nname = \"x\"\n", "missing field"),
        (
            "[directory]\nname = \"x\"\nissuer = \"http://far.example\"\nclient_id = \"c\"\nreturn_to = \"https://a.example/\"\n",
            "the issuer must be an https address",
        ),
        (
            "[directory]\nname = \"x\"\nissuer = \"https://far.example\"\nclient_id = \"c\"\nreturn_to = \"https://a.example/\"\nsecret_file = \"none\"\n",
            "No such file",
        ),
        ("[other]\n", "unknown field"),
    ] {
        std::fs::write(&file, text).unwrap();
        let (doors, problems) = Doors::read(world.office.folder());
        assert!(doors.directory.is_none());
        assert!(problems.len() == 1 && problems[0].contains(told), "{text}: {problems:?}");
    }
    let mut stranger = world.stranger();
    stranger.get("/sign-in").await.good().hides("/sign-in/directory");
    for path in ["/sign-in/directory", "/sign-in/directory/return?code=a&state=b"] {
        assert_eq!(stranger.get(path).await.status, StatusCode::NOT_FOUND);
    }
}
