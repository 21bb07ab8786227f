//! Numbers of a workbook as a person sees them: dates by their format and the workbook's first day, numbers padded with noughts. Owns the rules of number formats
//! (ISO 29500-1 section 18.8.30); must not know cells.

/// What a number format makes of a number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Form {
    /// It stays a number.
    #[default]
    Plain,
    /// A day, an hour, or both.
    Date { day: bool, time: bool },
    /// At least so many digits.
    Padded(usize),
}

/// The formats that need no code (section 18.8.30, and those of East Asia).
pub(crate) fn built_in(id: u32) -> Form {
    match id {
        14..=17 | 27..=31 | 36 | 50..=54 | 57 | 58 => Form::Date { day: true, time: false },
        22 => Form::Date { day: true, time: true },
        18..=21 | 32..=35 | 45 | 47 | 55 | 56 => Form::Date { day: false, time: true },
        _ => Form::Plain,
    }
}

/// The format of a code such as `dd/mm/yyyy` or `0000`.
pub(crate) fn of_code(code: &str) -> Form {
    let code: String = code.chars().take(255).collect();
    if !code.is_empty() && code.len() <= 20 && code.bytes().all(|byte| byte == b'0') {
        return Form::Padded(code.len());
    }
    let mut bare = String::new();
    let mut characters = code.chars();
    while let Some(character) = characters.next() {
        match character {
            // Only what is shown of a number above nought.
            ';' => break,
            '\\' | '_' | '*' => {
                characters.next();
            }
            '"' => {
                for inside in characters.by_ref() {
                    if inside == '"' {
                        break;
                    }
                }
            }
            '[' => {
                let inside: String = characters.by_ref().take_while(|inside| *inside != ']').collect();
                // "[h]:mm" is a length of time, no hour of a day.
                if matches!(inside.to_ascii_lowercase().as_str(), "h" | "hh" | "m" | "mm" | "s" | "ss") {
                    return Form::Plain;
                }
            }
            other => bare.push(other.to_ascii_lowercase()),
        }
    }
    let bare = bare.replace("am/pm", "").replace("a/p", "").replace("general", "");
    let time = bare.contains(['h', 's']);
    let day = bare.contains(['d', 'y']) || (bare.contains('m') && !time);
    // Letters that no date has: a word of the format's own, or a scientific number.
    let foreign = bare.chars().any(|c| c.is_ascii_alphabetic() && !"dmyhsaeg".contains(c));
    if (day || time) && !foreign { Form::Date { day, time } } else { Form::Plain }
}

/// A stored number as it is shown, and whether it is a date.
pub(crate) fn shown(stored: &str, form: Form, from_1904: bool) -> (String, bool) {
    let stored = stored.trim();
    let plain = || (plain(stored), false);
    let Ok(value) = stored.parse::<f64>() else { return (stored.to_owned(), false) };
    if !value.is_finite() {
        return (stored.to_owned(), false);
    }
    match form {
        Form::Plain => plain(),
        Form::Padded(digits) => {
            let whole = value.fract() == 0.0 && (0.0..1e15).contains(&value);
            if whole { (format!("{value:0digits$.0}"), false) } else { plain() }
        }
        Form::Date { day, time } => {
            date(value, day, time, from_1904).map_or_else(plain, |written| (written, true))
        }
    }
}

/// Fifteen digits, as office programs show: `0.30000000000000004` is 0.3.
fn plain(stored: &str) -> String {
    let Ok(value) = stored.parse::<f64>() else { return stored.to_owned() };
    let exact = stored.len() <= 15 && !stored.contains(['e', 'E']);
    if exact || !(1e-9..1e15).contains(&value.abs()) {
        let whole = stored.strip_suffix(".0").filter(|whole| !whole.is_empty());
        return whole.unwrap_or(stored).to_owned();
    }
    format!("{value:.14e}").parse::<f64>().map_or_else(|_| stored.to_owned(), |rounded| rounded.to_string())
}

