/** Slack's limits (docs.slack.dev/reference/block-kit and the JSDoc of @slack/types). Texts count UTF-16 units. */
export const LIMITS = {
  messageBlocks: 50,
  viewBlocks: 100,
  messageText: 4_000,
  blockId: 255,
  actionId: 255,
  callbackId: 255,
  headerText: 150,
  sectionText: 3_000,
  sectionFields: 10,
  fieldText: 2_000,
  contextElements: 10,
  actionsElements: 25,
  buttonText: 75,
  buttonValue: 2_000,
  buttonUrl: 3_000,
  accessibilityLabel: 75,
  options: 100,
  optionText: 75,
  optionValue: 75,
  optionDescription: 75,
  radioOptions: 10,
  overflowOptions: 5,
  placeholder: 150,
  confirmTitle: 100,
  confirmText: 300,
  confirmButton: 30,
  inputLabel: 2_000,
  inputHint: 2_000,
  inputText: 3_000,
  altText: 2_000,
  imageUrl: 3_000,
  imageTitle: 2_000,
  modalTitle: 24,
  modalSubmit: 24,
  modalClose: 24,
  privateMetadata: 3_000
} as const

/** Names of the limits, as SlackLimitError tells them. */
export type LimitName = keyof typeof LIMITS

/** Something Slack would refuse: which limit, what it allows, what was given. */
export class SlackLimitError extends Error {
  readonly limit: LimitName
  readonly actual: number

  constructor(limit: LimitName, actual: number) {
    super(`Slack allows ${LIMITS[limit]} for ${limit}, not ${actual}`)
    this.name = 'SlackLimitError'
    this.limit = limit
    this.actual = actual
  }
}

/** The text or list as it is; throws SlackLimitError when it is longer than the limit, or empty where Slack wants one. */
export function within<Value extends string | readonly unknown[]>(limit: LimitName, value: Value): Value {
  if (value.length > LIMITS[limit]) throw new SlackLimitError(limit, value.length)
  return value
}

/** As `within`, and not empty. */
export function someWithin<Value extends string | readonly unknown[]>(limit: LimitName, value: Value): Value {
  if (value.length === 0) throw new SlackLimitError(limit, 0)
  return within(limit, value)
}
