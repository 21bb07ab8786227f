//! Figures of a large register: pages under load, searches of callers who see none, six and all, verification, start and
//! memory, and how they grow. `cargo xtask bench SUBJECT [DOCUMENTS]`.
#![allow(clippy::disallowed_methods, reason = "a bench measures time")]

mod common;

use std::{
    fs,
    io::BufReader,
    path::Path,
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result};
use common::{
    large::{PEOPLE, PHRASE, Serving, register, sessions},
    percentile, since,
};
use ledger::{Mode, VerifierKey, VerifyOptions, verify_export_with};
use office::{Office, Opening, Reader, folder::Folder, signin::SessionKind};

/// Requests a second, whatever the answers take.
const RATE: u32 = 40;
/// How many times each query is asked.
const ROUNDS: usize = 5;
/// How many papers are registered and searched for at once.
const OWN: u32 = 100;
/// How long the load lasts (seconds).
const LASTS: u32 = 30;

fn main() -> Result<()> {
    let words: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with("--")).collect();
    let documents = words.iter().find_map(|word| word.parse().ok()).unwrap_or(100_000);
    let subject = words.first().map(String::as_str).unwrap_or_default();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        match subject {
            "pages" => pages(documents).await.map(|_| ()),
            "search" => search(documents).await.map(|_| ()),
            "verify" => verify(documents).await,
            "start" | "memory" => start(documents).await,
            "growth" => growth(documents).await,
            other => anyhow::bail!("nothing is measured of {other:?}"),
        }
    })
}

fn in_ms(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1e3
}

/// Desk, list and document, asked for by two hundred people at a rate that does not wait for answers. The slowest hundredth.
async fn pages(documents: u64) -> Result<Duration> {
    let data = register(documents).await?;
    let logins: Vec<String> = (0..PEOPLE).map(|n| format!("person{n}")).collect();
    let tokens = sessions(&data, &logins, SessionKind::Browser).await?;
    let [program] = sessions(&data, &["person0".to_owned()], SessionKind::Token)
        .await?
        .try_into()
        .map_err(|_| anyhow::anyhow!("a token"))?;
    let serving = Serving::of(&data)?;
    let paths = paths(&serving, &program)?;
    let (before, total) = (serving.processor()?, RATE * LASTS);
    let (next, took) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    let begun = Instant::now();
    std::thread::scope(|scope| {
        for _ in 0..32 {
            scope.spawn(|| {
                let agent: ureq::Agent =
                    ureq::Agent::config_builder().http_status_as_error(false).build().into();
                loop {
                    let n = next.fetch_add(1, Ordering::Relaxed);
                    if n >= total as usize {
                        return;
                    }
                    let due = begun + Duration::from_secs(1) / RATE * u32::try_from(n).unwrap_or(u32::MAX);
                    std::thread::sleep(due.saturating_duration_since(Instant::now()));
                    let (Some(path), Some(token)) = (paths.get(n % paths.len()), tokens.get(n * 7 % PEOPLE))
                    else {
                        return;
                    };
                    let cookie = format!("{}={token}", web::signed::SESSION);
                    let answer =
                        agent.get(format!("{}{path}", serving.address)).header("cookie", cookie).call();
                    let status = answer.and_then(|mut answer| {
                        answer.body_mut().read_to_vec()?;
                        Ok(answer.status().as_u16())
                    });
                    if let Ok(mut took) = took.lock() {
                        took.push((due.elapsed(), status.unwrap_or(0)));
                    }
                }
            });
        }
    });
    let took = took.into_inner().map_err(|_| anyhow::anyhow!("a page ended badly"))?;
    let wrong = took.iter().filter(|(_, status)| *status != 200).count();
    let mut took: Vec<Duration> = took.into_iter().map(|(took, _)| took).collect();
    took.sort_unstable();
    let each = (serving.processor()? - before) / total;
    let slowest = percentile(&took, 0.99);
    println!(
        "{documents} papers, {PEOPLE} people, {RATE} pages/s: p50 {:.1} ms, p99 {:.1} ms, {:.1} ms of processor each, {wrong} wrong",
        in_ms(percentile(&took, 0.5)),
        in_ms(slowest),
        in_ms(each)
    );
    own(&serving, &program)?;
    Ok(slowest)
}

