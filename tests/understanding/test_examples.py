"""The training examples agree with one another."""
import re
from collections import defaultdict

from bot.guidance_files import ROOT, read_yaml


def test_no_example_is_taught_as_two_intents():
    taught = defaultdict(set)
    for file in sorted((ROOT / "data" / "nlu").glob("*.yml")):
        for node in read_yaml(file)["nlu"]:
            for line in str(node.get("examples", "")).splitlines():
                words = re.sub(r"\W+", " ", line.lower()).strip()
                if words:
                    taught[words].add(node["intent"])
    assert len(taught) > 1000
    assert {words: sorted(intents) for words, intents in taught.items() if len(intents) > 1} == {}
