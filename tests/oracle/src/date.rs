//! Civil dates as whole days, and the first and last day of a year, a month or a day. Knows no documents.

/// Days since 1970-01-01 in the Gregorian calendar.
pub type Day = i64;

fn leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

fn month_length(year: i64, month: i64) -> i64 {
    match month {
        2 if leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// The day of a date that exists.
fn day_number(year: i64, month: i64, day: i64) -> Option<Day> {
    if !(1000..=2999).contains(&year)
        || !(1..=12).contains(&month)
        || !(1..=month_length(year, month)).contains(&day)
    {
        return None;
    }
    // Counted year by year and month by month: slow, and nobody has to believe a formula.
    let years: i64 = if year >= 1970 {
        (1970..year).map(|y| 365 + i64::from(leap(y))).sum()
    } else {
        -(year..1970).map(|y| 365 + i64::from(leap(y))).sum::<i64>()
    };
    let months: i64 = (1..month).map(|m| month_length(year, m)).sum();
    Some(years + months + day - 1)
}

fn digits(text: &str, length: usize) -> Option<i64> {
    let fits = text.len() == length && text.bytes().all(|b| b.is_ascii_digit());
    fits.then(|| text.parse().ok()).flatten()
}

/// The first and last day of `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; none when it is not a date that exists.
pub fn span(text: &str) -> Option<(Day, Day)> {
    let mut parts = text.split('-');
    let year = digits(parts.next()?, 4)?;
    let month = parts.next().map(|m| digits(m, 2));
    let day = parts.next().map(|d| digits(d, 2));
    match (month, day, parts.next()) {
        (None, None, None) => Some((day_number(year, 1, 1)?, day_number(year, 12, 31)?)),
        (Some(month), None, None) => {
            let month = month?;
            Some((day_number(year, month, 1)?, day_number(year, month, month_length(year, month))?))
        }
        (Some(month), Some(day), None) => {
            let day = day_number(year, month?, day?)?;
            Some((day, day))
        }
        _ => None,
    }
}

/// The day and the ten characters that say it, when a manifest's date begins with a whole civil date.
pub fn civil(text: &str) -> Option<(Day, &str)> {
    let ten = text.get(..10)?;
    let (day, _) = span(ten)?;
    Some((day, ten))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_days_have_their_numbers() {
        for (text, day) in [
            ("1970-01-01", 0),
            ("1969-12-31", -1),
            ("2000-02-29", 11_016),
            ("2000-03-01", 11_017),
            ("1950-01-19", -7_287),
            ("2026-11-20", 20_777),
        ] {
            assert_eq!(span(text), Some((day, day)), "{text}");
        }
    }

    #[test]
    fn a_year_and_a_month_have_a_first_and_a_last_day() {
        assert_eq!(span("1970"), Some((0, 364)));
        assert_eq!(span("1972-02").map(|(a, b)| b - a + 1), Some(29));
        assert_eq!(span("1900-02").map(|(a, b)| b - a + 1), Some(28));
    }

    #[test]
    fn what_is_no_date_has_no_days() {
        for text in ["", "1958-", "1958-13", "1958-02-29", "58", "1958-1", "1958-01-01-01", "0999", "१९५८"]
        {
            assert_eq!(span(text), None, "{text}");
        }
        assert_eq!(civil("1955-06"), None);
        assert_eq!(civil("1955-08-05T12:30:00Z").map(|(_, t)| t), Some("1955-08-05"));
    }
}
