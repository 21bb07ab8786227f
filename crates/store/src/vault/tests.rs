//! What the vault promises: bytes come back as they went in, changed ones are found, destroyed ones are gone.

use super::*;

async fn vault(folder: &Path) -> Vault {
    let keys = KeyStore::open(&folder.join("keys.db"), RootKey::new([9; 32])).await.unwrap();
    let counter = std::sync::atomic::AtomicU64::new(1);
    let entropy: Entropy = Arc::new(move |bytes| {
        let n = counter.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        bytes.iter_mut().zip(Digest::of(&n.to_be_bytes()).0.iter().cycle()).for_each(|(b, r)| *b = *r);
    });
    Vault::open(&folder.join("vault"), keys, entropy).unwrap()
}

const HERE: RegistryId = RegistryId::new([1; 16]);

async fn kept(vault: &Vault, bytes: &[u8]) -> Sealed2 {
    let sealed = vault.seal_bytes(vault.batch(), HERE, bytes).unwrap();
    let kept = Sealed2 { object: sealed.object, digest: sealed.digest, size: sealed.size };
    vault.keep(vec![sealed]).await.unwrap();
    kept
}

struct Sealed2 {
    object: ObjectId,
    digest: Digest,
    size: u64,
}

#[tokio::test]
async fn every_length_around_a_chunk_comes_back_as_it_went_in() {
    let folder = tempfile::tempdir().unwrap();
    let vault = vault(folder.path()).await;
    for length in [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 3 * CHUNK + 17] {
        let bytes: Vec<u8> = (0..length).map(|n| (n % 251) as u8).collect();
        let object = kept(&vault, &bytes).await;
        assert_eq!(vault.read(HERE, object.object, u64::MAX).await.unwrap(), bytes, "{length}");
        vault.check(HERE, object.object, object.digest, object.size).await.unwrap();
    }
}

#[tokio::test]
async fn a_changed_shortened_or_swapped_file_is_found() {
    let folder = tempfile::tempdir().unwrap();
    let vault = vault(folder.path()).await;
    let bytes = vec![7; 2 * CHUNK + 5];
    let one = kept(&vault, &bytes).await;
    let two = kept(&vault, &bytes).await;
    let path = vault.path(one.object);
    let good = fs::read(&path).unwrap();
    for at in [0, 8, 100, good.len() - 1, SEALED_CHUNK + 8 + 3] {
        let mut bad = good.clone();
        bad[at] ^= 1;
        fs::write(&path, &bad).unwrap();
        assert!(vault.read(HERE, one.object, u64::MAX).await.is_err(), "byte {at}");
    }
    for length in [8, 8 + SEALED_CHUNK, 8 + 2 * SEALED_CHUNK, good.len() - 1] {
        fs::write(&path, &good[..length]).unwrap();
        assert!(vault.read(HERE, one.object, u64::MAX).await.is_err(), "cut to {length}");
    }
    fs::copy(vault.path(two.object), &path).unwrap();
    assert!(vault.read(HERE, one.object, u64::MAX).await.is_err(), "swapped");
    fs::write(&path, &good).unwrap();
    assert_eq!(vault.read(HERE, one.object, u64::MAX).await.unwrap(), bytes);
}

#[tokio::test]
async fn without_its_key_an_object_is_gone_and_its_key_is_nowhere_in_the_folder() {
    let folder = tempfile::tempdir().unwrap();
    let vault = vault(folder.path()).await;
    let object = kept(&vault, b"the text").await;
    let mut conn = vault.keys().database_for_test().begin_read().await.unwrap();
    let wrapped =
        conn.one("SELECT wrapped FROM object_key", Vec::new()).await.unwrap().unwrap().bytes(0).unwrap();
    drop(conn);
    vault.keys().destroy(HERE, &[object.object]).await.unwrap();
    assert!(matches!(vault.read(HERE, object.object, 100).await, Err(StoreError::KeyDestroyed)));
    vault.keys().close().await;
    let file = fs::read(folder.path().join("keys.db")).unwrap();
    assert!(
        !file.windows(wrapped.len()).any(|w| w == wrapped.as_slice()),
        "the wrapped key is still in the file"
    );
}

