//! The in-tray of a registry: what came in and waits to be registered, whatever brought it. Each thing is sealed and read
//! like a file that a clerk sends; it becomes a record only when one who may register says so, or says why not.
//!
//! One row for each thing. The same bytes come once to a registry: what is fetched again, after a crash or because a server
//! numbered its folder anew, is known by its digest, also after it was registered or dismissed. Of what was settled only
//! that is kept, with the message's own id, by which an answer to it finds its thread.

use registry::{
    Answer, Code, Command, CommandId, DocumentId, ObjectId, PersonId, Refusal, RegistryId, Timestamp,
    document::{Direction, Register, StagedContent},
    id::Digest,
    intake::{Came, DismissalReason},
};
use serde::{Deserialize, Serialize};
use store::{StoreError, sql::Conn, values};

mod dropped;
mod shown;

use crate::{door::Sender, failure::Failure, intake::Staged, office::Office, staging::Waiting};
pub use dropped::{Dropped, place};
pub use shown::{OpenedWaiting, Thread};

/// How long a claim of a command that was broken off stands (seconds).
const CLAIMED: i64 = 60;
/// How long the content of what was registered stays known to the tray, for a command that is sent twice (seconds).
const REMEMBERED: i64 = 86_400;
/// Longest piece of a message's head that is kept (characters).
const LONGEST: usize = 1_000;
/// Most addressees and ids of a message's head that are kept.
const MANY: usize = 100;

/// What is told of a file before it is registered, for it bears on who may be given the file, or on what was read of it:
/// by the stable words of the texts.
fn told(reading: &reader::Reading) -> Vec<String> {
    use reader::Flag;
    let word = |flag: &Flag| match flag {
        Flag::Macros => Some("macros"),
        Flag::ExternalContent => Some("external-content"),
        Flag::EmbeddedFiles => Some("embedded-files"),
        Flag::UnsafeNames => Some("unsafe-names"),
        Flag::HiddenText => Some("hidden-text"),
        Flag::TrackedDeletions => Some("tracked-deletions"),
        Flag::Comments => Some("comments"),
        Flag::PartlyRead => Some("partly-read"),
        Flag::Sealed => Some("sealed"),
        _ => None,
    };
    reading.flags.iter().filter_map(word).map(str::to_owned).collect()
}

/// What brought a thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Source {
    /// A functional mailbox.
    Mailbox,
    /// Files that were dropped, or lay in a folder.
    Drop,
    /// A scanner.
    Scan,
}

impl Source {
    /// Every source.
    pub const ALL: [Source; 3] = [Source::Mailbox, Source::Drop, Source::Scan];
    /// As it stands in data.
    pub const fn as_str(self) -> &'static str {
        match self {
            Source::Mailbox => "mailbox",
            Source::Drop => "drop",
            Source::Scan => "scan",
        }
    }
    pub(crate) fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|source| source.as_str() == word)
    }
}

/// What is known of a thing before its content is looked at.
#[derive(Debug, Clone)]
pub struct Arriving {
    /// What brings it.
    pub source: Source,
    /// Where from, in words for people: a mailbox and its folder, a folder of files.
    pub origin: String,
    /// The way of the paper that it will be.
    pub direction: Direction,
    /// When it came, where whoever brings it knows.
    pub received: Option<Timestamp>,
}

/// Something that went wrong: a code for the texts, and their arguments.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// The code.
    pub code: String,
    /// Names and values.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub arguments: Vec<(String, String)>,
}

/// What a thing says of itself: what the list shows, and what a form is filled with.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Head {
    /// The head of a message.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mail: Option<reader::Mail>,
    /// What an office file says of itself: title, author, when it was made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Its author.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub author: Option<String>,
    /// When it was made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub created: Option<String>,
    /// The marking that stands in it, as a policy of the house knows it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub marking: Option<label::Label>,
    /// The precedence of a formal message, in the house's word.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub precedence: Option<String>,
    /// Who brought it, where it was a person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub brought_by: Option<PersonId>,
    /// What whoever registers it ought to know of its file: macros, content from outside, names that climb.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub flags: Vec<String>,
    /// Why there is no content.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trouble: Option<Said>,
}

/// Something that waits.
#[derive(Debug, Clone)]
pub struct Item {
    /// Its name.
    pub id: ObjectId,
    /// In whose tray.
    pub registry: RegistryId,
    /// What brought it.
    pub source: Source,
    /// Where from.
    pub origin: String,
    /// The way of the paper that it will be.
    pub direction: Direction,
    /// When it came.
    pub arrived: Timestamp,
    /// What it says of itself.
    pub head: Head,
    /// As a registration names it; none: it could not be fetched.
    pub content: Option<StagedContent>,
}

