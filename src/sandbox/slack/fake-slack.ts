import { createFaults, type FakeFaults } from './faults.ts'
import { addFile, type NewFile } from './files.ts'
import type { FormValues } from './form.ts'
import { clickInModal, closeModal, type ModalClick, type SubmitResult, submitModal } from './modals.ts'
import { type ActionResult, click, command, type FakeClick, type People, say } from './people.ts'
import { type Delivered, eventEnvelope, sendEvent, sendEventOnce } from './sending.ts'
import { argumentsOf, serve } from './serve.ts'
import { FakeState } from './state.ts'
import type { FakeSlackCall, FakeSlackSnapshot, JsonObject } from './types.ts'
import { type Workspace, workspaceOf } from './workspace.ts'

/** The secrets it shares with the product, the way to the product, and its clocks. */
export interface FakeSlackOptions {
  readonly signingSecret: string
  readonly botToken: string
  /** Takes Slack's signed requests to the product. */
  deliver(request: Request): Promise<Response>
  /** The time that messages show; may be moved. */
  now(): Date
  /** Told every call of the product's and every request of Slack's, with its answer. */
  readonly onCall?: (call: FakeSlackCall) => void
  /** Address under which `fetch` is reached, ending in "/api/"; needed for response_urls. */
  readonly apiUrl?: () => string
  /** Where the product listens; only seen inside `deliver`'s request. */
  readonly requestUrl?: string
  /** Real pauses before an event that was not acknowledged is sent again; Slack's own are the default. */
  readonly retryDelaysMs?: readonly number[]
  /** Real time, epoch milliseconds: signatures, triggers, response_urls. */
  readonly nowMs?: () => number
}

/** A Slack workspace with one app in it, behaving like the real one where it matters. */
export interface FakeSlack extends Workspace {
  /** Slack's Web API under /api/. A throw means that the connection broke. */
  fetch(request: Request): Promise<Response>
  readonly teamId: string
  readonly botUserId: string
  readonly faults: FakeFaults
  click(userId: string, at: FakeClick): Promise<ActionResult>
  clickInModal(userId: string, at: ModalClick): Promise<ActionResult>
  submitModal(userId: string, values: FormValues): Promise<SubmitResult>
  closeModal(userId: string): Promise<void>
  /** Chooses a file for a form; its id is the field's value. */
  addFile(userId: string, file: NewFile): string
  deleteFile(id: string): void
  command(userId: string, channel: string, name: string, text?: string): Promise<ActionResult>
  say(userId: string, channel: string, text: string, threadTs?: string): Promise<string>
  /** As `say`, with the app's name in front. */
  mention(userId: string, channel: string, text: string, threadTs?: string): Promise<string>
  /** Sends any event in Slack's envelope; `over` replaces parts of the envelope. */
  sendEvent(event: JsonObject, over?: JsonObject): Promise<Delivered>
  /** Sends the last event again, with the same event_id. */
  redeliver(): Promise<Delivered>
  /** The last 500, oldest first. */
  calls(): readonly FakeSlackCall[]
  snapshot(): FakeSlackSnapshot
  restore(snapshot: FakeSlackSnapshot): void
  /** Returns how to stop listening. */
  onChange(listener: () => void): () => void
}

const RETRY_DELAYS_MS = [0, 60_000, 300_000] as const

/** Makes an empty workspace: one bot, no members, no channels. */
export function createFakeSlack(options: FakeSlackOptions): FakeSlack {
  const state = new FakeState({ now: options.now, nowMs: options.nowMs ?? Date.now })
  const people: People = {
    state,
    apiUrl: options.apiUrl ?? (() => 'http://slack.test/api/'),
    outgoing: {
      signingSecret: options.signingSecret,
      requestUrl: options.requestUrl ?? 'http://matane.test/slack/events',
      retryDelaysMs: options.retryDelaysMs ?? RETRY_DELAYS_MS,
      deliver: options.deliver,
      onCall: options.onCall
    }
  }
  const faults = createFaults(options.botToken)
  return {
    ...workspaceOf(state),
    ...actionsOf(people),
    get teamId() {
      return state.ids.teamId
    },
    get botUserId() {
      return state.ids.botUserId
    },
    faults,
    fetch: (request) => recorded({ state, onCall: options.onCall }, request, () => serve(state, faults, request)),
    calls: () => state.calls,
    snapshot: () => state.snapshot(),
    restore: (snapshot) => state.restore(snapshot),
    onChange(listener) {
      state.listeners.add(listener)
      return () => state.listeners.delete(listener)
    }
  }
}

type Actions = Pick<
  FakeSlack,
  | 'click'
  | 'clickInModal'
  | 'submitModal'
  | 'closeModal'
  | 'addFile'
  | 'deleteFile'
  | 'command'
  | 'say'
  | 'mention'
  | 'sendEvent'
  | 'redeliver'
>

function actionsOf(people: People): Actions {
  const { state, outgoing } = people
  let lastEvent: JsonObject | undefined
  const speak: Actions['say'] = async (userId, channel, text, threadTs) => {
    const said = await say(people, userId, { channel, text, threadTs })
    lastEvent = said.envelope ?? lastEvent
    return said.ts
  }
  return {
    click: (userId, at) => click(people, userId, at),
    clickInModal: (userId, at) => clickInModal(people, userId, at),
    submitModal: (userId, values) => submitModal(people, userId, values),
    closeModal: (userId) => closeModal(people, userId),
    addFile: (userId, file) => addFile(state, userId, { ...file, apiUrl: people.apiUrl() }).id,
    deleteFile: (id) => void state.files.delete(id),
    command: (userId, channel, name, text = '') => command(people, userId, { channel, command: name, text }),
    say: speak,
    mention: (userId, channel, text, threadTs) => speak(userId, channel, `<@${state.ids.botUserId}> ${text}`, threadTs),
    sendEvent(event, over) {
      lastEvent = { ...eventEnvelope(state, event, false), ...over }
      return sendEvent(state, outgoing, lastEvent)
    },
    redeliver() {
      if (!lastEvent) throw new Error('No event was sent yet')
      return sendEventOnce(state, outgoing, lastEvent, { number: 1, reason: 'http_timeout' })
    }
  }
}

interface Recorder {
  readonly state: FakeState
  readonly onCall: FakeSlackOptions['onCall']
}

/** Notes a call of the product's with its answer; status 0 = the connection broke. */
async function recorded(
  { state, onCall }: Recorder,
  request: Request,
  serving: () => Promise<Response>
): Promise<Response> {
  const name = new URL(request.url).pathname.replace(/^\/api\//, '')
  const sent = await argumentsOf(request.clone())
  const note = (status: number, answer: unknown): void => {
    const call = { at: state.now().toISOString(), kind: 'api', name, sent, status, answer } as const
    state.record(call)
    onCall?.(call)
  }
  try {
    const response = await serving()
    note(response.status, await response.clone().text())
    return response
  } catch (error) {
    note(0, String(error))
    throw error
  }
}
