//! The vault: sealed content in files, a key for each object, the wrapped keys in a store of their own.
//!
//! An object is written as chunks of 64 KiB under AES-256-GCM; what is bound into each chunk (registry, object,
//! position, whether it is the last) makes a chunk of another place, a swapped or a shortened file fail to open.
//! The key of an object is drawn once, wrapped under the registry's key and kept in [`keys`]; whoever destroys the
//! wrapped key destroys the content, in every backup of the vault too. Names are drawn, not hashes: they tell
//! nothing of the content.

mod chunk;
pub mod copy;
mod disk;
pub mod keys;

use std::{
    fs::{self, File},
    io::{BufWriter, Read, Write},
    path::{Path, PathBuf},
    sync::Arc,
};

use registry::{ObjectId, RegistryId, id::Digest};
use sha2::{Digest as _, Sha256};

use crate::error::StoreError;
use chunk::{CHUNK, Cipher, SEALED_CHUNK};
use disk::{Disk, Machine};
pub use keys::{KeyStore, RootKey};

/// Where random bytes come from: the machine in life, a seed in tests.
pub type Entropy = Arc<dyn Fn(&mut [u8]) + Send + Sync>;

/// Begins every sealed file, with the version of its form.
const MAGIC: &[u8; 8] = b"CHVAULT1";

/// The content of an installation.
#[derive(Clone)]
pub struct Vault {
    root: PathBuf,
    keys: KeyStore,
    entropy: Entropy,
    disk: Arc<dyn Disk>,
}

impl std::fmt::Debug for Vault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Vault({})", self.root.display())
    }
}

/// An object that is written and not yet kept.
#[derive(Debug)]
pub struct Sealed {
    /// Its name.
    pub object: ObjectId,
    /// Of which registry.
    pub registry: RegistryId,
    /// Digest of the plain bytes.
    pub digest: Digest,
    /// Length of the plain bytes.
    pub size: u64,
    key: [u8; 32],
    file: Option<File>,
    staged: Staged,
}

impl Sealed {
    /// Gives back the open file where many wait; it is opened again to be flushed.
    pub fn rest(&mut self) {
        self.file = None;
    }

    fn flush(&self, disk: &dyn Disk) -> std::io::Result<()> {
        match (&self.file, &self.staged.0) {
            (Some(file), Some(path)) => disk.flush(file, path),
            (None, Some(path)) => disk.flush(&File::open(path)?, path),
            (_, None) => Ok(()),
        }
    }
}

/// The file of an object that has not its name yet. Given up, it goes.
#[derive(Debug)]
struct Staged(Option<PathBuf>);

impl Staged {
    /// Gives the file its name.
    fn rename(&mut self, disk: &dyn Disk, to: &Path) -> std::io::Result<()> {
        if let Some(path) = &self.0 {
            disk.rename(path, to)?;
        }
        self.0 = None;
        Ok(())
    }
}

impl Drop for Staged {
    /// What was broken off leaves nothing: the file goes, and its key was never kept.
    fn drop(&mut self) {
        if let Some(path) = self.0.take() {
            let _ = fs::remove_file(path);
        }
    }
}

/// Names for objects that will be kept together, so that one directory flush makes all of them durable.
#[derive(Debug, Clone, Copy)]
pub struct Batch {
    shelf: u8,
}

impl Vault {
    /// Opens the vault of a data folder, making its folders when they are not there. Whoever opens it owns the folder,
    /// so what still lies in staging is of a process that ended in the middle: it was never acknowledged, has no key,
    /// and is thrown away.
    pub fn open(root: &Path, keys: KeyStore, entropy: Entropy) -> Result<Self, StoreError> {
        let staging = root.join("staging");
        let failed = |e| StoreError::file(staging.display().to_string(), e);
        fs::create_dir_all(&staging).map_err(failed)?;
        for left in fs::read_dir(&staging).map_err(failed)? {
            fs::remove_file(left.map_err(failed)?.path()).map_err(failed)?;
        }
        Ok(Self { root: root.to_owned(), keys, entropy, disk: Arc::new(Machine) })
    }

    /// The key store behind it.
    pub fn keys(&self) -> &KeyStore {
        &self.keys
    }

