# What a person keeps for himself: searches, profiles, views, what was opened last; and the keys.
kept-title = Saved searches
kept-text = Each with what it finds today among what you may see, and what came or was corrected since you last looked.
kept-none = No search is saved yet
kept-none-would = Search for something, then give the search a name: it stands here, on your desk and in the palette.
kept-none-desk = No search is saved yet. Search for something, then give the search a name.
kept-all = All saved searches
kept-query = Query
kept-query-hint = As typed into the search box
kept-new-head = New
kept-new = { $n ->
    [one] { $n } new
   *[other] { $n } new
}
kept-is-new = new
kept-change = Change
kept-change-title = Change a saved search
kept-keep-title = Save or watch this search
kept-keep = Save the search
kept-name = Name
kept-name-hint = Only you see it. Write nothing classified into it.
kept-save = Save
kept-drop = Delete the search
done-search-kept = Saved. The search stands on your desk and in the palette.
done-search-changed = Changed.
done-search-dropped = Deleted.
watch-title = Watch profiles
watch-text = A profile flags each paper that comes or is corrected, that you may read and that fits.
watch-new = New profile
watch-new-title = New watch profile
watch-change-title = Change a watch profile
watch-form-text = Describe what should be flagged. What came before is not flagged; search for it.
watch-query-hint = Words and filters, such as exercise from:operations or cites:"MCM 41 10"
watch-none = You watch nothing yet
watch-none-desk = You watch nothing yet.
watch-none-would = Describe what concerns you: each new or corrected paper that fits is flagged on your desk, with why.
watch-drop = Delete the profile
watch-this = Watch this
watch-desk = Flagged for you
watch-flagged = Flagged
watch-total = { $n ->
    [0] Nothing is flagged.
    [one] { $n } paper is flagged.
   *[other] { $n } papers are flagged.
}
watch-more = { $n ->
    [one] { $n } more
   *[other] { $n } more
}
watch-why = Why
watch-is-new = new
watch-is-corrected = corrected
watch-before = Before
watch-after = After
watch-cites = Cites
watch-aside = Put aside
watch-nothing = Nothing new fits
watch-nothing-would = Papers that come or are corrected and that fit would stand here until you put them aside.
watch-all-matches = Everything that fits
done-watch-kept = Saved. What comes from now on and fits is flagged on your desk.
done-watch-changed = Changed.
done-watch-dropped = Deleted.
done-watch-aside = Put aside. A later correction flags the paper again.
desk-opened = Opened last
desk-opened-none = What you open stands here, so that you find it again.
column-addressee = Addressee
palette-search-for = Search for “{"{q}"}”
palette-search = Saved search
palette-watch = Watch profile
palette-recent = Opened last
palette-page = Page
palette-reference = By reference
keys-title = Keys
keys-short = Keys
keys-text = Single keys work wherever you are not typing; the palette turns them off and on.
keys-everywhere = On every page
keys-lists = In a list
keys-pages = Pages
keys-palette = Everything that can be done here, where you may go, any reference
keys-this = This page
keys-send = Send the form
keys-tab = Go on to the next field or link
keys-escape = Leave the search box, close the palette
keys-open = Open the row
keys-choose = Choose the row
keys-between = Held while choosing: everything between

# Columns and views of a list.
column-preferred = Preferred reference
column-direction = Direction
column-language = Language
column-registered-by = Registered by
column-file = File
column-held = Held
views-title = Views
views-choose = Columns and view
views-columns = Columns
views-columns-hint = A number is the place of the column from the left; without one it is not shown.
views-rows = Rows of a page
views-density = Density
views-open = Roomy
views-tight = Tight
views-show = Show
views-name = Keep this view under a name
views-keep = Keep
views-usual = Make “{ $name }” my usual view
views-not-usual = No longer use “{ $name }” as my usual view
views-drop = Delete the view “{ $name }”
search-help-file = file: a code of the file plan, with what stands below it: file:2.1
