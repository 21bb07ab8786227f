//! Deciding about the plan: a file is opened, changed, closed, opened again; a volume ends and the next begins.

use jiff::civil::Date;

use super::{
    DEPTH, FileChange, FileFact, FileState, NewFile, PLAN, PlanNeeds, Turn, WORDS,
    plan::{Branch, arranged, code_key, height, next_code, stands_in},
};
use crate::{
    access::AccessRule,
    authorisation::Role,
    command::{Caller, Context},
    document::{self, Direction, SUBJECT},
    fact::Fact,
    house::Names,
    id::FileId,
    line::{NAME, line, required},
    refusal::{Code, Refusal},
};

/// Longest code (characters).
const CODE: usize = 60;
/// Longest reason (characters).
const REASON: usize = 1_000;

/// Whether a caller sees a file by its own rule; those above it have rules of their own.
pub(super) fn sees(caller: &Caller, context: &Context<'_>, file: &FileFact) -> bool {
    match &file.access {
        None => true,
        Some(rule) => caller.viewer.sight(rule, context.registry, context.house, context.today).read,
    }
}

/// A plan is kept by the clerks and controllers of its registry.
pub(super) fn keeps(caller: &Caller, context: &Context<'_>) -> Result<(), Refusal> {
    context.house.registry(context.registry).ok_or(Code::RegistryUnknown)?;
    if caller.registers(context.registry) { Ok(()) } else { Err(Code::Forbidden.into()) }
}

fn seen<'a>(caller: &Caller, context: &Context<'_>, needs: &'a PlanNeeds) -> Vec<Branch<'a>> {
    arranged(&needs.files, |file| sees(caller, context, file))
}

fn found<'a>(branches: &[Branch<'a>], file: FileId) -> Option<Branch<'a>> {
    branches.iter().find(|b| b.state.file.id == file).copied()
}

/// Decides the opening of a file.
pub fn open(
    caller: &Caller,
    context: &Context<'_>,
    asked: &NewFile,
    needs: &PlanNeeds,
) -> Result<Vec<Fact>, Refusal> {
    keeps(caller, context)?;
    let branches = seen(caller, context, needs);
    if branches.len() >= PLAN {
        return Err(Refusal::on("code", Code::TooLong).with("limit", PLAN));
    }
    let id = FileId::new(context.new_id(0));
    let on = day(context, asked.on, None)?;
    under(&branches, asked.parent, 0)?;
    let file = checked(caller, context, id, asked, &branches, None)?;
    Ok(vec![Fact::FileOpened { file: Box::new(file), on }])
}

/// Decides a change of what the plan says of a file. How it is seen is a controller's to change.
pub fn change(
    caller: &Caller,
    context: &Context<'_>,
    file: FileId,
    asked: &FileChange,
    needs: &PlanNeeds,
) -> Result<Vec<Fact>, Refusal> {
    keeps(caller, context)?;
    let branches = seen(caller, context, needs);
    let now = found(&branches, file).ok_or(Code::NotFound)?.state;
    if asked.mark.is_some_and(|mark| mark != now.file.mark()) {
        return Err(Code::Conflict.into());
    }
    let reason = required("reason", &asked.reason, REASON)?;
    if asked.file.parent != now.file.parent {
        if asked.file.parent.is_some_and(|parent| stands_in(&branches, parent, file)) {
            return Err(Refusal::on("parent", Code::FileLoop).with("code", &now.file.code));
        }
        under(&branches, asked.file.parent, height(&branches, file))?;
    }
    let wanted = checked(caller, context, file, &asked.file, &branches, Some(now))?;
    if wanted == now.file {
        return Err(Code::NothingChanged.into());
    }
    let controls = caller.has(Role::Controller, Some(context.registry));
    if wanted.access != now.file.access && !controls {
        return Err(Refusal::on("label", Code::Forbidden));
    }
    // A file is hidden by those above it too: to move it out from under one, or beneath one, is to change who sees it.
    if rules_above(&branches, wanted.parent) != rules_above(&branches, now.file.parent) && !controls {
        return Err(Refusal::on("parent", Code::Forbidden));
    }
    Ok(vec![Fact::FileChanged { file: Box::new(wanted), reason }])
}

