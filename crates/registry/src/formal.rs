//! Formal messages: precedence, for action and for information, and the date-time group. And the note that somebody took of
//! a message that could not wait: until then it rings on the desks of those who may act on it.

use serde::{Deserialize, Serialize};

use crate::{
    access::AccessRule,
    command::{Caller, Context},
    fact::Fact,
    id::DocumentId,
    refusal::{Code, Refusal},
};

/// How fast a message must be handled (ACP 121).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Precedence {
    /// In its turn.
    Routine,
    /// Before what is routine.
    Priority,
    /// At once: it bears on what is going on.
    Immediate,
    /// Before everything.
    Flash,
}

impl Precedence {
    /// All four, the least first.
    pub const ALL: [Precedence; 4] =
        [Precedence::Routine, Precedence::Priority, Precedence::Immediate, Precedence::Flash];
    /// As it stands in data.
    pub const fn as_str(self) -> &'static str {
        match self {
            Precedence::Routine => "routine",
            Precedence::Priority => "priority",
            Precedence::Immediate => "immediate",
            Precedence::Flash => "flash",
        }
    }
    /// The one with this word.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|precedence| precedence.as_str() == word.trim())
    }
    /// Whether a message of this precedence rings until somebody takes note.
    pub const fn rings(self) -> bool {
        matches!(self, Precedence::Immediate | Precedence::Flash)
    }
}

/// What a formal message says of its handling; empty for every other paper.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Formal {
    /// For those who must act.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub precedence: Option<Precedence>,
    /// For those who are informed, where it is another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub info_precedence: Option<Precedence>,
    /// The date-time group: `121530ZMAR26`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dtg: Option<String>,
}

impl Formal {
    /// True when nothing is said.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
    /// Whether it rings: by its precedence for action. What comes for information rings with nobody.
    pub fn rings(&self) -> bool {
        self.precedence.is_some_and(Precedence::rings)
    }
}

const MONTHS: [&str; 12] =
    ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];

/// A date-time group as it is written down: day, hour, minute, zone, month, year, without blanks. None: it is no such thing.
fn group(text: &str) -> Option<String> {
    let plain: String = text.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_uppercase();
    if plain.len() != 12 || !plain.is_ascii() {
        return None;
    }
    let number = |from: usize| -> Option<u8> {
        let part = plain.get(from..from + 2)?;
        if part.bytes().all(|b| b.is_ascii_digit()) { part.parse().ok() } else { None }
    };
    let (day, hour, minute) = (number(0)?, number(2)?, number(4)?);
    let zone = plain.get(6..7)?;
    let (month, year) = (plain.get(7..10)?, number(10)?);
    let month = MONTHS.iter().position(|known| *known == month)?;
    let month = i8::try_from(month).ok()? + 1;
    // The day must be one of that month in either century.
    let day = i8::try_from(day).ok()?;
    let is_day = [1900_i16, 2000]
        .iter()
        .any(|century| jiff::civil::Date::new(century + i16::from(year), month, day).is_ok());
    (is_day && hour < 24 && minute < 60 && zone.bytes().all(|b| b.is_ascii_uppercase())).then_some(plain)
}

/// What is asked, checked.
pub(crate) fn formal(asked: &Formal) -> Result<Formal, Refusal> {
    if asked.info_precedence.is_some() && asked.precedence.is_none() {
        return Err(Refusal::on("precedence", Code::Required));
    }
    let dtg = match asked.dtg.as_deref().map(str::trim).filter(|text| !text.is_empty()) {
        Some(text) => {
            Some(group(text).ok_or_else(|| Refusal::on("dtg", Code::NoDateTimeGroup).with("value", text))?)
        }
        None => None,
    };
    // The same precedence said twice says nothing more.
    let info_precedence = asked.info_precedence.filter(|info| Some(*info) != asked.precedence);
    Ok(Formal { precedence: asked.precedence, info_precedence, dtg })
}

/// What the tables tell before note is taken of a message.
#[derive(Debug, Clone, PartialEq)]
pub struct RingNeeds {
    /// By which rule it is seen; none: it is not there.
    pub access: Option<AccessRule>,
    /// Whether it rings.
    pub rings: bool,
}

/// Decides that note is taken of a message that rings. Whoever may not read it is told that it is not there.
pub(crate) fn take_note(
    caller: &Caller,
    context: &Context<'_>,
    document: DocumentId,
    needs: &RingNeeds,
) -> Result<Vec<Fact>, Refusal> {
    let registry = context.house.registry(context.registry).ok_or(Code::NotFound)?;
    let access = needs.access.as_ref().ok_or(Code::NotFound)?;
    let sight = caller.viewer.sight(access, registry.id, context.house, context.today);
    if !sight.read {
        return Err(Code::NotFound.into());
    }
    if !caller.viewer.registers(registry.id) {
        return Err(Code::Forbidden.into());
    }
    if !needs.rings {
        return Err(Code::NothingChanged.into());
    }
    Ok(vec![Fact::DocumentNoted { document }])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_time_group_is_one_however_it_is_spaced_and_nothing_else_is() {
        for good in ["121530ZMAR26", "12 1530z mar 26", " 291200A FEB 24 "] {
            assert!(group(good).is_some(), "{good}");
        }
        assert_eq!(group("12 1530z mar 26").as_deref(), Some("121530ZMAR26"));
        for bad in [
            "",
            "121530ZMAR",
            "321530ZMAR26",
            "122460ZMAR26",
            "1215301MAR26",
            "121530ZXXX26",
            "301200ZFEB26",
            "+21530ZMAR26",
            "12é530ZMAR2",
        ] {
            assert!(group(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn only_what_must_be_acted_on_at_once_rings() {
        let of = |precedence, info_precedence| Formal { precedence, info_precedence, dtg: None };
        assert!(of(Some(Precedence::Flash), None).rings());
        assert!(of(Some(Precedence::Immediate), Some(Precedence::Routine)).rings());
        assert!(!of(Some(Precedence::Priority), Some(Precedence::Flash)).rings());
        assert!(!Formal::default().rings());
        let refused = formal(&of(None, Some(Precedence::Routine))).unwrap_err();
        assert_eq!((refused.field, refused.code), (Some("precedence"), Code::Required));
        let same = formal(&of(Some(Precedence::Flash), Some(Precedence::Flash))).unwrap();
        assert_eq!(same.info_precedence, None);
    }
}
