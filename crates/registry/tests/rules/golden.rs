//! Every version of every kind of entry that was ever written stays readable, byte for byte; and nothing that is not
//! one is read.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

use jiff::civil::date;
use label::{CategoryKey, Clearance, Code, Label, PolicyId, TagKind};
use proptest::prelude::*;
use registry::{
    AccessRule, AuthorisationId, BodyId, DocumentDate, DocumentId, Entry, Fact, FileId, GroupId, ObjectId,
    PersonId, RegistryId, VersionId,
    authorisation::{Grant, Role},
    correction::{CorrectionFact, Details},
    document::{Direction, ReadingOutcome, StagedText},
    fact::{DocumentFact, EnclosureFact, FoundingAuthorisation, RenditionFact, RenditionKind, VersionFact},
    filing::{FileFact, FileKind},
    formal::{Formal, Precedence},
    house::{Body, Group, Names, Registry},
    id::Digest,
    intake::DismissalReason,
    old::{OldCopy, OldEntry},
    person::{Particulars, Person},
    reference::{Reference, ReferenceKind},
    relation::{RelationKind, Stated},
    series::{
        Recognised,
        allot::{Counter, NumberFact},
    },
};
use serde_json::Value;

use crate::golden_cases::{cases, cases_otherwise, is_of_cases, may_be_absent};
use crate::golden_custody::{books, custody};
use crate::golden_handled::{MAY_BE_ABSENT, UNSAID, handled};
use crate::golden_organisation::{organisation, organisation_otherwise};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden")
}

fn category(set: &str, kind: TagKind, code: u64) -> CategoryKey {
    CategoryKey { set: set.into(), kind, code: Code::number(code) }
}

fn label(level: u64) -> Label {
    Label {
        policy: PolicyId::new("1.3.26.1.3.1").unwrap(),
        level: Code::number(level),
        categories: [
            category("1.3.26.1.4.1", TagKind::Restrictive, 1),
            category("1.3.26.1.4.2", TagKind::EnumeratedPermissive, 804),
        ]
        .into(),
        privacy_mark: Some("PERSONAL FOR".into()),
    }
}

fn clearance() -> Clearance {
    let Label { policy, level, categories, .. } = label(4);
    Clearance { policy, level, categories }
}

fn names() -> Names {
    Names { en: "Headquarters".into(), fr: "Quartier général".into() }
}

fn someone(n: u8) -> Person {
    Person {
        id: PersonId::new([n; 16]),
        login: format!("officer-{n}"),
        name: "Ånna \"Nan\" Clerk".into(),
        nationality: "BEL".into(),
        language: "fr".into(),
        title: "Major, Registry".into(),
        body: Some(BodyId::new([0x21; 16])),
        left: Some(date(2027, 6, 30)),
    }
}

fn grants() -> Vec<Grant> {
    vec![
        Grant::Clearance {
            clearance: clearance(),
            authority: "National authority".into(),
            number: None,
            from: date(2025, 1, 1),
            until: date(2029, 12, 31),
        },
        Grant::Briefing {
            policy: "NATO".into(),
            subject: "SECRET".into(),
            on: date(2026, 1, 15),
            refresh: None,
        },
        Grant::Role { role: Role::SecurityOfficer, registry: None },
        Grant::Role { role: Role::Controller, registry: Some(RegistryId::new([0x31; 16])) },
        Grant::Membership { group: GroupId::new([0x41; 16]) },
    ]
}

fn document() -> DocumentFact {
    DocumentFact {
        id: DocumentId::new([0x61; 16]),
        year: 2026,
        number: 17,
        reference: "HQR-2026-17".into(),
        direction: Direction::Incoming,
        kind: "letter".into(),
        date: DocumentDate { civil: Some(date(2026, 3, 10)), written: Some("2026-03-10T09:30Z".into()) },
        language: "en".into(),
        originator: Some("Operations Division".into()),
        references: vec![
            Reference::new(ReferenceKind::Originator, "OPS/0041"),
            Reference::new(ReferenceKind::Other, "T-12"),
        ],
        preferred: None,
        relations: Vec::new(),
        subject: "Winter stocks — northern depots".into(),
        subject_label: Some(label(1)),
        label: Some(label(4)),
        entry_label: Some(label(1)),
        released_on: Some(date(2026, 3, 10)),
        action: vec!["Military Committee".into()],
        info: vec!["Logistics".into()],
        need_to_know: vec![
            vec![GroupId::new([0x41; 16]), GroupId::new([0x42; 16])],
            vec![GroupId::new([0x43; 16])],
        ],
        access_list: vec![PersonId::new([0x11; 16])],
        held_elsewhere: Some("safe 4".into()),
        old: None,
        formal: Formal::default(),
    }
}

