//! STANAG 4778 bindings in XML: which label belongs to which data object. Owns that form; must not know the
//! objects, nor sign anything.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use thiserror::Error;

use crate::label::{Label, LabelError};
use crate::policies::Policies;
use crate::xml::{self, Element, XmlError, escape};
use crate::xml4774;

const NAMESPACE: &str = "urn:nato:stanag:4778:bindinginformation:1:0";
const MIME: &str = "http://www.w3.org/2005/05/xmlmime";
/// Namespace of the element in which content is embedded: the standard leaves its form open.
const CONTENT: &str = "urn:chancery:data:1";

/// A label bound to data objects.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Binding {
    /// The originator's label.
    pub label: Label,
    /// What it is bound to; at least one.
    pub objects: Vec<DataObject>,
}

/// A data object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DataObject {
    /// Named by its address; the empty address is the document that holds the binding.
    Reference {
        /// The address.
        uri: String,
        /// Media type, where it is given.
        media_type: Option<String>,
    },
    /// Carried inside the binding.
    Embedded {
        /// Media type, where it is given.
        media_type: Option<String>,
        /// The bytes.
        content: Vec<u8>,
    },
}

/// Why bindings cannot be read or written.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum BindingError {
    /// The bytes are not XML that this house reads.
    #[error(transparent)]
    Xml(#[from] XmlError),
    /// The root is not binding information.
    #[error("the root element is {0:?}, not BindingInformation")]
    NotBindings(String),
    /// A binding without an originator's label, or with several.
    #[error("binding {0}: not exactly one originator's label")]
    NoLabel(usize),
    /// A binding without a data object.
    #[error("binding {0}: no data object")]
    NoData(usize),
    /// Embedded data in a form that this house does not read.
    #[error("binding {0}: embedded data of an unknown form")]
    UnknownData(usize),
    /// A label that cannot be read or written.
    #[error("binding {number}: {problem}")]
    Label {
        /// Number of the binding, from 1.
        number: usize,
        /// What is wrong with it.
        problem: LabelError,
    },
}

/// Reads the bindings of a document, in its order. Metadata other than labels is passed over.
///
/// # Errors
/// One binding that cannot be read makes the document unreadable, so that nothing is taken for unlabelled.
pub fn read(bytes: &[u8], policies: &Policies) -> Result<Vec<Binding>, BindingError> {
    let root = xml::parse(bytes)?;
    if root.name != "BindingInformation" {
        return Err(BindingError::NotBindings(root.name));
    }
    let containers = root.all("MetadataBindingContainer");
    let bindings = containers.flat_map(|container| container.all("MetadataBinding"));
    (1..).zip(bindings).map(|(number, element)| read_binding(number, element, policies)).collect()
}

fn read_binding(number: usize, element: &Element, policies: &Policies) -> Result<Binding, BindingError> {
    let metadata = element.all("Metadata").flat_map(|metadata| metadata.children.iter());
    let mut labels = metadata
        .filter(|e| matches!(e.name.as_str(), "originatorConfidentialityLabel" | "ConfidentialityLabel"));
    let (Some(label), None) = (labels.next(), labels.next()) else {
        return Err(BindingError::NoLabel(number));
    };
    let label = xml4774::read_element(label, policies);
    let label = label.map_err(|problem| BindingError::Label { number, problem })?;
    let mut objects = Vec::new();
    for object in &element.children {
        let media_type = || object.attribute_in(MIME, "contentType").map(str::to_owned);
        match object.name.as_str() {
            "DataReference" => {
                let uri = object.attribute("URI").ok_or(BindingError::NoData(number))?.to_owned();
                objects.push(DataObject::Reference { uri, media_type: media_type() });
            }
            "Data" => {
                let content = object.first("content").filter(|content| *content.namespace == *CONTENT);
                let content = content.ok_or(BindingError::UnknownData(number))?;
                let bare: String = content.text.split_whitespace().collect();
                let content = STANDARD.decode(bare).map_err(|_| BindingError::UnknownData(number))?;
                objects.push(DataObject::Embedded { media_type: media_type(), content });
            }
            _ => {}
        }
    }
    if objects.is_empty() {
        return Err(BindingError::NoData(number));
    }
    Ok(Binding { label, objects })
}

/// Writes bindings as one document; `created` is the labels' date.
///
/// # Errors
/// A label that its policy does not know, or a binding without a data object.
pub fn write(bindings: &[Binding], policies: &Policies, created: Timestamp) -> Result<String, BindingError> {
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    out.push_str(&format!("<mb:BindingInformation xmlns:mb=\"{NAMESPACE}\" xmlns:xmime=\"{MIME}\">\n"));
    out.push_str("<mb:MetadataBindingContainer>\n");
    for (number, binding) in (1..).zip(bindings) {
        if binding.objects.is_empty() {
            return Err(BindingError::NoData(number));
        }
        let label = xml4774::write_element(&binding.label, policies, created);
        let label = label.map_err(|problem| BindingError::Label { number, problem })?;
        out.push_str(&format!("<mb:MetadataBinding>\n<mb:Metadata>\n{label}\n</mb:Metadata>\n"));
        for object in &binding.objects {
            out.push_str(&write_object(object));
        }
        out.push_str("</mb:MetadataBinding>\n");
    }
    out.push_str("</mb:MetadataBindingContainer>\n</mb:BindingInformation>\n");
    Ok(out)
}

fn write_object(object: &DataObject) -> String {
    let typed = |media_type: &Option<String>| match media_type {
        Some(media_type) => format!(" xmime:contentType=\"{}\"", escape(media_type)),
        None => String::new(),
    };
    match object {
        DataObject::Reference { uri, media_type } => {
            format!("<mb:DataReference URI=\"{}\"{}/>\n", escape(uri), typed(media_type))
        }
        DataObject::Embedded { media_type, content } => format!(
            "<mb:Data{}><content xmlns=\"{CONTENT}\">{}</content></mb:Data>\n",
            typed(media_type),
            STANDARD.encode(content)
        ),
    }
}
