//! People: nobody is cleared by one person alone, nobody by himself, and what is taken away is gone at once.

use office::signin::SessionKind;
use registry::{
    Answer, Code, Command,
    authorisation::{Grant, Role},
};

use crate::{
    engines::{House, on_each_engine},
    registering::paper,
};

fn code(result: Result<Answer, office::Failure>) -> Code {
    result.unwrap_err().refusal().unwrap().code
}

async fn role(
    house: &House,
    by: registry::PersonId,
    person: registry::PersonId,
) -> Result<Answer, office::Failure> {
    house
        .does(by, Command::Propose { person, grant: Grant::Role { role: Role::Inspector, registry: None } })
        .await
}

#[tokio::test]
async fn one_proposes_another_confirms_and_nobody_for_himself() {
    on_each_engine(|house| async move {
        let [first, second] = house.officers;
        let person = house.adds("person", "BEL").await;
        assert_eq!(code(role(&house, first, first).await), Code::OwnClearance);
        assert_eq!(code(role(&house, person, first).await), Code::Forbidden);
        let Answer::Proposed { authorisation, proposal } = role(&house, first, person).await.unwrap() else {
            panic!()
        };
        let confirm = |proposal| Command::Confirm { authorisation, proposal };
        assert_eq!(code(house.does(first, confirm(proposal)).await), Code::SamePerson);
        assert_eq!(code(house.does(person, confirm(proposal)).await), Code::Forbidden);
        let other = registry::id::Digest([0; 32]);
        assert_eq!(code(house.does(second, confirm(other)).await), Code::ProposalChanged);
        house.does(second, confirm(proposal)).await.unwrap();
        assert_eq!(code(house.does(second, confirm(proposal)).await), Code::NoProposal);

        // About an officer: not by himself, whoever proposed it.
        let Answer::Proposed { authorisation, proposal } = role(&house, first, second).await.unwrap() else {
            panic!()
        };
        let own = Command::Confirm { authorisation, proposal };
        assert_eq!(code(house.does(second, own).await), Code::OwnClearance);
    })
    .await;
}

#[tokio::test]
async fn a_clearance_that_is_revoked_is_gone_on_the_next_request() {
    on_each_engine(|house| async move {
        let clerk = house.adds("clerk", "BEL").await;
        house.makes_clerk(clerk).await;
        let reader = house.adds("reader", "NOR").await;
        let held = house.clears(reader, "SECRET").await;
        let document = Box::new(paper(&house, "SECRET", "Winter stocks").await);
        house.does(clerk, Command::Register { registry: house.registry, document }).await.unwrap();
        let total = async || house.office.read_as(reader).await.unwrap().total(house.registry).await.unwrap();
        assert_eq!(total().await, 1);
        let command = Command::Revoke { authorisation: held, reason: "left the post".into() };
        house.does(house.officers[1], command).await.unwrap();
        assert_eq!(total().await, 0);
        // And a certificate ends with its last day.
        house.clears(reader, "SECRET").await;
        assert_eq!(total().await, 1);
        house
            .clock
            .set(registry::Timestamp::from("2030-01-01T12:00:00Z".parse::<jiff::Timestamp>().unwrap()));
        assert_eq!(total().await, 0);
    })
    .await;
}

