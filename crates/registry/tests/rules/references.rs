//! References in running text: found where a reader finds them, and nowhere else; on the historic papers too, where
//! they are at hand.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    time::Duration,
};

use registry::series::Catalogue;

use crate::series::shipped;

fn found(catalogue: &Catalogue, text: &str) -> Vec<(String, String)> {
    catalogue
        .citations(text)
        .into_iter()
        .map(|c| {
            assert_eq!(&text[c.range.clone()], c.written);
            (c.written, catalogue.key_of(&c.reference).unwrap())
        })
        .collect()
}

#[test]
fn references_are_found_in_a_text_with_their_suffixes() {
    let catalogue = shipped();
    for (text, expected) in [
        ("as agreed in C-M(2002)49-COR8, paragraph 8", &[("C-M(2002)49-COR8", "CM 2002 49 COR 8")][..]),
        ("SG outlined report C\u{2013}M (55) 122. Report noted", &[("C\u{2013}M (55) 122", "CM 1955 122")]),
        (
            "(C\u{2013}M(55)120(4th Revision)). Mr.",
            &[("C\u{2013}M(55)120(4th Revision)", "CM 1955 120 REV 4")],
        ),
        ("resolution (CM(55)125(Revised)).", &[("CM(55)125(Revised)", "CM 1955 125 REV")]),
        ("see C-M(2009)0021 (INV).", &[("C-M(2009)0021 (INV)", "CM 2009 21 INV")]),
        ("C-M(2002)49 (see below)", &[("C-M(2002)49", "CM 2002 49")]),
        (
            "C-M(2002)\n49 and MCM-0041-2010;",
            &[("C-M(2002)\n49", "CM 2002 49"), ("MCM-0041-2010", "MCM 41 2010")],
        ),
        ("for the Next Few Years (MC 48/1 (Final)). Was", &[("MC 48/1 (Final)", "MC 48 1 FINAL")]),
        ("requirements of MC 48 within", &[("MC 48", "MC 48")]),
        (
            "selon l\u{2019}AC/35-D/2002-REV4 et le PO(69)634,",
            &[("AC/35-D/2002-REV4", "AC 35 D 2002 REV 4"), ("PO(69)634", "PO 1969 634")],
        ),
        ("proposals in PO/68/102 for improving", &[("PO/68/102", "PO 1968 102")]),
        ("votre note HQR-2026-17 du 12 mars", &[("HQR-2026-17", "HQR 2026 17")]),
        ("COM(2020) 795 final of 9 December", &[("COM(2020) 795 final", "COM 2020 795 FINAL")]),
        ("MC 48 final report", &[("MC 48", "MC 48")]),
        (
            "AC/322(SC/4)-DS(2004)0002 and IMSTAM(LOG)-0123-2009",
            &[
                ("AC/322(SC/4)-DS(2004)0002", "AC 322 SC 4 DS 2004 2"),
                ("IMSTAM(LOG)-0123-2009", "IMSTAM LOG 123 2009"),
            ],
        ),
        (
            "NSC Action No. 1419 and NSC 162/2",
            &[("NSC Action No. 1419", "NSCACTION 1419"), ("NSC 162/2", "NSC 162 2")],
        ),
        (
            "telegrams (Embtels 1779, 1780 and 1795) Soviet",
            &[("1779", "EMBTEL 1779"), ("1780", "EMBTEL 1780"), ("1795", "EMBTEL 1795")],
        ),
        (
            "SNIE 11\u{2013}10\u{2013}67; NIE\u{2013}65.",
            &[("SNIE 11\u{2013}10\u{2013}67", "SNIE 11 10 1967"), ("NIE\u{2013}65", "NIE 65")],
        ),
        ("Polto 2249. Cotel.", &[("Polto 2249", "POLTO 2249")]),
        (
            "see The Hague 378, Geneva 203.",
            &[("The Hague 378", "THEHAGUE 378"), ("Geneva 203", "GENEVA 203")],
        ),
    ] {
        let expected: Vec<(String, String)> =
            expected.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
        assert_eq!(found(catalogue, text), expected, "{text}");
    }
}

#[test]
fn dates_telephones_pages_and_amounts_are_no_references() {
    let catalogue = shipped();
    for text in [
        "on 12/03/2026, at 12:30, pages 48-55, p. 12",
        "in Paris 1955 and Bonn 15 September, Geneva 1955 formula",
        "Tel. MC 707 41 11, fax +32 2 707 41 11",
        "MC 1,200 and MC 3.5 and MC 48% of",
        "the NSC (5 members) met; 3. NSC. 5 copies",
        "mc 48, po 69 634, Po(69)634",
        "XC-M(2002)49, pre-MC 48, www.x.MC 48",
        "MCM-0041-20101, MCM-41, C-M(2002), MC 48A",
        "C-M(1900)49, MCM-12-1930",
        "Document of 5 May; Washington DC 20520",
        "MC\n\n48 and MC\t48",
        "MC 10/12/2010",
        "MCM 41 10 apples",
        "USDEL MC/10, NATO Europe (MC 5\u{2019}4), NIE 11\u{2013}4\u{2013}2\u{2013}7, Main Issues",
    ] {
        assert_eq!(found(catalogue, text), [], "{text}");
    }
}

