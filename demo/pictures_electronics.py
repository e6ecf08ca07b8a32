"""Draw the pictures of the electronics articles: SVG written here, PNG rendered by headless Chromium.

Run `python demo/pictures_electronics.py [chromium]`. Each picture is 1200 x 700 px and carries numerals
only, so one file serves every language.
"""

import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).parent / "articles"
WIDTH, HEIGHT = 1200, 700

PAPER, SHADE, TABLE = "#F2E9DB", "#E0D2BD", "#E8DCC9"
SHELL, SHELL_DARK, LINE = "#FFFDF9", "#D9CCB8", "#AC9C86"
INK, CLAY, SAGE, GOLD = "#4B4338", "#CF7F55", "#8FAE9C", "#D9AE58"
GREEN, ORANGE, RED, BLUE = "#5FA777", "#E39A4A", "#CF5B4B", "#5B93BF"


def rect(x, y, w, h, r=0, fill=SHELL, extra=""):
    return f'<rect x="{x}" y="{y}" width="{w}" height="{h}" rx="{r}" fill="{fill}" {extra}/>'


def circle(x, y, r, fill=SHELL, extra=""):
    return f'<circle cx="{x}" cy="{y}" r="{r}" fill="{fill}" {extra}/>'


def oval(x, y, rx, ry, fill=SHADE, extra=""):
    return f'<ellipse cx="{x}" cy="{y}" rx="{rx}" ry="{ry}" fill="{fill}" {extra}/>'


def path(d, fill="none", stroke="none", width=0, extra=""):
    return (
        f'<path d="{d}" fill="{fill}" stroke="{stroke}" stroke-width="{width}" '
        f'stroke-linecap="round" stroke-linejoin="round" {extra}/>'
    )


def number(x, y, value, size=30, fill=INK):
    return (
        f'<text x="{x}" y="{y}" font-size="{size}" font-weight="600" fill="{fill}" text-anchor="middle" '
        f'dominant-baseline="central" font-family="DejaVu Sans, Arial, sans-serif">{value}</text>'
    )


def callout(x, y, value, to_x, to_y):
    """A numbered disc with a line to the thing it names."""
    return (
        path(f"M{x} {y}L{to_x} {to_y}", stroke=CLAY, width=4)
        + circle(to_x, to_y, 7, CLAY)
        + circle(x, y, 30, CLAY)
        + number(x, y + 1, value, 30, "#FFF")
    )


def moved(x, y, body, scale=1, turn=0):
    return f'<g transform="translate({x} {y}) scale({scale}) rotate({turn})">{body}</g>'


def charging_case(light=None, button=False, rays=False):
    """A closed case around (0, 0), 320 x 240."""
    body = oval(0, 132, 150, 16)
    body += rect(-160, -120, 320, 240, 104) + path(
        "M-160 16a104 104 0 0 0 104 104h112a104 104 0 0 0 104-104v-8h-320z", SHELL_DARK, extra='opacity=".45"'
    )
    body += path("M-160-22H160", stroke=LINE, width=4)
    if button:
        body += (
            rect(-46, -34, 92, 24, 12, SHELL_DARK) + circle(0, 48, 26, SHELL_DARK) + circle(0, 48, 19, SHELL)
        )
    if light:
        body += circle(0, 36, 38, light, 'opacity=".25"') + circle(
            0, 36, 20, light, f'stroke="{LINE}" stroke-width="2"'
        )
    if rays:
        body += "".join(
            path("M0-40V-54", stroke=CLAY, width=6, extra=f'transform="translate(0 36) rotate({a})"')
            for a in range(0, 360, 45)
        )
    return body


