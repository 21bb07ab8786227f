//! Owns how the text of a document is shown: its marking on top and bottom, its paragraphs, the words that were
//! searched for. It must not know files or how a text was read; text is only ever text here, never markup.

use std::ops::Range;

use maud::{Markup, html};
use office::texts::{Language, Voice};

use super::foreign;
use super::mark::Marking;

/// Where a searched word stands: bytes of the text, from and to.
pub type Hit = Range<usize>;

/// More hits than this in one text are not lit up: the page must stay small whatever was searched.
const MOST_HITS: usize = 2_000;

/// A piece of text with the searched words lit up, in the text's own language.
#[must_use]
pub fn snippet(say: Voice<'_>, text: &str, hits: &[Hit], language: Language) -> Markup {
    html! { span.snippet lang=[foreign(say, language)] { (lit(text, 0, hits)) } }
}

/// The text of a document as a page.
#[derive(Debug, Clone)]
pub struct PageView<'a> {
    /// The marking, shown at the top and at the bottom, one line a part.
    pub marking: Option<Marking<'a>>,
    /// The text as it was read. Paragraphs are parted by empty lines.
    pub text: &'a str,
    /// The searched words in it.
    pub hits: &'a [Hit],
    /// The language of the text.
    pub language: Language,
    /// Whether spaces mean something too (a formal message, columns made of spaces): then the text is shown in a type
    /// of even width with every space kept. Line ends are kept always.
    pub lines_matter: bool,
}

/// Shows the text of a document.
#[must_use]
pub fn page_view(say: Voice<'_>, view: &PageView<'_>) -> Markup {
    html! {
        article.page.lines[view.lines_matter] lang=[foreign(say, view.language)] aria-label=(say.t("page-text")) {
            (page_marking(view.marking))
            @for (start, paragraph) in paragraphs(view.text) {
                p { (lit(paragraph, start, view.hits)) }
            }
            (page_marking(view.marking))
        }
    }
}

fn page_marking(marking: Option<Marking<'_>>) -> Markup {
    html! {
        @if let Some(marking) = marking {
            p class={ "page-mark " (marking.level.as_str()) } lang=(marking.language.tag()) { (marking.text) }
        }
    }
}

/// The paragraphs of a text, each with the byte at which it begins.
fn paragraphs(text: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let mut open: Option<Range<usize>> = None;
    let mut place = 0;
    for line in text.split_inclusive('\n') {
        let end = place + line.len();
        if line.trim().is_empty() {
            found.extend(open.take());
        } else {
            open = Some(open.map_or(place, |range| range.start)..place + line.trim_end().len());
        }
        place = end;
    }
    found.extend(open);
    found.into_iter().filter_map(|range| text.get(range.clone()).map(|words| (range.start, words))).collect()
}

/// `text` begins at byte `start` of the whole; hits are given in bytes of the whole. Hits that overlap, that end
/// outside or that cut a character are passed over rather than trusted.
fn lit(text: &str, start: usize, hits: &[Hit]) -> Markup {
    let mut pieces: Vec<(bool, &str)> = Vec::new();
    let mut place = 0;
    for hit in hits.iter().take(MOST_HITS) {
        let (Some(from), Some(to)) = (hit.start.checked_sub(start), hit.end.checked_sub(start)) else {
            continue;
        };
        if from < place || from >= to {
            continue;
        }
        let (Some(before), Some(words)) = (text.get(place..from), text.get(from..to)) else {
            continue;
        };
        pieces.push((false, before));
        pieces.push((true, words));
        place = to;
    }
    pieces.push((false, text.get(place..).unwrap_or_default()));
    html! {
        @for (searched, words) in pieces {
            @if searched { mark { (words) } } @else { (words) }
        }
    }
}

#[cfg(test)]
#[expect(clippy::single_range_in_vec_init, reason = "one hit is a list of one range")]
mod tests {
    use super::*;
    use office::texts::Texts;
    use proptest::prelude::*;

    fn html(text: &str, hits: &[Hit]) -> String {
        lit(text, 0, hits).into_string()
    }

    #[test]
    fn searched_words_are_lit_and_the_rest_escaped() {
        assert_eq!(html("air <b> policing", &[4..7]), "air <mark>&lt;b&gt;</mark> policing");
        assert_eq!(html("abc", &[]), "abc");
    }

    #[test]
    fn hits_that_make_no_sense_are_passed_over() {
        assert_eq!(html("été", &[0..1]), "été");
        assert_eq!(html("abc", &[2..9, 1..2]), "a<mark>b</mark>c");
        assert_eq!(html("abcd", &[0..2, 1..3]), "<mark>ab</mark>cd");
        #[expect(clippy::reversed_empty_ranges, reason = "that is the point")]
        let reversed = 3..1;
        assert_eq!(html("abc", &[reversed]), "abc");
    }

    #[test]
    fn paragraphs_are_parted_by_empty_lines_and_keep_their_place() {
        let text = "\n\none\ntwo  \n \nthree";
        let found = paragraphs(text);
        assert_eq!(found, [(2, "one\ntwo"), (14, "three")]);
        for (start, words) in found {
            assert_eq!(text.get(start..start + words.len()), Some(words));
        }
    }

    #[test]
    fn a_page_lights_hits_in_the_paragraph_where_they_stand() {
        let texts = Texts::new().unwrap();
        let view = PageView {
            marking: None,
            text: "one\n\ntwo two",
            hits: &[5..8, 9..12],
            language: Language::Fr,
            lines_matter: false,
        };
        let page = page_view(texts.voice(Language::En), &view).into_string();
        assert!(page.contains("<p>one</p><p><mark>two</mark> <mark>two</mark></p>"), "{page}");
        assert!(page.contains(r#"lang="fr""#));
    }

    proptest! {
        #[test]
        fn no_word_is_lost_or_invented(text in "\\PC{0,60}", raw in prop::collection::vec((0usize..80, 0usize..80), 0..8)) {
            let hits: Vec<Hit> = raw.into_iter().map(|(a, b)| a..b).collect();
            let shown = html(&text, &hits).replace("<mark>", "").replace("</mark>", "");
            let escaped = maud::html! { (text) }.into_string();
            prop_assert_eq!(shown, escaped);
        }
    }
}
