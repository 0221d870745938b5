import { forgetEvents, forgetMessages } from '../queue/personal-data.ts'
import type { Work } from '../work.ts'
import { draw, look, updateUnlessLost } from './cards.ts'
import { calling, slackCode } from './errors.ts'
import { intentKey, type RecordRef } from './intent.ts'
import type { Job } from './job.ts'
import { ourMessages } from './look-back.ts'
import { findShown } from './messages.ts'
import type { Message } from './posting.ts'

/** 20,000 messages: no thread is longer. */
const PAGES = 100

/**
 * Forgets what was said about a record in Slack: what still waits is not said, what staff told the bot in its thread is
 * emptied, the card is drawn as the record is now, and each message of ours under it says `text` instead. What staff wrote
 * to each other is theirs; Slack lets nobody else change it. Call it once the record shows nothing personal any more.
 */
export async function forgetRecord(work: Work, record: RecordRef, text: string): Promise<void> {
  await forgetMessages(work.tx, { channel: 'slack', key: intentKey({ kind: 'card', record }) })
  const where = { recordType: record.type, recordId: record.id }
  for (const { channel, ts } of await work.tx.slackMessage.findMany({ where }))
    await forgetEvents(work.tx, `slack:${channel}:${ts}`)
  work.slack({ kind: 'forget', record, text })
}

/**
 * Carries it out, wherever the card stands: a channel that has other readers by now is no reason to leave it there. Goes on
 * where an earlier try ended: what says so already is left alone.
 */
export async function rewrite(job: Job, { record, text }: { record: RecordRef; text: string }): Promise<string> {
  const shown = await findShown(job.scope.db, record)
  if (!shown) return 'never shown'
  const { channel, ts } = shown
  const card = await draw(job, record)
  await sayOrRemove(job, { channel, ts }, card ? look(card) : { text })
  try {
    for await (const message of ourMessages(job.client, { channel, threadTs: ts }, PAGES))
      if (message.ts !== ts && message.text !== text) await sayOrRemove(job, { channel, ts: message.ts }, { text })
  } catch (error) {
    // The card was deleted, and what stood under it.
    if (slackCode(error) !== 'thread_not_found') throw error
  }
  return 'forgotten'
}

/** Makes a message of ours say something else, or takes it away where the workspace lets nobody change old messages. */
async function sayOrRemove(job: Job, at: { channel: string; ts: string }, message: Message): Promise<void> {
  if (await updateUnlessLost(job, at, message)) return
  try {
    await job.attempt('chat.delete', () => calling(() => job.client.chat.delete(at)))
  } catch (error) {
    if (!GONE.has(slackCode(error) ?? '')) throw error
  }
}

const GONE: ReadonlySet<string> = new Set(['message_not_found', 'cant_delete_message'])
