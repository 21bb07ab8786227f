//! Series as data: what the shipped ones read and write, the one key of a reference, what a catalogue refuses, and
//! what suffixes say of two papers.

use std::sync::LazyLock;

use jiff::civil::date;
use proptest::prelude::*;
use registry::{
    reference::{self, register_reference},
    series::{
        Catalogue, CatalogueError, MOST_SUFFIXES, ParsedReference, PatternFault, Reading, Relation, Series,
        Suffix,
    },
};

use crate::support::names;

const SHIPPED: [(&str, &str); 4] = [
    ("nato.toml", include_str!("../../../../house/series/nato.toml")),
    ("eu.toml", include_str!("../../../../house/series/eu.toml")),
    ("us-historic.toml", include_str!("../../../../house/series/us-historic.toml")),
    ("registry.toml", include_str!("../../../../house/series/registry.toml")),
];

/// What ships, and two registries.
pub fn shipped() -> &'static Catalogue {
    static ALL: LazyLock<Catalogue> = LazyLock::new(|| {
        Catalogue::read(SHIPPED)
            .and_then(|catalogue| catalogue.with_registry("HQR", &names("Headquarters"), None))
            .and_then(|catalogue| catalogue.with_registry("J3", &names("Operations"), Some(date(2024, 1, 1))))
            .unwrap()
    });
    &ALL
}

pub fn parsed(catalogue: &Catalogue, text: &str) -> ParsedReference {
    catalogue.parse(text).reference().unwrap_or_else(|| panic!("{text} is unknown")).clone()
}

/// Every reference that the facts name, as written there; the key; the series. `=` before: written canonically.
const NAMED: [(&str, &str, &str); 49] = [
    ("=C-M(2002)49", "CM 2002 49", "C-M"),
    ("=C-M(56)142", "CM 1956 142", "C-M"),
    ("=C-M(2010)0033", "CM 2010 33", "C-M"),
    ("=C-M(2002)60", "CM 2002 60", "C-M"),
    ("=C-M(64)39", "CM 1964 39", "C-M"),
    ("=C-M(68)41", "CM 1968 41", "C-M"),
    ("=C-M(55)15", "CM 1955 15", "C-M"),
    ("=C-M(2002)23", "CM 2002 23", "C-M"),
    ("=C-M(2002)49-COR8", "CM 2002 49 COR 8", "C-M"),
    ("=C-M(2002)49-COR3", "CM 2002 49 COR 3", "C-M"),
    ("=C-M(2002)49-REV1", "CM 2002 49 REV 1", "C-M"),
    ("=C-M(2009)0021", "CM 2009 21", "C-M"),
    ("C-M(2009)0021 (INV)", "CM 2009 21 INV", "C-M"),
    ("=C-M(2008)0113(INV)", "CM 2008 113 INV", "C-M"),
    ("=C-M(2007)0118", "CM 2007 118", "C-M"),
    ("=C-M(2008)0116", "CM 2008 116", "C-M"),
    ("=C-M(2011)0043", "CM 2011 43", "C-M"),
    ("C-M(2002)23 and its Action Sheet", "C M 2002 23 AND ITS ACTION SHEET", ""),
    ("=C-M(2002)23-AS", "CM 2002 23 AS", "C-M"),
    ("=C-R(76)3", "CR 1976 3", "C-R"),
    ("=PO(69)634", "PO 1969 634", "PO"),
    ("=PO(76)7", "PO 1976 7", "PO"),
    ("=PO(2010)0169-AS1", "PO 2010 169 AS 1", "PO"),
    ("=AC/35-D/2002-REV4", "AC 35 D 2002 REV 4", "AC"),
    ("=AC/35-D/2002-REV5", "AC 35 D 2002 REV 5", "AC"),
    ("=AC/35-D/2000", "AC 35 D 2000", "AC"),
    ("=AC/35-D/2006", "AC 35 D 2006", "AC"),
    ("=AC/35-D/1038-REV3", "AC 35 D 1038 REV 3", "AC"),
    ("=AC/324-D(2014)0010", "AC 324 D 2014 10", "AC"),
    ("=AC/322-N(2018)0002", "AC 322 N 2018 2", "AC"),
    ("=AC/35-WP(2010)0001", "AC 35 WP 2010 1", "AC"),
    ("=AC/322(SC/4)-DS(2004)0002-U", "AC 322 SC 4 DS 2004 2 U", "AC"),
    ("=MC 48", "MC 48", "MC"),
    ("=MC 48/1 (Final)", "MC 48 1 FINAL", "MC"),
    ("MC/PS", "MC PS", ""),
    ("Record-MC/CS", "RECORD MC CS", ""),
    ("=MCM-90-66(REV)", "MCM 90 1966 REV", "MCM"),
    ("=MCM-0041-2010", "MCM 41 2010", "MCM"),
    ("=IMSM-0123-2009", "IMSM 123 2009", "IMSM"),
    ("=IMSTAM(LOG)-0123-2009", "IMSTAM LOG 123 2009", "IMSTAM"),
    ("=DC 6/1 (Final)", "DC 6 1 FINAL", "DC"),
    ("=SG-13-16-FINAL", "SG 13 16 FINAL", "SG"),
    ("=MRC 5 (Final)", "MRC 5 FINAL", "MRC"),
    ("=DMS 1889086", "DMS 1889086", "DMS"),
    ("=NHQD206555", "NHQD 206555", "NHQD"),
    ("=PDN(2014)0007", "PDN 2014 7", "PDN"),
    ("TCC-D/5-ADD1", "TCC D 5 ADD 1", ""),
    ("G-13-REV2", "G 13 REV 2", ""),
    ("GF(66)D-27", "GF 66 D 27", ""),
];

