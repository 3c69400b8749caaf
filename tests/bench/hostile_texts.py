"""Words that try to break a page: directions turned round, towers of accents, endless words, markup, odd emoji."""

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

AT_ONCE = 20
TURNS = "\u202a\u202b\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c\u202c"
MARKS = "".join(map(chr, range(0x0300, 0x0370))) + "\u20dd\u20e3\u0489"
PEOPLE = "👩👨🧑👧👦👶❤️🔥🧦💍🏳️🌈🤬🐕🚒"
MARKUP = (
    "<script>window.__ran=1</script>",
    "<img src=x onerror=window.__ran=1>",
    "<svg/onload=window.__ran=1>",
    '"><svg onload="window.__ran=1">',
    "' onmouseover='window.__ran=1",
    "</p></article></section></main></body>",
    "<style>*{display:none}</style>",
    "<iframe srcdoc='<script>parent.__ran=1</script>'>",
    "<!-- ",
    "{{ 7*7 }}{% raw %}${7*7}",
    "javascript:window.__ran=1",
    "<plaintext>",
    "<base href=//kwaad.example><form action=//kwaad.example><button>Versturen</button></form>",
    '<meta http-equiv="refresh" content="0;url=//kwaad.example">',
    "<div style='position:fixed;inset:0;width:9999px'>x</div>",
    "<b hx-get='/uitloggen' hx-trigger='load'>x</b>",
    "&lt;&#60;&amp;&nbsp;&#8238;",
)
_words = st.sampled_from(
    (
        "Mijn sok is stuk",
        "niet te geloven",
        "عندي مشكلة",
        "הגרב שלי קרוע",
        "靴下に穴",
        "ถุงเท้าขาด",
        "DRINGEND",
        "1.234,56",
        "",
    )
)
_turned = st.tuples(st.text(TURNS, min_size=1, max_size=6), _words, st.text(TURNS, max_size=3)).map("".join)
_zalgo = st.tuples(st.sampled_from("zalgosok"), st.text(MARKS, min_size=5, max_size=12), st.integers(1, 12)).map(
    lambda of: (of[0] + of[1]) * of[2]
)
_endless = st.tuples(st.sampled_from("AWiw漢ﷺ.-_/\u00ad\u2588"), st.integers(60, 500)).map(lambda of: of[0] * of[1])
_address = st.tuples(st.sampled_from("aW%"), st.integers(40, 300)).map(
    lambda of: f"https://sok.example/{of[0] * of[1]}"
)
_joined = st.lists(st.sampled_from(PEOPLE), min_size=2, max_size=20).map("\u200d".join)
_flags = st.text("🇳🇱🇧🇪🏴\U000e0067\U000e007f\U0001f3fb\U0001f3ff\ufe0f\ufe0e\u20e3", min_size=1, max_size=20)
_controls = st.text(
    "\x00\x01\x07\x08\x0b\x0c\x1b\x7f\x85\x9f\ufeff\ufffe\ufff9\u2028\u2029\u200b\u2060", min_size=1, max_size=8
)
_torn = st.sampled_from(("\ud83d", "\udc69 half een teken", "\udfff\ud800"))
_lines = st.tuples(st.sampled_from("\n\r\t\v "), st.integers(5, 200)).map(lambda of: of[0] * of[1] + "onder")
_wide = st.sampled_from(("\ufdfd" * 9, "\U00012219" * 6, "𒐫𒈙⸻" * 5, "\u3164" * 30, "﷽꧅", "\u0e47" * 40))
_any = st.text(max_size=40)
piece = st.one_of(
    _words,
    _turned,
    _zalgo,
    _endless,
    _address,
    _joined,
    _flags,
    _controls,
    _torn,
    _lines,
    _wide,
    _any,
    st.sampled_from(MARKUP),
)
hostile = st.lists(piece, min_size=1, max_size=6).map(" ".join)


def texts(count: int, start: int = 1) -> list[str]:
    """So many different texts, the same for the same start."""
    found: dict[str, None] = {}
    while len(found) < count:
        start += 1
        found |= dict.fromkeys(_some(start))
    return list(found)[:count]


def _some(number: int) -> list[str]:
    """What one run of hypothesis thinks of; it likes to say the same thing twice."""
    gathered: list[str] = []

    @seed(number)
    @settings(
        max_examples=100,
        database=None,
        phases=[Phase.generate],
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(st.lists(hostile, min_size=AT_ONCE, max_size=AT_ONCE))
    def gather(some: list[str]) -> None:
        gathered.extend(some)

    gather()
    return gathered
