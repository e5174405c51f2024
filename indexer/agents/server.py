"""The tools over the Model Context Protocol: the one file that knows its SDK."""

import json
from collections.abc import Mapping
from typing import Any

import anyio
import mcp_types as types
from anyio.to_thread import run_sync
from jsonschema import Draft202012Validator
from mcp.server import Server
from mcp.server.stdio import stdio_server

from indexer import __version__
from indexer.agents.listing import INSTRUCTIONS, TOOLS
from indexer.agents.tools import Refused, Tools, summary
from indexer.library import Library

_CHECKS = {tool.name: Draft202012Validator(tool.input_schema) for tool in TOOLS}
_LONG = 300  # characters of what the check of a call says
_READ_ONLY = types.ToolAnnotations(
    read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
)


def serve(library: Library, *, as_text: bool = False) -> None:
    """Answers on standard input and output until the input ends.

    What is found goes into the structured content alone; with `as_text`, for clients that show a
    model nothing but text, into the text alone.
    """
    anyio.run(_serve, server(library, as_text=as_text))


def server(library: Library, *, as_text: bool = False) -> Server[Any]:
    """The server, for whatever it is to be reached by."""
    tools = Tools(library)

    async def listed(_context: object, _params: object) -> types.ListToolsResult:
        return types.ListToolsResult(tools=[_tool(as_text, n) for n in range(len(TOOLS))])

    async def called(_context: object, params: types.CallToolRequestParams) -> types.CallToolResult:
        given = params.arguments or {}
        return await run_sync(_answered, tools, params.name, given, as_text)

    return Server(
        "pilcrow",
        version=__version__,
        title="Pilcrow",
        instructions=INSTRUCTIONS,
        on_list_tools=listed,
        on_call_tool=called,
    )


async def _serve(made: Server[Any]) -> None:
    async with stdio_server() as (incoming, outgoing):
        await made.run(incoming, outgoing, made.create_initialization_options())


def _tool(as_text: bool, number: int) -> types.Tool:
    tool = TOOLS[number]
    return types.Tool(
        name=tool.name,
        title=tool.title,
        description=tool.told,
        input_schema=tool.input_schema,
        output_schema=None if as_text else tool.output_schema,
        annotations=_READ_ONLY,
    )


def _answered(
    tools: Tools, name: str, given: Mapping[str, Any], as_text: bool
) -> types.CallToolResult:
    if wrong := _wrong(name, given):
        return _refused(wrong)
    try:
        answer = tools(name, given)
    except Refused as error:
        return _refused(str(error))
    if as_text:
        return types.CallToolResult(content=[_text(json.dumps(answer, ensure_ascii=False))])
    return types.CallToolResult(content=[_text(summary(answer))], structured_content=answer)


def _wrong(name: str, given: Mapping[str, Any]) -> str:
    """What is wrong with a call, and what would be right; else nothing."""
    if name not in _CHECKS:
        return f"There is no tool {name[:100]!r}; there are {', '.join(_CHECKS)}."
    errors = sorted(_CHECKS[name].iter_errors(dict(given)), key=str)
    if not errors:
        return ""
    where = ".".join(map(str, errors[0].absolute_path))
    takes = next(tool for tool in TOOLS if tool.name == name)
    known = ", ".join(f"{n}{'' if n in takes.needs else ' (optional)'}" for n in takes.takes)
    said = errors[0].message
    said = said if len(said) <= _LONG else f"{said[:_LONG]}…"
    return f"{name} cannot take {where or 'this'}: {said}. It takes {known}."


def _refused(said: str) -> types.CallToolResult:
    return types.CallToolResult(content=[_text(said)], is_error=True)


def _text(said: str) -> types.TextContent:
    return types.TextContent(type="text", text=said)
