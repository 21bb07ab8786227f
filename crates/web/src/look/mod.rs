//! Owns how the product looks: the components of which every page is made, each a function from data to markup, and
//! the files that a browser loads with them. It must not know the register, the store, a request or who may see what:
//! it shows what it is given, and it is given only what has passed the access scope.
//!
//! Three promises hold for everything here. No inline style and no inline script, so that the strictest content
//! policy fits. Every page works without script; the script adds keys and comfort. Colours of levels come from the
//! security policy alone ([`colour`]) and are used for nothing else.

pub mod assets;
pub mod chart;
pub mod colour;
pub mod facet;
pub mod field;
pub mod form;
pub mod mark;
pub mod message;
pub mod panel;
pub mod shell;
pub mod table;
pub mod text;

pub use chart::{Pair, Point, line_chart, pair_chart, share_bar};
pub use colour::{Colour, LevelClass, LevelColour, levels_css};
pub use facet::{Applied, Facet, FacetGroup, applied, facets, pills};
pub use field::{Choice, Field, Proposal, Width};
pub use form::{
    Button, Form, Refusal, button, buttons, form, passkey_button, refusal_notice, summary, token_field,
};
pub use mark::{Marking, SEND, Tone, chip, kbd, mark, reference, reference_link};
pub use panel::{
    Bar, Crumb, Empty, Event, Fact, Stage, StageState, Tab, bars, beside, card, crumbs, empty, facts,
    heading, heading_with_acts, life, tabs, timeline,
};
pub use shell::{Notice, Page, Person, RailEntry, Section, shell};
pub use table::{Cell, Column, Paging, Row, SelectMany, Sort, SortLink, Table, table};
pub use text::{Hit, PageView, page_view, snippet};

use office::texts::{Language, Voice};

/// The `lang` attribute for words in `words`: given only where it differs from the page's, so that a screen reader
/// changes its voice exactly where the language changes.
fn foreign(say: Voice<'_>, words: Language) -> Option<&'static str> {
    (words != say.language()).then(|| words.tag())
}
