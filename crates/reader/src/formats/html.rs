//! Web pages: their words, by a scan that knows tags, comments, character references and which elements break a line. It builds no tree, so nothing nests too deep; it
//! never fails, as browsers never do.

use encoding_rs::Encoding;

use super::{Read, Stop, Words, short};
use crate::{Flag, Limit, Limits, Reading, text};

/// Elements that stand on lines of their own (HTML Living Standard section 15.3, the `display: block` ones and their like).
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "br",
    "caption",
    "center",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "legend",
    "li",
    "main",
    "menu",
    "nav",
    "ol",
    "option",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "tfoot",
    "thead",
    "title",
    "tr",
    "ul",
];

/// Elements whose content is no text of the page, up to their own end tag.
const SILENT: &[&str] = &["script", "style", "template", "noscript", "textarea", "svg", "object", "iframe"];

pub(crate) fn read(bytes: &[u8], limits: &Limits) -> Read<Reading> {
    let declared = declared_encoding(bytes);
    // A page grows by a factor of three at most when it is decoded.
    let room = bytes.len().saturating_mul(4);
    let decoded = match declared {
        Some(encoding) => text::decode_as(bytes, encoding, room),
        None => text::decode(bytes, room),
    }
    .map_err(|_| Stop::OverLimit(Limit::Text))?;
    let mut reading = Reading::default();
    if !decoded.was_utf8 {
        reading.flags.insert(Flag::Decoded);
    }
    let page = strip(&decoded.text, limits)?;
    if page.scripts {
        reading.flags.insert(Flag::Macros);
    }
    reading.title = page.title;
    reading.text = page.words;
    Ok(reading)
}

/// What a page says.
pub(crate) struct Page {
    pub(crate) words: String,
    pub(crate) title: Option<String>,
    pub(crate) scripts: bool,
}

/// Takes the words out of a page.
pub(crate) fn strip(html: &str, limits: &Limits) -> Read<Page> {
    let mut words = Words::new(limits);
    let mut title = None;
    let mut title_starts = None;
    let mut scripts = false;
    let mut preformatted = false;
    let mut rest = html;
    loop {
        let Some(at) = rest.find('<') else {
            say(&mut words, rest, preformatted)?;
            break;
        };
        let (before, tag) = rest.split_at(at);
        say(&mut words, before, preformatted)?;
        let after = tag.get(1..).unwrap_or_default();
        if let Some(comment) = after.strip_prefix("!--") {
            rest = comment.split_once("-->").map_or("", |(_, behind)| behind);
            continue;
        }
        if after.starts_with(['!', '?']) {
            rest = after.split_once('>').map_or("", |(_, behind)| behind);
            continue;
        }
        let (closing, named) = after.strip_prefix('/').map_or((false, after), |named| (true, named));
        if !named.starts_with(|character: char| character.is_ascii_alphabetic()) {
            // A lone less-than sign is text.
            words.push("<")?;
            rest = after;
            continue;
        }
        let name_length =
            named.find(|character: char| !character.is_ascii_alphanumeric()).unwrap_or(named.len());
        let (name, attributes) = named.split_at(name_length);
        let name = name.to_ascii_lowercase();
        rest = behind_tag(attributes);
        let closed_itself = attributes.len() > rest.len()
            && attributes.get(..attributes.len() - rest.len()).is_some_and(|tag| tag.ends_with("/>"));
        if SILENT.contains(&name.as_str()) && !closing && !closed_itself {
            scripts |= name == "script";
            rest = behind_end(rest, &name);
            words.space();
            continue;
        }
        match (name.as_str(), closing) {
            ("title", false) => title_starts = Some(words.len()),
            ("title", true) => {
                if let Some(start) = title_starts.take() {
                    title = title.or_else(|| words.since(start).and_then(short));
                }
            }
            ("pre", _) => preformatted = !closing,
            ("td" | "th", false) if !words.at_line_start() => words.tab(),
            _ => {}
        }
        if BLOCKS.contains(&name.as_str()) {
            words.fresh_line();
        }
    }
    Ok(Page { words: words.finish(), title, scripts })
}

/// Appends the text between tags, with its character references resolved.
fn say(words: &mut Words, text: &str, preformatted: bool) -> Read<()> {
    if text.is_empty() {
        return Ok(());
    }
    let resolved = resolve(text);
    if preformatted { words.push(&resolved) } else { words.push_flowing(&resolved) }
}

