//! A killed process shows no missing flush, for the system keeps what it wrote. Here the order is seen from outside: every
//! byte that an answer rests on was flushed before the answer was sent, in the tables, in the key store and in the vault,
//! and every name in a folder that was flushed afterwards.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
    process::Command,
};

use serde_json::json;

use crate::{
    engines::Kind,
    run,
    served::{Act, Installation, Serving},
};

#[test]
#[ignore = "run by cargo xtask prove"]
fn crash_shows_no_answer_before_its_flush() {
    if !Command::new("strace").arg("--version").output().is_ok_and(|out| out.status.success()) {
        println!("  skipped: strace is not installed, so the order of flush and answer is not seen");
        return;
    }
    run(async {
        let house = Installation::founded(Kind::Sqlite.fresh().await, 1).await;
        let log = house.path("calls");
        let mut traced = Command::new("strace");
        traced.args(["-f", "-y", "-s", "32", "-e", "trace=write,writev,pwrite64,pwritev,sendto,sendmsg,fsync,fdatasync,rename,renameat,renameat2,unlink"]);
        traced.arg("-o").arg(&log).arg(env!("CARGO_BIN_EXE_chancery")).arg("serve").arg(&house.data);
        traced.args(["--listen", "127.0.0.1:0"]);
        let serving = match Serving::begun(&mut traced) {
            Ok(serving) => serving,
            Err(said) => {
                println!("  skipped: strace may trace nothing here ({})", said.trim());
                return;
            }
        };
        let client = serving.client(&house.tokens[0]);
        for key in 1..=20 {
            let paper = Act::paper(key, &format!("Convoy {key}"), &format!("Words of paper {key}"));
            let done = client.does(&paper);
            let path = format!("/api/v1/documents/{}/corrections", done.id());
            client.does(&Act::json(100 + key, path, json!({"reason": "a slip", "subject": "Corrected"})));
        }
        // The traced process, not strace alone.
        let traced = Command::new("pkill").args(["-TERM", "-P", &serving.child.id().to_string()]).status();
        assert!(traced.unwrap().success());
        let mut serving = serving;
        serving.child.wait().unwrap();
        let text = std::fs::read_to_string(&log).unwrap();
        let seen = order(&text, &house.data);
        assert_eq!(seen.faults, Vec::<String>::new());
        assert_eq!(seen.answers, 40, "each answer is seen");
        assert!(seen.flushes >= 40 && seen.named >= 20, "{seen:?}");
        println!(
            "  {} answers, each after its flush: {} flushes seen, {} objects given their names",
            seen.answers, seen.flushes, seen.named
        );
        planted(&text, &house.data);
    });
}

/// The same log without its flushes is found wrong: the proof can fail.
fn planted(text: &str, data: &Path) {
    for (what, left_out) in [
        ("the tables", "chancery.db-wal>"),
        ("the key store", "keys.db-wal>"),
        ("an object", "/staging/"),
        ("a shelf", "/vault/"),
    ] {
        let cut: Vec<&str> = text
            .lines()
            .filter(|line| {
                !(is_flush(line)
                    && line.contains(left_out)
                    && (left_out != "/vault/" || !line.contains("staging")))
            })
            .collect();
        let seen = order(&cut.join("\n"), data);
        assert!(!seen.faults.is_empty(), "without the flushes of {what} nothing is found");
    }
}

fn is_flush(line: &str) -> bool {
    line.contains(" fsync(") || line.contains(" fdatasync(")
}

#[derive(Debug, Default)]
struct Seen {
    answers: usize,
    flushes: usize,
    named: usize,
    faults: Vec<String>,
}

/// Goes through the calls in their order.
fn order(text: &str, data: &Path) -> Seen {
    let data = data.to_str().unwrap();
    let mut seen = Seen::default();
    // What was written and not flushed yet; what is being flushed by which thread.
    let mut dirty = BTreeSet::<String>::new();
    let mut flushing = BTreeMap::<String, String>::new();
    for line in text.lines() {
        let Some((thread, call)) = line.split_once(' ') else { continue };
        let call = call.trim_start();
        if call.starts_with("fsync(") || call.starts_with("fdatasync(") {
            let Some(file) = file_of(call) else { continue };
            if call.contains("<unfinished") {
                flushing.insert(thread.to_owned(), file);
            } else if call.ends_with("= 0") {
                seen.flushes += 1;
                dirty.remove(&file);
            }
        } else if call.contains("sync resumed>") {
            if let Some(file) = flushing.remove(thread).filter(|_| call.ends_with("= 0")) {
                seen.flushes += 1;
                dirty.remove(&file);
            }
        } else if call.starts_with("rename") {
            let names: Vec<&str> = call.split('"').skip(1).step_by(2).collect();
            if let [from, to] = names.as_slice()
                && to.starts_with(data)
                && to.contains("/vault/")
            {
                if dirty.contains(*from) {
                    seen.faults.push(format!("{to} has its name before its bytes are flushed"));
                }
                seen.named += 1;
                // The shelf has to be flushed for the name to stay.
                dirty.insert(to.rsplit_once('/').unwrap().0.to_owned());
            }
        } else if call.starts_with("unlink") {
            let name = call.split('"').nth(1).unwrap_or_default();
            dirty.remove(name);
        } else if call.contains("HTTP/1.1 201") {
            seen.answers += 1;
            let wal = dirty.iter().find(|file| file.ends_with("-wal") || file.contains("/vault/"));
            if let Some(file) = wal {
                seen.faults.push(format!("answer {} is sent before {file} is flushed", seen.answers));
            }
        } else if let Some(file) = file_of(call).filter(|file| file.starts_with(data)) {
            // A file that is written again while it is flushed is not flushed by that.
            flushing.retain(|_, flushed| *flushed != file);
            dirty.insert(file);
        }
    }
    seen
}

/// The path of the file that a call is on.
fn file_of(call: &str) -> Option<String> {
    let inside = call.split_once('(')?.1;
    let path = inside.split_once('<')?.1.split_once('>')?.0;
    path.starts_with('/').then(|| path.to_owned())
}