/// Decides a turn in the life of a file.
pub fn turn(
    caller: &Caller,
    context: &Context<'_>,
    file: FileId,
    turn: &Turn,
    needs: &PlanNeeds,
) -> Result<Vec<Fact>, Refusal> {
    keeps(caller, context)?;
    let branches = seen(caller, context, needs);
    let now = found(&branches, file).ok_or(Code::NotFound)?.state;
    let since = needs.volume_since.unwrap_or(now.opened_on);
    let is_open = || match now.closed_on {
        None => Ok(()),
        Some(_) => Err(Refusal::new(Code::FileClosed).with("code", &now.file.code)),
    };
    let number = now.volumes.saturating_add(1);
    match turn {
        Turn::Close { on, reason } => {
            is_open()?;
            let reason = required("reason", reason, REASON)?;
            let children = branches.iter().map(|b| b.state).filter(|s| s.file.parent == Some(file));
            let open = children.filter(|s| s.closed_on.is_none()).count();
            if open > 0 {
                return Err(Refusal::new(Code::FileHasOpenFiles).with("n", open));
            }
            let on = day(context, *on, Some(since))?;
            let volume = now.open_volume.map(|number| Fact::VolumeClosed { file, number, on });
            Ok(volume.into_iter().chain([Fact::FileClosed { file, on, reason }]).collect())
        }
        Turn::Reopen { reason } => {
            if now.closed_on.is_none() {
                return Err(Code::NothingChanged.into());
            }
            let reason = required("reason", reason, REASON)?;
            under(&branches, now.file.parent, 0)?;
            let on = context.today;
            Ok(vec![
                Fact::FileReopened { file, on, reason },
                Fact::VolumeOpened { file, number, on, place: None },
            ])
        }
        Turn::OpenVolume { on, place } => {
            is_open()?;
            if let Some(number) = now.open_volume {
                return Err(Refusal::new(Code::VolumeOpen).with("volume", number));
            }
            let (on, place) = (day(context, *on, Some(since))?, line("place", place, NAME)?);
            Ok(vec![Fact::VolumeOpened { file, number, on, place }])
        }
        Turn::CloseVolume { on, next, place } => {
            is_open()?;
            let Some(closing) = now.open_volume else { return Err(Code::NoOpenVolume.into()) };
            let (on, place) = (day(context, *on, Some(since))?, line("place", place, NAME)?);
            let mut facts = vec![Fact::VolumeClosed { file, number: closing, on }];
            if *next {
                facts.push(Fact::VolumeOpened { file, number, on, place });
            }
            Ok(facts)
        }
    }
}

/// A day that is not to come, and not before another.
fn day(context: &Context<'_>, given: Option<Date>, since: Option<Date>) -> Result<Date, Refusal> {
    let on = given.unwrap_or(context.today);
    if on > context.today || on.year() < 1 {
        return Err(Refusal::on("on", Code::ImpossibleDate).with("date", on));
    }
    if since.is_some_and(|since| on < since) {
        return Err(Refusal::on("on", Code::ImpossiblePeriod));
    }
    Ok(on)
}

/// Whether something with so many levels of its own may stand under a file.
/// The rules by which the files above are seen, from the parent up.
fn rules_above<'a>(branches: &[Branch<'a>], parent: Option<FileId>) -> Vec<&'a AccessRule> {
    let (mut rules, mut at) = (Vec::new(), parent);
    for _ in 0..=DEPTH {
        let Some(above) = at.and_then(|id| found(branches, id)) else { break };
        rules.extend(above.state.file.access.as_ref());
        at = above.state.file.parent;
    }
    rules
}

