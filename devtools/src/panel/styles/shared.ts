/** Of panes that may be shown without each other: each has to bring it along. */
export const SHARED = `
:is(.inspect,section section) h2{margin:8px 0 4px;font-weight:600}
.none{padding:24px;text-align:center}
`
