export const CONTROLS_STYLE = `
.controls{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,280px),1fr));padding:0 0 12px}
:disabled{opacity:.5}
.buttons{display:flex;flex-wrap:wrap;gap:4px}
section section{padding:0 12px}
section section p{margin-top:8px}
`
