import { LIMITS, type LimitName } from '../../platform/slack/index.ts'
import type { JsonObject } from './types.ts'

/** Faults as Slack words them: "must be less than 151 characters [json-pointer:/blocks/0/text/text]". */
type Report = (pointer: string, fault: string) => void

const MESSAGE_BLOCKS = ['actions', 'context', 'divider', 'file', 'header', 'image', 'markdown', 'rich_text', 'section']
const BLOCK_TYPES: ReadonlySet<string> = new Set([...MESSAGE_BLOCKS, 'input', 'video', 'table', 'data_table', 'alert'])

/** What Slack would refuse about the blocks of a message; empty = nothing. */
export function messageFaults(blocks: unknown): string[] {
  return collecting((report) => checkBlocks(blocks, 'messageBlocks', report))
}

/** What Slack would refuse about a modal. */
export function viewFaults(view: JsonObject): string[] {
  return collecting((report) => {
    if (view.type !== 'modal') report('/view/type', `unsupported type: ${String(view.type)}`)
    text(view.title, '/view/title', { limit: 'modalTitle', plainOnly: true }, report)
    for (const [name, limit] of [
      ['submit', 'modalSubmit'],
      ['close', 'modalClose']
    ] as const) {
      if (view[name]) text(view[name], `/view/${name}`, { limit, plainOnly: true }, report)
    }
    length(view.private_metadata ?? '', '/view/private_metadata', 'privateMetadata', report)
    length(view.callback_id ?? '', '/view/callback_id', 'callbackId', report)
    checkBlocks(view.blocks, 'viewBlocks', report)
    const hasInput = list(view.blocks).some((block) => object(block).type === 'input')
    if (hasInput && !view.submit) report('/view/submit', 'missing required field: submit')
  })
}

function collecting(check: (report: Report) => void): string[] {
  const faults: string[] = []
  check((pointer, fault) => faults.push(`[ERROR] ${fault} [json-pointer:${pointer}]`))
  return faults
}

function checkBlocks(blocks: unknown, limit: 'messageBlocks' | 'viewBlocks', report: Report): void {
  if (!Array.isArray(blocks)) {
    report('/blocks', 'must provide an array')
    return
  }
  if (blocks.length > LIMITS[limit]) report('/blocks', `no more than ${LIMITS[limit]} items allowed`)
  const ids = blocks.map((block) => object(block).block_id).filter(Boolean)
  if (new Set(ids).size < ids.length) report('/blocks', 'block_id must be unique')
  for (const [index, block] of blocks.entries()) checkBlock(object(block), `/blocks/${index}`, report)
}

function checkBlock(block: JsonObject, at: string, report: Report): void {
  const type = String(block.type)
  if (!BLOCK_TYPES.has(type)) {
    report(`${at}/type`, `unsupported type: ${type}`)
    return
  }
  if (block.block_id !== undefined) length(block.block_id, `${at}/block_id`, 'blockId', report)
  const check = CHECKS[type]
  check?.(block, at, report)
}

type Check = (part: JsonObject, at: string, report: Report) => void

const CHECKS: Readonly<Record<string, Check>> = {
  header: (block, at, report) => text(block.text, `${at}/text`, { limit: 'headerText', plainOnly: true }, report),
  section(block, at, report) {
    if (!block.text && !block.fields) report(at, 'missing required field: text')
    if (block.text) text(block.text, `${at}/text`, { limit: 'sectionText' }, report)
    if (block.fields) {
      items(block.fields, `${at}/fields`, 'sectionFields', report)
      for (const [index, field] of list(block.fields).entries())
        text(field, `${at}/fields/${index}`, { limit: 'fieldText' }, report)
    }
    if (block.accessory) element(object(block.accessory), `${at}/accessory`, report)
  },
  context(block, at, report) {
    items(block.elements, `${at}/elements`, 'contextElements', report)
    for (const [index, part] of list(block.elements).entries()) {
      if (object(part).type !== 'image') text(part, `${at}/elements/${index}`, { limit: 'sectionText' }, report)
    }
  },
  actions(block, at, report) {
    items(block.elements, `${at}/elements`, 'actionsElements', report)
    const ids = list(block.elements).map((part) => object(part).action_id)
    if (new Set(ids).size < ids.length) report(`${at}/elements`, 'action_id must be unique')
    for (const [index, part] of list(block.elements).entries()) element(object(part), `${at}/elements/${index}`, report)
  },
  input(block, at, report) {
    text(block.label, `${at}/label`, { limit: 'inputLabel', plainOnly: true }, report)
    element(object(block.element), `${at}/element`, report)
  },
  image(block, at, report) {
    required(block.alt_text, `${at}/alt_text`, 'altText', report)
    if (!block.slack_file) required(block.image_url, `${at}/image_url`, 'imageUrl', report)
  }
}