fn under(branches: &[Branch<'_>], parent: Option<FileId>, levels: usize) -> Result<(), Refusal> {
    let Some(parent) = parent else { return Ok(()) };
    let above = found(branches, parent).ok_or(Refusal::on("parent", Code::NotFound))?;
    if above.state.closed_on.is_some() {
        return Err(Refusal::on("parent", Code::FileClosed).with("code", &above.state.file.code));
    }
    if above.depth + 2 + levels > DEPTH {
        return Err(Refusal::on("parent", Code::FileTooDeep).with("limit", DEPTH));
    }
    Ok(())
}

/// What is asked for, checked and in one way of writing.
fn checked(
    caller: &Caller,
    context: &Context<'_>,
    id: FileId,
    asked: &NewFile,
    branches: &[Branch<'_>],
    now: Option<&FileState>,
) -> Result<FileFact, Refusal> {
    let code = match line("code", &asked.code, CODE)? {
        Some(code) => coded(&code)?,
        None => next_code(branches, asked.parent),
    };
    let same = |b: &&Branch<'_>| b.state.file.id != id && code_key(&b.state.file.code) == code_key(&code);
    if branches.iter().find(same).is_some() {
        return Err(Refusal::on("code", Code::FileCodeTaken).with("code", code));
    }
    let (en, fr) = (line("name_en", &asked.name_en, SUBJECT)?, line("name_fr", &asked.name_fr, SUBJECT)?);
    // A name in one language stands for both.
    let names = match (en, fr) {
        (Some(en), Some(fr)) => Names { en, fr },
        (Some(one), None) | (None, Some(one)) => Names { en: one.clone(), fr: one },
        (None, None) => return Err(Refusal::on("name_en", Code::Required)),
    };
    for (field, list) in [("words", &asked.words), ("originators", &asked.originators)] {
        if list.len() > WORDS {
            return Err(Refusal::on(field, Code::TooLong).with("limit", WORDS));
        }
    }
    Ok(FileFact {
        id,
        is: asked.is,
        code,
        names,
        parent: asked.parent,
        owner: line("owner", &asked.owner, NAME)?,
        words: document::names("words", &asked.words)?,
        originators: document::names("originators", &asked.originators)?,
        place: line("place", &asked.place, NAME)?,
        status: line("status", &asked.status, NAME)?,
        access: access(caller, context, asked, now.and_then(|now| now.file.access.as_ref()))?,
    })
}

/// Letters, digits and the signs that divide them.
fn coded(code: &str) -> Result<String, Refusal> {
    let fits = code.chars().any(char::is_alphanumeric)
        && code.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '/' | '_'));
    if fits { Ok(code.to_owned()) } else { Err(Refusal::on("code", Code::FileCodeForm).with("value", code)) }
}

/// The rule by which a file is seen. Nobody makes one that he would not see himself.
fn access(
    caller: &Caller,
    context: &Context<'_>,
    asked: &NewFile,
    now: Option<&AccessRule>,
) -> Result<Option<AccessRule>, Refusal> {
    let need_to_know = document::need_to_know(context, &asked.need_to_know)?;
    let Some(label) = &asked.label else {
        return if need_to_know.is_empty() { Ok(None) } else { Err(Refusal::on("label", Code::Required)) };
    };
    if let Some(now) = now
        && now.content.as_ref() == Some(label)
        && now.need_to_know == need_to_know
    {
        return Ok(Some(now.clone()));
    }
    document::labels(context, Direction::Created, Some(label), None)?;
    let registry = context.house.registry(context.registry).ok_or(Code::RegistryUnknown)?;
    context.house.may_hold(registry, label).map_err(|code| Refusal::on("label", code))?;
    let rule = AccessRule {
        content: Some(label.clone()),
        subject: Some(label.clone()),
        entry: context.house.entry_label(label),
        need_to_know,
        access_list: Vec::new(),
        released_on: document::released_on(context, Some(label), None, context.today),
    };
    if !caller.viewer.sight(&rule, context.registry, context.house, context.today).read {
        return Err(Refusal::on("label", Code::Forbidden));
    }
    Ok(Some(rule))
}
