"""The run told as Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

from benchmarks.aside import Weight
from benchmarks.figures import Figures, markdown_table, medians
from benchmarks.measuring import PATHS, STEPS, Key, Results

PAGES: Final = (*PATHS, *STEPS)
_LEGEND: Final = (
    "Medians over the repeats; the app and the bare view in turns. `x bare`: against a bare Flask view that returns "
    "the same body under the same server. CPU: of all processes of the server, from /proc. SQL: the most statements "
    "of one answer. `large : small`: requests/s over the large database against the small one."
)


@dataclass(frozen=True, slots=True)
class Aside:
    """What was measured beside the load. Memory in MB of 10^6 bytes, starts in seconds."""

    machine: str
    people: Mapping[str, tuple[int, int]]  # target -> learners, answers
    statements: Mapping[str, int]
    weights: Sequence[Weight]
    memory: Mapping[str, float]
    starts: Mapping[str, float]


def told(results: Results, aside: Aside) -> str:
    """The whole report."""
    figures = {key: medians(windows) for key, windows in results.windows.items()}
    parts = [
        f"# Benchmark\n\n{aside.machine}\n",
        f"{_LEGEND}\n",
        *(f"- {name}: {count:,} learners, {answers:,} answers" for name, (count, answers) in aside.people.items()),
    ]
    for compressed in (False, True):
        rows = list(_rows(figures, aside.statements, compressed))
        heads = [
            "page",
            "conn.",
            "req/s",
            "x bare",
            "p50 ms",
            "p95 ms",
            "CPU ms",
            "x bare",
            "bytes",
            "SQL",
            "large : small",
        ]
        parts += [f"\n## {'Compressed' if compressed else 'Uncompressed'}\n", markdown_table(heads, rows)]
    parts += [*_quiz(results), *_halls(results), *_beside(aside)]
    share = max((each.client_share for each in figures.values()), default=0.0)
    parts.append(f"\nThe driving process used at most {share:.2f} of one core in a window.")
    return "\n".join(parts) + "\n"


def _rows(figures: Mapping[Key, Figures], statements: Mapping[str, int], compressed: bool) -> Iterator[list[str]]:
    for page in PAGES:
        for key in sorted(each for each in figures if each[0] == page and each.compressed is compressed):
            if key.target != "app":
                continue
            mine, bare = figures[key], figures.get(key._replace(target="bare"))
            large = figures.get(key._replace(target="large"))
            yield [
                page,
                str(key.connections),
                f"{mine.requests_per_second:,.0f}",
                f"{mine.requests_per_second / bare.requests_per_second:.2f}" if bare else "",
                f"{mine.p50:.1f}",
                f"{mine.p95:.1f}",
                f"{mine.cpu:.2f}",
                f"{mine.cpu / bare.cpu:.1f}" if bare else "",
                f"{mine.size:,.0f}",
                str(statements.get(page, "")),
                f"{large.requests_per_second / mine.requests_per_second:.2f}" if large else "",
            ]
    yield from _bare_rows(figures, compressed)


def _bare_rows(figures: Mapping[Key, Figures], compressed: bool) -> Iterator[list[str]]:
    for key, each in sorted(figures.items()):
        if key.target == "bare" and key.compressed is compressed and key.page in ("lesson", "quiz page"):
            numbers = [f"{each.requests_per_second:,.0f}", "1", f"{each.p50:.1f}", f"{each.p95:.1f}", f"{each.cpu:.2f}"]
            yield [f"bare: {key.page}", str(key.connections), *numbers, "1", f"{each.size:,.0f}", "0", ""]


def _quiz(results: Results) -> list[str]:
    if not results.quiz_cpu:
        return []
    lines = []
    for scripts, way in ((True, "as the page's script does it"), (False, "without scripts, by way of redirects")):
        cpu, bare = median(results.quiz_cpu[scripts]), median(results.quiz_bare[scripts])
        ratio = median(
            mine / beside for mine, beside in zip(results.quiz_cpu[scripts], results.quiz_bare[scripts], strict=True)
        )
        lines.append(
            f"- {way}: {cpu:.1f} ms of server CPU, {ratio:.0f} x a bare request's beside it ({bare:.2f} ms); "
            f"the learner waits {1000 * median(results.quiz_seconds[scripts]):.0f} ms in all"
        )
    sentence = "Start, ten saves each answered with a page, hand-in, result, at 8 connections:\n"
    return ["\n## A whole quiz of ten questions\n", sentence, *lines]


def _halls(results: Results) -> list[str]:
    rows = [
        [
            f"{rush}, {target}",
            f"{1000 * median(each.posted for each in rushes):.0f}",
            f"{1000 * max(each.posted for each in rushes):.0f}",
            f"{1000 * median(each.seen for each in rushes):.0f}",
        ]
        for (target, rush), rushes in sorted(results.rushes.items())
    ]
    heads = ["100 at once", "last answer ms", "worst repeat ms", "last page after it ms"]
    return ["\n## The hall\n", markdown_table(heads, rows), "\nNo errors: every status was checked."] if rows else []


def _beside(aside: Aside) -> Iterator[str]:
    yield "\n## First visit, empty cache, compressed\n"
    total_bytes = total_requests = 0
    rows = []
    for each in aside.weights:
        total_bytes += each.bytes
        total_requests += each.requests
        total = [f"{total_bytes:,}", str(total_requests)]
        rows.append([each.page, f"{each.bytes:,}", str(each.requests), f"{each.image_bytes:,}", *total])
    yield markdown_table(["page", "bytes", "requests", "of them images", "bytes so far", "requests so far"], rows)
    yield "\n## Memory (PSS) after the load\n"
    rows = [[name, f"{megabytes:.0f}"] for name, megabytes in aside.memory.items()]
    yield markdown_table(["process", "MB"], [*rows, ["all", f"{sum(aside.memory.values()):.0f}"]])
    yield "\n## From the command to the first answer\n"
    yield markdown_table(["command", "s"], [[name, f"{seconds:.2f}"] for name, seconds in aside.starts.items()])
