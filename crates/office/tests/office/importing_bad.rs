//! Bad input: what is refused leaves nothing behind, what can't be read is registered with a flag, what attacks is held
//! back, and what is attached to a message is read, found and given out like the message.

use std::{
    io::{Cursor, Write},
    path::PathBuf,
};

use label::PolicyId;
use office::{
    Failure, Sender,
    import::{Report, Source},
};
use registry::{
    Code, DocumentDate,
    command::OPERATOR,
    document::{ReadingOutcome, Register},
};

use crate::{
    engines::House,
    importing::{keys, objects},
    registering::paper,
};

/// Files over this many bytes are refused in these tests.
const LARGEST: u64 = 20_000_000;

/// The limited child, as the reader's own tests build it; none where only this crate was built.
fn child() -> Option<PathBuf> {
    let here = std::env::current_exe().unwrap();
    let child = here.parent()?.parent()?.join("reader-child");
    if child.is_file() {
        return Some(child);
    }
    println!("skipped: reader-child is not built (cargo build -p reader)");
    None
}

async fn house(reader: Option<PathBuf>) -> House {
    House::founded_with(None, |opening| {
        opening.largest = LARGEST;
        opening.reader = reader;
    })
    .await
}

/// Registers a file of some bytes in a clerk's name.
async fn register(
    house: &House,
    clerk: registry::PersonId,
    document: Register,
    bytes: &[u8],
    announced: Option<u64>,
) -> Result<registry::Answer, Failure> {
    let mut upload = house.office.upload(house.registry, "paper.txt")?;
    for part in bytes.chunks(1 << 20) {
        upload.write(part)?;
    }
    let document = Register { held_elsewhere: None, ..document };
    let id = house.office.new_command();
    let content = Some((upload, announced));
    house.office.register(Sender::person(clerk), id, house.registry, document, content).await
}

#[tokio::test]
async fn what_is_refused_leaves_nothing_behind() {
    let house = house(None).await;
    let clerk = house.adds("clerk", "BEL").await;
    house.makes_clerk(clerk).await;
    house.clears(clerk, "SECRET").await;
    let good = paper(&house, "SECRET", "Winter stocks").await;
    register(&house, clerk, good.clone(), b"the first of its kind", Some(21)).await.unwrap();

    let mut unknown = good.clone();
    unknown.label.as_mut().unwrap().policy = PolicyId::new("1.2.3.4").unwrap();
    let mut invalid = good.clone();
    invalid.label.as_mut().unwrap().level = label::Code::number(4_711);
    let mut impossible = good.clone();
    impossible.date = Some(DocumentDate { civil: Some(jiff::civil::date(9_999, 1, 1)), written: None });
    let large = vec![b'x'; usize::try_from(LARGEST).unwrap() + 1];
    let cases: [(Register, &[u8], Option<u64>, Code); 7] = [
        (good.clone(), b"", None, Code::EmptyContent),
        (good.clone(), b"half of i", Some(18), Code::TruncatedUpload),
        (good.clone(), &large, None, Code::OverSize),
        (unknown, b"one", None, Code::UnknownPolicy),
        (invalid, b"two", None, Code::InvalidLabel),
        (impossible, b"three", None, Code::ImpossibleDate),
        (good, b"the first of its kind", None, Code::DuplicateInScope),
    ];
    for (document, bytes, announced, code) in cases {
        let refused = register(&house, clerk, document, bytes, announced).await.unwrap_err();
        assert_eq!(refused.refusal().unwrap().code, code);
        // One paper, one object, one key, and nothing in staging: as before.
        assert_eq!((objects(&house), keys(&house).await), (1, 1), "{code}");
        assert_eq!(house.office.read_as(clerk).await.unwrap().total(house.registry).await.unwrap(), 1);
    }
    for date in ["2026-02-30", "2026-13-01"] {
        assert!(DocumentDate::parse(date).is_err(), "{date}");
    }
}

/// Imports a folder of files under a marking that every person may read.
async fn imports(house: &House, files: &[(&str, &[u8])]) -> Report {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        std::fs::write(folder.path().join(name), bytes).unwrap();
    }
    let label = Some(house.label("UNCLASSIFIED").await);
    let source = Source::Folder { path: folder.path().to_owned(), label };
    let sender = Sender::operator_as(OPERATOR);
    house.office.import(sender, house.registry, &source, |_, _, _, _| {}).await.unwrap()
}

