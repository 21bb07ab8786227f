//! Who sees what, on fixed cases and as properties over random rules and viewers.

use jiff::civil::{Date, date};
use label::Label;
use proptest::prelude::*;
use registry::{
    AccessRule, GroupId, RegistryScope, Sight, Viewer,
    access::Test,
    authorisation::{Grant, Role, Standing},
    house::House,
};

use crate::support::*;

const NOTHING: Sight = Sight { read: false, subject: false, handle: false };
const ALL: Sight = Sight { read: true, subject: true, handle: true };
const READ: Sight = Sight { read: true, subject: true, handle: false };
const HANDLE: Sight = Sight { read: false, subject: false, handle: true };

fn rule(house: &House, content: &Label) -> AccessRule {
    AccessRule {
        content: Some(content.clone()),
        subject: Some(content.clone()),
        entry: house.entry_label(content),
        need_to_know: vec![],
        access_list: vec![],
        released_on: None,
    }
}

fn secret(house: &House) -> AccessRule {
    rule(house, &label(house, "NATO", "SECRET", &[]))
}

fn sees(house: &House, viewer: &Viewer, rule: &AccessRule) -> Sight {
    viewer.sight(rule, HQ, house, TODAY)
}

fn with(mut grants: Vec<Grant>, more: &[Grant]) -> Vec<Grant> {
    grants.extend_from_slice(more);
    grants
}

#[test]
fn to_read_is_not_to_handle_and_to_handle_is_not_to_read() {
    let house = house();
    let reader = viewer(person(1), "BEL", &cleared(&house, "SECRET"));
    let clerk = viewer(person(2), "BEL", &[role(Role::Clerk, Some(HQ))]);
    let both = viewer(person(3), "BEL", &with(cleared(&house, "SECRET"), &[role(Role::Clerk, Some(HQ))]));
    let rule = secret(&house);
    assert_eq!(sees(&house, &reader, &rule), READ);
    assert_eq!(sees(&house, &clerk, &rule), HANDLE);
    assert_eq!(sees(&house, &both, &rule), ALL);
    assert_eq!(sees(&house, &viewer(person(4), "BEL", &[]), &rule), NOTHING);
    // Staff of one registry are strangers in another.
    assert_eq!(clerk.sight(&rule, LOW, &house, TODAY), NOTHING);
    for other in [Role::SecurityOfficer, Role::Administrator, Role::Inspector] {
        assert_eq!(
            sees(&house, &viewer(person(5), "BEL", &[role(other, None)]), &rule),
            NOTHING,
            "{other:?}"
        );
    }
}

#[test]
fn what_is_undetermined_only_the_controllers_of_the_registry_see() {
    let house = house();
    let open = AccessRule { content: None, subject: None, entry: None, ..secret(&house) };
    for given in Role::ALL {
        let at = given.is_of_a_registry().then_some(HQ);
        let holder = viewer(person(1), "BEL", &with(cleared(&house, "TOP SECRET"), &[role(given, at)]));
        let wanted = if given == Role::Controller { ALL } else { NOTHING };
        assert_eq!(sees(&house, &holder, &open), wanted, "{given:?}");
        assert_eq!(holder.sight(&open, LOW, &house, TODAY), NOTHING, "{given:?}");
    }
}

#[test]
fn need_to_know_is_one_of_each_list() {
    let house = house();
    let rule = AccessRule { need_to_know: vec![vec![AIR, SEA], vec![LAND]], ..secret(&house) };
    let member = |groups: &[GroupId]| {
        let groups: Vec<Grant> = groups.iter().map(|g| Grant::Membership { group: *g }).collect();
        viewer(person(1), "BEL", &with(cleared(&house, "SECRET"), &groups))
    };
    for (groups, reads) in [
        (&[][..], false),
        (&[AIR], false),
        (&[LAND], false),
        (&[AIR, SEA], false),
        (&[AIR, LAND], true),
        (&[SEA, LAND], true),
        (&[AIR, SEA, LAND], true),
    ] {
        assert_eq!(sees(&house, &member(groups), &rule).read, reads, "{groups:?}");
    }
    // A list of which nobody can be one is nobody's.
    let nobody = AccessRule { need_to_know: vec![vec![]], ..secret(&house) };
    assert!(!sees(&house, &member(&[AIR, SEA, LAND]), &nobody).read);
}

