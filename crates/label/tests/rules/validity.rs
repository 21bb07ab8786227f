//! Which labels a policy allows, and which policy files are refused.

use jiff::civil::date;
use label::{LabelError, Policies, Policy, PolicyError, Purpose};

use crate::support::{TODAY, house, label, named, small_policy};

fn check(text: &str) -> Result<(), LabelError> {
    let policies = house();
    let label = label(&policies, text);
    policies.of(&label).unwrap().validate(&label, Purpose::New, TODAY)
}

#[test]
fn special_categories_stand_only_with_their_levels() {
    assert_eq!(check("NATO/CONFIDENTIAL/Additional Sensitivity=ATOMAL"), Ok(()));
    assert!(matches!(
        check("NATO/RESTRICTED/Additional Sensitivity=ATOMAL"),
        Err(LabelError::LevelExcluded { .. })
    ));
    assert_eq!(check("NATO/TOP SECRET/Additional Sensitivity=BOHEMIA"), Ok(()));
    assert!(matches!(
        check("NATO/SECRET/Additional Sensitivity=BOHEMIA"),
        Err(LabelError::LevelRequired { .. })
    ));
    assert!(matches!(check("NATO/RESTRICTED/Administrative=STAFF"), Err(LabelError::LevelExcluded { .. })));
    assert!(matches!(check("NATO/UNCLASSIFIED/Context=ISAF"), Err(LabelError::Obsolete(_))));
}

fn small(sets: &str) -> Policies {
    Policies::new([Policy::parse(small_policy(sets, "").as_bytes()).unwrap()]).unwrap()
}

