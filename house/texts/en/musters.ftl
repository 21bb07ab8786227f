# Musters: lists, counting, results.

copies-part-musters = Musters
muster-list-title = Musters
muster-list-text = Copies are counted against a frozen list. What is not seen is covered by a receipt, a certificate or an instruction, is on its way, or is missing.
muster-list-caption = The musters of the registry
muster-list-none = No muster has been opened
muster-list-would = Musters will stand here, with what they came to and who signed.
muster-views = Which
muster-view-all = All
muster-open = Open a muster
muster-open-text = The list is frozen when it is opened: every copy that the registry must account for. What happens to copies during the count counts.
muster-title = Muster { $number }
muster-number = Muster
muster-kind = Why
muster-kind-full = Full muster
muster-kind-spot-check = Spot-check
muster-kind-inspection = Inspection
muster-kind-hand-over = Hand-over
muster-opened = Opened
muster-opened-by = Opened by
muster-listed = On the list
muster-accounted = Accounted for
muster-missing = Missing
muster-logs = Logs
muster-logs-hint = None chosen: copies of all logs.
muster-logs-all = All
muster-container = Container
muster-container-all = Everywhere
muster-drawn = Count a sample only
muster-sample = Sample
muster-sample-hint = How many copies are drawn. Empty: all are counted.
muster-seed = Seed
muster-seed-hint = The same seed draws the same copies again. Empty: one is drawn.
muster-sample-drawn = { $n } of { $of } copies, drawn from the seed { $seed }
muster-between = Hand the copies over from one person to another
muster-from = From
muster-to = To
muster-words = Remarks
muster-closed = Count ended
muster-closing-words = Remarks at the end
muster-abandoned = Given up because
muster-signed = Signed by
muster-state-counts = Being counted
muster-state-unsigned = Waits for a signature
muster-state-signed = Signed
muster-state-abandoned = Given up
muster-result = Result
muster-lines = The copies of the muster
muster-lines-none = No copies
muster-lines-would = Copies with this outcome will stand here.
muster-outcome = Outcome
muster-outcome-sighted = Sighted
muster-outcome-covered = Covered
muster-outcome-under-way = On its way
muster-outcome-missing = Missing
muster-outcome-open = To be found
muster-outcome-surplus = Not on the list
muster-sighted = Seen
muster-sighted-at = Seen at
muster-sighted-who = Seen by
muster-sighted-by = { $name }, { $at }
muster-sighted-pages = { $name }, { $at }, { $pages ->
    [one] one page
   *[other] { $pages } pages
  }
muster-copies = Copies
muster-count = Count
muster-count-title = Count { $number }
muster-count-text = Scan one copy after the other. Several people may count at once; each copy counts once.
muster-scan = Copy
muster-scan-hint = Scan the barcode, or type the number in the log and the number of the copy: NS-0012/2026/3.
muster-counted-pages = Pages counted
muster-pages-hint = Needed for COSMIC and ATOMAL; elsewhere if you have counted them.
muster-difference = What is wrong with the pages
muster-sight = Sighted
muster-progress = { $n } of { $of } accounted for
muster-still = To be found
muster-still-many = They are listed here when no more than { $n } are to be found; until then they are on the page of the muster.
muster-pages = { $n ->
    [one] one page
   *[other] { $n } pages
  }
muster-waiting = No connection: {"{n}"} scanned and not sent yet. They are sent when it is back. Leave this page open.
muster-signed-out = You are signed out. Sign in again in another tab; what was scanned is sent then.
muster-open-lines = { $n ->
    [0] Every copy is accounted for.
    [one] Of one copy nobody has said yet where it is.
   *[other] Of { $n } copies nobody has said yet where they are.
  }
muster-close = End the count
muster-close-text = The result is fixed and can be signed. Every copy must be sighted, covered, on its way or reported missing.
muster-abandon = Give the muster up
muster-abandon-text = Nothing is counted any more. Say why.
muster-sign = Sign the result
muster-sign-text = You sign that the result is as it stands here.
muster-sign-others = The signature of somebody else is missing.
done-muster-opened = The list is frozen. Counting can begin.
done-muster-closed = The count has ended. The result waits to be signed.
done-muster-abandoned = The muster is given up.
done-muster-signed = You have signed the result.
