"""The keys by which code knows a reply again that was said. Each stands in guidance/wording."""

NOT_UNDERSTOOD = frozenset({"not_understood", "not_understood_question", "not_understood_again"})
CHOOSE_A_QUESTION = "choose_a_question"
NOTHING_TO_SAY = NOT_UNDERSTOOD | {"guidance_none", "utter_nothing_open"}
CONTACT_GOES_ON = "contact_go_on"
FIRST_OF_A_CONTACT = frozenset({"ask_danger", "need_danger"})
ALL_WISHES = "wishes_more"  # ends the list
WISH_SOURCE = "wishes_source"  # ends one wish
