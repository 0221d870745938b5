import type { SlackHandlers } from '../../../platform/slack/index.ts'
import { RECORD_TYPE } from '../announce.ts'
import { loadCard, loadErased } from '../load-card.ts'
import { actions } from './actions.ts'
import { erasedCard, followUpCard } from './card.ts'
import { mentions } from './mentions.ts'
import { submissions } from './submissions.ts'

/** What staff see of follow-ups and can do with them. */
export const slack: SlackHandlers = {
  actions,
  submissions,
  mentions,
  cards: {
    [RECORD_TYPE]: async ({ scope, config }, id) => {
      const data = await loadCard(scope.db, id)
      if (data) return followUpCard(data, { now: scope.now(), timeZone: config.timeZone })
      const erased = await loadErased(scope.db, id)
      return erased && erasedCard(erased)
    }
  }
}
