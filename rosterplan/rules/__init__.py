"""The rule book: one file per idea; RULES is its table of contents (a test fails on a forgotten one)."""

from rosterplan.rules.base import Rule
from rosterplan.rules.coverage import Coverage
from rosterplan.rules.min_rest import MinRest

RULES: tuple[type[Rule], ...] = (
    Coverage,
    MinRest,
)

BY_CODE: dict[str, type[Rule]] = {rule.code: rule for rule in RULES}
