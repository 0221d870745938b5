import { randomBytes } from 'node:crypto'
import type { Context } from 'hono'
import { html, raw } from 'hono/html'
import type { Locale } from '../../core/locale.ts'

export type Html = ReturnType<typeof html>

/**
 * Headers for pages whose address is a key: it must not be cached, indexed or told to other sites, nor framed by any. The
 * answer is a nonce, which lets the page's own style work, and no other.
 */
export function keepPrivate(http: Pick<Context, 'header'>): string {
  const nonce = randomBytes(16).toString('base64')
  http.header('Cache-Control', 'no-store')
  http.header('Referrer-Policy', 'no-referrer')
  http.header('X-Robots-Tag', 'noindex')
  http.header(
    'Content-Security-Policy',
    `default-src 'none'; style-src 'nonce-${nonce}'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'`
  )
  return nonce
}

export interface PageHead {
  readonly locale: Locale
  readonly nonce: string
  readonly title: string
}

/** A plain page under its title. */
export function plainPage({ locale, nonce, title }: PageHead, body: Html): Html {
  return html`<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title}</title>
<style nonce="${nonce}">${raw(STYLE)}</style>
</head>
<body><main><h1>${title}</h1>${body}</main></body>
</html>`
}

/** Its looks: it is read on phones, and printed. */
const STYLE = `
:root { color-scheme: light dark; --line: #e5ded7; --soft: #6b625c; --brand: #7a4b2a }
@media (prefers-color-scheme: dark) { :root { --line: #47403a; --soft: #b5aaa2; --brand: #d9a57f } }
* { box-sizing: border-box }
body { margin: 0 auto; max-width: 44rem; padding: 1.5rem 1.25rem 4rem; line-height: 1.7;
  font-family: "Hiragino Sans", "Noto Sans JP", "Noto Sans CJK JP", system-ui, sans-serif }
:lang(ja) { word-break: auto-phrase }
h1 { font-size: 1.4rem; line-height: 1.4 }
h2 { font-size: 1.05rem; margin: 2.25rem 0 .5rem; padding-bottom: .25rem; border-bottom: 2px solid var(--brand) }
h2 small { color: var(--soft); font-weight: 400 }
p { margin: .75rem 0 }
.soft { color: var(--soft); font-size: .9rem }
button { font: inherit; font-weight: 600; padding: .7em 1.6em; border: 0; border-radius: .6em; background: #7a4b2a; color: #fff;
  min-height: 44px; cursor: pointer }
button:focus-visible { outline: 3px solid var(--brand); outline-offset: 3px }
dl { display: grid; grid-template-columns: minmax(6rem, 30%) 1fr; gap: .15rem 1rem; margin: 0; padding: .7rem 0;
  border-bottom: 1px solid var(--line); break-inside: avoid }
dt { color: var(--soft); font-size: .85rem; overflow-wrap: anywhere }
dd { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere }
@media print { form { display: none } }
`