#[test]
fn a_hostile_text_is_read_in_time_and_within_bounds() {
    let catalogue = shipped();
    for unit in [
        "C-M(",
        "MC ",
        "NSC 1",
        "AC/1(SC/",
        "Embtels 1, ",
        "MC 48-REV1",
        "C-M(2002)49-REV1",
        "(((",
        "C\u{301}",
    ] {
        let text = unit.repeat(1_000_000 / unit.len());
        let (found, took) = timed(|| catalogue.citations(&text).len());
        assert!(found <= registry::series::MOST_CITATIONS);
        assert!(took < Duration::from_secs(5), "{unit}: {took:?}");
    }
}

#[expect(clippy::disallowed_methods, reason = "it measures")]
fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let began = std::time::Instant::now();
    let done = work();
    (done, began.elapsed())
}

/// The folder of the historic papers, where it is at hand.
fn papers() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    let folder = std::env::var_os("CHANCERY_SHARED").map_or(beside, PathBuf::from).join("frus");
    if !folder.is_dir() {
        println!("skipped: the historic papers are not at {}", folder.display());
        return None;
    }
    Some(folder)
}

/// The papers: what the manifest says of each, and its text.
fn historic() -> Option<Vec<(serde_json::Value, String)>> {
    let folder = papers()?;
    let index = std::fs::read_to_string(folder.join("index.jsonl")).unwrap();
    let rows = index.lines().map(|line| {
        let row: serde_json::Value = serde_json::from_str(line).unwrap();
        let text = std::fs::read_to_string(folder.join(row["file"].as_str().unwrap())).unwrap();
        (row, text)
    });
    Some(rows.collect())
}

#[test]
fn the_numbers_and_references_that_the_historic_papers_name_are_found() {
    let Some(papers) = historic() else { return };
    let catalogue = shipped();
    let (mut numbers, mut hits) = (0, 0);
    let (mut documents, mut document_hits) = (0, 0);
    let mut missed: Vec<String> = Vec::new();
    let mut per_series: BTreeMap<String, usize> = BTreeMap::new();
    for (row, text) in &papers {
        let citations = catalogue.citations(text);
        let keys: Vec<String> = citations.iter().map(|c| catalogue.key_of(&c.reference).unwrap()).collect();
        citations.iter().for_each(|c| *per_series.entry(c.reference.series.clone()).or_default() += 1);
        // A telegram's number with its series: Polto 63. A number without letters is no reference by itself.
        if let Some(number) = row["number"].as_str()
            && number.contains(char::is_alphabetic)
            && text.contains(number)
        {
            numbers += 1;
            match keys.contains(&catalogue.key(number)) {
                true => hits += 1,
                false => missed.push(format!("{}: {number}", row["id"])),
            }
        }
        for reference in row["refs"].as_array().into_iter().flatten() {
            let (Some(named), Some("body")) = (reference["text"].as_str(), reference["in"].as_str()) else {
                continue;
            };
            let named = named.trim_start_matches("see ").trim_end_matches(['.', ']']);
            if !named.starts_with("Document ") || !text.contains(named) {
                continue;
            }
            documents += 1;
            match keys.contains(&catalogue.key(named)) {
                true => document_hits += 1,
                false => missed.push(format!("{}: {named}", row["id"])),
            }
        }
    }
    println!("telegram numbers {hits} of {numbers}; documents {document_hits} of {documents}");
    println!("citations by series {per_series:?}");
    println!("missed {missed:#?}");
    assert!(numbers > 200 && hits * 100 >= numbers * 95, "telegram numbers: {hits} of {numbers}");
    assert!(
        documents > 80 && document_hits * 100 >= documents * 95,
        "documents: {document_hits} of {documents}"
    );
    if let Some(folder) = std::env::var_os("CHANCERY_CITATIONS") {
        let mut lines = String::new();
        for (row, text) in &papers {
            for c in catalogue.citations(text) {
                let from =
                    (0..=c.range.start.saturating_sub(40)).rev().find(|n| text.is_char_boundary(*n)).unwrap();
                let to = (c.range.end + 40..)
                    .find(|n| *n >= text.len() || text.is_char_boundary(*n))
                    .unwrap()
                    .min(text.len());
                let context = text[from..to].replace(['\n', '\t'], " ");
                lines.push_str(&format!(
                    "{}\t{}\t{}\t{context}\n",
                    row["id"].as_str().unwrap(),
                    c.reference.series,
                    c.written.replace('\n', " ")
                ));
            }
        }
        std::fs::write(folder, lines).unwrap();
    }
}

#[test]
fn a_megabyte_is_read_at_once() {
    let catalogue = shipped();
    let text: String = match historic() {
        Some(papers) => {
            let all: String = papers.into_iter().map(|(_, text)| text).collect();
            let end = (1 << 20..).find(|n| all.is_char_boundary(*n)).unwrap();
            all[..end].to_owned()
        }
        None => {
            "The Council noted C-M(55)101 and the discussion of MC 48 in Paris on 5 May 1955. ".repeat(13_000)
        }
    };
    let took = (0..5).map(|_| timed(|| catalogue.citations(&text)).1).min().unwrap();
    println!("{} bytes in {took:?}", text.len());
    if !cfg!(debug_assertions) {
        assert!(took < Duration::from_millis(50), "{took:?}");
    }
}
