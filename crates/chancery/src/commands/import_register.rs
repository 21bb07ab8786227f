//! `chancery import-register`: a register of old from its workbook, looked at or taken over.

use std::{io::Read as _, path::PathBuf, time::Duration};

use anyhow::Context as _;
use office::{
    Office, Sender,
    takeover::{Asked, State},
};
use registry::{ObjectId, PersonId, RegistryId};
use serde_json::json;

use crate::{Place, output::Terminal};

/// Problems that are told one by one.
const TOLD: usize = 200;

/// Take over a register of old from its workbook (XLSX, XLS, ODS, CSV)
#[derive(Debug, clap::Args)]
pub struct ImportRegister {
    #[command(flatten)]
    pub place: Place,
    /// The workbook
    file: PathBuf,
    /// The registry, by its code; needed where there are several
    #[arg(long)]
    registry: Option<String>,
    /// The sheet, by its name; without one the sheet that looks most like a register
    #[arg(long)]
    sheet: Option<String>,
    /// The policy of markings that could be of several
    #[arg(long)]
    policy: Option<String>,
    /// The series of numbers that no series knows
    #[arg(long)]
    series: Option<String>,
    /// Where the papers are
    #[arg(long, default_value = "Old register")]
    held: String,
    /// Say what would happen, and write nothing
    #[arg(long)]
    dry_run: bool,
    /// In whose name (login); without one, in the operator's own
    #[arg(long = "as")]
    person: Option<String>,
    /// Answer in JSON
    #[arg(long)]
    json: bool,
}

impl ImportRegister {
    /// Takes over. Exits with 1 when a row was left out or refused.
    pub async fn on(self, office: &Office, terminal: &mut Terminal) -> anyhow::Result<u8> {
        let house = office.house().await?;
        let registry = super::import::registry_named(&house, self.registry.as_deref())?;
        let sender = match &self.person {
            Some(login) => Sender::operator_as(office.person_named(login).await?),
            None => Sender::operator_as(registry::command::OPERATOR),
        };
        let path = terminal.path(&self.file);
        let id = self.bring(office, sender.person, registry, &path).await?;
        let ended = self.errand(office, terminal, sender, id).await;
        // The workbook is the operator's own file: no copy of it is kept here.
        let dropped = office.drop_takeover(sender.person, id).await;
        let code = ended?;
        dropped?;
        Ok(code)
    }

    async fn bring(
        &self,
        office: &Office,
        person: PersonId,
        registry: RegistryId,
        path: &std::path::Path,
    ) -> anyhow::Result<ObjectId> {
        let shown = || path.display().to_string();
        let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        let mut upload = office.upload(registry, &name)?;
        let mut file = std::fs::File::open(path).with_context(shown)?;
        let mut buffer = vec![0; 256 * 1024];
        loop {
            let read = file.read(&mut buffer).with_context(shown)?;
            if read == 0 {
                break;
            }
            upload.write(buffer.get(..read).unwrap_or_default())?;
        }
        let asked = Asked {
            policy: self.policy.clone(),
            series: self.series.clone(),
            held_elsewhere: self.held.clone(),
            ..Asked::default()
        };
        let id = office.open_takeover(person, office.new_command(), registry, upload, asked.clone()).await?;
        if let Some(wanted) = &self.sheet {
            let names = office.sheets_of_takeover(person, id).await?;
            let Some(sheet) = names.iter().position(|name| name == wanted) else {
                office.drop_takeover(person, id).await?;
                anyhow::bail!("no sheet is called {wanted:?}; there are: {}", names.join(", "));
            };
            office.change_takeover(person, id, &Asked { sheet: Some(sheet), ..asked }).await?;
        }
        Ok(id)
    }

    async fn errand(
        &self,
        office: &Office,
        terminal: &mut Terminal,
        sender: Sender,
        id: ObjectId,
    ) -> anyhow::Result<u8> {
        let plan = office.plan_takeover(sender.person, id).await?;
        if self.dry_run {
            let report = plan.report(TOLD, 0);
            if self.json {
                terminal.json(&serde_json::to_value(&report)?);
            } else {
                for problem in report.problems {
                    let column = problem.column.map(oldregister::letters).unwrap_or_default();
                    let detail = problem.detail.as_deref().unwrap_or_default();
                    terminal.say(format_args!(
                        "{column}{}  {}  {} {detail}",
                        problem.row,
                        problem.code.as_str(),
                        problem.found
                    ));
                }
                for count in report.counts {
                    let year = count.counter.year.map(|year| format!(" {year}")).unwrap_or_default();
                    terminal.say(format_args!("last number  {}{year}  {}", count.series, count.last));
                }
                terminal.say(format_args!(
                    "{} rows: {} documents would be registered, {} undetermined, {} copies, {} rows left out",
                    report.rows, report.documents, report.undetermined, report.copies, report.stopped
                ));
            }
            return Ok(u8::from(report.stopped > 0));
        }
        office.take_over(sender, id).await?;
        let progress = loop {
            let progress = office.takeover(sender.person, id).await?.progress;
            terminal.progress("Taking over", progress.done as u64, progress.total as u64);
            if progress.state != State::Running {
                break progress;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        };
        office.catch_up().await?;
        let left_out = plan.stopped;
        if self.json {
            terminal.json(&json!({
                "documents": progress.total, "registered": progress.registered, "already": progress.already,
                "refused": progress.refused, "left_out": left_out, "counts": progress.counts,
            }));
        } else {
            for refused in &progress.refusals {
                terminal.say(format_args!("refused  row {}  {}", refused.row, refused.code));
            }
            for counted in progress.counts.iter().filter(|counted| counted.refused.is_none()) {
                terminal.say(format_args!("next number  {}", counted.next));
            }
            terminal.say(format_args!(
                "{} documents: {} registered, {} already there, {} refused; {left_out} rows left out",
                progress.total, progress.registered, progress.already, progress.refused
            ));
        }
        let whole = progress.state == State::Done && progress.refused == 0 && left_out == 0;
        Ok(u8::from(!whole))
    }
}
