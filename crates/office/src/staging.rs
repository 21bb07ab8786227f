//! Files that came in and belong to no document yet: read, sealed, shown to the clerk in a form that may be sent again
//! and again. One belongs to the person who sent it, for a day; then it is thrown away.

use registry::{
    Answer, Code, Command, CommandId, ObjectId, PersonId, Refusal, RegistryId,
    document::{Register, StagedContent},
    house::House,
};
use store::{StoreError, values};

use proposal::{Proposals, Source, Vocabulary, Words};

use crate::{
    door::Sender,
    failure::Failure,
    intake::{Staged, Upload},
    office::Office,
    shipped,
};

/// How long a file waits to be registered (seconds).
const KEPT: i64 = 86_400;
/// In whose name a file is taken that is thrown away.
const SWEEPER: CommandId = CommandId::new(*b"chancery-sweeper");
/// Most files that wait for one person.
const MOST_WAITING: u64 = 50;
/// Most files that are swept at once.
const SWEPT: i64 = 500;
/// Longest text that is read again for proposing fields (bytes).
const TEXT: u64 = 2 << 20;

/// Whose a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Claim {
    /// Of the command that asked, since now.
    Now,
    /// Of the command that asked, since an earlier run.
    Before,
    /// Of another command.
    Others,
}

/// A file that waits, with what was read of it.
#[derive(Debug)]
pub struct Waiting {
    /// Its name, for the form.
    pub id: ObjectId,
    /// As a registration names it.
    pub content: StagedContent,
    /// What the reader found: for proposing, while it is at hand.
    pub reading: Option<Box<reader::Reading>>,
}

impl Waiting {
    /// What the file says of itself, for a clerk to confirm.
    pub fn proposals(&self, house: &House, today: jiff::civil::Date) -> Proposals {
        let Some(reading) = &self.reading else { return Proposals::default() };
        let Ok(words) = Words::parse(shipped::PROPOSALS) else { return Proposals::default() };
        let vocabulary = Vocabulary::new(&house.policies, &words);
        let mail = reading.mail.as_ref().map(|mail| proposal::Mail {
            from: &mail.from,
            to: &mail.to,
            cc: &mail.cc,
            subject: mail.subject.as_deref(),
            date: mail.date.as_deref(),
        });
        let source = Source {
            text: &reading.text,
            file_name: Some(&self.content.file_name),
            mail,
            properties: proposal::Properties {
                title: reading.title.as_deref(),
                author: reading.author.as_deref(),
                created: reading.created.as_deref(),
            },
            registered: Some(today),
        };
        proposal::propose(&source, &words, &vocabulary)
    }
}

impl Office {
    /// Takes in a file for a form that is not filled in yet. It is durable when this returns.
    pub async fn stage(
        &self,
        person: PersonId,
        registry: RegistryId,
        upload: Upload,
    ) -> Result<Waiting, Failure> {
        let mut conn = self.database().begin_read().await?;
        let row = conn
            .one("SELECT COUNT(*) FROM stage WHERE person_id = $1 AND command_id IS NULL", values![person])
            .await
            .map_err(StoreError::from)?;
        drop(conn);
        let waiting = row.map_or(Ok(0), |row| row.number(0)).map_err(StoreError::from)?;
        if waiting >= MOST_WAITING {
            return Err(Refusal::on("content", Code::Busy).into());
        }
        let finished = tokio::task::spawn_blocking(move || upload.finish(None));
        let Staged { content, reading, sealed } = finished.await.map_err(StoreError::damaged)??;
        self.keep(sealed).await?;
        let mut id = [0; 16];
        self.entropy()(&mut id);
        let id = ObjectId::new(id);
        let text = serde_json::to_string(&content).map_err(StoreError::damaged)?;
        let mut conn = self.database().begin_write().await?;
        conn.execute(
            "INSERT INTO stage (registry_id, stage_id, person_id, content, staged_at) VALUES ($1, $2, $3, $4, $5)",
            values![registry, id, person, text, self.now()],
        )
        .await?;
        conn.commit().await?;
        Ok(Waiting { id, content, reading })
    }

    /// A file that waits for this person, and for which registry it was sealed.
    pub async fn staged(
        &self,
        person: PersonId,
        id: ObjectId,
    ) -> Result<Option<(RegistryId, StagedContent)>, Failure> {
        let mut conn = self.database().begin_read().await?;
        let row = conn
            .one(
                "SELECT registry_id, content FROM stage WHERE stage_id = $1 AND person_id = $2",
                values![id, person],
            )
            .await
            .map_err(StoreError::from)?;
        let Some(row) = row else { return Ok(None) };
        let registry = row.id(0).map_err(StoreError::from)?;
        let content =
            serde_json::from_str(&row.text(1).map_err(StoreError::from)?).map_err(StoreError::damaged)?;
        Ok(Some((registry, content)))
    }

    /// A file that waits for this person as one that was just read, for showing once more where a form was read off it: its
    /// text is unsealed. What a message or a document says of itself beside its text is not at hand any more.
    pub async fn staged_reading(&self, person: PersonId, id: ObjectId) -> Result<Option<Waiting>, Failure> {
        let Some((registry, content)) = self.staged(person, id).await? else { return Ok(None) };
        let text = self.waiting_text(registry, &content).await?;
        let reading = reader::Reading { text, ..reader::Reading::default() };
        Ok(Some(Waiting { id, content, reading: Some(Box::new(reading)) }))
    }

