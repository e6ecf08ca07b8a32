"""Draws the pictures of the cosmetics, orders and account articles.

Each picture is an SVG of 1200 x 700 px without words, so one file serves every
language. Chromium turns it into a PNG beside the articles that show it.
Run: python demo/pictures_cosmetics.py [name ...]
"""

import math
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).parent / "articles"
WIDTH, HEIGHT = 1200, 700
PAPER, SAND, CREAM = "#FBF5EC", "#F2E5D2", "#FFFDF8"
CLAY, RUST, INK = "#DE9A78", "#B9623F", "#55463D"
SAGE, MOSS, SKY = "#B7C9AC", "#73927A", "#C9DEE0"
HONEY, SKIN, SKIN_SHADE = "#F0C873", "#F0C9AE", "#DFAE90"


def box(x, y, w, h, fill, r=0, more=""):
    return f'<rect x="{x}" y="{y}" width="{w}" height="{h}" rx="{r}" fill="{fill}" {more}/>'


def disc(x, y, r, fill, more=""):
    return f'<circle cx="{x}" cy="{y}" r="{r}" fill="{fill}" {more}/>'


def oval(x, y, rx, ry, fill):
    return f'<ellipse cx="{x}" cy="{y}" rx="{rx}" ry="{ry}" fill="{fill}"/>'


def shape(d, fill, more=""):
    return f'<path d="{d}" fill="{fill}" {more}/>'


def stroke(d, colour, width, more=""):
    return (
        f'<path d="{d}" fill="none" stroke="{colour}" stroke-width="{width}" '
        f'stroke-linecap="round" stroke-linejoin="round" {more}/>'
    )


def arrow(x, y, length, angle, colour=RUST, width=14):
    """An arrow of `length` px from (x, y); angle in degrees, 0 points right."""
    head = length - 26
    return (
        f'<g transform="translate({x} {y}) rotate({angle})">'
        + stroke(f"M0 0H{length}M{head} -26L{length} 0L{head} 26", colour, width)
        + "</g>"
    )


def backdrop(x=600, y=330, r=290):
    return box(0, 0, WIDTH, HEIGHT, PAPER) + disc(x, y, r, SAND)


def bottle(x, y, scale=1.0, pump=True):
    """The cream bottle; (x, y) is the middle of its foot, 320 px tall at scale 1."""
    body = oval(0, 2, 105, 14, "#E4D3BB") + box(-85, -230, 170, 230, CLAY, 34)
    body += box(-85, -230, 52, 230, "#E8AE90", 34) + box(-46, -150, 92, 92, CREAM, 46)
    body += shape("M0 -132C20 -106 24 -98 24 -90A24 24 0 0 1 -24 -90C-24 -98 -20 -106 0 -132Z", SKY)
    if pump:
        body += box(-44, -258, 88, 34, RUST, 10) + box(-13, -292, 26, 40, INK, 6)
        body += box(-82, -318, 130, 36, RUST, 16) + box(-82, -306, 20, 38, RUST, 8)
    return f'<g transform="translate({x} {y}) scale({scale})">{body}</g>'


def drop(x, y, scale=1.0):
    d = "M0 -58C10 -30 62 -24 62 12A62 40 0 0 1 -62 12C-62 -20 -18 -22 0 -58Z"
    inner = oval(0, 48, 74, 10, "#E4D3BB") + shape(d, CREAM) + stroke("M-34 12Q-24 28 0 32", SAND, 9)
    return f'<g transform="translate({x} {y}) scale({scale})">{inner}</g>'


def carton(x, y, w, h):
    """A parcel whose lower left corner is (x, y)."""
    top = y - h
    parts = box(x, top, w, h, CLAY, 8) + box(x + w * 0.4, top, w * 0.2, h * 0.45, HONEY)
    return parts + box(x, top, w, h * 0.12, "#E8AE90", 8) + box(x + w * 0.4, top, w * 0.2, h * 0.12, HONEY)