#[test]
fn every_reference_that_the_facts_name_is_read_and_has_its_key() {
    let catalogue = shipped();
    for (text, key, series) in NAMED {
        let exact = text.starts_with('=');
        let text = text.trim_start_matches('=');
        assert_eq!(catalogue.key(text), key, "{text}");
        match catalogue.parse(text) {
            Reading::Exact(reference) => assert!(exact && reference.series == series, "{text} is exact"),
            Reading::Lenient(reference) => assert!(!exact && reference.series == series, "{text} is lenient"),
            Reading::Unknown(kept) => assert!(series.is_empty() && kept == text, "{text} is unknown"),
        }
    }
}

#[test]
fn the_parts_of_a_reference_are_told_apart() {
    let catalogue = shipped();
    let paper = parsed(catalogue, "AC/322(SC/4)-DS(2004)0002-REV2 (INV)");
    assert_eq!((paper.body, paper.sub_body, paper.year, paper.number), (Some(322), Some(4), Some(2004), 2));
    assert_eq!(paper.paper.as_deref(), Some("DS"));
    assert_eq!(paper.release().collect::<Vec<_>>(), ["INV"]);
    assert_eq!(paper.suffixes.first().map(|s| (s.code.as_str(), s.number)), Some(("REV", Some(2))));
    assert_eq!(parsed(catalogue, "imstam (log) 123/09").division.as_deref(), Some("LOG"));
    assert_eq!(parsed(catalogue, "MC 14/3").stroke, Some(3));
}

#[test]
fn ways_of_writing_one_reference_have_one_key() {
    let catalogue = shipped();
    for ways in [
        &["MCM-0041-2010", "mcm 41 10", "mcm41/2010", "MCM\u{2013}41\u{2013}10", " m.c.m. no. 0041 (2010) "]
            [..],
        &["C-M(2002)49", "cm 2002 49", "c\u{2013}m (02) 49", "CM(2002)0049", "C\u{2011}M 2002/49"],
        &[
            "C-M(55)120(4th Revision)",
            "CM(55)120-REV4",
            "c-m (1955) 120 r\u{e9}vision 4",
            "C-M(55)120 4e re\u{301}vision",
        ],
        &["C-M(55)125(REV)", "CM(55)125(Revised)", "CM(55)125 r\u{e9}vis\u{e9}"],
        &["C-M(2002)49-COR8", "C-M(2002)49 Corrigendum 8", "c-m(2002)49 RECTIFICATIF 8"],
        &["PO(68)102", "PO/68/102", "po 1968 102"],
        &["AC/35-D/2002-REV4", "ac 35 d 2002 rev 4", "AC/35-D/2002 Revision 4"],
        &["HQR-2026-17", "hqr 2026/017", "Hqr2026-0017", " hqr--26 - 17 "],
        &["J3-2026-5", "j3 26 5", "J 3/2026/005"],
        &["IMSTAM(LOG)-0123-2009", "imstam log 123 09"],
        &["COM(2020) 795 final", "com 2020 795 FINAL", "COM (20) 795 final"],
        &["ST 12345/20 REV 1", "st 12345 2020 rev1"],
        &["TCC-D/5-ADD1", "tcc d 005 add 01"],
    ] {
        for way in ways {
            assert_eq!(catalogue.key(way), catalogue.key(ways[0]), "{way} and {}", ways[0]);
        }
    }
    let far = format!("{}MCM-0041-2010", " ".repeat(1_000));
    assert_eq!(catalogue.key(&far), catalogue.key("MCM-0041-2010"), "blanks before it are no part of it");
}

