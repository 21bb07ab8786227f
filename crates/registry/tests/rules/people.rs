//! How long what people hold counts, what is warned of, and how what is known of a person changes.

use jiff::civil::{Date, date};
use registry::{
    AuthorisationId, Caller, Code, Entry, Fact, PersonId, Refusal, Viewer,
    authorisation::{Authorisation, Grant, ProposalNeeds, Role, Standing, propose, revoke},
    house::House,
    person::{ChangeNeeds, Particulars, Person, change},
    validity::{Band, Ending, Settings, Subject, warnings},
};

use crate::support::*;

fn strict() -> House {
    let subject = |name: &str, years| Subject {
        policy: "NATO".into(),
        name: name.into(),
        longest_years: Some(years),
        refresher_months: None,
    };
    let mut house = house();
    house.validity = Settings {
        warn_days: vec![180, 90, 30],
        refresher_months: Some(12),
        longest_extension_months: Some(12),
        subject: vec![
            subject("TOP SECRET", 5),
            subject("SECRET", 10),
            Subject {
                policy: "NATO".into(),
                name: "ATOMAL".into(),
                longest_years: None,
                refresher_months: Some(6),
            },
        ],
    };
    house
}

fn certificate(house: &House, level: &str, from: Date, until: Date) -> Grant {
    Grant::Clearance {
        clearance: clearance(house, level),
        authority: "National authority".into(),
        number: Some("NSA 17/2026".into()),
        from,
        until,
    }
}

fn extension(of: u8, until: Date) -> Grant {
    Grant::Extension {
        of: AuthorisationId::new([of; 16]),
        until,
        authority: "National authority".into(),
        reason: "being renewed".into(),
    }
}

fn proposed(house: &House, grant: &Grant, held: &[Authorisation]) -> Result<Grant, Refusal> {
    let of = match grant {
        Grant::Extension { of, .. } => held.iter().find(|a| a.id == *of),
        _ => None,
    };
    let needs = ProposalNeeds {
        person: Some(of_nation(person(2), "BEL")),
        of: of.map(|of| Box::new((of.clone(), held.to_vec()))),
    };
    let facts = deciding_house(house, |context| propose(&officer(1), context, person(2), grant, &needs))?;
    match facts.as_slice() {
        [Fact::AuthorisationProposed { grant, .. }] => Ok(grant.clone()),
        other => panic!("{other:?}"),
    }
}

fn why(result: Result<Grant, Refusal>) -> (&'static str, Code) {
    let refusal = result.unwrap_err();
    (refusal.field.unwrap_or_default(), refusal.code)
}

#[test]
fn a_certificate_runs_no_longer_than_the_house_allows_for_its_level() {
    let house = strict();
    let from = date(2024, 2, 29);
    for (level, until, fits) in [
        ("TOP SECRET", date(2029, 2, 28), true),
        ("TOP SECRET", date(2029, 3, 1), false),
        ("SECRET", date(2034, 2, 28), true),
        ("SECRET", date(2034, 3, 1), false),
        // Of which the house says nothing.
        ("CONFIDENTIAL", date(2090, 1, 1), true),
    ] {
        let outcome = proposed(&house, &certificate(&house, level, from, until), &[]);
        match fits {
            true => drop(outcome.unwrap()),
            false => assert_eq!(why(outcome), ("until", Code::PeriodTooLong), "{level} {until}"),
        }
    }
    let backwards = certificate(&house, "SECRET", from, date(2024, 2, 28));
    assert_eq!(why(proposed(&house, &backwards, &[])), ("until", Code::ImpossiblePeriod));
    let mut long = certificate(&house, "SECRET", from, from);
    if let Grant::Clearance { number, .. } = &mut long {
        *number = Some("x".repeat(401));
    }
    assert_eq!(why(proposed(&house, &long, &[])), ("number", Code::TooLong));
}

#[test]
fn a_briefing_is_refreshed_when_the_house_says_where_nobody_else_did() {
    let house = strict();
    let asked = |subject: &str, refresh| Grant::Briefing {
        policy: "NATO".into(),
        subject: subject.into(),
        on: date(2026, 1, 31),
        refresh,
    };
    let refreshed = |subject, refresh| match proposed(&house, &asked(subject, refresh), &[]).unwrap() {
        Grant::Briefing { refresh, .. } => refresh,
        other => panic!("{other:?}"),
    };
    assert_eq!(refreshed("SECRET", None), Some(date(2027, 1, 31)));
    assert_eq!(refreshed("ATOMAL", None), Some(date(2026, 7, 31)));
    assert_eq!(refreshed("SECRET", Some(date(2026, 6, 1))), Some(date(2026, 6, 1)));
    let backwards = asked("SECRET", Some(date(2026, 1, 31)));
    assert_eq!(why(proposed(&house, &backwards, &[])), ("refresh", Code::ImpossiblePeriod));
}

