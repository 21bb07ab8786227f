//! Whether something can be done in every stage whatever is filled in and replied, and whether every condition can be so. Looks
//! through all that makes a difference: of each field and branch asked about, the values that no condition tells apart count once.

use super::{
    Check,
    samples::{Sample, samples},
};
use crate::{
    cond::Cond,
    fault::Code,
    running::Replies,
    stage::{End, Stage},
    value::Values,
};

/// The most situations that are looked through.
const MOST: usize = 30_000;

impl Check<'_> {
    pub(super) fn stuck(&mut self) {
        let def = self.def;
        for stage in def.stages.iter().filter(|stage| stage.end.is_none()) {
            let conditions: Vec<&Cond> = stage.steps.iter().filter_map(|step| step.when.as_ref()).collect();
            // What is asked about wrongly has been told.
            if self
                .faults
                .iter()
                .any(|fault| matches!(fault.code, Code::CondType | Code::UnknownField | Code::UnknownBranch))
            {
                return;
            }
            if !conditions.is_empty() {
                self.ways_out(stage, &conditions);
            }
            self.opened(stage);
        }
    }

    fn ways_out(&mut self, stage: &Stage, conditions: &[&Cond]) {
        let path = format!("stage.{}", stage.code);
        let called_off = |to: &str| self.def.stage(to).is_some_and(|to| to.end == Some(End::Cancelled));
        let on: Vec<bool> = stage.steps.iter().map(|step| !called_off(&step.to)).collect();
        let always =
            stage.steps.iter().zip(&on).any(|(step, on)| *on && step.when.is_none() && !step.otherwise);
        let sampled = samples(self, stage, conditions, false);
        let mut met = vec![false; stage.steps.len()];
        let mut stuck = None;
        let whole =
            situations(&sampled, |values, replies, told| {
                let so: Vec<bool> = stage
                    .steps
                    .iter()
                    .map(|step| step.when.as_ref().is_some_and(|when| when.holds(values, replies)))
                    .collect();
                let any = so.contains(&true);
                let can =
                    stage.steps.iter().zip(&so).zip(&on).any(|((step, so), on)| {
                        *on && (*so || step.when.is_none() && (!step.otherwise || !any))
                    });
                met.iter_mut().zip(&so).for_each(|(met, so)| *met |= so);
                if !can && stuck.is_none() {
                    stuck = Some(told.join(" and "));
                }
            });
        let remedy = "add a step with `otherwise = true`, or one without a condition";
        match stuck {
            Some(where_) => {
                let what = format!("in `{}` nothing can be done but calling off, where {where_}", stage.code);
                self.fault(&path, Code::Stuck, what, remedy);
            }
            None if !whole && !always && !stage.steps.iter().any(|step| step.otherwise) => {
                let what =
                    format!("in `{}` every step has a condition, too many to look through", stage.code);
                self.fault(&path, Code::Stuck, what, remedy);
            }
            None => {}
        }
        for (step, met) in stage.steps.iter().zip(met) {
            if whole && !met && step.when.is_some() {
                let what = format!("the condition of `{}` is never so", step.code);
                let path = format!("{path}.step.{}.when", step.code);
                self.fault(&path, Code::Never, what, "mend the condition, or leave the step out");
            }
        }
    }

    /// Whether every branch with a condition can be opened.
    fn opened(&mut self, stage: &Stage) {
        for branch in &stage.branches {
            let Some(when) = &branch.when else { continue };
            let mut met = false;
            let sampled = samples(self, stage, &[when], true);
            let whole = situations(&sampled, |values, replies, _| met |= when.holds(values, replies));
            if whole && !met {
                let what = format!("the condition of branch `{}` is never so", branch.code);
                let path = format!("stage.{}.branch.{}.when", stage.code, branch.code);
                self.fault(&path, Code::Never, what, "mend the condition, or leave the branch out");
            }
        }
    }
}

/// Looks at every situation, each with what it is in words; whether there were few enough.
fn situations(sampled: &[Vec<Sample>], mut look: impl FnMut(&Values, &Replies, &[&str])) -> bool {
    let count = sampled.iter().try_fold(1_usize, |count, samples| count.checked_mul(samples.len()));
    let Some(count) = count.filter(|count| *count <= MOST) else { return false };
    for situation in 0..count {
        let (mut values, mut replies, mut told) = (Values::new(), Replies::default(), Vec::new());
        let mut rest = situation;
        for samples in sampled {
            let Some(sample) = samples.get(rest % samples.len()) else { continue };
            rest /= samples.len();
            sample.into(&mut values, &mut replies);
            told.push(sample.told.as_str());
        }
        look(&values, &replies, &told);
    }
    true
}
