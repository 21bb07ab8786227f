# Les mots propres à chaque page.

# Mon bureau
desk-late = { $n ->
    [0] Rien n’est en retard
    [one] Une affaire est en retard
   *[other] { $n } affaires sont en retard
}
desk-waiting = { $n ->
    [0] rien ne vous attend
    [one] une affaire vous attend
   *[other] { $n } affaires vous attendent
}
desk-day = { $late }, { $waiting }.
desk-what = Affaire
desk-from = De
desk-due = Échéance
desk-arrived = Arrivés pour vous
desk-recent = Ouverts récemment
desk-holdings = Documents que vous pouvez lire, par marquage
desk-expiring = Vos échéances proches
desk-confirm = En attente d’une seconde personne
desk-caption = Ce qui vous attend
desk-empty = Rien ne vous attend
desk-empty-would = Les documents qui vous sont adressés, les propositions à confirmer et les réponses du bureau d’ordre apparaissent ici.

# Le registre et ses documents
register-title = Registre
register-new = Enregistrer un document
register-caption = Documents, du plus récent au plus ancien
register-all = Tous
register-mine = Enregistrés par moi
register-undetermined = Marquage indéterminé
register-month = Ce mois-ci
register-empty = Rien n’est encore enregistré
register-empty-would = Tous les documents que vous pouvez voir figureraient ici, du plus récent au plus ancien, avec leur référence, leur marquage et leur date.
register-none-match = Aucun document ne correspond
register-none-match-would = Rien de ce que vous pouvez voir ne répond aux critères retenus.
register-total = { $n ->
    [one] { $n } document
   *[other] { $n } documents
}
column-subject = Objet
column-reference = Référence
column-marking = Marquage
column-date = Date
column-registered = Enregistré
column-originator = Origine
column-kind = Nature
column-registry = Bureau d’ordre
column-year = Année
column-name = Nom
column-post = Poste
column-clearance = Habilitation
column-valid = Échéance
column-nation = Pays
column-series = Série
column-state = État
column-number = Numéro
column-when = Quand
column-who = Qui
column-count = Nombre

kind-incoming = Arrivée
kind-outgoing = Départ
kind-internal = Interne
kind-created = Établi ici

document-read = Lire
document-entry = Fiche
document-versions = Versions
media-text-plain = texte
media-application-pdf = PDF
media-message-rfc822 = courriel
media-image-png = image PNG
media-image-jpeg = image JPEG
media-image-tiff = image TIFF
media-text-html = page web
media-application-vnd-openxmlformats-officedocument-wordprocessingml-document = document Word
media-application-vnd-openxmlformats-officedocument-spreadsheetml-sheet = classeur Excel
document-citations = Renvois
document-history = Historique
document-about = À propos
document-from = De
document-to = Destinataires
document-dated = Daté du
document-registered-by = Enregistré par
document-registry = Bureau d’ordre
document-other-references = Autres références
document-foreign-reference = Leur référence
document-marking = Marquage
document-subject-marking = Marquage de l’objet
document-pages = { $n ->
    [one] { $n } page
   *[other] { $n } pages
}
document-enclosures = { $n ->
    [one] { $n } pièce jointe
   *[other] { $n } pièces jointes
}
document-file = Fichier
document-files = Fichiers
document-download = Télécharger
document-download-file = Télécharger { $name }
document-attached = Pièces jointes
document-fingerprint = Empreinte
document-why = Vous le voyez parce que
document-why-read = vous êtes habilité jusqu’au niveau { $level }, à ce jour
document-why-handle = Votre bureau d’ordre le détient : vous pouvez le traiter, non le lire
document-handle-title = Vous pouvez traiter ce document, non le lire
document-handle-text = Sa référence, sa date et son marquage sont montrés parce que votre bureau d’ordre le tient. Le contenu est réservé aux personnes habilitées.
document-elsewhere = Conservé ailleurs
document-elsewhere-text = Seule la fiche est enregistrée ici. Le document est conservé : { $place }
document-no-text = Aucun texte n’a pu être lu dans ce fichier
document-text-encrypted = Le fichier est chiffré. Il est gardé tel quel.
document-text-damaged = Le fichier est endommagé. Il est gardé tel quel.
document-text-limits = Le fichier dépasse ce que le lecteur peut y consacrer. Il est gardé tel quel.
document-text-mislabelled = Le fichier n’est pas du type que son nom annonce. Il est gardé tel quel.
document-quarantined = Ce fichier s’est comporté de façon hostile et se trouve en quarantaine. Personne ne peut l’ouvrir ici.
document-indexing = Indexation en cours : on peut l’ouvrir, et on le trouvera dans un instant.
document-undetermined = Marquage indéterminé
document-undetermined-text = Tant qu’un contrôleur n’a pas décidé du marquage, seuls les contrôleurs du bureau d’ordre qui l’a enregistré le voient.
document-version = Version { $n }
document-current = en vigueur
document-cites = Renvoie à
document-cited-by = Cité par
document-unresolved = inconnu ici
document-correct = Corriger la fiche
document-decide-marking = Décider du marquage
document-print = Imprimer
document-registered-as = Enregistré sous la référence { $reference }.
document-stage-dated = Daté
document-stage-received = Reçu
document-stage-registered = Enregistré
document-stage-sealed = Scellé
document-stage-review = Réexamen
document-stage-archives = Archives

