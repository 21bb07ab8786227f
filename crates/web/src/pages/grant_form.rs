//! The form of a proposal: a clearance, a briefing, a role, a membership, an extension, another nationality; as fields and
//! as what they ask for.

use jiff::civil::Date;
use label::{NamedClearance, Policy};
use maud::{Markup, html};
use office::{
    Reading,
    texts::{Texts, Voice},
};
use registry::{
    Code, Refusal,
    authorisation::{Authorisation, Grant, Role, Standing},
    house::House,
};

use crate::{
    look::Width,
    pages::{
        marking_form, shown,
        visit::{Sent, Wrong, labelled},
    },
};

/// What can be proposed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A clearance certificate.
    Clearance,
    /// A briefing.
    Briefing,
    /// A role.
    Role,
    /// A need-to-know group.
    Membership,
    /// A later end of a clearance.
    Extension,
    /// Another nationality.
    Nationality,
    /// A certificate of a smart card.
    Certificate,
    /// A specimen of a signature.
    Specimen,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Clearance,
        Self::Briefing,
        Self::Role,
        Self::Membership,
        Self::Extension,
        Self::Nationality,
        Self::Certificate,
        Self::Specimen,
    ];

    /// By its word in an address; a clearance when there is none.
    pub fn of(text: &str) -> Self {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text).unwrap_or(Self::Clearance)
    }
    /// Its word in an address.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Clearance => "clearance",
            Self::Briefing => "briefing",
            Self::Role => "role",
            Self::Membership => "membership",
            Self::Extension => "extension",
            Self::Nationality => "nationality",
            Self::Certificate => "certificate",
            Self::Specimen => "specimen",
        }
    }
    /// The key of its title.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Clearance => "person-propose",
            Self::Briefing => "person-propose-briefing",
            Self::Role => "person-propose-role",
            Self::Membership => "person-propose-group",
            Self::Extension => "person-propose-extension",
            Self::Nationality => "person-propose-nation",
            Self::Certificate => "person-propose-certificate",
            Self::Specimen => "person-propose-specimen",
        }
    }
    /// The key of its name.
    pub const fn short(self) -> &'static str {
        match self {
            Self::Clearance => "held-clearance-short",
            Self::Briefing => "held-briefing-short",
            Self::Role => "held-role-short",
            Self::Membership => "held-group-short",
            Self::Extension => "held-extension-short",
            Self::Nationality => "held-nation-short",
            Self::Certificate => "held-certificate-short",
            Self::Specimen => "held-specimen",
        }
    }
}

/// The fields with the keys of their labels.
pub const FIELDS: [(&str, &str); 17] = [
    ("policy", "form-policy"),
    ("level", "person-level"),
    ("of", "person-extended"),
    ("nationality", "person-nation"),
    ("authority", "person-authority"),
    ("number", "person-certificate-number"),
    ("from", "person-valid-from"),
    ("until", "person-valid-until"),
    ("subject", "person-briefed"),
    ("on", "person-briefed-on"),
    ("refresh", "person-refresh-by"),
    ("role", "person-role"),
    ("registry", "form-registry"),
    ("group", "held-group-short"),
    ("certificate", "person-card"),
    ("content", "held-specimen"),
    ("reason", "person-reason"),
];

/// The field that a refusal is about.
pub fn field_of(refusal: &Refusal) -> Option<&'static str> {
    let field = match refusal.field? {
        "clearance" => "level",
        other => other,
    };
    FIELDS.iter().map(|(name, _)| *name).find(|name| *name == field)
}

