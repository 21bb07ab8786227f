//! One chunk of a sealed object: AES-256-GCM with its place bound in.

use aes_gcm::{Aes256Gcm, KeyInit, aead::AeadInOut};
use registry::{ObjectId, RegistryId};

use crate::error::StoreError;

/// Plain bytes in a chunk.
pub(super) const CHUNK: usize = 64 * 1024;
/// The same, sealed.
pub(super) const SEALED_CHUNK: usize = CHUNK + 16;

/// Seals or opens the chunks of one object in their order.
pub(super) struct Cipher {
    cipher: Aes256Gcm,
    place: [u8; 32],
    index: u64,
}

impl Cipher {
    pub(super) fn new(key: &[u8; 32], registry: RegistryId, object: ObjectId) -> Self {
        let mut place = [0; 32];
        place
            .iter_mut()
            .zip(registry.bytes().iter().chain(object.bytes()))
            .for_each(|(to, from)| *to = *from);
        Self { cipher: Aes256Gcm::new(key.into()), place, index: 0 }
    }

    /// The key is of this object alone, so its position is a nonce that never comes twice.
    fn next(&mut self, last: bool) -> ([u8; 12], Vec<u8>) {
        let mut nonce = [0; 12];
        nonce.iter_mut().skip(4).zip(self.index.to_be_bytes()).for_each(|(to, from)| *to = from);
        let mut bound = self.place.to_vec();
        bound.extend_from_slice(&self.index.to_be_bytes());
        bound.push(u8::from(last));
        self.index += 1;
        (nonce, bound)
    }

    pub(super) fn seal(&mut self, chunk: &mut Vec<u8>, last: bool) -> Result<(), StoreError> {
        let (nonce, bound) = self.next(last);
        self.cipher
            .encrypt_in_place(&nonce.into(), &bound, chunk)
            .map_err(|_| StoreError::damaged("a chunk could not be sealed"))
    }

    pub(super) fn open(&mut self, chunk: &mut Vec<u8>, last: bool) -> Result<(), StoreError> {
        let (nonce, bound) = self.next(last);
        self.cipher
            .decrypt_in_place(&nonce.into(), &bound, chunk)
            .map_err(|_| StoreError::damaged("a chunk could not be opened"))
    }
}