#[test]
fn an_access_list_is_beside_the_clearance_never_instead_of_it() {
    let house = house();
    let rule = AccessRule { access_list: vec![person(1), person(2)], ..secret(&house) };
    assert_eq!(sees(&house, &viewer(person(1), "BEL", &cleared(&house, "SECRET")), &rule), READ);
    assert_eq!(sees(&house, &viewer(person(2), "BEL", &cleared(&house, "CONFIDENTIAL")), &rule), NOTHING);
    assert_eq!(sees(&house, &viewer(person(3), "BEL", &cleared(&house, "SECRET")), &rule), NOTHING);
}

#[test]
fn an_authorisation_counts_when_confirmed_and_within_its_days() {
    let house = house();
    let rule = secret(&house);
    let on =
        |day| viewer_on(day, person(1), "BEL", &cleared(&house, "SECRET")).sight(&rule, HQ, &house, day).read;
    for (day, reads) in [
        (date(2025, 12, 31), false),
        // The certificate runs, the briefing is tomorrow.
        (date(2026, 1, 1), false),
        (date(2026, 1, 2), true),
        (date(2026, 12, 31), true),
        (date(2027, 1, 1), false),
    ] {
        assert_eq!(on(day), reads, "{day}");
    }
    let grants = cleared(&house, "SECRET");
    for missing in 0..grants.len() {
        for standing in [Standing::Proposed, Standing::Revoked] {
            let all: Vec<_> = (0_u8..)
                .zip(&grants)
                .map(|(n, grant)| {
                    let this = if usize::from(n) == missing { standing } else { Standing::Confirmed };
                    held(n, person(1), grant.clone(), this)
                })
                .collect();
            let viewer = Viewer::on(TODAY, &of_nation(person(1), "BEL"), &all);
            assert_eq!(sees(&house, &viewer, &rule), NOTHING, "{missing} {standing:?}");
        }
    }
    let mut gone = of_nation(person(1), "BEL");
    let all: Vec<_> = grants.iter().map(|g| held(1, person(1), g.clone(), Standing::Confirmed)).collect();
    gone.left = Some(TODAY);
    assert!(Viewer::on(TODAY, &gone, &all).sight(&rule, HQ, &house, TODAY).read, "the last day counts");
    gone.left = Some(date(2026, 3, 11));
    assert_eq!(Viewer::on(TODAY, &gone, &all).sight(&rule, HQ, &house, TODAY), NOTHING);
}

#[test]
fn a_partner_reads_what_is_released_to_him_and_nothing_else() {
    let house = house();
    let partner = viewer(person(1), "UKR", &cleared(&house, "SECRET"));
    let reads = |given: &[(&str, &str)]| {
        sees(&house, &partner, &rule(&house, &label(&house, "NATO", "SECRET", given))).read
    };
    assert!(!reads(&[]));
    assert!(reads(&[("Releasable To", "UKR")]));
    assert!(!reads(&[("Releasable To", "CHE")]));
    assert!(!sees(&house, &partner, &rule(&house, &label(&house, "NATO", "UNCLASSIFIED", &[]))).read);
    // By the day of release, where the community is read so; without a day, not at all.
    let eapc = |released_on: Option<Date>| {
        let content = label(&house, "NATO", "RESTRICTED", &[("Releasable To", "EAPC")]);
        sees(&house, &partner, &AccessRule { released_on, ..rule(&house, &content) }).read
    };
    assert!(!eapc(None));
    assert!(!eapc(Some(date(1990, 1, 1))));
    assert!(eapc(Some(date(2010, 1, 1))));
}

#[test]
fn of_what_only_exists_nobody_reads_and_staff_handle_the_entry() {
    let house = house();
    let crypto = [("Additional Sensitivity", "CRYPTO")];
    let rule = rule(&house, &label(&house, "NATO", "SECRET", &crypto));
    let grants = with(cleared_with(&house, "TOP SECRET", &crypto), &[role(Role::Controller, Some(HQ))]);
    assert_eq!(sees(&house, &viewer(person(1), "BEL", &grants), &rule), HANDLE);
}

