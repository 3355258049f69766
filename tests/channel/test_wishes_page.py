"""The page of wishes that people print."""
import re

from bot.wishes import load_wishes


def test_the_page_has_all_ten_exactly_the_source_and_the_numbers_and_no_script(chat):
    status, page, headers = chat.get("/wishes")
    assert status == 200
    assert re.findall(r"<li>(.*?)</li>", page) == [w.wish for w in load_wishes().all]
    assert "Annual Report 2021-2022" in page
    assert "does not number them" in page
    for number in ("999", "0800 1111", "01752 668000", "01752 346984"):
        assert number in page
    assert "<script" not in page
    assert headers["Cache-Control"] == "no-store"
    assert chat.get("/wishes.css")[0] == 200
