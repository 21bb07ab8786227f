//! The password once more, in the form that it is asked for; and forms sent where they do not belong.

use axum::http::StatusCode;

use crate::browser::{Browser, PHRASE, Page, World};

/// A browser in which nobody has proven for sixteen minutes who sits there, though it was used all the time.
async fn stale(world: &World, login: &str) -> Browser {
    let mut browser = world.browser(login).await;
    world.after(10);
    browser.get("/desk").await.good();
    world.after(16);
    browser
}

/// A role that the first officer proposed for `nobody`: the person, the path, the page and its proposal.
async fn proposed(world: &World, browser: &mut Browser) -> (String, String, Page, String) {
    let person = world.office.person_named("nobody").await.unwrap();
    let grant = registry::authorisation::Grant::Role {
        role: registry::authorisation::Role::Inspector,
        registry: None,
    };
    world.does(world.officers[0], registry::Command::Propose { person, grant }).await;
    let page = browser.get(&format!("/people/{person}")).await.good();
    let at = page.text.find("/proposals/").unwrap();
    let path = page.text[at..].split('"').next().unwrap().to_owned();
    let proposal = page.hidden("proposal");
    (person.to_string(), path, page, proposal)
}

#[tokio::test]
async fn a_stale_confirmation_comes_back_with_a_field_for_the_password_and_one_press_does_both() {
    let world = World::founded().await;
    let mut officer = stale(&world, "officer2").await;
    let (person, path, page, proposal) = proposed(&world, &mut officer).await;
    let command = page.hidden("command");
    let fields = [("proposal", proposal.as_str()), ("command", command.as_str())];
    let asked = officer.answer(&page, &path, &fields).await;
    assert_eq!(asked.status, StatusCode::FORBIDDEN);
    asked.shows("Your password, once more").shows("Inspector, for Person called nobody").shows("Proposed by");
    asked.shows("autofocus").hides("role=\"alert\"");
    assert_eq!((asked.hidden("proposal"), asked.hidden("command")), (proposal.clone(), command.clone()));
    officer.get(&format!("/people/{person}")).await.good().shows("waits for a second person");

    let with = |password: &'static str| [fields[0], fields[1], ("password", password)];
    let wrong = officer.answer(&asked, &path, &with("not the password")).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    wrong.shows("This is not your password").shows("id=\"field-password-error\"").hides("not the password");
    let done = officer.answer(&wrong, &path, &with(PHRASE)).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);
    officer.get(done.to()).await.good().shows("Confirmed. It holds from now on").shows("in force");
    // And from now on, for a quarter of an hour, nobody asks again.
    let person = world.office.person_named("clerk").await.unwrap().to_string();
    let page = officer.get(&format!("/people/{person}")).await.good();
    officer.answer(&page, &format!("/people/{person}/code"), &[]).await.good().shows("class=\"secret\"");
}

