//! The group commit: commands of one registry wait in one line, up to two hundred of them share a transaction
//! and its flush, and each is answered after the commit.
//!
//! A work that is refused has written nothing, for deciding comes before writing; so no savepoint is needed. One
//! that fails while writing spoils its transaction: the batch is rolled back and its works run again one by one,
//! so that the poisoned one alone gets its error. A commit that fails runs again: commands carry an id, and one
//! that was kept after all is found there.

use std::{collections::HashMap, sync::Arc, time::Duration};

use futures::future::BoxFuture;
use registry::RegistryId;
use tokio::sync::{Mutex, mpsc};

use crate::{error::StoreError, sql::Database, transaction::Write};

/// Most works in one transaction.
pub const MOST: usize = 200;
/// Times that a transaction is tried before its error is given to those who wait.
const TRIES: usize = 5;

/// One command on its way into a ledger.
pub trait Work: Send {
    /// Loads, decides, appends. It may run several times; only the last run counts.
    fn run<'a>(&'a mut self, write: &'a mut Write) -> BoxFuture<'a, Result<(), StoreError>>;
    /// Answers the one who waits, after the commit or with the error.
    fn settle(self: Box<Self>, result: Result<(), StoreError>);
}

/// The line of each registry.
type Lines = HashMap<RegistryId, mpsc::Sender<Box<dyn Work>>>;

/// Hands works to the line of their registry.
#[derive(Clone)]
pub struct Committer {
    database: Database,
    lines: Arc<Mutex<Lines>>,
}

impl std::fmt::Debug for Committer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Committer")
    }
}

impl Committer {
    /// For one database.
    pub fn new(database: Database) -> Self {
        Self { database, lines: Arc::default() }
    }

    /// Puts a work in line; it is settled when it is durable, or with its error.
    pub async fn submit(&self, registry: RegistryId, work: Box<dyn Work>) {
        let Err(refused) = self.line(registry).await.send(work).await else { return };
        // A fault of the program ended the line together with the works that were in it. The registry goes on.
        tracing::error!(%registry, "the line of a registry had ended; it is opened again");
        if let Err(refused) = self.line(registry).await.send(refused.0).await {
            refused.0.settle(Err(StoreError::Stopped));
        }
    }

    /// Puts works in line together, so that they share transactions: whoever serves the line finds all of them there
    /// and not the first alone.
    pub async fn submit_all(&self, registry: RegistryId, works: Vec<Box<dyn Work>>) {
        let mut works = works.into_iter();
        while works.len() > 0 {
            let line = self.line(registry).await;
            match line.reserve_many(works.len().min(MOST)).await {
                Ok(places) => places.zip(works.by_ref()).for_each(|(place, work)| place.send(work)),
                Err(_) => break,
            }
        }
        for work in works {
            self.submit(registry, work).await;
        }
    }

    /// The line of a registry, opened when there is none that runs.
    async fn line(&self, registry: RegistryId) -> mpsc::Sender<Box<dyn Work>> {
        let mut lines = self.lines.lock().await;
        match lines.get(&registry) {
            Some(sender) if !sender.is_closed() => sender.clone(),
            _ => {
                let (sender, receiver) = mpsc::channel(MOST * 2);
                tokio::spawn(run_line(self.database.clone(), receiver));
                lines.insert(registry, sender.clone());
                sender
            }
        }
    }
}

async fn run_line(database: Database, mut receiver: mpsc::Receiver<Box<dyn Work>>) {
    let mut batch = Vec::with_capacity(MOST);
    while receiver.recv_many(&mut batch, MOST).await > 0 {
        // Whoever is just about to come may share the flush. A single command does not wait for others: a
        // line that is busy fills while the batch before it commits.
        if batch.len() > 1 && batch.len() < MOST {
            tokio::time::sleep(Duration::from_millis(1)).await;
            while batch.len() < MOST {
                match receiver.try_recv() {
                    Ok(work) => batch.push(work),
                    Err(_) => break,
                }
            }
        }
        run_batch(&database, std::mem::take(&mut batch)).await;
    }
}

async fn run_batch(database: &Database, mut works: Vec<Box<dyn Work>>) {
    match together(database, &mut works).await {
        Ok(()) => works.into_iter().for_each(|work| work.settle(Ok(()))),
        Err(error) if works.len() == 1 => {
            works.into_iter().for_each(|work| work.settle(Err(damaged(&error))))
        }
        Err(error) => {
            tracing::warn!(%error, works = works.len(), "a batch failed; its commands run one by one");
            for work in works {
                let mut alone = vec![work];
                let result = together(database, &mut alone).await;
                alone.into_iter().for_each(|work| {
                    work.settle(match &result {
                        Ok(()) => Ok(()),
                        Err(e) => Err(damaged(e)),
                    });
                });
            }
        }
    }
}

/// The error of a batch as each of its works gets it.
fn damaged(error: &StoreError) -> StoreError {
    match error {
        StoreError::ClockBack { behind } => StoreError::ClockBack { behind: *behind },
        other => match other.plight() {
            Some(plight) => StoreError::Ailing(plight, other.to_string()),
            None => StoreError::Damaged(other.to_string()),
        },
    }
}

async fn together(database: &Database, works: &mut [Box<dyn Work>]) -> Result<(), StoreError> {
    let mut tries = 0;
    loop {
        tries += 1;
        match once(database, works).await {
            Err(StoreError::Sql(e)) if e.may_run_again() && tries < TRIES => {
                tokio::time::sleep(Duration::from_millis(5 << tries)).await;
            }
            other => return other,
        }
    }
}

async fn once(database: &Database, works: &mut [Box<dyn Work>]) -> Result<(), StoreError> {
    let mut write = Write::begin(database).await?;
    for work in works.iter_mut() {
        work.run(&mut write).await?;
    }
    write.commit().await
}
