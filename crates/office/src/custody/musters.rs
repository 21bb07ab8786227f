//! Musters as the staff sees them while it counts and when it signs, by names.

use std::collections::HashMap;

use registry::{
    Code, CopyId, PersonId, RegistryId, Timestamp,
    custody::muster::{MusterKind, Outcome},
    id::MusterId,
};
use store::{
    Visible,
    custody::{
        mustered::{self, MusterView},
        seen::{self, Part, Slice},
    },
};

use super::{CopyRow, Listed};
use crate::{failure::Failure, reading::Reading};

/// A muster by names.
#[derive(Debug, Clone)]
pub struct MusterRow {
    /// Whose it is.
    pub registry: RegistryId,
    /// The muster.
    pub view: Visible<MusterView>,
    /// Who opened it.
    pub opened_by: String,
    /// Who ended the count.
    pub closed_by: Option<String>,
    /// Those who signed, in the order of the view.
    pub signed: Vec<String>,
    /// Who gives over to whom.
    pub hand_over: Option<(String, String)>,
    /// The container that is counted alone.
    pub container: Option<String>,
}

impl MusterRow {
    /// How many of the list are accounted for, of how many.
    pub fn progress(&self) -> (u32, u32) {
        let listed = self.view.muster.listed;
        (listed.saturating_sub(self.view.tally.open), listed)
    }
    /// Whether copies are being counted.
    pub fn counts(&self) -> bool {
        self.view.closed.is_none() && self.view.abandoned.is_none()
    }
    /// Whether a signature is missing.
    pub fn unsigned(&self) -> bool {
        self.view.closed.is_some() && self.view.signed.len() < usize::from(self.view.muster.signatures)
    }
}

/// A copy of a muster.
#[derive(Debug, Clone)]
pub struct MusterLine {
    /// The copy as it stands now.
    pub row: CopyRow,
    /// How it stands with it in the muster.
    pub outcome: Outcome,
    /// When it was seen, by whom and how many pages were counted.
    pub sighted: Option<(Timestamp, String, Option<u32>)>,
}

impl Reading {
    /// Musters of a registry, the last first, for its staff.
    pub async fn musters(
        &mut self,
        registry: RegistryId,
        open: Option<bool>,
        slice: Slice,
    ) -> Result<Listed<MusterRow>, Failure> {
        self.keeps(registry)?;
        let Some((conn, place)) = self.at(registry) else { return Err(Code::NotFound.into()) };
        let Part { rows: views, all } = mustered::musters(conn, place, open, slice).await?;
        let mut rows = Vec::with_capacity(views.len());
        for view in views {
            rows.push(self.muster_row(registry, view).await?);
        }
        Ok(Listed { rows, all })
    }

    /// A muster, for the staff of its registry and for the two between whom it hands copies over.
    pub async fn muster(&mut self, id: MusterId) -> Result<MusterRow, Failure> {
        for registry in self.house.clone().registries() {
            let Some((conn, place)) = self.at(registry.id) else { continue };
            let Some(view) = mustered::muster(conn, place, id).await? else { continue };
            let own = self.person().id;
            if !view.muster.hand_over.is_some_and(|h| [h.from, h.to].contains(&own)) {
                self.keeps(registry.id)?;
            }
            return self.muster_row(registry.id, view).await;
        }
        Err(Code::NotFound.into())
    }

    /// The lines of a muster, of some outcomes or of all, in the order of the logs.
    pub async fn muster_lines(
        &mut self,
        of: &MusterRow,
        outcomes: &[Outcome],
        slice: Slice,
    ) -> Result<Listed<MusterLine>, Failure> {
        let Some((conn, place)) = self.at(of.registry) else { return Err(Code::NotFound.into()) };
        let Part { rows: counted, all } =
            mustered::lines(conn, place, of.view.muster.id, outcomes, slice).await?;
        let ids: Vec<CopyId> = counted.iter().map(|line| line.line.copy).collect();
        let mut views = seen::views(conn, place, &ids).await?;
        let ordered = ids.iter().filter_map(|id| views.remove(id)).collect();
        let rows = self.rows(of.registry, ordered).await?;
        let mut by_copy: HashMap<CopyId, CopyRow> =
            rows.into_iter().map(|row| (row.view.copy.id, row)).collect();
        let mut names: HashMap<PersonId, String> = HashMap::new();
        let mut lines = Vec::with_capacity(counted.len());
        for line in counted {
            let Some(row) = by_copy.remove(&line.line.copy) else { continue };
            let sighted = match line.sighted {
                None => None,
                Some((at, by, pages)) => Some((at, self.cached(&mut names, by).await?, pages)),
            };
            lines.push(MusterLine { row, outcome: line.outcome, sighted });
        }
        Ok(Listed { rows: lines, all })
    }

    /// The line of one copy that was seen; none: it was not. However long the list is, no other line is read.
    pub async fn muster_line(&mut self, of: &MusterRow, row: CopyRow) -> Result<Option<MusterLine>, Failure> {
        let Some((conn, place)) = self.at(of.registry) else { return Ok(None) };
        let Some(seen) = mustered::sighted(conn, place, of.view.muster.id, row.view.copy.id).await? else {
            return Ok(None);
        };
        let outcome = if seen.listed { Outcome::Sighted } else { Outcome::Surplus };
        let name = self.name_of(seen.by).await?.unwrap_or_default();
        Ok(Some(MusterLine { row, outcome, sighted: Some((seen.at, name, seen.pages)) }))
    }

    async fn cached(
        &mut self,
        names: &mut HashMap<PersonId, String>,
        person: PersonId,
    ) -> Result<String, Failure> {
        if let Some(name) = names.get(&person) {
            return Ok(name.clone());
        }
        let name = self.name_of(person).await?.unwrap_or_default();
        names.insert(person, name.clone());
        Ok(name)
    }

    async fn muster_row(
        &mut self,
        registry: RegistryId,
        view: Visible<MusterView>,
    ) -> Result<MusterRow, Failure> {
        let mut signed = Vec::with_capacity(view.signed.len());
        for (person, _) in &view.signed {
            signed.push(self.name_of(*person).await?.unwrap_or_default());
        }
        let closed_by = match view.closed {
            Some((_, person)) => self.name_of(person).await?,
            None => None,
        };
        let hand_over = match (view.muster.is, view.muster.hand_over) {
            (MusterKind::HandOver, Some(between)) => Some((
                self.name_of(between.from).await?.unwrap_or_default(),
                self.name_of(between.to).await?.unwrap_or_default(),
            )),
            _ => None,
        };
        let container = match (view.muster.container, self.at(registry)) {
            (Some(wanted), Some((conn, place))) => seen::container_name(conn, place, wanted).await?,
            _ => None,
        };
        Ok(MusterRow {
            registry,
            opened_by: self.name_of(view.opened_by).await?.unwrap_or_default(),
            closed_by,
            signed,
            hand_over,
            container,
            view,
        })
    }
}
