import { staffPort } from '../../src/features/staff/index.ts'
import type { Database } from '../../src/platform/db/index.ts'
import type { Context } from '../../src/platform/feature.ts'
import { createPerform, createRunWork } from '../../src/platform/perform.ts'
import { createEngine, createIntake, type Engine } from '../../src/platform/queue/index.ts'
import { admission } from '../../src/platform/slack/authorise.ts'
import { createBolt } from '../../src/platform/slack/bolt.ts'
import { slackClients } from '../../src/platform/slack/clients.ts'
import { slackDirectory } from '../../src/platform/slack/directory.ts'
import { indexHandlers } from '../../src/platform/slack/handler-index.ts'
import type { Card, SlackHandlers, SlackIntent } from '../../src/platform/slack/index.ts'
import { slackConsumer } from '../../src/platform/slack/mentions.ts'
import { SlackReceiver } from '../../src/platform/slack/receiver.ts'
import { slackSender } from '../../src/platform/slack/sender.ts'
import { createFakeSlack, type FakeMember, type FakeSlack } from '../../src/sandbox/slack/index.ts'
import { testConfig } from './config.ts'
import { AT_ONCE, type TestScope, testScope } from './queue.ts'

/** The Slack road over a fake workspace: an owner, two CS people, a viewer, a guest; an alert channel and a general one. */
export interface SlackWorld {
  readonly fake: FakeSlack
  readonly scope: TestScope
  readonly context: Context
  readonly engine: Engine
  readonly alerts: string
  readonly general: string
  readonly owner: FakeMember
  readonly aya: FakeMember
  readonly kenta: FakeMember
  readonly viewer: FakeMember
  readonly guest: FakeMember
  /** Records that the card handler of the type "ticket" draws. */
  readonly tickets: Map<string, Card>
  /** Real time of the product and of the fake alike, epoch milliseconds; assign to travel. */
  nowMs: number
  /** Hands a request to the product's door. */
  receive(request: Request): Promise<Response>
  /** Tells Slack something, in a unit of work of its own. */
  tell(cause: string, ...intents: SlackIntent[]): Promise<void>
  /** Waits for what goes on after answers, then for the queue. */
  settle(): Promise<void>
}

const SIGNING_SECRET = 'test-signing-secret'
const BOT_TOKEN = 'xoxb-test'

export function slackWorld(db: Database, handlers: readonly SlackHandlers[] = []): SlackWorld {
  const background: Promise<unknown>[] = []
  const clock = { nowMs: Date.now() }
  const nowMs = () => clock.nowMs
  const scope: TestScope = Object.assign(testScope(db), {
    waitUntil: (work: Promise<unknown>) => void background.push(work)
  })
  const fake = createFakeSlack({
    signingSecret: SIGNING_SECRET,
    botToken: BOT_TOKEN,
    deliver: (request) => receive(request),
    now: () => new Date(clock.nowMs),
    nowMs,
    retryDelaysMs: [0, 0, 0]
  })
  const people = populate(fake)
  const slack = {
    signingSecret: SIGNING_SECRET,
    botToken: BOT_TOKEN,
    apiUrl: 'http://slack.test/api/',
    alertChannel: people.alerts
  }
  const tickets = new Map<string, Card>()
  const drawing: SlackHandlers = { cards: { ticket: async (_context, id) => tickets.get(id) } }
  const index = indexHandlers([drawing, ...handlers])
  const clients = slackClients({
    slack,
    log: scope.log,
    fetch: (url, init) => fake.fetch(new Request(url, init))
  })
  const directory = slackDirectory({ clients, alertChannel: slack.alertChannel, nowMs })
  const admit = admission({ directory, staff: staffPort({ directory, nowMs }) })
  const perform = createPerform({ scope, features: [], onCommit: () => undefined })
  const context: Context = { scope, config: { ...testConfig, slack }, perform }
  const contextOf = () => context
  const receiver = new SlackReceiver({ signingSecret: SIGNING_SECRET, intake: createIntake(db), nowMs })
  createBolt(receiver, { slack, log: scope.log }, { clients, admit, handlers: index })
  const receive = (request: Request) => receiver.handle(request, context)
  const engine = createEngine({
    scope,
    runWork: createRunWork({ scope, features: [] }),
    consumers: [slackConsumer({ admit, directory, mentions: index.mentions, contextOf })],
    senders: [slackSender({ clients, directory, cards: index.cards, alertChannel: slack.alertChannel, contextOf })],
    inboxRetry: AT_ONCE,
    outboxRetry: AT_ONCE
  })
  return {
    ...{ fake, scope, context, engine, tickets, receive, ...people },
    get nowMs() {
      return clock.nowMs
    },
    set nowMs(value) {
      clock.nowMs = value
    },
    tell: (cause, ...intents) =>
      perform(cause, async (work) => {
        for (const intent of intents) work.slack(intent)
      }),
    async settle() {
      while (background.length > 0) await Promise.all(background.splice(0))
      await engine.drain()
    }
  }
}

function populate(fake: FakeSlack) {
  const owner = fake.addMember({ name: '店長', isOwner: true })
  const aya = fake.addMember({ name: '彩' })
  const kenta = fake.addMember({ name: 'Kenta', locale: 'en-US' })
  const viewer = fake.addMember({ name: '見習い' })
  const guest = fake.addMember({ name: 'ゲスト', isGuest: true })
  const everybody = [owner, aya, kenta, viewer, guest].map(({ id }) => id)
  const alerts = fake.addChannel({ name: 'cs-alerts', members: [owner.id, aya.id, kenta.id, guest.id] }).id
  const general = fake.addChannel({ name: 'general', members: everybody }).id
  return { owner, aya, kenta, viewer, guest, alerts, general }
}
