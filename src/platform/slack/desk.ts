import type { Context } from '../feature.ts'
import { type Admit, rolesOf } from './authorise.ts'
import type { SlackClients } from './clients.ts'
import { LINK_ACTION } from './elements.ts'
import type { HandlerIndex } from './handler-index.ts'
import type { Click, Command, Role, StaffMember } from './handlers.ts'
import { asTyped } from './mrkdwn.ts'
import { BlockActions, entered, SlashCommand } from './payloads.ts'
import { TEXTS } from './texts.ts'
import { modalOpener, type Place, unpackMetadata, whisperTo, withoutVersion } from './turns.ts'
import { parseVerb, verbHelp } from './verbs.ts'

/** What answers people's clicks, forms and commands. */
export interface DeskDeps {
  readonly clients: SlackClients
  readonly admit: Admit
  readonly handlers: HandlerIndex
}

/** A click, a choice in a menu, a chosen person. Already acknowledged. */
export async function answerClick(deps: DeskDeps, context: Context, payload: unknown): Promise<void> {
  const body = BlockActions.parse(payload)
  const [action] = body.actions
  if (!action || action.action_id.startsWith(LINK_ACTION)) return
  const channel = body.channel?.id ?? unpackMetadata(body.view?.private_metadata ?? '').channel
  const place = { userId: body.user.id, channel, threadTs: body.message?.thread_ts, responseUrl: body.response_url }
  const handler = deps.handlers.actions[action.action_id]
  const acting = { teamId: body.user.team_id ?? body.team?.id ?? '', needed: handler?.role ?? 'viewer' } as const
  await attend({ deps, context, place, ...acting, what: action.action_id }, async (staff) => {
    const whisper = whisperTo(deps.clients, place)
    if (!handler) return whisper(TEXTS[staff.locale].unknownAction)
    const value = entered(action)
    const userIds = action.selected_user ? [action.selected_user] : []
    const click: Click = {
      ...context,
      staff,
      cause: `slack:${action.action_ts}:${staff.id}:${action.action_id}`,
      channel: channel ?? '',
      whisper,
      actionId: action.action_id,
      value: typeof value === 'string' ? value : (value?.join(',') ?? ''),
      blockId: withoutVersion(action.block_id),
      messageTs: body.message?.ts ?? '',
      roleOf: await rolesOf(deps.admit, context.scope, { userIds, teamId: acting.teamId }),
      openModal: modalOpener(deps.clients, { triggerId: body.trigger_id, channel, viewId: body.view?.id })
    }
    await handler.run(click)
  })
}

/** A slash command. Already acknowledged. */
export async function answerCommand(deps: DeskDeps, context: Context, payload: unknown): Promise<void> {
  const body = SlashCommand.parse(payload)
  const said = asTyped(body.text)
  const { verb, rest } = body.command === '/matane' ? parseVerb(said) : { verb: undefined, rest: said.trim() }
  const handler = verb === undefined ? deps.handlers.commands[body.command] : deps.handlers.verbs[verb]
  const place = { userId: body.user_id, channel: body.channel_id, responseUrl: body.response_url }
  const acting = { teamId: body.team_id, needed: handler?.role ?? 'viewer' } as const
  await attend({ deps, context, place, ...acting, what: `${body.command} ${verb ?? ''}`.trim() }, async (staff) => {
    const whisper = whisperTo(deps.clients, place)
    if (!handler)
      return whisper(verb === undefined ? TEXTS[staff.locale].unknownCommand : verbHelp(deps.handlers, staff, verb))
    const command: Command = {
      ...context,
      staff,
      cause: `slack:${body.trigger_id}:${staff.id}:${body.command}`,
      channel: body.channel_id,
      whisper,
      text: rest,
      respond: (text, blocks) =>
        deps.clients.respond(body.response_url, { response_type: 'in_channel', text, ...(blocks && { blocks }) }),
      openModal: modalOpener(deps.clients, { triggerId: body.trigger_id, channel: body.channel_id })
    }
    await handler.run(command)
  })
}

interface Attendance {
  readonly deps: DeskDeps
  readonly context: Context
  readonly place: Place
  readonly teamId: string
  readonly needed: Role
  /** For the log: the name of the action. */
  readonly what: string
}

/** Checks who acts, runs, and never leaves the person without an answer. */
async function attend(attendance: Attendance, run: (staff: StaffMember) => Promise<void>): Promise<void> {
  const { deps, context, place, what } = attendance
  const { log } = context.scope
  const who = { userId: place.userId, teamId: attendance.teamId, channelId: place.channel }
  let locale: StaffMember['locale'] = 'ja'
  try {
    const admitted = await deps.admit(context.scope, who, attendance.needed)
    if ('refusal' in admitted) {
      log.info('Slack action refused', { what, userId: place.userId })
      return await whisperTo(deps.clients, place)(admitted.refusal)
    }
    locale = admitted.staff.locale
    await run(admitted.staff)
  } catch (error) {
    log.error('Slack action failed', { what, error })
    await whisperTo(
      deps.clients,
      place
    )(TEXTS[locale].tryAgain).catch((cause: unknown) => {
      log.warn('Slack whisper failed', { what, error: cause })
    })
  }
}
