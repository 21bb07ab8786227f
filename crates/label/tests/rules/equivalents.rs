//! Equivalence between policies, dated.

use jiff::civil::date;
use label::{Label, LabelError, Policies, Policy};

use crate::support::{TODAY, house, label, small_policy};

#[test]
fn nato_and_eu_are_equivalent_level_for_level() {
    let policies = house();
    let (nato, eu) = (policies.find("NATO").unwrap(), policies.find("EU").unwrap());
    for level in ["UNCLASSIFIED", "RESTRICTED", "CONFIDENTIAL", "SECRET", "TOP SECRET"] {
        let one = label(&policies, &format!("NATO/{level}"));
        let other = policies.equivalent(&one, eu.id(), TODAY).unwrap();
        assert_eq!(other, label(&policies, &format!("EU/{level}")));
        assert_eq!(policies.equivalent(&other, nato.id(), TODAY).unwrap(), one);
    }
    let crypto = label(&policies, "NATO/SECRET/Additional Sensitivity=CRYPTO");
    let mapped = policies.equivalent(&crypto, eu.id(), TODAY).unwrap();
    assert_eq!(mapped, label(&policies, "EU/SECRET/Additional Sensitivity=CRYPTO"));
}

#[test]
fn what_has_no_equivalent_is_refused_not_lost() {
    let policies = house();
    let to = |text: &str, target: &str| {
        policies.equivalent(&label(&policies, text), policies.find(target).unwrap().id(), TODAY)
    };
    assert!(matches!(to("NATO/RESTRICTED", "US-HISTORIC"), Err(LabelError::NoEquivalent { .. })));
    assert!(matches!(to("NATO/SECRET", "CORPORATE"), Err(LabelError::NoEquivalent { .. })));
    for text in [
        "NATO/SECRET/Additional Sensitivity=ATOMAL",
        "NATO/SECRET/Releasable To=UKR",
        "NATO/SECRET/Only=NATO",
    ] {
        assert!(matches!(to(text, "EU"), Err(LabelError::NoEquivalent { .. })), "{text}");
    }
    assert!(to("NATO/UNCLASSIFIED/Administrative=STAFF", "EU").is_ok(), "a word of handling may be left out");
}

/// Council Decision (EU) 2021/1075: from 1 July 2021 France has other levels; older papers keep their row.
#[test]
fn a_row_holds_between_its_dates() {
    let france = r#"<SPIF xmlns="http://www.xmlspif.org/spif" schemaVersion="2.1" creationDate="2026010100"
        originatorDN="CN=x" keyIdentifier="0" privilegeId="1.2" rbacId="1.2">
      <securityPolicyId name="FRANCE" id="1.2.250"/>
      <securityClassifications>
        <securityClassification name="CONFIDENTIEL DÉFENSE" lacv="1" hierarchy="1" obsolete="true"/>
        <securityClassification name="SECRET" lacv="2" hierarchy="2"/>
      </securityClassifications>
      <equivalentPolicies><equivalentPolicy name="SMALL" id="1.2.3"/></equivalentPolicies>
      <extensions><rules xmlns="urn:chancery:policy:1">
        <equivalence level="CONFIDENTIEL DÉFENSE" policy="SMALL" code="1" notAfter="2021-06-30"/>
        <equivalence level="SECRET" policy="SMALL" code="1" notAfter="2021-06-30"/>
        <equivalence level="SECRET" policy="SMALL" code="2" notBefore="2021-07-01"/>
      </rules></extensions></SPIF>"#;
    let small = Policy::parse(small_policy("", "").as_bytes()).unwrap();
    let policies = Policies::new([Policy::parse(france.as_bytes()).unwrap(), small]).unwrap();
    let target = policies.find("SMALL").unwrap().id().clone();
    let on = |text: &str, day| -> Result<Label, LabelError> {
        policies.equivalent(&label(&policies, text), &target, day)
    };
    assert_eq!(on("FRANCE/SECRET", date(2021, 6, 30)).unwrap(), label(&policies, "SMALL/LOW"));
    assert_eq!(on("FRANCE/SECRET", date(2021, 7, 1)).unwrap(), label(&policies, "SMALL/HIGH"));
    assert_eq!(on("FRANCE/CONFIDENTIEL DÉFENSE", date(2010, 1, 1)).unwrap(), label(&policies, "SMALL/LOW"));
    assert!(on("FRANCE/CONFIDENTIEL DÉFENSE", date(2022, 1, 1)).is_err());
}

#[test]
fn categories_that_the_target_demands_are_added() {
    let sets = r#"<securityCategoryTagSet name="Rel" id="1.2.3.9"><securityCategoryTag tagType="permissive">
        <tagCategory name="US" lacv="1"/></securityCategoryTag></securityCategoryTagSet>"#;
    let small = Policy::parse(small_policy(sets, "").as_bytes()).unwrap();
    let end = r#"<equivalentPolicies><equivalentPolicy name="SMALL" id="1.2.3"><requiredCategory operation="all">
        <categoryGroup tagSetRef="Rel" tagType="permissive" lacv="1"/></requiredCategory>
        </equivalentPolicy></equivalentPolicies>"#;
    let other = small_policy("", end).replacen("name=\"SMALL\" id=\"1.2.3\"", "name=\"US\" id=\"1.2.4\"", 1).replace(
        r#"lacv="1" hierarchy="1"/>"#,
        r#"lacv="1" hierarchy="1"><equivalentClassification policyRef="SMALL" lacv="2" applied="both"/></securityClassification>"#,
    );
    let policies = Policies::new([small, Policy::parse(other.as_bytes()).unwrap()]).unwrap();
    let mapped =
        policies.equivalent(&label(&policies, "US/LOW"), policies.find("SMALL").unwrap().id(), TODAY);
    assert_eq!(mapped.unwrap(), label(&policies, "SMALL/HIGH/Rel=US"));
}