def leaves(x, y):
    stems = ""
    for angle, length in ((-38, 120), (-12, 150), (16, 140), (42, 112)):
        leaf = f"M0 0C-34 -{length * 0.5} -16 -{length} 0 -{length}C16 -{length} 34 -{length * 0.5} 0 0Z"
        stems += shape(
            leaf, MOSS if angle in (-12, 42) else SAGE, f'transform="translate({x} {y}) rotate({angle})"'
        )
    return stems + shape(f"M{x - 52} {y - 6}H{x + 52}L{x + 40} {y + 84}H{x - 40}Z", RUST)


def two_pumps():
    cap = (
        oval(300, 572, 90, 12, "#E4D3BB")
        + box(220, 470, 160, 100, CREAM, 26)
        + box(220, 470, 44, 100, "#F6EBDB", 22)
    )
    return backdrop(560, 330) + cap + bottle(540, 570, 1.35) + drop(800, 522, 1.05) + drop(968, 522, 1.05)


def patch_test():
    arm = stroke("M-60 560C260 560 460 480 800 340", SKIN, 190)
    fist = stroke("M-30 0H70", SKIN, 220) + stroke("M-70 -96Q0 -138 74 -96", SKIN, 72)
    fist += stroke("M60 -46H150M60 6H156M60 58H146", SKIN, 58) + stroke(
        "M84 -20H158M84 32H160M10 -62Q52 -46 92 -66", SKIN_SHADE, 7
    )
    arm += f'<g transform="translate(880 306) rotate(-22) scale(.92)">{fist}</g>'
    patch = disc(
        430,
        500,
        62,
        "none",
        f'stroke="{RUST}" stroke-width="7" stroke-dasharray="20 16" stroke-linecap="round"',
    )
    patch += oval(430, 500, 38, 34, CREAM) + stroke("M410 500Q426 518 450 504", SAND, 7)
    clock = disc(230, 210, 112, CREAM) + disc(230, 210, 112, "none", f'stroke="{MOSS}" stroke-width="14"')
    for hour in range(12):
        a = math.radians(hour * 30)
        clock += disc(round(230 + 82 * math.sin(a)), round(210 - 82 * math.cos(a)), 6, SAGE)
    clock += stroke("M230 210V150M230 210L272 232", INK, 12) + disc(230, 210, 11, INK)
    return backdrop(640, 360) + arm + patch + clock


def cartridge(x, y, full):
    """A 130 x 210 px inner cartridge with its top middle at (x, y)."""
    fill = box(x - 53, y + 22, 106, 166, CREAM, 16) if full else box(x - 53, y + 168, 106, 20, CREAM, 8)
    return (
        box(x - 65, y, 130, 206, SKY, 24)
        + box(x - 53, y + 22, 106, 166, "#DCEAEB", 16)
        + fill
        + box(x - 36, y - 22, 72, 30, MOSS, 8)
    )


def refill():
    shell = (
        box(310, 70, 240, 320, CLAY, 44)
        + box(310, 70, 70, 320, "#E8AE90", 40)
        + box(345, 250, 170, 150, "#CB855F", 16)
    )
    parts = backdrop(600, 340) + cartridge(430, 330, False) + shell
    parts += box(338, 372, 184, 20, RUST, 8) + arrow(430, 570, 90, 90)
    parts += cartridge(810, 250, True) + arrow(810, 210, 100, -90, MOSS)
    return parts + oval(810, 474, 90, 12, "#E4D3BB")


def store_in_shade():
    parts = box(0, 0, WIDTH, HEIGHT, PAPER) + shape("M120 90H440V430L760 700H40L120 430Z", "#FBEBC6")
    parts += box(120, 80, 320, 360, CREAM, 14) + box(142, 102, 276, 316, SKY, 8) + disc(280, 220, 66, HONEY)
    parts += box(272, 102, 16, 316, CREAM) + box(142, 252, 276, 16, CREAM) + box(100, 432, 360, 24, SAND, 10)
    parts += disc(860, 300, 250, SAND) + box(640, 500, 440, 26, RUST, 10)
    parts += box(690, 526, 20, 60, INK, 6) + box(1010, 526, 20, 60, INK, 6)
    return parts + bottle(790, 500, 0.95) + leaves(965, 416)


