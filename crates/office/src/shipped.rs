//! What ships inside the binary: the data of `house/`, as an organisation finds it on the first day.

/// A file that ships.
#[derive(Debug, Clone, Copy)]
pub struct Shipped {
    /// Its name.
    pub name: &'static str,
    /// What it says.
    pub text: &'static str,
}

/// The security policies: NATO's, the EU's, a historic national one, a corporate one.
pub const POLICIES: &[Shipped] = &[
    Shipped { name: "nato", text: include_str!("../../../house/policies/nato.xml") },
    Shipped { name: "eu", text: include_str!("../../../house/policies/eu.xml") },
    Shipped { name: "us-historic", text: include_str!("../../../house/policies/us-historic.xml") },
    Shipped { name: "corporate", text: include_str!("../../../house/policies/corporate.xml") },
];

/// The series of references: each registry's own, and those of bodies.
pub const SERIES: &[Shipped] = &[
    Shipped { name: "registry", text: include_str!("../../../house/series/registry.toml") },
    Shipped { name: "nato", text: include_str!("../../../house/series/nato.toml") },
    Shipped { name: "eu", text: include_str!("../../../house/series/eu.toml") },
    Shipped { name: "us-historic", text: include_str!("../../../house/series/us-historic.toml") },
];

/// The calendars by which dues are reckoned.
pub const CALENDARS: &[Shipped] = &[
    Shipped { name: "belgium", text: include_str!("../../../house/calendars/belgium.toml") },
    Shipped { name: "nato-hq", text: include_str!("../../../house/calendars/nato-hq.toml") },
];

/// The procedures by which cases go.
pub const PROCEDURES: &[Shipped] = &[
    Shipped {
        name: "call-for-contributions",
        text: include_str!("../../../house/procedures/call-for-contributions.toml"),
    },
    Shipped { name: "conference", text: include_str!("../../../house/procedures/conference.toml") },
    Shipped { name: "follow-up", text: include_str!("../../../house/procedures/follow-up.toml") },
    Shipped { name: "inspection", text: include_str!("../../../house/procedures/inspection.toml") },
    Shipped { name: "off-boarding", text: include_str!("../../../house/procedures/off-boarding.toml") },
    Shipped { name: "on-boarding", text: include_str!("../../../house/procedures/on-boarding.toml") },
    Shipped { name: "personal-data", text: include_str!("../../../house/procedures/personal-data.toml") },
    Shipped { name: "retrieval", text: include_str!("../../../house/procedures/retrieval.toml") },
    Shipped { name: "rfi", text: include_str!("../../../house/procedures/rfi.toml") },
    Shipped { name: "suggestion", text: include_str!("../../../house/procedures/suggestion.toml") },
    Shipped { name: "tasker", text: include_str!("../../../house/procedures/tasker.toml") },
    Shipped { name: "training", text: include_str!("../../../house/procedures/training.toml") },
    Shipped { name: "visit", text: include_str!("../../../house/procedures/visit.toml") },
];

/// The communities that labels release to.
pub const COMMUNITIES: &str = include_str!("../../../house/communities.toml");

/// The words by which documents announce what they are.
pub const PROPOSALS: &str = include_str!("../../../house/proposals.toml");

/// The words by which registers of old name their columns.
pub const REGISTERS: &str = include_str!("../../../house/registers.toml");

/// A register of old to try taking over with.
pub const DEMO_REGISTER: &str = include_str!("../../../house/demo/old-register.csv");

/// How others number their letters to the demo headquarters.
pub const DEMO_SERIES: &str = include_str!("../../../house/demo/series.toml");
/// The file plans of the demo headquarters.
pub const DEMO_FILES: &str = include_str!("../../../house/demo/files.toml");

/// The units, posts, contacts and distribution lists of the demo headquarters.
pub const DEMO_ORGANISATION: &str = include_str!("../../../house/demo/organisation.toml");

/// What runs in the demo headquarters.
pub const DEMO_CASES: &str = include_str!("../../../house/demo/cases.toml");

/// What the house wants of its register.
pub const QUALITY: &str = include_str!("../../../house/quality.toml");

/// For how long somebody stands in.
pub const ORGANISATION: &str = include_str!("../../../house/organisation.toml");

/// When one is reminded of what is due, and what counts as at risk.
pub const REMINDERS: &str = include_str!("../../../house/reminders.toml");

/// How long certificates run, and when one is warned.
pub const PEOPLE: &str = include_str!("../../../house/people.toml");

/// How accountable papers are kept.
pub const CUSTODY: &str = include_str!("../../../house/custody.toml");

/// The demo headquarters and its documents.
pub const DEMO: (&str, &str) = (
    include_str!("../../../house/demo/headquarters.toml"),
    include_str!("../../../house/demo/documents.jsonl"),
);

/// How papers that are made up for trials become registrations.
pub const SYNTH_MAP: &str = include_str!("../../../house/maps/synth.toml");
