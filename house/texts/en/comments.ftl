# The table of comments of a case.

refusal-comments-missing = This reply is explained by at least one { $severity ->
    [critical] critical
    [substantive] substantive or critical
   *[administrative] administrative or heavier
} comment in the table of comments, and there is none.
refusal-comments-missing-remedy = Open the table of comments of this case, add the comment with what should stand there instead, then reply.
refusal-comments-open = Comment { $n } is of an office that has not replied yet.
refusal-comments-open-remedy = Wait until it has replied: until then it may change its comments.
refusal-comments-many = That would be more than { $limit } comments.
refusal-comments-many-remedy = Add or choose fewer at once, or take back what is no longer needed; what is too much for a table is better sent as a paper.

comments-title = Comments on { $number }
comments-heading = Comments
comments-about = What the offices that are asked say of the product, row by row, and how each row is settled.
comments-look = Open the table
comments-caption = Comments, row by row
comments-none = No comments
comments-would = Offices that are asked for a reply write their comments here, row by row; when they have replied, the lead settles each.
comments-number = No.
comments-severity = Severity
comments-critical = Critical
comments-substantive = Substantive
comments-administrative = Administrative
comments-critical-needs = Says what should stand there instead; without it the office cannot concur.
comments-reply-needs = { $severity ->
    [critical] Needs a critical comment in the table of comments.
    [substantive] Needs a substantive or critical comment in the table of comments.
   *[administrative] Needs a comment in the table of comments.
}
comments-office = Office
comments-by = Written by
comments-place = Place
comments-page = Page
comments-paragraph = Paragraph
comments-line = Line
comments-at-page = p. { $at }
comments-at-paragraph = para. { $at }
comments-at-line = line { $at }
comments-text = Text as it stands
comments-quoted = “{ $text }”
comments-comment = Comment
comments-proposal = Proposed text
comments-rationale = Rationale
comments-state = State
comments-open = Open
comments-settled = Settled
comments-accepted = Accepted
comments-partly = Accepted in part
comments-rejected = Rejected
comments-noted = Noted
comments-do-accepted = Accept
comments-do-partly = Accept in part
comments-do-rejected = Reject
comments-do-noted = Note
comments-adjudication = Adjudication
comments-reason = Reason
comments-reason-hint = Needed where a comment is rejected or accepted in part.
comments-row = Comment { $n }
comments-task = With which task
comments-add = Add a comment
comments-change = Save
comments-withdraw = Take back
comments-chosen = Chosen comments
comments-past-made = { $n ->
    [one] A comment was made.
   *[other] { $n } comments were made.
}
comments-past-changed = A comment was changed.
comments-past-withdrawn = { $n ->
    [one] A comment was taken back.
   *[other] { $n } comments were taken back.
}
comments-past-settled = { $n ->
    [one] A comment was settled: { $outcome }.
   *[other] { $n } comments were settled: { $outcome }.
}
done-comments-added = The comment is added.
done-comments-changed = The comment is changed.
done-comments-withdrawn = Taken back.
done-comments-settled = Settled.
