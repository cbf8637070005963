/** The six states' colours, as in the demo. Each reads on the surface and on its own tint with 4.5 : 1 or more. */
export const PALETTE = `
.panel{all:initial}
:host{--surface:light-dark(#fff,#161a21);--sunken:light-dark(#f4f5f8,#101319);--line:light-dark(#dfe3e9,#2a303a);--edge:light-dark(#868f9e,#6d7786);--text:light-dark(#161b23,#e9edf3);--quiet:light-dark(#566070,#a3adbb);--blue:light-dark(#1a5bcc,#82b3ff);--green:light-dark(#0b7240,#5fd394);--amber:light-dark(#8d5200,#f2b950);--violet:light-dark(#6d3bd2,#bf9fff);--red:light-dark(#bd2630,#ff9090);--state:var(--quiet)}
.panel{color-scheme:light dark}
[data-theme=light]{color-scheme:light}
[data-theme=dark]{color-scheme:dark}
[data-state]{--state:var(--quiet)}
[data-state=fetching]{--state:var(--blue)}
[data-state=valid]{--state:var(--green)}
[data-state=expiring]{--state:var(--amber)}
[data-state=refreshing]{--state:var(--violet)}
[data-state=failed]{--state:var(--red)}
@media (forced-colors:active){:host{--surface:Canvas;--sunken:Canvas;--line:GrayText;--edge:CanvasText;--text:CanvasText;--quiet:CanvasText;--blue:LinkText;--green:CanvasText;--amber:CanvasText;--violet:CanvasText;--red:CanvasText}}
@media (prefers-contrast:more){.panel{--quiet:var(--text);--line:var(--edge)}}
`
