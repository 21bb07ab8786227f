# Each page's own words.

# The desk
desk-late = { $n ->
    [0] Nothing is late
    [one] One thing is late
   *[other] { $n } things are late
}
desk-waiting = { $n ->
    [0] nothing waits for you
    [one] one waits for you
   *[other] { $n } wait for you
}
desk-day = { $late }, { $waiting }.
desk-what = What
desk-from = From
desk-due = Due
desk-arrived = Arrived for you
desk-recent = Opened lately
desk-holdings = Documents you can read, by marking
desk-expiring = Clearances that end soon
desk-confirm = Waiting for a second person
desk-caption = What waits for you
desk-empty = Nothing waits for you
desk-empty-would = Documents sent to you, proposals to confirm and answers from the registry appear here.

# The register and its documents
register-title = Register
register-new = Register a document
register-caption = Documents, newest first
register-all = All
register-mine = Registered by me
register-undetermined = Marking undetermined
register-month = This month
register-empty = Nothing is registered yet
register-empty-would = Every document that you may see would stand here, newest first, with its reference, marking and date.
register-none-match = No document matches
register-none-match-would = Nothing that you may see fits what the list is narrowed to.
register-total = { $n ->
    [one] { $n } document
   *[other] { $n } documents
}
column-subject = Subject
column-reference = Reference
column-marking = Marking
column-date = Date
column-registered = Registered
column-originator = Originator
column-kind = Kind
column-registry = Registry
column-year = Year
column-name = Name
column-post = Post
column-clearance = Clearance
column-valid = Valid until
column-nation = Nation
column-state = State
column-number = Number
column-when = When
column-who = Who
column-count = Number

kind-incoming = Incoming
kind-outgoing = Outgoing
kind-internal = Internal
kind-created = Created here

document-read = Read
document-entry = Entry
document-versions = Versions
document-citations = Citations
document-history = History
document-about = About
document-from = From
document-to = Addressees
document-dated = Dated
document-registered-by = Registered by
document-registry = Registry
document-other-references = Also known as
document-foreign-reference = Their reference
document-marking = Marking
document-subject-marking = Subject marked
document-pages = { $n ->
    [one] { $n } page
   *[other] { $n } pages
}
document-enclosures = { $n ->
    [one] { $n } enclosure
   *[other] { $n } enclosures
}
document-file = File
document-files = Files
document-download = Download
document-fingerprint = Fingerprint
document-why = You see this because
document-why-read = you are cleared to { $level }, today
document-why-handle = your registry holds it: you may handle it, not read it
document-handle-title = You may handle this document, not read it
document-handle-text = Its reference, date, marking, copies and holders are shown because your registry keeps them. Subject and content are for those who are cleared.
document-elsewhere = Held elsewhere
document-elsewhere-text = Only the entry is registered here. The document is held: { $place }
document-no-text = No text could be read from this file
document-text-encrypted = The file is encrypted. It is kept as it came.
document-text-damaged = The file is damaged. It is kept as it came.
document-text-limits = The file goes beyond what the reader may spend on it. It is kept as it came.
document-text-mislabelled = The file is not of the kind that its name says. It is kept as it came.
document-quarantined = This file behaved in a hostile way and is in quarantine. Nobody can open it here.
document-indexing = Being indexed: it can be opened, and found in a moment.
document-undetermined = Marking undetermined
document-undetermined-text = Until a controller decides on the marking, only the controllers of the registering registry see this.
document-version = Version { $n }
document-current = current
document-cites = Refers to
document-cited-by = Referred to by
document-unresolved = not known here
document-correct = Correct the entry
document-decide-marking = Decide the marking
document-print = Print
document-registered-as = Registered as { $reference }.
document-stage-dated = Dated
document-stage-received = Received
document-stage-registered = Registered
document-stage-sealed = Sealed
document-stage-review = Review
document-stage-archives = Archives

# Registering
form-register-title = Register a document
form-register-text = Choose or drop the file: what stands on it is read and proposed, and you confirm.
form-read-title = Confirm what was read
form-read-text = { $n ->
    [0] Nothing could be read off { $file }. Please fill the fields in.
    [one] One field was read off { $file }. Compare it with the document before you confirm.
   *[other] { $n } fields were read off { $file }. Compare them with the document before you confirm.
}
form-file = Document
form-file-hint = Word, OpenDocument, PDF, e-mail or plain text
form-paper = It is on paper, or held on another system
form-held = Where it is held
form-held-hint = For example "safe 4, shelf 2" or the name of the system
form-registry = Registry
form-kind = Kind
form-reference = Reference of the originator
form-reference-hint = As it stands on the document; your registry's own number is given when you register
form-date = Date of the document
form-originator = Originator
form-addressees = Addressees
form-subject = Subject
form-subject-hint = As on the document. It is shown to everyone who may see the entry.
form-marking = Marking
form-level = Level
form-categories = Categories
form-releasable = Releasable to
form-undetermined = Undetermined: a controller shall decide
form-language = Language of the document
form-cites = References cited
form-remarks = Remarks
form-read = Read the document
form-submit = Register
form-cancel = Cancel
place-page-line = page { $page }, line { $line }
place-page = page { $page }
place-properties = the properties of the file
place-header = the head of the message

