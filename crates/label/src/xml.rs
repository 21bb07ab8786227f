//! A small XML tree, read under hard limits, and the escaping used to write XML. Owns the limits; must not
//! know what the documents mean.
//!
//! Document type declarations and entities are refused outright, so there is nothing to expand and nothing
//! to fetch. Namespaces are resolved here, over at most `MAX_DEPTH * MAX_ATTRIBUTES` declarations, because a
//! resolver that walks an unbounded list for each element is a way to stop the machine; their names are
//! shared and not copied, for one long name and many elements is another.

use std::rc::Rc;

use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;
use thiserror::Error;

/// Largest document, in bytes.
pub(crate) const MAX_BYTES: usize = 8 * 1024 * 1024;
/// Deepest nesting of elements.
pub(crate) const MAX_DEPTH: usize = 32;
/// Most elements in a document.
pub(crate) const MAX_ELEMENTS: usize = 30_000;
/// Most attributes on an element, namespace declarations included.
pub(crate) const MAX_ATTRIBUTES: usize = 64;

/// Why a document is not XML that this house reads.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum XmlError {
    /// Larger, deeper or fuller than the limits allow.
    #[error("the document is beyond the limit of {limit} {what}")]
    TooMuch {
        /// What there is too much of.
        what: &'static str,
        /// How much is allowed.
        limit: usize,
    },
    /// Not UTF-8.
    #[error("the document is not UTF-8")]
    NotUtf8,
    /// A document type declaration or an entity of its own.
    #[error("document type declarations and entities are refused (byte {at})")]
    Declaration {
        /// Offset in bytes.
        at: u64,
    },
    /// Not well formed.
    #[error("not well-formed XML at byte {at}: {problem}")]
    Malformed {
        /// Offset in bytes.
        at: u64,
        /// What the parser said.
        problem: String,
    },
}

/// An element with its namespace resolved.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Element {
    pub(crate) namespace: Rc<str>,
    pub(crate) name: String,
    attributes: Vec<Attribute>,
    pub(crate) children: Vec<Element>,
    pub(crate) text: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Attribute {
    namespace: Rc<str>,
    name: String,
    value: String,
}

const XML_NAMESPACE: &str = "http://www.w3.org/XML/1998/namespace";

impl Element {
    /// The value of an attribute without a namespace.
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        self.attribute_in("", name)
    }

    /// The value of an attribute of a namespace.
    pub(crate) fn attribute_in(&self, namespace: &str, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|a| *a.namespace == *namespace && a.name == name)?;
        Some(&found.value)
    }

    /// `xml:lang`, if it is given.
    pub(crate) fn language(&self) -> Option<&str> {
        self.attribute_in(XML_NAMESPACE, "lang")
    }

    /// Names of all attributes without a namespace.
    pub(crate) fn attribute_names(&self) -> impl Iterator<Item = &str> {
        self.attributes.iter().filter(|a| a.namespace.is_empty()).map(|a| a.name.as_str())
    }

    /// Children of this local name, whatever their namespace.
    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Element> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// The first child of this local name.
    pub(crate) fn first(&self, name: &str) -> Option<&Element> {
        self.children.iter().find(|child| child.name == name)
    }

    /// The text with runs of white space made one blank and none at the ends.
    pub(crate) fn token(&self) -> String {
        collapse(&self.text)
    }

    /// This element and everything below it, in document order.
    pub(crate) fn walk(&self) -> Walk<'_> {
        Walk { waiting: vec![self] }
    }
}

/// See [`Element::walk`].
pub(crate) struct Walk<'a> {
    waiting: Vec<&'a Element>,
}

impl<'a> Iterator for Walk<'a> {
    type Item = &'a Element;

    fn next(&mut self) -> Option<&'a Element> {
        let element = self.waiting.pop()?;
        self.waiting.extend(element.children.iter().rev());
        Some(element)
    }
}

