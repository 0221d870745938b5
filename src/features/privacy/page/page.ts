import { html } from 'hono/html'
import type { Locale } from '../../../core/locale.ts'
import { formatTime } from '../../../core/time.ts'
import { type Html, plainPage } from '../../../platform/http/index.ts'
import type { CustomerExport } from '../export-customer.ts'
import { type ReadableRow, readableRow } from '../rules/readable.ts'
import { FIELDS, TABLES, TEXTS } from './texts.ts'

interface Look {
  /** Lets this page's own style work, and no other. */
  readonly nonce: string
  readonly timeZone: string
}

/** A button: whoever follows the link taps it, a program that only looks does not. */
export function openPage(locale: Locale, nonce: string): Html {
  const { title, intro, open } = TEXTS[locale]
  return plainPage({ locale, nonce, title }, html`<p>${intro}</p><form method="post"><button>${open}</button></form>`)
}

/** What stands at an address that opens nothing (any more). */
export function missingPage(locale: Locale, nonce: string): Html {
  const { missingTitle, missing } = TEXTS[locale]
  return plainPage({ locale, nonce, title: missingTitle }, html`<p>${missing}</p>`)
}

/** Everything that is kept, in words. */
export function exportPage({ locale, at, kept }: CustomerExport, { nonce, timeZone }: Look): Html {
  const { title, asOf, complete, save } = TEXTS[locale]
  const time = (instant: Date) => formatTime(instant, locale, timeZone)
  const tables = Object.keys(kept).sort((one, other) => rankOf(one) - rankOf(other))
  const parts = tables.flatMap((name) => {
    const rows = (kept[name] ?? []).map((row) => readableRow(row, time)).filter((row) => row.length > 0)
    return rows.length > 0 ? [section(locale, name, rows)] : []
  })
  return plainPage(
    { locale, nonce, title },
    html`<p class="soft">${asOf(time(at))}</p><p>${complete}</p>
<form method="post" action="?format=json"><button>${save}</button></form>${parts}`
  )
}

const ORDER = Object.keys(TABLES)
/** Tables that we have no words for come last, under their own names. */
const rankOf = (name: string) => (ORDER.includes(name) ? ORDER.indexOf(name) : ORDER.length)

function section(locale: Locale, name: string, rows: readonly ReadableRow[]): Html {
  const label = (field: string) => FIELDS[field]?.[locale] ?? field
  const lists = rows.map(
    (row) => html`<dl>${row.map(([field, value]) => html`<dt>${label(field)}</dt><dd>${value}</dd>`)}</dl>`
  )
  return html`<section><h2>${TABLES[name]?.[locale] ?? name} <small>${rows.length}</small></h2>${lists}</section>`
}
