//! Labels, clearances and bindings as others write and read them.

use std::path::Path;
use std::process::Command;

use jiff::Timestamp;
use label::xml4778::{Binding, BindingError, DataObject};
use label::{Clearance, ClearanceError, Label, LabelError, NamedLabel, Policies, xml4774, xml4778};
use proptest::prelude::*;

use crate::support::{any_label, clearance, house, label, named, root};

fn noon() -> Timestamp {
    "2026-11-02T12:00:00Z".parse().unwrap()
}

/// Validates a file against a schema with `xmllint`, or says why not.
pub fn assert_schema_valid(schema: &Path, file: &Path) {
    if !schema.exists() {
        println!("skipped: {} is not on this machine", schema.display());
        return;
    }
    let ran = Command::new("xmllint").args(["--noout", "--nonet", "--schema"]).arg(schema).arg(file).output();
    let Ok(output) = ran else {
        println!("skipped: xmllint is not on this machine");
        return;
    };
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn a_written_label_is_valid_against_the_schema() {
    let policies = house();
    let schema = root().join("../shared/data/labels/xsd/nl-cl.xsd");
    let folder = tempfile::tempdir().unwrap();
    for text in [
        "NATO/UNCLASSIFIED",
        "NATO/TOP SECRET/Additional Sensitivity=ATOMAL,BOHEMIA/Releasable To=UKR/Only=NATO",
        "US-HISTORIC/SECRET/Caption=NODIS/Handling=PERSONAL",
        "EU/SECRET",
    ] {
        let mut label = label(&policies, text);
        label.privacy_mark = Some("for <you> & \"me\"".into());
        let file = folder.path().join("label.xml");
        std::fs::write(&file, xml4774::write(&label, &policies, noon()).unwrap()).unwrap();
        assert_schema_valid(&schema, &file);
    }
}

#[test]
fn spelling_is_read_leniently_and_meaning_is_not() {
    let policies = house();
    let document = |identifier: &str, rest: &str| {
        format!(
            "<x:originatorConfidentialityLabel xmlns:x='urn:other'><x:ConfidentialityInformation>{identifier}{rest}\
             </x:ConfidentialityInformation></x:originatorConfidentialityLabel>"
        )
    };
    let read = |identifier: &str, rest: &str| xml4774::read(document(identifier, rest).as_bytes(), &policies);
    let secret = label(&policies, "NATO/SECRET");
    let level = "<Classification> SECRET\n</Classification>";
    assert_eq!(
        read("<PolicyIdentifier URL='urn:oid:1.3.26.1.3.1'>NATO</PolicyIdentifier>", level),
        Ok(secret.clone())
    );
    assert_eq!(read("<PolicyIdentifier URI='1.3.26.1.3.1'/>", level), Ok(secret.clone()));
    assert_eq!(read("<PolicyIdentifier>nato</PolicyIdentifier>", level), Ok(secret));
    let contradiction = read("<PolicyIdentifier URI='urn:oid:1.2.3'>NATO</PolicyIdentifier>", level);
    assert!(matches!(contradiction, Err(LabelError::UnknownPolicy(_))));
    let nato = "<PolicyIdentifier>NATO</PolicyIdentifier>";
    for rest in [
        "",
        "<Classification>MOST SECRET</Classification>",
        "<Classification>SECRET</Classification><Classification>RESTRICTED</Classification>",
        "<Classification>SECRET</Classification><Category TagName='Unheard Of' Type='RESTRICTIVE'/>",
        "<Classification>SECRET</Classification><Category TagName='Only' Type='RESTRICTIVE'><GenericValue>NATO</GenericValue></Category>",
        "<Classification>SECRET</Classification><Category TagName='Only' Type='PERMISSIVE'><GenericValue>ZZZ</GenericValue></Category>",
        "<Classification>SECRET</Classification><Category TagName='Only' Type='PERMISSIVE'><OtherValue>NATO</OtherValue></Category>",
    ] {
        assert!(read(nato, rest).is_err(), "{rest}");
    }
}

#[test]
fn integers_and_bit_strings_are_codes() {
    let policies = house();
    let text = "<ConfidentialityLabel><ConfidentialityInformation><PolicyIdentifier>NATO</PolicyIdentifier>\
        <Classification>TOP SECRET</Classification>\
        <Category TagName='Releasable To' Type='PERMISSIVE'><IntegerValue>0804</IntegerValue></Category>\
        <Category TagName='Additional Sensitivity' Type='RESTRICTIVE'><BitStringValue>0100000001</BitStringValue></Category>\
        </ConfidentialityInformation></ConfidentialityLabel>";
    let wanted = label(&policies, "NATO/TOP SECRET/Releasable To=UKR/Additional Sensitivity=ATOMAL,BOHEMIA");
    assert_eq!(xml4774::read(text.as_bytes(), &policies), Ok(wanted));
    let unknown_bit = text.replace("0100000001", "1");
    assert!(xml4774::read(unknown_bit.as_bytes(), &policies).is_err());
}

#[test]
fn clearances_are_read_in_both_forms() {
    let policies = house();
    let wanted = clearance(&policies, "NATO/SECRET/Additional Sensitivity=ATOMAL");
    let long = "<ConfidentialityClearance><PolicyIdentifier>NATO</PolicyIdentifier><ClassificationList>\
        <Classification>RESTRICTED</Classification><Classification>SECRET</Classification></ClassificationList>\
        <Category TagName='Additional Sensitivity' Type='RESTRICTIVE'><GenericValue>ATOMAL</GenericValue></Category>\
        </ConfidentialityClearance>";
    assert_eq!(Clearance::read(long.as_bytes(), &policies), Ok(wanted.clone()));
    let short = "<clearance><policy id='1.3.26.1.3.1'/><classification lacv='4'/><classification lacv='2'/>\
        <tag type='restrictive' id='1.3.26.1.4.1' lacv='1'/></clearance>";
    assert_eq!(Clearance::read(short.as_bytes(), &policies), Ok(wanted));
    let label = "<label><policy id='1.3.26.1.3.1'/><classification lacv='4'/></label>";
    assert!(matches!(Clearance::read(label.as_bytes(), &policies), Err(ClearanceError::NotAClearance(_))));
    let unknown = short.replace("lacv='1'", "lacv='77'");
    assert!(Clearance::read(unknown.as_bytes(), &policies).is_err());
}

#[test]
fn words_are_strict_json_in_a_fixed_order() {
    let policies = house();
    let text =
        r#"{"policy":"NATO","level":"SECRET","categories":{"Only":["IRL","NATO"],"Releasable To":["IRL"]}}"#;
    let words: NamedLabel = serde_json::from_str(text).unwrap();
    assert_eq!(serde_json::to_string(&words).unwrap(), text);
    let label = policies.resolve(&words).unwrap();
    assert_eq!(policies.name(&label), Ok(words));
    assert_eq!(
        serde_json::to_string(&policies.resolve(&named("NATO/SECRET/Only=IRL")).unwrap()).unwrap(),
        r#"{"policy":"1.3.26.1.3.1","level":"4","categories":[{"set":"1.3.26.1.4.5","kind":"enumerated-permissive","code":"372"}]}"#
    );
    for wrong in [
        r#"{"policy":"1.3","level":"4","colour":"red"}"#,
        r#"{"policy":"one.two","level":"4"}"#,
        r#"{"policy":"1.3","level":""}"#,
        r#"{"policy":"1.3"}"#,
    ] {
        assert!(serde_json::from_str::<Label>(wrong).is_err(), "{wrong}");
    }
    assert!(
        serde_json::from_str::<NamedLabel>(r#"{"policy":"NATO","level":"SECRET","catgories":{}}"#).is_err()
    );
}

fn bindings(policies: &Policies) -> Vec<Binding> {
    vec![
        Binding {
            label: label(policies, "NATO/SECRET/Releasable To=UKR"),
            objects: vec![
                DataObject::Reference { uri: String::new(), media_type: None },
                DataObject::Reference {
                    uri: "file.pdf?a=1&b=\"2\"".into(),
                    media_type: Some("application/pdf".into()),
                },
            ],
        },
        Binding {
            label: label(policies, "EU/RESTRICTED"),
            objects: vec![DataObject::Embedded {
                media_type: Some("text/plain".into()),
                content: vec![0, 255, 60],
            }],
        },
    ]
}

#[test]
fn bindings_come_back_as_they_were_written() {
    let policies = house();
    let bindings = bindings(&policies);
    let text = xml4778::write(&bindings, &policies, noon()).unwrap();
    assert_eq!(xml4778::read(text.as_bytes(), &policies), Ok(bindings));
}

#[test]
fn one_bad_binding_makes_the_document_unreadable() {
    let policies = house();
    let text = xml4778::write(&bindings(&policies), &policies, noon()).unwrap();
    let without_label = text.replace("originatorConfidentialityLabel", "somethingElse");
    assert!(matches!(xml4778::read(without_label.as_bytes(), &policies), Err(BindingError::NoLabel(1))));
    let unknown = text.replace(">RESTRICTED<", ">RESERVED<");
    assert!(matches!(
        xml4778::read(unknown.as_bytes(), &policies),
        Err(BindingError::Label { number: 2, .. })
    ));
    let foreign = text.replace("urn:chancery:data:1", "urn:other");
    assert!(matches!(xml4778::read(foreign.as_bytes(), &policies), Err(BindingError::UnknownData(2))));
    let empty = Binding { objects: vec![], ..bindings(&policies)[0].clone() };
    assert!(matches!(xml4778::write(&[empty], &policies, noon()), Err(BindingError::NoData(1))));
}

proptest! {
    #[test]
    fn every_label_survives_each_form(label in any_label(&house())) {
        let policies = house();
        let text = xml4774::write(&label, &policies, noon()).unwrap();
        prop_assert_eq!(xml4774::read(text.as_bytes(), &policies), Ok(label.clone()));
        let words = policies.name(&label).unwrap();
        prop_assert_eq!(policies.resolve(&words), Ok(label.clone()));
        let json = serde_json::to_string(&label).unwrap();
        prop_assert_eq!(&serde_json::from_str::<Label>(&json).unwrap(), &label);
    }
}
