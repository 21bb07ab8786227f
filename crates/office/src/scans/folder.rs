//! Scan folders.

/// A folder that is followed.
#[derive(Debug, Clone)]
pub struct Followed {}
