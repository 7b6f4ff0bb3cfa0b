"""The sheet `Congés`: how each establishment names the columns of its own leave export, said once and kept."""

from __future__ import annotations

from typing import Final

from rosterplan.sheets.cells.tables import Column, SheetLayout

LEAVES: Final = SheetLayout(
    "leaves",
    "Congés",
    "Exports de congés que les établissements envoient tels quels : le nom de leurs colonnes, écrit une fois, sert à chaque trimestre. Les autres colonnes (motifs compris) ne sont jamais lues.",
    (
        Column("establishment", "Établissement", source="establishments", required=True, width=20,
               help="Seuls les congés de ses propres médecins sont retenus de son fichier."),
        Column("file", "Fichier", ("nom du fichier", "début du nom"), width=24, help="Début du nom du fichier ; vide : tout fichier qui a ces colonnes."),
        Column("doctor", "Colonne du médecin", ("médecin",), required=True, width=22, help="Nom ou identifiant : le titre de la colonne, tel qu’il est dans l’export."),
        Column("first", "Colonne de début", ("début", "premier jour"), required=True, width=20),
        Column("last", "Colonne de fin", ("fin", "dernier jour"), width=20, help="Le dernier jour est compris. Vide : une ligne par jour."),
    ),
    synonyms=("Conges", "Exports de congés", "Absences des établissements"),
)  # fmt: skip
