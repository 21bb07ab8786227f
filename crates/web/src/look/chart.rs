//! Owns charts over a row of steps: a line of shares or pairs of columns, with their scale, drawn without script or inline style, with a title
//! and a description for those who do not see it. The table of the same numbers stands beside it: whoever draws a chart
//! shows it.

use maud::{Markup, html};

/// A step of a chart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point<'a> {
    /// What it is: "2026-11".
    pub label: &'a str,
    /// Its share, in hundredths of a per cent; none: nothing to share.
    pub share: Option<u64>,
}

/// Width and height of the field, and of what stands left of and below it.
const FIELD: (u64, u64) = (640, 160);
const EDGE: (u64, u64) = (44, 24);
/// Most labels below.
const LABELS: usize = 8;

/// A line over steps, broken where there is nothing. `title` names it, `says` tells in a sentence what it shows.
#[must_use]
pub fn line_chart(name: &str, title: &str, says: &str, points: &[Point<'_>]) -> Markup {
    let last = u64::try_from(points.len().saturating_sub(1)).unwrap_or(0).max(1);
    let place = |n: usize, share: u64| {
        let x = EDGE.0 + u64::try_from(n).unwrap_or(0) * FIELD.0 / last;
        let y = 8 + FIELD.1 - share.min(10_000) * FIELD.1 / 10_000;
        (x, y)
    };
    let placed: Vec<(usize, (u64, u64))> =
        points.iter().enumerate().filter_map(|(n, p)| p.share.map(|s| (n, place(n, s)))).collect();
    // A step with nothing to share is a gap, not a line drawn over it.
    let runs: Vec<String> = placed
        .chunk_by(|(a, _), (b, _)| a + 1 == *b)
        .filter(|run| run.len() > 1)
        .map(|run| run.iter().map(|(_, (x, y))| format!("{x},{y}")).collect::<Vec<_>>().join(" "))
        .collect();
    let every = points.len().div_ceil(LABELS).max(1);
    let (title_id, says_id) = (format!("{name}-title"), format!("{name}-says"));
    html! {
        svg.chart viewBox={ "0 0 " (EDGE.0 + FIELD.0 + 24) " " (8 + FIELD.1 + EDGE.1) } role="img"
            aria-labelledby={ (title_id) " " (says_id) } focusable="false" {
            title id=(title_id) { (title) }
            desc id=(says_id) { (says) }
            @for percent in [0_u64, 50, 100] {
                @let y = 8 + FIELD.1 - percent * FIELD.1 / 100;
                line.scale x1=(EDGE.0) x2=(EDGE.0 + FIELD.0) y1=(y) y2=(y) {}
                text.scale x=(EDGE.0 - 6) y=(y + 4) text-anchor="end" { (percent) " %" }
            }
            @for run in &runs { polyline.line points=(run) {} }
            @for (_, (x, y)) in &placed { circle.point cx=(x) cy=(y) r="3.5" {} }
            @for (n, point) in points.iter().enumerate().step_by(every) {
                text.scale x=(place(n, 0).0) y=(8 + FIELD.1 + 18) text-anchor="middle" { (point.label) }
            }
        }
    }
}

/// A step of a chart of pairs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair<'a> {
    /// What it is: "2 Nov".
    pub label: &'a str,
    /// How many of the one.
    pub one: u64,
    /// How many of the other.
    pub other: u64,
}

