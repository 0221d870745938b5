/** Looks of the counter page: it fills a tablet held either way, and a phone. */
export const STYLE = `
/* Turned dark by a browser, the code could not be read by every phone. */
:root { color-scheme: only light }
* { box-sizing: border-box; margin: 0 }
body { min-height: 100dvh; display: flex; flex-direction: column; background: #fbf8f4; color: #2b2623;
  font-family: "Hiragino Sans", "Noto Sans JP", "Noto Sans CJK JP", system-ui, sans-serif; line-height: 1.5 }
header { background: linear-gradient(120deg, color-mix(in srgb, var(--brand) 65%, #000), var(--brand)); color: #fff;
  padding: 2.5vmin 4vmin; display: flex; align-items: baseline; justify-content: space-between; gap: 1em; flex-wrap: wrap }
header p { font-size: clamp(14px, 2.2vmin, 22px); letter-spacing: .08em }
h1 { font-size: clamp(18px, 3.2vmin, 34px) }
h1 small { font-weight: 400; font-size: .7em }
main { flex: 1; display: flex; flex-direction: column; align-items: center; justify-content: center; gap: 2.2vmin;
  padding: 3vmin 4vmin; text-align: center }
h2 { font-size: clamp(22px, 4.6vmin, 48px); line-height: 1.25; text-wrap: balance }
:lang(ja) { word-break: auto-phrase }
span[lang] { display: block; color: #5f5853; font-size: .62em; font-weight: 400 }
.frame { position: relative; width: min(86vw, 52dvh); aspect-ratio: 1; background: #fff; border-radius: 3vmin;
  padding: 1.5vmin; box-shadow: 0 1vmin 4vmin rgb(60 40 20 / .14) }
#qr { width: 100%; height: 100%; display: block }
.code { display: flex; align-items: center; gap: .6em; font-size: clamp(15px, 2.8vmin, 28px) }
code { font-family: ui-monospace, "SF Mono", Menlo, Consolas, monospace; letter-spacing: .04em; user-select: all }
.code svg { width: 1.7em; height: 1.7em; transform: rotate(-90deg); flex: none }
circle { fill: none; stroke: #e8e2dc; stroke-width: 4 }
#ring { stroke: var(--brand); stroke-dasharray: 100; stroke-dashoffset: 0; stroke-linecap: round;
  transition: stroke-dashoffset .25s linear }
.hint { font-size: clamp(13px, 2.2vmin, 21px); max-width: 40em; text-wrap: balance }
.hint span { font-size: .86em }
.retrying, .stale { display: none }
[data-state=retrying] .retrying { display: block; position: fixed; bottom: 3vmin; background: #fff3d6; color: #6b4a00;
  border-radius: 1em; padding: .6em 1.2em; box-shadow: 0 .5vmin 2vmin rgb(60 40 20 / .2) }
[data-state=stale] #qr { visibility: hidden }
[data-state=stale] #code { text-decoration: line-through; opacity: .4 }
[data-state=retrying] .hint, [data-state=stale] .hint { visibility: hidden }
[data-state=stale] .stale { display: grid; place-content: center; position: absolute; inset: 0; padding: 8%;
  font-size: clamp(15px, 3vmin, 28px); font-weight: 600 }
@media (prefers-reduced-motion: reduce) { #ring { transition: none } }
`

/** Looks of the page for addresses that open no counter. */
export const MISSING_STYLE = `
:root { color-scheme: only light }
:lang(ja) { word-break: auto-phrase }
body { margin: 0; min-height: 100dvh; display: grid; place-content: center; background: #fbf8f4; color: #2b2623;
  font-family: "Hiragino Sans", "Noto Sans JP", "Noto Sans CJK JP", system-ui, sans-serif; line-height: 1.7 }
main { max-width: 32em; padding: 2em }
h1 { font-size: 1.5em } h2 { font-size: 1.1em; margin-top: 2em } [lang] { color: #5f5853 }
`