#[tokio::test]
async fn a_stale_one_time_code_takes_the_password_and_five_wrong_ones_lock_the_name() {
    let world = World::founded().await;
    let mut officer = stale(&world, "officer1").await;
    let clerk = world.office.person_named("clerk").await.unwrap().to_string();
    let path = format!("/people/{clerk}/code");
    let page = officer.get(&format!("/people/{clerk}")).await.good();
    let mut asked = officer.answer(&page, &path, &[]).await;
    assert_eq!(asked.status, StatusCode::FORBIDDEN);
    asked.shows("Your password, once more").hides("class=\"secret\"");
    for _ in 0..5 {
        asked = officer.answer(&asked, &path, &[("password", "not the password")]).await;
        assert_eq!(asked.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let locked = officer.answer(&asked, &path, &[("password", PHRASE)]).await;
    assert_eq!(locked.status, StatusCode::TOO_MANY_REQUESTS);
    locked.shows("too many failed attempts").hides("class=\"secret\"");
    world.after(25);
    officer.get("/desk").await.good();
    world.after(33);
    let given = officer.answer(&locked, &path, &[("password", PHRASE)]).await.good();
    given.shows("class=\"secret\"");
}

#[tokio::test]
async fn a_token_proves_no_more_than_the_session_that_makes_it_and_shows_no_more_than_its_ceiling() {
    let world = World::founded().await;
    let low = world.paper(Some("CONFIDENTIAL"), "Winter fuel", "").await;
    let high = world.paper(Some("SECRET"), "Winter convoys", "").await;
    world.clears(world.office.person_named("clerk").await.unwrap(), "CONFIDENTIAL").await;
    let secret = |page: &Page| {
        let at = page.text.find("class=\"secret\">").unwrap() + 15;
        page.text[at..].split('<').next().unwrap().to_owned()
    };
    let mut clerk = stale(&world, "clerk").await;
    let form = clerk.get("/account").await.good();
    form.shows("NATO CONFIDENTIAL");
    let wrong = [("name", "terminal"), ("ceiling", "NATO|HUSH")];
    let refused = clerk.answer(&form, "/account/token", &wrong).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    refused.shows("id=\"field-ceiling-error\"").shows("value=\"terminal\"");
    let fields = [("name", "terminal"), ("ceiling", "NATO|CONFIDENTIAL")];
    // Whoever finds a session open makes no key to it: the password is asked for, and what was typed goes with it.
    let asked = clerk.answer(&form, "/account/token", &fields).await;
    assert_eq!(asked.status, StatusCode::FORBIDDEN);
    asked.shows("type=\"password\"").shows("value=\"NATO|CONFIDENTIAL\"");
    let fields = [fields[0], fields[1], ("password", PHRASE)];
    let limited = secret(&clerk.answer(&asked, "/account/token", &fields).await.good());
    clerk.get("/account").await.good().shows("Up to NATO CONFIDENTIAL");
    let session = world.office.session(&limited).await.unwrap().unwrap();
    let kind = office::signin::SessionKind::Browser;
    let (_, secret) = world.office.sign_in("clerk", PHRASE, kind, "").await.unwrap();
    let own = world.office.session(&secret).await.unwrap().unwrap();
    assert_eq!(session.proven, own.proven, "a token is proven as the session is that makes it");
    for (reader, whole) in [(&session, false), (&own, true)] {
        let mut reading = world.office.read_as(reader).await.unwrap();
        let mut reads = async |id: &str| match reading.document(id.parse().unwrap()).await {
            Ok(view) => view.entry.subject.is_some(),
            Err(_) => false,
        };
        assert_eq!((reads(&low).await, reads(&high).await), (true, whole));
    }
    // Such a secret makes no token that shows more.
    let nato = |level: &str| label::NamedClearance {
        policy: "NATO".into(),
        level: level.into(),
        categories: Default::default(),
    };
    let policies = world.office.house().await.unwrap().policies.clone();
    let above = policies.resolve_clearance(&nato("SECRET")).unwrap();
    assert!(world.office.new_token(&session, "more", Some(above)).await.is_err());
    let child = world.office.new_token(&session, "as much", None).await.unwrap();
    assert_eq!(world.office.session(&child).await.unwrap().unwrap().ceiling, session.ceiling);
}

#[tokio::test]
async fn forms_are_judged_before_anything_is_done() {
    let world = World::founded().await;
    let mut officer = world.browser("officer2").await;
    let (person, path, page, proposal) = proposed(&world, &mut officer).await;
    // Whom it is about stands in the proposal; a field that says otherwise, or nothing, changes nothing.
    let done = officer.answer(&page, &path, &[("proposal", &proposal), ("person", "nonsense")]).await;
    assert_eq!(
        (done.status, done.to()),
        (StatusCode::SEE_OTHER, format!("/people/{person}?done=confirmed").as_str())
    );
    let revoke = path.replace("/proposals/", "/authorisations/").replace("/confirm", "/revoke");
    let ended = officer.answer(&page, &revoke, &[("reason", "Left the <post>")]).await;
    assert_eq!(ended.status, StatusCode::SEE_OTHER, "{}", ended.text);
    let file = officer.get(ended.to()).await.good();
    file.shows("Ended by Second Security Officer").shows("Left the &lt;post&gt;").shows("Ended: Inspector");

    // The same as over the API: what one sees and may not do, and what one does not see.
    let stranger = "0".repeat(32);
    let (own, path, _, proposal) = proposed(&world, &mut officer).await;
    let revoke = path.replace("/proposals/", "/authorisations/").replace("/confirm", "/revoke");
    let mut about = world.browser("nobody").await;
    let mut other = world.browser("reader").await;
    let desk = about.get("/desk").await.good();
    let other_desk = other.get("/desk").await.good();
    for (path, fields) in [
        (path.clone(), vec![("proposal", proposal.as_str())]),
        (revoke, vec![("reason", "because")]),
        (format!("/people/{own}/code"), vec![]),
        (format!("/people/{own}/role"), vec![("role", "clerk")]),
        (format!("/people/{own}/propose"), vec![("is", "role"), ("role", "inspector")]),
    ] {
        assert_eq!(about.answer(&desk, &path, &fields).await.status, StatusCode::FORBIDDEN, "{path}");
        let hidden = other.answer(&other_desk, &path, &fields).await;
        assert_eq!(hidden.status, StatusCode::NOT_FOUND, "{path}");
        let id = path.split('/').nth(2).unwrap();
        let absent = other.answer(&other_desk, &path.replace(id, &stranger), &fields).await;
        assert_eq!(absent.status, StatusCode::NOT_FOUND, "{path}");
        assert_eq!(hidden.text.replace(id, &stranger), absent.text);
    }
    officer.get(&format!("/people/{own}")).await.good().shows("waits for a second person");
}

#[tokio::test]
async fn an_inspector_below_the_ceiling_is_told_what_he_lacks() {
    let world = World::founded().await;
    let person = world.adds("newcomer").await;
    let grant = registry::authorisation::Grant::Role {
        role: registry::authorisation::Role::Inspector,
        registry: None,
    };
    world.gives(person, grant).await;
    let mut newcomer = world.browser("newcomer").await;
    let page = newcomer.get("/ledger").await;
    assert_eq!(page.status, StatusCode::FORBIDDEN);
    page.shows("You are not cleared for").shows("NATO TOP SECRET");
    let desk = newcomer.get("/desk").await.good();
    assert_eq!(newcomer.answer(&desk, "/ledger/verify", &[]).await.status, StatusCode::FORBIDDEN);
    world.reaches_the_ceiling(person).await;
    newcomer.get("/ledger").await.good();
}
