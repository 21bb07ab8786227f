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
desk-expiring = Yours that end soon
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
column-series = Series
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
media-text-plain = plain text
media-application-pdf = PDF
media-message-rfc822 = e-mail
media-image-png = PNG picture
media-image-jpeg = JPEG picture
media-image-tiff = TIFF picture
media-text-html = web page
media-application-vnd-openxmlformats-officedocument-wordprocessingml-document = Word document
media-application-vnd-openxmlformats-officedocument-spreadsheetml-sheet = Excel workbook
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
document-download-file = Download { $name }
document-attached = Attached
document-fingerprint = Fingerprint
document-why = You see this because
document-why-read = you are cleared to { $level }, today
document-why-handle = Your registry holds it: you may handle it, not read it
document-handle-title = You may handle this document, not read it
document-handle-text = Its reference, date and marking are shown because your registry keeps it. Its content is for those who are cleared.
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
person-login = Sign-in name
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


# The pages as they stand: registering, people, ledgers, one's own account.
desk-since = Since
desk-confirm-one = Confirm a proposal
desk-empty-now = Proposals to confirm and documents whose marking is undetermined appear here.
desk-empty-reader = What concerns you appears here: papers that changed since you read them, and what you had out too long.
desk-more = More wait than are shown here.
desk-newest = Registered last, of what you may read
desk-newest-none = Nothing that you may read is registered yet.
desk-registries = What you see, by registry
desk-expiring-none = None of yours ends within six months.

register-handle-only = you may handle it, not read it
register-list = Documents
register-first-page = Back to the first page
register-none-beyond = The list ends before this place.
column-size = Size

document-views = Views of the document
document-info = For information
document-need-to-know = Need to know
document-text-cut = The text goes on. Download the file to read all of it.
document-no-versions = No file is kept here
document-no-versions-would = Files of this document would stand here, newest first, each with its fingerprint.
reading-text = Its text was read.
reading-recognised = Its words were recognised in the picture of a scan: some may be wrong.
reading-no-text = It was read and holds no text.
reading-not-read = Files of this kind are not read. It is kept as it came.
reading-chip-text = text read
reading-chip-recognised = recognised in a scan
reading-chip-no-text = no text in it
reading-chip-encrypted = encrypted
reading-chip-damaged = damaged
reading-chip-over-limit = beyond the limits
reading-chip-mislabelled = not what its name says
reading-chip-quarantined = quarantined
reading-chip-not-read = not read
flag-macros = macros in it
flag-external-content = points to content elsewhere
flag-embedded-files = other files in it
flag-unsafe-names = names that climb out of folders
flag-hidden-text = hidden text in it
flag-tracked-deletions = deletions tracked in it
flag-comments = comments in it
flag-partly-read = read in part
flag-sealed = signed or sealed
language-en = English
language-fr = French

kind-letter = Letter
kind-memorandum = Memorandum
kind-note = Note
kind-message = Message
kind-telegram = Telegram
kind-report = Report
kind-request = Request
kind-minutes = Minutes
kind-decision-sheet = Decision sheet
kind-study = Study
kind-working-paper = Working paper
kind-order = Order
kind-directive = Directive
kind-agenda = Agenda
kind-e-mail = E-mail
kind-document = Other document

form-register-now = The file is sealed as it arrives. The registry’s own number is given when you register.
form-direction = Direction
form-action = Action addressees
form-info = Information addressees
form-one-a-line = One a line
form-other-references = Other references
form-policy = Security policy
marking-set-additional-sensitivity = Additional sensitivity
marking-set-releasable-to = Releasable to
marking-set-only = Only
marking-set-administrative = Administrative
form-policy-hint = After changing it, show its levels; what you typed is kept.
form-policy-go = Show its levels
form-subject-level = Marking of the subject
form-subject-level-hint = Leave it empty where the subject is marked as the document
form-obsolete = { $name } (no longer given)
form-obsolete-short = no longer given
form-groups = Need to know
form-groups-hint = Only members of one of the groups ticked may read it. None ticked: everyone who is cleared.
form-groups-also = And also a member of
form-groups-also-hint = One of these is needed beside one of those above
form-persons-hint = One person a line, by sign-in name or full name. Nobody named: no access list
form-day-hint = For example 12 March 2026 or 2026-03-12
form-duplicate = This content is registered as
form-registered-blind = It is registered. Its marking, or the groups that need to know, do not let you open it; whoever may will find it under this reference.

search-begin = Type words or a reference into the box above.

