//! Label against clearance.

use std::collections::BTreeSet;

use label::{CategoryKey, Clearance, Code, Decision, Label, Policies, Policy, PolicyId, Reason, TagKind};
use proptest::prelude::*;

use crate::support::{any_label, clearance, few_categories, house, label, small_policy};

/// One tag of every kind, with codes 1 to 3 in each, so that only the kind tells them apart.
fn every_kind() -> Policies {
    let tag = |kind: &str| {
        format!(
            r#"<securityCategoryTag {kind}><tagCategory name="A" lacv="1"/><tagCategory name="B" lacv="2"/>
            <tagCategory name="C" lacv="3"/></securityCategoryTag>"#
        )
    };
    let tags: String = [
        r#"tagType="restrictive""#,
        r#"tagType="permissive""#,
        r#"tagType="enumerated" enumType="restrictive""#,
        r#"tagType="enumerated" enumType="permissive""#,
        r#"tagType="tagType7""#,
    ]
    .map(tag)
    .concat();
    let set = format!(r#"<securityCategoryTagSet name="S" id="1.2.3.1">{tags}</securityCategoryTagSet>"#);
    Policies::new([Policy::parse(small_policy(&set, "").as_bytes()).unwrap()]).unwrap()
}

fn key(kind: TagKind, code: u64) -> CategoryKey {
    CategoryKey { set: "1.2.3.1".into(), kind, code: Code::number(code) }
}

fn decide(on_label: &[CategoryKey], held: &[CategoryKey]) -> Decision {
    let policies = every_kind();
    let policy = policies.find("SMALL").unwrap();
    let (id, level) = (policy.id().clone(), Code::number(1));
    let label =
        Label { categories: on_label.iter().cloned().collect(), ..Label::plain(id.clone(), level.clone()) };
    policy.decide(&label, &Clearance { policy: id, level, categories: held.iter().cloned().collect() })
}

#[test]
fn a_level_dominates_those_at_or_below_it() {
    let policies = house();
    let nato = policies.find("NATO").unwrap();
    let secret = clearance(&policies, "NATO/SECRET");
    assert_eq!(nato.decide(&label(&policies, "NATO/SECRET"), &secret), Decision::Grant);
    assert_eq!(nato.decide(&label(&policies, "NATO/RESTRICTED"), &secret), Decision::Grant);
    let denied = nato.decide(&label(&policies, "NATO/TOP SECRET"), &secret);
    assert_eq!(
        denied.reasons(),
        [Reason::LevelTooHigh { needed: "TOP SECRET".into(), held: "SECRET".into() }]
    );
}

#[test]
fn restrictive_needs_all_permissive_needs_one_informative_needs_nothing() {
    for kind in [TagKind::Restrictive, TagKind::EnumeratedRestrictive] {
        assert!(
            decide(&[key(kind, 1), key(kind, 2)], &[key(kind, 1), key(kind, 2), key(kind, 3)]).is_granted()
        );
        assert!(!decide(&[key(kind, 1), key(kind, 2)], &[key(kind, 1)]).is_granted());
    }
    for kind in [TagKind::Permissive, TagKind::EnumeratedPermissive] {
        assert!(decide(&[key(kind, 1), key(kind, 2)], &[key(kind, 2)]).is_granted());
        assert!(!decide(&[key(kind, 1), key(kind, 2)], &[key(kind, 3)]).is_granted());
        assert!(decide(&[], &[]).is_granted());
    }
    assert!(decide(&[key(TagKind::Informative, 1)], &[]).is_granted());
}

#[test]
fn a_category_of_another_kind_with_the_same_code_does_not_serve() {
    assert!(!decide(&[key(TagKind::Restrictive, 1)], &[key(TagKind::EnumeratedRestrictive, 1)]).is_granted());
    assert!(!decide(&[key(TagKind::Permissive, 1)], &[key(TagKind::Restrictive, 1)]).is_granted());
    let both = [key(TagKind::Permissive, 1), key(TagKind::EnumeratedPermissive, 1)];
    assert!(!decide(&both, &both[..1]).is_granted());
}

#[test]
fn anything_unknown_refuses() {
    let policies = house();
    let nato = policies.find("NATO").unwrap();
    let top = clearance(&policies, "NATO/TOP SECRET/Additional Sensitivity=ATOMAL,BOHEMIA,CRYPTO");
    let plain = label(&policies, "NATO/UNCLASSIFIED");
    let unknown_level = Label { level: Code::number(99), ..plain.clone() };
    assert!(!nato.decide(&unknown_level, &top).is_granted());
    let stranger = key(TagKind::Informative, 1);
    let unknown_category = Label { categories: [stranger].into(), ..plain.clone() };
    assert!(!nato.decide(&unknown_category, &top).is_granted());
    let other_policy = Label { policy: PolicyId::new("1.2.3").unwrap(), ..plain.clone() };
    assert!(!nato.decide(&other_policy, &top).is_granted());
    assert!(!nato.decide(&plain, &clearance(&policies, "EU/TOP SECRET")).is_granted());
    let odd_clearance = Clearance { level: Code::number(99), ..top };
    assert!(!nato.decide(&plain, &odd_clearance).is_granted());
}

/// The rule again, told with sets of small numbers and none of the product's code.
fn oracle(label: &[BTreeSet<u64>; 5], held: &[BTreeSet<u64>; 5]) -> bool {
    let all = |i: usize| label[i].is_subset(&held[i]);
    let one = |i: usize| label[i].is_empty() || !label[i].is_disjoint(&held[i]);
    all(0) && all(1) && one(2) && one(3)
}

proptest! {
    #[test]
    fn the_decision_is_that_of_the_rule(
        label in proptest::array::uniform5(proptest::collection::btree_set(1u64..4, 0..4)),
        held in proptest::array::uniform5(proptest::collection::btree_set(1u64..4, 0..4)),
    ) {
        let kinds = [
            TagKind::Restrictive,
            TagKind::EnumeratedRestrictive,
            TagKind::Permissive,
            TagKind::EnumeratedPermissive,
            TagKind::Informative,
        ];
        let keys = |sets: &[BTreeSet<u64>; 5]| -> Vec<CategoryKey> {
            kinds.iter().zip(sets).flat_map(|(kind, codes)| codes.iter().map(|c| key(*kind, *c))).collect()
        };
        prop_assert_eq!(decide(&keys(&label), &keys(&held)).is_granted(), oracle(&label, &held));
    }

    /// More clearance never shuts a door.
    #[test]
    fn a_wider_clearance_grants_at_least_as_much(
        label in any_label(&house()), level in 0usize..5, more in 0usize..5, a: u64, b: u64,
    ) {
        let policies = house();
        let policy = policies.of(&label).unwrap();
        let code = |i: usize| policy.levels()[i.min(policy.levels().len() - 1)].code.clone();
        let narrow = Clearance {
            policy: policy.id().clone(), level: code(level), categories: few_categories(policy, a),
        };
        let mut wide = Clearance { level: code(level.saturating_add(more)), ..narrow.clone() };
        wide.categories.extend(few_categories(policy, b));
        if policy.decide(&label, &narrow).is_granted() {
            prop_assert!(policy.decide(&label, &wide).is_granted());
        }
    }
}