/// What a message that cannot wait says of its handling.
fn flash() -> Formal {
    Formal {
        precedence: Some(Precedence::Flash),
        info_precedence: Some(Precedence::Priority),
        dtg: Some("121530ZMAR26".into()),
    }
}

/// A paper as a register of old had it.
fn old() -> OldEntry {
    let day = |day| Some(DocumentDate::day(day));
    OldEntry {
        register: "Register 1999.xlsx, sheet In".into(),
        source: Digest([0x76; 32]),
        number: Some("45/99".into()),
        received: day(date(1999, 3, 8)),
        marking: Some("NATO SECRET".into()),
        pages: Some(12),
        copies_in_all: Some(5),
        copies: vec![OldCopy {
            number: Some(2),
            holder: Some("Plans Division".into()),
            receipted: day(date(1999, 3, 10)),
            destroyed: day(date(2004, 1, 20)),
        }],
        remarks: vec!["Box 12".into()],
    }
}

fn details(subject: &str, level: u64) -> Details {
    let document = document();
    Details {
        direction: Some(document.direction),
        kind: Some(document.kind.clone()),
        date: Some(document.date.clone()),
        language: Some("fr".into()),
        originator: Some("Plans Division".into()),
        references: Some(document.references.clone()),
        preferred: None,
        relations: None,
        subject: Some(subject.into()),
        action: Some(document.action.clone()),
        info: Some(Vec::new()),
        held_elsewhere: Some(String::new()),
        formal: None,
        access: Some(AccessRule { content: Some(label(level)), ..document.access_rule() }),
    }
}

fn correction() -> CorrectionFact {
    CorrectionFact {
        document: DocumentId::new([0x61; 16]),
        reason: "A slip of the pen".into(),
        from: details("Winter stocks", 4),
        to: details("Summer stocks", 3),
    }
}

fn file() -> FileFact {
    FileFact {
        id: FileId::new([0xa1; 16]),
        is: FileKind::Dossier,
        code: "3.2.1".into(),
        names: names(),
        parent: Some(FileId::new([0xa2; 16])),
        owner: Some("Plans Division".into()),
        words: vec!["winter stocks".into()],
        originators: vec!["Operations Division".into()],
        place: Some("Room 4, shelf B, box 7".into()),
        status: Some("Waits for nations".into()),
        access: Some(document().access_rule()),
    }
}

