"""Symbols as SVG paths in a box of 24, drawn for this portal; the same in pages, charts and the PDF."""

PATHS: dict[str, str] = {
    "circle-check": (
        "M12 1.8a10.2 10.2 0 1 0 0 20.4 10.2 10.2 0 0 0 0-20.4Zm-1.6 15.1-4.5-4.5 1.8-1.8 2.7 2.7 6-6 1.8 1.8Z"
    ),
    "triangle": "M12 2.2 23.2 21.8H.8Zm-1.2 7v6h2.4v-6Zm0 7.8v2.4h2.4V17Z",
    "diamond": "M12 .9 23.1 12 12 23.1.9 12Zm-1.2 5.3v7h2.4v-7Zm0 9v2.5h2.4v-2.5Z",
    "circle-question": (
        "M12 1.8a10.2 10.2 0 1 0 0 20.4 10.2 10.2 0 0 0 0-20.4Zm0 2.2a8 8 0 1 1 0 16 8 8 0 0 1 0-16Zm0 2.4"
        "a3.7 3.7 0 0 0-3.8 3.4h2.2A1.5 1.5 0 0 1 12 8.5c.9 0 1.6.6 1.6 1.5 0 .7-.5 1.1-1.2 1.7-.9.7-1.5 1.4-1.5 2.9"
        "h2.2c0-.8.4-1.1 1.1-1.7.8-.7 1.6-1.4 1.6-2.9 0-2.1-1.7-3.6-3.8-3.6Zm-1.2 9.5v2.3h2.4v-2.3Z"
    ),
    "circle-plus": (
        "M12 1.8a10.2 10.2 0 1 0 0 20.4 10.2 10.2 0 0 0 0-20.4Zm0 2.2a8 8 0 1 1 0 16 8 8 0 0 1 0-16Z"
        "m-1.1 3.5v3.4H7.5v2.2h3.4v3.4h2.2v-3.4h3.4v-2.2h-3.4V7.5Z"
    ),
    "check": "m9.4 18.6-6-6 1.9-1.9 4.1 4.1 9.3-9.3 1.9 1.9Z",
    "pause": "M6 4.5h4v15H6Zm8 0h4v15h-4Z",
    "cross": "m12 13.8-5.6 5.6-1.8-1.8 5.6-5.6-5.6-5.6 1.8-1.8 5.6 5.6 5.6-5.6 1.8 1.8-5.6 5.6 5.6 5.6-1.8 1.8Z",
    "merge": "m5.3 3 6.7 6.7L18.7 3l1.8 1.8-7.2 7.2v5.2l2.5-2.5 1.8 1.8L12 22l-5.6-5.5 1.8-1.8 2.5 2.5V12L3.5 4.8Z",
    "info": "M12 1.8a10.2 10.2 0 1 0 0 20.4 10.2 10.2 0 0 0 0-20.4ZM10.8 6h2.4v2.4h-2.4Zm0 4.2h2.4V18h-2.4Z",
    "menu": "M3 5h18v2.4H3Zm0 5.8h18v2.4H3Zm0 5.8h18V19H3Z",
    "search": (
        "M10 2.5a7.5 7.5 0 1 0 4.6 13.4l5 5 1.8-1.8-5-5A7.5 7.5 0 0 0 10 2.5ZM10 5a5 5 0 1 1 0 10 5 5 0 0 1 0-10Z"
    ),
    "calendar": "M7 2v2H3.5v17.5h17V4H17V2h-2.2v2H9.2V2Zm-1.2 7.5h12.4v9.7H5.8Z",
    "file": "M5 1.8h9.2L20 7.6v14.6H5Zm2.3 2.3v15.8h10.4V9.6h-5.4V4.1Z",
    "arrow-right": "m13.6 4.6 7.4 7.4-7.4 7.4-1.7-1.7 4.5-4.5H3v-2.4h13.4l-4.5-4.5Z",
    "chevron-left": "m15.6 4.6 1.8 1.8-5.6 5.6 5.6 5.6-1.8 1.8L8.2 12Z",
    "chevron-right": "m8.4 4.6-1.8 1.8 5.6 5.6-5.6 5.6 1.8 1.8 7.4-7.4Z",
}


class UnknownSymbol(Exception):
    """A template or a status names a symbol that is not drawn."""


def path(name: str) -> str:
    try:
        return PATHS[name]
    except KeyError as unknown:
        raise UnknownSymbol(name) from unknown
