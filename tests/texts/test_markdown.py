"""Lessons and question texts as HTML: what is written appears, what could do harm does not."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.texts.markdown import (
    MARK_LIMIT,
    LessonContext,
    MediaInfo,
    Problem,
    RenderedLesson,
    Term,
    plain,
    render_inline,
    render_lesson,
)
from tests.ground.html import valid_fragment

LABEL = MediaInfo(f"/media/{'a1' * 32}.svg", 360, 200)
TERMS = (
    Term("katalog", ("katalog",), "Katalog", "Daftar koleksi."),
    Term("katalog-induk", ("katalog induk", "union catalogue"), "Katalog induk", "Katalog beberapa perpustakaan."),
    Term("ddc", ("DDC", "Dewey"), "DDC", "Klasifikasi desimal Dewey."),
)


def lesson(source: str, **context: Any) -> RenderedLesson:
    rendered = render_lesson(source, LessonContext(**{"media": {"media/label.svg": LABEL}, "prefix": "ddc", **context}))
    valid_fragment(rendered.html)
    return rendered


def html(source: str, **context: Any) -> str:
    return lesson(source, **context).html


SHOWN = [
    ("**tebal** dan *miring* dan `020`", "<p><strong>tebal</strong> dan <em>miring</em> dan <code>020</code></p>"),
    ("satu\ndua", "<p>satu dua</p>"),
    ("satu  \ndua", "<p>satu<br>\ndua</p>"),
    ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
    ("3. a", '<ol start="3">\n<li>a</li>\n</ol>'),
    ("> kutipan", "<blockquote>\n<p>kutipan</p>\n</blockquote>"),
    ("Tag\n: Tiga angka", "<dl>\n<dt>Tag</dt>\n<dd>Tiga angka</dd>\n</dl>"),
    ("```yaml\na: <b>\n```", '<pre tabindex="0"><code>a: &lt;b&gt;\n</code></pre>'),
    ("<b>x</b>", "<p>&lt;b&gt;x&lt;/b&gt;</p>"),
    ("a & b &copy; &amp;lt;", "<p>a &amp; b © &amp;lt;</p>"),
    ("---", "<hr>"),
]


@pytest.mark.parametrize(("source", "expected"), SHOWN)
def test_commonmark_comes_out_as_plain_html(source: str, expected: str) -> None:
    assert html(source).strip() == expected


HEADINGS = [
    ("## A\n### B\n## C", ["h2", "h3", "h2"]),
    ("# A\n## B", ["h2", "h2"]),
    ("### A\n###### B", ["h2", "h3"]),
    ("A\n===\n\nB\n---", ["h2", "h2"]),
]


@pytest.mark.parametrize(("source", "levels"), HEADINGS)
def test_headings_start_at_h2_and_skip_no_level(source: str, levels: list[str]) -> None:
    assert re.findall(r"<(h\d)>", html(source)) == levels


def test_a_table_scrolls_in_a_box_the_keyboard_reaches_and_aligns_without_style() -> None:
    table = html("| Ruas | Isi | n |\n|---|:--:|--:|\n| 245 | judul | 1 |\n\n| b |\n|---|\n", language="en")
    assert '<div class="scroll" tabindex="0" role="region" aria-label="Table 1">\n<table>' in table
    assert 'aria-label="Table 2"' in table and "</table>\n</div>" in table
    assert '<th class="center" scope="col">Isi</th>' in table or '<th scope="col" class="center">Isi</th>' in table
    assert '<td class="end">1</td>' in table and "style" not in table


def test_footnotes_carry_the_lessons_prefix_and_lead_back_by_name() -> None:
    notes = html("Satu[^a] dua[^b] satu lagi[^a]\n\n[^a]: Pertama.\n[^b]: Kedua.", language="id")
    assert '<a href="#fn-ddc-1" id="fnref-ddc-1">[1]</a>' in notes
    assert 'id="fnref-ddc-1-2"' in notes and 'href="#fnref-ddc-1-2"' in notes
    assert '<section class="footnotes" aria-label="Catatan kaki">\n<ol>\n<li id="fn-ddc-1">' in notes
    assert 'aria-label="Kembali ke teks"' in notes
    ids = set(re.findall(r' id="([^"]+)"', notes))
    assert {link[1:] for link in re.findall(r'href="(#[^"]+)"', notes)} == ids


NOTES = [
    ("contoh", "id", "Contoh"),
    ("contoh Label rak", "id", "Contoh: Label rak"),
    ("contoh Label & <rak>", "en", "Worked example: Label &amp; &lt;rak&gt;"),
    ("coba", "id", "Coba di tempat Anda"),
    ("coba", "en", "Try it where you work"),
    ("ringkasan", "en", "In short"),
    ("catatan", "en", "Note"),
]


@pytest.mark.parametrize(("info", "language", "heading"), NOTES)
def test_a_note_is_a_section_with_its_heading_in_the_readers_language(info: str, language: str, heading: str) -> None:
    note = html(f"## A\n\n::: {info}\nIsi.\n:::\n", language=language)
    kind = info.split()[0]
    assert f'<section class="note note-{kind}" aria-labelledby="note-ddc-1">' in note
    assert f'<h3 id="note-ddc-1">{heading}</h3>\n<p>Isi.</p>\n</section>' in note


def test_a_note_before_any_heading_does_not_skip_a_level() -> None:
    assert "<h2 id=" in html("::: catatan\nIsi.\n:::")


def test_a_picture_alone_is_a_figure_with_caption_and_size() -> None:
    figure = html('![Label **punggung**](media/label.svg "Label & rak")')
    assert figure.strip() == (
        f'<figure><img src="{LABEL.url}" alt="Label punggung" width="360" height="200" loading="lazy" decoding="async">'
        "<figcaption>Label &amp; rak</figcaption></figure>"
    )
    assert "<figure>" in html("- ![Label](media/label.svg)")
    beside = html("Lihat ![label](media/label.svg) ini.")
    assert "<figure>" not in beside and "<img" in beside


PROBLEMS = [
    ("a\n\n[x](http://a.example)", Problem("link_not_https", "http://a.example", 3)),
    ("[x](javascript:alert)", None),  # never a link, so nothing is lost
    ("[x](//evil.example)", Problem("link_refused", "//evil.example", 1)),
    ("[x](ftp://a.example)", Problem("link_refused", "ftp://a.example", 1)),
    ("[x](../lain.html)", Problem("link_refused", "../lain.html", 1)),
    ("<http://a.example>", Problem("link_not_https", "http://a.example", 1)),
    ("a\n\n![Label](media/lain.svg)", Problem("image_unknown", "media/lain.svg", 3)),
    ("![x](https://evil.example/a.svg)", Problem("image_unknown", "https://evil.example/a.svg", 1)),
    ("![x](//evil.example/a.svg)", Problem("image_unknown", "//evil.example/a.svg", 1)),
    ("![x](media/../media/label.svg)", Problem("image_unknown", "media/../media/label.svg", 1)),
    ("![](media/label.svg)", Problem("alt_missing", "media/label.svg", 1)),
    ("a\n\n::: tips\nb\n:::", Problem("block_unknown", "::: tips", 3)),
    (":::contoh\nb\n:::", Problem("block_unknown", ":::contoh", 1)),
    ("a\n\n::: coba\nb", Problem("block_unclosed", "::: coba", 3)),
    ("a\n\n# Judul", Problem("heading_top", "Judul", 3)),
]


@pytest.mark.parametrize(("source", "problem"), PROBLEMS)
def test_what_is_not_shown_as_written_is_told_with_its_line(source: str, problem: Problem | None) -> None:
    rendered = lesson(source)
    assert (rendered.problems[:1] or (None,))[0] == problem
    assert "evil" not in re.sub(r"<p>.*?</p>", "", rendered.html)
    if problem is not None and "link" in problem.kind:
        assert "<a" not in rendered.html


GOOD_LINKS = ["https://perpusnas.go.id/a?b=c&d#e", "mailto:dinas@example.id", "#istilah-ddc", "#kuis-ddc"]


@pytest.mark.parametrize("address", GOOD_LINKS)
def test_https_mail_and_in_course_links_stay(address: str) -> None:
    rendered = lesson(f'[x]({address} "judul")')
    assert rendered.problems == ()
    assert f'<a href="{address.replace("&", "&amp;")}">x</a>' in rendered.html


def test_the_first_appearance_of_each_term_leads_to_its_definition() -> None:
    rendered = lesson(
        "## Katalog\n\nBuku-katalog, katalog-buku, katalogisasi.\n\n"
        "Sebuah *Katalog* dan katalog lagi. Ada katalog\ninduk.\n\n"
        '- `DDC` dan [DDC](https://a.example) lalu ddc.\n\n![Dewey](media/label.svg "Dewey")',
        terms=TERMS,
    )
    assert [term.id for term in rendered.terms] == ["katalog", "katalog-induk", "ddc"]
    links = re.findall(r'<a class="term" href="#istilah-([\w-]+)" id="kembali-([\w-]+)">([^<]+)</a>', rendered.html)
    assert links == [
        ("katalog", "katalog", "Katalog"),
        ("katalog-induk", "katalog-induk", "katalog induk"),
        ("ddc", "ddc", "ddc"),
    ]
    assert "<h2>Katalog</h2>" in rendered.html and "<code>DDC</code>" in rendered.html


def test_a_lesson_without_terms_links_none() -> None:
    assert lesson("katalog induk DDC").terms == ()
    assert lesson("katalog", terms=(Term("x", ("",), "x", "y"),)).terms == ()


def test_words_are_counted_without_markup() -> None:
    source = "## Dua kata\n\n- **te**bal -- `020` [tautan](https://a.example)\n\n![tidak dihitung](media/label.svg)\n"
    assert lesson(source).words == 5


HARM = [
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    "[x](javascript:alert(1))",
    "[x](JAVASCRIPT&colon;alert(1))",
    "[x](data:text/html,x)",
    "![x](javascript:alert(1))",
    '[x](https://a.example/"onclick="alert(1))',
    '![x](media/label.svg "\\" onload=\\"alert(1)")',
    "<https://a.example/?<script>>",
    "`<script>`",
    "[a]: javascript:alert(1)\n[x][a]",
    "| <script> |\n|---|\n| <b onclick=x> |",
    "::: contoh <script>alert(1)</script>\n:::",
    "[^<script>]\n\n[^<script>]: <script>",
    "## <a id=menu>x</a> {#menu .x onclick=y}",
]  # fmt: skip


@pytest.mark.parametrize("source", HARM)
def test_nothing_an_author_writes_can_act(source: str) -> None:
    for shown in (html(source, terms=TERMS), render_inline(source)):
        tags = re.findall(r"<[^>]*>", shown)
        assert not [tag for tag in tags if re.search(r"script|\son\w+\s*=|(?<!/)javascript:|data:|id=.menu", tag)]


ELEMENTS = {
    *("p", "em", "strong", "code", "br", "hr", "blockquote", "ul", "ol", "li", "dl", "dt", "dd", "sup", "a", "pre"),
    *("table", "thead", "tbody", "tr", "th", "td", "figure", "figcaption", "img", "section", "div", "h2", "h3"),
}
MARKS = (
    *("**", "*", "[", "](", ")", "![", "`", "<", "\\", "&", '"', "a", "katalog ", "https://a.example", "#x"),
    *("\n\n", "\n", "| a ", "|-|\n", "- ", "> ", "\n: ", "## ", "::: contoh\n", ":::\n", "[^a]", "[^a]: "),
    "media/label.svg",
)
marks = st.lists(st.sampled_from(MARKS), max_size=40).map("".join)


@given(marks)
def test_any_markup_is_good_html_within_the_allowed_elements(source: str) -> None:
    rendered = lesson(source, terms=TERMS)
    assert set(re.findall(r"</?([a-z0-9]+)", rendered.html)) <= ELEMENTS


@given(st.one_of(st.text(max_size=300), marks))
def test_any_text_of_a_question_may_stand_in_a_label(source: str) -> None:
    shown = render_inline(source)
    valid_fragment(f"<label>{shown} jawaban <input></label>")
    assert set(re.findall(r"</?([a-z0-9]+)", shown)) <= {"em", "strong", "code", "br", "a"}
    assert "\n" not in plain(source)


INLINE = [
    ("**020** atau `398.2`?", "<strong>020</strong> atau <code>398.2</code>?"),
    ("Satu.\n\nDua.", "Satu.<br><br>Dua."),
    ("# 1. - bukan daftar", "# 1. - bukan daftar"),
    ("- a\n- b", "- a\n- b"),
    ("![x](media/label.svg)", "!x"),
    ("[x](http://a.example)", "x"),
    ("[x](https://a.example)", '<a href="https://a.example">x</a>'),
    ("3 < 4 & 5", "3 &lt; 4 &amp; 5"),
    ("398.20", "398.20"),
    ("", ""),
]


@pytest.mark.parametrize(("source", "expected"), INLINE)
def test_a_question_text_has_emphasis_code_and_links_but_no_blocks(source: str, expected: str) -> None:
    assert render_inline(source) == expected


PLAIN = [
    ("**020** atau `398.2`?\n\nDua  kata.", "020 atau 398.2? Dua kata."),
    ("[tautan](https://a.example) & <b>", "tautan & <b>"),
    ("a\nb  \nc", "a b c"),
    (r"5 \* 2", "5 * 2"),
]


@pytest.mark.parametrize(("source", "expected"), PLAIN)
def test_plain_text_is_one_line_without_markup(source: str, expected: str) -> None:
    assert plain(source) == expected


FULL = 64 * 1024
FLOODS = (
    *(
        "**",
        "** a ",
        "*a_",
        "[",
        "![",
        "[]",
        "[a](",
        "[^a]",
        "`a",
        "<",
        "&",
        "> ",
        "|a",
        "#",
        "\\",
        "~",
        "(",
        ":",
        "1. ",
    ),
    *("- a\n", "\t- a\n", "a\n", "::: coba\n", "a\n: b\n\n", "[^a]: b\n"),
)


@pytest.mark.parametrize("flood", FLOODS)
def test_a_flood_of_marks_is_shown_as_typed_or_rendered_small(flood: str) -> None:
    """Bounded by what is given to the parser and the cleaner, not by a clock: both are linear below the limits."""
    source = (flood * FULL)[:FULL]
    rendered = render_lesson(source, LessonContext())
    assert len(rendered.html) <= 6 * FULL
    assert len(render_inline(source)) <= 6 * FULL
    assert len(plain(source)) <= FULL


def test_nested_brackets_beyond_the_limit_are_shown_as_typed() -> None:
    source = "[" * MARK_LIMIT + "x" + "]" * MARK_LIMIT
    rendered = render_lesson(source, LessonContext())
    assert rendered.problems == (Problem("too_dense", "", 1),)
    assert source in rendered.html and render_inline(source) == source


def test_a_text_within_the_limits_is_rendered_in_full() -> None:
    source = "**a** [b](https://a.example) `c`\n\n" * 400
    rendered = lesson(source)
    assert rendered.problems == () and rendered.html.count("<strong>") == 400
