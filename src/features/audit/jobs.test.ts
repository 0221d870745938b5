import { beforeEach, describe, expect, it } from 'vitest'
import { useDatabase } from '../../../test/support/database.ts'
import { type TestScope, testScope } from '../../../test/support/queue.ts'
import { type StaffDesk, staffDesk } from '../../../test/support/staff-desk.ts'
import { tamper } from '../../../test/support/tamper.ts'
import { auditFeature, parseHead, recordAudit, verifyAudit } from './index.ts'

const db = useDatabase()
let scope: TestScope
let desk: StaffDesk

beforeEach(async () => {
  scope = testScope(db())
  desk = staffDesk(scope, [auditFeature])
  await record()
})

const record = () =>
  desk.perform('test', (work) =>
    recordAudit(work, {
      actor: { kind: 'staff', id: 'UBOSS' },
      action: 'metric.ask',
      subject: { type: 'metric', id: 'nps' }
    })
  )
const run = async (name: string) => {
  const job = auditFeature.jobs?.find((one) => one.name === name)
  if (!job) throw new Error(`There is no job ${name}`)
  await job.run(desk.context, scope.at)
}
const health = () => auditFeature.health?.(desk.context)
const notices = async () => (await desk.intents()).flatMap((intent) => (intent.kind === 'notice' ? [intent.text] : []))

describe('the clock', () => {
  it('chains what was written; until then the gap can be seen', async () => {
    scope.at = new Date(scope.at.getTime() + 90_000)
    expect(await health()).toEqual({ pending: 1, oldestPendingSeconds: 90, verifiedAt: null, intact: null })
    await run('audit.chain')
    expect(await health()).toMatchObject({ pending: 0, oldestPendingSeconds: 0 })
  })

  it('verifies at night, leaves the head in the log of the server, and troubles nobody while all is well', async () => {
    await run('audit.verify')
    expect(await health()).toMatchObject({ pending: 0, verifiedAt: '2026-11-21T01:00:00.000Z', intact: true })
    const head = scope.lines.map(({ data }) => data?.head).find(Boolean)
    expect(parseHead(String(head))).toMatchObject({ position: 1 })
    expect(await notices()).toEqual([])
  })

  it('tells staff once that the chain is broken, and where', async () => {
    await record()
    await run('audit.chain')
    await tamper(db(), `UPDATE audit SET actor_id = 'UEVIL' WHERE position = 2`)
    await run('audit.verify')
    await run('audit.verify')
    expect(await notices()).toEqual([expect.stringMatching(/連鎖が壊れています。2 番目: .*変更されています/)])
    expect(await health()).toMatchObject({ intact: false })
    expect(scope.lines).toContainEqual(expect.objectContaining({ level: 'error' }))
  })

  it('leaves a head in Slack each week, by which a log made anew is found', async () => {
    await run('audit.head')
    expect(await notices()).toEqual([])
    await run('audit.chain')
    await run('audit.head')
    await run('audit.head')
    const [text = '', ...more] = await notices()
    expect(more).toEqual([])
    const witness = parseHead(/`(\d+:[\w-]+)`/.exec(text)?.[1] ?? '')
    expect(await verifyAudit(db(), { now: scope.at, witness })).toMatchObject({ ok: true })
    await tamper(db(), 'DELETE FROM audit', 'DELETE FROM setting')
    await record()
    expect(await verifyAudit(db(), { now: scope.at })).toMatchObject({ ok: true })
    expect(await verifyAudit(db(), { now: scope.at, witness })).toMatchObject({ ok: false, kind: 'witness' })
  })

  it('is not confused by a note that is not ours', async () => {
    await db().prisma.setting.create({ data: { key: 'audit.verified', value: 'nonsense' } })
    expect(await health()).toMatchObject({ intact: null })
  })
})