#[test]
fn different_papers_have_different_keys_and_a_family_groups_them() {
    let catalogue = shipped();
    let of_one = [
        "C-M(2002)49",
        "C-M(2002)49-COR8",
        "C-M(2002)49-COR3",
        "C-M(2002)49-REV1",
        "C-M(2002)49-REV1-COR3",
        "C-M(2002)49-ADD1",
        "C-M(2002)49 (INV)",
    ];
    let mut keys: Vec<String> = of_one.iter().map(|text| catalogue.key(text)).collect();
    assert!(of_one.iter().all(|text| catalogue.family(text) == "CM 2002 49"));
    keys.sort();
    keys.dedup();
    assert_eq!(keys.len(), of_one.len());
    for (one, other) in [
        ("C-M(2002)49", "C-M(2002)498"),
        ("C-M(2002)49", "C-M(2003)49"),
        ("HQR-2026-17", "HQR-2026-1-7"),
        ("AC/35-D/2002", "AC/35-D(2002)0004"),
        ("AC/35-D/2002", "AC/35-N/2002"),
        ("IMSTAM(LOG)-0123-2009", "IMSTAM(OPS)-0123-2009"),
    ] {
        assert_ne!(catalogue.key(one), catalogue.key(other), "{one} {other}");
        assert_ne!(catalogue.family(one), catalogue.family(other), "{one} {other}");
    }
    assert_eq!(catalogue.family("MC 14/3"), catalogue.family("MC 14/2 (Final)"));
    assert_eq!(catalogue.family("TCC-D/5-ADD1"), catalogue.family("TCC-D/5"));
    assert_eq!(catalogue.family("G-13-REV2"), "G 13");
}

#[test]
fn a_registry_s_own_series_writes_what_registration_writes() {
    let catalogue = shipped();
    let own = register_reference("HQR", 2026, 17);
    assert!(matches!(catalogue.parse(&own), Reading::Exact(reference) if reference.series == "HQR"));
    assert_eq!(catalogue.key(&own), reference::key(&own), "and has the key that it had");
    assert_eq!(catalogue.key("\u{c9}T\u{c9} 007"), reference::key("E\u{301}te\u{301}-7"));
}

#[test]
fn two_figures_are_a_year_of_the_hundred_from_the_first_of_the_series() {
    let catalogue = shipped();
    let year = |text: &str| catalogue.parse(text).reference().and_then(|r| r.year);
    assert_eq!(year("C-M(49)1"), Some(1949));
    assert_eq!(year("C-M(48)1"), Some(2048));
    assert_eq!(year("mcm 41 99"), Some(1999));
    assert_eq!(year("IMSM 5 66"), Some(2066), "the staff began in 1967");
    assert_eq!(year("J3 24 5"), Some(2024));
    assert_eq!(year("J3 23 5"), Some(2123), "that registry began in 2024");
    assert_eq!(year("J3-2023-5"), None, "before its first year nothing was numbered");
    assert_eq!(year("JCSM-82-59"), Some(1959));
}

#[test]
fn a_text_without_letters_or_end_is_no_reference() {
    let catalogue = shipped();
    let long = "MCM-0041-2010".repeat(10_000);
    for text in ["", " ", "17", "2026-17", "(((", "\u{0}", "C-M", "C-M(2002)", "MCM-41", &long] {
        assert!(matches!(catalogue.parse(text), Reading::Unknown(kept) if kept == text.trim()), "{text:.20}");
    }
    assert!(catalogue.key(&long).len() <= 1_000);
    let suffixes = format!("C-M(2002)49{}", "-REV1".repeat(MOST_SUFFIXES + 1));
    assert!(catalogue.parse(&suffixes).reference().is_none());
}

