//! Waiting for new mail, with a server that says so by itself and with one that must be asked.

use crate::dovecot::Dovecot;
use crate::*;
use mailbox::{Trouble, Woken};
use std::time::Duration;

async fn wakes(old: bool) {
    let Some(mut server) = Dovecot::start(&Setup { old, ..Setup::default() }) else { return };
    let limits = Limits { ask_every: Duration::from_millis(200), ..Limits::default() };
    let account = inbox(&server);
    let mut person = server.person();
    person.puts("INBOX", &message("One"));
    let mut mailbox = Mailbox::connect(&account, &password(), &limits).await.unwrap();
    // What nobody has looked at yet is news at once.
    assert_eq!(mailbox.wait(Duration::from_secs(30)).await.unwrap(), Woken::NewMail);
    let mut poll = mailbox.poll(State::default());
    while poll.next().await.unwrap().is_some() {
        poll.settle(Settled::Registered).await.unwrap();
    }
    let state = poll.state().clone();
    assert_eq!(mailbox.wait(Duration::from_millis(600)).await.unwrap(), Woken::TimedOut);
    // It comes while we wait.
    let later = tokio::task::spawn_blocking(move || {
        std::thread::sleep(Duration::from_millis(500));
        person.puts("INBOX", &message("Two"));
        person
    });
    let woken = tokio::time::timeout(Duration::from_secs(20), mailbox.wait(Duration::from_secs(60))).await;
    assert_eq!(woken.expect("it wakes long before the time is up").unwrap(), Woken::NewMail);
    drop(later.await.unwrap());
    let mut poll = mailbox.poll(state);
    let event = poll.next().await.unwrap().unwrap();
    assert_eq!(subjects(&[event]), ["Two"]);
    poll.settle(Settled::Registered).await.unwrap();
    assert_eq!(poll.next().await.unwrap(), None);
    // The server goes away while we wait.
    let waiting = tokio::spawn(async move { mailbox.wait(Duration::from_secs(60)).await });
    tokio::time::sleep(Duration::from_millis(300)).await;
    tokio::task::spawn_blocking(move || server.stop()).await.unwrap();
    let told = tokio::time::timeout(Duration::from_secs(20), waiting).await.unwrap().unwrap().unwrap_err();
    assert!(matches!(told, Trouble::Lost { .. } | Trouble::Ended { .. }), "{told:?}");
}

#[tokio::test]
async fn a_poll_that_stopped_at_its_limit_is_followed_by_the_next_at_once() {
    let Some(server) = server() else { return };
    let mut person = server.person();
    person.puts("INBOX", &message("One"));
    person.puts("INBOX", &message("Two"));
    let limits = Limits { events: 1, ..Limits::default() };
    let mut mailbox = Mailbox::connect(&inbox(&server), &password(), &limits).await.unwrap();
    let mut poll = mailbox.poll(State::default());
    assert!(poll.next().await.unwrap().is_some());
    poll.settle(Settled::Registered).await.unwrap();
    assert_eq!(poll.next().await.unwrap(), None);
    let woken = tokio::time::timeout(Duration::from_secs(10), mailbox.wait(Duration::from_secs(60))).await;
    assert_eq!(woken.expect("it does not wait").unwrap(), Woken::NewMail);
}

#[tokio::test]
async fn a_server_that_says_so_wakes_us() {
    wakes(false).await;
}

#[tokio::test]
async fn a_server_without_idle_is_asked() {
    wakes(true).await;
}
