"""From the pixels that a scanner, a phone or a program wrote to what an eye sees on a screen.

Pillow's own conversions show some pages white, black or in other colours: sixteen bits are cut off
at 255, what is clear turns black, colours are taken for those of a screen. Here grey of more than
eight bits is scaled, what is clear is the paper, and colours are those of the profile that the
picture brings.
"""

from io import BytesIO

from PIL import Image, ImageCms, ImageMath

EIGHT_BITS, TEN_BITS, TWELVE_BITS, SIXTEEN_BITS, THIRTY_TWO_BITS = (
    (1 << bits) - 1 for bits in (8, 10, 12, 16, 32)
)
BITS_PER_SAMPLE, PHOTOMETRIC, WHITE_IS_ZERO = 258, 262, 0  # of TIFF
FITTING = {"RGB": ("RGB", "L"), "GRAY": ("L",), "CMYK": ("CMYK",)}  # modes by a profile's space
FEW_BITS = {"L;2": 3, "L;4": 15}  # Pillow scales such pixels, though not the one that is clear


def as_seen(opened: Image.Image) -> Image.Image:
    """In red, green and blue of a screen (sRGB), on white paper."""
    profile = opened.info.get("icc_profile", b"")
    return _for_screens(_on_white(_in_eight_bits(opened)), profile)


def match_clear(opened: Image.Image) -> None:
    """Before it is unpacked: the value that is clear, in the eight bits of the pixels."""
    clear, tile = opened.info.get("transparency"), getattr(opened, "tile", None)
    packed = str(tile[0].args) if tile else ""
    if isinstance(clear, tuple) and packed.startswith("RGB;16"):
        opened.info["transparency"] = tuple(value >> 8 for value in clear)
    elif isinstance(clear, int) and packed in FEW_BITS:
        opened.info["transparency"] = clear * EIGHT_BITS // FEW_BITS[packed]


def may_shrink(opened: Image.Image) -> bool:
    """Whether its pixels may be mixed before they are as seen, which takes less memory."""
    mixes = ("L", "LA", "RGB", "RGBA", "CMYK", "YCbCr")
    return "transparency" not in opened.info and opened.mode.startswith((*mixes, "I;16"))


def _in_eight_bits(opened: Image.Image) -> Image.Image:
    if opened.mode.startswith("I"):
        return _whole_numbers(opened.convert("I"), opened)
    if opened.mode == "F":
        _darkest, brightest = opened.getextrema()
        white = _first_that_holds(brightest, (1, EIGHT_BITS, SIXTEEN_BITS))
        return opened.point(lambda value: value * (EIGHT_BITS / white) + 0.5).convert("L")
    return opened


def _whole_numbers(values: Image.Image, opened: Image.Image) -> Image.Image:
    """Black is nought and white the most that the bits hold, however bright the page is."""
    white = _bits_of(opened) or _white_of(values, opened.mode)
    scale, lift = EIGHT_BITS / white, 0.5
    if _tag(opened, PHOTOMETRIC) == WHITE_IS_ZERO:
        scale, lift = -scale, EIGHT_BITS + 0.5
    grey = values.point(lambda value: value * scale + lift).convert("L")
    clear = opened.info.get("transparency")
    if isinstance(clear, int):
        grey.putalpha(_all_but(values, clear))
    grey.info.pop("transparency", None)
    return grey


def _white_of(values: Image.Image, mode: str) -> int:
    """Scanners that measure twelve bits may leave the upper four empty, and no page that was seen
    in sixteen is so dark as that."""
    _darkest, brightest = values.getextrema()
    if mode != "I" and TEN_BITS < brightest <= TWELVE_BITS:  # type: ignore[operator]
        return TWELVE_BITS
    return _first_that_holds(brightest, (SIXTEEN_BITS, THIRTY_TWO_BITS))


def _first_that_holds(brightest: object, scales: tuple[int, ...]) -> int:
    return next((most for most in scales if brightest <= most), scales[-1])  # type: ignore[operator]


def _bits_of(opened: Image.Image) -> int:
    """The white of a TIFF of ten, twelve or fourteen bits, which Pillow reads as sixteen."""
    bits = _tag(opened, BITS_PER_SAMPLE)
    number = bits[0] if isinstance(bits, tuple) and bits else 0
    return (1 << number) - 1 if 8 < number < 16 else 0


def _tag(opened: Image.Image, number: int) -> object:
    return getattr(opened, "tag_v2", {}).get(number)


def _all_but(values: Image.Image, clear: int) -> Image.Image:
    told = ImageMath.lambda_eval(lambda of: (of["values"] != clear) * EIGHT_BITS, values=values)
    return told.convert("L")


def _on_white(picture: Image.Image) -> Image.Image:
    """What is clear is the paper. In BMP files the fourth byte is often nothing at all."""
    if not picture.has_transparency_data:
        return picture.convert("RGB") if picture.mode in ("P", "PA", "1", "YCbCr") else picture
    drawn = picture.convert("RGBA")
    alpha = drawn.getchannel("A")
    if picture.format == "BMP" and alpha.getextrema() == (0, 0):
        return drawn.convert("RGB")
    ground = Image.new("RGB", drawn.size, "white")
    ground.paste(drawn, mask=alpha)
    return ground


def _for_screens(picture: Image.Image, profile: bytes) -> Image.Image:
    try:
        source = _profile_of(picture, profile)
        if source is not None:
            return _transformed(picture, source)
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        pass  # a profile that is damaged: the colours are taken for those of a screen
    return picture.convert("RGB")


def _profile_of(picture: Image.Image, profile: bytes) -> ImageCms.ImageCmsProfile | None:
    """The picture's own, if it is one for such colours; LAB colours are always the same."""
    if picture.mode == "LAB":
        return ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
    if not profile:
        return None
    source = ImageCms.ImageCmsProfile(BytesIO(profile))
    return source if picture.mode in FITTING.get(_space(source), ()) else None


def _space(source: ImageCms.ImageCmsProfile) -> str:
    return source.profile.xcolor_space.strip()


def _transformed(picture: Image.Image, source: ImageCms.ImageCmsProfile) -> Image.Image:
    plain = picture.convert("RGB") if _space(source) == "RGB" else picture
    step = ImageCms.buildTransform(source, ImageCms.createProfile("sRGB"), plain.mode, "RGB")
    return ImageCms.applyTransform(plain, step)  # type: ignore[return-value]
