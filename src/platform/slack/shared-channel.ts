import type { SendOutcome } from '../queue/types.ts'
import type { Job } from './job.ts'
import { bindShown, findShown } from './messages.ts'
import { postOnce } from './posting.ts'
import { TEXTS } from './texts.ts'

const HOLD_MS = 10 * 60_000

/**
 * Nothing about customers goes to an alert channel that outsiders read: the row waits until the channel is another, and
 * the channel is told once why.
 */
export async function sharedChannelHold(job: Job): Promise<SendOutcome | undefined> {
  const { alertChannel, directory } = job.deps
  const channel = await directory.channel(alertChannel)
  if (!channel?.isExtShared) return undefined
  job.log.error('Alerts are held back: SLACK_ALERT_CHANNEL is shared with another organisation', {
    hint: 'Set SLACK_ALERT_CHANNEL to a channel of your own workspace; what waits is posted there.'
  })
  await tellOnce(job, alertChannel)
  return { parkUntil: new Date(job.scope.now().getTime() + HOLD_MS), reason: 'alert channel shared with outsiders' }
}

async function tellOnce(job: Job, channel: string): Promise<void> {
  const record = { type: 'shared_channel_notice', id: channel }
  if (await findShown(job.scope.db, record)) return
  const { ts } = await postOnce(
    job,
    { channel, record },
    { text: `${TEXTS.ja.sharedAlertChannel}\n${TEXTS.en.sharedAlertChannel}` }
  )
  await bindShown(job.scope.db, record, { channel, ts, version: 1 })
}