/// A clerk registers a paper and searches for it at once.
fn own(serving: &Serving, token: &str) -> Result<()> {
    let agent: ureq::Agent = ureq::Agent::config_builder().build().into();
    let (bearer, run) = (format!("Bearer {token}"), since_1970());
    let mut took = Vec::new();
    for n in 0..OWN {
        let word = format!("own{run}x{n}");
        let body = serde_json::json!({
            "registry": "REG", "direction": "incoming", "kind": "letter", "date": "2026-03-10", "originator": "SHAPE",
            "subject": format!("Paper {word}"), "label": {"policy": "NATO", "level": "UNCLASSIFIED"},
            "held_elsewhere": "safe 4",
        });
        agent
            .post(format!("{}/api/v1/documents", serving.address))
            .header("authorization", &bearer)
            .header("idempotency-key", format!("{:032x}", run * u128::from(OWN) + u128::from(n)))
            .content_type("application/json")
            .send(body.to_string())?;
        let begun = Instant::now();
        let url = format!("{}/api/v1/search?q={word}", serving.address);
        let text = agent.get(url).header("authorization", &bearer).call()?.body_mut().read_to_string()?;
        took.push(begun.elapsed());
        let found: serde_json::Value = serde_json::from_str(&text)?;
        anyhow::ensure!(found.get("total") == Some(&1.into()), "one's own paper is not found: {text}");
    }
    took.sort_unstable();
    println!(
        "a search for what one has just registered: p50 {:.0} ms, p99 {:.0} ms",
        in_ms(percentile(&took, 0.5)),
        in_ms(percentile(&took, 0.99))
    );
    Ok(())
}

fn since_1970() -> u128 {
    std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default().as_millis()
}

/// The pages that are asked for: the desk, the list, a hundred documents.
fn paths(serving: &Serving, token: &str) -> Result<Vec<String>> {
    let agent: ureq::Agent = ureq::Agent::config_builder().build().into();
    let url = format!("{}/api/v1/documents?registry=SYNTH&limit=100", serving.address);
    let text = agent
        .get(url)
        .header("authorization", format!("Bearer {token}"))
        .call()?
        .body_mut()
        .read_to_string()?;
    let list: serde_json::Value = serde_json::from_str(&text)?;
    let ids = list.get("documents").and_then(|list| list.as_array()).context("documents")?;
    let mut paths = Vec::new();
    for id in ids.iter().filter_map(|one| one.get("id")?.as_str()) {
        paths.extend(["/desk".to_owned(), "/register?registry=SYNTH".to_owned(), format!("/documents/{id}")]);
    }
    Ok(paths)
}

/// The forty queries, each answer whole with total, facets and snippets, of callers who see none, six, some and all. The
/// slowest hundredth of who sees some.
async fn search(documents: u64) -> Result<Duration> {
    let data = register(documents).await?;
    let office = Office::open(Opening::of(Folder::at(&data))).await?;
    office.catch_up().await?;
    let queries =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/frus/queries.txt"))?;
    let queries: Vec<&str> =
        queries.lines().filter(|l| !l.trim().is_empty() && !l.starts_with('#')).collect();
    let mut slowest = Duration::ZERO;
    let mut means = Vec::new();
    for login in ["none", "six", "mixed", "all"] {
        let reader = reader(&office, login).await?;
        let (mut took, mut found) = (Vec::new(), 0);
        for _ in 0..ROUNDS {
            for query in &queries {
                let asked = office::search::query(query).context("query")?;
                let begun = Instant::now();
                let mut reading = office.read_as(reader.clone()).await?;
                found += reading.search(&asked, 20, None, true).await?.total;
                took.push((begun.elapsed(), *query));
            }
        }
        took.sort_unstable();
        let worst = took.last().map_or("", |(_, query)| *query);
        let took: Vec<Duration> = took.iter().map(|(took, _)| *took).collect();
        let mean = took.iter().sum::<Duration>() / u32::try_from(took.len()).unwrap_or(u32::MAX);
        means.push(mean.as_secs_f64());
        if login == "mixed" {
            slowest = percentile(&took, 0.99);
        }
        println!(
            "{documents} papers, {login}: p50 {:.1} ms, p90 {:.1} ms, p99 {:.1} ms, mean {:.1} ms, slowest {worst:?}, {:.0} found each",
            in_ms(percentile(&took, 0.5)),
            in_ms(percentile(&took, 0.9)),
            in_ms(percentile(&took, 0.99)),
            in_ms(mean),
            found as f64 / took.len() as f64
        );
    }
    if let [.., some, all] = means.as_slice() {
        println!("who sees some waits {:.2} times as long as who sees all", some / all);
    }
    office.close().await;
    Ok(slowest)
}

