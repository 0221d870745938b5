import type { Config } from './config.ts'
import { attributionFeature } from './features/attribution/index.ts'
import { auditFeature } from './features/audit/index.ts'
import { consentFeature } from './features/consent/index.ts'
import { couponsFeature } from './features/coupons/index.ts'
import { customerCardFeature } from './features/customer-card/index.ts'
import { customerPort, customersFeature } from './features/customers/index.ts'
import { eventsFeature } from './features/events/index.ts'
import { flowDeskFeature } from './features/flow-desk/index.ts'
import { flowsFeature } from './features/flows/index.ts'
import { followUpsFeature } from './features/follow-ups/index.ts'
import { hooksFeature } from './features/hooks/index.ts'
import { ingestFeature } from './features/ingest/index.ts'
import { linkingFeature } from './features/linking/index.ts'
import { linksFeature } from './features/links/index.ts'
import { menuFeature, menuSender } from './features/menu/index.ts'
import { mergeFeature } from './features/merge/index.ts'
import { metricsFeature } from './features/metrics/index.ts'
import { pointsFeature } from './features/points/index.ts'
import { eraseCustomer, privacyFeature, shareExport } from './features/privacy/index.ts'
import { type PrivacyPort, rightsFeature } from './features/rights/index.ts'
import { segmentsFeature } from './features/segments/index.ts'
import { settingsFeature } from './features/settings/index.ts'
import { shopsFeature } from './features/shops/index.ts'
import { staffFeature, staffPort } from './features/staff/index.ts'
import { stampsFeature } from './features/stamps/index.ts'
import { surveysFeature } from './features/surveys/index.ts'
import { tiersFeature } from './features/tiers/index.ts'
import { transferFeature } from './features/transfer/index.ts'
import { triggersFeature } from './features/triggers/index.ts'
import type { Context, Feature } from './platform/feature.ts'
import {
  createLineClient,
  createRichMenuClient,
  createThrottle,
  type LineClient,
  lineConsumer,
  lineSender,
  quotaJob
} from './platform/line/index.ts'
import { createPerform, createRunWork } from './platform/perform.ts'
import {
  createEngine,
  createIntake,
  type Engine,
  type EngineOptions,
  type Intake,
  queueData,
  tick,
  timerConsumer
} from './platform/queue/index.ts'
import type { Scope } from './platform/scope.ts'
import { type Admit, admission } from './platform/slack/authorise.ts'
import { createBolt } from './platform/slack/bolt.ts'
import { slackClients } from './platform/slack/clients.ts'
import { type DirectoryMemory, slackDirectory } from './platform/slack/directory.ts'
import { slackFiles } from './platform/slack/files.ts'
import { indexHandlers } from './platform/slack/handler-index.ts'
import type { SlackPace } from './platform/slack/job.ts'
import { slackConsumer } from './platform/slack/mentions.ts'
import { type Notice, tellNotice } from './platform/slack/notice.ts'
import { SlackReceiver } from './platform/slack/receiver.ts'
import { slackSender } from './platform/slack/sender.ts'
import type { SlackDirectory } from './platform/slack/staff-port.ts'
import { fetchWebhook, type PostWebhook, webhookSender } from './platform/webhook/sender.ts'
import { createRoutes } from './routes.ts'

/** The whole product over one scope: a process on Node, a request on Workers. */
export interface Matane {
  readonly context: Context
  readonly features: readonly Feature[]
  readonly engine: Engine
  /** Answers one HTTP request. */
  readonly fetch: (request: Request, env?: unknown) => Response | Promise<Response>
  /** What the clock does each minute: due jobs, then everything due in the queue. */
  tick(): Promise<void>
}

/** What depends on where it runs. */
export interface Runtime extends Pick<EngineOptions, 'eventsAtOnce' | 'messagesAtOnce'> {
  /** What is known of the workspace, where it outlives the scope. */
  readonly slackMemory?: DirectoryMemory
  /** How other systems are told; default: the runtime's own fetch. */
  readonly postWebhook?: PostWebhook
  /** Where Slack does not limit how fast it is written to. */
  readonly slackPace?: SlackPace
}

/** The capabilities of the product, in the order in which they greet and are asked. One line each. */
function listFeatures(config: Config, scope: Scope, directory: SlackDirectory): Feature[] {
  return [
    eventsFeature,
    customersFeature,
    ingestFeature,
    shopsFeature({ counterNow: scope.now }),
    couponsFeature,
    stampsFeature({ counterNow: scope.now }),
    pointsFeature,
    consentFeature,
    rightsFeature(privacyOf(config)),
    surveysFeature,
    linksFeature,
    flowsFeature,
    tiersFeature,
    flowDeskFeature,
    followUpsFeature,
    customerCardFeature,
    attributionFeature,
    metricsFeature,
    segmentsFeature,
    triggersFeature,
    hooksFeature(privacyOf(config)),
    staffFeature({ directory }),
    auditFeature,
    privacyFeature
  ]
}

