//! Numbers of series in the demo: which registry gives them, which are kept, which were struck out.

use registry::{Answer, Command, numbering::Numbered};
use serde::Deserialize;

use super::{Builder, damaged, data::Headquarters};
use crate::{door::Sender, failure::Failure, shipped};

/// A series with which a registry is entrusted.
#[derive(Debug, Deserialize)]
pub(super) struct Entrusted {
    series: String,
    registry: String,
    /// The next number when the demo begins, each with what else the count needs.
    #[serde(default)]
    opened: Vec<Opened>,
}

#[derive(Debug, Deserialize)]
struct Opened {
    division: Option<String>,
    first: u64,
}

/// A number that was kept for a paper.
#[derive(Debug, Deserialize)]
pub(super) struct Kept {
    by: String,
    registry: String,
    series: String,
    division: Option<String>,
    purpose: String,
    /// Why it was struck out, where it was.
    void: Option<String>,
}

impl Builder {
    /// Entrusts registries with series, before anything is registered.
    pub(super) async fn entrusts(&mut self, data: &Headquarters) -> Result<(), Failure> {
        let (name, toml) = ("demo".to_owned(), shipped::DEMO_SERIES.to_owned());
        self.does(Self::operator(), Command::AdoptSeries { name, toml }).await?;
        for entrusted in &data.entrusted {
            let registry =
                *self.ids.registries.get(&entrusted.registry).ok_or_else(|| damaged(&entrusted.registry))?;
            let series = entrusted.series.clone();
            self.does(Self::operator(), Command::EntrustSeries { series, registry }).await?;
        }
        Ok(())
    }

    /// Opens counts behind the papers that were numbered before, and keeps and strikes out numbers.
    pub(super) async fn numbers(&mut self, data: &Headquarters) -> Result<(), Failure> {
        for entrusted in &data.entrusted {
            let registry =
                *self.ids.registries.get(&entrusted.registry).ok_or_else(|| damaged(&entrusted.registry))?;
            for opened in &entrusted.opened {
                let asked = Numbered {
                    series: entrusted.series.clone(),
                    division: opened.division.clone(),
                    ..Numbered::default()
                };
                let command = Command::OpenCount { registry, asked, first: opened.first };
                self.does(Self::operator(), command).await?;
            }
        }
        for kept in &data.kept {
            let by = Sender::person(*self.ids.people.get(&kept.by).ok_or_else(|| damaged(&kept.by))?);
            let registry = *self.ids.registries.get(&kept.registry).ok_or_else(|| damaged(&kept.registry))?;
            let asked = Numbered {
                series: kept.series.clone(),
                division: kept.division.clone(),
                ..Numbered::default()
            };
            let purpose = kept.purpose.clone();
            let done = self.does(by, Command::ReserveNumber { registry, asked, purpose }).await?;
            if let (Answer::Reserved { reference, .. }, Some(reason)) = (done, &kept.void) {
                let reason = reason.clone();
                self.does(by, Command::VoidNumber { registry, reference, reason }).await?;
            }
        }
        Ok(())
    }
}
