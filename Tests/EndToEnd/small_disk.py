"""A disk of a few megabytes in memory, in a mount namespace of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path


class NoDisk(Exception):
    """Why no disk can be mounted here."""


class SmallDisk:
    """Mounted for the processes that are started with `prefix`; this process sees it at `path`."""

    def __init__(self, mount_point: Path, megabytes: int) -> None:
        if not shutil.which("unshare") or not shutil.which("nsenter"):
            raise NoDisk("unshare and nsenter are not installed")
        mount_point.mkdir()
        script = f'mount -t tmpfs -o size={megabytes}m tmpfs "$0" && echo mounted && read -r _'
        # The user namespace lets anybody mount.
        self.holder = subprocess.Popen(
            ["unshare", "-rm", "sh", "-c", script, mount_point], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, text=True)
        assert self.holder.stdout and self.holder.stderr
        if self.holder.stdout.readline() != "mounted\n":
            raise NoDisk(f"no disk can be mounted in a namespace: {self.holder.stderr.read().strip()}")
        self.mount_point = mount_point
        self.path = Path(f"/proc/{self.holder.pid}/root{mount_point}")
        self.prefix = [
            "nsenter", f"--user=/proc/{self.holder.pid}/ns/user", f"--mount=/proc/{self.holder.pid}/ns/mnt",
            "--preserve-credentials", "--wd=/"]

    def free(self) -> int:
        """How many bytes are left."""
        figures = os.statvfs(self.path)
        return figures.f_bavail * figures.f_frsize

    def fill(self) -> Path:
        """Fills it to the last byte with a file of somebody else's."""
        other = self.path / "other"
        with other.open("ab", buffering=0) as file:
            while room := self.free():
                file.write(bytes(min(room, 1 << 20)))
        return other

    def unmount(self) -> None:
        """The disk goes with the last process that sees it."""
        self.holder.kill()
        self.holder.communicate()
