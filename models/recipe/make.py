"""Make models/dutch again: python -m models.recipe.make DATA (the folder with xed-nl, goemotions-en and ecosent)."""

import argparse
import random
from collections.abc import Sequence
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
from models.recipe.pack import Learnt, Origin, pack
from models.recipe.train import Stage, learn, meanings_of
from models.recipe.vocabulary import build_tokenizer, choose
from models.recipe.wide import learn_wide

HERE = Path(__file__).resolve().parents[1]
SCRATCH = HERE / ".work"
CORPUS = HERE / "corpus"
PIECES = 30_000
SEED = 17
# Stage two is run once with each; what is shipped is the mean of their weights.
SEEDS = (17, 23, 42)
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
    parser.add_argument("--seed", type=int, help="only stage two with this seed, packed in models/.work/seed-N")
    parser.add_argument("--base", type=Path, help="folder with multilingual-e5-small in full precision")
    parser.add_argument("--only", choices=("general", "all"), default="all")
    wanted = parser.parse_args()
    SCRATCH.mkdir(exist_ok=True)
    torch.set_num_threads(wanted.threads)
    parts = gather(wanted.data, wanted.base)
    general(parts, wanted.data)
    if wanted.only == "general":
        return
    seeds = [wanted.seed] if wanted.seed else SEEDS
    wide, networks = learn_wide(parts.tokenizer, own_examples()), []
    for seed in seeds:
        networks.append(webcare(parts, general(parts, wanted.data), wanted.data, seed))
        origin = Origin(CORPUS, wanted.data, str(seed), wanted.base)
        pack(Learnt(parts.tokenizer, networks[-1], wide), origin, SCRATCH / f"seed-{seed}")
    if len(networks) > 1:
        origin = Origin(CORPUS, wanted.data, "+".join(str(seed) for seed in seeds), wanted.base)
        pack(Learnt(parts.tokenizer, mean_of(networks), wide), origin, HERE / "dutch")


def mean_of(networks: Sequence[Network]) -> Network:
    """The mean of their weights: they began at the same point and stay close enough for that to be a model, and a
    steadier one than each by itself (Wortsman et al., 2022, "Model soups").
    """
    states = [network.state_dict() for network in networks]
    networks[0].load_state_dict({name: torch.stack([state[name] for state in states]).mean(0) for name in states[0]})
    return networks[0]


if __name__ == "__main__":
    main()