# Enregistrement
form-register-title = Enregistrer un document
form-register-text = Choisissez ou déposez le fichier : ce qui y figure est lu et proposé, et vous confirmez.
form-read-title = Confirmez ce qui a été lu
form-read-text = { $n ->
    [0] Rien n’a pu être lu dans { $file }. Veuillez remplir les champs.
    [one] Un champ a été lu dans { $file }. Comparez-le avec le document avant de confirmer.
   *[other] { $n } champs ont été lus dans { $file }. Comparez-les avec le document avant de confirmer.
}
form-file = Document
form-file-hint = Word, OpenDocument, PDF, courriel ou texte brut
form-paper = Il est sur papier, ou conservé dans un autre système
form-held = Lieu de conservation
form-held-hint = Par exemple « coffre 4, rayon 2 » ou le nom du système
form-registry = Bureau d’ordre
form-kind = Nature
form-reference = Référence de l’autorité d’origine
form-reference-hint = Comme sur le document ; le numéro de votre bureau d’ordre est attribué à l’enregistrement
form-date = Date du document
form-originator = Autorité d’origine
form-addressees = Destinataires
form-subject = Objet
form-subject-hint = Comme sur le document. Il est montré à tous ceux qui peuvent voir la fiche.
form-marking = Marquage
form-level = Niveau
form-categories = Catégories
form-releasable = Communicable à
form-undetermined = Indéterminé : un contrôleur décidera
form-language = Langue du document
form-cites = Références citées
form-remarks = Observations
form-read = Lire le document
form-submit = Enregistrer
form-cancel = Abandonner
place-page-line = page { $page }, ligne { $line }
place-page = page { $page }
place-properties = propriétés du fichier
place-header = en-tête du message

# Recherche
search-title = Recherche
search-of = Rechercher
search-total = { $n ->
    [0] Rien de trouvé
    [one] { $n } document
   *[other] { $n } documents
}
search-caption = Documents trouvés, les plus pertinents d’abord
search-help = Des mots, "une expression entre guillemets", et from: to: marking: before: after: ref:
search-help-title = Comment chercher
search-help-words = Tous les mots doivent figurer, sous toute forme : arrangement trouve arrangements.
search-help-phrase = "pays hôte" trouve les deux mots côte à côte.
search-help-from = from:plans et to:"comité militaire" portent sur l’autorité d’origine et les destinataires.
search-help-marking = marking:secret trouve tous les marquages de ce niveau.
search-help-dates = after:2024-05 before:2026 portent sur la date du document ; ceux sans date sont laissés de côté.
search-help-ref = ref:MCM-0041-2010 trouve une référence, quelle qu’en soit l’écriture. Une référence seule mène droit à son document.
search-none = Rien de ce que vous pouvez voir ne répond
search-none-would = Essayez avec moins de mots, ou avec la référence. Ce que vous ne pouvez pas voir n’est ni trouvé, ni compté.
search-unread = non pris en compte : { $part }
search-sort-best = Par pertinence
search-sort-newest = Du plus récent