#[tokio::test]
async fn a_damaged_key_takes_no_other_object_with_it() {
    let folder = tempfile::tempdir().unwrap();
    let vault = vault(folder.path()).await;
    let (good, bad) = (kept(&vault, b"good").await, kept(&vault, b"bad").await);
    let mut conn = vault.keys().database_for_test().begin_write().await.unwrap();
    let sql = "UPDATE object_key SET wrapped = $1 WHERE object_id = $2";
    conn.execute(sql, crate::values![vec![0_u8; 48], bad.object]).await.unwrap();
    conn.commit().await.unwrap();
    let begun = vault.beginnings(HERE, vec![bad.object, good.object], 9).await.unwrap();
    assert!(matches!(begun[0], Err(StoreError::Key(_))));
    assert_eq!(begun[1].as_deref().unwrap(), b"good");
    let asked = [&good, &bad].map(|one| (one.object, one.digest, one.size)).to_vec();
    let wrong = vault.check_many(HERE, asked).await.unwrap();
    assert_eq!(wrong.iter().map(|(object, _)| *object).collect::<Vec<_>>(), [bad.object]);
}

#[tokio::test]
async fn an_upload_that_is_broken_off_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let vault = vault(folder.path()).await;
    let mut sealing = vault.seal(vault.batch(), HERE).unwrap();
    sealing.write(&[1; 200_000]).unwrap();
    drop(sealing);
    assert_eq!(fs::read_dir(folder.path().join("vault/staging")).unwrap().count(), 0);
}

#[tokio::test]
async fn what_was_sealed_and_not_kept_leaves_nothing_and_a_vault_that_opens_sweeps_its_staging() {
    let folder = tempfile::tempdir().unwrap();
    let staging = folder.path().join("vault/staging");
    let one = vault(folder.path()).await;
    let sealed = one.seal_bytes(one.batch(), HERE, b"never kept").unwrap();
    assert_eq!(fs::read_dir(&staging).unwrap().count(), 1);
    drop(sealed);
    assert_eq!(fs::read_dir(&staging).unwrap().count(), 0);
    // As if the machine had stopped: nobody was there to tidy up.
    fs::write(staging.join("left"), b"half an upload").unwrap();
    vault(folder.path()).await;
    assert_eq!(fs::read_dir(&staging).unwrap().count(), 0);
}

#[tokio::test]
async fn what_was_kept_and_is_thrown_away_leaves_neither_key_nor_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let vault = vault(folder.path()).await;
    let sealed: Vec<Sealed> = (0..9).map(|n| vault.seal_bytes(vault.batch(), HERE, &[n]).unwrap()).collect();
    let objects: Vec<ObjectId> = sealed.iter().map(|s| s.object).collect();
    vault.keep(sealed).await.unwrap();
    assert_eq!(vault.keys().count().await.unwrap(), 9);
    vault.discard(HERE, &objects).await.unwrap();
    assert_eq!(vault.keys().count().await.unwrap(), 0);
    assert!(objects.iter().all(|object| !vault.path(*object).exists()));
}

#[tokio::test]
async fn plain_bytes_are_nowhere_on_the_disk() {
    let folder = tempfile::tempdir().unwrap();
    let vault = vault(folder.path()).await;
    let object = kept(&vault, b"a word that is planted: zanzibarite").await;
    let sealed = fs::read(vault.path(object.object)).unwrap();
    assert!(!sealed.windows(11).any(|w| w == b"zanzibarite"));
}

/// A disk that forgets, when its power goes, whatever was not flushed: bytes, names, folders.
#[derive(Default)]
struct Forgetful {
    /// Which flush it leaves out, for showing that the test can fail.
    leaves_out: Option<Flush>,
    state: std::sync::Mutex<Remembered>,
}

