import { html } from 'hono/html'
import type { Locale } from '../../core/locale.ts'
import { type Html, plainPage } from '../../platform/http/index.ts'

const TEXTS: Readonly<Record<Locale, { readonly title: string; readonly words: string }>> = {
  ja: {
    title: 'このリンクは開けません',
    words:
      'リンクが古くなったか、アドレスが途中で切れているようです。お手数ですが、LINEのトークで新しいメッセージをご覧ください。お困りのときは、そのままトークでお知らせください。'
  },
  en: {
    title: 'This link can’t be opened',
    words:
      'It is too old, or part of its address is missing. Please look for a newer message in our LINE chat, or just write to us there: we are glad to help.'
  }
}

/** What stands at an address that leads nowhere (any more). */
export function missingPage(locale: Locale, nonce: string): Html {
  const { title, words } = TEXTS[locale]
  return plainPage({ locale, nonce, title }, html`<p>${words}</p>`)
}
