//! The files by which the house's routine goes: procedures, each in its versions, and calendars. Owns how one is adopted; what
//! they say is read by the rooms that own their languages.

use std::{
    collections::BTreeMap,
    sync::{Arc, RwLock},
};

use calendar::Calendars;
use procedure::Procedures;
use serde::{Deserialize, Serialize};

use crate::{
    authorisation::Role,
    command::{Caller, Context},
    fact::Fact,
    id::Digest,
    refusal::{Code, Refusal},
};

/// Which files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Routines {
    /// Calendars.
    Calendar,
    /// Procedures.
    Procedure,
}

impl Routines {
    /// As it stands in tables.
    pub const fn text(self) -> &'static str {
        match self {
            Self::Calendar => "calendar",
            Self::Procedure => "procedure",
        }
    }
    /// From a table.
    pub fn read(text: &str) -> Option<Self> {
        [Self::Calendar, Self::Procedure].into_iter().find(|known| known.text() == text)
    }
}

/// What the files say, read together.
#[derive(Debug, Clone, Default)]
pub struct Routine {
    pub(crate) procedures: Procedures,
    pub(crate) calendars: Calendars,
}

type Files = BTreeMap<(Routines, String), String>;

impl Routine {
    fn read(files: &Files) -> Result<Self, String> {
        let of = |what: Routines| {
            let these = files.iter().filter(move |((is, _), _)| *is == what);
            these.map(|((_, name), toml)| (name.as_str(), toml.as_str()))
        };
        let calendars = Calendars::read(of(Routines::Calendar)).map_err(|error| error.to_string())?;
        let told = |faults: Vec<procedure::Fault>| {
            faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
        };
        let procedures = Procedures::load(of(Routines::Procedure)).map_err(told)?;
        Ok(Self { procedures, calendars })
    }

    /// What adopted files say. The house is read anew whenever anything in it changes, and these hardly ever do: the last that was
    /// read is kept.
    pub(crate) fn kept(files: &Files) -> Arc<Self> {
        static LAST: RwLock<Option<(Digest, Arc<Routine>)>> = RwLock::new(None);
        let digest = digest(files);
        let last = LAST.read().ok().and_then(|last| last.clone());
        if let Some((_, routine)) = last.filter(|(of, _)| *of == digest) {
            return routine;
        }
        // Whatever would be refused here was refused when it was adopted.
        let routine = Arc::new(Self::read(files).unwrap_or_default());
        if let Ok(mut last) = LAST.write() {
            *last = Some((digest, routine.clone()));
        }
        routine
    }
}

fn digest(files: &Files) -> Digest {
    let mut all = Vec::new();
    for ((what, name), toml) in files {
        for part in [what.text(), name, toml] {
            all.extend_from_slice(&part.len().to_be_bytes());
            all.extend_from_slice(part.as_bytes());
        }
    }
    Digest::of(&all)
}

/// Adopts a procedure beside its older versions, or a calendar in the place of the one of its code.
pub(crate) fn adopt(
    caller: &Caller,
    context: &Context<'_>,
    what: Routines,
    toml: &str,
) -> Result<Vec<Fact>, Refusal> {
    if !caller.has(Role::Administrator, None) && !caller.is_operator() {
        return Err(Code::Forbidden.into());
    }
    let unusable = |why: String| Refusal::on("toml", Code::RoutineUnusable).with("why", why);
    let name = name(what, toml).map_err(unusable)?;
    let mut files = context.house.routines().clone();
    let key = (what, name.clone());
    match files.get(&key) {
        Some(kept) if kept == toml => return Err(Refusal::on("toml", Code::NothingChanged)),
        // Cases run by it: what it says stays as it is.
        Some(_) if what == Routines::Procedure => {
            return Err(Refusal::on("toml", Code::RoutineVersion).with("name", name));
        }
        _ => {}
    }
    files.insert(key, toml.to_owned());
    Routine::read(&files).map_err(unusable)?;
    Ok(vec![Fact::RoutineAdopted { what, name, digest: Digest::of(toml.as_bytes()), toml: toml.to_owned() }])
}

/// What a file is called: its code, and for a procedure its version.
///
/// # Errors
/// When it says neither.
pub fn name(what: Routines, toml: &str) -> Result<String, String> {
    let table: toml::Table = toml.parse().map_err(|error: toml::de::Error| error.to_string())?;
    let code = table.get("code").and_then(toml::Value::as_str).ok_or("`code` is missing")?;
    match what {
        Routines::Calendar => Ok(code.to_owned()),
        Routines::Procedure => {
            let version = table.get("version").and_then(toml::Value::as_integer);
            Ok(format!("{code}-{}", version.ok_or("`version` is missing")?))
        }
    }
}
