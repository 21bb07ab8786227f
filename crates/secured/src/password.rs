//! The password with which one signs in at a server, read from a file that is its owner's alone.

use std::fmt;
use std::io::Read as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use crate::Trouble;

/// A password. It is shown nowhere, not even for debugging.
#[derive(Clone, PartialEq, Eq)]
pub struct Password(String);

impl Password {
    /// A password that the caller already holds.
    #[must_use]
    pub fn new(words: impl Into<String>) -> Self {
        Self(words.into())
    }

    /// Reads it from a file of one line that nobody but its owner may read.
    ///
    /// # Errors
    /// [`Trouble::PasswordFile`] where the file cannot be read, others may read it, or it is no line of text.
    pub fn from_file(file: &Path) -> Result<Self, Trouble> {
        let refused =
            |why: &str| Trouble::PasswordFile { file: file.display().to_string(), why: why.to_owned() };
        let opened = std::fs::File::open(file).map_err(|error| refused(&error.to_string()))?;
        let about = opened.metadata().map_err(|error| refused(&error.to_string()))?;
        if about.permissions().mode() & 0o077 != 0 {
            return Err(refused("others than its owner may read it"));
        }
        let mut words = String::new();
        opened
            .take(4_096)
            .read_to_string(&mut words)
            .map_err(|_| refused("it holds something else than text"))?;
        let line = words.strip_suffix('\n').unwrap_or(&words);
        let line = line.strip_suffix('\r').unwrap_or(line);
        // An empty one would sign in nobody, and an LDAP server would say that all is well (RFC 4513 section 5.1.2).
        if line.is_empty() || line.contains(['\n', '\r', '\0']) {
            return Err(refused("it must hold one line, the password"));
        }
        Ok(Self(line.to_owned()))
    }

    /// The password, to be said to a server that is known.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(not shown)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_read_from_a_file_that_is_its_owners_alone_and_never_shown() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("password");
        std::fs::write(&file, "öpen sesame\n").unwrap();
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o640)).unwrap();
        let told = Password::from_file(&file).unwrap_err().to_string();
        assert!(told.contains("others than its owner"), "{told}");
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o600)).unwrap();
        let password = Password::from_file(&file).unwrap();
        assert_eq!(password.reveal(), "öpen sesame");
        assert!(!format!("{password:?}").contains("sesame"));
        for wrong in ["\n", "two\nlines\n"] {
            std::fs::write(&file, wrong).unwrap();
            assert!(Password::from_file(&file).is_err(), "{wrong:?}");
        }
        assert!(Password::from_file(&folder.path().join("absent")).is_err());
    }
}
