"""Hosts of our own: network namespaces on one bridge where the machine lets us, else plain processes on one host."""

import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

NET = "10.213.7"
DATABASE = f"{NET}.1"
BRIDGE = "swchaos"


@dataclass(frozen=True, slots=True)
class Host:
    """`name` is that of its namespace; None when it is this machine itself."""

    name: str | None

    def start(self, *words: str) -> "subprocess.Popen[bytes]":
        before = () if self.name is None else ("ip", "netns", "exec", self.name)
        return subprocess.Popen([*before, *words], stdout=subprocess.DEVNULL, start_new_session=True)

    def ask(self, *words: str) -> str:
        before = () if self.name is None else ("ip", "netns", "exec", self.name)
        ended = subprocess.run([*before, *words], capture_output=True, text=True, timeout=20, check=False)
        return ended.stdout.strip()

    def cut(self) -> None:
        """Pull the cable: no word reaches it and none comes out, and nobody is told."""
        if self.name is not None:
            _ip("link", "set", f"{self.name}b", "down")

    def mend(self) -> None:
        if self.name is not None:
            _ip("link", "set", f"{self.name}b", "up")


def possible() -> bool:
    """Whether this machine lets us make namespaces: root, iproute2, and a kernel that agrees."""
    if os.geteuid() != 0 or shutil.which("ip") is None:
        return False
    if not _try("netns", "add", "swtry"):
        return False
    # Some kernels let root make a namespace and no cable between two.
    cable = _try("link", "add", "swtry0", "type", "veth", "peer", "name", "swtry1")
    if cable:
        _try("link", "del", "swtry0")
    _try("netns", "del", "swtry")
    return cable


@contextmanager
def hosts(names: Sequence[str]) -> Iterator[list[Host]]:
    """One namespace per name, all on a bridge that also holds DATABASE; gone at the end."""
    made = []
    try:
        _ip("link", "add", BRIDGE, "type", "bridge")
        _ip("addr", "add", f"{DATABASE}/24", "dev", BRIDGE)
        _ip("link", "set", BRIDGE, "up")
        for place, name in enumerate(names, 2):
            made.append(name)
            _join(name, f"{NET}.{place}/24")
        yield [Host(name) for name in names]
    finally:
        for name in made:
            _try("link", "del", f"{name}b")
            _try("netns", "del", name)
        _try("link", "del", BRIDGE)


def _join(name: str, address: str) -> None:
    _ip("netns", "add", name)
    _ip("link", "add", f"{name}a", "type", "veth", "peer", "name", f"{name}b")
    _ip("link", "set", f"{name}a", "netns", name)
    _ip("link", "set", f"{name}b", "master", BRIDGE)
    _ip("link", "set", f"{name}b", "up")
    for words in (
        ("addr", "add", address, "dev", f"{name}a"),
        ("link", "set", f"{name}a", "up"),
        ("link", "set", "lo", "up"),
    ):
        _ip("-n", name, *words)


def _ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True, capture_output=True)


def _try(*words: str) -> bool:
    return subprocess.run(["ip", *words], check=False, capture_output=True).returncode == 0
