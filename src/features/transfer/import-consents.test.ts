import { describe, expect, test } from 'vitest'
import { useDatabase } from '../../../test/support/database.ts'
import { testScope } from '../../../test/support/queue.ts'
import { createPerform } from '../../platform/perform.ts'
import { changeConsent, mayUse } from '../consent/index.ts'
import { customerAttributes } from '../customers/index.ts'
import { type ImportOrder, importFile, Mapping } from './index.ts'

const db = useDatabase()

async function* inOnePiece(text: string) {
  yield new TextEncoder().encode(text)
}

function setUp() {
  const scope = testScope(db())
  const perform = createPerform({ scope, features: [], onCommit: () => undefined })
  let causes = 0
  const world = {
    scope,
    async take(text: string, over: Partial<ImportOrder> = {}) {
      const order = { kind: 'customers', dryRun: false, by: 'cli', now: scope.at, timeZone: 'Asia/Tokyo' } as const
      const result = await importFile(db(), { ...order, bytes: inOnePiece(text), ...over })
      if (!result.ok) throw new Error(result.fault.kind)
      return result.summary
    },
    id: async () => (await db().prisma.customer.findFirstOrThrow()).id,
    may: async (purpose: 'marketing' | 'research' | 'profiling') => mayUse(db().prisma, await world.id(), purpose),
    /** What the customer says in LINE, now. */
    says: async (allow: boolean) => {
      const customerId = await world.id()
      causes += 1
      await perform(`line:${causes}`, (work) =>
        changeConsent(work, { customerId, purpose: 'marketing', allow, source: 'line:settings' })
      )
    },
    kept: () =>
      db().prisma.consentChange.findMany({
        select: { purpose: true, status: true, version: true, source: true, at: true },
        orderBy: { id: 'asc' }
      })
  }
  return world
}

describe('consents in a list of customers', () => {
  test('are kept with their date and where they come from, and count', async () => {
    const { take, kept, may, scope } = setUp()
    const file = '会員番号,メルマガ,アンケート可否,同意日\nM1,希望する,いいえ,2025/4/1\n'
    const { file: reading } = await take(file)
    expect(reading).toMatchObject({
      columns: { marketing_consent: 'メルマガ', research_consent: 'アンケート可否', consent_at: '同意日' },
      unused: []
    })
    const at = new Date('2025-03-31T15:00:00Z')
    expect(await kept()).toEqual([
      { purpose: 'marketing', status: 'granted', version: 0, source: 'import', at },
      { purpose: 'research', status: 'refused', version: 0, source: 'import', at }
    ])
    expect([await may('marketing'), await may('research')]).toEqual([true, false])
    expect(await db().prisma.event.count({ where: { name: 'consent.changed' } })).toBe(2)
    expect(await db().query('SELECT 1 FROM event_default')).toEqual([])
    scope.at = new Date(scope.at.getTime() + 86_400_000)
    await take(file)
    expect(await kept()).toHaveLength(2)
    expect(await db().prisma.event.count()).toBe(2)
  })

  test('with a date never stand above what the customer said later in LINE', async () => {
    const { take, says, may } = setUp()
    await take('customer_id\nM1\n')
    await says(true)
    await says(false)
    await take('customer_id,marketing_consent,consent_at\nM1,yes,2025-04-01\n')
    expect(await may('marketing')).toBe(false)
  })

  test('without a date count only for who never answered', async () => {
    const { take, says, may, kept } = setUp()
    const yes = 'customer_id,marketing_consent\nM1,yes\n'
    await take(yes)
    expect(await may('marketing')).toBe(true)
    await says(false)
    expect(await may('marketing')).toBe(false)
    await take(yes)
    expect(await may('marketing')).toBe(false)
    expect(await kept()).toHaveLength(2)
  })

  test('twice in one file: the later row counts', async () => {
    const { take, may } = setUp()
    await take('customer_id,marketing_consent\nM1,yes\nM1,no\n')
    expect(await may('marketing')).toBe(false)
  })

  test.each([
    ['はい', true],
    ['○', true],
    ['ＴＲＵＥ', true],
    ['許可', true],
    ['0', false],
    ['×', false],
    ['拒否', false]
  ])('are read as people write them: %s is %s', async (word, allowed) => {
    const { take, may } = setUp()
    await take(`customer_id,marketing_consent\nM1,${word}\n`)
    expect(await may('marketing')).toBe(allowed)
  })

  test('what is neither yes nor no is a fault of its row, empty is no answer', async () => {
    const { take, kept } = setUp()
    const file = 'customer_id,marketing_consent,consent_at\n1,たぶん,\n2,,\n3,yes,いつか\n4,yes,2099-01-01\n'
    const { errors, imported } = await take(file)
    expect(errors.map(({ line, problem, field }) => [line, problem, field])).toEqual([
      [2, 'bad_consent', 'marketing_consent'],
      [4, 'bad_date', 'consent_at'],
      [5, 'too_late', 'consent_at']
    ])
    expect([imported, await kept()]).toEqual([1, []])
  })

  test('a dry run keeps none', async () => {
    const { take, kept } = setUp()
    await take('customer_id,marketing_consent\nM1,yes\n', { dryRun: true })
    expect(await kept()).toEqual([])
  })
})

test('columns that a mapping names are kept as attributes, the others are told', async () => {
  const { take, id } = setUp()
  const mapping = Mapping.parse({ columns: { customer_id: '番号' }, attributes: { seat: '席', drink: 2 } })
  const { file } = await take('番号,飲み物,席,ひみつ\nM1,ラテ,窓側,x\n', { mapping })
  expect(file.unused).toEqual(['ひみつ'])
  expect(Object.fromEntries(await customerAttributes(db().prisma, db().cipher, await id()))).toEqual({
    seat: '窓側',
    drink: 'ラテ'
  })
  await expect(take('番号\nM2\n', { mapping })).rejects.toThrow('missing_columns')
})
