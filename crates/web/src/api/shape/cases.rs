//! Cases: procedures, lists, one case, one's own tasks, the acts.

use registry::Code;

use super::*;

/// The procedures of which one may open a case.
pub const PROCEDURES: Shape = Shape::get("Procedures");
/// A procedure.
pub const PROCEDURE: Shape = Shape::get("Procedure").refusing(&[Code::NotFound]);
/// Cases.
pub const CASES: Shape = Shape::get("Cases")
    .with(&[
        may("procedure", "Only those of this procedure.", Kind::Text),
        may("stage", "Only those in this stage.", Kind::Text),
        may(
            "runs",
            "Only those that run, that have ended, or that are late.",
            Kind::OneOf(&["yes", "no", "late"]),
        ),
        may("q", "Only those of whose number or name this is a part.", Kind::Text),
        may(
            "order",
            "In which order; the first due first when nothing is said.",
            Kind::OneOf(&["due", "number", "name", "stage"]),
        ),
        may("after", "Where the page begins: the `next` of the page before.", Kind::Place),
        ROWS,
    ])
    .refusing(&[Code::NotOffered]);
/// Figures of cases.
pub const CASE_FIGURES: Shape = Shape::get("CaseFigures")
    .with(&[
        may(
            "from",
            "From this day on, YYYY-MM-DD; the first of this month when nothing is said.",
            Kind::Text,
        ),
        may("until", "Until this day, at most two years on; today when nothing is said.", Kind::Text),
        may("unit", "Only this unit and those below it, by code.", Kind::Text),
        may("procedure", "Only those of this procedure.", Kind::Text),
    ])
    .refusing(&[Code::NotOffered, Code::ImpossibleDate]);
/// A case.
pub const CASE: Shape = Shape::get("CaseWhole").refusing(&[Code::NotFound]);
/// The table of comments of a case.
pub const CASE_COMMENTS: Shape = Shape::get("CaseComments")
    .with(&[
        may(
            "severity",
            "Only those of this severity.",
            Kind::OneOf(&["critical", "substantive", "administrative"]),
        ),
        may("office", "Only those of this office: the code of a post, or as `is` says it.", Kind::Text),
        may(
            "state",
            "Only those that stand so.",
            Kind::OneOf(&["open", "settled", "accepted", "partly", "rejected", "noted"]),
        ),
        may("after", "Where the page begins: the `next` of the page before.", Kind::Place),
        ROWS,
    ])
    .refusing(&[Code::NotFound, Code::NotOffered]);
/// One's own tasks.
pub const TASKS: Shape = Shape::get("OwnTasks").with(&[ROWS]).refusing(&[Code::NotOffered]);
/// An act.
pub const CASE_ACT: Shape = Shape::post("CaseAct", "CaseActDone").refusing(&[
    Code::NotFound,
    Code::Forbidden,
    Code::Required,
    Code::TooLong,
    Code::TooManyChosen,
    Code::NotOffered,
    Code::NothingChanged,
    Code::UnknownPolicy,
    Code::InvalidLabel,
    Code::LabelAboveOwn,
    Code::ValueForm,
    Code::ValueTwice,
    Code::ValueTooSmall,
    Code::ValueTooLarge,
    Code::ValueBefore,
    Code::ValuePast,
    Code::CalendarMissing,
    Code::DueUnreckonable,
    Code::NobodyThere,
    Code::NotYours,
    Code::CaseEnded,
    Code::CaseRuns,
    Code::CaseMovedOn,
    Code::StepClosed,
    Code::RepliesOutstanding,
    Code::BranchNotOpened,
    Code::EvidenceMissing,
    Code::AfterParent,
    Code::ExtensionLate,
    Code::ExtensionOpen,
    Code::ExtensionNotLater,
    Code::NothingAsked,
    Code::TaskOver,
    Code::TaskStands,
    Code::CommentsMissing,
    Code::CommentsOpen,
    Code::CommentsMany,
    Code::DoerNotAdmitted,
]);
