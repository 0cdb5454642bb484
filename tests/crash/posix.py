"""What a crash may leave of a folder, by what POSIX promises and not by what disks tend to do.

``Recorder`` notes the file operations of a piece of code. ``states`` yields every folder a crash
may leave after one of them: of what was not synced yet, any part may be on the disk. Data may
be missing, cut anywhere, zeros in its place, or only later pieces of it; names may be new, old
or gone, whatever became of the data they stand for.
"""

import errno
import itertools
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Self

import pytest

SECTOR: Final = 512

type Folder = dict[str, bytes]
type Change = tuple[str, ...]  # ("name", name, file), ("gone", name), ("moved", name, file, to)


@dataclass
class File:
    """One file whatever its names: what is on the disk for good, and what came since."""

    synced: bytes = b""
    data: bytes = b""
    pending: list[bytes] = field(default_factory=list)  # its whole content after each change

    def change(self, data: bytes) -> None:
        """Take in new content; it is not on the disk yet."""
        self.data = data
        self.pending.append(data)

    def sync(self) -> None:
        """Put the content on the disk."""
        self.synced = self.data
        self.pending = []

    def possible(self) -> set[bytes]:
        """Return what may be found of it after a crash."""
        found = {self.synced}
        before = self.synced
        for after in self.pending:
            found |= set(torn(before, after)) | {after}
            # An earlier change is lost, this one is not: a hole of zeros.
            if after.startswith(before) and before != self.synced:
                hole = b"\0" * (len(before) - len(self.synced))
                found.add(self.synced + hole + after[len(before) :])
            before = after
        return found


