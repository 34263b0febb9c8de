"""Training the embedding model that ships: `make weights`, or `python -m assistant.search.train FOLDER`.

The published MiniLM knows that 'trust' and 'confidence' are near, and not that 'our chief exec is off in
April' is about trust between leaders. It is taught by the situations: each is drawn towards a sentence or
passage of a section that answers it, and away from those of the other situations in its batch
(multiple negatives ranking: Henderson et al., 2017, arXiv 1705.00652), where these have no section or
pitfall in common. The result is then averaged with the published weights, which keeps what they know of
other subjects (Wortsman et al., 2022, arXiv 2109.01903).
"""

import random
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tqdm import tqdm

from assistant.library import split
from assistant.library.holdings import Library, open_library
from assistant.search.embed import PUBLISHED, folder_of
from assistant.settings import Settings, keep_quiet

if TYPE_CHECKING:
    import torch

EPOCHS = 3
BATCH = 64
RATE = 3e-5
SCALE = 20.0  # of cosine similarities before the softmax, as the published model was trained with
SHARE = 0.7  # of the trained weights in the average with the published ones
_WARM_UP = 20  # steps
_TOGETHER = 8  # texts that go through the model at once
_SEED = 1


@dataclass(frozen=True, slots=True)
class Example:
    """A situation, the sections that answer it, and the pitfalls that it or they are about."""

    text: str
    sections: tuple[str, ...]
    pitfalls: frozenset[str]


def examples(library: Library) -> list[Example]:
    """The situations that sections of the library answer."""
    about = {f"{one.source.id}#{part.anchor}": part.pitfalls for one in library for part in one.headed.sections}
    return [
        Example(
            one.text, one.places, frozenset((*one.pitfalls, *(id_ for place in one.places for id_ in about[place])))
        )
        for one in library.situations
        if one.places
    ]


def train(library: Library, target: Path) -> None:
    """Train on the library's situations and save the averaged model, in half precision, in a folder.

    Takes about 20 minutes on two cores.
    """
    import torch
    from sentence_transformers import SentenceTransformer

    random.seed(_SEED)
    torch.manual_seed(_SEED)
    published = str(folder_of(Settings(home=target, embeddings=PUBLISHED)))
    model = SentenceTransformer(published, device="cpu")
    before = {name: weight.clone() for name, weight in model.state_dict().items()}
    texts = _texts(library)
    known = examples(library)
    steps = EPOCHS * (len(known) // BATCH)
    optimiser = torch.optim.AdamW(model.parameters(), lr=RATE, weight_decay=0.01)
    rate = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1.0, (step + 1) / _WARM_UP) * max(0.05, 1 - step / steps)
    )
    model.train()
    for batch in tqdm(_batches(known), total=steps, desc="Training", unit=" batches"):
        optimiser.zero_grad()
        _loss(model, batch, texts).backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        rate.step()
    model.eval()
    mixed = {
        name: SHARE * weight + (1 - SHARE) * before[name] if weight.is_floating_point() else weight
        for name, weight in model.state_dict().items()
    }
    model.load_state_dict(mixed)
    model.half().save(str(target), create_model_card=False)


def _texts(library: Library) -> dict[str, list[str]]:
    """What each section says, as passages and as sentences."""
    texts: dict[str, list[str]] = {}
    for holding in library:
        for entry in (*split.passages(holding), *split.sentences(holding)):
            texts.setdefault(split.place(entry).section, []).append(entry.page_content)
    return texts


def _batches(known: Sequence[Example]) -> Iterator[list[Example]]:
    for _ in range(EPOCHS):
        shuffled = random.sample(known, len(known))
        for start in range(0, len(shuffled) - BATCH + 1, BATCH):
            yield shuffled[start : start + BATCH]


def _loss(model: Any, batch: Sequence[Example], texts: Mapping[str, Sequence[str]]) -> "torch.Tensor":
    import torch

    sections = [random.choice(one.sections) for one in batch]
    asked = _embedded(model, [one.text for one in batch])
    said = _embedded(model, [random.choice(texts[section]) for section in sections])
    similarity = SCALE * asked @ said.T
    # Two situations with a section or a pitfall in common are no counter-examples to each other.
    same = torch.tensor(
        [
            [
                row != column and (section in one.sections or bool(one.pitfalls & other.pitfalls))
                for column, (other, section) in enumerate(zip(batch, sections, strict=True))
            ]
            for row, one in enumerate(batch)
        ]
    )
    right = torch.arange(len(batch))
    cross_entropy = torch.nn.functional.cross_entropy
    asking = cross_entropy(similarity.masked_fill(same, -1e4), right)
    answering = cross_entropy(similarity.T.masked_fill(same.T, -1e4), right)
    return (asking + answering) / 2


def _embedded(model: Any, texts: list[str]) -> "torch.Tensor":
    """The texts' embeddings; like lengths go through the model together, since all are padded to the longest."""
    import torch

    order = sorted(range(len(texts)), key=lambda row: len(texts[row]))
    vectors = [
        model(model.preprocess([texts[row] for row in order[start : start + _TOGETHER]]))["sentence_embedding"]
        for start in range(0, len(order), _TOGETHER)
    ]
    places = sorted(range(len(order)), key=order.__getitem__)
    return torch.nn.functional.normalize(torch.cat(vectors)[places], dim=1)


if __name__ == "__main__":
    keep_quiet()
    target = Path(sys.argv[1])
    train(open_library(Settings(home=target)), target)
