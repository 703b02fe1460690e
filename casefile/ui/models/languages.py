"""Names of the languages that text in pictures can be read in."""

from __future__ import annotations

from PySide6.QtCore import QLocale

#: What Tesseract adds to a language's code.
_KINDS = {
    "sim": "simplified",
    "tra": "traditional",
    "vert": "vertical",
    "old": "old",
    "frak": "Fraktur",
}
_OTHERS = {"script": "", "enm": "English, middle", "frm": "French, middle", "grc": "Greek, ancient"}


def language_name(code: str) -> str:
    """``deu`` is German, ``chi_sim`` Chinese (simplified); what nobody knows stays a code."""
    if code in _OTHERS:
        return _OTHERS[code] or code
    plain, *kinds = code.split("_")
    every = QLocale.LanguageCodeType.AnyLanguageCode
    language = QLocale.codeToLanguage(plain, every)
    if language == QLocale.Language.AnyLanguage:
        return code
    name = QLocale.languageToString(language)
    more = ", ".join(_KINDS.get(kind, kind) for kind in kinds)
    return f"{name} ({more})" if more else name


def language_names(codes: list[str]) -> str:
    return ", ".join(sorted(language_name(code) for code in codes))
