"""The page of wishes that people print."""
import html
import re

from bot.wishes import load_wishes


def test_the_page_has_all_ten_exactly_the_source_the_numbers_and_the_way_out(chat):
    status, page, headers = chat.get("/wishes")
    assert status == 200
    assert [html.unescape(w) for w in re.findall(r"<li>(.*?)</li>", page.split("<main", 1)[1].split("</main>")[0])] == [w.wish for w in load_wishes().all]
    assert "Annual Report 2021-2022" in page
    assert "does not number them" in page
    for number in ("999", "0800 1111", "01752 668000", "01752 346984"):
        assert number in page
    assert "data-frontdoor-leave" in page
    assert "<li>{" not in page
    assert headers["Cache-Control"] == "no-store"
