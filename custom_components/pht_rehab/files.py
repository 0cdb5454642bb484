"""Files of health data: for their owner alone, and on the disk before they get their name.

Everything here blocks. Where it raises ``OSError`` the file called ``path`` is as it was.
"""

import contextlib
import errno
import itertools
import os
from pathlib import Path
from typing import Final

PRIVATE: Final = 0o600
_NO_FOLDER_SYNC: Final = frozenset({errno.EINVAL, errno.ENOTSUP})


def write(fd: int, data: bytes) -> None:
    """Write all of ``data``; the system may take it in parts."""
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(fd, rest) :]


def prepare(path: Path, data: bytes) -> Path:
    """Store ``data`` beside ``path``, read it back, and return where it lies.

    A rename may reach the disk before the data of what it renames, and a worn card may take
    data and give back other: so first the data, then the look, and then the name.
    """
    new = path.with_name(f"{path.name}.new")
    new.unlink(missing_ok=True)
    try:
        _create(new, data)
        _compare(new, data)
    except OSError:
        with contextlib.suppress(OSError):
            new.unlink(missing_ok=True)
        raise
    return new


def _create(path: Path, data: bytes) -> None:
    fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, PRIVATE)
    try:
        write(fd, data)
        os.fsync(fd)
        with contextlib.suppress(AttributeError, OSError):  # so that reading back asks the disk
            os.posix_fadvise(fd, 0, 0, os.POSIX_FADV_DONTNEED)
    finally:
        os.close(fd)


def _compare(path: Path, data: bytes) -> None:
    if path.read_bytes() != data:
        raise OSError(errno.EIO, "what was written reads back different")


def keep(path: Path, data: bytes) -> None:
    """Store ``data`` in a new file called ``path`` and a number."""
    for number in itertools.count(1):
        with contextlib.suppress(FileExistsError):
            _create(path.with_name(f"{path.name}-{number}"), data)
            return


def keep_link(path: Path, old: Path) -> None:
    """Let ``old`` be what ``path`` is now, where the file system can name a file twice."""
    name = old.with_name(f"{old.name}.new")
    with contextlib.suppress(OSError):
        name.unlink(missing_ok=True)
        name.hardlink_to(path)
        name.replace(old)


def sync_file(path: Path) -> None:
    """Put a file's data on the disk, whoever wrote it."""
    _sync(path, os.O_RDONLY | os.O_CLOEXEC)


def sync_folder(path: Path) -> None:
    """Put the names in a folder on the disk, where its file system has a way to ask for that."""
    try:
        _sync(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except OSError as error:
        if error.errno not in _NO_FOLDER_SYNC:
            raise


def _sync(path: Path, flags: int) -> None:
    fd = os.open(path, flags)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)
