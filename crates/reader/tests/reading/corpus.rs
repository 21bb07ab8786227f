//! Real files that nobody made for this project: every one ends as an outcome, and where a reference tool found words, so do we.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use reader::{Flag, MediaType, Outcome, Threat};

use crate::support::{reader, real_files};

/// What the manifest says of one file.
struct Real {
    file: String,
    /// Bytes of text that another way of reading found.
    reference: Option<usize>,
    /// The reference tool could not open it for want of a password.
    sealed: bool,
}

fn manifest(folder: &Path) -> Vec<Real> {
    let manifest = std::fs::read_to_string(folder.join("manifest.tsv")).unwrap();
    manifest
        .lines()
        .skip(1)
        .map(|line| {
            let columns: Vec<&str> = line.split('\t').collect();
            let said = columns.get(7).copied().unwrap_or_default();
            Real {
                file: columns[0].to_owned(),
                // The manifest's tool counted the white space between the elements too, so that its figure means nothing for pretty-printed parts.
                reference: if columns[0].starts_with("docx/") {
                    between(&folder.join(columns[0]), "word/document.xml", "<w:t", "</w:t>")
                } else if columns[0].starts_with("odt/") {
                    between(&folder.join(columns[0]), "content.xml", "<text:p", "</text:p>")
                } else {
                    said.split("text_chars=").nth(1).and_then(|count| count.trim().parse().ok())
                },
                sealed: said.contains("Incorrect password"),
            }
        })
        .collect()
}

/// The bytes of text within the elements of one name that hold nothing else, counted by searching: another way than the product's.
fn between(file: &Path, part: &str, open: &str, close: &str) -> Option<usize> {
    let mut archive = zip::ZipArchive::new(std::fs::File::open(file).unwrap()).ok()?;
    let xml = std::io::read_to_string(archive.by_name(part).ok()?).ok()?;
    let elements = xml.split(open).skip(1).filter(|rest| rest.starts_with(['>', ' ']));
    let texts = elements
        .filter_map(|rest| rest.split_once('>'))
        .filter_map(|(tag, rest)| if tag.ends_with('/') { None } else { rest.split_once(close) });
    Some(
        texts
            .map(|(text, _)| text)
            .filter(|text| !text.contains(['<', '&']))
            .map(|text| text.trim().len())
            .sum(),
    )
}

#[test]
fn every_real_file_ends_as_an_outcome() {
    let Some(folder) = real_files() else { return };
    let files = manifest(&folder);
    let next = AtomicUsize::new(0);
    let outcomes = Mutex::new(BTreeMap::new());
    let times = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while let Some(real) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let bytes = std::fs::File::open(folder.join(&real.file)).unwrap();
                    let start = Instant::now();
                    let outcome = reader()
                        .read(&real.file, bytes)
                        .unwrap_or_else(|error| panic!("{}: {error}", real.file));
                    times.lock().unwrap().push((start.elapsed(), &real.file));
                    outcomes.lock().unwrap().insert(real.file.clone(), outcome);
                }
            });
        }
    });
    let outcomes = outcomes.into_inner().unwrap();
    assert_eq!(outcomes.len(), files.len());
    print_table(&outcomes);
    let mut times = times.into_inner().unwrap();
    times.sort_unstable();
    println!("median {:?}, slowest {:?}", times[times.len() / 2].0, &times[times.len() - 4..]);

    // Real files are awkward, broken, sealed; none of them attacks.
    for (file, outcome) in &outcomes {
        assert!(
            !matches!(outcome, Outcome::Hostile { .. } | Outcome::OverLimit { .. }),
            "{file}: {}",
            outcome.code()
        );
    }
    let climbing = outcomes["zip/extractcode__zip-slip.zip"].reading().unwrap();
    assert!(climbing.flags.contains(&Flag::UnsafeNames));

    // A sealed file is never taken for a broken one.
    for real in files.iter().filter(|real| real.sealed) {
        assert!(
            matches!(outcomes[&real.file], Outcome::Encrypted { kind: MediaType::Pdf }),
            "{}: {:?}",
            real.file,
            outcomes[&real.file].code()
        );
    }
    for (file, outcome) in &outcomes {
        let sealed = file.contains("pass_protected") || file.contains("password_protected");
        assert!(!sealed || matches!(outcome, Outcome::Encrypted { .. }), "{file}: {}", outcome.code());
    }
    let kinds = [("docx", 98), ("odt", 100), ("pdf", 92)]
        .map(|(kind, least)| (kind, least, coverage(kind, &files, &outcomes)));
    for (kind, least, (got, of)) in kinds {
        assert!(got * 100 >= of * least, "{kind}: words got for {got} of {of}");
    }
    // A message has a head and, nearly always, words.
    let messages: Vec<_> = outcomes.iter().filter(|(file, _)| file.starts_with("eml/")).collect();
    let read = messages
        .iter()
        .filter(|(_, outcome)| outcome.reading().is_some_and(|reading| reading.mail.is_some()))
        .count();
    let worded = messages
        .iter()
        .filter(|(_, outcome)| {
            outcome.reading().is_some_and(|reading| !reading.text.is_empty() || !reading.parts.is_empty())
        })
        .count();
    println!("eml: a head read for {read} of {}, words or parts for {worded}", messages.len());
    assert!(read * 100 >= messages.len() * 95);
}