/// What the reader said of a file, and whether a text was kept.
async fn outcome(reading: &mut office::Reading, file: &str) -> (ReadingOutcome, bool) {
    let view = found(reading, file).await;
    let version = &view.inside.as_ref().unwrap().versions[0];
    (version.reading, version.text.is_some())
}

async fn found(reading: &mut office::Reading, file: &str) -> store::visible::DocumentView {
    let registries: Vec<_> = reading.house.registries().into_iter().map(|r| r.id).collect();
    for registry in registries {
        let page = reading.list(registry, store::documents::Order::FirstRegistered, None, 100).await.unwrap();
        for row in page.rows {
            let view = reading.document(row.document).await.unwrap();
            if view.inside.as_ref().is_some_and(|i| i.versions.iter().any(|v| v.file_name == file)) {
                return view.into_inner();
            }
        }
    }
    panic!("{file} is not there");
}

fn locked() -> Vec<u8> {
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    file.create_stream("/EncryptedPackage").unwrap().write_all(&[7; 5_000]).unwrap();
    file.create_stream("/EncryptionInfo").unwrap().write_all(&[4, 0, 4, 0]).unwrap();
    file.into_inner().into_inner()
}

fn attack() -> Vec<u8> {
    format!("<?xml version='1.0'?>{}", "<a>".repeat(1_000_000)).into_bytes()
}

#[tokio::test]
async fn what_cannot_be_read_is_registered_with_a_flag_and_what_attacks_is_held_back() {
    let Some(child) = child() else { return };
    let house = house(Some(child)).await;
    let long = "word ".repeat(3_600_000);
    let report = imports(
        &house,
        &[
            ("locked.docx", &locked()),
            ("broken.docx", b"PK\x03\x04 and then nothing that a container has"),
            ("long.txt", long.as_bytes()),
            ("named.pdf", b"A text that calls itself something else."),
            ("attack.xml", &attack()),
            ("latin.txt", b"Le quartier g\xe9n\xe9ral a d\xe9cid\xe9."),
        ],
    )
    .await;
    assert_eq!((report.registered, report.failed.len()), (6, 0), "{:?}", report.failed);
    let flagged: Vec<_> = report.flagged.iter().map(|(flag, n)| (*flag, *n)).collect();
    assert_eq!(
        flagged,
        [("damaged", 1), ("encrypted", 1), ("mislabelled", 1), ("over-limit", 1), ("quarantined", 1)]
    );
    house.office.catch_up().await.unwrap();
    let reader = house.adds("reader", "BEL").await;
    let mut reading = house.office.read_as(reader).await.unwrap();
    for (file, said) in [
        ("locked.docx", ReadingOutcome::Encrypted),
        ("broken.docx", ReadingOutcome::Damaged),
        ("long.txt", ReadingOutcome::OverLimit),
        ("attack.xml", ReadingOutcome::Quarantined),
    ] {
        assert_eq!(outcome(&mut reading, file).await, (said, false), "{file}");
    }
    assert_eq!(outcome(&mut reading, "named.pdf").await.0, ReadingOutcome::Mislabelled);
    assert_eq!(outcome(&mut reading, "latin.txt").await, (ReadingOutcome::Text, true));
    let view = found(&mut reading, "latin.txt").await;
    let before = reading.opens(&view, 1).await.unwrap();
    let text = reading.text_of(&view, &before).await.unwrap().unwrap().text;
    assert_eq!(text, "Le quartier g\u{e9}n\u{e9}ral a d\u{e9}cid\u{e9}.");
    let held = found(&mut reading, "attack.xml").await.entry.document;
    let refused = reading.open_version(held, 1, &|_| Vec::new()).await.unwrap_err();
    assert_eq!(refused.refusal().unwrap().code, Code::Quarantined);
    let given = found(&mut reading, "locked.docx").await.entry.document;
    assert!(reading.open_version(given, 1, &|_| Vec::new()).await.is_ok());
}

