//! Figures of the cases that a reader sees: what was opened and ended in a stretch of days, what runs, how late, how long it
//! took, who has how much. Days are working days of each procedure's calendar. What a figure counts can be listed by the same
//! conditions ([`Reading::case_tasks`], [`Reading::cases`]).

mod making;

use std::collections::BTreeMap;

use calendar::Calendar;
use jiff::civil::Date;
use registry::{
    Timestamp,
    cases::Doer,
    id::UnitId,
    organisation::{Organisation, Unit},
};
use store::figures::{Done, Dues, Kept, MoreTime, Open, TaskOrder, TasksWanted};

use self::making::{Made, Marks, Worked, mark, ranks};
use super::{Asked, CaseRow, DoerName, Eyes, Reading, TaskRow};
use crate::failure::Failure;

/// The most days of which figures are made at once.
pub const MOST_DAYS: i32 = 731;

/// How late tasks are, by working days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Age {
    /// Up to five.
    Fresh,
    /// From six to twenty.
    Aged,
    /// More than twenty.
    Old,
}

impl Age {
    /// All, the least first.
    pub const ALL: [Self; 3] = [Self::Fresh, Self::Aged, Self::Old];

    /// As it is written in addresses and answers.
    pub const fn text(self) -> &'static str {
        match self {
            Self::Fresh => "1-5",
            Self::Aged => "6-20",
            Self::Old => "over-20",
        }
    }
}

/// The figures that are asked for.
#[derive(Debug, Clone)]
pub struct FiguresAsked {
    /// Of a unit and those below it.
    pub unit: Option<UnitId>,
    /// Of one procedure.
    pub procedure: Option<String>,
    /// From a day on.
    pub from: Date,
    /// Until a day.
    pub until: Date,
}

/// The tasks that are asked for.
#[derive(Debug, Clone, Default)]
pub struct TasksAsked {
    /// Of the posts of a unit and those below it.
    pub unit: Option<UnitId>,
    /// That one has.
    pub doer: Option<Doer>,
    /// Of one procedure.
    pub procedure: Option<String>,
    /// Whether something is to be done, or is done; none: either.
    pub open: Option<bool>,
    /// Late.
    pub late: bool,
    /// So late.
    pub age: Option<Age>,
    /// Due from a day on, until another.
    pub due: Option<(Date, Date)>,
    /// Done from a day on, until another.
    pub done: Option<(Date, Date)>,
    /// How it was done.
    pub kept: Option<Kept>,
    /// Whether more time was asked for.
    pub time: Option<MoreTime>,
    /// The last done first, instead of the first due.
    pub newest: bool,
    /// From which row on.
    pub from: u64,
    /// How many at most.
    pub limit: u64,
}

/// Figures of a whole, of a procedure, or of a unit.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    /// Cases opened in these days.
    pub opened: u64,
    /// Cases ended in them.
    pub ended: u64,
    /// Cases that run now.
    pub running: u64,
    /// Tasks to be done now.
    pub open: u64,
    /// Of these, late ones, by [`Age`].
    pub late: [u64; 3],
    /// Tasks done in these days.
    pub done: u64,
    /// Of these, by when they were due at first.
    pub first: u64,
    /// By when they were due as approved.
    pub approved: u64,
    /// For so many more time was asked for.
    pub asked: u64,
    /// For so many it was granted.
    pub granted: u64,
    /// Working days from opening to end, of the cases that ended: the median, and what nine of ten took at most.
    pub took: Option<(u32, u32)>,
}

impl Counts {
    /// How many tasks are late now.
    pub fn late_all(&self) -> u64 {
        self.late.iter().sum()
    }

    fn opens(&mut self, open: &Open, late: Option<Age>) {
        self.open += open.count;
        if let Some(place) = late.and_then(|age| self.late.get_mut(age as usize)) {
            *place += open.count;
        }
    }