#[tokio::test]
async fn two_persons_act_with_a_password_that_was_proven_a_short_while_ago() {
    on_each_engine(|house| async move {
        let [first, second] = house.officers;
        let person = house.adds("person", "BEL").await;
        let Answer::Proposed { authorisation, proposal } = role(&house, first, person).await.unwrap() else {
            panic!()
        };
        let office = &house.office;
        let phrase = "correct horse battery";
        let given = office.give_code(second).await.unwrap();
        office.set_password("officer2", &given, phrase).await.unwrap();
        let (_, secret) = office.sign_in("officer2", phrase, SessionKind::Token, "").await.unwrap();
        let session = async || office.session(&secret).await.unwrap().unwrap();
        let confirm = async || {
            let command = Command::Confirm { authorisation, proposal };
            office.command(office::Sender::of(&session().await), office.new_command(), command).await
        };
        let minutes = |n: i64| house.clock.set(crate::engines::MORNING.plus_seconds(n * 60));
        minutes(16);
        assert_eq!(code(confirm().await), Code::SignInNotFresh);
        let refused = |e: office::Failure| e.refusal().unwrap().code;
        assert_eq!(
            refused(office.give_code_as(&session().await, person).await.unwrap_err()),
            Code::SignInNotFresh
        );
        let wrong = office.prove(&session().await, "something else").await.unwrap_err();
        assert_eq!(refused(wrong), Code::PasswordWrong);
        assert_eq!(code(confirm().await), Code::SignInNotFresh);
        // A session of a folder that was founded before sessions had terms has proven nothing.
        office.edit_by_hand("DELETE FROM session_terms").await;
        assert_eq!(session().await.proven, None);
        assert_eq!(code(confirm().await), Code::SignInNotFresh);
        office.prove(&session().await, phrase).await.unwrap();
        // A clock that was set back does not make it fresh for longer.
        minutes(0);
        assert_eq!(code(confirm().await), Code::SignInNotFresh);
        minutes(17);
        confirm().await.unwrap();
        office.give_code_as(&session().await, person).await.unwrap();
        let revoke = Command::Revoke { authorisation, reason: "left the post".into() };
        house.does(first, revoke).await.unwrap();
        let held = office.read_as(second).await.unwrap().authorisation(authorisation).await.unwrap();
        let end = held.revoked.unwrap();
        assert_eq!((end.by, end.at, end.reason.as_str()), (first, office.now(), "left the post"));
    })
    .await;
}

#[tokio::test]
async fn a_folder_of_another_form_is_refused_and_not_touched() {
    let dir = tempfile::tempdir().unwrap();
    let folder = office::folder::Folder::at(dir.path().join("data"));
    let entropy = office::clock::seeded_entropy(7);
    let founding = office::folder::Founding::shipped("test-house");
    let now = crate::engines::MORNING;
    office::folder::found(&folder, &founding, None, None, now, &entropy).await.unwrap();
    let format = folder.root().join("format");
    let ours = std::fs::read_to_string(&format).unwrap();
    for other in ["chancery-folder 1\n", "chancery-folder 99\n", "something else\n"] {
        std::fs::write(&format, other).unwrap();
        let refused = office::Office::open(office::Opening::of(folder.clone())).await.unwrap_err();
        assert!(matches!(refused, store::StoreError::Format { .. }), "{refused}");
    }
    std::fs::write(&format, ours).unwrap();
    office::Office::open(office::Opening::of(folder)).await.unwrap().close().await;
}

#[tokio::test]
async fn signing_in_takes_a_code_once_a_password_and_locks_after_five_failures() {
    on_each_engine(|house| async move {
        let person = house.adds("person", "BEL").await;
        let code = house.office.give_code(person).await.unwrap();
        let office = &house.office;
        let phrase = "correct horse battery";
        let refused = |e: office::Failure| e.refusal().unwrap().code;
        assert_eq!(
            refused(office.set_password("person", &code, "short").await.unwrap_err()),
            Code::PasswordTooShort
        );
        office.set_password("person", &code, phrase).await.unwrap();
        assert_eq!(
            refused(office.set_password("person", &code, phrase).await.unwrap_err()),
            Code::CodeExpired
        );

        let (_, token) = office.sign_in("Person", phrase, SessionKind::Browser, "").await.unwrap();
        assert_eq!(office.session(&token).await.unwrap().unwrap().person, person);
        assert_eq!(office.session("00").await.unwrap(), None);
        let (_, other) = office.sign_in("person", phrase, SessionKind::Token, "script").await.unwrap();
        office.sign_out_everywhere(person).await.unwrap();
        assert_eq!(office.session(&token).await.unwrap(), None);
        assert_eq!(office.session(&other).await.unwrap(), None);

        for _ in 0..5 {
            let wrong = office.sign_in("person", "wrong", SessionKind::Browser, "").await.unwrap_err();
            assert_eq!(refused(wrong), Code::SignInFailed);
        }
        let locked = office.sign_in("person", phrase, SessionKind::Browser, "").await.unwrap_err();
        assert_eq!(refused(locked), Code::LockedOut);
        house.clock.set(crate::engines::MORNING.plus_seconds(16 * 60));
        let (_, token) = office.sign_in("person", phrase, SessionKind::Browser, "").await.unwrap();
        // Idle for a quarter of an hour: the session has ended.
        house.clock.set(crate::engines::MORNING.plus_seconds(32 * 60));
        assert_eq!(office.session(&token).await.unwrap(), None);
    })
    .await;
}
