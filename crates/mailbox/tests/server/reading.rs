//! What is read: in order, whole, once.

use crate::dovecot::{Dovecot, files};
use crate::*;
use mailbox::{PassedOver, thread};
use sha2::{Digest as _, Sha256};
use std::collections::HashSet;

#[tokio::test]
async fn what_is_there_is_read_in_order_and_nothing_twice() {
    let Some(server) = server() else { return };
    let mut person = server.person();
    for number in 1..=5 {
        person.puts("INBOX", &message(&format!("Paper {number}")));
    }
    let account = inbox(&server);
    let (events, state) = poll_all(&account, State::default()).await;
    assert_eq!(subjects(&events), ["Paper 1", "Paper 2", "Paper 3", "Paper 4", "Paper 5"]);
    assert_eq!(arrived(&events[0]).bytes, message("Paper 1"));
    assert!(arrived(&events[0]).received.is_some());
    assert_eq!(arrived(&events[0]).direction, Direction::Incoming);
    // The state survives being written down.
    let state: State = serde_json::from_str(&serde_json::to_string(&state).unwrap()).unwrap();
    let (events, state) = poll_all(&account, state).await;
    assert_eq!(events, []);
    person.puts("INBOX", &message("Paper 6"));
    let (events, _) = poll_all(&account, state).await;
    assert_eq!(subjects(&events), ["Paper 6"]);
    assert!(!person.flags("INBOX").contains("\\Seen"), "reading leaves no trace");
    assert!(!server.log().contains("Panic"));
}

#[tokio::test]
async fn one_poll_takes_no_more_than_it_may() {
    let Some(server) = server() else { return };
    let mut person = server.person();
    for number in 0..7 {
        person.puts("INBOX", &message(&format!("Paper {number}")));
    }
    let limits = Limits { events: 3, ..Limits::default() };
    let mut state = State::default();
    let mut counts = Vec::new();
    loop {
        let (events, after) = poll_limited(&inbox(&server), state, &limits).await;
        state = after;
        counts.push(events.len());
        if events.is_empty() {
            break;
        }
    }
    assert_eq!(counts, [3, 3, 1, 0]);
}

#[tokio::test]
async fn the_sent_folder_is_read_as_outgoing_and_a_thread_is_told_across_both() {
    let Some(server) = server() else { return };
    let mut person = server.person();
    // "Éléments envoyés", as French servers name it.
    let sent = "&AMk-l&AOk-ments envoy&AOk-s";
    person.says(&format!("CREATE \"{sent}\""));
    person.puts("INBOX", b"Message-ID: <1@a>\r\nSubject: Agenda\r\n\r\nA\r\n");
    person.puts(sent, b"Message-ID: <2@a>\r\nIn-Reply-To: <1@a>\r\nSubject: Re: Agenda\r\n\r\nB\r\n");
    person.puts("INBOX", b"Message-ID: <3@a>\r\nReferences: <1@a> <2@a>\r\nSubject: Re: Agenda\r\n\r\nC\r\n");
    let account = account(
        &server,
        &[
            ("INBOX", Direction::Incoming, Afterwards::Leave),
            ("Éléments envoyés", Direction::Outgoing, Afterwards::Leave),
        ],
    );
    let (events, state) = poll_all(&account, State::default()).await;
    let ways: Vec<Direction> = events.iter().map(|event| arrived(event).direction).collect();
    assert_eq!(ways, [Direction::Incoming, Direction::Incoming, Direction::Outgoing]);
    assert_eq!(state.folders.len(), 2);
    let heads: Vec<thread::Head> = events
        .iter()
        .map(|event| {
            let text = String::from_utf8(arrived(event).bytes.clone()).unwrap();
            let field = |name: &str| text.lines().find_map(|line| line.strip_prefix(name).map(str::to_owned));
            let (id, reply, before, subject) =
                (field("Message-ID: "), field("In-Reply-To: "), field("References: "), field("Subject: "));
            thread::Head::new(
                id.as_deref(),
                &reply.as_deref().into_iter().collect::<Vec<_>>(),
                &before.as_deref().into_iter().collect::<Vec<_>>(),
                subject.as_deref(),
            )
        })
        .collect();
    let links = thread::link(&heads);
    // Agenda, its third message (answers the second), and the answer that was sent.
    assert_eq!(links, [None, Some((2, thread::Basis::Reference)), Some((0, thread::Basis::InReplyTo))]);
    let mut mailbox = connect(&account).await;
    assert_eq!(mailbox.folders().await.unwrap(), ["INBOX", "Éléments envoyés"]);
}

#[tokio::test]
async fn new_numbers_are_told_and_everything_is_handed_out_anew() {
    let Some(server) = server() else { return };
    let mut person = server.person();
    person.says("CREATE Registry");
    person.puts("Registry", &message("One"));
    person.puts("Registry", &message("Two"));
    let account = account(&server, &[("Registry", Direction::Incoming, Afterwards::Leave)]);
    let (events, state) = poll_all(&account, State::default()).await;
    let known: HashSet<Vec<u8>> =
        events.iter().map(|event| Sha256::digest(&arrived(event).bytes).to_vec()).collect();
    // The numbers of a folder change when it is made anew, or when a server is put back from a backup.
    person.says("RENAME Registry Old");
    person.says("CREATE Registry");
    person.puts("Registry", &message("Two"));
    person.puts("Registry", &message("Three"));
    let (events, state) = poll_all(&account, state).await;
    let Event::Renumbered { folder, was, is } = &events[0] else { panic!("{events:?}") };
    assert_eq!(folder, "Registry");
    assert_ne!(was, is);
    assert_eq!(subjects(&events[1..]), ["Two", "Three"]);
    let twice: Vec<bool> =
        events[1..].iter().map(|event| known.contains(&*Sha256::digest(&arrived(event).bytes))).collect();
    assert_eq!(twice, [true, false], "the caller tells by the digest what it has already");
    let (events, _) = poll_all(&account, state).await;
    assert_eq!(events, []);
}

