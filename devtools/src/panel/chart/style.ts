export const CHART_STYLE = `
.chart{padding:4px 12px 8px;text-align:center}
.diagram{display:block;width:100%;max-width:600px;margin:auto}
[data-tab=chart] .diagram{max-height:320px}
.node{color:var(--state)}
.node rect{fill:var(--surface);stroke:var(--state)}
.node text{fill:currentColor;font-size:13px;font-weight:540}
.node.never{--state:var(--edge);color:var(--quiet)}
.node.live{color:var(--surface)}
.node.live rect{fill:var(--state)}
.count,.way text{font-size:11px;text-anchor:middle}
.way{fill:var(--line);stroke:var(--line)}
.way text{fill:var(--quiet);stroke:none}
.line{fill:none;stroke-width:1.5}
.way.taken{fill:var(--edge);stroke:var(--edge)}
.way.last{fill:var(--state);stroke:var(--state)}
.last .line{stroke-width:2.5}
.way.last text{fill:var(--state);font-weight:650}
`
