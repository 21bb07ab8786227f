//! A sample of every form, as an office would fill it in.

use forms::data::*;
use forms::{Form, Language};
use serde_json::Value;

use crate::support::{head, said, sample, signer, some};

/// Every form of that language.
pub fn all(language: Language) -> Vec<(Form, Value)> {
    vec![
        sample(&receipt(language)),
        sample(&register_page(language, 30)),
        sample(&disclosure_record(language)),
        sample(&muster_report(language)),
        sample(&destruction(language, 6)),
        sample(&courier(language)),
        sample(&packages(language)),
        sample(&inspection(language)),
        sample(&hand_over(language)),
        sample(&appointment(language)),
        sample(&emergency(language)),
        sample(&out_card(language)),
        sample(&labels(language)),
    ]
}

fn receipt(language: Language) -> Receipt {
    let copy = |number: u32| SentCopy {
        log: format!("NS-{number:04}/2026"),
        reference: format!("AC/119-WP(2026){number:04}-REV1"),
        date: Some(said(language, "3 March 2026", "3 mars 2026")),
        copy: number % 7 + 1,
        of: (number != 14).then_some(12),
        pages: (number != 15).then_some(24),
        language: Some(said(language, "English", "Français")),
    };
    Receipt {
        head: head(language, "R-0001/2026"),
        sender: said(language, "Headquarters Sub-Registry", "Bureau d’ordre secondaire du quartier général"),
        addressee: said(
            language,
            "The Control Officer\nMinistry of Defence Registry\n12 Harbour Street, Oslo",
            "Le contrôleur\nBureau d’ordre du ministère de la Défense\n12, rue du Port, Bruxelles",
        ),
        bearer: some("OR-6 Kjell Ødegård"),
        sent: said(language, "12 March 2026", "12 mars 2026"),
        due: said(language, "11 April 2026", "11 avril 2026"),
        copies: (12..17).map(copy).collect(),
        three_copies: true,
        receiver: Signature::default(),
    }
}

/// A register page with so many entries.
pub fn register_page(language: Language, rows: u32) -> RegisterPage {
    let row = |number: u32| RegisterRow {
        log: format!("NS-{number:04}/2026"),
        registered: "12.03.2026".to_owned(),
        originator: some("IS Council Secretariat"),
        reference: Some(format!("AC/119-WP(2026){number:04}-REV1")),
        date: some("03.03.2026"),
        marking: some("NATO SECRET"),
        subject: number.is_multiple_of(3).then(|| {
            said(language, "Winter stocks of the northern depots", "Stocks d’hiver des dépôts du nord")
        }),
        copies: some("1-6, 9"),
        holder: some("Lt Col Anne-Sophie Lœwe"),
        receipt: number.is_multiple_of(2).then(|| "20.03.2026".to_owned()),
        disposition: number
            .is_multiple_of(5)
            .then(|| said(language, "Destroyed D-0003/2026", "Détruit D-0003/2026")),
    };
    RegisterPage {
        head: head(language, "NS/2026"),
        log: said(language, "NATO SECRET log", "Registre NATO SECRET"),
        year: "2026".to_owned(),
        rows: (1..=rows).map(row).collect(),
    }
}

fn disclosure_record(language: Language) -> DisclosureRecord {
    let entry = |name: &str, signed: Option<String>| Disclosure {
        name: name.to_owned(),
        function: Some(said(language, "Head of section", "Chef de section")),
        date: said(language, "14 March 2026", "14 mars 2026"),
        access: said(language, "Read in the registry", "Lu au bureau d’ordre"),
        signed,
        recorded: None,
    };
    DisclosureRecord {
        head: Head { qr: some("HQR CTS-0001/2026/3"), ..head(language, "CTS-0001/2026/3") },
        copy: "CTS-0001/2026/3".to_owned(),
        reference: "SG(2026)0044".to_owned(),
        document_date: Some(said(language, "2 March 2026", "2 mars 2026")),
        document_marking: some("COSMIC TOP SECRET"),
        entries: vec![
            entry(
                "Col Giuseppe D’Angelo",
                Some(said(language, "14 March 2026, 10:12", "14 mars 2026, 10 h 12")),
            ),
            entry("Dr Małgorzata Wiśniewska", None),
        ],
        empty_lines: 14,
    }
}

