# Ce qui figure sur chaque page, et dans chaque tableau, formulaire et message.
shell-skip = Aller au contenu de la page
shell-banner = Classification de cette page
shell-banner-end = Classification de cette page, rappel
shell-rail = Navigation principale
shell-search = Chercher dans le registre
shell-search-hint = Chercher, ou lire un code-barres
shell-search-go = Chercher
shell-acts = Actions
shell-sign-out = Fermer la session

rail-desk = Mon bureau
rail-register = Registre
rail-files = Classement
rail-search = Recherche
rail-people = Personnes
rail-ledger = Journal
rail-waiting = en attente
rail-waiting-late = en attente, dont certains en retard

palette-title = Agir, aller, trouver
palette-hint = Écrivez que faire, où aller, ou une référence
palette-none = Rien ne porte ce nom sur cette page.
palette-foot = Flèches pour choisir, Entrée pour exécuter, Échap pour fermer.
palette-keys-off = Désactiver les raccourcis à une touche
palette-keys-on = Activer les raccourcis à une touche
palette-row-next = Ligne suivante
palette-row-previous = Ligne précédente

crumbs-label = Vous êtes ici
life-label = Vie du document
life-done = accompli
life-ahead = à venir
page-text = Texte du document

facets-label = Restreindre la liste
facets-on = (retenu ; suivez le lien pour le retirer)
applied-label = La liste est restreinte à
applied-pair = { $field } : { $value }
applied-remove = Retirer { $filter }
applied-clear = Tout retirer

table-acts = Pour les lignes choisies
table-chosen-none = Aucune ligne choisie
table-chosen-one = 1 ligne choisie
table-chosen-many = {"{n}"} lignes choisies
table-choose = Choisir { $name }
table-choose-all = Choisir toutes les lignes de cette page
table-choose-none = N’en choisir aucune
table-chosen-elsewhere = dont {"{n}"} sur d’autres pages
table-chosen-too-many = Au plus { $n } à la fois : choisissez-en moins.
table-sort = Trier par { $column }
table-act = Action
export-sheet = Liste
table-export = Cette liste, telle quelle, en
paging-label = Pages de la liste
paging-previous = Précédente
paging-next = Suivante
paging-shown = { $from } à { $to } sur { $total }

form-errors = { $n ->
    [one] Un point à corriger
   *[other] { $n } points à corriger
}
field-optional = (facultatif)
field-choose = Choisir
field-date-hint = Par exemple 12 mars 2026, 2026-03-12, ou seulement mars 2026
field-read = Lu dans le document, { $place } :
field-drop = ou déposez le fichier n’importe où sur cette page

sign-in-title = Ouvrir une session
sign-in-name = Identifiant
sign-in-password = Mot de passe
sign-in-enter = Ouvrir la session
sign-in-first = Vous avez un code à usage unique ?
sign-in-recorded = Ce que vous faites ici est consigné.
sign-in-ceiling = Cette installation peut contenir des informations jusqu’au niveau { $ceiling }. Ce que vous ouvrez est consigné.
signed-out-title = Votre session est fermée
signed-out-text = Ce navigateur ne conserve rien de ce que vous avez vu. Fermez la fenêtre si d’autres utilisent ce poste.
signed-out-again = Ouvrir une nouvelle session
first-title = Choisissez votre mot de passe
first-text = Un officier de sécurité vous a remis un code qui ne sert qu’une fois. Il vous permet de choisir un mot de passe que personne d’autre ne connaît.
first-code = Code à usage unique
first-code-hint = Majuscules ou minuscules, avec ou sans traits d’union
first-new = Nouveau mot de passe
first-again = Le même mot de passe, une seconde fois
first-rule = { $n } caractères au moins. Plusieurs mots sans rapport se retiennent mieux que des signes et des chiffres.
first-set = Enregistrer le mot de passe et entrer

not-found-title = Il n’y a rien ici que vous puissiez ouvrir
not-found-text = Soit cela n’existe pas, soit cela ne vous est pas destiné. Cette page ne peut pas dire lequel des deux : elle est la même dans les deux cas.
not-found-remedy = Appelez le bureau d’ordre, donnez la référence et dites pourquoi vous en avez besoin.
not-found-search = Chercher plutôt
refused-title = L’opération n’a pas eu lieu
refused-remedy = Ce que vous pouvez faire
refused-back = Revenir à votre saisie
refused-desk = Aller à mon bureau
refusal-code = Code à donner à qui vous aide :
banner-none = Aucun contenu classifié sur cette page
shell-cleared-until = { $level } jusqu’au { $until }