/// Runs of white space made one blank, none at the ends: `xs:token`.
pub(crate) fn collapse(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// Reads a document and gives its root.
pub(crate) fn parse(bytes: &[u8]) -> Result<Element, XmlError> {
    if bytes.len() > MAX_BYTES {
        return Err(XmlError::TooMuch { what: "bytes", limit: MAX_BYTES });
    }
    let text = std::str::from_utf8(bytes).map_err(|_| XmlError::NotUtf8)?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if let Some(at) = text.find(is_foreign) {
        return Err(foreign(u64::try_from(at).unwrap_or(u64::MAX)));
    }
    let mut reader = Reader::from_str(text);
    let mut tree = Tree::default();
    loop {
        let at = reader.buffer_position();
        let malformed = |problem: String| XmlError::Malformed { at, problem };
        match reader.read_event().map_err(|e| malformed(e.to_string()))? {
            Event::Start(start) => tree.open(&start, at)?,
            Event::Empty(start) => {
                tree.open(&start, at)?;
                tree.close(at)?;
            }
            Event::End(_) => tree.close(at)?,
            Event::Text(words) => tree.words(&words.xml10_content(), at)?,
            Event::CData(words) => tree.words(&words.xml10_content(), at)?,
            Event::GeneralRef(reference) => {
                let character = match reference.resolve_char_ref() {
                    Ok(Some(character)) => character,
                    Ok(None) => match &*reference {
                        "amp" => '&',
                        "lt" => '<',
                        "gt" => '>',
                        "quot" => '"',
                        "apos" => '\'',
                        _ => return Err(XmlError::Declaration { at }),
                    },
                    Err(problem) => return Err(malformed(problem.to_string())),
                };
                if is_foreign(character) {
                    return Err(foreign(at));
                }
                tree.words(character.encode_utf8(&mut [0; 4]), at)?;
            }
            Event::DocType(_) => return Err(XmlError::Declaration { at }),
            Event::Decl(_) | Event::PI(_) | Event::Comment(_) => {}
            Event::Eof => return tree.finish(at),
        }
    }
}

/// The tree while it is being read: the open elements, outermost first.
#[derive(Default)]
struct Tree {
    open: Vec<Element>,
    /// Namespace declarations of each open element: prefix and name.
    scopes: Vec<Vec<(String, Rc<str>)>>,
    root: Option<Element>,
    count: usize,
}

impl Tree {
    fn open(&mut self, start: &BytesStart<'_>, at: u64) -> Result<(), XmlError> {
        let malformed = |problem: String| XmlError::Malformed { at, problem };
        if self.root.is_some() {
            return Err(malformed("a second root element".into()));
        }
        self.count += 1;
        if self.count > MAX_ELEMENTS {
            return Err(XmlError::TooMuch { what: "elements", limit: MAX_ELEMENTS });
        }
        if self.open.len() >= MAX_DEPTH {
            return Err(XmlError::TooMuch { what: "levels of nesting", limit: MAX_DEPTH });
        }
        let mut scope = Vec::new();
        let mut plain = Vec::new();
        for attribute in start.attributes() {
            let attribute = attribute.map_err(|e| malformed(e.to_string()))?;
            if scope.len() + plain.len() >= MAX_ATTRIBUTES {
                return Err(XmlError::TooMuch { what: "attributes", limit: MAX_ATTRIBUTES });
            }
            let value = attribute
                .normalized_value(XmlVersion::Implicit1_0)
                .map_err(|e| malformed(e.to_string()))?
                .into_owned();
            if value.contains(is_foreign) {
                return Err(foreign(at));
            }
            match split_name(attribute.key.as_ref()) {
                ("", "xmlns") => scope.push((String::new(), value.into())),
                ("xmlns", prefix) => scope.push((prefix.to_owned(), value.into())),
                (prefix, name) => plain.push((prefix.to_owned(), name.to_owned(), value)),
            }
        }
        self.scopes.push(scope);
        let (prefix, name) = split_name(start.name().into_inner());
        let namespace =
            self.namespace(prefix).ok_or_else(|| malformed(format!("unbound prefix {prefix}")))?;
        let mut attributes = Vec::with_capacity(plain.len());
        for (prefix, name, value) in plain {
            // An attribute without a prefix is in no namespace, whatever the default is.
            let namespace = if prefix.is_empty() {
                Rc::default()
            } else {
                self.namespace(&prefix).ok_or_else(|| malformed(format!("unbound prefix {prefix}")))?
            };
            attributes.push(Attribute { namespace, name, value });
        }
        let name = name.to_owned();
        self.open.push(Element { namespace, name, attributes, ..Element::default() });
        Ok(())
    }

    fn namespace(&self, prefix: &str) -> Option<Rc<str>> {
        if prefix == "xml" {
            return Some(XML_NAMESPACE.into());
        }
        let mut declared = self.scopes.iter().rev().flat_map(|scope| scope.iter());
        match declared.find(|(bound, _)| bound == prefix) {
            Some((_, namespace)) => Some(namespace.clone()),
            None if prefix.is_empty() => Some(Rc::default()),
            None => None,
        }
    }

    fn close(&mut self, at: u64) -> Result<(), XmlError> {
        self.scopes.pop();
        let Some(element) = self.open.pop() else {
            return Err(XmlError::Malformed { at, problem: "an end without a beginning".into() });
        };
        match self.open.last_mut() {
            Some(parent) => parent.children.push(element),
            None => self.root = Some(element),
        }
        Ok(())
    }

    fn words(&mut self, words: &str, at: u64) -> Result<(), XmlError> {
        match self.open.last_mut() {
            Some(element) => {
                element.text.push_str(words);
                Ok(())
            }
            None if words.trim().is_empty() => Ok(()),
            None => Err(XmlError::Malformed { at, problem: "text outside the root element".into() }),
        }
    }

    fn finish(self, at: u64) -> Result<Element, XmlError> {
        match self.root {
            Some(root) if self.open.is_empty() => Ok(root),
            _ => Err(XmlError::Malformed { at, problem: "the document ends before its root does".into() }),
        }
    }
}

fn split_name(name: &str) -> (&str, &str) {
    name.split_once(':').unwrap_or(("", name))
}

/// Whether XML 1.0 has no such character, neither written nor as a reference (section 2.2). Taken in, it could not be written
/// again as it was.
const fn is_foreign(character: char) -> bool {
    matches!(
        character,
        '\u{0}'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}'
    )
}

