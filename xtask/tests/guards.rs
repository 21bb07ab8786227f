//! Guards of the whole repository: what no file may contain, what documents may name, how long a file may be.
//! Knows files and lines; knows no Rust beyond a file's first line.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a guard that cannot look must fail, by panicking"
)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A file of over this many lines is two rooms, and fails.
const LONGEST: usize = 800;
/// A file of over this many lines is told, and passes.
const LONG: usize = 400;

fn root() -> PathBuf {
    // As cargo says now: checkouts that share one build folder share the program that was built in the first of them.
    #[expect(clippy::disallowed_methods, reason = "cargo tells it so")]
    let package =
        std::env::var("CARGO_MANIFEST_DIR").unwrap_or_else(|_| env!("CARGO_MANIFEST_DIR").to_owned());
    Path::new(&package).parent().expect("a workspace").to_path_buf()
}

/// Every file that is or could be committed, relative to the root: what git knows or would not ignore; where git
/// says nothing (an unpacked archive), every file outside the folders that are never committed.
fn files() -> Vec<PathBuf> {
    let root = root();
    let listed = Command::new("git")
        .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        .current_dir(&root)
        .output()
        .ok()
        .filter(|output| output.status.success() && !output.stdout.is_empty());
    let mut found: Vec<PathBuf> = match listed {
        Some(output) => String::from_utf8_lossy(&output.stdout)
            .split('\0')
            .filter(|name| !name.is_empty())
            .map(PathBuf::from)
            .collect(),
        None => walk(&root, Path::new("")),
    };
    // A file deleted but not yet committed is still listed.
    found.retain(|file| root.join(file).is_file());
    found.sort();
    found.dedup();
    assert!(found.len() > 10, "the repository's files were not found from {}", root.display());
    found
}

fn walk(root: &Path, folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(root.join(folder)).expect("a readable folder") {
        let entry = entry.expect("a readable entry");
        let path = folder.join(entry.file_name());
        let kind = entry.file_type().expect("a kind");
        if kind.is_dir() {
            if !["target", ".git", "node_modules"].contains(&entry.file_name().to_string_lossy().as_ref()) {
                found.extend(walk(root, &path));
            }
        } else if kind.is_file() {
            found.push(path);
        }
    }
    found
}

/// The text of a file; none for what is not text.
fn text(file: &Path) -> Option<String> {
    String::from_utf8(std::fs::read(root().join(file)).ok()?).ok()
}

fn ends_with(file: &Path, extension: &str) -> bool {
    file.extension().is_some_and(|found| found == extension)
}

/// Fails with every finding at once.
fn none_of(findings: &[String], what: &str) {
    assert!(findings.is_empty(), "{what}:\n  {}", findings.join("\n  "));
}

// Written in pieces, so that this file passes its own guard.

/// Hosts of package registries. A checkout takes packages from wherever the machine's clients are set up to.
const HOSTS: [&str; 14] = [
    concat!("crates", ".io"),
    concat!("npmjs", ".org"),
    concat!("npmjs", ".com"),
    concat!("yarnpkg", ".com"),
    concat!("pypi", ".org"),
    concat!("pythonhosted", ".org"),
    concat!("deb.", "debian.org"),
    concat!("security.", "debian.org"),
    concat!("ftp.", "debian.org"),
    concat!("archive.", "ubuntu.com"),
    concat!("proxy.", "golang.org"),
    concat!("maven", ".org"),
    concat!("maven.apache", ".org"),
    concat!("rubygems", ".org"),
];

/// Folders of one person's machine.
const MACHINE_PATHS: [&str; 4] =
    [concat!("/wo", "rk/"), concat!("/ro", "ot/"), concat!("/ho", "me/"), concat!("/Us", "ers/")];

const MERGE_MARKERS: [&str; 3] = [concat!("<<<<", "<<< "), concat!(">>>>", ">>> "), concat!("||||", "||| ")];

