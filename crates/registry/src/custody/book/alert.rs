//! What wants doing with an item of a book: computed from how it stands, the rules of the house and now; stored nowhere.

use jiff::{ToSpan as _, civil::Date};

use super::{Details, Item, Line, Stage};
use crate::{custody::settings::Settings, house::House, time::Timestamp};

/// Seconds of an hour.
const HOUR: i64 = 3_600;

/// What wants doing with an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Alert {
    /// A courier should have arrived.
    Late,
    /// A scan was not clean: the data wait in quarantine.
    Quarantined,
    /// Nobody knows where the equipment is.
    Missing,
    /// A courier should have left.
    NotLeft,
    /// Whoever expects a courier is to be told.
    Advise,
    /// A certificate waits to be issued.
    Issue,
    /// A certificate is to be given back.
    GiveBack,
    /// A combination is to be changed.
    Combination,
    /// A second person is to confirm a transfer.
    Confirm,
    /// An approval or an appointment has run out.
    RunOut,
    /// Somebody has not read what he was given.
    Unread,
    /// A holder has not done what he was told.
    NotPosted,
}

impl Alert {
    /// Every one, the most urgent first.
    pub const ALL: [Alert; 12] = [
        Alert::Late,
        Alert::Quarantined,
        Alert::Missing,
        Alert::NotLeft,
        Alert::Advise,
        Alert::Issue,
        Alert::GiveBack,
        Alert::Combination,
        Alert::Confirm,
        Alert::RunOut,
        Alert::Unread,
        Alert::NotPosted,
    ];
    /// As it stands in texts and addresses.
    pub const fn as_str(self) -> &'static str {
        match self {
            Alert::Late => "late",
            Alert::Quarantined => "quarantined",
            Alert::Missing => "missing",
            Alert::NotLeft => "not-left",
            Alert::Advise => "advise",
            Alert::Issue => "issue",
            Alert::GiveBack => "give-back",
            Alert::Combination => "combination",
            Alert::Confirm => "confirm",
            Alert::RunOut => "run-out",
            Alert::Unread => "unread",
            Alert::NotPosted => "not-posted",
        }
    }

    /// What wants doing with an item now; none: nothing.
    pub fn of(item: &Item, now: Timestamp, house: &House) -> Option<Alert> {
        let rules = &house.custody;
        let today = now.date(&house.zone);
        let over = |until: Option<Date>| until.is_some_and(|until| until < today).then_some(Alert::RunOut);
        match (&item.details, item.stage) {
            (Details::Routes(route), Stage::Current) => over(route.until),
            (Details::Appointments(appointment), Stage::Current) => over(appointment.until),
            (Details::Journeys(journey), stage) => {
                let before = journey.leaves.plus_seconds(-HOUR * i64::from(advice(rules)));
                match stage {
                    Stage::Requested | Stage::Issued if journey.leaves < now => Some(Alert::NotLeft),
                    Stage::Requested | Stage::Issued if journey.advised.is_none() && before <= now => {
                        Some(Alert::Advise)
                    }
                    Stage::Requested => Some(Alert::Issue),
                    Stage::UnderWay if expected(journey.expected, rules) < now => Some(Alert::Late),
                    Stage::Delivered => Some(Alert::GiveBack),
                    _ => None,
                }
            }
            (Details::Equipment(_), Stage::Missing) => Some(Alert::Missing),
            (Details::Equipment(equipment), Stage::Kept) => {
                let changed = equipment.combination?.date(&house.zone);
                let due = changed.saturating_add(i32::from(months(rules)).months());
                (due <= today).then_some(Alert::Combination)
            }
            (Details::Distributions(distribution), Stage::Current) => {
                let unread = distribution.lines.iter().any(Line::is_unread);
                (unread && days(item.since, now) >= read_within(rules)).then_some(Alert::Unread)
            }
            (Details::Instructions(_), Stage::Current) => {
                (days(item.since, now) >= instructed(rules)).then_some(Alert::NotPosted)
            }
            (Details::Transfers(_), Stage::Waiting) => Some(Alert::Confirm),
            (Details::Transfers(_), Stage::Quarantined) => Some(Alert::Quarantined),
            _ => None,
        }
    }
}

/// When a courier who has not arrived is late: by the strictest rule of the house.
fn expected(expected: Timestamp, rules: &Settings) -> Timestamp {
    let hours = rules.policy.iter().map(|policy| policy.courier_late_hours).min().unwrap_or_default();
    expected.plus_seconds(HOUR * i64::from(hours))
}

fn advice(rules: &Settings) -> u16 {
    rules.policy.iter().map(|policy| policy.courier_advice_hours).max().unwrap_or_default()
}

/// Days since something.
fn days(since: Timestamp, now: Timestamp) -> i64 {
    now.seconds_since(since) / (24 * HOUR)
}

fn read_within(rules: &Settings) -> i64 {
    rules.policy.iter().map(|policy| i64::from(policy.read_within_days)).min().unwrap_or(i64::MAX)
}

fn instructed(rules: &Settings) -> i64 {
    rules.policy.iter().map(|policy| i64::from(policy.instruction_days)).min().unwrap_or(i64::MAX)
}

fn months(rules: &Settings) -> u16 {
    rules.policy.iter().map(|policy| policy.combination_months).min().unwrap_or(u16::MAX)
}
