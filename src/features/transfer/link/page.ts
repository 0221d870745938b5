import { html } from 'hono/html'
import type { Locale } from '../../../core/locale.ts'
import { formatTime } from '../../../core/time.ts'
import { type Html, plainPage } from '../../../platform/http/index.ts'
import { type LinkFault, MOST_TAKES } from '../rules/link.ts'
import type { ExportLink } from '../store/export-links.ts'
import { EXPORT_TEXTS } from './texts.ts'

interface Look {
  readonly locale: Locale
  readonly nonce: string
  readonly timeZone: string
}

/** What the link leads to, and a button: whoever follows it taps that, a program that only looks does not. */
export function downloadPage({ choice, taken, expiresAt }: ExportLink, { locale, nonce, timeZone }: Look): Html {
  const { choices, page } = EXPORT_TEXTS[locale]
  const until = formatTime(expiresAt, locale, timeZone)
  return plainPage(
    { locale, nonce, title: page.title },
    html`<h2>${page.contents}</h2><p><strong>${choices[choice].name}</strong><br>${choices[choice].about}</p>
<p>${page.careful}</p>
<form method="post"><button>${page.download}</button></form>
<p class="soft">${page.left(MOST_TAKES - taken, until)}<br>${page.wait}</p>`
  )
}

/** Why there is nothing to fetch, and what to do. */
export function refusalPage(why: LinkFault | 'not_manager', { locale, nonce }: Pick<Look, 'locale' | 'nonce'>): Html {
  const { missingTitle, faults } = EXPORT_TEXTS[locale].page
  return plainPage({ locale, nonce, title: missingTitle }, html`<p>${faults[why]}</p>`)
}