# Personnes
people-title = Personnes
people-add = Ajouter une personne
people-caption = Personnes de ce quartier général, par nom
people-empty = Aucune personne pour l’instant
people-empty-would = Toutes les personnes qui peuvent ouvrir une session ou détenir un document figureraient ici, avec leur habilitation.
person-clearances = Habilitations
person-clearance-caption = Habilitations et séances d’information
person-propose = Proposer une habilitation
person-confirm = Confirmer
person-decline = Écarter
person-level = Habilité jusqu’au niveau
person-briefed = Informé pour
person-valid-from = Du
person-valid-until = Au
person-certificate = Certificat
person-authority = Autorité
person-roles = Fonctions
person-nation = Pays
person-login = Identifiant
person-proposed-by = Proposée par { $name }, { $when }
person-confirmed-by = Confirmée par { $name }, { $when }
person-founding = D’après l’acte fondateur
person-no-clearance = Sans certificat
person-no-clearance-text = Sans certificat, cette personne voit les documents non classifiés, et ceux pour lesquels une séance d’information suffit.
person-in-force = en vigueur
person-proposed = attend une seconde personne
person-expired = échue
person-expires-soon = échéance { $when }
person-revoke = Retirer
person-sign-out-everywhere = Fermer toutes les sessions
person-new-code = Donner un nouveau code à usage unique
person-one-time-code = Code à usage unique pour { $name }
person-one-time-code-text = Remettez-le en main propre. Il sert une seule fois, jusqu’au { $until }, et ne sera plus montré.
person-not-yourself = Vous ne pouvez pas modifier votre propre habilitation : un autre officier de sécurité s’en charge.
role-registry-clerk = Agent du bureau d’ordre
role-controller = Contrôleur
role-security-officer = Officier de sécurité
role-administrator = Administrateur
role-inspector = Inspecteur
role-reader = Lecteur

# Le journal
ledger-title = Journal
ledger-text = Toute modification du registre est une écriture de ce journal. Les écritures ne changent jamais ; un point de contrôle signé le prouve.
ledger-caption = Écritures, de la plus récente à la plus ancienne
ledger-entry = Écriture
ledger-entries = Écritures
ledger-checkpoint = Dernier point de contrôle signé
ledger-root = Racine
ledger-signed = Signé
ledger-key = Clé publique
ledger-proof = En-têtes pour un inspecteur
ledger-full = Exportation complète
ledger-verified = Vérifié { $when } : entier et inaltéré
ledger-broken = Le journal se contredit à partir de l’écriture { $n }
ledger-verify = Vérifier maintenant
ledger-act = Acte
ledger-actor = Par
ledger-empty = Aucune écriture encore
ledger-empty-would = Le premier acte de ce bureau d’ordre devient la première écriture.
act-founding = Acte fondateur
act-registered = Document enregistré
act-version-added = Version ajoutée
act-corrected = Fiche corrigée
act-marking-decided = Marquage décidé
act-person-added = Personne ajoutée
act-clearance-proposed = Habilitation proposée
act-clearance-confirmed = Habilitation confirmée
act-clearance-revoked = Habilitation retirée
act-signed-in = Session ouverte

# La première page de la démonstration
demo-title = Un quartier général à essayer
demo-text = Des personnes inventées, des documents inventés, un vrai registre. Chacune des personnes ci-dessous en voit une partie différente.
demo-who = Qui peut ouvrir une session
demo-try = Cinq choses à essayer
demo-name = Nom
demo-sees = Voit
demo-password = Mot de passe commun à tous :
demo-as = Entrer comme { $name }
demo-caption = Les personnes de la démonstration


