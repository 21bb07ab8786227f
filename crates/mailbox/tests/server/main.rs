//! A mailbox on a real server: Dovecot, run for each test in a folder of its own. Where it is not installed the tests say
//! that they are skipped and why.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "tests"
)]

mod dovecot;
mod proxy;
mod reading;
mod refusals;
mod settling;
mod waiting;

use dovecot::{Dovecot, Setup};
use mailbox::{
    Account, Afterwards, Arrived, Direction, Event, Folder, Limits, Mailbox, Password, Security, Settled,
    State,
};

/// An account on that server, following these folders.
pub fn account(server: &Dovecot, folders: &[(&str, Direction, Afterwards)]) -> Account {
    Account {
        host: "localhost".into(),
        port: server.tls_port,
        security: Security::tls(&server.authority),
        user: dovecot::USER.into(),
        folders: folders
            .iter()
            .map(|(name, direction, afterwards)| Folder {
                name: (*name).into(),
                direction: *direction,
                afterwards: afterwards.clone(),
            })
            .collect(),
    }
}

/// The inbox alone, left as it is.
pub fn inbox(server: &Dovecot) -> Account {
    account(server, &[("INBOX", Direction::Incoming, Afterwards::Leave)])
}

pub fn password() -> Password {
    Password::new(dovecot::PASSWORD)
}

pub async fn connect(account: &Account) -> Mailbox {
    Mailbox::connect(account, &password(), &Limits::default()).await.unwrap()
}

/// One poll in which everything is registered: what came, and the state after it.
pub async fn poll_all(account: &Account, state: State) -> (Vec<Event>, State) {
    poll_limited(account, state, &Limits::default()).await
}

pub async fn poll_limited(account: &Account, state: State, limits: &Limits) -> (Vec<Event>, State) {
    let mut mailbox = Mailbox::connect(account, &password(), limits).await.unwrap();
    let mut poll = mailbox.poll(state);
    let mut events = Vec::new();
    while let Some(event) = poll.next().await.unwrap() {
        events.push(event);
        poll.settle(Settled::Registered).await.unwrap();
    }
    let state = poll.state().clone();
    mailbox.close().await;
    (events, state)
}

pub fn arrived(event: &Event) -> &Arrived {
    match event {
        Event::Arrived(arrived) => arrived,
        other => panic!("a message was awaited, not {other:?}"),
    }
}

/// The subjects of the messages that came, in their order.
pub fn subjects(events: &[Event]) -> Vec<String> {
    events
        .iter()
        .map(|event| {
            let text = String::from_utf8_lossy(&arrived(event).bytes).into_owned();
            let line = text.lines().find_map(|line| line.strip_prefix("Subject: ").map(str::to_owned));
            line.unwrap_or_default()
        })
        .collect()
}

/// A message with that subject.
pub fn message(subject: &str) -> Vec<u8> {
    format!(
        "From: Ada Registrar <ada@registry.example>\r\nTo: registry@hq.example\r\nSubject: {subject}\r\n\
         Message-ID: <{}@registry.example>\r\nDate: Thu, 2 Mar 2023 10:00:00 +0100\r\n\r\nThe text of {subject}.\r\n",
        subject.replace(' ', "-")
    )
    .into_bytes()
}

/// A server, or none where Dovecot is not installed, which is said.
pub fn server() -> Option<Dovecot> {
    Dovecot::start(&Setup::default())
}
