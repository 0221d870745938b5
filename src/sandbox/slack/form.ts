import { object } from './check-blocks.ts'
import { fileObject } from './files.ts'
import type { FakeBlock, FakeFile, JsonObject } from './types.ts'

/** What a person put into a modal, by block_id; fields left out keep what they held at first. Files by their ids. */
export type FormValues = Readonly<Record<string, string | readonly string[] | undefined>>

type Files = ReadonlyMap<string, FakeFile>

/** The form as Slack's client sends it, or the faults it shows without sending. */
export type FilledForm = { readonly values: JsonObject } | { readonly errors: Readonly<Record<string, string>> }

/** Fills the fields as Slack's client does, which itself insists on required fields and lengths. */
export function fillForm(blocks: readonly FakeBlock[], given: FormValues, files: Files): FilledForm {
  const values: Record<string, JsonObject> = {}
  const errors: Record<string, string> = {}
  for (const block of blocks.filter(({ type }) => type === 'input')) {
    const id = block.block_id ?? ''
    const element = object(block.element)
    const entry = id in given ? entryOf(element, given[id], files) : initialEntry(element)
    const fault = faultOf(block, element, entry)
    if (fault) errors[id] = fault
    values[id] = { [String(element.action_id)]: entry }
  }
  return Object.keys(errors).length > 0 ? { errors } : { values }
}

function entryOf(element: JsonObject, value: string | readonly string[] | undefined, files: Files): JsonObject {
  const type = String(element.type)
  const many = typeof value === 'string' ? [value] : (value ?? [])
  const one = many[0] ?? null
  if (type === 'plain_text_input') return { type, value: one === '' ? null : one }
  if (type === 'users_select') return { type, selected_user: one }
  if (type === 'multi_users_select') return { type, selected_users: many }
  if (type === 'file_input') return { type, files: many.flatMap((id) => files.get(id) ?? []).map(fileObject) }
  if (type === 'datepicker') return { type, selected_date: one }
  if (isMany(type)) return { type, selected_options: many.map((each) => option(element, each)) }
  return { type, selected_option: one === null ? null : option(element, one) }
}

const isMany = (type: string): boolean => type === 'multi_static_select' || type === 'checkboxes'

function option(element: JsonObject, value: string): JsonObject {
  const options: readonly unknown[] = Array.isArray(element.options) ? element.options : []
  const found = options.map(object).find((each) => each.value === value)
  if (!found) throw new Error(`"${element.action_id}" has no option "${value}"`)
  return found
}

function initialEntry(element: JsonObject): JsonObject {
  const type = String(element.type)
  if (type === 'plain_text_input') return { type, value: element.initial_value ?? null }
  if (type === 'users_select') return { type, selected_user: element.initial_user ?? null }
  if (type === 'multi_users_select') return { type, selected_users: element.initial_users ?? [] }
  if (type === 'file_input') return { type, files: [] }
  if (type === 'datepicker') return { type, selected_date: element.initial_date ?? null }
  if (isMany(type)) return { type, selected_options: element.initial_options ?? [] }
  return { type, selected_option: element.initial_option ?? null }
}

function faultOf(block: FakeBlock, element: JsonObject, entry: JsonObject): string | undefined {
  const { type: _type, ...held } = entry
  const [value] = Object.values(held)
  const isEmpty = value === null || (Array.isArray(value) && value.length === 0)
  if (isEmpty) return block.optional ? undefined : 'Please complete this required field.'
  if (typeof value !== 'string') return undefined
  const max = Number(element.max_length ?? 3_000)
  if (value.length > max) return `Must be at most ${max} characters.`
  return value.length < Number(element.min_length ?? 0)
    ? `Must be at least ${element.min_length} characters.`
    : undefined
}
