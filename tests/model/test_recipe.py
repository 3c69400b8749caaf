"""The recipe on a toy: the base's blocks, roughening, learning that can be broken off, labels and measures."""

import json
import math
import random
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.numpy import save_file

from models.recipe import train
from models.recipe.base import Base, unpack_blocks
from models.recipe.examples import Example, from_post
from models.recipe.full import read_folder
from models.recipe.labels import Labels, alpha, parse, row_of
from models.recipe.measures import calibration_gap, recall_at
from models.recipe.network import Network, encoder_from
from models.recipe.pack import shrunk
from models.recipe.roughen import roughen
from models.recipe.vocabulary import SPACE, build_tokenizer
from socialwatch.sentiment.transformer import unpacked

LETTERS = "abcdefghijklmnopqrstuvwxyz"
PIECES = ["<s>", "<pad>", "</s>", "<unk>", SPACE, *LETTERS, *(f"{SPACE}{letter}" for letter in LETTERS)]
HIDDEN, INNER, LAYERS = 32, 64, 2


def toy_base() -> Base:
    draw = np.random.default_rng(1)

    def some(*size: int) -> np.ndarray:
        return draw.normal(0, 0.05, size).astype(np.float32)

    ones, zeros = np.ones(HIDDEN, np.float32), np.zeros(HIDDEN, np.float32)
    tensors = {
        "embeddings.word_embeddings.weight": some(len(PIECES), HIDDEN),
        "embeddings.position_embeddings.weight": some(300, HIDDEN),
        "embeddings.token_type_embeddings.weight": some(1, HIDDEN),
        "embeddings.LayerNorm.weight": ones,
        "embeddings.LayerNorm.bias": zeros,
    }
    squares = {
        "attention.self.query": (HIDDEN, HIDDEN),
        "attention.self.key": (HIDDEN, HIDDEN),
        "attention.self.value": (HIDDEN, HIDDEN),
        "attention.output.dense": (HIDDEN, HIDDEN),
        "intermediate.dense": (INNER, HIDDEN),
        "output.dense": (HIDDEN, INNER),
    }
    for layer in range(LAYERS):
        prefix = f"encoder.layer.{layer}"
        for name, size in squares.items():
            tensors |= {f"{prefix}.{name}.weight": some(*size), f"{prefix}.{name}.bias": np.zeros(size[0], np.float32)}
        for name in ("attention.output.LayerNorm", "output.LayerNorm"):
            tensors |= {f"{prefix}.{name}.weight": ones, f"{prefix}.{name}.bias": zeros}
    return Base(HIDDEN, LAYERS, 2, INNER, 300, 1e-12, PIECES, [-1.0] * len(PIECES), 0, 2, 1, 3, tensors)


@pytest.fixture
def network() -> Network:
    base = toy_base()
    # The toy has no second row of token types; BertModel wants two.
    base.tensors["embeddings.token_type_embeddings.weight"] = np.zeros((2, HIDDEN), np.float32)
    torch.manual_seed(3)
    return Network(encoder_from(base, list(range(len(PIECES))), range(LAYERS)))


def labels(**changed: object) -> dict[str, object]:
    plain: dict[str, object] = {
        "text": "mooi",
        "kind": "praise",
        "frustration": 0,
        "distress": 0,
        "feelings": [],
        "hazards": [],
        "answer": 0,
        "chance": False,
        "behalf": False,
        "language": "nl",
    }
    return plain | changed


def examples() -> list[Example]:
    angry = [labels(text=f"boos {letter}", kind="complaint", frustration=3, answer=2) for letter in LETTERS[:12]]
    happy = [labels(text=f"mooi {letter}") for letter in LETTERS[:12]]
    return [from_post(post) for post in (*angry, *happy)]


def learn(network: Network, scratch: Path) -> None:
    learnt = examples()
    stage = train.Stage("toy", rate=5e-3, heads=1e-2, epochs=16, size=8)
    tokenizer = build_tokenizer([(piece, -1.0) for piece in PIECES])
    train.learn(network, tokenizer, stage, learnt, torch.zeros(len(learnt), HIDDEN) + 0.1, 5, scratch)


def test_a_toy_learns_to_tell_angry_from_happy(network: Network, tmp_path: Path) -> None:
    learn(network, tmp_path)
    network.train(False)
    tokenizer = build_tokenizer([(piece, -1.0) for piece in PIECES])
    with torch.inference_mode():
        found = network(*train.padded(train.encode(tokenizer, ["boos z", "mooi z"])))["frustration"]
    assert found[0].min() > 0 > found[1].max()


