"""What we carry of others is what their makers published, with its licence beside it."""

import hashlib
import re
from pathlib import Path

import pytest

import socialwatch.web

SERVED = Path(socialwatch.web.__file__).parent / "static" / "vendor"
FOR_TESTS = Path(__file__).parents[1] / "browser" / "vendor"
LINE = re.compile(
    r"^\| (?P<file>\S+\.js) \| \S+ \| [\d.]+ \| \S+ \| .*?\((?P<licences>[^)]*)\) \| (?P<sum>[0-9a-f]{64}) \|$", re.M
)


@pytest.mark.parametrize("folder", [SERVED, FOR_TESTS], ids=["served", "for tests"])
def test_every_vendored_file_has_its_sum_and_its_licence(folder: Path) -> None:
    listed = {found["file"]: found for found in LINE.finditer((folder / "VENDORED.md").read_text())}
    assert listed
    assert sorted(listed) == sorted(each.name for each in folder.glob("*.js"))
    for name, found in listed.items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == found["sum"], name
        for licence in found["licences"].split(", "):
            assert (folder / licence).is_file(), licence
