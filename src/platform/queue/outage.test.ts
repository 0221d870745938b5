import { expect, test } from 'vitest'
import { useDatabase } from '../../../test/support/database.ts'
import { AT_ONCE, testEngine, testEvent, testScope } from '../../../test/support/queue.ts'
import { createIntake } from './intake.ts'
import { changeLaidAside } from './laid-aside.ts'
import { isOutage } from './outage.ts'
import type { InboxConsumer } from './types.ts'

const db = useDatabase()

test.each([
  ['08006', true],
  ['53300', true],
  ['57P01', true],
  ['P1001', true],
  ['22021', false],
  ['23505', false],
  ['40P01', false],
  ['57014', false],
  ['P2002', false],
  ['ECONNREFUSED', false]
])('an error with the code %s is an outage: %s', (code, is) => {
  expect(isOutage(Object.assign(new Error('x'), { code }))).toBe(is)
  expect(
    isOutage(Object.assign(new Error('x'), { meta: { driverAdapterError: { cause: { originalCode: code } } } }))
  ).toBe(is)
})

/** What becomes of an event whose effect PostgreSQL refuses with a code, so many times. */
async function refused(code: string, times: number) {
  let tries = 0
  const consumer: InboxConsumer = {
    source: 'test',
    async handle({ tx }) {
      tries += 1
      if (tries <= times)
        await tx.$executeRawUnsafe(`DO $$ BEGIN RAISE EXCEPTION 'x' USING ERRCODE = '${code}'; END $$`)
    }
  }
  const engine = testEngine(testScope(db()), { consumers: [consumer], outageRetry: { ...AT_ONCE, maxAttempts: 20 } })
  await createIntake(db()).put([testEvent()])
  for (let round = 0; round <= times; round += 1) {
    await engine.drain()
    await db().query(`UPDATE inbox SET run_at = now() WHERE state = 'ready'`)
  }
  const { state, attempts, outages } = await db().prisma.inbox.findFirstOrThrow()
  return { state, attempts, outages, notices: await db().prisma.outbox.count() }
}

test('an event waits for a locked table for long, and those tries count for nothing else', async () => {
  expect(await refused('55P03', 19)).toEqual({ state: 'done', attempts: 1, outages: 19, notices: 0 })
})

test.each([
  { of: 'a lock that it meets for ever', code: '55P03', tries: { attempts: 0, outages: 20 } },
  { of: 'its own fault, much sooner', code: 'P0001', tries: { attempts: AT_ONCE.maxAttempts, outages: 0 } }
])('an event dies, and staff are told, of $of', async ({ code, tries }) => {
  expect(await refused(code, 40)).toEqual({ state: 'dead', notices: 1, ...tries })
})

test('revived, it has all its tries again', async () => {
  await refused('55P03', 40)
  await db().transaction((tx) =>
    changeLaidAside({ query: (sql, values = []) => tx.$queryRawUnsafe(sql, ...values) }, 'revive', {
      queue: 'inbox',
      ids: 'all'
    })
  )
  expect(await db().prisma.inbox.findFirst()).toMatchObject({ state: 'ready', attempts: 0, outages: 0 })
})
