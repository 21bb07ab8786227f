//! Files brought to the in-tray by a form without script: several at once, each with what became of it, in both languages.

use axum::http::StatusCode;

use crate::browser::{Browser, Page, World};

/// Sends the form as a browser without script does: fields in the order of the page, then each file.
async fn brings(browser: &mut Browser, fields: &[(&str, &str)], files: &[(&str, &[u8])]) -> Page {
    let mut body = Vec::new();
    for (name, value) in fields {
        body.extend_from_slice(
            format!("--edge\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
                .as_bytes(),
        );
    }
    for (path, bytes) in files {
        let head =
            format!("--edge\r\nContent-Disposition: form-data; name=\"content\"; filename=\"{path}\"\r\n");
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(b"Content-Type: application/octet-stream\r\n\r\n");
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(b"--edge--\r\n");
    browser.send("POST", "/tray/files", Some("multipart/form-data; boundary=edge"), body).await
}

#[tokio::test]
async fn several_files_come_at_once_and_each_says_what_became_of_it() {
    let world = World::founded().await;
    let mut clerk = world.browser("clerk").await;
    let tray = clerk.get("/tray").await.good();
    tray.shows("Bring files").shows("webkitdirectory").shows("multiple");
    let token = tray.hidden("token");
    let fields = [("token", token.as_str()), ("registry", "REG"), ("direction", "internal")];
    let files: [(&str, &[u8]); 5] = [
        ("Exercise/Norway/stocks.txt", b"Subject: Winter stocks"),
        ("Exercise/empty.txt", b""),
        ("Exercise/copy of stocks.txt", b"Subject: Winter stocks"),
        ("<b>roads</b>.txt", b"Roads."),
        ("", b""),
    ];
    let came = brings(&mut clerk, &fields, &files).await.good();
    came.shows("2 wait now. 1 came before. 1 was not taken in.").shows("The file is empty.");
    came.shows("The same file waits already").hides("<b>roads").shows("Exercise/Norway");
    let tray = clerk.get("/tray").await.good();
    tray.shows("2 wait to be registered").shows("Exercise/Norway").shows("&lt;b&gt;roads").hides("empty.txt");
    clerk.get("/tray.csv").await.good().shows("stocks.txt").shows("Exercise/Norway");
    clerk.get("/tray?q=norway").await.good().shows("stocks.txt").hides("roads");

    // One of them is registered by the form that is filled with it, which says who brought it.
    let at = tray.text.find("/register/new?item=").unwrap();
    let form = tray.text[at..].split('"').next().unwrap().to_owned();
    clerk.get(&form).await.good().shows("Person called clerk").shows("The file");

    // Nothing chosen: said so, and the form is there again with what was chosen in it.
    let none = brings(&mut clerk, &fields, &[("", b"")]).await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
    none.shows("value=\"internal\" selected").shows("Nothing new waits.");
    clerk.speaks("fr").await;
    let again = brings(&mut clerk, &fields, &files[..2]).await.good();
    again.shows("Rien de nouveau n’attend.").shows("1 était déjà venue.").shows("déjà venu");
}

#[tokio::test]
async fn nobody_else_brings_anything_and_nothing_is_kept_before_the_form_is_proved_ours() {
    let world = World::founded().await;
    let mut clerk = world.browser("clerk").await;
    let file: [(&str, &[u8]); 1] = [("a.txt", b"x")];
    let forged = brings(&mut clerk, &[("registry", "REG")], &file).await;
    assert_eq!(forged.status, StatusCode::FORBIDDEN);
    let token = clerk.get("/tray").await.good().hidden("token");
    let elsewhere = brings(&mut clerk, &[("token", &token), ("registry", "XYZ")], &file).await;
    assert_eq!(elsewhere.status, StatusCode::NOT_FOUND);
    let mut reader = world.browser("reader").await;
    let token = reader.get("/desk").await.good().hidden("token");
    let refused = brings(&mut reader, &[("token", &token), ("registry", "REG")], &file).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    clerk.get("/tray").await.good().shows("Nothing waits to be registered");
}

#[tokio::test]
async fn a_program_of_the_page_says_where_a_file_lay() {
    let world = World::founded().await;
    let mut clerk = world.browser("clerk").await;
    let token = clerk.get("/tray").await.good().hidden("token");
    let fields = [
        ("token", token.as_str()),
        ("registry", "REG"),
        ("direction", "incoming"),
        ("path", "Exercise/Sealift/plan.txt"),
    ];
    let came = brings(&mut clerk, &fields, &[("plan.txt", b"Sealift.")]).await.good();
    came.shows("data-waits").shows("Exercise/Sealift").shows("plan.txt");
}

#[tokio::test]
async fn what_was_chosen_is_named_and_asked_about_before_it_is_thrown_away() {
    let world = World::founded().await;
    let mut clerk = world.browser("clerk").await;
    let token = clerk.get("/tray").await.good().hidden("token");
    let fields = [("token", token.as_str()), ("registry", "REG"), ("direction", "incoming")];
    let files: [(&str, &[u8]); 2] = [("stocks.txt", b"Subject: Winter stocks"), ("roads.txt", b"Roads.")];
    brings(&mut clerk, &fields, &files).await.good();
    let tray = clerk.get("/tray?q=txt").await.good();
    tray.shows("Do not register, because:").shows("name=\"back\" value=\"/tray?q=txt\"");
    // Of each it is written that nobody has marked it, and in the banners.
    assert!(tray.text.matches("Marking undetermined").count() >= 4, "{}", tray.text);
    let items: Vec<String> = tray
        .text
        .split("name=\"item\" value=\"")
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap().to_owned())
        .collect();
    assert_eq!(items.len(), 2);
    let chosen = [
        ("item", items[0].as_str()),
        ("item", items[1].as_str()),
        ("reason", "spam"),
        ("back", "/tray?q=txt"),
    ];

    // Named and asked about; nothing has happened.
    let asked = clerk.answer(&tray, "/tray/dismiss", &chosen).await.good();
    asked.shows("Do not register these 2?").shows("stocks.txt").shows("roads.txt");
    asked.shows("Nobody asked for it (spam)").shows("its content is thrown away here");
    clerk.get("/tray").await.good().shows("2 wait to be registered");

    // Whoever goes back finds what he had chosen.
    let ids = items.join(",");
    asked.shows(&format!("/tray?q=txt&amp;chosen={ids}"));
    let again = clerk.get(&format!("/tray?q=txt&chosen={ids}")).await.good();
    for id in &items {
        let stands = format!("name=\"item\" value=\"{id}\" checked");
        again.shows(&stands);
        tray.hides(&stands);
    }

    // A place elsewhere is none to go back to.
    let mut away = chosen.to_vec();
    away[3] = ("back", "//elsewhere/tray?");
    clerk.answer(&tray, "/tray/dismiss", &away).await.good().hides("elsewhere");

    let mut sure = chosen.to_vec();
    sure.push(("sure", "yes"));
    let done = clerk.answer(&asked, "/tray/dismiss", &sure).await;
    assert_eq!((done.status, done.to()), (StatusCode::SEE_OTHER, "/tray?q=txt&out=2"), "{}", done.text);
    clerk.get(done.to()).await.good().shows("2 are not registered.");
    let late = clerk.answer(&asked, "/tray/dismiss", &chosen).await;
    assert_eq!(late.status, StatusCode::CONFLICT, "nothing is asked about what is gone");

    clerk.speaks("fr").await;
    brings(&mut clerk, &fields, &[("rails.txt", b"Rails.")]).await.good();
    clerk.get("/tray").await.good().shows("Ne pas enregistrer, parce que\u{a0}:");
}
