"""A classifier of one's own: what it tells, what rules fill in, and one sentence for whatever is wrong with it."""

import json
import shutil
import socket
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import torch
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors
from transformers import (
    BertConfig,
    BertForSequenceClassification,
    BertModel,
    PreTrainedTokenizerFast,
    RobertaConfig,
    RobertaForSequenceClassification,
)

from socialwatch.domain.assessment import Assessor, Feeling, Hazard, Kind
from socialwatch.domain.wording import BY_RULES
from socialwatch.errors import Misconfigured
from socialwatch.sentiment import classifier, transformer

OWN = Path(__file__).resolve().parents[2] / "models" / "dutch"
LABELS = {"negative": 0.9, "neutral": 0.2, "positive": 0.0}
NAMES = dict(enumerate(LABELS))
WORDS = ["wat", "een", "slechte", "service", "fijn", "dank", "hoi", "pakket", "niet", "mijn", "oma", "klacht", "."]
PIECES = [
    "<pad>",
    "<unk>",
    "<s>",
    "</s>",
    *WORDS,
]
ODD = [
    "",
    "\u200b",
    "\ud800 stuk",
    "nul\x00teken",
    "😡" * 50,
    "pakket " * 3000,
    "\n\t",
    "Hoi!",
    "wat een slechte service",
]


def tokenizer(folder: Path) -> None:
    made = Tokenizer(models.WordLevel({piece: number for number, piece in enumerate(PIECES)}, unk_token="<unk>"))
    made.normalizer = normalizers.BertNormalizer()
    made.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    made.post_processor = processors.TemplateProcessing(single="<s> $A </s>", special_tokens=[("<s>", 2), ("</s>", 3)])
    special = {"pad_token": "<pad>", "unk_token": "<unk>", "cls_token": "<s>", "sep_token": "</s>"}
    PreTrainedTokenizerFast(tokenizer_object=made, **special).save_pretrained(folder)


def built(folder: Path, kind: str = "bert", **changes: Any) -> Path:
    """A tiny random classifier; the same numbers every time."""
    torch.manual_seed(3)
    sizes = {"vocab_size": len(PIECES), "hidden_size": 32, "num_hidden_layers": 1, "num_attention_heads": 2}
    wanted = sizes | {"intermediate_size": 16, "id2label": NAMES, "initializer_range": 0.8, "pad_token_id": 0} | changes
    made = (
        BertForSequenceClassification(BertConfig(**wanted))
        if kind == "bert"
        else RobertaForSequenceClassification(RobertaConfig(**(wanted | {"max_position_embeddings": 40})))
    )
    made.save_pretrained(folder)
    tokenizer(folder)
    return folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("bert"))


@pytest.fixture
def copied(folder: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(folder, tmp_path / "kopie"))


@pytest.fixture(scope="module")
def own(folder: Path) -> Assessor:
    return classifier.connect({"path": folder, "labels": LABELS})


