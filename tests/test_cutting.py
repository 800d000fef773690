"""The line cutter: lines as they were drawn, whatever stands between, over or beside them."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import pytest

from extractor.recognising.cutting import CutPage, cut
from extractor.recognising.cutting.ink import threshold
from extractor.recognising.interface import PixelBox
from tests.lines_drawn import DPI, SIZE, TEXT, page, paragraph

ROUND = (650, 210)


def baselines(found: CutPage) -> list[float]:
    return [line.box[1] + line.baseline for line in found.lines]


def ink_share(found: CutPage, image: Any) -> float:
    """The share of the page's ink that the lines hold."""
    return sum(int(line.ink.sum()) for line in found.lines) / int((image < threshold(image, DPI)).sum())


@pytest.mark.parametrize("pitch", [44, 60])
def test_every_line_once_and_whole(pitch: int) -> None:
    image = paragraph(pitch)
    found = cut(image, DPI)
    assert baselines(found) == pytest.approx([80 + pitch * k for k in range(len(TEXT))], abs=2)
    assert ink_share(found, image) > 0.995  # with accents, dots and commas
    for line in found.lines:
        x0, top, x1, bottom = line.box
        assert line.picture.shape == line.ink.shape == (bottom - top, x1 - x0)


def test_other_lines_are_painted_out_of_a_line() -> None:
    found = cut(paragraph(40), DPI)  # descenders reach between the accents of the next line
    assert len(found.lines) == len(TEXT)
    for line in found.lines:
        dark = line.picture < 128
        grown = cv2.dilate(line.ink.astype(np.uint8), np.ones((5, 5), np.uint8)) > 0
        assert not (dark & ~grown).any()


