//! Certificate, briefing, nation: who is admitted to a document.

use std::collections::BTreeSet;

use jiff::civil::{Date, date};
use label::{Clearance, Code, Communities, Decision, Holder, Label, Policies, Policy, PolicyId, Reason};

use crate::support::{TODAY, briefings, clearance, communities, house, label, small_policy};

struct Room {
    policies: Policies,
    communities: Communities,
}

/// A person: nation, certificate in words or nothing, briefings.
struct Person(&'static str, &'static str, &'static str);

const STAFF: Person = Person("BEL", "NATO/SECRET", "SECRET");
const COSMIC: Person = Person(
    "FRA",
    "NATO/TOP SECRET/Additional Sensitivity=ATOMAL,BOHEMIA,CRYPTO",
    "TOP SECRET,ATOMAL,BOHEMIA,CRYPTO",
);

impl Room {
    fn new() -> Self {
        Room { policies: house(), communities: communities() }
    }

    fn asks(&self, person: &Person, text: &str, today: Date, released: Option<Date>) -> Decision {
        let label = label(&self.policies, text);
        let certificate = (!person.1.is_empty()).then(|| clearance(&self.policies, person.1));
        let briefings = briefings(person.2);
        let holder =
            Holder { nationality: person.0, certificate: certificate.as_ref(), briefings: &briefings };
        self.policies.of(&label).unwrap().admits(&label, &holder, &self.communities, today, released)
    }

    fn admits(&self, person: &Person, text: &str) -> bool {
        self.asks(person, text, TODAY, Some(TODAY)).is_granted()
    }

    fn reasons(&self, person: &Person, text: &str) -> Vec<&'static str> {
        self.asks(person, text, TODAY, None).reasons().iter().map(Reason::code).collect()
    }
}

#[test]
fn restricted_needs_a_briefing_and_no_certificate() {
    let room = Room::new();
    assert!(room.admits(&Person("DEU", "", "RESTRICTED"), "NATO/RESTRICTED"));
    assert_eq!(room.reasons(&Person("DEU", "", ""), "NATO/RESTRICTED"), ["not-briefed"]);
}

#[test]
fn a_briefing_for_a_level_serves_for_those_below() {
    let room = Room::new();
    assert!(room.admits(&Person("DEU", "", "SECRET"), "NATO/RESTRICTED"));
    assert!(!room.admits(&Person("DEU", "NATO/SECRET", "RESTRICTED"), "NATO/SECRET"));
}

#[test]
fn unclassified_is_for_members_nationals_and_not_the_public() {
    let room = Room::new();
    assert!(room.admits(&Person("PRT", "", ""), "NATO/UNCLASSIFIED"));
    assert_eq!(room.reasons(&Person("AUT", "", ""), "NATO/UNCLASSIFIED"), ["not-released"]);
    assert_eq!(room.reasons(&Person("", "", ""), "NATO/UNCLASSIFIED"), ["not-released"]);
}

#[test]
fn confidential_and_above_need_certificate_and_briefing() {
    let room = Room::new();
    assert!(room.admits(&STAFF, "NATO/SECRET"));
    assert_eq!(room.reasons(&STAFF, "NATO/TOP SECRET"), ["level-too-high", "not-briefed"]);
    assert_eq!(room.reasons(&Person("BEL", "", "SECRET"), "NATO/CONFIDENTIAL"), ["no-certificate"]);
    assert_eq!(room.reasons(&Person("BEL", "NATO/SECRET", ""), "NATO/SECRET"), ["not-briefed"]);
    assert_eq!(room.reasons(&Person("BEL", "EU/TOP SECRET", "SECRET"), "NATO/SECRET"), ["other-policy"]);
}

#[test]
fn special_categories_need_certificate_and_briefing_of_their_own() {
    let room = Room::new();
    let atomal = "NATO/CONFIDENTIAL/Additional Sensitivity=ATOMAL";
    assert!(room.admits(&COSMIC, atomal));
    assert!(room.admits(&COSMIC, "NATO/TOP SECRET/Additional Sensitivity=BOHEMIA"));
    assert_eq!(room.reasons(&STAFF, atomal), ["category-missing", "not-briefed"]);
    let unbriefed = Person("FRA", "NATO/TOP SECRET/Additional Sensitivity=ATOMAL", "TOP SECRET");
    assert_eq!(room.reasons(&unbriefed, atomal), ["not-briefed"]);
}

#[test]
fn content_that_exists_only_in_the_register_is_shown_to_nobody() {
    let room = Room::new();
    assert_eq!(room.reasons(&COSMIC, "NATO/SECRET/Additional Sensitivity=CRYPTO"), ["existence-only"]);
}

#[test]
fn a_partner_sees_what_is_released_to_its_nation_or_community() {
    let room = Room::new();
    let partner = Person("UKR", "NATO/SECRET", "SECRET");
    assert!(!room.admits(&partner, "NATO/SECRET"));
    assert!(room.admits(&partner, "NATO/SECRET/Releasable To=UKR"));
    assert!(room.admits(&partner, "NATO/RESTRICTED/Releasable To=EAPC"));
    assert!(!room.admits(&partner, "NATO/SECRET/Releasable To=CHE,JPN"));
    assert!(
        room.admits(&STAFF, "NATO/SECRET/Releasable To=UKR"),
        "a release adds readers, it takes none away"
    );
    assert!(
        !room.admits(&Person("UKR", "", ""), "NATO/SECRET/Releasable To=UKR"),
        "a release is no clearance"
    );
}

