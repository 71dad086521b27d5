"""Whether a date in a caption is the picture's or the story's.

Agencies write the picture's date at the lead, or at the end of the sentence that says what the
picture shows, mostly with its place before it. A date of the story hangs on another word: `since
May 3, 2023`, `the May 3, 2023 attack`, `who died on May 3, 2023`. The tables below are these words,
in the languages of the captions. They are read from the date outwards; a comma that closes the
phrase before the date frees it again: `ahead of the vote, in Quito, May 3, 2023`.
"""

from enum import Enum

from corpuscli.captions.months import WEEKDAYS


class Role(Enum):
    """What a date stands for, as far as the words around it tell."""

    PICTURE = "said to be the picture's"
    PLAIN = "nothing hints at a story"
    STORY = "of something told"


# How far a caption is read to either side of a date, in characters.
_REACH = 160

_FILLERS = (
    frozenset(
        [
            "on",
            "dated",
            "late",
            "early",
            "vom",
            "am",
            "den",
            "le",
            "du",
            "el",
            "del",
            "día",
            "on-the",
            "von",
            "в",
            "во",
            "يوم",
            "في",
            "بتاريخ",
            "بيوم",
            "morning",
            "afternoon",
            "evening",
            "night",
            "eve",
        ]
    )
    | WEEKDAYS
)

# Between these and a date there is no room for the picture: `since May 3, 2023`.
_BINDERS = frozenset(
    [
        "since",
        "until",
        "till",
        "before",
        "after",
        "from",
        "between",
        "through",
        "following",
        "by",
        "of",
        "to",
        "and",
        "or",
        "versus",
        "vs",
        "starting",
        "beginning",
        "effective",
        "expires",
        "expiring",
        "born",
        "né",
        "née",
        "for",
        "against",
        "than",
        "as",
        "marking",
        "seit",
        "bis",
        "nach",
        "vor",
        "ab",
        "zum",
        "zwischen",
        "von",
        "und",
        "geboren",
        "anlässlich",
        "depuis",
        "avant",
        "après",
        "jusqu'au",
        "dès",
        "entre",
        "et",
        "né",
        "née",
        "à",
        "desde",
        "hasta",
        "antes",
        "después",
        "tras",
        "entre",
        "y",
        "nacido",
        "nacida",
        "с",
        "до",
        "после",
        "к",
        "перед",
        "между",
        "и",
        "от",
        "со",
        "родился",
        "منذ",
        "حتى",
        "قبل",
        "بعد",
        "من",
        "إلى",
        "بين",
        "منذُ",
        "عن",
    ]
)

# A date after one of these belongs to a noun: `the May 3, 2023 attack`, `his May 3, 2023 speech`.
_DETERMINERS = frozenset(
    ["the", "a", "an", "his", "her", "its", "their", "our", "my", "that", "which", "whose"]
)

_PICTURES = frozenset(
    [
        "photo",
        "photos",
        "photograph",
        "photographs",
        "picture",
        "pictures",
        "image",
        "images",
        "frame",
        "still",
        "video",
        "footage",
        "handout",
        "grab",
        "framegrab",
        "screengrab",
        "screenshot",
        "photo.",
        "file-photo",
        "filephoto",
        "foto",
        "fotos",
        "bild",
        "archivbild",
        "archivfoto",
        "aufnahme",
        "imagen",
        "fotografía",
        "cliché",
        "фото",
        "снимок",
        "снимке",
        "фотография",
        "кадр",
        "صورة",
        "الصورة",
        "صور",
        "لقطة",
        "مشهد",
    ]
)

# `taken on`, `released on`: what is done to a picture.
_TAKEN = frozenset(
    [
        "taken",
        "photographed",
        "pictured",
        "captured",
        "filmed",
        "taped",
        "aired",
        "broadcast",
        "shot",
        "recorded",
        "snapped",
        "released",
        "provided",
        "made",
        "seen",
        "obtained",
        "published",
        "aufgenommen",
        "fotografiert",
        "veröffentlicht",
        "entstand",
        "zeigt",
        "prise",
        "pris",
        "publiée",
        "diffusée",
        "fournie",
        "tomada",
        "captada",
        "difundida",
        "facilitada",
        "сделано",
        "снято",
        "сделан",
        "опубликовано",
        "опубликованном",
        "предоставленном",
        "предоставлено",
        "التقطت",
        "التُقطت",
        "ملتقطة",
        "نشرت",
        "وزعت",
    ]
)

