//! The quality of the register as a reader sees it: completeness by field, rules that are broken, by registry,
//! originator, division and month; the papers behind each figure; and what one paper lacks. Only what he may read counts.

use std::{
    collections::{BTreeMap, HashMap},
    sync::LazyLock,
};

use jiff::{Span, civil::Date};
use registry::{
    AccessRule, BodyId, DocumentId, PersonId, RegistryId,
    house::House,
    quality::{Matters, Profile, Rule},
    query::day_number,
};
use store::{
    StoreError,
    quality::{self, Asked, By, Counted, Key, Narrow},
    visible::{EntryView, Page, PageKey},
};

use crate::{failure::Failure, reading::Reading, shipped};

/// Read once: what ships does not change while we run, and no entry of a ledger follows from it.
static PROFILE: LazyLock<Result<Profile, String>> = LazyLock::new(|| {
    let profile: Profile =
        toml::from_str(shipped::QUALITY).map_err(|e| format!("house/quality.toml: {e}"))?;
    match profile.wrong() {
        None => Ok(profile),
        Some(wrong) => Err(format!("house/quality.toml: {wrong}")),
    }
});

/// What the house wants of its register.
pub fn profile() -> Result<&'static Profile, Failure> {
    PROFILE.as_ref().map_err(|e| StoreError::damaged(e).into())
}

/// By what figures are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Grouped {
    /// By registry.
    #[default]
    Registry,
    /// By originator.
    Originator,
    /// By the body of whoever registered the paper.
    Division,
    /// By the month of registration.
    Month,
}

impl Grouped {
    /// Every way.
    pub const ALL: [Grouped; 4] = [Grouped::Registry, Grouped::Originator, Grouped::Division, Grouped::Month];
    /// As it stands in addresses.
    pub const fn as_str(self) -> &'static str {
        match self {
            Grouped::Registry => "registry",
            Grouped::Originator => "originator",
            Grouped::Division => "division",
            Grouped::Month => "month",
        }
    }
    /// Reads it.
    pub fn of(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|by| by.as_str() == text)
    }
}

/// Figures of papers that have something in common.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figures {
    /// What they have in common, as it stands in addresses: a registry's or body's code, an originator, `2026-11`.
    pub key: String,
    /// The same in words, English and French; the key where it is its own name.
    pub names: [String; 2],
    /// The counts, rule by rule.
    pub counts: Counted,
}

/// Hundredths of a per cent of the fields that are asked for and filled; none where nothing is asked.
pub fn completeness(profile: &Profile, counts: &Counted) -> Option<u64> {
    let (mut asked, mut filled) = (0_u64, 0_u64);
    for ((rule, all), broken) in profile.rules.iter().zip(&counts.asked).zip(&counts.broken) {
        if rule.is_of_a_field() {
            asked += all;
            filled += all.saturating_sub(*broken);
        }
    }
    filled.saturating_mul(10_000).checked_div(asked)
}

/// How many breaks of rules that matter so much.
pub fn breaks(profile: &Profile, counts: &Counted, matters: Matters) -> u64 {
    let each = profile.rules.iter().zip(&counts.broken);
    each.filter(|(rule, _)| rule.matters == matters).map(|(_, n)| n).sum()
}

/// What a paper lacks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lacking {
    /// How much of what is asked is there, in hundredths of a per cent.
    pub complete: Option<u64>,
    /// The rules that it breaks.
    pub rules: Vec<&'static Rule>,
}

/// Whether a marking of a policy says nothing of release.
fn silent(house: &House, rule: &AccessRule, policy: &str) -> bool {
    let Some(label) = &rule.content else { return false };
    let Ok(known) = house.policies.of(label) else { return false };
    let Some(release) = known.release().filter(|_| known.name() == policy) else { return false };
    !label.categories.iter().any(|c| c.set == release.set || release.only.as_ref() == Some(&c.set))
}

/// Every name of the bodies of the house.
fn bodies(house: &House) -> Vec<String> {
    let mut names: Vec<String> = house
        .bodies()
        .flat_map(|body| [body.code.clone(), body.names.en.clone(), body.names.fr.clone()])
        .filter(|name| !name.is_empty())
        .collect();
    names.sort();
    names.dedup();
    names.truncate(registry::quality::MOST_NAMES);
    names
}

fn month_of(day: i64) -> String {
    let date = Date::constant(1970, 1, 1).saturating_add(Span::new().days(day.clamp(0, 2_000_000)));
    format!("{:04}-{:02}", date.year(), date.month())
}

