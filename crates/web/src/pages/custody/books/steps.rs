//! What can happen to an item, as its page offers it: which steps are possible now and the reader's to say, which fields each
//! has, and what was typed into them as the register takes it.

use office::{
    Failure, Reading,
    custody::{CopyRow, books::BookRow},
    texts::Voice,
};
use registry::{
    Code, Refusal,
    custody::{
        book::{Carriage, Changed, Details, Doing as Waits, InstructionKind, Stage, Step},
        copy::Standing,
    },
};

use super::{
    controls,
    fields::levels,
    told::line_name,
    typed::{level, person},
};
use crate::pages::{
    custody::common::holder,
    visit::{Sent, Wrong},
};

/// What happens, without that with which it does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Doing {
    Issue,
    Advise,
    Depart,
    Arrive,
    GiveBack,
    HandOut,
    TakeBack,
    ChangeCombination,
    Raise,
    Sanitise,
    Confirm,
    Clear,
    Unpack,
    Cancel,
    Miss,
    Destroy,
    Post,
    EndLines,
    End,
}

impl Doing {
    /// Every one that somebody says, what goes on first, what ends something last.
    const ALL: [Doing; 19] = [
        Doing::Issue,
        Doing::Advise,
        Doing::Depart,
        Doing::Arrive,
        Doing::GiveBack,
        Doing::Confirm,
        Doing::Clear,
        Doing::TakeBack,
        Doing::ChangeCombination,
        Doing::HandOut,
        Doing::Raise,
        Doing::Sanitise,
        Doing::Unpack,
        Doing::Cancel,
        Doing::Miss,
        Doing::Destroy,
        Doing::Post,
        Doing::EndLines,
        Doing::End,
    ];

    /// As forms name it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Doing::Issue => "issue",
            Doing::Advise => "advise",
            Doing::Depart => "depart",
            Doing::Arrive => "arrive",
            Doing::GiveBack => "give-back",
            Doing::HandOut => "hand-out",
            Doing::TakeBack => "take-back",
            Doing::ChangeCombination => "change-combination",
            Doing::Raise => "raise",
            Doing::Sanitise => "sanitise",
            Doing::Confirm => "confirm",
            Doing::Clear => "clear",
            Doing::Unpack => "unpack",
            Doing::Cancel => "cancel",
            Doing::Miss => "miss",
            Doing::Destroy => "destroy",
            Doing::End => "end",
            Doing::Post => "post",
            Doing::EndLines => "end-lines",
        }
    }

    /// By its name in a form.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|doing| doing.as_str() == name)
    }

    /// On a button.
    pub fn label(self, say: Voice<'_>) -> String {
        say.t(&format!("book-do-{}", self.as_str()))
    }

    /// Whether it ends something for good.
    pub const fn is_grave(self) -> bool {
        matches!(
            self,
            Doing::Unpack | Doing::Cancel | Doing::Miss | Doing::Destroy | Doing::EndLines | Doing::End
        )
    }

    /// The fields of its form beside the remarks.
    pub const fn fields(self) -> &'static [&'static str] {
        match self {
            Doing::HandOut => &["person", "at"],
            Doing::Raise => &["level"],
            Doing::Post => &["copies", "at"],
            Doing::EndLines => &["lines"],
            Doing::Sanitise | Doing::Destroy => &["method", "at"],
            Doing::ChangeCombination => &["why", "known_to", "at"],
            Doing::Advise
            | Doing::Depart
            | Doing::Arrive
            | Doing::GiveBack
            | Doing::TakeBack
            | Doing::Miss
            | Doing::Unpack => &["at"],
            Doing::Issue | Doing::Confirm | Doing::Clear | Doing::Cancel | Doing::End => &[],
        }
    }

    /// Whether the remarks must not be empty.
    pub fn wants_words(self, row: &BookRow) -> bool {
        match self {
            Doing::End | Doing::EndLines | Doing::Unpack | Doing::Cancel | Doing::Miss | Doing::Clear => true,
            Doing::TakeBack => row.view.item.stage == Stage::Missing,
            _ => false,
        }
    }

    /// The step with nothing in particular, to ask an item whether it is possible; none: no policy knows a level.
    fn sample(self, reading: &Reading, row: &BookRow) -> Option<Step> {
        let own = reading.person().id;
        Some(match self {
            Doing::Issue => Step::Issue,
            Doing::Advise => Step::Advise,
            Doing::Depart => Step::Depart,
            Doing::Arrive => Step::Arrive,
            Doing::GiveBack => Step::GiveBack,
            Doing::HandOut => Step::HandOut { person: own },
            Doing::TakeBack => Step::TakeBack,
            Doing::ChangeCombination => Step::ChangeCombination { why: Changed::Due, known_to: Vec::new() },
            Doing::Raise => Step::Raise { level: any_level(reading)? },
            Doing::Sanitise => Step::Sanitise { method: String::new() },
            Doing::Confirm => Step::Confirm,
            Doing::Clear => Step::Clear,
            Doing::Unpack => Step::Unpack,
            Doing::Cancel => Step::Cancel,
            Doing::Miss => Step::Miss,
            Doing::Destroy => Step::Destroy { method: String::new() },
            Doing::End => Step::End,
            Doing::Post => Step::Post { copies: vec![to_post(row).first()?.view.copy.id] },
            Doing::EndLines => Step::EndLines { lines: vec![*to_end(row).first()?] },
        })
    }
}

