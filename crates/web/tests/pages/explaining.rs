//! People who come and go, through the pages: what ends soon, what is extended and changed, and why one may read.

use axum::http::StatusCode;
use registry::authorisation::Grant;

use crate::browser::World;

#[tokio::test]
async fn what_ends_soon_is_a_list_that_sorts_filters_and_goes_out() {
    let world = World::founded().await;
    // Clerk and reader are cleared until 30 June: 110 days from the morning.
    let mut officer = world.browser("officer1").await;
    officer.get("/desk").await.good().shows("Ending soon").shows("Within 180 days");
    let list = officer.get("/people/ending").await.good();
    list.shows("Person called clerk")
        .shows("Person called reader")
        .shows("30 June 2026")
        .hides("Person called nobody");
    let one = officer.get("/people/ending?q=reader&within=180&what=certificate").await.good();
    one.shows("Person called reader").hides("Person called clerk");
    officer.get("/people/ending?within=30").await.good().shows("Nothing ends within the days");
    let down = officer.get("/people/ending?order=name-down").await.good().text;
    let at = |name: &str| down.find(&format!("Person called {name}")).unwrap();
    assert!(at("reader") < at("clerk"));
    let file = officer.get("/people/ending.csv?q=reader").await.good();
    assert!(file.header("content-type").starts_with("text/csv"));
    file.shows("Person called reader").shows("2026-06-30").hides("Person called clerk");
    for path in ["/people/ending", "/people/ending.csv"] {
        for login in ["clerk", "keeper"] {
            assert_eq!(world.browser(login).await.get(path).await.status, StatusCode::NOT_FOUND, "{login}");
        }
    }
    // And each is told of his own.
    world.browser("reader").await.get("/desk").await.good().shows("ends in").hides("Ending soon");
}

#[tokio::test]
async fn a_clearance_is_extended_from_the_file_of_its_person() {
    let world = World::founded().await;
    let reader = world.office.person_named("reader").await.unwrap();
    let mut one = world.browser("officer1").await;
    let file = one.get(&format!("/people/{reader}")).await.good();
    let at = file.text.find("/propose?is=extension&amp;of=").unwrap();
    let of: String = file.text[at + 29..].chars().take(32).collect();
    let path = format!("/people/{reader}/propose");
    let form = one.get(&format!("{path}?is=extension&of={of}")).await.good();
    form.shows("NATO CONFIDENTIAL, until 30 June 2026");
    let command = form.hidden("command");
    let fields = |until: &'static str| {
        [
            ("command", command.clone()),
            ("is", "extension".to_owned()),
            ("of", of.clone()),
            ("until", until.to_owned()),
            ("authority", "National authority".to_owned()),
            ("reason", "The new one is announced".to_owned()),
        ]
    };
    fn borrowed<'a>(fields: &'a [(&'a str, String); 6]) -> Vec<(&'a str, &'a str)> {
        fields.iter().map(|(n, v)| (*n, v.as_str())).collect()
    }
    let early = fields("1 June 2026");
    let back = one.answer(&form, &path, &borrowed(&early)).await;
    assert_eq!(back.status, StatusCode::UNPROCESSABLE_ENTITY);
    back.shows("counts until 30 June 2026 already")
        .shows("value=\"1 June 2026\"")
        .shows("The new one is announced");
    let good = fields("30 September 2026");
    let done = one.answer(&form, &path, &borrowed(&good)).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);
    let mut two = world.browser("officer2").await;
    let file = two.get(&format!("/people/{reader}")).await.good();
    file.shows("Extended until 30 September 2026").hides("extended until 30 September 2026");
    let at = file.text.find("/proposals/").unwrap();
    let confirm = file.text[at..].split('"').next().unwrap().to_owned();
    let digest = file.hidden("proposal");
    assert_eq!(two.answer(&file, &confirm, &[("proposal", &digest)]).await.status, StatusCode::SEE_OTHER);
    two.get(&format!("/people/{reader}")).await.good().shows("extended until 30 September 2026");
    world.browser("reader").await.get("/desk").await.good().shows("30 September 2026");
}

