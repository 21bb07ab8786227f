//! What waits in the in-trays of the demo: messages as a mailbox would have brought them, one of them dismissed.

use registry::{document::Direction, intake::DismissalReason};
use serde::Deserialize;

use super::{Builder, damaged, data::Headquarters};
use crate::{
    door::Sender,
    failure::Failure,
    tray::{Arriving, Source},
};

/// A message that came.
#[derive(Debug, Deserialize)]
pub(super) struct Message {
    registry: String,
    /// How long ago.
    hours: i64,
    from: String,
    to: Vec<String>,
    #[serde(default)]
    cc: Vec<String>,
    subject: String,
    body: String,
    /// What is attached: a file name and its text, each.
    #[serde(default)]
    attached: Vec<(String, String)>,
    #[serde(default)]
    outgoing: bool,
    /// Why it is not registered, where somebody has said so.
    dismissed: Option<String>,
}

impl Builder {
    /// Puts the messages into the trays.
    pub(super) async fn receives(&mut self, data: &Headquarters) -> Result<(), Failure> {
        for (n, message) in data.tray.iter().enumerate() {
            let registry =
                *self.ids.registries.get(&message.registry).ok_or_else(|| damaged(&message.registry))?;
            let clerk = *self.ids.clerks.get(&message.registry).ok_or_else(|| damaged(&message.registry))?;
            let came = self.tick.plus_seconds(-3_600 * message.hours);
            let id = format!("{n}.{}@headquarters.example", message.hours);
            let mut upload = self.office.upload(registry, &format!("message-{n}.eml"))?;
            upload.write(message.text(&id, came.jiff()).as_bytes())?;
            for (name, text) in &message.attached {
                upload.enclose(name, text.as_bytes());
            }
            let mut staged = upload.finish(None)?;
            // Where the demo is made without the limited reader, the head is known all the same.
            let read = staged.reading.get_or_insert_with(|| {
                Box::new(reader::Reading { text: message.body.clone(), ..reader::Reading::default() })
            });
            read.mail.get_or_insert_with(|| message.head(&id, came.jiff()));
            let (folder, direction) = match message.outgoing {
                true => ("Sent", Direction::Outgoing),
                false => ("INBOX", Direction::Incoming),
            };
            let origin = format!("registry \u{b7} {folder}");
            let arriving = Arriving { source: Source::Mailbox, origin, direction, received: Some(came) };
            let item = self.office.tray_put(registry, &arriving, staged).await?;
            if let (Some(item), Some(reason)) = (item, &message.dismissed) {
                let reason = DismissalReason::named(reason).ok_or_else(|| damaged(reason))?;
                self.tick = self.tick.plus_seconds(1);
                self.clock.set(self.tick);
                let command = self.office.new_command();
                self.office.dismiss(Sender::person(clerk), command, registry, &[item], reason, None).await?;
            }
        }
        Ok(())
    }
}

impl Message {
    fn head(&self, id: &str, came: jiff::Timestamp) -> reader::Mail {
        reader::Mail {
            from: vec![self.from.clone()],
            to: self.to.clone(),
            cc: self.cc.clone(),
            subject: Some(self.subject.clone()),
            date: Some(came.to_string()),
            message_id: Some(id.to_owned()),
            ..reader::Mail::default()
        }
    }

    fn text(&self, id: &str, came: jiff::Timestamp) -> String {
        let date = came.strftime("%a, %d %b %Y %H:%M:%S +0000");
        let to = self.to.join(", ");
        let cc = if self.cc.is_empty() { String::new() } else { format!("Cc: {}\r\n", self.cc.join(", ")) };
        format!(
            "From: {}\r\nTo: {to}\r\n{cc}Subject: {}\r\nDate: {date}\r\nMessage-ID: <{id}>\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{}\r\n",
            self.from,
            self.subject,
            self.body.replace('\n', "\r\n"),
        )
    }
}
