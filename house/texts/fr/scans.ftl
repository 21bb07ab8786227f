# Numérisations à diviser en documents, et dossiers de numérisation.

scans-title = Numérisations
scans-total = { $n ->
    [0] Aucune numérisation n’attend d’être divisée
    [one] { $n } numérisation attend d’être divisée en documents
   *[other] { $n } numérisations attendent d’être divisées en documents
}
scans-waiting = À diviser
scans-none = Rien n’attend ici. Apportez une numérisation ci-dessous, ou laissez le scanneur la mettre dans le dossier de numérisation du bureau d’ordre.
scans-looking = examen des pages en cours
scans-looking-text = Chaque page est réduite et examinée : est-elle vierge, est-ce une feuille de séparation ? Vous pouvez quitter cette page.
scans-making = documents en préparation
scans-making-text = { $made ->
    [0] Chaque document arrive dans la corbeille dès qu’il est prêt et lu. Vous pouvez quitter cette page.
    [one] { $made } document est dans la corbeille. Les autres suivent ; vous pouvez quitter cette page.
   *[other] { $made } documents sont dans la corbeille. Les autres suivent ; vous pouvez quitter cette page.
}
scans-open = à diviser
scans-trouble = impossible à diviser
scans-counted = { $pages ->
    [one] { $pages } page
   *[other] { $pages } pages
}, { $documents ->
    [0] aucun document
    [one] { $documents } document
   *[other] { $documents } documents
}
scans-bring = Apporter des numérisations
scans-files = Numérisations (PDF, TIFF, JPEG ou PNG)
scans-files-hint = Un fichier est un lot : tous les papiers passés ensemble dans le scanneur, séparés par des feuilles de séparation.
scans-largest = Jusqu’à { $size } par fichier, et cinq cents pages.
scans-go = Examiner les pages
scans-blanks = Les pages vierges
scans-blanks-out = sont laissées de côté
scans-blanks-begin = sont laissées de côté, et un nouveau document commence après chacune
scans-blanks-kept = sont des pages comme les autres
scans-sheet = Feuille de séparation
scans-sheet-how = Imprimez cette page autant de fois qu’il le faut, et glissez une feuille entre deux papiers avant de les passer au scanneur. Là où se trouve une feuille, un nouveau document commence ; la feuille elle-même est laissée de côté. Elle peut être posée dans n’importe quel sens et servir des années.
scans-sheet-print = Imprimer
scans-sheet-words = Feuille de séparation : un nouveau document commence ici
scans-sheet-code = Le code auquel se reconnaît une feuille de séparation
scans-becomes = Ce qu’elle devient
scans-make = Préparer les documents
scans-make-text = { $n ->
    [0] Toutes les pages sont laissées de côté : il n’y a aucun document à préparer.
    [one] { $n } document est mis dans la corbeille d’arrivée, pour être enregistré. La numérisation elle-même est ensuite jetée.
   *[other] { $n } documents sont mis dans la corbeille d’arrivée, pour être enregistrés. La numérisation elle-même est ensuite jetée.
}
scans-whole = Mettre dans la corbeille sans diviser
scans-whole-text = Elle y attend telle qu’elle est venue, et peut être enregistrée ou écartée comme tout fichier.
scans-anew = Diviser de nouveau
scans-anew-text = Recommence d’après les feuilles de séparation. Les pages restent tournées comme elles le sont ; tout ce qui a été modifié d’autre ici est perdu.
scans-no-document = Laissé de côté : aucun document
scans-document = Document { $n } · { $pages ->
    [one] { $pages } page
   *[other] { $pages } pages
}
scans-page = Page { $n }
scans-page-of = Page { $n } sur { $pages }, dans l’ordre de la numérisation
scans-separator = feuille de séparation
scans-blank = vierge
scans-out = laissée de côté
scans-act-out = Laisser de côté
scans-act-in = Reprendre
scans-act-begin = Nouveau document ici
scans-act-join = Joindre au précédent
scans-act-left = Tourner à gauche
scans-act-right = Tourner à droite
scans-act-half = Retourner
scans-act-earlier = Avancer d’une place
scans-act-later = Reculer d’une place
scans-previous = Page précédente
scans-next = Page suivante
scans-all = Toutes les pages
scans-dismiss-hint = La numérisation quitte cette liste et ses pages sont jetées ici ; le journal garde le motif.

