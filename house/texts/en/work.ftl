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
