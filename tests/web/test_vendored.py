"""What we carry of others is what their makers published, with its licence beside it."""

import hashlib
import re
from pathlib import Path

import socialwatch.web

VENDOR = Path(socialwatch.web.__file__).parent / "static" / "vendor"
LINE = re.compile(
    r"^\| (?P<file>\S+\.js) \| \S+ \| [\d.]+ \| \S+ \| .*?\((?P<licences>[^)]*)\) \| (?P<sum>[0-9a-f]{64}) \|$", re.M
)


def test_every_vendored_file_has_its_sum_and_its_licence() -> None:
    listed = {found["file"]: found for found in LINE.finditer((VENDOR / "VENDORED.md").read_text())}
    assert sorted(listed) == sorted(each.name for each in VENDOR.glob("*.js"))
    for name, found in listed.items():
        assert hashlib.sha256((VENDOR / name).read_bytes()).hexdigest() == found["sum"], name
        for licence in found["licences"].split(", "):
            assert (VENDOR / licence).is_file(), licence
