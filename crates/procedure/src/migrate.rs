//! How a running case goes on with a newer version.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::{
    definition::Definition,
    running::Replies,
    value::{Now, ValueFault, Values},
};

/// How cases of an older version go on with this one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Migration {
    /// The older version.
    pub from: u32,
    /// Its stages, and those of this version; one that isn't named stays in the stage of its own code.
    pub stages: BTreeMap<String, String>,
    /// Its fields whose values are not kept.
    pub drop: Vec<String>,
    /// Its branches whose replies are not kept.
    pub drop_branches: Vec<String>,
}

/// A case of an older version as it stands in a newer one.
#[derive(Debug, Clone, PartialEq)]
pub struct Migrated {
    /// Its stage.
    pub stage: String,
    /// What is filled in.
    pub values: Values,
    /// What has been replied.
    pub replies: Replies,
    /// The fields whose values were not kept.
    pub dropped: Vec<String>,
    /// What this version finds wrong or missing; to be mended in the stage, and no reason not to migrate.
    pub faults: Vec<ValueFault>,
}

impl Definition {
    /// The case as it stands in this version; none where no rule leads here, and it keeps its version.
    pub fn migrate(
        &self,
        from: &Self,
        stage: &str,
        values: &Values,
        replies: &Replies,
        now: Now,
    ) -> Option<Migrated> {
        let rule = self.migrates.iter().find(|rule| rule.from == from.version && self.code == from.code)?;
        let known = from.stage(stage)?;
        let stage = rule.stages.get(stage).unwrap_or(&known.code);
        let stage = self.stage(stage)?.code.clone();
        let (mut kept, mut dropped) = (Values::new(), Vec::new());
        for (code, value) in values {
            if rule.drop.contains(code) || self.field(code).is_none() {
                dropped.push(code.clone());
            } else {
                kept.insert(code.clone(), value.clone());
            }
        }
        for (code, value) in self.initial() {
            if from.field(&code).is_none() {
                kept.entry(code).or_insert(value);
            }
        }
        let mut replies = replies.clone();
        rule.drop_branches.iter().for_each(|branch| replies.forget(branch));
        let faults = self.check_values(&stage, &kept, now);
        let faults = faults.into_iter().filter(|fault| fault.code != crate::value::ValueCode::Past).collect();
        Some(Migrated { stage, values: kept, replies, dropped, faults })
    }
}
