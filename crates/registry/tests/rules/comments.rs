//! The table of comments of a case by examples and at random: who writes, until when, who settles, what a reply needs.

use proptest::prelude::*;
use registry::{
    CaseId, Code, CommentId, Fact, Refusal, TaskId,
    cases::{
        Act, Filled, Outcome, Remark, Severity,
        comment::{MOST, ROWS},
    },
};

use crate::cases::{Bureau, clerk, code, remark, reply};

type Did = Result<Vec<Fact>, Refusal>;

/// A bureau with a tasker in work, of which SUP (4) is asked for its comments.
fn asked() -> (Bureau, CaseId, TaskId) {
    let mut bureau = Bureau::new();
    let case = bureau.working();
    let task = bureau.branch(case);
    (bureau, case, task)
}

fn says(bureau: &mut Bureau, n: u8, case: CaseId, task: TaskId, rows: Vec<Remark>) -> Did {
    bureau.does(&clerk(n), &Act::Comment { case, task, rows })
}

fn settles(bureau: &mut Bureau, n: u8, case: CaseId, comments: &[CommentId], outcome: Outcome) -> Did {
    let reason = outcome.says_why().then(|| "Not by this year".to_owned());
    bureau.does(&clerk(n), &Act::Adjudicate { case, comments: comments.to_vec(), outcome, reason })
}

fn ids(bureau: &Bureau) -> Vec<CommentId> {
    bureau.comments.iter().filter(|comment| !comment.withdrawn).map(|comment| comment.id).collect()
}

#[test]
fn an_office_has_its_rows_in_hand_until_it_replies_and_then_they_are_settled() {
    let (mut bureau, case, task) = asked();
    let rows =
        vec![remark(Severity::Critical), remark(Severity::Administrative), remark(Severity::Substantive)];
    says(&mut bureau, 4, case, task, rows).unwrap();
    let all = ids(&bureau);
    assert_eq!(bureau.comments.iter().map(|comment| comment.number).collect::<Vec<_>>(), [1, 2, 3]);
    let change = Act::ChangeComment { case, comment: all[1], row: remark(Severity::Substantive) };
    bureau.does(&clerk(4), &change).unwrap();
    assert_eq!(code(bureau.does(&clerk(4), &change)), Code::NothingChanged);
    bureau.does(&clerk(4), &Act::WithdrawComments { case, comments: vec![all[2]] }).unwrap();
    assert_eq!(
        code(bureau.does(&clerk(4), &Act::WithdrawComments { case, comments: vec![all[2]] })),
        Code::NotFound
    );
    // Numbers are not given again.
    says(&mut bureau, 4, case, task, vec![remark(Severity::Administrative)]).unwrap();
    assert_eq!(bureau.comments.last().unwrap().number, 4);

    assert_eq!(code(settles(&mut bureau, 3, case, &all[..1], Outcome::Accepted)), Code::CommentsOpen);
    bureau.tasks(4, case, task, reply("non_concur", None)).unwrap();
    assert_eq!(code(bureau.does(&clerk(4), &change)), Code::TaskOver);
    assert_eq!(code(says(&mut bureau, 4, case, task, vec![remark(Severity::Critical)])), Code::TaskOver);

    // Whoever answers for the stage settles; whoever wrote it doesn't, nor does a third.
    assert_eq!(code(settles(&mut bureau, 4, case, &all[..1], Outcome::Accepted)), Code::NotYours);
    assert_eq!(code(settles(&mut bureau, 6, case, &all[..1], Outcome::Accepted)), Code::NotFound);
    let silent =
        Act::Adjudicate { case, comments: all[..1].to_vec(), outcome: Outcome::Rejected, reason: None };
    assert_eq!(code(bureau.does(&clerk(3), &silent)), Code::Required);
    settles(&mut bureau, 3, case, &all[..2], Outcome::Partly).unwrap();
    assert_eq!(code(settles(&mut bureau, 3, case, &all[..2], Outcome::Partly)), Code::NothingChanged);
    settles(&mut bureau, 3, case, &all[..1], Outcome::Accepted).unwrap();
    assert_eq!(
        bureau.comments.iter().map(|one| one.state()).collect::<Vec<_>>(),
        ["accepted", "partly", "withdrawn", "open"]
    );

    // The lead settles while another has the stage, and so does he; when all is over nobody does.
    bureau.shows(3, case);
    bureau.step(3, case, "submit", Filled::new()).unwrap();
    settles(&mut bureau, 3, case, &all[1..2], Outcome::Noted).unwrap();
    settles(&mut bureau, 5, case, &all[1..2], Outcome::Rejected).unwrap();
    let values: Filled = [("closing_note", "Good."), ("adjudication", "Taken over.")]
        .map(|(f, v)| (f.to_owned(), v.into()))
        .into();
    bureau.step(5, case, "approve", values).unwrap();
    assert_eq!(code(settles(&mut bureau, 5, case, &all[1..2], Outcome::Accepted)), Code::CaseEnded);
}

