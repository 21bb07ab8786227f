//! Two persons for what gives sight, one for what takes it away, none for himself.

use jiff::civil::date;
use label::Code as LevelCode;
use proptest::prelude::*;
use registry::{
    Caller, Code, Fact, GroupId, Refusal, RegistryId,
    authorisation::{
        Authorisation, Grant, ProposalNeeds, Role, Standing, assign, check, confirm, propose, revoke,
    },
    id::Digest,
};

use crate::support::*;

fn code(result: Result<Vec<Fact>, Refusal>) -> Code {
    result.unwrap_err().code
}

fn inspector() -> Grant {
    role(Role::Inspector, None)
}

fn proposes(by: &Caller, to: u8, grant: &Grant, here: bool) -> Result<Vec<Fact>, Refusal> {
    let house = house();
    let needs = ProposalNeeds { person: here.then(|| of_nation(person(to), "BEL")), of: None };
    deciding_house(&house, |context| propose(by, context, person(to), grant, &needs))
}

#[test]
fn only_an_officer_in_person_proposes_and_never_for_himself() {
    for other in Role::ALL.into_iter().filter(|r| *r != Role::SecurityOfficer) {
        assert_eq!(code(proposes(&caller(1, &[role(other, None)]), 2, &inspector(), true)), Code::Forbidden);
    }
    assert_eq!(code(proposes(&operator(), 2, &inspector(), true)), Code::Forbidden);
    assert_eq!(code(proposes(&by_operator(officer(1)), 2, &inspector(), true)), Code::NeedsPerson);
    assert_eq!(code(proposes(&officer(1), 1, &inspector(), true)), Code::OwnClearance);
    assert_eq!(code(proposes(&officer(1), 2, &inspector(), false)), Code::PersonUnknown);
    let facts = proposes(&officer(1), 2, &inspector(), true).unwrap();
    assert!(matches!(&facts[..], [Fact::AuthorisationProposed { person: to, grant, .. }]
        if *to == person(2) && *grant == inspector()));
    // The same command names the same thing again.
    assert_eq!(facts, proposes(&officer(1), 2, &inspector(), true).unwrap());
}

#[test]
fn a_grant_must_make_sense_in_the_house() {
    let house = house();
    let refused = |grant: &Grant| check(grant, &house).map_err(|r| (r.field.unwrap_or_default(), r.code));
    let clearance = |clearance, authority: &str, from, until| Grant::Clearance {
        clearance,
        authority: authority.into(),
        number: None,
        from,
        until,
    };
    let secret = || clearance_level("SECRET");
    let (first, last) = (date(2026, 1, 1), date(2026, 12, 31));
    let mut unknown = secret();
    unknown.level = LevelCode::number(99);

    for grant in [
        clearance(secret(), "Authority", first, last),
        clearance(secret(), "Authority", first, first),
        briefed("SECRET"),
        role(Role::Controller, Some(HQ)),
        role(Role::SecurityOfficer, None),
        Grant::Membership { group: AIR },
    ] {
        assert_eq!(refused(&grant), Ok(()), "{grant:?}");
    }
    for (grant, field, code) in [
        (clearance(secret(), "Authority", last, first), "until", Code::ImpossiblePeriod),
        (clearance(secret(), " ", first, last), "authority", Code::Required),
        (clearance(secret(), &"x".repeat(401), first, last), "authority", Code::TooLong),
        (clearance(unknown, "Authority", first, last), "clearance", Code::InvalidLabel),
        (
            Grant::Briefing {
                policy: "ELSEWHERE".into(),
                subject: "SECRET".into(),
                on: first,
                refresh: None,
            },
            "policy",
            Code::UnknownPolicy,
        ),
        (briefed(" "), "subject", Code::Required),
        (briefed(&"x".repeat(401)), "subject", Code::TooLong),
        (role(Role::Clerk, None), "registry", Code::RegistryUnknown),
        (role(Role::Clerk, Some(RegistryId::new([99; 16]))), "registry", Code::RegistryUnknown),
        (role(Role::Inspector, Some(HQ)), "registry", Code::RegistryUnknown),
        (Grant::Membership { group: GroupId::new([99; 16]) }, "group", Code::GroupUnknown),
    ] {
        assert_eq!(refused(&grant), Err((field, code)), "{grant:?}");
        assert_eq!(super::authorisation::code(proposes(&officer(1), 2, &grant, true)), code);
    }
}

fn clearance_level(level: &str) -> label::Clearance {
    clearance(&house(), level)
}

/// A proposal by person 1 for person 2.
fn waiting(standing: Standing) -> Authorisation {
    Authorisation { proposed_by: Some(person(1)), ..held(7, person(2), inspector(), standing) }
}