/// Whether the path stands there as a path from the machine's root, not as a part of a longer one.
fn names_machine_path(line: &str, path: &str) -> bool {
    line.match_indices(path).any(|(at, _)| {
        line[..at]
            .chars()
            .next_back()
            .is_none_or(|before| !before.is_alphanumeric() && !"._-}~*".contains(before))
    })
}

/// What is wrong with one line, in words; nothing for a good line.
fn fault(line: &str) -> Option<String> {
    if let Some(host) = HOSTS.iter().find(|host| line.contains(**host)) {
        return Some(format!("host of a package registry {host}"));
    }
    if let Some(path) = MACHINE_PATHS.iter().find(|path| names_machine_path(line, path)) {
        return Some(format!("path of one machine {path}"));
    }
    MERGE_MARKERS.iter().any(|marker| line.starts_with(marker)).then(|| "merge marker".to_owned())
}

#[test]
fn no_file_names_a_registry_a_machine_or_an_unfinished_merge() {
    let mut findings = Vec::new();
    for file in files() {
        // Cargo writes its registry's name there itself; nothing else may.
        if file.file_name().is_some_and(|name| name == "Cargo.lock") {
            continue;
        }
        let Some(text) = text(&file) else { continue };
        for (number, line) in text.lines().enumerate() {
            if let Some(fault) = fault(line) {
                findings.push(format!("{}:{}: {fault}", file.display(), number + 1));
            }
        }
    }
    none_of(&findings, "no file may contain these");
}

#[test]
fn the_guard_finds_what_it_looks_for_and_no_more() {
    for bad in [
        format!("see https://{}/x", HOSTS[0]),
        format!("\"{}main\"", MACHINE_PATHS[0]),
        format!("cd {}x", MACHINE_PATHS[1]),
        format!("{}ours", MERGE_MARKERS[0]),
    ] {
        assert!(fault(&bad).is_some(), "{bad}");
    }
    for good in ["docs/work/plan", "=======", "../shared/data", "$HOME/.cache", "a crate's root/"] {
        assert_eq!(fault(good), None, "{good}");
    }
}

fn is_test_source(file: &Path) -> bool {
    file.iter().any(|part| part == "tests" || part == "benches")
        || file.file_name().is_some_and(|name| name == "tests.rs")
}

#[test]
fn every_rust_file_is_a_room_of_its_own() {
    let mut findings = Vec::new();
    for file in files().iter().filter(|file| ends_with(file, "rs")) {
        let Some(text) = text(file) else { continue };
        let first = text.lines().next().unwrap_or_default();
        if !first.starts_with("//") {
            findings.push(format!("{}: its first line does not say what it owns", file.display()));
        }
        let lines = text.lines().count();
        if is_test_source(file) {
            continue;
        }
        if lines > LONGEST {
            findings.push(format!("{}: {lines} lines, over {LONGEST}: two rooms in one", file.display()));
        } else if lines > LONG {
            println!("long: {} has {lines} lines", file.display());
        }
    }
    none_of(&findings, "every file says what it owns and stays readable");
}

/// The words in backticks of a Markdown text, outside fenced blocks.
fn quoted(markdown: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut fenced = false;
    for line in markdown.lines() {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
        } else if !fenced {
            words.extend(line.split('`').skip(1).step_by(2).map(str::to_owned));
        }
    }
    words
}

/// `a/{b,c}/d` as `a/b/d` and `a/c/d`; one pair of braces, as documents use them.
fn spread(word: &str) -> Vec<String> {
    match word.split_once('{').and_then(|(before, rest)| Some((before, rest.split_once('}')?))) {
        Some((before, (inside, after))) => {
            inside.split(',').map(|part| format!("{before}{}{after}", part.trim())).collect()
        }
        None => vec![word.to_owned()],
    }
}

/// Whether a word in backticks claims that a file or folder of this repository exists.
fn claims_path(word: &str, root: &Path) -> bool {
    let plain = |letter: char| letter.is_ascii_alphanumeric() || "._-/*".contains(letter);
    if word.is_empty() || word.starts_with(['/', '-']) || word.starts_with("..") || !word.chars().all(plain) {
        return false;
    }
    let known_ending =
        [".md", ".rs", ".toml", ".mjs", ".ftl", ".sh"].iter().any(|ending| word.ends_with(ending));
    match word.split_once('/') {
        Some((first, _)) => root.join(first).exists() || known_ending,
        None => word.ends_with(".md"),
    }
}

