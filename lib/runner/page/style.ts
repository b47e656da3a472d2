/** The style sheet of a lesson's page: light and dark by the reader's setting, wide, narrow and printed. */
export const PAGE_STYLE = `
:root {
  color-scheme: light dark;
  --page: #ffffff; --ink: #1f2328; --soft: #59636e; --line: #d8dee4; --band: #f6f8fa; --accent: #0b5cad;
  --bad: #b3261e; --bad-band: #fdf0ef; --warn-band: #fff8e6; --warn-line: #d9a300; --shade: rgba(31, 35, 40, 0.28);
  --keyword: #a0205f; --string: #0a5c36; --number: #0550ae; --comment: #6a737d; --title: #6639ba; --type: #8a4600;
  --mono: ui-monospace, SFMono-Regular, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace;
  --text: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", "Liberation Sans", Arial, sans-serif;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --page: #14171c; --ink: #dfe4ea; --soft: #98a2ad; --line: #30363d; --band: #1c2128; --accent: #6cb2ff;
    --bad: #ff8a80; --bad-band: #2d1a1a; --warn-band: #2a2412; --warn-line: #b88a00; --shade: rgba(210, 220, 230, 0.4);
    --keyword: #ff8fb8; --string: #7fd6a4; --number: #79c0ff; --comment: #8b949e; --title: #c9a4ff; --type: #ffb86b;
  }
}
* { box-sizing: border-box; }
html { scroll-behavior: smooth; scroll-padding-top: 1rem; -webkit-text-size-adjust: 100%; }
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
body { margin: 0; background: var(--page); color: var(--ink); font: 17px/1.6 var(--text); }
a { color: var(--accent); text-underline-offset: 0.15em; }
a:not(:hover) { text-decoration-thickness: 1px; }
.frame { max-width: 56rem; margin: 0 auto; padding: 2rem 1.25rem 6rem; }
.facts { display: flex; flex-wrap: wrap; gap: 0.4rem 1.25rem; margin: 0 0 1rem; padding: 0; color: var(--soft); font-size: 0.85rem; }
.prose + .facts { margin-top: 1.1rem; }
.facts b { color: var(--ink); font-weight: 600; }
.facts code { font-size: 0.95em; }
.facts dt, .facts dd { display: inline; margin: 0; }
.facts.results { padding: 0.75rem 1rem; background: var(--band); border: 1px solid var(--line); border-radius: 8px; margin-bottom: 2rem; }
.facts.results > span { white-space: nowrap; }
.changed { padding: 0.75rem 1rem; border-left: 4px solid var(--warn-line); background: var(--warn-band); border-radius: 0 8px 8px 0; margin: 0 0 1rem; }
.changed p { margin: 0; } .changed p + p { margin-top: 0.4em; }
.changed code { background: none; padding: 0; }
.failed { padding: 0.75rem 1rem; border-left: 4px solid var(--bad); background: var(--bad-band); border-radius: 0 8px 8px 0; margin-bottom: 1rem; }
.failed a { color: inherit; }

nav { font-size: 0.88rem; line-height: 1.4; }
nav summary { cursor: pointer; font-weight: 600; color: var(--soft); }
nav ol { list-style: none; margin: 0.5rem 0 0; padding: 0; }
nav li { margin: 0.1rem 0; }
nav .level-3 { padding-left: 1rem; }
nav a { display: block; padding: 0.15rem 0.6rem; color: var(--soft); text-decoration: none; border-left: 2px solid transparent; }
nav a:hover { color: var(--ink); }
nav a.here { color: var(--accent); border-left-color: var(--accent); }
nav details { margin: 0 0 1.5rem; padding: 0.6rem 1rem; border: 1px solid var(--line); border-radius: 8px; }
@media (min-width: 76rem) {
  .frame { display: grid; grid-template-columns: 15rem minmax(0, 54rem); gap: 0 3rem; max-width: 74.5rem; }
  .frame.alone { display: block; max-width: 56rem; }
  nav { grid-row: 1 / span 3; }
  nav details { position: sticky; top: 2rem; max-height: calc(100vh - 4rem); overflow-y: auto; margin: 0; padding: 0; border: 0; }
  nav summary { list-style: none; padding-left: 0.7rem; pointer-events: none; }
  nav summary::-webkit-details-marker { display: none; }
  header, main { grid-column: 2; min-width: 0; }
}

h1, h2, h3, h4 { line-height: 1.25; margin: 2.2em 0 0.6em; text-wrap: balance; }
h1 { font-size: 2.1rem; letter-spacing: -0.015em; margin-top: 0; }
h2 { font-size: 1.5rem; padding-top: 0.9em; border-top: 1px solid var(--line); }
h3 { font-size: 1.2rem; }
h4 { font-size: 1rem; }
.prose > :first-child { margin-top: 0; }
.prose > h2:first-child, .prose > h3:first-child { margin-top: 1.6em; }
main > .prose:first-child > :first-child { margin-top: 0; }
.prose > :last-child { margin-bottom: 0; }
p, ul, ol, blockquote, .prose details { margin: 0.9em 0; }
li + li { margin-top: 0.25em; }
blockquote { padding: 0.1rem 1.1rem; border-left: 4px solid var(--line); color: var(--soft); }
.prose details { padding: 0.5rem 1rem; border: 1px solid var(--line); border-radius: 8px; background: var(--band); }
.prose details > summary { cursor: pointer; font-weight: 600; }
hr { border: 0; border-top: 1px solid var(--line); margin: 2rem 0; }
img { max-width: 100%; height: auto; }
code, pre { font-family: var(--mono); font-variant-ligatures: none; tab-size: 2; }
:not(pre) > code { font-size: 0.87em; padding: 0.12em 0.35em; background: var(--band); border-radius: 4px; overflow-wrap: anywhere; }
pre { margin: 0; padding: 0.8rem 1rem; font-size: 0.82rem; line-height: 1.5; overflow-x: auto; }
.prose pre { margin: 0.9em 0; border-radius: 8px; }

.prose + .cell, .cell + .prose, .prose + .prose { margin-top: 1.1rem; }
.cell { position: relative; margin: 1.1rem 0; }
.code { position: relative; border: 1px solid var(--line); border-radius: 8px; background: var(--band); }
.code .count { position: absolute; top: -0.8em; right: 0.8rem; padding: 0 0.5em; background: var(--page); font: 0.72rem/1.6 var(--mono); color: var(--soft); user-select: none; }
.injected .code { border-left: 4px solid var(--accent); }
.injected .note { font-size: 0.8rem; color: var(--soft); padding: 0.4rem 1rem 0; }
details.folded { margin-top: 0.6rem; }
details.folded > summary, details.code > summary { cursor: pointer; padding: 0.45rem 1rem; font-size: 0.82rem; color: var(--soft); }
.output { margin-top: 0.6rem; }
pre.output { padding: 0.2rem 1rem; max-height: 34rem; overflow: auto; font-size: 0.875rem; }
pre.output.log { white-space: pre-wrap; overflow-wrap: anywhere; }
pre.output + pre.output { margin-top: 0; }
.stderr { border-left: 3px solid var(--warn-line); border-radius: 0 6px 6px 0; padding-block: 0.5rem; }
.error { color: var(--bad); border-left: 4px solid var(--bad); border-radius: 0 8px 8px 0; padding-block: 0.7rem; }
.error strong { display: block; font-size: 1.05em; white-space: pre-wrap; overflow-wrap: anywhere; }
.html { overflow-x: auto; font-size: 0.9375rem; }
.html .atelier-table { font-size: 0.9rem; } .html .atelier-table small { font-size: 0.8rem; }
.served { padding: 0.6rem 1rem; border: 1px solid var(--line); border-radius: 8px; color: var(--soft); }
.picture img, .picture svg, .still img, .still svg { display: block; max-width: 100%; height: auto; color: inherit; }
.figure { overflow-x: auto; overflow-y: hidden; }
.figure image { image-rendering: pixelated; }
.figure .still { margin: 0 auto; }
.figure.alive .still { display: none; }

.wide, .picture { overflow-x: auto; }
/* What is wider than its place has a shadow at each end where more of it is: covers that scroll along hide it at the end. */
pre, .html, .wide, .figure, .picture, .atelier-table {
  --ground: var(--page);
  background: linear-gradient(to right, var(--ground) 40%, transparent) 0 0 / 2.5rem 100% local,
    linear-gradient(to left, var(--ground) 40%, transparent) 100% 0 / 2.5rem 100% local,
    linear-gradient(to right, var(--shade), transparent) 0 0 / 0.9rem 100% scroll,
    linear-gradient(to left, var(--shade), transparent) 100% 0 / 0.9rem 100% scroll;
  background-repeat: no-repeat; background-color: var(--ground); scrollbar-width: thin;
}
.code pre, .prose pre { --ground: var(--band); }
.stderr { --ground: var(--warn-band); } pre.error { --ground: var(--bad-band); }
[tabindex="0"]:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
table { border-collapse: collapse; font-size: 0.88rem; line-height: 1.4; margin: 0.6rem 0; }
th, td { padding: 0.35rem 0.8rem; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
th { font-weight: 600; border-bottom: 2px solid var(--line); }
td > code:only-child { overflow-wrap: normal; white-space: nowrap; }
.html td, .html th { font-variant-numeric: tabular-nums; }

.hljs-keyword, .hljs-literal, .hljs-operator { color: var(--keyword); }
.hljs-string, .hljs-regexp, .hljs-attr-value { color: var(--string); }
.hljs-number { color: var(--number); }
.hljs-comment { color: var(--comment); font-style: italic; }
.hljs-title, .hljs-title.function_ { color: var(--title); }
.hljs-built_in, .hljs-type, .hljs-title.class_ { color: var(--type); }
.hljs-subst, .hljs-params, .hljs-property, .hljs-attr { color: inherit; }
.ansi-bold { font-weight: 700; } .ansi-dim { opacity: 0.7; } .ansi-italic { font-style: italic; } .ansi-underline { text-decoration: underline; }
.ansi-black, .ansi-white { color: var(--soft); } .ansi-red { color: var(--bad); } .ansi-green { color: var(--string); }
.ansi-yellow { color: var(--type); } .ansi-blue, .ansi-cyan { color: var(--number); } .ansi-magenta { color: var(--title); }

@media (max-width: 40rem) {
  body { font-size: 16px; }
  .frame { padding: 1.25rem 0.9rem 4rem; }
  h1 { font-size: 1.65rem; } h2 { font-size: 1.3rem; }
  pre, pre.output { font-size: 0.8125rem; padding-inline: 0.75rem; }
  .picture svg[width="820"], .html img[width="820"] { min-width: 40rem; } /* the still picture of a chart: smaller, its labels could not be read */
}
@media print {
  :root { color-scheme: light; }
  body { font-size: 11pt; }
  nav { display: none; }
  .frame { display: block; max-width: none; padding: 0; }
  pre.output { max-height: none; overflow: visible; }
  pre { white-space: pre-wrap; }
  .code, .output, .prose img, tr { break-inside: avoid; }
  h2, h3 { break-after: avoid; }
}
`;
