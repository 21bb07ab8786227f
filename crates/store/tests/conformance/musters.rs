//! What is counted of musters is what their lines say, whatever becomes of copies and papers.

use registry::{
    CopyId, DocumentId, Fact, Timestamp,
    correction::{CorrectionFact, Details},
};
use store::{sql::Conn, transaction::Write};

use crate::{
    engines::{Place, on_each_engine},
    facts::{FIRST, HQ, Pen, paper, sixteen, small_world},
};

const COUNTED: &str = "SELECT muster_id, class_no, outcome, copies FROM muster_count WHERE copies <> 0 ORDER BY muster_id, class_no, outcome";
const LINES: &str = "SELECT x.muster_id, x.class_no, x.came, COUNT(*) FROM (SELECT l.muster_id, d.class_no, COALESCE(l.outcome, CASE WHEN l.sighted_at IS NOT NULL AND l.listed = 1 THEN 'sighted' WHEN l.sighted_at IS NOT NULL THEN 'surplus' WHEN c.standing = 'held' THEN 'open' WHEN c.standing IN ('under-way', 'missing') THEN c.standing ELSE 'covered' END) AS came FROM muster_line l JOIN paper_copy c ON c.registry_id = l.registry_id AND c.copy_id = l.copy_id JOIN document d ON d.registry_id = c.registry_id AND d.document_id = c.document_id) x GROUP BY x.muster_id, x.class_no, x.came ORDER BY x.muster_id, x.class_no, x.came";

async fn rows(conn: &mut Conn, sql: &'static str) -> Vec<([u8; 16], u64, String, u64)> {
    let rows = conn.all(sql, Vec::new()).await.unwrap();
    rows.iter()
        .map(|row| {
            let class = row.number(1).unwrap();
            (row.array(0).unwrap(), class, row.text(2).unwrap(), row.number(3).unwrap())
        })
        .collect()
}

/// How many sums there are; each is that of its lines.
async fn counted(place: &Place) -> usize {
    let mut conn = place.reads().await;
    let sums = rows(&mut conn, COUNTED).await;
    assert_eq!(sums, rows(&mut conn, LINES).await);
    sums.len()
}

#[tokio::test]
async fn what_is_counted_of_a_muster_is_what_its_lines_say() {
    on_each_engine(|place| async move {
        small_world(&place).await;
        assert!(counted(&place).await > 3);
        let mut pen = Pen::default();
        for _ in 0..500 {
            pen.stamp(HQ, FIRST);
        }
        let at = Timestamp::from_micros(1_773_320_000_000_000);
        let copies = vec![CopyId::new(sixteen(803))];
        let access = |level| Some(paper(0, level, &[]).access_rule());
        let moves = |document, from, to| Fact::DocumentCorrected {
            correction: Box::new(CorrectionFact {
                document: DocumentId::new(sixteen(document)),
                reason: "Marked wrongly".into(),
                from: Details { access: access(from), ..Details::default() },
                to: Details { access: access(to), ..Details::default() },
            }),
        };
        let kept = Fact::CopiesKept {
            copies: copies.clone(),
            holder: registry::custody::copy::Holder::Registry,
            at,
            words: None,
        };
        // Missing and found while one muster is counted, another closed and a third given up; its paper under another class.
        for fact in [
            Fact::CopiesMissed { copies, at },
            moves(1, "2", "1"),
            kept,
            moves(2, "1", "2"),
            moves(1, "1", "2"),
        ] {
            let mut write = Write::begin(&place.database).await.unwrap();
            pen.appends(&mut write, HQ, fact).await.unwrap();
            write.commit().await.unwrap();
            counted(&place).await;
        }
    })
    .await;
}
