//! `chancery show`: a document by any of its references, as a person sees it.

use label::Language;
use office::{Office, Sender};
use registry::{Code, Refusal};
use serde_json::{Value, json};
use store::visible::{DocumentView, SightMark};

use crate::{Place, output::Terminal};

/// Show a document by any of its references
#[derive(Debug, clap::Args)]
pub struct Show {
    #[command(flatten)]
    pub place: Place,
    /// The register's reference or any other, in any way of writing
    reference: String,
    /// As whom (login)
    #[arg(long = "as")]
    person: String,
    /// Answer in JSON
    #[arg(long)]
    json: bool,
}

impl Show {
    /// Shows. What is not there and what is not for the person are refused alike.
    pub async fn on(self, office: &Office, terminal: &mut Terminal) -> anyhow::Result<u8> {
        let person = office.person_named(&self.person).await?;
        let mut reading = office.read_as(person).await?;
        let found = reading.by_reference(&self.reference).await?;
        if found.is_empty() {
            return Err(Refusal::new(Code::NotFound).with("reference", &self.reference).into());
        }
        let ids: Vec<_> = found.iter().map(|e| e.document).collect();
        let mut shown = Vec::new();
        for id in ids {
            let view = reading.document(id).await?;
            // What leaves on a terminal is a copy.
            let version = view.inside.as_ref().map_or(0, |inside| inside.shown());
            let text = reading.takes_text(Sender::operator_as(person), &view, version).await?;
            shown.push(describe(&view, text.map(|t| t.text), &reading.house.policies));
        }
        if self.json {
            match shown.as_slice() {
                [one] => terminal.json(one),
                several => terminal.json(&json!(several)),
            }
        } else {
            for document in &shown {
                print(document, terminal);
            }
        }
        Ok(0)
    }
}

fn describe(view: &DocumentView, text: Option<String>, policies: &label::Policies) -> Value {
    let entry = &view.entry;
    let marking =
        entry.label.as_ref().and_then(|l| policies.of(l).and_then(|p| p.marking(l, Language::English)).ok());
    let mut document = json!({
        "id": entry.document.to_string(),
        "reference": entry.reference,
        "marking": marking,
        "label": entry.label.as_ref().and_then(|l| policies.name(l).ok()),
        "direction": entry.direction,
        "date": entry.date.iso().or_else(|| entry.date.written.clone()),
        "registered": entry.registered_at.to_string(),
        "held_elsewhere": entry.held_elsewhere,
        "sight": match entry.sight { SightMark::Read => "read", SightMark::Handle => "handle" },
        "subject": entry.subject,
    });
    if let (Some(inside), Some(fields)) = (&view.inside, document.as_object_mut()) {
        let more = json!({
            "kind": entry.kind,
            "originator": entry.originator,
            "language": entry.language,
            "references": inside.references.iter().map(|r| r.text.as_str()).collect::<Vec<_>>(),
            "action": inside.action,
            "info": inside.info,
            "versions": inside.versions.iter().map(|v| json!({
                "number": v.number, "file": v.file_name, "type": v.media_type, "size": v.size,
                "sha256": v.digest, "reading": v.reading,
            })).collect::<Vec<_>>(),
            "text": text,
        });
        if let Value::Object(more) = more {
            fields.extend(more);
        }
    }
    document
}

fn print(document: &Value, terminal: &mut Terminal) {
    let Some(fields) = document.as_object() else { return };
    for (name, value) in fields {
        match value {
            Value::Null => {}
            Value::String(text) if name == "text" => terminal.say(format_args!("\n{text}")),
            Value::String(text) => terminal.say(format_args!("{name:<15} {text}")),
            Value::Array(all) => {
                for item in all {
                    let item = item.as_str().map_or_else(|| item.to_string(), str::to_owned);
                    terminal.say(format_args!("{name:<15} {item}"));
                }
            }
            other => terminal.say(format_args!("{name:<15} {other}")),
        }
    }
    terminal.say("");
}
