//! What is settled stays settled, what is not comes again, and what is asked for at the server is done once.

use crate::dovecot::Dovecot;
use crate::proxy::Proxy;
use crate::*;
use mailbox::Trouble;

fn moving(server: &Dovecot) -> Account {
    account(server, &[("INBOX", Direction::Incoming, Afterwards::MoveTo("Registered".into()))])
}

#[tokio::test]
async fn a_registered_message_is_moved_and_one_passed_over_stays() {
    for old in [false, true] {
        let Some(server) = Dovecot::start(&Setup { old, ..Setup::default() }) else { return };
        let mut person = server.person();
        person.says("CREATE Registered");
        for subject in ["One", "Two", "Three"] {
            person.puts("INBOX", &message(subject));
        }
        let mut mailbox = connect(&moving(&server)).await;
        let mut poll = mailbox.poll(State::default());
        for how in [Settled::Registered, Settled::PassedOver, Settled::Registered] {
            assert!(poll.next().await.unwrap().is_some());
            poll.settle(how).await.unwrap();
        }
        assert_eq!(poll.next().await.unwrap(), None);
        let state = poll.state().clone();
        assert!(state.folders["INBOX"].owed.is_empty());
        mailbox.close().await;
        assert_eq!(person.counts("Registered"), 2, "old server: {old}");
        if old {
            // Without UIDPLUS nothing is taken away, for that would also take what others marked.
            assert_eq!(person.flags("INBOX").matches("\\Deleted").count(), 2);
        } else {
            assert_eq!(person.counts("INBOX"), 1);
        }
        assert_eq!(poll_all(&moving(&server), state).await.0, []);
    }
}

#[tokio::test]
async fn a_registered_message_is_marked_as_seen() {
    let Some(server) = server() else { return };
    let mut person = server.person();
    person.puts("INBOX", &message("One"));
    person.puts("INBOX", &message("Two"));
    let account = account(&server, &[("INBOX", Direction::Incoming, Afterwards::MarkSeen)]);
    let mut mailbox = connect(&account).await;
    let mut poll = mailbox.poll(State::default());
    poll.next().await.unwrap();
    poll.settle(Settled::Registered).await.unwrap();
    poll.next().await.unwrap();
    poll.settle(Settled::PassedOver).await.unwrap();
    let flags = person.flags("INBOX");
    assert_eq!(flags.matches("\\Seen").count(), 1, "{flags}");
}

#[tokio::test]
async fn a_crash_between_registering_and_settling_hands_the_message_out_again() {
    let Some(server) = server() else { return };
    let mut person = server.person();
    person.says("CREATE Registered");
    person.puts("INBOX", &message("One"));
    person.puts("INBOX", &message("Two"));
    let account = moving(&server);
    // Registered, and the process dies before anything else is done: nothing was written down.
    let mut mailbox = connect(&account).await;
    let mut poll = mailbox.poll(State::default());
    assert_eq!(subjects(&[poll.next().await.unwrap().unwrap()]), ["One"]);
    drop(mailbox);
    // Registered, and the state written down in the same transaction; then the process dies.
    let mut mailbox = connect(&account).await;
    let mut poll = mailbox.poll(State::default());
    assert_eq!(subjects(&[poll.next().await.unwrap().unwrap()]), ["One"], "nothing is lost");
    let written = poll.state_after(Settled::Registered);
    drop(mailbox);
    assert_eq!(person.counts("Registered"), 0);
    // The message is not handed out again, and what was owed is done first.
    let (events, state) = poll_all(&account, written).await;
    assert_eq!(subjects(&events), ["Two"]);
    assert_eq!(person.counts("Registered"), 2);
    assert!(state.folders["INBOX"].owed.is_empty());
    // The same once more after it was done already: no harm.
    let mut again = state.clone();
    again.folders.get_mut("INBOX").unwrap().owed.insert(1);
    let (events, state) = poll_all(&account, again).await;
    assert_eq!(events, []);
    assert!(state.folders["INBOX"].owed.is_empty());
}

#[tokio::test]
async fn what_is_not_settled_holds_its_folder_back_and_not_the_others() {
    let Some(server) = server() else { return };
    let mut person = server.person();
    person.says("CREATE Sent");
    person.puts("INBOX", &message("One"));
    person.puts("INBOX", &message("Two"));
    person.puts("Sent", &message("Three"));
    let account = account(
        &server,
        &[
            ("INBOX", Direction::Incoming, Afterwards::Leave),
            ("Sent", Direction::Outgoing, Afterwards::Leave),
        ],
    );
    let mut mailbox = connect(&account).await;
    let mut poll = mailbox.poll(State::default());
    assert_eq!(subjects(&[poll.next().await.unwrap().unwrap()]), ["One"]);
    assert_eq!(subjects(&[poll.next().await.unwrap().unwrap()]), ["Three"]);
    poll.settle(Settled::Registered).await.unwrap();
    assert_eq!(poll.next().await.unwrap(), None);
    let state = poll.state().clone();
    drop(mailbox);
    let (events, _) = poll_all(&account, state).await;
    assert_eq!(subjects(&events), ["One", "Two"]);
}

