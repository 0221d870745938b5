import type { Locale } from '../../core/locale.ts'
import { sharedLocale } from '../settings/index.ts'
import type { Work } from '../work.ts'

/** A message of its own in the alert channel, said once ever under its name. */
export interface Notice {
  readonly name: string
  readonly text: (locale: Locale) => string
}

/** Puts a notice into the outbox, in the language of what many people read. */
export async function tellNotice(work: Work, { name, text }: Notice): Promise<void> {
  work.slack({ kind: 'notice', name, text: text(await sharedLocale(work.tx)) })
}
