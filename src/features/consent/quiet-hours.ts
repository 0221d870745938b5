import { readSetting, type Setting } from '../../platform/settings/index.ts'
import type { Work } from '../../platform/work.ts'
import { timeZoneOf } from '../customers/index.ts'
import { type QuietHours, quietUntil } from './rules/quiet.ts'

const HOURS: Readonly<Record<'21-9' | '20-10' | '22-8', QuietHours>> = {
  '21-9': { from: 21, to: 9 },
  '20-10': { from: 20, to: 10 },
  '22-8': { from: 22, to: 8 }
}

/** When customers are left in peace. */
export const QUIET_HOURS: Setting<keyof typeof HOURS | 'none'> = {
  name: 'quiet',
  words: ['夜間', 'おやすみ時間'],
  label: { ja: 'お客様にこちらから送らない時間', en: 'Hours in which customers are not written to' },
  hint: {
    ja: 'アンケートとシナリオは、この時間が終わってから届きます。お客様が送ったメッセージやスタンプへの返事は、いつでもすぐに届きます。',
    en: 'Surveys and scenarios wait until they are over. What answers a customer’s own message or stamp comes at once, at any hour.'
  },
  choices: [
    { value: '21-9', label: { ja: '21時〜9時', en: '21:00–9:00' } },
    { value: '20-10', label: { ja: '20時〜10時', en: '20:00–10:00' } },
    { value: '22-8', label: { ja: '22時〜8時', en: '22:00–8:00' } },
    { value: 'none', label: { ja: 'なし', en: 'None' } }
  ],
  defaultValue: '21-9'
}

/** What comes of something that a customer did in LINE just now: they are awake, and wait for it. */
const THEIR_OWN = 'line:'

/** Whether a piece of work comes of something that the customer did just now. */
export function isTheirOwn({ cause }: Work): boolean {
  return cause.startsWith(THEIR_OWN)
}

/** Until when a customer is left in peace, by the clocks where they live; undefined = they may be written to now. */
export async function quietFor({ tx, now, timeZone }: Work, customerId: string): Promise<Date | undefined> {
  const { value } = await readSetting(tx, QUIET_HOURS)
  if (value === 'none') return undefined
  return quietUntil(now, (await timeZoneOf(tx, customerId)) ?? timeZone, HOURS[value])
}
