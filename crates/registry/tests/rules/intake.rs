//! What came and is not registered: who may say so, for how many things at once, and what is written down.

use registry::{
    Caller, Code, Command, Fact, ObjectId, Refusal,
    authorisation::Role,
    command::{Needs, decide},
    id::Digest,
    intake::{AT_ONCE, Came, DismissalReason},
};

use crate::support::*;

fn came(n: usize) -> Vec<Came> {
    let one = |n: usize| Came {
        item: ObjectId::new((n as u128).to_be_bytes()),
        digest: Some(Digest::of(&n.to_be_bytes())),
    };
    (0..n).map(one).collect()
}

fn dismisses(
    caller: &Caller,
    n: usize,
    reason: DismissalReason,
    words: Option<&str>,
) -> Result<Vec<Fact>, Refusal> {
    let house = house();
    let words = words.map(str::to_owned);
    let command = Command::Dismiss { registry: HQ, items: came(n), reason, words };
    deciding(&house, HQ, |context| decide(&command, &Needs::Nothing, caller, context)).map(|(facts, _)| facts)
}

#[test]
fn one_who_registers_says_why_and_the_words_are_one_line() {
    let clerk = caller(1, &[role(Role::Clerk, Some(HQ))]);
    let facts = dismisses(&clerk, 2, DismissalReason::Other, Some(" sent\nto\u{0} Plans ")).unwrap();
    assert_eq!(facts.len(), 2);
    let Fact::IntakeDismissed { digest, reason, words, .. } = &facts[1] else { panic!("{facts:?}") };
    assert_eq!(*digest, came(2)[1].digest);
    assert_eq!((*reason, words.as_deref()), (DismissalReason::Other, Some("sent to Plans")));
    assert!(dismisses(&clerk, AT_ONCE, DismissalReason::Spam, None).is_ok());
}

#[test]
fn what_is_missing_too_much_or_not_his_is_refused() {
    let clerk = caller(1, &[role(Role::Clerk, Some(HQ))]);
    let refused = |caller: &Caller, n, reason, words| {
        let refusal = dismisses(caller, n, reason, words).unwrap_err();
        (refusal.code, refusal.field)
    };
    assert_eq!(refused(&clerk, 0, DismissalReason::Spam, None), (Code::Required, Some("items")));
    assert_eq!(refused(&clerk, AT_ONCE + 1, DismissalReason::Spam, None), (Code::TooLong, Some("items")));
    assert_eq!(refused(&clerk, 1, DismissalReason::Other, Some(" ")), (Code::Required, Some("words")));
    let long = "x".repeat(401);
    assert_eq!(refused(&clerk, 1, DismissalReason::Spam, Some(&long)), (Code::TooLong, Some("words")));
    for other in [
        caller(1, &[]),
        caller(1, &[role(Role::Assistant, Some(HQ))]),
        caller(1, &[role(Role::Clerk, Some(LOW))]),
        officer(1),
    ] {
        assert_eq!(refused(&other, 1, DismissalReason::Spam, None), (Code::Forbidden, None));
    }
}
