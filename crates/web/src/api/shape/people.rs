//! People, what they are authorised to, and what they handle.

use registry::Code;

use super::*;

/// Everyone.
pub const PEOPLE: Shape = Shape::get("People")
    .with(&[may("login", "Only the person of this login.", Kind::Text), AFTER, ROWS])
    .refusing(&[Code::NotFound, Code::NotOffered]);
/// A person.
pub const PERSON: Shape = Shape::get("PersonFile").refusing(&[Code::NotFound]);
/// Adding a person.
pub const ADD_PERSON: Shape = Shape::post("NewPerson", "Added").refusing(&[
    Code::NotFound,
    Code::Required,
    Code::TooLong,
    Code::NotOffered,
    Code::CodeForm,
    Code::LoginTaken,
]);
/// Proposing.
pub const PROPOSE: Shape = Shape::post("NewGrant", "Proposed").refusing(&[
    Code::NotFound,
    Code::NotAPicture,
    Code::Forbidden,
    Code::OwnClearance,
    Code::NeedsPerson,
    Code::PersonUnknown,
    Code::UnknownPolicy,
    Code::InvalidLabel,
    Code::ImpossibleDate,
    Code::ImpossiblePeriod,
    Code::PeriodTooLong,
    Code::NotLater,
    Code::ExtensionTooLong,
    Code::NotExtendable,
    Code::NothingChanged,
    Code::Required,
    Code::TooLong,
    Code::NotOffered,
    Code::RegistryUnknown,
    Code::GroupUnknown,
]);
/// Changing what is known of a person.
pub const CHANGE_PERSON: Shape = Shape::post("PersonChange", "Added").refusing(&[
    Code::NotFound,
    Code::Forbidden,
    Code::OwnClearance,
    Code::PersonUnknown,
    Code::StillHolds,
    Code::NothingChanged,
    Code::ImpossibleDate,
    Code::Required,
    Code::TooLong,
    Code::NotOffered,
]);
/// Whose certificates and briefings end.
pub const ENDINGS: Shape = Shape::get("Endings")
    .with(&[
        may("within", "Only what ends within so many days, or has ended.", Kind::UpTo(65_535)),
        AFTER,
        ROWS,
    ])
    .refusing(&[Code::NotFound, Code::NotOffered]);
/// Whether a document is out.
pub const OUT_NOW: Shape = Shape::get("OutNow").refusing(&[Code::NotFound]);
/// Taking a document out.
pub const CHECK_OUT: Shape = Shape::post("NewOut", "Handled").refusing(&[
    Code::NotFound,
    Code::Forbidden,
    Code::CheckedOut,
    Code::ImpossibleDate,
    Code::ImpossiblePeriod,
    Code::TooLong,
]);
/// Giving it back.
pub const CHECK_IN: Shape = Shape { takes: Takes::Parts("NewIn"), ..Shape::post("NewIn", "Handled") }
    .refusing(&[
        Code::NotFound,
        Code::Forbidden,
        Code::NotCheckedOut,
        Code::CheckedOut,
        Code::NothingChanged,
        Code::DuplicateInScope,
        Code::Required,
        Code::EmptyContent,
        Code::TruncatedUpload,
        Code::OverSize,
        Code::AboveCeiling,
        Code::ExistenceOnly,
    ]);
/// Giving back what another has out.
pub const BREAK_LOCK: Shape = Shape::post("LockBroken", "Handled").refusing(&[
    Code::NotFound,
    Code::Forbidden,
    Code::NotCheckedOut,
    Code::Required,
    Code::TooLong,
]);
/// A disclosure record.
pub const DISCLOSURES: Shape = Shape::get("Disclosures").refusing(&[Code::NotFound]);
/// Authorising a reproduction.
pub const AUTHORISE: Shape = Shape::post("NewAuthority", "Authority").refusing(&[
    Code::NotFound,
    Code::Forbidden,
    Code::SamePerson,
    Code::PersonUnknown,
    Code::NotAdmitted,
    Code::NotOffered,
    Code::ImpossibleDate,
    Code::ImpossiblePeriod,
    Code::Required,
    Code::TooLong,
]);
/// What changed since one opened it.
pub const NOTICES: Shape = Shape::get("Notices");
/// That somebody knows.
pub const TELL: Shape = Shape::post("Told", "Handled").refusing(&[
    Code::NotFound,
    Code::Forbidden,
    Code::PersonUnknown,
    Code::NotOffered,
    Code::NothingChanged,
]);
/// Why one may read a document.
pub const WHY: Shape = Shape::get("Why")
    .with(&[may("person", "For whom, by identifier: oneself when nothing is said.", Kind::Identifier)])
    .refusing(&[Code::NotFound, Code::Forbidden, Code::PersonUnknown]);
/// Giving a registry's role.
pub const ASSIGN: Shape = Shape::post("NewRole", "Authorised").refusing(&[
    Code::NotFound,
    Code::Forbidden,
    Code::OwnClearance,
    Code::PersonUnknown,
    Code::NotOffered,
    Code::RegistryUnknown,
]);
/// What waits.
pub const PROPOSALS: Shape = Shape::get("Proposals").refusing(&[Code::NotFound]);
/// Confirming.
pub const CONFIRM: Shape = Shape::post("Confirmation", "Authorised").refusing(&[
    Code::NotFound,
    Code::Forbidden,
    Code::OwnClearance,
    Code::SamePerson,
    Code::NeedsPerson,
    Code::SignInNotFresh,
    Code::NoProposal,
    Code::ProposalChanged,
]);
/// Revoking.
pub const REVOKE: Shape = Shape::post("Revocation", "Authorised").refusing(&[
    Code::NotFound,
    Code::Forbidden,
    Code::OwnClearance,
    Code::NeedsPerson,
    Code::NationalityStands,
    Code::Required,
]);
/// A new one-time code.
pub const ONE_TIME_CODE: Shape = Shape { status: 201, ..Shape::get("OneTimeCode") }.refusing(&[
    Code::NotFound,
    Code::Forbidden,
    Code::OwnClearance,
    Code::NeedsPerson,
    Code::SignInNotFresh,
]);
