//! The procedures of a house: loaded and checked together.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use crate::{
    check::{across, alone},
    definition::Definition,
    fault::{Code, Fault},
    read::{Lines, read},
    who::{Opens, Who},
};

/// The most files.
const MOST_FILES: usize = 500;

/// The procedures of a house, each with its versions.
#[derive(Debug, Clone, Default)]
pub struct Procedures {
    all: BTreeMap<String, BTreeMap<u32, Kept>>,
}

#[derive(Debug, Clone)]
struct Kept {
    file: String,
    lines: Lines,
    definition: Arc<Definition>,
}

/// What a house has. What is none isn't looked at.
#[derive(Debug, Clone, Default)]
pub struct House {
    /// The codes of its calendars.
    pub calendars: Option<BTreeSet<String>>,
    /// The names of its roles.
    pub roles: Option<BTreeSet<String>>,
    /// The codes of its posts.
    pub posts: Option<BTreeSet<String>>,
    /// The codes of its units.
    pub units: Option<BTreeSet<String>>,
    /// The names of its forms.
    pub templates: Option<BTreeSet<String>>,
}

impl Procedures {
    /// Reads files, one a version of a procedure: each its name, for messages, and its text. Refused with all that is wrong, by
    /// file and line. Older versions, of which cases are running, are given as well.
    pub fn load<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Self, Vec<Fault>> {
        let (mut faults, mut loaded) = (Vec::new(), Vec::new());
        for (count, (file, text)) in files.into_iter().enumerate() {
            if count == MOST_FILES {
                let what = format!("more than {MOST_FILES} procedures");
                let remedy = "leave out those of which no case is running".to_owned();
                faults.push(Fault { file: file.to_owned(), line: 1, code: Code::TooMany, what, remedy });
                break;
            }
            let (one, mut wrong) = read(file, text);
            faults.append(&mut wrong);
            if let Some(definition) = &one.definition {
                faults.extend(alone(file, &one.lines, definition));
            }
            loaded.push(one);
        }
        faults.extend(across(&loaded));
        if !faults.is_empty() {
            faults.sort();
            faults.dedup();
            return Err(faults);
        }
        let mut all: BTreeMap<String, BTreeMap<u32, Kept>> = BTreeMap::new();
        for one in loaded {
            let Some(definition) = one.definition else { continue };
            let kept = Kept { file: one.file, lines: one.lines, definition: Arc::new(definition) };
            all.entry(kept.definition.code.clone()).or_default().insert(kept.definition.version, kept);
        }
        Ok(Self { all })
    }

    /// The newest version of a procedure: that of new cases.
    pub fn get(&self, code: &str) -> Option<&Definition> {
        self.all.get(code)?.values().next_back().map(|kept| &*kept.definition)
    }

    /// A version of a procedure.
    pub fn version(&self, code: &str, version: u32) -> Option<&Definition> {
        self.all.get(code)?.get(&version).map(|kept| &*kept.definition)
    }

    /// The same, to be kept.
    pub fn shared(&self, code: &str, version: u32) -> Option<Arc<Definition>> {
        self.all.get(code)?.get(&version).map(|kept| kept.definition.clone())
    }

    /// The newest version of each, by code.
    pub fn iter(&self) -> impl Iterator<Item = &Definition> {
        self.all.values().filter_map(|versions| versions.values().next_back()).map(|kept| &*kept.definition)
    }

    /// Every version of each, by code and version.
    pub fn versions(&self) -> impl Iterator<Item = &Definition> {
        self.all.values().flat_map(BTreeMap::values).map(|kept| &*kept.definition)
    }

    /// What could have this number: the procedure, by the patterns of all its versions.
    pub fn of_number(&self, number: &str) -> Option<&Definition> {
        self.versions().find(|def| def.number.parse(number).is_some()).and_then(|def| self.get(&def.code))
    }

    /// What the newest versions name and the house doesn't have: calendars, roles, posts, units, forms.
    pub fn check_house(&self, house: &House) -> Vec<Fault> {
        let newest = self.all.values().filter_map(|versions| versions.values().next_back());
        let mut all: Vec<Fault> = newest.flat_map(|kept| lacking(kept, house)).collect();
        all.sort();
        all.dedup();
        all
    }
}

fn lacking(kept: &Kept, house: &House) -> Vec<Fault> {
    let mut all = Vec::new();
    for (path, kind, code) in named(&kept.definition) {
        let known = match kind {
            "calendar" => &house.calendars,
            "role" => &house.roles,
            "post" => &house.posts,
            "unit" => &house.units,
            _ => &house.templates,
        };
        if known.as_ref().is_some_and(|known| !known.contains(code)) {
            let what = format!("the house has no {kind} `{code}`");
            let remedy = format!("add the {kind}, or name one that there is");
            let line = kept.lines.of(&path);
            all.push(Fault { file: kept.file.clone(), line, code: Code::UnknownInHouse, what, remedy });
        }
    }
    all
}

/// What a procedure names that is the house's: where, of what kind, its code.
fn named(def: &Definition) -> Vec<(String, &'static str, &str)> {
    let mut all = vec![("calendar".to_owned(), "calendar", def.calendar.as_str())];
    for opens in &def.opens {
        match opens {
            Opens::Anyone => {}
            Opens::Unit(code) => all.push(("opens".to_owned(), "unit", code)),
            Opens::Post(code) => all.push(("opens".to_owned(), "post", code)),
            Opens::Role(code) => all.push(("opens".to_owned(), "role", code)),
        }
    }
    let mut whos: Vec<(String, &Who)> = def.seen_by.iter().map(|who| ("seen_by".to_owned(), who)).collect();
    for field in &def.fields {
        let path = format!("field.{}", field.code);
        whos.extend(field.seen_by.iter().flatten().map(|who| (format!("{path}.seen_by"), who)));
        whos.extend(field.changed_by.iter().map(|who| (format!("{path}.changed_by"), who)));
    }
    for stage in &def.stages {
        let path = format!("stage.{}", stage.code);
        whos.extend(stage.owner.iter().map(|who| (format!("{path}.owner"), who)));
        whos.extend(stage.escalate.iter().map(|escalate| (format!("{path}.escalate.to"), &escalate.to)));
        whos.extend(stage.branches.iter().map(|b| (format!("{path}.branch.{}.owner", b.code), &b.owner)));
        whos.extend(
            stage.steps.iter().filter_map(|s| Some((format!("{path}.step.{}.by", s.code), s.by.as_ref()?))),
        );
        let template = stage.product.as_ref().and_then(|product| product.template.as_deref());
        all.extend(template.map(|template| (format!("{path}.product"), "form", template)));
    }
    for (path, who) in whos {
        match who {
            Who::Post(code) => all.push((path, "post", code)),
            Who::Unit(code) => all.push((path, "unit", code)),
            Who::Role(code) => all.push((path, "role", code)),
            _ => {}
        }
    }
    all
}
