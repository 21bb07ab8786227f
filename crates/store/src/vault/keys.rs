//! The keys: the root key in a file of its own, everything derived from it, and the store of wrapped keys.

use std::{collections::HashMap, path::Path};

use aes_gcm::{Aes256Gcm, KeyInit, aead::AeadInOut};
use futures::StreamExt;
use hmac::{Hmac, Mac};
use registry::{ObjectId, RegistryId};
use sha2::Sha256;

use crate::{
    error::StoreError,
    sql::{Database, DatabaseUrl, SqlError, Value, among, built},
    values,
};

/// The key of an installation: 32 bytes in a file outside the data folder, readable by its owner alone.
#[derive(Clone)]
pub struct RootKey([u8; 32]);

impl std::fmt::Debug for RootKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("RootKey(withheld)")
    }
}

const FIRST_LINE: &str = "chancery-key 1";

impl RootKey {
    /// From its bytes.
    pub const fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The text of a key file.
    pub fn to_text(&self) -> String {
        format!("{FIRST_LINE}\n{}\n", registry::id::hex(&self.0))
    }

    /// Reads the text of a key file.
    pub fn from_text(text: &str) -> Result<Self, StoreError> {
        let mut lines = text.lines();
        if lines.next() != Some(FIRST_LINE) {
            return Err(StoreError::Key("the file is not a key of this product".into()));
        }
        lines
            .next()
            .and_then(|line| registry::id::unhex::<32>(line.trim()))
            .map(Self)
            .ok_or_else(|| StoreError::Key("the key file is damaged".into()))
    }

    /// A key for one purpose, and for one registry where it is of one.
    pub fn derive(&self, purpose: &str, registry: Option<RegistryId>) -> [u8; 32] {
        let mut block = [0_u8; 64];
        block.iter_mut().zip(self.0).for_each(|(to, from)| *to = from);
        let mut mac = Hmac::<Sha256>::new(&block.into());
        mac.update(b"chancery ");
        mac.update(purpose.as_bytes());
        mac.update(&[0]);
        if let Some(registry) = registry {
            mac.update(registry.bytes());
        }
        mac.finalize().into_bytes().into()
    }
}

const SCHEMA: &str = "CREATE TABLE object_key (registry_id BYTEA NOT NULL, object_id BYTEA NOT NULL, wrapped BYTEA NOT NULL, PRIMARY KEY (registry_id, object_id))";

/// Keys asked for at once.
const AT_ONCE: usize = 256;

/// Keys of objects of one registry, each unwrapped where it is used.
pub struct Keys {
    cipher: Aes256Gcm,
    wrapped: HashMap<ObjectId, Vec<u8>>,
}

impl Keys {
    /// The key of one of them.
    pub fn of(&self, object: ObjectId) -> Result<[u8; 32], StoreError> {
        let mut key = self.wrapped.get(&object).ok_or(StoreError::KeyDestroyed)?.clone();
        self.cipher.decrypt_in_place(&nonce(object).into(), object.bytes(), &mut key).map_err(|_| {
            StoreError::Key(format!("the key of object {object} is not wrapped under this key"))
        })?;
        <[u8; 32]>::try_from(key.as_slice()).map_err(|_| StoreError::Key("a key of the wrong length".into()))
    }
}

/// The wrapped keys of all objects: a database of its own, apart from tables and vault.
#[derive(Debug, Clone)]
pub struct KeyStore {
    database: Database,
    root: RootKey,
}

impl KeyStore {
    /// Opens the key store in a file, made when it is not there.
    pub async fn open(file: &Path, root: RootKey) -> Result<Self, StoreError> {
        let new = !file.exists();
        let database = Database::open(&DatabaseUrl::Sqlite(file.to_owned())).await?;
        if new {
            database.create(SCHEMA).await?;
        }
        Ok(Self { database, root })
    }

    /// Opens a key store that must be there.
    pub async fn open_there(file: &Path, root: RootKey) -> Result<Self, StoreError> {
        // Made anew it would be empty: every sealed object would be lost, and nothing would say so.
        if let Err(e) = std::fs::metadata(file) {
            return Err(StoreError::Key(format!(
                "the store of wrapped keys, {}: {e}; without it or a copy of it no sealed object can be read",
                file.display()
            )));
        }
        Self::open(file, root).await
    }

    /// Refuses a store of which no key opens, as far as a few show: it is another installation's.
    pub async fn check(&self) -> Result<(), StoreError> {
        let mut conn = self.database.begin_read().await?;
        let rows = conn.all("SELECT registry_id, object_id FROM object_key LIMIT 16", Vec::new()).await?;
        drop(conn);
        let mut wrong = None;
        for row in rows {
            match self.get(row.id(0)?, row.id(1)?).await {
                Ok(_) => return Ok(()),
                Err(error) => wrong = Some(error),
            }
        }
        wrong.map_or(Ok(()), Err)
    }

    fn cipher(&self, registry: RegistryId) -> Aes256Gcm {
        Aes256Gcm::new(&self.root.derive("wrap", Some(registry)).into())
    }