fn any_level(reading: &Reading) -> Option<label::Clearance> {
    let policy = reading.house.policies.iter().next()?;
    let level = policy.levels().first()?.code.clone();
    Some(label::Clearance { policy: policy.id().clone(), level, categories: Default::default() })
}

/// The copies that wait for an instruction and with which somebody here may say that it was done: what is recalled is done
/// when it is back, but for what is elsewhere.
pub(super) fn to_post(row: &BookRow) -> Vec<&CopyRow> {
    let Details::Instructions(instruction) = &row.view.item.details else { return Vec::new() };
    let waits = |copy: &&CopyRow| {
        let copy = &copy.view.copy;
        let here = instruction.is == InstructionKind::Recall && copy.standing != Standing::Transferred;
        instruction.doing(copy) == Waits::Open && !here
    };
    row.copies.iter().filter(waits).collect()
}

/// The lines of a distribution, from 1, that wait for something.
pub(super) fn to_end(row: &BookRow) -> Vec<usize> {
    let Details::Distributions(distribution) = &row.view.item.details else { return Vec::new() };
    let copies: Vec<_> = row.copies.iter().map(|copy| copy.view.copy.clone()).collect();
    let lines = (1..).zip(&distribution.lines);
    lines.filter(|(_, line)| !line.is_done(&copies)).map(|(n, _)| n).collect()
}

/// What can happen to an item now, as far as it is the reader's to say.
pub(super) fn possible(reading: &Reading, row: &BookRow) -> Vec<Doing> {
    if !reading.viewer().handles(row.registry) {
        return Vec::new();
    }
    let now = reading.office().now().max(row.view.item.since);
    let fits = |doing: &Doing| {
        let step = doing.sample(reading, row);
        let can = step.is_some_and(|step| row.view.item.after(&step, now).is_ok());
        can && is_his(reading, row, *doing)
    };
    Doing::ALL.into_iter().filter(fits).collect()
}

/// Whether something waits for another than the reader: the control officer, or a second person.
pub(super) fn waits_for_another(reading: &Reading, row: &BookRow) -> bool {
    let item = &row.view.item;
    let steps = [(Doing::Issue, Step::Issue), (Doing::Confirm, Step::Confirm), (Doing::Clear, Step::Clear)];
    let staff = reading.viewer().handles(row.registry);
    staff
        && steps
            .iter()
            .any(|(doing, step)| item.after(step, item.since).is_ok() && !is_his(reading, row, *doing))
}

/// Whether it is the reader's to say: the control officer's where it must be, a second person's where it takes two; what goes
/// by courier goes with his certificate.
fn is_his(reading: &Reading, row: &BookRow, doing: Doing) -> bool {
    let own = reading.person().id;
    let officer = controls(reading, row.registry);
    let second = row.view.entered_by != own;
    match (&row.view.item.details, doing) {
        (Details::Routes(_) | Details::Appointments(_) | Details::Instructions(_), Doing::End) => officer,
        (Details::Journeys(journey), Doing::Issue) => officer && journey.courier.person != Some(own),
        (Details::Transfers(_), Doing::Confirm) => second,
        (Details::Transfers(_), Doing::Clear | Doing::End) => officer && second,
        (Details::Packages(package), Doing::Depart | Doing::Arrive) => package.by != Carriage::Courier,
        _ => true,
    }
}

