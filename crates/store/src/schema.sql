CREATE TABLE ledger_head (registry_id BYTEA NOT NULL, size BIGINT NOT NULL, time BIGINT NOT NULL, frontier BYTEA NOT NULL, PRIMARY KEY (registry_id));
CREATE TABLE ledger_entry (registry_id BYTEA NOT NULL, sequence BIGINT NOT NULL, header BYTEA NOT NULL, leaf BYTEA NOT NULL, salt BYTEA, payload BYTEA, PRIMARY KEY (registry_id, sequence));
CREATE TABLE checkpoint (registry_id BYTEA NOT NULL, size BIGINT NOT NULL, note TEXT NOT NULL, PRIMARY KEY (registry_id, size));

CREATE TABLE installation (registry_id BYTEA NOT NULL, name TEXT NOT NULL, zone TEXT NOT NULL, founded_at BIGINT NOT NULL, PRIMARY KEY (registry_id));
CREATE TABLE policy (registry_id BYTEA NOT NULL, name TEXT NOT NULL, digest BYTEA NOT NULL, xml TEXT NOT NULL, adopted_at BIGINT NOT NULL, PRIMARY KEY (registry_id, name));
CREATE TABLE communities (registry_id BYTEA NOT NULL, digest BYTEA NOT NULL, toml TEXT NOT NULL, adopted_at BIGINT NOT NULL, PRIMARY KEY (registry_id));
CREATE TABLE body (registry_id BYTEA NOT NULL, body_id BYTEA NOT NULL, code TEXT NOT NULL, name_en TEXT NOT NULL, name_fr TEXT NOT NULL, PRIMARY KEY (registry_id, body_id));
CREATE TABLE registry (registry_id BYTEA NOT NULL, opened_id BYTEA NOT NULL, code TEXT NOT NULL, name_en TEXT NOT NULL, name_fr TEXT NOT NULL, body_id BYTEA, ceilings TEXT NOT NULL, PRIMARY KEY (registry_id, opened_id));
CREATE TABLE need_group (registry_id BYTEA NOT NULL, group_id BYTEA NOT NULL, code TEXT NOT NULL, name_en TEXT NOT NULL, name_fr TEXT NOT NULL, PRIMARY KEY (registry_id, group_id));
CREATE TABLE person (registry_id BYTEA NOT NULL, person_id BYTEA NOT NULL, login TEXT NOT NULL, name TEXT NOT NULL, sort_key TEXT NOT NULL, nationality TEXT NOT NULL, language TEXT NOT NULL, title TEXT NOT NULL, body_id BYTEA, left_on TEXT, PRIMARY KEY (registry_id, person_id));
CREATE UNIQUE INDEX person_by_login ON person (registry_id, login);
CREATE INDEX person_by_name ON person (registry_id, sort_key, person_id);
CREATE TABLE authorisation (registry_id BYTEA NOT NULL, authorisation_id BYTEA NOT NULL, person_id BYTEA NOT NULL, standing TEXT NOT NULL, content TEXT NOT NULL, proposal BYTEA NOT NULL, proposed_by BYTEA, proposed_at BIGINT NOT NULL, confirmed_by BYTEA, confirmed_at BIGINT, revoked_by BYTEA, revoked_at BIGINT, reason TEXT, PRIMARY KEY (registry_id, authorisation_id));
CREATE INDEX authorisation_by_person ON authorisation (registry_id, person_id);
CREATE INDEX authorisation_by_standing ON authorisation (registry_id, standing, proposed_at);

