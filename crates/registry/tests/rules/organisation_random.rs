//! The organisation under any acts: whatever is accepted, a post has one holder, stand-ins lead back to nobody, and who
//! acts is found. Checked against a recount that knows none of the indexes.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{ToSpan, civil::Date};
use proptest::{prelude::*, strategy::ValueTree, test_runner::TestRunner};
use registry::{
    Code, PersonId,
    id::{LeaveId, PostId, StandInId, TenureId, UnitId},
    organisation::{Act, For, Organisation, Thing, act::Corrected, post::PostTerms, unit::UnitTerms},
};

use crate::{
    organisation::{World, administrator, post, unit, why},
    support::*,
};

/// Days after today, on which everything happens.
const SPAN: i32 = 40;

fn on(n: i32) -> Date {
    TODAY.saturating_add(n.days())
}

/// An act by numbers, which are taken modulo what there is.
#[derive(Debug, Clone)]
struct Drawn {
    act: u8,
    a: usize,
    b: usize,
    person: u8,
    from: i32,
    length: Option<i32>,
    flag: bool,
}

fn drawn() -> impl Strategy<Value = Drawn> {
    (0..14_u8, 0..8_usize, 0..8_usize, 1..=6_u8, 0..SPAN, proptest::option::of(0..20_i32), any::<bool>())
        .prop_map(|(act, a, b, person, from, length, flag)| Drawn { act, a, b, person, from, length, flag })
}

#[derive(Default)]
struct Made {
    units: Vec<UnitId>,
    posts: Vec<PostId>,
    tenures: Vec<TenureId>,
    stand_ins: Vec<StandInId>,
    leaves: Vec<LeaveId>,
}

fn pick<T: Copy>(of: &[T], n: usize) -> Option<T> {
    (!of.is_empty()).then(|| of[n % of.len()])
}

fn act(made: &Made, d: &Drawn, n: usize) -> Option<Act> {
    let (from, until) = (on(d.from), d.length.map(|length| on(d.from + length)));
    let last = until.unwrap_or(from);
    let who = person(d.person);
    Some(match d.act {
        0 => Act::EstablishUnit {
            code: format!("U{n}"),
            terms: UnitTerms { ends: until, ..unit(pick(&made.units, d.a).filter(|_| d.flag)) },
        },
        1 => Act::EstablishPost {
            code: format!("P{n}"),
            terms: PostTerms { ends: until.filter(|_| d.flag), ..post(pick(&made.units, d.a)?, d.flag) },
        },
        2..=4 => Act::TakeUp { post: pick(&made.posts, d.a)?, person: who, from, until },
        5 => Act::LeavePost { tenure: pick(&made.tenures, d.a)?, until: last, reason: why() },
        6 => Act::CorrectTenure {
            tenure: pick(&made.tenures, d.a)?,
            days: d.flag.then_some(Corrected { from, until }),
            reason: why(),
        },
        7 | 8 => Act::NameStandIn {
            of: For::Person { person: person(1 + u8::try_from(d.a).unwrap() % 6) },
            by: who,
            from,
            until: last,
        },
        9 => Act::NameStandIn { of: For::Post { post: pick(&made.posts, d.a)? }, by: who, from, until: last },
        10 => Act::EndStandIn {
            stand_in: pick(&made.stand_ins, d.a)?,
            until: d.flag.then_some(last),
            reason: why(),
        },
        11 => Act::RecordLeave { person: who, from, until: last, by: None },
        12 if d.flag => {
            Act::EndLeave { leave: pick(&made.leaves, d.a)?, until: d.length.map(|_| last), reason: why() }
        }
        12 => Act::ChangePost {
            post: pick(&made.posts, d.a)?,
            terms: PostTerms { ends: until, ..post(pick(&made.units, d.b)?, d.length.is_none()) },
            reason: why(),
        },
        _ => Act::ChangeUnit {
            unit: pick(&made.units, d.a)?,
            terms: UnitTerms { ends: until, ..unit(pick(&made.units, d.b).filter(|_| d.flag)) },
            reason: why(),
        },
    })
}

/// The world after some acts, and why others were refused.
fn played(acts: &[Drawn]) -> (World, BTreeSet<Code>) {
    let mut world = World::new();
    let mut made = Made::default();
    let mut refused = BTreeSet::new();
    for (n, drawn) in acts.iter().enumerate() {
        let Some(act) = act(&made, drawn, n) else { continue };
        match world.on(TODAY, &administrator(), act) {
            Ok(Thing::Unit { unit }) if !made.units.contains(&unit) => made.units.push(unit),
            Ok(Thing::Post { post }) if !made.posts.contains(&post) => made.posts.push(post),
            Ok(Thing::Tenure { tenure }) if !made.tenures.contains(&tenure) => made.tenures.push(tenure),
            Ok(Thing::StandIn { stand_in }) if !made.stand_ins.contains(&stand_in) => {
                made.stand_ins.push(stand_in);
            }
            Ok(Thing::Leave { leave }) if !made.leaves.contains(&leave) => made.leaves.push(leave),
            Ok(_) => {}
            Err(refusal) => {
                refused.insert(refusal.code);
            }
        }
    }
    (world, refused)
}

