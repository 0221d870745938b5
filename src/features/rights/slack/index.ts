import type { FieldErrors, SlackHandlers, StaffTurn, Submission } from '../../../platform/slack/index.ts'
import { RECORD_TYPE } from '../announce.ts'
import { type Decision, decideRequest } from '../decide-request.ts'
import type { PrivacyPort } from '../port.ts'
import { requestCard } from './card.ts'
import { ACTION } from './ids.ts'
import { correctModal, declineModal, FIELD } from './modals.ts'
import { STAFF_TEXTS } from './staff-texts.ts'

/** What staff see of requests and decide. */
export function slackHandlers(port: PrivacyPort | undefined): SlackHandlers {
  const decide = deciding(port)
  return {
    actions: {
      [ACTION.approve]: {
        role: 'cs',
        async run(click) {
          const fault = await decide(click, click.value, { kind: 'approve' })
          if (fault) await click.whisper(fault)
        }
      },
      [ACTION.correct]: { role: 'cs', run: (click) => click.openModal(correctModal(click.value, click.staff.locale)) },
      [ACTION.decline]: { role: 'cs', run: (click) => click.openModal(declineModal(click.value, click.staff.locale)) }
    },
    submissions: {
      [ACTION.correct]: {
        role: 'cs',
        async run(turn) {
          const name = textOf(turn, FIELD.name) || undefined
          return faultAt(FIELD.name, await decide(turn, turn.privateMetadata, { kind: 'approve', name }))
        }
      },
      [ACTION.decline]: {
        role: 'cs',
        async run(turn) {
          const reason = textOf(turn, FIELD.reason)
          if (!reason) return faultAt(FIELD.reason, STAFF_TEXTS[turn.staff.locale].declineEmpty)
          return faultAt(FIELD.reason, await decide(turn, turn.privateMetadata, { kind: 'decline', reason }))
        }
      }
    },
    cards: { [RECORD_TYPE]: ({ scope, config }, id) => requestCard(scope.db, id, config.timeZone) }
  }
}

/** Decides about the request that a button or form names; what stands against it, in words. */
function deciding(port: PrivacyPort | undefined) {
  return async (turn: StaffTurn, id: string, decide: Decision['decide']): Promise<string | undefined> => {
    const { refused, handOver: handOverText } = STAFF_TEXTS[turn.staff.locale]
    if (!UUID.test(id)) return refused({ kind: 'gone' })
    let link: string | undefined
    const handOver = (made: string) => {
      link = made
    }
    const done = await turn.perform(turn.cause, (work) =>
      decideRequest(work, { id, by: turn.staff, decide, handOver }, port)
    )
    if (!done.ok) return refused(done)
    if (link) await turn.whisper(handOverText(link))
    return undefined
  }
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

function faultAt(field: string, fault: string | undefined): FieldErrors | undefined {
  return fault === undefined ? undefined : { [field]: fault }
}

function textOf({ values }: Submission, field: string): string {
  const value = values[field]
  return typeof value === 'string' ? value.trim() : ''
}
