import { randomBytes } from 'node:crypto'
import { fillLine, fillSlack } from './cast.ts'
import type { BusinessClock } from './clock.ts'
import { isDemoLineId } from './demo/line-ids.ts'
import type { Feed } from './feed.ts'
import { createFakeLine, type FakeLine } from './line/index.ts'
import type { Product } from './product.ts'
import { createFakeSlack, type FakeSlack } from './slack/index.ts'
import type { SandboxFile } from './state-file.ts'
import { tapped } from './wires.ts'

/** The account's basic id in the fake LINE. */
export const BOT_ID = '@matane-demo'
/** What the smallest plan of a Japanese account includes. */
const MONTHLY_PUSHES = 200

export interface FakesDeps {
  readonly secrets: SandboxFile['secrets']
  readonly clock: BusinessClock
  readonly feed: Feed
  /** Undefined until it listens. */
  product(): Product | undefined
  /** Where the fakes themselves listen. */
  origin(): string
}

export interface Fakes {
  readonly line: FakeLine
  readonly slack: FakeSlack
}

/** Both fakes, empty. LINE's messages carry real time, by which reply tokens age; Slack's show the shop's time. */
export function createFakes(deps: FakesDeps): Fakes {
  const { secrets, clock } = deps
  const line = createFakeLine({
    channelSecret: secrets.lineChannelSecret,
    accessToken: secrets.lineAccessToken,
    botId: BOT_ID,
    now: () => new Date(),
    calendar: clock.now,
    isElsewhere: isDemoLineId,
    deliver: delivery(deps, 'line')
  })
  const slack = createFakeSlack({
    signingSecret: secrets.slackSigningSecret,
    botToken: secrets.slackBotToken,
    now: clock.now,
    apiUrl: () => `${deps.origin()}/api/`,
    deliver: delivery(deps, 'slack')
  })
  return { line, slack }
}

/** As they were when they were saved; with the cast when they never were, or what was saved is of no use any more. */
export function restoreFakes({ line, slack }: Fakes, saved: SandboxFile | undefined, channelSecret: string): void {
  if (saved) {
    line.restore(saved.line)
    slack.restore(saved.slack)
    return
  }
  fillLine(line, channelSecret)
  line.setMonthlyLimit(MONTHLY_PUSHES)
  fillSlack(slack)
}

/** Secrets that no other sandbox has. */
export function newSecrets(): SandboxFile['secrets'] {
  const secret = (): string => randomBytes(16).toString('hex')
  return {
    lineChannelSecret: secret(),
    lineAccessToken: `sandbox-${secret()}${secret()}`,
    slackSigningSecret: secret(),
    slackBotToken: `xoxb-sandbox-${secret()}`
  }
}

function delivery({ product, feed }: FakesDeps, platform: 'line' | 'slack'): (request: Request) => Promise<Response> {
  const send = async (request: Request): Promise<Response> => {
    const { origin } = product() ?? {}
    if (!origin) throw new Error('The product is not listening yet')
    const { method, headers } = request
    return fetch(new URL(new URL(request.url).pathname, origin), { method, headers, body: await request.arrayBuffer() })
  }
  return tapped(send, { feed, platform, kind: 'webhook' })
}
