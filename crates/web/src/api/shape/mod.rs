//! The shape of each operation of the API: what it takes, what it gives, why it may refuse. The table of routes names
//! one for each route; the description is made from them. Must not know how anything is done.

mod cases;
mod custody;
mod incoming;
mod organisation;
mod people;

use registry::Code;

pub use self::{cases::*, custody::*, incoming::*, organisation::*, people::*};

/// A parameter after the question mark.
#[derive(Debug, Clone, Copy)]
pub struct Parameter {
    /// Its name.
    pub name: &'static str,
    /// What it is.
    pub says: &'static str,
    /// Whether it must be there.
    pub required: bool,
    /// Its kind.
    pub kind: Kind,
}

/// What kind of value a parameter has.
#[derive(Debug, Clone, Copy)]
pub enum Kind {
    /// Any text.
    Text,
    /// A place in a list, as it was given.
    Place,
    /// An identifier.
    Identifier,
    /// One of these.
    OneOf(&'static [&'static str]),
    /// A number from 1 to this.
    UpTo(usize),
}

/// What a request brings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Takes {
    /// Nothing.
    Nothing,
    /// JSON of a schema.
    Json(&'static str),
    /// Parts: `document` in JSON of a schema, `content` a file.
    Parts(&'static str),
}

/// What an answer brings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gives {
    /// Nothing.
    Nothing,
    /// JSON of a schema.
    Json(&'static str),
    /// The bytes of a file.
    File,
    /// The description of the API itself.
    Description,
}

/// What an operation takes and gives.
#[derive(Debug, Clone, Copy)]
pub struct Shape {
    /// Parameters after the question mark.
    pub parameters: &'static [Parameter],
    /// What it takes.
    pub takes: Takes,
    /// The status when all is well.
    pub status: u16,
    /// What it gives.
    pub gives: Gives,
    /// Whether it needs an idempotency key.
    pub keyed: bool,
    /// Why it may refuse, beside what any route may refuse.
    pub refuses: &'static [Code],
}

impl Shape {
    const fn get(gives: &'static str) -> Self {
        Self {
            parameters: &[],
            takes: Takes::Nothing,
            status: 200,
            gives: Gives::Json(gives),
            keyed: false,
            refuses: &[],
        }
    }
    const fn post(takes: &'static str, gives: &'static str) -> Self {
        Self { takes: Takes::Json(takes), status: 201, keyed: true, ..Self::get(gives) }
    }
    const fn refusing(self, refuses: &'static [Code]) -> Self {
        Self { refuses, ..self }
    }
    const fn with(self, parameters: &'static [Parameter]) -> Self {
        Self { parameters, ..self }
    }
}

const fn may(name: &'static str, says: &'static str, kind: Kind) -> Parameter {
    Parameter { name, says, required: false, kind }
}

const AFTER: Parameter =
    may("after", "Where the page begins: the `next` of the page before, as it was given.", Kind::Place);
const ROWS: Parameter = may("limit", "Most rows of the page; 50 when nothing is said.", Kind::UpTo(200));

/// Why a document may be refused.
const REGISTERING: &[Code] = &[
    Code::Forbidden,
    Code::Required,
    Code::TooLong,
    Code::NotOffered,
    Code::NoContent,
    Code::UnknownPolicy,
    Code::InvalidLabel,
    Code::ImpossibleDate,
    Code::GroupUnknown,
    Code::RegistryUnknown,
    Code::SeriesUnknown,
    Code::SeriesElsewhere,
    Code::SeriesNotInForce,
    Code::CountClosed,
    Code::NumberRange,
    Code::NoReservation,
    Code::NotFound,
    Code::FileClosed,
    Code::NoOpenVolume,
];

/// Why content may be refused, beside its entry.
const UPLOADING: &[Code] = &[
    Code::Forbidden,
    Code::NotFound,
    Code::Required,
    Code::TooLong,
    Code::NotOffered,
    Code::NoContent,
    Code::EmptyContent,
    Code::TruncatedUpload,
    Code::OverSize,
    Code::UnknownPolicy,
    Code::InvalidLabel,
    Code::ImpossibleDate,
    Code::DuplicateInScope,
    Code::AboveCeiling,
    Code::ExistenceOnly,
    Code::GroupUnknown,
    Code::SeriesUnknown,
    Code::SeriesElsewhere,
    Code::SeriesNotInForce,
    Code::CountClosed,
    Code::NumberRange,
    Code::NoReservation,
    Code::FileClosed,
    Code::NoOpenVolume,
];

/// Signing in.
pub const SIGN_IN: Shape = Shape { keyed: false, ..Shape::post("SignIn", "Token") }.refusing(&[
    Code::SignInFailed,
    Code::LockedOut,
    Code::TooLong,
    Code::NotOffered,
]);
/// Proving once more who speaks.
pub const PROVE: Shape = Shape { status: 200, keyed: false, ..Shape::post("Proof", "Proven") }.refusing(&[
    Code::PasswordWrong,
    Code::LockedOut,
    Code::TooLong,
]);
/// Signing out.
pub const SIGN_OUT: Shape = Shape { status: 204, gives: Gives::Nothing, ..Shape::get("Me") };
/// Who is asking.
pub const ME: Shape = Shape::get("Me");
/// The registries.
pub const REGISTRIES: Shape = Shape::get("Registries");
/// A registry, page by page.
pub const DOCUMENTS: Shape = Shape::get("Documents")
    .with(&[
        Parameter {
            name: "registry",
            says: "The code of the registry.",
            required: true,
            kind: Kind::Text,
        },
        may(
            "order",
            "By the date of the documents (`newest`, `oldest`) or as registered (`registered`: last first; `first`: first first).",
            Kind::OneOf(&["newest", "oldest", "registered", "first"]),
        ),
        AFTER,
        ROWS,
    ])
    .refusing(&[Code::Required, Code::RegistryUnknown, Code::NotOffered]);
/// A document.
pub const DOCUMENT: Shape = Shape::get("Document").refusing(&[Code::NotFound]);
/// Documents by reference.
pub const BY_REFERENCE: Shape = Shape::get("Found");
/// The text of a document.
pub const TEXT: Shape = Shape::get("Text").refusing(&[
    Code::NotFound,
    Code::ReproductionUnauthorised,
    Code::ContentDestroyed,
    Code::ContentDamaged,
]);
/// The bytes of a version, or of what is attached to one.
pub const CONTENT: Shape = Shape { gives: Gives::File, ..Shape::get("Text") }.refusing(&[
    Code::NotFound,
    Code::Quarantined,
    Code::ReproductionUnauthorised,
    Code::NotStamped,
    Code::Conflict,
    Code::ContentDestroyed,
    Code::ContentDamaged,
]);
/// Registering an entry.
pub const REGISTER: Shape = Shape::post("NewDocument", "Registered").refusing(REGISTERING);
/// What was corrected.
pub const CORRECTIONS: Shape = Shape::get("Corrections").refusing(&[Code::NotFound]);
/// Correcting.
pub const CORRECT: Shape = Shape::post("NewCorrection", "Corrected").refusing(&[
    Code::NotFound,
    Code::Forbidden,
    Code::Conflict,
    Code::CheckedOut,
    Code::NothingChanged,
    Code::Required,
    Code::TooLong,
    Code::NotOffered,
    Code::NoContent,
    Code::UnknownPolicy,
    Code::InvalidLabel,
    Code::ImpossibleDate,
    Code::GroupUnknown,
    Code::PersonUnknown,
    Code::AboveCeiling,
    Code::ExistenceOnly,
]);
/// Correcting many: what is refused of one document stands in the answer.
pub const CORRECT_MANY: Shape = Shape { status: 200, ..Shape::post("ManyCorrections", "ManyCorrected") }
    .refusing(&[
        Code::Forbidden,
        Code::Required,
        Code::TooManyChosen,
        Code::NotOffered,
        Code::UnknownPolicy,
        Code::InvalidLabel,
        Code::ImpossibleDate,
        Code::GroupUnknown,
    ]);
/// Registering with content.
pub const UPLOAD: Shape =
    Shape { takes: Takes::Parts("NewDocument"), ..Shape::post("NewDocument", "Registered") }
        .refusing(UPLOADING);
/// Why a file of the plan may be refused.
const PLANNING: &[Code] = &[
    Code::NotFound,
    Code::Forbidden,
    Code::Required,
    Code::TooLong,
    Code::NotOffered,
    Code::Conflict,
    Code::NothingChanged,
    Code::RegistryUnknown,
    Code::GroupUnknown,
    Code::UnknownPolicy,
    Code::InvalidLabel,
    Code::AboveCeiling,
    Code::ExistenceOnly,
    Code::ImpossibleDate,
    Code::FileCodeForm,
    Code::FileCodeTaken,
    Code::FileLoop,
    Code::FileTooDeep,
    Code::FileClosed,
];
/// A plan.
pub const FILES: Shape = Shape::get("Files")
    .with(&[
        Parameter { name: "registry", says: "The code of the registry.", required: true, kind: Kind::Text },
        AFTER,
        ROWS,
    ])
    .refusing(&[Code::Required, Code::RegistryUnknown, Code::NotOffered]);
/// A file.
pub const FILE: Shape = Shape::get("File").refusing(&[Code::NotFound]);
/// Opening a file.
pub const OPEN_FILE: Shape = Shape::post("NewFile", "FileNamed").refusing(PLANNING);
/// Changing a file.
pub const CHANGE_FILE: Shape = Shape::post("FileChange", "FileNamed").refusing(PLANNING);
/// Closing and opening again.
pub const TURN_FILE: Shape = Shape::post("Turn", "FileNamed").refusing(&[
    Code::NotFound,
    Code::Forbidden,
    Code::Required,
    Code::TooLong,
    Code::NothingChanged,
    Code::ImpossibleDate,
    Code::ImpossiblePeriod,
    Code::FileClosed,
    Code::FileHasOpenFiles,
    Code::FileTooDeep,
    Code::VolumeOpen,
    Code::NoOpenVolume,
]);
/// The documents of a file.
pub const FILE_DOCUMENTS: Shape = Shape::get("FileDocuments")
    .with(&[
        may(
            "order",
            "By the date of the documents (`newest`, `oldest`) or as registered (`registered`: last first; `first`: first first).",
            Kind::OneOf(&["newest", "oldest", "registered", "first"]),
        ),
        may("volume", "Only this volume, by number.", Kind::Text),
        AFTER,
        ROWS,
    ])
    .refusing(&[Code::NotFound, Code::NotOffered]);
/// Putting documents into a file.
pub const PUT_DOCUMENTS: Shape = Shape::post("ToFile", "Filed").refusing(&[
    Code::NotFound,
    Code::Forbidden,
    Code::Required,
    Code::TooLong,
    Code::FileClosed,
    Code::NoOpenVolume,
    Code::AlreadyFiled,
]);
/// Taking a document out of a file.
pub const TAKE_OUT: Shape = Shape::post("Removal", "TakenOut").refusing(&[
    Code::NotFound,
    Code::Forbidden,
    Code::Required,
    Code::TooLong,
    Code::NotFiled,
]);
/// Where a document is filed.
pub const DOCUMENT_FILES: Shape = Shape::get("DocumentFiles").refusing(&[Code::NotFound]);
/// Taking note of a message.
pub const TAKE_NOTE: Shape = Shape { takes: Takes::Nothing, ..Shape::post("Noted", "Noted") }.refusing(&[
    Code::NotFound,
    Code::Forbidden,
    Code::NothingChanged,
]);
/// Searching.
pub const SEARCH: Shape = Shape::get("Hits")
    .with(&[
        may(
            "q",
            "Words and \"phrases\", `from:` `to:` `marking:` `kind:` `year:` `before:` `after:` `ref:` `registry:`, `-word` to exclude.",
            Kind::Text,
        ),
        may("registry", "Only this registry, by code.", Kind::Text),
        may("limit", "Most hits of the page; 20 when nothing is said.", Kind::UpTo(100)),
        AFTER,
    ])
    .refusing(&[Code::QueryForm, Code::NotOffered, Code::RegistryUnknown]);
/// The rules and figures of the register.
pub const QUALITY: Shape = Shape::get("Quality")
    .with(&[
        may("registry", "Only this registry, by code.", Kind::Text),
        may(
            "by",
            "By what papers are told apart.",
            Kind::OneOf(&["registry", "originator", "division", "month"]),
        ),
    ])
    .refusing(&[Code::NotFound, Code::NotOffered, Code::RegistryUnknown]);
/// The papers that break a rule.
pub const QUALITY_PAPERS: Shape = Shape::get("QualityPapers")
    .with(&[
        Parameter { name: "rule", says: "The code of the rule.", required: true, kind: Kind::Text },
        may("registry", "Only this registry, by code.", Kind::Text),
        may(
            "by",
            "By what papers are told apart.",
            Kind::OneOf(&["registry", "originator", "division", "month"]),
        ),
        may("value", "Only papers that have this in common.", Kind::Text),
        AFTER,
        ROWS,
    ])
    .refusing(&[Code::NotFound, Code::NotOffered, Code::RegistryUnknown, Code::Required]);
/// Kept searches.
pub const SEARCHES: Shape = Shape::get("Searches").refusing(&[Code::QueryForm]);
/// Keeping something under a name.
pub const KEEP: Shape = Shape { keyed: false, ..Shape::post("NewKept", "KeptNamed") }.refusing(&[
    Code::Required,
    Code::TooLong,
    Code::QueryForm,
    Code::TooManyKept,
]);
/// Dropping something that is kept.
pub const DROP: Shape =
    Shape { status: 204, gives: Gives::Nothing, ..Shape::get("Searches") }.refusing(&[Code::NotFound]);
/// Profiles with what they flag.
pub const WATCHES: Shape = Shape::get("Watches").refusing(&[Code::QueryForm]);
/// Putting flagged papers aside.
pub const ASIDE: Shape =
    Shape { status: 204, gives: Gives::Nothing, keyed: false, ..Shape::post("Aside", "Watches") }
        .refusing(&[Code::NotFound, Code::TooLong, Code::QueryForm]);
/// Where one may go.
pub const PALETTE: Shape = Shape::get("Palette").with(&[may(
    "q",
    "What is typed; a reference finds the papers that bear it.",
    Kind::Text,
)]);
/// What a document is to others.
pub const TIES: Shape = Shape::get("Ties").refusing(&[Code::NotFound]);
/// The series.
pub const SERIES: Shape =
    Shape::get("Series").with(&[AFTER, ROWS]).refusing(&[Code::NotFound, Code::NotOffered]);
/// The differences between the directory and the house.
pub const DIRECTORY: Shape = Shape::get("DirectoryDifferences").refusing(&[Code::NotFound]);
/// The house, for those who keep it.
pub const HOUSE: Shape = Shape::get("House").refusing(&[Code::NotFound]);
/// Establishing a body.
pub const NEW_BODY: Shape = Shape::post("NewBody", "Made").refusing(KEEPING);
/// Forming a group.
pub const NEW_GROUP: Shape = Shape::post("NewGroup", "Made").refusing(KEEPING);
/// Opening a registry.
pub const NEW_REGISTRY: Shape = Shape::post("NewRegistry", "Made").refusing(KEEPING);
/// Changing a registry.
pub const CHANGE_REGISTRY: Shape = Shape::post("RegistryChange", "Made").refusing(KEEPING);
/// Adopting series.
pub const ADOPT_SERIES: Shape = Shape::post("NewSeries", "Made").refusing(KEEPING);
/// Entrusting a series.
pub const ENTRUST: Shape = Shape::post("Entrusting", "Made").refusing(KEEPING);
/// Why the house may not be changed so.
const KEEPING: &[Code] = &[
    Code::NotFound,
    Code::Forbidden,
    Code::Required,
    Code::TooLong,
    Code::NotOffered,
    Code::CodeForm,
    Code::CodeTaken,
    Code::InvalidLabel,
    Code::UnknownPolicy,
    Code::ExistenceOnly,
    Code::AboveCeiling,
    Code::NothingChanged,
    Code::RegistryUnknown,
    Code::SeriesElsewhere,
    Code::SeriesInUse,
    Code::SeriesUnknown,
    Code::SeriesUnusable,
];
/// The continuity report of a series.
pub const CONTINUITY: Shape = Shape::get("Continuity").refusing(&[Code::NotFound]);
/// Keeping a number.
pub const KEEP_NUMBER: Shape = Shape::post("NewReservation", "Reserved").refusing(&[
    Code::NotFound,
    Code::Forbidden,
    Code::Required,
    Code::TooLong,
    Code::NotOffered,
    Code::SeriesElsewhere,
    Code::SeriesNotInForce,
    Code::CountClosed,
    Code::NumberAtSignature,
    Code::NumberRange,
]);
/// Striking a number out.
pub const VOID_NUMBER: Shape = Shape::post("NewVoid", "Voided").refusing(&[
    Code::NotFound,
    Code::Forbidden,
    Code::Required,
    Code::TooLong,
    Code::SeriesUnknown,
    Code::SeriesElsewhere,
    Code::NothingChanged,
    Code::NumberTaken,
    Code::NumberNeverGiven,
]);
/// The policies.
pub const POLICIES: Shape = Shape::get("Policies");
/// The ledgers.
pub const LEDGERS: Shape = Shape::get("Ledgers").refusing(&[Code::NotFound, Code::BelowCeiling]);
/// Verifying them.
pub const VERIFY: Shape = Shape::get("Verification").refusing(&[Code::NotFound, Code::BelowCeiling]);
/// The description.
pub const DESCRIPTION: Shape = Shape { gives: Gives::Description, ..Shape::get("Me") };
