//! Numbered copies: their lists, what one has, the acts.

use registry::Code;

use super::*;

const REGISTRY: Parameter = Parameter {
    name: "registry",
    says: "The code of the registry, on whose staff one is.",
    required: true,
    kind: Kind::Text,
};
const OLDEST: Parameter = may(
    "order",
    "By number: `oldest` (when nothing is said) or `newest` first.",
    Kind::OneOf(&["oldest", "newest"]),
);

/// Why a list may be refused.
const LISTING: &[Code] = &[Code::NotFound, Code::Required, Code::NotOffered];

/// The copies of a registry.
pub const COPIES: Shape = Shape::get("Copies")
    .with(&[
        REGISTRY,
        may(
            "state",
            "Only those in this state; `open`: those of which the books must say where they are (held, under way, missing).",
            Kind::OneOf(&["open", "held", "under-way", "transferred", "released", "destroyed", "missing"]),
        ),
        may("log", "Only those of this log, by code.", Kind::Text),
        may("document", "Only those of this paper.", Kind::Identifier),
        may("person", "Only those for which this person answers.", Kind::Identifier),
        may("container", "Only those in this container.", Kind::Identifier),
        may("dispatch", "Only those that are on their way with this dispatch.", Kind::Identifier),
        may(
            "loan",
            "Only those on loan: all (`out`), those to be back within a week (`due`), those that should have been (`overdue`).",
            Kind::OneOf(&["out", "due", "overdue"]),
        ),
        may("name", "The one that is called so, as printed or scanned; asked for alone.", Kind::Text),
        may(
            "order",
            "By number in the log (`number`, when nothing is said), what has been as it is for the longest time first (`since`), or what is to be back first (`back-by`).",
            Kind::OneOf(&["number", "since", "back-by"]),
        ),
        AFTER,
        ROWS,
    ])
    .refusing(&[
        Code::NotFound,
        Code::Required,
        Code::NotOffered,
        Code::CopyName,
        Code::CopyUnknown,
        Code::CopyElsewhere,
    ]);
/// A copy.
pub const COPY: Shape = Shape::get("CopyWhole").refusing(&[Code::NotFound]);
/// The dispatches of a registry.
pub const DISPATCHES: Shape = Shape::get("Dispatches")
    .with(&[
        REGISTRY,
        may("state", "Only those whose receipt is due, or is given.", Kind::OneOf(&["due", "given"])),
        OLDEST,
        AFTER,
        ROWS,
    ])
    .refusing(LISTING);
/// A dispatch.
pub const DISPATCH: Shape = Shape::get("Dispatch").refusing(&[Code::NotFound]);
/// The certificates of destruction of a registry.
pub const CERTIFICATES: Shape = Shape::get("DestructionCertificates")
    .with(&[
        REGISTRY,
        may(
            "state",
            "Only those that wait for a signature, or that are signed by all or taken back.",
            Kind::OneOf(&["open", "ended"]),
        ),
        OLDEST,
        AFTER,
        ROWS,
    ])
    .refusing(LISTING);
/// A certificate of destruction.
pub const CERTIFICATE: Shape = Shape::get("DestructionCertificate").refusing(&[Code::NotFound]);
/// The incidents of a registry.
pub const INCIDENTS: Shape = Shape::get("CopyIncidents")
    .with(&[
        REGISTRY,
        may("state", "Only those that are open, or closed.", Kind::OneOf(&["open", "closed"])),
        OLDEST,
        AFTER,
        ROWS,
    ])
    .refusing(LISTING);
/// An incident.
pub const INCIDENT: Shape = Shape::get("CopyIncident").refusing(&[Code::NotFound]);
/// The containers of a registry.
pub const CONTAINERS: Shape =
    Shape::get("Containers").with(&[REGISTRY]).refusing(&[Code::NotFound, Code::Required]);
/// Papers in no log.
pub const UNLOGGED: Shape = Shape::get("Unlogged")
    .with(&[
        REGISTRY,
        may(
            "state",
            "Working papers (`working`, when nothing is said), those of them that still may stand in no log (`due`), those that may no more (`overdue`), or papers of another kind (`others`).",
            Kind::OneOf(&["working", "due", "overdue", "others"]),
        ),
        OLDEST,
        AFTER,
        ROWS,
    ])
    .refusing(LISTING);
/// The list for an emergency.
pub const EMERGENCY_LIST: Shape =
    Shape::get("EmergencyList").with(&[REGISTRY]).refusing(&[Code::NotFound, Code::Required]);
/// A registry's copies at a glance.
pub const COPY_COUNTS: Shape =
    Shape::get("CopyCounts").with(&[REGISTRY]).refusing(&[Code::NotFound, Code::Required]);
