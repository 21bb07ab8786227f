//! A register of old, taken over from its workbook: kept sealed while one looks at what would become of it, and carried
//! out as a long errand that can be stopped and goes on where it was. Owns what was asked and how far it is; what rows
//! become is [`oldregister`]'s, what is refused is the register's.
//!
//! It belongs to the person who sent the workbook. Nobody is told of another's.

mod look;
mod run;
mod workbook;

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, atomic::AtomicBool},
};

use label::NamedLabel;
use oldregister::{Counting, Mapping, Table};
use registry::{
    Code, CommandId, ObjectId, PersonId, Refusal, RegistryId, Timestamp,
    document::{Direction, StagedContent},
    id::Digest,
};
use serde::{Deserialize, Serialize};
use store::{StoreError, sql::Row, values};

use crate::{
    failure::Failure,
    intake::{Staged, Upload},
    office::Office,
};

pub use look::{Becomes, Carry, Look, RowState};

/// How long a workbook is kept after it was looked at last (seconds): thirty days.
const KEPT: i64 = 30 * 86_400;
/// Most workbooks of one person.
const MOST: usize = 20;
/// Most refusals that are kept one by one; all are counted.
pub const MOST_REFUSALS: usize = 5_000;

/// What shall be done with a workbook: its sheet, which column is what, and what is the same for all rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Asked {
    /// Which sheet, counted from nought; none: the first that looks like a register.
    pub sheet: Option<usize>,
    /// Which column is what; none: as the headings say.
    pub mapping: Option<Mapping>,
    /// The policy of markings that could be of several, by its name.
    pub policy: Option<String>,
    /// The label where no marking is written; none: undetermined.
    pub label: Option<NamedLabel>,
    /// The way of all documents.
    pub direction: Direction,
    /// The kind of all documents.
    pub kind: String,
    /// The language of all documents.
    pub language: String,
    /// Where their contents are.
    pub held_elsewhere: String,
    /// How numbers without a year are counted; none: it is found out.
    pub counting: Option<Counting>,
    /// The series of which numbers are that no series knows.
    pub series: Option<String>,
    /// Whether what stands in other columns is kept as a remark.
    pub rest: bool,
}

impl Default for Asked {
    fn default() -> Self {
        Self {
            sheet: None,
            mapping: None,
            policy: None,
            label: None,
            direction: Direction::Incoming,
            kind: "document".to_owned(),
            language: "en".to_owned(),
            held_elsewhere: String::new(),
            counting: None,
            series: None,
            rest: true,
        }
    }
}

/// Where a taking over stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// It is looked at.
    #[default]
    Open,
    /// It is being carried out.
    Running,
    /// It was stopped, by a person or by the machine, and can go on.
    Stopped,
    /// It came to its end.
    Done,
}

impl State {
    /// As it stands in answers and in the keys of texts.
    pub const fn as_str(self) -> &'static str {
        match self {
            State::Open => "open",
            State::Running => "running",
            State::Stopped => "stopped",
            State::Done => "done",
        }
    }
}

/// What was refused of a row, or of a count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refused {
    /// The first row of the document; nought for a count.
    pub row: u32,
    /// The code of the refusal.
    pub code: String,
    /// What its words are filled in with.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub arguments: Vec<(String, String)>,
}

impl Refused {
    fn of(row: u32, refusal: &Refusal) -> Self {
        let arguments = refusal.arguments.iter().map(|(n, v)| ((*n).to_owned(), v.clone())).collect();
        Self { row, code: refusal.code.to_string(), arguments }
    }
}

/// A count that was carried over, or why it was not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counted {
    /// The code of the series.
    pub series: String,
    /// The first reference that will be given here.
    pub next: String,
    /// Why it was not opened; none: it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refused: Option<Refused>,
}

