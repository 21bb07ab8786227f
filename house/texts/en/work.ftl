# One act on many documents
many-title = Many at once
many-none = No document chosen
many-none-would = Tick documents in the register or in what a search finds, on one page or on several, and choose below the list what shall be done with them.
many-documents = Documents
many-correct = Correct…
many-access = Marking and access…
many-relate = State a relation…
many-file = File…
many-csv = CSV
many-xlsx = XLSX
many-correct-title = Correct the entries of many documents
many-correct-text = What you fill in becomes the same of every document chosen. What you leave empty stays as it is.
many-access-title = Marking and access of many documents
many-access-text = What you choose becomes the same of every document chosen; markings that are undetermined are decided so. What you leave empty stays as it is. This mends the register: a regrading is the originator’s.
many-relate-title = State what many documents are to another
many-relate-text = The relation is added to each document chosen.
many-file-title = File many documents
many-file-text = Every document chosen is put into the file. A file takes documents of its own registry.
many-csv-title = CSV
many-csv-text = CSV
many-xlsx-title = XLSX
many-xlsx-text = XLSX
many-relation = They are, to the other
many-reference = Reference of the other
many-reference-hint = It need not be here yet
many-stays = Stays as it is
many-groups = Need to know
many-groups-set = Only the groups ticked below; none ticked: everyone who is cleared
many-list = Access list
many-list-set = Only the persons named below; nobody named: no access list
many-persons-hint = One a line: the name with which a person signs in, or the full name
many-back = Back to the list
many-part = Take part
many-not-there = Not there, or not for you
many-look = See what would change
many-chosen = { $n ->
    [one] { $n } document chosen
   *[other] { $n } documents chosen
}
many-would = What would change
many-would-text = { $n ->
    [0] Nothing can be done.
    [one] Ready for { $n } document.
   *[other] Ready for { $n } documents.
} { $refused ->
    [0] None is refused.
    [one] One would be refused.
   *[other] { $refused } would be refused.
} Nothing is changed yet.
many-would-file = Is put into the file
many-go = { $n ->
    [one] Do it for { $n } document
   *[other] Do it for the documents ticked ({ $n })
}
many-change = Ask otherwise
many-done = Done
many-refused = Refused
many-why = Why, and what to do
many-answer = What became of each
many-answer-text = { $n ->
    [0] Nothing was changed.
    [one] Done for { $n } document.
   *[other] Done for { $n } documents.
} { $refused ->
    [0] None was refused.
    [one] One was refused.
   *[other] { $refused } were refused.
}
many-again = Try the refused again

# Working on a document
work-title = Work on this document
work-text = While you have it out, everyone who sees the document sees that you have, and nobody else adds a version.
work-take = Take it out to work on it
work-give = Give it back
work-see = Who has it out
work-reason = What for
work-reason-hint = Everyone who sees the document reads this
work-until = Until
work-out = { $name } has had it out since { $since }.
work-out-until = Wanted until { $until }.
work-out-reason = What for: { $reason }.
work-out-mine = Download the newest version, work on it, and give it back with the new one.
work-version = Give it back with a new version
work-file-hint = The file becomes the newest version; the earlier ones stay.
work-unchanged = Give it back as it was
work-unchanged-text = Nothing is added.
work-break = Give it back in the other’s place
work-break-text = What was worked on meanwhile can then only be added by whoever takes the document out again. Speak with the other first.
work-wait = Only whoever has it out, or a controller of the registry, can give it back.
work-long = Out too long
done-work-taken = The document is out, in your name.
done-work-versioned = The new version is added, and the document is back.
done-work-broken = The document is back.
done-work-given = The document is back as it was.
# Two versions
compare-from = Older version
compare-to = Newer version
compare-go = Compare
compare-title = Version { $from } and version { $to } compared
compare-found = What differs
compare-same = The texts do not differ.
compare-signs = “+” begins a paragraph that was put in, “−” one that was taken out, “±” one that was changed. Within it what was taken out is struck through and what was put in is underlined.
compare-folded = { $n ->
    [one] { $n } paragraph is the same
   *[other] { $n } paragraphs are the same
}
compare-in = Put in:
compare-out = Taken out:
compare-no-text = There is no text to compare
compare-no-text-would = Of one of the two versions no text could be read. Download both and compare them with a program of your own.
compare-cut = The texts are longer than what is compared here.
# Who has had it before him
record-title = Disclosure record
record-is-recorded = This paper is accountable: that you opened it stands in its record.
record-accountable = This paper is accountable: every opening is a line here, and nothing of it is printed, downloaded or exported without authority.
record-undetermined = The marking of this paper is undetermined. Until it is decided, every opening is a line here.
record-not = This paper is not accountable under its marking. What was recorded while it was stays.
record-own = You see your own lines.
record-none = No line yet
record-none-would = Whoever opens the text, and every copy that is given out, would stand here.
record-who = Who
record-when = When
record-version = Version
record-means = By what means
record-means-screen = On screen
record-means-file = As a file
record-enclosure = { $means }, attachment { $position }
record-means-reproduction = Given out by authority
record-authorities = Authorities to reproduce
record-no-authority = Nothing is authorised
record-no-authority-would = Copies that a controller authorises for a person would stand here.
record-for = For whom
record-purpose = Purpose
record-copies = Copies
record-used = { $used } of { $copies } given out
record-ended = ended
record-authorise = Authorise a reproduction
record-authorise-text = The person downloads the version himself, once for each copy. Nobody authorises his own.
record-holders = Who has opened it
record-holders-text = When the marking or the content changes, those who may still read it are told on their desk. Whoever may not any more is told in person, by you.
record-opened = Last opened
record-admitted = May read it
record-no-more = May not read it any more; told, or nothing changed since
record-must-tell = To be told in person
record-tell = Told in person
record-nobody = Nobody yet
record-nobody-would = Whoever opens the document would stand here.
record-copies-need = A copy takes an authority
record-print-refused = Printing refused: this paper is accountable. Ask the control officer of its registry to authorise a copy.
done-record-authorised = The reproduction is authorised.
done-record-told = It is recorded that the person was told.
done-record-known = It is recorded that you know.
desk-changed = Changed since you read it
desk-changed-marking = The marking of { $reference } is now { $now }; it was { $was } on the day you read it ({ $day }).
desk-changed-access = Who may read { $reference } has changed since you read it ({ $day }).
desk-changed-version = { $reference } has a newer version ({ $version }) than the one that you read ({ $day }).
desk-changed-known = I know
