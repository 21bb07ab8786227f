//! How long what persons hold counts: the house's longest periods, extensions, refreshers, and what ends soon. Computed
//! from what is held and the day, never stored.

use std::collections::HashMap;

use jiff::{Span, ToSpan, civil::Date};
use label::Clearance;
use serde::Deserialize;

use crate::{
    authorisation::{Authorisation, Grant, Standing},
    house::House,
    id::{AuthorisationId, PersonId},
    line::line,
    person,
    refusal::{Code, Refusal},
};

/// How long certificates run and briefings go unrefreshed in a house: its data, `house/people.toml`. What it does not
/// say has no limit.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// Days before an end on which it is spoken of, the longest first.
    pub warn_days: Vec<u16>,
    /// Months after which a briefing is refreshed, where its subject says nothing else.
    pub refresher_months: Option<u16>,
    /// Months by which a certificate may be extended beyond its own end.
    pub longest_extension_months: Option<u16>,
    /// What holds for a level or a category.
    pub subject: Vec<Subject>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            warn_days: vec![180, 90, 30],
            refresher_months: None,
            longest_extension_months: None,
            subject: Vec::new(),
        }
    }
}

/// What holds for a level or a category of a policy.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Subject {
    /// The policy, by name.
    pub policy: String,
    /// The level or category, by name.
    pub name: String,
    /// The longest period of a certificate (years).
    #[serde(default)]
    pub longest_years: Option<u16>,
    /// After how many months a briefing is refreshed.
    #[serde(default)]
    pub refresher_months: Option<u16>,
}

impl Settings {
    fn of(&self, policy: &str, name: &str) -> Option<&Subject> {
        self.subject.iter().find(|s| s.policy == policy && s.name == name)
    }

    /// The most days before an end on which it is spoken of.
    pub fn earliest(&self) -> i32 {
        self.warn_days.iter().copied().max().map_or(0, i32::from)
    }

    /// The narrowest of the house's bands that an end lies in; none while it is farther away than all of them.
    pub fn band(&self, days: i32) -> Option<Band> {
        if days < 0 {
            return Some(Band::Ended);
        }
        let within = self.warn_days.iter().copied().filter(|within| days <= i32::from(*within));
        within.min().map(Band::Within)
    }

    /// Every band there is, the most urgent first.
    pub fn bands(&self) -> Vec<Band> {
        let mut days = self.warn_days.clone();
        days.sort_unstable();
        std::iter::once(Band::Ended).chain(days.into_iter().map(Band::Within)).collect()
    }
}

/// How near an end is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Band {
    /// It is past.
    Ended,
    /// Within so many days, and within no shorter band of the house.
    Within(u16),
}

/// A day so many months or years later.
fn later(day: Date, by: Span) -> Date {
    day.checked_add(by).unwrap_or(Date::MAX)
}

/// A grant with its lines tidied and what the house says of itself filled in: the day on which a briefing is refreshed.
pub(crate) fn completed(grant: &Grant, house: &House) -> Result<Grant, Refusal> {
    Ok(match grant {
        Grant::Clearance { clearance, authority, number, from, until } => Grant::Clearance {
            clearance: clearance.clone(),
            authority: authority.clone(),
            number: line("number", number.as_deref().unwrap_or_default(), crate::line::NAME)?,
            from: *from,
            until: *until,
        },
        Grant::Briefing { policy, subject, on, refresh: None } => {
            let own = house.validity.of(policy, subject).and_then(|s| s.refresher_months);
            let months = own.or(house.validity.refresher_months);
            Grant::Briefing {
                policy: policy.clone(),
                subject: subject.clone(),
                on: *on,
                refresh: months.map(|months| later(*on, i32::from(months).months())),
            }
        }
        Grant::Nationality { nationality, reason } => {
            Grant::Nationality { nationality: person::nation(nationality)?, reason: reason.clone() }
        }
        Grant::Certificate { certificate } => Grant::Certificate {
            certificate: crate::line::required("certificate", certificate, crate::line::NAME)?,
        },
        other => other.clone(),
    })
}

/// Whether a certificate of a level may run so long.
pub(crate) fn not_too_long(
    clearance: &Clearance,
    from: Date,
    until: Date,
    house: &House,
) -> Result<(), Refusal> {
    let policy = house.policies.get(&clearance.policy);
    let named = policy.and_then(|p| Some((p.name(), p.level(&clearance.level)?.name.as_str())));
    let Some((policy, level)) = named else { return Ok(()) };
    let Some(years) = house.validity.of(policy, level).and_then(|s| s.longest_years) else { return Ok(()) };
    let latest = later(from, i32::from(years).years());
    if until <= latest {
        return Ok(());
    }
    let words = format!("{policy} {level}");
    Err(Refusal::on("until", Code::PeriodTooLong)
        .with("level", words)
        .with("years", years)
        .with("latest", latest))
}