    fn random<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        (self.entropy)(&mut bytes);
        bytes
    }

    /// Begins a batch.
    pub fn batch(&self) -> Batch {
        let [shelf] = self.random::<1>();
        Batch { shelf }
    }

    /// Begins to seal an object; bytes go in by [`Sealing::write`].
    pub fn seal(&self, batch: Batch, registry: RegistryId) -> Result<Sealing, StoreError> {
        let mut name = self.random::<16>();
        if let Some(first) = name.first_mut() {
            *first = batch.shelf;
        }
        let object = ObjectId::new(name);
        let key = self.random::<32>();
        let staged = self.root.join("staging").join(object.to_string());
        let file = File::options()
            .write(true)
            .create_new(true)
            .open(&staged)
            .map_err(|e| StoreError::file(staged.display().to_string(), e))?;
        let mut out = BufWriter::with_capacity(SEALED_CHUNK + 64, file);
        out.write_all(MAGIC).map_err(|e| StoreError::file("vault", e))?;
        Ok(Sealing {
            cipher: Cipher::new(&key, registry, object),
            registry,
            object,
            key,
            staged: Staged(Some(staged)),
            out,
            pending: Vec::new(),
            digest: Sha256::new(),
            size: 0,
        })
    }

    /// Seals bytes that are already here.
    pub fn seal_bytes(&self, batch: Batch, registry: RegistryId, bytes: &[u8]) -> Result<Sealed, StoreError> {
        let mut sealing = self.seal(batch, registry)?;
        sealing.write(bytes)?;
        sealing.finish()
    }

    /// Keeps sealed objects: flushes each, keeps their keys, gives them their names, flushes the folders. When it
    /// returns they are durable; until a command names them they belong to nobody.
    pub async fn keep(&self, objects: Vec<Sealed>) -> Result<(), StoreError> {
        if objects.is_empty() {
            return Ok(());
        }
        let keys: Vec<(RegistryId, ObjectId, [u8; 32])> =
            objects.iter().map(|o| (o.registry, o.object, o.key)).collect();
        let names: Vec<(RegistryId, ObjectId)> = objects.iter().map(|o| (o.registry, o.object)).collect();
        let (root, disk) = (self.root.clone(), self.disk.clone());
        // Two flushes that need not wait for each other: until a command names an object, neither half is anybody's.
        let (wrapped, placed) =
            tokio::join!(self.keys.put(&keys), blocking(move || place(disk.as_ref(), &root, objects)));
        let kept = wrapped.and(placed);
        if kept.is_err() {
            for (registry, object) in names {
                let _ = self.discard(registry, &[object]).await;
            }
        }
        kept
    }

    /// Throws away objects that no command named in the end: keys first, then bytes.
    pub async fn discard(&self, registry: RegistryId, objects: &[ObjectId]) -> Result<(), StoreError> {
        if objects.is_empty() {
            return Ok(());
        }
        self.keys.destroy(registry, objects).await?;
        for object in objects {
            match fs::remove_file(self.path(*object)) {
                Ok(()) => {}
                Err(e) if e.kind() == std::io::ErrorKind::NotFound => {}
                Err(e) => return Err(StoreError::file("vault", e)),
            }
        }
        Ok(())
    }

    /// Opens an object for reading.
    pub async fn unseal(&self, registry: RegistryId, object: ObjectId) -> Result<Unsealing, StoreError> {
        let key = self.keys.get(registry, object).await?;
        self.opened(registry, object, &key)
    }

    fn opened(
        &self,
        registry: RegistryId,
        object: ObjectId,
        key: &[u8; 32],
    ) -> Result<Unsealing, StoreError> {
        let failed = |e| StoreError::file(format!("vault object {object}"), e);
        let mut file = File::open(self.path(object)).map_err(failed)?;
        let mut magic = [0; 8];
        file.read_exact(&mut magic).map_err(failed)?;
        if magic != *MAGIC {
            return Err(StoreError::damaged(format!("vault object {object}: not a sealed file")));
        }
        Ok(Unsealing { cipher: Cipher::new(key, registry, object), object, file, ahead: None, done: false })
    }

    /// All bytes of an object; refused as damaged when it is longer than `limit`.
    pub async fn read(
        &self,
        registry: RegistryId,
        object: ObjectId,
        limit: u64,
    ) -> Result<Vec<u8>, StoreError> {
        let mut unsealing = self.unseal(registry, object).await?;
        blocking(move || {
            let mut bytes = Vec::new();
            while let Some(chunk) = unsealing.next_chunk()? {
                if (bytes.len() + chunk.len()) as u64 > limit {
                    return Err(StoreError::damaged(format!(
                        "vault object {object}: longer than {limit} bytes"
                    )));
                }
                bytes.extend_from_slice(&chunk);
            }
            Ok(bytes)
        })
        .await
    }

    /// The beginnings of objects of a registry, in their order, each at least `limit` bytes where it has so many.
    pub async fn beginnings(
        &self,
        registry: RegistryId,
        objects: Vec<ObjectId>,
        limit: usize,
    ) -> Result<Vec<Result<Vec<u8>, StoreError>>, StoreError> {
        let keys = self.keys.get_many(registry, &objects).await?;
        let vault = self.clone();
        blocking(move || {
            let beginning = |object: ObjectId| {
                let mut unsealing = vault.opened(registry, object, &keys.of(object)?)?;
                let mut bytes = Vec::new();
                while bytes.len() < limit
                    && let Some(chunk) = unsealing.next_chunk()?
                {
                    bytes.extend_from_slice(&chunk);
                }
                Ok(bytes)
            };
            Ok(objects.into_iter().map(beginning).collect())
        })
        .await
    }

    /// Reads an object through and compares its digest.
    pub async fn check(
        &self,
        registry: RegistryId,
        object: ObjectId,
        digest: Digest,
        size: u64,
    ) -> Result<(), StoreError> {
        let unsealing = self.unseal(registry, object).await?;
        blocking(move || unsealing.check(digest, size)).await
    }

    /// The same for many of a registry, on every processor: which are not as they should be, and why.
    pub async fn check_many(
        &self,
        registry: RegistryId,
        objects: Vec<(ObjectId, Digest, u64)>,
    ) -> Result<Vec<(ObjectId, StoreError)>, StoreError> {
        let names: Vec<ObjectId> = objects.iter().map(|(object, ..)| *object).collect();
        let keys = self.keys.get_many(registry, &names).await?;
        let vault = self.clone();
        blocking(move || {
            let check = |(object, digest, size): &(ObjectId, Digest, u64)| {
                vault.opened(registry, *object, &keys.of(*object)?)?.check(*digest, *size)
            };
            let at_once = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
            let mut faults = Vec::new();
            std::thread::scope(|scope| {
                let parts = objects.chunks(objects.len().div_ceil(at_once).max(1));
                let running: Vec<_> = parts
                    .map(|part| {
                        scope.spawn(|| -> Vec<_> {
                            part.iter().filter_map(|one| Some((one.0, check(one).err()?))).collect()
                        })
                    })
                    .collect();
                for part in running {
                    match part.join() {
                        Ok(found) => faults.extend(found),
                        Err(_) => return Err(StoreError::damaged("a thread that read sealed files ended")),
                    }
                }
                Ok(())
            })?;
            Ok(faults)
        })
        .await
    }

    fn path(&self, object: ObjectId) -> PathBuf {
        self.root.join(shelf(object)).join(object.to_string())
    }
}