/// One example of each kind, with every field filled in.
fn examples() -> Vec<Fact> {
    let authorisation = AuthorisationId::new([0x51; 16]);
    let person = PersonId::new([0x13; 16]);
    let mut examples = vec![
        Fact::InstallationFounded {
            name: "test-house".into(),
            zone: "Europe/Brussels".into(),
            officers: vec![someone(0x11), someone(0x12)],
            authorisations: grants()
                .into_iter()
                .map(|grant| FoundingAuthorisation { id: authorisation, person, grant })
                .collect(),
        },
        Fact::PolicyAdopted {
            name: "NATO".into(),
            digest: Digest([0x71; 32]),
            xml: "<SPIF\n  name=\"NATO\"/>".into(),
        },
        Fact::CommunitiesAdopted { digest: Digest([0x72; 32]), toml: "[[community]]\n".into() },
        Fact::SeriesAdopted {
            name: "bodies".into(),
            digest: Digest([0x73; 32]),
            toml: "[[series]]\n".into(),
        },
        Fact::SeriesEntrusted { series: "MCM".into(), registry: RegistryId::new([0x31; 16]) },
        Fact::SeriesNumbered {
            number: NumberFact::Reserved {
                series: "AC".into(),
                counter: Counter {
                    year: Some(2026),
                    body: Some(322),
                    sub_body: Some(4),
                    paper: Some("D".into()),
                    division: Some("LOG".into()),
                },
                number: 41,
                holder: "00112233445566778899aabbccddeeff".into(),
                purpose: "Note on winter stocks".into(),
            },
            reference: "AC/322(SC/4)-D(2026)0041".into(),
        },
        Fact::BodyEstablished {
            body: Body { id: BodyId::new([0x21; 16]), code: "HQ".into(), names: names() },
        },
        Fact::RegistryOpened {
            registry: Registry {
                id: RegistryId::new([0x31; 16]),
                code: "HQR".into(),
                names: names(),
                body: Some(BodyId::new([0x21; 16])),
                parent: None,
                ceilings: vec![clearance()],
            },
        },
        Fact::RegistryChanged {
            registry: Registry {
                id: RegistryId::new([0x31; 16]),
                code: "HQR".into(),
                names: names(),
                body: None,
                parent: None,
                ceilings: vec![],
            },
            reason: "The vault was approved".into(),
        },
        Fact::GroupFormed {
            group: Group { id: GroupId::new([0x41; 16]), code: "air-policing".into(), names: names() },
        },
        Fact::PersonAdded { person: someone(0x13) },
        Fact::PersonChanged {
            person,
            from: someone(0x13).particulars(),
            to: Particulars {
                name: "Ånna Clerk".into(),
                language: "en".into(),
                title: String::new(),
                body: None,
                left: None,
            },
            reason: "left the house".into(),
        },
        Fact::RoleAssigned {
            authorisation,
            person,
            role: Role::Clerk,
            registry: RegistryId::new([0x31; 16]),
        },
        Fact::AuthorisationProposed { authorisation, person, grant: grants().remove(0) },
        Fact::AuthorisationConfirmed { authorisation, proposal: Digest([0x73; 32]) },
        Fact::AuthorisationRevoked { authorisation, reason: "left the post".into() },
        Fact::DocumentRegistered { document: Box::new(document()) },
        Fact::DocumentCorrected { correction: Box::new(correction()) },
        Fact::VersionAdded {
            version: VersionFact {
                id: VersionId::new([0x81; 16]),
                document: DocumentId::new([0x61; 16]),
                number: 1,
                object: ObjectId::new([0x91; 16]),
                digest: Digest([0x74; 32]),
                size: 123_456,
                media_type: "application/pdf".into(),
                file_name: "stocks.pdf".into(),
                reading: ReadingOutcome::Text,
            },
        },
        Fact::RenditionAdded {
            rendition: RenditionFact {
                version: VersionId::new([0x81; 16]),
                document: DocumentId::new([0x61; 16]),
                is: RenditionKind::Text,
                object: ObjectId::new([0x92; 16]),
                digest: Digest([0x75; 32]),
                size: 9_876,
            },
        },
        Fact::EnclosureAdded {
            enclosure: Box::new(EnclosureFact {
                version: VersionId::new([0x71; 16]),
                document: DocumentId::new([0x61; 16]),
                position: 1,
                object: ObjectId::new([0x83; 16]),
                digest: Digest([0x93; 32]),
                size: 5_120,
                media_type: "application/pdf".into(),
                file_name: "Annex A — depots.pdf".into(),
                reading: ReadingOutcome::Text,
                text: Some(StagedText {
                    object: ObjectId::new([0x84; 16]),
                    digest: Digest([0x94; 32]),
                    size: 1_024,
                }),
            }),
        },
        Fact::FileOpened { file: Box::new(file()), on: date(2026, 3, 10) },
        Fact::FileChanged { file: Box::new(file()), reason: "A new owner".into() },
        Fact::FileClosed { file: file().id, on: date(2026, 3, 11), reason: "The matter is ended".into() },
        Fact::FileReopened { file: file().id, on: date(2026, 3, 12), reason: "It is not".into() },
        Fact::VolumeOpened {
            file: file().id,
            number: 2,
            on: date(2026, 3, 12),
            place: Some("Room 4, shelf C".into()),
        },
        Fact::VolumeClosed { file: file().id, number: 1, on: date(2026, 3, 11) },
        Fact::DocumentsFiled {
            file: file().id,
            volume: 2,
            documents: vec![DocumentId::new([0x61; 16]), DocumentId::new([0x62; 16])],
        },
        Fact::DocumentTakenOut {
            file: file().id,
            document: DocumentId::new([0x62; 16]),
            reason: "Put there by mistake".into(),
        },
        Fact::DocumentNoted { document: DocumentId::new([0x61; 16]) },
        Fact::IntakeDismissed {
            item: ObjectId::new([0x71; 16]),
            digest: Some(Digest::of(b"Buy now")),
            reason: DismissalReason::Other,
            words: Some("An advertisement".into()),
        },
    ];
    examples.extend(handled());
    examples.extend(organisation());
    examples.extend(cases());
    examples.extend(custody());
    examples
}

