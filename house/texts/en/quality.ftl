# The quality of the register.
rail-quality = Quality
quality-title = Quality of the register
quality-summary = { $n ->
    [one] { $n } paper, { $share } complete
   *[other] { $n } papers, { $share } complete
}
quality-yours = Only papers that you may read are counted; the figures are computed now.
quality-percent = { $whole }.{ $tenth } %
quality-rules = Rules
quality-rule = Rule
quality-matters = Matters
quality-required = Required
quality-wanted = Wanted
quality-advice = Advice
quality-asked = Asked of
quality-broken = Broken by
quality-good = In order
quality-papers = { $n ->
    [one] { $n } paper: { $rule }
   *[other] { $n } papers: { $rule }
}
quality-by = By
quality-by-registry = Registry
quality-by-originator = Originator
quality-by-division = Division
quality-by-month = Month of registration
quality-documents = Papers
quality-complete = Complete
quality-nobody = No originator
quality-no-division = No division
quality-chart = Completeness by month of registration
quality-chart-says = From { $first } in { $from } to { $last } in { $to }. The table below has every month.
quality-none = There is nothing to count
quality-none-would = Papers that you may read would be counted here.
quality-kept = No paper breaks this rule
quality-kept-would = Papers that you may read and that break the rule would stand here, each with the way to correct it.
quality-correct = Correct
quality-nothing = Nothing is missing.
quality-of-paper = Completeness