@pytest.fixture(scope="module", params=["transformer", "bert", "roberta"])
def assessor(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Assessor:
    """Every socket of the room: what holds for one holds for all."""
    if request.param == "transformer":
        return transformer.connect({"path": OWN})
    made = built(tmp_path_factory.mktemp(request.param), request.param)
    return classifier.connect({"path": str(made), "labels": LABELS, "threads": None})


def refused(section: dict[str, Any]) -> str:
    with pytest.raises(Misconfigured) as told:
        classifier.connect(section)
    sentence = str(told.value)
    assert "\n" not in sentence
    assert sentence.endswith(".")
    return sentence


def test_the_order_is_kept_for_any_number_of_texts(assessor: Assessor) -> None:
    texts = [ODD[number % len(ODD)] for number in range(150)]
    together = assessor.read(texts)
    alone = [assessor.read([text])[0].frustration for text in ODD]
    assert len(together) == 150
    assert [each.frustration for each in together[:9]] == pytest.approx(alone, abs=0.03)
    assert [each.frustration for each in together[90:99]] == pytest.approx(alone, abs=0.03)
    assert assessor.read([]) == []


def test_everything_is_a_chance_and_names_the_model(assessor: Assessor) -> None:
    for reading in assessor.read(ODD):
        numbers = [reading.frustration, reading.distress, reading.needs_human, reading.chance, reading.confidence]
        assert all(0 <= each <= 1 for each in [*numbers, *reading.feelings.values(), *reading.hazards.values()])
        assert (set(reading.feelings), set(reading.hazards)) == (set(Feeling), set(Hazard))
        assert reading.level in range(4)
        assert reading.answer in range(3)
        assert len(reading.embedding) == 384
        assert reading.language in ("nl", "nl-BE", "en", "other")
        assert reading.model == assessor.model
        assert 0 < len(reading.model) <= 80


def test_nothing_to_read_has_no_confidence_and_no_reasons(assessor: Assessor) -> None:
    for reading in assessor.read(["", "\u200b", " \n"]):
        assert (reading.kind, reading.frustration, reading.confidence) == (Kind.OTHER, 0.0, 0.0)
    assert assessor.why("") == []


def test_the_places_of_why_fit_and_do_not_overlap(assessor: Assessor) -> None:
    text = "Hoi. Wat een slechte service, mijn pakket is niet fijn. Klacht!"
    spans = assessor.why(text)
    assert all(text[span.start : span.end] == span.text and span.weight > 0 for span in spans)
    ordered = sorted(spans, key=lambda span: span.start)
    assert all(one.end <= other.start for one, other in pairwise(ordered))


def test_frustration_is_the_expected_value_over_the_labels(folder: Path, own: Assessor) -> None:
    text = "wat een slechte service"
    chances = [
        classifier.connect({"path": folder, "labels": dict.fromkeys(LABELS, 0.0) | {label: 1.0}}).read([text])[0]
        for label in LABELS
    ]
    assert sum(each.frustration for each in chances) == pytest.approx(1.0, abs=0.001)
    expected = sum(each.frustration * value for each, value in zip(chances, LABELS.values(), strict=True))
    reading = own.read([text])[0]
    assert reading.frustration == pytest.approx(expected, abs=0.001)
    assert reading.confidence == pytest.approx(max(each.frustration for each in chances), abs=0.001)


@pytest.mark.parametrize(("value", "level"), [(0.0, 0), (0.2, 0), (0.25, 1), (0.5, 2), (0.79, 2), (0.8, 3), (1.0, 3)])
def test_the_level_follows_from_the_frustration(folder: Path, value: float, level: int) -> None:
    even = classifier.connect({"path": folder, "labels": dict.fromkeys(LABELS, value)})
    assert even.read(["hoi"])[0].level == level


def test_why_names_what_drove_it(folder: Path, own: Assessor) -> None:
    """Leaving out the first span lowers the score by the weight it was given."""
    text = "hoi wat een slechte service mijn pakket niet"
    whole = own.read([text])[0].frustration
    spans = own.why(text)
    assert spans, "the random model leans on some words; the seed sees to it"
    without = f"{text[: spans[0].start].rstrip()} {text[spans[0].end :].lstrip()}".strip()
    assert whole - own.read([without])[0].frustration == pytest.approx(spans[0].weight, abs=0.03)


def test_rules_fill_in_the_rest_and_say_so(own: Assessor) -> None:
    (reading,) = own.read(["Ik stap naar de kantonrechter, mijn pakket is nog steeds niet binnen"])
    assert (reading.kind, reading.answer) == (Kind.COMPLAINT, 2)
    assert reading.hazards[Hazard.LEGAL] >= 0.5
    assert reading.by_rules == BY_RULES
    assert "frustration" not in reading.by_rules
    assert transformer.connect({"path": OWN}).read(["Hallo daar"])[0].by_rules == ()


def test_a_vector_of_another_width_is_left_out_and_one_of_ours_is_kept(own: Assessor, tmp_path: Path) -> None:
    assert own.read(["wat een slechte service"])[0].embedding == bytes(384)
    wide = classifier.connect({"path": built(tmp_path / "breed", hidden_size=384), "labels": LABELS})
    one, same, other = (each.embedding for each in wide.read(["wat een service", "wat een service", "hoi oma dank"]))
    assert one == same != other
    assert any(one)


def test_the_name_changes_with_the_label_map(folder: Path, own: Assessor) -> None:
    assert classifier.connect({"path": folder, "labels": LABELS}).model == own.model
    assert classifier.connect({"path": folder, "labels": LABELS | {"neutral": 0.1}}).model != own.model


def test_capitals_make_no_difference_in_a_label(folder: Path, own: Assessor) -> None:
    spelt = {label.upper(): value for label, value in LABELS.items()}
    assert classifier.connect({"path": folder, "labels": spelt}).model == own.model


@pytest.mark.parametrize(
    ("labels", "said"),
    [
        ({"negative": 0.9, "positive": 0.0}, "mist 'neutral'"),
        ({}, "mist 'negative'"),
        (None, "mist 'negative'"),
        (LABELS | {"boos": 1.0}, "noemt 'boos'"),
        (LABELS | {"neutral": 1.2}, "labels.neutral"),
        (LABELS | {"neutral": float("nan")}, "labels.neutral"),
        (LABELS | {"neutral": "hoog"}, "labels.neutral"),
        (LABELS | {"Neutral": 0.5}, "'Neutral' twee keer"),
    ],
)
def test_a_label_map_that_does_not_fit_is_refused(folder: Path, labels: Any, said: str) -> None:
    assert said in refused({"path": folder, "labels": labels})


def emptied(*names: str) -> Callable[[Path], None]:
    def empty(folder: Path) -> None:
        for name in names:
            (folder / name).unlink()

    return empty


def changed(**wanted: Any) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        file = folder / "config.json"
        file.write_text(json.dumps(json.loads(file.read_text(encoding="utf-8")) | wanted), encoding="utf-8")

    return change


def cut_short(folder: Path) -> None:
    file = folder / "model.safetensors"
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def headless(folder: Path) -> None:
    BertModel(BertConfig.from_pretrained(folder)).save_pretrained(folder)


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (emptied("model.safetensors"), "gewichten"),
        (emptied("config.json"), "config.json"),
        (emptied("tokenizer.json", "tokenizer_config.json"), "tokenizer"),
        (cut_short, "niet te laden"),
        (headless, "geen afgemaakte classifier"),
        (lambda folder: (folder / "config.json").write_text("{"), "config.json"),
        (changed(model_type="unheard_of"), "config.json"),
        (changed(vocab_size=4), "model"),
        (changed(problem_type="multi_label_classification"), "één label"),
        (changed(id2label={"0": "score"}), "één label"),
        (changed(num_attention_heads=5), "niet te laden"),
    ],
)
def test_a_broken_folder_gives_one_sentence_with_its_path(
    copied: Path, damage: Callable[[Path], Any], said: str
) -> None:
    damage(copied)
    sentence = refused({"path": copied, "labels": LABELS})
    assert said in sentence
    assert str(copied) in sentence


