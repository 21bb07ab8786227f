# Une autre personne prend la place.
change-title = Changer d’utilisateur
change-short = Changer d’utilisateur
change-text = La session est celle de { $name }. La personne qui prend la place s’identifie ; ce qui reste à moitié rempli dans le formulaire part avec { $name } et ne revient qu’avec { $name }, pendant un jour.
change-go = Changer
change-leave = Quitter seulement
change-leave-hint = « Quitter seulement » garde aussi le formulaire et montre la porte d’entrée : pour l’annuaire, une carte ou une pause.
change-failed = L’utilisateur n’a pas changé : la ligne est coupée ou la session a pris fin. Rien de ce qui a été saisi n’est perdu ; essayez de nouveau.
change-no-script = Ce navigateur n’exécute pas de script : ce qui reste à moitié rempli dans un formulaire ne peut être gardé en changeant ici.
keys-change = Changer d’utilisateur, depuis un champ
drafts-title = Laissé à moitié rempli
drafts-text = Ce que vous aviez saisi quand une autre personne a pris votre place. Cela n’est qu’à vous, est gardé un jour, et est effacé quand le formulaire est envoyé.
drafts-one = Tel qu’au changement d’utilisateur.
drafts-back = Ce que vous aviez saisi est de retour, tel qu’au { $at }. Rien n’a été envoyé.
drafts-go = Reprendre
drafts-drop = Jeter
drafts-page = Page
drafts-form = Un formulaire
drafts-since = Gardé depuis
drafts-look = Voir
drafts-fields = Ce qui a été saisi
drafts-field = Champ
drafts-value = Valeur
drafts-none = Rien n’est resté à moitié rempli
drafts-none-would = Ce que vous aurez saisi en changeant d’utilisateur vous attendrait ici.
drafts-desk = { $n ->
    [one] Un formulaire est resté à moitié rempli.
   *[other] { $n } formulaires sont restés à moitié remplis.
}
done-dropped = C’est jeté.

# La page de quelqu’un dont un autre a pris la place
taken-title = Quelqu’un d’autre a ouvert une session ici
taken-text = Cette page est à la personne précédente. Elle reste couverte jusqu’à ce que cette personne ouvre de nouveau une session à ce poste ; ce qui y était saisi s’y trouve encore.
taken-go = Aller à votre bureau
