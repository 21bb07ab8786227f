//! Registering through the form: once however often it is sent, refused beside the field, with what was typed kept.

use axum::http::StatusCode;
use office::Sender;
use registry::{Answer, Command, authorisation::Grant, house::Names};

use crate::browser::{Browser, Page, World};

/// What is changed in a good form, the file, the field that is refused, and words of the refusal.
type Case<'a> = (&'a [(&'a str, &'a str)], Option<(&'a str, &'a [u8])>, &'a str, &'a str);

/// The fields of a good form, without token and command.
const GOOD: [(&str, &str); 17] = [
    ("registry", "REG"),
    ("direction", "incoming"),
    ("kind", "memorandum"),
    ("held_elsewhere", "safe 4, shelf 2"),
    ("subject", "Air policing: rotation of the detachment"),
    ("date", "12 March 2026"),
    ("language", "en"),
    ("originator", "Operations Division"),
    ("originator_reference", "MCM-0041-2010"),
    ("action", "Military Committee\r\nDirector General\r\n"),
    ("info", ""),
    ("references", "IMSM-12"),
    ("policy", "NATO"),
    ("levels_of", "NATO"),
    ("level", "SECRET"),
    ("subject_level", "UNCLASSIFIED"),
    ("act", ""),
];

async fn sends(
    browser: &mut Browser,
    page: &Page,
    changed: &[(&str, &str)],
    file: Option<(&str, &[u8])>,
) -> Page {
    let (token, command) = (page.hidden("token"), page.hidden("command"));
    let mut fields = vec![("token", token.as_str()), ("command", command.as_str())];
    fields.extend(GOOD.iter().filter(|(name, _)| !changed.iter().any(|(n, _)| n == name)).copied());
    fields.extend_from_slice(changed);
    browser.multipart("/register/new", &fields, file).await
}

#[tokio::test]
async fn a_form_registers_once_however_often_it_is_sent() {
    let world = World::founded().await;
    let mut clerk = world.browser("clerk").await;
    let page = clerk.get("/register/new").await.good();
    let file = Some(("C:\\papers\\rotation.txt", &b"The detachment rotates."[..]));
    let one = sends(&mut clerk, &page, &[], file).await;
    let two = sends(&mut clerk, &page, &[], file).await;
    assert_eq!(one.status, StatusCode::SEE_OTHER, "{}", one.text);
    assert_eq!(one.to(), two.to());
    let shown = clerk.get(one.to()).await.good();
    shown.shows("Registered as REG-2026-1.").shows("The detachment rotates.").shows("MCM-0041-2010");
    shown.shows("12 March 2026").shows("Director General").shows("safe 4, shelf 2");
    let about = clerk.get(&one.to().replace("done=registered", "tab=about")).await.good();
    about.shows("IMSM-12").shows("NATO UNCLASSIFIED").shows("Memorandum");
    let versions = clerk.get(&one.to().replace("done=registered", "tab=versions")).await.good();
    versions.shows("rotation.txt").hides("papers");
    assert_eq!(clerk.get("/register.csv").await.text.lines().count(), 2);
    // The subject is unclassified, and so is a list of it.
    assert_eq!(clerk.get("/register").await.banner(), "NATO UNCLASSIFIED");
    assert_eq!(shown.banner(), "NATO SECRET");
    let (_, faults) = world.office.fixity().await.unwrap();
    assert_eq!(faults, Vec::<String>::new());
}

