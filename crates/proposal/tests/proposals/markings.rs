//! Where a marking counts and what it means, under the policies as shipped.

use crate::support::{VOCABULARY, WORDS, of_mail, of_text, policies, shown};
use label::{Language, NamedLabel};
use proposal::{Confidence, Mail, Source, Vocabulary, Where, propose};

fn first(text: &str) -> String {
    let proposals = of_text(text);
    proposals.marking.first().map_or_else(|| "none".to_owned(), |one| shown(&one.value))
}

fn page(marking: &str) -> String {
    format!("{marking}\n\nMEMORANDUM\n\nParis, 4 October 1961\n\nThe Council met.\n\n{marking}\n")
}

#[test]
fn the_words_of_every_policy_are_read_in_both_languages() {
    for (written, wanted) in [
        ("NATO SECRET", "NATO: NATO SECRET"),
        ("NATO CONFIDENTIEL", "NATO: NATO CONFIDENTIAL"),
        ("OTAN DIFFUSION RESTREINTE", "NATO: NATO RESTRICTED"),
        ("NATO SANS CLASSIFICATION", "NATO: NATO UNCLASSIFIED"),
        ("COSMIC TRÈS SECRET", "NATO: COSMIC TOP SECRET"),
        ("COSMIC TRES SECRET", "NATO: COSMIC TOP SECRET"),
        ("- COSMIC TOP SECRET -", "NATO: COSMIC TOP SECRET"),
        ("COSMIC TOP SECRET - BOHEMIA", "NATO: COSMIC TOP SECRET - BOHEMIA"),
        ("NATO SECRET ATOMAL", "NATO: NATO SECRET ATOMAL"),
        ("SECRET UE/EU SECRET", "EU: SECRET UE/EU SECRET"),
        ("TRES SECRET UE / EU TOP SECRET", "EU: TRÈS SECRET UE/EU TOP SECRET"),
        ("EU RESTRICTED", "EU: RESTREINT UE/EU RESTRICTED"),
        ("Top Secret", "US-HISTORIC: TOP SECRET"),
        ("Secret; Nodis", "US-HISTORIC: SECRET; NODIS"),
        ("SECRET/EXDIS", "US-HISTORIC: SECRET; EXDIS"),
        ("Secret; Limit Distribution", "US-HISTORIC: SECRET; LIMDIS"),
        ("Personal and Confidential", "US-HISTORIC: CONFIDENTIAL; PERSONAL"),
        ("S E C R E T", "US-HISTORIC: SECRET"),
        ("T O P  S E C R E T", "US-HISTORIC: TOP SECRET"),
        ("T O P S E C R E T STATE 024976", "US-HISTORIC: TOP SECRET"),
        ("Strictement confidentiel", "CORPORATE: Strictly Confidential"),
        ("Top Secret NSC 135/1 Annex", "US-HISTORIC: TOP SECRET"),
        ("CONFIDENTIAL   Page 2 of 5", "US-HISTORIC: CONFIDENTIAL"),
        ("2 NATO SECRET", "NATO: NATO SECRET"),
        ("Secret; Security Information", "US-HISTORIC: SECRET +Security Information"),
    ] {
        assert_eq!(first(&page(written)), wanted, "{written}");
    }
}

#[test]
fn every_label_of_every_policy_is_found_again_from_its_own_marking() {
    for policy in ["nato", "eu", "us-historic", "corporate"] {
        let set = policies(&[policy]);
        let vocabulary = Vocabulary::new(&set, &WORDS);
        let policy = set.iter().next().unwrap();
        let mut tried = 0;
        for level in policy.levels() {
            let plain = label::Label::plain(policy.id().clone(), level.code.clone());
            let categories =
                policy.tag_sets().iter().flat_map(|s| s.tags.iter()).flat_map(|t| t.categories.iter());
            let with = categories.map(|category| {
                let mut label = plain.clone();
                label.categories.insert(category.key.clone());
                label
            });
            for label in std::iter::once(plain.clone()).chain(with) {
                for language in [Language::English, Language::French] {
                    let Ok(marking) = policy.marking(&label, language) else { continue };
                    let text = page(&marking);
                    let got = propose(&Source { text: &text, ..Source::default() }, &WORDS, &vocabulary);
                    let best = got.marking.first().unwrap_or_else(|| panic!("nothing for {marking:?}"));
                    // Two labels may be marked alike; the marking is what must be kept.
                    let again = policy.marking(best.value.label.as_ref().unwrap(), language).unwrap();
                    assert_eq!(again, marking);
                    assert_eq!(best.value.unknown, Vec::<String>::new());
                    tried += 1;
                }
            }
        }
        assert!(tried > 10, "{} has {tried} markings", policy.name());
    }
}

#[test]
fn a_release_is_read_with_its_audiences() {
    let set = policies(&["nato"]);
    let vocabulary = Vocabulary::new(&set, &WORDS);
    let of = |level: &str, audiences: &[&str]| {
        let categories = [("Releasable To".to_owned(), audiences.iter().map(|a| (*a).to_owned()).collect())];
        let named = NamedLabel {
            policy: "NATO".into(),
            level: level.into(),
            categories: categories.into_iter().collect(),
            privacy_mark: None,
        };
        set.resolve(&named).unwrap()
    };
    let label = of("SECRET", &["SWE", "UKR", "EU"]);
    let policy = set.iter().next().unwrap();
    for language in [Language::English, Language::French] {
        let text = page(&policy.marking(&label, language).unwrap());
        let got = propose(&Source { text: &text, ..Source::default() }, &WORDS, &vocabulary);
        assert_eq!(got.marking[0].value.label.as_ref(), Some(&label), "{text}");
    }
    // Codes of nations, joined by "and", say the same.
    let text = page("NATO SECRET RELEASABLE TO SWE, UKR and EU");
    let got = propose(&Source { text: &text, ..Source::default() }, &WORDS, &vocabulary);
    assert_eq!(got.marking[0].value.label.as_ref(), Some(&label));
    // A page without the release keeps the document from being proposed as released.
    let text = "NATO SECRET RELEASABLE TO UKRAINE\n\nMEMORANDUM\n\nText.\n\nNATO SECRET\n";
    let got = propose(&Source { text, ..Source::default() }, &WORDS, &vocabulary);
    assert_eq!(got.marking[0].value.label.as_ref(), Some(&of("SECRET", &[])));
    assert_eq!(got.marking[0].confidence, Confidence::Likely);
    assert!(got.marking.len() > 1, "the other reading is offered too");
}

