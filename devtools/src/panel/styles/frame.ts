export const FRAME = `
:host{--height:min(var(--size),100dvh - 40px);--width:min(var(--size),100vw)}
:host([embedded]),:host([embedded])>div{display:block;height:100%}
.panel{position:fixed;z-index:2147483000;inset:0;display:flex;flex-direction:column;container-type:inline-size;background:var(--surface);color:var(--text)}
[data-place=bottom]{top:auto;height:var(--height);border-top:1px solid var(--edge)}
[data-place=right]{left:auto;width:var(--width);border-left:1px solid var(--edge)}
[data-place=embedded]{position:relative;z-index:0;height:100%}
:is([data-place=bottom],[data-place=right]){box-shadow:0 0 32px rgb(15 20 30/.16)}
[data-dropping]{outline:3px dashed var(--blue)}
.grip{position:absolute;z-index:3;inset:-4px 0 auto;height:8px;cursor:ns-resize;touch-action:none}
[data-place=right]>.grip{inset:0 auto 0 -4px;width:8px;height:auto;cursor:ew-resize}
.grip:is(:hover,:focus-visible){background:var(--blue)}
.bar{display:flex;flex-wrap:wrap;gap:0 12px;align-items:center;padding:0 8px;border-bottom:1px solid var(--line);background:var(--sunken)}
.now{min-width:0;height:40px;gap:8px}
.due{flex:1;min-width:0;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.grip~.bar .now{padding-left:96px}
.picker{min-width:40px;max-width:220px;font-weight:560;text-overflow:ellipsis}
.tabs{display:flex}
.tabs button{height:40px;padding:0 10px;border:0;border-radius:0;background:none;color:var(--quiet)}
.tabs :is(:hover,[aria-selected=true]){color:var(--text);box-shadow:inset 0 -2px var(--blue)}
.banners{flex:none;max-height:40%;overflow:auto}
.banner{display:flex;gap:12px;justify-content:space-between;padding:4px 12px;--c:var(--amber);background:color-mix(in oklab,var(--c) 14%,var(--surface));border-bottom:1px solid var(--c);font-size:12px}
.imported,.notice{--c:var(--blue)}
.banner button{flex:none;white-space:nowrap}
.wait{padding:24px;text-align:center;animation:wait .5s}
@keyframes wait{0%,99%{opacity:0}}
.body{flex:1;min-height:0;overflow:auto}
.trigger:has(+div>[data-place=bottom]){inset:auto auto calc(var(--height) - 36px) 8px}
.trigger:has(+div>[data-place=right]){inset:4px auto auto calc(100% - var(--width) + 8px)}
@container (max-width:999px){
.tabs{order:1;flex:1 0 100%;overflow:auto}
.tabs button{flex:1;height:32px;padding:0 4px}
.now{flex:1;min-width:min-content}
.picker{flex:1;width:40px}
.due{order:2;flex:1 0 100%;padding:4px 4px 0;border-top:1px solid var(--line)}
.due:empty{display:none}}
`
