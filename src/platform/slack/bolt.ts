import { App, type Receiver } from '@slack/bolt'
import type { Context } from '../feature.ts'
import { type ClientOptions, clientOptions, quietLogger } from './clients.ts'
import { answerClick, answerCommand, type DeskDeps } from './desk.ts'
import { answerSubmission } from './submit.ts'

/** What our receiver gives to every listener: the app is shared, the context belongs to the request. */
interface BoltContext {
  readonly matane: Context
}

const ANY = /[\s\S]*/

/**
 * The Bolt app behind interactivity and commands. Acknowledges before the work, except forms, whose faults go back with
 * the acknowledgement. Makes no call when built, so that it can be built in the global scope of a Worker.
 */
export function createBolt(receiver: Receiver, options: ClientOptions, desk: DeskDeps): App<BoltContext> {
  const app = new App<BoltContext>({
    receiver,
    authorize: async () => ({ botToken: options.slack.botToken }),
    convoStore: false,
    clientOptions: clientOptions(options),
    logger: quietLogger(options.log)
  })
  app.error(async (error) => {
    throw error
  })
  app.action(ANY, async ({ ack, body, context }) => {
    await ack()
    await answerClick(desk, context.matane, body)
  })
  app.command(ANY, async ({ ack, body, context }) => {
    await ack()
    await answerCommand(desk, context.matane, body)
  })
  app.view(ANY, async ({ ack, body, context }) => {
    const answer = await answerSubmission(desk, context.matane, body)
    await (answer ? ack(answer) : ack())
  })
  return app
}