#[test]
fn organisation_random_acts_come_to_what_they_are_for() {
    let mut runner = TestRunner::deterministic();
    let acts = proptest::collection::vec(drawn(), 1..60);
    let (mut refused, mut most) = (BTreeSet::new(), [0; 3]);
    for _ in 0..200 {
        let (world, codes) = played(&acts.new_tree(&mut runner).unwrap().current());
        refused.extend(codes);
        let organisation = world.organisation();
        let tenures = organisation.posts().into_iter().map(|post| organisation.tenures_of(post.id).len());
        let counts = [organisation.stand_ins().len(), organisation.posts().len(), tenures.sum()];
        most = [0, 1, 2].map(|n| counts[n].max(most[n]));
    }
    for code in [
        Code::StandInLoop,
        Code::StandInOwn,
        Code::StandInTaken,
        Code::PostTaken,
        Code::PostHeld,
        Code::HeadTaken,
        Code::UnitLoop,
        Code::UnitNotEmpty,
        Code::LeaveOverlaps,
    ] {
        assert!(refused.contains(&code), "{code} is never come to");
    }
    assert!(most.iter().all(|count| *count >= 4), "{most:?}");
}

/// Everyone who holds a post on a day, by going through all tenures: where two share a day of hand-over, the newcomer.
fn holders(organisation: &Organisation, post: PostId, day: Date) -> Vec<PersonId> {
    let all = organisation.tenures_of(post);
    let has = |day: Date| all.iter().filter(move |tenure| tenure.days.has(day));
    let handed_over = |until: Option<Date>| until == Some(day) && has(day).any(|t| t.days.from == day);
    has(day)
        .filter(|tenure| tenure.days.from == day || !handed_over(tenure.days.until))
        .map(|tenure| tenure.person)
        .collect()
}

/// Who stands in for whom on a day.
fn edges(organisation: &Organisation, day: Date) -> BTreeMap<PersonId, BTreeSet<PersonId>> {
    let mut edges: BTreeMap<PersonId, BTreeSet<PersonId>> = BTreeMap::new();
    for stand_in in organisation.stand_ins() {
        if stand_in.from <= day && day <= stand_in.until {
            let of = match stand_in.of {
                For::Person { person } => vec![person],
                For::Post { post } => holders(organisation, post, day),
            };
            for person in of {
                edges.entry(person).or_default().insert(stand_in.by);
            }
        }
    }
    edges
}

/// Whether anybody is reached from himself, by widening step by step.
fn goes_round(edges: &BTreeMap<PersonId, BTreeSet<PersonId>>) -> bool {
    edges.keys().any(|start| {
        let mut reached: BTreeSet<PersonId> = edges[start].clone();
        for _ in 0..edges.len() {
            let more: Vec<PersonId> =
                reached.iter().filter_map(|person| edges.get(person)).flatten().copied().collect();
            reached.extend(more);
        }
        reached.contains(start)
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn organisation_keeps_its_promises_under_any_acts(acts in proptest::collection::vec(drawn(), 1..60)) {
        let (world, _) = played(&acts);
        let organisation = world.organisation();
        for unit in organisation.units() {
            let path = organisation.path(unit.id);
            prop_assert_eq!(path.last().and_then(|id| organisation.unit(*id)).unwrap().parent, None);
            prop_assert!(organisation.below(unit.id).iter().all(|b| organisation.path(*b).contains(&unit.id)));
            if let Some(parent) = unit.parent {
                prop_assert!(unit.days.within(&organisation.unit(parent).unwrap().days));
            }
        }
        for post in organisation.posts() {
            prop_assert!(post.days.within(&organisation.unit(post.unit).unwrap().days));
            for tenure in organisation.tenures_of(post.id) {
                prop_assert!(tenure.days.within(&post.days));
            }
        }
        for day in (-1..SPAN + 25).map(on) {
            for unit in organisation.units() {
                let heads = organisation.posts_in(unit.id).into_iter().filter(|p| p.head && p.days.has(day));
                prop_assert!(heads.count() <= 1);
                let head = organisation.head(unit.id, day);
                prop_assert!(head.is_none_or(|head| head.from_above == (head.unit != unit.id)));
            }
            prop_assert!(!goes_round(&edges(organisation, day)));
            for post in organisation.posts() {
                let holders = holders(organisation, post.id, day);
                prop_assert!(holders.len() <= 1, "{} has {} holders on {day}", post.code, holders.len());
                prop_assert_eq!(organisation.holder(post.id, day), holders.first().copied());
                let acting = organisation.acting(post.id, day);
                if let Some(acting) = acting {
                    prop_assert!(organisation.is_there(acting.person, day));
                    prop_assert_eq!(acting.because.is_none(), Some(acting.person) == holders.first().copied());
                    let duties = organisation.posts_of(acting.person, day);
                    prop_assert!(duties.iter().any(|duty| duty.post == post.id));
                }
                let away = holders.first().is_none_or(|holder| !organisation.is_there(*holder, day));
                prop_assert!(away || acting.is_some());
            }
            let leaves = (1..=6).map(person).map(|person| {
                organisation.leaves_of(person).iter().filter(|leave| leave.days().has(day)).count()
            });
            prop_assert!(leaves.max() <= Some(1));
        }
    }
}
