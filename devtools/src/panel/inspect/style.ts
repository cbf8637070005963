export const INSPECT_STYLE = `
.inspect{padding:8px 12px}
.inspect header{display:flex;flex-wrap:wrap;gap:4px 8px;justify-content:space-between}
dl div{display:grid;grid-template-columns:132px 1fr;border-top:1px solid var(--line)}
dt{color:var(--quiet);font-size:12px}
dd{overflow-wrap:anywhere}
del{color:var(--red)}
ins{color:var(--green);text-decoration:none}
del,ins{display:inline-block;margin-right:8px}
dd code{display:inline-block;margin-right:4px;padding:0 4px;border-radius:4px;background:var(--sunken)}
.off{color:var(--quiet)}
`
