//! The table of routes: every way in, what it is, who may use it. Router, API description, coverage and the two-world
//! harness are made from it.

use axum::{http::Method, routing::MethodRouter};
use office::custody::{CertificateRow, DispatchRow, IncidentRow, musters::MusterRow, unlogged::UnloggedRow};
use registry::authorisation::Role;

use crate::{
    api::{self, Shape, shape},
    app::App,
    pages, papers,
};

/// What a route gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Surface {
    /// A page.
    Page,
    /// A form that was sent; answers by leading on.
    Act,
    /// A file made of what a list shows.
    Export,
    /// The HTTP API.
    Api,
    /// A fixed file.
    Asset,
}

/// Who may use a route at all. What he sees there is the scope's matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Anyone, signed in or not.
    Anyone,
    /// Whoever is signed in.
    Person,
    /// Holders of one of these roles, somewhere in the house.
    Roles(&'static [Role]),
}

/// A route.
#[derive(Debug, Clone, Copy)]
pub struct Route {
    /// The method.
    pub method: &'static Method,
    /// The path, with `{names}`.
    pub path: &'static str,
    /// The operation's name: stable, used in the API description and the matrix.
    pub name: &'static str,
    /// What it gives.
    pub surface: Surface,
    /// Who may use it.
    pub access: Access,
    /// What it does, one line.
    pub summary: &'static str,
    /// What it takes and gives, for the description: for routes of the API.
    pub shape: Option<&'static Shape>,
    /// Its handler.
    pub handler: fn() -> MethodRouter<App>,
}

macro_rules! shape {
    () => {
        None
    };
    ($shape:path) => {
        Some(&$shape)
    };
}

macro_rules! routes {
    ($($method:ident $path:literal $name:literal $surface:ident $access:expr, $handler:path, $summary:literal $(, $shape:path)?;)*) => {
        /// Every route there is.
        pub static ROUTES: &[Route] = &[$(Route {
            method: &Method::$method,
            path: $path,
            name: $name,
            surface: Surface::$surface,
            access: $access,
            summary: $summary,
            shape: shape!($($shape)?),
            handler: || axum::routing::on(filter(&Method::$method), $handler),
        }),*];
    };
}

fn filter(method: &Method) -> axum::routing::MethodFilter {
    use axum::routing::MethodFilter as F;
    match *method {
        Method::POST => F::POST,
        Method::PUT => F::PUT,
        Method::DELETE => F::DELETE,
        _ => F::GET,
    }
}

use Access::{Anyone, Person, Roles};
const OFFICERS: Access = Roles(&[Role::SecurityOfficer]);
const KEEPERS: Access = Roles(&[Role::SecurityOfficer, Role::Administrator]);
const ADMINISTRATORS: Access = Roles(&[Role::Administrator]);
const REGISTRARS: Access = Roles(&[Role::Clerk, Role::Controller]);
const CONTROLLERS: Access = Roles(&[Role::Controller]);
const INSPECTORS: Access = Roles(&[Role::Inspector]);

