# Receipts, certificates of destruction, incidents, containers, and what each person has.

# The list of receipts.
receipt-list-title = Receipts
receipt-list-text = Each dispatch has one receipt. Until it is given, whoever sent the copies answers for them.
receipt-list-caption = Receipts of what was sent
receipt-list-none = No such receipt
receipt-list-would = Every dispatch of copies would stand here with its receipt: due, late or given. Hand copies out to begin one.
receipt-views = Which receipts
receipt-view-due = Due
receipt-view-late = Late
receipt-view-all = All
receipt-state-waiting = Waiting
receipt-state-trace = To be traced
receipt-state-escalate = To be escalated
receipt-state-given = Given
receipt-by = by { $name }
receipt-carried-by = carried by { $name }
receipt-more-copies = { $n ->
    [one] and { $n } more
   *[other] and { $n } more
}
receipt-traced = { $n ->
    [one] asked for again on { $when }
   *[other] asked for again { $n } times, last on { $when }
}
receipt-sender = Sent by
receipt-traces = Traced
receipt-traced-last = Traced last

# One receipt.
receipt-title = Receipt { $receipt }
receipt-card = What went
receipt-from = From
receipt-what = Copies sent
receipt-still-due = { $n ->
    [one] { $n } copy of { $of } has not arrived.
   *[other] { $n } copies of { $of } have not arrived.
}
receipt-print = Print this page to have the receipt signed on paper. It names no subject.
receipt-paper-text = I have received the copies named above, complete and in good order, and answer for them.
receipt-paper-name = Name
receipt-paper-date = Date and time
receipt-paper-signature = Signature
receipt-history = What happened
receipt-was-sent = Sent
receipt-was-screen = Signed on screen by { $name }
receipt-was-paper = Signed on paper by { $name }
receipt-was-for = { $n ->
    [0] for no copy
    [one] for { $n } copy
   *[other] for { $n } copies
}
receipt-written-by = written down by { $name }, { $when }
receipt-sign = Sign the receipt
receipt-sign-title = Sign on screen
receipt-sign-text = { $n ->
    [one] By signing you confirm that the copy is in your hands. From then on you answer for it.
   *[other] By signing you confirm that the { $n } copies are in your hands. From then on you answer for them.
}
receipt-wrong = Something is not as it should be
receipt-wrong-hint = Say of a copy what is wrong with it: it is not there, pages are missing, the envelope was open. You sign for the others, and the registry opens an incident.
receipt-paper = The receipt has come back on paper
receipt-paper-go = Record the receipt
receipt-signed-by = Signed by
receipt-signed-at = Signed on
receipt-trace = Ask for the receipt again
receipt-trace-words = What was written
receipt-trace-hint = To whom and how: a call, a letter, a visit. How often it was asked for is kept.
receipt-otherwise = Or otherwise
receipt-came-back = The copies came back
receipt-missing = Report them missing

# The list of certificates of destruction.
destruction-list-title = Certificates of destruction
destruction-list-text = Drawn up before the act, signed after it by who destroyed the copies and who saw it. The entry in the register stays.
destruction-list-caption = Certificates of destruction
destruction-list-none = No such certificate
destruction-list-would = Certificates would stand here from the day on which they are drawn up. Choose copies in the list and “Destroy”.
destruction-views = Which certificates
destruction-view-all = All
destruction-state-waits = Waits for signatures
destruction-state-destroyed = Destroyed
destruction-state-withdrawn = Taken back
destruction-method = Method
destruction-drawn-by = Drawn up by
destruction-ended = Ended
destruction-signed-as = { $hand }: { $name }

# One certificate.
destruction-title = Certificate of destruction { $number }
destruction-card = What is destroyed
destruction-what = Copies to be destroyed, or destroyed
destruction-hand = You sign as
destruction-hand-destroyer = Destroyer
destruction-hand-witness = Witness
destruction-unsigned = not signed yet
destruction-declared = Each signs in his own name, after the act: that the copies named above were destroyed by the method named, by him or before his eyes.
destruction-print = Print this page to keep the certificate with the papers. It names no subject.
destruction-sign = Sign the certificate
destruction-sign-text = Sign only after the copies are destroyed. Another person signs too; then the copies are struck from the books.
destruction-sign-last = Yours is the last signature: with it the copies are destroyed in the books, and nothing brings them back. Sign only after the act.
destruction-signed-by-you = Your signature stands here. The other is another person’s.
destruction-type-number = Number of the certificate
destruction-type-hint = To confirm what cannot be undone, type { $number }.
destruction-type-wrong = This is not the number of the certificate. Type { $number } if this is the one that you mean.
destruction-withdraw = Take the certificate back
destruction-withdraw-text = The copies stay where they are. Signatures that were given fall with it.
destruction-why = Why it was taken back

