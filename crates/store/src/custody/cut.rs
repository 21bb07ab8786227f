//! Which part of a list of copies, or of acts on copies, is asked for: so many rows from a row on, or those that come after
//! a place. A place is what the order is made of, and none of what stands there: it needs no row that is still there or seen.

use jiff::civil::Date;
use registry::{CopyId, DocumentId, Timestamp, custody::fact::Control};

use super::seen::{Order, Slice};
use crate::{apply::day_number, sql::Value};

/// A place in a list, by what its order is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Seat {
    /// Of copies by number: the number in the log, and the copy's own.
    Number(Control, u32),
    /// Of copies by how long they have been as they are.
    Since(Timestamp, CopyId),
    /// Of copies by the day by which they are to be back.
    BackBy(Option<Date>, CopyId),
    /// Of papers in no log: since when they are.
    Paper(Date, DocumentId),
    /// Of acts: the year, and the number in it.
    Act(i16, u64),
}

impl Seat {
    /// The order in which it is a place.
    pub const fn order(&self) -> Option<Order> {
        match self {
            Seat::Number(..) => Some(Order::Number),
            Seat::Since(..) => Some(Order::Since),
            Seat::BackBy(..) => Some(Order::BackBy),
            Seat::Paper(..) | Seat::Act(..) => None,
        }
    }
}

/// Which part of a list is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cut {
    /// So many rows from a row on.
    Slice(Slice),
    /// What comes after a place.
    After {
        /// Where.
        seat: Seat,
        /// Most rows.
        most: usize,
        /// From its end: what comes before that place.
        backwards: bool,
    },
}

impl From<Slice> for Cut {
    fn from(slice: Slice) -> Self {
        Cut::Slice(slice)
    }
}

impl Cut {
    /// A condition on rows of copies: whether they come after the place, with its values put to the others.
    pub(super) fn beyond(&self, values: &mut Vec<Value>) -> String {
        let Cut::After { seat, backwards, .. } = self else { return "1 = 1".to_owned() };
        let (columns, parts): (&str, Vec<Value>) = match seat {
            Seat::Number(control, number) => (
                "n.log, n.year, n.serial, c.number",
                vec![
                    control.log.as_str().into(),
                    i64::from(control.year).into(),
                    control.serial.into(),
                    (*number).into(),
                ],
            ),
            Seat::Since(at, id) => ("c.since, c.copy_id", vec![(*at).into(), (*id).into()]),
            Seat::BackBy(day, id) => {
                ("COALESCE(c.back_by, 0), c.copy_id", vec![day.map_or(0, day_number).into(), (*id).into()])
            }
            // No place among copies: nothing comes after it.
            Seat::Paper(..) | Seat::Act(..) => return "1 = 0".to_owned(),
        };
        let sign = if *backwards { '<' } else { '>' };
        let mut places = Vec::with_capacity(parts.len());
        for part in parts {
            values.push(part);
            places.push(format!("${}", values.len()));
        }
        format!("({columns}) {sign} ({})", places.join(", "))
    }

    /// Whether an act with a number comes after the place.
    pub(super) fn is_beyond(&self, year: i64, number: u64) -> bool {
        match self {
            Cut::Slice(_) => true,
            Cut::After { seat: Seat::Act(y, n), backwards, .. } => {
                let (here, there) = ((year, number), (i64::from(*y), *n));
                if *backwards { here < there } else { here > there }
            }
            Cut::After { .. } => false,
        }
    }

    /// The rows that are asked for, of those beyond the place.
    pub(super) fn of<T: Clone>(&self, all: Vec<T>) -> Vec<T> {
        match self {
            Cut::Slice(slice) => slice.of(all),
            Cut::After { most, backwards, .. } => {
                Slice { from: 0, most: *most, backwards: *backwards }.of(all)
            }
        }
    }
}
