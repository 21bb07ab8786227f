//! Working on a document, opening an accountable one, reproducing it by authority, and telling who has read it.

use jiff::civil::date;
use registry::{
    AccessRule, Caller, Code, DocumentId, Fact,
    authorisation::{Role, Standing},
    disclosure::{Authority, Bears, Means, Piece, Reproduction, authorise, disclose, tell},
    document::{ReadingOutcome, StagedContent},
    house::House,
    id::{Digest, ObjectId, ReproductionId},
    working::{HandlingNeeds, Out, break_lock, check_in, check_out},
};

use crate::support::{
    HQ, NOW, TODAY, caller, cleared, deciding, held, house, label, of_nation, person, role,
};

const DOCUMENT: DocumentId = DocumentId::new([9; 16]);
const VERSION: Piece = Piece { document: DOCUMENT, version: 1, enclosure: None };

fn rule(house: &House) -> AccessRule {
    let label = Some(label(house, "NATO", "SECRET", &[]));
    AccessRule {
        content: label.clone(),
        subject: label.clone(),
        entry: label,
        need_to_know: Vec::new(),
        access_list: Vec::new(),
        released_on: None,
    }
}

fn needs(house: &House) -> HandlingNeeds {
    HandlingNeeds {
        access: Some(rule(house)),
        versions: 1,
        newest: Some(Digest([1; 32])),
        changed: 7,
        ..HandlingNeeds::default()
    }
}

fn one(house: &House, n: u8, held: Option<Role>) -> Caller {
    let mut grants = cleared(house, "SECRET");
    grants.extend(held.map(|held| role(held, Some(HQ))));
    caller(n, &grants)
}

fn out(n: u8) -> Option<Out> {
    Some(Out { person: person(n), name: "A Person".into(), since: NOW, reason: None, until: None })
}

fn content(digest: u8) -> StagedContent {
    StagedContent {
        object: ObjectId::new([5; 16]),
        digest: Digest([digest; 32]),
        size: 3,
        media_type: "text/plain".into(),
        file_name: "a.txt".into(),
        reading: ReadingOutcome::Text,
        text: None,
        enclosures: Vec::new(),
    }
}

fn code<T>(result: Result<T, registry::Refusal>) -> Option<Code> {
    result.err().map(|refusal| refusal.code)
}

#[test]
fn one_person_has_a_document_out_and_nobody_else_gives_it_back() {
    let house = house();
    let (clerk, other) = (one(&house, 1, Some(Role::Clerk)), one(&house, 2, Some(Role::Clerk)));
    let controller = one(&house, 3, Some(Role::Controller));
    let free = needs(&house);
    let taken = HandlingNeeds { out: out(1), ..needs(&house) };
    deciding(&house, HQ, |context| {
        let take = |who: &Caller, needs: &HandlingNeeds| check_out(who, context, DOCUMENT, " ", None, needs);
        assert_eq!(
            take(&clerk, &free).unwrap(),
            [Fact::DocumentCheckedOut { document: DOCUMENT, reason: None, until: None }]
        );
        let refusal = take(&other, &taken).unwrap_err();
        assert_eq!(
            (refusal.code, refusal.arguments),
            (Code::CheckedOut, vec![("name", "A Person".to_owned())])
        );
        assert_eq!(code(take(&one(&house, 4, None), &free)), Some(Code::Forbidden));
        assert_eq!(code(take(&caller(5, &[]), &free)), Some(Code::NotFound));
        assert_eq!(code(take(&clerk, &HandlingNeeds::default())), Some(Code::NotFound));
        let yesterday = Some(TODAY.yesterday().unwrap());
        let late = check_out(&clerk, context, DOCUMENT, "", yesterday, &free);
        assert_eq!(code(late), Some(Code::ImpossiblePeriod));

        let give = |who: &Caller, needs: &HandlingNeeds, content: Option<&StagedContent>| {
            check_in(who, context, DOCUMENT, content, needs)
        };
        assert_eq!(code(give(&clerk, &free, None)), Some(Code::NotCheckedOut));
        assert_eq!(code(give(&other, &taken, None)), Some(Code::CheckedOut));
        assert_eq!(code(give(&clerk, &taken, Some(&content(1)))), Some(Code::NothingChanged));
        let back = give(&clerk, &taken, None).unwrap();
        assert_eq!(back, [Fact::DocumentCheckedIn { document: DOCUMENT, version: None, broken: None }]);
        let facts = give(&clerk, &taken, Some(&content(2))).unwrap();
        assert!(matches!(&facts[0], Fact::VersionAdded { version } if version.number == 2));
        assert_eq!(
            facts.last(),
            Some(&Fact::DocumentCheckedIn { document: DOCUMENT, version: Some(2), broken: None })
        );

        let broken = |who: &Caller, reason: &str| break_lock(who, context, DOCUMENT, reason, &taken);
        assert_eq!(code(broken(&other, "r")), Some(Code::Forbidden));
        assert_eq!(code(broken(&controller, " ")), Some(Code::Required));
        assert!(broken(&controller, "On leave").is_ok());
        assert_eq!(code(break_lock(&controller, context, DOCUMENT, "r", &free)), Some(Code::NotCheckedOut));
    });
}