/// A certificate of person 2, number 0, until 31 March, with the briefing that it wants.
fn ending(house: &House) -> Vec<Authorisation> {
    let first = certificate(house, "SECRET", date(2025, 1, 1), date(2026, 3, 31));
    vec![
        held(0, person(2), first, Standing::Confirmed),
        held(1, person(2), briefed("SECRET"), Standing::Confirmed),
    ]
}

#[test]
fn an_extension_is_of_a_standing_clearance_and_goes_beyond_its_end() {
    let house = strict();
    let held_now = ending(&house);
    let extends = |held: &[Authorisation], of, until| proposed(&house, &extension(of, until), held);
    extends(&held_now, 0, date(2026, 6, 30)).unwrap();
    extends(&held_now, 0, date(2027, 3, 31)).unwrap();
    assert_eq!(why(extends(&held_now, 0, date(2027, 4, 1))), ("until", Code::ExtensionTooLong));
    assert_eq!(why(extends(&held_now, 0, date(2026, 3, 31))), ("until", Code::NotLater));
    assert_eq!(why(extends(&held_now, 1, date(2026, 6, 30))), ("of", Code::NotExtendable));
    assert_eq!(why(extends(&held_now, 9, date(2026, 6, 30))), ("of", Code::NotFound));
    for standing in [Standing::Proposed, Standing::Revoked] {
        let mut other = held_now.clone();
        other[0].standing = standing;
        assert_eq!(why(extends(&other, 0, date(2026, 6, 30))), ("of", Code::NotExtendable));
    }
    // Another's clearance is not there for this person.
    let mut stranger = held_now.clone();
    stranger[0].person = person(3);
    assert_eq!(why(extends(&stranger, 0, date(2026, 6, 30))), ("of", Code::NotFound));
    // A second one goes beyond the first.
    let mut extended = held_now;
    extended.push(held(5, person(2), extension(0, date(2026, 6, 30)), Standing::Confirmed));
    assert_eq!(why(extends(&extended, 0, date(2026, 6, 30))), ("until", Code::NotLater));
    extends(&extended, 0, date(2026, 7, 1)).unwrap();
}

#[test]
fn access_follows_an_extension_while_it_and_its_clearance_stand() {
    let house = strict();
    let content = label(&house, "NATO", "SECRET", &[]);
    let above = label(&house, "NATO", "TOP SECRET", &[]);
    let reads = |held: &[Authorisation], day: Date| {
        let viewer = Viewer::on(day, &of_nation(person(2), "BEL"), held);
        assert!(!viewer.admitted(&above, None, &house, day), "never its level");
        viewer.admitted(&content, None, &house, day)
    };
    let (last, extended, over) = (date(2026, 3, 31), date(2026, 6, 30), date(2026, 7, 1));
    let plain = ending(&house);
    assert!(reads(&plain, last) && !reads(&plain, date(2026, 4, 1)));
    for (standing, counts) in
        [(Standing::Confirmed, true), (Standing::Proposed, false), (Standing::Revoked, false)]
    {
        let mut all = plain.clone();
        all.push(held(5, person(2), extension(0, extended), standing));
        assert!(reads(&all, last));
        assert_eq!(reads(&all, extended), counts, "{standing:?}");
        assert!(!reads(&all, over));
        // With its clearance it goes too.
        all[0].standing = Standing::Revoked;
        assert!(!reads(&all, last) && !reads(&all, extended));
    }
    // One of another clearance, or of another person, extends nothing here.
    for (of, whose) in [(1, 2), (0, 3)] {
        let mut all = plain.clone();
        all.push(held(5, person(whose), extension(of, extended), Standing::Confirmed));
        assert!(!reads(&all, extended));
    }
}

fn warned(house: &House, held: &[Authorisation]) -> Vec<(Ending, i32, Band)> {
    warnings(held, house, TODAY).iter().map(|w| (w.ending, w.days, w.band)).collect()
}

