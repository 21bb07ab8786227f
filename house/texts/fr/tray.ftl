# La corbeille d’arrivée, les boîtes aux lettres et les messages formels.

rail-tray = Arrivée
tray-title = Corbeille d’arrivée
tray-caption = Ce qui est arrivé et attend d’être enregistré
tray-total = { $n ->
    [0] Rien n’attend d’être enregistré
    [one] { $n } pièce attend d’être enregistrée
   *[other] { $n } pièces attendent d’être enregistrées
}
tray-view = Lesquelles
tray-waiting = En attente
tray-dismissed = Non enregistrées
tray-filter = Objet, expéditeur, fichier, dossier ou boîte
tray-sender = Expéditeur
tray-arrived = Arrivée
tray-attached = Pièces jointes
tray-origin = Provenance
tray-no-subject = (sans objet)
tray-empty = Rien n’attend ici
tray-empty-would = Les messages de la boîte du bureau d’ordre et les fichiers déposés ici apparaissent ici à leur arrivée, chacun jusqu’à ce qu’il soit enregistré ou que vous disiez pourquoi il ne l’est pas.
tray-dismissed-caption = Ce qui est arrivé et n’a pas été enregistré
tray-dismissed-none = Rien n’est resté sans enregistrement
tray-dismissed-would = Ce qui est arrivé et n’a pas été enregistré figure ici avec le motif, qui l’a donné et quand. Du message lui-même rien n’est gardé.
tray-registered = Enregistré sous
tray-dismissed-n = { $n ->
    [one] { $n } pièce n’est pas enregistrée. Le motif est au journal.
   *[other] { $n } pièces ne sont pas enregistrées. Le motif est au journal.
}
tray-why = Motif
tray-words = En toutes lettres
tray-words-hint = Nécessaire pour « un autre motif ». Ne répétez pas ce que dit le message.
tray-by = Décidé par
tray-when = Le
tray-dismiss = Ne pas enregistrer
tray-dismiss-because = Ne pas enregistrer, parce que :
tray-dismiss-sure = { $n ->
    [one] Ne pas enregistrer cette pièce ?
   *[other] Ne pas enregistrer ces { $n } pièces ?
}
tray-dismiss-hint = Le message quitte la corbeille et son contenu est jeté ici ; le journal garde le motif. Le message reste dans la boîte.
tray-as-spam = Indésirable
tray-as-private = Privé
tray-as-duplicate = Déjà enregistré
tray-as-misdirected = Réexpédié
tray-as-ephemeral = Sans valeur durable
tray-reason-spam = Personne ne l’a demandé (indésirable)
tray-reason-private = Privé, ne regarde pas le bureau d’ordre
tray-reason-duplicate = La pièce est déjà au registre
tray-reason-misdirected = Mauvaise adresse, réexpédié
tray-reason-ephemeral = Sans valeur durable
tray-reason-other = Un autre motif
tray-message = Le message
tray-from = De
tray-to = À
tray-cc = Copie à
tray-sent = Envoyé
tray-answers = Répond à
tray-more = { $n ->
    [one] et { $n } autre
   *[other] et { $n } autres
}
tray-no-text = Rien n’a pu y être lu. Téléchargez-le pour le voir.
tray-file = Le fichier
tray-dropped = Apporté
tray-brought-by = Apporté par
tray-dismiss-hint-file = Le fichier quitte la corbeille et son contenu est jeté ici ; le journal garde le motif. Là d’où il vient, il reste.
bring-title = Apporter des fichiers
bring-files = Fichiers
bring-folder = ou tout un dossier
bring-hint = Chacun attend ici d’être enregistré. Un même fichier n’entre qu’une fois, si souvent qu’on l’apporte.
bring-drop = ou déposez des fichiers ou des dossiers n’importe où sur cette page
bring-go = Mettre dans la corbeille
bring-of = { $done } sur { $total } envoyés
bring-done = Terminé.
bring-failed = n’est pas arrivé. La liaison a peut-être été coupée : apportez-le de nouveau.
bring-left-out = Fichiers du système d’exploitation laissés de côté (comme .DS_Store) : { $n }
bring-show = Voir la corbeille
bring-came = Ce qui a été apporté
bring-each = Fichier par fichier
bring-n-waits = { $n ->
    [0] Rien de nouveau n’attend.
    [one] { $n } pièce attend maintenant.
   *[other] { $n } pièces attendent maintenant.
}
bring-n-known = { $n ->
    [one] { $n } était déjà venue.
   *[other] { $n } étaient déjà venues.
}
bring-n-refused = { $n ->
    [one] { $n } n’a pas été prise.
   *[other] { $n } n’ont pas été prises.
}
bring-waits = attend
bring-known = déjà venu
bring-refused = non pris
bring-waits-already = Le même fichier attend déjà. Rien n’a été ajouté.
bring-registered = Le même fichier est déjà venu et il est enregistré :
bring-dismissed = Le même fichier est déjà venu et n’a pas été enregistré ; le motif figure dans la liste. S’il est nécessaire malgré tout, enregistrez-le par le formulaire « Enregistrer un document ».
form-reply-to = Répond à
form-reply-to-hint = La référence de la pièce à laquelle celle-ci répond ; proposée d’après le fil du message
form-files = Classer dans le même dossier
form-precedence = Degré d’urgence
precedence-routine = ROUTINE
precedence-priority = URGENT
precedence-immediate = IMMÉDIAT
precedence-flash = FLASH

