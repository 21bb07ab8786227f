//! The tree of a plan: how codes sort, which comes next, and the part of it that somebody sees, in the order of codes.

use std::collections::HashMap;

use super::{DEPTH, FileFact, FileState};
use crate::id::FileId;

/// The key by which codes sort as people count: `3.9` before `3.10`, letters without case.
pub fn code_key(code: &str) -> String {
    let mut key = String::with_capacity(code.len() + 16);
    let mut digits = String::new();
    let end = |digits: &mut String, key: &mut String| {
        if !digits.is_empty() {
            let bare = digits.trim_start_matches('0');
            // The number of digits before the digits: a longer number is the larger one.
            key.push_str(&format!("{:03}{bare}", bare.len()));
            digits.clear();
        }
    };
    for c in code.chars().flat_map(char::to_uppercase) {
        if c.is_ascii_digit() {
            digits.push(c);
            continue;
        }
        end(&mut digits, &mut key);
        // A sign between parts stands before everything, so that what is below a code follows it at once.
        key.push(if c.is_alphanumeric() { c } else { '!' });
    }
    end(&mut digits, &mut key);
    key
}

/// A file in its place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Branch<'a> {
    /// How many stand above it.
    pub depth: usize,
    /// Which.
    pub state: &'a FileState,
}

/// The files that somebody sees, each after the one that it stands under, in the order of their codes. What stands under
/// a file that he does not see he does not see either.
pub fn arranged<'a>(files: &'a [FileState], sees: impl Fn(&FileFact) -> bool) -> Vec<Branch<'a>> {
    let mut below: HashMap<Option<FileId>, Vec<&'a FileState>> = HashMap::new();
    for state in files.iter().filter(|state| sees(&state.file)) {
        below.entry(state.file.parent).or_default().push(state);
    }
    for list in below.values_mut() {
        // The last first: they are taken from the end.
        list.sort_by_key(|s| std::cmp::Reverse((code_key(&s.file.code), s.file.id)));
    }
    let mut all = Vec::new();
    let mut ways = vec![below.remove(&None).unwrap_or_default()];
    while let Some(way) = ways.last_mut() {
        match way.pop() {
            Some(state) => {
                all.push(Branch { depth: ways.len() - 1, state });
                // Each list is taken once, so that even a damaged plan comes to an end.
                ways.push(below.remove(&Some(state.file.id)).unwrap_or_default());
            }
            None => {
                ways.pop();
            }
        }
    }
    all
}

/// The code that comes next under a file, or at the top: the parent's with the first number that follows the largest.
pub fn next_code(branches: &[Branch<'_>], parent: Option<FileId>) -> String {
    let above = branches.iter().find(|b| Some(b.state.file.id) == parent).map(|b| b.state.file.code.as_str());
    let prefix = above.map(|code| format!("{code}.")).unwrap_or_default();
    let number = |code: &str| code.strip_prefix(&prefix).and_then(|rest| rest.parse::<u32>().ok());
    let taken: std::collections::HashSet<String> =
        branches.iter().map(|b| code_key(&b.state.file.code)).collect();
    let beside = branches.iter().filter(|b| b.state.file.parent == parent);
    let mut next = beside.filter_map(|b| number(&b.state.file.code)).max().unwrap_or(0);
    loop {
        next = next.saturating_add(1);
        let code = format!("{prefix}{next}");
        // One that was given by hand elsewhere is passed over.
        if next == u32::MAX || !taken.contains(&code_key(&code)) {
            return code;
        }
    }
}

/// How many levels stand below a file, of those that are seen.
pub(super) fn height(branches: &[Branch<'_>], file: FileId) -> usize {
    let Some(at) = branches.iter().position(|b| b.state.file.id == file) else { return 0 };
    let depth = branches.get(at).map_or(0, |b| b.depth);
    let below = branches.iter().skip(at + 1).take_while(|b| b.depth > depth);
    below.map(|b| b.depth - depth).max().unwrap_or(0)
}

/// True when a file stands below another, or is it.
pub(super) fn stands_in(branches: &[Branch<'_>], file: FileId, other: FileId) -> bool {
    let parent =
        |id: FileId| branches.iter().find(|b| b.state.file.id == id).and_then(|b| b.state.file.parent);
    let mut at = Some(file);
    for _ in 0..=DEPTH * 4 {
        match at {
            Some(id) if id == other => return true,
            Some(id) => at = parent(id),
            None => return false,
        }
    }
    true
}