# The list of incidents.
incident-list-title = Incidents
incident-list-text = What is wrong with copies, from the report to the end of the inquiry.
incident-list-caption = Incidents with copies
incident-list-none = No such incident
incident-list-would = Copies that are missing, that did not arrive as they were sent or that somebody had who may not have them would stand here until the matter is closed.
incident-views = Which incidents
incident-view-all = All
incident-view-any-kind = Any
incident-state-open = Open
incident-state-closed = Closed
incident-words = What is known
incident-opened-by = Opened by
incident-closed = Closed

# One incident.
incident-title = Incident { $number }
incident-card = The incident
incident-open-for = { $n ->
    [0] less than a day
    [one] { $n } day
   *[other] { $n } days
}
incident-copies = Copies concerned
incident-history = What was found out
incident-was-opened = Opened
incident-was-closed = Closed with this.
incident-report = Report
incident-report-initial = Initial report
incident-report-originator = Report to the originator
incident-report-final = Final report
incident-report-due = { $report } due by { $by }
incident-report-late = { $report } late since { $by }
incident-follow = Add to it
incident-note = What was found out
incident-note-hint = What was found out, what was done, to whom it was reported. Do not repeat what a paper says.
incident-close = When this is written down
incident-closes = Close the incident
incident-closes-detail = Nothing can be added afterwards.
incident-follow-go = Write it down

# Containers.
container-list-title = Containers
container-list-text = Safes and cabinets of the registry, by name.
container-list-caption = Containers of the registry
container-list-none = No such container
container-list-would = The registry’s safes and cabinets would stand here, each with how many copies lie in it. Put the first one into the books below.
container-views = Which containers
container-view-all = All
container-view-filled = With copies
container-view-empty = Without copies
container-name = Name
container-name-hint = What stands on its door.
container-place = Place
container-place-hint = Building, room: so that somebody who was never there finds it.
container-approved = May hold
container-copies = Copies
container-new = Put a container into the books
container-anything = Anything
container-anything-risk = No limit: copies of any marking may lie in it. Right only where it is approved for the highest.
container-up-to = Nothing above what stands below
container-also = { $policy }: also papers marked

# What each person has.
holdings-title = My copies
holdings-total = { $n ->
    [0] You answer for no copy
    [one] You answer for { $n } copy
   *[other] You answer for { $n } copies
}
holdings-due = Waiting for your receipt
holdings-due-text = Compare each copy with the paper before you: number, reference, pages. Then sign.
holdings-receipt = { $receipt } from { $registry }
holdings-waits = Waits for your receipt
holdings-held = What you answer for
holdings-held-of = What you answer for: copies of { $registry }
holdings-held-text = In the order of their numbers, unless sorted otherwise. A copy that is on its way is yours until its receipt is given.
holdings-caption = Copies that you answer for
holdings-none = You answer for no copy
holdings-none-would = Numbered copies that the registry hands out to you would stand here from the moment you sign for them, with the acts to bring them back or hand them on.
holdings-bring-back = Bring back to the registry
holdings-hand-on = Hand on to …
holdings-choose-first = No copy is chosen. Tick the copies that you mean, then say what is to be done with them.
holdings-hand-title = Hand copies on
holdings-hand-text = Whoever you hand them to signs the receipt. Until then you answer for them.
holdings-person = To whom
holdings-person-hint = Login, or the whole name.
holdings-hand-go = Hand on

done-receipt-signed = Your receipt is given. You answer for the copies now.
done-receipt-signed-but = Your receipt is given for the copies that are as they should be. Of the others the registry has an incident.
done-receipt-recorded = The receipt is recorded.
done-receipt-recorded-but = The receipt is recorded for the copies that arrived. Of the others an incident is open.
done-receipt-traced = It is written down that the receipt was asked for again.
done-destruction-signed = Your signature stands on the certificate.
done-destruction-whole = The certificate is signed by all. The copies are destroyed in the books.
done-destruction-withdrawn = The certificate is taken back.
done-incident-followed = It is written down.
done-incident-closed = The incident is closed.
done-container-furnished = The container is in the books.
done-holdings-brought = The copies are on their way to the registry. They are yours until it has given its receipt.
done-holdings-handed = The copies are on their way. They are yours until the receipt is given.
