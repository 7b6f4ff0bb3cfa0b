"""Invented doctors: names drawn from lists, RPPS that fail their check, numbers and addresses nobody has."""

from __future__ import annotations

from random import Random

LAST_NAMES = (
    "Abgrall", "Allain", "Arnoux", "Aubry", "Auffray", "Baranger", "Barbeau", "Baudouin", "Beaumont", "Belloir",
    "Bertho", "Besnard", "Bidault", "Blanchet", "Boisseau", "Bonnin", "Bouchereau", "Bourdin", "Bretéché", "Briand",
    "Cadiou", "Caillaud", "Chauvel", "Chesneau", "Clouet", "Corbineau", "Coudray", "Cougnaud", "Crépin", "Daguin",
    "Delaunay", "Derrien", "Desbois", "Dubreuil", "Durandeau", "Epron", "Esnault", "Favreau", "Fonteneau", "Foucher",
    "Fradin", "Gaborit", "Gallais", "Garnaud", "Gautreau", "Gendron", "Gicquel", "Giraudet", "Goupil", "Grelier",
    "Guérin", "Guihard", "Guilloteau", "Hamonic", "Hervouet", "Houssin", "Huchet", "Jamet", "Jaunet", "Joubert",
    "Kermarrec", "L’Hostis", "Lambourg", "Landais", "Launay", "Le Bihan", "Le Floch", "Le Goff", "Lebreton", "Lecomte", "Leduc",
    "Legendre", "Lemasson", "Lepage", "Loizeau", "Mahé", "Mainguy", "Marchais", "Mérand", "Michenaud", "Mornet",
    "Naud", "Noblet", "Orain", "Orhon", "Papin", "Pasquier", "Pavageau", "Perraud", "Pineau", "Pouplard",
    "Quélen-Prat", "Rabiller", "Raimbault", "Renaudin", "Richou", "Rivron", "Robineau", "Rouaud", "Sauvaget", "Sorin",
    "Supiot", "Tardif", "Terrien", "Tessier", "Thébaud", "Toublanc", "Trichet", "Vallée", "Viaud", "Yvernogeau",
)  # fmt: skip
FIRST_NAMES = (
    "Adèle", "Agathe", "Alain", "Alice", "Amélie", "Anaïs", "Anne-Laure", "Antoine", "Armelle", "Aurélien", "Baptiste", "Béatrice",
    "Benoît", "Bertrand", "Camille", "Cécile", "Charlotte", "Christophe", "Clément", "Corentin", "Damien", "Delphine",
    "Édouard", "Élise", "Émilie", "Éric", "Estelle", "Étienne", "Fabien", "Florence", "François", "Gaël", "Guillaume",
    "Hélène", "Isabelle", "Jean-Marc", "Jérôme", "Joël", "Julie", "Karine", "Laure", "Loïc", "Maëlle", "Malo", "Marion", "Mathieu",
    "Nadège", "Nolwenn", "Olivier", "Pascale", "Perrine", "Quentin", "Raphaël", "Romane", "Samuel", "Solène",
    "Stéphane", "Tanguy", "Thomas", "Valentine", "Xavier", "Yann",
)  # fmt: skip


def names(count: int, random: Random) -> list[tuple[str, str]]:
    """Return ``count`` different (last name, first name)."""
    every = [(last, first) for last in LAST_NAMES for first in FIRST_NAMES]
    return random.sample(every, count)


def rpps(random: Random) -> str:
    """Return an eleven-digit number that fails the Luhn check, so that it can be nobody's."""
    digits = "1" + "".join(str(random.randrange(10)) for _ in range(9))
    good = next(str(last) for last in range(10) if _luhn(digits + str(last)))
    return digits + str((int(good) + 1 + random.randrange(8)) % 10)


def _luhn(number: str) -> bool:
    total = 0
    for place, digit in enumerate(reversed(number)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def phone(random: Random, *, mobile: bool) -> str:
    """Return a number in the ranges kept for fiction (06 39 98 …, 02 61 91 …)."""
    stem = "06 39 98" if mobile else "02 61 91"
    return f"{stem} {random.randrange(100):02} {random.randrange(100):02}"
