import type { SendOutcome } from '../queue/types.ts'
import type { SlackIntent } from './intent.ts'
import type { Job } from './job.ts'
import { tellNotice } from './notice.ts'
import { TEXTS } from './texts.ts'

const HOLD_MS = 10 * 60_000
const NOTICE = 'shared_channel:'

/**
 * Nothing about customers goes to an alert channel that outsiders read: the row waits until the channel is another, and
 * the channel is told once why.
 */
export async function sharedChannelHold(job: Job, intent: SlackIntent): Promise<SendOutcome | undefined> {
  if (intent.kind === 'notice' && intent.name.startsWith(NOTICE)) return undefined
  const { alertChannel, directory } = job.deps
  const channel = await directory.channel(alertChannel)
  if (!channel?.isExtShared) return undefined
  job.log.error('Alerts are held back: SLACK_ALERT_CHANNEL is shared with another organisation', {
    hint: 'Set SLACK_ALERT_CHANNEL to a channel of your own workspace; what waits is posted there.'
  })
  const name = `${NOTICE}${alertChannel}`
  const { perform } = job.deps.contextOf(job.scope)
  await perform(`slack:${name}`, (work) =>
    tellNotice(work, { name, text: (locale) => TEXTS[locale].sharedAlertChannel })
  )
  return { parkUntil: new Date(job.scope.now().getTime() + HOLD_MS), reason: 'alert channel shared with outsiders' }
}
