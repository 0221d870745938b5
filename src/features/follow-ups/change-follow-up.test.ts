import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { useDatabase } from '../../../test/support/database.ts'
import { type FollowUpWorld, followUpWorld } from '../../../test/support/follow-up-world.ts'
import { member } from '../../../test/support/staff-desk.ts'
import { addDuration } from '../../core/time.ts'
import { changeFollowUp } from './change-follow-up.ts'
import { type Change, OUTCOMES } from './rules/state.ts'

const db = useDatabase()
const AYA = member('UAYA')
const KENTA = member('UKENTA')
let world: FollowUpWorld
let id: string
let hanako: string

beforeEach(async () => {
  world = followUpWorld(db())
  hanako = await world.customer()
  id = (await world.open(hanako, { score: 3 })).id
})

let causes = 0
const change = (made: Change, actor = 'UAYA', cause = `test:${++causes}`, on = id) =>
  world.desk.perform(cause, (work) => changeFollowUp(work, { id: on, actor, change: made }))

describe('two people at once', () => {
  it('one gets it and every other is told who has it', async () => {
    const people = ['U1', 'U2', 'U3', 'U4', 'U5']
    const seen = await Promise.all(
      people.map((person) => world.desk.click(member(person), 'follow_up.claim', { value: id }))
    )
    const winner = (await world.row(id)).assigneeId
    const told = seen.flatMap(({ whispers }) => whispers.map(({ text }) => text))
    expect(people).toContain(winner)
    expect(told).toHaveLength(4)
    for (const text of told) expect(text).toContain(`<@${winner}>`)
    expect(await world.threads()).toEqual([`🙋 <@${winner}> さんが担当になりました。`])
  })

  it('one resolves it and the other learns who did', async () => {
    const resolve = (by: string) => change({ kind: 'resolve', by, outcome: 'retained' }, by)
    const results = await Promise.all([resolve('U1'), resolve('U2')])
    const winner = (await world.row(id)).resolvedBy
    expect(results.filter(({ ok }) => ok)).toHaveLength(1)
    expect(results.find(({ ok }) => !ok)).toEqual({ ok: false, kind: 'resolved', by: winner })
  })
})

describe('the same click told twice', () => {
  it('counts once and is answered the same', async () => {
    const claim = () => change({ kind: 'claim', by: 'UAYA' }, 'UAYA', 'slack:click-1')
    expect((await claim()).ok).toBe(true)
    expect((await claim()).ok).toBe(true)
    expect((await world.row(id)).version).toBe(2)
    expect(await db().prisma.followUpActivity.count({ where: { action: 'claim' } })).toBe(1)
  })
})

