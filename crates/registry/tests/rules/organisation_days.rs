//! Who holds a post and who acts for it, day by day: hand-overs, leave, stand-ins and rings of them.

use jiff::civil::Date;
use registry::{
    Code, PersonId,
    id::{PostId, UnitId},
    organisation::{Act, Acting, Because, Duty, For, Thing, post::PostTerms},
};

use crate::{
    organisation::{BEGINS, World, day, post, why},
    support::*,
};

fn of(n: u8) -> For {
    For::Person { person: person(n) }
}

/// A unit under another, each with a head; persons 1 and 2 hold the head posts, 3 and 4 the desks.
fn staffed() -> (World, [UnitId; 2], [PostId; 4]) {
    let mut world = World::new();
    let top = world.unit("HQ", None);
    let ops = world.unit("OPS", Some(top));
    let posts = [
        world.post("HQ-1", top, true),
        world.post("OPS-1", ops, true),
        world.post("OPS-2", ops, false),
        world.post("OPS-3", ops, false),
    ];
    for (n, post) in (1..).zip(posts) {
        world.holds(post, n, BEGINS, None);
    }
    (world, [top, ops], posts)
}

fn acts(world: &World, post: PostId, on: Date) -> Option<PersonId> {
    world.organisation().acting(post, on).map(|acting| acting.person)
}

#[test]
fn organisation_the_day_of_a_hand_over_is_the_newcomers() {
    let mut world = World::new();
    let top = world.unit("HQ", None);
    let chief = world.post("HQ-1", top, true);
    world.holds(chief, 1, day(2, 1), Some(day(3, 31)));
    assert_eq!(world.organisation().holder(chief, day(3, 31)), Some(person(1)));
    let take = |from, until| Act::TakeUp { post: chief, person: person(2), from, until };
    for (from, until) in [
        (day(3, 30), None),
        (day(2, 1), Some(day(2, 1))),
        (day(2, 10), Some(day(2, 20))),
        (day(1, 1), Some(day(2, 2))),
        (day(1, 1), None),
    ] {
        assert_eq!(world.does(take(from, until)).unwrap_err().code, Code::PostTaken, "{from}");
    }
    world.does(take(day(1, 5), Some(day(2, 1)))).unwrap();
    world.does(take(day(3, 31), None)).unwrap();
    let holder = |on| world.organisation().holder(chief, on);
    assert_eq!(holder(day(1, 31)), Some(person(2)));
    assert_eq!(holder(day(2, 1)), Some(person(1)));
    assert_eq!(holder(day(3, 30)), Some(person(1)));
    assert_eq!(holder(day(3, 31)), Some(person(2)));
    assert_eq!(holder(day(1, 4)), None);
    assert_eq!(world.organisation().held_by(person(1), day(3, 31)), []);
    assert_eq!(world.organisation().held_by(person(2), day(3, 31)), [chief]);
}

#[test]
fn organisation_a_post_is_held_only_while_it_is_there() {
    let mut world = World::new();
    let top = world.unit("HQ", None);
    let chief = world.post("HQ-1", top, true);
    let ends = PostTerms { ends: Some(day(6, 30)), ..post(top, true) };
    world.does(Act::ChangePost { post: chief, terms: ends, reason: why() }).unwrap();
    let take = |until| Act::TakeUp { post: chief, person: person(1), from: day(2, 1), until };
    assert_eq!(world.does(take(None)).unwrap_err().code, Code::PostEnded);
    world.does(take(Some(day(6, 30)))).unwrap();
    assert_eq!(world.organisation().vacant(day(7, 1)), []);
}

