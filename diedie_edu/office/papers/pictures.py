"""Pictures as office programs take them."""

from io import BytesIO

from PIL import Image

LONGEST_SIDE = 1600  # pixels: sharp over the width of a page, and small in an e-mail


def fit(data: bytes) -> tuple[BytesIO, float]:
    """The picture as PNG or JPEG (neither Word nor the libraries take WebP) and its height by its
    width."""
    with Image.open(BytesIO(data)) as opened:
        opened.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        form = "PNG" if opened.has_transparency_data else "JPEG"
        picture = opened.convert("RGBA" if form == "PNG" else "RGB")
    out = BytesIO()
    picture.save(out, form, quality=85)
    out.seek(0)
    return out, picture.height / picture.width