fn shelf(object: ObjectId) -> String {
    object.to_string().chars().take(2).collect()
}

/// Runs file work where it may block.
pub(crate) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, StoreError> + Send + 'static,
) -> Result<T, StoreError> {
    tokio::task::spawn_blocking(work).await.map_err(StoreError::damaged)?
}

/// Threads that flush files of one batch at once: flushes of different files share the disk's own queue.
const FLUSHERS: usize = 16;

fn place(disk: &dyn Disk, root: &Path, objects: Vec<Sealed>) -> Result<(), StoreError> {
    let failed = |e| StoreError::file("vault", e);
    if objects.len() < 4 {
        objects.iter().try_for_each(|object| object.flush(disk)).map_err(failed)?;
    } else {
        let per = objects.len().div_ceil(FLUSHERS);
        std::thread::scope(|scope| {
            let flushing: Vec<_> = objects
                .chunks(per)
                .map(|part| scope.spawn(move || part.iter().try_for_each(|object| object.flush(disk))))
                .collect();
            flushing.into_iter().try_for_each(|thread| match thread.join() {
                Ok(flushed) => flushed.map_err(failed),
                Err(_) => Err(StoreError::damaged("a flush did not end")),
            })
        })?;
    }
    let mut shelves: Vec<PathBuf> = Vec::new();
    for mut object in objects {
        let folder = root.join(shelf(object.object));
        if !shelves.contains(&folder) {
            if !folder.is_dir() {
                disk.make(&folder).map_err(failed)?;
                disk.flush_folder(root).map_err(failed)?;
            }
            shelves.push(folder.clone());
        }
        object.staged.rename(disk, &folder.join(object.object.to_string())).map_err(failed)?;
    }
    shelves.iter().try_for_each(|folder| disk.flush_folder(folder).map_err(failed))
}

