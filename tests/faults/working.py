"""A process at work in a data folder, to be killed, starved or raced: python working.py KNOWLEDGE HOME SHELF TASK …

Tasks: `add FOLDER ACKNOWLEDGED ID…` adds documents one by one and notes each, on disk, once it is indexed;
`sync` brings the index into step; `remove ID` takes a document out and brings the index into step.
"""

import os
import resource
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from fakes import WordEmbeddings  # noqa: E402

from assistant.errors import CommonGroundError  # noqa: E402
from assistant.library import holdings, situations  # noqa: E402
from assistant.search import embed, store  # noqa: E402
from assistant.settings import Settings, Shelf, keep_quiet  # noqa: E402

keep_quiet()


def main(knowledge: str, home: str, shelf: str, task: str, *words: str) -> None:
    holdings.shipped = situations.shipped = lambda name: Path(knowledge)  # type: ignore[assignment, attr-defined]
    fake = WordEmbeddings()
    embed.embeddings = lambda settings: fake  # type: ignore[assignment]
    embed.identity = lambda settings: embed.ModelIdentity("hashed-words", "0" * 64)  # type: ignore[assignment]
    import chromadb  # noqa: F401  the import is no part of the work

    settings = Settings(home=Path(home), library=Shelf(shelf))
    print("begun", flush=True)
    if task == "limited":  # LIMIT BYTES, and then a task
        kind = getattr(resource, words[0])
        more = int(words[1]) + (_memory() if kind == resource.RLIMIT_AS else 0)
        resource.setrlimit(kind, (more, more))
        task, words = words[2], words[3:]
    TASKS[task](settings, *words)


def _memory() -> int:
    return int(Path("/proc/self/statm").read_text(encoding="utf-8").split()[0]) * resource.getpagesize()


def _sync(settings: Settings) -> None:
    store.sync(settings, holdings.open_library(settings))


def _add(settings: Settings, folder: str, acknowledged: str, *ids: str) -> None:
    for id_ in ids:
        holdings.add(settings, Path(folder) / f"{id_}.txt")
        _sync(settings)
        with open(acknowledged, "a", encoding="utf-8") as file:
            file.write(f"{id_}\n")
            file.flush()
            os.fsync(file.fileno())
    print("done", flush=True)


def _remove(settings: Settings, id_: str) -> None:
    holdings.remove(settings, id_)
    _sync(settings)
    print("done", flush=True)


TASKS = {"add": _add, "sync": _sync, "remove": _remove}

if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except CommonGroundError as error:
        print(error, file=sys.stderr)
        sys.exit(1)
