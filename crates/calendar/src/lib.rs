//! Working days, close of business, and deadlines. Owns what days a body works, by its data (`house/calendars`), and all
//! that is counted in them: dues, recurrences, reminders, lateness. Must not know papers, tasks, tables, texts or clocks:
//! every moment is given.
//!
//! # The contract
//!
//! *A day counts whole.* The day from which is counted is day 0 whatever the hour, in the zone of the calendar; "one working
//! day" from it is the first working day after it, and ends with that day's close of business.
//!
//! *What is not known is said.* A calendar covers the years for which somebody has looked through it. Beyond them
//! everything is reckoned by the rules that recur, and the answer says from which year on it is not [`Covered`].
//!
//! *Clocks that are changed.* A time of the wall clock that does not exist on its day (a gap) is as much later as the gap is
//! wide; one that exists twice (a fold) is the first of the two. Hours are counted in time that passes, not on the wall.
//!
//! *No due on a day on which nobody works*, unless the rule says `as is` or counts in hours, which run through nights and
//! weekends. What is given before or on a day moves to the working day before, what is given after one to the day after.

mod calendar;
mod days;
mod easter;
mod file;
mod holiday;
mod hours;
mod late;
mod reckoned;
mod recurrence;
mod remind;
mod rule;
mod settings;
mod words;

pub use calendar::{Calendar, Day, Kind, Off};
pub use days::{MOST_DAYS, MOST_DAYS_OFF};
pub use easter::easter;
pub use file::{Calendars, Fault, FileError, LARGEST_FILE};
pub use holiday::Names;
pub use hours::{Hours, Worked};
pub use late::{Given, Risk, Standing, standing};
pub use reckoned::{Covered, Reckoned, Unreckonable};
pub use recurrence::{Ends, Monthly, Occurrence, Pattern, Recurrence};
pub use remind::{Reminder, ReminderId, ReminderKind, come_due, next_look};
pub use rule::{Anchor, At, Direction, Due, DueError, Fields, Hour, Period, Rule, Stretch, Unit, What};
pub use settings::{Reminders, RiskRules, Settings, SettingsError};
pub use words::{Nth, Roll, TextError};
