//! A ledger whose entries were made by somebody with a pen of his own: every forged sequence is found.

use ledger::HeaderView;
use registry::{
    AuthorisationId, DocumentDate, Entry, Fact, HOUSE, PersonId, RegistryId,
    audit::Audit,
    authorisation::{Grant, Role, proposal_digest},
    command::OPERATOR,
    document::Direction,
    fact::{DocumentFact, FoundingAuthorisation},
    formal::Formal,
    id::Digest,
};

use crate::support::*;

const FIRST: u8 = 1;
const SECOND: u8 = 2;
const CLERK: u8 = 3;
const READER: u8 = 4;

/// A ledger that is written entry by entry, and its audit beside it.
struct Pen {
    audit: Audit,
    registry: RegistryId,
    sequence: u64,
}

impl Pen {
    fn new(registry: RegistryId) -> Self {
        Self { audit: Audit::default(), registry, sequence: 0 }
    }

    /// A house with two officers.
    fn founded() -> Self {
        let mut pen = Self::new(HOUSE);
        let authorisations = [FIRST, SECOND]
            .map(|n| FoundingAuthorisation {
                id: authorisation(n),
                person: person(n),
                grant: role(Role::SecurityOfficer, None),
            })
            .to_vec();
        let officers = vec![of_nation(person(FIRST), "BEL"), of_nation(person(SECOND), "FRA")];
        pen.as_operator(OPERATOR, founding(officers, authorisations)).unwrap();
        pen
    }

    fn writes(&mut self, actor: PersonId, operator: bool, fact: Fact) -> Result<(), String> {
        let (kind, version, payload) = Entry { house: 0, operator, fact }.encode().unwrap();
        let header = HeaderView {
            registry: *self.registry.bytes(),
            sequence: self.sequence,
            time: 0,
            actor: *actor.bytes(),
            command: [0; 16],
            commitment: [0; 32],
            version,
            kind,
        };
        self.sequence += 1;
        self.audit.entry(&header, Some(&payload))
    }

    fn by(&mut self, actor: u8, fact: Fact) -> Result<(), String> {
        self.writes(person(actor), false, fact)
    }

    fn as_operator(&mut self, actor: PersonId, fact: Fact) -> Result<(), String> {
        self.writes(actor, true, fact)
    }
}

fn founding(officers: Vec<registry::person::Person>, authorisations: Vec<FoundingAuthorisation>) -> Fact {
    Fact::InstallationFounded { name: "test-house".into(), zone: "UTC".into(), officers, authorisations }
}

fn authorisation(n: u8) -> AuthorisationId {
    AuthorisationId::new([n; 16])
}

fn grant() -> Grant {
    role(Role::Controller, Some(HQ))
}

fn proposal(n: u8, about: u8) -> Fact {
    Fact::AuthorisationProposed { authorisation: authorisation(n), person: person(about), grant: grant() }
}

fn digest(n: u8, about: u8) -> Digest {
    proposal_digest(authorisation(n), person(about), &grant())
}

fn confirmation(n: u8, about: u8) -> Fact {
    Fact::AuthorisationConfirmed { authorisation: authorisation(n), proposal: digest(n, about) }
}

fn revocation(n: u8) -> Fact {
    Fact::AuthorisationRevoked { authorisation: authorisation(n), reason: "left".into() }
}

fn assignment(n: u8, to: u8, role: Role) -> Fact {
    Fact::RoleAssigned { authorisation: authorisation(n), person: person(to), role, registry: HQ }
}

