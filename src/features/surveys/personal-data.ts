import { ownRows, type PersonalData } from '../../platform/personal-data.ts'
import { forgetTexts } from './store.ts'

/** What a customer answered. In time the texts go; scores stay. */
export const personalData: PersonalData = {
  ...ownRows([
    { name: 'survey_response', hidden: ['definition_id', 'run_id'] },
    { name: 'survey_answer', hidden: ['cause'] }
  ]),
  purge: { answers: ({ tx }, before) => forgetTexts(tx, before) }
}