    fn does(&mut self, done: &Done) {
        self.done += done.count;
        self.first += done.first;
        self.approved += done.approved;
        self.asked += done.asked;
        self.granted += done.granted;
    }
}

/// What a post or a person has.
#[derive(Debug, Clone)]
pub struct Load {
    /// Who.
    pub who: DoerName,
    /// Tasks to be done.
    pub open: u64,
    /// Of these, late ones.
    pub late: u64,
}

/// A week.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Week {
    /// Its Monday.
    pub monday: Date,
    /// Cases opened in it.
    pub opened: u64,
    /// Cases ended in it.
    pub ended: u64,
}

/// The figures.
#[derive(Debug, Clone)]
pub struct Figures {
    /// Of everything.
    pub all: Counts,
    /// By procedure, in the order of codes.
    pub procedures: Vec<(String, Counts)>,
    /// By unit directly below, tasks only, in the order of codes.
    pub units: Vec<(Unit, Counts)>,
    /// By who has the tasks, the most first.
    pub loads: Vec<Load>,
    /// Week by week.
    pub weeks: Vec<Week>,
}

/// The posts of a unit and of those below it, as the tables name them.
pub(super) fn posts_below(organisation: &Organisation, unit: UnitId) -> Vec<String> {
    let units = organisation.below(unit);
    let posts = units.into_iter().flat_map(|unit| organisation.posts_in(unit));
    posts.map(|post| Doer::Post(post.id).to_string()).collect()
}

impl Reading {
    /// The beginning of a day and the end of another where the house is.
    pub(super) fn span(&self, (from, until): (Date, Date)) -> (Timestamp, Timestamp) {
        let begin = |day: Date| {
            let zoned = day.to_zoned(self.house.zone.clone());
            zoned.map_or(Timestamp::from_micros(0), |at| {
                Timestamp::from_micros(at.timestamp().as_microsecond())
            })
        };
        (begin(from), begin(until.tomorrow().unwrap_or(until)))
    }

    fn calendar_of(&self, procedure: &str) -> Option<&Calendar> {
        let definition = self.house.procedures().get(procedure)?;
        self.house.calendars().get(&definition.calendar)
    }

    fn marks(&self, eyes: &Eyes) -> Vec<Marks> {
        let mut by_calendar: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for definition in self.house.procedures().iter() {
            by_calendar.entry(&definition.calendar).or_default().push(definition.code.clone());
        }
        let marks = by_calendar.into_iter().filter_map(|(code, procedures)| {
            let calendar = self.house.calendars().get(code)?;
            let today = calendar.date_of(eyes.now.jiff());
            Some(Marks { procedures, six: mark(calendar, today, 6)?, more: mark(calendar, today, 21)? })
        });
        marks.collect()
    }

    /// Tasks of all cases that the reader sees.
    pub async fn case_tasks(
        &mut self,
        asked: &TasksAsked,
    ) -> Result<(Vec<(CaseRow, TaskRow)>, u64), Failure> {
        let eyes = self.eyes().await?;
        let wanted = self.tasks_wanted(&eyes, asked);
        let order = if asked.newest { TaskOrder::Over } else { TaskOrder::Due };
        let (found, all) =
            store::figures::tasks(self.conn(), &wanted, order, asked.from, asked.limit).await?;
        let rows = found.into_iter().filter_map(|(case, task)| {
            let row = self.row(&eyes, case)?;
            let task = self.task_row(&eyes, &row, task)?;
            Some((row, task))
        });
        Ok((rows.collect(), all))
    }