def torn(before: bytes, after: bytes) -> Iterator[bytes]:
    """Yield what a change from one content to the next may leave half done."""
    if not after.startswith(before):  # cut shorter: it is, or it is not
        return
    new = after[len(before) :]
    cuts = {1, 2, len(new) // 3, len(new) // 2, len(new) - 2, len(new) - 1}
    edge = -len(before) % SECTOR
    cuts |= set(range(edge, len(new), SECTOR)) | {edge - 1, edge + 1}
    for cut in sorted(cut for cut in cuts if 0 < cut < len(new)):
        yield before + new[:cut]
        yield before + new[:cut] + b"\0" * (len(new) - cut)
        yield before + b"\0" * cut + new[cut:]
    yield before + b"\0" * len(new)
    yield before + b"\0" * (len(new) // 2)


@dataclass
class Disk:
    """Files and names, and of both what a crash would find."""

    files: dict[str, File] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    synced_names: dict[str, str] = field(default_factory=dict)
    pending: list[Change] = field(default_factory=list)

    def rename(self, change: Change) -> None:
        """Take in a change of names; it is not on the disk yet."""
        self.pending.append(change)
        apply(self.names, change)

    def sync_names(self) -> None:
        """Put the names on the disk."""
        self.synced_names = dict(self.names)
        self.pending = []

    def states(self) -> Iterator[Folder]:
        """Yield every folder a crash may leave now."""
        for names in self._possible_names():
            used = sorted(set(names.values()))
            choices = [sorted(self.files[number].possible()) for number in used]
            for contents in itertools.product(*choices):
                found = dict(zip(used, contents, strict=True))
                yield {name: found[number] for name, number in names.items()}

    def _possible_names(self) -> list[dict[str, str]]:
        found: list[dict[str, str]] = []
        for kept in itertools.product((False, True), repeat=len(self.pending)):
            names = dict(self.synced_names)
            for change in itertools.compress(self.pending, kept):
                apply(names, change)
            if names not in found:
                found.append(names)
        return found


def apply(names: dict[str, str], change: Change) -> None:
    """Change names."""
    match change:
        case ("name", name, number):
            names[name] = number
        case ("gone", name):
            names.pop(name, None)
        case ("moved", name, number, new):
            names.pop(name, None)
            names[new] = number
        case _:
            raise ValueError(change)


@dataclass(frozen=True)
class Crash:
    """One state a crash may leave, and what had been acknowledged by then."""

    operation: str
    done: int  # how many of the calls had returned
    folder: Folder


class Recorder:
    """Notes what happens to a folder, filled with ``start``, while it is the context.

    It is deaf to the calls named so: as if nobody had made them.
    """

    def __init__(
        self,
        folder: Path,
        patch: pytest.MonkeyPatch,
        start: Folder,
        deaf: Iterable[str] = (),
    ) -> None:
        self._deaf = frozenset(deaf)
        self.folder = folder
        self.disk = Disk()
        self.operations = 0
        self.done = 0
        self.crashes: list[Crash] = []
        self._seen: set[tuple[int, tuple[tuple[str, bytes], ...]]] = set()
        self._open: dict[int, str] = {}
        self._patch = patch
        self._real: dict[str, Callable[..., Any]] = {}
        for name, data in start.items():
            number = self._new(data)
            self.disk.files[number].sync()
            self.disk.names[name] = number
        self.disk.sync_names()
        fill(folder, start)

    def _new(self, data: bytes = b"") -> str:
        number = f"{len(self.disk.files)}"
        self.disk.files[number] = File(data=data)
        return number

    def __enter__(self) -> Self:
        """Begin."""
        for name in ("open", "close", "write", "ftruncate", "fsync", "fdatasync"):
            self._wrap(name)
        for name in ("replace", "rename", "unlink", "link"):
            self._wrap(name)
        self._crash("start")
        return self

    def __exit__(self, *_: object) -> None:
        """End; what was noted stays."""
        for name, real in self._real.items():
            self._patch.setattr(os, name, real)

    def _wrap(self, name: str) -> None:
        real = self._real[name] = getattr(os, name)
        note = getattr(self, f"_{name}_")

        def call(*args: Any, **more: Any) -> Any:
            result = real(*args, **more)
            if name not in self._deaf and note(result, *args):
                self.operations += 1
                self._crash(name)
            return result

        self._patch.setattr(os, name, call)

    def returned(self) -> None:
        """Note that a call has returned: what it stored is acknowledged."""
        self.done += 1
        self._crash("returned")

    def _crash(self, operation: str) -> None:
        for folder in self.disk.states():
            key = (self.done, tuple(sorted(folder.items())))
            if key not in self._seen:
                self._seen.add(key)
                self.crashes.append(Crash(operation, self.done, folder))

    def _name(self, path: Any) -> str | None:
        found = Path(os.fspath(path))
        return found.name if found.parent == self.folder else None

    def _open_(self, fd: int, path: Any, flags: int, *_: Any) -> bool:
        if Path(os.fspath(path)) == self.folder:
            self._open[fd] = "folder"
            return False
        name = self._name(path)
        if name is None:
            return False
        new = name not in self.disk.names
        if new:
            self.disk.rename(("name", name, self._new()))
        self._open[fd] = self.disk.names[name]
        assert not flags & os.O_TRUNC
        return new

    def _close_(self, _result: None, fd: int) -> bool:
        self._open.pop(fd, None)
        return False

    def _write_(self, count: int, fd: int, data: bytes) -> bool:
        if fd in self._open:
            file = self.disk.files[self._open[fd]]
            file.change(file.data + bytes(data)[:count])  # nothing here writes but at the end
        return fd in self._open

    def _ftruncate_(self, _result: None, fd: int, size: int) -> bool:
        if fd in self._open:
            file = self.disk.files[self._open[fd]]
            file.change(file.data[:size])
        return fd in self._open

    def _fsync_(self, _result: None, fd: int) -> bool:
        if self._open.get(fd) == "folder":
            self.disk.sync_names()
        elif fd in self._open:
            self.disk.files[self._open[fd]].sync()
        return fd in self._open

    def _fdatasync_(self, result: None, fd: int) -> bool:
        return self._fsync_(result, fd)

    def _replace_(self, _result: None, old: Any, new: Any) -> bool:
        source, target = self._name(old), self._name(new)
        if source is None or target is None:
            raise OSError(errno.EXDEV, "a file leaves the folder")
        self.disk.rename(("moved", source, self.disk.names[source], target))
        return True

    def _rename_(self, result: None, old: Any, new: Any) -> bool:
        return self._replace_(result, old, new)

    def _unlink_(self, _result: None, path: Any) -> bool:
        name = self._name(path)
        if name is not None:
            self.disk.rename(("gone", name))
        return name is not None

    def _link_(self, _result: None, old: Any, new: Any, **_: Any) -> bool:
        source, target = self._name(old), self._name(new)
        if source is not None and target is not None:
            self.disk.rename(("name", target, self.disk.names[source]))
        return target is not None


def fill(folder: Path, contents: Folder) -> None:
    """Make a folder hold exactly these files."""
    folder.mkdir(exist_ok=True)
    for path in folder.iterdir():
        path.unlink()
    for name, data in contents.items():
        (folder / name).write_bytes(data)


def contents(paths: Iterable[Path]) -> Folder:
    """Return names and data of files."""
    return {path.name: path.read_bytes() for path in paths}