#[test]
fn organisation_a_stand_in_acts_when_the_holder_is_away_and_not_else() {
    let (mut world, _, [_, chief, desk, _]) = staffed();
    world.leave(2, day(5, 1), day(5, 10));
    assert_eq!(acts(&world, chief, day(5, 1)), None);
    assert_eq!(world.organisation().nobody_acts(day(5, 1)), [chief]);
    world.stands_in(of(2), 3, day(4, 1), day(5, 8)).unwrap();
    let acting = |on| world.organisation().acting(chief, on);
    let himself = Acting { person: person(2), instead_of: None, because: None };
    let instead = Acting { person: person(3), instead_of: Some(person(2)), because: Some(Because::Leave) };
    assert_eq!(acting(day(4, 30)), Some(himself));
    assert_eq!(acting(day(5, 8)), Some(instead));
    assert_eq!(acting(day(5, 9)), None);
    assert_eq!(acting(day(5, 11)), Some(himself));
    let own = |post| Duty { post, standing_in: None, instead_of: None };
    let for_another = Duty { post: chief, standing_in: Some(Because::Leave), instead_of: Some(person(2)) };
    assert_eq!(world.organisation().posts_of(person(3), day(5, 8)), [for_another, own(desk)]);
    assert_eq!(world.organisation().posts_of(person(3), day(5, 9)), [own(desk)]);
    // Who is on leave goes on holding his post.
    assert_eq!(world.organisation().posts_of(person(2), day(5, 8)), [own(chief)]);
}

#[test]
fn organisation_stand_ins_are_followed_through_people_on_leave() {
    let (mut world, _, [_, chief, _, _]) = staffed();
    for n in [2, 3, 4] {
        world.leave(n, day(5, 1), day(5, 10));
    }
    world.stands_in(of(2), 3, day(5, 1), day(5, 31)).unwrap();
    world.stands_in(of(3), 4, day(5, 1), day(5, 31)).unwrap();
    assert_eq!(acts(&world, chief, day(5, 5)), None);
    world.stands_in(of(4), 5, day(5, 1), day(5, 31)).unwrap();
    assert_eq!(acts(&world, chief, day(5, 5)), Some(person(5)));
    // Whoever is named for the post itself goes before; where he is away without another, the person's own stands in.
    world.stands_in(For::Post { post: chief }, 6, day(5, 1), day(5, 31)).unwrap();
    assert_eq!(acts(&world, chief, day(5, 5)), Some(person(6)));
    world.leave(6, day(5, 5), day(5, 5));
    assert_eq!(acts(&world, chief, day(5, 5)), Some(person(5)));
    // Whoever has left the house stands in for nobody.
    world.needs.organisation.put_left(person(5), Some(day(5, 4)));
    assert_eq!(acts(&world, chief, day(5, 5)), None);
}

#[test]
fn organisation_a_vacant_post_has_whoever_is_named_for_it() {
    let (mut world, _, [_, _, _, desk]) = staffed();
    let tenure = world.organisation().tenures_of(desk)[0].id;
    world.does(Act::LeavePost { tenure, until: day(4, 30), reason: why() }).unwrap();
    world.stands_in(of(4), 3, day(5, 1), day(5, 31)).unwrap();
    assert_eq!(world.organisation().vacant(day(5, 1)), [desk]);
    assert_eq!(acts(&world, desk, day(5, 1)), None);
    world.stands_in(For::Post { post: desk }, 2, day(5, 1), day(5, 31)).unwrap();
    let vacant = Acting { person: person(2), instead_of: None, because: Some(Because::Vacant) };
    assert_eq!(world.organisation().acting(desk, day(5, 1)), Some(vacant));
    assert_eq!(world.organisation().nobody_acts(day(5, 1)), []);
    assert_eq!(world.organisation().nobody_acts(day(6, 1)), [desk]);
}