#[test]
fn another_officer_confirms_what_he_has_read() {
    let proposal = waiting(Standing::Proposed);
    let digest = proposal.proposal;
    assert_eq!(code(confirm(&caller(3, &[]), Some(&proposal), &digest)), Code::Forbidden);
    assert_eq!(code(confirm(&by_operator(officer(3)), Some(&proposal), &digest)), Code::NeedsPerson);
    assert_eq!(code(confirm(&officer(1), Some(&proposal), &digest)), Code::SamePerson);
    assert_eq!(code(confirm(&officer(2), Some(&proposal), &digest)), Code::OwnClearance);
    assert_eq!(code(confirm(&officer(3), Some(&proposal), &Digest([0; 32]))), Code::ProposalChanged);
    assert_eq!(code(confirm(&officer(3), None, &digest)), Code::NoProposal);
    for standing in [Standing::Confirmed, Standing::Revoked] {
        assert_eq!(code(confirm(&officer(3), Some(&waiting(standing)), &digest)), Code::NoProposal);
    }
    assert_eq!(code(confirm(&stale(officer(3)), Some(&proposal), &digest)), Code::SignInNotFresh);
    // Whoever may not do it at all is not asked for his password first.
    assert_eq!(code(confirm(&stale(officer(1)), Some(&proposal), &digest)), Code::SamePerson);
    assert_eq!(
        confirm(&officer(3), Some(&proposal), &digest).unwrap(),
        [Fact::AuthorisationConfirmed { authorisation: proposal.id, proposal: digest }]
    );
}

#[test]
fn one_officer_takes_away_but_not_his_own_and_says_why() {
    let held = waiting(Standing::Confirmed);
    assert_eq!(code(revoke(&caller(3, &[]), Some(&held), "left")), Code::Forbidden);
    assert_eq!(code(revoke(&by_operator(officer(3)), Some(&held), "left")), Code::NeedsPerson);
    assert_eq!(code(revoke(&officer(2), Some(&held), "left")), Code::OwnClearance);
    assert_eq!(code(revoke(&officer(3), None, "left")), Code::NotFound);
    assert_eq!(code(revoke(&officer(3), Some(&waiting(Standing::Revoked)), "left")), Code::NotFound);
    assert_eq!(code(revoke(&officer(3), Some(&held), " \n\0")), Code::Required);
    assert_eq!(code(revoke(&officer(3), Some(&held), &"x".repeat(1_001))), Code::TooLong);
    // Taking back a proposal that waits is taking away too; whoever proposed it may.
    for standing in [Standing::Confirmed, Standing::Proposed] {
        assert_eq!(
            revoke(&officer(1), Some(&waiting(standing)), " left\0the post ").unwrap(),
            [Fact::AuthorisationRevoked { authorisation: held.id, reason: "left the post".into() }]
        );
    }
}

#[test]
fn one_person_gives_only_the_roles_without_sight_of_content() {
    let house = house();
    let assigns = |by: &Caller, to: u8, role: Role, at: RegistryId, here: bool| {
        deciding_house(&house, |context| assign(by, context, person(to), role, at, here))
    };
    let setters =
        [operator(), caller(1, &[role(Role::Administrator, None)]), officer(1), by_operator(officer(1))];
    for by in &setters {
        for wanted in Role::ALL {
            let given = assigns(by, 2, wanted, HQ, true);
            if matches!(wanted, Role::Clerk | Role::Assistant) {
                assert!(
                    matches!(&given.unwrap()[..], [Fact::RoleAssigned { role, registry: HQ, .. }] if *role == wanted)
                );
            } else {
                assert_eq!(code(given), Code::NotOffered, "{wanted:?}");
            }
        }
        assert_eq!(code(assigns(by, 2, Role::Clerk, HQ, false)), Code::PersonUnknown);
        assert_eq!(code(assigns(by, 2, Role::Clerk, RegistryId::new([99; 16]), true)), Code::RegistryUnknown);
    }
    assert_eq!(code(assigns(&setters[1], 1, Role::Clerk, HQ, true)), Code::OwnClearance);
    for other in [Role::Clerk, Role::Controller, Role::Assistant, Role::Inspector] {
        let by = caller(1, &[role(other, Some(HQ))]);
        assert_eq!(code(assigns(&by, 2, Role::Clerk, HQ, true)), Code::Forbidden, "{other:?}");
    }
}

proptest! {
    /// Whoever tries, in whatever role and by whatever way: a confirmation has two officers and a third person.
    #[test]
    fn a_confirmation_always_has_two_officers_about_a_third(
        by in 1_u8..5, proposed_by in 1_u8..5, about in 1_u8..5,
        roles in proptest::sample::subsequence(Role::ALL.to_vec(), 0..=6),
        as_operator: bool, standing in 0..3_usize, read_right: bool, fresh: bool,
    ) {
        let grants: Vec<Grant> = roles.iter().map(|r| role(*r, None)).collect();
        let mut by_caller = caller(by, &grants);
        if as_operator {
            by_caller = by_operator(by_caller);
        }
        by_caller.fresh = fresh;
        let standing = [Standing::Proposed, Standing::Confirmed, Standing::Revoked][standing];
        let proposal = Authorisation {
            proposed_by: Some(person(proposed_by)),
            ..held(7, person(about), inspector(), standing)
        };
        let digest = if read_right { proposal.proposal } else { Digest([1; 32]) };
        let confirmed = confirm(&by_caller, Some(&proposal), &digest).is_ok();
        let may = roles.contains(&Role::SecurityOfficer) && !as_operator && read_right && fresh
            && standing == Standing::Proposed && by != proposed_by && by != about;
        prop_assert_eq!(confirmed, may);
    }
}
