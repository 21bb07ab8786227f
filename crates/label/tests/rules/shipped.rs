//! The policies and communities that ship: their markings, colours and rules.

use label::{LabelError, Language};

use crate::support::{TODAY, communities, house, label, named};

fn marks(text: &str) -> (String, String, String) {
    let policies = house();
    let label = label(&policies, text);
    let policy = policies.of(&label).unwrap();
    (
        policy.marking(&label, Language::English).unwrap(),
        policy.marking(&label, Language::French).unwrap(),
        policy.portion_mark(&label, Language::English).unwrap(),
    )
}

#[test]
fn markings_in_both_languages_and_portion_marks() {
    for (text, english, french, portion) in [
        ("NATO/UNCLASSIFIED", "NATO UNCLASSIFIED", "NATO SANS CLASSIFICATION", "NU"),
        ("NATO/RESTRICTED", "NATO RESTRICTED", "NATO DIFFUSION RESTREINTE", "NR"),
        ("NATO/CONFIDENTIAL", "NATO CONFIDENTIAL", "NATO CONFIDENTIEL", "NC"),
        ("NATO/SECRET", "NATO SECRET", "NATO SECRET", "NS"),
        ("NATO/TOP SECRET", "COSMIC TOP SECRET", "COSMIC TRÈS SECRET", "CTS"),
        (
            "NATO/TOP SECRET/Additional Sensitivity=ATOMAL",
            "COSMIC TOP SECRET ATOMAL",
            "COSMIC TRÈS SECRET ATOMAL",
            "CTS-A",
        ),
        (
            "NATO/TOP SECRET/Additional Sensitivity=BOHEMIA",
            "COSMIC TOP SECRET - BOHEMIA",
            "COSMIC TRÈS SECRET - BOHEMIA",
            "CTS-B",
        ),
        (
            "NATO/SECRET/Releasable To=UKR,CHE",
            "NATO SECRET Releasable to Switzerland, Ukraine",
            "NATO SECRET Communicable à Suisse, Ukraine",
            "NS REL TO CHE/UKR",
        ),
        (
            "NATO/UNCLASSIFIED/Administrative=STAFF,PERSONAL",
            "NATO UNCLASSIFIED - STAFF, PERSONAL",
            "NATO SANS CLASSIFICATION - AFFAIRES DE PERSONNEL, PERSONNEL",
            "NU",
        ),
        (
            "NATO/CONFIDENTIAL/Context=KFOR/Only=NATO,IRL",
            "NATO/KFOR CONFIDENTIAL NATO, Ireland ONLY",
            "NATO/KFOR CONFIDENTIEL NATO, Irlande SEULEMENT",
            "NC NATO/IRL ONLY",
        ),
        ("EU/RESTRICTED", "RESTREINT UE/EU RESTRICTED", "RESTREINT UE/EU RESTRICTED", "R-UE/EU-R"),
        ("EU/TOP SECRET", "TRÈS SECRET UE/EU TOP SECRET", "TRÈS SECRET UE/EU TOP SECRET", "TS-UE/EU-TS"),
        (
            "EU/UNCLASSIFIED/Distribution=LIMITE",
            "EU UNCLASSIFIED - LIMITE",
            "UE NON CLASSIFIÉ - LIMITE",
            "EU-U",
        ),
        (
            "US-HISTORIC/SECRET/Caption=NODIS,EYES ONLY/Handling=PERSONAL",
            "SECRET; NODIS; EYES ONLY; PERSONAL",
            "SECRET; NODIS; EYES ONLY; PERSONAL",
            "S-NODIS-EYES ONLY",
        ),
        (
            "CORPORATE/STRICTLY CONFIDENTIAL/Handling=LEGAL",
            "Strictly Confidential - legal",
            "Strictement confidentiel - juridique",
            "SC",
        ),
    ] {
        assert_eq!(marks(text), (english.into(), french.into(), portion.into()), "{text}");
    }
}

#[test]
fn words_for_lists_and_forms() {
    let policies = house();
    let nato = policies.find("NATO").unwrap();
    assert_eq!(nato.level_in_words("NR").unwrap().words(Language::French), "DIFFUSION RESTREINTE");
    let germany = nato.category_in_words("Releasable To", "DEU").unwrap();
    assert_eq!(nato.category(&germany).unwrap().2.words(Language::French), "Allemagne");
    let alliance = nato.category_in_words("Releasable To", "NATO").unwrap();
    assert_eq!(nato.category(&alliance).unwrap().2.words(Language::English), "NATO");
}

#[test]
fn a_context_never_hides_cosmic() {
    assert_eq!(marks("NATO/TOP SECRET/Context=NATO").0, "COSMIC TOP SECRET");
}