/// The days of a month, or none where it is no month.
fn days_of(month: &str) -> Option<(i64, i64)> {
    let first: Date = format!("{month}-01").parse().ok()?;
    (month.len() == 7).then(|| (day_number(first), day_number(first.last_of_month())))
}

/// Most months that are told; a register older than that has only those in which there is something.
const MONTHS: usize = 1_200;

/// Puts in the months between the first and the last in which nothing was registered: a month without papers is no month
/// that was not.
fn fill(all: &mut BTreeMap<String, Figures>) {
    let first = |month: &String| format!("{month}-01").parse::<Date>().ok();
    let Some((from, to)) = all.keys().next().and_then(first).zip(all.keys().next_back().and_then(first))
    else {
        return;
    };
    let months = from.series(Span::new().months(1)).take_while(|day| *day <= to).take(MONTHS + 1);
    let months: Vec<String> = months.map(|day| format!("{:04}-{:02}", day.year(), day.month())).collect();
    if months.len() > MONTHS {
        return;
    }
    // Each rule has its nought, so that a row of a file is as long as its heads.
    let none = || vec![0; all.values().next().map_or(0, |f| f.counts.broken.len())];
    let counts = Counted { documents: 0, asked: none(), broken: none() };
    for key in months {
        let names = [key.clone(), key.clone()];
        all.entry(key.clone()).or_insert(Figures { key, names, counts: counts.clone() });
    }
}

impl Reading {
    /// The registries that are asked, one or all that the reader knows of.
    async fn asked_registries(
        &mut self,
        only: Option<RegistryId>,
    ) -> Result<Vec<registry::house::Registry>, Failure> {
        let known = self.registries().await?;
        Ok(known.into_iter().map(|(r, _)| r).filter(|r| only.is_none_or(|id| id == r.id)).collect())
    }

    async fn counted_in(
        &mut self,
        registry: RegistryId,
        by: By,
        narrow: &Narrow,
    ) -> Result<BTreeMap<Key, Counted>, Failure> {
        let house = self.house.clone();
        let known = bodies(&house);
        let quiet = |rule: &AccessRule, policy: &str| silent(&house, rule, policy);
        let asked = Asked { profile: profile()?, known: &known, silent: &quiet };
        match self.at(registry) {
            Some((conn, place)) => Ok(quality::counted(conn, place, asked, by, narrow).await?.into_inner()),
            None => Ok(BTreeMap::new()),
        }
    }

    /// The body of everyone, none for those who have none.
    async fn divisions(&mut self) -> Result<HashMap<PersonId, Option<BodyId>>, Failure> {
        let persons = store::house::persons(self.conn()).await?;
        Ok(persons.into_iter().map(|p| (p.id, p.body)).collect())
    }

    /// The figures of all papers that the reader may read, of one registry or all, told apart.
    pub async fn quality(&mut self, only: Option<RegistryId>, by: Grouped) -> Result<Vec<Figures>, Failure> {
        let divisions = if by == Grouped::Division { self.divisions().await? } else { HashMap::new() };
        let house = self.house.clone();
        let mut all: BTreeMap<String, Figures> = BTreeMap::new();
        for registry in self.asked_registries(only).await? {
            let within = match by {
                Grouped::Registry => By::All,
                Grouped::Originator => By::Originator,
                Grouped::Division => By::Registrar,
                Grouped::Month => By::Day,
            };
            for (key, counts) in self.counted_in(registry.id, within, &Narrow::default()).await? {
                let (key, names) = match key {
                    Key::All => {
                        (registry.code.clone(), [registry.names.en.clone(), registry.names.fr.clone()])
                    }
                    Key::Originator(name) => (name.clone(), [name.clone(), name]),
                    Key::Registrar(person) => {
                        let body = divisions.get(&person).copied().flatten().and_then(|id| house.body(id));
                        match body {
                            Some(body) => {
                                let names = |tag| body.names.in_language(tag).to_owned();
                                (body.code.clone(), [names("en"), names("fr")])
                            }
                            None => Default::default(),
                        }
                    }
                    Key::Day(day) => {
                        let month = month_of(day);
                        (month.clone(), [month.clone(), month])
                    }
                };
                all.entry(key.clone())
                    .or_insert_with(|| Figures { key, names, counts: Counted::default() })
                    .counts
                    .add(&counts);
            }
        }
        if by == Grouped::Month {
            fill(&mut all);
        }
        Ok(all.into_values().collect())
    }

