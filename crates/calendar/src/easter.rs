//! The day of Easter.

use jiff::civil::Date;

/// Easter Sunday of a year, by the Gregorian reckoning; none for a year that has no calendar (before 1, after 9999).
///
/// The years before 1583 are reckoned likewise, though nobody kept Easter so.
pub fn easter(year: i16) -> Option<Date> {
    if !(1..=9999).contains(&year) {
        return None;
    }
    let y = i32::from(year);
    let golden = y % 19;
    let century = y / 100;
    // How far the moon of the tables stands behind the sun: leap years left out, and the moon's own correction.
    let epact = (19 * golden + century - century / 4 - (8 * century + 13) / 25 + 15) % 30;
    let full = epact - epact / 28 * (1 - epact / 28 * (29 / (epact + 1)) * ((21 - golden) / 11));
    let weekday = (y + y / 4 + full + 2 - century + century / 4) % 7;
    let from_march = full - weekday;
    let month = 3 + (from_march + 40) / 44;
    let day = from_march + 28 - 31 * (month / 4);
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}
