//! The part of a form in which a marking or a clearance is chosen: a policy, one of its levels, its categories by tag
//! set. The words are the policy's own.

use std::collections::{BTreeMap, BTreeSet};

use label::{Category, Label, Policies, Policy};
use maud::{Markup, html};
use office::texts::Voice;

use crate::{
    look::{Choice, Field, Width},
    pages::visit::Sent,
    words,
};

/// The value that stands for a marking that a controller shall decide.
pub const UNDETERMINED: &str = "undetermined";
/// Begins the names of the fields of categories: one field a tag set.
const CATEGORY: &str = "category-";
/// Tag sets with more categories than this are folded up.
const MANY: usize = 12;

/// The policy that a form is about: the one that is named, else the first.
pub fn policy<'a>(policies: &'a Policies, named: &str) -> Option<&'a Policy> {
    policies.find(named).or_else(|| policies.iter().next())
}

/// A level as it stands in forms: with the policy's name, as on a document.
pub fn level_words(policies: &Policies, policy: &Policy, level: &label::Level, say: Voice<'_>) -> String {
    let label = Label::plain(policy.id().clone(), level.code.clone());
    let words = words::marking(&label, policies, say.language());
    if level.obsolete { say.tr("form-obsolete", &[("name", words.into())]) } else { words }
}

/// The levels of a policy as values and words, lowest first.
pub fn levels(policies: &Policies, policy: &Policy, say: Voice<'_>) -> Vec<(String, String)> {
    policy
        .levels()
        .iter()
        .map(|level| (level.name.clone(), level_words(policies, policy, level, say)))
        .collect()
}

/// Pairs of value and words as choices.
pub fn choices(pairs: &[(String, String)]) -> Vec<Choice<'_>> {
    pairs.iter().map(|(value, words)| Choice::new(value, words)).collect()
}

/// The choice of a policy: a select, with a button that shows its levels without losing what was typed; `hint` says
/// what is lost all the same.
pub fn policy_field(say: Voice<'_>, policies: &Policies, chosen: &Policy, hint: &str) -> Markup {
    let names: Vec<(String, String)> =
        policies.iter().map(|p| (p.name().to_owned(), p.name().to_owned())).collect();
    let (label, go) = (say.t("form-policy"), say.t("form-policy-go"));
    html! {
        div.with-button {
            (Field::new("policy", &label).hint(hint).value(chosen.name()).width(Width::Medium).select(say, &choices(&names)))
            button.button type="submit" name="act" value="policy" data-action=(go) { (go) }
        }
        input type="hidden" name="levels_of" value=(chosen.name());
    }
}

/// The categories of a policy, a group for each tag set; what was ticked stays so.
pub fn categories(say: Voice<'_>, policy: &Policy, sent: &Sent) -> Markup {
    let on = sent.beginning(CATEGORY);
    html! {
        @for (place, set) in policy.tag_sets().iter().enumerate() {
            @let all: Vec<&Category> = set.tags.iter().flat_map(|tag| tag.categories.iter()).collect();
            @let field = format!("{CATEGORY}{place}");
            @if !all.is_empty() {
                @let body = group(say, &field, &set.name, &all, &on);
                @if all.len() > MANY {
                    @let any = all.iter().any(|c| on.contains(&value(&set.name, &c.name).as_str()));
                    details.more open[any] {
                        summary { (set_words(say, &set.name)) " " span.n { (say.integer(i64::try_from(all.len()).unwrap_or(0))) } }
                        (body)
                    }
                } @else {
                    (body)
                }
            }
        }
    }
}

/// What a set of categories is called: in the language of the page where the house has words for it.
fn set_words(say: Voice<'_>, set: &str) -> String {
    let key = set.to_lowercase().replace(' ', "-");
    say.maybe(&format!("marking-set-{key}"), &[]).unwrap_or_else(|| set.to_owned())
}

fn group(say: Voice<'_>, field: &str, set: &str, all: &[&Category], on: &[&str]) -> Markup {
    let language = words::label_language(say.language());
    let obsolete = say.t("form-obsolete-short");
    let values: Vec<(String, &str, bool)> = all
        .iter()
        .map(|category| (value(set, &category.name), category.words(language), category.obsolete))
        .collect();
    let list: Vec<Choice<'_>> = values
        .iter()
        .map(|(value, words, old)| Choice {
            detail: old.then_some(obsolete.as_str()),
            ..Choice::new(value, words)
        })
        .collect();
    let label = set_words(say, set);
    Field::new(field, &label).optional().checks(say, &list, on)
}

fn value(set: &str, category: &str) -> String {
    format!("{set}|{category}")
}

/// Ticks categories, as a form that was sent would have them.
pub fn choose(sent: &mut Sent, sets: &BTreeMap<String, BTreeSet<String>>) {
    for (set, names) in sets {
        names.iter().for_each(|name| sent.push(format!("{CATEGORY}{set}"), value(set, name)));
    }
}

/// The categories that were ticked, by tag set.
pub fn chosen(sent: &Sent) -> BTreeMap<String, BTreeSet<String>> {
    let mut sets: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for value in sent.beginning(CATEGORY) {
        if let Some((set, category)) = value.split_once('|') {
            sets.entry(set.to_owned()).or_default().insert(category.to_owned());
        }
    }
    sets
}
