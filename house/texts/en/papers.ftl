# Official forms as PDF.
paper-pdf = PDF
paper-disclosures = Disclosure record (PDF)
paper-out-card = Out-card (PDF)
paper-labels = Print labels
paper-log = Register (PDF)
paper-log-year = Year

# What forms say of a record.
paper-held = Held the copy
paper-read = { $means }, version { $version }
paper-given-up = Given up: { $words }
paper-withdrawn = Withdrawn: { $words }

refusal-form-failed = The form could not be made.
refusal-form-failed-remedy = Print the page itself instead. Tell whoever runs the system: its log says what is wrong with the form.
refusal-form-too-long = The form would have more pages than one may have.
refusal-form-too-long-remedy = Take the list as CSV or XLSX instead.
