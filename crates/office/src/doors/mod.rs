//! The other doors beside the password, as an installation sets them: the organisation's directory, the certificate that a
//! server before this one has seen, passkeys. Owns their settings. A door whose settings cannot be used stays shut and says
//! why; the others open.

pub mod certificate;
pub mod directory;
pub mod notice;
pub mod passkey;

use std::{fs, path::Path};

use serde::{Deserialize, de::DeserializeOwned};

use crate::folder::Folder;

pub use certificate::CertificateDoor;
pub use directory::DirectoryDoor;
pub use passkey::PasskeyDoor;

/// The file of the settings, in the data folder.
const FILE: &str = "sign-in.toml";
/// The bytes of a settings file, a secret or a list of authorities that are read at most.
const LONGEST: u64 = 256 * 1024;

/// Which doors stand open beside the password.
#[derive(Debug, Default)]
pub struct Doors {
    /// The organisation's directory.
    pub directory: Option<DirectoryDoor>,
    /// The certificate that a server before this one has seen.
    pub certificate: Option<CertificateDoor>,
    /// Passkeys.
    pub passkeys: Option<PasskeyDoor>,
}

/// No door but the password.
pub(crate) static SHUT: Doors = Doors { directory: None, certificate: None, passkeys: None };

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    directory: Option<toml::Value>,
    certificate: Option<toml::Value>,
    passkeys: Option<toml::Value>,
}

impl Doors {
    /// Reads what the installation sets; and why what was set cannot be used, a line for each door.
    pub fn read(folder: &Folder) -> (Self, Vec<String>) {
        let path = folder.root().join(FILE);
        if !path.exists() {
            return (Self::default(), Vec::new());
        }
        let file = read_text(&path).and_then(|text| toml::from_str::<File>(&text).map_err(|e| e.to_string()));
        let file = match file {
            Ok(file) => file,
            Err(why) => return (Self::default(), vec![format!("{FILE}: {why}")]),
        };
        let mut problems = Vec::new();
        let directory = part(file.directory, "directory", &mut problems, |settings| {
            DirectoryDoor::open(settings, folder.root())
        });
        let certificate = part(file.certificate, "certificate", &mut problems, |settings| {
            CertificateDoor::open(settings, folder.root())
        });
        let passkeys =
            part(file.passkeys, "passkeys", &mut problems, |settings| PasskeyDoor::open(&settings));
        (Self { directory, certificate, passkeys }, problems)
    }
}

/// One door: what is set of it, read and opened.
fn part<S: DeserializeOwned, D>(
    settings: Option<toml::Value>,
    name: &str,
    problems: &mut Vec<String>,
    open: impl FnOnce(S) -> Result<D, String>,
) -> Option<D> {
    match settings?.try_into::<S>().map_err(|e| e.to_string()).and_then(open) {
        Ok(door) => Some(door),
        Err(why) => {
            problems.push(format!("{FILE}, [{name}]: {}; this way of signing in stays shut", why.trim()));
            None
        }
    }
}

fn read_text(path: &Path) -> Result<String, String> {
    let failed = |e: std::io::Error| format!("{}: {e}", path.display());
    if fs::metadata(path).map_err(failed)?.len() > LONGEST {
        return Err(format!("{} is longer than {LONGEST} bytes", path.display()));
    }
    fs::read_to_string(path).map_err(failed)
}

/// A secret of one line, from a file that nobody else may read.
pub(crate) fn read_secret(path: &Path) -> Result<String, String> {
    use std::os::unix::fs::PermissionsExt;
    let failed = |e: std::io::Error| format!("{}: {e}", path.display());
    let mode = fs::metadata(path).map_err(failed)?.permissions().mode();
    if mode & 0o077 != 0 {
        return Err(format!(
            "{} may be read by others (mode {:o}); it must be 600",
            path.display(),
            mode & 0o777
        ));
    }
    let text = read_text(path)?;
    let secret = text.trim();
    if secret.is_empty() || secret.contains('\n') {
        return Err(format!("{} must hold one line", path.display()));
    }
    Ok(secret.to_owned())
}
