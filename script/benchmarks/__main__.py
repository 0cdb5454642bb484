"""Measures speed. Every figure stands beside a floor measured in the same run.

Times are CPU time, the least of several runs and their median. F1 is one
`hass.states.async_set` with a new value, F2 the set-up of an integration that does nothing but
add ten sensors; compare the ratios between machines, not the milliseconds.
"""

import argparse
import asyncio
import gc
import json
import sys
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from pathlib import Path
from typing import Final

from . import boot, card, domain, entries, idle
from .figures import Board, Figure
from .goals import ELSEWHERE, judge, judged

NO_GOAL: Final = "no goal"

type Part = Callable[..., Awaitable[None] | None]

PARTS: Final[dict[str, Part]] = {
    "entries": entries.measure,
    "domain": domain.measure,
    "idle": idle.measure,
    "start": boot.measure,
    "card": card.measure,
}


def main() -> int:
    """Measure and print."""
    wanted = _arguments()
    board = Board()
    asyncio.run(_floors(board))
    gc.freeze()  # what is there by now is not searched again before every measurement
    for name in wanted.parts or PARTS:
        made = PARTS[name](board, quick=wanted.quick)
        if made is not None:
            asyncio.run(_finish(made))
    _print(board)
    if wanted.json is not None:
        document = {
            "at": boot.stamp(),
            "figures": [{**asdict(figure), "judged": judged(figure)} for figure in board.figures],
            "goals": [
                {"goal": name, "value": value, "word": word} for name, value, word in judge(board)
            ],
        }
        wanted.json.write_text(json.dumps(document, indent=1))
    return 0


async def _floors(board: Board) -> None:
    await entries.floors(board)


async def _finish(made: Awaitable[None]) -> None:
    await made


def _print(board: Board) -> None:
    print(f"{'':16}{'figure':52}{'least':>12} {'':6}{'median':>10}{'ratio':>12}  to")
    for figure in board.figures:
        print(_row(figure))
    print()
    for name, value, word in judge(board):
        print(f"  {word:13}{name:52}{'' if value is None else f'{value:12,.2f}'}")
    print("\nShown elsewhere:")
    for line in ELSEWHERE:
        print(f"  {line}")


def _row(figure: Figure) -> str:
    median = "" if figure.median is None else f"{figure.median:10,.3f}"
    ratio = "" if figure.ratio is None else f"{figure.ratio:12,.2f}"
    return (
        f"{figure.group:16}{figure.name:52}{figure.value:12,.3f} {figure.unit:6}"
        f"{median:>10}{ratio:>12}  {figure.floor if figure.ratio is not None else '':16}"
        f"{'' if judged(figure) else NO_GOAL}"
    )


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="script/bench",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], help="only these parts")
    parser.add_argument("--quick", action="store_true", help="less of it, in under a minute")
    parser.add_argument("--json", type=Path, help="write every figure there as well")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
