/** Nothing is fetched: the fonts are the reader's own. */
export const STYLE = `
:root { color-scheme: light dark; --ground: #fff; --text: #1c2128; --faint: #667080; --line: #d9dee5; --panel: #f5f7fa;
  --plain: #8a94a3; --learned: #4c78a8; --shipped: #c2410c; --won: #15803d; --lost: #b91c1c; --open: #9aa3af; --oracle: #c4cad3; --third: #7c3aed; --fourth: #0f766e; }
@media (prefers-color-scheme: dark) { :root { --ground: #14171c; --text: #e6e9ee; --faint: #9aa4b2; --line: #323943; --panel: #1c2128;
  --plain: #7d8796; --learned: #79a6d8; --shipped: #fb923c; --won: #4ade80; --lost: #f87171; --open: #737d8c; --oracle: #4b5563; --third: #a78bfa; --fourth: #2dd4bf; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--text); font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
main { max-width: 1180px; margin: 0 auto; padding: 32px 24px 64px; }
h1 { font-size: 28px; line-height: 1.2; margin: 0 0 4px; }
h2 { font-size: 21px; margin: 48px 0 8px; padding-top: 16px; border-top: 1px solid var(--line); }
h3 { font-size: 17px; margin: 36px 0 2px; }
p { max-width: 78ch; margin: 4px 0 12px; }
.faint, figcaption { color: var(--faint); }
.warning { margin: 12px 0; padding: 12px 20px; background: var(--panel); border-left: 4px solid var(--lost); }
.verdict { font-size: 18px; margin: 20px 0; padding: 16px 20px; background: var(--panel); border-left: 4px solid var(--shipped); border-radius: 4px; max-width: none; }
dl.facts { display: grid; grid-template-columns: max-content 1fr; gap: 2px 20px; margin: 16px 0; }
dl.facts dt { color: var(--faint); }
dl.facts dd { margin: 0; overflow-wrap: anywhere; }
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 480px), 1fr)); gap: 24px 40px; align-items: start; }
.squares { display: grid; grid-template-columns: repeat(auto-fill, minmax(240px, 1fr)); gap: 20px; }
.squares figcaption { text-align: center; }
figure { margin: 0; }
figcaption { font-size: 13.5px; line-height: 1.45; margin-top: 4px; }
svg { display: block; width: 100%; height: auto; font: 12px system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
svg text { fill: var(--text); }
svg .tick { fill: var(--faint); font-size: 11px; }
svg .figure { font-variant-numeric: tabular-nums; }
svg .grid { stroke: var(--line); stroke-width: 1; }
svg .origin { stroke: var(--faint); stroke-width: 1.2; }
svg .reference { stroke: var(--faint); stroke-width: 1; stroke-dasharray: 3 3; }
.row { --tone: var(--plain); }
.row.learned { --tone: var(--learned); } .row.shipped { --tone: var(--shipped); } .row.oracle { --tone: var(--oracle); }
.row.won { --tone: var(--won); } .row.lost { --tone: var(--lost); } .row.open { --tone: var(--open); }
.row.shipped text { font-weight: 700; }
.bar { fill: var(--tone); opacity: 0.22; }
.row.shipped .bar { opacity: 0.4; }
.whisker { stroke: var(--tone); stroke-width: 2; }
.row .dot { fill: var(--tone); }
.series { --tone: var(--shipped); }
.series-1 { --tone: var(--learned); } .series-2 { --tone: var(--third); } .series-3 { --tone: var(--fourth); }
.series .line { fill: none; stroke: var(--tone); stroke-width: 1.5; opacity: 0.7; }
.series .dot { fill: var(--tone); opacity: 0.85; }
.legend { list-style: none; display: flex; flex-wrap: wrap; gap: 4px 20px; padding: 0; margin: 8px 0; }
.key { --tone: var(--plain); } .key.learned { --tone: var(--learned); } .key.shipped { --tone: var(--shipped); } .key.won { --tone: var(--won); } .key.lost { --tone: var(--lost); } .key.open { --tone: var(--open); }
.legend .key::before, .legend .series::before { content: ""; display: inline-block; width: 10px; height: 10px; border-radius: 50%; margin-right: 6px; background: var(--tone); }
.wide { overflow-x: auto; margin: 16px 0 28px; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; font-size: 13.5px; }
caption { text-align: left; font-weight: 600; font-size: 15px; padding: 4px 10px 8px; white-space: nowrap; }
th, td { text-align: right; padding: 4px 10px; border-bottom: 1px solid var(--line); vertical-align: top; white-space: nowrap; }
th:first-child { text-align: left; position: sticky; left: 0; background: var(--ground); }
.text { text-align: left; }
tbody th { font-weight: 500; }
td small { display: block; color: var(--faint); font-size: 11px; line-height: 1.2; }
tr.shipped th, tr.shipped td { background: var(--panel); font-weight: 700; }
tr.shipped small { font-weight: 400; }
tr.won .outcome { color: var(--won); font-weight: 700; } tr.lost .outcome { color: var(--lost); font-weight: 700; } tr.open .outcome { color: var(--faint); }
dl.glossary { display: grid; grid-template-columns: max-content 1fr; gap: 3px 20px; }
dl.glossary dt { font-weight: 600; } dl.glossary dd { margin: 0; }
@media (max-width: 560px) { main { padding: 20px 14px 40px; } dl.facts, dl.glossary { grid-template-columns: 1fr; } dl.facts dd, dl.glossary dd { margin-bottom: 8px; } }
@media print { main { max-width: none; } figure, tr { break-inside: avoid; } }
`;
