//! People through the pages: added with a code that is shown once, authorised by two, for nobody alone.

use axum::http::StatusCode;
use office::signin::SessionKind;

use crate::browser::{Browser, PHRASE, Page, World};

fn code(page: &Page) -> String {
    let at = page.text.find("class=\"secret\">").unwrap_or_else(|| panic!("no code:\n{}", page.text)) + 15;
    page.text[at..].split('<').next().unwrap().to_owned()
}

#[tokio::test]
async fn a_person_is_added_once_and_signs_in_with_the_code() {
    let world = World::founded().await;
    let mut keeper = world.browser("keeper").await;
    let form = keeper.get("/people/new").await.good();
    let command = form.hidden("command");
    let fields = [
        ("command", command.as_str()),
        ("name", "Lena Ødegård"),
        ("login", "lena"),
        ("title", "Registry"),
        ("nationality", "nor"),
        ("language", "en"),
    ];
    let one = keeper.answer(&form, "/people/new", &fields).await.good();
    let again = keeper.answer(&form, "/people/new", &fields).await.good();
    let code = code(&again);
    one.shows("One-time code for Lena Ødegård");
    world.office.set_password("lena", &code, PHRASE).await.unwrap();
    // Sent once more it neither adds another nor closes the account.
    keeper.answer(&form, "/people/new", &fields).await.good().hides("class=\"secret\"");
    assert!(world.office.sign_in("lena", PHRASE, SessionKind::Browser, "").await.is_ok());
    let list = keeper.get("/people?q=odegard").await.good();
    list.shows("Lena Ødegård").shows("1 person").hides("Person called clerk");
    keeper.get("/people?q=zzz").await.good().shows("Nobody of that name");
}

#[tokio::test]
async fn a_person_that_is_refused_keeps_what_was_typed() {
    let world = World::founded().await;
    let mut keeper = world.browser("keeper").await;
    let form = keeper.get("/people/new").await.good();
    let good = [
        ("name", "Lena Berg"),
        ("login", "lena"),
        ("nationality", "NOR"),
        ("language", "en"),
        ("title", "Head of <x>"),
    ];
    let cases = [
        ("login", "clerk", StatusCode::CONFLICT, "Someone has this sign-in name"),
        ("login", "Lena Berg!", StatusCode::UNPROCESSABLE_ENTITY, "A code may have only"),
        ("name", " ", StatusCode::UNPROCESSABLE_ENTITY, "This is empty"),
        ("nationality", "Norway", StatusCode::UNPROCESSABLE_ENTITY, "not one of the values"),
    ];
    for (field, value, status, words) in cases {
        let mut fields: Vec<_> = good.iter().filter(|(n, _)| *n != field).copied().collect();
        fields.push((field, value));
        let back = keeper.answer(&form, "/people/new", &fields).await;
        assert_eq!(back.status, status, "{field}");
        back.shows(&format!("id=\"field-{field}-error\"")).shows(words).shows("Head of &lt;x&gt;");
        back.shows(&format!("value=\"{}\"", value.trim_end_matches('\n')));
    }
}

async fn proposes(browser: &mut Browser, person: &str, fields: &[(&str, &str)]) -> Page {
    let form = browser.get(&format!("/people/{person}/propose?is={}", fields[0].1)).await.good();
    let command = form.hidden("command");
    let mut all = vec![("command", command.as_str())];
    all.extend_from_slice(fields);
    browser.answer(&form, &format!("/people/{person}/propose"), &all).await
}

const CLEARANCE: [(&str, &str); 7] = [
    ("is", "clearance"),
    ("policy", "NATO"),
    ("levels_of", "NATO"),
    ("level", "SECRET"),
    ("authority", "National authority 4471"),
    ("from", "1 March 2026"),
    ("until", "28 February 2031"),
];

