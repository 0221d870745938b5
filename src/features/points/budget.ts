import { dayOf, startOfDay } from '../../core/time.ts'
import type { Setting } from '../../platform/settings/index.ts'
import { readSetting } from '../../platform/settings/index.ts'
import type { Role } from '../../platform/slack/index.ts'
import type { Work } from '../../platform/work.ts'
import { pointsMovedBy } from './store/staff.ts'

const LIMITS = { '0': 0, '100': 100, '300': 300, '500': 500, '1000': 1_000, '3000': 3_000 } as const

/** How many points a member of cs may give and take in a day. */
export const POINTS_BUDGET: Setting<keyof typeof LIMITS | 'none'> = {
  name: 'points',
  words: ['ポイント'],
  label: { ja: '担当者が1日に動かせるポイント', en: 'Points a member of staff may move in a day' },
  hint: {
    ja: 'お客様カードから付ける分と差し引く分を合わせた、担当者おひとりの1営業日の上限です。マネージャーに上限はありません。',
    en: 'Given and taken from customer cards together, for each of them and each business day. Managers have no limit.'
  },
  choices: [
    { value: '0', label: { ja: '動かせない', en: 'None' } },
    { value: '100', label: { ja: '100ポイントまで', en: 'Up to 100' } },
    { value: '300', label: { ja: '300ポイントまで', en: 'Up to 300' } },
    { value: '500', label: { ja: '500ポイントまで', en: 'Up to 500' } },
    { value: '1000', label: { ja: '1,000ポイントまで', en: 'Up to 1,000' } },
    { value: '3000', label: { ja: '3,000ポイントまで', en: 'Up to 3,000' } },
    { value: 'none', label: { ja: '上限なし', en: 'No limit' } }
  ],
  defaultValue: '500'
}

/** How many points somebody may still give or take today; undefined = as many as they like. */
export async function budgetLeft(
  { tx, now, timeZone }: Pick<Work, 'tx' | 'now' | 'timeZone'>,
  { by, role }: { readonly by: string; readonly role: Role }
): Promise<number | undefined> {
  if (role === 'manager') return undefined
  const { value } = await readSetting(tx, POINTS_BUDGET)
  if (value === 'none') return undefined
  const moved = await pointsMovedBy(tx, by, startOfDay(dayOf(now, timeZone), timeZone))
  return Math.max(0, LIMITS[value] - moved)
}
