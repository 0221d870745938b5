import { html, raw } from 'hono/html'
import type { LocaleText } from '../../../core/locale.ts'
import { type CounterStart, runCounter } from './browser.ts'
import type { CounterView } from './counter-view.ts'
import { MISSING_STYLE, STYLE } from './style.ts'
import { TEXTS } from './texts.ts'

export interface CounterPage {
  readonly brand: LocaleText
  readonly shop: LocaleText
  readonly colour: string
  readonly view: CounterView
  readonly codeUrl: string
  /** Lets this page's own style and script run, and no others. */
  readonly nonce: string
}

type Html = ReturnType<typeof html>

/** The page for a tablet at the counter: a large QR code that changes every half minute, in both languages at once. */
export function counterPage(page: CounterPage): Html {
  const { brand, shop, colour, view, nonce } = page
  const image = `data:image/svg+xml,${encodeURIComponent(view.svg)}`
  return html`<!doctype html>
<html lang="ja">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${shop.ja} – ${TEXTS.ja.title}</title>
<noscript><meta http-equiv="refresh" content="20"></noscript>
<style nonce="${nonce}">:root { --brand: ${colour} } ${raw(STYLE)}</style>
</head>
<body data-state="ready">
<header><p>${brand.ja}</p><h1>${shop.ja} <small lang="en">${shop.en}</small></h1></header>
<main>
<h2>${TEXTS.ja.title}<span lang="en">${TEXTS.en.title}</span></h2>
<div class="frame">
<img id="qr" src="${image}" alt="${TEXTS.ja.qr} / ${TEXTS.en.qr}">
<p class="stale" role="alert">${TEXTS.ja.stale}<span lang="en">${TEXTS.en.stale}</span></p>
</div>
<p class="code"><svg viewBox="0 0 36 36" aria-hidden="true"><circle cx="18" cy="18" r="15.9"/><circle id="ring" cx="18" cy="18" r="15.9" pathLength="100"/></svg><code id="code">${view.code}</code></p>
<p class="hint">${TEXTS.ja.hint}<span lang="en">${TEXTS.en.hint}</span></p>
<p class="retrying" role="status">${TEXTS.ja.retrying}<span lang="en">${TEXTS.en.retrying}</span></p>
</main>
<script nonce="${nonce}">${raw(script(page))}</script>
</body>
</html>`
}

/** What stands at an address that opens no counter (any more). */
export function missingPage(nonce: string): Html {
  return html`<!doctype html>
<html lang="ja">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${TEXTS.ja.missingTitle}</title>
<style nonce="${nonce}">${raw(MISSING_STYLE)}</style>
</head>
<body>
<main><h1>${TEXTS.ja.missingTitle}</h1><p>${TEXTS.ja.missing}</p>
<div lang="en"><h2>${TEXTS.en.missingTitle}</h2><p>${TEXTS.en.missing}</p></div></main>
</body>
</html>`
}

function script({ codeUrl, view }: CounterPage): string {
  const start: CounterStart = { codeUrl, expiresInMs: view.expiresInMs, stepMs: view.stepMs }
  // Bundlers may wrap inner functions in a helper named __name, which the page does not have.
  return `const __name = (made) => made;(${String(runCounter)})(${JSON.stringify(start).replaceAll('<', '\\u003c')})`
}