#[test]
fn a_warning_stands_in_the_narrowest_band_that_its_end_lies_in() {
    let house = strict();
    let in_days = |days: i64| TODAY.checked_add(jiff::Span::new().days(days)).unwrap();
    for (days, band) in [
        (-400, Some(Band::Ended)),
        (-1, Some(Band::Ended)),
        (0, Some(Band::Within(30))),
        (30, Some(Band::Within(30))),
        (31, Some(Band::Within(90))),
        (90, Some(Band::Within(90))),
        (91, Some(Band::Within(180))),
        (180, Some(Band::Within(180))),
        (181, None),
    ] {
        let grant = certificate(&house, "SECRET", date(2020, 1, 1), in_days(days));
        let one = [held(0, person(2), grant, Standing::Confirmed)];
        let wanted: Vec<_> =
            band.map(|band| (Ending::Certificate, i32::try_from(days).unwrap(), band)).into_iter().collect();
        assert_eq!(warned(&house, &one), wanted, "{days}");
    }
    assert_eq!(house.validity.bands(), [Band::Ended, Band::Within(30), Band::Within(90), Band::Within(180)]);
}

#[test]
fn what_was_renewed_refreshed_ended_or_only_proposed_is_not_warned_of() {
    let house = strict();
    let soon = certificate(&house, "SECRET", date(2025, 1, 1), date(2026, 4, 1));
    let later = |level| certificate(&house, level, date(2026, 1, 1), date(2029, 1, 1));
    let warns = |grants: &[(Grant, Standing)]| {
        let all: Vec<_> = (0..).zip(grants).map(|(n, (g, s))| held(n, person(2), g.clone(), *s)).collect();
        !warned(&house, &all).is_empty()
    };
    use Standing::{Confirmed, Proposed, Revoked};
    assert!(warns(&[(soon.clone(), Confirmed)]));
    assert!(!warns(&[(soon.clone(), Revoked)]));
    assert!(!warns(&[(soon.clone(), Proposed)]));
    assert!(!warns(&[(soon.clone(), Confirmed), (later("SECRET"), Confirmed)]));
    assert!(!warns(&[(soon.clone(), Confirmed), (later("TOP SECRET"), Confirmed)]));
    assert!(warns(&[(soon.clone(), Confirmed), (later("SECRET"), Proposed)]));
    assert!(warns(&[(soon.clone(), Confirmed), (later("CONFIDENTIAL"), Confirmed)]));
    // Extended beyond the house's days, it waits; within them, it is warned of with the later day.
    assert!(!warns(&[(soon.clone(), Confirmed), (extension(0, date(2026, 12, 1)), Confirmed)]));
    let extended = [
        held(0, person(2), soon.clone(), Confirmed),
        held(1, person(2), extension(0, date(2026, 5, 1)), Confirmed),
    ];
    let told = warnings(&extended, &house, TODAY);
    assert_eq!(told.iter().map(|w| (w.last, w.extended)).collect::<Vec<_>>(), [(date(2026, 5, 1), true)]);

    let briefing = |on, refresh| Grant::Briefing {
        policy: "NATO".into(),
        subject: "SECRET".into(),
        on,
        refresh: Some(refresh),
    };
    let first = briefing(date(2025, 3, 1), date(2026, 3, 1));
    assert!(warns(&[(first.clone(), Confirmed)]));
    assert!(!warns(&[(first.clone(), Confirmed), (briefing(date(2026, 2, 1), date(2027, 2, 1)), Confirmed)]));
    assert!(!warns(&[(first, Revoked)]));
}

fn changes(by: &Caller, to: &Particulars, known: &Person, holds: bool) -> Result<Vec<Fact>, Code> {
    let house = house();
    let needs = ChangeNeeds { person: Some(known.clone()), holds };
    deciding_house(&house, |context| change(by, context, known.id, to, " a\0reason ", &needs))
        .map_err(|r| r.code)
}

#[test]
fn those_who_keep_the_list_change_what_is_known_of_a_person() {
    let known = of_nation(person(2), "BEL");
    let to = Particulars { title: "Colonel".into(), body: Some(BODY), ..known.particulars() };
    let fact = Fact::PersonChanged {
        person: known.id,
        from: known.particulars(),
        to: to.clone(),
        reason: "a reason".into(),
    };
    let administrator = caller(1, &[role(Role::Administrator, None)]);
    for by in [officer(1), administrator, operator()] {
        assert_eq!(changes(&by, &to, &known, true), Ok(vec![fact.clone()]));
    }
    for other in [Role::Clerk, Role::Controller, Role::Assistant, Role::Inspector] {
        let at = other.is_of_a_registry().then_some(HQ);
        assert_eq!(changes(&caller(1, &[role(other, at)]), &to, &known, false), Err(Code::Forbidden));
    }
    for (to, code) in [
        (known.particulars(), Code::NothingChanged),
        (Particulars { name: " ".into(), ..to.clone() }, Code::Required),
        (Particulars { language: "de".into(), ..to.clone() }, Code::NotOffered),
        (Particulars { body: Some(registry::BodyId::new([99; 16])), ..to.clone() }, Code::NotOffered),
        (Particulars { title: "x".repeat(401), ..to }, Code::TooLong),
    ] {
        assert_eq!(changes(&officer(1), &to, &known, false), Err(code));
    }
    let nobody = deciding_house(&house(), |context| {
        change(&officer(1), context, person(2), &known.particulars(), "x", &ChangeNeeds::default())
    });
    assert_eq!(nobody.unwrap_err().code, Code::PersonUnknown);
}

