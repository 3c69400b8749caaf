"""Training: batches without padding to waste, two stages, progress lines, and a checkpoint to go on from."""

import random
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor
from transformers import BertModel

from models.recipe.examples import CHOICES, GROUPS, Example
from models.recipe.network import WEIGHTS, Network, loss_of, pool
from models.recipe.roughen import roughen

LONGEST = 256
PAD = 1
CHECKPOINT_EVERY = 300


@dataclass(frozen=True, slots=True)
class Stage:
    """How one stage learns: `rate` for the encoder, `heads` for the fresh rows on top; `emphasis` on which questions
    differs from the usual.
    """

    name: str
    rate: float
    heads: float
    epochs: int
    size: int = 32
    roughened: bool = False
    emphasis: Mapping[str, float] = field(default_factory=dict)


def encode(tokenizer: Tokenizer, texts: Sequence[str]) -> list[list[int]]:
    """Token ids, cut at LONGEST."""
    return [encoding.ids[: LONGEST - 1] + encoding.ids[-1:] for encoding in tokenizer.encode_batch(list(texts))]


def padded(rows: Sequence[Sequence[int]]) -> tuple[Tensor, Tensor]:
    """Ids and mask of one batch."""
    longest = max(len(row) for row in rows)
    ids = torch.tensor([[*row, *[PAD] * (longest - len(row))] for row in rows])
    return ids, torch.arange(longest).unsqueeze(0) < torch.tensor([len(row) for row in rows]).unsqueeze(1)


def alike_in_length(lengths: Sequence[int], size: int, chance: random.Random) -> list[list[int]]:
    """Shuffled batches whose texts are about equally long."""
    order = list(range(len(lengths)))
    chance.shuffle(order)
    batches = []
    for start in range(0, len(order), size * 40):
        some = sorted(order[start : start + size * 40], key=lambda number: lengths[number])
        batches += [some[at : at + size] for at in range(0, len(some), size)]
    chance.shuffle(batches)
    return batches


def targets_of(examples: Sequence[Example], meanings: Tensor) -> dict[str, Tensor]:
    """The targets of one batch, per question."""
    each = {name: torch.tensor([example.each[name] for example in examples]) for name in GROUPS}
    one_of = {name: torch.tensor([example.one_of[name] for example in examples]) for name in CHOICES}
    return {**each, **one_of, "meaning": meanings}


@torch.inference_mode()
def meanings_of(teacher: BertModel, tokenizer: Tokenizer, texts: Sequence[str]) -> Tensor:
    """What the whole base makes of each text: mean pooled, centred and scaled over these texts."""
    teacher.train(False)
    rows = encode(tokenizer, [f"query: {text}" for text in texts])
    order = sorted(range(len(rows)), key=lambda number: len(rows[number]))
    found = torch.zeros(len(rows), teacher.config.hidden_size)
    for start in range(0, len(order), 64):
        some = order[start : start + 64]
        ids, mask = padded([rows[number] for number in some])
        with torch.autocast("cpu", torch.bfloat16):
            found[some] = pool(teacher(input_ids=ids, attention_mask=mask).last_hidden_state.float(), mask)
    return (found - found.mean(0)) / found.std(0)


def learn(
    network: Network,
    tokenizer: Tokenizer,
    stage: Stage,
    examples: Sequence[Example],
    meanings: Tensor,
    seed: int,
    scratch: Path,
) -> None:
    """Run one stage from its last checkpoint, or from the start."""
    network.encoder.embeddings.word_embeddings.weight.requires_grad_(False)
    learning = [value for value in network.parameters() if value.requires_grad]
    optimizer = _optimizer(network, stage)
    plan = list(_plan(tokenizer, stage, examples, seed))
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: _rate(step, len(plan)))
    done = _resume(scratch / f"{stage.name}.part", network, optimizer, schedule)
    network.train()
    started, seen, lost = time.monotonic(), 0, 0.0
    for step in range(done, len(plan)):
        torch.manual_seed(seed * 1_000_003 + step)
        chosen, rows = plan[step]
        ids, mask = padded(rows)
        with torch.autocast("cpu", torch.bfloat16):
            outputs = network(ids, mask)
        targets = targets_of([examples[number] for number in chosen], meanings[chosen])
        loss = loss_of(outputs, targets, {**WEIGHTS, **stage.emphasis})
        torch.autograd.backward(loss)
        torch.nn.utils.clip_grad_norm_(learning, 1.0)
        optimizer.step()
        schedule.step()
        optimizer.zero_grad(set_to_none=True)
        seen, lost = seen + len(chosen), lost + loss.item()
        if (step + 1) % 50 == 0:
            pace = seen / (time.monotonic() - started)
            print(f"{stage.name} step {step + 1}/{len(plan)} loss {lost / 50:.3f} {pace:.0f} examples/s", flush=True)
            lost = 0.0
        if (step + 1) % CHECKPOINT_EVERY == 0:
            _keep(scratch / f"{stage.name}.part", network, optimizer, schedule, step + 1)
    torch.save(learned(network), scratch / f"{stage.name}.pt")
    (scratch / f"{stage.name}.part").unlink(missing_ok=True)


def _optimizer(network: Network, stage: Stage) -> torch.optim.Optimizer:
    heads = [*network.heads.parameters(), *network.meaning.parameters()]
    body = [value for value in network.encoder.parameters() if value.requires_grad]
    groups = [{"params": body, "lr": stage.rate}, {"params": heads, "lr": stage.heads}]
    return torch.optim.AdamW(groups, weight_decay=0.01, fused=True)


def learned(network: Network) -> dict[str, Tensor]:
    """Everything but the frozen word embeddings, which come from the base each time."""
    return {name: value for name, value in network.state_dict().items() if "word_embeddings" not in name}


def _plan(
    tokenizer: Tokenizer, stage: Stage, examples: Sequence[Example], seed: int
) -> Iterator[tuple[list[int], list[list[int]]]]:
    """Every batch of the stage, known beforehand, so that a broken-off run goes on where it was."""
    for epoch in range(stage.epochs):
        chance = random.Random(f"{seed}-{stage.name}-{epoch}")
        texts = [(roughen(example, chance) if stage.roughened else example).text for example in examples]
        rows = encode(tokenizer, texts)
        for chosen in alike_in_length([len(row) for row in rows], stage.size, chance):
            yield chosen, [rows[number] for number in chosen]


def _rate(step: int, steps: int) -> float:
    """A short climb, then straight down to nothing."""
    warm = max(1, steps // 16)
    return min((step + 1) / warm, max(0.02, (steps - step) / (steps - warm)))


def _keep(
    path: Path,
    network: Network,
    optimizer: torch.optim.Optimizer,
    schedule: torch.optim.lr_scheduler.LambdaLR,
    step: int,
) -> None:
    state = {
        "network": learned(network),
        "optimizer": optimizer.state_dict(),
        "schedule": schedule.state_dict(),
        "step": step,
    }
    torch.save(state, path.with_suffix(".new"))
    path.with_suffix(".new").replace(path)


def _resume(
    path: Path, network: Network, optimizer: torch.optim.Optimizer, schedule: torch.optim.lr_scheduler.LambdaLR
) -> int:
    if not path.exists():
        return 0
    state = torch.load(path, weights_only=True)
    network.load_state_dict(state["network"], strict=False)
    optimizer.load_state_dict(state["optimizer"])
    schedule.load_state_dict(state["schedule"])
    print(f"going on from {path.name} at step {state['step']}", flush=True)
    return int(state["step"])
