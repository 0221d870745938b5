import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { useDatabase } from '../../../test/support/database.ts'
import { testEvent } from '../../../test/support/queue.ts'
import type { Database } from '../db/index.ts'
import { openDatabase } from '../db/open.ts'
import { createIntake, IntakeUnavailable } from './intake.ts'

const db = useDatabase()
/** How long a poll may take on a busy machine. */
const PATIENT = { timeout: 10_000 }
const serverUrl = process.env.TEST_DATABASE_URL

type Row = { source: string; event_id: string; key: string; occurred_at: Date; body_sealed: string; state: string }
const rows = () => db().query<Row>('SELECT * FROM inbox ORDER BY id')

/** The database, except that each INSERT waits for the test to let it go, and is counted. */
function gatedDatabase(): { gated: Database; inserts: { size: number; go: () => void }[] } {
  const inserts: { size: number; go: () => void }[] = []
  const gated: Database = {
    ...db(),
    concurrency: 10,
    async query<R extends object>(sql: string, values: readonly unknown[] = []) {
      const [sources] = values
      await new Promise<void>((go) => inserts.push({ size: Array.isArray(sources) ? sources.length : 0, go }))
      return db().query<R>(sql, values)
    }
  }
  return { gated, inserts }
}

const settledSoon = (promise: Promise<unknown>) =>
  Promise.race([
    promise.then(
      () => 'resolved',
      () => 'rejected'
    ),
    new Promise((resolve) => setImmediate(() => setImmediate(() => resolve('pending'))))
  ])

