"""Five hundred texts that would like to be scripts."""

from itertools import islice, product

COUNT = 500
RUNS = (
    "alert(1)",
    "window.isRun=1",
    "fetch('http://127.0.0.1:9/')",
    "document.title='run'",
    "import('//127.0.0.1:9/x')",
)
BREAKS = ("", '"', "'", "</td>", '">', "'>", "-->", "</script>", "</textarea>", "</title>", "]]>", "{{7*7}}", "\\u003c")
SHAPES = (
    "<script>{run}</script>",
    "<img src=x onerror={run}>",
    "<svg onload={run}>",
    "<iframe srcdoc='<script>{run}</script>'></iframe>",
    "<a href=javascript:{run}>x</a>",
    "<style>@import '//127.0.0.1:9/{run}'</style>",
    "<link rel=stylesheet href='http://127.0.0.1:9/{run}'>",
    "<details open ontoggle={run}>",
)
PAYLOADS = [f"{broken}{shape.format(run=run)}" for shape, run, broken in islice(product(SHAPES, RUNS, BREAKS), COUNT)]