/// Real files with a few bytes changed: what a hostile hand, or a bad disk, makes of them.
#[test]
fn real_files_with_changed_bytes_end_as_outcomes() {
    let Some(folder) = real_files() else { return };
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    for real in manifest(&folder).iter().step_by(4) {
        let mut bytes = std::fs::read(folder.join(&real.file)).unwrap();
        if bytes.len() < 64
            || bytes.len() > 200_000
            || !MediaType::from_name(&real.file).is_some_and(MediaType::is_readable)
        {
            continue;
        }
        for _ in 0..1 + bytes.len() / 500 {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            let at = 16 + (state >> 20) as usize % (bytes.len() - 16);
            bytes[at] = state as u8;
        }
        let outcome = reader()
            .read(&real.file, bytes.as_slice())
            .unwrap_or_else(|error| panic!("{}: {error}", real.file));
        assert!(
            !matches!(outcome, Outcome::Hostile { threat: Threat::ForbiddenCall | Threat::ForgedAnswer }),
            "{}: {}",
            real.file,
            outcome.code()
        );
        *counts.entry(outcome.code()).or_default() += 1;
    }
    println!("real files with changed bytes: {counts:?}");
}

fn print_table(outcomes: &BTreeMap<String, Outcome>) {
    let mut table: BTreeMap<&str, BTreeMap<String, usize>> = BTreeMap::new();
    for (file, outcome) in outcomes {
        let folder = file.split('/').next().unwrap_or_default();
        *table.entry(folder).or_default().entry(outcome.code()).or_default() += 1;
        let surprising = match outcome {
            Outcome::Text(_) => false,
            Outcome::Unsupported { .. } => MediaType::from_name(file).is_some_and(MediaType::is_readable),
            _ => true,
        };
        if surprising {
            let found = match outcome {
                Outcome::Mislabelled { found, reading, .. } => format!(
                    "is {found:?}, {} bytes of text",
                    reading.as_ref().map_or(0, |reading| reading.text.len())
                ),
                _ => String::new(),
            };
            println!("  {file}: {} {found}", outcome.code());
        }
    }
    for (folder, counts) in table {
        println!("{folder:6} {counts:?}");
    }
}

/// Of the files where the reference tool found words, how many gave us nearly as many.
fn coverage(kind: &str, files: &[Real], outcomes: &BTreeMap<String, Outcome>) -> (usize, usize) {
    let (mut got, mut of) = (0, 0);
    for real in files.iter().filter(|real| real.file.starts_with(&format!("{kind}/"))) {
        let Some(reference) = real.reference.filter(|count| *count > 0) else { continue };
        let ours = outcomes[&real.file].reading().map_or(0, |reading| visible(&reading.text));
        of += 1;
        // The reference counts line ends and page ends too.
        if (ours + 8) * 10 >= reference * least_share(kind) && ours > 0 {
            got += 1;
        } else {
            println!(
                "  {}: {ours} bytes, reference {reference} ({})",
                real.file,
                outcomes[&real.file].code()
            );
        }
    }
    println!("{kind}: words got for {got} of {of} where the reference tool got words");
    (got, of)
}

/// Tenths of the reference's bytes that count as having got the words. A PDF's spaces are a matter of taste, a DOCX's words are not.
fn least_share(kind: &str) -> usize {
    if kind == "pdf" { 5 } else { 9 }
}

/// The manifest counts bytes.
fn visible(text: &str) -> usize {
    text.bytes().filter(|byte| !byte.is_ascii_control()).count()
}