/// Two columns a step, of what `kinds` names; told apart by their fill and by their place, not by colour alone.
#[must_use]
pub fn pair_chart(name: &str, title: &str, says: &str, kinds: [&str; 2], pairs: &[Pair<'_>]) -> Markup {
    let most = pairs.iter().map(|pair| pair.one.max(pair.other)).max().unwrap_or(0);
    // The scale ends at an even number, so that its middle is a number too.
    let top = most.max(2).next_multiple_of(2);
    let steps = u64::try_from(pairs.len()).unwrap_or(0).max(1);
    let (step, foot) = (FIELD.0 / steps, 8 + FIELD.1);
    let width = (step * 2 / 5).clamp(1, 28);
    let every = pairs.len().div_ceil(LABELS).max(1);
    let (title_id, says_id) = (format!("{name}-title"), format!("{name}-says"));
    let column = |class: &str, x: u64, count: u64| {
        let height = count * FIELD.1 / top;
        html! { rect class=(class) x=(x) y=(foot - height) width=(width) height=(height) {} }
    };
    html! {
        svg.chart viewBox={ "0 0 " (EDGE.0 + FIELD.0 + 24) " " (foot + EDGE.1 + 20) } role="img"
            aria-labelledby={ (title_id) " " (says_id) } focusable="false" {
            title id=(title_id) { (title) }
            desc id=(says_id) { (says) }
            @for count in [0, top / 2, top] {
                @let y = foot - count * FIELD.1 / top;
                line.scale x1=(EDGE.0) x2=(EDGE.0 + FIELD.0) y1=(y) y2=(y) {}
                text.scale x=(EDGE.0 - 6) y=(y + 4) text-anchor="end" { (count) }
            }
            @for (n, pair) in (0_u64..).zip(pairs) {
                @let middle = EDGE.0 + n * step + step / 2;
                (column("one", middle.saturating_sub(width), pair.one))
                (column("other", middle, pair.other))
            }
            @for (n, pair) in pairs.iter().enumerate().step_by(every) {
                @let middle = EDGE.0 + u64::try_from(n).unwrap_or(0) * step + step / 2;
                text.scale x=(middle) y=(foot + 18) text-anchor="middle" { (pair.label) }
            }
            @for (n, kind) in (0_u64..).zip(kinds) {
                @let x = EDGE.0 + n * 160;
                rect class=(if n == 0 { "one" } else { "other" }) x=(x) y=(foot + 28) width="10" height="10" {}
                text.scale x=(x + 16) y=(foot + 37) { (kind) }
            }
        }
    }
}

/// A share as a bar, beside the number that says it.
#[must_use]
pub fn share_bar(share: Option<u64>) -> Markup {
    html! {
        svg.bar viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true" focusable="false" {
            rect.track width="100" height="8" {}
            rect.fill width=(share.unwrap_or(0).min(10_000) / 100) height="8" {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chart_says_what_it_shows_and_stays_within_its_field() {
        let points = [("a", Some(0)), ("b", None), ("c", Some(10_000)), ("d", Some(99_999))];
        // Nothing is drawn across "b".
        let points = points.map(|(label, share)| Point { label, share });
        let drawn = line_chart("share", "Completeness", "From 0 to 100 %", &points).into_string();
        assert!(drawn.contains("<title id=\"share-title\">Completeness</title>"));
        assert!(drawn.contains("aria-labelledby=\"share-title share-says\""));
        assert!(drawn.contains("points=\"470,8 684,8\""), "{drawn}");
        assert!(!drawn.contains("style"));
        assert!(line_chart("none", "", "", &[]).into_string().contains("<svg"));
    }

    #[test]
    fn columns_stand_on_the_foot_and_the_highest_reaches_the_top() {
        let pairs = [Pair { label: "a", one: 0, other: 3 }, Pair { label: "b", one: 4, other: 1 }];
        let drawn = pair_chart("weeks", "Weeks", "4 and 4", ["Opened", "Ended"], &pairs).into_string();
        assert!(drawn.contains(r#"y="8" width="28" height="160""#), "{drawn}");
        assert!(drawn.contains(r#"y="168" width="28" height="0""#), "{drawn}");
        assert!(drawn.contains("<desc id=\"weeks-says\">4 and 4</desc>") && !drawn.contains("style"));
        assert!(pair_chart("none", "", "", ["", ""], &[]).into_string().contains("<svg"));
    }
}