/// How far a taking over is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Progress {
    /// Where it stands.
    pub state: State,
    /// How many documents there are.
    pub total: usize,
    /// How many of them were looked at in this run.
    pub done: usize,
    /// Registered in this run.
    pub registered: usize,
    /// Registered before it.
    pub already: usize,
    /// Refused in this run.
    pub refused: usize,
    /// The first of what was refused.
    pub refusals: Vec<Refused>,
    /// The counts that were carried over.
    pub counts: Vec<Counted>,
}

/// A workbook with what shall be done with it and how far that is.
#[derive(Debug, Clone, PartialEq)]
pub struct Takeover {
    /// Its name.
    pub id: ObjectId,
    /// Whose it is.
    pub person: PersonId,
    /// Into which registry.
    pub registry: RegistryId,
    /// The workbook, sealed.
    pub content: StagedContent,
    /// What shall be done.
    pub asked: Asked,
    /// How far it is. A run that the machine broke off stands as stopped.
    pub progress: Progress,
    /// When the workbook came.
    pub begun_at: Timestamp,
}

/// What this process knows of takings over: those that run, each with its wish to stop, and tables that were read.
#[derive(Debug, Default)]
pub(crate) struct Errands {
    running: Mutex<HashMap<ObjectId, Arc<AtomicBool>>>,
    tables: Mutex<Vec<(ObjectId, Arc<Vec<Table>>)>>,
}

const COLUMNS: &str = "registry_id, takeover_id, person_id, content, asked, progress, begun_at";

fn damaged(error: impl std::fmt::Display) -> Failure {
    StoreError::damaged(error.to_string()).into()
}

/// Sixteen bytes of a digest, for an identifier.
fn first_half(digest: Digest) -> [u8; 16] {
    let mut id = [0; 16];
    id.iter_mut().zip(digest.0).for_each(|(to, from)| *to = from);
    id
}

impl Office {
    /// Takes a workbook in under a command of its own. Refused where it can't be read as tables. It is durable when this
    /// returns.
    pub async fn open_takeover(
        &self,
        person: PersonId,
        command: CommandId,
        registry: RegistryId,
        upload: Upload,
        asked: Asked,
    ) -> Result<ObjectId, Failure> {
        let id = Digest::of(format!("takeover\n{person}\n{command}").as_bytes());
        let id = ObjectId::new(first_half(id));
        let mine = self.takeovers(person).await?;
        // The same command once more: what came is here.
        if mine.iter().any(|known| known.id == id) {
            return Ok(id);
        }
        if mine.len() >= MOST {
            return Err(Refusal::on("content", Code::Busy).into());
        }
        let finished = tokio::task::spawn_blocking(move || upload.finish(None));
        let Staged { content, sealed, .. } = finished.await.map_err(StoreError::damaged)??;
        self.keep(sealed).await?;
        if let Err(failure) = self.tables_of(registry, &content).await {
            self.discard(registry, &[content]).await?;
            return Err(failure);
        }
        let kept = serde_json::to_string(&content).map_err(damaged)?;
        let asked = serde_json::to_string(&asked).map_err(damaged)?;
        let progress = serde_json::to_string(&Progress::default()).map_err(damaged)?;
        let mut conn = self.database().begin_write().await?;
        conn.execute(
            "INSERT INTO takeover (registry_id, takeover_id, person_id, content, asked, progress, begun_at, changed_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $7)",
            values![registry, id, person, kept, asked, progress, self.now()],
        )
        .await?;
        conn.commit().await?;
        Ok(id)
    }

    /// The workbooks of a person, the newest first.
    pub async fn takeovers(&self, person: PersonId) -> Result<Vec<Takeover>, Failure> {
        let mut conn = self.database().begin_read().await?;
        let sql = format!(
            "SELECT {COLUMNS} FROM takeover WHERE person_id = $1 ORDER BY begun_at DESC, takeover_id"
        );
        let rows = conn.all(store::sql::built(sql), values![person]).await?;
        rows.iter().map(|row| self.takeover_of(row)).collect()
    }

