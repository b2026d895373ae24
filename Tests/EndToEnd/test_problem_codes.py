"""The table of refusals in docs/API.md and the codes in the sources are the same."""

import re

from ..conftest import ROOT

CODE = re.compile(
    r'\bcode: "(\w+)"'  # Problem(.badRequest, code: "bad_target", …)
    r'|\bMultipartError\(\s*"(\w+)"'
    r'|\bCode\(rawValue: "(\w+)"\)'  # of a photo that failed
)


def documented() -> dict[str, int]:
    """The status of each code in the table."""
    rows = re.findall(r"^\| `(\w+)` \| (\d{3}) \| [^|]+ \| [^|]+ \|$", (ROOT / "docs/API.md").read_text(), re.M)
    assert len(rows) == len(dict(rows)), "a code is in the table twice"
    return {code: int(status) for code, status in rows}


def test_every_code_is_documented_and_every_documented_code_exists() -> None:
    sources = [path.read_text() for path in (ROOT / "Sources").rglob("*.swift")]
    codes = {code for source in sources for match in CODE.findall(source) for code in match if code}
    assert codes == set(documented())
