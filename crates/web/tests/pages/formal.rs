//! A message that cannot wait rings on the desks of those who may act on it, until one of them takes note.

use axum::http::StatusCode;

use crate::browser::World;

const FLASH: &str = "Z 120815Z MAR 26
FM JOINT LOGISTICS CENTRE
TO HEADQUARTERS
INFO AIR TRANSPORT CELL
BT
NATO CONFIDENTIAL
SUBJECT: FUEL LINE CLOSED
1. USE RESERVE.
BT
";

#[tokio::test]
async fn a_flash_message_is_read_off_rings_and_is_silent_once_note_is_taken() {
    let world = World::founded().await;
    let mut clerk = world.browser("clerk").await;
    let form = clerk.get("/register/new").await.good();
    let (token, command) = (form.hidden("token"), form.hidden("command"));
    let mut fields = vec![
        ("token", token.as_str()),
        ("command", command.as_str()),
        ("registry", "REG"),
        ("direction", "incoming"),
        ("policy", "NATO"),
        ("levels_of", "NATO"),
    ];
    let read = [fields.clone(), vec![("act", "read")]].concat();
    let read = clerk.multipart("/register/new", &read, Some(("flash.txt", FLASH.as_bytes()))).await.good();
    read.shows("<option value=\"flash\" selected>").shows("value=\"120815ZMAR26\"");
    let stage = read.hidden("stage");
    fields.extend([
        ("stage", stage.as_str()),
        ("kind", "message"),
        ("subject", "Fuel line closed"),
        ("language", "en"),
        ("level", "CONFIDENTIAL"),
        ("precedence", "flash"),
        ("dtg", "12 0815z mar"),
    ]);
    let refused = clerk.multipart("/register/new", &fields, None).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    refused.shows("no date-time group").shows("12 0815z mar");
    fields.retain(|(name, _)| *name != "dtg");
    fields.push(("dtg", "12 0815z mar 26"));
    let done = clerk.multipart("/register/new", &fields, None).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);
    let page = done.to().split('?').next().unwrap().to_owned();
    clerk.get(&page).await.good().shows("FLASH, 120815ZMAR26").shows("Nobody has taken note");
    clerk.get("/register").await.good().shows("FLASH");

    let desk = clerk.get("/desk").await.good();
    desk.shows("Cannot wait").shows("Fuel line closed");
    // Who may read it and does not work in the registry is not rung; who may not read it learns nothing.
    let mut reader = world.browser("reader").await;
    reader.get("/desk").await.good().hides("Cannot wait");
    let mut controller = world.browser("controller").await;
    controller.get("/desk").await.good().hides("Cannot wait");
    let note = format!("{page}/note");
    let own = reader.get("/desk").await.good();
    assert_eq!(reader.answer(&own, &note, &[]).await.status, StatusCode::FORBIDDEN);
    let own = controller.get("/desk").await.good();
    assert_eq!(controller.answer(&own, &note, &[]).await.status, StatusCode::NOT_FOUND);

    let taken = clerk.answer(&desk, &note, &[]).await;
    assert_eq!((taken.status, taken.to()), (StatusCode::SEE_OTHER, "/desk"), "{}", taken.text);
    clerk.get("/desk").await.good().hides("Cannot wait");
    clerk.get(&page).await.good().shows("took note");
    // Once more is no fault of hers who was slower.
    assert_eq!(clerk.answer(&desk, &note, &[]).await.status, StatusCode::SEE_OTHER);
}