#[tokio::test]
async fn a_clearance_is_proposed_by_one_confirmed_by_another_and_ended_with_a_reason() {
    let world = World::founded().await;
    let person = world.office.person_named("nobody").await.unwrap().to_string();
    let mut one = world.browser("officer1").await;
    let mut two = world.browser("officer2").await;
    let proposed = proposes(&mut one, &person, &CLEARANCE).await;
    assert_eq!(proposed.status, StatusCode::SEE_OTHER, "{}", proposed.text);
    let own = one.get(proposed.to()).await.good();
    own.shows("Proposed. Another security officer has to confirm it.").shows("waits for a second person");
    own.hides("/confirm\"");
    one.get("/desk").await.good().shows("nothing waits for you");

    two.get("/desk").await.good().shows("one waits for you").shows("Person called nobody");
    let file = two.get(&format!("/people/{person}")).await.good();
    let at = file.text.find("/proposals/").unwrap();
    let path = file.text[at..].split('"').next().unwrap().to_owned();
    let proposal = file.hidden("proposal");
    // The one who proposed it can't confirm it by sending the form himself; nor can anybody with another digest.
    let fields = [("proposal", proposal.as_str()), ("person", person.as_str())];
    assert_eq!(one.answer(&own, &path, &fields).await.status, StatusCode::FORBIDDEN);
    let zeros = "0".repeat(64);
    let changed = [("proposal", zeros.as_str()), ("person", person.as_str())];
    assert_eq!(two.answer(&file, &path, &changed).await.status, StatusCode::CONFLICT);
    let confirmed = two.answer(&file, &path, &fields).await;
    assert_eq!(confirmed.status, StatusCode::SEE_OTHER, "{}", confirmed.text);
    let held = two.get(confirmed.to()).await.good();
    held.shows("in force").shows("National authority 4471").shows("28 February 2031").shows("Confirmed by");

    let at = held.text.find("/authorisations/").unwrap();
    let path = held.text[at..].split('"').next().unwrap().to_owned();
    let ending = two.get(&path).await.good();
    let act = path.split('?').next().unwrap();
    let no_reason = two.answer(&ending, act, &[("person", &person), ("reason", " ")]).await;
    assert_eq!(no_reason.status, StatusCode::UNPROCESSABLE_ENTITY);
    no_reason.shows("id=\"field-reason-error\"");
    let ended = two.answer(&ending, act, &[("person", &person), ("reason", "left the post")]).await;
    assert_eq!(ended.status, StatusCode::SEE_OTHER, "{}", ended.text);
    two.get(ended.to()).await.good().shows("revoked");
}

#[tokio::test]
async fn a_proposal_that_is_refused_keeps_what_was_typed() {
    let world = World::founded().await;
    let person = world.office.person_named("nobody").await.unwrap().to_string();
    let mut officer = world.browser("officer1").await;
    let with = |field: &'static str, value: &'static str| {
        let mut fields: Vec<_> = CLEARANCE.iter().filter(|(n, _)| *n != field).copied().collect();
        fields.push((field, value));
        fields
    };
    for (field, value, shown) in [
        ("until", "28 February 2020", "until"),
        ("until", "30 February 2031", "until"),
        ("from", "", "from"),
        ("authority", "", "authority"),
        ("level", "", "level"),
        ("levels_of", "EU", "level"),
    ] {
        let back = proposes(&mut officer, &person, &with(field, value)).await;
        assert_eq!(back.status, StatusCode::UNPROCESSABLE_ENTITY, "{field} {value}");
        back.shows(&format!("id=\"field-{shown}-error\""));
        if field != "authority" {
            back.shows("value=\"National authority 4471\"");
        }
    }
    let own = world.officers[0].to_string();
    let back = proposes(&mut officer, &own, &CLEARANCE).await;
    assert_eq!(back.status, StatusCode::FORBIDDEN);
    back.shows("Nobody may propose or confirm a clearance of their own").shows("value=\"1 March 2026\"");
}