    /// A workbook of a person. One of another is not there.
    pub async fn takeover(&self, person: PersonId, id: ObjectId) -> Result<Takeover, Failure> {
        let mut conn = self.database().begin_read().await?;
        let sql = format!("SELECT {COLUMNS} FROM takeover WHERE takeover_id = $1 AND person_id = $2");
        let row = conn.one(store::sql::built(sql), values![id, person]).await?;
        self.takeover_of(&row.ok_or(Code::NotFound)?)
    }

    fn takeover_of(&self, row: &Row) -> Result<Takeover, Failure> {
        let text = |column: usize| row.text(column).map_err(StoreError::from);
        let id: ObjectId = row.id(1)?;
        let mut progress: Progress = serde_json::from_str(&text(5)?).map_err(damaged)?;
        if progress.state == State::Running && !self.runs(id) {
            progress.state = State::Stopped;
        }
        Ok(Takeover {
            id,
            person: row.id(2)?,
            registry: row.id(0)?,
            content: serde_json::from_str(&text(3)?).map_err(damaged)?,
            asked: serde_json::from_str(&text(4)?).map_err(damaged)?,
            progress,
            begun_at: row.time(6)?,
        })
    }

    /// Keeps what shall be done with a workbook. Refused while it is carried out.
    pub async fn change_takeover(
        &self,
        person: PersonId,
        id: ObjectId,
        asked: &Asked,
    ) -> Result<(), Failure> {
        let takeover = self.takeover(person, id).await?;
        if takeover.progress.state == State::Running {
            return Err(Code::TakeoverRuns.into());
        }
        let asked = serde_json::to_string(asked).map_err(damaged)?;
        // What was done stays told; that it came to an end is so no more.
        let progress = Progress {
            state: if takeover.progress.state == State::Done { State::Open } else { takeover.progress.state },
            ..takeover.progress
        };
        let progress = serde_json::to_string(&progress).map_err(damaged)?;
        let mut conn = self.database().begin_write().await?;
        conn.execute(
            "UPDATE takeover SET asked = $3, progress = $4, changed_at = $5 WHERE takeover_id = $1 AND person_id = $2",
            values![id, person, asked, progress, self.now()],
        )
        .await?;
        Ok(conn.commit().await?)
    }

    /// Throws a workbook away; what was registered from it stays. Refused while it is carried out.
    pub async fn drop_takeover(&self, person: PersonId, id: ObjectId) -> Result<(), Failure> {
        let takeover = self.takeover(person, id).await?;
        if takeover.progress.state == State::Running {
            return Err(Code::TakeoverRuns.into());
        }
        self.forget_takeover(&takeover).await
    }

    async fn forget_takeover(&self, takeover: &Takeover) -> Result<(), Failure> {
        if let Ok(mut tables) = self.errands().tables.lock() {
            tables.retain(|(object, _)| *object != takeover.content.object);
        }
        // The bytes first: broken off between the two, it is done again.
        self.discard(takeover.registry, std::slice::from_ref(&takeover.content)).await?;
        let mut conn = self.database().begin_write().await?;
        conn.execute("DELETE FROM takeover WHERE takeover_id = $1", values![takeover.id]).await?;
        Ok(conn.commit().await.map_err(StoreError::from)?)
    }

    /// Throws away the workbooks at which nobody has looked for thirty days. How many.
    pub async fn sweep_takeovers(&self) -> Result<usize, Failure> {
        let before = self.now().plus_seconds(-KEPT);
        let mut conn = self.database().begin_read().await?;
        let sql =
            format!("SELECT {COLUMNS} FROM takeover WHERE changed_at < $1 ORDER BY changed_at LIMIT 100");
        let rows = conn.all(store::sql::built(sql), values![before]).await?;
        drop(conn);
        let mut swept = 0;
        for row in &rows {
            let takeover = self.takeover_of(row)?;
            if takeover.progress.state != State::Running {
                self.forget_takeover(&takeover).await?;
                swept += 1;
            }
        }
        Ok(swept)
    }

    fn runs(&self, id: ObjectId) -> bool {
        self.errands().running.lock().is_ok_and(|running| running.contains_key(&id))
    }
}
