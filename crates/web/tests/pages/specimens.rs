//! Specimen signatures: proposed as a picture by one security officer, confirmed by another, looked at by officers alone.

use axum::http::StatusCode;

use crate::browser::World;

/// What a browser takes for a picture: the first bytes tell.
const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0";

#[tokio::test]
async fn two_officers_set_a_specimen_and_what_is_no_picture_is_refused() {
    let world = World::founded().await;
    let person = world.adds("courier").await;
    let mut officer = world.browser("officer1").await;
    let form = officer.get(&format!("/people/{person}/propose?is=specimen")).await.good();
    form.shows("PNG or JPEG");
    let path = format!("/people/{person}/specimen");
    let (token, key) = (form.hidden("token"), form.hidden("command"));
    let fields = [("token", token.as_str()), ("command", key.as_str())];

    let none = officer.multipart(&path, &fields, None).await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
    let script = officer.multipart(&path, &fields, Some(("hand.png", b"<svg onload=alert(1)>"))).await;
    assert_eq!(script.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", script.text);
    script.shows("This is not a picture. Choose a PNG or JPEG file.");
    let huge = [SIGNATURE, &vec![0; 600_000]].concat();
    let huge = officer.multipart(&path, &fields, Some(("hand.png", &huge))).await;
    assert_eq!(huge.status, StatusCode::PAYLOAD_TOO_LARGE, "{}", huge.text);
    let forged = [("token", "0"), ("command", key.as_str())];
    assert_eq!(
        officer.multipart(&path, &forged, Some(("hand.png", SIGNATURE))).await.status,
        StatusCode::FORBIDDEN
    );
    let sent = officer.multipart(&path, &fields, Some(("hand.png", SIGNATURE))).await;
    assert_eq!(sent.to(), format!("/people/{person}?done=proposed"), "{}", sent.text);

    // The other officer sees it and confirms.
    let mut second = world.browser("officer2").await;
    let file = second.get(&format!("/people/{person}")).await.good();
    let at = file.text.find(&format!("/people/{person}/specimens/")).unwrap();
    let picture = file.text[at..].split('"').next().unwrap().to_owned();
    let shown = second.get(&picture).await;
    assert_eq!(shown.status, StatusCode::OK);
    assert_eq!(shown.header("content-type"), "image/png");
    assert_eq!(shown.header("content-security-policy"), "default-src 'none'; sandbox");
    let at = file.text.find("/proposals/").unwrap();
    let confirm = file.text[at..].split('"').next().unwrap().to_owned();
    let fields = [("proposal", file.hidden("proposal")), ("command", file.hidden("command"))];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (*n, v.as_str())).collect();
    let done = second.answer(&file, &confirm, &fields).await;
    assert_eq!(done.to(), format!("/people/{person}?done=confirmed"), "{}", done.text);

    // Nobody else looks at it, nor at what is no specimen.
    let mut clerk = world.browser("clerk").await;
    assert_ne!(clerk.get(&picture).await.status, StatusCode::OK);
    let mut own = world.browser("courier").await;
    assert_eq!(own.get(&picture).await.status, StatusCode::FORBIDDEN);
    own.get(&format!("/people/{person}")).await.good().shows("Specimen signature");
    // Nobody sets his own.
    let own = world.officers[1];
    let form = second.get(&format!("/people/{own}/propose?is=specimen")).await.good();
    let (token, key) = (form.hidden("token"), form.hidden("command"));
    let fields = [("token", token.as_str()), ("command", key.as_str())];
    let refused =
        second.multipart(&format!("/people/{own}/specimen"), &fields, Some(("hand.png", SIGNATURE))).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN, "{}", refused.text);
}
