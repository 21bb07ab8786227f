//! The organisation of a world, the same in all of them: three units, of which one is no caller's, four posts, one of them
//! vacant, a contact and a list.

use office::Sender;
use registry::{
    Answer, Command,
    custody::book::Purpose,
    house::Names,
    id::{ContactId, PostId, UnitId},
    organisation::{
        Act, For, Thing, UnitKind,
        contact::{ContactKind, ContactTerms},
        lists::{Addressee, ListLine, ListTerms},
        post::PostTerms,
        unit::UnitTerms,
    },
};

use super::World;

fn names(text: &str) -> Names {
    Names { en: text.to_owned(), fr: text.to_owned() }
}

impl World {
    async fn organise(&self, step: &str, act: Act) -> Thing {
        let by = Sender::person(self.people["admin"]);
        match self.does(step, by, Command::Organise { act: Box::new(act) }).await {
            Answer::Organised { thing } => thing,
            other => panic!("{step}: {other:?}"),
        }
    }

    async fn unit(&self, code: &str, parent: Option<UnitId>) -> UnitId {
        let (is, begins) = (UnitKind::Division, "2026-01-01".parse().unwrap());
        let names = names(&format!("Division {code}"));
        let terms = UnitTerms { names, is, parent, registry: None, begins, ends: None };
        match self.organise(&format!("unit {code}"), Act::EstablishUnit { code: code.into(), terms }).await {
            Thing::Unit { unit } => unit,
            other => panic!("{other:?}"),
        }
    }

    async fn post(&self, code: &str, unit: UnitId, head: bool) -> PostId {
        let titles = names(&format!("Officer {code}"));
        let terms = PostTerms { titles, unit, head, begins: "2026-01-01".parse().unwrap(), ends: None };
        match self.organise(&format!("post {code}"), Act::EstablishPost { code: code.into(), terms }).await {
            Thing::Post { post } => post,
            other => panic!("{other:?}"),
        }
    }

    /// Gives it an organisation; answers with its contact.
    pub(super) async fn organised(&self) -> ContactId {
        let whole = self.unit("HQ", None).await;
        let plans = self.unit("PLANS", Some(whole)).await;
        let head = self.post("HQ-1", whole, true).await;
        let officer = self.post("PLANS-1", plans, true).await;
        self.post("PLANS-2", plans, false).await;
        let apart = self.unit("INNER", None).await;
        let inner = self.post("INNER-1", apart, true).await;
        let today = self.office.now().date(&self.office.house().await.unwrap().zone);
        for (post, login) in [(head, "clerk"), (officer, "french"), (inner, "registrar")] {
            let act = Act::TakeUp { post, person: self.people[login], from: today, until: None };
            self.organise(&format!("{login} takes up"), act).await;
        }
        let until = today.saturating_add(jiff::Span::new().days(20));
        let person = self.people["clerk"];
        let named = Act::NameStandIn {
            of: For::Person { person },
            by: self.people["controller"],
            from: today,
            until,
        };
        self.organise("stands in", named).await;
        self.organise("leave", Act::RecordLeave { person, from: today, until, by: None }).await;
        let terms = ContactTerms {
            is: ContactKind::Office,
            name: "Registry of Averlund".into(),
            organisation: "Delegation of Norway".into(),
            nation: "NOR".into(),
            post: String::new(),
            address: "1 Kade".into(),
            mail: "registry@averlund.example".into(),
            telephone: "+47 55 01 01 40".into(),
            languages: vec!["en".into()],
            notes: String::new(),
            officer_of: None,
            ends: None,
        };
        let act = Act::EnterContact { terms: Box::new(terms) };
        let Thing::Contact { contact } = self.organise("contact", act).await else { panic!() };
        let named =
            [Addressee::Unit { unit: plans }, Addressee::Post { post: head }, Addressee::Contact { contact }];
        let lines = named.map(|addressee| ListLine { addressee, purpose: Purpose::Action }).to_vec();
        let terms = ListTerms { names: names("Plans"), owner: plans, lines, ends: None };
        self.organise("list", Act::DrawUpList { code: "STAFF".into(), terms }).await;
        contact
    }
}