#[test]
fn organisation_a_unit_without_a_head_has_the_one_above() {
    let (mut world, [top, ops], [first, chief, _, _]) = staffed();
    let air = world.unit("AIR", Some(ops));
    let head = |world: &World, unit, on| {
        let head = world.organisation().head(unit, on).unwrap();
        (head.unit, head.post, head.acting.person, head.from_above)
    };
    assert_eq!(head(&world, ops, TODAY), (ops, chief, person(2), false));
    assert_eq!(head(&world, air, TODAY), (ops, chief, person(2), true));
    world.leave(2, day(5, 1), day(5, 10));
    assert_eq!(head(&world, air, day(5, 1)), (top, first, person(1), true));
    world.stands_in(of(2), 4, day(5, 1), day(5, 10)).unwrap();
    assert_eq!(head(&world, air, day(5, 1)), (ops, chief, person(4), true));
    world.leave(1, day(5, 1), day(5, 10));
    assert_eq!(world.organisation().head(top, day(5, 1)), None);
}

#[test]
fn organisation_nobody_stands_in_for_himself_nor_for_ever() {
    let (mut world, _, [_, chief, desk, _]) = staffed();
    let (from, until) = (day(5, 1), day(5, 31));
    let mut code = |of, by, from, until| world.stands_in(of, by, from, until).unwrap_err().code;
    assert_eq!(code(of(2), 2, from, until), Code::StandInOwn);
    assert_eq!(code(For::Post { post: chief }, 2, from, until), Code::StandInOwn);
    assert_eq!(code(of(2), 3, day(5, 1), day(11, 2)), Code::StandInTooLong);
    assert_eq!(code(of(2), 3, day(3, 11), day(3, 20)), Code::AlreadyPast);
    assert_eq!(code(of(2), 3, until, from), Code::EndsBeforeBegins);
    assert_eq!(code(of(2), 50, from, until), Code::PersonUnknown);
    assert_eq!(code(of(50), 2, from, until), Code::PersonUnknown);
    assert_eq!(code(For::Post { post: PostId::new([0; 16]) }, 2, from, until), Code::NotOffered);
    world.stands_in(of(2), 3, day(5, 1), day(11, 1)).unwrap();
    let twice = world.stands_in(of(2), 4, day(11, 1), day(11, 5)).unwrap_err();
    assert_eq!(twice.code, Code::StandInTaken);
    world.stands_in(of(2), 4, day(11, 2), day(11, 5)).unwrap();
    // Who stands in for a post takes it up when that is over.
    world.stands_in(For::Post { post: desk }, 5, day(6, 1), day(6, 30)).unwrap();
    let tenure = world.organisation().tenures_of(desk)[0].id;
    world.does(Act::LeavePost { tenure, until: day(6, 10), reason: why() }).unwrap();
    let take = |from| Act::TakeUp { post: desk, person: person(5), from, until: None };
    assert_eq!(world.does(take(day(6, 15))).unwrap_err().code, Code::StandInOwn);
    world.does(take(day(7, 1))).unwrap();
}

#[test]
fn organisation_a_ring_of_stand_ins_is_refused_and_named() {
    let (mut world, _, [_, _, desk, other]) = staffed();
    world.stands_in(of(2), 3, day(5, 1), day(5, 20)).unwrap();
    world.stands_in(For::Post { post: desk }, 4, day(5, 10), day(5, 31)).unwrap();
    let refused = world.stands_in(of(4), 2, day(5, 20), day(6, 30)).unwrap_err();
    assert_eq!(refused.code, Code::StandInLoop);
    let named = refused.arguments.iter().find(|(name, _)| *name == "loop").unwrap();
    assert_eq!(named.1, "Person 2 → Person 3 → Person 4 → Person 2");
    assert!(refused.arguments.contains(&("day", "2026-05-20".to_owned())));
    world.stands_in(of(4), 2, day(5, 21), day(6, 30)).unwrap();
    // A post that changes hands may close a ring too.
    world.stands_in(For::Post { post: other }, 6, day(7, 1), day(7, 31)).unwrap();
    world.stands_in(of(6), 7, day(7, 1), day(7, 31)).unwrap();
    let tenure = world.organisation().tenures_of(other)[0].id;
    world.does(Act::LeavePost { tenure, until: day(7, 15), reason: why() }).unwrap();
    let take = |from| Act::TakeUp { post: other, person: person(7), from, until: None };
    assert_eq!(world.does(take(day(7, 15))).unwrap_err().code, Code::StandInLoop);
    world.does(take(day(8, 1))).unwrap();
}

