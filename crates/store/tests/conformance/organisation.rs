//! The organisation in the tables is what its entries make of it, and nothing is changed that is not there.

use registry::{
    Entry, Fact, HOUSE,
    id::{LeaveId, StandInId, TenureId},
    organisation::{Organisation, Thing},
};
use store::{
    organisation::{history, load},
    transaction::Write,
};

use crate::{
    engines::on_each_engine,
    facts::{FIRST, Pen, SECOND, sixteen, small_world},
    facts_organisation::{contact, organisation, unit},
};

#[tokio::test]
async fn organisation_that_is_loaded_is_the_one_that_the_entries_make() {
    on_each_engine(|place| async move {
        small_world(&place).await;
        let mut conn = place.reads().await;
        let sql = "SELECT header, payload FROM ledger_entry WHERE registry_id = $1 ORDER BY sequence";
        let mut made = Organisation::default();
        for row in conn.all(sql, store::values![HOUSE]).await.unwrap() {
            let header = ledger::Header::from_bytes(&row.bytes(0).unwrap()).unwrap();
            let entry = Entry::decode(&header.kind, header.version, &row.bytes(1).unwrap()).unwrap();
            made.apply(&entry.fact);
            made.sequence = header.sequence + 1;
        }
        let loaded = load(&mut conn).await.unwrap();
        assert_eq!(loaded, made);
        assert_eq!(loaded.units().len(), 2);
        assert!(loaded.tenure(TenureId::new(sixteen(993))).is_none());
        assert_eq!(loaded.contacts("ase").len(), 2);
        let past = history(&mut conn, Thing::Contact { contact: contact(2, None).id }).await.unwrap();
        let told: Vec<&str> = past.iter().map(|past| past.fact.kind()).collect();
        assert_eq!(told, ["contact.entered", "contact.changed"]);
        assert!(past.iter().all(|past| past.by == FIRST));
    })
    .await;
}

#[tokio::test]
async fn organisation_entries_about_what_is_not_there_are_not_applied() {
    on_each_engine(|place| async move {
        small_world(&place).await;
        let why = || "As agreed".to_owned();
        let nothing = sixteen(5_000);
        let forged = [
            Fact::UnitChanged { unit: Box::new(unit(7, None, None)), reason: why() },
            Fact::PostLeft {
                tenure: TenureId::new(nothing),
                until: jiff::civil::date(2026, 5, 5),
                reason: why(),
            },
            Fact::TenureCorrected { tenure: TenureId::new(nothing), days: None, reason: why() },
            Fact::StandInEnded { stand_in: StandInId::new(nothing), until: None, reason: why() },
            Fact::LeaveEnded { leave: LeaveId::new(nothing), until: None, reason: why() },
            Fact::ContactChanged { contact: contact(7, None), reason: why() },
            // Named a second time.
            organisation()[0].clone(),
        ];
        for fact in forged {
            let mut write = Write::begin(&place.database).await.unwrap();
            let mut pen = Pen::default();
            for _ in 0..500 {
                pen.stamp(HOUSE, SECOND);
            }
            let kind = fact.kind();
            let done = pen.appends_as(&mut write, HOUSE, FIRST, fact).await;
            assert!(done.is_err() || write.conn().await.is_err(), "{kind}");
        }
    })
    .await;
}
