//! The errand: registers what a workbook holds, a batch at a time, and tells how far it is. It ends with the last row,
//! with a wish to stop, or with the process; begun again it goes on, for each row is registered under a name of its own.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use oldregister::Plan;
use registry::{Code, Command, CommandId, ObjectId, id::Digest};
use store::{StoreError, values};

use super::{
    Counted, MOST_REFUSALS, Progress, Refused, State, Takeover, damaged, first_half,
    look::{Becomes, Carry, Planned, carries, command_of, planned, unusable},
};
use crate::{
    door::{Carried, Sender},
    failure::Failure,
    office::Office,
};

/// Documents that are registered together.
const BATCH: usize = 100;

impl Office {
    /// Begins to take a workbook over, or goes on with it. Returns at once; [`Office::takeover`] says how far it is.
    pub async fn take_over(&self, sender: Sender, id: ObjectId) -> Result<(), Failure> {
        let takeover = self.takeover(sender.person, id).await?;
        let plan = self.plan_of(&takeover).await?;
        if plan.planned.is_empty() {
            return Err(Code::NothingToTakeOver.into());
        }
        let stop = Arc::new(AtomicBool::new(false));
        match self.errands().running.lock() {
            Ok(running) if running.contains_key(&id) => return Err(Code::TakeoverRuns.into()),
            Ok(mut running) => running.insert(id, stop.clone()),
            Err(_) => return Err(damaged("an errand broke down")),
        };
        let progress = Progress { state: State::Running, total: plan.planned.len(), ..Progress::default() };
        if let Err(failure) = self.keep_progress(id, &progress).await {
            self.ended(id);
            return Err(failure);
        }
        let office = self.clone();
        tokio::spawn(async move {
            let ended = office.carry_over(sender, &takeover, &plan, progress, &stop).await;
            if let Err(failure) = ended {
                tracing::error!(%failure, "an old register was not taken over to its end");
            }
            office.ended(id);
        });
        Ok(())
    }

    /// Asks that a workbook is not taken over any further. What is registered stays.
    pub async fn stop_takeover(&self, person: registry::PersonId, id: ObjectId) -> Result<(), Failure> {
        self.takeover(person, id).await?;
        if let Ok(running) = self.errands().running.lock()
            && let Some(stop) = running.get(&id)
        {
            stop.store(true, Ordering::Relaxed);
        }
        Ok(())
    }

    /// What a workbook of a person would become, without what of it is registered.
    pub async fn plan_takeover(&self, person: registry::PersonId, id: ObjectId) -> Result<Plan, Failure> {
        let takeover = self.takeover(person, id).await?;
        self.plan_of(&takeover).await
    }

    /// The names of the sheets of a workbook of a person.
    pub async fn sheets_of_takeover(
        &self,
        person: registry::PersonId,
        id: ObjectId,
    ) -> Result<Vec<String>, Failure> {
        let takeover = self.takeover(person, id).await?;
        let tables = self.tables_of(takeover.registry, &takeover.content).await?;
        Ok(tables.iter().map(|table| table.name.clone()).collect())
    }

    async fn plan_of(&self, takeover: &Takeover) -> Result<Plan, Failure> {
        let house = self.house().await?;
        let today = self.now().date(&house.zone);
        let tables = self.tables_of(takeover.registry, &takeover.content).await?;
        let asked = takeover.asked.clone();
        let planning = tokio::task::spawn_blocking(move || planned(&house, today, &tables, &asked));
        let Planned { plan, .. } = planning.await.map_err(StoreError::damaged)??;
        Ok(plan.map_err(|why| unusable(&why))?)
    }

    fn ended(&self, id: ObjectId) {
        if let Ok(mut running) = self.errands().running.lock() {
            running.remove(&id);
        }
    }

    async fn keep_progress(&self, id: ObjectId, progress: &Progress) -> Result<(), Failure> {
        let progress = serde_json::to_string(progress).map_err(damaged)?;
        let mut conn = self.database().begin_write().await?;
        conn.execute(
            "UPDATE takeover SET progress = $2, changed_at = $3 WHERE takeover_id = $1",
            values![id, progress, self.now()],
        )
        .await?;
        Ok(conn.commit().await?)
    }