# Les pages telles quelles, enregistrement, personnes, journaux, compte personnel.
desk-since = Depuis
desk-confirm-one = Confirmer une proposition
desk-empty-now = Les propositions à confirmer et les documents au marquage indéterminé apparaissent ici.
desk-empty-reader = Ce qui vous concerne apparaît ici : les documents modifiés depuis votre lecture, et ceux que vous avez gardés trop longtemps.
desk-more = Il en attend plus qu’il n’en est montré ici.
desk-newest = Derniers enregistrés, parmi ce que vous pouvez lire
desk-newest-none = Rien de ce que vous pouvez lire n’est encore enregistré.
desk-registries = Ce que vous voyez, par bureau d’ordre
desk-expiring-none = Aucune des vôtres n’échoit dans les six mois.

register-handle-only = vous pouvez le traiter, non le lire
register-list = Documents
register-first-page = Retour à la première page
register-none-beyond = La liste s’arrête avant cet endroit.
column-size = Taille

document-views = Vues du document
document-info = Pour information
document-need-to-know = Besoin d’en connaître
document-text-cut = Le texte continue. Téléchargez le fichier pour le lire en entier.
document-no-versions = Aucun fichier n’est gardé ici
document-no-versions-would = Les fichiers de ce document figureraient ici, du plus récent au plus ancien, chacun avec son empreinte.
reading-text = Son texte a été lu.
reading-recognised = Ses mots ont été reconnus dans l’image numérisée : certains peuvent être faux.
reading-no-text = Il a été lu et ne contient aucun texte.
reading-not-read = Les fichiers de ce type ne sont pas lus. Il est gardé tel quel.
reading-chip-text = texte lu
reading-chip-recognised = reconnu dans une image
reading-chip-no-text = sans texte
reading-chip-encrypted = chiffré
reading-chip-damaged = endommagé
reading-chip-over-limit = au-delà des limites
reading-chip-mislabelled = autre que son nom
reading-chip-quarantined = en quarantaine
reading-chip-not-read = non lu
flag-macros = contient des macros
flag-external-content = renvoie à du contenu extérieur
flag-embedded-files = contient d’autres fichiers
flag-unsafe-names = noms sortant de leur dossier
flag-hidden-text = contient du texte masqué
flag-tracked-deletions = suppressions suivies
flag-comments = contient des commentaires
flag-partly-read = lu en partie
flag-sealed = signé ou scellé
language-en = anglais
language-fr = français

kind-letter = Lettre
kind-memorandum = Mémorandum
kind-note = Note
kind-message = Message
kind-telegram = Télégramme
kind-report = Rapport
kind-request = Demande
kind-minutes = Compte rendu
kind-decision-sheet = Relevé de décisions
kind-study = Étude
kind-working-paper = Document de travail
kind-order = Ordre
kind-directive = Directive
kind-agenda = Ordre du jour
kind-e-mail = Courriel
kind-document = Autre document

form-register-now = Le fichier est scellé dès son arrivée. Le numéro du bureau d’ordre est attribué à l’enregistrement.
form-direction = Sens
form-action = Destinataires pour action
form-info = Destinataires pour information
form-one-a-line = Un par ligne
form-other-references = Autres références
form-policy = Politique de sécurité
marking-set-additional-sensitivity = Sensibilité particulière
marking-set-releasable-to = Communicable à
marking-set-only = Uniquement pour
marking-set-administrative = Mentions administratives
form-policy-hint = Après l’avoir changée, affichez ses niveaux ; votre saisie est gardée.
form-policy-go = Afficher ses niveaux
form-subject-level = Marquage de l’objet
form-subject-level-hint = À laisser vide si l’objet porte le marquage du document
form-obsolete = { $name } (n’est plus attribué)
form-obsolete-short = n’est plus attribué
form-groups = Besoin d’en connaître
form-groups-hint = Seuls les membres d’un des groupes cochés peuvent le lire. Aucun coché : toutes les personnes habilitées.
form-groups-also = Et aussi membre de
form-groups-also-hint = Il faut l’un de ceux-ci en plus de l’un de ceux qui précèdent
form-persons-hint = Une personne par ligne, par son identifiant ou son nom complet. Personne : pas de liste d’accès
form-day-hint = Par exemple 12 mars 2026 ou 2026-03-12
form-duplicate = Ce contenu est enregistré sous la référence
form-registered-blind = Le document est enregistré. Son marquage, ou les groupes qui ont à en connaître, ne vous permettent pas de l’ouvrir ; ceux qui le peuvent le trouveront sous cette référence.

