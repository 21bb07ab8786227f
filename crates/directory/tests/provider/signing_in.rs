//! Who is let in, and who is not and why.

use crate::actors::{Client, Directory, browse};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use directory::{Begun, Provider, Refusal, Secret, begin, begin_anew, finish};
use std::time::Duration;

/// The hour of the provider, which is that of this machine.
#[allow(clippy::disallowed_methods, reason = "the provider's clock is the machine's")]
fn now() -> jiff::Timestamp {
    jiff::Timestamp::now()
}

/// Random bytes that differ between the sign-ins of one test.
fn dice(seed: u8) -> [u8; 96] {
    std::array::from_fn(|place| seed.wrapping_mul(31).wrapping_add(u8::try_from(place).unwrap()))
}

async fn began(server: &Directory, client: &str, seed: u8) -> (Provider, Begun) {
    let provider = Provider::discover(&Client::default(), &server.settings(client)).await.unwrap();
    let begun = begin(&provider, &dice(seed), now());
    (provider, begun)
}

#[tokio::test]
async fn a_person_signs_in_and_comes_with_groups() {
    let Some(server) = Directory::start() else { return };
    for client in ["basic", "form", "open"] {
        let (provider, begun) = began(&server, client, 1).await;
        assert!(begun.address.contains("code_challenge_method=S256"), "{}", begun.address);
        let returned = browse(&begun.address, "ada");
        let identity = finish(&Client::default(), &provider, begun.kept, &returned, now()).await.unwrap();
        assert_eq!((identity.login.as_str(), identity.subject.as_str()), ("ada.registrar", "ada"));
        assert_eq!(identity.name.as_deref(), Some("Ada Registrar"));
        assert_eq!(identity.groups, ["clerks", "registry"]);
        assert_eq!(identity.issuer, server.issuer);
        let refused = identity.admit(|_| None::<()>).unwrap_err();
        assert_eq!(refused, Refusal::Unknown { login: "ada.registrar".into() });
    }
}

#[tokio::test]
async fn a_code_is_good_once_and_only_for_the_browser_that_began() {
    let Some(server) = Directory::start() else { return };
    let (provider, ours) = began(&server, "basic", 1).await;
    let client = Client::default();
    let returned = browse(&ours.address, "ada");
    finish(&client, &provider, ours.kept.clone(), &returned, now()).await.unwrap();
    let again = finish(&client, &provider, ours.kept, &returned, now()).await.unwrap_err();
    assert!(matches!(again, Refusal::CodeRefused { .. }), "{again:?}");
    // Somebody slips the answer to his own sign-in under another's browser.
    let mine = begin(&provider, &dice(2), now());
    let theirs = begin(&provider, &dice(3), now());
    let mut slipped = browse(&mine.address, "ada");
    let refused = finish(&client, &provider, theirs.kept.clone(), &slipped, now()).await.unwrap_err();
    assert_eq!(refused, Refusal::WrongState);
    // He even knows the other's state: the code was made for another verifier.
    slipped.state = browse(&theirs.address, "ada").state;
    let refused = finish(&client, &provider, theirs.kept, &slipped, now()).await.unwrap_err();
    assert!(matches!(refused, Refusal::CodeRefused { .. }), "{refused:?}");
}

#[tokio::test]
async fn who_must_prove_anew_cannot_leave_it_out_of_the_address() {
    let Some(server) = Directory::start() else { return };
    let client = Client::default();
    let provider = Provider::discover(&client, &server.settings("basic")).await.unwrap();
    let begun = begin_anew(&provider, &dice(1), now());
    let returned = browse(&begun.address, "ada");
    let identity = finish(&client, &provider, begun.kept, &returned, now()).await.unwrap();
    assert!(identity.proven.is_some());
    let begun = begin_anew(&provider, &dice(2), now());
    let shorter = begun.address.replace("&prompt=login&max_age=0", "");
    assert_ne!(shorter, begun.address);
    let returned = browse(&shorter, "ada");
    let refused = finish(&client, &provider, begun.kept, &returned, now()).await.unwrap_err();
    assert_eq!(refused, Refusal::NotAnew);
}

#[tokio::test]
async fn who_declines_and_who_has_no_login_name_is_told() {
    let Some(server) = Directory::start() else { return };
    let (provider, begun) = began(&server, "basic", 1).await;
    let returned = browse(&begun.address, "nobody");
    let refused = finish(&Client::default(), &provider, begun.kept, &returned, now()).await.unwrap_err();
    assert_eq!(refused, Refusal::Declined { said: "access_denied".into() });
    let begun = begin(&provider, &dice(2), now());
    let returned = browse(&begun.address, "bo");
    let refused = finish(&Client::default(), &provider, begun.kept, &returned, now()).await.unwrap_err();
    assert_eq!(refused, Refusal::NoLogin { claim: "preferred_username".into() });
}

