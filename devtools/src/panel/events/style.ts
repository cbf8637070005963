export const EVENTS_STYLE = `
.events{display:flex;flex-direction:column;height:100%}
.filters{display:flex;flex-wrap:wrap;gap:4px;align-items:center;padding:4px 8px;border-bottom:1px solid var(--line)}
.search{flex:1 1 120px;min-width:0}
.filters select{max-width:120px;border-color:transparent;color:var(--quiet)}
.filters .chosen{border-color:var(--blue);color:var(--blue)}
.list{flex:1;min-height:0;overflow:auto}
.gap{display:block;overflow-anchor:none}
.row{content-visibility:auto;display:flex;gap:12px;align-items:center;height:28px;padding:0 12px;border-bottom:1px solid var(--line);white-space:nowrap}
.row:hover{background:var(--sunken)}
.row[aria-selected=true]{background:color-mix(in oklab,var(--blue) 12%,var(--surface));box-shadow:inset 2px 0 var(--blue)}
.of{flex:0 0 14%;min-width:64px;overflow:hidden;color:var(--quiet);font-size:12px;text-overflow:ellipsis}
time{color:var(--quiet);font-size:12px}
[data-outcome=failure] :is(.note,b){color:var(--red)}
@container (max-width:400px){.of{position:absolute;clip-path:inset(50%)}}
`
