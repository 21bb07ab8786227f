//! Whether a label is one that its policy allows. Owns the rules between levels and categories; must not
//! know who sees it.

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::label::{CategoryKey, Label, LabelError, MAX_CATEGORIES, is_plain};
use crate::policy::{Category, CategoryGroup, CategoryRef, Operation, Policy, Tag};

/// What a label is checked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// To be given now: obsolete values are refused.
    New,
    /// Given in the past and now read: obsolete values are allowed.
    Existing,
}

impl Policy {
    /// Checks a label against every rule of the policy. `on` is the day on which it is, or was, given.
    ///
    /// # Errors
    /// The first rule that it breaks.
    pub fn validate(&self, label: &Label, purpose: Purpose, on: Date) -> Result<(), LabelError> {
        let level = self.level_of(label)?;
        if label.categories.len() > MAX_CATEGORIES {
            return Err(LabelError::TooManyCategories);
        }
        if !self.validity.holds_on(on) {
            return Err(LabelError::OutsideValidity(self.name.clone()));
        }
        if purpose == Purpose::New && level.obsolete {
            return Err(LabelError::Obsolete(level.name.clone()));
        }
        for key in &label.categories {
            let (_, _, category) = self.sure_category(key)?;
            if purpose == Purpose::New && category.obsolete {
                return Err(LabelError::Obsolete(category.name.clone()));
            }
            if !category.validity.holds_on(on) {
                return Err(LabelError::OutsideValidity(category.name.clone()));
            }
            self.category_allowed(label, &level.name, category)?;
        }
        self.groups_met(&label.categories, &level.required, &level.name)?;
        for tag in self.tag_sets.iter().flat_map(|set| set.tags.iter()) {
            selection_kept(tag, label)?;
        }
        self.privacy_mark_allowed(label, purpose)
    }

    fn category_allowed(&self, label: &Label, level: &str, category: &Category) -> Result<(), LabelError> {
        let name = || category.name.clone();
        if category.excluded_levels.iter().any(|excluded| excluded == level) {
            return Err(LabelError::LevelExcluded { category: name(), level: level.to_owned() });
        }
        if let Some(required) = category.required_level.as_ref().filter(|required| *required != level) {
            return Err(LabelError::LevelRequired { category: name(), level: required.clone() });
        }
        for excluded in &category.excluded {
            let others = self.keys_of(excluded);
            let others = others.into_iter().filter(|key| *key != category.key);
            if let Some(other) = others.into_iter().find(|key| label.categories.contains(key)) {
                let other = self.words_for(&other).1;
                return Err(LabelError::CategoryExcluded { category: name(), other });
            }
        }
        self.groups_met(&label.categories, &category.required, &category.name)
    }

    /// Checks that each group has as many of its categories among these as it needs.
    fn groups_met(
        &self,
        categories: &BTreeSet<CategoryKey>,
        groups: &[CategoryGroup],
        by: &str,
    ) -> Result<(), LabelError> {
        for group in groups {
            let keys: BTreeSet<CategoryKey> = group.members.iter().flat_map(|m| self.keys_of(m)).collect();
            let there = keys.iter().filter(|key| categories.contains(key)).count();
            let (met, how) = match group.operation {
                Operation::OnlyOne => (there == 1, "exactly one of"),
                Operation::OneOrMore => (there >= 1, "one or more of"),
                Operation::All => (there == keys.len(), "all of"),
            };
            if !met {
                let names: Vec<String> = keys.iter().map(|key| self.words_for(key).1).collect();
                let needed = format!("{how} {}", names.join(", "));
                return Err(LabelError::CategoryRequired { by: by.to_owned(), needed });
            }
        }
        Ok(())
    }

    /// The keys that a reference means: one, or all of a tag. A set that is not there gives none.
    pub(crate) fn keys_of(&self, reference: &CategoryRef) -> Vec<CategoryKey> {
        let sets = self.tag_sets.iter().filter(|set| set.name == reference.set);
        let tags = sets.flat_map(|set| set.tags.iter()).filter(|tag| tag.kind == reference.kind);
        let keys = tags.flat_map(|tag| tag.categories.iter()).map(|category| &category.key);
        keys.filter(|key| reference.code.as_ref().is_none_or(|code| *code == key.code)).cloned().collect()
    }

    fn privacy_mark_allowed(&self, label: &Label, purpose: Purpose) -> Result<(), LabelError> {
        let Some(mark) = &label.privacy_mark else {
            return Ok(());
        };
        if mark.is_empty() || !is_plain(mark) {
            return Err(LabelError::BadText("privacy mark"));
        }
        // A policy that lists none leaves them free.
        if self.privacy_marks.is_empty() {
            return Ok(());
        }
        match self.privacy_marks.iter().find(|known| known.name == *mark) {
            None => Err(LabelError::UnknownPrivacyMark(mark.clone())),
            Some(known) if known.obsolete && purpose == Purpose::New => {
                Err(LabelError::Obsolete(mark.clone()))
            }
            Some(_) => Ok(()),
        }
    }
}

fn selection_kept(tag: &Tag, label: &Label) -> Result<(), LabelError> {
    let found = tag.categories.iter().filter(|category| label.categories.contains(&category.key)).count();
    if found >= tag.min && tag.max.is_none_or(|max| found <= max) {
        return Ok(());
    }
    let allowed = match tag.max {
        Some(max) if max == tag.min => max.to_string(),
        Some(max) => format!("{} to {max}", tag.min),
        None => format!("at least {}", tag.min),
    };
    Err(LabelError::Selection { tag: tag.name.clone(), allowed, found })
}
