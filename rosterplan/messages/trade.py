"""The trade's words for the codes of a plan: bands, modalities, statuses, feasts, steps; a code without a word is shown as it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextvars import ContextVar
from types import MappingProxyType
from typing import Final

from rosterplan.messages import say
from rosterplan.messages.words import listed

_Words = Mapping[str, tuple[str, str]]
"""French, then English, by code."""

_BANDS: Final[_Words] = MappingProxyType({
    "soiree": ("Soirée", "Evening"),
    "nuit": ("Nuit profonde", "Deep night"),
    "nuit-profonde": ("Nuit profonde", "Deep night"),
    "nuit-semaine": ("Nuit de semaine", "Weekday night"),
    "nuit-we": ("Nuit de week-end", "Weekend night"),
    "samedi": ("Samedi", "Saturday"),
    "dimanche": ("Dimanche et férié", "Sunday and holiday"),
    "ferie": ("Jour férié", "Public holiday"),
    "pont": ("Pont", "Bridge day"),
    "fete": ("Fête", "Feast"),
    "journee": ("Journée", "Daytime"),
    "semaine": ("Semaine", "Weekday"),
    "creneau": ("Créneau", "Slot"),
    "demi-nuit-semaine": ("Demi-nuit de semaine", "Weekday half-night"),
    "demi-nuit-we": ("Demi-nuit de week-end", "Weekend half-night"),
})  # fmt: skip

_MANY_OF_BAND: Final[_Words] = MappingProxyType({
    "soiree": ("les soirées", "evenings"),
    "nuit": ("les nuits profondes", "deep nights"),
    "nuit-profonde": ("les nuits profondes", "deep nights"),
    "nuit-semaine": ("les nuits de semaine", "weekday nights"),
    "nuit-we": ("les nuits de week-end", "weekend nights"),
    "samedi": ("les samedis", "Saturdays"),
    "dimanche": ("les dimanches, les jours fériés", "Sundays, public holidays"),
    "ferie": ("les jours fériés", "public holidays"),
    "pont": ("les ponts", "bridge days"),
    "fete": ("les fêtes", "feasts"),
    "journee": ("les journées", "daytime duties"),
    "semaine": ("les gardes de semaine", "weekday duties"),
    "creneau": ("les créneaux", "slots"),
    "demi-nuit-semaine": ("les demi-nuits de semaine", "weekday half-nights"),
    "demi-nuit-we": ("les demi-nuits de week-end", "weekend half-nights"),
})  # fmt: skip

_MODALITIES: Final[_Words] = MappingProxyType({
    "fixe": ("effection fixe", "fixed site"),
    "mobile": ("effection mobile", "home visits"),
    "regulation": ("régulation", "phone triage"),
    "garde": ("garde sur place", "on-site duty"),
    "astreinte": ("astreinte", "on call from home"),
    "snp": ("consultation SNP", "SNP consultation"),
})  # fmt: skip

_STATUSES: Final[_Words] = MappingProxyType({
    "liberal": ("installé", "in practice"),
    "salarie": ("salarié", "salaried"),
    "remplacant": ("remplaçant", "locum"),
    "retraite": ("retraité", "retired"),
    "contractuel": ("contractuel", "under contract"),
    "attache": ("attaché", "part-time attending"),
    "assistant": ("assistant", "assistant"),
    "interne": ("interne", "resident"),
    "docteur-junior": ("docteur junior", "junior doctor"),
})  # fmt: skip

_FEASTS: Final[_Words] = MappingProxyType({
    "noel": ("Noël", "Christmas"),
    "jour-de-l-an": ("jour de l’an", "New Year"),
    "paques": ("Pâques", "Easter"),
    "premier-mai": ("1er mai", "1 May"),
    "ascension": ("pont de l’Ascension", "Ascension bridge"),
    "quinze-aout": ("15 août", "15 August"),
})  # fmt: skip

_STEPS: Final[_Words] = MappingProxyType({
    "formulaires": ("formulaires envoyés aux médecins", "forms sent to doctors"),
    "reponses": ("réponses reçues", "answers received"),
    "projet": ("projet de tableau aux médecins", "draft roster to doctors"),
    "cdom": ("tableau transmis au conseil de l’Ordre", "roster sent to the council of the Ordre"),
    "derniers-trous": ("dernières gardes pourvues", "last duties filled"),
    "ars": ("tableau transmis par l’Ordre à l’ARS", "roster sent by the Ordre to the ARS"),
    "tableau-de-service": ("tableau de service prévisionnel signé par le directeur", "provisional table of service signed by the director"),
    "tableau-definitif": ("tableau de service définitif et états récapitulatifs", "definitive table of service and statements"),
    "agenda-transmis": ("agenda transmis au secrétariat et à la régulation", "agenda sent to the secretariat and the regulation"),
    "liste-effectuee": ("liste des gardes effectuées à l’Ordre", "list of duties served to the Ordre"),
})  # fmt: skip


_own_bands: ContextVar[Mapping[str, str]] = ContextVar("own_bands", default=MappingProxyType({}))


def call_bands(labels: Mapping[str, str]) -> None:
    """From now on, bands of the coordinator's own bear the label typed beside their code in `plan.xlsx`."""
    _own_bands.set({band: label for band, label in labels.items() if label and band not in _BANDS})


def band_word(band: str) -> str:
    """« Dimanche et férié »; a band of the coordinator's own by its label, or else its code."""
    return _own_bands.get().get(band) or _word(_BANDS, band)


def band_words(bands: Sequence[str]) -> str:
    """« Soirée » et « Samedi », in a sentence."""
    return listed([say(fr=f"« {band_word(band)} »", en=f"“{band_word(band)}”") for band in bands])


def many_of_band(band: str) -> str:
    """« les dimanches, les jours fériés », in a list in a sentence; of the coordinator's own, « les gardes « plage » »."""
    if band in _MANY_OF_BAND:
        return _word(_MANY_OF_BAND, band)
    return say(fr=f"les gardes « {band_word(band)} »", en=f"“{band_word(band)}” duties")


def modality_word(modality: str) -> str:
    """« effection fixe »."""
    return _word(_MODALITIES, modality)


def status_word(status: str) -> str:
    """« remplaçant »; PH and HU stand as they are."""
    return _word(_STATUSES, status)


def feast_word(feast: str) -> str:
    """« Noël »."""
    return _word(_FEASTS, feast)


def step_word(step: str) -> str:
    """« formulaires envoyés aux médecins »: what is done once a step of the back-plan is over."""
    return _word(_STEPS, step)


def _word(words: _Words, code: str) -> str:
    both = words.get(code, (code, code))
    return say(fr=both[0], en=both[1])
