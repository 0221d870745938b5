import type { Feature } from '../../platform/feature.ts'
import { slack } from './slack.ts'

export { answerQuestion } from './answer-question.ts'
export { parseQuestion } from './rules/question.ts'
export { answerView, faultView } from './view.ts'

/** Figures for managers, asked in their own words. */
export const metricsFeature: Feature = { name: 'metrics', slack }