fn recognised() -> Recognised {
    Recognised {
        key: "MCM 41 2010 REV 1".into(),
        family: "MCM 41 2010".into(),
        series: "MCM".into(),
        counter: Counter { year: Some(2010), ..Counter::default() },
        number: 41,
    }
}

/// What a kind may say since its first golden file was written: a name for it, and an example.
fn later() -> Vec<(&'static str, Fact)> {
    let read = Some(Box::new(recognised()));
    let references =
        vec![Reference { read: read.clone(), ..Reference::new(ReferenceKind::Other, "mcm 41 10 rev 1") }];
    let relations = vec![Stated { read, ..Stated::new(RelationKind::Supersedes, "MCM-0041-2010-REV1") }];
    let preferred = "mcm 41 10 rev 1".to_owned();
    let mut later = vec![
        (
            "old",
            Fact::DocumentRegistered {
                document: Box::new(DocumentFact { old: Some(Box::new(old())), ..document() }),
            },
        ),
        (
            "formal",
            Fact::DocumentRegistered { document: Box::new(DocumentFact { formal: flash(), ..document() }) },
        ),
        (
            "formal",
            Fact::DocumentCorrected {
                correction: Box::new(CorrectionFact {
                    document: DocumentId::new([0x61; 16]),
                    reason: "The precedence was misread".into(),
                    from: Details { formal: Some(Formal::default()), ..Details::default() },
                    to: Details { formal: Some(flash()), ..Details::default() },
                }),
            },
        ),
        (
            "references",
            Fact::DocumentRegistered {
                document: Box::new(DocumentFact {
                    references: references.clone(),
                    preferred: Some(preferred.clone()),
                    relations: relations.clone(),
                    ..document()
                }),
            },
        ),
        (
            "references",
            Fact::DocumentCorrected {
                correction: Box::new(CorrectionFact {
                    document: DocumentId::new([0x61; 16]),
                    reason: "Read anew".into(),
                    from: Details {
                        references: Some(Vec::new()),
                        preferred: Some(String::new()),
                        relations: Some(Vec::new()),
                        ..Details::default()
                    },
                    to: Details {
                        references: Some(references),
                        preferred: Some(preferred),
                        relations: Some(relations),
                        ..Details::default()
                    },
                }),
            },
        ),
        (
            "opened",
            Fact::SeriesNumbered {
                number: NumberFact::Opened { series: "MC".into(), counter: Counter::default(), first: 48 },
                reference: "MC 48".into(),
            },
        ),
        (
            "allotted",
            Fact::SeriesNumbered {
                number: NumberFact::Allotted {
                    series: "MC".into(),
                    counter: Counter::default(),
                    number: 49,
                    holder: DocumentId::new([0x61; 16]).to_string(),
                },
                reference: "MC 49".into(),
            },
        ),
        (
            "void",
            Fact::SeriesNumbered {
                number: NumberFact::Void {
                    series: "MC".into(),
                    counter: Counter::default(),
                    number: 48,
                    reason: "Withdrawn".into(),
                },
                reference: "MC 48".into(),
            },
        ),
        (
            "closed",
            Fact::SeriesNumbered {
                number: NumberFact::Closed {
                    series: "MCM".into(),
                    counter: Counter { year: Some(2025), ..Counter::default() },
                },
                reference: "MCM".into(),
            },
        ),
    ];
    later.push((
        "parent",
        Fact::RegistryOpened {
            registry: Registry {
                id: RegistryId::new([0x31; 16]),
                code: "SUB".into(),
                names: names(),
                body: None,
                parent: Some(RegistryId::new([0x32; 16])),
                ceilings: vec![],
            },
        },
    ));
    later.extend(books());
    later.extend(organisation_otherwise());
    later.extend(cases_otherwise());
    later
}

/// Each example with the name of its golden file.
fn entries() -> Vec<(String, Entry)> {
    let entry = |fact| Entry { house: 42, operator: true, fact };
    let first = examples().into_iter().map(|fact| (file_of(&fact, ""), entry(fact)));
    let later = later().into_iter().map(|(shape, fact)| (file_of(&fact, &format!("+{shape}")), entry(fact)));
    first.chain(later).collect()
}