# Search
search-title = Search
search-of = Search for
search-total = { $n ->
    [0] Nothing found
    [one] { $n } document
   *[other] { $n } documents
}
search-caption = Documents found, best first
search-help = Words, "a phrase in quotation marks", and from: to: marking: before: after: ref:
search-help-title = How to search
search-help-words = All the words must occur, in any form: arrange finds arrangements.
search-help-phrase = "host nation" finds the two words side by side.
search-help-from = from:plans and to:"military committee" look at originator and addressees.
search-help-marking = marking:secret finds every marking of that level.
search-help-dates = after:2024-05 before:2026 look at the date of the document; undated ones are left out.
search-help-ref = ref:MCM-0041-2010 finds a reference in any spelling. A reference alone goes straight to its document.
search-none = Nothing that you may see fits
search-none-would = Try fewer words, or the reference. What you may not see is not found, and is not counted.
search-unread = not searched: { $part }
search-sort-best = Best first
search-sort-newest = Newest first

# People
people-title = People
people-add = Add a person
people-caption = People of this headquarters, by name
people-empty = No people yet
people-empty-would = Everyone who may sign in or hold a document would stand here, with their clearance.
person-clearances = Clearances
person-clearance-caption = Clearances and briefings
person-propose = Propose a clearance
person-confirm = Confirm
person-decline = Decline
person-level = Cleared to
person-briefed = Briefed for
person-valid-from = From
person-valid-until = Until
person-certificate = Certificate
person-authority = Authority
person-roles = Functions
person-nation = Nation
person-login = Signs in as
person-proposed-by = Proposed by { $name }, { $when }
person-confirmed-by = Confirmed by { $name }, { $when }
person-founding = From the founding entry
person-no-clearance = No certificate
person-no-clearance-text = Without one, this person sees unclassified documents, and those for which a briefing suffices.
person-in-force = in force
person-proposed = waits for a second person
person-expired = ended
person-expires-soon = ends { $when }
person-revoke = Revoke
person-sign-out-everywhere = Sign out everywhere
person-new-code = Give a new one-time code
person-one-time-code = One-time code for { $name }
person-one-time-code-text = Hand it over in person. It works once, until { $until }, and is not shown again.
person-not-yourself = You cannot change your own clearance: another security officer does.
role-registry-clerk = Registry clerk
role-controller = Controller
role-security-officer = Security officer
role-administrator = Administrator
role-inspector = Inspector
role-reader = Reader

# The ledger
ledger-title = Ledger
ledger-text = Every change of the register is an entry here. Entries are never altered; a signed checkpoint proves it.
ledger-caption = Entries, newest first
ledger-entry = Entry
ledger-entries = Entries
ledger-checkpoint = Last signed checkpoint
ledger-root = Root
ledger-signed = Signed
ledger-key = Public key
ledger-proof = Headers for an inspector
ledger-full = Full export
ledger-verified = Verified { $when }: whole and unaltered
ledger-broken = The ledger does not agree with itself from entry { $n } on
ledger-verify = Verify now
ledger-act = Act
ledger-actor = By
ledger-empty = No entries yet
ledger-empty-would = The first act in this registry becomes the first entry.
act-founding = Founding
act-registered = Document registered
act-version-added = Version added
act-corrected = Entry corrected
act-marking-decided = Marking decided
act-person-added = Person added
act-clearance-proposed = Clearance proposed
act-clearance-confirmed = Clearance confirmed
act-clearance-revoked = Clearance revoked
act-signed-in = Signed in

# The first page of the demonstration
demo-title = A headquarters to try
demo-text = Invented people, invented papers, a real register. Everyone below sees a different part of it.
demo-who = Who can sign in
demo-try = Five things worth trying
demo-name = Name
demo-sees = Sees
demo-password = Password for all of them:
demo-as = Sign in as { $name }
demo-caption = The people of the demonstration

ask-title = The registry has your question
ask-text = It will answer on your desk. Nothing was disclosed by asking.