    /// The papers that break a rule, of one registry or all, of those with something in common; newest first.
    pub async fn breaking(
        &mut self,
        rule: &Rule,
        only: Option<RegistryId>,
        common: Option<(Grouped, &str)>,
        after: Option<PageKey>,
        limit: usize,
    ) -> Result<Page<EntryView>, Failure> {
        let mut narrow = Narrow::default();
        let mut code = None;
        match common {
            None => {}
            Some((Grouped::Registry, key)) => code = Some(key),
            Some((Grouped::Originator, key)) => narrow.originator = Some(key.to_owned()),
            Some((Grouped::Month, key)) => narrow.days = Some(days_of(key).unwrap_or((-1, -2))),
            Some((Grouped::Division, key)) => {
                let house = self.house.clone();
                let mut persons = self.divisions().await?;
                // Whoever holds the key is of no body.
                persons.insert(registry::command::OPERATOR, None);
                let of = |body: &Option<BodyId>| {
                    body.and_then(|id| house.body(id)).map_or("", |b| b.code.as_str())
                };
                let those = persons.iter().filter(|(_, body)| of(body) == key).map(|(id, _)| *id);
                let mut those: Vec<PersonId> = those.collect();
                those.sort_unstable();
                narrow.registrars = Some(those);
            }
        }
        let house = self.house.clone();
        let known = bodies(&house);
        let quiet = |rule: &AccessRule, policy: &str| silent(&house, rule, policy);
        let asked = Asked { profile: profile()?, known: &known, silent: &quiet };
        let (mut rows, mut more) = (Vec::new(), false);
        for registry in self.asked_registries(only).await? {
            if code.is_some_and(|code| !registry.code.eq_ignore_ascii_case(code)) {
                continue;
            }
            let Some((conn, place)) = self.at(registry.id) else { continue };
            let page = quality::broken(conn, place, asked, rule, &narrow, after, limit).await?;
            more |= page.more;
            rows.extend(page.rows);
        }
        rows.sort_by_key(|row| std::cmp::Reverse((row.key.order, row.document)));
        more |= rows.len() > limit;
        rows.truncate(limit);
        Ok(Page { rows, more })
    }

    /// What a paper lacks, where it may be read.
    pub async fn lacking(
        &mut self,
        registry: RegistryId,
        document: DocumentId,
    ) -> Result<Option<Lacking>, Failure> {
        let narrow = Narrow { document: Some(document), ..Narrow::default() };
        let counted = self.counted_in(registry, By::All, &narrow).await?;
        let profile = profile()?;
        Ok(counted.get(&Key::All).map(|counts| Lacking {
            complete: completeness(profile, counts),
            rules: profile
                .rules
                .iter()
                .zip(&counts.broken)
                .filter(|(_, n)| **n > 0)
                .map(|(r, _)| r)
                .collect(),
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_profile_is_one() {
        let profile = profile().unwrap();
        assert!(profile.rules.len() > 10 && profile.rules.iter().any(Rule::is_of_a_field));
    }

    #[test]
    fn months_without_papers_stand_between_those_with_some() {
        let counts = Counted { documents: 1, asked: vec![1, 1], broken: vec![0, 1] };
        let month =
            |key: &str| Figures { key: key.into(), names: Default::default(), counts: counts.clone() };
        let mut all: BTreeMap<String, Figures> =
            ["2025-11", "2026-02"].into_iter().map(|key| (key.to_owned(), month(key))).collect();
        fill(&mut all);
        let told: Vec<(&str, u64)> = all.values().map(|f| (f.key.as_str(), f.counts.documents)).collect();
        assert_eq!(told, [("2025-11", 1), ("2025-12", 0), ("2026-01", 0), ("2026-02", 1)]);
        assert!(all.values().all(|f| (f.counts.asked.len(), f.counts.broken.len()) == (2, 2)));
        let mut none = BTreeMap::new();
        fill(&mut none);
        assert!(none.is_empty());
    }

    #[test]
    fn days_fall_into_months_and_back() {
        assert_eq!(month_of(day_number("2026-11-22".parse().unwrap())), "2026-11");
        let (first, last) = days_of("2024-02").unwrap();
        assert_eq!((month_of(first), month_of(last), last - first), ("2024-02".into(), "2024-02".into(), 28));
        assert!(days_of("2024-13").is_none() && days_of("").is_none());
    }
}
