//! Copies that are not where they should be, and what is found out about them; copies that are accountable no more.

use super::{
    Desk, WORDS,
    copy::Event,
    fact::{IncidentKind, Report},
};
use crate::{
    fact::Fact,
    id::CopyId,
    line::required,
    refusal::{Code, Refusal},
};

impl Desk<'_> {
    pub(super) fn miss(&self, copies: &[CopyId], words: &str) -> Result<Vec<Fact>, Refusal> {
        let seen = self.seen(copies)?;
        self.staff()?;
        let at = self.context.now;
        Self::happens(&seen, &Event::Missed, at)?;
        Ok(vec![
            Fact::CopiesMissed { copies: copies.to_vec(), at },
            self.incident(IncidentKind::Missing, copies, words)?,
        ])
    }

    pub(super) fn release(&self, copies: &[CopyId], words: &str) -> Result<Vec<Fact>, Refusal> {
        let seen = self.seen(copies)?;
        self.staff()?;
        let policies = &self.context.house.policies;
        for known in &seen {
            let label = known.rule.content.as_ref().ok_or(Code::MarkingOpen)?;
            if policies.is_accountable(label) {
                return Err(Refusal::on("copies", Code::StillAccountable).with("copy", known.name()));
            }
        }
        let at = self.context.now;
        Self::happens(&seen, &Event::Released, at)?;
        let words = required("words", words, WORDS)?;
        Ok(vec![Fact::CopiesReleased { copies: copies.to_vec(), at, words }])
    }

    pub(super) fn report(
        &self,
        is: IncidentKind,
        copies: &[CopyId],
        words: &str,
    ) -> Result<Vec<Fact>, Refusal> {
        self.seen(copies)?;
        self.staff()?;
        if is == IncidentKind::Missing {
            return self.miss(copies, words);
        }
        Ok(vec![self.incident(is, copies, words)?])
    }

    pub(super) fn follow(
        &self,
        words: &str,
        report: Option<Report>,
        closes: bool,
    ) -> Result<Vec<Fact>, Refusal> {
        let incident = self.needs.incident.as_ref().ok_or(Code::NotFound)?;
        if !self.needs.copies.iter().all(|known| self.sees(&known.rule)) {
            return Err(Code::NotFound.into());
        }
        self.staff()?;
        let words = required("words", words, WORDS)?;
        Ok(vec![Fact::IncidentFollowed { incident: incident.id, words, report, closes }])
    }
}