fn tally() -> Vec<Tally> {
    let row = |log: &str, listed: u32, missing: u32| Tally {
        log: log.to_owned(),
        listed,
        sighted: listed - missing - 3,
        covered: 2,
        under_way: 1,
        missing,
        surplus: 0,
    };
    vec![row("CTS", 48, 0), row("ATOMAL", 12, 0), row("NS", 1_204, 1)]
}

fn missing(language: Language) -> Vec<MusterLine> {
    vec![MusterLine {
        copy: "NS-0345/2025/2".to_owned(),
        reference: some("PO(2025)0088"),
        holder: some("Maj Jean-Luc Œrsted"),
        sighted: Some(said(language, "1 July 2025", "1er juillet 2025")),
        note: Some(said(
            language,
            "Holder posted away; asked in writing",
            "Détenteur muté ; interrogé par écrit",
        )),
    }]
}

fn incidents(language: Language) -> Vec<Incident> {
    vec![Incident {
        number: "I-0004/2026".to_owned(),
        opened: said(language, "12 March 2026", "12 mars 2026"),
        state: said(
            language,
            "Missing; security officer informed, open",
            "Manquant ; officier de sécurité prévenu, ouvert",
        ),
    }]
}

fn drawn() -> Option<Sample> {
    Some(Sample { drawn: 120, of: 1_264, seed: "7F3A-91C2".to_owned() })
}

fn muster_report(language: Language) -> MusterReport {
    MusterReport {
        head: head(language, "M-0001/2026"),
        kind: MusterKind::SpotCheck,
        opened: said(language, "10 March 2026, 09:00", "10 mars 2026, 9 h"),
        closed: Some(said(language, "12 March 2026, 14:30", "12 mars 2026, 14 h 30")),
        logs: vec!["CTS".to_owned(), "ATOMAL".to_owned(), "NS".to_owned()],
        container: None,
        sample: drawn(),
        tally: tally(),
        missing: missing(language),
        incidents: incidents(language),
        remarks: Some(said(
            language,
            "Two copies lay in the wrong container and were put back. Page counts agree.",
            "Deux exemplaires étaient dans un autre meuble et ont été remis en place. Les pages concordent.",
        )),
        signatures: vec![
            signer(
                "Cdr Ingrid Sørensen",
                "Control officer",
                Some(said(language, "12 March 2026, 14:41", "12 mars 2026, 14 h 41")),
            ),
            signer("Mr Paul Whitaker", "Registry clerk", None),
        ],
    }
}

/// A certificate of destruction of so many copies.
pub fn destruction(language: Language, copies: u32) -> DestructionCertificate {
    let copy = |number: u32| DestroyedCopy {
        log: format!("NS-{number:04}/2024"),
        reference: format!("AC/119-WP(2024){number:04}"),
        date: Some(said(language, "3 March 2024", "3 mars 2024")),
        marking: some("NATO SECRET"),
        copy: number % 7 + 1,
        of: Some(12),
        pages: Some(24),
    };
    DestructionCertificate {
        head: head(language, "D-0001/2026"),
        method: said(language, "Cross-cut shredding, then burning", "Déchiquetage croisé, puis incinération"),
        authority: Some(said(
            language,
            "Retention rule NS-10, review of 1 March 2026",
            "Règle NS-10, examen du 1er mars 2026",
        )),
        destroyed: None,
        copies: (1..=copies).map(copy).collect(),
        destroyer: signer(
            "Mr Paul Whitaker",
            "Registry clerk",
            Some(said(language, "12 March 2026, 14:41", "12 mars 2026, 14 h 41")),
        ),
        witness: Some(signer("Cdr Ingrid Sørensen", "Control officer", None)),
        keep_until: some("2036"),
    }
}