search-begin = Écrivez des mots ou une référence dans le champ ci-dessus.

people-total = { $n ->
    [one] { $n } personne
   *[other] { $n } personnes
}
people-filter = Nom, poste ou identifiant
people-filter-go = Restreindre la liste
people-none = Personne de ce nom
people-none-would = Les personnes dont le nom, le poste ou l’identifiant contient ces lettres figureraient ici.
people-add-text = Une nouvelle personne ne peut encore rien : habilitations, séances d’information et fonctions sont proposées par un officier de sécurité et confirmées par un autre.
person-name = Nom
person-title = Grade et poste
person-title-hint = Tels qu’ils figurent sous le nom
person-login-hint = Minuscules, chiffres, points et traits d’union
person-nation-hint = Trois lettres, par exemple BEL
person-language = Langue
person-body = Organisme
person-open = Ouvrir le dossier de la personne
person-one-time-code-where = La personne choisit un nouveau mot de passe, sous le nom { $login }, à la page « Vous avez un code à usage unique ? ».
person-one-time-code-shown = Le compte sert déjà, ou le code a été montré à qui a ajouté la personne. Un officier de sécurité peut en donner un nouveau depuis le dossier de la personne.
person-held = Habilitations, séances d’information, fonctions, groupes
person-held-unseen = Les autorisations des personnes sont réservées aux officiers de sécurité et aux intéressés.
person-holds-nothing = Rien n’est détenu, rien n’est proposé
person-what = Autorisation
person-revoked = retirée
person-acts = Ce que vous pouvez faire
person-new-code-text = En cas d’oubli du mot de passe. Il met fin au mot de passe actuel et à toutes les sessions.
person-assign = Donner une fonction dans un bureau d’ordre
person-assign-text = Agents et assistants traitent les fiches ; cela ne leur donne aucune vue du contenu.
person-assign-go = Donner la fonction
person-role = Fonction
person-role-registry-hint = Pour les agents, contrôleurs et assistants
person-propose-briefing = Proposer une séance d’information
person-propose-role = Proposer une fonction
person-propose-group = Proposer un groupe du besoin d’en connaître
person-propose-go = Proposer
person-propose-text = Pour { $name }. La proposition ne vaut qu’une fois confirmée par un autre officier de sécurité.
person-authority-hint = Qui a délivré le certificat
person-briefed-on = Informé le
person-was-proposed = Proposition : { $what }
person-was-confirmed = Confirmation : { $what }
held-briefing = Informé pour { $policy } { $subject }
held-role-in = { $role }, { $registry }
held-group = Groupe : { $group }
held-clearance-short = Habilitation
held-briefing-short = Séance d’information
held-role-short = Fonction
held-group-short = Groupe du besoin d’en connaître
role-clerk = Agent du bureau d’ordre
role-assistant = Assistant du bureau d’ordre
revoke-title = Mettre fin à une autorisation
revoke-text = { $what }, détenue par { $name }. Elle prend fin aussitôt et reste dans l’historique.
revoke-reason = Motif
revoke-reason-hint = Il est gardé dans le journal. N’écrivez ici rien qui soit classifié.
done-proposed = Proposé. Un autre officier de sécurité doit confirmer.
done-confirmed = Confirmé. L’autorisation vaut désormais, entre ses dates.
done-revoked = C’est fait : l’autorisation ne vaut plus.
done-assigned = La fonction est donnée.

