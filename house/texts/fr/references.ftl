# Références, séries et leurs numéros, et ce que les documents sont les uns aux autres.

refusal-series-unusable = Ces séries ne peuvent pas servir : { $why }
refusal-series-unusable-remedy = Corrigez ce qui est indiqué, ou choisissez un autre code, puis envoyez de nouveau.
refusal-series-unknown = Aucune série n’écrit « { $series } » ici.
refusal-series-unknown-remedy = Vérifiez l’orthographe dans la liste des séries.
refusal-series-elsewhere = Les numéros de { $series } ne sont pas attribués par ce bureau d’ordre.
refusal-series-elsewhere-remedy = Choisissez une série qui lui est confiée, ou adressez-vous au bureau d’ordre qui numérote celle-ci.
refusal-series-not-in-force = La série { $series } n’est pas en vigueur aujourd’hui.
refusal-series-not-in-force-remedy = Choisissez la série qui l’a remplacée.
refusal-count-closed = Ce compte de { $series } est clos : il ne donne plus de numéros.
refusal-count-closed-remedy = Utilisez le compte de cette année, ou un numéro réservé avant la clôture.
refusal-count-begun = Ce compte de { $series } a déjà commencé.
refusal-count-begun-remedy = Son premier numéro ne peut plus changer. Voyez dans l’état de continuité les numéros attribués.
refusal-number-at-signature = Les documents de { $series } prennent leur numéro à la signature ; aucun n’est réservé pour un projet.
refusal-number-at-signature-remedy = Enregistrez le document signé : il reçoit alors son numéro.
refusal-number-taken = Un document porte ce numéro.
refusal-number-taken-remedy = Cherchez le document par sa référence. Un numéro utilisé ne peut pas être annulé.
refusal-number-void = Ce numéro a été annulé.
refusal-number-void-remedy = Prenez-en un autre : un numéro annulé n’est jamais attribué de nouveau.
refusal-number-never-given = Ce numéro n’est pas encore atteint.
refusal-number-never-given-remedy = Seuls les numéros réservés ou sautés peuvent être annulés.
refusal-number-range = { $series } n’a pas de tel numéro.
refusal-number-range-remedy = Donnez un numéro que ses références peuvent porter.
refusal-no-reservation = Aucun numéro n’est plus réservé sous ce nom.
refusal-no-reservation-remedy = Il a peut-être été attribué à un autre document ou annulé. Prenez le numéro suivant.