def bud(contacts=False):
    """The inner side of an earbud around (0, 0), about 220 x 330."""
    body = path("M-34 20h68v150a34 34 0 0 1-68 0z", SHELL_DARK)
    body += (
        circle(0, 0, 104)
        + circle(22, 22, 60, SHELL_DARK, 'opacity=".35"')
        + oval(-62, -34, 62, 52, SAGE, 'transform="rotate(-28 -62 -34)"')
    )
    body += oval(-76, -40, 30, 24, INK, 'transform="rotate(-28 -76 -40)" opacity=".55"')
    if contacts:
        body += circle(-13, 138, 9, GOLD) + circle(13, 138, 9, GOLD)
    return body


def ear_tip():
    """One silicone tip around (0, 0), about 150 x 170."""
    return (
        rect(-34, 20, 68, 70, 16, SHELL_DARK)
        + path("M-78 40C-78-50-44-88 0-88S78-50 78 40C78 66-78 66-78 40z", SAGE)
        + oval(0, -64, 26, 12, INK, 'opacity=".5"')
        + path("M-52 22C-52-24-40-46-24-58", stroke="#FFF", width=8, extra='opacity=".45"')
    )


def purifier(ring=BLUE):
    """A purifier standing on y = 0, 220 x 420."""
    holes = "".join(circle(x, y, 4, LINE) for y in range(-250, -30, 24) for x in range(-72, 73, 24))
    return (
        oval(0, 4, 130, 16)
        + rect(-110, -420, 220, 420, 42)
        + path("M60-420h8a42 42 0 0 1 42 42v336a42 42 0 0 1-42 42h-8z", SHELL_DARK, extra='opacity=".5"')
        + circle(0, -330, 42, ring)
        + circle(0, -330, 32, SHELL)
        + holes
    )


def case_button():
    return (
        rect(0, 520, WIDTH, 180, 0, TABLE)
        + moved(370, 380, charging_case("#FFFFFF"), 1.25)
        + moved(830, 380, charging_case(button=True), 1.25)
        + callout(370, 130, 1, 370, 408)
        + callout(830, 130, 2, 830, 430)
    )


def ear_tips():
    body = rect(0, 440, WIDTH, 260, 0, TABLE)
    for x, scale in ((140, 0.62), (384, 0.78), (676, 0.92), (1012, 1.06)):
        for side in (-1, 1):
            at = x + side * 82 * scale
            body += oval(at, 472, 62 * scale, 10) + moved(at, 472 - 90 * scale, ear_tip(), scale)
    return body


def touch_area():
    rings = "".join(
        circle(
            0,
            0,
            r,
            "none",
            f'stroke="{CLAY}" stroke-width="5" stroke-dasharray="4 16" stroke-linecap="round"',
        )
        for r in (150, 192)
    )
    outer = (
        path("M-40 20h80v196a40 40 0 0 1-80 0z", SHELL_DARK)
        + circle(0, 0, 126)
        + circle(0, 0, 92, SHELL_DARK, 'opacity=".55"')
        + rings
    )
    finger = rect(-46, -46, 420, 92, 46, "#E8B998") + rect(-34, -26, 64, 44, 22, "#F6D9C4")
    return (
        circle(560, 340, 270, SHADE, 'opacity=".55"')
        + moved(540, 300, outer, 1.15)
        + moved(575, 322, finger, 1, 24)
    )


def case_lights():
    body = rect(0, 430, WIDTH, 270, 0, TABLE)
    for x, light, rays in ((165, GREEN, 0), (455, ORANGE, 0), (745, RED, 0), (1035, "#FFFFFF", 1)):
        body += moved(x, 355, charging_case(light, rays=bool(rays)), 0.83)
    return body


