# Another person takes the seat.
change-title = Change user
change-short = Change user
change-text = { $name } is signed in here. Whoever sits down now signs in; what stands half filled in the form goes with { $name } and comes back with { $name } alone, for a day.
change-go = Change
change-leave = Only leave
change-leave-hint = “Only leave” keeps the form too, and shows the front door: for the directory, a card, or a break.
change-failed = The seat was not changed: the line is down or the session has ended. Nothing that was typed is lost; try again.
change-no-script = This browser runs no script: what stands half filled in a form cannot be kept when you change here.
keys-change = Change user, from within a field
drafts-title = Left half filled
drafts-text = What you had typed when another person took your seat. It is yours alone, kept for a day, and erased when the form is sent.
drafts-one = As it stood when the seat changed.
drafts-back = What you had typed is back as it stood on { $at }. It has not been sent.
drafts-go = Go on with it
drafts-drop = Throw it away
drafts-page = Page
drafts-form = A form
drafts-since = Kept since
drafts-look = Look at it
drafts-fields = What was typed
drafts-field = Field
drafts-value = Value
drafts-none = Nothing is left half filled
drafts-none-would = What you have typed when you change the user would wait for you here.
drafts-desk = { $n ->
    [one] A form is left half filled.
   *[other] { $n } forms are left half filled.
}
done-dropped = It is thrown away.

# A page of somebody whose seat another has taken
taken-title = Somebody else is signed in here
taken-text = This page belongs to the person before. It is covered until that person signs in again at this seat; what was typed in it is still there.
taken-go = Go to your own desk