/// The fields of a kind.
pub fn fields(
    say: Voice<'_>,
    reading: &Reading,
    kind: Kind,
    held: &[Authorisation],
    sent: &Sent,
    wrong: &Wrong,
    labels: &[(&'static str, String)],
) -> Markup {
    let field = |name: &'static str| labelled(labels, name).value(sent.get(name)).error(wrong.at(name));
    let (day, again) = (say.t("form-day-hint"), say.t("form-policy-hint"));
    let house = &reading.house;
    let tag = say.language().tag();
    let policy = marking_form::policy(&house.policies, sent.get("policy"));
    match (kind, policy) {
        (Kind::Clearance, Some(policy)) => {
            let levels = marking_form::levels(&house.policies, policy, say);
            let hint = say.t("person-authority-hint");
            let certificate = say.t("person-certificate-number-hint");
            html! {
                (marking_form::policy_field(say, &house.policies, policy, &again))
                (field("level").width(Width::Medium).select(say, &marking_form::choices(&levels)))
                (marking_form::categories(say, policy, sent))
                (field("authority").hint(&hint).text(say))
                (field("number").hint(&certificate).optional().width(Width::Medium).text(say))
                div.pair { (field("from").hint(&day).date(say)) (field("until").hint(&day).date(say)) }
            }
        }
        (Kind::Briefing, Some(policy)) => {
            let subjects = briefed(say, house, policy);
            html! {
                (marking_form::policy_field(say, &house.policies, policy, &again))
                (field("subject").width(Width::Medium).select(say, &marking_form::choices(&subjects)))
                (field("on").hint(&day).date(say))
                (field("refresh").hint(&say.t("person-refresh-hint")).optional().date(say))
            }
        }
        (Kind::Extension, _) => {
            let clearances = extendable(say, house, held);
            let hints = ["person-extend-until-hint", "person-extend-authority-hint"].map(|key| say.t(key));
            let [until, authority] = &hints;
            html! {
                (field("of").width(Width::Full).select(say, &marking_form::choices(&clearances)))
                (field("until").hint(until).date(say))
                (field("authority").hint(authority).text(say))
                (field("reason").long(say, 2))
            }
        }
        (Kind::Nationality, _) => {
            let (hint, why) = (say.t("person-nation-hint"), say.t("person-nation-reason-hint"));
            html! {
                (field("nationality").hint(&hint).width(Width::Short).text(say))
                (field("reason").hint(&why).long(say, 2))
            }
        }
        (Kind::Certificate, _) => {
            field("certificate").hint(&say.t("person-card-hint")).width(Width::Full).text(say)
        }
        (Kind::Specimen, _) => field("content").hint(&say.t("person-specimen-hint")).file(say, false),
        (Kind::Role, _) => {
            let roles: Vec<(String, String)> =
                Role::ALL.iter().map(|role| (role.as_str().to_owned(), shown::role(say, *role))).collect();
            let registries: Vec<(String, String)> = house
                .registries()
                .iter()
                .map(|r| (r.code.clone(), r.names.in_language(tag).to_owned()))
                .collect();
            let hint = say.t("person-role-registry-hint");
            html! {
                (field("role").width(Width::Medium).select(say, &marking_form::choices(&roles)))
                (field("registry").hint(&hint).optional().width(Width::Medium).select(say, &marking_form::choices(&registries)))
            }
        }
        (Kind::Membership, _) => {
            let groups: Vec<(String, String)> =
                house.groups().map(|g| (g.id.to_string(), g.names.in_language(tag).to_owned())).collect();
            field("group").width(Width::Medium).select(say, &marking_form::choices(&groups))
        }
        (Kind::Clearance | Kind::Briefing, None) => html! {},
    }
}

/// The clearances of a person that an extension may be of, with their ends.
fn extendable(say: Voice<'_>, house: &House, held: &[Authorisation]) -> Vec<(String, String)> {
    let confirmed = held.iter().filter(|a| a.standing == Standing::Confirmed);
    let clearances = confirmed.filter_map(|a| match &a.grant {
        Grant::Clearance { until, .. } => Some((a, a.last_day(held).unwrap_or(*until))),
        _ => None,
    });
    clearances
        .map(|(a, last)| {
            let what = shown::grant(say, house, &a.grant);
            let words =
                say.tr("person-extend-choice", &[("what", what.into()), ("until", say.date(last).into())]);
            (a.id.to_string(), words)
        })
        .collect()
}

/// What a policy asks a briefing for: levels and categories, by name.
fn briefed(say: Voice<'_>, house: &House, policy: &Policy) -> Vec<(String, String)> {
    let levels =
        policy.levels().iter().filter(|level| level.rule.briefing).map(|level| {
            (level.name.clone(), marking_form::level_words(&house.policies, policy, level, say))
        });
    let categories = policy
        .tag_sets()
        .iter()
        .flat_map(|set| set.tags.iter())
        .flat_map(|tag| tag.categories.iter())
        .filter(|category| category.rule.briefing)
        .map(|category| (category.name.clone(), category.name.clone()));
    levels.chain(categories).collect()
}

/// What was typed, as a grant. What is wrong goes beside its field.
pub fn read(say: Voice<'_>, texts: &Texts, house: &House, sent: &Sent, wrong: &mut Wrong) -> Option<Grant> {
    match Kind::of(sent.get("is")) {
        Kind::Clearance => {
            let (from, until) = (day(say, texts, sent, "from", wrong), day(say, texts, sent, "until", wrong));
            required(say, sent, &["level", "authority"], wrong);
            if sent.get("policy") != sent.get("levels_of") {
                wrong.add(say, "level", Code::NotOffered);
            }
            let named = NamedClearance {
                policy: sent.get("policy").to_owned(),
                level: sent.get("level").to_owned(),
                categories: marking_form::chosen(sent),
            };
            let Ok(clearance) = house.policies.resolve_clearance(&named) else {
                wrong.add(say, "level", Code::InvalidLabel);
                return None;
            };
            let authority = sent.get("authority").trim().to_owned();
            let number = Some(sent.get("number").trim().to_owned()).filter(|text| !text.is_empty());
            Some(Grant::Clearance { clearance, authority, number, from: from?, until: until? })
        }
        Kind::Briefing => {
            let on = day(say, texts, sent, "on", wrong);
            let refresh = match sent.get("refresh").trim() {
                "" => None,
                _ => day(say, texts, sent, "refresh", wrong),
            };
            required(say, sent, &["subject"], wrong);
            let policy = house.policies.find(sent.get("policy"));
            let offered = policy
                .is_some_and(|p| briefed(say, house, p).iter().any(|(name, _)| name == sent.get("subject")));
            if !offered {
                wrong.add(say, "subject", Code::NotOffered);
            }
            let policy = policy?.name().to_owned();
            Some(Grant::Briefing { policy, subject: sent.get("subject").to_owned(), on: on?, refresh })
        }
        Kind::Role => {
            let Some(role) = Role::ALL.into_iter().find(|r| r.as_str() == sent.get("role")) else {
                wrong.add(say, "role", Code::Required);
                return None;
            };
            let registry = house.registry_by_code(sent.get("registry")).map(|r| r.id);
            if role.is_of_a_registry() && registry.is_none() {
                wrong.add(say, "registry", Code::Required);
            }
            Some(Grant::Role { role, registry: registry.filter(|_| role.is_of_a_registry()) })
        }
        Kind::Extension => {
            let until = day(say, texts, sent, "until", wrong);
            required(say, sent, &["authority", "reason"], wrong);
            let Ok(of) = sent.get("of").parse() else {
                wrong.add(say, "of", Code::Required);
                return None;
            };
            let (authority, reason) = (sent.get("authority").to_owned(), sent.get("reason").to_owned());
            Some(Grant::Extension { of, until: until?, authority, reason })
        }
        Kind::Nationality => {
            required(say, sent, &["nationality", "reason"], wrong);
            let (nationality, reason) = (sent.get("nationality").to_owned(), sent.get("reason").to_owned());
            Some(Grant::Nationality { nationality, reason })
        }
        Kind::Certificate => {
            required(say, sent, &["certificate"], wrong);
            Some(Grant::Certificate { certificate: sent.get("certificate").to_owned() })
        }
        // It comes with its picture, as a form of its own.
        Kind::Specimen => {
            wrong.add(say, "content", Code::Required);
            None
        }
        Kind::Membership => match sent.get("group").parse() {
            Ok(group) => Some(Grant::Membership { group }),
            Err(_) => {
                wrong.add(say, "group", Code::Required);
                None
            }
        },
    }
}

fn required(say: Voice<'_>, sent: &Sent, fields: &[&'static str], wrong: &mut Wrong) {
    for field in fields {
        if sent.get(field).trim().is_empty() {
            wrong.add(say, field, Code::Required);
        }
    }
}

/// A day, as people type it.
pub fn day(
    say: Voice<'_>,
    texts: &Texts,
    sent: &Sent,
    field: &'static str,
    wrong: &mut Wrong,
) -> Option<Date> {
    let typed = sent.get(field).trim();
    if typed.is_empty() {
        wrong.add(say, field, Code::Required);
        return None;
    }
    let day = texts.typed_date(typed).unwrap_or_else(|| typed.to_owned()).parse().ok();
    if day.is_none() {
        wrong.on(say, field, &Refusal::new(Code::ImpossibleDate).with("date", typed));
    }
    day
}
