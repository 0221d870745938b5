import { z } from 'zod'
import type { Config } from '../../src/config.ts'
import { type Answer, ask } from './ask.ts'
import { checkClock } from './clock.ts'
import { type Finding, fine, problem, warning } from './finding.ts'

const Info = z.object({ basicId: z.string(), displayName: z.string() })
const Endpoint = z.object({ endpoint: z.string(), active: z.boolean() })
const Test = z.object({ success: z.boolean(), statusCode: z.number(), reason: z.string(), detail: z.string() })
const Quota = z.object({ type: z.enum(['none', 'limited']), value: z.number().optional() })
const Consumption = z.object({ totalUsage: z.number() })

type Call = (path: string, body?: unknown) => Promise<Answer>

/** Checks the LINE side: token, account, webhook, quota, and the clock by LINE's. */
export async function checkLine(config: Config, nowMs: () => number): Promise<Finding[]> {
  const { apiBaseUrl, accessToken } = config.line
  const call: Call = (path, body) =>
    ask(`${apiBaseUrl}${path}`, {
      headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) })
    })
  const info = await call('/v2/bot/info')
  if (!info.ok)
    return [problem('line', `LINE cannot be reached: ${info.why}`, 'Check the network and LINE_API_BASE_URL.')]
  const clock = checkClock(info.headers, nowMs())
  const account = accountFinding(info, config.line.botId)
  const rest = account.level === 'problem' && info.status !== 200 ? [] : await checkChannel(call, config)
  return [...(clock ? [clock] : []), account, ...rest]
}

async function checkChannel(call: Call, config: Config): Promise<Finding[]> {
  return [...(await checkWebhook(call, config)), ...(await checkQuota(call)), REDELIVERY]
}

/** The API does not tell; a webhook that is lost without it is lost for good. */
const REDELIVERY: Finding = warning(
  'line',
  'whether "Webhook redelivery" is on cannot be asked',
  'Look once: LINE Developers console, your channel, "Messaging API": "Use webhook" and "Webhook redelivery" should be on.'
)

function accountFinding(info: Answer & { ok: true }, botId: string): Finding {
  if (info.status === 401 || info.status === 403) {
    return problem(
      'line',
      'LINE_CHANNEL_ACCESS_TOKEN is not valid',
      'Issue a new one: LINE Developers console, your channel, "Messaging API".'
    )
  }
  const parsed = Info.safeParse(info.body)
  if (!parsed.success) return problem('line', `LINE answered ${info.status}`, 'Try again; see https://status.line.biz.')
  const { basicId, displayName } = parsed.data
  if (basicId === botId) return fine('line', `the token belongs to ${displayName} (${basicId})`)
  return problem(
    'line',
    `the token belongs to ${basicId} (${displayName}), but LINE_BOT_ID is ${botId}`,
    `Set LINE_BOT_ID=${basicId}, or use the token of ${botId}. The counter's QR code leads to LINE_BOT_ID.`
  )
}

async function checkWebhook(call: Call, config: Config): Promise<Finding[]> {
  const wanted = `${config.publicUrl}/line/webhook`
  const setFix = `LINE Developers console, your channel, "Messaging API", "Webhook URL": ${wanted}`
  const answer = await call('/v2/bot/channel/webhook/endpoint')
  const endpoint = answer.ok ? Endpoint.safeParse(answer.body).data : undefined
  if (!endpoint) return [problem('line', 'no webhook URL is set', setFix)]
  const findings = [
    endpoint.endpoint === wanted
      ? fine('line', `the webhook URL is ${wanted}`)
      : problem('line', `the webhook URL is ${endpoint.endpoint}`, `${setFix} (or correct PUBLIC_URL)`),
    endpoint.active
      ? fine('line', 'the webhook is in use')
      : problem(
          'line',
          'the webhook is switched off',
          'LINE Developers console, your channel, "Messaging API": switch on "Use webhook".'
        )
  ]
  return [...findings, testFinding(await call('/v2/bot/channel/webhook/test', {}))]
}

function testFinding(answer: Answer): Finding {
  const test = answer.ok ? Test.safeParse(answer.body).data : undefined
  if (!test) return warning('line', 'LINE could not test the webhook', 'Try again in a minute.')
  if (test.success) return fine('line', "LINE's test of the webhook arrived and was answered")
  const fix =
    test.statusCode === 401
      ? 'LINE_CHANNEL_SECRET is not the secret of this channel (LINE Developers console, "Basic settings"), or a proxy changes the body.'
      : 'Is the server running, does PUBLIC_URL lead to it over https with a valid certificate, and does it answer within 2 s?'
  return problem('line', `LINE's test of the webhook failed: ${test.reason} ${test.detail}`.trim(), fix)
}

async function checkQuota(call: Call): Promise<Finding[]> {
  const [quota, consumption] = await Promise.all([
    call('/v2/bot/message/quota'),
    call('/v2/bot/message/quota/consumption')
  ])
  const limit = quota.ok ? Quota.safeParse(quota.body).data : undefined
  const used = consumption.ok ? Consumption.safeParse(consumption.body).data?.totalUsage : undefined
  if (!limit || used === undefined)
    return [warning('line', 'the monthly message quota is not known', 'Try again later.')]
  if (limit.type === 'none' || limit.value === undefined)
    return [fine('line', `${used} messages sent this month, no limit`)]
  const what = `${used} of ${limit.value} messages of this month are used`
  if (used < limit.value * 0.9) return [fine('line', what)]
  const fix =
    'At the limit, replies go on and other messages wait for the next month. Change the plan in LINE Official Account Manager.'
  return [warning('line', what, fix)]
}
