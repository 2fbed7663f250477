"""Random YAML files as people write them, in every style, each comment saying what it belongs to."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

COMMENTS = ["# {}", "#{}", "#\t{}\tx", "# {}: - [x]", "# {} 'x", '# {} "?', "# {} ?"]


@dataclass
class Author:
    """Writes one file; `dice` decide everything."""

    dice: Random
    counter: int = 0

    def chance(self, parts: int) -> bool:
        return self.dice.randrange(parts) == 0

    def word(self) -> str:
        self.counter += 1
        return f"w{self.counter}"

    def comment(self, owner: str) -> str:
        self.counter += 1
        return self.dice.choice(COMMENTS).format(f"c{self.counter}c <{owner}>")

    def behind(self, owner: str) -> str:
        """What may stand behind a value on its line."""
        if self.chance(5):
            return self.dice.choice([" ", "  ", "\t"]) + self.comment(owner)
        return "  " if self.chance(12) else ""

    # Values: what stands behind the key or dash, and the lines below

    def value(self, column: int, depth: int, path: str, floor: int) -> tuple[str, list[str]]:
        kind = self.dice.choice(["text"] * 5 + ["lines", "wrapped", "flow"] + ["map", "list"] * (depth * 2))
        if kind == "text":
            return " " + self.line_text(False) + self.behind(path), []
        if kind == "lines":
            return self.lines_text(floor, path)
        if kind == "wrapped":
            return self.wrapped(floor)
        if kind == "flow":
            return self.flow(floor, path)
        step = self.dice.choice([1, 2, 2, 4])
        if kind == "map":
            return self.behind(path).replace("\t", " "), self.map(floor + step, depth - 1, path)
        return self.behind(path).replace("\t", " "), self.list(floor + step, depth - 1, path)

    def line_text(self, flow: bool) -> str:
        word = self.word()
        kinds = [
            f"{word} é",
            f"'{word} ''#x'",
            f'"{word}: \\"q\\""',
            word,
            "''",
            "020",
            f"'{word}: {{'",
            f'"{word}\\nz"',
        ]
        return self.dice.choice(kinds if flow else [*kinds, f"{word} [x], {{y}}", f"{word}#x:y"])

    def lines_text(self, floor: int, path: str) -> tuple[str, list[str]]:
        mark = self.dice.choice(["|", "|", ">"])
        chomp = self.dice.choice(["", "", "-", "+"])
        step = self.dice.choice([1, 2, 2, 3])
        indicator = str(step) if self.chance(4) else ""
        margin = " " * (floor + step)
        texts = [self.dice.choice(["{}", "{} x", "# {}", "{}: - x", "  {}", "", "{}  "]) for _ in range(3)]
        texts[0] = "  {}" if indicator else "{}"
        lines = [margin + each.format(self.word()) if each else "" for each in texts]
        while lines[-1] == "":
            lines.pop()
        tail = [""] * self.dice.randint(0, 2) if chomp == "+" else []
        return f" {mark}{indicator}{chomp}" + self.behind(path), lines + tail

    def wrapped(self, floor: int) -> tuple[str, list[str]]:
        margin = " " * (floor + self.dice.randint(1, 3))
        mark = self.dice.choice(["", "'", '"'])
        lines = [f"{self.word()} x", *([""] if self.chance(3) else []), margin + self.word() + mark]
        return f" {mark}{lines[0]}", lines[1:]

    def flow(self, floor: int, path: str) -> tuple[str, list[str]]:
        many = self.dice.randint(0, 3)
        pairs = self.chance(2)
        items = []
        for at in range(many):
            inner = self.line_text(True)
            if self.chance(4):
                inner = f"[{inner}, {self.line_text(True)}]"
            items.append(f"k{at}: {inner}" if pairs else inner)
        opening, closing = "{}" if pairs else "[]"
        if many and self.chance(3):
            margin = " " * (floor + 2)
            ends = [
                f"{each}{',' if at + 1 < many or self.chance(2) else ''}{self.behind(path + '/~')}"
                for at, each in enumerate(items)
            ]
            return f" {opening}", [*(margin + each for each in ends), " " * (floor + 1) + closing + self.behind(path)]
        space = " " if self.chance(3) else ""
        comma = "," + " " * self.dice.randint(0, 2)
        comma = comma if comma != "," or not pairs else ", "
        return f" {opening}{space}{comma.join(items)}{space}{closing}{self.behind(path)}", []

    # Collections

    def before(self, column: int, path: str, holder: str, first: bool) -> list[str]:
        """What stands above an entry: empty lines, loose comments, and its own."""
        lines: list[str] = []
        if not first and self.chance(4):
            lines += [""] * self.dice.randint(1, 2)
            if self.chance(3):
                lines += [" " * column + self.comment(holder + "/~"), ""]
        if (not first or column) and self.chance(4):
            lines += [" " * column + self.comment(path) for _ in range(self.dice.randint(1, 2))]
        return lines

    def map(self, column: int, depth: int, path: str, bare: bool = False) -> list[str]:
        """The lines of a map; `bare`: its first key stands on the line of a dash."""
        lines: list[str] = []
        for at in range(self.dice.randint(1, 3)):
            key = f"k{at}"
            here = f"{path}/{key}"
            if not (bare and at == 0):
                lines += self.before(column, here, path, at == 0)
            head, body = self.value(column, depth, here, column)
            written = self.dice.choice([key, key, f'"{key}"', f"{key} "])
            lines += [" " * column + f"{written}:{head}", *body]
        return lines

    def list(self, column: int, depth: int, path: str, bare: bool = False) -> list[str]:
        lines: list[str] = []
        for at in range(self.dice.randint(1, 3)):
            here = f"{path}/{at}"
            if not (bare and at == 0):
                lines += self.before(column, here, path, at == 0)
            lines += self.item(column, depth, here)
        return lines

    def item(self, column: int, depth: int, path: str) -> list[str]:
        """An item; most maps begin on the line of their dash."""
        if depth and self.chance(2):
            step = self.dice.choice([2, 2, 4])
            make = self.map if self.chance(3) is False else self.list
            lines = make(column + step, depth - 1, path, bare=True)
            return [" " * column + "-" + " " * (step - 1) + lines[0][column + step :], *lines[1:]]
        head, body = self.value(column, depth, path, column)
        return [" " * column + "-" + head, *body]


def document(dice: Random) -> bytes:
    """A file as bytes: with or without a head, a byte order mark, CRLF and a last line break."""
    author = Author(dice)
    head = dice.choice([[], ["# yaml-language-server: $schema=x"], ["# head", ""], ["", "# a loose <~>", ""]])
    lines = head + author.map(0, dice.randint(0, 3), "")
    if author.chance(3):
        lines += [""] * dice.randint(0, 1) + ["# the end <~>"]
    newline = dice.choice(["\n", "\n", "\r\n"])
    last = dice.choice([newline, newline, "", newline * 2])
    mark = dice.choice(["", "", "", "\ufeff"])
    return (mark + newline.join(lines) + last).encode()
