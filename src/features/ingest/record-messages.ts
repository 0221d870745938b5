import { newId } from '../../core/ids.ts'
import { isDataFault } from '../../platform/queue/index.ts'
import type { Perform } from '../../platform/work.ts'
import { type Arrival, prepare, type Ready } from './prepare.ts'
import type { Fault } from './rules/fault.ts'
import { type Outcome, storeMessages } from './store-messages.ts'

/** Something about one message of a batch: where it stands in it, and what to send instead. */
export interface Remark {
  readonly index: number
  readonly messageId: string | undefined
  readonly error: string
  readonly hint: string
}

/** What became of a batch. All that is counted as stored or duplicate is durable. */
export interface Receipt {
  readonly received: number
  readonly stored: number
  /** Told before, by the same messageId. */
  readonly duplicates: number
  /** Left aside, because they are about somebody who was erased since; each has a warning. */
  readonly erased: number
  readonly errors: readonly Remark[]
  /** Messages that were stored without a part of them, or are left aside for good: sending them again changes nothing. */
  readonly warnings: readonly Remark[]
}

/** So many share a transaction: the locks of larger ones are held too long. */
const MESSAGES_AT_ONCE = 250

/**
 * Stores every message that is good, and says of each other what is wrong with it. What it answers is committed. Throws
 * when the database does not take them: the sender has to send all of them again, and each still counts once.
 */
export async function recordMessages(
  perform: Perform,
  messages: readonly unknown[],
  arrival: Arrival
): Promise<Receipt> {
  const ready: Numbered[] = []
  const [errors, warnings]: [Remark[], Remark[]] = [[], []]
  for (const [index, message] of messages.entries()) {
    const prepared = prepare(message, arrival)
    if (prepared.ok) {
      ready.push({ index, message: prepared.ready })
      warnings.push(...remarks(index, prepared.ready.messageId, prepared.ready.warnings))
    } else errors.push(...remarks(index, prepared.refused.messageId, prepared.refused.faults))
  }
  const counts = { stored: 0, duplicate: 0, erased: 0, unfit: 0 }
  for (let from = 0; from < ready.length; from += MESSAGES_AT_ONCE) {
    const some = ready.slice(from, from + MESSAGES_AT_ONCE)
    const outcomes = await storeOrSplit(perform, some, arrival.source)
    for (const [place, outcome] of outcomes.entries()) {
      counts[outcome] += 1
      const { index = 0, message } = some[place] ?? {}
      if (outcome === 'erased') warnings.push(...remarks(index, message?.messageId, [ERASED]))
      if (outcome === 'unfit') errors.push(...remarks(index, message?.messageId, [UNFIT]))
    }
  }
  const { stored, duplicate, erased } = counts
  return { received: messages.length, stored, duplicates: duplicate, erased, errors, warnings }
}

interface Numbered {
  readonly index: number
  readonly message: Ready
}

/**
 * Stores messages together. When the database cannot hold what one of them says (a sum beyond its numbers), they are halved
 * until that one is alone: the others are stored, and its sender hears of it, instead of sending all of them for ever.
 */
async function storeOrSplit(
  perform: Perform,
  some: readonly Numbered[],
  source: string
): Promise<(Outcome | 'unfit')[]> {
  try {
    const messages = some.map(({ message }) => message)
    return await perform(`ingest:${newId()}`, (work) => storeMessages(work, messages, source))
  } catch (error) {
    if (!isDataFault(error)) throw error
    if (some.length === 1) return ['unfit']
    const half = Math.ceil(some.length / 2)
    const first = await storeOrSplit(perform, some.slice(0, half), source)
    return [...first, ...(await storeOrSplit(perform, some.slice(half), source))]
  }
}

const ERASED: Fault = {
  field: 'erased',
  message: 'is about somebody who was erased since: it is left aside. Nothing is to be sent again'
}
const UNFIT: Fault = {
  field: 'message',
  message: 'holds a value, or leads to a sum, that the database cannot hold: look for numbers that are far too large'
}

function remarks(index: number, messageId: string | undefined, faults: readonly Fault[]): Remark[] {
  return faults.map(({ field, message }) => ({ index, messageId, error: field, hint: message }))
}
