"""An authority of the tests' own, and certificates that it signs. Made by openssl, as an operator would."""

from __future__ import annotations

import subprocess
from pathlib import Path


class Authority:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.file = folder / "ca.pem"
        self._openssl(
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
            "-subj", "/CN=Test authority", "-keyout", folder / "ca.key", "-out", self.file)

    def certificate(self, name: str) -> tuple[Path, Path]:
        """A certificate and its key for a name such as `DNS:localhost` or `IP:127.0.0.1`."""
        stem = self.folder / name.replace(":", "-")
        request, certificate, key = (stem.with_name(f"{stem.name}.{kind}") for kind in ("csr", "pem", "key"))
        names = stem.with_name(f"{stem.name}.ext")
        names.write_text(f"subjectAltName={name}\n")
        self._openssl(
            "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", "/CN=server",
            "-keyout", key, "-out", request)
        self._openssl(
            "x509", "-req", "-in", request, "-CA", self.file, "-CAkey", self.folder / "ca.key", "-CAcreateserial",
            "-days", "2", "-extfile", names, "-out", certificate)
        return certificate, key

    @staticmethod
    def _openssl(*arguments: str | Path) -> None:
        subprocess.run(["openssl", *arguments], check=True, capture_output=True)
