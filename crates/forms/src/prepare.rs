//! Data before a template reads it: signs that can be set, and the squares of codes.

use qrcode::{Color, EcLevel, QrCode};
use serde_json::{Map, Value};
use unicode_segmentation::UnicodeSegmentation;

use crate::error::FormError;
use crate::fonts::{FONTS, UNKNOWN};

/// How many bytes a code may say: more, and its squares are too small for a reader at the size of a form.
pub const CODE_MOST: usize = 200;

/// The same data with signs that can be set; every object that has a text `qr` has its squares as `qr_matrix`.
pub fn prepared(data: &Value) -> Result<Value, FormError> {
    Ok(match data {
        Value::String(text) => Value::String(settable(text)),
        Value::Array(values) => Value::Array(values.iter().map(prepared).collect::<Result<_, _>>()?),
        Value::Object(object) => Value::Object(object_prepared(object)?),
        other => other.clone(),
    })
}

fn object_prepared(object: &Map<String, Value>) -> Result<Map<String, Value>, FormError> {
    let mut result = Map::new();
    for (key, value) in object {
        result.insert(key.clone(), prepared(value)?);
    }
    if let Some(Value::String(text)) = object.get("qr") {
        result.insert("qr_matrix".to_owned(), squares(text)?);
    }
    Ok(result)
}

/// The rows of a code, dark as `1`, without the white around it.
fn squares(text: &str) -> Result<Value, FormError> {
    let too_long = || FormError::Code { bytes: text.len(), most: CODE_MOST };
    if text.len() > CODE_MOST {
        return Err(too_long());
    }
    let code = QrCode::with_error_correction_level(text, EcLevel::M).map_err(|_| too_long())?;
    let dots = code.to_colors();
    let row = |dots: &[Color]| dots.iter().map(|dot| if *dot == Color::Dark { '1' } else { '0' }).collect();
    Ok(Value::Array(dots.chunks(code.width()).map(|dots| Value::String(row(dots))).collect()))
}

/// The text with every sign that cannot be set, and every sign that would turn the order of others, replaced.
fn settable(text: &str) -> String {
    if text.bytes().all(|byte| (b' '..=b'~').contains(&byte)) {
        return text.to_owned();
    }
    let mut result = String::with_capacity(text.len());
    for cluster in text.graphemes(true) {
        match cluster {
            "\r\n" | "\n" | "\r" | "\u{2028}" | "\u{2029}" => result.push('\n'),
            _ if cluster.chars().any(turns) => result.extend(cluster.chars().filter(|sign| !turns(*sign))),
            _ if FONTS.have(cluster.chars().filter(|sign| !silent(*sign))) && cluster.chars().all(lawful) => {
                result.push_str(cluster);
            }
            _ if cluster.chars().all(char::is_whitespace) => result.push(' '),
            _ => result.push(UNKNOWN),
        }
    }
    result
}

/// Signs that override the direction of what follows: with them a line reads otherwise than it is kept.
const fn turns(sign: char) -> bool {
    matches!(sign, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Signs that are heeded and not drawn.
const fn silent(sign: char) -> bool {
    matches!(sign, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FE00}'..='\u{FE0F}')
}

/// Signs that an archived file may have.
fn lawful(sign: char) -> bool {
    !sign.is_control()
        && !matches!(sign, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'.. | '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}')
}
