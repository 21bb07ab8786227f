//! Giving a receipt: of which copies one is due, what is said of those that are not as they should be, and the form by which
//! whoever they were sent to signs for the rest.

use maud::{Markup, html};
use office::{Reading, custody::DispatchRow, texts::Voice};
use registry::{
    Code, Refusal,
    custody::fact::{Addressee, Discrepancy},
};
use store::custody::seen::CopyView;

use crate::{
    look::{Button, Field, Form, buttons, form},
    pages::visit::{Sent, told},
    signed::Signed,
};

/// Where a receipt is signed on screen.
pub const SIGN: &str = "/holdings/receipt";
/// Begins the names of the fields in which is said what is wrong with a copy.
const WRONG: &str = "wrong-";

/// The copies of which a receipt is still due.
pub fn due(row: &DispatchRow) -> Vec<&CopyView> {
    let sent = Some(row.view.dispatch.id);
    row.view.copies.iter().filter(|view| view.copy.standing.sent_with() == sent).collect()
}

/// Whether the reader is whom the copies were sent to, and a receipt is due.
pub fn is_his(reading: &Reading, row: &DispatchRow) -> bool {
    let addressed = match &row.view.dispatch.to {
        Addressee::Person { person } => *person == reading.person().id,
        Addressee::Registry { registry } => reading.viewer().handles(*registry),
        Addressee::Desk => reading.viewer().handles(row.registry),
        Addressee::Elsewhere { .. } => false,
    };
    addressed && row.late.is_some()
}

/// What was said to be wrong, of the copies that are due.
pub fn discrepancies(row: &DispatchRow, sent: &Sent) -> Vec<Discrepancy> {
    due(row)
        .into_iter()
        .map(|view| (view.copy.id, sent.get(&name(view)).trim().to_owned()))
        .filter(|(_, words)| !words.is_empty())
        .map(|(copy, words)| Discrepancy { copy, words })
        .collect()
}

fn name(view: &CopyView) -> String {
    format!("{WRONG}{}", view.copy.id)
}

/// Whether a refusal is about what was said to be wrong with a copy.
pub fn is_about(refusal: &Refusal) -> bool {
    matches!(refusal.field, Some("words" | "discrepancies"))
}

/// What is wrong with the words about one copy.
fn error(say: Voice<'_>, refusal: Option<&Refusal>, words: &str) -> Option<String> {
    let refusal = refusal.filter(|refusal| is_about(refusal))?;
    let limit = refusal.arguments.iter().find(|(name, _)| *name == "limit");
    let limit = limit.and_then(|(_, value)| value.parse::<usize>().ok());
    let fits = refusal.code == Code::TooLong && limit.is_some_and(|limit| words.chars().count() <= limit);
    (!fits && !words.is_empty()).then(|| told(say, refusal))
}

/// A field for each copy that is due, folded up: most often all is well.
pub fn fields(say: Voice<'_>, row: &DispatchRow, sent: &Sent, refusal: Option<&Refusal>) -> Markup {
    let said = !discrepancies(row, sent).is_empty();
    html! {
        details.more open[said] {
            summary { (say.t("receipt-wrong")) }
            p.quiet { (say.t("receipt-wrong-hint")) }
            @for view in due(row) {
                @let (field, called, words) = (name(view), view.name(), sent.get(&name(view)));
                @let error = error(say, refusal, words);
                (Field::new(&field, &called).value(words).error(error.as_deref()).optional().text(say))
            }
        }
    }
}

/// What the form for signing on screen is made of.
pub struct OnScreen<'a> {
    /// Who signs.
    pub signed: &'a Signed,
    /// Where he goes on: `receipt`, else to what he has.
    pub back: &'a str,
    /// What was sent, for whichever dispatch.
    pub sent: &'a Sent,
    /// Why it was refused.
    pub refusal: Option<&'a Refusal>,
    /// The id of the command where none was sent yet.
    pub command: String,
}

/// The form by which the reader signs on screen.
pub fn on_screen(say: Voice<'_>, row: &DispatchRow, with: &OnScreen<'_>) -> Markup {
    let dispatch = row.view.dispatch.id;
    let own = with.sent.get("dispatch").parse() == Ok(dispatch);
    let (nothing, go) = (Sent::default(), say.t("receipt-sign"));
    let (sent, refusal) = if own { (with.sent, with.refusal) } else { (&nothing, None) };
    let command = if sent.get("command").is_empty() { with.command.as_str() } else { sent.get("command") };
    let frame = Form {
        action: SIGN,
        token: Some(&with.signed.form_token),
        command: Some(command),
        files: false,
        guard: false,
    };
    let text = say.tr("receipt-sign-text", &[("n", due(row).len().into())]);
    form(
        frame,
        &html! {
            input type="hidden" name="dispatch" value=(dispatch);
            input type="hidden" name="back" value=(with.back);
            p { (text) }
            (fields(say, row, sent, refusal))
            (buttons(&[Button::main(&go)]))
        },
    )
}
