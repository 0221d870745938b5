import { beforeEach, describe, expect, it } from 'vitest'
import { useDatabase } from '../../../test/support/database.ts'
import { testScope } from '../../../test/support/queue.ts'
import { tamper } from '../../../test/support/tamper.ts'
import { lockKey } from '../../platform/db/index.ts'
import { createPerform } from '../../platform/perform.ts'
import { CHAIN_LOCK, chainPending } from './chain-pending.ts'
import { type AuditEntry, eraseAuditDetails, type Head, recordAudit, verifyAudit } from './index.ts'
import { ROWS_AT_ONCE } from './store/chain.ts'

const db = useDatabase()
const HANAKO = '0192f000-0000-7000-8000-0000000000aa'
const NOW = new Date('2026-11-21T01:00:00Z')

function claimed(number: number): AuditEntry {
  return {
    actor: { kind: 'staff', id: 'UAYA' },
    action: 'follow_up.claim',
    subject: { type: 'follow_up', id: String(number) },
    customerId: HANAKO,
    detail: { staff: 'UKENTA' }
  }
}
const record = (...entries: AuditEntry[]) =>
  db().transaction((tx) => recordAudit({ tx, cipher: db().cipher, now: NOW }, ...entries))
const numbered = (count: number) => Array.from({ length: count }, (_, index) => claimed(index + 1))
const verify = (witness?: Head) => verifyAudit(db(), { now: NOW, witness })
const rows = () => db().prisma.audit.findMany({ orderBy: { seq: 'asc' } })
async function headNow(): Promise<Head> {
  const found = await verify()
  if (!found.ok) throw new Error(`broken: ${found.kind}`)
  return found.value.head
}

describe('writing', () => {
  it('happens with what it reports, or not at all', async () => {
    const failing = db().transaction(async (tx) => {
      await recordAudit({ tx, cipher: db().cipher, now: NOW }, claimed(1))
      throw new Error('undone')
    })
    await expect(failing).rejects.toThrow('undone')
    expect(await rows()).toEqual([])
  })

  it('keeps the order of a batch, seals the detail, and leaves chaining to the clock', async () => {
    await record(...numbered(3))
    const written = await rows()
    expect(written.map(({ subjectId }) => subjectId)).toEqual(['1', '2', '3'])
    expect(written.every(({ position, hash }) => position === null && hash === null)).toBe(true)
    expect(JSON.stringify(written.map(({ detailSealed }) => detailSealed))).not.toContain('UKENTA')
    expect(db().cipher.open('audit.detail', written[0]?.detailSealed ?? '')).toBe('{"staff":"UKENTA"}')
  })

  /** The embedded database has one session: there transactions take turns anyway. */
  it.runIf(process.env.TEST_DATABASE_URL)('waits neither for the chain nor for others who write', async () => {
    await db().transaction(async (chaining) => {
      await lockKey(chaining, CHAIN_LOCK)
      await db().transaction(async (slow) => {
        await recordAudit({ tx: slow, cipher: db().cipher, now: NOW }, claimed(1))
        await record(claimed(2))
        expect(await rows()).toHaveLength(1)
      })
    })
    await chainPending(db())
    expect(await verify()).toMatchObject({ ok: true, value: { head: { position: 2 } } })
  })

  it.runIf(process.env.TEST_DATABASE_URL)('early and committing late comes later in the chain', async () => {
    await db().transaction(async (slow) => {
      await recordAudit({ tx: slow, cipher: db().cipher, now: NOW }, claimed(1))
      await record(claimed(2))
      await chainPending(db())
    })
    expect(await verify()).toMatchObject({ ok: true, value: { head: { position: 2 } } })
    expect((await rows()).map(({ subjectId, position }) => [subjectId, Number(position)])).toEqual([
      ['1', 2],
      ['2', 1]
    ])
  })

  it('of nothing is nothing', async () => {
    await record()
    expect(await rows()).toEqual([])
  })
})