#[test]
fn levels_are_known_by_name_abbreviation_and_marking() {
    let policies = house();
    let nato = policies.find("nato").unwrap();
    for words in ["TOP SECRET", "CTS", "cosmic top secret", "COSMIC TRÈS SECRET"] {
        assert_eq!(nato.level_in_words(words).unwrap().name, "TOP SECRET", "{words}");
    }
    let eu = policies.find("EU").unwrap();
    assert_eq!(eu.level_in_words("SECRET UE/EU SECRET").unwrap().name, "SECRET");
    for words in ["NATO TOP SECRET", "", "COSMIC", "SECRET SECRET"] {
        assert!(matches!(nato.level_in_words(words), Err(LabelError::UnknownLevel(_))), "{words}");
    }
    assert!(policies.resolve(&named("NATO/SECRET/Releasable To=XYZ")).is_err());
    assert!(policies.resolve(&named("ATO/SECRET")).is_err());
}

#[test]
fn level_colours_are_distinct_and_carry_white_text() {
    for policy in house().iter() {
        let colours: Vec<_> = policy.levels().iter().map(|level| level.colour.unwrap()).collect();
        for (place, colour) in colours.iter().enumerate() {
            assert!(colour.contrast_with_white() >= 4.5, "{} {colour}", policy.name());
            assert!(!colours[..place].contains(colour), "{} {colour}", policy.name());
        }
        assert!(policy.findings().is_empty(), "{:?}", policy.findings());
    }
}

#[test]
fn accountable_by_level_and_by_category() {
    let policies = house();
    for (text, accountable) in [
        ("NATO/CONFIDENTIAL", false),
        ("NATO/SECRET", true),
        ("NATO/CONFIDENTIAL/Additional Sensitivity=ATOMAL", true),
        ("EU/RESTRICTED", false),
        ("EU/CONFIDENTIAL", true),
        ("US-HISTORIC/TOP SECRET", true),
        ("CORPORATE/STRICTLY CONFIDENTIAL", true),
    ] {
        let label = label(&policies, text);
        assert_eq!(policies.is_accountable(&label), accountable, "{text}");
    }
    let crypto = label(&policies, "NATO/SECRET/Additional Sensitivity=CRYPTO");
    assert!(policies.of(&crypto).unwrap().is_existence_only(&crypto));
}

#[test]
fn every_audience_of_the_shipped_policies_is_a_nation_or_known_or_obsolete() {
    let communities = communities();
    for policy in house().iter() {
        let Some(rule) = policy.release() else { continue };
        assert!(communities.get(&rule.default).is_some());
        let sets = policy.tag_sets().iter().filter(|s| s.id == rule.set || Some(&s.id) == rule.only.as_ref());
        for category in sets.flat_map(|set| set.tags.iter()).flat_map(|tag| tag.categories.iter()) {
            let nation = category.name.len() == 3 && category.name.bytes().all(|b| b.is_ascii_uppercase());
            let known = nation || communities.get(&category.name).is_some() || category.obsolete;
            assert!(known, "{} of {}", category.name, policy.name());
        }
    }
}

#[test]
fn communities_have_the_members_of_their_day() {
    let communities = communities();
    let nato = communities.get("NATO").unwrap();
    assert_eq!(nato.members_on(TODAY).len(), 32);
    assert_eq!(nato.members_on("1949-08-24".parse().unwrap()).len(), 12);
    assert_eq!(nato.members_on("2023-04-03".parse().unwrap()).len(), 30);
    let eu = communities.get("EU").unwrap();
    assert_eq!(eu.members_on(TODAY).len(), 27);
    assert!(eu.includes("GBR", "2020-01-31".parse().unwrap()));
    assert!(!eu.includes("GBR", "2020-02-01".parse().unwrap()));
}

#[test]
fn a_broken_file_of_communities_is_refused() {
    let entry = |name: &str, member: &str| {
        format!(
            "[[community]]\nname=\"{name}\"\nenglish=\"\"\nfrench=\"\"\nread=\"today\"\nmembers=[{member}]\n"
        )
    };
    let read = |text: &str| toml::from_str::<label::Communities>(text);
    assert!(read(&entry("A", "")).is_ok());
    assert!(read(&format!("{}{}", entry("A", ""), entry("A", ""))).is_err());
    assert!(read(&entry("A", "{nation=\"fr\",from=\"2000-01-01\"}")).is_err());
    assert!(read(&entry("A", "{nation=\"FRA\",from=\"2000-01-01\",until=\"1999-01-01\"}")).is_err());
    assert!(read(&entry("A", "{nation=\"FRA\",from=\"2000-02-30\"}")).is_err());
}
