import type { Work } from '../../../platform/work.ts'
import type { Effect } from '../rules/advance.ts'
import { give } from './give.ts'
import { notify } from './notify.ts'
import type { Progress } from './progress.ts'
import { setAttribute } from './set-attribute.ts'
import { webhook } from './webhook.ts'

/** What a step asks for besides words to the customer. */
export type Act = Extract<Effect, { do: 'act' }>

/** Does what a step asks for. A goto is no deed of this run: it follows once the run has ended. */
export async function act(work: Work, progress: Progress, { step, visit }: Act): Promise<void> {
  switch (step.do) {
    case 'give':
      return give(work, progress, { step, visit })
    case 'notify':
      return notify(work, progress, { step, visit })
    case 'set':
      return setAttribute(work, progress, step)
    case 'webhook':
      return webhook(work, progress, { step, visit })
    case 'goto':
      return
  }
}