fn file_of(fact: &Fact, shape: &str) -> String {
    let version = Fact::KINDS.iter().find(|(kind, _)| *kind == fact.kind()).map_or(0, |(_, v)| *v);
    format!("{}.v{version}{shape}.json", fact.kind())
}

/// Every golden file: kind, version, bytes.
fn golden() -> BTreeMap<String, (String, u16, Vec<u8>)> {
    let mut all = BTreeMap::new();
    for file in std::fs::read_dir(folder()).unwrap() {
        let name = file.as_ref().unwrap().file_name().into_string().unwrap();
        let (kind, version) = name.strip_suffix(".json").and_then(|n| n.rsplit_once(".v")).unwrap();
        let version = version.split('+').next().unwrap().parse().unwrap();
        let bytes = std::fs::read(file.unwrap().path()).unwrap();
        all.insert(name.clone(), (kind.to_owned(), version, bytes));
    }
    all
}

/// Run by hand for a new kind or version: `cargo test -p registry --test rules write_golden -- --ignored`. A file
/// that is there is never written again: what stands in ledgers does not change.
#[test]
#[ignore = "writes files"]
fn write_golden_files_for_new_kinds() {
    for (file, entry) in entries() {
        let (_, _, payload) = entry.encode().unwrap();
        let path = folder().join(file);
        if !path.exists() {
            std::fs::write(path, payload).unwrap();
        }
    }
}

#[test]
fn each_kind_has_a_golden_file_and_each_file_a_kind() {
    let kinds: BTreeSet<String> = entries().into_iter().map(|(file, _)| file).collect();
    let files: BTreeSet<String> = golden().into_keys().collect();
    // Older versions stay beside the newest.
    let missing: Vec<_> = kinds.difference(&files).collect();
    assert!(missing.is_empty(), "no golden file: {missing:?}");
    for (name, (kind, version, _)) in golden() {
        let newest = Fact::KINDS.iter().find(|(k, _)| *k == kind).map(|(_, v)| *v);
        assert!(newest.is_some_and(|newest| (1..=newest).contains(&version)), "{name} is of no kind");
    }
    let shown: BTreeSet<&str> = examples().iter().map(Fact::kind).collect();
    assert_eq!(shown, Fact::KINDS.iter().map(|(kind, _)| *kind).collect());
}

#[test]
fn what_is_written_today_is_what_was_written_first() {
    let files = golden();
    for (file, entry) in entries() {
        let (kind, version, payload) = entry.encode().unwrap();
        let (_, _, kept) = &files[&file];
        assert_eq!(String::from_utf8_lossy(&payload), String::from_utf8_lossy(kept), "{kind}");
        assert_eq!(Entry::decode(kind, version, kept).unwrap(), entry);
    }
}

#[test]
fn every_golden_file_is_read_under_its_own_kind_and_version_only() {
    for (name, (kind, version, bytes)) in golden() {
        Entry::decode(&kind, version, &bytes).unwrap_or_else(|e| panic!("{name}: {e}"));
        for (other, _) in Fact::KINDS.iter().filter(|(k, _)| *k != kind) {
            Entry::decode(other, 1, &bytes).unwrap_err();
        }
        for version in [0, 2, u16::MAX] {
            Entry::decode(&kind, version, &bytes).unwrap_err();
        }
    }
}

// What is almost an entry.

/// Fields that are moments: one before 1970 is one.
const MOMENTS: [&str; 14] = [
    "/due",
    "/dues/0/until",
    "/event/until",
    "/at",
    "/since",
    "/leaves",
    "/expected",
    "/advised",
    "/departed",
    "/arrived",
    "/combination",
    "/lines/0/read",
    "/lines/1/read",
    "/ended",
];

/// Every text in a value, names of fields too.
pub fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => vec![text.clone()],
        Value::Array(items) => items.iter().flat_map(texts).collect(),
        Value::Object(fields) => {
            fields.iter().flat_map(|(k, v)| texts(v).into_iter().chain([k.clone()])).collect()
        }
        _ => Vec::new(),
    }
}

/// Every object in a value, by the path to it.
fn objects(value: &Value, path: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            found.push(path.to_owned());
            fields.iter().for_each(|(k, v)| objects(v, &format!("{path}/{k}"), found));
        }
        Value::Array(items) => {
            (0..).zip(items).for_each(|(n, v): (usize, _)| objects(v, &format!("{path}/{n}"), found));
        }
        _ => {}
    }
}

