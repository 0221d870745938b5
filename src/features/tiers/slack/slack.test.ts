import { describe, expect, test } from 'vitest'
import { useDatabase } from '../../../../test/support/database.ts'
import { member, staffDesk } from '../../../../test/support/staff-desk.ts'
import { RULES, tierWorld } from '../../../../test/support/tier-world.ts'
import { tiersFeature } from '../index.ts'
import { TiersDefinition } from '../rules/definition.ts'
import { outlookOf } from '../rules/outlook.ts'
import { tierLine } from './tier-line.ts'

const db = useDatabase()
const BOSS = member('UBOSS', { role: 'manager' })
const EMMA = member('UEMMA', { role: 'manager', locale: 'en' })

describe('/matane tiers', () => {
  test('counts who is where, those too who were never anywhere else, and who moved this month', async () => {
    const world = await tierWorld(db())
    await world.publish({ keep: '30d', grace: '0d', window: '30d' })
    const [falls, rises, stays, placed] = await Promise.all([1, 2, 3, 4].map(() => world.customer()))
    await world.travelTo('2026-10-30')
    await world.tell(world.order(falls ?? '', 30_000))
    await world.travelTo('2026-12-02')
    await world.tell(world.order(rises ?? '', 12_000), world.order(stays ?? '', 1))
    await world.send(world.order(placed ?? '', 12_000, { at: new Date('2026-11-20T00:00:00Z') }))
    const desk = staffDesk(world.scope, [tiersFeature])
    const text = async (by: typeof BOSS) => JSON.stringify((await desk.command(by, '/matane tiers', '')).whispers)
    expect(await text(BOSS)).toContain(
      [
        ...['*ゴールド*  0名（0%）', '今月: 変化なし', '', '*シルバー*  2名（50%）'],
        ...['今月: 昇格 1名 ・ 降格 0名', '', '*レギュラー*  2名（50%）', '今月: 昇格 0名 ・ 降格 1名']
      ].join('\\n')
    )
    expect(await text(EMMA)).toContain('*Silver*  2 (50%)\\nthis month: 1 up · 0 down')
    expect(await text(EMMA)).toContain('From the beginning of December until now')
  })

  test('says how to have tiers where there are none', async () => {
    const world = await tierWorld(db())
    const desk = staffDesk(world.scope, [tiersFeature])
    expect(JSON.stringify(await desk.command(BOSS, '/matane tiers', ''))).toContain('flows/loyalty/tiers.yaml')
  })
})

test.each([
  [undefined, 9_000, 'ja', 'レギュラー ・ あと¥1,000、またはご来店3回でシルバー'],
  [undefined, 9_000, 'en', 'Regular · ¥1,000 or 3 visits to go: Silver'],
  [
    '2026-12-21',
    28_000,
    'ja',
    'ゴールド ・ 2025年11月21日から ・ 猶予中: 2026年12月20日までに、あと¥2,000、またはご来店10回で継続'
  ],
  [
    '2026-12-21',
    28_000,
    'en',
    'Gold · since Nov 21, 2025 · in its grace: ¥2,000 or 10 visits more by Dec 20, 2026 to keep it'
  ]
] as const)('a line for staff: due %s with ¥%i, %s', (dueOn, spendYen, locale, expected) => {
  const held = { tier: 'gold', rank: 2, since: '2025-11-21', keptUntil: '2026-11-21', dueOn }
  const life = { standing: dueOn ? held : undefined, sums: { visits: 0, spendYen } }
  const outlook = outlookOf(TiersDefinition.parse(RULES), life, '2026-11-21')
  expect(outlook && tierLine(outlook, locale)).toBe(expected)
})
