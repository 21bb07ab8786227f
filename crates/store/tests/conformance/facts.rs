//! Entries for tests, written as a pen writes them: without asking any rule.

use jiff::civil::{Date, date};
use label::{Code, Label, PolicyId};
use registry::{
    AuthorisationId, BodyId, CASES, CommandId, DocumentDate, DocumentId, Entry, Fact, FileId, GroupId, HOUSE,
    ObjectId, PersonId, RegistryId, Timestamp, VersionId,
    authorisation::{Grant, Role, proposal_digest},
    correction::{CorrectionFact, Details},
    disclosure::{Means, Reproduction},
    document::{Direction, ReadingOutcome, StagedText},
    fact::{DocumentFact, EnclosureFact, FoundingAuthorisation, RenditionFact, RenditionKind, VersionFact},
    filing::{FileFact, FileKind},
    formal::{Formal, Precedence},
    house::{Body, Group, Names, Registry},
    id::{Digest, ReproductionId},
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
use store::{
    StoreError,
    sql::Hold,
    transaction::{Stamp, Write},
};

use crate::engines::Place;

pub const HQ: RegistryId = RegistryId::new([1; 16]);
pub const FIRST: PersonId = PersonId::new([11; 16]);
pub const SECOND: PersonId = PersonId::new([12; 16]);
pub const READER: PersonId = PersonId::new([13; 16]);
pub const LEAVER: PersonId = PersonId::new([14; 16]);

/// Identifiers of sixteen bytes from a number.
pub fn sixteen(n: u64) -> [u8; 16] {
    (u128::from(n) << 64 | u128::from(n)).to_be_bytes()
}

pub fn label(level: &str) -> Label {
    Label::plain(PolicyId::new("1.2.3").unwrap(), Code::new(level).unwrap())
}

/// A paper of a level, for groups.
pub fn paper(n: u64, level: &str, groups: &[u64]) -> DocumentFact {
    DocumentFact {
        id: DocumentId::new(sixteen(n)),
        year: 2026,
        number: n + 1,
        reference: format!("HQR-2026-{}", n + 1),
        direction: Direction::Incoming,
        kind: "letter".into(),
        date: DocumentDate { civil: None, written: None },
        language: "en".into(),
        originator: None,
        references: vec![],
        preferred: None,
        relations: Vec::new(),
        subject: format!("Paper {n}"),
        subject_label: None,
        label: Some(label(level)),
        entry_label: Some(label("0")),
        released_on: None,
        action: vec![],
        info: vec![],
        need_to_know: groups.iter().map(|g| vec![GroupId::new(sixteen(*g))]).collect(),
        access_list: vec![],
        held_elsewhere: None,
        old: None,
        formal: Formal::default(),
    }
}

pub fn dated(day: Option<Date>, paper: DocumentFact) -> DocumentFact {
    DocumentFact { date: DocumentDate { civil: day, written: None }, ..paper }
}

impl From<DocumentFact> for Written {
    fn from(document: DocumentFact) -> Self {
        Written(Fact::DocumentRegistered { document: Box::new(document) })
    }
}
impl From<Fact> for Written {
    fn from(fact: Fact) -> Self {
        Written(fact)
    }
}
pub struct Written(pub Fact);

/// Appends entries, each under a command of its own.
#[derive(Default)]
pub struct Pen {
    commands: u64,
}

impl Pen {
    pub fn stamp(&mut self, registry: RegistryId, actor: PersonId) -> Stamp {
        self.commands += 1;
        Stamp {
            registry,
            actor,
            command: CommandId::new(sixteen(self.commands)),
            time: Timestamp::from_micros(1_773_306_000_000_000 + self.commands as i64),
        }
    }

    pub async fn appends(
        &mut self,
        write: &mut Write,
        registry: RegistryId,
        fact: impl Into<Written>,
    ) -> Result<u64, StoreError> {
        self.appends_as(write, registry, FIRST, fact).await
    }

    pub async fn appends_as(
        &mut self,
        write: &mut Write,
        registry: RegistryId,
        actor: PersonId,
        fact: impl Into<Written>,
    ) -> Result<u64, StoreError> {
        write.lock_head(registry, Hold::Exclusive).await?;
        let stamp = self.stamp(registry, actor);
        let Written(fact) = fact.into();
        write.append(&stamp, [7; 32], &Entry { house: 1, operator: false, fact }).await
    }

    /// Registers papers in one transaction.
    pub async fn registers(
        &mut self,
        place: &Place,
        registry: RegistryId,
        papers: impl IntoIterator<Item = DocumentFact>,
    ) {
        let mut write = Write::begin(&place.database).await.unwrap();
        for paper in papers {
            self.appends(&mut write, registry, paper).await.unwrap();
        }
        write.commit().await.unwrap();
    }
}

pub fn names(text: &str) -> Names {
    Names { en: text.into(), fr: format!("{text} (fr)") }
}

pub fn someone(id: PersonId, login: &str) -> Person {
    Person {
        id,
        login: login.into(),
        name: format!("Å. {login}"),
        nationality: "BEL".into(),
        language: "en".into(),
        title: String::new(),
        body: None,
        left: None,
    }
}

pub fn group(n: u64) -> Fact {
    let id = GroupId::new(sixteen(n));
    Fact::GroupFormed { group: Group { id, code: format!("group-{n}"), names: names("Group") } }
}

pub fn proposal(n: u64, about: PersonId) -> (Fact, Fact) {
    let authorisation = AuthorisationId::new(sixteen(n));
    let grant = Grant::Role { role: Role::Controller, registry: Some(HQ) };
    let proposal = proposal_digest(authorisation, about, &grant);
    (
        Fact::AuthorisationProposed { authorisation, person: about, grant },
        Fact::AuthorisationConfirmed { authorisation, proposal },
    )
}

pub fn given(n: u64, about: PersonId, grant: Grant) -> (Fact, Fact) {
    let authorisation = AuthorisationId::new(sixteen(n));
    let proposal = proposal_digest(authorisation, about, &grant);
    (
        Fact::AuthorisationProposed { authorisation, person: about, grant },
        Fact::AuthorisationConfirmed { authorisation, proposal },
    )
}

pub fn extension(of: u64) -> Grant {
    Grant::Extension {
        of: AuthorisationId::new(sixteen(of)),
        until: date(2026, 12, 31),
        authority: "Authority".into(),
        reason: "being renewed".into(),
    }
}

/// A last day set for a person as he is.
pub fn leaves(person: &Person, last: Date) -> Fact {
    let from = person.particulars();
    let to = Particulars { left: Some(last), title: "Leaver".into(), ..from.clone() };
    Fact::PersonChanged { person: person.id, from, to, reason: "end of tour".into() }
}

/// A house and a registry in which every register table has at least two rows where it can have two.
pub async fn small_world(place: &Place) {
    let mut pen = Pen::default();
    let mut write = Write::begin(&place.database).await.unwrap();
    let officers = vec![someone(FIRST, "first"), someone(SECOND, "second")];
    let mut authorisations = [FIRST, SECOND]
        .map(|person| FoundingAuthorisation {
            id: AuthorisationId::new(*person.bytes()),
            person,
            grant: Grant::Role { role: Role::SecurityOfficer, registry: None },
        })
        .to_vec();
    // Who writes the entries of the house may.
    authorisations.push(FoundingAuthorisation {
        id: AuthorisationId::new(sixteen(950)),
        person: FIRST,
        grant: Grant::Role { role: Role::Administrator, registry: None },
    });
    let body = |n: u64| Fact::BodyEstablished {
        body: Body { id: BodyId::new(sixteen(n)), code: format!("B{n}"), names: names("Body") },
    };
    let opened = |id: RegistryId, code: &str| Fact::RegistryOpened {
        registry: Registry {
            id,
            code: code.into(),
            names: names(code),
            body: None,
            parent: None,
            ceilings: vec![],
        },
    };
    let bounded = |id: RegistryId, code: &str| Fact::RegistryChanged {
        registry: Registry {
            id,
            code: code.into(),
            names: names("Bounded"),
            body: Some(BodyId::new(sixteen(1))),
            parent: None,
            ceilings: vec![label::Clearance {
                policy: PolicyId::new("1.2.3").unwrap(),
                level: Code::new("2").unwrap(),
                categories: Default::default(),
            }],
        },
        reason: "The vault was approved".into(),
    };
    let (proposed, confirmed) = proposal(500, READER);
    let (waiting, _) = proposal(501, LEAVER);
    let clearance = Grant::Clearance {
        clearance: label::Clearance {
            policy: PolicyId::new("1.2.3").unwrap(),
            level: Code::new("2").unwrap(),
            categories: Default::default(),
        },
        authority: "Authority".into(),
        number: Some("17".into()),
        from: date(2026, 1, 1),
        until: date(2026, 6, 30),
    };
    let (cleared, clears) = given(503, READER, clearance);
    let (extended, extends) = given(504, READER, extension(503));
    let nationality = Grant::Nationality { nationality: "NOR".into(), reason: "passport".into() };
    let (naturalised, naturalises) = given(505, READER, nationality);
    let house = [
        (
            FIRST,
            Fact::InstallationFounded { name: "test".into(), zone: "UTC".into(), officers, authorisations },
        ),
        (FIRST, Fact::PolicyAdopted { name: "A".into(), digest: Digest([1; 32]), xml: "<a/>".into() }),
        (FIRST, Fact::PolicyAdopted { name: "B".into(), digest: Digest([2; 32]), xml: "<b/>".into() }),
        (FIRST, Fact::CommunitiesAdopted { digest: Digest([3; 32]), toml: "# none\n".into() }),
        (
            FIRST,
            Fact::SeriesAdopted { name: "bodies".into(), digest: Digest([4; 32]), toml: "# none\n".into() },
        ),
        (
            FIRST,
            Fact::SeriesAdopted {
                name: "bodies".into(),
                digest: Digest([5; 32]),
                toml: "# still none\n".into(),
            },
        ),
        (FIRST, Fact::SeriesEntrusted { series: "MCM".into(), registry: HQ }),
        (FIRST, body(1)),
        (FIRST, body(2)),
        (FIRST, opened(HQ, "HQR")),
        (FIRST, opened(RegistryId::new([2; 16]), "SEC")),
        (FIRST, bounded(RegistryId::new([2; 16]), "SEC")),
        (FIRST, group(1)),
        (FIRST, group(2)),
        (FIRST, Fact::PersonAdded { person: someone(READER, "reader") }),
        (
            FIRST,
            Fact::PersonAdded {
                person: Person { left: Some(date(2026, 5, 1)), ..someone(LEAVER, "leaver") },
            },
        ),
        (
            FIRST,
            Fact::RoleAssigned {
                authorisation: AuthorisationId::new(sixteen(502)),
                person: READER,
                role: Role::Clerk,
                registry: HQ,
            },
        ),
        (FIRST, proposed),
        (SECOND, confirmed),
        (FIRST, waiting),
        (
            SECOND,
            Fact::AuthorisationRevoked {
                authorisation: AuthorisationId::new(sixteen(502)),
                reason: "left".into(),
            },
        ),
        (FIRST, cleared),
        (SECOND, clears),
        (FIRST, extended),
        (SECOND, extends),
        (FIRST, naturalised),
        (SECOND, naturalises),
        (FIRST, leaves(&someone(READER, "reader"), date(2026, 9, 1))),
    ];
    for (actor, fact) in house {
        pen.appends_as(&mut write, HOUSE, actor, fact).await.unwrap();
    }
    for fact in crate::facts_organisation::organisation() {
        pen.appends_as(&mut write, HOUSE, FIRST, fact).await.unwrap();
    }
    pen.appends_as(&mut write, HOUSE, FIRST, crate::facts_cases::routine()).await.unwrap();
    for fact in crate::facts_cases::cases() {
        pen.appends_as(&mut write, CASES, READER, fact).await.unwrap();
    }
    for n in 0..4 {
        for fact in document_with_content(n) {
            pen.appends_as(&mut write, HQ, READER, fact).await.unwrap();
        }
    }
    for fact in numbers() {
        pen.appends_as(&mut write, HQ, READER, fact).await.unwrap();
    }
    for n in [1, 3] {
        pen.appends_as(&mut write, HQ, READER, corrected(n)).await.unwrap();
    }
    for fact in plan() {
        pen.appends_as(&mut write, HQ, READER, fact).await.unwrap();
    }
    let flash = Formal {
        precedence: Some(Precedence::Flash),
        dtg: Some("121530ZMAR26".into()),
        info_precedence: None,
    };
    let ringing = [710, 711].map(|n| DocumentFact { formal: flash.clone(), ..paper(n, "1", &[]) });
    for paper in ringing {
        pen.appends_as(&mut write, HQ, READER, paper).await.unwrap();
    }
    let noted = Fact::DocumentNoted { document: DocumentId::new(sixteen(710)) };
    pen.appends_as(&mut write, HQ, READER, noted).await.unwrap();
    pen.appends_as(&mut write, HQ, READER, dismissed(701)).await.unwrap();
    for (actor, fact) in handled().into_iter().chain(crate::facts_custody::custody()) {
        pen.appends_as(&mut write, HQ, actor, fact).await.unwrap();
    }
    write.commit().await.unwrap();
}

/// Something that came and was not registered.
pub fn dismissed(n: u64) -> Fact {
    Fact::IntakeDismissed {
        item: ObjectId::new(sixteen(n)),
        digest: Some(Digest::of(b"Buy now")),
        reason: DismissalReason::Other,
        words: Some("An advertisement".into()),
    }
}

/// What is done with a document: out and back, opened, a copy authorised and given out, somebody told.
fn handled() -> Vec<(PersonId, Fact)> {
    let document = DocumentId::new(sixteen(1));
    let id = ReproductionId::new(sixteen(701));
    let disclosed = |means, authority| Fact::DisclosureRecorded {
        document,
        version: 1,
        enclosure: (means == Means::Reproduction).then_some(1),
        means,
        authority,
    };
    vec![
        (
            READER,
            Fact::DocumentCheckedOut {
                document,
                reason: Some("Annex B".into()),
                until: Some(date(2026, 3, 1)),
            },
        ),
        (SECOND, Fact::DocumentCheckedIn { document, version: None, broken: Some("On leave".into()) }),
        (READER, Fact::DocumentCheckedOut { document, reason: None, until: None }),
        (READER, disclosed(Means::Screen, None)),
        (
            SECOND,
            Fact::ReproductionAuthorised {
                reproduction: Box::new(Reproduction {
                    id,
                    document,
                    version: 1,
                    person: READER,
                    purpose: "Exercise".into(),
                    copies: 2,
                    until: date(2026, 4, 1),
                    unstamped: Some("It is signed as it is".into()),
                }),
            },
        ),
        (READER, disclosed(Means::Reproduction, Some(id))),
        (SECOND, Fact::HolderTold { document, person: READER, sequence: 3, in_person: true }),
        (READER, Fact::HolderTold { document, person: READER, sequence: 4, in_person: false }),
    ]
}

/// What becomes of numbers: a count opened, three kept, one of them given, one struck out, the count closed.
fn numbers() -> Vec<Fact> {
    let (series, counter) = ("MCM".to_owned(), Counter { year: Some(2026), ..Counter::default() });
    let holder = |n: u64| format!("{n:032x}");
    let mut facts = vec![NumberFact::Opened { series: series.clone(), counter: counter.clone(), first: 40 }];
    facts.extend((40..43).map(|number| NumberFact::Reserved {
        series: series.clone(),
        counter: counter.clone(),
        number,
        holder: holder(number),
        purpose: "Note".into(),
    }));
    facts.push(NumberFact::Allotted {
        series: series.clone(),
        counter: counter.clone(),
        number: 41,
        holder: holder(1),
    });
    facts.push(NumberFact::Void {
        series: series.clone(),
        counter: counter.clone(),
        number: 42,
        reason: "Withdrawn".into(),
    });
    facts.push(NumberFact::Closed { series, counter });
    facts
        .into_iter()
        .map(|number| Fact::SeriesNumbered { number, reference: "MCM-0041-2026".into() })
        .collect()
}

/// The reference of a series, as the register reads it.
fn read(key: &str) -> Option<Box<Recognised>> {
    Some(Box::new(Recognised {
        key: key.into(),
        family: "MCM 41 2026".into(),
        series: "MCM".into(),
        counter: Counter { year: Some(2026), ..Counter::default() },
        number: 41,
    }))
}

/// A file of a plan; of a label, when one is given.
pub fn file(n: u64, parent: Option<u64>, level: Option<&str>) -> FileFact {
    FileFact {
        id: FileId::new(sixteen(n)),
        is: FileKind::Subject,
        code: format!("{n}"),
        names: names("File"),
        parent: parent.map(|n| FileId::new(sixteen(n))),
        owner: Some("Plans".into()),
        words: vec!["stocks".into()],
        originators: vec![],
        place: None,
        status: None,
        access: level.map(|level| paper(0, level, &[]).access_rule()),
    }
}

/// Puts documents into the first volume of a file.
pub fn filed(n: u64, documents: impl IntoIterator<Item = u64>) -> Fact {
    let documents = documents.into_iter().map(|n| DocumentId::new(sixteen(n))).collect();
    Fact::DocumentsFiled { file: FileId::new(sixteen(n)), volume: 1, documents }
}

pub fn opened(file: FileFact) -> Fact {
    Fact::FileOpened { file: Box::new(file), on: date(2026, 1, 5) }
}

/// A small plan, with all that can happen in it.
fn plan() -> Vec<Fact> {
    let id = FileId::new(sixteen(602));
    let on = date(2026, 2, 2);
    vec![
        opened(file(601, None, None)),
        opened(file(602, Some(601), Some("2"))),
        filed(601, [0, 1, 2]),
        filed(602, [1, 3]),
        Fact::DocumentTakenOut {
            file: FileId::new(sixteen(601)),
            document: DocumentId::new(sixteen(2)),
            reason: "A mistake".into(),
        },
        Fact::VolumeClosed { file: id, number: 1, on },
        Fact::FileClosed { file: id, on, reason: "Ended".into() },
        Fact::FileReopened { file: id, on, reason: "Not ended".into() },
        Fact::VolumeOpened { file: id, number: 2, on, place: Some("Box 2".into()) },
        Fact::FileChanged {
            file: Box::new(FileFact { status: Some("Under way".into()), ..file(602, Some(601), Some("1")) }),
            reason: "It began".into(),
        },
    ]
}

/// A correction of a document with content: its words and its lists.
fn corrected(n: u64) -> Fact {
    let document = paper(n, "2", &[]);
    let from = Details {
        subject: Some(document.subject.clone()),
        originator: Some("Operations".into()),
        action: Some(vec!["One".into(), "Two".into()]),
        references: Some(Vec::new()),
        ..Details::default()
    };
    let to = Details {
        subject: Some("Corrected".into()),
        originator: Some(String::new()),
        action: Some(vec!["Four".into(), "Five".into()]),
        references: Some(vec![Reference::new(ReferenceKind::Other, "T 9")]),
        ..Details::default()
    };
    Fact::DocumentCorrected {
        correction: Box::new(CorrectionFact { document: document.id, reason: "A slip".into(), from, to }),
    }
}

/// A document with references, addressees, a version and its text.
pub fn document_with_content(n: u64) -> Vec<Fact> {
    let years = [2025, 2026];
    let document = DocumentFact {
        year: years[n as usize % 2],
        originator: Some("Operations".into()),
        old: (n == 2).then(|| Box::new(old(n))),
        references: vec![
            Reference::new(ReferenceKind::Originator, format!("OPS/{n}")),
            Reference::new(ReferenceKind::Other, format!("T {n}")),
            Reference {
                read: read(&format!("MCM 41 2026 REV {n}")),
                ..Reference::new(ReferenceKind::Other, format!("mcm 41 26 rev {n}"))
            },
        ],
        preferred: Some(format!("OPS/{n}")),
        relations: vec![
            Stated { read: read("MCM 41 2026"), ..Stated::new(RelationKind::Supersedes, "MCM-0041-2026") },
            Stated::new(RelationKind::ReplyTo, format!("T {n}")),
        ],
        action: vec!["One".into(), "Two".into()],
        info: vec!["Three".into()],
        ..dated(Some(date(2026, 3, 10)), paper(n, if n.is_multiple_of(2) { "1" } else { "2" }, &[]))
    };
    let id = document.id;
    let version = VersionId::new(sixteen(1_000 + n));
    vec![
        Written::from(document).0,
        Fact::VersionAdded {
            version: VersionFact {
                id: version,
                document: id,
                number: 1,
                object: ObjectId::new(sixteen(2_000 + n)),
                digest: Digest([n as u8; 32]),
                size: 10 + n,
                media_type: "text/plain".into(),
                file_name: "a.txt".into(),
                reading: ReadingOutcome::Text,
            },
        },
        Fact::RenditionAdded {
            rendition: RenditionFact {
                version,
                document: id,
                is: RenditionKind::Text,
                object: ObjectId::new(sixteen(3_000 + n)),
                digest: Digest([(n as u8).wrapping_add(100); 32]),
                size: 9,
            },
        },
        Fact::EnclosureAdded {
            enclosure: Box::new(EnclosureFact {
                version,
                document: id,
                position: 1,
                object: ObjectId::new(sixteen(4_000 + n)),
                digest: Digest([(n as u8).wrapping_add(50); 32]),
                size: 7,
                media_type: "text/plain".into(),
                file_name: "annex.txt".into(),
                reading: ReadingOutcome::Text,
                // Of every second one a text was read.
                text: n.is_multiple_of(2).then(|| StagedText {
                    object: ObjectId::new(sixteen(5_000 + n)),
                    digest: Digest([(n as u8).wrapping_add(60); 32]),
                    size: 7,
                }),
            }),
        },
    ]
}

/// What a register of old said of a paper.
pub fn old(n: u64) -> OldEntry {
    OldEntry {
        register: "Register 1999".into(),
        source: Digest([n as u8; 32]),
        number: Some("45/99".into()),
        received: Some(DocumentDate::day(date(1999, 3, 8))),
        marking: Some("SECRET".into()),
        pages: Some(12),
        copies_in_all: Some(2),
        copies: vec![OldCopy { number: Some(1), holder: Some("Plans".into()), ..OldCopy::default() }],
        remarks: vec!["Box 12".into()],
    }
}
