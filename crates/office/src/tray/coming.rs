//! What comes into a tray: sealed and read already, it is written once for the same bytes. Owns the new row; what becomes of
//! it is told beside this.

use registry::{ObjectId, RegistryId, document::StagedContent, id::Digest};
use store::{StoreError, sql::Conn, values};

use super::{
    Arriving, Head, Said,
    head::{bounded, file_name, flags, short, thread},
};
use crate::{failure::Failure, intake::Staged, office::Office, staging::Waiting};

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
    pub(super) async fn tray_read(&self, staged: Staged) -> Result<Put, Failure> {
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
            flags: flags(&reading),
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
}