#[tokio::test]
async fn what_is_refused_stands_beside_its_field_and_keeps_what_was_typed() {
    let world = World::founded().await;
    world.paper(Some("SECRET"), "There already", "The same bytes.").await;
    let mut clerk = world.browser("clerk").await;
    let page = clerk.get("/register/new").await.good();
    let long = "x".repeat(1_200);
    let cases: [Case<'_>; 11] = [
        (&[("subject", "")], None, "subject", "This is empty."),
        (&[("subject", &long)], None, "subject", "longer than it may be"),
        (&[("date", "31 June 2026")], None, "date", "There is no such date"),
        (&[("date", "3/12/2026")], None, "date", "There is no such date"),
        (&[("kind", "")], None, "kind", "This is empty."),
        (&[("registry", "NONE")], None, "registry", "This is empty."),
        (&[("level", "")], None, "level", "This is empty."),
        (&[("level", "SUPER SECRET")], None, "level", "does not allow this marking"),
        (&[("policy", "EU")], None, "level", "not one of the values offered"),
        (&[("held_elsewhere", "")], None, "content", "neither a file nor a place"),
        (&[], Some(("empty.txt", b"")), "content", "The file is empty"),
    ];
    for (changed, file, field, words) in cases {
        let back = sends(&mut clerk, &page, changed, file).await;
        assert_eq!(back.status, StatusCode::UNPROCESSABLE_ENTITY, "{changed:?} {}", back.text);
        back.shows(&format!("id=\"field-{field}-error\""))
            .shows(&format!("href=\"#field-{field}\""))
            .shows(words);
        // Everything else stands as it was typed, and the same command goes on.
        if !changed.iter().any(|(n, _)| *n == "originator_reference") {
            back.shows("value=\"MCM-0041-2010\"").shows("Director General\n");
        }
        for (name, value) in changed.iter().filter(|(n, v)| matches!(*n, "date") && !v.is_empty()) {
            back.shows(&format!("name=\"{name}\" value=\"{value}\""));
        }
        assert_eq!(back.hidden("command"), page.hidden("command"));
    }
    let back = sends(&mut clerk, &page, &[], Some(("again.txt", b"The same bytes."))).await;
    assert_eq!(back.status, StatusCode::CONFLICT);
    back.shows("already registered").shows("REG-2026-1</a>");
    let back = sends(
        &mut clerk,
        &page,
        &[("level", "SECRET"), ("category-0", "Additional Sensitivity|CRYPTO")],
        Some(("key.txt", b"Key.")),
    )
    .await;
    assert_eq!(back.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", back.text);
    assert_eq!(clerk.get("/register.csv").await.text.lines().count(), 2);
    // And mended, it is registered under the same command.
    assert_eq!(sends(&mut clerk, &page, &[], None).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn another_policy_shows_its_levels_and_loses_no_word() {
    let world = World::founded().await;
    let mut clerk = world.browser("clerk").await;
    let page = clerk.get("/register/new?policy=EU").await.good();
    page.shows("RESTREINT UE");
    let page = clerk.get("/register/new").await.good();
    page.shows("COSMIC TOP SECRET").hides("RESTREINT UE");
    let other = sends(&mut clerk, &page, &[("policy", "EU"), ("act", "policy")], None).await.good();
    other.shows("RESTREINT UE").shows("Air policing: rotation of the detachment").hides("id=\"errors\"");
    let fields = [("policy", "EU"), ("levels_of", "EU"), ("level", "RESTRICTED"), ("subject_level", "")];
    assert_eq!(sends(&mut clerk, &other, &fields, None).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn categories_go_with_the_label_and_an_undetermined_one_is_for_the_controller() {
    let world = World::founded().await;
    let mut clerk = world.browser("clerk").await;
    let page = clerk.get("/register/new").await.good();
    let fields = [("category-1", "Releasable To|UKR"), ("subject_level", "")];
    let to = sends(&mut clerk, &page, &fields, None).await;
    clerk.get(to.to()).await.good().shows("Releasable to");
    let page = clerk.get("/register/new").await.good();
    let blind =
        sends(&mut clerk, &page, &[("level", "undetermined"), ("subject_level", "")], None).await.good();
    blind.shows("Registered as REG-2026-2.").shows("do not let you open it");
}

#[tokio::test]
async fn nobody_registers_where_he_is_no_clerk() {
    let world = World::founded().await;
    let mut clerk = world.browser("clerk").await;
    let form = clerk.get("/register/new").await.good();
    let mut reader = world.browser("reader").await;
    let desk = reader.get("/desk").await.good();
    let token = desk.hidden("token");
    let command = form.hidden("command");
    let mut fields = vec![("token", token.as_str()), ("command", command.as_str())];
    fields.extend(GOOD);
    let refused = reader.multipart("/register/new", &fields, Some(("a.txt", b"text"))).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    assert_eq!(
        world.office.census().await.unwrap().rows.iter().find(|(t, _)| *t == "document").unwrap().1,
        0
    );
}

#[tokio::test]
async fn a_form_that_is_broken_off_registers_nothing() {
    let world = World::founded().await;
    let mut clerk = world.browser("clerk").await;
    let page = clerk.get("/register/new").await.good();
    let body = format!(
        "--edge\r\nContent-Disposition: form-data; name=\"token\"\r\n\r\n{}\r\n--edge\r\nContent-Disposition: form-data; name=\"registry\"\r\n\r\nREG\r\n--edge\r\nContent-Disposition: form-data; name=\"content\"; filename=\"a.txt\"\r\n\r\nhalf of",
        page.hidden("token")
    );
    let kind = Some("multipart/form-data; boundary=edge");
    let back = clerk.send("POST", "/register/new", kind, body.into_bytes()).await;
    assert_eq!(back.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", back.text);
    back.shows("The file did not arrive whole");
    assert_eq!(clerk.get("/register.csv").await.text.lines().count(), 1);
}

#[tokio::test]
async fn who_needs_to_know_is_chosen_as_one_of_each_list_and_an_access_list_names_persons() {
    let world = World::founded().await;
    let mut groups = Vec::new();
    for (code, name) in [("air", "Air planning"), ("sea", "Sea planning")] {
        let names = Names { en: name.into(), fr: name.into() };
        let opened = Command::FormGroup { code: code.into(), names };
        let operator = Sender::operator_as(registry::command::OPERATOR);
        let answer = world.office.command(operator, world.office.new_command(), opened).await.unwrap();
        let Answer::Formed { group } = answer else { panic!("no group") };
        groups.push(group.to_string());
    }
    let controller = world.office.person_named("controller").await.unwrap();
    world.clears(controller, "SECRET").await;
    let mut browser = world.browser("controller").await;
    let form = browser.get("/register/new").await.good();
    form.shows("And also a member of").shows("name=\"persons\"");
    let (token, command) = (form.hidden("token"), form.hidden("command"));
    let fields = |persons: &'static str| {
        vec![
            ("token", token.as_str()),
            ("command", command.as_str()),
            ("registry", "REG"),
            ("direction", "incoming"),
            ("kind", "letter"),
            ("language", "en"),
            ("subject", "A plan of two"),
            ("policy", "NATO"),
            ("levels_of", "NATO"),
            ("level", "CONFIDENTIAL"),
            ("held_elsewhere", "safe 4"),
            ("group", groups[0].as_str()),
            ("group_2", groups[1].as_str()),
            ("persons", persons),
        ]
    };
    let refused = browser.multipart("/register/new", &fields("Person called"), None).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    refused.shows("Several persons may be meant by “Person called”.").shows("Person called</textarea>");
    let refused = browser.multipart("/register/new", &fields("Nobody Else"), None).await;
    refused.shows("There is no person of that name here.");
    let done = browser.multipart("/register/new", &fields("reader\nPerson called clerk"), None).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);
    for group in &groups {
        let grant = Grant::Membership { group: group.parse().unwrap() };
        world.gives(controller, grant.clone()).await;
        let reader = world.office.person_named("reader").await.unwrap();
        let mut reading = world.office.read_as(reader).await.unwrap();
        assert!(reading.by_reference("REG-2026-1").await.unwrap().is_empty(), "one group is not enough");
        world.gives(reader, grant).await;
    }
    let mut reader = world.browser("reader").await;
    let found = reader.get("/search?q=REG-2026-1").await;
    let paper = reader.get(found.to()).await.good();
    paper.shows("Air planning").shows("Sea planning");
    // Who registered it is in both groups and not on the list: he handles it, and reads nothing of it.
    let mut controller = world.browser("controller").await;
    controller.get(found.to()).await.good().shows("REG-2026-1").hides("Air planning");
    // A clerk registers without being told the names of people.
    let mut clerk = world.browser("clerk").await;
    clerk.get("/register/new").await.good().hides("name=\"persons\"");
}