#[test]
fn what_the_house_does_not_know_refuses_everyone() {
    let house = house();
    let grants = with(cleared(&house, "TOP SECRET"), &[role(Role::Clerk, Some(HQ))]);
    let viewer = viewer(person(1), "BEL", &grants);
    let mut foreign = label(&house, "NATO", "SECRET", &[]);
    foreign.policy = label::PolicyId::new("1.2.3").unwrap();
    assert_eq!(sees(&house, &viewer, &rule(&house, &foreign)), NOTHING);
    let mut level = label(&house, "NATO", "SECRET", &[]);
    level.level = label::Code::number(99);
    let sight = sees(&house, &viewer, &rule(&house, &level));
    assert!(!sight.read && !sight.subject);
}

// Random rules and viewers.

const LEVELS: [&str; 5] = ["UNCLASSIFIED", "RESTRICTED", "CONFIDENTIAL", "SECRET", "TOP SECRET"];
const GROUPS: [GroupId; 3] = [AIR, SEA, LAND];

fn groups() -> impl Strategy<Value = Vec<GroupId>> {
    proptest::sample::subsequence(GROUPS.to_vec(), 0..=3)
}

#[derive(Debug, Clone)]
struct RandomRule {
    level: Option<usize>,
    subject: usize,
    released: bool,
    atomal: bool,
    need: Vec<Vec<GroupId>>,
    list: Vec<u8>,
}

impl RandomRule {
    fn rule(&self, house: &House) -> AccessRule {
        let mut given = Vec::new();
        if self.released {
            given.push(("Releasable To", "UKR"));
        }
        if self.atomal {
            given.push(("Additional Sensitivity", "ATOMAL"));
        }
        let content = self.level.map(|n| label(house, "NATO", LEVELS[n], &given));
        AccessRule {
            entry: content.as_ref().and_then(|l| house.entry_label(l)),
            subject: content.as_ref().map(|_| label(house, "NATO", LEVELS[self.subject], &[])),
            content,
            need_to_know: self.need.clone(),
            access_list: self.list.iter().map(|n| person(*n)).collect(),
            released_on: None,
        }
    }
}

fn random_rule() -> impl Strategy<Value = RandomRule> {
    (
        proptest::option::weighted(0.9, 0..5_usize),
        0..5_usize,
        any::<bool>(),
        any::<bool>(),
        proptest::collection::vec(groups(), 0..3),
        proptest::collection::vec(1_u8..4, 0..3),
    )
        .prop_map(|(level, subject, released, atomal, need, list)| RandomRule {
            level,
            subject,
            released,
            atomal,
            need,
            list,
        })
}

#[derive(Debug, Clone)]
struct RandomViewer {
    id: u8,
    nation: &'static str,
    level: Option<usize>,
    atomal: bool,
    groups: Vec<GroupId>,
    role: Option<Role>,
}

impl RandomViewer {
    fn grants(&self, house: &House) -> Vec<Grant> {
        let categories: &[(&str, &str)] =
            if self.atomal { &[("Additional Sensitivity", "ATOMAL")] } else { &[] };
        let mut grants = self.level.map(|n| cleared_with(house, LEVELS[n], categories)).unwrap_or_default();
        grants.extend(self.groups.iter().map(|g| Grant::Membership { group: *g }));
        grants.extend(self.role.map(|r| role(r, r.is_of_a_registry().then_some(HQ))));
        grants
    }
    fn viewer(&self, house: &House) -> Viewer {
        viewer(person(self.id), self.nation, &self.grants(house))
    }
}

fn random_viewer() -> impl Strategy<Value = RandomViewer> {
    (
        1_u8..4,
        proptest::sample::select(vec!["BEL", "UKR", "CHN"]),
        proptest::option::weighted(0.8, 0..5_usize),
        any::<bool>(),
        groups(),
        proptest::option::of(proptest::sample::select(Role::ALL.to_vec())),
    )
        .prop_map(|(id, nation, level, atomal, groups, role)| RandomViewer {
            id,
            nation,
            level,
            atomal,
            groups,
            role,
        })
}

