//! Marking strings and policies that others published.

use jiff::civil::date;
use label::{
    Clearance, Decision, Finding, Label, LabelError, Language, Policies, Policy, Purpose, Reason, xml4774,
};
use quick_xml::events::Event;

use crate::support::{SHIPPED, named, root, shared, shipped_bytes};

fn v79() -> Option<Policies> {
    let policy = Policy::parse(&shared("spif/nato-4774-policy.xml")?).unwrap();
    Some(Policies::new([policy]).unwrap())
}

fn v88() -> Option<Policy> {
    Some(Policy::parse(&shared("spif/20210506_PU_NATO Security Policy-v88.spif")?).unwrap())
}

struct Expected {
    file: String,
    language: Language,
    marking: String,
}

fn expected(tests: &[u8]) -> Vec<Expected> {
    let mut reader = quick_xml::Reader::from_str(std::str::from_utf8(tests).unwrap());
    let mut out = Vec::new();
    loop {
        match reader.read_event().unwrap() {
            Event::Empty(element) if element.name().as_ref() == "test" => {
                let value = |name: &str| {
                    let found = element.attributes().flatten().find(|a| a.key.as_ref() == name);
                    found.map(|a| a.value.into_owned())
                };
                let language =
                    value("xml:lang").map_or(Some(Language::English), |tag| Language::from_tag(&tag));
                out.push(Expected {
                    file: value("label").unwrap(),
                    language: language.unwrap(),
                    marking: value("label-marking").unwrap(),
                });
            }
            Event::Eof => return out,
            _ => {}
        }
    }
}

#[test]
fn the_published_marking_strings_are_exact() {
    let (Some(policies), Some(tests)) = (v79(), shared("4774/tests.xml")) else { return };
    let tests = expected(&tests);
    assert_eq!(tests.len(), 14);
    for test in tests {
        let bytes = shared(&format!("4774/{}", test.file)).unwrap();
        let label = xml4774::read(&bytes, &policies).unwrap();
        let policy = policies.of(&label).unwrap();
        assert_eq!(policy.marking(&label, test.language).unwrap(), test.marking, "{}", test.file);
        assert_eq!(policy.validate(&label, Purpose::Existing, date(2015, 12, 1)), Ok(()), "{}", test.file);
    }
}

#[test]
fn both_forms_of_a_published_label_say_the_same() {
    let Some(policies) = v79() else { return };
    for row in 1..=6 {
        let read = |ending: &str| {
            let bytes = shared(&format!("4774/nato-4774-17-{row}.{ending}")).unwrap();
            xml4774::read(&bytes, &policies).unwrap()
        };
        assert_eq!(read("nato"), read("xml"), "row {row}");
    }
}

#[test]
fn row_five_of_the_table_is_invalid_under_v79() {
    let (Some(policies), Some(bytes)) = (v79(), shared("4774/nato-4774-17-5.nato")) else { return };
    let label = xml4774::read(&bytes, &policies).unwrap();
    let result = policies.of(&label).unwrap().validate(&label, Purpose::Existing, date(2015, 12, 1));
    assert!(matches!(result, Err(LabelError::LevelExcluded { .. })), "{result:?}");
}

#[test]
fn obsolete_categories_are_read_but_not_given() {
    let Some(policies) = v79() else { return };
    let label = policies.resolve(&named("NATO/SECRET/Additional Sensitivity=LOGISTICS")).unwrap();
    let policy = policies.of(&label).unwrap();
    assert_eq!(policy.validate(&label, Purpose::Existing, date(2000, 1, 1)), Ok(()));
    let refused = policy.validate(&label, Purpose::New, date(2026, 1, 1));
    assert_eq!(refused, Err(LabelError::Obsolete("LOGISTICS".into())));
}

