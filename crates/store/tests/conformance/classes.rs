//! Access classes: numbered through, kept in memory, never ahead of what was committed.

use registry::RegistryId;
use store::{StoreError, classes::Classes, transaction::Write, values};

use crate::{
    engines::on_each_engine,
    facts::{HQ, Pen, paper},
};

#[tokio::test]
async fn equal_rules_are_one_class_and_new_ones_are_seen_by_the_next_transaction() {
    on_each_engine(|place| async move {
        let classes = Classes::default();
        let mut before = place.reads().await;
        assert!(classes.of(&mut before, HQ).await.unwrap().is_empty());
        let mut pen = Pen::default();
        pen.registers(
            &place,
            HQ,
            [paper(0, "1", &[]), paper(1, "2", &[]), paper(2, "1", &[]), paper(3, "1", &[7])],
        )
        .await;
        // That transaction began before; its state has no class, and another's knows all three.
        assert!(classes.of(&mut before, HQ).await.unwrap().is_empty());
        let rules = classes.of(&mut place.reads().await, HQ).await.unwrap();
        assert_eq!(rules.len(), 3);
        assert_eq!(*rules[0], paper(9, "1", &[]).access_rule());
        assert_eq!(*rules[2], paper(9, "1", &[7]).access_rule());
        // What was read once is remembered, also for a transaction that does not see it itself.
        assert_eq!(classes.of(&mut before, HQ).await.unwrap().len(), 3);
        drop(before);
        pen.registers(&place, HQ, [paper(4, "3", &[])]).await;
        assert_eq!(classes.of(&mut place.reads().await, HQ).await.unwrap().len(), 4);
        assert!(classes.of(&mut place.reads().await, RegistryId::new([99; 16])).await.unwrap().is_empty());

        let mut conn = place.reads().await;
        let rows = conn
            .all("SELECT class_no FROM document WHERE registry_id = $1 ORDER BY sequence", values![HQ])
            .await
            .unwrap();
        assert_eq!(rows.iter().map(|r| r.int(0).unwrap()).collect::<Vec<_>>(), [0, 1, 0, 2, 3]);
    })
    .await;
}

#[tokio::test]
async fn a_class_of_a_transaction_that_was_given_up_is_made_anew() {
    on_each_engine(|place| async move {
        let mut pen = Pen::default();
        let mut write = Write::begin(&place.database).await.unwrap();
        pen.appends(&mut write, HQ, paper(0, "5", &[])).await.unwrap();
        drop(write);
        pen.registers(&place, HQ, [paper(1, "6", &[])]).await;
        let rules = Classes::default().of(&mut place.reads().await, HQ).await.unwrap();
        assert_eq!(rules.len(), 1);
        assert_eq!(*rules[0], paper(1, "6", &[]).access_rule());
    })
    .await;
}

#[tokio::test]
async fn a_gap_in_the_numbers_is_damage() {
    on_each_engine(|place| async move {
        Pen::default()
            .registers(&place, HQ, [paper(0, "1", &[]), paper(1, "2", &[]), paper(2, "3", &[])])
            .await;
        place.does("DELETE FROM access_class WHERE class_no = 1", vec![]).await;
        let read = Classes::default().of(&mut place.reads().await, HQ).await;
        assert!(matches!(read, Err(StoreError::Damaged(_))), "{read:?}");
        let bad = "{\"content\":null,\"subject\":null,\"entry\":null,\"more\":1}";
        place.does("UPDATE access_class SET class_no = 1, rule = $1 WHERE class_no = 2", values![bad]).await;
        let read = Classes::default().of(&mut place.reads().await, HQ).await;
        assert!(matches!(read, Err(StoreError::Damaged(_))), "{read:?}");
    })
    .await;
}
