import { z } from 'zod'
import { customerCipher, type FieldCipher, type Tx } from '../../../platform/db/index.ts'
import type { Work } from '../../../platform/work.ts'
import type { Run } from '../rules/advance.ts'
import type { Facts } from '../rules/conditions.ts'

/** A customer's run of one published flow. */
export interface KeptRun {
  readonly id: string
  readonly customerId: string
  readonly flow: string
  readonly definitionId: string
  readonly startedAt: Date
  /** Where the customer stands in the flow's experiment: HOLDOUT, a variant, or "". */
  readonly arm: string
  /** Until when reaching the flow's goal counts; undefined = it has none. */
  readonly goalBy: Date | undefined
  /** When the question was asked that waits now; undefined while no question waits. */
  readonly askedAt: Date | undefined
  readonly run: Run
  /** Which message gave each answer, by question: the customer may take it back. */
  readonly causes: Readonly<Record<string, string>>
  /** The options that are ticked at the open question, of several; they are no answer yet. */
  readonly ticked: readonly string[]
}

const Sealed = z.object({
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string())])),
  causes: z.record(z.string(), z.string()),
  ticked: z.array(z.string()).default([])
})

const FIELD = 'flow_run.facts'

export async function findRun(tx: Tx, cipher: FieldCipher, id: string): Promise<KeptRun | undefined> {
  const row = await tx.flowRun.findUnique({ where: { id } })
  return row ? keptRun(cipher, row) : undefined
}

/** Whose run it is: what to lock before reading it. */
export async function ownerOf(tx: Tx, id: string): Promise<string | undefined> {
  return (await tx.flowRun.findUnique({ where: { id }, select: { customerId: true } }))?.customerId
}

/** Makes a run that goes on the open one of its flow for a customer. */
export async function giveOpenKey(tx: Tx, { id, flow }: KeptRun, customerId: string): Promise<void> {
  await tx.flowRun.update({ where: { id }, data: { openKey: `${customerId}:${flow}` } })
}

/** The customer's runs that have not ended, the newest question first. */
export async function findOpenRuns(tx: Tx, cipher: FieldCipher, customerId: string): Promise<KeptRun[]> {
  const rows = await tx.flowRun.findMany({
    where: { customerId, openKey: { not: null } },
    orderBy: [{ askedAt: { sort: 'desc', nulls: 'last' } }, { id: 'desc' }]
  })
  return rows.map((row) => keptRun(cipher, row))
}

/** The flows that a customer is in, and when each began. */
export async function runningFlows(
  tx: Tx,
  customerId: string
): Promise<{ readonly flow: string; readonly startedAt: Date }[]> {
  const where = { customerId, openKey: { not: null } }
  return tx.flowRun.findMany({
    where,
    orderBy: [{ startedAt: 'asc' }, { id: 'asc' }],
    select: { flow: true, startedAt: true }
  })
}

/** All of the customer's runs, those that are over as well, as they began. */
export async function findRuns(tx: Tx, cipher: FieldCipher, customerId: string): Promise<KeptRun[]> {
  const rows = await tx.flowRun.findMany({ where: { customerId }, orderBy: { id: 'asc' } })
  return rows.map((row) => keptRun(cipher, row))
}

/** When the customer entered a flow last, and whether this cause led them in before. */
export async function findEntries(tx: Tx, of: { customerId: string; flow: string; cause: string }) {
  const { customerId, flow, cause } = of
  const last = await tx.flowRun.findFirst({ where: { customerId, flow }, orderBy: { startedAt: 'desc' } })
  const same = await tx.flowRun.findUnique({ where: { customerId_flow_cause: { customerId, flow, cause } } })
  return { lastStartedAt: last?.startedAt, known: same !== null }
}

/** Writes a run that has just begun. */
export async function insertRun(work: Work, kept: KeptRun, cause: string): Promise<void> {
  const { id, customerId, flow, definitionId, startedAt, arm, goalBy, run } = kept
  const begun = { id, customerId, flow, definitionId, startedAt, arm, goalBy: goalBy ?? null, cause }
  const endedAt = run.ended ? work.now : null
  await work.tx.flowRun.create({ data: { ...begun, ...(await progress(work, kept)), endedAt } })
}

/** Writes a run's progress. `endedAt` is when it ended, undefined while it goes on. */
export async function saveRun(work: Work, kept: KeptRun, endedAt: Date | undefined): Promise<void> {
  const data = { ...(await progress(work, kept)), endedAt: endedAt ?? null }
  await work.tx.flowRun.update({ where: { id: kept.id }, data })
}

/** The customer's runs that may still reach their goal by something that happened at an instant. */
export async function findHopefulRuns(
  tx: Tx,
  cipher: FieldCipher,
  { customerId, at }: { customerId: string; at: Date }
) {
  const where = { customerId, goalAt: null, goalBy: { gte: at }, startedAt: { lte: at } }
  const rows = await tx.flowRun.findMany({ where, orderBy: { id: 'asc' } })
  return rows.map((row) => keptRun(cipher, row))
}

/** Notes that runs reached their goal. */
export async function reachGoals(tx: Tx, runIds: readonly string[], goalAt: Date): Promise<void> {
  await tx.flowRun.updateMany({ where: { id: { in: [...runIds] } }, data: { goalAt } })
}

/** Writes what a run knows, and leaves it where it is. */
export async function saveFacts(work: Work, kept: KeptRun): Promise<void> {
  const factsSealed = await sealFacts(work, kept)
  await work.tx.flowRun.update({ where: { id: kept.id }, data: { factsSealed } })
}

const ROWS_AT_ONCE = 1_000

/** Forgets some runs that ended before an instant; how many. */
export async function dropEndedRuns(tx: Tx, before: Date): Promise<number> {
  return tx.$executeRaw`
    DELETE FROM flow_run WHERE id IN (SELECT id FROM flow_run WHERE ended_at < ${before} LIMIT ${ROWS_AT_ONCE})`
}

async function progress(work: Work, kept: KeptRun) {
  const { customerId, flow, run, askedAt } = kept
  return {
    openKey: run.ended ? null : `${customerId}:${flow}`,
    step: run.step,
    visit: run.visit,
    factsSealed: await sealFacts(work, kept),
    askedAt: askedAt ?? null
  }
}

async function sealFacts(work: Work, { customerId, run, causes, ticked }: KeptRun): Promise<string> {
  const cipher = await customerCipher(work, customerId)
  return cipher.seal(FIELD, JSON.stringify({ facts: run.facts, causes, ...(ticked.length > 0 && { ticked }) }))
}

interface Row {
  id: string
  customerId: string
  flow: string
  definitionId: string
  startedAt: Date
  askedAt: Date | null
  endedAt: Date | null
  openKey: string | null
  step: string
  visit: number
  factsSealed: string
  arm: string
  goalBy: Date | null
}

function keptRun(cipher: FieldCipher, row: Row): KeptRun {
  const { id, customerId, flow, definitionId, startedAt, step, visit, arm } = row
  const sealed: Pick<KeptRun, 'causes' | 'ticked'> & { facts: Facts } = Sealed.parse(
    JSON.parse(cipher.open(FIELD, row.factsSealed))
  )
  const { facts, causes, ticked } = sealed
  const run = { step, visit, facts, ended: row.openKey === null }
  const times = { startedAt, askedAt: row.askedAt ?? undefined, goalBy: row.goalBy ?? undefined }
  return { id, customerId, flow, definitionId, arm, ...times, run, causes, ticked }
}
