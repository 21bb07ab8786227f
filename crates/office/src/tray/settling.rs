//! What becomes of what waits in a tray: it is registered, or somebody says why not. A thing is claimed before its command is
//! given, so that of two at once one is told; what was broken off is settled later, as the register tells.

use registry::{
    Answer, Code, Command, CommandId, ObjectId, Refusal, RegistryId,
    document::{Register, StagedContent},
    intake::{Came, DismissalReason},
};
use store::{StoreError, values};

use super::claim::Claim;
use crate::{door::Sender, failure::Failure, office::Office};

/// How long a claim of a command that was broken off stands (seconds).
const CLAIMED: i64 = 60;
/// How long the content of what was registered stays known to the tray, for a command that is sent twice (seconds).
const REMEMBERED: i64 = 86_400;

impl Office {
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