describe('what is stored', () => {
  test('an event is there, sealed, when put resolves', async () => {
    const event = testEvent({ body: '{"text":"佐藤です"}' })
    await createIntake(db()).put([event])
    const [row] = await rows()
    expect(row).toMatchObject({ source: 'test', event_id: event.eventId, key: event.key, state: 'ready' })
    expect(row?.occurred_at).toEqual(event.occurredAt)
    expect(row?.body_sealed).not.toContain('佐藤')
    expect(db().cipher.open('inbox.body', row?.body_sealed ?? '')).toBe(event.body)
  })

  test('the same event told five times, in one put and in several, is kept once', async () => {
    const event = testEvent()
    const intake = createIntake(db())
    await Promise.all([intake.put([event, event]), intake.put([event]), intake.put([event])])
    await createIntake(db()).put([event])
    expect(await rows()).toHaveLength(1)
  })

  test('an event that could not be understood is kept in quarantine', async () => {
    await createIntake(db()).put([testEvent({ quarantined: true, body: 'not json \u0000' })])
    expect(await rows()).toMatchObject([{ state: 'quarantined' }])
  })

  test('NUL and lone surrogates in ids do not make the others of the batch fail', async () => {
    const intake = createIntake(db())
    const odd = testEvent({ eventId: 'a\u0000b\ud800', key: 'k\u0000', body: '"\u0000\ud800"' })
    await Promise.all([intake.put([testEvent()]), intake.put([odd]), intake.put([testEvent()])])
    expect(await rows()).toHaveLength(3)
  })

  test('an impossible time fails its own put alone', async () => {
    const intake = createIntake(db())
    const impossible = testEvent({ occurredAt: new Date(Number.NaN) })
    const beyondPostgres = testEvent({ occurredAt: new Date(8.64e15), key: 'key-b' })
    const results = await Promise.allSettled([
      intake.put([testEvent()]),
      intake.put([impossible]),
      intake.put([beyondPostgres]),
      intake.put([testEvent({ key: 'key-c' })])
    ])
    expect(results.map((result) => result.status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled'])
    expect(await rows()).toHaveLength(2)
  })

  test('nothing to store needs no database', async () => {
    const { gated, inserts } = gatedDatabase()
    await createIntake(gated).put([])
    expect(inserts).toHaveLength(0)
  })
})

describe('sharing INSERTs', () => {
  test('what arrives while an INSERT is under way shares the next one', async () => {
    const { gated, inserts } = gatedDatabase()
    const intake = createIntake({ ...gated, concurrency: 1 })
    const puts = Array.from({ length: 50 }, (_, n) => intake.put([testEvent({ key: `key-${n}` })]))
    inserts[0]?.go()
    await puts[0]
    await expect.poll(() => inserts.length, PATIENT).toBe(2)
    inserts[1]?.go()
    await Promise.all(puts)
    expect(inserts.map((insert) => insert.size)).toEqual([1, 49])
  })

  test('two INSERTs at most are under way, one on an embedded database', async () => {
    for (const [concurrency, most] of [
      [10, 2],
      [1, 1]
    ] as const) {
      const { gated, inserts } = gatedDatabase()
      const intake = createIntake({ ...gated, concurrency })
      const puts = Array.from({ length: 9 }, (_, n) => intake.put([testEvent({ key: `key-${n}` })]))
      expect(inserts).toHaveLength(most)
      for (let next = 0; next < inserts.length || (await settledSoon(Promise.all(puts))) === 'pending'; ) {
        inserts[next]?.go()
        if (inserts[next]) next += 1
      }
    }
  })

  test('an event waits for the INSERT that holds an earlier one of its key', async () => {
    const { gated, inserts } = gatedDatabase()
    const intake = createIntake(gated)
    const first = testEvent({ key: 'same', occurredAt: new Date(1_000) })
    const second = testEvent({ key: 'same', occurredAt: new Date(1_000) })
    const puts = [intake.put([first]), intake.put([second]), intake.put([testEvent({ key: 'other' })])]
    expect(inserts.map((insert) => insert.size)).toEqual([1, 1])
    inserts[1]?.go()
    await puts[2]
    expect(inserts).toHaveLength(2)
    inserts[0]?.go()
    await puts[0]
    await expect.poll(() => inserts.length, PATIENT).toBe(3)
    inserts[2]?.go()
    await Promise.all(puts)
    expect((await rows()).filter((row) => row.key === 'same').map((row) => row.event_id)).toEqual([
      first.eventId,
      second.eventId
    ])
  })

  test('whatever arrives together, ids of a key follow the order of arrival and nothing is lost', async () => {
    const keys = fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 60 })
    await fc.assert(
      fc.asyncProperty(keys, async (given) => {
        await db().query('DELETE FROM inbox')
        const intake = createIntake(db())
        const events = given.map((key) => testEvent({ key }))
        await Promise.all(events.map((event) => intake.put([event])))
        const stored = await rows()
        for (const key of ['a', 'b', 'c']) {
          const ids = (list: readonly { key: string; id: string }[]) =>
            list.filter((row) => row.key === key).map((row) => row.id)
          const arrived = events.map(({ key, eventId }) => ({ key, id: eventId }))
          expect(ids(stored.map(({ key, event_id }) => ({ key, id: event_id })))).toEqual(ids(arrived))
        }
        expect(stored).toHaveLength(events.length)
      }),
      { numRuns: 15 }
    )
  })
})

describe('a database that cannot take it', () => {
  test('put does not resolve before the INSERT has committed', async () => {
    const { gated, inserts } = gatedDatabase()
    const put = createIntake(gated).put([testEvent()])
    expect(await settledSoon(put)).toBe('pending')
    expect(await rows()).toHaveLength(0)
    inserts[0]?.go()
    await put
    expect(await rows()).toHaveLength(1)
  })

  test.skipIf(!serverUrl)('on a server: put never resolves while another connection has locked the table', async () => {
    const other = await openDatabase({ databaseUrl: serverUrl }, db().cipher)
    const intake = createIntake(db())
    const startedMs = performance.now()
    await other.transaction(async (tx) => {
      await tx.$executeRawUnsafe('LOCK TABLE inbox IN ACCESS EXCLUSIVE MODE')
      await expect(intake.put([testEvent()])).rejects.toThrow(IntakeUnavailable)
      expect(performance.now() - startedMs).toBeLessThan(2_000)
    })
    await intake.put([testEvent({ eventId: 'after the lock' })])
    expect((await rows()).map((row) => row.event_id)).toContain('after the lock')
    await other.close()
  })
})

