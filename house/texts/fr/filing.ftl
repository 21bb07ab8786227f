# Le plan de classement d’un bureau d’ordre, et où les documents sont classés.
plan-total = { $n ->
    [one] { $n } dossier de classement
   *[other] { $n } dossiers de classement
}
plan-documents = { $n ->
    [one] { $n } document
   *[other] { $n } documents
}
plan-below = { $n ->
    [one] { $n } dossier au-dessous
   *[other] { $n } dossiers au-dessous
}
plan-open = Ouvrir un dossier
plan-open-go = Ouvrir le dossier
plan-open-first = Ouvrir le premier dossier
plan-empty = Ce bureau d’ordre n’a encore aucun dossier
plan-empty-would = Le plan de classement figure ici : les sujets avec leur cote, le responsable de chacun et l’emplacement des papiers.
plan-change = Modifier le dossier
plan-change-go = Modifier
plan-form-text = Un dossier réunit les documents d’un sujet ; un dossier d’affaire rassemble les documents de plusieurs dossiers pour suivre une affaire jusqu’à sa fin.
plan-is-subject = Dossier du plan
plan-is-dossier = Dossier d’affaire
plan-dossier = affaire
plan-closed = clos
plan-kind = Nature
plan-code = Cote
plan-code-hint = Laissée vide, c’est la cote suivante
plan-name = Nom
plan-name-en = Nom en anglais
plan-name-fr = Nom en français
plan-name-hint = Un des deux noms suffit
plan-parent = Rattaché à
plan-owner = Responsable
plan-status = État
plan-status-hint = Où en est l’affaire, pour un dossier d’affaire
plan-place = Emplacement des papiers
plan-place-hint = Salle, rayon, boîte
plan-words = Mots
plan-words-hint = Mots de l’objet qui font proposer ce dossier, un par ligne
plan-originators = Autorités d’origine
plan-on = Date
plan-today = Laissée vide, c’est aujourd’hui
plan-level-open = Ouvert à tous ceux qui utilisent ce bureau d’ordre
plan-level-hint = Le nom d’un dossier peut être révélateur. Qui ne peut pas le voir ne voit rien du dossier, ni de ce qui est au-dessous.
plan-groups-hint = Seulement avec un marquage : les membres d’un de ces groupes
plan-about = À propos de ce dossier
plan-opened-on = Ouvert le
plan-closed-on = Clos le
plan-count = Documents
plan-volumes = Volumes
plan-volume = Volume { $n }
plan-volume-open = ouvert
plan-all-volumes = Tous les volumes
plan-files-below = Dossiers au-dessous
plan-list = Documents de ce dossier
plan-file-empty = Rien n’est classé ici pour vous
plan-file-empty-would = Les documents classés dans ce dossier et que vous pouvez lire figureraient ici.
plan-put = Classer des documents dans ce dossier
plan-put-hint = 500 au plus, une référence par ligne
plan-references = Références des documents
plan-filed = { $n ->
    [one] { $n } document est classé.
   *[other] { $n } documents sont classés.
}
plan-not-filed = { $n ->
    [one] Une référence n’a pas été classée ; elle reste dans le champ.
   *[other] { $n } références n’ont pas été classées ; elles restent dans le champ.
}
plan-volume-close = Clore le volume ouvert
plan-volume-begin = Ouvrir un volume
plan-next = Volume suivant
plan-next-yes = Ouvrir le suivant le même jour
plan-close = Clore le dossier
plan-reopen = Rouvrir le dossier
filing-title = Classé dans
filing-none = Aucun dossier pour l’instant.
filing-more = Mettre dans un dossier ou en retirer
filing-proposed = Proposé
filing-by-originator = autorité d’origine { $name }
filing-by-word = le mot « { $word } »
filing-page = Où ce document est classé
filing-blind = Vous traitez ce document sans pouvoir le lire : vous pouvez le classer, mais il ne vous est pas dit où il se trouve.
filing-into = Le classer dans un dossier
filing-file = Dossier
filing-no-files = Aucun autre dossier de ce bureau d’ordre ne reçoit de documents.
filing-go = Classer
filing-out-title = Le retirer d’un dossier
filing-from = De quel dossier
filing-out = Retirer
filing-was-put = Classé dans { $file }
filing-was-taken = Retiré de { $file }
done-file-opened = Le dossier est ouvert et reçoit des documents.
done-file-changed = Le dossier est modifié.
done-file-closed = Le dossier est clos.
done-file-reopened = Le dossier est rouvert, avec un nouveau volume.
done-volume-opened = Le volume est ouvert.
done-volume-closed = Le volume est clos.
done-filed = Classé.
done-taken-out = Retiré. L’historique garde le dossier où il était et le motif.
