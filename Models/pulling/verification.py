"""Decides whether a file is the right one: by its SHA-256, else by its numbers, which is remembered."""

import hashlib
import json
from pathlib import Path

from conversion.errors import ModelError
from pulling.manifest import File

#: Beside the models: file name → SHA-256 of a content whose numbers were checked, and of the check.
STAMPS = ".verified.json"


class Verifier:
    """Verifies the files of one model folder."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / STAMPS
        try:
            self._stamps: dict[str, dict[str, str]] = json.loads(self._path.read_text("utf-8"))
        except (OSError, ValueError):
            self._stamps = {}

    def reason_against(self, file: File, content: bytes) -> str | None:
        """Why this content is not the file; `None` when it is."""
        digest = hashlib.sha256(content).hexdigest()
        if digest in file.sha256:
            return None
        if file.check is None:
            return f"its SHA-256 is {digest}, wanted {' or '.join(file.sha256)}"
        stamp = {"sha256": digest, "check": hashlib.sha256(json.dumps(file.check).encode()).hexdigest()}
        if self._stamps.get(file.name) == stamp:
            return None
        # ONNX Runtime takes its time to load, and is rarely needed here.
        from pulling import selfcheck

        difference = selfcheck.difference(content, file.check)
        if not difference <= file.check["tolerance"]:  # so that NaN is wrong, too
            return f"it answers wrongly: {difference:.4f} from the expected answer, at most {file.check['tolerance']}"
        self._stamps[file.name] = stamp
        return None

    def require(self, file: File, content: bytes) -> None:
        """Raises `ModelError` when this content is not the file."""
        if reason := self.reason_against(file, content):
            raise ModelError(
                f"{file.name} was made, but {reason}",
                "Use the versions of Models/requirements.txt; if they are, report this as a bug.",
            )

    def save(self) -> None:
        """Remembers what was checked by its numbers."""
        if self._stamps:
            self._path.write_text(json.dumps(self._stamps, indent=1) + "\n", "utf-8")