describe('the database', () => {
  beforeEach(async () => {
    await record(...numbered(2))
    await chainPending(db())
    await record(claimed(3))
  })

  it.each([
    ['changes what was said', `UPDATE audit SET actor_id = 'UEVIL'`],
    ['changes what was said before it is chained', `UPDATE audit SET actor_id = 'UEVIL' WHERE position IS NULL`],
    ['puts another detail', `UPDATE audit SET detail_sealed = 'x'`],
    ['moves a row that has its place', `UPDATE audit SET position = position + 10 WHERE position = 2`],
    ['takes a place away', `UPDATE audit SET position = NULL`],
    ['changes a hash', `UPDATE audit SET hash = 'x' WHERE position = 2`],
    ['deletes', 'DELETE FROM audit']
  ])('refuses whoever %s', async (_what, statement) => {
    const before = await rows()
    await expect(db().query(statement)).rejects.toThrow('append-only')
    expect(await rows()).toEqual(before)
  })

  it('lets a detail go, and does not take it back', async () => {
    const [first] = await rows()
    await db().query('UPDATE audit SET detail_sealed = NULL')
    await expect(
      db().query('UPDATE audit SET detail_sealed = $1 WHERE id = $2', [first?.detailSealed, first?.id])
    ).rejects.toThrow('append-only')
  })
})

describe('chaining', () => {
  it('gives each row one place, in the order of writing, more than a portion too', async () => {
    await record(...numbered(ROWS_AT_ONCE + 5))
    expect(await chainPending(db())).toBe(ROWS_AT_ONCE + 5)
    expect(await chainPending(db())).toBe(0)
    const positions = (await rows()).map(({ position }) => Number(position))
    expect(positions).toEqual(positions.map((_, index) => index + 1))
    expect(await verify()).toMatchObject({ ok: true, value: { head: { position: ROWS_AT_ONCE + 5 }, erased: 0 } })
  })

  it('by several at once, while others write, gives no place twice and fails nobody', async () => {
    const doings = Array.from({ length: 24 }, (_, index) => index % 2 === 0)
    await Promise.all(doings.map((writes) => (writes ? record(...numbered(3)) : chainPending(db()))))
    expect(await headNow()).toMatchObject({ position: 36 })
  })

  it('takes up a row that was written earlier and committed later', async () => {
    await record(...numbered(3))
    await tamper(db(), 'UPDATE audit SET seq = seq + 100 WHERE seq > 1')
    await chainPending(db())
    await db().query(`ALTER SEQUENCE audit_seq_seq RESTART WITH 50`)
    await record(claimed(4))
    const reordered = await verify()
    expect(reordered).toMatchObject({ ok: true, value: { head: { position: 4 } } })
    expect((await rows()).map(({ position }) => Number(position))).toEqual([1, 4, 2, 3])
  })
})

describe('a whole chain', () => {
  it('is one of nothing, too', async () => {
    expect(await verify()).toEqual({ ok: true, value: { head: { position: 0, hash: '' }, erased: 0 } })
  })

  it('leads through every head it ever had', async () => {
    await record(...numbered(3))
    const early = await headNow()
    await record(...numbered(3))
    expect(await verify(early)).toMatchObject({ ok: true })
    expect(await verify(await headNow())).toMatchObject({ ok: true })
  })

  it('stays whole when a person is erased, and tells how many details are gone', async () => {
    await record(...numbered(3))
    await chainPending(db())
    const scope = testScope(db(), NOW)
    const perform = createPerform({ scope, features: [], onCommit: () => undefined })
    const erase = () => perform('erase', (work) => eraseAuditDetails(work, HANAKO))
    await erase()
    await erase()
    expect((await rows()).map(({ action, detailSealed }) => [action, detailSealed])).toEqual([
      ...Array.from({ length: 3 }, () => ['follow_up.claim', null]),
      ['audit.erase', null]
    ])
    expect(await verify()).toMatchObject({ ok: true, value: { head: { position: 4 }, erased: 3 } })
  })
})

