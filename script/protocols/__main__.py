"""`script/protocol`: check files, print the built-in protocol, play a course day by day."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).parent.parent.parent


def _leave_home_assistant_out() -> None:
    """Let the rules be imported without the integration around them, which takes seconds."""
    package = ModuleType("custom_components.pht_rehab")
    package.__path__ = [str(ROOT / "custom_components" / "pht_rehab")]
    sys.modules["custom_components.pht_rehab"] = package


def main(arguments: Sequence[str]) -> int:
    """Run one command; 0 if all went well, 1 if a file is faulty, 2 if the call is."""
    from . import course, files, schema  # noqa: PLC0415 -- after the package was put in place

    parser = argparse.ArgumentParser("script/protocol", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    check = commands.add_parser("check", help="say everything that is wrong with protocol files")
    check.add_argument("files", nargs="+", type=Path, metavar="FILE")
    commands.add_parser("print", help="print the built-in protocol, whole, as a file to start from")
    commands.add_parser("schema", help="print the JSON Schema of a protocol file")
    run = commands.add_parser("run", help="play a course and print it day by day")
    run.add_argument("file", nargs="?", type=Path, metavar="FILE", help="the built-in if left out")
    run.add_argument("--scenario", default=course.DEFAULT, help="; ".join(course.SCENARIOS))
    run.add_argument("--placement", default="settle", help="the stage or dose step to start at")
    run.add_argument("--goal", default="everyday", choices=course.GOALS)
    run.add_argument("--days", default="mon,wed,fri", help="training days")
    asked = parser.parse_args(arguments)
    match asked.command:
        case "check":
            return max([files.check(path) for path in asked.files])
        case "print":
            print(files.built_in(), end="")
        case "schema":
            print(schema.text(), end="")
        case _:
            if (found := files.read(asked.file)) is None:
                return 1
            try:
                lines = course.play(
                    found, asked.scenario, asked.placement, asked.goal, asked.days.split(",")
                )
            except ValueError as error:
                parser.error(str(error))
            print("\n".join(lines))
    return 0


if __name__ == "__main__":
    _leave_home_assistant_out()
    sys.exit(main(sys.argv[1:]))