#[test]
fn suffixes_say_what_papers_are_to_each_other() {
    let catalogue = shipped();
    let relation =
        |one: &str, other: &str| catalogue.relation_of(&parsed(catalogue, one), &parsed(catalogue, other));
    for (one, other, expected) in [
        ("C-M(2002)49-REV1", "C-M(2002)49", Some(Relation::RevisionOf)),
        ("C-M(2002)49-REV2", "C-M(2002)49-REV1", Some(Relation::RevisionOf)),
        ("C-M(2002)49-REV1", "C-M(2002)49-REV2", None),
        ("C-M(2002)49", "C-M(2002)49-REV1", None),
        ("C-M(2002)49-COR8", "C-M(2002)49", Some(Relation::CorrigendumTo)),
        ("C-M(2002)49-COR8", "C-M(2002)49-COR3", None),
        ("C-M(2002)49-REV1-COR2", "C-M(2002)49-REV1", Some(Relation::CorrigendumTo)),
        ("C-M(2002)49-REV1-COR2", "C-M(2002)49", None),
        ("C-M(2002)49-ADD1", "C-M(2002)49", Some(Relation::AddendumTo)),
        ("C-M(2009)0021 (INV)", "C-M(2009)0021", Some(Relation::ReleaseVariantOf)),
        ("C-M(2009)0021 (INV)", "C-M(2009)0021 (EAPC)", Some(Relation::ReleaseVariantOf)),
        ("C-M(2009)0021 (FRE)", "C-M(2009)0021 (ENG)", Some(Relation::TranslationOf)),
        ("C-M(2002)23-AS", "C-M(2002)23", Some(Relation::ActionSheetOf)),
        ("C-M(2002)23-FINAL", "C-M(2002)23-DRAFT2", Some(Relation::FinalOf)),
        ("C-M(2002)23-DRAFT2", "C-M(2002)23-DRAFT1", Some(Relation::RevisionOf)),
        ("MC 14/3", "MC 14/2", Some(Relation::RevisionOf)),
        ("MC 14/3 (Final)", "MC 14", Some(Relation::RevisionOf)),
        ("MC 14/2", "MC 14/3", None),
        ("IAC-D-6/1", "IAC-D-6", None),
        ("C-M(2002)49-REV1", "C-M(2002)50", None),
    ] {
        assert_eq!(relation(one, other), expected, "{one} to {other}");
    }
    let among: Vec<ParsedReference> =
        ["MC 14", "MC 14/2", "MC 14/3", "MC 14/4", "MC 48"].map(|text| parsed(catalogue, text)).into();
    assert_eq!(catalogue.superseded_by(&parsed(catalogue, "MC 14/3"), &among), [0, 1]);
}

fn file(body: &str) -> Result<Catalogue, CatalogueError> {
    Catalogue::read([("house.toml", body)])
}

fn one(code: &str, more: &str, form: &str) -> String {
    format!(
        "[[series]]\ncode = \"{code}\"\nnames = {{ en = \"E\", fr = \"F\" }}\nowner = \"X\"\n{more}\nform = [{{ write = \"{form}\" }}]\n"
    )
}

#[test]
fn a_catalogue_of_which_a_text_could_be_two_references_is_refused() {
    let alike = |a: &str, b: &str| {
        matches!(file(&(one("ONE", "", a) + &one("TWO", "", b))), Err(CatalogueError::Alike { .. }))
    };
    assert!(alike("X-{n}-{yyyy}", "X/{n}/{yy}"));
    assert!(alike("X-{n}-{yyyy}", "X {yyyy} {n}"), "41/10 could be either");
    assert!(alike("X {n}[/{stroke}]", "X-{n}-{yy}"));
    assert!(alike("C-M({yy}){n}", "CM-{n}-{yy}"));
    assert!(alike("X-{division}-{n}", "X-OPS-{n}"));
    assert!(alike("IMS-T{n}", "I-M-S-T {n}"));
    assert!(!alike("X-{n}-{yyyy}", "XY-{n}-{yyyy}"));
    assert!(!alike("X {n}", "X {n}-{yy}"));
    assert!(!alike("X1-{n}", "X2-{n}"));
    let shipped = shipped().clone();
    let taken = shipped.clone().with_registry("MC", &names("Milan"), None);
    assert_eq!(taken.unwrap_err(), CatalogueError::CodeTaken { code: "MC".into() });
    let read_alike = shipped.with_registry("CM", &names("Command"), None);
    assert!(matches!(read_alike, Err(CatalogueError::Alike { one, other }) if one == "C-M" && other == "CM"));
}

#[test]
fn a_number_that_a_suffix_could_be_is_refused() {
    let suffix = "[[suffix]]\nid = \"REV\"\nkind = \"revision\"\nnumbered = \"-REV{n}\"\n";
    let text = suffix.to_owned()
        + &one("ONE", "suffixes = [\"REV\"]", "X {n}")
        + &one("TWO", "", "X {n}-REV{stroke}");
    assert!(matches!(file(&text), Err(CatalogueError::Alike { .. })));
}

