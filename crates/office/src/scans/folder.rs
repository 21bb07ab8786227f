//! Scan folders.

use crate::tray::Said;
use registry::{RegistryId, Timestamp};

/// A folder that is followed.
#[derive(Debug, Clone)]
pub struct Followed {}

/// How it stands with a scan folder.
#[derive(Debug, Clone)]
pub struct FolderStatus {
    /// What it is called.
    pub name: String,
    /// Into whose in-tray its scans come.
    pub registry: RegistryId,
    /// When it was looked into last.
    pub read_at: Option<Timestamp>,
    /// What went wrong.
    pub said: Vec<Said>,
}

impl crate::Reading {
    /// How it stands.
    pub async fn scan_folders(&mut self, _registry: RegistryId) -> Result<Vec<FolderStatus>, crate::Failure> {
        Ok(Vec::new())
    }
}
