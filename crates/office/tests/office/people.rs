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

fn on(house: &House, day: &str) {
    let noon = format!("{day}T12:00:00Z").parse::<jiff::Timestamp>().unwrap();
    house.clock.set(registry::Timestamp::from(noon));
}

/// A reader up to SECRET until the end of March, with a paper of that level: who, his clearance, the paper.
async fn reader_until_march(
    house: &House,
) -> (registry::PersonId, registry::AuthorisationId, registry::DocumentId) {
    let clerk = house.adds("clerk", "BEL").await;
    house.makes_clerk(clerk).await;
    let reader = house.adds("reader", "NOR").await;
    let policies = house.office.house().await.unwrap().policies.clone();
    let named = label::NamedClearance {
        policy: "NATO".into(),
        level: "SECRET".into(),
        categories: Default::default(),
    };
    let grant = Grant::Clearance {
        clearance: policies.resolve_clearance(&named).unwrap(),
        authority: "National authority".into(),
        number: Some("17".into()),
        from: "2020-01-01".parse().unwrap(),
        until: "2026-03-31".parse().unwrap(),
    };
    let clearance = house.gives(reader, grant).await;
    let day = "2026-01-15".parse().unwrap();
    let briefing =
        Grant::Briefing { policy: "NATO".into(), subject: "SECRET".into(), on: day, refresh: None };
    house.gives(reader, briefing).await;
    let document = Box::new(paper(house, "SECRET", "Winter stocks").await);
    let command = Command::Register { registry: house.registry, document };
    let Answer::Registered { document, .. } = house.does(clerk, command).await.unwrap() else { panic!() };
    (reader, clearance, document)
}

#[tokio::test]
async fn an_extension_gives_access_when_a_second_person_confirmed_it_and_is_gone_when_revoked() {
    on_each_engine(|house| async move {
        let (reader, clearance, document) = reader_until_march(&house).await;
        let reads = async || house.office.read_as(reader).await.unwrap().document(document).await.is_ok();
        assert!(reads().await);
        on(&house, "2026-04-01");
        assert!(!reads().await);
        let [first, second] = house.officers;
        let grant = Grant::Extension {
            of: clearance,
            until: "2026-06-30".parse().unwrap(),
            authority: "National authority".into(),
            reason: "being renewed".into(),
        };
        let proposed = house.does(first, Command::Propose { person: reader, grant }).await.unwrap();
        let Answer::Proposed { authorisation, proposal } = proposed else { panic!() };
        assert!(!reads().await, "one person alone extends nothing");
        let confirm = Command::Confirm { authorisation, proposal };
        assert_eq!(code(house.does(first, confirm.clone()).await), Code::SamePerson);
        house.does(second, confirm).await.unwrap();
        assert!(reads().await, "on the next request");
        // With a reason that can be read: until when the certificate counts.
        let why = house.office.read_as(reader).await.unwrap().why(document, None).await.unwrap();
        assert!(why.reads());
        let own = house.office.read_as(reader).await.unwrap();
        assert!(own.own_warnings().iter().any(|w| w.extended && w.days == 90), "{:?}", own.own_warnings());
        on(&house, "2026-07-01");
        assert!(!reads().await);
        on(&house, "2026-07-02");
        let (again, digest) = {
            let grant = Grant::Extension {
                of: clearance,
                until: "2026-12-31".parse().unwrap(),
                authority: "National authority".into(),
                reason: "still being renewed".into(),
            };
            let proposed = house.does(second, Command::Propose { person: reader, grant }).await.unwrap();
            let Answer::Proposed { authorisation, proposal } = proposed else { panic!() };
            (authorisation, proposal)
        };
        let confirm = Command::Confirm { authorisation: again, proposal: digest };
        house.does(first, confirm).await.unwrap();
        assert!(reads().await);
        let revoke = Command::Revoke { authorisation: again, reason: "refused".into() };
        house.does(first, revoke).await.unwrap();
        assert!(!reads().await, "gone on the next request");
        // The rebuilt register and the ledger's own check say the same.
        let (_, differences) = house.office.compare_rebuilt().await.unwrap();
        assert_eq!(differences, Vec::<String>::new());
    })
    .await;
}

#[tokio::test]
async fn who_has_left_has_no_access_and_no_session_from_the_next_day_on() {
    on_each_engine(|house| async move {
        let (reader, _, document) = reader_until_march(&house).await;
        let office = &house.office;
        let phrase = "correct horse battery";
        let given = office.give_code(reader).await.unwrap();
        office.set_password("reader", &given, phrase).await.unwrap();
        let (_, secret) = office.sign_in("reader", phrase, SessionKind::Token, "").await.unwrap();
        let known = office.read_as(house.officers[0]).await.unwrap().person_file(reader).await.unwrap().0;
        let to = registry::person::Particulars { left: Some(known_day()), ..known.particulars() };
        let change = Command::ChangePerson { person: reader, to, reason: "end of tour".into() };
        house.does(house.officers[0], change).await.unwrap();
        on(&house, "2026-03-20");
        assert!(office.session(&secret).await.unwrap().is_some(), "his last day");
        assert!(office.read_as(reader).await.unwrap().document(document).await.is_ok());
        on(&house, "2026-03-21");
        assert!(office.session(&secret).await.unwrap().is_none());
        let signing = office.sign_in("reader", phrase, SessionKind::Token, "").await;
        assert_eq!(signing.unwrap_err().refusal().unwrap().code, Code::SignInFailed);
        assert!(office.read_as(reader).await.unwrap().document(document).await.is_err());
        // The session does not come back with the clock, and nobody warns of what he held.
        on(&house, "2026-03-20");
        assert!(office.session(&secret).await.unwrap().is_none());
        on(&house, "2026-03-21");
        let warned = office.read_as(house.officers[0]).await.unwrap().warnings().await.unwrap();
        assert!(warned.iter().all(|(_, person)| person.id != reader), "{warned:?}");
        let history = office.read_as(house.officers[0]).await.unwrap().person_changes(reader).await.unwrap();
        assert_eq!(history.len(), 1);
        // Whoever keeps no list is not told of him.
        let clerk = office.person_named("clerk").await.unwrap();
        assert!(office.read_as(clerk).await.unwrap().person_changes(reader).await.is_err());
        assert!(office.read_as(clerk).await.unwrap().warnings().await.is_err());
    })
    .await;
}

fn known_day() -> jiff::civil::Date {
    "2026-03-20".parse().unwrap()
}

#[tokio::test]
async fn another_nationality_changes_what_is_seen_once_a_second_person_confirmed_it() {
    on_each_engine(|house| async move {
        let (reader, _, document) = reader_until_march(&house).await;
        let reads = async || house.office.read_as(reader).await.unwrap().document(document).await.is_ok();
        let grant = Grant::Nationality { nationality: "CHE".into(), reason: "passport".into() };
        let proposed =
            house.does(house.officers[0], Command::Propose { person: reader, grant }).await.unwrap();
        let Answer::Proposed { authorisation, proposal } = proposed else { panic!() };
        assert!(reads().await);
        house.does(house.officers[1], Command::Confirm { authorisation, proposal }).await.unwrap();
        assert!(!reads().await);
        let ends = Command::Revoke { authorisation, reason: "wrong".into() };
        assert_eq!(code(house.does(house.officers[0], ends).await), Code::NationalityStands);
        let (_, differences) = house.office.compare_rebuilt().await.unwrap();
        assert_eq!(differences, Vec::<String>::new());
    })
    .await;
}
