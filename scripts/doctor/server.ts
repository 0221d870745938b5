import { z } from 'zod'
import type { Config } from '../../src/config.ts'
import { sign } from '../../src/platform/slack/signature.ts'
import { ask } from './ask.ts'
import { type Finding, fine, problem, warning } from './finding.ts'

const Health = z.object({ status: z.string() })
const Ready = z.object({ checks: z.record(z.string(), z.object({ ok: z.boolean() })) })
const Audit = z.object({
  checks: z.object({ audit: z.object({ oldestPendingSeconds: z.number(), intact: z.boolean().nullable() }) })
})
const Challenge = z.object({ challenge: z.string() })

/** Checks the server through its public address, as LINE and Slack see it. */
export async function checkServer(config: Config, nowMs: () => number): Promise<Finding[]> {
  const { publicUrl } = config
  const secure = publicUrl.startsWith('https://')
    ? fine('server', `PUBLIC_URL is ${publicUrl}`)
    : problem(
        'server',
        `PUBLIC_URL is ${publicUrl}`,
        'LINE and Slack need https, and without it taps on links in messages are not counted: set PUBLIC_URL to the address they reach this server at.'
      )
  const health = await ask(`${publicUrl}/healthz`)
  if (!health.ok) return [secure, problem('server', `${publicUrl} cannot be reached: ${health.why}`, UNREACHED)]
  if (health.status !== 200 || Health.safeParse(health.body).data?.status !== 'ok') {
    return [secure, problem('server', `${publicUrl}/healthz answered ${health.status}`, UNREACHED)]
  }
  return [secure, fine('server', 'it answers'), ...(await readiness(publicUrl)), await slackRoute(config, nowMs)]
}

const UNREACHED =
  'Is npm start running? Does the proxy, tunnel or firewall lead PUBLIC_URL to its port, with a valid certificate?'

async function readiness(publicUrl: string): Promise<Finding[]> {
  const ready = await ask(`${publicUrl}/readyz`)
  if (ready.ok && ready.status === 200) return [fine('server', 'it is ready to work'), ...auditFindings(ready.body)]
  const checks = ready.ok ? Ready.safeParse(ready.body).data?.checks : undefined
  const failed = Object.entries(checks ?? {}).flatMap(([check, { ok }]) => (ok ? [] : [check]))
  return [problem('server', `it is not ready: ${failed.join(', ') || 'no answer'}`, "The server's log says why.")]
}

/** The audit log is chained every few minutes; this long means that no worker ticks. */
const BEHIND_SECONDS = 3_600

function auditFindings(body: unknown): Finding[] {
  const audit = Audit.safeParse(body).data?.checks.audit
  if (!audit) return []
  if (audit.intact === false) {
    const fix = 'Find out who changed the database directly; npm run db -- audit verify says where and what.'
    return [problem('server', 'the audit log is broken', fix)]
  }
  if (audit.oldestPendingSeconds <= BEHIND_SECONDS) return [fine('server', 'the audit log is chained')]
  const what = `the audit log has not been chained for ${Math.round(audit.oldestPendingSeconds / 60)} minutes`
  return [warning('server', what, 'Is a worker running (MATANE_ROLE=worker or all)? Its log says what failed.')]
}

/** Asks as Slack does when a request URL is set, signed with our secret: shows that the road and the secret are right. */
async function slackRoute({ publicUrl, slack }: Config, nowMs: () => number): Promise<Finding> {
  const timestamp = String(Math.floor(nowMs() / 1000))
  const body = JSON.stringify({ type: 'url_verification', challenge: 'matane-doctor' })
  const answer = await ask(`${publicUrl}/slack/events`, {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/json',
      'x-slack-request-timestamp': timestamp,
      'x-slack-signature': sign(slack.signingSecret, timestamp, body)
    }
  })
  const echoed =
    answer.ok && answer.status === 200 && Challenge.safeParse(answer.body).data?.challenge === 'matane-doctor'
  if (echoed) return fine('server', '/slack/events answers signed requests')
  const what = `/slack/events ${answer.ok ? `answered ${answer.status}` : `did not answer: ${answer.why}`}`
  return problem(
    'server',
    what,
    'Does the running server have this SLACK_SIGNING_SECRET, and does no proxy change the body?'
  )
}
