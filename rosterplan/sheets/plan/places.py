"""Rows of the sheets `Lieux`, `Secteurs` and `Lignes`, both ways, and the fairness groups lines name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from rosterplan.domain.findings import Problem
from rosterplan.domain.work import Group, Line, Sector, Site
from rosterplan.sheets.cells.names import Names
from rosterplan.sheets.cells.tables import Record
from rosterplan.sheets.cells.text import bare
from rosterplan.sheets.cells.values import read_choice, read_list, read_text, read_yes_no
from rosterplan.sheets.cells.vocabulary import MODALITIES, MODES, word_of
from rosterplan.sheets.plan.alternation import alternation_cells
from rosterplan.sheets.plan.building import build
from rosterplan.sheets.plan.people import Cells, read_phone

NO_GROUP = "aucun"


def read_site(record: Record, problems: list[Problem]) -> Site | None:
    """The site of a row."""
    fields = {
        "id": record.read("id", read_text, problems, required=True),
        "name": record.read("name", read_text, problems) or record.text("id"),
        "address": record.read("address", read_text, problems),
        "phone": record.read("phone", read_phone, problems),
        "isolated": record.read("isolated", read_yes_no, problems),
    }
    return build(Site, record, fields, problems) if fields["id"] else None


def site_cells(site: Site) -> Cells:
    """The row of a site."""
    return {
        "id": site.id,
        "name": site.name,
        "address": site.address,
        "phone": site.phone,
        "isolated": "oui" if site.isolated else None,
    }


def read_sector(record: Record, problems: list[Problem]) -> Sector | None:
    """The sector of a row."""
    identifier = record.read("id", read_text, problems, required=True)
    name = record.read("name", read_text, problems) or identifier
    return build(Sector, record, {"id": identifier, "name": name}, problems) if identifier else None


def sector_cells(sector: Sector) -> Cells:
    """The row of a sector."""
    return {"id": sector.id, "name": sector.name}


def read_line(
    record: Record, sectors: Names, establishments: Names, sites: Names, problems: list[Problem]
) -> Line | None:
    """The line of a row; its skills are spelt as written."""
    fields = {
        "id": record.read("id", read_text, problems, required=True),
        "name": record.read("name", read_text, problems) or record.text("id"),
        "modality": record.read("modality", partial(read_choice, choices=MODALITIES), problems),
        "sector": record.read("sector", sectors.find, problems),
        "establishments": record.read("establishments", establishments.find_all, problems),
        "site": record.read("site", sites.find, problems),
        "site_follows_doctor": record.read("site_follows_doctor", read_yes_no, problems),
        "skills": record.read("skills", read_list, problems),
        "mode": record.read("mode", partial(read_choice, choices=MODES), problems),
        "phone": record.read("phone", read_phone, problems),
        "notice": record.read("notice", read_text, problems),
    }
    return build(Line, record, fields, problems) if fields["id"] else None


def counting(record: Record, line: Line, lines: Names, problems: list[Problem]) -> Line:
    """The line with the one whose needs it covers too: read once every line is known."""
    other = record.read("counts_for", lines.find, problems)
    return line.model_copy(update={"counts_for": other}) if other and other != line.id else line


def line_cells(line: Line, group_of_line: Mapping[str, str]) -> Cells:
    """The row of a line; its group is written where it is not its sector."""
    group = group_of_line.get(line.id)
    return {
        "id": line.id,
        "name": line.name,
        "modality": word_of(line.modality, MODALITIES),
        "sector": line.sector,
        "establishments": " ; ".join(line.establishments),
        "site": line.site,
        "site_follows_doctor": "oui" if line.site_follows_doctor else None,
        "skills": " ; ".join(line.skills),
        "mode": None if line.mode == "simple" else word_of(line.mode, MODES),
        "phone": line.phone,
        **alternation_cells(line),
        "notice": line.notice or None,
        "counts_for": line.counts_for,
        "group": None if group == line.sector else group or NO_GROUP,
    }


def read_groups(lines: Sequence[tuple[Record, Line]]) -> tuple[Group, ...]:
    """One fairness group per name in the column `Groupe de répartition`, by default the sector, in the order first met."""
    lines_of: dict[str, list[str]] = {}
    for record, line in lines:
        said = record.text("group")
        group = said or line.sector
        if group and bare(said) != NO_GROUP:
            lines_of.setdefault(group, []).append(line.id)
    return tuple(Group(id=group, lines=tuple(names)) for group, names in lines_of.items())


def skills_of(lines: Sequence[Line]) -> dict[str, str]:
    """The skills lines ask for, as first spelt, by their letters alone."""
    spelt: dict[str, str] = {}
    for line in lines:
        for skill in line.skills:
            spelt.setdefault(bare(skill), skill)
    return spelt