fn foreign(at: u64) -> XmlError {
    XmlError::Malformed { at, problem: "a character that XML does not have".into() }
}

/// Text made fit to stand in an element or in a quoted attribute. Characters that XML 1.0 cannot carry
/// become U+FFFD, so that what is written is always well formed.
pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&apos;"),
            // Written as references so that attribute normalisation keeps them.
            '\t' => out.push_str("&#9;"),
            '\n' => out.push_str("&#10;"),
            '\r' => out.push_str("&#13;"),
            other if is_foreign(other) => out.push('\u{fffd}'),
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn namespaces_are_resolved_and_attributes_without_prefix_have_none() {
        let root = parse(b"<a:x xmlns:a='urn:a' xmlns='urn:d' a:p='1' q='2'><y/></a:x>").unwrap();
        assert_eq!((&*root.namespace, root.name.as_str()), ("urn:a", "x"));
        assert_eq!(root.attribute_in("urn:a", "p"), Some("1"));
        assert_eq!(root.attribute("q"), Some("2"));
        assert_eq!(&*root.first("y").unwrap().namespace, "urn:d");
    }

    #[test]
    fn entities_and_declarations_are_refused() {
        let bomb = b"<!DOCTYPE x [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]><x>&b;</x>";
        assert!(matches!(parse(bomb), Err(XmlError::Declaration { .. })));
        assert!(matches!(parse(b"<x>&other;</x>"), Err(XmlError::Declaration { .. })));
        assert_eq!(parse(b"<x>&lt;&#65;&amp;</x>").unwrap().text, "<A&");
    }

    /// Found by fuzzing: they were taken in, and written as others.
    #[test]
    fn characters_that_xml_does_not_have_are_refused() {
        for bad in [
            "<a b='le\0.txt'/>",
            "<a>\u{1}</a>",
            "<a>\u{ffff}</a>",
            "<a>&#1;</a>",
            "<a b='&#x1f;'/>",
            "<a xmlns='\u{8}'/>",
        ] {
            assert!(matches!(parse(bad.as_bytes()), Err(XmlError::Malformed { .. })), "{bad:?}");
        }
        assert_eq!(parse("<a>\u{7f}\u{85}\u{fffd}\t</a>".as_bytes()).unwrap().text, "\u{7f}\u{85}\u{fffd}\t");
    }

    #[test]
    fn depth_count_attributes_and_size_are_bounded() {
        let deep = "<a>".repeat(MAX_DEPTH + 1);
        assert!(matches!(parse(deep.as_bytes()), Err(XmlError::TooMuch { .. })));
        let many = format!("<a>{}</a>", "<b/>".repeat(MAX_ELEMENTS));
        assert!(matches!(parse(many.as_bytes()), Err(XmlError::TooMuch { .. })));
        let wide: String = (0..=MAX_ATTRIBUTES).map(|i| format!(" a{i}=''")).collect();
        assert!(matches!(parse(format!("<a{wide}/>").as_bytes()), Err(XmlError::TooMuch { .. })));
        assert!(matches!(parse(&vec![b' '; MAX_BYTES + 1]), Err(XmlError::TooMuch { .. })));
    }

    /// Copied for each element it would be a hundred gigabytes.
    #[test]
    fn a_long_namespace_is_kept_once() {
        let children = "<b/>".repeat(MAX_ELEMENTS - 1);
        let document = format!("<a xmlns='{}'>{children}</a>", "n".repeat(4_000_000));
        let root = parse(document.as_bytes()).unwrap();
        assert_eq!(root.children.last().unwrap().namespace.len(), 4_000_000);
    }

    #[test]
    fn half_a_document_two_roots_and_stray_text_are_refused() {
        for bad in ["", "<a>", "<a/><b/>", "<a/>text", "</a>", "<a></b>", "<p:a/>", "<a b='1' b='2'/>"] {
            assert!(parse(bad.as_bytes()).is_err(), "{bad}");
        }
    }

    proptest! {
        #[test]
        fn what_is_escaped_comes_back(text in "[^\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\u{fffe}\u{ffff}]*") {
            let document = format!("<a b=\"{0}\">{0}</a>", escape(&text));
            let root = parse(document.as_bytes()).unwrap();
            prop_assert_eq!(&root.text, &text);
            prop_assert_eq!(root.attribute("b"), Some(text.as_str()));
        }

        #[test]
        fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            let _ = parse(&bytes);
        }
    }
}
