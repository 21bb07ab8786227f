//! Subject, originator, addressees, number, precedence, kind and language, by the forms of document.

use crate::support::{VOCABULARY, WORDS, of_mail, of_text, root};
use proposal::{Confidence, Language, Mail, Proposals, Source, Where, Words, WordsError, propose};

fn best<T: Clone>(all: &[proposal::Proposed<T>]) -> Option<T> {
    all.first().map(|one| one.value.clone())
}

fn kind(proposals: &Proposals) -> Option<String> {
    best(&proposals.kind)
}

#[test]
fn titles_say_who_writes_to_whom() {
    for (title, kind_wanted, from, to) in [
        (
            "Telegram From the Embassy in France to the Department of State",
            "telegram",
            "Embassy in France",
            Some("Department of State"),
        ),
        (
            "Telegram From the Mission to the United Nations to the Department of State",
            "telegram",
            "Mission to the United Nations",
            Some("Department of State"),
        ),
        (
            "Memorandum From the Special Assistant to the President (Randall) to the Chairman (Dodge)",
            "memorandum",
            "Special Assistant to the President (Randall)",
            Some("Chairman (Dodge)"),
        ),
        ("Memorandum by the Secretary of State", "memorandum", "Secretary of State", None),
        ("Memorandum for the Record by Director McCone", "minutes", "Director McCone", None),
        (
            "Report to the Council by the Executive Secretary (Lay)",
            "report",
            "Executive Secretary (Lay)",
            Some("Council"),
        ),
        ("Paper Prepared in the Policy Planning Council", "document", "Policy Planning Council", None),
        (
            "Airgram A-385 From the Embassy in Greece to the Department of State, July 23, 1973.",
            "telegram",
            "Embassy in Greece",
            Some("Department of State"),
        ),
        (
            "Letter From the Secretary of State\nto the Chancellor",
            "letter",
            "Secretary of State",
            Some("Chancellor"),
        ),
        (
            "Lettre de l’ambassade de France au Secrétariat général",
            "letter",
            "ambassade de France",
            Some("Secrétariat général"),
        ),
        (
            "Text of Telegram From the Embassy in Germany to the Department of State",
            "telegram",
            "Embassy in Germany",
            Some("Department of State"),
        ),
    ] {
        let got = of_text(&format!("{title}\n\nParis, October 4, 1961.\n\nText follows.\n"));
        assert_eq!(kind(&got).as_deref(), Some(kind_wanted), "{title}");
        assert_eq!(best(&got.originator).as_deref(), Some(from), "{title}");
        assert_eq!(best(&got.action), to.map(|to| vec![to.to_owned()]), "{title}");
    }
}

#[test]
fn kinds_without_a_full_title() {
    for (text, wanted) in [
        ("NATO UNCLASSIFIED\n\nAGENDA\n\nSubject: Budget\n", "agenda"),
        ("NOTE VERBALE\n\nThe Embassy presents its compliments.\n", "note"),
        ("Memorandum of Conversation\n\nWashington, June 15, 1961.\n", "memorandum-of-conversation"),
        ("Minutes of the 5th Meeting\n\nParis, 3 May 1955\n", "minutes"),
        ("Procès-verbal de la réunion du 4 mai\n\nTexte.\n", "minutes"),
        ("Paris, 3 May 1955\n\nDear Mr. Secretary:\n\nI thank you.\n", "letter"),
        ("PRIORITY\n041530Z OCT 61\nFM SHAPE PARIS\nTO SACLANT\n\nTEXT\n", "message"),
    ] {
        assert_eq!(kind(&of_text(text)).as_deref(), Some(wanted), "{text}");
    }
    assert_eq!(kind(&of_text("The report was read by the Council.\n\nNobody spoke.\n")), None);
    assert_eq!(kind(&of_mail(Mail::default())).as_deref(), Some("e-mail"));
}