#[test]
fn a_non_concurrence_needs_a_critical_comment_and_a_critical_comment_a_proposal() {
    let (mut bureau, case, task) = asked();
    let missing = bureau.tasks(4, case, task, reply("non_concur", Some("Too little."))).unwrap_err();
    assert_eq!((missing.code, missing.field), (Code::CommentsMissing, Some("reply")));
    assert!(missing.arguments.contains(&("severity", "critical".to_owned())));
    says(&mut bureau, 4, case, task, vec![remark(Severity::Substantive)]).unwrap();
    assert_eq!(code(bureau.tasks(4, case, task, reply("non_concur", None))), Code::CommentsMissing);
    let bare = Remark { proposal: None, ..remark(Severity::Critical) };
    let refused = says(&mut bureau, 4, case, task, vec![remark(Severity::Critical), bare]).unwrap_err();
    assert_eq!((refused.code, refused.field), (Code::Required, Some("proposal")));
    assert!(refused.arguments.contains(&("row", "2".to_owned())));
    says(&mut bureau, 4, case, task, vec![remark(Severity::Critical)]).unwrap();
    // One that was taken back explains nothing.
    let critical = bureau.comments.last().unwrap().id;
    bureau.does(&clerk(4), &Act::WithdrawComments { case, comments: vec![critical] }).unwrap();
    assert_eq!(code(bureau.tasks(4, case, task, reply("non_concur", None))), Code::CommentsMissing);
    says(&mut bureau, 4, case, task, vec![remark(Severity::Critical)]).unwrap();
    bureau.tasks(4, case, task, reply("non_concur", None)).unwrap();
}

#[test]
fn what_must_be_said_in_words_may_be_said_in_the_table() {
    let (mut bureau, case, task) = asked();
    assert_eq!(code(bureau.tasks(4, case, task, reply("concur_with_comment", None))), Code::Required);
    says(&mut bureau, 4, case, task, vec![remark(Severity::Administrative)]).unwrap();
    bureau.tasks(4, case, task, reply("concur_with_comment", None)).unwrap();
}

#[test]
fn rows_are_some_and_not_too_many_and_each_says_something() {
    let (mut bureau, case, task) = asked();
    let main = bureau.case(case).main().unwrap().id;
    assert_eq!(code(says(&mut bureau, 3, case, main, vec![remark(Severity::Critical)])), Code::NotOffered);
    assert_eq!(code(says(&mut bureau, 3, case, task, vec![remark(Severity::Critical)])), Code::NotYours);
    assert_eq!(code(says(&mut bureau, 4, case, task, vec![])), Code::Required);
    let many = vec![remark(Severity::Administrative); ROWS + 1];
    assert_eq!(code(says(&mut bureau, 4, case, task, many)), Code::CommentsMany);
    let silent = Remark { comment: Some(" \n".into()), proposal: None, ..remark(Severity::Substantive) };
    assert_eq!(code(says(&mut bureau, 4, case, task, vec![silent])), Code::Required);
    let long = Remark { rationale: Some("a".repeat(4_001)), ..remark(Severity::Substantive) };
    assert_eq!(code(says(&mut bureau, 4, case, task, vec![long])), Code::TooLong);
    let place = Remark { page: Some("4".repeat(41)), ..remark(Severity::Substantive) };
    assert_eq!(code(says(&mut bureau, 4, case, task, vec![place])), Code::TooLong);
    let full = usize::try_from(MOST).unwrap() / ROWS;
    for _ in 0..full {
        says(&mut bureau, 4, case, task, vec![remark(Severity::Administrative); ROWS]).unwrap();
    }
    assert_eq!(code(says(&mut bureau, 4, case, task, vec![remark(Severity::Critical)])), Code::CommentsMany);
    let named: Vec<CommentId> = ids(&bureau).into_iter().take(ROWS + 1).collect();
    assert_eq!(
        code(bureau.does(&clerk(4), &Act::WithdrawComments { case, comments: named })),
        Code::CommentsMany
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Whatever is tried by whomever: a row that is settled was never changed after its office replied, nobody settled his own,
    /// numbers are one of a kind, and what is critical has a proposal.
    #[test]
    fn no_row_is_settled_by_its_writer_or_changed_after_the_reply(
        tries in prop::collection::vec((0_u8..6, 1_u8..7, 0_usize..6, 0_u8..3), 1..40)
    ) {
        let (mut bureau, case, task) = asked();
        let mut settled: Vec<(CommentId, Remark)> = Vec::new();
        for (what, who, which, weight) in tries {
            let severity = Severity::ALL[usize::from(weight)];
            let comment = bureau.comments.get(which).map_or(CommentId::new([9; 16]), |comment| comment.id);
            let proposal = Some(format!("{which} days")).filter(|_| which > 0);
            let row = Remark { proposal, ..remark(severity) };
            let act = match what {
                0 | 1 => Act::Comment { case, task, rows: vec![row] },
                2 => Act::ChangeComment { case, comment, row },
                3 => Act::WithdrawComments { case, comments: vec![comment] },
                4 => {
                    let outcome = Outcome::ALL[usize::from(weight)];
                    Act::Adjudicate { case, comments: vec![comment], outcome, reason: Some("So.".into()) }
                }
                _ => Act::Task { case, task, does: reply("concur_with_comment", None) },
            };
            if bureau.does(&clerk(who), &act).is_ok() && what == 4 {
                let row = bureau.comments.iter().find(|one| one.id == comment).unwrap();
                prop_assert!(row.by != clerk(who).person && !bureau.case(case).task(task).unwrap().state.is_open());
                settled.push((comment, row.row.clone()));
            }
        }
        let numbers: Vec<u64> = bureau.comments.iter().map(|comment| comment.number).collect();
        prop_assert_eq!(&numbers, &(1..).take(numbers.len()).collect::<Vec<u64>>());
        prop_assert!(bureau.comments.iter().all(|one| one.row.severity != Severity::Critical || one.row.proposal.is_some()));
        for (id, row) in settled {
            let now = bureau.comments.iter().find(|one| one.id == id).unwrap();
            prop_assert!(now.row == row && !now.withdrawn);
        }
    }
}
