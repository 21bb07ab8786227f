//! The quality of the register: every figure against a count by hand, over what may be read and nothing else.

use std::{collections::BTreeMap, sync::Arc};

use jiff::civil::date;
use registry::{
    AccessRule, RegistryId, RegistryScope,
    document::Direction,
    fact::DocumentFact,
    quality::{Check, Field, Matters, Name, Profile, Rule, Said, Since},
    reference::{Reference, ReferenceKind},
};
use store::{
    classes::Classes,
    documents::Place as View,
    quality::{Asked, By, Counted, Key, Narrow, broken, counted},
};

use crate::{
    engines::{Place, on_each_engine},
    facts::{Pen, paper, sixteen},
};

fn rule(code: &str, check: Check) -> Rule {
    let said = Said { says: code.into(), remedy: code.into() };
    Rule {
        code: code.into(),
        matters: Matters::Required,
        check,
        directions: Vec::new(),
        kinds: Vec::new(),
        en: said.clone(),
        fr: said,
    }
}

fn profile() -> Profile {
    let missing = |field| Check::Missing { field };
    let incoming = Rule {
        directions: vec![Direction::Incoming, Direction::Outgoing],
        ..rule("no-addressee", missing(Field::Addressee))
    };
    let letters = Rule { kinds: vec!["letter".into()], ..rule("letter-day", missing(Field::Day)) };
    Profile {
        rules: vec![
            rule("no-date", missing(Field::Date)),
            letters,
            rule("no-originator", missing(Field::Originator)),
            incoming,
            rule("no-reference", missing(Field::Reference)),
            rule("short-subject", Check::ShortSubject { words: 3 }),
            rule("after", Check::AfterRegistration),
            rule("before", Check::BeforeOriginator),
            rule("unknown", Check::UnknownAddressee),
            rule("shared", Check::SharedReference),
            rule("no-release", Check::NoRelease { policy: "HERE".into() }),
            rule("unknown-reference", Check::UnknownReference),
            rule("undetermined", Check::Undetermined),
            rule("file-name", Check::FileNameSubject),
            rule("no-text", missing(Field::Text)),
        ],
        originators: vec![Since { name: "Staff".into(), since: date(2025, 6, 1) }],
        addressees: vec![Name { name: "Known".into() }],
    }
}

/// Papers in which every rule is broken by some: what is so of paper n follows from n.
fn papers() -> Vec<DocumentFact> {
    (0..120_u64)
        .map(|n| {
            let mut one = paper(n, &(n % 4).to_string(), &[]);
            one.direction = [Direction::Incoming, Direction::Internal, Direction::Outgoing][(n % 3) as usize];
            one.kind = if n % 5 == 0 { "note".into() } else { "letter".into() };
            one.subject = ["Stocks", "Winter  stocks", "Stocks of the winter"][(n % 7 % 3) as usize].into();
            // The pen writes in March 2026.
            one.date.civil = match n % 6 {
                0 => None,
                1 => Some(date(2027, 1, 1)),
                2 => Some(date(2025, 5, 31)),
                _ => Some(date(2026, 1, 1)),
            };
            one.date.written = (n % 12 == 0).then(|| "1950s".into());
            one.originator =
                [None, Some("Staff".to_owned()), Some("Élan".to_owned())][(n % 11 % 3) as usize].clone();
            if n % 4 != 1 {
                let number = n % 40;
                one.references = vec![Reference::new(ReferenceKind::Originator, format!("Ref {number}"))];
            }
            one.action = match n % 13 {
                0..4 => Vec::new(),
                4..9 => vec!["Known".into()],
                9 => vec!["Known, Archives".into(), format!("Stranger {n}")],
                10 => vec!["Known".into(), "Élan, Archives".into()],
                11 => vec![format!("Knowns {n}")],
                _ => vec!["Known".into(), format!("Stranger, branch {}", n % 26)],
            };
            one
        })
        .collect()
}

/// Whether a paper breaks a rule, by a plain reading. `all` are those that are read.
fn breaks(code: &str, one: &DocumentFact, all: &[&DocumentFact]) -> bool {
    let reference = |d: &DocumentFact| d.references.first().map(|r| r.key());
    match code {
        "no-date" => one.date.civil.is_none() && one.date.written.is_none(),
        "letter-day" => one.date.civil.is_none(),
        "no-originator" => one.originator.is_none(),
        "no-addressee" => one.action.is_empty(),
        "no-reference" => one.references.is_empty(),
        "short-subject" => one.subject.split(' ').count() < 3,
        "after" => one.date.civil.is_some_and(|d| d > date(2026, 6, 1)),
        "before" => {
            one.originator.as_deref() == Some("Staff") && one.date.civil.is_some_and(|d| d < date(2025, 6, 1))
        }
        // Neither of the house nor a part of one of the house, nor named on another paper that is read.
        "unknown" => one.action.iter().any(|name| {
            let once = all.iter().filter(|other| other.action.contains(name)).count() == 1;
            once && name != "Known" && !name.starts_with("Known,")
        }),
        "shared" => reference(one).is_some_and(|own| {
            all.iter().any(|other| other.id != one.id && reference(other).as_ref() == Some(&own))
        }),
        "no-release" => one.label.as_ref().unwrap().level.as_str() == "1",
        "unknown-reference" => !one.references.is_empty(),
        "no-text" => true,
        _ => false,
    }
}