refusal-tray-full = Cette corbeille d’arrivée est pleine.
refusal-tray-full-remedy = Enregistrez ou écartez ce qui attend, puis apportez le reste.
refusal-tray-settled = Ceci n’attend plus dans la corbeille d’arrivée.
refusal-tray-settled-remedy = Quelqu’un l’a enregistré ou a dit pourquoi il ne l’est pas. Revenez à la corbeille ; le registre ou la liste des pièces non enregistrées dit ce qu’il en est.

mailbox-title = Boîtes aux lettres
mailbox-well = en ordre
mailbox-trouble = non lue
mailbox-read = Dernière lecture : { $when }
mailbox-never = Pas encore lue
mailbox-doing-connecting = la connexion
mailbox-doing-securing = la sécurisation de la connexion
mailbox-doing-signing-in = l’identification
mailbox-doing-listing = la liste des dossiers
mailbox-doing-opening = l’ouverture d’un dossier
mailbox-doing-searching = la recherche de nouveaux messages
mailbox-doing-reading = la lecture d’un message
mailbox-doing-marking = le marquage d’un message comme lu
mailbox-doing-moving = le déplacement d’un message
mailbox-doing-waiting = l’attente de nouveaux messages
mailbox-unreachable = Le serveur de courrier { $server } ne peut être joint ({ $why }).
mailbox-unreachable-remedy = Un nouvel essai se fait de lui-même. Si cela dure, demandez à l’administrateur de vérifier le serveur et le réseau.
mailbox-authorities = Le fichier des autorités de confiance est inutilisable ({ $why }).
mailbox-authorities-remedy = L’administrateur doit y mettre le certificat de l’autorité qui a signé celui du serveur.
mailbox-not-trusted = Le certificat du serveur de courrier { $server } n’inspire pas confiance ({ $why }).
mailbox-not-trusted-remedy = L’administrateur doit demander quelle autorité l’a signé et pour quel nom, et indiquer les deux. Rien n’a été envoyé au serveur.
mailbox-not-secured = La connexion au serveur de courrier { $server } ne peut être sécurisée ({ $why }).
mailbox-not-secured-remedy = L’administrateur doit choisir TLS ou STARTTLS, selon ce que le serveur offre à ce port. Rien n’a été envoyé au serveur.
mailbox-plain-refused = Le serveur de courrier { $server } est une autre machine, et une connexion non chiffrée montrerait le courrier.
mailbox-plain-refused-remedy = L’administrateur doit choisir TLS ou STARTTLS.
mailbox-password-file = Le fichier du mot de passe de la boîte est inutilisable ({ $why }).
mailbox-password-file-remedy = L’administrateur doit y écrire le mot de passe, sur une ligne, lisible par le seul service.
mailbox-login-refused = Le serveur de courrier refuse l’accès à { $user } ({ $said }).
mailbox-login-refused-remedy = L’administrateur doit vérifier le nom et le mot de passe, et que le compte peut utiliser IMAP. Les nouveaux essais sont espacés, pour que le compte ne soit pas bloqué.
mailbox-login-impossible = Le serveur de courrier n’accepte pas de mot de passe.
mailbox-login-impossible-remedy = L’administrateur doit demander au responsable du serveur de l’admettre pour ce compte.
mailbox-folder-missing = Il n’y a pas de dossier « { $folder } » dans la boîte. Il y a : { $there }.
mailbox-folder-missing-remedy = L’administrateur doit en indiquer un qui existe, ou le créer dans la boîte.
mailbox-unfollowable = Le serveur de courrier ne donne pas de numéros durables aux messages du dossier « { $folder } ».
mailbox-unfollowable-remedy = L’administrateur doit indiquer un autre dossier, ou interroger le responsable du serveur.
mailbox-too-much-owed = { $count } messages du dossier « { $folder } » n’ont pu être marqués ou déplacés.
mailbox-too-much-owed-remedy = L’administrateur doit donner au compte le droit de modifier le dossier, ou choisir de laisser les messages tels quels.
mailbox-refused = Le serveur de courrier a refusé pendant { $doing } ({ $said }).
mailbox-refused-remedy = Un nouvel essai se fait de lui-même. Si cela dure, adressez-vous à l’administrateur.
mailbox-ended = Le serveur de courrier a mis fin à l’échange pendant { $doing } ({ $said }).
mailbox-ended-remedy = Il n’y a rien à faire : ce qui est arrivé reste ici, et le reste sera lu au retour du serveur.
mailbox-lost = La connexion au serveur de courrier s’est rompue pendant { $doing }.
mailbox-lost-remedy = Il n’y a rien à faire : ce qui est arrivé reste ici, et le reste sera lu au retour du serveur.
mailbox-silent = Le serveur de courrier n’a pas répondu depuis { $seconds } secondes pendant { $doing }.
mailbox-silent-remedy = Il n’y a rien à faire : ce qui est arrivé reste ici, et le reste sera lu au retour du serveur.
mailbox-nonsense = La réponse du serveur de courrier pendant { $doing } est incompréhensible ({ $why }).
mailbox-nonsense-remedy = L’administrateur doit vérifier qu’un serveur de courrier IMAP écoute à ce port.
mailbox-not-kept = Un message n’a pu être conservé ici.
mailbox-not-kept-remedy = Un nouvel essai se fait de lui-même, et le message reste au serveur jusque-là. Si cela dure, demandez à l’administrateur de vérifier le disque.
mailbox-not-taken = Le message { $uid } du dossier « { $folder } » n’a pu être pris ({ $why }).
mailbox-not-taken-remedy = Voyez-le dans la boîte ; s’il doit être au registre, enregistrez-le à la main. Dites ensuite ici que c’est réglé.
mailbox-too-large = Le message { $uid } du dossier « { $folder } » est trop grand : { $bytes }, pour { $limit } admis.
mailbox-too-large-remedy = Sortez-le de la boîte et enregistrez le fichier à la main. Dites ensuite ici que c’est réglé.
mailbox-gone = Le message { $uid } du dossier « { $folder } » a été supprimé ou déplacé avant d’être lu.
mailbox-gone-remedy = Demandez à ceux qui utilisent la boîte. Dites ensuite ici que c’est réglé.
mailbox-unreadable = Le serveur de courrier ne donne pas le message { $uid } du dossier « { $folder } » ({ $said }).
mailbox-unreadable-remedy = Voyez-le dans la boîte ; s’il doit être au registre, enregistrez-le à la main. Dites ensuite ici que c’est réglé.

form-formal = Message formel : degré d’urgence et groupe date-heure
form-info-precedence = Degré d’urgence pour information
form-dtg = Groupe date-heure
form-dtg-hint = Comme dans le message : 121530Z MAR 26
formal-info = { $precedence } pour information
ring-title = Ne peut attendre
ring-since = enregistré { $when }
ring-take-note = Prendre note
ring-take-note-of = Prendre note de { $reference }
ring-rings = Personne n’en a encore pris note.
ring-noted = { $who } en a pris note { $when }
refusal-no-date-time-group = Ceci n’est pas un groupe date-heure.
refusal-no-date-time-group-remedy = Écrivez jour, heure, minute, fuseau, mois et année comme dans le message, par exemple 121530ZMAR26.