/// The step that was typed; none: something is wrong with it.
pub(super) async fn typed(
    say: Voice<'_>,
    reading: &mut Reading,
    row: &BookRow,
    doing: Doing,
    sent: &Sent,
    wrong: &mut Wrong,
) -> Result<Option<Step>, Failure> {
    let read = match doing {
        Doing::HandOut => {
            person(reading, row.registry, sent.get("person")).await?.map(|person| Step::HandOut { person })
        }
        Doing::Raise if sent.get("level").is_empty() => Err(Refusal::on("level", Code::Required)),
        Doing::Raise => level(reading, sent.get("level")).map(|level| Step::Raise { level }),
        Doing::Sanitise => Ok(Step::Sanitise { method: sent.get("method").to_owned() }),
        Doing::Destroy => Ok(Step::Destroy { method: sent.get("method").to_owned() }),
        Doing::ChangeCombination => changed(reading, row, sent).await?,
        Doing::Post => {
            Ok(Step::Post { copies: sent.all("copies").iter().filter_map(|id| id.parse().ok()).collect() })
        }
        Doing::EndLines => match sent.all("lines") {
            none if none.is_empty() => Err(Refusal::on("lines", Code::Required)),
            lines => Ok(Step::EndLines { lines: lines.iter().filter_map(|n| n.parse().ok()).collect() }),
        },
        plain => plain.sample(reading, row).ok_or_else(|| Code::NotOffered.into()),
    };
    Ok(match read {
        Ok(step) => Some(step),
        Err(refusal) => {
            place(say, &refusal, wrong);
            None
        }
    })
}

/// A changed combination: why, and who knows the new one, one a line.
async fn changed(
    reading: &mut Reading,
    row: &BookRow,
    sent: &Sent,
) -> Result<Result<Step, Refusal>, Failure> {
    let Some(why) = Changed::ALL.into_iter().find(|why| why.as_str() == sent.get("why")) else {
        let code = if sent.get("why").is_empty() { Code::Required } else { Code::NotOffered };
        return Ok(Err(Refusal::on("why", code)));
    };
    let mut known_to = Vec::new();
    for line in sent.lines("known_to") {
        match person(reading, row.registry, &line).await? {
            Ok(person) if known_to.contains(&person) => {}
            Ok(person) => known_to.push(person),
            Err(refusal) => return Ok(Err(Refusal { field: Some("known_to"), ..refusal })),
        }
    }
    Ok(Ok(Step::ChangeCombination { why, known_to }))
}

/// The fields of the forms with the keys of their labels.
pub(super) const FIELDS: [(&str, &str); 9] = [
    ("copies", "book-post-copies"),
    ("lines", "book-end-which"),
    ("person", "book-person"),
    ("level", "book-level"),
    ("method", "book-method"),
    ("why", "book-changed-why"),
    ("known_to", "book-known-to"),
    ("at", "copies-at"),
    ("words", "book-words"),
];

/// Puts a refusal beside the field that it is about.
pub(super) fn place(say: Voice<'_>, refusal: &Refusal, wrong: &mut Wrong) {
    match FIELDS.iter().find(|(name, _)| Some(*name) == refusal.field) {
        Some((field, _)) => wrong.on(say, field, refusal),
        None => wrong.whole.push(refusal.clone()),
    }
}

/// The values of a field to choose from.
pub(super) fn choices(
    say: Voice<'_>,
    reading: &Reading,
    row: &BookRow,
    field: &str,
) -> Vec<(String, String)> {
    match field {
        "copies" => to_post(row)
            .into_iter()
            .map(|copy| {
                let with = holder(say, reading, &copy.holder);
                (copy.view.copy.id.to_string(), format!("{} – {with}", copy.view.name()))
            })
            .collect(),
        "lines" => {
            to_end(row).into_iter().map(|n| (n.to_string(), line_name(say, reading, row, n))).collect()
        }
        "level" => levels(say, reading),
        "why" => Changed::ALL
            .map(|why| (why.as_str().to_owned(), say.t(&format!("book-changed-{}", why.as_str()))))
            .to_vec(),
        _ => Vec::new(),
    }
}
