"""Small pictures: upright, small, and silent about where and by whom they were taken."""

import json
from base64 import b64decode
from io import BytesIO

import pytest
from PIL import Image

from files.thumbnail import thumbnail
from lib.confined import run
from tests.files import builders as build

ORIENTATION, MAKER, COMMENT = 0x0112, 0x010F, b"chup tai nha rieng"


def photo(size=(1600, 1200), orientation=1, form="JPEG"):
    """Red on the left half, blue on the right, with what a phone writes into it."""
    picture = Image.new("RGB", size, "red")
    picture.paste("blue", (size[0] // 2, 0, *size))
    exif = Image.Exif()
    exif[ORIENTATION], exif[MAKER] = orientation, "Dien thoai cua toi"
    exif.get_ifd(0x8825)[1] = "N"
    content = BytesIO()
    picture.save(content, form, exif=exif, comment=COMMENT)
    return content.getvalue()


def small(tmp_path, content):
    path = tmp_path / "content"
    path.write_bytes(content)
    made = thumbnail(path)
    return made, Image.open(BytesIO(made)) if made else None


def test_it_is_a_jpeg_whose_longer_side_is_320(tmp_path):
    content, picture = small(tmp_path, photo())

    assert (picture.format, picture.mode, picture.size) == ("JPEG", "RGB", (320, 240))
    assert len(content) < 10_000


@pytest.mark.parametrize(
    ("orientation", "size", "top_left"),
    [(1, (320, 240), "red"), (3, (320, 240), "blue"), (6, (240, 320), "red"), (8, (240, 320), "blue")],
)  # fmt: skip
def test_a_phone_held_otherwise_is_set_upright(tmp_path, orientation, size, top_left):
    _, picture = small(tmp_path, photo(orientation=orientation))

    red, _, blue = picture.getpixel((5, 5))
    assert picture.size == size
    assert ("red" if red > blue else "blue") == top_left


def test_nothing_the_phone_wrote_comes_along(tmp_path):
    content, picture = small(tmp_path, photo())

    assert dict(picture.getexif()) == {}
    assert COMMENT not in content
    assert b"Dien thoai" not in content


def test_what_is_transparent_becomes_white(tmp_path):
    content = BytesIO()
    Image.new("RGBA", (50, 50), (0, 0, 0, 0)).save(content, "PNG")

    assert small(tmp_path, content.getvalue())[1].getpixel((20, 20)) == (255, 255, 255)


@pytest.mark.parametrize("content", [b"", b"khong phai anh", photo()[:3000], build.picture()[:40]])
def test_what_is_no_picture_is_empty(tmp_path, content):
    assert small(tmp_path, content)[0] == b""


def test_one_process_makes_all_and_stumbles_over_none(tmp_path):
    good, broken = tmp_path / "good", tmp_path / "broken"
    good.write_bytes(photo())
    broken.write_bytes(photo()[:3000])

    said = run("files.thumbnail", str(good), str(broken), str(good))

    first, second, third = map(b64decode, json.loads(said))
    assert (first, second) == (third, b"")
    assert Image.open(BytesIO(first)).size == (320, 240)
