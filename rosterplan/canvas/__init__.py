"""The engine-neutral canvas: rules post once; it evaluates rosters, cuts blocks, and gives safe bounds. numpy only."""

from rosterplan.canvas.canvas import Canvas
from rosterplan.canvas.columns import Cols, Soft
from rosterplan.canvas.program import Program

__all__ = ["Canvas", "Cols", "Program", "Soft"]
