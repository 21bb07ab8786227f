//! Entries of the organisation for tests: two of everything, one of which was changed, and what was taken back again.

use jiff::civil::{Date, date};
use registry::{
    Fact, PersonId,
    custody::book::Purpose,
    id::{ContactId, LeaveId, ListId, PostId, StandInId, TenureId, UnitId},
    organisation::{
        Contact, Days, DistributionList, For, Leave, Post, StandIn, Tenure, Unit, UnitKind,
        contact::ContactKind,
        lists::{Addressee, ListLine},
    },
};

use crate::facts::{FIRST, HQ, READER, SECOND, names, sixteen};

const FROM: Date = date(2026, 1, 5);
const UNTIL: Date = date(2026, 6, 30);

pub fn unit(n: u64, parent: Option<u64>, until: Option<Date>) -> Unit {
    Unit {
        id: UnitId::new(sixteen(970 + n)),
        code: format!("U-{n}"),
        names: names("Unit"),
        is: UnitKind::Division,
        parent: parent.map(|n| UnitId::new(sixteen(970 + n))),
        registry: Some(HQ),
        days: Days { from: FROM, until },
    }
}

fn post(n: u64, unit: u64, until: Option<Date>) -> Box<Post> {
    Box::new(Post {
        id: PostId::new(sixteen(980 + n)),
        code: format!("P-{n}"),
        titles: names("Post"),
        unit: UnitId::new(sixteen(970 + unit)),
        head: n == 1,
        days: Days { from: FROM, until },
    })
}

fn tenure(n: u64, post: u64, person: PersonId) -> Tenure {
    let days = Days { from: FROM, until: (n == 2).then_some(UNTIL) };
    Tenure { id: TenureId::new(sixteen(990 + n)), post: PostId::new(sixteen(980 + post)), person, days }
}

fn stand_in(n: u64, of: For) -> Fact {
    let id = StandInId::new(sixteen(1_000 + n));
    Fact::StandInNamed { stand_in: StandIn { id, of, by: SECOND, from: FROM, until: UNTIL } }
}

fn leave(n: u64) -> Fact {
    let from = date(2026, i8::try_from(n).unwrap(), 1);
    let leave = Leave { id: LeaveId::new(sixteen(1_010 + n)), person: READER, from, until: UNTIL };
    Fact::LeaveRecorded { leave }
}

pub fn contact(n: u64, ends: Option<Date>) -> Box<Contact> {
    Box::new(Contact {
        id: ContactId::new(sixteen(1_020 + n)),
        is: ContactKind::Office,
        name: format!("Åse {n}"),
        organisation: "Delegation".into(),
        nation: None,
        post: None,
        address: None,
        mail: Some("office@delegation.example".into()),
        telephone: None,
        languages: vec!["en".into()],
        notes: None,
        officer_of: None,
        ends,
    })
}

fn list(n: u64, ends: Option<Date>) -> Box<DistributionList> {
    let to = Addressee::Contact { contact: ContactId::new(sixteen(1_021)) };
    Box::new(DistributionList {
        id: ListId::new(sixteen(1_030 + n)),
        code: format!("L-{n}"),
        names: names("List"),
        owner: UnitId::new(sixteen(971)),
        lines: vec![ListLine { addressee: to, purpose: Purpose::Action }],
        ends,
    })
}

/// What became of the organisation, in the order of the ledger.
pub fn organisation() -> Vec<Fact> {
    let why = || "As agreed".to_owned();
    let tenure_id = |n: u64| TenureId::new(sixteen(990 + n));
    let post_id = PostId::new(sixteen(981));
    vec![
        Fact::UnitEstablished { unit: Box::new(unit(1, None, None)) },
        Fact::UnitEstablished { unit: Box::new(unit(2, Some(1), None)) },
        Fact::PostEstablished { post: post(1, 1, None) },
        Fact::PostEstablished { post: post(2, 2, None) },
        Fact::PostChanged { post: post(2, 1, Some(UNTIL)), reason: why() },
        Fact::UnitChanged { unit: Box::new(unit(2, None, Some(UNTIL))), reason: why() },
        Fact::PostTakenUp { tenure: tenure(1, 1, FIRST) },
        Fact::PostTakenUp { tenure: tenure(2, 2, READER) },
        Fact::PostTakenUp { tenure: tenure(3, 2, SECOND) },
        Fact::PostLeft { tenure: tenure_id(1), until: UNTIL, reason: why() },
        Fact::TenureCorrected {
            tenure: tenure_id(2),
            days: Some(Days { from: date(2026, 2, 1), until: None }),
            reason: why(),
        },
        Fact::TenureCorrected { tenure: tenure_id(3), days: None, reason: why() },
        stand_in(1, For::Post { post: post_id }),
        stand_in(2, For::Person { person: READER }),
        stand_in(3, For::Person { person: FIRST }),
        Fact::StandInEnded {
            stand_in: StandInId::new(sixteen(1_002)),
            until: Some(date(2026, 3, 1)),
            reason: why(),
        },
        Fact::StandInEnded { stand_in: StandInId::new(sixteen(1_003)), until: None, reason: why() },
        leave(1),
        leave(2),
        leave(3),
        Fact::LeaveEnded {
            leave: LeaveId::new(sixteen(1_011)),
            until: Some(date(2026, 1, 20)),
            reason: why(),
        },
        Fact::LeaveEnded { leave: LeaveId::new(sixteen(1_013)), until: None, reason: why() },
        Fact::ContactEntered { contact: contact(1, None) },
        Fact::ContactEntered { contact: contact(2, None) },
        Fact::ContactChanged { contact: contact(2, Some(UNTIL)), reason: why() },
        Fact::ListDrawnUp { list: list(1, None) },
        Fact::ListDrawnUp { list: list(2, None) },
        Fact::ListChanged { list: list(2, Some(UNTIL)), reason: why() },
    ]
}