/// A count of days as ISO 8601 writes it.
fn date(value: f64, day: bool, time: bool, from_1904: bool) -> Option<String> {
    // The last day that is one is 9999-12-31.
    if !(0.0..2_958_466.0).contains(&value) {
        return None;
    }
    let seconds = (value * 86_400.0).round();
    // In range, and whole: the conversion is exact.
    let seconds = seconds as i64;
    let (days, second) = (seconds / 86_400, seconds % 86_400);
    let clock = || format!("{:02}:{:02}:{:02}", second / 3_600, second / 60 % 60, second % 60);
    if !day {
        return (time && days == 0).then(clock);
    }
    let since_1970 = if from_1904 {
        days - 24_107
    } else {
        // The calendar of the other workbooks has a 29 February 1900 that never was, as day 60.
        match days {
            0 | 60 => return None,
            1..60 => days - 25_568,
            _ => days - 25_569,
        }
    };
    let written = civil(since_1970);
    Some(if time && second != 0 { format!("{written}T{}", clock()) } else { written })
}

/// The civil date so many days after 1970-01-01, for the years 1900 to 9999 (the usual arithmetic of eras of 400 years, from 1 March).
fn civil(days: i64) -> String {
    let shifted = days + 719_468;
    let (era, day_of_era) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_index = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_index + 2) / 5 + 1;
    let month = if month_index < 10 { month_index + 3 } else { month_index - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_of_dates_are_known_and_others_are_not() {
        let day = Form::Date { day: true, time: false };
        for code in [
            "dd/mm/yyyy",
            "d-mmm-yy",
            "[$-40C]d mmmm yyyy;@",
            "mmm yyyy",
            "yyyy\\-mm\\-dd",
            "\"le \"dd/mm/yy",
        ] {
            assert_eq!(of_code(code), day, "{code}");
        }
        assert_eq!(of_code("dd/mm/yyyy hh:mm"), Form::Date { day: true, time: true });
        assert_eq!(of_code("h:mm AM/PM"), Form::Date { day: false, time: true });
        assert_eq!(of_code("mm:ss"), Form::Date { day: false, time: true });
        for code in ["General", "0.00", "#,##0", "\"days\"0", "[h]:mm", "[Red]0", "0.00E+00", "0\\d", "@", ""]
        {
            assert_eq!(of_code(code), Form::Plain, "{code}");
        }
        assert_eq!(of_code("0000"), Form::Padded(4));
        assert_eq!((built_in(14), built_in(0)), (day, Form::Plain));
    }

    #[test]
    fn days_are_counted_from_either_beginning() {
        let day = Form::Date { day: true, time: false };
        let both = Form::Date { day: true, time: true };
        let of = |stored: &str, form| shown(stored, form, false);
        assert_eq!(of("1", day), ("1900-01-01".into(), true));
        assert_eq!(of("59", day), ("1900-02-28".into(), true));
        assert_eq!(of("60", day), ("60".into(), false));
        assert_eq!(of("61", day), ("1900-03-01".into(), true));
        assert_eq!(of("36526", day), ("2000-01-01".into(), true));
        assert_eq!(of("46093.645833333336", both), ("2026-03-12T15:30:00".into(), true));
        assert_eq!(of("46093.99999999", both), ("2026-03-13".into(), true));
        assert_eq!(of("2958465", day), ("9999-12-31".into(), true));
        assert_eq!(of("2958466", day), ("2958466".into(), false));
        assert_eq!(of("0.5", Form::Date { day: false, time: true }), ("12:00:00".into(), true));
        assert_eq!(shown("0", day, true), ("1904-01-01".into(), true));
        assert_eq!(shown("44631", day, true), ("2026-03-12".into(), true));
        assert_eq!(of("-1", day), ("-1".into(), false));
    }

    #[test]
    fn numbers_are_shown_as_a_person_sees_them() {
        let of = |stored: &str, form| shown(stored, form, false).0;
        assert_eq!(of("0.30000000000000004", Form::Plain), "0.3");
        assert_eq!(of("41275.0", Form::Plain), "41275");
        assert_eq!(of("1.5E2", Form::Plain), "150");
        assert_eq!(of("1E300", Form::Plain), "1E300");
        assert_eq!(of("7", Form::Padded(4)), "0007");
        assert_eq!(of("7.5", Form::Padded(4)), "7.5");
        assert_eq!(of("NaN", Form::Padded(4)), "NaN");
        assert_eq!(of("none", Form::Plain), "none");
    }
}