def charging_contacts():
    seat = rect(-210, -70, 420, 300, 110, SHELL) + path(
        "M-210 60v60a110 110 0 0 0 110 110h200a110 110 0 0 0 110-110V60z", SHELL_DARK, extra='opacity=".45"'
    )
    wells = ""
    for x in (-92, 92):
        wells += (
            rect(x - 64, -40, 128, 170, 60, "#CFC1AD")
            + circle(x - 14, 96, 9, GOLD)
            + circle(x + 14, 96, 9, GOLD)
        )
    lid = path("M-210-96v-30a110 110 0 0 1 110-104h200a110 110 0 0 1 110 104v30z", SHELL_DARK)
    return (
        rect(0, 560, WIDTH, 140, 0, TABLE)
        + oval(760, 590, 230, 20)
        + moved(760, 350, rect(-90, -104, 180, 60, 8, LINE) + lid + seat + wells, 1.05)
        + moved(300, 270, bud(contacts=True), 1.15)
        + callout(120, 560, 1, 264, 436)
        + callout(1080, 300, 2, 896, 444)
    )


def placement():
    sofa = (
        rect(0, 0, 360, 150, 40, SAGE)
        + rect(-30, 60, 70, 130, 32, "#7C9C8A")
        + rect(320, 60, 70, 130, 32, "#7C9C8A")
        + rect(30, 90, 300, 80, 24, "#A3BFAF")
    )
    window = (
        rect(0, 0, 210, 230, 12, "#FFFDF8")
        + rect(14, 14, 182, 202, 6, "#DCE7E6")
        + path("M105 14V216M14 115H196", stroke="#FFFDF8", width=10)
    )
    arrow = path("M0 0H150M20-18L0 0L20 18M130-18L150 0L130 18", stroke=CLAY, width=7)
    return (
        rect(0, 560, WIDTH, 140, 0, SHADE)
        + rect(0, 0, 130, 560, 0, SHADE)
        + rect(122, 0, 8, 560, 0, "#DCCDB7")
        + moved(470, 110, window)
        + moved(700, 392, sofa)
        + moved(395, 590, purifier())
        + moved(133, 470, arrow)
        + number(208, 425, "30 cm", 34)
    )


def air_light():
    body = rect(0, 560, WIDTH, 140, 0, TABLE)
    for x, colour, value in ((165, BLUE, 8), (455, GREEN, 24), (745, ORANGE, 52), (1035, RED, 98)):
        ring = (
            circle(x, 330, 104, colour, 'opacity=".18"')
            + circle(x, 330, 82, colour)
            + circle(x, 330, 62, SHELL)
            + number(x, 332, value, 50)
        )
        body += oval(x, 606, 140, 16) + rect(x - 122, 170, 244, 430, 48) + ring
        body += "".join(circle(x + dx, y, 4, LINE) for y in (480, 508, 536, 564) for dx in range(-72, 73, 24))
    return body


def filter_layers():
    def slab(fill, inner):
        return path("M0 0L130-60V330L0 400z", fill) + inner

    mesh = "".join(
        path(f"M{x} {-x * 0.46 + 14}V{380 - x * 0.54}", stroke="#FFF", width=3, extra='opacity=".8"')
        for x in range(16, 120, 16)
    )
    pleats = "".join(
        path(f"M{x} {-x * 0.46 + 14}V{380 - x * 0.54}", stroke="#7C9C8A", width=6) for x in range(12, 130, 12)
    )
    thick = path("M0 0L-46-22V372L0 400z", "#7C9C8A") + path("M0 0L-46-22L84-82L130-60z", "#B9D0C3")
    box = (
        path("M0 0L-170-60V340L0 400z", SHELL_DARK)
        + path("M0 0L-170-60L-40-120L130-60z", "#FCF8F0")
        + path("M16 6L114-38V318L16 370z", "#CFC1AD")
    )
    cover = "".join(circle(x, y - x * 0.46, 4, LINE) for x in range(26, 120, 22) for y in range(60, 370, 26))
    return (
        oval(600, 610, 520, 26)
        + moved(270, 190, slab(SHELL, box))
        + moved(530, 190, thick + slab(SAGE, pleats))
        + moved(740, 190, slab("#CFC1AD", mesh))
        + moved(940, 190, slab(SHELL, cover))
        + callout(1090, 90, 1, 1030, 220)
        + callout(880, 80, 2, 820, 210)
        + callout(670, 60, 3, 610, 210)
    )


