//! What is refused, by the server and by us, and in which words.

use crate::dovecot::Dovecot;
use crate::proxy::Proxy;
use crate::*;
use mailbox::Trouble;
use std::time::Duration;

async fn refusal(account: &Account, password: &Password) -> Trouble {
    match Mailbox::connect(account, password, &Limits::default()).await {
        Ok(_) => panic!("it let us in"),
        Err(trouble) => trouble,
    }
}

#[tokio::test]
async fn a_wrong_password_is_told_and_never_shown() {
    let Some(server) = server() else { return };
    let told = refusal(&inbox(&server), &Password::new("guessed-word")).await;
    assert!(matches!(&told, Trouble::LoginRefused { user, .. } if user == "registry"), "{told:?}");
    assert!(told.is_lasting());
    assert!(!format!("{told:?} {told} {}", told.remedy()).contains("guessed-word"));
    assert_eq!(told.code(), "mailbox.login-refused");
}

#[tokio::test]
async fn a_certificate_of_another_authority_or_for_another_name_is_not_trusted() {
    let (Some(server), Some(other)) =
        (server(), Dovecot::start(&Setup { name: "mail.example", ..Setup::default() }))
    else {
        return;
    };
    let mut account = inbox(&server);
    account.security = Security::tls(&other.authority);
    let told = refusal(&account, &password()).await;
    assert!(
        matches!(&told, Trouble::NotTrusted { why, .. } if why.contains("none of the trusted")),
        "{told:?}"
    );
    let mut account = inbox(&other);
    let told = refusal(&account, &password()).await;
    assert!(matches!(&told, Trouble::NotTrusted { why, .. } if why.contains("another name")), "{told:?}");
    // The name may be given apart from the host.
    if let Security::Tls(trusted) = &mut account.security {
        trusted.name = Some("mail.example".into());
    }
    connect(&account).await.close().await;
    assert!(!server.log().contains("Login: user="), "nothing was said to the server that was not trusted");
}

#[tokio::test]
async fn starttls_is_used_before_anything_is_said_and_a_plain_line_only_to_this_machine() {
    let Some(server) = server() else { return };
    server.person().puts("INBOX", &message("One"));
    let mut account = inbox(&server);
    account.port = server.plain_port;
    account.security = Security::start_tls(&server.authority);
    assert_eq!(poll_all(&account, State::default()).await.0.len(), 1);
    assert!(server.log().lines().any(|line| line.contains("Login: user=") && line.contains("TLS")));
    account.security = Security::PlainLoopback;
    assert_eq!(poll_all(&account, State::default()).await.0.len(), 1);
    account.host = "192.0.2.1".into();
    assert!(matches!(refusal(&account, &password()).await, Trouble::PlainRefused { .. }));
}

#[tokio::test]
async fn a_server_that_cannot_be_found_or_is_none_is_told() {
    let Some(server) = server() else { return };
    let mut account = inbox(&server);
    account.port = 1;
    let told = refusal(&account, &password()).await;
    assert!(matches!(told, Trouble::Unreachable { .. }) && !told.is_lasting(), "{told:?}");
    account.host = "mail.invalid".into();
    assert!(matches!(refusal(&account, &password()).await, Trouble::Unreachable { .. }));
    // TLS to a port that speaks none.
    let mut account = inbox(&server);
    account.port = server.plain_port;
    let told = refusal(&account, &password()).await;
    assert!(matches!(told, Trouble::NotSecured { .. } | Trouble::Lost { .. }), "{told:?}");
    let mut account = inbox(&server);
    account.security = Security::tls("/nowhere/authority.pem");
    assert!(matches!(refusal(&account, &password()).await, Trouble::Authorities { .. }));
}

#[tokio::test]
async fn a_folder_that_is_missing_is_told_with_those_that_are_there_and_the_others_are_read() {
    let Some(server) = server() else { return };
    let mut person = server.person();
    person.says("CREATE Sent");
    person.puts("Sent", &message("One"));
    let account = account(
        &server,
        &[
            ("Éléments envoyés", Direction::Outgoing, Afterwards::Leave),
            ("Sent", Direction::Outgoing, Afterwards::Leave),
        ],
    );
    let (events, _) = poll_all(&account, State::default()).await;
    let Event::Hindered { folder, trouble } = &events[0] else { panic!("{events:?}") };
    assert_eq!(folder, "Éléments envoyés");
    assert!(trouble.to_string().contains("There are: INBOX, Sent."), "{trouble}");
    assert_eq!(subjects(&events[1..]), ["One"]);
}

#[tokio::test]
async fn a_server_that_falls_silent_is_left() {
    let Some(server) = server() else { return };
    server.person().puts("INBOX", &message("One"));
    let proxy = Proxy::cutting(server.tls_port, usize::MAX).await;
    let mut account = inbox(&server);
    account.port = proxy.port;
    let limits =
        Limits { answer: Duration::from_secs(1), connect: Duration::from_secs(1), ..Limits::default() };
    let mut mailbox = Mailbox::connect(&account, &password(), &limits).await.unwrap();
    proxy.stick();
    let told = mailbox.poll(State::default()).next().await.unwrap_err();
    assert!(matches!(told, Trouble::Silent { seconds: 1, .. }), "{told:?}");
    let Err(told) = Mailbox::connect(&account, &password(), &limits).await else { panic!() };
    assert!(matches!(told, Trouble::Silent { .. }), "{told:?}");
}