    /// The text that was read of a file that waits, or its beginning where it is very long.
    pub(crate) async fn waiting_text(
        &self,
        registry: RegistryId,
        content: &StagedContent,
    ) -> Result<String, Failure> {
        let mut bytes = Vec::new();
        if let Some(read) = &content.text {
            let mut unsealing = self.vault().unseal(registry, read.object).await?;
            while (bytes.len() as u64) < TEXT {
                match unsealing.next_chunk()? {
                    Some(chunk) => bytes.extend_from_slice(&chunk),
                    None => break,
                }
            }
        }
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }

    /// Registers a document with a file that waits. It goes on waiting where the registration is refused.
    pub async fn register_staged(
        &self,
        sender: Sender,
        id: CommandId,
        registry: RegistryId,
        document: Register,
        stage: ObjectId,
    ) -> Result<Answer, Failure> {
        let office = self.clone();
        let errand =
            tokio::spawn(async move { office.carry_staged(sender, id, registry, document, stage).await });
        errand.await.map_err(StoreError::damaged)?
    }

    async fn carry_staged(
        &self,
        sender: Sender,
        id: CommandId,
        registry: RegistryId,
        mut document: Register,
        stage: ObjectId,
    ) -> Result<Answer, Failure> {
        let waiting = self.staged(sender.person, stage).await?;
        let Some((sealed_for, content)) = waiting else {
            return Err(Refusal::on("content", Code::StageGone).into());
        };
        if sealed_for != registry {
            return Err(Refusal::on("content", Code::StagedElsewhere).into());
        }
        // One file is one document's: who sends a form twice has one of them refused, unless it is the same command.
        let claimed = self.claim(stage, id).await?;
        if claimed == Claim::Others {
            return Err(Code::Conflict.into());
        }
        document.content = Some(content);
        let command = Command::Register { registry, document: Box::new(document) };
        let result = self.carry(sender, id, command).await;
        // What an earlier run of the same command took is its document's, whatever became of this one.
        if claimed == Claim::Now && matches!(&result, Err(Failure::Refused(_))) {
            self.release(stage, id).await?;
        }
        result.map(|carried| carried.answer)
    }

    /// Takes a file for a command.
    async fn claim(&self, stage: ObjectId, command: CommandId) -> Result<Claim, StoreError> {
        let mut conn = self.database().begin_write().await?;
        let now = conn
            .execute(
                "UPDATE stage SET command_id = $1 WHERE stage_id = $2 AND command_id IS NULL",
                values![command, stage],
            )
            .await?;
        let row = conn.one("SELECT command_id FROM stage WHERE stage_id = $1", values![stage]).await?;
        conn.commit().await?;
        let holder = row.map(|row| row.opt_id::<CommandId>(0)).transpose()?.flatten();
        Ok(match (now, holder == Some(command)) {
            (1, _) => Claim::Now,
            (_, true) => Claim::Before,
            (_, false) => Claim::Others,
        })
    }

    async fn release(&self, stage: ObjectId, command: CommandId) -> Result<(), StoreError> {
        let mut conn = self.database().begin_write().await?;
        conn.execute(
            "UPDATE stage SET command_id = NULL WHERE stage_id = $1 AND command_id = $2",
            values![stage, command],
        )
        .await?;
        Ok(conn.commit().await?)
    }

    /// Throws a waiting file of a person away, for another that takes its place in the form.
    pub async fn drop_stage(&self, person: PersonId, stage: ObjectId) -> Result<(), Failure> {
        match self.staged(person, stage).await? {
            Some((registry, content)) => self.sweep(registry, stage, content, false).await.map(|_| ()),
            None => Ok(()),
        }
    }

    /// Throws away what has waited for a day and belongs to no document. How many.
    pub async fn sweep_stages(&self) -> Result<usize, Failure> {
        let before = self.now().plus_seconds(-KEPT);
        let mut conn = self.database().begin_read().await?;
        let rows = conn
            .all(
                "SELECT registry_id, stage_id, content FROM stage WHERE staged_at < $1 ORDER BY staged_at LIMIT $2",
                values![before, SWEPT],
            )
            .await
            .map_err(StoreError::from)?;
        drop(conn);
        let mut swept = 0;
        for row in rows {
            let (registry, stage): (RegistryId, ObjectId) =
                (row.id(0).map_err(StoreError::from)?, row.id(1).map_err(StoreError::from)?);
            let text = row.text(2).map_err(StoreError::from)?;
            let content: StagedContent = serde_json::from_str(&text).map_err(StoreError::damaged)?;
            swept += usize::from(self.sweep(registry, stage, content, true).await?);
        }
        Ok(swept)
    }

    /// Throws one file away, unless a document has it; true when it was. `old`: it was left behind by whatever had taken
    /// it, a day ago.
    async fn sweep(
        &self,
        registry: RegistryId,
        stage: ObjectId,
        content: StagedContent,
        old: bool,
    ) -> Result<bool, Failure> {
        // Taken first, as by a command: from here on nobody can register what is thrown away.
        if self.claim(stage, SWEEPER).await? == Claim::Others && !old {
            return Ok(false);
        }
        let mut conn = self.database().begin_read().await?;
        let used = conn
            .one(
                "SELECT 1 FROM version WHERE registry_id = $1 AND digest = $2 AND object_id = $3",
                values![registry, content.digest.0, content.object],
            )
            .await
            .map_err(StoreError::from)?
            .is_some();
        drop(conn);
        if !used {
            self.discard(registry, &[content]).await?;
        }
        let mut conn = self.database().begin_write().await?;
        conn.execute("DELETE FROM stage WHERE registry_id = $1 AND stage_id = $2", values![registry, stage])
            .await?;
        conn.commit().await?;
        Ok(!used)
    }
}
