import type { Tx } from '../../../platform/db/index.ts'

/** Which flow stands still, since when, and by whose will. */
export interface Pause {
  readonly flow: string
  readonly pausedAt: Date
  /** Slack user id. */
  readonly pausedBy: string
}

/** Makes a flow stand still; false when it does already. */
export async function insertPause(tx: Tx, pause: Pause): Promise<boolean> {
  return (await tx.flowPause.createMany({ data: [pause], skipDuplicates: true })).count === 1
}

/** Lets a flow go on; false when it does already. */
export async function deletePause(tx: Tx, flow: string): Promise<boolean> {
  return (await tx.flowPause.deleteMany({ where: { flow } })).count === 1
}

export async function isPaused(tx: Tx, flow: string): Promise<boolean> {
  return (await tx.flowPause.count({ where: { flow } })) > 0
}

/** All that stand still, by flow. */
export async function findPauses(tx: Tx): Promise<Map<string, Pause>> {
  return new Map((await tx.flowPause.findMany()).map((pause) => [pause.flow, pause]))
}