/// The same decision by another way: the policy's own yes or no for each certificate, and the lists.
fn decided_otherwise(of: &RandomViewer, rule: &AccessRule, house: &House) -> bool {
    let Some(content) = &rule.content else { return of.role == Some(Role::Controller) };
    let policy = house.policies.of(content).unwrap();
    let grants = of.grants(house);
    let briefings = grants.iter().filter_map(|g| match g {
        Grant::Briefing { subject, .. } => Some(subject.clone()),
        _ => None,
    });
    let briefings = briefings.collect();
    let mut certificates: Vec<_> = grants
        .iter()
        .filter_map(|g| match g {
            Grant::Clearance { clearance, .. } => Some(Some(clearance)),
            _ => None,
        })
        .collect();
    if certificates.is_empty() {
        certificates.push(None);
    }
    let admitted = certificates.into_iter().any(|certificate| {
        let holder = label::Holder { nationality: of.nation, certificate, briefings: &briefings };
        policy.admits(content, &holder, &house.communities, TODAY, rule.released_on).is_granted()
    });
    admitted
        && rule.need_to_know.iter().all(|any| any.iter().any(|g| of.groups.contains(g)))
        && (rule.access_list.is_empty() || rule.access_list.contains(&person(of.id)))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn sight_follows_its_rules(rules in proptest::collection::vec(random_rule(), 1..8), of in random_viewer()) {
        let house = house();
        let viewer = of.viewer(&house);
        for random in rules {
            let rule = random.rule(&house);
            let sight = sees(&house, &viewer, &rule);
            // The explanation is of this decision: he reads it when every test of it is passed, and what failed is said.
            let told = viewer.tests(&rule, HQ, &house, TODAY);
            prop_assert!(!told.is_empty());
            prop_assert_eq!(told.iter().all(Test::passed), sight.read);
            prop_assert_eq!(decided_otherwise(&of, &rule, &house), sight.read);
            // A subject is seen by readers and handlers only; a reader sees it always.
            prop_assert!(!sight.subject || sight.read || sight.handle);
            prop_assert!(!sight.read || sight.subject);
            // To handle takes a post in the registry.
            prop_assert!(!sight.handle || of.role.is_some_and(Role::is_of_a_registry));
            let Some(content) = &rule.content else {
                prop_assert_eq!(sight.read, of.role == Some(Role::Controller));
                continue;
            };
            if sight.read {
                prop_assert!(viewer.admitted(content, None, &house, TODAY));
                prop_assert!(random.need.iter().all(|any| any.iter().any(|g| of.groups.contains(g))));
                prop_assert!(random.list.is_empty() || random.list.contains(&of.id));
                prop_assert!(of.nation == "BEL" || (of.nation == "UKR" && random.released));
                prop_assert!(!random.atomal || of.atomal);
                let level = random.level.unwrap_or_default();
                prop_assert!(level == 0 || of.level.is_some_and(|held| held >= level));
            }
            // No post and no taking away of one gives or takes the reading of what is marked.
            let without = RandomViewer { role: None, ..of.clone() };
            prop_assert_eq!(sees(&house, &without.viewer(&house), &rule).read, sight.read);
            // A restriction more never shows more.
            let narrower = AccessRule { access_list: vec![person(9)], ..rule.clone() };
            prop_assert!(!sees(&house, &viewer, &narrower).read);
            let mut needs = rule.clone();
            needs.need_to_know.push(vec![AIR]);
            prop_assert!(sight.read || !sees(&house, &viewer, &needs).read);
            // And fewer authorisations never show more.
            let mut fewer = of.grants(&house);
            fewer.pop();
            let less = super::support::viewer(person(of.id), of.nation, &fewer);
            let less = sees(&house, &less, &rule);
            prop_assert!((sight.read || !less.read) && (sight.handle || !less.handle));
        }
    }

    #[test]
    fn a_scope_is_the_sight_of_every_class(rules in proptest::collection::vec(random_rule(), 0..12), of in random_viewer()) {
        let house = house();
        let viewer = of.viewer(&house);
        let rules: Vec<AccessRule> = rules.iter().map(|r| r.rule(&house)).collect();
        let scope = RegistryScope::decide(&viewer, HQ, (0..).zip(&rules), &house, TODAY);
        for (number, rule) in (0..).zip(&rules) {
            let sight = sees(&house, &viewer, rule);
            prop_assert_eq!(
                (scope.read.contains(number), scope.subject.contains(number), scope.handle.contains(number)),
                (sight.read, sight.subject, sight.handle)
            );
            prop_assert_eq!(scope.seen().contains(number), sight.read || sight.handle);
        }
    }
}