fn courier(language: Language) -> CourierCertificate {
    let package = |number: u32| CarriedPackage {
        number: format!("P-0001/2026/{number}"),
        seals: Some(format!("A 10{number}, A 10{}", number + 4)),
        description: said(
            language,
            "Sealed pouch, grey, 40 × 30 cm, 3 kg",
            "Sacoche scellée, grise, 40 × 30 cm, 3 kg",
        ),
    };
    CourierCertificate {
        head: head(language, "CC-0007/2026"),
        courier: "OR-6 Kjell Ødegård".to_owned(),
        function: Some(said(language, "Courier", "Courrier")),
        identity: said(language, "Norwegian passport 31245678", "Passeport norvégien 31245678"),
        from: said(language, "Headquarters Sub-Registry, Brunssum", "Bureau d’ordre secondaire, Brunssum"),
        to: said(
            language,
            "Ministry of Defence Registry, Oslo",
            "Bureau d’ordre du ministère de la Défense, Oslo",
        ),
        route: said(
            language,
            "By air, Brussels to Oslo direct, SK 4744",
            "Par avion, Bruxelles-Oslo direct, SK 4744",
        ),
        departs: said(language, "12 March 2026, 16:20", "12 mars 2026, 16 h 20"),
        arrives: said(language, "12 March 2026, 21:00", "12 mars 2026, 21 h"),
        packages: (1..=2).map(package).collect(),
        issuer: signer(
            "Cdr Ingrid Sørensen",
            "Control officer",
            Some(said(language, "12 March 2026, 13:05", "12 mars 2026, 13 h 05")),
        ),
        declared: Signature { name: some("OR-6 Kjell Ødegård"), ..Signature::default() },
    }
}

fn packages(language: Language) -> PackageList {
    let package = |number: u32| PackedPackage {
        number: format!("P-0001/2026/{number}"),
        outer: "Postboks 8126 Dep\n0032 Oslo\nNorge".to_owned(),
        inner: said(
            language,
            "The Control Officer\nMinistry of Defence Registry\nOslo",
            "Le contrôleur\nBureau d’ordre du ministère de la Défense\nOslo",
        ),
        seals: Some(format!("A 10{number}, A 10{}", number + 4)),
        receipts: (number..=number + 1).map(|receipt| format!("R-{receipt:04}/2026")).collect(),
    };
    PackageList {
        head: head(language, "P-0001/2026"),
        bearer: some("OR-6 Kjell Ødegård"),
        certificate: some("CC-0007/2026"),
        sent: Some(said(language, "12 March 2026", "12 mars 2026")),
        packages: (1..=2).map(package).collect(),
        packer: signer("Mr Paul Whitaker", "Registry clerk", None),
        checker: Some(signer("Cdr Ingrid Sørensen", "Control officer", None)),
    }
}

fn inspection(language: Language) -> InspectionReport {
    let finding = said(
        language,
        "Receipts R-0311/2025 and R-0312/2025 have been overdue for more than sixty days; tracers were sent twice, and the matter was not taken to the control officer.",
        "Les récépissés R-0311/2025 et R-0312/2025 sont en retard de plus de soixante jours ; deux rappels sont partis, et l’affaire n’a pas été portée au contrôleur.",
    );
    InspectionReport {
        head: Head { marking: some("NATO UNCLASSIFIED"), ..head(language, "IR-0002/2026") },
        inspector: said(
            language,
            "Wg Cdr Thomas Ashdown, Office of Security",
            "Cdt Thomas Ashdown, Bureau de sécurité",
        ),
        began: said(language, "10 March 2026", "10 mars 2026"),
        ended: Some(said(language, "12 March 2026", "12 mars 2026")),
        muster: some("M-0001/2026"),
        logs: vec!["CTS".to_owned(), "NS".to_owned()],
        container: Some(said(language, "Safe 4, room 2.114", "Coffre 4, pièce 2.114")),
        sample: drawn(),
        tally: tally(),
        missing: Vec::new(),
        incidents: incidents(language),
        findings: vec![
            finding.clone(),
            said(
                language,
                "The disclosure records are complete.",
                "Les fiches de prise de connaissance sont complètes.",
            ),
        ],
        recommendations: vec![finding],
        signatures: vec![
            signer("Wg Cdr Thomas Ashdown", "Inspector", None),
            signer("Cdr Ingrid Sørensen", "Control officer", None),
        ],
    }
}