people-total = { $n ->
    [one] { $n } person
   *[other] { $n } people
}
people-filter = Name, post or sign-in name
people-filter-go = Narrow the list
people-none = Nobody of that name
people-none-would = People whose name, post or sign-in name holds these letters would stand here.
people-add-text = A new person can do nothing yet: clearances, briefings and functions are proposed by one security officer and confirmed by another.
person-name = Name
person-title = Rank and post
person-title-hint = As it is shown under the name
person-login-hint = Small letters, digits, full stops and hyphens
person-nation-hint = Three letters, for example BEL
person-language = Language
person-body = Body
person-open = To the person’s file
person-one-time-code-where = The person chooses a password, as { $login }, on the page that “You have a one-time code?” leads to.
person-one-time-code-shown = The account is in use already, or the code was shown to whoever added the person. A security officer can give a new one from the person’s file.
person-held = Clearances, briefings, functions, groups
person-held-unseen = What people are authorised to is for security officers and for themselves.
person-holds-nothing = Nothing is held and nothing proposed
person-what = What
person-revoked = revoked
person-acts = What you can do
person-new-code-text = For a forgotten password. It ends the present password and every session.
person-assign = Give a function in a registry
person-assign-text = Clerks and assistants handle entries; it gives them no sight of content.
person-assign-go = Give it
person-role = Function
person-role-registry-hint = For clerks, controllers and assistants
person-propose-briefing = Propose a briefing
person-propose-role = Propose a function
person-propose-group = Propose a need-to-know group
person-propose-go = Propose
person-propose-text = For { $name }. Another security officer confirms it before it holds.
person-authority-hint = Who issued the certificate
person-briefed-on = Briefed on
person-was-proposed = Proposed: { $what }
person-was-confirmed = Confirmed: { $what }
held-briefing = Briefed for { $policy } { $subject }
held-role-in = { $role }, { $registry }
held-group = Group: { $group }
held-clearance-short = Clearance
held-briefing-short = Briefing
held-role-short = Function
held-group-short = Need-to-know group
role-clerk = Registry clerk
role-assistant = Registry assistant
revoke-title = End an authorisation
revoke-text = { $what }, held by { $name }. It ends at once, and stays in the history.
revoke-reason = Reason
revoke-reason-hint = It is kept in the ledger. Write nothing here that is classified.
done-proposed = Proposed. Another security officer has to confirm it.
done-confirmed = Confirmed. It holds from now on, within its dates.
done-revoked = Ended. It holds no longer.
done-assigned = The function is given.

ledger-house = The house itself
ledger-of = Ledger
ledger-last = Last entry
ledger-list = Ledgers
ledger-unsigned = nothing signed yet
ledger-signed-over = { $n ->
    [one] over { $n } entry
   *[other] over { $n } entries
}
ledger-not-verified = not verified now
ledger-whole = whole and unaltered
ledger-found = { $n ->
    [one] { $n } fault
   *[other] { $n } faults
}
ledger-agrees = { $n ->
    [one] One entry of { $ledgers } ledgers agrees: whole and unaltered.
   *[other] All { $n } entries of { $ledgers } ledgers agree: whole and unaltered.
}
ledger-disagrees = { $n ->
    [one] The ledgers do not agree with themselves: { $n } fault.
   *[other] The ledgers do not agree with themselves: { $n } faults.
}
ledger-disagrees-remedy = Stop registering, keep the data folder as it is, and compare it with the last export and the printed checkpoints.
ledger-not-indexed = Documents that are not searched whole
ledger-not-indexed-text = Their words cannot be read. They are found by subject and reference, and tried again every hour: put the file back from a backup, or ask the registry to register the paper anew.
ledger-faults = What is wrong
ledger-key-text = Keep it apart from this machine: with it anyone can verify an export and every checkpoint.
ledger-offline = To verify on another machine
ledger-offline-text = Export the headers, carry them away, and compare them there with the key and the checkpoints in your safe. Not one classified word is in them.

account-title = Your account
account-file = your file
account-sessions = Where you are signed in
account-what = By
account-began = Since
account-used = Last used
account-ends = Ends at the latest
account-browser = A browser
account-token-kind = Token of a program
account-this = this one
account-everywhere-text = Ends every session and every token, this one too.
account-language = Language of the pages
account-token = Token for a program
account-token-text = A program with this token sees and does what you may, for ninety days.
account-token-name = What the token is for
account-token-hint = For example: monthly report
account-token-make = Make a token
account-token-made = The token
account-token-once = Copy it now: it is not shown again.


prove-password = Your password, once more
prove-text = You signed in more than a quarter of an hour ago. Your password shows that it is still you who sits here.
confirm-title = Confirm
confirm-what = { $what }, for { $name }
person-revoked-by = Ended by { $name }, { $when }
person-was-revoked = Ended: { $what }
account-token-ceiling = Up to
account-token-ceiling-hint = For a program in a network that may see less than you. It then sees nothing of other policies. Nothing chosen: whatever you may see.
account-up-to = Up to { $marking }

correct-text = Change what is wrong. The old values stay in the history, with your reason.
correct-reason = Reason
correct-reason-hint = Kept in the ledger and shown in the history
correct-go = Correct
correct-nothing = nothing
correct-access-list = Access list
correct-persons = { $n ->
    [one] { $n } person
   *[other] { $n } persons
}
done-corrected = Corrected. The old values stay in the history.

form-file-read = Read the file
form-file-waits = Sealed; it waits here until you register, for a day.
form-file-other = Another file takes the place of the one above
form-file-proposed = { $n ->
    [one] Sealed. { $n } field was read off it: check it, then register.
   *[other] Sealed. { $n } fields were read off it: check them, then register.
}
read-line = line { $n }
read-header = the message’s { $name }
read-property = the file’s { $name }
read-file-name = the file’s name