scan-encrypted = La numérisation est protégée par un mot de passe et ne peut être divisée.
scan-encrypted-remedy = Mettez-la dans la corbeille sans la diviser, ou numérisez de nouveau les papiers.
scan-damaged = Le fichier est endommagé et ne peut être divisé.
scan-damaged-remedy = Numérisez de nouveau les papiers, ou mettez-le dans la corbeille sans le diviser.
scan-too-many-pages = La numérisation compte plus de { $pages } pages et ne peut être divisée.
scan-too-many-pages-remedy = Numérisez par lots plus petits, ou mettez-la dans la corbeille sans la diviser.
scan-too-large = Le fichier est trop gros pour être examiné et ne peut être divisé.
scan-too-large-remedy = Numérisez par lots plus petits ou avec moins de couleurs, ou mettez-le dans la corbeille sans le diviser.
scan-over-limit = L’examen des pages a demandé plus de temps ou de mémoire qu’un fichier ne peut en prendre.
scan-over-limit-remedy = Numérisez de nouveau les papiers, ou mettez le fichier dans la corbeille sans le diviser.
scan-hostile = Le fichier attaque quiconque l’ouvre, et n’a pas été ouvert.
scan-hostile-remedy = Prévenez votre officier de sécurité. Écartez-le, ou mettez-le dans la corbeille sans le diviser, où il est gardé sous clé.
scan-unsupported = Le fichier ne contient pas de pages à diviser.
scan-unsupported-remedy = Mettez-le dans la corbeille sans le diviser, ou écartez-le.
scan-no-reader = Cette installation ne peut examiner les pages ; la numérisation ne peut être divisée.
scan-no-reader-remedy = Mettez-la dans la corbeille sans la diviser.
scan-no-drawer = Les pages des fichiers PDF ne peuvent être dessinées sur cette machine : pas d’images, et aucune feuille de séparation n’est reconnue. Vous pouvez tout de même diviser d’après les numéros des pages.
scan-no-drawer-remedy = Demandez à qui gère cette machine le programme pdftoppm (paquet poppler-utils).
scan-no-pictures = Certaines pages n’ont pu être dessinées et figurent ici sans image.
scan-no-pictures-remedy = Elles sont gardées telles quelles ; regardez-les dans le document.

scan-folder-title = Dossiers de numérisation
scan-folder-read = Consulté { $when }
scan-folder-gone = Le dossier ne peut être ouvert.
scan-folder-gone-remedy = Demandez à qui gère cette machine : il doit exister, et le serveur doit pouvoir le lire et le modifier.
scan-folder-file = Le fichier { $file } n’a pu être pris.
scan-folder-file-remedy = Il reste dans le dossier et sera essayé de nouveau. Demandez à qui gère cette machine si le serveur peut le lire.
scan-folder-left = Le fichier { $file } est pris, mais n’a pu être déplacé.
scan-folder-left-remedy = Il n’entre pas deux fois. Demandez à qui gère cette machine si le serveur peut modifier le dossier.
scan-folder-large = Le fichier { $file } est plus gros que cette installation n’en accepte.
scan-folder-large-remedy = Retirez-le du dossier et numérisez les papiers par lots plus petits.

refusal-scan-settled = Cette numérisation n’attend plus.
refusal-scan-settled-remedy = Quelqu’un en a préparé les documents ou l’a écartée, ou ses documents sont en préparation. Voyez la corbeille d’arrivée.
refusal-scan-empty = Toutes les pages sont laissées de côté.
refusal-scan-empty-remedy = Reprenez les pages qui doivent former un document, ou écartez la numérisation.
refusal-not-a-scan = Ce n’est pas une numérisation : ni PDF, ni TIFF, ni JPEG, ni PNG.
refusal-not-a-scan-remedy = Apportez les autres fichiers sur la page de la corbeille d’arrivée.
