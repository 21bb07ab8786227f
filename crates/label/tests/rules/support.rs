//! What the tests share: the shipped policies and communities, labels in one line, strategies.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use jiff::civil::{Date, date};
use label::{CategoryKey, Clearance, Communities, Label, NamedClearance, NamedLabel, Policies, Policy};
use proptest::prelude::*;

pub const TODAY: Date = date(2026, 11, 2);

pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// A file of the test data that lies beside the repository; says that the test is skipped where it is not.
pub fn shared(path: &str) -> Option<Vec<u8>> {
    let bytes = std::fs::read(root().join("../shared/data/labels").join(path)).ok();
    if bytes.is_none() {
        println!("skipped: ../shared/data/labels/{path} is not on this machine");
    }
    bytes
}

pub const SHIPPED: [&str; 4] = ["nato", "eu", "us-historic", "corporate"];

pub fn shipped_bytes(name: &str) -> Vec<u8> {
    std::fs::read(root().join(format!("house/policies/{name}.xml"))).unwrap()
}

/// Read once: a property asks for them a thousand times.
static HOUSE: LazyLock<Policies> = LazyLock::new(|| {
    Policies::new(SHIPPED.map(|name| Policy::parse(&shipped_bytes(name)).unwrap())).unwrap()
});

static COMMUNITIES: LazyLock<Communities> = LazyLock::new(|| {
    toml::from_str(&std::fs::read_to_string(root().join("house/communities.toml")).unwrap()).unwrap()
});

pub fn house() -> Policies {
    HOUSE.clone()
}

pub fn communities() -> Communities {
    COMMUNITIES.clone()
}

/// `NATO/SECRET/Releasable To=UKR,CHE/Only=IRL` in words.
fn words(text: &str) -> (String, String, BTreeMap<String, BTreeSet<String>>) {
    let mut parts = text.split('/');
    let (policy, level) = (parts.next().unwrap().to_owned(), parts.next().unwrap().to_owned());
    let categories = parts.map(|part| {
        let (set, values) = part.split_once('=').unwrap();
        (set.to_owned(), values.split(',').map(str::to_owned).collect())
    });
    (policy, level, categories.collect())
}

pub fn named(text: &str) -> NamedLabel {
    let (policy, level, categories) = words(text);
    NamedLabel { policy, level, categories, privacy_mark: None }
}

pub fn label(policies: &Policies, text: &str) -> Label {
    policies.resolve(&named(text)).unwrap()
}

pub fn clearance(policies: &Policies, text: &str) -> Clearance {
    let (policy, level, categories) = words(text);
    policies.resolve_clearance(&NamedClearance { policy, level, categories }).unwrap()
}

pub fn briefings(text: &str) -> BTreeSet<String> {
    text.split(',').filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

/// A small policy with every kind of tag; `{levels}`, `{sets}` and `{end}` let a test change it.
pub fn small_policy(sets: &str, end: &str) -> String {
    format!(
        r#"<SPIF xmlns="http://www.xmlspif.org/spif" schemaVersion="2.1" version="3" creationDate="2026010100"
            originatorDN="CN=x" keyIdentifier="0" privilegeId="1.2" rbacId="1.2">
          <securityPolicyId name="SMALL" id="1.2.3"/>
          <securityClassifications>
            <securityClassification name="LOW" lacv="1" hierarchy="1"/>
            <securityClassification name="HIGH" lacv="2" hierarchy="2"/>
            <securityClassification name="OLD" lacv="3" hierarchy="2" obsolete="true"/>
          </securityClassifications>
          <securityCategoryTagSets>{sets}</securityCategoryTagSets>{end}
        </SPIF>"#
    )
}

/// Any label of the shipped NATO, EU or historic policy: some of its categories, valid together or not.
pub fn any_label(policies: &Policies) -> impl Strategy<Value = Label> + use<> {
    let policies: Vec<Policy> =
        policies.iter().filter(|policy| policy.name() != "CORPORATE").cloned().collect();
    let mark = prop_oneof![3 => Just(None), 1 => Just(Some("STAFF ONLY".to_owned()))];
    (0..policies.len(), any::<prop::sample::Index>(), any::<u64>(), mark).prop_map(
        move |(which, level, choice, privacy_mark)| {
            let policy = &policies[which];
            let level = policy.levels()[level.index(policy.levels().len())].code.clone();
            let categories = few_categories(policy, choice);
            Label { policy: policy.id().clone(), level, categories, privacy_mark }
        },
    )
}

/// Some of the categories that matter, by the bits of a choice: few enough that labels often share them.
pub fn few_categories(policy: &Policy, choice: u64) -> BTreeSet<CategoryKey> {
    let all = policy.tag_sets().iter().flat_map(|set| {
        let wanted = |name: &str| {
            ["UKR", "IRL", "EAPC", "NATO"].contains(&name) || !["Releasable To", "Only"].contains(&&*set.name)
        };
        set.tags.iter().flat_map(|tag| tag.categories.iter()).filter(move |c| wanted(&c.name))
    });
    // Two bits each, so that most labels carry few.
    let bit = |place: usize| choice.rotate_right((place as u32 * 2) % 64) & 3 == 3;
    all.enumerate().filter(|(place, _)| bit(*place)).map(|(_, category)| category.key.clone()).collect()
}