#[tokio::test]
async fn a_message_that_is_too_large_is_named_with_its_size_and_the_next_one_read() {
    let Some(server) = server() else { return };
    let mut person = server.person();
    let large = [message("Large"), b"0123456789\r\n".repeat(20_000)].concat();
    person.puts("INBOX", &message("Before"));
    person.puts("INBOX", &large);
    person.puts("INBOX", &message("After"));
    let limits = Limits { message_bytes: 100_000, ..Limits::default() };
    let (events, state) = poll_limited(&inbox(&server), State::default(), &limits).await;
    assert_eq!(events.len(), 3);
    let awaited = PassedOver::TooLarge { bytes: large.len() as u64, limit: 100_000 };
    assert!(matches!(&events[1], Event::PassedOver { uid: 2, why, .. } if *why == awaited), "{events:?}");
    assert_eq!(subjects(&events[2..]), ["After"]);
    let (events, _) = poll_limited(&inbox(&server), state, &limits).await;
    assert_eq!(events, []);
}

#[tokio::test]
async fn a_message_of_many_pieces_comes_whole() {
    let Some(server) = server() else { return };
    let mut person = server.person();
    // To the byte three pieces, and three and a bit.
    for more in [0, 77] {
        let mut large = message("Large");
        while large.len() < 3 * 1024 * 1024 + more {
            large.extend_from_slice(format!("{:08x} and so on, line by line\r\n", large.len()).as_bytes());
        }
        large.truncate(3 * 1024 * 1024 + more - 100);
        while large.ends_with(b"\r") || large.ends_with(b"\n") {
            large.pop();
        }
        large.resize(3 * 1024 * 1024 + more - 2, b'.');
        large.extend_from_slice(b"\r\n");
        person.puts("INBOX", &large);
        let (events, _) = poll_all(&inbox(&server), State::default()).await;
        let came = &arrived(events.last().unwrap()).bytes;
        let differs = came.iter().zip(&large).position(|(one, other)| one != other);
        assert!(*came == large, "{} bytes, not {}, differing from {differs:?}", came.len(), large.len());
    }
}

#[tokio::test]
async fn a_message_deleted_meanwhile_is_told_and_passed_over() {
    let Some(server) = server() else { return };
    let mut person = server.person();
    for subject in ["One", "Two", "Three"] {
        person.puts("INBOX", &message(subject));
    }
    let mut mailbox = connect(&inbox(&server)).await;
    let mut poll = mailbox.poll(State::default());
    assert!(matches!(poll.next().await.unwrap(), Some(Event::Arrived(_))));
    poll.settle(Settled::Registered).await.unwrap();
    person.says("SELECT INBOX");
    person.says("UID STORE 2 +FLAGS (\\Deleted)");
    person.says("EXPUNGE");
    let event = poll.next().await.unwrap().unwrap();
    assert!(matches!(event, Event::PassedOver { uid: 2, why: PassedOver::Gone, .. }), "{event:?}");
    poll.settle(Settled::PassedOver).await.unwrap();
    let event = poll.next().await.unwrap().unwrap();
    assert_eq!(subjects(&[event]), ["Three"]);
}

#[tokio::test]
async fn real_messages_come_back_byte_for_byte() {
    let Some(server) = Dovecot::start(&Setup::default()) else { return };
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared");
    let shared = std::env::var_os("CHANCERY_SHARED").unwrap_or_else(|| beside.into());
    let mut person = server.person();
    let mut put = Vec::new();
    let mut left_out = 0;
    for file in files(&std::path::Path::new(&shared).join("data/office/eml")) {
        let bytes = on_the_wire(&std::fs::read(&file).unwrap());
        // The protocol itself cannot carry these (RFC 3501 section 4.3.1).
        if bytes.contains(&0) || bytes.is_empty() {
            left_out += 1;
            continue;
        }
        person.puts("INBOX", &bytes);
        put.push((file, bytes));
    }
    if put.is_empty() {
        println!("skipped: there are no real messages in {}/data/office/eml", shared.display());
        return;
    }
    let (events, _) = poll_all(&inbox(&server), State::default()).await;
    println!("{} messages put in, {left_out} left out (empty or with NUL)", put.len());
    assert_eq!(events.len(), put.len());
    for (event, (file, bytes)) in events.iter().zip(&put) {
        assert!(arrived(event).bytes == *bytes, "{}", file.display());
    }
}

/// As a mail program hands a file over: lines end with CR LF.
fn on_the_wire(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut before = 0;
    for byte in bytes {
        if *byte == b'\n' && before != b'\r' {
            out.push(b'\r');
        }
        out.push(*byte);
        before = *byte;
    }
    out
}