impl Item {
    /// What it is called in a list: its subject, else its title, else its file's name.
    pub fn called(&self) -> &str {
        let subject = self.head.mail.as_ref().and_then(|mail| mail.subject.as_deref());
        let title = self.head.title.as_deref();
        let named = [subject, title].into_iter().flatten().find(|words| !words.trim().is_empty());
        named.or_else(|| self.content.as_ref().map(|content| content.file_name.as_str())).unwrap_or_default()
    }

    /// Who sent it, as it says itself.
    pub fn sender(&self) -> &str {
        let from = self.head.mail.as_ref().and_then(|mail| mail.from.first());
        from.or(self.head.author.as_ref()).map_or("", String::as_str)
    }
}

/// Something that was dismissed.
#[derive(Debug, Clone)]
pub struct Dismissed {
    /// Its name.
    pub id: ObjectId,
    /// In whose tray.
    pub registry: RegistryId,
    /// Where it came from, where the tray still knows.
    pub origin: Option<String>,
    /// Why.
    pub reason: String,
    /// The same in words.
    pub words: Option<String>,
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: PersonId,
}

/// Who has claimed a thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Claim {
    Now,
    Before,
    Others,
}

fn short(words: &str) -> String {
    words.chars().filter(|c| !c.is_control()).take(LONGEST).collect()
}

/// A message's head, in bounds.
fn bounded(mail: &reader::Mail) -> reader::Mail {
    let all = |list: &[String]| list.iter().take(MANY).map(|words| short(words)).collect();
    reader::Mail {
        from: all(&mail.from),
        to: all(&mail.to),
        cc: all(&mail.cc),
        bcc: all(&mail.bcc),
        subject: mail.subject.as_deref().map(short),
        date: mail.date.as_deref().map(short),
        message_id: mail.message_id.as_deref().map(short),
        in_reply_to: mail.in_reply_to.as_deref().map(short),
        references: all(&mail.references),
    }
}

/// The ids by which a message knows those before it, the nearest first; and its own.
fn thread(mail: &reader::Mail) -> mailbox::thread::Head {
    let answered: Vec<&str> = mail.in_reply_to.as_deref().into_iter().collect();
    let before: Vec<&str> = mail.references.iter().map(String::as_str).collect();
    mailbox::thread::Head::new(mail.message_id.as_deref(), &answered, &before, mail.subject.as_deref())
}

impl Office {
    /// Puts something into the tray of a registry. It is durable when this returns. None: the same bytes came before.
    pub async fn tray_put(
        &self,
        registry: RegistryId,
        arriving: &Arriving,
        staged: Staged,
    ) -> Result<Option<ObjectId>, Failure> {
        let put = self.tray_prepare(registry, staged).await?;
        let mut conn = self.database().begin_write().await?;
        let id = self.tray_insert(&mut conn, registry, arriving, &put).await?;
        conn.commit().await?;
        self.tray_kept(registry, put, id.is_some()).await?;
        Ok(id)
    }

    /// Keeps what was sealed, unless its bytes are known, and says what stands in it.
    pub(crate) async fn tray_prepare(&self, registry: RegistryId, staged: Staged) -> Result<Put, Failure> {
        let content = &staged.content;
        let mut conn = self.database().begin_read().await?;
        let known = conn
            .one(
                "SELECT 1 FROM tray WHERE registry_id = $1 AND digest = $2",
                values![registry, content.digest.0],
            )
            .await?
            .is_some();
        drop(conn);
        if known {
            if let Some(follower) = self.follower() {
                follower.forget_fresh(&content.objects());
            }
            return Ok(Put { content: None, digest: Some(content.digest), head: Head::default() });
        }
        self.tray_read(staged).await
    }

    /// Keeps what was sealed, and says what stands in it.
    async fn tray_read(&self, staged: Staged) -> Result<Put, Failure> {
        let Staged { content, reading, sealed } = staged;
        if let Some(follower) = self.follower() {
            // It may wait for weeks: its text is unsealed when it is wanted.
            follower.forget_fresh(&content.objects());
        }
        let house = self.house().await?;
        let today = self.now().date(&house.zone);
        let waiting = Waiting { id: content.object, content, reading };
        let proposals = waiting.proposals(&house, today);
        let Waiting { mut content, reading, .. } = waiting;
        let reading = reading.unwrap_or_default();
        let marking = proposals.marking.first().map(|m| &m.value).filter(|m| m.unknown.is_empty());
        let head = Head {
            mail: reading.mail.as_ref().map(bounded),
            title: reading.title.as_deref().map(short),
            author: reading.author.as_deref().map(short),
            created: reading.created.as_deref().map(short),
            marking: marking.and_then(|m| m.label.clone()),
            precedence: proposals.precedence.first().map(|p| short(&p.value)),
            flags: told(&reading),
            ..Head::default()
        };
        if let Some(subject) = head.mail.as_ref().and_then(|m| m.subject.as_deref()) {
            content.file_name = file_name(subject).unwrap_or(content.file_name);
        }
        self.keep(sealed).await?;
        Ok(Put { digest: Some(content.digest), content: Some(content), head })
    }