/// Every value below the top, by its path.
fn paths(value: &Value, path: &str, found: &mut Vec<String>) {
    let mut each = |name: String, inner: &Value| {
        let below = format!("{path}/{name}");
        paths(inner, &below, found);
        found.push(below);
    };
    match value {
        Value::Object(fields) => fields.iter().for_each(|(k, v)| each(k.clone(), v)),
        Value::Array(items) => (0..).zip(items).for_each(|(n, v): (usize, _)| each(n.to_string(), v)),
        _ => {}
    }
}

fn decode(kind: &str, value: &Value) -> Result<Entry, registry::fact::FactError> {
    Entry::decode(kind, 1, &serde_json::to_vec(value).unwrap())
}

fn values() -> Vec<(&'static str, Value)> {
    entries()
        .iter()
        .map(|(_, entry)| {
            let (kind, _, payload) = entry.encode().unwrap();
            (kind, serde_json::from_slice(&payload).unwrap())
        })
        .collect()
}

#[test]
fn a_field_too_many_or_too_few_is_refused_wherever_it_stands() {
    for (kind, value) in values() {
        let mut found = Vec::new();
        objects(&value, "", &mut found);
        for path in found {
            // What is filled in is named by the procedure.
            if is_of_cases(kind) && path.ends_with("/values") {
                continue;
            }
            let mut more = value.clone();
            let fields = more.pointer_mut(&path).unwrap().as_object_mut().unwrap();
            fields.insert("no such field".into(), Value::from(1));
            assert!(decode(kind, &more).is_err(), "{kind}: a field too many at {path:?}");

            let names: Vec<String> =
                value.pointer(&path).unwrap().as_object().unwrap().keys().cloned().collect();
            for name in names {
                let mut less = value.clone();
                less.pointer_mut(&path).unwrap().as_object_mut().unwrap().remove(&name);
                let read = decode(kind, &less);
                // Of a fact, unlike of a role in it, the registry must be there.
                // A change of a person says all of what was and what is.
                // So does what is done with copies, and with the organisation.
                let of_copies = [
                    "container.",
                    "copies.",
                    "receipt.",
                    "dispatch.",
                    "destruction.",
                    "incident.",
                    "muster.",
                    "book.",
                    "unit.",
                    "post.",
                    "tenure.",
                    "stand-in.",
                    "leave.",
                    "contact.",
                    "list.",
                ]
                .iter()
                .any(|room| kind.starts_with(room))
                    && !["/approved", "/level"].iter().any(|part| path.contains(part));
                let whole = (kind == "person.changed" || of_copies)
                    && !["operator", "report", "back_by", "shelf", "scanned"].contains(&name.as_str());
                let optional = !whole
                    && ((MAY_BE_ABSENT.contains(&name.as_str())
                    && !(path == "/fact" && name != "operator")
                    && !(path == "/fact/document" && name == "year"))
                    // What nobody said of a document that is out, back or opened.
                    || (path == "/fact" && UNSAID.contains(&(kind, name.as_str())))
                    // Of what a register of old said nothing must be there but what tells it apart.
                    || name == "old"
                    || (path.contains("/old") && !matches!(name.as_str(), "register" | "source"))
                    // A correction names what it changed, and that is any of it.
                    || path.ends_with("/from")
                    || path.ends_with("/to"));
                let optional =
                    if is_of_cases(kind) { may_be_absent(kind, &value, &path, &name) } else { optional };
                assert_eq!(read.is_ok(), optional, "{kind}: without {path}/{name}: {read:?}");
            }
        }
    }
}

