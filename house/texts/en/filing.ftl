# The file plan of a registry, and where documents are filed.
plan-total = { $n ->
    [one] { $n } file
   *[other] { $n } files
}
plan-documents = { $n ->
    [one] { $n } document
   *[other] { $n } documents
}
plan-below = { $n ->
    [one] { $n } file below
   *[other] { $n } files below
}
plan-open = Open a file
plan-open-go = Open the file
plan-open-first = Open the first file
plan-empty = This registry has no file yet
plan-empty-would = Here stands the file plan: subjects with their codes, who answers for them, where their paper stands.
plan-change = Change the file
plan-change-go = Change
plan-form-text = A file gathers the papers of a subject; a dossier collects papers of several files to follow one matter to its end.
plan-is-subject = File of the plan
plan-is-dossier = Dossier on one matter
plan-dossier = dossier
plan-closed = closed
plan-kind = Kind
plan-code = Code
plan-code-hint = Left empty, it is the next one
plan-name = Name
plan-name-en = Name in English
plan-name-fr = Name in French
plan-name-hint = One of the two names is enough
plan-parent = Stands under
plan-owner = Owner
plan-status = Status
plan-status-hint = How the matter stands, for a dossier
plan-place = Place of the paper
plan-place-hint = Room, shelf, box
plan-words = Words
plan-words-hint = Words of a subject by which papers are proposed for this file, one a line
plan-originators = Originators
plan-on = Day
plan-today = Left empty, it is today
plan-level-open = Open to all who use this registry
plan-level-hint = A file’s names may tell something. Who may not see them sees nothing of the file, nor what is below it.
plan-groups-hint = Only with a marking: whoever is in one of these groups
plan-about = About this file
plan-opened-on = Opened
plan-closed-on = Closed
plan-count = Documents
plan-volumes = Volumes
plan-volume = Volume { $n }
plan-volume-open = open
plan-all-volumes = All volumes
plan-files-below = Files below
plan-list = Documents of this file
plan-file-empty = Nothing is filed here for you
plan-file-empty-would = Documents that are put into this file and that you may read would be listed here.
plan-put = Put documents into this file
plan-put-hint = At most 500, one reference a line
plan-references = References of the documents
plan-filed = { $n ->
    [one] { $n } document is filed.
   *[other] { $n } documents are filed.
}
plan-not-filed = { $n ->
    [one] One reference was not filed; it is kept in the field.
   *[other] { $n } references were not filed; they are kept in the field.
}
plan-volume-close = End the open volume
plan-volume-begin = Begin a volume
plan-next = Next volume
plan-next-yes = Begin the next one on the same day
plan-close = Close the file
plan-reopen = Open the file again
filing-title = Filed in
filing-none = In no file yet.
filing-more = Put into a file, or remove from one
filing-proposed = Proposed
filing-by-originator = originator { $name }
filing-by-word = the word “{ $word }”
filing-page = Where this document is filed
filing-blind = You handle this document and may not read it: you may file it, and are not told where it is.
filing-into = Put it into a file
filing-file = File
filing-no-files = No other file of this registry takes documents.
filing-go = File it
filing-out-title = Take it out of a file
filing-from = Out of which file
filing-out = Take it out
filing-was-put = Filed in { $file }
filing-was-taken = Taken out of { $file }
done-file-opened = The file is open and takes documents.
done-file-changed = The file is changed.
done-file-closed = The file is closed.
done-file-reopened = The file is open again, with a new volume.
done-volume-opened = The volume is open.
done-volume-closed = The volume is ended.
done-filed = Filed.
done-taken-out = Taken out. The history keeps where it was and why.