    /// Writes the row, in a transaction of the caller's. None: the bytes are known.
    pub(crate) async fn tray_insert(
        &self,
        conn: &mut Conn,
        registry: RegistryId,
        arriving: &Arriving,
        put: &Put,
    ) -> Result<Option<ObjectId>, StoreError> {
        if put.content.is_none() && put.head.trouble.is_none() {
            return Ok(None);
        }
        let mut id = [0; 16];
        self.entropy()(&mut id);
        let id = ObjectId::new(id);
        let json = |value: &Option<StagedContent>| {
            value.as_ref().map(serde_json::to_string).transpose().map_err(StoreError::damaged)
        };
        let (content, head) =
            (json(&put.content)?, serde_json::to_string(&put.head).map_err(StoreError::damaged)?);
        let message = put.head.mail.as_ref().and_then(|mail| thread(mail).id);
        let came = arriving.received.map_or(self.now(), |at| at.min(self.now()));
        let written = conn
            .execute(
                "INSERT INTO tray (registry_id, item_id, source, origin, direction, digest, content, head, message_id, arrived_at, standing) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'waiting') ON CONFLICT (registry_id, digest) DO NOTHING",
                values![
                    registry,
                    id,
                    arriving.source.as_str(),
                    short(&arriving.origin),
                    arriving.direction.as_str(),
                    put.digest.map(|digest| digest.0),
                    content,
                    head,
                    message,
                    came
                ],
            )
            .await?;
        Ok((written == 1).then_some(id))
    }

    /// Throws away what was kept for a row that another had written meanwhile.
    pub(crate) async fn tray_kept(&self, registry: RegistryId, put: Put, used: bool) -> Result<(), Failure> {
        match put.content {
            Some(content) if !used => self.discard(registry, &[content]).await,
            _ => Ok(()),
        }
    }

    /// Registers what waits in a tray. It goes on waiting where the registration is refused.
    pub async fn register_from_tray(
        &self,
        sender: Sender,
        id: CommandId,
        registry: RegistryId,
        document: Register,
        item: ObjectId,
    ) -> Result<Answer, Failure> {
        let office = self.clone();
        let errand =
            tokio::spawn(async move { office.carry_from_tray(sender, id, registry, document, item).await });
        errand.await.map_err(StoreError::damaged)?
    }

    async fn carry_from_tray(
        &self,
        sender: Sender,
        id: CommandId,
        registry: RegistryId,
        mut document: Register,
        item: ObjectId,
    ) -> Result<Answer, Failure> {
        let claimed = self.tray_claim(registry, item, id, sender.person).await?;
        let content = match claimed {
            Claim::Others => None,
            Claim::Now | Claim::Before => self.tray_content(registry, item).await?,
        };
        let Some(content) = content else {
            if claimed == Claim::Now {
                self.tray_release(registry, item, id).await?;
            }
            return Err(Code::TraySettled.into());
        };
        document.content = Some(content);
        let command = Command::Register { registry, document: Box::new(document) };
        let result = self.carry(sender, id, command).await;
        match &result {
            Ok(carried) => {
                if let Answer::Registered { document, .. } = &carried.answer {
                    self.tray_registered(registry, item, *document).await?;
                }
            }
            Err(Failure::Refused(_)) if claimed == Claim::Now => {
                self.tray_release(registry, item, id).await?;
            }
            // Whether it was committed is not known: the claim stands until it is looked at.
            Err(_) => {}
        }
        result.map(|carried| carried.answer)
    }

    /// Says of things in a tray that they are not registered. Those that another has settled meanwhile are left out; how
    /// many were dismissed. Their content is thrown away.
    pub async fn dismiss(
        &self,
        sender: Sender,
        id: CommandId,
        registry: RegistryId,
        items: &[ObjectId],
        reason: DismissalReason,
        words: Option<String>,
    ) -> Result<usize, Failure> {
        let office = self.clone();
        let items = items.to_vec();
        let errand =
            tokio::spawn(
                async move { office.carry_dismissal(sender, id, registry, items, reason, words).await },
            );
        errand.await.map_err(StoreError::damaged)?
    }

