//! Where things are on this machine: the checkout, the build folder, the cache, programs. The only reader of the
//! environment in xtask; decides nothing about what is run.

use anyhow::{Context, Result, bail};
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};

/// The places that every task needs.
#[derive(Debug, Clone)]
pub struct Workplace {
    /// The root of the checkout.
    pub root: PathBuf,
    /// Where cargo builds; outside the checkout unless `CARGO_TARGET_DIR` says otherwise.
    pub target: PathBuf,
    /// What is worth keeping between runs and belongs to no checkout.
    pub cache: PathBuf,
    cargo: OsString,
}

impl Workplace {
    /// Finds the places from the environment that cargo gives.
    ///
    /// # Errors
    /// When the checkout's root cannot be told.
    pub fn find() -> Result<Self> {
        // Checkouts may share one build folder: the one that runs is the one that cargo names now, not the one in which
        // this program was last built.
        let package = variable("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
        let root = Path::new(&package).parent().context("xtask lies in no workspace")?.to_path_buf();
        let cache = match (variable("XDG_CACHE_HOME"), variable("HOME")) {
            // The folder under HOME comes first: `.ci/run` names the same one.
            (_, Some(home)) => PathBuf::from(home).join(".cache").join("chancery"),
            (Some(cache), None) => PathBuf::from(cache).join("chancery"),
            (None, None) => root.join("target").join("cache"),
        };
        let target = match variable("CARGO_TARGET_DIR") {
            Some(folder) => root.join(folder),
            None => cache.join("target"),
        };
        Ok(Self { root, target, cache, cargo: variable("CARGO").unwrap_or_else(|| "cargo".into()) })
    }

    /// A cargo command that works in the checkout and builds into the one build folder.
    pub fn cargo(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.cargo);
        command.args(arguments).current_dir(&self.root).env("CARGO_TARGET_DIR", &self.target);
        // What `cargo run` sets for xtask itself would make build scripts of others run again, and all that stands on them.
        let of_xtask = |name: &str| name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_");
        for (name, _) in std::env::vars_os() {
            if name.to_str().is_some_and(of_xtask) {
                command.env_remove(name);
            }
        }
        command
    }

    /// The binary of the product, built from this checkout in the profile of development.
    ///
    /// # Errors
    /// When it does not build.
    pub fn chancery(&self) -> Result<PathBuf> {
        if !show(&mut self.cargo(&["build", "--package", "chancery"]))?.success() {
            bail!("chancery does not build");
        }
        Ok(self.target.join("debug").join("chancery"))
    }

    /// The first program of that name on the search path, if it can be run.
    pub fn program(&self, name: &str) -> Option<PathBuf> {
        let path = variable("PATH").unwrap_or_else(|| "/usr/local/bin:/usr/bin:/bin".into());
        std::env::split_paths(&path)
            .chain(["/usr/sbin", "/sbin"].map(PathBuf::from))
            .map(|folder| folder.join(name))
            .find(|file| is_program(file))
    }

    /// A new empty folder for one use, removed when the value is dropped.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn scratch(&self, purpose: &str) -> Result<Scratch> {
        let parent = std::env::temp_dir();
        for attempt in 0..100_u32 {
            // Short, because a socket's path may have 107 bytes at most.
            let path = parent.join(format!("chancery-{purpose}-{}-{attempt}", std::process::id()));
            match std::fs::create_dir(&path) {
                Ok(()) => return Ok(Scratch { path }),
                Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error).with_context(|| format!("making {}", path.display())),
            }
        }
        bail!("no free name for a temporary folder in {}", parent.display())
    }
}

/// A folder for one use.
#[derive(Debug)]
pub struct Scratch {
    path: PathBuf,
}

impl Scratch {
    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // Left behind at worst; the system's own sweep of temporary folders takes it.
        let _ = std::fs::remove_dir_all(&self.path);
    }
}

/// An environment variable that is set and not empty.
pub fn variable(name: &str) -> Option<OsString> {
    std::env::var_os(name).filter(|value| !value.is_empty())
}

/// Whether this process may do everything on this machine.
pub fn is_root() -> bool {
    quiet(Command::new("id").arg("-u")).is_some_and(|output| output.trim() == "0")
}

/// Whether the file can be run.
pub fn is_program(file: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::metadata(file).is_ok_and(|data| data.is_file() && data.permissions().mode() & 0o111 != 0)
}

/// What the command printed, if it ran and ended well; nothing of it is shown.
pub fn quiet(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Runs the command with its output shown as it comes; input is closed, so that nothing waits for a person.
///
/// # Errors
/// When it cannot be started.
pub fn show(command: &mut Command) -> Result<ExitStatus> {
    let program = command.get_program().to_os_string();
    command.stdin(Stdio::null()).status().with_context(|| format!("starting {}", program.display()))
}
