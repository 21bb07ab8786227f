# People: what ends soon, what changes, what is extended, and why somebody may read or may not.

# What is proposed
person-certificate-number = Certificate number
person-certificate-number-hint = As it stands on the certificate, if it has one
person-refresh-by = To be refreshed by
person-refresh-hint = When nothing is given, the house’s own term counts
person-refresh-on = refresh by { $day }
person-reason = Reason
person-propose-extension = Propose an extension
person-propose-nation = Propose another nationality
person-extended = Clearance
person-extend = Extend
person-extend-choice = { $what }, until { $until }
person-extend-until-hint = The last day on which the clearance counts while it is being renewed
person-extend-authority-hint = Who says that it may be so
person-extended-until = extended until { $until }
person-nation-reason-hint = By what it is known, for example a passport that was seen
held-extension = Extended until { $until }
held-extension-short = Extension
held-nation = Nationality: { $nation }
held-nation-short = Nationality

# What is known of a person, changed
person-change = Change particulars
person-change-go = Change
person-change-text = What was stays in the ledger, with your reason. Another nationality is proposed, since it bears on access.
person-left = Last day in the house
person-left-hint = From the next day on there is no access, and every session has ended
person-has-left = left on { $when }
person-leaves = leaves on { $when }
person-changes = Changes
person-was-changed = Particulars changed
done-changed = Changed. What was stays in the history.

# What ends soon
ending-title = Ending soon
ending-caption = Certificates and briefings that end soon or have ended
ending-total = { $n ->
    [0] Nothing ends soon.
    [one] { $n } certificate or briefing ends soon or has ended.
   *[other] { $n } certificates and briefings end soon or have ended.
}
ending-when = When it ends
ending-all = All
ending-ended = Ended
ending-within = { $n ->
    [one] Within { $n } day
   *[other] Within { $n } days
}
ending-what = Kind
ending-certificate = Certificate
ending-briefing = Briefing
ending-last = Last day
ending-days = Days left
ending-extended = by an extension
ending-has-ended = ended { $when }
ending-due = to be refreshed { $when }
ending-was-due = was to be refreshed { $when }
ending-none = Nothing ends within the days that the house warns of
ending-none-would = Certificates and briefings of people who are here appear when their end comes near. What was renewed or refreshed is not listed.

# Why somebody may read, and why not
why-title = Why you may read this
why-title-may = Why { $name } may read this
why-title-may-not = Why { $name } may not read this
why-more = Each test
why-caption = What is asked before a document is read
why-test = What is asked
why-found = What was found
why-needed = Needed
why-passed = passed
why-failed = failed
why-ask = Ask for somebody else
why-ask-hint = A name, part of a name or a sign-in name
why-ask-go = Ask
why-which = Several people have this name. Which one?
why-nobody = You can ask for anyone who is on the list of people.
why-known = A marking that is known here
why-known-failed = The policies of the house do not know all of this marking, so nobody is let through.
why-undetermined = A marking that is decided
why-undetermined-passed = The marking is open, and controllers of the registry see the document until it is decided.
why-undetermined-failed = The marking is open, and nobody but the controllers of the registry sees the document.
why-undetermined-needed = that a controller of the registry decides the marking
why-ceiling = Ceiling of the session
why-ceiling-passed = The marking lies within what this session shows.
why-ceiling-failed = The marking lies above what this session shows.
why-ceiling-needed = a session without this ceiling
why-existence = Content marked { $category }
why-existence-failed = Only its existence is registered; the content is shown to nobody.
why-level = Level: { $level }
why-level-open = The level asks for no certificate.
why-level-none = No certificate in force.
why-level-held = Certificate for { $level }, until { $until }.
why-level-needed = a certificate for { $level } or higher
why-categories = Categories: { $categories }
why-categories-passed = The certificate, until { $until }, answers them.
why-categories-failed = The certificate does not name { $categories }.
why-categories-needed = a certificate that names { $categories }
why-briefing = Briefing: { $subject }
why-briefing-passed = Briefed for { $subject } on { $on }.
why-briefing-failed = No briefing in force.
why-briefing-needed = a briefing for { $subject }
why-nation = Released to: { $names }
why-only = Readers of these nations only: { $names }
why-nation-named = { $nation } is named itself.
why-nation-today = { $nation } belongs to { $name }, read as of today ({ $day }).
why-nation-release = { $nation } belonged to { $name } on the day of release ({ $day }).
why-nation-failed = { $nation } is not among them.
why-nation-undated = The membership of { $name } counts as of the day of release, which is not known.
why-nation-needed = a release to { $nation } by the originator
why-group = Need to know: { $groups }
why-group-passed = Belongs to: { $groups }.
why-group-failed = Belongs to none of these groups.
why-group-needed = membership of { $groups }
why-list-passed = Stands on the access list.
why-list-failed = Does not stand on the access list.
why-list-needed = that a controller of the registry puts the name on the list

# By what people sign in beside the password
sign-in-with = Sign in with { $name }
prove-elsewhere = You sign in elsewhere? Sign in there once more, come back to this page and do it again.
doors-title = Signing in
doors-directory = At the directory
doors-seen = Last used: { $when }
doors-release = Let the directory vouch anew
doors-release-text = When the directory gave this person another lasting id and you know that it is right: the next sign-in there binds the new one. Every session of the person ends.
doors-notices = Sign-ins to look at
doors-times = { $n ->
    [one] once that day
   *[other] { $n } times that day
}
doors-notice-directory-bound = The directory vouches for the first time for
doors-notice-directory-changed = The directory vouched for another under the sign-in name
doors-notice-directory-untrusted = The directory’s answer could not be trusted
done-door-released = Done. The next sign-in counts as the first.
sign-in-card = Sign in with your card
person-propose-certificate = Propose a smart card
person-card = Certificate of the card
person-card-hint = Serial and issuer, exactly as the server before this one names them; the security officers’ notices show a card that nobody holds
held-certificate = Smart card { $certificate }
held-certificate-short = Smart card
doors-notice-certificate-unknown = A card that nobody here holds was shown
doors-notice-code-given = A one-time code was given for
doors-notice-passkey-copied = A passkey answered as if there were two of it; the sign-in was refused
doors-notice-certificate-other = Another’s card was shown with the session of

# Specimen signatures
held-specimen = Specimen signature
person-propose-specimen = Propose a specimen signature
person-specimen-hint = A picture of the signature as it was given before you: PNG or JPEG, 512 KB at most. Another officer confirms it.

# Passkeys
sign-in-passkey = Sign in with a passkey
prove-passkey = Prove it with a passkey
passkey-title = Passkeys
passkey-text = A passkey lies in this computer, a telephone or a security key, and opens with a fingerprint, a face or a PIN. Nothing is typed, and nothing can be guessed or given away.
passkey-name = Name of the passkey
passkey-name-hint = By which you know it again: “Key on my ring”, “Telephone”.
passkey-add = Add a passkey
passkey-named = It will be called “{ $name }”.
passkey-touch = Press the button, and do what the browser asks: touch the security key, or show your finger or face.
passkey-make = Make the passkey
passkey-no-script = This browser runs no script; a passkey cannot be made in it.
passkey-none = No passkey answered: it was broken off, took too long, or this browser holds none for this place. Try again, or use your password.
passkey-not-made = No passkey was made: it was broken off, took too long, or this device holds one of yours already. Try again, or with another device.
passkey-since = added { $when }
passkey-used = last used { $when }
passkey-never = never used yet
passkey-drop = Remove
done-passkey-added = The passkey is added. From now on it opens your session.
done-passkey-dropped = The passkey is removed and opens nothing any more.
