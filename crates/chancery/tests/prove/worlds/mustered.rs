//! Musters in the worlds: one that is counted, one that can be closed, two that are.

use registry::{
    Answer, CopyId,
    custody::{
        Act,
        muster::{HandOver, MusterKind, Outcome, Seen},
    },
    id::MusterId,
};
use store::custody::seen::Slice;

use super::{
    World,
    custody::{Books, Plan},
};

impl World {
    /// Musters of what lies in the container.
    pub(super) async fn musters(&self, plan: &Plan, books: &mut Books) {
        let log = |name: &str| name.rsplit_once('-').unwrap().0.to_owned();
        let from = self.people["registrar"];
        let between = HandOver { from, to: self.people[plan.to[0].unwrap_or("controller")] };
        let kinds = [
            (MusterKind::SpotCheck, Some(2), None, Vec::new()),
            (MusterKind::Full, None, None, Vec::new()),
            (MusterKind::Full, None, None, Vec::new()),
            (MusterKind::HandOver, None, Some(between), vec![log(&books.names[6])]),
        ];
        for (n, (is, sample, hand_over, logs)) in kinds.into_iter().enumerate() {
            let act = Act::OpenMuster {
                is,
                logs,
                container: Some(books.container),
                sample,
                seed: None,
                hand_over,
                words: "Averlund: a muster".into(),
            };
            match self.acts(plan, &format!("muster {n}"), "registrar", act).await {
                Answer::Mustered { muster, .. } => books.musters.push(muster),
                other => panic!("{other:?}"),
            }
        }
        self.sights(plan, 0, books, vec![books.copies[4]]).await;
        for n in [1, 2, 3] {
            let there = self.to_be_found(books.musters[n]).await;
            self.sights(plan, n, books, there).await;
        }
        for n in [2, 3] {
            let words = "Averlund: in good order".to_owned();
            let close = Act::CloseMuster { muster: books.musters[n], words };
            self.acts(plan, &format!("closed {n}"), "registrar", close).await;
        }
    }

    async fn sights(&self, plan: &Plan, muster: usize, books: &Books, copies: Vec<CopyId>) {
        let seen = |copy| Seen { copy, pages: Some(4), at: None };
        let sightings = copies.into_iter().map(seen).collect();
        let act = Act::Sight { muster: books.musters[muster], sightings, words: String::new() };
        self.acts(plan, &format!("sighted {muster}"), "registrar", act).await;
    }

    /// The copies of a muster that nobody has seen yet.
    async fn to_be_found(&self, muster: MusterId) -> Vec<CopyId> {
        let mut reading = self.office.read_as(self.people["registrar"]).await.unwrap();
        let row = reading.muster(muster).await.unwrap();
        let open = reading.muster_lines(&row, &[Outcome::Open], Slice::ALL).await.unwrap();
        open.rows.iter().map(|line| line.row.view.copy.id).collect()
    }
}
