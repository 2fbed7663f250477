"""What is made of the raw counts: pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median

from benchmarks.client import Tally


@dataclass(frozen=True, slots=True)
class Figures:
    """One measured window, or the medians of several. Times in milliseconds, sizes in bytes over the wire."""

    requests_per_second: float
    p50: float
    p95: float
    cpu: float  # of all the server's processes, per request
    size: float
    client_share: float  # of one core that this process used: near 1.0 it would be the bottleneck


def figures_of(tally: Tally, label: str, cpu_seconds: float) -> Figures:
    """The figures of one label in a window in which nothing else was asked for."""
    times = sorted(tally.seconds[label])
    return Figures(
        requests_per_second=len(times) / tally.took,
        p50=1000 * percentile(times, 50),
        p95=1000 * percentile(times, 95),
        cpu=1000 * cpu_seconds / len(times),
        size=tally.sizes[label],
        client_share=tally.client_cpu / tally.took,
    )


def medians(windows: Sequence[Figures]) -> Figures:
    """Each figure's median over the repeats."""

    def middle(read: Callable[[Figures], float]) -> float:
        return median(map(read, windows))

    return Figures(
        requests_per_second=middle(lambda each: each.requests_per_second),
        p50=middle(lambda each: each.p50),
        p95=middle(lambda each: each.p95),
        cpu=middle(lambda each: each.cpu),
        size=middle(lambda each: each.size),
        client_share=middle(lambda each: each.client_share),
    )


def percentile(ordered: Sequence[float], percent: float) -> float:
    """The smallest value that at least `percent` of the values do not exceed (nearest rank)."""
    rank = -(-len(ordered) * percent // 100)
    return ordered[max(0, int(rank) - 1)]


def markdown_table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table; the first column is text, all others are numbers."""
    line = "|---" + "|---:" * (len(heads) - 1) + "|"
    return "\n".join(["| " + " | ".join(heads) + " |", line, *("| " + " | ".join(row) + " |" for row in rows)])
