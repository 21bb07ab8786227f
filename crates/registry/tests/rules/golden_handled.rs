//! Examples of what is done with documents, for the golden files, and which fields of entries need not be there.

use jiff::civil::date;
use registry::{
    DocumentId, Fact, PersonId,
    disclosure::{Means, Reproduction},
    id::ReproductionId,
};

/// One of each kind.
pub fn handled() -> Vec<Fact> {
    vec![
        Fact::DocumentCheckedOut {
            document: DocumentId::new([0x61; 16]),
            reason: Some("Annex B anew".into()),
            until: Some(date(2026, 3, 20)),
        },
        Fact::DocumentCheckedIn { document: DocumentId::new([0x61; 16]), version: Some(2), broken: None },
        Fact::DisclosureRecorded {
            document: DocumentId::new([0x61; 16]),
            version: 1,
            enclosure: None,
            means: Means::Screen,
            authority: None,
        },
        Fact::ReproductionAuthorised {
            reproduction: Box::new(Reproduction {
                id: ReproductionId::new([0x71; 16]),
                document: DocumentId::new([0x61; 16]),
                version: 1,
                person: PersonId::new([0x13; 16]),
                purpose: "For the exercise".into(),
                copies: 2,
                until: date(2026, 4, 1),
                unstamped: None,
            }),
        },
        Fact::HolderTold {
            document: DocumentId::new([0x61; 16]),
            person: PersonId::new([0x13; 16]),
            sequence: 17,
            in_person: true,
        },
    ]
}

/// Fields that an entry may leave out: they are left out when there is nothing to say.
pub const MAY_BE_ABSENT: [&str; 41] = [
    "operator",
    "preferred",
    "relations",
    "read",
    "year",
    "sub_body",
    "paper",
    "division",
    "originator",
    "references",
    "subject_label",
    "released_on",
    "action",
    "info",
    "need_to_know",
    "access_list",
    "held_elsewhere",
    "title",
    "body",
    "left",
    "ceilings",
    "categories",
    "privacy_mark",
    "civil",
    "written",
    // Of a role: none for a role of the house.
    "registry",
    // Of copies: on loan, in a part of a container, received by a paper that was scanned.
    "scanned",
    "unstamped",
    "back_by",
    "shelf",
    // Of a file.
    "parent",
    "owner",
    "words",
    "originators",
    "place",
    "status",
    "access",
    // Of a formal message.
    "formal",
    "precedence",
    "info_precedence",
    "dtg",
];

/// Fields of a fact itself that need not be there.
pub const UNSAID: [(&str, &str); 7] = [
    ("incident.followed", "report"),
    ("document.checked-out", "reason"),
    ("document.checked-out", "until"),
    ("document.checked-in", "version"),
    ("document.checked-in", "broken"),
    ("disclosure.recorded", "authority"),
    ("holder.told", "in_person"),
];
