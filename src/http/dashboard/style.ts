/** The look of the dashboard: one column that widens, light or dark as the reader's system is. */
export const STYLE = `
:root{--ink:#1d1c1d;--soft:#5d5c62;--line:#dcdce0;--ground:#f6f6f8;--sheet:#fff;--blue:#0b5cad;--red:#b3261e;--amber:#b7791f;--amber-ground:#fdf6e3;--bar:#c9dcf2}
@media(prefers-color-scheme:dark){:root{--ink:#e8e8ea;--soft:#a4a4ad;--line:#3a3d42;--ground:#16181b;--sheet:#1f2226;--blue:#7db7f5;--red:#ff8a80;--amber:#d9a441;--amber-ground:#332a17;--bar:#2b4566}}
*{box-sizing:border-box}
body{margin:0;font:15px/1.45 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;color:var(--ink);background:var(--ground)}
a{color:var(--blue);text-decoration:none}a:hover{text-decoration:underline}
header{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;align-items:center;padding:.75rem 1.5rem;background:var(--sheet);border-bottom:1px solid var(--line)}
header p{margin:0}.brand{font-weight:650;flex:1}.brand a{color:var(--ink)}.brand span{color:var(--soft);font-weight:400;margin-left:.5rem}.as-of{color:var(--soft)}
main{max-width:76rem;margin:0 auto;padding:1.25rem 1.5rem 4rem}
h1{font-size:1.4rem;margin:.5rem 0 1rem}h2{font-size:1.05rem;margin:0 0 .6rem}
section{background:var(--sheet);border:1px solid var(--line);border-radius:.6rem;padding:1rem 1.1rem;margin:0 0 1rem;overflow-x:auto}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(10.5rem,1fr));gap:.75rem;margin:0 0 1rem;padding:0;list-style:none}
.tiles li{background:var(--sheet);border:1px solid var(--line);border-radius:.6rem;padding:.8rem 1rem}
.tiles b{display:block;font-size:1.6rem;line-height:1.2;font-variant-numeric:tabular-nums}.tiles span{display:block;color:var(--soft)}
.tiles .bad{border-color:var(--red)}.tiles .bad b{color:var(--red)}
table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.35rem 1rem .35rem 0;vertical-align:top;border-top:1px solid var(--line)}
thead th{border-top:0;color:var(--soft);font-weight:500;vertical-align:bottom;white-space:normal}tbody th{font-weight:500}
.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}.nowrap{white-space:nowrap}.soft{color:var(--soft)}
.bad-text{color:var(--red);font-weight:550}
.bar{display:block;height:.5rem;border-radius:.25rem;background:var(--bar);min-width:2px}td.bars{width:40%}
.trouble{border-color:var(--amber);background:var(--amber-ground)}.trouble ul{margin:0;padding-left:1.1rem}.trouble li{margin:.25rem 0}
.filter{display:flex;flex-wrap:wrap;gap:.5rem .75rem;align-items:end;margin:0 0 .9rem}.filter label{display:flex;flex-direction:column;font-size:.85rem;color:var(--soft)}
.filter label.tick{flex-direction:row;gap:.35rem;align-items:center;padding-bottom:.35rem}
input,select,button{font:inherit;color:inherit;background:var(--sheet);border:1px solid var(--line);border-radius:.4rem;padding:.3rem .5rem}
button{cursor:pointer}button:hover{border-color:var(--blue)}
.filter input:not([type=checkbox]){width:9.5rem}.pages{display:flex;gap:1rem;margin:.8rem 0 0}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.3rem 1.25rem;margin:0}dt{color:var(--soft)}dd{margin:0;overflow-wrap:anywhere}
ol.trail{margin:0;padding-left:1.2rem}ol.trail li{margin:.3rem 0;overflow-wrap:anywhere}
.why p{margin:.4rem 0}.why table{max-width:34rem;margin:.2rem 0 .8rem}
.sign-in{max-width:34rem;margin:10vh auto}.sign-in input{width:100%;margin:.25rem 0 .75rem}.problem{color:var(--red)}
code{font-family:ui-monospace,SFMono-Regular,Menlo,monospace;font-size:.92em;overflow-wrap:anywhere}
@media(max-width:40rem){main{padding:1rem .75rem 3rem}header{padding:.6rem .75rem}}
`.trim();
