# Formulaires officiels en PDF.
paper-pdf = PDF
paper-disclosures = Fiche de prise de connaissance (PDF)
paper-out-card = Fiche fantôme (PDF)
paper-labels = Imprimer les étiquettes
paper-log = Registre (PDF)
paper-log-year = Année

# Ce que les formulaires disent d’un acte.
paper-held = Détention de l’exemplaire
paper-read = { $means }, version { $version }
paper-given-up = Abandonné : { $words }
paper-withdrawn = Retiré : { $words }

refusal-form-failed = Le formulaire n’a pas pu être établi.
refusal-form-failed-remedy = Imprimez la page elle-même. Prévenez l’administrateur du système : son journal technique dit ce qui ne va pas dans le formulaire.
refusal-form-too-long = Le formulaire aurait plus de pages qu’il n’est permis.
refusal-form-too-long-remedy = Prenez plutôt la liste en CSV ou en XLSX.
