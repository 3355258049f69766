"""What reads the files under guidance/: all of it is read before the chat answers and by ``frontdoor guidance check``, not in somebody's turn."""
from __future__ import annotations

from typing import Callable, Iterable, List, Tuple

from bot.guidance_files import GuidanceError

Reads = Callable[[], object]


def for_the_chat() -> Tuple[Reads, ...]:
    """What a turn reads, beside the documents. Each raises ``GuidanceError`` and keeps what it has read."""
    from bot.audience import load_audience_words
    from bot.did_you_mean import load_questions
    from bot.follow_ups import load_follow_ups
    from bot.glossary import load_glossary
    from bot.jobs import load_jobs
    from bot.live_words import live_words
    from bot.openings import load_openings
    from bot.places import load_places
    from bot.safety.net import load_net
    from bot.steps import load_steps
    from bot.understanding.second_message import load_weights
    from bot.understanding.settled_words import load_settled_words
    from bot.understanding.traits import families, intents_that_are, same_as_own_words
    from bot.who_knows import load_kinds
    from bot.wishes import shared_wishes
    return (live_words, load_net, lambda: intents_that_are("care_scripts"), families, same_as_own_words, load_settled_words, load_weights,
            load_questions, load_follow_ups, load_openings, load_steps, load_kinds, shared_wishes, load_glossary, load_places, load_jobs,
            load_audience_words)


def for_the_library() -> Tuple[Reads, ...]:
    """What the library is made of, one by one: each raises ``GuidanceError``."""
    from bot.library.ageing import load_ageing
    from bot.library.documents import document_files, load_document
    from bot.library.not_held import load_not_held
    from bot.library.weighing import load_weights
    from bot.library.words import load_search_words
    return (load_search_words, load_weights, load_not_held, load_ageing, *(lambda file=file: load_document(file) for file in document_files()))  # type: ignore[misc]


def for_others() -> Tuple[Reads, ...]:
    """What the desk, the lab, the form, the pages, the training and the check of our words read. Each raises ``GuidanceError``."""
    from bot.desk.expectations import load_expectations
    from bot.handoff.form_file import Template, check_template
    from bot.understanding.second_pairs import read_pairs
    from bot.understanding.traits import FILE, domain_intents, load_traits
    from bot.widget.script import widget_script
    from bot.wording.baseline import load_baseline, load_signed_off
    from bot.wording.exceptions import load_exceptions
    from bot.wording.plain import load_plain
    from bot.wording.rules import load_rules
    from bot.wording_lab.plan import load_plan
    from bot.words import load_words
    return (load_expectations, lambda: load_plan(load_words()), lambda: check_template(Template.from_env({})),
            lambda: widget_script(load_words(), 0), lambda: load_traits(FILE), lambda: read_pairs(sorted(domain_intents())),
            load_rules, load_plain, load_exceptions, load_signed_off, load_baseline)


def problems(readers: Iterable[Reads]) -> List[str]:
    """Every mistake that they find, each once."""
    found: List[str] = []
    for read in readers:
        try:
            read()
        except GuidanceError as problem:
            found.append(str(problem))
    return list(dict.fromkeys(found))
