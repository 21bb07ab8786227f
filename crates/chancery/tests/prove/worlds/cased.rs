//! Cases of a world: a tasker that is issued, its lead somebody else's, the same in all; and where something is hidden,
//! cases of which no caller is told: of a unit to which none belongs, and such that would be his if he were cleared.

use std::collections::BTreeMap;

use label::{Label, NamedLabel};
use office::Sender;
use registry::{
    Answer, CaseId, Command, Timestamp,
    cases::{Act, Filled, Opening},
};

use super::{Filling, World};
use crate::papers::From;

/// A tasker to be opened: by whom, of which post, for which unit, under which label.
struct Tasker {
    step: String,
    login: &'static str,
    post: &'static str,
    lead: &'static str,
    label: (&'static str, &'static str),
    suspense: &'static str,
    issued: bool,
}

/// How many cases are hidden from whom.
const HIDDEN: usize = 12;

impl Tasker {
    fn hidden(n: usize, from: From) -> Self {
        let step = format!("hidden case {n}");
        let suspense = ["2026-12-01", "2027-01-15", "2027-03-01"][n % 3];
        let issued = n % 4 < 2;
        match from {
            // Of a unit of nobody's; and what would be at the post of a caller, and is of the Union.
            From::All if n.is_multiple_of(2) => Self {
                step,
                login: "registrar",
                post: "INNER-1",
                lead: "INNER",
                label: ("NATO", "UNCLASSIFIED"),
                suspense,
                issued,
            },
            From::All => Self {
                step,
                login: "registrar",
                post: "INNER-1",
                lead: ["HQ", "PLANS"][n / 2 % 2],
                label: ("EU", "CONFIDENTIAL"),
                suspense,
                issued,
            },
            // At the post of one who is cleared for less.
            From::Uncleared => Self {
                step,
                login: "clerk",
                post: "HQ-1",
                lead: "PLANS",
                label: ("NATO", "SECRET"),
                suspense,
                issued,
            },
        }
    }
}

impl World {
    async fn label_of(&self, (policy, level): (&str, &str)) -> Label {
        let house = self.office.house().await.unwrap();
        let named = NamedLabel {
            policy: policy.into(),
            level: level.into(),
            categories: BTreeMap::new(),
            privacy_mark: None,
        };
        house.policies.resolve(&named).unwrap()
    }

    /// Opens a tasker at a moment, and issues it where it is to be; answers with it.
    async fn tasked(&self, tasker: &Tasker, moment: Timestamp) -> CaseId {
        let by = self.people[tasker.login];
        let organisation = self.office.read_as(by).await.unwrap().organisation().await.unwrap();
        let post = organisation.post_by_code(tasker.post).unwrap().id;
        let unit = organisation.unit_by_code(tasker.lead).unwrap().id;
        let values: Filled = [
            ("subject", "Averlund: fuel for the winter".to_owned()),
            ("issuing_authority", post.to_string()),
            ("lead", unit.to_string()),
            ("instruction", "Say how much is there.".to_owned()),
            ("deliverable", "A brief".to_owned()),
            ("internal_suspense", tasker.suspense.to_owned()),
        ]
        .into_iter()
        .map(|(field, text)| (field.to_owned(), serde_json::Value::String(text)))
        .collect();
        let label = self.label_of(tasker.label).await;
        let opening = Opening { procedure: "tasker".into(), values, label, post: Some(post), part_of: None };
        let sender = Sender::person(by);
        let opening = Command::Case { act: Box::new(Act::Open(opening)) };
        let case = match self.at(&format!("open {}", tasker.step), moment, sender, opening).await {
            Answer::Case { case, .. } => case,
            other => panic!("{other:?}"),
        };
        if tasker.issued {
            let (stage, step) = ("draft".into(), "issue".into());
            let act = Act::Step { case, stage, step, values: Filled::new(), reason: None };
            let issue = Command::Case { act: Box::new(act) };
            self.at(&format!("issue {}", tasker.step), moment, Sender::person(by), issue).await;
        }
        case
    }

    /// The cases of this world; answers with the one that all have.
    pub(super) async fn cased(&mut self, filling: Filling) -> CaseId {
        let seen = Tasker {
            step: "a case".into(),
            login: "clerk",
            post: "HQ-1",
            lead: "PLANS",
            label: ("NATO", "CONFIDENTIAL"),
            suspense: "2027-01-15",
            issued: true,
        };
        let case = self.tasked(&seen, self.next_moment()).await;
        if let Filling::Hidden(from) = filling {
            // No time goes by for what only this one has.
            let moment = self.now();
            for n in 0..HIDDEN {
                self.hidden_cases.push(self.tasked(&Tasker::hidden(n, from), moment).await);
            }
        }
        case
    }

    /// None of the callers sees a case that should be hidden.
    pub async fn hides_cases(&self, callers: &[&str]) {
        assert_eq!(self.hidden_cases.len(), HIDDEN);
        for login in callers {
            let mut reading = self.office.read_as(self.people[*login]).await.unwrap();
            for id in &self.hidden_cases {
                assert!(reading.case(*id).await.is_err(), "{login} sees a case that should be hidden");
            }
        }
    }
}
