"""The network while it learns: the cut encoder, the shipped heads, and the heads that only stage one needs."""

from collections.abc import Mapping, Sequence

import torch
from torch import Tensor, nn
from transformers import BertConfig, BertModel

from models.recipe.base import Base
from models.recipe.examples import CHOICES, GROUPS

# The lowest layers work together as they stand; with every second one left out (tried) plain words of anger were lost.
LAYERS_KEPT = (0, 1, 2, 3, 4, 5, 6, 7)
DROPPED = 0.1
WEIGHTS = {
    "kind": 1.0,
    "frustration": 1.5,
    "distress": 0.5,
    "feelings": 1.0,
    "hazards": 1.5,
    "answer": 1.0,
    "chance": 0.4,
    "language": 0.4,
    "emotions": 2.0,
    "plutchik": 1.0,
    "tone": 0.4,
    "meaning": 1.0,
}


class Network(nn.Module):
    """Encoder, mean pooling, one linear row per question, and one square that keeps the meaning of the full base."""

    def __init__(self, encoder: BertModel) -> None:
        super().__init__()
        self.encoder = encoder
        width = encoder.config.hidden_size
        self.dropout = nn.Dropout(DROPPED)
        self.heads = nn.ModuleDict({name: nn.Linear(width, size) for name, size in {**GROUPS, **CHOICES}.items()})
        self.meaning = nn.Linear(width, width)

    def forward(self, ids: Tensor, mask: Tensor) -> dict[str, Tensor]:
        pooled = pool(self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state, mask)
        dropped = self.dropout(pooled)
        return {**{name: head(dropped) for name, head in self.heads.items()}, "meaning": self.meaning(pooled)}


def pool(states: Tensor, mask: Tensor) -> Tensor:
    """The mean over the real tokens."""
    weights = mask.unsqueeze(-1).to(states.dtype)
    return (states * weights).sum(1) / weights.sum(1)


def encoder_from(base: Base, kept: Sequence[int], layers: Sequence[int]) -> BertModel:
    """A BertModel with the chosen rows of the word embeddings and the chosen layers of the base."""
    config = BertConfig(
        vocab_size=len(kept),
        hidden_size=base.hidden,
        num_hidden_layers=len(layers),
        num_attention_heads=base.heads,
        intermediate_size=base.inner,
        max_position_embeddings=base.positions,
        layer_norm_eps=base.epsilon,
        pad_token_id=base.pad,
        # Dropping inside the layers halves the pace on a processor; we drop on the way in and out instead.
        hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0,
        attn_implementation="eager",
    )
    encoder = BertModel(config, add_pooling_layer=False)
    encoder.embeddings.dropout.p = DROPPED
    state = {}
    for name, values in base.tensors.items():
        if not name.startswith("encoder.layer."):
            state[name] = torch.tensor(values[kept] if name.endswith("word_embeddings.weight") else values)
            continue
        _, _, number, rest = name.split(".", 3)
        if int(number) in layers:
            state[f"encoder.layer.{list(layers).index(int(number))}.{rest}"] = torch.tensor(values)
    encoder.load_state_dict(state)
    return encoder


def loss_of(outputs: Mapping[str, Tensor], targets: Mapping[str, Tensor], weights: Mapping[str, float]) -> Tensor:
    """The weighted sum over all questions that some example of this batch can answer."""
    total = outputs["meaning"].float().new_zeros(())
    for name in GROUPS:
        known = targets[name] >= 0
        if known.any():
            lost = nn.functional.binary_cross_entropy_with_logits(
                outputs[name].float()[known], targets[name][known].float(), reduction="sum"
            )
            total = total + weights[name] * lost / len(targets[name])
    for name in CHOICES:
        asked = targets[name][:, 0] >= 0
        if asked.any():
            total = total + weights[name] * nn.functional.cross_entropy(
                outputs[name].float()[asked], targets[name][asked], label_smoothing=0.05
            )
    alike = nn.functional.cosine_similarity(outputs["meaning"].float(), targets["meaning"])
    return total + weights["meaning"] * (1 - alike).mean()
