import type { Locale } from '../../core/locale.ts'
import type { CardTexts } from './card-texts.ts'
import { en } from './texts-en.ts'
import { ja } from './texts-ja.ts'

/** What staff read on a customer's card and around it, in their own language. */
export const TEXTS: Readonly<Record<Locale, CardTexts>> = { ja, en }
