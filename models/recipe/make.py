"""Make models/dutch again: python -m models.recipe.make DATA (the folder with xed-nl, goemotions-en and ecosent)."""

import argparse
import random
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import torch
from tokenizers import Tokenizer

from models.recipe.base import Base, packaged_file, read_base
from models.recipe.examples import Example, from_line, from_post, is_development, read_posts
from models.recipe.full import read_folder
from models.recipe.labels import ROUNDS, read_round
from models.recipe.network import LAYERS_KEPT, Network, encoder_from
from models.recipe.outside import read_outside, texts_to_count
from models.recipe.pack import Origin, pack
from models.recipe.train import Stage, learn, meanings_of
from models.recipe.vocabulary import build_tokenizer, choose

HERE = Path(__file__).resolve().parents[1]
SCRATCH = HERE / ".work"
CORPUS = HERE / "corpus"
PIECES = 30_000
SEED = 17
REPLAY = 0.2
GENERAL = Stage("general", rate=6e-5, heads=1e-3, epochs=1)
WEBCARE = Stage(
    "webcare",
    rate=1.5e-4,
    heads=5e-3,
    epochs=4,
    roughened=True,
    emphasis={"meaning": 0.2, "hazards": 3.0, "language": 1.0},
)


@dataclass(frozen=True, slots=True)
class Ingredients:
    """The base, the ids of the pieces we keep, and the tokenizer over them."""

    base: Base
    kept: list[int]
    tokenizer: Tokenizer


def gather(data: Path, folder: Path | None = None) -> Ingredients:
    """Read the base (from `folder` in full precision) and settle the vocabulary on outside data and our own corpus."""
    base = read_folder(folder) if folder else read_base(packaged_file())
    own = [post["text"] for post in read_posts(CORPUS)]
    kept = choose(base, [*texts_to_count(data), *own], PIECES)
    print(f"vocabulary: {len(kept)} of {len(base.pieces)} pieces", flush=True)
    return Ingredients(base, kept, build_tokenizer([(base.pieces[number], base.scores[number]) for number in kept]))


def new_network(parts: Ingredients) -> Network:
    """Cut from the base; the new heads from the pinned seed."""
    torch.manual_seed(SEED)
    return Network(encoder_from(parts.base, parts.kept, LAYERS_KEPT))


def general(parts: Ingredients, data: Path) -> Network:
    """Stage one: feelings in Dutch and English sentences, while keeping what the whole base understood."""
    network = new_network(parts)
    finished = SCRATCH / "general.pt"
    if not finished.exists():
        examples = [from_line(line) for line in read_outside(data, SEED)]
        learn(network, parts.tokenizer, GENERAL, examples, _meanings(parts, examples, "general"), SEED, SCRATCH)
    network.load_state_dict(torch.load(finished, weights_only=True), strict=False)
    return network


def webcare(parts: Ingredients, network: Network, data: Path, seed: int) -> Network:
    """Stage two: our own posts, with a fifth of outside lines so that the first stage is not forgotten."""
    stage = replace(WEBCARE, name=f"webcare-{seed}")
    finished = SCRATCH / f"{stage.name}.pt"
    if not finished.exists():
        posts = own_examples()
        lines = random.Random(SEED).sample(read_outside(data, SEED), round(len(posts) * REPLAY / (1 - REPLAY)))
        examples: list[Example] = [*posts, *(from_line(line) for line in lines)]
        learn(network, parts.tokenizer, stage, examples, _meanings(parts, examples, "webcare"), seed, SCRATCH)
    network.load_state_dict(torch.load(finished, weights_only=True), strict=False)
    return network


def own_examples() -> list[Example]:
    """What our own corpus teaches: settled labels and both readings of every post outside the development part."""
    rounds = [read_round(CORPUS, name) for name in ROUNDS]
    posts = [post for post in read_posts(CORPUS) if not is_development(post["id"])]
    return [from_post(post, [asdict(readings[post["id"]]) for readings in rounds]) for post in posts]


def _meanings(parts: Ingredients, examples: list[Example], name: str) -> torch.Tensor:
    """The teacher's vectors, kept in the scratch folder because they take a minute."""
    kept = SCRATCH / f"{name}-meanings.pt"
    if kept.exists():
        found: torch.Tensor = torch.load(kept, weights_only=True)
        if len(found) == len(examples):
            return found
    teacher = encoder_from(parts.base, parts.kept, range(parts.base.layers))
    found = meanings_of(teacher, parts.tokenizer, [example.text for example in examples])
    torch.save(found, kept)
    return found


def main() -> None:
    """One command from nothing to models/dutch."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="folder with xed-nl, goemotions-en and ecosent")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument(
        "--seed",
        type=int,
        default=SEED,
        help="varies stage two alone; another than the shipped one is packed in models/.work/seed-N",
    )
    parser.add_argument("--base", type=Path, help="folder with multilingual-e5-small in full precision")
    parser.add_argument("--only", choices=("general", "all"), default="all")
    wanted = parser.parse_args()
    SCRATCH.mkdir(exist_ok=True)
    torch.set_num_threads(wanted.threads)
    parts = gather(wanted.data, wanted.base)
    network = general(parts, wanted.data)
    if wanted.only == "general":
        return
    network = webcare(parts, network, wanted.data, wanted.seed)
    folder = HERE / "dutch" if wanted.seed == SEED else SCRATCH / f"seed-{wanted.seed}"
    pack(parts.tokenizer, network, Origin(CORPUS, wanted.data, wanted.seed, wanted.base), folder)


if __name__ == "__main__":
    main()
