"""The acts as MCP tools, for other assistants: one address, and no session between two requests.

Each request comes through the layers of `ui.access` by itself, and is counted as a question of the page is.
"""

import inspect
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import anyio
import anyio.to_thread
from mcp.server.lowlevel import Server
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from mcp_types import (
    CallToolRequestParams,
    CallToolResult,
    ListToolsResult,
    PaginatedRequestParams,
    TextContent,
    Tool,
    ToolAnnotations,
)
from pydantic import TypeAdapter
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from assistant import __version__
from ui.access.events import Limits
from ui.access.programs import Acts, of_tools
from ui.access.refusals import code, refusal, said
from ui.api.endpoints import Act
from ui.render.said import said_on

if TYPE_CHECKING:
    from mcp.server.context import ServerRequestContext

TOOLS = "/mcp"
_AT_ONCE, _WAITING = 10, 50  # as on the page


def open_tools(whole: Starlette, limits: Limits, acts: Acts) -> None:
    """Serve the acts as MCP tools at /mcp, as long as the server runs; call before the page is mounted."""
    manager = tool_server(acts)
    route = Route(TOOLS, _none, methods=["GET", "POST"])
    route.app = of_tools(manager.asgi_app, limits, acts)
    whole.routes.append(route)
    before = whole.router.lifespan_context

    @asynccontextmanager
    async def running(app: Starlette) -> AsyncIterator[None]:
        async with before(app), manager.run():
            yield

    whole.router.lifespan_context = running


def tool_server(acts: Acts) -> StreamableHTTPSessionManager:
    """What answers MCP requests, over the acts of a page."""
    room = anyio.CapacityLimiter(_AT_ONCE)
    tools = [_tool(name, act) for name, act in acts.items()]

    async def list_tools(context: "ServerRequestContext[Any]", asked: PaginatedRequestParams | None) -> ListToolsResult:
        return ListToolsResult(tools=tools)

    async def call_tool(context: "ServerRequestContext[Any]", asked: CallToolRequestParams) -> CallToolResult:
        act = acts.get(asked.name)
        if act is None:
            return _problem(said_on("api")["no-tool"].format(names=", ".join(acts)))
        if room.statistics().tasks_waiting >= _WAITING:
            return _problem(said(503, code()))
        return await anyio.to_thread.run_sync(_called, act, asked.arguments or {}, limiter=room)

    server: Server[Any] = Server(
        "common-ground",
        version=__version__,
        title="Common Ground",
        instructions=said_on("api")["instructions"],
        on_list_tools=list_tools,
        on_call_tool=call_tool,
    )
    return StreamableHTTPSessionManager(server, json_response=True, stateless=True)


def _tool(name: str, act: Act) -> Tool:
    words = said_on("api")["acts"][name]
    given = TypeAdapter[Any](inspect.unwrap(act)).json_schema()
    for parameter, about in words.get("parameters", {}).items():
        given["properties"][parameter]["description"] = about
    return Tool(
        name=name,
        title=words["title"],
        description=words["what"],
        input_schema=given,
        output_schema=TypeAdapter[Any](inspect.signature(act).return_annotation).json_schema(),
        annotations=ToolAnnotations(read_only_hint=True, open_world_hint=False),
    )


def _called(act: Act, arguments: Mapping[str, Any]) -> CallToolResult:
    import gradio as gr  # takes seconds to import

    try:
        bound = inspect.signature(act).bind(**arguments)
    except TypeError:
        return _problem(said_on("api")["no-parameter"].format(names=", ".join(inspect.signature(act).parameters)))
    bound.apply_defaults()
    try:
        record = act(*bound.args)
    except gr.Error as error:
        return _problem(str(error.message))
    text = json.dumps(record, ensure_ascii=False)
    return CallToolResult(content=[TextContent(type="text", text=text)], structured_content=record)


async def _none(request: Request) -> Response:
    return refusal(404)


def _problem(words: str) -> CallToolResult:
    return CallToolResult(content=[TextContent(type="text", text=words)], is_error=True)