    async fn carry_dismissal(
        &self,
        sender: Sender,
        id: CommandId,
        registry: RegistryId,
        mut items: Vec<ObjectId>,
        reason: DismissalReason,
        words: Option<String>,
    ) -> Result<usize, Failure> {
        items.sort();
        items.dedup();
        if items.len() > registry::intake::AT_ONCE {
            return Err(Refusal::on("items", Code::TooLong).with("limit", registry::intake::AT_ONCE).into());
        }
        let (mut came, mut claims) = (Vec::new(), Vec::new());
        for item in items {
            let claimed = self.tray_claim(registry, item, id, sender.person).await?;
            if claimed == Claim::Others {
                continue;
            }
            let digest = self.tray_digest(registry, item).await?;
            came.push(Came { item, digest });
            claims.push(claimed);
        }
        if came.is_empty() {
            return Err(Code::TraySettled.into());
        }
        let count = came.len();
        let command = Command::Dismiss { registry, items: came.clone(), reason, words };
        match self.carry(sender, id, command).await {
            Ok(_) => {
                for one in came {
                    self.tray_dismissed(registry, one.item).await?;
                }
                Ok(count)
            }
            Err(failure) => {
                if matches!(failure, Failure::Refused(_)) {
                    for (one, claimed) in came.iter().zip(claims) {
                        if claimed == Claim::Now {
                            self.tray_release(registry, one.item, id).await?;
                        }
                    }
                }
                Err(failure)
            }
        }
    }

    async fn tray_claim(
        &self,
        registry: RegistryId,
        item: ObjectId,
        command: CommandId,
        by: PersonId,
    ) -> Result<Claim, StoreError> {
        let mut conn = self.database().begin_write().await?;
        let now = conn
            .execute(
                "UPDATE tray SET command_id = $1, settled_at = $2, settled_by = $3 WHERE registry_id = $4 AND item_id = $5 AND standing = 'waiting' AND command_id IS NULL",
                values![command, self.now(), by, registry, item],
            )
            .await?;
        let row = conn
            .one(
                "SELECT command_id, settled_by FROM tray WHERE registry_id = $1 AND item_id = $2",
                values![registry, item],
            )
            .await?;
        conn.commit().await?;
        let (holder, person) = match row {
            Some(row) => (row.opt_id::<CommandId>(0)?, row.opt_id::<PersonId>(1)?),
            None => (None, None),
        };
        Ok(match (now, holder == Some(command) && person == Some(by)) {
            (1, _) => Claim::Now,
            (_, true) => Claim::Before,
            (_, false) => Claim::Others,
        })
    }

    async fn tray_release(
        &self,
        registry: RegistryId,
        item: ObjectId,
        command: CommandId,
    ) -> Result<(), StoreError> {
        let mut conn = self.database().begin_write().await?;
        conn.execute(
            "UPDATE tray SET command_id = NULL, settled_at = NULL, settled_by = NULL WHERE registry_id = $1 AND item_id = $2 AND command_id = $3 AND standing = 'waiting'",
            values![registry, item, command],
        )
        .await?;
        Ok(conn.commit().await?)
    }

    async fn tray_content(
        &self,
        registry: RegistryId,
        item: ObjectId,
    ) -> Result<Option<StagedContent>, StoreError> {
        let mut conn = self.database().begin_read().await?;
        let row = conn
            .one("SELECT content FROM tray WHERE registry_id = $1 AND item_id = $2", values![registry, item])
            .await?;
        let text = row.map(|row| row.opt_text(0)).transpose()?.flatten();
        text.map(|text| serde_json::from_str(&text)).transpose().map_err(StoreError::damaged)
    }

    async fn tray_digest(&self, registry: RegistryId, item: ObjectId) -> Result<Option<Digest>, StoreError> {
        let mut conn = self.database().begin_read().await?;
        let row = conn
            .one("SELECT digest FROM tray WHERE registry_id = $1 AND item_id = $2", values![registry, item])
            .await?;
        let Some(row) = row else { return Ok(None) };
        Ok(match row.opt_bytes(0)? {
            Some(_) => Some(Digest(row.array(0)?)),
            None => None,
        })
    }