fn message(subject: &str, attached: &[(&str, &[u8])]) -> Vec<u8> {
    let mut out = format!(
        "From: Ann Clerk <ann@example.org>\r\nTo: First <one@example.org>, two@example.org\r\nCc: three@example.org\r\nSubject: {subject}\r\nDate: Tue, 10 Mar 2026 09:30:00 +0100\r\nMessage-ID: <m-{}@example.org>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"=cut=\"\r\n\r\n--=cut=\r\nContent-Type: text/plain\r\n\r\nThe covering letter speaks of {subject}.\r\n",
        subject.len()
    )
    .into_bytes();
    for (name, bytes) in attached {
        let hex: String = bytes.iter().map(|b| format!("={b:02X}")).collect();
        let lines: Vec<String> =
            hex.as_bytes().chunks(72).map(|l| format!("{}=\r\n", String::from_utf8_lossy(l))).collect();
        out.extend_from_slice(
            format!("--=cut=\r\nContent-Type: application/octet-stream\r\nContent-Transfer-Encoding: quoted-printable\r\nContent-Disposition: attachment; filename=\"{name}\"\r\n\r\n{}\r\n", lines.concat())
                .as_bytes(),
        );
    }
    out.extend_from_slice(b"--=cut=--\r\n");
    out
}

#[tokio::test]
async fn what_is_attached_to_a_message_is_kept_found_and_given_out_with_it() {
    let Some(child) = child() else { return };
    let house = house(Some(child)).await;
    let annex = b"Annex A names the depot at Zeltweg.".as_slice();
    let report = imports(
        &house,
        &[
            ("stocks.eml", &message("stocks", &[("annex a.txt", annex), ("locked.docx", &locked())])),
            ("trap.eml", &message("trapdoors", &[("fine.txt", b"Harmless."), ("trap.xml", &attack())])),
        ],
    )
    .await;
    assert_eq!((report.registered, report.failed.len()), (2, 0), "{:?}", report.failed);
    assert_eq!(report.flagged.get("quarantined"), Some(&1));
    house.office.catch_up().await.unwrap();
    let reader = house.adds("reader", "BEL").await;
    let mut reading = house.office.read_as(reader).await.unwrap();

    let view = found(&mut reading, "stocks.eml").await;
    let inside = view.inside.as_ref().unwrap();
    assert_eq!(view.entry.subject.as_deref(), Some("stocks"));
    assert_eq!(view.entry.originator.as_deref(), Some("Ann Clerk <ann@example.org>"));
    assert_eq!((inside.action.len(), inside.info.len()), (2, 1));
    let enclosed: Vec<_> =
        inside.versions[0].enclosures.iter().map(|e| (e.file_name.as_str(), e.size, e.reading)).collect();
    assert_eq!(
        enclosed,
        [
            ("annex a.txt", annex.len() as u64, ReadingOutcome::Text),
            ("locked.docx", locked().len() as u64, ReadingOutcome::Encrypted)
        ]
    );
    assert_eq!(inside.versions[0].enclosures[0].digest, registry::id::Digest::of(annex));

    // A word of the attachment finds the message, and the excerpt is cut from the attachment.
    let query = office::search::query("Zeltweg").unwrap();
    let found_there = reading.search(&query, 20, None, true).await.unwrap();
    assert_eq!(found_there.total, 1);
    assert_eq!(found_there.hits[0].entry.document, view.entry.document);
    assert!(found_there.hits[0].snippet.text().contains("Zeltweg"));

    let mut opened = reading.open_enclosure(view.entry.document, 1, 1, &|_| Vec::new()).await.unwrap();
    assert_eq!(opened.bytes.next_chunk().unwrap().as_deref(), Some(annex));
    let absent = reading.open_enclosure(view.entry.document, 1, 3, &|_| Vec::new()).await.unwrap_err();
    assert_eq!(absent.refusal().unwrap().code, Code::NotFound);

    // One hostile attachment holds back the whole message, its harmless neighbour too.
    let trap = found(&mut reading, "trap.eml").await;
    let held = trap.inside.as_ref().unwrap().versions[0].clone();
    assert_eq!((held.reading, held.text), (ReadingOutcome::Quarantined, None));
    for position in [1, 2] {
        let refused =
            reading.open_enclosure(trap.entry.document, 1, position, &|_| Vec::new()).await.unwrap_err();
        assert_eq!(refused.refusal().unwrap().code, Code::Quarantined);
    }
    assert_eq!(
        reading.search(&office::search::query("trapdoors").unwrap(), 20, None, true).await.unwrap().total,
        0
    );

    // Every object is what was registered, and the tables follow from the ledger.
    let (read, faults) = house.office.fixity().await.unwrap();
    assert_eq!((read as usize, faults), (objects(&house), vec![]));
    let (_, differences) = house.office.compare_rebuilt().await.unwrap();
    assert_eq!(differences, Vec::<String>::new());
}