fn asked_of(rule: &Rule, one: &DocumentFact) -> bool {
    (rule.directions.is_empty() || rule.directions.contains(&one.direction))
        && (rule.kinds.is_empty() || rule.kinds.contains(&one.kind))
}

async fn every_figure_is_right(place: Arc<Place>) {
    let registry = RegistryId::new(sixteen(77));
    let (papers, profile) = (papers(), profile());
    Pen::default().registers(&place, registry, papers.clone()).await;
    let rules = Classes::default().of(&mut place.reads().await, registry).await.unwrap();
    let silent = |rule: &AccessRule, policy: &str| {
        policy == "HERE" && rule.content.as_ref().is_some_and(|l| l.level.as_str() == "1")
    };
    let asked = Asked { profile: &profile, known: &[], silent: &silent };
    let mut conn = place.reads().await;
    for levels in [vec![], vec!["0"], vec!["1", "3"], vec!["0", "1", "2", "3"]] {
        let reads =
            |rule: &AccessRule| rule.content.as_ref().is_some_and(|l| levels.contains(&l.level.as_str()));
        let read = (0_u32..).zip(rules.iter()).filter(|(_, r)| reads(r)).map(|(n, _)| n).collect();
        let scope = RegistryScope { read, ..RegistryScope::default() };
        let view = View { registry, scope: &scope, rules: &rules };
        let seen: Vec<&DocumentFact> =
            papers.iter().filter(|d| levels.contains(&d.label.as_ref().unwrap().level.as_str())).collect();
        let by_hand = |key: &dyn Fn(&DocumentFact) -> Key| {
            let mut all: BTreeMap<Key, Counted> = BTreeMap::new();
            for one in &seen {
                let counts = Counted {
                    documents: 1,
                    asked: profile.rules.iter().map(|r| u64::from(asked_of(r, one))).collect(),
                    broken: profile
                        .rules
                        .iter()
                        .map(|r| u64::from(asked_of(r, one) && breaks(&r.code, one, &seen)))
                        .collect(),
                };
                all.entry(key(one)).or_default().add(&counts);
            }
            all
        };
        let none = Narrow::default();
        let all = counted(&mut conn, view, asked, By::All, &none).await.unwrap().into_inner();
        assert_eq!(all, by_hand(&|_| Key::All), "{levels:?}");
        let by = counted(&mut conn, view, asked, By::Originator, &none).await.unwrap().into_inner();
        let originator = |d: &DocumentFact| Key::Originator(d.originator.clone().unwrap_or_default());
        assert_eq!(by, by_hand(&originator), "{levels:?}");
        let by = counted(&mut conn, view, asked, By::Day, &none).await.unwrap().into_inner();
        assert_eq!(by.values().map(|c| c.documents).sum::<u64>(), seen.len() as u64);
        let by = counted(&mut conn, view, asked, By::Registrar, &none).await.unwrap().into_inner();
        assert_eq!(by.len(), usize::from(!seen.is_empty()));

        // The list behind each number is as long as the number, page by page, and of nothing else.
        for (n, rule) in profile.rules.iter().enumerate() {
            for originator in [None, Some("Staff".to_owned()), Some(String::new())] {
                let fits = |d: &&&DocumentFact| {
                    asked_of(rule, d)
                        && breaks(&rule.code, d, &seen)
                        && originator.as_ref().is_none_or(|o| d.originator.clone().unwrap_or_default() == *o)
                };
                let mut wanted: Vec<_> = seen.iter().filter(fits).map(|d| d.id).collect();
                let narrow = Narrow { originator: originator.clone(), ..Narrow::default() };
                let mut found = Vec::new();
                let mut after = None;
                loop {
                    let page = broken(&mut conn, view, asked, rule, &narrow, after, 7).await.unwrap();
                    found.extend(page.rows.iter().map(|e| e.document));
                    after = page.rows.last().map(|e| e.key);
                    if !page.more {
                        break;
                    }
                }
                if originator.is_none() {
                    let figure = all.get(&Key::All).map_or(0, |c| c.broken[n]);
                    assert_eq!(figure, found.len() as u64, "{}", rule.code);
                }
                wanted.sort_unstable();
                found.sort_unstable();
                assert_eq!(found, wanted, "{} {originator:?} {levels:?}", rule.code);
            }
        }
    }
}

#[tokio::test]
async fn figures_of_quality_are_those_of_a_count_by_hand() {
    on_each_engine(every_figure_is_right).await;
}
