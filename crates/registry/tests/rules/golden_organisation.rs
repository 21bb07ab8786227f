//! Examples of what the ledger says of the organisation, for the golden files.

use jiff::civil::{Date, date};
use registry::{
    Fact, PersonId, RegistryId,
    custody::book::Purpose,
    house::Names,
    id::{BookItemId, ContactId, LeaveId, ListId, PostId, StandInId, TenureId, UnitId},
    organisation::{
        Contact, Days, DistributionList, For, Leave, Post, StandIn, Tenure, Unit, UnitKind,
        contact::{ContactKind, OfficerOf},
        lists::{Addressee, ListLine},
    },
};

const UNIT: UnitId = UnitId::new([0xa1; 16]);
const ABOVE: UnitId = UnitId::new([0xa2; 16]);
const POST: PostId = PostId::new([0xa3; 16]);
const TENURE: TenureId = TenureId::new([0xa4; 16]);
const STAND_IN: StandInId = StandInId::new([0xa5; 16]);
const LEAVE: LeaveId = LeaveId::new([0xa6; 16]);
const CONTACT: ContactId = ContactId::new([0xa7; 16]);
const PERSON: PersonId = PersonId::new([0x13; 16]);
const OTHER: PersonId = PersonId::new([0x14; 16]);
const REGISTRY: RegistryId = RegistryId::new([0x31; 16]);
const FROM: Date = date(2026, 1, 5);
const UNTIL: Date = date(2026, 6, 30);

fn names(en: &str, fr: &str) -> Names {
    Names { en: en.into(), fr: fr.into() }
}

fn unit(until: Option<Date>) -> Box<Unit> {
    Box::new(Unit {
        id: UNIT,
        code: "IMS-OPS".into(),
        names: names("Operations Division", "Division des opérations"),
        is: UnitKind::Division,
        parent: Some(ABOVE),
        registry: Some(REGISTRY),
        days: Days { from: FROM, until },
    })
}

fn post(until: Option<Date>) -> Box<Post> {
    Box::new(Post {
        id: POST,
        code: "OPS-1".into(),
        titles: names("Director of operations", "Directeur des opérations"),
        unit: UNIT,
        head: true,
        days: Days { from: FROM, until },
    })
}

fn contact(ends: Option<Date>) -> Box<Contact> {
    Box::new(Contact {
        id: CONTACT,
        is: ContactKind::Person,
        name: "Ånna Clerk".into(),
        organisation: "Delegation of Belgium".into(),
        nation: Some("BEL".into()),
        post: Some("Registry officer".into()),
        address: Some("12 Harbour Street\n1000 Brussels".into()),
        mail: Some("clerk@delegation.example".into()),
        telephone: Some("+32 2 555 01 01".into()),
        languages: vec!["fr".into(), "nl".into()],
        notes: Some("Mornings".into()),
        officer_of: Some(OfficerOf { registry: REGISTRY, item: BookItemId::new([0x88; 16]) }),
        ends,
    })
}

fn list(ends: Option<Date>) -> Box<DistributionList> {
    let line = |addressee, purpose| ListLine { addressee, purpose };
    Box::new(DistributionList {
        id: ListId::new([0xa8; 16]),
        code: "OPS-ALL".into(),
        names: names("All of operations", "Toutes les opérations"),
        owner: UNIT,
        lines: vec![
            line(Addressee::Post { post: POST }, Purpose::Action),
            line(Addressee::Unit { unit: UNIT }, Purpose::Information),
            line(Addressee::Person { person: PERSON }, Purpose::Information),
            line(Addressee::Registry { registry: REGISTRY }, Purpose::Information),
            line(Addressee::Contact { contact: CONTACT }, Purpose::Information),
        ],
        ends,
    })
}

fn reason() -> String {
    "As agreed".to_owned()
}

fn stand_in(of: For) -> StandIn {
    StandIn { id: STAND_IN, of, by: OTHER, from: FROM, until: UNTIL }
}

/// One of each kind.
pub fn organisation() -> Vec<Fact> {
    let days = Days { from: FROM, until: None };
    vec![
        Fact::UnitEstablished { unit: unit(None) },
        Fact::UnitChanged { unit: unit(Some(UNTIL)), reason: reason() },
        Fact::PostEstablished { post: post(None) },
        Fact::PostChanged { post: post(Some(UNTIL)), reason: reason() },
        Fact::PostTakenUp { tenure: Tenure { id: TENURE, post: POST, person: PERSON, days } },
        Fact::PostLeft { tenure: TENURE, until: UNTIL, reason: reason() },
        Fact::TenureCorrected {
            tenure: TENURE,
            days: Some(Days { until: Some(UNTIL), ..days }),
            reason: reason(),
        },
        Fact::StandInNamed { stand_in: stand_in(For::Post { post: POST }) },
        Fact::StandInEnded { stand_in: STAND_IN, until: Some(UNTIL), reason: reason() },
        Fact::LeaveRecorded { leave: Leave { id: LEAVE, person: PERSON, from: FROM, until: UNTIL } },
        Fact::LeaveEnded { leave: LEAVE, until: Some(UNTIL), reason: reason() },
        Fact::ContactEntered { contact: contact(None) },
        Fact::ContactChanged { contact: contact(Some(UNTIL)), reason: reason() },
        Fact::ListDrawnUp { list: list(None) },
        Fact::ListChanged { list: list(Some(UNTIL)), reason: reason() },
    ]
}

/// What may be said in another way too.
pub fn organisation_otherwise() -> Vec<(&'static str, Fact)> {
    vec![
        ("never", Fact::TenureCorrected { tenure: TENURE, days: None, reason: reason() }),
        ("person", Fact::StandInNamed { stand_in: stand_in(For::Person { person: PERSON }) }),
        ("never", Fact::StandInEnded { stand_in: STAND_IN, until: None, reason: reason() }),
        ("never", Fact::LeaveEnded { leave: LEAVE, until: None, reason: reason() }),
    ]
}
