//! Until when: the dues of what a stage gives, by its procedure's calendar.

use calendar::{At, Calendar, Due, DueError};
use procedure::{Branch, Definition, Dues, Stage, Value, Values};

use crate::{
    house::House,
    refusal::{Code, Refusal},
    time::Timestamp,
};

/// What dues are reckoned with.
pub(super) struct Reckoning<'a> {
    pub(super) calendar: &'a Calendar,
    pub(super) values: &'a Values,
    pub(super) now: Timestamp,
}

impl<'a> Reckoning<'a> {
    pub(super) fn new(
        house: &'a House,
        definition: &Definition,
        values: &'a Values,
        now: Timestamp,
    ) -> Result<Self, Refusal> {
        let missing =
            || Refusal::on("procedure", Code::CalendarMissing).with("calendar", &definition.calendar);
        let calendar = house.calendars().get(&definition.calendar).ok_or_else(missing)?;
        Ok(Self { calendar, values, now })
    }

    fn due(&self, dues: &Dues) -> Option<Result<Due, DueError>> {
        let field = |name: &str| match self.values.get(name)? {
            Value::Date(day) => Some(At::Day(*day)),
            Value::Moment(at) => Some(At::Moment(*at)),
            _ => None,
        };
        Some(dues.rule(self.values)?.due(self.now.jiff(), &field, self.calendar))
    }

    /// When a stage is due. What has no day is due by the close of business of today.
    pub(super) fn stage(&self, stage: &Stage) -> Result<Timestamp, Refusal> {
        match self.due(&stage.due) {
            Some(Ok(due)) => Ok(due.at.into()),
            Some(Err(DueError::Field(field))) => Err(Refusal::on("values", Code::Required).with("of", field)),
            Some(Err(DueError::Unreckonable(_))) => Err(Code::DueUnreckonable.into()),
            None => Err(Refusal::on("values", Code::Required).with("of", &stage.code)),
        }
    }

    /// When a branch is due: never after the stage of which it is a part.
    pub(super) fn branch(&self, branch: &Branch, stage: Timestamp) -> Timestamp {
        match self.due(&branch.due) {
            Some(Ok(due)) => Timestamp::from(due.at).min(stage),
            _ => stage,
        }
    }

    /// The end of a day: its close of business, or that of the working day before.
    pub(super) fn end_of(&self, day: jiff::civil::Date) -> Result<Timestamp, Refusal> {
        let working = self.calendar.previous_working(day.saturating_add(jiff::Span::new().days(1)));
        let day = if self.calendar.is_working(day).value { Some(day) } else { working.ok().map(|w| w.value) };
        let close = day.and_then(|day| self.calendar.close(day).ok()).and_then(|close| close.value);
        close.map(|close| close.timestamp().into()).ok_or_else(|| Code::DueUnreckonable.into())
    }

    /// So many working days before a day.
    pub(super) fn before(&self, day: jiff::civil::Date, days: i32) -> Option<jiff::civil::Date> {
        self.calendar.add_working(day, -days, calendar::Roll::Preceding).ok().map(|reckoned| reckoned.value)
    }
}