ledger-house = La maison elle-même
ledger-of = Journal
ledger-last = Dernière écriture
ledger-list = Journaux
ledger-unsigned = rien de signé encore
ledger-signed-over = { $n ->
    [one] sur { $n } écriture
   *[other] sur { $n } écritures
}
ledger-not-verified = pas encore vérifié
ledger-whole = entier et inaltéré
ledger-found = { $n ->
    [one] { $n } anomalie
   *[other] { $n } anomalies
}
ledger-agrees = { $n ->
    [one] { $n } écriture de { $ledgers } journaux concorde : tout est entier et inaltéré.
   *[other] Les { $n } écritures de { $ledgers } journaux concordent : tout est entier et inaltéré.
}
ledger-disagrees = { $n ->
    [one] Les journaux se contredisent : { $n } anomalie.
   *[other] Les journaux se contredisent : { $n } anomalies.
}
ledger-disagrees-remedy = Cessez d’enregistrer, gardez le dossier de données tel quel, et comparez-le avec la dernière exportation et les points de contrôle imprimés.
ledger-not-indexed = Documents dont la recherche ne voit pas le texte
ledger-not-indexed-text = Leur texte est illisible. On les trouve par l’objet et la référence, et un nouvel essai a lieu chaque heure : remettez le fichier depuis une sauvegarde, ou faites enregistrer le document à nouveau.
ledger-faults = Ce qui ne va pas
ledger-key-text = Gardez-la à l’écart de cette machine : avec elle, chacun peut vérifier une exportation et tout point de contrôle.
ledger-offline = Vérifier sur une autre machine
ledger-offline-text = Exportez les en-têtes, emportez-les et comparez-les là-bas avec la clé et les points de contrôle de votre coffre. Ils ne contiennent pas un mot classifié.

account-title = Votre compte
account-file = votre dossier
account-sessions = Vos sessions ouvertes
account-what = Moyen
account-began = Depuis
account-used = Dernier usage
account-ends = Fin au plus tard
account-browser = Un navigateur
account-token-kind = Jeton d’un programme
account-this = celle-ci
account-everywhere-text = Met fin à toutes les sessions et à tous les jetons, y compris ici.
account-language = Langue des pages
account-token = Jeton pour un programme
account-token-text = Un programme muni de ce jeton voit et fait ce que vous pouvez, pendant quatre-vingt-dix jours.
account-token-name = À quoi sert le jeton
account-token-hint = Par exemple : rapport mensuel
account-token-make = Créer un jeton
account-token-made = Le jeton
account-token-once = Copiez-le maintenant : il ne sera plus montré.


prove-password = Votre mot de passe, encore une fois
prove-text = Votre session est ouverte depuis plus d’un quart d’heure. Votre mot de passe montre que c’est bien encore vous.
confirm-title = Confirmer
confirm-what = { $what }, pour { $name }
person-revoked-by = Retiré par { $name }, { $when }
person-was-revoked = Retrait : { $what }
account-token-ceiling = Jusqu’à
account-token-ceiling-hint = Pour un programme dans un réseau qui peut voir moins que vous. Il ne voit alors rien des autres politiques. Sans choix : tout ce que vous pouvez voir.
account-up-to = Jusqu’à { $marking }

correct-text = Changez ce qui est faux. Les anciennes valeurs restent dans l’historique, avec votre motif.
correct-reason = Motif
correct-reason-hint = Conservé au journal et montré dans l’historique
correct-go = Corriger
correct-nothing = rien
correct-access-list = Liste d’accès
correct-persons = { $n ->
    [one] { $n } personne
   *[other] { $n } personnes
}
done-corrected = Corrigé. Les anciennes valeurs restent dans l’historique.

form-file-read = Lire le fichier
form-file-waits = Scellé ; il attend ici l’enregistrement, un jour au plus.
form-file-other = Un autre fichier remplace celui ci-dessus
form-file-proposed = { $n ->
    [one] Scellé. { $n } champ y a été lu : vérifiez-le, puis enregistrez.
   *[other] Scellé. { $n } champs y ont été lus : vérifiez-les, puis enregistrez.
}
read-line = ligne { $n }
read-header = en-tête { $name } du message
read-property = propriété { $name } du fichier
read-file-name = nom du fichier
