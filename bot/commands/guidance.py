"""Commands about documents, wording and wishes."""
from __future__ import annotations

import argparse
import datetime as dt
import sys
from pathlib import Path

from bot.commands.group import Group
from bot.guidance_files import ROOT, GuidanceError

DRAFTS = Path("guidance/drafts")


def add_to(commands: Group) -> None:
    """Add these commands to frontdoor."""
    guidance = commands.group("guidance", "documents, wording and wishes")
    check = guidance.add("check", "load every guidance file; say file, line and mend of everything that is wrong", _guidance_check)
    check.add_argument("--sources", metavar="DIR", type=Path,
                       help="compare every figure, with its subject, with the source texts (.txt, .md) in this folder")
    ask = guidance.add("ask", "what the library answers to a question, and what else came near", _guidance_ask)
    ask.add_argument("question", nargs="+")
    guidance.add("learn", "learn from the questions how much each sign of a search counts; writes guidance/search.yml", _guidance_learn)
    take = guidance.add("import", "make a draft of guidance from a document of your own; nothing goes live", _guidance_import)
    take.add_argument("file", metavar="FILE", type=Path, help="a .pdf, .docx, .txt or .md file")
    take.add_argument("--to", metavar="FILE", type=Path, help=f"where to write the draft (default: {DRAFTS}/NAME.md)")


def _guidance_check(args: argparse.Namespace) -> int:
    from bot.all_guidance import for_others, for_the_chat, for_the_library, problems
    from bot.library.documents import load_documents
    from bot.safety.net import load_net
    from bot.wishes import shared_wishes
    from bot.words import load_words
    wrong = problems([*for_the_chat(), *for_the_library(), *for_others()]) or problems([load_documents])
    if wrong:
        print(*wrong, sep="\n", file=sys.stderr)
        print(f"{len(wrong)} to mend. A service that runs goes on with what it has read; a start may fail.", file=sys.stderr)
        return 2
    documents, today = load_documents(), dt.date.today()
    sections = [section for document in documents for section in document.sections]
    print(f"{len(load_words().entries)} wordings, {len(shared_wishes().all)} wishes, {len(documents)} documents of guidance with "
          f"{len(sections)} sections, {sum(len(s.asked_as) for s in sections)} questions that they answer "
          f"and {sum(len(s.untold) for s in sections)} that they do not; safety net: {load_net().condition}.")
    for document in sorted(documents, key=lambda d: d.review_by):
        if document.review_by < today:
            print(f"To read again since {document.review_by}: {document.id}")
    return _compare_figures(args.sources) if args.sources else 0


def _compare_figures(folder: Path) -> int:
    from bot.library.documents import FOLDER, load_documents
    from bot.library.figures import compare, read_sources
    try:
        sources = read_sources(folder)
    except FileNotFoundError as problem:
        print(problem, file=sys.stderr)
        return 2
    documents = load_documents()
    lines = {d.id: (ROOT / FOLDER / f"{d.id}.md").read_text(encoding="utf-8").splitlines() for d in documents}
    compared = compare(documents, sources, lines)
    print(*compared.doubts, sep="\n", end="\n" if compared.doubts else "")
    print(f"{compared.figures} figures compared with {len(sources)} sources, {len(compared.doubts)} in doubt.")
    if compared.without_source:
        print(f"Not compared, because their sources are not in {folder}: {', '.join(compared.without_source)}")
    return 1 if compared.doubts else 0


def _guidance_ask(args: argparse.Namespace) -> int:
    from bot.library.answers import Answer
    from bot.library.kinds import kind_of
    from bot.library.search import ANSWERS, open_ready
    question = " ".join(args.question)
    library = open_ready()
    found, kind = library.answer(question), kind_of(question)
    if isinstance(found, Answer):
        for part in (found, *found.seconds):
            print(part.words, *(c.line() for c in part.citations), *part.nudges, "", sep="\n")
    elif found is None:
        print("The library holds no answer to that.\n")
    else:
        print(found.words or f'No document says that. The nearest section is "{found.nearest}".', "", sep="\n")
    print(f"Asked for: {kind.name if kind else 'anything'}. A section needs a score of {library.enough:.2f} and a chance of {ANSWERS:.2f} "
          "to hold the answer.")
    for ranked in library.ranking(question):
        print(f"  {ranked.score:5.2f}  chance {ranked.chance:4.2f}  {ranked.place}")
    return 0


def _guidance_learn(args: argparse.Namespace) -> int:
    from bot.library.learn import learn, write
    from bot.library.search import open_ready
    try:
        learned = learn(open_ready(), dt.date.today())
    except (GuidanceError, ValueError) as problem:
        print(problem, file=sys.stderr)
        return 2
    write(learned)
    print(f"guidance/search.yml: learned from {learned.questions} questions. {learned.right:.1%} find their section at once; "
          f"told and untold are told apart with {learned.apart:.3f} (1 is perfect).\nNow run: frontdoor guidance check, and make evaluate.")
    return 0


def _guidance_import(args: argparse.Namespace) -> int:
    from bot.library.drafts import DraftError, draft_of
    file = args.file.expanduser()
    to = args.to or DRAFTS / f"{'-'.join(file.stem.lower().split())}.md"
    path = to if to.is_absolute() else ROOT / to
    try:
        if path.exists() or path.with_suffix(".tsv").exists():
            raise DraftError(f"{to}: there is a draft already; move it away or give another name with --to")
        draft = draft_of(file)
    except DraftError as problem:
        print(problem, file=sys.stderr)
        return 2
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(draft.text, encoding="utf-8")
    path.with_suffix(".tsv").write_text(draft.questions, encoding="utf-8")
    print(f"{to}: a draft with {draft.sections} sections. Nothing of it is live.\n"
          f"Now: fill in the front matter; write each section in plain words with every fact kept; write the questions in {to.with_suffix('.tsv')};\n"
          "then move the .md to guidance/documents/ and the .tsv to guidance/questions/, and run: frontdoor guidance check.\n"
          f"{draft.taken_out} numbers or addresses were taken out.")
    return 0
