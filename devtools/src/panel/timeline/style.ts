/** What only the timeline shows has a state's colour too. */
const COLOURS = `
:is([data-state=connecting],[data-state=in-flight]){--state:var(--blue)}
:is([data-state=connected],[data-state=ok]){--state:var(--green)}
:is(.refresh,[data-state=reconnecting]){--state:var(--amber)}
.command{--state:var(--violet)}
.expiry{--state:var(--red)}
`

export const TIMELINE_STYLE = `${COLOURS}
.timeline{height:100%;overflow:auto;display:grid;grid-template-columns:var(--gutter) 1fr;align-content:start;--gutter:160px}
@container (max-width:640px){.timeline{--gutter:112px}}
.zoom,.ruler{position:sticky;top:0;z-index:2;height:28px;background:var(--surface);border-bottom:1px solid var(--line)}
.zoom{display:flex;align-items:center;padding:0 4px}
.ruler{cursor:col-resize;touch-action:none}
.ruler text{font:11px ui-monospace,Menlo,Consolas,"DejaVu Sans Mono",monospace}
.ruler text,.lane text{fill:var(--quiet);font-size:11px}
.tick{stroke:var(--edge)}
.scrubber{fill:var(--text)}
.past.scrubber{fill:var(--amber)}
.name{content-visibility:auto;display:block;width:100%;height:56px;padding:0 8px;border:0;border-bottom:1px solid var(--line);border-radius:0;text-align:left}
.name[aria-pressed=true]{color:inherit;background:var(--sunken);box-shadow:inset 2px 0 var(--blue)}
.name>*{display:block}
.name *{overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.name .icon{margin-right:6px;color:var(--state)}
.name b{font-weight:560}
.plot{display:block;cursor:grab;touch-action:pan-y}
.ground{fill:transparent;stroke:var(--line)}
.lane text{fill:var(--text);pointer-events:none}
.state{fill:color-mix(in oklab,var(--state) 24%,var(--surface));stroke:var(--state)}
.attempt,.mark{fill:var(--state);stroke:var(--state)}
.attempt[data-state=aborted]{fill:none}
.room{fill:color-mix(in oklab,var(--state) 50%,var(--surface))}
.future{fill:var(--quiet);opacity:.07}
.cursor{stroke:var(--text)}
.future,.cursor,.tip{pointer-events:none}
.past.cursor{stroke:var(--amber);stroke-width:2}
.legend{grid-column:1/3;padding:4px 8px}
.legend svg{margin:0 4px 0 12px}
.legend span{display:inline-block}
.tip{position:absolute;z-index:9;left:0;top:0;translate:min(var(--x) + 12px,100cqw - 100%) calc(var(--y) + 16px);padding:4px 8px;border:1px solid var(--edge);border-radius:6px;background:var(--surface);font-size:12px}
.up{translate:min(var(--x) + 12px,100cqw - 100%) calc(var(--y) - 100% - 8px)}
`
