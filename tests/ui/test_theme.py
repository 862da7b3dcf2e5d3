import pytest
from PySide6.QtGui import QColor

from cxdesk.domain import Invalid
from cxdesk.settings import bundled
from cxdesk.ui.theme import THEMES, Look, load_theme

READABLE = 4.5  # WCAG 2.1, level AA, for text of normal size
TEXT_ON_GROUND = [
    ("text", "surface"),
    ("text", "window"),
    ("text", "sunken"),
    ("text", "customer"),
    ("text", "desk"),
    ("text", "accent_soft"),
    ("muted", "surface"),
    ("muted", "window"),
    ("muted", "sunken"),
    ("muted", "accent_soft"),
    ("muted", "warn_soft"),
    ("accent", "surface"),
    ("accent_strong", "accent_soft"),
    ("on_accent", "accent"),
    ("good", "good_soft"),
    ("warn", "warn_soft"),
    ("bad", "bad_soft"),
    ("on_marked", "marked"),
]


def luminance(color):
    parts = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in color.getRgbF()[:3])
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), parts, strict=True))


def contrast(one, other):
    light, dark = sorted((luminance(QColor(one)), luminance(QColor(other))), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("text", "ground"), TEXT_ON_GROUND)
def test_text_is_readable_on_its_ground(theme, text, ground):
    colors = load_theme(theme, 10).colors
    assert contrast(colors[text], colors[ground]) >= READABLE


def test_both_themes_name_the_same_colors():
    assert load_theme("light", 10).colors.keys() == load_theme("dark", 10).colors.keys()


def test_type_sizes_follow_the_systems_font():
    assert load_theme("light", 20).points["body"] == 2 * load_theme("light", 10).points["body"]


def test_an_unknown_theme_is_refused_with_the_ones_there_are():
    with pytest.raises(Invalid, match="'light' or 'dark'"):
        load_theme("sepia", 10)


def test_every_icon_can_be_drawn(qapp):
    look = Look("light")
    for file in (bundled("resources/ui") / "icons").glob("*.svg"):
        image = look.pixmap(file.stem).toImage()
        assert any(image.pixelColor(x, y).alpha() for x in range(16) for y in range(16)), file.name


def test_switching_the_theme_dresses_the_window_anew(window):
    before = window.grab().toImage().pixelColor(5, 5)
    window.look.switch("dark")
    after = window.grab().toImage().pixelColor(5, 5)
    assert after == window.look.color("window")
    assert after.lightness() < before.lightness()