#[test]
fn one_person_ends_a_stay_and_nobody_alone_takes_that_back() {
    let here = of_nation(person(2), "BEL");
    let leaves = |left: Option<Date>| Particulars { left, ..here.particulars() };
    let yesterday = date(2026, 3, 11);
    changes(&officer(1), &leaves(Some(yesterday)), &here, true).unwrap();
    // Not for oneself: an officer who leaves is let go by another.
    assert_eq!(changes(&officer(2), &leaves(Some(yesterday)), &here, true), Err(Code::OwnClearance));

    let gone = Person { left: Some(yesterday), ..here.clone() };
    for left in [None, Some(TODAY), Some(date(2030, 1, 1))] {
        assert_eq!(changes(&officer(1), &leaves(left), &gone, true), Err(Code::StillHolds), "{left:?}");
        changes(&officer(1), &leaves(left), &gone, false).unwrap();
    }
    changes(&officer(1), &leaves(Some(date(2026, 1, 1))), &gone, true).unwrap();
    // His last day is not over yet: he may still stay.
    let going = Person { left: Some(TODAY), ..here.clone() };
    changes(&officer(1), &leaves(None), &going, true).unwrap();
}

#[test]
fn a_nationality_is_proposed_replaced_and_never_ended() {
    let house = house();
    let nation = |code: &str| Grant::Nationality { nationality: code.into(), reason: "passport".into() };
    assert_eq!(proposed(&house, &nation(" nor "), &[]).unwrap(), nation("NOR"));
    assert_eq!(why(proposed(&house, &nation("BEL"), &[])), ("nationality", Code::NothingChanged));
    assert_eq!(why(proposed(&house, &nation("NO"), &[])), ("nationality", Code::NotOffered));
    let blank = Grant::Nationality { nationality: "NOR".into(), reason: " ".into() };
    assert_eq!(why(proposed(&house, &blank, &[])), ("reason", Code::Required));
    let stands = held(1, person(2), nation("NOR"), Standing::Confirmed);
    assert_eq!(revoke(&officer(1), Some(&stands), "wrong").unwrap_err().code, Code::NationalityStands);
    let waits = held(1, person(2), nation("NOR"), Standing::Proposed);
    revoke(&officer(1), Some(&waits), "wrong").unwrap();
}

#[test]
fn the_later_forms_of_a_grant_are_written_so_and_read_strictly() {
    let house = house();
    for (grant, text) in [
        (
            extension(7, date(2026, 6, 30)),
            r#"{"is":"extension","of":"07070707070707070707070707070707","until":"2026-06-30","authority":"National authority","reason":"being renewed"}"#,
        ),
        (
            Grant::Nationality { nationality: "NOR".into(), reason: "passport".into() },
            r#"{"is":"nationality","nationality":"NOR","reason":"passport"}"#,
        ),
        (
            Grant::Briefing {
                policy: "NATO".into(),
                subject: "SECRET".into(),
                on: date(2026, 1, 2),
                refresh: Some(date(2027, 1, 2)),
            },
            r#"{"is":"briefing","policy":"NATO","subject":"SECRET","on":"2026-01-02","refresh":"2027-01-02"}"#,
        ),
    ] {
        let fact = Fact::AuthorisationProposed {
            authorisation: AuthorisationId::new([1; 16]),
            person: PersonId::new([2; 16]),
            grant,
        };
        let entry = Entry { house: 1, operator: false, fact };
        let (kind, version, payload) = entry.encode().unwrap();
        let written = String::from_utf8(payload.clone()).unwrap();
        assert!(written.contains(text), "{written}");
        assert_eq!(Entry::decode(kind, version, &payload).unwrap(), entry);
        let more = written.replace("\"is\":", "\"more\":1,\"is\":");
        assert!(Entry::decode(kind, version, more.as_bytes()).is_err());
    }
    let with_number = certificate(&house, "SECRET", TODAY, TODAY);
    assert!(serde_json::to_string(&with_number).unwrap().contains(r#""number":"NSA 17/2026""#));
}