#[test]
fn v88_loads_with_informative_values_by_name_and_says_what_is_odd() {
    let Some(policy) = v88() else { return };
    assert_eq!((policy.name(), policy.version(), policy.levels().len()), ("NATO", 88, 5));
    let odd = |test: &dyn Fn(&Finding) -> bool| policy.findings().iter().any(test);
    assert!(odd(&|f| matches!(f, Finding::NoEncoding { set, .. } if set == "Administrative")));
    assert!(odd(&|f| matches!(f, Finding::AmbiguousCode { first, second, .. }
        if first == "OCCAR" && second == "NATO")));
    let policies = Policies::new([policy]).unwrap();
    let staff = policies.resolve(&named("NATO/UNCLASSIFIED/Administrative=STAFF")).unwrap();
    let policy = policies.of(&staff).unwrap();
    assert!(policy.marking(&staff, Language::English).unwrap().contains("STAFF"));
    assert_eq!(policy.portion_mark(&staff, Language::French).unwrap(), "NU");
}

/// In v88 the code 1001 of "Releasable To" is OCCAR and NATO at once. Whoever uses it is refused everywhere.
#[test]
fn a_code_of_two_names_is_refused_everywhere() {
    let Some(policy) = v88() else { return };
    let set = policy.tag_sets().iter().find(|set| set.name == "Releasable To").unwrap();
    let twofold = set.tags[0].categories.iter().find(|c| c.name == "OCCAR").unwrap().key.clone();
    let id = policy.id().clone();
    let level = policy.levels()[1].code.clone();
    let label = Label { categories: [twofold.clone()].into(), ..Label::plain(id.clone(), level.clone()) };
    let clearance = Clearance { policy: id, level, categories: [twofold.clone()].into() };
    let refused = Decision::Deny(vec![Reason::AmbiguousCategory { category: twofold }]);
    assert_eq!(policy.decide(&label, &clearance), refused);
    assert!(policy.marking(&label, Language::English).is_err());
    assert!(policy.category_in_words("Releasable To", "OCCAR").is_err());
    assert!(policy.category_in_words("Releasable To", "UKR").is_ok());
}

#[test]
fn the_public_policy_loads_and_its_level_is_not_shown() {
    let Some(bytes) = shared("spif/20140916_PU_PUBLIC Security Policy-v1.spif") else { return };
    let policies = Policies::new([Policy::parse(&bytes).unwrap()]).unwrap();
    let label = policies.resolve(&named("PUBLIC/UNMARKED/In Confidence=LEGAL,STAFF")).unwrap();
    let marking = policies.of(&label).unwrap().marking(&label, Language::English).unwrap();
    assert_eq!(marking, "PUBLIC LEGAL, STAFF In Confidence");
}

/// Names and codes agree with the published policies, so that labels can be exchanged.
#[test]
fn the_shipped_nato_policy_reads_labels_of_the_published_one() {
    if shared("4774/tests.xml").is_none() {
        return;
    }
    let policies = Policies::new([Policy::parse(&shipped_bytes("nato")).unwrap()]).unwrap();
    for (row, marking) in [
        (1, "NATO UNCLASSIFIED Releasable to KFOR, RESOLUTE SUPPORT, ISAF"),
        (2, "NATO UNCLASSIFIED"),
        (3, "NATO UNCLASSIFIED - AFFAIRES DE PERSONNEL"),
        (4, "NATO RESTRICTED Releasable to Japan, Switzerland, Ukraine"),
        (6, "NATO/KFOR CONFIDENTIAL NATO, Ireland, Sweden, Ukraine ONLY"),
    ] {
        let bytes = shared(&format!("4774/nato-4774-17-{row}.nato")).unwrap();
        let label = xml4774::read(&bytes, &policies).unwrap();
        let policy = policies.of(&label).unwrap();
        if row == 3 {
            let french = policy.marking(&label, Language::French).unwrap();
            assert_eq!(french, "NATO SANS CLASSIFICATION - AFFAIRES DE PERSONNEL");
        } else {
            assert_eq!(policy.marking(&label, Language::English).unwrap(), marking);
        }
    }
}

#[test]
fn shipped_policies_are_valid_against_the_schema() {
    let schema = root().join("../shared/data/labels/xsd/xmlspif.xsd");
    for name in SHIPPED {
        let file = root().join(format!("house/policies/{name}.xml"));
        crate::exchange::assert_schema_valid(&schema, &file);
    }
}
