//! XML as a stream of a few events, without ever expanding anything. Owns depth, entities and encodings; must not know any vocabulary.

use encoding_rs::Encoding;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::{Read, Stop};
use crate::{Damage, Limit, Limits, Threat, text};

/// What comes along in a piece of XML. Names are without their prefixes: the vocabularies that we read have no two elements that differ only by it.
pub(crate) enum Node<'xml> {
    Open(&'xml str, Attributes<'xml>),
    Close(&'xml str),
    Text(&'xml str),
    /// A reference to an entity that XML itself does not know.
    Entity,
}

/// The attributes of an element.
#[derive(Clone, Copy)]
pub(crate) struct Attributes<'xml>(&'xml BytesStart<'xml>);

impl Attributes<'_> {
    /// The value of an attribute, by its name without prefix.
    pub(crate) fn get(&self, name: &str) -> Option<String> {
        let mut attributes = self.0.attributes();
        attributes
            .with_checks(false)
            .flatten()
            .find(|attribute| attribute.key.local_name().as_ref() == name)
            .map(|attribute| {
                quick_xml::escape::unescape(&attribute.value)
                    .map_or_else(|_| attribute.value.to_string(), |value| value.into_owned())
            })
    }

    /// Whether an on-off property is on (ISO 29500-1 section 17.17.4: present without a value means on).
    pub(crate) fn is_on(&self) -> bool {
        !matches!(self.get("val").as_deref(), Some("0" | "false" | "off" | "none"))
    }
}

/// What a document type declaration means to the reader of a piece of XML.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Declarations {
    /// None may be there (ISO 29500-2 section 6.2.5 forbids them in every part).
    Forbidden,
    /// Harmless ones are passed over; entities that refer to others or to files are an attack.
    PassedOver,
}

/// The text of a piece of XML: by its byte order mark, else by its declaration, else UTF-8.
pub(crate) fn decode(bytes: &[u8], limit: usize) -> Read<String> {
    let declared = || {
        let head = String::from_utf8_lossy(bytes.get(..200).unwrap_or(bytes)).into_owned();
        let (_, rest) = head.split_once("encoding=")?;
        let mut characters = rest.chars();
        let quote = characters.next()?;
        let label: String = characters.take_while(|character| *character != quote).collect();
        // A declaration that could be read byte by byte is not in UTF-16, whatever it says.
        Encoding::for_label(label.as_bytes()).filter(|encoding| encoding.is_ascii_compatible())
    };
    let wide = matches!(bytes.get(..4), Some([0, b'<', 0, _] | [b'<', 0, _, 0]));
    let decoded = if wide {
        text::decode(bytes, limit)
    } else {
        text::decode_as(bytes, declared().unwrap_or(encoding_rs::UTF_8), limit)
    };
    decoded.map(|decoded| decoded.text).map_err(|_| Stop::OverLimit(Limit::Unpacked))
}

/// Walks over XML, bounded in depth.
pub(crate) fn walk(
    xml: &str,
    declarations: Declarations,
    limits: &Limits,
    visit: &mut dyn FnMut(Node<'_>) -> Read<()>,
) -> Read<()> {
    let mut reader = Reader::from_str(xml);
    let config = reader.config_mut();
    config.expand_empty_elements = true;
    config.allow_dangling_amp = true;
    let mut depth = 0_usize;
    loop {
        match reader.read_event().map_err(|_| Stop::Damaged(Damage::Xml))? {
            Event::Start(start) => {
                depth += 1;
                if depth > limits.depth {
                    return Err(Stop::Hostile(Threat::NestedTooDeep));
                }
                visit(Node::Open(start.local_name().as_ref(), Attributes(&start)))?;
            }
            Event::End(end) => {
                depth = depth.saturating_sub(1);
                visit(Node::Close(end.local_name().as_ref()))?;
            }
            Event::Text(text) => visit(Node::Text(&text.into_inner()))?,
            Event::CData(data) => visit(Node::Text(&data.into_inner()))?,
            Event::GeneralRef(reference) => {
                if let Ok(Some(character)) = reference.resolve_char_ref() {
                    visit(Node::Text(character.encode_utf8(&mut [0; 4])))?;
                } else {
                    let name = reference.into_inner();
                    match quick_xml::escape::resolve_predefined_entity(&name) {
                        Some(character) => visit(Node::Text(character))?,
                        None => visit(Node::Entity)?,
                    }
                }
            }
            Event::DocType(declaration) => judge(&declaration.into_inner(), declarations)?,
            Event::Eof => break,
            Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
        }
    }
    if depth == 0 { Ok(()) } else { Err(Stop::Damaged(Damage::Truncated)) }
}

fn judge(declaration: &str, declarations: Declarations) -> Read<()> {
    if declarations == Declarations::Forbidden {
        return Err(Stop::Hostile(Threat::EntityBomb));
    }
    for entity in declaration.split("<!ENTITY").skip(1) {
        let definition = entity.split('>').next().unwrap_or_default();
        let outside = definition.split_whitespace().any(|word| word == "SYSTEM" || word == "PUBLIC");
        let parameter = definition.trim_start().starts_with('%');
        // A reference to a character (&#...;) is no reference to an entity.
        let nested = definition
            .match_indices('&')
            .any(|(at, _)| !definition.get(at..).unwrap_or_default().starts_with("&#"));
        if outside || parameter || nested {
            return Err(Stop::Hostile(Threat::EntityBomb));
        }
    }
    Ok(())
}
