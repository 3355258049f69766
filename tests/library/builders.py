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
<!-- page heading in the source: Lighting; asked as: who lights lanterns | lantern lighter | who makes it bright | lamps at dusk -->

The lantern keeper lights every lantern at dusk. There are nine keepers in the city, and each of them walks one
street in the evening and again in the morning.
'''.replace("period: 2022", 'period: "2022"')


def documents_from(folder: Path, text: str = GOOD, name: str = "lanterns.md") -> Tuple[Document, ...]:
    """Write one file and load the folder."""
    (folder / name).write_text(text, encoding="utf-8")
    return load_documents(folder)
