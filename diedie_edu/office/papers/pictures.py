"""Pictures as office programs take them."""

from io import BytesIO

from PIL import Image

LONGEST_SIDE = 1600  # pixels: sharp over the width of a page, and small in an e-mail


def fit(data: bytes) -> tuple[BytesIO, float]:
    """The picture as JPEG (neither Word nor the libraries take WebP), and height by width."""
    with Image.open(BytesIO(data)) as opened:
        opened.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        picture = opened.convert("RGB")
    out = BytesIO()
    picture.save(out, "JPEG", quality=85)
    out.seek(0)
    return out, picture.height / picture.width