#[test]
fn headings_of_memoranda_in_english_and_french() {
    let got = of_text(
        "NATO CONFIDENTIAL\n\nHeadquarters of the Allied Staff\n\nMEMORANDUM\n\nReference: AC/119-N(2019)0008\nTo: Executive Coordinator; Director,\n Plans\nFrom: Financial Controller\ncc: Infrastructure Section\nSUBJECT: Budget of the headquarters:\n mid-year review\n\n1. The Committee will meet.\n",
    );
    assert_eq!(best(&got.subject).as_deref(), Some("Budget of the headquarters: mid-year review"));
    assert_eq!(best(&got.originator).as_deref(), Some("Financial Controller"));
    assert_eq!(
        best(&got.action),
        Some(vec!["Executive Coordinator".into(), "Director".into(), "Plans".into()])
    );
    assert_eq!(best(&got.info), Some(vec!["Infrastructure Section".into()]));
    let got = of_text(
        "NOTE\n\nDe : Contrôleur financier\nÀ : Coordonnateur exécutif\nObjet : Budget du quartier général\n\nTexte.\n",
    );
    assert_eq!(best(&got.subject).as_deref(), Some("Budget du quartier général"));
    assert_eq!(best(&got.originator).as_deref(), Some("Contrôleur financier"));
    assert_eq!(best(&got.action), Some(vec!["Coordonnateur exécutif".into()]));
    let got = of_text(
        "TO: EUR - Mr. Foy     DATE: June 5, 1961\nFROM: S/P - Mr. Joyce\nSUBJECT\n- Berlin\n- Access\n\nText.\n",
    );
    assert_eq!(best(&got.action), Some(vec!["EUR - Mr. Foy".into()]));
    assert_eq!(got.date[0].value.to_string(), "1961-06-05");
    assert_eq!(best(&got.subject).as_deref(), Some("Berlin; Access"));
}

#[test]
fn a_mark_of_portion_before_the_subject_is_the_subjects_own() {
    let got = of_text("NATO SECRET\n\nNOTE\n\nObjet : (NR) Police du ciel\n\nTexte.\n");
    assert_eq!(best(&got.subject).as_deref(), Some("Police du ciel"));
    assert_eq!(crate::support::shown(&got.subject_marking[0].value), "NATO: NATO RESTRICTED");
    let got = of_text("Subject: (NS-A) Planning\n");
    assert_eq!(crate::support::shown(&got.subject_marking[0].value), "NATO: NATO SECRET +NS-A");
    let got = of_text("Subject: (Draft) Planning\n");
    assert_eq!((best(&got.subject).as_deref(), got.subject_marking.len()), (Some("(Draft) Planning"), 0));
}

#[test]
fn formal_messages() {
    let got = of_text(
        "NATO SECRET\n\nP R 041530Z OCT 61\nFM SHAPE PARIS\nTO SACLANT NORFOLK\nCINCHAN\nINFO SECGEN\n\nTEXT OF THE MESSAGE\n",
    );
    assert_eq!(best(&got.precedence).as_deref(), Some("priority"));
    assert_eq!(best(&got.originator).as_deref(), Some("SHAPE PARIS"));
    assert_eq!(best(&got.info), Some(vec!["SECGEN".into()]));
    assert_eq!(got.date[0].value.to_string(), "1961-10-04");
    let got = of_text(
        "ROUTINE\nDTG 151250Z APR 22\nDE QUARTIER GENERAL\nA DELEGATION DE LA POLOGNE\nINFO DIVISION LOGISTIQUE\n\nOBJ: EXERCICE\n",
    );
    assert_eq!(best(&got.originator).as_deref(), Some("QUARTIER GENERAL"));
    assert_eq!(best(&got.action), Some(vec!["DELEGATION DE LA POLOGNE".into()]));
    assert_eq!((kind(&got).as_deref(), best(&got.subject).as_deref()), (Some("message"), Some("EXERCICE")));
    let plain = of_text("TO BE OR NOT TO BE\n\nFM RADIO IS GOOD\n");
    assert_eq!((plain.action.len(), plain.precedence.len()), (0, 0));
    assert_eq!(best(&of_text("Precedence: IMMEDIATE\n").precedence).as_deref(), Some("immediate"));
    assert_eq!(best(&of_text("Immédiat\n").precedence).as_deref(), Some("immediate"));
}

#[test]
fn numbers_of_telegrams_and_despatches() {
    let number = |title: &str, body: &str| {
        let got = of_text(&format!(
            "{title} From the Embassy in France to the Department of State\n\nParis, May 9, 1955—8 p.m.\n\n{body}\n"
        ));
        best(&got.number)
    };
    for (body, wanted) in [
        ("1045. Reference Berlin’s 346 to Department.", "1045"),
        ("Polto 2249. Cotel. Subject: Meeting.", "Polto 2249"),
        ("Secto 68/3276. Discussion of Middle East.", "Secto 68/3276"),
        ("EC 9–6265. For Twining from Norstad.", "EC 9–6265"),
        ("6595.I called on the Prime Minister.", "6595"),
        ("A – 543. Subject: Current Situation", "A – 543"),
        ("No. 2568\n\nSUBJECT\n- Integration", "2568"),
    ] {
        assert_eq!(number("Telegram", body).as_deref(), Some(wanted), "{body}");
    }
    for body in ["June 15. I met him.", "I met 15 people.", "1045 people came."] {
        assert_eq!(number("Telegram", body), None, "{body}");
    }
    assert_eq!(
        number("Memorandum", "12. The Council met."),
        None,
        "paragraphs of a memorandum are numbered too"
    );
    assert_eq!(number("Airgram A-385", "Text.").as_deref(), Some("A-385"));
}

