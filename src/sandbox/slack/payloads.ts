import { object } from './check-blocks.ts'
import { messageObject } from './objects.ts'
import { type FakeState, slackId } from './state.ts'
import type { FakeBlock, FakeEphemeral, FakeMember, FakeMessage, FakeView, JsonObject } from './types.ts'

/** What somebody chose or typed in one element. */
export interface Chosen {
  readonly value?: string
  readonly selectedUser?: string
  /** The value of the chosen option. */
  readonly selectedOption?: string
}

/** An element found in a message, with the block it stands in. */
interface FoundElement {
  readonly element: JsonObject
  readonly blockId: string
}

/** The element that an action id (and block id) names: in action blocks, beside sections, in inputs. */
export function findElement(
  blocks: readonly FakeBlock[],
  actionId: string,
  blockId?: string
): FoundElement | undefined {
  for (const block of blocks) {
    if (blockId !== undefined && block.block_id !== blockId) continue
    const elements = Array.isArray(block.elements) ? block.elements : [block.accessory, block.element]
    const element = elements.map(object).find((each) => each.action_id === actionId)
    if (element) return { element, blockId: block.block_id ?? '' }
  }
  return undefined
}

/** The `actions[0]` of a block_actions payload. */
export function actionOf({ element, blockId }: FoundElement, chosen: Chosen, actionTs: string): JsonObject {
  const base = { action_id: element.action_id, block_id: blockId, type: element.type, action_ts: actionTs }
  if (element.type === 'button') return { ...base, text: element.text, value: element.value }
  if (element.type === 'users_select') return { ...base, selected_user: chosen.selectedUser ?? chosen.value }
  const option = optionOf(element, chosen.selectedOption ?? chosen.value)
  if (!option) throw new Error(`"${element.action_id}" has no option "${chosen.selectedOption ?? chosen.value}"`)
  return { ...base, selected_option: option }
}

function optionOf(element: JsonObject, value: unknown): JsonObject | undefined {
  const options: readonly unknown[] = Array.isArray(element.options) ? element.options : []
  return options.map(object).find((option) => option.value === value)
}

/** What every interaction says about the person, the workspace and the app. */
export function whoObject(state: FakeState, member: FakeMember): JsonObject {
  return {
    user: { id: member.id, username: member.name, name: member.name, team_id: member.teamId },
    api_app_id: state.ids.appId,
    token: 'fake',
    team: { id: state.ids.teamId, domain: 'matane-sandbox' },
    enterprise: null,
    is_enterprise_install: false
  }
}

/** A block_actions payload for a click in a message. */
export function blockActions(
  state: FakeState,
  member: FakeMember,
  click: { message: FakeMessage | FakeEphemeral; action: JsonObject; responseUrl: string }
): JsonObject {
  const { message, action, responseUrl } = click
  const isEphemeral = 'to' in message
  return {
    type: 'block_actions',
    ...whoObject(state, member),
    container: {
      type: 'message',
      message_ts: message.ts,
      channel_id: message.channel,
      is_ephemeral: isEphemeral,
      ...(message.threadTs && { thread_ts: message.threadTs })
    },
    trigger_id: state.trigger(member.id, message.channel),
    channel: { id: message.channel, name: state.channels.get(message.channel)?.name ?? '' },
    ...(!isEphemeral && { message: messageObject(state, message, true) }),
    state: { values: {} },
    response_url: responseUrl,
    actions: [action]
  }
}

/** A block_actions payload for a click in a modal. */
export function viewActions(state: FakeState, member: FakeMember, shown: FakeView, action: JsonObject): JsonObject {
  return {
    type: 'block_actions',
    ...whoObject(state, member),
    container: { type: 'view', view_id: shown.id },
    trigger_id: state.trigger(member.id, undefined),
    view: viewObject(state, shown, {}),
    actions: [action]
  }
}

/** A view_submission payload with the values of its fields. */
export function viewSubmission(state: FakeState, member: FakeMember, shown: FakeView, values: JsonObject): JsonObject {
  return {
    type: 'view_submission',
    ...whoObject(state, member),
    trigger_id: state.trigger(member.id, undefined),
    view: viewObject(state, shown, values),
    response_urls: []
  }
}

/** A view as Slack describes it. */
export function viewObject(state: FakeState, shown: FakeView, values: JsonObject): JsonObject {
  return {
    callback_id: '',
    private_metadata: '',
    clear_on_close: false,
    notify_on_close: false,
    close: null,
    submit: null,
    ...shown.view,
    id: shown.id,
    team_id: state.ids.teamId,
    state: { values },
    hash: shown.hash,
    previous_view_id: null,
    root_view_id: shown.id,
    app_id: state.ids.appId,
    external_id: '',
    app_installed_team_id: state.ids.teamId,
    bot_id: state.ids.botId
  }
}

/** A new response_url of this person's action, under the fake's API address. */
export function responseUrl(
  state: FakeState,
  apiUrl: string,
  to: { userId: string; channel: string; threadTs?: string | undefined }
): string {
  const id = slackId('')
  const { userId, channel, threadTs } = to
  state.responseUrls.set(id, { userId, channel, ...(threadTs && { threadTs }), madeAtMs: state.nowMs(), uses: 0 })
  return `${apiUrl}response/${id}`
}
