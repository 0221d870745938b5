import { ownRows } from '../../platform/personal-data.ts'

/** What a customer answered. */
export const personalData = ownRows([
  { name: 'survey_response', hidden: ['definition_id', 'run_id'] },
  { name: 'survey_answer', hidden: ['cause'] }
])