def test_a_run_that_was_broken_off_goes_on_to_the_same_end(
    network: Network, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    start = {name: value.clone() for name, value in network.state_dict().items()}
    monkeypatch.setattr(train, "CHECKPOINT_EVERY", 4)
    whole, broken = tmp_path / "whole", tmp_path / "broken"
    whole.mkdir()
    broken.mkdir()
    learn(network, whole)
    steps, real = 0, train.loss_of

    def power_cut(*arguments: object) -> torch.Tensor:
        nonlocal steps
        steps += 1
        if steps == 17:
            raise KeyboardInterrupt
        return real(*arguments)  # type: ignore[arg-type]

    network.load_state_dict(start)
    monkeypatch.setattr(train, "loss_of", power_cut)
    with pytest.raises(KeyboardInterrupt):
        learn(network, broken)
    monkeypatch.setattr(train, "loss_of", real)
    network.load_state_dict(start)
    learn(network, broken)
    ends = [torch.load(folder / "toy.pt", weights_only=True) for folder in (whole, broken)]
    assert all(torch.equal(value, ends[1][name]) for name, value in ends[0].items())
    assert not (broken / "toy.part").exists()


def test_the_base_in_full_precision_is_read_the_same_way(tmp_path: Path) -> None:
    base = toy_base()
    config = {
        "hidden_size": HIDDEN,
        "num_hidden_layers": LAYERS,
        "num_attention_heads": 2,
        "intermediate_size": INNER,
        "max_position_embeddings": 300,
        "layer_norm_eps": 1e-12,
    }
    vocabulary = {"model": {"type": "Unigram", "vocab": [[piece, -1.0] for piece in PIECES]}}
    (tmp_path / "config.json").write_text(json.dumps(config), encoding="utf-8")
    (tmp_path / "tokenizer.json").write_text(json.dumps(vocabulary), encoding="utf-8")
    with pytest.raises(SystemExit, match=r"model\.safetensors is missing"):
        read_folder(tmp_path)
    save_file({**base.tensors, "pooler.dense.bias": np.zeros(4, np.float32)}, tmp_path / "model.safetensors")
    found = read_folder(tmp_path)
    assert (found.pieces, found.scores, found.pad, found.unk) == (base.pieces, base.scores, base.pad, base.unk)
    assert set(found.tensors) == set(base.tensors)
    assert all(np.array_equal(found.tensors[name], values) for name, values in base.tensors.items())


def test_blocks_of_four_bits_are_unpacked_low_nibbles_first() -> None:
    raw = np.float16(0.5).tobytes() + bytes([0x1F] + [0x88] * 15)
    row = unpack_blocks(raw, 32)[0]
    assert row[0] == 0.5 * (15 - 8)
    assert row[16] == 0.5 * (1 - 8)
    assert np.count_nonzero(row) == 2


def test_int8_rows_come_back_within_half_a_step() -> None:
    weights = torch.randn(120, 100, generator=torch.Generator().manual_seed(1))
    back = unpacked(shrunk({"layer": weights}), torch.float32)["layer"]
    steps = weights.abs().amax(dim=1, keepdim=True) / 127
    assert ((back - weights).abs() <= steps * 0.6).all()


def test_roughening_is_pinned_changes_the_text_and_never_the_labels() -> None:
    example = from_post(labels(text="@pakjesnel Mijn moeder Fatima wacht in Utrecht al drie weken op haar pakket 😡"))
    seen = {roughen(example, random.Random(number)).text for number in range(40)}
    assert len(seen) > 20
    assert seen == {roughen(example, random.Random(number)).text for number in range(40)}
    assert any("vader" in text for text in seen)
    assert all(roughen(example, random.Random(number)).each == example.each for number in range(40))


def test_a_doubt_between_readers_is_learnt_as_a_doubt() -> None:
    post = labels(kind="complaint", frustration=2, hazards=["churn"])
    readers = [labels(kind="complaint", frustration=2, hazards=["churn"]), labels(kind="question", frustration=1)]
    found = from_post(post, readers)
    assert found.one_of["kind"][:2] == pytest.approx((2 / 3, 1 / 3))
    assert found.each["frustration"] == pytest.approx((1, 2 / 3, 0))
    assert sum(found.each["hazards"]) == pytest.approx(2 / 3)


def test_labels_are_read_as_they_are_written() -> None:
    row = "x-1|complaint|2|1|angry,sad|safety,churn|2|0|1|nl-BE"
    number, found = parse(row)
    assert found == Labels(
        "complaint", 2, 1, frozenset({"angry", "sad"}), frozenset({"safety", "churn"}), 2, False, True, "nl-BE"
    )
    assert row_of(number, found) == row
    with pytest.raises(ValueError, match="grumpy"):
        parse(row.replace("angry", "grumpy"))


def test_alpha_is_one_in_agreement_and_known_in_between() -> None:
    assert alpha([("a", "a"), ("b", "b")], ordered=False) == 1
    # Worked by hand: two of four pairs differ, observed 0.5, expected 4*4*2/(8*7) = 4/7.
    assert alpha([(0, 0), (1, 1), (0, 1), (1, 0)], ordered=False) == pytest.approx(1 - 0.5 / (4 / 7))
    assert math.isnan(alpha([(0, 0), (0, 0)], ordered=True))


def test_measures_on_cases_worked_by_hand() -> None:
    truth = np.array([1, 1, 0, 1, 0])
    assert recall_at(1.0)(truth, np.array([0.9, 0.8, 0.7, 0.6, 0.1])) == pytest.approx(2 / 3)
    assert calibration_gap(np.array([1, 0]), np.array([0.75, 0.74])) == pytest.approx(0.245)
