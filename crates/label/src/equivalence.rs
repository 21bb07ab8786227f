//! The equivalent of a label under another policy, on a day. Owns the use of equivalence tables; must not
//! decide who sees anything: an equivalent says how to protect, never to whom something is released.

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::label::{CategoryKey, Code, Label, LabelError, PolicyId};
use crate::policies::Policies;
use crate::policy::{Category, CategoryGroup, Level, Operation, Policy};
use crate::validate::Purpose;

impl Policies {
    /// The label that protects the same under the target policy, by the tables of the label's own policy.
    ///
    /// Tables are dated (Council Decision (EU) 2021/1075 changed one for later documents only): `on` is the
    /// date of the document. The label itself never changes, and whether someone is admitted is asked of
    /// the label itself.
    ///
    /// # Errors
    /// [`LabelError::NoEquivalent`] for a level, or for a category that bears on access, without a row in
    /// force on that day; informative categories without one are left out. Also where the target policy is
    /// not loaded, does not know what the table names, or forbids the result.
    pub fn equivalent(&self, label: &Label, target: &PolicyId, on: Date) -> Result<Label, LabelError> {
        let mapped = self.map(label, target, Some(on))?;
        if mapped.policy != label.policy {
            let policy = self.of(&mapped)?;
            policy.validate(&mapped, Purpose::Existing, on)?;
        }
        Ok(mapped)
    }

    /// The equivalent on a day or, without one, by those rows alone that hold on every day.
    pub(crate) fn map(
        &self,
        label: &Label,
        target: &PolicyId,
        on: Option<Date>,
    ) -> Result<Label, LabelError> {
        let from = self.of(label)?;
        let level = from.level_of(label)?;
        if *target == from.id {
            return Ok(label.clone());
        }
        let to = self.get(target).ok_or_else(|| LabelError::UnknownPolicy(target.to_string()))?;
        let no_equivalent =
            |what: &str| LabelError::NoEquivalent { what: what.to_owned(), target: to.name.clone() };
        let Some(row) = from.equivalents.iter().find(|row| row.id == *target) else {
            return Err(no_equivalent(&from.name));
        };

        let (code, level_groups) =
            level_row(from, level, &row.name, on)?.ok_or_else(|| no_equivalent(&level.name))?;
        if to.level(&code).is_none() {
            return Err(LabelError::UnknownLevel(code.to_string()));
        }
        let mut groups: Vec<&CategoryGroup> = row.required.iter().chain(level_groups).collect();
        let mut categories = BTreeSet::new();
        for key in &label.categories {
            let (set, _, category) = from.sure_category(key)?;
            for rows in set.equivalents.iter().filter(|e| e.policy == row.name) {
                groups.extend(&rows.required);
            }
            match category_row(category, &row.name, on) {
                Some(Some(key)) => {
                    to.sure_category(key)?;
                    categories.insert(key.clone());
                }
                Some(None) => {}
                None if key.kind == crate::label::TagKind::Informative => {}
                None => return Err(no_equivalent(&category.name)),
            }
        }
        for group in groups {
            add_required(to, group, &mut categories)?;
        }
        let (policy, privacy_mark) = (to.id.clone(), label.privacy_mark.clone());
        Ok(Label { policy, level: code, categories, privacy_mark })
    }
}

/// The code of the equivalent level, with the categories that it brings. The house's dated rows, where there
/// are any for this level and policy, stand in place of the file's own.
fn level_row<'a>(
    from: &'a Policy,
    level: &'a Level,
    policy: &str,
    on: Option<Date>,
) -> Result<Option<(Code, &'a [CategoryGroup])>, LabelError> {
    let mut dated = from.dated.iter().filter(|r| r.level == level.code && r.policy == policy).peekable();
    let own = level.equivalents.iter().filter(|r| r.policy == policy);
    let rows: Vec<(&Code, &[CategoryGroup])> = if dated.peek().is_some() {
        let groups = level.equivalents.iter().find(|r| r.policy == policy).map(|r| r.required.as_slice());
        let in_force = dated.filter(|row| in_force(row.validity, on));
        in_force.map(|row| (&row.code, groups.unwrap_or_default())).collect()
    } else {
        own.filter(|row| in_force(row.validity, on)).map(|r| (&r.code, r.required.as_slice())).collect()
    };
    match rows.as_slice() {
        [] => Ok(None),
        [(code, groups)] => Ok(Some(((*code).clone(), groups))),
        _ => Err(LabelError::Ambiguous { set: policy.to_owned(), value: level.name.clone() }),
    }
}

fn in_force(validity: crate::policy::Validity, on: Option<Date>) -> bool {
    on.map_or_else(|| validity.is_always(), |day| validity.holds_on(day))
}

/// The counterpart of a category; `Some(None)` where it needs none.
fn category_row<'a>(
    category: &'a Category,
    policy: &str,
    on: Option<Date>,
) -> Option<Option<&'a CategoryKey>> {
    let mut rows = category.equivalents.iter().filter(|r| r.policy == policy && in_force(r.validity, on));
    rows.next().map(|row| row.key.as_ref())
}

/// Adds the categories that a group demands. Where it leaves a choice, one must be there already.
fn add_required(
    to: &Policy,
    group: &CategoryGroup,
    categories: &mut BTreeSet<CategoryKey>,
) -> Result<(), LabelError> {
    let keys: BTreeSet<CategoryKey> = group.members.iter().flat_map(|m| to.keys_of(m)).collect();
    let there = keys.iter().filter(|key| categories.contains(*key)).count();
    let whole = match group.operation {
        Operation::All => !keys.is_empty(),
        Operation::OnlyOne | Operation::OneOrMore => keys.len() == 1,
    };
    if whole {
        categories.extend(keys);
        return Ok(());
    }
    let met = match group.operation {
        Operation::All => false,
        Operation::OnlyOne => there == 1,
        Operation::OneOrMore => there >= 1,
    };
    if met {
        return Ok(());
    }
    let names: Vec<String> = keys.iter().map(|key| to.words_for(key).1).collect();
    Err(LabelError::CategoryRequired { by: to.name.clone(), needed: names.join(", ") })
}