/// Who searches. What is unclassified is for everybody: those who see none or six have a session in which the papers of
/// another policy alone are shown.
async fn reader(office: &Office, login: &str) -> Result<Reader> {
    let ceiling = label::NamedClearance {
        policy: "CORPORATE".to_owned(),
        level: "INTERNAL".to_owned(),
        categories: Default::default(),
    };
    let ceiling = ["none", "six"].contains(&login).then_some(&ceiling);
    let (_, token) = office.sign_in_under(login, PHRASE, SessionKind::Token, "bench", ceiling).await?;
    let session = office.session(&token).await?.context("session")?;
    Ok(Reader::from(&session))
}

/// Ledgers from the tables and from exports, sealed files against reading and hashing alone.
async fn verify(documents: u64) -> Result<()> {
    let data = register(documents).await?;
    let folder = Folder::at(&data);
    let office = Office::open(Opening { index: false, ..Opening::of(folder.clone()) }).await?;
    let begun = Instant::now();
    let verified = office.verify().await?;
    anyhow::ensure!(verified.faults.is_empty(), "{:?}", verified.faults.first());
    let entries: u64 = verified.ledgers.iter().map(|ledger| ledger.entries).sum();
    println!("{entries} entries from the tables: {:.0}/s", entries as f64 / since(begun));
    let key = VerifierKey::parse(fs::read_to_string(folder.public_key_file())?.trim())?;
    for (name, mode) in [("full", Mode::Full), ("proof", Mode::Proof)] {
        let file = data.join("..").join(format!("{name}.export"));
        let _ = fs::remove_file(&file);
        office.export(&file, mode).await?;
        let begun = Instant::now();
        let options = VerifyOptions { keys: std::slice::from_ref(&key), held: &[], rule: None };
        let report = verify_export_with(BufReader::with_capacity(1 << 20, fs::File::open(&file)?), options)?;
        println!(
            "{} entries from an export ({name}): {:.0}/s",
            report.entries(),
            report.entries() as f64 / since(begun)
        );
        fs::remove_file(&file)?;
    }
    let vault = folder.vault();
    let begun = Instant::now();
    let files = alone(&vault)?;
    let parts = since(begun) / files as f64;
    let begun = Instant::now();
    let (objects, faults) = office.fixity().await?;
    anyhow::ensure!(faults.is_empty(), "{:?}", faults.first());
    let whole = since(begun) / objects as f64;
    println!(
        "{objects} sealed files against their digests: {:.0}/s, {:.2} of reading, deciphering and hashing {files} of them on one thread",
        1.0 / whole,
        parts / whole
    );
    office.close().await;
    Ok(())
}

/// Reads, deciphers and hashes the files of a vault, as many as fit into some seconds, with nothing around it: how many.
fn alone(vault: &Path) -> Result<usize> {
    use aes_gcm::{Aes256Gcm, KeyInit as _, aead::AeadInOut as _};
    use sha2::{Digest as _, Sha256};
    let cipher = Aes256Gcm::new(&[7; 32].into());
    let mut files = 0;
    for shelf in fs::read_dir(vault)?.take(16) {
        for file in fs::read_dir(shelf?.path())? {
            let mut bytes = fs::read(file?.path())?;
            // Enciphering costs what deciphering does, and needs no key of the vault.
            cipher.encrypt_in_place(&[0; 12].into(), b"", &mut bytes).map_err(|e| anyhow::anyhow!("{e}"))?;
            std::hint::black_box(Sha256::digest(&bytes));
            files += 1;
        }
    }
    Ok(files)
}

/// From the start of the program to the moment at which it listens, and its memory then and after pages.
async fn start(documents: u64) -> Result<()> {
    let data = register(documents).await?;
    let mut took = Vec::new();
    for _ in 0..5 {
        let serving = Serving::of(&data)?;
        took.push(serving.started);
        let (all, own) = serving.memory()?;
        println!(
            "  {:.0} ms, {} MB resident of which {} MB its own",
            in_ms(serving.started),
            all / 1024,
            own / 1024
        );
    }
    took.sort_unstable();
    println!("{documents} papers: start p50 {:.0} ms", in_ms(percentile(&took, 0.5)));
    Ok(())
}

/// The same at a tenth of the papers and at all of them.
async fn growth(documents: u64) -> Result<()> {
    let (few, many) = (pages(documents / 10).await?, pages(documents).await?);
    println!("ten times the papers: pages take {:.2} times as long", many.as_secs_f64() / few.as_secs_f64());
    let (few, many) = (search(documents / 10).await?, search(documents).await?);
    println!(
        "ten times the papers: searches take {:.2} times as long",
        many.as_secs_f64() / few.as_secs_f64()
    );
    Ok(())
}
