//! Words recognised in scans: what a program of the machine can and can't do in its child, and how many of the words of
//! real scans are found.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use reader::{Flag, Limits, Outcome, Reader, Recogniser};

use crate::support::CHILD;

/// A reader that recognises words; none where the machine has no program for it.
fn recognising() -> Option<Reader> {
    let installed = Recogniser::installed();
    if installed.languages.len() < 2 || !installed.draws {
        println!("skipped: tesseract with eng and fra, or pdftoppm, is not installed");
        return None;
    }
    Some(Reader::new(CHILD, Limits::default()).recognising(installed))
}

fn scans() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/office/scans_truth");
    #[expect(clippy::disallowed_methods, reason = "where the real data lies is said to the tests so")]
    let folder = std::env::var("CHANCERY_SHARED")
        .map_or(folder, |shared| Path::new(&shared).join("data/office/scans_truth"));
    folder.join("truth.jsonl").is_file().then_some(folder)
}

/// How many of the words of a truth are found, each as often as it stands there.
fn found(truth: &str, said: &str) -> (usize, usize) {
    let words = |text: &str| {
        let mut all: HashMap<String, usize> = HashMap::new();
        let lower = text.to_lowercase();
        for word in lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
            *all.entry(word.to_owned()).or_default() += 1;
        }
        all
    };
    let (truth, said) = (words(truth), words(said));
    let hits = truth.iter().map(|(word, n)| (*n).min(said.get(word).copied().unwrap_or(0))).sum();
    (hits, truth.values().sum())
}

#[test]
fn the_words_of_scans_are_recognised_in_english_and_french() {
    let (Some(reader), Some(folder)) = (recognising(), scans()) else { return };
    let truth = std::fs::read_to_string(folder.join("truth.jsonl")).unwrap();
    let truth: Vec<serde_json::Value> =
        truth.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let mut table: HashMap<(String, u64), (usize, usize, usize, usize)> = HashMap::new();
    // Each noise of each language; all of them where it is asked for, which takes minutes.
    #[expect(clippy::disallowed_methods, reason = "a longer run is asked for so")]
    let all = std::env::var("CHANCERY_ALL_SCANS").is_ok();
    for scan in &truth {
        let (language, noise) = (scan["lang"].as_str().unwrap().to_owned(), scan["noise"].as_u64().unwrap());
        let row = table.entry((language, noise)).or_default();
        if row.0 == 1 && !all {
            continue;
        }
        let name = scan["file"].as_str().unwrap();
        let bytes = std::fs::read(folder.join(name)).unwrap();
        let outcome = reader.read(name, bytes.as_slice()).unwrap();
        let Outcome::Text(reading) = &outcome else { panic!("{name}: {}", outcome.code()) };
        assert!(reading.flags.contains(&Flag::Recognised), "{name}: {:?}", reading.flags);
        let (hits, words) = found(scan["text"].as_str().unwrap(), &reading.text);
        let marking = scan["marking"].as_str().unwrap_or_default().to_lowercase();
        row.0 += 1;
        row.1 += hits;
        row.2 += words;
        row.3 += usize::from(reading.text.to_lowercase().contains(&marking));
    }
    let mut rows: Vec<_> = table.into_iter().collect();
    rows.sort();
    println!("language  noise  scans  words found  markings found");
    for ((language, noise), (scans, hits, words, markings)) in rows {
        let share = 100 * hits / words.max(1);
        println!("{language:8}  {noise:5}  {scans:5}  {share:9} %  {markings} of {scans}");
        assert!(noise > 1 || share >= 90, "{language} at noise {noise}: {hits} of {words}");
    }
}

/// A grey picture with nothing on it, in a form that needs no packing.
fn blank() -> Vec<u8> {
    let (width, height) = (200_u32, 200_u32);
    let mut bytes = b"BM".to_vec();
    let row = width.div_ceil(4) * 4;
    let size = row * height;
    let head = 14 + 40 + 256 * 4;
    for value in [head + size, 0, head, 40, width, height] {
        bytes.extend_from_slice(&value.to_le_bytes());
    }
    bytes.extend_from_slice(&1_u16.to_le_bytes());
    bytes.extend_from_slice(&8_u16.to_le_bytes());
    for value in [0, size, 7_874, 7_874, 256, 0] {
        bytes.extend_from_slice(&value.to_le_bytes());
    }
    for grey in 0..=255_u8 {
        bytes.extend_from_slice(&[grey, grey, grey, 0]);
    }
    bytes.extend(std::iter::repeat_n(255, size as usize));
    bytes
}

#[test]
fn a_picture_without_words_says_so_and_one_that_is_none_is_not_read() {
    let Some(reader) = recognising() else { return };
    let empty = reader.read("blank.bmp", blank().as_slice()).unwrap();
    let reading = empty.reading().unwrap_or_else(|| panic!("{}", empty.code()));
    assert!(reading.text.is_empty() && reading.flags.contains(&Flag::NoWords), "{reading:?}");
    let mut broken = blank();
    broken.truncate(300);
    let broken = reader.read("broken.bmp", broken.as_slice()).unwrap();
    assert_eq!(broken.code(), "unsupported", "{broken:?}");
    // Without the programs nothing is different from before.
    let plain = Reader::new(CHILD, Limits::default()).read("blank.bmp", blank().as_slice()).unwrap();
    assert_eq!(plain.code(), "unsupported");
}