#[tokio::test]
async fn the_server_goes_away_midway_and_comes_back() {
    let Some(mut server) = server() else { return };
    let mut person = server.person();
    for subject in ["One", "Two", "Three"] {
        person.puts("INBOX", &message(subject));
    }
    drop(person);
    let account = inbox(&server);
    let mut mailbox = connect(&account).await;
    let mut poll = mailbox.poll(State::default());
    poll.next().await.unwrap();
    poll.settle(Settled::Registered).await.unwrap();
    server.stop();
    let told = poll.next().await.unwrap_err();
    assert!(matches!(told, Trouble::Lost { .. } | Trouble::Ended { .. }), "{told:?}");
    assert!(matches!(poll.next().await.unwrap_err(), Trouble::Lost { .. }), "the connection stays lost");
    let state = poll.state().clone();
    let Err(told) = Mailbox::connect(&account, &password(), &Limits::default()).await else { panic!() };
    assert!(matches!(told, Trouble::Unreachable { .. }), "{told:?}");
    server.run();
    let (events, _) = poll_all(&account, state).await;
    assert_eq!(subjects(&events), ["Two", "Three"]);
}

#[tokio::test]
async fn the_line_breaks_within_a_message_and_the_message_comes_again_whole() {
    let Some(server) = server() else { return };
    let mut person = server.person();
    let large = [message("Large"), b"0123456789abcdef\r\n".repeat(100_000)].concat();
    person.puts("INBOX", &message("One"));
    person.puts("INBOX", &large);
    let mut account = inbox(&server);
    account.port = Proxy::cutting(server.tls_port, 600_000).await.port;
    let mut mailbox = connect(&account).await;
    let mut poll = mailbox.poll(State::default());
    assert_eq!(subjects(&[poll.next().await.unwrap().unwrap()]), ["One"]);
    poll.settle(Settled::Registered).await.unwrap();
    let told = poll.next().await.unwrap_err();
    assert!(matches!(told, Trouble::Lost { doing: mailbox::Doing::Reading }), "{told:?}");
    let state = poll.state().clone();
    account.port = server.tls_port;
    let (events, _) = poll_all(&account, state).await;
    assert_eq!(events.len(), 1);
    assert!(arrived(&events[0]).bytes == large);
}

#[tokio::test]
async fn the_line_breaks_while_a_message_is_moved_and_the_move_is_owed() {
    let Some(server) = server() else { return };
    let mut person = server.person();
    person.says("CREATE Registered");
    person.puts("INBOX", &message("One"));
    let mut account = moving(&server);
    let proxy = Proxy::cutting(server.tls_port, usize::MAX).await;
    account.port = proxy.port;
    let limits = Limits { answer: std::time::Duration::from_secs(2), ..Limits::default() };
    let mut mailbox = Mailbox::connect(&account, &password(), &limits).await.unwrap();
    let mut poll = mailbox.poll(State::default());
    poll.next().await.unwrap();
    proxy.stick();
    let told = poll.settle(Settled::Registered).await.unwrap_err();
    assert!(matches!(told, Trouble::Silent { seconds: 2, .. }), "{told:?}");
    let state = poll.state().clone();
    assert_eq!((state.folders["INBOX"].last, state.folders["INBOX"].owed.len()), (1, 1));
    account.port = server.tls_port;
    let (events, state) = poll_all(&account, state).await;
    assert_eq!(events, [], "what was registered is not handed out again");
    assert!(state.folders["INBOX"].owed.is_empty());
    assert_eq!((person.counts("INBOX"), person.counts("Registered")), (0, 1));
}

#[tokio::test]
async fn a_folder_to_move_to_that_is_missing_is_told_and_the_move_is_made_up_for() {
    let Some(server) = server() else { return };
    let mut person = server.person();
    person.puts("INBOX", &message("One"));
    person.puts("INBOX", &message("Two"));
    let account = moving(&server);
    let mut mailbox = connect(&account).await;
    let mut poll = mailbox.poll(State::default());
    poll.next().await.unwrap();
    let told = poll.settle(Settled::Registered).await.unwrap_err();
    assert!(matches!(&told, Trouble::FolderMissing { folder, .. } if folder == "Registered"), "{told:?}");
    // The connection is good still, and what is new goes on being read.
    assert_eq!(subjects(&[poll.next().await.unwrap().unwrap()]), ["Two"]);
    poll.settle(Settled::Registered).await.unwrap_err();
    let state = poll.state().clone();
    assert_eq!(state.folders["INBOX"].owed.len(), 2);
    mailbox.close().await;
    let (events, state) = poll_all(&account, state).await;
    assert!(
        matches!(&events[..], [Event::Hindered { trouble: Trouble::FolderMissing { .. }, .. }]),
        "{events:?}"
    );
    person.says("CREATE Registered");
    let (events, _) = poll_all(&account, state).await;
    assert_eq!(events, []);
    assert_eq!((person.counts("INBOX"), person.counts("Registered")), (0, 2));
}
