//! Heads of ledgers: held by one writer at a time, the house before a registry, on both engines and from several
//! processes.

use std::time::Duration;

use ledger::{Frontier, leaf_hash};
use registry::{Fact, HOUSE, RegistryId};
use store::{
    sql::{Database, Hold},
    transaction::Write,
    values,
};

use crate::{
    engines::{Place, on_each_engine},
    facts::{FIRST, HQ, Pen, group},
};

const SOON: Duration = Duration::from_secs(60);

async fn one_entry(database: &Database, registry: RegistryId, n: u64) {
    let mut write = Write::begin(database).await.unwrap();
    if registry != HOUSE {
        write.lock_head(HOUSE, Hold::Shared).await.unwrap();
    }
    write.lock_head(registry, Hold::Exclusive).await.unwrap();
    // Long enough that the others are there too.
    tokio::time::sleep(Duration::from_millis(2)).await;
    Pen::default().appends(&mut write, registry, group(n)).await.unwrap();
    write.commit().await.unwrap();
}

/// The entries are numbered through, and the head is that of their leaves.
async fn is_whole(place: &Place, registry: RegistryId, size: u64) {
    let mut conn = place.reads().await;
    let rows = conn
        .all(
            "SELECT sequence, header, leaf FROM ledger_entry WHERE registry_id = $1 ORDER BY sequence",
            values![registry],
        )
        .await
        .unwrap();
    assert_eq!(rows.len() as u64, size);
    let mut frontier = Frontier::new();
    for (n, row) in (0..).zip(&rows) {
        assert_eq!(row.number(0).unwrap(), n);
        let leaf = leaf_hash(&row.bytes(1).unwrap());
        assert_eq!(leaf, row.array::<32>(2).unwrap());
        frontier.append(leaf);
    }
    let sql = "SELECT size, frontier FROM ledger_head WHERE registry_id = $1";
    let head = conn.one(sql, values![registry]).await.unwrap().unwrap();
    assert_eq!((head.number(0).unwrap(), head.bytes(1).unwrap()), (size, frontier.to_bytes()));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn writers_of_one_ledger_come_one_after_the_other_even_for_its_first_entry() {
    on_each_engine(|place| async move {
        // Three processes, eight commands each, none after another.
        let mut tasks = Vec::new();
        for process in 0..3 {
            let database = place.again().await;
            for n in 0..8 {
                let database = database.clone();
                tasks.push(tokio::spawn(async move { one_entry(&database, HOUSE, process * 100 + n).await }));
            }
        }
        for task in tasks {
            tokio::time::timeout(SOON, task).await.expect("no writer waits for ever").unwrap();
        }
        is_whole(&place, HOUSE, 24).await;
        assert_eq!(place.count("need_group").await, 24);
    })
    .await;
}

#[tokio::test]
async fn whoever_begins_a_ledger_second_waits_for_the_first() {
    on_each_engine(|place| async move {
        let mut first = Write::begin(&place.database).await.unwrap();
        first.lock_head(HQ, Hold::Exclusive).await.unwrap();
        let other = place.again().await;
        let second = tokio::spawn(async move {
            let mut write = Write::begin(&other).await.unwrap();
            let size = write.lock_head(HQ, Hold::Exclusive).await.unwrap().frontier.size();
            Pen::default().appends(&mut write, HQ, group(2)).await.unwrap();
            write.commit().await.unwrap();
            size
        });
        tokio::time::sleep(Duration::from_millis(300)).await;
        assert!(!second.is_finished());
        Pen::default().appends(&mut first, HQ, group(1)).await.unwrap();
        first.commit().await.unwrap();
        assert_eq!(tokio::time::timeout(SOON, second).await.unwrap().unwrap(), 1);
        is_whole(&place, HQ, 2).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_house_shared_and_a_registry_alone_never_wait_for_each_other() {
    on_each_engine(|place| async move {
        one_entry(&place.database, HOUSE, 0).await;
        let registries: Vec<RegistryId> = (1..5).map(|n| RegistryId::new([n; 16])).collect();
        let mut tasks = Vec::new();
        for n in 1..=60_u64 {
            let database = place.database.clone();
            let ledger = if n % 5 == 0 { HOUSE } else { registries[n as usize % 4] };
            tasks.push(tokio::spawn(async move { one_entry(&database, ledger, n).await }));
        }
        for task in tasks {
            // A deadlock would be an error of the one that the engine chose.
            tokio::time::timeout(SOON, task).await.expect("no deadlock").unwrap();
        }
        is_whole(&place, HOUSE, 13).await;
        for registry in registries {
            is_whole(&place, registry, 12).await;
        }
    })
    .await;
}

#[tokio::test]
async fn a_registry_decides_upon_a_house_that_stands_still() {
    on_each_engine(|place| async move {
        one_entry(&place.database, HOUSE, 0).await;
        let mut registry = Write::begin(&place.database).await.unwrap();
        assert_eq!(registry.lock_head(HOUSE, Hold::Shared).await.unwrap().frontier.size(), 1);
        let other = place.again().await;
        let change = tokio::spawn(async move { one_entry(&other, HOUSE, 1).await });
        tokio::time::sleep(Duration::from_millis(150)).await;
        assert!(!change.is_finished());
        let row = registry.conn().await.unwrap();
        let row =
            row.one("SELECT size FROM ledger_head WHERE registry_id = $1", values![HOUSE]).await.unwrap();
        assert_eq!(row.unwrap().number(0).unwrap(), 1);
        Pen::default().appends(&mut registry, HQ, group(5)).await.unwrap();
        registry.commit().await.unwrap();
        tokio::time::timeout(SOON, change).await.unwrap().unwrap();
        is_whole(&place, HOUSE, 2).await;
    })
    .await;
}

#[tokio::test]
async fn nothing_is_appended_to_a_head_that_is_not_held_alone() {
    on_each_engine(|place| async move {
        one_entry(&place.database, HOUSE, 0).await;
        let entry = |n| registry::Entry { house: 0, operator: false, fact: group(n) };
        let mut pen = Pen::default();
        let stamp = pen.stamp(HOUSE, FIRST);
        let mut write = Write::begin(&place.database).await.unwrap();
        write.append(&stamp, [0; 32], &entry(9)).await.unwrap_err();
        write.lock_head(HOUSE, Hold::Shared).await.unwrap();
        write.append(&stamp, [0; 32], &entry(9)).await.unwrap_err();
        // Held shared first and then alone, it is held alone.
        write.lock_head(HOUSE, Hold::Exclusive).await.unwrap();
        assert_eq!(write.append(&stamp, [0; 32], &entry(9)).await.unwrap(), 1);
        write.lock_head(HOUSE, Hold::Shared).await.unwrap();
        assert_eq!(write.append(&stamp, [0; 32], &entry(10)).await.unwrap(), 2);
        write.commit().await.unwrap();
        is_whole(&place, HOUSE, 3).await;
    })
    .await;
}

#[tokio::test]
async fn a_ledger_that_was_held_and_not_written_is_not_there() {
    on_each_engine(|place| async move {
        let mut write = Write::begin(&place.database).await.unwrap();
        write.lock_head(HQ, Hold::Exclusive).await.unwrap();
        write.commit().await.unwrap();
        let mut conn = place.reads().await;
        assert!(store::proof::ledgers(&mut conn).await.unwrap().is_empty());
        assert_eq!(store::house::size(&mut conn, HQ).await.unwrap(), 0);
        drop(conn);
        one_entry(&place.database, HQ, 1).await;
        is_whole(&place, HQ, 1).await;
    })
    .await;
}

#[tokio::test]
async fn time_in_a_ledger_never_goes_back() {
    on_each_engine(|place| async move {
        let mut pen = Pen::default();
        let mut write = Write::begin(&place.database).await.unwrap();
        write.lock_head(HOUSE, Hold::Exclusive).await.unwrap();
        for (n, time) in [(1, 1_000_i64), (2, 5_000), (3, 2_000), (4, i64::MIN), (5, 6_000)] {
            let mut stamp = pen.stamp(HOUSE, FIRST);
            stamp.time = registry::Timestamp::from_micros(time);
            let entry = registry::Entry { house: 0, operator: false, fact: group(n) };
            write.append(&stamp, [0; 32], &entry).await.unwrap();
        }
        write.commit().await.unwrap();
        let rows = place
            .reads()
            .await
            .all("SELECT header FROM ledger_entry ORDER BY sequence", vec![])
            .await
            .unwrap();
        let times: Vec<i64> =
            rows.iter().map(|r| ledger::Header::from_bytes(&r.bytes(0).unwrap()).unwrap().time).collect();
        assert_eq!(times, [1_000, 5_000, 5_000, 5_000, 6_000]);
    })
    .await;
}

#[tokio::test]
async fn a_head_that_was_tampered_with_is_damage() {
    on_each_engine(|place| async move {
        one_entry(&place.database, HOUSE, 0).await;
        for sql in ["UPDATE ledger_head SET size = 7", "UPDATE ledger_head SET frontier = $1"] {
            let values = if sql.contains('$') { values![[1_u8, 2, 3]] } else { vec![] };
            place.does(sql, values).await;
            let mut write = Write::begin(&place.database).await.unwrap();
            let held = write.lock_head(HOUSE, Hold::Exclusive).await;
            assert!(matches!(held, Err(store::StoreError::Damaged(_))), "{sql}");
        }
    })
    .await;
}

/// What apply itself refuses, whoever wrote the ledger: the last line before a table.
#[tokio::test]
async fn what_takes_two_persons_is_not_applied_for_one() {
    use crate::facts::{READER, SECOND, proposal, small_world};
    use registry::{AuthorisationId, authorisation::Role};
    on_each_engine(|place| async move {
        small_world(&place).await;
        let refused = async |actor, fact: Fact| {
            let mut write = Write::begin(&place.database).await.unwrap();
            let done = Pen::default().appends_as(&mut write, HOUSE, actor, fact).await;
            // A row that was gathered is refused by its table at the latest.
            assert!(done.is_err() || write.flush().await.is_err());
        };
        let waiting = |n| proposal(n, READER);
        let mut pen = Pen::default();
        let mut write = Write::begin(&place.database).await.unwrap();
        pen.appends(&mut write, HOUSE, waiting(600).0).await.unwrap();
        pen.appends(&mut write, HOUSE, waiting(601).0).await.unwrap();
        pen.appends(
            &mut write,
            HOUSE,
            Fact::AuthorisationRevoked {
                authorisation: AuthorisationId::new(crate::facts::sixteen(601)),
                reason: "taken back".into(),
            },
        )
        .await
        .unwrap();
        write.commit().await.unwrap();

        refused(FIRST, waiting(600).1).await;
        refused(READER, waiting(600).1).await;
        refused(SECOND, waiting(601).1).await;
        refused(SECOND, waiting(602).1).await;
        refused(SECOND, waiting(600).0).await;
        refused(READER, waiting(603).0).await;
        let assigned = |role, person| Fact::RoleAssigned {
            authorisation: AuthorisationId::new([77; 16]),
            person,
            role,
            registry: HQ,
        };
        refused(FIRST, assigned(Role::Clerk, FIRST)).await;
        for role in Role::ALL.into_iter().filter(|r| !r.is_given_by_one()) {
            refused(FIRST, assigned(role, READER)).await;
        }
        // Nor in the name of a second person by the holder of the key.
        let mut write = Write::begin(&place.database).await.unwrap();
        write.lock_head(HOUSE, Hold::Exclusive).await.unwrap();
        let entry = registry::Entry { house: 1, operator: true, fact: waiting(600).1 };
        write.append(&pen.stamp(HOUSE, SECOND), [0; 32], &entry).await.unwrap_err();
        drop(write);
        // The right one does it.
        let mut write = Write::begin(&place.database).await.unwrap();
        pen.appends_as(&mut write, HOUSE, SECOND, waiting(600).1).await.unwrap();
        write.commit().await.unwrap();
    })
    .await;
}

/// Numbers that no registry reaches, from a ledger that somebody else wrote.
#[tokio::test]
async fn a_number_over_what_a_table_holds_is_damage_and_no_panic() {
    on_each_engine(|place| async move {
        for number in [u64::MAX, i64::MAX as u64, i64::MAX as u64 + 1] {
            let paper = registry::fact::DocumentFact { number, ..crate::facts::paper(1, "1", &[]) };
            let mut write = Write::begin(&place.database).await.unwrap();
            let done = Pen::default().appends(&mut write, HQ, paper).await;
            assert!(done.is_err(), "{number}");
        }
    })
    .await;
}
