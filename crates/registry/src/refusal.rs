//! Why a command or a query is refused: a stable code, the field it is about, and the words' arguments.
//!
//! Use a [`Refusal`] whenever the one who asked can do something about it (mend the form, ask another person,
//! wait). What the machine could not do is an error of the room where it happened, never a refusal. The words
//! stand in `house/texts`, in both languages, under `refusal-<code>` and `refusal-<code>-remedy`.

use std::fmt;

use serde::Serialize;

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $text:literal),* $(,)?) => {
        /// The stable code of a refusal.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Code { $($(#[$doc])* $name),* }

        impl Code {
            /// Every code there is.
            pub const ALL: &'static [Code] = &[$(Code::$name),*];
            /// As it stands in answers and texts.
            pub const fn as_str(self) -> &'static str { match self { $(Code::$name => $text),* } }
        }
    };
}

codes! {
    /// Not there, or not for this caller: the two look alike on purpose.
    NotFound = "not-found",
    /// Nobody is signed in.
    NotSignedIn = "not-signed-in",
    /// Login or password wrong: the two look alike.
    SignInFailed = "sign-in-failed",
    /// The password that somebody who is signed in gave once more is not his.
    PasswordWrong = "password-wrong",
    /// Too many failed attempts.
    LockedOut = "locked-out",
    /// A one-time code is wrong, used or too old.
    CodeExpired = "code-expired",
    /// A password shorter than the house allows.
    PasswordTooShort = "password-too-short",
    /// The two passwords typed are not the same.
    PasswordsDiffer = "passwords-differ",
    /// The act needs a role that the caller has not.
    Forbidden = "forbidden",
    /// The thing changed meanwhile.
    Conflict = "conflict",
    /// What is asked for is what is there already.
    NothingChanged = "nothing-changed",
    /// The same command id came with another body.
    CommandIdReused = "command-id-reused",
    /// A field that must be filled in is empty.
    Required = "required",
    /// A field is longer than it may be.
    TooLong = "too-long",
    /// A field has a value that is not one of those offered.
    NotOffered = "not-offered",
    /// A file that should be a picture and is none.
    NotAPicture = "not-a-picture",
    /// A file without a byte.
    EmptyContent = "empty-content",
    /// A file that ended before its announced length.
    TruncatedUpload = "truncated-upload",
    /// A file over the size limit.
    OverSize = "over-size",
    /// A security policy that this installation does not have.
    UnknownPolicy = "unknown-policy",
    /// A label that its policy does not allow.
    InvalidLabel = "invalid-label",
    /// No such day.
    ImpossibleDate = "impossible-date",
    /// A period that ends before it begins.
    ImpossiblePeriod = "impossible-period",
    /// A certificate that runs longer than the house allows for its level.
    PeriodTooLong = "period-too-long",
    /// An extension that does not end after what it extends.
    NotLater = "not-later",
    /// An extension by more than the house allows.
    ExtensionTooLong = "extension-too-long",
    /// What is to be extended is no clearance in force.
    NotExtendable = "not-extendable",
    /// A nationality that was confirmed is replaced, not ended.
    NationalityStands = "nationality-stands",
    /// Somebody who has left still holds what two persons gave him.
    StillHolds = "still-holds",
    /// The same content is already registered, where the caller may see it.
    DuplicateInScope = "duplicate-in-scope",
    /// Content above what this installation may hold.
    AboveCeiling = "above-ceiling",
    /// A category of which only the existence may be recorded.
    ExistenceOnly = "existence-only",
    /// Neither content nor the place where it is held was given.
    NoContent = "no-content",
    /// A file that attacks whoever opens it.
    Quarantined = "quarantined",
    /// Nobody clears, briefs or appoints himself.
    OwnClearance = "own-clearance",
    /// A second person must confirm.
    SamePerson = "same-person",
    /// No proposal of that name waits.
    NoProposal = "no-proposal",
    /// The proposal is not the one that was read.
    ProposalChanged = "proposal-changed",
    /// The act needs a person in his own name, not the holder of the key.
    NeedsPerson = "needs-person",
    /// The act needs a password that was proven a short while ago.
    SignInNotFresh = "sign-in-not-fresh",
    /// The organisation's directory does not answer.
    DirectoryGone = "directory-gone",
    /// The directory's answer is not one that can be trusted.
    DirectoryUntrusted = "directory-untrusted",
    /// The directory does not know this installation, or says no login name.
    DirectorySettings = "directory-settings",
    /// The directory, or the person there, said no.
    DirectoryDeclined = "directory-declined",
    /// What came back belongs to no sign-in that this browser began a short while ago.
    DirectoryAnew = "directory-anew",
    /// The directory's word has expired, or the clocks differ.
    DirectoryClock = "directory-clock",
    /// Whom the directory vouches for is nobody here.
    DirectoryUnknown = "directory-unknown",
    /// The directory vouches under this login for another than it did before.
    DirectoryChanged = "directory-changed",
    /// Another signed in at the directory than the one whose session this is.
    DirectoryOther = "directory-other",
    /// No passkeys are set up in this installation.
    PasskeysShut = "passkeys-shut",
    /// The passkey that answered opens nothing here, or answered too late.
    PasskeyFailed = "passkey-failed",
    /// No certificate came with the request.
    CertificateMissing = "certificate-missing",
    /// The certificate that came is nobody's here.
    CertificateUnknown = "certificate-unknown",
    /// An inspector who is not cleared for everything that this installation may hold.
    BelowCeiling = "below-ceiling",
    /// Somebody keeps as many things of a sort as he may.
    TooManyKept = "too-many-kept",
    /// Something else that the person keeps has this name.
    NameTaken = "name-taken",
    /// No registry with this code.
    RegistryUnknown = "registry-unknown",
    /// No such person.
    PersonUnknown = "person-unknown",
    /// Several persons bear this name.
    PersonAmbiguous = "person-ambiguous",
    /// No such need-to-know group.
    GroupUnknown = "group-unknown",
    /// Another person has this login.
    LoginTaken = "login-taken",
    /// Another registry, body or group has this code.
    CodeTaken = "code-taken",
    /// A code with characters that a reference can't carry.
    CodeForm = "code-form",
    /// A file of series that can't be used, or a code whose references could be those of another series.
    SeriesUnusable = "series-unusable",
    /// No series with this code, or none of which this is a reference.
    SeriesUnknown = "series-unknown",
    /// Numbers of this series are given elsewhere.
    SeriesElsewhere = "series-elsewhere",
    /// Numbers of this series were given already: how it counts, and who counts, stays.
    SeriesInUse = "series-in-use",
    /// A series that is not in force on this day.
    SeriesNotInForce = "series-not-in-force",
    /// No more numbers of this count are given.
    CountClosed = "count-closed",
    /// The count has begun already.
    CountBegun = "count-begun",
    /// A series whose papers take their number when they are signed.
    NumberAtSignature = "number-at-signature",
    /// A paper has the number.
    NumberTaken = "number-taken",
    /// The number was struck out.
    NumberVoid = "number-void",
    /// The number was not reached yet.
    NumberNeverGiven = "number-never-given",
    /// A number outside of what the series can write.
    NumberRange = "number-range",
    /// No number is kept under this name.
    NoReservation = "no-reservation",
    /// A file that was sent before does not wait here any more.
    StageGone = "stage-gone",
    /// Something that is no date-time group.
    NoDateTimeGroup = "no-date-time-group",
    /// What waited in the in-tray was registered or dismissed meanwhile.
    TraySettled = "tray-settled",
    /// As much waits in an in-tray as one may hold.
    TrayFull = "tray-full",
    /// A scan that was made into documents or dismissed meanwhile.
    ScanSettled = "scan-settled",
    /// A scan of which no page is left for a document.
    ScanEmpty = "scan-empty",
    /// A file that is no scan of pages.
    NotAScan = "not-a-scan",
    /// A file that was sent before was sealed for another registry.
    StagedElsewhere = "staged-elsewhere",
    /// What names no copy.
    CopyName = "copy-name",
    /// There is no such copy in the registry's books.
    CopyUnknown = "copy-unknown",
    /// A copy of another registry.
    CopyElsewhere = "copy-elsewhere",
    /// A copy is named twice.
    CopyTwice = "copy-twice",
    /// A number that no copy can have.
    CopyNumber = "copy-number",
    /// Another copy of the paper has the number.
    CopyNumberTaken = "copy-number-taken",
    /// Something that would have happened to a copy before it existed, or before what happened to it last.
    CopyBefore = "copy-before",
    /// A copy that is destroyed.
    CopyDestroyed = "copy-destroyed",
    /// A copy for which another registry answers.
    CopyTransferred = "copy-transferred",
    /// A copy that is not accountable any more.
    CopyReleased = "copy-released",
    /// A copy that is on its way.
    CopyUnderWay = "copy-under-way",
    /// A copy that is missing.
    CopyMissing = "copy-missing",
    /// A copy that did not go with this dispatch.
    CopyNotSent = "copy-not-sent",
    /// A copy that stands on a certificate of destruction.
    CopyDrawnUp = "copy-drawn-up",
    /// A PDF that cannot be stamped, and must be.
    NotStamped = "not-stamped",
    /// A file that is no scan of a receipt that can be shown.
    ReceiptScan = "receipt-scan",
    /// A copy that is not on loan.
    NotOnLoan = "not-on-loan",
    /// A loan that would end no later than it does.
    LoanNotLonger = "loan-not-longer",
    /// A loan that would be over before it begins.
    BackBeforeSent = "back-before-sent",
    /// A registry borrows nothing of another: it takes over, or sends back.
    NoLoanThere = "no-loan-there",
    /// A shelf of no container.
    ShelfOfNothing = "shelf-of-nothing",
    /// A copy that is not in the registry's hands.
    CopyOut = "copy-out",
    /// Pages were to be counted.
    PagesNeeded = "pages-needed",
    /// There is no copy to be counted.
    NothingToCount = "nothing-to-count",
    /// A copy that was sighted before.
    SightedAlready = "sighted-already",
    /// A copy that would have been seen before the muster was opened.
    MusterBefore = "muster-before",
    /// A muster whose count has ended.
    MusterClosed = "muster-closed",
    /// A muster whose count has not ended.
    MusterNotClosed = "muster-not-closed",
    /// Copies of a muster are neither sighted nor covered nor reported.
    MusterOpenLines = "muster-open-lines",
    /// Somebody who is not one of the two between whom copies are handed over.
    NotNamed = "not-named",
    /// A copy of a paper that is still accountable.
    StillAccountable = "still-accountable",
    /// A moment that has not come yet.
    NotYet = "not-yet",
    /// The marking of the paper is open: its copies cannot be put into a log.
    MarkingOpen = "marking-open",
    /// The house has no log for this marking.
    NoLog = "no-log",
    /// Only the registry that issued it makes and destroys copies.
    IssuerAlone = "issuer-alone",
    /// A container that may not hold such papers.
    ContainerNotApproved = "container-not-approved",
    /// Whoever shall have the copy is not cleared for it.
    ReceiverClearance = "receiver-clearance",
    /// Whoever shall have it is not briefed.
    ReceiverBriefing = "receiver-briefing",
    /// Whoever shall have it does not need to know.
    ReceiverNeedToKnow = "receiver-need-to-know",
    /// Whoever shall have it stands not on the access list.
    ReceiverAccessList = "receiver-access-list",
    /// The paper is not releasable to him.
    ReceiverRelease = "receiver-release",
    /// The papers go past the registry above, which has not approved it.
    RouteNotApproved = "route-not-approved",
    /// A day or a moment that is past.
    AlreadyPast = "already-past",
    /// Something is named twice.
    NamedTwice = "named-twice",
    /// The outer wrapping would say what is within.
    OuterMarked = "outer-marked",
    /// The receipt is in another package.
    Packed = "packed",
    /// The courier would arrive before he leaves.
    BeforeItLeaves = "before-it-leaves",
    /// Papers that nobody carries by hand.
    NotByHand = "not-by-hand",
    /// A package that does not go by courier.
    NotByCourier = "not-by-courier",
    /// A courier's certificate is asked for later than the rules want.
    ShortNotice = "short-notice",
    /// A certificate or a package is on one journey already.
    OneJourney = "one-journey",
    /// What cannot happen to an item of a book as it stands.
    ItemStage = "item-stage",
    /// It would have happened before what happened to the item last.
    ItemBefore = "item-before",
    /// Whoever shall have the equipment is not cleared for what it held.
    EquipmentClearance = "equipment-clearance",
    /// A level that is not above the one that stands there.
    NotHigher = "not-higher",
    /// Who is given a paper to open it here is a person of the house.
    ElectronicPerson = "electronic-person",
    /// Whoever shall open it here may not.
    ReaderNotAdmitted = "reader-not-admitted",
    /// No copy of the paper is free.
    NoFreeCopy = "no-free-copy",
    /// Nobody answers for a copy of the paper.
    NoHolders = "no-holders",
    /// A copy that does not wait for what was told.
    NotToPost = "not-to-post",
    /// What was recalled is done when it is back.
    RecallReturns = "recall-returns",
    /// Of a copy that is elsewhere the letter is named that says so.
    LetterNeeded = "letter-needed",
    /// No paper of the registry has the reference, or several have it.
    PaperUnknown = "paper-unknown",
    /// The receipt is given already.
    ReceiptGiven = "receipt-given",
    /// The certificate bears this signature already.
    SignedAlready = "signed-already",
    /// The clock stands behind the ledger.
    ClockBack = "clock-back",
    /// The disk or the database holds no more.
    StorageFull = "storage-full",
    /// The disk or the database may only be read.
    StorageReadOnly = "storage-read-only",
    /// The database does not answer.
    StorageAway = "storage-away",
    /// The content was destroyed; the entry stays.
    ContentDestroyed = "content-destroyed",
    /// The sealed file is not what was kept, or not there.
    ContentDamaged = "content-damaged",
    /// A code of a file with characters that it can't carry.
    FileCodeForm = "file-code-form",
    /// Another file of the plan has this code.
    FileCodeTaken = "file-code-taken",
    /// A file can't stand under itself.
    FileLoop = "file-loop",
    /// More levels than a plan may have.
    FileTooDeep = "file-too-deep",
    /// The file is closed.
    FileClosed = "file-closed",
    /// Files below it are open.
    FileHasOpenFiles = "file-has-open-files",
    /// A volume of the file is open.
    VolumeOpen = "volume-open",
    /// No volume of the file is open.
    NoOpenVolume = "no-open-volume",
    /// The document is in the file already.
    AlreadyFiled = "already-filed",
    /// The document is not in the file.
    NotFiled = "not-filed",
    /// The document is another registry's than the file.
    OtherRegistry = "other-registry",
    /// Somebody has the document out.
    CheckedOut = "checked-out",
    /// Nobody has the document out.
    NotCheckedOut = "not-checked-out",
    /// An accountable paper is reproduced by authority only.
    ReproductionUnauthorised = "reproduction-unauthorised",
    /// A person who may not read the paper.
    NotAdmitted = "not-admitted",
    /// More documents chosen than one act takes.
    TooManyChosen = "too-many-chosen",
    /// The same row of an old register is taken over already, where the caller may see it.
    TakenOver = "taken-over",
    /// A workbook that is locked with a password.
    WorkbookLocked = "workbook-locked",
    /// A file that is no workbook, or a broken one.
    WorkbookUnreadable = "workbook-unreadable",
    /// A workbook of which no sheet says anything.
    WorkbookEmpty = "workbook-empty",
    /// No column is the subject.
    NoSubjectColumn = "no-subject-column",
    /// Two columns are one thing that a document has only once.
    ColumnTwice = "column-twice",
    /// Nothing of the old register is left to be registered.
    NothingToTakeOver = "nothing-to-take-over",
    /// The old register is being taken over.
    TakeoverRuns = "takeover-runs",
    /// Days of which the last is before the first.
    EndsBeforeBegins = "ends-before-begins",
    /// A unit can't stand under itself.
    UnitLoop = "unit-loop",
    /// The unit is not there so long.
    UnitEnded = "unit-ended",
    /// The unit is not there so early.
    BeforeUnit = "before-unit",
    /// Units or posts of the unit are there outside of its days.
    UnitNotEmpty = "unit-not-empty",
    /// Another post is the head of the unit.
    HeadTaken = "head-taken",
    /// The post is held outside of its days.
    PostHeld = "post-held",
    /// Another holds the post.
    PostTaken = "post-taken",
    /// The post is not there so early.
    BeforePost = "before-post",
    /// The post is not there so long.
    PostEnded = "post-ended",
    /// Nobody stands in for himself.
    StandInOwn = "stand-in-own",
    /// Stand-ins that lead back to the first.
    StandInLoop = "stand-in-loop",
    /// A stand-in for longer than the house allows.
    StandInTooLong = "stand-in-too-long",
    /// Another stands in.
    StandInTaken = "stand-in-taken",
    /// There is a leave already.
    LeaveOverlaps = "leave-overlaps",
    /// A leave that would end no earlier than it does.
    LeaveNotShorter = "leave-not-shorter",
    /// Something that ends no later already.
    AlreadyEnded = "already-ended",
    /// The person has left the house by then.
    PersonLeft = "person-left",
    /// A file of a procedure or a calendar that can't be worked with.
    RoutineUnusable = "routine-unusable",
    /// A version of a procedure of which there is another already.
    RoutineVersion = "routine-version",
    /// A procedure whose calendar the house hasn't.
    CalendarMissing = "calendar-missing",
    /// A due that no calendar reaches.
    DueUnreckonable = "due-unreckonable",
    /// What is filled in is not of the form of its field.
    ValueForm = "value-form",
    /// A list that names one twice.
    ValueTwice = "value-twice",
    /// Less than the least.
    ValueTooSmall = "value-too-small",
    /// More than the most.
    ValueTooLarge = "value-too-large",
    /// A day that is before another which it must follow.
    ValueBefore = "value-before",
    /// A day that is past.
    ValuePast = "value-past",
    /// A label that would keep out who gives it.
    LabelAboveOwn = "label-above-own",
    /// A procedure means somebody, and there is no such post or head.
    NobodyThere = "nobody-there",
    /// The step or the task is another's.
    NotYours = "not-yours",
    /// The case has ended.
    CaseEnded = "case-ended",
    /// The case runs still.
    CaseRuns = "case-runs",
    /// Another was quicker: the case stands in another stage.
    CaseMovedOn = "case-moved-on",
    /// The condition of the step is not so.
    StepClosed = "step-closed",
    /// Replies are outstanding.
    RepliesOutstanding = "replies-outstanding",
    /// Those who should reply were never asked.
    BranchNotOpened = "branch-not-opened",
    /// What must be shown was not shown.
    EvidenceMissing = "evidence-missing",
    /// A part would be due after the whole.
    AfterParent = "after-parent",
    /// More time is asked for after the suspense.
    ExtensionLate = "extension-late",
    /// More time was asked for already.
    ExtensionOpen = "extension-open",
    /// More time that is not more.
    ExtensionNotLater = "extension-not-later",
    /// Nobody asked for more time.
    NothingAsked = "nothing-asked",
    /// The task is over.
    TaskOver = "task-over",
    /// The task stands otherwise.
    TaskStands = "task-stands",
    /// A reply must be explained by comments that are not there.
    CommentsMissing = "comments-missing",
    /// Comments of an office that has not replied are settled.
    CommentsOpen = "comments-open",
    /// A case has as many comments as it can have.
    CommentsMany = "comments-many",
    /// The label keeps out who shall have the task.
    DoerNotAdmitted = "doer-not-admitted",
    /// What is no mail address.
    MailForm = "mail-form",
    /// What is no telephone number.
    TelephoneForm = "telephone-form",
    /// Too much at once.
    Busy = "busy",
    /// A list longer than a workbook is made of.
    TooManyRows = "too-many-rows",
    /// A printed form that a template does not make.
    FormFailed = "form-failed",
    /// A list longer than a printed form is made of.
    FormTooLong = "form-too-long",
    /// A query that can't be read.
    QueryForm = "query-form",
    /// A request whose form is wrong.
    RequestForm = "request-form",
    /// A text with a character that no table takes.
    TextForm = "text-form",
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for Code {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(self.as_str())
    }
}

/// A refusal: nothing was changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize)]
#[error("refused: {code}{}", field.map(|f| format!(" ({f})")).unwrap_or_default())]
pub struct Refusal {
    /// Which rule.
    pub code: Code,
    /// The field of the form that it is about.
    pub field: Option<&'static str>,
    /// What the words are filled in with.
    pub arguments: Vec<(&'static str, String)>,
}

impl Refusal {
    /// A refusal of the whole request.
    pub fn new(code: Code) -> Self {
        Self { code, field: None, arguments: Vec::new() }
    }
    /// A refusal that stands beside a field.
    pub fn on(field: &'static str, code: Code) -> Self {
        Self { code, field: Some(field), arguments: Vec::new() }
    }
    /// Adds what the words need.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl fmt::Display) -> Self {
        self.arguments.push((name, value.to_string()));
        self
    }
}

impl From<Code> for Refusal {
    fn from(code: Code) -> Self {
        Self::new(code)
    }
}
