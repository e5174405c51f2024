"""What a program gives as an address of ours in, the address out."""

from urllib.parse import unquote

from flask import abort, request

from indexer.address import PREFIX, Address
from web.reach import whole


def address_given(text: str) -> Address:
    """The address that `text` is, whole or from `d/` on, quoted or not; else the answer is 404."""
    home = whole(request.script_root)
    path = text.removeprefix(home)
    if not path.startswith((PREFIX, PREFIX[1:])):
        abort(404, f"An address here begins with {home}{PREFIX}.")
    try:
        return Address.parse(unquote(path))
    except ValueError as error:
        abort(404, str(error))
