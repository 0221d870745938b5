import type { messagingApi } from '@line/bot-sdk'
import { LIMITS, MessageFormError, requireGraphemes, requireUnits } from './limits.ts'

/** What a button or quick reply does. Always has a label; made by the builders below. */
export type LineAction = (
  | messagingApi.PostbackAction
  | messagingApi.MessageAction
  | messagingApi.URIAction
  | messagingApi.DatetimePickerAction
) & {
  readonly label: string
}

/** Schemes that LINE opens from an action. */
const URI = /^(https?:\/\/|line:\/\/|tel:|lineworks:)\S+$/

/**
 * Sends `data` to us when tapped; `displayText` then appears as if the customer had typed it. Make `data` with
 * definePostback(…).encode. Label 1–40 characters (20 as a quick reply), data 1–300 UTF-16 units.
 */
export function postbackAction(action: { label: string; data: string; displayText?: string }): LineAction {
  const { label, data, displayText } = action
  requireUnits('action.data', data, LIMITS.postbackDataUnits)
  if (displayText !== undefined) requireGraphemes('action.displayText', displayText, LIMITS.actionTextGraphemes)
  return { type: 'postback', label: checkedLabel(label), data, ...(displayText === undefined ? {} : { displayText }) }
}

/** The days that LINE's calendar has: from 1900-01-01 to 2100-12-31. */
const DAY = /^(19|20)\d{2}-\d{2}-\d{2}$|^2100-\d{2}-\d{2}$/

/**
 * Opens a calendar when tapped, and sends `data` to us with the day that is picked there (`pickedDay`). It shows the days
 * from `min` to `max`, both included, and opens at `initial`, which lies between them.
 */
export function dayPickerAction(action: {
  readonly label: string
  readonly data: string
  readonly min: string
  readonly max: string
  readonly initial: string
}): LineAction {
  const { label, data, min, max, initial } = action
  requireUnits('action.data', data, LIMITS.postbackDataUnits)
  if (![min, initial, max].every((day) => DAY.test(day)) || min > initial || initial > max || min === max)
    throw new MessageFormError(
      'action.initial',
      'must be a day from 1900 to 2100 between min and max, and these differ'
    )
  return { type: 'datetimepicker', label: checkedLabel(label), data, mode: 'date', initial, max, min }
}

/** Says `text` (1–300 characters) in the customer's name when tapped. */
export function messageAction(action: { label: string; text: string }): LineAction {
  requireGraphemes('action.text', action.text, LIMITS.actionTextGraphemes)
  return { type: 'message', label: checkedLabel(action.label), text: action.text }
}

/** Opens an address (http, https, line, tel; at most 1,000 UTF-16 units, percent-encoded) when tapped. */
export function uriAction(action: { label: string; uri: string }): LineAction {
  checkUri('action.uri', action.uri)
  return { type: 'uri', label: checkedLabel(action.label), uri: action.uri }
}

/** Throws unless LINE opens this address from an action. */
export function checkUri(field: string, uri: string): void {
  requireUnits(field, uri, LIMITS.uriUnits)
  if (!URI.test(uri))
    throw new MessageFormError(field, 'must begin with https://, http://, line:// or tel: and have no spaces')
}

function checkedLabel(label: string): string {
  requireGraphemes('action.label', label, LIMITS.labelGraphemes)
  return label
}