#[tokio::test]
async fn what_comes_too_late_is_refused() {
    let Some(server) = Directory::start() else { return };
    let (provider, begun) = began(&server, "basic", 1).await;
    let returned = browse(&begun.address, "ada");
    let late = now() + Duration::from_secs(11 * 60);
    let refused = finish(&Client::default(), &provider, begun.kept, &returned, late).await.unwrap_err();
    assert_eq!(refused, Refusal::TooLate);
    // A clock of ours that is wrong by a day, either way.
    for day in [now() + Duration::from_secs(86_400), now() - Duration::from_secs(86_400)] {
        let begun = begin(&provider, &dice(2), day);
        let returned = browse(&begun.address, "ada");
        let refused = finish(&Client::default(), &provider, begun.kept, &returned, day).await.unwrap_err();
        assert_eq!(refused, Refusal::Expired);
    }
}

#[tokio::test]
async fn words_that_were_changed_on_the_way_are_refused() {
    let Some(server) = Directory::start() else { return };
    let change = |path: &str, body: Vec<u8>| {
        if path != "token" {
            return body;
        }
        let mut answer: serde_json::Value = serde_json::from_slice(&body).unwrap();
        let token = answer["id_token"].as_str().unwrap().to_owned();
        let parts: Vec<&str> = token.split('.').collect();
        let words = String::from_utf8(URL_SAFE_NO_PAD.decode(parts[1]).unwrap()).unwrap();
        let words = URL_SAFE_NO_PAD.encode(words.replace("\"ada\"", "\"bob\""));
        answer["id_token"] = format!("{}.{words}.{}", parts[0], parts[2]).into();
        serde_json::to_vec(&answer).unwrap()
    };
    let (provider, begun) = began(&server, "basic", 1).await;
    let returned = browse(&begun.address, "ada");
    let refused = finish(&Client { tamper: change }, &provider, begun.kept, &returned, now()).await;
    assert_eq!(refused.unwrap_err(), Refusal::WrongSignature);
    // What is said beside of somebody else.
    let begun = begin(&provider, &dice(2), now());
    let returned = browse(&begun.address, "ada");
    let other = |path: &str, body: Vec<u8>| {
        if path == "me" { br#"{"sub":"eve","preferred_username":"eve","groups":[]}"#.to_vec() } else { body }
    };
    let refused = finish(&Client { tamper: other }, &provider, begun.kept, &returned, now()).await;
    assert!(matches!(refused, Err(Refusal::Nonsense(_))), "{refused:?}");
    // Another provider in between.
    let begun = begin(&provider, &dice(3), now());
    let mut returned = browse(&begun.address, "ada");
    returned.iss = Some("https://elsewhere.example".into());
    let refused = finish(&Client::default(), &provider, begun.kept, &returned, now()).await;
    assert_eq!(refused.unwrap_err(), Refusal::WrongIssuer);
}

#[tokio::test]
async fn a_wrong_secret_a_wrong_issuer_and_a_provider_that_is_gone_are_told() {
    let Some(mut server) = Directory::start() else { return };
    let client = Client::default();
    let mut settings = server.settings("basic");
    settings.client_secret = Some(Secret::new("guessed"));
    assert!(!format!("{settings:?}").contains("guessed"));
    let provider = Provider::discover(&client, &settings).await.unwrap();
    let begun = begin(&provider, &dice(1), now());
    let returned = browse(&begun.address, "ada");
    let refused = finish(&client, &provider, begun.kept, &returned, now()).await.unwrap_err();
    assert!(matches!(refused, Refusal::ClientRefused { .. }), "{refused:?}");
    let mut elsewhere = server.settings("basic");
    elsewhere.issuer = server.issuer.replace("127.0.0.1", "localhost");
    assert_eq!(Provider::discover(&client, &elsewhere).await.unwrap_err(), Refusal::WrongIssuer);
    elsewhere.issuer = "http://id.example".into();
    assert!(matches!(Provider::discover(&client, &elsewhere).await.unwrap_err(), Refusal::Settings(_)));
    let begun = begin(&provider, &dice(2), now());
    let returned = browse(&begun.address, "ada");
    server.stop();
    let refused = finish(&client, &provider, begun.kept, &returned, now()).await.unwrap_err();
    assert!(matches!(refused, Refusal::Gone { .. }), "{refused:?}");
    let refused = Provider::discover(&client, &settings).await.unwrap_err();
    assert!(matches!(refused, Refusal::Gone { .. }), "{refused:?}");
}