fn set(inner: &str) -> String {
    format!(r#"<securityCategoryTagSet name="S" id="1.2.3.1">{inner}</securityCategoryTagSet>"#)
}

fn small_check(policies: &Policies, text: &str, purpose: Purpose, on: &str) -> Result<(), LabelError> {
    let label = label(policies, text);
    policies.of(&label).unwrap().validate(&label, purpose, on.parse().unwrap())
}

#[test]
fn required_and_excluded_categories() {
    let policies = small(&set(r#"<securityCategoryTag tagType="restrictive">
          <tagCategory name="A" lacv="1"><requiredCategory operation="onlyOne">
            <categoryGroup tagSetRef="S" tagType="restrictive" lacv="2"/>
            <categoryGroup tagSetRef="S" tagType="restrictive" lacv="3"/></requiredCategory></tagCategory>
          <tagCategory name="B" lacv="2"/><tagCategory name="C" lacv="3"/>
          <tagCategory name="D" lacv="4"><excludedCategory tagSetRef="S" tagType="restrictive" all="true"/></tagCategory>
        </securityCategoryTag>"#));
    let check = |text: &str| small_check(&policies, text, Purpose::New, "2026-01-01");
    assert_eq!(check("SMALL/LOW/S=A,B"), Ok(()));
    assert!(matches!(check("SMALL/LOW/S=A"), Err(LabelError::CategoryRequired { .. })));
    assert!(matches!(check("SMALL/LOW/S=A,B,C"), Err(LabelError::CategoryRequired { .. })));
    assert_eq!(check("SMALL/LOW/S=D"), Ok(()));
    assert!(matches!(check("SMALL/LOW/S=B,D"), Err(LabelError::CategoryExcluded { .. })));
}

#[test]
fn selection_validity_and_obsolete() {
    let policies = small(&set(r#"<securityCategoryTag tagType="restrictive" singleSelection="true">
          <tagCategory name="A" lacv="1" notBefore="2020-01-01T00:00:00Z" notAfter="2021-12-31T00:00:00Z"/>
          <tagCategory name="B" lacv="2" obsolete="true"/></securityCategoryTag>"#));
    let check = |text: &str, purpose, on: &str| small_check(&policies, text, purpose, on);
    assert_eq!(check("SMALL/LOW/S=A", Purpose::New, "2021-12-31"), Ok(()));
    for outside in ["2019-12-31", "2022-01-01"] {
        let result = check("SMALL/LOW/S=A", Purpose::Existing, outside);
        assert_eq!(result, Err(LabelError::OutsideValidity("A".into())));
    }
    assert_eq!(check("SMALL/LOW/S=B", Purpose::New, "2021-01-01"), Err(LabelError::Obsolete("B".into())));
    assert_eq!(check("SMALL/LOW/S=B", Purpose::Existing, "2021-01-01"), Ok(()));
    assert!(matches!(
        check("SMALL/LOW/S=A,B", Purpose::Existing, "2021-01-01"),
        Err(LabelError::Selection { found: 2, .. })
    ));
    assert_eq!(check("SMALL/OLD", Purpose::New, "2021-01-01"), Err(LabelError::Obsolete("OLD".into())));
    assert_eq!(check("SMALL/OLD", Purpose::Existing, "2021-01-01"), Ok(()));
}

#[test]
fn privacy_marks_are_free_unless_the_policy_lists_them() {
    let free = small("");
    let end = r#"<privacyMarks><privacyMark name="IN CONFIDENCE"/></privacyMarks>"#;
    let listed = Policies::new([Policy::parse(small_policy("", end).as_bytes()).unwrap()]).unwrap();
    let with = |policies: &Policies, mark: &str| {
        let mut words = named("SMALL/LOW");
        words.privacy_mark = Some(mark.into());
        let label = policies.resolve(&words)?;
        policies.of(&label)?.validate(&label, Purpose::New, date(2026, 1, 1))
    };
    assert_eq!(with(&free, "WHATEVER"), Ok(()));
    assert_eq!(with(&listed, "IN CONFIDENCE"), Ok(()));
    assert_eq!(with(&listed, "WHATEVER"), Err(LabelError::UnknownPrivacyMark("WHATEVER".into())));
    assert!(with(&free, "a\u{7}b").is_err());
    assert!(with(&free, "").is_err());
}

fn refusal(sets: &str, end: &str) -> PolicyError {
    Policy::parse(small_policy(sets, end).as_bytes()).unwrap_err()
}

#[test]
fn a_reference_that_leads_nowhere_is_named_with_its_place() {
    let category = |inner: &str, attributes: &str| {
        set(&format!(
            r#"<securityCategoryTag tagType="restrictive"><tagCategory name="A" lacv="1" {attributes}>{inner}</tagCategory></securityCategoryTag>"#
        ))
    };
    let error = refusal(&category("<excludedClass>MIDDLE</excludedClass>", ""), "");
    assert_eq!(error.to_string(), r#"category "A" of tag set "S": there is no level "MIDDLE""#);
    let error = refusal(&category("", r#"requiredClass="MIDDLE""#), "");
    assert!(matches!(error, PolicyError::Unknown { what: "level", .. }));
    for inner in [
        r#"<excludedCategory tagSetRef="T" tagType="restrictive" lacv="1"/>"#,
        r#"<excludedCategory tagSetRef="S" tagType="permissive" lacv="1"/>"#,
        r#"<excludedCategory tagSetRef="S" tagType="restrictive" lacv="9"/>"#,
        r#"<equivalentSecCategoryTag policyRef="X" tagSetId="1.2" tagType="restrictive" lacv="1" applied="both"/>"#,
    ] {
        assert!(matches!(refusal(&category(inner, ""), ""), PolicyError::Unknown { .. }), "{inner}");
    }
    let error = refusal(&(set("") + &set("")), "");
    assert!(matches!(error, PolicyError::Duplicate { .. }));
}

#[test]
fn a_misspelt_house_rule_is_refused() {
    let rules = |inner: &str| {
        format!(r#"<extensions><rules xmlns="urn:chancery:policy:1">{inner}</rules></extensions>"#)
    };
    assert!(
        Policy::parse(small_policy("", &rules(r#"<level name="LOW" certificate="false"/>"#)).as_bytes())
            .is_ok()
    );
    for wrong in [
        r#"<level name="LOWER" certificate="false"/>"#,
        r#"<level name="LOW" certifcate="false"/>"#,
        r#"<level name="LOW" certificate="no"/>"#,
        r#"<levels/>"#,
        r#"<category set="S" name="A"/>"#,
        r#"<release set="S" default="NATO"/>"#,
        r#"<equivalence level="LOW" policy="X" code="1"/>"#,
        r#"<equivalence level="LOW" policy="X" code="1" notBefore="2021-13-01"/>"#,
    ] {
        assert!(Policy::parse(small_policy("", &rules(wrong)).as_bytes()).is_err(), "{wrong}");
    }
}

#[test]
fn two_policies_of_one_name_or_id_are_refused() {
    let policy = || Policy::parse(small_policy("", "").as_bytes()).unwrap();
    let renamed = Policy::parse(small_policy("", "").replace("\"SMALL\"", "\"OTHER\"").as_bytes()).unwrap();
    let moved = Policy::parse(small_policy("", "").replace("\"1.2.3\"", "\"1.2.4\"").as_bytes()).unwrap();
    assert!(Policies::new([policy(), policy()]).is_err());
    assert!(Policies::new([policy(), renamed]).is_err());
    assert!(Policies::new([policy(), moved]).is_err());
}