#[test]
fn a_value_of_another_kind_is_refused_wherever_it_stands() {
    for (kind, value) in values() {
        let mut found = Vec::new();
        paths(&value, "", &mut found);
        found.retain(|path| !(is_of_cases(kind) && path.contains("/values")));
        for path in found {
            for wrong in [
                Value::from(1.5),
                Value::from(-1),
                serde_json::json!({}),
                serde_json::json!([[]]),
                Value::from(f64::MAX),
                Value::from(true),
            ] {
                let at = value.pointer(&path).unwrap();
                if *at == wrong {
                    continue;
                }
                let mut other = value.clone();
                *other.pointer_mut(&path).unwrap() = wrong.clone();
                let read = decode(kind, &other);
                // A date without anything in it is one: the document is undated. A year may be before our era. One
                // list that nobody is on is a list of lists.
                let ends = |name: &str| {
                    let nested = ["/fact/correction/", "/fact/file/"];
                    nested.iter().any(|part| path.starts_with(part)) && path.ends_with(name)
                };
                let old = ["/old/received", "/receipted", "/destroyed", "/copies/0"];
                // A copy of which nothing is said is one.
                let fits = (path.ends_with("/old/copies") && wrong == serde_json::json!([[]]))
                    || (path.contains("/old/")
                        && old.iter().any(|name| path.ends_with(name))
                        && wrong == serde_json::json!({}))
                    || (path == "/fact/document/date" && wrong == serde_json::json!({}))
                    // A formal message of whose handling nothing is said is every other paper.
                    || (path.ends_with("/formal") && wrong == serde_json::json!({}))
                    || (wrong == serde_json::json!({})
                        && ["/date", "/from", "/to"].iter().any(|name| ends(name)))
                    || (ends("/need_to_know") && wrong == serde_json::json!([[]]))
                    || ((path.ends_with("/year") || MOMENTS.iter().any(|name| path.ends_with(name))) && wrong == -1)
                    || (path.ends_with("/counter") && wrong == serde_json::json!({}))
                    || (path == "/fact/document/need_to_know" && wrong == serde_json::json!([[]]));
                assert_eq!(read.is_ok(), fits, "{kind}: {path} is {wrong}");
            }
        }
    }
}

#[test]
fn huge_numbers_deep_nesting_and_doubled_fields_are_refused() {
    let (kind, value) = values().into_iter().find(|(kind, _)| *kind == "document.registered").unwrap();
    let text = serde_json::to_string(&value).unwrap();
    for number in ["18446744073709551616", "1e400", "-1", "99999999999999999999999999", "17.0"] {
        let huge = text.replace("\"number\":17", &format!("\"number\":{number}"));
        assert_ne!(huge, text);
        assert!(Entry::decode(kind, 1, huge.as_bytes()).is_err(), "{number}");
    }
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
        for depth in [200, 200_000] {
            let deep = format!("{}1{}", open.repeat(depth), close.repeat(depth));
            assert!(Entry::decode(kind, 1, deep.as_bytes()).is_err());
            let inside = text.replace("\"subject\":\"", &format!("\"surplus\":{deep},\"subject\":\""));
            assert!(Entry::decode(kind, 1, inside.as_bytes()).is_err());
        }
    }
    for doubled in ["\"house\":42", "\"kind\":\"document.registered\"", "\"number\":17", "\"is\":\"role\""] {
        for (kind, value) in values() {
            let text = serde_json::to_string(&value).unwrap();
            if let Some((before, after)) = text.split_once(doubled) {
                let twice = format!("{before}{doubled},{doubled}{after}");
                assert!(Entry::decode(kind, 1, twice.as_bytes()).is_err(), "{kind}: {doubled} twice");
            }
        }
    }
    for tail in [" x", "{}", "\0", ",", "]"] {
        assert!(Entry::decode(kind, 1, format!("{text}{tail}").as_bytes()).is_err(), "{tail}");
    }
    assert!(Entry::decode(kind, 1, b"").is_err());
}

proptest! {
    /// Bytes changed, cut, doubled: read or refused, never a panic; and what is read is written again as an entry
    /// that reads the same.
    #[test]
    fn changed_bytes_are_read_or_refused(
        which in 0..14_usize,
        edits in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0..4_u8), 1..6),
    ) {
        let (kind, version, mut bytes) = entries()[which].1.encode().unwrap();
        for (at, byte, what) in edits {
            if bytes.is_empty() {
                break;
            }
            let at = at.index(bytes.len());
            match what {
                0 => bytes[at] = byte,
                1 => { bytes.remove(at); }
                2 => bytes.insert(at, byte),
                _ => bytes.truncate(at),
            }
        }
        if let Ok(entry) = Entry::decode(kind, version, &bytes) {
            let (_, _, again) = entry.encode().unwrap();
            prop_assert_eq!(Entry::decode(kind, version, &again).unwrap(), entry);
        }
    }

    #[test]
    fn any_bytes_are_refused_or_read(bytes in proptest::collection::vec(any::<u8>(), 0..200), which in 0..14_usize) {
        let (kind, version) = Fact::KINDS[which];
        let _ = Entry::decode(kind, version, &bytes);
    }
}
