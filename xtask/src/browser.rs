//! The browser tests: brings the node modules that they want into the cache, builds the binary, hands both to
//! `tests/browser/run.mjs`. Knows no page; those are the script's.

use crate::Outcome;
use crate::steps::{Steps, Verdict};
use crate::workplace::{self, Workplace};
use anyhow::{Context, Result};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};

/// The oldest node that the modules run on.
const NODE: u32 = 20;

/// Where the script and the list of its modules lie.
const SOURCE: &str = "tests/browser";

/// The browser as Debian and others name it.
const BROWSERS: [&str; 3] = ["chromium", "chromium-browser", "google-chrome"];

/// What is asked of a run; the default is every page by everybody in both languages, and no pictures.
#[derive(Debug, Default)]
pub struct Wish {
    /// Where the pictures go.
    pub pictures: Option<PathBuf>,
    /// Part of the names of the pages to visit.
    pub only: Option<String>,
    /// Every page by some of those who may see it, in the second language by one.
    pub some: bool,
    /// Check the checks and stop.
    pub self_check: bool,
}

/// `cargo xtask browser`.
///
/// # Errors
/// When a command cannot be started.
pub fn run(place: &Workplace, wish: &Wish) -> Result<Outcome> {
    let mut steps = Steps::default();
    take(place, &mut steps, wish);
    println!("{}", steps.table());
    Ok(if steps.good() { Outcome::Passed } else { Outcome::Failed })
}

/// Takes the two steps: first the checks are checked against pages that are wrong on purpose, then the demo's pages.
pub fn take(place: &Workplace, steps: &mut Steps, wish: &Wish) {
    let browser = match Browser::prepare(place) {
        Ok(Ok(browser)) => browser,
        Ok(Err(why)) => {
            steps.take("browser", || Ok(Verdict::Skipped(why)));
            return;
        }
        Err(error) => {
            steps.take("browser", || Err(error));
            return;
        }
    };
    steps.take("browser: the checks themselves", || {
        Ok(Verdict::of(browser.script(place, &["--self-check".into()])?))
    });
    if wish.self_check {
        return;
    }
    steps.take("browser: every page", || {
        let binary = place.chancery()?;
        if !has_demo(&binary) {
            return Ok(Verdict::Skipped("the demo is not there yet".into()));
        }
        let mut arguments = vec!["--chancery".into(), binary.into_os_string()];
        if let Some(folder) = &wish.pictures {
            arguments.extend(["--pictures".into(), std::path::absolute(folder)?.into_os_string()]);
        }
        if wish.some {
            arguments.push("--some".into());
        }
        if let Some(name) = &wish.only {
            arguments.extend(["--only".into(), name.into()]);
        }
        Ok(Verdict::of(browser.script(place, &arguments)?))
    });
}

/// What the script needs from this machine.
struct Browser {
    node: PathBuf,
    chromium: PathBuf,
    modules: PathBuf,
}

impl Browser {
    /// Everything, or in words what this machine lacks.
    fn prepare(place: &Workplace) -> Result<Result<Self, String>> {
        let Some(node) = place.program("node") else { return Ok(Err("node is not installed".into())) };
        let version = workplace::quiet(Command::new(&node).arg("--version")).unwrap_or_default();
        if major(&version).is_none_or(|major| major < NODE) {
            return Ok(Err(format!("node {NODE} or newer is needed, this is {}", version.trim())));
        }
        let Some(chromium) = BROWSERS.iter().find_map(|name| place.program(name)) else {
            return Ok(Err("Chromium is not installed".into()));
        };
        Ok(modules(place, SOURCE)?.map(|modules| Self { node, chromium, modules }))
    }

    /// Runs the script. It watches its standard input, whose other end is held here, so that it ends what it
    /// started even if this process is killed.
    fn script(&self, place: &Workplace, arguments: &[std::ffi::OsString]) -> Result<ExitStatus> {
        let mut child = Command::new(&self.node)
            .arg(place.root.join("tests/browser/run.mjs"))
            .args(["--chromium".as_ref(), self.chromium.as_os_str()])
            .args(["--modules".as_ref(), self.modules.as_os_str()])
            .args(arguments)
            .stdin(Stdio::piped())
            .spawn()
            .context("starting node")?;
        // `wait` would close it at once if it stayed in the child.
        let held = child.stdin.take();
        let status = child.wait().context("waiting for node")?;
        drop(held);
        Ok(status)
    }
}

fn major(version: &str) -> Option<u32> {
    version.trim().strip_prefix('v')?.split('.').next()?.parse().ok()
}

/// The folder with the `node_modules` that a folder of `tests` wants, installed once for each content of its lock file.
///
/// # Errors
/// When the lock file cannot be read or npm cannot be started.
pub fn modules(place: &Workplace, source: &str) -> Result<Result<PathBuf, String>> {
    let name = source.rsplit('/').next().unwrap_or(source);
    let mut hasher = DefaultHasher::new();
    let files = ["package.json", "package-lock.json"];
    for file in files {
        std::fs::read(place.root.join(source).join(file))
            .with_context(|| format!("reading {source}/{file}"))?
            .hash(&mut hasher);
    }
    let folder = place.cache.join(format!("{name}-{:016x}", hasher.finish()));
    if folder.join("node_modules").is_dir() {
        return Ok(Ok(folder));
    }
    let Some(npm) = place.program("npm") else { return Ok(Err("npm is not installed".into())) };
    // Installed aside and renamed, so that a half-done installation is never taken for a whole one.
    let aside = place.cache.join(format!("{name}-{}", std::process::id()));
    std::fs::create_dir_all(&aside)?;
    for file in files {
        std::fs::copy(place.root.join(source).join(file), aside.join(file))?;
    }
    let mut install = Command::new(npm);
    install.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]).current_dir(&aside);
    let installed = workplace::show(&mut install)?.success();
    if installed && std::fs::rename(&aside, &folder).is_ok() {
        return Ok(Ok(folder));
    }
    let _ = std::fs::remove_dir_all(&aside);
    if folder.join("node_modules").is_dir() {
        // Another run was quicker.
        return Ok(Ok(folder));
    }
    Ok(Err(format!("npm could not install the modules of {source}")))
}

/// Whether this binary already knows `demo --listen`.
fn has_demo(binary: &Path) -> bool {
    workplace::quiet(Command::new(binary).args(["demo", "--help"]))
        .is_some_and(|help| help.contains("--listen"))
}

#[cfg(test)]
mod tests {
    use super::major;

    #[test]
    fn versions_of_node() {
        assert_eq!(major("v20.20.2\n"), Some(20));
        assert_eq!(major("20.20.2"), None);
        assert_eq!(major(""), None);
    }
}