/// What follows the end of a tag: `>` within quotes ends nothing.
fn behind_tag(attributes: &str) -> &str {
    let mut quote = None;
    let mut before = ' ';
    for (at, character) in attributes.char_indices() {
        match (quote, character) {
            (None, '>') => return attributes.get(at + 1..).unwrap_or_default(),
            // A quote opens a value only behind an equals sign; elsewhere it is a slip of the pen that must not swallow the page.
            (None, '"' | '\'') if before == '=' => quote = Some(character),
            (Some(open), character) if open == character => quote = None,
            _ => {}
        }
        if !character.is_whitespace() {
            before = character;
        }
    }
    ""
}

/// What follows the end tag of a silent element; all of the rest where it never ends.
fn behind_end<'html>(rest: &'html str, name: &str) -> &'html str {
    let bytes = rest.as_bytes();
    let end = bytes.windows(name.len() + 2).position(|window| {
        window.starts_with(b"</")
            && window.get(2..).is_some_and(|word| word.eq_ignore_ascii_case(name.as_bytes()))
    });
    end.and_then(|at| rest.get(at..)).and_then(|end| end.split_once('>')).map_or("", |(_, behind)| behind)
}

/// Resolves character references (`&eacute;`, `&#233;`, `&#xE9;`). Unknown ones stay as they are written.
pub(crate) fn resolve(text: &str) -> String {
    let mut resolved = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        resolved.push_str(before);
        let length =
            after.bytes().take(32).take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'#').count();
        let (name, behind) = after.split_at(length);
        if let Some(character) = reference(name) {
            resolved.push(character);
            rest = behind.strip_prefix(';').unwrap_or(behind);
        } else {
            resolved.push('&');
            rest = after;
        }
    }
    resolved.push_str(rest);
    resolved
}

fn reference(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16).ok()?,
            None => number.parse().ok()?,
        };
        // Codes 128 to 159 are meant in windows-1252 (HTML Living Standard section 13.2.5.80).
        if (0x80..0xa0).contains(&code) {
            let byte = u8::try_from(code).ok()?;
            return encoding_rs::WINDOWS_1252.decode(&[byte]).0.chars().next();
        }
        return char::from_u32(code);
    }
    let latin = LATIN
        .iter()
        .position(|known| *known == name)
        .and_then(|at| u32::try_from(at).ok())
        .and_then(|at| char::from_u32(0xa0 + at));
    latin.or_else(|| NAMED.iter().find(|(known, _)| *known == name).map(|(_, character)| *character))
}

/// The names of U+00A0 to U+00FF in order (HTML 4.01 section 24.2.1).
const LATIN: [&str; 96] = [
    "nbsp", "iexcl", "cent", "pound", "curren", "yen", "brvbar", "sect", "uml", "copy", "ordf", "laquo",
    "not", "shy", "reg", "macr", "deg", "plusmn", "sup2", "sup3", "acute", "micro", "para", "middot",
    "cedil", "sup1", "ordm", "raquo", "frac14", "frac12", "frac34", "iquest", "Agrave", "Aacute", "Acirc",
    "Atilde", "Auml", "Aring", "AElig", "Ccedil", "Egrave", "Eacute", "Ecirc", "Euml", "Igrave", "Iacute",
    "Icirc", "Iuml", "ETH", "Ntilde", "Ograve", "Oacute", "Ocirc", "Otilde", "Ouml", "times", "Oslash",
    "Ugrave", "Uacute", "Ucirc", "Uuml", "Yacute", "THORN", "szlig", "agrave", "aacute", "acirc", "atilde",
    "auml", "aring", "aelig", "ccedil", "egrave", "eacute", "ecirc", "euml", "igrave", "iacute", "icirc",
    "iuml", "eth", "ntilde", "ograve", "oacute", "ocirc", "otilde", "ouml", "divide", "oslash", "ugrave",
    "uacute", "ucirc", "uuml", "yacute", "thorn", "yuml",
];