/** How customers who ask for it in the chat see what is kept about them, and are forgotten. */
function privacyOf({ publicUrl }: Config): PrivacyPort {
  return {
    disclose: async (work, id, by) => `${publicUrl}${(await shareExport(work, id, by)).path}`,
    erase: async (work, id, by) => void (await eraseCustomer(work, id, by))
  }
}

/** Whether an account is a manager's, as Slack says now. */
function managersOnly(admit: Admit, directory: SlackDirectory) {
  return async ({ scope }: Context, userId: string): Promise<boolean> => {
    const { teamId } = await directory.self()
    return 'staff' in (await admit(scope, { userId, teamId, channelId: undefined }, 'manager'))
  }
}

/** Those listed, and those that have to know them all. */
function withOthers(
  listed: readonly Feature[],
  {
    config,
    lineClient,
    ...transfer
  }: Parameters<typeof transferFeature>[0] & { config: Config; lineClient: LineClient }
): Feature[] {
  const { publicUrl, linkUrl: loginUrl } = config
  const menu = menuFeature(listed)
  const linkToken = (userId: string) => lineClient.linkToken(userId)
  return [
    ...listed,
    settingsFeature(listed),
    menu,
    { name: 'queue', personalData: queueData },
    mergeFeature([...listed, menu]),
    transferFeature(transfer),
    linkingFeature({ rooms: listed, publicUrl, loginUrl, linkToken }),
    { name: 'line-quota', jobs: [quotaJob(lineClient)] }
  ]
}

/** Plugs the features into the platform. Makes no call and starts nothing. */
export function createMatane(
  config: Config,
  scope: Scope,
  { slackMemory, slackPace, postWebhook = fetchWebhook, ...atOnce }: Runtime = {}
): Matane {
  const clients = slackClients({ slack: config.slack, log: scope.log })
  const { alertChannel } = config.slack
  const directory = slackDirectory({ clients, alertChannel, ...(slackMemory && { memory: slackMemory }) })
  const admit = admission({ directory, staff: staffPort({ directory }) })
  const lineClient = createLineClient(config.line)
  const listed = listFeatures(config, scope, directory)
  const mayExport = managersOnly(admit, directory)
  const features = withOthers(listed, { config, lineClient, files: slackFiles(clients, config), mayExport })
  const perform = createPerform({ scope, features, onCommit: (told) => engine.wake(told) })
  const context: Context = { scope, config, perform }
  const contextOf = () => context

  const handlers = indexHandlers(features.flatMap((feature) => feature.slack ?? []))
  const customers = customerPort({ scope, fetchProfile: (userId) => lineClient.profile(userId) })
  const notice = (told: Notice) => perform(`notice:${told.name}`, (work) => tellNotice(work, told))
  const engine = createEngine({
    ...atOnce,
    scope,
    runWork: createRunWork({ scope, features }),
    consumers: [
      lineConsumer({ features: features.flatMap((feature) => feature.line ?? []), customers }),
      slackConsumer({ admit, directory, mentions: handlers.mentions, contextOf }),
      timerConsumer(features),
      ...features.flatMap((feature) => feature.inbox ?? [])
    ],
    senders: [
      lineSender({ client: lineClient, throttle: createThrottle(), notice }),
      menuSender({ client: createRichMenuClient(config.line), notice }),
      slackSender({
        ...{ clients, directory, cards: handlers.cards, alertChannel, contextOf },
        ...(slackPace && { pace: slackPace })
      }),
      webhookSender({ secret: config.webhookSecret, post: postWebhook })
    ]
  })
  const intake = createIntake(scope.db, { onStored: () => engine.wake(['inbox']) })
  const receiveSlack = slackDoor(context, { clients, admit, handlers }, intake)
  return {
    context,
    features,
    engine,
    fetch: createRoutes({ context, features, intake, receiveSlack }),
    tick: () => tick({ context, features, engine })
  }
}

/** Slack's events go to the inbox, clicks and commands to Bolt. */
function slackDoor(context: Context, desk: Parameters<typeof createBolt>[2], intake: Intake) {
  const { slack } = context.config
  const receiver = new SlackReceiver({ signingSecret: slack.signingSecret, intake })
  createBolt(receiver, { slack, log: context.scope.log }, desk)
  return (request: Request) => receiver.handle(request, context)
}