#[test]
fn only_limits_the_readers_to_those_named() {
    let room = Room::new();
    let label = "NATO/CONFIDENTIAL/Context=KFOR/Only=IRL,SWE";
    assert!(room.admits(&Person("IRL", "NATO/SECRET", "SECRET"), label));
    assert_eq!(room.reasons(&STAFF, label), ["not-among-only"]);
    assert!(room.admits(&STAFF, "NATO/CONFIDENTIAL/Only=NATO,IRL"));
    let both = "NATO/CONFIDENTIAL/Releasable To=UKR/Only=IRL,UKR";
    assert!(room.admits(&Person("UKR", "NATO/SECRET", "SECRET"), both));
    assert_eq!(room.reasons(&Person("IRL", "NATO/SECRET", "SECRET"), both), ["not-released"]);
}

#[test]
fn the_alliance_is_read_as_of_today() {
    let room = Room::new();
    let swede = Person("SWE", "NATO/SECRET", "SECRET");
    let before = date(2020, 1, 1);
    assert!(!room.asks(&swede, "NATO/SECRET", date(2024, 3, 6), Some(before)).is_granted());
    assert!(room.asks(&swede, "NATO/SECRET", date(2024, 3, 7), Some(before)).is_granted());
}

#[test]
fn a_partnership_is_read_as_of_the_day_of_release() {
    let room = Room::new();
    let russian = Person("RUS", "", "");
    let label = "NATO/UNCLASSIFIED/Releasable To=EAPC";
    assert!(room.asks(&russian, label, TODAY, Some(date(2014, 4, 1))).is_granted());
    assert!(!room.asks(&russian, label, TODAY, Some(date(2014, 4, 2))).is_granted());
    assert_eq!(room.reasons(&russian, label), ["not-released", "release-date-unknown"]);
    let gone = Person("GBR", "", "");
    assert!(room.asks(&gone, "EU/UNCLASSIFIED", date(2020, 1, 31), None).is_granted());
    assert!(!room.asks(&gone, "EU/UNCLASSIFIED", date(2020, 2, 1), Some(date(2019, 1, 1))).is_granted());
}

#[test]
fn an_audience_that_nobody_knows_admits_nobody() {
    let room = Room::new();
    let japanese = Person("JPN", "", "");
    let label = "NATO/UNCLASSIFIED/Releasable To=ISAF";
    assert_eq!(room.reasons(&japanese, label), ["not-released", "unknown-audience"]);
    let nobody = Room { communities: Communities::default(), ..Room::new() };
    assert_eq!(nobody.reasons(&STAFF, "NATO/SECRET"), ["not-released", "unknown-audience"]);
}

#[test]
fn a_policy_without_house_rules_asks_for_a_certificate_at_every_level() {
    let policy = Policy::parse(small_policy("", "").as_bytes()).unwrap();
    let label = Label::plain(policy.id().clone(), Code::number(1));
    let asks = |certificate: Option<&Clearance>| {
        let holder = Holder { nationality: "XXX", certificate, briefings: &BTreeSet::new() };
        policy.admits(&label, &holder, &Communities::default(), TODAY, None).is_granted()
    };
    assert!(!asks(None));
    let low = Clearance { policy: policy.id().clone(), level: Code::number(1), categories: BTreeSet::new() };
    assert!(asks(Some(&low)));
}

#[test]
fn a_house_rule_that_leaves_the_certificate_out_asks_for_one() {
    let rules =
        r#"<extensions><rules xmlns="urn:chancery:policy:1"><level name="LOW"/></rules></extensions>"#;
    let policy = Policy::parse(small_policy("", rules).as_bytes()).unwrap();
    assert!(policy.levels()[0].rule.certificate);
}

/// Even where the other policy uses the very same code for its category.
#[test]
fn a_certificate_of_another_policy_holds_none_of_the_categories() {
    let set = r#"<securityCategoryTagSet name="S" id="1.2.3.1"><securityCategoryTag tagType="restrictive">
        <tagCategory name="A" lacv="1"/></securityCategoryTag></securityCategoryTagSet>"#;
    let rules = r#"<extensions><rules xmlns="urn:chancery:policy:1"><level name="LOW" certificate="false"/></rules></extensions>"#;
    let policies = Policies::new([Policy::parse(small_policy(set, rules).as_bytes()).unwrap()]).unwrap();
    let policy = policies.find("SMALL").unwrap();
    let label = label(&policies, "SMALL/LOW/S=A");
    let asks = |certificate: &Clearance| {
        let holder = Holder { nationality: "", certificate: Some(certificate), briefings: &BTreeSet::new() };
        policy.admits(&label, &holder, &Communities::default(), TODAY, None).is_granted()
    };
    let own = clearance(&policies, "SMALL/LOW/S=A");
    assert!(asks(&own));
    assert!(!asks(&Clearance { policy: PolicyId::new("1.9").unwrap(), ..own }));
}

#[test]
fn captions_of_the_historic_policy_must_be_held() {
    let room = Room::new();
    let reader = Person("USA", "US-HISTORIC/SECRET/Caption=NODIS", "");
    assert!(room.admits(&reader, "US-HISTORIC/SECRET/Caption=NODIS/Handling=PERSONAL"));
    assert!(!room.admits(&reader, "US-HISTORIC/SECRET/Caption=EXDIS"));
    assert_eq!(
        room.reasons(&Person("USA", "", ""), "US-HISTORIC/UNCLASSIFIED/Caption=LIMDIS"),
        ["no-certificate"]
    );
    assert!(room.admits(&Person("", "", ""), "US-HISTORIC/UNCLASSIFIED"));
    assert!(room.admits(&reader, "US-HISTORIC/LIMITED OFFICIAL USE"));
}