    async fn tray_registered(
        &self,
        registry: RegistryId,
        item: ObjectId,
        document: DocumentId,
    ) -> Result<(), StoreError> {
        let mut conn = self.database().begin_write().await?;
        conn.execute(
            "UPDATE tray SET standing = 'registered', registered_as = $1, settled_at = $2, head = '{}' WHERE registry_id = $3 AND item_id = $4",
            values![document, self.now(), registry, item],
        )
        .await?;
        Ok(conn.commit().await?)
    }

    /// Throws away the content of something that is dismissed, and then forgets that it was there: broken off between the
    /// two it is done again. Nothing that a document has is thrown away, whoever has dismissed it.
    async fn tray_dismissed(&self, registry: RegistryId, item: ObjectId) -> Result<(), Failure> {
        if let Some(content) = self.tray_content(registry, item).await? {
            if let Some(document) = self.document_of(registry, &content).await? {
                return Ok(self.tray_registered(registry, item, document).await?);
            }
            self.discard(registry, &[content]).await?;
        }
        let mut conn = self.database().begin_write().await?;
        conn.execute(
            "UPDATE tray SET standing = 'dismissed', settled_at = $1, head = '{}', content = NULL, message_id = NULL WHERE registry_id = $2 AND item_id = $3",
            values![self.now(), registry, item],
        )
        .await?;
        Ok(conn.commit().await.map_err(StoreError::from)?)
    }

    /// The document that has a content as one of its versions.
    async fn document_of(
        &self,
        registry: RegistryId,
        content: &StagedContent,
    ) -> Result<Option<DocumentId>, StoreError> {
        let mut conn = self.database().begin_read().await?;
        let row = conn
            .one(
                "SELECT document_id FROM version WHERE registry_id = $1 AND digest = $2 AND object_id = $3",
                values![registry, content.digest.0, content.object],
            )
            .await?;
        Ok(row.map(|row| row.id(0)).transpose()?)
    }

    /// Settles what a command had claimed that was broken off, as the register tells what became of it; and forgets the
    /// content of what was registered long ago. How many claims were looked at.
    pub async fn sweep_tray(&self) -> Result<usize, Failure> {
        let before = self.now().plus_seconds(-CLAIMED);
        let mut conn = self.database().begin_read().await?;
        let rows = conn
            .all(
                "SELECT registry_id, item_id, command_id, content FROM tray WHERE standing = 'waiting' AND command_id IS NOT NULL AND settled_at < $1",
                values![before],
            )
            .await?;
        drop(conn);
        let claims = rows.len();
        for row in rows {
            let (registry, item): (RegistryId, ObjectId) = (row.id(0)?, row.id(1)?);
            let command: CommandId = row.id(2)?;
            let content: Option<StagedContent> = row
                .opt_text(3)?
                .map(|text| serde_json::from_str(&text))
                .transpose()
                .map_err(StoreError::damaged)?;
            let used = match &content {
                Some(content) => self.document_of(registry, content).await?,
                None => None,
            };
            let mut conn = self.database().begin_read().await?;
            let dismissed = conn
                .one(
                    "SELECT 1 FROM intake_dismissed WHERE registry_id = $1 AND item_id = $2",
                    values![registry, item],
                )
                .await?
                .is_some();
            drop(conn);
            match used {
                Some(document) => self.tray_registered(registry, item, document).await?,
                None if dismissed => self.tray_dismissed(registry, item).await?,
                None => self.tray_release(registry, item, command).await?,
            }
        }
        let mut conn = self.database().begin_write().await?;
        conn.execute(
            "UPDATE tray SET content = NULL WHERE standing = 'registered' AND settled_at < $1 AND content IS NOT NULL",
            values![self.now().plus_seconds(-REMEMBERED)],
        )
        .await?;
        conn.commit().await?;
        Ok(claims)
    }
}

/// What is about to stand in a tray.
#[derive(Debug)]
pub(crate) struct Put {
    /// The content; none: known already, or not to be had.
    pub(crate) content: Option<StagedContent>,
    pub(crate) digest: Option<Digest>,
    pub(crate) head: Head,
}

impl Put {
    /// Something that could not be fetched.
    pub(crate) fn trouble(said: Said) -> Self {
        Put { content: None, digest: None, head: Head { trouble: Some(said), ..Head::default() } }
    }
}

/// The name of the file that a message of this subject is kept as; none where the subject has no letter.
fn file_name(subject: &str) -> Option<String> {
    let plain: String = subject
        .chars()
        .map(|c| if c.is_control() || "/\\:*?\"<>|".contains(c) { ' ' } else { c })
        .take(120)
        .collect();
    let plain = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    plain.chars().any(char::is_alphanumeric).then(|| format!("{plain}.eml"))
}
