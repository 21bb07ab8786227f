# Words that belong to no page: name, dates, numbers, sizes.
app-name = Chancery

month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December

weekday-1 = Monday
weekday-2 = Tuesday
weekday-3 = Wednesday
weekday-4 = Thursday
weekday-5 = Friday
weekday-6 = Saturday
weekday-7 = Sunday

date-full = { $day } { $month } { $year }
date-short = { $day } { $month }
date-long = { $weekday } { $date }
date-moment = { $date }, { $time }
date-time = { $hour }:{ $minute } { $zone }
date-none = undated

relative-today = today
relative-yesterday = yesterday
relative-tomorrow = tomorrow
relative-days-ago = { $n ->
    [one] { $n } day ago
   *[other] { $n } days ago
}
relative-days-ahead = { $n ->
    [one] in { $n } day
   *[other] in { $n } days
}
relative-weeks-ago = { $n ->
    [one] { $n } week ago
   *[other] { $n } weeks ago
}
relative-weeks-ahead = { $n ->
    [one] in { $n } week
   *[other] in { $n } weeks
}
relative-months-ago = { $n ->
    [one] { $n } month ago
   *[other] { $n } months ago
}
relative-months-ahead = { $n ->
    [one] in { $n } month
   *[other] in { $n } months
}
relative-years-ago = { $n ->
    [one] { $n } year ago
   *[other] { $n } years ago
}
relative-years-ahead = { $n ->
    [one] in { $n } year
   *[other] in { $n } years
}
working-days-ahead = { $n ->
    [one] in { $n } working day
   *[other] in { $n } working days
}
days-late = { $n ->
    [one] { $n } day late
   *[other] { $n } days late
}

size-bytes = { $n ->
    [one] { $n } byte
   *[other] { $n } bytes
}
size-kilobytes = { $n } kB
size-megabytes = { $n } MB
size-gigabytes = { $n } GB
size-terabytes = { $n } TB

list-and = { $items } and { $last }

# Between a label and what is said of it.
colon = :
semicolon = ;
