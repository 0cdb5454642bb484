"""Fill a configuration folder with the demo's programme and its diary.

Called as `script/demo.py CONFIG_DIR`, once, before Home Assistant first starts there.
"""

import sys
from datetime import date
from pathlib import Path


def seed(config_dir: Path, today: date) -> None:
    """Write the programme's config entry and log, as Home Assistant would have left them."""


if __name__ == "__main__":
    seed(Path(sys.argv[1]), date.today())  # noqa: DTZ011
