//! The organisation: its units and posts on a day, contacts, distribution lists, the acts.

use registry::Code;

use super::*;

const DAY: Parameter = may("day", "As of this day, YYYY-MM-DD; today when nothing is said.", Kind::Text);

/// The units and posts of a day.
pub const ORGANISATION: Shape = Shape::get("Organisation").with(&[DAY]).refusing(&[Code::ImpossibleDate]);
/// A unit.
pub const UNIT: Shape =
    Shape::get("UnitWhole").with(&[DAY]).refusing(&[Code::NotFound, Code::ImpossibleDate]);
/// A post.
pub const POST: Shape =
    Shape::get("PostWhole").with(&[DAY]).refusing(&[Code::NotFound, Code::ImpossibleDate]);
/// What somebody answers for.
pub const DUTIES: Shape = Shape::get("Duties").with(&[DAY]).refusing(&[Code::NotFound, Code::ImpossibleDate]);
/// Contacts.
pub const CONTACTS: Shape = Shape::get("Contacts")
    .with(&[
        may("q", "Only those of whose name, organisation or post each word is a part.", Kind::Text),
        DAY,
        may("after", "Where the page begins: the `next` of the page before.", Kind::Identifier),
        ROWS,
    ])
    .refusing(&[Code::NotOffered, Code::ImpossibleDate]);
/// A contact.
pub const CONTACT: Shape = Shape::get("Contact").refusing(&[Code::NotFound]);
/// Distribution lists.
pub const LISTS: Shape = Shape::get("DistributionLists").with(&[DAY]).refusing(&[Code::ImpossibleDate]);
/// A distribution list.
pub const LIST: Shape =
    Shape::get("DistributionListWhole").with(&[DAY]).refusing(&[Code::NotFound, Code::ImpossibleDate]);
/// An act.
pub const ORGANISE: Shape = Shape::post("OrganisationAct", "OrganisationActDone").refusing(&[
    Code::Forbidden,
    Code::Required,
    Code::TooLong,
    Code::NotOffered,
    Code::NothingChanged,
    Code::CodeForm,
    Code::CodeTaken,
    Code::RegistryUnknown,
    Code::PersonUnknown,
    Code::PersonLeft,
    Code::EndsBeforeBegins,
    Code::AlreadyPast,
    Code::AlreadyEnded,
    Code::UnitLoop,
    Code::UnitEnded,
    Code::BeforeUnit,
    Code::UnitNotEmpty,
    Code::HeadTaken,
    Code::PostHeld,
    Code::PostTaken,
    Code::BeforePost,
    Code::PostEnded,
    Code::StandInOwn,
    Code::StandInLoop,
    Code::StandInTooLong,
    Code::StandInTaken,
    Code::LeaveOverlaps,
    Code::LeaveNotShorter,
    Code::NamedTwice,
    Code::MailForm,
    Code::TelephoneForm,
]);
