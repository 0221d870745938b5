import type {
  ActionsBlock,
  ActionsBlockElement,
  ContextBlock,
  DividerBlock,
  HeaderBlock,
  ImageBlock,
  InputBlock,
  InputBlockElement,
  KnownBlock,
  ModalView,
  SectionBlock,
  SectionBlockAccessory
} from '@slack/types'
import { altTextOf, mrkdwn, plain } from './elements.ts'
import { someWithin, within } from './limits.ts'

const named = (blockId: string | undefined): { block_id?: string } =>
  blockId === undefined ? {} : { block_id: someWithin('blockId', blockId) }

/** A large plain title, at most 150 characters. */
export function header(text: string, blockId?: string): HeaderBlock {
  return { type: 'header', ...named(blockId), text: plain(text, 'headerText') }
}

/** mrkdwn text, with an element beside it or without. Text from outside goes through escapeMrkdwn first. */
export function section(
  text: string,
  more: { blockId?: string; accessory?: SectionBlockAccessory } = {}
): SectionBlock {
  return {
    type: 'section',
    ...named(more.blockId),
    text: mrkdwn(text),
    ...(more.accessory && { accessory: more.accessory })
  }
}

/** 1–10 short mrkdwn texts in two columns. */
export function fields(texts: readonly string[], blockId?: string): SectionBlock {
  return {
    type: 'section',
    ...named(blockId),
    fields: someWithin('sectionFields', texts).map((text) => mrkdwn(text, 'fieldText'))
  }
}

/** 1–10 small mrkdwn texts. */
export function context(texts: readonly string[], blockId?: string): ContextBlock {
  return {
    type: 'context',
    ...named(blockId),
    elements: someWithin('contextElements', texts).map((text) => mrkdwn(text, 'fieldText'))
  }
}

/** 1–25 buttons and menus. */
export function actions(elements: readonly ActionsBlockElement[], blockId?: string): ActionsBlock {
  return { type: 'actions', ...named(blockId), elements: [...someWithin('actionsElements', elements)] }
}

/** A thin line. */
export function divider(): DividerBlock {
  return { type: 'divider' }
}

/** A picture of its own. `url` must be reachable by Slack. */
export function image(url: string, altText: string, title?: string): ImageBlock {
  return {
    type: 'image',
    image_url: someWithin('imageUrl', url),
    alt_text: altTextOf(altText),
    ...(title && { title: plain(title, 'imageTitle') })
  }
}

/** A field of a modal, before Slack's limits. */
export interface InputSpec {
  /** Names the field in Submission.values and in its faults. */
  readonly blockId: string
  readonly label: string
  readonly element: InputBlockElement
  readonly optional?: boolean
  readonly hint?: string
}

/** A field of a modal. */
export function input(spec: InputSpec): InputBlock {
  return {
    type: 'input',
    ...named(spec.blockId),
    label: plain(spec.label, 'inputLabel'),
    element: spec.element,
    optional: spec.optional ?? false,
    ...(spec.hint && { hint: plain(spec.hint, 'inputHint') })
  }
}

/** A modal, before Slack's limits. */
export interface ModalSpec {
  /** Names the submission handler. */
  readonly callbackId: string
  readonly title: string
  readonly submit?: string
  readonly close?: string
  readonly blocks: readonly KnownBlock[]
  /** Comes back with the submission. Not a secret and no proof: check what it names. */
  readonly privateMetadata?: string
}

/** A modal of 1–100 blocks; its title, submit and close words hold at most 24 characters each. */
export function modal(spec: ModalSpec): ModalView {
  return {
    type: 'modal',
    callback_id: someWithin('callbackId', spec.callbackId),
    title: plain(spec.title, 'modalTitle'),
    ...(spec.submit && { submit: plain(spec.submit, 'modalSubmit') }),
    ...(spec.close && { close: plain(spec.close, 'modalClose') }),
    private_metadata: within('privateMetadata', spec.privateMetadata ?? ''),
    blocks: [...someWithin('viewBlocks', spec.blocks)]
  }
}