#[test]
fn messages_by_mail() {
    let (from, to, cc) = (
        ["Anna Berg <a@x.org>".to_owned()],
        ["b@x.org".to_owned(), "c@x.org".to_owned()],
        ["d@x.org".to_owned()],
    );
    let mail =
        Mail { from: &from, to: &to, cc: &cc, subject: Some("Agenda"), date: Some("2019-02-13T10:00:00Z") };
    let got = of_mail(mail);
    assert_eq!(best(&got.originator).as_deref(), Some("Anna Berg <a@x.org>"));
    assert_eq!(best(&got.action), Some(to.to_vec()));
    assert_eq!(best(&got.info), Some(cc.to_vec()));
    assert_eq!(
        (best(&got.subject).as_deref(), &got.subject[0].place),
        (Some("Agenda"), &Where::Header("Subject"))
    );
}

#[test]
fn languages() {
    let english =
        "The report of the committee was sent to the members for the meeting that is to be held this week.\n";
    let french = "Le rapport du comité est adressé aux membres pour la réunion qui se tient dans les locaux de la direction des affaires.\n";
    assert_eq!(best(&of_text(english).language), Some(Language::English));
    assert_eq!(best(&of_text(french).language), Some(Language::French));
    assert_eq!(best(&of_text("NATO/OTAN 1957\n").language), None);
    assert_eq!(best(&of_text(&format!("{english}{french}")).language), None);
}

#[test]
fn the_demo_documents_say_what_their_entries_say() {
    let text = std::fs::read_to_string(root().join("house/demo/documents.jsonl")).unwrap();
    let (mut all, mut right) = ([0_usize; 4], [0_usize; 4]);
    for line in text.lines() {
        let entry: serde_json::Value = serde_json::from_str(line).unwrap();
        let (Some(body), Some(policy)) = (entry["body"].as_str(), entry["label"]["policy"].as_str()) else {
            continue;
        };
        let got = propose(&Source { text: body, ..Source::default() }, &WORDS, &VOCABULARY);
        let wanted = [
            (entry["date"].as_str(), got.date.first().map(|one| one.value.to_string())),
            // Formal messages are all in capitals.
            (entry["subject"].as_str().filter(|_| entry["kind"] != "message"), best(&got.subject)),
            (entry["kind"].as_str(), kind(&got)),
            (
                Some(entry["label"]["level"].as_str().unwrap()).filter(|_| ["NATO", "EU"].contains(&policy)),
                best(&got.marking)
                    .and_then(|m| crate::support::ALL.name(&m.label?).ok())
                    .map(|named| named.level),
            ),
        ];
        for (nth, (wanted, got)) in wanted.into_iter().enumerate() {
            let Some(wanted) = wanted else { continue };
            all[nth] += 1;
            right[nth] += usize::from(got.as_deref() == Some(wanted));
            if got.as_deref() != Some(wanted) {
                println!(
                    "field {nth}: wanted {wanted:?}, got {got:?}, of {:?}",
                    body.chars().take(90).collect::<String>()
                );
            }
        }
    }
    println!("demo: date, subject, kind, marking: {right:?} of {all:?}");
    for (right, all) in right.iter().zip(all) {
        assert!(all > 50 && right * 100 >= all * 95, "{right} of {all}");
    }
}

#[test]
fn a_file_of_words_is_read_strictly() {
    let good = std::fs::read_to_string(root().join("house/proposals.toml")).unwrap();
    assert!(Words::parse(&good).is_ok());
    let twice = good.replace("\n[kinds]\n", "\n[kinds]\nodd = [\"Letter\"]\n");
    let refused = Words::parse(&twice);
    assert!(matches!(refused, Err(WordsError::Twice { table: "kinds", .. })), "{refused:?}");
    let empty = good.replace("\n[kinds]\n", "\n[kinds]\nodd = [\"--\"]\n");
    assert!(matches!(Words::parse(&empty), Err(WordsError::Empty { table: "kinds", .. })));
    assert!(matches!(Words::parse("mail = 3"), Err(WordsError::NotWords(_))));
    assert!(matches!(Words::parse(&format!("{good}\n[odd]\n")), Err(WordsError::NotWords(_))));
    assert_eq!(Words::parse(&"#".repeat(300_000)), Err(WordsError::TooMany));
}

#[test]
fn confidence_orders_best_first() {
    assert!(Confidence::Sure < Confidence::Likely && Confidence::Likely < Confidence::Weak);
}
