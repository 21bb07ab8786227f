# Ce qu’une personne garde pour elle : recherches, profils, vues, ce qu’elle a ouvert ; et les touches.
kept-title = Recherches enregistrées
kept-text = Chacune avec ce qu’elle trouve aujourd’hui parmi ce que vous pouvez voir, et ce qui est arrivé ou a été corrigé depuis votre dernier passage.
kept-none = Aucune recherche n’est enregistrée
kept-none-would = Cherchez quelque chose, puis donnez un nom à la recherche : elle se trouvera ici, sur votre bureau et dans la palette.
kept-none-desk = Aucune recherche n’est enregistrée. Cherchez quelque chose, puis donnez un nom à la recherche.
kept-all = Toutes les recherches enregistrées
kept-query = Requête
kept-query-hint = Comme dans le champ de recherche
kept-new-head = Nouveau
kept-new = { $n ->
    [one] { $n } nouveau
   *[other] { $n } nouveaux
}
kept-is-new = nouveau
kept-change = Modifier
kept-change-title = Modifier une recherche enregistrée
kept-keep-title = Enregistrer ou suivre cette recherche
kept-keep = Enregistrer la recherche
kept-name = Nom
kept-name-hint = Vous seul le voyez. N’y mettez rien de classifié.
kept-save = Enregistrer
kept-drop = Supprimer la recherche
done-search-kept = Enregistré. La recherche se trouve sur votre bureau et dans la palette.
done-search-changed = Modifié.
done-search-dropped = Supprimé.
watch-title = Profils de veille
watch-text = Un profil signale chaque document qui arrive ou qui est corrigé, que vous pouvez lire et qui répond aux critères.
watch-new = Nouveau profil
watch-new-title = Nouveau profil de veille
watch-change-title = Modifier un profil de veille
watch-form-text = Décrivez ce qui doit être signalé. Ce qui est arrivé avant n’est pas signalé ; cherchez-le.
watch-query-hint = Mots et filtres, par exemple exercice from:opérations ou cites:"MCM 41 10"
watch-none = Vous ne suivez encore rien
watch-none-desk = Vous ne suivez encore rien.
watch-none-would = Décrivez ce qui vous concerne : chaque document nouveau ou corrigé qui répond aux critères est signalé sur votre bureau, avec la raison.
watch-drop = Supprimer le profil
watch-this = Suivre cette recherche
watch-desk = Signalés pour vous
watch-flagged = Signalés
watch-total = { $n ->
    [0] Rien n’est signalé.
    [one] { $n } document est signalé.
   *[other] { $n } documents sont signalés.
}
watch-more = { $n ->
    [one] { $n } de plus
   *[other] { $n } de plus
}
watch-why = Raison
watch-is-new = nouveau
watch-is-corrected = corrigé
watch-before = Avant
watch-after = Après
watch-cites = Cite
watch-aside = Mettre de côté
watch-nothing = Rien de nouveau ne répond aux critères
watch-nothing-would = Les documents qui arrivent ou sont corrigés et qui répondent aux critères figureront ici jusqu’à ce que vous les mettiez de côté.
watch-all-matches = Tout ce qui répond aux critères
done-watch-kept = Enregistré. Ce qui arrive désormais et répond aux critères est signalé sur votre bureau.
done-watch-changed = Modifié.
done-watch-dropped = Supprimé.
done-watch-aside = Mis de côté. Une correction ultérieure signale de nouveau le document.
desk-opened = Ouverts en dernier
desk-opened-none = Ce que vous ouvrez se trouvera ici, pour que vous le retrouviez.
column-addressee = Destinataire
palette-search-for = Chercher « {"{q}"} »
palette-search = Recherche enregistrée
palette-watch = Profil de veille
palette-recent = Ouvert en dernier
palette-page = Page
palette-reference = Par référence
keys-title = Raccourcis clavier
keys-short = Raccourcis
keys-text = Les touches simples agissent partout où vous ne saisissez rien ; la palette les désactive et les réactive.
keys-everywhere = Sur chaque page
keys-lists = Dans une liste
keys-pages = Pages
keys-palette = Tout ce qui se fait ici, où vous pouvez aller, toute référence
keys-this = Cette page
keys-send = Envoyer le formulaire
keys-tab = Passer au champ ou au lien suivant
keys-escape = Quitter le champ de recherche, fermer la palette
keys-open = Ouvrir la ligne
keys-choose = Choisir la ligne
keys-between = Maintenue en choisissant : tout ce qui est entre les deux

# Colonnes et vues d’une liste.
column-preferred = Référence d’usage
column-direction = Sens
column-language = Langue
column-registered-by = Enregistré par
column-file = Dossier
column-held = Conservé à
views-title = Vues
views-choose = Colonnes et vue
views-columns = Colonnes
views-columns-hint = Un nombre est la place de la colonne à partir de la gauche ; sans nombre, elle n’est pas affichée.
views-rows = Lignes par page
views-density = Densité
views-open = Aérée
views-tight = Serrée
views-show = Afficher
views-name = Garder cette vue sous un nom
views-keep = Garder
views-usual = Faire de « { $name } » ma vue habituelle
views-not-usual = Ne plus utiliser « { $name } » comme vue habituelle
views-drop = Supprimer la vue « { $name } »
search-help-file = file: une cote du plan de classement, avec ce qui se trouve au-dessous : file:2.1
