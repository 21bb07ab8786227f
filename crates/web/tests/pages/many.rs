//! Many at once on pages: chosen on a list, asked, looked at, done; what was typed kept, what was refused tried again.

use axum::http::StatusCode;

use crate::browser::{Page, World};

/// The value of the first hidden field of a name, for each document that is ticked.
fn marks(page: &Page, ids: &[&str]) -> Vec<(String, String)> {
    ids.iter().map(|id| (format!("mark-{id}"), page.hidden(&format!("mark-{id}")))).collect()
}

#[tokio::test]
async fn many_are_corrected_with_one_reason_after_a_look() {
    let world = World::founded().await;
    let one = world.paper(Some("CONFIDENTIAL"), "Rotation", "").await;
    let two = world.paper(Some("SECRET"), "Stocks", "").await;
    let mut clerk = world.browser("clerk").await;
    let list = clerk.get("/register").await.good();
    list.shows(&format!("name=\"document\" value=\"{one}\"")).shows("Correct…").hides("Marking and access…");
    let chosen = [("document", &*one), ("document", &*two), ("back", "/register?registry=REG")];
    let with = |more: &[(&'static str, &'static str)]| -> Vec<(&str, &str)> {
        chosen.iter().copied().chain(more.iter().copied()).collect()
    };
    let form = clerk.answer(&list, "/many", &with(&[("do", "correct")])).await.good();
    form.shows("2 documents chosen").shows("Stocks").shows("/register?registry=REG");
    // Without a reason nothing is looked at, and what was typed stays.
    let typed = [("do", "correct"), ("step", "look"), ("originator", "Plans Division")];
    let refused = clerk.answer(&form, "/many", &with(&typed)).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    refused.shows("Plans Division").shows("2 documents chosen");
    let asked =
        [("do", "correct"), ("step", "look"), ("originator", "Plans Division"), ("reason", "Another name")];
    let look = clerk.answer(&form, "/many", &with(&asked)).await.good();
    look.shows("<ins>Plans Division</ins>").shows("Ready for 2 documents.").shows("Nothing is changed yet.");
    assert!(look.banner().contains("NATO SECRET"), "{}", look.banner());
    clerk.get(&format!("/documents/{one}")).await.good().hides("Plans Division");
    // Somebody else is quicker with one of them.
    let page = clerk.get(&format!("/documents/{two}/correct")).await.good();
    let fields = [
        ("mark", page.hidden("mark")),
        ("subject", "Summer stocks".into()),
        ("kind", "letter".into()),
        ("direction", "incoming".into()),
        ("language", "en".into()),
        ("held_elsewhere", "on paper, safe 4".into()),
        ("reason", "slip".into()),
    ];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (*n, v.as_str())).collect();
    let quicker = clerk.answer(&page, &format!("/documents/{two}/correct"), &fields).await;
    assert_eq!(quicker.status, StatusCode::SEE_OTHER, "{}", quicker.text);
    let kept = marks(&look, &[&one, &two]);
    let command = look.hidden("command");
    let mut go = with(&[
        ("do", "correct"),
        ("step", "go"),
        ("originator", "Plans Division"),
        ("reason", "Another name"),
    ]);
    go.push(("command", &command));
    go.extend(kept.iter().map(|(n, v)| (n.as_str(), v.as_str())));
    let done = clerk.answer(&look, "/many", &go).await.good();
    done.shows("Done for 1 document.").shows("One was refused.").shows("Try the refused again");
    assert_eq!(done.hidden("document"), two);
    clerk.get(&format!("/documents/{one}")).await.good().shows("Plans Division");
    // Sent twice it is done once.
    clerk.answer(&look, "/many", &go).await.good().shows("Done for 1 document.");
    let about = clerk.get(&format!("/documents/{one}?tab=about")).await.good();
    assert_eq!(about.text.matches("Another name").count(), 1);
}

#[tokio::test]
async fn what_is_not_for_the_reader_is_not_there_and_the_chosen_are_given_as_a_file() {
    let world = World::founded().await;
    let seen = world.paper(Some("CONFIDENTIAL"), "Rotation", "").await;
    let hidden = world.paper(Some("SECRET"), "Stocks", "").await;
    let nowhere = "0".repeat(32);
    let mut reader = world.browser("reader").await;
    let list = reader.get("/register").await.good();
    list.shows("name=\"document\"").hides("Correct…").hides(&hidden);
    for (other, same) in [(&hidden, true), (&nowhere, true)] {
        let fields = [("document", &*seen), ("document", other.as_str()), ("do", "csv")];
        let file = reader.answer(&list, "/many", &fields).await.good();
        assert!(file.text.contains("Rotation") && !file.text.contains("Stocks") && same);
        assert_eq!(file.text.lines().count(), 2);
    }
    let fields = [("document", &*seen), ("do", "correct")];
    assert_eq!(reader.answer(&list, "/many", &fields).await.status, StatusCode::FORBIDDEN);
    let none = reader.answer(&list, "/many", &[("do", "csv")]).await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
    none.shows("No document chosen");
    reader.get("/many").await.good().shows("No document chosen");
}

#[tokio::test]
async fn controllers_decide_markings_and_clerks_file_many() {
    let world = World::founded().await;
    let one = world.paper(None, "Rotation", "").await;
    let two = world.paper(None, "Stocks", "").await;
    let controller = world.office.person_named("controller").await.unwrap();
    world.clears(controller, "SECRET").await;
    let mut browser = world.browser("controller").await;
    let list = browser.get("/register").await.good();
    list.shows("Marking and access…");
    let chosen = [("document", &*one), ("document", &*two), ("do", "access")];
    let form = browser.answer(&list, "/many", &chosen).await.good();
    form.shows("Access list");
    let mut typed = chosen.to_vec();
    typed.extend([
        ("policy", "NATO"),
        ("levels_of", "NATO"),
        ("level", "CONFIDENTIAL"),
        ("list", "set"),
        ("persons", "controller\nclerk"),
        ("reason", "The originator says so"),
        ("step", "look"),
    ]);
    let look = browser.answer(&form, "/many", &typed).await.good();
    look.shows("<ins>NATO CONFIDENTIAL</ins>").shows("2 persons");
    let command = look.hidden("command");
    typed.pop();
    typed.extend([("step", "go"), ("command", &*command)]);
    browser.answer(&look, "/many", &typed).await.good().shows("Done for 2 documents.");
    let mut clerk = world.browser("clerk").await;
    clerk.get(&format!("/documents/{one}")).await.good().shows("NATO CONFIDENTIAL");
    let mut reader = world.browser("reader").await;
    assert_eq!(reader.get(&format!("/documents/{one}")).await.status, StatusCode::NOT_FOUND);
    // A name that nobody has is told beside the field.
    let list = browser.get("/register").await.good();
    let wrong = browser
        .answer(
            &list,
            "/many",
            &[
                ("document", &*one),
                ("do", "access"),
                ("list", "set"),
                ("persons", "nobody at all"),
                ("reason", "r"),
                ("step", "look"),
            ],
        )
        .await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    wrong.shows("nobody at all");
}