    async fn carry_over(
        &self,
        sender: Sender,
        takeover: &Takeover,
        plan: &Plan,
        mut progress: Progress,
        stop: &AtomicBool,
    ) -> Result<(), Failure> {
        let stopping = self.stopping();
        for batch in plan.planned.chunks(BATCH) {
            if stop.load(Ordering::Relaxed) || *stopping.borrow() {
                progress.state = State::Stopped;
                return self.keep_progress(takeover.id, &progress).await;
            }
            self.register_rows(sender, takeover, plan, batch, &mut progress).await?;
            self.keep_progress(takeover.id, &progress).await?;
        }
        self.carry_counts(sender, takeover, plan, &mut progress).await?;
        progress.state = State::Done;
        self.keep_progress(takeover.id, &progress).await
    }

    async fn register_rows(
        &self,
        sender: Sender,
        takeover: &Takeover,
        plan: &Plan,
        batch: &[oldregister::Planned],
        progress: &mut Progress,
    ) -> Result<(), Failure> {
        let registry = takeover.registry;
        let ids: Vec<CommandId> = batch.iter().map(|one| command_of(registry, one.source)).collect();
        let mut conn = self.database().begin_read().await?;
        let earlier = store::load::carried_out(&mut conn, registry, sender.person, &ids).await?;
        drop(conn);
        let register = called(takeover, plan);
        let (mut rows, mut commands) = (Vec::new(), Vec::new());
        for (one, id) in batch.iter().zip(ids) {
            if earlier.contains(&id) {
                progress.already += 1;
                continue;
            }
            let mut document = one.register.clone();
            document.old = Some(Box::new(one.old(&register)));
            rows.push(one.rows.first().copied().unwrap_or_default());
            commands.push((id, Command::Register { registry, document: Box::new(document) }));
        }
        let answers = self.carry_all(sender, registry, commands).await;
        for (row, answer) in rows.into_iter().zip(answers) {
            match answer {
                Ok(Carried { now: true, .. }) => progress.registered += 1,
                Ok(_) => progress.already += 1,
                Err(Failure::Refused(refusal)) => match refusal.code {
                    Code::TakenOver | Code::CommandIdReused => progress.already += 1,
                    _ => refuse(progress, Refused::of(row, &refusal)),
                },
                Err(failure) => return Err(failure),
            }
        }
        progress.done += batch.len();
        Ok(())
    }

    /// Opens the counts that begin here behind the last number of the old register.
    async fn carry_counts(
        &self,
        sender: Sender,
        takeover: &Takeover,
        plan: &Plan,
        progress: &mut Progress,
    ) -> Result<(), Failure> {
        let registry = takeover.registry;
        let house = self.house().await?;
        let today = self.now().date(&house.zone);
        let mut conn = self.database().begin_read().await?;
        let all = carries(&mut conn, &house, registry, today, &plan.counts).await?;
        drop(conn);
        for Carry { count, asked, next, .. } in all.into_iter().filter(|c| c.becomes == Becomes::Opens) {
            let name = format!(
                "old register\n{registry}\n{} {}\n{}",
                count.series,
                count.counter.canonical(),
                count.next
            );
            let id = first_half(Digest::of(name.as_bytes()));
            let command = Command::OpenCount { registry, asked, first: count.next };
            let refused = match self.command(sender, CommandId::new(id), command).await {
                Ok(_) => None,
                Err(Failure::Refused(refusal)) => Some(Refused::of(0, &refusal)),
                Err(failure) => return Err(failure),
            };
            let series = count.series.clone();
            progress.counts.push(Counted { series, next: next.unwrap_or_default(), refused });
        }
        Ok(())
    }
}

fn refuse(progress: &mut Progress, refused: Refused) {
    progress.refused += 1;
    if progress.refusals.len() < MOST_REFUSALS {
        progress.refusals.push(refused);
    }
}

/// What the register of old is called: the workbook, and its sheet where it names one.
fn called(takeover: &Takeover, plan: &Plan) -> String {
    let name = match plan.table.trim() {
        "" => takeover.content.file_name.clone(),
        sheet => format!("{} ({sheet})", takeover.content.file_name),
    };
    name.chars().take(300).collect()
}