/// The others that office pages and mail use (HTML 4.01 sections 24.3 and 24.4).
const NAMED: &[(&str, char)] = &[
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("OElig", 'Œ'),
    ("oelig", 'œ'),
    ("Scaron", 'Š'),
    ("scaron", 'š'),
    ("Yuml", 'Ÿ'),
    ("fnof", 'ƒ'),
    ("circ", 'ˆ'),
    ("tilde", '˜'),
    ("ensp", ' '),
    ("emsp", ' '),
    ("thinsp", ' '),
    ("zwnj", '\u{200c}'),
    ("zwj", '\u{200d}'),
    ("ndash", '–'),
    ("mdash", '—'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("sbquo", '‚'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("bdquo", '„'),
    ("dagger", '†'),
    ("Dagger", '‡'),
    ("bull", '•'),
    ("hellip", '…'),
    ("permil", '‰'),
    ("prime", '′'),
    ("Prime", '″'),
    ("lsaquo", '‹'),
    ("rsaquo", '›'),
    ("euro", '€'),
    ("trade", '™'),
    ("larr", '←'),
    ("uarr", '↑'),
    ("rarr", '→'),
    ("darr", '↓'),
    ("harr", '↔'),
    ("minus", '−'),
    ("ne", '≠'),
    ("le", '≤'),
    ("ge", '≥'),
    ("infin", '∞'),
    ("asymp", '≈'),
    ("check", '✓'),
];

/// The encoding that a page declares in its first 1,024 bytes (HTML Living Standard section 13.2.3.2), unless a byte order mark says another.
fn declared_encoding(bytes: &[u8]) -> Option<&'static Encoding> {
    if Encoding::for_bom(bytes).is_some() {
        return None;
    }
    let head = String::from_utf8_lossy(bytes.get(..1024).unwrap_or(bytes)).to_ascii_lowercase();
    let (_, label) = head.split_once("charset=").or_else(|| head.split_once("encoding="))?;
    let label: String = label
        .trim_start_matches(['"', '\'', ' '])
        .chars()
        .take_while(|character| character.is_ascii_alphanumeric() || "-_:".contains(*character))
        .collect();
    Encoding::for_label(label.as_bytes()).filter(|encoding| encoding.is_ascii_compatible())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn words(html: &str) -> String {
        strip(html, &Limits::default()).unwrap().words
    }

    #[test]
    fn blocks_break_lines_and_runs_of_space_are_one() {
        assert_eq!(words("<p>One\n  two</p><p>three <b>four</b></p>"), "One two\nthree four");
        assert_eq!(words("<table><tr><td>a<td>b<tr><td>c<td>d</table>"), "a\tb\nc\td");
        assert_eq!(words("in<b>sep</b>arable"), "inseparable");
    }

    #[test]
    fn scripts_styles_and_comments_say_nothing() {
        let page = strip(
            "a<script>if (1 < 2) '</p>'</script><style>x{}</style><!-- no > no --> b",
            &Limits::default(),
        )
        .unwrap();
        assert_eq!(page.words, "a b");
        assert!(page.scripts);
    }

    #[test]
    fn references_become_characters() {
        assert_eq!(
            words("caf&eacute; &#233;&#xE9; &lt;tag&gt; &unknown; AT&T &#147;q&#148; &euro;5"),
            "café éé <tag> &unknown; AT&T “q” €5"
        );
    }

    #[test]
    fn the_title_is_known() {
        assert_eq!(
            strip("<title>A &amp; B</title><body>c", &Limits::default()).unwrap().title.as_deref(),
            Some("A & B")
        );
    }

    #[test]
    fn a_greater_than_sign_in_a_quoted_value_ends_no_tag_and_a_stray_quote_swallows_nothing() {
        assert_eq!(words("<a title='x > y'>link</a>"), "link");
        assert_eq!(words("<p \">text</p> more"), "text\nmore");
        assert_eq!(words("1 < 2 and 3 > 2"), "1 < 2 and 3 > 2");
    }

    #[test]
    fn the_declared_encoding_is_used() {
        let page = b"<meta charset=\"iso-8859-7\"><p>\xe1\xe2\xe3</p>";
        assert_eq!(read(page, &Limits::default()).unwrap().text, "αβγ");
    }

    proptest! {
        #[test]
        fn any_page_has_words(html in "[a-z<>/!&;#\"'= \\-]{0,200}") {
            let _ = words(&html);
        }
    }
}