#[derive(Clone, Copy, PartialEq)]
enum Flush {
    Bytes,
    Shelf,
    Root,
}

#[derive(Default)]
struct Remembered {
    /// Files of which the bytes stay.
    bytes: std::collections::HashSet<PathBuf>,
    /// Names, of files and folders, that do not stay yet.
    names: std::collections::HashSet<PathBuf>,
}

impl Disk for Forgetful {
    fn flush(&self, file: &File, path: &Path) -> std::io::Result<()> {
        if self.leaves_out != Some(Flush::Bytes) {
            file.sync_data()?;
            self.state.lock().unwrap().bytes.insert(path.to_owned());
        }
        Ok(())
    }
    fn flush_folder(&self, folder: &Path) -> std::io::Result<()> {
        let which = if folder.ends_with("vault") { Flush::Root } else { Flush::Shelf };
        if self.leaves_out != Some(which) {
            self.state.lock().unwrap().names.retain(|name| name.parent() != Some(folder));
        }
        Ok(())
    }
    fn rename(&self, from: &Path, to: &Path) -> std::io::Result<()> {
        fs::rename(from, to)?;
        let mut state = self.state.lock().unwrap();
        if state.bytes.remove(from) {
            state.bytes.insert(to.to_owned());
        }
        state.names.insert(to.to_owned());
        Ok(())
    }
    fn make(&self, folder: &Path) -> std::io::Result<()> {
        self.state.lock().unwrap().names.insert(folder.to_owned());
        fs::create_dir_all(folder)
    }
}

impl Forgetful {
    /// The power goes.
    fn forgets(&self, root: &Path) {
        let state = self.state.lock().unwrap();
        for shelf in fs::read_dir(root).unwrap().map(|shelf| shelf.unwrap().path()) {
            if state.names.contains(&shelf) || shelf.ends_with("staging") {
                fs::remove_dir_all(&shelf).unwrap();
                continue;
            }
            for file in fs::read_dir(&shelf).unwrap().map(|file| file.unwrap().path()) {
                if state.names.contains(&file) {
                    fs::remove_file(&file).unwrap();
                } else if !state.bytes.contains(&file) {
                    File::create(&file).unwrap();
                }
            }
        }
    }
}

/// Keeps batches of several sizes on a disk that forgets, takes its power away after each, and says how many objects are lost.
async fn lost_of(leaves_out: Option<Flush>) -> usize {
    let folder = tempfile::tempdir().unwrap();
    let disk = Arc::new(Forgetful { leaves_out, ..Default::default() });
    let mut kept = Vec::new();
    let mut lost = 0;
    for (n, size) in [1_usize, 3, 4, 60].into_iter().enumerate() {
        let mut vault = vault(folder.path()).await;
        vault.disk = disk.clone();
        // Names are drawn from a seed: those of a batch before are passed over.
        for _ in 0..n * 1_000 {
            vault.random::<16>();
        }
        let batch = vault.batch();
        let bytes = |at: usize| vec![u8::try_from(at).unwrap(); CHUNK + at];
        let sealed: Vec<Sealed> =
            (0..size).map(|at| vault.seal_bytes(batch, HERE, &bytes(at)).unwrap()).collect();
        kept.extend(sealed.iter().map(|one| (one.object, one.digest, one.size)));
        vault.keep(sealed).await.unwrap();
        disk.forgets(&folder.path().join("vault"));
        vault.keys.close().await;
    }
    let vault = vault(folder.path()).await;
    for (object, digest, size) in kept {
        lost += usize::from(vault.check(HERE, object, digest, size).await.is_err());
    }
    lost
}

#[tokio::test]
async fn what_was_kept_outlives_the_power_and_no_flush_can_be_left_out() {
    assert_eq!(lost_of(None).await, 0);
    for flush in [Flush::Bytes, Flush::Shelf, Flush::Root] {
        assert!(lost_of(Some(flush)).await > 0);
    }
}
