"""Elements in, an answer in XML out, escaped by the writer of the standard library."""

from xml.etree.ElementTree import Element, SubElement, tostring

from flask import Response

from indexer.printed import legal


def root(name: str, namespace: str, **prefixed: str) -> Element:
    """The outermost element; `prefixed` are further namespaces by prefix."""
    spaces = {f"xmlns:{prefix}": address for prefix, address in prefixed.items()}
    return Element(name, {"xmlns": namespace, **spaces})


def add(parent: Element, name: str, text: str = "", **attributes: str) -> Element:
    """A child of `parent`; signs that XML cannot have become the sign for what is unknown."""
    child = SubElement(parent, name, {key: legal(value) for key, value in attributes.items()})
    child.text = legal(text) or None
    return child


def answer(element: Element, kind: str) -> Response:
    """The answer that is `element`, of the media type `kind`."""
    said = tostring(element, encoding="utf-8", xml_declaration=True)
    return Response(said, content_type=f"{kind}; charset=utf-8")