#[test]
fn a_ledger_written_by_the_rules_has_no_fault() {
    let mut pen = Pen::founded();
    pen.by(FIRST, proposal(10, READER)).unwrap();
    pen.by(SECOND, confirmation(10, READER)).unwrap();
    pen.by(SECOND, revocation(10)).unwrap();
    pen.by(FIRST, proposal(11, READER)).unwrap();
    pen.by(FIRST, revocation(11)).unwrap();
    pen.by(FIRST, assignment(12, CLERK, Role::Clerk)).unwrap();
    pen.as_operator(OPERATOR, assignment(13, CLERK, Role::Assistant)).unwrap();
    pen.by(SECOND, revocation(12)).unwrap();
    // A third officer, made by two, acts as they do; one whose role was taken does not any more.
    let third = |n| {
        (
            Fact::AuthorisationProposed {
                authorisation: authorisation(n),
                person: person(READER),
                grant: role(Role::SecurityOfficer, None),
            },
            Fact::AuthorisationConfirmed {
                authorisation: authorisation(n),
                proposal: proposal_digest(
                    authorisation(n),
                    person(READER),
                    &role(Role::SecurityOfficer, None),
                ),
            },
        )
    };
    let (proposed, confirmed) = third(20);
    pen.by(FIRST, proposed).unwrap();
    pen.by(SECOND, confirmed).unwrap();
    pen.by(READER, proposal(21, CLERK)).unwrap();
    pen.by(FIRST, revocation(20)).unwrap();
    pen.by(READER, proposal(22, CLERK)).unwrap_err();
}

#[test]
fn a_confirmation_by_anyone_but_a_second_officer_is_found() {
    for (actor, about) in [(FIRST, READER), (SECOND, SECOND), (CLERK, READER)] {
        let mut pen = Pen::founded();
        pen.by(FIRST, proposal(10, about)).unwrap();
        pen.by(actor, confirmation(10, about)).unwrap_err();
    }
    let mut pen = Pen::founded();
    pen.by(FIRST, proposal(10, READER)).unwrap();
    pen.as_operator(person(SECOND), confirmation(10, READER)).unwrap_err();
}

#[test]
fn a_confirmation_stands_for_one_proposal_that_waits() {
    let mut pen = Pen::founded();
    pen.by(SECOND, confirmation(10, READER)).unwrap_err();
    pen.by(FIRST, proposal(10, READER)).unwrap();
    // Another digest than that of what was proposed.
    pen.by(
        SECOND,
        Fact::AuthorisationConfirmed { authorisation: authorisation(10), proposal: digest(10, CLERK) },
    )
    .unwrap_err();

    let mut pen = Pen::founded();
    pen.by(FIRST, proposal(10, READER)).unwrap();
    pen.by(SECOND, confirmation(10, READER)).unwrap();
    pen.by(SECOND, confirmation(10, READER)).unwrap_err();

    // What was taken back does not wait any more.
    let mut pen = Pen::founded();
    pen.by(FIRST, proposal(10, READER)).unwrap();
    pen.by(FIRST, revocation(10)).unwrap();
    pen.by(SECOND, confirmation(10, READER)).unwrap_err();
}

#[test]
fn a_proposal_by_a_stranger_for_oneself_by_the_operator_or_under_a_used_name_is_found() {
    let mut pen = Pen::founded();
    pen.by(CLERK, proposal(10, READER)).unwrap_err();
    pen.by(FIRST, proposal(11, FIRST)).unwrap_err();
    pen.as_operator(person(FIRST), proposal(12, READER)).unwrap_err();
    pen.as_operator(OPERATOR, proposal(13, READER)).unwrap_err();

    let mut pen = Pen::founded();
    pen.by(FIRST, proposal(10, READER)).unwrap();
    // A second proposal under the name of the first would be confirmed in its place.
    pen.by(SECOND, proposal(10, CLERK)).unwrap_err();
    pen.by(FIRST, proposal(FIRST, READER)).unwrap_err();
}

#[test]
fn one_person_gives_no_role_that_takes_two() {
    for wanted in Role::ALL {
        let mut pen = Pen::founded();
        let written = pen.by(FIRST, assignment(10, READER, wanted));
        assert_eq!(written.is_ok(), matches!(wanted, Role::Clerk | Role::Assistant), "{wanted:?}");
    }
    let mut pen = Pen::founded();
    pen.by(FIRST, assignment(10, FIRST, Role::Clerk)).unwrap_err();
    pen.by(CLERK, assignment(11, READER, Role::Clerk)).unwrap_err();
    pen.by(FIRST, assignment(12, READER, Role::Clerk)).unwrap();
    pen.by(FIRST, assignment(12, CLERK, Role::Clerk)).unwrap_err();
}