@pytest.mark.parametrize("path", ["/does/not/exist", "./not-here", "organisation/not-here"])
def test_what_is_not_here_is_said_with_its_name(path: str) -> None:
    assert path in refused({"path": path, "labels": LABELS})


def test_a_checkpoint_in_the_older_format_is_read_too(copied: Path, own: Assessor) -> None:
    made = BertForSequenceClassification.from_pretrained(copied)
    (copied / "model.safetensors").unlink()
    torch.save(made.state_dict(), copied / "pytorch_model.bin")
    found = classifier.connect({"path": copied, "labels": LABELS})
    assert found.read(["hoi"])[0].frustration == pytest.approx(own.read(["hoi"])[0].frustration, abs=0.01)


def test_code_that_comes_along_with_a_model_is_never_run(copied: Path, tmp_path: Path) -> None:
    mark = tmp_path / "ran"
    (copied / "theirs.py").write_text(f"open({str(mark)!r}, 'w')\n", encoding="utf-8")
    changed(model_type="theirs", auto_map={"AutoConfig": "theirs.Config"})(copied)
    refused({"path": copied, "labels": LABELS})
    assert not mark.exists()


def test_it_never_asks_the_network_unless_the_configuration_says_so(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the model asked for the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert classifier.connect({"path": folder, "labels": LABELS, "network": True}).read(["hoi"])
    assert "network = true" in refused({"path": "organisation/not-here", "labels": LABELS})