fn hand_over(language: Language) -> HandOver {
    HandOver {
        head: head(language, "HO-0001/2026"),
        on: said(language, "1 April 2026", "1er avril 2026"),
        muster: some("M-0002/2026"),
        counted: Some(said(language, "28 March 2026", "28 mars 2026")),
        tally: tally(),
        discrepancies: missing(language),
        remarks: Some(said(
            language,
            "Combinations are changed on the day of the hand-over.",
            "Les combinaisons sont changées le jour de la passation.",
        )),
        outgoing: signer(
            "Cdr Ingrid Sørensen",
            "Control officer",
            Some(said(language, "1 April 2026, 09:10", "1er avril 2026, 9 h 10")),
        ),
        incoming: signer("Maj François Lefèvre", "Control officer", None),
    }
}

fn appointment(language: Language) -> Appointment {
    Appointment {
        head: head(language, "A-0003/2026"),
        addressees: vec![
            said(
                language,
                "Ministry of Defence Registry, Oslo",
                "Bureau d’ordre du ministère de la Défense, Oslo",
            ),
            said(language, "Central Registry, Brussels", "Bureau d’ordre central, Bruxelles"),
        ],
        capacity: Capacity::Deputy,
        name: "Maj François Lefèvre".to_owned(),
        function: Some(said(language, "Head of registry", "Chef du bureau d’ordre")),
        from: said(language, "1 April 2026", "1er avril 2026"),
        until: None,
        replaces: some("Cdr Ingrid Sørensen"),
        levels: vec!["COSMIC TOP SECRET".to_owned(), "ATOMAL".to_owned(), "BOHEMIA".to_owned()],
        appointed_by: signer("Brig Gen Helena Novák", "Chief of Staff", None),
    }
}

fn emergency(language: Language) -> EmergencyList {
    let container = |name: &str, priority: u32, logs: &[(&str, u32)]| EmergencyContainer {
        container: said(language, &format!("Safe {name}"), &format!("Coffre {name}")),
        priority,
        copies: logs
            .iter()
            .map(|(log, copies)| LogCount { log: (*log).to_owned(), copies: *copies })
            .collect(),
        keys: Some(said(
            language,
            "Duty officer, sealed envelope 7",
            "Officier de permanence, enveloppe scellée 7",
        )),
    };
    let place = |en: &str, fr: &str, containers| EmergencyPlace { place: said(language, en, fr), containers };
    EmergencyList {
        head: head(language, "E-0001/2026"),
        landscape: language == Language::Fr,
        places: vec![
            place(
                "Building A, room 2.114",
                "Bâtiment A, pièce 2.114",
                vec![
                    container("4", 1, &[("CTS", 48), ("ATOMAL", 12)]),
                    container("5", 2, &[("NS", 604)]),
                    container("6", 3, &[("NS", 600)]),
                ],
            ),
            place(
                "Building C, cellar",
                "Bâtiment C, cave",
                vec![container("11", 1, &[("BOHEMIA", 7)]), container("12", 2, &[])],
            ),
        ],
    }
}

fn out_card(language: Language) -> OutCard {
    OutCard {
        head: Head {
            qr: some("HQR NS-0012/2026/3"),
            marking: (language == Language::Fr).then(|| "NATO SECRET".to_owned()),
            ..head(language, "")
        },
        copy: "NS-0012/2026/3".to_owned(),
        reference: some("AC/119-WP(2026)0012-REV1"),
        borrower: "Lt Col Anne-Sophie Lœwe".to_owned(),
        borrower_at: Some(said(language, "Plans, room 1.020", "Plans, pièce 1.020")),
        lent: said(language, "12 March 2026", "12 mars 2026"),
        due: Some(said(language, "26 March 2026", "26 mars 2026")),
        container: Some(said(language, "Safe 4, shelf 2", "Coffre 4, tablette 2")),
    }
}

fn labels(language: Language) -> BarcodeSheet {
    let label = |number: u32| Label {
        qr: format!("HQR CTS-0001/2026/{number}"),
        text: format!("HQR CTS-0001/2026/{number}"),
        marking: (number == 7).then(|| "COSMIC TOP SECRET".to_owned()),
    };
    let Head { organisation, registry, .. } = head(language, "");
    BarcodeSheet {
        organisation,
        registry,
        sheet: Sheet::default(),
        used: 2,
        labels: (1..=24).map(label).collect(),
    }
}