#[test]
fn a_revocation_by_a_stranger_of_ones_own_or_of_nothing_is_found() {
    let mut pen = Pen::founded();
    pen.by(FIRST, revocation(99)).unwrap_err();
    pen.by(CLERK, revocation(FIRST)).unwrap_err();
    pen.as_operator(person(FIRST), revocation(SECOND)).unwrap_err();
    Pen::founded().by(FIRST, revocation(FIRST)).unwrap_err();
    pen.by(FIRST, revocation(SECOND)).unwrap();
    pen.by(FIRST, revocation(SECOND)).unwrap_err();
}

#[test]
fn a_ledger_begins_once_and_keeps_to_its_subject() {
    let mut pen = Pen::founded();
    pen.by(FIRST, founding(vec![], vec![])).unwrap_err();
    let mut pen = Pen::new(HOUSE);
    pen.by(FIRST, proposal(10, READER)).unwrap_err();
    // People belong to the house, documents to a registry.
    let mut pen = Pen::new(HQ);
    pen.by(FIRST, founding(vec![], vec![])).unwrap_err();
    pen.by(FIRST, assignment(10, CLERK, Role::Clerk)).unwrap_err();
    pen.by(CLERK, document()).unwrap();
    Pen::founded().by(CLERK, document()).unwrap_err();
}

fn document() -> Fact {
    Fact::DocumentRegistered {
        document: Box::new(DocumentFact {
            id: registry::DocumentId::new([1; 16]),
            year: 2026,
            number: 1,
            reference: "HQR-2026-1".into(),
            direction: Direction::Incoming,
            kind: "letter".into(),
            date: DocumentDate { civil: None, written: None },
            language: "en".into(),
            originator: None,
            references: vec![],
            preferred: None,
            relations: Vec::new(),
            subject: "Winter stocks".into(),
            subject_label: None,
            label: None,
            entry_label: None,
            released_on: None,
            action: vec![],
            info: vec![],
            need_to_know: vec![],
            access_list: vec![],
            old: None,
            held_elsewhere: None,
            formal: Formal::default(),
        }),
    }
}

#[test]
fn a_payload_that_its_kind_does_not_know_is_found_and_an_erased_one_is_taken_as_it_is() {
    let mut audit = Audit::default();
    let header = |kind, version| HeaderView {
        registry: *HOUSE.bytes(),
        sequence: 0,
        time: 0,
        actor: [1; 16],
        command: [0; 16],
        commitment: [0; 32],
        version,
        kind,
    };
    audit.entry(&header("person.added", 1), Some(b"{}")).unwrap_err();
    audit.entry(&header("person.added", 2), Some(b"{}")).unwrap_err();
    audit.entry(&header("person.cloned", 1), Some(b"{}")).unwrap_err();
    audit.entry(&header("person.added", 1), None).unwrap();
}

#[test]
fn who_was_an_officer_is_not_asked_where_what_made_him_one_was_erased() {
    let mut pen = Pen::new(HOUSE);
    let header = HeaderView {
        registry: *HOUSE.bytes(),
        sequence: 0,
        time: 0,
        actor: *OPERATOR.bytes(),
        command: [0; 16],
        commitment: [0; 32],
        version: 1,
        kind: "installation.founded",
    };
    pen.audit.entry(&header, None).unwrap();
    pen.sequence = 1;
    pen.by(FIRST, proposal(10, READER)).unwrap();
    pen.by(FIRST, confirmation(10, READER)).unwrap_err();
    pen.by(FIRST, proposal(11, READER)).unwrap();
    pen.by(SECOND, confirmation(11, READER)).unwrap();
    pen.by(SECOND, revocation(99)).unwrap();
}

