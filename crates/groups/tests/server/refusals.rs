//! What goes wrong, and that it is told in words: wrong password, wrong authority, a server that hangs, breaks off or talks
//! nonsense.

use std::time::Duration;

use groups::{Doing, Limits, Password, Security, Settings, Trouble};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use crate::slapd::{PASSWORD, Slapd, free_port};
use crate::{group, headquarters, read, settings, trusted};

#[tokio::test]
async fn a_wrong_password_or_account_is_refused_in_words() {
    let Some(server) = Slapd::start(&headquarters(0)) else { return };
    let wrong = Password::new("wrong");
    let refused = groups::read(&settings(&server), &wrong, &[], &Limits::default()).await.unwrap_err();
    assert!(matches!(refused, Trouble::LoginRefused { .. }), "{refused}");
    assert!(refused.to_string().contains("InvalidCredentials"), "{refused}");
    assert!(refused.remedy().contains("password"));
    let mut nobody = settings(&server);
    nobody.server.user = "not a name".into();
    let refused = read(&nobody, &[]).await.unwrap_err();
    assert!(matches!(refused, Trouble::LoginRefused { .. }), "{refused}");
}

#[tokio::test]
async fn tls_and_start_tls_trust_the_authority_that_is_set_and_no_other() {
    let Some(server) = Slapd::start(&headquarters(0)) else { return };
    type Way = fn(groups::Trusted) -> Security;
    let ways: [(Way, u16); 2] = [(Security::Tls, server.tls_port), (Security::StartTls, server.plain_port)];
    for (way, port) in ways {
        let mut settings = settings(&server);
        settings.server.port = port;
        settings.server.security = way(trusted(&server.authority));
        assert_eq!(read(&settings, &["plans"]).await.unwrap().people.len(), 3);
        settings.server.security = way(trusted(&server.stranger));
        let refused = read(&settings, &["plans"]).await.unwrap_err();
        assert!(matches!(refused, Trouble::NotTrusted { .. }), "{refused}");
        settings.server.security =
            way(groups::Trusted { name: Some("other.example".into()), ..trusted(&server.authority) });
        let refused = read(&settings, &["plans"]).await.unwrap_err();
        assert!(refused.to_string().contains("made for another name"), "{refused}");
        settings.server.security = way(trusted(std::path::Path::new("/nowhere/authority.pem")));
        assert!(matches!(read(&settings, &["plans"]).await, Err(Trouble::Authorities { .. })));
    }
    // TLS where none is spoken, and a plain port that is asked for TLS.
    let mut crossed = settings(&server);
    crossed.server.security = Security::Tls(trusted(&server.authority));
    let refused = read(&crossed, &[]).await.unwrap_err();
    assert!(
        matches!(refused, Trouble::NotSecured { .. } | Trouble::Lost { doing: Doing::Securing }),
        "{refused}"
    );
}

#[tokio::test]
async fn a_plain_connection_leads_to_this_machine_alone_and_nobody_there_is_told() {
    let Some(server) = Slapd::start(&headquarters(0)) else { return };
    let mut plain = settings(&server);
    // An address that is nobody's (RFC 5737); it is not called.
    plain.server.host = "192.0.2.1".into();
    assert!(matches!(read(&plain, &[]).await, Err(Trouble::PlainRefused { .. })));
    plain.server.host = "localhost".into();
    plain.server.port = free_port();
    assert!(matches!(read(&plain, &[]).await, Err(Trouble::Unreachable { .. })));
}

/// Settings for a server of the test's own, with little patience.
async fn at(listener: &TcpListener) -> (Settings, Limits) {
    let words = format!(
        "[server]\nhost = \"127.0.0.1\"\nport = {}\nuser = \"cn=x\"\npassword_file = \"x\"\n\
         security = {{ kind = \"plain-loopback\" }}\n[people]\nbase = \"dc=hq\"\n",
        listener.local_addr().unwrap().port()
    );
    let answer = Duration::from_millis(400);
    (toml::from_str(&words).unwrap(), Limits { answer, ..Limits::default() })
}

async fn tried(settings: &Settings, limits: &Limits) -> Trouble {
    groups::read(settings, &Password::new(PASSWORD), &[group("plans")], limits).await.unwrap_err()
}

#[tokio::test]
async fn a_server_that_hangs_or_drips_is_left() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let (settings, mut limits) = at(&listener).await;
    let hanging = tokio::spawn(async move {
        let (mut first, _) = listener.accept().await.unwrap();
        // The second drips a byte at a time: the beginning of a long answer, and never its end.
        let (mut second, _) = listener.accept().await.unwrap();
        let _ = second.write_all(&[0x30, 0x82, 0x10, 0]).await;
        while second.write_all(&[4]).await.is_ok() {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        let _ = first.write_all(b"x").await;
    });
    let silent = tried(&settings, &limits).await;
    assert!(matches!(silent, Trouble::Silent { doing: Doing::SigningIn, .. }), "{silent}");
    let silent = tried(&settings, &limits).await;
    assert!(matches!(silent, Trouble::Silent { doing: Doing::SigningIn, .. }), "{silent}");
    hanging.abort();
    limits.whole = Duration::ZERO;
    assert!(matches!(tried(&settings, &limits).await, Trouble::TooLong { .. } | Trouble::Unreachable { .. }));
}

#[tokio::test]
async fn a_server_that_talks_nonsense_or_announces_the_earth_is_told_so() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let (settings, limits) = at(&listener).await;
    let answers: [&'static [u8]; 4] = [
        b"HTTP/1.1 400 Bad Request\r\n\r\n",
        &[0x30, 0x84, 0xff, 0xff, 0xff, 0xff],
        // An answer to a question that was not asked, and a message that holds nothing.
        &[0x30, 0x0c, 2, 1, 9, 0x61, 7, 10, 1, 0, 4, 0, 4, 0],
        &[0x30, 0],
    ];
    let talking = tokio::spawn(async move {
        for answer in answers {
            let (mut line, _) = listener.accept().await.unwrap();
            let _ = line.write_all(answer).await;
            let mut rest = Vec::new();
            let _ = line.read_to_end(&mut rest).await;
        }
    });
    for _ in answers {
        let nonsense = tried(&settings, &limits).await;
        assert!(matches!(nonsense, Trouble::Nonsense { doing: Doing::SigningIn, .. }), "{nonsense}");
    }
    talking.await.unwrap();
}

/// Passes on what goes to and fro, and hangs up once so many bytes came back.
async fn cut(listener: &TcpListener, to: u16, after: usize) {
    let (mut here, _) = listener.accept().await.unwrap();
    let mut there = TcpStream::connect(("127.0.0.1", to)).await.unwrap();
    let (mut from_here, mut to_here) = here.split();
    let (from_there, mut to_there) = there.split();
    let mut bounded = from_there.take(after.try_into().unwrap());
    tokio::select! {
        _ = tokio::io::copy(&mut from_here, &mut to_there) => {}
        _ = tokio::io::copy(&mut bounded, &mut to_here) => {}
    }
}

#[tokio::test]
async fn a_connection_that_breaks_midway_leaves_no_half_of_a_list() {
    let Some(server) = Slapd::start(&headquarters(100)) else { return };
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let mut settings = settings(&server);
    settings.server.port = listener.local_addr().unwrap().port();
    for after in [5, 20, 700, 9_000] {
        let cutting = cut(&listener, server.plain_port, after);
        let (answer, ()) = tokio::join!(read(&settings, &["all"]), cutting);
        let lost = answer.unwrap_err();
        assert!(matches!(lost, Trouble::Lost { .. }), "{after}: {lost}");
    }
}
