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
