//! A file is read off into the form: proposed where it was read, kept for the form that comes again, one document's only.

use axum::http::StatusCode;

use crate::browser::{Browser, Page, World};

const PAPER: &str = "NATO CONFIDENTIAL

Headquarters of the Allied Staff, Operations Division

MEMORANDUM

Reference: MCM-0045-2019
Date: 6 May 2019
To: Delegation of Spain
Info: Cooperative Security Division

SUBJECT: (NU) Air policing: change of the alert rotation

1. (NC) A later start leaves a gap of nineteen days.

NATO CONFIDENTIAL
";

async fn sends(
    clerk: &mut Browser,
    page: &Page,
    fields: &[(&str, &str)],
    file: Option<(&str, &[u8])>,
) -> Page {
    let (token, command) = (page.hidden("token"), page.hidden("command"));
    let mut all = vec![
        ("token", token.as_str()),
        ("command", command.as_str()),
        ("registry", "REG"),
        ("direction", "incoming"),
    ];
    all.extend_from_slice(fields);
    clerk.multipart("/register/new", &all, file).await
}

#[tokio::test]
async fn a_file_is_read_off_into_the_form_and_registered_without_being_sent_again() {
    let world = World::founded().await;
    let mut clerk = world.browser("clerk").await;
    let form = clerk.get("/register/new").await.good();
    let act = [("act", "read"), ("policy", "NATO"), ("levels_of", "NATO")];
    let read = sends(&mut clerk, &form, &act, Some(("note.txt", PAPER.as_bytes()))).await.good();
    read.shows("Air policing: change of the alert rotation</textarea>")
        .shows("value=\"2019-05-06\"")
        .shows("value=\"MCM-0045-2019\"")
        .shows("Delegation of Spain")
        .shows("<option value=\"CONFIDENTIAL\" selected>")
        .shows("<option value=\"memorandum\" selected>")
        .shows("line 7")
        .shows("note.txt");
    assert!(read.banner().contains("NATO CONFIDENTIAL"), "{}", read.banner());

    // The clerk forgets the subject: refused, and the file still waits.
    let stage = read.hidden("stage");
    let typed = [
        ("stage", stage.as_str()),
        ("kind", "memorandum"),
        ("language", "en"),
        ("policy", "NATO"),
        ("levels_of", "NATO"),
        ("level", "CONFIDENTIAL"),
        ("date", "2019-05-06"),
        ("originator_reference", "MCM-0045-2020"),
    ];
    let refused = sends(&mut clerk, &read, &typed, None).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    refused.shows("note.txt").shows("it waits here");
    // What stands as it was read still says where; what was mended does not.
    refused.shows("6 May 2019</q>").shows("line 8").hides("Reference: MCM-0045-2019</q>");
    assert_eq!(refused.hidden("stage"), stage);

    let whole: Vec<(&str, &str)> = typed.into_iter().chain([("subject", "Air policing")]).collect();
    let done = sends(&mut clerk, &refused, &whole, None).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);
    clerk.get(done.to()).await.good().shows("A later start leaves a gap");
    // The same form once more has one effect; another form with the same file is refused.
    let again = sends(&mut clerk, &refused, &whole, None).await;
    assert_eq!((again.status, again.to()), (StatusCode::SEE_OTHER, done.to()));
    // Gone back to, mended and sent again, the form is another command under the same name: refused, and nothing is lost.
    let mended: Vec<(&str, &str)> = typed.into_iter().chain([("subject", "Air policing, mended")]).collect();
    let refused_again = sends(&mut clerk, &refused, &mended, None).await;
    assert_eq!(refused_again.status, StatusCode::CONFLICT);
    let fresh = clerk.get("/register/new").await.good();
    let twice = sends(&mut clerk, &fresh, &whole, None).await;
    assert_eq!(twice.status, StatusCode::CONFLICT);
    world.after(25 * 60);
    assert_eq!(world.office.sweep_stages().await.unwrap(), 0, "a document has it");
    let mut clerk = world.browser("clerk").await;
    clerk.get(done.to()).await.good().shows("A later start leaves a gap");
}

#[tokio::test]
async fn a_file_that_takes_the_place_of_another_leaves_nothing_behind() {
    let world = World::founded().await;
    let mut clerk = world.browser("clerk").await;
    let form = clerk.get("/register/new").await.good();
    let act = [("act", "read"), ("policy", "NATO"), ("levels_of", "NATO")];
    let read = sends(&mut clerk, &form, &act, Some(("note.txt", PAPER.as_bytes()))).await.good();
    let stage = read.hidden("stage");
    let again: Vec<(&str, &str)> = act.into_iter().chain([("stage", stage.as_str())]).collect();
    let other = sends(&mut clerk, &read, &again, Some(("other.txt", b"Another paper."))).await.good();
    other.shows("other.txt");
    let before = stage.parse().unwrap();
    let person = world.office.person_named("clerk").await.unwrap();
    assert!(world.office.staged(person, before).await.unwrap().is_none());
}

#[tokio::test]
async fn a_file_waits_for_its_sender_and_for_a_day() {
    let world = World::founded().await;
    let mut clerk = world.browser("clerk").await;
    let form = clerk.get("/register/new").await.good();
    let act = [("act", "read"), ("policy", "NATO"), ("levels_of", "NATO")];
    let read = sends(&mut clerk, &form, &act, Some(("note.txt", PAPER.as_bytes()))).await.good();
    let stage = read.hidden("stage");
    let fields = [("stage", stage.as_str()), ("act", "policy"), ("policy", "NATO"), ("levels_of", "NATO")];
    let kept = sends(&mut clerk, &read, &fields, None).await.good();
    kept.shows("note.txt");
    assert_eq!(world.office.sweep_stages().await.unwrap(), 0);
    world.after(25 * 60);
    assert_eq!(world.office.sweep_stages().await.unwrap(), 1);
    let mut clerk = world.browser("clerk").await;
    let form = clerk.get("/register/new").await.good();
    let gone = sends(&mut clerk, &form, &fields, None).await;
    gone.shows("does not wait here any more");
}