#[test]
fn wrong_data_are_refused_with_the_series_and_the_reason() {
    let pattern = |form: &str| match file(&one("ONE", "", form)) {
        Err(CatalogueError::Pattern { series, fault, .. }) if series == "ONE" => fault,
        other => panic!("{form}: {other:?}"),
    };
    assert_eq!(pattern(""), PatternFault::Length);
    assert_eq!(pattern("X\u{e9}{n}"), PatternFault::Character);
    assert_eq!(pattern("X{n"), PatternFault::Unclosed);
    assert_eq!(pattern("X[{n}"), PatternFault::Unclosed);
    assert_eq!(pattern("X[[{stroke}]]{n}"), PatternFault::Unclosed);
    assert_eq!(pattern("X{number}"), PatternFault::Field);
    assert_eq!(pattern("X{n}-{n}"), PatternFault::Twice);
    assert_eq!(pattern("X({yy})"), PatternFault::NoNumber);
    assert_eq!(pattern("X[-{yy}]-{n}"), PatternFault::Group);
    assert_eq!(pattern("X{yy}{n}"), PatternFault::Glued);
    assert_eq!(pattern("X{division}-{n}"), PatternFault::Glued);
    assert_eq!(pattern("{n}/{yy}"), PatternFault::Beginning);
    assert_eq!(pattern("{paper} {n}"), PatternFault::Beginning);
    let refused = |more: &str, form: &str| file(&one("ONE", more, form)).unwrap_err();
    assert!(matches!(refused("counter = [\"year\"]", "X {n}"), CatalogueError::CountedUnseen { .. }));
    assert!(matches!(refused("suffixes = [\"REV\"]", "X {n}"), CatalogueError::Suffix { .. }));
    assert!(matches!(
        refused("valid_from = \"2020-01-01\"\nvalid_to = \"2019-12-31\"", "X {n}"),
        CatalogueError::Years { .. }
    ));
    assert!(matches!(refused("papers = [\"D\", \"d\"]", "X {paper} {n}"), CatalogueError::Word { .. }));
    assert!(matches!(refused("colour = 1", "X {n}"), CatalogueError::Unreadable { .. }));
    assert!(matches!(file(&"#".repeat(300_000)), Err(CatalogueError::TooLarge { .. })));
    assert!(matches!(file(&"[".repeat(100_000)), Err(CatalogueError::Unreadable { .. })));
    let twice = one("ONE", "", "X {n}") + &one("ONE", "", "Y {n}");
    assert!(matches!(file(&twice), Err(CatalogueError::CodeTaken { .. })));
    let years = one("ONE", "", "X {n}").replace(
        "form = [",
        "form = [{ write = \"X-{n}-{yy}\" }, { write = \"X {n}/{yyyy}\", from = 2000 }, ",
    );
    assert!(matches!(file(&years), Err(CatalogueError::Years { .. })), "two ways to write one year");
}

#[test]
fn another_organisation_is_another_file() {
    // A contractor: organisation, level, four figures counted within level and year.
    let text = one(
        "ORG",
        "papers = [\"NS\", \"NC\"]\ncounter = [\"paper\", \"year\"]\nvalid_from = \"2000-01-01\"",
        "ORG/{paper}-{n4}/{yy}",
    );
    let catalogue = file(&text).unwrap();
    assert_eq!(catalogue.key("org ns 13 2017"), "ORG NS 13 2017");
    assert!(matches!(catalogue.parse("ORG/NS-0013/17"), Reading::Exact(_)));
}

fn often<S: Strategy>(some: S) -> impl Strategy<Value = Option<S::Value>> {
    prop::option::weighted(0.9, some)
}

