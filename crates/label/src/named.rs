//! Labels and clearances in words, as people and configuration files write them. Owns the two forms and
//! their translation to and from codes; decides nothing.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::clearance::Clearance;
use crate::label::{CategoryKey, Label, LabelError, MAX_CATEGORIES, is_plain};
use crate::marking::Language;
use crate::policies::Policies;
use crate::policy::{Level, Policy};
use crate::xml::collapse;

/// A label in words: `{"policy":"NATO","level":"SECRET","categories":{"Releasable To":["UKR"]}}`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NamedLabel {
    /// Name (or object identifier) of the policy.
    pub policy: String,
    /// Name of the level; its abbreviation or its marking is understood too.
    pub level: String,
    /// Names of categories by name of their tag set.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub categories: BTreeMap<String, BTreeSet<String>>,
    /// The privacy mark.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub privacy_mark: Option<String>,
}

/// A clearance in words.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NamedClearance {
    /// Name (or object identifier) of the policy.
    pub policy: String,
    /// Name of the highest level; its abbreviation or its marking is understood too.
    pub level: String,
    /// Names of categories by name of their tag set.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub categories: BTreeMap<String, BTreeSet<String>>,
}

impl Policies {
    /// The label of these words. Says nothing yet on whether it is valid: see [`Policy::validate`].
    ///
    /// # Errors
    /// The first word that the policy does not know, or that stands for two things in it.
    pub fn resolve(&self, named: &NamedLabel) -> Result<Label, LabelError> {
        let policy = self.named(&named.policy)?;
        if let Some(mark) = &named.privacy_mark
            && (mark.is_empty() || !is_plain(mark))
        {
            return Err(LabelError::BadText("privacy mark"));
        }
        Ok(Label {
            policy: policy.id.clone(),
            level: policy.level_in_words(&named.level)?.code.clone(),
            categories: policy.categories_in_words(&named.categories)?,
            privacy_mark: named.privacy_mark.clone(),
        })
    }

    /// The clearance of these words.
    ///
    /// # Errors
    /// As [`Policies::resolve`].
    pub fn resolve_clearance(&self, named: &NamedClearance) -> Result<Clearance, LabelError> {
        let policy = self.named(&named.policy)?;
        Ok(Clearance {
            policy: policy.id.clone(),
            level: policy.level_in_words(&named.level)?.code.clone(),
            categories: policy.categories_in_words(&named.categories)?,
        })
    }

    /// The words of a label.
    ///
    /// # Errors
    /// A policy, level or category that is not known.
    pub fn name(&self, label: &Label) -> Result<NamedLabel, LabelError> {
        let policy = self.of(label)?;
        Ok(NamedLabel {
            policy: policy.name.clone(),
            level: policy.level_of(label)?.name.clone(),
            categories: policy.words_of(&label.categories)?,
            privacy_mark: label.privacy_mark.clone(),
        })
    }

    /// The words of a clearance.
    ///
    /// # Errors
    /// As [`Policies::name`].
    pub fn name_clearance(&self, clearance: &Clearance) -> Result<NamedClearance, LabelError> {
        let as_label = Label {
            policy: clearance.policy.clone(),
            level: clearance.level.clone(),
            categories: clearance.categories.clone(),
            privacy_mark: None,
        };
        let NamedLabel { policy, level, categories, .. } = self.name(&as_label)?;
        Ok(NamedClearance { policy, level, categories })
    }

    fn named(&self, text: &str) -> Result<&Policy, LabelError> {
        self.find(text).ok_or_else(|| LabelError::UnknownPolicy(text.to_owned()))
    }
}

impl Policy {
    /// The level of a name, of an abbreviation ("NS"), or of a whole marking ("COSMIC TOP SECRET", "NATO
    /// DIFFUSION RESTREINTE"), without regard to case.
    ///
    /// # Errors
    /// [`LabelError::UnknownLevel`].
    pub fn level_in_words(&self, text: &str) -> Result<&Level, LabelError> {
        let wanted = collapse(text);
        if let Some(level) = self.levels.iter().find(|level| level.name == wanted) {
            return Ok(level);
        }
        let folded = wanted.to_lowercase();
        let is_it = |other: &str| other.to_lowercase() == folded;
        let marked = |level: &Level| {
            let label = Label::plain(self.id.clone(), level.code.clone());
            let marking = |language| self.marking(&label, language).is_ok_and(|words| is_it(&words));
            marking(Language::English) || marking(Language::French)
        };
        let mut found = self.levels.iter().filter(|level| {
            is_it(&level.name) || level.rule.short.as_deref().is_some_and(is_it) || marked(level)
        });
        match (found.next(), found.next()) {
            (Some(level), None) => Ok(level),
            _ => Err(LabelError::UnknownLevel(text.to_owned())),
        }
    }

    /// The key of a category by the names of its tag set and its own, without regard to case where that
    /// leaves no doubt.
    ///
    /// # Errors
    /// Unknown, or standing for more than one category.
    pub fn category_in_words(&self, set: &str, value: &str) -> Result<CategoryKey, LabelError> {
        let set_name = collapse(set);
        let Some(tag_set) = self.tag_set_named(&set_name) else {
            return Err(LabelError::UnknownTagSet(set.to_owned()));
        };
        let value_name = collapse(value);
        let all = || tag_set.tags.iter().flat_map(|tag| tag.categories.iter());
        let exact: Vec<_> = all().filter(|category| category.name == value_name).collect();
        let found = if exact.is_empty() {
            let folded = value_name.to_lowercase();
            all().filter(|category| category.name.to_lowercase() == folded).collect()
        } else {
            exact
        };
        match found.as_slice() {
            [one] if !one.ambiguous => Ok(one.key.clone()),
            [] => Err(LabelError::UnknownCategory { set: set.to_owned(), value: value.to_owned() }),
            _ => Err(LabelError::Ambiguous { set: set.to_owned(), value: value.to_owned() }),
        }
    }

    fn categories_in_words(
        &self,
        words: &BTreeMap<String, BTreeSet<String>>,
    ) -> Result<BTreeSet<CategoryKey>, LabelError> {
        if words.values().map(BTreeSet::len).sum::<usize>() > MAX_CATEGORIES {
            return Err(LabelError::TooManyCategories);
        }
        let pairs = words.iter().flat_map(|(set, values)| values.iter().map(move |value| (set, value)));
        pairs.map(|(set, value)| self.category_in_words(set, value)).collect()
    }

    fn words_of(
        &self,
        categories: &BTreeSet<CategoryKey>,
    ) -> Result<BTreeMap<String, BTreeSet<String>>, LabelError> {
        let mut words: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for key in categories {
            let (set, _, category) = self.sure_category(key)?;
            words.entry(set.name.clone()).or_default().insert(category.name.clone());
        }
        Ok(words)
    }
}
