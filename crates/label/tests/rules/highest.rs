//! The highest of many labels.

use label::{Clearance, Code, Holder, Label, Policies, Policy, PolicyId};
use proptest::prelude::*;

use crate::support::{TODAY, any_label, communities, few_categories, house, label, small_policy};

fn highest(texts: &[&str]) -> (Vec<Label>, bool) {
    let policies = house();
    let labels: Vec<Label> = texts.iter().map(|text| label(&policies, text)).collect();
    let highest = policies.highest(&labels.iter().collect::<Vec<_>>()).unwrap();
    (highest.labels().to_vec(), highest.no_common_reader())
}

fn expect(texts: &[&str], wanted: &[&str]) {
    let policies = house();
    let (mut found, nobody) = highest(texts);
    let mut wanted: Vec<Label> = wanted.iter().map(|text| label(&policies, text)).collect();
    found.sort();
    wanted.sort();
    assert_eq!(found, wanted, "{texts:?}");
    assert!(!nobody);
}

#[test]
fn nothing_has_no_highest() {
    assert!(house().highest(&[]).is_none());
}

#[test]
fn the_highest_level_and_every_special_category() {
    expect(&["NATO/RESTRICTED", "NATO/SECRET", "NATO/UNCLASSIFIED"], &["NATO/SECRET"]);
    expect(
        &["NATO/CONFIDENTIAL/Additional Sensitivity=ATOMAL", "NATO/TOP SECRET"],
        &["NATO/TOP SECRET/Additional Sensitivity=ATOMAL"],
    );
}

#[test]
fn releases_are_those_that_all_share() {
    expect(
        &["NATO/SECRET/Releasable To=UKR,CHE", "NATO/RESTRICTED/Releasable To=UKR,IRL"],
        &["NATO/SECRET/Releasable To=UKR"],
    );
    expect(&["NATO/SECRET/Releasable To=UKR", "NATO/RESTRICTED"], &["NATO/SECRET"]);
    expect(&["NATO/SECRET/Only=NATO,IRL", "NATO/SECRET/Releasable To=UKR"], &["NATO/SECRET/Only=NATO"]);
    expect(&["NATO/SECRET/Only=IRL,UKR/Releasable To=UKR"], &["NATO/SECRET/Only=UKR"]);
    assert!(highest(&["NATO/SECRET/Only=IRL", "NATO/SECRET/Only=SWE"]).1, "nobody may read both");
}

#[test]
fn policies_compare_by_equivalence_and_else_stand_beside_each_other() {
    expect(&["NATO/SECRET", "EU/CONFIDENTIAL"], &["NATO/SECRET"]);
    expect(&["NATO/RESTRICTED", "EU/TOP SECRET"], &["EU/TOP SECRET"]);
    expect(&["NATO/SECRET", "EU/SECRET"], &["NATO/SECRET", "EU/SECRET"]);
    expect(&["NATO/SECRET", "CORPORATE/PUBLIC"], &["NATO/SECRET", "CORPORATE/PUBLIC"]);
    let atomal = "NATO/CONFIDENTIAL/Additional Sensitivity=ATOMAL";
    expect(&[atomal, "EU/TOP SECRET"], &[atomal, "EU/TOP SECRET"]);
}

/// A policy whose table leads to SMALL and none leads back: LOW is LOW there, and for a time HIGH.
fn one_way(row: &str, category: &str) -> Policies {
    let small = Policy::parse(small_policy("", "").as_bytes()).unwrap();
    let sets = format!(
        r#"<securityCategoryTagSet name="S" id="1.2.4.1"><securityCategoryTag tagType="permissive">
        <tagCategory name="A" lacv="1">{category}</tagCategory></securityCategoryTag></securityCategoryTagSet>"#
    );
    let end = format!(
        r#"<equivalentPolicies><equivalentPolicy name="SMALL" id="1.2.3"/></equivalentPolicies>
        <extensions><rules xmlns="urn:chancery:policy:1">
        <equivalence level="LOW" policy="SMALL" code="1" {row}/></rules></extensions>"#
    );
    let other = small_policy(&sets, &end).replacen("\"SMALL\" id=\"1.2.3\"", "\"OTHER\" id=\"1.2.4\"", 1);
    Policies::new([small, Policy::parse(other.as_bytes()).unwrap()]).unwrap()
}

