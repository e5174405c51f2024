"""What a program gives in a request in, addresses and numbers out."""

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


def whole_number(name: str, usual: int, most: int) -> int:
    """The number that the request gives as `name`, from 0 to `most`; else the answer is 400."""
    text = request.args.get(name, str(usual))
    if not (text.isascii() and text.isdecimal() and len(text) <= len(str(most))):
        abort(400, f"{name} must be a whole number from 0 to {most}.")
    return min(int(text), most)
