import { readFileSync } from 'node:fs'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { useDatabase } from '../../../test/support/database.ts'
import { useMatane, type World } from '../../../test/support/matane.ts'
import { runDueJobs } from '../../platform/queue/jobs.ts'
import { recordAudit, verifyAudit } from '../audit/index.ts'
import { publish } from '../definitions/index.ts'
import { recordEvents } from '../events/index.ts'
import { retentionKind } from './definition.ts'
import { privacyFeature } from './index.ts'
import { forgetOld } from './jobs.ts'
import { DEFAULT_RETENTION, limitOf, RetentionDefinition } from './rules/retention.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const db = useDatabase()
const world = useMatane(db)
const never = () => false
let context: World['matane']['context']
let hanako: string
let now: Date

beforeEach(async () => {
  context = world().matane.context
  now = context.scope.now()
  hanako = (await db().prisma.customer.create({ data: { createdAt: now } })).id
})

const ago = (days: number) => new Date(now.getTime() - days * 86_400_000)
const perform: typeof context.perform = (cause, work) => context.perform(`${cause}:${crypto.randomUUID()}`, work)
const shorten = (body: object) =>
  db().transaction((tx) =>
    publish(tx, { kind: 'retention', key: 'retention', body: { ...DEFAULT_RETENTION, ...body }, at: now })
  )
const seal = (field: string) => db().cipher.seal(field, 'ひみつ')

describe('periods', () => {
  test.each([
    ['90d', '2026-08-23'],
    ['1y', '2025-11-21'],
    ['forever', undefined]
  ])('%s from 21 November 2026 reaches back to %s', (period, day) => {
    expect(limitOf(period, new Date('2026-11-21T00:00:00Z'))?.toISOString().slice(0, 10)).toBe(day)
  })

  test.each(['0d', '7', 'soon', '-3d', '1.5y', '100y', ''])('"%s" is no period', (events) => {
    expect(retentionKind.check({ events })).toMatchObject({ ok: false, faults: [{ path: ['events'] }] })
  })

  test('the file says what holds anyway, and its schema is what is checked', () => {
    const read = (name: string) => readFileSync(`flows/privacy/${name}`, 'utf8')
    expect(retentionKind.check(parse(read('retention.yaml')))).toMatchObject({ ok: true, body: DEFAULT_RETENTION })
    expect(JSON.parse(read('retention.schema.json'))).toEqual(z.toJSONSchema(RetentionDefinition, { io: 'input' }))
  })

  test('each is kept to by a room, and no room forgets without one', () => {
    const forgotten = world().matane.features.flatMap(({ personalData }) => Object.keys(personalData?.purge ?? {}))
    expect([...new Set(forgotten)].sort()).toEqual(Object.keys(DEFAULT_RETENTION).sort())
  })
})