#[test]
fn a_label_is_left_out_only_where_it_is_surely_below() {
    let shown = |policies: &Policies, low: &str, high: &str| {
        let (low, high) = (label(policies, low), label(policies, high));
        policies.highest(&[&low, &high]).unwrap().labels().len()
    };
    let discard = r#"<equivalentSecCategoryTag policyRef="SMALL" tagSetId="1.2" tagType="permissive" lacv="1"
        applied="both" action="discard"/>"#;
    let policies = one_way("", discard);
    assert_eq!(shown(&policies, "OTHER/LOW", "SMALL/HIGH"), 1);
    assert_eq!(shown(&policies, "OTHER/LOW", "SMALL/LOW"), 2, "equal is not below");
    assert_eq!(shown(&policies, "OTHER/LOW/S=A", "SMALL/HIGH"), 2, "its limit of readers would be lost");
    assert_eq!(
        shown(&one_way("notAfter=\"2021-06-30\"", discard), "OTHER/LOW", "SMALL/HIGH"),
        2,
        "not on every day"
    );
}

#[test]
fn a_label_of_an_unknown_policy_stays() {
    let policies = house();
    let stranger = Label::plain(PolicyId::new("1.9").unwrap(), Code::number(1));
    let secret = label(&policies, "NATO/SECRET");
    let highest = policies.highest(&[&stranger, &secret]).unwrap();
    assert_eq!(highest.labels(), [secret, stranger]);
}

proptest! {
    #[test]
    fn joining_is_commutative_associative_and_idempotent(
        a in any_label(&house()), b in any_label(&house()), c in any_label(&house()),
    ) {
        let policies = house();
        let one = |label: &Label| policies.highest(&[label]).unwrap();
        let (x, y, z) = (one(&a), one(&b), one(&c));
        prop_assert_eq!(policies.join(&x, &y), policies.join(&y, &x));
        prop_assert_eq!(
            policies.join(&policies.join(&x, &y), &z),
            policies.join(&x, &policies.join(&y, &z))
        );
        prop_assert_eq!(&policies.join(&x, &x), &x);
        prop_assert_eq!(policies.highest(&[&a, &b, &c, &a]), policies.highest(&[&c, &b, &a]));
    }

    /// Who is admitted to the highest of one policy's labels is admitted to each of them.
    #[test]
    fn the_highest_admits_nobody_whom_one_label_refuses(
        labels in proptest::collection::vec(any_label(&house()), 1..4),
        level in 0usize..5, choice: u64, all_briefings: bool,
        nation in prop_oneof![Just("BEL"), Just("UKR"), Just("IRL"), Just("JPN")],
    ) {
        let (policies, communities) = (house(), communities());
        let policy = policies.of(&labels[0]).unwrap();
        let labels: Vec<&Label> = labels.iter().filter(|label| label.policy == *policy.id()).collect();
        let highest = policies.highest(&labels).unwrap();
        let level = policy.levels()[level.min(policy.levels().len() - 1)].code.clone();
        let certificate =
            Clearance { policy: policy.id().clone(), level, categories: few_categories(policy, choice) };
        let names = policy.levels().iter().map(|level| level.name.clone());
        let briefings = names.chain(["ATOMAL".into(), "BOHEMIA".into()]).filter(|_| all_briefings).collect();
        let holder = Holder { nationality: nation, certificate: Some(&certificate), briefings: &briefings };
        let admits = |label: &Label| {
            policy.admits(label, &holder, &communities, TODAY, Some(TODAY)).is_granted()
        };
        if !highest.no_common_reader() && highest.labels().iter().all(&admits) {
            for label in labels {
                prop_assert!(admits(label));
            }
        }
    }
}
