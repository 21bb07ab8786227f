//! Formal messages: who may take note of one that rings.

use registry::{
    AccessRule, Caller, Code, Command, DocumentId, Fact, Refusal,
    authorisation::Role,
    command::{Needs, decide},
    formal::RingNeeds,
};

use crate::support::*;

fn takes(caller: &Caller, there: bool, rings: bool) -> Result<Vec<Fact>, Refusal> {
    let house = house();
    let document = DocumentId::new([9; 16]);
    let content = Some(label(&house, "NATO", "SECRET", &[]));
    let access = there.then(|| AccessRule {
        subject: content.clone(),
        entry: content.clone(),
        content,
        need_to_know: vec![],
        access_list: vec![],
        released_on: None,
    });
    let command = Command::TakeNote { registry: HQ, document };
    let needs = Needs::Ring(RingNeeds { access, rings });
    deciding(&house, HQ, |context| decide(&command, &needs, caller, context)).map(|(facts, _)| facts)
}

#[test]
fn note_is_taken_once_by_one_who_reads_and_registers() {
    let house = house();
    let with = |level: &str, role_of: Option<Role>| {
        let mut grants = cleared(&house, level);
        grants.extend(role_of.map(|r| role(r, Some(HQ))));
        caller(1, &grants)
    };
    let clerk = with("SECRET", Some(Role::Clerk));
    assert!(matches!(takes(&clerk, true, true).unwrap()[..], [Fact::DocumentNoted { .. }]));
    let refused = |caller: &Caller, there, rings| takes(caller, there, rings).unwrap_err().code;
    assert_eq!(refused(&clerk, true, false), Code::NothingChanged);
    // Not there and not for him are one answer.
    assert_eq!(refused(&clerk, false, false), Code::NotFound);
    assert_eq!(refused(&with("CONFIDENTIAL", Some(Role::Clerk)), true, true), Code::NotFound);
    assert_eq!(refused(&with("SECRET", None), true, true), Code::Forbidden);
}