routes! {
    GET "/" "first-page" Page Anyone, pages::door::first, "The first page: the desk, or who may sign in.";
    GET "/assets/{file}" "asset" Asset Anyone, pages::assets::file, "A fixed file of the pages.";
    GET "/sign-in" "sign-in-page" Page Anyone, pages::door::sign_in_page, "The page for signing in.";
    POST "/sign-in" "sign-in" Act Anyone, pages::door::sign_in, "Signs in with login and password.";
    POST "/sign-in/passkey" "passkey-ask" Act Anyone, pages::passkey::ask, "Begins a sign-in with a passkey: what a browser asks of a device.";
    POST "/sign-in/card" "card-sign-in" Act Anyone, pages::door::sign_in_by_card, "Signs in with the smart card that a server before this one has seen.";
    GET "/sign-in/directory" "directory-sign-in" Page Anyone, pages::directory::leave, "Leads to the organisation's directory, to sign in there.";
    GET "/sign-in/directory/return" "directory-return" Page Anyone, pages::directory::arrive, "Takes in a browser that comes back from the organisation's directory.";
    POST "/sign-out" "sign-out" Act Person, pages::door::sign_out, "Ends this session.";
    POST "/sign-out-everywhere" "sign-out-everywhere" Act Person, pages::door::sign_out_everywhere, "Ends every session and token of the person.";
    GET "/change-user" "change-user-form" Page Person, pages::switch::page, "The form by which another person takes the seat.";
    POST "/change-user" "change-user" Act Person, pages::switch::change, "Ends this session, begins another person's, keeps what was typed for the first.";
    GET "/drafts" "drafts" Page Person, pages::switch::drafts, "What one had typed when another took the seat.";
    POST "/drafts/drop" "drop-draft" Act Person, pages::switch::drop_draft, "Throws away what was typed on a page.";
    GET "/first-password" "first-password-page" Page Anyone, pages::door::first_password_page, "The page for setting a password with a one-time code.";
    POST "/first-password" "first-password" Act Anyone, pages::door::first_password, "Sets a password with a one-time code.";
    POST "/language" "language" Act Anyone, pages::door::language, "Changes the language of the pages.";
    GET "/desk" "desk" Page Person, pages::desk::desk, "What waits for the person, what is new, what ends soon.";
    GET "/register" "register" Page Person, pages::register::register, "The register as a list, page by page.";
    GET "/register.csv" "register-export" Export Person, pages::register::export, "The list as comma-separated values.";
    GET "/register.xlsx" "register-workbook" Export Person, pages::register::workbook, "The list as a workbook.";
    GET "/register/new" "register-form" Page REGISTRARS, pages::registering::form, "The form for registering a document.";
    POST "/register/new" "register-document" Act REGISTRARS, pages::registering::register, "Registers a document, with its file or with where it is held.";
    GET "/tray" "in-tray" Page REGISTRARS, pages::tray::tray, "What came in and waits to be registered, and what was dismissed.";
    GET "/tray.csv" "in-tray-export" Export REGISTRARS, pages::tray::values, "The in-tray as comma-separated values.";
    GET "/tray.xlsx" "in-tray-workbook" Export REGISTRARS, pages::tray::workbook, "The in-tray as a workbook.";
    GET "/tray/{id}/file/{position}" "in-tray-file" Export REGISTRARS, pages::letter::file, "What waits in the in-tray, or what is attached to it, as it came.";
    POST "/tray/files" "in-tray-bring" Act REGISTRARS, pages::tray::bring, "Puts files, or a folder of them, into the in-tray, and says of each what became of it.";
    POST "/tray/dismiss" "in-tray-dismiss" Act REGISTRARS, pages::dismissing::dismiss, "Says of things in the in-tray why they are not registered.";
    GET "/scans" "scans" Page REGISTRARS, pages::scans::list, "The scans that wait to be divided into documents, and the form that brings more.";
    POST "/scans" "bring-scans" Act REGISTRARS, pages::scans::bring, "Takes in scans, to be divided into documents.";
    GET "/scans/separator" "separator-sheet" Page REGISTRARS, pages::scans::separator, "The sheet that parts one paper from the next in a scanner's feeder, to be printed.";
    GET "/scans/{id}" "scan" Page REGISTRARS, pages::scans::one, "The pages of a scan as they would become documents.";
    POST "/scans/{id}" "scan-act" Act REGISTRARS, pages::scans::act, "Changes what becomes of the pages of a scan, makes its documents, or says why it becomes none.";
    GET "/scans/{id}/pages/{n}" "scan-page" Page REGISTRARS, pages::scans::page, "One page of a scan, large.";
    GET "/scans/{id}/pages/{n}/picture" "scan-picture" Export REGISTRARS, pages::scans::picture, "The picture of a page of a scan.";
    GET "/register/old" "old-registers" Page CONTROLLERS, pages::takeover::list, "One's workbooks of registers of old, and the form for one more.";
    POST "/register/old" "open-old-register" Act CONTROLLERS, pages::takeover::open, "Takes in the workbook of a register of old, to look at what it would become.";
    GET "/register/old/{id}" "old-register" Page CONTROLLERS, pages::takeover::one, "What a register of old would become, or how far it is taken over.";
    POST "/register/old/{id}" "take-over" Act CONTROLLERS, pages::takeover::act, "Reads a register of old by other settings, takes it over, stops that, or throws the workbook away.";
    GET "/register/old/{id}/rows.csv" "old-register-export" Export CONTROLLERS, pages::takeover::values, "What is listed of a register of old as comma-separated values.";
    GET "/register/old/{id}/rows.xlsx" "old-register-workbook" Export CONTROLLERS, pages::takeover::workbook, "What is listed of a register of old as a workbook.";
    GET "/documents/{id}" "document" Page Person, pages::document::document, "A document: its text, its versions, all that is known of it.";
    GET "/documents/{id}/why" "document-why" Page Person, pages::why::why, "Why one may read a document; for its registry's controllers also why another may or may not.";
    GET "/documents/{id}/file/{version}" "document-file" Export Person, pages::file::file, "A version of a document, as it came.";
    GET "/documents/{id}/file/{version}/{position}" "enclosure-file" Export Person, pages::file::enclosure, "What is attached to a version of a document, as it came.";
    GET "/documents/{id}/work" "work-page" Page REGISTRARS, pages::working::page, "The forms for taking a document out and giving it back.";
    POST "/documents/{id}/work" "work" Act REGISTRARS, pages::working::work, "Takes a document out, or gives it back: as it was, with a new version, or in another's place.";
    GET "/documents/{id}/compare" "compare" Page Person, pages::comparing::page, "Two versions of a document compared.";
    GET "/documents/{id}/record" "disclosure-record" Page Person, pages::record::page, "Who has had a document before him: one's own lines, all of it for controllers.";
    POST "/documents/{id}/record" "disclosure-act" Act Person, pages::record::act, "Authorises a reproduction, or records that somebody knows what a document is now.";
    GET "/documents/{id}/record.csv" "disclosure-record-export" Export Person, pages::record::values, "The disclosure record as comma-separated values.";
    GET "/documents/{id}/record.xlsx" "disclosure-record-workbook" Export Person, pages::record::workbook, "The disclosure record as a workbook.";
    GET "/documents/{id}/correct" "correction-form" Page REGISTRARS, pages::correcting::form_page, "The form for correcting what the register says of a document.";
    POST "/documents/{id}/correct" "correct" Act REGISTRARS, pages::correcting::correct, "Corrects what the register says of a document, with a reason.";
    POST "/documents/{id}/note" "take-note" Act REGISTRARS, pages::formal::note, "Takes note of a message that could not wait.";
    GET "/documents/{id}/files" "filing-form" Page REGISTRARS, pages::filing::files, "Where a document is filed, and the forms to file it and take it out.";
    POST "/documents/{id}/files" "file-document" Act REGISTRARS, pages::filing::file, "Puts a document into a file, or takes it out of one.";
    GET "/documents/{id}/copies" "document-copies" Page Person, pages::custody::paper::page, "The copies of a paper, and the form that puts more of them into the log.";
    GET "/documents/{id}/distribute" "distribution-form" Page Person, pages::custody::distribute::form_page, "The form by which a paper is distributed: a line for each addressee.";
    POST "/documents/{id}/distribute" "distribute" Act Person, pages::custody::distribute::distribute, "Distributes a paper: sends its copies, and tells who opens it here.";
    POST "/documents/{id}/copies" "number-copies" Act Person, pages::custody::paper::number, "Puts copies of a paper into the log.";
    GET "/custody" "custody" Page Person, pages::custody::home::home, "A registry's copies at a glance: how they stand, what is late, what waits.";
    GET "/custody/find" "custody-find" Page Person, pages::custody::home::find, "Leads to the copy of a name that is typed or scanned.";
    GET "/custody/copies" "custody-copies" Page Person, pages::custody::copies::copies, "The copies of a registry by log, state and holder.";
    GET "/custody/copies.csv" "custody-copies-export" Export Person, pages::custody::copies::values, "The list of copies as comma-separated values.";
    GET "/custody/copies.xlsx" "custody-copies-workbook" Export Person, pages::custody::copies::workbook, "The list of copies as a workbook.";
    GET "/custody/labels.pdf" "copy-labels" Export Person, papers::labels::sheet, "Labels with the names of copies as codes, as PDF.";
    GET "/custody/log.pdf" "custody-log" Export Person, papers::log::pdf, "A log of a year as the pages of a register, as PDF.";
    GET "/custody/copies/{id}" "custody-copy" Page Person, pages::custody::copy::copy, "A copy: what it is, who answers for it, its life from hand to hand.";
    GET "/custody/copies/{id}/disclosures.pdf" "copy-disclosures" Export Person, papers::copies::disclosures, "Who had access to a copy, with lines for those who will have, as PDF.";
    GET "/custody/copies/{id}/out-card.pdf" "out-card" Export Person, papers::copies::out_card, "The card that stays in the place of a copy that a person has, as PDF.";
    POST "/custody/chosen" "custody-chosen" Act Person, pages::custody::act::chosen, "Leads on from the rows chosen of a list of copies to the form of an act.";
    GET "/custody/do/{act}" "custody-act-form" Page Person, pages::custody::act::form_page, "The form of an act on copies: send, keep, draw-up, miss, report or release.";
    POST "/custody/do/{act}" "custody-act" Act Person, pages::custody::act::act, "Does something with copies of a registry.";
    GET "/custody/receipts" "custody-receipts" Page Person, pages::custody::lists::list::<DispatchRow>, "The receipts of what was sent: due, late or given.";
    GET "/custody/receipts.csv" "custody-receipts-export" Export Person, pages::custody::lists::values::<DispatchRow>, "The list of receipts as comma-separated values.";
    GET "/custody/receipts.xlsx" "custody-receipts-workbook" Export Person, pages::custody::lists::workbook::<DispatchRow>, "The list of receipts as a workbook.";
    GET "/custody/receipts/{id}" "custody-receipt" Page Person, pages::custody::receipts::receipt, "A receipt: what went, to whom, what came back; to be signed or printed.";
    GET "/custody/receipts/{id}/receipt.pdf" "receipt-form" Export Person, papers::receipts::pdf, "A receipt to be signed on paper, as PDF.";
    POST "/custody/receipts/{id}/paper" "record-receipt" Act Person, pages::custody::receipts::paper, "Writes down a receipt that came back on paper, with its scan.";
    GET "/custody/receipts/{id}/scans/{place}" "receipt-scan" Export Person, pages::custody::receipts::scan, "The scan of a receipt that came back on paper, as it is.";
    POST "/custody/receipts/{id}/trace" "trace-receipt" Act Person, pages::custody::receipts::trace, "Writes down that a receipt was asked for again.";
    GET "/custody/destruction" "custody-destruction" Page Person, pages::custody::lists::list::<CertificateRow>, "The certificates of destruction of a registry.";
    GET "/custody/destruction.csv" "custody-destruction-export" Export Person, pages::custody::lists::values::<CertificateRow>, "The list of certificates as comma-separated values.";
    GET "/custody/destruction.xlsx" "custody-destruction-workbook" Export Person, pages::custody::lists::workbook::<CertificateRow>, "The list of certificates as a workbook.";
    GET "/custody/destruction/{id}" "destruction-certificate" Page Person, pages::custody::destruction::certificate, "A certificate of destruction, to be signed or printed.";
    GET "/custody/destruction/{id}/certificate.pdf" "destruction-form" Export Person, papers::destruction::pdf, "A certificate of destruction, as PDF.";
    POST "/custody/destruction/{id}/sign" "sign-destruction" Act Person, pages::custody::destruction::sign, "Signs a certificate of destruction as destroyer or witness.";
    POST "/custody/destruction/{id}/withdraw" "withdraw-destruction" Act Person, pages::custody::destruction::withdraw, "Takes a certificate of destruction back that is not signed by all.";
    GET "/custody/incidents" "custody-incidents" Page Person, pages::custody::lists::list::<IncidentRow>, "What is wrong with copies of a registry.";
    GET "/custody/incidents.csv" "custody-incidents-export" Export Person, pages::custody::lists::values::<IncidentRow>, "The list of incidents as comma-separated values.";
    GET "/custody/incidents.xlsx" "custody-incidents-workbook" Export Person, pages::custody::lists::workbook::<IncidentRow>, "The list of incidents as a workbook.";
    GET "/custody/incidents/{id}" "incident" Page Person, pages::custody::incidents::incident, "An incident with its copies and what was found out.";
    POST "/custody/incidents/{id}/follow" "follow-incident" Act Person, pages::custody::incidents::follow, "Adds to an incident, or closes it.";
    GET "/custody/musters" "custody-musters" Page Person, pages::custody::lists::list::<MusterRow>, "The musters of a registry: what is counted, what was counted and signed.";
    POST "/custody/musters" "open-muster" Act Person, pages::custody::musters::open, "Opens a muster: freezes the list of what is to be counted.";
    GET "/custody/musters.csv" "custody-musters-export" Export Person, pages::custody::lists::values::<MusterRow>, "The list of musters as comma-separated values.";
    GET "/custody/musters.xlsx" "custody-musters-workbook" Export Person, pages::custody::lists::workbook::<MusterRow>, "The list of musters as a workbook.";
    GET "/custody/musters/new" "muster-form" Page Person, pages::custody::musters::form_page, "The form that opens a muster.";
    GET "/custody/musters/{id}" "muster" Page Person, pages::custody::musters::muster, "A muster line by line, as it stands or as it came out, to be signed and printed.";
    GET "/custody/musters/{id}/report.pdf" "muster-report" Export Person, papers::musters::pdf, "What a muster came to, as PDF: a report, that of an inspection, or the certificate of a hand-over.";
    GET "/custody/musters/{id}/lines.csv" "muster-export" Export Person, pages::custody::musters::line_values, "The lines of a muster as comma-separated values.";
    GET "/custody/musters/{id}/lines.xlsx" "muster-workbook" Export Person, pages::custody::musters::line_workbook, "The lines of a muster as a workbook.";
    GET "/custody/musters/{id}/count" "muster-count" Page Person, pages::custody::musters::count, "The page on which copies are counted by hand scanner.";
    POST "/custody/musters/{id}/sight" "muster-sight" Act Person, pages::custody::musters::sight, "Says that a copy was seen.";
    POST "/custody/musters/{id}/close" "close-muster" Act Person, pages::custody::musters::close, "Ends the count of a muster.";
    POST "/custody/musters/{id}/abandon" "abandon-muster" Act Person, pages::custody::musters::abandon, "Gives a muster up.";
    POST "/custody/musters/{id}/sign" "sign-muster" Act Person, pages::custody::musters::sign, "Signs what a muster came to.";
    GET "/custody/containers" "containers" Page Person, pages::custody::containers::list, "The containers of a registry, and the form for one more.";
    POST "/custody/containers" "furnish" Act Person, pages::custody::containers::furnish, "Puts a container into the registry's books.";
    GET "/custody/containers.csv" "containers-export" Export Person, pages::custody::containers::values, "The list of containers as comma-separated values.";
    GET "/custody/containers.xlsx" "containers-workbook" Export Person, pages::custody::containers::workbook, "The list of containers as a workbook.";
    GET "/custody/working-papers" "working-papers" Page Person, pages::custody::lists::list::<UnloggedRow>, "Papers of accountable marking that stand in no log: working papers with the day by which they must, and others.";
    GET "/custody/working-papers.csv" "working-papers-export" Export Person, pages::custody::lists::values::<UnloggedRow>, "The list of papers in no log as comma-separated values.";
    GET "/custody/working-papers.xlsx" "working-papers-workbook" Export Person, pages::custody::lists::workbook::<UnloggedRow>, "The list of papers in no log as a workbook.";
    GET "/custody/emergency" "emergency-list" Page Person, pages::custody::emergency::list, "What is carried away or destroyed first in an emergency, place by place.";
    GET "/custody/emergency.csv" "emergency-list-export" Export Person, pages::custody::emergency::values, "The list for an emergency as comma-separated values.";
    GET "/custody/emergency.xlsx" "emergency-list-workbook" Export Person, pages::custody::emergency::workbook, "The list for an emergency as a workbook.";
    GET "/custody/emergency/list.pdf" "emergency-list-form" Export Person, papers::emergency::pdf, "The list for an emergency, as PDF.";
    GET "/custody/books/{book}" "custody-book" Page Person, pages::custody::books::list, "Another book of a registry: packages, journeys, correspondents, routes, appointments, equipment or transfers.";
    POST "/custody/books/{book}" "enter-book" Act Person, pages::custody::books::enter, "Enters something into a book of a registry.";
    GET "/custody/books/{book}/items.csv" "custody-book-export" Export Person, pages::custody::books::values, "A book of a registry as comma-separated values.";
    GET "/custody/books/{book}/items.xlsx" "custody-book-workbook" Export Person, pages::custody::books::workbook, "A book of a registry as a workbook.";
    GET "/custody/books/{book}/new" "book-form" Page Person, pages::custody::books::form_page, "The form by which something is entered into a book.";
    GET "/custody/books/{book}/{id}" "book-item" Page Person, pages::custody::books::item, "An item of a book, with what happened to it and what can happen now.";
    GET "/custody/books/{book}/{id}/form.pdf" "book-item-form" Export Person, papers::books::pdf, "A package as its list, a courier's certificate, or the letter of an appointment, as PDF.";
    POST "/custody/books/{book}/{id}/steps" "step-book" Act Person, pages::custody::books::step, "Says that something happened to an item of a book.";
    GET "/holdings" "holdings" Page Person, pages::custody::holdings::holdings, "What one has: copies that wait for one's receipt, and those that one answers for.";
    GET "/holdings.csv" "holdings-export" Export Person, pages::custody::holdings::values, "What one has as comma-separated values.";
    GET "/holdings.xlsx" "holdings-workbook" Export Person, pages::custody::holdings::workbook, "What one has as a workbook.";
    POST "/holdings/receipt" "sign-receipt" Act Person, pages::custody::receipts::sign, "Signs on screen for what was sent to one.";
    POST "/holdings/read" "acknowledge-reading" Act Person, pages::custody::holdings::read, "Says that one has read what was given to one to be opened here.";
    POST "/holdings/post" "post-instruction" Act Person, pages::custody::holdings::post, "Says that one has done what one was told to do with copies.";
    POST "/holdings/send" "hand-on" Act Person, pages::custody::holdings::send, "Brings copies back to the registry, or hands them on to another person.";
    GET "/files" "files" Page Person, pages::plan::plan, "The file plan of a registry as a tree.";
    GET "/files.csv" "files-export" Export Person, pages::plan::values, "The file plan as comma-separated values.";
    GET "/files/new" "file-form" Page REGISTRARS, pages::plan::form::open_page, "The form for opening a file.";
    POST "/files/new" "open-file" Act REGISTRARS, pages::plan::form::open, "Opens a file.";
    GET "/files/{id}" "file" Page Person, pages::plan::file::file, "A file: what it is, its volumes, its documents.";
    GET "/files.xlsx" "files-workbook" Export Person, pages::plan::workbook, "The file plan as a workbook.";
    GET "/files/{id}/documents.xlsx" "file-documents-workbook" Export Person, pages::plan::file::workbook, "The documents of a file as a workbook.";
    GET "/files/{id}/documents.csv" "file-documents-export" Export Person, pages::plan::file::values, "The documents of a file as comma-separated values.";
    GET "/files/{id}/change" "file-change-form" Page REGISTRARS, pages::plan::form::change_page, "The form for changing what the plan says of a file.";
    POST "/files/{id}/change" "change-file" Act REGISTRARS, pages::plan::form::change, "Changes what the plan says of a file.";
    POST "/files/{id}/turn" "turn-file" Act REGISTRARS, pages::plan::file::turn, "Closes a file or a volume, or opens one again.";
    POST "/files/{id}/documents" "put-documents" Act REGISTRARS, pages::plan::file::put, "Puts many documents into a file; what is refused is named.";
    GET "/search" "search" Page Person, pages::search::search, "What a search finds, with snippets and counts; a reference leads to its document.";
    GET "/search.csv" "search-export" Export Person, pages::search::export, "Everything that a search finds as comma-separated values.";
    GET "/search.xlsx" "search-workbook" Export Person, pages::search::workbook, "Everything that a search finds as a workbook.";
    GET "/many" "many-page" Page Person, pages::many::begin, "Where to choose many documents for one act.";
    POST "/many" "many" Act Person, pages::many::many, "One act on many documents: what would change, then done or refused item by item; or the chosen as a file.";
    GET "/searches" "searches" Page Person, pages::kept::searches, "The searches that one keeps, with what each finds and what of it is new.";
    POST "/searches" "keep-search" Act Person, pages::kept::keep, "Keeps a search under a name.";
    GET "/searches/{id}" "search-form" Page Person, pages::kept::change_page, "The form for changing a kept search.";
    POST "/searches/{id}" "change-search" Act Person, pages::kept::change, "Renames, changes or drops a kept search.";
    POST "/views" "choose-view" Act Person, pages::views::choose, "Shows a list with other columns; keeps, makes usual or drops a view of it.";
    GET "/watches" "watches" Page Person, pages::watch::watches, "The profiles that flag papers to one.";
    POST "/watches" "keep-watch" Act Person, pages::watch::keep, "Keeps a profile that flags papers.";
    GET "/watches/new" "watch-form" Page Person, pages::watch::new_page, "The form for a new profile.";
    GET "/watches/{id}" "watch" Page Person, pages::watch::watch, "A profile with the papers that it flags, and why.";
    GET "/watches/{id}/change" "watch-change-form" Page Person, pages::watch::change_page, "The form for changing a profile.";
    POST "/watches/{id}/change" "change-watch" Act Person, pages::watch::change, "Changes or drops a profile.";
    POST "/watches/{id}/aside" "put-aside" Act Person, pages::watch::aside, "Puts papers aside that a profile flagged.";
    GET "/keys" "keys" Page Person, pages::keys::keys_page, "Which keys do what, and the pages that one may open.";
    GET "/series" "series" Page REGISTRARS, pages::series::list, "The series by which references are read.";
    GET "/series/{code}" "continuity" Page REGISTRARS, pages::series::report, "The continuity report of a series: gaps, numbers kept and struck out.";
    GET "/series/{code}/report.csv" "continuity-export" Export REGISTRARS, pages::series::csv, "The continuity report as comma-separated values.";
    GET "/series/{code}/report.xlsx" "continuity-workbook" Export REGISTRARS, pages::series::workbook, "The continuity report as a workbook.";
    POST "/series/{code}/numbers" "keep-number" Act REGISTRARS, pages::series::keep, "Keeps the next number of a series for a paper.";
    POST "/series/{code}/voids" "void-number" Act REGISTRARS, pages::series::void, "Strikes a number out, with a reason.";
    POST "/series/{code}/closed" "close-counts" Act CONTROLLERS, pages::series::close, "Closes the counts of earlier years.";
    GET "/house" "house" Page KEEPERS, pages::house::house, "The house: its registries with what they may hold, its groups, bodies, series and policies.";
    GET "/house/new" "house-form" Page KEEPERS, pages::house_form::new_page, "The form for a registry, a group, a body, a file of series, or the entrusting of one.";
    POST "/house/new" "make-house" Act KEEPERS, pages::house_form::make, "Opens a registry, forms a group, establishes a body, adopts or entrusts series.";
    GET "/house/registries/{code}" "registry-form" Page ADMINISTRATORS, pages::house_form::change_page, "The form for changing what a registry is called and may hold.";
    POST "/house/registries/{code}" "change-registry" Act ADMINISTRATORS, pages::house_form::change, "Changes what a registry is called and may hold, with a reason.";
    GET "/quality" "quality" Page REGISTRARS, pages::quality::report, "How complete and right the register is, of what one may read.";
    GET "/quality.csv" "quality-export" Export REGISTRARS, pages::quality::values, "The report as comma-separated values.";
    GET "/quality.xlsx" "quality-workbook" Export REGISTRARS, pages::quality::workbook, "The report as a workbook.";
    GET "/quality/papers" "quality-papers" Page REGISTRARS, pages::quality::papers::page, "The papers that break a rule.";
    GET "/quality/papers.csv" "quality-papers-export" Export REGISTRARS, pages::quality::papers::values, "The same as comma-separated values.";
    GET "/quality/papers.xlsx" "quality-papers-workbook" Export REGISTRARS, pages::quality::papers::workbook, "The same as a workbook.";
    GET "/cases" "cases" Page Person, pages::cases::cases, "The cases that the reader sees: by procedure, stage and words, page by page.";
    GET "/cases.csv" "cases-export" Export Person, pages::cases::values, "The list of cases as comma-separated values.";
    GET "/cases.xlsx" "cases-workbook" Export Person, pages::cases::workbook, "The same as a workbook.";
    GET "/cases/new" "case-procedures" Page Person, pages::cases::choose, "The procedures of which the reader may open a case.";
    GET "/cases/new/{procedure}" "case-form" Page Person, pages::cases::form_page, "The form that opens a case of a procedure.";
    POST "/cases/new/{procedure}" "open-case" Act Person, pages::cases::open, "Opens a case of a procedure.";
    GET "/cases/board/{procedure}" "case-board" Page Person, pages::cases::board, "The cases of a procedure that run, a column a stage.";
    GET "/cases/tasks" "case-tasks" Page Person, pages::cases::every, "The tasks of all cases that the reader sees: by unit, post, lateness and how they were done, page by page.";
    GET "/cases/tasks.csv" "case-tasks-export" Export Person, pages::cases::every_values, "The same list as comma-separated values.";
    GET "/cases/tasks.xlsx" "case-tasks-workbook" Export Person, pages::cases::every_workbook, "The same as a workbook.";
    GET "/cases/figures" "case-figures" Page Person, pages::cases::figures, "Figures of the cases that the reader sees, of a stretch of days: by procedure, unit, post and week.";
    GET "/cases/figures.csv" "case-figures-export" Export Person, pages::cases::figures_values, "The figures as comma-separated values.";
    GET "/cases/figures.xlsx" "case-figures-workbook" Export Person, pages::cases::figures_workbook, "The same as a workbook.";
    GET "/cases/{id}" "case" Page Person, pages::cases::one, "A case: how it stands, what can be done, what is filled in, what became of it.";
    POST "/cases/{id}/step" "step-case" Act Person, pages::cases::step, "Takes a step of a case's procedure.";
    POST "/cases/{id}/change" "change-case" Act Person, pages::cases::change, "Fills fields of a case in anew, or marks it otherwise.";
    POST "/cases/{id}/tasks/{task}" "case-task" Act Person, pages::cases::task, "Does something with a task of a case.";
    POST "/cases/{id}/show" "show-in-case" Act Person, pages::cases::show, "Shows what a stage of a case must be shown, or its product.";
    POST "/cases/{id}/note" "note-in-case" Act Person, pages::cases::note, "Says something to those who take part in a case.";
    GET "/cases/{id}/comments" "case-comments" Page Person, pages::cases::comments::show, "The table of comments of a case: by severity, office and state, with what the reader can do with each row.";
    GET "/cases/{id}/comments.csv" "case-comments-export" Export Person, pages::cases::comments::values, "The table of comments as comma-separated values.";
    GET "/cases/{id}/comments.xlsx" "case-comments-workbook" Export Person, pages::cases::comments::workbook, "The same as a workbook.";
    GET "/cases/{id}/comments.docx" "case-comments-document" Export Person, pages::cases::comments::document, "The same as a document, the marking of the case on each page.";
    POST "/cases/{id}/comments" "comment-in-case" Act Person, pages::cases::comments::act, "Adds, changes, takes back or settles rows of the table of comments.";
    POST "/cases/{id}/reopen" "reopen-case" Act Person, pages::cases::reopen, "Takes up again a case that has ended.";
    GET "/tasks" "own-tasks" Page Person, pages::cases::own, "One's own tasks of cases, the first due first.";
    GET "/tasks.csv" "own-tasks-export" Export Person, pages::cases::own_values, "One's own tasks as comma-separated values.";
    GET "/tasks.xlsx" "own-tasks-workbook" Export Person, pages::cases::own_workbook, "The same as a workbook.";
    POST "/reminders/aside" "put-reminder-aside" Act Person, pages::cases::put_aside, "Puts a reminder of a task aside.";
    GET "/organisation" "organisation" Page Person, pages::organisation::tree, "The units of the house as a tree on a day, with who heads them, and the posts that want looking at.";
    GET "/organisation/posts.csv" "posts-export" Export Person, pages::organisation::posts_values, "The posts of a day, with who holds them and who acts, as comma-separated values.";
    GET "/organisation/posts.xlsx" "posts-workbook" Export Person, pages::organisation::posts_workbook, "The same as a workbook.";
    GET "/organisation/units/{code}" "unit" Page Person, pages::organisation::unit, "A unit: who heads it, its posts, the units below it.";
    GET "/organisation/posts/{code}" "post" Page Person, pages::organisation::post, "A post: who held it, holds it and will, who acts for it on a day and why.";
    GET "/organisation/people/{id}" "person-in-posts" Page Person, pages::organisation::person, "The posts for which somebody answers on a day, leave, and who stands in.";
    GET "/organisation/do/{act}" "organisation-form" Page Person, pages::organisation::form_page, "The form of an act of the organisation, for who may do it.";
    POST "/organisation/do/{act}" "organise" Act Person, pages::organisation::act, "Does something with units, posts, stand-ins, leave, contacts or distribution lists.";
    GET "/leave" "own-leave" Page Person, pages::organisation::leave, "One's own leave and who stands in, and the form that records both.";
    POST "/leave" "record-own-leave" Act Person, pages::organisation::record, "Records one's own leave and names who stands in.";
    GET "/contacts" "contacts" Page Person, pages::organisation::contacts, "Contacts outside: found in, sorted, page by page.";
    GET "/contacts.csv" "contacts-export" Export Person, pages::organisation::contacts_values, "The list of contacts as comma-separated values.";
    GET "/contacts.xlsx" "contacts-workbook" Export Person, pages::organisation::contacts_workbook, "The same as a workbook.";
    GET "/contacts/{id}" "contact" Page Person, pages::organisation::contact, "A contact outside, with all that is known of it.";
    GET "/lists" "distribution-lists" Page Person, pages::organisation::lists, "The distribution lists of the house.";
    GET "/lists.csv" "distribution-lists-export" Export Person, pages::organisation::lists_values, "The lines of the distribution lists, with whom they mean today, as comma-separated values.";
    GET "/lists.xlsx" "distribution-lists-workbook" Export Person, pages::organisation::lists_workbook, "The same as a workbook.";
    GET "/lists/{code}" "distribution-list" Page Person, pages::organisation::list, "A distribution list: its lines, and whom each means on a day.";
    GET "/people" "people" Page KEEPERS, pages::people::people, "The people of the house, by name.";
    GET "/people/new" "person-form" Page KEEPERS, pages::people::form_page, "The form for a new person.";
    POST "/people/new" "add-person" Act KEEPERS, pages::people::add, "Adds a person and shows the one-time code.";
    GET "/people/ending" "people-ending" Page OFFICERS, pages::ending::ending, "Whose certificates and briefings end soon or have ended.";
    GET "/people/ending.xlsx" "people-ending-workbook" Export OFFICERS, pages::ending::workbook, "The same as a workbook.";
    GET "/people/ending.csv" "people-ending-export" Export OFFICERS, pages::ending::export, "The same as comma-separated values.";
    GET "/people/directory" "people-directory" Page OFFICERS, pages::belonging::page, "What the directory's groups say, and where the house differs.";
    GET "/people/directory.xlsx" "people-directory-workbook" Export OFFICERS, pages::belonging::workbook, "The same as a workbook.";
    GET "/people/directory.csv" "people-directory-export" Export OFFICERS, pages::belonging::export, "The same as comma-separated values.";
    POST "/people/directory" "read-directory" Act OFFICERS, pages::belonging::read, "Has the directory read now.";
    GET "/people/{id}" "person" Page Person, pages::person::person, "A person's file: oneself, or anyone for those who keep the list.";
    GET "/people/{id}/change" "person-change-form" Page KEEPERS, pages::changing::form_page, "The form for changing what is known of a person.";
    POST "/people/{id}/change" "change-person" Act KEEPERS, pages::changing::change, "Changes what is known of a person, with a reason.";
    GET "/people/{id}/propose" "proposal-form" Page OFFICERS, pages::grants::form_page, "The form for proposing a clearance, briefing, role or membership.";
    POST "/people/{id}/specimen" "propose-specimen" Act OFFICERS, pages::grants::propose_specimen, "Proposes the picture of a signature as a person's.";
    GET "/people/{id}/specimens/{authorisation}" "specimen" Export OFFICERS, pages::grants::specimen, "A specimen signature, as a picture.";
    POST "/people/{id}/propose" "propose" Act OFFICERS, pages::grants::propose, "Proposes a clearance, briefing, role or membership.";
    POST "/people/{id}/code" "one-time-code" Act OFFICERS, pages::codes::give, "Gives a new one-time code and shows it once.";
    POST "/people/{id}/doors" "mind-doors" Act OFFICERS, pages::doors::mind, "Takes back by what a person signs in beside the password.";
    POST "/people/{id}/role" "assign-role" Act KEEPERS, pages::grants::assign, "Gives a role that gives no sight of content.";
    POST "/proposals/{id}/confirm" "confirm" Act OFFICERS, pages::grants::confirm, "Confirms a proposal that another made.";
    GET "/authorisations/{id}/revoke" "revoke-form" Page OFFICERS, pages::grants::revoke_page, "Asks why an authorisation ends.";
    POST "/authorisations/{id}/revoke" "revoke" Act OFFICERS, pages::grants::revoke, "Ends an authorisation at once.";
    GET "/ledger" "ledger" Page INSPECTORS, pages::ledger::ledger, "The ledgers with their sizes and newest checkpoints.";
    POST "/ledger/verify" "verify" Page INSPECTORS, pages::ledger::verify, "Verifies every ledger and says what was found.";
    GET "/account" "account" Page Person, pages::account::account, "One's own sessions, tokens and language.";
    POST "/account/passkeys" "passkey-add" Act Person, pages::passkey::add, "Adds a passkey of one's own: its name, then what the device made.";
    POST "/account/passkeys/drop" "passkey-drop" Act Person, pages::passkey::drop_one, "Removes a passkey of one's own.";
    POST "/account/token" "make-token" Act Person, pages::account::token, "Makes a token for a program and shows it once.";
    POST "/api/v1/sign-in" "api-sign-in" Api Anyone, api::sign_in::sign_in, "Opens a session for a program: gives a token.", shape::SIGN_IN;
    POST "/api/v1/sign-in/proof" "api-prove" Api Person, api::sign_in::prove, "Proves once more, with the password, who speaks: for what asks for a fresh sign-in.", shape::PROVE;
    POST "/api/v1/sign-out" "api-sign-out" Api Person, api::sign_in::sign_out, "Ends the session of the token that is sent.", shape::SIGN_OUT;
    GET "/api/v1/me" "api-me" Api Person, api::sign_in::me, "Who is asking, and what he holds today.", shape::ME;
    GET "/api/v1/registries" "api-registries" Api Person, api::house::registries, "The registries in which one sees or does anything.", shape::REGISTRIES;
    GET "/api/v1/documents" "api-documents" Api Person, api::documents::list, "A registry, page by page.", shape::DOCUMENTS;
    POST "/api/v1/documents" "api-register-entry" Api REGISTRARS, api::register::entry, "Registers a document that is held elsewhere.", shape::REGISTER;
    GET "/api/v1/documents/{id}" "api-document" Api Person, api::documents::one, "A document.", shape::DOCUMENT;
    GET "/api/v1/documents/by-reference/{reference}" "api-documents-by-reference" Api Person, api::documents::by_reference, "The documents that bear a reference.", shape::BY_REFERENCE;
    GET "/api/v1/documents/{id}/corrections" "api-corrections" Api Person, api::corrections::list, "What was corrected of a document, newest first.", shape::CORRECTIONS;
    POST "/api/v1/documents/{id}/corrections" "api-correct" Api REGISTRARS, api::corrections::correct, "Corrects what the register says of a document.", shape::CORRECT;
    POST "/api/v1/corrections" "api-correct-many" Api REGISTRARS, api::corrections::correct_many, "Corrects many documents, each an answer of its own.", shape::CORRECT_MANY;
    POST "/api/v1/documents/{id}/note" "api-take-note" Api REGISTRARS, api::documents::note, "Takes note of a message that could not wait.", shape::TAKE_NOTE;
    GET "/api/v1/documents/{id}/why" "api-document-why" Api Person, api::why::why, "Why one may read a document; for its registry's controllers also why another may or may not.", shape::WHY;
    GET "/api/v1/documents/{id}/check-outs" "api-out" Api Person, api::handling::out, "Who has a document out.", shape::OUT_NOW;
    POST "/api/v1/documents/{id}/check-outs" "api-check-out" Api REGISTRARS, api::handling::check_out, "Takes a document out.", shape::CHECK_OUT;
    POST "/api/v1/documents/{id}/check-ins" "api-check-in" Api REGISTRARS, api::handling::check_in, "Gives a document back: with a new version, or as it was.", shape::CHECK_IN;
    POST "/api/v1/documents/{id}/lock-breaks" "api-break-lock" Api CONTROLLERS, api::handling::break_lock, "Gives back what another has out.", shape::BREAK_LOCK;
    GET "/api/v1/documents/{id}/disclosures" "api-disclosures" Api Person, api::handling::disclosures, "The disclosure record of a document: one's own lines, all of it for controllers.", shape::DISCLOSURES;
    POST "/api/v1/documents/{id}/reproductions" "api-authorise" Api CONTROLLERS, api::handling::authorise, "Authorises a reproduction for another person.", shape::AUTHORISE;
    POST "/api/v1/documents/{id}/acknowledgements" "api-tell" Api Person, api::handling::told, "Records that one knows what a document is now, or that another was told in person.", shape::TELL;
    GET "/api/v1/notices" "api-notices" Api Person, api::handling::notices, "What one opened that is not any more what it was.", shape::NOTICES;
    GET "/api/v1/documents/{id}/text" "api-document-text" Api Person, api::documents::text, "The text of a document, as a machine read it.", shape::TEXT;
    GET "/api/v1/documents/{id}/versions/{n}/content" "api-document-content" Api Person, api::documents::content, "The bytes of a version.", shape::CONTENT;
    GET "/api/v1/documents/{id}/versions/{n}/enclosures/{position}" "api-enclosure-content" Api Person, api::documents::enclosure, "The bytes of what is attached to a version.", shape::CONTENT;
    GET "/api/v1/documents/{id}/ties" "api-ties" Api Person, api::references::ties, "What a document is to others, what it cites, what cites it.", shape::TIES;
    GET "/api/v1/series" "api-series" Api REGISTRARS, api::references::series, "The series by which references are read.", shape::SERIES;
    GET "/api/v1/series/{code}/continuity" "api-continuity" Api REGISTRARS, api::references::continuity, "The continuity report of a series.", shape::CONTINUITY;
    POST "/api/v1/series/{code}/reservations" "api-keep-number" Api REGISTRARS, api::references::keep, "Keeps the next number of a series for a paper.", shape::KEEP_NUMBER;
    POST "/api/v1/series/{code}/voids" "api-void-number" Api REGISTRARS, api::references::void, "Strikes a number out, with a reason.", shape::VOID_NUMBER;
    POST "/api/v1/registries/{code}/documents" "api-register" Api REGISTRARS, api::register::upload, "Registers a document with its content.", shape::UPLOAD;
    POST "/api/v1/registries/{code}/old-registers" "api-open-old-register" Api CONTROLLERS, api::takeover::open, "Brings the workbook of a register of old, to look at what it would become.", shape::OPEN_OLD_REGISTER;
    GET "/api/v1/old-registers/{id}" "api-old-register" Api CONTROLLERS, api::takeover::one, "What a register of old would become, or how far it is taken over.", shape::OLD_REGISTER;
    POST "/api/v1/old-registers/{id}/settings" "api-read-old-register" Api CONTROLLERS, api::takeover::change, "Reads a register of old by other settings.", shape::READ_OLD_REGISTER;
    POST "/api/v1/old-registers/{id}/runs" "api-take-over" Api CONTROLLERS, api::takeover::run, "Takes a register of old over, or goes on with it.", shape::TAKE_OVER;
    GET "/api/v1/documents/{id}/files" "api-document-files" Api Person, api::filing::of_document, "Where a document is filed and was, and which files are proposed.", shape::DOCUMENT_FILES;
    GET "/api/v1/files" "api-files" Api Person, api::filing::plan, "The file plan of a registry.", shape::FILES;
    POST "/api/v1/files" "api-open-file" Api REGISTRARS, api::filing::open, "Opens a file.", shape::OPEN_FILE;
    GET "/api/v1/files/{id}" "api-file" Api Person, api::filing::one, "A file with its volumes.", shape::FILE;
    POST "/api/v1/files/{id}/changes" "api-change-file" Api REGISTRARS, api::filing::change, "Changes what the plan says of a file.", shape::CHANGE_FILE;
    POST "/api/v1/files/{id}/turns" "api-turn-file" Api REGISTRARS, api::filing::turn, "Closes a file or a volume, or opens one again.", shape::TURN_FILE;
    GET "/api/v1/files/{id}/documents" "api-file-documents" Api Person, api::filing::documents, "The documents of a file, page by page.", shape::FILE_DOCUMENTS;
    POST "/api/v1/files/{id}/documents" "api-put-documents" Api REGISTRARS, api::filing::put, "Puts documents into a file; what is refused is named.", shape::PUT_DOCUMENTS;
    POST "/api/v1/files/{id}/removals" "api-take-out" Api REGISTRARS, api::filing::take_out, "Takes a document out of a file.", shape::TAKE_OUT;
    GET "/api/v1/tray" "api-in-tray" Api REGISTRARS, api::tray::list, "What waits to be registered in one registry, page by page.", shape::TRAY;
    GET "/api/v1/tray/{id}" "api-in-tray-item" Api REGISTRARS, api::tray::one, "Something that waits, with the paper that it answers.", shape::TRAY_ITEM;
    GET "/api/v1/tray/{id}/content/{position}" "api-in-tray-content" Api REGISTRARS, api::tray::content, "The bytes of what waits (0), or of what is attached to it, from 1.", shape::TRAY_CONTENT;
    POST "/api/v1/tray/{id}/registrations" "api-in-tray-register" Api REGISTRARS, api::tray::register, "Registers what waits, with its content.", shape::TRAY_REGISTER;
    POST "/api/v1/registries/{code}/tray" "api-in-tray-bring" Api REGISTRARS, api::tray::bring, "Puts a file into the in-tray of a registry; the same bytes are known and come once.", shape::TRAY_BRING;
    POST "/api/v1/registries/{code}/dismissals" "api-in-tray-dismiss" Api REGISTRARS, api::tray::dismiss, "Says of things in the in-tray why they are not registered.", shape::TRAY_DISMISS;
    GET "/api/v1/registries/{code}/mailboxes" "api-mailboxes" Api REGISTRARS, api::tray::mailboxes, "How it stands with the mailboxes of a registry.", shape::MAILBOXES;
    GET "/api/v1/scans" "api-scans" Api REGISTRARS, api::scans::list, "The scans that wait in a registry to be divided into documents.", shape::SCANS;
    GET "/api/v1/scans/{id}" "api-scan" Api REGISTRARS, api::scans::one, "A scan, with what was found on its pages and what becomes of them.", shape::SCAN;
    POST "/api/v1/registries/{code}/scans" "api-bring-scan" Api REGISTRARS, api::scans::bring, "Brings a scan, to be divided into documents.", shape::BRING_SCAN;
    POST "/api/v1/scans/{id}/plans" "api-plan-scan" Api REGISTRARS, api::scans::plan, "Says what becomes of the pages of a scan.", shape::PLAN_SCAN;
    POST "/api/v1/scans/{id}/documents" "api-make-scan" Api REGISTRARS, api::scans::make, "Makes the documents of a scan: each comes into the in-tray.", shape::MAKE_SCAN;
    GET "/api/v1/scans/{id}/pages/{page}" "api-scan-page" Api REGISTRARS, api::scans::picture, "The picture of a page of a scan, counted from 1.", shape::SCAN_PAGE;
    POST "/api/v1/scans/{id}/whole" "api-scan-whole" Api REGISTRARS, api::scans::whole, "Puts a scan into the in-tray as it came, undivided.", shape::SCAN_WHOLE;
    POST "/api/v1/scans/{id}/dismissals" "api-dismiss-scan" Api REGISTRARS, api::scans::dismiss, "Says of a scan why it becomes no document; its content is thrown away.", shape::DISMISS_SCAN;
    GET "/api/v1/copies" "api-copies" Api Person, api::custody::copies, "The numbered copies of a registry, page by page, for its staff; or the one that is called by a name.", shape::COPIES;
    GET "/api/v1/copies/{id}" "api-copy" Api Person, api::custody::copy, "A copy with what happened to it, for the staff and for whom it is with.", shape::COPY;
    GET "/api/v1/dispatches" "api-dispatches" Api Person, api::custody::dispatches, "What went off with a receipt, page by page, for the staff of a registry.", shape::DISPATCHES;
    POST "/api/v1/dispatches/{id}/paper-receipts" "api-paper-receipt" Api Person, api::custody::acts::on_paper, "Writes down a receipt that came back on paper, with its scan.", shape::PAPER_RECEIPT;
    GET "/api/v1/dispatches/{id}" "api-dispatch" Api Person, api::custody::dispatch, "A dispatch with its receipts, for the staff and for whom it is addressed to.", shape::DISPATCH;
    GET "/api/v1/destructions" "api-destructions" Api Person, api::custody::certificates, "The certificates of destruction of a registry, page by page, for its staff.", shape::CERTIFICATES;
    GET "/api/v1/destructions/{id}" "api-destruction" Api Person, api::custody::certificate, "A certificate of destruction, for whoever sees every paper on it.", shape::CERTIFICATE;
    GET "/api/v1/incidents" "api-incidents" Api Person, api::custody::incidents, "What is wrong with copies of a registry, page by page, for its staff.", shape::INCIDENTS;
    GET "/api/v1/incidents/{id}" "api-incident" Api Person, api::custody::incident, "An incident with what was found out, for the staff of its registry.", shape::INCIDENT;
    GET "/api/v1/musters" "api-musters" Api Person, api::custody::musters::musters, "The musters of a registry, page by page, for its staff.", shape::MUSTERS;
    GET "/api/v1/musters/{id}" "api-muster" Api Person, api::custody::musters::muster, "A muster, for the staff of its registry and for the two between whom it hands copies over.", shape::MUSTER;
    GET "/api/v1/musters/{id}/lines" "api-muster-lines" Api Person, api::custody::musters::lines, "The lines of a muster in the order of the logs, page by page.", shape::MUSTER_LINES;
    GET "/api/v1/emergency-list" "api-emergency-list" Api Person, api::custody::emergency, "What is carried away or destroyed first in an emergency, place by place, for the staff of a registry.", shape::EMERGENCY_LIST;
    GET "/api/v1/working-papers" "api-working-papers" Api Person, api::custody::unlogged, "Papers of accountable marking that stand in no log, page by page, for the staff of a registry.", shape::UNLOGGED;
    GET "/api/v1/containers" "api-containers" Api Person, api::custody::containers, "The containers of a registry, with how many copies lie in each, for its staff.", shape::CONTAINERS;
    GET "/api/v1/custody" "api-custody" Api Person, api::custody::counts, "A registry's copies at a glance, for its staff.", shape::COPY_COUNTS;
    GET "/api/v1/registries/{code}/books/{book}" "api-book" Api Person, api::custody::books::book, "A book of a registry, page by page, for its staff: packages, journeys, correspondents, routes, appointments, equipment or transfers.", shape::BOOK;
    GET "/api/v1/books/{id}" "api-book-item" Api Person, api::custody::books::item, "An item of a book with what happened to it, for the staff and for the person with whom it is.", shape::BOOK_ITEM;
    GET "/api/v1/holdings" "api-holdings" Api Person, api::custody::holdings, "The copies for which one answers, and what was sent to one and waits for a receipt.", shape::HOLDINGS;
    POST "/api/v1/registries/{code}/copy-acts" "api-copy-act" Api Person, api::custody::acts::act, "Does something with copies of a registry: numbers, sends, receives, destroys them.", shape::COPY_ACT;
    GET "/api/v1/search" "api-search" Api Person, api::search::search, "Searches in what one may read.", shape::SEARCH;
    GET "/api/v1/searches" "api-searches" Api Person, api::own::searches, "The searches that one keeps, with what each finds and what of it is new.", shape::SEARCHES;
    POST "/api/v1/searches" "api-keep-search" Api Person, api::own::keep_search, "Keeps a search under a name.", shape::KEEP;
    POST "/api/v1/searches/{id}/removals" "api-drop-search" Api Person, api::own::drop_search, "Drops a kept search.", shape::DROP;
    GET "/api/v1/watches" "api-watches" Api Person, api::own::watches, "The profiles that flag papers to one, with what each flags and why.", shape::WATCHES;
    POST "/api/v1/watches" "api-keep-watch" Api Person, api::own::keep_watch, "Keeps a profile that flags papers.", shape::KEEP;
    POST "/api/v1/watches/{id}/removals" "api-drop-watch" Api Person, api::own::drop_watch, "Drops a profile.", shape::DROP;
    POST "/api/v1/watches/{id}/aside" "api-put-aside" Api Person, api::own::put_aside, "Puts papers aside that a profile flags.", shape::ASIDE;
    GET "/api/v1/palette" "api-palette" Api Person, api::own::palette, "Where one may go: pages, what one keeps, what one opened last, papers by reference.", shape::PALETTE;
    GET "/api/v1/quality" "api-quality" Api REGISTRARS, api::quality::figures, "How complete and right the register is, of what one may read.", shape::QUALITY;
    GET "/api/v1/quality/papers" "api-quality-papers" Api REGISTRARS, api::quality::papers, "The papers that break a rule, page by page.", shape::QUALITY_PAPERS;
    GET "/api/v1/organisation" "api-organisation" Api Person, api::organisation::tree, "The units and posts of a day, with who heads, holds and acts.", shape::ORGANISATION;
    GET "/api/v1/organisation/units/{code}" "api-unit" Api Person, api::organisation::one_unit, "A unit of a day with its posts.", shape::UNIT;
    GET "/api/v1/organisation/posts/{code}" "api-post" Api Person, api::organisation::one_post, "A post of a day, with who held it, holds it and will, and who stands in.", shape::POST;
    GET "/api/v1/organisation/people/{id}" "api-duties" Api Person, api::organisation::duties, "What somebody answers for on a day, leave, and who stands in.", shape::DUTIES;
    GET "/api/v1/organisation/contacts" "api-contacts" Api Person, api::organisation::contacts, "Contacts outside, by name, page by page.", shape::CONTACTS;
    GET "/api/v1/organisation/contacts/{id}" "api-contact" Api Person, api::organisation::one_contact, "A contact outside.", shape::CONTACT;
    GET "/api/v1/organisation/lists" "api-distribution-lists" Api Person, api::organisation::lists, "The distribution lists of a day.", shape::LISTS;
    GET "/api/v1/organisation/lists/{code}" "api-distribution-list" Api Person, api::organisation::one_list, "A distribution list, with whom it means on a day.", shape::LIST;
    POST "/api/v1/organisation/acts" "api-organise" Api Person, api::organisation::act, "Does something with units, posts, stand-ins, leave, contacts or distribution lists.", shape::ORGANISE;
    GET "/api/v1/procedures" "api-procedures" Api Person, api::cases::procedures, "The procedures of which one may open a case.", shape::PROCEDURES;
    GET "/api/v1/procedures/{code}" "api-procedure" Api Person, api::cases::procedure, "What a procedure asks for, and through what its cases go.", shape::PROCEDURE;
    GET "/api/v1/cases" "api-cases" Api Person, api::cases::cases, "The cases that one sees, page by page.", shape::CASES;
    GET "/api/v1/cases/figures" "api-case-figures" Api Person, api::figures::figures, "Figures of the cases that one sees, of a stretch of days.", shape::CASE_FIGURES;
    GET "/api/v1/cases/{number}" "api-case" Api Person, api::cases::case, "A case by its number or identifier, with what one may do with it.", shape::CASE;
    GET "/api/v1/cases/{number}/comments" "api-case-comments" Api Person, api::comments::comments, "The table of comments of a case, by number.", shape::CASE_COMMENTS;
    GET "/api/v1/tasks" "api-tasks" Api Person, api::cases::tasks, "One's own open tasks, the first due first.", shape::TASKS;
    POST "/api/v1/case-acts" "api-case-act" Api Person, api::cases::act, "Opens a case, takes a step, does something with a task.", shape::CASE_ACT;
    GET "/api/v1/people" "api-people" Api KEEPERS, api::people::list, "Everyone, by name.", shape::PEOPLE;
    GET "/api/v1/people/directory" "api-directory-differences" Api OFFICERS, api::belonging::differences, "What the directory's groups say, and where the house differs.", shape::DIRECTORY;
    POST "/api/v1/people" "api-add-person" Api KEEPERS, api::people::add, "Adds a person, who can do nothing yet.", shape::ADD_PERSON;
    GET "/api/v1/people/{id}" "api-person" Api Person, api::people::one, "A person with what he is authorised to: oneself, or anyone for those who keep the list.", shape::PERSON;
    POST "/api/v1/people/{id}/changes" "api-change-person" Api KEEPERS, api::people::change, "Changes what is known of a person.", shape::CHANGE_PERSON;
    POST "/api/v1/people/{id}/proposals" "api-propose" Api OFFICERS, api::people::propose, "Proposes a clearance, briefing, role or membership.", shape::PROPOSE;
    POST "/api/v1/people/{id}/roles" "api-assign-role" Api KEEPERS, api::people::assign, "Gives a role that gives no sight of content.", shape::ASSIGN;
    POST "/api/v1/people/{id}/one-time-code" "api-one-time-code" Api OFFICERS, api::people::one_time_code, "Gives a new one-time code; the password and every session end.", shape::ONE_TIME_CODE;
    GET "/api/v1/endings" "api-endings" Api OFFICERS, api::why::endings, "Whose certificates and briefings end soon or have ended.", shape::ENDINGS;
    GET "/api/v1/proposals" "api-proposals" Api OFFICERS, api::people::proposals, "What waits for a second security officer.", shape::PROPOSALS;
    POST "/api/v1/proposals/{id}/confirmations" "api-confirm" Api OFFICERS, api::people::confirm, "Confirms a proposal that another made.", shape::CONFIRM;
    POST "/api/v1/authorisations/{id}/revocations" "api-revoke" Api OFFICERS, api::people::revoke, "Ends an authorisation at once.", shape::REVOKE;
    GET "/api/v1/house" "api-house" Api KEEPERS, api::keeping::house, "The house: its bodies, groups, registries and series.", shape::HOUSE;
    POST "/api/v1/bodies" "api-establish-body" Api ADMINISTRATORS, api::keeping::body, "Establishes a body.", shape::NEW_BODY;
    POST "/api/v1/groups" "api-form-group" Api KEEPERS, api::keeping::group, "Forms a need-to-know group.", shape::NEW_GROUP;
    POST "/api/v1/registries" "api-open-registry" Api ADMINISTRATORS, api::keeping::open, "Opens a registry.", shape::NEW_REGISTRY;
    POST "/api/v1/registries/{code}/changes" "api-change-registry" Api ADMINISTRATORS, api::keeping::change, "Changes what a registry is called and may hold, with a reason.", shape::CHANGE_REGISTRY;
    POST "/api/v1/series" "api-adopt-series" Api ADMINISTRATORS, api::keeping::adopt, "Adopts a file of series.", shape::ADOPT_SERIES;
    POST "/api/v1/series/{code}/entrustings" "api-entrust-series" Api ADMINISTRATORS, api::keeping::entrust, "Entrusts the numbers of a series to a registry.", shape::ENTRUST;
    GET "/api/v1/policies" "api-policies" Api Person, api::house::policies, "The policies in force: the words of which labels are made.", shape::POLICIES;
    GET "/api/v1/ledgers" "api-ledgers" Api INSPECTORS, api::ledgers::list, "Every ledger with its size and newest checkpoint.", shape::LEDGERS;
    POST "/api/v1/ledgers/verifications" "api-verify" Api INSPECTORS, api::ledgers::verify, "Verifies every ledger.", shape::VERIFY;
    GET "/api/v1/openapi.json" "api-description" Api Anyone, api::house::description, "This description.", shape::DESCRIPTION;
}
