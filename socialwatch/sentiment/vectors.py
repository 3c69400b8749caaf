"""Numbers in torch that every socket of this room handles alike: their kind, their padding, their vectors."""

from collections.abc import Sequence

import torch

from socialwatch.sentiment.batches import pad


def precision(wanted: str) -> torch.dtype:
    """ "bf16" or "fp32" as asked; "auto" is the fastest here."""
    return {"bf16": torch.bfloat16, "fp32": torch.float32}.get(wanted) or fastest()


def fastest() -> torch.dtype:
    """bf16 where the processor multiplies it itself, else fp32."""
    tests = ("_is_avx512_bf16_supported", "_is_amx_tile_supported")
    able = any(bool(getattr(torch.cpu, test, lambda: False)()) for test in tests)
    return torch.bfloat16 if able else torch.float32


def padded(rows: Sequence[Sequence[int]], padding: int) -> tuple[torch.Tensor, torch.Tensor]:
    """The rows as one block of ids, and which of them are real."""
    ids = torch.tensor(pad(rows, padding))
    lengths = torch.tensor([len(row) for row in rows])
    return ids, torch.arange(ids.shape[1]).unsqueeze(0) < lengths.unsqueeze(1)


def mean(states: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
    """One vector per text: the mean over its real tokens."""
    return (states.float() * mask.unsqueeze(-1)).sum(1) / mask.sum(1, keepdim=True)


def packed(meanings: torch.Tensor) -> list[bytes]:
    """Unit vectors times 127, as signed bytes."""
    units = torch.nn.functional.normalize(meanings.nan_to_num(), dim=1)
    return [row.numpy().tobytes() for row in (units * 127).round().to(torch.int8)]
