//! What a file says of itself, put into the form of registration for the clerk to confirm: only into fields that are
//! empty, each with where it was read. Decides nothing: what is proposed is registered only when the form is sent.

use label::Label;
use office::{
    staging::Waiting,
    texts::{Language, Voice},
};
use proposal::{Marking, Proposals, Proposed, Where};
use registry::house::House;

use crate::{
    look::Proposal,
    pages::{marking_form, visit::Sent},
};

/// Longest quotation beside a field (characters).
const QUOTE: usize = 120;

/// What was put into the form: field by field, where it was read and how it stands there.
#[derive(Debug, Default)]
pub struct Read {
    fields: Vec<(&'static str, String, String)>,
    language: Option<Language>,
}

impl Read {
    /// What stands beside a field.
    pub fn at(&self, field: &str, say: Voice<'_>) -> Option<Proposal<'_>> {
        let (_, place, quote) = self.fields.iter().find(|(name, ..)| *name == field)?;
        Some(Proposal { place, quote, language: self.language.unwrap_or(say.language()) })
    }
    /// How many fields were filled.
    pub fn len(&self) -> usize {
        self.fields.len()
    }
    /// True when nothing was read off.
    pub fn is_empty(&self) -> bool {
        self.fields.is_empty()
    }

    fn put<T>(
        &mut self,
        say: Voice<'_>,
        sent: &mut Sent,
        field: &'static str,
        from: &Proposed<T>,
        value: String,
    ) {
        if value.trim().is_empty() || !sent.get(field).trim().is_empty() {
            return;
        }
        sent.set(field, value);
        let quote: String = from.written.split_whitespace().collect::<Vec<_>>().join(" ");
        let quote = quote.chars().take(QUOTE).collect();
        self.fields.push((field, place(say, &from.place), quote));
    }
}

fn place(say: Voice<'_>, place: &Where) -> String {
    match place {
        Where::Text { line, .. } => say.tr("read-line", &[("n", (*line).into())]),
        Where::Header(name) => say.tr("read-header", &[("name", (*name).into())]),
        Where::Property(name) => say.tr("read-property", &[("name", (*name).into())]),
        Where::FileName => say.t("read-file-name"),
    }
}

/// Puts what a file says of itself into the empty fields of the form.
pub fn fill(
    say: Voice<'_>,
    house: &House,
    today: jiff::civil::Date,
    waiting: &Waiting,
    sent: &mut Sent,
) -> Read {
    let proposals = waiting.proposals(house, today);
    let mut read = Read::default();
    if let Some(best) = proposals.language.first() {
        // The form begins in the clerk's own language, which is nobody's choice yet.
        let code = if best.value == proposal::Language::French { "fr" } else { "en" };
        read.language = Some(if code == "fr" { Language::Fr } else { Language::En });
        sent.set("language", code.to_owned());
    }
    words(say, &proposals, sent, &mut read);
    markings(say, house, &proposals, sent, &mut read);
    own_reference(say, house, waiting, &proposals, sent, &mut read);
    read
}

/// What stands in the form as it was read off the file, neither typed anew nor mended since: for a form that comes again.
pub fn still(
    say: Voice<'_>,
    house: &House,
    today: jiff::civil::Date,
    waiting: &Waiting,
    sent: &Sent,
) -> Read {
    let mut begun = Sent::default();
    let mut read = fill(say, house, today, waiting, &mut begun);
    let same = |field: &str| begun.get(field).trim() == sent.get(field).trim();
    let same_policy = same("policy");
    read.fields.retain(|(field, ..)| same(field) && (same_policy || !field.ends_with("level")));
    read
}

fn words(say: Voice<'_>, proposals: &Proposals, sent: &mut Sent, read: &mut Read) {
    if let Some(best) = proposals.kind.first() {
        read.put(say, sent, "kind", best, best.value.clone());
    }
    if let Some(best) = proposals.subject.first() {
        read.put(say, sent, "subject", best, best.value.clone());
    }
    if let Some(best) = proposals.date.first() {
        read.put(say, sent, "date", best, best.value.to_string());
    }
    if let Some(best) = proposals.originator.first() {
        read.put(say, sent, "originator", best, best.value.clone());
    }
    for (field, lists) in
        [("precedence", &proposals.precedence), ("info_precedence", &proposals.info_precedence)]
    {
        if let Some(best) = lists.first() {
            read.put(say, sent, field, best, best.value.clone());
        }
    }
    if let Some(message) = &proposals.message {
        read.put(say, sent, "dtg", &message.group, message.group.value.to_string());
    }
    for (field, lists) in [("action", &proposals.action), ("info", &proposals.info)] {
        if let Some(best) = lists.first() {
            read.put(say, sent, field, best, best.value.join("\n"));
        }
    }
}

/// The marking of the page and that of its subject line, where a policy of the house knows all of their words.
fn markings(say: Voice<'_>, house: &House, proposals: &Proposals, sent: &mut Sent, read: &mut Read) {
    let known =
        |marking: &Marking| -> Option<Label> { marking.label.clone().filter(|_| marking.unknown.is_empty()) };
    let Some((best, label)) = proposals.marking.first().and_then(|m| Some((m, known(&m.value)?))) else {
        return;
    };
    let Ok(named) = house.policies.name(&label) else { return };
    if !sent.get("level").is_empty() {
        return;
    }
    sent.set("policy", named.policy.clone());
    sent.set("levels_of", named.policy.clone());
    marking_form::choose(sent, &named.categories);
    read.put(say, sent, "level", best, named.level);
    let subject = proposals.subject_marking.first().and_then(|m| Some((m, known(&m.value)?)));
    if let Some((best, label)) = subject
        && let Ok(own) = house.policies.name(&label)
        && own.policy == named.policy
        && own.categories.is_empty()
    {
        read.put(say, sent, "subject_level", best, own.level);
    }
}

/// Lines in which a paper's own reference is looked for.
const HEAD: usize = 40;

/// The reference of the paper itself: what a series knows in a line of its head that begins with "Reference" or is
/// nothing else; failing that, the serial number of its heading.
fn own_reference(
    say: Voice<'_>,
    house: &House,
    waiting: &Waiting,
    proposals: &Proposals,
    sent: &mut Sent,
    read: &mut Read,
) {
    let Some(reading) = &waiting.reading else { return };
    let catalogue = house.catalogue();
    for (n, line) in (1..).zip(reading.text.lines().take(HEAD)) {
        let Some(citation) = catalogue.citations(line).into_iter().next() else { continue };
        let before =
            line.get(..citation.range.start).unwrap_or_default().trim().trim_end_matches([':', '.', ' ']);
        let alone = before.is_empty() && line.trim().len() == citation.written.len();
        let heads =
            ["reference", "ref", "our reference", "our ref", "référence", "réf", "notre référence", "n/réf"];
        if alone || heads.contains(&before.to_lowercase().as_str()) {
            let found = Proposed {
                value: (),
                confidence: proposal::Confidence::Sure,
                place: Where::Text { line: n, bytes: 0..0 },
                written: line.trim().to_owned(),
            };
            read.put(say, sent, "originator_reference", &found, citation.written);
            return;
        }
    }
    if let Some(best) = proposals.number.first() {
        read.put(say, sent, "originator_reference", best, best.value.clone());
    }
}
