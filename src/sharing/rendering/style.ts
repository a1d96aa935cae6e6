/** How a page looks. Every pair of colours that text is read by has a contrast of 4.5 or more (WCAG AA). */
export const STYLE = `
:root {
  color-scheme: light dark;
  --page: #f5f4f0; --card: #fff; --ink: #1f1e1b; --soft: #625e55; --line: #e4e1d8; --quiet: #f3f1eb;
  --accent: #0d6b5e; --bar: #c9e2dc; --lead: #2f9482; --pill: #ece8dd; --pill-ink: #5a5344;
  --c0: #2f6f9f; --c1: #9a4f2e; --c2: #4d7230; --c3: #7a4b94; --c4: #97374e; --c5: #5d6470;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #121315; --card: #1a1c1f; --ink: #e9e6df; --soft: #a5a198; --line: #2c2f33; --quiet: #212428;
    --accent: #7fcabb; --bar: #274942; --lead: #3f8f80; --pill: #2f3237; --pill-ink: #c9c3b5;
    --c0: #34658a; --c1: #87492e; --c2: #4a6a32; --c3: #6c4683; --c4: #86384b; --c5: #555b66;
  }
}
* { box-sizing: border-box; margin: 0; padding: 0; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body {
  background: var(--page); color: var(--ink);
  font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
  padding: clamp(1rem, 4vw, 3.5rem) 1rem 4rem; overflow-wrap: anywhere;
}
main, footer { max-width: 44rem; margin: 0 auto; }
ol, ul { list-style: none; }
a { color: inherit; text-decoration: none; }
.head { padding: 0 .25rem .5rem; }
h1 { font-size: clamp(1.6rem, 1.2rem + 2vw, 2.25rem); line-height: 1.2; font-weight: 680; letter-spacing: -.015em; text-wrap: balance; }
.disclosure {
  display: inline-block; margin-bottom: .85rem; padding: .15rem .7rem; border: 1px solid currentColor; border-radius: 99rem;
  color: var(--accent); font-size: .8125rem; font-weight: 600;
}
.facts { display: flex; flex-wrap: wrap; gap: .1rem 1.1rem; margin-top: .6rem; color: var(--soft); font-size: .9375rem; }
.facts b { color: var(--ink); font-weight: 600; }
h2 { margin: 2rem .25rem .7rem; color: var(--soft); font-size: .8125rem; font-weight: 600; letter-spacing: .01em; }
main > ol { background: var(--card); border: 1px solid var(--line); border-radius: 1rem; overflow: hidden; }
li + li > article { border-top: 1px solid var(--line); }
article { position: relative; padding: 1rem 1.25rem 1.1rem 4.25rem; }
article.context { background: var(--quiet); }
article:target { box-shadow: inset 3px 0 0 var(--accent); }
article > header { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 .5rem; margin-bottom: .1rem; }
.avatar {
  position: absolute; left: 1.25rem; top: 1.05rem; width: 2.1rem; height: 2.1rem; border-radius: 50%;
  display: grid; place-items: center; color: #fff; font-size: .875rem; font-weight: 600;
}
.c0 { background: var(--c0); } .c1 { background: var(--c1); } .c2 { background: var(--c2); }
.c3 { background: var(--c3); } .c4 { background: var(--c4); } .c5 { background: var(--c5); }
.author { font-weight: 620; }
time, .note { color: var(--soft); font-size: .8125rem; font-variant-numeric: tabular-nums; }
.note::before { content: "\\00b7"; margin-inline-end: .5rem; }
.body { white-space: pre-wrap; unicode-bidi: plaintext; text-align: start; }
.answers {
  display: block; margin: .3rem 0 .35rem; padding-inline-start: .7rem; border-inline-start: 2px solid var(--bar);
  color: var(--soft); font-size: .875rem; white-space: nowrap; overflow: hidden; text-overflow: ellipsis;
}
.answers b { color: var(--accent); font-weight: 600; margin-inline-end: .25rem; }
.answers:hover { border-color: var(--accent); }
.answers:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.pill {
  padding: .05em .5em .1em; border-radius: .5em; background: var(--pill); color: var(--pill-ink);
  font-size: .875em; white-space: nowrap; box-decoration-break: clone; -webkit-box-decoration-break: clone;
}
.blank { color: transparent; }
.poll { margin-top: .5rem; padding: .85rem 1rem 1rem; border: 1px solid var(--line); border-radius: .75rem; }
.poll figcaption { font-weight: 600; margin-bottom: .55rem; }
.poll figcaption .note { font-weight: 400; }
.poll li { display: grid; grid-template-columns: 1fr auto; align-items: baseline; column-gap: 1rem; padding-top: .45rem; }
.poll .count { white-space: nowrap; color: var(--soft); font-size: .875rem; font-variant-numeric: tabular-nums; }
.poll .count i { display: inline-block; min-width: 2.6em; text-align: end; font-style: normal; color: var(--ink); }
.poll .leads { font-weight: 600; }
.poll .leads .count { font-weight: 400; }
.bar { grid-column: 1 / -1; height: .4rem; margin-top: .25rem; border-radius: 1rem; background: var(--quiet); overflow: hidden; }
.bar > div { height: 100%; border-radius: 1rem; background: var(--bar); }
.leads .bar > div { background: var(--lead); }
.files { display: flex; flex-wrap: wrap; gap: .4rem; margin-top: .5rem; }
.files li { padding: .25rem .7rem; border: 1px solid var(--line); border-radius: .6rem; background: var(--quiet); font-size: .875rem; }
.kind { color: var(--soft); }
.kind + bdi { margin-inline-start: .25rem; }
footer { margin-top: 2.5rem; }
footer h2 { margin-top: 0; }
dl { padding: 0 .25rem; border-top: 1px solid var(--line); font-size: .875rem; }
dl > div { display: grid; grid-template-columns: 6rem 1fr; gap: 1rem; padding: .6rem 0; border-bottom: 1px solid var(--line); }
dt { color: var(--soft); }
dd { white-space: pre-line; }
.digits { font: .8125rem/1.6 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; color: var(--soft); }
.sr { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
@media (max-width: 34rem) {
  article { padding: .9rem 1rem 1rem; }
  article > header { min-height: 1.75rem; padding-left: 2.4rem; align-content: center; margin-bottom: .3rem; }
  .avatar { left: 1rem; top: .9rem; width: 1.75rem; height: 1.75rem; font-size: .75rem; }
  dl > div { grid-template-columns: 1fr; gap: 0; }
}
@media print {
  :root {
    color-scheme: light;
    --page: #fff; --card: #fff; --ink: #000; --soft: #444; --line: #ccc; --quiet: #f4f4f4;
    --accent: #0d6b5e; --bar: #c9e2dc; --lead: #2f9482; --pill: #eee; --pill-ink: #333;
  }
  body { padding: 0; font-size: 10.5pt; }
  main, footer { max-width: none; }
  main > ol { border-radius: 0; border-width: 1px 0; overflow: visible; }
  article, .poll, dl > div { break-inside: avoid; }
  h2 { break-after: avoid; }
  .avatar, .bar > div, .pill { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
}
`;