def two_fingers():
    hand = stroke("M600 760V560", SKIN, 230) + box(470, 400, 270, 260, SKIN, 90)
    hand += stroke("M535 430L508 150", SKIN, 84) + stroke("M628 430L640 112", SKIN, 86)
    hand += stroke("M712 470L722 400", SKIN, 70) + stroke("M500 560L408 462", SKIN, 76)
    hand += stroke("M690 420Q716 446 752 428M672 470Q690 500 740 492M584 404L586 440", SKIN_SHADE, 7)
    lines = stroke("M508 150L530 396", CREAM, 34) + stroke("M639 116L630 392", CREAM, 34)
    tube = (
        oval(960, 584, 96, 13, "#E4D3BB")
        + shape("M880 190H1040L1020 500H900Z", HONEY)
        + box(872, 170, 176, 32, "#DDB15A", 6)
    )
    tube += box(902, 498, 116, 84, CREAM, 14) + disc(960, 340, 40, CREAM) + disc(960, 340, 24, CLAY)
    for step in range(8):
        tube += stroke("M0 -52V-64", CREAM, 8, f'transform="translate(960 340) rotate({step * 45})"')
    return backdrop(580, 330) + hand + lines + tube


def parcel_path():
    parts = box(0, 0, WIDTH, HEIGHT, PAPER) + oval(600, 560, 660, 150, SAND)
    parts += stroke("M150 590H1060", CREAM, 26) + stroke("M190 590H1030", CLAY, 7, 'stroke-dasharray="2 26"')
    parts += shape("M70 290L220 210L370 290V530H70Z", SAGE) + shape(
        "M50 300L220 200L390 300V276L220 176L50 276Z", MOSS
    )
    parts += box(140, 370, 160, 160, CREAM, 8) + carton(160, 530, 84, 74) + carton(216, 530, 66, 52)
    parts += box(470, 330, 220, 180, CREAM, 16) + shape("M690 390H760Q772 390 778 400L806 452V510H690Z", RUST)
    parts += (
        shape("M708 408H752L776 452H708Z", SKY) + box(462, 500, 350, 26, INK, 10) + carton(536, 474, 92, 84)
    )
    for x in (530, 750):
        parts += disc(x, 528, 38, INK) + disc(x, 528, 16, SAND)
    parts += (
        box(900, 340, 220, 190, CREAM, 6)
        + shape("M872 350L1010 224L1148 350Z", CLAY)
        + box(980, 410, 72, 120, RUST, 10)
    )
    parts += box(924, 384, 40, 48, SKY, 6) + disc(1036, 474, 6, HONEY) + box(1066, 384, 40, 48, SKY, 6)
    return (
        parts
        + disc(1128, 196, 44, MOSS)
        + stroke("M1108 197L1123 212L1150 182", CREAM, 10)
        + carton(1064, 546, 60, 50)
    )


def return_at_door():
    parts = (
        box(0, 0, WIDTH, HEIGHT, PAPER) + box(0, 560, WIDTH, 140, SAND) + box(400, 70, 320, 500, CREAM, 12)
    )
    parts += (
        box(424, 94, 272, 476, MOSS, 6)
        + box(460, 130, 200, 170, SAGE, 8)
        + box(460, 330, 200, 200, "#80A087", 8)
    )
    parts += disc(664, 330, 14, HONEY) + oval(560, 622, 250, 34, CLAY) + oval(560, 618, 226, 26, "#E8AE90")
    parts += oval(862, 636, 150, 18, "#DCCBB0") + carton(740, 634, 240, 190) + leaves(260, 530)
    loop = stroke("M792 262A78 78 0 1 1 846 330", RUST, 15) + stroke("M758 232L792 266L826 232", RUST, 15)
    return parts + loop