describe('tampering shows', () => {
  beforeEach(async () => {
    await record(...numbered(6))
    await chainPending(db())
  })

  const COPY = `INSERT INTO audit (id, seq, at, actor_kind, actor_id, action, subject_type, subject_id, customer_id,
      detail_sealed, detail_hash, content_hash, position, previous_hash, hash)
    SELECT gen_random_uuid(), 900, at, actor_kind, actor_id, action, subject_type, subject_id, customer_id,
      detail_sealed, detail_hash, content_hash, `

  it.each<[string, string[], string, number]>([
    ['an actor changed', [`UPDATE audit SET actor_id = 'UEVIL' WHERE position = 3`], 'changed', 3],
    ['a time changed', [`UPDATE audit SET at = at + interval '1 day' WHERE position = 3`], 'changed', 3],
    [
      'a detail replaced by another one of ours',
      [`UPDATE audit SET detail_sealed = (SELECT detail_sealed FROM audit WHERE position = 1) WHERE position = 3`],
      'detail',
      3
    ],
    ['a detail taken away', ['UPDATE audit SET detail_sealed = NULL WHERE position = 3'], 'emptied', 3],
    [
      'a detail never there',
      [`UPDATE audit SET detail_sealed = NULL, detail_hash = '' WHERE position = 3`],
      'changed',
      3
    ],
    ['a row deleted', ['DELETE FROM audit WHERE position = 3'], 'missing', 3],
    ['the first row deleted', ['DELETE FROM audit WHERE position = 1'], 'missing', 1],
    [
      'a row deleted and the gap closed',
      [
        'DELETE FROM audit WHERE position = 3',
        ...[4, 5, 6].map((place) => `UPDATE audit SET position = ${place - 1} WHERE position = ${place}`)
      ],
      'moved',
      3
    ],
    [
      'two rows swapped',
      [
        'UPDATE audit SET position = 99 WHERE position = 3',
        'UPDATE audit SET position = 3 WHERE position = 4',
        'UPDATE audit SET position = 4 WHERE position = 99'
      ],
      'moved',
      3
    ],
    [
      'the contents of two rows swapped',
      [
        `UPDATE audit SET subject_id = other.subject_id, content_hash = other.content_hash FROM audit AS other
         WHERE (audit.position, other.position) IN ((3, 4), (4, 3))`
      ],
      'changed',
      3
    ],
    [
      'a row put in',
      [
        ...[6, 5, 4].map((place) => `UPDATE audit SET position = ${place + 1} WHERE position = ${place}`),
        `${COPY} 4, previous_hash, hash FROM audit WHERE position = 3`
      ],
      'changed',
      4
    ],
    ['a row added at the end', [`${COPY} 7, hash, hash FROM audit WHERE position = 6`], 'changed', 7],
    ['an unchained row forged', [`${COPY} NULL, NULL, NULL FROM audit WHERE position = 6`], 'changed', 7],
    ['the tail cut off', ['DELETE FROM audit WHERE position > 4'], 'cut', 5],
    ['everything deleted', ['DELETE FROM audit'], 'cut', 1],
    ['a place taken away', ['UPDATE audit SET position = NULL WHERE position = 3'], 'missing', 3],
    ['the noted head gone', [`DELETE FROM setting WHERE key = 'audit.head'`], 'no_head', 6],
    ['the noted head forged', [`UPDATE setting SET value = '4:abc' WHERE key = 'audit.head'`], 'no_head', 6]
  ])('%s', async (_what, statements, kind, position) => {
    await tamper(db(), ...statements)
    expect(await verify()).toMatchObject({ ok: false, kind, position })
  })

  it.each([
    ['the tail cut off', ['DELETE FROM audit WHERE position > 4'], 5],
    ['the tail cut off, with the note', ['DELETE FROM audit WHERE position > 4', 'DELETE FROM setting'], 5],
    ['the noted head gone', [`DELETE FROM setting WHERE key = 'audit.head'`], 7]
  ])('%s, also after the log has grown again', async (_what, statements, position) => {
    await tamper(db(), ...statements)
    await record(...numbered(5))
    expect(await verify()).toMatchObject({ ok: false, kind: 'missing', position })
  })

  it('a chain cut together with its note, only by a head kept elsewhere', async () => {
    await tamper(db(), 'DELETE FROM audit WHERE position > 4')
    const early = await headAt(4)
    const kept = { position: 6, hash: early.hash }
    await noteAgain(early)
    expect(await verify()).toMatchObject({ ok: true, value: { head: early } })
    expect(await verify(kept)).toMatchObject({ ok: false, kind: 'cut', position: 5 })
    await record(...numbered(4))
    expect(await verify()).toMatchObject({ ok: true })
    expect(await verify(kept)).toMatchObject({ ok: false, kind: 'witness', position: 6 })
  })

  it('and is noted for the doctor', async () => {
    await verify()
    const note = () => db().prisma.setting.findUniqueOrThrow({ where: { key: 'audit.verified' } })
    expect(JSON.parse((await note()).value)).toEqual({ at: NOW.toISOString(), intact: true })
    await tamper(db(), 'DELETE FROM audit WHERE position = 3')
    await verify()
    expect(JSON.parse((await note()).value)).toMatchObject({ intact: false, kind: 'missing', position: 3 })
  })

  async function headAt(position: number): Promise<Head> {
    const row = await db().prisma.audit.findUniqueOrThrow({ where: { position } })
    return { position, hash: row.hash ?? '' }
  }

  /** What somebody does who kept an older note: an earlier state of the table `setting`. */
  async function noteAgain({ position, hash }: Head): Promise<void> {
    const value = db().cipher.seal('audit.head', `${position}:${hash}`)
    await db().prisma.setting.update({ where: { key: 'audit.head' }, data: { value } })
  }
})