describe('what is kept long enough is forgotten, and nothing else', () => {
  test('events, and the figures are those of what is left', async () => {
    await shorten({ events: '30d' })
    const visit = (days: number) => ({
      ...{ customerId: hanako, name: 'visit', at: ago(days), source: 'pos', sourceId: String(days), properties: {} }
    })
    await perform('visits', (work) => recordEvents(work, [visit(40), visit(31), visit(20)]))
    expect(await forgetOld(context, never)).toEqual({ events: 1 })
    expect(await db().prisma.customerStats.findMany()).toMatchObject([{ visits: 1, activeDays: 1 }])
    expect(await db().prisma.event.count()).toBe(1)
    expect(await perform('again', (work) => recordEvents(work, [visit(40)]))).toEqual(['duplicate'])
  })

  test('events of more customers than are looked at in one go', async () => {
    await shorten({ events: '30d' })
    const people = Array.from({ length: 120 }, () => ({ id: crypto.randomUUID(), createdAt: now }))
    await db().prisma.customer.createMany({ data: people })
    const visits = people.flatMap(({ id }, index) =>
      [40, 20].map((days) => ({
        ...{ customerId: id, name: 'visit', at: ago(days), source: 'pos', sourceId: `${index}:${days}`, properties: {} }
      }))
    )
    await perform('visits', (work) => recordEvents(work, visits))
    expect(await forgetOld(context, never)).toEqual({ events: 120 })
    expect(await db().prisma.event.count({ where: { at: { lt: ago(30) } } })).toBe(0)
    expect(await db().prisma.customerStats.count({ where: { visits: 1 } })).toBe(120)
  })

  test('texts of answers; scores stay', async () => {
    await shorten({ answers: '30d' })
    const answer = async (days: number) => {
      const startedAt = ago(days)
      const response = {
        customerId: hanako,
        survey: 'nps',
        definitionId: hanako,
        runId: crypto.randomUUID(),
        startedAt,
        score: 3
      }
      const { id: responseId } = await db().prisma.surveyResponse.create({ data: response })
      const given = { customerId: hanako, question: 'why', cause: 'c', answeredAt: startedAt, number: 3 }
      await db().prisma.surveyAnswer.create({ data: { ...given, responseId, textSealed: seal('survey_answer.text') } })
    }
    await answer(31)
    await answer(29)
    expect(await forgetOld(context, never)).toEqual({ answers: 1 })
    const kept = await db().prisma.surveyAnswer.findMany({ orderBy: { answeredAt: 'asc' } })
    expect(kept).toMatchObject([{ textSealed: null, number: 3 }, { textSealed: expect.any(String) }])
    expect(await db().prisma.surveyResponse.count({ where: { score: 3 } })).toBe(2)
  })

  test('words and notes of follow-ups that were resolved that long ago', async () => {
    await shorten({ notes: '30d' })
    const followUp = async (resolvedAt: Date | null) => {
      const made = {
        customerId: hanako,
        priority: 'high',
        dueAt: ago(90),
        openedAt: ago(90),
        resolvedAt,
        noteSealed: seal('follow_up.note')
      }
      const { id: followUpId } = await db().prisma.followUp.create({ data: made })
      const reason = { followUpId, customerId: hanako, kind: 'nps', score: 3, cause: followUpId, at: ago(90) }
      await db().prisma.followUpReason.create({ data: { ...reason, wordsSealed: seal('follow_up_reason.words') } })
      const activity = { followUpId, actor: 'U1', action: 'resolve', cause: 'c', at: ago(90) }
      await db().prisma.followUpActivity.create({
        data: { ...activity, detailSealed: seal('follow_up_activity.detail') }
      })
    }
    for (const resolvedAt of [ago(31), ago(29), null]) await followUp(resolvedAt)
    expect(await forgetOld(context, never)).toEqual({ notes: 1 })
    expect(await db().prisma.followUp.count({ where: { noteSealed: null } })).toBe(1)
    expect(await db().prisma.followUpReason.count({ where: { wordsSealed: null, score: 3 } })).toBe(1)
    expect(await db().prisma.followUpActivity.count({ where: { detailSealed: null } })).toBe(1)
  })

  test('runs that ended that long ago; one that goes on stays', async () => {
    await shorten({ runs: '30d' })
    for (const endedAt of [ago(31), ago(29), null]) {
      const run = {
        customerId: hanako,
        flow: 'nps',
        definitionId: hanako,
        step: 's',
        factsSealed: seal('flow_run.facts'),
        startedAt: ago(90)
      }
      await db().prisma.flowRun.create({ data: { ...run, cause: String(endedAt), endedAt } })
    }
    expect(await forgetOld(context, never)).toEqual({ runs: 1 })
    expect(await db().prisma.flowRun.count()).toBe(2)
  })

  test('details in the audit log; that something was done stays, and the chain is whole', async () => {
    await shorten({ audit_details: '30d' })
    const note = (days: number) =>
      perform('note', (work) =>
        recordAudit(
          { ...work, now: ago(days) },
          {
            ...{
              actor: { kind: 'staff', id: 'U1' },
              action: 'follow_up.tag',
              customerId: hanako,
              detail: { added: '常連' }
            },
            subject: { type: 'follow_up', id: '1' }
          }
        )
      )
    await note(31)
    await note(29)
    expect(await forgetOld(context, never)).toEqual({ audit_details: 1 })
    const log = await db().prisma.audit.findMany({ where: { customerId: hanako }, orderBy: { seq: 'asc' } })
    expect(log.map(({ action, detailSealed }) => [action, detailSealed !== null])).toEqual([
      ['follow_up.tag', false],
      ['follow_up.tag', true],
      ['audit.erase', false]
    ])
    expect(await verifyAudit(db(), { now })).toMatchObject({ ok: true })
  })

  test('who was erased, links that open nothing, and files that nobody imported', async () => {
    for (const days of [1096, 1094])
      await db().prisma.erasedIdentity.create({
        data: { channel: 'line', externalHash: String(days), erasedAt: ago(days) }
      })
    for (const days of [31, 29])
      await db().prisma.privacyLink.create({
        data: { tokenHash: String(days), customerId: hanako, createdAt: ago(40), expiresAt: ago(days) }
      })
    for (const days of [8, 6])
      await db().prisma.importUpload.create({
        data: {
          ...{ kind: 'visits', state: 'ready', fileId: String(days), broughtBy: 'U1', reportSealed: '' },
          ...{ createdAt: ago(days), shownAt: ago(days), filed: { create: { part: 0, rowsSealed: '' } } }
        }
      })
    expect(await forgetOld(context, never)).toEqual({ erased: 1, links: 1, uploads: 1 })
    expect(await db().prisma.importUpload.findMany()).toMatchObject([{ fileId: '6' }])
    expect(await db().prisma.importUploadPart.count()).toBe(1)
    expect(await db().prisma.erasedIdentity.findMany()).toMatchObject([{ externalHash: '1094' }])
    expect(await db().prisma.privacyLink.findMany()).toMatchObject([{ tokenHash: '29' }])
  })
})

test('what is kept for ever is never forgotten', async () => {
  await shorten({ erased: 'forever' })
  await db().prisma.erasedIdentity.create({ data: { channel: 'line', externalHash: 'x', erasedAt: new Date(0) } })
  expect(await forgetOld(context, never)).toEqual({})
})

test('when its time is over, the rest is left for the next time', async () => {
  await db().prisma.erasedIdentity.create({ data: { channel: 'line', externalHash: 'x', erasedAt: new Date(0) } })
  expect(await forgetOld(context, () => true)).toEqual({})
  expect(await forgetOld(context, never)).toEqual({ erased: 1 })
})

test('the clock does it in the small hours', async () => {
  await db().prisma.erasedIdentity.create({ data: { channel: 'line', externalHash: 'x', erasedAt: new Date(0) } })
  const left = async (at: string) => {
    await runDueJobs(context, privacyFeature.jobs ?? [], new Date(at))
    return db().prisma.erasedIdentity.count()
  }
  expect(await left('2026-11-21T02:50:00+09:00')).toBe(1)
  expect(await left('2026-11-21T03:10:00+09:00')).toBe(0)
})
