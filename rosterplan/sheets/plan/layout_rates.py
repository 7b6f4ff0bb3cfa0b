"""The sheet `Tarifs`: what a duty pays. Optional; read beside the instance, so that amounts never change a roster's hash."""

from __future__ import annotations

from typing import Final

from rosterplan.domain.rates import Per
from rosterplan.sheets.cells.tables import Column, SheetLayout
from rosterplan.sheets.cells.vocabulary import MODALITIES, STATUSES, words_written

PER: Final[dict[str, Per]] = {"garde": "garde", "par garde": "garde", "forfait": "garde", "heure": "heure", "par heure": "heure", "h": "heure"}  # fmt: skip

RATES: Final = SheetLayout(
    "rates",
    "Tarifs",
    "Forfaits des gardes, pour l’état des forfaits à la clôture et le coût des scénarios. Sans effet sur le tableau.",
    (
        Column("name", "Tarif", ("libellé",), width=28, help="Comment l’appeler sur l’état des forfaits."),
        Column("amount", "Montant (€)", ("montant", "forfait"), required=True, look="number", width=12, help="En euros ; 0 pour une garde sans forfait."),
        Column("per", "Par", ("unité",), choices=words_written(PER), width=9, help="garde (si vide) ou heure."),
        Column("lines", "Lignes", ("ligne",), many=True, source="lines", width=24, help="Toutes si vide ; plusieurs séparées par « ; »."),
        Column("bands", "Catégories", ("catégorie",), many=True, width=22, help="Toutes si vide."),
        Column("modalities", "Modalités", ("modalité",), many=True, choices=words_written(MODALITIES), width=18, help="Toutes si vide."),
        Column("statuses", "Statuts", ("statut",), many=True, choices=words_written(STATUSES), width=18, help="Tous si vide.", rare=True),
        Column("valid_from", "À partir du", ("du", "depuis"), look="date", width=12, help="Premier jour du tarif."),
        Column("valid_to", "Jusqu’au", ("au",), look="date", width=12, help="Dernier jour du tarif ; sans fin si vide."),
        Column("source", "Source", ("référence",), width=44, help="Cahier des charges, convention, décision de l’association."),
    ),
    synonyms=("Tarif", "Forfaits"),
)  # fmt: skip
