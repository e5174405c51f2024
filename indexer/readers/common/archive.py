"""The bytes of a zip container in, its members out; refused unopened where out of proportion."""

import io
import struct
import zlib
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from lxml import etree

from indexer.errors import Unreadable
from indexer.readers.common.repetition import refuse_repetition

_MOST_MEMBERS = 10_000
_MOST_BYTES = 500_000_000  # of all members together, unpacked
_LARGEST = 50_000_000  # bytes of a member that is read
_SMALL = 10_000_000  # bytes that may be packed as tightly as it gets
_TIGHTEST = 100  # times; XML of real documents is packed to a tenth, tables to a fiftieth

_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # a compound file, as Office wrote until 2003
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_IS_ENCRYPTED = 0x1  # the bit of a member's flags
# All that zipfile raises on damaged or unusual containers; RuntimeError asks for a password.
_DAMAGED = (
    *(BadZipFile, zlib.error, struct.error, EOFError, OSError),
    *(NotImplementedError, RuntimeError, ValueError, IndexError),
)


class Archive:
    """The members of a zip container by name, whatever the case and the slashes of names.

    `kind` names the format in messages. Raises `Unreadable` where `data` is no such container, is
    protected by a password, or would unpack to more than a document can be. Nothing is written to
    disk, so that no name can lead anywhere.
    """

    def __init__(self, data: bytes, kind: str) -> None:
        self._kind = kind
        if data.startswith(_OLD_OFFICE):
            raise Unreadable(_old_office(data, kind))
        try:
            self._zip = ZipFile(io.BytesIO(data))
        except _DAMAGED as error:
            raise Unreadable(
                f"is no {kind} file, or a damaged one ({error}); save it again"
            ) from error
        infos = self._zip.infolist()
        _check_proportions(infos, len(data))
        self._members = {_normal(info.filename): info for info in infos}

    def __contains__(self, name: str) -> bool:
        return _normal(name) in self._members

    def read(self, name: str) -> bytes:
        """The content of the member `name`; raises `Unreadable` where there is none."""
        info = self._members.get(_normal(name))
        if info is None:
            raise Unreadable(f"is no {self._kind} file, or a damaged one: it holds no {name}")
        if info.flag_bits & _IS_ENCRYPTED:
            raise Unreadable("is protected by a password; save it without one")
        if info.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            raise Unreadable(f"packs {name} as no {self._kind} file may; save it again")
        if info.file_size > _LARGEST:
            raise Unreadable(f"holds {name} of {info.file_size / 1e6:.0f} MB; split the document")
        try:
            data = self._zip.read(info)
        except _DAMAGED as error:
            raise Unreadable(f"is damaged at {name} ({error}); save it again") from error
        refuse_repetition(data)
        return data

    def xml(self, name: str) -> etree._Element:
        """The root of the XML in the member `name`; raises `Unreadable` where that is malformed."""
        try:
            return parse_xml(self.read(name))
        except etree.XMLSyntaxError as error:
            raise Unreadable(f"is damaged at {name} ({error}); save it again") from error


def parse_xml(data: bytes) -> etree._Element:
    """The root of the XML document `data`.

    Nothing is fetched or expanded: references to entities stay what they are. Raises `Unreadable`
    where entities are declared or elements nest deeper than the parser goes (256),
    `etree.XMLSyntaxError` where the XML is malformed.
    """
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        if error.code == etree.ErrorTypes.ERR_RESOURCE_LIMIT:
            raise Unreadable(f"asks for too much as XML ({error.msg}); make it simpler") from error
        raise
    declared = root.getroottree().docinfo.internalDTD
    if declared is not None and next(iter(declared.iterentities()), None) is not None:
        raise Unreadable("declares XML entities, which can stand for anything; save it again")
    return root


def _normal(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def _old_office(data: bytes, kind: str) -> str:
    if _ENCRYPTED in data:
        return "is protected by a password; save it without one"
    return f"is in an old Office format, whatever its name says; save it as {kind} or PDF"


def _check_proportions(infos: list[ZipInfo], packed: int) -> None:
    unpacked = sum(info.file_size for info in infos)
    if len(infos) > _MOST_MEMBERS:
        raise Unreadable(f"holds {len(infos)} files, and the limit is {_MOST_MEMBERS}; split it")
    if unpacked > _MOST_BYTES or unpacked > max(_SMALL, packed * _TIGHTEST):
        raise Unreadable(
            f"unpacks from {packed / 1e6:.1f} to {unpacked / 1e6:.0f} MB, as zip bombs do; "
            "split it, or save it without its pictures"
        )
