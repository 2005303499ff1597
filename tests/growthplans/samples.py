"""Small sound files of each allowed kind, and the liars among files, all made here byte by byte."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib


def archive(parts: dict[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return held.getvalue()


def office(main: str, **more: bytes) -> bytes:
    return archive({"[Content_Types].xml": b"<Types/>", main: b"<x/>", **more})


def opened(kind: str) -> bytes:
    mimetype = f"application/vnd.oasis.opendocument.{kind}".encode()
    return archive({"mimetype": mimetype, "content.xml": b"<x/>"})


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">L", len(data)) + name + data + struct.pack(">L", zlib.crc32(name + data))


PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
PNG = (
    b"\x89PNG\r\n\x1a\n"
    + _chunk(b"IHDR", struct.pack(">LLBBBBB", 1, 1, 8, 0, 0, 0, 0))
    + _chunk(b"IDAT", zlib.compress(b"\x00\x00"))
    + _chunk(b"IEND", b"")
)
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01" + b"\x00" * 30 + b"\xff\xd9"
WEBP = b"RIFF" + struct.pack("<L", 22) + b"WEBPVP8 " + struct.pack("<L", 10) + b"\x00" * 10


def film(brand: bytes) -> bytes:
    return struct.pack(">L", 16) + b"ftyp" + brand + b"\x00" * 4 + struct.pack(">L", 8) + b"mdat"


DOCX = office("word/document.xml")
SOUND = {
    "PDF": PDF,
    "PNG": PNG,
    "JPEG": JPEG,
    "WebP": WEBP,
    "HEIC": film(b"heic"),
    "MP4": film(b"isom"),
    "MOV": film(b"qt  "),
    "M4A": film(b"M4A "),
    "TXT": "Élèves : 24\n日本語 👩‍🏫\n".encode(),
    "DOCX": DOCX,
    "XLSX": office("xl/workbook.xml"),
    "PPTX": office("ppt/presentation.xml"),
    "ODT": opened("text"),
    "ODS": opened("spreadsheet"),
    "ODP": opened("presentation"),
}
HUGE_LIST = b"PK\x03\x04" + b"\x00" * 40 + b"PK\x05\x06" + struct.pack("<HHHHLLH", 0, 0, 9, 9, 2**30, 0, 0)
# name → what the file is, and the reason for which it is refused.
LIARS = {
    "a web page": (b"<!DOCTYPE html><script>alert(1)</script>", "web_page"),
    "a web page after blank lines": (b"\xef\xbb\xbf \n\n<HTML><body>", "web_page"),
    "a drawing that can hold script": (b'<?xml version="1.0"?><svg onload="alert(1)"/>', "web_page"),
    "a bare drawing": (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "web_page"),
    "a Windows program": (b"MZ\x90\x00" + b"\x00" * 200, "program"),
    "a program that mentions PDF": (b"MZ" + b"\x00" * 100 + PDF, "program"),
    "a Linux program": (b"\x7fELF\x02\x01\x01", "program"),
    "a script": (b"#!/bin/sh\nrm -rf /\n", "program"),
    "a web page in front of a PDF": (b"<html><!--\n" + PDF, "web_page"),
    "a PDF with an archive behind it": (PDF + DOCX, "two_in_one"),
    "a picture with an archive behind it": (PNG + archive({"x.jar": b"x"}), "two_in_one"),
    "half a PDF": (PDF[:30], "broken"),
    "half a picture": (PNG[:40], "broken"),
    "a WebP of another length": (WEBP + b"\x00" * 9, "broken"),
    "an old Word document": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "old_office"),
    "a document with macros": (office("word/document.xml", **{"word/vbaProject.bin": b"x"}), "macros"),
    "a macro document under another name": (
        archive(
            {
                "[Content_Types].xml": b"application/vnd.ms-word.document.macroEnabled",
                "word/document.xml": b"x",
            }
        ),
        "macros",
    ),
    "an open document with macros": (
        archive(
            {"mimetype": b"application/vnd.oasis.opendocument.text", "Basic/a.xml": b"x", "content.xml": b"x"}
        ),
        "macros",
    ),
    "an archive of anything": (archive({"readme.txt": b"x"}), "unknown"),
    "a Java program": (archive({"META-INF/MANIFEST.MF": b"x", "A.class": b"x"}), "unknown"),
    "two documents in one": (office("word/document.xml", **{"xl/workbook.xml": b"x"}), "unknown"),
    "half an archive": (DOCX[:-30], "broken"),
    "an archive with an endless list": (HUGE_LIST, "unknown"),
    "an archive with endless types": (
        archive({"[Content_Types].xml": b"\x00" * 600_000, "word/document.xml": b"x"}),
        "unknown",
    ),
    "a film of an unknown sort": (film(b"xxxx"), "unknown"),
    "bytes": (bytes(range(256)), "unknown"),
    "text with a NUL": (b"hello\x00world", "unknown"),
    "rich text": (b"{\\rtf1\\ansi hello}", "web_page"),
    "a saved mail": (b"MIME-Version: 1.0\nContent-Type: text/html\n\n<b>", "web_page"),
    "nothing": (b"", "empty"),
    "nothing but blanks": (b" \n\t\n", "empty"),
}
