//! Which papers are accountable: data of the house, by policy, level and category. Knows labels and nothing of who asks.

use label::{Label, Policies};
use serde::Deserialize;

/// What is accountable in a house: its data, `house/custody.toml`. What it does not name is not.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Accountable {
    /// By policy.
    pub policy: Vec<OfPolicy>,
}

/// What is accountable under one policy.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OfPolicy {
    /// The policy, by name.
    pub policy: String,
    /// The levels, by name.
    #[serde(default)]
    pub levels: Vec<String>,
    /// The categories that make a paper of any level accountable, by name.
    #[serde(default)]
    pub categories: Vec<String>,
}

impl Accountable {
    /// Whether a paper under this label is accounted for: every opening is a line of its disclosure record, and nothing
    /// of it is reproduced without authority. A label that no policy knows is, for nobody can say that it is not.
    pub fn holds(&self, label: &Label, policies: &Policies) -> bool {
        let Ok(named) = policies.name(label) else { return true };
        self.policy.iter().filter(|of| of.policy == named.policy).any(|of| {
            of.levels.contains(&named.level)
                || named.categories.values().flatten().any(|category| of.categories.contains(category))
        })
    }

    /// The names that no policy of the house knows, for whoever writes the data.
    pub fn unknown(&self, policies: &Policies) -> Vec<String> {
        let mut unknown = Vec::new();
        for of in &self.policy {
            let Some(policy) = policies.find(&of.policy) else {
                unknown.push(of.policy.clone());
                continue;
            };
            let levels = of.levels.iter().filter(|name| !policy.levels().iter().any(|l| l.name == **name));
            let known = |name: &str| {
                let sets = policy.tag_sets().iter();
                sets.flat_map(|set| &set.tags).flat_map(|tag| &tag.categories).any(|c| c.name == name)
            };
            let categories = of.categories.iter().filter(|name| !known(name));
            unknown.extend(levels.chain(categories).map(|name| format!("{} {name}", of.policy)));
        }
        unknown
    }
}
