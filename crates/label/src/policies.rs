//! The set of policies in use. Owns finding a policy by id or name; must not know where policies are kept.

use crate::label::{Label, LabelError, PolicyId, oid};
use crate::policy::{Policy, PolicyError};
use crate::xml::collapse;

/// Several policies, none twice.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Policies {
    all: Vec<Policy>,
}

impl Policies {
    /// The set of these policies.
    ///
    /// # Errors
    /// [`PolicyError::Duplicate`] if two have one id or, without regard to case, one name.
    pub fn new(policies: impl IntoIterator<Item = Policy>) -> Result<Self, PolicyError> {
        let mut set = Policies::default();
        for policy in policies {
            let at = "the set of policies".to_owned();
            if set.get(&policy.id).is_some() {
                return Err(PolicyError::Duplicate { what: "policy", name: policy.id.to_string(), at });
            }
            if set.find(&policy.name).is_some() {
                return Err(PolicyError::Duplicate { what: "policy", name: policy.name, at });
            }
            set.all.push(policy);
        }
        Ok(set)
    }

    /// The policy of an id.
    pub fn get(&self, id: &PolicyId) -> Option<&Policy> {
        self.all.iter().find(|policy| policy.id == *id)
    }

    /// The policy of a name without regard to case, or of an object identifier with or without `urn:oid:`.
    pub fn find(&self, text: &str) -> Option<&Policy> {
        let name = collapse(text).to_lowercase();
        let by_name = self.all.iter().find(|policy| policy.name.to_lowercase() == name);
        by_name.or_else(|| self.all.iter().find(|policy| oid(text) == Some(policy.id.as_str())))
    }

    /// All of them, in the order in which they were given.
    pub fn iter(&self) -> impl Iterator<Item = &Policy> {
        self.all.iter()
    }

    /// The policy of a label.
    ///
    /// # Errors
    /// [`LabelError::UnknownPolicy`].
    pub fn of(&self, label: &Label) -> Result<&Policy, LabelError> {
        self.get(&label.policy).ok_or_else(|| LabelError::UnknownPolicy(label.policy.to_string()))
    }

    /// True if what bears the label is accounted for, as its policy says; what no policy here knows is.
    pub fn is_accountable(&self, label: &Label) -> bool {
        self.get(&label.policy).is_none_or(|policy| policy.is_accountable(label))
    }
}