def sign_up():
    parts = backdrop(600, 350, 300) + box(424, 48, 352, 604, INK, 46) + box(440, 64, 320, 572, CREAM, 34)
    parts += (
        disc(600, 162, 54, SAGE) + disc(600, 148, 20, CREAM) + shape("M564 198A36 32 0 0 1 636 198Z", CREAM)
    )
    for row, tone in enumerate((SKY, SKY, SAND)):
        y = 254 + row * 84
        parts += box(478, y, 244, 60, PAPER, 14, f'stroke="{tone}" stroke-width="5"') + box(
            500, y + 23, (150, 110, 70)[row], 14, tone, 7
        )
    parts += box(478, 528, 244, 66, RUST, 33) + box(556, 554, 88, 14, CREAM, 7)
    parts += disc(800, 284, 56, MOSS) + stroke("M774 285L793 304L828 266", CREAM, 13)
    ticket = box(850, 430, 220, 120, HONEY, 18) + disc(850, 490, 20, SAND) + disc(1070, 490, 20, PAPER)
    ticket += stroke("M920 452V530", CREAM, 6, 'stroke-dasharray="4 16"') + disc(996, 490, 26, CREAM)
    return parts + f'<g transform="rotate(-8 960 490)">{ticket}</g>'


def password_reset():
    ring = stroke("M790 168A250 250 0 1 0 849 320", SAGE, 26) + stroke("M798 84V176H706", SAGE, 26)
    key = disc(-96, 0, 84, HONEY) + disc(-96, 0, 36, SAND) + box(-20, -22, 230, 44, HONEY, 14)
    key += (
        box(110, 10, 34, 62, HONEY, 8)
        + box(168, 10, 34, 48, HONEY, 8)
        + stroke("M-158 -22A66 66 0 0 1 -110 -64", CREAM, 11)
    )
    dots = box(370, 604, 460, 72, CREAM, 36) + "".join(
        disc(430 + n * 68, 640, 13, CLAY if n < 4 else SKY) for n in range(6)
    )
    return (
        backdrop(600, 310, 180)
        + ring
        + f'<g transform="translate(570 330) rotate(-32) scale(.82)">{key}</g>'
        + dots
    )


PICTURES = {
    "isul-cream/getting-started/isul-cream-two-pumps": two_pumps,
    "isul-cream/getting-started/patch-test-arm": patch_test,
    "isul-cream/getting-started/refill-swap": refill,
    "isul-cream/ingredients/store-in-shade": store_in_shade,
    "haet-sun/getting-started/two-finger-amount": two_fingers,
    "orders/delivery/parcel-path": parcel_path,
    "orders/refunds/return-at-door": return_at_door,
    "account/getting-started/sign-up-form": sign_up,
    "account/getting-started/password-reset": password_reset,
}


def render(place, svg):
    """Writes one PNG; `place` is product/topic/name."""
    product, topic, name = place.split("/")
    target = HERE / product / topic / "images" / f"{name}.png"
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as room:
        page = pathlib.Path(room) / "page.html"
        page.write_text(
            f'<body style="margin:0"><svg xmlns="http://www.w3.org/2000/svg" style="display:block" '
            f'width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}">{svg}</svg>'
        )
        subprocess.run(
            [
                "chromium",
                "--headless",
                "--no-sandbox",
                "--hide-scrollbars",
                f"--user-data-dir={room}/profile",
                f"--window-size={WIDTH},{HEIGHT}",
                f"--screenshot={target}",
                page.as_uri(),
            ],
            check=True,
            capture_output=True,
            timeout=60,
        )
    return target


if __name__ == "__main__":
    wanted = sys.argv[1:]
    for place, draw in PICTURES.items():
        if not wanted or place.rsplit("/", 1)[1] in wanted:
            target = render(place, draw())
            print(target.relative_to(HERE), target.stat().st_size)