#[test]
fn a_ceiling_takes_away_and_never_gives() {
    let house = house();
    let labels: Vec<_> = ["UNCLASSIFIED", "RESTRICTED", "CONFIDENTIAL", "SECRET", "TOP SECRET"]
        .iter()
        .map(|level| label(&house, "NATO", level, &[]))
        .chain([
            label(&house, "CORPORATE", "PUBLIC", &[]),
            label(&house, "NATO", "CONFIDENTIAL", &[("Additional Sensitivity", "ATOMAL")]),
            label(&house, "NATO", "RESTRICTED", &[("Releasable To", "UKR")]),
        ])
        .collect();
    let mut grants = cleared_with(&house, "SECRET", &[("Additional Sensitivity", "ATOMAL")]);
    grants.extend(["RESTRICTED", "CONFIDENTIAL"].map(briefed));
    grants.push(role(Role::Controller, Some(HQ)));
    let whole = viewer(person(1), "BEL", &grants);
    let seen = |viewer: &Viewer| -> Vec<bool> {
        labels.iter().map(|label| viewer.admitted(label, None, &house, TODAY)).collect()
    };
    assert_eq!(seen(&whole), [true, true, true, true, false, true, true, true]);
    let low = whole.clone().under(clearance(&house, "CONFIDENTIAL"));
    // Not SECRET, nothing of another policy, and nothing of a category, which no level covers.
    assert_eq!(seen(&low), [true, true, true, false, false, false, false, true]);
    let high = whole.clone().under(clearance(&house, "TOP SECRET"));
    assert_eq!(seen(&high), [true, true, true, true, false, false, false, true]);
    // What is undetermined may be above any ceiling.
    let undetermined = AccessRule {
        content: None,
        subject: None,
        entry: None,
        need_to_know: vec![],
        access_list: vec![],
        released_on: None,
    };
    assert!(whole.sight(&undetermined, HQ, &house, TODAY).read);
    assert_eq!(high.sight(&undetermined, HQ, &house, TODAY), NOTHING);
}

#[test]
fn the_ceiling_of_an_installation_is_the_highest_that_any_registry_may_hold() {
    let mut house = house();
    let levels = |house: &House| -> Vec<String> {
        let named =
            house.ceiling().iter().map(|c| house.policies.name_clearance(c).unwrap()).collect::<Vec<_>>();
        named.iter().map(|c| format!("{} {}", c.policy, c.level)).collect()
    };
    // HQ has no ceiling: it may hold whatever the policies know.
    assert_eq!(levels(&house), ["NATO TOP SECRET", "CORPORATE STRICTLY CONFIDENTIAL"]);
    let mut limited = house.registry(HQ).unwrap().clone();
    limited.ceilings = vec![clearance(&house, "SECRET")];
    house.add_registry(limited);
    assert_eq!(levels(&house), ["NATO SECRET"]);

    let below = |grants: &[Grant]| viewer(person(1), "BEL", grants).below_ceiling(&house).len();
    assert_eq!(below(&[]), 1);
    assert_eq!(below(&cleared(&house, "CONFIDENTIAL")), 1);
    assert_eq!(below(&cleared(&house, "SECRET")), 0);
    assert_eq!(below(&cleared(&house, "TOP SECRET")), 0);
    // A session that shows less is one that inspects less.
    let cleared = viewer(person(1), "BEL", &cleared(&house, "TOP SECRET"));
    assert_eq!(cleared.clone().under(clearance(&house, "CONFIDENTIAL")).below_ceiling(&house).len(), 1);
    assert_eq!(cleared.under(clearance(&house, "SECRET")).below_ceiling(&house).len(), 0);
}