    fn tasks_wanted(&self, eyes: &Eyes, asked: &TasksAsked) -> TasksWanted {
        let dues = asked.age.map(|age| {
            let none = Timestamp::from_micros(0);
            let due = |marks: Marks| {
                let (from, until) = match age {
                    Age::Fresh => (marks.six, eyes.now),
                    Age::Aged => (marks.more, marks.six),
                    Age::Old => (none, marks.more),
                };
                Dues { procedures: marks.procedures, from, until }
            };
            self.marks(eyes).into_iter().map(due).collect()
        });
        let due = asked.due.map(|days| self.span(days));
        let late = asked.late.then_some((Timestamp::from_micros(0), eyes.now));
        TasksWanted {
            classes: self.classes(),
            parties: self.parties(eyes),
            owners: asked.unit.map(|unit| posts_below(&eyes.organisation, unit)),
            doers: asked.doer.map(|doer| vec![doer.to_string()]),
            procedure: asked.procedure.clone(),
            open: if asked.late || asked.age.is_some() { Some(true) } else { asked.open },
            dues,
            due: late.or(due),
            over: asked.done.map(|days| self.span(days)),
            kept: asked.kept,
            time: asked.time,
        }
    }

    /// Figures of what the reader sees.
    pub async fn case_figures(&mut self, asked: &FiguresAsked) -> Result<Figures, Failure> {
        let eyes = self.eyes().await?;
        let days = (asked.from, asked.until);
        let tasks = TasksAsked {
            unit: asked.unit,
            procedure: asked.procedure.clone(),
            open: Some(true),
            ..TasksAsked::default()
        };
        let open = self.tasks_wanted(&eyes, &tasks);
        let open = store::figures::open(self.conn(), &open).await?;
        let done = TasksAsked { open: Some(false), done: Some(days), ..tasks };
        let done = self.tasks_wanted(&eyes, &done);
        let done = store::figures::done(self.conn(), &done).await?;
        let cases = Asked { unit: asked.unit, procedure: asked.procedure.clone(), ..Asked::default() };
        let of = |opened, over, ended| self.wanted(&eyes, &Asked { opened, over, ended, ..cases.clone() });
        let [opened, ended, running] =
            [of(Some(days), None, None), of(None, Some(days), Some(true)), of(None, None, Some(false))];
        let opened = store::figures::spans(self.conn(), &opened).await?;
        let ended = store::figures::spans(self.conn(), &ended).await?;
        let running = store::cases::by_stage(self.conn(), &running).await?;
        let mut made = Made::new(&eyes, self.marks(&eyes), asked, &self.house.zone);
        for (procedure, _, count) in running {
            made.both(&procedure, |counts| counts.running += count);
        }
        made.opened(&opened);
        self.ended(&mut made, &ended);
        made.tasks(&open, &done);
        Ok(made.figures())
    }

    /// What ended, and how long it took.
    fn ended(&self, made: &mut Made<'_>, ended: &[(String, Timestamp, Timestamp)]) {
        let mut by: BTreeMap<&str, Vec<(Timestamp, Timestamp)>> = BTreeMap::new();
        for (procedure, opened, over) in ended {
            by.entry(procedure).or_default().push((*opened, *over));
        }
        let mut everything = Vec::new();
        for (procedure, spans) in by {
            let count = u64::try_from(spans.len()).unwrap_or(u64::MAX);
            let mut took = Vec::new();
            if let Some(calendar) = self.calendar_of(procedure) {
                let day = |at: Timestamp| at.date(calendar.zone());
                let days: Vec<(Date, Date)> = spans.iter().map(|(from, to)| (day(*from), day(*to))).collect();
                let first = days.iter().map(|(from, _)| *from).min().unwrap_or(made.asked.from);
                let last = days.iter().map(|(_, to)| *to).max().unwrap_or(made.asked.until);
                let worked = Worked::of(calendar, first, last);
                took.extend(days.into_iter().map(|(from, to)| worked.between(from, to)));
            }
            everything.extend_from_slice(&took);
            let ranks = ranks(took);
            made.all.ended += count;
            let counts = made.procedures.entry(procedure.to_owned()).or_default();
            counts.ended += count;
            counts.took = ranks;
            for (_, over) in spans {
                made.week(over, |week| week.ended += 1);
            }
        }
        made.all.took = ranks(everything);
    }
}
