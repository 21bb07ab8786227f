//! Every table there is, and which of the four kinds it is of. A test compares this list with the schema.

/// What a table is for, which decides who writes it and whether it is backed up, rebuilt or thrown away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The truth: entries, heads, checkpoints.
    Ledger,
    /// A view of the ledger, written by `apply` only, compared row for row with a rebuild.
    Register,
    /// Kept beside it: credentials, sessions; backed up, never in the ledger.
    Local,
}

/// A table.
#[derive(Debug, Clone, Copy)]
pub struct Table {
    /// Its name.
    pub name: &'static str,
    /// Its kind.
    pub kind: Kind,
    /// The columns of its primary key, by which two states of it are compared.
    pub key: &'static str,
}

const fn table(name: &'static str, kind: Kind, key: &'static str) -> Table {
    Table { name, kind, key }
}

/// All tables.
pub const TABLES: &[Table] = &[
    table("ledger_head", Kind::Ledger, "registry_id"),
    table("ledger_entry", Kind::Ledger, "registry_id, sequence"),
    table("checkpoint", Kind::Ledger, "registry_id, size"),
    table("installation", Kind::Register, "registry_id"),
    table("policy", Kind::Register, "registry_id, name"),
    table("communities", Kind::Register, "registry_id"),
    table("series_file", Kind::Register, "registry_id, name"),
    table("series_registry", Kind::Register, "registry_id, series"),
    table("body", Kind::Register, "registry_id, body_id"),
    table("registry", Kind::Register, "registry_id, opened_id"),
    table("need_group", Kind::Register, "registry_id, group_id"),
    table("person", Kind::Register, "registry_id, person_id"),
    table("person_history", Kind::Register, "registry_id, person_id, sequence"),
    table("authorisation", Kind::Register, "registry_id, authorisation_id"),
    table("org_unit", Kind::Register, "registry_id, unit_id"),
    table("org_post", Kind::Register, "registry_id, post_id"),
    table("org_tenure", Kind::Register, "registry_id, tenure_id"),
    table("org_stand_in", Kind::Register, "registry_id, stand_in_id"),
    table("org_leave", Kind::Register, "registry_id, leave_id"),
    table("org_contact", Kind::Register, "registry_id, contact_id"),
    table("org_list", Kind::Register, "registry_id, list_id"),
    table("org_history", Kind::Register, "registry_id, thing_id, sequence"),
    table("routine_file", Kind::Register, "registry_id, what, name"),
    table("case_count", Kind::Register, "registry_id, procedure_code, year"),
    table("case_item", Kind::Register, "registry_id, case_id"),
    table("case_task", Kind::Register, "registry_id, task_id"),
    table("case_comment", Kind::Register, "registry_id, comment_id"),
    table("case_party", Kind::Register, "registry_id, case_id, party"),
    table("case_history", Kind::Register, "registry_id, case_id, sequence"),
    table("access_class", Kind::Register, "registry_id, class_no"),
    table("series", Kind::Register, "registry_id, year"),
    table("series_count", Kind::Register, "registry_id, series, counter"),
    table("series_number", Kind::Register, "registry_id, series, counter, number"),
    table("document", Kind::Register, "registry_id, document_id"),
    table("document_history", Kind::Register, "registry_id, document_id, sequence"),
    table("document_reference", Kind::Register, "registry_id, document_id, position"),
    table("document_relation", Kind::Register, "registry_id, document_id, position"),
    table("document_old", Kind::Register, "registry_id, document_id"),
    table("addressee", Kind::Register, "registry_id, document_id, role, position"),
    table("version", Kind::Register, "registry_id, version_id"),
    table("rendition", Kind::Register, "registry_id, version_id, kind"),
    table("enclosure", Kind::Register, "registry_id, version_id, position"),
    table("facet_count", Kind::Register, "registry_id, facet, class_no, name"),
    table("plan_file", Kind::Register, "registry_id, file_id"),
    table("plan_volume", Kind::Register, "registry_id, file_id, number"),
    table("plan_filing", Kind::Register, "registry_id, document_id, file_id, sequence"),
    table("document_ring", Kind::Register, "registry_id, document_id"),
    table("intake_dismissed", Kind::Register, "registry_id, item_id"),
    table("check_out", Kind::Register, "registry_id, document_id, sequence"),
    table("disclosure", Kind::Register, "registry_id, document_id, sequence"),
    table("reproduction", Kind::Register, "registry_id, reproduction_id"),
    table("holder_told", Kind::Register, "registry_id, document_id, person_id, sequence"),
    table("container", Kind::Register, "registry_id, container_id"),
    table("control", Kind::Register, "registry_id, document_id"),
    table("custody_count", Kind::Register, "registry_id, name, year"),
    table("paper_copy", Kind::Register, "registry_id, copy_id"),
    table("copy_event", Kind::Register, "registry_id, copy_id, sequence"),
    table("copy_act", Kind::Register, "registry_id, act_id, copy_id"),
    table("dispatch", Kind::Register, "registry_id, dispatch_id"),
    table("receipt", Kind::Register, "registry_id, dispatch_id, sequence"),
    table("destruction", Kind::Register, "registry_id, certificate_id"),
    table("incident", Kind::Register, "registry_id, incident_id"),
    table("incident_note", Kind::Register, "registry_id, incident_id, sequence"),
    table("muster", Kind::Register, "registry_id, muster_id"),
    table("muster_line", Kind::Register, "registry_id, muster_id, copy_id"),
    table("muster_count", Kind::Register, "registry_id, muster_id, class_no, outcome"),
    table("book_item", Kind::Register, "registry_id, item_id"),
    table("book_reader", Kind::Register, "registry_id, item_id, person_id"),
    table("book_step", Kind::Register, "registry_id, item_id, sequence"),
    table("command_log", Kind::Local, "registry_id, actor, command_id"),
    table("credential", Kind::Local, "registry_id, person_id"),
    table("passkey", Kind::Local, "registry_id, credential_id"),
    table("session", Kind::Local, "registry_id, token_digest"),
    table("session_terms", Kind::Local, "registry_id, token_digest"),
    table("door_begun", Kind::Local, "registry_id, browser_digest"),
    table("door_name", Kind::Local, "registry_id, source, person_id"),
    table("door_notice", Kind::Local, "registry_id, day, code, person_id"),
    table("stage", Kind::Local, "registry_id, stage_id"),
    table("tray", Kind::Local, "registry_id, item_id"),
    table("mailbox_state", Kind::Local, "registry_id, mailbox"),
    table("scan", Kind::Local, "registry_id, scan_id"),
    table("scan_folder", Kind::Local, "registry_id, name"),
    table("takeover", Kind::Local, "registry_id, takeover_id"),
    table("preference", Kind::Local, "registry_id, person_id, name"),
    table("opening", Kind::Local, "registry_id, person_id, document_id"),
    table("draft", Kind::Local, "registry_id, person_id, place"),
    table("case_reminder", Kind::Local, "registry_id, task_id, name, doer"),
    table("case_reminder_aside", Kind::Local, "registry_id, person_id, task_id"),
];

/// The text that makes them, on both engines.
pub const SCHEMA: &str = include_str!("schema.sql");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_the_schema_and_each_key_begins_with_the_registry() {
        let made: Vec<&str> =
            SCHEMA.split("CREATE TABLE ").skip(1).filter_map(|rest| rest.split_whitespace().next()).collect();
        let listed: Vec<&str> = TABLES.iter().map(|t| t.name).collect();
        assert_eq!(made, listed);
        for table in TABLES {
            assert!(table.key.starts_with("registry_id"), "{}", table.name);
            assert!(SCHEMA.contains(&format!("CREATE TABLE {} (registry_id BYTEA NOT NULL", table.name)));
            assert!(SCHEMA.contains(&format!("PRIMARY KEY ({})", table.key)), "{}", table.name);
        }
    }
}