CREATE TABLE access_class (registry_id BYTEA NOT NULL, class_no BIGINT NOT NULL, digest BYTEA NOT NULL, rule TEXT NOT NULL, PRIMARY KEY (registry_id, class_no));
CREATE UNIQUE INDEX access_class_by_digest ON access_class (registry_id, digest);
CREATE TABLE series (registry_id BYTEA NOT NULL, year BIGINT NOT NULL, next_number BIGINT NOT NULL, PRIMARY KEY (registry_id, year));
CREATE TABLE document (registry_id BYTEA NOT NULL, document_id BYTEA NOT NULL, class_no BIGINT NOT NULL, year BIGINT NOT NULL, number BIGINT NOT NULL, reference TEXT NOT NULL, direction TEXT NOT NULL, kind TEXT NOT NULL, day BIGINT NOT NULL, date_civil TEXT, date_written TEXT, language TEXT NOT NULL, originator TEXT, subject TEXT NOT NULL, held_elsewhere TEXT, registered_at BIGINT NOT NULL, registered_by BYTEA NOT NULL, sequence BIGINT NOT NULL, PRIMARY KEY (registry_id, document_id));
CREATE UNIQUE INDEX document_by_number ON document (registry_id, year, number);
CREATE INDEX document_by_day ON document (registry_id, day, document_id);
CREATE INDEX document_by_class ON document (registry_id, class_no, day, document_id);
CREATE UNIQUE INDEX document_by_sequence ON document (registry_id, sequence);
CREATE TABLE document_reference (registry_id BYTEA NOT NULL, document_id BYTEA NOT NULL, position BIGINT NOT NULL, kind TEXT NOT NULL, reference TEXT NOT NULL, reference_key TEXT NOT NULL, PRIMARY KEY (registry_id, document_id, position));
CREATE INDEX document_reference_by_key ON document_reference (registry_id, reference_key, document_id);
CREATE TABLE addressee (registry_id BYTEA NOT NULL, document_id BYTEA NOT NULL, role TEXT NOT NULL, position BIGINT NOT NULL, name TEXT NOT NULL, PRIMARY KEY (registry_id, document_id, role, position));
CREATE TABLE version (registry_id BYTEA NOT NULL, version_id BYTEA NOT NULL, document_id BYTEA NOT NULL, number BIGINT NOT NULL, object_id BYTEA NOT NULL, digest BYTEA NOT NULL, size BIGINT NOT NULL, media_type TEXT NOT NULL, file_name TEXT NOT NULL, reading TEXT NOT NULL, added_at BIGINT NOT NULL, PRIMARY KEY (registry_id, version_id));
CREATE UNIQUE INDEX version_by_document ON version (registry_id, document_id, number);
CREATE INDEX version_by_digest ON version (registry_id, digest, document_id);
CREATE TABLE rendition (registry_id BYTEA NOT NULL, version_id BYTEA NOT NULL, kind TEXT NOT NULL, document_id BYTEA NOT NULL, object_id BYTEA NOT NULL, digest BYTEA NOT NULL, size BIGINT NOT NULL, PRIMARY KEY (registry_id, version_id, kind));
CREATE TABLE facet_count (registry_id BYTEA NOT NULL, class_no BIGINT NOT NULL, facet TEXT NOT NULL, name TEXT NOT NULL, documents BIGINT NOT NULL, PRIMARY KEY (registry_id, class_no, facet, name));

CREATE TABLE command_log (registry_id BYTEA NOT NULL, actor BYTEA NOT NULL, command_id BYTEA NOT NULL, digest BYTEA NOT NULL, answer TEXT NOT NULL, PRIMARY KEY (registry_id, actor, command_id));
CREATE TABLE credential (registry_id BYTEA NOT NULL, person_id BYTEA NOT NULL, password TEXT, code_digest BYTEA, code_until BIGINT, failures BIGINT NOT NULL, locked_until BIGINT, PRIMARY KEY (registry_id, person_id));
CREATE TABLE session (registry_id BYTEA NOT NULL, token_digest BYTEA NOT NULL, person_id BYTEA NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL, created_at BIGINT NOT NULL, seen_at BIGINT NOT NULL, until BIGINT NOT NULL, PRIMARY KEY (registry_id, token_digest));
CREATE INDEX session_by_person ON session (registry_id, person_id);
CREATE TABLE preference (registry_id BYTEA NOT NULL, person_id BYTEA NOT NULL, name TEXT NOT NULL, setting TEXT NOT NULL, PRIMARY KEY (registry_id, person_id, name));
