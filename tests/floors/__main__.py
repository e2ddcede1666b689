"""Draws the floors of the house from the contracts in pyproject.toml: `make floors`."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "diedie_edu.settings")

from tests.floors.drawing import PICTURE, drawing

if __name__ == "__main__":
    PICTURE.write_text(drawing(), encoding="utf-8")
    print(PICTURE)
