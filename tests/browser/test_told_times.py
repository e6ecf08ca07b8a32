"""A page that is the same for everybody tells its times where its reader is."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from handrail.core import clock
from handrail.web.portal import addresses

MORNING = datetime(2026, 9, 20, 0, 5, tzinfo=ZoneInfo("Asia/Seoul"))  # the day before, nearly everywhere else


@pytest.mark.parametrize(
    ("zone", "locale", "day"),
    [
        ("America/New_York", "en", "Sat 19 Sep 2026"),
        ("America/New_York", "ko", "2026. 9. 19.(토)"),
        ("Asia/Seoul", "en", "Sun 20 Sep 2026"),
        ("UTC", "en", "Sun 20 Sep 2026"),  # a browser that hides where it is
        (None, "ko", "2026. 9. 20.(일)"),  # without scripts
    ],
)
def test_a_day_is_told_where_the_reader_is(open_page, site, zone, locale, day):
    with clock.at(MORNING):
        article = site.write(site.start, kind="news", ko=("새 소식", "<p>새로워요.</p>"), en=("News", "<p>New.</p>"))  # fmt: skip

    more = {"timezone_id": zone} if zone else {"scripts": False}
    page = open_page(addresses.article(article, locale), **more)

    expect(page.locator("main time").first).to_have_text(day)


def test_a_time_of_day_is_told_anew_too_and_what_is_relative_stays(open_page, site):
    moment = '<time datetime="2026-09-19T15:05:00+00:00" title="Sun 20 Sep 2026 12:05 am">{}</time>'
    page = open_page("/hc/en", timezone_id="America/New_York")

    def with_times(route):
        answer = route.fetch()
        times = moment.format("Sun 20 Sep 2026") + moment.format("3 hours ago")
        route.fulfill(response=answer, body=answer.text().replace("</main>", f"{times}</main>"))

    page.route("**/hc/en", with_times)
    page.reload()

    expect(page.locator("main time").nth(-2)).to_have_text("Sat 19 Sep 2026")
    expect(page.locator("main time").last).to_have_text("3 hours ago")
    expect(page.locator("main time").last).to_have_attribute("title", "Sat 19 Sep 2026 11:05 am")
