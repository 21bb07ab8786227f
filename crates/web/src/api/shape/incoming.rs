//! What comes in: in-trays, scans, mailboxes, registers of old.

use registry::Code;

use super::*;

/// What waits to be registered.
pub const TRAY: Shape = Shape::get("Tray")
    .with(&[
        Parameter { name: "registry", says: "The code of the registry.", required: true, kind: Kind::Text },
        AFTER,
        ROWS,
    ])
    .refusing(&[Code::Required, Code::RegistryUnknown, Code::NotOffered, Code::Forbidden]);
/// Something that waits.
pub const TRAY_ITEM: Shape =
    Shape::get("TrayItemWhole").refusing(&[Code::NotFound, Code::Forbidden, Code::TraySettled]);
/// The bytes of what waits.
pub const TRAY_CONTENT: Shape = Shape { gives: Gives::File, ..Shape::get("Text") }.refusing(&[
    Code::NotFound,
    Code::Forbidden,
    Code::TraySettled,
    Code::Quarantined,
]);
/// Registering what waits.
pub const TRAY_REGISTER: Shape = Shape::post("NewDocument", "Registered").refusing(&[
    Code::Forbidden,
    Code::NotFound,
    Code::TraySettled,
    Code::Required,
    Code::TooLong,
    Code::NotOffered,
    Code::NoContent,
    Code::UnknownPolicy,
    Code::InvalidLabel,
    Code::ImpossibleDate,
    Code::DuplicateInScope,
    Code::AboveCeiling,
    Code::ExistenceOnly,
    Code::GroupUnknown,
    Code::RegistryUnknown,
    Code::SeriesUnknown,
    Code::SeriesElsewhere,
    Code::SeriesNotInForce,
    Code::CountClosed,
    Code::NumberRange,
    Code::NoReservation,
    Code::FileClosed,
    Code::NoOpenVolume,
]);
/// Putting a file into the tray.
pub const TRAY_BRING: Shape =
    Shape { takes: Takes::Parts("Brought"), ..Shape::post("Brought", "BroughtOutcome") }.refusing(&[
        Code::Forbidden,
        Code::NotFound,
        Code::Required,
        Code::NotOffered,
        Code::EmptyContent,
        Code::TruncatedUpload,
        Code::OverSize,
        Code::TrayFull,
        Code::Conflict,
    ]);
/// Saying why something is not registered.
pub const TRAY_DISMISS: Shape = Shape::post("Dismissal", "Dismissed").refusing(&[
    Code::Forbidden,
    Code::NotFound,
    Code::TraySettled,
    Code::Required,
    Code::TooLong,
    Code::NotOffered,
]);
/// The scans that wait.
pub const SCANS: Shape = Shape::get("Scans")
    .with(&[Parameter {
        name: "registry",
        says: "The code of the registry.",
        required: true,
        kind: Kind::Text,
    }])
    .refusing(&[Code::Required, Code::RegistryUnknown, Code::Forbidden]);
/// A scan that waits.
pub const SCAN: Shape = Shape::get("Scan").refusing(&[Code::NotFound, Code::Forbidden, Code::ScanSettled]);
/// Bringing a scan.
pub const BRING_SCAN: Shape =
    Shape { takes: Takes::Parts("ScanBrought"), ..Shape::post("ScanBrought", "ScanOutcome") }.refusing(&[
        Code::Forbidden,
        Code::NotFound,
        Code::Required,
        Code::NotOffered,
        Code::EmptyContent,
        Code::TruncatedUpload,
        Code::OverSize,
        Code::TrayFull,
        Code::NotAScan,
        Code::Conflict,
    ]);
/// Saying what becomes of the pages of a scan.
pub const PLAN_SCAN: Shape = Shape::post("ScanPlan", "Scan").refusing(&[
    Code::Forbidden,
    Code::NotFound,
    Code::ScanSettled,
    Code::NotOffered,
    Code::Conflict,
]);
/// Making the documents of a scan.
pub const MAKE_SCAN: Shape = Shape::post("ScanVersion", "ScanMade").refusing(&[
    Code::Forbidden,
    Code::NotFound,
    Code::ScanSettled,
    Code::ScanEmpty,
    Code::Conflict,
]);
/// The picture of a page of a scan.
pub const SCAN_PAGE: Shape = Shape { gives: Gives::File, ..Shape::get("Text") }
    .with(&[may(
        "size",
        "`large`, to be read and turned as the plan says, or `small`, as the page came; `large` if not given.",
        Kind::OneOf(&["large", "small"]),
    )])
    .refusing(&[Code::NotFound, Code::Forbidden, Code::ScanSettled]);
/// Putting a scan into the in-tray undivided.
pub const SCAN_WHOLE: Shape = Shape::post("ScanVersion", "ScanWhole").refusing(&[
    Code::Forbidden,
    Code::NotFound,
    Code::ScanSettled,
    Code::TrayFull,
    Code::Conflict,
]);
/// Saying why a scan becomes no document.
pub const DISMISS_SCAN: Shape = Shape::post("ScanDismissal", "ScanDismissed").refusing(&[
    Code::Forbidden,
    Code::NotFound,
    Code::ScanSettled,
    Code::NotOffered,
    Code::Required,
    Code::TooLong,
    Code::Conflict,
]);
/// How it stands with mailboxes.
pub const MAILBOXES: Shape = Shape::get("Mailboxes").refusing(&[Code::NotFound, Code::Forbidden]);

/// Why the workbook of a register of old may be refused.
const WORKBOOK: &[Code] = &[
    Code::Forbidden,
    Code::NotFound,
    Code::Required,
    Code::NotOffered,
    Code::EmptyContent,
    Code::TruncatedUpload,
    Code::OverSize,
    Code::UnknownPolicy,
    Code::InvalidLabel,
    Code::WorkbookLocked,
    Code::WorkbookUnreadable,
    Code::WorkbookEmpty,
    Code::TakeoverRuns,
    Code::Busy,
];
/// Bringing the workbook of a register of old.
pub const OPEN_OLD_REGISTER: Shape =
    Shape { takes: Takes::Parts("OldRegisterSettings"), ..Shape::post("OldRegisterSettings", "OldRegister") }
        .refusing(WORKBOOK);
/// A register of old.
pub const OLD_REGISTER: Shape = Shape::get("OldRegister")
    .with(&[may("page", "Which page of documents and problems, a hundred each.", Kind::UpTo(10_000))])
    .refusing(&[Code::Forbidden, Code::NotFound, Code::NotOffered]);
/// Reading it by other settings.
pub const READ_OLD_REGISTER: Shape =
    Shape { status: 200, ..Shape::post("OldRegisterSettings", "OldRegister") }.refusing(WORKBOOK);
/// Taking it over.
pub const TAKE_OVER: Shape =
    Shape { status: 202, takes: Takes::Nothing, ..Shape::post("OldRegisterSettings", "OldRegister") }
        .refusing(&[
            Code::Forbidden,
            Code::NotFound,
            Code::NoSubjectColumn,
            Code::ColumnTwice,
            Code::NothingToTakeOver,
            Code::TakeoverRuns,
        ]);
