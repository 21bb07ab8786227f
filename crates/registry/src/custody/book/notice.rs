//! How soon before a journey its certificate is asked for: working days.

use jiff::civil::{Date, Weekday};

/// Working days between a request and a journey.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Notice {
    /// How many there are.
    pub days: u16,
    /// How many the rules want.
    pub wanted: u16,
}

impl Notice {
    /// Of a journey on one day, asked for on another: Saturdays and Sundays are no working days, nor is the day of asking.
    pub fn of(asked: Date, leaves: Date, wanted: u16) -> Self {
        let mut days = 0;
        let mut day = asked;
        while day < leaves && days < wanted {
            let Ok(next) = day.tomorrow() else { break };
            day = next;
            if !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) {
                days += 1;
            }
        }
        Self { days, wanted }
    }
    /// Whether it is enough.
    pub const fn is_enough(self) -> bool {
        self.days >= self.wanted
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::Notice;

    #[test]
    fn weekends_are_no_notice() {
        // From a Thursday to the Thursday after it there are five working days, to the Wednesday before four.
        assert!(Notice::of(date(2026, 11, 19), date(2026, 11, 26), 5).is_enough());
        assert_eq!(Notice::of(date(2026, 11, 19), date(2026, 11, 25), 5), Notice { days: 4, wanted: 5 });
        assert!(!Notice::of(date(2026, 11, 20), date(2026, 11, 22), 1).is_enough());
        assert!(Notice::of(date(2026, 11, 20), date(2026, 11, 20), 0).is_enough());
        assert!(!Notice::of(date(2026, 11, 20), date(2026, 11, 1), 5).is_enough());
    }
}
