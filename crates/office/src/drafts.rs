//! What somebody had typed into a form when another took his seat: kept for him alone, sealed like a document's content,
//! for a day. Whoever has lost an authorisation since gets nothing of it back. Settings of a person, outside of the ledger.

use registry::{Code, HOUSE, ObjectId, PersonId, Refusal, Timestamp, id::Digest};
use serde::{Deserialize, Serialize};
use store::{StoreError, values};

use crate::{failure::Failure, office::Office, reading::Reading, signin::Session};

/// How long it is kept (seconds).
const KEPT: i64 = 86_400;
/// Most bytes of all that is kept of one page.
pub const LARGEST: usize = 256 << 10;
/// Most pages of which a person has something kept; the oldest goes first.
pub const MOST: usize = 10;
/// Longest path of a page (bytes).
const PATH: usize = 2_000;
/// Most forms of a page, and most fields of all of them.
const FORMS: usize = 8;
const FIELDS: usize = 2_000;
/// Most pages that are swept at once.
const SWEPT: i64 = 500;

/// A form as it stood: where it would have been sent, and its fields in their order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Form {
    /// Where it is sent.
    pub action: String,
    /// Names and values.
    pub fields: Vec<(String, String)>,
}

/// What was typed on a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Typed {
    /// Path and query of the page.
    pub path: String,
    /// Its forms.
    pub forms: Vec<Form>,
}

impl Typed {
    /// Reads what a page sent.
    ///
    /// # Errors
    /// Refused where it is too much, or nothing that a page of ours would send.
    pub fn read(text: &str) -> Result<Self, Refusal> {
        if text.len() > LARGEST {
            return Err(Refusal::on("draft", Code::TooLong).with("limit", LARGEST));
        }
        let typed: Self = serde_json::from_str(text).map_err(|_| Code::RequestForm)?;
        let fields: usize = typed.forms.iter().map(|form| form.fields.len()).sum();
        let fits = is_path(&typed.path) && typed.forms.iter().all(|form| is_path(&form.action));
        if !fits || typed.forms.is_empty() || typed.forms.len() > FORMS || fields > FIELDS {
            return Err(Code::RequestForm.into());
        }
        Ok(typed)
    }
}

fn is_path(text: &str) -> bool {
    text.len() <= PATH
        && text.starts_with('/')
        && !text.starts_with("//")
        && !text.chars().any(|c| c.is_control() || c == '\\')
}

/// What is sealed.
#[derive(Debug, Serialize, Deserialize)]
struct Kept {
    typed: Typed,
    /// What the person was authorised to, each as a digest.
    held: Vec<Digest>,
    /// The ceiling of the session in which it was typed.
    ceiling: Option<label::Clearance>,
}

/// Something that is kept for a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// What was typed, and where.
    pub typed: Typed,
    /// Since when it is kept.
    pub at: Timestamp,
}

/// By which a page is found: its path tells what it is about, and stands in no table.
fn place(path: &str) -> [u8; 32] {
    Digest::of(path.as_bytes()).0
}

impl Reading {
    /// How many pages the reader has something kept of: for a line that leads to them.
    pub async fn draft_count(&mut self) -> Result<u64, Failure> {
        let since = self.office().now().plus_seconds(-KEPT);
        let person = self.person().id;
        let row = self
            .conn()
            .one(
                "SELECT COUNT(*) FROM draft WHERE registry_id = $1 AND person_id = $2 AND kept_at > $3",
                values![HOUSE, person, since],
            )
            .await?;
        Ok(row.map_or(Ok(0), |row| row.number(0))?)
    }
}

impl Office {
    /// What the person of a session is authorised to in it.
    async fn held(&self, session: &Session) -> Result<Vec<Digest>, Failure> {
        let reading = self.read_as(session).await?;
        let each = reading.own_grants().map(|grant| serde_json::to_vec(grant).map(|text| Digest::of(&text)));
        Ok(each.collect::<Result<Vec<_>, _>>().map_err(StoreError::damaged)?)
    }

    /// Keeps what the person of a session typed. It is durable when this returns.
    pub async fn keep_draft(&self, session: &Session, typed: Typed) -> Result<(), Failure> {
        let page = place(&typed.path);
        let kept = Kept { typed, held: self.held(session).await?, ceiling: session.ceiling.clone() };
        let text = serde_json::to_vec(&kept).map_err(StoreError::damaged)?;
        let vault = self.vault().clone();
        let sealed = tokio::task::spawn_blocking(move || vault.seal_bytes(vault.batch(), HOUSE, &text));
        let sealed = sealed.await.map_err(StoreError::damaged)??;
        let object = sealed.object;
        self.vault().keep(vec![sealed]).await?;
        let mut conn = self.database().begin_write().await?;
        let rows = conn
            .all(
                "SELECT place, object_id FROM draft WHERE registry_id = $1 AND person_id = $2 ORDER BY kept_at DESC, place NULLS LAST",
                values![HOUSE, session.person],
            )
            .await?;
        let mut gone: Vec<ObjectId> = Vec::new();
        let mut others = 0;
        for row in rows {
            let (at, old): ([u8; 32], ObjectId) = (row.array(0)?, row.id(1)?);
            others += usize::from(at != page);
            if at == page || others >= MOST {
                conn.execute(
                    "DELETE FROM draft WHERE registry_id = $1 AND person_id = $2 AND place = $3",
                    values![HOUSE, session.person, at],
                )
                .await?;
                gone.push(old);
            }
        }
        conn.execute(
            "INSERT INTO draft (registry_id, person_id, place, object_id, kept_at) VALUES ($1, $2, $3, $4, $5)",
            values![HOUSE, session.person, page, object, self.now()],
        )
        .await?;
        conn.commit().await?;
        Ok(self.vault().discard(HOUSE, &gone).await?)
    }

