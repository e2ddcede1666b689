"""What is kept."""

from dataclasses import dataclass
from enum import StrEnum


class DocumentKind(StrEnum):
    PDF = "pdf"
    PNG = "png"
    JPEG = "jpeg"
    WEBP = "webp"

    @property
    def content_type(self) -> str:
        return "application/pdf" if self is DocumentKind.PDF else f"image/{self.value}"

    @property
    def is_picture(self) -> bool:
        return self is not DocumentKind.PDF


@dataclass(frozen=True)
class Document:
    """A file that may be kept: what it is, and the bytes to keep of it."""

    kind: DocumentKind
    data: bytes