/// The musters of a registry.
pub const MUSTERS: Shape = Shape::get("Musters")
    .with(&[
        REGISTRY,
        may(
            "state",
            "Only those that are being counted, or that have ended.",
            Kind::OneOf(&["counting", "ended"]),
        ),
        OLDEST,
        AFTER,
        ROWS,
    ])
    .refusing(LISTING);
/// A muster.
pub const MUSTER: Shape = Shape::get("Muster").refusing(&[Code::NotFound]);
/// The lines of a muster.
pub const MUSTER_LINES: Shape = Shape::get("MusterLines")
    .with(&[
        may(
            "outcome",
            "Only those with this outcome.",
            Kind::OneOf(&["open", "missing", "under-way", "surplus", "covered", "sighted"]),
        ),
        AFTER,
        ROWS,
    ])
    .refusing(&[Code::NotFound, Code::NotOffered]);
/// A book of a registry.
pub const BOOK: Shape = Shape::get("BookItems")
    .with(&[
        may(
            "state",
            "Only those with which the registry still has something to do or to answer for, or those that are past.",
            Kind::OneOf(&["open", "closed"]),
        ),
        OLDEST,
        AFTER,
        ROWS,
    ])
    .refusing(LISTING);
/// An item of a book.
pub const BOOK_ITEM: Shape = Shape::get("BookItemWhole").refusing(&[Code::NotFound]);
/// What one has oneself.
pub const HOLDINGS: Shape = Shape::get("Holdings");
/// A receipt that came back on paper.
pub const PAPER_RECEIPT: Shape =
    Shape { takes: Takes::Parts("PaperReceipt"), ..Shape::post("PaperReceipt", "CopyActDone") }.refusing(&[
        Code::NotFound,
        Code::Forbidden,
        Code::Required,
        Code::TooLong,
        Code::NotOffered,
        Code::ImpossibleDate,
        Code::NotYet,
        Code::CopyBefore,
        Code::ReceiptGiven,
        Code::ReceiptScan,
        Code::Quarantined,
        Code::EmptyContent,
        Code::TruncatedUpload,
        Code::OverSize,
    ]);
/// Doing something with copies.
pub const COPY_ACT: Shape = Shape::post("CopyAct", "CopyActDone").refusing(&[
    Code::NotFound,
    Code::Forbidden,
    Code::Required,
    Code::TooLong,
    Code::NotOffered,
    Code::NothingChanged,
    Code::ImpossibleDate,
    Code::NotYet,
    Code::CopyName,
    Code::CopyUnknown,
    Code::CopyElsewhere,
    Code::CopyTwice,
    Code::CopyNumber,
    Code::CopyNumberTaken,
    Code::CopyBefore,
    Code::CopyDestroyed,
    Code::CopyTransferred,
    Code::CopyReleased,
    Code::CopyUnderWay,
    Code::CopyMissing,
    Code::NotOnLoan,
    Code::LoanNotLonger,
    Code::BackBeforeSent,
    Code::NoLoanThere,
    Code::ShelfOfNothing,
    Code::CopyNotSent,
    Code::CopyDrawnUp,
    Code::CopyOut,
    Code::StillAccountable,
    Code::MarkingOpen,
    Code::NoLog,
    Code::IssuerAlone,
    Code::NameTaken,
    Code::ContainerNotApproved,
    Code::UnknownPolicy,
    Code::InvalidLabel,
    Code::PersonUnknown,
    Code::RegistryUnknown,
    Code::AboveCeiling,
    Code::ExistenceOnly,
    Code::ReceiverClearance,
    Code::ReceiverBriefing,
    Code::ReceiverNeedToKnow,
    Code::ReceiverAccessList,
    Code::ReceiverRelease,
    Code::ReceiptGiven,
    Code::SignedAlready,
    Code::SamePerson,
    Code::NeedsPerson,
    Code::SignInNotFresh,
    Code::PagesNeeded,
    Code::NothingToCount,
    Code::SightedAlready,
    Code::MusterClosed,
    Code::MusterNotClosed,
    Code::MusterOpenLines,
    Code::NotNamed,
    Code::PersonAmbiguous,
    Code::RouteNotApproved,
    Code::AlreadyPast,
    Code::NamedTwice,
    Code::OuterMarked,
    Code::Packed,
    Code::BeforeItLeaves,
    Code::NotByHand,
    Code::NotByCourier,
    Code::ShortNotice,
    Code::OneJourney,
    Code::ItemStage,
    Code::ItemBefore,
    Code::ElectronicPerson,
    Code::ReaderNotAdmitted,
    Code::NoFreeCopy,
    Code::NoHolders,
    Code::NotToPost,
    Code::RecallReturns,
    Code::LetterNeeded,
    Code::NotHigher,
]);
