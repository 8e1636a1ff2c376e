import re
from importlib import resources

from kg.service.pages.words import WORDS

FOLDER = resources.files("kg.service.pages")


def sources() -> str:
    modules = [file for file in FOLDER.iterdir() if file.name.endswith(".py") and file.name != "words.py"]
    templates = list((FOLDER / "templates").iterdir())
    return "".join(file.read_text(encoding="utf-8") for file in modules + templates)


def test_templates_and_words_agree() -> None:
    text = sources()
    used = set(re.findall(r"\bw\.(\w+)", text)) | set(re.findall(r'word\("(\w+)"', text))
    chosen = set(re.findall(r'"(\w+)"', " ".join(re.findall(r"WORDS\[([^\]]+)\]", text))))
    verdicts = {word for word in WORDS if word.startswith("verdict_")}
    assert used - {"strip"} <= WORDS.keys()
    assert WORDS.keys() - used - chosen - verdicts == set()


def test_every_word_has_both_languages_and_the_same_gaps() -> None:
    for name, text in WORDS.items():
        assert text.zh.strip() and text.en.strip(), name
        assert set(re.findall(r"{(\w+)}", text.zh)) == set(re.findall(r"{(\w+)}", text.en)), name
