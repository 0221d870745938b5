import { z } from 'zod'
import { localeText } from '../../../core/schema.ts'
import { CHOSEN, type ChosenPurpose, type Purpose, type Status } from './purpose.ts'

const wording = {
  label: localeText(12).describe('The name of the purpose, short enough for a button.'),
  wording: localeText(300).describe(
    'What the customer agrees to. Changing it makes a new version; who agreed keeps theirs.'
  )
}

const chosen = z.strictObject({
  ...wording,
  default: z
    .enum(['granted', 'refused'])
    .describe('What applies to a customer who has not answered. See the comments in consent.yaml.'),
  question: localeText(200).optional().describe('Asked once, in the welcome. Left out = not asked there.')
})

/** flows/privacy/consent.yaml */
export const ConsentDefinition = z
  .strictObject({
    purposes: z.strictObject({
      service: z.strictObject(wording),
      research: chosen,
      marketing: chosen,
      profiling: chosen
    })
  })
  .describe('What customers agree to, by purpose.')
export type ConsentDefinition = z.infer<typeof ConsentDefinition>

/** The key of the one definition there is. */
export const CONSENT = 'consent'

/** The wordings in force; version 0 and no definition while a shop has published none. */
export interface Policy {
  readonly version: number
  readonly definition: ConsentDefinition | undefined
}

/** Stands in while nothing is published: as the shipped file has it, the careful choice for each purpose. */
const DEFAULTS: Readonly<Record<ChosenPurpose, 'granted' | 'refused'>> = {
  research: 'granted',
  marketing: 'refused',
  profiling: 'granted'
}

/** Whether a purpose is allowed: by the customer's newest answer, else by the default. Service always is. */
export function isAllowed(policy: Policy, purpose: Purpose, answer: Status | undefined): boolean {
  if (purpose === 'service') return true
  const status = answer ?? policy.definition?.purposes[purpose].default ?? DEFAULTS[purpose]
  return status === 'granted'
}

/** The purpose asked about in the welcome, with its question: the first that has one and was not answered. */
export function toAsk({ definition }: Policy, answers: ReadonlyMap<string, Status>) {
  for (const purpose of CHOSEN) {
    if (answers.has(purpose)) continue
    const question = definition?.purposes[purpose].question
    if (question) return { purpose, question }
  }
  return undefined
}