# What happened then, not when the picture was taken. Before the date: `died on`; in a clause that
# tells: `who died in Oslo on`.
_EVENTS = frozenset(
    [
        "died",
        "killed",
        "born",
        "murdered",
        "assassinated",
        "executed",
        "slain",
        "shot",
        "drowned",
        "disappeared",
        "vanished",
        "abducted",
        "kidnapped",
        "captured",
        "arrested",
        "detained",
        "jailed",
        "sentenced",
        "convicted",
        "elected",
        "appointed",
        "founded",
        "established",
        "created",
        "signed",
        "ratified",
        "adopted",
        "passed",
        "launched",
        "began",
        "started",
        "erupted",
        "ended",
        "collapsed",
        "sank",
        "crashed",
        "exploded",
        "struck",
        "occurred",
        "happened",
        "declared",
        "announced",
        "expired",
        "effect",
        "place",
        "scheduled",
        "slated",
        "due",
        "planned",
        "set",
        "expected",
        "postponed",
        "opens",
        "begins",
        "starts",
        "ends",
        "closes",
        "opened",
        "takes",
        "take",
        "resigned",
        "retired",
        "married",
        "divorced",
        "joined",
        "independence",
        "invaded",
        "seized",
        "starb",
        "gestorben",
        "getötet",
        "ermordet",
        "geboren",
        "gegründet",
        "beginnt",
        "begann",
        "stattfindet",
        "stattfinden",
        "starben",
        "stattfand",
        "ereignete",
        "stürzte",
        "mort",
        "morte",
        "tué",
        "tuée",
        "tués",
        "décédé",
        "décédée",
        "assassiné",
        "né",
        "née",
        "prévu",
        "prévue",
        "prévues",
        "prévus",
        "murió",
        "falleció",
        "asesinado",
        "asesinada",
        "fallecido",
        "muerto",
        "prevista",
        "previsto",
        "previstas",
        "previstos",
        "погиб",
        "погибла",
        "погибших",
        "умер",
        "умерла",
        "убит",
        "убитого",
        "убита",
        "скончался",
        "родился",
        "назначены",
        "намечены",
        "запланированных",
        "произошло",
        "произошла",
        "начавшейся",
        "توفي",
        "قتل",
        "قُتل",
        "اغتيل",
        "ولد",
        "وُلد",
        "المقرر",
        "المقررة",
        "وقع",
        "وقعت",
        "اندلعت",
    ]
)

_NOW = frozenset(["is", "are", "being", "ist", "sind", "est", "sont", "es", "está", "están"])

_RELATIVES = frozenset(
    [
        "who",
        "which",
        "that",
        "whose",
        "whom",
        "when",
        "qui",
        "dont",
        "que",
        "quien",
        "cuyo",
        "которая",
        "который",
        "которые",
        "погибшего",
        "الذي",
        "التي",
        "الذين",
    ]
)

_PASTS = frozenset(
    [
        "was",
        "were",
        "had",
        "did",
        "lost",
        "left",
        "won",
        "fell",
        "came",
        "went",
        "took",
        "became",
        "made",
    ]
)

_AHEAD = (
    "ahead of ",
    "prior to ",
    "before ",
    "in advance of ",
    "vor der ",
    "vor den ",
    "avant ",
    "à l'approche ",
    "antes de ",
    "перед ",
    "قبل ",
    "anniversary of ",
)

_COMING = frozenset(["scheduled", "slated", "due", "set", "expected", "planned"])

_FUTURE = frozenset(
    [
        "will",
        "upcoming",
        "wird",
        "werden",
        "soll",
        "sera",
        "seront",
        "tendrá",
        "será",
        "будет",
        "состоятся",
    ]
)

_WHERE = frozenset(
    [
        "in",
        "at",
        "near",
        "outside",
        "on",
        "en",
        "à",
        "dans",
        "в",
        "на",
        "في",
        "during",
        "as",
        "while",
    ]
)

# What a date can be the adjective of: `May 3, 2023 attacks`.
_EVENT_NOUNS = frozenset(
    [
        "attack",
        "attacks",
        "assault",
        "massacre",
        "bombing",
        "bombings",
        "killing",
        "killings",
        "murder",
        "shooting",
        "shootings",
        "strike",
        "strikes",
        "raid",
        "war",
        "invasion",
        "coup",
        "uprising",
        "revolution",
        "crash",
        "earthquake",
        "quake",
        "tsunami",
        "explosion",
        "blast",
        "fire",
        "disaster",
        "election",
        "elections",
        "referendum",
        "vote",
        "deadline",
        "agreement",
        "accord",
        "deal",
        "treaty",
        "ceasefire",
        "truce",
        "speech",
        "statement",
        "ruling",
        "decision",
        "law",
        "decree",
        "memo",
        "letter",
        "interview",
        "resignation",
        "death",
        "funeral",
        "summit",
        "meeting",
        "riot",
        "riots",
        "siege",
        "insurrection",
        "hostage",
        "kidnapping",
        "terror",
        "terrorist",
        "deadly",
        "hamas-led",
        "hamas",
        "anniversary",
        "game",
        "match",
    ]
)