#[test]
fn an_extension_is_of_a_clearance_of_the_person_and_takes_two() {
    let house = house();
    let clears = |n: u8, about: u8| {
        let grant = cleared(&house, "SECRET").remove(0);
        let id = authorisation(n);
        (
            Fact::AuthorisationProposed { authorisation: id, person: person(about), grant: grant.clone() },
            Fact::AuthorisationConfirmed {
                authorisation: id,
                proposal: proposal_digest(id, person(about), &grant),
            },
        )
    };
    let extension = |of: u8| Grant::Extension {
        of: authorisation(of),
        until: jiff::civil::date(2027, 6, 30),
        authority: "National authority".into(),
        reason: "being renewed".into(),
    };
    let extends = |n: u8, about: u8, of: u8| Fact::AuthorisationProposed {
        authorisation: authorisation(n),
        person: person(about),
        grant: extension(of),
    };
    let confirms = |n: u8, about: u8, of: u8| Fact::AuthorisationConfirmed {
        authorisation: authorisation(n),
        proposal: proposal_digest(authorisation(n), person(about), &extension(of)),
    };
    let ready = || {
        let mut pen = Pen::founded();
        let (proposed, confirmed) = clears(10, READER);
        pen.by(FIRST, proposed).unwrap();
        pen.by(SECOND, confirmed).unwrap();
        pen
    };
    let mut pen = ready();
    pen.by(FIRST, extends(11, READER, 10)).unwrap();
    pen.by(FIRST, confirms(11, READER, 10)).unwrap_err();
    let mut pen = ready();
    pen.by(FIRST, extends(11, READER, 10)).unwrap();
    pen.by(SECOND, confirms(11, READER, 10)).unwrap();
    // Of another's, of nothing, of what has ended, of what is no clearance.
    ready().by(FIRST, extends(11, CLERK, 10)).unwrap_err();
    ready().by(FIRST, extends(11, READER, 77)).unwrap_err();
    let mut pen = ready();
    pen.by(FIRST, revocation(10)).unwrap();
    pen.by(FIRST, extends(11, READER, 10)).unwrap_err();
    let mut pen = ready();
    pen.by(FIRST, assignment(12, READER, Role::Clerk)).unwrap();
    pen.by(FIRST, extends(11, READER, 12)).unwrap_err();
    // The founding entry gives what nobody confirmed; an extension is not among it.
    let given = |grant: Grant| {
        founding(vec![], vec![FoundingAuthorisation { id: authorisation(1), person: person(FIRST), grant }])
    };
    Pen::new(HOUSE).by(FIRST, given(cleared(&house, "SECRET").remove(0))).unwrap();
    Pen::new(HOUSE).by(FIRST, given(extension(1))).unwrap_err();
}

#[test]
fn a_nationality_is_replaced_and_not_ended_and_particulars_change_by_those_who_keep_the_list() {
    let nation = Grant::Nationality { nationality: "NOR".into(), reason: "passport".into() };
    let mut pen = Pen::founded();
    pen.by(
        FIRST,
        Fact::AuthorisationProposed {
            authorisation: authorisation(10),
            person: person(READER),
            grant: nation.clone(),
        },
    )
    .unwrap();
    let proposal = proposal_digest(authorisation(10), person(READER), &nation);
    pen.by(SECOND, Fact::AuthorisationConfirmed { authorisation: authorisation(10), proposal }).unwrap();
    pen.by(SECOND, revocation(10)).unwrap_err();

    let now = of_nation(person(READER), "BEL").particulars();
    let gone = registry::person::Particulars { left: Some(jiff::civil::date(2026, 5, 1)), ..now.clone() };
    let change = |to: &registry::person::Particulars| Fact::PersonChanged {
        person: person(READER),
        from: now.clone(),
        to: to.clone(),
        reason: "left".into(),
    };
    Pen::founded().by(FIRST, change(&gone)).unwrap();
    Pen::founded().as_operator(OPERATOR, change(&gone)).unwrap();
    Pen::founded().by(CLERK, change(&gone)).unwrap_err();
    Pen::founded().by(FIRST, change(&now)).unwrap_err();
}
