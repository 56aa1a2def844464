"""Files and folders of a release go into place, all or none."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path


def put(names: Sequence[str], new: Path, root: Path, old: Path) -> None:
    """Move each of `names` from `new` to `root`; what stood there goes to `old`. On any failure, an interrupt too, all is
    moved back. The three folders are on one file system."""
    there = {name for name in names if (root / name).exists()}
    try:
        for name in names:
            for folder in (root, old):
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
            if name in there:
                (root / name).replace(old / name)
            (new / name).replace(root / name)
    except BaseException:
        for name in names:  # by what lies where: an interrupt may have come between a move and the next line
            if (old / name).exists():
                _remove(root / name)
                (old / name).replace(root / name)
            elif name not in there and not (new / name).exists():
                _remove(root / name)
        raise


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