def role_of(text: str, start: int, end: int) -> Role:
    """What the date `text[start:end]` stands for."""
    clause = _clause(text[max(0, start - _REACH) : start]).lower()
    after = [word.strip(",'’").lower() for word in _following(text[end : end + 40])]
    words = clause.split()
    fillers = 0
    while words and words[-1].strip(",.") in _FILLERS:
        words.pop()
        fillers += 1
    if _is_picture(words, after):
        return Role.PICTURE
    if after and after[0] in _EVENT_NOUNS:
        return Role.STORY
    if not words:
        return Role.PLAIN
    last = words[-1]
    if last.endswith((",", ":", "،", "-", "–", "—", "|", "/", ")", "(")):
        return Role.STORY if fillers and _is_told(clause, words) else Role.PLAIN
    if last in _BINDERS or last.endswith(("'s", "’s")):
        return Role.STORY
    if last in _DETERMINERS:
        # `on the 4th of July 2023` is a date by itself.
        is_ordinal = fillers == 0 and words[-2:] == ["on", "the"] and not text[start].isalpha()
        return Role.PLAIN if is_ordinal else Role.STORY
    if last in _EVENTS:
        return Role.PLAIN if len(words) > 1 and words[-2] in _NOW else Role.STORY
    if any(word in _COMING for word in words[-4:]):
        return Role.STORY
    return Role.STORY if _is_told(clause, words) else Role.PLAIN


def _following(after: str) -> list[str]:
    """The words after a date, up to the end of its phrase."""
    for i, sign in enumerate(after):
        if sign in ".;:()[]/|–—\n":
            after = after[:i]
            break
    return after.split()[:2]


def _clause(before: str) -> str:
    """The end of `before`, from the last stop that is no abbreviation's."""
    for stop in (". ", "! ", "? ", "; ", ") ", "] "):
        at = before.rfind(stop)
        while at > 3 and stop == ". " and not before[at - 4 : at].isalpha():
            at = before.rfind(stop, 0, at)
        if at > 3:
            before = before[at + 2 :]
    return before


def _is_picture(words: list[str], after: list[str]) -> bool:
    if any(word in _PICTURES for word in after[:2]):
        return True
    if not words or words[-1].endswith(","):
        return False
    near = words[-10:]
    if near[-1] in _PICTURES:
        return True
    if near[-1] in _TAKEN - {"captured", "shot"}:
        return True
    for i, word in enumerate(near):
        if word in _PICTURES:
            rest = near[i + 1 :]
            if any(w in _TAKEN or w in ("from", "dated") for w in rest):
                return not any(w in _RELATIVES for w in rest)
    return False


def _is_told(clause: str, words: list[str]) -> bool:
    """Whether the words before the date open a clause of the story that runs up to the date."""
    tail = words[-12:]
    for i in range(len(tail) - 1, -1, -1):
        word = tail[i]
        if word.endswith(",") and i + 1 < len(tail) and tail[i + 1] in _WHERE:
            return False
        if word in _FUTURE:
            return True
        if word in _RELATIVES and _opens_past(tail[i + 1 :]):
            return not (tail[-1].endswith(",") and i and tail[i - 1].endswith(","))
    for words_ahead in _AHEAD:
        at = clause.rfind(words_ahead)
        if at >= 0:
            rest = clause[at + len(words_ahead) :].split()
            if rest and rest[-1].strip(",") in WEEKDAYS:
                rest.pop()
            if rest and rest[-1] in _FILLERS and not any(w in _WHERE for w in rest[:-1]):
                return True
    return False


def _opens_past(words: list[str]) -> bool:
    """Whether a relative clause is in the past, with no verb of the picture after it."""
    if not words:
        return False
    verb = words[0]
    if any(word in _TAKEN for word in words[:3]):
        return False
    if verb not in _PASTS and verb not in _EVENTS and not verb.endswith("ed"):
        return False
    return not any(w in _NOW or w in _SHOWN for w in words[1:])


# The verbs with which captions say what a picture shows.
_SHOWN = frozenset(
    [
        "sits",
        "stands",
        "walks",
        "looks",
        "waves",
        "speaks",
        "attends",
        "arrives",
        "holds",
        "carries",
        "cries",
        "mourns",
        "reacts",
        "watches",
        "waits",
        "speak",
        "stand",
        "sit",
        "walk",
        "look",
        "wave",
        "attend",
        "arrive",
        "hold",
        "carry",
        "cry",
        "mourn",
        "react",
        "watch",
        "wait",
        "gathers",
        "gather",
        "protest",
        "protests",
        "pray",
        "prays",
        "takes",
        "rides",
        "ride",
        "run",
        "runs",
        "leaves",
        "leave",
        "poses",
        "pose",
        "smiles",
    ]
)
