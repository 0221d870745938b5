import type { Database, Tx } from './database.ts'

/** Whose customers a database holds: those of real accounts, or the sandbox's made-up ones. */
export type Customers = 'real' | 'sandbox'

/** The source of the demo shop's events. */
export const DEMO_SOURCE = 'demo'

const KEY = 'customers'

const REFUSALS: Readonly<Record<Customers, string>> = {
  real: 'This database holds the made-up customers of the sandbox: they would stand in your figures and cards. Begin with a new one: set MATANE_DATA_DIR to an empty folder (with DATABASE_URL: to an empty database), or move the old data folder away. Nothing was changed.',
  sandbox:
    'This database holds real customers, and the sandbox would put made-up ones among them. Give the LINE and Slack values of your accounts (README, "Connecting your LINE and Slack"), or play elsewhere: set MATANE_DATA_DIR to an empty folder and leave DATABASE_URL out.'
}

/**
 * Makes sure that real and made-up customers never share a database, and notes at the first start which of them this
 * one is for. Throws with what to do when it is for the others.
 */
export async function checkCustomers({ transaction }: Pick<Database, 'transaction'>, mine: Customers): Promise<void> {
  const theirs = await transaction(async (tx) => (await noted(tx)) ?? (await note(tx, (await found(tx)) ?? mine)))
  if (theirs !== mine) throw new Error(REFUSALS[mine])
}

async function noted(tx: Tx): Promise<string | undefined> {
  return (await tx.setting.findUnique({ where: { key: KEY } }))?.value
}

/** Of processes that start at once the first decides. */
async function note(tx: Tx, value: Customers): Promise<string | undefined> {
  await tx.setting.createMany({ data: [{ key: KEY, value }], skipDuplicates: true })
  return noted(tx)
}

/** What the rows say, for a database that was filled before this was noted. */
async function found(tx: Tx): Promise<Customers | undefined> {
  if (await tx.event.findFirst({ where: { source: DEMO_SOURCE }, select: { id: true } })) return 'sandbox'
  return (await tx.customer.findFirst({ select: { id: true } })) ? 'real' : undefined
}