describe('a deadline that passes', () => {
  const said = async () => (await world.desk.intents()).filter((intent) => intent.kind === 'thread').at(-1)

  it('is told to the whole channel while nobody has it: nobody follows its thread', async () => {
    world.travel(24)
    await world.fire('overdue', id)
    expect(await said()).toMatchObject({
      text: expect.stringMatching(/#\d+: .*期限を過ぎました。「担当する」/),
      toAll: true
    })
  })

  it('is told by name, in the thread only, to whom it was given and who has not answered', async () => {
    await change({ kind: 'assign', by: 'UAYA', to: 'UKENTA' })
    world.travel(24)
    await world.fire('overdue', id)
    expect(await said()).toMatchObject({ text: expect.stringContaining('<@UKENTA> さん、') })
    expect(await said()).not.toHaveProperty('toAll')
  })

  it('is not told once the one it was given to has claimed it', async () => {
    await change({ kind: 'assign', by: 'UAYA', to: 'UKENTA' })
    await change({ kind: 'claim', by: 'UKENTA' })
    world.travel(24)
    await world.fire('overdue', id)
    expect((await world.threads()).join()).not.toContain('期限')
  })

  it('leaves everything else that is said in the thread', async () => {
    await change({ kind: 'claim', by: 'UAYA' })
    await change({ kind: 'resolve', by: 'UAYA', outcome: 'watch' })
    await change({ kind: 'reopen', dueAt: addDuration(world.scope.at, '1d') })
    for (const intent of await world.desk.intents()) expect(intent).not.toHaveProperty('toAll')
  })
})

describe('snoozing', () => {
  it('wakes at its time, with a line in the thread', async () => {
    await world.desk.click(AYA, 'follow_up.snooze', { value: '3h', blockId: `follow_up:${id}:actions` })
    expect((await world.card(id)).text).toContain('スヌーズ中')
    world.travel(2)
    await world.fire('wake', id)
    expect((await world.row(id)).snoozedUntil).not.toBeNull()
    world.travel(1)
    await world.fire('wake', id)
    expect((await world.row(id)).snoozedUntil).toBeNull()
    expect((await world.threads()).at(-1)).toContain('スヌーズが終わりました')
    expect((await world.card(id)).text).toContain('要対応')
  })

  it('ends at once when a new reason comes, and the clock stays quiet afterwards', async () => {
    await world.desk.mention(AYA, 'スヌーズ 3d', { type: 'follow_up', id })
    await world.open(hanako, { kind: 'consult' })
    expect((await world.row(id)).snoozedUntil).toBeNull()
    expect((await world.threads()).at(-1)).toContain('スヌーズを解除しました')
    expect(await db().prisma.timer.count({ where: { kind: 'follow_up.wake' } })).toBe(0)
  })

  it('ends with the resolution', async () => {
    await change({ kind: 'snooze', until: addDuration(world.scope.at, '3d') })
    await change({ kind: 'resolve', by: 'UAYA', outcome: 'watch' })
    expect(await db().prisma.timer.count()).toBe(0)
  })
})

describe('reopening', () => {
  it('takes the customer’s single place again, with a new deadline and no note', async () => {
    await world.desk.mention(AYA, '解決 離脱 引っ越しのため', { type: 'follow_up', id })
    world.travel(48)
    await world.desk.click(KENTA, 'follow_up.reopen', { value: id })
    expect(await world.row(id)).toMatchObject({
      ...{ openCustomerId: hanako, resolvedAt: null, outcome: null, noteSealed: null },
      dueAt: addDuration(world.scope.at, '24h')
    })
    expect(await world.open(hanako)).toMatchObject({ id, how: 'added' })
  })

  it('is refused while the customer has a newer one, and says which', async () => {
    await change({ kind: 'resolve', by: 'UAYA', outcome: 'lost' })
    const newer = await world.open(hanako)
    const seen = await world.desk.click(KENTA, 'follow_up.reopen', { value: id })
    expect(seen.whispers[0]?.text).toContain(`#${newer.number}`)
    expect((await world.row(id)).resolvedAt).not.toBeNull()
  })
})

it('a follow-up that does not exist is gone, whoever asks', async () => {
  const nowhere = '0192f000-0000-7000-8000-000000000000'
  expect(await change({ kind: 'claim', by: 'U1' }, 'U1', 'test:gone', nowhere)).toEqual({ ok: false, kind: 'gone' })
})

it('a note is stored sealed', async () => {
  await world.desk.mention(AYA, '解決 引き留め お詫びの電話', { type: 'follow_up', id })
  const stored = JSON.stringify([await world.row(id), await db().prisma.followUpActivity.findMany()])
  expect(stored).not.toContain('お詫び')
  expect(await world.cardText(id)).toContain('お詫びの電話')
})

it('nothing is left of a change whose work fails', async () => {
  const failing = world.desk.perform('test:fails', async (work) => {
    await changeFollowUp(work, { id, actor: 'UAYA', change: { kind: 'claim', by: 'UAYA' } })
    throw new Error('afterwards')
  })
  await expect(failing).rejects.toThrow('afterwards')
  expect(await world.row(id)).toMatchObject({ version: 1, assigneeId: null })
  expect(await db().prisma.followUpActivity.count({ where: { action: 'claim' } })).toBe(0)
})

const person = fc.constantFrom('U1', 'U2')
const step = fc.oneof(
  fc.record({ kind: fc.constant('claim' as const), by: person }),
  fc.record({ kind: fc.constant('assign' as const), by: person, to: person }),
  fc.record({ kind: fc.constant('resolve' as const), by: person, outcome: fc.constantFrom(...OUTCOMES) }),
  fc.constant({ kind: 'open' as const }),
  fc.constant({ kind: 'reopen' as const }),
  fc.constant({ kind: 'snooze' as const }),
  fc.constant({ kind: 'redraw' as const })
)

it('in any order of actions a customer has one open follow-up at most, and versions only grow', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 15 }), async (steps) => {
      const customer = await world.customer()
      let current = (await world.open(customer)).id
      const versions = new Map<string, number>()
      for (const made of steps) {
        if (made.kind === 'open') current = (await world.open(customer)).id
        else await change(complete(made), 'U1', `test:${++causes}`, current)
        const rows = await db().prisma.followUp.findMany({ where: { customerId: customer } })
        expect(rows.filter((row) => row.resolvedAt === null).length).toBeLessThanOrEqual(1)
        for (const row of rows) {
          expect(row.resolvedAt === null).toBe(row.openCustomerId === customer)
          expect(row.version).toBeGreaterThanOrEqual(versions.get(row.id) ?? 0)
          versions.set(row.id, row.version)
        }
      }
    }),
    { numRuns: 12 }
  )
})

function complete(
  made: Exclude<typeof step extends fc.Arbitrary<infer Made> ? Made : never, { kind: 'open' }>
): Change {
  if (made.kind === 'reopen') return { kind: 'reopen', dueAt: addDuration(world.scope.at, '24h') }
  if (made.kind === 'snooze') return { kind: 'snooze', until: addDuration(world.scope.at, '1h') }
  return made
}