#[tokio::test]
async fn what_is_known_of_a_person_is_changed_and_the_old_is_shown() {
    let world = World::founded().await;
    let nobody = world.office.person_named("nobody").await.unwrap();
    let mut session = world.browser("nobody").await;
    session.get("/desk").await.good();
    let mut keeper = world.browser("keeper").await;
    let path = format!("/people/{nobody}/change");
    let form = keeper.get(&path).await.good();
    let command = form.hidden("command");
    let fields = |reason: &'static str, left: &'static str| {
        vec![
            ("command", command.clone()),
            ("name", "Person called nobody".to_owned()),
            ("title", "Post <x>".to_owned()),
            ("language", "en".to_owned()),
            ("left", left.to_owned()),
            ("reason", reason.to_owned()),
        ]
    };
    fn borrowed(fields: &[(&'static str, String)]) -> Vec<(&'static str, String)> {
        fields.to_vec()
    }
    for (reason, left, field) in [(" ", "", "reason"), ("End of tour", "30 February 2026", "left")] {
        let sent = borrowed(&fields(reason, left));
        let sent: Vec<(&str, &str)> = sent.iter().map(|(n, v)| (*n, v.as_str())).collect();
        let back = keeper.answer(&form, &path, &sent).await;
        assert_eq!(back.status, StatusCode::UNPROCESSABLE_ENTITY, "{field}");
        back.shows(&format!("id=\"field-{field}-error\"")).shows("Post &lt;x&gt;");
    }
    let sent = fields("End of tour", "11 March 2026");
    let sent: Vec<(&str, &str)> = sent.iter().map(|(n, v)| (*n, v.as_str())).collect();
    let done = keeper.answer(&form, &path, &sent).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);
    let file = keeper.get(done.to()).await.good();
    file.shows("Changed. What was stays").shows("left on 11 March 2026").shows("End of tour");
    file.shows("<ins>Post &lt;x&gt;</ins>").shows("<ins>11 March 2026</ins>");
    // His session is closed on the next request.
    let gone = session.get("/desk").await;
    assert_eq!(gone.status, StatusCode::SEE_OTHER);
    keeper.get("/people").await.good().shows("left on 11 March 2026");
    // Another may not, and is told what he is told of anybody.
    let mut clerk = world.browser("clerk").await;
    assert_eq!(clerk.get(&path).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn why_one_reads_is_on_the_page_and_controllers_ask_for_others() {
    let world = World::founded().await;
    let id = world.paper(Some("SECRET"), "Winter stocks", "Averlund").await;
    let (page, why) = (format!("/documents/{id}"), format!("/documents/{id}/why"));
    let mut clerk = world.browser("clerk").await;
    clerk.get(&page).await.good().shows("Certificate for NATO SECRET, until 30 June 2026.").shows(&why);
    let told = clerk.get(&why).await.good();
    told.shows("Why you may read this").shows("passed").hides("Ask for somebody else");
    assert_eq!(clerk.get(&format!("{why}?name=reader")).await.status, StatusCode::FORBIDDEN);
    clerk.speaks("fr").await;
    clerk.get(&why).await.good().shows("Pourquoi vous pouvez lire ce document");
    // The reader's clearance is lower: for him there is no such document, whoever he asks for.
    let mut reader = world.browser("reader").await;
    let absent = format!("/documents/{}/why", "0".repeat(32));
    for rest in ["", "?name=clerk"] {
        let (hidden, nothing) =
            (reader.get(&format!("{why}{rest}")).await, reader.get(&format!("{absent}{rest}")).await);
        assert_eq!(hidden.status, StatusCode::NOT_FOUND);
        assert_eq!(hidden.text.replace(&id, &"0".repeat(32)), nothing.text);
    }
    let controller = world.office.person_named("controller").await.unwrap();
    world.clears(controller, "SECRET").await;
    let briefing = Grant::Briefing {
        policy: "NATO".into(),
        subject: "RESTRICTED".into(),
        on: "2026-01-15".parse().unwrap(),
        refresh: None,
    };
    world.gives(world.office.person_named("nobody").await.unwrap(), briefing).await;
    let mut controller = world.browser("controller").await;
    let not = controller.get(&format!("{why}?name=reader")).await.good();
    not.shows("Why Person called reader may not read this").shows("failed");
    not.shows("a certificate for NATO SECRET or higher").shows("a briefing for NATO SECRET");
    controller.get(&format!("{why}?name=clerk")).await.good().shows("Why Person called clerk may read this");
    controller.get(&format!("{why}?name=nobody")).await.good().shows("No certificate in force.");
    controller.get(&format!("{why}?name=person+called")).await.good().shows("Several people have this name");
    // A name that nobody has is told beside the field; what concerns the asker himself stays.
    let nobody = controller.get(&format!("{why}?name=zzz")).await.good();
    nobody.shows("no person of that name").shows("id=\"field-name-error\"").shows("value=\"zzz\"");
    nobody.shows("Why you may read this").shows("passed");
}