/// Whether it exists, up to the first star.
fn exists(word: &str, root: &Path) -> bool {
    let fixed: PathBuf =
        Path::new(word).iter().take_while(|part| !part.to_string_lossy().contains('*')).collect();
    root.join(fixed).exists()
}

#[test]
fn every_path_that_a_document_names_exists() {
    let root = root();
    let mut findings = Vec::new();
    let mut named = 0_usize;
    for file in files() {
        let in_docs = file.starts_with("docs") && ends_with(&file, "md");
        let at_top = ["README.md", "ARCHITECTURE.md"].iter().any(|name| file.as_os_str() == *name);
        if !in_docs && !at_top {
            continue;
        }
        for word in text(&file).iter().flat_map(|text| quoted(text)).flat_map(|word| spread(&word)) {
            if !claims_path(&word, &root) {
                continue;
            }
            named += 1;
            if !exists(&word, &root) {
                findings.push(format!("{} names {word}", file.display()));
            }
        }
    }
    assert!(named > 5, "documents name paths; {named} were found");
    none_of(&findings, "these do not exist");
}

#[test]
fn what_counts_as_a_path_in_a_document() {
    let root = root();
    for path in ["xtask/src/main.rs", "crates/gone", "README.md", "gone/away.rs", "docs/*.md"] {
        assert!(claims_path(path, &root), "{path}");
    }
    for other in ["text/plain", "/api/x", "../shared/data", "cargo xtask test", "and/or", "--json", "X.toml"]
    {
        assert!(!claims_path(other, &root), "{other}");
    }
    assert!(exists("docs/*.md", &root) && !exists("crates/gone/*.rs", &root));
    assert_eq!(spread("texts/{en,fr}/a.ftl"), ["texts/en/a.ftl", "texts/fr/a.ftl"]);
    assert_eq!(quoted("a `b/c` d\n```\n`no`\n```\n`e`"), ["b/c", "e"]);
}

#[test]
fn the_machine_that_tests_runs_the_readmes_command() {
    let readme = text(Path::new("README.md")).expect("a README");
    let run = text(Path::new(".ci/run")).expect("a script");
    let last = run.lines().rfind(|line| !line.trim().is_empty()).expect("a last line");
    let command = last.trim().trim_start_matches("exec ");
    assert_eq!(command, "cargo xtask test");
    assert!(
        readme.lines().any(|line| line.trim() == command),
        "README.md does not show `{command}` on a line of its own"
    );
}

/// Foreign test data stays beside the checkout: some of it may not be passed on, and what is derived from facts is
/// written anew.
#[test]
fn no_file_is_a_copy_of_the_shared_test_data() {
    let shared = root().join("../shared/data");
    if !shared.is_dir() {
        println!("skipped: ../shared/data is not beside this checkout");
        return;
    }
    // Shorter files are alike by chance.
    const WORTH_COMPARING: u64 = 64;
    let mut sizes: BTreeMap<u64, Vec<PathBuf>> = BTreeMap::new();
    for file in walk(&shared, Path::new("")) {
        let path = shared.join(file);
        let size = std::fs::metadata(&path).expect("a size").len();
        if size >= WORTH_COMPARING {
            sizes.entry(size).or_default().push(path);
        }
    }
    let mut findings = Vec::new();
    for file in files() {
        let content = std::fs::read(root().join(&file)).expect("a readable file");
        let alike = sizes.get(&(content.len() as u64)).into_iter().flatten();
        for original in alike.filter(|path| std::fs::read(path).is_ok_and(|other| other == content)) {
            let original = original.strip_prefix(&shared).unwrap_or(original);
            findings.push(format!("{} is {}", file.display(), original.display()));
        }
    }
    none_of(&findings, "copies of test data that must stay outside");
}
