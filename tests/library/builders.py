"""Small guidance for tests: one good document, and ways to break it."""
from pathlib import Path
from typing import Tuple

from bot.library.documents import Document, load_documents

GOOD = '''---
title: "Lanterns"
publisher: "The Lantern Office"
area: Plymouth
published: "2022"
period: 2022
audience: everyone
review_by: 2027-05-31
source: "Plymouth Lantern Report"
---

## Who lights the lanterns {#who}
<!-- page heading in the source: Lighting -->

The lantern keeper lights every lantern at dusk. There are nine keepers in the city, and each of them walks one
street in the evening and again in the morning.
'''.replace("period: 2022", 'period: "2022"')


QUESTIONS = """who\ttold\twho lights lanterns
who\ttold\tlantern lighter
who\ttold\twho makes it bright
who\ttold\tlamps at dusk
who\tuntold\twhat is a keeper paid
"""


def documents_from(folder: Path, text: str = GOOD, name: str = "lanterns", questions: str = QUESTIONS) -> Tuple[Document, ...]:
    """Write one document and its questions, and load the folder."""
    for kind, ending, content in (("documents", "md", text), ("questions", "tsv", questions)):
        (folder / kind).mkdir(exist_ok=True)
        (folder / kind / f"{name}.{ending}").write_text(content, encoding="utf-8")
    return load_documents(folder / "documents")