    /// Everything that is kept for the person of a session, the newest first.
    pub async fn drafts(&self, session: &Session) -> Result<Vec<Draft>, Failure> {
        let since = self.now().plus_seconds(-KEPT);
        let mut conn = self.database().begin_read().await?;
        let rows = conn
            .all(
                "SELECT object_id, kept_at FROM draft WHERE registry_id = $1 AND person_id = $2 AND kept_at > $3 ORDER BY kept_at DESC, place NULLS LAST",
                values![HOUSE, session.person, since],
            )
            .await?;
        drop(conn);
        if rows.is_empty() {
            return Ok(Vec::new());
        }
        let held = self.held(session).await?;
        let mut all = Vec::new();
        for row in rows {
            let limit = (LARGEST * 4) as u64;
            let bytes = match self.vault().read(HOUSE, row.id(0)?, limit).await {
                Ok(bytes) => bytes,
                // It was sent or thrown away since the tables were asked.
                Err(StoreError::KeyDestroyed) => continue,
                Err(error) => return Err(error.into()),
            };
            let kept: Kept = serde_json::from_slice(&bytes).map_err(StoreError::damaged)?;
            let under = session.ceiling.is_none() || session.ceiling == kept.ceiling;
            if under && kept.held.iter().all(|one| held.contains(one)) {
                all.push(Draft { typed: kept.typed, at: row.time(1)? });
            }
        }
        Ok(all)
    }

    /// Erases what is kept for a person of a page, where something is: its key goes, and with it every copy.
    pub async fn drop_draft(&self, person: PersonId, path: &str) -> Result<(), Failure> {
        let mut conn = self.database().begin_read().await?;
        let row = conn
            .one(
                "SELECT object_id FROM draft WHERE registry_id = $1 AND person_id = $2 AND place = $3",
                values![HOUSE, person, place(path)],
            )
            .await?;
        drop(conn);
        let Some(row) = row else { return Ok(()) };
        self.erase(person, place(path), row.id(0)?).await
    }

    async fn erase(&self, person: PersonId, place: [u8; 32], object: ObjectId) -> Result<(), Failure> {
        self.vault().discard(HOUSE, &[object]).await?;
        let mut conn = self.database().begin_write().await?;
        conn.execute(
            "DELETE FROM draft WHERE registry_id = $1 AND person_id = $2 AND place = $3 AND object_id = $4",
            values![HOUSE, person, place, object],
        )
        .await?;
        Ok(conn.commit().await?)
    }

    /// Erases what nobody came back to for a day. How many pages.
    pub async fn sweep_drafts(&self) -> Result<usize, Failure> {
        let before = self.now().plus_seconds(-KEPT);
        let mut conn = self.database().begin_read().await?;
        let rows = conn
            .all(
                "SELECT person_id, place, object_id FROM draft WHERE kept_at <= $1 ORDER BY kept_at LIMIT $2",
                values![before, SWEPT],
            )
            .await?;
        drop(conn);
        for row in &rows {
            self.erase(row.id(0)?, row.array(1)?, row.id(2)?).await?;
        }
        Ok(rows.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_page_of_ours_would_send_is_refused() {
        let good = r#"{"path":"/register/new","forms":[{"action":"/register/new","fields":[["subject","Stocks"]]}]}"#;
        assert_eq!(Typed::read(good).unwrap().forms.len(), 1);
        for bad in [
            "",
            "[]",
            r#"{"path":"//elsewhere","forms":[{"action":"/a","fields":[]}]}"#,
            r#"{"path":"/a","forms":[{"action":"https://elsewhere","fields":[]}]}"#,
            r#"{"path":"/a","forms":[]}"#,
            r#"{"path":"/a","forms":[{"action":"/a","fields":[["one"]]}]}"#,
        ] {
            assert!(Typed::read(bad).is_err(), "{bad}");
        }
        let long = good.replace("Stocks", &"x".repeat(LARGEST));
        assert_eq!(Typed::read(&long).unwrap_err().code, Code::TooLong);
        let many = r#"["a","b"],"#.repeat(FIELDS + 1);
        let many = good.replace(r#"["subject","Stocks"]"#, many.trim_end_matches(','));
        assert!(Typed::read(&many).is_err());
    }
}