#[test]
fn a_copy_takes_an_authority_of_another_which_is_used_up() {
    let house = house();
    let (reader, controller) = (one(&house, 1, None), one(&house, 3, Some(Role::Controller)));
    let given = Reproduction {
        id: ReproductionId::new([4; 16]),
        document: DOCUMENT,
        version: 1,
        person: person(1),
        purpose: "Exercise".into(),
        copies: 1,
        until: TODAY,
        unstamped: None,
    };
    let with = |given: Reproduction| HandlingNeeds { authorised: vec![given], ..needs(&house) };
    deciding(&house, HQ, |context| {
        let copy =
            |needs: &HandlingNeeds| disclose(&reader, context, VERSION, Means::Reproduction, None, needs);
        let none = Some(Code::ReproductionUnauthorised);
        assert_eq!(code(copy(&needs(&house))), none);
        assert_eq!(code(copy(&with(Reproduction { copies: 0, ..given.clone() }))), none);
        assert_eq!(code(copy(&with(Reproduction { person: person(2), ..given.clone() }))), none);
        let ended = Reproduction { until: date(2026, 3, 11), ..given.clone() };
        assert_eq!(code(copy(&with(ended))), none);
        let means = Means::Reproduction;
        let fact = Fact::DisclosureRecorded {
            document: DOCUMENT,
            version: 1,
            enclosure: None,
            means,
            authority: Some(given.id),
        };
        assert_eq!(copy(&with(given.clone())).unwrap(), [fact]);
        // What bears its number takes this one: of two that bear the same the second is refused.
        let bearing = |left: u32, copies: u32| {
            let bears = Some(Bears { authority: given.id, left });
            let needs = with(Reproduction { copies, ..given.clone() });
            disclose(&reader, context, VERSION, Means::Reproduction, bears, &needs)
        };
        assert!(bearing(2, 2).is_ok() && bearing(1, 1).is_ok());
        assert_eq!(code(bearing(2, 1)), Some(Code::Conflict));
        assert_eq!(code(bearing(1, 0)), none);
        let seen = |piece, means| disclose(&reader, context, piece, means, None, &needs(&house));
        assert!(seen(VERSION, Means::Screen).is_ok());
        // What is accountable leaves by authority alone; what is so no more, or may be, leaves with a line.
        assert_eq!(code(seen(VERSION, Means::File)), none);
        assert_eq!(code(seen(Piece { version: 2, ..VERSION }, Means::Screen)), Some(Code::NotFound));
        let open =
            HandlingNeeds { access: Some(AccessRule { content: None, ..rule(&house) }), ..needs(&house) };
        let controller_takes = disclose(&controller, context, VERSION, Means::File, None, &open);
        assert!(controller_takes.is_ok(), "{controller_takes:?}");

        let asked = |n: u8| Authority {
            person: person(n),
            version: 1,
            purpose: "Exercise".into(),
            copies: 1,
            until: TODAY,
            unstamped: None,
        };
        let about = |n: u8, admitted: bool| {
            let grants = if admitted { cleared(&house, "SECRET") } else { Vec::new() };
            let holds = (0..).zip(grants).map(|(k, g)| held(k, person(n), g, Standing::Confirmed)).collect();
            HandlingNeeds { person: Some(Box::new((of_nation(person(n), "BEL"), holds))), ..needs(&house) }
        };
        let give =
            |who: &Caller, n: u8, needs: &HandlingNeeds| authorise(who, context, DOCUMENT, &asked(n), needs);
        assert!(give(&controller, 1, &about(1, true)).is_ok());
        assert_eq!(code(give(&controller, 1, &about(1, false))), Some(Code::NotAdmitted));
        assert_eq!(code(give(&controller, 3, &about(3, true))), Some(Code::SamePerson));
        assert_eq!(code(give(&controller, 1, &needs(&house))), Some(Code::PersonUnknown));
        assert_eq!(code(give(&reader, 2, &about(2, true))), Some(Code::Forbidden));

        let told = |who: &Caller, n: u8, upto: u64, needs: &HandlingNeeds| {
            tell(who, context, DOCUMENT, person(n), upto, needs)
        };
        assert!(told(&reader, 1, 7, &about(1, true)).is_ok());
        assert_eq!(code(told(&reader, 1, 8, &about(1, true))), Some(Code::NotOffered));
        assert_eq!(code(told(&reader, 2, 7, &about(2, true))), Some(Code::Forbidden));
        assert!(told(&controller, 2, 7, &about(2, false)).is_ok());
        let knows = HandlingNeeds { told: Some(7), ..about(1, true) };
        assert_eq!(code(told(&reader, 1, 7, &knows)), Some(Code::NothingChanged));
    });
}