/// Any reference that a series can write, and more.
fn of(series: &Series) -> impl Strategy<Value = ParsedReference> + use<> {
    let code = series.code.clone();
    let some = |list: Vec<String>| match list.is_empty() {
        true => "[A-Z]{1,8}".boxed(),
        false => prop::sample::select(list).boxed(),
    };
    let paper = some(series.papers().map(str::to_owned).collect());
    let division = some(series.divisions().map(str::to_owned).collect());
    let rules: Vec<_> = series.suffixes.clone();
    let suffixes = match rules.is_empty() {
        true => Just(Vec::new()).boxed(),
        false => prop::collection::vec((prop::sample::select(rules), prop::option::of(0_u32..=999)), 0..4)
            .prop_map(|all| {
                all.into_iter()
                    .map(|(rule, number)| {
                        let number = if rule.numbered.is_none() { None } else { number };
                        let number = if rule.bare.is_none() { number.or(Some(1)) } else { number };
                        Suffix { code: rule.code, kind: rule.kind, number }
                    })
                    .collect()
            })
            .boxed(),
    };
    let small = 0_u64..=999;
    (
        (often(0_u64..=99_999), often(small.clone()), often(paper), often(division)),
        (often(1949_i16..=2048), prop_oneof![0_u64..=9_999, 0_u64..=999_999_999_999], often(small)),
        suffixes,
    )
        .prop_map(move |((body, sub_body, paper, division), (year, number, stroke), suffixes)| {
            ParsedReference {
                series: code.clone(),
                body,
                sub_body,
                paper,
                division,
                year,
                number,
                stroke,
                suffixes,
            }
        })
}

/// Any reference that the catalogue can write, with how it writes it.
fn written() -> impl Strategy<Value = (ParsedReference, String)> {
    let catalogue = shipped();
    let all: Vec<Series> = catalogue.iter().cloned().collect();
    // A reference says what its form has a place for: what no form takes is left out until one does.
    prop::sample::select(all).prop_flat_map(|series| of(&series)).prop_filter_map("no form", move |given| {
        let drop: [fn(&mut ParsedReference); 6] = [
            |r| r.stroke = None,
            |r| r.division = None,
            |r| r.sub_body = None,
            |r| r.body = None,
            |r| r.paper = None,
            |r| r.year = None,
        ];
        (0..64_u32).find_map(|set| {
            let mut reference = given.clone();
            for (n, forget) in drop.iter().enumerate() {
                if set & (1 << n) != 0 {
                    forget(&mut reference);
                }
            }
            catalogue.format(&reference).map(|text| (reference.clone(), text))
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn what_is_written_is_read_back((reference, text) in written()) {
        let catalogue = shipped();
        prop_assert_eq!(catalogue.parse(&text), Reading::Exact(reference.clone()), "{}", text);
        let key = catalogue.key_of(&reference).unwrap();
        prop_assert_eq!(catalogue.key(&text), key.clone());
        // So no two references have one key, and no unknown form has a known one's.
        prop_assert_eq!(parsed(catalogue, &key), reference.clone(), "{}", key);
        let family = catalogue.family(&text);
        prop_assert_eq!(catalogue.family(&catalogue.format(&reference.base()).unwrap()), family);
    }

    #[test]
    fn separators_case_and_zeros_change_no_key((reference, text) in written(), dash in "[-\u{2013}/ .]", zeros in 0_usize..3) {
        let catalogue = shipped();
        let key = catalogue.key_of(&reference).unwrap();
        let otherwise: String = text.to_lowercase().chars().map(|c| if " -/()".contains(c) { dash.clone() } else { c.to_string() }).collect();
        prop_assert_eq!(catalogue.key(&otherwise), key.clone(), "{}", otherwise);
        let padded: Vec<String> = key.split(' ').map(|run| match run.parse::<u64>() {
            Ok(_) if run.len() != 4 && run.len() + zeros != 2 => format!("{}{run}", "0".repeat(zeros)),
            _ => run.to_owned(),
        }).collect();
        prop_assert_eq!(catalogue.key(&padded.join(" ")), key);
    }

    #[test]
    fn nothing_typed_breaks_the_reading(text in "\\PC{0,60}", tail in "[-A-Z0-9 ()/]{0,40}") {
        let catalogue = shipped();
        for text in [format!("{text}{tail}"), format!("C-M({text}){tail}"), format!("MC {tail}")] {
            let key = catalogue.key(&text);
            prop_assert_eq!(catalogue.key(&key), key.clone());
            catalogue.family(&text);
            if let Some(reference) = catalogue.parse(&text).reference() {
                let own = catalogue.format(reference).unwrap();
                prop_assert_eq!(catalogue.key(&own), key);
                prop_assert_eq!(catalogue.parse(&own), Reading::Exact(reference.clone()));
            }
            for citation in catalogue.citations(&text) {
                prop_assert_eq!(&text[citation.range.clone()], citation.written.as_str());
            }
        }
    }

    #[test]
    fn no_data_break_the_reading_of_data(text in "\\PC{0,200}", form in "[-XYny{}\\[\\]()/ ]{0,30}") {
        let _ = file(&text);
        let _ = file(&one("ONE", "", &form.replace('n', "{n}").replace('y', "{yy}")));
        let _ = file(&one("ONE", "", &form));
    }
}