/// Makes the names in a folder durable.
pub(crate) fn sync_folder(folder: &Path) -> Result<(), StoreError> {
    File::open(folder)
        .and_then(|f| f.sync_all())
        .map_err(|e| StoreError::file(folder.display().to_string(), e))
}

/// An object on its way in.
pub struct Sealing {
    cipher: Cipher,
    registry: RegistryId,
    object: ObjectId,
    key: [u8; 32],
    staged: Staged,
    out: BufWriter<File>,
    pending: Vec<u8>,
    digest: Sha256,
    size: u64,
}

impl std::fmt::Debug for Sealing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Sealing({}, {} bytes)", self.object, self.size)
    }
}

impl Sealing {
    /// How many bytes went in.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Takes more bytes.
    pub fn write(&mut self, mut bytes: &[u8]) -> Result<(), StoreError> {
        self.digest.update(bytes);
        self.size += bytes.len() as u64;
        while !bytes.is_empty() {
            // A full chunk waits until it is known that another follows: the last one is sealed as the last.
            if self.pending.len() == CHUNK {
                self.put(false)?;
            }
            let (now, later) = bytes.split_at(bytes.len().min(CHUNK - self.pending.len()));
            self.pending.extend_from_slice(now);
            bytes = later;
        }
        Ok(())
    }

    fn put(&mut self, last: bool) -> Result<(), StoreError> {
        self.cipher.seal(&mut self.pending, last)?;
        self.out.write_all(&self.pending).map_err(|e| StoreError::file("vault", e))?;
        self.pending.clear();
        Ok(())
    }

    /// Seals the last chunk. The file is written, not yet durable.
    pub fn finish(mut self) -> Result<Sealed, StoreError> {
        self.put(true)?;
        let file = self.out.into_inner().map_err(|e| StoreError::file("vault", e.into_error()))?;
        Ok(Sealed {
            object: self.object,
            registry: self.registry,
            digest: Digest(self.digest.finalize().into()),
            size: self.size,
            key: self.key,
            file: Some(file),
            staged: self.staged,
        })
    }
}

/// An object on its way out.
pub struct Unsealing {
    cipher: Cipher,
    object: ObjectId,
    file: File,
    ahead: Option<Vec<u8>>,
    done: bool,
}

impl std::fmt::Debug for Unsealing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Unsealing({})", self.object)
    }
}

impl Unsealing {
    /// The next plain bytes; none after the last. A file that was changed, shortened or swapped is damaged.
    pub fn next_chunk(&mut self) -> Result<Option<Vec<u8>>, StoreError> {
        if self.done {
            return Ok(None);
        }
        let mut chunk = match self.ahead.take() {
            Some(chunk) => chunk,
            None => self.raw()?,
        };
        let next = if chunk.len() == SEALED_CHUNK { self.raw()? } else { Vec::new() };
        let last = next.is_empty();
        self.cipher.open(&mut chunk, last).map_err(|_| {
            StoreError::damaged(format!(
                "vault object {}: changed, shortened or not under this key",
                self.object
            ))
        })?;
        self.ahead = (!last).then_some(next);
        self.done = last;
        Ok(Some(chunk))
    }

    /// Reads it through and compares its digest.
    fn check(mut self, digest: Digest, size: u64) -> Result<(), StoreError> {
        let (mut hash, mut length) = (Sha256::new(), 0_u64);
        while let Some(chunk) = self.next_chunk()? {
            length += chunk.len() as u64;
            hash.update(&chunk);
        }
        if length != size || Digest(hash.finalize().into()) != digest {
            let object = self.object;
            return Err(StoreError::damaged(format!(
                "vault object {object}: not the bytes that were registered"
            )));
        }
        Ok(())
    }

    fn raw(&mut self) -> Result<Vec<u8>, StoreError> {
        let mut chunk = Vec::with_capacity(SEALED_CHUNK);
        Read::by_ref(&mut self.file)
            .take(SEALED_CHUNK as u64)
            .read_to_end(&mut chunk)
            .map_err(|e| StoreError::file(format!("vault object {}", self.object), e))?;
        Ok(chunk)
    }
}

#[cfg(test)]
mod tests;