#[test]
fn running_text_portions_and_lists_are_no_markings() {
    for text in [
        "The Secretary said that a secret annex was attached.\n",
        "Secret talks were held in Paris in 1955.\n",
        "Secretary Dulles: I am ready to receive your questions\n",
        "Secret, he said, and nothing more.\n",
        "Confidential information was given to the French.\n",
        "(S/NF) The meeting was held at noon.\n",
        "(NATO SECRET) The meeting was held at noon.\n",
        "(SECRET)\n",
        "1. (S) Finland requested a meeting.\n",
        "- Secret\n- Confidential\n",
        "Confidential: the matter was raised again by the Ambassador\n",
        "Restricted Data means all data concerning design of atomic weapons\n",
        "\"Top secret\" is what he called it.\n",
    ] {
        assert_eq!(of_text(text).marking, vec![], "{text}");
        let inside = format!("Letter\n\nParis, 4 October 1961\n\n{text}\nYours,\n");
        assert_eq!(of_text(&inside).marking, vec![], "{inside}");
    }
}

#[test]
fn the_highest_heading_of_the_pages_is_the_marking_of_the_whole() {
    let text =
        "CONFIDENTIAL\n\nLETTER\n\nText.\n\nCONFIDENTIAL\n\nEnclosure\n\nSECRET\nNODIS\n\nText.\n\nSECRET\n";
    let proposals = of_text(text);
    assert_eq!(shown(&proposals.marking[0].value), "US-HISTORIC: SECRET; NODIS");
    assert_eq!(proposals.marking[0].confidence, Confidence::Likely, "the clerk must look: pages differ");
    assert!(proposals.marking.iter().any(|one| shown(&one.value) == "US-HISTORIC: CONFIDENTIAL"));
}

#[test]
fn caveats_on_lines_of_their_own_belong_to_the_marking_above() {
    assert_eq!(first("Telegram\n\nTop Secret\nEyes Only\n\nText.\n"), "US-HISTORIC: TOP SECRET; EYES ONLY");
    assert_eq!(first("NODIS\nSECRET\n\nText.\n"), "US-HISTORIC: SECRET; NODIS");
    assert_eq!(
        first("S E C R E T STATE 024976\n\nEXDIS FOR AMBASSADOR\n\nText.\n"),
        "US-HISTORIC: SECRET; EXDIS +FOR AMBASSADOR"
    );
    // Far from any marking the same words are only words.
    assert_eq!(first("EYES ONLY\n\nText.\n"), "none");
}

#[test]
fn headings_and_subjects_of_messages_bear_markings_too() {
    assert_eq!(first("Classification: NATO CONFIDENTIAL\nSubject: Agenda\n"), "NATO: NATO CONFIDENTIAL");
    assert_eq!(first("Classification de sécurité : NATO SECRET\n"), "NATO: NATO SECRET");
    let mail = Mail { subject: Some("[NATO RESTRICTED] Agenda of the week"), ..Mail::default() };
    let marking = &of_mail(mail).marking[0];
    assert_eq!(
        (shown(&marking.value).as_str(), &marking.place),
        ("NATO: NATO RESTRICTED", &Where::Header("Subject"))
    );
    let mail = Mail { subject: Some("Secret of good soup"), ..Mail::default() };
    assert_eq!(of_mail(mail).marking, vec![]);
}

#[test]
fn words_shared_by_policies_are_offered_under_each_and_the_fullest_comes_first() {
    let proposals = of_text(&page("CONFIDENTIAL"));
    let all: Vec<String> = proposals.marking.iter().map(|one| shown(&one.value)).collect();
    assert_eq!(
        all,
        [
            "US-HISTORIC: CONFIDENTIAL",
            "CORPORATE: Confidential",
            "NATO: NATO CONFIDENTIAL",
            "EU: CONFIDENTIEL UE/EU CONFIDENTIAL"
        ]
    );
    assert_eq!(proposals.marking[2].confidence, Confidence::Weak, "the policy's name is not on the page");
}

#[test]
fn a_marking_of_a_policy_that_is_not_adopted_is_shown_without_a_label() {
    let proposals = of_text("STRENG GEHEIM\n\nBonn, 4 October 1961\n\nText.\n\nSTRENG GEHEIM\n");
    assert_eq!(shown(&proposals.marking[0].value), "? +STRENG GEHEIM");
    assert_eq!(proposals.marking[0].confidence, Confidence::Weak);
}

#[test]
fn the_place_of_a_marking_holds_its_words() {
    let text = page("COSMIC TRÈS SECRET");
    let proposals = propose(&Source { text: &text, ..Source::default() }, &WORDS, &VOCABULARY);
    let Where::Text { line, bytes } = proposals.marking[0].place.clone() else { panic!("in the text") };
    assert_eq!((line, &text[bytes]), (1, "COSMIC TRÈS SECRET"));
    assert_eq!(proposals.marking[0].confidence, Confidence::Sure);
}