describe('a database that takes too long', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }))
  afterEach(() => void vi.useRealTimers())
  /** So long a put may take. */
  const TIMEOUT_MS = 1_500

  test('and hangs is answered in time, and later puts as well', async () => {
    const { gated } = gatedDatabase()
    const intake = createIntake(gated)
    const puts = Promise.allSettled([intake.put([testEvent()]), intake.put([testEvent()])])
    vi.advanceTimersByTime(TIMEOUT_MS)
    expect((await puts).map((put) => put.status === 'rejected' && put.reason)).toEqual([
      expect.any(IntakeUnavailable),
      expect.any(IntakeUnavailable)
    ])
  })

  test('stores an event that was refused for lateness when it is told again', async () => {
    const { gated, inserts } = gatedDatabase()
    const intake = createIntake(gated)
    const event = testEvent()
    const late = intake.put([event])
    vi.advanceTimersByTime(TIMEOUT_MS)
    await expect(late).rejects.toThrow(IntakeUnavailable)
    const again = intake.put([event])
    inserts[0]?.go()
    await expect.poll(() => inserts.length, PATIENT).toBe(2)
    inserts[1]?.go()
    await again
    expect(await rows()).toHaveLength(1)
  })

  test('has no room in later INSERTs for what was refused for lateness while it waited', async () => {
    const { gated, inserts } = gatedDatabase()
    const intake = createIntake({ ...gated, concurrency: 1 })
    const late = Promise.allSettled(['a', 'b', 'c'].map((key) => intake.put([testEvent({ key })])))
    vi.advanceTimersByTime(TIMEOUT_MS)
    expect((await late).map((put) => put.status)).toEqual(['rejected', 'rejected', 'rejected'])
    const put = intake.put([testEvent({ key: 'd' })])
    inserts[0]?.go()
    await expect.poll(() => inserts.length, PATIENT).toBe(2)
    inserts[1]?.go()
    await put
    expect(inserts.map((insert) => insert.size)).toEqual([1, 1])
  })

  test('and never answers does not hold up a key for ever', async () => {
    const { gated, inserts } = gatedDatabase()
    const intake = createIntake(gated, { abandonMs: 10_000 })
    const lost = intake.put([testEvent()])
    vi.advanceTimersByTime(9_000)
    await expect(lost).rejects.toThrow(IntakeUnavailable)
    const put = intake.put([testEvent()])
    expect(inserts).toHaveLength(1)
    vi.advanceTimersByTime(1_000)
    await expect.poll(() => inserts.length, PATIENT).toBe(2)
    inserts[1]?.go()
    await put
  })

  test('refuses at once when too many puts wait', async () => {
    const { gated } = gatedDatabase()
    const intake = createIntake(gated, { maxWaiting: 2 })
    const results = Array.from({ length: 4 }, () => intake.put([testEvent()]))
    await expect(results[3]).rejects.toThrow('Too many')
    vi.advanceTimersByTime(TIMEOUT_MS)
    await Promise.allSettled(results)
  })

  test('because a transaction holds the only connection refuses in time, and does not wait', async () => {
    const intake = createIntake(db())
    await db().transaction(async (tx) => {
      await tx.$executeRaw`LOCK TABLE inbox IN ACCESS EXCLUSIVE MODE`
      const put = intake.put([testEvent()])
      vi.advanceTimersByTime(TIMEOUT_MS)
      await expect(put).rejects.toThrow(IntakeUnavailable)
    })
    await intake.put([testEvent()])
  })
})