#[tokio::test]
async fn every_kind_of_authorisation_can_be_proposed() {
    let world = World::founded().await;
    let names = registry::house::Names { en: "Air policing".into(), fr: "Police du ciel".into() };
    let command = registry::Command::FormGroup { code: "air-policing".into(), names };
    world.does(world.officers[0], command).await;
    let group = world.office.house().await.unwrap().groups().next().unwrap().id.to_string();
    let person = world.office.person_named("nobody").await.unwrap().to_string();
    let mut officer = world.browser("officer1").await;
    let cases: [&[(&str, &str)]; 4] = [
        &[("is", "briefing"), ("policy", "NATO"), ("subject", "SECRET"), ("on", "2026-03-01")],
        &[("is", "role"), ("role", "inspector"), ("registry", "")],
        &[("is", "role"), ("role", "controller"), ("registry", "REG")],
        &[("is", "membership"), ("group", &group)],
    ];
    for fields in cases {
        let done = proposes(&mut officer, &person, fields).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{fields:?}: {}", done.text);
    }
    let page = officer.get(&format!("/people/{person}")).await.good();
    page.shows("Briefed for NATO SECRET").shows("Inspector").shows("Controller, Central Registry");
    page.shows("Group: Air policing");
    let no_place = proposes(&mut officer, &person, &[("is", "role"), ("role", "controller")]).await;
    assert_eq!(no_place.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn a_file_is_seen_by_its_person_and_the_keepers_and_by_nobody_else() {
    let world = World::founded().await;
    let reader = world.office.person_named("reader").await.unwrap();
    let path = format!("/people/{reader}");
    world.browser("reader").await.get(&path).await.good().shows("NATO CONFIDENTIAL").hides("/revoke");
    world.browser("officer2").await.get(&path).await.good().shows("NATO CONFIDENTIAL").shows("/revoke");
    let keeper = world.browser("keeper").await.get(&path).await.good();
    keeper.shows("Person called reader").hides("NATO CONFIDENTIAL");
    let mut clerk = world.browser("clerk").await;
    let (there, absent) = (clerk.get(&path).await, clerk.get(&format!("/people/{}", "0".repeat(32))).await);
    assert_eq!(there.status, StatusCode::NOT_FOUND);
    assert_eq!(there.text.replace(&reader.to_string(), &"0".repeat(32)), absent.text);
}

#[tokio::test]
async fn a_code_is_given_by_officers_to_others_and_ends_every_session() {
    let world = World::founded().await;
    let clerk = world.office.person_named("clerk").await.unwrap().to_string();
    let mut session = world.browser("clerk").await;
    for login in ["keeper", "reader", "clerk"] {
        let mut browser = world.browser(login).await;
        let desk = browser.get("/desk").await.good();
        let page = browser.answer(&desk, &format!("/people/{clerk}/code"), &[]).await;
        assert!(page.status.is_client_error(), "{login}: {}", page.status);
        page.hides("class=\"secret\"");
    }
    session.get("/desk").await.good();
    let mut officer = world.browser("officer1").await;
    let file = officer.get(&format!("/people/{clerk}")).await.good();
    let given = officer.answer(&file, &format!("/people/{clerk}/code"), &[]).await.good();
    world.office.set_password("clerk", &code(&given), PHRASE).await.unwrap();
    assert_eq!(session.get("/desk").await.status, StatusCode::SEE_OTHER);
    let own = officer.answer(&file, &format!("/people/{}/code", world.officers[0]), &[]).await;
    assert_eq!(own.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn an_administrator_gives_a_role_without_sight_and_no_other() {
    let world = World::founded().await;
    let reader = world.office.person_named("reader").await.unwrap().to_string();
    let mut keeper = world.browser("keeper").await;
    let file = keeper.get(&format!("/people/{reader}")).await.good();
    let registry = world.registry.to_string();
    let path = format!("/people/{reader}/role");
    let given = keeper.answer(&file, &path, &[("role", "assistant"), ("registry", &registry)]).await;
    assert_eq!(given.status, StatusCode::SEE_OTHER, "{}", given.text);
    for role in ["controller", "security-officer", "nonsense"] {
        let page = keeper.answer(&file, &path, &[("role", role), ("registry", &registry)]).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{role}");
    }
}
