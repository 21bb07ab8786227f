# Scans that are divided into documents, and scan folders.

scans-title = Scans
scans-total = { $n ->
    [0] No scan waits to be divided
    [one] { $n } scan waits to be divided into documents
   *[other] { $n } scans wait to be divided into documents
}
scans-waiting = Waiting to be divided
scans-none = Nothing waits here. Bring a scan below, or let the scanner put it into the registry’s scan folder.
scans-looking = pages are being looked at
scans-looking-text = Each page is made small and looked at: is it blank, is it a separator sheet? You may leave this page.
scans-making = documents are being made
scans-making-text = { $made ->
    [0] Each document comes into the in-tray as soon as it is made and read. You may leave this page.
    [one] { $made } document is in the in-tray. The others follow; you may leave this page.
   *[other] { $made } documents are in the in-tray. The others follow; you may leave this page.
}
scans-open = to be divided
scans-trouble = cannot be divided
scans-counted = { $pages ->
    [one] { $pages } page
   *[other] { $pages } pages
}, { $documents ->
    [0] no document
    [one] { $documents } document
   *[other] { $documents } documents
}
scans-bring = Bring scans
scans-files = Scans (PDF, TIFF, JPEG or PNG)
scans-files-hint = One file is one batch: all papers that went through the scanner together, with separator sheets between them.
scans-largest = Up to { $size } for each file, and five hundred pages.
scans-go = Look at the pages
scans-blanks = Blank pages
scans-blanks-out = are left out
scans-blanks-begin = are left out, and a new document begins behind each
scans-blanks-kept = are pages like others
scans-sheet = Separator sheet
scans-sheet-how = Print this page, as often as you like, and lay one sheet between two papers before they go through the scanner. Where a sheet stands a new document begins; the sheet itself is left out. It may lie either way up; a sheet may be used again for years.
scans-sheet-print = Print
scans-sheet-words = Separator sheet: a new document begins here
scans-sheet-code = The code by which a separator sheet is known
scans-becomes = What becomes of it
scans-make = Make documents
scans-make-text = { $n ->
    [0] Every page is left out: there is no document to make.
    [one] { $n } document is put into the in-tray, to be registered. The scan itself is then thrown away.
   *[other] { $n } documents are put into the in-tray, to be registered. The scan itself is then thrown away.
}
scans-whole = Put it into the in-tray undivided
scans-whole-text = It waits there as it came, and can be registered or dismissed like any file.
scans-anew = Divide anew
scans-anew-text = Begins again with what the separator sheets say. Pages stay turned as they are; everything else that was changed here is lost.
scans-no-document = Left out: no document
scans-document = Document { $n } · { $pages ->
    [one] { $pages } page
   *[other] { $pages } pages
}
scans-page = Page { $n }
scans-page-of = Page { $n } of { $pages } as they were scanned
scans-separator = separator sheet
scans-blank = blank
scans-out = left out
scans-act-out = Leave out
scans-act-in = Take in
scans-act-begin = New document here
scans-act-join = Join to the one before
scans-act-left = Turn left
scans-act-right = Turn right
scans-act-half = Upside down
scans-act-earlier = Move earlier
scans-act-later = Move later
scans-previous = The page before
scans-next = The next page
scans-all = All pages
scans-dismiss-hint = The scan leaves this list and its pages are thrown away here; the ledger keeps the reason.

scan-encrypted = The scan is locked with a password, and cannot be divided.
scan-encrypted-remedy = Put it into the in-tray undivided, or scan the papers again.
scan-damaged = The file is broken, and cannot be divided.
scan-damaged-remedy = Scan the papers again, or put it into the in-tray undivided.
scan-too-many-pages = The scan has more than { $pages } pages, and cannot be divided.
scan-too-many-pages-remedy = Scan the papers in smaller batches, or put it into the in-tray undivided.
scan-too-large = The file is too large to be looked at, and cannot be divided.
scan-too-large-remedy = Scan in smaller batches or with fewer colours, or put it into the in-tray undivided.
scan-over-limit = To look at its pages took more time or memory than may be spent on a file.
scan-over-limit-remedy = Scan the papers again, or put it into the in-tray undivided.
scan-hostile = The file attacks whoever opens it, and was not opened.
scan-hostile-remedy = Tell your security officer. Dismiss it, or put it into the in-tray undivided, where it is kept locked.
scan-unsupported = The file holds no pages that could be divided.
scan-unsupported-remedy = Put it into the in-tray undivided, or dismiss it.
scan-no-reader = This installation cannot look at pages, so the scan cannot be divided.
scan-no-reader-remedy = Put it into the in-tray undivided.
scan-no-drawer = The pages of PDF files cannot be drawn on this machine: no pictures, and no separator sheet is found. You can still divide it by the numbers of the pages.
scan-no-drawer-remedy = Ask whoever runs this machine for the program pdftoppm (package poppler-utils).
scan-no-pictures = Some pages could not be drawn, and stand here without a picture.
scan-no-pictures-remedy = They are kept as they are; look at them in the document.

scan-folder-title = Scan folders
scan-folder-read = Looked into { $when }
scan-folder-gone = The folder cannot be opened.
scan-folder-gone-remedy = Ask whoever runs this machine: it must be there, and the server must be allowed to read and change it.
scan-folder-file = The file { $file } could not be taken in.
scan-folder-file-remedy = It stays in the folder and is tried again. Ask whoever runs this machine whether the server may read it.
scan-folder-left = The file { $file } is taken in, but could not be moved away.
scan-folder-left-remedy = It does not come twice. Ask whoever runs this machine whether the server may change the folder.
scan-folder-large = The file { $file } is larger than this installation takes.
scan-folder-large-remedy = Take it out of the folder, and scan the papers in smaller batches.

refusal-scan-settled = This scan does not wait any more.
refusal-scan-settled-remedy = Somebody has made its documents or dismissed it, or its documents are being made. Look into the in-tray.
refusal-scan-empty = Every page is left out.
refusal-scan-empty-remedy = Take in the pages that shall become a document, or dismiss the scan.
refusal-not-a-scan = This is no scan: neither PDF nor TIFF, JPEG or PNG.
refusal-not-a-scan-remedy = Bring other files on the page of the in-tray.