def lamp_parts():
    glow = path("M330 190L190 560H640L520 190z", "#FBE3A8", extra='opacity=".55"')
    arm = path("M800 540L720 330L520 160", stroke="#D8CBB8", width=26) + "".join(
        circle(x, y, 24, LINE) + circle(x, y, 11, SHELL) for x, y in ((800, 540), (720, 330), (520, 160))
    )
    head = path("M310 190L330 150H530L550 190z", INK) + rect(310, 186, 240, 14, 7, "#FFF3CF")
    base = (
        oval(800, 606, 210, 18) + rect(620, 548, 360, 52, 26, SHELL) + rect(620, 574, 360, 26, 13, SHELL_DARK)
    )
    buttons = rect(690, 556, 120, 12, 6, CLAY) + "".join(
        circle(x, 562, 7, CLAY) for x in (660, 840, 870, 900)
    )
    return (
        rect(0, 580, WIDTH, 120, 0, TABLE)
        + glow
        + base
        + arm
        + head
        + buttons
        + callout(300, 70, 1, 380, 160)
        + callout(790, 190, 2, 640, 262)
        + callout(1080, 500, 3, 965, 586)
        + callout(560, 480, 4, 700, 560)
    )


def light_colours():
    body = rect(0, 0, WIDTH, HEIGHT, 0, "#E6DBCA") + rect(0, 580, WIDTH, 120, 0, "#DACCB7")
    for step, colour in enumerate(("#FFC978", "#FFDDA6", "#FFF0D0", "#FFFDF4", "#E3F0FF")):
        x = 130 + step * 235
        body += path(
            f"M{x - 44} 236L{x - 108} 590H{x + 108}L{x + 44} 236z", colour, extra='opacity=".9"'
        ) + oval(x, 590, 108, 20, colour)
        body += (
            path(f"M{x} 90V180", stroke=LINE, width=8)
            + path(f"M{x - 62} 232Q{x - 50} 170 {x} 170T{x + 62} 232z", INK)
            + rect(x - 62, 228, 124, 14, 7, colour)
        )
        body += circle(x, 650, 26, CLAY) + number(x, 651, step + 1, 28, "#FFF")
    return body


PICTURES = {
    "sori-buds/getting-started/images/case-button.png": case_button,
    "sori-buds/getting-started/images/ear-tips.png": ear_tips,
    "sori-buds/getting-started/images/touch-area.png": touch_area,
    "sori-buds/battery/images/case-lights.png": case_lights,
    "sori-buds/problems/images/charging-contacts.png": charging_contacts,
    "baram-air/getting-started/images/placement.png": placement,
    "baram-air/air-quality/images/air-light.png": air_light,
    "baram-air/filter/images/filter-layers.png": filter_layers,
    "bit-lamp/getting-started/images/lamp-parts.png": lamp_parts,
    "bit-lamp/getting-started/images/light-colours.png": light_colours,
}


def render(target, body, chromium):
    target.parent.mkdir(parents=True, exist_ok=True)
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}">{rect(0, 0, WIDTH, HEIGHT, 0, PAPER)}{body}</svg>'
    with tempfile.TemporaryDirectory() as folder:
        page = pathlib.Path(folder, "page.html")
        page.write_text(f'<body style="margin:0">{svg}</body>', encoding="utf-8")
        command = [
            chromium,
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--hide-scrollbars",
            f"--user-data-dir={folder}/profile",
            f"--window-size={WIDTH},{HEIGHT}",
            f"--screenshot={target.resolve()}",
            page.as_uri(),
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=60)


def main():
    chromium = sys.argv[1] if len(sys.argv) > 1 else "chromium"
    for name, draw in PICTURES.items():
        render(HERE / name, draw(), chromium)
        print(name, (HERE / name).stat().st_size // 1024, "KB")


if __name__ == "__main__":
    main()