/** How many choices each kind of element takes. */
const OPTION_LIMITS: Readonly<Record<string, LimitName>> = {
  static_select: 'options',
  multi_static_select: 'options',
  radio_buttons: 'radioOptions',
  checkboxes: 'radioOptions',
  overflow: 'overflowOptions'
}

function element(part: JsonObject, at: string, report: Report): void {
  const type = String(part.type)
  if (type === 'image') {
    required(part.alt_text, `${at}/alt_text`, 'altText', report)
    return
  }
  required(part.action_id, `${at}/action_id`, 'actionId', report)
  if (type === 'button') {
    text(part.text, `${at}/text`, { limit: 'buttonText', plainOnly: true }, report)
    length(part.value ?? '', `${at}/value`, 'buttonValue', report)
  }
  if (part.placeholder) text(part.placeholder, `${at}/placeholder`, { limit: 'placeholder', plainOnly: true }, report)
  if (type === 'plain_text_input' && Number(part.max_length ?? 0) > LIMITS.inputText)
    report(`${at}/max_length`, `must be less than ${LIMITS.inputText + 1}`)
  const limit = OPTION_LIMITS[type]
  if (limit && !part.option_groups) choices(part.options, `${at}/options`, limit, report)
}

function choices(options: unknown, at: string, limit: LimitName, report: Report): void {
  items(options, at, limit, report)
  const values = list(options).map((option) => object(option).value)
  if (new Set(values).size < values.length) report(at, 'option values must be unique')
  for (const [index, option] of list(options).entries()) {
    text(object(option).text, `${at}/${index}/text`, { limit: 'optionText' }, report)
    required(object(option).value, `${at}/${index}/value`, 'optionValue', report)
  }
}

function text(value: unknown, at: string, rule: { limit: LimitName; plainOnly?: boolean }, report: Report): void {
  const { type, text: words } = object(value)
  if (type !== 'plain_text' && (rule.plainOnly || type !== 'mrkdwn')) {
    report(at, `unsupported type: ${String(type)}`)
    return
  }
  required(words, `${at}/text`, rule.limit, report)
}

function required(value: unknown, at: string, limit: LimitName, report: Report): void {
  if (typeof value !== 'string' || value.length === 0) {
    report(at, 'must be more than 0 characters')
    return
  }
  length(value, at, limit, report)
}

function length(value: unknown, at: string, limit: LimitName, report: Report): void {
  if (typeof value !== 'string') {
    report(at, 'must be a string')
    return
  }
  if (value.length > LIMITS[limit]) report(at, `must be less than ${LIMITS[limit] + 1} characters`)
}

function items(value: unknown, at: string, limit: LimitName, report: Report): void {
  if (!Array.isArray(value)) {
    report(at, 'must provide an array')
    return
  }
  if (value.length === 0) report(at, 'no fewer than 1 items allowed')
  if (value.length > LIMITS[limit]) report(at, `no more than ${LIMITS[limit]} items allowed`)
}

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])
/** The object, or an empty one for anything else. */
export const object = (value: unknown): JsonObject => (value !== null && typeof value === 'object' ? { ...value } : {})
