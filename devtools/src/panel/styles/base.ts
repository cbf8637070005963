export const BASE = `
*{box-sizing:border-box;margin:0;padding:0}
.panel{box-sizing:border-box;direction:ltr;overflow-wrap:anywhere;font:13px/20px system-ui,sans-serif;font-variant-numeric:tabular-nums}
h2,.quiet{font-size:12px;font-weight:400;color:var(--quiet)}
time,code,dd{font:12px/20px ui-monospace,Menlo,Consolas,"DejaVu Sans Mono",monospace}
button,select,input{height:24px;padding:0 8px;border:1px solid var(--edge);border-radius:6px;background:var(--surface);color:inherit;font:inherit;font-size:12px}
:is(button,select):hover{background:var(--sunken)}
[aria-pressed=true]{border-color:var(--blue);color:var(--blue)}
:focus-visible{outline:2px solid var(--blue);outline-offset:-1px}
.icon{flex:none;width:14px;height:14px;fill:none;stroke:currentColor;stroke-width:1.75;stroke-linecap:round;stroke-linejoin:round;vertical-align:-2px}
.tool{width:24px;padding:0;border-color:transparent;background:none}
.tool:not([aria-pressed=true]){color:var(--quiet)}
.badge,.now,.tools{display:flex;gap:4px;align-items:center}
.badge{flex:none;height:18px;padding:0 8px 0 4px;border:1px solid color-mix(in oklab,var(--state) 40%,var(--surface));border-radius:9px;background:color-mix(in oklab,var(--state) 10%,var(--surface));color:var(--state);font-size:12px;font-weight:560;white-space:nowrap}
.unseen{position:absolute;clip-path:inset(50%)}
@media (forced-colors:active){:is([aria-selected=true],[aria-pressed=true],.live rect){outline:2px solid Highlight}}
`
