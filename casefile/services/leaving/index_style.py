"""The look of ``index.html``: light and dark after the reader's system, and for paper.

The colours are those of the window; words from the record are set in a serif face, what the
reporter wrote is not. The page holds no script, and its policy allows this one style sheet alone.
"""

from __future__ import annotations

import base64
import hashlib

from casefile.domain.annotations import COLOURS

_SWATCHES = "".join(f".mark.{name}{{--ink:{value}}}" for name, value in COLOURS.items())

STYLE = (
    """
:root{color-scheme:light dark;--window:#f5f4f1;--base:#fff;--text:#1d1c1a;--muted:#5a5751;
--line:#d9d5cc;--accent:#1b5fa6;--warning:#8a5300;--verified:#1c6b3c;--danger:#b3261e}
@media (prefers-color-scheme:dark){:root{--window:#1e1e1c;--base:#272725;--text:#eceae4;
--muted:#b5b1a8;--line:#45433e;--accent:#8dbbf2;--warning:#f3c457;--verified:#82d8a0;
--danger:#ff9e94}}
*{box-sizing:border-box}
html{font:100%/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;
background:var(--window);color:var(--text);-webkit-text-size-adjust:100%}
body{margin:0 auto;max-width:56rem;padding:2.5rem 1.25rem 4rem}
a{color:var(--accent);text-underline-offset:.15em}
a:focus-visible,summary:focus-visible{outline:2px solid var(--accent);outline-offset:2px;
border-radius:2px}
.skip{position:absolute;left:-100vw}.skip:focus{position:static}
h1{font-size:1.8rem;line-height:1.2;margin:0 0 .4rem;text-wrap:balance}
h2{font-size:1.35rem;margin:3rem 0 1rem;padding-top:1rem;border-top:1px solid var(--line)}
h3{font-size:1.1rem;margin:0;overflow-wrap:anywhere}
p{margin:.5rem 0}
.muted,small,figcaption,dt{color:var(--muted)}
.lede{font-size:1.05rem}
.notice{margin:1.5rem 0;padding:.75rem 1rem;background:var(--base);border:1px solid var(--line);
border-left:.3rem solid var(--warning);border-radius:6px}
nav ul,ol.marks,ol.quotes,ol.documents{list-style:none;margin:0;padding:0}
nav ul{display:flex;flex-wrap:wrap;gap:.25rem 1.5rem;margin-top:1rem}
article{margin:0 0 1rem;padding:1.1rem 1.25rem;background:var(--base);border:1px solid var(--line);
border-radius:6px}
.facts{display:grid;grid-template-columns:max-content 1fr;gap:.1rem 1rem;margin:.6rem 0 0;
font-size:.9rem}
.facts dd{margin:0;overflow-wrap:anywhere}
code{font:.85em/1.4 ui-monospace,"Cascadia Mono","DejaVu Sans Mono",monospace}
.mark{display:grid;grid-template-columns:12rem 1fr;gap:.1rem 1rem;padding:.8rem 0;
border-top:1px solid var(--line);break-inside:avoid}
ol.marks{margin-top:1rem}
.mark .where{font-size:.9rem}
.mark .kind{display:block;color:var(--muted)}
.mark .kind::before{content:"";display:inline-block;width:.75em;height:.75em;margin-right:.4em;
border:1px solid var(--muted);border-radius:2px;background:var(--ink,transparent);
vertical-align:-.05em;print-color-adjust:exact;-webkit-print-color-adjust:exact}
"""
    + _SWATCHES
    + """
.words,blockquote{font-family:Georgia,"Iowan Old Style","Noto Serif","DejaVu Serif",serif}
.words{margin:0;overflow-wrap:anywhere}
.comment{margin:.35rem 0 0;padding-left:.75rem;border-left:2px solid var(--line)}
table{width:100%;border-collapse:collapse;font-size:.95rem}
th,td{padding:.5rem .75rem .5rem 0;border-top:1px solid var(--line);text-align:start;
vertical-align:top;overflow-wrap:anywhere}
th{font-weight:600;border-top:0}tr{break-inside:avoid}
figure{margin:0}
blockquote{margin:0 0 .6rem;font-size:1.12rem;overflow-wrap:anywhere}
.speaker{color:var(--text);font-weight:600}
.state{font-weight:600}.state.verified{color:var(--verified)}.state.disputed{color:var(--danger)}
pre{overflow-x:auto;padding:.75rem 1rem;background:var(--base);border:1px solid var(--line);
border-radius:6px}
footer{margin-top:3rem;padding-top:1rem;border-top:1px solid var(--line);font-size:.9rem;
color:var(--muted)}
@media (max-width:34rem){.mark{grid-template-columns:1fr}.facts{grid-template-columns:1fr}
.facts dd{margin-bottom:.35rem}}
@media print{:root{color-scheme:light;--window:#fff;--base:#fff;--text:#000;--muted:#444;
--line:#bbb;--accent:#000;--warning:#000;--verified:#000;--danger:#000}
html{font-size:10pt}body{max-width:none;padding:0}nav,.skip{display:none}
article{border:0;border-top:1px solid #bbb;border-radius:0;padding:.6rem 0}
h2,h3{break-after:avoid}figure{break-inside:avoid}a{text-decoration:none}
@page{margin:18mm}}
"""
)


def policy() -> str:
    """The Content-Security-Policy: nothing may be loaded or run; this style sheet is known by its
    hash (CSP level 3, 6.7.3)."""
    digest = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