def test_letters_of_two_lines_that_touch_are_parted() -> None:
    image = page([(90, 80, "thông qua nghị quyết"), (90, 130, "nhiệm kỳ hội đồng")])
    whole = cut(image, DPI)
    joined = image.copy()
    both = np.flatnonzero((image[62:78] < 128).any(0) & (image[112:128] < 128).any(0))
    at = int(both[len(both) // 2])  # a stem down from a letter of the first line into one of the second
    joined[70:120, at : at + 4] = 0
    found = cut(joined, DPI)
    assert baselines(found) == pytest.approx(baselines(whole), abs=2)
    assert ink_share(found, joined) > 0.98


@pytest.mark.parametrize("ink", [0, 120, 185])
def test_the_threshold_follows_the_print(ink: int) -> None:
    image = np.minimum(paragraph(60, ink=ink), 245)
    image = cv2.GaussianBlur(image, (0, 0), 0.8)
    found = cut(image, DPI)
    assert len(found.lines) == len(TEXT)
    wanted = [line.box[2] for line in cut(paragraph(60), DPI).lines]
    assert [line.box[2] for line in found.lines] == pytest.approx(wanted, abs=4)


def test_a_pale_stamp_over_dark_print_is_no_ink() -> None:
    image = paragraph(60)
    over = np.full_like(image, 255)
    cv2.circle(over, ROUND, 140, 195, 6)
    cv2.putText(over, "UBND", (600, 230), cv2.FONT_HERSHEY_SIMPLEX, 2, 195, 5)
    stamped = (image.astype(np.float32) * over / 255).astype(np.uint8)
    assert [line.box for line in cut(stamped, DPI).lines] == [line.box for line in cut(image, DPI).lines]


def black_stamp() -> Any:
    image = page([(90, 60, TEXT[0]), (90, 400, TEXT[1])])
    cv2.circle(image, ROUND, 140, 0, 6)
    for k, letter in enumerate("UBND*TINH*XA*"):
        angle = 2 * np.pi * k / 13
        at = (int(640 + 112 * np.cos(angle)), int(220 + 112 * np.sin(angle)))
        cv2.putText(image, letter, at, cv2.FONT_HERSHEY_SIMPLEX, 0.8, 0, 2)
    return image


def test_a_black_stamp_leaves_the_lines_that_run_through_it() -> None:
    assert baselines(cut(black_stamp(), DPI)) == pytest.approx([60, 400], abs=2)


def test_a_stamp_that_a_signature_runs_out_of_is_a_stamp_still() -> None:
    image = np.minimum(black_stamp(), page([(545, 215, "SỞ GIÁO DỤC"), (560, 255, "VÀ ĐÀO TẠO")], em=26))
    assert baselines(cut(image, DPI)) == pytest.approx([60, 400], abs=2)
    signed = scrawled(image.copy(), 640, 235, 90)
    cv2.line(signed, (640, 270), (1050, 200), 0, 3)
    assert baselines(cut(signed, DPI)) == pytest.approx([60, 400], abs=2)


def test_a_frame_about_a_few_words_is_no_stamp() -> None:
    image = page([(90, 60, TEXT[0]), (560, 250, "HỎA TỐC")])
    cv2.rectangle(image, (520, 190), (760, 290), 0, 4)
    assert len(cut(image, DPI).lines) == 2


def scrawled(image: Any, x: int, y: int, height: int) -> Any:
    """With a pen's loops of a given height about (x, y)."""
    t = np.linspace(0, 6 * np.pi, 200)
    up = height / 2 * np.sin(t)
    points = np.stack([x + 5 * t + 12 * np.cos(t) + 0.4 * up, y - up], 1).astype(np.int32)
    cv2.polylines(image, [points], False, 0, 3)
    return image


def test_a_signature_is_no_line() -> None:
    image = page([(90, 60, TEXT[0]), (500, 400, "Nguyễn Thị Thu Hiên")])
    found = cut(scrawled(image, 560, 240, 150), DPI)
    assert baselines(found) == pytest.approx([60, 400], abs=2)
    assert found.pens == ()


def test_a_number_in_a_known_cell_is_print_whatever_is_about_it() -> None:
    image = page([(90, 60, TEXT[0]), (600, 250, "718")])
    corners = np.array([[560, 190], [700, 200], [690, 280], [565, 290], [600, 185]], np.int32)
    cv2.polylines(image, [corners], False, 0, 2)  # what is left of a frame on a bad copy
    assert baselines(cut(image, DPI)) == pytest.approx([60], abs=2)
    found = cut(image, DPI, [(570, 205, 680, 275)])
    assert [line.box[1] + line.baseline for line in found.cells[0]] == pytest.approx([250], abs=2)


def test_handwriting_among_print_is_marked_and_not_read() -> None:
    image = page([(90, 200, "Số:"), (290, 200, "/QĐ-UBND ngày 12 tháng 3 năm 2022")])
    found = cut(scrawled(image.copy(), 170, 185, 110), DPI)
    (x0, top, x1, bottom) = one(found.pens)
    assert (x0 + x1) / 2 == pytest.approx(217, abs=25)
    assert top < 160
    assert bottom > 210
    pen = sum(int(line.ink[:, max(0, 160 - line.box[0]) : max(0, 270 - line.box[0])].sum()) for line in found.lines)
    assert pen < 0.1 * int((image != scrawled(image.copy(), 170, 185, 110)).sum())
    assert cut(image, DPI).pens == ()


def one(some: tuple[PixelBox, ...]) -> PixelBox:
    assert len(some) == 1
    return some[0]


def test_a_wavy_line_is_levelled() -> None:
    image = page([(60, 200, "quy hoạch, kế hoạch sử dụng đất cấp huyện năm 2022, kiểm tra")])
    x, y = np.meshgrid(np.arange(1300, dtype=np.float32), np.arange(420, dtype=np.float32))
    wavy = cv2.remap(image, x, y + 14 * np.sin(x / 190), cv2.INTER_LINEAR, borderValue=255)
    (line,) = cut(wavy, DPI).lines
    (flat,) = cut(image, DPI).lines
    assert np.ptp(line.shifts) == pytest.approx(28, abs=5)
    assert line.picture.shape[0] < flat.picture.shape[0] + 6
    assert ink_share(cut(wavy, DPI), wavy) > 0.98
    middle = line.picture.shape[1] // 2  # the map back: the pixel of the picture is the page's
    row = line.picture.shape[0] // 2
    assert line.picture[row, middle] == wavy[line.box[1] + row + line.shifts[middle], line.box[0] + middle]


def test_rules_are_not_ink() -> None:
    image = page([(90, 100, "Độc lập - Tự do - Hạnh phúc")])
    plain = cut(image, DPI).lines[0]
    image[112:115, 80:620] = 0
    (ruled,) = cut(image, DPI).lines
    assert ruled.box == pytest.approx(plain.box, abs=3)
    assert int(ruled.ink.sum()) == pytest.approx(int(plain.ink.sum()), rel=0.04)  # the descenders that it cut are gone


def test_a_drawn_wall_and_a_known_cell_part_lines() -> None:
    image = page([(100, 100, "Thu 1.240"), (100 + 230, 100, "Chi 2.360")])
    assert len(cut(image[:, :700], DPI).lines) in (1, 2)
    walled = image.copy()
    walled[20:200, 300:303] = 0
    assert len(cut(walled, DPI).lines) == 2
    close = page([(100, 100, "12,5 13,6 14,7")])
    assert len(cut(close, DPI).lines) == 1
    cells = [(90, 50, 170, 130), (170, 50, 245, 130), (245, 50, 340, 130)]
    found = cut(close, DPI, cells)
    assert found.lines == ()
    assert [len(cell) for cell in found.cells] == [1, 1, 1]


def test_a_cells_number_beside_a_line_is_not_its_comma() -> None:
    image = page([(60, 100, "1"), (120, 100, "Thị xã Nghĩa Lộ")], em=30)
    image[40:150, 90:93] = 0
    assert len(cut(image, DPI).lines) == 2


def test_reading_order_of_a_letterhead() -> None:
    image = page([(60, 60, "UBND TỈNH YÊN BÁI"), (700, 62, "CỘNG HÒA XÃ HỘI"), (120, 120, "Số: 231/BC"),
                  (640, 118, "Yên Bái, ngày 26"), (60, 220, TEXT[0])])  # fmt: skip
    found = cut(image, DPI)
    assert [line.box[0] for line in found.lines] == pytest.approx([60, 700, 120, 640, 90 - 30], abs=8)
    assert sorted(baselines(found)) == pytest.approx([60, 62, 118, 120, 220], abs=2)


def test_a_title_in_large_type() -> None:
    image = page([(90, 380, TEXT[0]), (90, 330, TEXT[1])])
    title = page([(200, 160, "BÁO CÁO")], em=3 * SIZE)
    found = cut(np.minimum(image, title), DPI)
    assert baselines(found) == pytest.approx([160, 330, 380], abs=3)


@pytest.mark.parametrize("wear", ["empty", "dust"])
def test_a_page_without_print_has_no_lines(wear: str) -> None:
    image = np.full((600, 500), 245, np.uint8)
    if wear == "dust":
        rng = np.random.default_rng(3)
        image[rng.integers(0, 600, 300), rng.integers(0, 500, 300)] = 20
    found = cut(image, DPI, [(10, 10, 100, 100)])
    assert (found.lines, found.cells, found.pens) == ((), ((),), ())
