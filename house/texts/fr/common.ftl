# Mots qui n’appartiennent à aucune page : nom, dates, nombres, tailles.
app-name = Chancery

month-1 = janvier
month-2 = février
month-3 = mars
month-4 = avril
month-5 = mai
month-6 = juin
month-7 = juillet
month-8 = août
month-9 = septembre
month-10 = octobre
month-11 = novembre
month-12 = décembre

weekday-1 = lundi
weekday-2 = mardi
weekday-3 = mercredi
weekday-4 = jeudi
weekday-5 = vendredi
weekday-6 = samedi
weekday-7 = dimanche

date-full = { $day } { $month } { $year }
date-short = { $day } { $month }
date-long = { $weekday } { $date }
date-moment = { $date }, { $time }
date-time = { $hour } h { $minute } { $zone }
date-none = sans date

relative-today = aujourd’hui
relative-yesterday = hier
relative-tomorrow = demain
relative-days-ago = { $n ->
    [one] il y a { $n } jour
   *[other] il y a { $n } jours
}
relative-days-ahead = { $n ->
    [one] dans { $n } jour
   *[other] dans { $n } jours
}
relative-weeks-ago = { $n ->
    [one] il y a { $n } semaine
   *[other] il y a { $n } semaines
}
relative-weeks-ahead = { $n ->
    [one] dans { $n } semaine
   *[other] dans { $n } semaines
}
relative-months-ago = il y a { $n } mois
relative-months-ahead = dans { $n } mois
relative-years-ago = { $n ->
    [one] il y a { $n } an
   *[other] il y a { $n } ans
}
relative-years-ahead = { $n ->
    [one] dans { $n } an
   *[other] dans { $n } ans
}
working-days-ahead = { $n ->
    [one] dans { $n } jour ouvrable
   *[other] dans { $n } jours ouvrables
}
days-late = { $n ->
    [one] { $n } jour de retard
   *[other] { $n } jours de retard
}

size-bytes = { $n ->
    [one] { $n } octet
   *[other] { $n } octets
}
size-kilobytes = { $n } ko
size-megabytes = { $n } Mo
size-gigabytes = { $n } Go
size-terabytes = { $n } To

list-and = { $items } et { $last }

# Between a label and what is said of it.
colon =  :
semicolon =  ;