    /// Keeps keys, wrapped, durably.
    ///
    /// The nonce is the object's name, which is drawn once and so never comes twice under one wrapping key.
    pub async fn put(&self, keys: &[(RegistryId, ObjectId, [u8; 32])]) -> Result<(), StoreError> {
        let mut rows = Vec::with_capacity(keys.len());
        // Deriving the wrapping key costs more than wrapping with it, and nearly always all are of one registry.
        let mut last: Option<(RegistryId, Aes256Gcm)> = None;
        for (registry, object, key) in keys {
            let cipher = match last.take() {
                Some((of, cipher)) if of == *registry => cipher,
                _ => self.cipher(*registry),
            };
            let (_, cipher) = last.insert((*registry, cipher));
            let mut wrapped = key.to_vec();
            cipher
                .encrypt_in_place(&nonce(*object).into(), object.bytes(), &mut wrapped)
                .map_err(|_| StoreError::Key("a key could not be wrapped".into()))?;
            rows.push(values![*registry, *object, wrapped]);
        }
        let mut conn = self.database.begin_write().await?;
        conn.insert_many("object_key", &["registry_id", "object_id", "wrapped"], rows, "").await?;
        Ok(conn.commit().await?)
    }

    /// The key of an object.
    pub async fn get(&self, registry: RegistryId, object: ObjectId) -> Result<[u8; 32], StoreError> {
        self.get_many(registry, &[object]).await?.of(object)
    }

    /// The keys of objects of a registry. One that is destroyed or damaged fails where it is used, and no other with it.
    pub async fn get_many(&self, registry: RegistryId, objects: &[ObjectId]) -> Result<Keys, StoreError> {
        let mut wrapped = HashMap::with_capacity(objects.len());
        let mut conn = self.database.begin_read().await?;
        for some in objects.chunks(AT_ONCE) {
            let mut values = values![registry];
            let names = among(&mut values, some.iter().copied());
            let sql = format!(
                "SELECT object_id, wrapped FROM object_key WHERE registry_id = $1 AND object_id IN ({names})"
            );
            for row in conn.all(built(sql), values).await? {
                wrapped.insert(row.id(0)?, row.bytes(1)?);
            }
        }
        Ok(Keys { cipher: self.cipher(registry), wrapped })
    }

    /// Destroys the keys of objects, all or none. Their content can never be read again, here or in a backup.
    pub async fn destroy(&self, registry: RegistryId, objects: &[ObjectId]) -> Result<(), StoreError> {
        let mut conn = self.database.begin_write().await?;
        for object in objects {
            conn.execute(
                "DELETE FROM object_key WHERE registry_id = $1 AND object_id = $2",
                values![registry, *object],
            )
            .await?;
        }
        Ok(conn.commit().await?)
    }

    /// Copies the wrapped keys as they stand into a file, in the place of what it held: durable, or as it was.
    pub async fn copy_to(&self, file: &Path) -> Result<u64, StoreError> {
        let failed = |e| StoreError::file(file.display().to_string(), e);
        let mut fresh = file.as_os_str().to_owned();
        fresh.push(".new");
        let fresh = Path::new(&fresh);
        match std::fs::remove_file(fresh) {
            Err(e) if e.kind() != std::io::ErrorKind::NotFound => return Err(failed(e)),
            _ => {}
        }
        let database = Database::open(&DatabaseUrl::Sqlite(fresh.to_owned())).await?;
        let copied = copy_keys(&self.database, &database).await;
        database.close().await;
        let copied = copied?;
        std::fs::File::open(fresh).and_then(|f| f.sync_all()).map_err(failed)?;
        std::fs::rename(fresh, file).map_err(failed)?;
        if let Some(folder) = file.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            super::sync_folder(folder)?;
        }
        Ok(copied)
    }

    /// How many keys are kept.
    pub async fn count(&self) -> Result<u64, StoreError> {
        let mut conn = self.database.begin_read().await?;
        let row = conn.one("SELECT COUNT(*) FROM object_key", Vec::new()).await?;
        row.map_or(Ok(0), |row| Ok(row.number(0)?))
    }

    #[cfg(test)]
    pub(super) fn database_for_test(&self) -> &Database {
        &self.database
    }

    /// Closes the file.
    pub async fn close(&self) {
        self.database.close().await;
    }
}

async fn copy_keys(from: &Database, to: &Database) -> Result<u64, StoreError> {
    to.create(SCHEMA).await?;
    let mut read = from.begin_read().await?;
    let mut write = to.begin_write().await?;
    let columns = ["registry_id", "object_id", "wrapped"];
    let mut stream =
        read.stream("SELECT registry_id, object_id, wrapped FROM object_key", Vec::new()).chunks(1_000);
    let mut copied = 0;
    while let Some(rows) = stream.next().await {
        let rows: Vec<Vec<Value>> = rows
            .into_iter()
            .map(|row| row.and_then(|row| (0..columns.len()).map(|at| row.any(at)).collect()))
            .collect::<Result<_, SqlError>>()?;
        copied += u64::try_from(rows.len()).unwrap_or(0);
        write.insert_many("object_key", &columns, rows, "").await?;
    }
    drop(stream);
    write.commit().await?;
    Ok(copied)
}

fn nonce(object: ObjectId) -> [u8; 12] {
    let mut nonce = [0; 12];
    nonce.iter_mut().zip(object.bytes().iter().skip(1)).for_each(|(to, from)| *to = *from);
    nonce
}
