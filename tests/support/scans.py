"""Pictures as scanners, faxes and phones write them, byte by byte where Pillow does not."""

import io
import struct
import zlib

from PIL import Image, ImageCms

GREY, COLOUR = 0, 2  # of PNG
SIZE = (16, 16)


def saved(picture: Image.Image, kind: str, **more: object) -> bytes:
    file = io.BytesIO()
    picture.save(file, kind, **more)
    return file.getvalue()


def plain(mode: str, value: object, kind: str, **more: object) -> bytes:
    """One value all over."""
    return saved(Image.new(mode, SIZE, value), kind, **more)


def png(
    depth: int, colour: int, pixels: bytes, *more: tuple[bytes, bytes], width: int = 2
) -> bytes:
    """One row of pixels."""
    head = struct.pack(">IIBBBBB", width, 1, depth, colour, 0, 0, 0)
    parts = ((b"IHDR", head), *more, (b"IDAT", zlib.compress(b"\0" + pixels)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in parts
    )


def tiff(pixels: bytes, *, bits: int, white_is_zero: bool = False, order: str = "<") -> bytes:
    """Two pixels of grey, in the order of bytes of either kind of processor."""
    tags = [(256, 2), (257, 1), (258, bits), (259, 1), (262, int(not white_is_zero))]
    tags += [(273, 8), (277, 1), (278, 1), (279, len(pixels))]
    data = pixels + b"\0" * (len(pixels) % 2)
    head = (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(order + "I", 8 + len(data))
    rows = b"".join(struct.pack(order + "HHIHH", tag, 3, 1, value, 0) for tag, value in tags)
    return head + data + struct.pack(order + "H", len(tags)) + rows + struct.pack(order + "I", 0)


def swapped_profile() -> bytes:
    """sRGB with red and green changed about: a picture tells at once whether it was honoured."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    for number in range(struct.unpack(">I", profile[128:132])[0]):
        place = 132 + 12 * number
        name = {b"rXYZ": b"gXYZ", b"gXYZ": b"rXYZ"}.get(bytes(profile[place : place + 4]))
        if name:
            profile[place : place + 4] = name
    return bytes(profile)