#[test]
fn organisation_a_stand_in_and_a_leave_end_early() {
    let (mut world, _, [_, chief, _, _]) = staffed();
    let Thing::Leave { leave } = world.leave(2, day(5, 1), day(5, 10)) else { panic!() };
    let named = world.stands_in(of(2), 3, day(5, 1), day(5, 10)).unwrap();
    let Thing::StandIn { stand_in } = named else { panic!() };
    let overlaps = Act::RecordLeave { person: person(2), from: day(5, 10), until: day(5, 20), by: None };
    assert_eq!(world.does(overlaps).unwrap_err().code, Code::LeaveOverlaps);
    let shorter = |until| Act::EndLeave { leave, until, reason: why() };
    assert_eq!(world.does(shorter(Some(day(5, 10)))).unwrap_err().code, Code::LeaveNotShorter);
    assert_eq!(world.does(shorter(Some(day(4, 30)))).unwrap_err().code, Code::EndsBeforeBegins);
    world.does(shorter(Some(day(5, 6)))).unwrap();
    let ends = |until| Act::EndStandIn { stand_in, until, reason: why() };
    let admin = crate::organisation::administrator();
    // What he did until yesterday he did as stand-in.
    assert_eq!(world.on(day(5, 5), &admin, ends(None)).unwrap_err().code, Code::AlreadyPast);
    assert_eq!(world.on(day(5, 5), &admin, ends(Some(day(5, 3)))).unwrap_err().code, Code::AlreadyPast);
    world.on(day(5, 5), &admin, ends(Some(day(5, 4)))).unwrap();
    assert_eq!(acts(&world, chief, day(5, 4)), Some(person(3)));
    assert_eq!(acts(&world, chief, day(5, 5)), None);
    assert_eq!(acts(&world, chief, day(5, 7)), Some(person(2)));
    world.does(shorter(None)).unwrap();
    assert_eq!(acts(&world, chief, day(5, 4)), Some(person(2)));
    assert!(world.organisation().leaves_of(person(2)).is_empty());
    assert_eq!(world.does(shorter(None)).unwrap_err().code, Code::NotOffered);
}

#[test]
fn organisation_a_leave_and_who_stands_in_are_one_step() {
    let (mut world, _, [_, chief, _, _]) = staffed();
    let asked = |by| Act::RecordLeave { person: person(2), from: day(5, 1), until: day(5, 10), by };
    // Where the one is refused, the other is not recorded.
    let refused = world.does(asked(Some(person(2)))).unwrap_err();
    assert_eq!((refused.code, refused.field), (Code::StandInOwn, Some("by")));
    assert!(world.organisation().leaves_of(person(2)).is_empty());
    let done = world.does(asked(Some(person(3)))).unwrap();
    assert!(matches!(done, Thing::Leave { .. }), "{done:?}");
    assert_eq!(acts(&world, chief, day(5, 10)), Some(person(3)));
    assert_eq!(acts(&world, chief, day(5, 11)), Some(person(2)));
    // What has begun is stood in for from today on.
    let admin = crate::organisation::administrator();
    let late =
        Act::RecordLeave { person: person(2), from: day(6, 1), until: day(6, 10), by: Some(person(3)) };
    world.on(day(6, 4), &admin, late).unwrap();
    assert_eq!(acts(&world, chief, day(6, 3)), None);
    assert_eq!(acts(&world, chief, day(6, 4)), Some(person(3)));
    let over =
        Act::RecordLeave { person: person(2), from: day(6, 12), until: day(6, 13), by: Some(person(3)) };
    assert_eq!(world.on(day(6, 14), &admin, over).unwrap_err().code, Code::EndsBeforeBegins);
}
