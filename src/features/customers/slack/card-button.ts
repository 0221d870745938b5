import type { Button } from '@slack/types'
import type { Locale, LocaleText } from '../../../core/locale.ts'
import { button } from '../../../platform/slack/index.ts'

/** The action that shows a customer's card; its value is the customer's id. */
export const CARD_ACTION = 'customer.card'

const LABEL: LocaleText = { ja: '👤 お客様カード', en: '👤 Customer card' }

/** Opens the card of a customer, from wherever they are mentioned. */
export function cardButton(customerId: string, locale: Locale): Button {
  return button({ text: LABEL[locale], actionId: CARD_ACTION, value: customerId })
}
