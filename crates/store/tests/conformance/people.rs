//! People in the register tables: what a hand may write into the house's ledger and what is not applied.

use jiff::civil::date;
use registry::{
    AuthorisationId, Fact, HOUSE, PersonId,
    authorisation::Grant,
    fact::FoundingAuthorisation,
    person::{Change, Particulars},
};
use store::{house, transaction::Write};

use crate::{
    engines::{Place, on_each_engine},
    facts::{FIRST, LEAVER, Pen, READER, SECOND, extension, given, leaves, sixteen, small_world, someone},
};

/// Writes one entry into a world and says whether it was applied; nothing of it stays.
async fn applied(place: &Place, actor: PersonId, facts: &[Fact]) -> bool {
    let mut write = Write::begin(&place.database).await.unwrap();
    let mut pen = Pen::default();
    // Commands of another pen than the one that made the world.
    for _ in 0..500 {
        pen.stamp(HOUSE, actor);
    }
    for (n, fact) in facts.iter().enumerate() {
        let done = pen.appends_as(&mut write, HOUSE, actor, fact.clone()).await;
        let applied = match done {
            Ok(_) => write.conn().await.is_ok(),
            Err(_) => false,
        };
        if !applied {
            assert_eq!(n + 1, facts.len(), "what leads there must be applied");
            return false;
        }
    }
    true
}

#[tokio::test]
async fn what_was_changed_of_a_person_is_in_his_row_and_what_was_in_his_history() {
    on_each_engine(|place| async move {
        small_world(&place).await;
        let mut conn = place.reads().await;
        let now = house::person(&mut conn, READER).await.unwrap().unwrap();
        assert_eq!((now.nationality.as_str(), now.title.as_str()), ("NOR", "Leaver"));
        assert_eq!(now.left, Some(date(2026, 9, 1)));
        let changes = house::changes(&mut conn, READER).await.unwrap();
        let told: Vec<(PersonId, &str)> = changes.iter().map(|c| (c.by, c.reason.as_str())).collect();
        assert_eq!(told, [(FIRST, "end of tour"), (SECOND, "passport")]);
        assert!(
            matches!(&changes[1].change, Change::Nationality { from, to } if from == "BEL" && to == "NOR")
        );
        assert!(matches!(&changes[0].change, Change::Particulars { from, .. } if from.left.is_none()));
        // The clearance counts until the end of its extension.
        let held = house::authorisations(&mut conn, READER).await.unwrap();
        let clearance = held.iter().find(|a| matches!(a.grant, Grant::Clearance { .. })).unwrap();
        assert_eq!(clearance.last_day(&held), Some(date(2026, 12, 31)));
        assert!(
            clearance.in_force(&held, date(2026, 12, 31)) && !clearance.in_force(&held, date(2027, 1, 1))
        );
        let standing = house::standing(&mut conn).await.unwrap();
        assert!(standing.iter().any(|a| a.id == clearance.id));
        assert!(!standing.iter().any(|a| a.id == AuthorisationId::new(sixteen(501))), "one that waits");
    })
    .await;
}

#[tokio::test]
async fn an_extension_is_applied_of_a_standing_clearance_of_the_same_person_only() {
    on_each_engine(|place| async move {
        small_world(&place).await;
        let extends = |of, about| given(600, about, extension(of)).0;
        assert!(applied(&place, FIRST, &[extends(503, READER)]).await);
        assert!(!applied(&place, FIRST, &[extends(503, LEAVER)]).await, "another's");
        assert!(!applied(&place, FIRST, &[extends(500, READER)]).await, "a role");
        assert!(!applied(&place, FIRST, &[extends(999, READER)]).await, "nothing");
        let ends = Fact::AuthorisationRevoked {
            authorisation: AuthorisationId::new(sixteen(503)),
            reason: "x".into(),
        };
        assert!(!applied(&place, FIRST, &[ends, extends(503, READER)]).await, "one that ended");
        // Confirmed by whoever proposed it, it is not.
        let (proposed, confirmed) = given(600, READER, extension(503));
        assert!(!applied(&place, FIRST, &[proposed, confirmed]).await);
        // Nor can the founding of a house bring one.
        for grant in [extension(1), Grant::Nationality { nationality: "NOR".into(), reason: "x".into() }] {
            let authorisations =
                vec![FoundingAuthorisation { id: AuthorisationId::new(sixteen(700)), person: FIRST, grant }];
            let founding = Fact::InstallationFounded {
                name: "again".into(),
                zone: "UTC".into(),
                officers: vec![],
                authorisations,
            };
            assert!(!applied(&place, FIRST, &[founding]).await);
        }
    })
    .await;
}

#[tokio::test]
async fn a_change_from_what_was_not_and_the_end_of_a_nationality_are_not_applied() {
    on_each_engine(|place| async move {
        small_world(&place).await;
        let leaver = registry::person::Person { left: Some(date(2026, 5, 1)), ..someone(LEAVER, "leaver") };
        assert!(applied(&place, FIRST, &[leaves(&leaver, date(2026, 4, 1))]).await);
        let other = someone(LEAVER, "somebody else");
        assert!(!applied(&place, FIRST, &[leaves(&other, date(2026, 4, 1))]).await);
        assert!(
            !applied(&place, FIRST, &[leaves(&someone(PersonId::new([99; 16]), "x"), date(2026, 4, 1))])
                .await
        );
        let same: Particulars = leaver.particulars();
        let nothing =
            Fact::PersonChanged { person: LEAVER, from: same.clone(), to: same, reason: "none".into() };
        assert!(!applied(&place, FIRST, &[nothing]).await);
        let ends = Fact::AuthorisationRevoked {
            authorisation: AuthorisationId::new(sixteen(505)),
            reason: "x".into(),
        };
        assert!(!applied(&place, FIRST, &[ends]).await);
    })
    .await;
}