/// Whether a clearance may be extended to a day: one that is confirmed, beyond the day on which it ends already, and not
/// by more than the house allows. `held` is all that the person holds.
pub(crate) fn may_extend(
    of: &Authorisation,
    held: &[Authorisation],
    until: Date,
    house: &House,
) -> Result<(), Refusal> {
    let Grant::Clearance { until: own, .. } = &of.grant else {
        return Err(Refusal::on("of", Code::NotExtendable));
    };
    if of.standing != Standing::Confirmed {
        return Err(Refusal::on("of", Code::NotExtendable));
    }
    let last = of.last_day(held).unwrap_or(*own);
    if until <= last {
        return Err(Refusal::on("until", Code::NotLater).with("day", last));
    }
    let Some(months) = house.validity.longest_extension_months else { return Ok(()) };
    let latest = later(*own, i32::from(months).months());
    if until <= latest {
        return Ok(());
    }
    Err(Refusal::on("until", Code::ExtensionTooLong).with("months", months).with("latest", latest))
}

/// What ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ending {
    /// A certificate.
    Certificate,
    /// The time until a briefing is refreshed.
    Briefing,
}

impl Ending {
    /// As it stands in addresses and answers.
    pub const fn as_str(self) -> &'static str {
        match self {
            Ending::Certificate => "certificate",
            Ending::Briefing => "briefing",
        }
    }
}

/// Something held that ends soon or has ended and that nothing has taken the place of.
#[derive(Debug, Clone, PartialEq)]
pub struct Warning {
    /// Which.
    pub authorisation: AuthorisationId,
    /// Whose.
    pub person: PersonId,
    /// What.
    pub grant: Grant,
    /// Of which kind.
    pub ending: Ending,
    /// The last day, with what extends it.
    pub last: Date,
    /// True when it counts by an extension.
    pub extended: bool,
    /// Days until then; fewer than none when it is past.
    pub days: i32,
    /// How near.
    pub band: Band,
}

/// What of all that one person holds ends within the house's days or has ended. A certificate that another of the same
/// policy and at least its level outlasts is not spoken of, nor a briefing that was given again.
pub fn warnings(held: &[Authorisation], house: &House, today: Date) -> Vec<Warning> {
    let standing: Vec<&Authorisation> = held.iter().filter(|a| a.standing == Standing::Confirmed).collect();
    let mut newest: HashMap<(&str, &str), Date> = HashMap::new();
    for one in &standing {
        if let Grant::Briefing { policy, subject, on, .. } = &one.grant {
            let day = newest.entry((policy, subject)).or_insert(*on);
            *day = (*day).max(*on);
        }
    }
    let mut found: Vec<Warning> = Vec::new();
    for one in &standing {
        let (ending, last) = match &one.grant {
            Grant::Clearance { .. } if !outlasted(one, &standing, held, house) => {
                (Ending::Certificate, one.last_day(held))
            }
            Grant::Briefing { policy, subject, on, refresh }
                if newest.get(&(policy.as_str(), subject.as_str())) == Some(on) =>
            {
                (Ending::Briefing, *refresh)
            }
            _ => continue,
        };
        let Some(last) = last else { continue };
        let days = today.until(last).map_or(i32::MAX, |span| span.get_days());
        let Some(band) = house.validity.band(days) else { continue };
        found.push(Warning {
            authorisation: one.id,
            person: one.person,
            grant: one.grant.clone(),
            ending,
            last,
            extended: one.extended_until(held) == Some(last),
            days,
            band,
        });
    }
    found.sort_by_key(|warning| (warning.last, warning.ending, warning.authorisation));
    found
}

/// Whether another certificate of the person does all that this one does, and for longer.
fn outlasted(one: &Authorisation, all: &[&Authorisation], held: &[Authorisation], house: &House) -> bool {
    let Grant::Clearance { clearance, .. } = &one.grant else { return false };
    let height = |c: &Clearance| {
        let policy = house.policies.get(&c.policy)?;
        policy.level(&c.level).map(|level| level.hierarchy)
    };
    all.iter().any(|other| match &other.grant {
        Grant::Clearance { clearance: wider, .. } if other.id != one.id => {
            wider.policy == clearance.policy
                && height(wider) >= height(clearance)
                && wider.categories.is_superset(&clearance.categories)
                && (other.last_day(held), other.id) > (one.last_day(held), one.id)
        }
        _ => false,
    })
}
